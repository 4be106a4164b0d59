//! Invented records: outlets, places and happenings that do not exist.

#![allow(dead_code, reason = "each test needs some of it")]

use marsad_model::Coded;
use serde_json::{Value, json};

/// An invented town: its name, and where it lies.
#[derive(Clone, Copy)]
pub struct Town(pub &'static str, pub f64, pub f64);

pub const NAKHLA: Town = Town("بلدة نخلة الوادي", 35.10, 37.20);
pub const SAHL: Town = Town("قرية سهل الغراب", 35.80, 38.60);

/// A toll of people killed.
pub fn killed(n: u32) -> Value {
    json!({"outcome": "killed", "group": "all", "of": null, "low": n, "best": n, "high": n, "vague": false, "text": "قتلى", "span": [0, 4]})
}

/// An event on a day; `town` where one is told.
pub fn event(day: &str, town: Option<Town>, action: &str, casualties: &[Value]) -> Value {
    let places: Vec<Value> = town
        .map(|Town(text, lat, lon)| {
            json!({"text": text, "name": text, "country": "SY", "admin1": null, "lat": lat, "lon": lon, "radius_km": 2.0, "relation": "in",
                   "precision": "exact", "place_id": format!("test:{lat}"), "span": [10, 20]})
        })
        .into_iter()
        .collect();
    json!({"id": "", "action": action, "scope": "incident", "realis": "actual",
           "acled": {"event_type": "x", "sub_event_type": "x"}, "plover": {"type": "x", "mode": null},
           "trigger": {"text": "قصف", "span": [0, 3]},
           "when": {"start": day, "end": day, "precision": "day", "text": "أمس", "span": [4, 7]}, "where": places,
           "participants": [{"role": "perpetrator", "actor": "syr-gov", "text": "قوات", "certainty": "stated", "span": [5, 9]}],
           "weapons": [], "objects": [], "casualties": casualties, "strikes": null, "attribution": [], "relations": [],
           "confidence": 0.9, "rules": []})
}

/// A document of an invented outlet with these events.
pub fn document(id: &str, published: &str, events: &[Value]) -> Coded {
    let mut events = events.to_vec();
    for (n, event) in events.iter_mut().enumerate() {
        event["id"] = json!(format!("{id}#{}", n + 1));
    }
    let record = json!({"record": "marsad/1", "events": events, "document": {"id": id, "url": null, "outlet": format!("وكالة {id}"),
        "title": format!("عنوان {id}"), "published": published, "language": "ar", "sha256": format!("hash of {id}"), "chars": 100}});
    serde_json::from_value(record).unwrap()
}

const TOWNS: [Town; 5] =
    [NAKHLA, SAHL, Town("قرية تل الحمام", 35.14, 37.25), Town("عين السدر", 35.10, 37.21), Town("بلدة نخلة الوادي", 35.3, 37.2)];

/// An invented event, as numbers choose.
pub fn told(of: [u8; 5]) -> Value {
    let [day, place, dead, action, how] = of;
    let days = ["2031-05-03", "2031-05-04", "2031-05-05", "2031-05-06", "not a day"];
    let actions = ["shelling", "airstrike", "killing", "detention"];
    let town = TOWNS.get(place as usize % 9).copied();
    let tolls: Vec<_> = (dead % 4 > 0).then(|| killed((dead % 4).into())).into_iter().collect();
    let mut event = event(days[day as usize % 5], town, actions[action as usize % 4], &tolls);
    match how % 12 {
        0 => event["scope"] = json!("background"),
        1 => event["when"]["precision"] = json!("unknown"),
        2 => event["when"]["end"] = json!("2031-05-20"),
        3 => event["participants"] = json!([]),
        4 => {
            event["where"] = json!([{"text": "ريف", "name": "X", "country": "SY", "admin1": null, "lat": 35.2, "lon": 37.3,
            "radius_km": 40.0, "relation": "in", "precision": "area", "place_id": null, "span": [0, 1]}])
        }
        5 => event["scope"] = json!("aggregate"),
        _ => {}
    }
    event
}
