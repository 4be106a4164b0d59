//! Who was harmed: the people that words of harm count, and their parts.

use crate::content::Content;
use crate::count::{Count, bound_after, by_form, number_at};
use crate::mention::{Mention, Party, Toll};
use crate::parse::{Chunk, Pivot};
use crate::reader::Reader;
use marsad_language::{Class, Frame, FrameKind, Inflection, Needs, Prep, Reading, Slot};
use marsad_model::{Action, Group, Outcome, Role};
use marsad_text::Kind;

/// The code of class `marker` for words for losses that need a number.
const LOSSES: u32 = 10;
/// The code of class `marker` for one word that means several people.
const SEVERAL: u32 = 12;
/// The code of class `marker` for words for the dead that their own side has.
const MOURNED: u32 = 13;
/// A pronoun means people told so many items before it.
const BACK: usize = 30;
/// So many items after the word for the dead stands the number that their total has risen to.
const TOTAL: usize = 14;

impl Reader<'_, '_> {
    /// The people that a noun like "killed ones" counts itself.
    pub(crate) fn count_people(&self, pivot: &Pivot, inflection: Inflection, mention: &mut Mention) {
        let Some(outcome) = mention.outcome else { return };
        let item = &self.scan.items[pivot.item];
        let plural = inflection.has(Inflection::PLURAL)
            || self.scan.senses(item).iter().any(|s| s.0.class == Class::Frame && s.1.has(Inflection::PLURAL));
        let told = pivot.count.or_else(|| self.number_told(pivot, plural));
        // «وقوع ضحايا», «العديد من الضحايا»: losses without a number (codebook, section 5).
        let losses = self.is_loss(pivot.item);
        // «تشييع الشهداء»: the dead who are known already are counted elsewhere.
        if self.are_known(outcome, pivot.item, plural) && told.is_none() {
            return;
        }
        if losses && plural && told.is_none_or(|c| c.vague && c.low.is_none_or(|n| n <= 2)) {
            return;
        }
        // «أوقعوهم بين قتيل وجريح»: some of each.
        let some = told.is_none() && pivot.prep == Some(Prep::Between) && inflection.has(Inflection::SINGULAR);
        let count = if some { Count::at_least_vaguely(1) } else { told.unwrap_or_else(|| by_form(inflection, plural)) };
        let count = bound_after(self.scan, &self.scan.items[..self.range.end], pivot.items.end, count);
        let women = self.scan.value(item, Class::Person) == Some(Group::Women as u32);
        let group = if women && !plural { Group::Women } else { Group::All };
        let toll = Toll { outcome, group: Group::All, of: None, count, items: pivot.items.clone(), part: false };
        if group == Group::Women {
            mention.tolls.push(toll.clone());
            mention.tolls.push(Toll { group, part: true, ..toll });
        } else {
            mention.tolls.push(toll);
        }
    }

    /// Whether a definite plural means dead who are known already.
    fn are_known(&self, outcome: Outcome, i: usize, plural: bool) -> bool {
        outcome == Outcome::Killed && plural && self.scan.items.get(i).is_some_and(|item| item.has(Reading::ARTICLE))
    }

    /// Whether an item is a word for losses that need a number.
    fn is_loss(&self, i: usize) -> bool {
        self.scan.items.get(i).and_then(|item| self.scan.sense(item, Class::Marker)).is_some_and(|s| s.0.value == LOSSES)
    }

