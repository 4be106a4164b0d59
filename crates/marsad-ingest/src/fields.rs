//! The fields of a document, as a row of a table gives them.

use crate::json::{self, Given};
use crate::language;
use crate::open::size;
use marsad_model::{Diagnostic, Document, Level};
use serde_json::Value;

/// What a row says of a document. Of those that are not required, white space alone counts as missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields<'a> {
    /// Its id; required.
    pub id: Option<&'a str>,
    /// Its text; required.
    pub text: Option<&'a str>,
    /// Where it was found.
    pub url: Option<&'a str>,
    /// Who published it.
    pub outlet: Option<&'a str>,
    /// Who wrote it.
    pub author: Option<&'a str>,
    /// Its headline.
    pub title: Option<&'a str>,
    /// Its day of publication, as [`crate::parse_day`] reads it.
    pub published: Option<&'a str>,
    /// Its language, a BCP 47 code.
    pub language: Option<&'a str>,
}

impl Fields<'_> {
    /// The document of a row, and what is odd about it. `limit`: the longest text in bytes; `languages`: those that can be
    /// coded (BCP 47 primary codes).
    ///
    /// # Errors
    ///
    /// Why there is no document, and what to do.
    pub fn document(&self, limit: usize, languages: &[String]) -> Result<(Document, Vec<Diagnostic>), String> {
        let (mut document, mut notes) = self.read(limit)?;
        notes.extend(language::note(&mut document, languages));
        Ok((document, notes.into_iter().map(|message| Diagnostic { level: Level::Warning, message }).collect()))
    }

    pub(crate) fn read(&self, limit: usize) -> Result<(Document, Vec<String>), String> {
        if let Some(text) = self.text.filter(|text| text.len() > limit) {
            let (length, limit) = (size(text.len() as u64), size(limit as u64));
            return Err(format!("the text has {length}, more than {limit}; split the document or raise the limit (--max-size)"));
        }
        let value = |field: Option<&str>| field.map(|field| Value::String(field.to_owned()));
        json::from_fields(Given {
            id: value(self.id),
            text: value(self.text),
            url: value(self.url),
            outlet: value(self.outlet),
            author: value(self.author),
            title: value(self.title),
            published: value(self.published),
            language: value(self.language),
        })
    }
}
