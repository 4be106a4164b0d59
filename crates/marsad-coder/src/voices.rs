//! Whose word an event stands on, and how surely each perpetrator is named.

use crate::document::Read;
use crate::draft::Draft;
use crate::layout::Part;
use crate::mention::Party;
use crate::source::{Utterance, Voice, Voices};
use marsad_language::Report;
use marsad_model::{Action, Certainty, Role, Scope, SourceKind};
use marsad_text::Kind;
use std::collections::HashMap;

/// An event names no more sources.
const MOST: usize = 4;
/// So many sentences later a source may still speak of an event that nobody told before.
const LATER: usize = 1;
/// Over so many sentences the report of a monitor goes on.
const REPORT: usize = 6;
/// How far from the word of charging the charged may stand.
const CHARGE: usize = 14;
/// How far after a verb of claiming with a pronoun the one who claims may stand.
const CLAIM: usize = 2;
/// How far before and after a party a hedge speaks of it.
const BEFORE: usize = 12;
const AFTER: usize = 4;

/// The utterances over the words that tell an event, in the order of the text.
pub(crate) fn utterances<'s>(state: &'s Read, draft: &Draft) -> Vec<&'s Utterance> {
    let mut out: Vec<&Utterance> = Vec::new();
    for m in &draft.mentions {
        let Some(mention) = state.mentions.get(*m) else { continue };
        let Some(voices) = state.voices.get(mention.sentence) else { continue };
        let over: Vec<&Utterance> = voices.over(mention.items.start).collect();
        let nearest = over.iter().filter(|u| u.report != Report::According && !u.chain.is_empty()).map(|u| u.at).max();
        for u in over {
            let hidden = u.report != Report::According && nearest.is_some_and(|at| u.at < at);
            if !hidden && !out.iter().any(|o| std::ptr::eq(*o, u)) {
                out.push(u);
            }
        }
    }
    out
}

/// The chains of voices of all events: those who say it, then the outlets that they told.
///
/// Words of saying that cover no event of their own speak of the event before them.
pub(crate) fn chains(state: &Read, drafts: &[&Draft]) -> Vec<Vec<Voice>> {
    let mut own: Vec<Vec<&Utterance>> = drafts.iter().map(|d| utterances(state, d)).collect();
    let told: Vec<bool> = own.iter().map(|row| row.iter().any(|u| !u.chain.is_empty())).collect();
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); state.voices.len()];
    for (d, draft) in drafts.iter().enumerate() {
        for s in &draft.sentences {
            rows.get_mut(*s).into_iter().for_each(|row| row.push(d));
        }
    }
    for (s, voices) in state.voices.iter().enumerate().filter(|(s, _)| state.parts.get(*s) != Some(&Part::Other)) {
        for u in voices
            .utterances
            .iter()
            .filter(|u| !u.chain.is_empty() && matches!(u.report, Report::Neutral | Report::Confirm | Report::According))
        {
            let before = (s.saturating_sub(LATER)..s).rev().find_map(|n| rows.get(n)?.last().copied());
            let Some(draft) = before.and_then(|d| drafts.get(d)) else { continue };
            let here = rows.get(s).into_iter().flatten().filter_map(|d| drafts.get(*d).copied());
            if draft.scope == Scope::Incident && before.is_some_and(|d| told.get(d) == Some(&false)) && !busy(state, here, u, s, draft) {
                before.and_then(|d| own.get_mut(d)).into_iter().for_each(|row| row.push(u));
            }
        }
    }
    let monitored = opened_by_monitor(state);
    for (row, draft) in own.iter_mut().zip(drafts) {
        if row.iter().all(|u| u.chain.is_empty()) && draft.scope != Scope::Background {
            row.extend(draft.sentences.iter().find_map(|s| around(state, *s, monitored)));
        }
    }
    let receivers = receivers(state);
    // Those who make an agreement announce it; nobody else tells of it.
    let makes = |d: &Draft, v: &Voice| {
        d.action == Action::Agreement && d.parties.iter().any(|p| p.items.start < v.items.end && v.items.start < p.items.end)
    };
    let chains = own.iter().map(|row| chain(state, &receivers, row));
    chains.zip(drafts).map(|(chain, d)| chain.into_iter().filter(|v| !makes(d, v)).collect()).collect()
}

fn violent(draft: &Draft) -> bool {
    draft.action.is_violent()
}

/// Whether an utterance tells another event than the draft.
fn busy<'d>(state: &Read, mut here: impl Iterator<Item = &'d Draft>, u: &Utterance, s: usize, draft: &Draft) -> bool {
    here.any(|d| {
        let covered = d.mentions.iter().filter_map(|m| state.mentions.get(*m)).any(|m| m.sentence == s && u.reach.contains(&m.items.start));
        let again = d.definite || d.generic;
        covered && (d.scope != Scope::Incident || d.action.family() != draft.action.family() && !(again && violent(d) && violent(draft)))
    })
}

/// The source that speaks both before and after a sentence, or the monitor whose report the document retells.
fn around<'s>(state: &'s Read, s: usize, monitored: bool) -> Option<&'s Utterance> {
    let near = |n: usize| state.voices.get(n).and_then(|v| v.utterances.iter().rev().find(|u| !u.chain.is_empty()));
    let before = (s.saturating_sub(REPORT)..s).rev().find_map(near)?;
    let speaker = before.chain.first()?;
    let again = (s + 1..=s + LATER).find_map(near).and_then(|u| u.chain.first()).is_some_and(|v| v.items == speaker.items);
    let close = state.voices.get(s.saturating_sub(LATER)..s).is_some_and(|v| v.iter().any(Voices::named));
    (again && close || monitored && speaker.kind == SourceKind::Monitor).then_some(before)
}

