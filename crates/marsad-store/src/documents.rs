//! Documents: stored once, every version kept.

use crate::connection::Store;
use crate::insert::{Value, insert, one_of};
use crate::{Amended, Error, Identity, Result};
use jiff::Timestamp;
use marsad_model::{Coded, Document};
use sqlx::{Any, Row, Transaction};
use std::collections::{HashMap, HashSet};
use std::time::Instant;

/// The columns of a document, in the order in which [`head`] reads them.
pub(crate) const COLUMNS: &str =
    "id, address, sha256, version, latest, given_id, source, url, outlet, title, published, language, sketch, added, author";
/// Records that are read together.
const PAGE: i64 = 1000;
/// Values that one statement asks for.
pub(crate) const ASKED: usize = 500;

/// A coded document on its way into the store.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// How the store knows it; the record's ids are made from its id.
    pub identity: Identity,
    /// The document as its source gave it.
    pub document: Document,
    /// File and line.
    pub source: String,
    /// What was coded in it.
    pub record: Coded,
    /// What its near copies are found by.
    pub sketch: Option<String>,
}

/// What a batch came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Documents that were not there.
    pub new: usize,
    /// New versions of documents that were there.
    pub versions: usize,
    /// Documents that were there already.
    pub known: usize,
}

impl std::ops::AddAssign for Added {
    fn add_assign(&mut self, other: Self) {
        self.new += other.new;
        self.versions += other.versions;
        self.known += other.known;
    }
}

/// What is stored of a document beside its text and record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its id in the store.
    pub id: String,
    /// Versions share it.
    pub address: String,
    /// Hash of its text.
    pub sha256: String,
    /// Counted from 1.
    pub version: i64,
    /// Whether it is the last version.
    pub latest: bool,
    /// Its id where it came from.
    pub given_id: String,
    /// File and line it was read from.
    pub source: String,
    /// Where it was found.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Publication day.
    pub published: Option<String>,
    /// BCP 47 code.
    pub language: Option<String>,
    /// What its near copies are found by.
    pub sketch: Option<String>,
    /// When it was stored (UTC, RFC 3339).
    pub added: String,
    /// Who wrote it.
    pub author: Option<String>,
}

impl Store {
    /// The ids of all documents, so that nothing is coded that is there.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn ids(&mut self) -> Result<HashSet<String>> {
        let rows = self.rows("SELECT id FROM documents").await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    /// Stores a batch: all of it or nothing. What is there already is left as it is.
    ///
    /// A server that goes away is waited for, as long as there is patience.
    ///
    /// # Errors
    ///
    /// Where the database fails; then nothing of the batch is stored.
    pub async fn add(&mut self, batch: &[Arrival]) -> Result<Added> {
        let since = Instant::now();
        for tries in 0.. {
            match self.add_once(batch).await {
                Err(error) => self.recover(error, since, tries).await?,
                done => return done,
            }
        }
        Ok(Added::default())
    }

