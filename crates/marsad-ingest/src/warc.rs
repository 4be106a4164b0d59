//! WARC: the pages of a crawl, read as a stream.
//!
//! Records whose data break off, whose length is wrong, or between which something else stands are told; the reading goes on
//! at the next place that looks like the beginning of a record. Requests, metadata, pictures and answers other than 200 are
//! passed over.

use crate::container::{Container, Found, Page, What};
use crate::http;
use crate::input::{Format, Known};
use crate::unread::Unread;
use std::io::{BufRead, ErrorKind};

/// Longer headers are no headers (bytes).
const HEADER: usize = 64 << 10;
/// How every record begins.
const START: &[u8] = b"WARC/";
/// What ends a record.
const END: &[u8] = b"\r\n\r\n";

/// The records of an archive.
pub(crate) struct Warc<R> {
    source: Unread<R>,
    limit: usize,
    number: u64,
    any: bool,
    done: bool,
}

/// What reading a line gives.
enum Line {
    Whole(Vec<u8>),
    TooLong,
    Broken(String),
    End,
}

/// The fields of a record's header that are used here.
#[derive(Default)]
struct Header {
    length: Option<usize>,
    kind: String,
    id: Option<String>,
    url: Option<String>,
    content: String,
}

impl<R: BufRead + Send> Warc<R> {
    pub fn new(source: R, limit: usize) -> Self {
        Self { source: Unread::new(source), limit, number: 0, any: false, done: false }
    }

    fn line(&mut self) -> Line {
        let mut out = Vec::new();
        loop {
            let buffer = match self.source.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => {
                    // Corrupt data may be followed by sound data; other errors will not go away.
                    self.done = error.kind() != ErrorKind::InvalidData;
                    return Line::Broken(error.to_string());
                }
            };
            if buffer.is_empty() {
                return if out.is_empty() { Line::End } else { Line::Whole(out) };
            }
            let end = buffer.iter().position(|&b| b == b'\n').map(|at| at + 1);
            let taken = end.unwrap_or(buffer.len());
            out.extend_from_slice(&buffer[..taken.min(HEADER)]);
            self.source.consume(taken);
            match (end, out.len() > HEADER) {
                (Some(_), false) => return Line::Whole(out),
                (Some(_), true) => return Line::TooLong,
                (None, true) => out.truncate(HEADER + 1),
                (None, false) => {}
            }
        }
    }

    /// Goes to the next beginning of a record; `Err` tells what stands before it.
    fn seek(&mut self) -> Option<Result<(), String>> {
        let mut junk = 0_u64;
        loop {
            match self.line() {
                Line::End if junk > 0 => return Some(Err(told_junk(junk))),
                Line::End => return None,
                Line::Broken(what) => return Some(Err(what)),
                Line::TooLong => junk += HEADER as u64,
                Line::Whole(line) if line.starts_with(START) => {
                    if junk == 0 {
                        return Some(Ok(()));
                    }
                    self.source.unread(&line);
                    return Some(Err(told_junk(junk)));
                }
                Line::Whole(line) if line.iter().all(u8::is_ascii_whitespace) => {}
                Line::Whole(line) => junk += line.len() as u64,
            }
        }
    }

    fn header(&mut self) -> Result<Header, String> {
        let mut header = Header::default();
        let mut size = 0;
        loop {
            let line = match self.line() {
                Line::Whole(line) => line,
                Line::Broken(what) => return Err(what),
                Line::End => return Err("the archive breaks off in the header of a record".into()),
                Line::TooLong => return Err("the header of a record is too large".into()),
            };
            size += line.len();
            let text = String::from_utf8_lossy(&line);
            let text = text.trim_end_matches(['\r', '\n']);
            if text.is_empty() {
                return Ok(header);
            }
            if size > HEADER {
                return Err("the header of a record is too large".into());
            }
            let Some((name, value)) = text.split_once(':') else { continue };
            let value = value.trim();
            let bare = || Some(value.trim_matches(['<', '>']).to_owned());
            match name.to_ascii_lowercase().as_str() {
                "content-length" => header.length = value.parse().ok(),
                "warc-type" => header.kind = value.to_ascii_lowercase(),
                "warc-record-id" => header.id = bare(),
                "warc-target-uri" => header.url = bare(),
                "content-type" => header.content = value.to_ascii_lowercase(),
                _ => {}
            }
        }
    }

    /// Reads a record's content; gives nothing of one that is larger than the limit.
    fn content(&mut self, length: usize) -> Result<Option<Vec<u8>>, String> {
        let mut out = Vec::new();
        let mut left = length;
        while left > 0 {
            let buffer = match self.source.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => {
                    self.done = error.kind() != ErrorKind::InvalidData;
                    return Err(error.to_string());
                }
            };
            if buffer.is_empty() {
                self.give_back_swallowed(&out);
                return Err(format!("the record says it has {length} bytes, but the archive ends after {}", length - left));
            }
            let taken = buffer.len().min(left);
            if length <= self.limit {
                out.extend_from_slice(&buffer[..taken]);
            }
            self.source.consume(taken);
            left -= taken;
        }
        let whole = length <= self.limit;
        if !self.at_end() {
            self.give_back_swallowed(&out);
            return Err(format!("the record says it has {length} bytes, which is wrong"));
        }
        Ok(whole.then_some(out))
    }

    /// Whether a record ends here.
    fn at_end(&mut self) -> bool {
        let mut seen = Vec::new();
        while seen.len() < END.len() {
            match self.source.fill_buf() {
                Ok([]) => break,
                Ok(buffer) => {
                    let taken = buffer.len().min(END.len() - seen.len());
                    seen.extend_from_slice(&buffer[..taken]);
                    self.source.consume(taken);
                }
                // The next read tells it.
                Err(_) => break,
            }
        }
        self.source.unread(&seen);
        // Some writers leave the last line ends out.
        seen == END || seen.iter().all(u8::is_ascii_whitespace)
    }

    /// A length that is too large swallows the records that follow; they are read again.
    fn give_back_swallowed(&mut self, content: &[u8]) {
        let mark = [END, START].concat();
        // The mark may reach beyond what was read.
        let begins =
            |at: &usize| content[*at..].starts_with(&mark) || (content.len() - at > END.len() && mark.starts_with(&content[*at..]));
        if let Some(at) = (0..content.len()).find(begins) {
            self.source.unread(&content[at + END.len()..]);
        }
    }

    fn record(&mut self) -> Option<Result<What, String>> {
        if let Err(junk) = self.seek()? {
            return Some(Err(junk));
        }
        self.number += 1;
        Some(self.header().and_then(|header| {
            let length = header.length.ok_or("the record does not say its length")?;
            let content = self.content(length)?;
            if !matches!(header.kind.as_str(), "response" | "resource" | "conversion") {
                return Ok(What::Passed);
            }
            let content = content.ok_or_else(|| format!("the record has {length} bytes, too many; raise --max-size"))?;
            self.page(header, content)
        }))
    }

    fn page(&self, header: Header, content: Vec<u8>) -> Result<What, String> {
        let (kind, label, bytes) = if header.kind == "response" && header.content.starts_with("application/http") {
            match http::answer(content, self.limit)? {
                Some(answer) => (answer.kind, answer.charset, answer.body),
                None => return Ok(What::Passed),
            }
        } else {
            (header.content.split(';').next().unwrap_or_default().trim().to_owned(), http::charset(&header.content), content)
        };
        let format = match kind.as_str() {
            "text/html" | "application/xhtml+xml" => Format::Html,
            "text/plain" => Format::Text,
            "" => Format::sniff(&String::from_utf8_lossy(&bytes[..bytes.len().min(256)])),
            _ => return Ok(What::Passed),
        };
        let id = header.id.or_else(|| header.url.clone()).ok_or("the record has neither an id nor a URL")?;
        Ok(What::Page(Page {
            id: id.strip_prefix("urn:uuid:").map(Into::into).unwrap_or(id),
            url: header.url,
            format,
            bytes,
            label,
            known: Known::default(),
        }))
    }
}

