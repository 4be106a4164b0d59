//! The examples of a pack's frames, run through the coder.

use crate::compare::matches_words;
use crate::pack::{Finding, Level};
use crate::source::Source;
use jiff::civil::{Date, date};
use marsad_coder::Session;
use marsad_language::{Lexicon, Reading};
use marsad_model::{Action, Document, Event, Outcome, Role};
use marsad_text::{Kind, Text, tokenize};
use std::collections::{BTreeMap, BTreeSet};

/// The day on which an example is published, where it does not say `published`.
const PUBLISHED: Date = date(2022, 6, 15);

/// How many examples there are and how many fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub run: usize,
    pub failing: usize,
}

/// The file of a pack that lists examples known to fail, one text on each line; `#` opens a comment.
pub(crate) const KNOWN: &str = "known-failures.txt";

/// Runs every example; a positive one must give an event by its frame with the slots it names, a negative one none.
/// A failing example is an error, or a warning where `known` lists its text; a listed one that passes is an error too.
pub(crate) fn check(sources: &[Source], known: &str, session: &mut Session, out: &mut Vec<Finding>) -> Tally {
    let mut tally = Tally::default();
    let known: BTreeMap<&str, u32> =
        known.lines().zip(1..).filter(|(l, _)| !l.trim().is_empty() && !l.starts_with('#')).map(|(l, n)| (l.trim(), n)).collect();
    let mut met = BTreeSet::new();
    // Whether a rule finds what it should is one question, whether a bare sentence is sure enough to be written down another.
    session.keep_from(0.0);
    for source in sources {
        for frame in &source.tables.frame {
            let id = frame.id.as_ref().map_or("", |i| i.get_ref().as_str());
            let text = |example: &toml::Table| example.get("text").and_then(|t| t.as_str()).unwrap_or_default().to_owned();
            let yes: Vec<_> = frame.yes.iter().map(|y| (y.span().start, text(y.get_ref()), positive(id, y.get_ref(), session))).collect();
            let no: Vec<_> = frame.no.iter().map(|n| (n.span().start, n.get_ref().clone(), negative(id, n.get_ref(), session))).collect();
            for (at, text, complaint) in yes.into_iter().chain(no) {
                tally.run += 1;
                if let Some(message) = complaint {
                    tally.failing += 1;
                    let listed = known.get_key_value(text.as_str());
                    met.extend(listed.map(|k| *k.0));
                    let level = if listed.is_some() { Level::Warning } else { Level::Error };
                    let (line, column) = source.position(at);
                    out.push(Finding { file: source.name.clone(), line, column, level, message });
                }
            }
        }
    }
    for (text, line) in known.into_iter().filter(|(text, _)| !met.contains(text)) {
        let message = format!("stale: «{text}» does not fail (any more); take it off the list");
        out.push(Finding { file: KNOWN.to_owned(), line, column: 1, level: Level::Error, message });
    }
    tally
}

fn code(session: &mut Session, text: &str, published: Date) -> Vec<Event> {
    let document = Document { id: "example".into(), text: text.to_owned(), published: Some(published), ..Document::default() };
    session.code(&document).events
}

/// The events that a frame made. Rules are named `language/rule`.
fn by_frame<'e>(events: &'e [Event], frame: &str) -> Vec<&'e Event> {
    events.iter().filter(|e| e.rules.iter().any(|r| r.rsplit('/').next() == Some(frame))).collect()
}

fn negative(frame: &str, text: &str, session: &mut Session) -> Option<String> {
    let events = code(session, text, PUBLISHED);
    let event = *by_frame(&events, frame).first()?;
    Some(format!("failing: «{text}» must give no event by {frame}, but gives {} («{}»)", event.action, event.trigger.text))
}

fn positive(frame: &str, example: &toml::Table, session: &mut Session) -> Option<String> {
    let Some(text) = example.get("text").and_then(|t| t.as_str()) else {
        return Some(format!("an example of {frame} has no `text`"));
    };
    let published = match example.get("published").map(|p| p.to_string().trim_matches('"').parse()) {
        None => PUBLISHED,
        Some(Ok(day)) => day,
        Some(Err(_)) => return Some(format!("an example of {frame} has a `published` that is no day")),
    };
    let events = code(session, text, published);
    let candidates = by_frame(&events, frame);
    if candidates.is_empty() {
        let others: Vec<String> = events.iter().map(|e| format!("{} by {}", e.action, e.rules.join(", "))).collect();
        let others = if others.is_empty() { "no event".to_owned() } else { others.join("; ") };
        return Some(format!("failing: «{text}» must give an event by {frame}, but gives {others}"));
    }
    let wanted: Vec<(&str, String)> = example
        .iter()
        .filter(|(slot, _)| !["text", "published"].contains(&slot.as_str()))
        .flat_map(|(slot, value)| match value {
            toml::Value::Array(values) => values.iter().map(|v| (slot.as_str(), plain(v))).collect(),
            other => vec![(slot.as_str(), plain(other))],
        })
        .collect();
    let complaints = |event: &&Event| -> Vec<String> { wanted.iter().filter_map(|(slot, value)| missing(event, slot, value)).collect() };
    let fewest = candidates.iter().map(complaints).min_by_key(Vec::len)?;
    (!fewest.is_empty()).then(|| format!("failing: «{text}» by {frame}: {}", fewest.join("; ")))
}

