//! English names, in the many ways that names of Arabic are written in Latin letters.

use super::spelling::{AS_WRITTEN, changes};
use super::{Found, Names, Source, admit, other_kind};
use crate::{Place, PlaceKind};
use rustc_hash::{FxHashMap, FxHashSet};

/// How well a spelling fits, from best to worst.
const ARTICLE_TURNED: f64 = 0.85;
const SAME_SOUND: f64 = 0.79;
const SAME_SHAPE: f64 = 0.74;
const SAME_CONSONANTS: f64 = 0.66;
/// What a name loses that a place bears beside its usual one, and one that its name is without its words of kind.
const BESIDE: f64 = 0.01;
const KIND_LEFT: f64 = 0.05;
/// Sounds of fewer letters are of too many places to be compared by consonants and where vowels stand.
const SHAPE: usize = 5;
/// What each letter of difference in the sound costs where only the consonants are the same, and how many may differ.
const SOUND: f64 = 0.02;
const SOUNDS: f64 = 5.0;
const BEGINNING: f64 = 0.55;
const LONGER: f64 = 0.71;
/// Shorter ones fit too many names.
const CONSONANTS: usize = 3;
/// Of so many a name of several words is known even if parts of it are names too.
const CLOSE: usize = 5;
/// The article as it is written, with its l made the next letter too.
const ARTICLES: [&str; 16] = ["al", "el", "ul", "ar", "er", "as", "es", "ash", "esh", "at", "et", "an", "en", "ad", "az", "il"];
/// Words that stand around a name, and the kinds that they tell, if any.
const KIND_WORDS: [(&str, &[PlaceKind]); 59] = {
    use PlaceKind::*;
    [
        ("village", &[Village]),
        ("hamlet", &[Village]),
        ("farm", &[Village]),
        ("farms", &[Village]),
        ("town", &[Town, City]),
        ("city", &[City, Town]),
        ("camp", &[Camp]),
        ("camps", &[Camp]),
        ("refugee", &[Camp]),
        ("idp", &[Camp]),
        ("neighborhood", &[Quarter]),
        ("neighbourhood", &[Quarter]),
        ("quarter", &[Quarter]),
        ("suburb", &[Quarter, Town]),
        ("suburbs", &[Quarter, Town]),
        ("district", &[Quarter, Admin2]),
        ("subdistrict", &[]),
        ("governorate", &[Admin1]),
        ("province", &[Admin1]),
        ("countryside", &[Region]),
        ("region", &[Region, Area]),
        ("area", &[]),
        ("rural", &[]),
        ("crossing", &[Crossing]),
        ("road", &[Road]),
        ("highway", &[Road]),
        ("mount", &[Mountain]),
        ("mountain", &[Mountain]),
        ("mountains", &[Mountain]),
        ("hill", &[Mountain]),
        ("desert", &[Desert]),
        ("airport", &[Airport, Base]),
        ("airfield", &[Airport, Base]),
        ("airbase", &[Airport, Base]),
        ("base", &[Base, Airport]),
        ("dam", &[Dam]),
        ("bridge", &[Bridge]),
        ("river", &[River]),
        ("island", &[Island]),
        ("prison", &[Prison]),
        ("oilfield", &[OilField]),
        ("field", &[OilField]),
        ("oil", &[OilField]),
        ("gas", &[OilField]),
        ("mosque", &[Mosque]),
        ("air", &[]),
        ("military", &[]),
        ("international", &[]),
        ("the", &[]),
        ("of", &[]),
        ("near", &[]),
        ("between", &[]),
        ("and", &[]),
        ("in", &[]),
        ("at", &[]),
        ("vicinity", &[]),
        ("outskirts", &[]),
        ("center", &[]),
        ("centre", &[]),
    ]
};

fn is_kind_word(word: &str) -> bool {
    KIND_WORDS.iter().any(|(w, _)| *w == word)
}

/// The kinds told by the first of these words that tells any.
fn told(words: &[&str]) -> &'static [PlaceKind] {
    let kinds = |word: &&str| KIND_WORDS.iter().find(|(w, kinds)| w == word && !kinds.is_empty()).map(|(_, kinds)| *kinds);
    words.iter().find_map(kinds).unwrap_or_default()
}

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

/// The letter that stands for those that are written for one another.
fn alike(c: char) -> char {
    match c {
        'd' => 't',
        'z' => 's',
        'g' => 'k',
        other => other,
    }
}

