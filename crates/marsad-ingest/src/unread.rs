//! A stream to which bytes can be given back.

use std::io::{BufRead, Read, Result};

/// Reads what was given back first.
pub(crate) struct Unread<R> {
    front: Vec<u8>,
    at: usize,
    source: R,
}

impl<R: BufRead> Unread<R> {
    pub fn new(source: R) -> Self {
        Self { front: Vec::new(), at: 0, source }
    }

    /// Gives bytes back, to be read next.
    pub fn unread(&mut self, bytes: &[u8]) {
        let rest = self.front.split_off(self.at.min(self.front.len()));
        self.front = [bytes, &rest].concat();
        self.at = 0;
    }
}

impl<R: BufRead> BufRead for Unread<R> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        if self.at < self.front.len() { Ok(&self.front[self.at..]) } else { self.source.fill_buf() }
    }

    fn consume(&mut self, count: usize) {
        if self.at < self.front.len() {
            self.at += count;
        } else {
            self.source.consume(count);
        }
    }
}

impl<R: BufRead> Read for Unread<R> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        let buffer = self.fill_buf()?;
        let count = buffer.len().min(out.len());
        out[..count].copy_from_slice(&buffer[..count]);
        self.consume(count);
        Ok(count)
    }
}
