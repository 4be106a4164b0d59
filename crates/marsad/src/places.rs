//! `marsad places`: what is known of places, and how to make it more.

use crate::{engine, report};
use clap::{Args, Subcommand};
use marsad_coder::Coder;
use marsad_places::{Gazetteer, Options, Query, Source, import, search};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

/// First words of compounds of the places that are built in, one a line.
const COMPOUNDS: &str = include_str!("../../../languages/ar/places/compounds.txt");

/// Look places up, import more, count them.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Look a name up: one JSON object per candidate, best first.
    #[command(after_long_help = "\
Examples:
  marsad places search الباب --country SY
  marsad places search حي القصور --near 35.13,36.75
      with a point, near ones come first and have \"distance_km\"
  marsad places search قرية الزهراء في ريف حلب
  marsad places search Maarat Numan, Idlib
  marsad places search كفر نبل | jq -r '[.score, .name, .admin1, .lat, .lon] | @tsv'

Spelling need not be exact: hamza, ta marbuta and the article, compounds written together or apart, and, where
nothing else is found, a letter or two. A word of kind typed with the name (quarter, village, camp, bridge,
airport, in either language) puts places of that kind before their namesakes. English names are found as they
are spelt or sound, second names such as Gire Spi or Derik among them, and ids too. What is typed with a name (its city, its governorate, a
town near it) tells its namesakes apart; without that, those of the countries best known here come first. \"source\" tells whether editors wrote the row (curated), a mass source did
(generated), or you imported it (user).")]
    Search {
        /// The name; several words need no quotes.
        #[arg(required = true, value_name = "NAME")]
        name: Vec<String>,
        /// Only places of this country (two letters, such as SY).
        #[arg(long, value_name = "CC", value_parser = country)]
        country: Option<String>,
        /// Prefer places near this point (degrees north, degrees east).
        #[arg(long, value_name = "LAT,LON", value_parser = point, allow_hyphen_values = true)]
        near: Option<(f64, f64)>,
        /// Print at most so many candidates.
        #[arg(long, value_name = "N", default_value_t = 20)]
        limit: usize,
    },
    /// Import places from GeoNames dumps or OCHA COD-AB tables into your own gazetteer.
    #[command(after_long_help = "\
Examples:
  marsad places import SY.txt alternateNamesV2.txt admin1CodesASCII.txt
      from https://download.geonames.org/export/dump/ (unpacked); alternateNamesV2.txt has most Arabic names
  marsad places import geonames/ syr_pplp_adm4.csv
      a folder is taken with all files in it that are known; tables need P-codes, names and coordinates
  marsad places import SY.txt --replace
      begins your gazetteer anew

A place within 3 km of a known one that shares a name with it is the same place and adds its spellings. A
fault ends the import with file and line (exit code 2), and your gazetteer stays as it was. It lies in
$XDG_DATA_HOME/marsad/places.gaz, or where --places or MARSAD_PLACES say, and every later run uses it.")]
    Import {
        /// Files and folders: SY.txt, alternateNamesV2.txt, admin1CodesASCII.txt, *.csv.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Begin anew instead of adding to what was imported before.
        #[arg(long)]
        replace: bool,
    },
    /// Count places by layer, kind and country, as one JSON object.
    #[command(after_long_help = "\
Example:
  marsad places stats | jq .built_in.bytes")]
    Stats,
}

/// Runs the command; gives the number of problems told.
pub(crate) fn run(arguments: &Arguments) -> io::Result<usize> {
    match &arguments.command {
        Command::Search { name, country, near, limit } => find(&name.join(" "), country.as_deref(), *near, *limit),
        Command::Import { files, replace } => take_in(files, *replace),
        Command::Stats => count(),
    }
}

fn country(raw: &str) -> Result<String, String> {
    if raw.len() == 2 && raw.bytes().all(|b| b.is_ascii_alphabetic()) {
        Ok(raw.to_ascii_uppercase())
    } else {
        Err("give the two letters of a country, such as SY".into())
    }
}