/// A sound with all its vowels alike, and consonants that are written for one another.
fn shape(sound: &str) -> String {
    let mut out = String::new();
    for c in sound.chars().map(|c| if matches!(c, 'a' | 'i' | 'u') { 'a' } else { alike(c) }) {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// The consonants of a sound, and its first vowel where it begins with one as such.
fn consonants(sound: &str) -> String {
    let mut out = String::new();
    for c in sound.chars().filter(|c| !matches!(c, 'a' | 'i' | 'u' | 'h')).map(alike) {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// Numbers of places, and what each loses for bearing the name otherwise than as its usual one.
type Listed = FxHashMap<String, Vec<(u32, f64)>>;

/// Places by what their English names are compared by.
pub(super) struct Latin<'g> {
    places: Vec<(usize, Place<'g>)>,
    plain: Listed,
    bare: Listed,
    sounds: Listed,
    shapes: Listed,
    skeletons: Listed,
}

impl<'g> Latin<'g> {
    pub(super) fn new(sources: &[Source<'g>], country: Option<&str>) -> Self {
        let each = sources.iter().enumerate().flat_map(|(n, s)| s.gazetteer.places().map(move |p| (n, p)));
        let places: Vec<(usize, Place<'g>)> = each.filter(|(_, p)| country.is_none_or(|c| c == p.country)).collect();
        let mut latin = Latin {
            places,
            plain: Listed::default(),
            bare: Listed::default(),
            sounds: Listed::default(),
            shapes: Listed::default(),
            skeletons: Listed::default(),
        };
        let mut usual = FxHashSet::default();
        for n in 0..latin.places.len() {
            let english = fold(latin.places[n].1.english.split(" (").next().unwrap_or_default());
            let words: Vec<&str> = english.split(' ').collect();
            usual.insert(sound(&without_articles(&words)));
            latin.list(n, &words, 0.0);
            let name = without_kinds(&words);
            if name.len() < words.len() && !name.is_empty() {
                latin.list(n, name, KIND_LEFT);
            }
        }
        for n in 0..latin.places.len() {
            // What stands in brackets is another name, or tells namesakes apart by the name of a place they lie in.
            let Some((_, beside)) = latin.places[n].1.english.split_once(" (") else { continue };
            for other in beside.trim_end_matches(')').split([',', '/']).map(fold) {
                let words: Vec<&str> = other.split(' ').collect();
                let bare = without_articles(&words);
                if bare.len() > CONSONANTS && !usual.contains(&sound(&bare)) {
                    latin.list(n, &words, BESIDE);
                }
            }
        }
        latin
    }

    fn list(&mut self, n: usize, words: &[&str], loss: f64) {
        let entry = (n as u32, loss);
        let bare = without_articles(words);
        let heard = sound(&bare);
        self.skeletons.entry(consonants(&heard)).or_default().push(entry);
        self.shapes.entry(shape(&heard)).or_default().push(entry);
        self.sounds.entry(heard).or_default().push(entry);
        self.bare.entry(bare).or_default().push(entry);
        self.plain.entry(words.concat()).or_default().push(entry);
    }

    fn take(&self, found: &mut Found<'g>, listed: Option<&Vec<(u32, f64)>>, told: &[PlaceKind], fit: f64) {
        for &(n, loss) in listed.into_iter().flatten() {
            let (source, place) = self.places[n as usize];
            admit(found, source, place, fit - loss - other_kind(told, place.kind));
        }
    }

    /// The places whose names have the consonants of this sound, those that sound most like it first.
    fn same_consonants(&self, heard: &str, told: &[PlaceKind], fit: f64, least: usize, found: &mut Found<'g>) {
        let skeleton = consonants(heard);
        if skeleton.len() < least {
            return;
        }
        let heard: Vec<char> = heard.chars().collect();
        for &(n, loss) in self.skeletons.get(&skeleton).into_iter().flatten() {
            let (source, place) = self.places[n as usize];
            let english = fold(place.english.split(" (").next().unwrap_or_default());
            let other: Vec<char> = sound(&without_articles(&english.split(' ').collect::<Vec<_>>())).chars().collect();
            let differ = changes(&heard, &other, SOUNDS).unwrap_or(SOUNDS);
            admit(found, source, place, fit - SOUND * differ - loss - other_kind(told, place.kind));
        }
    }

    /// The places whose names are spelt or sound so.
    fn heard(&self, words: &[&str], told: &[PlaceKind], found: &mut Found<'g>) {
        let bare = without_articles(words);
        self.take(found, self.bare.get(&bare), told, ARTICLE_TURNED);
        let heard = sound(&bare);
        if heard.len() >= 3 {
            self.take(found, self.sounds.get(&heard), told, SAME_SOUND);
        }
        let shape = shape(&heard);
        if found.is_empty() && shape.len() >= SHAPE {
            self.take(found, self.shapes.get(&shape), told, SAME_SHAPE);
        }
    }
}

/// The words without those of kind before and after them.
fn without_kinds<'w, 'n>(words: &'w [&'n str]) -> &'w [&'n str] {
    let leading = words.iter().take_while(|w| is_kind_word(w)).count();
    let trailing = words[leading..].iter().rev().take_while(|w| is_kind_word(w)).count();
    &words[leading..words.len() - trailing]
}

impl<'g> Names<'g> for Latin<'g> {
    fn exact(&self, words: &[&str]) -> Found<'g> {
        let mut found = Found::default();
        self.take(&mut found, self.plain.get(&words.concat()), &[], AS_WRITTEN);
        let name = without_kinds(words);
        // An article alone is no name.
        if name.iter().all(|w| ARTICLES.contains(w)) {
            return found;
        }
        if name.len() < words.len() {
            self.heard(words, &[], &mut found);
        }
        self.heard(name, told(words), &mut found);
        found
    }

    fn longer(&self, words: &[&str], found: &mut Found<'g>) {
        let trailing = words.iter().rev().take_while(|w| is_kind_word(w)).count();
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
        let heard = sound(&without_articles(without_kinds(words)));
        self.same_consonants(&heard, told(words), SAME_CONSONANTS + 0.08, CLOSE, &mut found);
        found
    }

    fn alike(&self, words: &[&str], near: &dyn Fn(&Place<'g>) -> bool) -> Found<'g> {
        let mut found = Found::default();
        let bare = without_articles(without_kinds(words));
        self.same_consonants(&sound(&bare), told(words), SAME_CONSONANTS, CONSONANTS, &mut found);
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
        words.iter().take(words.len().saturating_sub(1).min(3)).take_while(|w| is_kind_word(w)).count()
    }

    fn freed<'w>(&self, _: &'w str) -> Option<&'w str> {
        None
    }
}
