//! One file that holds all of a store, whatever database it is in.
//!
//! Lines of JSON, packed with gzip. The first says what it is and which steps of the schema were taken; a line with `table`
//! and `columns` begins a table, and arrays are its rows; the last line has the number of rows and the SHA-256 of every
//! table, and that of everything before it. Tables that can be made anew (the index of texts) and sessions are left out, and
//! accounts where that is asked for.

use crate::catalog::{Kind, Table};
use crate::connection::Store;
use crate::documents::now;
use crate::{Error, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use futures_util::TryStreamExt;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Connection, Row};
use std::io::Write;

/// The version of this form of file.
pub(crate) const FORM: i64 = 1;

/// What was saved or restored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// Tables and the number of their rows, by name.
    pub tables: std::collections::BTreeMap<String, u64>,
}

/// What a backup has of those who use the observatory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contents {
    /// Accounts with the hashes of their passwords and tokens.
    WithAccounts,
    /// No account; the names of those who reviewed stay with what they did.
    WithoutAccounts,
}

impl Contents {
    /// Whether a table is saved. Sessions never are: people log in again.
    fn has(self, table: &str) -> bool {
        table != "sessions" && (self == Self::WithAccounts || !matches!(table, "users" | "tokens" | "identities"))
    }
}

impl Store {
    /// Writes all of the store as it is at one moment; others may go on writing.
    ///
    /// # Errors
    ///
    /// Where the database or the output fails.
    pub async fn backup(&mut self, out: &mut dyn Write, contents: Contents) -> Result<Saved> {
        let sqlite = self.is_sqlite();
        let schema: Vec<i64> = self.applied().await.into_iter().map(|step| step.0).collect();
        let mut tables = self.tables().await?;
        tables.retain(|table| contents.has(&table.name));
        let mut file = Writing { out: GzEncoder::new(out, Compression::new(4)), all: Sha256::new() };
        let version = env!("CARGO_PKG_VERSION");
        file.line(&json!({"marsad-backup": FORM, "schema": schema, "made": now(), "by": version}))?;
        let mut transaction = self.connection.begin().await?;
        if !sqlite {
            sqlx::query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY").execute(&mut *transaction).await?;
        }
        let (mut saved, mut manifest) = (Saved::default(), Map::new());
        for table in &tables {
            let columns: Vec<Value> = table.columns.iter().map(|column| json!(column.name)).collect();
            file.line(&json!({"table": table.name, "columns": columns}))?;
            let (mut hash, mut count) = (Sha256::new(), 0u64);
            let mut rows = sqlx::query(AssertSqlSafe(select(table, sqlite))).persistent(false).fetch(&mut *transaction);
            while let Some(row) = rows.try_next().await? {
                hash.update(file.line(&values(table, &row)?)?);
                count += 1;
            }
            saved.tables.insert(table.name.clone(), count);
            manifest.insert(table.name.clone(), json!({"rows": count, "sha256": hex(&hash.finalize())}));
        }
        transaction.rollback().await?;
        let all = hex(&file.all.clone().finalize());
        file.line(&json!({"manifest": manifest, "sha256": all}))?;
        file.out.finish().and_then(|out| out.flush()).map_err(told)?;
        Ok(saved)
    }
}

/// All rows in the order of the primary key, by bytes in both databases.
fn select(table: &Table, sqlite: bool) -> String {
    let quoted = |name: &str| format!("\"{name}\"");
    let keyed = table.columns.iter().any(|column| column.key);
    let order: Vec<String> = (table.columns.iter())
        .filter(|column| column.key || !keyed)
        .map(|column| format!("{}{}", quoted(&column.name), if column.kind == Kind::Text && !sqlite { " COLLATE \"C\"" } else { "" }))
        .collect();
    let columns: Vec<String> = table.columns.iter().map(|column| quoted(&column.name)).collect();
    format!("SELECT {} FROM {} ORDER BY {}", columns.join(", "), quoted(&table.name), order.join(", "))
}

fn values(table: &Table, row: &AnyRow) -> Result<Value> {
    let value = |(n, kind)| -> Result<Value> {
        Ok(match kind {
            Kind::Text => json!(row.try_get::<Option<String>, _>(n)?),
            Kind::Whole => json!(row.try_get::<Option<i64>, _>(n)?),
            Kind::Real => json!(row.try_get::<Option<f64>, _>(n)?),
            Kind::Bytes => json!(row.try_get::<Option<Vec<u8>>, _>(n)?.map(|bytes| hex(&bytes))),
        })
    };
    table.columns.iter().map(|column| column.kind).enumerate().map(value).collect::<Result<Vec<Value>>>().map(Value::Array)
}

struct Writing<W: Write> {
    out: GzEncoder<W>,
    all: Sha256,
}

impl<W: Write> Writing<W> {
    fn line(&mut self, value: &Value) -> Result<Vec<u8>> {
        let mut line = serde_json::to_vec(value).unwrap_or_default();
        line.push(b'\n');
        self.all.update(&line);
        self.out.write_all(&line).map_err(told)?;
        Ok(line)
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// An error of the output.
fn told(error: std::io::Error) -> Error {
    match error.kind() {
        std::io::ErrorKind::StorageFull => Error::Full,
        _ => Error::Disk(error.to_string()),
    }
}
