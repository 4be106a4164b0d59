//! GeoNames dumps: `SY.txt` with `alternateNamesV2.txt` and the tables of division names.

use super::lines::{CUT, Lines, clean, degrees, is_arabic};
use super::{ImportError, Summary};
use crate::{PlaceKind, Row, contains, division_of, has_outline, key_of};
use rustc_hash::{FxHashMap, FxHashSet};
use std::path::{Path, PathBuf};

/// Columns of a dump.
const COLUMNS: usize = 19;
/// Columns of a table of alternate names; old ones lack the last two.
const NAME_COLUMNS: std::ops::RangeInclusive<usize> = 8..=10;
/// Languages whose names in Arabic letters are taken; a name of another language only where these give none.
const LANGUAGES: [&str; 10] = ["ar", "arz", "apc", "ajp", "ary", "ku", "ckb", "kmr", "tr", ""];
/// A place may lie so far outside the outline of its country.
const ASTRAY_KM: f64 = 40.0;
/// A village of fewer people has one-word names in parentheses: too many of them are everyday words.
const KNOWN_TO_ALL: u32 = 5_000;

/// Names found for a place: (name, whether its language is wanted).
type Found = FxHashMap<u32, Vec<(Box<str>, bool)>>;

/// Whether the first line of a file is that of a dump.
pub(super) fn looks_like_dump(path: &Path) -> bool {
    let first = Lines::open(path).and_then(|mut lines| Ok(lines.next()?.map(|l| l.split('\t').count())));
    first.ok().flatten() == Some(COLUMNS)
}

/// Reads dumps. The ids come first, then their names, and last the rows of those that have a name in Arabic letters,
/// so that what is kept grows with these and not with the dump.
pub(super) fn read(
    dumps: &[PathBuf],
    names: &[PathBuf],
    divisions: &[PathBuf],
    rows: &mut Vec<Row>,
    summary: &mut Summary,
) -> Result<(), ImportError> {
    let mut found: Found = FxHashMap::default();
    if !names.is_empty() {
        let mut ids = FxHashSet::default();
        for dump in dumps {
            each(dump, |entry| {
                ids.insert(entry.id);
            })?;
        }
        for table in names {
            read_names(table, &ids, &mut found)?;
        }
    }
    let mut titles = FxHashMap::default();
    for table in divisions {
        read_divisions(table, &mut titles)?;
    }
    for dump in dumps {
        each(dump, |entry| {
            summary.read += 1;
            let Some((kind, radius_km)) = entry.kind() else { return };
            let names = entry.names(found.remove(&entry.id).unwrap_or_default());
            if names.is_empty() {
                summary.nameless += 1;
            } else if has_outline(entry.country) && !contains(entry.country, entry.lat, entry.lon, ASTRAY_KM) {
                summary.astray += 1;
            } else {
                rows.push(entry.row(kind, radius_km, names, &titles));
            }
        })?;
    }
    Ok(())
}

/// One line of a dump.
struct Entry<'l> {
    id: u32,
    name: &'l str,
    ascii: &'l str,
    alternates: &'l str,
    lat: f64,
    lon: f64,
    class: &'l str,
    code: &'l str,
    country: &'l str,
    admin1: &'l str,
    admin2: &'l str,
    population: u32,
}

