//! Lists of incidents, and one with everything that is known of it.

use crate::answer::{Answer, Problem, json_tagged, tag, tagged};
use crate::api::documents::{Shown, shown};
use crate::api::exports::rows_of;
use crate::filter::{Filter, FilterQuery};
use crate::guard::Who;
use crate::names::Name;
use crate::observatory::{App, Observatory};
use crate::snapshot::{Entry, People, Snapshot, day_text};
use axum::body::Body;
use axum::extract::{Extension, Path, Query, RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use marsad_copies::Sketch;
use marsad_export::{Format, Row};
use marsad_model::{Action, Certainty, Figure, Incident, Precision, ReviewState};
use marsad_store::{Comment, Edit, Report, Store};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Incidents of a page, where nothing else is asked for.
const PAGE: usize = 50;
/// Incidents of a page at most.
const MOST: usize = 1000;

/// A filter, an order and a place in the list.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct ListQuery {
    #[serde(flatten)]
    pub filter: FilterQuery,
    /// `newest` (the default), `oldest`, `deadliest`, `least_sure`, `most_told`.
    pub sort: Option<String>,
    /// So many at most; 50 where it is not given, 1000 at most.
    #[schemars(with = "Option<u32>")]
    pub limit: Option<String>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

/// A toll.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub(crate) struct FigureRow {
    /// The least that is told.
    low: u32,
    /// What most tell.
    best: u32,
    /// The most that is told.
    high: u32,
}

impl From<Figure> for FigureRow {
    fn from(figure: Figure) -> Self {
        Self { low: figure.low, best: figure.best, high: figure.high }
    }
}

/// A perpetrator.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Doer {
    /// Its id in the codebook.
    actor: String,
    /// How surely it is named.
    certainty: Certainty,
}

/// Where an incident was.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Spot {
    /// English name, or the words of the report.
    name: String,
    /// Arabic name, or the words of the report.
    name_ar: String,
    /// The words of the report; empty where they may not be shown.
    told: String,
    /// First-order division, in English.
    admin1: Option<String>,
    /// ISO 3166-1 alpha-2 code.
    country: Option<String>,
    /// Degrees north.
    lat: Option<f64>,
    /// Degrees east.
    lon: Option<f64>,
    /// The incident lies within this many kilometres of the point.
    radius_km: Option<f64>,
    /// How finely it is told. Only `exact` is a point.
    precision: Precision,
}

/// An incident in a list.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Summary {
    id: String,
    action: Action,
    /// First day.
    start: Option<String>,
    /// Last day.
    end: Option<String>,
    /// Whether one day is told.
    day_precise: bool,
    place: Option<Spot>,
    perpetrators: Vec<Doer>,
    /// Targets and victims, by their ids in the codebook.
    targets: Vec<String>,
    killed: FigureRow,
    injured: FigureRow,
    civilians_killed: u32,
    /// Independent reports.
    voices: u32,
    documents: u32,
    outlets: Vec<String>,
    confidence: f64,
    state: ReviewState,
    assignee: Option<String>,
    /// Fields in which the reports differ.
    disputed: Vec<String>,
}

impl Summary {
    pub fn of(entry: &Entry, snapshot: &Snapshot) -> Self {
        let name = |number: &u32| snapshot.names.text(*number).to_owned();
        Self {
            id: entry.id.to_string(),
            action: entry.action,
            start: entry.days.map(|(start, _)| day_text(start)),
            end: entry.days.map(|(_, end)| day_text(end)),
            day_precise: entry.day_precise,
            place: entry.place.as_ref().map(|place| Spot {
                name: name(&place.name),
                name_ar: name(&place.arabic),
                told: name(&place.told),
                admin1: place.admin1.as_ref().map(name),
                country: place.country.as_ref().map(name),
                lat: place.point.map(|(lat, _)| lat),
                lon: place.point.map(|(_, lon)| lon),
                radius_km: place.radius_km,
                precision: place.precision,
            }),
            perpetrators: entry.doers.iter().map(|(actor, certainty)| Doer { actor: name(actor), certainty: *certainty }).collect(),
            targets: entry.targets.iter().map(name).collect(),
            killed: entry.killed.into(),
            injured: entry.injured.into(),
            civilians_killed: entry.civilians_killed,
            voices: entry.voices,
            documents: entry.documents,
            outlets: entry.outlets.iter().map(name).collect(),
            confidence: entry.confidence,
            state: entry.state,
            assignee: entry.assignee.as_ref().map(name),
            disputed: entry.disputed.iter().map(name).collect(),
        }
    }
}

/// A page of incidents.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Page {
    /// How many meet the filter.
    total: usize,
    /// The killed of all of them, by the best figures.
    killed: u64,
    /// What to give as `cursor` for the next page; none on the last.
    next: Option<String>,
    incidents: Vec<Summary>,
}

