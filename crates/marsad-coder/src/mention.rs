//! From the parse of a sentence to mentions: each trigger with what stands around it.

use crate::actor::{ActorHit, Stage};
use crate::count::Count;
use crate::parse::{Carry, Chunk, Node, Parse, Pivot};
use crate::place::PlaceMention;
use crate::scan::Scan;
use crate::tolls::party_of;
use marsad_language::{ActorKind, Class, Frame, FrameKind, Inflection, Prep, Reading, RoleSet, Slot};
use marsad_model::{Action, Group, ObjectClass, Outcome, Role, WeaponClass};
use marsad_text::Kind;
use std::ops::Range;

/// The code of class `marker` for words of belonging to a body.
const BELONGS: u32 = 6;
/// How far after a seizure the body may be named, in items.
const CHARGE: usize = 16;

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
}

impl Mention {
    pub fn has_perpetrator(&self) -> bool {
        self.parties.iter().any(|p| p.role == Role::Perpetrator)
    }
}

/// What a noun phrase holds.
#[derive(Debug, Default)]
pub(crate) struct Content<'a> {
    pub actors: Vec<ActorHit<'a>>,
    pub person: Option<(u32, Inflection, usize)>,
    pub weapons: Vec<(WeaponClass, usize)>,
    pub objects: Vec<(ObjectClass, usize)>,
    pub places: Vec<usize>,
    pub unit: bool,
    /// Whether rounds are named, but not what fired them.
    pub shells: bool,
    pub unknown: usize,
}

