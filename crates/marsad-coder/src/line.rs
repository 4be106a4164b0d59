//! Lines that tell what was fired, and at what, without a verb: «قذائف على كفر حمرة».

use crate::parse::{Chunk, Node, Parse, Parser, Pivot, ROUNDS};
use marsad_language::{Class, Inflection, Prep, Reading};
use marsad_model::WeaponClass;

impl Parser<'_> {
    /// Makes what was fired at the head of a line the word that tells the event.
    pub(crate) fn open_line(&self, out: &mut Parse) {
        let Some(frame) = self.lexicon.line_frame() else { return };
        let Some(at) = self.head_of_line(out) else { return };
        let (Some(Node::Chunk(c)), Some(Node::Chunk(next))) = (out.nodes.get(at).copied(), out.nodes.get(at + 1).copied()) else { return };
        let (chunk, next) = (&out.chunks[c], &out.chunks[next]);
        let hit = next.prep == Some(Prep::On) && next.items.start == chunk.items.end + 1 && self.may_be_hit(next.items.start);
        let Some(item) = self.fired(chunk).filter(|_| hit && chunk.prep.is_none() && !chunk.and) else { return };
        let pivot = Pivot {
            item,
            items: chunk.items.clone(),
            frame: Some((frame, Inflection(Inflection::NOUN))),
            carry: None,
            report: None,
            cause: false,
            verb: None,
            prep: None,
            because: false,
            and: false,
            relative: false,
            count: chunk.count,
            negated: None,
            modal: None,
        };
        out.nodes[at] = Node::Pivot(out.pivots.len());
        out.pivots.push(pivot);
    }

    /// The node that a line without a verb begins with, after the name of a place or of a body that it stands under.
    fn head_of_line(&self, out: &Parse) -> Option<usize> {
        let at = match out.nodes.as_slice() {
            [Node::Chunk(_), Node::Break, Node::Chunk(_), ..] => 2,
            [Node::Chunk(_), ..] => 0,
            _ => return None,
        };
        let verb = |n: &Node| matches!(n, Node::Pivot(p) if out.pivots[*p].verb.is_some());
        let rest = out.nodes[at..].iter().take_while(|n| **n != Node::Break);
        (!rest.into_iter().any(verb)).then_some(at)
    }

    /// Whether a phrase that begins with the item tells a place, or a thing or body that is fired at.
    fn may_be_hit(&self, i: usize) -> bool {
        let hit = [Class::PlaceKind, Class::Direction, Class::Object, Class::Actor, Class::Generic, Class::Unit, Class::Person];
        self.item(i).place.is_some() || hit.iter().any(|c| self.is(i, *c))
    }

    /// The item at the head of a phrase, after its number, that names what is fired: shells, rockets, missiles.
    fn fired(&self, chunk: &Chunk) -> Option<usize> {
        use WeaponClass::{Artillery, BarrelBomb, ClusterMunition, Incendiary, Missile, Mortar, Rocket};
        let item = chunk.items.clone().find(|i| self.is(*i, Class::Weapon) || self.is(*i, Class::WeaponAdj))?;
        let leads = item == chunk.items.start || self.only_number(chunk, item);
        let weapon = self.scan.value(self.item(item), Class::Weapon).and_then(|w| WeaponClass::ALL.get(w as usize));
        let flies = matches!(weapon, Some(Artillery | BarrelBomb | ClusterMunition | Incendiary | Missile | Mortar | Rocket));
        let rounds = self.scan.sense(self.item(item), Class::WeaponAdj);
        let rounds = rounds.is_some_and(|s| s.0.value == ROUNDS && !s.1.has(Inflection::ADJECTIVE));
        (leads && (flies || rounds) && !self.item(item).has(Reading::ARTICLE)).then_some(item)
    }
}
