//! ZIP archives: every file in them that is a report by its ending.

use crate::container::{Container, Found, What};
use crate::input::Format;
use flate2::CrcReader;
use flate2::read::DeflateDecoder;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use zip::{CompressionMethod, ZipArchive};

/// An archive may unpack to so many times its size …
const RATIO: u64 = 200;
/// … and to so many bytes more; what goes further is a bomb.
const SPARE: u64 = 256 << 20;

/// The files of an archive, in the order of their names.
pub(crate) struct Packed {
    archive: ZipArchive<File>,
    path: PathBuf,
    order: Vec<usize>,
    at: usize,
    left: Arc<AtomicU64>,
}

impl Packed {
    /// # Errors
    ///
    /// Why it cannot be read.
    pub fn open(path: &Path) -> Result<Self, String> {
        let file = File::open(path).map_err(|error| error.to_string())?;
        let size = file.metadata().map_or(0, |data| data.len());
        let mut archive = ZipArchive::new(file).map_err(|error| format!("this ZIP file cannot be read ({error})"))?;
        let mut order: Vec<usize> = (0..archive.len()).collect();
        order.sort_by_cached_key(|&n| archive.by_index_raw(n).map(|file| file.name_raw().to_vec()).unwrap_or_default());
        let left = Arc::new(AtomicU64::new(size.saturating_mul(RATIO).saturating_add(SPARE)));
        Ok(Self { archive, path: path.to_owned(), order, at: 0, left })
    }

    fn member(&mut self, n: usize) -> Result<(String, What), (String, String)> {
        let file = self.archive.by_index_raw(n).map_err(|error| (String::new(), format!("a file in it cannot be read ({error})")))?;
        let name = String::from_utf8_lossy(file.name_raw()).into_owned();
        let ending = Format::of(Path::new(&name));
        let hidden = name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
        if file.is_dir() || hidden || ending.is_none() {
            return Ok((name, What::Passed));
        }
        let refuse = |reason: &str| Err((name.clone(), reason.to_owned()));
        if matches!(ending, Some(Format::Zip | Format::Parquet)) {
            return refuse("a ZIP or Parquet file in a ZIP file; unpack the outer one first");
        }
        if file.encrypted() {
            return refuse("it is locked with a password; unpack it first");
        }
        let (start, size, method, crc) = (file.data_start(), file.compressed_size(), file.compression(), file.crc32());
        let Some(start) = start else { return refuse("its place in the archive cannot be found") };
        // A file handle of its own, so that it can be read while the archive is asked for more.
        let opened = File::open(&self.path).and_then(|mut file| file.seek(SeekFrom::Start(start)).map(|_| file));
        let raw = match opened {
            Ok(file) => io::BufReader::with_capacity(1 << 16, file).take(size),
            Err(error) => return refuse(&error.to_string()),
        };
        let bytes: Box<dyn Read + Send> = match method {
            CompressionMethod::STORE => Box::new(raw),
            CompressionMethod::DEFLATE => Box::new(DeflateDecoder::new(raw)),
            _ => return refuse("it is packed in a way that cannot be read; pack it as an ordinary ZIP (deflate)"),
        };
        let bytes = Box::new(Watched { bytes: CrcReader::new(bytes), crc, left: Arc::clone(&self.left) });
        let stem = Path::new(&name).file_stem().map_or_else(|| name.clone(), |stem| stem.to_string_lossy().into_owned());
        Ok((name, What::Packed { ending, stem, bytes }))
    }
}

impl Container for Packed {
    fn next(&mut self) -> Option<Found> {
        let n = *self.order.get(self.at)?;
        self.at += 1;
        let (name, what) = self.member(n).unwrap_or_else(|(name, reason)| (name, What::Refused(reason)));
        Some(Found { name: Some(format!("/{name}")), line: None, what })
    }
}

/// Counts what is unpacked, and compares the checksum at the end.
struct Watched {
    bytes: CrcReader<Box<dyn Read + Send>>,
    crc: u32,
    left: Arc<AtomicU64>,
}

impl Read for Watched {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.bytes.read(out)?;
        if count == 0 && !out.is_empty() && self.bytes.crc().sum() != self.crc {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "its checksum is wrong, the archive is corrupt"));
        }
        let enough = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(count as u64));
        enough.map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "the archive unpacks to far more than its size, a zip bomb"))?;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &'static [u8], crc: u32, left: u64) -> io::Result<usize> {
        let bytes: Box<dyn Read + Send> = Box::new(bytes);
        let mut watched = Watched { bytes: CrcReader::new(bytes), crc, left: Arc::new(AtomicU64::new(left)) };
        watched.read_to_end(&mut Vec::new())
    }

    #[test]
    fn bombs_and_corrupt_files_are_told() {
        let mut crc = flate2::Crc::new();
        crc.update(b"report");
        assert_eq!(read(b"report", crc.sum(), 6).unwrap(), 6);
        assert!(read(b"report", crc.sum(), 5).unwrap_err().to_string().contains("zip bomb"));
        assert!(read(b"report", 7, 6).unwrap_err().to_string().contains("checksum"));
    }
}
