//! Events that reviewers add to what was coded in a report, or take out of it. The store is linked anew after each.

use crate::answer::{Answer, Problem};
use crate::api::reviews::{Why, reason};
use crate::guard::{Role, Who};
use crate::observatory::{App, Observatory};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use jiff::civil::Date;
use marsad_model::{
    AcledClass, Action, Casualties, Certainty, Event, Group, Outcome, Participant, PloverClass, Precision, Realis, Relation, ReviewState,
    Role as Part, Scope, Span, Trigger, When, WhenPrecision, Where,
};
use marsad_store::place_is_right;
use marsad_store::{Amendment, Edit};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Amendments that are listed.
const LISTED: usize = 100;
/// What stands in the place of a rule where a person made an event.
const BY_A_PERSON: &str = "person";

/// Who takes part in an added event.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct NewPart {
    /// The id in the codebook.
    actor: String,
    role: Part,
    certainty: Certainty,
}

/// A toll of an added event.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct NewToll {
    outcome: Outcome,
    group: Group,
    low: Option<u32>,
    best: Option<u32>,
    high: Option<u32>,
}

/// Where an added event was.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct NewPlace {
    /// English name, or the words of the report.
    name: String,
    #[serde(default)]
    country: Option<String>,
    #[serde(default)]
    admin1: Option<String>,
    #[serde(default)]
    lat: Option<f64>,
    #[serde(default)]
    lon: Option<f64>,
    #[serde(default)]
    radius_km: Option<f64>,
    #[serde(default)]
    place_id: Option<String>,
    precision: Precision,
}

/// An event that was not coded.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct NewEvent {
    action: Action,
    /// The words that tell it, as `[start, end)` in code points of the text.
    trigger: Span,
    /// First day.
    #[serde(default)]
    start: Option<String>,
    /// Last day; the first where it is not given.
    #[serde(default)]
    end: Option<String>,
    #[serde(default)]
    place: Option<NewPlace>,
    #[serde(default)]
    participants: Vec<NewPart>,
    #[serde(default)]
    casualties: Vec<NewToll>,
    #[serde(default)]
    reason: Option<String>,
}

/// What was done, and which incident tells it now.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Amended {
    /// The number of the amendment.
    number: i64,
    /// The event.
    event: String,
    /// The incident that has the event, or else another one that the report tells; none where it tells none.
    incident: Option<String>,
}

/// A row of the list of what was added and taken out.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct AmendmentRow {
    number: i64,
    /// `add`, `drop` or `undo`.
    kind: &'static str,
    document: String,
    /// Outlet and headline of the document.
    outlet: Option<String>,
    title: Option<String>,
    event: String,
    /// The action of an event that was added.
    action: Option<Action>,
    person: String,
    made: String,
    reason: Option<String>,
    undone: bool,
    /// Whether the one who asks may take it back.
    may_undo: bool,
}

/// What was added and taken out.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Amendments {
    /// Latest first, at most 100.
    amendments: Vec<AmendmentRow>,
}

