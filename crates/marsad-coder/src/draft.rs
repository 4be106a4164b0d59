//! Mentions of one happening brought together: first within a sentence, then over the document.

use crate::days::Days;
use crate::mention::{Mention, Party, Toll};
use crate::parse::{Node, Parse};
use crate::scan::Scan;
use marsad_language::{Class, FrameKind, Nation, Prep};
use marsad_model::{Action, Family, Realis, Role, Scope, WeaponClass};
use smallvec::{SmallVec, smallvec};
use std::ops::Range;

/// A place of a draft: sentence, and index into its places.
pub(crate) type PlaceAt = (usize, usize);

/// A few indices; most happenings are told by no more mentions, in no more sentences.
pub(crate) type Few = SmallVec<[usize; 4]>;

/// One happening, as far as it is put together.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// Indices of its mentions in the document, in order.
    pub mentions: Few,
    pub sentences: Few,
    pub action: Action,
    /// Whether only words for attacks in general told it so far.
    pub generic: bool,
    /// Whether only a toll told it so far.
    pub toll_only: bool,
    pub parties: Vec<Party>,
    pub weapons: Vec<(WeaponClass, Range<usize>)>,
    pub objects: Vec<(marsad_model::ObjectClass, Range<usize>)>,
    pub places: Vec<PlaceAt>,
    /// Whether its places only stand near it in the sentence.
    pub lent: bool,
    pub tolls: Vec<Toll>,
    pub when: Option<(Days, Range<usize>)>,
    /// The day of which the report speaks around it, where its own words tell none.
    pub amid: Option<Days>,
    pub scope: Scope,
    pub realis: Realis,
    pub definite: bool,
    pub strikes: Option<u32>,
    pub air: bool,
    pub shells: bool,
    /// Whether a verb of its own carries its indefinite noun.
    pub opens: bool,
    pub needs_met: bool,
    /// Whether one before it happened on a later day.
    pub outdated: bool,
    /// How likely a draft before it tells the same, 0 to 1.
    pub echo: f64,
    /// How likely a draft after it tells the same.
    pub echoed: f64,
}

/// Brings the mentions of one sentence together. Returns groups of mentions.
pub(crate) fn link_sentence(scan: &Scan, parse: &Parse, mentions: &[Mention]) -> Vec<Few> {
    let mut group_of = Few::new();
    let mut groups: Vec<Few> = Vec::new();
    for (j, m) in mentions.iter().enumerate() {
        let mut home = None;
        if let Some(a) = m.absorbed_by
            && a < j
        {
            home = Some(group_of[a]);
        } else if j > 0 {
            let p = &mentions[j - 1];
            let gap = Gap::between(scan, parse, p, m);
            let previous = group_of[j - 1];
            home = joins(mentions, &groups[previous], p, m, &gap).then_some(previous);
            // A toll may reach back over a deed to the attack before it.
            if home.is_none() && m.kind == FrameKind::Toll && gap.cause && groups.len() > 1 {
                home = (0..groups.len()).rev().find(|g| groups[*g].iter().any(|x| is_act(&mentions[*x])));
            }
        }
        match home {
            Some(g) => {
                groups[g].push(j);
                group_of.push(g);
            }
            None => {
                group_of.push(groups.len());
                groups.push(smallvec![j]);
            }
        }
    }
    groups
}

/// Whether a mention tells an attack. «سقط» without what fell tells none: «سقط قتلى إثر قصف».
fn is_act(m: &Mention) -> bool {
    (m.met || !m.verb) && matches!(m.kind, FrameKind::Attack | FrameKind::Generic)
}

/// Whether a mention tells a strike from afar or a blast.
fn from_afar(m: &Mention) -> bool {
    let far = matches!(m.action.family(), Family::Air | Family::IndirectFire | Family::Blast);
    far && matches!(m.kind, FrameKind::Attack | FrameKind::Generic)
}

