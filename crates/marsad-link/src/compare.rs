//! How alike two events are: a linear model over named features, and what rules a pair out.

use crate::Model;
use crate::block::WINDOW;
use crate::facts::{Facts, Point, Spot, Told, same_name};
use marsad_model::Because;
use marsad_places::distance_km;
use smallvec::SmallVec;

/// Two towns so far apart are two places, whatever else agrees (kilometres beyond the radii).
const APART_KM: f64 = 25.0;

/// Places so near are one spot (kilometres).
const SPOT_KM: f64 = 2.0;
/// Two names of places further apart are two towns (kilometres).
const TOWNS_KM: f64 = 8.0;

/// Events of two days hang together from these log-odds on (thousandths).
const SURE: i64 = 2000;

/// The components that [`Because`] shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Date,
    Place,
    Actors,
    Action,
    Objects,
    Tolls,
    Names,
    Words,
    Telling,
}

/// Declares the features, each with its component, in the order of the weights.
macro_rules! features {
    ($($name:ident $part:ident),+ $(,)?) => {
        #[allow(non_camel_case_types, reason = "named as in the table of weights")]
        #[derive(Clone, Copy)]
        enum Feature { $($name),+ }
        use Feature::*;
        const FEATURES: &[(&str, Part)] = &[$((stringify!($name), Part::$part)),+];
    };
}
features! {
    day_same Date,
    day_next Date,
    untold_same Date,
    untold_near Date,
    untold_far Date,
    published_apart Date,
    one_spot Place,
    near Place,
    beyond_15_km Place,
    in_area Place,
    in_wide_area Place,
    outside_area Place,
    placeless Place,
    two_towns Place,
    many_places Place,
    around Place,
    around_apart Place,
    who_same Actors,
    who_other Actors,
    whom_same Actors,
    whom_other Actors,
    action_same Action,
    family_same Action,
    means_same Action,
    means_other Action,
    objects_same Objects,
    objects_other Objects,
    killed_same Tolls,
    killed_same_many Tolls,
    killed_close Tolls,
    killed_other Tolls,
    injured_same Tolls,
    injured_same_many Tolls,
    injured_close Tolls,
    injured_other Tolls,
    name_same Names,
    rare_word Words,
    rare_words Words,
    seldom_words Words,
    both_lead Telling,
    none_leads Telling,
    one_late Telling,
    both_late Telling,
    one_old Telling,
    incidents Telling,
}

/// How many features there are.
pub const COUNT: usize = FEATURES.len();

/// The names of the features, in the order of the weights.
pub fn feature_names() -> impl Iterator<Item = &'static str> {
    FEATURES.iter().map(|&(name, _)| name)
}

/// Values of the features, mostly 0 or 1.
pub(crate) struct Likeness([f64; COUNT]);

impl Likeness {
    fn set(&mut self, feature: Feature, value: f64) {
        self.0[feature as usize] = value;
    }

    fn when(&mut self, feature: Feature, holds: bool) {
        if holds {
            self.set(feature, 1.0);
        }
    }

    /// The values, in the order of the names.
    pub fn values(&self) -> &[f64; COUNT] {
        &self.0
    }

    /// Log-odds that both events are one incident.
    pub fn score(&self, model: &Model) -> f64 {
        self.0.iter().zip(&model.weights).fold(model.bias, |sum, (x, w)| sum + x * w)
    }

    /// The score and its components, for people.
    pub fn because(&self, model: &Model, a: &str, b: &str) -> Because {
        let part = |part: Part| {
            let told = FEATURES.iter().zip(&self.0).zip(&model.weights).filter(|((f, _), _)| f.1 == part);
            chance(told.fold(0.0, |sum, ((_, x), w)| sum + x * w))
        };
        let mut pair = [a.to_owned(), b.to_owned()];
        pair.sort();
        Because {
            pair,
            score: chance(self.score(model)),
            date: part(Part::Date),
            place: part(Part::Place),
            actors: part(Part::Actors),
            action: part(Part::Action),
            objects: part(Part::Objects),
            tolls: part(Part::Tolls),
            names: part(Part::Names),
            words: part(Part::Words),
            telling: part(Part::Telling),
        }
    }
}

