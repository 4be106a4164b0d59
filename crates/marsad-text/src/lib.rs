//! From characters to folded tokens and sentences, with exact offsets back to the original.
//!
//! Folding makes spellings that readers take for the same word equal: alef, ya, ta marbuta and
//! hamza seats, diacritics, tatweel, presentation forms, digits of every script, marks that have
//! no width, and spellings that are broken up to evade filters. A [`Token`] keeps the span of the
//! characters it was made of, so that any value can be shown in the original text.
//!
//! Architecture invariant: this crate knows letters, never a meaning.

mod fold;
mod sentence;
mod token;

pub use fold::{Folded, fold_char, fold_str};
pub use sentence::{MAX_SENTENCE, sentences};
pub use token::{Kind, Letters, Text, Token, tokenize};
