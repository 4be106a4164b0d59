//! OCHA's tables of divisions and populated places (COD-AB): CSV with P-codes and names.

use super::csv::Records;
use super::lines::{clean, degrees, is_arabic};
use super::{ImportError, Summary};
use crate::{PlaceKind, Row, contains, has_outline};
use std::path::Path;

/// A place may lie so far outside the outline of its country.
const ASTRAY_KM: f64 = 40.0;
/// Levels of division, down to quarters.
const LEVELS: usize = 6;

/// The columns of one level.
#[derive(Clone, Copy, Debug, Default)]
struct Level {
    arabic: [Option<usize>; 3],
    english: Option<usize>,
    pcode: Option<usize>,
}

/// Which column holds what.
#[derive(Debug, Default)]
struct Columns {
    levels: [Level; LEVELS],
    lat: Option<usize>,
    lon: Option<usize>,
    area: Option<usize>,
    population: Option<usize>,
}

/// Letters and digits of a header's cell, in lower case.
fn plain(cell: &str) -> String {
    cell.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

impl Columns {
    fn of(header: &[String]) -> Self {
        let mut columns = Columns::default();
        for (n, cell) in header.iter().enumerate() {
            let cell = plain(cell);
            let put = |slot: &mut Option<usize>| {
                slot.get_or_insert(n);
            };
            match cell.as_str() {
                "lat" | "latitude" | "y" | "pointy" | "ycoord" | "centroidlat" | "centroidy" | "latcentroid" | "centerlat"
                | "centrelat" | "latitudey" | "latdd" | "latdecimal" | "ycentroid" | "centroidlatitude" | "latitudecentroid" => {
                    put(&mut columns.lat)
                }
                "lon" | "long" | "lng" | "longitude" | "x" | "pointx" | "xcoord" | "centroidlon" | "centroidlong" | "centroidx"
                | "loncentroid" | "longcentroid" | "centerlon" | "centrelon" | "centerlong" | "longitudex" | "londd" | "longdd"
                | "xcentroid" | "centroidlongitude" | "longitudecentroid" => put(&mut columns.lon),
                "areasqkm" | "areakm2" | "sqkm" | "shapeareakm2" => put(&mut columns.area),
                "population" | "pop" | "totalpopulation" | "poptotal" => put(&mut columns.population),
                _ => columns.put_name(&cell, n),
            }
        }
        columns
    }

    /// `ADM3_AR`, `admin3Name_en`, `adm4_pcode` and the like; without a level, the place itself.
    fn put_name(&mut self, cell: &str, n: usize) {
        let rest = cell.strip_prefix("admin").or_else(|| cell.strip_prefix("adm"));
        let (level, what) = match rest.and_then(|r| Some((r.chars().next()?.to_digit(10)? as usize, &r[1..]))) {
            Some((level, what)) if level < LEVELS - 1 => (level, what),
            Some(_) => return,
            None => (LEVELS - 1, cell),
        };
        let slot = &mut self.levels[level];
        let put = |slot: &mut Option<usize>| {
            slot.get_or_insert(n);
        };
        match what.trim_start_matches("location").trim_start_matches("place") {
            "ar" | "namear" | "arname" | "arabic" | "namearabic" | "arabicname" | "namearab" => put(&mut slot.arabic[0]),
            "altar" | "alt1ar" | "altnamear" | "name1" | "refnamear" => put(&mut slot.arabic[1]),
            "alt2ar" | "name2" => put(&mut slot.arabic[2]),
            "en" | "nameen" | "enname" | "english" | "nameenglish" | "name" | "englishname" => put(&mut slot.english),
            "pcode" | "code" | "pcod" => put(&mut slot.pcode),
            _ => {}
        }
    }

    /// The finest level that has codes and names.
    fn finest(&self) -> Option<usize> {
        let names = |l: &Level| l.arabic.iter().any(Option::is_some) || l.english.is_some();
        (1..LEVELS).rev().find(|&n| self.levels[n].pcode.is_some() && names(&self.levels[n]))
    }
}

/// What a level is and how far a place of it usually reaches.
fn kind_of(level: usize) -> (PlaceKind, f64) {
    match level {
        1 => (PlaceKind::Admin1, 60.0),
        2 => (PlaceKind::Admin2, 20.0),
        3 => (PlaceKind::Region, 10.0),
        _ => (PlaceKind::Village, 1.5),
    }
}

/// Reads a table.
pub(super) fn read(table: &Path, rows: &mut Vec<Row>, summary: &mut Summary) -> Result<(), ImportError> {
    let (mut records, header) = Records::open(table)?;
    let columns = Columns::of(&header);
    let Some(level) = columns.finest() else {
        return Err(records.error("no columns of a level of division (ADM3_PCODE with ADM3_AR or ADM3_EN); this is not a COD-AB table"));
    };
    let (Some(lat), Some(lon)) = (columns.lat, columns.lon) else {
        return Err(records.error("no columns of coordinates (lat and lon, latitude and longitude, or those of centroids)"));
    };
    let mut any = false;
    while let Some(cells) = records.next()? {
        any = true;
        if cells.len() != header.len() {
            return Err(records.error(format!("{} columns instead of {}", cells.len(), header.len())));
        }
        summary.read += 1;
        let row = row(&columns, level, (lat, lon), &cells).map_err(|reason| records.error(reason))?;
        match row {
            None => summary.nameless += 1,
            Some(row) if has_outline(&row.country) && !contains(&row.country, row.lat, row.lon, ASTRAY_KM) => summary.astray += 1,
            Some(row) => rows.push(row),
        }
    }
    if any { Ok(()) } else { Err(records.error("the table has a header and no rows")) }
}

fn row(columns: &Columns, level: usize, (lat, lon): (usize, usize), cells: &[String]) -> Result<Option<Row>, String> {
    let cell = |at: Option<usize>| at.map_or("", |at| cells[at].trim());
    let at = columns.levels[level];
    let pcode = cell(at.pcode);
    if pcode.is_empty() {
        return Err("the P-code is empty".into());
    }
    if !pcode.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')) {
        return Err(format!("«{pcode}» is not a P-code"));
    }
    let (lat, lon) = (degrees("latitude", &cells[lat], 90.0)?, degrees("longitude", &cells[lon], 180.0)?);
    let mut names: Vec<String> = Vec::new();
    for name in at.arabic.into_iter().map(cell).chain([cell(at.english)]) {
        // Several spellings in one cell.
        for name in name.split(['/', '|', ';']).map(clean).filter(|n| is_arabic(n)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    if names.is_empty() {
        return Ok(None);
    }
    let english = |level: usize| clean(cell(columns.levels[level].english));
    let country = [cell(columns.levels[0].pcode), pcode].into_iter().find_map(|code| {
        let two = code.get(..2)?.to_ascii_uppercase();
        two.bytes().all(|b| b.is_ascii_uppercase()).then_some(two)
    });
    let (kind, usual) = kind_of(level);
    let area = cell(columns.area).parse::<f64>().ok().filter(|a| *a > 0.0 && a.is_finite());
    let population = cell(columns.population).parse::<f64>().unwrap_or(0.0).clamp(0.0, 4e9) as u32;
    // Names of one word of the smallest places are everyday words too often.
    let (names, bare_names) = names.into_iter().partition(|n| level < 4 || population >= 5_000 || n.contains(' '));
    Ok(Some(Row {
        id: format!("pcode:{pcode}"),
        names,
        bare_names,
        english: english(level),
        kind,
        country: country.or_else(|| crate::country_of(lat, lon).map(str::to_owned)).unwrap_or_default(),
        admin1: if level >= 1 { english(1) } else { String::new() },
        admin2: if level >= 2 { english(2) } else { String::new() },
        lat,
        lon,
        radius_km: area.map_or(usual, |a| ((a / std::f64::consts::PI).sqrt() * 10.0).round() / 10.0).clamp(0.5, 1500.0),
        population,
        curated: false,
    }))
}
