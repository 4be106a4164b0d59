//! Accounts that log in elsewhere: whom a provider of OpenID Connect calls so, and the person here.

use crate::connection::Store;
use crate::documents::now;
use crate::people::{USER, user};
use crate::{Result, User};
use sqlx::Row;

impl Store {
    /// The account of whom a provider calls so, closed or not.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn identity(&mut self, issuer: &str, subject: &str) -> Result<Option<User>> {
        let statement = format!("SELECT {USER} FROM identities i JOIN users u ON u.name = i.person WHERE i.issuer = $1 AND i.subject = $2");
        let query = sqlx::query(sqlx::AssertSqlSafe(statement)).bind(issuer.to_owned()).bind(subject.to_owned());
        query.fetch_optional(&mut self.connection).await?.as_ref().map(user).transpose()
    }

    /// Says that whom a provider calls so has an account here: a new one of this role without a password, or, without a role, one
    /// that is there. Gives whether that was done: not where a new name is taken, or an old one unknown.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn identify(&mut self, issuer: &str, subject: &str, person: &str, role: Option<&str>) -> Result<bool> {
        let mut transaction = self.write().await?;
        let query = sqlx::query("SELECT COUNT(*) FROM users WHERE name = $1").bind(person.to_owned());
        let there = query.fetch_one(&mut *transaction).await?.try_get::<i64, _>(0)? > 0;
        if there == role.is_some() {
            return Ok(false);
        }
        if let Some(role) = role {
            let query = sqlx::query("INSERT INTO users (name, password, role, made, closed) VALUES ($1, '', $2, $3, 0)");
            query.bind(person.to_owned()).bind(role.to_owned()).bind(now()).execute(&mut *transaction).await?;
        }
        let statement = "INSERT INTO identities (issuer, subject, person, made) VALUES ($1, $2, $3, $4) \
                         ON CONFLICT (issuer, subject) DO UPDATE SET person = excluded.person, made = excluded.made";
        let query = sqlx::query(statement).bind(issuer.to_owned()).bind(subject.to_owned()).bind(person.to_owned()).bind(now());
        query.execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(true)
    }
}
