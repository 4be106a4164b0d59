//! From pairs to groups: average linkage in which what contradicts counts against a merge.
//!
//! The two likeliest groups are merged as long as the mean log-odds over all their pairs stay above the threshold. A pair
//! that was ruled out, or never met, counts [`CONTRADICTED`]. Of the pairs in which both events name a town, at most one
//! in [`FIRM_SHARE`] may be ruled out: so a vague report, which agrees with two incidents of two towns, joins one of
//! them, and never draws the other in.
//!
//! What people decided goes first: events that they put together are one group from the start, and groups with events that
//! they set apart are never merged.

use crate::Decisions;
use crate::block::Edge;
use crate::facts::Facts;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Log-odds, in thousandths, of a pair that was ruled out.
const CONTRADICTED: i64 = -4000;
/// One in so many pairs of events with towns may be ruled out.
const FIRM_SHARE: u64 = 5;
/// A vague report that is as like one as another of two incidents, within so much (thousandths), joins neither.
const UNDECIDED: i64 = 500;

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

/// Groups of events that are one incident, each sorted, in the order of their first members.
pub(crate) fn clusters(facts: &[Facts], edges: &[Edge], threshold: f64, decisions: &Decisions) -> Vec<Vec<u32>> {
    let threshold = (threshold * 1000.0).round() as i64;
    let torn = torn(facts, edges);
    let mut groups: Vec<Option<Group>> = facts
        .iter()
        .enumerate()
        .map(|(n, f)| Group {
            members: vec![n as u32],
            firm: u64::from(f.is_precise()),
            version: 0,
            near: FxHashMap::default(),
            apart: FxHashSet::default(),
        })
        .map(Some)
        .collect();
    for edge in edges {
        let (Some(f), Some(g)) = (facts.get(edge.a as usize), facts.get(edge.b as usize)) else { continue };
        let (pf, pg) = (f.is_precise(), g.is_precise());
        if (torn[edge.a as usize] && pg) || (torn[edge.b as usize] && pf) || f.background || g.background {
            continue;
        }
        let own = f.document == g.document;
        let between = Between { sum: if own { 0 } else { edge.odds }, seen: 1, own: own.into(), firm: (pf && pg).into() };
        for (from, to) in [(edge.a, edge.b), (edge.b, edge.a)] {
            if let Some(Some(group)) = groups.get_mut(from as usize) {
                group.near.insert(to, between);
            }
        }
    }
    obey(facts, decisions, &mut groups);
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
    let kept = groups.into_iter().flatten().map(|group| group.members);
    kept.filter(|members| members.iter().all(|&n| !facts[n as usize].background)).collect()
}

/// Brings groups into the state that people decided on.
fn obey(facts: &[Facts], decisions: &Decisions, groups: &mut [Option<Group>]) {
    let numbers = |(a, b): (&str, &str)| {
        let number = |id: &str| facts.binary_search_by(|f| f.event.id.as_str().cmp(id)).ok();
        let pair = (number(a)? as u32, number(b)? as u32);
        (!facts[pair.0 as usize].background && !facts[pair.1 as usize].background).then_some(pair)
    };
    let mut homes: Vec<u32> = (0..groups.len() as u32).collect();
    let home = |homes: &[u32], mut n: u32| {
        while homes[n as usize] != n {
            n = homes[n as usize];
        }
        n
    };
    for (a, b) in decisions.together().filter_map(numbers) {
        let (a, b) = (home(&homes, a), home(&homes, b));
        if a != b {
            merge(groups, a.min(b), a.max(b));
            homes[a.max(b) as usize] = a.min(b);
        }
    }
    for (a, b) in decisions.apart().filter_map(numbers) {
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

/// Vague events that are about as like two events of different incidents: they belong to neither for sure.
fn torn(facts: &[Facts], edges: &[Edge]) -> Vec<bool> {
    let mut links: Vec<Vec<(i64, u32)>> = vec![Vec::new(); facts.len()];
    let joined: rustc_hash::FxHashSet<(u32, u32)> = edges.iter().map(|edge| (edge.a, edge.b)).collect();
    for edge in edges {
        for (from, to) in [(edge.a, edge.b), (edge.b, edge.a)] {
            let firm = facts.get(to as usize).is_some_and(|f| f.is_precise() && !f.background);
            if firm && facts.get(from as usize).is_some_and(|f| !f.is_precise()) {
                links[from as usize].push((edge.odds, to));
            }
        }
    }
    let undecided = |mut links: Vec<(i64, u32)>| {
        links.sort_unstable_by(|x, y| y.cmp(x));
        let Some(&(best, first)) = links.first() else { return false };
        let close = links.iter().take_while(|(odds, _)| *odds > best - UNDECIDED);
        close.skip(1).any(|&(_, n)| !joined.contains(&(n.min(first), n.max(first))))
    };
    links.into_iter().map(undecided).collect()
}
