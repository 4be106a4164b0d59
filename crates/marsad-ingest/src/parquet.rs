//! Parquet files to documents.

use crate::container::{Container, Found, What};
use crate::json::{self, Given};
use crate::open::size;
use marsad_parquet::{Column, Kind, Row, Rows};
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// The fields of a document, in the order in which [`Columns::document`] takes them.
const COLUMNS: [Column; 8] = [
    Column { name: "id", kind: Kind::Id, required: true },
    Column { name: "text", kind: Kind::Text, required: true },
    Column { name: "url", kind: Kind::Text, required: false },
    Column { name: "outlet", kind: Kind::Text, required: false },
    Column { name: "author", kind: Kind::Text, required: false },
    Column { name: "title", kind: Kind::Text, required: false },
    Column { name: "published", kind: Kind::Day, required: false },
    Column { name: "language", kind: Kind::Text, required: false },
];

/// The documents of a Parquet file, one for each row.
pub(crate) struct Columns {
    rows: Rows,
    limit: usize,
    /// What is odd about the columns; told with the first document.
    notes: Vec<String>,
    any: bool,
    done: bool,
}

impl Columns {
    /// # Errors
    ///
    /// Why it cannot be read.
    pub fn open(path: &Path, limit: usize, read: Arc<AtomicU64>) -> Result<Self, String> {
        let (rows, notes) = Rows::open(path, &COLUMNS, read)?;
        Ok(Self { rows, limit, notes, any: false, done: false })
    }

    fn document(&mut self, row: Row) -> Result<What, String> {
        let mut values = row.values?.into_iter();
        let mut value = || values.next().flatten().filter(|value| !value.trim().is_empty()).map(Value::String);
        let (id, text, url, outlet) = (value(), value(), value(), value());
        let (author, title, published, language) = (value(), value(), value(), value());
        if let Some(Value::String(text)) = text.as_ref().filter(|text| text.as_str().is_some_and(|text| text.len() > self.limit)) {
            let (length, limit) = (size(text.len() as u64), size(self.limit as u64));
            return Err(format!("the text has {length}, more than {limit}; split the document or raise --max-size"));
        }
        let (document, mut notes) = json::from_fields(Given { id, text, url, outlet, author, title, published, language })?;
        notes.splice(..0, std::mem::take(&mut self.notes));
        Ok(What::Document(Box::new(document), notes))
    }
}

impl Container for Columns {
    fn next(&mut self) -> Option<Found> {
        if self.done {
            return None;
        }
        let Some(row) = self.rows.next() else {
            self.done = true;
            return (!self.any).then(|| What::Refused("there is no row in it".into()).into());
        };
        self.any = true;
        let name = Some(format!(", row {}", row.number));
        let what = self.document(row).unwrap_or_else(What::Refused);
        Some(Found { name, line: None, what })
    }
}
