//! Comparing a record with what a case expects.

use crate::case::{Amount, Case, Expectation, Expected};
use marsad_model::{Coded, Event, Outcome, Participant, RelationKind, Role, Scope};
use marsad_text::fold_str;

/// What is wrong with the record of a case, one complaint per fault; empty where all is right.
pub fn check_case(case: &Case, coded: &Coded) -> Vec<String> {
    let events = &coded.events;
    match &case.expect {
        Expectation::Nothing => unwanted("nothing", events.iter()),
        Expectation::NoIncident => unwanted("no incident", events.iter().filter(|e| e.scope == Scope::Incident)),
        Expectation::Events(expected) => check_events(expected, events),
    }
}

/// Whether one wording holds the other, spelling aside.
pub fn matches_words(one: &str, other: &str) -> bool {
    let (one, other) = (fold_str(one), fold_str(other));
    !one.is_empty() && !other.is_empty() && (one.contains(&other) || other.contains(&one))
}

fn unwanted<'e>(wanted: &str, events: impl Iterator<Item = &'e Event>) -> Vec<String> {
    events.map(|e| format!("expected {wanted}, got {}", head(e))).collect()
}

/// An event as complaints name it.
fn head(event: &Event) -> String {
    let mut out = event.action.to_string();
    if (event.scope, event.realis) != (Scope::Incident, marsad_model::Realis::Actual) {
        out.push_str(&format!(" {} {}", event.scope, event.realis));
    }
    format!("{out} («{}»)", event.trigger.text)
}

fn check_events(expected: &[Expected], events: &[Event]) -> Vec<String> {
    let pairs = align(expected, events);
    let mut out = Vec::new();
    for (e, produced) in expected.iter().zip(&pairs) {
        match produced {
            None => out.push(format!("expected {}, got no such event", e.action)),
            Some(n) => {
                let event = &events[*n];
                if event.action != e.action {
                    out.push(format!("expected {}, got {}", e.action, head(event)));
                }
                out.extend(differences(e, event, events));
            }
        }
    }
    let wanted = expected.iter().filter(|e| e.scope == Scope::Incident).count();
    let incidents: Vec<&Event> = events.iter().filter(|e| e.scope == Scope::Incident).collect();
    if incidents.len() != wanted {
        let listed = incidents.iter().map(|e| head(e)).collect::<Vec<_>>().join(", ");
        out.push(format!(
            "expected {wanted} of scope incident, got {}{}{listed}",
            incidents.len(),
            if listed.is_empty() { "" } else { ": " }
        ));
    }
    out
}

/// For each expected event the produced one, best pairs first: the same action, or else one of its family.
fn align(expected: &[Expected], events: &[Event]) -> Vec<Option<usize>> {
    let mut pairs = Vec::new();
    for (i, e) in expected.iter().enumerate() {
        for (j, event) in events.iter().enumerate() {
            let likeness = if e.action == event.action {
                2
            } else if e.action.family() == event.action.family() {
                1
            } else {
                continue;
            };
            pairs.push((std::cmp::Reverse(likeness), differences(e, event, events).len(), i, j));
        }
    }
    pairs.sort();
    let (mut out, mut used) = (vec![None; expected.len()], vec![false; events.len()]);
    for (_, _, i, j) in pairs {
        if out[i].is_none() && !used[j] {
            out[i] = Some(j);
            used[j] = true;
        }
    }
    out
}

/// The complaints about the slots of one event.
fn differences(e: &Expected, event: &Event, all: &[Event]) -> Vec<String> {
    let mut out = Vec::new();
    if (event.scope, event.realis) != (e.scope, e.realis) {
        out.push(format!("{}: expected {} {}, got {} {}", e.action, e.scope, e.realis, event.scope, event.realis));
    }
    if let Some((first, last)) = e.when {
        let (start, end) = (event.when.start.as_deref().unwrap_or("-"), event.when.end.as_deref().unwrap_or("-"));
        if (start, end) != (first.to_string().as_str(), last.to_string().as_str()) {
            let words = event.when.text.as_deref().unwrap_or("no words");
            out.push(format!("expected when {first}..{last}, got {start}..{end} («{words}»)"));
        }
    }
    if let Some(places) = &e.places {
        let got: Vec<&str> = event.places.iter().map(|p| p.text.as_str()).collect();
        compare(&mut out, "where", places, &got, |a, b| matches_words(a, b), String::clone, |b| format!("«{b}»"));
    }
    for role in Role::ALL {
        let wanted: Vec<_> = e.parties.iter().filter(|p| p.role == *role).collect();
        if !wanted.is_empty() {
            // Two bodies of one actor, named separately, are two rows of the record; a page may name the actor once.
            let mut got: Vec<&Participant> = Vec::new();
            for p in event.participants.iter().filter(|p| p.role == *role) {
                let known = |g: &&Participant| g.actor == p.actor && g.certainty == p.certainty;
                let named = wanted.iter().filter(|w| w.actor == p.actor).count();
                if got.iter().filter(|g| known(g)).count() < named.max(1) {
                    got.push(p);
                }
            }
            compare(
                &mut out,
                role.name(),
                &wanted,
                &got,
                |a, b| a.actor == b.actor && a.certainty.is_none_or(|c| c == b.certainty),
                |a| a.to_string(),
                |b| format!("{} {} («{}»)", b.actor, b.certainty, b.text),
            );
        }
    }
    if !e.weapons.is_empty() {
        compare(
            &mut out,
            "weapon",
            &e.weapons,
            &event.weapons,
            |a, b| *a == b.class,
            |a| a.to_string(),
            |b| format!("{} («{}»)", b.class, b.text),
        );
    }
    if !e.objects.is_empty() {
        compare(
            &mut out,
            "object",
            &e.objects,
            &event.objects,
            |a, b| *a == b.class,
            |a| a.to_string(),
            |b| format!("{} («{}»)", b.class, b.text),
        );
    }
    for outcome in Outcome::ALL {
        let wanted: Vec<_> = e.tolls.iter().filter(|t| t.outcome == *outcome).collect();
        if !wanted.is_empty() {
            let got: Vec<_> = event.casualties.iter().filter(|c| c.outcome == *outcome).collect();
            compare(
                &mut out,
                outcome.name(),
                &wanted,
                &got,
                |a, b| a.group == b.group && a.amount.fits(b.low, b.best, b.high),
                |a| a.to_string(),
                |b| format!("{} {} («{}»)", b.group, Amount::show(b.low, b.best, b.high), b.text),
            );
        }
    }
    if let Some(chain) = &e.attribution {
        let fits = chain.len() == event.attribution.len() && chain.iter().zip(&event.attribution).all(|(a, b)| matches_words(a, &b.text));
        if !fits {
            let got: Vec<String> = event.attribution.iter().map(|a| format!("«{}»", a.text)).collect();
            out.push(format!("expected attribution {}, got {}", chain.join(" | "), none(&got.join(" | "))));
        }
    }
    if let Some(action) = e.response_to {
        let answers = |r: &marsad_model::EventRelation| {
            r.kind == RelationKind::ResponseTo && all.iter().any(|other| other.id == r.event && other.action == action)
        };
        if !event.relations.iter().any(answers) {
            out.push(format!("expected response_to {action}, got none"));
        }
    }
    out
}

