//! Names in the letters of the pack: articles, words of kind, letters that differ.

use super::{Found, KindWord, Names, Query, Source, admit, other_kind};
use crate::{Key, Place, PlaceKind};
use marsad_text::{Folded, fold_char, fold_str};
use rustc_hash::{FxHashMap, FxHashSet};

/// How well a spelling found fits the name asked for, from best to worst.
pub(super) const AS_WRITTEN: f64 = 0.88;
const KIND_DROPPED: f64 = 0.80;
const KIND_PREFIXED: f64 = 0.79;
const LONGER: f64 = 0.76;
const ARTICLE_TURNED: f64 = 0.03;
const ONE_LETTER: f64 = 0.55;
const TWO_LETTERS: f64 = 0.52;
/// What one letter of difference costs there.
const LETTER: f64 = 0.05;
/// Names of fewer letters are not looked for with a letter changed.
const LETTERS: usize = 4;
/// Nor are longer ones, which are sentences.
const MOST_LETTERS: usize = 24;
/// Names of fewer letters may be another that is near in spelling, where a part of them is known.
const CLOSE: usize = 7;
/// Words whose article is put or taken away, at most.
const TURNED: usize = 4;
/// Letters that are heard alike, so that one is written for the other.
const HEARD_ALIKE: [&str; 8] = [
    "\u{636}\u{638}\u{62f}\u{630}",
    "\u{630}\u{632}\u{638}",
    "\u{62b}\u{62a}\u{633}\u{637}",
    "\u{633}\u{635}",
    "\u{642}\u{643}\u{63a}\u{62c}",
    "\u{62d}\u{647}\u{62e}",
    "\u{627}\u{647}\u{64a}",
    "\u{648}\u{627}\u{64a}",
];
/// Long vowels and the throat's stop, which are left out or put in more freely than others.
const WEAK: &str = "\u{627}\u{648}\u{64a}\u{647}\u{621}\u{644}";

/// Looks names of the pack's script up.
pub(super) struct Spellings<'g, 'q> {
    sources: &'q [Source<'g>],
    country: Option<String>,
    kinds: Vec<KindWord>,
    /// The number of each of their words.
    kind_words: FxHashMap<String, usize>,
    article: String,
}

