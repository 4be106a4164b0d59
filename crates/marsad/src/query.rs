//! `marsad query`: documents, events and incidents by words and by what was coded.

use crate::filters::{Beside, FilterArguments};
use crate::output::Output;
use crate::paint::{ColorChoice, Paint, harmless};
use crate::store::{Open, StoreArguments};
use crate::{engine, report};
use anstyle::AnsiColor;
use clap::{Args, ValueEnum};
use marsad_model::{Coded, Event, Incident, ReviewState, Scope, When, Where};
use marsad_search::{Filter, Snippet, Words};
use marsad_store::{Head, Mark, States};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::io::{self, Write};
use std::path::PathBuf;

/// Length of a snippet (code points).
const SNIPPET: usize = 160;

/// Find documents, events and incidents by their words and by what was coded.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  marsad query 'مجزرة' --from 2023-01-01 --country SY
  marsad query '\"ريف حلب\" قصف -هدنة' --in documents
  marsad query --near 36.2,37.16,25 --action airstrike,shelling --killed 5
  marsad query 'قذيفة*' --in events --certainty claimed,accused --format jsonl -o events.jsonl

Words are found in headlines and texts, however they are spelled: with or without vowels, hamza, tatweel, and
with and, by, to, the … written before them (--exact: not so). All words have to be there, in any order; \"in quotes\" they
stand together; word* is a beginning; -word must not be there. An incident has the words where one of its
documents has them.

Lists go from the last day backwards and always come in the same order. Where there is more, the last line on
standard error says how to go on: --after MARK.")]
pub(crate) struct Arguments {
    /// What to look for.
    #[arg(value_name = "WORDS", allow_hyphen_values = true)]
    words: Option<String>,

    /// What to list.
    #[arg(long = "in", value_enum, value_name = "WHAT", default_value = "incidents")]
    what: What,

    #[command(flatten)]
    store: StoreArguments,

    /// How to print.
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "table")]
    format: Format,

    /// Write to a file, which appears only when it is whole.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// At most so many; 0 for all.
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,

    /// Go on after this mark.
    #[arg(long, value_name = "MARK", value_parser = mark, allow_hyphen_values = true)]
    after: Option<After>,

    /// Take words as they are given, without what may be written before them.
    #[arg(long)]
    exact: bool,

    /// Only events that stand so to their document: incident, background, aggregate.
    #[arg(long, value_name = "SCOPE", value_delimiter = ',', value_parser = scope)]
    scope: Vec<Scope>,

    /// Colours.
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = ColorChoice::Auto)]
    color: ColorChoice,

    #[command(flatten)]
    filters: FilterArguments,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    /// What several reports tell, linked.
    Incidents,
    /// Reports.
    Documents,
    /// What one report tells.
    Events,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading.
    Table,
    /// One JSON object a line.
    Jsonl,
}

fn scope(name: &str) -> Result<Scope, String> {
    Scope::from_name(name).ok_or_else(|| "give incident, background or aggregate".to_owned())
}

/// Where a list goes on: after a row, and after one of its events.
#[derive(Clone, Debug)]
struct After {
    mark: Mark,
    event: Option<usize>,
}

