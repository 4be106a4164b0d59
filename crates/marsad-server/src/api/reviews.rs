//! Reviewing: a queue, states, corrections, merging and splitting, comments, taking back, and how well machine and people agree.

use crate::answer::{Answer, Problem};
use crate::api::incidents::{Summary, matching};
use crate::filter::FilterQuery;
use crate::guard::{Role, Who};
use crate::observatory::App;
use crate::snapshot::Entry;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use marsad_model::{Incident, ReviewState};
use marsad_store::{Change, STATE, Subject, Verdict, put, value_of};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Characters of a comment or reason at most.
const LONGEST: usize = 5000;

/// A filter for the queue.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct QueueQuery {
    #[serde(flatten)]
    pub filter: FilterQuery,
    /// Only those in these hands; `none` for nobody's.
    pub assignee: Option<String>,
    /// So many at most; 30 where it is not given, 200 at most.
    #[schemars(with = "Option<u32>")]
    pub limit: Option<String>,
}

/// An incident that waits.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Waiting {
    incident: Summary,
    /// How much a look is worth: uncertainty times weight.
    score: f64,
    /// What makes it so: `unsure`, `disputed`, `deadly`, `alone` (one voice), `coarse` (no exact place), `accusation`.
    why: Vec<&'static str>,
}

/// What waits.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Queue {
    /// How many wait in all.
    total: usize,
    waiting: Vec<Waiting>,
}

/// Uncertainty is that of a chance (highest at 0.5), more where reports differ; weight grows with the killed.
fn worth(entry: &Entry) -> (f64, Vec<&'static str>) {
    let mut why = Vec::new();
    let unsure = 4.0 * entry.confidence * (1.0 - entry.confidence);
    if unsure > 0.6 {
        why.push("unsure");
    }
    if !entry.disputed.is_empty() {
        why.push("disputed");
    }
    if entry.killed.best >= 5 {
        why.push("deadly");
    }
    if entry.voices < 2 {
        why.push("alone");
    }
    let exact = entry.place.as_ref().is_some_and(|place| place.precision == marsad_model::Precision::Exact);
    if !exact {
        why.push("coarse");
    }
    if entry.doers.iter().any(|(_, certainty)| *certainty != marsad_model::Certainty::Stated) {
        why.push("accusation");
    }
    let uncertainty = 0.2 + unsure + 0.3 * entry.disputed.len() as f64 + if exact { 0.0 } else { 0.2 };
    let weight = 1.0 + f64::from(1 + entry.killed.best).ln();
    ((uncertainty * weight * 1000.0).round() / 1000.0, why)
}

/// `GET /api/queue`
pub(crate) async fn queue(State(app): State<App>, Query(query): Query<QueueQuery>) -> Answer<Json<Queue>> {
    let snapshot = app.snapshot();
    let filter = app.filter(&query.filter, &snapshot).await?;
    let limit = match query.limit.as_deref().filter(|text| !text.is_empty()) {
        None => 30,
        Some(text) => text.parse().ok().filter(|n| (1..=200).contains(n)).ok_or_else(|| Problem::bad("limit: give 1 to 200"))?,
    };
    let wanted = query.assignee.as_deref().filter(|name| !name.is_empty());
    let open = |entry: &&Arc<Entry>| {
        let hands = entry.assignee.map(|name| snapshot.names.text(name));
        let ours = wanted.is_none_or(|wanted| if wanted == "none" { hands.is_none() } else { hands == Some(wanted) });
        ours && matches!(entry.state, ReviewState::Machine | ReviewState::InReview)
    };
    let mut found: Vec<(f64, Vec<&str>, &Arc<Entry>)> = matching(&snapshot, &filter)
        .filter(open)
        .map(|entry| {
            let (score, why) = worth(entry);
            (score, why, entry)
        })
        .collect();
    let total = found.len();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.2.id.cmp(&b.2.id)));
    found.truncate(limit);
    let waiting = found.into_iter().map(|(score, why, entry)| Waiting { incident: Summary::of(entry, &snapshot), score, why });
    Ok(Json(Queue { total, waiting: waiting.collect() }))
}

/// What was done.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Done {
    /// The number of the row that tells it.
    number: i64,
}

/// A state.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct NewState {
    state: ReviewState,
    #[serde(default)]
    reason: Option<String>,
}

/// A field put right.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Correction {
    /// `action`, `when`, `where`, `participants`, or a toll such as `killed/all`.
    field: String,
    /// What shall stand there, in the form of the record; null for nothing.
    value: Value,
    #[serde(default)]
    reason: Option<String>,
}

/// A comment.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct NewComment {
    text: String,
}

/// Who looks after it; null for nobody.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct NewAssignee {
    assignee: Option<String>,
}

