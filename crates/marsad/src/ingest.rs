//! `marsad ingest`: documents are read, coded and stored.
//!
//! Reading, coding and storing go on at the same time: the pipeline reads and codes, a thread of its own stores what is done,
//! a batch at a time. A batch is one transaction; what was not stored when the run broke off is coded again by the next one.

use crate::input::InputArguments;
use crate::report::{self, Report};
use crate::store::StoreArguments;
use crate::stored::Stored;
use crate::writer::Writer;
use crate::{arrival, code, engine, pipeline};
use clap::Args;
use marsad_ingest::Entry;
use marsad_model::Document;
use marsad_store::Added;
use std::collections::BTreeMap;
use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

/// Reasons that the summary counts.
const REASONS: usize = 12;

/// Read documents, code them, and store both: once each, whatever is given twice.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  marsad ingest reports/ articles.jsonl --store observatory
  cd observatory && marsad ingest crawl-2023-08.warc.gz

A document is known by its URL and its text. What is there already is left as it is; a text that changed is
a new version, and both are kept. Few new documents are linked at once, many by `marsad link --store DIR`.
A run that breaks off is simply started again. What cannot be read is told with file, line and reason, the
rest is stored, and the exit code is 2.")]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: InputArguments,

    #[command(flatten)]
    store: StoreArguments,
}

/// Runs the command; gives the number of problems told.
pub(crate) fn run(arguments: &Arguments) -> io::Result<usize> {
    let open = arguments.store.open()?;
    let known = Stored::new(arguments.store.folder()?);
    let coder = Arc::new(engine::load(arguments.input.languages.as_deref())?);
    // To take the lexicon apart again at the end would cost a short run more than to read a report.
    std::mem::forget(Arc::clone(&coder));
    let (reader, size) = arguments.input.reader(&coder);
    let passed = reader.passed_over();
    let mut report = Report::new(reader.bytes_read(), size, io::stderr().is_terminal());
    let mut summary = Summary::new();
    let mut writer = Writer::start(open)?;
    let worker = || {
        let mut session = coder.session();
        let known = &known;
        move |_: usize, entry: &Entry, document: &Document| arrival::arrival(&mut session, &|id| known.has(id), entry, document)
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
    let closed = known.close();
    summary.added += stored?;
    done?;
    closed?;
    let problems = report.finish();
    summary.tell(passed.load(Ordering::Relaxed));
    Ok(problems)
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