fn plain(value: &toml::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// What is wrong where a slot does not hold a value: its words, its code or its number.
fn missing(event: &Event, slot: &str, value: &str) -> Option<String> {
    let got: Vec<[&str; 2]> = if let Some(role) = Role::from_name(slot) {
        event.participants.iter().filter(|p| p.role == role).map(|p| [p.text.as_str(), p.actor.as_str()]).collect()
    } else if let Some(outcome) = Outcome::from_name(slot) {
        let rows: Vec<_> = event.casualties.iter().filter(|c| c.outcome == outcome).collect();
        let number: Option<u32> = value.parse().ok();
        if number.is_some() && rows.iter().any(|c| c.best == number || c.best.is_none() && c.low == number) {
            return None;
        }
        rows.iter().map(|c| [c.text.as_str(), c.group.name()]).collect()
    } else {
        match slot {
            "weapon" => event.weapons.iter().map(|w| [w.text.as_str(), w.class.name()]).collect(),
            "object" => event.objects.iter().map(|o| [o.text.as_str(), o.class.name()]).collect(),
            "where" => event.places.iter().map(|p| [p.text.as_str(), ""]).collect(),
            "attribution" => event.attribution.iter().map(|a| [a.text.as_str(), a.kind.name()]).collect(),
            "when" => vec![[event.when.text.as_deref().unwrap_or(""), event.when.start.as_deref().unwrap_or("")]],
            "action" => vec![["", event.action.name()]],
            "scope" => vec![["", event.scope.name()]],
            "realis" => vec![["", event.realis.name()]],
            _ => return Some(format!("«{slot}» is no slot that an example may name")),
        }
    };
    if got.iter().any(|[words, code]| *code == value || matches_words(words, value)) {
        return None;
    }
    if slot == "action" && Action::from_name(value).is_none() {
        return Some(format!("unknown action «{value}»"));
    }
    let got: Vec<String> =
        got.iter().map(|[words, code]| if words.is_empty() { (*code).to_owned() } else { format!("«{words}»") }).collect();
    Some(format!("expected {slot} «{value}», got {}", if got.is_empty() { "none".to_owned() } else { got.join(", ") }))
}

/// For each file of the pack: how many of its rules with words there are, and how many no example touches.
pub(crate) fn coverage(sources: &[Source], lexicon: &Lexicon) -> Vec<Finding> {
    let pack = lexicon.pack();
    let mut touched = BTreeSet::new();
    for frame in sources.iter().flat_map(|s| &s.tables.frame) {
        let yes = frame.yes.iter().filter_map(|y| y.get_ref().get("text")?.as_str());
        for text in yes.chain(frame.no.iter().map(|n| n.get_ref().as_str())) {
            touch(lexicon, &tokenize(text), &mut touched);
        }
    }
    let mut files: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for source in sources {
        let stem = source.name.trim_end_matches(".toml");
        let tables = &source.tables;
        let entries = tables.entry.iter().map(|t| match t.value.as_deref() {
            Some(value) if !value.is_empty() => format!("{stem}:{value}"),
            _ => stem.to_owned(),
        });
        let actors = tables.actor.iter().filter_map(|t| Some(format!("actor:{}", t.id.as_ref()?.get_ref())));
        let nations = tables.nation.iter().filter_map(|t| Some(format!("nation:{}", t.country.as_ref()?)));
        let rules: BTreeSet<String> = entries.chain(actors).chain(nations).collect();
        if !rules.is_empty() {
            let used =
                rules.iter().filter(|r| pack.rules.iter().position(|p| p == *r).is_some_and(|n| touched.contains(&(n as u32)))).count();
            files.insert(&source.name, (rules.len(), rules.len() - used));
        }
    }
    let unused = files.into_iter().filter(|(_, (_, unused))| *unused > 0);
    unused
        .map(|(file, (all, unused))| Finding {
            file: file.to_owned(),
            line: 1,
            column: 1,
            level: Level::Note,
            message: format!("never used: {unused} of {all} entries occur in no example of a frame"),
        })
        .collect()
}

/// Notes the rules of all words and phrases in a text.
fn touch(lexicon: &Lexicon, text: &Text, touched: &mut BTreeSet<u32>) {
    let readings: Vec<_> =
        text.tokens().iter().map(|t| if t.kind == Kind::Word { lexicon.readings(text.folded(t)) } else { Default::default() }).collect();
    for (n, row) in readings.iter().enumerate() {
        for reading in row {
            touched.extend(lexicon.senses(reading.form).iter().map(|s| s.0.rule));
            let mut node = lexicon.step(0, reading.form);
            for next in &readings[n + 1..] {
                let Some(at) = node else { break };
                touched.extend(lexicon.phrase_senses(at).iter().map(|s| s.0.rule));
                node = next.iter().filter(|r| !r.after && r.before & !Reading::ARTICLE == 0).find_map(|r| lexicon.step(at, r.form));
            }
            if let Some(at) = node {
                touched.extend(lexicon.phrase_senses(at).iter().map(|s| s.0.rule));
            }
        }
    }
}
