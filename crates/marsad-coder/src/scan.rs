//! From tokens to items: the longest words and phrases that the lexicon or the gazetteer knows.

use crate::words::{Opening, Signs, TimeUnit, UNKNOWN, Word, Words};
use marsad_language::{ActorKind, Class, Inflection, Lexicon, Reading, Sense};
use marsad_model::Group;
use marsad_places::{Gazetteer, Key, PlaceKind};
use marsad_text::{Kind, Text, Token};
use smallvec::SmallVec;
use std::ops::Range;

/// Phrases and names of more words than this are not looked for.
pub(crate) const MAX_WORDS: usize = 9;
/// Proclitics that no verb bears.
pub(crate) const NOMINAL: u8 = Reading::BY | Reading::LIKE | Reading::ARTICLE;

/// Numbers in names are smaller than this: «اللواء 444».
const NAMED: u32 = 10_000;
/// A foreign word of more letters is no name that is known: «PKK».
const FOREIGN: u32 = 12;

/// The memory of a document of more tokens is not kept for the next.
const SPARE: usize = 1 << 16;
/// The memory of no more documents is kept.
const SPARES: usize = 8;

/// A sense found, with its form's inflection.
pub(crate) type Found = (Sense, Inflection);

/// A set of classes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Classes([u64; 2]);

const _: () = assert!(Class::ALL.len() <= 128, "a set of classes holds them all");

impl Classes {
    fn of(senses: &[Found]) -> Self {
        let mut out = Self::default();
        for (sense, _) in senses {
            out.0[sense.class as usize / 64] |= 1 << (sense.class as usize % 64);
        }
        out
    }
    /// The set of these.
    pub const fn from(classes: &[Class]) -> Self {
        let mut out = Self([0; 2]);
        let mut n = 0;
        while n < classes.len() {
            out.0[classes[n] as usize / 64] |= 1 << (classes[n] as usize % 64);
            n += 1;
        }
        out
    }
    /// Takes the classes of another in.
    fn extend(&mut self, other: Self) {
        self.0 = [self.0[0] | other.0[0], self.0[1] | other.0[1]];
    }
    /// Whether it shares a class with another.
    pub const fn any(self, other: Self) -> bool {
        self.0[0] & other.0[0] | self.0[1] & other.0[1] != 0
    }
    pub const fn has(self, class: Class) -> bool {
        self.0[class as usize / 64] >> (class as usize % 64) & 1 == 1
    }
}

/// A stretch of tokens that is one thing to the parser, in one line of a processor's cache: what few have stands in [`Ends`].
#[derive(Clone, Debug)]
#[repr(align(64))]
pub(crate) struct Item {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    /// What it is.
    pub kind: Kind,
    /// Its senses, a range of [`Scan::pool`].
    senses: (u32, u32),
    /// Their classes.
    pub classes: Classes,
    /// Proclitics, flags of [`Reading`].
    pub before: u8,
    /// Whether it bears an enclitic pronoun.
    pub pronoun: bool,
    /// Its number, where it is digits.
    pub value: u32,
    /// The name of a place that it is or may be.
    pub place: Option<Key>,
    /// Proclitics before that name: «ولحج» is a name after "and", or a pilgrimage after "and to".
    pub place_before: u8,
    /// Whether that name, of one word, is a town's or a division's, and the word means other things too.
    pub town: bool,
    /// What its first and last words mean, one of [`Scan::ends`].
    ends: u32,
    /// Whether an opening quote stands before it.
    pub quoted: bool,
    /// Whether a hash stands before it.
    pub hashed: bool,
    /// Whether it is a word that nobody knows and begins with the article.
    pub defined: bool,
    /// Whether it is a word that nobody knows and its first letters may be a conjunction.
    pub perhaps_and: bool,
    /// Whether it is a common word that names nothing.
    pub common: bool,
}

