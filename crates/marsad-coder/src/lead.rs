//! How the words of a draft lead to it, and what stands around them.

use crate::document::Read;
use crate::draft::Draft;
use crate::judge::{recalled, spans_between};
use crate::mention::Mention;
use crate::parse::NEW;
use crate::scan::Item;
use crate::words::{NO_STEM, hash};
use jiff::civil::Date;
use marsad_language::Class;
use marsad_model::WhenPrecision;
use std::cell::OnceCell;

/// So many tokens before a trigger, and so many from it on, stand around it.
const AROUND: (usize, usize) = (14, 19);
/// So many items before a trigger words of answer lead to it.
const ANSWERING: usize = 5;
/// The code of class `response` for words of answer.
const ANSWER: u32 = 0;

/// What the words of a draft say of how it stands to the other drafts.
pub(crate) struct Lead<'a> {
    state: &'a Read<'a>,
    pub trigger: &'a Mention,
    /// Whether "this" stands before its trigger.
    pub this: bool,
    /// Whether "another" stands after it.
    pub another: bool,
    /// Whether words that open other news stand before it.
    pub also: bool,
    /// Whether words of answer stand at it: «ردت المدفعية», «رداً على ذلك قصفت».
    pub answers: bool,
    /// The first word of its trigger without clitics, as a hash.
    pub word: u32,
    /// The words around it without clitics, as sorted hashes, once they were asked for.
    around: OnceCell<Vec<u32>>,
    /// Whether it happened before the day of the news, and is told past the opening.
    pub earlier: bool,
    /// Whether it happened one to three days before the report.
    pub lately: bool,
    /// Whether words of recall stand in the sentences before it.
    pub recalled: bool,
}

impl<'a> Lead<'a> {
    /// Reads them; `day` is the day of the report's news.
    pub fn read(state: &'a Read<'a>, draft: &Draft, day: Option<Date>) -> Self {
        let scan = state.scan;
        let trigger = draft.trigger(&state.mentions);
        let sentence = draft.sentences[0];
        let from = scan.sentences[sentence].start;
        let is = |i: usize, class: Class| scan.items.get(i).is_some_and(|item| scan.is(item, class));
        let (start, end) = (trigger.items.start, trigger.items.end);
        let when = draft.when.as_ref().map(|w| w.0);
        let ago = when.map_or(0, |d| spans_between(d.end, state.today));
        Lead {
            state,
            trigger,
            this: (start.saturating_sub(2).max(from)..start).any(|i| is(i, Class::Demonstrative)),
            another: (end.saturating_sub(1)..end + 1).any(|i| is(i, Class::Another)),
            also: (from.max(start.saturating_sub(12))..start).any(|i| scan.value(&scan.items[i], Class::Conj) == Some(NEW)),
            answers: (from.max(start.saturating_sub(ANSWERING))..end).any(|i| {
                let item = &scan.items[i];
                scan.value(item, Class::Response) == Some(ANSWER)
            }),
            word: hash(known_stem(state, &scan.items[start])),
            around: OnceCell::new(),
            earlier: sentence > 1 && when.zip(day).is_some_and(|(d, l)| d.end < l),
            lately: when.is_some_and(|d| d.precision == WhenPrecision::Day) && (1..=3).contains(&ago),
            recalled: recalled(&state.tones, sentence),
        }
    }

    /// Which part of the words around the poorer of two triggers stand around the other as well, 0 to 1.
    pub fn likeness(&self, other: &Lead) -> f64 {
        let (mine, theirs) = (self.around(), other.around());
        let least = mine.len().min(theirs.len());
        if least == 0 { 0.0 } else { shared(mine, theirs) as f64 / least as f64 }
    }

    fn around(&self) -> &[u32] {
        let first = self.state.scan.items[self.trigger.items.start].start;
        self.around.get_or_init(|| around(self.state, first as usize))
    }
}

/// How many values two sorted lists share.
pub(crate) fn shared(a: &[u32], b: &[u32]) -> usize {
    a.iter().filter(|x| b.binary_search(x).is_ok()).count()
}

/// The first word of an item that the lexicon knows, without the clitics with which it was read.
fn known_stem<'a>(state: &'a Read, item: &Item) -> &'a str {
    let word = state.text.folded(&state.text.tokens()[item.start as usize]);
    let clitics = &state.stage.lexicon.pack().proclitics;
    clitics.iter().filter(|c| c.1 == item.before).find_map(|c| word.strip_prefix(c.0.as_str())).unwrap_or(word)
}

/// The words around a token without clitics, as sorted hashes.
fn around(state: &Read, at: usize) -> Vec<u32> {
    let signs = &state.scan.signs;
    let near = &signs[at.saturating_sub(AROUND.0)..signs.len().min(at + AROUND.1)];
    let mut out: Vec<u32> = Vec::with_capacity(near.len());
    out.extend(near.iter().map(|s| s.stem).filter(|stem| *stem != NO_STEM));
    out.sort_unstable();
    out.dedup();
    out
}