impl NewEvent {
    /// The event as it is stored, with the words of a text.
    fn read(self, text: &str) -> Answer<(Event, Option<String>)> {
        let letters = text.chars().count() as u32;
        let [start, end] = self.trigger;
        if start >= end || end > letters || end - start > 500 {
            return Err(Problem::bad("trigger: these are no words of the text, or more than 500 characters"));
        }
        let words: String = text.chars().skip(start as usize).take((end - start) as usize).collect();
        let day = |text: Option<String>| {
            let text = text.filter(|text| !text.is_empty());
            text.map(|text| text.parse::<Date>().map_err(|_| Problem::bad(format!("{text:?} is no day; write it as 2023-08-14"))))
                .transpose()
        };
        let first = day(self.start)?;
        let last = day(self.end)?.or(first);
        if first.zip(last).is_some_and(|(first, last)| first > last) || (first.is_none() && last.is_some()) {
            return Err(Problem::bad("when: it ends before it begins"));
        }
        let precision = match (first, last) {
            (None, _) => WhenPrecision::Unknown,
            (first, last) if first == last => WhenPrecision::Day,
            _ => WhenPrecision::Range,
        };
        // What a person says has no words of its own in the text.
        let none: Span = [start, start];
        let place = self.place.filter(|place| !place.name.trim().is_empty()).map(|place| Where {
            text: String::new(),
            name: Some(place.name.trim().to_owned()),
            country: place.country,
            admin1: place.admin1,
            lat: place.lat,
            lon: place.lon,
            radius_km: place.radius_km,
            relation: Relation::In,
            precision: place.precision,
            place_id: place.place_id,
            span: none,
        });
        if let Some(place) = &place {
            place_is_right(place).map_err(Problem::bad)?;
        }
        if self.participants.len() > 20 || self.casualties.len() > 20 {
            return Err(Problem::bad("at most 20 participants, and as many tolls"));
        }
        let toll = |toll: NewToll| {
            let figures = [toll.low, toll.best, toll.high];
            if !figures.iter().flatten().is_sorted() || figures.iter().all(Option::is_none) {
                return Err(Problem::bad("casualties: the figures must rise from low to best to high, and one must be given"));
            }
            let Figures { low, best, high } = Figures::of(figures);
            let (text, of) = (String::new(), None);
            Ok(Casualties { outcome: toll.outcome, group: toll.group, of, low, best, high, vague: false, text, span: none })
        };
        let part = |part: NewPart| Participant {
            role: part.role,
            actor: part.actor,
            unit: None,
            text: String::new(),
            certainty: part.certainty,
            according_to: None,
            span: none,
        };
        let civilians = self.participants.iter().any(|part| matches!(part.role, Part::Target | Part::Victim) && part.actor == "civilians");
        let (acled, plover) = (self.action.acled(civilians, false), self.action.plover());
        let event = Event {
            id: String::new(),
            action: self.action,
            scope: Scope::Incident,
            realis: Realis::Actual,
            acled: AcledClass { event_type: acled.event_type.into(), sub_event_type: acled.sub_event_type.into() },
            plover: PloverClass { kind: plover.kind.into(), mode: Some(plover.mode).filter(|mode| !mode.is_empty()).map(str::to_owned) },
            trigger: Trigger { text: words, span: [start, end] },
            when: When { start: first.map(|day| day.to_string()), end: last.map(|day| day.to_string()), precision, text: None, span: None },
            places: place.into_iter().collect(),
            participants: self.participants.into_iter().map(part).collect(),
            weapons: Vec::new(),
            objects: Vec::new(),
            casualties: self.casualties.into_iter().map(toll).collect::<Answer<_>>()?,
            strikes: None,
            attribution: Vec::new(),
            relations: Vec::new(),
            confidence: 1.0,
            rules: vec![BY_A_PERSON.into()],
        };
        Ok((event, reason(self.reason)?))
    }
}

/// A toll whose single figure stands for all three.
struct Figures {
    low: Option<u32>,
    best: Option<u32>,
    high: Option<u32>,
}

impl Figures {
    fn of([low, best, high]: [Option<u32>; 3]) -> Self {
        match (low, best, high) {
            (None, Some(_), None) => Self { low: best, best, high: best },
            _ => Self { low, best, high },
        }
    }
}

impl Observatory {
    /// Stores what somebody does to the events of a document, and links the store anew.
    async fn amend(self: &App, document: String, edit: Edit, who: &Who, why: Option<String>) -> Answer<Json<Amended>> {
        let (name, of) = (who.name.clone(), document.clone());
        let number = self.pool.run(async move |store| store.amend(&of, edit, &name, why.as_deref()).await).await?;
        self.relink().await?;
        let snapshot = self.snapshot();
        let event = snapshot.people.amendments.iter().find(|one| one.number == number).map(|one| one.event.clone()).unwrap_or_default();
        let of_report = |event: &str| event.rsplit_once('#').is_some_and(|(own, _)| own == document);
        let own = snapshot.entries.iter().find(|entry| entry.events.iter().any(|one| **one == *event));
        let incident = own.or_else(|| snapshot.entries.iter().find(|entry| entry.events.iter().any(|one| of_report(one))));
        Ok(Json(Amended { number, event, incident: incident.map(|entry| entry.id.to_string()) }))
    }

