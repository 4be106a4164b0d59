//! From TSV rows to the block of bytes.

use crate::gazetteer::{HEADER, MAGIC, PLACE, PlaceKind, SLOT};
use crate::key::Key;
use marsad_text::fold_str;
use rustc_hash::FxHashMap;
use std::fmt;

/// One row of a places file.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Unique id.
    pub id: String,
    /// Names, the usual one first.
    pub names: Vec<String>,
    /// English name.
    pub english: String,
    /// What it is.
    pub kind: PlaceKind,
    /// ISO 3166-1 alpha-2 code.
    pub country: String,
    /// First-order division in English.
    pub admin1: String,
    /// Second-order division in English.
    pub admin2: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Radius in kilometres.
    pub radius_km: f64,
    /// Inhabitants, 0 where unknown.
    pub population: u32,
    /// Whether an editor wrote it.
    pub curated: bool,
}

/// A row that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// Line, from 1.
    pub line: usize,
    /// Why.
    pub reason: String,
}

impl fmt::Display for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

/// The columns of a places file, in order.
const COLUMNS: [&str; 13] =
    ["id", "names", "english", "kind", "country", "admin1", "admin2", "lat", "lon", "radius_km", "population", "source", "licence"];

/// Reads a places file: a header line, then tab-separated rows. Good rows are returned beside the bad ones.
pub fn parse_tsv(text: &str, curated: bool) -> (Vec<Row>, Vec<BadRow>) {
    let (mut rows, mut bad) = (Vec::new(), Vec::new());
    for (n, line) in text.lines().enumerate() {
        if n == 0 {
            let head: Vec<&str> = line.trim_end().split('\t').collect();
            if head != COLUMNS {
                bad.push(BadRow { line: 1, reason: format!("the columns must be {}", COLUMNS.join(", ")) });
                return (rows, bad);
            }
            continue;
        }
        if line.trim().is_empty() {
            continue;
        }
        match parse_row(line, curated) {
            Ok(row) => rows.push(row),
            Err(reason) => bad.push(BadRow { line: n + 1, reason }),
        }
    }
    (rows, bad)
}

fn parse_row(line: &str, curated: bool) -> Result<Row, String> {
    let cells: Vec<&str> = line.trim_end_matches(['\r', '\n']).split('\t').map(str::trim).collect();
    let &[id, names, english, kind, country, admin1, admin2, lat, lon, radius, population, _source, _licence] = cells.as_slice() else {
        return Err(format!("{} columns instead of {}", cells.len(), COLUMNS.len()));
    };
    let number = |name: &str, cell: &str, low: f64, high: f64| -> Result<f64, String> {
        match cell.parse::<f64>() {
            Ok(v) if (low..=high).contains(&v) => Ok(v),
            _ => Err(format!("{name} «{cell}» is not a number from {low} to {high}")),
        }
    };
    let names: Vec<String> = names.split('|').map(|n| n.trim().to_owned()).filter(|n| !n.is_empty()).collect();
    if id.is_empty() || names.is_empty() {
        return Err("a place needs an id and a name".into());
    }
    Ok(Row {
        id: id.to_owned(),
        names,
        english: english.to_owned(),
        kind: PlaceKind::from_name(kind).ok_or_else(|| format!("unknown kind «{kind}»"))?,
        country: country.to_owned(),
        admin1: admin1.to_owned(),
        admin2: admin2.to_owned(),
        lat: number("latitude", lat, -90.0, 90.0)?,
        lon: number("longitude", lon, -180.0, 180.0)?,
        radius_km: number("radius_km", radius, 0.0, 4000.0)?,
        population: if population.is_empty() { 0 } else { number("population", population, 0.0, 4e9)? as u32 },
        curated,
    })
}

#[derive(Default)]
struct Strings {
    bytes: Vec<u8>,
    known: FxHashMap<String, u32>,
}

