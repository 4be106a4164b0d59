//! Who is said to stand behind a deed, or takes on what was told before.

use crate::actor::{ActorHit, code_of};
use crate::mention::{Mention, Party, Toll, body};
use crate::parse::{Carry, Node};
use crate::reader::Reader;
use marsad_language::{ActorKind, Class, FrameKind, Prep, Report, Slot};
use marsad_model::{Action, Group, Outcome, Role};
use marsad_text::Kind;

/// The code of class `marker` for "behind".
const BEHIND: u32 = 7;
/// The code of class `marker` for words that charge somebody with what was told.
const ASCRIBED: u32 = 8;
/// The code of class `marker` for soldiers and police of a state.
const REGULAR: u32 = 9;
/// The code of class `marker` for words before where fire came from, and how far after them who holds that place may be named.
pub(crate) const ORIGIN: u32 = 18;
const SOURCE: usize = 14;
/// So many items after them he is named.
const CHARGED: usize = 3;

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

    /// «وتبنت حركة … العملية», «وأعلن تنظيم … مسؤوليته»: the fighters who take on what was told in sentences before.
    pub(crate) fn claims(&self) -> Option<Party> {
        let none = vec![false; self.parse.chunks.len()];
        let claimed = |(k, node): (usize, &Node)| {
            let Node::Pivot(p) = *node else { return None };
            let pivot = self.parse.pivots.get(p)?;
            // «أعلن تنظيم …، الموالي لـ…، مسؤوليته»: his own, past what is said of him.
            if pivot.report == Some(Report::Accuse.code()) && pivot.verb.is_none() && self.scan.items.get(pivot.item)?.pronoun {
                let says = |n: usize| match self.parse.nodes.get(n) {
                    Some(Node::Pivot(q)) => self.parse.pivots.get(*q).filter(|q| q.verb.is_some()),
                    _ => None,
                };
                let q = (0..k).rev().find(|n| says(*n).is_some())?;
                let verb = says(q).filter(|v| v.report == Some(Report::Neutral.code()) && v.negated.is_none())?;
                if verb.relative {
                    return None;
                }
                let after = self.bare_after(q).first().and_then(|c| self.doer(*c));
                let who = after.or_else(|| self.left_subject(q, &none).and_then(|c| self.doer(c)));
                return who.filter(|p| p.armed && p.code != "unidentified");
            }
            // «عملية تبنتها …»: its pronoun means something in its own sentence.
            let own = pivot.relative || self.scan.items.get(pivot.item).is_some_and(|i| i.pronoun);
            if pivot.report != Some(Report::Claim.code()) || pivot.verb.is_none() || pivot.negated.is_some() || own {
                return None;
            }
            let after = self.bare_after(k).first().and_then(|c| self.doer(*c));
            // «تبنى الفرع الليبي لتنظيم … العملية»: whose branch it is.
            let branch = || match (self.parse.nodes.get(k + 1), self.parse.nodes.get(k + 2)) {
                (Some(Node::Chunk(_)), Some(Node::Chunk(c))) => {
                    let chunk = self.parse.chunks.get(*c).filter(|c| c.prep == Some(Prep::To))?;
                    let named = |a: &ActorHit| a.kind.is_armed() && !a.adjective;
                    self.content(chunk.items.clone()).actors.iter().find(|a| named(a)).map(|a| Party::known(Role::Perpetrator, a))
                }
                _ => None,
            };
            let who = after.or_else(branch).or_else(|| self.left_subject(k, &none).and_then(|c| self.doer(c)));
            who.filter(|p| p.armed && p.code != "unidentified")
        };
        self.parse.nodes.iter().enumerate().find_map(claimed)
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

    /// «تحت التعذيب في سجن تديره جماعة …», «معتقل لدى جبهة …»: who holds those who were tortured, told nearest to node `k`.
    pub(crate) fn jailer(&self, k: usize) -> Option<Party> {
        let holds = |n: &Node| match *n {
            Node::Chunk(c) => {
                let chunk = self.parse.chunks.get(c)?;
                let prep = matches!(chunk.prep, None | Some(Prep::In | Prep::Position | Prep::By | Prep::Inside));
                let content = self.content(chunk.items.clone());
                let named = |a: &&ActorHit| a.kind.is_armed() && !a.adjective && a.code != "unidentified";
                content.actors.iter().rev().find(named).filter(|_| prep).map(|a| Party::known(Role::Perpetrator, a))
            }
            _ => None,
        };
        let said = |n: &Node| matches!(*n, Node::Pivot(p) if self.parse.pivots.get(p).is_some_and(|p| p.report.is_some()));
        let after = self.parse.nodes.get(k + 1..)?.iter().take_while(|n| !matches!(n, Node::Break) && !said(n)).find_map(holds);
        let before = || self.parse.nodes.get(..k)?.iter().rev().take_while(|n| !matches!(n, Node::Break) && !said(n)).find_map(holds);
        after.or_else(before)
    }

    /// «قصف مصدره مدينة … التي تخضع لسيطرة …»: who holds the place that fire came from fired. Returns those whom no attack of the
    /// sentence stands before.
    pub(crate) fn originated(&self, mentions: &mut [Mention]) -> Vec<Party> {
        let mut out = Vec::new();
        for i in self.range.clone() {
            let marks = |s: &(marsad_language::Sense, _)| s.0.class == Class::Marker && s.0.value == ORIGIN;
            if !self.scan.senses(&self.scan.items[i]).iter().any(marks) {
                continue;
            }
            let ends = |k: &usize| {
                let item = &self.scan.items[*k];
                let attack = |f: u32| matches!(self.frame(f).kind, FrameKind::Attack | FrameKind::Generic);
                let tells = self.scan.senses(item).iter().any(|s| s.0.class == Class::Frame && attack(s.0.value));
                matches!(item.kind, Kind::Mark('.' | ';' | ':' | ',')) || tells
            };
            let end = self.range.end.min(i + 1 + SOURCE);
            let end = (i + 1..end).find(ends).unwrap_or(end);
            let mut who: Vec<ActorHit> = self.stage.actors_in(i + 1..end);
            who.retain(|a| a.may_fight() && !a.adjective && !a.nation && a.code != "unidentified");
            // «قوات … وقسد»: one after another.
            let near = who.iter().skip(1).zip(&who).take_while(|(b, a)| b.items.start <= a.items.end + 2).count();
            who.truncate(near + 1);
            let act = |m: &&mut Mention| m.item < i && matches!(m.kind, FrameKind::Attack | FrameKind::Generic) && m.action.is_violent();
            match mentions.iter_mut().rev().find(act) {
                Some(m) => {
                    m.parties.retain(|p| p.role == Role::Perpetrator || !who.iter().any(|a| a.items == p.items));
                    if !m.has_perpetrator() {
                        m.parties.extend(who.iter().map(|a| Party::known(Role::Perpetrator, a)));
                    }
                }
                None => out.extend(who.iter().map(|a| Party::known(Role::Perpetrator, a))),
            }
        }
        out
    }

    /// «… تفجير نُسب إلى تنظيم …»: who is charged with what was told.
    pub(crate) fn ascribed(&self, mentions: &mut [Mention]) {
        let marks = self.range.clone().filter(|i| {
            self.scan.items.get(*i).is_some_and(|item| self.scan.sense(item, Class::Marker).is_some_and(|s| s.0.value == ASCRIBED))
        });
        for i in marks {
            let named = self.stage.actors_in(i + 1..self.range.end.min(i + 1 + CHARGED));
            let Some(who) = named.into_iter().find(|a| a.may_fight() && !a.adjective) else { continue };
            let act = |m: &&mut Mention| m.item < i && matches!(m.kind, FrameKind::Attack | FrameKind::Generic);
            let Some(told) = mentions.iter_mut().rev().find(act) else { continue };
            told.parties.retain(|p| p.items != who.items);
            if !told.has_perpetrator() {
                told.parties.push(Party { charged: true, ..Party::known(Role::Perpetrator, &who) });
            }
        }
    }

    /// Who tells what stands at node `k`, where a body that bears arms does: «أعلن الجيش مقتل …», «قال الجيش إن ضابطا قتل».
    fn teller(&self, k: usize) -> Option<ActorHit<'_>> {
        let nodes = self.parse.nodes.get(..k)?;
        let (q, pivot) = nodes.iter().enumerate().rev().find_map(|(n, node)| match *node {
            Node::Break => Some((n, None)),
            Node::Pivot(p) => {
                let pivot = self.parse.pivots.get(p)?;
                (pivot.report.is_some() && pivot.verb.is_some()).then_some((n, Some(pivot)))
            }
            _ => None,
        })?;
        let report = pivot?.report?;
        if report != Report::Neutral.code() && report != Report::Confirm.code() {
            return None;
        }
        let armed = |c: usize| {
            let chunk = self.parse.chunks.get(c).filter(|c| c.prep.is_none() && !c.and && !c.bracket)?;
            let content = self.content(chunk.items.clone());
            content.actors.first().cloned().filter(|a| a.kind.is_armed() && !a.adjective && a.code != "unidentified")
        };
        match nodes.get(q + 1) {
            Some(Node::Chunk(c)) => armed(*c),
            _ => self.left_subject(q, &vec![false; self.parse.chunks.len()]).and_then(armed),
        }
    }

    /// «أعلن الجيش مقتل ثلاثة جنود»: soldiers of whom nothing is said are his own; «أعلن الجيش مقتل عشرة من مسلحي …»: he killed them,
    /// where nobody else is told to have done it.
    pub(crate) fn told_by_a_party(&self, mentions: &mut [Mention]) {
        let from_afar = |m: &Mention| !m.action.is_violent() || matches!(m.action, Action::ArmedAttack | Action::Clash | Action::Killing);
        let near = mentions.iter().all(from_afar);
        let acted = mentions.iter().any(Mention::has_perpetrator);
        for m in mentions.iter_mut() {
            let harm = matches!(m.outcome, Some(Outcome::Killed | Outcome::Injured | Outcome::Captured | Outcome::Missing));
            if m.kind != FrameKind::Toll || !harm || m.has_perpetrator() {
                continue;
            }
            let Some(k) = self.parse.nodes.iter().position(|n| *n == Node::Pivot(m.pivot)) else { continue };
            let soldiers = m.tolls.iter().position(|t| t.group == Group::Combatants && t.of.is_none() && !t.part);
            let enemies = m.parties.iter().any(|p| p.role == Role::Target && p.armed && p.code != "unidentified");
            if soldiers.is_none() && !enemies {
                continue;
            }
            let Some(teller) = self.teller(k) else { continue };
            let regular = matches!(teller.kind, ActorKind::Army | ActorKind::Police | ActorKind::Security);
            match soldiers {
                Some(t) if regular && !enemies => {
                    let Some(toll) = m.tolls.get_mut(t) else { continue };
                    toll.of = Some(teller.code.to_owned());
                    let party = Party { items: toll.items.clone(), ..Party::known(Role::Target, &teller) };
                    m.parties.push(party);
                }
                None if near
                    && !acted
                    && m.outcome == Some(Outcome::Killed)
                    && !m.parties.iter().any(|p| p.body() == body(teller.code, teller.unit)) =>
                {
                    m.parties.push(Party::known(Role::Perpetrator, &teller));
                }
                _ => {}
            }
        }
    }

    /// «قتل ثلاثة جنود في هجوم …»: soldiers of whom nothing is said are of the country of the report.
    pub(crate) fn regulars(&self, mentions: &mut [Mention]) {
        let Some(army) = self.stage.army else { return };
        let acts = |m: &Mention| m.parties.iter().any(|p| p.role == Role::Perpetrator && p.code == code_of(army));
        if mentions.iter().any(acts) {
            return;
        }
        for m in mentions.iter_mut().filter(|m| m.kind == FrameKind::Toll && !m.parties.iter().any(|p| p.armed && p.role == Role::Target)) {
            let regular = |i: usize| {
                self.scan.items.get(i).and_then(|item| self.scan.sense(item, Class::Marker)).is_some_and(|s| s.0.value == REGULAR)
            };
            let soldiers = |t: &&mut Toll| t.group == Group::Combatants && t.of.is_none() && !t.part && t.items.clone().any(regular);
            let Some(toll) = m.tolls.iter_mut().find(soldiers) else { continue };
            toll.of = Some(code_of(army).to_owned());
            let unit = army.contains('.').then(|| army.to_owned());
            let (code, items) = (code_of(army).to_owned(), toll.items.clone());
            m.parties.push(Party { role: Role::Target, code, unit, items, armed: true, rule: None, charged: false });
        }
    }

    /// «اعترضت الدفاعات … صاروخاً أطلقه …»: who fired what was brought down is whom it was done to.
    pub(crate) fn fired_by(&self, mentions: &mut [Mention]) {
        for n in 1..mentions.len() {
            let (before, rest) = mentions.split_at_mut(n);
            let (Some(stopped), Some(fired)) = (before.last_mut(), rest.first()) else { continue };
            let throws = self.roles(self.frame(fired.frame)).object == Slot::Means && fired.verb;
            if stopped.action != Action::Interception || !throws || !(fired.pronoun || fired.relative) {
                continue;
            }
            let who = fired.parties.iter().filter(|p| p.role == Role::Perpetrator);
            stopped.parties.extend(who.map(|p| Party { role: Role::Target, ..p.clone() }));
        }
    }

    /// Whether an event noun follows the verb at node `k` before another verb or clause.
    pub(crate) fn carries(&self, k: usize) -> bool {
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
