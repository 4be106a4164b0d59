//! What a phrase gives to the slot of an event that it fills.

mod slots;

use crate::actor::ActorHit;
use crate::content::Content;
use crate::count::Count;
use crate::mention::{Mention, Party};
use crate::parse::{Chunk, Node, Pivot};
use crate::reader::Reader;
use marsad_language::{Class, Frame, FrameKind, Needs, Prep, Slot};
use marsad_model::{Action, Group, ObjectClass, Outcome, Role, WeaponClass};
use marsad_text::Kind;

/// The code of class `marker` for words of belonging to a body.
const BELONGS: u32 = 6;
/// The code of class `marker` for words that say who holds a place.
const HELD: u32 = 14;
/// The code of class `marker` for "theirs" after a post.
const THEIRS: u32 = 19;
/// How far after a seizure the body may be named, in items.
const CHARGE: usize = 16;

/// How far after gunmen the word may stand that tells of their body, and how far after it the body is named.
const OWN: usize = 3;
const BODY: usize = 6;

/// So many phrases back a pronoun may look for the body that it means.
const NEAR: usize = 8;

impl<'a> Reader<'a, '_> {
    /// «مقاتليه», «مواقعهم»: the body that fighters or their posts with a pronoun belong to, the last one named before them.
    fn owner(&self, chunk: &Chunk, content: &Content, fits: impl Fn(&ActorHit) -> bool) -> Option<ActorHit<'a>> {
        if !content.actors.is_empty() {
            return None;
        }
        // «نقطة لها», «تجمعات له»: theirs, too.
        let theirs = self.scan.items.get(chunk.items.end).filter(|_| chunk.items.end < self.range.end);
        let theirs = theirs.is_some_and(|n| self.scan.senses(n).iter().any(|s| s.0.class == Class::Marker && s.0.value == THEIRS));
        let owned = |i: &usize| {
            let item = &self.scan.items[*i];
            let pronoun = item.pronoun || theirs && *i + 1 == chunk.items.end;
            let fighters = self.scan.value(item, Class::Person) == Some(Group::Combatants as u32);
            let post = self.scan.value(item, Class::Object).and_then(|o| ObjectClass::ALL.get(o as usize));
            let arms = self.scan.is(item, Class::Weapon) || self.scan.is(item, Class::Unit);
            pronoun && (fighters || arms || post.is_some_and(|o| is_of_war(*o)))
        };
        let at = chunk.items.clone().find(owned)?;
        let named = |a: &ActorHit| a.may_fight() && !a.adjective && !a.nation && a.code != "unidentified" && fits(a);
        let before = self.parse.chunks.iter().rev().filter(|c| c.items.end <= chunk.items.start && !c.among);
        let owner = before.take(NEAR).find_map(|c| self.stage.actors_in(c.items.clone()).into_iter().rev().find(|a| named(a)))?;
        Some(ActorHit { items: at..at + 1, ..owner })
    }

    /// The body that those seized are said to belong to: «اعتقال خمسة بتهمة الانتماء إلى تنظيم …».
    pub(crate) fn charge(&self, mention: &mut Mention) {
        let ends = |i: &usize| {
            let item = &self.scan.items[*i];
            matches!(item.kind, Kind::Mark('.' | ';' | ':')) || *i > mention.item && self.scan.is(item, Class::Frame)
        };
        let from = mention.items.end;
        let end = (from..self.range.end.min(from + CHARGE)).find(ends).unwrap_or(self.range.end.min(from + CHARGE));
        let belongs = |i: &usize| self.scan.sense(&self.scan.items[*i], Class::Marker).is_some_and(|s| s.0.value == BELONGS);
        let Some(word) = (from..end).find(belongs) else { return };
        // «في الرياض»: where they were seized.
        let inside = |i: usize| i > word + 1 && self.scan.value(&self.scan.items[i - 1], Class::Prep) == Some(Prep::In.code());
        let body = |a: &ActorHit| !a.adjective && a.may_fight() && !(a.nation && inside(a.items.start));
        let found: Vec<ActorHit> = self.stage.actors_in(word + 1..end).into_iter().filter(body).collect();
        if found.is_empty() {
            return;
        }
        mention.parties.retain(|p| p.role == Role::Perpetrator || p.armed);
        for a in found {
            let (code, unit) = (a.code.to_owned(), a.unit.map(str::to_owned));
            mention.parties.retain(|p| p.code != code || p.items.start < word);
            mention.parties.push(Party { role: Role::Target, code, unit, items: a.items, armed: true, rule: Some(a.rule), charged: true });
        }
    }

    /// «مسلحون ينتمون إلى تنظيم …», «مسلحون مرتبطون ب…»: gunmen who are said to belong to a body.
    pub(crate) fn of_body(&self, mention: &mut Mention) {
        for party in mention.parties.iter_mut().filter(|p| p.role == Role::Perpetrator && p.code == "unidentified") {
            let belongs = |i: &usize| self.scan.sense(&self.scan.items[*i], Class::Marker).is_some_and(|s| s.0.value == BELONGS);
            let end = self.range.end.min(party.items.end + OWN);
            let Some(word) = (party.items.end..end).find(belongs) else { continue };
            let ends = |i: &usize| *i > word && matches!(self.scan.items[*i].kind, Kind::Mark('.' | ';' | ':' | ','));
            let end = (word..self.range.end.min(word + BODY)).find(ends).unwrap_or(self.range.end.min(word + BODY));
            let named = self.stage.actors_in(word..end).into_iter().find(|a| !a.adjective && a.may_fight() && a.code != "unidentified");
            if let Some(a) = named {
                (party.code, party.unit) = (a.code.to_owned(), a.unit.map(str::to_owned));
                (party.items.end, party.rule) = (a.items.end, Some(a.rule));
            }
        }
    }

    /// Gives a chunk's content to a slot.
    pub(crate) fn fill(&self, mention: &mut Mention, c: usize, slot: Slot, f: &Frame) {
        let chunk = &self.parse.chunks[c];
        let mut content = self.content(chunk.items.clone());
        if matches!(slot, Slot::Perpetrator | Slot::Party | Slot::Target | Slot::Counted | Slot::Victim) {
            let other = |a: &ActorHit| {
                let acts = mention.parties.iter().any(|p| p.role == Role::Perpetrator && p.code == a.code);
                matches!(slot, Slot::Perpetrator | Slot::Party) || !acts
            };
            if let Some(owner) = self.owner(chunk, &content, other) {
                content.to_mut().actors.push(owner);
            }
        }
        let violent = is_violent(f);
        mention.shells |= content.shells && matches!(slot, Slot::Means | Slot::Perpetrator | Slot::Target);
        match slot {
            Slot::None | Slot::Act | Slot::Origin | Slot::Goal => {}
            // «قطع شبان طريق …»
            Slot::Perpetrator if f.action == Action::Riot && mention.verb && content.unarmed() => {
                let head = content.person.map_or(chunk.items.start, |p| p.2);
                mention.parties.push(Party::unarmed(Role::Perpetrator, "civilians", chunk.items.start..head + 1));
                mention.objects.extend(content.objects.iter().filter(|o| o.1 > head).map(|(o, i)| (*o, *i..*i + 1)));
            }
            Slot::Perpetrator if violent && !content.actors.is_empty() && content.actors.iter().all(|a| a.kind.is_bystander()) => {}
            Slot::Perpetrator
                if f.needs == Some(Needs::Flight)
                    && content.actors.is_empty()
                    && (content.unarmed() || content.group() == Some(Group::All) && chunk.count.is_some()) =>
            {
                mention.action = Action::Displacement;
                mention.outcome = Some(Outcome::Displaced);
                self.count(mention, chunk, &content, f);
            }
            Slot::Perpetrator if f.weapon == Some(WeaponClass::Blade) && content.unarmed() && self.strikes(mention, c) => {
                mention.parties.push(Party::unarmed(Role::Perpetrator, "civilians", chunk.items.clone()));
            }
            Slot::Perpetrator => self.who_acts(mention, c, content, f),
            Slot::Target => self.what_is_hit(mention, c, content, f),
            Slot::Victim | Slot::Counted => self.count(mention, chunk, &content, f),
            // «فجر مسلحون عبوة بسيارة», «أصاب صاروخ منزلاً», «أضرار بمنازل»
            Slot::Means
                if (f.action == Action::Explosion || f.weapon.is_some() || f.action == Action::Destruction && !mention.verb)
                    && content.weapons.is_empty()
                    && (!content.objects.is_empty() || content.unit) =>
            {
                self.fill(mention, c, Slot::Target, f);
            }
            Slot::Means => self.by_what(mention, &content, f),
            Slot::Place => self.where_it_is(mention, chunk, &content, f),
            Slot::Party => self.sides(mention, chunk, content, f),
            Slot::Ally => {
                for a in content.actors.iter().filter(|a| !a.adjective) {
                    mention.parties.push(Party::known(Role::Ally, a));
                }
            }
        }
    }
}