impl Strings {
    fn add(&mut self, text: &str) -> u32 {
        if let Some(&at) = self.known.get(text) {
            return at;
        }
        let at = self.bytes.len() as u32;
        self.bytes.extend((text.len() as u32).to_le_bytes());
        self.bytes.extend(text.as_bytes());
        self.known.insert(text.to_owned(), at);
        at
    }
}

fn table(entries: &[(Key, u32, u32)]) -> Vec<u8> {
    let slots = (entries.len() * 2).next_power_of_two().max(2);
    let mut out = vec![0u8; slots * SLOT];
    for (key, value, count) in entries {
        let mut n = key.0 as usize & (slots - 1);
        while out[n * SLOT + 12..n * SLOT + 16] != [0; 4] {
            n = (n + 1) & (slots - 1);
        }
        out[n * SLOT..n * SLOT + 8].copy_from_slice(&key.0.to_le_bytes());
        out[n * SLOT + 8..n * SLOT + 12].copy_from_slice(&value.to_le_bytes());
        out[n * SLOT + 12..n * SLOT + 16].copy_from_slice(&count.to_le_bytes());
    }
    out
}

/// Builds the gazetteer of a folder: `curated/*.tsv` (rows of editors), `generated/*.tsv`, and the first words of
/// compounds in `compounds.txt`, one a line. A generated row within 5 km of a curated one that bears a name of it is left out.
/// Bad rows are left out and returned as `file: line N: reason`.
///
/// # Errors
/// When a file cannot be read.
pub fn build_folder(folder: &std::path::Path) -> std::io::Result<(Vec<u8>, Vec<String>)> {
    let (mut rows, mut problems): (Vec<Row>, Vec<String>) = Default::default();
    let mut near: FxHashMap<String, Vec<(f64, f64)>> = FxHashMap::default();
    for (part, curated) in [("curated", true), ("generated", false)] {
        let Ok(entries) = std::fs::read_dir(folder.join(part)) else { continue };
        let mut paths = entries.map(|e| e.map(|e| e.path())).collect::<Result<Vec<_>, _>>()?;
        paths.retain(|p| p.extension().is_some_and(|e| e == "tsv"));
        paths.sort();
        for path in paths {
            let (good, bad) = parse_tsv(&std::fs::read_to_string(&path)?, curated);
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            problems.extend(bad.iter().map(|b| format!("{part}/{name}: {b}")));
            for row in good {
                let divides = matches!(row.kind, PlaceKind::Country | PlaceKind::Admin1 | PlaceKind::Admin2);
                let known = !curated
                    && !divides
                    && row.names.iter().any(|n| {
                        let spots = near.get(&fold_str(n)).map_or(&[][..], Vec::as_slice);
                        spots.iter().any(|s| crate::distance_km(*s, (row.lat, row.lon)) < 5.0)
                    });
                if known {
                    continue;
                }
                if curated {
                    for n in &row.names {
                        near.entry(fold_str(n)).or_default().push((row.lat, row.lon));
                    }
                }
                rows.push(row);
            }
        }
    }
    let compounds = std::fs::read_to_string(folder.join("compounds.txt")).unwrap_or_default();
    let compounds: Vec<String> = compounds.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')).map(str::to_owned).collect();
    Ok((build(&rows, &compounds), problems))
}

