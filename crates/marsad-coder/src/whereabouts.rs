//! Where the events of a document are: looking places up, giving them to drafts, keeping the smallest of a chain.

use crate::Coder;
use crate::document::{Read, span_of};
use crate::draft::{Draft, PlaceAt};
use crate::parse::NEW;
use crate::place::{PlaceMention, kind};
use crate::resolve::{Prior, Spot, agrees, answers, candidates, choose, locate, rank};
use crate::scan::{Item, Scan};
use marsad_language::{Class, Prep};
use marsad_model::{Action, Precision};
use marsad_places::{Place, PlaceKind, distance_km};
use marsad_text::Kind;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Votes for the country of the report, by the names of its places.
pub(crate) fn country_votes<'c>(coder: &'c Coder, scan: &Scan) -> FxHashMap<&'c str, i32> {
    let mut votes: FxHashMap<&str, i32> = FxHashMap::default();
    for item in scan.known.iter().map(|i| &scan.items[*i as usize]).filter(|i| i.place.is_some()) {
        if !scan.senses(item).iter().all(|s| matches!(s.0.class, Class::Nation)) {
            continue;
        }
        let Some(key) = item.place else { continue };
        let mut only: Option<&str> = None;
        let mut same = true;
        for country in coder.gazetteers.iter().flat_map(|g| g.countries(key)) {
            same &= only.is_none_or(|o| o == country);
            only = Some(country);
        }
        if same
            && let Some(country) = only
            && !country.is_empty()
        {
            *votes.entry(country).or_default() += 3;
        }
    }
    votes
}

/// Looks every place up, the clear ones first.
pub(crate) fn resolve_places(coder: &Coder, state: &mut Read) {
    let mut prior = Prior { country: state.stage.country.clone(), ..Prior::default() };
    let mut clear: Vec<(f64, f64)> = Vec::new();
    let mut home: Option<PlaceAt> = None;
    for (s, sentence) in state.places.iter().enumerate() {
        for (n, m) in sentence.iter().enumerate() {
            let found = candidates(&coder.gazetteers, m);
            if home.is_none() && found.iter().any(|p| p.kind == PlaceKind::Country && prior.country.as_deref() == Some(p.country)) {
                home = Some((s, n));
            }
            let at_home = found.iter().filter(|p| prior.country.as_deref() == Some(p.country)).count();
            if let [p] = found.as_slice()
                && !p.admin1.is_empty()
            {
                *prior.admin1.entry(p.admin1.to_owned()).or_default() += 1;
                if at_home == 1 && p.kind != PlaceKind::Country {
                    clear.push((p.lat, p.lon));
                }
            }
            for p in &found {
                if p.kind == PlaceKind::Admin1 && prior.country.as_deref() == Some(p.country) {
                    *prior.admin1.entry(p.admin1.to_owned()).or_default() += 1;
                    let name = p.english.to_owned();
                    *prior.admin1.entry(name).or_default() += 1;
                }
            }
        }
    }
    clear.truncate(64);
    prior.points = clear;
    let mut spots: Vec<Vec<Spot>> = Vec::with_capacity(state.places.len());
    for sentence in &state.places {
        let mut divisions: Vec<String> = Vec::new();
        for m in sentence {
            for p in candidates(&coder.gazetteers, m) {
                if p.kind == PlaceKind::Admin1 && !divisions.iter().any(|d| d == p.english) {
                    divisions.push(p.english.to_owned());
                    if !p.admin1.is_empty() && p.admin1 != p.english {
                        divisions.push(p.admin1.to_owned());
                    }
                }
            }
        }
        let mut row: Vec<Spot> = Vec::with_capacity(sentence.len());
        for m in sentence {
            let found = candidates(&coder.gazetteers, m);
            let place = choose(&found, m, &prior, &divisions).filter(|p| at_hand(m, p, &prior));
            let mut spot = locate(m, place);
            if let Some(key) = m.other {
                stretch(coder, key, &mut spot);
            }
            if m.back && m.kind == Some(kind::LAND) {
                spot = in_country(coder, state, m, home, &prior);
            } else if m.back
                && let Some(back) = point_back(coder, state, &spots, &row, m, &spot)
            {
                spot = back;
            }
            row.push(spot);
        }
        settle_groups(coder, sentence, &mut row, &prior, &divisions);
        // What points back to a place of the sentence goes where that was put.
        for n in 0..row.len() {
            let m = &sentence[n];
            if m.back
                && !matches!(m.kind, Some(kind::LAND | kind::COUNTRYSIDE))
                && let Some(back) = point_back(coder, state, &spots, &row[..n], m, &locate(m, None))
            {
                row[n] = back;
            }
        }
        spots.push(row);
    }
    state.spots = spots;
    for (mentions, row) in state.places.iter_mut().zip(&state.spots) {
        join_wider(mentions, row);
    }
}

