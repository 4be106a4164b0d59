//! What follows a trigger, node by node: verbs that go on about it, and phrases for its slots.

use super::Walk;
use super::slot::Choice;
use crate::content::Content;
use crate::fill::{demonstrators, is_crowd};
use crate::parse::{Carry, Chunk, Node, Pivot};
use marsad_language::{Class, FrameKind, Inflection, Needs, Prep, Reading, Slot};
use marsad_model::{Action, Role};

/// What is known of the nodes behind, on the way from a trigger to the end of its clause.
pub(super) struct After {
    /// So many phrases without a preposition stood there.
    pub bare: usize,
    /// So many will.
    pub bares: usize,
    /// The slot of the last phrase.
    pub last: Option<Slot>,
    /// The slot of the last phrase that told fighters, where they are hit or one side.
    pub party: Option<Slot>,
    /// Whether a comma stood there.
    pub comma: bool,
    /// The slot of the next bare phrase, as a verb before it says.
    pub next: Option<Slot>,
    /// Whether a relative clause is passed over.
    passing: bool,
    /// Whether a verb says who was in the thing that was hit.
    riders: bool,
    /// Whether those who demonstrate are the subject, told after the verb.
    pub gathered: bool,
    /// What was moved, where a verb of moving has it for its object.
    moved: Option<usize>,
    /// Where an indefinite subject ends that a clause may follow, and whether one does.
    described: Option<usize>,
    clause: bool,
    /// Whether the trigger is a phrase.
    phrase: bool,
    /// «إرسال فرنسا جنوداً»: between a noun and the word that belongs to it stands who acts.
    pub apart: bool,
}

/// Whether the walk goes on after a node.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Go {
    On,
    End,
}

impl<'a> Walk<'_, 'a, '_> {
    /// Takes all that follows. Returns what was moved.
    pub(super) fn after(&mut self) -> Option<usize> {
        let mut s = self.start();
        for (n, node) in self.reader.parse.nodes.iter().enumerate().skip(self.k + 1) {
            let go = match *node {
                Node::Comma => {
                    s.comma = true;
                    Go::On
                }
                Node::Break => Go::End,
                Node::Side => self.side(&mut s),
                Node::Pivot(q) => self.pivot_after(&mut s, n, q),
                Node::Chunk(c) => self.chunk_after(&mut s, n, c),
            };
            if go == Go::End {
                break;
            }
        }
        s.moved
    }

    fn start(&mut self) -> After {
        let (r, pivot, f) = (self.reader, self.pivot, self.f);
        let noun = pivot.verb.is_none();
        // «استهدفت غارة قيادياً»: the verb reaches for what follows its subject.
        let reached = noun && f.outcome.is_none() && r.is_reached(self.k, pivot);
        let phrase = r.scan.items.get(pivot.item).is_some_and(|i| i.end - i.start > 1);
        let described = Some(pivot.items.end).filter(|_| phrase && !noun && f.action == Action::SuicideAttack);
        self.subject_known |= described.is_some();
        After {
            bare: 0,
            bares: r.bare_after(self.k).len(),
            last: None,
            party: None,
            comma: false,
            next: reached.then_some(Slot::Target),
            passing: false,
            riders: false,
            gathered: false,
            moved: None,
            described,
            clause: false,
            phrase,
            apart: noun && !phrase && self.inflection.has(Inflection::PHRASE | Inflection::SINGULAR),
        }
    }

    /// All who were named so far stand on one side.
    fn side(&mut self, s: &mut After) -> Go {
        if self.roles.subject == Slot::Party {
            if !self.mention.sided {
                self.mention.sided = true;
                let named = self.mention.parties.iter_mut().filter(|p| p.armed && p.role == Role::Target);
                named.for_each(|p| p.role = Role::Perpetrator);
            }
            s.last = Some(Slot::Party);
        }
        s.comma = false;
        Go::On
    }

