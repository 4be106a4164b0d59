//! Files and streams in, documents out.
//!
//! A [`Reader`] walks over its [`Input`]s in order and yields one [`Entry`] per document: the
//! document itself, or the line that stands in its place where it cannot be read, together with
//! everything a person should know about it. Nothing stops a run: a broken line, a binary file or
//! a page in another language costs that one document and no other.
//!
//! Limits: a document larger than [`Options::limit`] is skipped without being held in memory, so
//! that memory stays bounded whatever comes in. Only the ids seen so far are kept (48 bytes each),
//! to find duplicates.
//!
//! Architecture invariant: this crate reads and decodes; it never codes.

mod container;
mod day;
mod encoding;
mod fields;
mod folder;
mod gzip;
mod html;
mod http;
mod input;
mod json;
mod json_lines;
mod language;
mod lines;
mod open;
mod packed;
mod parquet;
mod reader;
mod seen;
mod table;
mod tags;
mod unread;
mod warc;

pub use day::parse_day;
pub use fields::Fields;
pub use input::{Format, Input, Known, WebPage};
pub use language::{Foreign, foreign};
pub use parquet::check_file;
pub use reader::{DayReader, Entry, Options, Reader};
