//! Places by their names.
//!
//! A [`Gazetteer`] is one block of bytes that is used as it lies: nothing is parsed or copied at start-up, so
//! it may be embedded or mapped from a file. [`build`] makes the block from the TSV files of a language pack.
//!
//! Architecture invariant: this crate reads no network, and no name of a place stands in its code.

mod build;
mod gazetteer;
mod geo;
mod key;

pub use build::{BadRow, Row, build, build_folder, parse_tsv};
pub use gazetteer::{FormatError, Gazetteer, Place, PlaceKind};
pub use geo::{bearing_offset, distance_km};
pub use key::{Key, key_of};
