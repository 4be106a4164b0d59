//! Drafts of one happening brought together over the document.

use crate::Pair;
use crate::carry;
use crate::cluster;
use crate::dating;
use crate::document::{Read, Run};
use crate::draft::Draft;
use crate::layout::Part;
use crate::link::Linker;
use crate::places_of::{drop_wider_places, share_places};
use crate::resolve::rank;
use marsad_language::{Frame, FrameKind, Guard, Needs};
use marsad_model::{Action, Group, ObjectClass};

/// So many sentences at the head of a report tell what it is about.
const HEAD: usize = 3;
/// By how much less sure the link of a heading to what stands under it may be.
const HEADING: f64 = 4.0;
/// A heading is compared with so many drafts.
const MEMORY: usize = 24;
/// A list names so many places more than are known.
const LISTED: usize = 2;

/// Brings drafts of one happening together over the document.
pub(crate) fn merge(state: &Read, mut drafts: Vec<Draft>, run: &mut Run) -> Vec<Draft> {
    if drafts.is_empty() {
        return drafts;
    }
    dating::mark_outdated(state, &mut drafts);
    if let Some(pairs) = run.pairs.take() {
        return all_pairs(state, &Linker::new(state, &drafts), drafts, pairs);
    }
    let mut out = if drafts.len() > 1 { join(state, drafts) } else { drafts };
    for draft in &mut out {
        drop_wider_places(state, draft);
    }
    share_places(state, &mut out);
    dating::headline(state, &mut out);
    carry::carry(state, &mut out, run.chances.take());
    drop_unarmed(state, &mut out);
    out
}

/// Joins the drafts that tell one happening.
fn join(state: &Read, drafts: Vec<Draft>) -> Vec<Draft> {
    let linker = Linker::new(state, &drafts);
    let nations = &state.stage.lexicon.pack().nations;
    let mut out: Vec<Draft> = Vec::new();
    let mut headings: Vec<Draft> = Vec::new();
    let mut body: Vec<Draft> = Vec::new();
    for draft in drafts {
        if state.parts[draft.sentences[0]] == Part::Heading { headings.push(draft) } else { body.push(draft) }
    }
    let groups = cluster::groups(&linker, &body);
    let mut body: Vec<Option<Draft>> = body.into_iter().map(Some).collect();
    for group in groups {
        let mut members = group.members.into_iter().filter_map(|n| body[n].take());
        let Some(mut first) = members.next() else { continue };
        for mut draft in members {
            if linker.elsewhere(&first, &draft) || lists(state, &first, &draft) {
                draft.places.clear();
            }
            first.absorb(draft);
            first.refine(state.scan, nations, &state.mentions);
        }
        out.push(Draft { echo: group.echo, echoed: group.echoed, ..first });
    }
    let mut leads: Vec<_> = if headings.is_empty() { Vec::new() } else { out.iter().map(|d| linker.lead(d)).collect() };
    for heading in headings {
        let lead = linker.lead(&heading);
        let best = (0..out.len().min(MEMORY))
            .filter_map(|k| linker.score((&heading, &lead), (&out[k], &leads[k]), false).map(|s| (s, k)))
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        match best {
            Some((score, k)) if score >= -HEADING => {
                out[k].take_heading(heading);
                out[k].refine(state.scan, nations, &state.mentions);
                leads[k] = linker.lead(&out[k]);
            }
            Some((score, _)) => out.push(Draft { echoed: 1.0 / (1.0 + (-score).exp()), ..heading }),
            None => out.push(heading),
        }
        leads.extend(out.get(leads.len()).map(|d| linker.lead(d)));
    }
    out
}

/// Whether a draft that tells the same names the places of another among many more: a list of all that was hit.
fn lists(state: &Read, told: &Draft, draft: &Draft) -> bool {
    let spots = |d: &Draft| d.places.iter().filter(|p| rank(&state.spots[p.0][p.1]) == 0).count();
    let known = spots(told);
    known > 0 && spots(draft) >= known + LISTED
}

/// Lets all drafts stay apart, and writes down the features of their pairs.
fn all_pairs(state: &Read, linker: &Linker, drafts: Vec<Draft>, pairs: &mut Vec<Pair>) -> Vec<Draft> {
    let at = |d: &Draft| state.text.tokens()[state.scan.items[d.trigger(&state.mentions).items.start].start as usize].start;
    let leads: Vec<_> = drafts.iter().map(|d| linker.lead(d)).collect();
    for (n, b) in drafts.iter().enumerate() {
        let mut closest = true;
        pairs.extend(cluster::before(n).filter_map(|k| {
            let body = state.parts[drafts[k].sentences[0]] != Part::Heading;
            let features = linker.features((&drafts[k], &leads[k]), (b, &leads[n]), closest && body);
            closest &= !body || features.is_none();
            Some((at(&drafts[k]), at(b), features?.map(|f| f64::from(u8::from(f))).to_vec()))
        }));
    }
    drafts
}

/// In a document in which nobody is armed and no weapon or attack is told, words for harm and seizure that ordinary life
/// shares tell no event.
fn drop_unarmed(state: &Read, drafts: &mut Vec<Draft>) {
    let pack = state.stage.lexicon.pack();
    let frame = |m: &usize| &pack.frames[state.mentions[*m].frame as usize];
    let plain = |f: &Frame| f.needs.is_none() && f.kind != FrameKind::Deed || f.needs == Some(Needs::Counted);
    let own_weight = |d: &Draft| d.mentions.iter().any(|m| plain(frame(m)) || state.mentions[*m].found);
    let fighters = |d: &Draft| d.tolls.iter().any(|t| t.group == Group::Combatants);
    let of_war = |d: &Draft| d.objects.iter().any(|o| matches!(o.0, ObjectClass::VehicleMilitary | ObjectClass::Convoy));
    let manned = |d: &Draft| d.parties.iter().any(|p| p.armed) || fighters(d) || of_war(d);
    let armed = |d: &Draft| manned(d) || !d.weapons.is_empty() || d.shells || own_weight(d);
    // What a storm, a crash or an illness did is told in the same words.
    let other = state.tones.iter().take(HEAD).any(|t| matches!(t.guard, Some(Guard::Disaster | Guard::Accident | Guard::Health)));
    let fought = |d: &Draft| {
        d.parties.iter().any(|p| p.armed)
            || !d.weapons.is_empty()
            || d.shells
            || d.mentions.iter().any(|m| frame(m).kind == FrameKind::Attack && frame(m).action != Action::Explosion)
    };
    if other && !drafts.iter().any(fought) {
        drafts.retain(|d| !d.action.is_violent());
    }
    if drafts.iter().any(armed) {
        return;
    }
    drafts.retain(|d| own_weight(d) || !d.action.is_violent());
}
