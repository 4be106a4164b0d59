//! Looking a name up as people type it: other spellings, words of kind left out or put before, one letter wrong.

use crate::{Gazetteer, Key, Place, PlaceKind, distance_km};
use marsad_text::{Folded, fold_char, fold_str};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

/// How well a spelling found fits the name asked for, from best to worst.
const AS_WRITTEN: f64 = 0.92;
const KIND_DROPPED: f64 = 0.84;
const KIND_PREFIXED: f64 = 0.83;
const ARTICLE_TURNED: f64 = 0.03;
const ONE_LETTER: f64 = 0.55;
const BEHIND_KIND: f64 = 0.70;
const FIRST_PART: f64 = 0.40;
const PART_OF_ENGLISH: f64 = 0.50;
/// What a place loses for lying far from where it is looked for.
const FAR: f64 = 0.30;
/// Kilometres at which two thirds of that are lost.
const FAR_KM: f64 = 60.0;
/// Names of fewer letters are not looked for with a letter changed.
const LETTERS: usize = 5;
/// Words whose article is put or taken away, at most.
const TURNED: usize = 4;
/// Candidates returned, at most.
const MOST: usize = 40;

/// A gazetteer to look in.
#[derive(Clone, Copy, Debug)]
pub struct Source<'g> {
    /// The places.
    pub gazetteer: &'g Gazetteer,
    /// Whether a user imported them.
    pub user: bool,
}

/// What is looked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Query<'q> {
    /// The name as typed: in the language of the pack, in English, or an id.
    pub name: &'q str,
    /// Only places of this country (ISO 3166-1 alpha-2).
    pub country: Option<&'q str>,
    /// Places near this (latitude, longitude) first.
    pub near: Option<(f64, f64)>,
    /// Words that may stand before a name or be left out: those of a town, a quarter, a camp and so on.
    pub kind_words: &'q [String],
    /// The article of the language, which a spelling may have or lack.
    pub article: &'q str,
}

/// A candidate.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hit<'g> {
    /// Its usual name.
    pub name: &'g str,
    /// Its English name.
    pub english: &'g str,
    /// Its id.
    pub id: &'g str,
    /// What it is.
    pub kind: &'static str,
    /// ISO 3166-1 alpha-2 code.
    pub country: &'g str,
    /// First-order division in English.
    pub admin1: &'g str,
    /// Second-order division in English.
    pub admin2: &'g str,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Radius in kilometres.
    pub radius_km: f64,
    /// From 0 to 1: how well spelling, nearness and weight of the place fit.
    pub score: f64,
    /// Kilometres from the point asked for.
    pub distance_km: Option<f64>,
    /// `curated`, `generated` or `user`.
    pub source: &'static str,
}

/// Collects the best fit of every place.
struct Finder<'g, 'q> {
    sources: &'q [Source<'g>],
    country: Option<String>,
    tried: FxHashSet<u64>,
    found: FxHashMap<(usize, u32), (f64, Place<'g>)>,
}

