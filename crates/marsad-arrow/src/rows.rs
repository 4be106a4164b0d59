//! Coded documents to rows and back.

use crate::Error;
use crate::events::{days, events, lists, maybe_strings, numbers, rare, string_lists};
use crate::schema::shared_schema;
use arrow_array::RecordBatch;
use arrow_array::cast::AsArray;
use arrow_schema::DataType;
use marsad_ingest::Fields;
use marsad_link::{Line, read_line};
use marsad_model::{Coded, Diagnostic, DocumentHead, Event, Level, RECORD, RareWord, Unreadable};
use serde::Deserialize;
use std::sync::Arc;

/// A row that could not be coded, and why.
pub(crate) struct Failed<'f> {
    pub fields: Fields<'f>,
    pub reason: String,
}

/// A word that few reports have (see [`RareWord`]).
#[derive(Deserialize)]
struct Rare {
    word: u32,
    at: u32,
    rarity: u8,
}

/// A row as it is written.
#[derive(Default)]
pub(crate) struct Row<'a> {
    id: Option<&'a str>,
    url: Option<&'a str>,
    outlet: Option<&'a str>,
    title: Option<&'a str>,
    published: Option<&'a str>,
    language: Option<&'a str>,
    sha256: Option<&'a str>,
    chars: Option<usize>,
    events: &'a [Event],
    rare: &'a [RareWord],
    diagnostics: Vec<String>,
    of: Option<&'a Coded>,
}

impl<'a> Row<'a> {
    pub fn coded(coded: &'a Coded) -> Self {
        let head = &coded.document;
        Self {
            id: Some(&head.id),
            url: head.url.as_deref(),
            outlet: head.outlet.as_deref(),
            title: head.title.as_deref(),
            published: head.published.as_deref(),
            language: head.language.as_deref(),
            sha256: Some(&head.sha256),
            chars: Some(head.chars),
            events: &coded.events,
            rare: &coded.rare,
            diagnostics: coded.diagnostics.iter().map(told).collect(),
            of: Some(coded),
        }
    }

    fn unread(unread: &Unreadable) -> Self {
        let place = unread.line.map_or_else(|| unread.file.clone(), |line| format!("{}:{line}", unread.file));
        let message = format!("{place}: {}", unread.error);
        Self { diagnostics: vec![told(&Diagnostic { level: Level::Error, message })], ..Self::default() }
    }

    /// The date of such a row is not repeated, since it may be none.
    pub fn failed(failed: &'a Failed<'_>) -> Self {
        let Fields { id, url, outlet, title, language, .. } = failed.fields;
        let diagnostics = vec![told(&Diagnostic { level: Level::Error, message: failed.reason.clone() })];
        Self { id, url, outlet, title, language, diagnostics, ..Self::default() }
    }
}

/// What a diagnostic of each level begins with.
const LEVELS: [(Level, &str); 3] = [(Level::Note, "note: "), (Level::Warning, "warning: "), (Level::Error, "error: ")];

fn told(diagnostic: &Diagnostic) -> String {
    let level = LEVELS.iter().find(|(level, _)| *level == diagnostic.level).map_or("", |(_, name)| name);
    format!("{level}{}", diagnostic.message)
}

fn heard(told: &str) -> Diagnostic {
    let level = LEVELS.iter().find_map(|(level, name)| Some((*level, told.strip_prefix(name)?)));
    let (level, message) = level.unwrap_or((Level::Note, told));
    Diagnostic { level, message: message.into() }
}

/// Rows as a batch of the schema [`crate::coded_schema`].
pub(crate) fn rows_batch<'a>(rows: impl Iterator<Item = Row<'a>>, record: bool) -> Result<RecordBatch, Error> {
    let rows: Vec<Row<'a>> = rows.collect();
    let schema = shared_schema(record);
    let kind = |name: &str| schema.field_with_name(name).map_or(&DataType::Null, |field| field.data_type());
    let chars = |row: &Row| row.chars.and_then(|chars| i64::try_from(chars).ok());
    let mut columns = vec![
        maybe_strings(rows.iter().map(|row| row.id))?,
        maybe_strings(rows.iter().map(|row| row.url))?,
        maybe_strings(rows.iter().map(|row| row.outlet))?,
        maybe_strings(rows.iter().map(|row| row.title))?,
        days(rows.iter().map(|row| row.published))?,
        maybe_strings(rows.iter().map(|row| row.language))?,
        maybe_strings(rows.iter().map(|row| row.sha256))?,
        numbers(rows.iter().map(chars))?,
        lists(kind("events"), rows.iter().map(|row| row.events), events)?,
        lists(kind("rare"), rows.iter().map(|row| row.rare), rare)?,
        string_lists(kind("diagnostics"), rows.iter().map(|row| row.diagnostics.as_slice()))?,
    ];
    if record {
        let line = |coded: &Coded| serde_json::to_string(coded).map_err(|error| Error::column("record", error.to_string()));
        let lines: Vec<Option<String>> = rows.iter().map(|row| row.of.map(line).transpose()).collect::<Result<_, Error>>()?;
        columns.push(maybe_strings(lines.iter().map(Option::as_deref))?);
    }
    RecordBatch::try_new(Arc::clone(&schema), columns).map_err(|error| Error::Batch(error.to_string()))
}