impl<'g, 'q> Spellings<'g, 'q> {
    pub(super) fn new(sources: &'q [Source<'g>], query: &Query<'_>) -> Self {
        let folded = query.kind_words.iter().map(|k| KindWord { word: fold_str(&k.word), kinds: k.kinds.clone() });
        let kinds: Vec<KindWord> = folded.filter(|k| !k.word.is_empty()).collect();
        let article = fold_str(query.article);
        // With the article it is a name: the square of «the square quarter».
        let kind_words = kinds.iter().enumerate().map(|(n, k)| (k.word.clone(), n)).collect();
        Spellings { sources, country: query.country.map(str::to_ascii_uppercase), kinds, kind_words, article }
    }

    fn wanted(&self, place: &Place<'_>) -> bool {
        // Wide areas of no country hold a place of any.
        self.country.as_ref().is_none_or(|c| c == place.country)
    }

    /// The kinds that the first of these words of kind tells.
    fn told(&self, words: &[&str]) -> &[PlaceKind] {
        words.first().and_then(|w| self.kind_words.get(*w)).map_or(&[][..], |&n| self.kinds[n].kinds.as_slice())
    }

    /// The places of a name of several words with the article of each word put or taken away.
    fn turned(&self, words: &[&str], told: &[PlaceKind], fit: f64, tried: &mut FxHashSet<u64>, found: &mut Found<'g>) {
        let turned: Vec<Option<String>> = words.iter().map(|w| turn(w, &self.article)).collect();
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
            self.look(key, told, fit - ARTICLE_TURNED * f64::from(mask.count_ones()), tried, found);
        }
    }

    fn look(&self, key: Key, told: &[PlaceKind], fit: f64, tried: &mut FxHashSet<u64>, found: &mut Found<'g>) {
        if !tried.insert(key.get()) {
            return;
        }
        for (n, source) in self.sources.iter().enumerate() {
            for place in source.gazetteer.find(key).filter(|p| self.wanted(p)) {
                admit(found, n, place, fit - other_kind(told, place.kind));
            }
        }
    }

    /// The places of names that go on from `begun` with letters that differ from these by one left out, put in, changed,
    /// or swapped with the next.
    fn one_letter(&self, begun: Key, letters: &[char], tried: &mut FxHashSet<u64>, found: &mut Found<'g>) {
        if !(LETTERS..=MOST_LETTERS).contains(&letters.len()) {
            return;
        }
        // The letters of the script's block that folding leaves as they are.
        let alphabet: Vec<char> = ('\u{621}'..='\u{64a}').filter(|&c| fold_char(c) == Folded::Letter(c)).collect();
        let mut try_one = |changed: Vec<char>, worse: f64| {
            let text: String = changed.into_iter().collect();
            self.look(begun.then(&text), &[], ONE_LETTER - worse, tried, found);
        };
        for n in 0..=letters.len() {
            let (before, after) = letters.split_at(n);
            if let [one, two, rest @ ..] = after {
                try_one([before, &[*two, *one], rest].concat(), 0.01);
            }
            if let [one, rest @ ..] = after {
                try_one([before, rest].concat(), if WEAK.contains(*one) { 0.01 } else { 0.03 });
                for c in &alphabet {
                    try_one([before, &[*c], rest].concat(), if alike(*one, *c) { 0.0 } else { 0.05 });
                }
            }
            for c in &alphabet {
                try_one([before, &[*c], after].concat(), if WEAK.contains(*c) { 0.01 } else { 0.03 });
            }
        }
    }

    /// The places whose usual name costs few changes.
    fn few_letters(&self, letters: &[char], near: &dyn Fn(&Place<'g>) -> bool, found: &mut Found<'g>) {
        let bound = match letters.len() {
            0..=4 => return,
            5..=6 => 1.0,
            7..=8 => 1.5,
            _ => 2.0,
        };
        for (n, source) in self.sources.iter().enumerate() {
            for place in source.gazetteer.places().filter(|p| self.wanted(p) && near(p)) {
                // Letters of this script are two bytes long.
                if place.name.len().abs_diff(letters.len() * 2) > 24 {
                    continue;
                }
                let name: Vec<char> = fold_str(place.name).chars().filter(|c| *c != ' ').collect();
                let without: Option<Vec<char>> =
                    name.iter().collect::<String>().strip_prefix(&self.article).map(|rest| rest.chars().collect());
                for name in std::iter::once(&name).chain(&without) {
                    if let Some(cost) = changes(letters, name, bound) {
                        admit(found, n, place, TWO_LETTERS - LETTER * cost);
                    }
                }
            }
        }
    }
}

