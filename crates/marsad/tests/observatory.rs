//! Reading an observatory from end to end: query, stats, export, backup and restore.

use assert_cmd::cargo::cargo_bin;
use marsad_store::{Change, Folder, STATE, Store, Subject};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

fn marsad(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(cargo_bin("marsad")).current_dir(folder).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

/// An observatory with four incidents, a total and a memory of something older.
fn observatory(at: &Path) {
    let rows = [
        (
            "a",
            "وكالة الضفاف",
            "2023-08-14",
            "قتل خمسة مدنيين وأصيب ثلاثة بقصف مدفعي لقوات النظام على مدينة الباب في ريف حلب الشرقي، أمس الأحد.",
        ),
        (
            "b",
            "موقع السنديان",
            "2023-08-14",
            "أَسفر قصفٌ مدفعيّ نفذته قوات النظام أمس الأحد على مدينة الباب بريف حلب عن مقتل خمسة مدنيين وإصابة أربعة.",
        ),
        ("c", "وكالة الضفاف", "2023-08-22", "قتل جنديان بهجوم مسلح شنه مجهولون على حاجز لقوات النظام في مدينة درعا، أمس الاثنين."),
        (
            "d",
            "شبكة الغدير",
            "2023-08-23",
            "شن طيران مجهول غارات جوية على مدينة البوكمال بريف دير الزور أمس الثلاثاء، ما أدى إلى مقتل ثلاثة مسلحين.",
        ),
        ("e", "شبكة الغدير", "2023-09-05", "قتل 120 مدنيا بقصف قوات النظام على محافظة إدلب خلال شهر آب الماضي، بحسب تقرير حقوقي."),
        ("f", "شبكة الغدير", "2023-09-06", "عقد مجلس البلدية اجتماعا لبحث إصلاح الطرق وشبكات المياه في المدينة."),
    ];
    let lines: String = rows
        .iter()
        .map(|(id, outlet, day, text)| {
            let row = json!({"id": id, "outlet": outlet, "url": format!("https://x.example/{id}"), "published": day, "language": "ar", "title": format!("عنوان {id}"), "text": text});
            format!("{row}\n")
        })
        .collect();
    std::fs::write(at.join("in.jsonl"), lines).unwrap();
    for arguments in [&["init", "obs"][..], &["ingest", "in.jsonl", "--store", "obs"], &["link", "--store", "obs"]] {
        let (code, _, told) = marsad(at, arguments);
        assert_eq!(code, 0, "{told}");
    }
}

/// The objects that a command prints.
fn objects(at: &Path, arguments: &[&str]) -> Vec<Value> {
    let (code, out, told) = marsad(at, &[arguments, &["--store", "obs", "--format", "jsonl"]].concat());
    assert_eq!(code, 0, "{told}");
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn what_is_asked_for_is_found() {
    let home = tempfile::tempdir().unwrap();
    let at = home.path();
    observatory(at);
    let all = objects(at, &["query"]);
    let days: Vec<&str> = all.iter().map(|one| one["incident"]["when"]["start"].as_str().unwrap()).collect();
    assert_eq!(days, ["2023-08-22", "2023-08-21", "2023-08-13"]);
    let actions = |arguments: &[&str]| -> Vec<String> {
        objects(at, &[&["query"], arguments].concat()).iter().map(|one| one["incident"]["action"].as_str().unwrap().to_owned()).collect()
    };
    for (arguments, wanted) in [
        (&["قصف مدفعي"][..], &["shelling"][..]),
        (&["غارات"], &["airstrike"]),
        (&["درعا"], &["armed_attack"]),
        (&["\"مدينة الباب\" -السنديان"], &["shelling"]),
        (&["--from", "2023-08-20"], &["airstrike", "armed_attack"]),
        (&["--to", "2023-08-20"], &["shelling"]),
        (&["--killed", "4"], &["shelling"]),
        (&["--injured", "4"], &["shelling"]),
        (&["--near", "36.37,37.52,20"], &["shelling"]),
        (&["--bbox", "40,34,42,35"], &["airstrike"]),
        (&["--admin1", "daraa", "--action", "armed_attack"], &["armed_attack"]),
        (&["--place", "الباب"], &["shelling"]),
        (&["--outlet", "غدير"], &["airstrike"]),
        (&["--actor", "syr-gov", "--certainty", "stated", "--voices", "2"], &["shelling"]),
        (&["--state", "reviewed"], &[]),
        (&["--country", "IQ"], &[]),
        (&["كلمة لا توجد"], &[]),
    ] {
        assert_eq!(actions(arguments), wanted, "{arguments:?}");
    }
    // Words in the spelling of the text, whatever was typed; a total is an event, but no incident.
    let found = objects(at, &["query", "قصف", "--in", "documents"]);
    let words: Vec<String> = found
        .iter()
        .map(|one| {
            let letters: Vec<char> = one["snippet"]["text"].as_str().unwrap().chars().collect();
            let start = one["snippet"]["start"].as_u64().unwrap() as usize;
            let place = |n: usize| one["snippet"]["found"][0][n].as_u64().unwrap() as usize - start;
            letters[place(0)..place(1)].iter().collect()
        })
        .collect();
    let mut sorted = words.clone();
    sorted.sort();
    assert_eq!(sorted, ["بقصف", "بقصف", "قصفٌ"]);
    assert_eq!(objects(at, &["query", "قصف", "--in", "documents", "--exact"]).len(), 1);
    let totals = objects(at, &["query", "--in", "events", "--scope", "aggregate"]);
    assert!(!totals.is_empty() && totals.iter().all(|one| one["event"]["scope"] == "aggregate"), "{totals:?}");
    assert_eq!(objects(at, &["query", "--in", "documents", "--scope", "aggregate"]).len(), 1);

    let (code, table, told) = marsad(at, &["query", "مدفعي", "--store", "obs"]);
    assert!(code == 0 && told.contains("1 found"), "{told}");
    assert!(table.contains("2023-08-13  shelling · Al-Bab") && table.contains("2 voices") && table.contains("[مدفعي"), "{table}");
    let (code, table, told) = marsad(at, &["query", "--in", "documents", "--store", "obs", "--limit", "2"]);
    assert!(code == 0 && told.contains("there is more: --after 2023-09-05/") && table.contains("عنوان f"), "{told}{table}");
}

#[test]
fn lists_go_on_where_they_stopped() {
    let home = tempfile::tempdir().unwrap();
    let at = home.path();
    observatory(at);
    for what in ["incidents", "documents", "events"] {
        let all = objects(at, &["query", "--in", what]);
        let (mut pieces, mut after): (Vec<Value>, Option<String>) = (Vec::new(), None);
        loop {
            let mut arguments = vec!["query", "--in", what, "--store", "obs", "--format", "jsonl", "--limit", "1"];
            arguments.extend(after.iter().flat_map(|mark| ["--after", mark.as_str()]));
            let (code, out, told) = marsad(at, &arguments);
            assert_eq!(code, 0, "{told}");
            pieces.extend(out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()));
            after = told.trim().rsplit_once("--after ").map(|(_, mark)| mark.to_owned());
            if after.is_none() {
                break;
            }
        }
        assert_eq!(pieces, all, "{what}");
    }
}

#[test]
fn whatever_is_typed_is_only_looked_for() {
    let home = tempfile::tempdir().unwrap();
    let at = home.path();
    observatory(at);
    for typed in [
        "'; DROP TABLE documents; --",
        "\"قصف",
        "words:قصف",
        "NEAR(قصف)",
        "قصف OR 1=1",
        "قصف\\",
        "(((((",
        "قصف <-> !",
        "*",
        "-قصف",
        "--",
        "",
    ] {
        let (code, out, told) = marsad(at, &["query", "--store", "obs", "--", typed]);
        let refused = code == 1 && (told.contains("to look for")) && out.is_empty();
        assert!(code == 0 || refused, "{typed}: {code} {told}");
    }
    for (arguments, part) in [
        (&["--near", "36,37"][..], "LAT,LON,KM"),
        (&["--bbox", "1,2,3,-4"], "south below north"),
        (&["--after", "'; DROP"], "no mark"),
        (&["--action", "x"], "no action of the codebook"),
        (&["--state", "x"], "machine, in_review"),
        (&["--from", "2024-01-01", "--to", "2023-01-01"], "nothing lies between"),
    ] {
        let (code, _, told) = marsad(at, &[&["query", "--store", "obs"], arguments].concat());
        assert!(code != 0 && told.contains(part), "{arguments:?}: {told}");
    }
    let (code, _, told) = marsad(at, &["check", "--store", "obs"]);
    assert!(code == 0 && told.contains("6 documents, all whole"), "{told}");
}

#[test]
fn incidents_are_counted() {
    let home = tempfile::tempdir().unwrap();
    let at = home.path();
    observatory(at);
    let (code, table, told) = marsad(at, &["stats", "--store", "obs", "--format", "csv", "--plot", "weeks.svg"]);
    assert_eq!(code, 0, "{told}");
    // The total of 120 is in none of them.
    let expected = "period,start,incidents,killed_low,killed_best,killed_high,injured_low,injured_best,injured_high,documents,incidents_per_1000_documents\n\
                    2023-W32,2023-08-07,1,5,5,5,3,4,4,0,\n\
                    2023-W33,2023-08-14,0,0,0,0,0,0,0,2,0.000\n\
                    2023-W34,2023-08-21,2,5,5,5,0,0,0,2,1000.000\n\
                    2023-W35,2023-08-28,0,0,0,0,0,0,0,0,\n\
                    2023-W36,2023-09-04,0,0,0,0,0,0,0,2,0.000\n";
    assert_eq!(table, expected);
    let picture = std::fs::read_to_string(at.join("weeks.svg")).unwrap();
    for part in ["<svg", "Incidents per week", "incidents", "per 1,000 documents read", "2023-W3"] {
        assert!(picture.contains(part), "{part}");
    }
    let rows = objects(at, &["stats", "--per", "none", "--by", "action"]);
    let told: Vec<_> = rows
        .iter()
        .map(|row| (row["group"].as_str().unwrap(), row["incidents"].as_u64().unwrap(), row["documents"].as_u64().unwrap()))
        .collect();
    assert_eq!(told, [("airstrike", 1, 6), ("armed_attack", 1, 6), ("shelling", 1, 6)]);
    let (code, table, told) =
        marsad(at, &["stats", "--store", "obs", "--per", "month", "--by", "country", "--from", "2023-08-20", "--to", "2023-08-31"]);
    let row = table.lines().nth(1).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(code == 0 && row.starts_with("2023-08 SY 2 5 0 2 1000.0"), "{told}{table}");
    let (code, _, told) = marsad(at, &["stats", "--store", "obs", "--country", "IQ", "--per", "none", "--plot", "nothing.svg"]);
    assert!(code == 1 && told.contains("nothing to draw") && !at.join("nothing.svg").exists(), "{told}");
}

#[test]
fn exports_hold_incidents_alone() {
    let home = tempfile::tempdir().unwrap();
    let at = home.path();
    observatory(at);
    let export = |arguments: &[&str]| {
        let (code, out, told) = marsad(at, &[&["export"], arguments, &["--store", "obs"]].concat());
        assert_eq!(code, 0, "{told}");
        out
    };
    for format in ["acled", "ucdp", "plover", "hxl", "jsonl", "geojson"] {
        let text = export(&[format]);
        assert!(!text.contains("120"), "{format}: {text}");
    }
    assert_eq!(export(&["acled"]).lines().count(), 4);
    assert_eq!(export(&["acled", "--near", "36.37,37.52,20"]).lines().count(), 2);
    assert_eq!(export(&["acled", "--admin1", "Deir ez-Zor", "--state", "machine"]).lines().count(), 2);
    assert_eq!(export(&["acled", "--state", "final"]).lines().count(), 1);
    export(&["parquet", "-o", "out.parquet"]);
    let file = std::fs::read(at.join("out.parquet")).unwrap();
    assert!(file.starts_with(b"PAR1") && file.ends_with(b"PAR1"));
    export(&["parquet", "--public", "--today", "2023-08-30", "-o", "public.parquet"]);
    let public = std::fs::read(at.join("public.parquet")).unwrap();
    let holds = |file: &[u8], words: &str| file.windows(words.len()).any(|window| window == words.as_bytes());
    assert!(holds(&file, "Al-Bab") && !holds(&public, "Al-Bab") && holds(&public, "Aleppo"));
}

/// What people made of incidents decides what is shown, exported and counted; what they rejected is left out.
#[test]
fn states_of_review_are_heeded() {
    let home = tempfile::tempdir().unwrap();
    let at = home.path();
    observatory(at);
    let found = objects(at, &["query"]);
    let id = |n: usize| found[n]["incident"]["id"].as_str().unwrap().to_owned();
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
        let mut store = Store::open(&Folder::at(&at.join("obs")).unwrap()).await.unwrap();
        for (n, state) in [(0, "rejected"), (1, "final")] {
            let change =
                Change { subject: Subject::Incident(id(n)), field: STATE.into(), old: Some(json!("machine")), new: Some(json!(state)) };
            store.review(&change, "ليلى", None).await.unwrap();
        }
        store.close().await.unwrap();
    });
    let lines = |state: &[&str]| {
        let (code, out, told) = marsad(at, &[&["export", "acled", "--store", "obs"], state].concat());
        assert_eq!(code, 0, "{told}");
        out.lines().count() - 1
    };
    assert_eq!((lines(&[]), lines(&["--state", "final"]), lines(&["--state", "rejected,final"])), (2, 1, 2));
    let states: Vec<Value> = objects(at, &["query"]).iter().map(|one| one["state"].clone()).collect();
    assert_eq!(states, ["rejected", "final", "machine"]);
    let total = |arguments: &[&str]| -> u64 {
        let rows = objects(at, &[&["stats", "--per", "none"], arguments].concat());
        rows.iter().map(|row| row["incidents"].as_u64().unwrap()).sum()
    };
    assert_eq!((total(&[]), total(&["--state", "rejected"])), (2, 1));
}

