//! The steps of linking in pieces, for engines that spread work over many machines.

use crate::border::run;
use crate::engine::engine;
use arrow_array::RecordBatch;
use arrow_pyarrow::PyArrowType;
use marsad_arrow::{Error, spread};
use pyo3::prelude::*;

/// One step over whole groups of rows: `records`, `cards`, `meet`, `group_chains`, `settle`, `group_units` or `fuse`. On one thread,
/// since engines run as many tasks as there are cores.
#[pyfunction]
#[pyo3(name = "spread")]
pub(crate) fn take_step(py: Python<'_>, step: &str, batch: PyArrowType<RecordBatch>) -> PyResult<PyArrowType<RecordBatch>> {
    let work: fn(&RecordBatch) -> Result<RecordBatch, Error> = match step {
        "records" => spread::records,
        "cards" => spread::cards,
        "meet" => spread::meet,
        "group_chains" => spread::group_chains,
        "settle" => spread::settle,
        "group_units" => spread::group_units,
        "fuse" => spread::fuse,
        _ => return Err(pyo3::exceptions::PyValueError::new_err(format!("there is no step “{step}”"))),
    };
    run(py, || engine().on(1, || work(&batch.0).map_err(|error| error.to_string()))?).map(PyArrowType)
}
