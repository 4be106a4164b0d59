//! Accounts, sessions and tokens. Hashing is the server's; here hashes are kept.

use crate::Result;
use crate::connection::Store;
use crate::documents::now;
use jiff::{SignedDuration, Timestamp};
use sqlx::Row;
use sqlx::any::AnyRow;

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The name, as decisions bear it.
    pub name: String,
    /// Hash of the password, in the PHC form; empty where the person logs in elsewhere.
    pub password: String,
    /// `viewer`, `reviewer`, `editor` or `administrator`.
    pub role: String,
    /// When it was made (UTC, RFC 3339).
    pub made: String,
    /// Whether it may not be used any more.
    pub closed: bool,
}

/// A token of a program, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Counted from 1.
    pub number: i64,
    /// Whose it is.
    pub person: String,
    /// What it is for.
    pub label: String,
    /// When it was made.
    pub made: String,
    /// Whether it was taken back.
    pub revoked: bool,
}

pub(crate) const USER: &str = "u.name, u.password, u.role, u.made, u.closed";

impl Store {
    /// Adds an account, or changes the password and role of the one that has this name and opens it again. Ends its sessions.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn put_user(&mut self, name: &str, password: &str, role: &str) -> Result<()> {
        let mut transaction = self.write().await?;
        let statement = "INSERT INTO users (name, password, role, made, closed) VALUES ($1, $2, $3, $4, 0) \
                         ON CONFLICT (name) DO UPDATE SET password = excluded.password, role = excluded.role, closed = 0";
        let query = sqlx::query(statement).bind(name.to_owned()).bind(password.to_owned()).bind(role.to_owned()).bind(now());
        query.execute(&mut *transaction).await?;
        sqlx::query("DELETE FROM sessions WHERE person = $1").bind(name.to_owned()).execute(&mut *transaction).await?;
        Ok(transaction.commit().await?)
    }

    /// Changes the role of an account; `None` closes it. Ends its sessions. Gives whether there is such an account.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn set_role(&mut self, name: &str, role: Option<&str>) -> Result<bool> {
        let mut transaction = self.write().await?;
        let statement = "UPDATE users SET role = COALESCE($1, role), closed = $2 WHERE name = $3";
        let query = sqlx::query(statement).bind(role.map(str::to_owned)).bind(i64::from(role.is_none())).bind(name.to_owned());
        let changed = query.execute(&mut *transaction).await?.rows_affected();
        sqlx::query("DELETE FROM sessions WHERE person = $1").bind(name.to_owned()).execute(&mut *transaction).await?;
        if role.is_none() {
            sqlx::query("UPDATE tokens SET revoked = 1 WHERE person = $1").bind(name.to_owned()).execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
        Ok(changed > 0)
    }

    /// All accounts by name.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn users(&mut self) -> Result<Vec<User>> {
        let statement = format!("SELECT {USER} FROM users u ORDER BY u.name");
        sqlx::query(sqlx::AssertSqlSafe(statement)).fetch_all(&mut self.connection).await?.iter().map(user).collect()
    }

    /// The account of a name that may be used.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn user(&mut self, name: &str) -> Result<Option<User>> {
        let statement = format!("SELECT {USER} FROM users u WHERE u.name = $1 AND u.closed = 0");
        let query = sqlx::query(sqlx::AssertSqlSafe(statement)).bind(name.to_owned());
        query.fetch_optional(&mut self.connection).await?.as_ref().map(user).transpose()
    }

    /// Begins a session of so many hours. Sessions that have ended are forgotten.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn begin_session(&mut self, hash: &str, person: &str, hours: i64) -> Result<()> {
        let ends = Timestamp::now().saturating_add(SignedDuration::from_hours(hours)).unwrap_or(Timestamp::MAX);
        let ends = ends.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let mut transaction = self.write().await?;
        sqlx::query("DELETE FROM sessions WHERE ends < $1").bind(now()).execute(&mut *transaction).await?;
        let query = sqlx::query("INSERT INTO sessions (hash, person, made, ends) VALUES ($1, $2, $3, $4)");
        query.bind(hash.to_owned()).bind(person.to_owned()).bind(now()).bind(ends).execute(&mut *transaction).await?;
        Ok(transaction.commit().await?)
    }

    /// Whose session this is, while it lasts.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn session(&mut self, hash: &str) -> Result<Option<User>> {
        let statement =
            format!("SELECT {USER} FROM sessions s JOIN users u ON u.name = s.person WHERE s.hash = $1 AND s.ends > $2 AND u.closed = 0");
        let query = sqlx::query(sqlx::AssertSqlSafe(statement)).bind(hash.to_owned()).bind(now());
        query.fetch_optional(&mut self.connection).await?.as_ref().map(user).transpose()
    }

    /// Ends a session.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn end_session(&mut self, hash: &str) -> Result<()> {
        let mut transaction = self.write().await?;
        sqlx::query("DELETE FROM sessions WHERE hash = $1").bind(hash.to_owned()).execute(&mut *transaction).await?;
        Ok(transaction.commit().await?)
    }

    /// Adds a token; gives its number.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn add_token(&mut self, hash: &str, person: &str, label: &str) -> Result<i64> {
        let mut transaction = self.write().await?;
        let row = sqlx::query("SELECT COALESCE(MAX(number), 0) + 1 FROM tokens").fetch_one(&mut *transaction).await?;
        let number: i64 = row.try_get(0)?;
        let query = sqlx::query("INSERT INTO tokens (number, hash, person, label, made, revoked) VALUES ($1, $2, $3, $4, $5, 0)");
        let query = query.bind(number).bind(hash.to_owned()).bind(person.to_owned()).bind(label.to_owned()).bind(now());
        query.execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(number)
    }

    /// Whose token this is, unless it was taken back.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn token(&mut self, hash: &str) -> Result<Option<User>> {
        let statement =
            format!("SELECT {USER} FROM tokens t JOIN users u ON u.name = t.person WHERE t.hash = $1 AND t.revoked = 0 AND u.closed = 0");
        let query = sqlx::query(sqlx::AssertSqlSafe(statement)).bind(hash.to_owned());
        query.fetch_optional(&mut self.connection).await?.as_ref().map(user).transpose()
    }

    /// The tokens of a person, or of all.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn tokens(&mut self, person: Option<&str>) -> Result<Vec<Token>> {
        let statement = "SELECT number, person, label, made, revoked FROM tokens WHERE person = COALESCE($1, person) ORDER BY number";
        let rows = sqlx::query(statement).bind(person.map(str::to_owned)).fetch_all(&mut self.connection).await?;
        let token = |row: &AnyRow| {
            Ok(Token {
                number: row.try_get(0)?,
                person: row.try_get(1)?,
                label: row.try_get(2)?,
                made: row.try_get(3)?,
                revoked: row.try_get::<i64, _>(4)? == 1,
            })
        };
        rows.iter().map(token).collect()
    }

    /// Takes a token back, of a person or of anybody. Gives whether there was such a token.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn revoke_token(&mut self, number: i64, person: Option<&str>) -> Result<bool> {
        let mut transaction = self.write().await?;
        let statement = "UPDATE tokens SET revoked = 1 WHERE number = $1 AND revoked = 0 AND person = COALESCE($2, person)";
        let query = sqlx::query(statement).bind(number).bind(person.map(str::to_owned));
        let changed = query.execute(&mut *transaction).await?.rows_affected();
        transaction.commit().await?;
        Ok(changed > 0)
    }
}

pub(crate) fn user(row: &AnyRow) -> Result<User> {
    Ok(User {
        name: row.try_get(0)?,
        password: row.try_get(1)?,
        role: row.try_get(2)?,
        made: row.try_get(3)?,
        closed: row.try_get::<i64, _>(4)? == 1,
    })
}
