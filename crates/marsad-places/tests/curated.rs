//! What must hold of the places that editors wrote down.

use marsad_places::{PlaceKind, Row, contains, distance_km, has_outline, key_of, read_folder};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// How far outside its country's outline a place may lie: outlines are simplified.
const TOLERANCE_KM: f64 = 3.0;
/// The same where there are no outlines of divisions, which are finer: harbours and spits lie outside.
const COARSE_KM: f64 = 10.0;
/// Countries with outlines of their divisions.
const FINE: [&str; 14] = ["AF", "EG", "IL", "IQ", "JO", "LB", "LY", "PS", "SA", "SD", "SO", "SY", "TR", "YE"];

fn curated() -> Vec<Row> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../languages/ar/places");
    let (rows, problems) = read_folder(&folder).expect("the folder of places can be read");
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    rows.into_iter().filter(|r| r.curated).collect()
}

#[test]
fn ids_are_unique() {
    let mut seen = BTreeSet::new();
    let twice: Vec<String> = curated().into_iter().map(|r| r.id).filter(|id| !seen.insert(id.clone())).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

/// A plain name of one kind in one country is one place. Namesakes stand in parentheses: they need context.
#[test]
fn one_name_has_one_spot() {
    let rows = curated();
    type Named<'r> = BTreeMap<(u64, &'r str, &'r str), Vec<(&'r Row, &'r str)>>;
    let mut by_name = Named::new();
    for row in &rows {
        for name in &row.names {
            by_name.entry((key_of(name).get(), row.kind.name(), &row.country)).or_default().push((row, name));
        }
    }
    let mut apart = Vec::new();
    for same in by_name.values() {
        for (n, (a, name)) in same.iter().enumerate() {
            for (b, _) in &same[n + 1..] {
                let km = distance_km((a.lat, a.lon), (b.lat, b.lon));
                if a.id != b.id && km > 2.0 * a.radius_km.max(b.radius_km) {
                    apart.push(format!("{name}: {} ({}) and {} ({}) are {km:.0} km apart", a.id, a.admin1, b.id, b.admin1));
                }
            }
        }
    }
    assert!(apart.is_empty(), "{} pairs:\n{}", apart.len(), apart.join("\n"));
}

/// Held, claimed or administered by a neighbour, so that the outline of either country may have it.
const EITHER: [(&str, &str); 7] = [("SY", "IL"), ("PS", "IL"), ("UA", "RU"), ("EH", "MA"), ("PK", "IN"), ("LB", "SY"), ("ES", "MA")];

#[test]
fn places_lie_in_their_country() {
    let lies_in = |r: &Row, country: &str| {
        use PlaceKind::{Crossing, Island};
        // No outline of this scale has small islands; an area has a point only for want of a line, and a crossing is on one.
        let of_kind = if r.kind == Island {
            250.0
        } else if r.kind.is_area() || r.kind == Crossing {
            r.radius_km
        } else {
            0.0
        };
        let slack = of_kind + if FINE.contains(&country) { TOLERANCE_KM } else { COARSE_KM };
        contains(country, r.lat, r.lon, slack)
    };
    let other = |r: &Row| EITHER.iter().find_map(|&(a, b)| if r.country == a { Some(b) } else { (r.country == b).then_some(a) });
    let wet = |r: &Row| matches!(r.kind, PlaceKind::Sea | PlaceKind::River) && r.country.is_empty();
    let astray: Vec<String> = curated()
        .into_iter()
        .filter(|r| !wet(r) && has_outline(&r.country))
        .filter(|r| !lies_in(r, &r.country) && !other(r).is_some_and(|o| lies_in(r, o)))
        .map(|r| format!("{} {} {} {} ({}, {})", r.id, r.english, r.kind.name(), r.country, r.lat, r.lon))
        .collect();
    assert!(astray.is_empty(), "{} rows:\n{}", astray.len(), astray.join("\n"));
}

#[test]
fn every_country_is_known() {
    let strange: Vec<String> = curated()
        .into_iter()
        .filter(|r| !r.country.is_empty() && !has_outline(&r.country))
        .map(|r| format!("{} {}", r.id, r.country))
        .collect();
    assert!(strange.is_empty(), "{strange:?}");
}
