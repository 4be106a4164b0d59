//! What linking found.

use crate::connection::Store;
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
        let statement = "SELECT (SELECT COUNT(*) FROM unlinked), (SELECT COUNT(*) FROM decisions) \
                         - COALESCE((SELECT decisions FROM linkings ORDER BY number DESC LIMIT 1), 0)";
        let row = sqlx::query(statement).fetch_one(&mut self.connection).await?;
        Ok(Freshness { documents: row.try_get(0)?, decisions: row.try_get(1)? })
    }
}
