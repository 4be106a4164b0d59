//! From the parse of a sentence to mentions.

use crate::actor::{ActorHit, Stage};
use crate::content::Content;
use crate::fill::is_crowd;
use crate::mention::{Mention, Party};
use crate::parse::{Chunk, Node, Parse, Pivot, ROUNDS};
use crate::place::PlaceMention;
use crate::scan::Scan;
use crate::walk::Trigger;
use marsad_language::{Class, Frame, FrameKind, Inflection, Needs, Prep, Reading, RoleSet, Slot};
use marsad_model::{Action, Outcome, Role, WeaponClass};
use marsad_text::Kind;
use std::cell::OnceCell;
use std::ops::Range;

/// A pronoun that belongs to a trigger stands within so many items after it.
const NEAR: usize = 4;
/// What a pronoun means stands within so many items before it.
const BACK: usize = 40;
/// The code of class `marker` for those who die by their own bomb.
const SUICIDE: u32 = 11;
/// The code of class `marker` for both sides.
const BOTH: u32 = 16;
/// So many items before a trigger, and after it, both sides are told.
const BOTH_BEFORE: usize = 3;
const BOTH_AFTER: usize = 5;
/// The code of class `marker` for what is like the one before.
const ALIKE: u32 = 15;
/// The code of class `conj` for words that go on.
const AND: u32 = 0;
/// A pronoun for a part of what flew stands within so many items after the word for bringing it down.
const PART: usize = 4;
/// What is brought down stands within so many items after the verb.
const AHEAD: usize = 14;

