//! Tone, scope and realis by rule, and what must stand by a trigger.

use crate::actor::Stage;
use crate::blame::ORIGIN;
use crate::count::Count;
use crate::days::Days;
use crate::draft::Draft;
use crate::fill::is_of_war;
use crate::mention::Mention;
use crate::scan::Scan;
use crate::source::Voices;
use jiff::civil::Date;
use marsad_language::{Class, Frame, FrameKind, Guard, Inflection, Needs, Prep, Report};
use marsad_model::{Action, Group, ObjectClass, Realis, Role, Scope, WhenPrecision};
use std::ops::Range;

/// The code of class `governor` for words of remembrance.
const MEMORY: u32 = 2;
/// The code of class `total` for a toll that grows.
const RISE: u32 = 1;
/// The code of class `background` for words that say that something was earlier.
const EARLIER: u32 = 1;
/// The code of class `background` for words that say that something was before the news.
const BEFORE: u32 = 2;
/// The code of class `particle` for the words that open a clause: «أن».
const ANNA: u32 = 0;
/// The code of class `marker` for words that call untrue what was told.
const FALSE: u32 = 20;
/// So many items after what was told they may stand.
const FALSE_REACH: usize = 24;
/// What is denied or threatened begins within so many items of the word for it, or of the clause that opens so many items later.
const SPOKEN: usize = 7;
const CLAUSE: usize = 16;
/// The code of class `habit` for fire that grows or goes on.
const ESCALATION: u32 = 1;

/// What a sentence says beside its events.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tone {
    pub habit: bool,
    /// Fire that grows or goes on.
    pub escalation: bool,
    /// Words that say that it was before the news.
    pub before: bool,
    pub background: bool,
    /// Words that open the sentence as a reminder.
    pub recall: bool,
    /// Words that say that it was earlier.
    pub earlier: bool,
    pub total: bool,
    /// A toll that grows with every report.
    pub rise: bool,
    pub future: bool,
    pub conditional: bool,
    /// Guard words, strong ones first.
    pub guard: Option<Guard>,
    pub weak_guard: Option<Guard>,
    /// Anything armed, any weapon, any toll.
    pub force: bool,
    /// The same in one of the three sentences before or the one after.
    pub near_force: bool,
    /// Words that say where fire came from.
    pub origin: bool,
    /// Words of condemnation, threat, demand.
    pub speech: Option<(Report, usize)>,
}

/// Reads the tone of a sentence.
pub(crate) fn tone(stage: &Stage, scan: &Scan, sentence: Range<usize>) -> Tone {
    let mut out = Tone::default();
    let pack = stage.lexicon.pack();
    for i in sentence.clone() {
        let item = &scan.items[i];
        for (sense, _) in scan.senses(item) {
            match sense.class {
                Class::Marker => out.origin |= sense.value == ORIGIN,
                Class::Habit if sense.value == ESCALATION => out.escalation = true,
                Class::Habit => out.habit = true,
                Class::Background => {
                    out.background |= i < sentence.start + 8;
                    out.earlier |= sense.value == EARLIER;
                    out.before |= sense.value == BEFORE;
                    out.recall |= i < sentence.start + 3 && sense.value != EARLIER;
                }
                Class::Total => {
                    out.total = true;
                    out.rise |= sense.value == RISE;
                }
                Class::Future => out.future = true,
                Class::Conditional => out.conditional = true,
                Class::Guard => out.guard = out.guard.or(Guard::ALL.get(sense.value as usize).copied()),
                Class::GuardWeak => out.weak_guard = out.weak_guard.or(Guard::ALL.get(sense.value as usize).copied()),
                Class::Weapon => out.force = true,
                Class::Actor => {
                    let actor = &pack.actors[sense.value as usize];
                    out.force |= actor.kind.is_armed();
                }
                Class::Generic => out.force |= pack.generics[sense.value as usize].kind.is_armed(),
                Class::Person => out.force |= sense.value == Group::ALL.iter().position(|g| *g == Group::Combatants).unwrap_or(0) as u32,
                Class::Frame => {
                    let frame = &pack.frames[sense.value as usize];
                    out.force |= frame.needs.is_none() && frame.kind == FrameKind::Attack;
                }
                Class::Report if out.speech.is_none() => {
                    out.speech = Report::ALL
                        .get(sense.value as usize)
                        .copied()
                        .filter(|r| !matches!(r, Report::Neutral | Report::Confirm | Report::According))
                        .map(|r| (r, i));
                }
                _ => {}
            }
        }
    }
    out
}

