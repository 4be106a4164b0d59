//! A shallow parse: what stands between the words that tell events.
//!
//! A sentence becomes a row of nodes. [`Pivot`]s are words that open a clause or tell something: frames,
//! verbs, words of saying and of cause. [`Chunk`]s are the noun phrases between them, each with its preposition.

use crate::count::{Count, number_at};
use crate::scan::{Item, Scan};
use marsad_language::{Class, Inflection, Lexicon, Prep, Reading};
use marsad_model::Action;
use marsad_text::Kind;
use std::ops::Range;

/// The code of class `governor` for words that make control a state of things.
const HOLDING: u32 = 4;

/// The code of class `conj` for words that open other news.
pub(crate) const NEW: u32 = 7;

/// The code of class `marker` for words after the parties of one side.
const SIDES: u32 = 5;
/// The other side follows within so many items.
const SIDE_REACH: usize = 24;

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

/// What an item is to the parser.
enum Tag {
    Mark(char),
    Skip,
    Adverb,
    Side,
    Prep(Prep),
    Because,
    Break,
    Relative,
    Among,
    Negation,
    Modal(Class),
    Pivot,
    Noun,
    Adjective,
}

pub(crate) struct Parser<'a> {
    pub lexicon: &'a Lexicon,
    pub scan: &'a Scan,
    pub sentence: Range<usize>,
    pub time: &'a [bool],
}

#[derive(Default)]
struct State {
    chunk: Option<Chunk>,
    prep: Option<Prep>,
    because: bool,
    comma: bool,
    bracket: bool,
    among: bool,
    relative: bool,
    negated: Option<usize>,
    modal: Option<(Class, usize)>,
}