    async fn add_once(&mut self, batch: &[Arrival]) -> Result<Added> {
        let mut transaction = self.write().await?;
        let (fresh, mut added) = unknown(&mut transaction, batch).await?;
        let mut versions = last_versions(&mut transaction, &fresh).await?;
        let now = now();
        // Of several versions in one batch the last one is the latest.
        let last: HashMap<&str, &str> = fresh.iter().map(|a| (a.identity.address.as_str(), a.identity.id.as_str())).collect();
        let superseded: Vec<&str> = last.keys().copied().filter(|address| versions.contains_key(*address)).collect();
        for chunk in superseded.chunks(ASKED) {
            let statement = one_of(
                "INSERT INTO unlinked (document) SELECT id FROM documents WHERE latest = 1 AND address IN () ON CONFLICT DO NOTHING",
                chunk.len(),
            );
            let query = chunk.iter().fold(sqlx::query(statement).persistent(false), |query, address| query.bind(address.to_string()));
            query.execute(&mut *transaction).await?;
            let statement = one_of("UPDATE documents SET latest = 0 WHERE latest = 1 AND address IN ()", chunk.len());
            let query = chunk.iter().fold(sqlx::query(statement).persistent(false), |query, address| query.bind(address.to_string()));
            query.execute(&mut *transaction).await?;
        }
        let published: Vec<Option<String>> = fresh.iter().map(|a| a.document.published.map(|day| day.to_string())).collect();
        let records: Vec<String> = fresh.iter().map(|a| serde_json::to_string(&a.record).unwrap_or_default()).collect();
        let mut heads = Vec::with_capacity(fresh.len());
        for (arrival, published) in fresh.iter().zip(&published) {
            let Arrival { identity, document, source, sketch, .. } = *arrival;
            let version = versions.entry(identity.address.clone()).or_default();
            *version += 1;
            if *version == 1 {
                added.new += 1;
            } else {
                added.versions += 1;
            }
            let latest = last.get(identity.address.as_str()).is_some_and(|id| *id == identity.id);
            heads.push(vec![
                Value::Text(&identity.id),
                Value::Text(&identity.address),
                Value::Text(&identity.sha256),
                Value::Whole(*version),
                Value::Whole(latest.into()),
                Value::Text(&document.id),
                Value::Text(source),
                Value::Maybe(document.url.as_deref()),
                Value::Maybe(document.outlet.as_deref()),
                Value::Maybe(document.title.as_deref()),
                Value::Maybe(published.as_deref()),
                Value::Maybe(document.language.as_deref()),
                Value::Maybe(sketch.as_deref()),
                Value::Text(&now),
                Value::Maybe(document.author.as_deref()),
            ]);
        }
        insert(&mut transaction, "documents", COLUMNS, &heads).await?;
        let texts: Vec<_> = fresh.iter().map(|a| vec![Value::Text(&a.identity.id), Value::Text(&a.document.text)]).collect();
        insert(&mut transaction, "texts", "document, text", &texts).await?;
        let rows: Vec<_> = fresh.iter().zip(&records).map(|(a, record)| vec![Value::Text(&a.identity.id), Value::Text(record)]).collect();
        insert(&mut transaction, "records", "document, record", &rows).await?;
        let unlinked: Vec<_> = fresh.iter().map(|a| vec![Value::Text(&a.identity.id)]).collect();
        insert(&mut transaction, "unlinked", "document", &unlinked).await?;
        transaction.commit().await?;
        Ok(added)
    }

    /// The heads of all documents, by address and version.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn heads(&mut self) -> Result<Vec<Head>> {
        let statement = format!("SELECT {COLUMNS} FROM documents ORDER BY address, version");
        let rows = sqlx::query(sqlx::AssertSqlSafe(statement)).fetch_all(&mut self.connection).await?;
        rows.iter().map(|row| head(row, 0)).collect()
    }

    /// The text of a document.
    ///
    /// # Errors
    ///
    /// Where the database fails.
    pub async fn text(&mut self, id: &str) -> Result<Option<String>> {
        let row =
            sqlx::query("SELECT text FROM texts WHERE document = $1").bind(id.to_owned()).fetch_optional(&mut self.connection).await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }

    /// The record of a document.
    ///
    /// # Errors
    ///
    /// Where the database fails, or what it holds is no record.
    pub async fn record(&mut self, id: &str) -> Result<Option<Coded>> {
        let query = sqlx::query("SELECT record FROM records WHERE document = $1").bind(id.to_owned());
        let row = query.fetch_optional(&mut self.connection).await?;
        row.map(|row| read(id, &row.try_get::<String, _>(0)?)).transpose()
    }
}

