//! What people say about incidents, and who looks after them. A remark names an event, and belongs to the incident that has it.

use crate::Result;
use crate::connection::Store;
use crate::documents::{ASKED, now};
use crate::insert::one_of;
use sqlx::Row;

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Counted from 1.
    pub number: i64,
    /// The event whose incident it is about.
    pub event: String,
    /// Who says it.
    pub person: String,
    /// What is said.
    pub text: String,
    /// When (UTC, RFC 3339).
    pub made: String,
}

/// Who was told to look after an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// Counted from 1; the last one holds.
    pub number: i64,
    /// The event whose incident it is about.
    pub event: String,
    /// Nobody where it was taken away.
    pub assignee: Option<String>,
    /// By whom.
    pub person: String,
    /// When.
    pub made: String,
}

impl Store {
    /// Adds a comment; gives its number.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn comment(&mut self, event: &str, person: &str, text: &str) -> Result<i64> {
        let mut transaction = self.write().await?;
        let row = sqlx::query("SELECT COALESCE(MAX(number), 0) + 1 FROM comments").fetch_one(&mut *transaction).await?;
        let number: i64 = row.try_get(0)?;
        let query = sqlx::query("INSERT INTO comments (number, event, person, text, made) VALUES ($1, $2, $3, $4, $5)").bind(number);
        let query = query.bind(event.to_owned()).bind(person.to_owned()).bind(text.to_owned()).bind(now());
        query.execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(number)
    }

    /// The comments on these events, oldest first.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn comments(&mut self, events: &[String]) -> Result<Vec<Comment>> {
        let mut out = Vec::new();
        for chunk in events.chunks(ASKED) {
            let statement = one_of("SELECT number, event, person, text, made FROM comments WHERE event IN ()", chunk.len());
            let query = chunk.iter().fold(sqlx::query(statement).persistent(false), |query, event| query.bind(event.clone()));
            for row in query.fetch_all(&mut self.connection).await? {
                out.push(Comment {
                    number: row.try_get(0)?,
                    event: row.try_get(1)?,
                    person: row.try_get(2)?,
                    text: row.try_get(3)?,
                    made: row.try_get(4)?,
                });
            }
        }
        out.sort_by_key(|comment| comment.number);
        Ok(out)
    }

    /// Puts an incident into somebody's hands, or out of them.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn assign(&mut self, event: &str, assignee: Option<&str>, person: &str) -> Result<i64> {
        let mut transaction = self.write().await?;
        let row = sqlx::query("SELECT COALESCE(MAX(number), 0) + 1 FROM assignments").fetch_one(&mut *transaction).await?;
        let number: i64 = row.try_get(0)?;
        let query = sqlx::query("INSERT INTO assignments (number, event, assignee, person, made) VALUES ($1, $2, $3, $4, $5)").bind(number);
        let query = query.bind(event.to_owned()).bind(assignee.map(str::to_owned)).bind(person.to_owned()).bind(now());
        query.execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(number)
    }

    /// All assignments, oldest first.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn assignments(&mut self) -> Result<Vec<Assignment>> {
        let rows = self.rows("SELECT number, event, assignee, person, made FROM assignments ORDER BY number").await?;
        let one = |row: &sqlx::any::AnyRow| {
            Ok(Assignment {
                number: row.try_get(0)?,
                event: row.try_get(1)?,
                assignee: row.try_get(2)?,
                person: row.try_get(3)?,
                made: row.try_get(4)?,
            })
        };
        rows.iter().map(one).collect()
    }
}