const _: () = assert!(size_of::<Item>() == 64, "items are read by all that follows, over and over");

/// What the first and last words of a phrase or name mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ends {
    /// The kind of place that the first word of the name of a place means: «جبل الزاوية».
    pub place_kind: Option<u32>,
    /// The kind of place that the last word of a phrase means: «تشهد مدينة».
    pub tail_kind: Option<u32>,
    /// The kind of thing that the first word of the name of a site means: «مستشفى ناصر».
    pub site: Option<u32>,
    /// The bodies that the last word of a phrase for a thing or its people may name, a range of [`Scan::owners`]: «مركز للشرطة».
    tails: (u32, u32),
    /// The unit of time that the last word of a phrase means: «خلال الأيام».
    pub tail_unit: Option<TimeUnit>,
}

impl Item {
    pub fn has(&self, flag: u8) -> bool {
        self.before & flag != 0
    }
    /// Whether nobody knows it as anything but perhaps a place.
    pub fn has_no_sense(&self) -> bool {
        self.senses.0 == self.senses.1
    }
    pub fn is_mark(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }
}

/// Whether a place is one that was built rather than lived in as a whole.
fn is_site(kind: PlaceKind) -> bool {
    use PlaceKind::{Airport, Area, Base, Bridge, Camp, Dam, Mosque, OilField, Prison, Site};
    matches!(kind, Airport | Area | Base | Bridge | Camp | Dam | Mosque | OilField | Prison | Site)
}

/// The items of a document, sentence by sentence.
#[derive(Default)]
pub(crate) struct Scan {
    pub items: Vec<Item>,
    pub pool: Vec<Found>,
    /// Ranges of `items`.
    pub sentences: Vec<Range<usize>>,
    /// The classes of all items of each sentence.
    pub classes: Vec<Classes>,
    /// The items that have senses or may be places.
    pub known: Vec<u32>,
    /// By what the word of every token is compared with others.
    pub signs: Vec<Signs>,
    /// The first one is that of items of whose ends no more is known.
    ends: Vec<Ends>,
    /// Bodies that the last words of phrases may name.
    owners: Vec<Found>,
    /// Tokens that name kinds of bodies: (token, kind, whether the article stands before it).
    bodies: Vec<(u32, u32, bool)>,
}

impl Scan {
    /// The senses of an item.
    pub fn senses(&self, item: &Item) -> &[Found] {
        &self.pool[item.senses.0 as usize..item.senses.1 as usize]
    }
    /// The bodies that the last word of an item's phrase may name.
    pub fn tails(&self, item: &Item) -> &[Found] {
        let (from, to) = self.ends(item).tails;
        &self.owners[from as usize..to as usize]
    }
    /// What the first and last words of an item mean.
    pub fn ends(&self, item: &Item) -> &Ends {
        &self.ends[item.ends as usize]
    }
    /// The first sense of a class.
    pub fn sense(&self, item: &Item, class: Class) -> Option<Found> {
        item.classes.has(class).then(|| self.senses(item).iter().find(|s| s.0.class == class).copied()).flatten()
    }
    /// Whether the item has a sense of the class.
    pub fn is(&self, item: &Item, class: Class) -> bool {
        item.classes.has(class)
    }
    /// The first token of an item that names a kind of body: the kind, and whether the article stands before it.
    pub fn body(&self, item: &Item) -> Option<(u32, bool)> {
        self.body_from(item, item.start)
    }
    /// The same, of the tokens from `start` on.
    pub fn body_from(&self, item: &Item, start: u32) -> Option<(u32, bool)> {
        let at = self.bodies.partition_point(|b| b.0 < start);
        self.bodies.get(at).filter(|b| b.0 < item.end).map(|b| (b.1, b.2))
    }
    fn clear(&mut self) {
        self.items.clear();
        self.pool.clear();
        self.sentences.clear();
        self.classes.clear();
        self.known.clear();
        self.signs.clear();
        self.ends.clear();
        self.ends.push(Ends::default());
        self.owners.clear();
        self.bodies.clear();
    }
    /// The value of the first sense of a class.
    pub fn value(&self, item: &Item, class: Class) -> Option<u32> {
        self.sense(item, class).map(|s| s.0.value)
    }
}

