//! From TSV rows to the block of bytes.

use crate::gazetteer::{BARE, HEADER, MAGIC, PLACE, PlaceKind, SLOT};
use crate::key::Key;
use crate::rows::{Row, parse_tsv};
use marsad_text::fold_str;
use rustc_hash::{FxHashMap, FxHashSet};
use std::path::Path;

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
        let mut n = key.get() as usize & (slots - 1);
        while out[n * SLOT + 12..n * SLOT + 16] != [0; 4] {
            n = (n + 1) & (slots - 1);
        }
        out[n * SLOT..n * SLOT + 8].copy_from_slice(&key.get().to_le_bytes());
        out[n * SLOT + 8..n * SLOT + 12].copy_from_slice(&value.to_le_bytes());
        out[n * SLOT + 12..n * SLOT + 16].copy_from_slice(&count.to_le_bytes());
    }
    out
}

/// Builds the gazetteer of a folder: the rows of [`read_folder`] with the first words of compounds in `compounds.txt`,
/// one a line. Bad rows are left out and returned as `file: line N: reason`.
///
/// # Errors
/// When a file cannot be read.
pub fn build_folder(folder: &Path) -> std::io::Result<(Vec<u8>, Vec<String>)> {
    let (rows, problems) = read_folder(folder)?;
    Ok((build(&rows, &read_words(&folder.join("compounds.txt"))), problems))
}

/// The lines of a file of words, without blank ones and remarks.
fn read_words(path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')).map(str::to_owned).collect()
}

