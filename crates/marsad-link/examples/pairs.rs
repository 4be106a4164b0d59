//! For fitting: features of pairs, or groups of documents under given weights.
//!
//! `pairs features CODED.jsonl` prints one pair of events a line; `pairs link CODED.jsonl THRESHOLD[,THRESHOLD…] BIAS WEIGHT…`
//! prints each threshold with the documents of each incident; `pairs incidents CODED.jsonl -` prints incidents as they are fitted.

use marsad_link::{COUNT, Line, Model, feature_names, link, pair_features, read_line};
use std::io::Write;

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, what, file, numbers @ ..] = arguments.as_slice() else {
        return Err(std::io::Error::other("usage: pairs features|link|incidents CODED.jsonl [THRESHOLDS BIAS WEIGHT…]"));
    };
    let bytes = std::fs::read(file)?;
    let documents: Vec<_> = bytes
        .split(|&b| b == b'\n')
        .filter_map(|line| if let Line::Coded(coded) = read_line(line) { Some(*coded) } else { None })
        .collect();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if what == "features" {
        writeln!(out, "{}", serde_json::json!(feature_names().collect::<Vec<_>>()))?;
        for (a, b, x) in pair_features(&documents) {
            writeln!(out, "{}", serde_json::json!([a, b, x.as_slice()]))?;
        }
        return out.flush();
    }
    let [thresholds, numbers @ ..] = numbers else {
        return Err(std::io::Error::other("give thresholds, separated by commas, a bias and weights; or - for those that were fitted"));
    };
    let thresholds: Vec<f64> = thresholds.split(',').filter_map(|n| n.parse().ok()).collect();
    let numbers: Vec<f64> = numbers.iter().filter_map(|n| n.parse().ok()).collect();
    let fitted = Model::fitted();
    let (thresholds, model) = match (thresholds.as_slice(), numbers.as_slice()) {
        ([], _) | (_, []) => (vec![fitted.threshold], fitted),
        (_, [bias, weights @ ..]) => {
            let weights: [f64; COUNT] = weights.try_into().map_err(std::io::Error::other)?;
            (thresholds, Model { bias: *bias, weights, ..fitted })
        }
    };
    for threshold in thresholds {
        for incident in link(&documents, &Model { threshold, ..model.clone() }).incidents {
            let row = if what == "link" { serde_json::json!([threshold, incident.documents]) } else { serde_json::json!(incident) };
            writeln!(out, "{row}")?;
        }
    }
    out.flush()
}
