//! Where words were found, in the spelling of the text.

use crate::Words;
use marsad_text::tokenize;

/// A piece of a text around the words that were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The piece, as it stands in the text, line ends as spaces.
    pub text: String,
    /// Where it begins in the text, in code points.
    pub start: u32,
    /// The words found, `[start, end)` in code points of the text.
    pub found: Vec<[u32; 2]>,
}

impl Words {
    /// The piece of about `length` code points that has most of the words; the text's beginning where none is found.
    pub fn snippet(&self, text: &str, length: usize) -> Snippet {
        let found = self.find(&tokenize(text));
        let points = Points::of(text);
        let found: Vec<(usize, usize, usize)> = found.into_iter().map(|(term, a, b)| (term, points.at(a), points.at(b))).collect();
        // The first of the windows that begin at a word found and hold the most different ones.
        let held = |n: usize| {
            let end = found[n].1 + length * 2 / 3;
            let mut terms: Vec<usize> = found[n..].iter().take_while(|one| one.2 <= end).map(|one| one.0).collect();
            terms.sort_unstable();
            terms.dedup();
            terms.len()
        };
        let best = (0..found.len().min(1000)).max_by_key(|&n| (held(n), std::cmp::Reverse(n)));
        let from = best.map_or(0, |n| found[n].1.saturating_sub(length / 3));
        let letters: Vec<char> = text.chars().skip(from).take(length).collect();
        let end = from + letters.len();
        let whole = end == points.count();
        // Words are not cut in two.
        let skip = if from == 0 { 0 } else { letters.iter().position(|c| c.is_whitespace()).map_or(0, |n| n + 1) };
        let first = best.map_or(end, |n| found[n].1);
        let skip = if from + skip > first { 0 } else { skip };
        let keep = if whole { letters.len() } else { letters.iter().rposition(|c| c.is_whitespace()).unwrap_or(letters.len()) }.max(skip);
        let piece = letters[skip..keep].iter().map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { *c }).collect();
        let (start, end) = (from + skip, from + keep);
        let inside = found.iter().filter(|one| one.1 >= start && one.2 <= end).map(|one| [one.1 as u32, one.2 as u32]).collect();
        Snippet { text: piece, start: start as u32, found: inside }
    }
}

impl Snippet {
    /// The piece with the words found between two marks.
    pub fn marked(&self, before: &str, after: &str) -> String {
        let (mut out, mut at) = (String::new(), 0);
        let letters: Vec<char> = self.text.chars().collect();
        for [start, end] in &self.found {
            let (start, end) = ((start - self.start) as usize, (end - self.start) as usize);
            out.extend(&letters[at..start]);
            out.push_str(before);
            out.extend(&letters[start..end]);
            out.push_str(after);
            at = end;
        }
        out.extend(&letters[at..]);
        out
    }
}

/// Code points of byte offsets: every 64th is known.
struct Points<'t> {
    text: &'t str,
    known: Vec<usize>,
}

impl<'t> Points<'t> {
    const STEP: usize = 256;

    fn of(text: &'t str) -> Self {
        let mut known = vec![0];
        let (mut count, mut next) = (0, Self::STEP);
        for (byte, _) in text.char_indices() {
            while byte >= next {
                // The number of code points that begin before `next`.
                known.push(count);
                next += Self::STEP;
            }
            count += 1;
        }
        known.push(count);
        Self { text, known }
    }

    fn count(&self) -> usize {
        self.known.last().copied().unwrap_or_default()
    }

    /// The code point that begins at a byte.
    fn at(&self, byte: usize) -> usize {
        let step = (byte / Self::STEP).min(self.known.len() - 2);
        let begins = |at: &usize| self.text.is_char_boundary(*at);
        self.known[step] + (step * Self::STEP..byte).filter(begins).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_shown_as_the_text_spells_them() {
        let words = Words::read("قصف ادلب", &["بال".into()]).unwrap();
        let text = format!("{} استُهدفت إِدْلِب بِالقَصْف\nمساء أمس. {}", "كلام ".repeat(200), "كلام ".repeat(200));
        let snippet = words.snippet(&text, 120);
        let letters: Vec<char> = text.chars().collect();
        let found: Vec<String> = snippet.found.iter().map(|&[a, b]| letters[a as usize..b as usize].iter().collect()).collect();
        assert_eq!(found, ["إِدْلِب", "بِالقَصْف"]);
        assert!(snippet.marked("[", "]").contains("[إِدْلِب] [بِالقَصْف] مساء"), "{snippet:?}");
        assert!(snippet.text.chars().count() <= 120);
        assert_eq!(Words::read("هدنة", &[]).unwrap().snippet("لا شيء هنا", 6), Snippet { text: "لا".into(), start: 0, found: vec![] });
    }

    proptest::proptest! {
        #[test]
        fn snippets_are_pieces_of_the_text(text in "([ ا-ي\\PC]{0,12}|قصف| ){0,300}", length in 0usize..200) {
            let words = Words::read("قصف", &[]).unwrap();
            let snippet = words.snippet(&text, length);
            let letters: Vec<char> = text.chars().collect();
            let piece: Vec<char> = snippet.text.chars().collect();
            let start = snippet.start as usize;
            assert!(piece.len() <= length && start + piece.len() <= letters.len());
            for (n, c) in piece.iter().enumerate() {
                assert!(*c == letters[start + n] || *c == ' ');
            }
            snippet.marked("«", "»");
        }
    }
}
