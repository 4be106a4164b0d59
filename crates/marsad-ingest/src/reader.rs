//! Inputs in order, to entries in order.

use crate::encoding::{self, Decoded};
use crate::input::{Format, Input};
use crate::lines::{Line, Lines, Transcoder};
use crate::seen::SeenIds;
use crate::{html, json, language};
use jiff::civil::Date;
use marsad_model::{Diagnostic, Document, Level, RECORD, Unreadable};
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How inputs are read.
#[derive(Clone, Debug)]
pub struct Options {
    /// The format of every input; told by each one itself where `None`.
    pub format: Option<Format>,
    /// Publication day of documents that do not name their own.
    pub published: Option<Date>,
    /// Outlet of documents that do not name their own.
    pub outlet: Option<String>,
    /// Documents larger than this many bytes are skipped.
    pub limit: usize,
    /// Languages that can be coded (BCP 47 primary codes); others are told.
    pub languages: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self { format: None, published: None, outlet: None, limit: 64 << 20, languages: vec!["ar".into()] }
    }
}

/// One document of the input, or what stands in its place.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The file it stood in, as given.
    pub file: Arc<str>,
    /// The line of the file, counted from 1, where the file has lines.
    pub line: Option<u64>,
    /// The document, or the line of output that stands in its place.
    pub content: Result<Document, Unreadable>,
    /// What is odd about a document that was read; empty for one that was not.
    pub diagnostics: Vec<Diagnostic>,
}

impl Entry {
    /// The place as diagnostics give it: `file` or `file:line`.
    pub fn place(&self) -> String {
        match self.line {
            Some(line) => format!("{}:{line}", self.file),
            None => self.file.to_string(),
        }
    }

    /// About how many bytes it holds.
    pub fn weight(&self) -> usize {
        self.content.as_ref().map_or(0, |document| document.text.len()) + 512
    }
}

/// Reads documents one after the other; memory holds one at a time.
pub struct Reader {
    inputs: VecDeque<Input>,
    options: Options,
    lines: Option<OpenLines>,
    seen: SeenIds,
    names: Vec<Arc<str>>,
    bytes: Arc<AtomicU64>,
}

/// A JSON Lines input that is being read.
struct OpenLines {
    file: Arc<str>,
    lines: Lines<Box<dyn BufRead + Send>>,
    any: bool,
    note: Option<&'static str>,
}

impl Reader {
    /// A reader over inputs.
    pub fn new(inputs: impl IntoIterator<Item = Input>, options: Options) -> Self {
        let inputs = inputs.into_iter().collect();
        Self { inputs, options, lines: None, seen: SeenIds::default(), names: Vec::new(), bytes: Arc::default() }
    }

