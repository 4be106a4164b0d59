//! What people decided: added to, never changed.

use crate::connection::Store;
use crate::documents::now;
use crate::{Error, Result};
use sqlx::{Any, Row, Transaction};

/// What somebody decided. Sides are lists of event ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The sides are one incident.
    Merge(Vec<Vec<String>>),
    /// The sides are different incidents.
    Split(Vec<Vec<String>>),
    /// An earlier decision is taken back.
    Undo(i64),
}

/// A decision as it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Counted from 1.
    pub number: i64,
    /// What was decided.
    pub verdict: Verdict,
    /// By whom.
    pub person: String,
    /// Why, if told.
    pub reason: Option<String>,
    /// When (UTC, RFC 3339).
    pub made: String,
    /// Whether it was taken back since.
    pub undone: bool,
}

impl Store {
    /// Adds a decision; gives its number.
    ///
    /// # Errors
    ///
    /// Where an undo names no merge or split that stands, or the database fails.
    pub async fn decide(&mut self, verdict: Verdict, person: &str, reason: Option<&str>) -> Result<i64> {
        let mut transaction = self.write().await?;
        let before = decisions(&mut transaction).await?;
        if let Verdict::Undo(number) = verdict {
            let stands = |d: &Decision| d.number == number && !d.undone && !matches!(d.verdict, Verdict::Undo(_));
            if !before.iter().any(stands) {
                return Err(Error::NoDecision(number));
            }
        }
        let (kind, sides, undoes) = match &verdict {
            Verdict::Merge(sides) => ("merge", sides.as_slice(), None),
            Verdict::Split(sides) => ("split", sides.as_slice(), None),
            Verdict::Undo(number) => ("undo", [].as_slice(), Some(*number)),
        };
        let number = before.last().map_or(1, |last| last.number + 1);
        sqlx::query("INSERT INTO decisions (number, kind, sides, undoes, person, reason, made) VALUES ($1, $2, $3, $4, $5, $6, $7)")
            .bind(number)
            .bind(kind)
            .bind(serde_json::to_string(sides).unwrap_or_default())
            .bind(undoes)
            .bind(person.to_owned())
            .bind(reason.map(str::to_owned))
            .bind(now())
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(number)
    }

    /// All decisions, in the order in which they were made.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn decisions(&mut self) -> Result<Vec<Decision>> {
        let mut transaction = sqlx::Connection::begin(&mut self.connection).await?;
        decisions(&mut transaction).await
    }
}

pub(crate) async fn decisions(transaction: &mut Transaction<'_, Any>) -> Result<Vec<Decision>> {
    let statement = "SELECT number, kind, sides, undoes, person, reason, made FROM decisions ORDER BY number";
    let mut out: Vec<Decision> = Vec::new();
    for row in sqlx::query(statement).fetch_all(&mut **transaction).await? {
        let (number, kind, sides): (i64, String, String) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        let damaged = |what: &str| Error::Damaged(format!("decision {number} has {what}"));
        let sides: Vec<Vec<String>> = serde_json::from_str(&sides).map_err(|error| damaged(&error.to_string()))?;
        let verdict = match kind.as_str() {
            "merge" => Verdict::Merge(sides),
            "split" => Verdict::Split(sides),
            _ => Verdict::Undo(row.try_get::<Option<i64>, _>(3)?.ok_or_else(|| damaged("nothing that it takes back"))?),
        };
        if let Verdict::Undo(undone) = verdict {
            out.iter_mut().filter(|d| d.number == undone).for_each(|d| d.undone = true);
        }
        out.push(Decision { number, verdict, person: row.try_get(4)?, reason: row.try_get(5)?, made: row.try_get(6)?, undone: false });
    }
    Ok(out)
}
