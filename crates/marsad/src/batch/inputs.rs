//! What a batch reads, one source after the other.

use super::manifest::{Hashed, hash};
use marsad_ingest::{Format, Input};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// A file, or a stream that can be read only once: standard input, a pipe.
pub(crate) enum Source {
    File(PathBuf),
    Stream(PathBuf),
}

/// What went through a stream, known when it is at its end.
#[derive(Clone, Default)]
pub(crate) struct Passed(Arc<Mutex<Option<(String, u64)>>>);

impl Passed {
    /// Hash and size of what was read.
    pub fn told(&self) -> (String, u64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone().unwrap_or_default()
    }
}

struct Watched {
    source: Hashed<Box<dyn Read + Send>>,
    passed: Passed,
}

impl Read for Watched {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.source.read(out)
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        *self.passed.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(self.source.told());
    }
}

impl Source {
    /// How it is called.
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Stream(path) if path.as_os_str() == "-" => "stdin".into(),
            Self::Stream(path) => path.display().to_string(),
        }
    }

    /// Its bytes, where that is known.
    pub fn size(&self) -> Option<u64> {
        match self {
            Self::File(path) => fs::metadata(path).ok().map(|data| data.len()),
            Self::Stream(_) => None,
        }
    }

    /// Hash and size of a file; of a stream they are known only afterwards.
    ///
    /// # Errors
    ///
    /// A file that cannot be read.
    pub fn hash(&self) -> io::Result<Option<(String, u64)>> {
        match self {
            Self::File(path) => hash(path).map(Some).map_err(|error| match error.kind() {
                io::ErrorKind::NotFound => io::Error::new(error.kind(), "there is no such file; check its name"),
                kind => io::Error::new(kind, format!("it cannot be read ({error}); it was left out")),
            }),
            Self::Stream(_) => Ok(None),
        }
    }

    /// Opens it for reading.
    pub fn open(self) -> io::Result<(Input, Passed)> {
        let passed = Passed::default();
        let name = self.name();
        let input = match self {
            Self::File(path) => Input::File(path),
            Self::Stream(path) => {
                let bytes: Box<dyn Read + Send> =
                    if path.as_os_str() == "-" { Box::new(io::stdin()) } else { Box::new(fs::File::open(&path)?) };
                Input::Stream { name, bytes: Box::new(Watched { source: Hashed::new(bytes), passed: passed.clone() }) }
            }
        };
        Ok((input, passed))
    }
}

/// The sources that arguments name: files, streams, and of folders all reports in the order of their names.
///
/// # Errors
///
/// A folder that cannot be read.
pub(crate) fn list(arguments: &[PathBuf]) -> io::Result<Vec<Source>> {
    let mut sources = Vec::new();
    for argument in arguments {
        if argument.is_dir() {
            let reports = all_files(argument)?.into_iter().filter(|path| Format::of(path).is_some());
            sources.extend(reports.map(Source::File));
        } else if argument.as_os_str() == "-" || fs::metadata(argument).is_ok_and(|data| !data.is_file()) {
            sources.push(Source::Stream(argument.clone()));
        } else {
            sources.push(Source::File(argument.clone()));
        }
    }
    Ok(sources)
}

/// All files of a folder and the folders in it, but hidden ones and links to folders, in the order of their names.
///
/// # Errors
///
/// A folder that cannot be read.
pub(crate) fn all_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: it cannot be read ({error})", folder.display()));
    let entries = fs::read_dir(folder).map_err(named)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>();
    let mut paths = entries.map_err(named)?;
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        match (hidden, path.is_dir()) {
            (true, _) => {}
            (false, true) if !path.is_symlink() => files.extend(all_files(&path)?),
            (false, true) => {}
            (false, false) => files.push(path),
        }
    }
    Ok(files)
}
