//! What linking found.

use crate::connection::Store;
use crate::documents::now;
use crate::insert::{Value, insert};
use crate::{Error, Result};
use marsad_model::Incident;
use sqlx::Row;

/// What came after the incidents were made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Freshness {
    /// Documents that are not linked yet, or not any more.
    pub documents: i64,
    /// Decisions that are not heeded yet.
    pub decisions: i64,
}

impl Freshness {
    /// Whether nothing did.
    pub fn is_fresh(self) -> bool {
        self == Self::default()
    }
}

impl Store {
    /// Puts these incidents in the place of all others, at once.
    ///
    /// # Errors
    ///
    /// Where the database fails; then the others stay.
    pub async fn replace_incidents(&mut self, incidents: &[Incident]) -> Result<()> {
        let mut transaction = self.write().await?;
        sqlx::query("DELETE FROM incidents").execute(&mut *transaction).await?;
        let records: Vec<String> = incidents.iter().map(|incident| serde_json::to_string(incident).unwrap_or_default()).collect();
        let rows: Vec<_> = incidents
            .iter()
            .zip(&records)
            .map(|(incident, record)| {
                let start = incident.when.as_ref().and_then(|when| when.start.as_deref());
                vec![Value::Text(&incident.id), Value::Maybe(start), Value::Text(record)]
            })
            .collect();
        insert(&mut transaction, "incidents", "id, start_day, record", &rows).await?;
        let statement = "INSERT INTO linkings (number, made, documents, decisions) SELECT COALESCE(MAX(number), 0) + 1, $1, \
                         (SELECT COUNT(*) FROM documents), (SELECT COUNT(*) FROM decisions) FROM linkings";
        sqlx::query(statement).bind(now()).execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// All incidents by first day, those without one first, then by id.
    ///
    /// # Errors
    ///
    /// Where the database fails, or what it holds is no incident.
    pub async fn incidents(&mut self) -> Result<Vec<Incident>> {
        let rows = self.rows("SELECT id, record FROM incidents ORDER BY COALESCE(start_day, ''), id").await?;
        let read = |row: &sqlx::any::AnyRow| {
            let (id, record): (String, String) = (row.try_get(0)?, row.try_get(1)?);
            serde_json::from_str(&record).map_err(|error| Error::Damaged(format!("the incident {id} cannot be read ({error})")))
        };
        rows.iter().map(read).collect()
    }

    /// What came after the incidents were made.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn freshness(&mut self) -> Result<Freshness> {
        let of_last = |column| format!("COALESCE((SELECT {column} FROM linkings ORDER BY number DESC LIMIT 1), 0)");
        let (documents, decisions) = (of_last("documents"), of_last("decisions"));
        let statement = format!("SELECT (SELECT COUNT(*) FROM documents) - {documents}, (SELECT COUNT(*) FROM decisions) - {decisions}");
        let row = sqlx::query(sqlx::AssertSqlSafe(statement)).fetch_one(&mut self.connection).await?;
        Ok(Freshness { documents: row.try_get(0)?, decisions: row.try_get(1)? })
    }
}