/// The code of class `conj` for words that open an account of what was said: «حيث», «إذ».
const HOW: u32 = 4;
/// A verb for its blast follows a device within so many items.
const DEVICE: usize = 4;
/// Alliances of states that have aircraft.
const ALLIANCES: [&str; 2] = ["coalition", "arab-coalition"];
/// The code of class `response` for words of answer.
const ANSWER: u32 = 0;
/// The code of class `conj` for «بعد أن».
const AFTER: u32 = 8;

/// What stands between two mentions.
struct Gap {
    cause: bool,
    /// Whether a word that opens an account of it stands there: "where", "as".
    how: bool,
    /// Whether «بعد أن» stands there.
    after: bool,
    /// Whether words of answer stand there: «رداً على».
    answer: bool,
    weak_break: bool,
    strong_break: bool,
    other_verb: bool,
}

impl Gap {
    fn between(scan: &Scan, parse: &Parse, a: &Mention, b: &Mention) -> Gap {
        let mut out =
            Gap { cause: false, how: false, after: false, answer: false, weak_break: false, strong_break: false, other_verb: false };
        for i in a.items.end..b.items.start {
            let item = &scan.items[i];
            if scan.is(item, Class::Cause) {
                out.cause = true;
            }
            out.how |= scan.value(item, Class::Conj) == Some(HOW);
            out.after |= scan.value(item, Class::Conj) == Some(AFTER);
            out.answer |= scan.value(item, Class::Response) == Some(ANSWER);
            if item.is_mark(';') || matches!(scan.value(item, Class::Conj), Some(3 | 7)) {
                out.strong_break = true;
            }
        }
        let at = |m: &Mention| parse.nodes.iter().position(|n| *n == Node::Pivot(m.pivot)).unwrap_or(0);
        for node in &parse.nodes[at(a) + 1..at(b)] {
            match node {
                Node::Break => out.weak_break = true,
                Node::Pivot(p) => {
                    let p = &parse.pivots[*p];
                    if p.cause {
                        out.cause = true;
                    }
                    if p.verb.is_some() && !p.cause && p.carry.is_none() {
                        out.other_verb = true;
                    }
                }
                _ => {}
            }
        }
        out
    }
}

