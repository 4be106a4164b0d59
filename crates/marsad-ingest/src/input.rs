//! What is read: files and streams, and how their format is told.

use jiff::civil::Date;
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
    /// One report per row, in columns named as the fields of a JSON line.
    Parquet,
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
            "parquet" => Some(Self::Parquet),
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
    /// A page that was fetched.
    Page(Box<WebPage>),
}

/// A page of the web, as a server sent it or as a feed holds it.
#[derive(Clone, Debug)]
pub struct WebPage {
    /// How diagnostics call it.
    pub name: String,
    /// The id of its document.
    pub id: String,
    /// Where it was found.
    pub url: Option<String>,
    /// How its bytes are to be understood: [`Format::Html`] or [`Format::Text`].
    pub format: Format,
    /// The encoding that the server names.
    pub charset: Option<String>,
    /// As they were sent.
    pub bytes: Vec<u8>,
    /// What is known of it apart from what it says itself.
    pub known: Known,
}

/// What is known of a page before it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Its publisher; goes before what the page says.
    pub outlet: Option<String>,
    /// Its headline, where the page has none.
    pub title: Option<String>,
    /// Its author, where the page names none.
    pub author: Option<String>,
    /// The day of its publication, where the page's own data name none.
    pub published: Option<Date>,
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
            Self::Page(page) => Some(page.bytes.len() as u64),
        }
    }
}

impl From<&Path> for Input {
    fn from(path: &Path) -> Self {
        Self::File(path.to_owned())
    }
}
