//! From a group of events to an incident: every field by vote of the voices, every vote kept.

use crate::Model;
use crate::compare::compare;
use crate::facts::{Facts, Told as ToldDay, day, days};
use marsad_copies::Sketch;
use marsad_model::{
    Action, Because, Coded, Disagreement, DocumentHead, Event, INCIDENT_RECORD, Incident, Participant, Precision, Role, Supported, Told,
    Toll, TollReport, When, Where,
};
use marsad_places::distance_km;
use sha2::{Digest, Sha256};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Pairs that are shown.
const PAIRS: usize = 64;
/// Texts that were published further apart than this are no copies of each other (days).
const COPIED: i32 = 7;
/// Towns further apart than this are a disagreement (kilometres).
const DIFFER_KM: f64 = 10.0;

/// A document that tells an incident, and what its near copies are found by.
#[derive(Clone, Copy)]
pub(crate) struct Teller<'a> {
    pub coded: &'a Coded,
    pub sketch: Option<&'a Sketch>,
}

/// An event of the incident.
struct Member<'a> {
    event: &'a Event,
    coded: &'a Coded,
    /// Copies of one text are one voice.
    voice: usize,
    published: Option<i32>,
    days: Option<(i32, i32)>,
    told: ToldDay,
}

/// An event and the number of its document among the tellers.
pub(crate) type Telling<'a> = (&'a Event, usize);

/// Fuses the events of one group, sorted by id.
pub(crate) fn incident(told: &[Telling], tellers: &[Teller], retold_by: Vec<String>, model: &Model) -> Incident {
    let members = members(told, tellers);
    let events: Vec<&Member> = members.iter().collect();
    let ids: Vec<String> = events.iter().map(|f| f.event.id.clone()).collect();
    let told_by: BTreeSet<&str> = events.iter().map(|f| f.coded.document.id.as_str()).collect();
    let mut disagreements = Vec::new();
    let mut sure: BTreeMap<usize, f64> = BTreeMap::new();
    for f in &events {
        let best = sure.entry(f.voice).or_default();
        *best = best.max(f.event.confidence.clamp(0.0, 1.0));
    }
    let wrong = sure.values().fold(1.0, |product, p| product * (1.0 - p));
    Incident {
        record: INCIDENT_RECORD.into(),
        id: identity(ids.iter().map(String::as_str)),
        documents: told_by.into_iter().map(Into::into).collect(),
        voices: sure.len() as u32,
        action: action(&events, &mut disagreements),
        when: when(&events, &mut disagreements),
        place: place(&events, &mut disagreements),
        participants: participants(&events, &mut disagreements),
        casualties: casualties(&events, &mut disagreements),
        disagreements,
        confidence: ((1.0 - wrong) * 100.0).round() / 100.0,
        because: because(&events, model),
        retold_by,
        events: ids,
    }
}

