//! What is linked bit by bit is what is linked anew: in any order, with versions that are replaced and decisions made and undone.

mod common;

use common::{document, told};
use marsad_copies::Sketch;
use marsad_link::{Changes, Column, Decisions, Known, Memory, Model, Report, Row, follow, remembered};
use marsad_model::{Coded, Incident, RareWord};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// What a store keeps, in maps.
#[derive(Clone, Debug, Default, PartialEq)]
struct Kept {
    rows: BTreeMap<String, Row>,
    files: BTreeSet<(i64, String)>,
    incidents: BTreeMap<String, Incident>,
}

impl Kept {
    fn apply(&mut self, changes: Changes) {
        for (event, keys) in changes.gone {
            assert!(self.rows.remove(&event).is_some(), "{event} is not there");
            keys.into_iter().for_each(|key| assert!(self.files.remove(&(key, event.clone())), "{event} is not filed so"));
        }
        for row in changes.rows {
            self.rows.insert(row.event.clone(), row);
        }
        for (event, keys) in changes.filed {
            keys.into_iter().for_each(|key| assert!(self.files.insert((key, event.clone())), "{event} is filed already"));
        }
        changes.homes.iter().for_each(|home| drop(self.incidents.remove(home)));
        for (home, incident) in changes.incidents {
            assert!(self.incidents.insert(home.clone(), incident).is_none(), "{home} has an incident");
        }
    }
}

struct Store<'a> {
    kept: &'a Kept,
    documents: &'a BTreeMap<String, Report>,
}

impl Memory for Store<'_> {
    type Error = Infallible;

    async fn filed(&mut self, keys: &[i64]) -> Result<Vec<Row>, Infallible> {
        let events: BTreeSet<&String> = self.kept.files.iter().filter(|(key, _)| keys.contains(key)).map(|(_, event)| event).collect();
        Ok(events.into_iter().map(|event| self.kept.rows[event].clone()).collect())
    }

    async fn rows(&mut self, column: Column, values: &[String]) -> Result<Vec<Row>, Infallible> {
        let wanted = |row: &&Row| match column {
            Column::Event => values.contains(&row.event),
            Column::Document => values.contains(&row.document),
            Column::Chain => row.chain.as_ref().is_some_and(|chain| values.contains(chain)),
            Column::Home => row.home.as_ref().is_some_and(|home| values.contains(home)),
        };
        Ok(self.kept.rows.values().filter(wanted).cloned().collect())
    }

    async fn reports(&mut self, documents: &[String]) -> Result<Vec<Report>, Infallible> {
        Ok(documents.iter().map(|id| self.documents[id].clone()).collect())
    }
}

/// Runs what never waits.
fn run<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}

fn sketch(n: u8) -> Option<Sketch> {
    (!n.is_multiple_of(3))
        .then(|| Sketch::of(&(0..40).map(|k| format!("كلمة{} ", k + 1000 * u32::from(n % 3))).collect::<String>()))
        .flatten()
}

#[derive(Clone, Debug)]
enum Step {
    /// A document comes, or a version in the place of one that is there.
    Come(u8, Vec<[u8; 5]>, u8),
    Go(u8),
    Merge(u8, u8, u8),
    Split(u8, u8, u8),
    Undo(u8),
    Link,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let come = (0..30_u8, prop::collection::vec(any::<[u8; 5]>(), 0..3), any::<u8>()).prop_map(|(id, events, n)| Step::Come(id, events, n));
    let step = prop_oneof![
        8 => come,
        1 => (0..30_u8).prop_map(Step::Go),
        1 => any::<(u8, u8, u8)>().prop_map(|(a, b, c)| Step::Merge(a, b, c)),
        1 => any::<(u8, u8, u8)>().prop_map(|(a, b, c)| Step::Split(a, b, c)),
        1 => any::<u8>().prop_map(Step::Undo),
        4 => Just(Step::Link),
    ];
    prop::collection::vec(step, 1..60)
}

