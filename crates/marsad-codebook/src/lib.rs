//! The executable codebook.
//!
//! Two kinds of documentation prove themselves here. The pages of `codebook/` hold Arabic sentences and the
//! events that must come out ([`read_pages`], [`check_case`]); the frames of a language pack hold examples that
//! must, or must not, give an event ([`check_pack`]).
//!
//! Architecture invariant: nothing here decides how a text is coded; it only compares.

mod case;
mod compare;
mod examples;
mod known;
mod pack;
mod page;
mod source;
mod words;

pub use case::{Amount, Case, Expectation, Expected, Party, Toll};
pub use compare::{check_case, matches_words};
pub use known::{Known, KnownFailures};
pub use pack::{Finding, Level, Report, check_pack};
pub use page::{BadPage, parse_page, read_pages};

use marsad_coder::Session;
use marsad_model::{Coded, Document};

/// Codes the text of a case.
pub fn code_case(session: &mut Session, case: &Case) -> Coded {
    session.code(&Document {
        id: format!("{}:{}", case.file, case.line),
        text: case.text.clone(),
        published: Some(case.published),
        ..Document::default()
    })
}
