//! `marsad ingest` from end to end: every kind of source, the same twice, killed in the middle.

#[path = "../../marsad-store/tests/postgres/mod.rs"]
#[allow(dead_code)]
mod postgres;

use assert_cmd::cargo::cargo_bin;
use flate2::{Compression, write::GzEncoder};
use marsad_store::{Folder, Head, Store};
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

const REPORT: &str = "قتل خمسة مدنيين بقصف مدفعي لقوات النظام على مدينة الباب في ريف حلب الشرقي، أمس الأحد";

fn marsad(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let output = Command::new(cargo_bin("marsad")).current_dir(folder).args(arguments).output().unwrap();
    (output.status.code().unwrap_or(-1), String::from_utf8(output.stderr).unwrap())
}

/// What is stored, in the order of addresses.
fn heads(observatory: &Path) -> Vec<Head> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut store = Store::open(&Folder::at(observatory).unwrap()).await.unwrap();
        let heads = store.heads().await.unwrap();
        store.close().await.unwrap();
        heads
    })
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn warc_record(n: usize, kind: &str, body: &str) -> Vec<u8> {
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n{body}");
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{n}>\r\nWARC-Target-URI: https://x.example/2023/08/14/{n}\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{answer}\r\n\r\n",
        answer.len()
    )
    .into_bytes()
}

/// A ZIP archive, written by hand; what ends in `l` is compressed.
fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        let (method, packed) = if name.ends_with('l') {
            let mut packed = flate2::write::DeflateEncoder::new(Vec::new(), Compression::best());
            packed.write_all(bytes).unwrap();
            (8, packed.finish().unwrap())
        } else {
            (0, bytes.to_vec())
        };
        let offset = out.len() as u32;
        let mut shared = vec![20, 0, 0, 8, method, 0, 0, 0, 0, 0];
        for number in [crc.sum(), packed.len() as u32, bytes.len() as u32] {
            shared.extend_from_slice(&number.to_le_bytes());
        }
        shared.extend_from_slice(&(name.len() as u16).to_le_bytes());
        shared.extend_from_slice(&[0, 0]);
        out.extend_from_slice(b"PK\x03\x04");
        out.extend_from_slice(&shared);
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(&packed);
        directory.extend_from_slice(b"PK\x01\x02\x14\x00");
        directory.extend_from_slice(&shared);
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&offset.to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
    }
    let (start, count) = (out.len() as u32, (files.len() as u16).to_le_bytes());
    out.extend_from_slice(&directory);
    out.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    out.extend_from_slice(&[count, count].concat());
    out.extend_from_slice(&(directory.len() as u32).to_le_bytes());
    out.extend_from_slice(&start.to_le_bytes());
    out.extend_from_slice(&[0, 0]);
    out
}

/// JSON Lines of so many reports, each with a URL.
fn reports(count: usize) -> String {
    let mut out = String::new();
    for n in 0..count {
        let _ = writeln!(
            out,
            r#"{{"id":"{n}","url":"https://x.example/{n}","published":"2023-08-14","language":"ar","text":"خبر {n}. {REPORT}. {REPORT}."}}"#
        );
    }
    out
}

