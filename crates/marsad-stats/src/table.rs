//! Counts as text, CSV and JSON lines.

use crate::{Count, Stats};
use std::fmt::Write;

/// The columns of numbers.
const NUMBERS: [&str; 9] = [
    "incidents",
    "killed_low",
    "killed_best",
    "killed_high",
    "injured_low",
    "injured_best",
    "injured_high",
    "documents",
    "incidents_per_1000_documents",
];

fn numbers(count: &Count) -> Vec<String> {
    let sums = count.killed.iter().chain(&count.injured).map(u64::to_string);
    let documents = count.documents.map(|number| number.to_string()).unwrap_or_default();
    let rate = count.per_1000.map(|rate| format!("{rate:.3}")).unwrap_or_default();
    std::iter::once(count.incidents.to_string()).chain(sums).chain([documents, rate]).collect()
}

/// A table for a spreadsheet (RFC 4180).
pub fn csv(stats: &Stats) -> String {
    let mut head: Vec<&str> = Vec::new();
    head.extend(stats.period.map(|_| ["period", "start"]).into_iter().flatten());
    head.extend(stats.axis.map(crate::Axis::name));
    head.extend(NUMBERS);
    let mut out = head.join(",") + "\n";
    for row in &stats.rows {
        let mut fields = Vec::new();
        if stats.period.is_some() {
            fields.push(row.period.clone().unwrap_or_default());
            fields.push(row.start.map(|day| day.to_string()).unwrap_or_default());
        }
        if stats.axis.is_some() {
            fields.push(quoted(row.group.as_deref().unwrap_or_default()));
        }
        fields.extend(numbers(row));
        out += &(fields.join(",") + "\n");
    }
    out
}

fn quoted(field: &str) -> String {
    let formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let field = if formula { format!("'{field}") } else { field.to_owned() };
    if field.contains([',', '"', '\n', '\r']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field }
}

/// One JSON object a line.
pub fn json_lines(stats: &Stats) -> String {
    let line = |row| serde_json::to_string(row).unwrap_or_default() + "\n";
    stats.rows.iter().map(line).collect()
}

/// A table for reading, with everything once in its last line.
pub fn text(stats: &Stats) -> String {
    let mut head: Vec<String> = Vec::new();
    head.extend(stats.period.map(|period| period.name().to_owned()));
    head.extend(stats.axis.map(|axis| axis.name().to_owned()));
    head.extend(["incidents", "killed", "injured", "documents", "per 1,000"].map(str::to_owned));
    let range = |[low, best, high]: [u64; 3]| if low == high { best.to_string() } else { format!("{best} ({low}–{high})") };
    let cells = |count: &Count, names: Vec<String>| {
        let documents = count.documents.map_or_else(|| "–".to_owned(), |number| number.to_string());
        let rate = count.per_1000.map_or_else(|| "–".to_owned(), |rate| format!("{rate:.1}"));
        names.into_iter().chain([count.incidents.to_string(), range(count.killed), range(count.injured), documents, rate]).collect()
    };
    let mut lines: Vec<Vec<String>> = vec![head];
    for row in &stats.rows {
        let mut names = Vec::new();
        names.extend(stats.period.map(|_| row.period.clone().unwrap_or_else(|| "no day".to_owned())));
        names.extend(stats.axis.map(|_| row.group.clone().unwrap_or_default()));
        lines.push(cells(row, names));
    }
    let first = usize::from(stats.period.is_some()) + usize::from(stats.axis.is_some());
    let names = (0..first).map(|n| if n == 0 { "all".to_owned() } else { String::new() }).collect();
    lines.push(cells(&stats.total, names));
    let widths: Vec<usize> = (0..lines[0].len()).map(|n| lines.iter().map(|line| line[n].chars().count()).max().unwrap_or(0)).collect();
    let mut out = String::new();
    for line in lines {
        let mut text = String::new();
        for (n, (cell, width)) in line.iter().zip(&widths).enumerate() {
            // Names to the left, numbers to the right.
            let _ = if n < first { write!(text, "{cell:<width$}  ") } else { write!(text, "{cell:>width$}  ") };
        }
        out += text.trim_end();
        out.push('\n');
    }
    out
}
