//! Which place of the gazetteers a name means, and where that puts the event.

use crate::place::{PlaceMention, kind as word};
use marsad_language::{Class, Inflection, Lexicon, Prep};
use marsad_model::{Precision, Relation};
use marsad_places::{Gazetteer, KindWord, Place, PlaceKind, bearing_offset, distance_km};
use rustc_hash::FxHashMap;

/// A place as the event takes it.
#[derive(Clone, Debug)]
pub(crate) struct Spot<'g> {
    pub name: Option<&'g str>,
    pub country: Option<&'g str>,
    pub admin1: Option<&'g str>,
    pub point: Option<(f64, f64)>,
    pub radius_km: Option<f64>,
    pub relation: Relation,
    pub precision: Precision,
    pub id: Option<&'g str>,
    /// What the gazetteer says that it is.
    pub sort: Option<PlaceKind>,
    /// The mention that a place told by "the town" stands for: sentence, and index into its places.
    pub stands_for: Option<(usize, usize)>,
}

impl Spot<'_> {
    /// Whether it tells one spot: a site, a town, or the nearest surroundings of a town.
    pub fn is_narrow(&self) -> bool {
        let around = self.sort.is_some_and(is_settlement) && self.radius_km.is_some_and(|r| r <= AROUND_KM);
        self.precision <= Precision::Near || around && matches!(self.precision, Precision::Area | Precision::Admin2)
    }
}

fn is_settlement(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::City | PlaceKind::Town | PlaceKind::Village)
}

/// What the document as a whole says of where it is.
#[derive(Debug, Default)]
pub(crate) struct Prior<'g> {
    pub country: Option<&'g str>,
    pub admin1: FxHashMap<&'g str, i32>,
    pub points: Vec<(f64, f64)>,
}

/// Kinds of places that a word before the name allows.
fn fits(kind: u32, place: PlaceKind) -> i32 {
    use PlaceKind::*;
    match kind {
        0..=2 => match place {
            Village if kind == 2 => 4,
            City | Town | Village => 3,
            Admin1 | Admin2 | Country | Region | River | Mountain => -3,
            _ => 0,
        },
        3 => match place {
            Quarter => 4,
            Village | Town => 1,
            _ => -1,
        },
        4 => match place {
            Camp => 4,
            _ => 0,
        },
        5 => match place {
            Admin2 => 3,
            Town | City => 1,
            _ => 0,
        },
        6 => match place {
            Admin1 => 5,
            City | Town => 1,
            _ => -1,
        },
        7 => match place {
            City | Town | Admin1 => 2,
            _ => 0,
        },
        8 => match place {
            Desert | Region => 4,
            _ => 0,
        },
        9 if place == Mountain => 4,
        10 if place == Road => 4,
        11 if place == Crossing => 4,
        12 if (place == Airport || place == Base) => 4,
        13 if (place == Base || place == Airport) => 4,
        14 if place == River => 4,
        15 if place == Bridge => 4,
        20 if place == Dam => 4,
        21 if place == OilField => 4,
        25 if place == Country => 4,
        27 if place == Prison => 4,
        _ => 0,
    }
}

/// The candidates of a name over all gazetteers.
pub(crate) fn candidates<'g>(gazetteers: &'g [Gazetteer], mention: &PlaceMention) -> Vec<Place<'g>> {
    match mention.key {
        Some(key) => gazetteers.iter().flat_map(|g| g.find(key)).collect(),
        None => Vec::new(),
    }
}

/// The words of the pack that tell the kind of a place, in the singular, those of settlements first.
pub(crate) fn kind_words(lexicon: &Lexicon) -> Vec<KindWord> {
    let kind = |form: u32| {
        let mut senses = lexicon.senses(form).iter().filter(|(sense, _)| sense.class == Class::PlaceKind);
        senses.find(|(_, i)| i.has(Inflection::SINGULAR) && !i.has(Inflection::OBLIQUE)).map(|(sense, _)| sense.value)
    };
    let mut words: Vec<(u32, &str)> = lexicon.forms().filter_map(|(form, id)| Some((kind(id)?, form))).collect();
    words.sort_unstable();
    words.into_iter().map(|(kind, word)| KindWord { word: word.to_owned(), kinds: told(kind) }).collect()
}

/// The kinds of places that a word of kind tells before a name; none where it fits many.
fn told(kind: u32) -> Vec<PlaceKind> {
    let best = PlaceKind::ALL.iter().map(|&place| fits(kind, place)).max().unwrap_or(0);
    PlaceKind::ALL.iter().copied().filter(|&place| best >= 3 && fits(kind, place) == best).collect()
}

/// Whether a place may be of the kind that the words before its name say.
pub(crate) fn agrees(kind: u32, place: PlaceKind) -> bool {
    fits(kind, place) > 0 || !matches!(kind, 2..=4 | 9 | 11..=15 | 20 | 21)
}

