//! The report that started the project, beside the repository in `../shared/eval`: everything that must come out of it, and nothing else.

use marsad_coder::Coder;
use marsad_model::Document;
use serde_json::{Value, json};
use std::path::Path;

/// The events of the report; nothing, with a word on it, where the report is not at hand.
fn events() -> Option<Vec<Value>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/eval/first-article.txt");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: {} is not at hand", path.display());
        return None;
    };
    let document: Document =
        serde_json::from_value(json!({ "id": "first", "language": "ar", "published": "2022-01-16", "text": text })).expect("a document");
    let coded = Coder::embedded().session().code(&document);
    Some(coded.events.iter().map(|e| serde_json::to_value(e).expect("an event")).collect())
}

/// One field of every row of a slot.
fn all<'a>(event: &'a Value, slot: &str, field: &str) -> Vec<&'a str> {
    event[slot].as_array().into_iter().flatten().filter_map(|row| row[field].as_str()).collect()
}

/// The actors of one role.
fn actors<'a>(event: &'a Value, role: &str) -> Vec<&'a str> {
    let rows = event["participants"].as_array().into_iter().flatten().filter(|p| p["role"] == role);
    rows.filter_map(|p| p["actor"].as_str()).collect()
}

#[test]
fn the_first_article_comes_out_whole() {
    let Some(events) = events() else { return };
    let told: Vec<_> = events.iter().map(|e| (e["action"].as_str().unwrap_or(""), e["scope"].as_str().unwrap_or(""))).collect();
    let expected = [
        ("armed_attack", "incident"),
        ("air_activity", "incident"),
        ("deployment", "incident"),
        ("airstrike", "incident"),
        ("armed_attack", "aggregate"),
        ("territory_gain", "background"),
        ("detention", "aggregate"),
        ("assassination", "aggregate"),
    ];
    assert_eq!(told, expected, "the spokesman's words are no incident");
    let [attack, cover, patrols, strikes, attacks, loss, detained, killings] = &events[..] else { unreachable!() };

    assert_eq!((&attack["when"]["start"], &attack["when"]["end"]), (&json!("2022-01-15"), &json!("2022-01-15")));
    assert_eq!((all(attack, "weapons", "class"), all(attack, "objects", "class")), (vec!["machine_gun"], vec!["bus"]));
    assert_eq!((actors(attack, "perpetrator"), actors(attack, "target")), (vec!["unidentified", "is"], vec!["syr-gov"]));
    let suspect = attack["participants"].as_array().and_then(|rows| rows.iter().find(|p| p["actor"] == "is")).expect("IS");
    assert_eq!(suspect["certainty"], "suspected");
    assert!(suspect["according_to"].is_string(), "{suspect}");
    for outcome in ["killed", "injured"] {
        let rows = attack["casualties"].as_array().expect("casualties");
        let row = rows.iter().find(|c| c["outcome"] == outcome).expect(outcome);
        assert!(row["best"].is_null(), "no number is told: {row}");
    }
    assert!(all(attack, "where", "name").contains(&"Rusafah desert"), "{}", attack["where"]);
    assert!(all(attack, "where", "name").contains(&"Eastern Raqqa countryside"), "{}", attack["where"]);
    assert_eq!(all(attack, "attribution", "kind")[0], "local_network");

    for (answer, actor) in [(cover, "rus"), (patrols, "syr-gov")] {
        assert_eq!(actors(answer, "perpetrator"), [actor]);
        assert_eq!(all(answer, "relations", "kind"), ["response_to"]);
    }
    assert_eq!(all(cover, "weapons", "class"), ["helicopter"]);
    assert_eq!(all(patrols, "where", "name"), ["Al-Rusafah"]);
    assert_eq!((&strikes["strikes"], actors(strikes, "perpetrator"), actors(strikes, "target")), (&json!(4), vec!["rus"], vec!["is"]));

    assert_eq!((actors(attacks, "perpetrator"), actors(attacks, "target").len()), (vec!["is"], 4));
    assert_eq!((&loss["when"]["start"], actors(loss, "target")), (&json!("2019-03-01"), vec!["is"]));
    assert_eq!(all(loss, "where", "name"), ["Al-Baghuz"]);
    assert_eq!((&detained["casualties"][0]["low"], &detained["casualties"][0]["vague"]), (&json!(20), &json!(true)));
    assert_eq!(all(killings, "where", "precision"), ["admin1"; 3]);
}
