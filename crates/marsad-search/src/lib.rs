//! What somebody looks for.
//!
//! [`Words`] are words and phrases, folded as texts are, so that spellings meet; they know how SQLite (FTS5) and PostgreSQL
//! (`tsquery`) are asked for them, and where they stand in a text. A [`Filter`] says which documents, events and incidents
//! are wanted by what was coded.
//!
//! Architecture invariant: does no input or output. What a person typed reaches a database as folded words in quotes, and only
//! as the value of a parameter.

mod area;
mod filter;
mod parts;
mod snippet;
mod words;

pub use area::{Area, AreaError};
pub use filter::Filter;
pub use parts::{Parts, indexed};
pub use snippet::Snippet;
pub use words::{Words, WordsError};
