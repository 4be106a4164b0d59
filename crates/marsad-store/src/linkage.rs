//! What is kept of linking, and how it is changed: one transaction from reading to writing.

use crate::amendments::{Amended, amendments};
use crate::connection::Store;
use crate::decisions::{Decision, decisions};
use crate::documents::{ASKED, now, read};
use crate::insert::{Value, insert, one_of};
use crate::{Error, Result};
use marsad_model::{Coded, Incident};
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};
use std::collections::BTreeSet;

/// What is kept of an event that was linked. See `3_linking.sql`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its id.
    pub event: String,
    /// The id of its document.
    pub document: String,
    /// How it came to its incident.
    pub stage: i64,
    /// The first event of those that hang together with it.
    pub chain: Option<String>,
    /// What names its incident.
    pub home: Option<String>,
    /// Log-odds of the firm event that it is likest, in thousandths.
    pub best: Option<i64>,
    /// What is compared.
    pub facts: String,
}

/// By what standings are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The event.
    Event,
    /// The document.
    Document,
    /// The chain.
    Chain,
    /// The home.
    Home,
}

/// How far linking has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Linked {
    /// Counted from 1 for every time that all was linked anew; 0 before.
    pub number: i64,
    /// By which weights.
    pub method: Option<String>,
    /// How many documents came or went until then; grows with every step.
    pub documents: i64,
    /// How many decisions are heeded.
    pub decisions: i64,
}

/// A change of what is linked; nothing is changed before [`Linking::finish`].
pub struct Linking<'a> {
    transaction: Transaction<'a, Any>,
}

/// The method of incidents that were given as they are.
const GIVEN: &str = "given";
const COLUMNS: &str = "event, document, stage, chain, home, best, facts";

impl Store {
    /// Puts these incidents in the place of all others, at once. Nothing is kept of how they were linked, so that the next
    /// linking begins anew.
    ///
    /// # Errors
    ///
    /// Where the database fails; then the others stay.
    pub async fn replace_incidents(&mut self, incidents: &[Incident]) -> Result<()> {
        let mut linking = self.linking().await?;
        let (unlinked, decisions) = (linking.unlinked().await?, linking.decisions().await?.len());
        let given: Vec<(String, Incident)> = incidents.iter().map(|incident| (incident.id.clone(), incident.clone())).collect();
        linking.clear().await?;
        linking.replace(&[], &given).await?;
        linking.finish(&unlinked, decisions as i64, Some(GIVEN)).await
    }

    /// Begins to change what is linked; other writers wait.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn linking(&mut self) -> Result<Linking<'_>> {
        Ok(Linking { transaction: self.write().await? })
    }
}

