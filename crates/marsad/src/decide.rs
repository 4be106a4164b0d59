//! `marsad decide`: people merge and split incidents.

use crate::linking::link_store;
use crate::report;
use crate::store::{Open, StoreArguments};
use clap::{Args, Subcommand};
use marsad_model::Incident;
use marsad_store::{Decision, Verdict};
use std::io::{self, Write};
use std::path::PathBuf;

/// Merge or split incidents, or take that back. A decision is remembered when new documents arrive.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  marsad decide merge 1f0a 77c2 --by layla --why \"one toll, two names of the village\"
  marsad decide split 1f0a 9c1e5b#2 --by omar
  marsad decide list
  marsad decide undo 3 --by layla

Incidents and events may be told by the first digits of their ids. The machine's own links are never lost:
an undone decision leaves what linking finds without it.")]
pub(crate) struct Arguments {
    /// The observatory's folder [default: the one around the current folder].
    #[arg(long, global = true, value_name = "DIR")]
    store: Option<PathBuf>,

    /// Who decides [default: $USER].
    #[arg(long, global = true, value_name = "NAME")]
    by: Option<String>,

    /// Why.
    #[arg(long, global = true, value_name = "TEXT")]
    why: Option<String>,

    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Incidents are one.
    Merge {
        /// Two or more.
        #[arg(required = true, num_args = 2.., value_name = "INCIDENT")]
        incidents: Vec<String>,
    },
    /// Events of an incident belong to another one.
    Split {
        /// The incident.
        incident: String,
        /// The events that leave it together.
        #[arg(required = true, value_name = "EVENT")]
        events: Vec<String>,
    },
    /// A decision is taken back.
    Undo {
        /// Its number.
        number: i64,
    },
    /// Show all decisions.
    List,
}

/// Runs the command; gives the number of problems told.
pub(crate) fn run(arguments: &Arguments) -> io::Result<usize> {
    let mut open = StoreArguments { store: arguments.store.clone() }.open()?;
    let verdict = match &arguments.action {
        Action::List => {
            let decisions = open.run(async |store| store.decisions().await)?;
            let mut out = io::stdout().lock();
            for decision in &decisions {
                writeln!(out, "{}", line(decision))?;
            }
            open.close()?;
            return Ok(0);
        }
        Action::Merge { incidents } => {
            let all = open.run(async |store| store.incidents().await)?;
            let sides: Vec<_> = incidents.iter().map(|id| Ok(find(&all, id)?.events.clone())).collect::<io::Result<_>>()?;
            Verdict::Merge(sides)
        }
        Action::Split { incident, events } => {
            let all = open.run(async |store| store.incidents().await)?;
            split(find(&all, incident)?, events)?
        }
        Action::Undo { number } => Verdict::Undo(*number),
    };
    let person = arguments.by.clone().or_else(|| std::env::var("USER").ok()).filter(|name| !name.trim().is_empty());
    let person = person.ok_or_else(|| io::Error::other("who decides? say it with --by NAME"))?;
    decide(&mut open, verdict, &person, arguments.why.as_deref())?;
    open.close()?;
    Ok(0)
}

fn decide(open: &mut Open, verdict: Verdict, person: &str, why: Option<&str>) -> io::Result<()> {
    let number = open.run(async |store| store.decide(verdict, person, why).await)?;
    link_store(open, false)?;
    let count = open.run(async |store| store.count_incidents().await)?;
    report::line(&format!("decision {number} is heeded; there are {count} incidents now"));
    Ok(())
}

/// The one incident whose id begins so.
fn find<'a>(all: &'a [Incident], id: &str) -> io::Result<&'a Incident> {
    let mut found = all.iter().filter(|incident| !id.is_empty() && incident.id.starts_with(id));
    match (found.next(), found.next()) {
        (Some(incident), None) => Ok(incident),
        (Some(_), Some(_)) => Err(io::Error::other(format!("more than one incident begins with {id:?}; give more digits"))),
        (None, _) => Err(io::Error::other(format!("there is no incident {id:?}; `marsad link` makes them"))),
    }
}

fn split(incident: &Incident, given: &[String]) -> io::Result<Verdict> {
    let wrong = |event: &String| !incident.events.iter().any(|id| id.starts_with(event.as_str()));
    if let Some(event) = given.iter().find(|event| wrong(event)) {
        return Err(io::Error::other(format!(
            "{event:?} is no event of the incident {}; it has {}",
            incident.id,
            incident.events.join(", ")
        )));
    }
    let (leaving, staying): (Vec<_>, Vec<_>) =
        incident.events.iter().cloned().partition(|id| given.iter().any(|event| id.starts_with(event.as_str())));
    if staying.is_empty() {
        return Err(io::Error::other("these are all its events; name those that leave it"));
    }
    Ok(Verdict::Split(vec![leaving, staying]))
}

/// One decision for people.
fn line(decision: &Decision) -> String {
    let sides = |sides: &[Vec<String>]| sides.iter().map(|side| side.join(" ")).collect::<Vec<_>>().join(" | ");
    let what = match &decision.verdict {
        Verdict::Merge(of) => format!("merge {}", sides(of)),
        Verdict::Split(of) => format!("split {}", sides(of)),
        Verdict::Undo(number) => format!("undo {number}"),
    };
    let undone = if decision.undone { " (undone)" } else { "" };
    let why = decision.reason.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
    format!("{}\t{}\t{}\t{what}{undone}{why}", decision.number, decision.made, decision.person)
}
