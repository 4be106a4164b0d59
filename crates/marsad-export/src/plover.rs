//! PLOVER events.

use crate::row::{Actor, Row};
use serde_json::{Value, json};

pub(crate) fn event(row: &Row) -> Value {
    let actors = |actors: &[Actor]| -> Vec<Value> {
        actors.iter().map(|actor| json!({"actorText": actor.name, "country": actor.country})).collect()
    };
    let point = row.point();
    json!({
        "id": row.incident.id,
        "date": row.start(),
        "type": row.plover.kind,
        "mode": (!row.plover.mode.is_empty()).then_some(row.plover.mode),
        "source": actors(&row.doers),
        "target": actors(&row.targets),
        "event_location": {
            "lat": point.map(|p| p.0), "lon": point.map(|p| p.1), "placename": row.location(), "admin1": row.admin1(),
            "country": row.country.map(|country| country.code),
        },
        "fatalities": row.killed.best,
        "injuries": row.injured.best,
        "magnitude": {"low": row.killed.low, "high": row.killed.high},
        "text": row.notes(),
        "publishers": row.outlets(),
        "confidence": row.incident.confidence,
    })
}
