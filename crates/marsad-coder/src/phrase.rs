//! Where noun phrases begin and end.

use crate::actor::names_people;
use crate::count::{Count, number_at};
use crate::parse::{Chunk, Parse, Parser, State, close};
use marsad_language::{Class, Inflection, Prep, Reading, Report};
use marsad_model::{Group, ObjectClass, WeaponClass};
use marsad_text::Kind;

/// The code of class `near` for words of belonging: «تابع لـ…».
const BELONGS: u32 = 3;
/// The code of class `among` for words like "of them", before which a number may stand.
const OF_THEM: u32 = 1;

impl Parser<'_> {
    /// Whether a chunk holds nothing but a number (and words that lead from it).
    pub(crate) fn only_number(&self, chunk: &Chunk, end: usize) -> bool {
        number_at(self.scan, &self.scan.items[..end], chunk.items.start).is_some_and(|n| n.end >= end)
    }

    pub(crate) fn noun(&self, i: usize, state: &mut State, out: &mut Parse) -> usize {
        let item = self.item(i);
        let by = item.has(Reading::BY) && !self.goes_by(i);
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
            // «بدعم بالطائرات», «مدعومة بطائرات»: the letter belongs to the word before it.
            state.prep = Some(if by && state.prep == Some(Prep::Aided) {
                Prep::Aided
            } else if by {
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
        if number.is_some() && state.chunk.is_some() && !self.counts_before(state, i) {
            close(state, out);
        }
        // «بين خمسة وسبعة مدنيين»: the preposition belongs to the number.
        if state.prep == Some(Prep::Between) && number.is_some_and(|n| n.end > i + 1 && n.count.best.is_none() && n.count.high.is_some()) {
            state.prep = None;
        }
        let end = number.as_ref().map_or(i + 1, |n| n.end.min(self.sentence.end));
        match &mut state.chunk {
            Some(chunk) if chunk.items.end == i => chunk.items.end = end,
            _ => {
                close(state, out);
                // «بينهم طفل برصاص …»: a preposition leads on to something else.
                state.among &= state.prep.is_none();
                let part = state.part.take().filter(|_| state.among);
                state.chunk = Some(Chunk {
                    items: i..end,
                    prep: state.prep.take(),
                    and,
                    comma: std::mem::take(&mut state.comma),
                    bracket: state.bracket,
                    among: state.among,
                    count: number.map(|n| n.count).or(part),
                    relative: std::mem::take(&mut state.relative),
                });
                state.because = false;
            }
        }
        end
    }

    /// «خمسة منهم أطفال», «خمسة منهم من النساء»: the number before "of them" where the people that it counts follow, and how many items lead to
    /// them.
    pub(crate) fn part_of_them(&self, i: usize, state: &State) -> (Option<Count>, usize) {
        let number = state.chunk.as_ref().filter(|c| c.items.end == i && self.only_number(c, i)).and_then(|c| c.count);
        if number.is_none() || self.scan.value(self.item(i), Class::Among) != Some(OF_THEM) {
            return (None, 1);
        }
        let people = |k: usize| k < self.sentence.end && self.is(k, Class::Person);
        let from = i + 1 < self.sentence.end && self.scan.value(self.item(i + 1), Class::Prep) == Some(Prep::From.code());
        if people(i + 1) {
            (number, 1)
        } else if from && !self.item(i + 1).pronoun && people(i + 2) {
            (number, 2)
        } else {
            (None, 1)
        }
    }

    /// «أطفالها الثلاثة», «المدنيين الخمسة»: a definite number after definite people is theirs.
    fn counts_before(&self, state: &State, i: usize) -> bool {
        let item = self.item(i);
        let few = self.scan.value(item, Class::Number).is_some_and(|n| (3..=10).contains(&n));
        let beside = state.chunk.as_ref().is_some_and(|c| c.items.end == i);
        let plural = i > self.sentence.start && {
            let before = self.item(i - 1);
            let people = self.scan.sense(before, Class::Person).is_some_and(|s| s.1.has(Inflection::PLURAL));
            people && (before.pronoun || before.has(Reading::ARTICLE))
        };
        few && beside && plural && item.before == Reading::ARTICLE
    }

    /// «ما يعرف بـ…», «ما تسمى بـ…»: the letter leads to the name that a body goes by.
    fn goes_by(&self, i: usize) -> bool {
        let called = |b: usize| self.scan.value(self.item(b), Class::Report) == Some(Report::Doubt.code()) && self.is_phrase(b);
        self.names_actor(i) && i > self.sentence.start && called(i - 1)
    }

    /// Whether a demonstrative stands between a thing or people and the body that they belong to.
    pub(crate) fn points_at_body(&self, i: usize) -> bool {
        let body = |i: usize| self.is(i, Class::Body) || self.is(i, Class::Generic) || self.is(i, Class::Actor);
        let next = i + 1 < self.sentence.end && body(i + 1) && self.item(i + 1).has(Reading::ARTICLE);
        self.is(i, Class::Demonstrative) && self.item(i).before == 0 && next && self.owns(i - 1)
    }

    /// «المستوطنين المسلحين»: a definite word for armed people after definite people says what they are.
    pub(crate) fn tells_of(&self, i: usize) -> bool {
        let item = self.item(i);
        let armed = self.is(i, Class::Generic) && self.is(i, Class::Person) && item.before == Reading::ARTICLE && !self.is_phrase(i);
        armed && i > self.sentence.start && names_people(self.lexicon, self.scan, self.item(i - 1))
    }

    fn is_phrase(&self, i: usize) -> bool {
        self.scan.senses(self.item(i)).first().is_some_and(|s| s.1.has(Inflection::PHRASE))
    }

    /// Whether a possessive "of" may follow the item.
    fn owns(&self, i: usize) -> bool {
        let of = self.scan.value(self.item(i), Class::Near) == Some(BELONGS);
        of || [Class::Unit, Class::Object, Class::Person, Class::PlaceKind, Class::Weapon].iter().any(|c| self.is(i, *c))
    }

    /// Whether the item only leads to the owner of what stands before it: «مستودع تابع لقوات …».
    pub(crate) fn leads_to_owner(&self, i: usize) -> bool {
        let next = i + 1 < self.sentence.end && self.item(i + 1).has(Reading::TO) && self.names_actor(i + 1);
        next && self.scan.value(self.item(i), Class::Near) == Some(BELONGS)
    }

    /// Whether the chunk that ends before item `i` is of people, and the item after it names the body that they serve in: «ضابط في الجيش».
    pub(crate) fn serves_in(&self, chunk: &Chunk, i: usize) -> bool {
        let body = |i: usize| {
            let named = [Class::Actor, Class::WeakActor, Class::Generic].iter().any(|c| self.is(i, *c));
            named && (self.item(i).place.is_none() || self.is_phrase(i))
        };
        // «قيادياً بارزاً في …»: a word that nobody knows may be an adjective, too.
        let adjective = |i: usize| {
            let senses = self.scan.senses(self.item(i));
            senses.iter().any(|s| s.1.has(Inflection::ADJECTIVE)) || senses.is_empty() && self.item(i).place.is_none()
        };
        let people = |i: usize| self.is(i, Class::Person) && !self.is(i, Class::Actor);
        i + 1 < self.sentence.end && body(i + 1) && (people(i - 1) || chunk.items.len() > 1 && adjective(i - 1) && people(i - 2))
    }

    pub(crate) fn names_actor(&self, i: usize) -> bool {
        [Class::Actor, Class::Generic, Class::WeakActor, Class::Nation, Class::Unit, Class::Person].iter().any(|c| self.is(i, *c))
    }

    /// Whether item `i` opens a new noun phrase rather than going on with the chunk.
    fn splits(&self, chunk: &Chunk, i: usize) -> bool {
        let item = self.item(i);
        let previous = self.item(i - 1);
        if self.is(i - 1, Class::Prep) || self.tells_of(i) {
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
        // «مسلحون كنيسة مار إلياس»: a site is a thing, though only its name is known.
        let noun = noun || self.scan.ends(item).site.is_some();
        let actor_before = (chunk.items.start..i).any(|k| {
            self.is(k, Class::Actor) || (self.is(k, Class::Generic) && (k + 1 < i || self.is_phrase(k) && !self.is(i, Class::Actor)))
        });
        if previous.pronoun && noun {
            return true;
        }
        // «اتهمت قوات … تركيا»: after the name of a body a state is another party.
        let state = self.is(i, Class::Nation) && !self.is(i, Class::Generic) && self.is(i - 1, Class::Actor) && self.is_phrase(i - 1);
        // «اغتالت إسرائيل قائداً»: the name of a state takes no genitive.
        let thing = |i: usize| [Class::Person, Class::Object, Class::Unit, Class::PlaceKind].iter().any(|c| self.is(i, *c));
        let proper = |i: usize| self.is(i, Class::Nation) || self.is(i, Class::WeakActor) && !self.item(i).has(Reading::ARTICLE);
        let named = proper(i - 1) && !self.is(i - 1, Class::Generic) && thing(i) && noun;
        if state || named && !item.has(Reading::ARTICLE) {
            return true;
        }
        // «الجيش بلدة …»: a name that is known with the word for its kind.
        let name = senses.is_empty() && item.place.is_some() && item.place_before == 0 && item.end - item.start > 1;
        let place = name && chunk.items.len() == 1;
        if (noun || place) && actor_before && !self.is(i - 1, Class::Unit) {
            return true;
        }
        let adjective_before = {
            let s = self.scan.senses(previous);
            // «طيران مسير مجهول سيارة»
            let unknown = self.is(i - 1, Class::Generic) && (chunk.items.start..i - 1).any(|k| self.is(k, Class::Weapon));
            (unknown || s.iter().any(|s| matches!(s.0.class, Class::NationAdj | Class::WeaponAdj))) && i - 1 > chunk.items.start
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
        if noun && previous.has(Reading::ARTICLE) && !item.has(Reading::ARTICLE) && !(counts && self.is_phrase(i - 1)) {
            return true;
        }
        // «استهدف لغم عربة …»: what blew up or flew, alone before a thing that is no part of it.
        let alone = chunk.items.len() == 1 && chunk.prep.is_none() && chunk.count.is_none() && self.is(i - 1, Class::Weapon);
        let hit = self.is(i, Class::Object) && ![Class::Weapon, Class::Person, Class::Unit].iter().any(|c| self.is(i, *c));
        if alone && hit && noun && !item.has(Reading::ARTICLE) && !previous.has(Reading::ARTICLE) {
            return true;
        }
        // «برصاص دورية روسية»: whose bullets they were.
        let weapon = self.scan.value(previous, Class::Weapon).and_then(|w| WeaponClass::ALL.get(w as usize));
        let thing = self.scan.value(item, Class::Object).and_then(|o| ObjectClass::ALL.get(o as usize));
        let armed = matches!(thing, Some(ObjectClass::VehicleMilitary | ObjectClass::Checkpoint | ObjectClass::Convoy));
        let theirs = weapon == Some(&WeaponClass::SmallArms) && armed;
        // A weapon after "by" is complete: what follows is the object.
        if noun
            && !theirs
            && matches!(chunk.prep, Some(Prep::By | Prep::From))
            && (chunk.items.start..i).any(|k| self.is(k, Class::Weapon))
            && senses.iter().any(|s| matches!(s.0.class, Class::Object | Class::Person | Class::PlaceKind))
            && !senses.iter().any(|s| matches!(s.0.class, Class::Weapon | Class::Generic | Class::Actor))
            && (!self.is(i, Class::Unit) || self.is(i, Class::PlaceKind))
        {
            return true;
        }
        // «اغتال مجهولون "…"»: a name in quotes after people who take no genitive.
        if item.quoted && !previous.quoted && senses.is_empty() && self.is(i - 1, Class::Person) && absolute(i - 1).is_some() {
            return true;
        }
        // «قناص طفلة»: one who bears arms, and whom he hit.
        let group = |i: usize| self.scan.value(self.item(i), Class::Person).and_then(|g| Group::ALL.get(g as usize).copied());
        let harmless = matches!(group(i), Some(Group::Children | Group::Women | Group::Medics | Group::Journalists));
        if harmless && group(i - 1) == Some(Group::Combatants) && !item.has(Reading::ARTICLE) && !self.is_phrase(i - 1) {
            return true;
        }
        // «سيارة مفخخة مبنى …»: a phrase for a weapon takes no genitive.
        let armed = self.is(i - 1, Class::Weapon) && self.is_phrase(i - 1);
        if armed && senses.iter().any(|s| s.0.class == Class::Object) && !senses.iter().any(|s| s.0.class == Class::Weapon) {
            return true;
        }
        // A name of a place is complete.
        noun && previous.place.is_some() && self.scan.senses(previous).is_empty()
    }
}
