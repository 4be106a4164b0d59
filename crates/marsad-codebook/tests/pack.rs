//! What the check of a language pack tells.

use marsad_codebook::{Level, Report, check_pack};
use std::path::{Path, PathBuf};

/// A pack of one file in a folder of its own.
fn check(name: &str, toml: &str) -> Report {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("a.toml"), toml).unwrap();
    check_pack(&folder).unwrap()
}

const ROLES: &str = "[clitics]\narticle = \"ال\"\nbefore = [[], [\"و\"], [\"ب\"]]\nelided = []\nafter = []\nshortest = 2\n[[roles]]\nname = \"attack\"\nsubject = \"perpetrator\"\nobject = \"target\"\n";

#[test]
fn malformed_tables_are_placed() {
    let report = check("malformed", "[[entry]]\nclass = \"weapon\"\nvalue = \"sword\"\nwords = [\"سيف\"]\n");
    let lines: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
    assert!(lines.iter().any(|l| l == "a.toml:3:9: error: unknown value «sword» of class «weapon»"), "{lines:?}");
    assert!(!report.is_ok());
    assert!(report.summary.contains("1 errors"), "{}", report.summary);
    let report = check("broken", "[[entry]\nclass = \"weapon\"\n");
    assert_eq!(report.count(Level::Error), 1);
    assert_eq!(report.findings[0].line, 1);
}

#[test]
fn failing_examples_are_placed() {
    let frame = "[[frame]]\nid = \"test.hujum\"\nkind = \"attack\"\naction = \"armed_attack\"\nroles = \"attack\"\nweapon = \"small_arms\"\nphrases = [\"هجوم مسلح\"]\n";
    let good = "yes = [{ text = \"وقع هجوم مسلح فجر اليوم\", action = \"armed_attack\" }]\nno = [\"عاد الهدوء إلى المدينة\"]\n";
    let report = check("good", &format!("{ROLES}{frame}{good}"));
    assert_eq!(report.count(Level::Error), 0, "{report}");
    let bad = "yes = [\n    { text = \"عاد الهدوء\" },\n    { text = \"وقع هجوم مسلح فجر اليوم\", action = \"shelling\" },\n]\nno = [\"وقع هجوم مسلح فجر اليوم\"]\n";
    let report = check("bad", &format!("{ROLES}{frame}{bad}"));
    let lines: Vec<u32> = report.findings.iter().filter(|f| f.level == Level::Error).map(|f| f.line).collect();
    assert_eq!(lines, [19, 20, 22], "{report}");
}

#[test]
fn known_failures_are_warnings_and_may_only_shrink() {
    let frame =
        "[[frame]]\nid = \"test.hujum\"\nkind = \"attack\"\naction = \"armed_attack\"\nroles = \"attack\"\nphrases = [\"هجوم مسلح\"]\n";
    let examples = "yes = [{ text = \"عاد الهدوء\" }]\nno = [\"عاد الهدوء إلى المدينة\"]\n";
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("known");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("known-failures.txt"), "# not yet\nعاد الهدوء\n").unwrap();
    let report = check("known", &format!("{ROLES}{frame}{examples}"));
    assert_eq!((report.count(Level::Error), report.count(Level::Warning)), (0, 1), "{report}");
    std::fs::write(folder.join("known-failures.txt"), "عاد الهدوء\nعاد الهدوء إلى المدينة\n").unwrap();
    let lines: Vec<String> = check("known", &format!("{ROLES}{frame}{examples}"))
        .findings
        .iter()
        .filter(|f| f.level == Level::Error)
        .map(ToString::to_string)
        .collect();
    assert_eq!(lines.len(), 1);
    assert!(lines[0].starts_with("known-failures.txt:2:1: error: stale"), "{lines:?}");
}

#[test]
fn frames_without_examples_are_told() {
    let frame =
        "[[frame]]\nid = \"test.hujum\"\nkind = \"attack\"\naction = \"armed_attack\"\nroles = \"attack\"\nphrases = [\"هجوم مسلح\"]\n";
    let report = check("bare", &format!("{ROLES}{frame}"));
    assert_eq!(report.findings.len(), 1, "{report}");
    assert_eq!(report.findings[0].level, Level::Warning);
}

#[test]
fn arabic_pack_is_well_formed() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../languages/ar");
    let report = check_pack(&folder).unwrap();
    let errors: Vec<String> = report.findings.iter().filter(|f| f.level == Level::Error).map(ToString::to_string).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}
