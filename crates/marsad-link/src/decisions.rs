//! What people decided about which events are one incident.

use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Pairs of events that people put together or set apart. Of two words on one pair the later one holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    pairs: BTreeMap<(String, String), bool>,
}

impl Decisions {
    /// The sides (lists of event ids) are one incident.
    pub fn merge(&mut self, sides: &[Vec<String>]) {
        self.decide(sides, true);
    }

    /// The sides are different incidents.
    pub fn split(&mut self, sides: &[Vec<String>]) {
        self.decide(sides, false);
    }

    fn decide(&mut self, sides: &[Vec<String>], together: bool) {
        for (n, side) in sides.iter().enumerate() {
            for other in sides.iter().skip(n + 1) {
                for (a, b) in side.iter().flat_map(|a| other.iter().map(move |b| (a, b))).filter(|(a, b)| a != b) {
                    self.pairs.insert((a.min(b).clone(), a.max(b).clone()), together);
                }
            }
        }
    }

    /// All ids that decisions name.
    pub(crate) fn named(&self) -> BTreeSet<&str> {
        self.pairs.keys().flat_map(|(a, b)| [a.as_str(), b.as_str()]).collect()
    }

    /// All ids that a decision of theirs names, with those that hang together with them by decisions.
    pub(crate) fn around<'a>(&'a self, ids: impl IntoIterator<Item = &'a str>) -> BTreeSet<&'a str> {
        let mut near: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (a, b) in self.pairs.keys() {
            near.entry(a).or_default().push(b);
            near.entry(b).or_default().push(a);
        }
        let mut found = BTreeSet::new();
        let mut open: Vec<&str> = ids.into_iter().collect();
        while let Some(id) = open.pop() {
            if let Some((_, others)) = near.get_key_value(id).filter(|(id, _)| found.insert(**id)) {
                open.extend(others);
            }
        }
        found
    }

    /// The decisions on the events that have a number.
    pub(crate) fn ties(&self, number: impl Fn(&str) -> Option<u32>) -> Ties {
        let mut ties = Ties::default();
        for ((a, b), &together) in &self.pairs {
            if let Some((a, b)) = number(a).zip(number(b)) {
                let of = if together { &mut ties.together } else { &mut ties.apart };
                of.entry(a).or_default().push(b);
                of.entry(b).or_default().push(a);
            }
        }
        ties
    }
}

/// Decisions by the numbers of events, each in both directions.
#[derive(Debug, Default)]
pub(crate) struct Ties {
    pub together: FxHashMap<u32, Vec<u32>>,
    pub apart: FxHashMap<u32, Vec<u32>>,
}
