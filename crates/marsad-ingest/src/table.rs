//! CSV to documents: the first line names the columns.

use crate::container::{Container, Found, What};
use crate::encoding;
use crate::json::{self, Given};
use serde_json::Value;
use std::io::{self, BufRead};
use std::sync::Arc;

/// What separates fields; the one that the first line has most of.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Records of a CSV file. Fields in quotes may hold separators, quotes (doubled) and line ends.
pub(crate) struct Table<R> {
    source: R,
    file: Arc<str>,
    limit: usize,
    separator: u8,
    columns: Option<Vec<String>>,
    line: u64,
    any: bool,
    done: bool,
}

/// The bytes of one record.
enum Record {
    Whole(Vec<u8>),
    TooLong,
    Unclosed,
}

impl<R: BufRead + Send> Table<R> {
    pub fn new(source: R, file: Arc<str>, limit: usize) -> Self {
        Self { source, file, limit, separator: b',', columns: None, line: 1, any: false, done: false }
    }

    /// The next record and the line on which it begins.
    fn record(&mut self) -> io::Result<Option<(u64, Record)>> {
        let (mut kept, mut length, mut first) = (Vec::new(), 0_usize, self.line);
        // A quote opens a field only at its start; one that closes may turn out to be doubled.
        let (mut quoted, mut fresh) = (false, true);
        loop {
            let buffer = self.source.fill_buf()?;
            if buffer.is_empty() {
                let record = if quoted { Record::Unclosed } else { Record::Whole(kept) };
                return Ok((length > 0).then_some((first, record)));
            }
            let mut used = 0;
            let mut ended = false;
            for &byte in buffer {
                used += 1;
                match byte {
                    b'"' if quoted => quoted = false,
                    b'"' if fresh || kept.last() == Some(&b'"') => quoted = true,
                    b'\n' => {
                        self.line += 1;
                        if !quoted && length == 0 {
                            first = self.line;
                            continue;
                        }
                        ended = !quoted;
                    }
                    b'\r' if length == 0 => continue,
                    _ => {}
                }
                if ended {
                    break;
                }
                fresh = !quoted && byte == self.separator;
                length += 1;
                if length <= self.limit {
                    kept.push(byte);
                }
            }
            self.source.consume(used);
            if ended {
                if kept.last() == Some(&b'\r') {
                    kept.pop();
                }
                return Ok(Some((first, if length > self.limit { Record::TooLong } else { Record::Whole(kept) })));
            }
        }
    }

    fn header(&mut self, bytes: Vec<u8>) -> Result<(), String> {
        let count = |separator: u8| bytes.iter().filter(|&&byte| byte == separator).count();
        self.separator = SEPARATORS.into_iter().rev().max_by_key(|&separator| count(separator)).unwrap_or(b',');
        let line = encoding::decode(bytes, None)?.text;
        let columns: Vec<String> = fields(&line, self.separator.into()).into_iter().map(|name| name.trim().to_lowercase()).collect();
        if !columns.iter().any(|name| name == "text") {
            return Err("there is no column “text”; the first line must name the columns (id, text, url, outlet, title, published)".into());
        }
        self.columns = Some(columns);
        Ok(())
    }

    fn document(&self, line: u64, bytes: Vec<u8>) -> Result<What, String> {
        let decoded = encoding::decode(bytes, None)?;
        let columns = self.columns.as_deref().unwrap_or_default();
        let values = fields(&decoded.text, self.separator.into());
        if values.len() > columns.len() {
            return Err(format!("there are {} fields, but {} columns; put fields with separators in quotes", values.len(), columns.len()));
        }
        let value = |name: &str| {
            let at = columns.iter().position(|column| column == name)?;
            values.get(at).filter(|value| !value.trim().is_empty()).map(|value| Value::String(value.clone()))
        };
        let given = Given {
            id: value("id").or_else(|| Some(Value::String(format!("{}:{line}", self.file)))),
            text: value("text"),
            url: value("url"),
            outlet: value("outlet"),
            author: value("author"),
            title: value("title"),
            published: value("published"),
            language: value("language"),
        };
        let (document, mut notes) = json::from_fields(given)?;
        notes.splice(..0, decoded.note);
        Ok(What::Document(Box::new(document), notes))
    }
}

impl<R: BufRead + Send> Container for Table<R> {
    fn next(&mut self) -> Option<Found> {
        while !self.done {
            let (line, what) = match self.record() {
                Err(error) => {
                    self.done = true;
                    (self.line, Err(format!("it cannot be read further ({error})")))
                }
                Ok(None) => {
                    self.done = true;
                    let nothing = "there is no document in it; give one on each line after the names of the columns";
                    return (!self.any).then(|| What::Refused(nothing.into()).into());
                }
                Ok(Some((line, Record::Unclosed))) => {
                    self.done = true;
                    (line, Err("a quote is opened here and never closed; the rest of the file was left out".into()))
                }
                Ok(Some((line, Record::TooLong))) => (line, Err("the record is too large; split the document or raise --max-size".into())),
                Ok(Some((line, Record::Whole(bytes)))) if self.columns.is_none() => match self.header(bytes) {
                    Ok(()) => continue,
                    Err(error) => {
                        self.done = true;
                        (line, Err(error))
                    }
                },
                Ok(Some((line, Record::Whole(bytes)))) => (line, self.document(line, bytes)),
            };
            self.any = true;
            return Some(Found { name: None, line: Some(line), what: what.unwrap_or_else(What::Refused) });
        }
        None
    }
}

/// The fields of one record, without their quotes.
fn fields(record: &str, separator: char) -> Vec<String> {
    let mut out = vec![String::new()];
    let (mut quoted, mut fresh) = (false, true);
    let mut letters = record.chars().peekable();
    while let Some(letter) = letters.next() {
        let Some(field) = out.last_mut() else { break };
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                field.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if fresh => quoted = true,
            _ if letter == separator && !quoted => {
                out.push(String::new());
                fresh = true;
                continue;
            }
            _ => field.push(letter),
        }
        fresh = false;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let mut table = Table::new(io::BufReader::with_capacity(3, text.as_bytes()), "t.csv".into(), 200);
        std::iter::from_fn(|| table.next())
            .map(|found| match found.what {
                What::Document(document, _) => format!("{} {} [{}]", found.line.unwrap_or(0), document.id, document.text),
                What::Refused(reason) => format!("{} {reason}", found.line.unwrap_or(0)),
                _ => unreachable!(),
            })
            .collect()
    }

    #[test]
    fn quotes_hold_separators_and_lines() {
        let out = read("\u{feff}ID;Text;title\r\na;\"قصف; وقال \"\"شهود\"\"\nثم\";x\r\n\r\nb;هدوء 5\" ;\n;\"بلا معرف\"\n");
        assert_eq!(out, ["2 a [قصف; وقال \"شهود\"\nثم]", "5 b [هدوء 5\" ]", "6 t.csv:6 [بلا معرف]"]);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        assert_eq!(read("id,text\na,\nb,نص\n")[0], "2 the “text” is missing; give the whole report there");
        assert!(read("id,body\na,b\n")[0].starts_with("1 there is no column “text”"));
        assert!(read("id,text\na,b,c\nd,e\n")[0].starts_with("2 there are 3 fields"));
        assert!(read("id,text\na,\"b\nc,d\n")[0].starts_with("2 a quote is opened here"));
        assert!(read(&format!("id,text\na,{}\nb,c\n", "x".repeat(300)))[0].starts_with("2 the record is too large"));
        assert!(read("id,text\n")[0].contains("no document in it"));
    }
}