/// Whether soldiers on their way were attacked, or in a report of violence anything that a verb of attack has for its object: «كمين
/// لقافلة عسكرية», «هاجموا السفينة».
fn waylaid(m: &Mention, tone: &Tone) -> bool {
    let column = |o: ObjectClass| matches!(o, ObjectClass::VehicleMilitary | ObjectClass::Convoy);
    matches!(m.kind, FrameKind::Attack | FrameKind::Generic) && m.objects.iter().any(|o| column(o.0) || tone.near_force && m.verb)
}

/// Whether what a frame needs stands by the mention.
pub(crate) fn needs_met(frame: &Frame, m: &Mention, tone: &Tone, places: bool) -> bool {
    match frame.needs {
        _ if matches!(frame.action, Action::Protest | Action::Withdrawal) && m.ruled => false,
        // «أوقفوا حافلتين»: things alone are not seized.
        _ if frame.action == Action::Detention
            && m.verb
            && m.tolls.is_empty()
            && !m.objects.is_empty()
            && m.parties.iter().all(|p| p.role == Role::Perpetrator) =>
        {
            false
        }
        None => true,
        // «الاستهداف», «تعرض لهجوم»: known from the sentences around.
        Some(Needs::Force) => {
            let told = m.definite && m.kind == FrameKind::Generic || m.carried && tone.guard.is_none();
            // «هجوم على قاعدة عين الأسد»
            let post = !m.places.is_empty() && m.objects.iter().any(|o| matches!(o.0, ObjectClass::Base | ObjectClass::Checkpoint));
            tone.force || post || m.parties.iter().any(|p| p.armed) || told && !m.verb && tone.near_force || waylaid(m, tone)
        }
        Some(Needs::Weapon) if m.action == Action::Interception => m.shells || !m.weapons.is_empty(),
        // «سقطت المدينة بيد …»: a place that falls needs no weapon.
        Some(Needs::Weapon) if m.action == Action::TerritoryGain => true,
        Some(Needs::Weapon) => m.shells || m.weapons.iter().any(|w| w.1.start <= m.items.end + 5 && m.items.start <= w.1.end + 5),
        Some(Needs::Place) => {
            (m.site || !m.places.is_empty() || places)
                && (m.has_perpetrator() || m.manned || m.parties.iter().any(|p| p.role == Role::Target) || tone.force)
        }
        Some(Needs::Harm) => m.found || waylaid(m, tone) || tone.force || tone.near_force || m.parties.iter().any(|p| p.armed),
        Some(Needs::Carried) => m.carried && (tone.force || tone.near_force),
        Some(Needs::Flight) if m.action == Action::Displacement => !m.relative && !m.tolls.is_empty() && (tone.force || tone.near_force),
        // «أثناء توجهها من … إلى …»: on their way they were hit; that is no news of its own.
        Some(Needs::Troops) if m.action == Action::Deployment && (m.because || matches!(m.prep, Some(Prep::During | Prep::After))) => false,
        Some(Needs::Troops | Needs::Flight) => {
            (m.manned || m.parties.iter().any(|p| p.armed && p.role == Role::Perpetrator)) && (m.site || !m.places.is_empty() || places)
        }
        Some(Needs::Gathering) => {
            m.prep.is_none() && !m.because && (m.carried || m.crowd || m.count.is_some_and(|c| c.low.unwrap_or(0) >= 10))
        }
        Some(Needs::Counted) => {
            let counted = m.tolls.iter().any(|t| t.group != Group::All) || tone.near_force && !m.tolls.is_empty();
            tone.force || counted || m.parties.iter().any(|p| p.armed)
        }
        Some(Needs::Ousted) => m.parties.iter().any(|p| p.armed && p.role == Role::Target) && (!m.places.is_empty() || places),
        // «قذائف على كفر حمرة»: what was hit has a name or is a thing of war.
        Some(Needs::Line) => {
            tone.guard.is_none() && (!m.places.is_empty() || m.objects.iter().any(|o| is_of_war(o.0)) || m.parties.iter().any(|p| p.armed))
        }
        Some(Needs::People) => !m.parties.is_empty() || !m.tolls.is_empty(),
    }
}

