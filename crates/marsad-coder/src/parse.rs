//! A shallow parse: what stands between the words that tell events.
//!
//! A sentence becomes a row of nodes. [`Pivot`]s are words that open a clause or tell something: frames,
//! verbs, words of saying and of cause. [`Chunk`]s are the noun phrases between them, each with its preposition.

use crate::count::Count;
use crate::scan::{Item, Scan};
use crate::tag::Tag;
use marsad_language::{Class, Inflection, Lexicon, Prep, Reading, Slot};
use marsad_text::Kind;
use std::ops::Range;

/// The code of class `particle` for the words that open a clause: «أن».
const ANNA: u32 = 0;

/// The code of class `conj` for words that open other news.
pub(crate) const NEW: u32 = 7;

/// The code of class `weapon-adj` for rounds whose gun is not named.
pub(crate) const ROUNDS: u32 = 103;

/// The code of class `light` for verbs of what two sides do to each other: «تبادل».
pub(crate) const MUTUAL: u32 = 6;

/// Room is made at first for a noun phrase for every so many items of a sentence, and for a pivot.
const CHUNK: usize = 3;
const PIVOT: usize = 6;

/// A dateline has no more items.
const DATELINE: usize = 4;

/// A noun phrase.
#[derive(Clone, Debug)]
pub(crate) struct Chunk {
    /// Items of the document.
    pub items: Range<usize>,
    /// The preposition before it.
    pub prep: Option<Prep>,
    /// Whether a conjunction joins it to what stands before.
    pub and: bool,
    /// Whether a comma or bracket stands before it.
    pub comma: bool,
    /// Whether it stands in brackets.
    pub bracket: bool,
    /// Whether it tells a part of those told before ("among them").
    pub among: bool,
    /// The number at its head.
    pub count: Option<Count>,
    /// Whether a relative pronoun stands before it.
    pub relative: bool,
}

/// How a light verb carries an event noun (codes of class `light`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Carry {
    /// Its subject did it.
    Perpetrator,
    /// It was done to its subject.
    Target,
    /// The event is its subject.
    Happen,
    /// The people counted are its subject.
    Toll,
    /// The event is its subject, its object was hit.
    Reach,
    /// Its subject came upon those who are counted.
    Find,
}

/// A word that tells something.
#[derive(Clone, Debug)]
pub(crate) struct Pivot {
    /// The item.
    pub item: usize,
    /// Items from its number to its last adjective.
    pub items: Range<usize>,
    pub frame: Option<(u32, Inflection)>,
    pub carry: Option<Carry>,
    pub report: Option<u32>,
    pub cause: bool,
    /// Whether it is a finite verb.
    pub verb: Option<Inflection>,
    pub prep: Option<Prep>,
    /// Whether a word of cause leads from what stands before to it.
    pub because: bool,
    pub and: bool,
    pub relative: bool,
    pub count: Option<Count>,
    pub negated: Option<usize>,
    /// Items of conditions, futures, attempts or foilings that lead to it.
    pub modal: Option<(Class, usize)>,
}

/// What a sentence is made of, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    Chunk(usize),
    Pivot(usize),
    /// A comma.
    Comma,
    /// A word or mark that opens a new clause.
    Break,
    /// The end of the parties of one side.
    Side,
}

/// The parse of one sentence.
#[derive(Debug, Default)]
pub(crate) struct Parse {
    pub nodes: Vec<Node>,
    pub chunks: Vec<Chunk>,
    pub pivots: Vec<Pivot>,
}

pub(crate) struct Parser<'a> {
    pub lexicon: &'a Lexicon,
    pub scan: &'a Scan,
    pub sentence: Range<usize>,
    pub time: &'a [bool],
}

#[derive(Default)]
pub(crate) struct State {
    pub chunk: Option<Chunk>,
    pub prep: Option<Prep>,
    pub because: bool,
    pub comma: bool,
    pub bracket: bool,
    pub among: bool,
    /// The number before "of them", which is that of the people told next.
    pub part: Option<Count>,
    pub relative: bool,
    pub negated: Option<usize>,
    pub modal: Option<(Class, usize)>,
}

