//! Parquet files to documents.

use crate::container::{Container, Found, What};
use crate::fields::Fields;
use marsad_parquet::{Column, Kind, MAGIC, Row, Rows};
use std::fs::File;
use std::io::Read;
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

/// Whether a file can be read at all, before work on it starts: that it is there, and of a Parquet file that its footer is
/// whole and has the columns that documents need.
///
/// # Errors
///
/// The file and why it cannot be read.
pub fn check_file(path: &Path) -> Result<(), String> {
    let told = |reason: String| format!("{}: {reason}", path.display());
    let unread = |error: std::io::Error| told(format!("it cannot be read ({error})"));
    let mut first = [0; MAGIC.len()];
    let mut file = File::open(path).map_err(unread)?;
    if file.metadata().map_err(unread)?.is_dir() {
        return Ok(());
    }
    let named = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("parquet"));
    if named || (file.read_exact(&mut first).is_ok() && first == *MAGIC) {
        Rows::open(path, &COLUMNS, Arc::default()).map_err(told)?;
    }
    Ok(())
}

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
        let values = row.values?;
        let mut values = values.iter().map(Option::as_deref);
        let mut value = || values.next().flatten();
        let (id, text, url, outlet) = (value(), value(), value(), value());
        let (author, title, published, language) = (value(), value(), value(), value());
        let fields = Fields { id, text, url, outlet, author, title, published, language };
        let (document, mut notes) = fields.read(self.limit)?;
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
