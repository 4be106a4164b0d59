//! Inputs in order, to entries in order.

use crate::container::{Container, Found, Page, What};
use crate::encoding::{self, Decoded};
use crate::input::{Format, Input, Known};
use crate::json_lines::JsonLines;
use crate::lines::Transcoder;
use crate::open::{Counted, Opened, Start, joined, size, start, unpacked, unreadable};
use crate::seen::SeenIds;
use crate::table::Table;
use crate::warc::Warc;
use crate::{html, language};
use jiff::civil::Date;
use marsad_model::{Diagnostic, Document, Level, RECORD, Unreadable};
use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread::JoinHandle;

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
    /// Who reads days that a page tells in words.
    pub days: Option<DayReader>,
    /// Ids are not remembered, so that memory is bounded however many there are; the same id may come twice.
    pub repeats: bool,
}

/// Finds the day in a line like a dateline. This crate knows no word of any language; who knows them lends it this.
#[derive(Clone)]
pub struct DayReader(Arc<ReadDay>);

/// From words to the day that they name.
type ReadDay = dyn Fn(&str) -> Option<Date> + Send + Sync;

impl DayReader {
    /// A reader of days that calls a function.
    pub fn new(read: impl Fn(&str) -> Option<Date> + Send + Sync + 'static) -> Self {
        Self(Arc::new(read))
    }
}

impl std::fmt::Debug for DayReader {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("DayReader")
    }
}

impl Default for Options {
    fn default() -> Self {
        Self { format: None, published: None, outlet: None, limit: 64 << 20, languages: vec!["ar".into()], days: None, repeats: false }
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
    /// Containers that are being read, the innermost last, with their names.
    open: Vec<(Arc<str>, Box<dyn Container>)>,
    /// Told with the next document.
    note: Option<&'static str>,
    seen: SeenIds,
    names: Vec<Arc<str>>,
    bytes: Arc<AtomicU64>,
    passed: Arc<AtomicU64>,
}

impl Reader {
    /// A reader over inputs.
    pub fn new(inputs: impl IntoIterator<Item = Input>, options: Options) -> Self {
        Self {
            inputs: inputs.into_iter().collect(),
            options,
            open: Vec::new(),
            note: None,
            seen: SeenIds::default(),
            names: Vec::new(),
            bytes: Arc::default(),
            passed: Arc::default(),
        }
    }

    /// A counter of the bytes read so far, to be watched from elsewhere.
    pub fn bytes_read(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.bytes)
    }

