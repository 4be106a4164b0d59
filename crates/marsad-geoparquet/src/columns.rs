//! The columns.

use marsad_export::{Actor, Figure, Row};

/// The values of a column, one for each row.
pub(crate) enum Column {
    Text(Vec<Option<String>>),
    Whole(Vec<Option<i32>>),
    Real(Vec<Option<f64>>),
    Bytes(Vec<Option<Vec<u8>>>),
    List(Vec<Vec<String>>),
}

/// Name and type of every column, in the order of [`of`].
const SCHEMA: &[(&str, &str)] = &[
    ("id", "text"),
    ("start", "day"),
    ("end", "day"),
    ("time_precision", "int"),
    ("action", "text"),
    ("acled_event_type", "text"),
    ("acled_sub_event_type", "text"),
    ("perpetrators", "list"),
    ("targets", "list"),
    ("country", "text"),
    ("country_code", "text"),
    ("admin1", "text"),
    ("location", "text"),
    ("radius_km", "real"),
    ("geo_precision", "int"),
    ("killed_low", "int"),
    ("killed_best", "int"),
    ("killed_high", "int"),
    ("injured_low", "int"),
    ("injured_best", "int"),
    ("injured_high", "int"),
    ("voices", "int"),
    ("confidence", "real"),
    ("outlets", "list"),
    ("notes", "text"),
    ("geometry", "point"),
];

/// The schema as Parquet writes it.
pub(crate) fn schema() -> String {
    let column = |(name, kind): &(&str, &str)| match *kind {
        "day" => format!("  optional int32 {name} (DATE);\n"),
        "int" => format!("  optional int32 {name};\n"),
        "real" => format!("  optional double {name};\n"),
        "point" => format!("  optional binary {name};\n"),
        "list" => format!("  required group {name} (LIST) {{ repeated group list {{ required binary element (STRING); }} }}\n"),
        _ => format!("  optional binary {name} (STRING);\n"),
    };
    format!("message incidents {{\n{}}}", SCHEMA.iter().map(column).collect::<String>())
}

/// The columns of these rows.
pub(crate) fn of(rows: &[Row]) -> Vec<Column> {
    let text = |of: &dyn Fn(&Row) -> Option<String>| Column::Text(rows.iter().map(|row| of(row).filter(|text| !text.is_empty())).collect());
    let whole = |of: &dyn Fn(&Row) -> Option<i32>| Column::Whole(rows.iter().map(of).collect());
    let real = |of: &dyn Fn(&Row) -> Option<f64>| Column::Real(rows.iter().map(of).collect());
    let list = |of: &dyn Fn(&Row) -> Vec<String>| Column::List(rows.iter().map(of).collect());
    let names = |actors: &[Actor]| actors.iter().map(|actor| actor.name.clone()).collect();
    let number = |number: u32| Some(i32::try_from(number).unwrap_or(i32::MAX));
    let toll = |of: &dyn Fn(&Row) -> Figure| {
        [whole(&|row| number(of(row).low)), whole(&|row| number(of(row).best)), whole(&|row| number(of(row).high))]
    };
    let place = |row: &Row| row.incident.place.clone();
    let mut out = vec![
        text(&|row| Some(row.incident.id.clone())),
        whole(&|row| row.days.map(|(start, _)| epoch_day(start))),
        whole(&|row| row.days.map(|(_, end)| epoch_day(end))),
        whole(&|row| Some(row.time_precision().into())),
        text(&|row| Some(row.incident.action.name().to_owned())),
        text(&|row| Some(row.acled.event_type.to_owned())),
        text(&|row| Some(row.acled.sub_event_type.to_owned())),
        list(&|row| names(&row.doers)),
        list(&|row| names(&row.targets)),
        text(&|row| row.country.map(|country| country.name.to_owned())),
        text(&|row| place(row)?.country),
        text(&|row| Some(row.admin1().to_owned())),
        text(&|row| Some(row.location().to_owned())),
        real(&|row| place(row)?.radius_km),
        whole(&|row| row.geo_precision().map(Into::into)),
    ];
    out.extend(toll(&|row| row.killed));
    out.extend(toll(&|row| row.injured));
    out.extend([
        whole(&|row| number(row.incident.voices)),
        real(&|row| Some(row.incident.confidence)),
        list(&|row| row.outlets().into_iter().map(str::to_owned).collect()),
        text(&|row| Some(row.notes())),
        Column::Bytes(rows.iter().map(|row| row.point().map(wkb)).collect()),
    ]);
    out
}

/// Days since 1970-01-01.
fn epoch_day(day: marsad_export::Date) -> i32 {
    let hours = day.duration_since(marsad_export::Date::constant(1970, 1, 1)).as_hours();
    i32::try_from(hours / 24).unwrap_or_default()
}

/// A point of (latitude, longitude) as well-known binary, little endian, longitude first.
fn wkb((lat, lon): (f64, f64)) -> Vec<u8> {
    let mut out = vec![1, 1, 0, 0, 0];
    out.extend_from_slice(&lon.to_le_bytes());
    out.extend_from_slice(&lat.to_le_bytes());
    out
}
