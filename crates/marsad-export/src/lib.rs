//! Incidents in the formats of the field.
//!
//! Every format is a view of one [`Row`], so that they cannot disagree: a row is an [`marsad_model::Incident`] with the
//! names of its actors and the heads of its documents beside it. Columns have the names that the public codebooks of ACLED
//! (2024), UCDP-GED (24.1), PLOVER (2) and HXL (1.1) give them. What the formats ask for and reports do not say is empty.
//!
//! Architecture invariant: aggregates and background are no incidents, so they cannot come here; nothing here counts events.
//!
//! Architecture invariant: a public export ([`Policy`]) holds no words of the reports.

mod acled;
mod actors;
mod countries;
mod geojson;
mod hxl;
mod plover;
mod policy;
mod row;
mod table;
mod ucdp;

pub use actors::actor_of;
pub use jiff::civil::Date;
pub use marsad_model::Figure;
pub use policy::Policy;
pub use row::{Actor, Body, Knowledge, Row, Source};

use std::io::{self, Write};

/// A format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A table with the columns of ACLED.
    Acled,
    /// A table with the columns of UCDP-GED; only incidents in which somebody died.
    Ucdp,
    /// PLOVER, one JSON object a line.
    Plover,
    /// A collection of points; incidents without a place have no geometry.
    GeoJson,
    /// A table with HXL tags under the names of its columns.
    Hxl,
    /// `marsad-incident/1`, one JSON object a line.
    JsonLines,
}

/// Writes rows in a format.
///
/// # Errors
///
/// Those of the output.
pub fn export(rows: &[Row], format: Format, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Acled => table::write(out, acled::COLUMNS, None, rows.iter().map(acled::fields)),
        Format::Ucdp => table::write(out, ucdp::COLUMNS, None, rows.iter().filter(|row| row.killed.high > 0).map(ucdp::fields)),
        Format::Hxl => table::write(out, hxl::COLUMNS, Some(hxl::TAGS), rows.iter().map(hxl::fields)),
        Format::Plover => lines(rows.iter().map(plover::event), out),
        Format::JsonLines => lines(rows.iter().map(|row| &row.incident), out),
        Format::GeoJson => {
            serde_json::to_writer(&mut *out, &geojson::collection(rows))?;
            out.write_all(b"\n")
        }
    }
}

fn lines<T: serde::Serialize>(values: impl Iterator<Item = T>, out: &mut dyn Write) -> io::Result<()> {
    for value in values {
        serde_json::to_writer(&mut *out, &value)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
