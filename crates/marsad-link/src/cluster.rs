//! From pairs to groups: average linkage in which what contradicts counts against a merge.
//!
//! The two likeliest groups are merged as long as the mean log-odds over all their pairs stay above the threshold. A pair
//! that was ruled out, or never met, counts [`CONTRADICTED`]. Of the pairs in which both events name a town, at most one
//! in [`FIRM_SHARE`] may be ruled out.
//!
//! What people decided goes first: events that they put together are one group from the start, and groups with events that
//! they set apart are never merged.

use crate::compare::{Edge, threshold};
use crate::facts::Facts;
use crate::{Model, Ties};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Log-odds, in thousandths, of a pair that was ruled out.
const CONTRADICTED: i64 = -4000;
/// One in so many pairs of events with towns may be ruled out.
const FIRM_SHARE: u64 = 5;

/// What is known of the pairs between two groups.
#[derive(Clone, Copy, Default)]
struct Between {
    sum: i64,
    /// Pairs that were compared.
    seen: u64,
    /// Of these, pairs within one document, which say nothing.
    own: u64,
    /// Of these, pairs in which both name a town.
    firm: u64,
}

impl Between {
    fn add(&mut self, other: &Self) {
        self.sum += other.sum;
        self.seen += other.seen;
        self.own += other.own;
        self.firm += other.firm;
    }
}

struct Group {
    members: Vec<u32>,
    firm: u64,
    version: u32,
    near: FxHashMap<u32, Between>,
    /// Groups that people set apart from this one.
    apart: FxHashSet<u32>,
}

/// Groups of the numbered events (sorted) that are one incident, each sorted, in the order of their first members.
pub(crate) fn clusters(facts: &[Facts], numbers: &[u32], edges: &[Edge], model: &Model, ties: &Ties) -> Vec<Vec<u32>> {
    let threshold = threshold(model);
    let place = |n: u32| numbers.binary_search(&n).ok();
    let precise = |n: u32| facts.get(n as usize).is_some_and(Facts::is_precise);
    let mut groups: Vec<Option<Group>> = numbers
        .iter()
        .map(|&n| Group {
            members: vec![n],
            firm: u64::from(precise(n)),
            version: 0,
            near: FxHashMap::default(),
            apart: FxHashSet::default(),
        })
        .map(Some)
        .collect();
    for edge in edges {
        let (Some(a), Some(b)) = (place(edge.a), place(edge.b)) else { continue };
        let own = facts.get(edge.a as usize).map(|f| f.document) == facts.get(edge.b as usize).map(|f| f.document);
        let firm = precise(edge.a) && precise(edge.b);
        let between = Between { sum: if own { 0 } else { edge.odds }, seen: 1, own: own.into(), firm: firm.into() };
        for (from, to) in [(a, b), (b, a)] {
            if let Some(Some(group)) = groups.get_mut(from) {
                group.near.insert(to as u32, between);
            }
        }
    }
    obey(numbers, ties, &mut groups);
    let mut heap = BinaryHeap::new();
    for n in 0..groups.len() as u32 {
        offer(&groups, n, threshold, &mut heap, |other| other > n);
    }
    while let Some((_, Reverse((a, b)), versions)) = heap.pop() {
        let current = |n: u32| groups.get(n as usize).and_then(Option::as_ref).map(|group| group.version);
        if current(a).zip(current(b)) == Some(versions) {
            merge(&mut groups, a, b);
            offer(&groups, a, threshold, &mut heap, |_| true);
        }
    }
    groups.into_iter().flatten().map(|group| group.members).collect()
}

/// Brings groups into the state that people decided on.
fn obey(numbers: &[u32], ties: &Ties, groups: &mut [Option<Group>]) {
    let place = |&n: &u32| numbers.binary_search(&n).ok().map(|n| n as u32);
    let pairs = |of: &FxHashMap<u32, Vec<u32>>| {
        let pair = |n: &u32| {
            let others = of.get(n).into_iter().flatten();
            others.filter_map(|m| Some((place(n)?, place(m)?)).filter(|(a, b)| a < b)).collect::<Vec<_>>()
        };
        numbers.iter().flat_map(pair).collect::<Vec<_>>()
    };
    let mut homes: Vec<u32> = (0..groups.len() as u32).collect();
    let home = |homes: &[u32], mut n: u32| {
        while homes[n as usize] != n {
            n = homes[n as usize];
        }
        n
    };
    for (a, b) in pairs(&ties.together) {
        let (a, b) = (home(&homes, a), home(&homes, b));
        if a != b {
            merge(groups, a.min(b), a.max(b));
            homes[a.max(b) as usize] = a.min(b);
        }
    }
    for (a, b) in pairs(&ties.apart) {
        let (a, b) = (home(&homes, a), home(&homes, b));
        // What one person put together over two steps may hold what another set apart: the later word was kept.
        if a != b {
            for (one, other) in [(a, b), (b, a)] {
                if let Some(Some(group)) = groups.get_mut(one as usize) {
                    group.apart.insert(other);
                }
            }
        }
    }
}

type Offer = (i64, Reverse<(u32, u32)>, (u32, u32));

fn offer(groups: &[Option<Group>], n: u32, threshold: i64, heap: &mut BinaryHeap<Offer>, wanted: impl Fn(u32) -> bool) {
    let Some(Some(group)) = groups.get(n as usize) else { return };
    for (&other, between) in &group.near {
        let Some(Some(mate)) = groups.get(other as usize) else { continue };
        if !wanted(other) || group.apart.contains(&other) {
            continue;
        }
        if let Some(mean) = mean(group, mate, between).filter(|&mean| mean >= threshold) {
            let (a, b) = (n.min(other), n.max(other));
            let versions = if a == n { (group.version, mate.version) } else { (mate.version, group.version) };
            heap.push((mean, Reverse((a, b)), versions));
        }
    }
}

/// Mean log-odds in thousandths; `None` where the groups cannot be one.
fn mean(a: &Group, b: &Group, between: &Between) -> Option<i64> {
    let all = a.members.len() as u64 * b.members.len() as u64;
    let scored = all.checked_sub(between.own).filter(|_| between.seen > between.own)?;
    let ruled_out = (a.firm * b.firm).saturating_sub(between.firm);
    if ruled_out * FIRM_SHARE > a.firm * b.firm {
        return None;
    }
    Some((between.sum + CONTRADICTED * all.saturating_sub(between.seen) as i64) / scored as i64)
}

/// Joins group `b` to group `a`.
fn merge(groups: &mut [Option<Group>], a: u32, b: u32) {
    let Some(gone) = groups.get_mut(b as usize).and_then(Option::take) else { return };
    for (&other, between) in &gone.near {
        if let Some(Some(mate)) = groups.get_mut(other as usize) {
            mate.near.remove(&b);
            if other != a {
                mate.near.entry(a).or_default().add(between);
            }
        }
    }
    for &other in &gone.apart {
        if let Some(Some(mate)) = groups.get_mut(other as usize) {
            mate.apart.remove(&b);
            mate.apart.insert(a);
        }
    }
    let Some(Some(group)) = groups.get_mut(a as usize) else { return };
    group.apart.extend(&gone.apart);
    group.near.remove(&b);
    for (other, between) in gone.near {
        if other != a {
            group.near.entry(other).or_default().add(&between);
        }
    }
    group.members.extend(gone.members);
    group.members.sort_unstable();
    group.firm += gone.firm;
    group.version += 1;
}
