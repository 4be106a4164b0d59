//! What a record keeps of the words of its text, so that linking can compare them without the text.

use marsad_coder::Session;
use marsad_copies::rare_words;
use marsad_model::{Coded, Document, RareWord};
use marsad_text::tokenize;

/// Puts into a record the rare words about its events. The record is the one that the session has just made of the document.
pub(crate) fn mark(record: &mut Coded, session: &Session<'_>, document: &Document) {
    let tolls = record.events.iter().flat_map(|event| event.casualties.iter().map(|row| row.span[0]));
    let mut places: Vec<u32> = record.events.iter().map(|event| event.trigger.span[0]).chain(tolls).collect();
    places.sort_unstable();
    if places.is_empty() {
        return;
    }
    // The coder has split the text into words already, unless it left it alone.
    let rare = session.last_text().map_or_else(|| rare_words(&tokenize(&document.text), &places), |text| rare_words(text, &places));
    record.rare = rare.into_iter().map(|word| RareWord(word.sign, word.at, word.rarity as u8)).collect();
}
