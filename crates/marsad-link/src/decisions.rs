//! What people decided about which events are one incident.

use std::collections::BTreeMap;

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

    pub(crate) fn together(&self) -> impl Iterator<Item = (&str, &str)> {
        self.of(true)
    }

    pub(crate) fn apart(&self) -> impl Iterator<Item = (&str, &str)> {
        self.of(false)
    }

    fn of(&self, wanted: bool) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().filter(move |(_, together)| **together == wanted).map(|((a, b), _)| (a.as_str(), b.as_str()))
    }
}