fn joins(all: &[Mention], group: &[usize], p: &Mention, m: &Mention, gap: &Gap) -> bool {
    // «ضربات … رداً على مقتل …»: what is answered is another happening.
    if gap.strong_break || gap.answer && m.kind == FrameKind::Toll && p.kind != FrameKind::Toll {
        return false;
    }
    // «سقط قتلى في قصف …»: a verb that only carries the toll tells no attack.
    let has_act = group.iter().any(|g| is_act(&all[*g]) && (all[*g].met || p.kind != FrameKind::Toll));
    let deed = group.iter().all(|g| all[*g].kind == FrameKind::Deed);
    match m.kind {
        FrameKind::Toll => {
            // «اقتحم مسلحون القرية وقتلوا …»
            if deed && p.action == Action::Raid && m.verb && m.and && !gap.weak_break && !follows_others(all, group, m) {
                return true;
            }
            if deed {
                return false;
            }
            if gap.cause {
                return true;
            }
            // The same outcome told twice with two exact numbers is two happenings.
            let twice = m.tolls.iter().filter(|t| !t.part && t.count.best.is_some()).any(|t| {
                group
                    .iter()
                    .flat_map(|g| &all[*g].tolls)
                    .any(|o| o.outcome == t.outcome && !o.part && o.count.best.is_some() && o.count != t.count)
            });
            if twice && !m.definite {
                return false;
            }
            if p.kind == FrameKind::Toll {
                return !gap.other_verb || !gap.weak_break;
            }
            !gap.weak_break || !m.and
        }
        FrameKind::Attack | FrameKind::Generic => {
            // «عمليات الاغتيال والهجمات»: a general noun joined to another.
            if m.kind == FrameKind::Generic
                && m.and
                && !m.verb
                && !p.verb
                && has_act
                && m.items.start == p.items.end
                && !m.has_perpetrator()
            {
                return true;
            }
            let leads = m.because || matches!(m.prep, Some(Prep::By | Prep::In | Prep::After | Prep::During | Prep::Agent));
            // «غارات لقصف مواقع»: what an act is meant for is the act.
            if has_act && m.prep == Some(Prep::To) && !m.verb && !m.and && !gap.weak_break && p.action.is_violent() && m.action.is_violent()
            {
                return true;
            }
            // «اغتال مجهولون … بإطلاق النار عليه»: by what an act was done.
            let means =
                m.prep == Some(Prep::By) && !m.verb && !m.and && !m.has_perpetrator() && p.action.is_violent() && m.action.is_violent();
            let done = p.verb || p.carried || p.has_perpetrator();
            if has_act && means && p.kind == FrameKind::Attack && done && !gap.weak_break && !gap.other_verb {
                return true;
            }
            // «اغتيل بعبوة لاصقة انفجرت بسيارته»: what went off was the means.
            let device = p.weapons.iter().any(|w| w.1.end <= m.items.start && w.1.start + DEVICE > m.items.start);
            if m.action == Action::Explosion && m.verb && !m.and && device && !m.has_perpetrator() && !gap.weak_break {
                return true;
            }
            // «سوّت غارة مربعاً سكنياً بالأرض»: the strike wrecked it.
            let wrecks = p.kind == FrameKind::Deed && p.action == Action::Destruction && p.verb && !p.has_perpetrator();
            if wrecks && from_afar(m) && !m.verb && !m.and && m.prep.is_none() && m.items.start == p.items.end {
                return true;
            }
            // «مجزرة بقصف منزل», «مجزرة في غارة على …»: by what they were killed.
            let slain = p.kind == FrameKind::Attack && p.action == Action::Killing;
            if slain && leads && !m.verb && !m.and && !gap.weak_break && !gap.other_verb {
                return true;
            }
            // «قتل خمسة مدنيين بعد أن قصفت …»
            if p.kind == FrameKind::Toll && !has_act && gap.after && !m.and && m.action.is_violent() {
                return true;
            }
            // «قصف أطراف المدينة، إذ استهدفت …»: a clause that says how.
            if has_act && gap.how && !m.and && (m.kind == FrameKind::Generic || m.action.family() == p.action.family()) {
                return true;
            }
            if p.kind == FrameKind::Toll && !has_act && leads && !m.verb {
                return true;
            }
            if p.kind == FrameKind::Toll && !has_act && !gap.weak_break && !m.verb {
                return true;
            }
            if has_act || p.kind == FrameKind::Toll {
                let back = (m.definite || m.pronoun) && !m.and;
                let generic = m.kind == FrameKind::Generic || all[group[0]].kind == FrameKind::Generic;
                let same = m.action.family() == p.action.family();
                if back && (same || generic) && m.places.is_empty() && !gap.weak_break {
                    return true;
                }
                // «سقط صاروخ أطلقه …»: a verb that means what fell by its pronoun.
                let told = m.verb && m.pronoun && !m.and && !gap.weak_break && !gap.other_verb;
                if m.relative && (same || generic) || told && (same || p.kind == FrameKind::Toll) {
                    return true;
                }
                // «قصف … استهدف أطراف المدينة»: a general verb without an actor of its own goes on with the attack before it.
                if m.kind == FrameKind::Generic && m.verb && !m.and && has_act && !m.has_perpetrator() && !gap.other_verb {
                    return true;
                }
                if leads && !m.and && generic && !gap.weak_break && has_act {
                    return true;
                }
            }
            false
        }
        FrameKind::Deed => {
            let same = group.iter().any(|g| all[*g].action == m.action);
            // «داهمت … واعتقلت …», «حملة مداهمات واعتقالات»: a raid that ends in arrests is one seizure (codebook, section 5).
            if m.action == Action::Detention && p.action == Action::Raid && deed && !follows_others(all, group, m) {
                return true;
            }
            // «القصف دمّر منازل وأحرق مخزناً», «هجوم أحرق طائرة»: what a strike did is part of it.
            let close = !gap.weak_break && !gap.other_verb && !gap.cause;
            let struck = group.iter().any(|g| is_act(&all[*g]) && from_afar(&all[*g]));
            let noun = is_act(p) && !p.verb && !m.and && !m.has_perpetrator() && m.modal.is_none() && m.items.start == p.items.end;
            if m.action == Action::Destruction && m.verb && close && (struck && !follows_others(all, group, m) || noun) {
                return true;
            }
            let led = m.because || matches!(m.prep, Some(Prep::In | Prep::After | Prep::During));
            // «مقتل شخصين في عملية مداهمة»
            // «قُتل بلغم أثناء التمشيط»: what blew up was none of the raiders'.
            let blown = p.weapons.iter().any(|w| matches!(w.0, WeaponClass::Ied | WeaponClass::Landmine | WeaponClass::Uxo));
            let raid = m.action == Action::Raid && p.kind == FrameKind::Toll && !has_act && led && !m.verb && !gap.weak_break && !blown;
            raid || same && !gap.weak_break && !m.and && !gap.other_verb
        }
    }
}