    /// A counter of the bytes read so far, to be watched from elsewhere.
    pub fn bytes_read(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.bytes)
    }

    /// Opens the next input. JSON Lines stay open, other formats give their entry at once.
    fn open(&mut self, input: Input) -> Option<Entry> {
        let (file, format, source, stem) = match start(input) {
            Ok(started) => started,
            Err((file, error)) => return Some(self.refuse(file, None, error)),
        };
        self.names.push(Arc::clone(&file));
        let counted = Counted { source, bytes: Arc::clone(&self.bytes) };
        let mut source = BufReader::with_capacity(encoding::SAMPLE, counted);
        let first = match source.fill_buf() {
            Ok(first) => first,
            Err(error) => return Some(self.refuse(file, None, unreadable(&error))),
        };
        if first.is_empty() {
            return Some(self.refuse(file, None, "the file is empty; give a report with text".into()));
        }
        if let Some(what) = encoding::binary(first) {
            return Some(self.refuse(file, None, what));
        }
        let utf16 = encoding::utf16(first);
        let format = self.options.format.or(format).unwrap_or_else(|| match utf16 {
            Some(encoding) => Format::sniff(&encoding.decode_with_bom_removal(&first[..first.len().min(256)]).0),
            None => Format::sniff(&String::from_utf8_lossy(&first[..first.len().min(256)])),
        });
        if format == Format::JsonLines {
            let source: Box<dyn BufRead + Send> = match utf16 {
                Some(encoding) => Box::new(BufReader::new(Transcoder::new(source, encoding))),
                None => Box::new(source),
            };
            let lines = Lines::new(source, self.options.limit);
            self.lines = Some(OpenLines { file, lines, any: false, note: utf16.map(|_| encoding::UTF_16_NOTE) });
            return None;
        }
        let mut bytes = Vec::new();
        if let Err(error) = source.take(self.options.limit as u64 + 1).read_to_end(&mut bytes) {
            return Some(self.refuse(file, None, unreadable(&error)));
        }
        if bytes.len() > self.options.limit {
            let error = format!("the file is larger than {}; split it or raise --max-size", size(self.options.limit as u64));
            return Some(self.refuse(file, None, error));
        }
        let label = (format == Format::Html).then(|| encoding::html_label(&bytes)).flatten();
        let Decoded { text, note } = match encoding::decode(bytes, label.as_deref()) {
            Ok(decoded) => decoded,
            Err(error) => return Some(self.refuse(file, None, error)),
        };
        let mut notes: Vec<String> = note.into_iter().collect();
        // Two files of one name in two folders are told apart by their paths.
        let id = if self.seen.contains(&stem) { file.to_string() } else { stem };
        let document = match format {
            Format::Html => self.page_document(id, text, &mut notes),
            _ => Document { id, text, published: self.options.published, outlet: self.options.outlet.clone(), ..Document::default() },
        };
        if document.text.trim().is_empty() {
            let error = match notes.pop() {
                Some(note) if format == Format::Html => format!("{note}; save the article as text and give that"),
                _ => "there is no text in it; give a report with text".into(),
            };
            return Some(self.refuse(file, None, error));
        }
        Some(self.accept(file, None, document, notes))
    }

    /// What is given on the command line goes before what is found in the page.
    fn page_document(&self, id: String, html: String, notes: &mut Vec<String>) -> Document {
        let page = html::page(html);
        let found = page.published.as_deref().map(crate::parse_day);
        if let (None, Some(Err(reason))) = (self.options.published, &found) {
            notes.push(format!("the page's publication date was left out: {reason}, or give --published"));
        }
        if let Some(note) = page.note {
            notes.push(if page.text.is_empty() { note.into() } else { format!("{note}; all of its text was taken, look at it") });
        }
        Document {
            id,
            text: page.text,
            url: page.url,
            outlet: self.options.outlet.clone().or(page.outlet),
            title: page.title,
            published: self.options.published.or_else(|| found.and_then(Result::ok)),
            language: None,
        }
    }

    /// The next entry of the open JSON Lines, or `None` at their end.
    fn next_line(&mut self) -> Option<Entry> {
        loop {
            let open = self.lines.as_mut()?;
            let file = Arc::clone(&open.file);
            let (number, line) = match open.lines.next() {
                Ok(Some(line)) => line,
                Ok(None) => {
                    let any = open.any;
                    self.lines = None;
                    return (!any).then(|| self.refuse(file, None, "there is no document in it; give one JSON object on each line".into()));
                }
                Err(error) => {
                    self.lines = None;
                    return Some(self.refuse(file, None, unreadable(&error)));
                }
            };
            let place = Some(number);
            let bytes = match line {
                Line::Whole(bytes) if bytes.iter().all(u8::is_ascii_whitespace) => continue,
                Line::Whole(bytes) => bytes,
                Line::TooLong(length) => {
                    open.any = true;
                    let (length, limit) = (size(length), size(self.options.limit as u64));
                    let error = format!("the line is {length} long, more than {limit}; split the document or raise --max-size");
                    return Some(self.refuse(file, place, error));
                }
            };
            open.any = true;
            let note = open.note.take();
            let read = encoding::decode(bytes, None)
                .and_then(|decoded| json::document(&decoded.text).map(|(document, notes)| (document, notes, decoded.note)));
            let (mut document, mut notes, odd) = match read {
                Ok(read) => read,
                Err(error) => return Some(self.refuse(file, place, error)),
            };
            document.published = document.published.or(self.options.published);
            document.outlet = document.outlet.or_else(|| self.options.outlet.clone());
            notes.splice(..0, note.map(String::from).into_iter().chain(odd));
            return Some(self.accept(file, place, document, notes));
        }
    }

    /// A document that was read, unless another has its id.
    fn accept(&mut self, file: Arc<str>, line: Option<u64>, mut document: Document, mut notes: Vec<String>) -> Entry {
        let input = u32::try_from(self.names.len() - 1).unwrap_or(u32::MAX);
        if let Some((input, first)) = self.seen.insert(&document.id, input, line.unwrap_or(0)) {
            let name = self.names.get(input as usize).map_or("", |name| name);
            let first = if first == 0 { name.to_owned() } else { format!("{name}:{first}") };
            let error = format!("the id “{}” was already given at {first}; give every document an id of its own", document.id);
            return self.refuse(file, line, error);
        }
        if let Some(note) = self.language(&mut document) {
            notes.push(note);
        }
        let diagnostics = notes.into_iter().map(|message| Diagnostic { level: Level::Warning, message }).collect();
        Entry { file, line, content: Ok(document), diagnostics }
    }

    /// Notes the language of a text that cannot be coded. A language that the document names itself is believed.
    fn language(&self, document: &mut Document) -> Option<String> {
        let known = |code: &str| self.options.languages.iter().any(|language| language == code);
        if let Some(given) = &document.language {
            let code = given.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
            if !known(&code) && !matches!(code.as_str(), "ara" | "arb" | "und" | "") {
                return Some(format!("its “language” is “{given}”, which cannot be coded; it gives no events"));
            }
        }
        let found = language::foreign(&document.text).filter(|found| !known(found.code))?;
        document.language = Some(found.code.into());
        Some(format!("this looks like {} ({}), not Arabic; it gives no events", found.name, found.code))
    }

    fn refuse(&self, file: Arc<str>, line: Option<u64>, error: String) -> Entry {
        let content = Err(Unreadable { record: RECORD.into(), error, file: file.to_string(), line });
        Entry { file, line, content, diagnostics: Vec::new() }
    }
}

