//! Codes a JSONL file with the language pack as it lies in `languages/ar`, or in the folder that `MARSAD_PACK` names: the quick loop of rule writing.
//!
//! With `features` in the place of `code`, every record also carries the features of its events' confidence, which
//! `tools/fit_confidence.py` learns from.
//!
//! With `pairs`, drafts stay apart, and the features of all pairs of them are added, which `tools/fit_link.py` learns from.
//!
//! With `chances`, every record also carries the features of its news without a time of its own, which `tools/fit_carry.py` learns from.
//!
//! `cargo run -p marsad-coder --profile quick --example code -- code FILE` prints what `marsad code FILE` would.

use marsad_coder::{Coder, Reason};
use marsad_model::{Coded, Document};

fn main() -> std::io::Result<()> {
    let file = std::env::args().nth(2).unwrap_or_default();
    let folder = std::env::var_os("MARSAD_PACK")
        .map_or_else(|| std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../languages/ar"), std::path::PathBuf::from);
    let (coder, problems) = Coder::from_directory(&folder)?;
    for problem in problems {
        eprintln!("{problem}");
    }
    let pairs = std::env::args().nth(1).is_some_and(|a| a == "pairs");
    let chances = std::env::args().nth(1).is_some_and(|a| a == "chances");
    let features = std::env::args().nth(1).is_some_and(|a| a == "features");
    let mut session = coder.session();
    for line in std::fs::read_to_string(file)?.lines() {
        match serde_json::from_str::<Document>(line) {
            Ok(document) if features => {
                let (coded, reasons) = session.drafts(&document);
                println!("{}", with_features(&coded, &reasons)?);
            }
            Ok(document) if pairs => {
                let (coded, pairs, reasons) = session.pairs(&document);
                let mut record = with_features(&coded, &reasons)?;
                record["pairs"] = serde_json::to_value(pairs)?;
                println!("{record}");
            }
            Ok(document) if chances => {
                let (coded, chances) = session.chances(&document);
                let mut record = serde_json::to_value(coded)?;
                record["chances"] = serde_json::to_value(chances)?;
                println!("{record}");
            }
            Ok(document) => println!("{}", serde_json::to_string(&session.code(&document))?),
            Err(error) => eprintln!("{error}"),
        }
    }
    Ok(())
}

/// The record, and for every event the features of its confidence.
fn with_features(coded: &Coded, reasons: &[Reason]) -> serde_json::Result<serde_json::Value> {
    let mut rows = vec![serde_json::Map::new(); coded.events.len()];
    for reason in reasons.iter().filter(|r| r.slot == "confidence") {
        if let Some((name, value)) = reason.rule.trim_start_matches("feature:").split_once('=') {
            rows[reason.event].insert(name.into(), value.parse::<f64>().unwrap_or(0.0).into());
        }
    }
    let mut record = serde_json::to_value(coded)?;
    record["features"] = serde_json::to_value(rows)?;
    Ok(record)
}