/// «… قرية كنصفرة، شمال غربي سوريا»: after a comma alone a wider place says where the one before it lies.
fn join_wider(mentions: &mut [PlaceMention], row: &[Spot]) {
    for n in 1..mentions.len() {
        let (narrow, wide) = (&row[n - 1], &row[n]);
        let holds = match (narrow.point, wide.point, wide.radius_km) {
            (Some(p), Some(q), Some(r)) => distance_km(p, q) <= r + 60.0,
            _ => narrow.point.is_none(),
        };
        let larger = wide.radius_km.zip(narrow.radius_km).is_some_and(|(w, n)| w > 2.0 * n);
        let wider = rank(wide) > rank(narrow) || rank(wide) == rank(narrow) && rank(wide) > 0 && larger;
        if mentions[n].after_comma && mentions[n].prep != Some(Prep::Toward) && wider && holds {
            let (old, chain) = (mentions[n].chain, mentions[n - 1].chain);
            mentions[n].listed = false;
            mentions[n..].iter_mut().take_while(|m| m.chain == old).for_each(|m| m.chain = chain);
        }
    }
}

/// A road between two towns is the area around its middle.
fn stretch(coder: &Coder, far: marsad_places::Key, spot: &mut Spot) {
    let Some(near) = spot.point else { return };
    let ends = coder.gazetteers.iter().flat_map(|g| g.find(far)).map(|p| (distance_km(near, (p.lat, p.lon)), (p.lat, p.lon)));
    let Some((km, end)) = ends.min_by(|a, b| a.0.total_cmp(&b.0)).filter(|e| e.0 <= ROAD_KM) else { return };
    let middle = |a: f64, b: f64| ((a + b) * 5e3).round() / 1e4;
    spot.point = Some((middle(near.0, end.0), middle(near.1, end.1)));
    spot.radius_km = Some((km / 2.0 + 2.0).round());
    spot.precision = Precision::Area;
}

/// Whether a place may be meant in a report from another country: only what is known beyond its own.
fn at_hand(m: &PlaceMention, p: &Place<'_>, prior: &Prior) -> bool {
    let other_kind = m.kind.is_some_and(|k| !agrees(k, p.kind));
    // «حي الجزائر» is no country.
    if other_kind && matches!(p.kind, PlaceKind::Country | PlaceKind::Admin1) {
        return false;
    }
    // A word that means other things too is a town of the report's country only.
    let lone = m.doubtful && m.bare;
    let Some(home) = prior.country.as_deref() else { return !other_kind && !lone };
    if lone && home != p.country {
        return false;
    }
    let known = p.population >= 100_000 || matches!(p.kind, PlaceKind::Country | PlaceKind::Admin1);
    home == p.country || known && !other_kind || (p.curated && !(m.bare && p.kind == PlaceKind::Quarter))
}

