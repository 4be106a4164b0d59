//! `marsad export`: incidents in the formats of the field.

use crate::output::Output;
use crate::store::StoreArguments;
use crate::{engine, report};
use clap::{Args, ValueEnum};
use jiff::Zoned;
use jiff::civil::Date;
use marsad_coder::Coder;
use marsad_export::{Actor, Body, Format, Knowledge, Policy, Row, Source};
use marsad_language::ActorKind;
use marsad_model::{Action, Incident};
use std::collections::HashMap;
use std::io;
use std::path::PathBuf;

/// Export an observatory's incidents.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  marsad export acled -o incidents.csv
  marsad export geojson --country SY --from 2023-01-01 --to 2023-12-31 -o syria.geojson
  marsad export hxl --public -o public.csv
      after the delay, with coarse places, without words of reports

Only incidents are exported: totals and background are none. `--public` applies the policy that comes with
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

    /// Only incidents that last until this day or longer.
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,

    /// Only incidents that begin on this day or earlier.
    #[arg(long, value_name = "DATE")]
    to: Option<Date>,

    /// Only incidents in these countries (ISO 3166-1 alpha-2).
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    country: Vec<String>,

    /// Only incidents of these actions (names of the codebook).
    #[arg(long, value_name = "ACTION", value_delimiter = ',', value_parser = action)]
    action: Vec<Action>,

    /// Only incidents in which one of these actors takes part (ids of the codebook).
    #[arg(long, value_name = "ACTOR", value_delimiter = ',')]
    actor: Vec<String>,

    /// Only incidents of at least this confidence (0 to 1).
    #[arg(long, value_name = "NUMBER", default_value_t = 0.0)]
    confidence: f64,

    /// Only incidents told by at least so many voices.
    #[arg(long, value_name = "N", default_value_t = 1)]
    voices: u32,

    /// Apply the policy for publication.
    #[arg(long)]
    public: bool,

    /// Apply a policy for publication of your own.
    #[arg(long, value_name = "FILE", conflicts_with = "public")]
    policy: Option<PathBuf>,

    /// The day that the policy's delay is counted from [default: today].
    #[arg(long, value_name = "DATE")]
    today: Option<Date>,
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
}

fn action(name: &str) -> Result<Action, String> {
    Action::from_name(name).ok_or_else(|| format!("{name:?} is no action of the codebook"))
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
    let mut open = arguments.store.open()?;
    let fresh = open.run(async |store| store.freshness().await)?;
    if !fresh.is_fresh() {
        let (documents, decisions) = (fresh.documents, fresh.decisions);
        report::line(&format!(
            "{documents} documents and {decisions} decisions came after the last `marsad link`; they are not in this export"
        ));
    }
    let incidents = open.run(async |store| store.incidents().await)?;
    let heads = open.run(async |store| store.heads().await)?;
    open.close()?;
    let sources = heads
        .into_iter()
        .map(|head| (head.id, Source { outlet: head.outlet, title: head.title, url: head.url, published: head.published }));
    let known = Known { coder: engine::load(None)?, sources: sources.collect() };
    let today = arguments.today.unwrap_or_else(|| Zoned::now().date());
    let rows = incidents.iter().filter(|incident| arguments.wants(incident)).map(|incident| Row::new(incident, &known));
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
    };
    let mut output = Output::open(arguments.output.as_deref())?;
    marsad_export::export(&rows, format, &mut output)?;
    output.finish()?;
    Ok(0)
}

impl Arguments {
    fn wants(&self, incident: &Incident) -> bool {
        let day = |text: Option<&String>| text.and_then(|day| day.parse::<Date>().ok());
        let when = incident.when.as_ref();
        let (start, end) = (day(when.and_then(|when| when.start.as_ref())), day(when.and_then(|when| when.end.as_ref())));
        let country = incident.place.as_ref().and_then(|place| place.country.as_deref());
        let takes_part = |id: &String| incident.participants.iter().any(|told| told.participant.actor == *id);
        self.from.is_none_or(|from| end.or(start).is_some_and(|end| end >= from))
            && self.to.is_none_or(|to| start.is_some_and(|start| start <= to))
            && (self.country.is_empty() || country.is_some_and(|code| self.country.iter().any(|wanted| wanted.eq_ignore_ascii_case(code))))
            && (self.action.is_empty() || self.action.contains(&incident.action))
            && (self.actor.is_empty() || self.actor.iter().any(takes_part))
            && incident.confidence >= self.confidence
            && incident.voices >= self.voices
    }
}

/// Actors of the language pack, and documents of the store.
struct Known {
    coder: Coder,
    sources: HashMap<String, Source>,
}

impl Knowledge for Known {
    fn actor(&self, id: &str, day: Option<Date>) -> Option<Actor> {
        if id == "civilians" {
            return Some(Actor { name: "Civilians".into(), body: Body::Civilians, country: None });
        }
        let named = || self.coder.lexicon().pack().actors.iter().filter(|actor| actor.id == id);
        let then = |actor: &&marsad_language::Actor| {
            let after = actor.from.zip(day).is_none_or(|(from, day)| from <= day);
            after && actor.until.zip(day).is_none_or(|(until, day)| day <= until)
        };
        let actor = named().find(then).or_else(|| named().next())?;
        Some(Actor { name: actor.english.clone(), body: body(actor.kind), country: actor.country.clone() })
    }

    fn source(&self, document: &str) -> Option<Source> {
        self.sources.get(document).cloned()
    }
}

fn body(kind: ActorKind) -> Body {
    use ActorKind::*;
    match kind {
        State | Leader | Army | Police | Security => Body::State,
        ArmedGroup => Body::Rebels,
        Militia | Settlers => Body::Militia,
        Tribe => Body::Communal,
        Coalition | Alliance => Body::Other,
        _ => Body::Civilians,
    }
}
