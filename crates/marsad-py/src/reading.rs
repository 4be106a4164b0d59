//! Files and observatories to tables.

use crate::border::run;
use crate::coding::How;
use crate::engine::{STACK, coder, engine, thread_count};
use arrow_array::RecordBatch;
use arrow_pyarrow::{PyArrowType, Table};
use marsad_arrow::{Options, coded_batch, coded_schema, incident_batch, incident_schema};
use marsad_ingest::{DayReader, Entry, Input, Reader};
use marsad_model::{Coded, Incident};
use marsad_store::{Folder, Store};
use pyo3::prelude::*;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

/// So many rows of a store make a batch.
const ROWS: usize = 1024;

/// So many documents of files are one piece of work, …
const PIECE: usize = 128;

/// … or so many bytes of text.
const BYTES: usize = 8 << 20;

/// Files of every format that `marsad code` reads, to batches of coded documents. One thread reads ahead, the others code a piece
/// each; pieces come out in order.
#[pyclass(frozen, module = "marsad._native")]
pub(crate) struct Files {
    coded: Mutex<InTurn>,
    /// The threads that read and code, until they have ended.
    threads: Mutex<Vec<JoinHandle<()>>>,
}

/// A number from 0 without gaps, and what became of the piece.
type Piece = (usize, Result<RecordBatch, String>);

/// Pieces that came before their turn, and the number of the one whose turn it is.
struct InTurn {
    pieces: Receiver<Piece>,
    early: BTreeMap<usize, Result<RecordBatch, String>>,
    turn: usize,
}

impl InTurn {
    fn next(&mut self) -> Option<Result<RecordBatch, String>> {
        loop {
            if let Some(piece) = self.early.remove(&self.turn) {
                self.turn += 1;
                return Some(piece);
            }
            let (number, piece) = self.pieces.recv().ok()?;
            self.early.insert(number, piece);
        }
    }
}

#[pymethods]
impl Files {
    #[new]
    fn new(py: Python<'_>, paths: Vec<PathBuf>, how: How) -> PyResult<Self> {
        run(py, || {
            let options = how.options()?;
            paths.iter().try_for_each(|path| marsad_ingest::check_file(path))?;
            let read_options = marsad_ingest::Options {
                limit: options.limit,
                published: options.published,
                outlet: options.outlet.clone(),
                days: Some(DayReader::new(|line| coder().written_day(line))),
                ..marsad_ingest::Options::default()
            };
            let reader = Reader::new(paths.iter().map(|path| Input::from_argument(path)), read_options);
            let (reading, entries) = reader.ahead(PIECE, BYTES).map_err(|error| error.to_string())?;
            let entries = Arc::new(Mutex::new((0..).zip(entries)));
            let count = thread_count(how.threads);
            let (sender, pieces) = sync_channel(2 * count);
            let mut threads = vec![reading];
            for number in 0..count {
                let (entries, sender, options) = (Arc::clone(&entries), sender.clone(), options.clone());
                let builder = std::thread::Builder::new().name(format!("marsad-coder-{number}")).stack_size(STACK);
                let coding = builder.spawn(move || code_pieces(&entries, &sender, &options));
                threads.push(coding.map_err(|error| format!("no threads could be made ({error})"))?);
            }
            let coded = InTurn { pieces, early: BTreeMap::new(), turn: 0 };
            Ok::<_, String>(Self { coded: Mutex::new(coded), threads: Mutex::new(threads) })
        })
    }

    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<PyArrowType<RecordBatch>>> {
        let coded = run(py, || match self.coded.lock().unwrap_or_else(PoisonError::into_inner).next() {
            Some(piece) => piece.map(Some),
            None => self.ended().map(|()| None),
        });
        Ok(coded?.map(PyArrowType))
    }
}

impl Files {
    /// Whether all was read and coded.
    fn ended(&self) -> Result<(), String> {
        let threads = std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        let broken = |_| "reading broke off; please report this with the input".to_owned();
        threads.into_iter().try_for_each(|thread| thread.join().map_err(broken))
    }
}

/// Codes pieces until there are no more, or nobody wants them.
fn code_pieces(entries: &Mutex<impl Iterator<Item = (usize, Vec<Entry>)>>, sender: &SyncSender<Piece>, options: &Options) {
    loop {
        let next = entries.lock().unwrap_or_else(PoisonError::into_inner).next();
        let Some((number, piece)) = next else { return };
        let coded = engine().pool.code_entries(&piece, options).map_err(|error| error.to_string());
        if sender.send((number, coded)).is_err() {
            return;
        }
    }
}

/// The incidents or the coded documents of an observatory.
#[pyfunction]
pub(crate) fn read_store(py: Python<'_>, path: PathBuf, documents: bool) -> PyResult<PyArrowType<Table>> {
    run(py, || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
        runtime.block_on(async {
            let folder = Folder::at(&path).map_err(|error| error.to_string())?;
            let mut store = Store::open(&folder).await.map_err(|error| error.to_string())?;
            let read = if documents { coded(&mut store).await } else { incidents(&mut store).await };
            store.close().await.map_err(|error| error.to_string())?;
            read.map(PyArrowType)
        })
    })
}

async fn coded(store: &mut Store) -> Result<Table, String> {
    let mut pages = Pages { rows: Vec::<Coded>::new(), batches: Ok(Vec::new()), batch: |rows: &[Coded]| coded_batch(rows, false) };
    store.latest_records(|coded| pages.push(coded)).await.map_err(|error| error.to_string())?;
    Table::try_new(pages.finish()?, coded_schema(false).into()).map_err(|error| error.to_string())
}

async fn incidents(store: &mut Store) -> Result<Table, String> {
    let mut pages = Pages { rows: Vec::<Incident>::new(), batches: Ok(Vec::new()), batch: incident_batch };
    store.each_incident(|incident| pages.push(incident)).await.map_err(|error| error.to_string())?;
    Table::try_new(pages.finish()?, incident_schema().into()).map_err(|error| error.to_string())
}

/// Rows to batches, a few thousand at a time.
struct Pages<T, F> {
    rows: Vec<T>,
    batches: Result<Vec<RecordBatch>, String>,
    batch: F,
}

impl<T, F: Fn(&[T]) -> Result<RecordBatch, marsad_arrow::Error>> Pages<T, F> {
    fn push(&mut self, row: T) {
        self.rows.push(row);
        if self.rows.len() == ROWS {
            self.turn();
        }
    }

    fn turn(&mut self) {
        let batch = (self.batch)(&self.rows).map_err(|error| error.to_string());
        self.rows.clear();
        match (&mut self.batches, batch) {
            (Ok(batches), Ok(batch)) => batches.push(batch),
            (Ok(_), Err(error)) => self.batches = Err(error),
            (Err(_), _) => {}
        }
    }

    fn finish(mut self) -> Result<Vec<RecordBatch>, String> {
        self.turn();
        self.batches
    }
}
