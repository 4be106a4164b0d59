//! The TOML files of a pack, read for the places of their words.
//!
//! [`marsad_language::compile`] says what is malformed and builds the pack; here the same files are read once more,
//! loosely, so that a finding about a word or an example can be placed in its line.

use serde::Deserialize;
use std::path::Path;
use toml::Spanned;

/// A file of the pack.
pub(crate) struct Source {
    /// Its name, relative to the pack.
    pub name: String,
    /// Its tables.
    pub tables: Tables,
    starts: Vec<usize>,
    text: String,
}

impl Source {
    /// Reads a file; `None` where it is not TOML.
    pub fn new(name: String, text: String) -> Option<Self> {
        let tables = toml::from_str(&text).ok()?;
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(n, _)| n + 1)).collect();
        Some(Source { name, tables, starts, text })
    }

    /// Line and column, from 1, of a byte of the file.
    pub fn position(&self, at: usize) -> (u32, u32) {
        let line = self.starts.partition_point(|s| *s <= at);
        let start = self.starts[line - 1];
        let column = self.text.get(start..at).map_or(0, |t| t.chars().count());
        (line as u32, column as u32 + 1)
    }
}

/// Tables of words and examples; anything else is passed over.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Tables {
    #[serde(default)]
    pub entry: Vec<Table>,
    #[serde(default)]
    pub actor: Vec<Table>,
    #[serde(default)]
    pub nation: Vec<Table>,
    #[serde(default)]
    pub generic: Vec<Table>,
    #[serde(default)]
    pub frame: Vec<Table>,
}

/// A table of any of these kinds.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Table {
    pub class: Option<String>,
    pub value: Option<String>,
    pub id: Option<Spanned<String>>,
    pub country: Option<String>,
    #[serde(default)]
    pub nouns: Vec<Spanned<String>>,
    #[serde(default)]
    pub people: Vec<Spanned<String>>,
    #[serde(default)]
    pub adjectives: Vec<Spanned<String>>,
    #[serde(default)]
    pub verbs: Vec<Spanned<String>>,
    #[serde(default)]
    pub passive: Vec<Spanned<String>>,
    #[serde(default)]
    pub phrases: Vec<Spanned<String>>,
    #[serde(default)]
    pub words: Vec<Spanned<String>>,
    #[serde(default)]
    pub names: Vec<Spanned<String>>,
    #[serde(default)]
    pub weak: Vec<Spanned<String>>,
    pub from: Option<String>,
    pub until: Option<String>,
    #[serde(default)]
    pub yes: Vec<Spanned<toml::Table>>,
    #[serde(default)]
    pub no: Vec<Spanned<String>>,
}

/// Reads every `*.toml` below the folder, in the order of their paths; files that are not TOML are left out.
pub(crate) fn read(folder: &Path) -> std::io::Result<Vec<Source>> {
    Ok(marsad_language::read_files(folder)?.into_iter().filter_map(|(name, text)| Source::new(name, text)).collect())
}