impl Linking<'_> {
    /// How far linking has come.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn linked(&mut self) -> Result<Linked> {
        let statement = "SELECT number, method, documents, decisions FROM linkings ORDER BY number DESC LIMIT 1";
        let row = sqlx::query(statement).fetch_optional(&mut *self.transaction).await?;
        let read = |row: AnyRow| {
            Ok(Linked { number: row.try_get(0)?, method: row.try_get(1)?, documents: row.try_get(2)?, decisions: row.try_get(3)? })
        };
        row.map_or_else(|| Ok(Linked::default()), read)
    }

    /// All decisions, in the order in which they were made.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn decisions(&mut self) -> Result<Vec<Decision>> {
        decisions(&mut self.transaction).await
    }

    /// How many documents there are.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn documents(&mut self) -> Result<i64> {
        Ok(sqlx::query("SELECT COUNT(*) FROM documents").fetch_one(&mut *self.transaction).await?.try_get(0)?)
    }

    /// The documents that are not linked yet, or not any more.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn unlinked(&mut self) -> Result<Vec<String>> {
        let rows = sqlx::query("SELECT document FROM unlinked ORDER BY document").fetch_all(&mut *self.transaction).await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    /// The events that are filed under one of these keys, each once.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn filed(&mut self, shelves: &[i64]) -> Result<Vec<Standing>> {
        let mut events: BTreeSet<String> = BTreeSet::new();
        for chunk in shelves.chunks(ASKED) {
            let query = sqlx::query(one_of("SELECT event FROM filed WHERE shelf IN ()", chunk.len())).persistent(false);
            for row in chunk.iter().fold(query, |query, shelf| query.bind(*shelf)).fetch_all(&mut *self.transaction).await? {
                events.insert(row.try_get(0)?);
            }
        }
        self.standings(By::Event, &events.into_iter().collect::<Vec<_>>()).await
    }

    /// The events that have one of these values.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn standings(&mut self, by: By, values: &[String]) -> Result<Vec<Standing>> {
        let column = match by {
            By::Event => "event",
            By::Document => "document",
            By::Chain => "chain",
            By::Home => "home",
        };
        let statement = format!("SELECT {COLUMNS} FROM told WHERE {column} IN ()");
        self.asked(&statement, values, |row| {
            Ok(Standing {
                event: row.try_get(0)?,
                document: row.try_get(1)?,
                stage: row.try_get(2)?,
                chain: row.try_get(3)?,
                home: row.try_get(4)?,
                best: row.try_get(5)?,
                facts: row.try_get(6)?,
            })
        })
        .await
    }

    /// Of these documents those that are the latest version, each with what people made of its events and what its near copies
    /// are found by.
    ///
    /// # Errors
    ///
    /// Where the database fails, or what it holds is no record.
    pub async fn reports(&mut self, documents: &[String]) -> Result<Vec<(Coded, Option<String>)>> {
        let statement = "SELECT d.id, r.record, d.sketch FROM documents d JOIN records r ON r.document = d.id \
                         WHERE d.latest = 1 AND d.id IN ()";
        let amended = Amended::of(amendments(&mut self.transaction).await?);
        self.asked(statement, documents, |row| {
            let (id, record): (String, String) = (row.try_get(0)?, row.try_get(1)?);
            let mut coded = read(&id, &record)?;
            amended.lay_over(&mut coded);
            Ok((coded, row.try_get(2)?))
        })
        .await
    }

    /// The rows of a statement with `IN ()` for these values.
    async fn asked<T>(&mut self, statement: &str, values: &[String], read: impl Fn(&AnyRow) -> Result<T>) -> Result<Vec<T>> {
        let mut out = Vec::new();
        for chunk in values.chunks(ASKED) {
            let query = sqlx::query(one_of(statement, chunk.len())).persistent(false);
            let query = chunk.iter().fold(query, |query, value| query.bind(value.clone()));
            for row in query.fetch_all(&mut *self.transaction).await? {
                out.push(read(&row)?);
            }
        }
        Ok(out)
    }

    async fn delete(&mut self, statement: &str, values: &[String]) -> Result<()> {
        for chunk in values.chunks(ASKED) {
            let query = sqlx::query(one_of(statement, chunk.len())).persistent(false);
            chunk.iter().fold(query, |query, value| query.bind(value.clone())).execute(&mut *self.transaction).await?;
        }
        Ok(())
    }

    /// Forgets all that is kept of linking, and the incidents.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn clear(&mut self) -> Result<()> {
        for statement in ["DELETE FROM told", "DELETE FROM filed", "DELETE FROM incidents"] {
            sqlx::query(statement).execute(&mut *self.transaction).await?;
        }
        Ok(())
    }

    /// Forgets events, each with the keys under which it is filed.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn forget(&mut self, events: &[(String, Vec<i64>)]) -> Result<()> {
        for (event, shelves) in events {
            for chunk in shelves.chunks(ASKED) {
                let statement = one_of(&format!("DELETE FROM filed WHERE shelf IN () AND event = ${}", chunk.len() + 1), chunk.len());
                let query = chunk.iter().fold(sqlx::query(statement).persistent(false), |query, shelf| query.bind(*shelf));
                query.bind(event.clone()).execute(&mut *self.transaction).await?;
            }
        }
        let events: Vec<String> = events.iter().map(|(event, _)| event.clone()).collect();
        self.delete("DELETE FROM told WHERE event IN ()", &events).await
    }

    /// Keeps standings, in the place of those of the same events.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn keep(&mut self, standings: &[Standing]) -> Result<()> {
        let events: Vec<String> = standings.iter().map(|standing| standing.event.clone()).collect();
        self.delete("DELETE FROM told WHERE event IN ()", &events).await?;
        insert(&mut self.transaction, "told", COLUMNS, &standings.iter().map(values).collect::<Vec<_>>()).await
    }

    /// Files events under keys.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn file(&mut self, events: &[(String, Vec<i64>)]) -> Result<()> {
        let mut pairs: Vec<(i64, &str)> =
            events.iter().flat_map(|(event, shelves)| shelves.iter().map(move |&shelf| (shelf, event.as_str()))).collect();
        // In the order of the index, since many rows in any order cost much.
        pairs.sort_unstable();
        let rows: Vec<_> = pairs.into_iter().map(|(shelf, event)| vec![Value::Whole(shelf), Value::Text(event)]).collect();
        insert(&mut self.transaction, "filed", "shelf, event", &rows).await
    }

    /// Puts incidents, each with its home, in the place of those of the homes that are gone.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn replace(&mut self, gone: &[String], incidents: &[(String, Incident)]) -> Result<()> {
        self.delete("DELETE FROM incidents WHERE home IN ()", gone).await?;
        let records: Vec<String> = incidents.iter().map(|(_, incident)| serde_json::to_string(incident).unwrap_or_default()).collect();
        let start = |incident: &Incident| incident.when.as_ref().and_then(|when| when.start.clone());
        let starts: Vec<Option<String>> = incidents.iter().map(|(_, incident)| start(incident)).collect();
        let rows: Vec<_> = incidents
            .iter()
            .zip(&records)
            .zip(&starts)
            .map(|(((home, incident), record), start)| {
                vec![Value::Text(&incident.id), Value::Maybe(start.as_deref()), Value::Text(record), Value::Text(home)]
            })
            .collect();
        insert(&mut self.transaction, "incidents", "id, start_day, record, home", &rows).await
    }

    /// Ends it: these documents and so many decisions are linked now. `method` names the weights where all was linked anew.
    ///
    /// # Errors
    ///
    /// Where the database fails; then nothing is changed.
    pub async fn finish(mut self, documents: &[String], decisions: i64, method: Option<&str>) -> Result<()> {
        self.delete("DELETE FROM unlinked WHERE document IN ()", documents).await?;
        if let Some(method) = method {
            let statement = "INSERT INTO linkings (number, made, documents, decisions, method) \
                             SELECT COALESCE(MAX(number), 0) + 1, $1, (SELECT COUNT(*) FROM documents), $2, $3 FROM linkings";
            sqlx::query(statement).bind(now()).bind(decisions).bind(method.to_owned()).execute(&mut *self.transaction).await?;
        } else {
            let statement = "UPDATE linkings SET made = $1, documents = documents + $2, decisions = $3 \
                             WHERE number = (SELECT MAX(number) FROM linkings)";
            let count = documents.len() as i64;
            sqlx::query(statement).bind(now()).bind(count).bind(decisions).execute(&mut *self.transaction).await?;
        }
        Ok(self.transaction.commit().await?)
    }
}

