//! An event as a list of facts: what each slot says, the words, and the reasons.

use crate::slot::{self, Slot};
use marsad_coder::Reason;
use marsad_model::{Casualties, Coded, Event, Participant, Realis, Span, WhenPrecision, Where};

/// One value of one slot, as people read it.
#[derive(Debug)]
pub struct Fact<'a> {
    /// Of which slot.
    pub slot: Slot,
    /// English name: the slot, or the role or outcome that is more exact.
    pub label: &'a str,
    /// Arabic name.
    pub arabic: &'a str,
    /// The coded value.
    pub value: String,
    /// The words and where they stand.
    pub words: Option<(&'a str, Span)>,
    /// Why.
    pub reasons: Vec<&'a Reason>,
}

/// The facts of the event with that index, and the reasons that belong to none of them.
pub fn of<'a>(coded: &'a Coded, index: usize, reasons: &'a [Reason]) -> (Vec<Fact<'a>>, Vec<&'a Reason>) {
    let mut facts = list(&coded.events[index]);
    let mut rest = Vec::new();
    for reason in reasons.iter().filter(|reason| reason.event == index) {
        match home(&facts, reason) {
            Some(fact) => facts[fact].reasons.push(reason),
            None => rest.push(reason),
        }
    }
    (facts, rest)
}

/// The fact that a reason speaks of: of its slot, and best the one with its words or its value.
fn home(facts: &[Fact<'_>], reason: &Reason) -> Option<usize> {
    let score = |fact: &Fact<'_>| {
        let touches = match (fact.words, reason.span) {
            (Some((_, a)), Some(b)) => a[0] < b[1] && b[0] < a[1],
            _ => false,
        };
        let same = fact.words.is_some_and(|(_, span)| Some(span) == reason.span);
        let says = !reason.value.is_empty() && (fact.value.contains(&reason.value) || fact.label == reason.value);
        u8::from(same) * 4 + u8::from(says) * 2 + u8::from(touches)
    };
    let fitting = facts.iter().enumerate().filter(|(_, fact)| fact.slot.answers_to(reason.slot));
    // Of equals, the first.
    fitting.rev().max_by_key(|(_, fact)| score(fact)).map(|(i, _)| i)
}

fn list(event: &Event) -> Vec<Fact<'_>> {
    let mut facts = Vec::new();
    let mut add = |slot: Slot, label, arabic, value, words| {
        facts.push(Fact { slot, label, arabic, value, words, reasons: Vec::new() });
    };
    let plain = |slot: Slot| (slot, slot.class(), slot.arabic());
    let (slot, label, arabic) = plain(Slot::Action);
    add(slot, label, arabic, headline(event), Some((event.trigger.text.as_str(), event.trigger.span)));
    for p in &event.participants {
        add(Slot::of_role(p.role), p.role.name(), slot::role(p.role), participant(p), Some((&p.text, p.span)));
    }
    let (slot, label, arabic) = plain(Slot::Weapon);
    for weapon in &event.weapons {
        add(slot, label, arabic, weapon.class.to_string(), Some((&weapon.text, weapon.span)));
    }
    let (slot, label, arabic) = plain(Slot::Object);
    for object in &event.objects {
        add(slot, label, arabic, object.class.to_string(), Some((&object.text, object.span)));
    }
    for c in &event.casualties {
        add(Slot::Harm, c.outcome.name(), slot::outcome(c.outcome), casualties(c), Some((&c.text, c.span)));
    }
    if let Some(strikes) = event.strikes {
        add(Slot::Action, "strikes", "عدد الضربات", strikes.to_string(), None);
    }
    let (slot, label, arabic) = plain(Slot::When);
    add(slot, label, arabic, when(event), event.when.text.as_deref().zip(event.when.span));
    let (slot, label, arabic) = plain(Slot::Where);
    for place in &event.places {
        add(slot, label, arabic, place_value(place), Some((&place.text, place.span)));
    }
    let (slot, label, arabic) = plain(Slot::Source);
    for source in &event.attribution {
        add(slot, label, arabic, source.kind.to_string(), Some((&source.text, source.span)));
    }
    let (slot, label, arabic) = plain(Slot::Relation);
    for relation in &event.relations {
        add(slot, label, arabic, format!("{} {}", relation.kind, relation.event), None);
    }
    facts
}