    /// Captives or demonstrators whom a verb of harm or seizure has for its object, and the body that captives belonged to.
    pub(crate) fn count_object(&self, mention: &mut Mention, object: usize, f: &Frame) {
        let pivot = &self.parse.pivots[object];
        let (Some((frame, form)), Some(outcome)) = (pivot.frame, f.outcome) else { return };
        let plural = form.has(Inflection::PLURAL);
        let count = pivot.count.unwrap_or_else(|| by_form(form, plural));
        let items = pivot.items.clone();
        if self.frame(frame).outcome.is_none() {
            let role = if f.kind == FrameKind::Deed { Role::Target } else { Role::Victim };
            mention.tolls.push(Toll { outcome, group: Group::Civilians, of: None, count, items: items.clone(), part: false });
            mention.parties.push(Party::unarmed(role, "civilians", items));
            return;
        }
        let after = self.parse.chunks.iter().find(|c| c.items.start >= items.end && c.items.start <= items.end + 1);
        let after = after.filter(|c| matches!(c.prep, Some(Prep::From | Prep::To)));
        let body = after.and_then(|c| self.content(c.items.clone()).actors.iter().find(|a| a.may_fight() && !a.adjective).cloned());
        let of = body.as_ref().map(|a| a.code.to_owned());
        // The wounded may be anyone.
        let group = if self.frame(frame).outcome == Some(Outcome::Injured) && of.is_none() { Group::All } else { Group::Combatants };
        mention.tolls.push(Toll { outcome, group, of, count, items, part: false });
        mention.parties.extend(body.map(|a| Party::known(Role::Target, &a)));
    }

    /// «إصابتان بقصف …», «وقوع 5 إصابات»: acts of harm that are counted themselves, where nobody is told.
    pub(crate) fn count_harm(&self, pivot: &Pivot, form: Inflection, mention: &mut Mention) {
        let harm = mention.outcome == Some(Outcome::Injured) && !mention.verb && !mention.people && mention.tolls.is_empty();
        if !harm || mention.pronoun || mention.definite || pivot.negated.is_some() || pivot.modal.is_some() {
            return;
        }
        let two = form.has(Inflection::DUAL) && !form.any(Inflection::PLURAL | Inflection::SINGULAR);
        let Some(count) = pivot.count.or(two.then(|| Count::exactly(2))) else { return };
        let items = pivot.items.clone();
        mention.tolls.push(Toll { outcome: Outcome::Injured, group: Group::All, of: None, count, items, part: false });
    }

    /// «خسر الجيش جنديين», «وخسر أربعة جنود»: people counted right after a verb of losing are the dead of its subject.
    pub(crate) fn count_lost(&self, k: usize, mention: &mut Mention, f: &Frame) {
        if !mention.verb || f.needs != Some(Needs::Ousted) || mention.outcome.is_some() || !mention.places.is_empty() {
            return;
        }
        let counted = |c: &usize| {
            let chunk = &self.parse.chunks[*c];
            let content = self.content(chunk.items.clone());
            let two = content.person.is_some_and(|p| p.1.has(Inflection::DUAL));
            (chunk.count.is_some() || two) && content.group() == Some(Group::Combatants)
        };
        if let Some(c) = self.bare_after(k).into_iter().find(counted) {
            let chunk = &self.parse.chunks[c];
            mention.kind = FrameKind::Toll;
            mention.action = Action::Killing;
            mention.outcome = Some(Outcome::Killed);
            mention.parties.retain(|p| p.role == Role::Target && !chunk.items.contains(&p.items.start));
            self.count(mention, chunk, &self.content(chunk.items.clone()), f);
        }
    }

    /// «إصابة 13 شخصاً، تسعة أطفال وأربع نساء»: those who are told after a comma and make up the number before it are the same people.
    pub(crate) fn same_told_twice(mention: &mut Mention) {
        for outcome in [Outcome::Killed, Outcome::Injured] {
            let of = |part: bool| move |t: &&Toll| t.outcome == outcome && t.part == part;
            let mut whole = mention.tolls.iter().filter(of(false)).map(|t| t.count.best);
            let (Some(Some(first)), Some(Some(second)), None) = (whole.next(), whole.next(), whole.next()) else { continue };
            let parts = mention.tolls.iter().filter(of(true)).map(|t| t.count.best).sum::<Option<u32>>();
            let Some(all) = parts.filter(|all| *all > second && first.checked_sub(all - second) == Some(*all)) else { continue };
            let mut wholes = 0;
            mention.tolls.retain_mut(|t| {
                if t.outcome != outcome || t.part {
                    return true;
                }
                t.count = Count::exactly(all);
                wholes += 1;
                wholes == 1
            });
        }
    }