/// Scans texts, and remembers the words that it met.
#[derive(Default)]
pub(crate) struct Scanner {
    pub(crate) words: Words,
    /// The ids of the words of all tokens of a document.
    ids: Vec<u32>,
    /// Memory for the next documents, that of the last one at the end.
    spare: Vec<(Text, Scan)>,
    /// Whether that holds the whole text of the document.
    whole: bool,
}

impl Scanner {
    /// Memory for a document, perhaps used before: read the text into it, then scan it.
    pub fn spare(&mut self) -> (Text, Scan) {
        self.whole = false;
        self.spare.pop().unwrap_or_default()
    }

    /// The document that was scanned last, where it was kept and read as a whole.
    pub fn last(&self) -> Option<(&Text, &Scan)> {
        self.spare.last().filter(|_| self.whole).map(|(text, scan)| (text, scan))
    }

    /// Takes back the memory of a document, which was read as a `whole` or not.
    pub fn give_back(&mut self, text: Text, scan: Scan, whole: bool) {
        let kept = text.tokens().len() <= SPARE && self.spare.len() < SPARES;
        self.whole = whole && kept;
        if kept {
            self.spare.push((text, scan));
        }
    }

    /// Scans a text's sentences.
    pub fn scan(&mut self, lexicon: &Lexicon, gazetteers: &[Gazetteer], text: &Text, sentences: &[Range<usize>], out: &mut Scan) {
        self.words.trim();
        out.clear();
        out.items.reserve(text.tokens().len());
        out.signs.resize(text.tokens().len(), Signs::default());
        self.find_words(lexicon, gazetteers, text, sentences);
        for sentence in sentences {
            let first = out.items.len();
            let mut classes = Classes::default();
            self.sentence(lexicon, gazetteers, text, sentence.clone(), out);
            out.items[first..].iter().for_each(|item| classes.extend(item.classes));
            out.classes.push(classes);
            out.sentences.push(first..out.items.len());
        }
    }

    /// Finds the words of all tokens of the sentences.
    fn find_words(&mut self, lexicon: &Lexicon, gazetteers: &[Gazetteer], text: &Text, sentences: &[Range<usize>]) {
        let tokens = text.tokens();
        self.ids.clear();
        self.ids.resize(tokens.len(), UNKNOWN);
        for n in sentences.iter().cloned().flatten() {
            let token = &tokens[n];
            let is_word = token.kind == Kind::Word || token.kind == Kind::Foreign && token.end - token.start <= FOREIGN;
            // «اللواء 444»: a number may belong to a name that begins before it.
            let named = token.kind == Kind::Number && token.value < NAMED;
            let opens = |before: usize| self.words.get(self.ids[before]).is_some_and(Word::opens);
            if is_word || named && n.checked_sub(1).is_some_and(opens) {
                self.ids[n] = self.words.id(lexicon, gazetteers, text, token);
            }
        }
    }