/// Reads `DAY/ID` or `DAY/DOCUMENT#N`, as [`shown`] writes it.
fn mark(text: &str) -> Result<After, String> {
    let wrong = || format!("{text:?} is no mark; take the one that the list before it ended with");
    let (day, id) = text.split_once('/').ok_or_else(wrong)?;
    let day = if day == "-" { "" } else { day };
    let (id, event) = match id.split_once('#') {
        Some((id, event)) => (id, Some(event.parse().map_err(|_| wrong())?)),
        None => (id, None),
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if id.is_empty() || !id.chars().all(plain) || !day.chars().all(plain) {
        return Err(wrong());
    }
    Ok(After { mark: Mark { day: day.to_owned(), id: id.to_owned() }, event })
}

fn shown(mark: &Mark, event: Option<usize>) -> String {
    let day = if mark.day.is_empty() { "-" } else { &mark.day };
    format!("{day}/{}{}", mark.id, event.map(|n| format!("#{n}")).unwrap_or_default())
}

/// Runs the command; gives the number of problems told.
pub(crate) fn run(arguments: &Arguments) -> io::Result<usize> {
    let mut filter = arguments.filters.filter()?;
    filter.scopes.clone_from(&arguments.scope);
    let words = arguments.words.as_deref().map(|typed| words(typed, arguments.exact)).transpose()?;
    let mut open = arguments.store.open()?;
    let having = match &words {
        Some(words) => {
            catch_up(&mut open)?;
            Some(open.run(async |store| store.documents_with(words).await)?)
        }
        None => None,
    };
    if arguments.what == What::Incidents {
        open.tell_stale("are not in this list")?;
    }
    let mut output = Output::open(arguments.output.as_deref())?;
    let paint = Paint::new(arguments.color, arguments.output.is_some());
    let mut list = List { arguments, filter, words, having, paint, out: &mut output, told: 0, last: None };
    let more = match arguments.what {
        What::Incidents => list.incidents(&mut open)?,
        What::Documents | What::Events => list.documents(&mut open)?,
    };
    let (told, last) = (list.told, list.last.take());
    output.finish()?;
    open.close()?;
    match last {
        Some(last) if more => report::line(&format!("{told} shown, there is more: --after {last}")),
        _ => report::line(&format!("{told} found")),
    }
    Ok(0)
}

fn words(typed: &str, exact: bool) -> io::Result<Words> {
    let coder = if exact { None } else { Some(engine::load(None)?) };
    let proclitics: Vec<String> =
        coder.iter().flat_map(|coder| &coder.lexicon().pack().proclitics).map(|(written, _)| written.clone()).collect();
    Words::read(typed, &proclitics).map_err(io::Error::other)
}

/// Puts new documents into the index; where the store may not be written to, it is told what is missing.
pub(crate) fn catch_up(open: &mut Open) -> io::Result<()> {
    let waiting = open.run(async |store| store.unindexed().await)?;
    if waiting == 0 {
        return Ok(());
    }
    let bar = report::counter(waiting as u64, "documents put into the index");
    let done = open.runtime.block_on(open.store.index(|put| bar.inc(put as u64)));
    bar.finish_and_clear();
    match done {
        Err(marsad_store::Error::ReadOnly) => {
            report::line(&format!(
                "{waiting} documents are not in the index, since this store may not be written to; they are not searched"
            ));
            Ok(())
        }
        done => done.map_err(io::Error::other),
    }
}

struct List<'a> {
    arguments: &'a Arguments,
    filter: Filter,
    words: Option<Words>,
    having: Option<HashSet<String>>,
    paint: Paint,
    out: &'a mut Output,
    told: usize,
    last: Option<String>,
}

