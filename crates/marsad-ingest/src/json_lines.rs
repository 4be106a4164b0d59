//! JSON Lines to documents.

use crate::container::{Container, Found, What};
use crate::lines::{Line, Lines};
use crate::open::{size, unreadable};
use crate::{encoding, json};
use std::io::BufRead;

/// The documents of a file with one JSON object on each line.
pub(crate) struct JsonLines<R> {
    lines: Lines<R>,
    limit: usize,
    any: bool,
    done: bool,
}

impl<R: BufRead + Send> JsonLines<R> {
    pub fn new(source: R, limit: usize) -> Self {
        Self { lines: Lines::new(source, limit), limit, any: false, done: false }
    }

    fn document(&self, line: Line) -> Result<What, String> {
        let bytes = match line {
            Line::Whole(bytes) => bytes,
            Line::TooLong(length) => {
                let (length, limit) = (size(length), size(self.limit as u64));
                return Err(format!("the line is {length} long, more than {limit}; split the document or raise --max-size"));
            }
        };
        let decoded = encoding::decode(bytes, None)?;
        let (document, mut notes) = json::document(&decoded.text)?;
        notes.splice(..0, decoded.note);
        Ok(What::Document(Box::new(document), notes))
    }
}

impl<R: BufRead + Send> Container for JsonLines<R> {
    fn next(&mut self) -> Option<Found> {
        while !self.done {
            match self.lines.next() {
                Ok(Some((_, Line::Whole(bytes)))) if bytes.iter().all(u8::is_ascii_whitespace) => {}
                Ok(Some((number, line))) => {
                    self.any = true;
                    let what = self.document(line).unwrap_or_else(What::Refused);
                    return Some(Found { name: None, line: Some(number), what });
                }
                Ok(None) => {
                    self.done = true;
                    let nothing = "there is no document in it; give one JSON object on each line";
                    return (!self.any).then(|| What::Refused(nothing.into()).into());
                }
                Err(error) => {
                    self.done = true;
                    return Some(What::Refused(unreadable(&error)).into());
                }
            }
        }
        None
    }
}
