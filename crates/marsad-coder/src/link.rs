//! Which drafts of a document tell one happening.
//!
//! A linear model over what two drafts share and what speaks against them. `tools/fit_link.py` tunes its weights.

use crate::dating;
use crate::document::Read;
use crate::draft::{Draft, PlaceAt};
use crate::layout::Part;
use crate::lead::{Lead, shared};
use crate::link_weights::{BIAS, WEIGHTS};
use crate::mention::Toll;
use crate::place::PlaceMention;
use crate::places_of::{Names, place_names};
use crate::scan::Item;
use crate::words::NO_STEM;
use jiff::civil::Date;
use marsad_model::{Action, Family, Role, Scope, WhenPrecision};
use marsad_places::distance_km;
use marsad_text::Kind;
use std::cell::OnceCell;
use std::ops::Range;

/// No more places of a draft are compared, so that a long list costs no more than its length.
const PLACES: usize = 24;
/// Between areas farther apart than their radii and this, in km, lies something.
const APART_KM: f64 = 15.0;
/// A document of so few mentions tells little.
const FEW: usize = 4;
/// So far apart in their sentence are places of one chain.
const CHAIN: usize = 4;
/// So many places are a list.
const LIST: usize = 3;
/// So many rare words of a sentence count.
const RARE: usize = 64;

/// What is known of a sentence, once it was asked for.
#[derive(Clone, Default)]
struct Known {
    /// By what each of its places is known.
    names: OnceCell<Vec<Names>>,
    /// The larger places in whose chains they are named: «مخيم … في بلدة …».
    around: OnceCell<Vec<Names>>,
    /// Its words that nobody knows, as sorted hashes: names of people and rarer things.
    rare: OnceCell<Vec<u32>>,
}

/// Compares the drafts of a document.
pub(crate) struct Linker<'a> {
    state: &'a Read<'a>,
    /// What is known of each sentence, once it was asked for.
    known: Vec<Known>,
    /// Whether the document tells little.
    few: bool,
    /// The first sentence of the report proper, which sums up what the others tell.
    opening: usize,
    /// The day of the report's news.
    day: Option<Date>,
}

impl<'a> Linker<'a> {
    pub fn new(state: &'a Read<'a>, drafts: &[Draft]) -> Self {
        let known = vec![Known::default(); state.scan.sentences.len()];
        let opening = state.parts.iter().position(|p| *p == Part::Body).unwrap_or(0);
        Linker { state, known, few: state.mentions.len() <= FEW, opening, day: dating::lead_day(state, drafts) }
    }

    /// By what the places of a sentence are known.
    fn names(&self, sentence: usize) -> &[Names] {
        let (places, spots) = (&self.state.places[sentence], &self.state.spots[sentence]);
        let names = || places.iter().zip(spots).map(|(m, spot)| place_names(self.state, m, spot)).collect();
        self.known[sentence].names.get_or_init(names)
    }

    /// By what the larger places are known in whose chains a place is named.
    fn around(&self, at: &PlaceAt) -> &Names {
        let names = || around(self.state, at.0, &self.state.places[at.0], self.names(at.0));
        &self.known[at.0].around.get_or_init(names)[at.1]
    }

    /// The words of a sentence that nobody knows.
    fn rare(&self, sentence: usize) -> &[u32] {
        self.known[sentence].rare.get_or_init(|| rare(self.state, self.state.scan.sentences[sentence].clone()))
    }

    /// How surely two drafts, the first before the second, tell one happening; above 0 they do. `None` when they cannot.
    pub fn score(&self, a: (&Draft, &Lead), b: (&Draft, &Lead), closest: bool) -> Option<f64> {
        let features = self.features(a, b, closest)?;
        Some(BIAS + features.iter().zip(WEIGHTS).filter(|(f, _)| **f).map(|(_, w)| w.1).sum::<f64>())
    }