/// Action, scope and realis.
pub fn headline(event: &Event) -> String {
    let mut out = format!("{} · {}", event.action, event.scope);
    if event.realis != Realis::Actual {
        out += &format!(" · {}", event.realis);
    }
    out
}

fn participant(p: &Participant) -> String {
    let mut out = p.actor.clone();
    if let Some(unit) = &p.unit {
        out += &format!(" ({unit})");
    }
    if slot::certainty(p.certainty).is_some() {
        out += &format!(" · {}", p.certainty);
    }
    if let Some(source) = &p.according_to {
        out += &format!(" · according to \u{2068}{source}\u{2069}");
    }
    out
}

fn casualties(c: &Casualties) -> String {
    let number = match (c.low, c.best, c.high) {
        (Some(low), _, Some(high)) if low == high => low.to_string(),
        (Some(low), _, Some(high)) => format!("{low}–{high}"),
        (Some(low), Some(best), None) if low == best => format!("{low} or more"),
        (Some(low), _, None) if c.vague => format!("{low} or more (no number told)"),
        (Some(low), _, None) => format!("{low} or more"),
        (None, _, Some(high)) => format!("up to {high}"),
        (None, Some(best), None) => best.to_string(),
        (None, None, None) => "no number told".into(),
    };
    let of = c.of.as_ref().map(|of| format!(" of {of}")).unwrap_or_default();
    format!("{number} {}{of}", if c.group.name() == "all" { "people" } else { c.group.name() })
}

fn when(event: &Event) -> String {
    let when = &event.when;
    let days = match (&when.start, &when.end) {
        (Some(start), Some(end)) if start == end => start.clone(),
        (Some(start), Some(end)) => format!("{start} – {end}"),
        (Some(day), None) | (None, Some(day)) => day.clone(),
        (None, None) => return "not told".into(),
    };
    match when.precision {
        WhenPrecision::Unknown => format!("{days} (day of publication; no time told)"),
        precision => format!("{days} ({precision})"),
    }
}

fn place_value(place: &Where) -> String {
    let mut out = String::new();
    if place.relation.name() != "in" {
        out += &place.relation.name().replace('_', " ");
        out.push(' ');
    }
    let names = [place.name.as_deref(), place.admin1.as_deref(), place.country.as_deref()];
    let mut known: Vec<&str> = names.into_iter().flatten().collect();
    known.dedup();
    out += &if known.is_empty() { "a place that is not in the gazetteer".to_owned() } else { known.join(", ") };
    out += &format!(" · {}", place.precision);
    if let (Some(lat), Some(lon)) = (place.lat, place.lon) {
        out += &format!(" · {lat:.3}, {lon:.3}");
        if let Some(radius) = place.radius_km {
            out += &format!(" ± {radius:.0} km");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen;

    #[test]
    fn every_reason_finds_its_value() {
        let (coded, reasons) = specimen::coded();
        let (facts, rest) = of(&coded, 0, &reasons);
        assert_eq!(facts[0].reasons[0].rule, "ar/attack.verb");
        let suspect = facts.iter().find(|fact| fact.value.starts_with("is ")).unwrap();
        assert_eq!(suspect.reasons[0].rule, "ar/hedge");
        assert_eq!(rest.len(), 1);
        assert_eq!(facts.iter().map(|f| f.reasons.len()).sum::<usize>() + rest.len(), reasons.len());
    }

    #[test]
    fn numbers_read_as_words_do() {
        let (coded, _) = specimen::coded();
        let mut toll = coded.events[0].casualties[0].clone();
        let mut say = |low, best, high, vague| {
            (toll.low, toll.best, toll.high, toll.vague) = (low, best, high, vague);
            casualties(&toll)
        };
        assert_eq!(say(Some(5), Some(5), Some(5), false), "5 combatants of syr-gov");
        assert_eq!(say(Some(5), Some(5), None, false), "5 or more combatants of syr-gov");
        assert_eq!(say(Some(5), None, Some(7), false), "5–7 combatants of syr-gov");
        assert_eq!(say(Some(2), None, None, true), "2 or more (no number told) combatants of syr-gov");
        assert_eq!(say(None, None, Some(7), false), "up to 7 combatants of syr-gov");
    }
}