    /// Whether somebody may change the events of a document: not where an incident that it tells is final, unless they are editors.
    fn may_amend(&self, document: &str, who: &Who) -> Answer<()> {
        let tells = |event: &str| event.rsplit_once('#').is_some_and(|(own, _)| own == document);
        let snapshot = self.snapshot();
        let mut told = snapshot.entries.iter().filter(|entry| entry.events.iter().any(|event| tells(event)));
        if who.role < Role::Editor && told.any(|entry| entry.state == ReviewState::Final) {
            return Err(Problem::new(StatusCode::FORBIDDEN, "an incident of this report is final; only editors change it"));
        }
        Ok(())
    }
}

/// `POST /api/documents/{id}/events`
pub(crate) async fn add(
    State(app): State<App>,
    Path(document): Path<String>,
    Extension(who): Extension<Who>,
    Json(new): Json<NewEvent>,
) -> Answer<Json<Amended>> {
    app.may_amend(&document, &who)?;
    let asked = document.clone();
    let text = app.pool.run(async move |store| store.text(&asked).await).await?.ok_or_else(|| Problem::missing("document"))?;
    let (event, why) = new.read(&text)?;
    app.amend(document, Edit::Add(Box::new(event)), &who, why).await
}

/// `DELETE /api/documents/{id}/events/{number}`
pub(crate) async fn drop_one(
    State(app): State<App>,
    Path((document, number)): Path<(String, u64)>,
    Extension(who): Extension<Who>,
    Json(why): Json<Why>,
) -> Answer<Json<Amended>> {
    app.may_amend(&document, &who)?;
    let why = reason(why.reason)?;
    let event = format!("{document}#{number}");
    app.amend(document, Edit::Drop(event), &who, why).await
}

/// `POST /api/amendments/{number}/undo`
pub(crate) async fn undo(
    State(app): State<App>,
    Path(number): Path<i64>,
    Extension(who): Extension<Who>,
    Json(why): Json<Why>,
) -> Answer<Json<Amended>> {
    let all = app.pool.run(async |store| store.amendments().await).await?;
    let stands = |one: &Amendment| one.number == number && !one.undone && !matches!(one.edit, Edit::Undo(_));
    let gone = || Problem::new(StatusCode::CONFLICT, format!("there is no amendment {number} that could be taken back"));
    let one = all.into_iter().find(stands).ok_or_else(gone)?;
    if who.role < Role::Editor && one.person != who.name {
        return Err(Problem::new(StatusCode::FORBIDDEN, "only editors take back what others did"));
    }
    app.may_amend(&one.document, &who)?;
    let why = reason(why.reason)?;
    app.amend(one.document, Edit::Undo(number), &who, why).await
}

/// `GET /api/amendments`
pub(crate) async fn list(State(app): State<App>, Extension(who): Extension<Who>) -> Answer<Json<Amendments>> {
    let snapshot = app.snapshot();
    let row = |one: &Amendment| {
        let source = snapshot.sources.get(&one.document);
        let (kind, action) = match &one.edit {
            Edit::Add(event) => ("add", Some(event.action)),
            Edit::Drop(_) => ("drop", None),
            Edit::Undo(_) => ("undo", None),
        };
        let may_undo = kind != "undo" && !one.undone && (who.role >= Role::Editor || one.person == who.name);
        AmendmentRow {
            number: one.number,
            kind,
            document: one.document.clone(),
            outlet: source.and_then(|source| source.outlet.clone()),
            title: source.and_then(|source| source.title.clone()),
            event: one.event.clone(),
            action,
            person: one.person.clone(),
            made: one.made.clone(),
            reason: one.reason.clone(),
            undone: one.undone,
            may_undo,
        }
    };
    Ok(Json(Amendments { amendments: snapshot.people.amendments.iter().rev().take(LISTED).map(row).collect() }))
}
