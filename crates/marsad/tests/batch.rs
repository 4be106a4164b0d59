//! `marsad batch` from end to end: every kind of input, killed in the middle, damaged in every way.

use assert_cmd::cargo::cargo_bin;
use flate2::{Compression, write::GzEncoder};
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::record::{Field, Row};
use parquet::schema::parser::parse_message_type;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

const REPORT: &str = "قتل خمسة مدنيين بقصف مدفعي لقوات النظام على مدينة الباب في ريف حلب الشرقي، أمس الأحد";

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(cargo_bin("marsad"));
    command.current_dir(folder).arg("batch").args(arguments);
    command
}

fn batch(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let output = command(folder, arguments).output().unwrap();
    (output.status.code().unwrap_or(-1), String::from_utf8(output.stderr).unwrap())
}

fn json_lines(from: usize, count: usize) -> String {
    let line = |n: usize| {
        let month = n % 5 + 1;
        format!("{{\"id\":\"d{n}\",\"published\":\"2031-0{month}-07\",\"outlet\":\"وكالة الضفاف\",\"text\":\"{REPORT}. رقم {n}\"}}\n")
    };
    (from..from + count).map(line).collect()
}

fn parquet(path: &Path, count: usize) {
    let schema = Arc::new(parse_message_type("message d { required binary id (STRING); optional binary text (STRING); }").unwrap());
    let mut writer = SerializedFileWriter::new(File::create(path).unwrap(), schema, Arc::default()).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let ids: Vec<ByteArray> = (0..count).map(|n| format!("p{n}").as_str().into()).collect();
    let texts: Vec<ByteArray> = (0..count).map(|n| format!("{REPORT}. صف {n}").as_str().into()).collect();
    for (values, levels) in [(ids, None), (texts, Some(vec![1; count]))] {
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<ByteArrayType>().write_batch(&values, levels.as_deref(), None).unwrap();
        column.close().unwrap();
    }
    group.close().unwrap();
    writer.close().unwrap();
}

fn warc(count: usize) -> Vec<u8> {
    let mut out = Vec::new();
    for n in 0..count {
        let page = format!("<html><body><article><h1>خبر {n}</h1><p>{REPORT}</p><p>{REPORT}</p><p>{REPORT}</p></article></body></html>");
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
        let record = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{n}>\r\nWARC-Target-URI: https://x.example/2031/05/07/{n}\r\n\
             Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{answer}\r\n\r\n",
            answer.len()
        );
        let mut member = GzEncoder::new(Vec::new(), Compression::fast());
        member.write_all(record.as_bytes()).unwrap();
        out.extend(member.finish().unwrap());
    }
    out
}

/// All files of a folder but the lock, by their names from there on.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut out = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.file_name().unwrap() != "_lock" {
                out.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    out
}

fn rows(folder: &Path) -> Vec<Row> {
    let mut out = Vec::new();
    for path in files(folder).into_keys().filter(|path| path.extension().is_some_and(|ending| ending == "parquet")) {
        let reader = SerializedFileReader::new(File::open(folder.join(path)).unwrap()).unwrap();
        out.extend(reader.get_row_iter(None).unwrap().map(Result::unwrap));
    }
    out
}

fn column<'r>(row: &'r Row, name: &str) -> &'r Field {
    row.get_column_iter().find(|(column, _)| *column == name).unwrap().1
}

fn text(row: &Row, name: &str) -> String {
    match column(row, name) {
        Field::Str(text) => text.clone(),
        other => other.to_string(),
    }
}