/// Log-odds as a chance, in hundredths.
fn chance(odds: f64) -> f64 {
    (100.0 / (1.0 + (-odds).exp())).round() / 100.0
}

fn shares<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    a.iter().any(|x| b.contains(x))
}

/// Compares two events; `None` where they cannot be one incident.
pub(crate) fn compare(a: &Facts, b: &Facts) -> Option<Likeness> {
    if a.theatre != b.theatre {
        return None;
    }
    let mut out = Likeness([0.0; COUNT]);
    dates(a, b, &mut out)?;
    places(a, b, &mut out)?;
    for (same, other, x, y) in [(who_same, who_other, &a.doers, &b.doers), (whom_same, whom_other, &a.targets, &b.targets)] {
        let both = !x.is_empty() && !y.is_empty();
        out.when(if shares(x, y) { same } else { other }, both);
    }
    out.when(action_same, a.action == b.action);
    out.when(family_same, a.family == b.family);
    out.when(if shares(&a.weapons, &b.weapons) { means_same } else { means_other }, !a.weapons.is_empty() && !b.weapons.is_empty());
    let both = !a.objects.is_empty() && !b.objects.is_empty();
    out.when(if shares(&a.objects, &b.objects) { objects_same } else { objects_other }, both);
    tolls(a.killed, b.killed, [killed_same, killed_same_many, killed_close, killed_other], &mut out);
    tolls(a.injured, b.injured, [injured_same, injured_same_many, injured_close, injured_other], &mut out);
    // What is told first is told best; of what is told in passing the facts are often another's.
    out.when(both_lead, a.leads && b.leads);
    out.when(none_leads, !a.leads && !b.leads);
    out.when(one_late, a.late != b.late);
    out.when(both_late, a.late && b.late);
    // What was over before a report's news began it retells.
    out.when(one_old, a.old != b.old);
    // Of two round-ups each tells incidents that the other one does not.
    out.set(incidents, (f64::from(a.beside) * f64::from(b.beside)).ln() / 4.0);
    words(a, b, &mut out);
    Some(out)
}

/// Rare words that both tell: names of people and things that no table knows.
fn words(a: &Facts, b: &Facts, out: &mut Likeness) {
    let share = |most: f64, count: usize| (count as f64).min(most) / most;
    let [rare, seldom] = common(&a.words, &b.words);
    out.when(rare_word, rare > 0);
    out.set(rare_words, share(3.0, rare));
    out.set(seldom_words, share(3.0, seldom));
}

/// How many values two ascending lists share: even ones and odd ones.
fn common(mut a: &[u32], mut b: &[u32]) -> [usize; 2] {
    let mut count = [0; 2];
    while let ([x, rest_a @ ..], [y, rest_b @ ..]) = (a, b) {
        if x == y {
            count[(x & 1) as usize] += 1;
        }
        if x <= y {
            a = rest_a;
        }
        if y <= x {
            b = rest_b;
        }
    }
    count
}

fn dates(a: &Facts, b: &Facts, out: &mut Likeness) -> Option<()> {
    let (x, y) = (a.days?, b.days?);
    let gap = (y.0 - x.1).max(x.0 - y.1).max(0);
    match (a.told, b.told) {
        // A month may hold any day of it, and says nothing more.
        (Told::Coarse, _) | (_, Told::Coarse) if gap > 0 => return None,
        (Told::Coarse, _) | (_, Told::Coarse) => {}
        // An evening and the night after it are told by two dates; two days are two incidents.
        (Told::Day, Told::Day) if gap > 1 => return None,
        (Told::Day, Told::Day) => out.set(if gap == 0 { day_same } else { day_next }, 1.0),
        // Nobody reports what has not happened.
        (Told::Day, Told::Not) if x.0 > y.1 + 1 => return None,
        (Told::Not, Told::Day) if y.0 > x.1 + 1 => return None,
        _ if gap > WINDOW => return None,
        _ => out.set([untold_same, untold_near, untold_far][gap.clamp(0, 2) as usize], 1.0),
    }
    if let (Some(p), Some(q)) = (a.published, b.published) {
        out.set(published_apart, f64::from((p - q).abs().min(5)) / 5.0);
    }
    Some(())
}

