//! Which phrases around a trigger can be its subject.

use crate::mention::Mention;
use crate::parse::{Carry, Node, Pivot};
use crate::reader::Reader;
use marsad_language::{Class, Frame, Inflection, Needs, Prep, Reading, Report, RoleSet, Slot};
use marsad_model::{Action, WeaponClass};

/// The code of class `particle` for «أن».
const ANNA: u32 = 0;
/// The code of class `response` for words of answer.
const ANSWER: u32 = 0;

impl Reader<'_, '_> {
    /// Whether a finite verb follows the chunk at once, so that it is that verb's subject.
    pub(crate) fn opens_clause(&self, c: usize) -> bool {
        let at = self.parse.nodes.iter().position(|n| *n == Node::Chunk(c));
        match at.and_then(|n| self.parse.nodes.get(n + 1)) {
            Some(Node::Pivot(p)) => self.parse.pivots[*p].verb.is_some() && !self.parse.pivots[*p].relative && !self.parse.pivots[*p].and,
            _ => false,
        }
    }

    /// The nearest pivot before node `k` with no break between.
    pub(crate) fn previous_pivot(&self, k: usize) -> Option<(usize, &Pivot)> {
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
    pub(crate) fn bare_after(&self, k: usize) -> Vec<usize> {
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
    pub(crate) fn left_subject(&self, k: usize, used: &[bool]) -> Option<usize> {
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
                    // «سبعة أشخاص، بينهم طفل، قتلوا»
                    if chunk.among {
                        continue;
                    }
                    if skipping {
                        // Inside a relative clause; its antecedent stands before the relative pronoun.
                        if chunk.relative {
                            skipping = false;
                        }
                        continue;
                    }
                    if let Some(rider) = self.described_by(j) {
                        return Some(rider).filter(|c| !used[*c]);
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

    /// The fighters whom a clause before node `j` only describes, of which the phrase at `j` is the object: «مسلحون يستقلون
    /// دراجات نارية هاجموا …».
    fn described_by(&self, j: usize) -> Option<usize> {
        let (Node::Pivot(p), Node::Chunk(c)) = (*self.parse.nodes.get(j.checked_sub(1)?)?, *self.parse.nodes.get(j.checked_sub(2)?)?)
        else {
            return None;
        };
        let (verb, chunk) = (&self.parse.pivots[p], &self.parse.chunks[c]);
        let carries = verb.carry.is_some() && self.carries(j - 1);
        let plain = verb.frame.is_none() && verb.report.is_none() && !carries && !verb.cause && !verb.and && !verb.relative;
        let present = verb.verb.is_some_and(|v| v.has(Inflection::PRESENT));
        let head = self.scan.items.get(chunk.items.start)?;
        let indefinite = !head.has(Reading::ARTICLE) && chunk.prep.is_none() && self.content(chunk.items.clone()).fighter();
        (plain && present && indefinite && chunk.items.end == verb.items.start).then_some(c)
    }

    /// The phrases that tell parts of those in chunk `c`, before node `k`.
    pub(crate) fn parts_between(&self, c: usize, k: usize) -> Vec<usize> {
        let nodes = self.parse.nodes.get(..k).unwrap_or_default();
        let from = nodes.iter().position(|n| *n == Node::Chunk(c)).unwrap_or(k);
        let among = |n: &Node| match *n {
            Node::Chunk(part) if self.parse.chunks[part].among => Some(part),
            _ => None,
        };
        nodes.get(from..).unwrap_or_default().iter().filter_map(among).collect()
    }

    /// The actor under whose name a line stands, where node `k` is the first that it tells: «طيران التحالف: 5 غارات على …»,
    /// «الجيش السوداني - استعادة …».
    pub(crate) fn heads_line(&self, k: usize) -> Option<usize> {
        let [Node::Chunk(c), Node::Break, rest @ ..] = self.parse.nodes.get(..k)? else { return None };
        let chunk = self.parse.chunks.get(*c)?;
        let colon = self.scan.items.get(chunk.items.end).is_some_and(|i| i.is_mark(':') || i.is_mark('-'));
        let first = !rest.iter().any(|n| matches!(n, Node::Pivot(_) | Node::Break));
        let acts = || self.content(chunk.items.clone()).actors.iter().any(|a| a.may_fight() && !a.adjective && !a.nation);
        (colon && first && chunk.prep.is_none() && acts()).then_some(*c)
    }

    /// The body that said of itself what the verb at node `k` tells: «أعلن الجيش … وأنه أوقف خمسة».
    pub(crate) fn says_of_itself(&self, k: usize) -> Option<usize> {
        let Node::Pivot(p) = *self.parse.nodes.get(k)? else { return None };
        let before = self.scan.items.get(self.parse.pivots[p].items.start.checked_sub(1)?)?;
        if !before.pronoun || self.scan.value(before, Class::Particle) != Some(ANNA) {
            return None;
        }
        let said = |n: usize| match self.parse.nodes[n] {
            Node::Pivot(q) => self.parse.pivots[q].report.is_some() && self.parse.pivots[q].verb.is_some(),
            _ => false,
        };
        let q = (0..k).rev().find(|n| said(*n))?;
        let armed = |c: &usize| {
            let chunk = &self.parse.chunks[*c];
            chunk.prep.is_none()
                && !chunk.bracket
                && self.content(chunk.items.clone()).actors.iter().any(|a| a.kind.is_armed() && !a.adjective)
        };
        let after = match self.parse.nodes.get(q + 1) {
            Some(Node::Chunk(c)) => Some(*c),
            _ => None,
        };
        after.filter(armed).or_else(|| self.left_subject(q, &vec![false; self.parse.chunks.len()]).filter(armed))
    }

    /// The actor that the word of saying right before node `k` has for its subject, standing before it.
    pub(crate) fn speaker(&self, k: usize) -> Option<usize> {
        let Node::Pivot(p) = *self.parse.nodes.get(k.checked_sub(1)?)? else { return None };
        self.parse.pivots[p].report.filter(|_| self.parse.pivots[p].verb.is_some())?;
        let Node::Chunk(c) = *self.parse.nodes.get(k.checked_sub(2)?)? else { return None };
        let chunk = &self.parse.chunks[c];
        (chunk.prep.is_none() && self.content(chunk.items.clone()).fighter()).then_some(c)
    }

    /// The chunks that a conjunction joins before chunk `c`: «أ وب» before a verb are both its subject. Before a relative verb
    /// the first of them may stand in any phrase.
    pub(crate) fn joined_before(&self, c: usize, relative: bool) -> Vec<usize> {
        let mut out = vec![c];
        let Some(mut j) = self.parse.nodes.iter().position(|n| *n == Node::Chunk(c)) else { return out };
        while self.parse.chunks[out[out.len() - 1]].and && j > 0 {
            let Node::Chunk(before) = self.parse.nodes[j - 1] else { break };
            if self.parse.chunks[before].prep.is_some() && !relative {
                break;
            }
            out.push(before);
            j -= 1;
        }
        out
    }

    /// A chunk and those that a conjunction joins to it: «تركز روسيا وقوات … على قصف …».
    pub(crate) fn joined_after(&self, c: usize) -> Vec<usize> {
        let joined = |n: &usize| {
            let (before, chunk) = (self.parse.chunks.get(*n - 1), self.parse.chunks.get(*n));
            before.zip(chunk).is_some_and(|(b, n)| n.and && n.prep.is_none() && !n.comma && n.items.start == b.items.end)
        };
        let mut out = vec![c];
        out.extend((c + 1..self.parse.chunks.len()).take_while(joined));
        out
    }

    /// The thing, place or people right before a verb that means them by its pronoun, where who did it follows.
    pub(crate) fn means_by_pronoun(&self, k: usize, pivot: &Pivot, bare: &[usize]) -> Option<usize> {
        let Node::Chunk(c) = *self.parse.nodes.get(k.checked_sub(1)?)? else { return None };
        let chunk = self.parse.chunks.get(c)?;
        let content = self.content(chunk.items.clone());
        let hit = !content.objects.is_empty() || !content.places.is_empty() || content.unarmed();
        let acts = bare.first().and_then(|b| self.parse.chunks.get(*b)).map(|b| self.content(b.items.clone()));
        let acts = acts.is_some_and(|b| b.fighter() || !b.weapons.is_empty());
        let pronoun = self.scan.items.get(pivot.item).is_some_and(|i| i.pronoun);
        let next = chunk.items.end + usize::from(pivot.relative);
        (pronoun && hit && acts && next == pivot.items.start && !content.fighter()).then_some(c)
    }

    pub(crate) fn is_adjacent(&self, c: usize, k: usize) -> bool {
        let chunk = &self.parse.chunks[c];
        let Node::Pivot(p) = self.parse.nodes[k] else { return false };
        let start = self.parse.pivots[p].items.start;
        chunk.items.end == start || (chunk.items.end + 2 >= start && !self.scan.items[chunk.items.end].is_mark(','))
    }

    /// Whether all between chunk `c` and the verb at node `k` only says of what make it is: «صاروخ من طراز «بدر» أصاب …».
    pub(crate) fn is_named_on(&self, c: usize, k: usize) -> bool {
        let at = self.parse.nodes[..k].iter().rposition(|n| *n == Node::Chunk(c));
        let made = |n: &Node| match n {
            Node::Chunk(d) => {
                let chunk = &self.parse.chunks[*d];
                let content = self.content(chunk.items.clone());
                match chunk.prep {
                    Some(Prep::From) => content.actors.is_empty() && content.person.is_none() && content.objects.is_empty(),
                    // «بدر 1»
                    None => content.is_empty() && chunk.items.len() == 1,
                    _ => false,
                }
            }
            _ => false,
        };
        at.is_some_and(|at| at + 1 < k && self.parse.nodes[at + 1..k].iter().all(made))
    }

    /// Whether the pivot names demonstrators.
    pub(crate) fn demonstrates(&self, pivot: &Pivot) -> bool {
        pivot.frame.is_some_and(|(f, form)| self.frame(f).needs == Some(Needs::Gathering) && form.has(Inflection::PEOPLE))
            && pivot.prep.is_none()
    }

    /// Whether the people of the pivot are named as known to the reader.
    pub(crate) fn is_known(&self, pivot: &Pivot) -> bool {
        self.scan.items[pivot.item].has(Reading::ARTICLE) && pivot.count.is_none()
    }

    /// The demonstrators that stand right before the verb at node `k`, or with a phrase of place between.
    pub(crate) fn demonstrators_before(&self, k: usize) -> Option<&Pivot> {
        for node in self.parse.nodes.get(..k)?.iter().rev() {
            match *node {
                Node::Chunk(c) if matches!(self.parse.chunks[c].prep, Some(Prep::In | Prep::Near | Prep::Position)) => {}
                Node::Pivot(p) => return self.parse.pivots.get(p).filter(|p| self.demonstrates(p)),
                _ => break,
            }
        }
        None
    }

    /// Whether demonstrators before node `k` stand under a noun, or under a verb that tells something else than their gathering.
    pub(crate) fn is_ruled(&self, k: usize, pivot: &Pivot, verb: Option<&Pivot>) -> bool {
        let tells_else = |v: &Pivot| {
            let other = |f: &Frame| !matches!(f.action, Action::Protest | Action::Riot);
            v.carry == Some(Carry::Toll) || v.verb.is_some() && v.frame.is_some_and(|f| other(self.frame(f.0)))
        };
        for node in self.parse.nodes.get(..k).unwrap_or_default().iter().rev() {
            match *node {
                Node::Chunk(c) => {
                    let chunk = &self.parse.chunks[c];
                    let at = matches!(chunk.prep, Some(Prep::In | Prep::Near | Prep::Inside | Prep::Position | Prep::After | Prep::Toward));
                    if !at && chunk.items.end == pivot.items.start && (!pivot.and || chunk.prep.is_some()) {
                        return true;
                    }
                }
                _ => break,
            }
        }
        pivot.verb.is_none() && verb.is_some_and(tells_else)
    }

    /// The actors that said that they agreed, before an agreement: «أعلنت … و… التوصل إلى اتفاق».
    pub(crate) fn agreed(&self, k: usize) -> Vec<usize> {
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

    /// Who takes an act on himself or is blamed for it, before its noun: «تبنت حركة … الهجوم», «حمّل الجيش … مسؤولية الهجوم»,
    /// «اتهمت الحكومة … بقصف …».
    pub(crate) fn blamed(&self, k: usize) -> Option<usize> {
        let (mut q, mut word) = self.previous_pivot(k)?;
        // «أعلن … مسؤوليته عن …»: his own responsibility.
        let mut own = false;
        if word.report == Some(Report::Accuse.code())
            && word.verb.is_none()
            && self.scan.senses(&self.scan.items[word.item]).iter().all(|s| !s.1.has(Inflection::PHRASE))
        {
            own = self.scan.items[word.item].pronoun;
            (q, word) = self.previous_pivot(q)?;
        }
        let fights = |c: &usize| {
            let chunk = &self.parse.chunks[*c];
            let content = self.content(chunk.items.clone());
            chunk.prep.is_none() && !chunk.and && content.fighter() && content.actors.iter().any(|a| !a.adjective)
        };
        let after: Vec<usize> = self.parse.nodes[q + 1..k]
            .iter()
            .filter_map(|n| match n {
                Node::Chunk(c) => Some(*c),
                _ => None,
            })
            .filter(fights)
            .collect();
        let unused = vec![false; self.parse.chunks.len()];
        let before = self.left_subject(q, &unused).filter(fights);
        // «أعلن المتحدث العسكري للحوثيين استهداف …», «أعلن الناطق باسم الجيش …»: whoever has him speak.
        let spoken_for = self.parse.nodes[q + 1..k].iter().rev().find_map(|n| match n {
            Node::Chunk(c) => Some(*c),
            _ => None,
        });
        let spoken_for = spoken_for.filter(|c| {
            let chunk = &self.parse.chunks[*c];
            let armed = || self.content(chunk.items.clone()).actors.iter().any(|a| a.kind.is_armed() && !a.adjective);
            matches!(chunk.prep, Some(Prep::To | Prep::By)) && !chunk.and && armed()
        });
        let named = |c: &usize| self.content(self.parse.chunks[*c].items.clone()).actors.iter().any(|a| a.code != "unidentified");
        // «اتهم ناشطون قوات … بقتل …»: who accuses need not bear arms.
        let two = self.parse.nodes[q + 1..k].iter().filter(|n| self.heads_phrase(n)).count() > 1;
        match Report::ALL.get(word.report? as usize)? {
            Report::Claim => after.first().copied().or(before),
            _ if own => after.first().copied().or(before),
            // «أعلن الجيش استهداف …», «أعلنت الشرطة اعتقال …»: his own act.
            Report::Neutral | Report::Confirm if after.is_empty() && q + 1 == k => before.filter(|_| self.tells_own_act(k)),
            Report::Neutral | Report::Confirm => after.last().copied().or(spoken_for).filter(|c| self.announces(q, k, *c)),
            Report::Accuse if after.len() > 1 || word.verb.is_none() || before.is_some() => after.last().copied(),
            Report::Accuse if two => after.last().copied().filter(named),
            _ => None,
        }
    }

    /// Whether the noun at node `k` tells what somebody does, with what it befalls after it: «قسد تعلن السيطرة على …».
    fn tells_own_act(&self, k: usize) -> bool {
        let Some(Node::Pivot(p)) = self.parse.nodes.get(k) else { return false };
        let noun = &self.parse.pivots[*p];
        // «السيطرة على …»: what follows its preposition is not who does it.
        let led = match self.parse.nodes.get(k + 1) {
            Some(Node::Chunk(c)) => self.parse.chunks[*c].prep.is_some(),
            _ => false,
        };
        noun.prep.is_none()
            && !noun.and
            && noun.frame.is_some_and(|(f, _)| {
                let roles = self.roles(self.frame(f));
                let befalls = matches!(roles.of, Slot::Target | Slot::Counted | Slot::Place | Slot::Means);
                roles.subject == Slot::Perpetrator && (befalls || roles.of == Slot::Perpetrator && led)
            })
    }

    /// Whether a node is a phrase that neither a preposition nor a conjunction leads to.
    fn heads_phrase(&self, node: &Node) -> bool {
        matches!(node, Node::Chunk(c) if self.parse.chunks[*c].prep.is_none() && !self.parse.chunks[*c].and)
    }

    /// Whether the noun at node `k` is the object of the verb of saying at node `q`, and tells what somebody does rather than
    /// whose act it is.
    fn announces(&self, q: usize, k: usize, speaker: usize) -> bool {
        let (Node::Pivot(verb), Node::Pivot(noun)) = (self.parse.nodes[q], self.parse.nodes[k]) else { return false };
        let (verb, noun) = (&self.parse.pivots[verb], &self.parse.pivots[noun]);
        let chunks = &self.parse.nodes[q + 1..k];
        let Some(Node::Chunk(last)) = chunks.last().copied() else { return false };
        verb.verb.is_some()
            && self.tells_own_act(k)
            && chunks.iter().all(|n| matches!(n, Node::Chunk(_)))
            && self.parse.chunks[last].items.end == noun.items.start
            && last == speaker
            && !self.scan.items[noun.item].has(Reading::ARTICLE)
    }

    /// Who acts by a noun with his pronoun: «واصل الجيش تقدمه بعد قصفه مواقع …».
    pub(crate) fn referent(&self, k: usize, pivot: &Pivot, roles: &RoleSet) -> Option<usize> {
        // «بعد قصفها»: a place or thing was hit, unless what was hit follows.
        let takes = matches!(roles.of, Slot::Target | Slot::Counted)
            || !self.scan.senses(&self.scan.items[pivot.item]).iter().any(|s| s.1.has(Inflection::PLURAL));
        let follows = match self.parse.nodes.get(k + 1) {
            Some(Node::Chunk(c)) => {
                let chunk = &self.parse.chunks[*c];
                let at = pivot.items.end + usize::from(chunk.prep == Some(Prep::On));
                // «استهدافها بالمدفعية نقاطاً لـ…»
                let by = chunk.prep == Some(Prep::By) && !self.content(chunk.items.clone()).weapons.is_empty();
                chunk.items.start == at && (by || matches!(chunk.prep, None | Some(Prep::On | Prep::To)))
            }
            _ => false,
        };
        if takes && !follows {
            return None;
        }
        let verb = |n: Option<&Node>| matches!(n, Some(Node::Pivot(p)) if self.parse.pivots[*p].verb.is_some());
        for (n, node) in self.parse.nodes[..k].iter().enumerate().rev() {
            match *node {
                Node::Break => return None,
                Node::Chunk(c) => {
                    let chunk = &self.parse.chunks[c];
                    let subject = n == 0 || verb(self.parse.nodes.get(n - 1)) || verb(self.parse.nodes.get(n + 1));
                    if subject && chunk.prep.is_none() && !chunk.and && !chunk.relative && !chunk.bracket {
                        let content = self.content(chunk.items.clone());
                        if content.fighter() && !self.belongs(chunk) {
                            return Some(c);
                        }
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// Who tries or means to do what a noun tells: «يحاول التنظيم بسط سيطرته», «محاولة من … للسيطرة على …».
    pub(crate) fn tries(&self, k: usize, mention: &Mention) -> Option<usize> {
        let (class, at) = mention.modal?;
        if !matches!(class, Class::Attempt | Class::Future) {
            return None;
        }
        let chunks = self.parse.nodes.get(..k)?.iter().rev().map_while(|n| match *n {
            Node::Chunk(c) => Some(c),
            _ => None,
        });
        // «فتاة حاولت طعن …»: anybody can.
        let by_hand = self.frame(mention.frame).weapon == Some(WeaponClass::Blade);
        let subject = |c: &usize| {
            let chunk = &self.parse.chunks[*c];
            let content = self.content(chunk.items.clone());
            matches!(chunk.prep, None | Some(Prep::From))
                && !chunk.among
                && (content.fighter() || by_hand && content.unarmed())
                && !self.belongs(chunk)
                && (chunk.items.start > at || chunk.items.end == at && chunk.prep.is_none())
        };
        chunks.into_iter().find(subject)
    }

    /// The fighters that the verb before an event noun has for its subject: «عمد الجيش إلى قصف …».
    pub(crate) fn governed(&self, k: usize, mention: &Mention, used: &[bool]) -> Option<usize> {
        if !matches!(mention.prep, Some(Prep::From | Prep::By | Prep::Toward | Prep::To)) {
            return None;
        }
        let (q, verb) = self.previous_pivot(k)?;
        verb.verb?;
        // «رد الجيش بقصف …»: a verb that needs a weapon to tell anything.
        let answers = verb.frame.is_some_and(|(f, _)| self.frame(f).needs == Some(Needs::Weapon))
            || self.scan.value(&self.scan.items[verb.item], Class::Response) == Some(ANSWER);
        if !answers && (verb.frame.is_some() || verb.report.is_some()) || verb.carry.is_some() || verb.cause {
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
}