/// What serde_arrow says, without its trace.
pub(crate) fn plain(error: &serde_arrow::Error) -> String {
    error.message().to_owned()
}

/// Coded documents as a batch of the schema [`crate::coded_schema`].
///
/// # Errors
///
/// What does not fit into one batch.
pub fn coded_batch(coded: &[Coded], record: bool) -> Result<RecordBatch, Error> {
    rows_batch(coded.iter().map(Row::coded), record)
}

/// Coded documents, and what stands in the places of those that could not be read, as a batch of the schema [`crate::coded_schema`]. The
/// latter have no id, and their place and reason in `diagnostics`.
///
/// # Errors
///
/// What does not fit into one batch.
pub fn results_batch<'a>(results: impl Iterator<Item = Result<&'a Coded, &'a Unreadable>>) -> Result<RecordBatch, Error> {
    rows_batch(results.map(|result| result.map_or_else(Row::unread, Row::coded)), false)
}

/// A row as it is read.
#[derive(Deserialize)]
struct Stored {
    id: Option<String>,
    url: Option<String>,
    outlet: Option<String>,
    title: Option<String>,
    published: Option<String>,
    language: Option<String>,
    sha256: Option<String>,
    chars: Option<usize>,
    events: Vec<Event>,
    rare: Vec<Rare>,
    diagnostics: Vec<String>,
}

/// The coded documents of a batch that has the columns of [`crate::coded_schema`], or of one that has them as lines of `marsad code` in
/// a column `record`. Rows that could not be coded are left out.
///
/// # Errors
///
/// A column that is missing or holds something else.
pub fn coded(batch: &RecordBatch) -> Result<Vec<Coded>, Error> {
    if let Some(records) = batch.column_by_name("record") {
        return match records.data_type() {
            DataType::Utf8 => of_lines(records.as_string::<i32>().iter()),
            DataType::LargeUtf8 => of_lines(records.as_string::<i64>().iter()),
            DataType::Utf8View => of_lines(records.as_string_view().iter()),
            other => Err(Error::column("record", format!("it is of type {other}; it must hold strings, lines of `marsad code`"))),
        };
    }
    let schema = batch.schema();
    let wanted = shared_schema(false);
    let index = |name: &str| {
        schema.index_of(name).map_err(|_| Error::column(name, "there is none; link what `code_batch` gave, with all of its columns"))
    };
    let places = wanted.fields().iter().map(|field| index(field.name())).collect::<Result<Vec<_>, _>>()?;
    let batch = batch.project(&places).map_err(|error| Error::Batch(error.to_string()))?;
    let rows: Vec<Stored> = serde_arrow::from_record_batch(&batch)
        .map_err(|error| Error::Batch(format!("these are no rows that `code_batch` gave: {}", plain(&error))))?;
    Ok(rows.into_iter().filter_map(Stored::coded).collect())
}

fn of_lines<'a>(lines: impl Iterator<Item = Option<&'a str>>) -> Result<Vec<Coded>, Error> {
    let mut coded = Vec::new();
    for (row, line) in lines.enumerate() {
        match read_line(line.unwrap_or_default().as_bytes()) {
            Line::Coded(one) => coded.push(*one),
            Line::Empty => {}
            Line::Bad(reason) => return Err(Error::column("record", format!("row {}: {reason}", row + 1))),
        }
    }
    Ok(coded)
}

impl Stored {
    fn coded(self) -> Option<Coded> {
        let Self { id, url, outlet, title, published, language, sha256, chars, events, rare, diagnostics } = self;
        let document = DocumentHead { id: id?, url, outlet, title, published, language, sha256: sha256?, chars: chars? };
        let rare = rare.into_iter().map(|Rare { word, at, rarity }| RareWord(word, at, rarity)).collect();
        Some(Coded { record: RECORD.into(), document, events, rare, diagnostics: diagnostics.iter().map(|one| heard(one)).collect() })
    }
}