fn members<'a>(told: &[Telling<'a>], tellers: &[Teller<'a>]) -> Vec<Member<'a>> {
    let voices = voices(tellers);
    let mut members = Vec::with_capacity(told.len());
    for &(event, n) in told {
        if let (Some(teller), Some(&voice)) = (tellers.get(n), voices.get(n)) {
            let ((days, told), published) = (days(event), day(teller.coded.document.published.as_deref()));
            members.push(Member { event, coded: teller.coded, voice, published, days, told });
        }
    }
    members
}

/// The first day of a group, as [`incident`] tells it.
pub(crate) fn start(told: &[Telling], tellers: &[Teller]) -> String {
    let members = members(told, tellers);
    let when = when(&members.iter().collect::<Vec<_>>(), &mut Vec::new());
    when.and_then(|when| when.start).unwrap_or_default()
}

/// The voice of every document: those that have one text, near copies of it, or one outlet and title, are one voice.
fn voices(tellers: &[Teller]) -> Vec<usize> {
    let head = |n: usize| tellers.get(n).map(|teller| &teller.coded.document);
    let same = |a: usize, b: usize| {
        let (Some(x), Some(y)) = (head(a), head(b)) else { return false };
        let titled = |h: &DocumentHead| {
            h.outlet.as_deref().is_some_and(|o| !o.trim().is_empty()) && h.title.as_deref().is_some_and(|t| !t.trim().is_empty())
        };
        let near = || match (day(x.published.as_deref()), day(y.published.as_deref())) {
            (Some(a), Some(b)) => (a - b).abs() <= COPIED,
            _ => true,
        };
        (!x.sha256.is_empty() && x.sha256 == y.sha256)
            || (titled(x) && x.outlet == y.outlet && x.title == y.title)
            || tellers[a].sketch.zip(tellers[b].sketch).is_some_and(|(x, y)| x.is_copy_of(y) && near())
    };
    let count = tellers.len();
    let pairs = (0..count).flat_map(|a| (a + 1..count).map(move |b| (a, b))).filter(|&(a, b)| same(a, b));
    marsad_copies::groups(count, pairs)
}

/// The first 16 hexadecimal digits of the SHA-256 of the sorted event ids, one a line.
pub(crate) fn identity<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    let mut id = String::with_capacity(16);
    for byte in Sha256::digest(ids.collect::<Vec<_>>().join("\n").as_bytes()).iter().take(8) {
        let _ = write!(id, "{byte:02x}");
    }
    id
}

/// Votes for a value: each voice has one, and the events that tell it are kept.
#[derive(Default)]
struct Votes<'a> {
    voices: BTreeSet<usize>,
    events: Vec<&'a Member<'a>>,
}

fn tally<'a, K: Ord>(events: &[&'a Member<'a>], values: impl Fn(&'a Member<'a>) -> Vec<K>) -> BTreeMap<K, Votes<'a>> {
    let mut votes: BTreeMap<K, Votes> = BTreeMap::new();
    for &f in events {
        for value in values(f) {
            let vote = votes.entry(value).or_default();
            vote.voices.insert(f.voice);
            if vote.events.last().is_none_or(|last| last.event.id != f.event.id) {
                vote.events.push(f);
            }
        }
    }
    votes
}

impl Votes<'_> {
    fn surest(&self) -> f64 {
        self.events.iter().map(|f| f.event.confidence).fold(0.0, f64::max)
    }
    fn told(&self, value: String) -> Told {
        Told { value, events: self.events.iter().map(|f| f.event.id.clone()).collect() }
    }
}

/// Adds a disagreement, most supported value first.
fn disagree<'a>(field: String, values: impl Iterator<Item = (String, &'a Votes<'a>)>, out: &mut Vec<Disagreement>) {
    let mut values: Vec<_> = values.collect();
    values.sort_by(|a, b| b.1.voices.len().cmp(&a.1.voices.len()).then_with(|| a.0.cmp(&b.0)));
    out.push(Disagreement { field, values: values.into_iter().map(|(value, votes)| votes.told(value)).collect() });
}

fn action(events: &[&Member], out: &mut Vec<Disagreement>) -> Action {
    let votes = tally(events, |f| vec![f.event.action]);
    let families: BTreeSet<_> = votes.keys().map(|action| action.family()).collect();
    if families.len() > 1 {
        disagree("action".into(), votes.iter().map(|(a, v)| (a.name().into(), v)), out);
    }
    // What only tells that people died, or that there was a bang, yields to what tells how.
    let particular = |action: Action| !matches!(action, Action::Killing | Action::Explosion | Action::Destruction);
    let rank = |(action, votes): &(&Action, &Votes)| (votes.voices.len(), particular(**action));
    let best = votes.iter().max_by(|a, b| rank(a).cmp(&rank(b)).then(a.1.surest().total_cmp(&b.1.surest())).then(b.0.cmp(a.0)));
    best.map_or(Action::Killing, |(&action, _)| action)
}