    /// The number that a verb or "to" leads to after the people it counts: «عدد القتلى بلغ 13», «عدد الجرحى إلى 20»;
    /// or that stands before them: «15 بين قتيل وجريح».
    fn number_told(&self, pivot: &Pivot, plural: bool) -> Option<Count> {
        let items = &self.scan.items[..self.range.end];
        if pivot.prep == Some(Prep::Between) {
            let end = pivot.items.start.checked_sub(1)?;
            let from = end.saturating_sub(3).max(self.range.start);
            // «26 عنصراً بين قتيل وجريح»
            let noun = end.checked_sub(1).filter(|i| *i >= from && self.scan.is(&items[*i], Class::Person));
            let beside = |n: usize| n == end || noun == Some(n);
            return (from..end).find_map(|i| number_at(self.scan, items, i).filter(|n| beside(n.end))).map(|n| n.count);
        }
        // «ارتفع عدد قتلى الهجوم على القرية إلى 15»: a running total leads to its number past the attack.
        let total = pivot.items.start.checked_sub(1).is_some_and(|i| i >= self.range.start && self.scan.is(&items[i], Class::Total));
        if plural
            && total
            && let Some(count) = self.total_told(pivot)
        {
            return Some(count);
        }
        if !plural || !items.get(pivot.item)?.has(Reading::ARTICLE) {
            return None;
        }
        for i in pivot.items.end..(pivot.items.end + 6).min(items.len()) {
            let item = items.get(i)?;
            let senses = self.scan.senses(item);
            let mark = matches!(item.kind, Kind::Mark(',' | '.' | ';' | ':'));
            if mark || item.has(Reading::AND) || senses.iter().any(|s| s.0.class == Class::Frame) {
                return None;
            }
            let leads = self.scan.value(item, Class::Prep) == Some(Prep::Toward.code()) || senses.iter().any(|s| s.1.is_verb());
            let at = if self.scan.is(item, Class::Approx) { i } else { i + 1 };
            if (leads || at == i)
                && let Some(number) = number_at(self.scan, items, at)
            {
                return Some(number.count);
            }
        }
        None
    }

    /// «ارتفاع حصيلة القصف على … إلى ستة مدنيين»: whether the phrase tells how many the toll of an attack has risen to.
    pub(crate) fn is_total_of(&self, pivot: &Pivot, f: &Frame, chunk: &Chunk) -> bool {
        let total = |i: usize| i >= self.range.start && self.scan.items.get(i).is_some_and(|item| self.scan.is(item, Class::Total));
        let led = chunk.prep == Some(Prep::Toward) && chunk.count.is_some() && pivot.verb.is_none() && f.outcome.is_none();
        led && f.action.is_violent() && pivot.items.start.checked_sub(1).is_some_and(total)
    }

    /// Counts those whom the toll of an attack has risen to: the dead, where nothing else is said.
    pub(crate) fn risen_to(&self, mention: &mut Mention, chunk: &Chunk, content: &Content, f: &Frame) {
        let outcome = mention.outcome.replace(Outcome::Killed);
        self.count(mention, chunk, content, f);
        mention.outcome = outcome;
    }

    /// The number that a running total of the dead or wounded has risen to.
    fn total_told(&self, pivot: &Pivot) -> Option<Count> {
        let items = &self.scan.items[..self.range.end];
        let end = (pivot.items.end + TOTAL).min(items.len());
        let ends =
            |i: &usize| matches!(items[*i].kind, Kind::Mark('.' | ';' | ':')) || self.scan.senses(&items[*i]).iter().any(|s| s.1.is_verb());
        let leads = |i: &usize| self.scan.value(&items[*i], Class::Prep) == Some(Prep::Toward.code());
        let to = |i: usize| number_at(self.scan, items, i + 1).map(|n| n.count);
        (pivot.items.end..end).take_while(|i| !ends(i)).filter(leads).find_map(to)
    }

