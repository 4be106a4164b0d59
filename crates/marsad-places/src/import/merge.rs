//! New rows beside those that are known: one place stays one place.

use super::Summary;
use crate::{Gazetteer, PlaceKind, Row, distance_km, key_of};
use rustc_hash::FxHashMap;

/// Two rows that share a name and lie no further apart are one place.
pub const NEAR_KM: f64 = 3.0;

/// Kinds that may be one place under two headings.
fn family(kind: PlaceKind) -> u8 {
    use PlaceKind::*;
    match kind {
        Country => 0,
        Admin1 => 1,
        Admin2 => 2,
        City | Town | Village | Quarter | Camp | Site => 3,
        Desert | Area | Region | Island => 4,
        Mountain => 5,
        River | Sea | Dam => 6,
        Airport | Base => 7,
        _ => 8,
    }
}

/// Adds new rows to old ones. A place that a gazetteer in use has gets a row under its id only where there are
/// spellings that it lacks.
pub(super) fn merge(old: Vec<Row>, new: Vec<Row>, known: &[&Gazetteer], summary: &mut Summary) -> Vec<Row> {
    let mut rows = old;
    let mut by_name: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    let mut by_id: FxHashMap<String, usize> = FxHashMap::default();
    for (n, row) in rows.iter().enumerate() {
        by_id.entry(row.id.clone()).or_insert(n);
        for (name, _) in row.all_names() {
            by_name.entry(key_of(name).get()).or_default().push(n);
        }
    }
    for row in new {
        let mut keys: Vec<u64> = row.all_names().map(|(n, _)| key_of(n).get()).collect();
        keys.dedup();
        let same = |r: &Row| family(r.kind) == family(row.kind) && distance_km((r.lat, r.lon), (row.lat, row.lon)) <= NEAR_KM;
        let mine = by_id.get(&row.id).copied();
        let mine = mine.or_else(|| keys.iter().flat_map(|k| by_name.get(k)).flatten().copied().find(|&n| same(&rows[n])));
        if let Some(n) = mine {
            let lacking = lacking(&row, |key| by_name.get(&key).is_some_and(|at| at.contains(&n)) || has(known, key, &rows[n].id));
            note(&mut by_name, &lacking, n);
            extend(&mut rows[n], lacking, summary);
            continue;
        }
        let theirs = keys.iter().flat_map(|&key| known.iter().flat_map(move |g| g.find(crate::Key::new(key))));
        let theirs = theirs.filter(|p| family(p.kind) == family(row.kind));
        let near = theirs.filter(|p| distance_km((p.lat, p.lon), (row.lat, row.lon)) <= NEAR_KM);
        let nearest = near.min_by(|a, b| {
            let km = |p: &crate::Place<'_>| distance_km((p.lat, p.lon), (row.lat, row.lon));
            km(a).total_cmp(&km(b))
        });
        let Some(place) = nearest else {
            summary.added += 1;
            by_id.insert(row.id.clone(), rows.len());
            let names = row.all_names().map(|(n, b)| (n.to_owned(), b)).collect();
            note(&mut by_name, &names, rows.len());
            rows.push(row);
            continue;
        };
        let lacking = lacking(&row, |key| has(known, key, place.id));
        let at = by_id.get(place.id).copied();
        if lacking.is_empty() {
            summary.known += 1;
            continue;
        }
        note(&mut by_name, &lacking, at.unwrap_or(rows.len()));
        match at {
            Some(n) => extend(&mut rows[n], lacking, summary),
            None => {
                by_id.insert(place.id.to_owned(), rows.len());
                let mut more = Row {
                    id: place.id.to_owned(),
                    names: Vec::new(),
                    bare_names: Vec::new(),
                    english: place.english.to_owned(),
                    kind: place.kind,
                    country: place.country.to_owned(),
                    admin1: place.admin1.to_owned(),
                    admin2: place.admin2.to_owned(),
                    lat: place.lat,
                    lon: place.lon,
                    radius_km: place.radius_km,
                    population: place.population,
                    curated: false,
                };
                extend(&mut more, lacking, summary);
                rows.push(more);
            }
        }
    }
    rows
}

type Names = Vec<(String, bool)>;

/// The names of a row that are not known yet.
fn lacking(row: &Row, known: impl Fn(u64) -> bool) -> Names {
    let mut names: Names = row.all_names().filter(|(n, _)| !known(key_of(n).get())).map(|(n, bare)| (n.to_owned(), bare)).collect();
    let mut keys: Vec<u64> = Vec::new();
    names.retain(|(n, _)| {
        let key = key_of(n).get();
        let fresh = !keys.contains(&key);
        keys.push(key);
        fresh
    });
    names
}

/// Whether a gazetteer in use has a place under a name.
fn has(known: &[&Gazetteer], key: u64, id: &str) -> bool {
    known.iter().any(|g| g.find(crate::Key::new(key)).any(|p| p.id == id))
}

fn note(by_name: &mut FxHashMap<u64, Vec<usize>>, names: &Names, row: usize) {
    for (name, _) in names {
        by_name.entry(key_of(name).get()).or_default().push(row);
    }
}

fn extend(row: &mut Row, names: Names, summary: &mut Summary) {
    if names.is_empty() {
        summary.known += 1;
        return;
    }
    summary.completed += 1;
    for (name, bare) in names {
        if bare { &mut row.bare_names } else { &mut row.names }.push(name);
    }
}