impl Store {
    /// The records of the latest version of every document, with what people made of their events, in the order of ids, with
    /// `each` called for every one.
    ///
    /// # Errors
    ///
    /// Where the database fails, or what it holds is no record.
    pub async fn latest_records(&mut self, mut each: impl FnMut(Coded)) -> Result<()> {
        let amended = Amended::of(self.amendments().await?);
        let mut after = String::new();
        loop {
            let statement = "SELECT d.id, r.record FROM documents d JOIN records r ON r.document = d.id \
                             WHERE d.latest = 1 AND d.id > $1 ORDER BY d.id LIMIT $2";
            let rows = sqlx::query(statement).bind(after.clone()).bind(PAGE).fetch_all(&mut self.connection).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = last.try_get(0)?;
            for row in &rows {
                let mut coded = read(&row.try_get::<String, _>(0)?, &row.try_get::<String, _>(1)?)?;
                amended.lay_over(&mut coded);
                each(coded);
            }
        }
    }
}

/// The time, as it is stored.
pub(crate) fn now() -> String {
    Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Reads a stored record.
pub(crate) fn read(id: &str, json: &str) -> Result<Coded> {
    serde_json::from_str(json).map_err(|error| Error::Damaged(format!("the record of {id} cannot be read ({error})")))
}

/// Reads the columns of a document; the first of them is the `first` of the row.
pub(crate) fn head(row: &sqlx::any::AnyRow, first: usize) -> Result<Head> {
    Ok(Head {
        id: row.try_get(first)?,
        address: row.try_get(first + 1)?,
        sha256: row.try_get(first + 2)?,
        version: row.try_get(first + 3)?,
        latest: row.try_get::<i64, _>(first + 4)? == 1,
        given_id: row.try_get(first + 5)?,
        source: row.try_get(first + 6)?,
        url: row.try_get(first + 7)?,
        outlet: row.try_get(first + 8)?,
        title: row.try_get(first + 9)?,
        published: row.try_get(first + 10)?,
        language: row.try_get(first + 11)?,
        sketch: row.try_get(first + 12)?,
        added: row.try_get(first + 13)?,
        author: row.try_get(first + 14)?,
    })
}

/// The arrivals that are not in the store, each once.
async fn unknown<'a>(transaction: &mut Transaction<'_, Any>, batch: &'a [Arrival]) -> Result<(Vec<&'a Arrival>, Added)> {
    let mut ids: HashSet<String> = HashSet::new();
    let mut placed: HashSet<(String, String)> = HashSet::new();
    for chunk in batch.chunks(ASKED) {
        let statement = one_of("SELECT id, address, sha256 FROM documents WHERE sha256 IN ()", chunk.len());
        let query = sqlx::query(statement).persistent(false);
        let query = chunk.iter().fold(query, |query, arrival| query.bind(arrival.identity.sha256.clone()));
        for row in query.fetch_all(&mut **transaction).await? {
            ids.insert(row.try_get(0)?);
            placed.insert((row.try_get(1)?, row.try_get(2)?));
        }
    }
    let mut fresh = Vec::with_capacity(batch.len());
    for arrival in batch {
        let identity = &arrival.identity;
        // Not short-circuited: both are remembered.
        if ids.insert(identity.id.clone()) & placed.insert((identity.address.clone(), identity.sha256.clone())) {
            fresh.push(arrival);
        }
    }
    let known = batch.len() - fresh.len();
    Ok((fresh, Added { known, ..Added::default() }))
}

/// The number of the last version of every address that has one.
async fn last_versions(transaction: &mut Transaction<'_, Any>, fresh: &[&Arrival]) -> Result<HashMap<String, i64>> {
    let mut out = HashMap::new();
    for chunk in fresh.chunks(ASKED) {
        let statement = one_of("SELECT address, MAX(version) FROM documents WHERE address IN () GROUP BY address", chunk.len());
        let query = sqlx::query(statement).persistent(false);
        let query = chunk.iter().fold(query, |query, arrival| query.bind(arrival.identity.address.clone()));
        for row in query.fetch_all(&mut **transaction).await? {
            out.insert(row.try_get(0)?, row.try_get(1)?);
        }
    }
    Ok(out)
}
