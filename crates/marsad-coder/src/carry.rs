//! Which day news gets that tells none: that of the bulletin, or that of the news before it.
//!
//! Whether the day told last goes on is a logistic model over what stands between the two; `tools/fit_carry.py` fits its weights.

use crate::carry_weights::{BIAS, WEIGHTS};
use crate::dating::{hour, is_news, linked, reports_only, response, voiced};
use crate::days::Days;
use crate::document::Read;
use crate::draft::Draft;
use jiff::ToSpan;
use jiff::civil::Date;
use marsad_language::{Class, FrameKind, Inflection};
use marsad_model::{Action, Family, Realis, Role, Scope};
use marsad_text::Kind;
use std::collections::BTreeSet;
use std::ops::Range;

/// What happened so many days ago at most is news, whatever words retell it.
const RECENT: i64 = 1;
/// In one sentence the report speaks of a day so many items after it.
const BESIDE: usize = 24;
/// Over so many sentences it goes on to.
const CARRY: usize = 2;
/// A time so few items before the news stands close to it.
const CLOSE: usize = 12;
/// A document of so many drafts tells many things.
const MANY: usize = 9;
/// A dateline has so many items at most beside its date.
const DATELINE: usize = 6;
/// The heading of a bulletin stands among so many sentences at the head, and has no more items.
const HEAD: usize = 4;
const HEADING: usize = 14;
/// Codes of class `response`.
const LATER: u32 = 2;
const WITH: u32 = 3;

/// A chance to carry a day on: where the trigger starts, in code points, the day, and the features of the model.
pub(crate) type Chance = (u32, Date, Date, [bool; WEIGHTS.len()]);

/// The day told last.
struct Told {
    days: Days,
    items: Range<usize>,
    /// The sentences that tell of what happened on it.
    sentences: BTreeSet<usize>,
    /// Those of them, and those that go on with them, in which the report speaks of that day.
    amid: BTreeSet<usize>,
    /// The draft that has it, told last.
    draft: Option<usize>,
}

/// Gives news without a time of its own a day; the chances that the model decides go to `chances`.
pub(crate) fn carry(state: &Read, drafts: &mut [Draft], mut chances: Option<&mut Vec<Chance>>) {
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|d| state.mentions[drafts[*d].mentions[0]].items.start);
    let recent = |days: &Days| days.is_short() && state.today.checked_sub(RECENT.days()).is_ok_and(|d| days.end >= d);
    let bulletin = bulletin(state).filter(|b| recent(&b.0));
    let told_in = |items: &Range<usize>| state.scan.sentences.partition_point(|s| s.end <= items.start);
    let mut own_days: Vec<Date> =
        drafts.iter().filter_map(|d| d.when.as_ref()).filter(|w| w.0.is_day() && recent(&w.0)).map(|w| w.0.start).collect();
    own_days.sort_unstable();
    own_days.dedup();
    let times = besides(state, drafts);
    let mut last: Option<Told> = None;
    for d in order {
        let draft = &drafts[d];
        let given = draft.when.as_ref().is_some_and(|w| recent(&w.0));
        if !(is_news(draft) || given && draft.scope == Scope::Background && draft.realis == Realis::Actual) {
            continue;
        }
        let (start, sentence) = (state.mentions[draft.mentions[0]].items.start, draft.sentences[0]);
        if let Some((days, items)) = &draft.when {
            if days.is_short() {
                let sentences: BTreeSet<usize> = draft.sentences.iter().copied().chain([told_in(items)]).collect();
                last = Some(Told { days: *days, items: items.clone(), amid: sentences.clone(), sentences, draft: Some(d) });
            }
            continue;
        }
        if let Some((days, items)) = bulletin.as_ref().filter(|b| start >= b.1.end) {
            drafts[d].when = Some((*days, items.clone()));
            continue;
        }
        if last.is_none()
            && let Some((days, items)) = spoken(state, start, sentence, recent)
        {
            let sentences = BTreeSet::from([told_in(&items)]);
            last = Some(Told { days, items, amid: BTreeSet::new(), sentences, draft: None });
        }
        let Some(told) = &mut last else {
            if let Some(items) = hour(state, draft) {
                drafts[d].when = Some((Days::one(state.today), items));
            }
            continue;
        };
        let beside =
            told.draft.is_some() && sentence == told_in(&told.items) && start >= told.items.end && start - told.items.end <= BESIDE;
        let near = told.amid.range(..sentence).next_back().is_some_and(|s| sentence - s <= CARRY);
        let amid = beside || near && (linked(state, sentence) || voiced(state, sentence)) || hour(state, draft).is_some();
        let other = times[sentence].is_some_and(|(first, second)| first != told.days || second.is_some());
        let features = features(state, drafts, d, told, (told_in(&told.items), own_days.len() == 1, other));
        if amid {
            drafts[d].amid = Some(told.days);
            told.amid.extend(&drafts[d].sentences);
        }
        if let Some(chances) = &mut chances {
            let trigger = state.scan.items[drafts[d].trigger(&state.mentions).items.start].start as usize;
            chances.push((state.text.tokens()[trigger].start, told.days.start, told.days.end, features));
        }
        if BIAS + features.iter().zip(WEIGHTS).filter(|(f, _)| **f).map(|(_, w)| w.1).sum::<f64>() > 0.0 {
            told.sentences.extend(&drafts[d].sentences);
            told.draft = Some(d);
            drafts[d].when = Some((told.days, told.items.clone()));
        }
    }
}