    fn sentence(&self, lexicon: &Lexicon, gazetteers: &[Gazetteer], text: &Text, range: Range<usize>, out: &mut Scan) {
        let (tokens, row) = (&text.tokens()[range.clone()], &self.ids[range.clone()]);
        // Apart from the rest, so that the processor may fetch many words at a time.
        for ((n, id), token) in (range.start as u32..).zip(row).zip(tokens) {
            let Some(word) = self.words.get(*id).filter(|_| token.kind == Kind::Word) else { continue };
            out.signs[n as usize] = word.signs;
            if let Some((kind, article)) = self.words.more(word).body {
                out.bodies.push((n, kind, article));
            }
        }
        let (mut quoted, mut hashed, mut clitic) = (false, false, 0u8);
        // Tokens that belong to a verb before them.
        let mut claimed: SmallVec<[usize; 2]> = SmallVec::new();
        let mut i = 0;
        while i < tokens.len() {
            let token = &tokens[i];
            match token.kind {
                Kind::Mark('"') => {
                    quoted = true;
                    i += 1;
                    continue;
                }
                Kind::Mark('#' | '_' | '@') => {
                    hashed |= token.kind == Kind::Mark('#');
                    i += 1;
                    continue;
                }
                _ => {}
            }
            // A proclitic that stands alone belongs to what follows: «و صاروخي», «لـ"التحالف"», «بـ8».
            if token.kind == Kind::Word
                && i + 1 < tokens.len()
                && token.end - token.start <= 2
                && let Some(word) = self.words.get(row[i]).filter(|w| w.clitic != 0)
            {
                clitic |= word.clitic;
                i += 1;
                continue;
            }
            let mut item = Item {
                start: (range.start + i) as u32,
                end: (range.start + i + 1) as u32,
                kind: token.kind,
                senses: (out.pool.len() as u32, out.pool.len() as u32),
                classes: Classes::default(),
                before: 0,
                pronoun: false,
                value: token.value,
                place: None,
                place_before: 0,
                town: false,
                ends: 0,
                quoted: std::mem::take(&mut quoted),
                hashed: std::mem::take(&mut hashed),
                defined: false,
                perhaps_and: false,
                common: false,
            };
            let mut ends = Ends::default();
            let mut length = 1;
            if claimed.contains(&i) {
                // «استولى مسلحون على سيارات»: the word that belongs to the verb may still name what was hit or taken.
                let word = self.words.get(row[i]);
                let counted = i > 0 && self.words.get(row[i - 1]).is_some_and(|w| self.counts(w));
                let from = out.pool.len();
                out.pool.extend(word.into_iter().flat_map(|w| self.left_to_claimed(lexicon, w, counted)));
                if out.pool.len() == from {
                    out.pool.push((Sense { class: Class::Stop, value: 0, rule: 0 }, Inflection::default()));
                } else if let Some(word) = word {
                    item.before = word.before;
                }
            } else if let Some((node, before, last)) = self.split_at(lexicon, gazetteers, text, tokens, row, i) {
                out.pool.extend_from_slice(lexicon.phrase_senses(node));
                item.before = before;
                claimed.push(last);
            } else if matches!(token.kind, Kind::Word | Kind::Foreign) {
                length = self.match_at(lexicon, tokens, row, i, &mut item, out);
                if length > 1 {
                    let head = self.head_of(lexicon, row[i], &out.pool[item.senses.0 as usize..]);
                    out.pool.extend(head);
                }
                if let Some(last) = row.get(i + length - 1).and_then(|id| self.words.get(*id)).filter(|_| length > 1) {
                    let more = self.words.more(last);
                    (ends.tail_kind, ends.tail_unit) = (more.place_kind, more.unit);
                    let from = out.owners.len() as u32;
                    out.owners.extend(self.owners(last, &out.pool[item.senses.0 as usize..]));
                    let to = out.owners.len() as u32;
                    ends.tails = if from < to { (from, to) } else { (0, 0) };
                }
                if let Some((words, key, flags, town)) = self.place_at(gazetteers, text, tokens, row, i)
                    && words >= length
                {
                    // «في بعقوبة»: after a preposition no other is written together with the next word.
                    let taken = Reading::BY | Reading::TO;
                    let doubled =
                        item.before & taken != 0 && flags & taken == 0 && i > 0 && self.words.get(row[i - 1]).is_some_and(|w| w.prep);
                    if words > length || doubled {
                        out.pool.truncate(item.senses.0 as usize);
                        item.before = flags;
                        item.pronoun = false;
                        length = words;
                    } else if item.senses.0 == out.pool.len() as u32 || town && item.pronoun && token.marbuta {
                        // «حماة»: what looks like a pronoun is the ending of the name.
                        out.pool.truncate(item.senses.0 as usize);
                        item.before = flags;
                        item.pronoun = false;
                    }
                    ends.place_kind = self.words.get(row[i]).and_then(|w| self.words.more(w).place_kind).filter(|_| words > 1);
                    ends.site = self.site_of(gazetteers, row[i], key).filter(|_| words > 1);
                    item.town = town && item.senses.0 < out.pool.len() as u32;
                    item.place = Some(key);
                    item.place_before = flags | clitic;
                }
            }
            item.end = (range.start + i + length) as u32;
            if matches!(token.kind, Kind::Mark(_)) {
                clitic = 0;
            } else {
                item.before |= std::mem::take(&mut clitic);
            }
            if ends != Ends::default() {
                item.ends = out.ends.len() as u32;
                out.ends.push(ends);
            }
            item.senses.1 = out.pool.len() as u32;
            item.classes = Classes::of(out.senses(&item));
            if item.senses.0 == item.senses.1
                && item.place.is_none()
                && let Some(word) = self.words.get(row[i])
            {
                item.perhaps_and = word.perhaps_and;
                item.common = word.common;
                item.defined = word.defined;
                item.before |= word.elided;
            }
            if item.senses.0 < item.senses.1 || item.place.is_some() {
                out.known.push(out.items.len() as u32);
            }
            out.items.push(item);
            i += length;
        }
    }

