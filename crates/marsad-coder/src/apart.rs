//! Verbs of several words: what may stand between their words, and which of those words are their own subject.

use crate::scan::{Found, MAX_WORDS, Scanner};
use crate::words::Word;
use marsad_language::{Class, Inflection, Lexicon, Needs, Reading, Slot};
use marsad_model::{Action, Group};
use marsad_places::Gazetteer;
use marsad_text::{Kind, Text, Token};

/// Between a verb and the word that belongs to it stand no more words, those of time and of names left out.
const APART: usize = 8;
/// No more tokens are looked at for the word that belongs to a verb.
const REACH: usize = 24;

impl Scanner {
    /// A verb at token `i` and the word that belongs to it further on, with its subject or object between: «ألقت قوات … القبض».
    /// Gives the phrase's node, the proclitics and the token of the word.
    pub(crate) fn split_at(
        &self,
        lexicon: &Lexicon,
        gazetteers: &[Gazetteer],
        text: &Text,
        tokens: &[Token],
        row: &[u32],
        i: usize,
    ) -> Option<(u32, u8, usize)> {
        let word = self.words.get(row[i])?;
        // «لجان»: a word that only resembles a verb opens nothing.
        if !word.apart || self.words.senses(word).iter().any(|s| s.0.class == Class::Stop) {
            return None;
        }
        let past = self.words.senses(word).iter().any(|s| s.1.has(Inflection::PAST));
        for opening in self.words.openings(word).iter().filter(|o| o.apart) {
            let (mut between, mut n) = (0, i + 1);
            // Where a clause that only describes the subject began.
            let mut described = false;
            while n < tokens.len().min(i + 1 + REACH) && between <= APART {
                if matches!(tokens[n].kind, Kind::Mark('"' | '(' | ')' | '#' | '_')) || self.is_comma_by_time(tokens, row, n) {
                    n += 1;
                    continue;
                }
                let Some(next) = self.words.get(row[n]) else {
                    if tokens[n].kind != Kind::Number {
                        break;
                    }
                    n += 1;
                    between += 1;
                    continue;
                };
                let fits = opening.leads & next.follows != 0;
                let end = fits.then(|| self.words.step(lexicon, opening.node, next)).flatten().map(|(node, _)| node);
                if let Some(end) = end.filter(|e| lexicon.may_split(*e)) {
                    // Side by side they are a phrase like any other.
                    if n == i + 1 {
                        break;
                    }
                    // «إرسال فرنسا جنوداً»: a noun takes its subject and its object side by side.
                    let noun = lexicon.phrase_senses(end).iter().all(|s| s.1.has(Inflection::NOUN));
                    if noun && (i + 1..n).any(|k| self.words.get(row[k]).is_none_or(|w| self.parts(w))) {
                        break;
                    }
                    // «رصاصة الرحمة» is no bullet.
                    if self.is_stopped(lexicon, row, n) {
                        break;
                    }
                    return Some((end, opening.before, n));
                }
                // A clause of its own between them parts them, unless it only describes the subject or is part of a name.
                if n > i + 1 && end.is_none() && next.clause {
                    if let Some(last) = self.name_over(lexicon, gazetteers, text, tokens, row, i + 1..n) {
                        n = last;
                        continue;
                    }
                    let tells = self.gathers(lexicon, next) || (described || past) && self.goes_on(next);
                    if !tells && !self.named_for(row, n) {
                        break;
                    }
                }
                described |= self.words.senses(next).iter().any(|s| s.0.class == Class::Was);
                between += usize::from(!self.is_time(next) && !described);
                n += 1;
            }
        }
        None
    }

    /// Where a name ends that begins at one of the tokens `from` and goes on over the token after them: «اللواء 444 قتال», «مدينة تعز».
    fn name_over(
        &self,
        lexicon: &Lexicon,
        gazetteers: &[Gazetteer],
        text: &Text,
        tokens: &[Token],
        row: &[u32],
        from: std::ops::Range<usize>,
    ) -> Option<usize> {
        let at = from.end;
        let kind = self.words.get(row[at - 1]).is_some_and(|w| self.words.more(w).place_kind.is_some());
        if kind && let Some((words, ..)) = self.place_at(gazetteers, text, tokens, row, at) {
            return Some(at + words);
        }
        from.rev().take(MAX_WORDS).find_map(|start| self.body_at(lexicon, row, start).filter(|end| *end > at))
    }

    /// Whether the word stands in the name of a unit, right after the word for its kind: «لواء فجر ليبيا».
    fn named_for(&self, row: &[u32], n: usize) -> bool {
        let kind = self.words.get(row[n - 1]).and_then(|w| self.words.more(w).body);
        let noun = |w: &Word| self.words.senses(w).iter().all(|s| s.0.class == Class::Frame);
        kind.is_some_and(|(_, article)| !article) && self.words.get(row[n]).is_some_and(noun)
    }

    /// Whether the word is a verb in the present that tells what somebody was doing meanwhile.
    fn goes_on(&self, word: &Word) -> bool {
        let senses = self.words.senses(word);
        !senses.is_empty() && senses.iter().all(|s| matches!(s.0.class, Class::Frame | Class::Verb) && s.1.has(Inflection::PRESENT))
    }

    /// Where the longest name of a body ends that begins at token `start`.
    fn body_at(&self, lexicon: &Lexicon, row: &[u32], start: usize) -> Option<usize> {
        self.phrase_at(lexicon, row, start, &[Class::Actor, Class::WeakActor, Class::Generic])
    }