/// The day told last before news that nothing has: «اتسعت رقعة القتال أمس …».
fn spoken(state: &Read, start: usize, sentence: usize, recent: impl Fn(&Days) -> bool) -> Option<(Days, Range<usize>)> {
    let near = sentence.saturating_sub(CARRY)..sentence + 1;
    near.rev().find_map(|n| {
        // A dateline is no news.
        let line = state.scan.sentences[n].len();
        let told = state.times[n].iter().rfind(|t| {
            line > t.items.len() + DATELINE && t.items.end <= start && recent(&t.days) && !t.lag && !t.until && !reports_only(state, n, t)
        })?;
        (told.days.end <= state.today).then(|| (told.days, told.items.clone()))
    })
}

/// For every sentence the time of the first draft that opens there and has one, and another that a later one has.
fn besides(state: &Read, drafts: &[Draft]) -> Vec<Option<(Days, Option<Days>)>> {
    let mut out: Vec<Option<(Days, Option<Days>)>> = vec![None; state.scan.sentences.len()];
    for draft in drafts {
        let Some((days, _)) = &draft.when else { continue };
        match &mut out[draft.sentences[0]] {
            Some((first, second)) if first != days => *second = Some(*days),
            Some(_) => {}
            none => *none = Some((*days, None)),
        }
    }
    out
}

/// In the order of [`WEIGHTS`]; `known` is the sentence that tells the time, whether the document tells of one day only, and whether
/// other news of the sentence has another time.
fn features(state: &Read, drafts: &[Draft], d: usize, told: &Told, known: (usize, bool, bool)) -> [bool; WEIGHTS.len()] {
    let scan = state.scan;
    let (draft, before) = (&drafts[d], told.draft.map(|b| &drafts[b]));
    let (told_in, one_day, other_beside) = known;
    let first = &state.mentions[draft.mentions[0]];
    let sentence = draft.sentences[0];
    let near = told.sentences.range(..=sentence).next_back().copied();
    let gap = near.map_or(usize::MAX, |s| sentence - s);
    let same = told_in == sentence;
    let form = scan.sense(&scan.items[first.item], Class::Frame).map_or(Inflection::default(), |s| s.1);
    let tense = if first.verb { form } else { first.carrier.unwrap_or_default() };
    let tone = &state.tones[sentence];
    let who = |code: &str| before.is_some_and(|b| b.codes(Role::Perpetrator).any(|c| c == code));
    [
        linked(state, sentence),
        voiced(state, sentence),
        response(state, sentence) == Some(LATER),
        response(state, sentence) == Some(WITH),
        hour(state, draft).is_some(),
        told.days.end == state.today,
        one_day,
        same,
        same && told.items.end <= first.items.start && first.items.start - told.items.end <= CLOSE,
        matches!(gap, 3 | 4),
        !same && gap == 0,
        gap > 4,
        gap > 4 || near.is_some_and(|s| breaks(state, s, sentence)),
        other_beside,
        tense.has(Inflection::PRESENT),
        first.because,
        first.kind == FrameKind::Toll,
        matches!(draft.action, Action::TerritoryGain | Action::Siege),
        matches!(draft.action, Action::Withdrawal | Action::Deployment),
        draft.action == Action::Clash,
        draft.action.family() == Family::IndirectFire,
        !draft.weapons.is_empty(),
        !draft.places.is_empty(),
        draft.codes(Role::Perpetrator).any(who),
        tone.total,
        tone.habit,
        drafts.len() >= MANY,
    ]
}

/// Whether a paragraph or more stands between two sentences that are near each other.
fn breaks(state: &Read, from: usize, to: usize) -> bool {
    /// Lines that end between them.
    const LINES: usize = 2;
    let token = |s: usize| state.scan.items[state.scan.sentences[s].start].start as usize;
    let between = &state.text.tokens()[token(from)..token(to)];
    between.iter().filter(|t| t.kind == Kind::Line).take(LINES).count() == LINES
}

/// The day in the heading of a bulletin, which all that it lists happened on: «حصاد يوم الأحد 3 أيار».
fn bulletin(state: &Read) -> Option<(Days, Range<usize>)> {
    for (n, sentence) in state.scan.sentences.iter().enumerate().take(HEAD) {
        let is = |class: Class| sentence.clone().any(|i| state.scan.is(&state.scan.items[i], class));
        if sentence.len() > HEADING || is(Class::Frame) || !is(Class::Roundup) {
            continue;
        }
        let day = state.times[n].iter().find(|t| t.days.is_day() && t.days.end <= state.today && !t.lag && !reports_only(state, n, t));
        if let Some(day) = day {
            return Some((day.days, day.items.clone()));
        }
    }
    None
}