fn point(raw: &str) -> Result<(f64, f64), String> {
    let numbers = raw.split_once([',', ' ']).and_then(|(a, b)| Some((a.trim().parse().ok()?, b.trim().parse().ok()?)));
    let sound = |&(lat, lon): &(f64, f64)| lat.abs() <= 90.0 && lon.abs() <= 180.0;
    numbers.filter(sound).ok_or_else(|| "give degrees north and degrees east, such as 35.13,36.75".into())
}

fn find(name: &str, country: Option<&str>, near: Option<(f64, f64)>, limit: usize) -> io::Result<usize> {
    let coder = engine::load(None)?;
    let kinds = coder.kind_words();
    let sources: Vec<Source<'_>> = coder.gazetteers().iter().enumerate().map(|(n, gazetteer)| Source { gazetteer, user: n > 0 }).collect();
    let query = Query { name, country, near, kind_words: &kinds, article: &coder.lexicon().pack().article };
    let hits = search(&sources, &query);
    let mut out = io::BufWriter::new(io::stdout().lock());
    for hit in hits.iter().take(limit) {
        serde_json::to_writer(&mut out, hit)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    if hits.is_empty() {
        let within = country.map(|c| format!(" in {c}")).unwrap_or_default();
        report::line(&format!("no place of this name is known{within}: {name}; `marsad places import --help` tells how to add places"));
    }
    Ok(0)
}

fn take_in(files: &[PathBuf], replace: bool) -> io::Result<usize> {
    let target = engine::user_places().ok_or_else(|| io::Error::other("no folder for your data is known; say where with --places FILE"))?;
    let coder = Coder::embedded();
    let known: Vec<&Gazetteer> = coder.gazetteers().iter().collect();
    let compounds: Vec<String> =
        COMPOUNDS.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')).map(str::to_owned).collect();
    match import(files, &target, &Options { known: &known, compounds: &compounds, replace }) {
        Ok(done) => {
            report::line(&format!(
                "{}: {} places read; {} new, {} known that got further spellings, {} known already; left out: {} without a name in \
                 Arabic letters, {} far outside their country",
                target.display(),
                done.read,
                done.added,
                done.completed,
                done.known,
                done.nameless,
                done.astray
            ));
            Ok(0)
        }
        Err(error) => {
            report::line(&error.to_string());
            report::line("nothing was imported; your gazetteer is as it was");
            Ok(1)
        }
    }
}

/// Counts of one gazetteer.
#[derive(Debug, Default, Serialize)]
struct Counts {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<PathBuf>,
    bytes: usize,
    places: u32,
    layers: BTreeMap<&'static str, u32>,
    kinds: BTreeMap<&'static str, u32>,
    countries: BTreeMap<String, u32>,
}

impl Counts {
    fn of(gazetteer: &Gazetteer, user: bool) -> Self {
        let mut counts = Counts { bytes: gazetteer.bytes().len(), places: gazetteer.len(), ..Counts::default() };
        for place in gazetteer.places() {
            let layer = if user {
                "user"
            } else if place.curated {
                "curated"
            } else {
                "generated"
            };
            *counts.layers.entry(layer).or_default() += 1;
            *counts.kinds.entry(place.kind.name()).or_default() += 1;
            let country = if place.country.is_empty() { "none" } else { place.country };
            *counts.countries.entry(country.to_owned()).or_default() += 1;
        }
        counts
    }
}

/// Counts of all gazetteers in use.
#[derive(Debug, Serialize)]
struct Stats {
    built_in: Counts,
    user: Option<Counts>,
}

fn count() -> io::Result<usize> {
    let coder = engine::load(None)?;
    let counts = |n: usize| coder.gazetteers().get(n).map(|g| Counts::of(g, n > 0));
    let user = counts(1).map(|c| Counts { file: engine::user_places(), ..c });
    let stats = Stats { built_in: counts(0).unwrap_or_default(), user };
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &stats)?;
    out.write_all(b"\n")?;
    Ok(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_typed() {
        assert_eq!(country("sy"), Ok("SY".into()));
        assert!(country("Syria").is_err() && country("س").is_err());
        assert_eq!(point("35.13,36.75"), Ok((35.13, 36.75)));
        assert_eq!(point("-1.5, 36"), Ok((-1.5, 36.0)));
        assert!(point("95,36").is_err() && point("35").is_err() && point("NaN,1").is_err());
    }
}
