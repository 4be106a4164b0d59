//! Whether what was made of the documents is whole: incidents, decisions, reviews, and the index of texts.

use crate::connection::Store;
use crate::{Edit, Result};
use marsad_model::Incident;
use sqlx::Row;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Incidents that are looked at together.
const PAGE: i64 = 500;

impl Store {
    /// What is wrong with the events that people added or took out; those that were added join `events`.
    pub(crate) async fn check_amendments(&mut self, events: &mut HashSet<String>, told: &mut Vec<String>) {
        let all = self.amendments().await.map_err(|error| told.push(error.to_string())).unwrap_or_default();
        for (n, one) in all.iter().enumerate() {
            if one.number != n as i64 + 1 {
                told.push(format!("amendments: number {} does not follow the one before it", one.number));
            }
            match &one.edit {
                Edit::Add(event) if event.id == one.event => {
                    events.insert(event.id.clone());
                }
                Edit::Drop(id) if events.contains(id) => {}
                Edit::Undo(number) if all[..n].iter().any(|other| other.number == *number) => {}
                _ => told.push(format!("amendment {}: what it is about is not there", one.number)),
            }
        }
    }

    /// What is wrong with rows that name events; `events` are all that records have.
    pub(crate) async fn check_links(&mut self, events: &HashSet<String>, told: &mut Vec<String>) -> Result<()> {
        let mut owner: HashMap<String, String> = HashMap::new();
        let mut after = String::new();
        loop {
            let statement = "SELECT id, start_day, record FROM incidents WHERE id > $1 ORDER BY id LIMIT $2";
            let rows = sqlx::query(statement).bind(after.clone()).bind(PAGE).fetch_all(&mut self.connection).await?;
            let Some(last) = rows.last() else { break };
            after = last.try_get(0)?;
            for row in &rows {
                let (id, day, record): (String, Option<String>, String) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
                let incident: Incident = match serde_json::from_str(&record) {
                    Ok(incident) => incident,
                    Err(error) => {
                        told.push(format!("the incident {id} cannot be read ({error})"));
                        continue;
                    }
                };
                if incident.id != id || incident.when.as_ref().and_then(|when| when.start.clone()) != day {
                    told.push(format!("the incident {id}: its row is that of another one"));
                }
                if let Some(event) = incident.events.iter().chain(&incident.retold_by).find(|event| !events.contains(*event)) {
                    told.push(format!("the incident {id}: no document has its event {event}"));
                }
                let documents: HashSet<&str> = incident.events.iter().filter_map(|event| Some(event.rsplit_once('#')?.0)).collect();
                if documents != incident.documents.iter().map(String::as_str).collect() {
                    told.push(format!("the incident {id}: its documents are not those of its events"));
                }
                for event in incident.events {
                    if let Some(other) = owner.insert(event.clone(), id.clone()) {
                        told.push(format!("the event {event} belongs to two incidents, {other} and {id}"));
                    }
                }
            }
        }
        let mut last = 0;
        let decisions = self.decisions().await.map_err(|error| told.push(error.to_string())).unwrap_or_default();
        for decision in decisions {
            last += 1;
            if decision.number != last {
                told.push(format!("decisions: number {last} is missing"));
                last = decision.number;
            }
        }
        let reviews = self.reviews().await.map_err(|error| told.push(error.to_string())).unwrap_or_default();
        let mut numbers: BTreeMap<i64, ()> = BTreeMap::new();
        for review in reviews {
            if review.number != numbers.len() as i64 + 1 {
                told.push(format!("reviews: number {} does not follow the one before it", review.number));
            }
            if review.undoes.is_some_and(|undone| !numbers.contains_key(&undone)) {
                told.push(format!("review {}: what it takes back is not there", review.number));
            }
            if let Some(event) = review.events.iter().find(|event| !events.contains(*event)) {
                told.push(format!("review {}: no document has its event {event}", review.number));
            }
            numbers.insert(review.number, ());
        }
        Ok(())
    }

    /// What is wrong with the index of texts.
    pub(crate) async fn check_index(&mut self, told: &mut Vec<String>) -> Result<()> {
        let statement = "SELECT p.document FROM search_parts p LEFT JOIN documents d ON d.id = p.document WHERE d.id IS NULL";
        for row in self.rows(statement).await? {
            told.push(format!("search_parts: a row of {}, which is no document", row.try_get::<String, _>(0)?));
        }
        let statement = "SELECT d.id, CASE WHEN q.document IS NULL THEN 0 ELSE 1 END FROM documents d \
                         LEFT JOIN search_queue q ON q.document = d.id \
                         LEFT JOIN (SELECT DISTINCT document FROM search_parts) p ON p.document = d.id \
                         WHERE (q.document IS NULL) = (p.document IS NULL)";
        for row in self.rows(statement).await? {
            let (id, waits): (String, i64) = (row.try_get(0)?, row.try_get(1)?);
            told.push(match waits {
                0 => format!("{id}: its words are not in the index and do not wait to be"),
                _ => format!("{id}: its words are in the index and wait to be put there again"),
            });
        }
        if self.is_sqlite() {
            let statement = "SELECT (SELECT COUNT(*) FROM search_words_docsize), (SELECT COUNT(*) FROM search_parts)";
            let row = sqlx::query(statement).fetch_one(&mut self.connection).await?;
            if row.try_get::<i64, _>(0)? != row.try_get::<i64, _>(1)? {
                told.push("the index of texts has other rows than its list of documents".to_owned());
            }
        }
        Ok(())
    }
}