fn none(text: &str) -> &str {
    if text.is_empty() { "none" } else { text }
}

/// Pairs what is wanted of one slot with what came out, and complains of what is left on either side.
fn compare<A, B>(
    out: &mut Vec<String>,
    slot: &str,
    wanted: &[A],
    got: &[B],
    fits: impl Fn(&A, &B) -> bool,
    show: impl Fn(&A) -> String,
    show_got: impl Fn(&B) -> String,
) {
    let mut used = vec![false; got.len()];
    let mut missing = Vec::new();
    for a in wanted {
        match got.iter().enumerate().position(|(n, b)| !used[n] && fits(a, b)) {
            Some(n) => used[n] = true,
            None => missing.push(show(a)),
        }
    }
    let left: Vec<String> = got.iter().zip(&used).filter(|(_, used)| !**used).map(|(b, _)| show_got(b)).collect();
    match (missing.is_empty(), left.is_empty()) {
        (true, true) => {}
        (true, false) => out.push(format!("{slot}: not expected: {}", left.join(", "))),
        (false, _) => out.push(format!("expected {slot} {}, got {}", missing.join(", "), none(&left.join(", ")))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::parse_page;

    fn event(action: &str, more: &str) -> String {
        format!(
            r#"{{"id":"d#1","action":"{action}","scope":"incident","realis":"actual","acled":{{"event_type":"","sub_event_type":""}},
            "plover":{{"type":"","mode":null}},"trigger":{{"text":"t","span":[0,1]}},
            "when":{{"start":"2023-03-14","end":"2023-03-14","precision":"day","text":null,"span":null}},
            "where":[{{"text":"درعا","name":null,"country":null,"admin1":null,"lat":null,"lon":null,"radius_km":null,"relation":"in",
            "precision":"exact","place_id":null,"span":[0,1]}}],"participants":[],"weapons":[],"objects":[],
            "casualties":[{{"outcome":"killed","group":"civilians","of":null,"low":3,"best":3,"high":3,"vague":false,"text":"ثلاثة","span":[0,1]}}],
            "strikes":null,"attribution":[],"relations":[],"confidence":0.5,"rules":[]{more}}}"#
        )
    }

    fn complaints(expect: &str, events: &[String]) -> Vec<String> {
        let (cases, bad) = parse_page("p.md", &format!("```marsad published=2023-03-15\nx\n---\n{expect}\n```"));
        assert!(bad.is_empty(), "{bad:?}");
        let json = format!(
            r#"{{"record":"marsad/1","document":{{"id":"d","url":null,"outlet":null,"title":null,"published":null,"language":null,"sha256":"","chars":1}},"events":[{}]}}"#,
            events.join(",")
        );
        check_case(&cases[0], &serde_json::from_str(&json).unwrap())
    }

    #[test]
    fn right_records_pass() {
        let good = [event("shelling", "")];
        assert_eq!(complaints("shelling\nwhen: 2023-03-14\nwhere: مدينة درعا\nkilled: civilians 3", &good), Vec::<String>::new());
        assert_eq!(complaints("nothing", &[]), Vec::<String>::new());
    }

    #[test]
    fn faults_are_told() {
        let one = [event("shelling", "")];
        assert_eq!(complaints("nothing", &one), ["expected nothing, got shelling («t»)"]);
        assert_eq!(complaints("missile_strike", &one), ["expected missile_strike, got shelling («t»)"]);
        assert_eq!(complaints("shelling\nkilled: all 2", &one), ["expected killed all 2, got civilians 3 («ثلاثة»)"]);
        assert_eq!(complaints("shelling\nperpetrator: is", &one), ["expected perpetrator is, got none"]);
        assert_eq!(complaints("shelling\nwhere: درعا | نوى", &one), ["expected where نوى, got none"]);
        assert_eq!(
            complaints("protest", &one),
            ["expected protest, got no such event"],
            "the number of incidents is right, so only the action is told"
        );
        assert_eq!(complaints("shelling", &[event("shelling", ""), event("airstrike", "")]).len(), 1);
    }
}
