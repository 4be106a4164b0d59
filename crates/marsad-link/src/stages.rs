//! The stages of linking, each of which looks at a small part of all events.
//!
//! 1. Firm events that are alike, and told of one day or surely one, hang together in *chains*; no incident reaches over two of
//!    them. The groups of a chain are found by average linkage, from its events alone. Events that people
//!    put together hang together too, whatever they tell.
//! 2. A vague event joins the group of the firm event that it is likest, if no event of another group is about as like. A
//!    background event is attached to a group in the same way.
//! 3. Vague events that joined nothing are grouped among themselves within their *unit*: one theatre, first day and country.
//!
//! So what one document changes is bounded: its chains; what joins or leaves their groups; the units of that.

use crate::block::{Index, looks, unit};
use crate::cluster::clusters;
use crate::compare::{COUNT, Edge, compare, hang_together, odds, threshold};
use crate::facts::{Facts, Kind};
use crate::{Model, Ties};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// What is as like one as another of two incidents, within so much (thousandths of log-odds), joins neither.
pub(crate) const UNDECIDED: i64 = 500;
/// What tells too little to be firm joins an incident that it is so much liker than events have to be (thousandths of log-odds): its place
/// or day stand in for what it does not tell.
pub(crate) const SURELY: i64 = 1000;
/// Of the vague events of a unit, so many are compared (a bound for floods; the first by id).
const UNIT: usize = 256;

/// Where an event stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Standing {
    /// First event of its chain.
    pub chain: Option<u32>,
    /// First event of its group: the first of the chain's where it has such ones.
    pub home: Option<u32>,
    /// Log-odds of the firm event that it is likest, in thousandths.
    pub best: Option<i64>,
}

/// Whether an event belongs to a chain.
pub(crate) fn is_node(n: u32, f: &Facts, ties: &Ties) -> bool {
    f.kind == Kind::Firm || (f.kind == Kind::Vague && ties.together.contains_key(&n))
}

/// All pairs of events of one index that meet and can be one, as `of` tells.
fn pairs<T: Send>(facts: &[Facts], numbers: &[u32], index: &Index, of: impl Fn(u32, u32) -> Option<T> + Sync) -> Vec<T> {
    let found = |met: &mut Vec<u32>, &n: &u32| {
        let keys = facts.get(n as usize).map(|f| looks(f, false)).unwrap_or_default();
        index.met(&keys, met).iter().filter(|&&other| other > n).filter_map(|&other| of(n, other)).collect::<Vec<T>>()
    };
    numbers.par_iter().map_init(Vec::new, found).flatten_iter().collect()
}

/// Log-odds of two numbered events.
fn edge(facts: &[Facts], a: u32, b: u32, model: &Model) -> Option<Edge> {
    Some(Edge { a, b, odds: odds(facts.get(a as usize)?, facts.get(b as usize)?, model)? })
}

/// The first event of the chain of each of the numbered nodes.
pub(crate) fn chains(facts: &[Facts], nodes: &[u32], model: &Model, ties: &Ties) -> FxHashMap<u32, u32> {
    let index = Index::of(facts, nodes);
    let linked = |a: u32, b: u32| {
        let (f, g) = (facts.get(a as usize)?, facts.get(b as usize)?);
        let both = f.document != g.document && f.kind == Kind::Firm && g.kind == Kind::Firm;
        (both && hang_together(f, g, model)).then_some((a, b))
    };
    let mut roots: FxHashMap<u32, u32> = nodes.iter().map(|&n| (n, n)).collect();
    let bonds = nodes.iter().flat_map(|&n| ties.together.get(&n).into_iter().flatten().map(move |&m| (n, m)));
    for (a, b) in pairs(facts, nodes, &index, linked).into_iter().chain(bonds) {
        if roots.contains_key(&a) && roots.contains_key(&b) {
            let (a, b) = (root(&mut roots, a), root(&mut roots, b));
            roots.insert(a.max(b), a.min(b));
        }
    }
    nodes.iter().map(|&n| (n, root(&mut roots, n))).collect()
}

fn root(roots: &mut FxHashMap<u32, u32>, mut n: u32) -> u32 {
    while let Some(&up) = roots.get(&n).filter(|&&up| up != n) {
        let above = roots.get(&up).copied().unwrap_or(up);
        roots.insert(n, above);
        n = above;
    }
    n
}

/// The groups of chains, in the order of their first events.
pub(crate) fn chain_groups(facts: &[Facts], chains: &FxHashMap<u32, u32>, model: &Model, ties: &Ties) -> Vec<Vec<u32>> {
    let mut members: Vec<(u32, u32)> = chains.iter().map(|(&n, &chain)| (chain, n)).collect();
    members.sort_unstable();
    let chains: Vec<Vec<u32>> = members.chunk_by(|a, b| a.0 == b.0).map(|chain| chain.iter().map(|&(_, n)| n).collect()).collect();
    let mut all: Vec<Vec<u32>> = chains.par_iter().flat_map_iter(|chain| groups(facts, chain, model, ties)).collect();
    all.sort_unstable();
    all
}

