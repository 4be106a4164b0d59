//! Every kind of bad input through the whole reader.

use marsad_ingest::{Format, Input, Options, Reader};
use std::io::{Cursor, Read};

const REPORT: &str = "قتل خمسة أشخاص في قصف مدفعي على بلدة في الريف الجنوبي";

fn stream(bytes: impl Into<Vec<u8>>) -> Input {
    Input::Stream { name: "in".into(), bytes: Box::new(Cursor::new(bytes.into())) }
}

/// What came out, one line per entry.
fn read(inputs: Vec<Input>, options: Options) -> Vec<String> {
    Reader::new(inputs, options)
        .map(|entry| {
            let notes: String = entry.diagnostics.iter().map(|d| format!(" [{}]", d.message)).collect();
            match &entry.content {
                Ok(document) => format!("{} ok {}{notes}", entry.place(), document.id),
                Err(error) => format!("{} {}", entry.place(), error.error),
            }
        })
        .collect()
}

fn line(id: &str) -> String {
    format!("{{\"id\":\"{id}\",\"text\":\"{REPORT}\"}}\n")
}

#[test]
fn one_broken_line_costs_one_document() {
    let input = format!("\u{feff}{}\n{{\"id\":\n{}{}", line("a"), line("b"), line("a"));
    let out = read(vec![stream(input)], Options::default());
    assert_eq!(out[0], "in:1 ok a");
    assert!(out[1].starts_with("in:3 broken JSON at column"), "{out:?}");
    assert_eq!(out[2], "in:4 ok b");
    assert_eq!(out[3], "in:5 the id “a” was already given at in:1; give every document an id of its own");
}

#[test]
fn a_huge_line_is_skipped_without_memory() {
    let head = line("a").into_bytes();
    let tail = line("b").into_bytes();
    let huge = std::io::repeat(b'x').take(200 << 20);
    let bytes = Cursor::new(head).chain(huge).chain(Cursor::new(b"\n".to_vec())).chain(Cursor::new(tail));
    let input = Input::Stream { name: "in".into(), bytes: Box::new(bytes) };
    let out = read(vec![input], Options { limit: 1 << 20, ..Options::default() });
    assert_eq!(out.len(), 3);
    assert!(out[1].contains("the line is 200 MiB long, more than 1024 KiB"), "{out:?}");
    assert_eq!(out[2], "in:3 ok b");
}

#[test]
fn other_languages_are_named_and_kept() {
    let out = read(vec![stream("Five people were killed last night in an air strike on a village, residents said.")], Options::default());
    assert!(out[0].contains("looks like English (en)"), "{out:?}");
    let declared = format!("{{\"id\":\"a\",\"text\":\"{REPORT}\",\"language\":\"fa\"}}");
    assert!(read(vec![stream(declared)], Options::default())[0].contains("“language” is “fa”"));
    let declared = format!("{{\"id\":\"a\",\"text\":\"{REPORT}\",\"language\":\"ar-SY\"}}");
    assert_eq!(read(vec![stream(declared)], Options::default()), ["in:1 ok a"]);
}

#[test]
fn bare_text_takes_the_day_and_outlet_that_are_given() {
    let day = marsad_ingest::parse_day("2022-01-16").unwrap();
    let options = Options { published: Some(day), outlet: Some("و".into()), ..Options::default() };
    let entry = Reader::new([stream(REPORT)], options.clone()).next().unwrap();
    let document = entry.content.unwrap();
    assert_eq!((document.published, document.outlet.as_deref(), document.text.as_str()), (Some(day), Some("و"), REPORT));
    let own = format!("{{\"id\":\"a\",\"text\":\"{REPORT}\",\"published\":\"2020-02-02\"}}");
    let entry = Reader::new([stream(own)], options).next().unwrap();
    assert_eq!(entry.content.unwrap().published.unwrap().to_string(), "2020-02-02");
}

