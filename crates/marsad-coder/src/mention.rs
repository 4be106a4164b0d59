//! From the parse of a sentence to mentions: each trigger with what stands around it.

use crate::actor::Stage;
use crate::count::Count;
use crate::fill::{Content, demonstrators, is_crowd};
use crate::parse::{Carry, Node, Parse, Pivot};
use crate::place::PlaceMention;
use crate::scan::Scan;
use marsad_language::{Class, Frame, FrameKind, Inflection, Needs, Prep, Reading, RoleSet, Slot};
use marsad_model::{Action, Group, ObjectClass, Outcome, Role, WeaponClass};
use marsad_text::Kind;
use std::ops::Range;

/// A party of an event.
#[derive(Clone, Debug)]
pub(crate) struct Party {
    pub role: Role,
    pub code: String,
    pub unit: Option<String>,
    pub items: Range<usize>,
    pub armed: bool,
    pub rule: Option<u32>,
    /// Whether belonging to it is only charged.
    pub charged: bool,
}

impl Party {
    /// People without arms, told by the words of `items`.
    pub fn unarmed(role: Role, code: &str, items: Range<usize>) -> Self {
        Self { role, code: code.to_owned(), unit: None, items, armed: false, rule: None, charged: false }
    }
}

/// A toll.
#[derive(Clone, Debug)]
pub(crate) struct Toll {
    pub outcome: Outcome,
    pub group: Group,
    pub of: Option<String>,
    pub count: Count,
    pub items: Range<usize>,
    /// Whether it counts a part of another toll.
    pub part: bool,
}

/// A trigger and what stands around it.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    pub sentence: usize,
    pub pivot: usize,
    /// The trigger's item.
    pub item: usize,
    /// The trigger with its number and adjectives.
    pub items: Range<usize>,
    pub frame: u32,
    pub kind: FrameKind,
    pub action: Action,
    pub outcome: Option<Outcome>,
    pub verb: bool,
    pub definite: bool,
    pub pronoun: bool,
    pub people: bool,
    pub negated: bool,
    pub modal: Option<(Class, usize)>,
    pub because: bool,
    pub prep: Option<Prep>,
    pub and: bool,
    pub relative: bool,
    pub count: Option<Count>,
    pub parties: Vec<Party>,
    pub weapons: Vec<(WeaponClass, Range<usize>)>,
    pub objects: Vec<(ObjectClass, Range<usize>)>,
    /// Indices into the sentence's places.
    pub places: Vec<usize>,
    pub tolls: Vec<Toll>,
    /// Whether an adjective says that it came from the air.
    pub air: bool,
    /// Whether rounds are named, but not what fired them.
    pub shells: bool,
    /// Whether what its frame needs stands by it.
    pub met: bool,
    /// The mention that it goes on with.
    pub absorbed_by: Option<usize>,
    /// Whether a light verb carries it.
    pub carried: bool,
    /// The form of that verb.
    pub carrier: Option<Inflection>,
    /// The word before it that says it is only spoken of (codes of class `governor`).
    pub governor: Option<u32>,
    /// Items where its part of the sentence ends.
    pub reach: usize,
    /// Whether it stands in a heading.
    pub heading: bool,
    /// Whether words say where one side of it ends.
    pub sided: bool,
    /// Whether no crowd stands by it: demonstrators that another word rules («لتفريق المتظاهرين»), or a state that protests in words.
    pub ruled: bool,
    /// Whether those who gather are ten or more.
    pub crowd: bool,
    /// Whether those who demonstrate are named as known: «المتظاهرون», without a number.
    pub known: bool,
}

impl Mention {
    pub fn has_perpetrator(&self) -> bool {
        self.parties.iter().any(|p| p.role == Role::Perpetrator)
    }
}

/// Reads the mentions of one sentence.
pub(crate) struct Reader<'a, 'b> {
    pub stage: &'b Stage<'a>,
    pub scan: &'a Scan,
    pub sentence: usize,
    pub range: Range<usize>,
    pub parse: &'b Parse,
    pub places: &'b [PlaceMention],
}

