//! Where the coder comes from.

use crate::report;
use marsad_coder::Coder;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The user gazetteer given on the command line.
static PLACES: OnceLock<Option<PathBuf>> = OnceLock::new();
/// Problems told while the coder was made.
static PROBLEMS: AtomicUsize = AtomicUsize::new(0);

/// Sets the user gazetteer given on the command line.
pub(crate) fn set_places(given: Option<PathBuf>) {
    let _ = PLACES.set(given);
}

/// Where the user gazetteer lies, if it has a place.
pub(crate) fn user_places() -> Option<PathBuf> {
    marsad_places::user_path(PLACES.get().and_then(Option::as_deref))
}

/// How many problems were told while the coder was made.
pub(crate) fn problems() -> usize {
    PROBLEMS.load(Ordering::Relaxed)
}

/// The coder with the packs of a folder, or with those built in, and with the places that the user imported.
///
/// A user gazetteer that cannot be used is told of and left out.
pub(crate) fn load(languages: Option<&Path>) -> io::Result<Coder> {
    let mut coder = match languages {
        None => Coder::embedded(),
        Some(folder) => from_directory(folder)?,
    };
    let given = matches!(PLACES.get(), Some(Some(_)));
    let complaint = match user_places().map(|path| (marsad_places::load_user(&path), path)) {
        Some((Ok(None), path)) if given => Some(format!("{}: there is no such file", path.display())),
        Some((Ok(places), _)) => {
            places.into_iter().for_each(|places| coder.add_gazetteer(places));
            None
        }
        Some((Err(error), _)) => Some(error.to_string()),
        None => None,
    };
    if let Some(complaint) = complaint {
        PROBLEMS.fetch_add(1, Ordering::Relaxed);
        report::line(&format!("{complaint}; going on without places of your own"));
    }
    Ok(coder)
}

/// The coder of a folder of packs (or of one pack's own folder); complaints about the pack are told, and what they are about is left out.
fn from_directory(folder: &Path) -> io::Result<Coder> {
    let inner = folder.join("ar");
    let folder = if inner.is_dir() { inner.as_path() } else { folder };
    let (coder, complaints) =
        Coder::from_directory(folder).map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", folder.display())))?;
    for complaint in complaints {
        PROBLEMS.fetch_add(1, Ordering::Relaxed);
        report::line(&format!("{}/{complaint}", folder.display()));
    }
    Ok(coder)
}
