//! GeoJSON (RFC 7946).

use crate::row::Row;
use serde_json::{Value, json};

pub(crate) fn collection(rows: &[Row]) -> Value {
    json!({"type": "FeatureCollection", "features": rows.iter().map(feature).collect::<Vec<_>>()})
}

fn feature(row: &Row) -> Value {
    let geometry = row.point().map(|(lat, lon)| json!({"type": "Point", "coordinates": [lon, lat]}));
    let names = |actors: &[crate::Actor]| actors.iter().map(|actor| actor.name.clone()).collect::<Vec<_>>();
    json!({
        "type": "Feature",
        "id": row.incident.id,
        "geometry": geometry,
        "properties": {
            "action": row.incident.action.name(), "start": row.start(), "end": row.days.map(|(_, end)| end.to_string()),
            "place": row.location(), "admin1": row.admin1(), "country": row.country.map(|country| country.code),
            "radius_km": row.incident.place.as_ref().and_then(|place| place.radius_km),
            "perpetrators": names(&row.doers), "targets": names(&row.targets),
            "killed_low": row.killed.low, "killed": row.killed.best, "killed_high": row.killed.high, "injured": row.injured.best,
            "voices": row.incident.voices, "confidence": row.incident.confidence, "notes": row.notes(),
        },
    })
}
