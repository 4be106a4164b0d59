//! The phrases of sources: what stands after a word of saying or before it, and where a source's words end.

use super::Listener;
use marsad_language::{Class, Reading};
use marsad_model::SourceKind;
use marsad_text::Kind;
use std::ops::Range;

/// A source's words are cut after so many items.
const LONGEST: usize = 10;
/// How far from a word of saying its subject may stand.
const HEAD: usize = 24;

/// What stands after a word of saying.
pub(super) struct Head {
    pub subject: Option<Range<usize>>,
    pub outlet: Option<Range<usize>>,
    /// Whether what is said follows.
    pub clause: bool,
    /// Whether the subject stands by the word and what is said stands by the subject, so that a name alone may speak.
    pub close: bool,
}

impl Listener<'_> {
    /// Subject, receiving outlet and clause after a word of saying.
    pub(super) fn head(&self, from: usize, end: usize) -> Head {
        let mut out = Head { subject: None, outlet: None, clause: false, close: true };
        let limit = (from + HEAD).min(end);
        let mut i = from;
        while i < limit {
            if self.opens(i) || out.subject.is_some() && self.speech(i) {
                out.clause = true;
                out.close &= out.subject.as_ref().is_some_and(|s| i <= s.end + if self.titled(s.end) { HEAD } else { 6 });
                break;
            }
            if self.receives(i) {
                let stop = self.phrase(i, end, true).map_or(i + 1, |p| p.end);
                out.outlet.get_or_insert(i..stop);
                i = stop;
            } else if self.time.get(i) == Some(&true) || matches!(self.mark(i), Some(',' | '-' | '(' | ')')) {
                i += 1;
            } else if self.mark(i).is_some() || self.is(i, Class::Frame) && !self.is_source(i) && !self.is_actor(i) {
                break;
            } else if out.subject.is_none() && self.is(i, Class::Prep) && !self.is_source(i) {
                let inner = self.opens(i + 1) || self.mark(i + 1).is_some();
                out.close &= inner || self.report(i + 1).is_some();
                i += if inner { 1 } else { 2 };
            } else if out.subject.is_none() && !self.led(i) {
                match self.phrase(i, end, false) {
                    Some(items) => {
                        i = items.end;
                        out.subject = Some(items);
                    }
                    None if self.verbal(i) => break,
                    None => i += 1,
                }
            } else {
                out.close &= out.subject.is_some();
                i += 1;
            }
        }
        out
    }

    /// Whether a quote opens before the item that is more than a name.
    fn speech(&self, i: usize) -> bool {
        let led = i > 0 && self.mark(i - 1) == Some(',');
        self.item(i).is_some_and(|item| item.quoted && (led && !self.is_actor(i) || item.place.is_none() && !self.is_actor(i)))
            && !self.has(i, Reading::TO)
    }

    /// Whether a preposition written together with the word leads to it.
    pub(super) fn led(&self, i: usize) -> bool {
        self.has(i, Reading::BY | Reading::TO | Reading::LIKE)
    }

    /// Whether an unknown word before a definite one looks like a preposition and a noun: a name is not told so.
    fn perhaps_led(&self, i: usize) -> bool {
        let lexicon = self.stage.lexicon;
        self.item(i).is_some_and(|item| item.before == 0 && item.place.is_none() && self.scan.senses(item).is_empty())
            && self.starts_definite(i + 1)
            && lexicon.pack().proclitics.iter().any(|(written, flags)| {
                *flags == Reading::BY && self.folded(i).strip_prefix(written.as_str()).is_some_and(|rest| rest.len() >= 8)
            })
    }

    /// Whether the item is an outlet that receives a statement: «لوكالة …», «لـ"…"».
    fn receives(&self, i: usize) -> bool {
        if !self.has(i, Reading::TO) {
            return false;
        }
        let Some(item) = self.item(i) else { return false };
        match self.scan.sense(item, Class::Source).and_then(|s| SourceKind::ALL.get(s.0.value as usize).copied()) {
            Some(kind) => matches!(kind, SourceKind::Outlet | SourceKind::LocalNetwork),
            None => {
                item.quoted
                    && !item.pronoun
                    && item.place.is_none()
                    && !self.is_actor(i)
                    && ![Class::Frame, Class::Person, Class::Object, Class::Number].iter().any(|c| self.is(i, *c))
            }
        }
    }

    /// A noun phrase that may name a source, from item `i` on; with `led`, after a preposition.
    pub(super) fn phrase(&self, i: usize, end: usize, led: bool) -> Option<Range<usize>> {
        let mut first = i;
        while first < end
            && (self.time.get(first) == Some(&true)
                || self.is(first, Class::Demonstrative) && !self.is_source(first)
                || self.is(first, Class::Prep) && led && !self.is_source(first))
            && first < i + 3
        {
            first += 1;
        }
        let opens = |k: usize| self.opens(k) || self.mark(k).is_some() || self.time.get(k) == Some(&true);
        if first >= end || opens(first) || !led && self.led(first) || !led && self.has(first, Reading::AND) || self.perhaps_led(first) {
            return None;
        }
        let source = self.is_source(first);
        if !source
            && (self.verbal(first) && !self.is_actor(first)
                || self.is(first, Class::Frame)
                || self.is(first, Class::Negation)
                || self.is(first, Class::Relative)
                || self.is(first, Class::Conj))
        {
            return None;
        }
        // "A report of X": X says it.
        if self.is_paper(first) && self.has(first + 1, Reading::TO) && self.is_source(first + 1) {
            return self.phrase(first + 1, end, true);
        }
        let limit = (first + LONGEST).min(end);
        let mut stop = first + 1;
        while stop < limit && self.goes_on(first, stop) {
            stop += 1;
        }
        while stop > first + 1 && self.is(stop - 1, Class::Prep) {
            stop -= 1;
        }
        Some(first..self.named(stop, end))
    }

    /// The end of a name that stands between commas after a title, or else `stop`.
    fn named(&self, stop: usize, end: usize) -> usize {
        if self.mark(stop) != Some(',') {
            return stop;
        }
        let limit = (stop + 6).min(end);
        let mut k = stop + 1;
        while k < limit
            && self.item(k).is_some_and(|item| {
                item.kind == Kind::Word
                    && !item.quoted
                    && item.before & !Reading::ARTICLE == 0
                    && self.scan.senses(item).iter().all(|s| matches!(s.0.class, Class::Person | Class::Generic))
            })
        {
            k += 1;
        }
        let closed = self.mark(k) == Some(',') || self.opens(k) || self.is(k, Class::Prep) || self.time.get(k) == Some(&true);
        if k > stop + 1 && closed { k } else { stop }
    }

    /// Whether item `k` still belongs to the phrase from `first`.
    fn goes_on(&self, first: usize, k: usize) -> bool {
        if self.opens(k) || self.time.get(k) == Some(&true) || self.has(k, Reading::AND) {
            return false;
        }
        if let Some(mark) = self.mark(k) {
            return mark == '(' && self.item(k + 1).is_some_and(|i| i.kind == Kind::Word) || mark == ')';
        }
        let ends = [
            Class::Relative,
            Class::Conj,
            Class::Background,
            Class::Negation,
            Class::Because,
            Class::Demonstrative,
            Class::Pronoun,
            Class::Hedge,
            Class::Total,
            Class::Foiled,
            Class::Light,
        ];
        if ends.iter().any(|c| self.is(k, *c)) {
            return false;
        }
        // «القيادة في العراق انتهاء …»: after the name of a place an indefinite word opens what was said.
        let named = k > first + 1 && self.item(k - 1).is_some_and(|i| i.place.is_some());
        let goes =
            |k: usize| self.starts_definite(k) || self.is(k, Class::Prep) || self.is(k, Class::Direction) || self.is(k, Class::PlaceKind);
        if named && !goes(k) && self.item(k).is_some_and(|i| i.place.is_none() && i.before == 0) {
            return false;
        }
        if (self.report(k).is_some() || self.is(k, Class::Frame) && !self.is_actor(k)) && !self.is_source(k) {
            return false;
        }
        // «اتهم الجيش اليمني الحوثيين»: another body is another phrase.
        let body = |i: usize| self.is(i, Class::Actor) && !self.is_source(i) || self.is(i, Class::Nation);
        if body(k) && !self.led(k) && !self.is(k - 1, Class::Prep) && (first..k).any(|i| self.is(i, Class::Actor)) {
            return false;
        }
        if self.is(k, Class::Prep) {
            let inner = self.item(k).and_then(|i| self.scan.value(i, Class::Prep)).is_some_and(|p| {
                p == marsad_language::Prep::In.code()
                    || p == marsad_language::Prep::From.code()
                    || p == marsad_language::Prep::About.code() && k > first + 1
            });
            return inner
                && self.report(k + 1).is_none_or(|_| self.is_source(k + 1) && k > first + 1)
                && !self.opens(k + 1)
                && self.time.get(k + 1) != Some(&true);
        }
        if self.has(k, Reading::TO) && self.receives(k) {
            return false;
        }
        if self.has(k, Reading::BY) && !self.is_source(k) && self.item(k).is_none_or(|i| i.place.is_none()) && !self.is(k, Class::PlaceKind)
        {
            return false;
        }
        let verb = self.item(k).is_some_and(|item| {
            let senses = self.scan.senses(item);
            senses.first().is_some_and(|s| s.1.is_verb())
                && !senses.iter().any(|s| matches!(s.0.class, Class::Actor | Class::Source | Class::Person | Class::Generic))
        });
        !verb
    }

    /// The noun phrase right before a verb, where it opens its clause.
    pub(super) fn before(&self, at: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
        let mut end = at;
        if end > sentence.start && self.mark(end - 1) == Some(',') {
            end -= 1;
        }
        let low = end.saturating_sub(LONGEST).max(sentence.start);
        let mut start = end;
        while start > low {
            let k = start - 1;
            if self.mark(k).is_some()
                || self.opens(k)
                || self.is(k, Class::Background)
                || self.is(k, Class::Conj)
                || self.is(k, Class::Relative)
                || self.verbal(k) && !self.is_actor(k) && !self.is_source(k)
            {
                break;
            }
            start = k;
        }
        // A source that opens the sentence speaks, whatever its name is made of.
        let opener = sentence.start + usize::from(self.is(sentence.start, Class::Conj) || self.is(sentence.start, Class::Particle));
        if start > opener && end - opener.min(end) <= LONGEST && self.is_source(opener) && !self.led(opener) {
            let whole = (opener..end).all(|i| {
                let said = self.report(i).is_some() && !self.is_source(i);
                !said && !self.opens(i) && self.mark(i).is_none() && !self.is(i, Class::Frame) && !self.is(i, Class::Relative)
            });
            if whole {
                return Some(opener..end);
            }
        }
        let source = (start..end).find(|i| self.is_source(*i) || self.is(*i, Class::Actor))?;
        let clean = (start..source).all(|i| !self.is(i, Class::Prep) && !self.is(i, Class::Frame)) && !self.led(source);
        (clean && source <= start + 2).then_some(source..end)
    }
}