/// Orders of a list.
#[derive(Clone, Copy, Debug)]
enum Sort {
    Newest,
    Oldest,
    Deadliest,
    LeastSure,
    MostTold,
}

impl Sort {
    fn read(name: Option<&str>) -> Answer<Self> {
        Ok(match name.filter(|name| !name.is_empty()) {
            None | Some("newest") => Self::Newest,
            Some("oldest") => Self::Oldest,
            Some("deadliest") => Self::Deadliest,
            Some("least_sure") => Self::LeastSure,
            Some("most_told") => Self::MostTold,
            Some(other) => return Err(Problem::bad(format!("sort={other:?}: give newest, oldest, deadliest, least_sure or most_told"))),
        })
    }

    /// Smaller comes first.
    fn key(self, entry: &Entry) -> i64 {
        match self {
            Self::Newest => -i64::from(entry.start()),
            Self::Oldest => entry.days.map_or(i64::MAX, |(start, _)| start.into()),
            Self::Deadliest => -i64::from(entry.killed.best),
            Self::LeastSure => (entry.confidence * 1e6) as i64,
            Self::MostTold => -i64::from(entry.voices),
        }
    }
}

/// The entries that meet a filter, latest first.
pub(crate) fn matching<'s>(snapshot: &'s Snapshot, filter: &'s Filter) -> impl Iterator<Item = &'s Arc<Entry>> {
    snapshot.entries.iter().filter(|entry| filter.wants(entry))
}

/// `GET /api/incidents`
pub(crate) async fn list(State(app): State<App>, Query(query): Query<ListQuery>, RawQuery(raw): RawQuery, headers: HeaderMap) -> Answer {
    let snapshot = app.snapshot();
    let filter = app.filter(&query.filter, &snapshot).await?;
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let tag = tag(&[&app.version(&snapshot, &filter), raw.as_deref().unwrap_or_default(), accept]);
    // Whoever asks for a table or a map gets all that meet the filter.
    for (kind, format) in [("application/geo+json", Format::GeoJson), ("text/csv", Format::Hxl)] {
        if accept.split(',').any(|one| one.split(';').next().is_some_and(|one| one.trim() == kind)) {
            if crate::answer::has(&headers, &tag) {
                return tagged(&headers, &tag, kind, || Ok(Body::empty()));
            }
            let bytes = rows_of(&app, &snapshot, &filter, format).await?;
            return tagged(&headers, &tag, kind, || Ok(Body::from(bytes)));
        }
    }
    let sort = Sort::read(query.sort.as_deref())?;
    let limit = match query.limit.as_deref().filter(|text| !text.is_empty()) {
        None => PAGE,
        Some(text) => {
            text.parse().ok().filter(|n| (1..=MOST).contains(n)).ok_or_else(|| Problem::bad(format!("limit={text:?}: give 1 to {MOST}")))?
        }
    };
    let after = query.cursor.as_deref().filter(|text| !text.is_empty()).map(read_cursor).transpose()?;
    let key = format!("{} {sort:?} {:?}", app.mark(&snapshot, &filter), query.filter);
    let found = app.lists.count(key, || Ok(Found::of(&snapshot, &filter, sort))).await?;
    json_tagged(&headers, &tag, || {
        let place = |n: &u32| {
            let entry = &snapshot.entries[*n as usize];
            (sort.key(entry), &*entry.id)
        };
        let first = after.as_ref().map_or(0, |(key, id)| found.order.partition_point(|n| place(n) <= (*key, id.as_str())));
        let page = found.order.get(first..found.order.len().min(first + limit)).unwrap_or_default();
        let next = page.last().filter(|_| first + limit < found.order.len()).map(place).map(|(key, id)| format!("{key}~{id}"));
        let incidents = page.iter().map(|n| Summary::of(&snapshot.entries[*n as usize], &snapshot)).collect();
        Ok(Page { total: found.order.len(), killed: found.killed, next, incidents })
    })
}

/// The incidents that meet a filter, in an order.
pub(crate) struct Found {
    /// Their places in the snapshot.
    order: Vec<u32>,
    /// The killed of all of them, by the best figures.
    killed: u64,
}

impl Found {
    fn of(snapshot: &Snapshot, filter: &Filter, sort: Sort) -> Self {
        let entries = || snapshot.entries.iter().enumerate().filter(|(_, entry)| filter.wants(entry));
        let killed = entries().map(|(_, entry)| u64::from(entry.killed.best)).sum();
        let mut found: Vec<(i64, &str, u32)> = entries().map(|(n, entry)| (sort.key(entry), &*entry.id, n as u32)).collect();
        found.sort_unstable();
        Self { order: found.into_iter().map(|(_, _, n)| n).collect(), killed }
    }
}

