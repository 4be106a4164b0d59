//! Events as cards in the terminal.

use crate::paint::{Paint, harmless, isolated};
use anstyle::AnsiColor;
use marsad_coder::Reason;
use marsad_model::{Coded, Unreadable};
use marsad_page::facts::{self, Fact};
use marsad_page::marks::{self, Segment, Words};
use marsad_page::slot::{self, Slot};
use std::fmt::Write;

/// Width of the column of labels.
const LABELS: usize = 12;

/// One document: its head and a card for every event.
pub(crate) fn document(coded: &Coded, paint: &Paint) -> String {
    let mut out = String::new();
    head(&mut out, coded, *paint);
    cards(&mut out, coded, &[], &Words::new(""), *paint);
    out
}

/// One document explained: its head, its text with the coded words in colour, and its cards.
pub(crate) fn explained(coded: &Coded, text: &str, reasons: &[Reason], paint: &Paint) -> String {
    let mut out = String::new();
    head(&mut out, coded, *paint);
    if !coded.events.is_empty() {
        out += "\n  ";
        for slot in Slot::MARKED {
            paint.color(&mut out, slot.color(), slot.class());
            out.push(' ');
        }
        out.push('\n');
    }
    out.push('\n');
    for segment in marks::segments(text, marks::of(coded)) {
        piece(&mut out, &segment, coded, *paint);
    }
    out.truncate(out.trim_end().len());
    out += "\n\n";
    cards(&mut out, coded, reasons, &Words::new(text), *paint);
    out
}

/// What is shown in the place of a document that could not be read.
pub(crate) fn unreadable(error: &Unreadable, paint: &Paint) -> String {
    let mut out = String::new();
    let line = error.line.map(|line| format!(":{line}")).unwrap_or_default();
    paint.strong(&mut out, AnsiColor::Red, &harmless(&format!("═══ {}{line} ═══", error.file)));
    let _ = writeln!(out, "\n  not coded: {}\n", harmless(&error.error));
    out
}

fn head(out: &mut String, coded: &Coded, paint: Paint) {
    let document = &coded.document;
    paint.strong(out, AnsiColor::White, &harmless(&format!("═══ {} ═══", document.id)));
    let known = [&document.published, &document.outlet, &document.title, &document.url];
    for value in known.into_iter().flatten() {
        let _ = write!(out, "  \u{2068}{}\u{2069}", harmless(value).replace('\n', " "));
    }
    out.push('\n');
    for diagnostic in &coded.diagnostics {
        paint.color(out, AnsiColor::Yellow, &format!("  ! {}\n", harmless(&diagnostic.message)));
    }
}

/// A piece of the text; the number of its event stands behind each trigger.
fn piece(out: &mut String, segment: &Segment<'_>, coded: &Coded, paint: Paint) {
    let text = harmless(segment.text);
    let Some(mark) = segment.marks.first() else {
        out.push_str(&text);
        return;
    };
    if mark.slot == Slot::Action {
        paint.strong(out, mark.slot.color(), &text);
    } else {
        paint.color(out, mark.slot.color(), &text);
    }
    let end = segment.start + u32::try_from(segment.text.chars().count()).unwrap_or(u32::MAX);
    for mark in segment.marks.iter().filter(|mark| mark.slot == Slot::Action && mark.span[1] == end) {
        if coded.events[mark.event].trigger.span == mark.span {
            paint.dim(out, &format!("[{}]", mark.event + 1));
        }
    }
}

fn cards(out: &mut String, coded: &Coded, reasons: &[Reason], words: &Words<'_>, paint: Paint) {
    for index in 0..coded.events.len() {
        card(out, coded, index, reasons, words, paint);
    }
    if coded.events.is_empty() {
        *out += "  no events\n";
    }
    out.push('\n');
}

