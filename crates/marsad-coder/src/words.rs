//! What is known of a written word wherever it stands, looked up once in a session.

use crate::scan::{Found, MAX_WORDS, NOMINAL};
use marsad_copies::{Rarity, rarity_of};
use marsad_language::{Class, Inflection, Lexicon, Pack, Reading, form_bit};
use marsad_places::{Gazetteer, Key, PlaceKind};
use marsad_text::{Letters, Text, Token};
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::hash::BuildHasher;
use std::ops::Range;

/// A session forgets the words that it saw once it knows so many.
const CACHE: usize = 200_000;
/// The id of what is no word.
pub(crate) const UNKNOWN: u32 = u32::MAX;
/// The tables in which every word has entries, as [`Word::entries`] counts them.
const SENSES: usize = 0;
const OPENINGS: usize = 1;
const STEPS: usize = 2;
/// A stem has so many letters.
const STEM: usize = 3;
/// Stands for the stem of what has none.
pub(crate) const NO_STEM: u32 = 0;

/// A word for a unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TimeUnit {
    /// The code of class `timeunit`.
    pub code: u32,
    /// Whether it bears the article.
    pub article: bool,
    /// Whether it means several.
    pub plural: bool,
}

/// A written word, in one line of a processor's cache: what few words have stands in [`More`].
#[derive(Clone, Debug)]
#[repr(align(64))]
pub(crate) struct Word {
    /// Where its senses, openings and steps begin in the tables of [`Words`].
    starts: [u32; 3],
    /// How many of each there are.
    lengths: [u16; 3],
    /// What else is known of it, one of [`Words::more`].
    more: u32,
    /// The bits of all forms that may follow it in a phrase.
    pub leads: u64,
    /// The bits of the forms by which it goes on with a phrase: where they share none with what stands before it, it does not.
    pub follows: u64,
    pub signs: Signs,
    /// Whether a phrase that it opens may have other words between its own.
    pub apart: bool,
    /// Proclitics of its senses.
    pub before: u8,
    /// Whether its senses leave an enclitic pronoun.
    pub pronoun: bool,
    /// Its flags, where it is a proclitic written by itself, or 0.
    pub clitic: u8,
    /// Whether its first letters may be a conjunction.
    pub perhaps_and: bool,
    /// Whether it begins with the article.
    pub defined: bool,
    /// Proclitics that swallow the beginning of the article after them, where it begins so: «للفصائل».
    pub elided: u8,
    /// Whether it may be a preposition.
    pub prep: bool,
    /// Whether it is a common word that names nothing.
    pub common: bool,
    /// Whether it may open a clause.
    pub clause: bool,
}

const _: () = assert!(size_of::<Word>() == 64, "a word is read with one access to memory");

/// What is known of few words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct More {
    /// A range of the table of names.
    names: Range<u32>,
    /// The kind of place that it may be a word for.
    pub place_kind: Option<u32>,
    /// The unit of time that it may be.
    pub unit: Option<TimeUnit>,
    /// The kind of body that it names, and whether with the article.
    pub body: Option<(u32, bool)>,
}

/// By what a word is compared with others.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Signs {
    /// It without conjunction, preposition and article, as a hash, or [`NO_STEM`].
    pub stem: u32,
    /// It without the article, as a hash, or [`NO_STEM`].
    pub bare: u32,
    /// What it is known by among rare words, where it is one.
    pub rare: Option<(u32, Rarity)>,
}

impl Word {
    /// Whether a phrase may begin with it.
    pub fn opens(&self) -> bool {
        self.lengths[OPENINGS] > 0
    }

    /// Where its entries stand in one of the three tables.
    fn entries(&self, table: usize) -> Range<usize> {
        let start = self.starts[table] as usize;
        start..start + usize::from(self.lengths[table])
    }
}

