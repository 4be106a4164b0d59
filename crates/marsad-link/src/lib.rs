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
mod fuse;
mod read;
#[allow(clippy::approx_constant, reason = "fitted numbers may fall near any constant")]
mod weights;

pub use compare::{COUNT, feature_names};
pub use decisions::Decisions;
pub use read::{Line, read_line};

use facts::Facts;
use marsad_model::{Coded, Incident, Realis, Scope};
use rustc_hash::FxHashMap;

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
    /// The group of near copies that a document belongs to, by its id; the others stand alone.
    pub copies: FxHashMap<String, String>,
    /// What people decided.
    pub decisions: Decisions,
}

/// Links the events of documents. A document given twice counts once.
pub fn link(documents: &[Coded], model: &Model) -> Linked {
    link_knowing(documents, model, &Known::default())
}

/// Links the events of documents, with what is known of copies and what people decided.
pub fn link_knowing(documents: &[Coded], model: &Model, known: &Known) -> Linked {
    let (documents, clashing) = distinct(documents);
    let facts = facts(&documents, &known.copies);
    let edges = block::edges(&facts, model);
    let groups = cluster::clusters(&facts, &edges, model.threshold, &known.decisions);
    let retellings = retellings(&facts, &edges, &groups, model);
    let mut incidents: Vec<Incident> =
        groups.iter().zip(retellings).map(|(group, retold)| fuse::incident(&facts, &documents, group, retold, model)).collect();
    let start = |incident: &Incident| incident.when.as_ref().and_then(|when| when.start.clone()).unwrap_or_default();
    incidents.sort_by(|a, b| start(a).cmp(&start(b)).then_with(|| a.id.cmp(&b.id)));
    Linked { incidents, clashing }
}

/// Features of every pair of incident events that is compared, by event ids, sorted: what the model is fitted on.
pub fn pair_features(documents: &[Coded]) -> Vec<(String, String, [f64; COUNT])> {
    let (documents, _) = distinct(documents);
    let facts = facts(&documents, &FxHashMap::default());
    let pair = |a: u32, b: u32| {
        let (f, g) = (facts.get(a as usize)?, facts.get(b as usize)?);
        (f.document != g.document && !f.background && !g.background).then_some((a, b))
    };
    let features = |(a, b): (u32, u32)| {
        let (a, b) = (facts.get(a as usize)?, facts.get(b as usize)?);
        compare::compare(a, b).map(|likeness| (a.event.id.clone(), b.event.id.clone(), *likeness.values()))
    };
    block::compared(&facts, pair).into_iter().filter_map(features).collect()
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

/// Events that make or retell incidents, sorted by id.
fn facts<'a>(documents: &[&'a Coded], copies: &FxHashMap<String, String>) -> Vec<Facts<'a>> {
    let voices = voices(documents, copies);
    let mut facts = Vec::new();
    for (n, coded) in documents.iter().enumerate() {
        for event in coded.events.iter().filter(|event| event.realis == Realis::Actual) {
            match event.scope {
                Scope::Incident => facts.push(Facts::new(coded, event, n, voices[n], false)),
                Scope::Background => facts.push(Facts::new(coded, event, n, voices[n], true)),
                Scope::Aggregate => {}
            }
        }
    }
    facts.sort_by(|a, b| a.event.id.cmp(&b.event.id));
    facts.dedup_by(|a, b| a.event.id == b.event.id);
    facts
}

/// The voice of every document: the first document that has its text, is a near copy of it, or has its outlet and title.
fn voices(documents: &[&Coded], copies: &FxHashMap<String, String>) -> Vec<usize> {
    let mut texts: FxHashMap<&str, usize> = FxHashMap::default();
    let mut near: FxHashMap<&str, usize> = FxHashMap::default();
    let mut titles: FxHashMap<(&str, &str), usize> = FxHashMap::default();
    let mut voices: Vec<usize> = Vec::with_capacity(documents.len());
    for (n, coded) in documents.iter().enumerate() {
        let head = &coded.document;
        let title = head.outlet.as_deref().zip(head.title.as_deref()).filter(|(o, t)| !o.trim().is_empty() && !t.trim().is_empty());
        let text = Some(head.sha256.as_str()).filter(|hash| !hash.is_empty());
        let group = copies.get(&head.id).map(String::as_str);
        let known = text.and_then(|hash| texts.get(hash).copied());
        let known = known.or_else(|| group.and_then(|group| near.get(group).copied()));
        let known = known.or_else(|| title.and_then(|key| titles.get(&key).copied()));
        let voice = known.unwrap_or(n);
        if let Some(group) = group {
            near.entry(group).or_insert(voice);
        }
        if let Some(hash) = text {
            texts.entry(hash).or_insert(voice);
        }
        if let Some(key) = title {
            titles.entry(key).or_insert(voice);
        }
        voices.push(voice);
    }
    voices
}

/// For every group the background events that retell it: dated in their text, and likelier this incident than not.
fn retellings(facts: &[Facts], edges: &[block::Edge], groups: &[Vec<u32>], model: &Model) -> Vec<Vec<String>> {
    let mut home: FxHashMap<u32, usize> = FxHashMap::default();
    for (n, group) in groups.iter().enumerate() {
        home.extend(group.iter().map(|&member| (member, n)));
    }
    // Sum of log-odds and number of comparisons, by background event and group.
    let mut likeness: FxHashMap<(u32, usize), (i64, i64)> = FxHashMap::default();
    for edge in edges {
        for (background, member) in [(edge.a, edge.b), (edge.b, edge.a)] {
            let dated = facts.get(background as usize).is_some_and(|f| f.background && f.told == facts::Told::Day);
            if let Some(&group) = home.get(&member).filter(|_| dated) {
                let sum = likeness.entry((background, group)).or_default();
                *sum = (sum.0 + edge.odds, sum.1 + 1);
            }
        }
    }
    let mut best: FxHashMap<u32, (i64, std::cmp::Reverse<usize>)> = FxHashMap::default();
    let least = (model.threshold.max(0.0) * 1000.0).round() as i64;
    for (&(background, group), &(sum, compared)) in &likeness {
        // Members that it contradicts were not compared; it must agree with most.
        let most = groups.get(group).is_some_and(|members| compared * 2 > members.len() as i64);
        let mean = sum / compared.max(1);
        if most && mean >= least {
            let offer = (mean, std::cmp::Reverse(group));
            let kept = best.entry(background).or_insert(offer);
            *kept = (*kept).max(offer);
        }
    }
    let mut out = vec![Vec::new(); groups.len()];
    for (background, (_, std::cmp::Reverse(group))) in best {
        if let (Some(list), Some(f)) = (out.get_mut(group), facts.get(background as usize)) {
            list.push(f.event.id.clone());
        }
    }
    out.iter_mut().for_each(|list: &mut Vec<String>| list.sort());
    out
}
