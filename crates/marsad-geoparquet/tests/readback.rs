//! What was written is read back.

use bytes::Bytes;
use marsad_export::{Actor, Body, Date, Knowledge, Row, Source};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use serde_json::{Value, json};
use std::collections::HashMap;

struct Known;

impl Knowledge for Known {
    fn actor(&self, id: &str, _: Option<Date>) -> Option<Actor> {
        Some(Actor { name: format!("The {id}"), body: Body::Rebels, country: None })
    }

    fn source(&self, document: &str) -> Option<Source> {
        Some(Source { outlet: Some(format!("وكالة {document}")), ..Source::default() })
    }

    fn admin2(&self, _: &str) -> Option<String> {
        None
    }
}

fn row(id: &str, place: Value, day: Option<&str>, documents: &[&str]) -> Row {
    let who = |role: &str, actor: &str| json!({"role": role, "actor": actor, "text": "", "certainty": "stated", "span": [0, 1], "supported_by": []});
    let incident =
        serde_json::from_value(json!({"record": "marsad-incident/1", "id": id, "events": [], "documents": documents, "voices": 2,
        "action": "airstrike", "when": day.map(|day| json!({"start": day, "end": day, "precision": "day", "text": null, "span": null})),
        "where": place, "participants": [who("perpetrator", "a"), who("perpetrator", "b")],
        "casualties": [{"outcome": "killed", "group": "all", "low": 3, "best": 4, "high": 6, "reports": []}],
        "disagreements": [], "confidence": 0.75, "because": []}));
    Row::new(&incident.unwrap(), &Known)
}

fn place(lat: Option<f64>, lon: Option<f64>) -> Value {
    json!({"text": "نخلة", "name": "Nakhla", "country": "SY", "admin1": "Hama", "lat": lat, "lon": lon, "radius_km": 2.5, "relation": "in",
        "precision": "exact", "place_id": null, "span": [0, 1]})
}

#[test]
fn rows_come_back() {
    let rows = [
        row("one", place(Some(35.5), Some(36.25)), Some("2031-05-04"), &["x", "y"]),
        row("two", Value::Null, None, &[]),
        row("three", place(Some(33.0), Some(-7.5)), Some("1969-12-31"), &["x"]),
        row("four", place(None, None), Some("1970-01-01"), &[]),
    ];
    let bytes = marsad_geoparquet::parquet(&rows).unwrap();
    assert_eq!(bytes, marsad_geoparquet::parquet(&rows).unwrap());
    let reader = SerializedFileReader::new(Bytes::from(bytes)).unwrap();
    let metadata = reader.metadata().file_metadata().key_value_metadata().unwrap();
    let geo = metadata.iter().find(|pair| pair.key == "geo").and_then(|pair| pair.value.clone()).unwrap();
    let geo: Value = serde_json::from_str(&geo).unwrap();
    assert_eq!((&geo["version"], &geo["primary_column"]), (&json!("1.1.0"), &json!("geometry")));
    assert_eq!(geo["columns"]["geometry"], json!({"encoding": "WKB", "geometry_types": ["Point"], "bbox": [-7.5, 33.0, 36.25, 35.5]}));

    let read: Vec<HashMap<String, Field>> = reader
        .get_row_iter(None)
        .unwrap()
        .map(|row| row.unwrap().get_column_iter().map(|(name, field)| (name.clone(), field.clone())).collect())
        .collect();
    assert_eq!(read.len(), 4);
    let text = |n: usize, column: &str| read[n][column].to_string();
    assert_eq!([text(0, "id"), text(3, "id")], ["\"one\"", "\"four\""]);
    assert_eq!([text(0, "start"), text(1, "start"), text(2, "end"), text(3, "start")], ["2031-05-04", "null", "1969-12-31", "1970-01-01"]);
    assert_eq!([text(0, "killed_low"), text(0, "killed_best"), text(0, "killed_high"), text(0, "injured_best")], ["3", "4", "6", "0"]);
    assert_eq!([text(0, "perpetrators"), text(0, "targets"), text(1, "outlets")], ["[\"The a\", \"The b\"]", "[]", "[]"]);
    assert_eq!(text(0, "outlets"), "[\"وكالة x\", \"وكالة y\"]");
    assert_eq!([text(0, "country"), text(0, "country_code"), text(1, "country")], ["\"Syria\"", "\"SY\"", "null"]);
    assert_eq!([text(0, "confidence"), text(0, "radius_km"), text(1, "radius_km")], ["0.75", "2.5", "null"]);
    let Field::Bytes(point) = &read[0]["geometry"] else { panic!("{:?}", read[0]["geometry"]) };
    let number = |at: usize| f64::from_le_bytes(point.data()[at..at + 8].try_into().unwrap());
    assert_eq!((&point.data()[..5], number(5), number(13)), (&[1, 1, 0, 0, 0][..], 36.25, 35.5));
    assert_eq!([text(1, "geometry"), text(3, "geometry")], ["null", "null"]);
}

#[test]
fn nothing_is_a_file_too() {
    let reader = SerializedFileReader::new(Bytes::from(marsad_geoparquet::parquet(&[]).unwrap())).unwrap();
    assert_eq!(reader.get_row_iter(None).unwrap().count(), 0);
    let columns = reader.metadata().file_metadata().schema_descr().num_columns();
    assert_eq!(columns, 26);
}
