//! English names, in the many ways that names of Arabic are written in Latin letters.

use super::spelling::AS_WRITTEN;
use super::{Found, Names, Source, admit};
use crate::Place;
use rustc_hash::FxHashMap;

/// How well a spelling fits, from best to worst.
const ARTICLE_TURNED: f64 = 0.85;
const SAME_SOUND: f64 = 0.79;
const SAME_CONSONANTS: f64 = 0.66;
const BEGINNING: f64 = 0.55;
const LONGER: f64 = 0.71;
/// Shorter ones fit too many names.
const CONSONANTS: usize = 3;
/// Of so many a name of several words is known even if parts of it are names too.
const CLOSE: usize = 5;
/// The article as it is written, with its l made the next letter too.
const ARTICLES: [&str; 16] = ["al", "el", "ul", "ar", "er", "as", "es", "ash", "esh", "at", "et", "an", "en", "ad", "az", "il"];
/// Words that tell a kind or stand around a name.
const KIND_WORDS: [&str; 44] = [
    "village",
    "town",
    "city",
    "camp",
    "camps",
    "district",
    "subdistrict",
    "neighborhood",
    "neighbourhood",
    "quarter",
    "area",
    "refugee",
    "idp",
    "countryside",
    "governorate",
    "province",
    "region",
    "suburb",
    "suburbs",
    "rural",
    "crossing",
    "road",
    "highway",
    "farm",
    "farms",
    "mount",
    "mountain",
    "hill",
    "airport",
    "airbase",
    "base",
    "dam",
    "bridge",
    "river",
    "island",
    "the",
    "of",
    "near",
    "in",
    "at",
    "vicinity",
    "outskirts",
    "center",
    "centre",
];

