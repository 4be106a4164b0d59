//! The map of a document's events.

use marsad_model::Coded;

/// A map of the document's places as a complete `<svg>` element, or `None` where there is none to draw.
///
/// It is put into the page as it is: its maker escapes all text in it, and refers to nothing outside.
// PLUG: drawn by `marsad-places` once it can.
pub(crate) fn map_svg(_coded: &Coded) -> Option<String> {
    None
}
