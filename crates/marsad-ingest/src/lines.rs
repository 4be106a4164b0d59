//! Lines of a stream, with bounded memory.

use encoding_rs::{CoderResult, Decoder, Encoding};
use std::io::{BufRead, Read, Result};

/// One line, without its end.
pub(crate) enum Line {
    /// It fits.
    Whole(Vec<u8>),
    /// It is longer than the limit and was skipped; so many bytes.
    TooLong(u64),
}

/// Reads lines that are at most `limit` bytes long and skips longer ones without keeping them.
pub(crate) struct Lines<R> {
    source: R,
    limit: usize,
    number: u64,
}

impl<R: BufRead> Lines<R> {
    pub fn new(source: R, limit: usize) -> Self {
        Self { source, limit, number: 0 }
    }

    /// The next line with its number, counted from 1.
    pub fn next(&mut self) -> Result<Option<(u64, Line)>> {
        let mut kept = Vec::new();
        let mut length = 0_u64;
        let mut any = false;
        loop {
            let buffer = match self.source.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if buffer.is_empty() {
                break;
            }
            any = true;
            let end = buffer.iter().position(|&b| b == b'\n');
            let part = &buffer[..end.unwrap_or(buffer.len())];
            length += part.len() as u64;
            if length <= self.limit as u64 {
                kept.extend_from_slice(part);
            } else {
                kept = Vec::new();
            }
            let used = part.len() + usize::from(end.is_some());
            self.source.consume(used);
            if end.is_some() {
                break;
            }
        }
        if !any {
            return Ok(None);
        }
        self.number += 1;
        if length > self.limit as u64 {
            return Ok(Some((self.number, Line::TooLong(length))));
        }
        if kept.last() == Some(&b'\r') {
            kept.pop();
        }
        Ok(Some((self.number, Line::Whole(kept))))
    }
}

/// Turns a stream of another encoding into UTF-8 as it is read.
pub(crate) struct Transcoder<R> {
    source: R,
    decoder: Decoder,
    ready: Vec<u8>,
    given: usize,
    finished: bool,
}

impl<R: BufRead> Transcoder<R> {
    /// The byte order mark is dropped.
    pub fn new(source: R, encoding: &'static Encoding) -> Self {
        Self { source, decoder: encoding.new_decoder_with_bom_removal(), ready: Vec::new(), given: 0, finished: false }
    }
}

impl<R: BufRead> Read for Transcoder<R> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        while self.given == self.ready.len() && !self.finished {
            self.ready.resize(16 * 1024, 0);
            self.given = 0;
            let buffer = self.source.fill_buf()?;
            let last = buffer.is_empty();
            let (result, used, written, _) = self.decoder.decode_to_utf8(buffer, &mut self.ready, last);
            self.source.consume(used);
            self.ready.truncate(written);
            self.finished = last && result == CoderResult::InputEmpty;
        }
        let count = out.len().min(self.ready.len() - self.given);
        out[..count].copy_from_slice(&self.ready[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufReader, Cursor};

    fn read(bytes: &[u8], limit: usize) -> Vec<String> {
        let mut lines = Lines::new(BufReader::with_capacity(3, Cursor::new(bytes.to_vec())), limit);
        let mut out = Vec::new();
        while let Some((number, line)) = lines.next().unwrap() {
            out.push(match line {
                Line::Whole(bytes) => format!("{number} {}", String::from_utf8(bytes).unwrap()),
                Line::TooLong(length) => format!("{number} too long: {length}"),
            });
        }
        out
    }

    #[test]
    fn lines_end_in_three_ways() {
        assert_eq!(read(b"a\r\n\nbcdef", 10), ["1 a", "2 ", "3 bcdef"]);
        assert_eq!(read(b"", 10), [""; 0]);
    }

    #[test]
    fn a_long_line_is_skipped_and_the_next_one_read() {
        assert_eq!(read(b"12345\n123456789\nab\n", 5), ["1 12345", "2 too long: 9", "3 ab"]);
    }

    #[test]
    fn utf_16_becomes_utf_8() {
        let bytes: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain("قصف\nغارة 😀".repeat(9000).encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let mut text = String::new();
        Transcoder::new(BufReader::new(Cursor::new(bytes)), encoding_rs::UTF_16LE).read_to_string(&mut text).unwrap();
        assert_eq!(text, "قصف\nغارة 😀".repeat(9000));
    }
}
