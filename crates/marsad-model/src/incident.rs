//! What several documents tell together: an incident, a line of `marsad link`.

use crate::{Action, Casualties, Event, Group, Outcome, Participant, When, Where};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One happening, fused from the events that tell it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Incident {
    /// Always `marsad-incident/1`.
    pub record: String,
    /// Hash of the ids of its events: the same events give the same id, in whatever order they come.
    pub id: String,
    /// Ids of its events, sorted.
    pub events: Vec<String>,
    /// Ids of the documents that tell it, sorted.
    pub documents: Vec<String>,
    /// How many distinct reports tell it: copies of one text, and one outlet's text of the same title, are one voice.
    pub voices: u32,
    /// What was done, as most voices have it; among equals the most particular, then the surest.
    pub action: Action,
    /// When, by the most precise and most supported telling; `null` where no event has a date.
    pub when: Option<When>,
    /// Where, by the most precise and most supported telling; `null` where no event has a place.
    #[serde(rename = "where")]
    pub place: Option<Where>,
    /// Who, each with the events that say so.
    pub participants: Vec<Supported>,
    /// Tolls, one row for each outcome and group.
    pub casualties: Vec<Toll>,
    /// Where the reports differ.
    pub disagreements: Vec<Disagreement>,
    /// Chance that it is an incident as told: no voice is wrong alone, 0 to 1.
    pub confidence: f64,
    /// Why its events are held for one: the pairs that were compared, best first, at most 64.
    pub because: Vec<Because>,
    /// Ids of background events that retell it in later documents; they count nowhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retold_by: Vec<String>,
}

/// A participant and the events that name it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Supported {
    /// The participant, in the words of the surest event.
    #[serde(flatten)]
    pub participant: Participant,
    /// Ids of the events that say so, sorted.
    pub supported_by: Vec<String>,
}

/// How many met one outcome, over all reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Toll {
    /// What became of them.
    pub outcome: Outcome,
    /// Who they are.
    pub group: Group,
    /// The least that a report tells.
    pub low: Option<u32>,
    /// The number that most voices tell; among equals the latest published, then the higher.
    pub best: Option<u32>,
    /// The most that a report tells.
    pub high: Option<u32>,
    /// Each report's own figure, by event id.
    pub reports: Vec<TollReport>,
}

/// One report's figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TollReport {
    /// The event that tells it.
    pub event: String,
    /// At least so many.
    pub low: Option<u32>,
    /// The number told.
    pub best: Option<u32>,
    /// At most so many.
    pub high: Option<u32>,
}

/// A field that the reports fill differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Disagreement {
    /// `action`, `when`, `where`, `perpetrator`, or a toll such as `killed/all`.
    pub field: String,
    /// The values, most supported first.
    pub values: Vec<Told>,
}

/// A value and who tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Told {
    /// The value as text.
    pub value: String,
    /// Ids of the events that tell it, sorted.
    pub events: Vec<String>,
}

/// Two events that were compared. Every number is a chance from 0 to 1; in a component, 0.5 says nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Because {
    /// The events, sorted by id.
    pub pair: [String; 2],
    /// Chance that both tell one incident.
    pub score: f64,
    /// What the days say.
    pub date: f64,
    /// What the places say.
    pub place: f64,
    /// What perpetrators and targets say.
    pub actors: f64,
    /// What the actions and weapons say.
    pub action: f64,
    /// What the things hit say.
    pub objects: f64,
    /// What the tolls say.
    pub tolls: f64,
    /// What the words for places say.
    pub names: f64,
    /// What words say that few reports have, names of people above all.
    #[serde(default = "says_nothing")]
    pub words: f64,
    /// What says how each is told: as its document's first news or in passing.
    pub telling: f64,
}

/// A component of records that were made before it was compared.
fn says_nothing() -> f64 {
    0.5
}

impl TollReport {
    /// The figure of one event.
    pub fn new(event: &Event, told: &Casualties) -> Self {
        Self { event: event.id.clone(), low: told.low, best: told.best, high: told.high }
    }
}