/// What reviewers put right is what is shown, filtered, counted and exported, in every format.
#[test]
fn corrections_are_heeded() {
    let home = tempfile::tempdir().unwrap();
    let at = home.path();
    observatory(at);
    let id = objects(at, &["query"])[0]["incident"]["id"].as_str().unwrap().to_owned();
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
        let mut store = Store::open(&Folder::at(&at.join("obs")).unwrap()).await.unwrap();
        for (field, new) in [("killed/all", json!({"low": 71, "best": 72, "high": 73})), ("action", json!("car_bomb"))] {
            let change = Change { subject: Subject::Incident(id.clone()), field: field.into(), old: None, new: Some(new) };
            store.review(&change, "ليلى", None).await.unwrap();
        }
        store.close().await.unwrap();
    });
    for format in ["acled", "ucdp", "plover", "geojson", "hxl", "jsonl"] {
        let (code, out, told) = marsad(at, &["export", format, "--store", "obs", "--killed", "72"]);
        assert!(code == 0 && out.contains("72") && out.contains("73"), "{format}: {told}{out}");
        assert!(format == "ucdp" || out.contains("car_bomb") || out.contains("car bomb"), "{format}: {out}");
    }
    let found = objects(at, &["query", "--action", "car_bomb"]);
    assert_eq!((found.len(), found[0]["incident"]["id"].as_str()), (1, Some(id.as_str())));
    let rows = objects(at, &["stats", "--per", "none", "--killed", "72"]);
    assert_eq!(rows[0]["killed"], json!([71, 72, 73]), "{rows:?}");
}

