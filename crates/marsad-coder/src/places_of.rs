//! The places of drafts: giving them what their sentences tell, keeping the smallest of a chain.

use crate::document::{Read, span_of};
use crate::draft::{Draft, PlaceAt};
use crate::parse::NEW;
use crate::place::PlaceMention;
use crate::resolve::{Spot, rank};
use crate::scan::Item;
use crate::whereabouts::{NEIGHBOURS, REACH_KM};
use marsad_language::{Class, Prep};
use marsad_model::{Action, Precision};
use marsad_places::{Key, distance_km};
use marsad_text::Kind;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::ops::Range;

/// Between the two ends of a way stand no more items.
const WAY: usize = 3;
/// The rank of first-order divisions.
const DIVISION: u8 = 3;
/// Codes of class `conj` that part clauses.
const BUT: u32 = 2;
const WHILE: u32 = 3;
/// A place so many items off belongs to an event that has none.
const CLOSE: usize = 16;
/// A place is looked for in so many of the sentences that tell an event.
const TELLINGS: usize = 4;
/// What a place before the words of an event counts for further away, in items.
const BEFORE: usize = 4;

/// A place told by "the town" gives way to the mention that names it.
pub(crate) fn name_places(state: &Read, draft: &mut Draft) {
    draft.places = named_places(state, &draft.places);
}

fn named_places(state: &Read, places: &[PlaceAt]) -> Vec<PlaceAt> {
    let mut out: Vec<PlaceAt> = Vec::with_capacity(places.len());
    for at in places {
        let at = state.spots[at.0][at.1].stands_for.unwrap_or(*at);
        if !out.contains(&at) {
            out.push(at);
        }
    }
    out
}

/// Gives places that no role took to the draft that they stand by.
pub(crate) fn assign_places(state: &Read, n: usize, row: &mut [Draft]) {
    let used: Vec<bool> = (0..state.places[n].len()).map(|p| row.iter().any(|d| d.places.contains(&(n, p)))).collect();
    for (p, place) in state.places[n].iter().enumerate() {
        let party = place.bare && place.prep == Some(Prep::Between) && state.spots[n][p].precision == Precision::Country;
        if used[p] || party || (place.bare && state.spots[n][p].id.is_none()) {
            continue;
        }
        // The rest of a chain or list goes where its head went.
        let head = (0..p).rev().find(|q| state.places[n][*q].chain == place.chain || (place.listed && q + 1 == p));
        if let Some(q) = head
            && let Some(draft) = row.iter_mut().find(|d| d.places.contains(&(n, q)))
        {
            draft.places.push((n, p));
            continue;
        }
        // «من … إلى …»: both ends of a way.
        if let Some(q) = other_end(&state.places[n], p)
            && let Some(draft) = row.iter_mut().find(|d| d.places.contains(&(n, q)))
        {
            draft.places.push((n, p));
            continue;
        }
        let long = state.scan.items.get(place.name.start).is_some_and(|i| i.end - i.start > 1);
        if place.bare && place.prep.is_none() && place.direction.is_none() && !long {
            continue;
        }
        let mut best: Option<(usize, usize)> = None;
        for (d, draft) in row.iter().enumerate() {
            let span = span_of(state, draft);
            let gap =
                if place.items.start >= span.end { place.items.start - span.end } else { span.start.saturating_sub(place.items.end) + 2 };
            if best.is_none_or(|b| gap < b.0) {
                best = Some((gap, d));
            }
        }
        // «أثناء توجهها من …»: what was under way when it happened opens no other clause.
        let amid = |i: usize| i > 0 && state.scan.value(&state.scan.items[i - 1], Class::Prep) == Some(Prep::During.code());
        let crossed = |d: &Draft| {
            let span = span_of(state, d);
            let (a, b) = if place.items.start >= span.end { (span.end, place.items.start) } else { (place.items.end, span.start) };
            (a..b.max(a)).any(|i| {
                let item = &state.scan.items[i];
                state.scan.is(item, Class::Report)
                    || item.is_mark(';')
                    || matches!(state.scan.value(item, Class::Conj), Some(BUT | WHILE | NEW))
                    || (state.scan.is(item, Class::Verb) && state.scan.senses(item).iter().any(|s| s.1.is_verb()) && !amid(i))
            })
        };
        if let Some((gap, d)) = best
            && gap <= 8
            && row[d].places.is_empty()
            && !crossed(&row[d])
        {
            row[d].places.push((n, p));
        }
    }
}

