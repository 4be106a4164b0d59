//! Gzip, member by member: what is corrupt costs its own member and no other.

use crate::unread::Unread;
use flate2::bufread::GzDecoder;
use std::io::{BufRead, Error, ErrorKind, Read, Result};

/// How every member begins.
pub(crate) const MAGIC: [u8; 3] = [0x1f, 0x8b, 0x08];

/// Unpacks members one after the other. A corrupt one gives an error of kind `InvalidData`; reading on goes on with the next.
pub(crate) struct Members<R: BufRead> {
    state: State<R>,
}

enum State<R: BufRead> {
    Member(Box<GzDecoder<Unread<R>>>),
    /// Between two members, or at the end.
    Between(Unread<R>),
    Done,
}

impl<R: BufRead> Members<R> {
    pub fn new(source: R) -> Self {
        Self { state: State::Between(Unread::new(source)) }
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        if out.is_empty() {
            return Ok(0);
        }
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Ok(0),
                State::Between(mut source) => {
                    if source.fill_buf()?.is_empty() {
                        return Ok(0);
                    }
                    self.state = State::Member(Box::new(GzDecoder::new(source)));
                }
                State::Member(mut member) => match member.read(out) {
                    Ok(0) => self.state = State::Between(member.into_inner()),
                    Ok(count) => {
                        self.state = State::Member(member);
                        return Ok(count);
                    }
                    Err(error) if error.kind() == ErrorKind::Interrupted => self.state = State::Member(member),
                    Err(error) => {
                        let truncated = error.kind() == ErrorKind::UnexpectedEof;
                        self.state = State::Between(next_member(member.into_inner())?);
                        let what = if truncated { "the compressed data break off" } else { "the compressed data are corrupt" };
                        return Err(Error::new(ErrorKind::InvalidData, what));
                    }
                },
            }
        }
    }
}

/// Goes on to where the next member seems to begin.
fn next_member<R: BufRead>(mut source: Unread<R>) -> Result<Unread<R>> {
    let mut seen = 0;
    loop {
        let buffer = source.fill_buf()?;
        if buffer.is_empty() {
            return Ok(source);
        }
        let mut used = 0;
        for &byte in buffer {
            used += 1;
            seen = if byte == MAGIC[seen] { seen + 1 } else { usize::from(byte == MAGIC[0]) };
            if seen == MAGIC.len() {
                break;
            }
        }
        source.consume(used);
        if seen == MAGIC.len() {
            source.unread(&MAGIC);
            return Ok(source);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    fn packed(text: &str) -> Vec<u8> {
        let mut out = GzEncoder::new(Vec::new(), Compression::default());
        out.write_all(text.as_bytes()).unwrap();
        out.finish().unwrap()
    }

    /// Everything that can be read, and how many errors came between.
    fn read(bytes: &[u8]) -> (String, usize) {
        let (mut members, mut text, mut errors) = (Members::new(bytes), Vec::new(), 0);
        loop {
            let mut buffer = [0; 7];
            match members.read(&mut buffer) {
                Ok(0) => return (String::from_utf8_lossy(&text).into_owned(), errors),
                Ok(count) => text.extend_from_slice(&buffer[..count]),
                Err(_) => errors += 1,
            }
        }
    }

    #[test]
    fn one_corrupt_member_costs_itself() {
        let (first, third) = (packed("الأول "), packed("الثالث"));
        let mut second = packed(&"الثاني ".repeat(50));
        assert_eq!(read(&[&first[..], &packed("x "), &third].concat()), ("الأول x الثالث".into(), 0));
        let middle = second.len() / 2;
        second[middle] ^= 0xff;
        second[middle + 1] ^= 0xff;
        let (text, errors) = read(&[&first[..], &second, &third].concat());
        assert!(text.starts_with("الأول ") && text.ends_with("الثالث") && errors >= 1, "{text} {errors}");
        let (text, errors) = read(&[&first[..], &third[..third.len() - 9]].concat());
        assert!(text.starts_with("الأول ") && errors == 1, "{text} {errors}");
        assert_eq!(read(b""), (String::new(), 0));
    }
}