impl List<'_> {
    fn full(&self) -> bool {
        self.arguments.limit > 0 && self.told >= self.arguments.limit
    }

    /// Lists incidents; gives whether there are more.
    fn incidents(&mut self, open: &mut Open) -> io::Result<bool> {
        let beside = Beside::load(open, &self.filter)?;
        let mut mark = self.arguments.after.as_ref().map(|after| after.mark.clone());
        loop {
            let page = open.run(async |store| store.incidents_after(mark.as_ref()).await)?;
            let Some((last, _)) = page.last() else { return Ok(false) };
            mark = Some(last.clone());
            for (at, incident) in page {
                let having = match &self.having {
                    Some(having) => incident.documents.iter().find(|id| having.contains(*id)),
                    None => incident.documents.first(),
                };
                let Some(document) = having.cloned() else { continue };
                let Some((incident, state)) = beside.wanted(&self.filter, incident) else { continue };
                if self.full() {
                    return Ok(true);
                }
                let snippet = self.snippet(open, &document)?;
                self.incident(&incident, state, &document, snippet.as_ref())?;
                self.shown(shown(&at, None));
            }
        }
    }

    /// Lists documents or their events; gives whether there are more.
    fn documents(&mut self, open: &mut Open) -> io::Result<bool> {
        let states = open.run(async |store| store.review_states().await)?;
        // The document of the mark is read again where some of its events are still to come.
        let after = self.arguments.after.clone();
        let mut mark = after.as_ref().map(|after| match after.event {
            Some(_) => Mark { id: format!("{}~", after.mark.id), ..after.mark.clone() },
            None => after.mark.clone(),
        });
        loop {
            let page = open.run(async |store| store.documents_after(mark.as_ref()).await)?;
            let Some((last, ..)) = page.last() else { return Ok(false) };
            mark = Some(last.clone());
            for (at, head, coded) in page {
                if self.having.as_ref().is_some_and(|having| !having.contains(&head.id)) {
                    continue;
                }
                let past = after.as_ref().filter(|after| after.mark.id == head.id).and_then(|after| after.event).unwrap_or(0);
                let more = match self.arguments.what {
                    What::Events => self.events(open, &at, &head, &coded, past, &states)?,
                    _ => self.document(open, &at, &head, &coded)?,
                };
                if more {
                    return Ok(true);
                }
            }
        }
    }

    fn document(&mut self, open: &mut Open, at: &Mark, head: &Head, coded: &Coded) -> io::Result<bool> {
        if !self.filter.wants_document(head.published.as_deref(), head.outlet.as_deref(), &coded.events) {
            return Ok(false);
        }
        if self.full() {
            return Ok(true);
        }
        let snippet = self.snippet(open, &head.id)?;
        match self.arguments.format {
            Format::Jsonl => self.line(&json!({"document": coded.document, "source": head.source, "version": head.version,
                "events": coded.events.len(), "snippet": snippet.as_ref().map(snippet_json)}))?,
            Format::Table => {
                let facts = [head.outlet.clone(), Some(format!("{} events", coded.events.len())), head.url.clone()];
                let day = head.published.as_deref().unwrap_or("no day    ");
                let title = head.title.clone().or_else(|| coded.events.first().map(|event| event.action.to_string()));
                self.row(day, &head.id, title.as_deref().unwrap_or_default(), &facts, snippet.as_ref())?;
            }
        }
        self.shown(shown(at, None));
        Ok(false)
    }

    fn events(&mut self, open: &mut Open, at: &Mark, head: &Head, coded: &Coded, past: usize, states: &States) -> io::Result<bool> {
        let mut snippet = None;
        for (n, event) in coded.events.iter().enumerate().skip(past) {
            let state = states.of_event(&event.id);
            if !self.filter.wants_event(event, head.outlet.as_deref(), state) {
                continue;
            }
            if self.full() {
                return Ok(true);
            }
            if snippet.is_none() {
                snippet = self.snippet(open, &head.id)?;
            }
            match self.arguments.format {
                Format::Jsonl => self.line(&json!({"event": event, "document": coded.document, "state": state,
                    "snippet": snippet.as_ref().map(snippet_json)}))?,
                Format::Table => self.event(event, head, state, snippet.as_ref())?,
            }
            self.shown(shown(at, Some(n + 1)));
        }
        Ok(false)
    }

    fn shown(&mut self, mark: String) {
        self.told += 1;
        self.last = Some(mark);
    }

    /// What a document says around the words, where any are asked for.
    fn snippet(&self, open: &mut Open, document: &str) -> io::Result<Option<Snippet>> {
        let Some(words) = &self.words else { return Ok(None) };
        let text = open.run(async |store| store.text(document).await)?;
        Ok(text.map(|text| words.snippet(&text, SNIPPET)))
    }

    fn line(&mut self, value: &Value) -> io::Result<()> {
        serde_json::to_writer(&mut *self.out, value)?;
        self.out.write_all(b"\n")
    }

    fn incident(&mut self, incident: &Incident, state: ReviewState, document: &str, snippet: Option<&Snippet>) -> io::Result<()> {
        if self.arguments.format == Format::Jsonl {
            let snippet = snippet.map(|snippet| {
                let mut value = snippet_json(snippet);
                value["document"] = json!(document);
                value
            });
            return self.line(&json!({"incident": incident, "state": state, "snippet": snippet}));
        }
        let who = |roles: &[&str]| who(incident.participants.iter().map(|told| &told.participant), roles);
        let toll = |outcome: marsad_model::Outcome| {
            let figure = incident.figure(outcome);
            let range = if figure.low == figure.high { String::new() } else { format!(" ({}–{})", figure.low, figure.high) };
            (figure.high > 0).then(|| format!("{} {outcome}{range}", figure.best))
        };
        let facts = [
            who(&["perpetrator", "ally"]).map(|who| format!("by {who}")),
            who(&["target", "victim"]).map(|who| format!("against {who}")),
            toll(marsad_model::Outcome::Killed),
            toll(marsad_model::Outcome::Injured),
            Some(format!("{} voice{}", incident.voices, if incident.voices == 1 { "" } else { "s" })),
            Some(format!("{:.2}", incident.confidence)),
            (state != ReviewState::Machine).then(|| state.to_string()),
        ];
        let title = format!("{} · {}", incident.action, place(incident.place.as_ref()));
        self.row(&days(incident.when.as_ref()), &incident.id, &title, &facts, snippet)
    }

    fn event(&mut self, event: &Event, head: &Head, state: ReviewState, snippet: Option<&Snippet>) -> io::Result<()> {
        let facts = [
            (event.scope != Scope::Incident).then(|| event.scope.to_string()),
            (event.realis != marsad_model::Realis::Actual).then(|| event.realis.to_string()),
            who(event.participants.iter(), &["perpetrator", "ally"]).map(|who| format!("by {who}")),
            who(event.participants.iter(), &["target", "victim"]).map(|who| format!("against {who}")),
            head.outlet.clone(),
            Some(format!("{:.2}", event.confidence)),
            (state != ReviewState::Machine).then(|| state.to_string()),
        ];
        let title = format!("{} · {}", event.action, place(event.places.first()));
        self.row(&days(Some(&event.when)), &event.id, &title, &facts, snippet)
    }

    /// A row of the table: a line of what it is, a line of facts, and what the text says.
    fn row(&mut self, day: &str, id: &str, title: &str, facts: &[Option<String>], snippet: Option<&Snippet>) -> io::Result<()> {
        let mut text = String::new();
        self.paint.dim(&mut text, &harmless(day));
        text.push_str("  ");
        self.paint.strong(&mut text, AnsiColor::Cyan, &harmless(title));
        text.push_str("  ");
        self.paint.dim(&mut text, &harmless(id));
        let facts: Vec<&str> = facts.iter().flatten().map(String::as_str).filter(|fact| !fact.is_empty()).collect();
        text.push_str(&format!("\n            {}\n", harmless(&facts.join(" · "))));
        if let Some(snippet) = snippet.filter(|snippet| !snippet.text.trim().is_empty()) {
            // Marks of private use stand for colours until the text is harmless.
            let marked = harmless(&snippet.marked("\u{e000}", "\u{e001}"));
            let (before, after) = self.paint.found();
            text.push_str(&format!("            {}\n", marked.replace('\u{e000}', &before).replace('\u{e001}', &after)));
        }
        writeln!(self.out, "{text}")
    }
}

fn snippet_json(snippet: &Snippet) -> Value {
    json!({"text": snippet.text, "start": snippet.start, "found": snippet.found})
}

fn who<'p>(participants: impl Iterator<Item = &'p marsad_model::Participant>, roles: &[&str]) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    for told in participants.filter(|told| roles.contains(&told.role.name())) {
        if !names.contains(&told.actor.as_str()) {
            names.push(&told.actor);
        }
    }
    (!names.is_empty()).then(|| names.join(", "))
}

fn days(when: Option<&When>) -> String {
    match when.map(|when| (when.start.as_deref(), when.end.as_deref())) {
        Some((Some(start), Some(end))) if start != end => format!("{start} – {end}"),
        Some((Some(day), _) | (None, Some(day))) => day.to_owned(),
        _ => "no day    ".to_owned(),
    }
}

fn place(place: Option<&Where>) -> String {
    let Some(place) = place else { return "nowhere told".to_owned() };
    let name = place.name.as_deref().unwrap_or(&place.text);
    let mut names: Vec<&str> = [Some(name), place.admin1.as_deref(), place.country.as_deref()].into_iter().flatten().collect();
    names.dedup();
    names.join(", ")
}