impl<'g> Finder<'g, '_> {
    fn admit(&mut self, source: usize, place: Place<'g>, fit: f64) {
        if self.country.as_ref().is_some_and(|c| c != place.country) {
            return;
        }
        let best = self.found.entry((source, place.number)).or_insert((fit, place));
        if fit > best.0 {
            *best = (fit, place);
        }
    }

    /// Admits all places of a name.
    fn look(&mut self, key: Key, fit: f64) {
        if !self.tried.insert(key.0) {
            return;
        }
        for (n, source) in self.sources.iter().enumerate() {
            for place in source.gazetteer.find(key) {
                self.admit(n, place, fit);
            }
        }
    }

    /// Admits the places of a name of several words with the article of each word put or taken away.
    fn look_spellings(&mut self, words: &[&str], article: &str, fit: f64) {
        let turned: Vec<Option<String>> = words.iter().map(|w| turn(w, article)).collect();
        let free: Vec<usize> = (0..words.len()).filter(|&n| turned[n].is_some()).take(TURNED).collect();
        // Fewest changes first: the first find of a name decides its fit.
        let mut masks: Vec<u32> = (0..1 << free.len()).collect();
        masks.sort_by_key(|m| m.count_ones());
        for mask in masks {
            let key = words.iter().enumerate().fold(Key::default(), |key, (n, word)| {
                let at = free.iter().position(|&f| f == n);
                let other = at.filter(|at| mask >> at & 1 == 1).and(turned[n].as_deref());
                key.then(other.unwrap_or(word))
            });
            self.look(key, fit - ARTICLE_TURNED * f64::from(mask.count_ones()));
        }
    }

    /// Admits the places of names that differ by one letter left out, put in, changed, or swapped with the next.
    fn look_alike(&mut self, letters: &[char], alphabet: &[char]) {
        if letters.len() < LETTERS {
            return;
        }
        let mut try_one = |changed: Vec<char>, worse: f64| {
            let text: String = changed.into_iter().collect();
            self.look(Key::default().then(&text), ONE_LETTER - worse);
        };
        for n in 0..=letters.len() {
            let (before, after) = letters.split_at(n);
            if let [one, two, rest @ ..] = after {
                try_one([before, &[*two, *one], rest].concat(), 0.0);
            }
            if let [_, rest @ ..] = after {
                try_one([before, rest].concat(), 0.02);
                for c in alphabet {
                    try_one([before, &[*c], rest].concat(), 0.03);
                }
            }
            for c in alphabet {
                try_one([before, &[*c], after].concat(), 0.02);
            }
        }
    }

    /// Admits places by English name or id.
    fn look_latin(&mut self, name: &str) {
        let wanted = plain_latin(name);
        for (n, source) in self.sources.iter().enumerate() {
            for place in source.gazetteer.places() {
                if place.id == name {
                    self.admit(n, place, 1.0);
                    continue;
                }
                let english = plain_latin(place.english);
                if english == wanted && !wanted.is_empty() {
                    self.admit(n, place, AS_WRITTEN);
                } else if wanted.len() >= 4 && english.contains(&wanted) {
                    self.admit(n, place, PART_OF_ENGLISH);
                }
            }
        }
    }
}

/// The word with the article where it had none, without it where it had one.
fn turn(word: &str, article: &str) -> Option<String> {
    if article.is_empty() {
        return None;
    }
    match word.strip_prefix(article) {
        Some(rest) if rest.chars().count() >= 2 => Some(rest.to_owned()),
        Some(_) => None,
        None => Some(format!("{article}{word}")),
    }
}

/// Letters and digits of a Latin spelling, without marks, hyphens and case.
fn plain_latin(name: &str) -> String {
    let base = |c: char| {
        let mut first = c;
        let mut seen = false;
        unicode_normalization::char::decompose_canonical(c, |d| {
            if !seen {
                (first, seen) = (d, true);
            }
        });
        first
    };
    name.chars().map(base).filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// What a place's kind and size add to its score, so that of namesakes the weightier comes first.
fn weight(place: &Place<'_>) -> f64 {
    use PlaceKind::*;
    let kind = match place.kind {
        City | Country => 0.03,
        Town | Admin1 => 0.025,
        Village | Quarter => 0.02,
        Admin2 | Camp => 0.015,
        _ => 0.01,
    };
    kind + (f64::from(place.population) + 1.0).log10().min(7.0) * 0.004 + if place.curated { 0.01 } else { 0.0 }
        - if place.bare_word { 0.005 } else { 0.0 }
}

/// The candidates for a name, best first.
///
/// Looked for are, in this order: the name as written (folding has made spellings of one letter equal, and a name is
/// kept without spaces, so that compounds together or apart are one); the name without words of kind before it; with
/// one before it; each with articles put or taken away; where nothing is found, names that differ by one letter, and
/// the first or last words of the name.
pub fn search<'g>(sources: &[Source<'g>], query: &Query<'_>) -> Vec<Hit<'g>> {
    let country = query.country.map(str::to_ascii_uppercase);
    let mut finder = Finder { sources, country, tried: FxHashSet::default(), found: FxHashMap::default() };
    if !query.name.chars().any(|c| matches!(fold_char(c), Folded::Letter(_) | Folded::Compound)) {
        finder.look_latin(query.name.trim());
        return ranked(finder, query);
    }
    let article = fold_str(query.article);
    let kinds: Vec<String> = query.kind_words.iter().map(|w| fold_str(w)).filter(|w| !w.is_empty()).collect();
    // What stands behind a comma or in brackets tells where the place is, not what its name is.
    let parts: Vec<String> = query.name.split(['،', ',', '(', ')', '/', '|']).map(fold_str).filter(|p| !p.is_empty()).collect();
    for part in parts.iter().take(2) {
        let words: Vec<&str> = part.split(' ').filter(|w| w.chars().any(char::is_alphanumeric)).collect();
        look_everywhere(&mut finder, &words, &kinds, &article);
        if !finder.found.is_empty() {
            break;
        }
    }
    if finder.found.is_empty() {
        look_harder(&mut finder, parts.first().map_or("", String::as_str), &kinds, &article);
    }
    ranked(finder, query)
}