fn when(events: &[&Member], out: &mut Vec<Disagreement>) -> Option<When> {
    let told =
        [ToldDay::Day, ToldDay::Not, ToldDay::Coarse].into_iter().find(|&t| events.iter().any(|f| f.told == t && f.days.is_some()))?;
    let votes = tally(events, |f| f.days.filter(|_| f.told == told).into_iter().collect());
    let days = votes.iter().max_by_key(|(days, votes)| (votes.voices.len(), Reverse(days.1 - days.0), Reverse(days.0)))?.0;
    if told == ToldDay::Day && votes.keys().any(|other| other.0 > days.1 || days.0 > other.1) {
        let text = |f: &Member| {
            let (start, end) = (f.event.when.start.clone().unwrap_or_default(), f.event.when.end.clone().unwrap_or_default());
            if start == end { start } else { format!("{start}/{end}") }
        };
        disagree("when".into(), votes.values().filter_map(|v| Some((text(v.events.first()?), v))), out);
    }
    let of = votes.get(days)?;
    of.events
        .iter()
        .max_by(|a, b| a.event.confidence.total_cmp(&b.event.confidence).then_with(|| b.event.id.cmp(&a.event.id)))
        .map(|f| f.event.when.clone())
}

/// What makes two places one: the gazetteer's id, or the words.
fn key(place: &Where) -> String {
    place.place_id.clone().unwrap_or_else(|| marsad_text::fold_str(&place.text))
}

fn fineness(place: &Where) -> u8 {
    let named = u8::from(place.lat.is_some() && place.lon.is_some());
    named * 8
        + match place.precision {
            Precision::Exact => 5,
            Precision::Near => 4,
            Precision::Area => 3,
            Precision::Admin2 => 2,
            Precision::Admin1 => 1,
            Precision::Country => 0,
        }
}

fn place(events: &[&Member], out: &mut Vec<Disagreement>) -> Option<Where> {
    let votes = tally(events, |f| f.event.places.iter().map(|p| (fineness(p).min(12), key(p))).collect());
    let of = |key_of: &(u8, String), votes: &Votes| {
        let places = votes.events.iter().flat_map(|f| f.event.places.iter().map(move |p| (p, *f)));
        let mut same: Vec<_> = places.filter(|(p, _)| key(p) == key_of.1 && fineness(p).min(12) == key_of.0).collect();
        same.sort_by(|(p, f), (q, g)| {
            let radius = |p: &Where| p.radius_km.unwrap_or(f64::MAX);
            radius(p)
                .total_cmp(&radius(q))
                .then(g.event.confidence.total_cmp(&f.event.confidence))
                .then_with(|| f.event.id.cmp(&g.event.id))
        });
        same.first().map(|(p, _)| (*p).clone())
    };
    let best = votes.iter().max_by(|a, b| {
        let rank = |x: &(&(u8, String), &Votes)| (x.0.0, x.1.voices.len());
        rank(a).cmp(&rank(b)).then(a.1.surest().total_cmp(&b.1.surest())).then_with(|| b.0.cmp(a.0))
    })?;
    let chosen = of(best.0, best.1)?;
    let at = |p: &Where| p.lat.zip(p.lon).filter(|_| fineness(p) >= 12);
    let far = |p: &Where| at(p).zip(at(&chosen)).is_some_and(|(a, b)| distance_km(a, b) > DIFFER_KM);
    let differing: Vec<_> = votes.iter().filter_map(|(k, v)| of(k, v).map(|p| (p, v))).filter(|(p, _)| far(p)).collect();
    if !differing.is_empty() {
        let name = |p: &Where| p.name.clone().unwrap_or_else(|| p.text.clone());
        let values = std::iter::once((name(&chosen), best.1)).chain(differing.iter().map(|(p, v)| (name(p), *v)));
        disagree("where".into(), values, out);
    }
    Some(chosen)
}

