//! Documents coded side by side come out as each does by itself.

use marsad_coder::Coder;
use marsad_model::{Coded, Document};
use std::path::Path;

/// The example reports, and what is unlike them: one in another language, one without a word, one longer than all others together.
fn documents() -> Vec<Document> {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/articles.jsonl");
    let text = std::fs::read_to_string(examples).unwrap();
    let mut out: Vec<Document> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let like = |text: String, language: Option<&str>| Document { text, language: language.map(Into::into), ..out[0].clone() };
    let others = [like("Nothing happened today.".into(), Some("en")), like(String::new(), None), like(out[0].text.repeat(200), None)];
    for (at, other) in others.into_iter().enumerate() {
        out.insert(at * 3 + 1, other);
    }
    out
}

#[test]
fn side_by_side_is_as_one_by_one() {
    let (coder, documents) = (Coder::embedded(), documents());
    assert!(documents.len() > 16, "{} documents", documents.len());
    let mut session = coder.session();
    let single: Vec<Coded> = documents.iter().map(|document| session.code(document)).collect();
    assert!(single.iter().any(|coded| !coded.events.is_empty()) && single.iter().any(|coded| coded.events.is_empty()));
    for size in [documents.len(), 8, 3, 1, documents.len()] {
        let some: Vec<&Document> = documents.iter().collect();
        let together: Vec<Coded> = some.chunks(size).flat_map(|chunk| session.code_all(chunk)).collect();
        assert_eq!(together, single, "{size} at a time");
    }
    assert_eq!(session.code_all(&[]), []);
}

#[test]
fn the_text_of_the_last_document_is_at_hand() {
    let (coder, documents) = (Coder::embedded(), documents());
    let mut session = coder.session();
    session.code_all(&documents.iter().collect::<Vec<_>>());
    session.code(&documents[0]);
    let words = session.last_text().map(|text| text.tokens().len());
    assert!(words.is_some_and(|words| words > 10), "{words:?}");
    session.code_all(&[&documents[0], &documents[1]]);
    assert!(session.last_text().is_none(), "it is in another language");
}
