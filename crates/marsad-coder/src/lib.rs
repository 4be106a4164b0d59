//! One document in, its coded events out.
//!
//! Architecture invariant: coding is a total function. Any text gives a record, perhaps with
//! diagnostics; nothing here fails, panics, or touches files, clock, network or randomness.

use marsad_model::{Coded, Document, Span};
use serde::Serialize;

/// The coder: a compiled language pack and the rules' engine. Shared between threads.
pub struct Coder {}

/// One thread's use of a [`Coder`], with its caches. Results never depend on what it coded before.
pub struct Session<'c> {
    _coder: &'c Coder,
}

/// Why one value of one event is what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// Index into [`Coded::events`].
    pub event: usize,
    /// Slot name of the record (`action`, `when`, `where`, `participants`, `casualties`, …).
    pub slot: &'static str,
    /// The value, as a reader would say it.
    pub value: String,
    /// Id of the rule of the language pack, or the name of the step of the engine.
    pub rule: String,
    /// The words used, if any.
    pub span: Option<Span>,
}

impl Coder {
    /// The coder with the language packs that are built in.
    pub fn embedded() -> Self {
        Coder {}
    }
    /// A session for one thread.
    pub fn session(&self) -> Session<'_> {
        Session { _coder: self }
    }
}

impl Session<'_> {
    /// Codes one document.
    pub fn code(&mut self, document: &Document) -> Coded {
        self.explain(document).0
    }
    /// Codes one document and tells the reason of every value.
    pub fn explain(&mut self, document: &Document) -> (Coded, Vec<Reason>) {
        let _ = document;
        unimplemented!()
    }
}