impl Store {
    /// How many incidents there are.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn count_incidents(&mut self) -> Result<i64> {
        Ok(sqlx::query("SELECT COUNT(*) FROM incidents").fetch_one(&mut self.connection).await?.try_get(0)?)
    }

    /// Whether a document is stored.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn has(&mut self, id: &str) -> Result<bool> {
        let query = sqlx::query("SELECT id FROM documents WHERE id = $1").bind(id.to_owned());
        Ok(query.fetch_optional(&mut self.connection).await?.is_some())
    }

    /// What the near copies of every document are found by, where it has such, by the ids of the latest versions.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn sketches(&mut self) -> Result<Vec<(String, String)>> {
        let rows = self.rows("SELECT id, sketch FROM documents WHERE latest = 1 AND sketch IS NOT NULL ORDER BY id").await?;
        rows.iter().map(|row| Ok::<_, Error>((row.try_get(0)?, row.try_get(1)?))).collect()
    }
}

/// The columns of a standing.
fn values(standing: &Standing) -> Vec<Value<'_>> {
    let Standing { event, document, stage, chain, home, best, facts } = standing;
    vec![
        Value::Text(event),
        Value::Text(document),
        Value::Whole(*stage),
        Value::Maybe(chain.as_deref()),
        Value::Maybe(home.as_deref()),
        Value::MaybeWhole(*best),
        Value::Text(facts),
    ]
}