    /// Writes the senses of the longest phrase, or else of the word, at token `i`; returns the number of tokens.
    fn match_at(&self, lexicon: &Lexicon, tokens: &[Token], row: &[u32], i: usize, item: &mut Item, out: &mut Scan) -> usize {
        let Some(word) = self.words.get(row[i]) else { return 1 };
        let mut best: Option<(usize, u32, &Opening)> = None;
        let between = |n: &usize| matches!(tokens[*n].kind, Kind::Mark('"' | '#' | '_'));
        let next = (i + 1..tokens.len()).find(|n| !between(n)).and_then(|n| self.words.get(row[n]));
        let may_go_on = |leads: u64| next.is_some_and(|next| leads & next.follows != 0);
        let openings = if may_go_on(word.leads) { self.words.openings(word) } else { &[] };
        for opening in openings.iter().filter(|o| may_go_on(o.leads)) {
            let mut node = opening.node;
            let mut n = i + 1;
            let mut words = 1;
            while n < tokens.len() && words < MAX_WORDS {
                if between(&n) {
                    n += 1;
                    continue;
                }
                let Some(next) = self.words.get(row[n]) else { break };
                let Some((next, article)) = self.words.step(lexicon, node, next) else { break };
                node = next;
                n += 1;
                words += 1;
                // «من سيطرة …» is a preposition, «من السيطرة على …» is none.
                let senses = lexicon.phrase_senses(node);
                let bound = article == 0 || !senses.iter().all(|s| s.0.class == Class::Prep);
                let bound = bound && (opening.before & NOMINAL == 0 || !senses.iter().all(|s| s.1.is_verb()));
                if !senses.is_empty() && bound && best.is_none_or(|b| n - i > b.0) {
                    best = Some((n - i, node, opening));
                }
            }
        }
        if let Some((length, node, opening)) = best {
            let senses = lexicon.phrase_senses(node);
            out.pool.extend_from_slice(senses);
            // «طائرات التحالف», «مدفعية النظام»: the actor's name begins with the weapon.
            if senses.iter().any(|s| matches!(s.0.class, Class::Actor | Class::Generic))
                && !senses.iter().any(|s| s.0.class == Class::Weapon)
            {
                out.pool.extend(opening.weapon);
            }
            item.before = opening.before;
            // «فقدانه السيطرة»: an event noun of two words bears the pronoun of its first.
            item.pronoun = word.pronoun && !senses.is_empty() && senses.iter().all(|s| s.0.class == Class::Frame && !s.1.is_verb());
            let next = row.get(i + 1).and_then(|id| self.words.get(*id)).filter(|_| length == 2);
            return if next.is_some_and(|w| self.is_subject_of(lexicon, node, w)) { 1 } else { length };
        }
        let senses = self.words.senses(word);
        if !senses.is_empty() {
            out.pool.extend_from_slice(senses);
            item.before = word.before;
            item.pronoun = word.pronoun;
        }
        1
    }