    /// A number told after the word for the harmed is theirs: «راح ضحيتها 7 مدنيين».
    pub(crate) fn recount(&self, mention: &mut Mention, chunk: &Chunk) {
        let led = mention.pronoun || mention.definite || mention.items.len() == 1;
        if let (Some(count), None, [toll]) = (chunk.count, mention.count, mention.tolls.as_mut_slice())
            && led
            && toll.count.best.is_none_or(|n| n == 1)
        {
            toll.count = count;
            toll.items.end = toll.items.end.max(chunk.items.end);
        }
    }

    /// «مقتل طاقم الدبابة»: one word that means several people.
    fn are_several(&self, content: &Content) -> bool {
        let item = content.person.and_then(|p| self.scan.items.get(p.2));
        item.and_then(|i| self.scan.sense(i, Class::Marker)).is_some_and(|s| s.0.value == SEVERAL)
    }

    /// «تكبد الحوثيون عشرات القتلى»: the body named in chunk `c` lost those who are counted.
    pub(crate) fn losses_of(&self, mention: &mut Mention, c: usize) {
        let content = self.content(self.parse.chunks[c].items.clone());
        let fights = content.actors.iter().any(|a| a.kind.is_armed() && !a.adjective && a.code != "unidentified");
        if fights {
            self.describe(mention, &content);
        }
    }

    /// Says of people already counted who they are.
    pub(crate) fn describe(&self, mention: &mut Mention, content: &Content) {
        let actor = content
            .actors
            .iter()
            .find(|a| !a.adjective && a.kind.is_armed() && (a.code != "unidentified" || content.group() == Some(Group::Combatants)))
            .map(|a| (a.code.to_owned(), a.unit.map(str::to_owned), a.items.clone(), a.rule));
        let group = match content.group() {
            Some(g) => Some(g),
            None if actor.is_some() => Some(Group::Combatants),
            None => None,
        };
        // «جثة امرأة»
        if let (Some(g @ (Group::Women | Group::Children | Group::Men)), [toll]) = (group, mention.tolls.as_mut_slice())
            && toll.group == Group::All
        {
            toll.group = Group::Civilians;
            let part = Toll { group: g, part: true, ..toll.clone() };
            mention.tolls.push(part);
        }
        for toll in mention.tolls.iter_mut().filter(|t| !t.part) {
            if content.person.is_some_and(|p| p.2 == toll.items.end) {
                toll.items.end += 1;
            }
            match group {
                Some(g @ (Group::Civilians | Group::Combatants)) if toll.group == Group::All => toll.group = g,
                _ => {}
            }
            if toll.group == Group::Combatants {
                toll.of = actor.as_ref().map(|a| a.0.clone());
            }
        }
        if let Some((code, unit, items, rule)) = actor {
            mention.parties.push(Party { role: Role::Target, code, unit, items, armed: true, rule: Some(rule), charged: false });
        } else if let Some(g) = group
            && let Some(code) = party_of(g).or((g == Group::All).then_some("civilians"))
            && let Some((_, _, i)) = content.person
            && !self.scan.items.get(i).is_some_and(|t| self.scan.is(t, Class::Frame))
        {
            mention.parties.push(Party::unarmed(Role::Victim, code, i..i + 1));
        }
    }

    /// A part of the people told before: «بينهم ثلاثة أطفال».
    pub(crate) fn part(&self, mention: &mut Mention, chunk: &Chunk, f: &Frame) {
        let content = self.content(chunk.items.clone());
        let Some(outcome) = mention.tolls.last().map(|t| t.outcome).or(f.outcome) else { return };
        let Some((_, inflection, at)) = content.person else { return };
        let Some(group) = content.group() else { return };
        let plural = inflection.has(Inflection::PLURAL);
        let count = chunk.count.unwrap_or_else(|| by_form(inflection, plural));
        let items = chunk.items.start..at + 1;
        let of = content.actors.first().filter(|_| group == Group::Combatants).map(|a| a.code.to_owned());
        // One row tells one group of an outcome (codebook, section 5).
        let told = mention.tolls.iter().any(|t| t.outcome == outcome && t.group == group && !t.part);
        if matches!(group, Group::All) || told {
            return;
        }
        mention.tolls.push(Toll { outcome, group, of, count, items: items.clone(), part: true });
        if let Some(code) = party_of(group)
            && !mention.parties.iter().any(|p| p.code == code)
        {
            mention.parties.push(Party::unarmed(Role::Victim, code, items));
        }
    }