#[test]
fn an_observatory_is_saved_and_comes_back() {
    let home = tempfile::tempdir().unwrap();
    let at = home.path();
    observatory(at);
    let (code, _, told) = marsad(at, &["backup", "obs.backup", "--store", "obs"]);
    assert!(code == 0 && told.contains("6 documents, 3 incidents, 0 decisions, 0 reviews saved"), "{told}");
    let (code, _, told) = marsad(at, &["restore", "obs.backup", "deep/again"]);
    assert!(code == 0 && told.contains("6 documents, 3 incidents"), "{told}");
    let export = |store: &str| marsad(at, &["export", "acled", "--store", store]);
    assert_eq!(export("deep/again"), export("obs"));
    let (code, _, told) = marsad(at, &["restore", "obs.backup", "obs"]);
    assert!(code == 1 && told.contains("there is something already"), "{told}");
    let mut cut = std::fs::read(at.join("obs.backup")).unwrap();
    cut.truncate(cut.len() / 2);
    std::fs::write(at.join("cut.backup"), cut).unwrap();
    let (code, _, told) = marsad(at, &["restore", "cut.backup", "third"]);
    assert!(code == 1 && told.contains("cut off") && told.contains("nothing was restored"), "{told}");
    assert!(!at.join("third").exists());
}

