//! The columns of ACLED.

use crate::row::{Actor, Body, Row};
use crate::table::degrees;

pub(crate) const COLUMNS: &[&str] = &[
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
];

pub(crate) fn fields(row: &Row) -> Vec<String> {
    let home = row.country.map(|country| country.code);
    let name = |actors: &[Actor], n: usize| actors.get(n).map(|actor| actor.name.clone()).unwrap_or_default();
    let others = |actors: &[Actor]| actors.iter().skip(1).map(|actor| actor.name.as_str()).collect::<Vec<_>>().join("; ");
    let kind = |actors: &[Actor]| actors.first().map_or("", |actor| inter(actor, row, home));
    let (inter1, inter2) = (kind(&row.doers), kind(&row.targets));
    let interaction = match (inter1, inter2) {
        ("", "") => String::new(),
        ("", one) | (one, "") => format!("Sole {one}"),
        (one, other) => format!("{one}-{other}"),
    };
    let civilian = row.targets.iter().any(|actor| actor.body == Body::Civilians);
    let (lat, lon) = row.point().map(|(lat, lon)| (degrees(lat), degrees(lon))).unwrap_or_default();
    vec![
        format!("{}{}", home.unwrap_or("XX"), row.incident.id),
        row.start(),
        row.days.map(|(start, _)| start.year().to_string()).unwrap_or_default(),
        row.time_precision().to_string(),
        disorder(row.acled.event_type).into(),
        row.acled.event_type.into(),
        row.acled.sub_event_type.into(),
        name(&row.doers, 0),
        others(&row.doers),
        inter1.into(),
        name(&row.targets, 0),
        others(&row.targets),
        inter2.into(),
        interaction,
        if civilian { "Civilian targeting".into() } else { String::new() },
        row.country.map(|country| country.number).filter(|n| *n > 0).map(|n| n.to_string()).unwrap_or_default(),
        row.country.map(|country| country.region.to_owned()).unwrap_or_default(),
        row.country.map(|country| country.name.to_owned()).unwrap_or_default(),
        row.admin1().into(),
        row.admin2.clone(),
        String::new(),
        row.location().into(),
        lat,
        lon,
        row.geo_precision().map(|n| n.to_string()).unwrap_or_default(),
        row.outlets().join("; "),
        scale(row).into(),
        row.notes(),
        row.killed.best.to_string(),
        if matches!(row.acled.event_type, "Protests" | "Riots") { "crowd size=no report".into() } else { String::new() },
        row.stored().map(|seconds| seconds.to_string()).unwrap_or_default(),
    ]
}

fn disorder(event_type: &str) -> &'static str {
    match event_type {
        "Protests" => "Demonstrations",
        "Riots" => "Demonstrations; Political violence",
        "Strategic developments" => "Strategic developments",
        _ => "Political violence",
    }
}

/// ACLED's kind of actor; it depends on where the actor stands.
fn inter(actor: &Actor, row: &Row, home: Option<&str>) -> &'static str {
    match actor.body {
        Body::Civilians if row.acled.event_type == "Protests" => "Protesters",
        Body::Civilians if row.acled.event_type == "Riots" => "Rioters",
        Body::State if actor.country.as_deref() == home || home.is_none() => "State forces",
        Body::State | Body::Other => "External/Other forces",
        Body::Rebels => "Rebel group",
        Body::Militia => "Political militia",
        Body::Communal => "Identity militia",
        Body::Civilians => "Civilians",
    }
}

/// How many outlets; which of them are local or international is not known.
fn scale(row: &Row) -> &'static str {
    match row.outlets().len() {
        0 => "",
        1 => "Other",
        _ => "Other-Other",
    }
}