    /// The people of a phrase, as the harmed of a frame.
    pub(crate) fn count(&self, mention: &mut Mention, chunk: &Chunk, content: &Content, f: &Frame) {
        let Some(outcome) = f.outcome.or(mention.outcome) else { return };
        let armed = content.actors.iter().find(|a| a.kind.is_armed() || (a.may_fight() && content.group() == Some(Group::Combatants)));
        let group = match (content.group(), armed) {
            (Some(Group::All), Some(_)) | (None, Some(_)) => Group::Combatants,
            (Some(g), _) => g,
            (None, None) => Group::All,
        };
        let plural = content.person.is_some_and(|p| p.1.has(Inflection::PLURAL)) || (content.person.is_none() && armed.is_some());
        let named = content.unknown >= 1 && content.person.is_none() && armed.is_none() && chunk.count.is_none();
        let things = !content.objects.is_empty() && content.unknown < 2;
        // «أصاب معسكراً للجيش»: the thing was hit; whose it is, was aimed at.
        if let Some(owner) = armed.filter(|_| content.person.is_none() && content.weapons.is_empty() && self.heads_with_thing(chunk)) {
            mention.objects.extend(content.objects.iter().map(|(o, i)| (*o, *i..*i + 1)));
            mention.places.extend(content.places.iter().copied());
            mention.parties.push(Party::known(Role::Target, owner));
            return;
        }
        if content.person.is_none() && armed.is_none() && (chunk.count.is_none() && !named || things) {
            // Not people: what was hit.
            mention.objects.extend(content.objects.iter().map(|(o, i)| (*o, *i..*i + 1)));
            let where_hit = f.action == Action::Displacement || mention.verb && !mention.weapons.is_empty();
            mention.places.extend(content.places.iter().filter(|_| where_hit).copied());
            return;
        }
        // «أطفالهما الثلاثة»
        let after = content.person.and_then(|p| self.scan.items.get(p.2 + 1).filter(|_| p.2 + 1 < chunk.items.end));
        let number = after.filter(|i| i.has(Reading::ARTICLE) && plural).and_then(|i| self.scan.value(i, Class::Number));
        let told = chunk.count.or(number.filter(|n| (3..=10).contains(n)).map(Count::exactly));
        let count = match told {
            Some(count) => count,
            None if named => Count::exactly(1),
            None => by_form(content.person.map_or(Inflection::default(), |p| p.1), plural || self.are_several(content)),
        };
        let count = bound_after(self.scan, &self.scan.items[..self.range.end], chunk.items.end, count);
        // «نزوح ثلاثمئة عائلة»: so many families are so many people at least.
        let families = told.is_some_and(|c| c.low.is_none_or(|n| n > 2)) && self.are_several(content);
        let count = if families { Count { low: count.low.or(count.best), best: None, high: None, vague: true } } else { count };
        let end = content.person.map_or(chunk.items.end, |p| p.2 + 1).max(chunk.items.start + 1);
        let items = chunk.items.start..end.max(armed.map_or(0, |a| a.items.end));
        // «ضحايا في صفوف المدنيين»: losses without a number.
        let unnumbered = mention.people && mention.tolls.is_empty() && plural && self.is_loss(mention.item);
        // «يقتل المدنيين»: nor do all of a kind tell how many.
        let kind = content.person.is_none_or(|p| self.are_known(outcome, p.2, plural)) && outcome == Outcome::Killed && plural;
        let losses = told.is_none() && (unnumbered || kind);
        let whole = match group {
            Group::Women | Group::Children | Group::Men => Group::Civilians,
            Group::Medics | Group::Journalists => Group::All,
            g => g,
        };
        let of = armed.filter(|_| whole == Group::Combatants).map(|a| a.code.to_owned());
        // A conjunction goes on counting the same outcome: «امرأة وطفل».
        if losses {
        } else if chunk.and
            && let Some(first) = mention.tolls.iter_mut().find(|t| t.outcome == outcome && !t.part)
        {
            // «18 من الجنود والمسلحين»: a plural without a number of its own is told already.
            if told.is_some() || !plural || first.count.best.is_none() {
                first.count = add(first.count, count);
            }
            first.items.end = first.items.end.max(items.end);
            if first.group != whole && first.group != Group::All {
                first.group = Group::All;
            }
        } else {
            mention.tolls.push(Toll { outcome, group: whole, of: of.clone(), count, items: items.clone(), part: false });
        }
        if group != whole && !losses {
            match mention.tolls.iter_mut().find(|t| chunk.and && t.part && t.outcome == outcome && t.group == group) {
                Some(part) => part.count = add(part.count, count),
                None => mention.tolls.push(Toll { outcome, group, of, count, items: items.clone(), part: true }),
            }
        }
        let chosen = f.kind == FrameKind::Deed && outcome != Outcome::Displaced || f.action == Action::Assassination;
        let role = if chosen { Role::Target } else { Role::Victim };
        if let Some(a) = armed {
            mention.parties.push(Party {
                role: Role::Target,
                code: a.code.to_owned(),
                unit: a.unit.map(str::to_owned),
                items: a.items.clone(),
                armed: true,
                rule: Some(a.rule),
                charged: false,
            });
        } else if let Some(a) = content.person.and_then(|p| content.actors.iter().find(|a| !a.adjective && a.items.contains(&p.2))) {
            mention.parties.push(Party::unarmed(role, a.code, items));
        } else if let Some(code) = party_of(group).or_else(|| unnamed(f, group, content)) {
            mention.parties.push(Party::unarmed(role, code, items));
        } else if let Some((value, _, _)) = content.person
            && content.group().is_none()
            && let Some(code) = self.stage.lexicon.pack().ids.get(value.saturating_sub(100) as usize)
        {
            mention.parties.push(Party::unarmed(role, code, items));
        }
        // «رئيس المكتب …»: a thing after the person is his office.
        let his = |i: usize| content.person.is_some_and(|p| i == p.2 + 1);
        mention.objects.extend(content.objects.iter().filter(|o| !his(o.1)).map(|(o, i)| (*o, *i..*i + 1)));
    }

