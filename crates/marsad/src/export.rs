//! `marsad export`: incidents in the formats of the field.

use crate::engine;
use crate::filters::{Beside, FilterArguments};
use crate::output::Output;
use crate::store::StoreArguments;
use clap::{Args, ValueEnum};
use jiff::Zoned;
use jiff::civil::Date;
use marsad_coder::Coder;
use marsad_export::{Actor, Format, Knowledge, Policy, Row, Source};
use marsad_places::Gazetteer;
use std::collections::HashMap;
use std::io::{self, Write};
use std::path::PathBuf;

/// Export an observatory's incidents.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  marsad export acled -o incidents.csv
  marsad export geojson --country SY --from 2023-01-01 --to 2023-12-31 -o syria.geojson
  marsad export parquet --state reviewed,final --bbox 35.5,35.5,42.4,37.3 -o north.parquet
  marsad export hxl --public -o public.csv
      after the delay, with coarse places, without words of reports

Only incidents are exported: totals and background are none. What reviewers put right is exported as they left it. `--public` applies the policy that comes with
Marsad (crates/marsad-export/publication.toml says what and why); --policy FILE applies your own.")]
pub(crate) struct Arguments {
    /// The format.
    #[arg(value_enum)]
    format: Name,

    #[command(flatten)]
    store: StoreArguments,

    /// Write to a file, which appears only when it is whole.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Apply the policy for publication.
    #[arg(long)]
    public: bool,

    /// Apply a policy for publication of your own.
    #[arg(long, value_name = "FILE", conflicts_with = "public")]
    policy: Option<PathBuf>,

    /// The day that the policy's delay is counted from [default: today].
    #[arg(long, value_name = "DATE")]
    today: Option<Date>,

    #[command(flatten)]
    filters: FilterArguments,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Name {
    /// A table with the columns of ACLED.
    Acled,
    /// A table with the columns of UCDP-GED; only incidents in which somebody died.
    Ucdp,
    /// PLOVER events, one a line.
    Plover,
    /// Points for a map.
    Geojson,
    /// A table with HXL tags.
    Hxl,
    /// Incidents as `marsad link` prints them.
    Jsonl,
    /// Parquet, with a column of points (GeoParquet 1.1).
    Parquet,
}

/// Runs the command; gives the number of problems told.
pub(crate) fn run(arguments: &Arguments) -> io::Result<usize> {
    let policy = match &arguments.policy {
        None => arguments.public.then(Policy::standard),
        Some(path) => {
            let text = std::fs::read_to_string(path)?;
            Some(Policy::read(&text).map_err(|error| io::Error::other(format!("{}: {error}", path.display())))?)
        }
    };
    let filter = arguments.filters.filter_for_use()?;
    let mut open = arguments.store.open()?;
    open.tell_stale("are not in this export")?;
    let incidents = open.run(async |store| store.incidents().await)?;
    let heads = open.run(async |store| store.heads().await)?;
    let beside = Beside::new(&heads, open.run(async |store| store.reviews().await)?);
    open.close()?;
    let sources = heads.into_iter().map(|head| {
        (head.id, Source { outlet: head.outlet, title: head.title, url: head.url, published: head.published, added: Some(head.added) })
    });
    let coder = engine::load(None)?;
    let divisions =
        coder.gazetteers().iter().flat_map(Gazetteer::places).map(|place| (place.id.to_owned(), place.admin2.to_owned())).collect();
    let known = Known { coder, sources: sources.collect(), divisions };
    let today = arguments.today.unwrap_or_else(|| Zoned::now().date());
    let wanted = incidents.into_iter().filter_map(|incident| beside.wanted(&filter, incident));
    let rows = wanted.map(|(incident, _)| Row::new(&incident, &known));
    let rows: Vec<Row> = match &policy {
        None => rows.collect(),
        Some(policy) => rows.filter_map(|row| policy.apply(row, today)).collect(),
    };
    let format = match arguments.format {
        Name::Acled => Format::Acled,
        Name::Ucdp => Format::Ucdp,
        Name::Plover => Format::Plover,
        Name::Geojson => Format::GeoJson,
        Name::Hxl => Format::Hxl,
        Name::Jsonl => Format::JsonLines,
        Name::Parquet => {
            let file = marsad_geoparquet::parquet(&rows).map_err(io::Error::other)?;
            let mut output = Output::open(arguments.output.as_deref())?;
            output.write_all(&file)?;
            output.finish()?;
            return Ok(0);
        }
    };
    let mut output = Output::open(arguments.output.as_deref())?;
    marsad_export::export(&rows, format, &mut output)?;
    output.finish()?;
    Ok(0)
}

/// Actors of the language pack, and documents of the store.
struct Known {
    coder: Coder,
    sources: HashMap<String, Source>,
    /// Second-order divisions of places.
    divisions: HashMap<String, String>,
}

impl Knowledge for Known {
    fn actor(&self, id: &str, day: Option<Date>) -> Option<Actor> {
        marsad_export::actor_of(self.coder.lexicon().pack(), id, day)
    }

    fn source(&self, document: &str) -> Option<Source> {
        self.sources.get(document).cloned()
    }

    fn admin2(&self, place: &str) -> Option<String> {
        self.divisions.get(place).cloned()
    }
}
