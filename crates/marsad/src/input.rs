//! The flags that say what is read and how; the same for every command that codes.

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use marsad_coder::Coder;
use marsad_ingest::{DayReader, Format, Input, Options, Reader};
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(Debug, Args)]
pub(crate) struct InputArguments {
    /// Files to read (.txt, .html, .jsonl, .csv, .parquet, .warc, .zip, also packed as .gz) or folders of them; `-` is standard input.
    ///
    /// A .txt or .html file is one report and takes its name as id. A .jsonl file has one object on
    /// each line, with "id" and "text", and if known "url", "outlet", "title", "published" and
    /// "language"; a .csv or .parquet file has columns of these names. Text should be UTF-8; other encodings are
    /// guessed and told.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Read every input as this format instead of telling it by its ending or first character.
    #[arg(long, value_enum, value_name = "FORMAT")]
    from: Option<From>,

    /// Day of publication (YYYY-MM-DD) of reports that do not name theirs.
    ///
    /// "Yesterday" and "on Saturday" are counted from it. A line of .jsonl keeps its own date; for
    /// a web page, this one goes before what the page says.
    #[arg(long, value_name = "DATE", value_parser = marsad_ingest::parse_day)]
    published: Option<Date>,

    /// Outlet of reports that do not name theirs.
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,

    /// Use the language packs of this folder instead of those built in.
    #[arg(long, value_name = "DIR")]
    pub languages: Option<PathBuf>,

    /// Number of documents coded at the same time; the result never depends on it.
    #[arg(long, value_name = "N", default_value_t = default_threads(), value_parser = parse_threads, hide_default_value = true)]
    pub threads: usize,

    /// Skip documents larger than this many MiB.
    #[arg(long, value_name = "MIB", default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=1024))]
    max_size: u32,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum From {
    /// Plain text, one report.
    Txt,
    /// A web page, one report.
    Html,
    /// JSON Lines, one report on each line.
    Jsonl,
    /// CSV, one report on each line after the names of the columns.
    Csv,
    /// An archive of web pages.
    Warc,
}

fn default_threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn parse_threads(raw: &str) -> Result<usize, String> {
    match raw.parse() {
        Ok(threads @ 1..=512) => Ok(threads),
        _ => Err("give a number from 1 to 512".into()),
    }
}

impl InputArguments {
    /// A reader over the files, and how many bytes they have together where that is known. The coder lends it the words for days.
    pub fn reader(&self, coder: &Arc<Coder>) -> (Reader, Option<u64>) {
        let inputs: Vec<Input> = self.files.iter().map(|file| Input::from_argument(file)).collect();
        let size = inputs.iter().map(Input::size).sum();
        (Reader::new(inputs, self.options(coder)), size)
    }

    /// What is to be read.
    pub fn files(&self) -> &[PathBuf] {
        &self.files
    }

    /// How it is read.
    pub fn options(&self, coder: &Arc<Coder>) -> Options {
        Options {
            format: self.from.map(|from| match from {
                From::Txt => Format::Text,
                From::Html => Format::Html,
                From::Jsonl => Format::JsonLines,
                From::Csv => Format::Csv,
                From::Warc => Format::Warc,
            }),
            published: self.published,
            outlet: self.outlet.clone(),
            limit: (self.max_size as usize) << 20,
            languages: languages(self.languages.as_deref()),
            days: Some(days(coder)),
            ..Options::default()
        }
    }

    /// What results depend on, beside what is read and the packs.
    pub fn settings(&self) -> impl std::fmt::Debug {
        (self.from, self.published, self.outlet.clone(), self.max_size)
    }
}

/// Who reads days that pages tell in words.
pub(crate) fn days(coder: &Arc<Coder>) -> DayReader {
    let coder = Arc::clone(coder);
    DayReader::new(move |line| coder.written_day(line))
}

/// The languages that the packs of a folder, or those built in, can code.
pub(crate) fn languages(folder: Option<&Path>) -> Vec<String> {
    folder.map_or_else(|| vec!["ar".into()], packs)
}

/// The codes of the languages that a folder has packs of: the names of its folders.
fn packs(folder: &Path) -> Vec<String> {
    let folders = std::fs::read_dir(folder).into_iter().flatten().flatten().filter(|entry| entry.path().is_dir());
    folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}