    /// «مقتل أربعة مدنيين وجرح تسعة»: those counted next, of whom nothing is said, are people of the same sort.
    pub(crate) fn same_people(&self, mentions: &mut [Mention]) {
        for i in 1..mentions.len() {
            let (before, after) = mentions.split_at_mut(i);
            let (a, b) = (&before[i - 1], &mut after[0]);
            let harm = |m: &Mention| matches!(m.outcome, Some(Outcome::Killed | Outcome::Injured));
            let Some(said) = a.tolls.iter().find(|t| !t.part) else { continue };
            let known = said.group == Group::Civilians || said.group == Group::Combatants && said.count.best != Some(1);
            if !known || !harm(a) || !harm(b) || a.outcome == b.outcome || !b.and {
                continue;
            }
            let mut whole = b.tolls.iter_mut().filter(|t| !t.part);
            let (Some(toll), None) = (whole.next(), whole.next()) else { continue };
            if toll.group == Group::All && !toll.items.clone().any(|i| self.tells_who(i)) {
                toll.group = said.group;
                toll.of.clone_from(&said.of);
            }
        }
    }

    /// «أطلقوا النار على شاب ما أدى إلى مقتله»: those harmed are whom the act before was aimed at.
    pub(crate) fn of_pronoun(&self, mentions: &mut [Mention]) {
        for n in 1..mentions.len() {
            let (before, rest) = mentions.split_at_mut(n);
            let Some(m) = rest.first_mut() else { continue };
            let (Some(outcome @ (Outcome::Killed | Outcome::Injured)), FrameKind::Toll) = (m.outcome, m.kind) else { continue };
            let verb = self.parse.pivots[m.pivot].verb;
            // «تعرض ناشط لإطلاق نار وأصيب بجروح», «طعن جندياً فأصابه»
            let suffers = self.roles(self.frame(m.frame)).subject == Slot::Counted;
            // Verbs of several words bear their pronoun in themselves: «فأردوه».
            let phrase = !suffers && m.verb && m.items.len() == 1 && verb.is_some_and(|v| v.has(Inflection::PHRASE));
            let elided = m.verb && m.and && (suffers != m.pronoun || phrase);
            // The letters of «فأصابه» are those of «وإصابة».
            let alike = !m.verb && m.and && !m.definite && m.prep.is_none() && outcome == Outcome::Injured;
            if !(elided || alike || !m.verb && m.pronoun) || m.people || !m.tolls.is_empty() {
                continue;
            }
            let harmed = |p: &&Party| matches!(p.role, Role::Target | Role::Victim);
            let Some(act) = before.iter().rev().find(|b| b.kind != FrameKind::Toll) else { continue };
            let party = act.parties.iter().find(harmed);
            let chunk = party.and_then(|party| self.parse.chunks.iter().find(|c| c.items.contains(&party.items.start)));
            let person = |c: &Chunk| self.content(c.items.clone()).person;
            // «عبوة بدراجة يقودها أحد العناصر، ما أدى لمقتله»: the last person told before, where the act was not aimed at people.
            let meant = |c: &&Chunk| {
                let plain = !c.and && !c.among && !c.bracket && matches!(c.prep, None | Some(Prep::On));
                plain && c.items.end <= m.items.start && c.items.start + BACK >= m.items.start && person(c).is_some()
            };
            let aimed = chunk.filter(|c| person(c).is_some());
            let told = || self.parse.chunks.iter().rev().find(meant).filter(|_| !m.verb && m.pronoun);
            let Some(chunk) = aimed.or_else(told) else { continue };
            let content = self.content(chunk.items.clone());
            let Some((_, form, _)) = content.person else { continue };
            let single = |f: Inflection| f.has(Inflection::SINGULAR) && !f.has(Inflection::PLURAL);
            if elided && suffers && verb.is_some_and(|v| single(v) != single(form)) {
                continue;
            }
            let count = chunk.count.unwrap_or_else(|| by_form(form, form.has(Inflection::PLURAL)));
            let Some(party) = party.filter(|_| aimed.is_some()) else {
                let group = match content.group() {
                    _ if content.fighter() => Group::Combatants,
                    Some(Group::Combatants) => Group::Combatants,
                    Some(Group::Civilians | Group::Children | Group::Women | Group::Men) => Group::Civilians,
                    _ => Group::All,
                };
                m.tolls.push(Toll { outcome, group, of: None, count, items: m.items.clone(), part: false });
                continue;
            };
            let group = match party.code.as_str() {
                _ if party.armed => Group::Combatants,
                "civilians" => Group::Civilians,
                _ => Group::All,
            };
            let of = party.armed.then(|| party.code.clone());
            m.tolls.push(Toll { outcome, group, of, count, items: m.items.clone(), part: false });
        }
    }