/// The letters of a Latin spelling without marks and case, words apart by one space.
pub(super) fn fold(name: &str) -> String {
    let base = |c: char| {
        let mut first = None;
        unicode_normalization::char::decompose_canonical(c, |d| {
            first.get_or_insert(d);
        });
        first.unwrap_or(c).to_ascii_lowercase()
    };
    let quiet = |c: &char| !matches!(c, '\'' | '`' | '’' | '‘' | 'ʿ' | 'ʾ' | 'ʻ' | 'ʼ');
    let letters = name.chars().map(base).filter(quiet).map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' });
    letters.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words without articles, of which one that was written together with its word is taken off too.
fn without_articles(words: &[&str]) -> String {
    let apart = |w: &&&str| !ARTICLES.contains(*w);
    let kept: Vec<&str> = words.iter().filter(apart).copied().collect();
    if kept.is_empty() { words.concat() } else { kept.concat() }
}

/// How a name sounds: consonants that one Arabic letter is written with are one, vowels are three, doubled letters single.
fn sound(name: &str) -> String {
    let mut plain = name.to_owned();
    for (from, to) in
        [("kh", "x"), ("sh", "$"), ("ch", "$"), ("gh", "g"), ("th", "t"), ("dh", "d"), ("dj", "j"), ("ou", "u"), ("oo", "u"), ("ee", "i")]
    {
        plain = plain.replace(from, to);
    }
    let mut out = String::new();
    for c in plain.chars() {
        let heard = match c {
            'e' | 'a' => 'a',
            'i' | 'y' => 'i',
            'o' | 'u' | 'w' => 'u',
            'q' | 'c' | 'k' => 'k',
            'z' => 'z',
            'v' | 'f' => 'f',
            'p' => 'b',
            other => other,
        };
        if !out.ends_with(heard) {
            out.push(heard);
        }
    }
    // What ends a feminine name is written a, ah, eh, at.
    let end = out.trim_end_matches('h').len();
    out.truncate(end);
    out
}

/// The consonants of a sound, and its first vowel where it begins with one as such.
fn consonants(sound: &str) -> String {
    let mut out = String::new();
    for c in sound.chars().filter(|c| !matches!(c, 'a' | 'i' | 'u' | 'h')) {
        let c = if c == 'd' { 't' } else { c };
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// Places by what their English names are compared by.
pub(super) struct Latin<'g> {
    places: Vec<(usize, Place<'g>)>,
    plain: FxHashMap<String, Vec<u32>>,
    bare: FxHashMap<String, Vec<u32>>,
    sounds: FxHashMap<String, Vec<u32>>,
    skeletons: FxHashMap<String, Vec<u32>>,
}

impl<'g> Latin<'g> {
    pub(super) fn new(sources: &[Source<'g>], country: Option<&str>) -> Self {
        let each = sources.iter().enumerate().flat_map(|(n, s)| s.gazetteer.places().map(move |p| (n, p)));
        let places: Vec<(usize, Place<'g>)> = each.filter(|(_, p)| country.is_none_or(|c| c == p.country)).collect();
        let mut latin = Latin {
            places,
            plain: FxHashMap::default(),
            bare: FxHashMap::default(),
            sounds: FxHashMap::default(),
            skeletons: FxHashMap::default(),
        };
        for (n, (_, place)) in latin.places.iter().enumerate() {
            // What stands in brackets tells namesakes apart.
            let english = fold(place.english.split(" (").next().unwrap_or_default());
            let words: Vec<&str> = english.split(' ').collect();
            let bare = without_articles(&words);
            let heard = sound(&bare);
            let n = n as u32;
            latin.skeletons.entry(consonants(&heard)).or_default().push(n);
            latin.sounds.entry(heard).or_default().push(n);
            latin.bare.entry(bare).or_default().push(n);
            latin.plain.entry(words.concat()).or_default().push(n);
        }
        latin
    }

    fn take(&self, found: &mut Found<'g>, numbers: Option<&Vec<u32>>, fit: f64) {
        for &n in numbers.into_iter().flatten() {
            let (source, place) = self.places[n as usize];
            admit(found, source, place, fit);
        }
    }
}

impl<'g> Names<'g> for Latin<'g> {
    fn exact(&self, words: &[&str]) -> Found<'g> {
        let mut found = Found::default();
        let joined = words.concat();
        self.take(&mut found, self.plain.get(&joined), AS_WRITTEN);
        let kinds = self.leading_kinds(words);
        let trailing = words[kinds..].iter().rev().take_while(|w| KIND_WORDS.contains(w)).count();
        let name = &words[kinds..words.len() - trailing];
        // An article alone is no name.
        if name.iter().all(|w| ARTICLES.contains(w) || KIND_WORDS.contains(w)) {
            return found;
        }
        let bare = without_articles(name);
        self.take(&mut found, self.bare.get(&bare), ARTICLE_TURNED);
        let heard = sound(&bare);
        if heard.len() >= 3 {
            self.take(&mut found, self.sounds.get(&heard), SAME_SOUND);
        }
        found
    }

    fn longer(&self, words: &[&str], found: &mut Found<'g>) {
        let trailing = words.iter().rev().take_while(|w| KIND_WORDS.contains(w)).count();
        let begun = format!("{} ", words[..words.len() - trailing].join(" "));
        if found.is_empty() && begun.len() > CONSONANTS + 1 {
            for (source, place) in &self.places {
                let english = fold(place.english);
                let name = ARTICLES.iter().find_map(|a| english.strip_prefix(a)?.strip_prefix(' ')).unwrap_or(&english);
                if name.starts_with(&begun) || english.starts_with(&begun) {
                    admit(found, *source, *place, LONGER);
                }
            }
        }
    }

    fn close(&self, words: &[&str]) -> Found<'g> {
        let mut found = Found::default();
        let kinds = self.leading_kinds(words);
        let trailing = words[kinds..].iter().rev().take_while(|w| KIND_WORDS.contains(w)).count();
        let skeleton = consonants(&sound(&without_articles(&words[kinds..words.len() - trailing])));
        if skeleton.len() >= CLOSE {
            self.take(&mut found, self.skeletons.get(&skeleton), SAME_CONSONANTS + 0.06);
        }
        found
    }

    fn alike(&self, words: &[&str], near: &dyn Fn(&Place<'g>) -> bool) -> Found<'g> {
        let mut found = Found::default();
        let trailing = words.iter().rev().take_while(|w| KIND_WORDS.contains(w)).count();
        let bare = without_articles(&words[..words.len() - trailing]);
        let skeleton = consonants(&sound(&bare));
        if skeleton.len() >= CONSONANTS {
            self.take(&mut found, self.skeletons.get(&skeleton), SAME_CONSONANTS);
        }
        found.retain(|_, (_, place)| near(place));
        if found.is_empty() && bare.len() >= 4 {
            for (source, place) in self.places.iter().filter(|(_, p)| near(p)) {
                if without_articles(&fold(place.english).split(' ').collect::<Vec<_>>()).starts_with(&bare) {
                    admit(&mut found, *source, *place, BEGINNING);
                }
            }
        }
        found
    }

    fn leading_kinds(&self, words: &[&str]) -> usize {
        words.iter().take(words.len().saturating_sub(1).min(3)).take_while(|w| KIND_WORDS.contains(w)).count()
    }

    fn freed<'w>(&self, _: &'w str) -> Option<&'w str> {
        None
    }
}
