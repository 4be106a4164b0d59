//! The way to the database: SQLite and PostgreSQL through one set of statements.
//!
//! Placeholders are `$1`, types are text, whole numbers and floating point: what both have. Every write is one transaction
//! that holds the only writer's place from its start, so that two writers never wait for each other in a circle.

use crate::{Error, Folder, Result};
use sqlx::any::{AnyRow, install_default_drivers};
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{Any, AnyConnection, Connection, Executor, Row, Transaction};
use std::borrow::Cow;
use std::time::{Duration, Instant};

/// The schema, step by step; a step that was released is never changed.
const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "documents", include_str!("../migrations/1_documents.sql")),
    (2, "incidents", include_str!("../migrations/2_incidents.sql")),
    (3, "linking", include_str!("../migrations/3_linking.sql")),
    (5, "feeds", include_str!("../migrations/5_feeds.sql")),
    (6, "authors", include_str!("../migrations/6_authors.sql")),
    (10, "people", include_str!("../migrations/10_people.sql")),
    (11, "remarks", include_str!("../migrations/11_remarks.sql")),
    (14, "amendments", include_str!("../migrations/14_amendments.sql")),
    (15, "identities", include_str!("../migrations/15_identities.sql")),
];
/// Steps that the two databases say differently: that of SQLite, that of PostgreSQL.
const SEARCH: [(i64, &str, &str); 2] =
    [(7, "search", include_str!("../migrations/7_search_sqlite.sql")), (7, "search", include_str!("../migrations/7_search_postgres.sql"))];
const REVIEWS: (i64, &str, &str) = (8, "reviews", include_str!("../migrations/8_reviews.sql"));
/// How long a writer waits for another one, in thousandths of a second.
const BUSY_MS: u32 = 30_000;
/// Memory for pages of SQLite (KiB): the pages of a batch fit in, and are written once.
const CACHE_KIB: u32 = 64 << 10;
/// The log grows to so many pages (of 4 KiB) before they are moved to their places. Pages of indexes change with every batch
/// and are moved once. What is in the log is as safe as in its place.
const LOG_PAGES: u32 = 8 << 10;
/// So much of a file of SQLite is read where the system keeps it, without a call and a copy for every page.
const MAPPED_BYTES: u64 = 1 << 30;
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
        let mut store = Self { connection: connect(first).await?, url, patience: Duration::from_secs(600) };
        store.migrate(None).await?;
        Ok(store)
    }

    /// Brings the schema up to date, or to the steps that are named. Nothing is written where it is so already.
    pub(crate) async fn migrate(&mut self, only: Option<&[i64]>) -> Result<()> {
        let mut steps = steps(self.is_sqlite());
        let there = self.applied().await;
        if let Some(newer) = there.iter().find(|step| steps.iter().all(|known| known.version != step.0)) {
            return Err(Error::Newer(newer.0));
        }
        steps.retain(|step| only.is_none_or(|only| only.contains(&step.version)));
        let same =
            |step: &Migration| there.iter().any(|(version, checksum)| (*version, checksum.as_slice()) == (step.version, &*step.checksum));
        if steps.iter().all(same) {
            return Ok(());
        }
        Ok(Migrator::with_migrations(steps).run(&mut self.connection).await?)
    }

    /// The steps of the schema that were taken, with their checksums; none where there is no schema yet.
    pub(crate) async fn applied(&mut self) -> Vec<(i64, Vec<u8>)> {
        let statement = "SELECT version, checksum FROM _sqlx_migrations WHERE success ORDER BY version";
        let rows = sqlx::query(statement).persistent(false).fetch_all(&mut self.connection).await.unwrap_or_default();
        rows.iter().filter_map(|row| Some((row.try_get(0).ok()?, row.try_get(1).ok()?))).collect()
    }

    /// The steps of the schema that this version knows.
    pub(crate) fn known_steps() -> Vec<i64> {
        steps(true).iter().map(|step| step.version).collect()
    }

    /// Makes an observatory in a folder with a schema of the steps named, and no later ones.
    pub(crate) async fn init_at(path: &std::path::Path, database: Option<&str>, only: &[i64]) -> Result<(Folder, Self)> {
        let folder = Folder::init(path, database)?;
        let url = folder.url()?;
        let first = if is_sqlite(&url) { format!("{url}?mode=rwc") } else { url.clone() };
        let mut store = Self { connection: connect(&first).await?, url, patience: Duration::from_secs(600) };
        store.migrate(Some(only)).await?;
        Ok((folder, store))
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

    /// After a failure: waits and connects again, where the server was lost and there is patience left. Work that failed so was
    /// rolled back, or stored although nobody heard of it; it has to be such that it can be done again.
    ///
    /// # Errors
    ///
    /// The failure itself, where waiting does not help.
    pub async fn recover(&mut self, error: Error, since: Instant, tries: u32) -> Result<()> {
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
    if !is_sqlite(url) {
        return Ok(AnyConnection::connect(url).await?);
    }
    match connect_to_file(url).await {
        // SQLite needs files beside the database to share it. Where they cannot be made and nobody else has made them, it can
        // still be read as it lies.
        Err(Error::ReadOnly) if lies_still(url) => Ok(AnyConnection::connect(&format!("{url}?mode=ro&immutable=1")).await?),
        done => done,
    }
}

async fn connect_to_file(url: &str) -> Result<AnyConnection> {
    let mut connection = AnyConnection::connect(url).await?;
    // Whatever was told to be stored is on the disk, also when the power fails.
    let settings = format!(
        "PRAGMA busy_timeout = {BUSY_MS}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
         PRAGMA cache_size = -{CACHE_KIB}; PRAGMA wal_autocheckpoint = {LOG_PAGES}; PRAGMA mmap_size = {MAPPED_BYTES};"
    );
    connection.execute(sqlx::AssertSqlSafe(settings)).await?;
    Ok(connection)
}

/// Whether a file of SQLite is there and nobody has it open.
fn lies_still(url: &str) -> bool {
    let Some(file) = url::Url::parse(&url.replacen("sqlite:", "file:", 1)).ok().and_then(|url| url.to_file_path().ok()) else {
        return false;
    };
    let beside = |ending: &str| {
        let mut name = file.clone().into_os_string();
        name.push(ending);
        std::path::Path::new(&name).exists()
    };
    file.is_file() && !url.contains('?') && !beside("-wal") && !beside("-shm")
}

/// The steps of the schema, in order.
fn steps(sqlite: bool) -> Vec<Migration> {
    let mut steps = MIGRATIONS.to_vec();
    steps.extend([SEARCH[usize::from(!sqlite)], REVIEWS]);
    steps.sort_by_key(|step| step.0);
    let step =
        |(version, name, sql)| Migration::new(version, Cow::Borrowed(name), MigrationType::Simple, sqlx::SqlStr::from_static(sql), false);
    steps.into_iter().map(step).collect()
}
