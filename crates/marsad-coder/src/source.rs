//! Who says it: the utterances of a document, their chains of sources, and how far each reaches.

mod phrase;
mod speaker;

use crate::actor::Stage;
use crate::parse::{NEW, Parse};
use crate::scan::{Item, Scan};
use marsad_language::{Class, Inflection, Reading, Report};
use marsad_model::SourceKind;
use marsad_text::{Kind, Text};
use std::ops::Range;

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
/// A word of saying.
struct Saying {
    at: usize,
    /// Where what stands after it begins.
    from: usize,
    report: Report,
    /// Whether it is a verb.
    verb: bool,
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

    /// Reads the sentence of that number.
    pub fn hear(&mut self, parse: &Parse, n: usize) -> Voices {
        let (sentence, classes) = (self.scan.sentences[n].clone(), self.scan.classes[n]);
        let mut out = Voices::default();
        if classes.has(Class::Hedge) {
            out.hedges.extend(sentence.clone().filter(|i| self.is(*i, Class::Hedge)));
        }
        let mut words = Vec::new();
        if classes.has(Class::Report) {
            words = self.words_of_saying(parse, &sentence, &mut out);
            self.hidden_verbs(&sentence, &mut words, &mut out);
            self.words_of_according(&sentence, &mut words);
            words.sort_unstable_by_key(|w| w.at);
        }
        self.age = self.age.saturating_add(1);
        if classes.has(Class::Source)
            && let Some(chain) = self.headline(&sentence)
        {
            self.say(&mut out, Utterance { reach: sentence.clone(), report: Report::Neutral, at: sentence.start, chain });
        }
        for Saying { at, from, report, verb } in words {
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

    /// The verbs and phrases of saying of a sentence; what they tell of its sureness goes to its voices.
    fn words_of_saying(&self, parse: &Parse, sentence: &Range<usize>, out: &mut Voices) -> Vec<Saying> {
        let mut words = Vec::new();
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
                words.push(Saying { at: pivot.item, from: pivot.item + 1, report, verb: pivot.verb.is_some() });
                let strong = !matches!(report, Report::Neutral | Report::Confirm);
                if strong && out.strong.is_none() {
                    out.strong = Some((report, pivot.item));
                }
            }
        }
        words
    }

    /// Letters that also mean something else: a verb where a source stands right after them.
    fn hidden_verbs(&self, sentence: &Range<usize>, words: &mut Vec<Saying>, out: &mut Voices) {
        for i in sentence.clone() {
            let hidden =
                self.item(i).is_some_and(|item| self.scan.senses(item).iter().any(|s| s.0.class == Class::Report && s.1.is_verb()));
            let plain = !self.is(i, Class::Prep) || self.has(i, Reading::AND);
            if hidden
                && plain
                && self.is_source(i + 1)
                && !self.led(i)
                && !self.led(i + 1)
                && !words.iter().any(|w| w.at == i)
                && (i + 2..(i + 10).min(sentence.end)).any(|k| self.opens(k))
            {
                let report = self.report(i).unwrap_or(Report::Neutral);
                words.push(Saying { at: i, from: i + 1, report, verb: true });
                if !matches!(report, Report::Neutral | Report::Confirm) && out.strong.is_none_or(|s| s.1 > i) {
                    out.strong = Some((report, i));
                }
            }
        }
    }

    /// Words for "according to", which take the words of saying after them along.
    fn words_of_according(&self, sentence: &Range<usize>, words: &mut Vec<Saying>) {
        let mut i = sentence.start;
        while i < sentence.end {
            if self.report(i) == Some(Report::According) {
                let mut next = i + 1;
                while next < (i + 4).min(sentence.end)
                    && (self.report(next).is_some() && !self.is_source(next) || self.opens(next) || self.is(next, Class::Negation))
                {
                    next += 1;
                }
                words.retain(|w| !(i..next).contains(&w.at));
                words.push(Saying { at: i, from: next, report: Report::According, verb: false });
                i = next;
            } else {
                i += 1;
            }
        }
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
}