/// The scope of a draft.
pub(crate) fn scope(draft: &Draft, mentions: &[Mention], scan: &Scan, tones: &[Tone], today: Date, exact: bool) -> Scope {
    let tone = &tones[draft.sentences[0]];
    let plural = draft.mentions.iter().all(|m| {
        let m = &mentions[*m];
        let form = scan.sense(&scan.items[m.item], Class::Frame).map_or(Inflection::default(), |s| s.1);
        form.has(Inflection::PLURAL) && !m.people && !m.verb
    });
    let many = draft
        .mentions
        .iter()
        .any(|m| mentions[*m].kind != FrameKind::Toll && mentions[*m].count.is_some_and(|c: Count| c.vague && c.low.unwrap_or(0) >= 20));
    if let Some((days, _)) = &draft.when {
        let long = days.precision == WhenPrecision::Range && days.end >= today && spans(days) > 12;
        if long || (days.precision == WhenPrecision::Range && spans(days) > 45) {
            return Scope::Aggregate;
        }
        if matches!(days.precision, WhenPrecision::Month | WhenPrecision::Year | WhenPrecision::Season) && (plural || tone.total) {
            return Scope::Aggregate;
        }
    }
    if tone.total && draft.toll_only {
        return Scope::Aggregate;
    }
    let dated = draft.when.as_ref().is_some_and(|w| matches!(w.0.precision, WhenPrecision::Day));
    if many && !(exact && dated) || (tone.habit && !exact && !dated) {
        return Scope::Aggregate;
    }
    if plural && !exact && !dated && !matches!(draft.action, Action::Protest | Action::Clash | Action::Airstrike | Action::Deployment) {
        return Scope::Aggregate;
    }
    if let Some((days, _)) = &draft.when
        && spans_between(days.end, today) > 3
    {
        return Scope::Background;
    }
    if tone.background && draft.sentences[0] > 0 {
        return Scope::Background;
    }
    Scope::Incident
}

/// Whether words of recall stand in the two sentences before one: what follows "it is worth recalling" is often still recalled.
pub(crate) fn recalled(tones: &[Tone], sentence: usize) -> bool {
    tones.get(sentence.saturating_sub(2)..sentence).is_some_and(|before| before.iter().any(|t| t.background))
}

pub(crate) fn spans(days: &Days) -> i64 {
    spans_between(days.start, days.end)
}
pub(crate) fn spans_between(a: Date, b: Date) -> i64 {
    a.until(b).map_or(0, |s| i64::from(s.get_days()))
}

/// The realis of a draft.
pub(crate) fn realis(draft: &Draft, mentions: &[Mention], voices: &[Voices], scan: &Scan) -> Realis {
    for m in &draft.mentions {
        let m = &mentions[*m];
        if m.kind == FrameKind::Toll && !draft.toll_only {
            continue;
        }
        if m.negated {
            return Realis::Negated;
        }
        match m.modal {
            Some((Class::Foiled, _)) => return Realis::Negated,
            Some((Class::Future, _)) => return Realis::Future,
            Some((Class::Conditional, _)) => return Realis::Hypothetical,
            Some((Class::Attempt, _)) if m.action == Action::TerritoryGain => return Realis::Future,
            _ => {}
        }
    }
    let first = &mentions[draft.mentions[0]];
    // «فرصة للسيطرة على …»: control that is meant is not control that was taken.
    if first.action == Action::TerritoryGain && !first.verb && !first.carried && first.prep == Some(Prep::To) {
        return Realis::Future;
    }
    // «أنباء عن قصف … عارية عن الصحة»
    let end = scan.sentences.get(draft.sentences[0]).map_or(0, |s| s.end.min(first.items.end + FALSE_REACH));
    let untrue = |i: usize| {
        let item = &scan.items[i];
        scan.is(item, Class::Marker) && scan.senses(item).iter().any(|s| s.0.class == Class::Marker && s.0.value == FALSE)
    };
    if (first.items.end..end).any(untrue) {
        return Realis::Negated;
    }
    // «نفى المتحدث … أن تكون …»: what is denied begins with the clause.
    let clause = |at: usize| {
        let that = (at + 1..first.items.start.min(at + CLAUSE)).find(|i| scan.value(&scan.items[*i], Class::Particle) == Some(ANNA));
        first.items.start - that.unwrap_or(at) <= SPOKEN
    };
    match voices[draft.sentences[0]].strong {
        Some((Report::Deny, at)) if at < first.items.start && clause(at) => Realis::Negated,
        Some((Report::Threaten, at)) if at < first.items.start && first.items.start - at <= SPOKEN => Realis::Future,
        _ => Realis::Actual,
    }
}

/// Whether a draft is only what words of grief or blame react to, or what a day of remembrance recalls (codebook: such an attack is
/// background).
pub(crate) fn reacted_to(draft: &Draft, mentions: &[Mention], tones: &[Tone]) -> bool {
    draft.mentions.iter().map(|m| &mentions[*m]).all(|m| {
        let spoken = tones[m.sentence].speech.is_some_and(|s| matches!(s.0, Report::Condemn | Report::Praise) && s.1 < m.item);
        let idle = !m.verb && !m.carried || m.kind == FrameKind::Generic && m.verb && m.relative;
        m.kind == FrameKind::Toll && !m.verb || idle && (spoken || m.governor == Some(MEMORY))
    }) && draft.mentions.iter().any(|m| mentions[*m].kind != FrameKind::Toll)
}