/// Within a chain or list the wider place says where the smaller ones are: those that cannot be there are looked for again,
/// and those that no gazetteer has are put where the wider one is, if that is small enough.
fn settle_groups(coder: &Coder, mentions: &[PlaceMention], row: &mut [Spot], prior: &Prior, divisions: &[String]) {
    let mut start = 0;
    while start < mentions.len() {
        let mut end = start + 1;
        while mentions.get(end).is_some_and(|m| m.listed || mentions.get(end - 1).is_some_and(|l| l.chain == m.chain)) {
            end += 1;
        }
        for i in start..end {
            // «ساحة راجو بمدينة عفرين»: what lies within a town bears the names of others.
            if let Some(town) = row.get(i + 1).cloned()
                && mentions[i + 1].chain == mentions[i].chain
                && mentions[i].kind == Some(kind::QUARTER)
                && row[i].sort != Some(PlaceKind::Quarter)
                && matches!(town.sort, Some(PlaceKind::City | PlaceKind::Town))
                && !mentions[i + 1].only_side()
            {
                settle(coder, &mentions[i], &mut row[i], (&town, 0.0), prior, divisions);
                continue;
            }
            let anchor = (i + 1..end.min(i + NEIGHBOURS))
                .filter(|j| is_anchor(&mentions[*j], &row[*j]) && (!mentions[*j].listed || mentions[*j].after_comma))
                .min_by(|a, b| row[*a].radius_km.unwrap_or(0.0).total_cmp(&row[*b].radius_km.unwrap_or(0.0)));
            let Some((j, anchor)) = anchor.map(|j| (j, row[j].clone())) else { continue };
            if mentions[i].back
                || rank(&row[i]) > 1
                || rank(&row[i]) > rank(&anchor)
                || is_anchor(&mentions[i], &row[i]) && rank(&row[i]) == rank(&anchor)
            {
                continue;
            }
            let side = mentions[j].only_side() && mentions[j].distance_km.is_none();
            if mentions[j].back && row[i].point.is_some() && !near_enough(coder, &mentions[i], &anchor) {
                continue;
            }
            settle(coder, &mentions[i], &mut row[i], (&anchor, if side { SIDE_KM } else { REACH_KM }), prior, divisions);
        }
        start = end;
    }
}

/// Whether any place of that name lies where a place that is but pointed back to lets it be.
fn near_enough(coder: &Coder, m: &PlaceMention, anchor: &Spot) -> bool {
    let (Some(centre), Some(radius)) = (anchor.point, anchor.radius_km) else { return false };
    candidates(&coder.gazetteers, m).iter().any(|p| distance_km((p.lat, p.lon), centre) <= REACH_KM + radius * 1.5)
}

/// Whether a place can say where smaller ones are.
fn is_anchor(m: &PlaceMention, spot: &Spot) -> bool {
    let wide = rank(spot) >= 1 && rank(spot) < 4;
    (wide || m.near || m.direction.is_some()) && spot.point.is_some() && spot.radius_km.is_some_and(|r| r <= 150.0)
}

/// Puts one place of a group where its anchor lets it be.
fn settle(coder: &Coder, m: &PlaceMention, spot: &mut Spot, (anchor, around): (&Spot, f64), prior: &Prior, divisions: &[String]) {
    let (Some(centre), Some(radius)) = (anchor.point, anchor.radius_km) else { return };
    let reach = around + radius * 1.5;
    if spot.point.is_some_and(|p| distance_km(p, centre) > reach) {
        let close: Vec<Place<'_>> =
            candidates(&coder.gazetteers, m).into_iter().filter(|p| distance_km((p.lat, p.lon), centre) <= reach).collect();
        *spot = locate(m, choose(&close, m, prior, divisions));
    }
    if spot.point.is_none() && spot.precision <= Precision::Near && !m.bare {
        spot.country = anchor.country.clone();
        spot.admin1 = anchor.admin1.clone();
        if radius <= SMALL_KM {
            spot.point = Some(centre);
            spot.radius_km = Some(radius.max(10.0));
        }
    }
}

/// Between the two ends of a way stand no more items.
const WAY: usize = 3;
/// The rank of first-order divisions.
const DIVISION: u8 = 3;
/// Codes of class `conj` that part clauses.
const BUT: u32 = 2;
const WHILE: u32 = 3;
/// "The town" looks back over so many places.
const LOOK_BACK: usize = 16;
/// Towns farther apart are not the two ends of one road.
const ROAD_KM: f64 = 300.0;
/// No more than so many places or drafts are compared with each other, so that a long list costs no more than its length.
const NEIGHBOURS: usize = 48;
/// A place so many items off belongs to an event that has none.
const CLOSE: usize = 16;
/// A place is looked for in so many of the sentences that tell an event.
const TELLINGS: usize = 4;
/// What a place before the words of an event counts for further away, in items.
const BEFORE: usize = 4;
/// A place lies no further than this beyond the edge of the place around it, in km.
const REACH_KM: f64 = 40.0;
/// The same where only a side is told: «شرقي دير الزور».
const SIDE_KM: f64 = 100.0;
/// An unknown place is put where the place around it is, up to this radius.
const SMALL_KM: f64 = 25.0;

