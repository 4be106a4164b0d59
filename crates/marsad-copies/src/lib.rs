//! Which texts are near copies: agency reports that many outlets print, with another headline, source line or ending.
//!
//! A [`Sketch`] is a MinHash by one permutation (Li, Owen and Zhang 2012; empty bins filled by rotation, Shrivastava and Li
//! 2014) over all runs of three folded words. The share of equal bins estimates the share of runs that two texts have in
//! common (Jaccard), with a standard error of at most 0.0625. Texts that may be copies share one of the [`Sketch::bands`].
//!
//! Words that few reports have are found beside that ([`rare_words`]).
//!
//! Architecture invariant: letters and words alone; the same text gives the same sketch on any machine, in any version that
//! does not say otherwise.

mod groups;
mod rare;

pub use groups::groups;
pub use rare::{Rare, Rarity, rare_near, rare_words, rarity_of, signs, told_with};

use std::fmt::Write;

use marsad_text::{Kind, Text, tokenize};

/// Bins of a sketch.
const BINS: usize = 64;
/// Bins that make a band.
const ROWS: usize = 4;
/// Words of a run.
const RUN: usize = 3;
/// Texts with fewer words have no sketch: short formulas are alike without being copies.
const WORDS: usize = 30;
/// Texts that share so much of their runs are copies.
const ALIKE: f64 = 0.6;

/// What is kept of a text to find its near copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sketch([u16; BINS]);

impl Sketch {
    /// The sketch of a text; `None` for one that is too short.
    pub fn of(text: &str) -> Option<Self> {
        Self::of_tokens(&tokenize(text))
    }

    /// The sketch of a text that is split into tokens already.
    pub fn of_tokens(text: &Text) -> Option<Self> {
        let words = text.tokens().iter().filter(|token| matches!(token.kind, Kind::Word | Kind::Foreign | Kind::Number));
        let words: Vec<u64> = words.map(|token| hash(text.folded(token).as_bytes())).collect();
        if words.len() < WORDS {
            return None;
        }
        let mut bins = [None::<u64>; BINS];
        for run in words.windows(RUN) {
            let mixed = mix(run.iter().fold(0, |sum: u64, &word| mix(sum.wrapping_add(word))));
            let bin = &mut bins[(mixed >> 58) as usize];
            let value = mixed & (u64::MAX >> 6);
            *bin = Some(bin.map_or(value, |least| least.min(value)));
        }
        let mut out = [0; BINS];
        for (n, slot) in out.iter_mut().enumerate() {
            // An empty bin takes the value of the next one that is not, and how far away that is.
            let found = (0..BINS).find_map(|far| bins[(n + far) % BINS].map(|value| (far as u64, value)));
            *slot = found.map_or(0, |(far, value)| (mix(value.wrapping_add(far << 60)) >> 48) as u16);
        }
        Some(Self(out))
    }

    /// The share of runs that two texts have in common, as far as can be told, from 0 to 1.
    pub fn likeness(&self, other: &Self) -> f64 {
        self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count() as f64 / BINS as f64
    }

    /// Whether two texts are near copies.
    pub fn is_copy_of(&self, other: &Self) -> bool {
        self.likeness(other) >= ALIKE
    }

    /// Texts that are copies share one of these (nine in ten with six tenths of their runs in common, all but one in a
    /// thousand with eight tenths).
    pub fn bands(&self) -> impl Iterator<Item = i64> + '_ {
        self.0.chunks_exact(ROWS).enumerate().map(|(n, rows)| {
            let packed = rows.iter().fold(0_u64, |sum, &row| (sum << 16) | u64::from(row));
            mix(packed ^ (n as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)) as i64
        })
    }

    /// As hexadecimal digits.
    pub fn to_hex(&self) -> String {
        let mut out = String::with_capacity(BINS * 4);
        for bin in self.0 {
            let _ = write!(out, "{bin:04x}");
        }
        out
    }

    /// Reads what [`Sketch::to_hex`] wrote.
    pub fn from_hex(hex: &str) -> Option<Self> {
        let mut bins = [0; BINS];
        for (n, bin) in bins.iter_mut().enumerate() {
            *bin = u16::from_str_radix(hex.get(n * 4..n * 4 + 4)?, 16).ok()?;
        }
        (hex.len() == BINS * 4).then_some(Self(bins))
    }
}

/// FNV-1a: the same on every machine.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, &byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The finaliser of SplitMix64: every bit of the input moves every bit of the output.
fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// An invented text of so many different words.
    fn text(seed: usize, words: usize) -> String {
        let letter = |n: u64| char::from_u32(0x628 + (n % 18) as u32).unwrap_or('ب');
        let word = |n: u64| (0..4).map(|k| letter(n >> (8 * k))).chain(['ة', ' ']).collect::<String>();
        (0..words).map(|n| word(mix((seed * 100_000 + n) as u64))).collect()
    }

    #[test]
    fn another_headline_and_ending_make_a_copy() {
        let report = text(1, 200);
        let printed = format!("وكالة الضفاف - عاجل: {report} المصدر: وكالات. جميع الحقوق محفوظة");
        let (one, two, other) = (Sketch::of(&report).unwrap(), Sketch::of(&printed).unwrap(), Sketch::of(&text(2, 200)).unwrap());
        assert!(one.is_copy_of(&two), "{}", one.likeness(&two));
        assert!(one.bands().any(|band| two.bands().any(|other| band == other)));
        assert!(!one.is_copy_of(&other) && one.likeness(&other) < 0.1);
        // Spelling differences that folding takes away make none.
        assert_eq!(Sketch::of(&report.replace('ة', "ه")), Some(one));
        assert_eq!(Sketch::of(&text(1, 20)), None);
    }

    #[test]
    fn likeness_is_the_share_of_common_runs() {
        for (common, all) in [(50, 100), (80, 100), (150, 200), (300, 1000)] {
            let (shared, rest) = (text(1, common * 4), (all - common) * 4);
            let (one, two) = (format!("{shared} {}", text(2, rest)), format!("{shared} {}", text(3, rest)));
            let found = Sketch::of(&one).unwrap().likeness(&Sketch::of(&two).unwrap());
            let true_share = common as f64 / (2 * all - common) as f64;
            assert!((found - true_share).abs() < 0.2, "{common} of {all}: {found} {true_share}");
        }
    }

    proptest! {
        #[test]
        fn hexadecimal_keeps_everything(text in "(\\PC{1,8} ){30,60}") {
            if let Some(sketch) = Sketch::of(&text) {
                prop_assert_eq!(Sketch::from_hex(&sketch.to_hex()), Some(sketch));
            }
        }

        #[test]
        fn what_is_no_sketch_is_none(text in "\\PC{0,300}") {
            prop_assert!(Sketch::from_hex(&text).is_none_or(|sketch| sketch.to_hex() == text.to_lowercase()));
        }
    }
}
