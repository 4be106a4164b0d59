//! Small questions about what stands around a trigger, that the steps of a walk ask.

use crate::content::Content;
use crate::parse::{Carry, Chunk, Node, Pivot};
use crate::reader::Reader;
use marsad_language::{Class, Frame, Inflection, Needs, Prep, Reading, RoleSet, Slot};
use marsad_model::{ObjectClass, Outcome};
use std::borrow::Cow;

/// The code of class `marker` for verbs of carrying people.
const CARRIES: u32 = 17;
/// The code of class `near` for words of distance.
const DISTANCE: u32 = 1;

impl Reader<'_, '_> {
    /// «خُطفت شابة», «شاب اعتقل …»: unarmed people who are all that stands by a verb of seizure were seized.
    pub(super) fn seized_alone(&self, left: &Option<Cow<Content>>, first: &Option<Cow<Content>>, bare: usize) -> bool {
        let seized = |c: &Content| c.unarmed() && c.actors.iter().all(|a| a.kind.is_bystander()) && c.weapons.is_empty() && !c.unit;
        match (left, first) {
            (None, Some(first)) => bare == 1 && seized(first),
            (Some(left), None) => seized(left),
            _ => false,
        }
    }

    /// The person of two names or more who stands right before node `k`.
    pub(super) fn named_before(&self, k: usize, f: &Frame) -> Option<usize> {
        let Node::Chunk(c) = *self.parse.nodes.get(k.checked_sub(1)?)? else { return None };
        let chunk = self.parse.chunks.get(c).filter(|c| !c.and && !c.bracket && c.count.is_none())?;
        self.named_person(f, &self.content(chunk.items.clone()), chunk).then_some(c)
    }

    /// Whether who does it and what is hit follow the verb at node `k`.
    pub(super) fn acts_itself(&self, k: usize) -> bool {
        let bare = self.bare_after(k);
        let content = |n: usize| bare.get(n).map(|c| self.content(self.parse.chunks[*c].items.clone()));
        let acts = content(0).is_some_and(|c| c.fighter() || !c.weapons.is_empty());
        acts && content(1).is_some_and(|c| !c.objects.is_empty() || !c.places.is_empty() || c.fighter())
    }

    /// Whether the noun at node `k` is the subject of a verb of reaching right before it.
    pub(super) fn is_reached(&self, k: usize, pivot: &Pivot) -> bool {
        let Some(Node::Pivot(before)) = k.checked_sub(1).and_then(|b| self.parse.nodes.get(b)) else { return false };
        let verb = &self.parse.pivots[*before];
        let reaches = verb.carry == Some(Carry::Reach) && verb.verb.is_some() && verb.items.end == pivot.items.start;
        reaches && pivot.prep.is_none() && !pivot.and && !self.scan.items[verb.item].pronoun
    }

    /// Whether a phrase without a preposition begins with words of several that say where something is, and tells nothing else.
    pub(super) fn leads_to_place(&self, chunk: &Chunk, content: &Content) -> bool {
        let head = self.scan.items.get(chunk.items.start);
        let led = head.is_some_and(|i| {
            let place = self.scan.is(i, Class::PlaceKind) || self.scan.is(i, Class::Near);
            place && i.end - i.start > 1 && i.before == 0 && !self.scan.is(i, Class::Object)
        });
        // «على بعد خمسة كيلومترات من …»
        let far = |i: usize| self.scan.items.get(i).is_some_and(|t| self.scan.value(t, Class::Near) == Some(DISTANCE));
        let led = led || chunk.items.clone().take(3).any(far);
        led && !content.places.is_empty() && content.actors.is_empty() && content.person.is_none() && content.weapons.is_empty()
    }

    /// Whether the verb follows the end of an indefinite subject at once, or after "were".
    pub(super) fn is_described(&self, end: Option<usize>, verb: &Pivot) -> bool {
        let was = |i: usize| self.scan.items.get(i).is_some_and(|item| self.scan.is(item, Class::Was));
        end.is_some_and(|end| (end..verb.items.start).all(was) && end <= verb.items.start)
    }

    /// The captives or demonstrators, or else the `wounded`, whom the verb at node `k` has for its object: «أجهز مسلحون على الجرحى».
    pub(super) fn people_after(&self, k: usize, wounded: bool) -> Option<usize> {
        for node in self.parse.nodes.get(k + 1..)? {
            match *node {
                Node::Chunk(_) => {}
                Node::Pivot(q) => {
                    let pivot = self.parse.pivots.get(q)?;
                    let (frame, form) = pivot.frame?;
                    let frame = self.frame(frame);
                    let harmed = wounded && frame.outcome == Some(Outcome::Injured);
                    let people = harmed || frame.outcome == Some(Outcome::Captured) || frame.needs == Some(Needs::Gathering);
                    // «ستة مواطنين بينهم أسير»: one of those told before.
                    let among = matches!(pivot.modal, Some((Class::Among, _)));
                    return (people && form.has(Inflection::PEOPLE) && pivot.prep.is_none() && !pivot.and && !among).then_some(q);
                }
                _ => return None,
            }
        }
        None
    }

