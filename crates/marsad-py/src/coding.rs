//! Texts and batches through the coder, batches through linking.

use crate::border::run;
use crate::engine::{complaint, engine};
use arrow_array::RecordBatch;
use arrow_pyarrow::{PyArrowType, Table};
use arrow_schema::Schema;
use marsad_arrow::Options;
use marsad_ingest::Fields;
use marsad_model::Document;
use marsad_page::page;
use pyo3::exceptions::PyRuntimeWarning;
use pyo3::prelude::*;
use std::ffi::CString;

/// Warns once of places of the user's own that cannot be used.
fn warn_of_places(py: Python<'_>) -> PyResult<()> {
    match complaint().map(CString::new) {
        Some(Ok(told)) => PyErr::warn(py, &py.get_type::<PyRuntimeWarning>(), &told, 1),
        _ => Ok(()),
    }
}

/// A document of Python's values; the text is on loan.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Given {
    id: String,
    text: String,
    url: Option<String>,
    outlet: Option<String>,
    title: Option<String>,
    published: Option<String>,
    language: Option<String>,
}

impl Given {
    /// The document, and what is odd about it, as `marsad code` tells it.
    fn document(&self, options: &Options) -> Result<(Document, Vec<marsad_model::Diagnostic>), String> {
        let fields = Fields {
            id: Some(&self.id),
            text: Some(&self.text),
            url: self.url.as_deref(),
            outlet: self.outlet.as_deref(),
            author: None,
            title: self.title.as_deref(),
            published: self.published.as_deref(),
            language: self.language.as_deref(),
        };
        fields.document(options.limit, &options.languages)
    }
}

/// One document to the line that `marsad code` prints.
#[pyfunction]
pub(crate) fn code_text(py: Python<'_>, document: Given) -> PyResult<String> {
    warn_of_places(py)?;
    run(py, || {
        engine().on(1, || {
            let (document, odd) = document.document(&Options::default())?;
            let mut coded = engine().pool.code(&document)?;
            coded.diagnostics.splice(..0, odd);
            serde_json::to_string(&coded).map_err(|error| error.to_string())
        })?
    })
}

/// One document to its section of a page.
#[pyfunction]
pub(crate) fn explain_section(py: Python<'_>, document: Given, number: usize) -> PyResult<String> {
    warn_of_places(py)?;
    run(py, || {
        engine().on(1, || {
            let (document, odd) = document.document(&Options::default())?;
            let (mut coded, reasons) = engine().pool.with_session(|session| session.explain(&document))?;
            coded.diagnostics.splice(..0, odd);
            Ok::<_, String>(page::section(&coded, &document.text, &reasons, number))
        })?
    })
}

/// What begins and what ends a page.
#[pyfunction]
pub(crate) fn page_frame() -> (String, &'static str) {
    (page::top(), page::BOTTOM)
}

/// How many documents are coded.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct How {
    pub threads: usize,
    record: bool,
    published: Option<String>,
    outlet: Option<String>,
    limit: Option<usize>,
}

impl How {
    pub fn options(&self) -> Result<Options, String> {
        let usual = Options::default();
        let published = self.published.as_deref().map(marsad_ingest::parse_day).transpose()?;
        let limit = self.limit.unwrap_or(usual.limit);
        Ok(Options { record: self.record, published, outlet: self.outlet.clone(), limit, ..usual })
    }
}

/// A batch of documents to a batch of coded documents.
#[pyfunction]
pub(crate) fn code_batch(py: Python<'_>, batch: PyArrowType<RecordBatch>, how: How) -> PyResult<PyArrowType<RecordBatch>> {
    warn_of_places(py)?;
    run(py, || {
        let options = how.options()?;
        engine().on(how.threads, || engine().pool.code_batch(&batch.0, &options).map_err(|error| error.to_string()))?
    })
    .map(PyArrowType)
}

/// Coded documents to incidents, and the ids of documents that were left out.
#[pyfunction]
#[pyo3(signature = (table, threads=0))]
pub(crate) fn link(py: Python<'_>, table: PyArrowType<Table>, threads: usize) -> PyResult<(PyArrowType<RecordBatch>, Vec<String>)> {
    let batches = table.0.into_inner().0;
    let linked = run(py, || engine().on(threads, || marsad_arrow::link(&batches).map_err(|error| error.to_string()))?);
    linked.map(|(incidents, clashing)| (PyArrowType(incidents), clashing))
}

/// The schema of coded documents.
#[pyfunction]
#[pyo3(signature = (record=false))]
pub(crate) fn coded_schema(record: bool) -> PyArrowType<Schema> {
    PyArrowType(marsad_arrow::coded_schema(record))
}

/// The schema of incidents.
#[pyfunction]
pub(crate) fn incident_schema() -> PyArrowType<Schema> {
    PyArrowType(marsad_arrow::incident_schema())
}

/// Raises a `ValueError` for what is no day.
#[pyfunction]
pub(crate) fn check_day(py: Python<'_>, day: &str) -> PyResult<()> {
    run(py, || marsad_ingest::parse_day(day).map(|_| ()))
}
