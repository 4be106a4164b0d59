//! For counting: reads a JSONL file of texts (`{"text"}`), and prints of each what its words are known by, once each, as one list a line.

use marsad_copies::signs;
use std::collections::BTreeSet;
use std::io::Write;

fn main() -> std::io::Result<()> {
    let file = std::env::args().nth(1).ok_or_else(|| std::io::Error::other("usage: signs TEXTS.jsonl"))?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::fs::read_to_string(file)?.lines() {
        let row: serde_json::Value = serde_json::from_str(line)?;
        let text = marsad_text::tokenize(row["text"].as_str().unwrap_or_default());
        let signs: BTreeSet<u32> = signs(&text).map(|(sign, _)| sign).collect();
        writeln!(out, "{}", serde_json::json!(signs))?;
    }
    out.flush()
}
