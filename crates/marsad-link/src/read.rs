//! A line of `marsad code`, read back.

use marsad_model::{Coded, RECORD};
use serde_json::Value;

/// What a line holds.
#[derive(Debug)]
pub enum Line {
    /// A coded document.
    Coded(Box<Coded>),
    /// Nothing but white space.
    Empty,
    /// No coded document; why, in one sentence.
    Bad(String),
}

/// Reads one line. Never fails: what is wrong is told by [`Line::Bad`].
pub fn read_line(bytes: &[u8]) -> Line {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Line::Empty;
    }
    let error = match serde_json::from_slice::<Coded>(bytes) {
        Ok(coded) if coded.record == RECORD => return Line::Coded(Box::new(coded)),
        Ok(coded) => return Line::Bad(format!("this is a record of kind {:?}; `marsad code` writes {RECORD:?}", coded.record)),
        Err(error) => error,
    };
    // What it is instead, where that can be told.
    match serde_json::from_slice::<Value>(bytes) {
        Err(error) => Line::Bad(format!("not JSON: {error}")),
        Ok(value) => match value.get("error").and_then(Value::as_str) {
            Some(reason) => Line::Bad(format!("this document could not be coded: {reason}")),
            None => Line::Bad(format!("not a line of `marsad code`: {error}")),
        },
    }
}