/// Whether a mention names who acted and none of them acted in the group before it.
fn follows_others(all: &[Mention], group: &[usize], m: &Mention) -> bool {
    let actors = |m: &Mention| m.parties.iter().filter(|p| p.role == Role::Perpetrator).map(|p| p.code.clone()).collect::<Vec<_>>();
    let before: Vec<String> = group.iter().flat_map(|g| actors(&all[*g])).collect();
    let now = actors(m);
    !before.is_empty() && !now.is_empty() && !now.iter().any(|a| before.contains(a))
}

impl Draft {
    /// The draft of a group of mentions of one sentence.
    pub fn open(all: &[Mention], group: &[usize], offset: usize) -> Draft {
        let first = &all[group[0]];
        let mut out = Draft {
            mentions: group.iter().map(|g| g + offset).collect(),
            sentences: smallvec![first.sentence],
            action: first.action,
            generic: true,
            toll_only: group.iter().filter(|g| all[**g].met || group.len() == 1).all(|g| all[*g].kind == FrameKind::Toll),
            parties: Vec::new(),
            weapons: Vec::new(),
            objects: Vec::new(),
            places: Vec::new(),
            lent: false,
            tolls: Vec::new(),
            when: None,
            amid: None,
            scope: Scope::Incident,
            realis: Realis::Actual,
            definite: false,
            strikes: None,
            air: false,
            shells: false,
            opens: first.carried && !first.definite && !first.pronoun,
            needs_met: true,
            outdated: false,
            echo: 0.0,
            echoed: 0.0,
        };
        let mut best: Option<(u8, Action, bool)> = None;
        let any_met = group.iter().any(|g| all[*g].met);
        for g in group {
            let m = &all[*g];
            let rank = match m.kind {
                _ if any_met && !m.met => 100,
                FrameKind::Attack => m.action.specificity(),
                FrameKind::Deed if m.action == Action::Destruction && group.iter().any(|g| is_act(&all[*g])) => 50,
                FrameKind::Deed if m.action == Action::Raid => 11,
                FrameKind::Deed => 10,
                FrameKind::Generic => 30,
                FrameKind::Toll => 40 + m.action.specificity(),
            };
            if best.is_none_or(|b| rank < b.0) {
                best = Some((rank, m.action, m.kind == FrameKind::Generic));
            }
            for p in &m.parties {
                add_party(&mut out.parties, p);
            }
            out.weapons.extend(m.weapons.iter().cloned());
            out.objects.extend(m.objects.iter().cloned());
            for p in &m.places {
                let at = (m.sentence, *p);
                if !out.places.contains(&at) {
                    out.places.push(at);
                }
            }
            out.tolls.extend(m.tolls.iter().cloned());
            out.air |= m.air;
            out.shells |= m.shells;
            if m.kind != FrameKind::Toll
                && let Some(n) = m.count.and_then(|c| c.best)
            {
                out.strikes = out.strikes.or(Some(n));
            }
        }
        if let Some((_, action, generic)) = best {
            out.action = action;
            out.generic = generic;
        }
        out.name_sides(all, group);
        out.definite = group.iter().any(|g| all[*g].definite || all[*g].pronoun);
        out
    }

