//! What people put right: their reviews are laid over the machine's incidents, and never change what it coded.

use crate::{Review, STATE, Subject};
use marsad_model::{Action, Group, Incident, Outcome, ReviewState, Supported, Toll, When, Where};
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap, HashSet};

/// The reviews that stand, by the events that they are about.
#[derive(Debug, Default)]
pub struct Overlay {
    reviews: Vec<Review>,
    by_event: HashMap<String, Vec<usize>>,
}

impl Overlay {
    /// Of all reviews, in the order in which they were made.
    pub fn of(reviews: &[Review]) -> Self {
        let mut out = Self::default();
        let stands = |review: &&Review| !review.undone && review.change.as_ref().is_some_and(|c| matches!(c.subject, Subject::Incident(_)));
        for review in reviews.iter().filter(|review| stands(review)) {
            for event in &review.events {
                out.by_event.entry(event.clone()).or_default().push(out.reviews.len());
            }
            out.reviews.push(review.clone());
        }
        out
    }

    /// The reviews of an incident, oldest first. As with [`crate::States`], a review holds while the incident is much the
    /// same: it has more than half of the events that were reviewed, and they are at least half of its events.
    pub fn of_incident(&self, events: &[String]) -> Vec<&Review> {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for review in events.iter().filter_map(|event| self.by_event.get(event)).flatten() {
            *shared.entry(*review).or_default() += 1;
        }
        let same = |(n, shared): (usize, usize)| {
            let review = &self.reviews[n];
            (shared * 2 > review.events.len() && shared * 2 >= events.len()).then_some(review)
        };
        shared.into_iter().filter_map(same).collect()
    }

    /// The events of the reviews that only one of two overlays has.
    pub fn differing(&self, other: &Self) -> HashSet<String> {
        let numbers = |of: &Self| of.reviews.iter().map(|review| review.number).collect::<HashSet<_>>();
        let (own, others) = (numbers(self), numbers(other));
        let both = self.reviews.iter().chain(&other.reviews);
        let only_one = both.filter(|review| own.contains(&review.number) != others.contains(&review.number));
        only_one.flat_map(|review| review.events.iter().cloned()).collect()
    }

    /// Lays over an incident what people said of it; gives how far they are with it.
    pub fn lay_over(&self, incident: &mut Incident) -> ReviewState {
        let mut state = ReviewState::Machine;
        for change in self.of_incident(&incident.events.clone()).into_iter().filter_map(|review| review.change.as_ref()) {
            if change.field == STATE {
                state = change.new.as_ref().and_then(Value::as_str).and_then(ReviewState::from_name).unwrap_or(state);
            } else {
                // What was stored was read before it was stored; a field of a later version is left alone.
                let _ = put(incident, &change.field, change.new.as_ref().unwrap_or(&Value::Null));
            }
        }
        state
    }
}

/// The outcome and group of a toll's field, such as `killed/all`.
fn toll_of(field: &str) -> Option<(Outcome, Group)> {
    let (outcome, group) = field.split_once('/')?;
    Some((Outcome::from_name(outcome)?, Group::from_name(group)?))
}

/// What a reviewer says of a toll.
#[derive(Deserialize)]
struct Figures {
    low: Option<u32>,
    best: Option<u32>,
    high: Option<u32>,
}

/// The value of a field as it is; nothing where there is none.
pub fn value_of(incident: &Incident, field: &str) -> Option<Value> {
    let json = |value: serde_json::Result<Value>| value.ok().filter(|value| !value.is_null());
    match field {
        "action" => json(serde_json::to_value(incident.action)),
        "when" => json(serde_json::to_value(&incident.when)),
        "where" => json(serde_json::to_value(&incident.place)),
        "participants" => json(serde_json::to_value(&incident.participants)),
        _ => {
            let (outcome, group) = toll_of(field)?;
            let toll = incident.casualties.iter().find(|toll| (toll.outcome, toll.group) == (outcome, group))?;
            Some(serde_json::json!({"low": toll.low, "best": toll.best, "high": toll.high}))
        }
    }
}

/// Whether a place can be one.
///
/// # Errors
///
/// What is wrong with it, for people.
pub fn place_is_right(place: &Where) -> Result<(), String> {
    let within = |value: Option<f64>, least: f64, most: f64| value.is_none_or(|value| (least..=most).contains(&value));
    if !within(place.lat, -90.0, 90.0) || !within(place.lon, -180.0, 180.0) || !within(place.radius_km, 0.0, 5000.0) {
        return Err("where: these are no degrees, or no radius in kilometres".into());
    }
    if place.lat.is_some() != place.lon.is_some() {
        return Err("where: latitude and longitude belong together".into());
    }
    Ok(())
}

/// Puts a value into a field.
///
/// # Errors
///
/// What is wrong with the field or the value, for people.
pub fn put(incident: &mut Incident, field: &str, value: &Value) -> Result<(), String> {
    fn read<T: serde::de::DeserializeOwned>(field: &str, value: &Value) -> Result<T, String> {
        T::deserialize(value).map_err(|error| format!("{field}: {error}"))
    }
    match field {
        "action" => incident.action = read::<Action>(field, value)?,
        "when" => {
            let when: Option<When> = read(field, value)?;
            let day = |text: &Option<String>| text.as_ref().map(|text| text.parse::<jiff::civil::Date>()).transpose();
            if let Some(when) = &when {
                let wrong = |_| "when: a day is written as 2023-08-14".to_owned();
                let (start, end) = (day(&when.start).map_err(wrong)?, day(&when.end).map_err(wrong)?);
                if start.zip(end).is_some_and(|(start, end)| start > end) {
                    return Err("when: it ends before it begins".into());
                }
            }
            incident.when = when;
        }
        "where" => {
            let place: Option<Where> = read(field, value)?;
            if let Some(place) = &place {
                place_is_right(place)?;
            }
            incident.place = place;
        }
        "participants" => {
            let told: Vec<Supported> = read(field, value)?;
            if told.len() > 100 {
                return Err("participants: at most 100".into());
            }
            incident.participants = told;
        }
        _ => {
            let (outcome, group) = toll_of(field).ok_or_else(|| {
                format!(
                    "{field:?} is no field that can be put right; those are action, when, where, participants, and tolls such as killed/all"
                )
            })?;
            let told: Option<Figures> = read(field, value)?;
            if told.as_ref().is_some_and(|told| [told.low, told.best, told.high].iter().flatten().is_sorted()) || told.is_none() {
                let same = |toll: &Toll| (toll.outcome, toll.group) == (outcome, group);
                let reports = incident.casualties.iter().find(|toll| same(toll)).map(|toll| toll.reports.clone()).unwrap_or_default();
                let place = incident.casualties.iter().position(same);
                match (place, told) {
                    (Some(n), None) => drop(incident.casualties.remove(n)),
                    (None, None) => {}
                    (place, Some(Figures { low, best, high })) => {
                        let toll = Toll { outcome, group, low, best, high, reports };
                        match place {
                            Some(n) => incident.casualties[n] = toll,
                            None => incident.casualties.push(toll),
                        }
                    }
                }
            } else {
                return Err(format!("{field}: the figures must rise from low to best to high"));
            }
        }
    }
    Ok(())
}
