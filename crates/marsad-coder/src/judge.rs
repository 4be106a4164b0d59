//! Scope, realis, what must stand by a trigger, and how sure to be.

use crate::actor::Stage;
use crate::count::Count;
use crate::days::Days;
use crate::draft::Draft;
use crate::mention::{Mention, SERIES};
use crate::scan::Scan;
use crate::source::Voices;
use crate::weights;
use jiff::civil::Date;
use marsad_language::{Class, Frame, FrameKind, Guard, Inflection, Needs, Prep, Report};
use marsad_model::{Action, Precision, Realis, Role, Scope, WhenPrecision};
use marsad_text::Kind;
use std::ops::Range;
use std::sync::OnceLock;

/// The code of class `governor` for words of remembrance.
const MEMORY: u32 = 2;
/// The code of class `particle` for «أن».
const ANNA: u32 = 0;
/// The code of class `total` for a toll that grows.
const RISE: u32 = 1;
/// The code of class `conj` for «بعد أن».
const AFTER: u32 = 8;
/// So many items before a verb in the past «كان» makes it a past before the past.
const WAS: usize = 10;
/// The code of class `background` for words that say that something was earlier.
const EARLIER: u32 = 1;
/// The code of class `background` for words that say that something was before the news.
const BEFORE: u32 = 2;
/// The code of class `habit` for fire that grows or goes on.
const ESCALATION: u32 = 1;
/// A time told so near the start of its sentence opens it: «وأمس الخميس، …».
const OPENING: usize = 3;
/// «بعد أربعة أيام على …» stands so near before what had happened.
const SPAN_BEFORE: usize = 7;

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
                Class::Person => {
                    out.force |= sense.value
                        == marsad_model::Group::ALL.iter().position(|g| *g == marsad_model::Group::Combatants).unwrap_or(0) as u32
                }
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

