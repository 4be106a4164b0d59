//! Words that few reports have: names of people above all, by which a reader sees that two reports tell one happening.
//!
//! A word is known by its last letters alone, so that what is written together with the word after it makes no other word of it, in
//! whatever language. How many reports have a word is told by a table of hashes, counted once by `tools/common_words.py`. A table
//! that never changes with the documents at hand is what lets documents be compared in any order, and one by one.

use marsad_text::{Kind, Text, Token};

/// Letters that are kept of a word.
const LETTERS: usize = 5;
/// Shorter words say too little.
const SHORTEST: usize = 3;
/// Words so far from what is told still belong to it (code points).
const NEAR: u32 = 300;
/// More are not kept of one text.
const MOST: usize = 512;

/// Signs in ascending order, four bytes each, little end first: how many there are of words that many reports have, these, and then
/// those that some have.
static TABLE: &[u8] = include_bytes!("common.bin");

/// How few reports have a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rarity {
    /// Hardly any.
    Rare = 0,
    /// Some.
    Seldom = 1,
}

/// A rare word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rare {
    /// What it is known by.
    pub sign: u32,
    /// Where it begins, in code points.
    pub at: u32,
    /// How rare it is.
    pub rarity: Rarity,
}

/// What words are known by, in the order of a text, each with where it begins (code points); words that are too short are left out.
pub fn signs(text: &Text) -> impl Iterator<Item = (u32, u32)> + '_ {
    text.tokens().iter().filter_map(|token| Some((sign_of(text, token)?, token.start)))
}

fn sign_of(text: &Text, token: &Token) -> Option<u32> {
    sign_of_word(text.folded(token)).filter(|_| token.kind == Kind::Word)
}

/// What a folded word is known by; `None` where it is too short.
fn sign_of_word(word: &str) -> Option<u32> {
    let letters = word.chars().count();
    let (kept, _) = word.char_indices().nth(letters.saturating_sub(LETTERS)).filter(|_| letters >= SHORTEST)?;
    Some(sign(word.get(kept..)?))
}

/// What a folded word is known by and how few reports have it; `None` where it is too short or common.
pub fn rarity_of(word: &str) -> Option<(u32, Rarity)> {
    let sign = sign_of_word(word)?;
    Some((sign, rarity(sign)?))
}

/// The rare words of a text within reach of one of these places (code points, ascending), at most 512.
pub fn rare_words(text: &Text, places: &[u32]) -> Vec<Rare> {
    let words = text.tokens().iter().filter(|token| token.kind == Kind::Word);
    rare_near(words.map(|token| (token.start, move || rarity_of(text.folded(token)))), places)
}

/// The same of words that are given by where they begin (code points, ascending) and what [`rarity_of`] says of them.
pub fn rare_near<F: FnOnce() -> Option<(u32, Rarity)>>(words: impl Iterator<Item = (u32, F)>, places: &[u32]) -> Vec<Rare> {
    let mut next = 0;
    let mut near = |at: u32| {
        while places.get(next).is_some_and(|place| place.saturating_add(NEAR) < at) {
            next += 1;
        }
        places.get(next).is_some_and(|place| place.abs_diff(at) <= NEAR)
    };
    let rare = |(at, rarity): (u32, F)| {
        let (sign, rarity) = Some(rarity).filter(|_| near(at))?()?;
        Some(Rare { sign, at, rarity })
    };
    words.filter_map(rare).take(MOST).collect()
}

/// Whether a word that begins at one place is told with what is told at another one.
pub fn told_with(word: u32, place: u32) -> bool {
    word.abs_diff(place) <= NEAR
}

/// How rare a word is; `None` for a common one.
fn rarity(sign: u32) -> Option<Rarity> {
    let (words, _) = TABLE.as_chunks::<4>();
    let (head, signs) = words.split_first()?;
    let (common, seldom) = signs.split_at_checked(u32::from_le_bytes(*head) as usize)?;
    let holds = |part: &[[u8; 4]]| part.binary_search_by_key(&sign, |bytes| u32::from_le_bytes(*bytes)).is_ok();
    if holds(common) {
        return None;
    }
    Some(if holds(seldom) { Rarity::Seldom } else { Rarity::Rare })
}

/// FNV-1a, the same on every machine.
fn sign(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;
    use marsad_text::tokenize;

    #[test]
    fn names_are_rare_and_what_every_report_says_is_not() {
        let text = tokenize("قتل سبعة مدنيين بينهم زرنباق الفطحلي بقصف مدفعي على مدينة الباب");
        let rare = rare_words(&text, &[0]);
        let places: Vec<u32> = rare.iter().filter(|word| word.rarity == Rarity::Rare).map(|word| word.at).collect();
        assert_eq!(places, [22, 29]);
        assert!(rare_words(&text, &[1000]).is_empty() && rare_words(&text, &[]).is_empty());
        assert_eq!(rare_words(&text, &[0, 310, 900]).len(), rare.len());
    }

    #[test]
    fn a_word_is_known_without_what_is_written_before_it() {
        let of = |text: &str| signs(&tokenize(text)).map(|(sign, _)| sign).collect::<Vec<_>>();
        assert_eq!(of("زرنباق"), of("وبزرنباق"));
        assert_ne!(of("زرنباق"), of("زرنباط"));
        assert_eq!(of("في ما 12"), [0; 0]);
    }

    #[test]
    fn the_table_is_sorted() {
        let (words, rest) = TABLE.as_chunks::<4>();
        let numbers: Vec<u32> = words.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect();
        let (common, seldom) = numbers[1..].split_at(numbers[0] as usize);
        assert!(rest.is_empty() && common.len() > 1000 && seldom.len() > 1000);
        assert!(common.is_sorted_by(|a, b| a < b) && seldom.is_sorted_by(|a, b| a < b));
    }
}