fn read_cursor(text: &str) -> Answer<(i64, String)> {
    let parts = text.split_once('~').and_then(|(key, id)| Some((key.parse().ok()?, id.to_owned())));
    parts.ok_or_else(|| Problem::bad("this cursor was not made by a page; leave it out to begin anew"))
}

/// A report of an incident.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ReportRow {
    /// The document, with its text where it may be shown.
    document: Shown,
    /// Reports of one number are copies of one text.
    voice: usize,
    /// The events of the incident that it tells.
    events: Vec<String>,
}

/// A row of the history.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct HistoryRow {
    /// Its number among reviews or decisions.
    number: i64,
    /// `review`, `merge`, `split`, `event_added`, `event_dropped`, `assignment`, or `undo`, `undo_decision`, `undo_event`.
    kind: String,
    person: String,
    /// When (UTC, RFC 3339).
    made: String,
    reason: Option<String>,
    /// The field that was put right, or `state`.
    field: Option<String>,
    old: Option<serde_json::Value>,
    new: Option<serde_json::Value>,
    /// The number of what is taken back.
    undoes: Option<i64>,
    undone: bool,
    /// Whether the one who asks may take it back.
    may_undo: bool,
}

/// A comment.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct CommentRow {
    number: i64,
    person: String,
    text: String,
    made: String,
}

/// An incident with everything that is known of it.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Detail {
    summary: Summary,
    /// The record, with what people put right.
    incident: Incident,
    /// The record as the machine made it; none where nobody changed it, or it may not be shown.
    machine: Option<Incident>,
    /// In English sentences, made of the codes.
    notes: String,
    reports: Vec<ReportRow>,
    /// Names of the actors that take part.
    actors: BTreeMap<String, Name>,
    history: Vec<HistoryRow>,
    comments: Vec<CommentRow>,
}

/// What the store tells of an incident.
#[derive(Default)]
struct Told {
    reports: Vec<Report>,
    comments: Vec<Comment>,
}

/// `GET /api/incidents/{id}`
pub(crate) async fn one(
    State(app): State<App>,
    Path(id): Path<String>,
    Extension(who): Extension<Who>,
    headers: HeaderMap,
) -> Answer<Response> {
    let snapshot = app.snapshot();
    let entry = snapshot.find(&id).ok_or_else(|| Problem::missing("incident"))?.clone();
    let (asked, public_only) = (id.clone(), app.is_public());
    let read = async move |store: &mut Store| {
        let Some(machine) = store.incident(&asked).await? else { return Ok(None) };
        if public_only {
            return Ok(Some((machine, Told::default())));
        }
        let told = Told { reports: store.reports(&machine.documents).await?, comments: store.comments(&machine.events).await? };
        Ok(Some((machine, told)))
    };
    let (machine, told) = app.pool.run(read).await?.ok_or_else(|| Problem::missing("incident"))?;
    let mut incident = machine.clone();
    snapshot.overlay.lay_over(&mut incident);
    let row = app.row(&snapshot, &incident).ok_or_else(|| Problem::missing("incident"))?;
    if public_only {
        let tag = tag(&[&snapshot.version, &id, "public"]);
        return json_tagged(&headers, &tag, || Ok(public(&app, &snapshot, &entry, row)));
    }
    let history = history(&snapshot.people, &incident, &who);
    let Told { reports, comments } = told;
    let last = comments.last().map_or(0, |comment| comment.number).to_string();
    let tag = tag(&[&snapshot.version, &id, &last, &who.name, who.role.name()]);
    json_tagged(&headers, &tag, || {
        let sketches: Vec<Option<Sketch>> = reports.iter().map(|report| report.head.sketch.as_deref().and_then(Sketch::from_hex)).collect();
        let copies = |a: usize, b: usize| {
            let (one, other) = (&reports[a].head, &reports[b].head);
            let alike = sketches[a].as_ref().zip(sketches[b].as_ref()).is_some_and(|(a, b)| a.is_copy_of(b));
            alike || one.sha256 == other.sha256 || (one.outlet == other.outlet && one.title.is_some() && one.title == other.title)
        };
        let pairs = (0..reports.len()).flat_map(|b| (0..b).map(move |a| (a, b))).filter(|&(a, b)| copies(a, b)).collect::<Vec<_>>();
        let voices = marsad_copies::groups(reports.len(), pairs);
        let rows = reports.into_iter().zip(voices).map(|(report, voice)| {
            let own = |event: &&String| event.rsplit_once('#').is_some_and(|(document, _)| document == report.head.id);
            ReportRow { events: incident.events.iter().filter(own).cloned().collect(), voice, document: shown(report) }
        });
        Ok(Detail {
            reports: rows.collect(),
            summary: Summary::of(&entry, &snapshot),
            notes: row.notes(),
            actors: actors(&app, &incident),
            machine: (machine != incident).then_some(machine),
            comments: comments.into_iter().map(|c| CommentRow { number: c.number, person: c.person, text: c.text, made: c.made }).collect(),
            history,
            incident,
        })
    })
}

