//! Which incidents are asked for.

use crate::answer::{Answer, Problem};
use crate::snapshot::{Entry, Snapshot, day_number};
use marsad_model::{Action, Certainty, Precision, ReviewState};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::HashSet;
use std::sync::Arc;

/// Which incidents are asked for. Lists are separated by commas; an incident must meet every filter, and one value of each list.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct FilterQuery {
    /// Those that last until this day (ISO 8601) or longer.
    pub from: Option<String>,
    /// Those that begin on this day or earlier.
    pub to: Option<String>,
    /// Actions of the codebook.
    pub action: Option<String>,
    /// Actors that take part, by their ids in the codebook.
    pub actor: Option<String>,
    /// Countries (ISO 3166-1 alpha-2).
    pub country: Option<String>,
    /// First-order divisions, by their English names.
    pub admin1: Option<String>,
    /// Words in the name of the place.
    pub place: Option<String>,
    /// West, south, east and north in degrees: `35.7,32.3,42.4,37.4`.
    pub bbox: Option<String>,
    /// Outlets that tell it.
    pub outlet: Option<String>,
    /// How surely a perpetrator is named: stated, suspected, claimed, accused, denied.
    pub certainty: Option<String>,
    /// How finely the place is told: exact, near, area, admin2, admin1, country; `none` for no place.
    pub precision: Option<String>,
    /// At least so many killed (by the best figure).
    #[schemars(with = "Option<u32>")]
    pub killed_min: Option<String>,
    /// At most so many killed.
    #[schemars(with = "Option<u32>")]
    pub killed_max: Option<String>,
    /// At least so many injured.
    #[schemars(with = "Option<u32>")]
    pub injured_min: Option<String>,
    /// At most so many injured.
    #[schemars(with = "Option<u32>")]
    pub injured_max: Option<String>,
    /// At least this confidence, 0 to 1.
    #[schemars(with = "Option<f64>")]
    pub confidence_min: Option<String>,
    /// At most this confidence.
    #[schemars(with = "Option<f64>")]
    pub confidence_max: Option<String>,
    /// At least so many independent reports.
    #[schemars(with = "Option<u32>")]
    pub voices_min: Option<String>,
    /// States of review: machine, in_review, reviewed, final, rejected. Rejected ones are left out unless they are named.
    pub state: Option<String>,
    /// `true`: those whose reports differ.
    #[schemars(with = "Option<bool>")]
    pub disputed: Option<String>,
    /// Words that stand in the headlines, the evidence, or the names of places, actors and outlets, or in the text of a report;
    /// every one must. In texts `"a phrase"`, `begin*` and `-without` are understood.
    pub text: Option<String>,
}

/// A filter that was understood.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    from: Option<i32>,
    to: Option<i32>,
    actions: Vec<Action>,
    actors: Option<Vec<u32>>,
    countries: Option<Vec<u32>>,
    admin1: Option<Vec<u32>>,
    place: Vec<String>,
    bbox: Option<[f64; 4]>,
    outlets: Option<Vec<u32>>,
    certainty: Vec<Certainty>,
    precision: Vec<Option<Precision>>,
    killed: (u32, Option<u32>),
    injured: (u32, Option<u32>),
    confidence: (f64, f64),
    voices: u32,
    states: Vec<ReviewState>,
    disputed: bool,
    words: Vec<String>,
    /// The incidents whose reports have the words in their texts, where these were looked at.
    pub telling: Option<Arc<HashSet<Box<str>>>>,
    /// How far the index of texts was when they were looked for.
    pub indexed: u64,
}

fn list(value: Option<&String>) -> Vec<&str> {
    value.map(|text| text.split(',').map(str::trim).filter(|one| !one.is_empty()).collect()).unwrap_or_default()
}

fn given(value: Option<&String>) -> Option<&str> {
    value.map(|text| text.trim()).filter(|text| !text.is_empty())
}

fn day(name: &str, value: Option<&String>) -> Answer<Option<i32>> {
    given(value)
        .map(|text| day_number(text).ok_or_else(|| Problem::bad(format!("{name}={text:?} is no day; write it as 2023-08-14"))))
        .transpose()
}

fn number<T: std::str::FromStr>(name: &str, value: Option<&String>) -> Answer<Option<T>> {
    given(value).map(|text| text.parse().map_err(|_| Problem::bad(format!("{name}={text:?} is not a number that fits")))).transpose()
}

fn values<T>(name: &str, value: Option<&String>, read: impl Fn(&str) -> Option<T>) -> Answer<Vec<T>> {
    let one =
        |text: &str| read(text).ok_or_else(|| Problem::bad(format!("{name}: {text:?} is no value of it; /api/vocabulary lists them")));
    list(value).into_iter().map(one).collect()
}

/// Words as they are compared.
pub(crate) fn folded(text: &str) -> String {
    marsad_text::fold_str(&text.to_lowercase())
}

