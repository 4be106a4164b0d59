//! Tokens: folded words, numbers and marks with their spans.

use crate::fold::{Folded, fold_char, fold_into, plain_letter};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A word of the Arabic script.
    Word,
    /// A word of another script.
    Foreign,
    /// A number in digits.
    Number,
    /// A punctuation mark, folded (see [`Folded::Mark`]).
    Mark(char),
    /// One or more line ends.
    Line,
}

/// A token and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// First code point in the original.
    pub start: u32,
    /// One past its last code point in the original.
    pub end: u32,
    /// First byte in the original.
    pub byte_start: u32,
    /// One past its last byte in the original.
    pub byte_end: u32,
    /// The number's value, saturating; 0 for other kinds. Decimal fractions are dropped, see `decimal`.
    pub value: u32,
    /// Whether the number has a decimal fraction.
    pub decimal: bool,
    /// Whether white space or a line end stands before it.
    pub spaced: bool,
    /// Whether a ta marbuta ends it, after which no pronoun can stand, though it folds to the letter of one.
    pub marbuta: bool,
    fold_start: u32,
    fold_end: u32,
}

/// The folded letters of a word of up to 24 bytes as three numbers, zeros behind the last.
pub type Letters = (u64, u64, u64);

/// A text as tokens.
#[derive(Clone, Debug, Default)]
pub struct Text {
    folded: String,
    tokens: Vec<Token>,
}

impl Text {
    /// Splits another text into tokens in the place of this one, whose memory it uses again; see [`tokenize`].
    pub fn read(&mut self, source: &str) {
        self.folded.clear();
        self.tokens.clear();
        read(source, self);
    }
    /// The tokens in order.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }
    /// The folded form of one of its tokens.
    pub fn folded(&self, token: &Token) -> &str {
        &self.folded[token.fold_start as usize..token.fold_end as usize]
    }
    /// The folded form of one of its tokens as numbers; `None` where it is longer, or empty.
    pub fn letters(&self, token: &Token) -> Option<Letters> {
        let (bytes, length) = (self.folded.as_bytes(), (token.fold_end - token.fold_start) as usize);
        let from = token.fold_start as usize;
        let mut letters = [0; size_of::<Letters>()];
        match bytes.get(from..from + letters.len()) {
            Some(ahead) => letters.copy_from_slice(ahead),
            // The end of the text is near.
            None => letters.get_mut(..length)?.copy_from_slice(&bytes[from..from + length]),
        }
        let part = |n: usize| {
            // What stands behind the word is none of it.
            let kept = length.saturating_sub(8 * n).min(8);
            let mask = if kept == 8 { u64::MAX } else { (1 << (8 * kept)) - 1 };
            u64::from_le_bytes(std::array::from_fn(|b| letters[8 * n + b])) & mask
        };
        (1..=letters.len()).contains(&length).then(|| (part(0), part(1), part(2)))
    }
}

/// The letter that ends most feminine words.
const MARBUTA: char = '\u{629}';
/// What it folds to.
const FOLDED_MARBUTA: char = '\u{647}';
/// The name of a type of aircraft or gun begins with no more letters.
const TYPE: u32 = 3;

/// A cursor over the source's characters that knows bytes and code points.
struct Cursor<'s> {
    source: &'s str,
    byte: usize,
    point: u32,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<char> {
        let bytes = self.source.as_bytes();
        match bytes.get(self.byte) {
            None => None,
            Some(&b) if b < 0x80 => Some(b as char),
            Some(&b) if b & 0xe0 == 0xc0 => char::from_u32(u32::from(b & 0x1f) << 6 | u32::from(bytes[self.byte + 1] & 0x3f)),
            Some(_) => self.source[self.byte..].chars().next(),
        }
    }
    fn advance(&mut self, c: char) {
        self.byte += c.len_utf8();
        self.point += 1;
    }
    fn rest(&self) -> &str {
        &self.source[self.byte..]
    }
    fn place(&self) -> (usize, u32) {
        (self.byte, self.point)
    }
    fn go(&mut self, place: (usize, u32)) {
        (self.byte, self.point) = place;
    }
}

/// Whether the last letter of a word, vowel signs aside, is a ta marbuta.
fn ends_in_marbuta(word: &str) -> bool {
    let sign = |c: &char| matches!(fold_char(*c), Folded::Nothing | Folded::Stretch);
    word.chars().rev().find(|c| !sign(c)) == Some(MARBUTA)
}

/// Splits a text into folded tokens. Cost is linear in its length; texts past 4 GiB are cut there.
pub fn tokenize(source: &str) -> Text {
    let mut out = Text::default();
    out.read(source);
    out
}