/// Of two places that a way joins, «من … إلى …», the other one.
fn other_end(row: &[PlaceMention], p: usize) -> Option<usize> {
    let head = |q: usize| row.get(q).is_some_and(|m| !m.weak && m.prep == Some(Prep::From));
    let goal = |q: usize| row.get(q).is_some_and(|m| !m.weak && m.prep == Some(Prep::Toward) && m.direction.is_none());
    let next = |q: usize| (q + 1..row.len().min(q + 4)).find(|g| row[*g].chain != row[q].chain);
    if head(p) {
        return next(p).filter(|g| goal(*g) && row[*g].items.start <= row[*g - 1].items.end + WAY);
    }
    let from = (p.saturating_sub(3)..p).rev().find(|q| head(*q) && next(*q) == Some(p))?;
    (goal(p) && row[p].items.start <= row[p - 1].items.end + WAY).then_some(from)
}

/// Gives drafts that are still without a place a free place of their sentence, or else the places of the nearest draft in it.
pub(crate) fn share_places(state: &Read, drafts: &mut [Draft]) {
    let mut of_sentence: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for (d, draft) in drafts.iter().enumerate() {
        for s in &draft.sentences {
            of_sentence.entry(*s).or_default().push(d);
        }
    }
    for d in 0..drafts.len() {
        let weak = |p: &PlaceAt| state.places[p.0][p.1].weak;
        if !drafts[d].places.iter().all(weak) {
            continue;
        }
        drafts[d].lent = true;
        for n in drafts[d].sentences.clone().into_iter().take(TELLINGS) {
            let row = of_sentence.get(&n).map_or(&[][..], Vec::as_slice);
            let row = row.get(..NEIGHBOURS).unwrap_or(row);
            let span = span_in(state, &drafts[d], n);
            let free = free_place(state, n, row.iter().map(|o| &drafts[*o]), &span);
            let nearest = row
                .iter()
                .filter(|o| **o != d && !drafts[**o].places.is_empty())
                .map(|o| (span_in(state, &drafts[*o], n), *o))
                .filter(|(other, _)| !parted(state, &span, other))
                .map(|(other, o)| (apart(&span, &other), o))
                .min();
            match (free, nearest) {
                (Some((gap, p)), other) if other.is_none_or(|o| gap < o.0) => {
                    drafts[d].places = run(state, n, p);
                    keep_best_of_chains(state, &mut drafts[d]);
                    name_places(state, &mut drafts[d]);
                }
                (_, Some((_, o))) if drafts[d].places.is_empty() && drafts[d].action != Action::Agreement => {
                    drafts[d].places = told_in(state, &drafts[o], n);
                    if drafts[d].places.is_empty() {
                        continue;
                    }
                }
                _ => continue,
            }
            break;
        }
        drafts[d].lent &= !drafts[d].places.is_empty();
    }
}

/// The places that one sentence tells of a draft, whichever places it has from others.
fn told_in(state: &Read, draft: &Draft, n: usize) -> Vec<PlaceAt> {
    let back = |p: &PlaceAt| state.spots[n].iter().take(NEIGHBOURS).any(|s| s.stands_for == Some(*p));
    let kept: Vec<PlaceAt> = draft.places.iter().take(NEIGHBOURS).copied().filter(|p| p.0 == n || back(p)).collect();
    if !kept.is_empty() {
        return kept;
    }
    let own = || draft.mentions.iter().filter_map(|m| state.mentions.get(*m)).filter(|m| m.sentence == n);
    let named = |p: &PlaceAt| !state.places[p.0][p.1].bare || state.spots[p.0][p.1].id.is_some();
    let told: Vec<PlaceAt> = own().flat_map(|m| &m.places).map(|p| (n, *p)).filter(named).take(NEIGHBOURS).collect();
    if !told.is_empty() {
        return named_places(state, &best_of_chains(state, told));
    }
    // «فجرت المنزل بعد مداهمته»: a pronoun points back to where it was.
    if own().any(|m| m.pronoun && !m.verb) { draft.places.iter().take(NEIGHBOURS).copied().collect() } else { Vec::new() }
}

/// Gives the drafts of one sentence that have no place yet the nearest place in it that none has.
pub(crate) fn find_places(state: &Read, n: usize, row: &mut [Draft]) {
    for d in 0..row.len() {
        let lead = row[d].trigger(&state.mentions);
        let told_before = (lead.definite || lead.pronoun) && !lead.verb;
        if row[d].places.is_empty()
            && !told_before
            && let Some((_, p)) = free_place(state, n, row.iter(), &span_in(state, &row[d], n)).filter(|(gap, _)| *gap <= CLOSE)
        {
            row[d].places = run(state, n, p);
            row[d].lent = true;
            keep_best_of_chains(state, &mut row[d]);
            name_places(state, &mut row[d]);
        }
    }
}

