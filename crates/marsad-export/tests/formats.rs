//! What every format says of two invented incidents, and what the public may see of them.

use jiff::civil::{Date, date};
use marsad_export::{Actor, Body, Format, Knowledge, Policy, Row, Source, export};
use marsad_model::Incident;
use serde_json::{Value, json};

struct Known;

impl Knowledge for Known {
    fn actor(&self, id: &str, _: Option<Date>) -> Option<Actor> {
        let (name, body, country) = match id {
            "syr-gov" => ("Government of Syria", Body::State, Some("SY")),
            "civilians" => ("Civilians", Body::Civilians, None),
            _ => return None,
        };
        Some(Actor { name: name.into(), body, country: country.map(Into::into) })
    }

    fn source(&self, document: &str) -> Option<Source> {
        Some(Source {
            outlet: Some(format!("وكالة {document}")),
            title: Some("عنوان, \"قصير\"".into()),
            url: Some(format!("https://x.example/{document}")),
            published: Some("2031-05-05".into()),
            added: Some(format!("2031-05-06T0{}:00:00Z", document.len())),
        })
    }

    fn admin2(&self, place: &str) -> Option<String> {
        (place == "x:1").then(|| "Masyaf".into())
    }
}

fn participant(role: &str, actor: &str) -> Value {
    json!({"role": role, "actor": actor, "text": "فلان الفلاني", "certainty": "stated", "span": [1, 9], "supported_by": ["a#1"]})
}

fn incident() -> Incident {
    let toll = |outcome: &str, group: &str, low: u32, best: u32, high: u32| json!({"outcome": outcome, "group": group, "low": low, "best": best, "high": high, "reports": []});
    serde_json::from_value(json!({"record": "marsad-incident/1", "id": "00aa", "events": ["a#1", "b#1"], "documents": ["a", "b"], "voices": 2,
        "action": "shelling",
        "when": {"start": "2031-05-04", "end": "2031-05-04", "precision": "day", "text": "أمس", "span": [4, 7]},
        "where": {"text": "بلدة نخلة الوادي", "name": "Nakhlat al-Wadi", "country": "SY", "admin1": "Hama", "lat": 35.1234, "lon": 37.28, "radius_km": 2.0,
                  "relation": "in", "precision": "exact", "place_id": "x:1", "span": [10, 20]},
        "participants": [participant("perpetrator", "syr-gov"), participant("target", "civilians"), participant("victim", "civilians")],
        "casualties": [toll("killed", "civilians", 3, 4, 5), toll("killed", "combatants", 1, 1, 1), toll("killed", "women", 2, 2, 2), toll("injured", "all", 7, 7, 7)],
        "disagreements": [{"field": "where", "values": []}], "confidence": 0.95, "because": []}))
    .unwrap()
}

fn rows() -> Vec<Row> {
    let mut bare = incident();
    (bare.id, bare.when, bare.place, bare.voices) = ("00bb".into(), None, None, 1);
    bare.participants.clear();
    bare.casualties.clear();
    bare.documents.clear();
    [incident(), bare].iter().map(|incident| Row::new(incident, &Known)).collect()
}

