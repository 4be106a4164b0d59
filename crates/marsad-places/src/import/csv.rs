//! Records of comma-separated values (RFC 4180), with the line each begins on.

use super::ImportError;
use super::lines::{CUT, Lines};
use std::path::Path;

/// A quoted cell has no more lines.
const MOST_LINES: u64 = 100;

/// Reads records.
pub(super) struct Records {
    lines: Lines,
    separator: char,
    /// The line that the record read last begins on.
    pub line: u64,
}

impl Records {
    /// Opens a file and reads its header.
    pub fn open(file: &Path) -> Result<(Self, Vec<String>), ImportError> {
        let mut lines = Lines::open(file)?;
        let head = match lines.next()? {
            Some(head) if !head.trim().is_empty() => head.to_owned(),
            _ => return Err(ImportError::new(file, Some(1), "the file is empty")),
        };
        let separator = [',', ';', '\t'].into_iter().max_by_key(|s| (head.matches(*s).count(), *s == ',')).unwrap_or(',');
        let mut records = Records { lines, separator, line: 1 };
        let header = records.split(head)?;
        Ok((records, header))
    }

    /// An error at the record read last.
    pub fn error(&self, reason: impl Into<String>) -> ImportError {
        ImportError { line: Some(self.line), ..self.lines.error(reason) }
    }

    /// The next record that is not blank.
    pub fn next(&mut self) -> Result<Option<Vec<String>>, ImportError> {
        loop {
            let Some(line) = self.lines.next()?.map(str::to_owned) else { return Ok(None) };
            self.line = self.lines.number;
            if !line.trim().is_empty() {
                return self.split(line).map(Some);
            }
        }
    }

    fn split(&mut self, first: String) -> Result<Vec<String>, ImportError> {
        let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
        let mut line = first;
        let started = self.lines.number;
        loop {
            let mut chars = line.chars().peekable();
            while let Some(c) = chars.next() {
                match c {
                    '"' if quoted && chars.peek() == Some(&'"') => {
                        chars.next();
                        cell.push('"');
                    }
                    '"' if quoted => quoted = false,
                    '"' if cell.trim().is_empty() => {
                        cell.clear();
                        quoted = true;
                    }
                    c if c == self.separator && !quoted => cells.push(std::mem::take(&mut cell)),
                    c => cell.push(c),
                }
            }
            if !quoted {
                cells.push(cell);
                return Ok(cells);
            }
            cell.push(' ');
            if self.lines.number - started > MOST_LINES {
                return Err(self.error("a quoted cell has no end"));
            }
            line = match self.lines.next()? {
                Some(line) => line.to_owned(),
                None => return Err(self.error(format!("a quoted cell has no end; {CUT}"))),
            };
        }
    }
}