/// The groups of one chain, given in ascending order.
pub(crate) fn groups(facts: &[Facts], chain: &[u32], model: &Model, ties: &Ties) -> Vec<Vec<u32>> {
    match chain {
        [_] => vec![chain.to_vec()],
        _ => clusters(facts, chain, &edges(facts, chain, model), model, ties),
    }
}

/// Edges between the numbered events.
fn edges(facts: &[Facts], numbers: &[u32], model: &Model) -> Vec<Edge> {
    if numbers.len() <= 32 {
        let after = |k: usize| numbers.get(k + 1..).unwrap_or_default();
        let of = |(k, &a): (usize, &u32)| after(k).iter().filter_map(move |&b| edge(facts, a, b, model));
        return numbers.iter().enumerate().flat_map(of).collect();
    }
    pairs(facts, numbers, &Index::of(facts, numbers), |a, b| edge(facts, a, b, model))
}

/// The firm event that a loose one is likest, and the group that it joins.
///
/// `met` are firm events; `home` tells the group of each, and `barred` the groups that it must not join.
pub(crate) fn attach(
    facts: &[Facts],
    n: u32,
    met: &[u32],
    home: impl Fn(u32) -> Option<u32>,
    barred: impl Fn(u32) -> bool,
    model: &Model,
) -> Standing {
    let Some(f) = facts.get(n as usize) else { return Standing::default() };
    let least = threshold(model) + SURELY;
    let mut links: Vec<(i64, u32)> = Vec::new();
    let mut best = i64::MIN;
    for &other in met {
        let Some(g) = facts.get(other as usize).filter(|g| g.document != f.document) else { continue };
        let Some(odds) = odds(f, g, model).filter(|&odds| odds >= least && odds > best.saturating_sub(UNDECIDED)) else { continue };
        if let Some(home) = home(other).filter(|&home| !barred(home)) {
            best = best.max(odds);
            links.push((odds, home));
        }
    }
    let (home, best) = settle(&links);
    Standing { chain: None, home, best }
}

/// The group that a loose event joins, of those of the firm events that it is like, and the log-odds of the likest.
pub(crate) fn settle<H: Copy + PartialEq>(links: &[(i64, H)]) -> (Option<H>, Option<i64>) {
    let mut homes = likest(links).map(|(_, home)| home);
    let first = homes.next();
    (first.filter(|first| homes.all(|home| home == *first)), links.iter().map(|(odds, _)| *odds).max())
}

/// Those of the links that are about as sure as the surest.
pub(crate) fn likest<H: Copy>(links: &[(i64, H)]) -> impl Iterator<Item = (i64, H)> {
    let best = links.iter().map(|(odds, _)| *odds).max().unwrap_or(i64::MIN);
    links.iter().copied().filter(move |(odds, _)| *odds > best.saturating_sub(UNDECIDED))
}

/// The groups of the vague events of one unit that joined nothing, given in ascending order.
pub(crate) fn unit_groups(facts: &[Facts], free: &[u32], model: &Model, ties: &Ties) -> Vec<Vec<u32>> {
    let (compared, rest) = free.split_at(free.len().min(UNIT));
    let mut groups = match compared {
        [_] => vec![compared.to_vec()],
        _ => {
            let after = |k: usize| compared.get(k + 1..).unwrap_or_default();
            let of = |(k, &a): (usize, &u32)| after(k).iter().filter_map(move |&b| edge(facts, a, b, model));
            clusters(facts, compared, &compared.iter().enumerate().flat_map(of).collect::<Vec<_>>(), model, ties)
        }
    };
    groups.extend(rest.iter().map(|&n| vec![n]));
    groups
}