/// Reads a text into the empty `out`.
fn read(source: &str, out: &mut Text) {
    let source = &source[..source.floor_char_boundary(u32::MAX as usize - 8)];
    out.folded.reserve(source.len());
    out.tokens.reserve(source.len() / 9 + 4);
    let mut at = Cursor { source, byte: 0, point: 0 };
    let mut spaced = true;
    while let Some(c) = at.peek() {
        let from = at.place();
        let fold_start = out.folded.len();
        let push = |out: &mut Text, at: &Cursor, kind, value, decimal| {
            out.tokens.push(Token {
                kind,
                start: from.1,
                end: at.point,
                byte_start: from.0 as u32,
                byte_end: at.byte as u32,
                value,
                decimal,
                spaced,
                marbuta: kind == Kind::Word && out.folded.ends_with(FOLDED_MARBUTA) && ends_in_marbuta(&at.source[from.0..at.byte]),
                fold_start: fold_start as u32,
                fold_end: out.folded.len() as u32,
            });
        };
        match fold_char(c) {
            Folded::Space | Folded::Nothing | Folded::Stretch => {
                at.advance(c);
                spaced |= fold_char(c) == Folded::Space;
                continue;
            }
            Folded::Line => {
                at.advance(c);
                if !matches!(out.tokens.last(), Some(t) if t.kind == Kind::Line) {
                    out.folded.push('\n');
                    push(out, &at, Kind::Line, 0, false);
                }
                spaced = true;
                continue;
            }
            Folded::Digit(_) => {
                let (value, decimal) = number(&mut at, &mut out.folded);
                push(out, &at, Kind::Number, value, decimal);
            }
            Folded::Letter(_) | Folded::Compound => {
                word(&mut at, &mut out.folded);
                push(out, &at, Kind::Word, 0, false);
            }
            Folded::Foreign(_) => {
                while let Some(c) = at.peek() {
                    match fold_char(c) {
                        Folded::Foreign(f) => out.folded.push(f),
                        Folded::Nothing => {}
                        _ => break,
                    }
                    at.advance(c);
                }
                push(out, &at, Kind::Foreign, 0, false);
            }
            Folded::Mark(m) => {
                at.advance(c);
                out.folded.push(m);
                push(out, &at, Kind::Mark(m), 0, false);
            }
        }
        spaced = false;
    }
}

/// Reads a number: digits, thousands groups `1,200` or `1.200`, a decimal part `14.1`.
fn number(at: &mut Cursor, folded: &mut String) -> (u32, bool) {
    let (mut value, mut decimal, mut digits) = (0u32, false, 0u32);
    while let Some(c) = at.peek() {
        match fold_char(c) {
            Folded::Digit(d) => {
                if !decimal {
                    value = value.saturating_mul(10).saturating_add(u32::from(d));
                }
                digits += 1;
                folded.push((b'0' + d) as char);
                at.advance(c);
            }
            Folded::Nothing => at.advance(c),
            Folded::Mark(m @ (',' | '.')) => {
                let mut ahead = at.rest().chars().skip(1).take(4).map(fold_char);
                let group: usize = ahead.by_ref().take_while(|f| matches!(f, Folded::Digit(_))).count();
                if group == 0 || decimal || (m == ',' && group != 3 && group != 1 && group != 2) {
                    break;
                }
                at.advance(c);
                if group != 3 || digits > 3 || m == '.' && value == 0 {
                    decimal = true;
                    folded.push('.');
                } else {
                    digits = 0;
                }
            }
            _ => break,
        }
    }
    (value, decimal)
}

/// Reads a word of letters, over marks without width and the breaks of evasive spellings.
fn word(at: &mut Cursor, folded: &mut String) {
    let mut end = at.place();
    let mut letters = 0u32;
    let mut stretched = false;
    let mut singles = 0u32;
    loop {
        let before = at.point;
        // Most of a text is plain letters.
        while let Some(letter) = plain_letter(at.rest().as_bytes()) {
            folded.push(letter);
            at.byte += 2;
            at.point += 1;
        }
        if at.point > before {
            letters += at.point - before;
            stretched = false;
            end = at.place();
        }
        let Some(c) = at.peek() else { break };
        match fold_char(c) {
            Folded::Letter(f) => {
                folded.push(f);
                letters += 1;
                stretched = false;
                at.advance(c);
                end = at.place();
            }
            Folded::Compound => {
                fold_into(c, |f| {
                    if let Folded::Letter(f) = f {
                        folded.push(f);
                    }
                });
                letters += 2;
                stretched = false;
                at.advance(c);
                end = at.place();
            }
            Folded::Nothing => {
                at.advance(c);
                // A diacritic belongs to the word that it closes, a direction mark does not matter.
                if !is_invisible(c) {
                    end = at.place();
                }
            }
            Folded::Stretch => {
                stretched = true;
                at.advance(c);
                end = at.place();
            }
            // «شهـ ـداء»: a stretch, a short break, a stretch.
            Folded::Space | Folded::Mark('.' | '-' | '_') if stretched && bridge(at.rest()).is_some() => {
                for _ in 0..bridge(at.rest()).unwrap_or(0) {
                    if let Some(c) = at.peek() {
                        at.advance(c);
                    }
                }
            }
            // «د.ا.ع.ش»: single letters with dots between.
            Folded::Mark('.' | '-' | '_') if letters == singles + 1 && spelled(at.rest(), singles) => {
                singles += 1;
                at.advance(c);
            }
            _ => break,
        }
    }
    at.go(end);
    // «إف-16»: the dash between the letters and the number of a type is no dash of the sentence.
    if letters <= TYPE
        && at.rest().starts_with('-')
        && at.rest()[1..].chars().next().is_some_and(|c| matches!(fold_char(c), Folded::Digit(_)))
    {
        at.advance('-');
    }
}

