//! What readers ask for: one incident, all of them one after the other, reports by id, and whether anything changed.

use crate::connection::Store;
use crate::documents::{ASKED, COLUMNS, head, read};
use crate::insert::one_of;
use crate::{Amended, Error, Head, Result};
use marsad_model::{Coded, Incident};
use sqlx::Row;

/// Incidents that are read together.
const PAGE: i64 = 500;

/// Numbers that grow with every change: two equal ones mean that nothing was written in between.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pulse {
    /// How often all incidents were made anew.
    pub linkings: i64,
    /// Documents and decisions that linking has heeded since; grows with every step.
    pub linked: i64,
    /// Documents, every version.
    pub documents: i64,
    /// Decisions about merging and splitting.
    pub decisions: i64,
    /// Reviews and assignments.
    pub reviews: i64,
}

/// A document with its text and what was coded in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// What is known of it.
    pub head: Head,
    /// Its text.
    pub text: String,
    /// Its record.
    pub record: Coded,
}

impl Store {
    /// How much was written so far.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn pulse(&mut self) -> Result<Pulse> {
        let statement = "SELECT (SELECT COALESCE(MAX(number), 0) FROM linkings), (SELECT COUNT(*) FROM documents), \
                         (SELECT COALESCE(MAX(number), 0) FROM decisions), \
                         COALESCE((SELECT documents + decisions FROM linkings WHERE number = (SELECT MAX(number) FROM linkings)), 0), \
                         (SELECT COALESCE(MAX(number), 0) FROM reviews) + (SELECT COALESCE(MAX(number), 0) FROM assignments)";
        let row = sqlx::query(statement).fetch_one(&mut self.connection).await?;
        Ok(Pulse {
            linkings: row.try_get(0)?,
            documents: row.try_get(1)?,
            decisions: row.try_get(2)?,
            linked: row.try_get(3)?,
            reviews: row.try_get(4)?,
        })
    }

    /// One incident.
    ///
    /// # Errors
    ///
    /// Where the database fails, or what it holds is no incident.
    pub async fn incident(&mut self, id: &str) -> Result<Option<Incident>> {
        let query = sqlx::query("SELECT id, record FROM incidents WHERE id = $1").bind(id.to_owned());
        query.fetch_optional(&mut self.connection).await?.as_ref().map(incident).transpose()
    }

    /// All incidents in the order of ids, with `each` called for every one, so that they need not be held together.
    ///
    /// # Errors
    ///
    /// Where the database fails, or what it holds is no incident.
    pub async fn each_incident(&mut self, mut each: impl FnMut(Incident)) -> Result<()> {
        let mut after = String::new();
        loop {
            let statement = "SELECT id, record FROM incidents WHERE id > $1 ORDER BY id LIMIT $2";
            let rows = sqlx::query(statement).bind(after.clone()).bind(PAGE).fetch_all(&mut self.connection).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = last.try_get(0)?;
            for row in &rows {
                each(incident(row)?);
            }
        }
    }

    /// Documents with their texts and records, with what people made of their events, by id; those that are not there are left out.
    ///
    /// # Errors
    ///
    /// Where the database fails, or what it holds is no record.
    pub async fn reports(&mut self, ids: &[String]) -> Result<Vec<Report>> {
        let columns = COLUMNS.split(", ").map(|column| format!("d.{column}")).collect::<Vec<_>>().join(", ");
        let statement = format!(
            "SELECT {columns}, t.text, r.record FROM documents d JOIN texts t ON t.document = d.id \
             JOIN records r ON r.document = d.id WHERE d.id IN () ORDER BY d.id"
        );
        let amended = Amended::of(self.amendments().await?);
        let mut out = Vec::new();
        for chunk in ids.chunks(ASKED) {
            let query = sqlx::query(one_of(&statement, chunk.len())).persistent(false);
            let query = chunk.iter().fold(query, |query, id| query.bind(id.clone()));
            for row in &query.fetch_all(&mut self.connection).await? {
                let head = head(row, 0)?;
                let mut record = read(&head.id, &row.try_get::<String, _>(16)?)?;
                amended.lay_over(&mut record);
                out.push(Report { text: row.try_get(15)?, record, head });
            }
        }
        Ok(out)
    }
}

fn incident(row: &sqlx::any::AnyRow) -> Result<Incident> {
    let (id, record): (String, String) = (row.try_get(0)?, row.try_get(1)?);
    serde_json::from_str(&record).map_err(|error| Error::Damaged(format!("the incident {id} cannot be read ({error})")))
}