fn written(rows: &[Row], format: Format) -> String {
    let mut out = Vec::new();
    export(rows, format, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The fields of a CSV line, by the names of the columns.
fn field(table: &str, line: usize, column: &str) -> String {
    let split = |line: &str| {
        let (mut out, mut quoted) = (vec![String::new()], false);
        for letter in line.chars() {
            match letter {
                '"' => quoted = !quoted,
                ',' if !quoted => out.push(String::new()),
                _ => out.last_mut().unwrap().push(letter),
            }
        }
        out
    };
    let lines: Vec<_> = table.lines().map(split).collect();
    assert!(lines.iter().all(|fields| fields.len() == lines[0].len()), "{table}");
    let at = lines[0].iter().position(|name| name == column).unwrap_or_else(|| panic!("{column}"));
    lines[line][at].clone()
}

#[test]
fn acled() {
    let table = written(&rows(), Format::Acled);
    for (column, value) in [
        ("event_id_cnty", "SY00aa"),
        ("event_date", "2031-05-04"),
        ("year", "2031"),
        ("time_precision", "1"),
        ("disorder_type", "Political violence"),
        ("event_type", "Explosions/Remote violence"),
        ("sub_event_type", "Shelling/artillery/missile attack"),
        ("actor1", "Government of Syria"),
        ("inter1", "State forces"),
        ("actor2", "Civilians"),
        ("inter2", "Civilians"),
        ("interaction", "State forces-Civilians"),
        ("civilian_targeting", "Civilian targeting"),
        ("iso", "760"),
        ("region", "Middle East"),
        ("country", "Syria"),
        ("admin1", "Hama"),
        ("admin2", "Masyaf"),
        ("timestamp", "1935795600"),
        ("location", "Nakhlat al-Wadi"),
        ("latitude", "35.1234"),
        ("longitude", "37.28"),
        ("geo_precision", "1"),
        ("source", "وكالة a; وكالة b"),
        ("source_scale", "Other-Other"),
        ("fatalities", "5"),
        (
            "notes",
            "On 4 May 2031, shelling by Government of Syria against Civilians in Nakhlat al-Wadi, Hama, Syria. 5 killed (reports tell 4 to 6). \
                   7 injured. Told by 2 independent reports.",
        ),
    ] {
        assert_eq!(field(&table, 1, column), value, "{column}");
    }
    assert_eq!(
        (field(&table, 2, "event_id_cnty"), field(&table, 2, "event_date"), field(&table, 2, "fatalities")),
        ("XX00bb".into(), "".into(), "0".into())
    );
}

#[test]
fn ucdp_holds_only_deaths() {
    let table = written(&rows(), Format::Ucdp);
    assert_eq!(table.lines().count(), 2);
    for (column, value) in [
        ("type_of_violence", "3"),
        ("dyad_name", "Government of Syria - Civilians"),
        ("best", "5"),
        ("low", "4"),
        ("high", "6"),
        ("deaths_civilians", "4"),
        ("deaths_unknown", "1"),
        ("conflict_name", "Government of Syria - Civilians"),
        ("where_description", "Nakhlat al-Wadi, within 2 km"),
        ("adm_2", "Masyaf"),
        ("where_prec", "1"),
        ("date_prec", "1"),
        ("geom_wkt", "POINT (37.28 35.1234)"),
        ("number_of_sources", "2"),
        ("priogrid_gid", "180435"),
        ("country_id", "652"),
        ("region", "Middle East"),
        ("gwnoa", "652"),
        ("gwnob", ""),
    ] {
        assert_eq!(field(&table, 1, column), value, "{column}");
    }
}

/// The names that the public codebooks give, in their order.
#[test]
fn tables_have_all_public_columns() {
    let acled = "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 actor2 \
                 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude longitude \
                 geo_precision source source_scale notes fatalities tags timestamp";
    let ucdp = "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id \
                dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources \
                source_article source_office source_date source_headline source_original where_prec where_coordinates where_description \
                adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity date_prec date_start \
                date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob";
    for (format, names) in [(Format::Acled, acled), (Format::Ucdp, ucdp)] {
        let table = written(&rows(), format);
        assert_eq!(table.lines().next().unwrap().split(',').collect::<Vec<_>>(), names.split_whitespace().collect::<Vec<_>>());
    }
}

/// Notes are English also where a place has no English name.
#[test]
fn notes_are_english() {
    let mut one = incident();
    one.place.as_mut().unwrap().name = None;
    let notes = Row::new(&one, &Known).notes();
    assert!(notes.is_ascii() && notes.contains(" in Hama, Syria."), "{notes}");
}

#[test]
fn hxl_has_a_tag_for_every_column() {
    let table = written(&rows(), Format::Hxl);
    assert_eq!((field(&table, 1, "killed").as_str(), field(&table, 2, "killed").as_str()), ("#affected+killed", "5"));
}

#[test]
fn json_formats() {
    let collection: Value = serde_json::from_str(&written(&rows(), Format::GeoJson)).unwrap();
    assert_eq!(collection["features"][0]["geometry"], json!({"type": "Point", "coordinates": [37.28, 35.1234]}));
    assert_eq!((&collection["features"][1]["geometry"], &collection["features"][0]["properties"]["killed"]), (&Value::Null, &json!(5)));
    let lines = written(&rows(), Format::Plover);
    let event: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(
        (&event["type"], &event["mode"], &event["source"][0]["country"]),
        (&json!("ASSAULT"), &json!("heavy-weapons"), &json!("SY"))
    );
    let back: Incident = serde_json::from_str(written(&rows(), Format::JsonLines).lines().next().unwrap()).unwrap();
    assert_eq!(back, incident());
}

#[test]
fn the_public_sees_neither_words_nor_exact_places() {
    let today = date(2031, 5, 18);
    let policy = Policy::standard();
    // Fourteen days have to pass, and what has no day is not published.
    assert!(rows().into_iter().all(|row| policy.apply(row, today.yesterday().unwrap()).is_none()));
    let shown: Vec<Row> = rows().into_iter().filter_map(|row| policy.apply(row, today)).collect();
    assert_eq!(shown.len(), 1);
    for format in [Format::Acled, Format::Ucdp, Format::Plover, Format::GeoJson, Format::Hxl, Format::JsonLines] {
        let text = written(&shown, format);
        for secret in ["فلان", "نخلة", "Nakhlat", "35.12", "37.28", "x.example", "قصير", "أمس", "x:1"] {
            assert!(!text.contains(secret), "{format:?} shows {secret}: {text}");
        }
    }
    let table = written(&shown, Format::Acled);
    assert_eq!(
        (field(&table, 1, "latitude").as_str(), field(&table, 1, "location").as_str(), field(&table, 1, "geo_precision").as_str()),
        ("35.15", "Hama", "3")
    );
    assert_eq!(field(&table, 1, "source"), "وكالة a; وكالة b");
    assert_eq!(shown[0].incident.place.as_ref().unwrap().radius_km, Some(10.0));
}