/// Calls `f` with every line of a dump.
fn each(dump: &Path, mut f: impl FnMut(Entry<'_>)) -> Result<(), ImportError> {
    let mut lines = Lines::open(dump)?;
    let mut any = false;
    while let Some(line) = lines.next()? {
        let done = if line.is_empty() { Ok(()) } else { entry(line).map(&mut f) };
        any |= !line.is_empty();
        if let Err(reason) = done {
            return Err(lines.error(if lines.ended { reason } else { format!("{reason}; {CUT}") }));
        }
    }
    if any { Ok(()) } else { Err(ImportError::new(dump, Some(1), "the file is empty")) }
}

fn entry(line: &str) -> Result<Entry<'_>, String> {
    let cells: Vec<&str> = line.split('\t').collect();
    let &[id, name, ascii, alternates, lat, lon, class, code, country, _, admin1, admin2, _, _, population, _, _, _, day] =
        cells.as_slice()
    else {
        return Err(format!("{} columns instead of the {COLUMNS} of a GeoNames dump", cells.len()));
    };
    // The last column tells whether the line is whole.
    let whole = day.is_empty() || day.len() == 10 && day.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if !whole {
        return Err(format!("the day of the last change «{day}» is not a date"));
    }
    if country.len() != 2 && !country.is_empty() {
        return Err(format!("the country «{country}» is not a code of two letters"));
    }
    Ok(Entry {
        id: id.parse().map_err(|_| format!("the id «{id}» is not a number"))?,
        name,
        ascii,
        alternates,
        lat: degrees("latitude", lat, 90.0)?,
        lon: degrees("longitude", lon, 180.0)?,
        class,
        code,
        country,
        admin1,
        admin2,
        population: match population {
            "" => 0,
            _ => population.parse::<u64>().map_err(|_| format!("the population «{population}» is not a number"))?.min(4_000_000_000) as u32,
        },
    })
}

impl Entry<'_> {
    /// What it is and how far it reaches; `None` for what reports of events do not name as a place.
    fn kind(&self) -> Option<(PlaceKind, f64)> {
        use PlaceKind::*;
        Some(match (self.class, self.code) {
            ("P", "PPLX") => (Quarter, 1.0),
            ("P", _) => match self.population {
                2_000_000.. => (City, 15.0),
                500_000.. => (City, 8.0),
                50_000.. => (City, 4.0),
                5_000.. => (Town, 2.0),
                _ => (Village, 1.0),
            },
            ("A", "ADM1" | "ADM1H") => (Admin1, 60.0),
            ("A", "ADM2" | "ADM2H") => (Admin2, 20.0),
            ("A", "ADM3" | "ADM4" | "ADM5" | "ADMD") => (Region, 10.0),
            ("T", "ISL" | "ISLS" | "ISLT") => (Island, 3.0),
            ("T", "DSRT" | "ERG" | "DUNE") => (Desert, 30.0),
            ("T", "MTS" | "RDGE" | "PLAT") => (Mountain, 15.0),
            ("T", "MT" | "HLL" | "HLLS" | "PK" | "PKS" | "SPUR" | "VLC") => (Mountain, 3.0),
            ("T", "PLN" | "VAL" | "VALS" | "DPR" | "CAPE" | "PASS" | "GAP") => (Area, 5.0),
            ("L", "RGN" | "RGNE" | "AREA" | "LCTY") => (Area, 5.0),
            ("L", "CMP" | "CMPRF" | "CMPL") => (Camp, 1.0),
            ("L", "MILB" | "NVB" | "INSM") | ("S", "INSM" | "MILB" | "AIRB") | ("L", "AIRB") => (Base, 2.0),
            ("L", "OILF" | "GASF") | ("S", "OILW" | "OILR" | "OILQ") => (OilField, 3.0),
            ("S", "AIRP" | "AIRF" | "AIRH") => (Airport, 3.0),
            ("S", "DAM") => (Dam, 1.0),
            ("S", "BDG") => (Bridge, 0.5),
            ("S", "PRN") => (Prison, 0.5),
            ("S", "MSQE") => (Mosque, 0.3),
            ("S", "CSTM" | "PSTB") => (Crossing, 1.0),
            ("S", "FRM" | "FRMS" | "HMSD") => (Village, 1.0),
            ("S", "HSP" | "FRT" | "CSTL" | "PS" | "PSH" | "UNIV" | "RSRT") => (Site, 0.5),
            ("H", "STM" | "STMS" | "CNL" | "STMI" | "WAD") => (River, 10.0),
            ("H", "LK" | "LKS" | "RSV" | "BAY" | "GULF" | "SEA" | "STRT") => (Sea, 10.0),
            ("R", "RD" | "RDJCT") => (Road, 5.0),
            _ => return None,
        })
    }

    /// Its names in Arabic letters, those of wanted languages if there are any.
    fn names(&self, found: Vec<(Box<str>, bool)>) -> Vec<String> {
        let listed = found.iter().map(|(n, wanted)| (&**n, *wanted));
        let own = std::iter::once(self.name).chain(self.alternates.split(',')).filter(|n| is_arabic(n)).map(|n| (n, listed_in_arabic(n)));
        let all: Vec<(&str, bool)> = listed.chain(own).collect();
        let wanted = all.iter().any(|(_, w)| *w);
        let mut keys = FxHashSet::default();
        let kept = all.iter().filter(|(_, w)| *w || !wanted).map(|(n, _)| clean(n));
        kept.filter(|n| is_arabic(n) && keys.insert(key_of(n).get())).take(16).collect()
    }

    fn row(&self, kind: PlaceKind, radius_km: f64, names: Vec<String>, titles: &FxHashMap<String, String>) -> Row {
        use PlaceKind::*;
        let settled = matches!(kind, City | Town | Admin1 | Admin2 | Region) || self.population >= KNOWN_TO_ALL;
        let (names, bare_names) = names.into_iter().partition(|n| settled || n.contains(' '));
        let title = |key: String| titles.get(&key).cloned();
        let admin1 = title(format!("{}.{}", self.country, self.admin1));
        Row {
            id: format!("gn:{}", self.id),
            names,
            bare_names,
            english: if self.ascii.is_empty() { self.name } else { self.ascii }.to_owned(),
            kind,
            country: self.country.to_owned(),
            admin1: admin1.or_else(|| division_of(self.lat, self.lon).map(|d| d.name.to_owned())).unwrap_or_default(),
            admin2: title(format!("{}.{}.{}", self.country, self.admin1, self.admin2)).unwrap_or_default(),
            lat: self.lat,
            lon: self.lon,
            radius_km,
            population: self.population,
            curated: false,
        }
    }
}

