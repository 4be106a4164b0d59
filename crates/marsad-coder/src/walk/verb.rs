//! The subject of a verb: who stands before it or after it, and whether he does what it tells or suffers it.

use super::Walk;
use crate::content::Content;
use crate::fill::demonstrators;
use marsad_language::{FrameKind, Inflection, Slot};
use marsad_model::{Action, Outcome};
use std::borrow::Cow;

/// What stands around a verb.
struct Around<'r, 'a> {
    /// The phrases without a preposition after it.
    bare: Vec<usize>,
    /// The phrase before it that may be its subject.
    left: Option<usize>,
    left_content: Option<Cow<'r, Content<'a>>>,
    /// What the first and second bare phrases hold.
    first: Option<Cow<'r, Content<'a>>>,
    second: Option<Cow<'r, Content<'a>>>,
    /// Whether its pronoun means whom it harmed, and who did it follows.
    by_first: bool,
    /// Whether its pronoun means what it hit.
    hit: bool,
    /// Whether its form is a plural or dual, so that its subject stands before it.
    plural: bool,
}

impl<'r, 'a> Walk<'r, 'a, '_> {
    /// Finds the subject of a verb of this form and whether it acts.
    pub(super) fn subject_of_verb(&mut self, form: Inflection) {
        let (r, k, f, pivot) = (self.reader, self.k, self.f, self.pivot);
        let around = self.around(form);
        if f.outcome.is_some() && self.roles.subject == Slot::Perpetrator {
            self.kill_active = self.does_harm(&around);
        }
        // «أعدموا ثمانية أسرى», «أصيب ستة متظاهرين»
        let by_fighters = fights(&around.left_content) || fights(&around.first);
        if matches!(f.outcome, Some(Outcome::Killed | Outcome::Injured | Outcome::Detained | Outcome::Abducted))
            && let Some(q) = r.people_after(k, f.outcome == Some(Outcome::Killed) && by_fighters)
        {
            self.kill_active |= self.roles.subject == Slot::Perpetrator && by_fighters;
            self.harm(q);
        }
        let suffers = self.suffers();
        let suffered = if f.outcome.is_some() { Slot::Counted } else { Slot::Target };
        let slot = if suffers { suffered } else { self.roles.subject };
        match around.left.filter(|c| self.stands_before(*c, suffers, &around)) {
            Some(c) => self.take_subject(c, slot),
            None if (around.plural || pivot.relative) && !around.by_first && !around.hit => self.subject_known = true,
            None => {}
        }
        self.mention.elided = self.is_elided(form, suffers, &around);
        // «كان المتظاهرون يهتفون»: who demonstrates is the subject.
        if !self.subject_known
            && matches!(f.action, Action::Protest | Action::Riot)
            && let Some(before) = r.demonstrators_before(k)
        {
            self.mention.parties.push(demonstrators(before));
            self.mention.known = r.is_known(before);
            self.subject_known = true;
        }
        self.subject_known |= self.seizes_what_follows(&around);
        // «… أعلنت أنها اعتقلت …»: who speaks of itself is the subject.
        if !suffers
            && !self.subject_known
            && !fights_or_fires(&around.first)
            && let Some(c) = r.speaker(k).or_else(|| r.says_of_itself(k))
        {
            self.fill(c, slot);
            self.subject_known = true;
        }
    }

    /// What stands around the verb; what its pronoun means is put where it belongs.
    fn around(&mut self, form: Inflection) -> Around<'r, 'a> {
        let (r, k, pivot) = (self.reader, self.k, self.pivot);
        let pronoun = r.scan.items[pivot.item].pronoun;
        let content = |c: usize| r.content(r.parse.chunks[c].items.clone());
        let bare = r.bare_after(k);
        let mut left = self.before_verb(&bare);
        // «صاروخاً أطلقه الحوثيون»: what the pronoun means was fired, and who fired it follows.
        let throws = self.roles.object == Slot::Means && pronoun && !bare.is_empty();
        if let Some(c) = left.filter(|c| throws && !content(*c).weapons.is_empty()) {
            self.fill(c, Slot::Means);
            left = None;
        }
        // «منزل قصفته طائرات …»: what the pronoun means was hit, and who did it follows.
        let hit = r
            .means_by_pronoun(k, pivot, &bare)
            .filter(|_| left.is_none_or(|c| r.is_adjacent(c, k) || pivot.relative) && self.roles.object == Slot::Target && !pivot.and);
        if let Some(c) = hit {
            self.take(c, Slot::Target);
            left = None;
        }
        let first = bare.first().map(|c| content(*c));
        // «ثلاثة جنود أعدمهم التنظيم»: whom the pronoun means was harmed or seized, and who did it follows or stands before.
        let by_first = self.harms_by_pronoun() && first.as_ref().is_some_and(|c| c.fighter());
        if by_first && let Some(c) = left.take().filter(|c| pivot.relative || r.is_adjacent(*c, k)) {
            self.take(c, Slot::Counted);
            self.counted_done |= !self.mention.tolls.is_empty();
        }
        Around {
            second: bare.get(1).map(|c| content(*c)),
            left_content: left.map(content),
            plural: form.any(Inflection::PLURAL | Inflection::DUAL) && !form.any(Inflection::SINGULAR),
            hit: hit.is_some(),
            bare,
            left,
            first,
            by_first,
        }
    }

    /// The phrase before the verb that may be its subject.
    fn before_verb(&self, bare: &[usize]) -> Option<usize> {
        let (r, k) = (self.reader, self.k);
        // «حلب استهدفت قوات …»: a place at the head of a line does nothing.
        let acts = |c: &usize| {
            let content = r.content(r.parse.chunks[*c].items.clone());
            let only_place = content.actors.is_empty()
                && content.person.is_none()
                && content.weapons.is_empty()
                && content.objects.is_empty()
                && !content.places.is_empty();
            !only_place || self.roles.subject != Slot::Perpetrator || bare.is_empty()
        };
        let left = r.left_subject(k, self.used).filter(acts).filter(|_| !self.reaching);
        // «… أصيب بقصف»: somebody who is only named, right before the verb.
        left.or_else(|| r.named_before(k, self.f).filter(|c| !self.used[*c] && bare.is_empty()))
    }

    /// Whether the verb is one of harm or seizure that bears a pronoun for whom it befell.
    fn harms_by_pronoun(&self) -> bool {
        let pronoun = self.reader.scan.items[self.pivot.item].pronoun;
        self.f.outcome.is_some() && self.roles.subject == Slot::Perpetrator && !self.passive_only && pronoun
    }

    /// Whether the subject of a verb of harm does it: «قتلت القوات …», not «قتل جندي».
    fn does_harm(&self, around: &Around) -> bool {
        let (r, k, f) = (self.reader, self.k, self.f);
        let Around { bare, left, left_content, first, second, .. } = around;
        let counted = |n: usize| bare.get(n).is_some_and(|c| r.parse.chunks[*c].count.is_some());
        let left_fights = fights_or_fires(left_content);
        let first_fights = fights(first) && !counted(0);
        // «القوات أصابت سفينة»: a thing that somebody right before the verb hits.
        let thing = |c: &Cow<Content>| c.person.is_none() && !c.unit && c.weapons.is_empty() && !c.objects.is_empty();
        let hits = f.outcome == Some(Outcome::Injured)
            && left_fights
            && left.is_some_and(|c| r.is_adjacent(c, k))
            && first.as_ref().is_some_and(thing);
        self.harms_by_means(around)
            || hits
            || left_fights && first.as_ref().is_some_and(|c| c.person.is_some() || counted(0))
            || first_fights && second.as_ref().is_some_and(|c| c.person.is_some() || counted(1))
            || f.kind == FrameKind::Deed && !r.seized_alone(left_content, first, bare.len())
            || around.by_first
            || self.harms_by_pronoun() && first.is_none() && fights(left_content)
            // Its passive has letters of its own.
            || f.action == Action::Assassination && !self.passive_only
    }

    /// «صاروخ أصاب مستودعاً», «قتلت قذيفة طفلين»: what was fired or flew does it.
    fn harms_by_means(&self, around: &Around) -> bool {
        let (r, k) = (self.reader, self.k);
        let arms = |c: &Cow<Content>| (!c.weapons.is_empty() || c.shells) && c.person.is_none();
        let other = |c: &Cow<Content>| c.weapons.is_empty() && !c.is_empty();
        let by_left = around.left_content.as_ref().is_some_and(arms) && around.first.as_ref().is_some_and(other);
        let by_next = around.first.as_ref().is_some_and(arms) && around.second.as_ref().is_some_and(other);
        let beside = |c: usize| r.is_adjacent(c, k) || r.is_named_on(c, k);
        !self.passive_only && around.left.is_none_or(|c| by_next || beside(c)) && (by_left || by_next)
    }

    /// Whether the phrase before the verb is its subject: when the form demands it, when nothing bare follows, or when it stands
    /// right before it.
    fn stands_before(&self, left: usize, suffers: bool, around: &Around) -> bool {
        let r = self.reader;
        // «القوات … قصفت نقطة للنظام»: a post is hit, and hits nothing.
        let post = around.bare.first().is_some_and(|c| r.belongs(&r.parse.chunks[*c]));
        // «… أطلق ست قذائف»: what is fired fires nothing.
        let acts_first = if self.roles.object == Slot::Means { fights(&around.first) } else { fights_or_fires(&around.first) };
        let clear = !suffers && fights_or_fires(&around.left_content) && (!acts_first || post);
        around.plural || around.bare.is_empty() || r.is_adjacent(left, self.k) || self.pivot.relative || clear
    }

    /// Gives the phrase before the verb, and what is joined to it, to the subject's slot.
    fn take_subject(&mut self, left: usize, slot: Slot) {
        let (r, f) = (self.reader, self.f);
        for c in r.joined_before(left, self.pivot.relative) {
            self.take(c, slot);
        }
        if slot == Slot::Counted {
            for part in r.parts_between(left, self.k) {
                r.part(self.mention, &r.parse.chunks[part], f);
                self.used[part] = true;
            }
        }
        self.subject_known = true;
        self.counted_done |= slot == Slot::Counted && !self.mention.tolls.is_empty();
    }

    /// «كما استهدفت قرية …»: whether nobody who could do it is told.
    fn is_elided(&self, form: Inflection, suffers: bool, around: &Around) -> bool {
        let item = &self.reader.scan.items[self.pivot.item];
        let idle = |c: &Option<Cow<Content>>| c.as_ref().is_none_or(|c| !c.fighter() && c.weapons.is_empty() && c.person.is_none());
        !suffers
            && !self.subject_known
            && !around.plural
            && !self.pivot.relative
            && self.f.outcome.is_none()
            && self.roles.subject == Slot::Perpetrator
            && self.roles.object == Slot::Target
            && form.has(Inflection::PAST)
            && !self.reader.scan.senses(item).iter().any(|s| s.1.has(Inflection::NOUN))
            && !item.pronoun
            && idle(&around.left_content)
            && idle(&around.first)
    }

    /// Whether all that follows a verb of seizure after "and" is whom it befell.
    fn seizes_what_follows(&self, around: &Around) -> bool {
        let r = self.reader;
        if !self.pivot.and || self.f.kind != FrameKind::Deed || self.f.outcome.is_none() {
            return false;
        }
        match (&around.first, around.bare.as_slice()) {
            // «داهمت … القرية واعتقلت تسعة أشخاص»: the one phrase that follows is whom they seized.
            (Some(content), [only]) => {
                let people = content.person.is_some() || r.parse.chunks[*only].count.is_some();
                people && content.actors.iter().all(|a| a.kind.is_bystander())
            }
            // «وأصيب ستة واعتقل ثلاثة»: a number alone was seized, and seizes nobody.
            (None, _) => r.only_counts(self.k),
            _ => false,
        }
    }
}

/// Whether fighters are told.
fn fights(content: &Option<Cow<Content>>) -> bool {
    content.as_ref().is_some_and(|c| c.fighter())
}

/// Whether fighters or weapons are told.
fn fights_or_fires(content: &Option<Cow<Content>>) -> bool {
    content.as_ref().is_some_and(|c| c.fighter() || !c.weapons.is_empty())
}
