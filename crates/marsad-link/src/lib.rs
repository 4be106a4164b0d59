//! Events of many documents in, incidents out.
//!
//! [`link`] takes coded documents and gives [`Incident`]s: groups of events that tell one happening, with what they say of
//! it together. Only events of scope `incident` and realis `actual` make incidents. Background events are attached to the
//! incident that they retell and count nowhere; aggregates are left out.
//!
//! A pair of events gets log-odds from a linear model over named features ([`feature_names`]); [`Model::fitted`] has the
//! weights. Pairs are then grouped by average linkage, as in `cluster.rs`.
//!
//! Architecture invariant: reads no text. What is compared stands in the record.
//!
//! Architecture invariant: the result does not depend on the order of the documents.

mod block;
mod cluster;
mod compare;
mod decisions;
mod facts;
mod follow;
mod fuse;
mod read;
mod remember;
pub mod spread;
mod stages;
#[allow(clippy::approx_constant, reason = "fitted numbers may fall near any constant")]
mod weights;

pub use compare::{COUNT, feature_names};
pub use decisions::Decisions;
pub use follow::follow;
pub use read::{Line, read_line};
pub use remember::{Changes, Column, Memory, Report, Row, Stage, remembered};

use decisions::Ties;
use facts::Facts;
use fuse::{Teller, Telling};
use marsad_copies::Sketch;
use marsad_model::{Coded, Event, Incident};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Incidents that are fused together.
const CHUNK: usize = 4096;

/// The linear model of a pair of events.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Log-odds before anything is compared.
    pub bias: f64,
    /// What each feature adds, in the order of [`feature_names`].
    pub weights: [f64; COUNT],
    /// Groups of events are merged while the mean log-odds of their pairs are at least this.
    pub threshold: f64,
}

impl Model {
    /// The weights that were fitted on development data.
    pub fn fitted() -> Self {
        let mut weights = [0.0; COUNT];
        for (slot, name) in weights.iter_mut().zip(feature_names()) {
            *slot = weights::WEIGHTS.iter().find(|(n, _)| *n == name).map_or(0.0, |&(_, w)| w);
        }
        Self { bias: weights::BIAS, weights, threshold: weights::THRESHOLD }
    }
}

impl Model {
    /// What has to be equal for two runs to link alike: weights and all that is compared, as 16 hexadecimal digits.
    pub fn stamp(&self) -> String {
        let names: Vec<&str> = feature_names().collect();
        let numbers: Vec<String> = [self.bias, self.threshold].iter().chain(&self.weights).map(|w| format!("{w:.6}")).collect();
        fuse::identity([env!("CARGO_PKG_VERSION"), FORMAT, &names.join(","), &numbers.join(",")].into_iter())
    }
}

/// Changed whenever facts, keys or stages change.
const FORMAT: &str = "2";

/// What linking gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Linked {
    /// The incidents, by first day, then by id.
    pub incidents: Vec<Incident>,
    /// Ids of documents that were left out, because another document of the same id has other text.
    pub clashing: Vec<String>,
}

/// What is known beside the documents.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// What near copies are found by, by document id.
    pub sketches: FxHashMap<String, Sketch>,
    /// What people decided.
    pub decisions: Decisions,
}

/// Links the events of documents. A document given twice counts once.
pub fn link(documents: &[Coded], model: &Model) -> Linked {
    link_knowing(documents, model, &Known::default())
}

/// Links the events of documents, with what is known of copies and what people decided.
pub fn link_knowing(documents: &[Coded], model: &Model, known: &Known) -> Linked {
    let mut incidents = Vec::new();
    let clashing = link_each(documents, model, known, |incident| incidents.push(incident));
    Linked { incidents, clashing }
}

/// Links the events of documents and hands over every incident, by first day, then by id. Gives the ids of documents that
/// were left out, because another document of the same id has other text.
///
/// Of the incidents few are in memory at a time.
pub fn link_each(documents: &[Coded], model: &Model, known: &Known, mut each: impl FnMut(Incident)) -> Vec<String> {
    let (documents, clashing) = distinct(documents);
    let scene = Scene::of(&documents, &known.decisions);
    let (standings, groups) = stages::all(&scene.facts, model, &scene.ties);
    scene.each_incident(&standings, &groups, model, known, |_, incident| each(incident));
    clashing
}

/// All events that take part, sorted by id.
struct Scene<'a> {
    documents: &'a [&'a Coded],
    /// Document and event of each, by their places.
    events: Vec<(u32, u32)>,
    facts: Vec<Facts>,
    ties: Ties,
}