/// A phrase that a word may open.
#[derive(Clone, Debug)]
pub(crate) struct Opening {
    /// The node of the trie after the word.
    pub node: u32,
    /// The bits of the forms that lead on from there.
    pub leads: u64,
    pub before: u8,
    /// Whether the phrase may have other words between its own.
    pub apart: bool,
    /// The weapon that the word is by itself.
    pub weapon: Option<Found>,
}

/// A form by which a word goes on with a phrase.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    pub form: u32,
    pub before: u8,
}

/// Names of places that a word may begin.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Name {
    /// The key of its letters.
    pub key: Key,
    pub before: u8,
    /// How many words the longest has.
    pub most: u8,
    /// Whether the word is a whole name.
    pub whole: bool,
    /// Whether that is the name of a town or a division, and no everyday word.
    pub town: bool,
}

/// Words seen before, by their folded letters.
#[derive(Default)]
pub(crate) struct Words {
    short: FxHashMap<Letters, u32>,
    long: FxHashMap<Box<str>, u32>,
    words: Vec<Word>,
    /// The first one is that of words of which no more is known.
    more: Vec<More>,
    senses: Vec<Found>,
    openings: Vec<Opening>,
    steps: Vec<Step>,
    names: Vec<Name>,
}

/// A word as a number.
pub(crate) fn hash(word: &str) -> u32 {
    (FxBuildHasher.hash_one(word) >> 32) as u32
}

/// The hash of what is left of a word, where that is long enough.
fn hash_of_rest(rest: &str) -> u32 {
    if rest.chars().count() >= STEM { hash(rest) } else { NO_STEM }
}

/// A word without conjunction, preposition and article, where enough of it is left.
fn stem<'w>(pack: &Pack, word: &'w str) -> &'w str {
    let bare = |clitic: &(String, u8)| {
        let rest = word.strip_prefix(clitic.0.as_str())?;
        let light = clitic.1 & Reading::ARTICLE != 0 || matches!(clitic.1, Reading::AND | Reading::BY | Reading::TO);
        (light && rest.chars().count() >= STEM).then_some(rest)
    };
    pack.proclitics.iter().rev().find_map(bare).unwrap_or(word)
}

/// Whether a name is that of a town or a division, and no everyday word.
fn is_town(gazetteers: &[Gazetteer], key: Key) -> bool {
    let town = |kind: PlaceKind| matches!(kind, PlaceKind::City | PlaceKind::Town | PlaceKind::Admin1 | PlaceKind::Admin2);
    gazetteers.iter().flat_map(|g| g.find(key)).any(|p| !p.bare_word && town(p.kind))
}

impl Words {
    pub fn get(&self, id: u32) -> Option<&Word> {
        self.words.get(id as usize)
    }
    /// Its senses where it stands alone.
    pub fn senses(&self, word: &Word) -> &[Found] {
        &self.senses[word.entries(SENSES)]
    }
    pub fn openings(&self, word: &Word) -> &[Opening] {
        &self.openings[word.entries(OPENINGS)]
    }
    pub fn steps(&self, word: &Word) -> &[Step] {
        &self.steps[word.entries(STEPS)]
    }
    /// What else is known of a word.
    pub fn more(&self, word: &Word) -> &More {
        &self.more[word.more as usize]
    }
    /// Where a word leads on from a node, and the proclitics with which it does.
    pub fn step(&self, lexicon: &Lexicon, node: u32, word: &Word) -> Option<(u32, u8)> {
        self.steps(word).iter().find_map(|s| Some((lexicon.step(node, s.form)?, s.before)))
    }
    pub fn names(&self, word: &Word) -> &[Name] {
        let Range { start, end } = self.more(word).names;
        &self.names[start as usize..end as usize]
    }

    /// The sizes of the tables of senses, openings and steps.
    fn sizes(&self) -> [usize; 3] {
        [self.senses.len(), self.openings.len(), self.steps.len()]
    }

    /// Forgets all once it knows too many.
    pub fn trim(&mut self) {
        if self.words.len() > CACHE {
            *self = Self::default();
        }
    }

