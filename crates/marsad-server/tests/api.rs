//! What the API promises to those who read and review.

mod served;

use serde_json::json;
use served::{Served, escaped};
use std::path::Path;

#[test]
fn the_committed_openapi_document_is_that_of_the_server() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema/openapi.json");
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    let now = format!("{}\n", serde_json::to_string_pretty(&marsad_server::openapi()).unwrap());
    assert!(
        committed == now,
        "schema/openapi.json is old; `cargo run -p marsad-server --example openapi > schema/openapi.json` makes it anew"
    );
}

#[test]
fn lists_are_filtered_counted_and_paged() {
    let served = Served::single();
    let me = served.alone();
    let all = served.get("/api/incidents?limit=1000").json();
    let total = all["total"].as_u64().unwrap() as usize;
    assert!(total > 10 && all["incidents"].as_array().unwrap().len() == total);
    // Pages are the list, cut, in every order.
    for sort in ["newest", "oldest", "deadliest", "least_sure", "most_told"] {
        let whole: Vec<String> =
            served.incidents(&me, &format!("limit=1000&sort={sort}")).iter().map(|one| one["id"].to_string()).collect();
        let (mut paged, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = served.get(&format!("/api/incidents?limit=3&sort={sort}&cursor={}", escaped(&cursor))).json();
            paged.extend(page["incidents"].as_array().unwrap().iter().map(|one| one["id"].to_string()));
            match page["next"].as_str() {
                Some(next) => cursor = next.to_owned(),
                None => break,
            }
        }
        assert_eq!(paged, whole, "{sort}");
    }
    let count = |query: &str| served.get(&format!("/api/incidents?{query}")).json()["total"].as_u64().unwrap() as usize;
    let first = served.incidents(&me, "action=car_bomb").first().cloned().expect("an example tells of one");
    assert_eq!(first["action"], "car_bomb");
    let country = first["place"]["country"].as_str().unwrap();
    assert!((1..total).contains(&count(&format!("country={}", country.to_lowercase()))));
    let outlet = escaped(first["outlets"][0].as_str().unwrap());
    assert!((1..total).contains(&count(&format!("outlet={outlet}"))));
    let (lat, lon) = (first["place"]["lat"].as_f64().unwrap(), first["place"]["lon"].as_f64().unwrap());
    assert!(count(&format!("action=car_bomb&bbox={},{},{},{}", lon - 0.1, lat - 0.1, lon + 0.1, lat + 0.1)) >= 1);
    assert_eq!(count(&format!("bbox={},{},{},{}", lon + 50.0, lat, lon + 51.0, lat + 1.0)), 0);
    let day = first["start"].as_str().unwrap();
    assert!(count(&format!("from={day}&to={day}&action=car_bomb")) >= 1);
    assert_eq!(count("from=2100-01-01"), 0);
    assert_eq!(count("killed_min=0&killed_max=1000000"), total);
    assert!(count("killed_min=1") < total && count("confidence_min=0.9") < total);
    assert_eq!(count("actor=nobody-at-all") + count("place=nowhere-at-all") + count("text=quux"), 0);
    let word = first["place"]["name"].as_str().unwrap().to_lowercase();
    assert!(count(&format!("text={}", escaped(&word))) >= 1 && count(&format!("place={}", escaped(&word))) >= 1);
    assert_eq!(count("state=rejected"), 0);
    for wrong in [
        "from=yesterday",
        "action=party",
        "killed_min=many",
        "bbox=1,2",
        "state=done",
        "sort=best",
        "limit=0",
        "cursor=x",
        "disputed=perhaps",
    ] {
        let reply = served.get(&format!("/api/incidents?{wrong}"));
        assert_eq!((reply.status, reply.header("content-type")), (400, Some("application/problem+json")), "{wrong}: {reply:?}");
    }
}

