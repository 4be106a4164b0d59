//! What may be the name of a place where it stands, and what follows a name.

use super::{PlaceMention, PlaceReader, kind};
use crate::scan::Item;
use marsad_language::{Class, Inflection, Prep, Reading};
use marsad_text::Kind;

/// Brackets that list names end within so many items.
const BRACKETS: usize = 32;
/// What sort of places brackets list is said no more items before them.
const SORT: usize = 5;

impl PlaceReader<'_> {
    /// Whether words at item `i` lead into a land: «في البلاد», «شمالي البلاد», «أنحاء البلاد».
    pub(super) fn within(&self, i: usize, mention: &PlaceMention) -> bool {
        let led = matches!(self.prep_before(i), Some(Prep::In | Prep::By | Prep::Inside));
        led || mention.direction.is_some() || mention.near || self.value(i, Class::PlaceKind) == Some(kind::AREA)
    }

    /// Whether a word for a kind of place bears the ending of an indefinite object, which takes no name: «موقعاً ضحايا».
    pub(super) fn is_object(&self, i: usize) -> bool {
        self.scan
            .sense(&self.scan.items[i], Class::PlaceKind)
            .is_some_and(|s| s.1.has(Inflection::ABSOLUTE) && s.1.has(Inflection::OBLIQUE) && !s.1.has(Inflection::DUAL))
    }

    /// Whether a word in quotes may be a name: no actor, and none of the words that join others.
    pub(super) fn may_name(&self, item: &Item) -> bool {
        !self.scan.senses(item).iter().any(|s| {
            matches!(
                s.0.class,
                Class::Actor
                    | Class::Nation
                    | Class::NationAdj
                    | Class::Prep
                    | Class::Conj
                    | Class::Particle
                    | Class::Frame
                    | Class::Relative
                    | Class::Report
                    | Class::Source
            )
        })
    }

    /// Whether a list may follow: the kind before the first name was a plural.
    pub(super) fn listing(&self, last: &PlaceMention) -> bool {
        (last.items.start..last.name.start)
            .any(|i| self.scan.sense(&self.scan.items[i], Class::PlaceKind).is_some_and(|s| s.1.any(Inflection::PLURAL | Inflection::DUAL)))
    }

    /// Items of a name that nobody knows, at most three words.
    pub(super) fn unknown_name(&self, at: usize) -> Option<usize> {
        let mut end = at;
        while let Some(item) = self.item(end) {
            let unknown = item.kind == Kind::Word
                && (self.scan.senses(item).is_empty() || (end == at && item.quoted))
                && !self.taken[end]
                && (!item.common || item.quoted)
                && (end == at || item.before == 0 && !item.perhaps_and);
            if !unknown || end - at >= 2 || (end > at && item.place.is_some()) {
                break;
            }
            // Past the first word only what may be a second part of a name.
            if end > at && self.scan.items[end].quoted {
                break;
            }
            end += 1;
        }
        (end > at).then_some(end)
    }

    /// Whether a word that is otherwise known stands between two names of one list: «… ومعرشورين ومعرشمشة».
    pub(super) fn amid_names(&self, i: usize, last: &PlaceMention) -> bool {
        let Some(item) = self.item(i) else { return false };
        let and = |n: &Item| n.place.is_some() && n.place_before & Reading::AND != 0 || n.has(Reading::AND) && self.opens_name(i + 1);
        let next = self.item(i + 1).is_some_and(and);
        next && last.listed
            && last.items.end == i
            && item.has(Reading::AND)
            && !item.pronoun
            && self.may_name(item)
            && !self.scan.senses(item).iter().any(|s| s.1.is_verb() || s.0.class == Class::Object || s.0.class == Class::Person)
    }

    /// Whether a word for a kind of place and the word after it may be one name: «تل حمو».
    pub(super) fn opens_name(&self, i: usize) -> bool {
        let plain = |k: &Item| !k.has(Reading::ARTICLE) && !k.pronoun && !self.scan.is(k, Class::Cause);
        let kind = self.item(i).is_some_and(|k| self.scan.is(k, Class::PlaceKind) && plain(k));
        kind && self.item(i + 1).is_some_and(|n| n.kind == Kind::Word && n.before == 0) && self.closes(i + 2)
    }

    /// Whether nothing before item `i` goes on in it.
    pub(super) fn closes(&self, i: usize) -> bool {
        self.item(i).is_none_or(|n| {
            let word = [Class::Prep, Class::Direction, Class::Near].iter().any(|c| self.scan.is(n, *c));
            n.has(Reading::AND) || n.perhaps_and || n.kind != Kind::Word || word || n.has(Reading::BY)
        })
    }

    /// Whether the name at item `at` stands in brackets that hold nothing but names: «أربع محافظات (عدن ولحج وأبين)».
    pub(super) fn enumerated(&self, at: usize) -> bool {
        let joins = |i: &usize| {
            let item = &self.scan.items[*i];
            item.place.is_some() || item.is_mark(',') || item.kind == Kind::Word && self.scan.is(item, Class::Conj)
        };
        let from = (self.sentence.start.max(at.saturating_sub(BRACKETS))..at).rev().find(|i| !joins(i));
        let to = (at..self.sentence.end.min(at + BRACKETS)).find(|i| !joins(i));
        let (Some(from), Some(to)) = (from, to) else { return false };
        let names = (from..to).filter(|i| self.scan.items[*i].place.is_some()).count();
        names > 1 && self.scan.items[from].is_mark('(') && self.scan.items[to].is_mark(')')
    }

    /// The kind in the plural that the brackets around item `at` spell out: «ثلاث محافظات في الجنوب (…)».
    pub(super) fn sort_of_brackets(&self, at: usize) -> Option<u32> {
        let from = self.sentence.start.max(at.saturating_sub(BRACKETS));
        let open = (from..at).rev().find(|i| self.scan.items[*i].is_mark('('))?;
        (from.max(open.saturating_sub(SORT))..open).rev().find_map(|i| {
            let (sense, inflection) = self.scan.sense(&self.scan.items[i], Class::PlaceKind)?;
            inflection.any(Inflection::PLURAL | Inflection::DUAL).then_some(sense.value)
        })
    }

    /// Takes a direction or side that follows the name: «ريف إدلب الجنوبي».
    pub(super) fn side(&self, mut mention: PlaceMention, at: usize) -> PlaceMention {
        if let Some(item) = self.item(at)
            && item.has(Reading::ARTICLE)
            && !item.has(Reading::AND | Reading::BY)
            && let Some(code) = self.value(at, Class::Direction)
        {
            mention.direction = Some(code);
            mention.items.end = at + 1;
            if let Some(next) = self.item(at + 1)
                && next.has(Reading::ARTICLE)
                && !next.has(Reading::AND | Reading::BY)
                && let Some(second) = self.value(at + 1, Class::Direction)
            {
                mention.direction = Some(combined(code, second));
                mention.items.end = at + 2;
            }
        }
        mention
    }

    /// Whether a word that means other things too is a town where it stands: «في الضالع.»
    pub(super) fn lone_town(&self, at: usize, item: &Item) -> bool {
        let within = self.prep_before(at) == Some(Prep::In) && item.place_before == 0 || item.place_before == Reading::BY;
        let timed = self.taken.get(at + 1).is_some_and(|t| *t);
        item.town && within && !item.pronoun && (timed || self.closes(at + 1))
    }

    /// Whether a name without a word of place before it is a place here.
    pub(super) fn accept_bare(&self, at: usize, item: &Item, other: bool, last: Option<&PlaceMention>) -> bool {
        if self.enumerated(at) {
            return true;
        }
        let words = item.end - item.start;
        let previous = (at > self.sentence.start).then(|| &self.scan.items[at - 1]);
        // «وكالة هاوار», «مراسل حلب»: a source's name.
        if let Some(p) = previous
            && (self.scan.is(p, Class::Source) || self.scan.is(p, Class::Person))
            && ![Class::Actor, Class::Nation, Class::Object].iter().any(|c| self.scan.is(p, *c))
            && item.place_before == 0
        {
            return false;
        }
        let led = matches!(
            self.prep_before(at),
            Some(Prep::In | Prep::On | Prep::From | Prep::Toward | Prep::By | Prep::Near | Prep::Inside | Prep::Position | Prep::Between)
        );
        let after_list = last.is_some_and(|l| {
            l.items.end == at && item.place_before & Reading::AND != 0
                || (l.items.end + 1 == at && matches!(self.scan.items[l.items.end].kind, Kind::Mark(',' | '-' | '/' | '(')))
        });
        // «قرى … وشنان …»: in a list of places a name is a name, whatever else its letters may be.
        let counted = after_list && last.is_some_and(|l| l.listed && !l.bare || self.listing(l)) && self.closes(at + 1);
        if item.pronoun && !counted {
            return false;
        }
        if other {
            return words > 1 && (led || after_list) || counted && item.place_before & !(Reading::AND | Reading::ARTICLE) == 0;
        }
        let to = item.place_before & Reading::TO != 0;
        if led || after_list {
            return true;
        }
        // After an event noun, or as a dateline, a hashtag or at the head of a line.
        let event = previous
            .is_some_and(|p| self.scan.is(p, Class::Frame) || self.scan.is(p, Class::NationAdj) || self.scan.is(p, Class::WeaponAdj));
        // «قصفت قوات النظام إدلب»: what an act befell follows who did it.
        let acted = previous.is_some_and(|p| [Class::Actor, Class::Generic, Class::Nation].iter().any(|c| self.scan.is(p, *c)))
            && (at.saturating_sub(5).max(self.sentence.start)..at - 1)
                .any(|k| self.scan.senses(&self.scan.items[k]).iter().any(|s| s.0.class == Class::Frame && s.1.is_verb()));
        let head = at == self.sentence.start || item.hashed || acted;
        // «هدف الولايات المتحدة»: a state named in two words is no more a place than one named in one.
        let state = self.scan.is(item, Class::Nation);
        (words > 1 && !state || event || head || previous.is_some_and(|p| matches!(p.kind, Kind::Mark(_)))) && !to
    }
}

/// "north" and "west" make "north-west".
fn combined(a: u32, b: u32) -> u32 {
    match (a.min(b), a.max(b)) {
        (0, 2) => 4,
        (0, 3) => 5,
        (1, 2) => 6,
        (1, 3) => 7,
        _ => a,
    }
}