    /// The id of a word.
    pub fn id(&mut self, lexicon: &Lexicon, gazetteers: &[Gazetteer], text: &Text, token: &Token) -> u32 {
        let (folded, letters) = (text.folded(token), text.letters(token));
        let met = letters.map_or_else(|| self.long.get(folded), |letters| self.short.get(&letters)).copied();
        met.unwrap_or_else(|| {
            let id = self.learn(lexicon, gazetteers, folded);
            match letters {
                Some(letters) => self.short.insert(letters, id),
                None => self.long.insert(folded.into(), id),
            };
            id
        })
    }

    /// Looks a word up.
    fn learn(&mut self, lexicon: &Lexicon, gazetteers: &[Gazetteer], folded: &str) -> u32 {
        let pack = lexicon.pack();
        let readings = lexicon.readings(folded);
        let starts = self.sizes();
        let (mut before, mut pronoun) = (0, false);
        for reading in &readings {
            let fits = |inflection: Inflection| {
                // «طفلاها» are two: an accusative in -ا bears no pronoun.
                let alone = inflection.has(Inflection::ABSOLUTE) && !inflection.is_verb();
                (reading.after || !inflection.has(Inflection::BOUND))
                    && !(reading.after && alone)
                    && (reading.before & Reading::WILL == 0 || inflection.has(Inflection::PRESENT))
                    && (reading.before & NOMINAL == 0 || !inflection.is_verb())
                    && (reading.before & Reading::TO == 0 || !inflection.has(Inflection::PAST))
            };
            self.senses.extend(lexicon.senses(reading.form).iter().filter(|s| fits(s.1) && s.0.class != Class::Common));
            if self.senses.len() > starts[SENSES] {
                (before, pronoun) = (reading.before, reading.after);
                break;
            }
        }
        for reading in readings.iter().filter(|r| !r.after) {
            if let Some(node) = lexicon.step(0, reading.form) {
                let alone = readings.iter().find(|r| r.before == reading.before && !lexicon.senses(r.form).is_empty());
                let weapon = alone.and_then(|r| lexicon.senses(r.form).iter().find(|s| s.0.class == Class::Weapon));
                let apart = reading.before & !(Reading::AND | Reading::WILL) == 0 && lexicon.leads_apart(node);
                let leads = lexicon.leaving(node);
                self.openings.push(Opening { node, leads, before: reading.before, apart, weapon: weapon.copied() });
            }
            if reading.before & !Reading::ARTICLE == 0 && lexicon.continues_phrase(reading.form) {
                self.steps.push(Step { form: reading.form, before: reading.before });
            }
        }
        let more = self.learn_more(lexicon, gazetteers, folded, &readings);
        let clause = |s: &Found| matches!(s.0.class, Class::Particle | Class::Conj | Class::Relative | Class::Report | Class::Frame);
        // «عبر»: "by way of" before it is "expressed".
        let prep = |s: &Found| s.0.class == Class::Prep;
        let one = folded.chars().nth(1).is_none();
        let clitic = pack.proclitics.iter().find(|p| p.0 == folded && p.1 & (Reading::ASK | Reading::WILL) == 0);
        let elided = |p: &&(String, u8)| {
            p.1 & Reading::ARTICLE != 0
                && !p.0.ends_with(pack.article.as_str())
                && folded.strip_prefix(p.0.as_str()).is_some_and(|rest| rest.chars().count() >= 3)
        };
        let id = self.words.len() as u32;
        self.words.push(Word {
            starts: starts.map(|n| n as u32),
            lengths: std::array::from_fn(|n| u16::try_from(self.sizes()[n] - starts[n]).unwrap_or(u16::MAX)),
            more,
            apart: self.openings[starts[OPENINGS]..].iter().any(|o| o.apart),
            leads: self.openings[starts[OPENINGS]..].iter().fold(0, |bits, o| bits | o.leads),
            follows: self.steps[starts[STEPS]..].iter().fold(0, |bits, s| bits | form_bit(s.form)),
            before,
            pronoun,
            clitic: clitic.filter(|_| one).map_or(0, |p| p.1),
            defined: folded.starts_with(pack.article.as_str()),
            elided: pack.proclitics.iter().find(elided).map_or(0, |p| p.1),
            perhaps_and: pack
                .proclitics
                .iter()
                .any(|p| p.1 == Reading::AND && folded.strip_prefix(p.0.as_str()).is_some_and(|rest| rest.len() >= 6)),
            prep: readings.iter().any(|r| r.before == 0 && !r.after && lexicon.senses(r.form).iter().any(|s| s.0.class == Class::Prep)),
            common: readings.iter().any(|r| !r.after && lexicon.senses(r.form).iter().any(|s| s.0.class == Class::Common)),
            signs: Signs {
                stem: hash_of_rest(stem(pack, folded)),
                bare: hash_of_rest(folded.strip_prefix(pack.article.as_str()).unwrap_or(folded)),
                rare: rarity_of(folded),
            },
            clause: readings.first().map(|r| lexicon.senses(r.form)).is_some_and(|s| s.iter().any(clause) && !s.iter().any(prep)),
        });
        id
    }

