//! Counts of invented incidents.

use jiff::civil::{Date, date};
use marsad_model::Incident;
use marsad_stats::{Axis, Period, Read, count, csv, json_lines, picture, text};
use serde_json::{Value, json};

fn incident(day: Option<&str>, action: &str, country: &str, actors: &[&str], killed: [u32; 3]) -> Incident {
    let who = |actor: &&str| json!({"role": "perpetrator", "actor": actor, "text": "", "certainty": "stated", "span": [0, 1], "supported_by": []});
    let [low, best, high] = killed;
    serde_json::from_value(json!({"record": "marsad-incident/1", "id": "x", "events": [], "documents": [], "voices": 1, "action": action,
        "when": day.map(|day| json!({"start": day, "end": day, "precision": "day", "text": null, "span": null})),
        "where": {"text": "", "name": null, "country": country, "admin1": "North, \"Upper\"", "lat": null, "lon": null, "radius_km": null,
                  "relation": "in", "precision": "exact", "place_id": null, "span": [0, 1]},
        "participants": actors.iter().map(who).collect::<Vec<Value>>(),
        "casualties": [{"outcome": "killed", "group": "all", "low": low, "best": best, "high": high, "reports": []}],
        "disagreements": [], "confidence": 0.5, "because": []}))
    .unwrap()
}

fn incidents() -> Vec<Incident> {
    vec![
        incident(Some("2030-12-30"), "shelling", "SY", &["a", "b"], [1, 2, 3]),
        incident(Some("2031-01-05"), "shelling", "SY", &["a"], [4, 4, 4]),
        incident(Some("2031-01-20"), "clash", "IQ", &[], [0, 0, 0]),
        incident(None, "clash", "SY", &["b", "b"], [1, 1, 1]),
    ]
}

fn read() -> Vec<Read> {
    vec![(Some(date(2031, 1, 1)), 300), (Some(date(2031, 1, 5)), 100), (Some(date(2031, 1, 21)), 50), (None, 7)]
}

const ALWAYS: (Option<Date>, Option<Date>) = (None, None);

#[test]
fn weeks_begin_on_monday_and_none_is_left_out() {
    let stats = count(incidents().iter(), &read(), Some(Period::Week), None, ALWAYS);
    let rows: Vec<_> =
        stats.rows.iter().map(|row| (row.period.as_deref(), row.incidents, row.killed, row.documents, row.per_1000)).collect();
    assert_eq!(
        rows,
        [
            (Some("2031-W01"), 2, [5, 6, 7], Some(400), Some(5.0)),
            (Some("2031-W02"), 0, [0, 0, 0], Some(0), None),
            (Some("2031-W03"), 0, [0, 0, 0], Some(0), None),
            (Some("2031-W04"), 1, [0, 0, 0], Some(50), Some(20.0)),
            (None, 1, [1, 1, 1], None, None),
        ]
    );
    assert_eq!((stats.total.incidents, stats.total.killed, stats.total.documents), (4, [6, 7, 8], Some(457)));
    let months = count(incidents().iter(), &read(), Some(Period::Month), None, ALWAYS);
    let rows: Vec<_> = months.rows.iter().map(|row| (row.period.as_deref(), row.incidents)).collect();
    assert_eq!(rows, [(Some("2030-12"), 1), (Some("2031-01"), 2), (None, 1)]);
}

#[test]
fn an_incident_counts_once_for_each_of_its_actors() {
    let stats = count(incidents().iter(), &read(), None, Some(Axis::Actor), ALWAYS);
    let rows: Vec<_> = stats.rows.iter().map(|row| (row.group.as_deref().unwrap(), row.incidents, row.killed[1])).collect();
    assert_eq!(rows, [("a", 2, 6), ("b", 2, 3), ("unknown", 1, 0)]);
    assert_eq!(stats.total.incidents, 4);
    // Documents are those of the days that were asked for.
    let stats = count(incidents().iter(), &read(), None, Some(Axis::Country), (Some(date(2031, 1, 2)), Some(date(2031, 1, 20))));
    assert_eq!((stats.total.documents, stats.rows[0].per_1000), (Some(100), Some(30.0)));
}

#[test]
fn tables_say_the_same() {
    let stats = count(incidents().iter(), &read(), Some(Period::Week), Some(Axis::Admin1), ALWAYS);
    let table = csv(&stats);
    assert_eq!(
        table.lines().next().unwrap(),
        "period,start,admin1,incidents,killed_low,killed_best,killed_high,injured_low,injured_best,injured_high,documents,incidents_per_1000_documents"
    );
    assert!(table.contains("2031-W01,2030-12-30,\"North, \"\"Upper\"\", SY\",2,5,6,7,0,0,0,400,5.000\n"), "{table}");
    assert!(table.ends_with(",,\"North, \"\"Upper\"\", SY\",1,1,1,1,0,0,0,,\n"), "{table}");
    let rows: Vec<Value> = json_lines(&stats).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((rows.len(), &rows[0]["per_1000"], &rows[2]["documents"]), (3, &json!(5.0), &Value::Null));
    let lines: Vec<String> = text(&stats).lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(lines[1], "2031-W01 North, \"Upper\", SY 2 6 (5–7) 0 400 5.0");
    assert_eq!(lines.last().unwrap(), "all 4 7 (6–8) 0 457 8.8");
}

#[test]
fn pictures_have_axes_and_a_legend() {
    let many: Vec<Incident> = (0..40)
        .map(|n| {
            incident(
                Some(&format!("2031-{:02}-11", n % 12 + 1)),
                "clash",
                &format!("{}{}", (b'A' + n as u8 % 20) as char, "X"),
                &["<&>"],
                [1, 1, 1],
            )
        })
        .collect();
    let stats = count(many.iter(), &read(), Some(Period::Month), Some(Axis::Country), ALWAYS);
    let drawn = picture(&stats).unwrap();
    for part in ["Incidents per month by country", "per 1,000 documents read", "2031-0", "others", "AX"] {
        assert!(drawn.contains(part), "{part}");
    }
    assert_eq!(drawn, picture(&stats).unwrap());
    let drawn = picture(&count(many.iter(), &read(), None, Some(Axis::Actor), ALWAYS)).unwrap();
    assert!(drawn.contains("Incidents by actor") && !drawn.contains("<&>"), "{drawn}");
    assert!(picture(&count([].iter(), &[], Some(Period::Week), None, ALWAYS)).is_err());
    assert!(picture(&count(many.iter(), &read(), None, None, ALWAYS)).is_err());
}
