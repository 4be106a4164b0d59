//! Who is said to stand behind a deed, or takes on what was told before.

use crate::actor::ActorHit;
use crate::mention::{Mention, Party};
use crate::parse::{Carry, Node};
use crate::reader::Reader;
use marsad_language::{Class, FrameKind, Report};
use marsad_model::Role;

/// The code of class `marker` for "behind".
const BEHIND: u32 = 7;

impl Reader<'_, '_> {
    /// The last actor of a chunk that may have done it.
    fn doer(&self, c: usize) -> Option<Party> {
        let chunk = self.parse.chunks.get(c).filter(|c| c.prep.is_none() && !c.bracket)?;
        let content = self.content(chunk.items.clone());
        let named = |a: &&ActorHit| a.may_fight() && (!a.adjective || content.unit || content.person.is_some());
        content.actors.iter().rev().find(named).map(|a| Party::known(Role::Perpetrator, a))
    }

    /// «حركة … تقف خلف الهجوم»: the actor before "behind".
    pub(crate) fn behind(&self, k: usize, mention: &Mention) -> Option<Party> {
        let item = self.scan.items.get(mention.items.start.checked_sub(1)?)?;
        let behind = self.scan.sense(item, Class::Marker).is_some_and(|s| s.0.value == BEHIND);
        if !behind && self.scan.value(item, Class::Report) != Some(Report::Accuse.code()) {
            return None;
        }
        for node in self.parse.nodes.get(..k)?.iter().rev() {
            match *node {
                Node::Chunk(c) => {
                    if let Some(party) = self.doer(c) {
                        return Some(party);
                    }
                }
                Node::Pivot(p) if self.parse.pivots.get(p).is_some_and(|p| p.frame.is_none()) => {}
                Node::Comma => {}
                _ => return None,
            }
        }
        None
    }

    /// «… وأعلن تنظيم … مسؤوليته عنه», «ويعتقد أن حركة … نفذته»: who takes on or did what was told before.
    pub(crate) fn answer_for(&self, mentions: &mut [Mention], absorbed: &[Option<usize>]) {
        let none = vec![false; self.parse.chunks.len()];
        for (k, node) in self.parse.nodes.iter().enumerate() {
            let Node::Pivot(p) = *node else { continue };
            let Some(pivot) = self.parse.pivots.get(p) else { continue };
            let claims = pivot.report == Some(Report::Claim.code());
            let did = pivot.carry == Some(Carry::Perpetrator) && pivot.verb.is_some() && pivot.frame.is_none();
            let back = claims || self.scan.items.get(pivot.item).is_some_and(|i| i.pronoun);
            if !did || !back || absorbed.get(p).is_some_and(Option::is_some) || self.carries(k) {
                continue;
            }
            let who =
                self.bare_after(k).first().and_then(|c| self.doer(*c)).or_else(|| self.left_subject(k, &none).and_then(|c| self.doer(c)));
            let act = |m: &&mut Mention| m.item < pivot.item && matches!(m.kind, FrameKind::Attack | FrameKind::Generic);
            if let (Some(who), Some(told)) = (who, mentions.iter_mut().rev().find(act))
                && !told.parties.iter().any(|p| p.role == Role::Perpetrator && p.code == who.code)
            {
                told.parties.push(who);
            }
        }
    }

    /// Whether an event noun follows the verb at node `k` before another verb or clause.
    fn carries(&self, k: usize) -> bool {
        for node in self.parse.nodes.get(k + 1..).unwrap_or_default() {
            match *node {
                Node::Pivot(p) => return self.parse.pivots.get(p).is_some_and(|p| p.frame.is_some() && p.verb.is_none()),
                Node::Break => return false,
                _ => {}
            }
        }
        false
    }
}
