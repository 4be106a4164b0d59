//! What passes between Rust and Python where something goes wrong.

use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;

pyo3::create_exception!(marsad, MarsadError, PyRuntimeError, "Something failed inside Marsad; please report it with the input.");

/// Runs work without Python's lock. A panic becomes a [`MarsadError`], a message of the work a `ValueError`.
pub(crate) fn run<T: Send, E: ToString + Send>(py: Python<'_>, work: impl FnOnce() -> Result<T, E> + Send) -> PyResult<T> {
    marsad_panics::install();
    let result = py.detach(|| marsad_panics::guard(work));
    let result = result.map_err(|panic| MarsadError::new_err(format!("this is a bug; please report it with the input ({panic})")))?;
    result.map_err(|error| PyValueError::new_err(error.to_string()))
}

/// Panics with a message, so that it can be seen what Python gets of it.
#[pyfunction]
#[pyo3(name = "_break_off")]
pub(crate) fn break_off(py: Python<'_>, message: &str, threads: usize) -> PyResult<()> {
    run(py, || crate::engine::engine().on(threads, || -> Result<(), String> { panic!("{message}") })?)
}
