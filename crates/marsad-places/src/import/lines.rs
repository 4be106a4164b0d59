//! Lines of a file, one at a time, none longer than a bound.

use super::ImportError;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// No line of a sound file is longer.
const LONGEST: u64 = 4 << 20;

/// Reads lines and knows where it is.
pub(super) struct Lines {
    file: PathBuf,
    reader: BufReader<File>,
    buffer: Vec<u8>,
    /// Number of the line read last, from 1.
    pub number: u64,
    /// Whether the line read last had an end.
    pub ended: bool,
}

impl Lines {
    pub fn open(file: &Path) -> Result<Self, ImportError> {
        let opened = File::open(file).map_err(|e| ImportError::new(file, None, format!("cannot be read ({e})")))?;
        Ok(Lines { file: file.to_owned(), reader: BufReader::with_capacity(1 << 16, opened), buffer: Vec::new(), number: 0, ended: true })
    }

    /// An error at the line read last.
    pub fn error(&self, reason: impl Into<String>) -> ImportError {
        ImportError::new(&self.file, Some(self.number), reason)
    }

    /// The next line without its end.
    pub fn next(&mut self) -> Result<Option<&str>, ImportError> {
        self.buffer.clear();
        let read = self.reader.by_ref().take(LONGEST).read_until(b'\n', &mut self.buffer);
        self.number += 1;
        match read {
            Err(e) => return Err(self.error(format!("cannot be read ({e})"))),
            Ok(0) => return Ok(None),
            Ok(n) if n as u64 == LONGEST => return Err(self.error("the line has no end; this is not a table of places")),
            Ok(_) => {}
        }
        if self.number == 1 && self.buffer.starts_with(b"PK\x03\x04") {
            return Err(self.error("this is a zip archive; unpack it first"));
        }
        self.ended = self.buffer.last() == Some(&b'\n');
        while matches!(self.buffer.last(), Some(b'\n' | b'\r')) {
            self.buffer.pop();
        }
        if self.number == 1 && self.buffer.starts_with(b"\xef\xbb\xbf") {
            self.buffer.drain(..3);
        }
        match std::str::from_utf8(&self.buffer) {
            Ok(line) => Ok(Some(line)),
            Err(_) => Err(ImportError::new(
                &self.file,
                Some(self.number),
                if self.ended { "the line is not UTF-8; save the file as UTF-8" } else { CUT },
            )),
        }
    }
}

/// What is said of a file that ends too soon.
pub(super) const CUT: &str = "the file ends in the middle of a line: it was cut short; fetch it again";

/// A latitude or longitude.
pub(super) fn degrees(name: &str, cell: &str, most: f64) -> Result<f64, String> {
    match cell.trim().parse::<f64>() {
        Ok(value) if value.abs() <= most => Ok(value),
        Ok(_) => Err(format!("{name} «{cell}» is out of range (-{most} to {most})")),
        Err(_) => Err(format!("{name} «{cell}» is not a number")),
    }
}

/// Whether a name is written in Arabic letters, and fit to be kept in a table.
pub(super) fn is_arabic(name: &str) -> bool {
    use marsad_text::{Folded, fold_char};
    let mut letters = 0;
    for c in name.chars() {
        match fold_char(c) {
            Folded::Letter(_) | Folded::Compound => letters += 1,
            Folded::Foreign(_) => return false,
            _ => {}
        }
    }
    letters >= 2 && name.chars().count() <= 80
}

/// A name without what would break a table of places.
pub(super) fn clean(name: &str) -> String {
    let spaced: String = name.chars().map(|c| if matches!(c, '|' | '(' | ')' | '،') || c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}