    /// A verb or another trigger after this one: most end its clause, some go on about it.
    fn pivot_after(&mut self, s: &mut After, n: usize, q: usize) -> Go {
        let (r, pivot, f) = (self.reader, self.pivot, self.f);
        let next = &r.parse.pivots[q];
        // The people who are counted already.
        if self.harmed == Some(q) {
            self.mention.reach = next.items.end;
            s.last = None;
            return Go::On;
        }
        let carries = next.carry.filter(|_| next.verb.is_some() && !next.and && next.negated.is_none());
        // «قصف …، استهدف الطيران بلدة …»: a verb that has a subject and an object of its own.
        let carries = carries.filter(|c| *c != Carry::Reach || !(s.comma && r.acts_itself(n)));
        let pronoun = r.scan.items[next.item].pronoun;
        // «حملة اعتقالات طالت خمسة شبان»
        if pivot.verb.is_none() && f.kind == FrameKind::Deed && f.outcome.is_some() && carries == Some(Carry::Reach) {
            return self.led_by(s, q, Slot::Counted);
        }
        // «قُتل اثنان بلغم زرعه …»: whoever laid what harmed them.
        let laid = s.last == Some(Slot::Means) && carries == Some(Carry::Perpetrator) && pronoun;
        if laid && f.outcome.is_some() && !self.mention.has_perpetrator() && !r.carries(n) {
            return self.led_by(s, q, Slot::Perpetrator);
        }
        // «سيارة تقل عناصر من …»: who was in what was hit.
        if s.last == Some(Slot::Target) && s.next.is_none() && r.conveys(next, self.mention.reach) {
            s.riders = true;
            s.comma = false;
            return Go::On;
        }
        // «مجزرة ارتكبتها قوات …»: who did what the noun for harm tells.
        let done = pivot.verb.is_none() && f.outcome.is_some() && !self.mention.people && carries == Some(Carry::Perpetrator);
        if done && !self.mention.has_perpetrator() && pronoun {
            return self.led_by(s, q, Slot::Perpetrator);
        }
        // «انفجرت عبوة زرعها مجهولون بدورية …»
        let planted = pivot.verb.is_some() && self.roles.subject == Slot::Means && s.bare > 0 && carries == Some(Carry::Perpetrator);
        if (pivot.verb.is_none() || planted)
            && f.outcome.is_none()
            && let Some(go) = self.verb_of_act(s, n, q, carries)
        {
            return go;
        }
        self.people_or_act_after(s, n, q)
    }

    /// The next bare phrase is what a verb after the trigger says of it.
    fn led_by(&mut self, s: &mut After, q: usize, slot: Slot) -> Go {
        s.next = Some(slot);
        self.absorbed[q] = Some(self.number);
        s.comma = false;
        Go::On
    }

    /// A verb that goes on about an act, where it does: «غارة استهدفت …», «هجوم نفذته …».
    fn verb_of_act(&mut self, s: &mut After, n: usize, q: usize, carries: Option<Carry>) -> Option<Go> {
        let (r, pivot) = (self.reader, self.pivot);
        let next = &r.parse.pivots[q];
        let held = |p: &Pivot| p.frame.is_some_and(|(g, _)| r.is_held(p, r.frame(g)));
        match carries {
            Some(Carry::Reach) => return Some(self.led_by(s, q, Slot::Target)),
            Some(Carry::Perpetrator) if r.scan.items[next.item].pronoun || next.relative || r.leads_back(next) => {
                return Some(self.led_by(s, q, Slot::Perpetrator));
            }
            // «الهجمات لا تزال تُنفذ ضد …»: nobody follows who could do it.
            Some(Carry::Perpetrator)
                if s.bare == 0 && !self.mention.carried && next.items.start <= pivot.items.end + 1 && r.bare_after(n).is_empty() =>
            {
                self.absorbed[q] = Some(self.number);
            }
            Some(Carry::Happen) => {
                // «آلاف المتظاهرين خرجوا …»
                if self.f.needs == Some(Needs::Gathering)
                    && !self.mention.ruled
                    && !self.mention.carried
                    && !next.relative
                    && next.item <= pivot.items.end + 1
                {
                    self.mention.carried = true;
                    self.mention.carrier = next.verb;
                }
                self.absorbed[q] = Some(self.number);
            }
            // A relative clause about one of its phrases is passed over.
            None if held(next) => {}
            // «الطرق التي يستخدمها …»: what follows at once belongs to the clause; «العملية التي يقودها …» tells who acts.
            None if next.relative && next.frame.is_none() => s.passing = next.item > pivot.items.end + 1,
            _ => return None,
        }
        Some(Go::On)
    }

