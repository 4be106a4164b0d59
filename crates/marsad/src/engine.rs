//! Where the coder comes from.

use marsad_coder::Coder;
use std::io;
use std::path::Path;

/// The coder with the packs of a folder, or with those built in.
pub(crate) fn load(languages: Option<&Path>) -> io::Result<Coder> {
    match languages {
        None => Ok(Coder::embedded()),
        Some(folder) => from_directory(folder),
    }
}

// PLUG: `Coder::from_directory(folder)` goes here; its complaints are joined to one error, one on each line.
fn from_directory(folder: &Path) -> io::Result<Coder> {
    Err(io::Error::other(format!(
        "{}: packs cannot be read from a folder yet; leave --languages out to use those built in",
        folder.display()
    )))
}
