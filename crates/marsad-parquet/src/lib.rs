//! Rows of text columns out of Parquet files.
//!
//! A file is read one row group after the other and a few dozen rows at a time, so that memory is bounded by a page of each
//! column and not by the file. What is wrong is told with the column that it is in: a footer that cannot be read, a column
//! that is missing or of another type, data that are corrupt. Corrupt data cost the rest of their row group and no other.
//!
//! Architecture invariant: knows columns and types, nothing of documents.

mod columns;
mod lane;

pub use columns::{Column, Kind};

use columns::Chosen;
use lane::Lane;
use parquet::file::reader::{FileReader, SerializedFileReader};
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How every Parquet file begins.
pub const MAGIC: &[u8] = b"PAR1";

/// A column may unpack to so many times its packed size …
const RATIO: i64 = 1000;
/// … and to so many bytes more; what says that it goes further is a bomb.
const SPARE: i64 = 256 << 20;

/// One row: the wanted columns in their order; `None` for what is null or whose column is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Counted from 1, through all row groups.
    pub number: u64,
    /// The values, or why the row cannot be read.
    pub values: Result<Vec<Option<String>>, String>,
}

/// The rows of a file, in order.
pub struct Rows {
    file: SerializedFileReader<File>,
    chosen: Vec<Option<Chosen>>,
    group: usize,
    lanes: Option<Vec<Option<Lane>>>,
    left: u64,
    number: u64,
    read: Arc<AtomicU64>,
}

impl Rows {
    /// Opens a file for the columns that are wanted; gives its rows, and what is odd about columns that can be done without.
    /// `read` counts the bytes that were read, a row group at a time.
    ///
    /// # Errors
    ///
    /// Why it cannot be read: no Parquet file, a corrupt footer, a required column missing or of the wrong type.
    pub fn open(path: &Path, wanted: &[Column], read: Arc<AtomicU64>) -> Result<(Self, Vec<String>), String> {
        let file = File::open(path).map_err(|error| format!("it cannot be read ({error})"))?;
        let size = file.metadata().map_or(0, |data| data.len());
        if size < 12 {
            return Err(format!("this is no Parquet file: it has only {size} bytes"));
        }
        let opened = guarded(|| SerializedFileReader::new(file).map_err(|error| plain(&error)));
        let file =
            opened.map_err(|reason| format!("its footer cannot be read ({reason}); the file is cut short, corrupt, or no Parquet"))?;
        let (chosen, notes) = columns::choose(file.metadata().file_metadata().schema_descr(), wanted)?;
        Ok((Self { file, chosen, group: 0, lanes: None, left: 0, number: 0, read }, notes))
    }

    /// Opens the next row group; `None` behind the last one.
    fn advance(&mut self) -> Option<Result<(), String>> {
        let data = self.file.metadata();
        let group = self.group;
        if group >= data.num_row_groups() {
            return None;
        }
        self.group += 1;
        let data = data.row_group(group);
        self.left = u64::try_from(data.num_rows()).unwrap_or(0);
        self.read.fetch_add(u64::try_from(data.compressed_size()).unwrap_or(0), Ordering::Relaxed);
        let mut lanes = Vec::with_capacity(self.chosen.len());
        for chosen in &self.chosen {
            let Some(chosen) = chosen else {
                lanes.push(None);
                continue;
            };
            let failed = |reason: String| format!("column “{}”: row group {}: {reason}", chosen.name, group + 1);
            let Some(chunk) = data.columns().get(chosen.index) else {
                return Some(Err(failed("the column is missing from it".into())));
            };
            if chunk.uncompressed_size() > chunk.compressed_size().saturating_mul(RATIO).saturating_add(SPARE) {
                return Some(Err(failed("it unpacks to far more than its size, a bomb; the row group was left out".into())));
            }
            let reader = guarded(|| {
                let group = self.file.get_row_group(group).map_err(|error| plain(&error))?;
                group.get_column_reader(chosen.index).map_err(|error| plain(&error))
            });
            match reader.and_then(|reader| Lane::new(chosen.clone(), reader)) {
                Ok(lane) => lanes.push(Some(lane)),
                Err(reason) => return Some(Err(failed(reason))),
            }
        }
        self.lanes = Some(lanes);
        Some(Ok(()))
    }

    /// Leaves the rest of a row group out.
    fn give_up(&mut self) {
        self.lanes = None;
        self.number += self.left;
        self.left = 0;
    }
}

impl Iterator for Rows {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        while self.left == 0 || self.lanes.is_none() {
            self.lanes = None;
            if let Err(reason) = self.advance()? {
                let number = self.number + 1;
                self.give_up();
                return Some(Row { number, values: Err(reason) });
            }
        }
        let group = self.group;
        self.left -= 1;
        self.number += 1;
        let number = self.number;
        let mut values = Ok(Vec::with_capacity(self.chosen.len()));
        let mut broken = None;
        for lane in self.lanes.iter_mut().flatten() {
            let Some(lane) = lane else {
                if let Ok(values) = &mut values {
                    values.push(None);
                }
                continue;
            };
            match guarded(|| lane.next()) {
                Ok(Ok(value)) => {
                    if let Ok(values) = &mut values {
                        values.push(value);
                    }
                }
                // Every lane is asked, so that the next row is in step again.
                Ok(Err(reason)) if values.is_ok() => values = Err(format!("column “{}”: {reason}", lane.name())),
                Ok(Err(_)) => {}
                Err(reason) => {
                    let rest = "the rest of the row group was left out";
                    broken = Some(format!("column “{}”: row group {group} is corrupt ({reason}); {rest}", lane.name()));
                    break;
                }
            }
        }
        if let Some(reason) = broken {
            self.give_up();
            values = Err(reason);
        }
        Some(Row { number, values })
    }
}

/// What the decoder says, also where it breaks down over corrupt data.
fn guarded<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err("the decoder broke down over it".into()))
}

/// The decoder's reason without its own name, and short.
fn plain(error: &parquet::errors::ParquetError) -> String {
    let text = error.to_string();
    let text = text.split_once(": ").map_or(text.as_str(), |(_, reason)| reason);
    text.chars().take(160).collect()
}