/// The place named before that "the town" or "its countryside" means. `spots` are those of earlier sentences, `row` of this one.
fn antecedent(state: &Read, spots: &[Vec<Spot>], row: &[Spot], m: &PlaceMention) -> Option<PlaceAt> {
    let s = spots.len();
    let pronoun = state.scan.items.get(m.name.end.checked_sub(1)?).is_some_and(|i| i.pronoun);
    let kind = if pronoun { None } else { m.kind };
    let here = (0..row.len()).rev().map(|n| (s, n));
    let before = (0..s).rev().flat_map(|e| (0..spots[e].len()).rev().map(move |n| (e, n)));
    let mut perhaps = None;
    for at in here.chain(before).take(LOOK_BACK) {
        let (other, spot) = (&state.places[at.0][at.1], if at.0 == s { &row[at.1] } else { &spots[at.0][at.1] });
        if other.back || (other.bare && spot.id.is_none()) {
            continue;
        }
        // «قرية … التابعة لناحية … ومحيطها»: of a chain a pronoun means the first.
        if pronoun && at.1 > 0 && state.places[at.0][at.1 - 1].chain == other.chain {
            continue;
        }
        match kind.map_or(2, |k| answers(k, other, spot)) {
            2 => return Some(at),
            1 => perhaps = perhaps.or(Some(at)),
            _ => {}
        }
    }
    perhaps
}

/// The spot of a place that points back to one before it, whose own spot is `spot` as long as that is unknown.
fn point_back(coder: &Coder, state: &Read, spots: &[Vec<Spot>], row: &[Spot], m: &PlaceMention, spot: &Spot) -> Option<Spot> {
    // «مواقعنا», «نقاطهم»: whose posts they are is told, not where they stand.
    let at = antecedent(state, spots, row, m).filter(|_| m.kind != Some(kind::BASE))?;
    let from = if at.0 == spots.len() { &row[at.1] } else { &spots[at.0][at.1] };
    let named = &state.places[at.0][at.1];
    let found = candidates(&coder.gazetteers, named);
    // «بالريف الشرقي» under the name of a governorate, which is that of its chief town, too.
    let whole = |p: &&Place<'_>| {
        let country = m.kind == Some(kind::COUNTRYSIDE) && named.kind.is_none();
        country && p.kind == PlaceKind::Admin1 && Some(p.admin1) == from.admin1.as_deref()
    };
    let place = found.iter().find(whole).or_else(|| found.iter().find(|p| from.id.as_deref() == Some(p.id))).copied();
    Some(taken_over(spot, m, from, place, at))
}

/// The spot of a place that points back, from the one that it points to, which is `place` where a gazetteer has it.
fn taken_over(spot: &Spot, m: &PlaceMention, from: &Spot, place: Option<Place<'_>>, at: PlaceAt) -> Spot {
    if !m.near && m.direction.is_none() && spot.precision == Precision::Exact {
        return Spot { stands_for: Some(at), ..from.clone() };
    }
    match place {
        Some(_) => locate(m, place),
        None => Spot { relation: spot.relation, precision: spot.precision, stands_for: None, ..from.clone() },
    }
}

/// The spot of «شمالي البلاد»: of the country that the report is about, if it names it.
fn in_country(coder: &Coder, state: &Read, m: &PlaceMention, home: Option<PlaceAt>, prior: &Prior) -> Spot {
    let named = home.map(|at| candidates(&coder.gazetteers, &state.places[at.0][at.1])).unwrap_or_default();
    let country = named.into_iter().find(|p| p.kind == PlaceKind::Country && prior.country.as_deref() == Some(p.country));
    if country.is_some() {
        return locate(m, country);
    }
    let precision = if m.direction.is_some() { Precision::Area } else { Precision::Country };
    Spot { country: prior.country.clone(), precision, sort: Some(PlaceKind::Country), ..locate(m, None) }
}

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

/// The words by which two mentions of one place are known.
pub(crate) fn place_words(state: &Read, m: &PlaceMention, spot: &Spot) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(id) = &spot.id {
        out.push(id.clone());
    }
    if m.back {
        return out;
    }
    let tokens = state.text.tokens();
    let items = &state.scan.items[m.name.clone()];
    if let (Some(first), Some(last)) = (items.first(), items.last()) {
        let mut name = String::new();
        for t in &tokens[first.start as usize..last.end as usize] {
            if t.kind == Kind::Word {
                name.push_str(state.text.folded(t));
            }
        }
        out.push(name);
    }
    out
}