fn places(a: &Facts, b: &Facts, out: &mut Likeness) -> Option<()> {
    let named = a.names.iter().any(|x| b.names.iter().any(|y| same_name(x, y)));
    // A name that two countries have may have been looked up in either.
    if !named && !a.countries.is_empty() && !b.countries.is_empty() && !shares(&a.countries, &b.countries) {
        return None;
    }
    out.when(name_same, named);
    // A list of towns with one toll tells of each less than a report of its own.
    out.when(many_places, a.names.len() > 1 || b.names.len() > 1);
    let pairs = || a.spots.iter().flat_map(|x| b.spots.iter().map(move |y| (x, y)));
    let precise = pairs().filter(|(x, y)| x.precise && y.precise).map(|(x, y)| (x, y, km(x.at, y.at))).min_by(|x, y| x.2.total_cmp(&y.2));
    if let Some((x, y, km)) = precise {
        if km > APART_KM + radius(x) + radius(y) && !named {
            return None;
        }
        out.set(near, (-(km - radius(x).min(radius(y))).max(0.0) / 8.0).exp());
        out.when(one_spot, km <= SPOT_KM);
        out.when(beyond_15_km, km > 15.0);
        out.when(two_towns, !named && km > TOWNS_KM && !a.names.is_empty() && !b.names.is_empty());
        return Some(());
    }
    let beyond = pairs().map(|(x, y)| (x, y, km(x.at, y.at) - radius(x) - radius(y))).min_by(|x, y| x.2.total_cmp(&y.2));
    if let Some((x, y, out_by)) = beyond {
        if out_by > APART_KM && !named {
            return None;
        }
        let wide = radius(x).max(radius(y)) > 60.0;
        let inside = if wide { in_wide_area } else { in_area };
        out.set(if out_by > 0.0 { outside_area } else { inside }, 1.0);
    } else {
        out.set(placeless, 1.0);
    }
    let of =
        |x: &'_ Facts| x.spots.iter().filter(|s| s.precise).map(|s| s.at).chain(x.around.iter().copied()).collect::<SmallVec<[Point; 8]>>();
    let (of_a, of_b) = (of(a), of(b));
    let near_by = of_a.iter().any(|&x| of_b.iter().any(|&y| km(x, y) <= APART_KM));
    out.when(if near_by { around } else { around_apart }, !of_a.is_empty() && !of_b.is_empty());
    Some(())
}

fn radius(spot: &Spot) -> f64 {
    f64::from(spot.metres) / 1000.0
}

fn km(a: Point, b: Point) -> f64 {
    distance_km(a.degrees(), b.degrees())
}

fn tolls(a: Option<(u32, u32)>, b: Option<(u32, u32)>, of: [Feature; 4], out: &mut Likeness) {
    let (Some(x), Some(y)) = (a, b) else { return };
    let [same, many, close, other] = of;
    let gap = y.0.saturating_sub(x.1).max(x.0.saturating_sub(y.1));
    if x == y {
        out.set(same, 1.0);
        out.when(many, x.0 >= 3);
    } else {
        out.set(if gap <= 1 { close } else { other }, 1.0);
    }
}

/// Two comparable events and the log-odds, in thousandths, that they are one incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Edge {
    /// Lower number.
    pub a: u32,
    /// Higher number.
    pub b: u32,
    /// Thousandths of log-odds: whole numbers add up the same in any order.
    pub odds: i64,
}

/// Log-odds, in thousandths, that two events are one incident; `None` where they cannot be.
pub(crate) fn odds(a: &Facts, b: &Facts, model: &Model) -> Option<i64> {
    Some((compare(a, b)?.score(model) * 1000.0).round() as i64)
}

/// Whether two firm events hang together: they are alike, and told of one day or else surely one (or every town that is hit
/// day after day would be one chain).
pub(crate) fn hang_together(a: &Facts, b: &Facts, model: &Model) -> bool {
    let one_day = a.days.zip(b.days).is_some_and(|(x, y)| x.0 <= y.1 && y.0 <= x.1);
    let least = if one_day { threshold(model) } else { threshold(model).max(SURE) };
    odds(a, b, model).is_some_and(|odds| odds >= least)
}

/// The threshold in thousandths.
pub(crate) fn threshold(model: &Model) -> i64 {
    (model.threshold * 1000.0).round() as i64
}
