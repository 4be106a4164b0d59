//! The words of one place: distance, direction, kinds, and the name that follows them.

use super::{PlaceMention, PlaceReader, SEAT, kind};
use crate::scan::Item;
use marsad_language::{Class, Inflection, Prep, Reading};
use marsad_places::Key;
use marsad_text::Kind;
use std::ops::ControlFlow::{self, Break, Continue};

/// The code of class `near` for words that say to what a place belongs.
const BELONGS: u32 = 3;

/// The words before a name.
struct Lead {
    /// Their first item, and the one after them.
    i: usize,
    at: usize,
    /// Whether the kind is a plural.
    plural: bool,
    last_word: Option<Class>,
}

impl PlaceReader<'_> {
    /// A place at item `i`.
    pub(super) fn at(&self, i: usize, last: Option<&PlaceMention>) -> Option<PlaceMention> {
        let mut mention = unnamed(i);
        let item = self.item(i)?;
        if let Some((kind, key)) = self.tail_before_name(i, item) {
            mention.kind = Some(kind);
            mention.key = key;
            mention.bare = false;
            mention.name = i + 1..i + 2;
            mention.items = i + 1..i + 2;
            return Some(self.side(mention, i + 2));
        }
        let mut lead = Lead { i, at: i, plural: false, last_word: None };
        // "15 km north-east of"
        if item.kind == Kind::Number
            && let Some(1) = self.value(i + 1, Class::Near)
        {
            mention.distance_km = Some(item.value.min(2000));
            lead.at += 2;
            mention.near = true;
        }
        if self.lead(&mut lead, &mut mention) {
            let end = lead.at + 1;
            return Some(self.side(mention.pointing(i..end), end));
        }
        if lead.plural && lead.last_word == Some(Class::PlaceKind) && self.item(lead.at).is_some_and(|m| m.is_mark('(')) {
            lead.at += 1;
        }
        let at = lead.at;
        if let Some(item) = self.item(at)
            && !self.taken[at]
            && item.kind == Kind::Word
            && (at == i || item.place_before & Reading::AND == 0)
            && let Some(key) = item.place
        {
            if self.known_name(&lead, item, key, last, &mut mention)? {
                return Some(self.side(mention, at + 1));
            }
            if at == i {
                return None;
            }
        }
        // «قطاع غزة»: words of kind that are a name themselves.
        if lead.last_word == Some(Class::PlaceKind)
            && let Some(own) = at.checked_sub(1).and_then(|k| self.item(k))
            && own.end - own.start > 1
            && let Some(key) = own.place
        {
            mention.key = Some(key);
            mention.name = at - 1..at;
            mention.items = i..at;
            mention.bare = false;
            return Some(self.side(mention, at));
        }
        if let Some(kind) = mention.kind {
            mention = match self.by_kind(&lead, kind, mention) {
                Break(found) => return Some(found),
                Continue(mention) => mention,
            };
        }
        let end = self.in_list(&lead, last?)?;
        (mention.name, mention.items, mention.bare) = (i..end, i..end, false);
        Some(mention)
    }

    /// «تشهد مدينة …»: where a phrase of another sense ends in a word for a kind of place, that kind and the name after it.
    fn tail_before_name(&self, i: usize, item: &Item) -> Option<(u32, Option<Key>)> {
        let lead = [Class::PlaceKind, Class::Near, Class::Direction, Class::Prep];
        let kind = self.scan.ends(item).tail_kind.filter(|_| !lead.iter().any(|c| self.scan.is(item, *c)))?;
        let next = self.item(i + 1).filter(|n| n.kind == Kind::Word && n.place_before == 0 && !self.taken[i + 1])?;
        next.place.is_some().then_some((kind, next.place))
    }

    /// Reads the words before a name. Returns whether the last one bears a pronoun instead: "its outskirts", "its countryside".
    fn lead(&self, lead: &mut Lead, mention: &mut PlaceMention) -> bool {
        while let Some(here) = self.item(lead.at) {
            if here.kind != Kind::Word || self.taken[lead.at] {
                break;
            }
            // «قرى وبلدات …»: kinds in the plural may be joined.
            let joined = lead.plural && lead.last_word == Some(Class::PlaceKind) && self.scan.is(here, Class::PlaceKind);
            if lead.at > lead.i && here.has(Reading::AND) && !joined {
                break;
            }
            // A name wins over a kind word unless a name follows it.
            if here.place.is_some() && self.scan.senses(here).is_empty() {
                break;
            }
            if let Some(code) = self.value(lead.at, Class::Direction) {
                mention.direction = Some(code);
                lead.last_word = Some(Class::Direction);
            } else if let Some(code) = self.value(lead.at, Class::Near) {
                if code == SEAT || code == 1 && mention.distance_km.is_none() {
                    break;
                }
                // «البلدات التابعة لمنطقة …» lie in and around it.
                if code == BELONGS && lead.plural && matches!(mention.kind, Some(0..=2)) {
                    mention.zone = Some(kind::COUNTRYSIDE);
                }
                mention.near |= code == 0 || code == 1;
                lead.last_word = Some(Class::Near);
                if code == 0 && here.pronoun {
                    // "its outskirts"
                    return true;
                }
            } else if let Some((sense, inflection)) = self.scan.sense(here, Class::PlaceKind).filter(|_| !self.scan.is(here, Class::Cause))
            {
                let named = !here.has(Reading::ARTICLE)
                    || (lead.last_word == Some(Class::PlaceKind) && !lead.plural && inflection.any(Inflection::PLURAL | Inflection::DUAL));
                let onward = self.item(lead.at + 1).is_some_and(|n| n.place.is_some() && n.place_before == 0);
                // «في محيط الميادين»: a plural with the article means none named before.
                let squares = here.has(Reading::ARTICLE) && inflection.any(Inflection::PLURAL) && lead.last_word == Some(Class::Near);
                let land = sense.value == kind::LAND;
                if here.place.is_some() && lead.at > lead.i && !onward && !land && (mention.kind.is_some() && named || squares)
                    || here.quoted && lead.last_word == Some(Class::PlaceKind)
                {
                    break;
                }
                // «مناطق سيطرة …», «منطقة خفض التصعيد»: more than one word for an area means a zone, not a spot.
                let zone = sense.value == kind::AREA && here.end - here.start > 1;
                mention.zone = mention.kind.filter(|k| kind::surrounds(*k)).or(mention.zone);
                mention.kind = Some(if zone { kind::REGION } else { sense.value });
                lead.plural = inflection.any(Inflection::PLURAL | Inflection::DUAL);
                lead.last_word = Some(Class::PlaceKind);
                if here.pronoun {
                    // "its countryside"
                    return true;
                }
            } else if lead.at > lead.i
                && matches!(self.value(lead.at, Class::Prep), Some(p) if p == Prep::From.code() || p == Prep::To.code())
                && (lead.last_word != Some(Class::PlaceKind) || mention.kind == Some(kind::REGION))
                && here.before == 0
            {
                // "close to", "north of"
            } else {
                break;
            }
            lead.at += 1;
        }
        false
    }

    /// Takes a name that a gazetteer knows. Returns whether it is a place here, and nothing where no place can stand.
    fn known_name(&self, lead: &Lead, item: &Item, key: Key, last: Option<&PlaceMention>, mention: &mut PlaceMention) -> Option<bool> {
        let Lead { i, at, plural, last_word } = *lead;
        let senses = self.scan.senses(item);
        let strong = last_word.is_some() || self.scan.ends(item).place_kind.is_some();
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
        if plural && body && last_word == Some(Class::PlaceKind) && matches!(mention.kind, Some(kind::BASE | kind::AREA | kind::FRONT)) {
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
            let division = self.scan.ends(item).place_kind.filter(|k| matches!(*k, kind::DISTRICT | kind::GOVERNORATE));
            mention.kind = mention.kind.or(division);
            mention.key = Some(key);
            mention.name = at..at + 1;
            mention.items = i..at + 1;
            return Some(true);
        }
        Some(false)
    }

    /// A place of which a kind is told, but no name that a gazetteer knows: an unknown name, or none.
    fn by_kind(&self, lead: &Lead, kind: u32, mut mention: PlaceMention) -> ControlFlow<PlaceMention, PlaceMention> {
        let Lead { i, at, plural, last_word } = *lead;
        let here = self.item(at);
        // An unknown name after a kind of place.
        let within = kind == kind::ROAD && at == i + 1 && self.item(i).is_some_and(|k| k.quoted);
        let quoted = within || here.is_some_and(|h| h.quoted);
        // «منطقة الكدحة» has a name, «منطقة زراعية» has none.
        let area = kind == kind::AREA && !plural && here.is_some_and(|h| h.defined);
        // «مواقع لوجستية»: posts in the plural are described, seldom named.
        let posts = plural && kind == kind::BASE && !quoted && !here.is_some_and(|h| h.defined);
        let named = !posts && (quoted || area || matches!(kind, 0..=6 | 9 | 11..=15 | 20 | 21 | 27)) && last_word == Some(Class::PlaceKind);
        if named
            && here.is_some_and(|h| h.before & !Reading::ARTICLE == 0 && self.may_name(h))
            && let Some(end) = self.unknown_name(at)
            && !self.scan.items[at - 1].has(Reading::ARTICLE)
            && !self.is_object(at - 1)
        {
            mention.name = at..end;
            mention.items = i..end;
            mention.bare = false;
            return Break(self.side(mention, end));
        }
        // "the town": the one named before.
        let kind_at = if here.is_some() && self.scan.items.get(at - 1).is_some_and(|m| m.is_mark('(')) { at - 2 } else { at - 1 };
        // «الريف الشرقي»: a side of the one named before.
        let aside = last_word == Some(Class::Direction) && kind == kind::COUNTRYSIDE && at > i + 1;
        let kind_at = if aside { at - 2 } else { kind_at };
        let Some(kind_item) = self.item(kind_at) else { return Continue(mention) };
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
            return Break(self.side(mention, at));
        }
        // «المحافظات الجنوبية»: a part of a land that has no other name.
        let part = last_word == Some(Class::Direction) && plural && at == i + 2 && self.item(i).is_some_and(|k| k.has(Reading::ARTICLE));
        if part && matches!(kind, kind::GOVERNORATE | kind::AREA) {
            mention.items = i..at;
            mention.name = i..at;
            mention.bare = false;
            mention.weak = true;
            return Break(mention);
        }
        // "the border of Syria and Iraq", "the international road"
        if matches!(kind, kind::BORDER | kind::ROAD | kind::FRONT | kind::DESERT) {
            mention.items = i..at;
            mention.name = kind_at..at;
            mention.bare = false;
            mention.weak = true;
            return Break(self.side(mention, at));
        }
        Continue(mention)
    }

    /// The end of an unknown word in a list of places.
    fn in_list(&self, lead: &Lead, last: &PlaceMention) -> Option<usize> {
        let i = lead.i;
        let item = self.item(i)?;
        let listed = (lead.at == i || self.opens_name(i))
            && last.items.end < i + 1
            && (last.listed || self.listing(last))
            && i - last.items.end <= 1
            && item.kind == Kind::Word
            && (item.has(Reading::AND) || item.perhaps_and || (i > last.items.end && self.scan.items[i - 1].kind == Kind::Mark(',')))
            && item.before & !(Reading::AND | Reading::ARTICLE) == 0
            && (self.scan.senses(item).is_empty() || self.opens_name(i) || self.amid_names(i, last));
        if !listed {
            return None;
        }
        let end = if self.opens_name(i) {
            i + 2
        } else if self.amid_names(i, last) {
            i + 1
        } else {
            self.unknown_name(i)?
        };
        self.closes(end).then_some(end)
    }
}

/// A place at item `i` of which nothing is known yet.
fn unnamed(i: usize) -> PlaceMention {
    PlaceMention {
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
    }
}