/// The rows of a folder: `curated/*.tsv` (rows of editors), then `generated/*.tsv`. A generated row within 5 km of a
/// curated one that bears a name of it is left out, and gives it its population. A name in `everyday.txt`, or one
/// that a curated row of the same country has in parentheses, counts as in parentheses.
///
/// # Errors
/// When a file cannot be read.
pub fn read_folder(folder: &Path) -> std::io::Result<(Vec<Row>, Vec<String>)> {
    let (mut rows, mut problems): (Vec<Row>, Vec<String>) = Default::default();
    let mut near: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    let everyday: FxHashSet<String> = read_words(&folder.join("everyday.txt")).iter().map(|w| fold_str(w)).collect();
    let mut bare: FxHashSet<(String, String)> = FxHashSet::default();
    for (part, curated) in [("curated", true), ("generated", false)] {
        let Ok(entries) = std::fs::read_dir(folder.join(part)) else { continue };
        let mut paths = entries.map(|e| e.map(|e| e.path())).collect::<Result<Vec<_>, _>>()?;
        paths.retain(|p| p.extension().is_some_and(|e| e == "tsv"));
        paths.sort();
        for path in paths {
            let (good, bad) = parse_tsv(&std::fs::read_to_string(&path)?, curated);
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            problems.extend(bad.iter().map(|b| format!("{part}/{name}: {b}")));
            for mut row in good {
                let names = std::mem::take(&mut row.names);
                for name in names {
                    let folded = fold_str(&name);
                    let is_bare = everyday.contains(&folded) || !curated && bare.contains(&(folded, row.country.clone()));
                    if is_bare { &mut row.bare_names } else { &mut row.names }.push(name);
                }
                let folded: Vec<(String, bool)> = row.all_names().map(|(n, b)| (fold_str(n), b)).collect();
                if curated {
                    for (name, is_bare) in folded {
                        if is_bare {
                            bare.insert((name.clone(), row.country.clone()));
                        }
                        near.entry(name).or_default().push(rows.len());
                    }
                } else if !matches!(row.kind, PlaceKind::Country | PlaceKind::Admin1 | PlaceKind::Admin2) {
                    let mut same = folded.iter().flat_map(|(n, _)| near.get(n).map_or(&[][..], Vec::as_slice));
                    let known = same.find(|&&n| crate::distance_km((rows[n].lat, rows[n].lon), (row.lat, row.lon)) < 5.0);
                    if let Some(&n) = known {
                        use PlaceKind::{City, Town, Village};
                        if rows[n].population == 0 && matches!(rows[n].kind, City | Town | Village) {
                            rows[n].population = row.population;
                        }
                        continue;
                    }
                }
                rows.push(row);
            }
        }
    }
    Ok((rows, problems))
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
        for text in [row.id.as_str(), row.name(), &row.english, &row.country, &row.admin1, &row.admin2] {
            places.extend(strings.add(text).to_le_bytes());
        }
        places.extend([row.kind as u8, u8::from(row.curated), 0, 0, 0, 0, 0, 0]);
        for (name, bare) in row.all_names() {
            let folded = fold_str(name);
            let words: Vec<&str> = folded.split(' ').filter(|w| w.chars().any(char::is_alphanumeric)).collect();
            let Some(first) = words.first() else { continue };
            let key = words.iter().fold(Key::default(), |k, w| k.then(w));
            names.push((key.get(), number as u32 | if bare { BARE } else { 0 }));
            let mut note = |word: &str, count: usize| {
                let most = firsts.entry(Key::default().then(word).get()).or_insert(0);
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
    // A name given both ways is a plain one.
    names.sort_unstable_by_key(|&(key, posting)| (key, posting & !BARE, posting));
    names.dedup_by_key(|&mut (key, posting)| (key, posting & !BARE));
    let mut postings = Vec::new();
    let mut entries: Vec<(Key, u32, u32)> = Vec::new();
    for (n, (key, place)) in names.iter().enumerate() {
        postings.extend(place.to_le_bytes());
        match entries.last_mut() {
            Some((last, _, count)) if last.get() == *key => *count += 1,
            _ => entries.push((Key::new(*key), n as u32, 1)),
        }
    }
    let mut firsts: Vec<(Key, u32, u32)> = firsts.into_iter().map(|(k, n)| (Key::new(k), 0, n)).collect();
    firsts.sort_unstable_by_key(|f| f.0.get());
    let (name_table, first_table) = (table(&entries), table(&firsts));
    let at_places = HEADER;
    let at_postings = at_places + places.len();
    let at_names = at_postings + postings.len();
    let at_firsts = at_names + name_table.len();
    let at_strings = at_firsts + first_table.len();
    let total = at_strings + strings.bytes.len();
    let mut out = Vec::with_capacity(total);
    out.extend(MAGIC);
    let head =
        [rows.len(), at_places, at_postings, at_names, name_table.len() / SLOT, at_firsts, first_table.len() / SLOT, at_strings, total];
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
            bare_names: Vec::new(),
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
    fn everyday_words() {
        let text = format!(
            "{}\na\tمدينة الباب|(الباب)|( نصيب )\tx\tcity\tSY\t\t\t36.37\t37.51\t3\t\ts\tl\nb\tنصيب|(نصيب)\ty\ttown\tSY\t\t\t32.5\t36.2\t2\t\ts\tl\n",
            crate::rows::COLUMNS.join("\t")
        );
        let (rows, bad) = parse_tsv(&text, true);
        assert_eq!((rows.len(), bad), (2, vec![]));
        let g = Gazetteer::new(build(&rows, &[])).unwrap();
        let found = |name: &str| g.find(key_of(name)).map(|p| (p.id, p.bare_word)).collect::<Vec<_>>();
        assert_eq!(found("الباب"), [("a", true)]);
        assert_eq!(found("مدينة الباب"), [("a", false)]);
        assert_eq!(found("نصيب"), [("a", true), ("b", false)]);
        assert_eq!(g.place(0).name, "مدينة الباب");
    }

    #[test]
    fn damage_is_refused() {
        let data = build(&[row("a", &["كفرنبل"])], &[]);
        assert!(Gazetteer::new(data[..data.len() - 1].to_vec()).is_err());
        assert!(Gazetteer::new(b"something else".to_vec()).is_err());
        assert!(Gazetteer::empty().is_empty());
    }
}