/// Builds a gazetteer. `compounds` are first words that are written together with the next or apart from it.
pub fn build(rows: &[Row], compounds: &[String]) -> Vec<u8> {
    let mut strings = Strings::default();
    let mut places = Vec::with_capacity(rows.len() * PLACE);
    let mut names: Vec<(u64, u32)> = Vec::new();
    let mut firsts: FxHashMap<u64, u32> = FxHashMap::default();
    let compounds: Vec<String> = compounds.iter().map(|c| fold_str(c)).collect();
    for (number, row) in rows.iter().enumerate() {
        for value in [row.lat, row.lon, row.radius_km] {
            places.extend((value as f32).to_bits().to_le_bytes());
        }
        places.extend(row.population.to_le_bytes());
        for text in [&row.id, &row.names[0], &row.english, &row.country, &row.admin1, &row.admin2] {
            places.extend(strings.add(text).to_le_bytes());
        }
        places.extend([row.kind as u8, u8::from(row.curated), 0, 0, 0, 0, 0, 0]);
        for name in &row.names {
            let folded = fold_str(name);
            let words: Vec<&str> = folded.split(' ').filter(|w| w.chars().any(char::is_alphanumeric)).collect();
            let Some(first) = words.first() else { continue };
            let key = words.iter().fold(Key::default(), |k, w| k.then(w));
            names.push((key.0, number as u32));
            let mut note = |word: &str, count: usize| {
                let most = firsts.entry(Key::default().then(word).0).or_insert(0);
                *most = (*most).max(count as u32);
            };
            note(first, words.len());
            // Written together where the row has it apart, and the other way round.
            if words.len() > 1 && compounds.iter().any(|c| c == first) {
                note(&format!("{first}{}", words[1]), words.len() - 1);
            }
            for compound in &compounds {
                if let Some(rest) = first.strip_prefix(compound.as_str())
                    && rest.chars().count() >= 3
                {
                    note(compound, words.len() + 1);
                }
            }
        }
    }
    names.sort_unstable();
    names.dedup();
    let mut postings = Vec::new();
    let mut entries: Vec<(Key, u32, u32)> = Vec::new();
    for (n, (key, place)) in names.iter().enumerate() {
        postings.extend(place.to_le_bytes());
        match entries.last_mut() {
            Some((last, _, count)) if last.0 == *key => *count += 1,
            _ => entries.push((Key(*key), n as u32, 1)),
        }
    }
    let mut firsts: Vec<(Key, u32, u32)> = firsts.into_iter().map(|(k, n)| (Key(k), 0, n)).collect();
    firsts.sort_unstable_by_key(|f| f.0.0);
    let (name_table, first_table) = (table(&entries), table(&firsts));
    let at_places = HEADER;
    let at_postings = at_places + places.len();
    let at_names = at_postings + postings.len();
    let at_firsts = at_names + name_table.len();
    let at_strings = at_firsts + first_table.len();
    let total = at_strings + strings.bytes.len();
    let mut out = Vec::with_capacity(total);
    out.extend(MAGIC);
    let head = [rows.len(), at_places, at_postings, at_names, name_table.len() / SLOT, at_firsts, first_table.len() / SLOT, at_strings, total];
    for value in head {
        out.extend((value as u32).to_le_bytes());
    }
    out.resize(HEADER, 0);
    for part in [places, postings, name_table, first_table, strings.bytes] {
        out.extend(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Gazetteer, key_of};

    fn row(id: &str, names: &[&str]) -> Row {
        Row {
            id: id.into(),
            names: names.iter().map(|n| (*n).into()).collect(),
            english: id.into(),
            kind: PlaceKind::Village,
            country: "SY".into(),
            admin1: "Idlib".into(),
            admin2: String::new(),
            lat: 35.63,
            lon: 36.5,
            radius_km: 1.0,
            population: 0,
            curated: true,
        }
    }

    #[test]
    fn together_or_apart() {
        let data = build(&[row("a", &["كفرنبل"]), row("b", &["تل رفعت"])], &["كفر".into(), "تل".into()]);
        let g = Gazetteer::new(data).unwrap();
        assert_eq!(g.find(key_of("كفر نبل")).next().unwrap().id, "a");
        assert_eq!(g.find(key_of("تل رفعت")).next().unwrap().lat, 35.63);
        assert_eq!(g.longest_from(key_of("كفر")), Some(2));
        assert_eq!(g.longest_from(key_of("تلرفعت")), Some(1));
        assert_eq!(g.find(key_of("حلب")).count(), 0);
    }

    #[test]
    fn damage_is_refused() {
        let data = build(&[row("a", &["كفرنبل"])], &[]);
        assert!(Gazetteer::new(data[..data.len() - 1].to_vec()).is_err());
        assert!(Gazetteer::new(b"something else".to_vec()).is_err());
        assert!(Gazetteer::empty().is_empty());
    }
}
