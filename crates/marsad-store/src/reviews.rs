//! What people say of incidents and events: added to, never changed.

use crate::connection::Store;
use crate::documents::now;
use crate::{Error, Result};
use marsad_model::{Incident, ReviewState};
use serde_json::Value;
use sqlx::Row;
use std::collections::HashMap;

/// The field of a review that tells how far people have looked.
pub const STATE: &str = "state";

/// What a review is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// An incident, by its id.
    Incident(String),
    /// An event, by its id.
    Event(String),
}

/// What somebody says.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Of what.
    pub subject: Subject,
    /// [`STATE`], or the field of the record that is put right.
    pub field: String,
    /// What stood there.
    pub old: Option<Value>,
    /// What is to stand there.
    pub new: Option<Value>,
}

/// A review as it was made.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    /// Counted from 1.
    pub number: i64,
    /// What is said; `None` for a review that takes another one back.
    pub change: Option<Change>,
    /// The events of the incident as it was then.
    pub events: Vec<String>,
    /// By whom.
    pub author: String,
    /// When (UTC, RFC 3339).
    pub made: String,
    /// Why, if told.
    pub reason: Option<String>,
    /// The review that it takes back.
    pub undoes: Option<i64>,
    /// Whether it was taken back since.
    pub undone: bool,
}

impl Store {
    /// Adds a review; gives its number.
    ///
    /// # Errors
    ///
    /// Where there is no such incident or event, the state is none, or the database fails.
    pub async fn review(&mut self, change: &Change, author: &str, reason: Option<&str>) -> Result<i64> {
        if change.field == STATE && state(change.new.as_ref()).is_none() {
            let told = change.new.as_ref().map_or_else(String::new, Value::to_string);
            return Err(Error::NoSubject(format!("{told} is no state of a review")));
        }
        let (kind, subject, events) = match &change.subject {
            Subject::Incident(id) => {
                let query = sqlx::query("SELECT record FROM incidents WHERE id = $1").bind(id.clone());
                let row = query.fetch_optional(&mut self.connection).await?;
                let record: String = row.ok_or_else(|| Error::NoSubject(format!("there is no incident {id}")))?.try_get(0)?;
                let incident: Incident = serde_json::from_str(&record).map_err(|error| Error::Damaged(error.to_string()))?;
                ("incident", id, incident.events)
            }
            Subject::Event(id) => {
                let document = id.rsplit_once('#').map(|(document, _)| document.to_owned()).unwrap_or_default();
                let reports = self.reports(std::slice::from_ref(&document)).await?;
                if !reports.iter().flat_map(|report| &report.record.events).any(|event| event.id == *id) {
                    return Err(Error::NoSubject(format!("there is no event {id}")));
                }
                ("event", id, vec![id.clone()])
            }
        };
        let text = |value: &Option<Value>| value.as_ref().map(Value::to_string);
        let row =
            New { kind, subject, events: &events, field: &change.field, old: text(&change.old), new: text(&change.new), undoes: None };
        self.add_review(row, author, reason).await
    }

    /// Takes a review back; gives the number of the row that says so.
    ///
    /// # Errors
    ///
    /// Where no such review stands, or the database fails.
    pub async fn undo_review(&mut self, number: i64, author: &str, reason: Option<&str>) -> Result<i64> {
        let reviews = self.reviews().await?;
        let stands = reviews.into_iter().find(|review| review.number == number && !review.undone);
        let Some((change, events)) = stands.and_then(|review| Some((review.change?, review.events))) else {
            return Err(Error::NoSubject(format!("there is no review {number} that could be taken back")));
        };
        let (kind, subject) = match &change.subject {
            Subject::Incident(id) => ("incident", id),
            Subject::Event(id) => ("event", id),
        };
        let row = New { kind, subject, events: &events, field: &change.field, old: None, new: None, undoes: Some(number) };
        self.add_review(row, author, reason).await
    }

    async fn add_review(&mut self, row: New<'_>, author: &str, reason: Option<&str>) -> Result<i64> {
        let mut transaction = self.write().await?;
        if let Some(undone) = row.undoes {
            // Somebody else may have been quicker.
            let query = sqlx::query("SELECT number FROM reviews WHERE undoes = $1").bind(undone);
            if query.fetch_optional(&mut *transaction).await?.is_some() {
                return Err(Error::NoSubject(format!("there is no review {undone} that could be taken back")));
            }
        }
        let last = sqlx::query("SELECT COALESCE(MAX(number), 0) FROM reviews").fetch_one(&mut *transaction).await?;
        let number = last.try_get::<i64, _>(0)? + 1;
        let statement = "INSERT INTO reviews (number, kind, subject, events, field, old_value, new_value, author, made, reason, undoes) \
                         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
        sqlx::query(statement)
            .bind(number)
            .bind(row.kind.to_owned())
            .bind(row.subject.to_owned())
            .bind(serde_json::to_string(row.events).unwrap_or_default())
            .bind(row.field.to_owned())
            .bind(row.old)
            .bind(row.new)
            .bind(author.to_owned())
            .bind(now())
            .bind(reason.map(str::to_owned))
            .bind(row.undoes)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(number)
    }

