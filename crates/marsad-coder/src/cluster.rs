//! Which drafts of a report tell one happening: average linkage over the scores of their pairs, so that one likeness does not
//! draw together what the others keep apart.

use crate::draft::{Draft, Few};
use crate::link::Linker;
use smallvec::smallvec;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// A draft is compared with so many before it, and with the first.
const WINDOW: usize = 24;
/// A group of so many drafts takes no more in, so that the cost stays linear.
const FULL: usize = 40;
/// A report of more drafts than this is grouped in pieces of so many, so that no list of candidates outgrows the processor's caches.
const PIECE: usize = 1024;
/// What a pair weighs that was not compared, or cannot be one.
const UNLIKE: f64 = -2.0;

/// Drafts that are one, in the order of the text.
pub(crate) struct Group {
    pub members: Few,
    /// How likely it is that a group before it tells the same.
    pub echo: f64,
    /// How likely it is that a group after it tells the same.
    pub echoed: f64,
}

/// Groups in the order of their first drafts.
pub(crate) fn groups(linker: &Linker, drafts: &[Draft]) -> Vec<Group> {
    let pieces = (0..).step_by(PIECE).zip(drafts.chunks(PIECE));
    pieces.flat_map(|(from, piece)| groups_of_piece(linker, piece, from)).collect()
}

/// The groups of some of the drafts, which are numbered on from `from`.
fn groups_of_piece(linker: &Linker, piece: &[Draft], from: usize) -> Vec<Group> {
    let mut state = Clustering::new(linker, piece);
    while let Some(next) = state.heap.pop() {
        state.merge(next);
    }
    let mut groups = state.finish();
    groups.iter_mut().flat_map(|group| &mut group.members).for_each(|n| *n += from);
    groups
}

/// Two groups that could be one; the heap gives the likeliest first, and of equals those that stand first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    /// Mean score of their pairs, in millionths.
    mean: i64,
    first: Reverse<usize>,
    second: Reverse<usize>,
    /// How often each had grown.
    grown: (usize, usize),
}

/// Groups on their way, each known by its first draft.
struct Clustering {
    members: Vec<Few>,
    /// Sum of the scores, less [`UNLIKE`] for each, between two groups that have pairs which were compared; kept on both sides.
    sums: Vec<BTreeMap<usize, f64>>,
    heap: BinaryHeap<Candidate>,
}

impl Clustering {
    fn new(linker: &Linker, drafts: &[Draft]) -> Self {
        let members = (0..drafts.len()).map(|n| smallvec![n]).collect();
        let mut out = Clustering { members, sums: vec![BTreeMap::new(); drafts.len()], heap: BinaryHeap::new() };
        let leads: Vec<_> = drafts.iter().map(|d| linker.lead(d)).collect();
        for (n, b) in drafts.iter().enumerate() {
            let mut closest = true;
            for k in before(n) {
                if let Some(score) = linker.score((&drafts[k], &leads[k]), (b, &leads[n]), closest) {
                    closest = false;
                    out.sums[k].insert(n, score - UNLIKE);
                    out.sums[n].insert(k, score - UNLIKE);
                    out.propose(k, n);
                }
            }
        }
        out
    }

    fn mean(&self, a: usize, b: usize) -> f64 {
        let pairs = (self.members[a].len() * self.members[b].len()) as f64;
        self.sums[a].get(&b).copied().unwrap_or(0.0) / pairs + UNLIKE
    }

    fn propose(&mut self, a: usize, b: usize) {
        let mean = self.mean(a, b);
        if mean >= 0.0 && self.members[a].len() + self.members[b].len() <= FULL {
            let grown = (self.members[a].len(), self.members[b].len());
            self.heap.push(Candidate { mean: (mean * 1e6) as i64, first: Reverse(a), second: Reverse(b), grown });
        }
    }

    fn merge(&mut self, next: Candidate) {
        let (Reverse(a), Reverse(b)) = (next.first, next.second);
        if next.grown != (self.members[a].len(), self.members[b].len()) {
            return;
        }
        let moved = std::mem::take(&mut self.members[b]);
        self.members[a].extend(moved);
        for (other, sum) in std::mem::take(&mut self.sums[b]) {
            self.sums[other].remove(&b);
            if other != a {
                *self.sums[a].entry(other).or_default() += sum;
                *self.sums[other].entry(a).or_default() += sum;
            }
        }
        let others: Vec<usize> = self.sums[a].keys().copied().collect();
        for other in others {
            self.propose(a.min(other), a.max(other));
        }
    }

    fn finish(mut self) -> Vec<Group> {
        let likely: Vec<Option<(f64, usize)>> = (0..self.members.len())
            .map(|n| {
                let before = self.sums[n].range(..n).map(|(k, _)| (self.mean(*k, n), *k));
                let (mean, k) = before.max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))?;
                Some((1.0 / (1.0 + (-mean).exp()), k))
            })
            .collect();
        let mut echoed = vec![0.0; self.members.len()];
        for (chance, k) in likely.iter().flatten() {
            echoed[*k] = f64::max(echoed[*k], *chance);
        }
        self.members.iter_mut().for_each(|m| m.sort_unstable());
        let groups = self.members.into_iter().zip(likely).zip(echoed).filter(|((members, _), _)| !members.is_empty());
        groups.map(|((members, likely), echoed)| Group { members, echo: likely.map_or(0.0, |l| l.0), echoed }).collect()
    }
}

/// The drafts with which the one of that number is compared: the last ones before it, nearest first, and the first.
pub(crate) fn before(n: usize) -> impl Iterator<Item = usize> {
    let from = n.saturating_sub(WINDOW);
    (from..n).rev().chain((from > 0).then_some(0))
}
