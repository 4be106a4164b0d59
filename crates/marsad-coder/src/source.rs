//! Who says it: the utterances of a document, their chains of sources, and how far each reaches.

use crate::actor::Stage;
use crate::mention::body;
use crate::parse::{NEW, Parse};
use crate::scan::{Item, Scan};
use marsad_language::{ActorKind, Class, Inflection, Reading, Report};
use marsad_model::SourceKind;
use marsad_text::{Kind, Text};
use std::ops::Range;

/// A source's words are cut after so many items.
const LONGEST: usize = 10;
/// How far from a word of saying its subject may stand.
const HEAD: usize = 24;
/// For so many sentences a source goes on without being named again.
const MEMORY: usize = 2;
/// A charge reaches so many items.
const CHARGE: usize = 16;
/// No chain is longer.
const CHAIN: usize = 4;

/// One voice.
#[derive(Clone, Debug)]
pub(crate) struct Voice {
    pub items: Range<usize>,
    pub kind: SourceKind,
    /// The actor that it speaks for.
    pub actor: Option<String>,
    /// Whether that actor is a party to fights rather than an observer.
    pub party: bool,
}

/// Something said: by whom, how, and over which items.
#[derive(Clone, Debug)]
pub(crate) struct Utterance {
    pub reach: Range<usize>,
    pub report: Report,
    /// The word of saying.
    pub at: usize,
    /// Nearest first; an outlet that received it last.
    pub chain: Vec<Voice>,
}

/// What a sentence says of its sources.
#[derive(Clone, Debug, Default)]
pub(crate) struct Voices {
    pub utterances: Vec<Utterance>,
    /// The first word that does more than say, and where.
    pub strong: Option<(Report, usize)>,
    /// Items of the words that make it less sure.
    pub hedges: Vec<usize>,
    /// Items of the verbs by which somebody takes what was told before on himself: «تبنته».
    pub claims: Vec<usize>,
}

impl Voices {
    /// Whether any source is named.
    pub fn named(&self) -> bool {
        self.utterances.iter().any(|u| !u.chain.is_empty())
    }

    /// The utterances that cover an item, the nearest word of saying last.
    pub fn over(&self, item: usize) -> impl Iterator<Item = &Utterance> {
        self.utterances.iter().filter(move |u| u.reach.contains(&item))
    }
}

/// Hears a document sentence by sentence and remembers who spoke.
pub(crate) struct Listener<'a> {
    pub stage: &'a Stage<'a>,
    pub scan: &'a Scan,
    pub text: &'a Text,
    pub time: &'a [bool],
    /// The chain that spoke last, and how many sentences ago.
    last: Vec<Voice>,
    age: usize,
    /// Every voice so far.
    known: Vec<Voice>,
}

/// What stands after a word of saying.
struct Head {
    subject: Option<Range<usize>>,
    outlet: Option<Range<usize>>,
    /// Whether what is said follows.
    clause: bool,
    /// Whether the subject stands by the word and what is said stands by the subject, so that a name alone may speak.
    close: bool,
}

impl<'a> Listener<'a> {
    pub fn new(stage: &'a Stage<'a>, scan: &'a Scan, text: &'a Text, time: &'a [bool]) -> Self {
        Listener { stage, scan, text, time, last: Vec::new(), age: usize::MAX, known: Vec::new() }
    }