/// The likeliest candidate. `divisions` are first-order divisions named in the same chain or sentence.
pub(crate) fn choose<'g>(found: &[Place<'g>], mention: &PlaceMention, prior: &Prior, divisions: &[&str]) -> Option<Place<'g>> {
    let score = |p: &Place| -> f64 {
        let mut s = 0.0;
        if prior.country == Some(p.country) {
            s += 4.0;
        }
        if !p.admin1.is_empty() && divisions.contains(&p.admin1) {
            s += 5.0;
        }
        s += f64::from(prior.admin1.get(p.admin1).copied().unwrap_or(0).min(4)) * 0.6;
        if let Some(kind) = mention.kind {
            s += f64::from(fits(kind, p.kind));
        } else {
            s += match p.kind {
                PlaceKind::Country => 3.0,
                PlaceKind::City => 1.5,
                PlaceKind::Town => 1.0,
                PlaceKind::Admin1 => 0.8,
                PlaceKind::Quarter => -0.5,
                _ => 0.3,
            };
        }
        s += f64::from(p.population.max(1)).log10() * 0.35;
        s += if p.curated { 0.8 } else { 0.0 };
        let mut near = f64::INFINITY;
        for q in &prior.points {
            near = near.min(distance_km(*q, (p.lat, p.lon)));
            if near < CLOSE_KM {
                break;
            }
        }
        if near < CLOSE_KM {
            s += 1.5;
        } else if near < 150.0 {
            s += 0.5;
        } else if near > 1500.0 && near.is_finite() {
            s -= 1.5;
        }
        s
    };
    if let [only] = found {
        return Some(*only);
    }
    found.iter().map(|p| (score(p), p)).max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.id.cmp(a.1.id))).map(|(_, p)| *p)
}

/// A place so near to one that is clear is likely meant, however near.
const CLOSE_KM: f64 = 40.0;

const BEARINGS: [Option<f64>; 9] =
    [Some(0.0), Some(180.0), Some(90.0), Some(270.0), Some(45.0), Some(315.0), Some(135.0), Some(225.0), None];

fn relation_of(direction: u32) -> Relation {
    use Relation::*;
    [NorthOf, SouthOf, EastOf, WestOf, NortheastOf, NorthwestOf, SoutheastOf, SouthwestOf, In]
        .get(direction as usize)
        .copied()
        .unwrap_or(In)
}

/// An area of no more than this radius counts as a site.
const SITE_KM: f64 = 4.0;

/// The least radius of a district and of a governorate of which only the chief town is known.
const DISTRICT_KM: f64 = 15.0;
const GOVERNORATE_KM: f64 = 40.0;

/// The least radius of the countryside of a governorate.
const COUNTRYSIDE_KM: f64 = 50.0;

/// The code of the middle of a place among the directions.
const CENTRE: u32 = 8;

/// The nearest surroundings of a town reach no further.
const AROUND_KM: f64 = 15.0;

/// A region of this radius holds several governorates.
const WIDE_KM: f64 = 100.0;

