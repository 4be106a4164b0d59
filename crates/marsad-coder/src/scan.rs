//! From tokens to items: the longest words and phrases that the lexicon or the gazetteer knows.

use marsad_language::{Class, Inflection, Lexicon, Reading, Readings, Sense};
use marsad_places::{Gazetteer, Key};
use marsad_text::{Kind, Text};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::ops::Range;

/// Phrases and names of more words than this are not looked for.
const MAX_WORDS: usize = 9;
/// Proclitics that no verb bears.
const NOMINAL: u8 = Reading::BY | Reading::LIKE | Reading::ARTICLE;
/// Between a verb and the word that belongs to it stand no more tokens.
const APART: usize = 8;
/// A session forgets the words that it saw once it knows so many.
const CACHE: usize = 60_000;

/// A sense found, with its form's inflection.
pub(crate) type Found = (Sense, Inflection);

/// A stretch of tokens that is one thing to the parser.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    /// What it is.
    pub kind: Kind,
    /// Its senses, a range of [`Scan::pool`].
    senses: (u32, u32),
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
    /// Whether that name begins with a word for a kind of place: «جبل الزاوية».
    pub place_kind: bool,
    /// Whether an opening quote stands before it.
    pub quoted: bool,
    /// Whether a hash stands before it.
    pub hashed: bool,
    /// Whether it is a word that nobody knows and its first letters may be a conjunction.
    pub perhaps_and: bool,
}

impl Item {
    pub fn has(&self, flag: u8) -> bool {
        self.before & flag != 0
    }
    pub fn is_mark(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }
}

/// What is known of a written word.
#[derive(Clone, Debug, Default)]
struct Word {
    readings: Readings,
    /// Places that it may begin: (bytes of proclitics, flags, whether an article was elided, most words).
    places: SmallVec<[(u8, u8, bool, u8); 2]>,
}

/// The items of a document, sentence by sentence.
#[derive(Default)]
pub(crate) struct Scan {
    pub items: Vec<Item>,
    pub pool: Vec<Found>,
    /// Ranges of `items`.
    pub sentences: Vec<Range<usize>>,
}

impl Scan {
    /// The senses of an item.
    pub fn senses(&self, item: &Item) -> &[Found] {
        &self.pool[item.senses.0 as usize..item.senses.1 as usize]
    }
    /// The first sense of a class.
    pub fn sense(&self, item: &Item, class: Class) -> Option<Found> {
        self.senses(item).iter().find(|s| s.0.class == class).copied()
    }
    /// Whether the item has a sense of the class.
    pub fn is(&self, item: &Item, class: Class) -> bool {
        self.sense(item, class).is_some()
    }
    /// The value of the first sense of a class.
    pub fn value(&self, item: &Item, class: Class) -> Option<u32> {
        self.sense(item, class).map(|s| s.0.value)
    }
}

/// Words seen before, by their folded letters.
#[derive(Default)]
pub(crate) struct Scanner {
    known: FxHashMap<Box<str>, u32>,
    words: Vec<Word>,
    row: Vec<u32>,
}

impl Scanner {
    fn word(&mut self, lexicon: &Lexicon, gazetteers: &[Gazetteer], folded: &str) -> u32 {
        if let Some(&id) = self.known.get(folded) {
            return id;
        }
        let readings = lexicon.readings(folded);
        let mut places = SmallVec::new();
        for (written, flags) in &lexicon.pack().proclitics {
            if flags & (Reading::WILL | Reading::ASK) != 0 || folded.len() > 80 {
                continue;
            }
            // The article belongs to the name; only what stands before it is taken away.
            let elided = flags & Reading::ARTICLE != 0 && !written.ends_with(lexicon.pack().article.as_str());
            if flags & Reading::ARTICLE != 0 && !elided {
                continue;
            }
            let Some(rest) = folded.strip_prefix(written.as_str()) else { continue };
            if rest.len() < 4 {
                continue;
            }
            let first = if elided { Key::default().then(&lexicon.pack().article).then(rest) } else { Key::default().then(rest) };
            if let Some(most) = gazetteers.iter().filter_map(|g| g.longest_from(first)).max() {
                places.push((written.len() as u8, *flags & !Reading::ARTICLE, elided, most.min(MAX_WORDS as u32) as u8));
            }
        }
        let id = self.words.len() as u32;
        self.words.push(Word { readings, places });
        self.known.insert(folded.into(), id);
        id
    }

    /// Scans a text's sentences.
    pub fn scan(&mut self, lexicon: &Lexicon, gazetteers: &[Gazetteer], text: &Text, sentences: &[Range<usize>]) -> Scan {
        if self.known.len() > CACHE {
            self.known.clear();
            self.words.clear();
        }
        let mut out = Scan { items: Vec::with_capacity(text.tokens().len()), ..Scan::default() };
        for sentence in sentences {
            let first = out.items.len();
            self.sentence(lexicon, gazetteers, text, sentence.clone(), &mut out);
            out.sentences.push(first..out.items.len());
        }
        out
    }

