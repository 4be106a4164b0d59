//! What is linked and what is not, and what the incident says.

mod common;

use common::{NAKHLA, SAHL, Town, document, event, killed};
use marsad_copies::Sketch;
use marsad_link::{Decisions, Known, Line, Model, link, link_knowing, read_line};
use marsad_model::{Coded, Incident, RareWord};
use proptest::prelude::*;
use serde_json::json;

const DAY: &str = "2031-05-04";

fn incidents(documents: &[Coded]) -> Vec<Incident> {
    link(documents, &Model::fitted()).incidents
}

fn shelling(id: &str, town: Option<Town>, dead: u32) -> Coded {
    document(id, "2031-05-05", &[event(DAY, town, "shelling", &[killed(dead)])])
}

/// The documents of every incident, sorted.
fn grouped(incidents: &[Incident]) -> Vec<Vec<String>> {
    let mut groups: Vec<_> = incidents.iter().map(|i| i.documents.clone()).collect();
    groups.sort();
    groups
}

#[test]
fn two_reports_of_one_incident_are_linked() {
    let found = incidents(&[shelling("a", Some(NAKHLA), 5), shelling("b", Some(NAKHLA), 5)]);
    let [incident] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!((incident.record.as_str(), incident.voices), ("marsad-incident/1", 2));
    assert_eq!((&incident.events[..], &incident.documents[..]), (&["a#1".into(), "b#1".into()][..], &["a".into(), "b".into()][..]));
    assert_eq!(incident.participants[0].supported_by, ["a#1", "b#1"]);
    assert!(incident.disagreements.is_empty() && incident.confidence > 0.9, "{incident:#?}");
    let [because] = incident.because.as_slice() else { panic!("{incident:#?}") };
    assert!(because.score > 0.5 && because.date > 0.5 && because.place > 0.5 && because.tolls > 0.5, "{because:?}");
}

#[test]
fn two_towns_or_two_days_are_two_incidents() {
    assert_eq!(incidents(&[shelling("a", Some(NAKHLA), 5), shelling("b", Some(SAHL), 5)]).len(), 2);
    let later = document("b", "2031-05-07", &[event("2031-05-06", Some(NAKHLA), "shelling", &[killed(5)])]);
    assert_eq!(incidents(&[shelling("a", Some(NAKHLA), 5), later]).len(), 2);
    let arrest = document("b", "2031-05-05", &[event(DAY, Some(NAKHLA), "detention", &[])]);
    assert_eq!(incidents(&[shelling("a", Some(NAKHLA), 5), arrest]).len(), 2);
}

/// Whatever the weights, a report that names no town never draws two towns together.
#[test]
fn a_vague_report_chains_nothing() {
    let eager = Model { bias: 3.0, ..Model::fitted() };
    for vague in 1..5 {
        let mut documents = vec![shelling("a", Some(NAKHLA), 5), shelling("b", Some(SAHL), 5), shelling("c", Some(NAKHLA), 5)];
        documents.extend((0..vague).map(|n| shelling(&format!("v{n}"), None, 5)));
        for incident in link(&documents, &eager).incidents {
            let both = incident.documents.contains(&"a".into()) && incident.documents.contains(&"b".into());
            assert!(!both, "{vague} vague reports: {:?}", incident.documents);
        }
    }
    // Days are kept apart in the same way.
    let on = |id: &str, day: &str| document(id, "2031-05-07", &[event(day, Some(NAKHLA), "shelling", &[])]);
    let days = [on("a", "2031-05-04"), on("b", "2031-05-05"), on("c", "2031-05-06")];
    assert!(link(&days, &eager).incidents.iter().all(|i| i.documents.len() < 3));
}

#[test]
fn a_vague_report_joins_the_only_incident_that_fits() {
    let eager = Model { bias: 3.0, ..Model::fitted() };
    let found = link(&[shelling("a", Some(NAKHLA), 5), shelling("v", None, 5)], &eager).incidents;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].place.as_ref().map(|p| p.text.as_str()), Some(NAKHLA.0));
}

