//! Places told in a sentence, before they are looked up: their chains and lists.

mod name;
mod phrase;

use crate::scan::{Classes, Item, Scan};
use marsad_language::{Class, Prep, Reading};
use marsad_places::Key;
use marsad_text::Kind;
use std::ops::Range;

/// Kinds of places, as the codes of class `placekind` in the language crate say them.
pub(crate) mod kind {
    pub const QUARTER: u32 = 3;
    pub const GOVERNORATE: u32 = 6;
    pub const COUNTRYSIDE: u32 = 7;
    pub const DESERT: u32 = 8;
    pub const ROAD: u32 = 10;
    pub const DISTRICT: u32 = 5;
    pub const AREA: u32 = 16;
    pub const BORDER: u32 = 17;
    pub const FRONT: u32 = 18;
    pub const REGION: u32 = 22;
    pub const SEA: u32 = 23;
    pub const LAND: u32 = 29;
    pub const BASE: u32 = 13;

    /// Whether a word means an area around what is named after it: «ريف مدينة …», «محور بلدة …», «سواحل مديرية …».
    pub fn surrounds(kind: u32) -> bool {
        matches!(kind, COUNTRYSIDE | DESERT | ROAD | BORDER | FRONT | SEA)
    }
}

/// A place told in a sentence.
#[derive(Clone, Debug)]
pub(crate) struct PlaceMention {
    /// Items of the document, from the first word that belongs to it.
    pub items: Range<usize>,
    /// The items of the name alone.
    pub name: Range<usize>,
    /// Its name in the gazetteers.
    pub key: Option<Key>,
    /// Of a road, the name of its other end.
    pub other: Option<Key>,
    /// The kind that the words say.
    pub kind: Option<u32>,
    /// Whether that kind was said of the first name of its list alone: «محافظتي … و…».
    pub shared: bool,
    /// The kind of area that surrounds or leads by what is named: «ريف مدينة …».
    pub zone: Option<u32>,
    /// Whether it is said to be near the named place.
    pub near: bool,
    /// A direction from the named place (codes of class `direction`), or the side of it.
    pub direction: Option<u32>,
    /// A distance from the named place in km.
    pub distance_km: Option<u32>,
    /// The sense of the preposition before it.
    pub prep: Option<Prep>,
    /// Places with one number follow each other as a chain from the small to the large.
    pub chain: u32,
    /// Whether it stands in a list beside the one before.
    pub listed: bool,
    /// Whether only a comma parts it from the one before.
    pub after_comma: bool,
    /// Whether it means a place named before ("the town").
    pub back: bool,
    /// Whether only its name says that it is a place.
    pub bare: bool,
    /// Whether it is a word of other meaning that may be a town of the report's country.
    pub doubtful: bool,
    /// Whether it says where those who act sit or come from, or heads a line, and gives way to any other place.
    pub weak: bool,
}

impl PlaceMention {
    /// Whether it is but the side of a named place: «جنوبي تعز».
    pub fn only_side(&self) -> bool {
        self.direction.is_some() && self.kind.is_none() && !self.back
    }
    /// The same as a place that means one named before, told by these items.
    fn pointing(self, items: Range<usize>) -> Self {
        PlaceMention { back: true, bare: false, name: items.clone(), items, ..self }
    }
}

/// The code of class `near` for words that say where somebody sits or comes from.
const SEAT: u32 = 4;

/// What a place may begin with, beside its name, a number in digits and a name in a list.
const OPENERS: Classes = Classes::from(&[Class::Direction, Class::Near, Class::PlaceKind]);

/// Whether a place may begin with an item.
fn opens(scan: &Scan, item: &Item) -> bool {
    item.place.is_some() || scan.ends(item).tail_kind.is_some() || item.kind == Kind::Number || item.classes.any(OPENERS)
}

pub(crate) struct PlaceReader<'a> {
    pub scan: &'a Scan,
    pub sentence: Range<usize>,
    /// Items taken by times.
    pub taken: &'a [bool],
}

