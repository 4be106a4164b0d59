//! `marsad link` from end to end, on invented reports.

use assert_cmd::Command;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("link-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn marsad(folder: &Path, arguments: &[&str], input: &str) -> (i32, String, String) {
    let mut command = Command::cargo_bin("marsad").unwrap();
    let output = command.current_dir(folder).args(arguments).write_stdin(input.to_owned()).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

fn rows(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Coded lines of reports on two towns, in invented words.
fn coded(folder: &Path) -> Vec<String> {
    let report = |id: &str, outlet: &str, text: &str| {
        format!("{}\n", json!({"id": id, "outlet": outlet, "title": id, "published": "2023-08-14", "language": "ar", "text": text}))
    };
    let input = [
        report("a", "وكالة الضفاف", "قتل خمسة مدنيين بقصف مدفعي لقوات النظام على مدينة الباب في ريف حلب الشرقي، أمس الأحد."),
        report("b", "موقع السنديان", "أسفر قصف مدفعي نفذته قوات النظام أمس الأحد على مدينة الباب بريف حلب عن مقتل خمسة مدنيين."),
        report("c", "شبكة الغدير", "قتل خمسة مدنيين بقصف مدفعي لقوات النظام على مدينة درعا، أمس الأحد."),
    ];
    let (code, out, told) = marsad(folder, &["code", "--from", "jsonl", "-"], &input.concat());
    assert_eq!(code, 0, "{told}");
    out.lines().map(Into::into).collect()
}

#[test]
fn reports_of_one_incident_are_one_line() {
    let folder = folder("one");
    let lines = coded(&folder);
    let (code, out, told) = marsad(&folder, &["link", "-"], &lines.join("\n"));
    assert_eq!(code, 0, "{told}");
    let mut groups: Vec<_> = rows(&out).iter().map(|row| row["documents"].to_string()).collect();
    groups.sort();
    assert_eq!(groups, [r#"["a","b"]"#, r#"["c"]"#], "{out}");
    let first = rows(&out).into_iter().find(|row| row["voices"] == 2).unwrap();
    assert_eq!((&first["record"], &first["action"]), (&json!("marsad-incident/1"), &json!("shelling")));
    // Files, their order, and a copy of one change nothing.
    std::fs::write(folder.join("x.jsonl"), format!("{}\n{}\n", lines[2], lines[1])).unwrap();
    std::fs::write(folder.join("y.jsonl"), format!("\n{}\r\n{}", lines[0], lines[1])).unwrap();
    assert_eq!(marsad(&folder, &["link", "x.jsonl", "y.jsonl"], "").1, out);
    assert_eq!(marsad(&folder, &["link", "y.jsonl", "x.jsonl", "-o", "out.jsonl"], "").0, 0);
    assert_eq!(std::fs::read_to_string(folder.join("out.jsonl")).unwrap(), out);
}

#[test]
fn bad_lines_are_told_and_the_rest_is_linked() {
    let folder = folder("bad");
    let lines = coded(&folder);
    let error = r#"{"record":"marsad/1","error":"no text","file":"q.txt","line":null}"#;
    let other = lines[0].replacen("marsad/1", "marsad/9", 1);
    std::fs::write(folder.join("bad.jsonl"), format!("{}\n{{\"record\":\n{error}\n{other}\n{{}}\n{}\n", lines[0], lines[1])).unwrap();
    let (code, out, told) = marsad(&folder, &["link", "bad.jsonl", "missing.jsonl"], "");
    assert_eq!((code, rows(&out).len()), (2, 1), "{told}");
    let expected = [
        "bad.jsonl:2: not JSON",
        "bad.jsonl:3: this document could not",
        "bad.jsonl:4: this is a record of kind \"marsad/9\"",
        "bad.jsonl:5: not a line of `marsad code`",
        "missing.jsonl: cannot be read",
    ];
    for (line, start) in told.lines().zip(expected) {
        assert!(line.starts_with(start), "{told}");
    }
    let (code, out, _) = marsad(&folder, &["link", "-"], "");
    assert_eq!((code, out.as_str()), (0, ""));
    assert_eq!(marsad(&folder, &["link"], "").0, 2);
}
