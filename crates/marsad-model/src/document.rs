//! What comes in: documents, and the diagnostics about them.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One news report, as given.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Document {
    /// Unique within one input.
    pub id: String,
    /// The whole text, headline first; offsets of every span count its code points.
    pub text: String,
    /// Where it was found.
    #[serde(default)]
    pub url: Option<String>,
    /// Who published it.
    #[serde(default)]
    pub outlet: Option<String>,
    /// Who wrote it, as the page or feed names them.
    #[serde(default)]
    pub author: Option<String>,
    /// Its headline, if given apart from the text.
    #[serde(default)]
    pub title: Option<String>,
    /// Publication day; relative dates are resolved against it.
    #[serde(default)]
    pub published: Option<Date>,
    /// BCP 47 language code; guessed from the script where absent.
    #[serde(default)]
    pub language: Option<String>,
}

/// What a record repeats of its document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentHead {
    /// The document's id.
    pub id: String,
    /// Where it was found.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Publication day (ISO 8601).
    pub published: Option<String>,
    /// BCP 47 language code.
    pub language: Option<String>,
    /// SHA-256 of the text's UTF-8 bytes, in hexadecimal.
    pub sha256: String,
    /// Length of the text in code points.
    pub chars: usize,
}

/// How grave a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Worth knowing.
    Note,
    /// Something was left out or guessed.
    Warning,
    /// The document could not be coded.
    Error,
}

/// Something to tell about an input; never a reason to stop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Diagnostic {
    /// How grave it is.
    pub level: Level,
    /// What is the matter and what to do, in one sentence.
    pub message: String,
}

/// The line that stands in the place of a document that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Unreadable {
    /// Always `marsad/1`.
    pub record: String,
    /// Why it could not be read.
    pub error: String,
    /// The file it stood in.
    pub file: String,
    /// The line of the file, counted from 1, where the file has lines.
    pub line: Option<u64>,
}