    /// «استُخدمت فيها المدفعية»: a preposition with a pronoun after the verb leads back to the noun before it.
    pub(super) fn leads_back(&self, pivot: &Pivot) -> bool {
        let next = self.scan.items.get(pivot.items.end).filter(|_| pivot.items.end < self.range.end);
        next.is_some_and(|i| i.pronoun && self.scan.is(i, Class::Prep))
    }

    /// Whether the phrase tells of vehicles under way, and of no weapon: they are waylaid, and waylay nobody.
    pub(super) fn is_column(&self, chunk: &Chunk, content: &Content) -> bool {
        let head = self.scan.items.get(chunk.items.start).and_then(|i| self.scan.value(i, Class::Object));
        let class = head.and_then(|o| ObjectClass::ALL.get(o as usize));
        matches!(class, Some(ObjectClass::VehicleMilitary | ObjectClass::Convoy | ObjectClass::VehicleCivilian))
            && content.weapons.is_empty()
    }

    /// Whether the pivot at node `k` is a verb that tells nothing of its own.
    pub(super) fn is_plain(&self, k: usize, pivot: &Pivot) -> bool {
        let carries = pivot.carry.is_some() && self.carries(k);
        let tells = pivot.frame.is_some() || carries || pivot.report.is_some() || pivot.cause;
        pivot.verb.is_some() && !tells && !pivot.and
    }

    /// Where the words for a body begin that is named only by who backs it, in this chunk: «وتلك المدعومة من …».
    pub(super) fn backed(&self, chunk: &Chunk) -> Option<usize> {
        let from = chunk.items.start.checked_sub(2).filter(|i| *i >= self.range.start)?;
        let item = self.scan.items.get(from)?;
        let named = self.content(chunk.items.clone()).actors.iter().any(|a| a.may_fight());
        (self.scan.is(item, Class::Demonstrative) && item.has(Reading::AND) && named).then_some(from)
    }

    /// «استهداف القوات التركية بقذائف لقرية …», «استهداف الجيش بالمدفعية قرية …»: whether whom a named body aims at follows node `k`.
    pub(super) fn aims_on(&self, k: usize, roles: &RoleSet, content: &Content) -> bool {
        if roles.of != Slot::Target || roles.of_then != Slot::Perpetrator {
            return false;
        }
        if !content.actors.iter().any(|a| a.may_fight() && !a.adjective) {
            return false;
        }
        let after = self.parse.nodes.get(k + 1..).unwrap_or_default().iter().map_while(|n| match n {
            Node::Chunk(c) => self.parse.chunks.get(*c),
            _ => None,
        });
        for chunk in after.skip_while(|c| c.and && c.prep.is_none()).take(3) {
            let content = self.content(chunk.items.clone());
            match chunk.prep {
                Some(Prep::To) if !content.places.is_empty() || !content.objects.is_empty() || content.unarmed() || content.unit => {
                    return true;
                }
                Some(Prep::By) if !content.weapons.is_empty() => {
                    let last = content.weapons.iter().map(|w| w.1).max().unwrap_or(0);
                    if content.places.iter().any(|p| self.places.get(*p).is_some_and(|p| p.items.start > last)) {
                        return true;
                    }
                }
                Some(Prep::In | Prep::By | Prep::Near) => {}
                _ => return false,
            }
        }
        false
    }

    /// Whether a verb right after item `end` says whom a vehicle carries: «تقل», «كانت تنقل», «يستقلها».
    pub(super) fn conveys(&self, verb: &Pivot, end: usize) -> bool {
        let carries = self.scan.senses(&self.scan.items[verb.item]).iter().any(|s| s.0.class == Class::Marker && s.0.value == CARRIES);
        let was = |i: usize| self.scan.items.get(i).is_some_and(|item| self.scan.is(item, Class::Was));
        carries && verb.verb.is_some() && verb.frame.is_none() && !verb.and && end <= verb.items.start && (end..verb.items.start).all(was)
    }

    /// Whether a number without a noun follows the verb at node `k`.
    pub(super) fn only_counts(&self, k: usize) -> bool {
        let Some(Node::Chunk(c)) = self.parse.nodes.get(k + 1) else { return false };
        let chunk = &self.parse.chunks[*c];
        chunk.count.is_some() && chunk.prep.is_none() && !chunk.and && self.content(chunk.items.clone()).is_empty()
    }

    /// Whether words of doubt lead from the phrase before to this one: «مسلحون يعتقد أنهم من …».
    pub(super) fn hedged(&self, chunk: &Chunk) -> bool {
        let before = chunk.items.start.checked_sub(1).filter(|i| *i > self.range.start);
        before.is_some_and(|i| self.scan.sense(&self.scan.items[i], Class::Hedge).is_some_and(|s| s.1.has(Inflection::PHRASE)))
    }
}