impl FilterQuery {
    /// The filter, with names looked up in a snapshot.
    pub(crate) fn read(&self, snapshot: &Snapshot) -> Answer<Filter> {
        let names = |value: Option<&String>, upper: bool| {
            let numbers = |one: &str| snapshot.names.find(&if upper { one.to_uppercase() } else { one.to_owned() });
            given(value).map(|_| list(value).into_iter().filter_map(numbers).collect::<Vec<_>>())
        };
        let bbox = given(self.bbox.as_ref()).map(|text| {
            let sides: Vec<f64> =
                text.split(',').filter_map(|side| side.trim().parse().ok()).filter(|side: &f64| side.is_finite()).collect();
            let wrong = || Problem::bad(format!("bbox={text:?}: give west,south,east,north in degrees"));
            <[f64; 4]>::try_from(sides).map_err(|_| wrong()).and_then(|sides| if sides[1] <= sides[3] { Ok(sides) } else { Err(wrong()) })
        });
        let precision = |name: &str| if name == "none" { Some(None) } else { Precision::from_name(name).map(Some) };
        let disputed = match given(self.disputed.as_ref()) {
            None | Some("false") => false,
            Some("true") => true,
            Some(other) => return Err(Problem::bad(format!("disputed={other:?}: give true or false"))),
        };
        let words = |text: Option<&String>| -> Vec<String> {
            given(text).map(|text| folded(text).split_whitespace().map(str::to_owned).collect()).unwrap_or_default()
        };
        Ok(Filter {
            from: day("from", self.from.as_ref())?,
            to: day("to", self.to.as_ref())?,
            actions: values("action", self.action.as_ref(), Action::from_name)?,
            actors: names(self.actor.as_ref(), false),
            countries: names(self.country.as_ref(), true),
            admin1: names(self.admin1.as_ref(), false),
            place: words(self.place.as_ref()),
            bbox: bbox.transpose()?,
            outlets: names(self.outlet.as_ref(), false),
            certainty: values("certainty", self.certainty.as_ref(), Certainty::from_name)?,
            precision: values("precision", self.precision.as_ref(), precision)?,
            killed: (number("killed_min", self.killed_min.as_ref())?.unwrap_or(0), number("killed_max", self.killed_max.as_ref())?),
            injured: (number("injured_min", self.injured_min.as_ref())?.unwrap_or(0), number("injured_max", self.injured_max.as_ref())?),
            confidence: (
                number("confidence_min", self.confidence_min.as_ref())?.unwrap_or(0.0),
                number("confidence_max", self.confidence_max.as_ref())?.unwrap_or(1.0),
            ),
            voices: number("voices_min", self.voices_min.as_ref())?.unwrap_or(0),
            states: values("state", self.state.as_ref(), ReviewState::from_name)?,
            disputed,
            words: words(self.text.as_ref()),
            telling: None,
            indexed: 0,
        })
    }
}

fn any<T: PartialEq>(wanted: &Option<Vec<T>>, found: &[T]) -> bool {
    wanted.as_ref().is_none_or(|wanted| found.iter().any(|one| wanted.contains(one)))
}

fn within(bounds: (u32, Option<u32>), value: u32) -> bool {
    value >= bounds.0 && bounds.1.is_none_or(|most| value <= most)
}

impl Filter {
    /// Whether an incident is asked for.
    pub fn wants(&self, entry: &Entry) -> bool {
        let place = entry.place.as_ref();
        let state = if self.states.is_empty() { entry.state != ReviewState::Rejected } else { self.states.contains(&entry.state) };
        state
            && self.from.is_none_or(|from| entry.days.is_some_and(|(_, end)| end >= from))
            && self.to.is_none_or(|to| entry.days.is_some_and(|(start, _)| start <= to))
            && (self.actions.is_empty() || self.actions.contains(&entry.action))
            && any(&self.actors, &entry.actors)
            && self.countries.as_ref().is_none_or(|wanted| place.is_some_and(|place| place.country.is_some_and(|c| wanted.contains(&c))))
            && self.admin1.as_ref().is_none_or(|wanted| place.is_some_and(|place| place.admin1.is_some_and(|a| wanted.contains(&a))))
            && self.bbox.is_none_or(|[west, south, east, north]| {
                place.and_then(|place| place.point).is_some_and(|(lat, lon)| {
                    let across = if west <= east { (west..=east).contains(&lon) } else { lon >= west || lon <= east };
                    across && (south..=north).contains(&lat)
                })
            })
            && any(&self.outlets, &entry.outlets)
            && (self.certainty.is_empty() || self.certainty.iter().any(|one| entry.certainties & (1 << *one as u8) != 0))
            && (self.precision.is_empty() || self.precision.contains(&place.map(|place| place.precision)))
            && within(self.killed, entry.killed.best)
            && within(self.injured, entry.injured.best)
            && entry.confidence >= self.confidence.0
            && entry.confidence <= self.confidence.1
            && entry.voices >= self.voices
            && (!self.disputed || !entry.disputed.is_empty())
            && self.place.iter().all(|word| place.is_some_and(|place| place.words.contains(word.as_str())))
            && (self.words.iter().all(|word| entry.words.contains(word.as_str()))
                || self.telling.as_ref().is_some_and(|telling| telling.contains(&entry.id)))
    }

    /// Whether it depends on how far people are with an incident, beyond what they rejected.
    pub fn asks_for_states(&self) -> bool {
        !self.states.is_empty()
    }
}