    /// The bodies that the last word of a phrase may name, where the phrase itself means a thing or fighters: «مركز للشرطة».
    fn owners(&self, last: &Word, phrase: &[Found]) -> impl Iterator<Item = Found> {
        let fighters = |s: &Found| s.0.class == Class::Person && s.0.value == Group::Combatants as u32;
        let owned = phrase.iter().any(|s| s.0.class == Class::Object || fighters(s));
        let named = phrase.iter().any(|s| matches!(s.0.class, Class::Actor | Class::WeakActor | Class::Generic | Class::Frame));
        let body = move |s: &&Found| owned && !named && s.0.class == Class::Generic;
        self.words.senses(last).iter().filter(body).copied()
    }

    /// The people whom the first word of a phrase means, where it names them as of a body that bears no arms: «مراسل قناة الجزيرة».
    fn head_of(&self, lexicon: &Lexicon, first: u32, phrase: &[Found]) -> Option<Found> {
        let unarmed = |s: &Found| {
            let actor = lexicon.pack().actors.get(s.0.value as usize).filter(|_| s.0.class == Class::Actor);
            actor.is_some_and(|a| a.kind.is_bystander() || a.kind == ActorKind::Political)
        };
        let told = phrase.iter().any(|s| matches!(s.0.class, Class::Person | Class::Frame | Class::Source));
        let people = self.words.senses(self.words.get(first)?).iter().find(|s| s.0.class == Class::Person);
        people.filter(|_| !told && phrase.iter().any(unarmed)).copied()
    }

    /// The kind of thing that the first word of a name means, where all places of that name are sites: «جسر الشغور» is a town.
    fn site_of(&self, gazetteers: &[Gazetteer], first: u32, key: Key) -> Option<u32> {
        let word = self.words.get(first)?;
        let thing = self.words.senses(word).iter().find(|s| s.0.class == Class::Object)?.0.value;
        gazetteers.iter().flat_map(|g| g.find(key)).all(|p| is_site(p.kind)).then_some(thing)
    }

    /// The longest name of a place at token `i`: (tokens, key, flags).
    pub(crate) fn place_at(
        &self,
        gazetteers: &[Gazetteer],
        text: &Text,
        tokens: &[Token],
        row: &[u32],
        i: usize,
    ) -> Option<(usize, Key, u8, bool)> {
        let mut best: Option<(usize, Key, u8, bool)> = None;
        let first = self.words.get(row[i])?;
        for start in self.words.names(first) {
            // «إلى» is no town.
            if start.whole && best.is_none() && !first.prep {
                best = Some((1, start.key, start.before, start.town));
            }
            let (mut key, mut n) = (start.key, i + 1);
            for _ in 1..start.most {
                while n < tokens.len() && matches!(tokens[n].kind, Kind::Mark('"' | '#' | '_')) {
                    n += 1;
                }
                let Some(word) = row.get(n).and_then(|id| self.words.get(*id)) else { break };
                key = key.then(text.folded(&tokens[n]));
                n += 1;
                // No name ends in a preposition.
                if !word.prep && best.is_none_or(|b| n - i > b.0) && gazetteers.iter().any(|g| g.contains(key)) {
                    best = Some((n - i, key, start.before, false));
                }
            }
        }
        best
    }
}
