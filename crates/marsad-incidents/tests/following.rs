//! Incidents that are followed are those that are made anew: on SQLite and on PostgreSQL, in any order, with versions and decisions.

#[path = "../../marsad-store/tests/postgres/mod.rs"]
#[allow(dead_code)]
mod postgres;

use marsad_incidents::{anew, follow, follow_few};
use marsad_model::{Coded, Document};
use marsad_store::{Arrival, By, Error, Identity, Store, Verdict};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use std::path::Path;
use tokio::runtime::Runtime;

/// An invented event, as numbers choose.
fn event(of: [u8; 4]) -> Value {
    let [day, place, dead, action] = of;
    let day = ["2031-05-03", "2031-05-04", "2031-05-05"][day as usize % 3];
    let towns = [("بلدة نخلة الوادي", 35.10, 37.20), ("قرية سهل الغراب", 35.80, 38.60), ("عين السدر", 35.12, 37.24)];
    let town = towns.get(place as usize % 5).map(|(text, lat, lon)| {
        json!({"text": text, "name": text, "country": "SY", "admin1": null, "lat": lat, "lon": lon, "radius_km": 2.0, "relation": "in",
               "precision": "exact", "place_id": null, "span": [0, 1]})
    });
    let toll = (dead % 4 > 0).then(|| {
        let dead = dead % 4;
        json!({"outcome": "killed", "group": "all", "of": null, "low": dead, "best": dead, "high": dead, "vague": false,
               "text": "", "span": [0, 0]})
    });
    let (towns, tolls): (Vec<Value>, Vec<Value>) = (town.into_iter().collect(), toll.into_iter().collect());
    let deed = ["shelling", "airstrike", "detention"][action as usize % 3];
    let scope = if action > 230 { "background" } else { "incident" };
    json!({"id": "", "action": deed, "scope": scope, "realis": "actual",
           "acled": {"event_type": "x", "sub_event_type": "x"}, "plover": {"type": "x", "mode": null},
           "trigger": {"text": "قصف", "span": [0, 3]},
           "when": {"start": day, "end": day, "precision": "day", "text": "أمس", "span": [4, 7]},
           "where": towns, "participants": [], "weapons": [], "objects": [],
           "casualties": tolls, "strikes": null, "attribution": [], "relations": [],
           "confidence": 0.9, "rules": []})
}

/// A report of an address; its words, and so its version, follow from the numbers.
fn arrival(address: u8, of: &[[u8; 4]]) -> Arrival {
    let document = Document {
        id: format!("{address}"),
        text: format!("خبر {address} {of:?}"),
        url: Some(format!("https://x.example/{address}")),
        published: "2031-05-05".parse().ok(),
        ..Document::default()
    };
    let identity = Identity::of(&document, "x.jsonl");
    let mut events: Vec<Value> = of.iter().map(|&of| event(of)).collect();
    for (n, event) in events.iter_mut().enumerate() {
        event["id"] = json!(format!("{}#{}", identity.id, n + 1));
    }
    let head = json!({"id": identity.id, "url": document.url, "outlet": null, "title": null, "published": "2031-05-05", "language": "ar",
                      "sha256": identity.sha256, "chars": document.text.chars().count()});
    let record: Coded = serde_json::from_value(json!({"record": "marsad/1", "events": events, "document": head})).unwrap();
    Arrival { identity, document, source: "x.jsonl:1".into(), record, sketch: None }
}

#[derive(Clone, Debug)]
enum Step {
    Add(Vec<(u8, Vec<[u8; 4]>)>),
    Decide(bool, u8, u8),
    Undo(u8),
    /// Links what is new; and, where told, compares with linking anew.
    Follow(bool),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let report = (0..16_u8, prop::collection::vec(any::<[u8; 4]>(), 0..3));
    let step = prop_oneof![
        4 => prop::collection::vec(report, 1..6).prop_map(Step::Add),
        1 => any::<(bool, u8, u8)>().prop_map(|(merge, a, b)| Step::Decide(merge, a, b)),
        1 => any::<u8>().prop_map(Step::Undo),
        3 => any::<bool>().prop_map(Step::Follow),
    ];
    prop::collection::vec(step, 1..14)
}

/// Everything that is kept of linking, as text.
async fn kept(store: &mut Store) -> (Vec<String>, Vec<String>) {
    let documents: Vec<String> = store.ids().await.unwrap().into_iter().collect();
    let incidents = store.incidents().await.unwrap().iter().map(|i| serde_json::to_string(i).unwrap()).collect();
    let mut linking = store.linking().await.unwrap();
    let standings = linking.standings(By::Document, &documents).await.unwrap();
    let mut standings: Vec<String> = standings.into_iter().map(|standing| format!("{standing:?}")).collect();
    standings.sort();
    (incidents, standings)
}

