//! Everything that people give by mistake: told with its place, the rest coded, exit code 2.

use assert_cmd::Command;
use serde_json::Value;
use std::path::{Path, PathBuf};

const REPORT: &str = "قتل خمسة أشخاص في قصف مدفعي على بلدة في الريف الجنوبي";

/// A folder of its own for each test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("bad-input-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn file(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    std::fs::write(folder.join(name), bytes).unwrap();
}

fn line(id: &str) -> String {
    format!("{{\"id\":\"{id}\",\"text\":\"{REPORT}\"}}\n")
}

struct Run {
    code: i32,
    rows: Vec<Value>,
    told: String,
}

fn marsad() -> Command {
    let mut command = Command::cargo_bin("marsad").unwrap();
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

fn code(folder: &Path, arguments: &[&str]) -> Run {
    let output = marsad().current_dir(folder).arg("code").args(arguments).output().unwrap();
    let rows = String::from_utf8(output.stdout).unwrap();
    Run {
        code: output.status.code().unwrap(),
        rows: rows.lines().map(|line| serde_json::from_str(line).unwrap()).collect(),
        told: String::from_utf8(output.stderr).unwrap(),
    }
}

/// One bad file among good ones: it has its own line, is told, and costs nothing else.
fn one_bad(name: &str, bytes: impl AsRef<[u8]>, reason: &str) {
    let folder = folder(&name.replace('.', "-"));
    file(&folder, "a.txt", REPORT);
    file(&folder, name, bytes);
    file(&folder, "z.jsonl", line("z1"));
    let run = code(&folder, &["a.txt", name, "z.jsonl"]);
    assert_eq!((run.code, run.rows.len()), (2, 3), "{}", run.told);
    assert_eq!((&run.rows[0]["document"]["id"], &run.rows[2]["document"]["id"]), (&Value::from("a"), &Value::from("z1")));
    let bad = &run.rows[1];
    assert_eq!((&bad["record"], &bad["file"], &bad["line"]), (&"marsad/1".into(), &name.into(), &Value::Null));
    assert!(bad["error"].as_str().unwrap().contains(reason), "{bad}");
    assert!(run.told.starts_with(&format!("{name}: ")) && run.told.contains(reason), "{}", run.told);
}

/// One odd file: it is coded, told, and the exit code is 2.
fn one_odd(name: &str, bytes: impl AsRef<[u8]>, reason: &str) -> Value {
    let folder = folder(&name.replace('.', "-"));
    file(&folder, name, bytes);
    let mut run = code(&folder, &[name]);
    assert_eq!((run.code, run.rows.len()), (2, 1), "{}", run.told);
    assert!(run.told.starts_with(name) && run.told.contains(reason), "{}", run.told);
    let row = run.rows.remove(0);
    assert!(row["events"].is_array(), "{row}");
    assert!(row["diagnostics"][0]["message"].as_str().unwrap().contains(reason), "{row}");
    row
}

#[test]
fn empty_files() {
    one_bad("empty.txt", "", "empty");
    one_bad("blank.txt", " \n\n", "no text");
    one_bad("empty.html", "<html><body></body></html>", "no text");
    one_bad("blank.jsonl", "\n", "no document");
}

#[test]
fn binary_files() {
    one_bad("nul.txt", [0x41, 0, 0x42, 0, 3], "binary");
    one_bad("report.pdf", b"%PDF-1.7 \x01\x02", "PDF");
}

#[test]
fn files_that_are_not_there() {
    let folder = folder("missing");
    file(&folder, "a.txt", REPORT);
    let run = code(&folder, &["missing.txt", "a.txt", "."]);
    assert_eq!((run.code, run.rows.len()), (2, 3), "{}", run.told);
    assert!(run.told.contains("missing.txt: there is no such file"), "{}", run.told);
    // A folder is read as the files in it; a name that was there before is told apart by its path.
    assert_eq!(run.rows[2]["document"]["id"], "./a.txt");
}

#[test]
fn other_encodings_are_read_and_told() {
    let utf16: Vec<u8> = format!("\u{feff}{REPORT}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let chars = Value::from(REPORT.chars().count());
    assert_eq!(one_odd("utf16.txt", utf16, "UTF-16")["document"]["chars"], chars);
    // windows-1256, letter by letter: alef, lam and so on stand in its upper half.
    let table = |c: char| match c {
        'ا' => 0xC7,
        'ل' => 0xE1,
        'ق' => 0xDE,
        'ت' => 0xCA,
        'خ' => 0xCE,
        'م' => 0xE3,
        'س' => 0xD3,
        'ة' => 0xC9,
        'أ' => 0xC3,
        'ش' => 0xD4,
        'ص' => 0xD5,
        'ف' => 0xDD,
        'ي' => 0xED,
        'د' => 0xCF,
        'ع' => 0xDA,
        'ى' => 0xEC,
        'ب' => 0xC8,
        'ر' => 0xD1,
        'ج' => 0xCC,
        'ن' => 0xE4,
        'و' => 0xE6,
        c => u8::try_from(u32::from(c)).unwrap(),
    };
    let windows: Vec<u8> = REPORT.chars().map(table).collect();
    assert_eq!(one_odd("windows.txt", windows, "windows-1256")["document"]["chars"], chars);
}

#[test]
fn other_languages_give_no_events() {
    for (name, text, language) in [
        (
            "fa.txt",
            "در حمله مردان مسلح به یک پاسگاه پلیس در جنوب شرق کشور پنج نفر کشته و چند تن دیگر زخمی شدند، خبرگزاری‌ها گزارش دادند",
            "Persian",
        ),
        ("he.txt", "חמישה בני אדם נהרגו הלילה בתקיפה אווירית בצפון הרצועה, כך דיווחו מקורות מקומיים", "Hebrew"),
        ("en.txt", "Five people were killed last night in an air strike on a village in the north, residents said.", "English"),
    ] {
        let row = one_odd(name, text, language);
        assert_eq!(row["events"], Value::Array(Vec::new()));
    }
}

#[test]
fn broken_lines_of_json() {
    let folder = folder("lines");
    let lines: Vec<String> = [
        line("a").as_str(),
        &line("b"),
        "\n",
        &line("c"),
        "{\"text\":\"x\"}\n",
        &line("a"),
        "{\"id\": \"broken\n",
        &format!("{{\"id\":\"d\",\"text\":\"{REPORT}\",\"published\":\"2022-02-30\"}}\n"),
        "[]\n",
        line("e").trim_end(),
    ]
    .map(String::from)
    .into();
    file(&folder, "in.jsonl", lines.concat());
    let run = code(&folder, &["in.jsonl"]);
    assert_eq!(run.code, 2);
    let places: Vec<String> = run
        .rows
        .iter()
        .map(|row| match row["line"].as_u64() {
            Some(line) => line.to_string(),
            None => row["document"]["id"].as_str().unwrap().to_owned(),
        })
        .collect();
    assert_eq!(places, ["a", "b", "c", "5", "6", "7", "d", "9", "e"]);
    for told in [
        "in.jsonl:5: the “id” is missing",
        "in.jsonl:6: the id “a” was already given at in.jsonl:1",
        "in.jsonl:7: broken JSON at column",
        "in.jsonl:8: “published” was left out: “2022-02-30” is not a day of the calendar",
        "in.jsonl:9: this is JSON, but no object",
    ] {
        assert!(run.told.contains(told), "{told}\n{}", run.told);
    }
    assert_eq!(run.rows[6]["document"]["published"], Value::Null);
}

#[test]
fn a_line_that_is_too_long() {
    let folder = folder("long");
    let mut bytes = line("a").into_bytes();
    bytes.extend(std::iter::repeat_n(b'x', 3 << 20));
    bytes.extend(format!("\n{}", line("b")).into_bytes());
    file(&folder, "in.jsonl", bytes);
    let run = code(&folder, &["in.jsonl", "--max-size", "1"]);
    assert_eq!((run.code, run.rows.len()), (2, 3));
    assert!(run.told.starts_with("in.jsonl:2: the line is 3072 KiB long"), "{}", run.told);
    assert_eq!(run.rows[2]["document"]["id"], "b");
}

#[test]
fn html_nested_without_end() {
    let folder = folder("nested");
    file(&folder, "deep.html", format!("<title>{REPORT}</title>{}{REPORT}", "<div><b>".repeat(200_000)));
    let run = code(&folder, &["deep.html"]);
    assert_eq!((run.code, run.rows.len()), (2, 1));
    assert!(run.told.contains("deep.html: this page is too large or too deeply nested"), "{}", run.told);
}

#[test]
fn wrong_usage_is_explained() {
    for arguments in [&["code"][..], &["code", "--published", "yesterday", "x.txt"], &["code", "--threads", "0", "x.txt"], &["no"]] {
        let output = marsad().args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty());
    }
    let output = marsad().args(["code", "x.txt", "-o", "/nonexistent/out.jsonl"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("/nonexistent/out.jsonl: cannot be written"));
}

#[test]
fn a_file_of_output_is_whole_or_absent() {
    let folder = folder("output");
    file(&folder, "a.txt", REPORT);
    file(&folder, "out.jsonl", "old");
    let run = code(&folder, &["a.txt", "-o", "out.jsonl"]);
    assert_eq!((run.code, run.rows.len()), (0, 0), "{}", run.told);
    let written = std::fs::read_to_string(folder.join("out.jsonl")).unwrap();
    let printed = marsad().current_dir(&folder).args(["code", "a.txt"]).output().unwrap().stdout;
    assert_eq!(written.as_bytes(), printed);
    let names: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[test]
fn standard_input_is_told_by_its_first_character() {
    for (input, id) in [(line("s1"), "s1"), (REPORT.to_owned(), "stdin"), (format!("<p>{REPORT}</p>"), "stdin")] {
        let output = marsad().args(["code", "-"]).write_stdin(input).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let row: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(row["document"]["id"], id);
    }
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let folder = folder("pipe");
    let lines: String = (0..3000).map(|i| line(&format!("d{i}"))).collect();
    file(&folder, "in.jsonl", lines);
    let program = assert_cmd::cargo::cargo_bin!("marsad");
    let mut child = std::process::Command::new(program)
        .current_dir(&folder)
        .args(["code", "in.jsonl"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap()), (Some(0), String::new()));
}

#[test]
fn explaining_shows_text_and_writes_a_page() {
    let folder = folder("explain");
    file(&folder, "a.txt", format!("{REPORT}\u{1b}[31m <script>"));
    let shown = marsad().current_dir(&folder).args(["explain", "a.txt"]).output().unwrap();
    assert_eq!(shown.status.code(), Some(0));
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(shown.contains("الريف الجنوبي") && !shown.contains('\u{1b}'), "{shown}");
    let colored = marsad().current_dir(&folder).args(["explain", "a.txt", "--color", "always"]).output().unwrap();
    assert!(String::from_utf8(colored.stdout).unwrap().contains("\u{1b}["));
    let done = marsad().current_dir(&folder).args(["explain", "a.txt", "--html", "a.html"]).output().unwrap();
    assert_eq!((done.status.code(), done.stdout.len()), (Some(0), 0));
    let page = std::fs::read_to_string(folder.join("a.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"));
    assert!(page.contains("dir=\"rtl\"") && page.contains("&lt;script&gt;") && !page.contains("<script"), "{page}");
}
