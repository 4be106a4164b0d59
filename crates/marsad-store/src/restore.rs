//! A store from a file that [`Store::backup`] wrote.

use crate::backup::{FORM, Saved, hex};
use crate::catalog::{Kind, Table};
use crate::connection::Store;
use crate::insert::{Value as Cell, insert};
use crate::{Error, Result};
use flate2::read::GzDecoder;
use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::Row;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// Rows that are inserted together, and their bytes.
const ROWS: usize = 64;
const BYTES: usize = 4 << 20;

/// Makes a new observatory in a folder from a backup; in a file of its own, or in an empty database of PostgreSQL.
///
/// The whole file is checked before anything is made, and again while it is read. The folder appears when all is in it.
///
/// # Errors
///
/// Where the folder or the database holds something, the file is damaged or of a newer version, or there is no room.
pub async fn restore(file: &Path, folder: &Path, database: Option<&str>) -> Result<Saved> {
    let folder = &std::path::absolute(folder).map_err(|error| Error::Backup(folder.to_owned(), error.to_string()))?;
    let occupied = std::fs::read_dir(folder).map_or_else(|_| folder.exists(), |mut inside| inside.next().is_some());
    if occupied {
        return Err(Error::Backup(folder.to_owned(), "there is something already; give a folder that is new or empty".into()));
    }
    let mut reading = Reading::open(file)?;
    while reading.next()?.is_some() {}
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let temporary = folder.with_file_name(format!(".{name}.restoring-{}", std::process::id()));
    let workshop = Workshop(temporary);
    let (_, mut store) = Store::init_at(&workshop.0, database, &reading.schema).await?;
    let saved = store.load(Reading::open(file)?).await?;
    store.migrate(None).await?;
    store.close().await?;
    let told = |error: std::io::Error| Error::Backup(folder.to_owned(), error.to_string());
    if let Some(parent) = folder.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        std::fs::create_dir_all(parent).map_err(told)?;
    }
    std::fs::rename(&workshop.0, folder).map_err(told)?;
    Ok(saved)
}

/// A folder that is gone when it is not moved away.
struct Workshop(PathBuf);

impl Drop for Workshop {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Store {
    /// Takes all rows in one transaction.
    async fn load(&mut self, mut reading: Reading) -> Result<Saved> {
        let tables = self.tables().await?;
        let file = reading.file.clone();
        let mut transaction = self.write().await?;
        for table in &tables {
            let statement = format!("SELECT COUNT(*) FROM \"{}\"", table.name);
            let row = sqlx::query(sqlx::AssertSqlSafe(statement)).persistent(false).fetch_one(&mut *transaction).await?;
            if table.name == "documents" && row.try_get::<i64, _>(0)? > 0 {
                return Err(Error::Backup(file, "the database holds an observatory already; give an empty one".into()));
            }
        }
        let mut saved = Saved::default();
        let mut into: Option<(&Table, Vec<usize>, String)> = None;
        let (mut rows, mut bytes): (Vec<Vec<Value>>, usize) = (Vec::new(), 0);
        loop {
            let part = reading.next()?;
            let full = rows.len() >= ROWS || bytes >= BYTES || !matches!(part, Some(Part::Row(_)));
            if let Some((table, places, columns)) = into.as_ref().filter(|_| full && !rows.is_empty()) {
                let cells: Option<Vec<_>> = rows.iter().map(|row| cells(table, places, row)).collect();
                let cells = cells.ok_or_else(|| Error::Backup(file.clone(), format!("a row of {} does not fit", table.name)))?;
                insert(&mut transaction, &table.name, columns, &cells).await?;
                *saved.tables.entry(table.name.clone()).or_default() += rows.len() as u64;
                rows.clear();
                bytes = 0;
            }
            match part {
                Some(Part::Row(row)) => {
                    bytes += row.iter().filter_map(Value::as_str).map(str::len).sum::<usize>();
                    rows.push(row);
                }
                Some(Part::Table(name, columns)) => {
                    let unknown = |what: &str| Error::Backup(file.clone(), format!("it holds {what}, which this version does not know"));
                    let table = tables.iter().find(|table| table.name == name).ok_or_else(|| unknown(&format!("a table {name:?}")))?;
                    let place = |column: &String| {
                        let place = table.columns.iter().position(|known| known.name == *column);
                        place.ok_or_else(|| unknown(&format!("a column {column:?} of {name}")))
                    };
                    let places = columns.iter().map(place).collect::<Result<Vec<usize>>>()?;
                    // What steps of the schema or triggers put there is in the backup, too.
                    let statement = format!("DELETE FROM \"{name}\"");
                    sqlx::query(sqlx::AssertSqlSafe(statement)).persistent(false).execute(&mut *transaction).await?;
                    saved.tables.insert(name, 0);
                    let quoted: Vec<String> = columns.iter().map(|column| format!("\"{column}\"")).collect();
                    into = Some((table, places, quoted.join(", ")));
                }
                None => break,
            }
        }
        transaction.commit().await?;
        Ok(saved)
    }
}

fn cells<'a>(table: &Table, places: &[usize], row: &'a [Value]) -> Option<Vec<Cell<'a>>> {
    if row.len() != places.len() {
        return None;
    }
    let cell = |(place, value): (&usize, &'a Value)| {
        let null = value.is_null();
        Some(match table.columns[*place].kind {
            Kind::Text => Cell::Maybe(if null { None } else { Some(value.as_str()?) }),
            Kind::Whole => Cell::MaybeWhole(if null { None } else { Some(value.as_i64()?) }),
            Kind::Real => Cell::MaybeReal(if null { None } else { Some(value.as_f64()?) }),
            Kind::Bytes => Cell::MaybeBytes(if null { None } else { Some(bytes(value.as_str()?)?) }),
        })
    };
    places.iter().zip(row).map(cell).collect()
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let pairs = hex.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

