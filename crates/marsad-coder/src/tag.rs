//! What each item is to the parser: the letters are known, the sentence decides.

use crate::count::number_at;
use crate::parse::{NEW, Node, Parse, Parser, State};
use marsad_language::{Class, Inflection, Prep, Reading};
use marsad_model::Action;
use marsad_text::Kind;

/// The code of class `governor` for words that make control a state of things.
const HOLDING: u32 = 4;

/// The code of class `marker` for words after the parties of one side.
const SIDES: u32 = 5;
/// The other side follows within so many items.
const SIDE_REACH: usize = 24;

/// What an item is to the parser.
pub(crate) enum Tag {
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

impl Parser<'_> {
    /// The frame of the item, noun or verb where the letters are the same.
    pub(crate) fn frame_here(&self, i: usize, state: &State, out: &Parse) -> Option<(u32, Inflection)> {
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
            && !self.harms_nationals(noun.0.value, i + 1)
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
        // «شخصين قتلا»: two people right before what may be their verb.
        let two = |i: usize| self.scan.senses(self.item(i)).iter().any(|s| s.0.class == Class::Person && s.1.has(Inflection::DUAL));
        let dual = frames().find(|s| s.1.is_verb() && s.1.has(Inflection::DUAL));
        if let Some(dual) = dual.filter(|_| !led && state.chunk.as_ref().is_some_and(|c| c.items.end == i && two(i - 1))) {
            return pick(dual);
        }
        // «حصيلة قصف …»
        let total = i > self.sentence.start && item.before == 0 && self.is(i - 1, Class::Total);
        if led || counted || described || accusative || carried || total { pick(noun) } else { pick(verb) }
    }

    pub(crate) fn tag(&self, i: usize) -> Tag {
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
        let is = |class| item.classes.has(class);
        let phrase = first.1.has(Inflection::PHRASE);
        if is(Class::Actor) && (phrase || !is(Class::Frame)) {
            return Tag::Noun;
        }
        if is(Class::Stop) {
            return Tag::Adverb;
        }
        // «يقفزون من جرف عال»: "from", not "who", where nobody stands before it.
        if i >= self.sentence.start + 2
            && item.before == 0
            && is(Class::Frame)
            && senses.iter().all(|s| s.1.is_verb())
            && self.scan.value(self.item(i - 1), Class::Prep) == Some(Prep::From.code())
            && !self.item(i - 1).pronoun
            && ![Class::Pronoun, Class::Demonstrative, Class::Vague, Class::Relative].iter().any(|c| self.is(i - 2, *c))
            && self.scan.senses(self.item(i - 2)).iter().any(|s| s.1.is_verb())
        {
            return Tag::Noun;
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
        // «استهدف … تمركزاً»: letters of a rare dual of a verb that are a thing.
        let dual = |s: &(marsad_language::Sense, Inflection)| s.1.is_verb() && s.1.has(Inflection::DUAL) && !s.1.has(Inflection::SINGULAR);
        if is(Class::Object) && senses.iter().all(|s| s.0.class == Class::Object || dual(s)) {
            return Tag::Noun;
        }
        if is(Class::Frame) && is(Class::Object) && self.is_struck(i) {
            return Tag::Noun;
        }
        if is(Class::Frame) {
            return if self.is_held(i) || self.is_mere_gathering(i) { Tag::Noun } else { Tag::Pivot };
        }
        if self.ends_side(i) {
            return Tag::Side;
        }
        // «استهدفت القوات أيضاً بلدة …»: amid a clause it opens nothing.
        let word = item.end - item.start == 1 && !item.has(Reading::AND);
        let verb = |i: usize| i < self.sentence.end && self.scan.senses(self.item(i)).iter().any(|s| s.1.is_verb());
        let amid = word && i > self.sentence.start && matches!(self.item(i - 1).kind, Kind::Word) && !verb(i + 1);
        if amid && is(Class::Conj) && is(Class::Particle) {
            return Tag::Adverb;
        }
        // «كما», «من جهة أخرى»: other news, whatever else the letters may be.
        if self.scan.value(item, Class::Conj) == Some(NEW) {
            return if amid { Tag::Adverb } else { Tag::Break };
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
        if self.leads_to_owner(i) {
            return Tag::Noun;
        }
        // «الحوثيون كانوا قد سيطروا»: the verb after it tells what was done.
        if is(Class::Was) && !is(Class::Frame) {
            return Tag::Skip;
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
            // «وحدة من الجيش», not "alone".
            let of = i + 1 < self.sentence.end && self.scan.value(self.item(i + 1), Class::Prep) == Some(Prep::From.code());
            return match is(Class::Particle) && !is(Class::Conj) {
                true if is(Class::Unit) && of => Tag::Noun,
                true => Tag::Skip,
                false => Tag::Break,
            };
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

    /// Whether a column or convoy, which alone tells of a deployment, is what the word for an attack before it was aimed at: «كمين
    /// لرتل عسكري», «هجوم على قافلة عسكرية».
    fn is_struck(&self, i: usize) -> bool {
        let pack = self.lexicon.pack();
        let of = |i: usize, fits: fn(Action) -> bool| {
            let frames = self.scan.senses(self.item(i)).iter().filter(|s| s.0.class == Class::Frame);
            let mut actions = frames.filter_map(|s| pack.frames.get(s.0.value as usize)).map(|f| f.action).peekable();
            actions.peek().is_some() && actions.all(fits)
        };
        let on = i > self.sentence.start && self.scan.value(self.item(i - 1), Class::Prep) == Some(Prep::On.code());
        let before = i.checked_sub(1 + usize::from(on)).filter(|b| *b >= self.sentence.start);
        of(i, |a| a == Action::Deployment) && before.is_some_and(|b| of(b, Action::is_violent))
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

    /// Whether letters that may be a verb of gathering stand as a noun («استهدفت تجمع …»): no number and no demonstrators follow.
    fn is_mere_gathering(&self, i: usize) -> bool {
        let pack = self.lexicon.pack();
        let gathers = |s: &marsad_language::Sense| pack.frames[s.value as usize].needs == Some(marsad_language::Needs::Gathering);
        let mut frames = self.scan.senses(self.item(i)).iter().filter(|s| s.0.class == Class::Frame);
        if !frames.all(|s| s.1.is_verb() && gathers(&s.0)) {
            return false;
        }
        let end = (i + 4).min(self.sentence.end);
        let crowd = |n: usize| {
            self.item(n).kind == Kind::Number
                || [Class::Vague, Class::Number, Class::Approx, Class::Frame].into_iter().any(|c| self.is(n, c))
        };
        let ends =
            |n: usize| matches!(self.item(n).kind, Kind::Mark(_)) || self.prep_of(self.item(n)).is_some() && !self.is(n, Class::Approx);
        !(i + 1..end).take_while(|n| !ends(*n)).any(crowd)
    }
}
