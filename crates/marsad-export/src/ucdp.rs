//! The columns of UCDP-GED.

use crate::countries::{state_number, ucdp_region};
use crate::row::{Actor, Body, Row};
use crate::table::degrees;
use marsad_model::Precision;

pub(crate) const COLUMNS: &[&str] = &[
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
];

pub(crate) fn fields(row: &Row) -> Vec<String> {
    let name = |actors: &[Actor]| actors.first().map_or_else(|| "XXX".to_owned(), |actor| actor.name.clone());
    let (a, b) = (name(&row.doers), name(&row.targets));
    let (lat, lon) = row.point().map(|(lat, lon)| (degrees(lat), degrees(lon))).unwrap_or_default();
    let wkt = if lat.is_empty() { String::new() } else { format!("POINT ({lon} {lat})") };
    let listed = |of: fn(&crate::Source) -> Option<&String>| row.sources.iter().filter_map(of).cloned().collect::<Vec<_>>().join(";");
    let end = row.days.map(|(_, end)| end.to_string()).unwrap_or_default();
    let civilians = row.civilians_killed.min(row.killed.best);
    // Reports tell whom the dead fought for where it is the side that was attacked.
    let fought = row.targets.first().is_some_and(|actor| actor.body != Body::Civilians);
    let fighters = if fought { row.combatants_killed.min(row.killed.best - civilians) } else { 0 };
    let (violence, dyad) = (violence(row), format!("{a} - {b}"));
    vec![
        row.incident.id.clone(),
        String::new(),
        row.days.map(|(start, _)| start.year().to_string()).unwrap_or_default(),
        String::new(),
        "Candidate".into(),
        violence.to_string(),
        String::new(),
        String::new(),
        // Only a conflict with a state has a name of its own: what it is about.
        if violence == 1 { String::new() } else { dyad.clone() },
        String::new(),
        String::new(),
        dyad,
        String::new(),
        String::new(),
        a,
        String::new(),
        String::new(),
        b,
        row.incident.voices.to_string(),
        listed(|source| source.url.as_ref()),
        row.outlets().join(";"),
        listed(|source| source.published.as_ref()),
        listed(|source| source.title.as_ref()),
        String::new(),
        where_precision(row).map(|n| n.to_string()).unwrap_or_default(),
        row.location().into(),
        row.whereabouts(),
        row.admin1().into(),
        row.admin2.clone(),
        lat,
        lon,
        wkt,
        row.point().and_then(cell).map(|number| number.to_string()).unwrap_or_default(),
        row.country.map(|country| country.name.to_owned()).unwrap_or_default(),
        row.country.and_then(|country| state_number(country.code)).map(|number| number.to_string()).unwrap_or_default(),
        row.country.map(|country| ucdp_region(country).to_owned()).unwrap_or_default(),
        if row.time_precision() == 1 { "1".into() } else { "2".into() },
        date_precision(row).to_string(),
        row.start(),
        end,
        String::new(),
        if fighters > 0 { fighters.to_string() } else { String::new() },
        civilians.to_string(),
        (row.killed.best - civilians - fighters).to_string(),
        row.killed.best.to_string(),
        row.killed.high.to_string(),
        row.killed.low.to_string(),
        government(&row.doers),
        government(&row.targets),
    ]
}

/// The cell of PRIO-GRID (Tollefsen, Strand and Buhaug 2012): half degrees, counted from 1 in the south-west, row by row.
fn cell((lat, lon): (f64, f64)) -> Option<u32> {
    let inside = (-90.0..90.0).contains(&lat) && (-180.0..180.0).contains(&lon);
    inside.then(|| ((lat + 90.0) * 2.0).floor() as u32 * 720 + ((lon + 180.0) * 2.0).floor() as u32 + 1)
}

/// The number of the state whose government leads a side.
fn government(actors: &[Actor]) -> String {
    let state = actors.first().filter(|actor| actor.body == Body::State).and_then(|actor| state_number(actor.country.as_deref()?));
    state.map(|number| number.to_string()).unwrap_or_default()
}

/// 1 with a state on one side against fighters, 2 between others who fight, 3 against civilians.
fn violence(row: &Row) -> u8 {
    let target = row.targets.first().map(|actor| actor.body);
    let state = [row.doers.first(), row.targets.first()].into_iter().flatten().any(|actor| actor.body == Body::State);
    match target {
        Some(Body::Civilians) => 3,
        _ if state => 1,
        None if row.civilians_killed > 0 => 3,
        _ => 2,
    }
}

/// 1 the place itself, 2 within 25 km of it, 3 a district, 4 a province, 6 a country.
fn where_precision(row: &Row) -> Option<u8> {
    Some(match row.incident.place.as_ref()?.precision {
        Precision::Exact => 1,
        Precision::Near | Precision::Area => 2,
        Precision::Admin2 => 3,
        Precision::Admin1 => 4,
        Precision::Country => 6,
    })
}

/// 1 a day, 2 up to six days, 3 a week, 4 a month, 5 longer.
fn date_precision(row: &Row) -> u8 {
    match row.days.map(|(start, end)| (end - start).get_days()) {
        Some(0) if row.time_precision() == 1 => 1,
        Some(0..=5) => 2,
        Some(6) => 3,
        Some(7..=31) => 4,
        _ => 5,
    }
}