fn card(out: &mut String, coded: &Coded, index: usize, reasons: &[Reason], words: &Words<'_>, paint: Paint) {
    let event = &coded.events[index];
    let (facts, rest) = facts::of(coded, index, reasons);
    out.push_str("  ");
    paint.strong(out, AnsiColor::Red, &format!("[{}] {}", index + 1, facts::headline(event)));
    let _ = write!(out, "  {}", isolated(&event.trigger.text));
    paint.dim(out, &format!("  {} · {:.2}", slot::action(event.action), event.confidence));
    out.push('\n');
    if let Some(action) = facts.first() {
        tell_reasons(out, &action.reasons, words, paint);
    }
    for fact in facts.iter().skip(1) {
        row(out, fact, words, paint);
    }
    let (weights, rest): (Vec<_>, Vec<_>) = rest.into_iter().partition(|reason| reason.slot == "confidence");
    for reason in rest {
        paint.dim(out, &format!("      {:LABELS$}   ← {}\n", reason.slot, because(reason, words)));
    }
    if reasons.is_empty() {
        out.push('\n');
        return;
    }
    tell_weights(out, &weights, paint);
    let mode = event.plover.mode.as_deref().map(|mode| format!(" {mode}")).unwrap_or_default();
    let (acled, plover) = (&event.acled, &event.plover.kind);
    let codes = format!("ACLED {} / {} · PLOVER {plover}{mode}", acled.event_type, acled.sub_event_type);
    paint.dim(out, &format!("      {:LABELS$} {codes}\n\n", "codes"));
}

fn row(out: &mut String, fact: &Fact<'_>, words: &Words<'_>, paint: Paint) {
    out.push_str("      ");
    paint.color(out, fact.slot.color(), &format!("{:LABELS$}", fact.label));
    let _ = write!(out, " {}", harmless(&fact.value));
    if let Some((text, _)) = fact.words {
        let _ = write!(out, "  {}", isolated(text));
    }
    out.push('\n');
    tell_reasons(out, &fact.reasons, words, paint);
}

/// What speaks for and against the event, heaviest first, a few to a line.
fn tell_weights(out: &mut String, weights: &[&Reason], paint: Paint) {
    for (n, line) in weights.chunks(6).enumerate() {
        let label = if n == 0 { "confidence" } else { "" };
        let line: Vec<String> = line.iter().map(|reason| harmless(&reason.value)).collect();
        paint.dim(out, &format!("      {label:LABELS$} {}\n", line.join(", ")));
    }
}

fn tell_reasons(out: &mut String, reasons: &[&Reason], words: &Words<'_>, paint: Paint) {
    for reason in reasons {
        paint.dim(out, &format!("      {:LABELS$}   ← {}\n", "", because(reason, words)));
    }
}

/// A reason in one line: the rule, the words it used, and what it says.
fn because(reason: &Reason, words: &Words<'_>) -> String {
    let mut line = harmless(&reason.rule);
    if let Some(used) = reason.span.map(|span| words.at(span)).filter(|used| !used.is_empty()) {
        let _ = write!(line, " {}", isolated(used));
    }
    if !reason.value.is_empty() {
        let _ = write!(line, " : {}", harmless(&reason.value).replace('\n', " "));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paint::ColorChoice;
    use crate::specimen;

    #[test]
    fn an_explained_report_has_its_text_its_values_and_their_reasons() {
        let (coded, reasons) = specimen::coded();
        let shown = explained(&coded, specimen::TEXT, &reasons, &Paint::new(ColorChoice::Never, false));
        for part in [
            "هاجم[1] مسلحون مجهولون حاجزاً",
            "[1] armed_attack · incident",
            "is · suspected · according to",
            "near Tall an Nasim, SY · near · 35.000, 38.000 ± 5 km",
            "← ar/yesterday «\u{2068}أمس\u{2069}» : 2022-01-15",
            "2 or more combatants of syr-gov",
            "ACLED Battles / Armed clash · PLOVER ASSAULT firearms",
        ] {
            assert!(shown.contains(part), "{part}\n{shown}");
        }
        assert!(!shown.contains('\u{1b}'));
        assert!(explained(&coded, specimen::TEXT, &reasons, &Paint::new(ColorChoice::Always, false)).contains("\u{1b}["));
    }
}
