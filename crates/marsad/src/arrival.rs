//! A document on its way into the store: coded, unless it is there already.

use crate::code;
use marsad_coder::Session;
use marsad_copies::Sketch;
use marsad_ingest::Entry;
use marsad_model::{Diagnostic, Document};
use marsad_store::{Arrival, Identity};

/// Codes a document unless its id is known; gives also what the coder has to tell.
pub(crate) fn arrival(
    session: &mut Session<'_>,
    known: &dyn Fn(&str) -> bool,
    entry: &Entry,
    document: &Document,
) -> (Option<Box<Arrival>>, Vec<Diagnostic>) {
    let document = storable(document);
    let identity = Identity::of(&document, &entry.file);
    if known(&identity.id) {
        return (None, Vec::new());
    }
    let mut record = session.code(&Document { id: identity.id.clone(), ..document.clone() });
    let told = code::complete(&mut record, entry);
    // The coder has split the text into words already, unless it left it alone.
    let sketch = session.last_text().map_or_else(|| Sketch::of(&document.text), Sketch::of_tokens);
    let sketch = sketch.map(|sketch| sketch.to_hex());
    (Some(Box::new(Arrival { identity, document, source: entry.place(), record, sketch })), told)
}

/// A document as a database can hold it: PostgreSQL knows no NUL characters. Offsets stay as they are.
fn storable(document: &Document) -> Document {
    let clean = |text: &String| text.replace('\0', "\u{fffd}");
    Document {
        id: clean(&document.id),
        text: clean(&document.text),
        url: document.url.as_ref().map(clean),
        outlet: document.outlet.as_ref().map(clean),
        author: document.author.as_ref().map(clean),
        title: document.title.as_ref().map(clean),
        published: document.published,
        language: document.language.as_ref().map(clean),
    }
}