/// Whether what a frame needs stands by the mention.
pub(crate) fn needs_met(frame: &Frame, m: &Mention, tone: &Tone, places: bool) -> bool {
    match frame.needs {
        _ if frame.action == Action::Protest && m.ruled => false,
        None => true,
        // «الاستهداف»: known from the sentences around.
        Some(Needs::Force) => {
            tone.force || m.parties.iter().any(|p| p.armed) || m.definite && m.kind == FrameKind::Generic && !m.verb && tone.near_force
        }
        Some(Needs::Weapon) => m.shells || m.weapons.iter().any(|w| w.1.start <= m.items.end + 5 && m.items.start <= w.1.end + 5),
        Some(Needs::Place) => {
            (!m.places.is_empty() || places) && (m.has_perpetrator() || m.parties.iter().any(|p| p.role == Role::Target) || tone.force)
        }
        Some(Needs::Harm) => tone.force || tone.near_force || m.parties.iter().any(|p| p.armed),
        Some(Needs::Carried) => m.carried && (tone.force || tone.near_force),
        Some(Needs::Troops) => m.parties.iter().any(|p| p.armed && p.role == Role::Perpetrator) && (!m.places.is_empty() || places),
        Some(Needs::Gathering) => {
            m.prep.is_none() && !m.because && (m.carried || m.crowd || m.count.is_some_and(|c| c.low.unwrap_or(0) >= 10))
        }
        Some(Needs::Ousted) => m.parties.iter().any(|p| p.armed && p.role == Role::Target) && (!m.places.is_empty() || places),
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

fn spans(days: &Days) -> i64 {
    spans_between(days.start, days.end)
}
fn spans_between(a: Date, b: Date) -> i64 {
    a.until(b).map_or(0, |s| i64::from(s.get_days()))
}

/// The realis of a draft.
pub(crate) fn realis(draft: &Draft, mentions: &[Mention], voices: &[Voices]) -> Realis {
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
    match voices[draft.sentences[0]].strong {
        Some((Report::Deny, at)) if at < first.items.start && first.items.start - at <= 7 => Realis::Negated,
        Some((Report::Threaten, at)) if at < first.items.start && first.items.start - at <= 7 => Realis::Future,
        _ => Realis::Actual,
    }
}

/// The fitted models with their weights in the order of [`features`].
struct Models {
    keep: Vec<f64>,
    aggregate: Vec<f64>,
    background: Vec<f64>,
}

/// The models, aligned once with the names of the features, which every call gives in the same order.
fn models(features: &[(&'static str, f64)]) -> &'static Models {
    static MODELS: OnceLock<Models> = OnceLock::new();
    MODELS.get_or_init(|| {
        let align =
            |weights: &[(&str, f64)]| features.iter().map(|(n, _)| weights.iter().find(|w| w.0 == *n).map_or(0.0, |w| w.1)).collect();
        Models { keep: align(weights::WEIGHTS), aggregate: align(weights::AGGREGATE), background: align(weights::BACKGROUND) }
    })
}

/// The value of a linear model over features.
fn linear(features: &[(&'static str, f64)], bias: f64, weights: &[f64]) -> f64 {
    bias + features.iter().zip(weights).map(|((_, value), weight)| weight * value).sum::<f64>()
}

/// The chance that a careful coder would write the draft down as well.
pub(crate) fn confidence(features: &[(&'static str, f64)]) -> f64 {
    1.0 / (1.0 + (-linear(features, weights::BIAS, &models(features).keep)).exp())
}

/// By how much an incident must be likelier than the other scopes; `tools/fit_confidence.py` prints what each choice gives.
const LEAN: f64 = 1.25;

/// The likeliest scope by the fitted models, which weigh the other scopes against an incident.
pub(crate) fn learned_scope(features: &[(&'static str, f64)]) -> Scope {
    let models = models(features);
    let aggregate = linear(features, weights::AGGREGATE_BIAS, &models.aggregate).exp();
    let background = linear(features, weights::BACKGROUND_BIAS, &models.background).exp();
    if 1.0 >= LEAN * aggregate.max(background) {
        Scope::Incident
    } else if aggregate >= background {
        Scope::Aggregate
    } else {
        Scope::Background
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

/// Whether a verb in the past tells what was before the news: «كانت الطائرات قد قصفت».
fn had_done(scan: &Scan, lead: &Mention, tense: Inflection) -> bool {
    let start = scan.sentences[lead.sentence].start;
    let before = start.max(lead.items.start.saturating_sub(WAS))..lead.items.start;
    // What somebody "had announced" is a clause of its own.
    let clause = before.rev().take_while(|i| {
        let item = &scan.items[*i];
        !matches!(item.kind, Kind::Mark('.' | ';' | ':')) && scan.value(item, Class::Particle) != Some(ANNA)
    });
    tense.has(Inflection::PAST) && clause.into_iter().any(|i| scan.is(&scan.items[i], Class::Was))
}

/// Whether the mention stands in a clause that says what was before something else: «بعد أن سيطرت».
fn after(scan: &Scan, lead: &Mention) -> bool {
    let start = scan.sentences[lead.sentence].start;
    let before = (start.max(lead.items.start.saturating_sub(4))..lead.items.start).rev();
    let clause = before.take_while(|i| !matches!(scan.items[*i].kind, Kind::Mark(_))).map(|i| &scan.items[i]);
    clause.into_iter().any(|i| scan.value(i, Class::Conj) == Some(AFTER))
}

/// Whether it is told how long after it something else came: «بعد أربعة أيام على هجوم».
fn span_after(scan: &Scan, lead: &Mention) -> bool {
    let start = scan.sentences[lead.sentence].start;
    let from = start.max(lead.items.start.saturating_sub(SPAN_BEFORE));
    let units = (from..lead.items.start).filter(|i| scan.is(&scan.items[*i], Class::TimeUnit));
    let prep = |i: usize| scan.items.get(i).and_then(|item| scan.value(item, Class::Prep));
    let follows = |p: Prep, i: usize| prep(i) == Some(p as u32);
    units
        .into_iter()
        .any(|i| (from..i).rev().take(3).any(|k| follows(Prep::After, k)) && (follows(Prep::From, i + 1) || follows(Prep::On, i + 1)))
}

/// What the fitted models look at: names and values. The weights stand in `weights.rs`, fitted by `tools/fit_confidence.py`.
#[allow(clippy::too_many_arguments)]
pub(crate) fn features(
    draft: &Draft,
    mentions: &[Mention],
    tones: &[Tone],
    voices: &[Voices],
    scan: &Scan,
    today: Date,
    lead_day: Option<Date>,
    precision: Option<Precision>,
) -> Vec<(&'static str, f64)> {
    let b = |x: bool| f64::from(u8::from(x));
    let tone = &tones[draft.sentences[0]];
    let voice = &voices[draft.sentences[0]];
    let first = &mentions[draft.mentions[0]];
    let lead = draft.mentions.iter().map(|m| &mentions[*m]).find(|m| m.kind != FrameKind::Toll).unwrap_or(first);
    let perpetrator = draft.codes(Role::Perpetrator).next().is_some();
    let target = draft.parties.iter().any(|p| matches!(p.role, Role::Target | Role::Victim));
    let dated = draft.when.is_some();
    let slots =
        [perpetrator, target, !draft.weapons.is_empty(), !draft.objects.is_empty(), !draft.tolls.is_empty(), precision.is_some(), dated];
    // An event noun that no verb carries and no toll follows: it may only be spoken of.
    let idle = b(!lead.verb && !lead.carried && draft.tolls.is_empty());
    let form = scan.sense(&scan.items[lead.item], Class::Frame).map_or(Inflection::default(), |s| s.1);
    let tense = if lead.verb { form } else { lead.carrier.unwrap_or_default() };
    let speech = tone.speech.filter(|s| s.1 < lead.item).map(|s| s.0);
    let crowd = b(matches!(draft.action, Action::Protest | Action::Riot));
    let many = draft
        .mentions
        .iter()
        .any(|m| mentions[*m].kind != FrameKind::Toll && mentions[*m].count.is_some_and(|c| c.vague && c.low.unwrap_or(0) >= 20));
    let when = draft.when.as_ref().map(|w| w.0);
    let ago = when.map_or(0, |d| spans_between(d.end, today));
    let narrow = matches!(precision, Some(Precision::Exact | Precision::Near));
    let opening = scan.sentences[draft.sentences[0]].start + OPENING;
    let time_first = draft.when.as_ref().is_some_and(|w| w.1.start < opening && w.1.start + OPENING >= opening);
    // What follows "it is worth recalling" is often still recalled.
    let past_background =
        tones.get(draft.sentences[0].saturating_sub(2)..draft.sentences[0]).is_some_and(|t| t.iter().any(|t| t.background));
    let filled = slots.iter().filter(|s| **s).count() as f64;
    vec![
        ("mentions", (draft.mentions.len() as f64).ln()),
        ("sentences", (draft.sentences.len() as f64).ln()),
        ("early", 1.0 / (1.0 + draft.sentences[0] as f64)),
        ("perpetrator", b(perpetrator)),
        ("target", b(target)),
        ("weapon", b(!draft.weapons.is_empty())),
        ("object", b(!draft.objects.is_empty())),
        ("toll", b(!draft.tolls.is_empty())),
        ("exact_toll", b(draft.tolls.iter().any(|t| t.count.best.is_some()))),
        ("place", b(precision.is_some())),
        ("exact_place", b(matches!(precision, Some(Precision::Exact | Precision::Near)))),
        ("dated", b(dated)),
        ("filled", filled / 7.0),
        ("bare", b(filled == 0.0)),
        ("one_slot", b(filled == 1.0)),
        ("verb", b(lead.verb)),
        ("definite", b(lead.definite)),
        ("pronoun", b(lead.pronoun)),
        ("carried", b(lead.carried)),
        ("generic", b(draft.generic && !draft.toll_only)),
        ("toll_only", b(draft.toll_only)),
        ("deed", b(first.kind == FrameKind::Deed)),
        ("background", b(draft.scope == Scope::Background)),
        ("aggregate", b(draft.scope == Scope::Aggregate)),
        ("not_actual", b(draft.realis != Realis::Actual)),
        ("guard", b(tone.guard.is_some())),
        ("weak_guard", b(tone.weak_guard.is_some())),
        ("force", b(tone.force)),
        ("near_force", b(tone.near_force)),
        ("speech", b(speech.is_some())),
        ("condemn", b(matches!(speech, Some(Report::Condemn | Report::Demand | Report::Praise | Report::Warn)))),
        ("source", b(voice.named())),
        ("future", b(tone.future)),
        ("conditional", b(tone.conditional)),
        ("irrealis", b(lead.governor == Some(0))),
        ("court", b(lead.governor == Some(1))),
        ("memory", b(lead.governor == Some(2))),
        ("talk", b(lead.governor == Some(3))),
        ("crowd_acts", crowd * b(lead.verb || lead.carried || lead.people)),
        ("crowd_acts_dated", crowd * b((lead.verb || lead.carried || lead.people) && dated)),
        ("crowd_acts_told", crowd * b(perpetrator)),
        ("crowd_spoken_of", crowd * idle),
        ("crowd_counted", crowd * b(draft.mentions.iter().any(|m| mentions[*m].crowd))),
        // «المتظاهرون»: known to the reader already.
        ("crowd_known", crowd * b(lead.known)),
        ("control", b(matches!(draft.action, Action::TerritoryGain | Action::Withdrawal))),
        ("movement", b(matches!(draft.action, Action::Deployment | Action::AirActivity))),
        ("raid", b(matches!(draft.action, Action::Raid | Action::Siege))),
        ("seizure_spoken_of", b(matches!(draft.action, Action::Detention | Action::Abduction)) * idle),
        ("cruelty_spoken_of", b(matches!(draft.action, Action::Torture | Action::SexualViolence)) * idle),
        ("deal", b(draft.action == Action::Agreement)),
        ("fire", b(matches!(draft.action, Action::Shelling | Action::Airstrike | Action::DroneStrike | Action::MissileStrike))),
        ("blast", b(matches!(draft.action, Action::Explosion | Action::CarBomb | Action::ExplosiveDevice | Action::SuicideAttack))),
        ("clash", b(draft.action == Action::Clash)),
        ("killing", b(draft.action == Action::Killing)),
        ("killing_told", b(draft.action == Action::Killing && perpetrator && !draft.tolls.is_empty())),
        ("killing_placed", b(draft.action == Action::Killing && narrow && draft.tolls.iter().any(|t| t.count.best.is_some()))),
        ("killing_echo", b(draft.action == Action::Killing) * draft.echo),
        ("assassination_spoken_of", b(draft.action == Action::Assassination) * idle),
        ("idle", idle),
        ("idle_definite", idle * b(lead.definite)),
        ("idle_undated", idle * b(!dated)),
        ("told_in_full", b((lead.verb || lead.carried) && perpetrator && (target || !draft.tolls.is_empty() || precision.is_some()))),
        ("toll_in_full", b(draft.toll_only && draft.tolls.iter().any(|t| t.count.best.is_some()) && precision.is_some())),
        ("verb_with_party", b(lead.verb && (perpetrator || target))),
        ("noun_with_two", b(!lead.verb && filled >= 2.0)),
        ("hypothetical", b(draft.realis == Realis::Hypothetical)),
        ("present", b(tense.has(Inflection::PRESENT))),
        ("past", b(tense.has(Inflection::PAST))),
        ("plural", b(form.has(Inflection::PLURAL) && !lead.people && !lead.verb)),
        ("many", b(many)),
        ("counted", b(lead.count.is_some_and(|c| c.best.is_some()))),
        ("recent_day", b(when.is_some_and(|d| d.precision == WhenPrecision::Day) && ago <= 2)),
        ("old", b(ago > 3)),
        ("very_old", b(ago > 45)),
        ("long", b(when.is_some_and(|d| spans(&d) > 10))),
        (
            "month_or_year",
            b(when.is_some_and(|d| matches!(d.precision, WhenPrecision::Month | WhenPrecision::Year | WhenPrecision::Season))),
        ),
        ("before_lead", b(when.zip(lead_day).is_some_and(|(d, l)| d.end < l))),
        ("on_lead_day", b(when.zip(lead_day).is_some_and(|(d, l)| d.end == l && d.precision == WhenPrecision::Day))),
        ("series", b(lead.count.is_some_and(|c| c.vague || c.best.unwrap_or(0) >= 10))),
        ("since", b(when.is_some_and(|d| d.precision == WhenPrecision::Range && d.end >= today))),
        ("habit", b(tone.habit)),
        ("background_word", b(tone.background)),
        ("total_word", b(tone.total)),
        ("habit_now", b(tone.habit && tense.has(Inflection::PRESENT))),
        ("past_background", b(past_background)),
        ("headline", b(draft.sentences[0] == 0 && !lead.verb)),
        ("plural_at_large", b(form.has(Inflection::PLURAL) && !lead.people && !lead.verb && !dated && !narrow)),
        ("present_at_large", b(tense.has(Inflection::PRESENT) && !dated && draft.tolls.is_empty())),
        (
            "control_after",
            b(matches!(draft.action, Action::TerritoryGain | Action::Withdrawal)
                && (lead.because || matches!(lead.prep, Some(Prep::After | Prep::From)))),
        ),
        ("reaction", b(idle > 0.0 && matches!(speech, Some(Report::Condemn | Report::Demand | Report::Praise | Report::Warn)))),
        ("after", b(lead.because || matches!(lead.prep, Some(Prep::After)))),
        ("relative", b(lead.relative)),
        ("first_sentence", b(draft.sentences[0] == 0)),
        ("late", (draft.sentences[0] as f64).ln_1p()),
        ("many_places", b(draft.places.len() >= 3)),
        ("wide_place", b(matches!(precision, Some(Precision::Admin1 | Precision::Country)))),
        ("area", b(precision == Some(Precision::Area))),
        ("earlier_word", b(tone.earlier)),
        ("earlier_undated", b(tone.earlier && !dated)),
        ("earlier_recent", b(tone.earlier && when.is_some_and(|d| d.precision == WhenPrecision::Day) && ago <= 2)),
        ("day_before", b(when.is_some_and(|d| d.precision == WhenPrecision::Day) && (1..=3).contains(&ago))),
        ("range_ended", b(when.is_some_and(|d| d.precision == WhenPrecision::Range) && ago > 0)),
        ("echo", draft.echo),
        ("echo_definite", draft.echo * b(lead.definite || lead.pronoun)),
        ("echo_poor", draft.echo * b(filled <= 2.0)),
        ("echoed", draft.echoed),
        ("had_done", b(had_done(scan, lead, tense))),
        ("after_clause", b(after(scan, lead))),
        ("rising", b(tone.rise)),
        ("outdated", b(draft.outdated)),
        ("row", b(lead.governor == Some(SERIES))),
        ("recall", b(tone.recall)),
        ("not_first", b(mentions[..draft.mentions[0]].last().is_some_and(|m| m.sentence == first.sentence))),
        ("before_lead_late", b(draft.sentences[0] > 1 && when.zip(lead_day).is_some_and(|(d, l)| d.end < l))),
        ("untimed_late", b(!dated) * (draft.sentences[0] as f64).ln_1p()),
        ("headline_echoed", draft.echoed * b(draft.sentences[0] == 0)),
        ("before_word", b(tone.before)),
        ("escalation", b(tone.escalation)),
        ("escalation_undated", b(tone.escalation && !dated)),
        ("span_after", b(span_after(scan, lead))),
        ("time_first", b(draft.sentences[0] > 1 && time_first && when.zip(lead_day).is_some_and(|(d, l)| d.end < l))),
    ]
}
