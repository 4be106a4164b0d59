//! What a store promises to those who read it, on SQLite and on PostgreSQL: search, reviews, backups.

#[allow(dead_code)]
mod postgres;

use flate2::read::GzDecoder;
use marsad_model::{Coded, Document, DocumentHead, Incident, RECORD, ReviewState};
use marsad_search::Words;
use marsad_store::{Arrival, Change, Contents, Edit, Error, Folder, Identity, Mark, STATE, Saved, Store, Subject, Verdict, restore};
use serde_json::{Value, json};
use sqlx::{Connection, Executor};
use std::io::Read;
use std::path::{Path, PathBuf};

/// A document as ingest would hand it over, with events that tell nothing but that they are there.
fn arrival(id: &str, published: Option<&str>, text: &str, events: usize) -> Arrival {
    let url = Some(format!("https://x.example/{id}"));
    let document =
        Document { id: id.into(), text: text.into(), url, published: published.map(|day| day.parse().unwrap()), ..Document::default() };
    let identity = Identity::of(&document, "reports.jsonl");
    let head = DocumentHead {
        id: identity.id.clone(),
        url: document.url.clone(),
        outlet: None,
        title: None,
        published: published.map(Into::into),
        language: None,
        sha256: identity.sha256.clone(),
        chars: text.chars().count(),
    };
    let word: String = text.chars().take(1).collect();
    let event = |n: usize| {
        json!({"id": format!("{}#{n}", identity.id), "action": "shelling", "scope": "incident", "realis": "actual",
        "acled": {"event_type": "", "sub_event_type": ""}, "plover": {"type": "", "mode": null}, "trigger": {"text": word, "span": [0, 1]},
        "when": {"start": null, "end": null, "precision": "unknown", "text": null, "span": null}, "where": [], "participants": [],
        "weapons": [], "objects": [], "casualties": [], "strikes": null, "attribution": [], "relations": [], "confidence": 0.5, "rules": []})
    };
    let events = (1..=events).map(|n| serde_json::from_value(event(n)).unwrap()).collect();
    let record = Coded { record: RECORD.into(), document: head, events, rare: Vec::new(), diagnostics: Vec::new() };
    Arrival { identity, document, source: "reports.jsonl:1".into(), record, sketch: None }
}

fn incident(id: &str, day: Option<&str>, events: &[String]) -> Incident {
    let documents: Vec<&str> = events.iter().map(|event| event.split('#').next().unwrap()).collect();
    serde_json::from_value(json!({"record": "marsad-incident/1", "id": id, "events": events, "documents": documents, "voices": 1,
        "action": "shelling", "when": {"start": day, "end": day, "precision": "day", "text": null, "span": null}, "where": null,
        "participants": [], "casualties": [], "disagreements": [], "confidence": 0.5, "because": []}))
    .unwrap()
}

async fn found(store: &mut Store, typed: &str) -> Vec<String> {
    let proclitics = ["و", "ال", "ب", "بال"].map(str::to_owned);
    let words = Words::read(typed, &proclitics).unwrap();
    let ids = store.documents_with(&words).await.unwrap();
    let mut given: Vec<String> =
        store.heads().await.unwrap().into_iter().filter(|head| ids.contains(&head.id)).map(|head| head.given_id).collect();
    given.sort();
    given
}

