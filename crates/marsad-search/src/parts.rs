//! A text as an index takes it.

use marsad_text::{Kind, Text, tokenize};
use std::borrow::Cow;
use std::collections::HashMap;

/// Words of one part of a text; positions of PostgreSQL end at 16,383.
const WORDS: usize = 8000;
/// Bytes of one part; a `tsvector` ends at 1 MiB.
const BYTES: usize = 400_000;
/// A word stands in a part at most so often; PostgreSQL forgets the positions after the 255th.
const OFTEN: usize = 250;
/// Words that a part shares with the one before it, so that phrases are found at its edge.
const SHARED: usize = 32;
/// Longer words are cut (bytes).
const LONGEST: usize = 240;
/// Stands between the headline and the text. No word is written so.
const BETWEEN: &str = ".";

/// The word that stands in the index for a folded token; `None` for marks and line ends.
pub fn indexed(kind: Kind, folded: &str) -> Option<Cow<'_, str>> {
    let word = &folded[..folded.floor_char_boundary(LONGEST)];
    match kind {
        Kind::Mark(_) | Kind::Line => None,
        _ if word.trim().is_empty() => None,
        Kind::Foreign if !word.is_ascii() => Some(Cow::Owned(word.to_lowercase())),
        _ => Some(Cow::Borrowed(word)),
    }
}

/// The words of a document in parts: most have one, and long ones several that overlap.
#[derive(Debug)]
pub struct Parts {
    parts: Vec<Vec<String>>,
}

impl Parts {
    /// The parts of a headline, where it is given apart from the text, and a text.
    pub fn of(title: Option<&str>, text: &str) -> Self {
        let mut words = Vec::new();
        let title = title.filter(|title| !text.trim_start().starts_with(title.trim()));
        if let Some(title) = title {
            read(&tokenize(title), &mut words);
            words.push(BETWEEN.to_owned());
        }
        read(&tokenize(text), &mut words);
        let counted = words.len() > OFTEN;
        let (mut parts, mut part, mut bytes) = (Vec::new(), Vec::<String>::new(), 0);
        let mut times: HashMap<String, usize> = HashMap::new();
        for word in words {
            if part.len() == WORDS || bytes + word.len() > BYTES || times.get(&word).is_some_and(|times| *times >= OFTEN) {
                let shared: Vec<String> = part.iter().skip(part.len().saturating_sub(SHARED)).cloned().collect();
                bytes = shared.iter().map(String::len).sum();
                times.clear();
                shared.iter().for_each(|word| *times.entry(word.clone()).or_default() += 1);
                parts.push(std::mem::replace(&mut part, shared));
            }
            bytes += word.len();
            if counted {
                *times.entry(word.clone()).or_default() += 1;
            }
            part.push(word);
        }
        if !part.is_empty() || parts.is_empty() {
            parts.push(part);
        }
        Self { parts }
    }

    /// Every part for FTS5 of SQLite: its words with a space between.
    pub fn for_sqlite(&self) -> impl Iterator<Item = String> {
        self.parts.iter().map(|part| part.join(" "))
    }

    /// Every part for PostgreSQL: a `tsvector` written out, so that no parser and no locale has a say in what a word is.
    pub fn for_postgres(&self) -> impl Iterator<Item = String> {
        self.parts.iter().map(|part| {
            let words = part.iter().enumerate().map(|(n, word)| format!("{}:{}", crate::words::lexeme(word), n + 1));
            words.collect::<Vec<_>>().join(" ")
        })
    }
}

fn read(text: &Text, words: &mut Vec<String>) {
    words.extend(text.tokens().iter().filter_map(|token| indexed(token.kind, text.folded(token))).map(Cow::into_owned));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_marks_dropped() {
        let parts = Parts::of(Some("عنوان"), "قُصِفَتْ «إدلب»، 14.1 كم Été");
        assert_eq!(parts.for_sqlite().collect::<Vec<_>>(), ["عنوان . قصفت ادلب 14.1 كم été"]);
        assert_eq!(Parts::of(Some("خبر "), " خبر").for_postgres().collect::<Vec<_>>(), ["'خبر':1"]);
        assert_eq!(Parts::of(None, "«»").for_sqlite().collect::<Vec<_>>(), [""]);
    }

    #[test]
    fn long_texts_have_parts_that_overlap() {
        let word = |n: usize| n.to_string().bytes().map(|digit| char::from(digit + b'a' - b'0')).collect::<String>();
        let text: String = (0..40_000).map(|n| word(n) + " ").collect();
        let parts: Vec<String> = Parts::of(None, &text).for_sqlite().collect();
        assert_eq!(parts.len(), 6);
        assert!(parts[0].ends_with(&word(7999)) && parts[1].starts_with(&word(7968)), "{}", &parts[1][..20]);
        assert!(parts.iter().all(|part| part.split(' ').count() <= WORDS));
        let same: Vec<String> = Parts::of(None, &"w ".repeat(1000)).for_sqlite().collect();
        assert!(same.len() == 5 && same.iter().all(|part| part.split(' ').count() <= OFTEN));
        let wide = "ف".repeat(200) + " ";
        let parts: Vec<String> = Parts::of(None, &wide.repeat(5000)).for_postgres().collect();
        assert!(parts.len() > 2 && parts.iter().all(|part| part.len() < 700_000));
    }
}