/// Why.
#[derive(Debug, Default, Deserialize, JsonSchema)]
pub(crate) struct Why {
    #[serde(default)]
    pub reason: Option<String>,
}

/// Incidents that are one with this one.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Merge {
    with: Vec<String>,
    #[serde(default)]
    reason: Option<String>,
}

/// Events that leave together.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Split {
    events: Vec<String>,
    #[serde(default)]
    reason: Option<String>,
}

/// What was done, and which incident is there now.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Relinked {
    /// The number of the decision.
    number: i64,
    /// The incident that has the first event of the one that was decided on.
    incident: Option<String>,
}

pub(crate) fn reason(text: Option<String>) -> Answer<Option<String>> {
    let text = text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    if text.as_ref().is_some_and(|text| text.chars().count() > LONGEST) {
        return Err(Problem::bad(format!("at most {LONGEST} characters")));
    }
    Ok(text)
}

/// The incident as the machine made it.
async fn incident(app: &App, id: &str) -> Answer<Incident> {
    let asked = id.to_owned();
    let found = app.pool.run(async move |store| store.incident(&asked).await).await?;
    found.ok_or_else(|| Problem::missing("incident"))
}

async fn review(
    app: &App,
    id: &str,
    who: &Who,
    field: &str,
    old: Option<Value>,
    new: Option<Value>,
    why: Option<String>,
) -> Answer<Json<Done>> {
    let change = Change { subject: Subject::Incident(id.to_owned()), field: field.to_owned(), old, new };
    let name = who.name.clone();
    let number = app.pool.run(async move |store| store.review(&change, &name, why.as_deref()).await).await?;
    app.refresh().await?;
    Ok(Json(Done { number }))
}

/// `POST /api/incidents/{id}/state`
pub(crate) async fn set_state(
    State(app): State<App>,
    Path(id): Path<String>,
    Extension(who): Extension<Who>,
    Json(new): Json<NewState>,
) -> Answer<Json<Done>> {
    let entry = app.snapshot().find(&id).cloned().ok_or_else(|| Problem::missing("incident"))?;
    if who.role < Role::Editor && (new.state == ReviewState::Final || entry.state == ReviewState::Final) {
        return Err(Problem::new(StatusCode::FORBIDDEN, "only editors make an incident final, or open it again"));
    }
    let (old, state) = (Some(entry.state.name().into()), Some(new.state.name().into()));
    review(&app, &id, &who, STATE, old, state, reason(new.reason)?).await
}

/// `POST /api/incidents/{id}/fields`
pub(crate) async fn correct(
    State(app): State<App>,
    Path(id): Path<String>,
    Extension(who): Extension<Who>,
    Json(correction): Json<Correction>,
) -> Answer<Json<Done>> {
    let Correction { field, value, reason: why } = correction;
    let mut incident = incident(&app, &id).await?;
    app.snapshot().overlay.lay_over(&mut incident);
    if app.snapshot().find(&id).is_some_and(|entry| entry.state == ReviewState::Final) && who.role < Role::Editor {
        return Err(Problem::new(StatusCode::FORBIDDEN, "this incident is final; only editors change it"));
    }
    let old = value_of(&incident, &field);
    put(&mut incident, &field, &value).map_err(Problem::bad)?;
    if old == value_of(&incident, &field) {
        return Err(Problem::new(StatusCode::CONFLICT, "this is what stands there already"));
    }
    let new = Some(value).filter(|value| !value.is_null());
    review(&app, &id, &who, &field, old, new, reason(why)?).await
}

/// `POST /api/incidents/{id}/comments`
pub(crate) async fn comment(
    State(app): State<App>,
    Path(id): Path<String>,
    Extension(who): Extension<Who>,
    Json(new): Json<NewComment>,
) -> Answer<Json<Done>> {
    let text = reason(Some(new.text))?.ok_or_else(|| Problem::bad("a comment has words"))?;
    let event = incident(&app, &id).await?.events.into_iter().next().unwrap_or_default();
    let number = app.pool.run(async move |store| store.comment(&event, &who.name, &text).await).await?;
    Ok(Json(Done { number }))
}

/// `POST /api/incidents/{id}/assignee`
pub(crate) async fn assign(
    State(app): State<App>,
    Path(id): Path<String>,
    Extension(who): Extension<Who>,
    Json(new): Json<NewAssignee>,
) -> Answer<Json<Done>> {
    let assignee = new.assignee.filter(|name| !name.is_empty());
    let event = incident(&app, &id).await?.events.into_iter().next().unwrap_or_default();
    if let Some(name) = assignee.clone().filter(|name| *name != who.name) {
        let told = format!("there is no account {name:?}");
        app.pool.run(async move |store| store.user(&name).await).await?.ok_or_else(|| Problem::bad(told))?;
    }
    let number = app.pool.run(async move |store| store.assign(&event, assignee.as_deref(), &who.name).await).await?;
    app.refresh().await?;
    Ok(Json(Done { number }))
}