#[test]
fn tolls_are_low_best_and_high() {
    let documents = [("a", 3), ("b", 4), ("c", 4), ("d", 6)].map(|(id, dead)| shelling(id, Some(NAKHLA), dead));
    let found = link(&documents, &Model { bias: 3.0, ..Model::fitted() }).incidents;
    let [incident] = found.as_slice() else { panic!("{:?}", grouped(&found)) };
    let [toll] = incident.casualties.as_slice() else { panic!("{incident:#?}") };
    assert_eq!((toll.low, toll.best, toll.high), (Some(3), Some(4), Some(6)));
    let reports: Vec<_> = toll.reports.iter().map(|r| (r.event.as_str(), r.best)).collect();
    assert_eq!(reports, [("a#1", Some(3)), ("b#1", Some(4)), ("c#1", Some(4)), ("d#1", Some(6))]);
    let [disagreement] = incident.disagreements.as_slice() else { panic!("{incident:#?}") };
    let values: Vec<_> = disagreement.values.iter().map(|v| (v.value.as_str(), v.events.len())).collect();
    assert_eq!((disagreement.field.as_str(), values), ("killed/all", vec![("4", 2), ("3", 1), ("6", 1)]));
}

#[test]
fn who_did_it_may_be_disputed() {
    let mut other = shelling("b", Some(NAKHLA), 5);
    other.events[0].participants[0].actor = "rus".into();
    let found = link(&[shelling("a", Some(NAKHLA), 5), other], &Model { bias: 3.0, ..Model::fitted() }).incidents;
    let told = found[0].disagreements.iter().find(|d| d.field == "perpetrator").unwrap();
    assert_eq!(told.values.iter().map(|v| v.value.as_str()).collect::<Vec<_>>(), ["rus", "syr-gov"]);
}

#[test]
fn copies_are_one_voice() {
    let (a, mut b, mut c) = (shelling("a", Some(NAKHLA), 5), shelling("b", Some(NAKHLA), 5), shelling("c", Some(NAKHLA), 5));
    b.document.sha256 = a.document.sha256.clone();
    (c.document.outlet, c.document.title) = (a.document.outlet.clone(), a.document.title.clone());
    let found = incidents(&[a.clone(), b, c, a]);
    assert_eq!((found.len(), found[0].documents.len(), found[0].voices), (1, 3, 1));
}

#[test]
fn only_incidents_that_happened_count_and_background_is_attached() {
    let with = |id: &str, field: &str, value: &str| {
        let mut told = event(DAY, Some(NAKHLA), "shelling", &[killed(5)]);
        told[field] = json!(value);
        document(id, "2031-06-20", &[told])
    };
    let documents = [
        shelling("a", Some(NAKHLA), 5),
        with("b", "scope", "background"),
        with("c", "scope", "aggregate"),
        with("d", "realis", "future"),
        with("e", "realis", "negated"),
    ];
    let eager = Model { bias: 3.0, ..Model::fitted() };
    let found = link(&documents, &eager).incidents;
    assert_eq!(grouped(&found), [["a"]]);
    assert_eq!((found[0].voices, &found[0].retold_by[..]), (1, &["b#1".to_owned()][..]));
    assert_eq!(found[0].casualties[0].reports.len(), 1);
    assert!(link(&documents[1..], &eager).incidents.is_empty());
}

/// Reports that name the same people are likelier one, and `because` says so; what is named elsewhere in a report says nothing.
#[test]
fn shared_names_tell() {
    let named = |id: &str, signs: &[u32], at: u32| {
        let mut coded = shelling(id, Some(NAKHLA), 5);
        coded.rare = signs.iter().map(|&sign| RareWord(sign, at, 0)).collect();
        coded
    };
    let because = |signs: &[u32], at: u32| {
        let found = link(&[named("a", &[20, 40], 9), named("b", signs, at)], &Model::fitted());
        found.incidents[0].because[0].clone()
    };
    let (both, one, none, elsewhere) = (because(&[40, 20], 9), because(&[40, 60], 9), because(&[60], 9), because(&[20, 40], 900));
    assert!(both.words > one.words && one.words > 0.6 && none.words == 0.5 && both.score >= one.score, "{both:?} {one:?}");
    assert_eq!(elsewhere, none);
}

#[test]
fn one_id_with_two_texts_is_told() {
    let (a, mut b) = (shelling("a", Some(NAKHLA), 5), shelling("a", Some(SAHL), 5));
    b.document.sha256 = "another".into();
    let linked = link(&[a, b], &Model::fitted());
    assert_eq!((linked.incidents.len(), linked.clashing), (1, vec!["a".to_owned()]));
}

