//! `marsad stats`: incidents counted.

use crate::filters::{Beside, FilterArguments};
use crate::output::Output;
use crate::report;
use crate::store::StoreArguments;
use clap::{Args, ValueEnum};
use marsad_model::Incident;
use marsad_stats::{Axis, Read};
use std::io::{self, Write};
use std::path::PathBuf;

/// Count incidents, and those that were killed and injured in them, by time, place, action and actor.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  marsad stats --from 2023-01-01 --plot weeks.svg
  marsad stats --per month --by country --format csv -o months.csv
  marsad stats --per none --by action --country SY --plot actions.svg
  marsad stats --by actor --action airstrike,drone_strike --near 36.2,37.16,50

An incident is counted in the period of its first day, and killed and injured are the sums of the least, the best and the
most that is told of every incident. Aggregates and background are no incidents and are never counted.

More sources tell of more incidents where no more happen: beside the counts stands the number of documents read that
were published in the same period, and the incidents for every 1,000 of them. That number knows no filters other than
days: it says how much was read. By actor or target, an incident counts once for each of them.")]
pub(crate) struct Arguments {
    #[command(flatten)]
    store: StoreArguments,

    /// What periods are counted apart.
    #[arg(long, value_enum, value_name = "PERIOD", default_value = "week")]
    per: Period,

    /// What else is counted apart.
    #[arg(long, value_enum, value_name = "WHAT")]
    by: Option<By>,

    /// How to print.
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "table")]
    format: Format,

    /// Write to a file, which appears only when it is whole.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Draw it, too, as SVG.
    #[arg(long, value_name = "FILE.svg")]
    plot: Option<PathBuf>,

    #[command(flatten)]
    filters: FilterArguments,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Period {
    /// Days.
    Day,
    /// Weeks from Monday (ISO 8601).
    Week,
    /// Months.
    Month,
    /// All time together.
    None,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum By {
    /// ISO codes of countries.
    Country,
    /// Provinces.
    Admin1,
    /// Actions of the codebook.
    Action,
    /// Who did it (ids of the codebook).
    Actor,
    /// Whom it was aimed at or who suffered it.
    Target,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For reading.
    Table,
    /// For a spreadsheet.
    Csv,
    /// One JSON object a line.
    Jsonl,
}

/// Runs the command; gives the number of problems told.
pub(crate) fn run(arguments: &Arguments) -> io::Result<usize> {
    let filter = arguments.filters.filter_for_use()?;
    let mut open = arguments.store.open()?;
    open.tell_stale("are not counted")?;
    let beside = Beside::load(&mut open, &filter)?;
    let read = open.run(async |store| store.documents_per_day().await)?;
    let read: Vec<Read> = read.into_iter().map(|(day, number)| (day.parse().ok(), number.unsigned_abs())).collect();
    let incidents: Vec<Incident> = open.run(async |store| store.incidents().await)?;
    open.close()?;
    let period = match arguments.per {
        Period::Day => Some(marsad_stats::Period::Day),
        Period::Week => Some(marsad_stats::Period::Week),
        Period::Month => Some(marsad_stats::Period::Month),
        Period::None => None,
    };
    let axis = arguments.by.map(|by| match by {
        By::Country => Axis::Country,
        By::Admin1 => Axis::Admin1,
        By::Action => Axis::Action,
        By::Actor => Axis::Actor,
        By::Target => Axis::Target,
    });
    let wanted: Vec<Incident> =
        incidents.into_iter().filter_map(|incident| beside.wanted(&filter, incident)).map(|(incident, _)| incident).collect();
    let stats = marsad_stats::count(wanted.iter(), &read, period, axis, arguments.filters.days());
    if let Some(path) = &arguments.plot {
        let picture = marsad_stats::picture(&stats).map_err(io::Error::other)?;
        let mut output = Output::open(Some(path))?;
        output.write_all(picture.as_bytes())?;
        output.finish()?;
    }
    let text = match arguments.format {
        Format::Table => marsad_stats::text(&stats),
        Format::Csv => marsad_stats::csv(&stats),
        Format::Jsonl => marsad_stats::json_lines(&stats),
    };
    let mut output = Output::open(arguments.output.as_deref())?;
    output.write_all(text.as_bytes())?;
    output.finish()?;
    let dayless = read.iter().filter(|(day, _)| day.is_none()).map(|(_, number)| number).sum::<u64>();
    if dayless > 0 && period.is_some() {
        report::line(&format!("{dayless} documents without a day of publication belong to no period"));
    }
    Ok(0)
}