/// Whether `c` has no ink at all, other than a diacritic.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{61c}')
}

/// The number of characters of a break (one or two spaces, dots or dashes) that a stretch follows, or after a dot a letter:
/// «قـ.صف».
fn bridge(rest: &str) -> Option<usize> {
    let mut spaced = false;
    for (n, c) in rest.chars().take(3).enumerate() {
        match fold_char(c) {
            Folded::Space => spaced = true,
            Folded::Mark('.' | '-' | '_') => {}
            Folded::Stretch if n > 0 => return Some(n),
            Folded::Letter(_) if n == 1 && !spaced => return Some(n),
            _ => return None,
        }
    }
    None
}

/// Whether a separator is followed by single letters so that at least three stand in the row.
fn spelled(rest: &str, before: u32) -> bool {
    let mut chars = rest.chars();
    let mut singles = before + 1;
    loop {
        if !matches!(chars.next().map(fold_char), Some(Folded::Mark('.' | '-' | '_'))) {
            return false;
        }
        if !matches!(chars.next().map(fold_char), Some(Folded::Letter(_))) {
            return false;
        }
        singles += 1;
        match chars.clone().next().map(fold_char) {
            Some(Folded::Mark('.' | '-' | '_')) if singles < 3 => {}
            Some(Folded::Mark('.' | '-' | '_')) => return true,
            Some(Folded::Stretch) => return true,
            Some(Folded::Letter(_) | Folded::Compound) => return false,
            _ => return singles >= 3,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let t = tokenize(text);
        t.tokens().iter().map(|k| t.folded(k).to_owned()).collect()
    }

    #[test]
    fn spellings_fold_alike() {
        assert_eq!(words("إِدْلِب"), words("ادلب"));
        assert_eq!(words("مقـــتل"), ["مقتل"]);
        assert_eq!(words("غارة"), ["غاره"]);
        assert_eq!(words("ﺷﻬﺪﺍء ﷲ"), ["شهداء", "الله"]);
    }

    #[test]
    fn letters_are_those_of_the_word_alone() {
        // Of the last words, which stand near the end of the text, one has 13 letters and one 12.
        let text = tokenize("و في قصف مقتل المدفعيه وكالمقاتلينهم والمقاتلينهم");
        for (n, token) in text.tokens().iter().enumerate() {
            let bytes = text.folded(token).as_bytes();
            let told = text.letters(token).map(|(a, b, c)| [a, b, c].map(u64::to_le_bytes).concat());
            let expected = (bytes.len() <= 24).then(|| [bytes, &vec![0; 24 - bytes.len()]].concat());
            assert_eq!(told, expected);
            assert_eq!(told.is_none(), n == 5);
        }
    }

    #[test]
    fn evasive_spellings_are_joined() {
        assert_eq!(words("شهـ ـداء"), ["شهداء"]);
        assert_eq!(words("د.ا.عـ ـش"), ["داعش"]);
        assert_eq!(words("د.ا.ع.ش اليوم"), ["داعش", "اليوم"]);
        assert_eq!(words("الغربي.حيث"), ["الغربي", ".", "حيث"]);
    }

    #[test]
    fn ta_marbuta_is_kept() {
        let ends = |s: &str| tokenize(s).tokens().iter().map(|t| t.marbuta).collect::<Vec<_>>();
        assert_eq!(ends("مدينةٌ بيته حماة."), [true, false, true, false]);
    }

    #[test]
    fn numbers_and_hashtags() {
        let t = tokenize("#مجزرة_الباب ١٢ قتيلا و1,200 و5.964 و14.1 و0.125 بـ8");
        let values: Vec<u32> = t.tokens().iter().filter(|k| k.kind == Kind::Number).map(|k| k.value).collect();
        assert_eq!(values, [12, 1200, 5964, 14, 0, 8]);
        assert_eq!(t.folded(&t.tokens()[1]), "مجزره");
    }

    proptest::proptest! {
        #[test]
        fn spans_lie_in_the_text(text in "\\PC*") {
            let points = text.chars().count() as u32;
            let t = tokenize(&text);
            let mut last = 0;
            for k in t.tokens() {
                assert!(k.start >= last && k.start < k.end && k.end <= points);
                assert!(text.is_char_boundary(k.byte_start as usize) && text.is_char_boundary(k.byte_end as usize));
                assert_eq!(text[..k.byte_start as usize].chars().count() as u32, k.start);
                last = k.end;
            }
        }
    }
}