impl Content<'_> {
    pub fn is_empty(&self) -> bool {
        self.actors.is_empty() && self.person.is_none() && self.weapons.is_empty() && self.objects.is_empty() && self.places.is_empty()
    }
    pub fn group(&self) -> Option<Group> {
        self.person.and_then(|p| Group::ALL.get(p.0 as usize)).copied()
    }
    /// Whether it holds people who are no fighters.
    pub fn unarmed(&self) -> bool {
        self.person.is_some() && self.group() != Some(Group::Combatants) && self.group() != Some(Group::All)
    }
    pub fn fighter(&self) -> bool {
        self.actors.iter().any(|a| a.may_fight() || a.kind == ActorKind::ArmedGroup) || self.group() == Some(Group::Combatants)
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
    fn frame(&self, index: u32) -> &'a Frame {
        &self.stage.lexicon.pack().frames[index as usize]
    }
    fn roles(&self, frame: &Frame) -> &'a RoleSet {
        &self.stage.lexicon.pack().role_sets[frame.roles as usize]
    }

    pub(crate) fn content(&self, items: Range<usize>) -> Content<'a> {
        let mut out = Content { actors: self.stage.actors_in(items.clone()), ..Content::default() };
        for (n, place) in self.places.iter().enumerate() {
            if place.name.start >= items.start && place.name.start < items.end {
                out.places.push(n);
            }
        }
        // «أصيب ثالث»: an ordinal alone is one more person.
        if items.len() == 1
            && let Some(item) = self.scan.items.get(items.start)
            && item.before & Reading::ARTICLE == 0
            && self.scan.value(item, Class::Ordinal).is_some_and(|n| (2..=10).contains(&n))
        {
            out.person = Some((Group::All as u32, Inflection::default(), items.start));
        }
        // A state named as a place is none here.
        out.actors.retain(|a| !(a.nation && self.places.iter().any(|p| p.name.start == a.items.start && !p.bare)));
        for i in items {
            let item = &self.scan.items[i];
            let senses = self.scan.senses(item);
            let plural = self.plural_person(i);
            if senses.is_empty() && item.kind == Kind::Word && item.place.is_none() {
                out.unknown += 1;
            }
            for (sense, inflection) in senses {
                match sense.class {
                    Class::Person if out.person.is_none() && (!plural || inflection.has(Inflection::PLURAL)) => {
                        out.person = Some((sense.value, *inflection, i))
                    }
                    Class::Weapon if !self.scan.is(item, Class::WeaponAdj) => {
                        out.weapons.push((WeaponClass::ALL[sense.value as usize % WeaponClass::ALL.len()], i))
                    }
                    // «القصف المدفعي والصاروخي»
                    Class::WeaponAdj if self.scan.is(item, Class::Weapon) && (sense.value as usize) < WeaponClass::ALL.len() => {
                        out.weapons.push((WeaponClass::ALL[sense.value as usize], i));
                        // «طائرة تركية مسيرة»: the thing described is the weapon itself.
                        out.objects.retain(|o| o.1 + 4 <= i);
                    }
                    Class::Object => out.objects.push((ObjectClass::ALL[sense.value as usize % ObjectClass::ALL.len()], i)),
                    Class::Unit => out.unit = true,
                    Class::WeaponAdj if sense.value == 103 && !inflection.has(Inflection::ADJECTIVE) => out.shells = true,
                    _ => {}
                }
            }
        }
        out
    }

    /// Whether a form that may be dual or plural is plural: no "two" follows it.
    fn plural_person(&self, i: usize) -> bool {
        let two = self.scan.items.get(i + 1).is_some_and(|n| self.scan.value(n, Class::Number) == Some(2));
        let Some(item) = self.scan.items.get(i) else { return false };
        !two && self.scan.senses(item).iter().any(|s| s.0.class == Class::Person && s.1.has(Inflection::PLURAL))
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
        out
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
        let mut subject_known = false;
        // People who are counted themselves: «خمسة قتلى», «جرحى مدنيون».
        if mention.people {
            self.count_people(pivot, inflection, mention);
        }
        // The left side.
        let previous = self.previous_pivot(k);
        if verb.is_none()
            && let Some((q, light)) = previous
            && let Some(carry) = light.carry
        {
            mention.carried = true;
            mention.carrier = light.verb;
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
            let left = self.left_subject(k, used).filter(acts);
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
    }

    /// The body that those seized are said to belong to: «اعتقال خمسة بتهمة الانتماء إلى تنظيم …».
    fn charge(&self, mention: &mut Mention) {
        let ends = |i: &usize| {
            let item = &self.scan.items[*i];
            matches!(item.kind, Kind::Mark('.' | ';' | ':')) || *i > mention.item && self.scan.is(item, Class::Frame)
        };
        let from = mention.items.end;
        let end = (from..self.range.end.min(from + CHARGE)).find(ends).unwrap_or(self.range.end.min(from + CHARGE));
        let belongs = |i: &usize| self.scan.sense(&self.scan.items[*i], Class::Marker).is_some_and(|s| s.0.value == BELONGS);
        let Some(word) = (from..end).find(belongs) else { return };
        let found: Vec<ActorHit> = self.stage.actors_in(word + 1..end).into_iter().filter(|a| !a.adjective && a.may_fight()).collect();
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

    /// Whether a finite verb follows the chunk at once, so that it is that verb's subject.
    fn opens_clause(&self, c: usize) -> bool {
        let at = self.parse.nodes.iter().position(|n| *n == Node::Chunk(c));
        match at.and_then(|n| self.parse.nodes.get(n + 1)) {
            Some(Node::Pivot(p)) => self.parse.pivots[*p].verb.is_some() && !self.parse.pivots[*p].relative && !self.parse.pivots[*p].and,
            _ => false,
        }
    }

    /// Whether the content fits the slot that the phrase before it took.
    fn same_sort(&self, last: Option<Slot>, content: &Content) -> bool {
        match last {
            Some(Slot::Place) => !content.places.is_empty(),
            Some(Slot::Target) => !content.places.is_empty() || !content.objects.is_empty() || !content.actors.is_empty(),
            Some(Slot::Perpetrator | Slot::Party) => !content.actors.is_empty(),
            Some(Slot::Counted) => content.person.is_some(),
            Some(Slot::Means) => !content.weapons.is_empty(),
            _ => false,
        }
    }

    /// The nearest pivot before node `k` with no break between.
    fn previous_pivot(&self, k: usize) -> Option<(usize, &Pivot)> {
        for j in (0..k).rev() {
            match self.parse.nodes[j] {
                Node::Pivot(p) => return Some((j, &self.parse.pivots[p])),
                Node::Break => return None,
                _ => {}
            }
        }
        None
    }

    /// Bare chunks after node `k` up to the next pivot, break or comma.
    fn bare_after(&self, k: usize) -> Vec<usize> {
        let mut out = Vec::new();
        for node in &self.parse.nodes[k + 1..] {
            match *node {
                Node::Chunk(c) => {
                    let chunk = &self.parse.chunks[c];
                    if chunk.relative || chunk.among {
                        break;
                    }
                    if chunk.prep.is_none() && !chunk.and && !chunk.bracket && !self.content(chunk.items.clone()).is_empty() {
                        out.push(c);
                        if out.len() == 3 {
                            break;
                        }
                    }
                }
                Node::Comma if !out.is_empty() => break,
                Node::Comma => {}
                _ => break,
            }
        }
        out
    }

    /// The unused bare chunk before a verb that may be its subject; relative clauses between them are passed over.
    fn left_subject(&self, k: usize, used: &[bool]) -> Option<usize> {
        let mut skipping = false;
        // The antecedent of a relative verb may stand in any phrase right before the pronoun.
        if let Node::Pivot(p) = self.parse.nodes[k]
            && self.parse.pivots[p].relative
        {
            let before = self.parse.nodes[..k].iter().rev().find(|n| **n != Node::Comma);
            if let Some(Node::Chunk(c)) = before
                && !self.content(self.parse.chunks[*c].items.clone()).is_empty()
            {
                return Some(*c);
            }
        }
        for j in (0..k).rev() {
            match self.parse.nodes[j] {
                Node::Chunk(c) => {
                    let chunk = &self.parse.chunks[c];
                    if skipping {
                        // Inside a relative clause; its antecedent stands before the relative pronoun.
                        if chunk.relative {
                            skipping = false;
                        }
                        continue;
                    }
                    if chunk.prep.is_none() && !chunk.bracket && !used[c] && !self.content(chunk.items.clone()).is_empty() {
                        return Some(c);
                    }
                    if used[c] && chunk.prep.is_none() {
                        return None;
                    }
                }
                Node::Comma | Node::Side => {}
                Node::Pivot(p) => {
                    let pivot = &self.parse.pivots[p];
                    if pivot.relative && pivot.frame.is_none() && pivot.report.is_none() {
                        skipping = false;
                        continue;
                    }
                    return None;
                }
                Node::Break => return None,
            }
        }
        None
    }

    /// The actor that the word of saying right before node `k` has for its subject, standing before it.
    fn speaker(&self, k: usize) -> Option<usize> {
        let Node::Pivot(p) = *self.parse.nodes.get(k.checked_sub(1)?)? else { return None };
        self.parse.pivots[p].report.filter(|_| self.parse.pivots[p].verb.is_some())?;
        let Node::Chunk(c) = *self.parse.nodes.get(k.checked_sub(2)?)? else { return None };
        let chunk = &self.parse.chunks[c];
        (chunk.prep.is_none() && self.content(chunk.items.clone()).fighter()).then_some(c)
    }

    /// The chunks that a conjunction joins before chunk `c`: «أ وب» before a verb are both its subject.
    fn joined_before(&self, c: usize) -> Vec<usize> {
        let mut out = vec![c];
        let Some(mut j) = self.parse.nodes.iter().position(|n| *n == Node::Chunk(c)) else { return out };
        while self.parse.chunks[out[out.len() - 1]].and && j > 0 {
            let Node::Chunk(before) = self.parse.nodes[j - 1] else { break };
            if self.parse.chunks[before].prep.is_some() {
                break;
            }
            out.push(before);
            j -= 1;
        }
        out
    }

    fn is_adjacent(&self, c: usize, k: usize) -> bool {
        let chunk = &self.parse.chunks[c];
        let Node::Pivot(p) = self.parse.nodes[k] else { return false };
        let start = self.parse.pivots[p].items.start;
        chunk.items.end == start || (chunk.items.end + 2 >= start && !self.scan.items[chunk.items.end].is_mark(','))
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

    /// Whether a phrase of unknown words may name one person.
    fn named_person(&self, f: &Frame, content: &Content, chunk: &Chunk) -> bool {
        matches!(f.outcome, Some(Outcome::Killed | Outcome::Injured | Outcome::Abducted | Outcome::Detained))
            && content.unknown >= 2
            && chunk.prep.is_none()
    }

    /// Whether the phrase tells a thing or place and whose it is: «مواقع لتنظيم …» did nothing itself.
    fn belongs(&self, chunk: &Chunk) -> bool {
        let Some(head) = self.scan.items.get(chunk.items.start) else { return false };
        let is = |class| self.scan.is(head, class);
        let acts =
            [Class::Weapon, Class::Person, Class::Actor, Class::WeakActor, Class::Generic, Class::Nation, Class::Number, Class::Vague];
        (is(Class::Object) && !is(Class::Unit) || is(Class::PlaceKind) && is(Class::Unit)) && !acts.into_iter().any(is)
    }

    /// The actors that said that they agreed, before an agreement: «أعلنت … و… التوصل إلى اتفاق».
    fn agreed(&self, k: usize) -> Vec<usize> {
        let mut out = Vec::new();
        for node in self.parse.nodes.get(..k).unwrap_or_default().iter().rev() {
            match *node {
                Node::Chunk(c) => out.push(c),
                Node::Comma => {}
                Node::Pivot(p) if self.parse.pivots[p].report.is_some() && self.parse.pivots[p].verb.is_some() => {
                    out.reverse();
                    return out.into_iter().filter(|c| self.parse.chunks[*c].prep.is_none()).collect();
                }
                _ => break,
            }
        }
        Vec::new()
    }

    /// The fighters that the verb before an event noun has for its subject: «عمد الجيش إلى قصف …».
    fn governed(&self, k: usize, mention: &Mention, used: &[bool]) -> Option<usize> {
        if !matches!(mention.prep, Some(Prep::From | Prep::By | Prep::Toward | Prep::To)) {
            return None;
        }
        let (q, verb) = self.previous_pivot(k)?;
        verb.verb?;
        if verb.frame.is_some() || verb.carry.is_some() || verb.report.is_some() || verb.cause {
            return None;
        }
        let after = self.parse.nodes.get(q + 1..k)?.iter().find_map(|n| match n {
            Node::Chunk(c) => Some(*c),
            _ => None,
        });
        let subject =
            |c: &usize| self.parse.chunks.get(*c).is_some_and(|chunk| chunk.prep.is_none() && self.content(chunk.items.clone()).fighter());
        after.filter(subject).or_else(|| self.left_subject(q, used).filter(subject))
    }

    /// Gives a chunk's content to a slot.
    fn fill(&self, mention: &mut Mention, c: usize, slot: Slot, f: &Frame) {
        let chunk = &self.parse.chunks[c];
        let content = self.content(chunk.items.clone());
        let party = |role: Role, a: &ActorHit| Party {
            role,
            code: a.code.to_owned(),
            unit: a.unit.map(str::to_owned),
            items: a.items.clone(),
            armed: a.may_fight(),
            rule: Some(a.rule),
            charged: false,
        };
        let violent = matches!(f.kind, FrameKind::Attack | FrameKind::Generic | FrameKind::Toll);
        mention.shells |= content.shells && matches!(slot, Slot::Means | Slot::Perpetrator | Slot::Target);
        match slot {
            Slot::None | Slot::Act | Slot::Origin | Slot::Goal => {}
            Slot::Perpetrator => {
                let harmed = violent
                    && !content.fighter()
                    && content.weapons.is_empty()
                    && (content.unarmed() || !content.objects.is_empty() || !content.places.is_empty());
                if harmed || violent && self.belongs(chunk) {
                    return self.fill(mention, c, Slot::Target, f);
                }
                mention.weapons.extend(content.weapons.iter().map(|(w, i)| (*w, *i..*i + 1)));
                let adjective_ok = !content.weapons.is_empty() || content.person.is_some() || content.unit;
                for a in &content.actors {
                    if !a.adjective || adjective_ok || content.actors.len() == 1 {
                        mention.parties.push(party(Role::Perpetrator, a));
                    }
                }
                if content.actors.is_empty() && f.action == Action::Protest && content.person.is_some() {
                    let items = chunk.items.clone();
                    mention.parties.push(Party {
                        role: Role::Perpetrator,
                        code: "civilians".into(),
                        unit: None,
                        items,
                        armed: false,
                        rule: None,
                        charged: false,
                    });
                }
                mention.places.extend(
                    content
                        .places
                        .iter()
                        .filter(|_| violent || matches!(f.action, Action::TerritoryGain | Action::Protest | Action::Riot))
                        .copied()
                        .filter(|_| content.actors.is_empty()),
                );
                // «قصف الجيش حي …»: what was hit follows who did it.
                if let Some(end) = content.actors.iter().map(|a| a.items.end).max().filter(|_| violent && mention.verb) {
                    mention.places.extend(content.places.iter().filter(|p| self.places.get(**p).is_some_and(|p| p.items.start >= end)));
                }
            }
            Slot::Target => {
                for a in &content.actors {
                    if !a.adjective || content.group() == Some(Group::Combatants) || content.unit {
                        if a.nation && !content.places.is_empty() && content.objects.is_empty() {
                            continue;
                        }
                        mention.parties.push(party(Role::Target, a));
                    }
                }
                if content.actors.iter().all(|a| a.adjective)
                    && let Some((value, _, i)) = content.person
                {
                    let code = match content.group() {
                        Some(g) => party_of(g).map(str::to_owned),
                        None => self.stage.lexicon.pack().ids.get(value.saturating_sub(100) as usize).cloned(),
                    };
                    if let Some(code) = code {
                        let role = Role::Target;
                        mention.parties.push(Party { role, code, unit: None, items: i..i + 1, armed: false, rule: None, charged: false });
                    }
                }
                mention.objects.extend(content.objects.iter().map(|(o, i)| (*o, *i..*i + 1)));
                // «استهداف طائرة مسيرة سيارة»: what flies or fires is the means, unless it was brought down.
                let platform = |w: WeaponClass| {
                    matches!(w, WeaponClass::Drone | WeaponClass::Warplane | WeaponClass::Helicopter | WeaponClass::Artillery)
                };
                let means = f.kind == FrameKind::Generic && content.objects.is_empty() && content.person.is_none();
                for (w, i) in &content.weapons {
                    if f.action == Action::Interception || means && platform(*w) {
                        mention.weapons.push((*w, *i..*i + 1));
                    }
                }
                mention.places.extend(&content.places);
            }
            Slot::Victim | Slot::Counted => self.count(mention, chunk, &content, f),
            Slot::Means => {
                mention.weapons.extend(content.weapons.iter().map(|(w, i)| (*w, *i..*i + 1)));
                if content.weapons.is_empty() {
                    mention.places.extend(&content.places);
                    mention.objects.extend(content.objects.iter().filter(|_| !content.places.is_empty()).map(|(o, i)| (*o, *i..*i + 1)));
                } else {
                    for a in &content.actors {
                        mention.parties.push(party(Role::Perpetrator, a));
                    }
                    // «بقذائف الهاون محيط مدينة …»: what was hit follows the means.
                    let last = content.weapons.iter().map(|w| w.1).max().unwrap_or(0);
                    mention.places.extend(content.places.iter().filter(|p| self.places.get(**p).is_some_and(|p| p.items.start > last)));
                }
            }
            Slot::Place => {
                mention.places.extend(&content.places);
                if f.action == Action::TerritoryGain && (content.unit || !content.objects.is_empty()) {
                    mention.parties.extend(content.actors.iter().filter(|a| a.may_fight()).map(|a| party(Role::Target, a)));
                }
                mention
                    .objects
                    .extend(content.objects.iter().filter(|(o, _)| at_place(f.action, violent, *o)).map(|(o, i)| (*o, *i..*i + 1)));
            }
            Slot::Party => {
                for a in content.actors.iter().filter(|a| !a.adjective || content.unit || content.person.is_some()) {
                    let first =
                        chunk.prep != Some(Prep::With) && !mention.sided && !mention.parties.iter().any(|p| p.role == Role::Perpetrator);
                    let both = f.action == Action::Agreement;
                    mention.parties.push(party(if first || both { Role::Perpetrator } else { Role::Target }, a));
                }
                if content.actors.is_empty() {
                    mention.places.extend(content.places.iter().filter(|_| f.action != Action::Agreement));
                    if content.unarmed() && f.action == Action::Clash && !mention.parties.is_empty() {
                        let items = chunk.items.clone();
                        mention.parties.push(Party {
                            role: Role::Target,
                            code: "civilians".into(),
                            unit: None,
                            items,
                            armed: false,
                            rule: None,
                            charged: false,
                        });
                    }
                }
            }
            Slot::Ally => {
                for a in content.actors.iter().filter(|a| !a.adjective) {
                    mention.parties.push(party(Role::Ally, a));
                }
            }
        }
    }
}

/// Whether a thing told as the place of an act was its object: a road only says where.
fn at_place(action: Action, violent: bool, object: ObjectClass) -> bool {
    use ObjectClass::{Airport, Base, Checkpoint, GovernmentBuilding, Headquarters, Road};
    match action {
        Action::TerritoryGain => matches!(object, Airport | Base | Checkpoint | GovernmentBuilding | Headquarters),
        _ => violent && object != Road,
    }
}
