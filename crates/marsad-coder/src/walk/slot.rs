//! Which slot a phrase after a trigger takes: that of the phrase it is joined to, that of its preposition, or the next that a frame
//! gives to bare phrases.

use super::Walk;
use super::after::After;
use crate::content::Content;
use crate::mention::Party;
use crate::parse::Chunk;
use marsad_language::{Prep, Slot};
use marsad_model::{Action, Role};

/// What becomes of a phrase.
pub(super) enum Choice {
    /// It takes a slot.
    Slot(Slot),
    /// It takes none, and the walk goes on.
    Pass,
    /// It belongs to another clause.
    End,
}

impl From<Option<Slot>> for Choice {
    fn from(slot: Option<Slot>) -> Self {
        slot.map_or(Choice::Pass, Choice::Slot)
    }
}

impl Walk<'_, '_, '_> {
    /// What becomes of phrase `c` at node `n`.
    pub(super) fn choose(&mut self, s: &mut After, n: usize, c: usize, content: &Content) -> Choice {
        let chunk = &self.reader.parse.chunks[c];
        if chunk.and && chunk.prep.is_none() {
            return self.joined(s, c, chunk, content);
        }
        if let Some(prep) = chunk.prep {
            let slot = self.of_prep(s, prep, chunk, content);
            let counted = self.pivot.verb.is_none() && slot == Slot::Counted && prep == Prep::To && self.counted_done;
            return Choice::Slot(if counted { Slot::None } else { slot });
        }
        match s.last.filter(|_| !content.actors.is_empty() && self.reader.hedged(chunk)) {
            Some(slot) => Choice::Slot(slot),
            None => self.of_bare(s, n, c, content),
        }
    }

    /// The slot of a phrase that a conjunction joins to what stands before.
    fn joined(&self, s: &After, c: usize, chunk: &Chunk, content: &Content) -> Choice {
        let r = self.reader;
        // «قصفت … مواقع … في …، ومواقع … في …»: more that was hit.
        let more = self.roles.object == Slot::Target && s.last == Some(Slot::Place) && r.belongs(chunk);
        if chunk.comma && !more && !r.same_sort(s.last, content) {
            return Choice::End;
        }
        // «مقاتلي … في شمالي … وحزب …»: after a place another body goes on with the one before it.
        let body = content.places.is_empty() && content.actors.iter().any(|a| a.may_fight() && !a.adjective);
        let goes_on = s.party.filter(|_| s.last == Some(Slot::Place) && body && !r.opens_clause(c));
        if more { Choice::Slot(Slot::Target) } else { goes_on.or(s.last).into() }
    }

    /// The slot of a phrase after a preposition.
    fn of_prep(&self, s: &After, prep: Prep, chunk: &Chunk, content: &Content) -> Slot {
        let (roles, f) = (self.roles, self.f);
        let usual = roles.prep[prep.code() as usize];
        // «حافلة لعناصر النظام»: whose the thing is that was hit.
        let owned = prep == Prep::To && chunk.items.start == self.mention.reach && content.actors.iter().any(|a| !a.adjective);
        let meant = prep == Prep::To && usual == Slot::Perpetrator && self.pivot.verb.is_none();
        match s.last {
            Some(Slot::Target) if owned => Slot::Target,
            // «طائرة تابعة لقوات …», «برصاص قناص تابع ل…»
            Some(Slot::Perpetrator | Slot::Means) if owned && roles.subject != Slot::Means && f.action != Action::Withdrawal => {
                Slot::Perpetrator
            }
            // «نصب … كميناً لدورية»: who acts is told; for whom it was meant is hit.
            _ if meant && self.mention.carried && self.mention.has_perpetrator() && content.weapons.is_empty() => Slot::Target,
            // «كمين لقافلة عسكرية»
            _ if meant
                && f.action == Action::ArmedAttack
                && chunk.items.start == self.pivot.items.end
                && self.reader.is_column(chunk, content) =>
            {
                Slot::Target
            }
            _ if prep == Prep::With && self.mention.action == Action::Clash => {
                if roles.subject == Slot::Party {
                    Slot::Party
                } else {
                    Slot::Target
                }
            }
            _ => usual,
        }
    }

    /// What becomes of a phrase without a preposition or conjunction.
    fn of_bare(&mut self, s: &mut After, n: usize, c: usize, content: &Content) -> Choice {
        let (r, f) = (self.reader, self.f);
        let chunk = &r.parse.chunks[c];
        let verb = self.pivot.verb.is_some();
        let crowd = f.action == Action::Protest && chunk.count.is_some_and(|c| c.vague);
        let number = chunk.count.is_some() && f.outcome.is_some() || crowd;
        if content.is_empty() && !number && !r.named_person(f, content, chunk) {
            return Choice::Pass;
        }
        // «… على الطريق بين حلب والباب»: words for where something is that bear their preposition in themselves.
        if s.bare > 0 && r.leads_to_place(chunk, content) {
            self.take(c, Slot::Place);
            s.last = Some(Slot::Place);
            self.mention.reach = chunk.items.end;
            return Choice::Pass;
        }
        // «قصفت القوات … في …، نقطة عسكرية»: what was hit after all that is said of who did it.
        let hit = !content.objects.is_empty() || !content.places.is_empty();
        let late = verb && s.bare == 1 && !self.subject_known && self.roles.object == Slot::Target && hit && !r.opens_clause(c);
        if s.comma && !late && (s.bare > 0 || s.gathered || !verb) {
            // A list without conjunctions goes on; anything else is another clause.
            let Some(last) = s.last.filter(|last| r.same_sort(Some(*last), content)) else { return Choice::End };
            self.take(c, last);
            return Choice::Pass;
        }
        s.bare += 1;
        if let Some(slot) = s.next.take() {
            return Choice::Slot(slot);
        }
        if verb { self.bare_of_verb(s) } else { self.bare_of_noun(s, n, chunk, content) }
    }

    /// The slot of the next bare phrase after a verb.
    fn bare_of_verb(&self, s: &After) -> Choice {
        let suffers = self.suffers();
        Choice::Slot(match (self.subject_known, s.bare) {
            _ if suffers && self.f.outcome.is_none() && s.bare == 1 => Slot::Target,
            _ if suffers && !self.counted_done => Slot::Counted,
            _ if suffers => return Choice::End,
            (true, 1) => self.roles.object,
            (false, 1) => self.roles.subject,
            (false, 2) => self.roles.object,
            _ => return Choice::End,
        })
    }

    /// The slot of the next bare phrase after a noun.
    fn bare_of_noun(&mut self, s: &After, n: usize, chunk: &Chunk, content: &Content) -> Choice {
        let (r, roles) = (self.reader, self.roles);
        if self.mention.people && self.counted_done {
            // «قتلى مدنيون», «شهيدان طفلان»: says who they are.
            r.recount(self.mention, chunk);
            r.describe(self.mention, content);
            return Choice::Pass;
        }
        Choice::Slot(match s.bare {
            1 if self.counted_done && roles.of == Slot::Counted => return Choice::End,
            1 if s.bares > 1 || s.apart || r.aims_on(n, roles, content) => roles.of_then,
            1 => roles.of,
            2 => roles.object,
            _ => return Choice::End,
        })
    }

    /// «قوات … وتلك المدعومة من …»: adds one more body, of which only is said who backs it, where phrase `c` tells it.
    pub(super) fn backs(&mut self, s: &After, c: usize, slot: Slot) -> bool {
        if slot != Slot::Ally {
            return false;
        }
        let chunk = &self.reader.parse.chunks[c];
        let role = match s.last {
            Some(Slot::Target) => Role::Target,
            Some(Slot::Perpetrator) => Role::Perpetrator,
            _ => return false,
        };
        let Some(from) = self.reader.backed(chunk) else { return false };
        self.mention.parties.push(Party { armed: true, ..Party::unarmed(role, "other", from..chunk.items.end) });
        self.used[c] = true;
        self.mention.reach = chunk.items.end;
        true
    }
}