/// `POST /api/reviews/{number}/undo`
pub(crate) async fn undo(
    State(app): State<App>,
    Path(number): Path<i64>,
    Extension(who): Extension<Who>,
    Json(why): Json<Why>,
) -> Answer<Json<Done>> {
    let reviews = app.pool.run(async |store| store.reviews().await).await?;
    let review = reviews.into_iter().find(|review| review.number == number);
    let review = review.filter(|review| !review.undone && review.change.is_some());
    let review =
        review.ok_or_else(|| Problem::new(StatusCode::CONFLICT, format!("there is no review {number} that could be taken back")))?;
    let of_final =
        review.change.as_ref().is_some_and(|change| change.field == STATE && change.old == Some(ReviewState::Final.name().into()));
    if who.role < Role::Editor && (review.author != who.name || of_final) {
        return Err(Problem::new(StatusCode::FORBIDDEN, "only editors take back what others did"));
    }
    let why = reason(why.reason)?;
    let number = app.pool.run(async move |store| store.undo_review(number, &who.name, why.as_deref()).await).await?;
    app.refresh().await?;
    Ok(Json(Done { number }))
}

async fn decide(app: &App, who: &Who, verdict: Verdict, why: Option<String>, event: Option<String>) -> Answer<Json<Relinked>> {
    let (name, why) = (who.name.clone(), reason(why)?);
    let number = app.pool.run(async move |store| store.decide(verdict, &name, why.as_deref()).await).await?;
    app.relink().await?;
    let snapshot = app.snapshot();
    let has = |entry: &&Arc<Entry>| event.as_ref().is_some_and(|event| entry.events.iter().any(|one| **one == **event));
    Ok(Json(Relinked { number, incident: snapshot.entries.iter().find(has).map(|entry| entry.id.to_string()) }))
}

/// `POST /api/incidents/{id}/merge`
pub(crate) async fn merge(
    State(app): State<App>,
    Path(id): Path<String>,
    Extension(who): Extension<Who>,
    Json(merge): Json<Merge>,
) -> Answer<Json<Relinked>> {
    if merge.with.is_empty() || merge.with.len() > 50 || merge.with.contains(&id) {
        return Err(Problem::bad("name the other incidents, 1 to 50 of them"));
    }
    let mut sides = Vec::new();
    for id in std::iter::once(&id).chain(&merge.with) {
        sides.push(incident(&app, id).await?.events);
    }
    let first = sides.first().and_then(|events| events.first()).cloned();
    decide(&app, &who, Verdict::Merge(sides), merge.reason, first).await
}

/// `POST /api/incidents/{id}/split`
pub(crate) async fn split(
    State(app): State<App>,
    Path(id): Path<String>,
    Extension(who): Extension<Who>,
    Json(split): Json<Split>,
) -> Answer<Json<Relinked>> {
    let incident = incident(&app, &id).await?;
    if let Some(event) = split.events.iter().find(|event| !incident.events.contains(event)) {
        return Err(Problem::bad(format!("{event:?} is no event of this incident")));
    }
    let (leaving, staying): (Vec<String>, Vec<String>) = incident.events.into_iter().partition(|event| split.events.contains(event));
    if leaving.is_empty() || staying.is_empty() {
        return Err(Problem::bad("name some of its events, not all of them"));
    }
    let first = staying.first().cloned();
    decide(&app, &who, Verdict::Split(vec![leaving, staying]), split.reason, first).await
}

/// `POST /api/decisions/{number}/undo`
pub(crate) async fn undo_decision(
    State(app): State<App>,
    Path(number): Path<i64>,
    Extension(who): Extension<Who>,
    Json(why): Json<Why>,
) -> Answer<Json<Relinked>> {
    let decisions = app.pool.run(async |store| store.decisions().await).await?;
    let decision = decisions.into_iter().find(|decision| decision.number == number);
    let first = decision.and_then(|decision| match decision.verdict {
        Verdict::Merge(sides) | Verdict::Split(sides) => sides.into_iter().flatten().next(),
        Verdict::Undo(_) => None,
    });
    decide(&app, &who, Verdict::Undo(number), why.reason, first).await
}

/// How a field fares under review.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct FieldQuality {
    field: String,
    /// Incidents that were reviewed.
    reviewed: usize,
    /// Those of them in which people changed it.
    changed: usize,
    /// Share that the machine had right.
    accuracy: Option<f64>,
    /// Incidents that two reviewers looked at, each saying what the field is.
    doubly: usize,
    /// Share on which they agree.
    agreement: Option<f64>,
    /// Cohen's kappa; none where fewer than two values were given.
    kappa: Option<f64>,
}