impl<'a> PlaceReader<'a> {
    fn item(&self, i: usize) -> Option<&'a Item> {
        (i < self.sentence.end).then(|| &self.scan.items[i])
    }
    fn value(&self, i: usize, class: Class) -> Option<u32> {
        self.scan.value(self.item(i)?, class)
    }

    /// All places of the sentence.
    pub fn read(&self) -> Vec<PlaceMention> {
        let mut out: Vec<PlaceMention> = Vec::new();
        let mut chain = 0;
        let mut shared: Option<u32> = None;
        let mut seated = false;
        let mut i = self.sentence.start;
        while i < self.sentence.end {
            let beside = out.last().is_some_and(|l| i <= l.items.end + 1);
            let may_be = !self.taken[i] && (beside || opens(self.scan, &self.scan.items[i]));
            let Some(mut mention) = Some(i).filter(|_| may_be).and_then(|i| self.at(i, out.last())) else {
                i += 1;
                continue;
            };
            // «طريق القامشلي – عامودا»
            let end = mention.items.end;
            if (mention.kind == Some(kind::ROAD) || mention.zone == Some(kind::ROAD))
                && mention.key.is_some()
                && self.item(end).is_some_and(|m| m.is_mark('-') || m.is_mark('/'))
                && let Some(far) = self.item(end + 1).filter(|f| f.place_before == 0)
                && far.place.is_some()
            {
                mention.other = far.place;
                mention.items.end = end + 2;
            }
            if mention.bare && mention.kind.is_none() && self.enumerated(mention.name.start) {
                mention.kind = self.sort_of_brackets(mention.name.start);
            }
            // «أبين», a name, is no preposition.
            mention.prep = self.prep_after(out.last().map_or(self.sentence.start, |l| l.items.end), mention.items.start);
            // «الحدود بين سوريا وتركيا» is one place.
            if mention.bare
                && let Some(last) = out.last_mut()
                && last.kind == Some(kind::BORDER)
                && last.key.is_some()
                && last.items.end == mention.items.start
                && self.is_and(mention.items.start)
            {
                i = mention.items.end;
                last.items.end = i;
                continue;
            }
            let mut seat = self.is_seat(&mention);
            mention.weak |= self.is_dateline(&mention);
            if let Some(last) = out.last() {
                let gap = last.items.end..mention.items.start;
                let and = self.is_and(mention.items.start) || gap.clone().any(|g| self.is_and(g));
                let comma = gap.clone().any(|g| self.scan.items[g].kind == Kind::Mark(','));
                let plain = gap.clone().all(|g| self.is_link(g));
                mention.after_comma = comma && !and && plain;
                let prep = mention.prep.is_some() || mention.direction.is_some() || mention.near;
                // «… معسكر جورين قرية …»: one settlement right after another is no chain.
                let onward = mention.prep == Some(Prep::Toward) && mention.direction.is_none();
                let other = onward
                    || !prep
                        && gap.is_empty()
                        && matches!(mention.kind, Some(1..=3))
                        && matches!(last.kind, Some(0..=2 | 11..=13))
                        && !last.back;
                if plain && gap.len() <= 3 && !and && !other && (!comma || prep) {
                    mention.chain = chain;
                    seat |= seated && !mention.after_comma && mention.prep != Some(Prep::Toward);
                } else {
                    chain += 1;
                    mention.chain = chain;
                    mention.listed = plain
                        && gap.len() <= 3
                        && (and || comma)
                        && (mention.prep.is_none() || last.prep == mention.prep || and && self.goes_on(&mention, last));
                }
                if mention.listed && mention.prep.is_none() {
                    mention.prep = last.prep;
                    mention.weak = last.weak;
                }
                // «ريفي حمص وحماة»: the kind in the plural goes for every name of the list.
                shared = shared.filter(|_| mention.listed).or_else(|| self.listing(last).then_some(last.kind).flatten());
                if mention.listed && mention.bare && mention.kind.is_none() && shared.is_some() {
                    mention.kind = shared;
                    mention.shared = true;
                    mention.bare = false;
                }
            } else {
                chain += 1;
                mention.chain = chain;
            }
            mention.weak |= seat;
            seated = seat;
            i = mention.items.end;
            out.push(mention);
        }
        out
    }

    /// Whether "and in" goes on with a list that another preposition opened: «بين … و…، وفي منطقة …».
    fn goes_on(&self, mention: &PlaceMention, last: &PlaceMention) -> bool {
        let before = |i: usize| i.checked_sub(1).is_some_and(|k| k >= last.items.end && self.scan.items[k].has(Reading::AND));
        let inside = |p: Option<Prep>| matches!(p, Some(Prep::In | Prep::On | Prep::By | Prep::Near | Prep::Between));
        mention.prep == Some(Prep::In) && before(mention.items.start) && inside(last.prep) && !last.weak
    }

    fn is_and(&self, i: usize) -> bool {
        self.scan.items[i].has(Reading::AND)
            || self.scan.items[i].place_before & Reading::AND != 0
            || self.scan.items[i].perhaps_and
            || self.scan.is(&self.scan.items[i], Class::Conj)
    }

    /// Whether an item may stand between two places of one chain or list.
    fn is_link(&self, i: usize) -> bool {
        let item = &self.scan.items[i];
        matches!(item.kind, Kind::Mark(',' | '-' | '(' | ')' | '/'))
            || (self.scan.is(item, Class::Prep) && !self.scan.is(item, Class::Frame))
            || self.scan.is(item, Class::Near)
            || self.scan.is(item, Class::Direction)
            || self.scan.is(item, Class::Conj)
    }

    /// Whether a bare name heads a line that goes on: «حلب: قتل …».
    fn is_dateline(&self, mention: &PlaceMention) -> bool {
        let start = mention.items.start;
        start <= self.sentence.start + 3
            && (self.sentence.start..start).all(|i| i + 1 < start || matches!(self.scan.items[i].kind, Kind::Mark('-' | ':' | '/' | ')')))
            && mention.bare
            && mention.prep.is_none()
            && self.item(mention.items.end).is_some_and(|n| n.kind == Kind::Word)
    }

    /// Whether words of sitting or setting out lead to the place: «المتمركزة في …», «مصدره …», «انطلقت من …», «من مواقعها في …».
    fn is_seat(&self, mention: &PlaceMention) -> bool {
        let start = mention.items.start;
        let post = mention.back && mention.kind == Some(kind::BASE) && mention.prep == Some(Prep::From);
        post || (start.saturating_sub(2).max(self.sentence.start)..start).any(|i| self.value(i, Class::Near) == Some(SEAT))
    }

    /// The preposition that stands before item `i`.
    fn prep_before(&self, i: usize) -> Option<Prep> {
        self.prep_after(self.sentence.start, i)
    }

    /// The preposition that stands before item `i` and after what ends at `floor`.
    fn prep_after(&self, floor: usize, i: usize) -> Option<Prep> {
        let item = &self.scan.items[i];
        let before = if item.place.is_some() { item.place_before } else { item.before };
        if before & Reading::BY != 0 {
            return Some(Prep::By);
        }
        if before & Reading::TO != 0 {
            return Some(Prep::To);
        }
        if i > floor
            && let Some(p) = self.value(i - 1, Class::Prep)
        {
            return Prep::ALL.get(p as usize).copied();
        }
        None
    }
}