impl<'a> Reader<'a, '_> {
    pub(crate) fn frame(&self, index: u32) -> &'a Frame {
        &self.stage.lexicon.pack().frames[index as usize]
    }
    fn roles(&self, frame: &Frame) -> &'a RoleSet {
        &self.stage.lexicon.pack().role_sets[frame.roles as usize]
    }

    /// All mentions, in order.
    pub fn read(&self) -> Vec<Mention> {
        let mut out: Vec<Mention> = Vec::new();
        let mut used = vec![false; self.parse.chunks.len()];
        let mut absorbed: Vec<Option<usize>> = vec![None; self.parse.pivots.len()];
        for (k, node) in self.parse.nodes.iter().enumerate() {
            let Node::Pivot(p) = *node else { continue };
            let pivot = &self.parse.pivots[p];
            let Some((frame, inflection)) = pivot.frame else { continue };
            if self.is_held(pivot, self.frame(frame)) {
                continue;
            }
            let mut mention = self.open(p, pivot, frame, inflection);
            mention.absorbed_by = absorbed[p];
            self.walk(k, pivot, frame, inflection, &mut mention, &mut used, &mut absorbed, out.len());
            if mention.action == Action::Detention {
                self.charge(&mut mention);
            }
            if mention.negated && mention.kind == FrameKind::Toll {
                // «دون وقوع إصابات»: nobody was harmed, which is no event.
                continue;
            }
            out.push(mention);
        }
        self.share(&mut out);
        self.resume(&mut out);
        out
    }

    /// «دخلوا البلدة واعتقلوا …», «داهمت … واعتقلت …»: a joined verb without a subject of its own goes on with the one before.
    fn resume(&self, mentions: &mut [Mention]) {
        for n in 1..mentions.len() {
            let m = &mentions[n];
            let form = self.parse.pivots[m.pivot].verb.unwrap_or_default();
            let plural = m.verb && form.any(Inflection::PLURAL) && !form.any(Inflection::SINGULAR);
            let acts = self.roles(self.frame(m.frame)).subject == Slot::Perpetrator;
            let seizes = m.verb && m.kind == FrameKind::Deed && m.outcome.is_some() && !m.tolls.is_empty();
            if !(plural || seizes) || !acts || !m.and || m.has_perpetrator() {
                continue;
            }
            let before = mentions[..n].iter().rev().find(|b| b.has_perpetrator());
            let who: Vec<Party> =
                before.map_or(Vec::new(), |b| b.parties.iter().filter(|p| p.role == Role::Perpetrator).cloned().collect());
            mentions[n].parties.extend(who);
        }
    }

    fn open(&self, p: usize, pivot: &Pivot, frame: u32, inflection: Inflection) -> Mention {
        let f = self.frame(frame);
        let item = &self.scan.items[pivot.item];
        let mut mention = Mention {
            sentence: self.sentence,
            pivot: p,
            item: pivot.item,
            items: pivot.items.clone(),
            frame,
            kind: f.kind,
            action: f.action,
            outcome: f.outcome,
            verb: pivot.verb.is_some(),
            definite: item.has(Reading::ARTICLE),
            pronoun: item.pronoun,
            people: inflection.has(Inflection::PEOPLE),
            negated: pivot.negated.is_some(),
            modal: pivot.modal,
            because: pivot.because,
            prep: pivot.prep,
            and: pivot.and,
            relative: pivot.relative,
            count: pivot.count,
            parties: Vec::new(),
            weapons: Vec::new(),
            objects: Vec::new(),
            places: Vec::new(),
            tolls: Vec::new(),
            air: false,
            shells: false,
            met: true,
            absorbed_by: None,
            carried: false,
            carrier: None,
            governor: None,
            reach: pivot.items.end,
            heading: false,
            sided: false,
            ruled: false,
            crowd: inflection.has(Inflection::PEOPLE) && is_crowd(pivot.count),
            known: inflection.has(Inflection::PEOPLE) && self.is_known(pivot),
        };
        mention.governor = self.governor(pivot);
        for (sense, _) in self.scan.senses(item) {
            if sense.class == Class::Weapon
                && let Some(weapon) = WeaponClass::ALL.get(sense.value as usize)
            {
                mention.weapons.push((*weapon, pivot.item..pivot.item + 1));
            }
        }
        // Adjectives: means and nationality.
        for i in pivot.item + 1..pivot.items.end {
            for (sense, _) in self.scan.senses(&self.scan.items[i]) {
                match sense.class {
                    Class::WeaponAdj if sense.value == 100 => mention.air = true,
                    Class::WeaponAdj if (sense.value as usize) < WeaponClass::ALL.len() => {
                        mention.weapons.push((WeaponClass::ALL[sense.value as usize], i..i + 1));
                    }
                    _ => {}
                }
            }
            if (self.roles(f).adjective == Slot::Perpetrator || self.roles(f).adjective == Slot::Party)
                && let Some((_, actor, rule)) = self.stage.nation_adjective(i)
            {
                let code = actor.split('.').next().unwrap_or(actor).to_owned();
                mention.parties.push(Party {
                    role: Role::Perpetrator,
                    code,
                    unit: None,
                    items: i..i + 1,
                    armed: true,
                    rule: Some(rule),
                    charged: false,
                });
            }
        }
        if let Some(weapon) = f.weapon {
            mention.weapons.push((weapon, pivot.item..pivot.item + 1));
        }
        mention
    }

    #[allow(clippy::too_many_arguments)]
    fn walk(
        &self,
        k: usize,
        pivot: &Pivot,
        frame: u32,
        inflection: Inflection,
        mention: &mut Mention,
        used: &mut [bool],
        absorbed: &mut [Option<usize>],
        number: usize,
    ) {
        let f = self.frame(frame);
        let roles = self.roles(f);
        let verb = pivot.verb;
        let passive_only = inflection.has(Inflection::PASSIVE);
        // «غارات استهدفت مناطق …»: the event noun before it is its subject.
        let reaching = verb.is_some() && mention.absorbed_by.is_some() && pivot.carry == Some(Carry::Reach);
        let mut subject_known = reaching;
        // People who are counted themselves: «خمسة قتلى», «جرحى مدنيون».
        if mention.people {
            self.count_people(pivot, inflection, mention);
        }
        // The left side.
        let previous = self.previous_pivot(k);
        mention.ruled = f.needs == Some(Needs::Gathering) && verb.is_none() && self.is_ruled(k, pivot, previous.map(|p| p.1));
        // «بقمع حركة الاحتجاج»: what rules the crowd's noun is what the verb tells.
        let governed = f.action == Action::Protest && mention.governor.is_some();
        if verb.is_none()
            && !mention.ruled
            && !governed
            && let Some((q, light)) = previous
            && let Some(carry) = light.carry
        {
            // «في هذه المظاهرات» in «الناشط الذي يشارك …»: told in passing, of somebody.
            mention.relative |= light.relative && f.action == Action::Protest;
            mention.carried = true;
            mention.carrier = light.verb;
            mention.negated |= light.negated.is_some();
            mention.modal = mention.modal.or(light.modal);
            subject_known |= self.carried(q, k, light, carry, mention, roles, used);
        }
        if verb.is_none()
            && roles.subject == Slot::Perpetrator
            && !mention.carried
            && !mention.has_perpetrator()
            && let Some(c) = self.governed(k, mention, used)
        {
            self.fill(mention, c, Slot::Perpetrator, f);
            subject_known = true;
        }
        if verb.is_none() && f.action == Action::Agreement {
            for c in self.agreed(k) {
                self.fill(mention, c, Slot::Party, f);
            }
        }
        let mut kill_active = false;
        let mut counted_done = mention.people && !mention.tolls.is_empty();
        if let Some(v) = verb {
            let bare = self.bare_after(k);
            // «حلب استهدفت قوات …»: a place at the head of a line does nothing.
            let acts = |c: &usize| {
                let content = self.content(self.parse.chunks[*c].items.clone());
                let only_place = content.actors.is_empty()
                    && content.person.is_none()
                    && content.weapons.is_empty()
                    && content.objects.is_empty()
                    && !content.places.is_empty();
                !only_place || roles.subject != Slot::Perpetrator || bare.is_empty()
            };
            let left = self.left_subject(k, used).filter(acts).filter(|_| !reaching);
            let first = bare.first().map(|c| self.content(self.parse.chunks[*c].items.clone()));
            let second = bare.get(1).map(|c| self.content(self.parse.chunks[*c].items.clone()));
            let left_content = left.map(|c| self.content(self.parse.chunks[c].items.clone()));
            let plural = v.any(Inflection::PLURAL | Inflection::DUAL) && !v.any(Inflection::SINGULAR);
            if f.outcome.is_some() && roles.subject == Slot::Perpetrator {
                let left_fights = left_content.as_ref().is_some_and(|c| c.fighter() || !c.weapons.is_empty());
                let first_fights = first.as_ref().is_some_and(|c| c.fighter() && self.parse.chunks[bare[0]].count.is_none());
                kill_active = (left_fights
                    && first.as_ref().is_some_and(|c| c.person.is_some() || self.parse.chunks[bare[0]].count.is_some()))
                    || (first_fights && second.as_ref().is_some_and(|c| c.person.is_some() || self.parse.chunks[bare[1]].count.is_some()))
                    || f.kind == FrameKind::Deed;
            }
            let suffers = passive_only
                || (f.outcome.is_some() && roles.subject == Slot::Perpetrator && !kill_active)
                || roles.subject == Slot::Counted;
            let suffered = if f.outcome.is_some() { Slot::Counted } else { Slot::Target };
            let slot = if suffers { suffered } else { roles.subject };
            // Subject before the verb: when the form demands it, when nothing bare follows, or when it stands right before it.
            let adjacent = left.is_some_and(|c| self.is_adjacent(c, k));
            let fights = |c: &Option<Content>| c.as_ref().is_some_and(|c| c.fighter() || !c.weapons.is_empty());
            let clear = !suffers && fights(&left_content) && !fights(&first);
            let take_left = plural || bare.is_empty() || adjacent || pivot.relative || clear;
            if take_left && let Some(c) = left {
                for c in self.joined_before(c) {
                    self.fill(mention, c, slot, f);
                    used[c] = true;
                }
                subject_known = true;
                counted_done |= slot == Slot::Counted && !mention.tolls.is_empty();
            } else if plural || pivot.relative {
                subject_known = true;
            }
            // «كان المتظاهرون يهتفون»: who demonstrates is the subject.
            if !subject_known
                && matches!(f.action, Action::Protest | Action::Riot)
                && let Some(before) = self.demonstrators_before(k)
            {
                mention.parties.push(demonstrators(before));
                mention.known = self.is_known(before);
                subject_known = true;
            }
            // «داهمت … القرية واعتقلت تسعة أشخاص»: the one phrase that follows is whom they seized.
            let people = |c: usize, content: &Content| {
                content.actors.is_empty() && (content.person.is_some() || self.parse.chunks[c].count.is_some())
            };
            if pivot.and
                && f.kind == FrameKind::Deed
                && f.outcome.is_some()
                && bare.len() == 1
                && first.as_ref().is_some_and(|content| people(bare[0], content))
            {
                subject_known = true;
            }
            // «… أعلنت أنها اعتقلت …»: who speaks of itself is the subject.
            if !suffers
                && !subject_known
                && !fights(&first)
                && let Some(c) = self.speaker(k)
            {
                self.fill(mention, c, slot, f);
                subject_known = true;
            }
        }
        // The right side.
        let mut bare = 0;
        let mut last: Option<Slot> = None;
        let mut comma = false;
        let mut override_slot: Option<Slot> = None;
        let bares = self.bare_after(k).len();
        for node in &self.parse.nodes[k + 1..] {
            match *node {
                Node::Comma => {
                    comma = true;
                    continue;
                }
                Node::Break => break,
                // All who were named so far stand on one side.
                Node::Side => {
                    if roles.subject == Slot::Party && !mention.sided {
                        mention.sided = true;
                        mention.parties.iter_mut().filter(|p| p.armed).for_each(|p| p.role = Role::Perpetrator);
                    }
                    comma = false;
                    continue;
                }
                Node::Pivot(q) => {
                    let next = &self.parse.pivots[q];
                    let carries = next.carry.filter(|_| next.verb.is_some() && !next.and && next.negated.is_none());
                    if verb.is_none() && f.outcome.is_none() {
                        match carries {
                            Some(Carry::Reach) => {
                                override_slot = Some(Slot::Target);
                                absorbed[q] = Some(number);
                                continue;
                            }
                            Some(Carry::Perpetrator) if self.scan.items[next.item].pronoun || next.relative => {
                                override_slot = Some(Slot::Perpetrator);
                                absorbed[q] = Some(number);
                                continue;
                            }
                            Some(Carry::Happen) => {
                                // «آلاف المتظاهرين خرجوا …»
                                if f.needs == Some(Needs::Gathering)
                                    && !mention.ruled
                                    && !mention.carried
                                    && !next.relative
                                    && next.item <= pivot.items.end + 1
                                {
                                    mention.carried = true;
                                    mention.carrier = next.verb;
                                }
                                absorbed[q] = Some(number);
                                continue;
                            }
                            // A relative clause about one of its phrases is passed over.
                            None if next.relative
                                && (next.frame.is_none() || self.is_held(next, self.frame(next.frame.map_or(0, |f| f.0)))) =>
                            {
                                continue;
                            }
                            _ => {}
                        }
                    }
                    // «احتشد آلاف المتظاهرين أمام …»: who demonstrates is the subject.
                    if verb.is_some()
                        && bare == 0
                        && !subject_known
                        && matches!(f.action, Action::Protest | Action::Riot)
                        && self.demonstrates(next)
                    {
                        mention.parties.push(demonstrators(next));
                        mention.crowd |= is_crowd(next.count);
                        mention.known = self.is_known(next);
                        mention.count = mention.count.or(next.count);
                        absorbed[q] = Some(number);
                        bare += 1;
                        subject_known = true;
                        last = Some(Slot::Perpetrator);
                        mention.reach = next.items.end;
                        continue;
                    }
                    break;
                }
                Node::Chunk(c) => {
                    let chunk = &self.parse.chunks[c];
                    if chunk.relative {
                        break;
                    }
                    if chunk.among {
                        self.part(mention, chunk, f);
                        used[c] = true;
                        last = None;
                        continue;
                    }
                    if chunk.bracket {
                        if !mention.tolls.is_empty() && chunk.prep.is_none() {
                            self.part(mention, chunk, f);
                        }
                        continue;
                    }
                    if chunk.and && chunk.comma && self.opens_clause(c) {
                        break;
                    }
                    let content = self.content(chunk.items.clone());
                    let slot = if chunk.and && chunk.prep.is_none() {
                        if chunk.comma && !self.same_sort(last, &content) {
                            break;
                        }
                        last
                    } else if let Some(prep) = chunk.prep {
                        // «حافلة لعناصر النظام»: whose the thing is that was hit.
                        let owner = prep == Prep::To
                            && last == Some(Slot::Target)
                            && chunk.items.start == mention.reach
                            && !content.actors.is_empty();
                        let slot = if owner { Slot::Target } else { roles.prep[prep.code() as usize] };
                        if verb.is_none() && slot == Slot::Counted && prep == Prep::To && counted_done {
                            Some(Slot::None)
                        } else {
                            Some(slot)
                        }
                    } else {
                        let number = chunk.count.is_some() && f.outcome.is_some();
                        if content.is_empty() && !number && !self.named_person(f, &content, chunk) {
                            continue;
                        }
                        if comma && (bare > 0 || verb.is_none()) {
                            // A list without conjunctions goes on; anything else is another clause.
                            if last.is_some() && self.same_sort(last, &content) {
                                self.fill(mention, c, last.unwrap_or(Slot::None), f);
                                used[c] = true;
                                continue;
                            }
                            break;
                        }
                        bare += 1;
                        let slot = if let Some(slot) = override_slot.take() {
                            slot
                        } else if verb.is_some() {
                            let suffers = passive_only
                                || roles.subject == Slot::Counted
                                || (f.outcome.is_some() && roles.subject == Slot::Perpetrator && !kill_active);
                            match (subject_known, bare) {
                                _ if suffers && f.outcome.is_none() && bare == 1 => Slot::Target,
                                _ if suffers && !counted_done => Slot::Counted,
                                _ if suffers => break,
                                (true, 1) => roles.object,
                                (false, 1) => roles.subject,
                                (false, 2) => roles.object,
                                _ => break,
                            }
                        } else {
                            match bare {
                                _ if mention.people && counted_done => {
                                    // «قتلى مدنيون», «شهيدان طفلان»: says who they are.
                                    self.recount(mention, chunk);
                                    self.describe(mention, &content);
                                    continue;
                                }
                                1 if counted_done && roles.of == Slot::Counted => break,
                                1 if bares > 1 => roles.of_then,
                                1 => roles.of,
                                2 => roles.object,
                                _ => break,
                            }
                        };
                        Some(slot)
                    };
                    let Some(slot) = slot else { continue };
                    // «… مدعومة بـ…»: who stands behind a side is no means of it.
                    if slot == Slot::Means && last == Some(Slot::Party) && !content.actors.is_empty() && content.weapons.is_empty() {
                        continue;
                    }
                    // After a preposition of place an override is over.
                    let slot = if mention.people && slot == Slot::None && chunk.prep == Some(Prep::From) { Slot::Counted } else { slot };
                    if mention.people && chunk.prep == Some(Prep::From) {
                        self.describe(mention, &content);
                        used[c] = true;
                        last = None;
                        continue;
                    }
                    counted_done |= slot == Slot::Counted;
                    self.fill(mention, c, slot, f);
                    used[c] = true;
                    last = Some(slot);
                    mention.reach = chunk.items.end;
                }
            }
        }
        if f.needs == Some(Needs::Gathering) && mention.people && !mention.ruled && !mention.has_perpetrator() {
            mention.parties.push(demonstrators(pivot));
        }
    }

    /// Whether a word for control tells who holds a place rather than that it changed hands: «مناطق سيطرة …».
    fn is_held(&self, pivot: &Pivot, f: &Frame) -> bool {
        if f.action != Action::TerritoryGain {
            return false;
        }
        let before = pivot.items.start.checked_sub(1).filter(|i| *i >= self.range.start);
        let held =
            before.is_some_and(|i| self.scan.senses(&self.scan.items[i]).iter().any(|s| s.0.class == Class::Governor && s.0.value == 4));
        held || pivot.relative && pivot.verb.is_some_and(|v| v.has(Inflection::PRESENT))
    }

    /// The nearest word within three items before the pivot, with no verb or comma between, that governs it.
    fn governor(&self, pivot: &Pivot) -> Option<u32> {
        for i in (pivot.items.start.saturating_sub(3).max(self.range.start)..pivot.items.start).rev() {
            let item = &self.scan.items[i];
            if matches!(item.kind, Kind::Mark(_)) || self.scan.senses(item).iter().any(|s| s.1.is_verb()) {
                return None;
            }
            if let Some(code) = self.scan.value(item, Class::Governor) {
                return Some(code);
            }
        }
        None
    }

    /// What a light verb before an event noun says of it. Returns whether a subject was found.
    #[allow(clippy::too_many_arguments)]
    fn carried(&self, q: usize, k: usize, light: &Pivot, carry: Carry, mention: &mut Mention, roles: &RoleSet, used: &mut [bool]) -> bool {
        let f = self.frame(mention.frame);
        let slot = match carry {
            Carry::Perpetrator => Slot::Perpetrator,
            Carry::Target => Slot::Target,
            Carry::Toll => Slot::Counted,
            Carry::Happen | Carry::Reach => Slot::Place,
        };
        if carry == Carry::Toll && f.outcome.is_none() || carry == Carry::Reach {
            return false;
        }
        let slot = if slot == Slot::Perpetrator && roles.subject == Slot::Party { Slot::Party } else { slot };
        let mut found = false;
        for j in q + 1..k {
            if let Node::Chunk(c) = self.parse.nodes[j]
                && !used[c]
            {
                let chunk = &self.parse.chunks[c];
                match chunk.prep {
                    None => {
                        if mention.people && carry == Carry::Toll {
                            continue;
                        }
                        self.fill(mention, c, slot, f);
                        found = true;
                        used[c] = true;
                    }
                    Some(p) if matches!(p, Prep::In | Prep::On | Prep::Near | Prep::By | Prep::Against) => {
                        let s = roles.prep[p.code() as usize];
                        self.fill(mention, c, s, f);
                        used[c] = true;
                    }
                    Some(_) => {}
                }
            }
        }
        if !found
            && matches!(carry, Carry::Perpetrator | Carry::Target | Carry::Toll)
            && let Some(c) = self.left_subject(q, used)
            && !light.relative
        {
            self.fill(mention, c, slot, f);
            used[c] = true;
            found = true;
        }
        found
    }
}
