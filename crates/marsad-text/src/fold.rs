//! One character's folding.

use unicode_normalization::char::{compose, decompose_compatible};

/// What a character contributes to a folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folded {
    /// A letter of the Arabic script.
    Letter(char),
    /// A letter of another script, lower-cased where ASCII.
    Foreign(char),
    /// A decimal digit.
    Digit(u8),
    /// The tatweel: no letter, but it shows where a broken-up word goes on.
    Stretch,
    /// Nothing: a diacritic, a mark without width or direction.
    Nothing,
    /// White space on a line.
    Space,
    /// A line's end.
    Line,
    /// Punctuation, in a plain form: one of `. , ; : ! ? " ( ) - / # @ _ %` or the character itself.
    Mark(char),
    /// A presentation form that stands for several letters; fold what [`fold_str`] gives.
    Compound,
}

/// Folding of the block U+0600–U+06FF.
const fn arabic(c: char) -> Folded {
    use Folded::*;
    match c {
        '\u{622}' | '\u{623}' | '\u{625}' | '\u{671}' | '\u{672}' | '\u{673}' => Letter('\u{627}'),
        '\u{649}' | '\u{626}' | '\u{6CC}' | '\u{6D2}' | '\u{678}' | '\u{6D0}' | '\u{6CE}' => Letter('\u{64A}'),
        '\u{629}' | '\u{6C0}' | '\u{6C1}' | '\u{6D5}' | '\u{6BE}' | '\u{6C3}' => Letter('\u{647}'),
        '\u{624}' | '\u{6C6}' | '\u{6C7}' | '\u{6CB}' => Letter('\u{648}'),
        '\u{6A9}' | '\u{63B}' | '\u{63C}' => Letter('\u{643}'),
        '\u{6AF}' => Letter('\u{63A}'),
        '\u{67E}' => Letter('\u{628}'),
        '\u{686}' => Letter('\u{62C}'),
        '\u{698}' => Letter('\u{632}'),
        '\u{6A4}' => Letter('\u{641}'),
        '\u{640}' => Stretch,
        '\u{660}'..='\u{669}' => Digit(c as u8 - 0x60),
        '\u{6F0}'..='\u{6F9}' => Digit((c as u32 - 0x6F0) as u8),
        '\u{60C}' | '\u{66B}' | '\u{66C}' => Mark(','),
        '\u{61B}' => Mark(';'),
        '\u{61F}' => Mark('?'),
        '\u{66A}' => Mark('%'),
        '\u{6D4}' => Mark('.'),
        '\u{620}'
        | '\u{621}'
        | '\u{627}'
        | '\u{628}'
        | '\u{62A}'..='\u{63A}'
        | '\u{641}'..='\u{648}'
        | '\u{64A}'
        | '\u{66E}'
        | '\u{66F}'
        | '\u{674}'..='\u{6D3}'
        | '\u{6EE}'
        | '\u{6EF}'
        | '\u{6FA}'..='\u{6FC}'
        | '\u{6FF}' => Letter(c),
        _ => Nothing,
    }
}

/// The foldings of the block U+0600–U+06FF, which most of a text is made of.
static ARABIC: [Folded; 0x100] = {
    let mut table = [Folded::Nothing; 0x100];
    let mut n = 0;
    while n < table.len() {
        if let Some(c) = char::from_u32(0x600 + n as u32) {
            table[n] = arabic(c);
        }
        n += 1;
    }
    table
};

/// The letters of the block U+0600–U+06FF that stand for one letter each, by the last bits of their two bytes; `\0` for all else.
static LETTERS: [char; 0x100] = {
    let mut table = ['\0'; 0x100];
    let mut n = 0;
    while n < table.len() {
        if let Folded::Letter(letter) = ARABIC[n] {
            table[n] = letter;
        }
        n += 1;
    }
    table
};

/// What the letter folds to, of two bytes, with which UTF-8 text begins, where it is a letter of the block U+0600–U+06FF.
#[inline]
pub(crate) fn plain_letter(text: &[u8]) -> Option<char> {
    match *text {
        [first @ 0xd8..=0xdb, second, ..] => {
            Some(LETTERS[usize::from(first & 3) << 6 | usize::from(second & 0x3f)]).filter(|letter| *letter != '\0')
        }
        _ => None,
    }
}

/// Folds one character.
#[inline]
pub fn fold_char(c: char) -> Folded {
    match c {
        '\u{600}'..='\u{6ff}' => ARABIC[c as usize - 0x600],
        ' ' => Folded::Space,
        _ => fold_other(c),
    }
}

/// Folds a character of any other block.
fn fold_other(c: char) -> Folded {
    use Folded::*;
    match c {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Line,
        '\t' | '\u{a0}' => Space,
        '0'..='9' => Digit(c as u8 - b'0'),
        'A'..='Z' => Foreign(c.to_ascii_lowercase()),
        'a'..='z' => Foreign(c),
        '{' | '}' | '[' | ']' | '<' | '>' => Mark('"'),
        '*' | '|' | '~' | '^' | '`' => Mark('-'),
        '!'..='~' => Mark(c),
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' => Nothing,
        '\u{ab}' | '\u{bb}' | '\u{2018}'..='\u{201f}' | '\u{2039}' | '\u{203a}' | '\u{300a}'..='\u{300f}' | '\u{fd3e}' | '\u{fd3f}' => {
            Mark('"')
        }
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2022}' | '\u{25cf}' | '\u{25a0}' | '\u{b7}' => Mark('-'),
        '\u{2026}' => Mark('.'),
        '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{1680}' => Space,
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{300}'..='\u{36f}'
        | '\u{8d3}'..='\u{8ff}'
        | '\u{e0000}'..='\u{e0fff}' => Nothing,
        '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => presentation(c),
        '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8c7}' => Letter(c),
        _ if c.is_alphabetic() => Foreign(c),
        _ if c.is_whitespace() => Space,
        _ if c.is_numeric() => Mark('-'),
        _ => Mark(c),
    }
}

/// A presentation form folds as the letters it stands for.
fn presentation(c: char) -> Folded {
    let mut parts = ['\0'; 20];
    let mut n = 0;
    decompose_compatible(c, |d| {
        if n < parts.len() {
            parts[n] = d;
            n += 1;
        }
    });
    if n == 2
        && let Some(one) = compose(parts[0], parts[1])
    {
        return fold_char(one);
    }
    if n == 1 && parts[0] != c {
        fold_char(parts[0])
    } else if n > 1 {
        Folded::Compound
    } else {
        Folded::Nothing
    }
}

/// Calls `each` with the foldings of `c`, several where it is a compound presentation form.
pub(crate) fn fold_into(c: char, mut each: impl FnMut(Folded)) {
    match fold_char(c) {
        Folded::Compound => decompose_compatible(c, |d| match fold_char(d) {
            Folded::Compound => {}
            other => each(other),
        }),
        other => each(other),
    }
}

/// Folds a word or phrase as [`crate::tokenize`] folds texts: the tokens, joined by single spaces.
pub fn fold_str(text: &str) -> String {
    let text = crate::tokenize(text);
    let mut out = String::new();
    for token in text.tokens() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(text.folded(token));
    }
    out
}