/// How well machine and people agree.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Quality {
    /// Incidents that somebody reviewed, made final or rejected.
    reviewed: usize,
    rejected: usize,
    /// Share of reviewed incidents that are incidents.
    precision: Option<f64>,
    fields: Vec<FieldQuality>,
    /// Reviews by person.
    people: BTreeMap<String, usize>,
}

/// `GET /api/quality`
///
/// A reviewer's value of a field is what they put, or the machine's where they set the state and left the field alone.
pub(crate) async fn quality(State(app): State<App>) -> Answer<Json<Quality>> {
    if app.is_public() {
        return Err(Problem::new(StatusCode::FORBIDDEN, "the names of reviewers are not published"));
    }
    let snapshot = app.snapshot();
    let settled = |state| matches!(state, ReviewState::Reviewed | ReviewState::Final | ReviewState::Rejected);
    let entries: Vec<&Arc<Entry>> = snapshot.entries.iter().filter(|entry| settled(entry.state)).collect();
    let ids: Vec<String> = entries.iter().map(|entry| entry.id.to_string()).collect();
    let read = async move |store: &mut marsad_store::Store| {
        let mut people: BTreeMap<String, usize> = BTreeMap::new();
        for review in store.reviews().await? {
            *people.entry(review.author).or_default() += 1;
        }
        let mut incidents = Vec::with_capacity(ids.len());
        for id in &ids {
            incidents.extend(store.incident(id).await?);
        }
        Ok((people, incidents))
    };
    let (people, incidents) = app.pool.run(read).await?;
    let rejected = entries.iter().filter(|entry| entry.state == ReviewState::Rejected).count();
    let mut fields: BTreeMap<String, FieldQuality> = ["action", "when", "where", "participants", "killed/all", "injured/all"]
        .map(|field| (field.to_owned(), FieldQuality::default()))
        .into();
    let mut pairs: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for machine in &incidents {
        let mut now = machine.clone();
        snapshot.overlay.lay_over(&mut now);
        // What each person's own reviews make of it.
        let mut by_person: BTreeMap<&str, Incident> = BTreeMap::new();
        for review in snapshot.overlay.of_incident(&machine.events) {
            let own = by_person.entry(&review.author).or_insert_with(|| machine.clone());
            if let Some(change) = review.change.as_ref().filter(|change| change.field != STATE) {
                let _ = put(own, &change.field, change.new.as_ref().unwrap_or(&Value::Null));
            }
        }
        for (field, row) in &mut fields {
            let text = |incident: &Incident| value_of(incident, field).map_or_else(String::new, |value| value.to_string());
            row.reviewed += 1;
            row.changed += usize::from(text(machine) != text(&now));
            let mut of_people = by_person.values().map(text);
            if let (Some(a), Some(b)) = (of_people.next(), of_people.next()) {
                pairs.entry(field.clone()).or_default().push((a, b));
            }
        }
    }
    let share = |part: usize, whole: usize| (whole > 0).then(|| part as f64 / whole as f64);
    let fields = fields.into_iter().map(|(field, row)| {
        let pairs = pairs.remove(&field).unwrap_or_default();
        let agreed = pairs.iter().filter(|(a, b)| a == b).count();
        FieldQuality {
            accuracy: share(row.reviewed - row.changed, row.reviewed),
            doubly: pairs.len(),
            agreement: share(agreed, pairs.len()),
            kappa: kappa(&pairs),
            field,
            ..row
        }
    });
    let fields = fields.collect();
    Ok(Json(Quality { reviewed: entries.len(), rejected, precision: share(entries.len() - rejected, entries.len()), fields, people }))
}

/// Agreement beyond chance (Cohen, A coefficient of agreement for nominal scales, 1960).
fn kappa(pairs: &[(String, String)]) -> Option<f64> {
    let n = pairs.len() as f64;
    let mut counts: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for (a, b) in pairs {
        counts.entry(a).or_default().0 += 1.0;
        counts.entry(b).or_default().1 += 1.0;
    }
    let observed = pairs.iter().filter(|(a, b)| a == b).count() as f64 / n;
    let expected: f64 = counts.values().map(|(a, b)| a * b / (n * n)).sum();
    (counts.len() > 1 && expected < 1.0).then(|| (observed - expected) / (1.0 - expected))
}

#[cfg(test)]
mod tests {
    #[test]
    fn kappa_is_agreement_beyond_chance() {
        let pairs = |of: &[(&str, &str)]| of.iter().map(|(a, b)| ((*a).into(), (*b).into())).collect::<Vec<(String, String)>>();
        assert_eq!(super::kappa(&pairs(&[("a", "a"), ("b", "b")])), Some(1.0));
        assert_eq!(super::kappa(&pairs(&[("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")])), Some(0.0));
        assert_eq!(super::kappa(&pairs(&[("a", "a")])), None);
        assert_eq!(super::kappa(&[]), None);
    }
}
