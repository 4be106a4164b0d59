//! The native half of the Python package `marsad`. Everything that is pleasant to use is in `python/marsad`; here are the few
//! functions under it, as small as can be: text and batches in, JSON and batches out.
//!
//! Architecture invariant: no panic and no error of Rust passes into Python but as a Python exception.
//!
//! Architecture invariant: Python's lock is let go of while anything is coded, linked or read.

mod border;
mod coding;
mod engine;
mod reading;
mod spreading;

use mimalloc::MiMalloc;
use pyo3::prelude::*;

/// As in the program, so that a text costs the same from Python.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[pymodule]
mod _native {
    #[pymodule_export]
    use crate::border::{MarsadError, break_off};
    #[pymodule_export]
    use crate::coding::{check_day, code_batch, code_text, coded_schema, explain_section, incident_schema, link, page_frame};
    #[pymodule_export]
    use crate::reading::{Files, read_store};
    #[pymodule_export]
    use crate::spreading::take_step;
    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