    /// A counter of the things passed over so far: files of folders and archives that are no reports by their endings,
    /// records of crawls that carry no page.
    pub fn passed_over(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.passed)
    }

    /// Opens the next input. What holds many documents stays open, others give their entry at once.
    fn open(&mut self, input: Input) -> Option<Entry> {
        match start(input, self.options.limit, &self.bytes) {
            Ok(Start::Bytes(mut opened)) => {
                opened.bytes = Box::new(Counted { source: opened.bytes, bytes: Arc::clone(&self.bytes) });
                self.read(opened)
            }
            Ok(Start::Folder(folder)) => {
                self.open.push(("".into(), Box::new(folder)));
                None
            }
            Ok(Start::Container(file, container)) => {
                self.open.push((file, container));
                None
            }
            Ok(Start::Page(file, page)) if page.bytes.len() > self.options.limit => {
                let error = format!("the page is larger than {}; raise --max-size", size(self.options.limit as u64));
                Some(self.refuse(file, None, error))
            }
            Ok(Start::Page(file, page)) => Some(self.whole(file, page)),
            Err((file, error)) => Some(self.refuse(file, None, error)),
        }
    }

    fn read(&mut self, Opened { file, format, bytes, stem }: Opened) -> Option<Entry> {
        let mut source = match unpacked(bytes) {
            Ok(Some(source)) => source,
            Ok(None) => return Some(self.refuse(file, None, "the file is empty; give a report with text".into())),
            Err(error) => return Some(self.refuse(file, None, unreadable(&error))),
        };
        let first = match source.fill_buf() {
            Ok(first) => first,
            Err(error) => return Some(self.refuse(file, None, unreadable(&error))),
        };
        let utf16 = encoding::utf16(first);
        let format = self.options.format.or(format).unwrap_or_else(|| match utf16 {
            Some(encoding) => Format::sniff(&encoding.decode_with_bom_removal(&first[..first.len().min(256)]).0),
            None => Format::sniff(&String::from_utf8_lossy(&first[..first.len().min(256)])),
        });
        // The pages of a crawl may be of any encoding.
        if let Some(what) = encoding::binary(first).filter(|_| format != Format::Warc) {
            return Some(self.refuse(file, None, what));
        }
        let limit = self.options.limit;
        if matches!(format, Format::Text | Format::Html) {
            let mut bytes = Vec::new();
            if let Err(error) = source.take(limit as u64 + 1).read_to_end(&mut bytes) {
                return Some(self.refuse(file, None, unreadable(&error)));
            }
            if bytes.len() > limit {
                let error = format!("the file is larger than {}; split it or raise --max-size", size(limit as u64));
                return Some(self.refuse(file, None, error));
            }
            // Two files of one name in two folders are told apart by their paths.
            let id = if self.seen.contains(&stem) { file.to_string() } else { stem };
            return Some(self.whole(file, Page { id, url: None, format, bytes, label: None, known: Known::default() }));
        }
        if let Some(encoding) = utf16 {
            source = Box::new(BufReader::new(Transcoder::new(source, encoding)));
            self.note = Some(encoding::UTF_16_NOTE);
        }
        let container: Box<dyn Container> = match format {
            Format::Csv => Box::new(Table::new(source, Arc::clone(&file), limit)),
            Format::Warc => Box::new(Warc::new(source, limit)),
            Format::Zip | Format::Parquet => {
                let error = "ZIP and Parquet files can only be read from the disk, and not packed; give the name of the file itself";
                return Some(self.refuse(file, None, error.into()));
            }
            _ => Box::new(JsonLines::new(source, limit)),
        };
        self.open.push((file, container));
        None
    }

    /// One thing out of a container.
    fn take(&mut self, container: &str, found: Found) -> Option<Entry> {
        let file = joined(container, found.name.as_deref());
        match found.what {
            What::Document(document, mut notes) => {
                let mut document = *document;
                document.published = document.published.or(self.options.published);
                document.outlet = document.outlet.or_else(|| self.options.outlet.clone());
                notes.splice(..0, self.note.take().map(String::from));
                Some(self.accept(file, found.line, document, notes))
            }
            What::Page(page) => Some(self.whole(file, page)),
            What::Packed { ending, stem, bytes } => {
                let bytes = Box::new(Counted { source: bytes, bytes: Arc::clone(&self.bytes) });
                self.read(Opened { file, format: ending, bytes, stem })
            }
            What::Input(input) => self.open(input),
            What::Refused(error) => Some(self.refuse(file, found.line, error)),
            What::Passed => {
                self.passed.fetch_add(1, Ordering::Relaxed);
                None
            }
        }
    }

    /// A text or page that is one document.
    fn whole(&mut self, file: Arc<str>, Page { id, url, format, bytes, label, known }: Page) -> Entry {
        let label = label.or_else(|| (format == Format::Html).then(|| encoding::html_label(&bytes)).flatten());
        let Decoded { text, note } = match encoding::decode(bytes, label.as_deref()) {
            Ok(decoded) => decoded,
            Err(error) => return self.refuse(file, None, error),
        };
        // A server that names its encoding has told it as well as the page could.
        let mut notes: Vec<String> = note.into_iter().filter(|_| url.is_none()).collect();
        let mut dateline = Vec::new();
        let mut document = match format {
            Format::Html => self.page_document(id, text, &mut notes, &mut dateline),
            _ => Document { id, text, published: self.options.published, outlet: self.options.outlet.clone(), ..Document::default() },
        };
        document.url = url.or(document.url);
        document.outlet = self.options.outlet.clone().or(known.outlet).or(document.outlet);
        document.author = document.author.or(known.author);
        document.title = document.title.or(known.title);
        document.published = document.published.or(known.published);
        if format == Format::Html {
            let in_words = || self.options.days.as_ref().and_then(|days| dateline.iter().find_map(|line| days.0(line)));
            document.published = document.published.or_else(|| document.url.as_deref().and_then(crate::day::day_in_url)).or_else(in_words);
        }
        if document.text.trim().is_empty() {
            let error = match notes.pop() {
                Some(note) if format == Format::Html => format!("{note}; save the article as text and give that"),
                _ => "there is no text in it; give a report with text".into(),
            };
            return self.refuse(file, None, error);
        }
        self.accept(file, None, document, notes)
    }

    /// What is given on the command line goes before what is found in the page.
    fn page_document(&self, id: String, html: String, notes: &mut Vec<String>, dateline: &mut Vec<String>) -> Document {
        let page = html::page(html);
        *dateline = page.dateline;
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
            author: page.author,
            title: page.title,
            published: self.options.published.or_else(|| found.and_then(Result::ok)),
            language: None,
        }
    }

    /// A document that was read, unless another has its id.
    fn accept(&mut self, file: Arc<str>, line: Option<u64>, mut document: Document, mut notes: Vec<String>) -> Entry {
        if let Some(first) = self.first_of(&document.id, &file, line) {
            let error = format!("the id “{}” was already given at {first}; give every document an id of its own", document.id);
            return self.refuse(file, line, error);
        }
        if let Some(note) = language::note(&mut document, &self.options.languages) {
            notes.push(note);
        }
        let diagnostics = notes.into_iter().map(|message| Diagnostic { level: Level::Warning, message }).collect();
        Entry { file, line, content: Ok(document), diagnostics }
    }

    /// Where an id was given before, if it was; from now on it was given here.
    fn first_of(&mut self, id: &str, file: &Arc<str>, line: Option<u64>) -> Option<String> {
        if self.options.repeats {
            return None;
        }
        if self.names.last() != Some(file) {
            self.names.push(Arc::clone(file));
        }
        let input = u32::try_from(self.names.len() - 1).unwrap_or(u32::MAX);
        let (input, first) = self.seen.insert(id, input, line.unwrap_or(0))?;
        let name = self.names.get(input as usize).map_or("", |name| name);
        Some(if first == 0 { name.to_owned() } else { format!("{name}:{first}") })
    }

    fn refuse(&self, file: Arc<str>, line: Option<u64>, error: String) -> Entry {
        let content = Err(Unreadable { record: RECORD.into(), error, file: file.to_string(), line });
        Entry { file, line, content, diagnostics: Vec::new() }
    }
}

