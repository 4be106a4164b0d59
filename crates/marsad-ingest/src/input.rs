//! What is read: files and streams, and how their format is told.

use std::io::Read;
use std::path::{Path, PathBuf};

/// How the bytes of an input are to be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One report as plain text.
    Text,
    /// One report as a web page.
    Html,
    /// One report per line, as a JSON object with `id` and `text`.
    JsonLines,
    /// One report per record, the first line names the columns.
    Csv,
    /// The pages of a crawl.
    Warc,
    /// Files of the other formats, packed.
    Zip,
}

impl Format {
    /// The format that a file's ending promises; a `.gz` behind it says only that it is packed.
    pub fn of(path: &Path) -> Option<Self> {
        let bare = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gz")).then(|| path.with_extension(""));
        let path = bare.as_deref().unwrap_or(path);
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "txt" | "text" => Some(Self::Text),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "csv" | "tsv" => Some(Self::Csv),
            "warc" => Some(Self::Warc),
            "zip" => Some(Self::Zip),
            _ => None,
        }
    }

    /// The format that the first characters of an input look like.
    pub(crate) fn sniff(start: &str) -> Self {
        let start = start.trim_start_matches('\u{feff}').trim_start();
        match start.chars().next() {
            Some('{') => Self::JsonLines,
            Some('<') => Self::Html,
            _ if start.starts_with("WARC/1.") => Self::Warc,
            _ => Self::Text,
        }
    }
}

/// One thing to read.
pub enum Input {
    /// A file, whose format is told by its ending, or else by its first characters; or a folder, of which all reports are read.
    File(PathBuf),
    /// A stream under a name; its format is told by its first characters.
    Stream {
        /// How diagnostics and ids call it.
        name: String,
        /// Where its bytes come from.
        bytes: Box<dyn Read + Send>,
    },
}

impl Input {
    /// Standard input, called `stdin`.
    pub fn stdin() -> Self {
        Self::Stream { name: "stdin".into(), bytes: Box::new(std::io::stdin()) }
    }

    /// What an argument of the command line means: `-` is standard input, all else a file.
    pub fn from_argument(argument: &Path) -> Self {
        if argument.as_os_str() == "-" { Self::stdin() } else { Self::File(argument.to_owned()) }
    }

    /// Its size in bytes, where it is known beforehand.
    pub fn size(&self) -> Option<u64> {
        match self {
            Self::File(path) => std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file).map(|m| m.len()),
            Self::Stream { .. } => None,
        }
    }
}

impl From<&Path> for Input {
    fn from(path: &Path) -> Self {
        Self::File(path.to_owned())
    }
}