#[test]
fn every_kind_of_source_once() {
    let home = tempfile::tempdir().unwrap();
    let at = home.path();
    assert_eq!(marsad(at, &["init", "obs"]).0, 0);
    let sources = at.join("sources");
    std::fs::create_dir_all(sources.join("deep/.hidden")).unwrap();
    let page = |n: usize| {
        format!("<html><head><title>خبر {n}</title></head><body><article><p>{REPORT} ({n}).</p><p>{REPORT}</p></article></body></html>")
    };
    let line = |id: &str| format!("{{\"id\":\"{id}\",\"text\":\"{REPORT} {id}\"}}\n");
    std::fs::write(sources.join("a.txt"), format!("{REPORT} a")).unwrap();
    std::fs::write(sources.join("deep/b.html"), page(0)).unwrap();
    std::fs::write(sources.join("deep/.hidden/c.txt"), "not read").unwrap();
    std::fs::write(sources.join("deep/picture.png"), "not read").unwrap();
    std::fs::write(sources.join("c.jsonl"), format!("{}{{broken\n{}", line("c1"), line("c2"))).unwrap();
    std::fs::write(sources.join("d.jsonl.gz"), gzip(line("d1").as_bytes())).unwrap();
    std::fs::write(sources.join("e.csv"), format!("id,outlet,text\ne1,و,\"{REPORT}, e1\"\ne2,و,\n")).unwrap();
    std::fs::write(
        sources.join("f.zip"),
        zip(&[("x/f1.txt", format!("{REPORT} f1").as_bytes()), ("f2.jsonl", line("f2").as_bytes()), ("f3.bin", b"no")]),
    )
    .unwrap();
    let mut warc = gzip(&warc_record(1, "text/html; charset=utf-8", &page(1)));
    warc.extend(gzip(&warc_record(2, "image/png", "no")));
    let mut corrupt = gzip(&warc_record(3, "text/html", &page(3)));
    let middle = corrupt.len() / 2;
    corrupt[middle] ^= 0x55;
    corrupt[middle + 1] ^= 0x55;
    warc.extend(corrupt);
    warc.extend(gzip(&warc_record(4, "text/html; charset=utf-8", &page(4))));
    std::fs::write(sources.join("g.warc.gz"), warc).unwrap();

    let (code, told) = marsad(at, &["ingest", "sources", "missing.txt", "--store", "obs"]);
    assert_eq!(code, 2, "{told}");
    for part in [
        "sources/c.jsonl:2: broken JSON",
        "sources/e.csv:3: the “text” is missing",
        "sources/g.warc.gz, record ",
        "missing.txt: there is no such file",
        "10 documents stored, 0 new versions, 0 known already",
        "3 files or records passed over",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let first = heads(&at.join("obs"));
    let urls: Vec<_> = first.iter().filter_map(|head| head.url.as_deref()).collect();
    assert_eq!((first.len(), urls), (10, vec!["https://x.example/2023/08/14/1", "https://x.example/2023/08/14/4"]), "{told}");
    let days: Vec<_> = first.iter().filter_map(|head| head.published.as_deref()).collect();
    assert_eq!(days, ["2023-08-14", "2023-08-14"]);
    // The same again, from another folder, changes nothing.
    let (code, told) = marsad(&at.join("obs"), &["ingest", "../sources"]);
    assert!(code == 2 && told.contains("0 documents stored, 0 new versions, 10 known already"), "{told}");
    assert_eq!(heads(&at.join("obs")), first);
    // A text that changed is a version.
    std::fs::write(sources.join("a.txt"), format!("{REPORT} مصحح")).unwrap();
    let (code, told) = marsad(at, &["ingest", "sources/a.txt", "--store", "obs"]);
    assert!(code == 0 && told.contains("0 documents stored, 1 new versions"), "{told}");
    let (code, told) = marsad(at, &["check", "--store", "obs"]);
    assert!(code == 0 && told.contains("11 documents, all whole"), "{told}");
}

/// The day that a page tells in words, where nothing else tells it, and who wrote it.
#[test]
fn pages_tell_their_day_and_author() {
    let home = tempfile::tempdir().unwrap();
    let at = home.path();
    assert_eq!(marsad(at, &["init", "obs"]).0, 0);
    let page = |head: &str, around: &str| {
        let body = format!("<p>{REPORT}. {REPORT}.</p>").repeat(3);
        let others = "<ul><li><a href='/'>خبر من 1 كانون الثاني 2001</a></li></ul>";
        format!(
            "<html><head><title>قصف على الباب</title>{head}</head><body><div>الاثنين 3 آذار 2031</div>{others}<p>x</p><p>y</p><p>z</p><article><h1>قصف على الباب</h1>{around}{body}</article></body></html>"
        )
    };
    let first = page("<meta charset='windows-1256'>", "<span class='d'>نشر في: الثلاثاء 15 آب/أغسطس 2023 - 10:33</span>");
    let (bytes, ..) = encoding_rs::WINDOWS_1256.encode(&first);
    std::fs::write(at.join("1.html"), bytes).unwrap();
    std::fs::write(at.join("2.html"), page("<meta name='author' content='ليلى السالم'>", "<div>٢٩ محرم ١٤٤٥</div>")).unwrap();
    let linked = r#"<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"قصف على الباب",
        "datePublished":"2023-08-17T09:00:00+03:00","author":{"name":"عمر"},"publisher":{"name":"وكالة الضفاف"}}</script>"#;
    std::fs::write(at.join("3.html"), page(linked, "<div>1 كانون الثاني 2001</div>")).unwrap();
    std::fs::write(
        at.join("4.html"),
        page("<link rel='canonical' href='https://x.example/2023/08/18/a'>", "<div>1 كانون الثاني 2001</div>"),
    )
    .unwrap();
    std::fs::write(at.join("5.html"), page("", "<time datetime='2023-08-19'>قبل يومين</time>")).unwrap();
    std::fs::write(at.join("6.html"), page("", "<div>قبل يومين</div>")).unwrap();
    let (_, told) = marsad(at, &["ingest", "1.html", "2.html", "3.html", "4.html", "5.html", "6.html", "--store", "obs"]);
    let mut found = heads(&at.join("obs"));
    found.sort_by(|a, b| a.given_id.cmp(&b.given_id));
    let days: Vec<_> = found.iter().map(|head| head.published.as_deref().unwrap_or_default()).collect();
    assert_eq!(days, ["2023-08-15", "2023-08-16", "2023-08-17", "2023-08-18", "2023-08-19", ""], "{told}");
    let authors: Vec<_> = found.iter().map(|head| head.author.as_deref().unwrap_or_default()).collect();
    assert_eq!(authors, ["", "ليلى السالم", "عمر", "", "", ""]);
    assert_eq!(found[2].outlet.as_deref(), Some("وكالة الضفاف"));
}

