//! One document in, its coded events out.
//!
//! Architecture invariant: coding is a total function. Any text gives a record, perhaps with
//! diagnostics; nothing here fails, panics, or touches files, clock, network or randomness.
//! (The one exception is [`Coder::from_directory`], which reads a language pack for linguists.)

mod actor;
mod apart;
mod back;
mod blame;
mod carry;
mod carry_weights;
mod cluster;
mod content;
mod count;
mod dating;
mod days;
mod document;
mod draft;
mod emit;
mod features;
mod fill;
mod judge;
mod layout;
mod lead;
mod line;
mod link;
#[allow(clippy::approx_constant, reason = "fitted numbers may fall near any constant")]
mod link_weights;
mod mention;
mod merge;
mod parse;
mod period;
mod phrase;
mod place;
mod places_of;
mod rare;
mod reader;
mod resolve;
mod scan;
mod source;
mod subject;
mod tag;
mod time;
mod tolls;
mod voices;
mod walk;
#[allow(clippy::approx_constant, reason = "fitted numbers may fall near any constant")]
mod weights;
mod whereabouts;
mod words;

use document::Run;
use jiff::civil::Date;
use marsad_language::{Lexicon, Pack};
use marsad_model::{Coded, Document, Span};
use marsad_places::Gazetteer;
use marsad_text::Text;
use scan::Scanner;
use serde::Serialize;
use std::path::Path;

static PACK: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/ar.pack"));
static PLACES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/ar.places"));

/// The coder: a compiled language pack and the rules' engine. Shared between threads.
pub struct Coder {
    lexicon: Lexicon,
    gazetteers: Vec<Gazetteer>,
}

/// Two drafts, by where their triggers start in code points, and the features of their link.
#[doc(hidden)]
pub type Pair = (u32, u32, Vec<f64>);

/// News without a time of its own: where its trigger starts in code points, the day told last, and the features of their link.
#[doc(hidden)]
pub type Chance = (u32, Date, Date, Vec<f64>);

/// One thread's use of a [`Coder`], with its caches. Results never depend on what it coded before.
pub struct Session<'c> {
    coder: &'c Coder,
    scanner: Scanner,
    least: f64,
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
    /// The coder with the language packs and gazetteers that are built in.
    pub fn embedded() -> Self {
        let pack: Pack = postcard::from_bytes(PACK).unwrap_or_default();
        let gazetteer = Gazetteer::new(PLACES).unwrap_or_else(|_| Gazetteer::empty());
        Coder::new(pack, gazetteer)
    }

    /// A coder from a pack and a gazetteer.
    pub fn new(pack: Pack, gazetteer: Gazetteer) -> Self {
        Coder { lexicon: Lexicon::new(pack), gazetteers: vec![gazetteer] }
    }

    /// A coder from the folder of a language pack, and what is wrong with the pack.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn from_directory(folder: &Path) -> std::io::Result<(Self, Vec<String>)> {
        let compiled = marsad_language::compile(folder)?;
        let mut problems: Vec<String> = compiled.problems.iter().filter(|p| p.fatal).map(ToString::to_string).collect();
        let (gazetteer, bad) = marsad_places::build_folder(&folder.join("places"))?;
        problems.extend(bad.into_iter().map(|b| format!("places/{b}")));
        let gazetteer = Gazetteer::new(gazetteer).unwrap_or_else(|_| Gazetteer::empty());
        Ok((Coder::new(compiled.pack, gazetteer), problems))
    }

    /// Adds a gazetteer, for instance the user's own; its places stand beside the built-in ones.
    pub fn add_gazetteer(&mut self, gazetteer: Gazetteer) {
        self.gazetteers.push(gazetteer);
    }

    /// The first day that a line like a dateline tells with day, month and year, in digits or in words.
    pub fn written_day(&self, line: &str) -> Option<Date> {
        let mut scanner = Scanner::default();
        let (mut text, mut scan) = scanner.spare();
        text.read(line);
        scanner.scan(&self.lexicon, &self.gazetteers, &text, &marsad_text::sentences(&text), &mut scan);
        dating::first_full_date(&scan)
    }

    /// The lexicon in use.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The gazetteers in use, the built-in one first.
    pub fn gazetteers(&self) -> &[Gazetteer] {
        &self.gazetteers
    }

    /// The words that tell the kind of a place before its name, as `marsad_places::search` takes them.
    pub fn kind_words(&self) -> Vec<marsad_places::KindWord> {
        resolve::kind_words(&self.lexicon)
    }

    /// A session for one thread.
    pub fn session(&self) -> Session<'_> {
        Session { coder: self, scanner: Scanner::default(), least: weights::KEEP }
    }
}