#[test]
fn every_kind_of_input_and_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::create_dir(folder.join("in")).unwrap();
    fs::write(folder.join("in/a.jsonl"), json_lines(0, 700)).unwrap();
    fs::write(folder.join("in/b.warc.gz"), warc(20)).unwrap();
    parquet(&folder.join("in/c.parquet"), 300);
    let (code, told) = batch(folder, &["in", "-o", "one", "--threads", "1", "--by-month"]);
    assert_eq!((code, told.as_str()), (0, "3 inputs coded, 1020 documents, 1020 events\n"));
    assert_eq!(batch(folder, &["in", "-o", "four", "--threads", "4", "--by-month"]).0, 0);
    let one = files(&folder.join("one"));
    assert_eq!(one, files(&folder.join("four")));
    let months = |month: &str| one.keys().filter(|path| path.starts_with(format!("published_month={month}"))).count();
    assert_eq!((months("2031-01"), months("2031-05"), months("__HIVE_DEFAULT_PARTITION__")), (1, 2, 1));
    let rows = rows(&folder.join("one"));
    assert_eq!(rows.len(), 1020);
    let first = rows.iter().find(|row| text(row, "id") == "d0").unwrap();
    assert_eq!((text(first, "outlet").as_str(), text(first, "sha256").len()), ("وكالة الضفاف", 64));
    assert!(column(first, "events").to_string().contains("shelling"), "{first}");

    // Again: nothing is done. One input more: that one is. One that changed: its files are made anew, and the old ones are gone.
    assert_eq!(
        batch(folder, &["in", "-o", "one", "--by-month"]),
        (0, "0 inputs coded, 0 documents, 0 events; 3 were done before\n".into())
    );
    fs::write(folder.join("in/d.jsonl"), json_lines(900, 3)).unwrap();
    fs::write(folder.join("in/a.jsonl"), json_lines(0, 10)).unwrap();
    assert_eq!(
        batch(folder, &["in", "-o", "one", "--by-month"]),
        (0, "2 inputs coded, 13 documents, 13 events; 2 were done before\n".into())
    );
    assert_eq!(self::rows(&folder.join("one")).len(), 333);
    let names: Vec<String> = files(&folder.join("one")).into_keys().map(|path| path.display().to_string()).collect();
    assert!(names.iter().filter(|name| name.contains("/a.jsonl-")).count() == 5, "{names:?}");

    // An output that was touched is made anew, other settings are refused.
    let touched = names.iter().find(|name| name.contains("d.jsonl")).unwrap();
    let before = fs::read(folder.join("one").join(touched)).unwrap();
    fs::write(folder.join("one").join(touched), "nothing").unwrap();
    assert!(batch(folder, &["in", "-o", "one", "--by-month"]).1.starts_with("1 inputs coded, 3 documents"));
    assert_eq!(fs::read(folder.join("one").join(touched)).unwrap(), before);
    let (code, told) = batch(folder, &["in", "-o", "one"]);
    assert_eq!(code, 1);
    assert_eq!(told, "marsad: one: its files were made with other settings; give another folder, or --anew to begin again\n");
    assert_eq!(batch(folder, &["in", "-o", "one", "--anew"]).0, 0);
    assert!(files(&folder.join("one")).keys().all(|path| !path.starts_with("published_month=2031-01")));
    assert_eq!(self::rows(&folder.join("one")).len(), 333);
}

#[test]
fn killed_and_started_again() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let inputs = ["a.jsonl", "b.jsonl", "c.jsonl", "d.jsonl"];
    for (n, name) in inputs.iter().enumerate() {
        fs::write(folder.join(name), json_lines(n * 10_000, 1500)).unwrap();
    }
    let arguments = |output| [&inputs[..], &["-o", output, "--by-month", "--threads", "2"]].concat();
    assert_eq!(batch(folder, &arguments("whole")).0, 0);

    let mut child = command(folder, &arguments("broken")).stderr(Stdio::null()).spawn().unwrap();
    let manifest = folder.join("broken/manifest.jsonl");
    let lines = || fs::read_to_string(&manifest).unwrap_or_default().lines().count();
    let begun = Instant::now();
    // Two files are done, and the next one is being written.
    let writing = || lines() >= 2 && folder.join("broken/_unfinished").exists();
    while !writing() && child.try_wait().unwrap().is_none() && begun.elapsed() < Duration::from_secs(120) {
        std::thread::sleep(Duration::from_millis(2));
    }
    // SIGKILL.
    child.kill().unwrap();
    child.wait().unwrap();
    let done = lines();
    assert!((2..4).contains(&done), "{done}");
    // What a kill within the write of a line leaves behind.
    fs::OpenOptions::new().append(true).open(&manifest).unwrap().write_all(b"{\"record\":\"marsad-ba").unwrap();
    let modified = |name: &str| fs::metadata(folder.join("broken").join(name)).unwrap().modified().unwrap();
    let first = files(&folder.join("broken")).into_keys().find(|path| path.display().to_string().contains("a.jsonl")).unwrap();
    let before = modified(first.to_str().unwrap());

    let (code, told) = batch(folder, &arguments("broken"));
    assert_eq!(code, 0, "{told}");
    assert_eq!(
        told,
        format!("{} inputs coded, {} documents, {} events; {done} were done before\n", 4 - done, (4 - done) * 1500, (4 - done) * 1500)
    );
    assert_eq!(modified(first.to_str().unwrap()), before);
    assert_eq!(files(&folder.join("broken")), files(&folder.join("whole")));
}