fn participants(events: &[&Member], out: &mut Vec<Disagreement>) -> Vec<Supported> {
    let votes = tally(events, |f| f.event.participants.iter().map(|p| (p.role, p.actor.as_str())).collect());
    let doers = || votes.iter().filter(|((role, actor), _)| *role == Role::Perpetrator && *actor != "unidentified");
    if doers().count() > 1 {
        disagree("perpetrator".into(), doers().map(|((_, actor), v)| ((*actor).into(), v)), out);
    }
    let fused = votes.iter().filter_map(|(&(role, actor), votes)| {
        let rows = votes.events.iter().flat_map(|f| f.event.participants.iter().map(move |p| (p, f.event)));
        let best = rows.filter(|(p, _)| p.role == role && p.actor == actor).min_by(|(p, e), (q, g)| {
            p.certainty.cmp(&q.certainty).then(g.confidence.total_cmp(&e.confidence)).then_with(|| e.id.cmp(&g.id))
        });
        let participant: Participant = best?.0.clone();
        Some((votes.voices.len(), Supported { participant, supported_by: votes.events.iter().map(|f| f.event.id.clone()).collect() }))
    });
    let mut fused: Vec<_> = fused.collect();
    fused.sort_by_key(|(voices, s)| (s.participant.role, Reverse(*voices), s.participant.actor.clone()));
    fused.into_iter().map(|(_, supported)| supported).collect()
}

fn casualties(events: &[&Member], out: &mut Vec<Disagreement>) -> Vec<Toll> {
    let votes = tally(events, |f| f.event.casualties.iter().map(|c| (c.outcome, c.group)).collect());
    let mut tolls = Vec::new();
    for (&(outcome, group), votes) in &votes {
        // Of several figures in one event the highest is the whole.
        let figure = |f: &Member| {
            let rows = f.event.casualties.iter().filter(|c| (c.outcome, c.group) == (outcome, group));
            rows.filter(|c| c.low.or(c.best).or(c.high).is_some())
                .max_by_key(|c| (c.best.or(c.low), c.high))
                .map(|c| TollReport::new(f.event, c))
        };
        let reports: Vec<(TollReport, &Member)> = votes.events.iter().filter_map(|f| Some((figure(f)?, *f))).collect();
        if reports.is_empty() {
            continue;
        }
        let low = |r: &TollReport| r.low.or(r.best);
        let high = |r: &TollReport| r.high.or(r.best);
        let mut figures: BTreeMap<u32, Votes> = BTreeMap::new();
        for (report, f) in &reports {
            if let Some(best) = report.best {
                let vote = figures.entry(best).or_default();
                vote.voices.insert(f.voice);
                vote.events.push(f);
            }
        }
        let latest = |votes: &Votes| votes.events.iter().filter_map(|f| f.published).max();
        let best = figures.iter().max_by_key(|(n, votes)| (votes.voices.len(), latest(votes), **n)).map(|(&n, _)| n);
        if figures.len() > 1 {
            disagree(format!("{outcome}/{group}"), figures.iter().map(|(n, v)| (n.to_string(), v)), out);
        }
        tolls.push(Toll {
            outcome,
            group,
            low: reports.iter().filter_map(|(r, _)| low(r)).min(),
            best,
            high: reports.iter().filter_map(|(r, _)| high(r)).max(),
            reports: reports.into_iter().map(|(report, _)| report).collect(),
        });
    }
    tolls
}

/// The pairs of a group, best first. Of a large group the pairs of the first members are shown.
fn because(events: &[&Member], model: &Model) -> Vec<Because> {
    let shown = events.get(..events.len().min(PAIRS)).unwrap_or_default();
    let mut pairs = Vec::new();
    let facts: Vec<_> = shown.iter().map(|f| Facts::new(f.coded, f.event, 0)).collect();
    for (n, (a, f)) in shown.iter().zip(&facts).enumerate() {
        for (b, g) in shown.iter().zip(&facts).skip(n + 1).filter(|(b, _)| b.coded.document.id != a.coded.document.id) {
            let likeness = f.as_ref().zip(g.as_ref()).and_then(|(f, g)| compare(f, g));
            pairs.extend(likeness.map(|likeness| likeness.because(model, &a.event.id, &b.event.id)));
        }
    }
    pairs.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.pair.cmp(&b.pair)));
    pairs.truncate(PAIRS);
    pairs
}
