//! What a phrase holds: bodies, people, weapons, things and places.

use crate::actor::ActorHit;
use crate::parse::{Chunk, ROUNDS};
use crate::reader::Reader;
use marsad_language::{ActorKind, Class, Frame, Inflection, Prep, Reading, Slot};
use marsad_model::{Group, ObjectClass, Outcome, WeaponClass};
use marsad_text::Kind;
use std::borrow::Cow;
use std::ops::Range;

/// What a noun phrase holds.
#[derive(Clone, Debug, Default)]
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
        self.actors.is_empty()
            && self.person.is_none()
            && self.weapons.is_empty()
            && self.objects.is_empty()
            && self.places.is_empty()
            && !self.unit
            && !self.shells
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

impl<'a> Reader<'a, '_> {
    /// What the items hold, which is read once for every noun phrase of the sentence.
    pub(crate) fn content(&self, items: Range<usize>) -> Cow<'_, Content<'a>> {
        let at = self.parse.chunks.partition_point(|c| c.items.start < items.start);
        match self.parse.chunks.get(at).filter(|c| c.items == items) {
            Some(_) => Cow::Borrowed(self.contents[at].get_or_init(|| self.content_of(items))),
            None => Cow::Owned(self.content_of(items)),
        }
    }

    fn content_of(&self, items: Range<usize>) -> Content<'a> {
        let chunk = items.clone();
        let end = items.end;
        let mut out = Content { actors: self.stage.actors_in(items.clone()), ..Content::default() };
        for (n, place) in self.places.iter().enumerate() {
            // «بلدات (طفس، …)»: a name in brackets belongs to the word before them.
            let named = items.contains(&place.name.start) || place.name.start > items.end && items.contains(&place.items.start);
            if named {
                out.places.push(n);
            }
        }
        let first = Some(items.start);
        // «أصيب ثالث»: an ordinal alone is one more person.
        let of = |i: usize| self.scan.items.get(i).is_some_and(|n| self.scan.value(n, Class::Prep) == Some(Prep::From.code()));
        if (items.len() == 1 || of(items.start + 1))
            && let Some(item) = self.scan.items.get(items.start)
            && item.before & Reading::ARTICLE == 0
            && self.scan.value(item, Class::Ordinal).is_some_and(|n| (2..=10).contains(&n))
        {
            out.person = Some((Group::All as u32, Inflection::default(), items.start));
        }
        // A state named as a place is none here, unless it is joined to those who fight: «قوات النظام وروسيا».
        let joined = self.joins_fighters(&chunk);
        out.actors.retain(|a| joined || !(a.nation && self.places.iter().any(|p| p.name.start == a.items.start && !p.bare)));
        for i in items {
            let item = &self.scan.items[i];
            let senses = self.scan.senses(item);
            let plural = self.plural_person(i);
            if senses.is_empty() && item.kind == Kind::Word && item.place.is_none() {
                out.unknown += 1;
            }
            if let Some(site) = self.scan.ends(item).site.and_then(|o| ObjectClass::ALL.get(o as usize)) {
                // «شرقي مطار خلخلة»: only where it was.
                let beside = self.places.iter().any(|p| p.name.contains(&i) && (p.near || p.direction.is_some() || p.zone.is_some()));
                out.objects.extend((is_named_site(*site) && !beside).then_some((*site, i)));
            }
            for (sense, inflection) in senses {
                match sense.class {
                    Class::Person
                        if out.person.is_none()
                            && (!plural || inflection.has(Inflection::PLURAL))
                            // «طالبان»: the name of a body, whatever else its letters mean.
                            && !(inflection.has(Inflection::DUAL) && self.scan.is(item, Class::Actor) && !self.are_two(i))
                            && !self.only_describes(i, *inflection, chunk.start) =>
                    {
                        out.person = Some((sense.value, *inflection, i));
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
                    // «مديرية حيس»: a district, no office.
                    Class::Object
                        if ObjectClass::ALL.get(sense.value as usize) == Some(&ObjectClass::GovernmentBuilding)
                            && self.scan.is(item, Class::PlaceKind)
                            && self.places.iter().any(|p| p.items.contains(&i) && p.name.start > i) => {}
                    // «طريق الديوانية»: a name, whatever its letters mean.
                    Class::Object if self.places.iter().any(|p| i > p.items.start && p.name.contains(&i)) => {}
                    Class::Object => out.objects.push((ObjectClass::ALL[sense.value as usize % ObjectClass::ALL.len()], i)),
                    // «الطيران المروحي الروسي»: an adjective of the aircraft named before.
                    Class::WeaponAdj
                        if Some(i) == first && (sense.value as usize) < WeaponClass::ALL.len() && item.has(Reading::ARTICLE) =>
                    {
                        let weapon = WeaponClass::ALL[sense.value as usize];
                        if matches!(weapon, WeaponClass::Helicopter | WeaponClass::Warplane | WeaponClass::Drone) {
                            out.weapons.push((weapon, i));
                        }
                    }
                    Class::Unit => out.unit = true,
                    Class::WeaponAdj if sense.value == ROUNDS && !inflection.has(Inflection::ADJECTIVE) => out.shells = true,
                    _ => {}
                }
            }
        }
        // «مبنى مديرية …»: what the building is, not that it is one.
        let next: Vec<(ObjectClass, usize)> = out.objects.clone();
        let built = |o: &(ObjectClass, usize)| {
            let closed = self.scan.items.get(o.1).is_some_and(|i| i.has(Reading::ARTICLE) || i.pronoun);
            o.0 == ObjectClass::House && !closed && next.iter().any(|n| n.1 == o.1 + 1 && n.0 != o.0)
        };
        out.objects.retain(|o| !built(o));
        // «طائرة مسيرة مفخخة»: a drone that blows up is no vehicle bomb.
        let drones: Vec<usize> = out.weapons.iter().filter(|w| w.0 == WeaponClass::Drone).map(|w| w.1).collect();
        out.weapons.retain(|w| w.0 != WeaponClass::VehicleBomb || !drones.iter().any(|d| (d + 1..d + 4).contains(&w.1)));
        // «الشبان الفلسطينيون», «خمسة سوريين», «قتل لبناني»: people of a nation, not its state.
        if out.person.is_none()
            && let Some((i, form)) = self.national(chunk)
        {
            out.person = Some((Group::Civilians as u32, form, i));
        }
        if out.unarmed() {
            out.actors.retain(|a| !a.adjective);
        }
        // «عنصر سابق في قوات …»: he belongs to it no more.
        if let Some((value, _, i)) = out.person
            && value == Group::Combatants as u32
            && i + 1 < end
            && self.scan.items.get(i + 1).is_some_and(|t| self.scan.is(t, Class::PastAdj))
        {
            let rule = self.scan.items.get(i).and_then(|t| self.scan.sense(t, Class::Person)).map_or(0, |s| s.0.rule);
            let kind = ActorKind::ArmedGroup;
            out.actors = vec![ActorHit { code: "other", unit: None, items: i..i + 2, kind, adjective: false, nation: false, rule }];
        }
        out
    }

    /// Whether a conjunction joins the phrase to a body that fights, right before it.
    fn joins_fighters(&self, items: &Range<usize>) -> bool {
        let Some(c) = self.parse.chunks.iter().position(|c| c.items == *items && c.and && c.prep.is_none()) else { return false };
        let before = c.checked_sub(1).and_then(|b| self.parse.chunks.get(b)).filter(|b| b.items.end == items.start);
        before.is_some_and(|b| self.stage.actors_in(b.items.clone()).iter().any(|a| a.kind.is_armed() && !a.adjective && !a.nation))
    }

    /// The adjective of nationality that stands alone for people, and its form.
    fn national(&self, items: Range<usize>) -> Option<(usize, Inflection)> {
        let is = |i: usize, class| self.scan.is(&self.scan.items[i], class);
        let counts = |i: &usize| {
            self.scan.items[*i].kind == Kind::Number
                || [Class::Number, Class::Vague, Class::Approx, Class::Prep].into_iter().any(|c| is(*i, c))
        };
        let i = items.clone().find(|i| !counts(i))?;
        let sense = self.scan.sense(&self.scan.items[i], Class::NationAdj)?;
        if self.scan.items[i].has(Reading::ARTICLE) || is(i, Class::Nation) || is(i, Class::Actor) {
            return None;
        }
        // After the noun of an act it only tells whose act it was.
        let before = i.checked_sub(1).filter(|b| *b >= self.range.start)?;
        let led = i > items.start
            || self.scan.senses(&self.scan.items[before]).iter().any(|(s, form)| {
                form.is_verb() || s.class == Class::Prep || s.class == Class::Frame && self.frame(s.value).outcome.is_some()
            });
        led.then_some((i, sense.1))
    }

    /// «المحطة الرئيسية», «الانتخابات البرلمانية»: a feminine form after a thing with the article is an adjective, nobody.
    fn only_describes(&self, i: usize, form: Inflection, start: usize) -> bool {
        let article = |i: usize| self.scan.items.get(i).is_some_and(|item| item.has(Reading::ARTICLE) || item.defined);
        let feminine =
            form.has(Inflection::FEMININE | Inflection::SINGULAR) && self.scan.items.get(i).is_some_and(|t| t.before == Reading::ARTICLE);
        let human = |i: usize| {
            self.scan.items.get(i).is_some_and(|item| {
                self.scan.is(item, Class::Person) || self.scan.is(item, Class::Number) || self.scan.is(item, Class::Prep)
            })
        };
        feminine && i > start && article(i - 1) && !human(i - 1)
    }

    /// Whether "two" follows item `i`.
    fn are_two(&self, i: usize) -> bool {
        self.scan.items.get(i + 1).is_some_and(|n| self.scan.value(n, Class::Number) == Some(2))
    }

    /// Whether a form that may be dual or plural is plural: no "two" follows it.
    pub(crate) fn plural_person(&self, i: usize) -> bool {
        let two = self.are_two(i);
        let Some(item) = self.scan.items.get(i) else { return false };
        !two && self.scan.senses(item).iter().any(|s| s.0.class == Class::Person && s.1.has(Inflection::PLURAL))
    }

    /// Whether the content fits the slot that the phrase before it took.
    pub(crate) fn same_sort(&self, last: Option<Slot>, content: &Content) -> bool {
        match last {
            Some(Slot::Place) => !content.places.is_empty(),
            Some(Slot::Target) => !content.places.is_empty() || !content.objects.is_empty() || !content.actors.is_empty(),
            Some(Slot::Perpetrator | Slot::Party) => !content.actors.is_empty(),
            Some(Slot::Counted) => content.person.is_some(),
            Some(Slot::Means) => !content.weapons.is_empty(),
            _ => false,
        }
    }

    /// Whether the phrase tells a thing or place and whose it is: «مواقع لتنظيم …» did nothing itself.
    pub(crate) fn belongs(&self, chunk: &Chunk) -> bool {
        // «أربعة حواجز للشرطة»: a number before the thing.
        let counts = |i: &usize| self.scan.items.get(*i).is_some_and(|t| t.kind == Kind::Number || self.scan.is(t, Class::Number));
        let first = chunk.items.clone().find(|i| !counts(i)).filter(|_| chunk.count.is_some_and(|c| c.best.is_some()));
        let Some(head) = self.scan.items.get(first.unwrap_or(chunk.items.start)) else { return false };
        let is = |class| self.scan.is(head, class);
        let acts =
            [Class::Weapon, Class::Person, Class::Actor, Class::WeakActor, Class::Generic, Class::Nation, Class::Number, Class::Vague];
        let armed = chunk.items.clone().any(|i| self.scan.is(&self.scan.items[i], Class::Weapon));
        // «طائرة روسية», «رتل تركي»: what moves and fires acts.
        let moves = self.scan.value(head, Class::Object).and_then(|o| ObjectClass::ALL.get(o as usize));
        let armed = armed || matches!(moves, Some(ObjectClass::VehicleMilitary | ObjectClass::Convoy));
        !armed && (is(Class::Object) && !is(Class::Unit) || is(Class::PlaceKind) && is(Class::Unit)) && !acts.into_iter().any(is)
    }

    /// Whether a phrase of unknown words may name one person.
    pub(crate) fn named_person(&self, f: &Frame, content: &Content, chunk: &Chunk) -> bool {
        matches!(f.outcome, Some(Outcome::Killed | Outcome::Injured | Outcome::Abducted | Outcome::Detained))
            && content.unknown >= 2
            && chunk.prep.is_none()
    }

    /// Whether the first word of the phrase names a thing.
    pub(crate) fn heads_with_thing(&self, chunk: &Chunk) -> bool {
        self.scan.items.get(chunk.items.start).is_some_and(|item| self.scan.is(item, Class::Object) && !self.scan.is(item, Class::Unit))
    }
}

/// Whether a thing of this class bears a name of its own: houses and roads under a name are quarters and ways.
fn is_named_site(object: ObjectClass) -> bool {
    use ObjectClass::{Airport, Base, Bridge, Camp, Church, Hospital, Market, Mosque, OilFacility, PowerWater, School};
    matches!(object, Airport | Base | Bridge | Camp | Church | Hospital | Market | Mosque | OilFacility | PowerWater | School)
}
