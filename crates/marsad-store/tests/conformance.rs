//! What a store promises, on SQLite and on PostgreSQL.

#[allow(dead_code)]
mod postgres;

use marsad_model::{Coded, Document, DocumentHead, Incident, RECORD};
use marsad_store::{Added, Arrival, By, Error, FeedState, Folder, Freshness, Identity, Linked, Standing, Store, Verdict};
use sqlx::{Connection, Executor};
use std::path::Path;

/// A document without events, as ingest would hand it over.
fn arrival(id: &str, url: Option<&str>, text: &str) -> Arrival {
    let document = Document {
        id: id.into(),
        text: text.into(),
        url: url.map(Into::into),
        outlet: Some("وكالة الضفاف".into()),
        author: Some("ليلى".into()),
        ..Document::default()
    };
    let identity = Identity::of(&document, "reports.jsonl");
    let head = DocumentHead {
        id: identity.id.clone(),
        url: document.url.clone(),
        outlet: document.outlet.clone(),
        title: None,
        published: None,
        language: None,
        sha256: identity.sha256.clone(),
        chars: text.chars().count(),
    };
    let record = Coded { record: RECORD.into(), document: head, events: Vec::new(), rare: Vec::new(), diagnostics: Vec::new() };
    Arrival { identity, document, source: "reports.jsonl:1".into(), record, sketch: None }
}

fn added(new: usize, versions: usize, known: usize) -> Added {
    Added { new, versions, known }
}

/// The same twice changes nothing; what comes back is what went in.
async fn storing_twice_is_storing_once(folder: &Folder, store: &mut Store) {
    let batch = [arrival("a", None, "قصف على بلدة"), arrival("b", Some("https://x.example/b"), "هدوء"), arrival("a", None, "قصف على بلدة")];
    assert_eq!(store.add(&batch).await.unwrap(), added(2, 0, 1));
    let before = store.heads().await.unwrap();
    assert_eq!(store.add(&batch).await.unwrap(), added(0, 0, 3));
    assert_eq!(store.add(&[]).await.unwrap(), added(0, 0, 0));
    // Also when it is opened anew.
    assert!(before.iter().all(|head| head.author.as_deref() == Some("ليلى")));
    let mut again = Store::open(folder).await.unwrap();
    assert_eq!(again.add(&batch[1..]).await.unwrap(), added(0, 0, 2));
    assert_eq!(again.heads().await.unwrap(), before);
    assert_eq!(again.ids().await.unwrap().len(), 2);
    let id = &batch[0].identity.id;
    assert_eq!(again.text(id).await.unwrap().as_deref(), Some("قصف على بلدة"));
    assert_eq!(again.record(id).await.unwrap().as_ref(), Some(&batch[0].record));
    assert_eq!((again.text("none").await.unwrap(), again.record("none").await.unwrap()), (None, None));
    again.close().await.unwrap();
}

/// A changed article is a new version; both are kept, and one is the latest.
async fn changes_are_versions(_: &Folder, store: &mut Store) {
    let version = |n: usize| arrival("x", Some(&format!("http://www.x.example/a?utm_source={n}")), &format!("خبر {n}"));
    assert_eq!(store.add(&[version(1)]).await.unwrap(), added(1, 0, 0));
    assert_eq!(store.add(&[version(2), version(3)]).await.unwrap(), added(0, 2, 0));
    assert_eq!(store.add(&[version(1)]).await.unwrap(), added(0, 0, 1));
    let heads: Vec<_> = store.heads().await.unwrap().into_iter().map(|h| (h.address, h.version, h.latest)).collect();
    let address = "https://x.example/a".to_owned();
    assert_eq!(heads, [(address.clone(), 1, false), (address.clone(), 2, false), (address, 3, true)]);
}

/// Many at once, odd texts among them.
async fn batches_are_whole(_: &Folder, store: &mut Store) {
    let odd = ["\u{10ffff}", "'; DROP TABLE documents; --", "$1 ? :a @b", "\u{200f}\u{301}", "\\", "\u{1}"];
    let batch: Vec<Arrival> =
        (0..1500).map(|n| arrival(&format!("d{n}"), None, &format!("{} {n}", odd.get(n).copied().unwrap_or("نص")))).collect();
    assert_eq!(store.add(&batch).await.unwrap(), added(1500, 0, 0));
    assert_eq!(store.add(&batch).await.unwrap(), added(0, 0, 1500));
    for arrival in &batch[..odd.len()] {
        assert_eq!(store.text(&arrival.identity.id).await.unwrap().as_deref(), Some(arrival.document.text.as_str()));
    }
    assert_eq!(store.check().await.unwrap(), [""; 0]);
}