    /// People who are harmed or demonstrate, the noun of an act, or a clause about the subject; anything else ends the clause.
    fn people_or_act_after(&mut self, s: &mut After, n: usize, q: usize) -> Go {
        let (r, pivot, f) = (self.reader, self.pivot, self.f);
        let next = &r.parse.pivots[q];
        let verb = pivot.verb.is_some();
        // «حملة اعتقالات طالت عشرين متظاهراً»
        if s.next == Some(Slot::Counted)
            && let Some(q) = r.people_after(n - 1, false)
        {
            s.next = None;
            self.counted_done = true;
            r.count_object(self.mention, q, f);
            self.absorbed[q] = Some(self.number);
            self.mention.reach = next.items.end;
            return Go::On;
        }
        // «احتشد آلاف المتظاهرين أمام …»: who demonstrates is the subject.
        let protests = verb && matches!(f.action, Action::Protest | Action::Riot);
        if protests && s.bare == 0 && !self.subject_known && r.demonstrates(next) {
            self.mention.parties.push(demonstrators(next));
            self.mention.crowd |= is_crowd(next.count);
            self.mention.known = r.is_known(next) && f.action == Action::Protest;
            self.mention.count = self.mention.count.or(next.count.filter(|_| f.action == Action::Protest));
            self.absorbed[q] = Some(self.number);
            s.gathered = true;
            self.subject_known = true;
            s.last = Some(Slot::Perpetrator);
            self.mention.reach = next.items.end;
            return Go::On;
        }
        // «وقُتل في الهجوم جندي»: those harmed follow the attack.
        // «راح ضحية التفجير 19 شخصاً»
        let genitive = s.phrase && next.prep.is_none() && !next.and && next.items.start == pivot.items.end;
        let led = genitive || next.because || matches!(next.prep, Some(Prep::In | Prep::By | Prep::During));
        let act = next.verb.is_none() && next.frame.is_some_and(|(f, _)| r.frame(f).outcome.is_none());
        if verb && f.outcome.is_some() && s.bare == 0 && led && act && r.scan.items[next.item].has(Reading::ARTICLE) {
            return Go::On;
        }
        // «اغتال مسلحون كانوا يستقلون سيارة مسؤولاً …»: a clause that only tells of its subject.
        if verb && r.is_plain(n, next) && (s.clause || r.is_described(s.described, next)) {
            s.clause = true;
            return Go::On;
        }
        Go::End
    }

    /// A phrase after the trigger.
    fn chunk_after(&mut self, s: &mut After, n: usize, c: usize) -> Go {
        let (r, f) = (self.reader, self.f);
        let chunk = &r.parse.chunks[c];
        if let Some(go) = self.chunk_aside(s, c, chunk) {
            return go;
        }
        let content = r.content(chunk.items.clone());
        if r.is_total_of(self.pivot, f, chunk) && content.person.is_some() {
            r.risen_to(self.mention, chunk, &content, f);
            self.used[c] = true;
            s.last = None;
            self.mention.reach = chunk.items.end;
            return Go::On;
        }
        match self.choose(s, n, c, &content) {
            Choice::Slot(slot) => self.put(s, c, slot, &content),
            Choice::Pass => {}
            Choice::End => return Go::End,
        }
        Go::On
    }

