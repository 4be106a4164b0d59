//! Which events are compared at all, so that cost stays close to linear.
//!
//! Two events meet when their theatres of action are one, their days are as near as comparing allows, and either both name a
//! town within reach (cells of one degree and their neighbours: 65 km and more up to 54 degrees of latitude) or use one last
//! word for a place, or one of them tells only an area, a province or nothing and no other country is told.
//!
//! An event is filed under keys, and met by looking at keys. Both follow from its facts alone, so that a store can keep the
//! files.

use crate::facts::{Facts, Kind, Point, Told};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Publication days are no further than this from what they report, where no day is told (days).
pub(crate) const WINDOW: i32 = 2;

/// What stands on a shelf, by what it is found.
#[derive(Clone, Copy)]
pub(crate) enum Shelf {
    /// Firm events by cell or last word of a town.
    Towns = 1,
    /// Firm events by country.
    Lands = 2,
    /// What joins or retells, by cell or last word of a town.
    LooseTowns = 3,
    /// What joins or retells and names no town, by country.
    LooseLands = 4,
    /// Vague events by first day and first country: what may be one incident without a firm event.
    Units = 5,
}

/// Any country.
const ANY: u32 = 1;
/// No country.
const NONE: u32 = 0;

/// The finaliser of SplitMix64.
fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// What a key is about, beside theatre and day.
#[derive(Clone, Copy)]
enum What {
    /// Degrees north and east, rounded down.
    Cell(i32, i32),
    /// Last word of a place.
    Word(u32),
    Country(u32),
}

impl What {
    fn number(self) -> u64 {
        match self {
            Self::Cell(lat, lon) => 1 << 40 | u64::from((lat + 1000) as u32) << 16 | u64::from((lon + 1000) as u32),
            Self::Word(word) => 2 << 40 | u64::from(word),
            Self::Country(country) => country.into(),
        }
    }
}

fn key(shelf: Shelf, theatre: u8, told: Told, day: i32, what: What) -> i64 {
    let head = (shelf as u64) << 48 | u64::from(theatre) << 40 | (told as u64) << 32 | u64::from(day as u32);
    mix(mix(head).wrapping_add(what.number())) as i64
}

/// Days of a block.
const BLOCK_DAYS: i32 = 8;
/// Degrees of a block, north and east.
const BLOCK_DEGREES: i32 = 4;

/// The block of a key: events that meet by a key meet in its block. A few days, and some degrees, a word or a country.
fn block(shelf: Shelf, theatre: u8, _: Told, day: i32, what: What) -> i64 {
    let wide = match what {
        What::Cell(lat, lon) => What::Cell(lat.div_euclid(BLOCK_DEGREES), lon.div_euclid(BLOCK_DEGREES)),
        narrow => narrow,
    };
    key(shelf, theatre, Told::Day, day.div_euclid(BLOCK_DAYS), wide)
}

fn cell_of(at: Point) -> (i32, i32) {
    (at.0.div_euclid(1_000_000), at.1.div_euclid(1_000_000))
}