async fn goes(store: &mut Store, steps: &[Step]) -> Result<(), TestCaseError> {
    for step in steps.iter().chain([&Step::Follow(true)]) {
        match step {
            Step::Add(reports) => {
                let batch: Vec<Arrival> = reports.iter().map(|(address, of)| arrival(*address, of)).collect();
                store.add(&batch).await.unwrap();
            }
            Step::Decide(merge, a, b) => {
                let events: Vec<String> = store.incidents().await.unwrap().into_iter().flat_map(|i| i.events).collect();
                let side = |n: &u8| events.get(*n as usize % events.len().max(1)).map(|id| vec![id.clone()]);
                if let (Some(a), Some(b)) = (side(a), side(b)) {
                    let sides = vec![a, b];
                    store.decide(if *merge { Verdict::Merge(sides) } else { Verdict::Split(sides) }, "layla", None).await.unwrap();
                }
            }
            Step::Undo(n) => {
                let decisions = store.decisions().await.unwrap();
                let number = i64::from(*n) % (decisions.len() as i64 + 1);
                // Only what stands can be taken back.
                let _ = store.decide(Verdict::Undo(number), "omar", None).await;
            }
            Step::Follow(compared) => {
                follow(store).await.unwrap();
                prop_assert!(store.freshness().await.unwrap().is_fresh());
                if !compared {
                    continue;
                }
                let followed = kept(store).await;
                anew(store).await.unwrap();
                prop_assert_eq!(followed, kept(store).await);
            }
        }
    }
    Ok(())
}

fn run(runtime: &Runtime, at: &Path, cases: u32, database: impl Fn(usize) -> Option<String>) {
    let count = std::cell::Cell::new(0);
    let mut runner = TestRunner::new(ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() });
    let done = runner.run(&steps(), |steps| {
        count.set(count.get() + 1);
        runtime.block_on(async {
            let database = database(count.get());
            let (_, mut store) = Store::init(&at.join(count.get().to_string()), database.as_deref()).await.unwrap();
            let done = goes(&mut store, &steps).await;
            store.close().await.unwrap();
            done
        })
    });
    done.unwrap();
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

#[test]
fn on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    run(&runtime(), folder.path(), 48, |_| None);
}

#[test]
fn on_postgresql() {
    let Some(server) = postgres::Server::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    run(&runtime(), folder.path(), 16, |n| Some(server.database(&format!("case{n}"))));
}

/// Only little is followed where little is asked for, and nothing before all was linked once.
#[test]
fn few_are_followed_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let runtime = runtime();
    runtime.block_on(async {
        let (_, mut store) = Store::init(&folder.path().join("x"), None).await.unwrap();
        let add = async |store: &mut Store, range: std::ops::Range<u8>| {
            store.add(&range.map(|n| arrival(n, &[[0, 0, 1, 0]])).collect::<Vec<_>>()).await.unwrap();
        };
        add(&mut store, 0..3).await;
        assert_eq!(follow_few(&mut store, 10).await.unwrap(), None);
        assert!(anew(&mut store).await.unwrap().anew);
        add(&mut store, 3..5).await;
        assert_eq!(follow_few(&mut store, 1).await.unwrap(), None);
        assert_eq!(store.freshness().await.unwrap().documents, 2);
        let outcome = follow_few(&mut store, 2).await.unwrap().unwrap();
        assert_eq!((outcome.documents, outcome.incidents, outcome.anew), (2, 1, false));
        assert_eq!(store.incidents().await.unwrap()[0].documents.len(), 5);
        assert_eq!(follow(&mut store).await.unwrap().documents, 0);
    });
}

/// A server that goes away before or while incidents are linked is waited for, and they are those that come without it.
#[test]
fn a_server_that_comes_back_is_waited_for() {
    let Some(server) = postgres::Server::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    let runtime = runtime();
    let (_, mut store) = runtime.block_on(Store::init(&folder.path().join("x"), Some(&server.database("restarted")))).unwrap();
    let reports = |range: std::ops::Range<u8>| range.map(|n| arrival(n, &[[n, n / 3, n, 0], [n / 2, n, 1, n]])).collect::<Vec<_>>();
    runtime.block_on(store.add(&reports(0..200))).unwrap();
    runtime.block_on(anew(&mut store)).unwrap();
    let calm = runtime.block_on(kept(&mut store));
    for pause in [0, 3, 20, 60] {
        std::thread::scope(|scope| {
            let restart = || {
                std::thread::sleep(std::time::Duration::from_millis(pause));
                server.crash();
                server.resume();
            };
            let restarted = scope.spawn(restart);
            while !restarted.is_finished() {
                assert!(runtime.block_on(anew(&mut store)).unwrap().anew);
            }
        });
        assert_eq!(runtime.block_on(kept(&mut store)), calm);
    }
    runtime.block_on(store.add(&reports(200..210))).unwrap();
    server.crash();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(std::time::Duration::from_millis(300));
            server.resume();
        });
        let outcome = runtime.block_on(follow(&mut store)).unwrap();
        assert_eq!((outcome.documents, outcome.anew), (10, false));
    });
    let followed = runtime.block_on(kept(&mut store));
    runtime.block_on(anew(&mut store)).unwrap();
    assert_eq!(followed, runtime.block_on(kept(&mut store)));
    // Without patience it is told at once.
    server.crash();
    store.patience = std::time::Duration::ZERO;
    assert!(matches!(runtime.block_on(anew(&mut store)).unwrap_err(), Error::Lost(_)));
}
