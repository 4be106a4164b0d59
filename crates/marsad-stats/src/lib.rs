//! Incidents counted.
//!
//! Counts stand beside the documents that were read in the same period, since more sources tell of more incidents where no
//! more happen. Incidents alone are counted: aggregates and background make none.

mod count;
mod picture;
mod table;

pub use count::{Axis, Count, Period, Read, Stats, count};
pub use picture::picture;
pub use table::{csv, json_lines, text};