/// What may be published: codes and figures, and who reported.
fn public(app: &Observatory, snapshot: &Snapshot, entry: &Entry, row: Row) -> Detail {
    let notes = row.notes();
    let reports =
        row.sources.iter().enumerate().map(|(voice, source)| ReportRow { document: Shown::published(source), voice, events: Vec::new() });
    Detail {
        reports: reports.collect(),
        summary: Summary::of(entry, snapshot),
        actors: actors(app, &row.incident),
        notes,
        machine: None,
        history: Vec::new(),
        comments: Vec::new(),
        incident: row.incident,
    }
}

fn actors(app: &Observatory, incident: &Incident) -> BTreeMap<String, Name> {
    let ids = incident.participants.iter().map(|told| told.participant.actor.clone());
    ids.map(|id| (id.clone(), app.actors.name(&id))).collect()
}

/// What people did to an incident, oldest first.
fn history(people: &People, incident: &Incident, who: &Who) -> Vec<HistoryRow> {
    use crate::guard::Role;
    use marsad_store::Verdict;
    let mut out = Vec::new();
    let concerns = |events: &[String]| events.iter().any(|event| incident.events.contains(event));
    for review in people.reviews.iter().filter(|review| concerns(&review.events)).cloned() {
        let may_undo = review.change.is_some()
            && !review.undone
            && (who.role >= Role::Editor || (who.role >= Role::Reviewer && review.author == who.name));
        let (field, old, new) = review.change.map_or((None, None, None), |change| (Some(change.field), change.old, change.new));
        out.push(HistoryRow {
            number: review.number,
            kind: if review.undoes.is_some() { "undo" } else { "review" }.into(),
            person: review.author,
            made: review.made,
            reason: review.reason,
            field,
            old,
            new,
            undoes: review.undoes,
            undone: review.undone,
            may_undo,
        });
    }
    let decisions = people.decisions.clone();
    let ours: Vec<i64> = decisions
        .iter()
        .filter(|decision| match &decision.verdict {
            Verdict::Merge(sides) | Verdict::Split(sides) => sides.iter().any(|side| concerns(side)),
            Verdict::Undo(_) => false,
        })
        .map(|decision| decision.number)
        .collect();
    for decision in decisions {
        let (kind, undoes) = match &decision.verdict {
            Verdict::Merge(_) => ("merge", None),
            Verdict::Split(_) => ("split", None),
            Verdict::Undo(of) => ("undo_decision", Some(*of)),
        };
        if ours.contains(&undoes.unwrap_or(decision.number)) {
            out.push(HistoryRow {
                number: decision.number,
                kind: kind.into(),
                person: decision.person,
                made: decision.made,
                reason: decision.reason,
                field: None,
                old: None,
                new: None,
                undoes,
                undone: decision.undone,
                may_undo: undoes.is_none() && !decision.undone && who.role >= Role::Editor,
            });
        }
    }
    let (own, events) = (&incident.documents, &incident.events);
    for one in people.amendments.iter().filter(|one| own.contains(&one.document)) {
        let (kind, field, undoes) = match &one.edit {
            Edit::Add(_) => ("event_added", None, None),
            Edit::Drop(_) => ("event_dropped", None, None),
            Edit::Undo(of) => ("undo_event", None, Some(*of)),
        };
        // An event that was added is told where it is; one that is gone, wherever its report still tells.
        if kind == "event_added" && !one.undone && !events.contains(&one.event) {
            continue;
        }
        out.push(HistoryRow {
            number: one.number,
            kind: kind.into(),
            person: one.person.clone(),
            made: one.made.clone(),
            reason: one.reason.clone(),
            field,
            old: None,
            new: Some(one.event.clone().into()),
            undoes,
            undone: one.undone,
            may_undo: undoes.is_none()
                && !one.undone
                && (who.role >= Role::Editor || (who.role >= Role::Reviewer && one.person == who.name)),
        });
    }
    for assignment in people.assignments.iter().filter(|assignment| concerns(std::slice::from_ref(&assignment.event))).cloned() {
        out.push(HistoryRow {
            number: assignment.number,
            kind: "assignment".into(),
            person: assignment.person,
            made: assignment.made,
            reason: None,
            field: None,
            old: None,
            new: assignment.assignee.map(Into::into),
            undoes: None,
            undone: false,
            may_undo: false,
        });
    }
    out.sort_by(|a, b| a.made.cmp(&b.made));
    out
}