/// Columns and rows of a Parquet file; what is wrong is told with file, column and row, and a bomb in a ZIP file is no end.
#[test]
fn parquet_files_and_bombs() {
    let home = tempfile::tempdir().unwrap();
    let at = home.path();
    assert_eq!(marsad(at, &["init", "obs"]).0, 0);
    let write = |name: &str, schema: &str, columns: &[Vec<Option<String>>]| {
        let schema = Arc::new(parse_message_type(schema).unwrap());
        let mut writer = SerializedFileWriter::new(std::fs::File::create(at.join(name)).unwrap(), schema, Arc::default()).unwrap();
        let mut rows = writer.next_row_group().unwrap();
        for column in columns {
            let levels: Vec<i16> = column.iter().map(|value| value.is_some().into()).collect();
            let values: Vec<ByteArray> = column.iter().flatten().map(|value| ByteArray::from(value.as_str())).collect();
            let mut out = rows.next_column().unwrap().unwrap();
            out.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None).unwrap();
            out.close().unwrap();
        }
        rows.close().unwrap();
        writer.close().unwrap();
    };
    let text = |n: usize| Some(format!("{REPORT} {n}"));
    let own = |value: &str| Some(value.to_owned());
    write(
        "b.parquet",
        "message m { optional binary id (UTF8); optional binary text (UTF8); optional binary published (UTF8); }",
        &[
            vec![own("p1"), own("p2"), own("p3"), None],
            vec![text(1), None, text(3), text(4)],
            vec![own("2023-08-14"), None, own("soon"), None],
        ],
    );
    write("c.parquet", "message m { optional binary id (UTF8); optional binary body (UTF8); }", &[vec![own("x")], vec![text(9)]]);
    let whole = std::fs::read(at.join("b.parquet")).unwrap();
    std::fs::write(at.join("d.parquet"), &whole[..whole.len() - 30]).unwrap();
    std::fs::write(at.join("e.txt"), &whole).unwrap();
    let good = format!("{{\"id\":\"z\",\"text\":\"{REPORT} z\"}}\n");
    let bomb = [good.as_bytes(), &vec![b' '; 800 << 20]].concat();
    std::fs::write(at.join("f.zip"), zip(&[("a/bomb.jsonl", &bomb)])).unwrap();
    let (code, told) = marsad(at, &["ingest", "b.parquet", "c.parquet", "d.parquet", "e.txt", "f.zip", "--store", "obs"]);
    assert_eq!(code, 2, "{told}");
    for part in [
        "b.parquet, row 2: the “text” is missing",
        "b.parquet, row 3: “published” was left out: “soon” is no date",
        "b.parquet, row 4: the “id” is missing",
        "c.parquet: there is no column “text”; its columns are id, body",
        "d.parquet: its footer cannot be read",
        "e.txt: this is a Parquet file under another name",
        "f.zip/a/bomb.jsonl: the archive unpacks to far more than its size, a zip bomb",
        "3 documents stored",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
}