/// Whether a name without a language has only letters of Arabic, not those that other languages add.
fn listed_in_arabic(name: &str) -> bool {
    name.chars().filter(|c| c.is_alphabetic()).all(|c| matches!(c, '\u{621}'..='\u{64a}'))
}

fn read_names(table: &Path, ids: &FxHashSet<u32>, found: &mut Found) -> Result<(), ImportError> {
    let mut lines = Lines::open(table)?;
    loop {
        let Some(line) = lines.next()? else { return Ok(()) };
        if line.is_empty() {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').collect();
        let taken = if NAME_COLUMNS.contains(&cells.len()) {
            take_name(&cells, ids, found)
        } else {
            Err(format!("{} columns instead of the {} of a table of alternate names", cells.len(), NAME_COLUMNS.end()))
        };
        if let Err(reason) = taken {
            return Err(lines.error(if lines.ended { reason } else { format!("{reason}; {CUT}") }));
        }
    }
}

fn take_name(cells: &[&str], ids: &FxHashSet<u32>, found: &mut Found) -> Result<(), String> {
    let [_, id, language, name, _, _, colloquial, historic, ..] = *cells else { return Ok(()) };
    let id: u32 = id.parse().map_err(|_| format!("the id «{id}» is not a number"))?;
    if ids.contains(&id) && historic != "1" && colloquial != "1" && language.len() <= 7 && is_arabic(name) {
        let names = found.entry(id).or_default();
        if names.len() < 32 {
            let wanted = LANGUAGES.contains(&language) && (!language.is_empty() || listed_in_arabic(name));
            names.push((name.into(), wanted));
        }
    }
    Ok(())
}

/// Names of divisions by `SY.09` and `SY.09.1234`.
fn read_divisions(table: &Path, titles: &mut FxHashMap<String, String>) -> Result<(), ImportError> {
    let mut lines = Lines::open(table)?;
    loop {
        let Some(line) = lines.next()? else { return Ok(()) };
        if line.is_empty() {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').collect();
        if let [code, _, ascii, _] = *cells {
            titles.insert(code.to_owned(), clean(ascii));
        } else {
            let columns = cells.len();
            return Err(lines.error(format!("{columns} columns instead of the 4 of a table of divisions")));
        }
    }
}