    /// How the words of a draft lead to it.
    pub fn lead(&self, draft: &Draft) -> Lead<'a> {
        Lead::read(self.state, draft, self.day)
    }

    /// In the order of [`WEIGHTS`]; `closest` tells whether no draft between the two could be one with `b`.
    pub fn features(&self, (a, before): (&Draft, &Lead), (b, lead): (&Draft, &Lead), closest: bool) -> Option<[bool; WEIGHTS.len()]> {
        let state = self.state;
        let same = a.action == b.action;
        let family = a.action.family() == b.action.family();
        let plain = |d: &Draft| d.action == Action::Shelling && d.weapons.is_empty() && !d.shells;
        let from_air = |d: &Draft| matches!(d.action, Action::Airstrike | Action::DroneStrike);
        let unsaid = plain(a) && from_air(b) || plain(b) && from_air(a);
        let loose = a.generic || b.generic || a.toll_only || b.toll_only || unsaid;
        let violent = a.action.is_violent() && b.action.is_violent();
        let total = |d: &Draft| d.scope == Scope::Aggregate;
        if !(same || family || loose && violent) || total(a) != total(b) || a.realis != b.realis {
            return None;
        }
        let (mut same_day, mut overlap) = (false, false);
        if let (Some((x, _)), Some((y, _))) = (&a.when, &b.when) {
            if x.end < y.start || y.end < x.start {
                return None;
            }
            same_day = x.precision == WhenPrecision::Day && y.precision == WhenPrecision::Day;
            overlap = !same_day;
        }
        let ground = self.ground(a, b);
        let (who_same, who_other) = compare(who(a), who(b));
        let (whom_same, whom_other) = compare(whom(a), whom(b));
        let (means_same, means_other) = compare(a.weapons.iter().map(|w| w.0), b.weapons.iter().map(|w| w.0));
        let (things_same, things_other) = compare(a.objects.iter().map(|o| o.0), b.objects.iter().map(|o| o.0));
        let tolls = tolls(a, b);
        let told = matches!(tolls, Tolls::One | Tolls::More);
        let apart = !same && !family && !unsaid;
        let by_toll = apart && (a.toll_only || b.toll_only);
        let by_name = apart && !by_toll;
        let (last, first) = (*a.sentences.last().unwrap_or(&0), b.sentences[0]);
        let distance = first.saturating_sub(last);
        let Lead { trigger, this, another, also, .. } = *lead;
        let part = |d: &Draft| state.parts[d.sentences[0]];
        let head = a.sentences[0] == self.opening;
        let headline = part(a) == Part::Heading;
        let poor = b.tolls.is_empty() && b.places.is_empty() && b.weapons.is_empty() && b.when.is_none();
        let own = b.codes(Role::Perpetrator).next().is_some();
        let rare = if first == last { 0 } else { shared(self.rare(last), self.rare(first)) };
        let loosely = tolls == Tolls::None && counted(a).any(|t| counted(b).any(|u| t.outcome == u.outcome));
        let acts = trigger.verb || trigger.carried && !trigger.definite;
        let definite = trigger.definite || trigger.pronoun;
        let back = definite && !own && b.places.is_empty();
        let likeness = before.likeness(lead);
        Some([
            same,
            unsaid && !same,
            family && !same && !unsaid,
            by_toll,
            by_name,
            same_day,
            overlap,
            ground.shared,
            ground.seat,
            ground.inside,
            ground.clash && !definite,
            ground.clash && definite,
            ground.apart,
            a.places.is_empty() || b.places.is_empty(),
            who_same,
            who_other,
            whom_same,
            whom_other,
            means_same,
            means_other,
            things_same,
            things_other,
            tolls == Tolls::One,
            tolls == Tolls::More,
            tolls == Tolls::Other,
            tolls == Tolls::Others,
            by_toll && told,
            by_name && told,
            definite,
            back,
            this,
            another,
            also,
            b.opens && !same,
            b.opens && same,
            acts && own,
            head,
            headline,
            headline && who_same,
            headline && told,
            headline && ground.seat,
            head && told,
            head && who_same,
            head && ground.shared,
            poor,
            first == last,
            distance <= 1,
            distance > 5,
            a.toll_only,
            b.toll_only,
            b.generic && !b.toll_only,
            state.voices[first].named(),
            a.scope != b.scope,
            ground.within,
            rare >= 1,
            rare >= 3,
            rare >= 6,
            closest,
            closest && definite,
            closest && back,
            self.few,
            head && first == last + 1,
            head && first == last + 1 && state.voices[first].named(),
            loosely,
            a.when.is_some() != b.when.is_some(),
            unsaid && !same && definite,
            by_name && definite,
            !same && ground.shared,
            !same && who_same,
            who_same && ground.shared,
            acts && who_same,
            definite && distance <= 1 && !ground.clash,
            before.word == lead.word,
            before.word == lead.word && definite,
            before.earlier != lead.earlier,
            a.outdated != b.outdated,
            lead.lately,
            before.recalled != lead.recalled,
            same && a.action.family() == Family::IndirectFire,
            !same && a.action.family() == Family::Seizure,
            a.places.len().max(b.places.len()) >= LIST,
            self.held(a, b),
            trigger.pronoun,
            lead.answers,
            likeness >= 0.35,
            likeness >= 0.5,
            self.state.lines[last].zip(self.state.lines[first]).is_some_and(|(x, y)| x != y),
        ])
    }

    /// Whether all places of `b` are named in `a`.
    fn held(&self, a: &Draft, b: &Draft) -> bool {
        let names = |p: &PlaceAt| &self.names(p.0)[p.1];
        let named = |p: &PlaceAt| a.places.iter().take(PLACES).any(|q| names(q).iter().any(|w| names(p).contains(w)));
        !b.places.is_empty() && b.places.iter().take(PLACES).all(named)
    }

    /// Whether both name spots, and none of them twice.
    pub fn elsewhere(&self, a: &Draft, b: &Draft) -> bool {
        self.ground(a, b).clash
    }

    /// How the places of two drafts lie.
    fn ground(&self, a: &Draft, b: &Draft) -> Ground {
        let spot = |p: &PlaceAt| &self.state.spots[p.0][p.1];
        let names = |p: &PlaceAt| &self.names(p.0)[p.1];
        let narrow = |p: &&PlaceAt| spot(p).is_narrow();
        let pairs = || a.places.iter().take(PLACES).flat_map(|x| b.places.iter().take(PLACES).map(move |y| (x, y)));
        let meet = |a: &Names, b: &Names| a.iter().any(|w| b.contains(w));
        if pairs().any(|(x, y)| meet(names(x), names(y))) {
            return Ground { shared: true, ..Ground::default() };
        }
        let mut out = Ground::default();
        for (x, y) in pairs() {
            out.within |= meet(self.around(x), names(y)) || meet(self.around(y), names(x));
            let (s, t) = (spot(x), spot(y));
            let seat = |s: &crate::resolve::Spot, t: &crate::resolve::Spot| {
                s.country == t.country && s.name.is_some() && s.name == t.admin1 && s.id != t.id
            };
            out.seat |= seat(s, t) || seat(t, s);
        }
        let exact = a.places.iter().any(|p| narrow(&p)) && b.places.iter().any(|p| narrow(&p));
        if out.seat {
            return out;
        }
        out.clash = exact && !out.within;
        // Where both name spots, only an area beside them may hold the other.
        let gap = |(x, y): (&PlaceAt, &PlaceAt)| {
            let ((s, t), mixed) = ((spot(x), spot(y)), narrow(&x) != narrow(&y));
            let (p, q) = s.point.zip(t.point).filter(|_| mixed || !exact)?;
            Some((distance_km(p, q) - s.radius_km.unwrap_or(0.0) - t.radius_km.unwrap_or(0.0), mixed))
        };
        let mut nearest: Option<f64> = None;
        for (gap, mixed) in pairs().filter_map(gap) {
            nearest = Some(nearest.map_or(gap, |n| n.min(gap)));
            out.inside |= mixed && gap <= 0.0;
        }
        out.apart = !exact && nearest.is_some_and(|n| n > APART_KM);
        out
    }
}