impl<'a> Parser<'a> {
    pub(crate) fn item(&self, i: usize) -> &'a Item {
        &self.scan.items[i]
    }

    pub(crate) fn is(&self, i: usize, class: Class) -> bool {
        i < self.sentence.end && self.scan.is(self.item(i), class)
    }

    pub(crate) fn prep_of(&self, item: &Item) -> Option<Prep> {
        self.scan.value(item, Class::Prep).and_then(|p| Prep::ALL.get(p as usize)).copied()
    }

    /// Parses the sentence.
    pub fn parse(&self) -> Parse {
        let items = self.sentence.len();
        let mut out = Parse {
            nodes: Vec::with_capacity(items),
            chunks: Vec::with_capacity(items / CHUNK),
            pivots: Vec::with_capacity(items / PIVOT),
        };
        let mut state = State::default();
        let mut i = self.sentence.start;
        while i < self.sentence.end {
            i = self.step(i, &mut state, &mut out);
        }
        close(&mut state, &mut out);
        self.open_line(&mut out);
        out
    }

    fn step(&self, i: usize, state: &mut State, out: &mut Parse) -> usize {
        let item = self.item(i);
        match self.tag(i) {
            Tag::Mark(m) => {
                close(state, out);
                match m {
                    // Commas around an adverb of time part nothing.
                    ',' if self.beside_time(i) => {}
                    ',' => {
                        state.comma = true;
                        out.nodes.push(Node::Comma);
                    }
                    '(' => state.bracket = true,
                    ')' => state.bracket = false,
                    // «مقديشو - قتل …»: the place that a report is sent from.
                    '-' if out.pivots.is_empty() && i - self.sentence.start <= DATELINE => {
                        out.nodes.push(Node::Break);
                        forget(state);
                    }
                    '-' | '/' => state.comma = true,
                    // «أصيب س. م. (25 عاماً) برصاص …»: a point within a sentence is that of an initial.
                    '.' if self.ends_initial(i) => {}
                    ';' | ':' | '.' | '!' | '?' => {
                        out.nodes.push(Node::Break);
                        forget(state);
                    }
                    _ => {}
                }
                i + 1
            }
            // «مواقع هذه القوات», «عناصر هذا التنظيم»
            Tag::Adverb if state.chunk.as_ref().is_some_and(|c| c.items.end == i) && self.points_at_body(i) => {
                if let Some(chunk) = &mut state.chunk {
                    chunk.items.end = i + 1;
                }
                i + 1
            }
            Tag::Skip | Tag::Adverb => {
                close(state, out);
                // «أشار إلى أن المدفعية …»: the preposition rules the clause, not the noun that opens it.
                if self.scan.value(item, Class::Particle) == Some(ANNA) {
                    state.prep = None;
                }
                i + 1
            }
            Tag::Prep(p) => {
                // The partitive "of" keeps the phrase together: «عناصر من قوات».
                if p == Prep::From
                    && !item.pronoun
                    && item.before == 0
                    && let Some(chunk) = &mut state.chunk
                    && chunk.items.end == i
                    && (self.is(i - 1, Class::Person)
                        || self.is(i - 1, Class::Unit)
                        || (self.is(i - 1, Class::Generic) || self.is(i - 1, Class::Object))
                            && i + 1 < self.sentence.end
                            && self.names_actor(i + 1)
                        // «برصاص قناص من قوات …»
                        || self.is(i - 1, Class::Weapon)
                            && [Class::Actor, Class::WeakActor, Class::Generic].iter().any(|c| self.is(i + 1, *c))
                        || self.is(i - 1, Class::Vague)
                        || self.is(i - 1, Class::Number)
                        || self.is(i - 1, Class::Ordinal) && chunk.items.len() == 1)
                {
                    chunk.items.end = i + 1;
                    return i + 1;
                }
                if p == Prep::In
                    && !item.pronoun
                    && item.before == 0
                    && state.chunk.as_ref().is_some_and(|c| c.items.end == i && self.serves_in(c, i))
                    && let Some(chunk) = &mut state.chunk
                {
                    chunk.items.end = i + 1;
                    return i + 1;
                }
                if p == Prep::To
                    && let Some(chunk) = &mut state.chunk
                    && chunk.items.end == i
                {
                    chunk.items.end = i + 1;
                    return i + 1;
                }
                let and = item.has(Reading::AND);
                close(state, out);
                state.prep = if item.pronoun { None } else { Some(p) };
                if and {
                    state.prep = state.prep.or(Some(p));
                }
                i + 1
            }
            Tag::Because => {
                close(state, out);
                state.because = true;
                // «جراء لغم»: what caused it is the means.
                state.prep = Some(self.prep_of(item).filter(|p| *p == Prep::By).unwrap_or(Prep::After));
                i + 1
            }
            Tag::Side => {
                close(state, out);
                out.nodes.push(Node::Side);
                i + 1
            }
            Tag::Break => {
                close(state, out);
                out.nodes.push(Node::Break);
                forget(state);
                i + 1
            }
            Tag::Relative => {
                close(state, out);
                state.relative = true;
                i + 1
            }
            Tag::Among => {
                let (part, leads) = self.part_of_them(i, state);
                if part.is_some() {
                    state.chunk = None;
                }
                close(state, out);
                state.part = part;
                state.among = true;
                state.prep = None;
                i + leads
            }
            Tag::Negation => {
                close(state, out);
                state.negated = Some(i);
                i + 1
            }
            Tag::Modal(class) => {
                close(state, out);
                // «أنباء عن نية …»: the preposition leads to the word itself.
                state.prep = state.prep.filter(|p| *p != Prep::About);
                // «إحباط مخطط لاغتيال …»: what was foiled stays so.
                let foiled = matches!(state.modal, Some((Class::Foiled, _)));
                state.modal = Some((if foiled { Class::Foiled } else { class }, i));
                i + 1
            }
            Tag::Pivot => self.pivot(i, state, out),
            Tag::Noun | Tag::Adjective => self.noun(i, state, out),
        }
    }

    fn pivot(&self, i: usize, state: &mut State, out: &mut Parse) -> usize {
        let item = self.item(i);
        let senses = self.scan.senses(item);
        let frame = self.frame_here(i, state, out);
        let verb = senses.iter().find(|s| s.1.is_verb()).map(|s| s.1);
        let carry = self.scan.value(item, Class::Light).map(|v| match v {
            0 | MUTUAL => Carry::Perpetrator,
            1 => Carry::Target,
            2 => Carry::Happen,
            3 => Carry::Toll,
            5 => Carry::Find,
            _ => Carry::Reach,
        });
        let mut pivot = Pivot {
            item: i,
            items: i..i + 1,
            frame,
            carry,
            report: self.scan.value(item, Class::Report),
            cause: self.scan.is(item, Class::Cause),
            verb: verb.filter(|_| frame.is_none_or(|f| f.1.is_verb())),
            prep: None,
            because: false,
            and: item.has(Reading::AND),
            relative: false,
            count: None,
            negated: None,
            modal: None,
        };
        // The number before an event noun belongs to it: «4 غارات», «عشرات القتلى».
        if let Some(chunk) = &state.chunk
            && chunk.items.end == i
            && pivot.frame.is_some()
            && pivot.verb.is_none()
            && item.before & !(Reading::ARTICLE) == 0
            && let Some(count) = chunk.count
            && self.only_number(chunk, i)
        {
            pivot.count = Some(count);
            pivot.items.start = chunk.items.start;
            pivot.prep = chunk.prep;
            pivot.and |= chunk.and;
            state.among |= chunk.among;
            state.chunk = None;
        } else {
            close(state, out);
        }
        if item.has(Reading::BY) {
            pivot.prep = Some(Prep::By);
        } else if item.has(Reading::TO) {
            pivot.prep = Some(Prep::To);
        } else if pivot.prep.is_none() {
            pivot.prep = state.prep;
        }
        pivot.because = std::mem::take(&mut state.because);
        pivot.relative = std::mem::take(&mut state.relative);
        // A negation or modal word reaches the verb right after it, a noun a little further on.
        let reach = if pivot.verb.is_some() { 1 } else { 9 };
        let start = pivot.items.start;
        pivot.negated = state.negated.take().filter(|n| start - n <= reach);
        pivot.modal = state.modal.take().filter(|m| start - m.1 <= if pivot.verb.is_some() { 2 } else { 5 });
        state.prep = None;
        state.comma = false;
        // Adjectives of an event noun: «قصف مدفعي روسي مكثف».
        let mut end = i + 1;
        if pivot.verb.is_none() {
            while end < self.sentence.end {
                let next = self.item(end);
                let fits = next.kind == Kind::Word
                    && !self.time[end]
                    && (next.before & !(Reading::ARTICLE | Reading::AND) == 0)
                    && self.adjectival(end, pivot.frame.is_some())
                    && !pivot.frame.is_some_and(|(f, form)| !form.has(Inflection::PEOPLE) && self.harms_nationals(f, end));
                if !fits {
                    break;
                }
                end += 1;
            }
        }
        // «وصلت تعزيزات تركية»: of a verb with its noun, the adjectives of that noun.
        if item.end - item.start > 1 && pivot.frame.is_some_and(|(f, form)| form.is_verb() && self.moves(f)) {
            end = self.nationals(end);
        }
        pivot.items.end = end;
        if pivot.frame.is_some() && state.among {
            pivot.modal = pivot.modal.or(Some((Class::Among, i)));
        }
        state.among = false;
        out.nodes.push(Node::Pivot(out.pivots.len()));
        out.pivots.push(pivot);
        end
    }

    /// Whether the frame tells that somebody goes, or sends what is his own.
    fn moves(&self, frame: u32) -> bool {
        let pack = self.lexicon.pack();
        let roles = pack.frames.get(frame as usize).and_then(|f| pack.role_sets.get(f.roles as usize));
        roles.is_some_and(|r| r.object == Slot::None && r.adjective == Slot::Perpetrator)
    }

    /// Where the adjectives from item `i` on end, if they name a nation.
    fn nationals(&self, i: usize) -> usize {
        let fits = |k: &usize| {
            let item = self.item(*k);
            item.kind == Kind::Word && !self.time[*k] && item.before & !(Reading::ARTICLE | Reading::AND) == 0 && self.adjectival(*k, true)
        };
        let end = (i..self.sentence.end).take_while(fits).last().map_or(i, |last| last + 1);
        if (i..end).any(|k| self.is(k, Class::NationAdj)) { end } else { i }
    }

    /// Whether the point at item `i` follows a word and more of the sentence follows it: only initials have such.
    fn ends_initial(&self, i: usize) -> bool {
        let word = i > self.sentence.start && self.item(i - 1).kind == Kind::Word;
        word && i + 1 < self.sentence.end && matches!(self.item(i + 1).kind, Kind::Word | Kind::Mark('(' | ','))
    }

    /// Whether a time stands right before or after item `i`.
    fn beside_time(&self, i: usize) -> bool {
        let timed = |i: usize| i < self.sentence.end && self.time[i];
        // «، في التاسع من الشهر، …»
        let led = self.is(i + 1, Class::Prep) && timed(i + 2);
        i > self.sentence.start && timed(i - 1) || timed(i + 1) || led
    }

    /// Whether an adjective of nationality after a word for harm means the people harmed: «مقتل لبناني».
    pub(crate) fn harms_nationals(&self, frame: u32, i: usize) -> bool {
        let harm = self.lexicon.pack().frames.get(frame as usize).is_some_and(|f| f.outcome.is_some());
        harm && self.is(i, Class::NationAdj) && !self.item(i).has(Reading::ARTICLE)
    }

    /// Whether the item is an adjective that may follow an event noun.
    fn adjectival(&self, i: usize, event: bool) -> bool {
        let item = self.item(i);
        let senses = self.scan.senses(item);
        if senses.is_empty() {
            return false;
        }
        event
            && senses.iter().any(|s| s.1.has(Inflection::ADJECTIVE) || matches!(s.0.class, Class::WeaponAdj | Class::NationAdj))
            && !senses.iter().any(|s| matches!(s.0.class, Class::Frame | Class::Nation | Class::Actor | Class::PlaceKind))
            && (senses.iter().any(|s| s.0.class == Class::WeaponAdj) || !senses.iter().any(|s| s.0.class == Class::Object))
            && !senses.iter().any(|s| s.0.class == Class::WeaponAdj && s.0.value == ROUNDS && !s.1.has(Inflection::ADJECTIVE))
            && !(item.has(Reading::AND) && senses.iter().any(|s| matches!(s.0.class, Class::Person | Class::Direction)))
            && !senses.iter().any(|s| matches!(s.0.class, Class::Direction))
    }
}

/// Ends the chunk that is being read.
pub(crate) fn close(state: &mut State, out: &mut Parse) {
    if let Some(chunk) = state.chunk.take() {
        out.nodes.push(Node::Chunk(out.chunks.len()));
        out.chunks.push(chunk);
    }
}

/// Forgets what led to the next word.
fn forget(state: &mut State) {
    state.prep = None;
    state.because = false;
    state.comma = false;
    state.among = false;
    state.relative = false;
    state.negated = None;
    state.modal = None;
}
