//! Opening what is read: names, formats, and the bytes under way.

use crate::container::{Container, Page};
use crate::encoding;
use crate::gzip;
use crate::input::{Format, Input, WebPage};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes with a name, before anybody looked at them.
pub(crate) struct Opened {
    /// How diagnostics call it.
    pub file: Arc<str>,
    /// The format that its ending promises.
    pub format: Option<Format>,
    pub bytes: Box<dyn Read + Send>,
    /// The id of a bare document.
    pub stem: String,
}

/// What an input turns out to be.
pub(crate) enum Start {
    Bytes(Opened),
    Folder(crate::folder::Folder),
    Container(Arc<str>, Box<dyn Container>),
    Page(Arc<str>, Page),
}

/// Opens an input, of which documents of at most `limit` bytes are read; `read` counts the bytes of those that are opened as a whole.
///
/// # Errors
///
/// Its name, and why it cannot be read.
pub(crate) fn start(input: Input, limit: usize, read: &Arc<AtomicU64>) -> Result<Start, (Arc<str>, String)> {
    let path = match input {
        Input::Page(page) => {
            let WebPage { name, id, url, format, charset, bytes, known } = *page;
            read.fetch_add(bytes.len() as u64, Ordering::Relaxed);
            return Ok(Start::Page(name.into(), Page { id, url, format, bytes, label: charset, known }));
        }
        Input::Stream { name, bytes } => {
            return Ok(Start::Bytes(Opened { file: name.as_str().into(), format: None, bytes, stem: name }));
        }
        Input::File(path) => path,
    };
    let file: Arc<str> = path.display().to_string().into();
    let named = |error: String| (Arc::clone(&file), error);
    if path.is_dir() {
        let folder = crate::folder::Folder::open(&path).map_err(|error| named(unreadable(&error)))?;
        return Ok(Start::Folder(folder));
    }
    let format = Format::of(&path);
    let bytes = File::open(&path).map_err(|error| named(unreadable(&error)))?;
    if format == Some(Format::Zip) {
        let archive = crate::packed::Packed::open(&path).map_err(named)?;
        return Ok(Start::Container(file, Box::new(archive)));
    }
    if format == Some(Format::Parquet) {
        let columns = crate::parquet::Columns::open(&path, limit, Arc::clone(read)).map_err(named)?;
        return Ok(Start::Container(file, Box::new(columns)));
    }
    let bare = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gz")).then(|| path.with_extension(""));
    let stem = bare.as_deref().unwrap_or(&path).file_stem().map_or_else(|| file.to_string(), |stem| stem.to_string_lossy().into_owned());
    Ok(Start::Bytes(Opened { file, format, bytes: Box::new(bytes), stem }))
}

/// The bytes of a source, unpacked where it is packed; `None` where there are none.
pub(crate) fn unpacked(source: Box<dyn Read + Send>) -> io::Result<Option<Box<dyn BufRead + Send>>> {
    let mut source = BufReader::with_capacity(encoding::SAMPLE, source);
    let start = source.fill_buf()?;
    if start.is_empty() {
        return Ok(None);
    }
    if !start.starts_with(&gzip::MAGIC) {
        return Ok(Some(Box::new(source)));
    }
    let mut members = BufReader::with_capacity(encoding::SAMPLE, gzip::Members::new(source));
    Ok(if members.fill_buf()?.is_empty() { None } else { Some(Box::new(members)) })
}

/// Why something cannot be read, and what to do.
pub(crate) fn unreadable(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file; check its name".into(),
        io::ErrorKind::PermissionDenied => "it may not be read; check its permissions".into(),
        io::ErrorKind::InvalidData => error.to_string(),
        _ => format!("it cannot be read ({error}); check the disk and try again"),
    }
}

/// A number of bytes for people.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        0..=9_999 => format!("{bytes} bytes"),
        10_000..=10_485_759 => format!("{} KiB", bytes >> 10),
        _ => format!("{} MiB", bytes >> 20),
    }
}

/// The name of something in a container.
pub(crate) fn joined(container: &str, name: Option<&str>) -> Arc<str> {
    name.map_or_else(|| container.into(), |name| format!("{container}{name}").into())
}

/// Counts the bytes that go through it.
pub(crate) struct Counted<R> {
    pub source: R,
    pub bytes: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(out)?;
        self.bytes.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}