/// How the places of two drafts lie to each other.
#[derive(Default)]
struct Ground {
    /// One place is named in both.
    shared: bool,
    /// One place is named in the chain of the other.
    within: bool,
    /// One names the chief town of the division in which the other lies, as headlines do.
    seat: bool,
    /// One lies in the area of the other.
    inside: bool,
    /// Both name spots, and none of them twice.
    clash: bool,
    /// Their areas do not touch.
    apart: bool,
}

/// Who is named as the perpetrator.
fn who(draft: &Draft) -> impl Iterator<Item = &str> + Clone {
    draft.parties.iter().filter(|p| p.role == Role::Perpetrator && p.code != "unidentified").map(|p| p.code.as_str())
}

/// Who of those that bear arms was hit.
fn whom(draft: &Draft) -> impl Iterator<Item = &str> + Clone {
    draft.parties.iter().filter(|p| matches!(p.role, Role::Target | Role::Victim) && p.armed).map(|p| p.code.as_str())
}

/// Whether two lists share a value, and whether both have some but share none.
fn compare<T: PartialEq>(mut a: impl Iterator<Item = T> + Clone, mut b: impl Iterator<Item = T> + Clone) -> (bool, bool) {
    let shared = a.clone().any(|x| b.clone().any(|y| x == y));
    (shared, !shared && a.next().is_some() && b.next().is_some())
}