/// Puts the mention on the map. Without a gazetteer place only what the words say is known.
pub(crate) fn locate<'g>(mention: &PlaceMention, place: Option<Place<'g>>) -> Spot<'g> {
    let kind = mention.kind;
    let area = mention.zone.or(kind);
    let inside = area.is_some_and(|k| k == word::REGION || word::surrounds(k));
    let mut relation = Relation::In;
    // A small area is a site.
    let site = place.as_ref().is_some_and(|p| p.radius_km <= SITE_KM);
    let mut precision = match place.as_ref().map(|p| p.kind) {
        Some(PlaceKind::Country) => Precision::Country,
        Some(PlaceKind::Admin1) => Precision::Admin1,
        Some(PlaceKind::Admin2) => Precision::Admin2,
        Some(k) if k.is_area() && !site => Precision::Area,
        _ => Precision::Exact,
    };
    let town = place.as_ref().is_some_and(|p| is_settlement(p.kind));
    // «محافظتي أبين وزنجبار»: a town in a list of divisions stays one.
    if precision != Precision::Country && !(mention.shared && town) {
        match kind {
            Some(word::GOVERNORATE) => precision = Precision::Admin1,
            Some(word::DISTRICT) => precision = Precision::Admin2,
            _ => {}
        }
    }
    if inside {
        precision = Precision::Area;
    }
    if mention.near {
        relation = Relation::Near;
        if precision == Precision::Exact {
            precision = Precision::Near;
        }
    }
    match mention.prep {
        Some(Prep::From) => relation = Relation::RouteFrom,
        Some(Prep::Toward) if area == Some(word::ROAD) => relation = Relation::RouteTo,
        _ => {}
    }
    let mut point = place.as_ref().map(|p| (p.lat, p.lon));
    let mut radius = place.as_ref().map(|p| p.radius_km);
    // «ريف حماة», named by the chief town of a governorate, reaches as far as the governorate.
    if area == Some(word::COUNTRYSIDE) && place.as_ref().is_some_and(|p| is_settlement(p.kind) && p.english == p.admin1) {
        radius = radius.map(|r| r.max(COUNTRYSIDE_KM));
    }
    let wide = place.as_ref().is_some_and(|p| matches!(p.kind, PlaceKind::Country | PlaceKind::Admin1 | PlaceKind::Region));
    if let Some(direction) = mention.direction.filter(|d| *d != CENTRE || wide || inside) {
        let bearing = BEARINGS.get(direction as usize).copied().flatten();
        // The side of a place is inside it; "north of" lies beyond its edge.
        let side = inside || wide || mention.items.end > mention.name.end;
        if !side {
            relation = relation_of(direction);
        }
        let town = town && precision == Precision::Admin2;
        if wide || (precision == Precision::Exact || town) && !side {
            precision = Precision::Area;
        }
        if mention.near && mention.distance_km.is_some() {
            precision = Precision::Near;
        }
        if let (Some(p), Some(r), Some(b)) = (point, radius, bearing) {
            let km = match (mention.distance_km, wide || inside) {
                (Some(km), _) => f64::from(km),
                (None, true) => (r * 0.5).max(8.0),
                (None, false) => (r + 4.0).min(15.0),
            };
            point = Some(bearing_offset(p, b, km));
            radius = Some(match mention.distance_km {
                Some(km) => (f64::from(km) * 0.2).max(2.0),
                None => km.max(3.0) * 0.9,
            });
        }
    } else if inside && let Some(r) = radius {
        radius = Some(match area {
            Some(word::COUNTRYSIDE) => r.max(12.0) + 8.0,
            _ => r.max(10.0),
        });
    } else if mention.near
        && let Some(r) = radius
    {
        radius = Some(r + f64::from(mention.distance_km.unwrap_or(3)));
    }
    // A division named by its chief town reaches further than the town.
    radius = match precision {
        _ if mention.direction.is_some() => radius,
        Precision::Admin2 if town => radius.map(|r| r.max(DISTRICT_KM)),
        Precision::Admin1 if town => radius.map(|r| r.max(GOVERNORATE_KM)),
        _ => radius,
    };
    let round = |v: f64, digits: i32| (v * 10f64.powi(digits)).round() / 10f64.powi(digits);
    Spot {
        name: place.map(|p| p.english),
        country: place.map(|p| p.country).filter(|c| !c.is_empty()),
        admin1: place.map(|p| p.admin1).filter(|a| !a.is_empty()),
        point: point.map(|p| (round(p.0, 4), round(p.1, 4))),
        radius_km: radius.map(|r| round(r, 1)),
        relation,
        precision,
        id: place.map(|p| p.id),
        sort: place.map(|p| p.kind),
        stands_for: None,
    }
}

/// Whether a place may be what "the town", "the area" points back to: 2 surely, 1 perhaps, 0 not.
pub(crate) fn answers(kind: u32, mention: &PlaceMention, spot: &Spot) -> u8 {
    use PlaceKind::*;
    let said = mention.kind;
    let fits = match kind {
        0..=2 => {
            let settled = spot.precision <= Precision::Near && (spot.sort.is_none() || matches!(spot.sort, Some(City | Town | Village)));
            match said {
                Some(k) if k == kind => settled,
                Some(0..=2) => return u8::from(settled && kind == 1),
                Some(_) => false,
                None => settled && (kind != 2 || matches!(spot.sort, Some(Village | Town))),
            }
        }
        3 => said == Some(3) || spot.sort == Some(Quarter),
        4 => said == Some(4) || spot.sort == Some(Camp),
        5 => said == Some(5) || spot.precision == Precision::Admin2,
        6 => said == Some(6) || spot.precision == Precision::Admin1,
        // «بالريف الشرقي» is the countryside of a governorate, told by itself or by its capital.
        7 => match spot.sort {
            Some(Admin1) => true,
            Some(City | Town) => spot.name.is_some() && spot.name == spot.admin1,
            _ => return u8::from(said == Some(7)),
        },
        8 => said == Some(8) || spot.sort == Some(Desert),
        word::AREA => spot.precision <= Precision::Admin1,
        11.. => said == Some(kind) || spot.sort.is_some_and(|s| self::fits(kind, s) > 0),
        _ => false,
    };
    if fits { 2 } else { 0 }
}

/// How special a place is within its chain: smaller is more.
pub(crate) fn rank(spot: &Spot) -> u8 {
    match spot.precision {
        Precision::Exact | Precision::Near => 0,
        // «شمالي اليمن»: a side of a country is wider than its governorates, and so is a region of several.
        Precision::Area if spot.sort == Some(PlaceKind::Country) => 4,
        Precision::Area if spot.sort == Some(PlaceKind::Region) && spot.radius_km.is_some_and(|r| r >= WIDE_KM) => 4,
        Precision::Area => 1,
        Precision::Admin2 => 2,
        Precision::Admin1 => 3,
        Precision::Country => 5,
    }
}
