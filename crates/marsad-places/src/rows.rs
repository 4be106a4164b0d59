//! The rows of places files.

use crate::gazetteer::PlaceKind;
use std::fmt;
use std::fmt::Write;

/// One row of a places file.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Unique id.
    pub id: String,
    /// Names, the usual one first.
    pub names: Vec<String>,
    /// Names that are everyday words too, in parentheses in the file.
    pub bare_names: Vec<String>,
    /// English name.
    pub english: String,
    /// What it is.
    pub kind: PlaceKind,
    /// ISO 3166-1 alpha-2 code.
    pub country: String,
    /// First-order division in English.
    pub admin1: String,
    /// Second-order division in English.
    pub admin2: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Radius in kilometres.
    pub radius_km: f64,
    /// Inhabitants, 0 where unknown.
    pub population: u32,
    /// Whether an editor wrote it.
    pub curated: bool,
}

impl Row {
    /// The usual name.
    pub fn name(&self) -> &str {
        self.names.first().or(self.bare_names.first()).map_or("", String::as_str)
    }

    /// Every name, with whether it is an everyday word.
    pub fn all_names(&self) -> impl Iterator<Item = (&str, bool)> {
        self.names.iter().map(|n| (n.as_str(), false)).chain(self.bare_names.iter().map(|n| (n.as_str(), true)))
    }
}

/// A row that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// Line, from 1.
    pub line: usize,
    /// Why.
    pub reason: String,
}

impl fmt::Display for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

/// The columns of a places file, in order.
pub(crate) const COLUMNS: [&str; 13] =
    ["id", "names", "english", "kind", "country", "admin1", "admin2", "lat", "lon", "radius_km", "population", "source", "licence"];

/// Reads a places file: a header line, then tab-separated rows. A name in parentheses is an everyday word
/// too, which is the place only beside a word of kind, a preposition or in context. Good rows are returned beside the bad ones.
pub fn parse_tsv(text: &str, curated: bool) -> (Vec<Row>, Vec<BadRow>) {
    let (mut rows, mut bad) = (Vec::new(), Vec::new());
    for (n, line) in text.lines().enumerate() {
        if n == 0 {
            let head: Vec<&str> = line.trim_end().split('\t').collect();
            if head != COLUMNS {
                bad.push(BadRow { line: 1, reason: format!("the columns must be {}", COLUMNS.join(", ")) });
                return (rows, bad);
            }
            continue;
        }
        if line.trim().is_empty() {
            continue;
        }
        match parse_row(line, curated) {
            Ok(row) => rows.push(row),
            Err(reason) => bad.push(BadRow { line: n + 1, reason }),
        }
    }
    (rows, bad)
}

fn parse_row(line: &str, curated: bool) -> Result<Row, String> {
    let cells: Vec<&str> = line.trim_end_matches(['\r', '\n']).split('\t').map(str::trim).collect();
    let &[id, names, english, kind, country, admin1, admin2, lat, lon, radius, population, _source, _licence] = cells.as_slice() else {
        return Err(format!("{} columns instead of {}", cells.len(), COLUMNS.len()));
    };
    let number = |name: &str, cell: &str, low: f64, high: f64| -> Result<f64, String> {
        match cell.parse::<f64>() {
            Ok(v) if (low..=high).contains(&v) => Ok(v),
            _ => Err(format!("{name} «{cell}» is not a number from {low} to {high}")),
        }
    };
    let (mut plain, mut bare_names) = (Vec::new(), Vec::new());
    for name in names.split('|').map(str::trim).filter(|n| !n.is_empty()) {
        match name.strip_prefix('(').and_then(|n| n.strip_suffix(')')) {
            Some(bare) => bare_names.push(bare.trim().to_owned()),
            None => plain.push(name.to_owned()),
        }
    }
    if id.is_empty() || plain.is_empty() && bare_names.is_empty() {
        return Err("a place needs an id and a name".into());
    }
    Ok(Row {
        id: id.to_owned(),
        names: plain,
        bare_names,
        english: english.to_owned(),
        kind: PlaceKind::from_name(kind).ok_or_else(|| format!("unknown kind «{kind}»"))?,
        country: country.to_owned(),
        admin1: admin1.to_owned(),
        admin2: admin2.to_owned(),
        lat: number("latitude", lat, -90.0, 90.0)?,
        lon: number("longitude", lon, -180.0, 180.0)?,
        radius_km: number("radius_km", radius, 0.0, 4000.0)?,
        population: if population.is_empty() { 0 } else { number("population", population, 0.0, 4e9)? as u32 },
        curated,
    })
}

/// Writes rows as [`parse_tsv`] reads them. Source and licence follow from the ids of imported places.
pub fn write_tsv(rows: &[Row]) -> String {
    let mut out = COLUMNS.join("\t") + "\n";
    for row in rows {
        let names: Vec<String> = row.all_names().map(|(n, bare)| if bare { format!("({n})") } else { n.to_owned() }).collect();
        let (source, licence) = match row.id.split_once(':') {
            Some(("gn", _)) => ("GeoNames", "CC-BY-4.0"),
            Some(("pcode", _)) => ("OCHA COD-AB", ""),
            _ => ("", ""),
        };
        let population = if row.population == 0 { String::new() } else { row.population.to_string() };
        let cells = [&row.id, &names.join("|"), &row.english, row.kind.name(), &row.country, &row.admin1, &row.admin2];
        for cell in cells {
            let _ = write!(out, "{}\t", cell.replace(['\t', '\n', '\r'], " "));
        }
        let _ = writeln!(out, "{}\t{}\t{}\t{population}\t{source}\t{licence}", row.lat, row.lon, row.radius_km);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_and_read() {
        let row = Row {
            id: "gn:1".into(),
            names: vec!["تل رفعت".into(), "تلرفعت".into()],
            bare_names: vec!["الباب".into()],
            english: "Tell\tRifaat".into(),
            kind: PlaceKind::Town,
            country: "SY".into(),
            admin1: "Aleppo".into(),
            admin2: String::new(),
            lat: 36.47,
            lon: 37.09,
            radius_km: 2.0,
            population: 0,
            curated: false,
        };
        let (rows, bad) = parse_tsv(&write_tsv(std::slice::from_ref(&row)), false);
        assert!(bad.is_empty(), "{bad:?}");
        assert_eq!(rows, [Row { english: "Tell Rifaat".into(), ..row }]);
    }
}
