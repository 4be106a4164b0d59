//! Files and observatories to tables.

use crate::border::run;
use crate::coding::How;
use crate::engine::{coder, engine};
use arrow_array::RecordBatch;
use arrow_pyarrow::{PyArrowType, Table};
use marsad_arrow::{Options, coded_batch, coded_schema, incident_batch, incident_schema};
use marsad_ingest::{DayReader, Entry, Input, Reader};
use marsad_model::{Coded, Incident};
use marsad_store::{Folder, Store};
use pyo3::prelude::*;
use std::path::PathBuf;
use std::sync::mpsc::Receiver;
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;

/// So many rows make a batch; while one is coded the next is read.
const ROWS: usize = 1024;

/// A batch of files ends at so many bytes of text.
const BYTES: usize = 8 << 20;

/// Files of every format that `marsad code` reads, to batches of coded documents. One thread reads ahead by a batch.
#[pyclass(frozen, module = "marsad._native")]
pub(crate) struct Files {
    batches: Mutex<Receiver<Vec<Entry>>>,
    /// The thread that reads, until it has ended.
    reading: Mutex<Option<JoinHandle<()>>>,
    threads: usize,
    options: Options,
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
            let (reading, batches) = reader.ahead(ROWS, BYTES).map_err(|error| error.to_string())?;
            Ok::<_, String>(Self { batches: Mutex::new(batches), reading: Mutex::new(Some(reading)), threads: how.threads, options })
        })
    }

    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<PyArrowType<RecordBatch>>> {
        let coded = run(py, || {
            let received = self.batches.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok(entries) = received else { return self.ended().map(|()| None) };
            let code = || engine().pool.code_entries(&entries, &self.options).map_err(|error| error.to_string());
            engine().on(self.threads, code)?.map(Some)
        });
        Ok(coded?.map(PyArrowType))
    }
}

impl Files {
    /// Whether all was read.
    fn ended(&self) -> Result<(), String> {
        let reading = self.reading.lock().unwrap_or_else(PoisonError::into_inner).take();
        let broken = |_| "reading broke off; please report this with the input".to_owned();
        reading.map_or(Ok(()), |reading| reading.join().map_err(broken))
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
