//! Who says it: sources of a sentence, and how they say it.

use crate::actor::Stage;
use crate::parse::{Node, Parse};
use crate::scan::Scan;
use marsad_language::{Class, Inflection, Prep, Reading, Report};
use marsad_model::SourceKind;
use std::ops::Range;

/// One voice.
#[derive(Clone, Debug)]
pub(crate) struct Voice {
    pub items: Range<usize>,
    pub kind: SourceKind,
    /// The actor that it speaks for.
    pub actor: Option<String>,
}

/// What a sentence says of its sources.
#[derive(Clone, Debug, Default)]
pub(crate) struct Voices {
    pub voices: Vec<Voice>,
    /// How it is said.
    pub report: Option<Report>,
    /// The first word that does more than say, and where.
    pub strong: Option<(Report, usize)>,
    /// Whether a word of saying stands without a subject, so that the last source goes on.
    pub goes_on: bool,
    /// Items of the words that make it less sure.
    pub hedge: Option<usize>,
}

/// Finds the sources of a sentence.
pub(crate) fn voices(stage: &Stage, scan: &Scan, parse: &Parse, sentence: Range<usize>, time: &[bool]) -> Voices {
    let mut out = Voices::default();
    for i in sentence.clone() {
        let item = &scan.items[i];
        if scan.is(item, Class::Hedge) && out.hedge.is_none() {
            out.hedge = Some(i);
        }
    }
    for (k, node) in parse.nodes.iter().enumerate() {
        let Node::Pivot(p) = *node else { continue };
        let pivot = &parse.pivots[p];
        let Some(code) = pivot.report else { continue };
        let report = Report::ALL.get(code as usize).copied().unwrap_or(Report::Neutral);
        let noun = pivot.verb.is_none();
        if !noun || report == Report::According {
            let strong = !matches!(report, Report::Neutral | Report::Confirm | Report::According);
            if strong && out.strong.is_none() {
                out.strong = Some((report, pivot.item));
            }
            if out.report.is_none() || strong {
                out.report = Some(report);
            }
        }
        if report == Report::Suspect && out.hedge.is_none() {
            out.hedge = Some(pivot.item);
        }
        if matches!(report, Report::Demand | Report::Praise) || (noun && report != Report::According) {
            continue;
        }
        // The subject: the phrase after the word, or the one before a verb.
        let mut found = false;
        for node in &parse.nodes[k + 1..] {
            match *node {
                Node::Chunk(c) => {
                    let chunk = &parse.chunks[c];
                    let outlet = chunk.prep == Some(Prep::To) || chunk.prep == Some(Prep::With);
                    if chunk.prep.is_none() && !found || outlet {
                        if let Some(voice) = voice_of(stage, scan, chunk.items.clone(), time) {
                            if outlet && voice.kind != SourceKind::Outlet {
                                continue;
                            }
                            found |= !outlet;
                            push(&mut out.voices, voice);
                        } else if !outlet {
                            break;
                        }
                    }
                }
                Node::Comma => {}
                Node::Pivot(q) if parse.pivots[q].report.is_some() && !found && parse.pivots[q].item <= pivot.items.end + 1 => {}
                _ => break,
            }
        }
        if !found
            && !noun
            && k > 0
            && let Node::Chunk(c) = parse.nodes[k - 1]
            && parse.chunks[c].prep.is_none()
            && let Some(voice) = voice_of(stage, scan, parse.chunks[c].items.clone(), time)
        {
            push(&mut out.voices, voice);
            found = true;
        }
        if !found && !noun {
            out.goes_on = true;
        }
    }
    // "according to": a phrase that is no pivot in some spellings.
    for i in sentence.clone() {
        if scan.value(&scan.items[i], Class::Report) == Some(Report::According.code()) {
            let end = (i + 10).min(sentence.end);
            let start = (i + 1..end).find(|k| scan.is(&scan.items[*k], Class::Source) || scan.is(&scan.items[*k], Class::Actor));
            if let Some(start) = start
                && start <= i + 3
            {
                let stop = (start..end).find(|k| scan.items[*k].is_mark(',') || scan.items[*k].is_mark('.') || *k > start && scan.items[*k].has(Reading::BY)).unwrap_or(end).min(start + 6);
                if let Some(voice) = voice_of(stage, scan, start..stop, time) {
                    push(&mut out.voices, voice);
                }
            }
        }
    }
    out
}

fn push(voices: &mut Vec<Voice>, voice: Voice) {
    if !voices.iter().any(|v| v.items.start < voice.items.end && voice.items.start < v.items.end) && voices.len() < 6 {
        voices.push(voice);
    }
}

/// The voice that a phrase names, if it names one.
fn voice_of(stage: &Stage, scan: &Scan, items: Range<usize>, time: &[bool]) -> Option<Voice> {
    let end = items.clone().find(|i| time[*i]).unwrap_or(items.end).min(items.start + 9);
    let items = items.start..end;
    if items.is_empty() {
        return None;
    }
    let source = items.clone().find_map(|i| scan.sense(&scan.items[i], Class::Source).filter(|s| !s.1.has(Inflection::BOUND)));
    let actors = stage.actors_in(items.clone());
    let actor = actors.iter().find(|a| !a.adjective || source.is_some());
    let kind = match (source, actor) {
        (Some((sense, _)), _) => SourceKind::ALL.get(sense.value as usize).copied().unwrap_or(SourceKind::Anonymous),
        (None, Some(a)) if a.kind.is_armed() => {
            if matches!(a.kind, marsad_language::ActorKind::Army | marsad_language::ActorKind::Coalition) {
                SourceKind::Military
            } else if matches!(a.kind, marsad_language::ActorKind::Police | marsad_language::ActorKind::Security) {
                SourceKind::Official
            } else {
                SourceKind::ArmedGroup
            }
        }
        (None, Some(_)) => SourceKind::Official,
        (None, None) => return None,
    };
    Some(Voice { items, kind, actor: actor.map(|a| a.code.to_owned()) })
}