    fn item(&self, i: usize) -> Option<&'a Item> {
        self.scan.items.get(i)
    }

    fn is(&self, i: usize, class: Class) -> bool {
        self.item(i).is_some_and(|item| self.scan.is(item, class))
    }

    fn has(&self, i: usize, flag: u8) -> bool {
        self.item(i).is_some_and(|item| item.has(flag))
    }

    fn mark(&self, i: usize) -> Option<char> {
        match self.item(i)?.kind {
            Kind::Mark(m) => Some(m),
            _ => None,
        }
    }

    fn report(&self, i: usize) -> Option<Report> {
        let code = self.scan.value(self.item(i)?, Class::Report)?;
        Report::ALL.get(code as usize).copied()
    }

    /// Whether the item opens what is said: "that", a colon, a quote.
    fn opens(&self, i: usize) -> bool {
        self.mark(i) == Some(':') || self.item(i).is_some_and(|item| self.scan.value(item, Class::Particle) == Some(0))
    }

    fn verbal(&self, i: usize) -> bool {
        self.item(i).is_some_and(|item| self.scan.senses(item).iter().any(|s| s.1.is_verb()))
    }

    /// A word that may be the head of a source.
    fn is_source(&self, i: usize) -> bool {
        self.item(i).and_then(|item| self.scan.sense(item, Class::Source)).is_some_and(|s| !s.1.has(Inflection::BOUND))
    }

    /// A word for something said or written, which is no speaker itself.
    fn is_paper(&self, i: usize) -> bool {
        self.is(i, Class::Source) && self.is(i, Class::Report)
    }

    fn is_actor(&self, i: usize) -> bool {
        [Class::Actor, Class::WeakActor, Class::Generic, Class::Nation].iter().any(|c| self.is(i, *c))
    }

    /// Reads a sentence.
    pub fn hear(&mut self, parse: &Parse, sentence: Range<usize>) -> Voices {
        let mut out = Voices { hedges: sentence.clone().filter(|i| self.is(*i, Class::Hedge)).collect(), ..Voices::default() };
        let mut words: Vec<(usize, usize, Report, bool)> = Vec::new();
        for pivot in &parse.pivots {
            let Some(report) = pivot.report.and_then(|code| Report::ALL.get(code as usize).copied()) else { continue };
            let phrase = self.item(pivot.item).is_some_and(|item| item.end - item.start > 1);
            if report == Report::Suspect {
                out.hedges.push(pivot.item);
            }
            if report == Report::Claim && pivot.verb.is_some() && self.item(pivot.item).is_some_and(|i| i.pronoun) {
                out.claims.push(pivot.item);
            }
            let says =
                pivot.verb.is_some() || phrase && !matches!(report, Report::Neutral | Report::Praise | Report::Condemn | Report::Demand);
            let goes_on = pivot.item == sentence.start
                && pivot.verb.is_none()
                && matches!(report, Report::Neutral | Report::Confirm)
                && !self.is_source(pivot.item)
                && (pivot.item + 1..pivot.item + 3).any(|k| self.opens(k));
            if (says || goes_on) && report != Report::According {
                words.push((pivot.item, pivot.item + 1, report, pivot.verb.is_some()));
                let strong = !matches!(report, Report::Neutral | Report::Confirm);
                if strong && out.strong.is_none() {
                    out.strong = Some((report, pivot.item));
                }
            }
        }
        // Letters that also mean something else: a verb where a source stands right after them.
        for i in sentence.clone() {
            let hidden =
                self.item(i).is_some_and(|item| self.scan.senses(item).iter().any(|s| s.0.class == Class::Report && s.1.is_verb()));
            let plain = !self.is(i, Class::Prep) || self.has(i, Reading::AND);
            if hidden
                && plain
                && self.is_source(i + 1)
                && !self.led(i)
                && !self.led(i + 1)
                && !words.iter().any(|w| w.0 == i)
                && (i + 2..(i + 10).min(sentence.end)).any(|k| self.opens(k))
            {
                let report = self.report(i).unwrap_or(Report::Neutral);
                words.push((i, i + 1, report, true));
                if !matches!(report, Report::Neutral | Report::Confirm) && out.strong.is_none_or(|s| s.1 > i) {
                    out.strong = Some((report, i));
                }
            }
        }
        let mut i = sentence.start;
        while i < sentence.end {
            if self.report(i) == Some(Report::According) {
                let mut next = i + 1;
                while next < (i + 4).min(sentence.end)
                    && (self.report(next).is_some() && !self.is_source(next) || self.opens(next) || self.is(next, Class::Negation))
                {
                    next += 1;
                }
                words.retain(|w| !(i..next).contains(&w.0));
                words.push((i, next, Report::According, false));
                i = next;
            } else {
                i += 1;
            }
        }
        words.sort_unstable_by_key(|w| w.0);
        self.age = self.age.saturating_add(1);
        if let Some(chain) = self.headline(&sentence) {
            self.say(&mut out, Utterance { reach: sentence.clone(), report: Report::Neutral, at: sentence.start, chain });
        }
        for &(at, from, report, verb) in &words {
            if matches!(report, Report::Praise) {
                continue;
            }
            let heard = match report {
                Report::According => self.according(at, from, &sentence),
                _ => self.as_said(at, report, verb, &sentence).or_else(|| self.saying(at, report, verb, &sentence)),
            };
            if let Some(utterance) = heard {
                self.say(&mut out, utterance);
            }
        }
        out
    }

    fn say(&mut self, out: &mut Voices, utterance: Utterance) {
        if !utterance.chain.is_empty() {
            self.last.clone_from(&utterance.chain);
            self.age = 0;
            for voice in &utterance.chain {
                if !self.known.iter().any(|v| v.items == voice.items) && self.known.len() < 200 {
                    self.known.push(voice.clone());
                }
            }
        }
        out.utterances.push(utterance);
    }

    /// «X: …» at the head of a sentence.
    fn headline(&self, sentence: &Range<usize>) -> Option<Vec<Voice>> {
        let end = (sentence.start + 8).min(sentence.end);
        let colon = (sentence.start..end).find(|i| self.mark(*i) == Some(':'))?;
        let clock = self.is(colon + 1, Class::Number) || self.item(colon + 1).is_some_and(|item| item.kind == Kind::Number);
        if colon + 3 > sentence.end
            || clock && self.folded(colon.saturating_sub(1)).ends_with(|c: char| c.is_ascii_digit())
            || (sentence.start..colon).any(|i| {
                self.verbal(i) || self.report(i).is_some() && !self.is_source(i) || self.mark(i).is_some() || self.is(i, Class::Frame)
            })
        {
            return None;
        }
        self.is_source(sentence.start).then(|| self.voice(sentence.start..colon)).flatten().map(|v| vec![v])
    }

    /// "According to X": it covers what stands before it, or all where it opens the sentence.
    fn according(&self, at: usize, from: usize, sentence: &Range<usize>) -> Option<Utterance> {
        let start = from;
        let mut chain = Vec::new();
        if let Some(items) = self.phrase(start, sentence.end, true) {
            let end = items.end;
            let paper = items.len() == 1 && self.is_paper(items.start);
            chain.extend(if paper { self.last.first().cloned() } else { self.resolve(items, true) });
            if !chain.is_empty() && self.relays(end) {
                let nearer = self.phrase(end + 1, sentence.end, true).and_then(|items| self.resolve(items, true));
                chain.splice(0..0, nearer);
            }
        }
        if chain.is_empty() {
            chain = self.remembered()?;
        }
        Some(Utterance { reach: sentence.clone(), report: Report::According, at, chain })
    }

    /// «…، كما أعلنت الوزارة»: a verb of saying that only looks back covers what stands before it.
    fn as_said(&self, at: usize, report: Report, verb: bool, sentence: &Range<usize>) -> Option<Utterance> {
        let as_before = at > sentence.start + 2 && self.item(at - 1).is_some_and(|i| self.scan.value(i, Class::Conj) == Some(NEW));
        if !verb || !as_before || !matches!(report, Report::Neutral | Report::Confirm) {
            return None;
        }
        let head = self.head(at + 1, sentence.end);
        let subject = head.subject.filter(|_| !head.clause)?;
        let end = head.outlet.as_ref().map_or(subject.end, |o| o.end.max(subject.end));
        let over = end >= sentence.end || self.mark(end).is_some() || self.is(end, Class::Prep) || self.time.get(end) == Some(&true);
        if !over || self.told(end, sentence.end) && self.mark(end).is_none() && !self.within(end) {
            return None;
        }
        let mut chain: Vec<Voice> = self.resolve(subject, true).into_iter().collect();
        chain.extend(head.outlet.and_then(|o| self.voice(o)).filter(|_| !chain.is_empty()));
        (!chain.is_empty()).then(|| Utterance { reach: sentence.clone(), report: Report::According, at, chain })
    }

    /// A verb of saying: it covers what follows.
    fn saying(&self, at: usize, report: Report, verb: bool, sentence: &Range<usize>) -> Option<Utterance> {
        let mut head = self.head(at + 1, sentence.end);
        // "That she follows …": the pronoun is the subject, and what stands after the verb its object.
        if at > sentence.start && self.opens(at - 1) && self.item(at - 1).is_some_and(|item| item.pronoun) {
            head.subject = None;
            if !head.clause {
                return None;
            }
        }
        let mut chain: Vec<Voice> = Vec::new();
        let strong = !matches!(report, Report::Neutral | Report::Confirm);
        if self.item(at).is_some_and(|item| item.pronoun) || report == Report::Warn && !head.clause {
            return None;
        }
        let mut relay = at + 1;
        if let Some(items) = head.subject.clone() {
            relay = items.end;
            let speaks = self.told(items.end, sentence.end)
                || head.clause
                || items.clone().take_while(|i| !self.is(*i, Class::Prep)).any(|i| self.is_source(i));
            let led = !(self.heads(&items) || head.clause && head.close);
            chain.extend(
                self.resolve(items, head.clause && head.close)
                    .filter(|v| !(led && v.items.end == relay))
                    .filter(|v| if strong { head.clause || v.actor.is_some() } else { speaks || !v.party }),
            );
        }
        if let Some(publisher) = self.publisher(relay, sentence.end)
            && chain.last().is_some_and(|v| v.kind == SourceKind::SocialMedia)
        {
            chain = vec![publisher];
        }
        let mut reach = at..match report {
            Report::Accuse => sentence.end.min(at + CHARGE),
            Report::Claim if !head.clause => self.claimed(at + 1, sentence.end),
            _ => sentence.end,
        };
        if chain.is_empty()
            && verb
            && !self.has(at, Reading::AND)
            && let Some(items) = self.before(at, sentence)
            && (head.clause || self.told(at + 1, sentence.end) || self.is_source(items.start))
            && let Some(voice) = self.resolve(items.clone(), false)
        {
            reach.start = items.start;
            chain.push(voice);
        }
        if chain.is_empty() {
            if strong || !head.clause && head.subject.is_some() {
                return strong.then_some(Utterance { reach, report, at, chain });
            }
            chain = self.remembered()?;
        }
        if self.relays(relay)
            && let Some(items) = self.phrase(relay + 1, sentence.end, true)
            && let Some(nearer) = self.resolve(items.clone(), self.quoted_words(items.end))
        {
            chain.insert(0, nearer);
            chain.truncate(CHAIN);
        }
        if let Some(outlet) = head.outlet
            && let Some(voice) =
                self.voice(outlet.clone()).or(Some(Voice { items: outlet, kind: SourceKind::Outlet, actor: None, party: false }))
            && chain.len() < CHAIN
        {
            chain.push(voice);
        }
        Some(Utterance { reach, report, at, chain })
    }

    /// Who "published it", right after what was published.
    fn publisher(&self, i: usize, end: usize) -> Option<Voice> {
        let published = self.verbal(i) && self.report(i).is_some() && self.item(i).is_some_and(|item| item.pronoun);
        self.phrase(i + 1, end, false).filter(|p| published && self.is_source(p.start)).and_then(|p| self.resolve(p, false))
    }

    /// The chain that spoke last, unless that is long ago.
    fn remembered(&self) -> Option<Vec<Voice>> {
        (self.age <= MEMORY && !self.last.is_empty()).then(|| self.last.clone())
    }

    /// Whether the known words of a phrase are its head rather than led by a preposition.
    fn heads(&self, items: &Range<usize>) -> bool {
        let known = items.clone().find(|i| self.is_source(*i) || self.is_actor(*i)).unwrap_or(items.start);
        known == items.start || !self.led(known) && !(items.start..known).any(|i| self.within(i))
    }

    /// Whether a word for "in" stands there.
    fn within(&self, i: usize) -> bool {
        self.item(i).is_some_and(|item| self.scan.value(item, Class::Prep) == Some(marsad_language::Prep::In.code()))
    }

    /// The end of what is claimed: the clause of the first event.
    fn claimed(&self, from: usize, end: usize) -> usize {
        let deed = (from..end).find(|i| self.is(*i, Class::Frame)).unwrap_or(from);
        (deed + 1..end).find(|i| self.mark(*i) == Some(',') || self.is(*i, Class::Relative)).unwrap_or(end)
    }

    /// Whether an event or "about" follows, so that a party tells rather than does something.
    fn told(&self, from: usize, end: usize) -> bool {
        (from..(from + 3).min(end)).any(|i| self.is(i, Class::Frame) || self.relays(i))
    }

    /// Whether a title follows a name after a comma.
    fn titled(&self, end: usize) -> bool {
        self.mark(end) == Some(',') && (self.has(end + 1, Reading::ARTICLE) || self.starts_definite(end + 1))
    }

    /// Whether "his words" follow.
    fn quoted_words(&self, i: usize) -> bool {
        (i..i + 6).any(|k| self.item(k).is_some_and(|item| item.pronoun) && self.report(k).is_some())
    }

    /// Whether a word for "from" follows, so that the source told it by another one.
    fn relays(&self, i: usize) -> bool {
        self.item(i).is_some_and(|item| self.scan.value(item, Class::Prep) == Some(marsad_language::Prep::About.code()))
    }

    /// Subject, receiving outlet and clause after a word of saying.
    fn head(&self, from: usize, end: usize) -> Head {
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
    fn led(&self, i: usize) -> bool {
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
    fn phrase(&self, i: usize, end: usize, led: bool) -> Option<Range<usize>> {
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
    fn before(&self, at: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
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

    /// The voice of a phrase; a short definite one goes back to the voice that it repeats.
    fn resolve(&self, items: Range<usize>, clause: bool) -> Option<Voice> {
        let first = self.item(items.start)?;
        let definite = first.has(Reading::ARTICLE) || self.starts_definite(items.start);
        if definite && items.len() <= 2 && first.end - first.start <= 2 {
            if let Some(voice) = self.repeated(first) {
                return Some(voice);
            }
            let anonymous = self.anonymous(first);
            let paper = self.is_paper(items.start);
            if (anonymous || paper)
                && let Some(voice) = self.last.first().filter(|v| paper || !v.party)
            {
                return Some(voice.clone());
            }
        }
        if items.len() == 1 && self.is_paper(items.start) && (definite || !self.anonymous(first)) {
            return self.last.first().cloned();
        }
        if let Some(voice) = self.voice(items.clone()) {
            return Some(voice);
        }
        let named = clause && self.may_name(&items);
        named.then_some(Voice { items, kind: SourceKind::Witness, actor: None, party: false })
    }

    fn anonymous(&self, item: &Item) -> bool {
        self.scan.sense(item, Class::Source).is_some_and(|s| SourceKind::ALL.get(s.0.value as usize) == Some(&SourceKind::Anonymous))
    }

    fn starts_definite(&self, i: usize) -> bool {
        let article = self.stage.lexicon.pack().article.as_str();
        self.folded(i).starts_with(article)
    }

    fn folded(&self, i: usize) -> &'a str {
        self.item(i).and_then(|item| self.text.tokens().get(item.start as usize)).map_or("", |t| self.text.folded(t))
    }

    /// Whether a phrase without known words may be a person who speaks.
    fn may_name(&self, items: &Range<usize>) -> bool {
        let none = [
            Class::Frame,
            Class::Weapon,
            Class::Object,
            Class::Number,
            Class::Prep,
            Class::Verb,
            Class::Particle,
            Class::Total,
            Class::Governor,
            Class::Report,
            Class::PlaceKind,
        ];
        self.item(items.start).is_some_and(|item| item.kind == Kind::Word && !item.pronoun)
            && !none.iter().any(|c| self.is(items.start, *c))
    }

    /// The last voice whose first word is that of the item, but for the article.
    fn repeated(&self, item: &Item) -> Option<Voice> {
        let tokens = self.text.tokens();
        let word = self.text.folded(tokens.get(item.start as usize)?);
        let article = self.stage.lexicon.pack().article.as_str();
        let bare = word.find(article).filter(|at| *at <= 4).map_or(word, |at| &word[at + article.len()..]);
        if bare.len() < 4 {
            return None;
        }
        self.known.iter().rev().find(|v| self.folded(v.items.start).ends_with(bare)).cloned()
    }

    /// The voice that a phrase names by words that are known.
    fn voice(&self, items: Range<usize>) -> Option<Voice> {
        let source = items.clone().find_map(|i| self.scan.sense(self.item(i)?, Class::Source).filter(|s| !s.1.has(Inflection::BOUND)));
        let actors = self.stage.actors_in(items.clone());
        let actor = actors.iter().find(|a| source.is_some() || !a.adjective);
        let kind = match (source, actor) {
            (Some((sense, _)), _) => SourceKind::ALL.get(sense.value as usize).copied().unwrap_or(SourceKind::Anonymous),
            (None, Some(a)) => kind_of(a.kind),
            (None, None) => return None,
        };
        // Observers speak for nobody, whatever nation stands in their name.
        let actor =
            actor.filter(|_| matches!(kind, SourceKind::Official | SourceKind::Military | SourceKind::ArmedGroup | SourceKind::Anonymous));
        let party = actor.is_some_and(|a| a.may_fight());
        Some(Voice { items, kind, actor: actor.map(|a| body(a.code, a.unit).to_owned()), party })
    }
}

fn kind_of(kind: ActorKind) -> SourceKind {
    match kind {
        ActorKind::Army | ActorKind::Coalition => SourceKind::Military,
        ActorKind::Police | ActorKind::Security => SourceKind::Official,
        _ if kind.is_armed() => SourceKind::ArmedGroup,
        _ => SourceKind::Official,
    }
}