/// A place with all that its chain and list name.
fn run(state: &Read, n: usize, p: usize) -> Vec<PlaceAt> {
    let row = &state.places[n];
    let goes_on = |q: usize| row.get(q).is_some_and(|m| m.listed || q > 0 && m.chain == row[q - 1].chain);
    let from = (p.saturating_sub(NEIGHBOURS)..=p).rev().find(|q| !goes_on(*q)).unwrap_or(p);
    let to = (p + 1..p + NEIGHBOURS).find(|q| !goes_on(*q)).unwrap_or(p + 1);
    let ends = (from..to).filter_map(|q| other_end(row, q)).filter(|q| !(from..to).contains(q)).map(|q| (n, q));
    (from..to).map(|q| (n, q)).chain(ends).collect()
}

/// The items between two spans; what stands before counts for further away.
fn apart(span: &Range<usize>, other: &Range<usize>) -> usize {
    if other.start >= span.end { other.start - span.end } else { span.start.saturating_sub(other.end) + BEFORE }
}

/// The items of a draft in one of its sentences.
fn span_in(state: &Read, draft: &Draft, n: usize) -> Range<usize> {
    let mut mentions = draft.mentions.iter().filter_map(|m| state.mentions.get(*m)).filter(|m| m.sentence == n);
    let Some(first) = mentions.next() else { return 0..0 };
    first.items.start..mentions.map(|m| m.reach).max().unwrap_or(first.reach).max(first.reach)
}

/// The best precision of the places that its own words gave a draft.
pub(crate) fn own_precision(state: &Read, draft: &Draft) -> Option<Precision> {
    let precision = |spot: &Spot| if spot.is_narrow() { spot.precision.min(Precision::Near) } else { spot.precision };
    draft.places.iter().filter(|_| !draft.lent).map(|p| precision(&state.spots[p.0][p.1])).min()
}

/// Whether a mark that opens another sentence stands between two spans.
fn parted(state: &Read, a: &Range<usize>, b: &Range<usize>) -> bool {
    between(state, a, b).any(|i| i.is_mark(';') || i.is_mark(':') || state.scan.value(i, Class::Conj) == Some(BUT))
}

/// Whether a word that opens another clause stands between two spans: «بينما», «في حين».
fn turned(state: &Read, a: &Range<usize>, b: &Range<usize>) -> bool {
    between(state, a, b).any(|i| state.scan.value(i, Class::Conj) == Some(WHILE))
}

/// The items between two spans.
fn between<'s>(state: &'s Read, a: &Range<usize>, b: &Range<usize>) -> impl Iterator<Item = &'s Item> {
    let (from, to) = if a.start >= b.end { (b.end, a.start) } else { (a.end, b.start) };
    (from..to.max(from)).filter_map(|i| state.scan.items.get(i))
}

/// The nearest place of the sentence that no draft has, led by a word of place or a preposition.
fn free_place<'d>(state: &Read, n: usize, row: impl Iterator<Item = &'d Draft>, span: &Range<usize>) -> Option<(usize, usize)> {
    let used: Vec<PlaceAt> = row.flat_map(|d| d.places.iter().copied()).collect();
    let places = state.places.get(n)?;
    (0..places.len())
        .filter(|p| !used.iter().any(|u| u.0 == n && (u.1 == *p || places[u.1].chain == places[*p].chain)))
        .filter(|p| {
            let (m, spot) = (&places[*p], &state.spots[n][*p]);
            let region = m.prep.is_none() && spot.precision == Precision::Area;
            let stands = !m.bare
                || spot.id.is_some() && (region || !matches!(m.prep, None | Some(Prep::Between | Prep::From | Prep::With | Prep::To)));
            stands && !m.weak && !parted(state, span, &m.items) && !turned(state, span, &m.items)
        })
        .map(|p| (apart(span, &places[p].items), p))
        .filter(|(gap, _)| *gap <= 25)
        .min()
}

/// Of a chain from the small to the large only the smallest place is the event's.
pub(crate) fn keep_best_of_chains(state: &Read, draft: &mut Draft) {
    draft.places = best_of_chains(state, std::mem::take(&mut draft.places));
}