#[test]
fn empty_binary_and_missing_inputs() {
    assert!(read(vec![stream("")], Options::default())[0].contains("empty"));
    assert!(read(vec![stream(" \n\t")], Options::default())[0].contains("no text"));
    assert!(read(vec![stream([0u8, 1, 2])], Options::default())[0].contains("binary"));
    assert!(read(vec![Input::File("/nonexistent/x.txt".into())], Options::default())[0].contains("no such file"));
    let blank = Options { format: Some(Format::JsonLines), ..Options::default() };
    assert!(read(vec![stream("\n\n")], blank)[0].contains("no document"));
    assert!(read(vec![stream("<script>x</script>")], Options::default())[0].contains("no text"));
}

/// Neither stack nor time: what cannot have a tree is read without one, and that is told.
#[test]
fn pages_of_50_mb_of_nested_tags() {
    for tag in ["<div>", "<b><i a=b>", "<table><tr><td>", "</p>", "<p><a href='x'>", "<!-- x -->", "<svg><g>", "<x y='", "<x y=\"a"] {
        let most = if matches!(tag, "<div>" | "<b><i a=b>" | "</p>") { 50 << 20 } else { 5 << 20 };
        let run = |size: usize| {
            let page = format!("<html><body>{}{REPORT} {REPORT}", tag.repeat(size / tag.len()));
            let began = std::time::Instant::now();
            let out = read(vec![stream(page)], Options { format: Some(Format::Html), ..Options::default() });
            (began.elapsed().as_secs_f64(), out)
        };
        let (less, (more, out)) = (run(most / 10).0, run(most));
        // Ten times the size: ten times the time, with room for a busy machine; a hundred times would be quadratic.
        assert!(out.len() == 1 && more < 40.0 * less.max(0.01), "{tag}: {less} s, {more} s, {out:?}");
        if !["svg", "y=", "!--"].iter().any(|odd| tag.contains(odd)) {
            assert!(out[0].contains("ok in") && out[0].contains("too large or too deeply nested"), "{tag}: {out:?}");
        }
    }
}

/// Pages that may just have a tree cost no more than a few seconds.
#[test]
fn hostile_pages_within_the_bounds() {
    let cells = format!("<table>{}</table>", format!("<tr>{}</tr>", "<td>قصف</td>".repeat(50)).repeat(1900));
    let deep = format!("{}{REPORT}{}", "<div>".repeat(190), "</div>".repeat(190)).repeat(500);
    let paragraphs = format!("<p>{REPORT}</p>").repeat(60_000);
    let json = format!("<script type='application/ld+json'>{}</script><p>{REPORT}", "[".repeat(1 << 20));
    let links = format!("<a href='x'>{REPORT}</a>").repeat(60_000);
    let breaks = "<br>قصف".repeat(90_000);
    for (name, page) in [("cells", cells), ("deep", deep), ("paragraphs", paragraphs), ("json", json), ("links", links), ("breaks", breaks)]
    {
        let began = std::time::Instant::now();
        let out = read(vec![stream(format!("<html><body>{page}"))], Options::default());
        let seconds = began.elapsed().as_secs_f64();
        println!("{name} {seconds:.2}");
        assert!(out.len() == 1 && seconds < 60.0, "{name}: {seconds} s");
    }
}

#[test]
fn encodings_of_json_lines() {
    let utf16: Vec<u8> = format!("\u{feff}{}{}", line("a"), line("b")).encode_utf16().flat_map(u16::to_le_bytes).collect();
    let out = read(vec![stream(utf16)], Options::default());
    assert!(out[0].starts_with("in:1 ok a [this is UTF-16"), "{out:?}");
    assert_eq!(out[1], "in:2 ok b");
}

#[test]
fn the_same_stream_name_twice_is_a_duplicate() {
    let ids: Vec<_> = Reader::new([stream(REPORT), stream(REPORT)], Options::default()).map(|e| e.content.map(|d| d.id)).collect();
    assert_eq!(ids[0].as_deref(), Ok("in"));
    assert!(ids[1].is_err());
}