/// Everything at once: where every event stands, and the groups of incident events, in the order of their homes.
pub(crate) fn all(facts: &[Facts], model: &Model, ties: &Ties) -> (Vec<Standing>, Vec<Vec<u32>>) {
    let mut standings = vec![Standing::default(); facts.len()];
    let numbered = || (0_u32..).zip(facts);
    let nodes: Vec<u32> = numbered().filter(|&(n, f)| is_node(n, f, ties)).map(|(n, _)| n).collect();
    let chains = chains(facts, &nodes, model, ties);
    let mut groups = chain_groups(facts, &chains, model, ties);
    for (&n, &chain) in &chains {
        standings[n as usize].chain = Some(chain);
    }
    drop(chains);
    for group in &groups {
        group.iter().for_each(|&n| standings[n as usize].home = group.first().copied());
    }
    let firm: Vec<u32> = numbered().filter(|(_, f)| f.kind == Kind::Firm).map(|(n, _)| n).collect();
    let index = Index::of(facts, &firm);
    let home = |standings: &[Standing], n: u32| standings.get(n as usize).and_then(|s| s.home);
    let loose: Vec<u32> = numbered().filter(|&(n, f)| !is_node(n, f, ties)).map(|(n, _)| n).collect();
    let stand = |met: &mut Vec<u32>, n: u32, barred: &[u32]| {
        let keys = facts.get(n as usize).map(|f| looks(f, false)).unwrap_or_default();
        attach(facts, n, index.met(&keys, met), |m| home(&standings, m), |home| barred.contains(&home), model)
    };
    let free_to_join = |n: &&u32| !ties.apart.contains_key(n);
    let found: Vec<(u32, Standing)> = loose.par_iter().filter(free_to_join).map_init(Vec::new, |met, &n| (n, stand(met, n, &[]))).collect();
    let mut decided: Vec<(u32, Standing)> = Vec::new();
    for &n in loose.iter().filter(|n| !free_to_join(n)) {
        let barred = barred(n, ties, |m| home(&standings, m).or_else(|| decided.iter().find(|(d, _)| *d == m).and_then(|(_, s)| s.home)));
        decided.push((n, stand(&mut Vec::new(), n, &barred)));
    }
    for (n, standing) in found.into_iter().chain(decided) {
        standings[n as usize] = standing;
    }
    let mut free: Vec<(Option<i64>, u32)> = Vec::new();
    let mut joined: Vec<(u32, u32)> = Vec::new();
    for &n in loose.iter().filter(|&&n| facts[n as usize].kind == Kind::Vague) {
        match standings[n as usize].home {
            Some(home) => joined.push((home, n)),
            None => free.push((unit_of(&facts[n as usize]), n)),
        }
    }
    free.sort_unstable();
    let units: Vec<Vec<u32>> =
        free.chunk_by(|a, b| a.0 == b.0 && a.0.is_some()).map(|unit| unit.iter().map(|&(_, n)| n).collect()).collect();
    let vague: Vec<Vec<u32>> = units.par_iter().flat_map_iter(|unit| unit_groups(facts, unit, model, ties)).collect();
    for group in &vague {
        group.iter().for_each(|&n| standings[n as usize].home = group.first().copied());
    }
    groups.extend(vague);
    groups.sort_unstable();
    for (home, n) in joined {
        if let Ok(at) = groups.binary_search_by(|group| group.first().cmp(&Some(&home))) {
            groups[at].push(n);
        }
    }
    groups.par_iter_mut().for_each(|group| group.sort_unstable());
    (standings, groups)
}

/// The groups that an event must not join, since people set events of theirs apart from it.
pub(crate) fn barred(n: u32, ties: &Ties, home: impl Fn(u32) -> Option<u32>) -> Vec<u32> {
    ties.apart.get(&n).into_iter().flatten().filter_map(|&m| home(m)).collect()
}

/// The unit of a vague event; none for one without days.
pub(crate) fn unit_of(f: &Facts) -> Option<i64> {
    f.days.map(|(first, _)| unit(f, first))
}

/// Every pair of incident events that any stage compares, with its features; in no particular order.
pub(crate) fn compared(facts: &[Facts]) -> Vec<(u32, u32, [f64; COUNT])> {
    let numbered = |kind: Kind| (0_u32..).zip(facts).filter(move |(_, f)| f.kind == kind).map(|(n, _)| n).collect::<Vec<u32>>();
    let features = |a: u32, b: u32| {
        let (f, g) = (facts.get(a as usize)?, facts.get(b as usize)?);
        let likeness = (f.document != g.document).then(|| compare(f, g)).flatten()?;
        Some((a.min(b), a.max(b), *likeness.values()))
    };
    let (firm, vague) = (numbered(Kind::Firm), numbered(Kind::Vague));
    let index = Index::of(facts, &firm);
    let mut out = pairs(facts, &firm, &index, features);
    let joining = |met: &mut Vec<u32>, &n: &u32| {
        let keys = facts.get(n as usize).map(|f| looks(f, false)).unwrap_or_default();
        index.met(&keys, met).iter().filter_map(|&m| features(n, m)).collect::<Vec<_>>()
    };
    out.par_extend(vague.par_iter().map_init(Vec::new, joining).flatten_iter());
    let mut units: Vec<(Option<i64>, u32)> = vague.iter().map(|&n| (unit_of(&facts[n as usize]), n)).collect();
    units.sort_unstable();
    for unit in units.chunk_by(|a, b| a.0 == b.0 && a.0.is_some()) {
        let unit: Vec<u32> = unit.iter().map(|&(_, n)| n).take(UNIT).collect();
        out.extend(unit.iter().enumerate().flat_map(|(k, &a)| unit[k + 1..].iter().filter_map(move |&b| features(a, b))));
    }
    out
}
