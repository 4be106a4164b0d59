//! Places told in a sentence, before they are looked up.

use crate::scan::{Item, Scan};
use marsad_language::{Class, Inflection, Prep, Reading};
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
/// The code of class `near` for words that say to what a place belongs.
const BELONGS: u32 = 3;

/// Brackets that list names end within so many items.
const BRACKETS: usize = 32;
/// What sort of places brackets list is said no more items before them.
const SORT: usize = 5;

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
            if self.taken[i] {
                i += 1;
                continue;
            }
            let Some(mut mention) = self.at(i, out.last()) else {
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

    /// A place at item `i`.
    fn at(&self, i: usize, last: Option<&PlaceMention>) -> Option<PlaceMention> {
        let mut at = i;
        let mut mention = PlaceMention {
            items: i..i,
            name: i..i,
            key: None,
            other: None,
            kind: None,
            shared: false,
            zone: None,
            near: false,
            direction: None,
            distance_km: None,
            prep: None,
            chain: 0,
            listed: false,
            after_comma: false,
            back: false,
            bare: true,
            doubtful: false,
            weak: false,
        };
        // "15 km north-east of"
        let item = self.item(at)?;
        // «تشهد مدينة …»: a phrase of another sense ends in a word for a kind of place.
        let lead = [Class::PlaceKind, Class::Near, Class::Direction, Class::Prep];
        if let Some(kind) = item.tail_kind.filter(|_| !lead.iter().any(|c| self.scan.is(item, *c)))
            && let Some(next) = self.item(i + 1).filter(|n| n.kind == Kind::Word && n.place_before == 0 && !self.taken[i + 1])
            && next.place.is_some()
        {
            mention.kind = Some(kind);
            mention.key = next.place;
            mention.bare = false;
            mention.name = i + 1..i + 2;
            mention.items = i + 1..i + 2;
            return self.side(mention, i + 2);
        }
        if item.kind == Kind::Number
            && let Some(1) = self.value(at + 1, Class::Near)
        {
            mention.distance_km = Some(item.value.min(2000));
            at += 2;
            mention.near = true;
        }
        let mut plural = false;
        let mut last_word = None;
        while let Some(here) = self.item(at) {
            if here.kind != Kind::Word || self.taken[at] {
                break;
            }
            // «قرى وبلدات …»: kinds in the plural may be joined.
            let joined = plural && last_word == Some(Class::PlaceKind) && self.scan.is(here, Class::PlaceKind);
            if at > i && here.has(Reading::AND) && !joined {
                break;
            }
            // A name wins over a kind word unless a name follows it.
            if here.place.is_some() && self.scan.senses(here).is_empty() {
                break;
            }
            if let Some(code) = self.value(at, Class::Direction) {
                mention.direction = Some(code);
                last_word = Some(Class::Direction);
            } else if let Some(code) = self.value(at, Class::Near) {
                if code == SEAT || code == 1 && mention.distance_km.is_none() {
                    break;
                }
                // «البلدات التابعة لمنطقة …» lie in and around it.
                if code == BELONGS && plural && matches!(mention.kind, Some(0..=2)) {
                    mention.zone = Some(kind::COUNTRYSIDE);
                }
                mention.near |= code == 0 || code == 1;
                last_word = Some(Class::Near);
                if code == 0 && here.pronoun {
                    // "its outskirts"
                    return self.side(mention.pointing(i..at + 1), at + 1);
                }
            } else if let Some((sense, inflection)) = self.scan.sense(here, Class::PlaceKind).filter(|_| !self.scan.is(here, Class::Cause))
            {
                let named = !here.has(Reading::ARTICLE)
                    || (last_word == Some(Class::PlaceKind) && !plural && inflection.any(Inflection::PLURAL | Inflection::DUAL));
                let onward = self.item(at + 1).is_some_and(|n| n.place.is_some() && n.place_before == 0);
                // «في محيط الميادين»: a plural with the article means none named before.
                let squares = here.has(Reading::ARTICLE) && inflection.any(Inflection::PLURAL) && last_word == Some(Class::Near);
                let land = sense.value == kind::LAND;
                if here.place.is_some() && at > i && !onward && !land && (mention.kind.is_some() && named || squares)
                    || here.quoted && last_word == Some(Class::PlaceKind)
                {
                    break;
                }
                // «مناطق سيطرة …», «منطقة خفض التصعيد»: more than one word for an area means a zone, not a spot.
                let zone = sense.value == kind::AREA && here.end - here.start > 1;
                mention.zone = mention.kind.filter(|k| kind::surrounds(*k)).or(mention.zone);
                mention.kind = Some(if zone { kind::REGION } else { sense.value });
                plural = inflection.any(Inflection::PLURAL | Inflection::DUAL);
                last_word = Some(Class::PlaceKind);
                if here.pronoun {
                    // "its countryside"
                    return self.side(mention.pointing(i..at + 1), at + 1);
                }
            } else if at > i
                && matches!(self.value(at, Class::Prep), Some(p) if p == Prep::From.code() || p == Prep::To.code())
                && (last_word != Some(Class::PlaceKind) || mention.kind == Some(kind::REGION))
                && here.before == 0
            {
                // "close to", "north of"
            } else {
                break;
            }
            at += 1;
        }
        if plural && last_word == Some(Class::PlaceKind) && self.item(at).is_some_and(|m| m.is_mark('(')) {
            at += 1;
        }
        let here = self.item(at);
        // The name.
        if let Some(item) = here
            && !self.taken[at]
            && item.kind == Kind::Word
            && (at == i || item.place_before & Reading::AND == 0)
            && let Some(key) = item.place
        {
            let senses = self.scan.senses(item);
            let strong = last_word.is_some() || item.place_kind.is_some();
            // «الولايات المتحدة» is named by what stands around it, like any other state.
            let state = last_word.is_none() && self.scan.is(item, Class::Nation);
            // An actor or source that bears a place's name is none, unless a word of place leads to it; a verb follows no
            // preposition.
            let after = self.prep_before(at).is_some();
            let other = senses
                .iter()
                .filter(|s| !(after && s.1.is_verb()))
                .any(|s| !matches!(s.0.class, Class::Nation | Class::NationAdj | Class::PlaceKind | Class::Direction));
            // «مربع كبير»: nothing is named "like …", and «مواقع للفصائل» belong to somebody.
            if last_word == Some(Class::PlaceKind) && item.place_before & (Reading::LIKE | Reading::TO) != 0 {
                return None;
            }
            // «مواقع الفصائل»: whose they are, not where.
            let body = [Class::Actor, Class::WeakActor, Class::Generic].iter().any(|c| self.scan.is(item, *c));
            if plural && body && last_word == Some(Class::PlaceKind) && matches!(mention.kind, Some(kind::BASE | kind::AREA | kind::FRONT))
            {
                return None;
            }
            // «محافظة تركية»: an adjective is no name.
            let adjective = self.scan.is(item, Class::NationAdj) && !self.scan.is(item, Class::Nation) && mention.kind.is_some();
            if adjective {
                return None;
            }
            let accepted = strong && !state || self.accept_bare(at, item, other, last);
            if accepted || other && self.lone_town(at, item) {
                mention.bare = !strong;
                mention.doubtful = !accepted;
                // A name that says so itself means a division: «مديرية …».
                let division = item.place_kind.filter(|k| matches!(*k, kind::DISTRICT | kind::GOVERNORATE));
                mention.kind = mention.kind.or(division);
                mention.key = Some(key);
                mention.name = at..at + 1;
                mention.items = i..at + 1;
                return self.side(mention, at + 1);
            }
            if at == i {
                return None;
            }
        }
        // «قطاع غزة»: words of kind that are a name themselves.
        if last_word == Some(Class::PlaceKind)
            && let Some(own) = at.checked_sub(1).and_then(|k| self.item(k))
            && own.end - own.start > 1
            && let Some(key) = own.place
        {
            mention.key = Some(key);
            mention.name = at - 1..at;
            mention.items = i..at;
            mention.bare = false;
            return self.side(mention, at);
        }
        if let Some(kind) = mention.kind {
            // An unknown name after a kind of place.
            let within = kind == kind::ROAD && at == i + 1 && self.item(i).is_some_and(|k| k.quoted);
            let quoted = within || here.is_some_and(|h| h.quoted);
            // «منطقة الكدحة» has a name, «منطقة زراعية» has none.
            let area = kind == kind::AREA && !plural && here.is_some_and(|h| h.defined);
            // «مواقع لوجستية»: posts in the plural are described, seldom named.
            let posts = plural && kind == kind::BASE && !quoted && !here.is_some_and(|h| h.defined);
            let named =
                !posts && (quoted || area || matches!(kind, 0..=6 | 9 | 11..=15 | 20 | 21 | 27)) && last_word == Some(Class::PlaceKind);
            if named
                && here.is_some_and(|h| h.before & !Reading::ARTICLE == 0 && self.may_name(h))
                && let Some(end) = self.unknown_name(at)
                && !self.scan.items[at - 1].has(Reading::ARTICLE)
                && !self.is_object(at - 1)
            {
                mention.name = at..end;
                mention.items = i..end;
                mention.bare = false;
                return self.side(mention, end);
            }
            // "the town": the one named before.
            let kind_at = if here.is_some() && self.scan.items.get(at - 1).is_some_and(|m| m.is_mark('(')) { at - 2 } else { at - 1 };
            // «الريف الشرقي»: a side of the one named before.
            let aside = last_word == Some(Class::Direction) && kind == kind::COUNTRYSIDE && at > i + 1;
            let kind_at = if aside { at - 2 } else { kind_at };
            let kind_item = self.item(kind_at)?;
            let land = kind == kind::LAND && self.within(i, &mention);
            if (last_word == Some(Class::PlaceKind) || aside)
                && (kind_item.has(Reading::ARTICLE) || land)
                && (!plural || land)
                && (land || matches!(kind, 0..=8 | 11 | 12 | 15 | 16 | 20 | 21 | 27))
            {
                mention.back = true;
                mention.bare = false;
                mention.items = i..at;
                mention.name = kind_at..at;
                return self.side(mention, at);
            }
            // «المحافظات الجنوبية»: a part of a land that has no other name.
            let part =
                last_word == Some(Class::Direction) && plural && at == i + 2 && self.item(i).is_some_and(|k| k.has(Reading::ARTICLE));
            if part && matches!(kind, kind::GOVERNORATE | kind::AREA) {
                mention.items = i..at;
                mention.name = i..at;
                mention.bare = false;
                mention.weak = true;
                return Some(mention);
            }
            // "the border of Syria and Iraq", "the international road"
            if matches!(kind, kind::BORDER | kind::ROAD | kind::FRONT | kind::DESERT) {
                mention.items = i..at;
                mention.name = kind_at..at;
                mention.bare = false;
                mention.weak = true;
                return self.side(mention, at);
            }
        }
        // An unknown word in a list of places.
        if (at == i || self.opens_name(i))
            && let Some(last) = last
            && last.items.end < i + 1
            && (last.listed || self.listing(last))
            && i - last.items.end <= 1
            && let Some(item) = self.item(i)
            && item.kind == Kind::Word
            && (item.has(Reading::AND) || item.perhaps_and || (i > last.items.end && self.scan.items[i - 1].kind == Kind::Mark(',')))
            && item.before & !(Reading::AND | Reading::ARTICLE) == 0
            && (self.scan.senses(item).is_empty() || self.opens_name(i) || self.amid_names(i, last))
        {
            let end = if self.opens_name(i) {
                i + 2
            } else if self.amid_names(i, last) {
                i + 1
            } else {
                self.unknown_name(i)?
            };
            if self.closes(end) {
                mention.name = i..end;
                mention.items = i..end;
                mention.bare = false;
                return Some(mention);
            }
        }
        None
    }

    /// Whether words at item `i` lead into a land: «في البلاد», «شمالي البلاد», «أنحاء البلاد».
    fn within(&self, i: usize, mention: &PlaceMention) -> bool {
        let led = matches!(self.prep_before(i), Some(Prep::In | Prep::By | Prep::Inside));
        led || mention.direction.is_some() || mention.near || self.value(i, Class::PlaceKind) == Some(kind::AREA)
    }

    /// Whether a word for a kind of place bears the ending of an indefinite object, which takes no name: «موقعاً ضحايا».
    fn is_object(&self, i: usize) -> bool {
        self.scan
            .sense(&self.scan.items[i], Class::PlaceKind)
            .is_some_and(|s| s.1.has(Inflection::ABSOLUTE) && s.1.has(Inflection::OBLIQUE) && !s.1.has(Inflection::DUAL))
    }

    /// Whether a word in quotes may be a name: no actor, and none of the words that join others.
    fn may_name(&self, item: &Item) -> bool {
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
    fn listing(&self, last: &PlaceMention) -> bool {
        (last.items.start..last.name.start)
            .any(|i| self.scan.sense(&self.scan.items[i], Class::PlaceKind).is_some_and(|s| s.1.any(Inflection::PLURAL | Inflection::DUAL)))
    }

    /// Items of a name that nobody knows, at most three words.
    fn unknown_name(&self, at: usize) -> Option<usize> {
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
    fn amid_names(&self, i: usize, last: &PlaceMention) -> bool {
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
    fn opens_name(&self, i: usize) -> bool {
        let plain = |k: &Item| !k.has(Reading::ARTICLE) && !k.pronoun && !self.scan.is(k, Class::Cause);
        let kind = self.item(i).is_some_and(|k| self.scan.is(k, Class::PlaceKind) && plain(k));
        kind && self.item(i + 1).is_some_and(|n| n.kind == Kind::Word && n.before == 0) && self.closes(i + 2)
    }

    /// Whether nothing before item `i` goes on in it.
    fn closes(&self, i: usize) -> bool {
        self.item(i).is_none_or(|n| {
            let word = [Class::Prep, Class::Direction, Class::Near].iter().any(|c| self.scan.is(n, *c));
            n.has(Reading::AND) || n.perhaps_and || n.kind != Kind::Word || word || n.has(Reading::BY)
        })
    }

    /// Whether the name at item `at` stands in brackets that hold nothing but names: «أربع محافظات (عدن ولحج وأبين)».
    fn enumerated(&self, at: usize) -> bool {
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
    fn sort_of_brackets(&self, at: usize) -> Option<u32> {
        let from = self.sentence.start.max(at.saturating_sub(BRACKETS));
        let open = (from..at).rev().find(|i| self.scan.items[*i].is_mark('('))?;
        (from.max(open.saturating_sub(SORT))..open).rev().find_map(|i| {
            let (sense, inflection) = self.scan.sense(&self.scan.items[i], Class::PlaceKind)?;
            inflection.any(Inflection::PLURAL | Inflection::DUAL).then_some(sense.value)
        })
    }

    /// Takes a direction or side that follows the name: «ريف إدلب الجنوبي».
    fn side(&self, mut mention: PlaceMention, at: usize) -> Option<PlaceMention> {
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
        Some(mention)
    }

    /// Whether a word that means other things too is a town where it stands: «في الضالع.»
    fn lone_town(&self, at: usize, item: &Item) -> bool {
        let within = self.prep_before(at) == Some(Prep::In) && item.place_before == 0 || item.place_before == Reading::BY;
        let timed = self.taken.get(at + 1).is_some_and(|t| *t);
        item.town && within && !item.pronoun && (timed || self.closes(at + 1))
    }

    /// Whether a name without a word of place before it is a place here.
    fn accept_bare(&self, at: usize, item: &Item, other: bool, last: Option<&PlaceMention>) -> bool {
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