/// Words are found in every spelling, and only as words.
async fn words_are_found(_: &Folder, store: &mut Store) {
    let texts = [
        ("a", "قُصِفَتْ مَدينة إِدْلِب صباحاً بالقصف المدفعي، ولا هدنة"),
        ("b", "قصف مدفعي على ادلب. التزم الطرفان بالهدنة"),
        ("c", "القصف على ريف حلب، ١٢ قتيلا و14.1 كم، Été à Paris"),
        ("d", "it's a 'quoted' \"text\" AND OR NOT NEAR(x) ; DROP TABLE documents -- $1 \\ :* & | ! <->"),
        ("e", "مقصف المدرسة"),
    ];
    let batch: Vec<Arrival> = texts.iter().map(|(id, text)| arrival(id, None, text, 0)).collect();
    store.add(&batch).await.unwrap();
    assert_eq!(store.unindexed().await.unwrap(), 5);
    let mut put = 0;
    store.index(|n| put += n).await.unwrap();
    assert_eq!((put, store.unindexed().await.unwrap()), (5, 0));
    for (typed, wanted) in [
        ("ادلب", &["a", "b"][..]),
        ("إدلب قصف", &["a", "b"]),
        ("قصف", &["a", "b", "c"]),
        ("\"قصف مدفعي\"", &["b"]),
        ("\"مدفعي قصف\"", &[]),
        ("القصف -حلب", &["a"]),
        ("مدف*", &["a", "b"]),
        ("المدف*", &["a"]),
        ("هدنه", &["a", "b"]),
        ("12", &["c"]),
        ("14.1", &["c"]),
        ("ÉTÉ paris", &["c"]),
        ("\"ريف حل*\"", &["c"]),
        ("quoted text drop", &["d"]),
        ("غائب", &[]),
    ] {
        assert_eq!(found(store, typed).await, wanted, "{typed}");
    }
    assert_eq!(store.check().await.unwrap(), [""; 0]);
}

/// Whatever is typed is looked for, never run.
async fn nothing_typed_is_syntax(folder: &Folder, store: &mut Store) {
    let batch: Vec<Arrival> = (0..3).map(|n| arrival(&format!("d{n}"), None, &format!("نص near words column {n}"), 0)).collect();
    store.add(&batch).await.unwrap();
    store.index(|_| ()).await.unwrap();
    for typed in [
        "'; DROP TABLE documents; --",
        "نص' OR '1'='1",
        "\"نص",
        "نص\"\"\"\"",
        "words:نص",
        "^نص",
        "NEAR(نص words, 2)",
        "نص AND",
        "نص OR NOT",
        "(نص",
        "نص)",
        "نص <-> words",
        "نص:*A",
        "!نص & |",
        "{words} : نص",
        "- نص - -",
        "*نص*",
        "نص\\",
        "$1 نص",
        "?نص",
        "%نص_",
        "\u{0}نص",
        "نص\u{202e}\u{200f}",
        "نص 🕊",
        "rank:1 bm25(words)",
    ] {
        if let Ok(words) = Words::read(typed, &["و".into()]) {
            let ids = store.documents_with(&words).await.unwrap_or_else(|error| panic!("{typed}: {error}"));
            assert!(ids.len() <= 3, "{typed}");
        }
    }
    assert_eq!(found(store, "نص").await.len(), 3);
    let mut again = Store::open(folder).await.unwrap();
    assert_eq!(again.check().await.unwrap(), [""; 0]);
}

/// Long documents are found by every word; of versions, the last one alone.
async fn long_texts_and_versions(_: &Folder, store: &mut Store) {
    let long: String = (0..30_000).map(|n| format!("كلمة{n} ")).collect();
    let wide = format!("{} آخر", "ض".repeat(3000));
    store.add(&[arrival("long", None, &long, 0), arrival("wide", None, &wide, 0)]).await.unwrap();
    store.add(&[arrival("v", None, "خبر قديم", 0)]).await.unwrap();
    store.index(|_| ()).await.unwrap();
    store.add(&[arrival("v", None, "خبر جديد", 0)]).await.unwrap();
    store.index(|_| ()).await.unwrap();
    for (typed, wanted) in [
        ("كلمة1", &["long"][..]),
        ("كلمة29999", &["long"]),
        ("\"كلمة7990 كلمة7991 كلمة7992\"", &["long"]),
        ("آخر", &["wide"]),
        ("قديم", &[]),
        ("جديد", &["v"]),
    ] {
        assert_eq!(found(store, typed).await, wanted, "{typed}");
    }
    assert_eq!(store.check().await.unwrap(), [""; 0]);
}