impl Session<'_> {
    /// Keeps events from this confidence up, 0 to 1, from now on. The default is where false alarms and misses balance
    /// in whole reports; 0 shows everything that a rule found.
    pub fn keep_from(&mut self, least: f64) {
        self.least = least;
    }

    /// The record with every draft as an event of its own, and the pairs of drafts that may tell one happening: where their
    /// triggers start, in code points, and the features of their link; the features of each draft's confidence are among the reasons. For
    /// `tools/fit_link.py`.
    #[doc(hidden)]
    pub fn pairs(&mut self, document: &Document) -> (Coded, Vec<Pair>, Vec<Reason>) {
        let mut pairs = Vec::new();
        let mut run = Run { least: 0.0, explain: true, fitting: true, pairs: Some(&mut pairs), chances: None };
        let (coded, reasons) = self.one(document, &mut run);
        (coded, pairs, reasons)
    }

    /// The record with every draft that was not merged into another, and the features of its confidence among the reasons. For
    /// `tools/fit_confidence.py`.
    #[doc(hidden)]
    pub fn drafts(&mut self, document: &Document) -> (Coded, Vec<Reason>) {
        self.one(document, &mut Run { least: 0.0, explain: true, fitting: true, pairs: None, chances: None })
    }

    /// The record, and the news in it that tells no time of its own, with the day told last. For `tools/fit_carry.py`.
    #[doc(hidden)]
    pub fn chances(&mut self, document: &Document) -> (Coded, Vec<Chance>) {
        let mut chances = Vec::new();
        let mut run = Run { least: self.least, explain: false, fitting: false, pairs: None, chances: Some(&mut chances) };
        let coded = self.one(document, &mut run).0;
        let value = |f: bool| f64::from(u8::from(f));
        (coded, chances.into_iter().map(|(at, start, end, f)| (at, start, end, f.into_iter().map(value).collect())).collect())
    }

    /// Codes one document.
    pub fn code(&mut self, document: &Document) -> Coded {
        self.run(document, false).0
    }

    /// The text of the document coded last, taken apart, for whoever needs its words too; `None` where it was not read, being in
    /// another language, or was too large to be kept.
    pub fn last_text(&self) -> Option<&Text> {
        self.scanner.last().map(|(text, _)| text)
    }

    /// Codes one document and tells the reason of every value.
    pub fn explain(&mut self, document: &Document) -> (Coded, Vec<Reason>) {
        self.run(document, true)
    }

    /// Codes documents side by side, each as it would come out by itself. Each step is taken in all of them before the next one begins, which
    /// is fastest with about eight of ordinary length: few enough that what is known of them stays in the processor's caches.
    pub fn code_all(&mut self, documents: &[&Document]) -> Vec<Coded> {
        let mut run = Run { least: self.least, explain: false, fitting: false, pairs: None, chances: None };
        document::code(self.coder, &mut self.scanner, documents, &mut run).into_iter().map(|(coded, _)| coded).collect()
    }

    fn run(&mut self, document: &Document, explain: bool) -> (Coded, Vec<Reason>) {
        self.one(document, &mut Run { least: self.least, explain, fitting: false, pairs: None, chances: None })
    }

    fn one(&mut self, document: &Document, run: &mut Run) -> (Coded, Vec<Reason>) {
        let coded = document::code(self.coder, &mut self.scanner, &[document], run).pop();
        coded.unwrap_or_else(|| unreachable!("a document gives a record"))
    }
}