    /// Of a clash of which only adversaries are told, those who fell fought the others: «مقتل عنصر من … باشتباك مع …».
    fn name_sides(&mut self, all: &[Mention], group: &[usize]) {
        if self.action != Action::Clash || self.codes(Role::Perpetrator).next().is_some() {
            return;
        }
        let fights = |p: &&Party| p.role == Role::Target && p.armed;
        let adversaries: Vec<&Party> =
            group.iter().map(|g| &all[*g]).filter(|m| m.action == Action::Clash).flat_map(|m| m.parties.iter().filter(fights)).collect();
        let fell = |p: &&mut Party| p.role == Role::Target && p.armed && !adversaries.iter().any(|a| a.code == p.code);
        if !adversaries.is_empty()
            && let Some(side) = self.parties.iter_mut().find(fell)
        {
            side.role = Role::Perpetrator;
        }
    }

    /// Lets the means decide what kind of attack it was (codebook, section 2).
    pub fn refine(&mut self, scan: &Scan, nations: &[Nation], all: &[Mention]) {
        use WeaponClass::*;
        // «قتلوا ثلاثة من المهاجمين»: where both sides are named, fighters whom nobody names belong to one of them.
        let named = |role: Role| self.parties.iter().any(|p| p.role == role && p.armed && p.code != "unidentified");
        if named(Role::Perpetrator) && named(Role::Target) {
            self.parties.retain(|p| p.role != Role::Target || p.code != "unidentified");
        }
        // What the bare word calls the same is a rocket where no army of a state fired it.
        let state = |p: &Party| p.role == Role::Perpetrator && nations.iter().any(|n| n.actor == p.code);
        let unguided = !self.parties.iter().any(state);
        let bare = |items: &Range<usize>| scan.items.get(items.start).is_some_and(|i| scan.is(i, Class::Projectile));
        // Dozens of them are rockets whoever fires.
        let many = |items: &Range<usize>| items.start > 0 && scan.items.get(items.start - 1).is_some_and(|i| scan.is(i, Class::Vague));
        let flown = self.air || self.weapons.iter().any(|w| matches!(w.0, Warplane | Helicopter | Drone));
        for w in self.weapons.iter_mut().filter(|w| bare(&w.1)) {
            match w.0 {
                Missile if !flown && (unguided || many(&w.1)) => w.0 = Rocket,
                // «غارة بصاروخ موجه»
                Atgm if flown => w.0 = Missile,
                // «ألقت صواريخ فراغية»
                AircraftBomb => {
                    w.0 = Missile;
                    self.air = true;
                }
                _ => {}
            }
        }
        // «لغم من مخلفات الحرب»: where it comes from.
        let mines: Vec<usize> = self.weapons.iter().filter(|w| w.0 == Landmine).map(|w| w.1.end).collect();
        self.weapons.retain(|w| w.0 != Uxo || !mines.contains(&w.1.start));
        let has = |w: WeaponClass| self.weapons.iter().any(|x| x.0 == w);
        let any = |ws: &[WeaponClass]| ws.iter().any(|w| has(*w));
        let aerial = self.air || any(&[Warplane, Helicopter, AircraftBomb, BarrelBomb]);
        let means = if has(Chemical) {
            Some(Action::ChemicalAttack)
        } else if has(ExplosiveBelt) {
            Some(Action::SuicideAttack)
        } else if has(Drone) {
            Some(Action::DroneStrike)
        } else if aerial {
            Some(Action::Airstrike)
        } else if has(VehicleBomb) {
            Some(Action::CarBomb)
        } else if any(&[Ied, Landmine, Uxo]) {
            Some(Action::ExplosiveDevice)
        } else if any(&[Artillery, Mortar, Rocket, Tank, ClusterMunition]) || self.shells && !has(Missile) {
            Some(Action::Shelling)
        } else if any(&[Missile, Atgm]) {
            Some(Action::MissileStrike)
        } else if has(Grenade) {
            Some(Action::Grenade)
        } else {
            None
        };
        // «ضربة»: from the air where a state or alliance struck, or nobody knows who.
        let flies = |p: &Party| state(p) || ALLIANCES.contains(&p.code.as_str());
        let mut acted = self.parties.iter().filter(|p| p.role == Role::Perpetrator).peekable();
        if means.is_none() && self.generic && self.action == Action::Airstrike && acted.peek().is_some() && !acted.any(flies) {
            self.action = Action::ArmedAttack;
        }
        if means.is_none() && self.generic && any(&[SmallArms, MachineGun, Sniper, Rpg, Blade]) {
            self.generic = false;
        }
        // «قُتل … برصاص …» tells how; of a body found with bullets in it nobody knows.
        let shot = |m: &usize| all.get(*m).is_some_and(|m| !m.people || m.carried && !m.found);
        let shot = self.action == Action::Killing && self.toll_only && self.mentions.iter().any(shot);
        if means.is_none() && shot && any(&[SmallArms, MachineGun, Sniper, Blade]) {
            self.toll_only = false;
            self.action = Action::ArmedAttack;
        }
        let Some(means) = means else { return };
        self.action = match self.action {
            Action::ArmedAttack | Action::Airstrike if self.generic => means,
            // «مجزرة بقذائف الهاون»
            Action::Killing if !self.toll_only && means.family() != Action::Killing.family() => means,
            Action::Shelling if matches!(means, Action::ChemicalAttack | Action::DroneStrike | Action::Airstrike | Action::Grenade) => {
                means
            }
            Action::Shelling if means == Action::MissileStrike && !any(&[Artillery, Rocket, Mortar, Tank]) => means,
            Action::Airstrike if matches!(means, Action::DroneStrike | Action::ChemicalAttack) && !has(Warplane) => means,
            Action::Explosion
                if matches!(
                    means,
                    Action::ExplosiveDevice | Action::CarBomb | Action::SuicideAttack | Action::Grenade | Action::DroneStrike
                ) =>
            {
                means
            }
            Action::Killing
                if self.toll_only
                    && matches!(
                        means,
                        Action::ExplosiveDevice
                            | Action::CarBomb
                            | Action::Shelling
                            | Action::DroneStrike
                            | Action::Airstrike
                            | Action::MissileStrike
                    ) =>
            {
                self.toll_only = false;
                means
            }
            Action::Destruction
                if self.toll_only
                    && matches!(means, Action::Airstrike | Action::DroneStrike | Action::Shelling | Action::MissileStrike) =>
            {
                self.toll_only = false;
                means
            }
            same => same,
        };
    }

