//! What is told on standard error while a run goes on.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counts and tells problems, and draws progress where a person watches.
pub(crate) struct Report {
    bar: Option<ProgressBar>,
    bytes: Arc<AtomicU64>,
    /// Bytes of inputs that are behind.
    passed: u64,
    documents: u64,
    /// How many diagnostics were told that make the exit code 2.
    pub problems: usize,
}

impl Report {
    /// `watched` is false where results go to the same terminal as the bar would.
    pub fn new(bytes: Arc<AtomicU64>, total: Option<u64>, watched: bool) -> Self {
        let bar = (watched && std::io::stderr().is_terminal()).then(|| {
            let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr_with_hz(8));
            let template = if total.is_some() {
                "{bar:32} {bytes}/{total_bytes}  {msg}  {elapsed} (still {eta})"
            } else {
                "{spinner} {bytes}  {msg}  {elapsed}"
            };
            bar.with_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        Self { bar, bytes, passed: 0, documents: 0, problems: 0 }
    }

    /// Another input begins: a counter of its bytes, and how many were read of those before it.
    pub fn follow(&mut self, bytes: Arc<AtomicU64>, passed: u64) {
        (self.bytes, self.passed) = (bytes, passed);
    }

    /// One document more is done.
    pub fn advance(&mut self) {
        self.documents += 1;
        if let Some(bar) = &self.bar {
            bar.set_position(self.passed + self.bytes.load(Ordering::Relaxed));
            if self.documents.is_multiple_of(16) {
                bar.set_message(format!("{} documents", self.documents));
            }
        }
    }

    /// Tells of a document that needs a look.
    pub fn problem(&mut self, place: &str, message: &str) {
        self.problems += 1;
        self.note(place, message);
    }

    /// Tells without counting.
    pub fn note(&self, place: &str, message: &str) {
        let text = format!("{place}: {message}");
        match &self.bar {
            Some(bar) => bar.suspend(|| line(&text)),
            None => line(&text),
        }
    }

    /// Takes the bar away.
    pub fn finish(self) -> usize {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
        self.problems
    }
}

/// A bar that counts so many things where a person watches.
pub(crate) fn counter(total: u64, what: &'static str) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr_with_hz(8));
    let style = ProgressStyle::with_template("{bar:32} {pos}/{len} {msg}  {elapsed} (still {eta})");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())).with_message(what)
}

/// One line on standard error; nobody listening is no error.
pub(crate) fn line(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", crate::paint::harmless(text));
}