impl Reader<'_, '_> {
    /// Whether the word before item `i` says that who is named there holds a place.
    fn is_held_by(&self, i: usize) -> bool {
        let before = i.checked_sub(1).and_then(|b| self.scan.items.get(b));
        before.is_some_and(|b| self.scan.senses(b).iter().any(|s| s.0.class == Class::Marker && s.0.value == HELD))
    }

    /// Whether people without arms strike rather than suffer: they stand before the verb, under a verb of doing, or before whom they
    /// struck.
    fn strikes(&self, mention: &Mention, c: usize) -> bool {
        let at = self.parse.nodes.iter().position(|n| *n == Node::Chunk(c)).unwrap_or(0);
        let next = match self.parse.nodes.get(at + 1) {
            Some(Node::Chunk(n)) => self.parse.chunks.get(*n),
            _ => None,
        };
        let whom = next.is_some_and(|n| n.prep.is_none() && !n.and && !n.bracket && !self.content(n.items.clone()).is_empty());
        self.parse.chunks[c].items.end <= mention.items.start || mention.carried || mention.modal.is_some() || mention.verb && whom
    }
}

/// Whether a count is one of a crowd.
pub(crate) fn is_crowd(count: Option<Count>) -> bool {
    count.is_some_and(|c| c.low.unwrap_or(0) >= 10)
}

/// Demonstrators as who acts.
pub(crate) fn demonstrators(pivot: &Pivot) -> Party {
    Party::unarmed(Role::Perpetrator, "civilians", pivot.items.clone())
}

/// Whether only fighters have such a thing.
pub(crate) fn is_of_war(object: ObjectClass) -> bool {
    use ObjectClass::{Base, Checkpoint, Convoy, Headquarters, VehicleMilitary};
    matches!(object, Base | Checkpoint | Convoy | Headquarters | VehicleMilitary)
}

/// Whether a frame tells of an attack, of one whose kind is not known, or of its toll.
pub(crate) fn is_violent(f: &Frame) -> bool {
    matches!(f.kind, FrameKind::Attack | FrameKind::Generic | FrameKind::Toll)
}