/// Goes through the steps, and compares all that is kept with what is kept of linking anew.
fn check(steps: &[Step], model: &Model) -> Result<(), TestCaseError> {
    let mut documents: BTreeMap<String, Report> = BTreeMap::new();
    let mut kept = Kept::default();
    let mut verdicts: Vec<(bool, Vec<Vec<String>>, bool)> = Vec::new();
    let (mut changed, mut decided): (BTreeSet<String>, BTreeSet<String>) = Default::default();
    let mut versions: BTreeMap<u8, usize> = BTreeMap::new();
    for step in steps.iter().chain([&Step::Link]) {
        let events: Vec<String> = documents.values().flat_map(|r| r.coded.events.iter().map(|e| e.id.clone())).collect();
        let event = |n: u8| events.get(n as usize % events.len().max(1)).cloned();
        match step {
            Step::Come(id, of, n) => {
                let version = versions.entry(*id).or_default();
                changed.extend(documents.remove(&format!("d{id:02}v{version}")).map(|report| report.coded.document.id));
                *version += 1;
                let name = format!("d{id:02}v{version}");
                let events: Vec<_> = of.iter().map(|&of| told(of)).collect();
                let mut coded: Coded = document(&name, ["2031-05-05", "2031-05-06"][*n as usize % 2], &events);
                coded.rare = vec![RareWord(u32::from(n % 5) * 8, 5, n % 2)];
                if n % 7 == 0 {
                    (coded.document.outlet, coded.document.title) = (Some("وكالة".into()), Some("عنوان".into()));
                }
                changed.insert(name.clone());
                documents.insert(name, Report { coded, sketch: sketch(*n) });
            }
            Step::Go(id) => {
                changed.extend(documents.remove(&format!("d{id:02}v{}", versions.get(id).unwrap_or(&0))).map(|r| r.coded.document.id))
            }
            Step::Merge(a, b, c) | Step::Split(a, b, c) => {
                let sides: Vec<Vec<String>> = [event(*a), event(*b), event(*c)].into_iter().flatten().map(|id| vec![id]).collect();
                decided.extend(sides.iter().flatten().cloned());
                verdicts.push((matches!(step, Step::Merge(..)), sides, false));
            }
            Step::Undo(n) => {
                let count = verdicts.len().max(1);
                if let Some((_, sides, undone)) = verdicts.get_mut(*n as usize % count) {
                    *undone = true;
                    decided.extend(sides.iter().flatten().cloned());
                }
            }
            Step::Link => {
                let mut decisions = Decisions::default();
                for (together, sides, _) in verdicts.iter().filter(|(.., undone)| !undone) {
                    if *together { decisions.merge(sides) } else { decisions.split(sides) }
                }
                let reports: Vec<Report> = changed.iter().filter_map(|id| documents.get(id)).cloned().collect();
                let ids: Vec<String> = std::mem::take(&mut changed).into_iter().collect();
                let news: Vec<String> = std::mem::take(&mut decided).into_iter().collect();
                let mut store = Store { kept: &kept, documents: &documents };
                let Ok(changes) = run(follow(&mut store, &ids, &reports, &news, &decisions, model));
                kept.apply(changes);
                let sketches = documents.iter().filter_map(|(id, r)| Some((id.clone(), r.sketch?))).collect();
                let all: Vec<Coded> = documents.values().map(|report| report.coded.clone()).collect();
                let mut anew = Kept::default();
                anew.apply(remembered(&all, model, &Known { sketches, decisions }));
                prop_assert_eq!(&kept.rows, &anew.rows);
                prop_assert_eq!(&kept.files, &anew.files);
                prop_assert_eq!(&kept.incidents, &anew.incidents);
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bit_by_bit_is_all_at_once(steps in steps()) {
        check(&steps, &Model::fitted())?;
    }

    /// With a model that links more, and so makes longer chains.
    #[test]
    fn also_where_much_is_alike(steps in steps()) {
        check(&steps, &Model { bias: Model::fitted().bias + 2.0, ..Model::fitted() })?;
    }
}

/// Two vague reports of one day that were set apart come together again when that is taken back.
#[test]
fn what_is_taken_back_is_forgotten() {
    let vague = |id| Step::Come(id, vec![[3, 5, 0, 0, 6]], 0);
    let steps =
        [vague(6), vague(0), Step::Split(5, 0, 0), Step::Link, Step::Undo(0), Step::Link, Step::Merge(0, 1, 1), Step::Link, Step::Undo(1)];
    for bias in [0.0, 2.0, 4.0] {
        check(&steps, &Model { bias: Model::fitted().bias + bias, ..Model::fitted() }).unwrap();
    }
}