/// How many words of kind, at most two, stand before a name.
fn leading_kinds(words: &[&str], kinds: &[String], article: &str) -> usize {
    let is_kind = |w: &&&str| kinds.iter().any(|k| k == **w || w.strip_prefix(article) == Some(k));
    words.iter().take(words.len().saturating_sub(1).min(2)).take_while(is_kind).count()
}

fn look_everywhere(finder: &mut Finder<'_, '_>, words: &[&str], kinds: &[String], article: &str) {
    if words.is_empty() {
        return;
    }
    finder.look_spellings(words, article, AS_WRITTEN);
    let leading = leading_kinds(words, kinds, article);
    for dropped in 1..=leading {
        finder.look_spellings(&words[dropped..], article, KIND_DROPPED);
    }
    let name = &words[leading..];
    for kind in kinds {
        let prefixed: Vec<&str> = std::iter::once(kind.as_str()).chain(name.iter().copied()).collect();
        finder.look_spellings(&prefixed, article, KIND_PREFIXED);
    }
}

fn look_harder(finder: &mut Finder<'_, '_>, part: &str, kinds: &[String], article: &str) {
    let words: Vec<&str> = part.split(' ').filter(|w| w.chars().any(char::is_alphanumeric)).collect();
    // The letters of the script's block that folding leaves as they are.
    let alphabet: Vec<char> = ('\u{621}'..='\u{64a}').filter(|&c| fold_char(c) == Folded::Letter(c)).collect();
    // «The outskirts of the town of …»: the name stands behind the last word of kind.
    let last_kind = (1..words.len().saturating_sub(1)).rev().find(|&n| leading_kinds(&words[n..], kinds, article) > 0);
    if let Some(n) = last_kind {
        look_everywhere(finder, &words[n + 1..], kinds, article);
        finder.found.values_mut().for_each(|f| f.0 -= AS_WRITTEN - BEHIND_KIND);
        if !finder.found.is_empty() {
            return;
        }
    }
    let name = &words[leading_kinds(&words, kinds, article)..];
    let letters: Vec<char> = name.concat().chars().collect();
    finder.look_alike(&letters, &alphabet);
    if let Some(other) = name.first().and_then(|first| turn(first, article)) {
        let letters: Vec<char> = other.chars().chain(name[1..].concat().chars()).collect();
        finder.look_alike(&letters, &alphabet);
    }
    if finder.found.is_empty() {
        for kind in kinds.iter().take(12) {
            let letters: Vec<char> = kind.chars().chain(name.concat().chars()).collect();
            finder.look_alike(&letters, &alphabet);
        }
    }
    // The first words, then the last; more than a few are a sentence.
    let firsts = (1..name.len()).rev().map(|n| &name[..n]);
    for part in firsts.chain((1..name.len()).map(|n| &name[n..])).take(12) {
        if finder.found.is_empty() {
            look_everywhere(finder, part, kinds, article);
            // What is left out lowers the fit.
            let left_out = (name.len() - part.len()) as f64;
            finder.found.values_mut().for_each(|f| f.0 = (f.0 - (AS_WRITTEN - FIRST_PART)) - 0.05 * left_out);
        }
    }
}