impl<'g> Names<'g> for Spellings<'g, '_> {
    fn exact(&self, words: &[&str]) -> Found<'g> {
        let (mut tried, mut found) = (FxHashSet::default(), Found::default());
        if words.is_empty() {
            return found;
        }
        self.turned(words, &[], AS_WRITTEN, &mut tried, &mut found);
        let leading = self.leading_kinds(words);
        let told = self.told(&words[..leading]);
        for dropped in 1..=leading {
            self.turned(&words[dropped..], told, KIND_DROPPED, &mut tried, &mut found);
        }
        let name = &words[leading..];
        let other = turn(name[0], &self.article);
        for kind in &self.kinds {
            let begun = Key::default().then(&kind.word);
            for (first, fit) in
                std::iter::once((name[0], KIND_PREFIXED)).chain(other.as_deref().map(|o| (o, KIND_PREFIXED - ARTICLE_TURNED)))
            {
                let key = name[1..].iter().fold(begun.then(first), |key, word| key.then(word));
                self.look(key, told, fit, &mut tried, &mut found);
            }
        }
        found
    }

    fn longer(&self, words: &[&str], found: &mut Found<'g>) {
        let (kinds, name) = words.split_at(self.leading_kinds(words));
        let told = self.told(kinds);
        let begun = name.iter().fold(String::new(), |begun, word| begun + word.strip_prefix(self.article.as_str()).unwrap_or(word) + " ");
        if name.len() > 2 || begun.chars().count() < LETTERS {
            return;
        }
        for (n, source) in self.sources.iter().enumerate() {
            for place in source.gazetteer.places().filter(|p| p.name.contains(' ') && self.wanted(p) && !p.kind.is_area()) {
                let folded = fold_str(place.name);
                let words: Vec<&str> = folded.split(' ').collect();
                let whole = words[self.leading_kinds(&words)..].iter().take(name.len() + 1);
                let start: String =
                    whole.fold(String::new(), |start, word| start + word.strip_prefix(self.article.as_str()).unwrap_or(word) + " ");
                if start.len() > begun.len() && start.starts_with(&begun) {
                    admit(found, n, place, LONGER - other_kind(told, place.kind));
                }
            }
        }
    }

    fn close(&self, words: &[&str]) -> Found<'g> {
        let (mut tried, mut found) = (FxHashSet::default(), Found::default());
        let letters: Vec<char> = words[self.leading_kinds(words)..].concat().chars().collect();
        if letters.len() >= CLOSE {
            self.one_letter(Key::default(), &letters, &mut tried, &mut found);
        }
        found
    }

    fn alike(&self, words: &[&str], near: &dyn Fn(&Place<'g>) -> bool) -> Found<'g> {
        let (mut tried, mut found) = (FxHashSet::default(), Found::default());
        let letters: Vec<char> = words.concat().chars().collect();
        self.one_letter(Key::default(), &letters, &mut tried, &mut found);
        let other = words.first().and_then(|first| turn(first, &self.article));
        let other: Option<Vec<char>> = other.map(|first| first.chars().chain(words[1..].concat().chars()).collect());
        if let Some(other) = &other {
            self.one_letter(Key::default(), other, &mut tried, &mut found);
        }
        if found.is_empty() {
            let settled = |k: &&KindWord| k.kinds.iter().any(|kind| kind.passes_for(PlaceKind::Village) || *kind == PlaceKind::Quarter);
            for kind in self.kinds.iter().filter(settled) {
                self.one_letter(Key::default().then(&kind.word), &letters, &mut tried, &mut found);
            }
        }
        found.retain(|_, (_, place)| near(place));
        for letters in std::iter::once(&letters).chain(&other) {
            self.few_letters(letters, near, &mut found);
        }
        found
    }

    fn leading_kinds(&self, words: &[&str]) -> usize {
        words.iter().take(words.len().saturating_sub(1).min(2)).take_while(|w| self.kind_words.contains_key(**w)).count()
    }

    fn freed<'w>(&self, word: &'w str) -> Option<&'w str> {
        let mut rest = word.chars();
        rest.next()?;
        let rest = rest.as_str();
        (!self.article.is_empty() && rest.starts_with(&self.article) && rest.len() > self.article.len() + 2).then_some(rest)
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

fn alike(a: char, b: char) -> bool {
    HEARD_ALIKE.iter().any(|group| group.contains(a) && group.contains(b))
}

/// What it costs to make one name of another, if at most `bound`: a letter changed, put in or left out 1, half of it where
/// the letters are heard alike or are weak, two neighbours swapped 1 (optimal string alignment, Ukkonen's band).
pub(super) fn changes(a: &[char], b: &[char], bound: f64) -> Option<f64> {
    let band = (bound * 2.0) as usize;
    if a.len().abs_diff(b.len()) > band {
        return None;
    }
    let of = |c: char| if WEAK.contains(c) { 0.5 } else { 1.0 };
    let mut before: Vec<f64> = Vec::new();
    let mut last: Vec<f64> = std::iter::once(0.0)
        .chain(b.iter().scan(0.0, |sum, &c| {
            *sum += of(c);
            Some(*sum)
        }))
        .collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = vec![f64::INFINITY; b.len() + 1];
        row[0] = last[0] + of(x);
        for j in i.saturating_sub(band)..b.len().min(i + band + 1) {
            let y = b[j];
            let changed = last[j]
                + if x == y {
                    0.0
                } else if alike(x, y) {
                    0.5
                } else {
                    1.0
                };
            let mut best = changed.min(last[j + 1] + of(x)).min(row[j] + of(y));
            if i > 0 && j > 0 && x == b[j - 1] && y == a[i - 1] {
                best = best.min(before[j - 1] + 1.0);
            }
            row[j + 1] = best;
        }
        if row.iter().all(|&cost| cost > bound) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|&cost| cost <= bound)
}
