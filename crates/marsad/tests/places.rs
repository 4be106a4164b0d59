//! The commands on places.

use assert_cmd::Command;
use std::path::PathBuf;

/// A folder for one test, in which user data would lie.
struct Home(PathBuf);

impl Home {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("marsad-home-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Home(path)
    }
    fn marsad(&self, arguments: &[&str]) -> assert_cmd::assert::Assert {
        let mut command = Command::cargo_bin("marsad").unwrap();
        command.env_remove("MARSAD_PLACES").env("XDG_DATA_HOME", &self.0).current_dir(&self.0).args(arguments).assert()
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn stdout(assert: &assert_cmd::assert::Assert) -> String {
    String::from_utf8_lossy(&assert.get_output().stdout).into_owned()
}

fn stderr(assert: &assert_cmd::assert::Assert) -> String {
    String::from_utf8_lossy(&assert.get_output().stderr).into_owned()
}

#[test]
fn bare_names_are_found() {
    let home = Home::new("search");
    for (name, lat, lon) in
        [("الباب", 36.37, 37.52), ("القصير", 34.51, 36.58), ("سلوك", 36.6, 39.13), ("نصيب", 32.55, 36.18), ("الحراك", 32.75, 36.31)]
    {
        let run = home.marsad(&["places", "search", name, "--country", "SY"]).success();
        let first: serde_json::Value = serde_json::from_str(stdout(&run).lines().next().unwrap()).unwrap();
        let near = |key: &str, wanted: f64| (first[key].as_f64().unwrap() - wanted).abs() < 0.05;
        assert!(near("lat", lat) && near("lon", lon), "{name}: {first}");
        let keys: Vec<&String> = first.as_object().unwrap().keys().collect();
        let wanted =
            ["name", "english", "id", "kind", "country", "admin1", "admin2", "lat", "lon", "radius_km", "score", "distance_km", "source"];
        assert_eq!(keys, wanted);
    }
    let near = home.marsad(&["places", "search", "القصور", "--near", "35.13,36.75", "--limit", "1"]).success();
    assert!(stdout(&near).contains("\"admin1\":\"Hama\""), "{}", stdout(&near));
    let none = home.marsad(&["places", "search", "ليست", "في", "القائمة", "أبدا"]).success();
    assert!(stdout(&none).is_empty() && stderr(&none).contains("no place of this name"));
    home.marsad(&["places", "search", "حلب", "--near", "95,10"]).failure();
}

#[test]
fn what_is_imported_is_used() {
    let home = Home::new("import");
    let line = "77\tTest\tTest\tتل الاختبار الطويل\t36.40\t37.20\tP\tPPL\tSY\t\t09\t\t\t\t0\t\t400\tAsia/Damascus\t2020-01-31\n";
    std::fs::write(home.0.join("SY.txt"), line).unwrap();
    let done = home.marsad(&["places", "import", "SY.txt"]).success();
    assert!(stderr(&done).contains("1 new"), "{}", stderr(&done));
    let found = home.marsad(&["places", "search", "تل", "الاختبار", "الطويل"]).success();
    assert!(stdout(&found).contains("\"gn:77\"") && stdout(&found).contains("\"source\":\"user\""));
    let stats = home.marsad(&["places", "stats"]).success();
    let stats: serde_json::Value = serde_json::from_str(&stdout(&stats)).unwrap();
    assert_eq!(stats["user"]["places"], 1);
    assert!(stats["built_in"]["bytes"].as_u64().unwrap() < 12_000_000, "the embedded gazetteer must stay under 12 MB");
    // A faulty file changes nothing and is told of with its line.
    std::fs::write(home.0.join("IQ.txt"), &line[..60]).unwrap();
    let refused = home.marsad(&["places", "import", "IQ.txt"]).code(2);
    assert!(stderr(&refused).contains("IQ.txt:1: "), "{}", stderr(&refused));
    home.marsad(&["places", "search", "تل", "الاختبار", "الطويل"]).success();
    // Nor is a gazetteer of another version used, or written over.
    let file = home.0.join("marsad/places.gaz");
    std::fs::write(&file, "MARSADU0 and so on, and so forth").unwrap();
    let told = home.marsad(&["places", "search", "حلب"]).code(2);
    assert!(stderr(&told).contains("another version") && stdout(&told).contains("Aleppo"));
    home.marsad(&["places", "import", "SY.txt"]).code(2);
    home.marsad(&["places", "import", "SY.txt", "--replace"]).success();
    home.marsad(&["places", "search", "حلب", "--places", "none.gaz"]).code(2);
}