fn ranked<'g>(finder: Finder<'g, '_>, query: &Query<'_>) -> Vec<Hit<'g>> {
    let sources = finder.sources;
    let mut hits: Vec<(u32, Hit<'g>)> = finder
        .found
        .into_iter()
        .map(|((source, number), (fit, place))| {
            let distance = query.near.map(|near| distance_km(near, (place.lat, place.lon)));
            let far = distance.map_or(0.0, |d| FAR * (1.0 - (-d / FAR_KM).exp()));
            let source = if sources[source].user {
                "user"
            } else if place.curated {
                "curated"
            } else {
                "generated"
            };
            let score = (fit + weight(&place) - far).clamp(0.0, 1.0);
            let hit = Hit {
                name: place.name,
                english: place.english,
                id: place.id,
                kind: place.kind.name(),
                country: place.country,
                admin1: place.admin1,
                admin2: place.admin2,
                lat: place.lat,
                lon: place.lon,
                radius_km: place.radius_km,
                score: (score * 1000.0).round() / 1000.0,
                distance_km: distance.map(|d| (d * 10.0).round() / 10.0),
                source,
            };
            (number, hit)
        })
        .collect();
    hits.sort_by(|(a_number, a), (b_number, b)| {
        b.score.total_cmp(&a.score).then_with(|| a.source.cmp(b.source)).then(a_number.cmp(b_number))
    });
    // One id may stand in an imported file too, with further spellings.
    let mut seen = FxHashSet::default();
    hits.into_iter().map(|(_, hit)| hit).filter(|h| seen.insert(h.id)).take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{build, parse_tsv};

    const ROWS: &str = "\
id\tnames\tenglish\tkind\tcountry\tadmin1\tadmin2\tlat\tlon\tradius_km\tpopulation\tsource\tlicence
a\tمدينة الباب|(الباب)\tAl-Bab\tcity\tSY\tAleppo\t\t36.37\t37.51\t3\t130745\ts\tl
b\tكفرنبل\tKafr Nabl\ttown\tSY\tIdlib\t\t35.61\t36.56\t2\t\ts\tl
c\tحي القاهرة\tQahirah\tquarter\tIQ\tNineveh\t\t36.37\t43.17\t1\t\ts\tl
d\tالقاهرة\tCairo\tcity\tEG\tCairo\t\t30.06\t31.25\t15\t9000000\ts\tl
e\tعين العرب|كوباني\tKobani\tcity\tSY\tAleppo\t\t36.89\t38.35\t3\t44000\ts\tl
f\tالزهراء\tZahraa A\tvillage\tSY\tAleppo\t\t36.3\t36.99\t1\t\ts\tl
g\tالزهراء\tZahraa B\tvillage\tSY\tHoms\t\t34.74\t36.74\t1\t\ts\tl
";

    fn ids(name: &str, country: Option<&str>, near: Option<(f64, f64)>) -> Vec<String> {
        let gazetteer = Gazetteer::new(build(&parse_tsv(ROWS, true).0, &[])).unwrap();
        let kinds = ["مدينة".to_owned(), "حي".into(), "بلدة".into()];
        let query = Query { name, country, near, kind_words: &kinds, article: "ال" };
        search(&[Source { gazetteer: &gazetteer, user: false }], &query).iter().map(|h| h.id.to_owned()).collect()
    }

    #[test]
    fn spellings() {
        for (name, id) in [
            ("الباب", "a"),
            ("باب", "a"),
            ("بلدة الباب", "a"),
            ("مدينه الباب", "a"),
            ("كفر نبل", "b"),
            ("كفر نبّل", "b"),
            ("كفرنبيل", "b"),
            ("العين عرب", "e"),
            ("مدينة كوبانى", "e"),
            ("كوباني (عين العرب)", "e"),
            ("كوباني شمال حلب", "e"),
            ("أطراف بلدة كفرنبل", "b"),
            ("وسط كوباني", "e"),
            ("kobani", "e"),
            ("Kafr Nabl", "b"),
            ("c", "c"),
        ] {
            assert_eq!(ids(name, None, None), [id], "{name}");
        }
        assert!(ids("بانياس", None, None).is_empty() && ids("", None, None).is_empty() && ids("حي", None, None).is_empty());
    }

    #[test]
    fn namesakes() {
        assert_eq!(ids("القاهرة", None, None), ["d", "c"]);
        assert_eq!(ids("القاهرة", Some("iq"), None), ["c"]);
        assert_eq!(ids("حي القاهرة", None, None), ["c", "d"]);
        assert_eq!(ids("الزهراء", None, Some((34.7, 36.7))), ["g", "f"]);
        assert_eq!(ids("الزهراء", None, Some((36.2, 37.1))), ["f", "g"]);
    }
}