impl Iterator for Reader {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        loop {
            if let Some(entry) = self.next_line() {
                return Some(entry);
            }
            let input = self.inputs.pop_front()?;
            if let Some(entry) = self.open(input) {
                return Some(entry);
            }
        }
    }
}

type Started = (Arc<str>, Option<Format>, Box<dyn Read + Send>, String);

/// Opens an input: its name, the format its ending promises, its bytes, and the id of a bare document.
fn start(input: Input) -> Result<Started, (Arc<str>, String)> {
    match input {
        Input::Stream { name, bytes } => Ok((name.as_str().into(), None, bytes, name)),
        Input::File(path) => {
            let file: Arc<str> = path.display().to_string().into();
            let stem = path.file_stem().map_or_else(|| file.to_string(), |stem| stem.to_string_lossy().into_owned());
            match open_file(&path) {
                Ok(bytes) => Ok((file, Format::of(&path), Box::new(bytes), stem)),
                Err(error) => Err((file, error)),
            }
        }
    }
}

fn open_file(path: &Path) -> Result<File, String> {
    let file = File::open(path).map_err(|error| unreadable(&error))?;
    if file.metadata().is_ok_and(|data| data.is_dir()) {
        return Err("this is a folder; give its files (for example FOLDER/*.txt)".into());
    }
    Ok(file)
}

fn unreadable(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file; check its name".into(),
        io::ErrorKind::PermissionDenied => "it may not be read; check its permissions".into(),
        _ => format!("it cannot be read ({error}); check the disk and try again"),
    }
}

fn size(bytes: u64) -> String {
    match bytes {
        0..=9_999 => format!("{bytes} bytes"),
        10_000..=10_485_759 => format!("{} KiB", bytes >> 10),
        _ => format!("{} MiB", bytes >> 20),
    }
}

/// Counts the bytes that go through it.
struct Counted<R> {
    source: R,
    bytes: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(out)?;
        self.bytes.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}
