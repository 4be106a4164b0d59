//! Which events are compared at all, so that cost stays close to linear.
//!
//! Two events meet when their day windows touch, their theatres of action are one, and either both name a town within
//! reach (cells of one degree and their neighbours: 65 km and more up to 54 degrees of latitude), or both use one last
//! word for a place, or one of them tells only an area, a province or nothing and no other country is told.

use crate::compare::{WINDOW, compare};
use crate::facts::Facts;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Of the vague events of a day and country, so many are looked at (a bound for floods; the first by id).
const VAGUE_AT_MOST: usize = 256;
/// A time longer than this says too little to be linked (days).
const LONGEST: i32 = 31;

/// Two comparable events and the log-odds, in thousandths, that they are one incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Edge {
    /// Lower index.
    pub a: u32,
    /// Higher index.
    pub b: u32,
    /// Thousandths of log-odds: whole numbers add up the same in any order.
    pub odds: i64,
}

#[derive(Default)]
struct Index<'a> {
    cells: FxHashMap<(u8, i32, i16, i16), Vec<u32>>,
    names: FxHashMap<(u8, i32, &'a str), Vec<u32>>,
    vague: FxHashMap<(u8, i32, &'a str), Vec<u32>>,
    all_vague: FxHashMap<(u8, i32), Vec<u32>>,
}

fn cell(at: (f64, f64)) -> (i16, i16) {
    (at.0.floor() as i16, at.1.floor() as i16)
}

/// Days on which an event may be met; none where it has no date or too long a time.
fn span(facts: &Facts) -> Option<(i32, i32)> {
    facts.days.filter(|(a, b)| b - a <= LONGEST)
}

impl<'a> Index<'a> {
    /// Files every event under all that it may be met by.
    fn of(facts: &'a [Facts<'a>]) -> Self {
        let mut index = Self::default();
        for (n, f) in facts.iter().enumerate() {
            let Some((first, last)) = span(f) else { continue };
            let n = n as u32;
            for day in first..=last {
                let mut cells: Vec<_> = f.spots.iter().filter(|s| s.precise).map(|s| cell(s.at)).collect();
                cells.sort_unstable();
                cells.dedup();
                for (lat, lon) in cells {
                    index.cells.entry((f.theatre, day, lat, lon)).or_default().push(n);
                }
                if f.is_precise() {
                    for name in f.names.iter().filter_map(|words| words.last()) {
                        index.names.entry((f.theatre, day, name)).or_default().push(n);
                    }
                } else {
                    index.all_vague.entry((f.theatre, day)).or_default().push(n);
                    for &country in if f.countries.is_empty() { &[""][..] } else { &f.countries } {
                        index.vague.entry((f.theatre, day, country)).or_default().push(n);
                    }
                }
            }
        }
        index
    }

    /// The pairs that event `n` finds: over all events every pair that meets is found once. `met` is room to work in.
    fn pairs_of(&self, facts: &[Facts], n: u32, met: &mut Vec<u32>) -> Vec<(u32, u32)> {
        met.clear();
        let Some(f) = facts.get(n as usize) else { return Vec::new() };
        meet(self, f, met);
        met.sort_unstable();
        met.dedup();
        let wanted = |&other: &u32| {
            let Some(g) = facts.get(other as usize) else { return false };
            // Events of one kind find each other; a vague one is only found.
            let once = f.is_precise() != g.is_precise() || other > n;
            other != n && once && !(f.background && g.background)
        };
        met.iter().copied().filter(wanted).map(|other| (n.min(other), n.max(other))).collect()
    }
}

/// All pairs of comparable events for which `of` gives something, sorted by what it gives.
pub(crate) fn compared<T: Send + Ord>(facts: &[Facts], of: impl Fn(u32, u32) -> Option<T> + Sync) -> Vec<T> {
    let index = Index::of(facts);
    let mut out: Vec<T> = (0..facts.len() as u32)
        .into_par_iter()
        .map_init(Vec::new, |met, n| {
            let pairs = index.pairs_of(facts, n, met);
            pairs.into_iter().filter_map(|(a, b)| of(a, b)).collect::<Vec<T>>()
        })
        .flatten_iter()
        .collect();
    out.par_sort_unstable();
    out
}

fn meet(index: &Index, f: &Facts, met: &mut Vec<u32>) {
    let Some((first, last)) = span(f) else { return };
    for day in first - WINDOW..=last + WINDOW {
        for spot in f.spots.iter().filter(|s| s.precise) {
            let (lat, lon) = cell(spot.at);
            for (y, x) in (-1..=1).flat_map(|y| (-1..=1).map(move |x| (y, x))) {
                met.extend(index.cells.get(&(f.theatre, day, lat + y, lon + x)).into_iter().flatten());
            }
        }
        if f.is_precise() {
            for name in f.names.iter().filter_map(|words| words.last()) {
                met.extend(index.names.get(&(f.theatre, day, name)).into_iter().flatten());
            }
        }
        if f.countries.is_empty() {
            met.extend(index.all_vague.get(&(f.theatre, day)).into_iter().flatten().take(VAGUE_AT_MOST));
        }
        for &country in f.countries.iter().chain(&[""]) {
            met.extend(index.vague.get(&(f.theatre, day, country)).into_iter().flatten().take(VAGUE_AT_MOST));
        }
    }
}

/// Compares all pairs that meet; what contradicts itself gives no edge.
pub(crate) fn edges(facts: &[Facts], model: &crate::Model) -> Vec<Edge> {
    compared(facts, |a, b| {
        let likeness = compare(facts.get(a as usize)?, facts.get(b as usize)?)?;
        Some(Edge { a, b, odds: (likeness.score(model) * 1000.0).round() as i64 })
    })
}