/// Whether the first news under the headline is a monitor's, told by another outlet.
fn opened_by_monitor(state: &Read) -> bool {
    let first = state.mentions.iter().find(|m| m.sentence > 0);
    let over = first.and_then(|m| state.voices.get(m.sentence).map(|v| (m, v)));
    over.is_some_and(|(m, v)| v.over(m.items.start).any(|u| u.chain.first().is_some_and(|v| v.kind == SourceKind::Monitor)))
}

/// The outlets that speakers told, by where the speaker is first named, wherever the document says so.
fn receivers<'s>(state: &'s Read) -> HashMap<usize, &'s Voice> {
    let mut out = HashMap::new();
    for u in state.voices.iter().flat_map(|v| &v.utterances) {
        if let [speaker, others @ ..] = u.chain.as_slice()
            && let Some(outlet) = others.iter().find(|v| v.kind == SourceKind::Outlet)
        {
            out.entry(speaker.items.start).or_insert(outlet);
        }
    }
    out
}

/// Whether a person who is no known source comes back by the last name.
fn again(state: &Read, known: &Voice, voice: &Voice) -> bool {
    if known.kind != voice.kind || voice.kind != SourceKind::Witness {
        return false;
    }
    let words = |v: &Voice| {
        let items = v.items.clone().filter_map(|i| state.scan.items.get(i));
        items.flat_map(|item| state.text.tokens().get(item.start as usize..item.end as usize).into_iter().flatten()).collect::<Vec<_>>()
    };
    let mine = words(voice);
    words(known).iter().any(|a| a.kind == Kind::Word && mine.iter().any(|b| state.text.folded(a) == state.text.folded(b)))
}

/// The voices of some utterances, each once.
fn chain(state: &Read, receivers: &HashMap<usize, &Voice>, utterances: &[&Utterance]) -> Vec<Voice> {
    let mut nearest: Vec<&Voice> = Vec::new();
    let mut outlets: Vec<&Voice> = Vec::new();
    for u in utterances {
        if matches!(u.report, Report::Condemn | Report::Demand) {
            continue;
        }
        for (k, voice) in u.chain.iter().enumerate() {
            let list = if k > 0 && voice.kind == SourceKind::Outlet { &mut outlets } else { &mut nearest };
            let known = |v: &&Voice| v.items.start < voice.items.end && voice.items.start < v.items.end || again(state, v, voice);
            if !list.iter().any(known) {
                list.push(voice);
            }
        }
    }
    if outlets.is_empty() {
        outlets.extend(nearest.iter().find_map(|v| receivers.get(&v.items.start).copied()));
    }
    nearest.extend(outlets);
    nearest.into_iter().take(MOST).cloned().collect()
}

/// Whether a voice charges another than itself: a body at the end of the accuser's words is the accused («اتهم ناشطون قوات …»).
fn accuses(voice: &Voice, party: &Party) -> bool {
    let at = party.items.start;
    voice.actor.as_deref() != Some(party.body()) || voice.items.contains(&at) && voice.items.start < at
}

/// How surely the text names a party as the perpetrator.
pub(crate) fn certainty(state: &Read, party: &Party) -> Certainty {
    if party.charged {
        return Certainty::Accused;
    }
    if party.role != Role::Perpetrator || party.code == "unidentified" {
        return Certainty::Stated;
    }
    let at = party.items.start;
    let sentence = state.scan.sentences.partition_point(|s| s.end <= at);
    let Some(voices) = state.voices.get(sentence) else { return Certainty::Stated };
    // To announce an agreement charges nobody and claims no deed.
    let first = state.mentions.partition_point(|m| m.sentence < sentence);
    let told = state.mentions.iter().skip(first).take_while(|m| m.sentence == sentence);
    let mut acts = told.filter(|m| m.parties.iter().any(|p| p.items == party.items)).peekable();
    if acts.peek().is_some() && acts.all(|m| m.action == Action::Agreement) {
        return Certainty::Stated;
    }
    // «هجوم تبنته حركة …»
    if voices.claims.iter().any(|c| *c < at && at - *c <= CLAIM) {
        return Certainty::Claimed;
    }
    // «اعتقلت الشرطة أربعة يشتبه في انتمائهم إلى …»: of those seized, not of who seized them.
    let seizes = |m: &crate::mention::Mention| {
        m.action.family() == marsad_model::Family::Seizure && m.parties.iter().any(|p| p.items == party.items)
    };
    let seized = state.mentions.iter().skip(first).take_while(|m| m.sentence == sentence).any(seizes);
    if voices.hedges.iter().any(|h| *h < party.items.end + AFTER && h + BEFORE > at && (!seized || *h < at)) {
        return Certainty::Suspected;
    }
    let over: Vec<&Utterance> = voices.over(at).collect();
    for u in over.iter().rev() {
        match u.report {
            Report::Claim => return Certainty::Claimed,
            Report::Accuse if u.at < at && at - u.at <= CHARGE && u.chain.first().is_none_or(|v| accuses(v, party)) => {
                return Certainty::Accused;
            }
            Report::Deny => return Certainty::Denied,
            _ => {}
        }
    }
    let Some(speaker) = over.iter().rev().find_map(|u| u.chain.first()) else { return Certainty::Stated };
    if speaker.actor.as_deref() == Some(party.body()) {
        return Certainty::Claimed;
    }
    let hostile = speaker.party && matches!(speaker.kind, SourceKind::ArmedGroup | SourceKind::Official);
    if hostile { Certainty::Accused } else { Certainty::Stated }
}