    fn sentence(&mut self, lexicon: &Lexicon, gazetteers: &[Gazetteer], text: &Text, range: Range<usize>, out: &mut Scan) {
        let tokens = &text.tokens()[range.clone()];
        let mut row = std::mem::take(&mut self.row);
        row.clear();
        for token in tokens {
            row.push(if token.kind == Kind::Word { self.word(lexicon, gazetteers, text.folded(token)) } else { u32::MAX });
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
                && text.folded(token).chars().count() == 1
                && let Some((_, flags)) =
                    lexicon.pack().proclitics.iter().find(|p| p.0 == text.folded(token) && p.1 & (Reading::ASK | Reading::WILL) == 0)
            {
                clitic |= flags;
                i += 1;
                continue;
            }
            let mut item = Item {
                start: (range.start + i) as u32,
                end: (range.start + i + 1) as u32,
                kind: token.kind,
                senses: (out.pool.len() as u32, out.pool.len() as u32),
                before: 0,
                pronoun: false,
                value: token.value,
                place: None,
                place_before: 0,
                place_kind: false,
                quoted: std::mem::take(&mut quoted),
                hashed: std::mem::take(&mut hashed),
                perhaps_and: false,
            };
            let mut length = 1;
            if claimed.contains(&i) {
                out.pool.push((Sense { class: Class::Stop, value: 0, rule: 0 }, Inflection::default()));
            } else if let Some((node, before, last)) = self.split_at(lexicon, tokens, &row, i) {
                out.pool.extend_from_slice(lexicon.phrase_senses(node));
                item.before = before;
                claimed.push(last);
            } else if token.kind == Kind::Word {
                length = self.match_at(lexicon, tokens, &row, i, &mut item, out);
                if let Some((words, key, flags)) = place_at(gazetteers, lexicon, text, tokens, &row, &self.words, i)
                    && words >= length
                {
                    // «في بعقوبة»: after a preposition no other is written together with the next word.
                    let taken = Reading::BY | Reading::TO;
                    let doubled = item.before & taken != 0 && flags & taken == 0 && i > 0 && is_prep(&self.words, lexicon, row[i - 1]);
                    if words > length || doubled {
                        out.pool.truncate(item.senses.0 as usize);
                        item.before = flags;
                        item.pronoun = false;
                        length = words;
                    } else if item.senses.0 == out.pool.len() as u32 {
                        item.before = flags;
                    }
                    let kind = |r: &Reading| lexicon.senses(r.form).iter().any(|s| s.0.class == Class::PlaceKind);
                    item.place_kind = words > 1 && self.words[row[i] as usize].readings.iter().any(kind);
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
            item.senses.1 = out.pool.len() as u32;
            item.perhaps_and = token.kind == Kind::Word
                && item.senses.0 == item.senses.1
                && item.place.is_none()
                && lexicon
                    .pack()
                    .proclitics
                    .iter()
                    .any(|p| p.1 == Reading::AND && text.folded(token).strip_prefix(p.0.as_str()).is_some_and(|r| r.len() >= 6));
            out.items.push(item);
            i += length;
        }
        self.row = row;
    }

    /// A verb at token `i` and the word that belongs to it further on, with its subject or object between: «ألقت قوات … القبض».
    /// Gives the phrase's node, the proclitics and the token of the word.
    fn split_at(&self, lexicon: &Lexicon, tokens: &[marsad_text::Token], row: &[u32], i: usize) -> Option<(u32, u8, usize)> {
        let word = self.words.get(*row.get(i)? as usize)?;
        let starts = |r: &&Reading| !r.after && r.before & !(Reading::AND | Reading::WILL) == 0 && lexicon.starts_phrase(r.form);
        for reading in word.readings.iter().filter(starts) {
            let Some(node) = lexicon.step(0, reading.form) else { continue };
            for n in i + 1..tokens.len().min(i + 2 + APART) {
                if matches!(tokens[n].kind, Kind::Mark('"' | '(' | ')' | '#' | '_')) {
                    continue;
                }
                let Some(next) = self.words.get(row[n] as usize).filter(|_| tokens[n].kind == Kind::Word) else {
                    if tokens[n].kind == Kind::Number { continue } else { break }
                };
                let end =
                    next.readings.iter().filter(|r| !r.after && r.before & !Reading::ARTICLE == 0).find_map(|r| lexicon.step(node, r.form));
                // A clause of its own between them parts them.
                let clause =
                    |s: &Found| matches!(s.0.class, Class::Particle | Class::Conj | Class::Relative | Class::Report | Class::Frame);
                if n > i + 1 && end.is_none() && next.readings.first().is_some_and(|r| lexicon.senses(r.form).iter().any(clause)) {
                    break;
                }
                if let Some(end) = end.filter(|e| lexicon.may_split(*e)) {
                    if n == i + 1 {
                        // Side by side they are a phrase like any other.
                        break;
                    }
                    return Some((end, reading.before, n));
                }
            }
        }
        None
    }

    /// Writes the senses of the longest phrase, or else of the word, at token `i`; returns the number of tokens.
    #[allow(clippy::too_many_arguments)]
    fn match_at(&self, lexicon: &Lexicon, tokens: &[marsad_text::Token], row: &[u32], i: usize, item: &mut Item, out: &mut Scan) -> usize {
        let word = &self.words[row[i] as usize];
        let mut best: (usize, u32, u8) = (0, 0, 0);
        for reading in &word.readings {
            if reading.after || !lexicon.starts_phrase(reading.form) {
                continue;
            }
            let Some(mut node) = lexicon.step(0, reading.form) else { continue };
            let mut n = i + 1;
            let mut words = 1;
            'walk: while n < tokens.len() && words < MAX_WORDS {
                if matches!(tokens[n].kind, Kind::Mark('"' | '#' | '_')) {
                    n += 1;
                    continue;
                }
                if tokens[n].kind != Kind::Word {
                    break;
                }
                let next = self.words[row[n] as usize]
                    .readings
                    .iter()
                    .filter(|r| !r.after && r.before & !Reading::ARTICLE == 0)
                    .find_map(|r| Some((lexicon.step(node, r.form)?, r.before)));
                let Some((next, article)) = next else { break 'walk };
                node = next;
                n += 1;
                words += 1;
                // «من سيطرة …» is a preposition, «من السيطرة على …» is none.
                let senses = lexicon.phrase_senses(node);
                let bound = article == 0 || !senses.iter().all(|s| s.0.class == Class::Prep);
                let bound = bound && (reading.before & NOMINAL == 0 || !senses.iter().all(|s| s.1.is_verb()));
                if !senses.is_empty() && bound && n - i > best.0 {
                    best = (n - i, node, reading.before);
                }
            }
        }
        if best.0 > 0 {
            let senses = lexicon.phrase_senses(best.1);
            out.pool.extend_from_slice(senses);
            // «طائرات التحالف», «مدفعية النظام»: the actor's name begins with the weapon.
            if senses.iter().any(|s| s.0.class == Class::Actor) && !senses.iter().any(|s| s.0.class == Class::Weapon) {
                let first = word.readings.iter().find(|r| r.before == best.2 && !lexicon.senses(r.form).is_empty());
                let weapon = first.and_then(|r| lexicon.senses(r.form).iter().find(|s| s.0.class == Class::Weapon));
                out.pool.extend(weapon.copied());
            }
            item.before = best.2;
            return best.0;
        }
        for reading in &word.readings {
            let from = out.pool.len();
            for &(sense, inflection) in lexicon.senses(reading.form) {
                let verb = inflection.is_verb();
                // «طفلاها» are two: an accusative in -ا bears no pronoun.
                let alone = inflection.has(Inflection::ABSOLUTE) && !verb;
                let fits = (reading.after || !inflection.has(Inflection::BOUND))
                    && !(reading.after && alone)
                    && (reading.before & Reading::WILL == 0 || inflection.has(Inflection::PRESENT))
                    && (reading.before & NOMINAL == 0 || !verb)
                    && (reading.before & Reading::TO == 0 || !inflection.has(Inflection::PAST));
                if fits {
                    out.pool.push((sense, inflection));
                }
            }
            if out.pool.len() > from {
                item.before = reading.before;
                item.pronoun = reading.after;
                return 1;
            }
        }
        1
    }
}

/// The longest name of a place at token `i`: (tokens, key, flags).
fn place_at(
    gazetteers: &[Gazetteer],
    lexicon: &Lexicon,
    text: &Text,
    tokens: &[marsad_text::Token],
    row: &[u32],
    words: &[Word],
    i: usize,
) -> Option<(usize, Key, u8)> {
    let mut best: Option<(usize, Key, u8)> = None;
    for &(cut, flags, elided, most) in &words[row[i] as usize].places {
        let mut key = Key::default();
        if elided {
            key = key.then(&lexicon.pack().article);
        }
        key = key.then(&text.folded(&tokens[i])[cut as usize..]);
        let mut n = i + 1;
        let mut count = 1;
        loop {
            // No name ends in a preposition.
            let hangs = n > i + 1 && is_prep(words, lexicon, row[n - 1]);
            if !hangs && gazetteers.iter().any(|g| g.contains(key)) && best.is_none_or(|b| n - i > b.0) {
                best = Some((n - i, key, flags));
            }
            while n < tokens.len() && matches!(tokens[n].kind, Kind::Mark('"' | '#' | '_')) {
                n += 1;
            }
            if count >= most || n >= tokens.len() || tokens[n].kind != Kind::Word {
                break;
            }
            key = key.then(text.folded(&tokens[n]));
            n += 1;
            count += 1;
        }
    }
    best
}

/// Whether a word as it stands is a preposition.
fn is_prep(words: &[Word], lexicon: &Lexicon, word: u32) -> bool {
    let prep = |r: &Reading| r.before == 0 && !r.after && lexicon.senses(r.form).iter().any(|s| s.0.class == Class::Prep);
    words.get(word as usize).is_some_and(|w| w.readings.iter().any(prep))
}
