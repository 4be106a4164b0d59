//! Inputs that hold many documents, and what comes out of them.

use crate::input::{Format, Input, Known};
use marsad_model::Document;
use std::io::Read;

/// Something that holds documents or further inputs; it is asked until it gives nothing more.
pub(crate) trait Container: Send {
    /// The next thing in it.
    fn next(&mut self) -> Option<Found>;
}

/// One thing in a container.
pub(crate) struct Found {
    /// What to add to the container's name to tell it.
    pub name: Option<String>,
    /// Its line, where the container has lines.
    pub line: Option<u64>,
    pub what: What,
}

/// What was found.
pub(crate) enum What {
    /// A document with its fields, and what was odd about it.
    Document(Box<Document>, Vec<String>),
    /// A page or text with what its surroundings say of it.
    Page(Page),
    /// A packed file.
    Packed { ending: Option<Format>, stem: String, bytes: Box<dyn Read + Send> },
    /// A file or folder beside others.
    Input(Input),
    /// Something that cannot be read; why.
    Refused(String),
    /// Something that is no report and needs no look.
    Passed,
}

/// A page out of an archive of the web.
pub(crate) struct Page {
    pub id: String,
    pub url: Option<String>,
    pub format: Format,
    pub bytes: Vec<u8>,
    /// The encoding that it was sent with.
    pub label: Option<String>,
    /// What is known of it apart from what it says itself.
    pub known: Known,
}

impl From<What> for Found {
    fn from(what: What) -> Self {
        Self { name: None, line: None, what }
    }
}