    /// Whether a phrase that means nothing begins at token `start`.
    fn is_stopped(&self, lexicon: &Lexicon, row: &[u32], start: usize) -> bool {
        self.phrase_at(lexicon, row, start, &[Class::Stop]).is_some()
    }

    /// Where the longest phrase of one of the classes ends that begins at token `start`.
    fn phrase_at(&self, lexicon: &Lexicon, row: &[u32], start: usize, classes: &[Class]) -> Option<usize> {
        let mut last = None;
        for opening in self.words.openings(self.words.get(*row.get(start)?)?) {
            let mut node = opening.node;
            for (n, id) in row.iter().enumerate().skip(start + 1).take(MAX_WORDS) {
                let Some(word) = self.words.get(*id) else { break };
                let Some((next, _)) = self.words.step(lexicon, node, word) else { break };
                node = next;
                if lexicon.phrase_senses(node).iter().any(|s| classes.contains(&s.0.class)) {
                    last = last.max(Some(n + 1));
                }
            }
        }
        last
    }

    /// Whether the token is a comma beside a word of time: such commas part nothing.
    fn is_comma_by_time(&self, tokens: &[Token], row: &[u32], n: usize) -> bool {
        let time = |n: usize| row.get(n).and_then(|id| self.words.get(*id)).is_some_and(|w| self.is_time(w));
        tokens[n].kind == Kind::Mark(',') && (time(n - 1) || time(n + 1))
    }

    /// Whether the word is a preposition or a verb, or bears a preposition.
    fn parts(&self, word: &Word) -> bool {
        let led = word.before & (Reading::BY | Reading::TO | Reading::LIKE | Reading::AND) != 0;
        led || word.prep || self.words.senses(word).first().is_some_and(|s| s.1.is_verb())
    }

    /// Whether the word tells when.
    fn is_time(&self, word: &Word) -> bool {
        let time = |s: &Found| matches!(s.0.class, Class::Time | Class::Daypart | Class::TimeUnit | Class::TimeSpan | Class::PastAdj);
        self.words.senses(word).iter().any(time)
    }

    /// Whether the word counts what follows it.
    pub(crate) fn counts(&self, word: &Word) -> bool {
        self.words.senses(word).iter().any(|s| matches!(s.0.class, Class::Number | Class::Vague | Class::Approx))
    }

    /// Whether the word names people who gather.
    fn gathers(&self, lexicon: &Lexicon, word: &Word) -> bool {
        self.words.senses(word).iter().any(|s| is_crowd(lexicon, s))
    }

    /// What is left of the senses of a word that belongs to a verb before it: things that were hit or taken, and those who acted.
    pub(crate) fn left_to_claimed(&self, lexicon: &Lexicon, word: &Word, counted: bool) -> impl Iterator<Item = Found> {
        let acts = move |s: &Found| {
            let several = s.1.has(Inflection::PLURAL) && s.1.any(Inflection::ABSOLUTE | Inflection::BOUND) && !s.1.has(Inflection::OBLIQUE);
            let people = matches!(s.0.class, Class::Person | Class::Generic) || is_crowd(lexicon, s);
            people && (several && !word.pronoun || counted && is_crowd(lexicon, s))
        };
        self.words.senses(word).iter().filter(move |s| s.0.class == Class::Object || acts(s)).copied()
    }

    /// Whether the word after a verb, which the phrase that ends at `node` holds with it, is its subject: «هاجم مسلحون», «خرج مقاتلو …».
    pub(crate) fn is_subject_of(&self, lexicon: &Lexicon, node: u32, word: &Word) -> bool {
        let pack = lexicon.pack();
        let senses = lexicon.phrase_senses(node);
        let frames = || senses.iter().filter_map(|s| pack.frames.get(s.0.value as usize).filter(|_| s.0.class == Class::Frame));
        let acts = frames().all(|f| {
            let subject = pack.role_sets.get(f.roles as usize).map(|r| r.subject);
            matches!(subject, Some(Slot::Perpetrator | Slot::Party)) && f.action != Action::SuicideAttack
        });
        let verbs = !senses.is_empty() && frames().count() == senses.len() && senses.iter().all(|s| s.1.is_verb());
        // «نشرت قناصة», «سحب عناصر»: who is moved is the object, unless its form says that it is not.
        let moves =
            lexicon.may_split(node) && frames().any(|f| pack.role_sets.get(f.roles as usize).is_some_and(|r| r.object == Slot::None));
        let harms = frames().any(|f| f.outcome.is_some());
        let fits = |s: &Found| {
            let armed = s.0.class == Class::Person && s.0.value == Group::Combatants as u32;
            let body = armed || matches!(s.0.class, Class::Generic | Class::Actor | Class::WeakActor);
            let other = is_crowd(lexicon, s) || matches!(s.0.class, Class::Person | Class::Unit);
            let subject = !moves || s.1.has(Inflection::PLURAL) && s.1.any(Inflection::ABSOLUTE | Inflection::BOUND);
            (body || other && !harms) && subject && !s.1.has(Inflection::OBLIQUE) && !s.1.is_verb()
        };
        verbs && acts && word.before & !Reading::ARTICLE == 0 && !word.pronoun && self.words.senses(word).iter().any(fits)
    }
}

/// Whether a sense is of people who gather: «محتجون».
fn is_crowd(lexicon: &Lexicon, found: &Found) -> bool {
    let frame = lexicon.pack().frames.get(found.0.value as usize).filter(|_| found.0.class == Class::Frame);
    found.1.has(Inflection::PEOPLE) && frame.is_some_and(|f| f.needs == Some(Needs::Gathering))
}