    /// All reviews, in the order in which they were made.
    ///
    /// # Errors
    ///
    /// Where the database fails, or what it holds is no review.
    pub async fn reviews(&mut self) -> Result<Vec<Review>> {
        let statement =
            "SELECT number, kind, subject, events, field, old_value, new_value, author, made, reason, undoes FROM reviews ORDER BY number";
        let mut out: Vec<Review> = Vec::new();
        for row in self.rows(statement).await? {
            let number: i64 = row.try_get(0)?;
            let damaged = |error: serde_json::Error| Error::Damaged(format!("review {number} cannot be read ({error})"));
            let (kind, subject, events): (String, String, String) = (row.try_get(1)?, row.try_get(2)?, row.try_get(3)?);
            let json = |text: Option<String>| text.map(|text| serde_json::from_str(&text)).transpose().map_err(damaged);
            let undoes: Option<i64> = row.try_get(10)?;
            let change = Change {
                subject: if kind == "incident" { Subject::Incident(subject) } else { Subject::Event(subject) },
                field: row.try_get(4)?,
                old: json(row.try_get(5)?)?,
                new: json(row.try_get(6)?)?,
            };
            if let Some(undone) = undoes {
                out.iter_mut().filter(|review| review.number == undone).for_each(|review| review.undone = true);
            }
            out.push(Review {
                number,
                change: undoes.is_none().then_some(change),
                events: serde_json::from_str(&events).map_err(damaged)?,
                author: row.try_get(7)?,
                made: row.try_get(8)?,
                reason: row.try_get(9)?,
                undoes,
                undone: false,
            });
        }
        Ok(out)
    }

    /// How far people have looked, by the reviews that stand.
    ///
    /// # Errors
    ///
    /// As [`Store::reviews`].
    pub async fn review_states(&mut self) -> Result<States> {
        Ok(States::of(&self.reviews().await?))
    }
}

/// A row on its way into the table.
struct New<'a> {
    kind: &'a str,
    subject: &'a str,
    events: &'a [String],
    field: &'a str,
    old: Option<String>,
    new: Option<String>,
    undoes: Option<i64>,
}

fn state(value: Option<&Value>) -> Option<ReviewState> {
    ReviewState::from_name(value?.as_str()?)
}

/// How far people have looked at incidents and events.
#[derive(Clone, Debug, Default)]
pub struct States {
    /// The reviews of incidents that have an event: its number in `told`, later ones last.
    by_event: HashMap<String, Vec<usize>>,
    told: Vec<(Vec<String>, ReviewState)>,
    events: HashMap<String, ReviewState>,
}

impl States {
    /// The states that these reviews tell.
    pub fn of(reviews: &[Review]) -> Self {
        let mut out = Self::default();
        for review in reviews.iter().filter(|review| !review.undone) {
            let Some(change) = review.change.as_ref().filter(|change| change.field == STATE) else { continue };
            let Some(state) = state(change.new.as_ref()) else { continue };
            match &change.subject {
                Subject::Event(id) => {
                    out.events.insert(id.clone(), state);
                }
                Subject::Incident(_) => {
                    for event in &review.events {
                        out.by_event.entry(event.clone()).or_default().push(out.told.len());
                    }
                    out.told.push((review.events.clone(), state));
                }
            }
        }
        out
    }

    /// The state of an incident: that of the last review of it.
    ///
    /// A review holds as long as the incident is still much the same: it has more than half of the events that were reviewed,
    /// and they are at least half of its events. An incident that became another one is to be looked at again.
    pub fn of_incident(&self, incident: &Incident) -> ReviewState {
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for event in &incident.events {
            for review in self.by_event.get(event).into_iter().flatten() {
                *shared.entry(*review).or_default() += 1;
            }
        }
        let same = |(review, shared): (usize, usize)| {
            (shared * 2 > self.told[review].0.len() && shared * 2 >= incident.events.len()).then_some(review)
        };
        shared.into_iter().filter_map(same).max().map_or(ReviewState::Machine, |review| self.told[review].1)
    }

    /// The state of an event: that of the last review of it.
    pub fn of_event(&self, id: &str) -> ReviewState {
        self.events.get(id).copied().unwrap_or(ReviewState::Machine)
    }
}