#[test]
fn what_cannot_be_done_is_told() {
    let home = tempfile::tempdir().unwrap();
    let at = home.path();
    std::fs::write(at.join("a.txt"), REPORT).unwrap();
    let (code, told) = marsad(at, &["ingest", "a.txt"]);
    assert!(code == 1 && told.contains("there is no observatory"), "{told}");
    assert_eq!(marsad(at, &["init", "obs"]).0, 0);
    let (code, told) = marsad(at, &["init", "obs"]);
    assert!(code == 1 && told.contains("there is an observatory already"), "{told}");
    let (code, told) = marsad(at, &["init", "other", "--database", "mysql://x/y"]);
    assert!(code == 1 && told.contains("postgres://") && !at.join("other").exists(), "{told}");
    std::fs::write(
        at.join("obs/marsad.db"),
        "this is no database, but it is long enough to be read as the header of one, which is the point",
    )
    .unwrap();
    let (code, told) = marsad(at, &["ingest", "a.txt", "--store", "obs"]);
    assert!(code == 1 && told.contains("damaged"), "{told}");
}

/// Starts to ingest and kills the process after a while.
fn kill_after(at: &Path, wait: Duration) {
    let mut child = Command::new(cargo_bin("marsad"))
        .current_dir(at)
        .args(["ingest", "reports.jsonl", "--store", "obs"])
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(wait);
    let _ = child.kill();
    child.wait().unwrap();
}

#[test]
fn a_killed_run_is_finished_by_the_next_one() {
    let home = tempfile::tempdir().unwrap();
    let at = home.path();
    let count = 1500;
    std::fs::write(at.join("reports.jsonl"), reports(count)).unwrap();
    assert_eq!(marsad(at, &["init", "obs"]).0, 0);
    let mut stored = Vec::new();
    for n in 1..=6 {
        kill_after(at, Duration::from_millis(250 * n));
        stored.push(heads(&at.join("obs")).len());
    }
    assert!(stored.is_sorted(), "{stored:?}");
    let (code, told) = marsad(at, &["ingest", "reports.jsonl", "--store", "obs"]);
    assert_eq!(code, 0, "{told}");
    let heads = heads(&at.join("obs"));
    let mut ids: Vec<usize> = heads.iter().map(|head| head.given_id.parse().unwrap()).collect();
    ids.sort_unstable();
    assert!(ids == (0..count).collect::<Vec<_>>() && heads.iter().all(|head| head.version == 1), "{}", heads.len());
    assert_eq!(marsad(at, &["check", "--store", "obs"]).0, 0);
}

