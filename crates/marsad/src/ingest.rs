//! `marsad ingest`: documents are read, coded and stored.
//!
//! Reading, coding and storing go on at the same time: the pipeline reads and codes, a thread of its own stores what is done,
//! a batch at a time. A batch is one transaction; what was not stored when the run broke off is coded again by the next one.

use crate::input::InputArguments;
use crate::report::{self, Report};
use crate::store::{Open, StoreArguments};
use crate::{code, engine, pipeline};
use clap::Args;
use marsad_copies::Sketch;
use marsad_ingest::Entry;
use marsad_model::{Diagnostic, Document};
use marsad_store::{Added, Arrival, Identity};
use std::collections::BTreeMap;
use std::io::{self, IsTerminal};
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::Instant;

/// So many documents are stored together.
const BATCH: usize = 256;
/// Reasons that the summary counts.
const REASONS: usize = 12;

/// Read documents, code them, and store both: once each, whatever is given twice.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  marsad ingest reports/ articles.jsonl --store observatory
  cd observatory && marsad ingest crawl-2023-08.warc.gz

A document is known by its URL and its text. What is there already is left as it is; a text that changed is
a new version, and both are kept. A run that breaks off is simply started again. What cannot be read is told
with file, line and reason, the rest is stored, and the exit code is 2.")]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: InputArguments,

    #[command(flatten)]
    store: StoreArguments,
}

/// Runs the command; gives the number of problems told.
pub(crate) fn run(arguments: &Arguments) -> io::Result<usize> {
    let mut open = arguments.store.open()?;
    let known = open.run(async |store| store.ids().await)?;
    let coder = engine::load(arguments.input.languages.as_deref())?;
    let (reader, size) = arguments.input.reader();
    let passed = reader.passed_over();
    let mut report = Report::new(reader.bytes_read(), size, io::stderr().is_terminal());
    let mut summary = Summary::new();
    let mut writer = Writer::start(open)?;
    let worker = || {
        let mut session = coder.session();
        let known = &known;
        move |_: usize, entry: &Entry, document: &Document| -> (Option<Box<Arrival>>, Vec<Diagnostic>) {
            let document = storable(document);
            let identity = Identity::of(&document, &entry.file);
            if known.contains(&identity.id) {
                return (None, Vec::new());
            }
            let mut record = session.code(&Document { id: identity.id.clone(), ..document.clone() });
            let told = code::complete(&mut record, entry);
            let sketch = Sketch::of(&document.text).map(|sketch| sketch.to_hex());
            (Some(Box::new(Arrival { identity, document, source: entry.place(), record, sketch })), told)
        }
    };
    let done = pipeline::run(reader, arguments.input.threads, worker, |entry, result| {
        report.advance();
        match result {
            Ok((None, _)) => summary.added.known += 1,
            Ok((Some(arrival), told)) => {
                code::tell(&mut report, entry, &told);
                summary.events += arrival.record.events.len();
                return writer.take(*arrival);
            }
            Err(error) => {
                report.problem(&entry.place(), &error.error);
                *summary.skipped.entry(kind(&error.error)).or_default() += 1;
            }
        }
        Ok(())
    });
    // What stopped the writer tells more than that it stopped.
    let stored = writer.finish();
    summary.added += stored?;
    done?;
    let problems = report.finish();
    summary.tell(passed.load(Ordering::Relaxed));
    Ok(problems)
}

/// The thread that stores.
struct Writer {
    batch: Vec<Arrival>,
    sender: Option<SyncSender<Vec<Arrival>>>,
    thread: Option<JoinHandle<io::Result<Added>>>,
}

impl Writer {
    fn start(open: Open) -> io::Result<Self> {
        let (sender, batches) = sync_channel(2);
        let thread = std::thread::Builder::new().name("marsad-writer".into()).spawn(move || write(open, batches))?;
        Ok(Self { batch: Vec::new(), sender: Some(sender), thread: Some(thread) })
    }

    /// Takes one document more; a full batch is stored.
    fn take(&mut self, arrival: Arrival) -> io::Result<()> {
        self.batch.push(arrival);
        if self.batch.len() < BATCH { Ok(()) } else { self.send() }
    }

    fn send(&mut self) -> io::Result<()> {
        let batch = std::mem::take(&mut self.batch);
        let sent = self.sender.as_ref().is_some_and(|sender| sender.send(batch).is_ok());
        if sent { Ok(()) } else { Err(io::Error::other("the store takes nothing more")) }
    }

    /// Stores what is left, and gives what all came to.
    fn finish(&mut self) -> io::Result<Added> {
        let sent = self.send();
        self.sender = None;
        let stored = self.thread.take().map_or_else(
            || Ok(Added::default()),
            |thread| thread.join().unwrap_or_else(|_| Err(io::Error::other("storing broke off; please report this with the input"))),
        )?;
        sent.map(|()| stored)
    }
}

fn write(mut open: Open, batches: Receiver<Vec<Arrival>>) -> io::Result<Added> {
    let mut added = Added::default();
    for batch in batches {
        added += open.run(async |store| store.add(&batch).await)?;
    }
    open.close()?;
    Ok(added)
}

/// A document as a database can hold it: PostgreSQL knows no NUL characters. Offsets stay as they are.
fn storable(document: &Document) -> Document {
    let clean = |text: &String| text.replace('\0', "\u{fffd}");
    Document {
        id: clean(&document.id),
        text: clean(&document.text),
        url: document.url.as_ref().map(clean),
        outlet: document.outlet.as_ref().map(clean),
        title: document.title.as_ref().map(clean),
        published: document.published,
        language: document.language.as_ref().map(clean),
    }
}

/// What a run came to.
struct Summary {
    began: Instant,
    added: Added,
    events: usize,
    skipped: BTreeMap<String, usize>,
}

impl Summary {
    fn new() -> Self {
        Self { began: Instant::now(), added: Added::default(), events: 0, skipped: BTreeMap::new() }
    }

    fn tell(&self, passed: u64) {
        let Added { new, versions, known } = self.added;
        let seconds = self.began.elapsed().as_secs_f64();
        let rate = (new + versions) as f64 / seconds.max(0.001);
        report::line(&format!(
            "{new} documents stored, {versions} new versions, {known} known already; {} events; {seconds:.1} s, {rate:.0} documents/s",
            self.events
        ));
        let mut reasons: Vec<_> = self.skipped.iter().collect();
        reasons.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        let skipped: usize = self.skipped.values().sum();
        if skipped > 0 {
            report::line(&format!("{skipped} skipped:"));
        }
        for (reason, count) in reasons.iter().take(REASONS) {
            report::line(&format!("{count:8}  {reason}"));
        }
        if reasons.len() > REASONS {
            report::line(&format!("          and {} other reasons", reasons.len() - REASONS));
        }
        if passed > 0 {
            report::line(&format!("{passed} files or records passed over that are no reports"));
        }
    }
}

/// A reason without what is particular to one document, to be counted.
fn kind(reason: &str) -> String {
    let reason = reason.split(';').next().unwrap_or_default();
    let (mut out, mut quoted) = (String::new(), false);
    for letter in reason.chars() {
        match letter {
            '”' => quoted = false,
            _ if quoted => continue,
            '“' => {
                out.push_str("“…");
                quoted = true;
                continue;
            }
            _ => {}
        }
        if letter.is_ascii_digit() {
            if !out.ends_with('N') {
                out.push('N');
            }
        } else {
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn reasons_are_counted_together() {
        let kind = super::kind("the id “a 7” was already given at x:12; give every document an id of its own");
        assert_eq!(kind, "the id “…” was already given at x:N");
    }
}
