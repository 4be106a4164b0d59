//! What each slot takes of a phrase: who acts, what is hit, by what, where, and the sides of a clash.

use crate::actor::ActorHit;
use crate::content::Content;
use crate::fill::{is_crowd, is_of_war, is_violent};
use crate::mention::{Mention, Party};
use crate::parse::Chunk;
use crate::reader::Reader;
use crate::tolls::party_of;
use marsad_language::{ActorKind, Class, Frame, FrameKind, Prep, Reading, Slot};
use marsad_model::{Action, Group, ObjectClass, Role, WeaponClass};
use std::borrow::Cow;

/// The code of class `near` for words for where those who act sit.
const SEAT: u32 = 4;
/// What they sit in stands within so many items after the word for it.
const SEATED: usize = 2;

impl<'a> Reader<'a, '_> {
    /// Who acts; what cannot act was hit.
    pub(super) fn who_acts(&self, mention: &mut Mention, c: usize, mut content: Cow<Content<'a>>, f: &Frame) {
        let chunk = &self.parse.chunks[c];
        let violent = is_violent(f);
        mention.crowd |= is_crowd(chunk.count);
        // «القوات», «الوحدة»: which, the report told before.
        let known = content.unit && self.scan.items[chunk.items.start].has(Reading::ARTICLE);
        mention.manned |= (known || content.group() == Some(Group::Combatants)) && chunk.prep.is_none();
        // «تظاهروا تأييداً للحكومة»: for whom they went out, not who did.
        if f.action == Action::Protest && mention.verb && chunk.prep == Some(Prep::To) {
            return;
        }
        // «دخول بريطانيا»: a country is entered, it enters nothing.
        keep_actors(&mut content, |a| !a.nation || a.adjective || f.action != Action::TerritoryGain || mention.verb);
        // «احتجت مصر لدى …»: a state protests in words.
        let state = |a: &ActorHit| !a.adjective && (a.nation || a.kind == ActorKind::State);
        if f.action == Action::Protest
            && mention.verb
            && chunk.prep.is_none()
            && content.person.is_none()
            && chunk.count.is_none()
            && !content.actors.is_empty()
            && content.actors.iter().all(state)
        {
            mention.ruled = true;
            return;
        }
        // «قصفت المدفعية من قاعدة …»: where it was fired from.
        if chunk.prep == Some(Prep::From) && violent && content.objects.iter().any(|o| is_of_war(o.0)) && content.weapons.is_empty() {
            mention.parties.extend(content.actors.iter().filter(|a| !a.adjective).map(|a| Party::known(Role::Perpetrator, a)));
            return;
        }
        let harmed = violent
            && !content.fighter()
            && content.weapons.is_empty()
            && (content.unarmed() || !content.objects.is_empty() || !content.places.is_empty());
        // «وداهمت عددا من المنازل»: a thing that does not move raids nothing.
        let still = |o: &(ObjectClass, usize)| !matches!(o.0, ObjectClass::Convoy | ObjectClass::VehicleMilitary);
        let thing = mention.verb
            && self.roles(f).object == Slot::Target
            && content.actors.is_empty()
            && content.person.is_none()
            && content.weapons.is_empty()
            && !content.unit
            && !content.objects.is_empty()
            && content.objects.iter().all(still);
        // «تفجير مدرعة للجيش»: a vehicle is blown up.
        let blown = f.action.family() == Action::Explosion.family() && self.heads_with_thing(chunk) && content.weapons.is_empty();
        // «قصفت المدفعية … مناطق انتشار عناصر …»: who holds what was struck.
        let seat = |i: usize| self.scan.items.get(i).is_some_and(|t| self.scan.is(t, Class::Near));
        let from = chunk.prep == Some(Prep::From) || chunk.items.start > 0 && seat(chunk.items.start - 1) || seat(chunk.items.start);
        if violent && !from && content.actors.iter().any(|a| self.is_held_by(a.items.start)) {
            keep_actors(&mut content, |a| !self.is_held_by(a.items.start));
            if content.actors.is_empty() {
                mention.places.extend(&content.places);
                return;
            }
        }
        let origin = chunk.prep == Some(Prep::From) && content.fighter();
        if harmed || thing || blown || violent && !origin && self.belongs(chunk) {
            return self.fill(mention, c, Slot::Target, f);
        }
        self.add_who_acts(mention, chunk, content, f);
    }

    /// Those who act, with what they fire and what they hit in one phrase.
    fn add_who_acts(&self, mention: &mut Mention, chunk: &Chunk, mut content: Cow<Content<'a>>, f: &Frame) {
        let violent = is_violent(f);
        mention.weapons.extend(content.weapons.iter().map(|(w, i)| (*w, *i..*i + 1)));
        let adjective_ok = !content.weapons.is_empty() || content.person.is_some() || content.unit;
        for a in &content.actors {
            if !a.adjective || adjective_ok || content.actors.len() == 1 {
                mention.parties.push(Party::known(Role::Perpetrator, a));
            }
        }
        let crowd = content.person.is_some() || chunk.count.is_some_and(|c| c.vague) && is_crowd(chunk.count);
        // «تجمع مئات السوريين»: people of a nation, not its state.
        if f.action == Action::Protest && crowd && content.actors.iter().all(|a| a.nation || a.adjective) {
            mention.parties.retain(|p| p.role != Role::Perpetrator || !content.actors.iter().any(|a| a.items == p.items));
            content.to_mut().actors.clear();
        }
        if content.actors.is_empty() && f.action == Action::Protest && crowd {
            let items = chunk.items.clone();
            mention.parties.push(Party::unarmed(Role::Perpetrator, "civilians", items));
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

    /// What or who is hit.
    pub(super) fn what_is_hit(&self, mention: &mut Mention, c: usize, mut content: Cow<Content<'a>>, f: &Frame) {
        let chunk = &self.parse.chunks[c];
        // «غارات على مناطق سيطرة …», «قصف على مدينة … الخاضعة لـ…»: who holds a place that was struck from afar.
        if f.kind == FrameKind::Attack && f.action != Action::ArmedAttack {
            // «مناطق سيطرة … و…»: what a conjunction joins to him holds it, too.
            let held = |i: usize| self.is_held_by(i);
            let joined = chunk.and
                && c.checked_sub(1).and_then(|b| self.parse.chunks.get(b)).is_some_and(|b| {
                    b.items.end == chunk.items.start && self.content(b.items.clone()).actors.iter().any(|a| held(a.items.start))
                });
            keep_actors(&mut content, |a| !joined && !held(a.items.start));
        }
        for a in &content.actors {
            // «قاعدة أمريكية»: whose a thing of war is.
            let of_war = content.weapons.is_empty() && content.objects.iter().any(|(o, i)| *i < a.items.start && is_of_war(*o));
            if !a.adjective || content.group() == Some(Group::Combatants) || content.unit || of_war {
                if a.nation && !content.places.is_empty() && content.objects.is_empty() {
                    continue;
                }
                mention.parties.push(Party::known(Role::Target, a));
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
                mention.parties.push(Party::unarmed(role, &code, i..i + 1));
            }
        }
        // «تدمير طائرات مسيرة»: what flies was brought down.
        let flies =
            |w: &(WeaponClass, usize)| matches!(w.0, WeaponClass::Drone | WeaponClass::Missile) && content.person.is_none_or(|p| p.2 > w.1);
        if f.action == Action::Destruction && content.places.is_empty() && content.weapons.iter().any(flies) {
            let ground = |o: &(ObjectClass, usize)| !content.weapons.iter().any(|w| w.1 == o.1);
            if !content.objects.iter().any(ground) {
                mention.action = Action::Interception;
                mention.kind = FrameKind::Deed;
                mention.weapons.extend(content.weapons.iter().map(|(w, i)| (*w, *i..*i + 1)));
                return;
            }
        }
        // «على طريق …» only says where.
        let where_only = |o: &(ObjectClass, usize)| {
            o.0 == ObjectClass::Road && chunk.prep.is_some() && self.places.iter().any(|p| p.items.contains(&o.1))
        };
        mention.objects.extend(content.objects.iter().filter(|o| !where_only(o)).map(|(o, i)| (*o, *i..*i + 1)));
        // «استهداف طائرة مسيرة سيارة»: what flies or fires is the means, unless it was brought down.
        let platform =
            |w: WeaponClass| matches!(w, WeaponClass::Drone | WeaponClass::Warplane | WeaponClass::Helicopter | WeaponClass::Artillery);
        let means = f.kind == FrameKind::Generic && content.objects.is_empty() && content.person.is_none();
        // «انفجار بلغم», «انفجار ناجم عن لغم»: what blows up did it.
        let blows = |w: WeaponClass| {
            use WeaponClass::{ExplosiveBelt, Ied, Landmine, Uxo, VehicleBomb};
            f.action == Action::Explosion && matches!(w, Ied | Landmine | Uxo | VehicleBomb | ExplosiveBelt)
        };
        // «فتحوا نيران الدوشكا»: what fired is named, and is not what the words alone would imply.
        let fired = f.weapon == Some(WeaponClass::SmallArms) && content.objects.is_empty() && content.person.is_none();
        if fired && !content.weapons.is_empty() {
            mention.weapons.retain(|w| w.0 != WeaponClass::SmallArms || w.1.start != mention.item);
            mention.weapons.extend(content.weapons.iter().map(|(w, i)| (*w, *i..*i + 1)));
        }
        for (w, i) in &content.weapons {
            if f.action == Action::Interception || means && platform(*w) || blows(*w) {
                mention.weapons.push((*w, *i..*i + 1));
            }
        }
        mention.places.extend(&content.places);
    }

    /// By what.
    pub(super) fn by_what(&self, mention: &mut Mention, content: &Content, f: &Frame) {
        mention.weapons.extend(content.weapons.iter().map(|(w, i)| (*w, *i..*i + 1)));
        if content.weapons.is_empty() {
            mention.places.extend(&content.places);
            mention.objects.extend(content.objects.iter().filter(|_| !content.places.is_empty()).map(|(o, i)| (*o, *i..*i + 1)));
        } else {
            // «إسقاط طائرة مسيرة تركية»: it was done to those who flew it.
            let role = if f.action == Action::Interception { Role::Target } else { Role::Perpetrator };
            // «قنبلة من مخلفات قصف …»: who left it long ago did not do it now.
            let left = content.weapons.iter().all(|w| w.0 == WeaponClass::Uxo);
            for a in content.actors.iter().filter(|_| !left) {
                mention.parties.push(Party::known(role, a));
            }
            // «بقذائف الهاون محيط مدينة …»: what was hit follows the means.
            let last = content.weapons.iter().map(|w| w.1).max().unwrap_or(0);
            mention.places.extend(content.places.iter().filter(|p| self.places.get(**p).is_some_and(|p| p.items.start > last)));
        }
    }

    /// Where it is, and what stands there that was hit.
    pub(super) fn where_it_is(&self, mention: &mut Mention, chunk: &Chunk, content: &Content, f: &Frame) {
        let violent = is_violent(f);
        mention.places.extend(&content.places);
        let kind = |i: usize| self.scan.is(&self.scan.items[i], Class::PlaceKind);
        mention.site |= chunk.prep != Some(Prep::In) && (!content.objects.is_empty() || chunk.items.clone().any(kind));
        // «في سجون قوات …»: who holds the prison.
        if f.action == Action::Torture {
            mention.parties.extend(content.actors.iter().filter(|a| a.may_fight()).map(|a| Party::known(Role::Perpetrator, a)));
        }
        // «فجروا عبوة في قوة إسرائيلية»: those among whom it went off.
        let among = content.unit || content.group() == Some(Group::Combatants) || content.objects.iter().any(|o| is_of_war(o.0));
        if f.action.family() == Action::Explosion.family() && chunk.prep == Some(Prep::In) && among {
            let armed = content.actors.iter().filter(|a| a.may_fight() && a.code != "unidentified");
            let armed = armed.filter(|a| !self.is_held_by(a.items.start));
            mention.parties.extend(armed.map(|a| Party::known(Role::Target, a)));
        }
        if f.action == Action::TerritoryGain && (content.unit || !content.objects.is_empty()) {
            mention.parties.extend(content.actors.iter().filter(|a| a.may_fight()).map(|a| Party::known(Role::Target, a)));
        }
        let seat = self.is_seat(chunk);
        // «نُقلوا إلى المستشفى»: where the harmed are taken was not hit.
        let taken = chunk.prep == Some(Prep::Toward) || f.kind == FrameKind::Toll && !mention.carried;
        // «في حي …»: the quarter only says where.
        let quarter =
            |o: ObjectClass, i: usize| o == ObjectClass::House && self.places.iter().any(|p| p.items.contains(&i) && p.name.start > i);
        // «أمام منزله»: before somebody's own house.
        let by = matches!(chunk.prep, Some(Prep::Position | Prep::Near));
        let own = |i: usize| by && self.scan.items.get(i).is_some_and(|item| item.pronoun);
        // «قتل في مخيم الهول», «مدرسة في مخيم البريج»: a site under its name that was not struck only says where.
        let strikes = matches!(f.kind, FrameKind::Attack | FrameKind::Generic) && f.action != Action::Clash;
        let told = !mention.objects.is_empty();
        let aside = |o: ObjectClass, i: usize| {
            let named = self.scan.items.get(i).is_some_and(|item| self.scan.ends(item).site.is_some());
            named && violent && (!strikes || o == ObjectClass::Base || told)
        };
        let hit = content.objects.iter().filter(|(o, i)| {
            let beside = own(*i) || quarter(*o, *i) || (taken && *o == ObjectClass::Hospital);
            at_place(f.action, violent, *o) && !beside && !aside(*o, *i) && !seat
        });
        mention.objects.extend(hit.map(|(o, i)| (*o, *i..*i + 1)));
    }

    /// The sides of a clash or of an agreement.
    pub(super) fn sides(&self, mention: &mut Mention, chunk: &Chunk, mut content: Cow<Content<'a>>, f: &Frame) {
        // «الموقع بين روسيا وتركيا»: between parties a state is one.
        if content.actors.is_empty() && f.action == Action::Agreement {
            content.to_mut().actors = self.stage.actors_in(chunk.items.clone()).into_iter().filter(|a| a.nation).collect();
        }
        // «مع قوات … ومسلحين»: those joined to an adversary are adversaries, too.
        mention.sided |= chunk.prep == Some(Prep::With);
        for a in content.actors.iter().filter(|a| !a.adjective || content.unit || content.person.is_some()) {
            let first = !mention.sided && !mention.has_perpetrator();
            let both = f.action == Action::Agreement;
            mention.parties.push(Party::known(if first || both { Role::Perpetrator } else { Role::Target }, a));
        }
        if content.actors.is_empty() {
            mention.places.extend(content.places.iter().filter(|_| f.action != Action::Agreement));
            if content.unarmed() && f.action == Action::Clash {
                let first = !mention.sided && !mention.has_perpetrator();
                let role = if first { Role::Perpetrator } else { Role::Target };
                mention.parties.push(Party::unarmed(role, "civilians", chunk.items.clone()));
            }
        }
    }

    /// Whether the things of a phrase are where those who act sit: «قوات … المتمركزة في قاعدة …».
    fn is_seat(&self, chunk: &Chunk) -> bool {
        let from = chunk.items.start.saturating_sub(SEATED).max(self.range.start);
        chunk.prep == Some(Prep::In) && (from..chunk.items.start).any(|i| self.scan.value(&self.scan.items[i], Class::Near) == Some(SEAT))
    }
}

/// Leaves only some of the actors in what a phrase holds.
fn keep_actors(content: &mut Cow<Content>, kept: impl Fn(&ActorHit) -> bool) {
    if !content.actors.iter().all(&kept) {
        content.to_mut().actors.retain(kept);
    }
}

/// Whether a thing told as the place of an act was its object: a road only says where.
fn at_place(action: Action, violent: bool, object: ObjectClass) -> bool {
    use ObjectClass::{Airport, Base, Checkpoint, GovernmentBuilding, Headquarters, Road};
    match action {
        Action::TerritoryGain | Action::Withdrawal => matches!(object, Airport | Base | Checkpoint | GovernmentBuilding | Headquarters),
        // «أضرموا النار في مستودع»
        Action::Destruction => object != Road,
        _ => violent && object != Road,
    }
}