    /// Takes another draft of the same happening in.
    pub fn absorb(&mut self, other: Draft) {
        self.mentions.extend(other.mentions);
        for s in other.sentences {
            if !self.sentences.contains(&s) {
                self.sentences.push(s);
            }
        }
        let replace = (self.toll_only && !other.toll_only) || (self.generic && !other.generic && !other.toll_only);
        let sharper = !other.generic && !other.toll_only && other.action.specificity() < self.action.specificity();
        if replace || sharper && !self.toll_only {
            self.action = other.action;
            self.generic = other.generic;
        }
        self.toll_only &= other.toll_only;
        // «سيطر … على البلدة بعد انسحاب …»: who left a place that others took lost it.
        let lost = self.action == Action::TerritoryGain && other.action == Action::Withdrawal;
        for p in &other.parties {
            let took = lost && self.parties.iter().any(|q| q.role == Role::Perpetrator && q.body() == p.body());
            match p.role {
                Role::Perpetrator if lost && !took => add_party(&mut self.parties, &Party { role: Role::Target, ..p.clone() }),
                _ => add_party(&mut self.parties, p),
            }
        }
        self.weapons.extend(other.weapons);
        self.objects.extend(other.objects);
        for p in other.places {
            if !self.places.contains(&p) {
                self.places.push(p);
            }
        }
        self.tolls.extend(other.tolls);
        if self.when.as_ref().is_none_or(|w| w.0.precision != marsad_model::WhenPrecision::Day) && other.when.is_some() {
            self.when = other.when;
        }
        self.strikes = self.strikes.or(other.strikes);
        self.air |= other.air;
        self.shells |= other.shells;
        self.needs_met |= other.needs_met;
    }