/// Pages follow each other without gaps, in one order.
async fn pages_follow(_: &Folder, store: &mut Store) {
    let day = |n: usize| (!n.is_multiple_of(3)).then(|| format!("2031-05-{:02}", n % 28 + 1));
    let incidents: Vec<Incident> = (0..1200).map(|n| incident(&format!("{n:04x}"), day(n).as_deref(), &[])).collect();
    store.replace_incidents(&incidents).await.unwrap();
    let documents: Vec<Arrival> = (0..1100).map(|n| arrival(&format!("d{n}"), day(n).as_deref(), &format!("نص {n}"), 0)).collect();
    store.add(&documents).await.unwrap();
    let (mut mark, mut marks): (Option<Mark>, Vec<Mark>) = (None, Vec::new());
    loop {
        let page = store.incidents_after(mark.as_ref()).await.unwrap();
        let Some((last, _)) = page.last() else { break };
        mark = Some(last.clone());
        marks.extend(page.into_iter().map(|(mark, incident)| {
            assert_eq!(mark.id, incident.id);
            mark
        }));
    }
    let mut sorted = marks.clone();
    sorted.sort_by(|a, b| (&b.day, &b.id).cmp(&(&a.day, &a.id)));
    assert!(marks == sorted && marks.len() == 1200 && marks[1199].day.is_empty());
    let (mut mark, mut seen) = (None, 0);
    loop {
        let page = store.documents_after(mark.as_ref()).await.unwrap();
        let Some((last, ..)) = page.last() else { break };
        mark = Some(last.clone());
        seen += page.iter().filter(|(mark, head, coded)| mark.id == head.id && coded.document.id == head.id).count();
    }
    assert_eq!(seen, 1100);
    let days = store.documents_per_day().await.unwrap();
    assert_eq!((days[0].clone(), days.iter().map(|day| day.1).sum::<i64>()), ((String::new(), 367), 1100));
}

/// Reviews are added to, can be taken back, and stay with an incident that more reports join.
async fn reviews_are_kept(folder: &Folder, store: &mut Store) {
    let batch: Vec<Arrival> = (0..4).map(|n| arrival(&format!("d{n}"), None, &format!("نص {n}"), 1)).collect();
    store.add(&batch).await.unwrap();
    let events: Vec<String> = batch.iter().map(|arrival| arrival.record.events[0].id.clone()).collect();
    let (one, two) = (incident("1111", None, &events[..2]), incident("2222", None, &events[2..3]));
    store.replace_incidents(&[one.clone(), two.clone()]).await.unwrap();
    let change = |subject: Subject, new: &str| Change { subject, field: STATE.into(), old: Some(json!("machine")), new: Some(json!(new)) };
    let about = |id: &str| Subject::Incident(id.into());
    assert_eq!(store.review(&change(about("1111"), "reviewed"), "ليلى", Some("both reports read")).await.unwrap(), 1);
    assert_eq!(store.review(&change(about("2222"), "rejected"), "omar", None).await.unwrap(), 2);
    assert_eq!(store.review(&change(Subject::Event(events[3].clone()), "in_review"), "omar", None).await.unwrap(), 3);
    for wrong in [change(about("3333"), "final"), change(about("1111"), "splendid"), change(Subject::Event("x#1".into()), "final")] {
        assert!(matches!(store.review(&wrong, "omar", None).await.unwrap_err(), Error::NoSubject(_)), "{wrong:?}");
    }
    let mut again = Store::open(folder).await.unwrap();
    let states = again.review_states().await.unwrap();
    assert_eq!((states.of_incident(&one), states.of_incident(&two)), (ReviewState::Reviewed, ReviewState::Rejected));
    assert_eq!((states.of_event(&events[3]), states.of_event(&events[0])), (ReviewState::InReview, ReviewState::Machine));
    // Another report joins: still the same. What was one of many is another incident.
    assert_eq!(states.of_incident(&incident("4444", None, &events[..3])), ReviewState::Reviewed);
    assert_eq!(states.of_incident(&incident("5555", None, &events[1..])), ReviewState::Machine);
    assert_eq!(store.undo_review(2, "ليلى", None).await.unwrap(), 4);
    for wrong in [2, 4, 9] {
        assert!(matches!(store.undo_review(wrong, "omar", None).await.unwrap_err(), Error::NoSubject(_)), "{wrong}");
    }
    assert_eq!(store.review_states().await.unwrap().of_incident(&two), ReviewState::Machine);
    let reviews = store.reviews().await.unwrap();
    assert_eq!((reviews.len(), reviews[1].undone, reviews[3].undoes, reviews[0].author.as_str()), (4, true, Some(2), "ليلى"));
    assert_eq!(reviews[0].events, events[..2]);
    assert_eq!(store.check().await.unwrap(), [""; 0]);
}

