//! The files of a folder, and of the folders in it.

use crate::container::{Container, Found, What};
use crate::input::{Format, Input};
use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};

/// Files in the order of their names. Hidden ones, links to folders, and what is no report by its ending, are passed over.
pub(crate) struct Folder {
    paths: VecDeque<PathBuf>,
}

impl Folder {
    pub fn open(path: &Path) -> io::Result<Self> {
        let mut paths = std::fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
        paths.retain(|path| !path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b".")));
        paths.sort();
        Ok(Self { paths: paths.into() })
    }
}

impl Container for Folder {
    fn next(&mut self) -> Option<Found> {
        let path = self.paths.pop_front()?;
        let linked = path.is_symlink() && path.is_dir();
        let report = path.is_dir() || Format::of(&path).is_some();
        Some(if report && !linked { What::Input(Input::File(path)) } else { What::Passed }.into())
    }
}
