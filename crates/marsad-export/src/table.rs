//! CSV as RFC 4180 has it, safe to open in a spreadsheet.

use std::io::{self, Write};

/// Writes a head, perhaps a second one, and rows.
pub(crate) fn write(
    out: &mut dyn Write,
    columns: &[&str],
    tags: Option<&[&str]>,
    rows: impl Iterator<Item = Vec<String>>,
) -> io::Result<()> {
    for head in std::iter::once(columns).chain(tags) {
        writeln!(out, "{}", head.join(","))?;
    }
    for row in rows {
        let fields: Vec<String> = row.iter().map(|field| quoted(field)).collect();
        writeln!(out, "{}", fields.join(","))?;
    }
    Ok(())
}

/// A field in quotes where it needs them. Text that a spreadsheet would run as a formula gets an apostrophe before it.
fn quoted(field: &str) -> String {
    let number = field.parse::<f64>().is_ok();
    let formula = !number && field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let field = if formula { format!("'{field}") } else { field.to_owned() };
    if field.contains([',', '"', '\n', '\r']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field }
}

/// A coordinate, to the metre.
pub(crate) fn degrees(value: f64) -> String {
    let text = format!("{value:.5}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    #[test]
    fn fields_are_quoted_and_formulas_are_not_run() {
        for (field, written) in
            [("a", "a"), ("a,b", "\"a,b\""), ("say \"a\"", "\"say \"\"a\"\"\""), ("=1+1", "'=1+1"), ("-3.5", "-3.5"), ("@x,y", "\"'@x,y\"")]
        {
            assert_eq!(super::quoted(field), written);
        }
        assert_eq!((super::degrees(36.2), super::degrees(-0.000_001)), ("36.2".into(), "-0".into()));
    }
}
