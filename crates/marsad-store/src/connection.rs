//! The way to the database: SQLite and PostgreSQL through one set of statements.
//!
//! Placeholders are `$1`, types are text, whole numbers and floating point: what both have. Every write is one transaction
//! that holds the only writer's place from its start, so that two writers never wait for each other in a circle.

use crate::{Error, Folder, Result};
use sqlx::any::{AnyRow, install_default_drivers};
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{Any, AnyConnection, Connection, Executor, Transaction};
use std::borrow::Cow;
use std::time::{Duration, Instant};

/// The schema, step by step; a step that was released is never changed.
const MIGRATIONS: &[(i64, &str, &str)] =
    &[(1, "documents", include_str!("../migrations/1_documents.sql")), (2, "incidents", include_str!("../migrations/2_incidents.sql"))];
/// How long a writer waits for another one, in thousandths of a second.
const BUSY_MS: u32 = 30_000;
/// The number under which writers of PostgreSQL queue.
const QUEUE: i64 = 0x6d61_7273_6164;

/// An open store.
#[derive(Debug)]
pub struct Store {
    pub(crate) connection: AnyConnection,
    url: String,
    /// For how long a server that is gone is waited for.
    pub patience: Duration,
}

impl Store {
    /// Makes an observatory in a folder, and its schema.
    ///
    /// # Errors
    ///
    /// Where there is one already, or its database cannot be made or reached.
    pub async fn init(path: &std::path::Path, database: Option<&str>) -> Result<(Folder, Self)> {
        let folder = Folder::init(path, database)?;
        let made = async { Self::connect(&format!("{}?mode=rwc", folder.url()?), folder.url()?).await }.await;
        match made {
            Ok(store) => Ok((folder, store)),
            Err(error) => {
                folder.abandon();
                Err(error)
            }
        }
    }

    /// Opens an observatory and brings its schema up to date.
    ///
    /// # Errors
    ///
    /// Where the database cannot be reached, or a newer version made it.
    pub async fn open(folder: &Folder) -> Result<Self> {
        let url = folder.url()?;
        folder.has_database()?;
        Self::connect(&url, url.clone()).await
    }

    async fn connect(first: &str, url: String) -> Result<Self> {
        let first = if is_sqlite(&url) { first } else { &url };
        let mut connection = connect(first).await?;
        migrator().run(&mut connection).await?;
        Ok(Self { connection, url, patience: Duration::from_secs(600) })
    }

    /// Whether it is a file of SQLite.
    pub fn is_sqlite(&self) -> bool {
        is_sqlite(&self.url)
    }

    /// Begins to write; waits for other writers.
    pub(crate) async fn write(&mut self) -> Result<Transaction<'_, Any>> {
        if is_sqlite(&self.url) {
            return Ok(self.connection.begin_with("BEGIN IMMEDIATE").await?);
        }
        let mut transaction = self.connection.begin().await?;
        sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(QUEUE).execute(&mut *transaction).await?;
        Ok(transaction)
    }

    /// After a failure: waits and connects again, where the server was lost and there is patience left.
    pub(crate) async fn recover(&mut self, error: Error, since: Instant, tries: u32) -> Result<()> {
        if !matches!(error, Error::Lost(_)) || since.elapsed() >= self.patience {
            return Err(error);
        }
        tokio::time::sleep(Duration::from_millis(100 << tries.min(5))).await;
        if let Ok(connection) = connect(&self.url).await {
            self.connection = connection;
        }
        Ok(())
    }

    /// All rows that a statement gives.
    pub(crate) async fn rows(&mut self, statement: &'static str) -> Result<Vec<AnyRow>> {
        Ok(sqlx::query(statement).fetch_all(&mut self.connection).await?)
    }

    /// Closes it in good order.
    ///
    /// # Errors
    ///
    /// Where the database complains; everything that was stored stays stored.
    pub async fn close(self) -> Result<()> {
        Ok(self.connection.close().await?)
    }
}

fn is_sqlite(url: &str) -> bool {
    url.starts_with("sqlite:")
}

async fn connect(url: &str) -> Result<AnyConnection> {
    install_default_drivers();
    let mut connection = AnyConnection::connect(url).await?;
    if is_sqlite(url) {
        // Whatever was told to be stored is on the disk, also when the power fails.
        let settings = format!("PRAGMA busy_timeout = {BUSY_MS}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
        connection.execute(sqlx::AssertSqlSafe(settings)).await?;
    }
    Ok(connection)
}

fn migrator() -> Migrator {
    let step = |&(version, name, sql): &(i64, &'static str, &'static str)| {
        Migration::new(version, Cow::Borrowed(name), MigrationType::Simple, sqlx::SqlStr::from_static(sql), false)
    };
    Migrator::with_migrations(MIGRATIONS.iter().map(step).collect())
}