/// Two writers at once: each waits for the other, and nothing is doubled.
async fn two_writers(folder: &Folder, store: &mut Store) {
    let batch =
        |from: usize| -> Vec<Arrival> { (from..from + 40).map(|n| arrival(&format!("d{n}"), None, &format!("نص {n}"))).collect() };
    let theirs = folder.clone();
    let other = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut store = Store::open(&theirs).await.unwrap();
            let mut new = 0;
            for round in 0..10 {
                new += store.add(&batch(round * 40 + 20)).await.unwrap().new;
            }
            new
        })
    });
    let mut new = 0;
    for round in 0..10 {
        new += store.add(&batch(round * 40)).await.unwrap().new;
    }
    assert_eq!(new + other.join().unwrap(), 420);
    assert_eq!(store.heads().await.unwrap().len(), 420);
    assert_eq!(store.check().await.unwrap(), [""; 0]);
}

/// What somebody changed by hand is found.
async fn damage_is_told(folder: &Folder, store: &mut Store) {
    let batch: Vec<Arrival> = (0..6).map(|n| arrival(&format!("d{n}"), None, &format!("نص {n}"))).collect();
    store.add(&batch).await.unwrap();
    let id = |n: usize| &batch[n].identity.id;
    let mut raw = raw(folder).await;
    for statement in [
        format!("UPDATE texts SET text = 'another' WHERE document = '{}'", id(0)),
        format!("DELETE FROM records WHERE document = '{}'", id(1)),
        format!("UPDATE records SET record = '{{}}' WHERE document = '{}'", id(2)),
        format!("UPDATE documents SET version = 7 WHERE id = '{}'", id(3)),
        format!("UPDATE records SET record = REPLACE(record, '{}', '{}') WHERE document = '{}'", id(4), id(5), id(4)),
    ] {
        raw.execute(sqlx::AssertSqlSafe(statement)).await.unwrap();
    }
    let told = store.check().await.unwrap().join("\n");
    for part in ["its text is not the one", "its record is missing", "cannot be read", "not numbered from 1", "that of another document"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert_eq!(told.lines().count(), 5, "{told}");
}

/// What people decide is added to, never changed, and can be taken back.
async fn decisions_are_kept(folder: &Folder, store: &mut Store) {
    let sides = |a: &str, b: &str| vec![vec![a.to_owned()], vec![b.to_owned()]];
    assert_eq!(store.decide(Verdict::Merge(sides("a#1", "b#1")), "ليلى", Some("one toll")).await.unwrap(), 1);
    assert_eq!(store.decide(Verdict::Split(sides("a#1", "c#1")), "omar", None).await.unwrap(), 2);
    assert_eq!(store.decide(Verdict::Undo(1), "omar", None).await.unwrap(), 3);
    for wrong in [1, 3, 9] {
        assert!(matches!(store.decide(Verdict::Undo(wrong), "omar", None).await.unwrap_err(), Error::NoDecision(_)), "{wrong}");
    }
    let mut again = Store::open(folder).await.unwrap();
    let told: Vec<_> = again.decisions().await.unwrap().into_iter().map(|d| (d.number, d.verdict, d.person, d.undone)).collect();
    assert_eq!(told[0], (1, Verdict::Merge(sides("a#1", "b#1")), "ليلى".into(), true));
    assert_eq!(told[1], (2, Verdict::Split(sides("a#1", "c#1")), "omar".into(), false));
    assert_eq!((told.len(), &told[2].1), (3, &Verdict::Undo(1)));
    again.close().await.unwrap();
}

/// Incidents are made anew all at once; how old they are is known.
async fn incidents_are_replaced_together(_: &Folder, store: &mut Store) {
    let incident = |id: &str, day: Option<&str>| -> Incident {
        serde_json::from_value(serde_json::json!({"record": "marsad-incident/1", "id": id, "events": [], "documents": [], "voices": 1,
            "action": "shelling", "when": {"start": day, "end": day, "precision": "day", "text": null, "span": null}, "where": null,
            "participants": [], "casualties": [], "disagreements": [], "confidence": 0.5, "because": []}))
        .unwrap()
    };
    assert_eq!(store.incidents().await.unwrap(), []);
    let mut found: Vec<Incident> = (0..300).map(|n| incident(&format!("i{n:03}"), Some("2031-05-04"))).collect();
    found.push(incident("z", None));
    found.push(incident("a", Some("2031-05-03")));
    assert!(store.freshness().await.unwrap().is_fresh());
    store.add(&[arrival("a", None, "نص")]).await.unwrap();
    assert_eq!(store.freshness().await.unwrap(), Freshness { documents: 1, decisions: 0 });
    store.replace_incidents(&found).await.unwrap();
    store.replace_incidents(&found[200..]).await.unwrap();
    assert!(store.freshness().await.unwrap().is_fresh());
    let ids: Vec<_> = store.incidents().await.unwrap().into_iter().map(|i| i.id).collect();
    assert_eq!((ids.len(), ids[0].as_str(), ids[1].as_str(), ids[2].as_str()), (102, "z", "a", "i200"));
    store.decide(Verdict::Split(Vec::new()), "omar", None).await.unwrap();
    assert_eq!(store.freshness().await.unwrap(), Freshness { documents: 0, decisions: 1 });
}

/// What is remembered of a feed is there again, once, as it was remembered last.
async fn feeds_are_remembered(folder: &Folder, store: &mut Store) {
    assert_eq!(store.feeds().await.unwrap(), []);
    let first = FeedState { url: "https://x.example/rss".into(), told: "2 new".into(), memory: "{}".into(), ..FeedState::default() };
    let other = FeedState { url: "https://a.example/rss".into(), failures: 3, due: Some("2031-05-04T00:00:00Z".into()), ..first.clone() };
    store.remember_feed(&first).await.unwrap();
    store.remember_feed(&other).await.unwrap();
    let again =
        FeedState { documents: 7, arrived: Some("2031-05-04T00:00:00Z".into()), checked: Some("2031-05-04T00:00:01Z".into()), ..first };
    store.remember_feed(&again).await.unwrap();
    let mut reopened = Store::open(folder).await.unwrap();
    assert_eq!(reopened.feeds().await.unwrap(), [other, again]);
    reopened.close().await.unwrap();
}

/// What is kept of linking comes back, is changed as a whole, and tells what is not linked.
async fn linkage_is_kept(_: &Folder, store: &mut Store) {
    let version = |n: usize| arrival("x", Some("https://x.example/a"), &format!("خبر {n}"));
    store.add(&[version(1), arrival("y", None, "نص")]).await.unwrap();
    let mut linking = store.linking().await.unwrap();
    let (unlinked, linked) = (linking.unlinked().await.unwrap(), linking.linked().await.unwrap());
    assert_eq!((unlinked.len(), linked), (2, Linked::default()));
    let standing = |n: usize| Standing {
        event: format!("e{n}"),
        document: format!("d{}", n / 2),
        stage: 1,
        chain: Some("e0".into()),
        home: (n > 1).then(|| "e2".into()),
        best: (n > 2).then_some(-5),
        facts: "00ff".into(),
    };
    let all: Vec<Standing> = (0..4).map(standing).collect();
    let files: Vec<(String, Vec<i64>)> = (0..4_i64).map(|n| (format!("e{n}"), vec![n - 2, i64::MAX - n])).collect();
    linking.keep(&all[..2]).await.unwrap();
    linking.keep(&all).await.unwrap();
    linking.file(&files).await.unwrap();
    linking.finish(&unlinked, 3, Some("weights")).await.unwrap();
    // A new version: the old one has to be looked at too.
    store.add(&[version(2)]).await.unwrap();
    let mut linking = store.linking().await.unwrap();
    assert_eq!(linking.linked().await.unwrap(), Linked { number: 1, method: Some("weights".into()), documents: 2, decisions: 3 });
    let unlinked = linking.unlinked().await.unwrap();
    let latest: Vec<_> = linking.reports(&unlinked).await.unwrap().into_iter().map(|(coded, _)| coded.document.id).collect();
    assert_eq!((unlinked.len(), latest), (2, vec![version(2).identity.id]));
    let events = |found: Vec<Standing>| {
        let mut ids: Vec<String> = found.into_iter().map(|standing| standing.event).collect();
        ids.sort();
        ids.join(" ")
    };
    let one = |id: &str| vec![id.to_owned()];
    assert_eq!(linking.standings(By::Event, &one("e3")).await.unwrap(), all[3..]);
    assert_eq!(events(linking.standings(By::Document, &one("d0")).await.unwrap()), "e0 e1");
    assert_eq!(events(linking.standings(By::Home, &one("e2")).await.unwrap()), "e2 e3");
    assert_eq!(events(linking.filed(&[-2, -1, i64::MAX, 77]).await.unwrap()), "e0 e1");
    linking.forget(&files[..2]).await.unwrap();
    assert_eq!(events(linking.standings(By::Chain, &one("e0")).await.unwrap()), "e2 e3");
    // What is not finished did not happen.
    drop(linking);
    let mut linking = store.linking().await.unwrap();
    assert_eq!(events(linking.filed(&[-2, 1]).await.unwrap()), "e0 e3");
    linking.clear().await.unwrap();
    linking.finish(&unlinked, 3, None).await.unwrap();
    assert!(store.linking().await.unwrap().filed(&[-2, 1]).await.unwrap().is_empty());
}

/// A store of a later version is left alone.
async fn newer_stores_are_refused(folder: &Folder, _: &mut Store) {
    let statement = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                     SELECT 999, description, success, checksum, execution_time FROM _sqlx_migrations WHERE version = 1";
    raw(folder).await.execute(statement).await.unwrap();
    let error = Store::open(folder).await.unwrap_err();
    assert!(matches!(error, Error::Newer(999)), "{error}");
}

async fn raw(folder: &Folder) -> sqlx::AnyConnection {
    let settings = std::fs::read_to_string(folder.path().join("marsad.toml")).unwrap();
    let database = settings.lines().find_map(|line| line.strip_prefix("database = ")).unwrap().trim_matches('"').to_owned();
    let url = if database.contains("://") { database } else { format!("sqlite://{}", folder.path().join(database).display()) };
    sqlx::AnyConnection::connect(&url).await.unwrap()
}

/// Runs every promise on a store of its own, whose database `database` names.
fn conformance(at: &Path, database: impl Fn(&str) -> Option<String>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    macro_rules! promises {
        ($($name:ident),*) => { $(runtime.block_on(async {
            let database = database(stringify!($name));
            let (folder, mut store) = Store::init(&at.join(stringify!($name)), database.as_deref()).await.unwrap();
            $name(&folder, &mut store).await;
        });)* };
    }
    promises!(
        storing_twice_is_storing_once,
        changes_are_versions,
        batches_are_whole,
        two_writers,
        damage_is_told,
        feeds_are_remembered,
        newer_stores_are_refused,
        decisions_are_kept,
        incidents_are_replaced_together,
        linkage_is_kept
    );
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

#[test]
fn a_server_that_comes_back_is_waited_for() {
    let Some(server) = postgres::Server::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (folder, mut store) = runtime.block_on(Store::init(folder.path(), Some(&server.database("restarted")))).unwrap();
    let batch = |n: usize| [arrival(&format!("d{n}"), None, &format!("نص {n}"))];
    runtime.block_on(store.add(&batch(0))).unwrap();
    server.crash();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(std::time::Duration::from_millis(700));
            server.resume();
        });
        assert_eq!(runtime.block_on(store.add(&batch(1))).unwrap(), added(1, 0, 0));
    });
    assert_eq!(runtime.block_on(store.heads()).unwrap().len(), 2);
    // Without patience it is told at once.
    server.crash();
    store.patience = std::time::Duration::ZERO;
    assert!(matches!(runtime.block_on(store.add(&batch(2))).unwrap_err(), Error::Lost(_)));
    assert!(matches!(runtime.block_on(Store::open(&folder)).unwrap_err(), Error::Lost(_)));
}

#[test]
fn folders_are_found_and_never_taken_twice() {
    let home = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let path = home.path().join("مرصد one");
    let (folder, store) = runtime.block_on(Store::init(&path, None)).unwrap();
    runtime.block_on(store.close()).unwrap();
    assert!(matches!(runtime.block_on(Store::init(&path, None)).unwrap_err(), Error::Exists(_)));
    let deep = path.join("a/b");
    std::fs::create_dir_all(&deep).unwrap();
    assert_eq!(Folder::around(&deep).unwrap(), folder);
    assert!(matches!(Folder::around(home.path()).unwrap_err(), Error::NotFound(_)));
    // An unreachable server leaves no half-made observatory behind.
    let gone = home.path().join("gone");
    assert!(matches!(runtime.block_on(Store::init(&gone, Some("postgres://x@127.0.0.1:9/x"))).unwrap_err(), Error::Lost(_)));
    assert!(matches!(Folder::at(&gone).unwrap_err(), Error::NotFound(_)));
    // A database that was moved away is told, not replaced by an empty one.
    std::fs::rename(path.join("marsad.db"), path.join("moved.db")).unwrap();
    assert!(runtime.block_on(Store::open(&folder)).unwrap_err().to_string().contains("the database is gone"));
}