    /// A phrase that takes no slot of its own: of a relative clause, of riders, of a part, in brackets, of the next clause.
    fn chunk_aside(&mut self, s: &mut After, c: usize, chunk: &Chunk) -> Option<Go> {
        let (r, f) = (self.reader, self.f);
        if chunk.relative {
            return Some(Go::End);
        }
        if std::mem::take(&mut s.clause) {
            // «انتحاري يقود شاحنة مفخخة»
            let content = r.content(chunk.items.clone());
            self.mention.weapons.extend(content.weapons.iter().map(|&(w, i)| (w, i..i + 1)));
            self.used[c] = true;
            return Some(Go::On);
        }
        if self.used[c] && self.pivot.verb.is_none() && self.mention.definite && chunk.prep.is_none() {
            return Some(Go::End);
        }
        if std::mem::take(&mut s.riders) && chunk.prep.is_none() && !chunk.bracket {
            let told = self.mention.objects.len();
            self.take(c, Slot::Target);
            self.mention.objects.truncate(told);
            self.mention.reach = chunk.items.end;
            return Some(Go::On);
        }
        if std::mem::take(&mut s.passing) && chunk.prep.is_none() {
            return Some(Go::On);
        }
        if chunk.among {
            r.part(self.mention, chunk, f);
            self.used[c] = true;
            s.last = None;
            return Some(Go::On);
        }
        if chunk.bracket {
            if !self.mention.tolls.is_empty() && chunk.prep.is_none() {
                r.part(self.mention, chunk, f);
            }
            return Some(Go::On);
        }
        (chunk.and && chunk.comma && r.opens_clause(c)).then_some(Go::End)
    }

    /// Puts a phrase into the slot chosen for it.
    fn put(&mut self, s: &mut After, c: usize, slot: Slot, content: &Content<'a>) {
        let (r, f) = (self.reader, self.f);
        let chunk = &r.parse.chunks[c];
        let noun = self.pivot.verb.is_none();
        if slot == Slot::None && !noun && chunk.prep.is_none() && self.roles.adjective == Slot::Perpetrator {
            s.moved = s.moved.or(Some(c));
        }
        // «قصف متبادل بين قوات … و…»: both fire.
        let both = slot == Slot::Place && chunk.prep == Some(Prep::Between) && self.roles.subject == Slot::Perpetrator;
        let both = both && f.action.is_violent() && f.outcome.is_none() && content.fighter() && content.places.is_empty();
        let slot = if both { Slot::Perpetrator } else { slot };
        if self.backs(s, c, slot) {
            return;
        }
        // «… مدعومة بـ…»: who stands behind a side is no means of it.
        if slot == Slot::Means && s.last == Some(Slot::Party) && !content.actors.is_empty() && content.weapons.is_empty() {
            return;
        }
        // After a preposition of place an override is over.
        let slot = if self.mention.people && slot == Slot::None && chunk.prep == Some(Prep::From) { Slot::Counted } else { slot };
        // «قتلى من المدنيين», «ضحايا بين النازحين»
        let people = self.mention.people || f.outcome.is_some() && noun && content.unarmed();
        if self.mention.people && chunk.prep == Some(Prep::From) || people && chunk.prep == Some(Prep::Between) {
            r.describe(self.mention, content);
            self.used[c] = true;
            s.last = None;
            return;
        }
        self.counted_done |= slot == Slot::Counted;
        self.take(c, slot);
        s.last = Some(slot);
        let head = &r.scan.items[chunk.items.start];
        let people = r.scan.is(head, Class::Person) || r.scan.is(head, Class::Generic);
        let indefinite = !head.has(Reading::ARTICLE) && people;
        s.described = (slot == Slot::Perpetrator && indefinite).then_some(chunk.items.end);
        if matches!(slot, Slot::Target | Slot::Party) && content.fighter() {
            s.party = s.last;
        }
        self.mention.reach = chunk.items.end;
    }
}