    /// Looks up what few words have.
    fn learn_more(&mut self, lexicon: &Lexicon, gazetteers: &[Gazetteer], folded: &str, readings: &[Reading]) -> u32 {
        let first = self.names.len() as u32;
        self.learn_names(lexicon, gazetteers, folded);
        let last = self.names.len() as u32;
        let more = More {
            names: if first < last { first..last } else { 0..0 },
            place_kind: readings
                .iter()
                .find_map(|r| lexicon.senses(r.form).iter().find(|s| s.0.class == Class::PlaceKind).map(|s| s.0.value)),
            body: readings.iter().filter(|r| !r.after).find_map(|r| {
                let body = lexicon.senses(r.form).iter().find(|s| s.0.class == Class::Body)?;
                Some((body.0.value, r.before & Reading::ARTICLE != 0))
            }),
            unit: readings.iter().filter(|r| !r.after).find_map(|r| {
                let unit = lexicon.senses(r.form).iter().find(|s| s.0.class == Class::TimeUnit)?;
                let plural = unit.1.any(Inflection::PLURAL | Inflection::DUAL);
                Some(TimeUnit { code: unit.0.value, article: r.before & Reading::ARTICLE != 0, plural })
            }),
        };
        if self.more.is_empty() {
            self.more.push(More::default());
        }
        if more == More::default() {
            return 0;
        }
        self.more.push(more);
        self.more.len() as u32 - 1
    }

    fn learn_names(&mut self, lexicon: &Lexicon, gazetteers: &[Gazetteer], folded: &str) {
        if folded.len() > 80 {
            return;
        }
        let article = lexicon.pack().article.as_str();
        for (written, flags) in lexicon.pack().proclitics.iter().filter(|p| p.1 & (Reading::WILL | Reading::ASK) == 0) {
            // The article belongs to the name; only what stands before it is taken away.
            let elided = flags & Reading::ARTICLE != 0 && !written.ends_with(article);
            if flags & Reading::ARTICLE != 0 && !elided {
                continue;
            }
            let Some(rest) = folded.strip_prefix(written.as_str()).filter(|rest| rest.len() >= 4) else { continue };
            let key = if elided { Key::default().then(article).then(rest) } else { Key::default().then(rest) };
            if let Some(most) = gazetteers.iter().filter_map(|g| g.longest_from(key)).max() {
                let whole = gazetteers.iter().any(|g| g.contains(key));
                let town = whole && is_town(gazetteers, key);
                self.names.push(Name { key, before: flags & !Reading::ARTICLE, most: most.min(MAX_WORDS as u32) as u8, whole, town });
            }
        }
    }
}