/// A backup says that it holds hashes of passwords, and can be made without them.
#[test]
fn backups_say_whether_they_hold_accounts() {
    let home = tempfile::tempdir().unwrap();
    let at = home.path();
    observatory(at);
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
        let mut store = Store::open(&Folder::at(&at.join("obs")).unwrap()).await.unwrap();
        store.put_user("layla", "$argon2id$hash", "editor").await.unwrap();
        store.close().await.unwrap();
    });
    let (code, _, told) = marsad(at, &["backup", "all.backup", "--store", "obs"]);
    assert!(code == 0 && told.contains("passwords of 1 accounts") && told.contains("--without-accounts"), "{told}");
    let (code, _, told) = marsad(at, &["backup", "bare.backup", "--without-accounts", "--store", "obs"]);
    assert!(code == 0 && !told.contains("passwords"), "{told}");
    for (file, users) in [("all.backup", 1), ("bare.backup", 0)] {
        let (code, _, told) = marsad(at, &["restore", file, &format!("of-{file}")]);
        assert_eq!(code, 0, "{told}");
        let (_, list, _) = marsad(at, &["user", "list", "--store", &format!("of-{file}")]);
        assert_eq!(list.lines().count(), users, "{list}");
    }
    let (code, _, told) = marsad(at, &["user", "link", "nobody", "--issuer", "https://id.example", "--subject", "7", "--store", "obs"]);
    assert!(code == 1 && told.contains("there is no account"), "{told}");
    let (code, _, told) = marsad(at, &["user", "link", "layla", "--issuer", "https://id.example", "--subject", "7", "--store", "obs"]);
    assert!(code == 0 && told.contains("layla"), "{told}");
}