    /// Whether an item of a count says more than "persons" or "others".
    fn tells_who(&self, i: usize) -> bool {
        let Some(item) = self.scan.items.get(i) else { return false };
        let others = self.scan.is(item, Class::OtherPerson) || self.scan.is(item, Class::Ordinal);
        !others && self.scan.value(item, Class::Person).is_some()
    }

    /// «خمسة شهداء بقصف على …»: the dead whom their own side mourns, of whom nothing more is said, bore no arms where fire from afar
    /// struck them.
    pub(crate) fn mourned(&self, mentions: &mut [Mention]) {
        let afar = |m: &Mention| {
            use Action::{Airstrike, DroneStrike, MissileStrike, Shelling};
            matches!(m.action, Airstrike | DroneStrike | MissileStrike | Shelling)
        };
        if !mentions.iter().any(afar) || mentions.iter().any(|m| m.parties.iter().any(|p| matches!(p.role, Role::Target | Role::Victim))) {
            return;
        }
        let mourns =
            |m: &Mention| self.scan.items.get(m.item).and_then(|i| self.scan.sense(i, Class::Marker)).is_some_and(|s| s.0.value == MOURNED);
        for m in mentions.iter_mut().filter(|m| m.kind == FrameKind::Toll && mourns(m)) {
            let told = m.tolls.iter().find(|t| t.group == Group::All && !t.part).map(|t| t.items.clone());
            let known = || (m.tolls.is_empty() && m.people && m.definite).then(|| m.items.clone());
            if let Some(items) = told.or_else(known) {
                m.parties.push(Party::unarmed(Role::Victim, "civilians", items));
            }
        }
    }

