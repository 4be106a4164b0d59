//! How alike two events are: a linear model over named features, and what rules a pair out.

use crate::Model;
use crate::facts::{Facts, Spot, Told, same_name};
use marsad_model::Because;
use marsad_places::distance_km;

/// Two towns so far apart are two places, whatever else agrees (kilometres beyond the radii).
const APART_KM: f64 = 25.0;
/// Publication days are no further than this from what they report, where no day is told (days).
pub(crate) const WINDOW: i32 = 2;

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
    Telling,
}

/// Every feature with its component, in the order of the weights.
const FEATURES: &[(&str, Part)] = &[
    ("day_same", Part::Date),
    ("day_next", Part::Date),
    ("untold_same", Part::Date),
    ("untold_near", Part::Date),
    ("untold_far", Part::Date),
    ("published_apart", Part::Date),
    ("one_spot", Part::Place),
    ("near", Part::Place),
    ("beyond_15_km", Part::Place),
    ("in_area", Part::Place),
    ("in_wide_area", Part::Place),
    ("outside_area", Part::Place),
    ("placeless", Part::Place),
    ("around", Part::Place),
    ("around_apart", Part::Place),
    ("who_same", Part::Actors),
    ("who_other", Part::Actors),
    ("whom_same", Part::Actors),
    ("whom_other", Part::Actors),
    ("action_same", Part::Action),
    ("family_same", Part::Action),
    ("means_same", Part::Action),
    ("means_other", Part::Action),
    ("objects_same", Part::Objects),
    ("objects_other", Part::Objects),
    ("killed_same", Part::Tolls),
    ("killed_same_many", Part::Tolls),
    ("killed_close", Part::Tolls),
    ("killed_other", Part::Tolls),
    ("injured_same", Part::Tolls),
    ("injured_same_many", Part::Tolls),
    ("injured_close", Part::Tolls),
    ("injured_other", Part::Tolls),
    ("name_same", Part::Names),
    ("both_lead", Part::Telling),
    ("none_leads", Part::Telling),
];

/// How many features there are.
pub const COUNT: usize = FEATURES.len();

/// The names of the features, in the order of the weights.
pub fn feature_names() -> impl Iterator<Item = &'static str> {
    FEATURES.iter().map(|&(name, _)| name)
}

/// Values of the features, mostly 0 or 1.
pub(crate) struct Likeness([f64; COUNT]);

impl Likeness {
    fn set(&mut self, name: &str, value: f64) {
        if let Some(k) = FEATURES.iter().position(|&(n, _)| n == name) {
            self.0[k] = value;
        }
    }