impl<'a> Scene<'a> {
    fn of(documents: &'a [&'a Coded], decisions: &Decisions) -> Self {
        let of_document = |(d, coded): (usize, &&'a Coded)| {
            let taking_part = |(_, event): &(usize, &Event)| Facts::are_of(event);
            coded.events.iter().enumerate().filter(taking_part).map(move |(e, _)| (d as u32, e as u32)).collect::<Vec<_>>()
        };
        let at = |&(d, e): &(u32, u32)| documents.get(d as usize).and_then(|coded| Some((coded, coded.events.get(e as usize)?)));
        let id = |place: &(u32, u32)| at(place).map_or("", |(_, event)| event.id.as_str());
        let mut events: Vec<(u32, u32)> = documents.par_iter().enumerate().flat_map_iter(of_document).collect();
        events.par_sort_unstable_by(|a, b| (id(a), a).cmp(&(id(b), b)));
        events.dedup_by(|a, b| id(a) == id(b));
        events.shrink_to_fit();
        let read = |&(d, e): &(u32, u32)| Facts::read(documents[d as usize], &documents[d as usize].events[e as usize], d);
        let facts: Vec<Facts> = events.par_iter().map(read).collect();
        let number = |wanted: &str| events.binary_search_by(|place| id(place).cmp(wanted)).ok().map(|n| n as u32);
        let ties = decisions.ties(|id| number(id).filter(|&n| facts.get(n as usize).is_some_and(|f| f.kind != facts::Kind::Background)));
        Self { documents, events, facts, ties }
    }

    fn event(&self, n: u32) -> Option<(&'a Event, u32)> {
        let &(d, e) = self.events.get(n as usize)?;
        Some((self.documents.get(d as usize)?.events.get(e as usize)?, d))
    }

    fn id(&self, n: u32) -> &'a str {
        self.event(n).map_or("", |(event, _)| event.id.as_str())
    }

    /// The events of a group and the documents that tell them.
    fn told(&self, group: &[u32], known: &'a Known) -> (Vec<Telling<'a>>, Vec<Teller<'a>>) {
        let mut numbers: Vec<u32> = group.iter().filter_map(|&n| self.event(n)).map(|(_, d)| d).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let events = group.iter().filter_map(|&n| self.event(n));
        let told = events.filter_map(|(event, d)| Some((event, numbers.binary_search(&d).ok()?))).collect();
        let teller = |&d: &u32| {
            let coded: &'a Coded = self.documents.get(d as usize)?;
            Some(Teller { coded, sketch: known.sketches.get(&coded.document.id) })
        };
        (told, numbers.iter().filter_map(teller).collect())
    }

    /// Fuses all groups, in the order of incidents; `each` is also given the number of the group.
    fn each_incident(
        &self,
        standings: &[stages::Standing],
        groups: &[Vec<u32>],
        model: &Model,
        known: &'a Known,
        mut each: impl FnMut(usize, Incident),
    ) {
        let mut retold: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for (n, standing) in (0_u32..).zip(standings).filter(|(n, _)| self.facts[*n as usize].kind == facts::Kind::Background) {
            if let Some(home) = standing.home {
                retold.entry(home).or_default().push(n);
            }
        }
        let order = |(n, group): (usize, &Vec<u32>)| {
            let (told, tellers) = self.told(group, known);
            (fuse::start(&told, &tellers), fuse::identity(told.iter().map(|(event, _)| event.id.as_str())), n as u32)
        };
        let mut order: Vec<(String, String, u32)> = groups.par_iter().enumerate().map(order).collect();
        order.par_sort_unstable();
        let incident = |(_, _, n): &(String, String, u32)| {
            let group = groups.get(*n as usize)?;
            let home = standings.get(*group.first()? as usize)?.home?;
            let retold_by = retold.get(&home).into_iter().flatten().map(|&n| self.id(n).to_owned()).collect();
            let (told, tellers) = self.told(group, known);
            Some((*n as usize, fuse::incident(&told, &tellers, retold_by, model)))
        };
        for chunk in order.chunks(CHUNK) {
            let fused: Vec<_> = chunk.par_iter().filter_map(incident).collect();
            fused.into_iter().for_each(|(n, incident)| each(n, incident));
        }
    }
}

/// Features of every pair of incident events that is compared, by event ids, sorted: what the model is fitted on.
pub fn pair_features(documents: &[Coded]) -> Vec<(String, String, [f64; COUNT])> {
    let (documents, _) = distinct(documents);
    let scene = Scene::of(&documents, &Decisions::default());
    let mut pairs: Vec<_> = stages::compared(&scene.facts)
        .into_iter()
        .map(|(a, b, features)| (scene.id(a).to_owned(), scene.id(b).to_owned(), features))
        .collect();
    pairs.sort_by(|x, y| (&x.0, &x.1).cmp(&(&y.0, &y.1)));
    pairs
}

/// Documents sorted by id, each once, and the ids that two different texts have.
fn distinct(documents: &[Coded]) -> (Vec<&Coded>, Vec<String>) {
    let mut sorted: Vec<&Coded> = documents.iter().collect();
    sorted.sort_by_cached_key(|coded| {
        (coded.document.id.clone(), coded.document.sha256.clone(), serde_json::to_string(coded).unwrap_or_default())
    });
    let mut clashing = Vec::new();
    let mut kept: Vec<&Coded> = Vec::with_capacity(sorted.len());
    for coded in sorted {
        match kept.last() {
            Some(last) if last.document.id == coded.document.id => {
                if last.document.sha256 != coded.document.sha256 {
                    clashing.push(coded.document.id.clone());
                }
            }
            _ => kept.push(coded),
        }
    }
    clashing.dedup();
    (kept, clashing)
}