impl Reader {
    /// Reads on a thread of its own, a batch ahead of who receives: batches of at most `most` entries and about `bytes` bytes. The thread
    /// ends with the last batch, or when nobody receives any more; it is joined to learn whether reading broke off.
    ///
    /// # Errors
    ///
    /// When no thread can be had.
    pub fn ahead(mut self, most: usize, bytes: usize) -> io::Result<(JoinHandle<()>, Receiver<Vec<Entry>>)> {
        let (sender, batches) = sync_channel(1);
        let reading = std::thread::Builder::new().name("marsad-reader".into()).spawn(move || {
            loop {
                let (mut weight, mut batch) = (0, Vec::new());
                while batch.len() < most && weight < bytes {
                    let Some(entry) = self.next() else { break };
                    weight += entry.weight();
                    batch.push(entry);
                }
                if batch.is_empty() || sender.send(batch).is_err() {
                    break;
                }
            }
        })?;
        Ok((reading, batches))
    }
}

impl Iterator for Reader {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        loop {
            let entry = match self.open.last_mut() {
                Some((name, container)) => match container.next() {
                    Some(found) => {
                        let name = Arc::clone(name);
                        self.take(&name, found)
                    }
                    None => {
                        self.open.pop();
                        None
                    }
                },
                None => {
                    let input = self.inputs.pop_front()?;
                    self.open(input)
                }
            };
            if entry.is_some() {
                return entry;
            }
        }
    }
}
