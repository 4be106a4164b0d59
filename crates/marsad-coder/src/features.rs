//! What the fitted models look at in a draft, and what they make of it: how sure to be, and which scope.

use crate::draft::Draft;
use crate::judge::{Tone, recalled, spans, spans_between};
use crate::mention::{Mention, SERIES};
use crate::scan::Scan;
use crate::source::Voices;
use crate::weights;
use jiff::civil::Date;
use marsad_language::{Class, FrameKind, Inflection, Prep, Report};
use marsad_model::{Action, Precision, Realis, Role, Scope, WhenPrecision};
use marsad_text::Kind;
use std::sync::OnceLock;

/// The code of class `particle` for «أن».
const ANNA: u32 = 0;
/// The code of class `conj` for «بعد أن».
const AFTER: u32 = 8;
/// So many items before a verb in the past «كان» makes it a past before the past.
const WAS: usize = 10;
/// A time told so near the start of its sentence opens it: «وأمس الخميس، …».
const OPENING: usize = 3;
/// «بعد أربعة أيام على …» stands so near before what had happened.
const SPAN_BEFORE: usize = 7;

/// Room for all features of a draft.
const MOST: usize = 192;

/// The values of the fitted models over the features of a draft.
pub(crate) struct Values {
    keep: f64,
    aggregate: f64,
    background: f64,
}

/// The weights of the three models for each of [`features`], which every call gives in the same order.
fn models(features: &[(&'static str, f64)]) -> &'static [[f64; 3]] {
    static MODELS: OnceLock<Vec<[f64; 3]>> = OnceLock::new();
    MODELS.get_or_init(|| {
        let of = |weights: &[(&str, f64)], name: &str| weights.iter().find(|w| w.0 == name).map_or(0.0, |w| w.1);
        features.iter().map(|(n, _)| [weights::WEIGHTS, weights::AGGREGATE, weights::BACKGROUND].map(|w| of(w, n))).collect()
    })
}

/// What the models make of features.
pub(crate) fn values(features: &[(&'static str, f64)]) -> Values {
    let mut sums = [0.0; 3];
    for ((_, value), weights) in features.iter().zip(models(features)).filter(|(f, _)| f.1 != 0.0) {
        for (sum, weight) in sums.iter_mut().zip(weights) {
            *sum += weight * value;
        }
    }
    let [keep, aggregate, background] = sums;
    Values { keep: weights::BIAS + keep, aggregate: weights::AGGREGATE_BIAS + aggregate, background: weights::BACKGROUND_BIAS + background }
}

/// The chance that a careful coder would write the draft down as well, which a frame of that id opens.
pub(crate) fn confidence(values: &Values, frame: &str) -> f64 {
    1.0 / (1.0 + (-values.keep - of_frame(frame)).exp())
}

/// How much surer, or less sure, a frame is than others under like conditions; 0 for those that the development data hardly has.
pub(crate) fn of_frame(id: &str) -> f64 {
    weights::FRAMES.binary_search_by(|w| w.0.cmp(id)).map_or(0.0, |n| weights::FRAMES[n].1)
}

/// By how much an incident must be likelier than the other scopes; `tools/fit_confidence.py` prints what each choice gives.
const LEAN: f64 = 1.25;

/// The likeliest scope by the fitted models, which weigh the other scopes against an incident.
pub(crate) fn learned_scope(values: &Values) -> Scope {
    let (aggregate, background) = (values.aggregate.exp(), values.background.exp());
    if 1.0 >= LEAN * aggregate.max(background) {
        Scope::Incident
    } else if aggregate >= background {
        Scope::Aggregate
    } else {
        Scope::Background
    }
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
    let when = draft.when.as_ref().map(|w| w.0).or(draft.amid);
    let dated = when.is_some();
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
    let ago = when.map_or(0, |d| spans_between(d.end, today));
    let narrow = matches!(precision, Some(Precision::Exact | Precision::Near));
    let opening = scan.sentences[draft.sentences[0]].start + OPENING;
    let time_first = draft.when.as_ref().is_some_and(|w| w.1.start < opening && w.1.start + OPENING >= opening);
    let past_background = recalled(tones, draft.sentences[0]);
    let filled = slots.iter().filter(|s| **s).count() as f64;
    let mut out = Vec::with_capacity(MOST);
    out.extend([
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
    ]);
    join(&mut out);
    out
}

/// Features that say more together than each of them: their product is one as well. `tools/fit_confidence.py --products` finds
/// more.
const TOGETHER: &[(&str, &str, &str)] = &[
    ("speech*untimed_late", "speech", "untimed_late"),
    ("long*past", "long", "past"),
    ("definite*speech", "definite", "speech"),
    ("first_sentence*weak_guard", "first_sentence", "weak_guard"),
    ("past_background*weak_guard", "past_background", "weak_guard"),
    ("exact_place*long", "exact_place", "long"),
    ("generic*sentences", "generic", "sentences"),
    ("plural*speech", "plural", "speech"),
    ("many_places*weak_guard", "many_places", "weak_guard"),
    ("generic*idle_undated", "generic", "idle_undated"),
    ("late*speech", "late", "speech"),
    ("blast*toll", "blast", "toll"),
    ("first_sentence*not_first", "first_sentence", "not_first"),
    ("day_before*not_first", "day_before", "not_first"),
    ("definite*weapon", "definite", "weapon"),
    ("echo*mentions", "echo", "mentions"),
    ("dated*deal", "dated", "deal"),
    ("echo*weak_guard", "echo", "weak_guard"),
    ("habit*outdated", "habit", "outdated"),
    ("guard*weak_guard", "guard", "weak_guard"),
    ("generic*plural", "generic", "plural"),
    ("outdated*source", "outdated", "source"),
    ("before_lead*source", "before_lead", "source"),
    ("day_before*fire", "day_before", "fire"),
    ("dated*source", "dated", "source"),
    ("deal*late", "deal", "late"),
    ("definite*generic", "definite", "generic"),
    ("mentions*speech", "mentions", "speech"),
    ("before_lead_late*fire", "before_lead_late", "fire"),
    ("control*untimed_late", "control", "untimed_late"),
    ("definite*plural", "definite", "plural"),
    ("background*not_first", "background", "not_first"),
    ("exact_place*outdated", "exact_place", "outdated"),
    ("area*fire", "area", "fire"),
    ("area*weapon", "area", "weapon"),
    ("clash*late", "clash", "late"),
];

/// Adds the products of [`TOGETHER`].
fn join(features: &mut Vec<(&'static str, f64)>) {
    static AT: OnceLock<Vec<(usize, usize)>> = OnceLock::new();
    let at = AT.get_or_init(|| {
        let find = |name: &str| features.iter().position(|f| f.0 == name).unwrap_or_default();
        TOGETHER.iter().map(|(_, a, b)| (find(a), find(b))).collect()
    });
    for ((name, ..), (a, b)) in TOGETHER.iter().zip(at) {
        features.push((name, features[*a].1 * features[*b].1));
    }
}
