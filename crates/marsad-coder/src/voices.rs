//! Whose word an event stands on, and how surely each perpetrator is named.

use crate::document::Read;
use crate::draft::Draft;
use crate::mention::Party;
use crate::source::{Utterance, Voice, Voices};
use marsad_language::Report;
use marsad_model::{Certainty, Role, Scope, SourceKind};

/// An event names no more sources.
const MOST: usize = 4;
/// So many sentences later a source may still speak of an event that nobody told before.
const LATER: usize = 3;
/// Over so many sentences the report of a monitor goes on.
const REPORT: usize = 6;
/// How far from the word of charging the charged may stand.
const CHARGE: usize = 14;
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
    for (s, voices) in state.voices.iter().enumerate() {
        for u in voices.utterances.iter().filter(|u| !u.chain.is_empty() && matches!(u.report, Report::Neutral | Report::Confirm | Report::According)) {
            let before = drafts
                .iter()
                .enumerate()
                .filter_map(|(d, draft)| draft.sentences.iter().filter(|x| **x < s && s - **x <= LATER).max().map(|x| (*x, d)))
                .max();
            if let Some((_, d)) = before
                && drafts.get(d).is_some_and(|draft| draft.scope == Scope::Incident)
                && told.get(d) == Some(&false)
                && drafts.get(d).is_some_and(|draft| !busy(state, drafts, u, s, draft))
                && let Some(row) = own.get_mut(d)
            {
                row.push(u);
            }
        }
    }
    for (row, draft) in own.iter_mut().zip(drafts) {
        if row.iter().all(|u| u.chain.is_empty()) && draft.scope != Scope::Background {
            row.extend(draft.sentences.iter().find_map(|s| around(state, *s)));
        }
    }
    own.iter().map(|row| chain(row)).collect()
}

/// Whether an utterance tells another event than the draft.
fn busy(state: &Read, drafts: &[&Draft], u: &Utterance, s: usize, draft: &Draft) -> bool {
    drafts.iter().any(|d| {
        let covered = d.mentions.iter().filter_map(|m| state.mentions.get(*m)).any(|m| m.sentence == s && u.reach.contains(&m.items.start));
        covered && (d.scope != Scope::Incident || d.action.family() != draft.action.family())
    })
}

/// The source that speaks both before and after a sentence, or a monitor whose report goes on over it.
fn around<'s>(state: &'s Read, s: usize) -> Option<&'s Utterance> {
    let near = |n: usize| state.voices.get(n).and_then(|v| v.utterances.iter().rev().find(|u| !u.chain.is_empty()));
    let before = (s.saturating_sub(REPORT)..s).rev().find_map(near)?;
    let speaker = before.chain.first()?;
    let again = (s + 1..=s + LATER).find_map(near).and_then(|u| u.chain.first()).is_some_and(|v| v.items == speaker.items);
    let close = state.voices.get(s.saturating_sub(LATER)..s).is_some_and(|v| v.iter().any(Voices::named));
    (again && close || speaker.kind == SourceKind::Monitor).then_some(before)
}

/// The voices of some utterances, each once.
fn chain(utterances: &[&Utterance]) -> Vec<Voice> {
    let mut nearest: Vec<&Voice> = Vec::new();
    let mut outlets: Vec<&Voice> = Vec::new();
    for u in utterances {
        if matches!(u.report, Report::Condemn | Report::Demand) {
            continue;
        }
        for (k, voice) in u.chain.iter().enumerate() {
            let list = if k > 0 && voice.kind == SourceKind::Outlet { &mut outlets } else { &mut nearest };
            if !list.iter().any(|v| v.items.start < voice.items.end && voice.items.start < v.items.end) {
                list.push(voice);
            }
        }
    }
    nearest.extend(outlets);
    nearest.into_iter().take(MOST).cloned().collect()
}

/// How surely the text names a party as the perpetrator.
pub(crate) fn certainty(state: &Read, draft: &Draft, party: &Party) -> Certainty {
    if party.role != Role::Perpetrator || party.code == "unidentified" {
        return Certainty::Stated;
    }
    let at = party.items.start;
    let Some(sentence) = state.scan.sentences.iter().position(|s| s.contains(&at)) else { return Certainty::Stated };
    let Some(voices) = state.voices.get(sentence) else { return Certainty::Stated };
    if voices.hedges.iter().any(|h| *h < party.items.end + AFTER && h + BEFORE > at) {
        return Certainty::Suspected;
    }
    let over: Vec<&Utterance> = voices.over(at).collect();
    for u in over.iter().rev() {
        match u.report {
            Report::Claim => return Certainty::Claimed,
            Report::Accuse if u.at < at && at - u.at <= CHARGE && u.chain.first().is_none_or(|v| v.actor.as_deref() != Some(party.code.as_str())) => return Certainty::Accused,
            Report::Deny => return Certainty::Denied,
            _ => {}
        }
    }
    let Some(speaker) = over.iter().rev().find_map(|u| u.chain.first()) else { return Certainty::Stated };
    if speaker.actor.as_deref() == Some(party.code.as_str()) {
        return Certainty::Claimed;
    }
    let hostile = speaker.party && matches!(speaker.kind, SourceKind::ArmedGroup | SourceKind::Official);
    if hostile { Certainty::Accused } else { Certainty::Stated }
}