/// What comes next in a backup.
enum Part {
    /// A table begins: its name and columns.
    Table(String, Vec<String>),
    /// A row of it.
    Row(Vec<Value>),
}

/// A backup that is read. The end is given only where all hashes are right.
struct Reading {
    file: PathBuf,
    lines: BufReader<GzDecoder<BufReader<File>>>,
    schema: Vec<i64>,
    all: Sha256,
    tables: BTreeMap<String, (u64, Sha256)>,
    table: Option<String>,
    line: Vec<u8>,
    done: bool,
}

impl Reading {
    fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(|error| Error::Backup(path.to_owned(), error.to_string()))?;
        let lines = BufReader::with_capacity(1 << 16, GzDecoder::new(BufReader::with_capacity(1 << 16, file)));
        let (all, tables) = (Sha256::new(), BTreeMap::new());
        let mut out = Self { file: path.to_owned(), lines, schema: Vec::new(), all, tables, table: None, line: Vec::new(), done: false };
        let alien = || Error::Backup(path.to_owned(), "this is no backup of marsad".into());
        let head = match out.read() {
            Ok(head) => head,
            Err(_) if !out.line.starts_with(b"{\"marsad-backup\"") => return Err(alien()),
            Err(error) => return Err(error),
        };
        let head = head.filter(|head| head.get("marsad-backup").is_some()).ok_or_else(alien)?;
        if head["marsad-backup"].as_i64() != Some(FORM) {
            return Err(Error::Backup(path.to_owned(), "a newer version of marsad wrote this backup; use that version".into()));
        }
        out.schema = head["schema"].as_array().into_iter().flatten().filter_map(Value::as_i64).collect();
        let known = Store::known_steps();
        if let Some(newer) = out.schema.iter().find(|step| !known.contains(step)) {
            return Err(Error::Newer(*newer));
        }
        out.all.update(&out.line);
        Ok(out)
    }

    /// The next part, or the end.
    fn next(&mut self) -> Result<Option<Part>> {
        if self.done {
            return Ok(None);
        }
        let value = self.read()?.ok_or_else(|| self.damaged("it is cut off"))?;
        if let Some(manifest) = value.get("manifest") {
            return self.end(manifest, &value["sha256"]).map(|()| None);
        }
        self.all.update(&self.line);
        match value {
            Value::Array(row) => {
                let table = self.table.as_ref().and_then(|table| self.tables.get_mut(table));
                let Some((count, hash)) = table else { return Err(self.damaged("a row stands outside of a table")) };
                *count += 1;
                hash.update(&self.line);
                Ok(Some(Part::Row(row)))
            }
            Value::Object(head) => {
                let name = head.get("table").and_then(Value::as_str).map(str::to_owned);
                let columns: Option<Vec<String>> = head
                    .get("columns")
                    .and_then(Value::as_array)
                    .map(|all| all.iter().filter_map(Value::as_str).map(str::to_owned).collect());
                let Some((name, columns)) = name.zip(columns) else { return Err(self.damaged("a line is neither table nor row")) };
                if self.tables.insert(name.clone(), (0, Sha256::new())).is_some() {
                    return Err(self.damaged("a table is there twice"));
                }
                self.table = Some(name.clone());
                Ok(Some(Part::Table(name, columns)))
            }
            _ => Err(self.damaged("a line is neither table nor row")),
        }
    }

    fn end(&mut self, manifest: &Value, all: &Value) -> Result<()> {
        for (name, (count, hash)) in &self.tables {
            let told = &manifest[name];
            if told["rows"].as_u64() != Some(*count) || told["sha256"].as_str() != Some(&hex(&hash.clone().finalize())) {
                return Err(self.damaged(&format!("the rows of {name} are not those that were saved")));
            }
        }
        let same = all.as_str() == Some(&hex(&self.all.clone().finalize()));
        if !same || manifest.as_object().is_none_or(|manifest| manifest.len() != self.tables.len()) {
            return Err(self.damaged("its hash is not the one that was saved"));
        }
        if self.read()?.is_some() {
            return Err(self.damaged("something follows its end"));
        }
        self.done = true;
        Ok(())
    }

    /// The next line; `None` at the end of the file.
    fn read(&mut self) -> Result<Option<Value>> {
        self.line.clear();
        match self.lines.read_until(b'\n', &mut self.line) {
            Ok(0) => return Ok(None),
            Ok(_) if self.line.ends_with(b"\n") => {}
            Ok(_) => return Err(self.damaged("it is cut off")),
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => return Err(self.damaged("it is cut off")),
            Err(error) => return Err(self.damaged(&error.to_string())),
        }
        serde_json::from_slice(&self.line).map(Some).map_err(|error| self.damaged(&format!("a line cannot be read, {error}")))
    }

    fn damaged(&self, how: &str) -> Error {
        Error::Backup(self.file.clone(), format!("this backup is damaged ({how}); nothing was restored, use another copy"))
    }
}