/// How the exact numbers of two drafts lie to each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tolls {
    /// Nothing is counted in both.
    None,
    /// One outcome is counted alike.
    One,
    /// Several are, and none otherwise.
    More,
    /// One outcome is counted otherwise.
    Other,
    /// All that is counted is counted otherwise.
    Others,
}

fn counted(draft: &Draft) -> impl Iterator<Item = &Toll> {
    draft.tolls.iter().filter(|t| !t.part)
}

/// The towns in whose chains the places of a sentence are named.
fn around(state: &Read, sentence: usize, places: &[PlaceMention], names: &[Names]) -> Vec<Names> {
    let narrow = |n: usize| state.spots[sentence][n].is_narrow();
    let holds = |n: usize, o: usize| o != n && o.abs_diff(n) <= CHAIN && places[o].chain == places[n].chain && narrow(o);
    let near = |n: usize| n.saturating_sub(CHAIN)..places.len().min(n + CHAIN + 1);
    (0..places.len()).map(|n| near(n).filter(|o| holds(n, *o)).flat_map(|o| names[o].iter().copied()).collect()).collect()
}

/// Hashes of the words of a sentence that the lexicon does not know, without the article.
fn rare(state: &Read, sentence: Range<usize>) -> Vec<u32> {
    let unknown = |i: &&Item| i.kind == Kind::Word && i.end == i.start + 1 && i.place.is_none() && i.has_no_sense();
    let bare = |i: &Item| Some(state.scan.signs[i.start as usize].bare).filter(|bare| *bare != NO_STEM);
    let mut out: Vec<u32> = state.scan.items[sentence].iter().filter(unknown).filter_map(bare).take(RARE).collect();
    out.sort_unstable();
    out.dedup();
    out
}

fn tolls(a: &Draft, b: &Draft) -> Tolls {
    let (mut same, mut other) = (0, 0);
    for s in counted(a) {
        for t in counted(b).filter(|t| t.outcome == s.outcome) {
            match (s.count.best, t.count.best) {
                (Some(m), Some(n)) if m == n => same += 1,
                (Some(_), Some(_)) => other += 1,
                _ => {}
            }
        }
    }
    match (same, other) {
        (0, 0) => Tolls::None,
        (0, 1) => Tolls::Other,
        (0, _) => Tolls::Others,
        (1, _) => Tolls::One,
        (_, 0) => Tolls::More,
        _ => Tolls::One,
    }
}