    fn when(&mut self, name: &str, holds: bool) {
        if holds {
            self.set(name, 1.0);
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
    pub fn because(&self, model: &Model, a: &Facts, b: &Facts) -> Because {
        let part = |part: Part| {
            let told = FEATURES.iter().zip(&self.0).zip(&model.weights).filter(|((f, _), _)| f.1 == part);
            chance(told.fold(0.0, |sum, ((_, x), w)| sum + x * w))
        };
        let mut pair = [a.event.id.clone(), b.event.id.clone()];
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
    for (same, other, x, y) in [("who_same", "who_other", &a.doers, &b.doers), ("whom_same", "whom_other", &a.targets, &b.targets)] {
        let both = !x.is_empty() && !y.is_empty();
        out.when(if shares(x, y) { same } else { other }, both);
    }
    let (x, y) = (a.event.action, b.event.action);
    out.when("action_same", x == y);
    out.when("family_same", x.family() == y.family());
    out.when(if shares(&a.weapons, &b.weapons) { "means_same" } else { "means_other" }, !a.weapons.is_empty() && !b.weapons.is_empty());
    let both = !a.objects.is_empty() && !b.objects.is_empty();
    out.when(if shares(&a.objects, &b.objects) { "objects_same" } else { "objects_other" }, both);
    tolls(a.killed, b.killed, ["killed_same", "killed_same_many", "killed_close", "killed_other"], &mut out);
    tolls(a.injured, b.injured, ["injured_same", "injured_same_many", "injured_close", "injured_other"], &mut out);
    // What is told first is told best; of what is told in passing the facts are often another's.
    out.when("both_lead", a.leads && b.leads);
    out.when("none_leads", !a.leads && !b.leads);
    Some(out)
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
        (Told::Day, Told::Day) => out.set(if gap == 0 { "day_same" } else { "day_next" }, 1.0),
        // Nobody reports what has not happened.
        (Told::Day, Told::Not) if x.0 > y.1 + 1 => return None,
        (Told::Not, Told::Day) if y.0 > x.1 + 1 => return None,
        _ if gap > WINDOW => return None,
        _ => out.set(["untold_same", "untold_near", "untold_far"][gap.clamp(0, 2) as usize], 1.0),
    }
    if let (Some(p), Some(q)) = (a.published, b.published) {
        out.set("published_apart", f64::from((p - q).abs().min(5)) / 5.0);
    }
    Some(())
}

fn places(a: &Facts, b: &Facts, out: &mut Likeness) -> Option<()> {
    let named = a.names.iter().any(|x| b.names.iter().any(|y| same_name(x, y)));
    // A name that two countries have may have been looked up in either.
    if !named && !a.countries.is_empty() && !b.countries.is_empty() && !shares(&a.countries, &b.countries) {
        return None;
    }
    out.when("name_same", named);
    let pairs = || a.spots.iter().flat_map(|x| b.spots.iter().map(move |y| (x, y, distance_km(x.at, y.at))));
    let precise = pairs().filter(|(x, y, _)| x.precise && y.precise).min_by(|x, y| x.2.total_cmp(&y.2));
    if let Some((x, y, km)) = precise {
        if km > APART_KM + x.radius + y.radius && !named {
            return None;
        }
        out.set("near", (-(km - x.radius.min(y.radius)).max(0.0) / 8.0).exp());
        out.when("one_spot", km <= 2.0);
        out.when("beyond_15_km", km > 15.0);
    } else if let Some((x, y, km)) = pairs().min_by(|x, y| beyond(x).total_cmp(&beyond(y))) {
        let out_by = beyond(&(x, y, km));
        if out_by > APART_KM && !named {
            return None;
        }
        let inside = out_by <= 0.0;
        let wide = x.radius.max(y.radius) > 60.0;
        out.set(
            if !inside {
                "outside_area"
            } else if wide {
                "in_wide_area"
            } else {
                "in_area"
            },
            1.0,
        );
    } else {
        out.set("placeless", 1.0);
    }
    if precise.is_none() {
        let of = |x: &Facts| x.spots.iter().filter(|s| s.precise).map(|s| s.at).chain(x.around.iter().copied()).collect::<Vec<_>>();
        let (of_a, of_b) = (of(a), of(b));
        if let Some(km) = of_a.iter().flat_map(|&x| of_b.iter().map(move |&y| distance_km(x, y))).min_by(f64::total_cmp) {
            out.set(if km <= APART_KM { "around" } else { "around_apart" }, 1.0);
        }
    }
    Some(())
}

/// Kilometres between the rims of two circles.
fn beyond((x, y, km): &(&Spot, &Spot, f64)) -> f64 {
    km - x.radius - y.radius
}

fn tolls(a: Option<(u32, u32)>, b: Option<(u32, u32)>, names: [&str; 4], out: &mut Likeness) {
    let (Some(x), Some(y)) = (a, b) else { return };
    let [same, many, close, other] = names;
    let gap = y.0.saturating_sub(x.1).max(x.0.saturating_sub(y.1));
    if x == y {
        out.set(same, 1.0);
        out.when(many, x.0 >= 3);
    } else {
        out.set(if gap <= 1 { close } else { other }, 1.0);
    }
}
