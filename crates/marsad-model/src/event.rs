//! What comes out: events, slot by slot, each value with its words.

use crate::{
    Action, Certainty, DocumentHead, Group, ObjectClass, Outcome, Precision, Realis, Relation, RelationKind, Role, Scope, SourceKind,
    WeaponClass, WhenPrecision,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `[start, end)` in code points of the document's text.
pub type Span = [u32; 2];

/// One coded document: a line of `marsad code`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Coded {
    /// Always `marsad/1`.
    pub record: String,
    /// The document.
    pub document: DocumentHead,
    /// Its events, in the order of their triggers.
    pub events: Vec<Event>,
    /// The words about its events that few reports have, by which reports of one happening are told; absent when there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rare: Vec<RareWord>,
    /// What the reader should know of the coding; absent when there is nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub diagnostics: Vec<crate::Diagnostic>,
}

/// A word that few reports have: three numbers, its hash, where it begins (in code points), and how rare it is (0: hardly any report
/// has it, 1: some do). The words themselves, often names of people, are not kept here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct RareWord(pub u32, pub u32, pub u8);

/// One happening as one document tells it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// `<document id>#<number from 1>`.
    pub id: String,
    /// What was done.
    pub action: Action,
    /// How it stands to the document.
    pub scope: Scope,
    /// Whether it is told as having happened.
    pub realis: Realis,
    /// ACLED's class.
    pub acled: AcledClass,
    /// PLOVER's class.
    pub plover: PloverClass,
    /// The words that tell it.
    pub trigger: Trigger,
    /// When.
    pub when: When,
    /// Where; several places only where one toll or one clause covers them.
    #[serde(rename = "where")]
    pub places: Vec<Where>,
    /// Who.
    pub participants: Vec<Participant>,
    /// With what.
    pub weapons: Vec<Weapon>,
    /// Things aimed at or damaged.
    pub objects: Vec<Object>,
    /// Who was harmed, how many.
    pub casualties: Vec<Casualties>,
    /// Number of strikes or rounds where one is told.
    pub strikes: Option<u32>,
    /// Who says it, nearest first.
    pub attribution: Vec<Attribution>,
    /// How it stands to other events of the document.
    pub relations: Vec<EventRelation>,
    /// Chance that a careful coder would write this event down, 0 to 1.
    pub confidence: f64,
    /// Ids of the rules that made it.
    pub rules: Vec<String>,
}

/// ACLED's class as owned text, so that records can be read back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AcledClass {
    /// Event type.
    pub event_type: String,
    /// Sub-event type.
    pub sub_event_type: String,
}

/// PLOVER's class as owned text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PloverClass {
    /// Event type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Mode; `null` where PLOVER has none.
    pub mode: Option<String>,
}

/// The words that tell an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Trigger {
    /// The words.
    pub text: String,
    /// Where they stand.
    pub span: Span,
}

/// First and last day of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct When {
    /// First day (ISO 8601); `null` where neither text nor document has a date.
    pub start: Option<String>,
    /// Last day.
    pub end: Option<String>,
    /// How finely it is told.
    pub precision: WhenPrecision,
    /// The words; `null` where no time is told.
    pub text: Option<String>,
    /// Where they stand.
    pub span: Option<Span>,
}

/// One place of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Where {
    /// The words.
    pub text: String,
    /// English name.
    pub name: Option<String>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// First-order division, in English.
    pub admin1: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// The event lies within this many kilometres of the point.
    pub radius_km: Option<f64>,
    /// How the event lies to the named place.
    pub relation: Relation,
    /// How finely the place is told.
    pub precision: Precision,
    /// Id in the gazetteer; `null` where the name is not in it.
    pub place_id: Option<String>,
    /// Where the words stand.
    pub span: Span,
}

/// One participant of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Participant {
    /// The part it takes.
    pub role: Role,
    /// Actor id of the codebook.
    pub actor: String,
    /// The part of the actor, where the lexicon knows it (`syr-gov.4th-division`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The words.
    pub text: String,
    /// How surely it is said.
    pub certainty: Certainty,
    /// Who says so, where it is not the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub according_to: Option<String>,
    /// Where the words stand.
    pub span: Span,
}

/// One weapon of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Weapon {
    /// Its class.
    pub class: WeaponClass,
    /// The words.
    pub text: String,
    /// Where they stand.
    pub span: Span,
}

/// One thing aimed at or damaged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Object {
    /// Its class.
    pub class: ObjectClass,
    /// The words.
    pub text: String,
    /// Where they stand.
    pub span: Span,
}

/// How many people, of one group, met one outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Casualties {
    /// What became of them.
    pub outcome: Outcome,
    /// Who they are.
    pub group: Group,
    /// Their actor, where they are its people.
    pub of: Option<String>,
    /// At least so many.
    pub low: Option<u32>,
    /// The number told.
    pub best: Option<u32>,
    /// At most so many.
    pub high: Option<u32>,
    /// Told without a number.
    pub vague: bool,
    /// The words.
    pub text: String,
    /// Where they stand.
    pub span: Span,
}

/// One link of the chain of who says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Attribution {
    /// The words.
    pub text: String,
    /// What kind of voice.
    pub kind: SourceKind,
    /// Where they stand.
    pub span: Span,
}

/// How an event stands to another of its document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EventRelation {
    /// The relation.
    pub kind: RelationKind,
    /// The other event's id.
    pub event: String,
}