#[test]
fn evidence_stands_where_the_answer_says() {
    let served = Served::single();
    let me = served.alone();
    let mut seen = 0;
    for incident in served.incidents(&me, "limit=1000") {
        let detail = served.get(&format!("/api/incidents/{}", incident["id"].as_str().unwrap())).json();
        assert_eq!(detail["incident"]["id"], incident["id"]);
        for report in detail["reports"].as_array().unwrap() {
            let letters: Vec<char> = report["document"]["text"].as_str().unwrap().chars().collect();
            for event in report["document"]["events"].as_array().unwrap() {
                let (start, end) = (event["trigger"]["span"][0].as_u64().unwrap(), event["trigger"]["span"][1].as_u64().unwrap());
                let words: String = letters[start as usize..end as usize].iter().collect();
                assert_eq!(words, event["trigger"]["text"].as_str().unwrap());
                seen += 1;
            }
        }
    }
    assert!(seen > 20);
    assert_eq!(served.get("/api/incidents/0000000000000000").status, 404);
}

#[test]
fn an_answer_that_is_known_is_not_sent_again() {
    let served = Served::single();
    for path in
        ["/api/incidents", "/api/map", "/api/timeline", "/api/trends", "/api/stats", "/api/sources", "/api/vocabulary", "/api/openapi.json"]
    {
        let first = served.get(path);
        let tag = first.header("etag").unwrap_or_else(|| panic!("{path}: {first:?}")).to_owned();
        let again = served.send("GET", path, &[("if-none-match", &tag)], "");
        assert_eq!((again.status, again.body.as_str()), (304, ""), "{path}");
    }
    let me = served.alone();
    let list = served.get("/api/incidents");
    let id = list.json()["incidents"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(me.post(&format!("/api/incidents/{id}/state"), &json!({"state": "in_review"})).status, 200);
    let again = served.send("GET", "/api/incidents", &[("if-none-match", list.header("etag").unwrap())], "");
    assert_eq!(again.status, 200, "a review makes another list");
}

#[test]
fn tables_and_maps_come_to_those_who_ask_for_them() {
    let served = Served::single();
    let total = served.get("/api/incidents").json()["total"].as_u64().unwrap() as usize;
    let map = served.send("GET", "/api/incidents", &[("accept", "application/geo+json")], "");
    assert_eq!(map.header("content-type"), Some("application/geo+json"));
    assert_eq!(map.json()["features"].as_array().unwrap().len(), total);
    let table = served.send("GET", "/api/incidents?action=car_bomb", &[("accept", "text/csv")], "");
    assert!(table.body.starts_with("id,date_start") && table.body.lines().count() > 2, "{}", table.body);
    for format in ["acled", "ucdp", "plover", "geojson", "hxl", "jsonl"] {
        let reply = served.get(&format!("/api/export/{format}?killed_min=1"));
        assert!(reply.status == 200 && !reply.body.is_empty(), "{format}");
        assert!(reply.header("content-disposition").unwrap().contains(format));
    }
    assert_eq!(served.get("/api/export/xls").status, 404);
}

#[test]
fn the_map_has_every_incident_once_at_every_zoom() {
    let served = Served::single();
    let total = served.get("/api/incidents").json()["total"].as_u64().unwrap();
    for zoom in [0, 3, 6, 9, 12] {
        let map = served.get(&format!("/api/map?zoom={zoom}")).json();
        let sum: u64 = map["features"].as_array().unwrap().iter().map(|one| one["count"].as_u64().unwrap()).sum();
        assert_eq!(sum, map["placed"].as_u64().unwrap(), "{zoom}");
        assert_eq!(sum + map["unplaced"].as_u64().unwrap(), total, "{zoom}");
    }
    let close = served.get("/api/map?zoom=12").json();
    for feature in close["features"].as_array().unwrap() {
        let incident = served.get(&format!("/api/incidents/{}", feature["ids"][0].as_str().unwrap())).json();
        let exact = incident["summary"]["place"]["precision"] == "exact";
        assert_eq!(feature["kind"] == "point", exact, "only what is told exactly is a point: {feature}");
        assert_eq!(feature["kind"] == "area", feature["radius_km"].is_number());
    }
    let days: u64 =
        served.get("/api/timeline").json()["periods"].as_array().unwrap().iter().map(|one| one["incidents"].as_u64().unwrap()).sum();
    assert_eq!(days + served.get("/api/timeline").json()["undated"].as_u64().unwrap(), total);
    let trends = served.get("/api/trends?by=action&series=60").json();
    let sum: u64 = trends["series"].as_array().unwrap().iter().map(|one| one["total"].as_u64().unwrap()).sum();
    assert_eq!(sum, days);
}

#[test]
fn a_text_is_coded_with_its_reasons() {
    let served = Served::single();
    let me = served.alone();
    let text = "قُتل ثلاثة مدنيين وأصيب خمسة آخرون في غارة جوية على بلدة كفرنبل أمس.";
    let reply = me.post("/api/code", &json!({"text": text, "published": "2019-07-23"}));
    assert_eq!(reply.status, 200, "{reply:?}");
    let coded = reply.json();
    assert_eq!(coded["record"]["events"][0]["action"], "airstrike");
    assert_eq!(coded["record"]["events"][0]["when"]["start"], "2019-07-22");
    assert!(!coded["reasons"].as_array().unwrap().is_empty());
    assert_eq!(me.post("/api/code", &json!({"text": text, "published": "soon"})).status, 400);
}

#[test]
fn what_people_put_right_is_laid_over_and_can_be_taken_back() {
    let served = Served::single();
    let me = served.alone();
    let incident = served.incidents(&me, "killed_min=2").first().cloned().unwrap();
    let id = incident["id"].as_str().unwrap();
    let path = format!("/api/incidents/{id}");
    let machine = me.get(&path).json()["incident"].clone();
    let toll = machine["casualties"].as_array().unwrap().iter().find(|toll| toll["outcome"] == "killed").unwrap().clone();
    let field = format!("killed/{}", toll["group"].as_str().unwrap());
    let right = json!({"field": field, "value": {"low": 40, "best": 41, "high": 42}, "reason": "the hospital's list"});
    let done = me.post(&format!("{path}/fields"), &right);
    assert_eq!(done.status, 200, "{done:?}");
    let number = done.json()["number"].as_i64().unwrap();
    let now = me.get(&path).json();
    let of = |detail: &serde_json::Value| {
        detail["incident"]["casualties"]
            .as_array()
            .unwrap()
            .iter()
            .find(|t| t["group"] == toll["group"] && t["outcome"] == "killed")
            .unwrap()["best"]
            .clone()
    };
    assert_eq!((of(&now), &now["machine"]), (json!(41), &machine), "the machine's own record stays");
    let history = now["history"].as_array().unwrap();
    assert_eq!(
        (&history[0]["person"], &history[0]["reason"], &history[0]["new"]["best"]),
        (&json!("layla"), &json!("the hospital's list"), &json!(41))
    );
    assert_eq!(me.post(&format!("{path}/fields"), &right).status, 409, "nothing would change");
    for wrong in [
        json!({"field": field, "value": {"low": 9, "best": 5, "high": 7}}),
        json!({"field": field, "value": {"low": -1}}),
        json!({"field": "id", "value": "x"}),
        json!({"field": "action", "value": "party"}),
        json!({"field": "when", "value": {"start": "2023-02-30", "end": null, "precision": "day", "text": null, "span": null}}),
        json!({"field": "where", "value": {"lat": 400}}),
    ] {
        assert_eq!(me.post(&format!("{path}/fields"), &wrong).status, 400, "{wrong}");
    }
    assert_eq!(me.post(&format!("/api/reviews/{number}/undo"), &json!({"reason": "the wrong list"})).status, 200);
    let undone = me.get(&path).json();
    assert_eq!(undone["incident"], machine);
    assert_eq!(undone["history"].as_array().unwrap().len(), 2, "both stay in the history");
    assert_eq!(me.post(&format!("/api/reviews/{number}/undo"), &json!({})).status, 409);
    // A state, a comment, hands.
    assert_eq!(me.post(&format!("{path}/state"), &json!({"state": "rejected"})).status, 200);
    assert!(served.incidents(&me, "limit=1000").iter().all(|one| one["id"] != id), "what is rejected is not listed");
    assert_eq!(served.incidents(&me, "state=rejected").len(), 1);
    assert_eq!(me.post(&format!("{path}/comments"), &json!({"text": "is this the market?"})).status, 200);
    assert_eq!(me.post(&format!("{path}/comments"), &json!({"text": "  "})).status, 400);
    assert_eq!(me.post(&format!("{path}/assignee"), &json!({"assignee": "layla"})).status, 200);
    let now = me.get(&path).json();
    assert_eq!((&now["summary"]["assignee"], &now["comments"][0]["text"]), (&json!("layla"), &json!("is this the market?")));
    assert_eq!(me.post(&format!("{path}/assignee"), &json!({"assignee": "stranger"})).status, 400);
    let quality = me.get("/api/quality").json();
    assert_eq!((&quality["reviewed"], &quality["rejected"]), (&json!(1), &json!(1)));
}

#[test]
fn incidents_are_merged_split_and_parted_again() {
    let served = Served::single();
    let me = served.alone();
    let total = || served.get("/api/incidents").json()["total"].as_u64().unwrap();
    let before = total();
    let all = served.incidents(&me, "limit=1000");
    let (a, b) = (all[0]["id"].as_str().unwrap(), all[1]["id"].as_str().unwrap());
    let merged = me.post(&format!("/api/incidents/{a}/merge"), &json!({"with": [b], "reason": "one happening"}));
    assert_eq!(merged.status, 200, "{merged:?}");
    let one = merged.json()["incident"].as_str().unwrap().to_owned();
    assert_eq!(total(), before - 1);
    let detail = me.get(&format!("/api/incidents/{one}")).json();
    let events = detail["incident"]["events"].as_array().unwrap().clone();
    assert_eq!(detail["history"][0]["kind"], "merge");
    let split = me.post(&format!("/api/incidents/{one}/split"), &json!({"events": [events[0]]}));
    assert_eq!(split.status, 200, "{split:?}");
    assert!(total() >= before);
    let number = split.json()["number"].as_i64().unwrap();
    assert_eq!(me.post(&format!("/api/decisions/{number}/undo"), &json!({})).status, 200);
    assert_eq!(total(), before - 1);
    assert_eq!(me.post(&format!("/api/decisions/{}/undo", number - 1), &json!({})).status, 200);
    assert_eq!(total(), before);
    for wrong in [json!({"with": []}), json!({"with": [a]})] {
        assert_eq!(me.post(&format!("/api/incidents/{a}/merge"), &wrong).status, 400);
    }
    assert_eq!(me.post(&format!("/api/incidents/{a}/merge"), &json!({"with": ["feed"]})).status, 404);
    assert_eq!(me.post(&format!("/api/incidents/{a}/split"), &json!({"events": ["x#1"]})).status, 400);
    assert_eq!(me.post("/api/decisions/99/undo", &json!({})).status, 409);
}

#[test]
fn the_public_view_holds_only_what_may_be_published() {
    let served = Served::public();
    let list = served.get("/api/incidents?limit=1000");
    let incidents = list.json()["incidents"].as_array().unwrap().clone();
    assert!(!incidents.is_empty());
    for incident in &incidents {
        let place = &incident["place"];
        if let Some(lat) = place["lat"].as_f64() {
            assert!(((lat * 100.0).round() as i64).rem_euclid(10) == 5, "the middle of a cell: {lat}");
            assert_ne!(place["precision"], "exact");
        }
        assert_eq!(place["told"].as_str().unwrap_or_default(), "");
        let detail = served.get(&format!("/api/incidents/{}", incident["id"].as_str().unwrap()));
        let letters = |text: &str| text.chars().any(|c| ('\u{600}'..'\u{6ff}').contains(&c));
        let json = detail.json();
        for part in json["incident"]["participants"].as_array().unwrap() {
            assert_eq!(part["text"], "");
        }
        for report in json["reports"].as_array().unwrap() {
            let document = &report["document"];
            assert!(
                document["text"].is_null() && document["title"].is_null() && document["url"].is_null() && document["events"] == json!([])
            );
        }
        assert!(!letters(&json["incident"].to_string()), "no words of reports: {}", json["incident"]);
    }
    // Words of reports cannot be guessed by searching for them either.
    let known = Served::single();
    let hit = known.get(&format!("/api/incidents?text={}", escaped("صهاريج"))).json()["total"].as_u64().unwrap();
    assert!(hit > 0);
    assert_eq!(served.get(&format!("/api/incidents?text={}", escaped("صهاريج"))).json()["total"], 0);
    let id = incidents[0]["id"].as_str().unwrap();
    assert_eq!(
        served.send("POST", &format!("/api/incidents/{id}/state"), &[("content-type", "application/json")], "{\"state\":\"final\"}").status,
        403
    );
    let document = known.get(&format!("/api/incidents/{id}")).json()["reports"][0]["document"]["id"].as_str().unwrap().to_owned();
    assert_eq!(served.get(&format!("/api/documents/{document}")).status, 403);
    assert_eq!(known.get(&format!("/api/documents/{document}")).status, 200);
}

#[test]
fn those_who_keep_it_running_see_how_it_is() {
    let served = Served::single();
    assert_eq!(served.get("/healthz").body, "ok\n");
    served.get("/api/incidents");
    let metrics = served.get("/metrics").body;
    assert!(metrics.contains("marsad_requests_total{route=\"/api/incidents\",status=\"200\"}"), "{metrics}");
    assert!(metrics.contains("marsad_incidents ") && metrics.contains("le=\"+Inf\""));
}

#[test]
fn words_are_found_in_the_texts_of_reports() {
    let served = Served::single();
    let count = |query: &str| served.get(&format!("/api/incidents?text={}", escaped(query))).json()["total"].as_u64().unwrap();
    // Stands in the text alone, neither in the headline nor in a value; with another word written together with it, too.
    let began = std::time::Instant::now();
    while count("طابقين") == 0 {
        assert!(began.elapsed().as_secs() < 30, "the index is filled soon after the start");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert!(count("\"رفع الأنقاض\"") >= 1 && count("\"الأنقاض رفع\"") == 0, "a phrase");
    assert_eq!((count("طابقين -غارة"), count("طابق*")), (0, count("طابقين")), "what must not be there, and a beginning");
    let map = served.get(&format!("/api/map?text={}", escaped("طابقين"))).json();
    assert_eq!(map["placed"].as_u64().unwrap() + map["unplaced"].as_u64().unwrap(), count("طابقين"), "every view looks the same way");
    assert_eq!(count("\" ' ) OR 1=1 --"), 0);
    let public = Served::public();
    assert_eq!(public.get(&format!("/api/incidents?text={}", escaped("طابقين"))).json()["total"], 0, "what is not shown is not searched");
}

#[test]
fn events_are_added_and_taken_out() {
    let served = Served::single();
    let me = served.alone();
    let total = || served.get("/api/incidents").json()["total"].as_u64().unwrap();
    let before = total();
    // One report, one event: taken out, there is nothing left to tell.
    let all = served.incidents(&me, "limit=1000");
    let details = all.iter().map(|one| me.get(&format!("/api/incidents/{}", one["id"].as_str().unwrap())).json());
    let detail = details.into_iter().find(|detail| detail["incident"]["events"].as_array().unwrap().len() == 1).unwrap();
    let single = detail["incident"]["id"].clone();
    let (document, event) = (detail["reports"][0]["document"].clone(), detail["incident"]["events"][0].as_str().unwrap().to_owned());
    let of = format!("/api/documents/{}/events", document["id"].as_str().unwrap());
    let number = event.rsplit_once('#').unwrap().1;
    let out = me.send("DELETE", &format!("{of}/{number}"), &json!({"reason": "a match, not a fight"}));
    assert_eq!(out.status, 200, "{out:?}");
    assert_eq!((total(), &out.json()["event"]), (before - 1, &json!(event)));
    assert_eq!(me.send("DELETE", &format!("{of}/{number}"), &json!({})).status, 409, "it is gone");
    let listed = me.get("/api/amendments").json()["amendments"][0].clone();
    assert_eq!((&listed["kind"], &listed["person"], &listed["reason"]), (&json!("drop"), &json!("layla"), &json!("a match, not a fight")));
    let undo = format!("/api/amendments/{}/undo", listed["number"]);
    assert_eq!(me.post(&undo, &json!({})).json()["incident"], single, "the machine's coding was never lost");
    assert_eq!((total(), me.post(&undo, &json!({})).status), (before, 409));
    // An event that was not seen: its words are those of the text, and it makes an incident.
    let text: Vec<char> = document["text"].as_str().unwrap().chars().collect();
    let new = json!({"action": "abduction", "trigger": [0, 5], "start": "2019-03-02", "place": {"name": "Raqqa", "country": "SY", "lat": 35.95,
        "lon": 39.01, "radius_km": 3.0, "precision": "exact"}, "participants": [{"actor": "unidentified", "role": "perpetrator",
        "certainty": "stated"}], "casualties": [{"outcome": "abducted", "group": "all", "low": null, "best": 4, "high": null}]});
    let added = me.post(&of, &new);
    assert_eq!(added.status, 200, "{added:?}");
    let (event, incident) = (added.json()["event"].clone(), added.json()["incident"].as_str().unwrap().to_owned());
    assert_eq!(total(), before + 1);
    let told = me.get(&format!("/api/incidents/{incident}")).json();
    assert_eq!((&told["summary"]["action"], &told["summary"]["start"]), (&json!("abduction"), &json!("2019-03-02")));
    let own = told["reports"][0]["document"]["events"].as_array().unwrap().iter().find(|one| one["id"] == event).unwrap().clone();
    assert_eq!(own["trigger"]["text"], json!(text[..5].iter().collect::<String>()));
    assert_eq!((&own["rules"], &own["casualties"][0]["low"]), (&json!(["person"]), &json!(4)));
    assert_eq!(told["history"].as_array().unwrap().last().unwrap()["kind"], "event_added");
    for (field, wrong) in [
        ("trigger", json!([5, 5])),
        ("trigger", json!([0, 1_000_000])),
        ("start", json!("soon")),
        ("end", json!("2019-01-01")),
        ("place", json!({"name": "x", "lat": 400.0, "lon": 0.0, "precision": "exact"})),
        ("casualties", json!([{"outcome": "killed", "group": "all", "low": 9, "best": 2, "high": null}])),
    ] {
        let mut body = new.clone();
        body[field] = wrong;
        assert_eq!(me.post(&of, &body).status, 400, "{body}");
    }
    assert_eq!(me.post("/api/documents/none/events", &new).status, 404);
}

#[test]
fn answers_that_are_kept_are_those_of_now() {
    let served = Served::single();
    let me = served.alone();
    let paths = ["/api/incidents?limit=1000", "/api/incidents?limit=1000&state=reviewed", "/api/map", "/api/timeline", "/api/stats"];
    let tags = || paths.map(|path| served.get(path).header("etag").unwrap().to_owned());
    let first = served.incidents(&me, "limit=1&killed_min=1")[0]["id"].as_str().unwrap().to_owned();
    let count = |path: &str| served.get(path).json()["incidents"].as_array().unwrap().len();
    let (before, all) = (tags(), count(paths[0]));
    assert_eq!(count(paths[1]), 0);
    assert_eq!(me.post(&format!("/api/incidents/{first}/state"), &json!({"state": "reviewed"})).status, 200);
    let reviewed = tags();
    assert_eq!((count(paths[0]), count(paths[1])), (all, 1));
    assert!(reviewed[0] != before[0] && reviewed[1] != before[1] && reviewed[4] != before[4]);
    assert_eq!((&reviewed[2], &reviewed[3]), (&before[2], &before[3]), "places and days are what they were");
    assert_eq!(me.post(&format!("/api/incidents/{first}/state"), &json!({"state": "rejected"})).status, 200);
    let rejected = tags();
    assert_eq!(count(paths[0]), all - 1);
    assert!(rejected[2] != reviewed[2] && rejected[3] != reviewed[3]);
    let days = |served: &Served| served.get("/api/timeline").json()["periods"].as_array().unwrap().len();
    let second = served.incidents(&me, "limit=1")[0]["id"].as_str().unwrap().to_owned();
    let (many, when) = (days(&served), json!({"start": "2001-01-01", "end": "2001-01-01", "precision": "day", "text": null, "span": null}));
    assert_eq!(me.post(&format!("/api/incidents/{second}/fields"), &json!({"field": "when", "value": when})).status, 200);
    assert!(days(&served) != many && tags()[3] != rejected[3], "a corrected day is where it belongs");
}
