//! Where the places of a document are: looking them up by what the document as a whole says, and what points back to one before.

use crate::Coder;
use crate::document::Read;
use crate::draft::PlaceAt;
use crate::place::{PlaceMention, kind};
use crate::resolve::{Prior, Spot, agrees, answers, candidates, choose, locate, rank};
use crate::scan::Scan;
use marsad_language::{Class, Prep};
use marsad_model::Precision;
use marsad_places::{Place, PlaceKind, distance_km};
use rustc_hash::FxHashMap;

/// "The town" looks back over so many places.
const LOOK_BACK: usize = 16;
/// Towns farther apart are not the two ends of one road.
const ROAD_KM: f64 = 300.0;
/// No more than so many places or drafts are compared with each other, so that a long list costs no more than its length.
pub(crate) const NEIGHBOURS: usize = 48;
/// A place lies no further than this beyond the edge of the place around it, in km.
pub(crate) const REACH_KM: f64 = 40.0;
/// The same where only a side is told: «شرقي دير الزور».
const SIDE_KM: f64 = 100.0;
/// An unknown place is put where the place around it is, up to this radius.
const SMALL_KM: f64 = 25.0;

/// Votes for the country of the report, by the names of its places.
pub(crate) fn country_votes<'c>(coder: &'c Coder, scan: &Scan) -> FxHashMap<&'c str, i32> {
    let mut votes: FxHashMap<&str, i32> = FxHashMap::default();
    for item in scan.known.iter().map(|i| &scan.items[*i as usize]).filter(|i| i.place.is_some()) {
        if !scan.senses(item).iter().all(|s| matches!(s.0.class, Class::Nation)) {
            continue;
        }
        let Some(key) = item.place else { continue };
        let mut countries = coder.gazetteers.iter().flat_map(|g| g.countries(key));
        if let Some(country) = countries.next()
            && countries.all(|other| other == country)
            && !country.is_empty()
        {
            *votes.entry(country).or_default() += 3;
        }
    }
    votes
}

/// The places that each name of each sentence may mean.
type Known<'g> = Vec<Vec<Vec<Place<'g>>>>;

/// Looks every place up, the clear ones first.
pub(crate) fn resolve_places<'a>(coder: &'a Coder, state: &mut Read<'a>) {
    let mut prior = Prior { country: state.stage.country, ..Prior::default() };
    let mut clear: Vec<(f64, f64)> = Vec::new();
    let mut home: Option<PlaceAt> = None;
    let known = |row: &Vec<PlaceMention>| row.iter().map(|m| candidates(&coder.gazetteers, m)).collect();
    let known: Known<'_> = state.places.iter().map(known).collect();
    for (s, sentence) in known.iter().enumerate() {
        for (n, found) in sentence.iter().enumerate() {
            if home.is_none() && found.iter().any(|p| p.kind == PlaceKind::Country && prior.country == Some(p.country)) {
                home = Some((s, n));
            }
            let at_home = found.iter().filter(|p| prior.country == Some(p.country)).count();
            if let [p] = found.as_slice()
                && !p.admin1.is_empty()
            {
                *prior.admin1.entry(p.admin1).or_default() += 1;
                if at_home == 1 && p.kind != PlaceKind::Country {
                    clear.push((p.lat, p.lon));
                }
            }
            for p in found {
                if p.kind == PlaceKind::Admin1 && prior.country == Some(p.country) {
                    *prior.admin1.entry(p.admin1).or_default() += 1;
                    *prior.admin1.entry(p.english).or_default() += 1;
                }
            }
        }
    }
    clear.truncate(64);
    prior.points = clear;
    let mut spots: Vec<Vec<Spot<'_>>> = Vec::with_capacity(state.places.len());
    for (sentence, found) in state.places.iter().zip(&known) {
        let mut divisions: Vec<&str> = Vec::new();
        for p in found.iter().flatten().filter(|p| p.kind == PlaceKind::Admin1) {
            if !divisions.contains(&p.english) {
                divisions.push(p.english);
                if !p.admin1.is_empty() && p.admin1 != p.english {
                    divisions.push(p.admin1);
                }
            }
        }
        let mut row: Vec<Spot<'_>> = Vec::with_capacity(sentence.len());
        for (m, found) in sentence.iter().zip(found) {
            let place = choose(found, m, &prior, &divisions).filter(|p| at_hand(m, p, &prior));
            let mut spot = locate(m, place);
            if let Some(key) = m.other {
                stretch(coder, key, &mut spot);
            }
            if m.back && m.kind == Some(kind::LAND) {
                spot = in_country(&known, m, home, &prior);
            } else if m.back
                && let Some(back) = point_back(&known, state, &spots, &row, m, &spot)
            {
                spot = back;
            }
            row.push(spot);
        }
        settle_groups((sentence, found), &mut row, &prior, &divisions);
        // What points back to a place of the sentence goes where that was put.
        for n in 0..row.len() {
            let m = &sentence[n];
            if m.back
                && !matches!(m.kind, Some(kind::LAND | kind::COUNTRYSIDE))
                && let Some(back) = point_back(&known, state, &spots, &row[..n], m, &locate(m, None))
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
    let Some(home) = prior.country else { return !other_kind && !lone };
    if lone && home != p.country {
        return false;
    }
    let known = p.population >= 100_000 || matches!(p.kind, PlaceKind::Country | PlaceKind::Admin1);
    home == p.country || known && !other_kind || (p.curated && !(m.bare && p.kind == PlaceKind::Quarter))
}

/// Within a chain or list the wider place says where the smaller ones are: those that cannot be there are looked for again,
/// and those that no gazetteer has are put where the wider one is, if that is small enough.
fn settle_groups<'g>((mentions, found): (&[PlaceMention], &[Vec<Place<'g>>]), row: &mut [Spot<'g>], prior: &Prior, divisions: &[&str]) {
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
                settle((&mentions[i], &found[i]), &mut row[i], (&town, 0.0), prior, divisions);
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
            if mentions[j].back && row[i].point.is_some() && !near_enough(&found[i], &anchor) {
                continue;
            }
            settle((&mentions[i], &found[i]), &mut row[i], (&anchor, if side { SIDE_KM } else { REACH_KM }), prior, divisions);
        }
        start = end;
    }
}