impl<'a> Parser<'a> {
    fn item(&self, i: usize) -> &'a Item {
        &self.scan.items[i]
    }

    fn is(&self, i: usize, class: Class) -> bool {
        i < self.sentence.end && self.scan.is(self.item(i), class)
    }

    fn prep_of(&self, item: &Item) -> Option<Prep> {
        self.scan.value(item, Class::Prep).and_then(|p| Prep::ALL.get(p as usize)).copied()
    }

    /// The frame of the item, noun or verb where the letters are the same.
    fn frame_here(&self, i: usize, state: &State, out: &Parse) -> Option<(u32, Inflection)> {
        let item = self.item(i);
        let frames = || self.scan.senses(item).iter().filter(|s| s.0.class == Class::Frame);
        let people = frames().find(|s| s.1.has(Inflection::PEOPLE));
        let noun = frames().find(|s| s.1.has(Inflection::NOUN) && !s.1.has(Inflection::DUAL));
        let verb = frames().find(|s| s.1.is_verb());
        let first = frames().next()?;
        let pick = |s: &(marsad_language::Sense, Inflection)| Some((s.0.value, s.1));
        if let Some(p) = people {
            return pick(p);
        }
        let (Some(noun), Some(verb)) = (noun, verb) else { return pick(noun.or(verb).unwrap_or(first)) };
        let led =
            item.before & (Reading::BY | Reading::TO | Reading::LIKE | Reading::ARTICLE) != 0 || state.prep.is_some() || state.because;
        let counted = state.chunk.as_ref().is_some_and(|c| c.items.end == i && c.count.is_some());
        let described = i + 1 < self.sentence.end
            && !self.time[i + 1]
            && (self.is(i + 1, Class::WeaponAdj) || self.is(i + 1, Class::NationAdj))
            && !self.is(i + 1, Class::Weapon)
            && !self.is(i + 1, Class::Nation);
        let accusative = noun.1.has(Inflection::OBLIQUE) && !item.pronoun;
        let carried = !state.comma
            && !item.has(Reading::AND)
            && out.nodes.iter().rev().find_map(|n| match n {
                Node::Pivot(p) => Some(out.pivots[*p].carry.is_some() && out.pivots[*p].verb.is_some() && out.pivots[*p].frame.is_none()),
                Node::Break | Node::Comma | Node::Side => Some(false),
                Node::Chunk(_) => None,
            }) == Some(true);
        if led || counted || described || accusative || carried { pick(noun) } else { pick(verb) }
    }

    fn tag(&self, i: usize) -> Tag {
        let item = self.item(i);
        if let Kind::Mark(m) = item.kind {
            return Tag::Mark(m);
        }
        if self.time[i] {
            return Tag::Adverb;
        }
        if item.kind != Kind::Word {
            return Tag::Noun;
        }
        let senses = self.scan.senses(item);
        let Some(first) = senses.first() else { return Tag::Noun };
        let is = |class| senses.iter().any(|s| s.0.class == class);
        let phrase = first.1.has(Inflection::PHRASE);
        if is(Class::Actor) && (phrase || !is(Class::Frame)) {
            return Tag::Noun;
        }
        if is(Class::Stop) {
            return Tag::Adverb;
        }
        // «على عدن»: after a preposition stands a name, not a verb.
        if item.place.is_some() && i > self.sentence.start && senses.iter().all(|s| s.1.is_verb()) {
            let before = self.item(i - 1);
            if !before.pronoun && self.prep_of(before).is_some_and(|p| !matches!(p, Prep::Until | Prep::Other)) {
                return Tag::Noun;
            }
        }
        // «محافظة صعدة»: after the word for its kind, a name is a name.
        if item.place.is_some()
            && !phrase
            && i > self.sentence.start
            && self.is(i - 1, Class::PlaceKind)
            && !senses.iter().any(|s| s.1.has(Inflection::NOUN))
        {
            return Tag::Noun;
        }
        if is(Class::Frame) {
            return if self.is_held(i) { Tag::Noun } else { Tag::Pivot };
        }
        if self.ends_side(i) {
            return Tag::Side;
        }
        // «كما», «من جهة أخرى»: other news, whatever else the letters may be.
        if self.scan.value(item, Class::Conj) == Some(NEW) {
            return Tag::Break;
        }
        if is(Class::Among) {
            return Tag::Among;
        }
        if is(Class::Relative) {
            return Tag::Relative;
        }
        if is(Class::Conditional) || is(Class::Future) || is(Class::Attempt) || is(Class::Foiled) {
            for class in [Class::Foiled, Class::Attempt, Class::Future, Class::Conditional] {
                if is(class) {
                    return Tag::Modal(class);
                }
            }
        }
        if is(Class::Approx) && number_at(self.scan, &self.scan.items[..self.sentence.end], i).is_some() {
            return Tag::Noun;
        }
        if let Some(p) = self.prep_of(item) {
            if is(Class::Because) || is(Class::Response) {
                return Tag::Because;
            }
            return Tag::Prep(p);
        }
        if is(Class::Because) {
            return Tag::Because;
        }
        if is(Class::Negation) {
            return if self.scan.value(item, Class::Negation) == Some(1) { Tag::Adverb } else { Tag::Negation };
        }
        if is(Class::Cause) || is(Class::Light) || is(Class::Report) || is(Class::Verb) {
            let verbal = senses.iter().any(|s| s.1.is_verb() || matches!(s.0.class, Class::Cause | Class::Report));
            let nominal = [
                Class::Person,
                Class::Object,
                Class::Weapon,
                Class::Unit,
                Class::Generic,
                Class::Source,
                Class::PastAdj,
                Class::NextAdj,
                Class::PlaceKind,
                Class::Direction,
                Class::Daypart,
                Class::TimeUnit,
                Class::Vague,
                Class::Number,
            ]
            .iter()
            .any(|c| is(*c));
            // «كمين نصبه مسلحون»: after an event noun the pronoun tells the verb.
            let carries = item.pronoun && i > self.sentence.start && self.is(i - 1, Class::Frame);
            if verbal && (!nominal || carries) && item.before & Reading::ARTICLE == 0 {
                return Tag::Pivot;
            }
            if !nominal && (is(Class::Report) || is(Class::Light) && item.before & Reading::ARTICLE == 0) {
                return Tag::Pivot;
            }
        }
        if is(Class::Hedge) && (phrase || senses.iter().any(|s| s.1.is_verb())) {
            return Tag::Modal(Class::Hedge);
        }
        if is(Class::Background) || is(Class::Response) || is(Class::Conj) || is(Class::Particle) {
            return if is(Class::Particle) && !is(Class::Conj) { Tag::Skip } else { Tag::Break };
        }
        if is(Class::Habit) || is(Class::Pronoun) || is(Class::Demonstrative) || is(Class::TimePrep) {
            return Tag::Adverb;
        }
        let adjective = senses
            .iter()
            .all(|s| s.1.has(Inflection::ADJECTIVE) || matches!(s.0.class, Class::WeaponAdj | Class::NationAdj | Class::Ordinal));
        if adjective { Tag::Adjective } else { Tag::Noun }
    }

    /// Whether words like "on one side" stand after a noun and close a clause part: «… من جهة، و… من جهة أخرى».
    fn ends_side(&self, i: usize) -> bool {
        let side = |i: usize| self.scan.sense(self.item(i), Class::Marker).is_some_and(|s| s.0.value == SIDES);
        let other = |i: usize| self.scan.value(self.item(i), Class::Conj) == Some(NEW);
        let ends = |i: usize| {
            i + 1 >= self.sentence.end || !matches!(self.item(i + 1).kind, Kind::Word) || self.item(i + 1).has(Reading::AND) || other(i)
        };
        let reach = i.saturating_sub(SIDE_REACH).max(self.sentence.start);
        side(i) && ends(i) || other(i) && i > self.sentence.start && (reach..i).any(side)
    }

    /// Whether a noun for control or presence only says whose a place is: «مناطق سيطرة …», «نقاط انتشار …».
    fn is_held(&self, i: usize) -> bool {
        let frame = |s: &marsad_language::Sense| self.lexicon.pack().frames[s.value as usize].action;
        let mut frames = self.scan.senses(self.item(i)).iter().filter(|s| s.0.class == Class::Frame).peekable();
        i > self.sentence.start
            && self.item(i).before & !Reading::ARTICLE == 0
            && self.scan.senses(self.item(i - 1)).iter().any(|s| s.0.class == Class::Governor && s.0.value == HOLDING)
            && frames.peek().is_some()
            && frames.all(|s| s.1.has(Inflection::NOUN) && matches!(frame(&s.0), Action::TerritoryGain | Action::Deployment))
    }

    /// Parses the sentence.
    pub fn parse(&self) -> Parse {
        let mut out = Parse::default();
        let mut state = State::default();
        let mut i = self.sentence.start;
        while i < self.sentence.end {
            i = self.step(i, &mut state, &mut out);
        }
        close(&mut state, &mut out);
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
                    '-' | '/' => state.comma = true,
                    ';' | ':' | '.' | '!' | '?' => {
                        out.nodes.push(Node::Break);
                        forget(state);
                    }
                    _ => {}
                }
                i + 1
            }
            Tag::Skip | Tag::Adverb => {
                close(state, out);
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
                        || self.is(i - 1, Class::Vague)
                        || self.is(i - 1, Class::Number))
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
                state.prep = Some(Prep::After);
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
                close(state, out);
                state.among = true;
                state.prep = None;
                i + 1
            }
            Tag::Negation => {
                close(state, out);
                state.negated = Some(i);
                i + 1
            }
            Tag::Modal(class) => {
                close(state, out);
                state.modal = Some((class, i));
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
            0 => Carry::Perpetrator,
            1 => Carry::Target,
            2 => Carry::Happen,
            3 => Carry::Toll,
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
        let reach = if pivot.verb.is_some() { 1 } else { 7 };
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
                    && self.adjectival(end, pivot.frame.is_some());
                if !fits {
                    break;
                }
                end += 1;
            }
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

    /// Whether a time stands right before or after item `i`.
    fn beside_time(&self, i: usize) -> bool {
        let before = i > self.sentence.start && self.time[i - 1];
        before || i + 1 < self.sentence.end && self.time[i + 1]
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
            && !(item.has(Reading::AND) && senses.iter().any(|s| matches!(s.0.class, Class::Person | Class::Direction)))
            && !senses.iter().any(|s| matches!(s.0.class, Class::Direction))
    }

    /// Whether a chunk holds nothing but a number (and words that lead from it).
    fn only_number(&self, chunk: &Chunk, end: usize) -> bool {
        number_at(self.scan, &self.scan.items[..end], chunk.items.start).is_some_and(|n| n.end >= end)
    }

    fn noun(&self, i: usize, state: &mut State, out: &mut Parse) -> usize {
        let item = self.item(i);
        let by = item.has(Reading::BY);
        let to = item.has(Reading::TO);
        let and = item.has(Reading::AND);
        if by || to || item.has(Reading::LIKE) {
            // «مواقع لتنظيم داعش»: the possessive keeps the phrase together.
            if to
                && !and
                && let Some(chunk) = &mut state.chunk
                && chunk.items.end == i
                && self.owns(i - 1)
                && self.names_actor(i)
            {
                chunk.items.end = i + 1;
                return i + 1;
            }
            close(state, out);
            state.prep = Some(if by {
                Prep::By
            } else if to {
                Prep::To
            } else {
                Prep::As
            });
        } else if and {
            close(state, out);
        } else if let Some(chunk) = &state.chunk
            && chunk.items.end == i
            && self.splits(chunk, i)
        {
            close(state, out);
        }
        let number = number_at(self.scan, &self.scan.items[..self.sentence.end], i);
        let number = number.filter(|n| !(i..n.end).any(|k| self.time[k]));
        if number.is_some() && state.chunk.is_some() {
            close(state, out);
        }
        let end = number.as_ref().map_or(i + 1, |n| n.end.min(self.sentence.end));
        match &mut state.chunk {
            Some(chunk) if chunk.items.end == i => chunk.items.end = end,
            _ => {
                close(state, out);
                state.chunk = Some(Chunk {
                    items: i..end,
                    prep: state.prep.take(),
                    and,
                    comma: std::mem::take(&mut state.comma),
                    bracket: state.bracket,
                    among: state.among,
                    count: number.map(|n| n.count),
                    relative: std::mem::take(&mut state.relative),
                });
                state.because = false;
            }
        }
        end
    }

    fn is_phrase(&self, i: usize) -> bool {
        self.scan.senses(self.item(i)).first().is_some_and(|s| s.1.has(Inflection::PHRASE))
    }

    /// Whether a possessive "of" may follow the item.
    fn owns(&self, i: usize) -> bool {
        [Class::Unit, Class::Object, Class::Person, Class::PlaceKind, Class::Weapon].iter().any(|c| self.is(i, *c))
    }

    fn names_actor(&self, i: usize) -> bool {
        [Class::Actor, Class::Generic, Class::WeakActor, Class::Nation, Class::Unit, Class::Person].iter().any(|c| self.is(i, *c))
    }

    /// Whether item `i` opens a new noun phrase rather than going on with the chunk.
    fn splits(&self, chunk: &Chunk, i: usize) -> bool {
        let item = self.item(i);
        let previous = self.item(i - 1);
        if self.is(i - 1, Class::Prep) {
            return false;
        }
        let senses = self.scan.senses(item);
        // «طائرة تركية مسيرة»: what may be an adjective of the weapon before it.
        if self.is(i, Class::WeaponAdj)
            && !item.has(Reading::ARTICLE)
            && !previous.pronoun
            && (chunk.items.start..i).any(|k| self.is(k, Class::Weapon) || self.is(k, Class::Object))
            && (chunk.items.start + 1..i)
                .all(|k| self.is(k, Class::NationAdj) || self.is(k, Class::WeaponAdj) || self.is(k, Class::Generic))
        {
            return false;
        }
        let noun = senses.iter().any(|s| {
            matches!(
                s.0.class,
                Class::Person
                    | Class::Object
                    | Class::Weapon
                    | Class::Unit
                    | Class::PlaceKind
                    | Class::Generic
                    | Class::Actor
                    | Class::Vague
                    | Class::Near
            ) && !s.1.has(Inflection::ADJECTIVE)
        });
        let actor_before = (chunk.items.start..i).any(|k| {
            self.is(k, Class::Actor) || (self.is(k, Class::Generic) && (k + 1 < i || self.is_phrase(k) && !self.is(i, Class::Actor)))
        });
        if previous.pronoun && noun {
            return true;
        }
        if noun && actor_before && !self.is(i - 1, Class::Unit) {
            return true;
        }
        let adjective_before = {
            let s = self.scan.senses(previous);
            s.iter().any(|s| matches!(s.0.class, Class::NationAdj | Class::WeaponAdj)) && i - 1 > chunk.items.start
        };
        if noun && adjective_before {
            return true;
        }
        // «مسلحون حاجزاً»: a form that takes no genitive, before a noun that does not agree with it.
        let absolute = |i: usize| {
            let flags = self.scan.senses(self.item(i)).iter().map(|s| s.1).find(|x| x.has(Inflection::ABSOLUTE) && !x.is_verb())?;
            (!self.item(i).pronoun).then_some((flags.any(Inflection::SINGULAR), flags.any(Inflection::OBLIQUE)))
        };
        // «خمسون جندياً»: what is counted belongs to its number.
        let counts = [Class::Number, Class::Vague, Class::Ordinal].iter().any(|c| self.is(i - 1, *c)) || previous.kind == Kind::Number;
        let (ends, here) = if counts { (None, None) } else { (absolute(i - 1), absolute(i)) };
        if ends.is_some() && (noun || item.has(Reading::ARTICLE)) && !previous.has(Reading::ARTICLE) && ends != here {
            return true;
        }
        // «طائرات حاجزاً»: an accusative is no genitive.
        if noun && here == Some((true, true)) && ends != here && !item.has(Reading::ARTICLE) {
            return true;
        }
        // A definite noun takes no genitive.
        if noun && previous.has(Reading::ARTICLE) && !item.has(Reading::ARTICLE) {
            return true;
        }
        // A weapon after "by" is complete: what follows is the object.
        if noun
            && chunk.prep == Some(Prep::By)
            && (chunk.items.start..i).any(|k| self.is(k, Class::Weapon))
            && senses.iter().any(|s| matches!(s.0.class, Class::Object | Class::Person | Class::PlaceKind))
            && !senses.iter().any(|s| matches!(s.0.class, Class::Weapon | Class::Generic | Class::Actor | Class::Unit))
        {
            return true;
        }
        // A name of a place is complete.
        noun && previous.place.is_some() && self.scan.senses(previous).is_empty()
    }
}

/// Ends the chunk that is being read.
fn close(state: &mut State, out: &mut Parse) {
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
