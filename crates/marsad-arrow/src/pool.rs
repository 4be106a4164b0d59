//! Batches of documents through the coder.

use crate::columns::Columns;
use crate::rows::{Failed, Row, rows_batch};
use crate::{Error, coded_schema};
use arrow_array::RecordBatch;
use arrow_select::concat::concat_batches;
use jiff::civil::Date;
use marsad_coder::{Coder, Session};
use marsad_ingest::{Entry, Fields};
use marsad_model::{Coded, Diagnostic, Document};
use rayon::prelude::*;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

/// So many rows are one piece of work: the columns of a piece cost as much to set up as two rows to code, and threads that
/// come to an end should not wait long for the last one.
const PIECE: std::ops::RangeInclusive<usize> = 16..=128;
/// A thread should have so many pieces.
const TURNS: usize = 4;

/// How batches are coded.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whether the line that `marsad code` would print is wanted too, in a column `record`.
    pub record: bool,
    /// Publication day of documents that do not name their own.
    pub published: Option<Date>,
    /// Outlet of documents that do not name their own.
    pub outlet: Option<String>,
    /// Texts of more bytes are not coded.
    pub limit: usize,
    /// Languages that can be coded (BCP 47 primary codes).
    pub languages: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self { record: false, published: None, outlet: None, limit: 64 << 20, languages: vec!["ar".into()] }
    }
}

/// A coder and the sessions of its threads.
pub struct Pool<'c> {
    coder: &'c Coder,
    idle: Mutex<Vec<Session<'c>>>,
}

impl<'c> Pool<'c> {
    /// A pool over a coder.
    pub fn new(coder: &'c Coder) -> Self {
        marsad_panics::install();
        Self { coder, idle: Mutex::default() }
    }

    /// Codes a batch on the threads of the rayon pool that it is called in. Coding deeply nested texts wants 16 MiB of stack.
    ///
    /// # Errors
    ///
    /// A column that is missing or of the wrong type, before any work; a result that is too large for one batch (2 GiB of
    /// strings in one column).
    pub fn code_batch(&self, batch: &RecordBatch, options: &Options) -> Result<RecordBatch, Error> {
        let columns = Columns::of(batch)?;
        in_pieces(columns.rows(), options, |rows| {
            let fields: Vec<Fields<'_>> = rows.map(|row| columns.fields(row)).collect();
            let results: Vec<_> = fields.iter().map(|fields| self.code_fields(fields, options)).collect();
            rows_batch(results.iter().map(|result| result.as_ref().map_or_else(|failed| Row::failed(failed), Row::coded)), options.record)
        })
    }

    /// Codes what a [`marsad_ingest::Reader`] read, as [`Pool::code_batch`] does but on the thread that calls. What could not be
    /// read is a row without id, whose reason begins with the file and the line.
    ///
    /// # Errors
    ///
    /// A result that is too large for one batch.
    pub fn code_entries(&self, entries: &[Entry], options: &Options) -> Result<RecordBatch, Error> {
        let results: Vec<_> = entries.iter().map(|entry| self.code_entry(entry, options)).collect();
        rows_batch(results.iter().map(|result| result.as_ref().map_or_else(|failed| Row::failed(failed), Row::coded)), options.record)
    }

    /// Codes one document.
    ///
    /// # Errors
    ///
    /// What went wrong in the coder, which would be a bug.
    pub fn code(&self, document: &Document) -> Result<Coded, String> {
        self.with_session(|session| session.code(document))
            .map_err(|panic| format!("the coder failed on “{}” ({panic}); please report it with this document", document.id))
    }

    /// Lends a session. One whose work panics is thrown away.
    ///
    /// # Errors
    ///
    /// The panic's message and place.
    pub fn with_session<T>(&self, work: impl FnOnce(&mut Session<'c>) -> T) -> Result<T, String> {
        let waiting = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let (result, session) = marsad_panics::guard(|| {
            let mut session = waiting.unwrap_or_else(|| self.coder.session());
            (work(&mut session), session)
        })?;
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(session);
        Ok(result)
    }

    fn code_fields<'f>(&self, fields: &Fields<'f>, options: &Options) -> Result<Coded, Box<Failed<'f>>> {
        let failed = |reason| Box::new(Failed { fields: fields.clone(), reason });
        let (document, odd) = fields.document(options.limit, &options.languages).map_err(failed)?;
        self.code_document(document, &odd, options).map_err(failed)
    }

    fn code_entry<'e>(&self, entry: &'e Entry, options: &Options) -> Result<Coded, Box<Failed<'e>>> {
        let failed = |id, reason: &str| {
            let fields = Fields { id, ..Fields::default() };
            Box::new(Failed { fields, reason: format!("{}: {reason}", entry.place()) })
        };
        let document = entry.content.as_ref().map_err(|unread| failed(None, &unread.error))?;
        self.code_document(document.clone(), &entry.diagnostics, options).map_err(|reason| failed(Some(&document.id), &reason))
    }

    fn code_document(&self, mut document: Document, odd: &[Diagnostic], options: &Options) -> Result<Coded, String> {
        document.published = document.published.or(options.published);
        document.outlet = document.outlet.or_else(|| options.outlet.clone());
        let mut coded = self.code(&document)?;
        coded.diagnostics.splice(..0, odd.iter().cloned());
        Ok(coded)
    }
}

/// Works on rows a few at a time, and puts the results together in order.
fn in_pieces(
    rows: usize,
    options: &Options,
    work: impl Fn(Range<usize>) -> Result<RecordBatch, Error> + Sync,
) -> Result<RecordBatch, Error> {
    let size = rows.div_ceil(TURNS * rayon::current_num_threads()).clamp(*PIECE.start(), *PIECE.end());
    let piece = |n: usize| work(n * size..rows.min((n + 1) * size));
    let parts: Vec<RecordBatch> = (0..rows.div_ceil(size)).into_par_iter().with_max_len(1).map(piece).collect::<Result<_, _>>()?;
    let schema = Arc::new(coded_schema(options.record));
    match parts.as_slice() {
        [] => Ok(RecordBatch::new_empty(schema)),
        [whole] => Ok(whole.clone()),
        parts => concat_batches(&schema, parts).map_err(|error| Error::Batch(format!("{error}; give fewer rows at a time"))),
    }
}