#[test]
fn damaged_inputs_cost_themselves() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("good.jsonl"), json_lines(0, 5)).unwrap();
    fs::write(folder.join("rows.jsonl"), format!("{}{{\"id\":\"x\",\"text\":null}}\nnot json\n{}", json_lines(0, 2), json_lines(5, 1)))
        .unwrap();
    parquet(&folder.join("footer.parquet"), 50);
    let mut bytes = fs::read(folder.join("footer.parquet")).unwrap();
    let end = bytes.len();
    bytes[end - 40..end - 8].fill(0xff);
    fs::write(folder.join("footer.parquet"), &bytes).unwrap();
    parquet(&folder.join("short.parquet"), 50);
    let whole = fs::read(folder.join("short.parquet")).unwrap();
    fs::write(folder.join("short.parquet"), &whole[..whole.len() / 2]).unwrap();
    let archive = warc(10);
    fs::write(folder.join("short.warc.gz"), &archive[..archive.len() - archive.len() / 20]).unwrap();
    let inputs = ["footer.parquet", "good.jsonl", "missing.jsonl", "rows.jsonl", "short.parquet", "short.warc.gz"];
    let (code, told) = batch(folder, &[&inputs[..], &["-o", "out"]].concat());
    assert_eq!(code, 2, "{told}");
    for part in [
        "footer.parquet: its footer cannot be read",
        "missing.jsonl: there is no such file; check its name\n",
        "rows.jsonl:3: ",
        "rows.jsonl:4: ",
        "short.parquet: its footer cannot be read",
        "short.warc.gz",
        "3 inputs coded, 17 documents, 17 events\n",
    ] {
        assert!(told.contains(part), "{part:?} is missing in {told}");
    }
    let rows = rows(&folder.join("out"));
    let bad: Vec<String> = rows.iter().filter(|row| text(row, "id") == "null").map(|row| text(row, "diagnostics")).collect();
    assert_eq!(bad.len(), 3, "{bad:?}");
    assert!(bad.iter().any(|told| told.contains("error: rows.jsonl:4: ")), "{bad:?}");
    // What could not be read at all is tried again; what was told of the rest is told again in short.
    let (code, told) = batch(folder, &[&inputs[..], &["-o", "out"]].concat());
    assert_eq!(code, 2);
    assert!(told.contains("footer.parquet: its footer") && told.contains("rows.jsonl: 2 problems were told when it was coded"), "{told}");
    assert!(told.contains("0 inputs coded, 0 documents, 0 events; 3 were done before\n"), "{told}");
    assert!(!folder.join("out/_unfinished").exists());
}

#[test]
fn streams_and_two_runs_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let mut child = command(folder, &["-", "-o", "out"]).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(json_lines(0, 3).as_bytes()).unwrap();
    let begun = Instant::now();
    while !folder.join("out/_unfinished").exists() && begun.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(5));
    }
    fs::write(folder.join("a.jsonl"), json_lines(0, 1)).unwrap();
    let (code, told) = batch(folder, &["a.jsonl", "-o", "out"]);
    assert_eq!((code, told.as_str()), (1, "marsad: out: another run writes to it; wait for it, or give another folder\n"));
    drop(input);
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "1 inputs coded, 3 documents, 3 events\n");
    // Under its hash, which is that of the same bytes in a file.
    fs::write(folder.join("stdin"), json_lines(0, 3)).unwrap();
    assert!(batch(folder, &["stdin", "-o", "out"]).1.ends_with("; 1 were done before\n"));
    let line = fs::read_to_string(folder.join("out/manifest.jsonl")).unwrap();
    let line: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!((&line["rows"], &line["outputs"][0]["rows"], &line["input"]), (&3.into(), &3.into(), &"stdin".into()));
}
