//! Batches of documents through the coder.

use crate::Error;
use crate::columns::Columns;
use crate::rows::{Failed, Row, rows_batch};
use crate::schema::shared_schema;
use arrow_array::RecordBatch;
use arrow_select::concat::concat_batches;
use jiff::civil::Date;
use marsad_coder::{Coder, Session};
use marsad_ingest::{Entry, Fields};
use marsad_model::{Coded, Diagnostic, Document};
use rayon::prelude::*;
use std::ops::{Range, RangeInclusive};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// So many rows are one piece of work: the columns of a piece cost as much to set up as a row to code, and threads that
/// come to an end should not wait long for the last one, so that pieces become smaller towards the end.
const PIECE: RangeInclusive<usize> = 8..=128;
/// The next piece is such a part of what is left for each thread.
const TURNS: usize = 4;
/// So many documents are coded side by side, and no more once they have so many bytes: long ones gain nothing by it.
const TOGETHER: usize = 8;
const TOGETHER_BYTES: usize = 64 << 10;

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
            let results = self.code_fields(&fields, options);
            rows_batch(results.iter().map(|result| result.as_ref().map_or_else(|failed| Row::failed(failed), Row::coded)), options.record)
        })
    }

    /// Codes what a [`marsad_ingest::Reader`] read, as [`Pool::code_batch`] does but on the thread that calls. What could not be
    /// read is a row without id, whose reason begins with the file and the line.
    ///
    /// # Errors
    ///
    /// A result that is too large for one batch.
    pub fn code_entries<'e>(&self, entries: &'e [Entry], options: &Options) -> Result<RecordBatch, Error> {
        let given = |entry: &Entry| {
            let document = entry.content.as_ref().map_err(|unread| unread.error.clone())?;
            Ok(Given::new(document.clone(), entry.diagnostics.clone(), options))
        };
        let failed = |entry: &'e Entry, reason: String| {
            let id = entry.content.as_ref().ok().map(|document| document.id.as_str());
            Failed { fields: Fields { id, ..Fields::default() }, reason: format!("{}: {reason}", entry.place()) }
        };
        let results = self.code_each(entries, given, failed);
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

    fn code_fields<'f>(&self, fields: &[Fields<'f>], options: &Options) -> Vec<Result<Coded, Box<Failed<'f>>>> {
        let given = |fields: &Fields<'f>| {
            let (document, odd) = fields.document(options.limit, &options.languages)?;
            Ok(Given::new(document, odd, options))
        };
        let failed = |fields: &Fields<'f>, reason| Failed { fields: fields.clone(), reason };
        self.code_each(fields, given, failed)
    }

    /// Codes each of the rows, a few side by side; of those that are no documents, and of those that the coder fails on, it tells why.
    fn code_each<'r, 'f, R>(
        &self,
        rows: &'r [R],
        given: impl Fn(&R) -> Result<Given, String>,
        failed: impl Fn(&'r R, String) -> Failed<'f>,
    ) -> Vec<Result<Coded, Box<Failed<'f>>>> {
        let mut out = Vec::with_capacity(rows.len());
        while out.len() < rows.len() {
            let rows = &rows[out.len()..];
            let all = side_by_side(rows.iter().map(&given));
            let documents: Vec<&Document> = all.iter().flatten().map(|given| &given.document).collect();
            let mut coded = self.code_all(&documents).into_iter();
            out.extend(rows.iter().zip(all).map(|(row, given)| {
                let coded = given.and_then(|Given { document, odd }| {
                    let mut coded = coded.next().unwrap_or_else(|| self.code(&document))?;
                    coded.diagnostics.splice(..0, odd);
                    Ok(coded)
                });
                coded.map_err(|reason| Box::new(failed(row, reason)))
            }));
        }
        out
    }

    /// Codes documents side by side; where one of them is too much for the coder, each by itself.
    fn code_all(&self, documents: &[&Document]) -> Vec<Result<Coded, String>> {
        match self.with_session(|session| session.code_all(documents)) {
            Ok(coded) => coded.into_iter().map(Ok).collect(),
            Err(_) => documents.iter().map(|document| self.code(document)).collect(),
        }
    }
}

/// A document to be coded.
struct Given {
    document: Document,
    /// What is odd about it.
    odd: Vec<Diagnostic>,
}

impl Given {
    fn new(mut document: Document, odd: Vec<Diagnostic>, options: &Options) -> Self {
        document.published = document.published.or(options.published);
        document.outlet = document.outlet.or_else(|| options.outlet.clone());
        Self { document, odd }
    }
}

/// The next few that are coded side by side.
fn side_by_side(mut given: impl Iterator<Item = Result<Given, String>>) -> Vec<Result<Given, String>> {
    let (mut out, mut bytes) = (Vec::with_capacity(TOGETHER), 0);
    while out.len() < TOGETHER
        && bytes < TOGETHER_BYTES
        && let Some(next) = given.next()
    {
        bytes += next.as_ref().map_or(0, |given| given.document.text.len());
        out.push(next);
    }
    out
}

/// The pieces in which so many threads work on so many rows.
fn pieces(rows: usize, threads: usize) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    while start < rows {
        let size = (rows - start).div_ceil(TURNS * threads).clamp(*PIECE.start(), *PIECE.end());
        let end = rows.min(start + size);
        out.push(start..end);
        start = end;
    }
    out
}

/// Works on rows a few at a time, the first ones first, and puts the results together in order.
fn in_pieces(
    rows: usize,
    options: &Options,
    work: impl Fn(Range<usize>) -> Result<RecordBatch, Error> + Sync,
) -> Result<RecordBatch, Error> {
    let threads = rayon::current_num_threads();
    let (pieces, next) = (pieces(rows, threads), AtomicUsize::new(0));
    let take = || {
        let n = next.fetch_add(1, Ordering::Relaxed);
        Some((n, work(pieces.get(n)?.clone())))
    };
    let thread = |_| std::iter::from_fn(take).collect::<Vec<_>>();
    let mut parts: Vec<(usize, Result<RecordBatch, Error>)> =
        (0..threads.min(pieces.len())).into_par_iter().with_max_len(1).flat_map_iter(thread).collect();
    parts.sort_unstable_by_key(|(n, _)| *n);
    let parts: Vec<RecordBatch> = parts.into_iter().map(|(_, part)| part).collect::<Result<_, _>>()?;
    let schema = shared_schema(options.record);
    match parts.as_slice() {
        [] => Ok(RecordBatch::new_empty(schema)),
        [whole] => Ok(whole.clone()),
        parts => concat_batches(&schema, parts).map_err(|error| Error::Batch(format!("{error}; give fewer rows at a time"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_hold_every_row_once_and_grow_smaller() {
        for (rows, threads) in [(0, 2), (1, 2), (15, 1), (129, 1), (2_000, 2), (10_000, 7)] {
            let pieces = pieces(rows, threads);
            assert_eq!(pieces.iter().map(Range::len).sum::<usize>(), rows);
            assert!(pieces.windows(2).all(|pair| pair[0].end == pair[1].start && pair[0].len() >= pair[1].len()));
            assert!(pieces.iter().all(|piece| piece.len() <= *PIECE.end()));
        }
    }
}
