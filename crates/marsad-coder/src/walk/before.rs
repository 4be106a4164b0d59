//! What stands before a noun: verbs that carry it, who is blamed for it, who tries it, who agreed.

use super::Walk;
use crate::mention::{Mention, SERIES};
use crate::parse::{Carry, MUTUAL, Node, Pivot};
use marsad_language::{Class, Inflection, Needs, Prep, Slot};
use marsad_model::{Action, Outcome, Role};

impl Walk<'_, '_, '_> {
    /// Who acts and what is hit, as far as it is told before the noun.
    pub(super) fn before_noun(&mut self) {
        let (r, k, f) = (self.reader, self.k, self.f);
        let previous = r.previous_pivot(k);
        self.mention.ruled = f.needs == Some(Needs::Gathering) && r.is_ruled(k, self.pivot, previous.map(|p| p.1));
        if let Some((q, light)) = previous {
            self.carried_by(q, light);
        }
        let acts = self.roles.subject == Slot::Perpetrator;
        if acts
            && !self.mention.carried
            && !self.mention.has_perpetrator()
            && let Some(c) = r.governed(k, self.mention, self.used)
        {
            for c in r.joined_after(c) {
                self.fill(c, Slot::Perpetrator);
            }
            self.subject_known = true;
        }
        if acts
            && self.mention.pronoun
            && !self.mention.has_perpetrator()
            && let Some(c) = r.referent(k, self.pivot, self.roles)
        {
            self.fill(c, Slot::Perpetrator);
            self.subject_known = true;
        }
        if (f.action.is_violent() || matches!(f.action, Action::Detention | Action::TerritoryGain | Action::Interception))
            && !self.mention.has_perpetrator()
            && let Some(c) = r.blamed(k)
        {
            self.fill(c, Slot::Perpetrator);
            self.subject_known = true;
        }
        if acts
            && !self.mention.has_perpetrator()
            && let Some(party) = r.behind(k, self.mention)
        {
            self.mention.parties.push(party);
        }
        if acts
            && !self.mention.has_perpetrator()
            && let Some(c) = r.tries(k, self.mention)
        {
            self.take(c, Slot::Perpetrator);
        }
        if f.action == Action::Agreement {
            for c in r.agreed(k) {
                self.fill(c, Slot::Party);
            }
        }
    }

    /// What the pivot before it, at node `q`, says of the noun where it carries it.
    fn carried_by(&mut self, q: usize, light: &Pivot) {
        let f = self.f;
        // «بقمع حركة الاحتجاج»: what rules the crowd's noun is what the verb tells.
        let governed = f.action == Action::Protest && self.mention.governor.is_some_and(|g| g != SERIES);
        if self.mention.ruled || governed {
            return;
        }
        let Some(carry) = light.carry.filter(|c| *c != Carry::Find || self.mention.people) else { return };
        // «في هذه المظاهرات» in «الناشط الذي يشارك …»: told in passing, of somebody.
        self.mention.relative |= light.relative && f.action == Action::Protest;
        self.mention.carried = true;
        self.mention.carrier = light.verb;
        self.mention.negated |= light.negated.is_some();
        self.mention.modal = self.mention.modal.or(light.modal);
        self.subject_known |= self.carried(q, light, carry);
        let scan = self.reader.scan;
        if scan.value(&scan.items[light.item], Class::Light) == Some(MUTUAL) {
            exchange(self.mention);
        }
    }

    /// What a light verb before an event noun says of it. Returns whether a subject was found.
    fn carried(&mut self, q: usize, light: &Pivot, carry: Carry) -> bool {
        let slot = match carry {
            Carry::Perpetrator => Slot::Perpetrator,
            Carry::Target => Slot::Target,
            Carry::Toll => Slot::Counted,
            Carry::Happen | Carry::Reach | Carry::Find => Slot::Place,
        };
        self.mention.found = carry == Carry::Find;
        if carry == Carry::Toll && self.f.outcome.is_none() || matches!(carry, Carry::Reach | Carry::Find) {
            return false;
        }
        let slot = if slot == Slot::Perpetrator && self.roles.subject == Slot::Party { Slot::Party } else { slot };
        let mut found = self.between(q, light, carry, slot);
        if !found
            && matches!(carry, Carry::Perpetrator | Carry::Target | Carry::Toll)
            && let Some(c) = self.reader.left_subject(q, self.used)
            && !light.relative
        {
            for c in self.reader.joined_before(c, false) {
                match self.mention.people && carry == Carry::Toll {
                    true => self.reader.losses_of(self.mention, c),
                    false => self.fill(c, slot),
                }
                self.used[c] = true;
            }
            found = true;
        }
        self.mention.acts = !found && carry == Carry::Perpetrator && light.verb.is_some_and(|v| !v.has(Inflection::PASSIVE));
        found
    }

    /// The phrases between a light verb at node `q` and its noun. Returns whether its subject was among them.
    fn between(&mut self, q: usize, light: &Pivot, carry: Carry, slot: Slot) -> bool {
        let r = self.reader;
        let mut found = false;
        let mut led = false;
        for j in q + 1..self.k {
            // «أطلق … رشقة صاروخية»: the subject of a verb that tells an attack itself.
            if let Node::Chunk(c) = r.parse.nodes[j]
                && (!self.used[c] || carry == Carry::Perpetrator && light.frame.is_some())
            {
                let chunk = &r.parse.chunks[c];
                led = chunk.prep.is_some() || led && chunk.and;
                match chunk.prep {
                    // «في العراق وسوريا»
                    None if led => {}
                    // «واصلت عمليات القصف»: a word that nobody knows does nothing.
                    None if carry == Carry::Perpetrator && chunk.count.is_none() && r.content(chunk.items.clone()).is_empty() => {}
                    None => {
                        // «تكبد الحوثيون عشرات القتلى»: whose losses they are.
                        if self.mention.people && carry == Carry::Toll {
                            r.losses_of(self.mention, c);
                            continue;
                        }
                        self.take(c, slot);
                        found = true;
                    }
                    // «تعرضت نقطة تابعة لقوات … لقصف»: whose it is.
                    Some(Prep::To) if found && slot == Slot::Target => self.take(c, slot),
                    Some(p) if matches!(p, Prep::In | Prep::On | Prep::Near | Prep::By | Prep::Against) => {
                        self.take(c, self.roles.prep[p.code() as usize]);
                    }
                    Some(_) => {}
                }
            }
        }
        found
    }

    /// «بإعدام خمسة جرحى»: who was put to death had been wounded.
    pub(super) fn harmed_before(&self) -> Option<usize> {
        let r = self.reader;
        let Some(Node::Pivot(q)) = r.parse.nodes.get(self.k + 1) else { return None };
        let harms = matches!(self.f.outcome, Some(Outcome::Killed | Outcome::Injured));
        let next = &r.parse.pivots[*q];
        // «مقتل متظاهر»: or had demonstrated.
        let wounded = next.frame.is_some_and(|(n, form)| {
            let n = r.frame(n);
            form.has(Inflection::PEOPLE) && (n.outcome == Some(Outcome::Injured) || n.needs == Some(Needs::Gathering))
        });
        let at_once = wounded && next.prep.is_none() && !next.and && next.items.start == self.pivot.items.end;
        (self.pivot.verb.is_none() && harms && !self.mention.people && at_once).then_some(*q)
    }
}

/// «تبادل مسلحون من عشيرتين إطلاق النار»: fire that goes both ways is a clash, and the second who is told the adversary.
fn exchange(mention: &mut Mention) {
    if mention.action != Action::ArmedAttack {
        return;
    }
    mention.action = Action::Clash;
    let sides = mention.parties.iter_mut().filter(|p| p.role == Role::Perpetrator);
    sides.skip(1).for_each(|p| p.role = Role::Target);
}