/// What somebody changed by hand is found, also beside the documents.
async fn damage_is_told(folder: &Folder, store: &mut Store) {
    let batch: Vec<Arrival> = (0..4).map(|n| arrival(&format!("d{n}"), None, &format!("نص {n}"), 1)).collect();
    store.add(&batch).await.unwrap();
    store.index(|_| ()).await.unwrap();
    let events: Vec<String> = batch.iter().map(|arrival| arrival.record.events[0].id.clone()).collect();
    let mut found = vec![incident("aaaa", None, &events[..2]), incident("bbbb", None, &events[1..2]), incident("cccc", None, &[])];
    found[2].events = vec!["gone#1".into()];
    store.replace_incidents(&found).await.unwrap();
    store.decide(Verdict::Split(Vec::new()), "omar", None).await.unwrap();
    store.decide(Verdict::Split(Vec::new()), "omar", None).await.unwrap();
    let change = Change { subject: Subject::Event(events[0].clone()), field: STATE.into(), old: None, new: Some(json!("final")) };
    store.review(&change, "omar", None).await.unwrap();
    let mut raw = raw(folder).await;
    for statement in [
        "UPDATE incidents SET start_day = '2031-01-01' WHERE id = 'aaaa'".to_owned(),
        "DELETE FROM decisions WHERE number = 1".to_owned(),
        "UPDATE reviews SET undoes = 7, events = '[\"gone#2\"]'".to_owned(),
        format!("INSERT INTO search_queue (document) VALUES ('{}')", batch[0].identity.id),
        format!("DELETE FROM search_parts WHERE document = '{}'", batch[1].identity.id),
    ] {
        raw.execute(sqlx::AssertSqlSafe(statement)).await.unwrap();
    }
    let told = store.check().await.unwrap().join("\n");
    for part in [
        "the incident aaaa: its row is that of another one",
        "belongs to two incidents, aaaa and bbbb",
        "the incident cccc: no document has its event gone#1",
        "the incident cccc: its documents are not those of its events",
        "decisions: number 1 is missing",
        "review 1: what it takes back is not there",
        "review 1: no document has its event gone#2",
        "are in the index and wait to be put there again",
        "are not in the index and do not wait to be",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let more = usize::from(store.is_sqlite());
    assert_eq!(told.lines().count(), 9 + more, "{told}");
}

/// What people do to the events of a document is laid over its record, and can be taken back; ids are given once.
async fn events_are_added_and_taken_out(_: &Folder, store: &mut Store) {
    let batch = [arrival("a", Some("2031-05-04"), "نص", 2)];
    store.add(&batch).await.unwrap();
    store.replace_incidents(&[]).await.unwrap();
    let document = batch[0].identity.id.clone();
    let ids = async |store: &mut Store| -> Vec<String> {
        let mut seen = Vec::new();
        store.latest_records(|coded| seen.extend(coded.events.into_iter().map(|event| event.id))).await.unwrap();
        let shown = store.reports(std::slice::from_ref(&document)).await.unwrap().remove(0).record.events;
        assert_eq!(seen, shown.into_iter().map(|event| event.id).collect::<Vec<_>>());
        seen.into_iter().map(|id| id.rsplit_once('#').unwrap().1.to_owned()).collect()
    };
    let event = batch[0].record.events[0].clone();
    let add = || Edit::Add(Box::new(event.clone()));
    assert_eq!(store.amend(&document, Edit::Drop(event.id.clone()), "ليلى", Some("سبب")).await.unwrap(), 1);
    assert_eq!(ids(store).await, ["2"]);
    assert_eq!(store.linking().await.unwrap().unlinked().await.unwrap(), std::slice::from_ref(&document), "it waits to be linked");
    assert_eq!(store.amend(&document, add(), "omar", None).await.unwrap(), 2);
    assert_eq!(ids(store).await.len(), 2);
    assert!(ids(store).await.contains(&"3".to_owned()));
    store.amend(&document, Edit::Undo(2), "omar", None).await.unwrap();
    store.amend(&document, Edit::Undo(1), "omar", None).await.unwrap();
    assert_eq!(ids(store).await, ["1", "2"]);
    store.amend(&document, add(), "omar", None).await.unwrap();
    assert!(ids(store).await.contains(&"4".to_owned()), "an id is not given again");
    for edit in [Edit::Undo(1), Edit::Undo(3), Edit::Undo(99), Edit::Drop(format!("{document}#3")), Edit::Drop("'; --".into())] {
        assert!(matches!(store.amend(&document, edit.clone(), "omar", None).await, Err(Error::NoSubject(_))), "{edit:?}");
    }
    assert!(matches!(store.amend("none", add(), "omar", None).await, Err(Error::NoSubject(_))));
    let all = store.amendments().await.unwrap();
    assert_eq!((all.len(), all[0].undone, all[0].reason.as_deref(), all[4].undone), (5, true, Some("سبب"), false));
    assert_eq!(store.record(&document).await.unwrap().as_ref(), Some(&batch[0].record), "the record itself stays");
    assert_eq!(store.check().await.unwrap(), [""; 0]);
}

/// Whoever may only read a database can still read it, and is told when trying to write.
async fn read_only(folder: &Folder, store: &mut Store) {
    store.add(&[arrival("a", None, "نص", 0)]).await.unwrap();
    if store.is_sqlite() {
        // A file that may not be written to: see the tests of the command line.
        return;
    }
    raw(folder).await.execute("ALTER DATABASE read_only SET default_transaction_read_only = on").await.unwrap();
    let mut reader = Store::open(folder).await.unwrap();
    assert_eq!(reader.heads().await.unwrap().len(), 1);
    assert!(matches!(reader.index(|_| ()).await.unwrap_err(), Error::ReadOnly));
    assert!(matches!(reader.add(&[arrival("b", None, "نص آخر", 0)]).await.unwrap_err(), Error::ReadOnly));
    assert_eq!(reader.check().await.unwrap(), [""; 0]);
    assert!(reader.backup(&mut std::io::sink(), Contents::WithAccounts).await.is_ok());
    assert_eq!(reader.heads().await.unwrap().len(), 1);
}

async fn raw(folder: &Folder) -> sqlx::AnyConnection {
    let settings = std::fs::read_to_string(folder.path().join("marsad.toml")).unwrap();
    let database = settings.lines().find_map(|line| line.strip_prefix("database = ")).unwrap().trim_matches('"').to_owned();
    let url = if database.contains("://") { database } else { format!("sqlite://{}", folder.path().join(database).display()) };
    let mut raw = sqlx::AnyConnection::connect(&url).await.unwrap();
    if url.starts_with("sqlite") {
        raw.execute("PRAGMA foreign_keys = OFF").await.unwrap();
    }
    raw
}

/// Runs every promise on a store of its own, whose database `database` names.
fn conformance(at: &Path, database: impl Fn(&str) -> Option<String>) {
    let runtime = runtime();
    macro_rules! promises {
        ($($name:ident),*) => { $(runtime.block_on(async {
            let database = database(stringify!($name));
            let (folder, mut store) = Store::init(&at.join(stringify!($name)), database.as_deref()).await.unwrap();
            $name(&folder, &mut store).await;
        });)* };
    }
    promises!(
        events_are_added_and_taken_out,
        words_are_found,
        nothing_typed_is_syntax,
        long_texts_and_versions,
        pages_follow,
        reviews_are_kept,
        damage_is_told,
        read_only
    );
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

#[test]
fn on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    conformance(folder.path(), |_| None);
}

#[test]
fn on_postgresql() {
    let Some(server) = postgres::Server::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    conformance(folder.path(), |name| Some(server.database(name)));
}

/// A store with a row in every table, odd texts among them.
async fn full_store(at: &Path, database: Option<&str>) -> Store {
    let (_, mut store) = Store::init(at, database).await.unwrap();
    let odd = ["\u{10ffff}", "'; DROP TABLE documents; --", "سطر\nآخر\r\n\t\"\\", "\u{200f}\u{301}"];
    let batch: Vec<Arrival> =
        (0..200).map(|n| arrival(&format!("d{n}"), (n % 2 == 0).then_some("2031-05-04"), &format!("{}{n}", odd[n % 4]), 1)).collect();
    store.add(&batch).await.unwrap();
    let events: Vec<String> = batch.iter().map(|arrival| arrival.record.events[0].id.clone()).collect();
    let incidents: Vec<Incident> =
        events.iter().enumerate().map(|(n, event)| incident(&format!("{n:04x}"), None, std::slice::from_ref(event))).collect();
    store.replace_incidents(&incidents).await.unwrap();
    store.decide(Verdict::Split(vec![vec![events[0].clone()]]), "ليلى", None).await.unwrap();
    let change = Change { subject: Subject::Incident("0001".into()), field: STATE.into(), old: None, new: Some(json!("final")) };
    store.review(&change, "omar", Some("سبب")).await.unwrap();
    store.undo_review(1, "omar", None).await.unwrap();
    store.index(|_| ()).await.unwrap();
    store
}

async fn saved(store: &mut Store, at: &Path) -> Saved {
    let mut file = std::fs::File::create(at).unwrap();
    store.backup(&mut file, Contents::WithAccounts).await.unwrap()
}

/// The lines of a backup without the first, which has the time.
fn lines(at: &Path) -> Vec<Value> {
    let mut text = String::new();
    GzDecoder::new(std::fs::File::open(at).unwrap()).read_to_string(&mut text).unwrap();
    let last = text.lines().count() - 1;
    text.lines().take(last).skip(1).map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A backup of one database is restored into the other, and back, and nothing has changed.
#[test]
fn backups_go_from_one_database_to_the_other() {
    let home = tempfile::tempdir().unwrap();
    let at = |name: &str| -> PathBuf { home.path().join(name) };
    let server = postgres::Server::start();
    runtime().block_on(async {
        let mut first = full_store(&at("first"), None).await;
        let told = saved(&mut first, &at("1.backup")).await;
        assert_eq!(
            (told.tables["documents"], told.tables["reviews"], told.tables["decisions"], told.tables["incidents"]),
            (200, 2, 1, 200)
        );
        assert!(!told.tables.contains_key("search_parts"));
        let database = server.as_ref().map(|server| server.database("second"));
        assert_eq!(restore(&at("1.backup"), &at("second"), database.as_deref()).await.unwrap(), told);
        let mut second = Store::open(&Folder::at(&at("second")).unwrap()).await.unwrap();
        assert_eq!(second.check().await.unwrap(), [""; 0]);
        assert_eq!(saved(&mut second, &at("2.backup")).await, told);
        assert_eq!(lines(&at("1.backup")), lines(&at("2.backup")));
        assert_eq!(restore(&at("2.backup"), &at("third"), None).await.unwrap(), told);
        let mut third = Store::open(&Folder::at(&at("third")).unwrap()).await.unwrap();
        assert_eq!(third.heads().await.unwrap(), first.heads().await.unwrap());
        assert_eq!(third.incidents().await.unwrap(), first.incidents().await.unwrap());
        assert_eq!(third.reviews().await.unwrap(), first.reviews().await.unwrap());
        // Words are found there, too: the index is made anew.
        assert_eq!(third.unindexed().await.unwrap(), 200);
        third.index(|_| ()).await.unwrap();
        assert_eq!(found(&mut third, "drop").await.len(), 50);
        // Nothing is overwritten, neither a folder nor a database.
        for occupied in ["third", "2.backup"] {
            assert!(matches!(restore(&at("1.backup"), &at(occupied), None).await.unwrap_err(), Error::Backup(..)), "{occupied}");
        }
        if let Some(database) = &database {
            let error = restore(&at("1.backup"), &at("fourth"), Some(database)).await.unwrap_err();
            assert!(error.to_string().contains("holds an observatory already"), "{error}");
            assert_eq!(second.heads().await.unwrap().len(), 200);
        }
        assert!(!at("fourth").exists());
        let left: Vec<_> =
            std::fs::read_dir(home.path()).unwrap().flatten().filter(|one| one.file_name().to_string_lossy().starts_with('.')).collect();
        assert!(left.is_empty(), "{left:?}");
    });
}

/// Secrets of those who use the observatory are saved only where that is asked for, and sessions never.
#[test]
fn backups_are_made_without_accounts_too() {
    let home = tempfile::tempdir().unwrap();
    let at = |name: &str| -> PathBuf { home.path().join(name) };
    runtime().block_on(async {
        let mut store = full_store(&at("store"), None).await;
        store.put_user("layla", "$argon2id$secret", "editor").await.unwrap();
        store.begin_session("hash-of-session", "layla", 12).await.unwrap();
        store.add_token("hash-of-token", "layla", "nightly").await.unwrap();
        assert!(store.identify("https://id.example", "17", "layla", None).await.unwrap());
        for (contents, kept) in [(Contents::WithAccounts, true), (Contents::WithoutAccounts, false)] {
            let (file, folder) = (at(&format!("{kept}.backup")), at(&format!("{kept}")));
            store.backup(&mut std::fs::File::create(&file).unwrap(), contents).await.unwrap();
            let text = format!("{:?}", lines(&file));
            for secret in ["$argon2id$secret", "hash-of-token", "id.example"] {
                assert_eq!(text.contains(secret), kept, "{secret}");
            }
            assert!(!text.contains("hash-of-session"));
            restore(&file, &folder, None).await.unwrap();
            let mut again = Store::open(&Folder::at(&folder).unwrap()).await.unwrap();
            assert_eq!(again.users().await.unwrap().len(), usize::from(kept));
            assert_eq!(again.reviews().await.unwrap(), store.reviews().await.unwrap());
            assert_eq!(again.check().await.unwrap(), [""; 0]);
        }
    });
}

/// A file that is cut off or changed anywhere restores nothing.
#[test]
fn damaged_backups_restore_nothing() {
    let home = tempfile::tempdir().unwrap();
    let (file, folder) = (home.path().join("b"), home.path().join("restored"));
    runtime().block_on(async {
        let mut store = full_store(&home.path().join("store"), None).await;
        saved(&mut store, &file).await;
        let whole = std::fs::read(&file).unwrap();
        let refused = async |bytes: &[u8], how: &str| {
            std::fs::write(&file, bytes).unwrap();
            let error = restore(&file, &folder, None).await.unwrap_err();
            assert!(matches!(error, Error::Backup(..)), "{how}: {error}");
            assert!(!folder.exists(), "{how}");
            error.to_string()
        };
        for cut in [0, 1, 9, 10, 11, 100, whole.len() / 2, whole.len() - 9, whole.len() - 8, whole.len() - 1] {
            let told = refused(&whole[..cut], &format!("cut at {cut}")).await;
            assert!(told.contains("cut off") || told.contains("no backup"), "{cut}: {told}");
        }
        for at in (10..whole.len()).step_by(whole.len() / 60) {
            let mut changed = whole.clone();
            changed[at] ^= 0x20;
            refused(&changed, &format!("changed at {at}")).await;
        }
        // Packed again after a change: the hashes tell.
        let mut text = String::new();
        GzDecoder::new(&whole[..]).read_to_string(&mut text).unwrap();
        let pack = |text: &str| {
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            std::io::Write::write_all(&mut packed, text.as_bytes()).unwrap();
            packed.finish().unwrap()
        };
        let without_last: String = text.lines().take(text.lines().count() - 1).map(|line| format!("{line}\n")).collect();
        for (changed, part) in [
            (text.replacen("omar", "nobody", 1), "are not those that were saved"),
            (without_last, "cut off"),
            (format!("{text}[1]\n"), "something follows"),
            (text.replacen("\"schema\":[1,", "\"schema\":[2,", 1), "hash"),
            ("{\"marsad-backup\":2}\n".into(), "newer version"),
            ("hello\n".into(), "no backup"),
        ] {
            let told = refused(&pack(&changed), part).await;
            assert!(told.contains(part), "{part}: {told}");
        }
        std::fs::write(&file, pack(&text.replacen("\"schema\":[1,", "\"schema\":[1,999,", 1))).unwrap();
        assert!(matches!(restore(&file, &folder, None).await.unwrap_err(), Error::Newer(999)));
        std::fs::write(&file, &whole).unwrap();
        assert!(restore(&file, &folder, None).await.is_ok());
    });
}

/// A backup is of one moment, whatever others write meanwhile.
fn backup_while_others_write(home: &Path, database: Option<&str>, restored_as: Option<&str>) {
    let at = home.join("store");
    runtime().block_on(async {
        let (_, store) = Store::init(&at, database).await.unwrap();
        store.close().await.unwrap();
    });
    let writer = {
        let at = at.clone();
        std::thread::spawn(move || {
            runtime().block_on(async {
                let mut store = Store::open(&Folder::at(&at).unwrap()).await.unwrap();
                for round in 0..40 {
                    let batch: Vec<Arrival> =
                        (0..10).map(|n| arrival(&format!("d{round}-{n}"), None, &format!("نص {round} {n}"), 1)).collect();
                    store.add(&batch).await.unwrap();
                    store.index(|_| ()).await.unwrap();
                }
            });
        })
    };
    runtime().block_on(async {
        let mut store = Store::open(&Folder::at(&at).unwrap()).await.unwrap();
        for round in 0..3 {
            let file = home.join(format!("{round}.backup"));
            let told = saved(&mut store, &file).await;
            assert_eq!((told.tables["documents"] % 10, told.tables["texts"]), (0, told.tables["documents"]));
            if round < 2 {
                continue;
            }
            let folder = home.join("restored");
            assert_eq!(restore(&file, &folder, restored_as).await.unwrap(), told);
            assert_eq!(Store::open(&Folder::at(&folder).unwrap()).await.unwrap().check().await.unwrap(), [""; 0]);
        }
    });
    writer.join().unwrap();
    let documents = runtime().block_on(async {
        let mut store = Store::open(&Folder::at(&at).unwrap()).await.unwrap();
        assert_eq!(store.check().await.unwrap(), [""; 0]);
        store.heads().await.unwrap().len()
    });
    assert_eq!(documents, 400);
}

#[test]
fn backup_while_others_write_on_sqlite() {
    let home = tempfile::tempdir().unwrap();
    backup_while_others_write(home.path(), None, None);
}

#[test]
fn backup_while_others_write_on_postgresql() {
    let Some(server) = postgres::Server::start() else { return };
    let home = tempfile::tempdir().unwrap();
    backup_while_others_write(home.path(), Some(&server.database("written")), Some(&server.database("restored")));
}
