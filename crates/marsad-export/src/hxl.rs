//! A table with HXL tags, as humanitarian data exchanges read it.

use crate::row::Row;
use crate::table::degrees;

pub(crate) const COLUMNS: &[&str] = &[
    "id",
    "date_start",
    "date_end",
    "action",
    "perpetrator",
    "target",
    "country",
    "country_code",
    "admin1",
    "location",
    "latitude",
    "longitude",
    "killed_low",
    "killed",
    "killed_high",
    "injured",
    "reports",
    "confidence",
    "description",
];
pub(crate) const TAGS: &[&str] = &[
    "#event+id",
    "#date+start",
    "#date+end",
    "#event+type",
    "#group+name+perpetrator",
    "#group+name+target",
    "#country+name",
    "#country+code+v_iso2",
    "#adm1+name",
    "#loc+name",
    "#geo+lat",
    "#geo+lon",
    "#affected+killed+min",
    "#affected+killed",
    "#affected+killed+max",
    "#affected+injured",
    "#meta+source+num",
    "#indicator+confidence",
    "#description",
];

pub(crate) fn fields(row: &Row) -> Vec<String> {
    let names = |actors: &[crate::Actor]| actors.iter().map(|actor| actor.name.as_str()).collect::<Vec<_>>().join("; ");
    let (lat, lon) = row.point().map(|(lat, lon)| (degrees(lat), degrees(lon))).unwrap_or_default();
    vec![
        row.incident.id.clone(),
        row.start(),
        row.days.map(|(_, end)| end.to_string()).unwrap_or_default(),
        row.incident.action.name().into(),
        names(&row.doers),
        names(&row.targets),
        row.country.map(|country| country.name.to_owned()).unwrap_or_default(),
        row.country.map(|country| country.code.to_owned()).unwrap_or_default(),
        row.admin1().into(),
        row.location().into(),
        lat,
        lon,
        row.killed.low.to_string(),
        row.killed.best.to_string(),
        row.killed.high.to_string(),
        row.injured.best.to_string(),
        row.incident.voices.to_string(),
        format!("{:.2}", row.incident.confidence),
        row.notes(),
    ]
}