#[test]
fn what_is_no_record_says_why() {
    let bad = |line: &[u8]| match read_line(line) {
        Line::Bad(reason) => reason,
        other => panic!("{other:?}"),
    };
    assert!(bad(b"{").starts_with("not JSON"));
    assert!(bad(b"\xff\xfe").starts_with("not JSON"));
    assert!(bad(b"[1]").starts_with("not a line of `marsad code`"));
    assert!(bad(r#"{"record":"marsad/1","error":"no text","file":"x","line":3}"#.as_bytes()).contains("no text"));
    assert!(matches!(read_line(b" \r\n"), Line::Empty));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Neither the order of documents nor odd values change or stop anything.
    #[test]
    fn order_does_not_matter(
        told in prop::collection::vec((0..4u32, 0..3usize, 0..9u32, prop::sample::select(vec!["shelling", "airstrike", "killing", "protest"])), 1..24),
        seed in any::<u64>(),
    ) {
        let towns = [Some(NAKHLA), Some(Town("قرية تل الحمام", 35.14, 37.25)), None];
        let days = ["2031-05-03", "2031-05-04", "2031-05-05", "not a day"];
        let make = |(n, &(day, town, dead, action)): (usize, &(u32, usize, u32, &'static str))| {
            document(&format!("d{n:02}"), "2031-05-05", &[event(days[day as usize], towns[town], action, &[killed(dead)])])
        };
        let documents: Vec<Coded> = told.iter().enumerate().map(make).collect();
        let mut shuffled = documents.clone();
        let mut state = seed | 1;
        for n in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            shuffled.swap(n, (state >> 33) as usize % (n + 1));
        }
        let found = link(&documents, &Model::fitted());
        prop_assert_eq!(&found, &link(&shuffled, &Model::fitted()));
        // Every event is in one incident.
        let mut events: Vec<_> = found.incidents.iter().flat_map(|i| i.events.clone()).collect();
        events.sort();
        prop_assert_eq!(events, documents.iter().map(|d| d.events[0].id.clone()).collect::<Vec<_>>());
    }
}

fn sides(ids: &[&[&str]]) -> Vec<Vec<String>> {
    ids.iter().map(|side| side.iter().map(|id| (*id).to_owned()).collect()).collect()
}

/// A person's word goes before the model's, stays when documents are added, and the last one holds.
#[test]
fn people_merge_and_split() {
    let mut documents = vec![shelling("a", Some(NAKHLA), 5), shelling("b", Some(NAKHLA), 5), shelling("c", Some(SAHL), 5)];
    let groups = |documents: &[Coded], decisions: &Decisions| {
        let known = Known { decisions: decisions.clone(), ..Known::default() };
        grouped(&link_knowing(documents, &Model::fitted(), &known).incidents)
    };
    let mut decisions = Decisions::default();
    assert_eq!(groups(&documents, &decisions), [vec!["a", "b"], vec!["c"]]);
    decisions.merge(&sides(&[&["a#1", "b#1"], &["c#1"]]));
    assert_eq!(groups(&documents, &decisions), [["a", "b", "c"]]);
    decisions.split(&sides(&[&["a#1"], &["b#1", "c#1"]]));
    assert_eq!(groups(&documents, &decisions), [vec!["a"], vec!["b", "c"]]);
    // New reports do not undo it, and never bridge what was set apart.
    for n in 0..4 {
        documents.push(shelling(&format!("d{n}"), Some(NAKHLA), 5));
        let groups = groups(&documents, &decisions);
        assert!(groups.iter().all(|group| !(group.contains(&"a".into()) && group.contains(&"b".into()))), "{groups:?}");
        assert!(groups.iter().any(|group| group.contains(&"b".into()) && group.contains(&"c".into())), "{groups:?}");
    }
    decisions.merge(&sides(&[&["a#1"], &["b#1"], &["c#1"]]));
    assert_eq!(groups(&documents[..3], &decisions), [["a", "b", "c"]]);
    // Events that are not there any more are no trouble.
    decisions.split(&sides(&[&["gone#1"], &["a#1", "gone#2"]]));
    decisions.merge(&sides(&[&["gone#1", "gone#2"]]));
    assert_eq!(groups(&documents[..3], &decisions), [["a", "b", "c"]]);
}

#[test]
fn near_copies_are_one_voice() {
    let documents = ["a", "b", "c"].map(|id| shelling(id, Some(NAKHLA), 5));
    let text = |of: &str| (0..60).map(|n| format!("{of}{n} ")).collect::<String>();
    let sketch = |text: String| Sketch::of(&text).unwrap();
    let sketches = [("a", sketch(text("نص"))), ("b", sketch(text("غير"))), ("c", sketch(format!("{} المصدر", text("نص"))))];
    let sketches = sketches.map(|(id, sketch)| (id.to_owned(), sketch)).into_iter().collect();
    let found = link_knowing(&documents, &Model::fitted(), &Known { sketches, ..Known::default() }).incidents;
    assert_eq!((found.len(), found[0].voices, found[0].documents.len()), (1, 2, 3));
}