fn told_junk(bytes: u64) -> String {
    format!("{bytes} bytes before this record belong to none; the record before it may be cut short")
}

impl<R: BufRead + Send> Container for Warc<R> {
    fn next(&mut self) -> Option<Found> {
        if self.done {
            return None;
        }
        let Some(what) = self.record() else {
            self.done = true;
            return (!self.any).then(|| What::Refused("there is no record in it; this is no WARC file".into()).into());
        };
        self.any = true;
        Some(Found { name: Some(format!(", record {}", self.number.max(1))), line: None, what: what.unwrap_or_else(What::Refused) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(n: usize, body: &str, length: impl Fn(usize) -> usize) -> String {
        let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}");
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:r{n}>\r\nWARC-Target-URI: https://x.example/{n}\r\n\
             Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
            length(http.len())
        )
    }

    fn read(archive: &str) -> Vec<String> {
        let mut warc = Warc::new(std::io::BufReader::with_capacity(11, archive.as_bytes()), 3000);
        std::iter::from_fn(|| warc.next())
            .map(|found| match found.what {
                What::Page(page) => format!("{} {} {}", page.id, page.url.unwrap_or_default(), String::from_utf8_lossy(&page.bytes)),
                What::Refused(reason) => format!("refused: {reason}"),
                What::Passed => "passed".into(),
                _ => unreachable!(),
            })
            .collect()
    }

    #[test]
    fn records_come_out_whole() {
        let info = "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 2\r\n\r\nab\r\n\r\n";
        let out = read(&format!("{info}{}{}", record(1, "واحد", |n| n), record(2, "", |n| n)));
        assert_eq!(out, ["passed", "r1 https://x.example/1 واحد", "r2 https://x.example/2 "]);
        assert_eq!(read("{}\n")[0], "refused: 3 bytes before this record belong to none; the record before it may be cut short");
        assert!(read("")[0].contains("no WARC file"));
    }

    /// Whatever a wrong length does, the records around it come out, each once.
    #[test]
    fn wrong_lengths_cost_one_record() {
        for wrong in [-20_i64, -1, 1, 4, 5, 7, 9, 300, 2000, 100_000] {
            let bad = record(2, "اثنان", |n| (n as i64 + wrong) as usize);
            let out = read(&format!("{}{bad}{}{}", record(1, "واحد", |n| n), record(3, "ثلاثة", |n| n), record(4, "أربعة", |n| n)));
            let pages: Vec<_> = out.iter().filter(|line| !line.starts_with("refused")).collect();
            let refused = out.len() - pages.len();
            assert!(pages[0].starts_with("r1 ") && refused >= 1, "{wrong}: {out:#?}");
            if wrong < 10_000 {
                assert!(
                    pages.iter().any(|p| p.starts_with("r3 ")) && pages.iter().filter(|p| p.starts_with("r4 ")).count() == 1,
                    "{wrong}: {out:#?}"
                );
            }
        }
    }

    #[test]
    fn an_archive_may_break_off_anywhere() {
        let whole = format!("{}{}", record(1, "one", |n| n), record(2, "two", |n| n));
        for end in 0..whole.len() {
            let out = read(&whole[..end]);
            assert!(out.iter().filter(|line| line.starts_with("r2 ")).count() <= 1 && !out.is_empty(), "{end}: {out:#?}");
        }
    }
}
