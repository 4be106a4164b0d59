//! What stands around a trigger, to its left and right, put into the slots of its frame.

use crate::content::Content;
use crate::fill::{demonstrators, is_crowd};
use crate::mention::{Mention, Party, SERIES};
use crate::parse::{Carry, Chunk, MUTUAL, Node, Pivot};
use crate::reader::Reader;
use marsad_language::{Class, Frame, FrameKind, Inflection, Needs, Prep, Reading, RoleSet, Slot};
use marsad_model::{Action, ObjectClass, Outcome, Role};

/// The code of class `marker` for verbs of carrying people.
const CARRIES: u32 = 17;
/// The code of class `near` for words of distance.
const DISTANCE: u32 = 1;

impl Reader<'_, '_> {
    #[allow(clippy::too_many_arguments)]
    pub(crate) fn walk(
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
        let governed = f.action == Action::Protest && mention.governor.is_some_and(|g| g != SERIES);
        if verb.is_none()
            && !mention.ruled
            && !governed
            && let Some((q, light)) = previous
            && let Some(carry) = light.carry.filter(|c| *c != Carry::Find || mention.people)
        {
            // «في هذه المظاهرات» in «الناشط الذي يشارك …»: told in passing, of somebody.
            mention.relative |= light.relative && f.action == Action::Protest;
            mention.carried = true;
            mention.carrier = light.verb;
            mention.negated |= light.negated.is_some();
            mention.modal = mention.modal.or(light.modal);
            subject_known |= self.carried(q, k, light, carry, mention, roles, used);
            if self.scan.value(&self.scan.items[light.item], Class::Light) == Some(MUTUAL) {
                self.exchange(mention);
            }
        }
        if verb.is_none()
            && roles.subject == Slot::Perpetrator
            && !mention.carried
            && !mention.has_perpetrator()
            && let Some(c) = self.governed(k, mention, used)
        {
            for c in self.joined_after(c) {
                self.fill(mention, c, Slot::Perpetrator, f);
            }
            subject_known = true;
        }
        if verb.is_none()
            && roles.subject == Slot::Perpetrator
            && mention.pronoun
            && !mention.has_perpetrator()
            && let Some(c) = self.referent(k, pivot, roles)
        {
            self.fill(mention, c, Slot::Perpetrator, f);
            subject_known = true;
        }
        if verb.is_none()
            && (f.action.is_violent() || matches!(f.action, Action::Detention | Action::TerritoryGain | Action::Interception))
            && !mention.has_perpetrator()
            && let Some(c) = self.blamed(k)
        {
            self.fill(mention, c, Slot::Perpetrator, f);
            subject_known = true;
        }
        if verb.is_none()
            && roles.subject == Slot::Perpetrator
            && !mention.has_perpetrator()
            && let Some(party) = self.behind(k, mention)
        {
            mention.parties.push(party);
        }
        if verb.is_none()
            && roles.subject == Slot::Perpetrator
            && !mention.has_perpetrator()
            && let Some(c) = self.tries(k, mention)
        {
            self.fill(mention, c, Slot::Perpetrator, f);
            used[c] = true;
        }
        if verb.is_none() && f.action == Action::Agreement {
            for c in self.agreed(k) {
                self.fill(mention, c, Slot::Party, f);
            }
        }
        // «بإعدام خمسة جرحى»: who was put to death had been wounded.
        let harmed_before = match self.parse.nodes.get(k + 1) {
            Some(Node::Pivot(q)) if verb.is_none() && is_harm(f.outcome) && !mention.people => Some(*q),
            _ => None,
        };
        let harmed_before = harmed_before.filter(|q| {
            let next = &self.parse.pivots[*q];
            // «مقتل متظاهر»: or had demonstrated.
            let wounded = next.frame.is_some_and(|(n, form)| {
                let n = self.frame(n);
                form.has(Inflection::PEOPLE) && (n.outcome == Some(Outcome::Injured) || n.needs == Some(Needs::Gathering))
            });
            wounded && next.prep.is_none() && !next.and && next.items.start == pivot.items.end
        });
        let mut kill_active = false;
        let mut counted_done = mention.people && !mention.tolls.is_empty();
        let mut harmed = harmed_before;
        if let Some(q) = harmed_before {
            counted_done = true;
            self.count_object(mention, q, f);
            absorbed[q] = Some(number);
        }
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
            let mut left = self.left_subject(k, used).filter(acts).filter(|_| !reaching);
            // «… أصيب بقصف»: somebody who is only named, right before the verb.
            left = left.or_else(|| self.named_before(k, f).filter(|c| !used[*c] && bare.is_empty()));
            // «صاروخاً أطلقه الحوثيون»: what the pronoun means was fired, and who fired it follows.
            let thrown = |c: &usize| {
                let item = &self.scan.items[pivot.item];
                roles.object == Slot::Means
                    && item.pronoun
                    && !bare.is_empty()
                    && !self.content(self.parse.chunks[*c].items.clone()).weapons.is_empty()
            };
            if let Some(c) = left.filter(thrown) {
                self.fill(mention, c, Slot::Means, f);
                left = None;
            }
            // «منزل قصفته طائرات …»: what the pronoun means was hit, and who did it follows.
            let hit = self
                .means_by_pronoun(k, pivot, &bare)
                .filter(|_| left.is_none_or(|c| self.is_adjacent(c, k) || pivot.relative) && roles.object == Slot::Target && !pivot.and);
            if let Some(c) = hit {
                self.fill(mention, c, Slot::Target, f);
                used[c] = true;
                left = None;
            }
            let first = bare.first().map(|c| self.content(self.parse.chunks[*c].items.clone()));
            // «ثلاثة جنود أعدمهم التنظيم»: whom the pronoun means was harmed or seized, and who did it follows or stands before.
            let harms = f.outcome.is_some() && roles.subject == Slot::Perpetrator && !passive_only && self.scan.items[pivot.item].pronoun;
            let by_first = harms && first.as_ref().is_some_and(Content::fighter);
            if by_first && let Some(c) = left.take().filter(|c| pivot.relative || self.is_adjacent(*c, k)) {
                self.fill(mention, c, Slot::Counted, f);
                used[c] = true;
                counted_done |= !mention.tolls.is_empty();
            }
            let second = bare.get(1).map(|c| self.content(self.parse.chunks[*c].items.clone()));
            let left_content = left.map(|c| self.content(self.parse.chunks[c].items.clone()));
            let plural = v.any(Inflection::PLURAL | Inflection::DUAL) && !v.any(Inflection::SINGULAR);
            if f.outcome.is_some() && roles.subject == Slot::Perpetrator {
                let left_fights = left_content.as_ref().is_some_and(|c| c.fighter() || !c.weapons.is_empty());
                let first_fights = first.as_ref().is_some_and(|c| c.fighter() && self.parse.chunks[bare[0]].count.is_none());
                // «صاروخ أصاب مستودعاً», «قتلت قذيفة طفلين»: what was fired or flew does it.
                let arms = |c: &Content| (!c.weapons.is_empty() || c.shells) && c.person.is_none();
                let other = |c: &Content| c.weapons.is_empty() && !c.is_empty();
                let by_left = left_content.as_ref().is_some_and(arms) && first.as_ref().is_some_and(other);
                let by_next = first.as_ref().is_some_and(arms) && second.as_ref().is_some_and(other);
                let beside = |c: usize| self.is_adjacent(c, k) || self.is_named_on(c, k);
                let by_means = !passive_only && left.is_none_or(|c| by_next || beside(c)) && (by_left || by_next);
                // «القوات أصابت سفينة»: a thing that somebody right before the verb hits.
                let thing = |c: &Content| c.person.is_none() && !c.unit && c.weapons.is_empty() && !c.objects.is_empty();
                let hits = f.outcome == Some(Outcome::Injured)
                    && left_fights
                    && left.is_some_and(|c| self.is_adjacent(c, k))
                    && first.as_ref().is_some_and(thing);
                kill_active = by_means
                    || hits
                    || (left_fights
                    && first.as_ref().is_some_and(|c| c.person.is_some() || self.parse.chunks[bare[0]].count.is_some()))
                    || (first_fights && second.as_ref().is_some_and(|c| c.person.is_some() || self.parse.chunks[bare[1]].count.is_some()))
                    || f.kind == FrameKind::Deed && !self.seized_alone(&left_content, &first, bare.len())
                    || by_first
                    || harms && first.is_none() && left_content.as_ref().is_some_and(Content::fighter)
                    // Its passive has letters of its own.
                    || f.action == Action::Assassination && !passive_only;
            }
            // «أعدموا ثمانية أسرى», «أصيب ستة متظاهرين»
            let fighters = |c: &Option<Content>| c.as_ref().is_some_and(Content::fighter);
            if matches!(f.outcome, Some(Outcome::Killed | Outcome::Injured | Outcome::Detained | Outcome::Abducted))
                && let Some(q) = self.people_after(k, f.outcome == Some(Outcome::Killed) && (fighters(&left_content) || fighters(&first)))
            {
                kill_active |= roles.subject == Slot::Perpetrator && (fighters(&left_content) || fighters(&first));
                counted_done = true;
                harmed = Some(q);
                self.count_object(mention, q, f);
                absorbed[q] = Some(number);
            }
            let suffers = passive_only
                || (f.outcome.is_some() && roles.subject == Slot::Perpetrator && !kill_active)
                || roles.subject == Slot::Counted;
            let suffered = if f.outcome.is_some() { Slot::Counted } else { Slot::Target };
            let slot = if suffers { suffered } else { roles.subject };
            // Subject before the verb: when the form demands it, when nothing bare follows, or when it stands right before it.
            let adjacent = left.is_some_and(|c| self.is_adjacent(c, k));
            let fights = |c: &Option<Content>| c.as_ref().is_some_and(|c| c.fighter() || !c.weapons.is_empty());
            // «القوات … قصفت نقطة للنظام»: a post is hit, and hits nothing.
            let post = bare.first().is_some_and(|c| self.belongs(&self.parse.chunks[*c]));
            // «… أطلق ست قذائف»: what is fired fires nothing.
            let acts_first = if roles.object == Slot::Means { first.as_ref().is_some_and(Content::fighter) } else { fights(&first) };
            let clear = !suffers && fights(&left_content) && (!acts_first || post);
            let take_left = plural || bare.is_empty() || adjacent || pivot.relative || clear;
            if take_left && let Some(c) = left {
                for c in self.joined_before(c, pivot.relative) {
                    self.fill(mention, c, slot, f);
                    used[c] = true;
                }
                if slot == Slot::Counted {
                    for part in self.parts_between(c, k) {
                        self.part(mention, &self.parse.chunks[part], f);
                        used[part] = true;
                    }
                }
                subject_known = true;
                counted_done |= slot == Slot::Counted && !mention.tolls.is_empty();
            } else if (plural || pivot.relative) && !by_first && hit.is_none() {
                subject_known = true;
            }
            // «كما استهدفت قرية …»: nobody who could do it is told.
            let idle = |c: &Option<Content>| c.as_ref().is_none_or(|c| !c.fighter() && c.weapons.is_empty() && c.person.is_none());
            mention.elided = !suffers
                && !subject_known
                && !plural
                && !pivot.relative
                && f.outcome.is_none()
                && roles.subject == Slot::Perpetrator
                && roles.object == Slot::Target
                && v.has(Inflection::PAST)
                && !self.scan.senses(&self.scan.items[pivot.item]).iter().any(|s| s.1.has(Inflection::NOUN))
                && !self.scan.items[pivot.item].pronoun
                && idle(&left_content)
                && idle(&first);
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
                content.actors.iter().all(|a| a.kind.is_bystander()) && (content.person.is_some() || self.parse.chunks[c].count.is_some())
            };
            if pivot.and
                && f.kind == FrameKind::Deed
                && f.outcome.is_some()
                && bare.len() == 1
                && first.as_ref().is_some_and(|content| people(bare[0], content))
            {
                subject_known = true;
            }
            // «وأصيب ستة واعتقل ثلاثة»: a number alone was seized, and seizes nobody.
            if pivot.and && f.kind == FrameKind::Deed && f.outcome.is_some() && first.is_none() && self.only_counts(k) {
                subject_known = true;
            }
            // «… أعلنت أنها اعتقلت …»: who speaks of itself is the subject.
            if !suffers
                && !subject_known
                && !fights(&first)
                && let Some(c) = self.speaker(k).or_else(|| self.says_of_itself(k))
            {
                self.fill(mention, c, slot, f);
                subject_known = true;
            }
        }
        // The right side.
        let mut bare = 0;
        let mut last: Option<Slot> = None;
        let mut party: Option<Slot> = None;
        let mut comma = false;
        // «استهدفت غارة قيادياً»: the verb reaches for what follows its subject.
        let reached = verb.is_none() && f.outcome.is_none() && self.is_reached(k, pivot);
        let mut override_slot: Option<Slot> = reached.then_some(Slot::Target);
        let mut passing = false;
        // Whether a verb says who was in the thing that was hit.
        let mut riders = false;
        // Whether those who demonstrate are the subject, told after the verb.
        let mut gathered = false;
        // What was moved, where a verb of moving has it for its object.
        let mut moved: Option<usize> = None;
        // Where an indefinite subject ends that a clause may follow, and whether one does.
        let phrase = self.scan.items.get(pivot.item).is_some_and(|i| i.end - i.start > 1);
        let mut described = Some(pivot.items.end).filter(|_| phrase && verb.is_some() && f.action == Action::SuicideAttack);
        subject_known |= described.is_some();
        let mut clause = false;
        let bares = self.bare_after(k).len();
        // «إرسال فرنسا جنوداً»: between a noun and the word that belongs to it stands who acts.
        let apart = verb.is_none() && !phrase && inflection.has(Inflection::PHRASE | Inflection::SINGULAR);
        for (n, node) in self.parse.nodes.iter().enumerate().skip(k + 1) {
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
                        mention.parties.iter_mut().filter(|p| p.armed && p.role == Role::Target).for_each(|p| p.role = Role::Perpetrator);
                    }
                    if roles.subject == Slot::Party {
                        last = Some(Slot::Party);
                    }
                    comma = false;
                    continue;
                }
                Node::Pivot(q) => {
                    let next = &self.parse.pivots[q];
                    // The people who are counted already.
                    if harmed == Some(q) {
                        mention.reach = next.items.end;
                        last = None;
                        continue;
                    }
                    let carries = next.carry.filter(|_| next.verb.is_some() && !next.and && next.negated.is_none());
                    // «قصف …، استهدف الطيران بلدة …»: a verb that has a subject and an object of its own.
                    let carries = carries.filter(|c| *c != Carry::Reach || !(comma && self.acts_itself(n)));
                    // «انفجرت عبوة زرعها مجهولون بدورية …»
                    let planted = verb.is_some() && roles.subject == Slot::Means && bare > 0 && carries == Some(Carry::Perpetrator);
                    // «حملة اعتقالات طالت خمسة شبان»
                    if verb.is_none() && f.kind == FrameKind::Deed && f.outcome.is_some() && carries == Some(Carry::Reach) {
                        override_slot = Some(Slot::Counted);
                        absorbed[q] = Some(number);
                        comma = false;
                        continue;
                    }
                    // «قُتل اثنان بلغم زرعه …»: whoever laid what harmed them.
                    let laid = last == Some(Slot::Means) && carries == Some(Carry::Perpetrator) && self.scan.items[next.item].pronoun;
                    if laid && f.outcome.is_some() && !mention.has_perpetrator() && !self.carries(n) {
                        override_slot = Some(Slot::Perpetrator);
                        absorbed[q] = Some(number);
                        comma = false;
                        continue;
                    }
                    // «سيارة تقل عناصر من …»: who was in what was hit.
                    if last == Some(Slot::Target) && override_slot.is_none() && self.conveys(next, mention.reach) {
                        riders = true;
                        comma = false;
                        continue;
                    }
                    // «مجزرة ارتكبتها قوات …»: who did what the noun for harm tells.
                    let done = verb.is_none() && f.outcome.is_some() && !mention.people && carries == Some(Carry::Perpetrator);
                    if done && !mention.has_perpetrator() && self.scan.items[next.item].pronoun {
                        override_slot = Some(Slot::Perpetrator);
                        absorbed[q] = Some(number);
                        comma = false;
                        continue;
                    }
                    if (verb.is_none() || planted) && f.outcome.is_none() {
                        match carries {
                            Some(Carry::Reach) => {
                                override_slot = Some(Slot::Target);
                                absorbed[q] = Some(number);
                                comma = false;
                                continue;
                            }
                            Some(Carry::Perpetrator) if self.scan.items[next.item].pronoun || next.relative || self.leads_back(next) => {
                                override_slot = Some(Slot::Perpetrator);
                                absorbed[q] = Some(number);
                                comma = false;
                                continue;
                            }
                            // «الهجمات لا تزال تُنفذ ضد …»: nobody follows who could do it.
                            Some(Carry::Perpetrator)
                                if bare == 0
                                    && !mention.carried
                                    && next.items.start <= pivot.items.end + 1
                                    && self.bare_after(n).is_empty() =>
                            {
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
                            None if next.frame.is_some_and(|(g, _)| self.is_held(next, self.frame(g))) => continue,
                            None if next.relative
                                && (next.frame.is_none() || self.is_held(next, self.frame(next.frame.map_or(0, |f| f.0)))) =>
                            {
                                // «الطرق التي يستخدمها …»: what follows at once belongs to the clause; «العملية التي يقودها …» tells who acts.
                                passing = next.frame.is_none() && next.item > pivot.items.end + 1;
                                continue;
                            }
                            _ => {}
                        }
                    }
                    // «حملة اعتقالات طالت عشرين متظاهراً»
                    if override_slot == Some(Slot::Counted)
                        && let Some(q) = self.people_after(n - 1, false)
                    {
                        override_slot = None;
                        counted_done = true;
                        self.count_object(mention, q, f);
                        absorbed[q] = Some(number);
                        mention.reach = next.items.end;
                        continue;
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
                        mention.known = self.is_known(next) && f.action == Action::Protest;
                        mention.count = mention.count.or(next.count.filter(|_| f.action == Action::Protest));
                        absorbed[q] = Some(number);
                        gathered = true;
                        subject_known = true;
                        last = Some(Slot::Perpetrator);
                        mention.reach = next.items.end;
                        continue;
                    }
                    // «وقُتل في الهجوم جندي»: those harmed follow the attack.
                    // «راح ضحية التفجير 19 شخصاً»
                    let genitive = phrase && next.prep.is_none() && !next.and && next.items.start == pivot.items.end;
                    let led = genitive || next.because || matches!(next.prep, Some(Prep::In | Prep::By | Prep::During));
                    let act = next.verb.is_none() && next.frame.is_some_and(|(f, _)| self.frame(f).outcome.is_none());
                    if verb.is_some() && f.outcome.is_some() && bare == 0 && led && act && self.scan.items[next.item].has(Reading::ARTICLE)
                    {
                        continue;
                    }
                    // «اغتال مسلحون كانوا يستقلون سيارة مسؤولاً …»: a clause that only tells of its subject.
                    if verb.is_some() && self.is_plain(n, next) && (clause || self.is_described(described, next)) {
                        clause = true;
                        continue;
                    }
                    break;
                }
                Node::Chunk(c) => {
                    let chunk = &self.parse.chunks[c];
                    if chunk.relative {
                        break;
                    }
                    if std::mem::take(&mut clause) {
                        // «انتحاري يقود شاحنة مفخخة»
                        let weapons = self.content(chunk.items.clone()).weapons;
                        mention.weapons.extend(weapons.into_iter().map(|(w, i)| (w, i..i + 1)));
                        used[c] = true;
                        continue;
                    }
                    if used[c] && verb.is_none() && mention.definite && chunk.prep.is_none() {
                        break;
                    }
                    if std::mem::take(&mut riders) && chunk.prep.is_none() && !chunk.bracket {
                        let told = mention.objects.len();
                        self.fill(mention, c, Slot::Target, f);
                        mention.objects.truncate(told);
                        used[c] = true;
                        mention.reach = chunk.items.end;
                        continue;
                    }
                    if std::mem::take(&mut passing) && chunk.prep.is_none() {
                        continue;
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
                    if self.is_total_of(pivot, f, chunk) && content.person.is_some() {
                        self.risen_to(mention, chunk, &content, f);
                        used[c] = true;
                        last = None;
                        mention.reach = chunk.items.end;
                        continue;
                    }
                    let slot = if chunk.and && chunk.prep.is_none() {
                        // «قصفت … مواقع … في …، ومواقع … في …»: more that was hit.
                        let more = roles.object == Slot::Target && last == Some(Slot::Place) && self.belongs(chunk);
                        if chunk.comma && !more && !self.same_sort(last, &content) {
                            break;
                        }
                        // «مقاتلي … في شمالي … وحزب …»: after a place another body goes on with the one before it.
                        let body = content.places.is_empty() && content.actors.iter().any(|a| a.may_fight() && !a.adjective);
                        let goes_on = party.filter(|_| last == Some(Slot::Place) && body && !self.opens_clause(c));
                        if more { Some(Slot::Target) } else { goes_on.or(last) }
                    } else if let Some(prep) = chunk.prep {
                        // «حافلة لعناصر النظام»: whose the thing is that was hit.
                        let owned = prep == Prep::To && chunk.items.start == mention.reach && content.actors.iter().any(|a| !a.adjective);
                        let slot = match last {
                            Some(Slot::Target) if owned => Slot::Target,
                            // «طائرة تابعة لقوات …», «برصاص قناص تابع ل…»
                            Some(Slot::Perpetrator | Slot::Means)
                                if owned && roles.subject != Slot::Means && f.action != Action::Withdrawal =>
                            {
                                Slot::Perpetrator
                            }
                            // «نصب … كميناً لدورية»: who acts is told; for whom it was meant is hit.
                            _ if prep == Prep::To
                                && roles.prep[prep.code() as usize] == Slot::Perpetrator
                                && verb.is_none()
                                && mention.carried
                                && mention.has_perpetrator()
                                && content.weapons.is_empty() =>
                            {
                                Slot::Target
                            }
                            // «كمين لقافلة عسكرية»
                            _ if prep == Prep::To
                                && roles.prep[prep.code() as usize] == Slot::Perpetrator
                                && verb.is_none()
                                && f.action == Action::ArmedAttack
                                && chunk.items.start == pivot.items.end
                                && self.is_column(chunk, &content) =>
                            {
                                Slot::Target
                            }
                            _ if prep == Prep::With && mention.action == Action::Clash => {
                                if roles.subject == Slot::Party {
                                    Slot::Party
                                } else {
                                    Slot::Target
                                }
                            }
                            _ => roles.prep[prep.code() as usize],
                        };
                        if verb.is_none() && slot == Slot::Counted && prep == Prep::To && counted_done {
                            Some(Slot::None)
                        } else {
                            Some(slot)
                        }
                    } else if let Some(slot) = last.filter(|_| !content.actors.is_empty() && self.hedged(chunk)) {
                        Some(slot)
                    } else {
                        let crowd = f.action == Action::Protest && chunk.count.is_some_and(|c| c.vague);
                        let number = chunk.count.is_some() && f.outcome.is_some() || crowd;
                        if content.is_empty() && !number && !self.named_person(f, &content, chunk) {
                            continue;
                        }
                        // «… على الطريق بين حلب والباب»: words for where something is that bear their preposition in themselves.
                        if bare > 0 && self.leads_to_place(chunk, &content) {
                            self.fill(mention, c, Slot::Place, f);
                            used[c] = true;
                            last = Some(Slot::Place);
                            mention.reach = chunk.items.end;
                            continue;
                        }
                        // «قصفت القوات … في …، نقطة عسكرية»: what was hit after all that is said of who did it.
                        let hit = !content.objects.is_empty() || !content.places.is_empty();
                        let late =
                            verb.is_some() && bare == 1 && !subject_known && roles.object == Slot::Target && hit && !self.opens_clause(c);
                        if comma && !late && (bare > 0 || gathered || verb.is_none()) {
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
                                1 if bares > 1 || apart || self.aims_on(n, roles, &content) => roles.of_then,
                                1 => roles.of,
                                2 => roles.object,
                                _ => break,
                            }
                        };
                        Some(slot)
                    };
                    let Some(slot) = slot else { continue };
                    if slot == Slot::None && verb.is_some() && chunk.prep.is_none() && roles.adjective == Slot::Perpetrator {
                        moved = moved.or(Some(c));
                    }
                    // «قصف متبادل بين قوات … و…»: both fire.
                    let both = slot == Slot::Place && chunk.prep == Some(Prep::Between) && roles.subject == Slot::Perpetrator;
                    let slot = if both && f.action.is_violent() && f.outcome.is_none() && content.fighter() && content.places.is_empty() {
                        Slot::Perpetrator
                    } else {
                        slot
                    };
                    // «قوات … وتلك المدعومة من …»: one more body, of which only is said who backs it.
                    if slot == Slot::Ally
                        && let Some((role, from)) = last.zip(self.backed(chunk)).and_then(|(last, from)| match last {
                            Slot::Target => Some((Role::Target, from)),
                            Slot::Perpetrator => Some((Role::Perpetrator, from)),
                            _ => None,
                        })
                    {
                        mention.parties.push(Party { armed: true, ..Party::unarmed(role, "other", from..chunk.items.end) });
                        used[c] = true;
                        mention.reach = chunk.items.end;
                        continue;
                    }
                    // «… مدعومة بـ…»: who stands behind a side is no means of it.
                    if slot == Slot::Means && last == Some(Slot::Party) && !content.actors.is_empty() && content.weapons.is_empty() {
                        continue;
                    }
                    // After a preposition of place an override is over.
                    let slot = if mention.people && slot == Slot::None && chunk.prep == Some(Prep::From) { Slot::Counted } else { slot };
                    // «قتلى من المدنيين», «ضحايا بين النازحين»
                    let people = mention.people || f.outcome.is_some() && verb.is_none() && content.unarmed();
                    if mention.people && chunk.prep == Some(Prep::From) || people && chunk.prep == Some(Prep::Between) {
                        self.describe(mention, &content);
                        used[c] = true;
                        last = None;
                        continue;
                    }
                    counted_done |= slot == Slot::Counted;
                    self.fill(mention, c, slot, f);
                    used[c] = true;
                    last = Some(slot);
                    let head = &self.scan.items[chunk.items.start];
                    let people = self.scan.is(head, Class::Person) || self.scan.is(head, Class::Generic);
                    let indefinite = !head.has(Reading::ARTICLE) && people;
                    described = (slot == Slot::Perpetrator && indefinite).then_some(chunk.items.end);
                    if matches!(slot, Slot::Target | Slot::Party) && content.fighter() {
                        party = last;
                    }
                    mention.reach = chunk.items.end;
                }
            }
        }
        // «قصف» may be either, the noun or the verb.
        let noun = self.scan.senses(&self.scan.items[pivot.item]).iter().any(|s| s.0.class == Class::Frame && s.1.has(Inflection::NOUN));
        let alone = verb.is_none_or(|v| noun || v.has(Inflection::PLURAL) && !v.has(Inflection::SINGULAR));
        if roles.subject == Slot::Perpetrator
            && f.outcome.is_none()
            && alone
            && !mention.has_perpetrator()
            && let Some(c) = self.heads_line(k)
        {
            self.fill(mention, c, Slot::Perpetrator, f);
        }
        if let Some(c) = moved.filter(|_| !mention.has_perpetrator()) {
            let nations = self.content(self.parse.chunks[c].items.clone()).actors.into_iter().filter(|a| a.adjective);
            mention.parties.extend(nations.map(|a| Party::known(Role::Perpetrator, &a)));
        }
        self.both_sides(mention, f);
        self.count_harm(pivot, inflection, mention);
        if f.needs == Some(Needs::Gathering) && mention.people && !mention.ruled && !mention.has_perpetrator() {
            mention.parties.push(demonstrators(pivot));
        }
    }

    /// «خُطفت شابة», «شاب اعتقل …»: unarmed people who are all that stands by a verb of seizure were seized.
    fn seized_alone(&self, left: &Option<Content>, first: &Option<Content>, bare: usize) -> bool {
        let seized = |c: &Content| c.unarmed() && c.actors.iter().all(|a| a.kind.is_bystander()) && c.weapons.is_empty() && !c.unit;
        match (left, first) {
            (None, Some(first)) => bare == 1 && seized(first),
            (Some(left), None) => seized(left),
            _ => false,
        }
    }

    /// The person of two names or more who stands right before node `k`.
    fn named_before(&self, k: usize, f: &Frame) -> Option<usize> {
        let Node::Chunk(c) = *self.parse.nodes.get(k.checked_sub(1)?)? else { return None };
        let chunk = self.parse.chunks.get(c).filter(|c| !c.and && !c.bracket && c.count.is_none())?;
        self.named_person(f, &self.content(chunk.items.clone()), chunk).then_some(c)
    }

    /// Whether who does it and what is hit follow the verb at node `k`.
    fn acts_itself(&self, k: usize) -> bool {
        let bare = self.bare_after(k);
        let content = |n: usize| bare.get(n).map(|c| self.content(self.parse.chunks[*c].items.clone()));
        let acts = content(0).is_some_and(|c| c.fighter() || !c.weapons.is_empty());
        acts && content(1).is_some_and(|c| !c.objects.is_empty() || !c.places.is_empty() || c.fighter())
    }

    /// Whether the noun at node `k` is the subject of a verb of reaching right before it.
    fn is_reached(&self, k: usize, pivot: &Pivot) -> bool {
        let Some(Node::Pivot(before)) = k.checked_sub(1).and_then(|b| self.parse.nodes.get(b)) else { return false };
        let verb = &self.parse.pivots[*before];
        let reaches = verb.carry == Some(Carry::Reach) && verb.verb.is_some() && verb.items.end == pivot.items.start;
        reaches && pivot.prep.is_none() && !pivot.and && !self.scan.items[verb.item].pronoun
    }

    /// Whether a phrase without a preposition begins with words of several that say where something is, and tells nothing else.
    fn leads_to_place(&self, chunk: &Chunk, content: &Content) -> bool {
        let head = self.scan.items.get(chunk.items.start);
        let led = head.is_some_and(|i| {
            let place = self.scan.is(i, Class::PlaceKind) || self.scan.is(i, Class::Near);
            place && i.end - i.start > 1 && i.before == 0 && !self.scan.is(i, Class::Object)
        });
        // «على بعد خمسة كيلومترات من …»
        let far = |i: usize| self.scan.items.get(i).is_some_and(|t| self.scan.value(t, Class::Near) == Some(DISTANCE));
        let led = led || chunk.items.clone().take(3).any(far);
        led && !content.places.is_empty() && content.actors.is_empty() && content.person.is_none() && content.weapons.is_empty()
    }

    /// Whether the verb follows the end of an indefinite subject at once, or after "were".
    fn is_described(&self, end: Option<usize>, verb: &Pivot) -> bool {
        let was = |i: usize| self.scan.items.get(i).is_some_and(|item| self.scan.is(item, Class::Was));
        end.is_some_and(|end| (end..verb.items.start).all(was) && end <= verb.items.start)
    }

    /// The captives or demonstrators, or else the `wounded`, whom the verb at node `k` has for its object: «أجهز مسلحون على الجرحى».
    fn people_after(&self, k: usize, wounded: bool) -> Option<usize> {
        for node in self.parse.nodes.get(k + 1..)? {
            match *node {
                Node::Chunk(_) => {}
                Node::Pivot(q) => {
                    let pivot = self.parse.pivots.get(q)?;
                    let (frame, form) = pivot.frame?;
                    let frame = self.frame(frame);
                    let harmed = wounded && frame.outcome == Some(Outcome::Injured);
                    let people = harmed || frame.outcome == Some(Outcome::Captured) || frame.needs == Some(Needs::Gathering);
                    // «ستة مواطنين بينهم أسير»: one of those told before.
                    let among = matches!(pivot.modal, Some((Class::Among, _)));
                    return (people && form.has(Inflection::PEOPLE) && pivot.prep.is_none() && !pivot.and && !among).then_some(q);
                }
                _ => return None,
            }
        }
        None
    }

    /// «استُخدمت فيها المدفعية»: a preposition with a pronoun after the verb leads back to the noun before it.
    fn leads_back(&self, pivot: &Pivot) -> bool {
        let next = self.scan.items.get(pivot.items.end).filter(|_| pivot.items.end < self.range.end);
        next.is_some_and(|i| i.pronoun && self.scan.is(i, Class::Prep))
    }

    /// Whether the phrase tells of vehicles under way, and of no weapon: they are waylaid, and waylay nobody.
    fn is_column(&self, chunk: &Chunk, content: &Content) -> bool {
        let head = self.scan.items.get(chunk.items.start).and_then(|i| self.scan.value(i, Class::Object));
        let class = head.and_then(|o| ObjectClass::ALL.get(o as usize));
        matches!(class, Some(ObjectClass::VehicleMilitary | ObjectClass::Convoy | ObjectClass::VehicleCivilian))
            && content.weapons.is_empty()
    }

    /// Whether the pivot at node `k` is a verb that tells nothing of its own.
    fn is_plain(&self, k: usize, pivot: &Pivot) -> bool {
        let carries = pivot.carry.is_some() && self.carries(k);
        let tells = pivot.frame.is_some() || carries || pivot.report.is_some() || pivot.cause;
        pivot.verb.is_some() && !tells && !pivot.and
    }

    /// Where the words for a body begin that is named only by who backs it, in this chunk: «وتلك المدعومة من …».
    fn backed(&self, chunk: &Chunk) -> Option<usize> {
        let from = chunk.items.start.checked_sub(2).filter(|i| *i >= self.range.start)?;
        let item = self.scan.items.get(from)?;
        let named = self.content(chunk.items.clone()).actors.iter().any(|a| a.may_fight());
        (self.scan.is(item, Class::Demonstrative) && item.has(Reading::AND) && named).then_some(from)
    }

    /// «استهداف القوات التركية بقذائف لقرية …», «استهداف الجيش بالمدفعية قرية …»: whether whom a named body aims at follows node `k`.
    fn aims_on(&self, k: usize, roles: &RoleSet, content: &Content) -> bool {
        if roles.of != Slot::Target || roles.of_then != Slot::Perpetrator {
            return false;
        }
        if !content.actors.iter().any(|a| a.may_fight() && !a.adjective) {
            return false;
        }
        let after = self.parse.nodes.get(k + 1..).unwrap_or_default().iter().map_while(|n| match n {
            Node::Chunk(c) => self.parse.chunks.get(*c),
            _ => None,
        });
        for chunk in after.skip_while(|c| c.and && c.prep.is_none()).take(3) {
            let content = self.content(chunk.items.clone());
            match chunk.prep {
                Some(Prep::To) if !content.places.is_empty() || !content.objects.is_empty() || content.unarmed() || content.unit => {
                    return true;
                }
                Some(Prep::By) if !content.weapons.is_empty() => {
                    let last = content.weapons.iter().map(|w| w.1).max().unwrap_or(0);
                    if content.places.iter().any(|p| self.places.get(*p).is_some_and(|p| p.items.start > last)) {
                        return true;
                    }
                }
                Some(Prep::In | Prep::By | Prep::Near) => {}
                _ => return false,
            }
        }
        false
    }

    /// Whether a verb right after item `end` says whom a vehicle carries: «تقل», «كانت تنقل», «يستقلها».
    fn conveys(&self, verb: &Pivot, end: usize) -> bool {
        let carries = self.scan.senses(&self.scan.items[verb.item]).iter().any(|s| s.0.class == Class::Marker && s.0.value == CARRIES);
        let was = |i: usize| self.scan.items.get(i).is_some_and(|item| self.scan.is(item, Class::Was));
        carries && verb.verb.is_some() && verb.frame.is_none() && !verb.and && end <= verb.items.start && (end..verb.items.start).all(was)
    }

    /// Whether a number without a noun follows the verb at node `k`.
    fn only_counts(&self, k: usize) -> bool {
        let Some(Node::Chunk(c)) = self.parse.nodes.get(k + 1) else { return false };
        let chunk = &self.parse.chunks[*c];
        chunk.count.is_some() && chunk.prep.is_none() && !chunk.and && self.content(chunk.items.clone()).is_empty()
    }

    /// Whether words of doubt lead from the phrase before to this one: «مسلحون يعتقد أنهم من …».
    fn hedged(&self, chunk: &Chunk) -> bool {
        let before = chunk.items.start.checked_sub(1).filter(|i| *i > self.range.start);
        before.is_some_and(|i| self.scan.sense(&self.scan.items[i], Class::Hedge).is_some_and(|s| s.1.has(Inflection::PHRASE)))
    }

    /// «تبادل مسلحون من عشيرتين إطلاق النار»: fire that goes both ways is a clash, and the second who is told the adversary.
    fn exchange(&self, mention: &mut Mention) {
        if mention.action != Action::ArmedAttack {
            return;
        }
        mention.action = Action::Clash;
        let sides = mention.parties.iter_mut().filter(|p| p.role == Role::Perpetrator);
        sides.skip(1).for_each(|p| p.role = Role::Target);
    }

    /// «مسلحون من عشيرتين»: where fire went both ways and tribes alone are told, they fought each other.
    fn both_sides(&self, mention: &mut Mention, f: &Frame) {
        if mention.action == Action::Clash
            && f.action != Action::Clash
            && let [only] = mention.parties.as_slice()
            && only.code == "tribal"
        {
            mention.parties.push(Party { role: Role::Target, ..only.clone() });
        }
    }

    /// What a light verb before an event noun says of it. Returns whether a subject was found.
    #[allow(clippy::too_many_arguments)]
    fn carried(&self, q: usize, k: usize, light: &Pivot, carry: Carry, mention: &mut Mention, roles: &RoleSet, used: &mut [bool]) -> bool {
        let f = self.frame(mention.frame);
        let slot = match carry {
            Carry::Perpetrator => Slot::Perpetrator,
            Carry::Target => Slot::Target,
            Carry::Toll => Slot::Counted,
            Carry::Happen | Carry::Reach | Carry::Find => Slot::Place,
        };
        mention.found = carry == Carry::Find;
        if carry == Carry::Toll && f.outcome.is_none() || matches!(carry, Carry::Reach | Carry::Find) {
            return false;
        }
        let slot = if slot == Slot::Perpetrator && roles.subject == Slot::Party { Slot::Party } else { slot };
        let mut found = false;
        let mut led = false;
        for j in q + 1..k {
            // «أطلق … رشقة صاروخية»: the subject of a verb that tells an attack itself.
            if let Node::Chunk(c) = self.parse.nodes[j]
                && (!used[c] || carry == Carry::Perpetrator && light.frame.is_some())
            {
                let chunk = &self.parse.chunks[c];
                led = chunk.prep.is_some() || led && chunk.and;
                match chunk.prep {
                    // «في العراق وسوريا»
                    None if led => {}
                    // «واصلت عمليات القصف»: a word that nobody knows does nothing.
                    None if carry == Carry::Perpetrator && chunk.count.is_none() && self.content(chunk.items.clone()).is_empty() => {}
                    None => {
                        // «تكبد الحوثيون عشرات القتلى»: whose losses they are.
                        if mention.people && carry == Carry::Toll {
                            self.losses_of(mention, c);
                            continue;
                        }
                        self.fill(mention, c, slot, f);
                        found = true;
                        used[c] = true;
                    }
                    // «تعرضت نقطة تابعة لقوات … لقصف»: whose it is.
                    Some(Prep::To) if found && slot == Slot::Target => {
                        self.fill(mention, c, slot, f);
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
            for c in self.joined_before(c, false) {
                match mention.people && carry == Carry::Toll {
                    true => self.losses_of(mention, c),
                    false => self.fill(mention, c, slot, f),
                }
                used[c] = true;
            }
            found = true;
        }
        mention.acts = !found && carry == Carry::Perpetrator && light.verb.is_some_and(|v| !v.has(Inflection::PASSIVE));
        found
    }
}

/// Whether people are killed or hurt.
fn is_harm(outcome: Option<Outcome>) -> bool {
    matches!(outcome, Some(Outcome::Killed | Outcome::Injured))
}
