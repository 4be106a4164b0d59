//! Searching texts, and paging through what is stored.

use crate::connection::Store;
use crate::documents::{Head, head, read};
use crate::insert::{Value, insert, one_of};
use crate::{Amended, Error, Result};
use marsad_model::{Coded, Incident};
use marsad_search::{Parts, Words};
use sqlx::{AssertSqlSafe, Row};
use std::collections::HashSet;

/// Documents that are put into the index together.
const BATCH: i64 = 64;
/// Rows that are read together.
const PAGE: i64 = 500;

/// A place in a list that goes from the last day backwards: the day (empty where there is none) and the id of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// ISO 8601, or empty.
    pub day: String,
    /// Of the document or incident.
    pub id: String,
}

impl Store {
    /// How many documents wait to be put into the index.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn unindexed(&mut self) -> Result<i64> {
        Ok(sqlx::query("SELECT COUNT(*) FROM search_queue").fetch_one(&mut self.connection).await?.try_get(0)?)
    }

    /// Puts the words of documents that wait into the index, with `each` told how many were put in at a time.
    ///
    /// Documents wait from the moment they are stored. Whoever is killed in the middle begins again where it stopped.
    ///
    /// # Errors
    ///
    /// Where the database fails; what was told to `each` stays in the index.
    pub async fn index(&mut self, mut each: impl FnMut(usize)) -> Result<()> {
        loop {
            let put = self.index_some().await?;
            if put == 0 {
                return Ok(());
            }
            each(put);
        }
    }

    async fn index_some(&mut self) -> Result<usize> {
        let sqlite = self.is_sqlite();
        let mut transaction = self.write().await?;
        let statement = "SELECT q.document, d.title, t.text FROM search_queue q JOIN documents d ON d.id = q.document \
                         LEFT JOIN texts t ON t.document = q.document ORDER BY q.document LIMIT $1";
        let waiting = sqlx::query(statement).bind(BATCH).fetch_all(&mut *transaction).await?;
        if waiting.is_empty() {
            return Ok(0);
        }
        let last = sqlx::query("SELECT COALESCE(MAX(number), 0) FROM search_parts").fetch_one(&mut *transaction).await?;
        let mut number: i64 = last.try_get(0)?;
        let mut put: Vec<(i64, String, String)> = Vec::with_capacity(waiting.len());
        let mut ids: Vec<String> = Vec::with_capacity(waiting.len());
        for row in &waiting {
            let id: String = row.try_get(0)?;
            let (title, text): (Option<String>, Option<String>) = (row.try_get(1)?, row.try_get(2)?);
            let parts = Parts::of(title.as_deref(), text.as_deref().unwrap_or_default());
            let parts: Vec<String> = if sqlite { parts.for_sqlite().collect() } else { parts.for_postgres().collect() };
            for part in parts {
                number += 1;
                put.push((number, id.clone(), part));
            }
            ids.push(id);
        }
        if sqlite {
            let rows: Vec<_> = put.iter().map(|(number, id, _)| vec![Value::Whole(*number), Value::Text(id)]).collect();
            insert(&mut transaction, "search_parts", "number, document", &rows).await?;
            let rows: Vec<_> = put.iter().map(|(number, _, words)| vec![Value::Whole(*number), Value::Text(words)]).collect();
            insert(&mut transaction, "search_words", "rowid, words", &rows).await?;
        } else {
            for (number, id, words) in put {
                sqlx::query("INSERT INTO search_parts (number, document, words) VALUES ($1, $2, CAST(CAST($3 AS TEXT) AS tsvector))")
                    .bind(number)
                    .bind(id)
                    .bind(words)
                    .execute(&mut *transaction)
                    .await?;
            }
        }
        let query = sqlx::query(one_of("DELETE FROM search_queue WHERE document IN ()", ids.len())).persistent(false);
        ids.iter().fold(query, |query, id| query.bind(id.clone())).execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(ids.len())
    }

    /// The ids of the documents, latest versions alone, that have the words.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn documents_with(&mut self, words: &Words) -> Result<HashSet<String>> {
        let (wanted, unwanted) = match self.is_sqlite() {
            true => (words.fts5(), words.fts5_unwanted()),
            false => (words.tsquery(), words.tsquery_unwanted()),
        };
        let mut found = self.matching(wanted).await?;
        if let Some(unwanted) = unwanted {
            for id in self.matching(unwanted).await? {
                found.remove(&id);
            }
        }
        Ok(found)
    }

    async fn matching(&mut self, asked: String) -> Result<HashSet<String>> {
        let statement = if self.is_sqlite() {
            "SELECT p.document FROM search_words JOIN search_parts p ON p.number = search_words.rowid \
             JOIN documents d ON d.id = p.document WHERE search_words MATCH $1 AND d.latest = 1"
        } else {
            "SELECT p.document FROM search_parts p JOIN documents d ON d.id = p.document \
             WHERE p.words @@ CAST(CAST($1 AS TEXT) AS tsquery) AND d.latest = 1"
        };
        let rows = sqlx::query(statement).bind(asked).fetch_all(&mut self.connection).await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    /// The next incidents after a mark, from the last first day backwards, those without a day at the end; nothing after the last.
    ///
    /// # Errors
    ///
    /// Where the database fails, or what it holds is no incident.
    pub async fn incidents_after(&mut self, mark: Option<&Mark>) -> Result<Vec<(Mark, Incident)>> {
        let rows = self.after("COALESCE(start_day, '')", "id", "record FROM incidents", "1 = 1", mark).await?;
        let read = |row: &sqlx::any::AnyRow| {
            let mark = Mark { day: row.try_get(0)?, id: row.try_get(1)? };
            let record: String = row.try_get(2)?;
            let incident = serde_json::from_str(&record)
                .map_err(|error| Error::Damaged(format!("the incident {} cannot be read ({error})", mark.id)))?;
            Ok((mark, incident))
        };
        rows.iter().map(read).collect()
    }

    /// The next documents after a mark, latest versions alone, from the last day of publication backwards, those without a day at the end.
    ///
    /// # Errors
    ///
    /// Where the database fails, or what it holds is no record.
    pub async fn documents_after(&mut self, mark: Option<&Mark>) -> Result<Vec<(Mark, Head, Coded)>> {
        let columns = crate::documents::COLUMNS.split(", ").map(|column| format!("d.{column}")).collect::<Vec<_>>().join(", ");
        let from = format!("r.record, {columns} FROM documents d JOIN records r ON r.document = d.id");
        let amended = Amended::of(self.amendments().await?);
        let rows = self.after("COALESCE(d.published, '')", "d.id", &from, "d.latest = 1", mark).await?;
        let read = |row: &sqlx::any::AnyRow| {
            let mark = Mark { day: row.try_get(0)?, id: row.try_get(1)? };
            let mut coded = read(&mark.id, &row.try_get::<String, _>(2)?)?;
            amended.lay_over(&mut coded);
            Ok((mark, head(row, 3)?, coded))
        };
        rows.iter().map(read).collect()
    }

    /// How many documents, latest versions alone, were published on every day; the empty day is that of documents without one.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn documents_per_day(&mut self) -> Result<Vec<(String, i64)>> {
        let statement = "SELECT COALESCE(published, ''), COUNT(*) FROM documents WHERE latest = 1 \
                         GROUP BY COALESCE(published, '') ORDER BY COALESCE(published, '')";
        self.rows(statement).await?.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
    }

    /// A page of rows; only the two values of the mark come from outside, as parameters.
    async fn after(&mut self, day: &str, id: &str, from: &str, only: &str, mark: Option<&Mark>) -> Result<Vec<sqlx::any::AnyRow>> {
        let past = if mark.is_some() { format!("AND ({day}, {id}) < ($1, $2)") } else { String::new() };
        let statement = format!("SELECT {day}, {id}, {from} WHERE {only} {past} ORDER BY {day} DESC, {id} DESC LIMIT {PAGE}");
        let query = sqlx::query(AssertSqlSafe(statement));
        let query = match mark {
            Some(mark) => query.bind(mark.day.clone()).bind(mark.id.clone()),
            None => query,
        };
        Ok(query.fetch_all(&mut self.connection).await?)
    }
}
