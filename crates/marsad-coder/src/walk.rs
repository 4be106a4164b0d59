//! What stands around a trigger, to its left and right, put into the slots of its frame.
//!
//! A [`Walk`] takes three steps: what stands before a noun (`before.rs`), the subject of a verb (`verb.rs`), and all that
//! follows (`after.rs`, with the slots of its phrases in `slot.rs`).

mod after;
mod before;
mod clues;
mod slot;
mod verb;

use crate::fill::demonstrators;
use crate::mention::{Mention, Party};
use crate::parse::{Carry, Pivot};
use crate::reader::Reader;
use marsad_language::{Class, Frame, Inflection, Needs, RoleSet, Slot};
use marsad_model::{Action, Role};

/// A trigger, and where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Trigger<'r> {
    /// Its node.
    pub k: usize,
    pub pivot: &'r Pivot,
    pub frame: u32,
    pub inflection: Inflection,
    /// The number of its mention.
    pub number: usize,
}

/// What is known of a trigger while its sentence is walked.
struct Walk<'r, 'a, 'b> {
    reader: &'r Reader<'a, 'b>,
    k: usize,
    pivot: &'r Pivot,
    inflection: Inflection,
    f: &'a Frame,
    roles: &'a RoleSet,
    number: usize,
    mention: &'r mut Mention,
    /// The phrases that a slot took.
    used: &'r mut [bool],
    /// The pivots that belong to a mention, by its number.
    absorbed: &'r mut [Option<usize>],
    /// «غارات استهدفت مناطق …»: whether the event noun before the verb is its subject.
    reaching: bool,
    /// Whether the verb's form is that of a passive alone.
    passive_only: bool,
    /// Whether who does it is told, or told nowhere.
    subject_known: bool,
    /// Whether the subject of a verb of harm does it rather than suffers it.
    kill_active: bool,
    /// Whether those harmed are counted already.
    counted_done: bool,
    /// The pivot of people whom the trigger harms: «بإعدام خمسة جرحى».
    harmed: Option<usize>,
}

impl Reader<'_, '_> {
    /// Fills the slots of a trigger's mention from what stands around it.
    pub(crate) fn walk(&self, trigger: Trigger, mention: &mut Mention, used: &mut [bool], absorbed: &mut [Option<usize>]) {
        let Trigger { k, pivot, frame, inflection, number } = trigger;
        let f = self.frame(frame);
        let reaching = pivot.verb.is_some() && mention.absorbed_by.is_some() && pivot.carry == Some(Carry::Reach);
        let walk = Walk {
            reader: self,
            k,
            pivot,
            inflection,
            f,
            roles: self.roles(f),
            number,
            mention,
            used,
            absorbed,
            reaching,
            passive_only: inflection.has(Inflection::PASSIVE),
            subject_known: reaching,
            kill_active: false,
            counted_done: false,
            harmed: None,
        };
        walk.run();
    }
}

impl Walk<'_, '_, '_> {
    fn run(mut self) {
        // People who are counted themselves: «خمسة قتلى», «جرحى مدنيون».
        if self.mention.people {
            self.reader.count_people(self.pivot, self.inflection, self.mention);
        }
        self.mention.ruled = false;
        if self.pivot.verb.is_none() {
            self.before_noun();
        }
        self.counted_done = self.mention.people && !self.mention.tolls.is_empty();
        if let Some(q) = self.harmed_before() {
            self.harm(q);
        }
        if let Some(form) = self.pivot.verb {
            self.subject_of_verb(form);
        }
        let moved = self.after();
        self.finish(moved);
    }

    /// Gives the content of a phrase to a slot.
    fn fill(&mut self, c: usize, slot: Slot) {
        self.reader.fill(self.mention, c, slot, self.f);
    }

    /// The same, and nobody else takes the phrase.
    fn take(&mut self, c: usize, slot: Slot) {
        self.fill(c, slot);
        self.used[c] = true;
    }

    /// Counts the people of a pivot as those whom the trigger harms.
    fn harm(&mut self, q: usize) {
        self.counted_done = true;
        self.harmed = Some(q);
        self.reader.count_object(self.mention, q, self.f);
        self.absorbed[q] = Some(self.number);
    }

    /// Whether what stands for the subject suffers what the trigger tells.
    fn suffers(&self) -> bool {
        self.passive_only
            || self.roles.subject == Slot::Counted
            || self.f.outcome.is_some() && self.roles.subject == Slot::Perpetrator && !self.kill_active
    }

    /// What only the whole walk tells: who heads the line, whose the things `moved` are, both sides of an exchange.
    fn finish(self, moved: Option<usize>) {
        let Walk { reader, pivot, f, mention, .. } = self;
        // «قصف» may be either, the noun or the verb.
        let noun =
            reader.scan.senses(&reader.scan.items[pivot.item]).iter().any(|s| s.0.class == Class::Frame && s.1.has(Inflection::NOUN));
        let alone = pivot.verb.is_none_or(|v| noun || v.has(Inflection::PLURAL) && !v.has(Inflection::SINGULAR));
        if self.roles.subject == Slot::Perpetrator
            && f.outcome.is_none()
            && alone
            && !mention.has_perpetrator()
            && let Some(c) = reader.heads_line(self.k)
        {
            reader.fill(mention, c, Slot::Perpetrator, f);
        }
        if let Some(c) = moved.filter(|_| !mention.has_perpetrator()) {
            let content = reader.content(reader.parse.chunks[c].items.clone());
            mention.parties.extend(content.actors.iter().filter(|a| a.adjective).map(|a| Party::known(Role::Perpetrator, a)));
        }
        both_sides(mention, f);
        reader.count_harm(pivot, self.inflection, mention);
        if f.needs == Some(Needs::Gathering) && mention.people && !mention.ruled && !mention.has_perpetrator() {
            mention.parties.push(demonstrators(pivot));
        }
    }
}

/// «مسلحون من عشيرتين»: where fire went both ways and tribes alone are told, they fought each other.
fn both_sides(mention: &mut Mention, f: &Frame) {
    if mention.action == Action::Clash
        && f.action != Action::Clash
        && let [only] = mention.parties.as_slice()
        && only.code == "tribal"
    {
        mention.parties.push(Party { role: Role::Target, ..only.clone() });
    }
}