    /// Takes from a heading what the report itself does not say.
    pub fn take_heading(&mut self, heading: Draft) {
        let has = |role: Role| self.parties.iter().any(|p| p.role == role);
        let harmed = has(Role::Target) || has(Role::Victim);
        let acted = has(Role::Perpetrator);
        let parties: Vec<Party> =
            heading.parties.iter().filter(|p| if p.role == Role::Perpetrator { !acted } else { !harmed }).cloned().collect();
        let tolls: Vec<Toll> = heading.tolls.iter().filter(|t| !self.tolls.iter().any(|s| s.outcome == t.outcome)).cloned().collect();
        let heading = Draft {
            parties,
            tolls,
            weapons: if self.weapons.is_empty() { heading.weapons } else { Vec::new() },
            objects: if self.objects.is_empty() { heading.objects } else { Vec::new() },
            places: if self.places.is_empty() { heading.places } else { Vec::new() },
            ..heading
        };
        self.absorb(heading);
        self.mentions.sort_unstable();
        self.sentences.sort_unstable();
    }

    /// The mention that tells most plainly what happened.
    pub fn trigger<'m>(&self, mentions: &'m [Mention]) -> &'m Mention {
        let rank = |m: &&usize| {
            let mention = &mentions[**m];
            let kind = match mention.kind {
                FrameKind::Attack | FrameKind::Deed => 0,
                FrameKind::Generic => 1,
                FrameKind::Toll => 2,
            };
            (mention.verb && !mention.met, kind, mention.action != self.action, mention.heading, **m)
        };
        let best = self.mentions.iter().min_by_key(rank).copied().unwrap_or(self.mentions[0]);
        &mentions[best]
    }

    pub fn codes(&self, role: Role) -> impl Iterator<Item = &str> {
        self.parties.iter().filter(move |p| p.role == role).map(|p| p.code.as_str())
    }
}

/// Parties so few items apart are named together.
const BESIDE: usize = 2;

pub(crate) fn add_party(parties: &mut Vec<Party>, party: &Party) {
    // «مليشيات الحوثي وقوات صالح»: two bodies of one side, named together, are two.
    let beside =
        |p: &Party| p.armed && party.armed && party.items.start > p.items.end.max(1) - 1 && party.items.start - p.items.end <= BESIDE;
    match parties.iter_mut().find(|p| {
        p.body() == party.body()
            && !(p.role == party.role && beside(p))
            && (p.role == party.role || matches!((p.role, party.role), (Role::Target | Role::Victim, Role::Target | Role::Victim)))
    }) {
        Some(p) => {
            if p.unit.is_none() {
                p.unit = party.unit.clone();
            }
        }
        None => parties.push(party.clone()),
    }
}