/// Reads the mentions of one sentence.
pub(crate) struct Reader<'a, 'b> {
    pub stage: &'b Stage<'a>,
    pub scan: &'a Scan,
    pub sentence: usize,
    pub range: Range<usize>,
    pub parse: &'b Parse,
    pub places: &'b [PlaceMention],
    /// What each noun phrase holds, once it was asked for.
    pub contents: Box<[OnceCell<Content<'a>>]>,
}

impl<'a, 'b> Reader<'a, 'b> {
    pub fn new(stage: &'b Stage<'a>, sentence: usize, parse: &'b Parse, places: &'b [PlaceMention]) -> Self {
        let contents = parse.chunks.iter().map(|_| OnceCell::new()).collect();
        Reader { stage, scan: stage.scan, sentence, range: stage.scan.sentences[sentence].clone(), parse, places, contents }
    }
}

impl<'a> Reader<'a, '_> {
    pub(crate) fn frame(&self, index: u32) -> &'a Frame {
        &self.stage.lexicon.pack().frames[index as usize]
    }
    pub(crate) fn roles(&self, frame: &Frame) -> &'a RoleSet {
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
            if self.is_held(pivot, self.frame(frame)) || self.is_fall(k, pivot, self.frame(frame)) {
                continue;
            }
            // People whom another mention counts already.
            let told = |n: &usize| out.get(*n).is_some_and(|m| m.outcome.is_some() || m.action == Action::Riot);
            if inflection.has(Inflection::PEOPLE) && absorbed[p].as_ref().is_some_and(told) {
                continue;
            }
            let mut mention = self.open(p, pivot, frame, inflection);
            mention.absorbed_by = absorbed[p];
            let trigger = Trigger { k, pivot, frame, inflection, number: out.len() };
            self.walk(trigger, &mut mention, &mut used, &mut absorbed);
            self.count_lost(k, &mut mention, self.frame(frame));
            Self::same_told_twice(&mut mention);
            if mention.action == Action::Detention {
                self.charge(&mut mention);
                by_no_authority(&mut mention);
            }
            self.of_body(&mut mention);
            for p in mention.parties.iter_mut().filter(|_| mention.action != Action::Agreement) {
                if let Some(code) = self.stage.beside(&p.items, &p.code) {
                    code.clone_into(&mut p.code);
                    p.unit = None;
                }
            }
            if mention.action == Action::Torture && !mention.has_perpetrator() {
                mention.parties.extend(self.jailer(k));
            }
            self.point_back(pivot, &mut mention);
            self.by_own_bomb(&mut mention);
            // «أطلقوا قنابل الغاز»: what is thrown is no shell.
            let thrown = mention.action == Action::Shelling && self.frame(frame).needs == Some(Needs::Weapon) && !mention.shells;
            if thrown && !mention.weapons.is_empty() && mention.weapons.iter().all(|w| w.0 == WeaponClass::Other) {
                mention.action = Action::ArmedAttack;
            }
            driven_out(&mut mention);
            strikes_things(&mut mention);
            let without = pivot.prep == Some(Prep::Without) && !mention.verb && mention.action == Action::Clash;
            if without || mention.negated && mention.kind == FrameKind::Toll {
                // «دون وقوع إصابات», «دون قتال»: nobody was harmed, nobody fought, which is no event.
                continue;
            }
            out.push(mention);
        }
        self.answer_for(&mut out, &absorbed);
        self.share(&mut out);
        self.same_people(&mut out);
        self.of_pronoun(&mut out);
        self.its_own(&mut out);
        make_off(&mut out);
        self.resume(&mut out);
        amid(&mut out);
        self.ascribed(&mut out);
        self.told_by_a_party(&mut out);
        self.regulars(&mut out);
        self.mourned(&mut out);
        self.fired_by(&mut out);
        after_battle(&mut out);
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
            let mask = Inflection::SINGULAR | Inflection::PLURAL | Inflection::DUAL | Inflection::FEMININE;
            let form_of = |b: &Mention| self.parse.pivots[b.pivot].verb.or(b.carrier);
            let same = |a: Inflection, b: Inflection| a.0 & mask == b.0 & mask;
            // «اقتحمت قوات … وأطلقت النار»: the same number and gender; verbs of several words may tell neither.
            let loosely = |a: Inflection| same(a, form) || a.has(Inflection::PHRASE) || form.has(Inflection::PHRASE);
            let last = mentions[..n].iter().rev().find_map(form_of);
            let agreeing = m.verb && m.outcome.is_none() && last.is_some_and(loosely) && !form.has(Inflection::PASSIVE);
            // «دفع الجيش بتعزيزات، وشن هجوماً على …»: the verb that carries it goes on, too.
            let carried = m.acts && m.carrier.is_some_and(|c| form_of(&mentions[n - 1]).is_some_and(|b| same(b, c)));
            if !(m.and && (plural || seizes || agreeing) || carried) || !acts || m.has_perpetrator() {
                continue;
            }
            let before = mentions[..n].iter().rev().find(|b| b.has_perpetrator());
            let who: Vec<Party> =
                before.map_or(Vec::new(), |b| b.parties.iter().filter(|p| p.role == Role::Perpetrator).cloned().collect());
            mentions[n].parties.extend(who);
        }
    }

    /// «منذ فقدانه السيطرة على …», «خلال انسحابها من …»: the body that the pronoun of an event noun means, the last one named before it
    /// in its sentence.
    fn its_own(&self, mentions: &mut [Mention]) {
        for m in mentions.iter_mut().filter(|m| !m.verb && m.pronoun && m.outcome.is_none()) {
            let role = match self.roles(self.frame(m.frame)).of {
                Slot::Perpetrator => Role::Perpetrator,
                Slot::Target if self.roles(self.frame(m.frame)).object == Slot::Place => Role::Target,
                _ => continue,
            };
            if m.parties.iter().any(|p| p.role == role) {
                continue;
            }
            let named = |a: &ActorHit| a.may_fight() && !a.adjective && !a.nation && a.code != "unidentified";
            let before = self.range.start.max(m.item.saturating_sub(BACK))..m.item;
            let body = self.stage.actors_in(before).into_iter().rev().find(named);
            let own = body.filter(|a| !m.parties.iter().any(|p| p.code == a.code));
            m.parties.extend(own.map(|a| Party { items: m.item..m.item + 1, ..Party::known(role, &a) }));
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
            modal: pivot.modal.or(item.has(Reading::WILL).then_some((Class::Future, pivot.item))),
            because: pivot.because,
            prep: pivot.prep,
            and: pivot.and || self.follows_then(pivot),
            relative: pivot.relative,
            count: pivot.count,
            parties: Vec::new(),
            weapons: Vec::new(),
            objects: Vec::new(),
            places: Vec::new(),
            tolls: Vec::new(),
            air: false,
            shells: self.scan.sense(item, Class::WeaponAdj).is_some_and(|s| s.0.value == ROUNDS && !s.1.has(Inflection::ADJECTIVE)),
            met: true,
            absorbed_by: None,
            carried: false,
            acts: false,
            found: false,
            carrier: None,
            governor: None,
            reach: pivot.items.end,
            heading: false,
            sided: false,
            ruled: false,
            crowd: inflection.has(Inflection::PEOPLE) && is_crowd(pivot.count),
            known: inflection.has(Inflection::PEOPLE) && self.is_known(pivot),
            site: false,
            manned: false,
            elided: false,
            both: self.both_act(pivot),
            alike: false,
        };
        mention.governor = self.governor(pivot);
        for (sense, _) in self.scan.senses(item) {
            if sense.class == Class::Weapon
                && !mention.shells
                && let Some(weapon) = WeaponClass::ALL.get(sense.value as usize)
            {
                mention.weapons.push((*weapon, pivot.item..pivot.item + 1));
            }
        }
        // «وسائط الدفاع الجوي تتصدى …»: words that tell of it name who does it as well.
        if f.action == Action::Interception && item.end - item.start > 1 {
            let own = self.stage.actors_in(pivot.item..pivot.item + 1).into_iter().find(|a| a.kind.is_armed() && !a.adjective);
            mention.parties.extend(own.map(|a| Party::known(Role::Perpetrator, &a)));
        }
        let next = self.scan.items.get(pivot.items.end).filter(|_| pivot.items.end < self.range.end);
        mention.alike = next.is_some_and(|n| self.scan.senses(n).iter().any(|s| s.0.class == Class::Marker && s.0.value == ALIKE));
        // Adjectives: means and nationality.
        for i in pivot.item + 1..pivot.items.end {
            for (sense, _) in self.scan.senses(&self.scan.items[i]) {
                match sense.class {
                    Class::Marker if sense.value == ALIKE => mention.alike = true,
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

    /// Whether words for both sides stand right by a trigger: «اتفق الجانبان», «تبادل الطرفان القصف», «اشتباكات بين الطرفين».
    fn both_act(&self, pivot: &Pivot) -> bool {
        let near = pivot.items.start.saturating_sub(BOTH_BEFORE).max(self.range.start)..(pivot.items.end + BOTH_AFTER).min(self.range.end);
        let both = |i: usize| self.scan.senses(&self.scan.items[i]).iter().any(|s| s.0.class == Class::Marker && s.0.value == BOTH);
        near.into_iter().filter(|i| both(*i)).any(|i| {
            let between = if i < pivot.items.start { i..pivot.items.start } else { pivot.items.end..i };
            !between.into_iter().any(|k| matches!(self.scan.items[k].kind, Kind::Mark(_)))
        })
    }

    /// «هاجم ثلاثة انتحاريين مقراً»: whatever they attack is a suicide attack.
    fn by_own_bomb(&self, mention: &mut Mention) {
        let own = |i: usize| {
            let item = self.scan.items.get(i);
            item.is_some_and(|item| self.scan.senses(item).iter().any(|s| s.0.class == Class::Marker && s.0.value == SUICIDE))
        };
        let by = mention.parties.iter().filter(|p| p.role == Role::Perpetrator).any(|p| p.items.clone().any(own));
        if by && mention.verb && matches!(mention.action, Action::ArmedAttack | Action::Explosion) {
            mention.action = Action::SuicideAttack;
        }
    }

    /// Whether a conjunction of its own leads to a verb: «ثم أضرموا النار».
    fn follows_then(&self, pivot: &Pivot) -> bool {
        let before = pivot.items.start.checked_sub(1).filter(|i| *i >= self.range.start);
        pivot.verb.is_some() && before.is_some_and(|i| self.scan.value(&self.scan.items[i], Class::Conj) == Some(AND))
    }

    /// What the pronouns by a trigger mean: «استولى عليها» a place, «أسقطتها» what flew.
    fn point_back(&self, pivot: &Pivot, mention: &mut Mention) {
        if matches!(mention.action, Action::TerritoryGain | Action::Withdrawal) {
            let end = self.range.end.min(pivot.items.end + NEAR);
            mention.site |= (pivot.items.end..end).any(|i| {
                let item = &self.scan.items[i];
                let prep = self.scan.value(item, Class::Prep).and_then(|p| Prep::ALL.get(p as usize));
                item.pronoun && matches!(prep, Some(Prep::On | Prep::From))
            });
        }
        if mention.action == Action::Interception && mention.weapons.is_empty() && !mention.shells {
            let weapon = |i: usize| {
                let item = &self.scan.items[i];
                let class = self.scan.value(item, Class::Weapon).and_then(|w| WeaponClass::ALL.get(w as usize))?;
                Some((*class, i..i + 1))
            };
            // «أسقطت بعد ساعات من الغارة طائرة»: what flew may stand behind words of time.
            let ends = |i: &usize| {
                let item = &self.scan.items[*i];
                matches!(item.kind, Kind::Mark(_)) || self.scan.senses(item).iter().any(|s| s.1.is_verb())
            };
            // «إسقاط ثلاث منها», «أسقطت معظمها»: the pronoun of a part of them means what flew before.
            let near = pivot.items.end..self.range.end.min(pivot.items.end + PART);
            let part = |i: usize| {
                let item = &self.scan.items[i];
                let from = self.scan.value(item, Class::Prep) == Some(Prep::From.code());
                let some = from || [Class::Vague, Class::Number, Class::Approx].iter().any(|c| self.scan.is(item, *c));
                item.pronoun && some || self.scan.is(item, Class::Among)
            };
            let back = || (self.range.start.max(pivot.items.start.saturating_sub(BACK))..pivot.items.start).rev().find_map(weapon);
            let ahead = || (pivot.items.end..self.range.end.min(pivot.items.end + AHEAD)).take_while(|i| !ends(i)).find_map(weapon);
            use WeaponClass::{Drone, Helicopter, Missile, Rocket};
            let found = if pivot.verb.is_some() && self.scan.items[pivot.item].pronoun {
                back()
            } else if near.take_while(|i| !ends(i)).any(part) {
                back().filter(|w| matches!(w.0, Drone | Helicopter | Missile | Rocket))
            } else {
                pivot.verb.and_then(|_| ahead())
            };
            // «ضبط … مستودعاً يحوي قذائف»
            let rounds = |i: usize| {
                let sense = self.scan.sense(&self.scan.items[i], Class::WeaponAdj);
                sense.is_some_and(|s| s.0.value == ROUNDS && !s.1.has(Inflection::ADJECTIVE))
            };
            mention.shells |= found.is_none()
                && pivot.verb.is_some()
                && (pivot.items.end..self.range.end.min(pivot.items.end + AHEAD)).take_while(|i| !ends(i)).any(rounds);
            mention.weapons.extend(found);
        }
        // «سقوط الفاشر في يد …»: a place falls, too.
        let fires = mention.action == Action::Shelling && self.frame(mention.frame).needs == Some(Needs::Weapon);
        if fires && mention.weapons.is_empty() && !mention.shells && !mention.places.is_empty() {
            let hand = mention.parties.iter().any(|p| p.role == Role::Perpetrator && p.armed);
            let agent = |c: &Chunk| c.prep == Some(Prep::Agent) && c.items.start >= pivot.items.end && c.items.end <= mention.reach;
            if hand && self.parse.chunks.iter().any(agent) || self.place_falls(pivot) {
                mention.action = Action::TerritoryGain;
                mention.kind = FrameKind::Deed;
            }
        }
    }

    /// Whether all that a verb of falling tells is the town that fell, named at once: «سقطت الفاشر أمس».
    fn place_falls(&self, pivot: &Pivot) -> bool {
        let at = self.parse.nodes.iter().position(|n| matches!(*n, Node::Pivot(p) if self.parse.pivots[p].item == pivot.item));
        let next = at.and_then(|k| self.parse.nodes.get(k + 1));
        let fell = pivot.verb.is_some_and(|v| v.has(Inflection::PAST | Inflection::FEMININE));
        let Some(Node::Chunk(c)) = next.filter(|_| fell) else { return false };
        let chunk = &self.parse.chunks[*c];
        let content = self.content(chunk.items.clone());
        let town = |n: &usize| self.places[*n].name == chunk.items;
        let only = content.actors.is_empty() && content.person.is_none() && content.objects.is_empty() && content.unknown == 0;
        let state = chunk.items.clone().any(|i| self.scan.is(&self.scan.items[i], Class::Nation));
        chunk.prep.is_none() && chunk.items.start == pivot.items.end && only && !state && content.places.iter().any(town)
    }

    /// Whether a word for control tells who holds a place rather than that it changed hands: «مناطق سيطرة …».
    pub(crate) fn is_held(&self, pivot: &Pivot, f: &Frame) -> bool {
        if f.action != Action::TerritoryGain {
            return false;
        }
        let before = pivot.items.start.checked_sub(1).filter(|i| *i >= self.range.start);
        let held =
            before.is_some_and(|i| self.scan.senses(&self.scan.items[i]).iter().any(|s| s.0.class == Class::Governor && s.0.value == 4));
        let present = pivot.verb.is_some_and(|v| v.has(Inflection::PRESENT));
        // «لم يعد التنظيم يسيطر على …»: a state of things, and over.
        let at = self.parse.nodes.iter().position(|n| matches!(*n, Node::Pivot(p) if self.parse.pivots[p].item == pivot.item));
        let over = at.and_then(|k| self.previous_pivot(k)).is_some_and(|(_, p)| p.negated.is_some() && p.frame.is_none());
        held || pivot.relative && present || over && present
    }

    /// Whether a word for falling only leads to those who fell: «سقوط أربعة قتلى», «وسقط قتيل».
    fn is_fall(&self, k: usize, pivot: &Pivot, f: &Frame) -> bool {
        let falls = self.roles(f).subject == Slot::Means && f.needs == Some(Needs::Weapon);
        let Some(Node::Pivot(next)) = self.parse.nodes.get(k + 1).filter(|_| falls) else { return false };
        let next = &self.parse.pivots[*next];
        let fell = next.frame.is_some_and(|(frame, form)| form.has(Inflection::PEOPLE) || self.frame(frame).outcome.is_some());
        // «سقط فيها ثلاثون شهيداً»
        let led = |i: usize| {
            let item = &self.scan.items[i];
            item.pronoun && self.scan.is(item, Class::Prep)
        };
        fell && next.verb.is_none() && next.items.start >= pivot.items.end && (pivot.items.end..next.items.start).all(led)
    }

    /// The nearest word within three items before the pivot, with no verb or comma between, that governs it.
    fn governor(&self, pivot: &Pivot) -> Option<u32> {
        // «قد قصفت»: before a verb in the past the word says that it was done.
        if pivot.verb.is_some_and(|v| v.has(Inflection::PAST)) {
            return None;
        }
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
}

/// «صاروخ أصاب مستودعاً»: a weapon that hits a thing or place, and of which nobody harmed is told, strikes it.
fn strikes_things(mention: &mut Mention) {
    let harms = matches!(mention.outcome, Some(Outcome::Injured | Outcome::Killed)) && mention.kind == FrameKind::Toll && mention.verb;
    let hit = !mention.objects.is_empty() || !mention.places.is_empty();
    let struck = mention.outcome == Some(Outcome::Injured) && mention.has_perpetrator() && !mention.objects.is_empty();
    if harms && mention.tolls.is_empty() && (!mention.weapons.is_empty() && hit || struck) {
        mention.kind = FrameKind::Generic;
        mention.action = Action::ArmedAttack;
        mention.outcome = None;
    }
}

/// «نزوح نحو مئة ألف شخص», «موجة نزوح»: those who leave bear no arms, whether or not the words say so.
fn driven_out(mention: &mut Mention) {
    let told = mention.parties.iter().any(|p| matches!(p.role, Role::Target | Role::Victim));
    if mention.action == Action::Displacement && !told {
        let items = mention.tolls.first().map_or_else(|| mention.items.clone(), |t| t.items.clone());
        mention.parties.push(Party::unarmed(Role::Victim, "civilians", items));
    }
}

/// «أوقفته مجموعة مسلحة مجهولة»: whom nobody knows or a tribe seizes is abducted; those who rule arrest.
fn by_no_authority(mention: &mut Mention) {
    let mut seized = mention.parties.iter().filter(|p| p.role == Role::Perpetrator).peekable();
    if seized.peek().is_some() && seized.all(|p| matches!(p.code.as_str(), "unidentified" | "tribal")) {
        mention.action = Action::Abduction;
        mention.outcome = mention.outcome.map(|_| Outcome::Abducted);
        mention.tolls.iter_mut().filter(|t| t.outcome == Outcome::Detained).for_each(|t| t.outcome = Outcome::Abducted);
    }
}

/// «اغتال مسلحون … ولاذوا بالفرار»: who strikes and is off has left no place that he held.
fn make_off(mentions: &mut [Mention]) {
    for n in 1..mentions.len() {
        let (before, rest) = mentions.split_at_mut(n);
        let (struck, left) = (before[..n].iter().any(|m| m.action.is_violent() && m.verb), &mut rest[0]);
        let off = left.action == Action::Withdrawal && left.verb && !left.has_perpetrator() && left.places.is_empty();
        left.ruled |= struck && off;
    }
}

/// «اقتحمت قوات … المخيم وسط إطلاق نار»: who acts amid the noise of arms that nobody else is told to make, makes it.
fn amid(mentions: &mut [Mention]) {
    for n in 1..mentions.len() {
        let (before, rest) = mentions.split_at_mut(n);
        let (act, noise) = (&before[n - 1], &mut rest[0]);
        let alone = !noise.verb && noise.prep == Some(Prep::Inside) && !noise.parties.iter().any(|p| p.armed);
        if alone && act.verb && noise.action.is_violent() {
            noise.parties.extend(act.parties.iter().filter(|p| p.role == Role::Perpetrator).cloned());
        }
    }
}

/// «سيطر الجيش على البلدة بعد معارك مع …»: who fought before a place changed hands took it or lost it.
fn after_battle(mentions: &mut [Mention]) {
    for n in 1..mentions.len() {
        let (before, rest) = mentions.split_at_mut(n);
        let (gain, clash) = (&mut before[n - 1], &mut rest[0]);
        let fought = clash.action == Action::Clash && !clash.verb && (clash.because || clash.prep == Some(Prep::After));
        if gain.action != Action::TerritoryGain || !fought {
            continue;
        }
        let of = |m: &Mention, role: Role| -> Vec<Party> { m.parties.iter().filter(|p| p.role == role && p.armed).cloned().collect() };
        if !clash.has_perpetrator() {
            clash.parties.extend(of(gain, Role::Perpetrator));
        }
        if !gain.parties.iter().any(|p| p.role == Role::Target) {
            gain.parties.extend(of(clash, Role::Target));
        }
    }
}
