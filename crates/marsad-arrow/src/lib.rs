//! Documents in, coded events out, as batches of Apache Arrow: the one contract for every engine.
//!
//! [`Pool::code_batch`] takes a batch of documents and gives a batch of the same length and order with the schema
//! [`coded_schema`]. Columns of the input, found by name (upper and lower case make no difference):
//!
//! | column | types | |
//! |---|---|---|
//! | `id` | strings or whole numbers | required |
//! | `text` | strings | required |
//! | `url`, `outlet`, `title`, `language` | strings | optional |
//! | `published` | strings (ISO 8601), dates, timestamps (their day in UTC) | optional |
//!
//! Strings are `Utf8`, `LargeUtf8`, `Utf8View`, or a dictionary of these. Further columns are ignored.
//!
//! A column that is missing or of another type is an [`Error`], before any work. A bad row is none: it has no events, and its
//! reason stands in `diagnostics`. What is odd about a row that was coded stands there too, in the words of `marsad code`.
//!
//! [`coded`] reads such batches back, without loss, so that they can be linked; [`incident_batch`] writes what linking gives.
//!
//! Architecture invariant: the result does not depend on how rows are cut into batches, nor on the number of threads.

mod columns;
mod events;
mod incidents;
mod pool;
mod rows;
mod schema;
pub mod spread;

pub use incidents::{incident_batch, link};
pub use pool::{Options, Pool};
pub use rows::{coded, coded_batch, results_batch};
pub use schema::{coded_schema, incident_schema};

/// Why a batch cannot be worked on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A column that is missing, of the wrong type, or holds what it must not.
    #[error("column “{column}”: {reason}")]
    Column {
        /// Its name.
        column: String,
        /// What is the matter with it and what to do.
        reason: String,
    },
    /// What does not fit into one batch.
    #[error("{0}")]
    Batch(String),
}

impl Error {
    fn column(column: &str, reason: impl Into<String>) -> Self {
        Self::Column { column: column.into(), reason: reason.into() }
    }
}