fn best_of_chains(state: &Read, mut places: Vec<PlaceAt>) -> Vec<PlaceAt> {
    if places.iter().any(|p| !state.places[p.0][p.1].weak) {
        places.retain(|p| !state.places[p.0][p.1].weak);
    }
    let mut kept: Vec<PlaceAt> = Vec::new();
    for at in &places {
        let m = &state.places[at.0][at.1];
        let spot = &state.spots[at.0][at.1];
        let mine = rank(spot);
        let better = places.iter().any(|o| {
            let other = &state.places[o.0][o.1];
            let theirs = rank(&state.spots[o.0][o.1]);
            // «مديرية المواسط جنوبي تعز»: the side of a town only says where the place before it lies.
            let (aside, beside) = (m.only_side() && o.1 < at.1, other.only_side() && at.1 < o.1);
            let smaller = theirs < mine || theirs == mine && o.1 < at.1;
            o != at && o.0 == at.0 && other.chain == m.chain && !(beside && mine <= DIVISION) && (smaller || aside && theirs <= DIVISION)
        });
        // A larger place that holds a smaller one of the same draft says nothing more.
        let wider = mine >= 1
            && !spot.is_narrow()
            && places.iter().any(|o| {
                let other = &state.spots[o.0][o.1];
                o != at && rank(other) == 0 && (mine >= 2 || o.1 < at.1) && may_hold(spot, other)
            });
        let wider = wider && !places.iter().any(|o| rank(&state.spots[o.0][o.1]) == 0 && beside(state, *at, *o));
        if !better && !wider {
            kept.push(*at);
        }
    }
    kept.sort_unstable();
    if kept.is_empty() { places } else { kept }
}

/// Whether a smaller place may lie within a larger one, or next to it.
fn may_hold(wide: &Spot, narrow: &Spot) -> bool {
    match (wide.point, narrow.point, wide.radius_km) {
        (Some(p), Some(q), Some(r)) => distance_km(p, q) <= r * 1.5 + REACH_KM,
        _ => true,
    }
}

/// Whether two places stand in one list: «ريف درعا ومحيط مدينة طفس».
fn beside(state: &Read, a: PlaceAt, b: PlaceAt) -> bool {
    let (from, to) = (a.1.min(b.1), a.1.max(b.1));
    if to - from > NEIGHBOURS {
        return false;
    }
    let Some(between) = state.places.get(a.0).and_then(|row| row.get(from..=to)) else { return false };
    a.0 == b.0
        && between.iter().skip(1).any(|m| m.listed)
        && between.windows(2).all(|w| matches!(w, [x, y] if y.listed || x.chain == y.chain))
}

/// After merging: an area or division around an exact place of the same draft goes.
pub(crate) fn drop_wider_places(state: &Read, draft: &mut Draft) {
    let exact: Vec<PlaceAt> = draft.places.iter().copied().filter(|p| state.spots[p.0][p.1].is_narrow()).collect();
    if !exact.is_empty() {
        let apart = |p: &PlaceAt| {
            let spot = &state.spots[p.0][p.1];
            rank(spot) < 4 && exact.iter().all(|e| !may_hold(spot, &state.spots[e.0][e.1]))
        };
        draft.places.retain(|p| exact.contains(p) || exact.iter().any(|e| beside(state, *p, *e)) || apart(p));
    } else if let Some(least) = draft.places.iter().map(|p| rank(&state.spots[p.0][p.1])).min() {
        let smallest: Vec<PlaceAt> = draft.places.iter().copied().filter(|p| rank(&state.spots[p.0][p.1]) == least).collect();
        // «بادية الرصافة» is no wider than «بادية الرقة», whatever they are called.
        let radius = |p: &PlaceAt| state.spots[p.0][p.1].radius_km;
        let narrowest = smallest.iter().filter_map(radius).min_by(f64::total_cmp);
        let as_narrow = |p: &PlaceAt| radius(p).zip(narrowest).is_some_and(|(r, n)| r <= n);
        draft.places.retain(|p| rank(&state.spots[p.0][p.1]) <= least || as_narrow(p) || smallest.iter().any(|e| beside(state, *p, *e)));
    }
}

/// By what two mentions of one place are known: the keys of its id and of its name, however that is spaced.
pub(crate) type Names = SmallVec<[Key; 2]>;

/// By what a mention of a place is known.
pub(crate) fn place_names(state: &Read, m: &PlaceMention, spot: &Spot) -> Names {
    let mut out: Names = spot.id.into_iter().map(|id| Key::default().then(id)).collect();
    let tokens = state.text.tokens();
    let items = &state.scan.items[m.name.clone()];
    if let (Some(first), Some(last)) = (items.first().filter(|_| !m.back), items.last()) {
        let words = tokens[first.start as usize..last.end as usize].iter().filter(|t| t.kind == Kind::Word);
        out.push(words.fold(Key::default(), |key, t| key.then(state.text.folded(t))));
    }
    out
}
