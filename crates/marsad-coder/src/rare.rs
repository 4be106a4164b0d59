//! What a record keeps of the words of its text, so that reports can be compared without their texts.

use crate::scan::Scan;
use marsad_copies::{rare_near, rare_words};
use marsad_model::{Coded, Document, RareWord};
use marsad_text::{Text, tokenize};

/// Puts into a record the rare words about its events; `read` is its document, where that was kept.
pub(crate) fn mark(record: &mut Coded, document: &Document, read: Option<(&Text, &Scan)>) {
    let tolls = record.events.iter().flat_map(|event| event.casualties.iter().map(|row| row.span[0]));
    let mut places: Vec<u32> = record.events.iter().map(|event| event.trigger.span[0]).chain(tolls).collect();
    places.sort_unstable();
    if places.is_empty() {
        return;
    }
    let rare = match read {
        Some((text, scan)) => rare_near(text.tokens().iter().zip(&scan.signs).map(|(token, signs)| (token.start, || signs.rare)), &places),
        None => rare_words(&tokenize(&document.text), &places),
    };
    record.rare = rare.into_iter().map(|word| RareWord(word.sign, word.at, word.rarity as u8)).collect();
}
