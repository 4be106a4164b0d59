//! The words of the domain.
//!
//! A [`Document`] is one news report. Coding it gives a [`Coded`] record: the document's
//! [`Event`]s, each a *claim* with the words that carry it. The JSON of these types is the
//! contract `marsad/1`; fields are added to it, never renamed or dropped. What several documents tell of one
//! happening is an [`Incident`], `marsad-incident/1`.
//!
//! Architecture invariant: this crate does no input or output and knows no human language.

mod action;
mod codes;
mod document;
mod event;
mod figure;
mod incident;
mod review;

pub use action::{Acled, Action, Family, Plover};
pub use codes::{
    Certainty, Group, ObjectClass, Outcome, Precision, Realis, Relation, RelationKind, Role, Scope, SourceKind, WeaponClass, WhenPrecision,
};
pub use document::{Diagnostic, Document, DocumentHead, Level, Unreadable};
pub use event::{
    AcledClass, Attribution, Casualties, Coded, Event, EventRelation, Object, Participant, PloverClass, RareWord, Span, Trigger, Weapon,
    When, Where,
};
pub use figure::{Figure, TollRow};
pub use incident::{Because, Disagreement, Incident, Supported, Told, Toll, TollReport};
pub use review::ReviewState;

/// The name of the record format that [`Coded`] prints as.
pub const RECORD: &str = "marsad/1";

/// The name of the record format that [`Incident`] prints as.
pub const INCIDENT_RECORD: &str = "marsad-incident/1";