#[test]
fn a_server_that_restarts_in_the_middle_loses_nothing() {
    let Some(server) = postgres::Server::start() else { return };
    let home = tempfile::tempdir().unwrap();
    let at = home.path();
    let count = 1500;
    std::fs::write(at.join("reports.jsonl"), reports(count)).unwrap();
    let (code, told) = marsad(at, &["init", "obs", "--database", &server.database("observatory")]);
    assert_eq!(code, 0, "{told}");
    let child = Command::new(cargo_bin("marsad"))
        .current_dir(at)
        .args(["ingest", "reports.jsonl", "--store", "obs"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(800));
    server.crash();
    std::thread::sleep(Duration::from_millis(500));
    server.resume();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(heads(&at.join("obs")).len(), count);
    let (code, told) = marsad(at, &["check", "--store", "obs"]);
    assert!(code == 0 && told.contains("1500 documents, all whole"), "{told}");
}

/// From reports to incidents: copies are one voice, people decide, and new documents change nothing of that.
#[test]
fn an_observatory_links_and_remembers() {
    let home = tempfile::tempdir().unwrap();
    let at = home.path();
    let report = |id: &str, outlet: &str, text: &str| {
        let row = serde_json::json!({"id": id, "outlet": outlet, "url": format!("https://{id}.example/1"), "published": "2023-08-14",
            "language": "ar", "text": text});
        format!("{row}\n")
    };
    let filler: String = (0..60).map(|n| format!("تفصيل{n} ")).collect();
    let agency = format!("قتل خمسة مدنيين بقصف مدفعي لقوات النظام على مدينة الباب في ريف حلب الشرقي، أمس الأحد. {filler}");
    let other = "أسفر قصف مدفعي نفذته قوات النظام أمس الأحد على مدينة الباب بريف حلب عن مقتل خمسة مدنيين.";
    let far = "قتل خمسة مدنيين بقصف مدفعي لقوات النظام على مدينة درعا، أمس الأحد.";
    let mut lines = vec![report("a", "وكالة الضفاف", &agency), report("c", "موقع السنديان", other), report("d", "شبكة الغدير", far)];
    for n in 0..4 {
        lines.push(report(&format!("copy{n}"), &format!("صحيفة {n}"), &format!("{agency} المصدر: وكالة الضفاف {n}")));
    }
    let link = |observatory: &str| -> Vec<serde_json::Value> {
        let (code, told) = marsad(at, &["link", "--store", observatory, "-o", "incidents.jsonl"]);
        assert_eq!(code, 0, "{told}");
        let text = std::fs::read_to_string(at.join("incidents.jsonl")).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let ingest = |observatory: &str, lines: &[String]| {
        std::fs::write(at.join("in.jsonl"), lines.concat()).unwrap();
        let (code, told) = marsad(at, &["ingest", "in.jsonl", "--store", observatory]);
        assert_eq!(code, 0, "{told}");
    };
    assert_eq!((marsad(at, &["init", "obs"]).0, marsad(at, &["init", "other"]).0), (0, 0));
    ingest("obs", &lines);
    let found = link("obs");
    let told: Vec<_> = found.iter().map(|i| (i["documents"].as_array().unwrap().len(), i["voices"].as_u64().unwrap())).collect();
    assert!(told.len() == 2 && told.contains(&(6, 2)) && told.contains(&(1, 1)), "{told:?}");
    // Documents that come one by one, the other way round, are linked in the same way.
    for line in lines.iter().rev() {
        ingest("other", std::slice::from_ref(line));
        link("other");
    }
    assert_eq!(link("other"), found);

    let (code, told) = marsad(at, &["export", "acled", "--store", "obs", "-o", "acled.csv"]);
    let table = std::fs::read_to_string(at.join("acled.csv")).unwrap();
    assert!(
        code == 0 && told.is_empty() && table.lines().count() == 3 && table.contains("Shelling/artillery/missile attack,Syrian government"),
        "{told}{table}"
    );
    let (code, told) = marsad(at, &["export", "geojson", "--store", "obs", "--public", "--today", "2023-08-20", "-o", "public.json"]);
    let public = std::fs::read_to_string(at.join("public.json")).unwrap();
    assert!(code == 0 && public.contains("\"features\":[]"), "{told}{public}");
    let (code, told) = marsad(at, &["export", "jsonl", "--store", "obs", "--voices", "2", "--action", "shelling", "-o", "two.jsonl"]);
    assert!(code == 0 && std::fs::read_to_string(at.join("two.jsonl")).unwrap().lines().count() == 1, "{told}");

    let id = |n: usize| found[n]["id"].as_str().unwrap();
    let (code, told) = marsad(at, &["decide", "merge", id(0), id(1), "--by", "ليلى", "--why", "one attack", "--store", "obs"]);
    assert!(code == 0 && told.contains("there are 1 incidents now"), "{told}");
    ingest("obs", &[report("e", "راديو النخلة", other), report("f", "راديو السهل", "حديث عن الطقس في المدينة اليوم.")]);
    let merged = link("obs");
    assert_eq!((merged.len(), merged[0]["documents"].as_array().unwrap().len()), (1, 8));
    let event = merged[0]["events"][0].as_str().unwrap();
    let (code, told) = marsad(at, &["decide", "split", merged[0]["id"].as_str().unwrap(), event, "--by", "omar", "--store", "obs"]);
    assert!(code == 0 && told.contains("there are 2 incidents now"), "{told}");
    for number in ["1", "2"] {
        assert_eq!(marsad(at, &["decide", "undo", number, "--by", "omar", "--store", "obs"]).0, 0);
    }
    assert_eq!(link("obs").len(), 2);
    let (code, told) = marsad(at, &["decide", "undo", "1", "--by", "omar", "--store", "obs"]);
    assert!(code == 1 && told.contains("no decision 1"), "{told}");
    let (code, told) = marsad(at, &["decide", "split", "ffff", "x", "--by", "omar", "--store", "obs"]);
    assert!(code == 1 && told.contains("no incident"), "{told}");
}