    /// «مقتل وإصابة عدد من …»: the first takes the people of the second, each outcome without a number of its own.
    pub(crate) fn share(&self, mentions: &mut [Mention]) {
        for i in 1..mentions.len() {
            let (before, after) = mentions.split_at_mut(i);
            let (a, b) = (&mut before[i - 1], &mut after[0]);
            if a.outcome.is_none() || b.outcome.is_none() || a.outcome == b.outcome || !b.and {
                continue;
            }
            if b.item == a.items.end && a.tolls.is_empty() {
                for toll in b.tolls.iter_mut().filter(|t| !t.part) {
                    toll.count = jointly(toll.count);
                }
                let outcome = a.outcome;
                a.tolls = b.tolls.iter().cloned().map(|t| Toll { outcome: outcome.unwrap_or(t.outcome), ..t }).collect();
            } else if b.items.start == a.items.end && a.people && !b.people && b.outcome == Some(Outcome::Injured) && b.tolls.is_empty() {
                // «ضحايا وإصابات»
                let Some(toll) = a.tolls.first_mut().filter(|t| t.count.best.is_none()) else { continue };
                toll.count = jointly(toll.count);
                b.tolls.push(Toll { outcome: Outcome::Injured, ..toll.clone() });
            } else if b.items.start == a.items.end && a.people && b.people && b.count.is_none() {
                // «قتلى وجرحى», «20 قتيلاً وجريحاً»
                let (Some(x), Some(y)) = (a.tolls.first_mut(), b.tolls.first_mut()) else { continue };
                let one = y.count.best == Some(1) && x.count != Count::exactly(1);
                if one || x.count.best.is_none() && y.count.best.is_none() {
                    x.count = jointly(x.count);
                    y.count = x.count;
                }
            }
        }
    }
}

/// The codebook actor that harmed people of a group are.
pub(crate) fn party_of(group: Group) -> Option<&'static str> {
    match group {
        Group::Civilians | Group::Women | Group::Children | Group::Men => Some("civilians"),
        Group::Medics => Some("medics"),
        Group::Journalists => Some("journalists"),
        Group::All | Group::Combatants => None,
    }
}

/// The count of one outcome where one number stands for two.
fn jointly(count: Count) -> Count {
    Count { low: Some(1), best: None, high: count.best, vague: count.best.is_none() }
}

/// Two counts of different people.
fn add(a: Count, b: Count) -> Count {
    let sum = |x: Option<u32>, y: Option<u32>| Some(x?.saturating_add(y?));
    Count { low: sum(a.low.or(a.best), b.low.or(b.best)), best: sum(a.best, b.best), high: sum(a.high, b.high), vague: a.vague || b.vague }
}

/// The actor that people stand for of whom nothing is said: those seized may be anyone, those harmed are civilians.
fn unnamed(f: &Frame, group: Group, content: &Content) -> Option<&'static str> {
    match (group, f.kind) {
        (Group::All, FrameKind::Deed) if f.outcome != Some(Outcome::Displaced) => Some("other"),
        (Group::All, FrameKind::Toll) if content.person.is_some_and(|p| p.0 == Group::All as u32) => Some("civilians"),
        _ => None,
    }
}
