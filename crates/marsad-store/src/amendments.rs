//! Events that people add to what was coded in a document, or take out of it: added to, never changed, and laid over the
//! record whenever it is read.

use crate::connection::Store;
use crate::documents::{now, read};
use crate::{Error, Result};
use marsad_model::{Coded, Event};
use sqlx::{Any, Row, Transaction};
use std::collections::HashMap;

/// What somebody does to the events of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// An event that was not coded; its id is given when it is stored.
    Add(Box<Event>),
    /// An event that is none, by its id.
    Drop(String),
    /// An earlier amendment is taken back.
    Undo(i64),
}

/// An amendment as it was made.
#[derive(Clone, Debug, PartialEq)]
pub struct Amendment {
    /// Counted from 1.
    pub number: i64,
    /// What was done.
    pub edit: Edit,
    /// The document.
    pub document: String,
    /// The event that came, went, or went back.
    pub event: String,
    /// By whom.
    pub person: String,
    /// Why, if told.
    pub reason: Option<String>,
    /// When (UTC, RFC 3339).
    pub made: String,
    /// Whether it was taken back since.
    pub undone: bool,
}

/// The amendments that stand, by document.
#[derive(Clone, Debug, Default)]
pub struct Amended(HashMap<String, Vec<Edit>>);

impl Amended {
    /// Those of these amendments that were not taken back.
    pub fn of(all: Vec<Amendment>) -> Self {
        let mut out = Self::default();
        for one in all.into_iter().filter(|one| !one.undone && !matches!(one.edit, Edit::Undo(_))) {
            out.0.entry(one.document).or_default().push(one.edit);
        }
        out
    }

    /// Lays over a record what people made of its events; these stay in the order of their triggers.
    pub fn lay_over(&self, coded: &mut Coded) {
        let Some(edits) = self.0.get(&coded.document.id) else { return };
        for edit in edits {
            match edit {
                Edit::Add(event) => coded.events.push((**event).clone()),
                Edit::Drop(id) => coded.events.retain(|event| event.id != *id),
                Edit::Undo(_) => {}
            }
        }
        coded.events.sort_by_key(|event| event.trigger.span);
    }
}

impl Store {
    /// Adds an amendment; gives its number. The document waits to be linked from then on.
    ///
    /// # Errors
    ///
    /// Where there is no such document, event or amendment, or the database fails.
    pub async fn amend(&mut self, document: &str, edit: Edit, person: &str, reason: Option<&str>) -> Result<i64> {
        let mut transaction = self.write().await?;
        let before = amendments(&mut transaction).await?;
        let query = sqlx::query("SELECT record FROM records WHERE document = $1").bind(document.to_owned());
        let record = query.fetch_optional(&mut *transaction).await?;
        let record: String = record.ok_or_else(|| Error::NoSubject(format!("there is no document {document}")))?.try_get(0)?;
        let mut coded = read(document, &record)?;
        // Ids are given once: those of events that are gone are never given again.
        let given = coded.events.len() + before.iter().filter(|one| one.document == document && matches!(one.edit, Edit::Add(_))).count();
        let of_it = before.iter().find(|one| matches!(edit, Edit::Undo(number) if number == one.number));
        let undone = of_it.map(|one| (one.undone || one.document != document || matches!(one.edit, Edit::Undo(_)), one.event.clone()));
        let number = before.last().map_or(1, |last| last.number + 1);
        Amended::of(before).lay_over(&mut coded);
        let there = |id: &str| coded.events.iter().any(|event| event.id == id);
        let (kind, event, record, undoes) = match edit {
            Edit::Add(mut event) => {
                event.id = format!("{document}#{}", given + 1);
                ("add", event.id.clone(), Some(serde_json::to_string(&event).unwrap_or_default()), None)
            }
            Edit::Drop(id) if there(&id) => ("drop", id, None, None),
            Edit::Drop(id) => return Err(Error::NoSubject(format!("there is no event {id}"))),
            Edit::Undo(number) => match undone {
                Some((false, event)) => ("undo", event, None, Some(number)),
                _ => return Err(Error::NoSubject(format!("there is no amendment {number} of this document that could be taken back"))),
            },
        };
        let statement = "INSERT INTO amendments (number, kind, document, event, record, undoes, person, reason, made) \
                         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        sqlx::query(statement)
            .bind(number)
            .bind(kind)
            .bind(document.to_owned())
            .bind(event)
            .bind(record)
            .bind(undoes)
            .bind(person.to_owned())
            .bind(reason.map(str::to_owned))
            .bind(now())
            .execute(&mut *transaction)
            .await?;
        let waits = sqlx::query("INSERT INTO unlinked (document) VALUES ($1) ON CONFLICT DO NOTHING");
        waits.bind(document.to_owned()).execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(number)
    }

    /// All amendments, in the order in which they were made.
    ///
    /// # Errors
    ///
    /// Where the database fails, or what it holds is no amendment.
    pub async fn amendments(&mut self) -> Result<Vec<Amendment>> {
        let mut transaction = sqlx::Connection::begin(&mut self.connection).await?;
        amendments(&mut transaction).await
    }
}

pub(crate) async fn amendments(transaction: &mut Transaction<'_, Any>) -> Result<Vec<Amendment>> {
    let statement = "SELECT number, kind, document, event, record, undoes, person, reason, made FROM amendments ORDER BY number";
    let mut out: Vec<Amendment> = Vec::new();
    for row in sqlx::query(statement).fetch_all(&mut **transaction).await? {
        let (number, kind, event): (i64, String, String) = (row.try_get(0)?, row.try_get(1)?, row.try_get(3)?);
        let damaged = |what: &str| Error::Damaged(format!("amendment {number} {what}"));
        let edit = match kind.as_str() {
            "add" => {
                let record: Option<String> = row.try_get(4)?;
                let read = serde_json::from_str(&record.unwrap_or_default());
                Edit::Add(read.map_err(|error| damaged(&format!("cannot be read ({error})")))?)
            }
            "drop" => Edit::Drop(event.clone()),
            _ => Edit::Undo(row.try_get::<Option<i64>, _>(5)?.ok_or_else(|| damaged("takes nothing back"))?),
        };
        if let Edit::Undo(undone) = edit {
            out.iter_mut().filter(|one| one.number == undone).for_each(|one| one.undone = true);
        }
        out.push(Amendment {
            number,
            edit,
            document: row.try_get(2)?,
            event,
            person: row.try_get(6)?,
            reason: row.try_get(7)?,
            made: row.try_get(8)?,
            undone: false,
        });
    }
    Ok(out)
}