fn unique(mut keys: Vec<i64>) -> Vec<i64> {
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The keys under which an event is filed, sorted.
pub(crate) fn filed(f: &Facts) -> Vec<i64> {
    let mut keys = filed_by(f, key);
    if f.kind == Kind::Vague
        && let Some((first, _)) = f.days
    {
        keys.push(unit(f, first));
    }
    unique(keys)
}

/// The blocks in which an event is found, sorted.
pub(crate) fn blocks_filed(f: &Facts) -> Vec<i64> {
    filed_by(f, block)
}

fn filed_by(f: &Facts, key: impl Fn(Shelf, u8, Told, i32, What) -> i64) -> Vec<i64> {
    let Some((first, last)) = f.days else { return Vec::new() };
    let mut keys = Vec::new();
    let (towns, lands) = if f.kind == Kind::Firm { (Shelf::Towns, Shelf::Lands) } else { (Shelf::LooseTowns, Shelf::LooseLands) };
    let precise = f.is_precise();
    for day in first..=last {
        if precise {
            let mut file = |what| keys.push(key(towns, f.theatre, Told::Day, day, what));
            f.spots.iter().filter(|s| s.precise).map(|s| cell_of(s.at)).for_each(|(lat, lon)| file(What::Cell(lat, lon)));
            f.names.iter().filter_map(|words| words.last()).for_each(|&last| file(What::Word(last)));
        }
        if f.kind == Kind::Firm || !precise {
            let of = if f.countries.is_empty() { &[NONE][..] } else { &f.countries };
            keys.extend(of.iter().chain(&[ANY]).map(|&country| key(lands, f.theatre, f.told, day, What::Country(country))));
        }
    }
    unique(keys)
}

/// The key of the unit of a vague event.
pub(crate) fn unit(f: &Facts, first: i32) -> i64 {
    key(Shelf::Units, f.theatre, Told::Day, first, What::Country(f.countries.first().copied().unwrap_or(NONE)))
}

/// How far days may lie apart, as comparing has it.
fn window(a: Told, b: Told) -> i32 {
    match (a, b) {
        (Told::Coarse, _) | (_, Told::Coarse) => 0,
        (Told::Day, Told::Day) => 1,
        _ => WINDOW,
    }
}

/// The keys under which an event finds firm events (`loose` false) or what may join or retell them, sorted.
pub(crate) fn looks(f: &Facts, loose: bool) -> Vec<i64> {
    looks_by(f, loose, key)
}

/// The blocks in which an event finds firm events, sorted.
pub(crate) fn blocks_looked(f: &Facts) -> Vec<i64> {
    looks_by(f, false, block)
}

fn looks_by(f: &Facts, loose: bool, key: impl Fn(Shelf, u8, Told, i32, What) -> i64) -> Vec<i64> {
    let Some((first, last)) = f.days else { return Vec::new() };
    let mut keys = Vec::new();
    let precise = f.is_precise();
    let (towns, lands) = if loose { (Shelf::LooseTowns, Shelf::LooseLands) } else { (Shelf::Towns, Shelf::Lands) };
    if precise {
        for day in first - WINDOW..=last + WINDOW {
            let mut look = |what| keys.push(key(towns, f.theatre, Told::Day, day, what));
            for (lat, lon) in f.spots.iter().filter(|s| s.precise).map(|s| cell_of(s.at)) {
                (-1..=1).for_each(|y| (-1..=1).for_each(|x| look(What::Cell(lat + y, lon + x))));
            }
            f.names.iter().filter_map(|words| words.last()).for_each(|&last| look(What::Word(last)));
        }
    }
    if loose || !precise {
        let (any, own): (&[u32], &[u32]) = if f.countries.is_empty() { (&[ANY], &[]) } else { (&[NONE], &f.countries) };
        for told in [Told::Day, Told::Not, Told::Coarse] {
            let window = window(f.told, told);
            for day in first - window..=last + window {
                keys.extend(any.iter().chain(own).map(|&country| key(lands, f.theatre, told, day, What::Country(country))));
            }
        }
    }
    unique(keys)
}

/// Events by the keys under which they are filed.
pub(crate) struct Index {
    shelves: FxHashMap<i64, (u32, u32)>,
    events: Vec<u32>,
}

impl Index {
    /// Files those of the numbered events.
    pub fn of(facts: &[Facts], numbers: &[u32]) -> Self {
        let entries = |&n: &u32| {
            let keys = facts.get(n as usize).map(filed).unwrap_or_default();
            keys.into_iter().map(move |key| (key, n))
        };
        let mut all: Vec<(i64, u32)> = numbers.par_iter().flat_map_iter(entries).collect();
        all.par_sort_unstable();
        let mut shelves: FxHashMap<i64, (u32, u32)> = FxHashMap::default();
        for (at, (key, _)) in all.iter().enumerate() {
            shelves.entry(*key).or_insert((at as u32, 0)).1 += 1;
        }
        shelves.shrink_to_fit();
        Self { shelves, events: all.into_iter().map(|(_, n)| n).collect() }
    }

    /// The events filed under one of these keys, each once, in ascending order; `met` is room to work in.
    pub fn met<'a>(&self, keys: &[i64], met: &'a mut Vec<u32>) -> &'a [u32] {
        met.clear();
        for (from, count) in keys.iter().filter_map(|key| self.shelves.get(key)) {
            met.extend(self.events.get(*from as usize..(from + count) as usize).into_iter().flatten());
        }
        met.sort_unstable();
        met.dedup();
        met
    }
}