/// Whether any place of that name lies where a place that is but pointed back to lets it be.
fn near_enough(found: &[Place], anchor: &Spot) -> bool {
    let (Some(centre), Some(radius)) = (anchor.point, anchor.radius_km) else { return false };
    found.iter().any(|p| distance_km((p.lat, p.lon), centre) <= REACH_KM + radius * 1.5)
}

/// Whether a place can say where smaller ones are.
fn is_anchor(m: &PlaceMention, spot: &Spot) -> bool {
    let wide = rank(spot) >= 1 && rank(spot) < 4;
    (wide || m.near || m.direction.is_some()) && spot.point.is_some() && spot.radius_km.is_some_and(|r| r <= 150.0)
}

/// Puts one place of a group where its anchor lets it be.
fn settle<'g>(
    (m, found): (&PlaceMention, &[Place<'g>]),
    spot: &mut Spot<'g>,
    (anchor, around): (&Spot<'g>, f64),
    prior: &Prior,
    divisions: &[&str],
) {
    let (Some(centre), Some(radius)) = (anchor.point, anchor.radius_km) else { return };
    let reach = around + radius * 1.5;
    if spot.point.is_some_and(|p| distance_km(p, centre) > reach) {
        let close: Vec<Place<'_>> = found.iter().filter(|p| distance_km((p.lat, p.lon), centre) <= reach).copied().collect();
        *spot = locate(m, choose(&close, m, prior, divisions));
    }
    if spot.point.is_none() && spot.precision <= Precision::Near && !m.bare {
        spot.country = anchor.country;
        spot.admin1 = anchor.admin1;
        if radius <= SMALL_KM {
            spot.point = Some(centre);
            spot.radius_km = Some(radius.max(10.0));
        }
    }
}

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
fn point_back<'g>(
    known: &Known<'g>,
    state: &Read,
    spots: &[Vec<Spot<'g>>],
    row: &[Spot<'g>],
    m: &PlaceMention,
    spot: &Spot<'g>,
) -> Option<Spot<'g>> {
    // «مواقعنا», «نقاطهم»: whose posts they are is told, not where they stand.
    let at = antecedent(state, spots, row, m).filter(|_| m.kind != Some(kind::BASE))?;
    let from = if at.0 == spots.len() { &row[at.1] } else { &spots[at.0][at.1] };
    let named = &state.places[at.0][at.1];
    let found = &known[at.0][at.1];
    // «بالريف الشرقي» under the name of a governorate, which is that of its chief town, too.
    let whole = |p: &&Place<'_>| {
        let country = m.kind == Some(kind::COUNTRYSIDE) && named.kind.is_none();
        country && p.kind == PlaceKind::Admin1 && Some(p.admin1) == from.admin1
    };
    let place = found.iter().find(whole).or_else(|| found.iter().find(|p| from.id == Some(p.id))).copied();
    Some(taken_over(spot, m, from, place, at))
}

/// The spot of a place that points back, from the one that it points to, which is `place` where a gazetteer has it.
fn taken_over<'g>(spot: &Spot<'g>, m: &PlaceMention, from: &Spot<'g>, place: Option<Place<'g>>, at: PlaceAt) -> Spot<'g> {
    if !m.near && m.direction.is_none() && spot.precision == Precision::Exact {
        return Spot { stands_for: Some(at), ..from.clone() };
    }
    match place {
        Some(_) => locate(m, place),
        None => Spot { relation: spot.relation, precision: spot.precision, stands_for: None, ..from.clone() },
    }
}

/// The spot of «شمالي البلاد»: of the country that the report is about, if it names it.
fn in_country<'g>(known: &Known<'g>, m: &PlaceMention, home: Option<PlaceAt>, prior: &Prior<'g>) -> Spot<'g> {
    let named = home.map_or(&[][..], |at| &known[at.0][at.1]);
    let country = named.iter().copied().find(|p| p.kind == PlaceKind::Country && prior.country == Some(p.country));
    if country.is_some() {
        return locate(m, country);
    }
    let precision = if m.direction.is_some() { Precision::Area } else { Precision::Country };
    Spot { country: prior.country, precision, sort: Some(PlaceKind::Country), ..locate(m, None) }
}
