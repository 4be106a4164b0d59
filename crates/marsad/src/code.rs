//! `marsad code`: one line of JSON per document.

use crate::input::InputArguments;
use crate::output::Output;
use crate::paint::{ColorChoice, Paint};
use crate::report::Report;
use crate::{card, engine, pipeline};
use clap::Args;
use marsad_ingest::Entry;
use marsad_model::{Coded, Diagnostic, Document, Level, Unreadable};
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;

/// Code reports: one JSON object per document, in input order.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  marsad code report.txt --published 2023-08-14 --outlet \"وكالة الضفاف\"
  marsad code reports/*.html articles.jsonl -o events.jsonl
  marsad code --from jsonl - < articles.jsonl | jq -r '.events[]? | [.when.start, .action] | @tsv'

A document that cannot be read has a line with \"error\", \"file\" and \"line\" in its place, and the exit
code is 2; the others are coded all the same. `marsad schema` describes every field.")]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: InputArguments,

    /// Write to a file, which appears only when it is whole.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Print cards for people instead of JSON.
    #[arg(long)]
    pretty: bool,

    /// Colours in cards.
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    color: ColorChoice,
}

/// Runs the command; gives the number of problems told.
pub(crate) fn run(arguments: &Arguments) -> io::Result<usize> {
    let coder = Arc::new(engine::load(arguments.input.languages.as_deref())?);
    let (reader, size) = arguments.input.reader(&coder);
    let mut output = Output::open(arguments.output.as_deref())?;
    let to_file = arguments.output.is_some();
    let paint = Paint::new(arguments.color, to_file);
    let mut report = Report::new(reader.bytes_read(), size, to_file || !io::stdout().is_terminal());
    let worker = || {
        let mut session = coder.session();
        move |_: usize, entry: &Entry, document: &Document| {
            let mut coded = session.code(document);
            let told = complete(&mut coded, entry);
            let text = if arguments.pretty { card::document(&coded, &paint) } else { json_line(&coded) };
            (text, told)
        }
    };
    pipeline::run(reader, arguments.input.threads, worker, |entry, result| {
        let text = match result {
            Ok((text, told)) => {
                tell(&mut report, entry, &told);
                text
            }
            Err(error) => {
                report.problem(&entry.place(), &error.error);
                if arguments.pretty { card::unreadable(&error, &paint) } else { json_line(&error) }
            }
        };
        report.advance();
        output.write_all(text.as_bytes())
    })?;
    output.finish()?;
    Ok(report.finish())
}

/// Adds what reading found odd to what the coder says, and gives the coder's part.
pub(crate) fn complete(coded: &mut Coded, entry: &Entry) -> Vec<Diagnostic> {
    let told = coded.diagnostics.clone();
    coded.diagnostics.splice(..0, entry.diagnostics.iter().cloned());
    told
}

/// Tells what is odd about a document that was coded.
pub(crate) fn tell(report: &mut Report, entry: &Entry, of_coder: &[Diagnostic]) {
    for diagnostic in &entry.diagnostics {
        report.problem(&entry.place(), &diagnostic.message);
    }
    for diagnostic in of_coder {
        match diagnostic.level {
            Level::Error => report.problem(&entry.place(), &diagnostic.message),
            Level::Warning => report.note(&entry.place(), &diagnostic.message),
            Level::Note => {}
        }
    }
}

/// One line of JSON. The types of records cannot fail to be written.
fn json_line(value: &impl serde::Serialize) -> String {
    let written = serde_json::to_string(value).map_err(|error| Unreadable {
        record: marsad_model::RECORD.into(),
        error: error.to_string(),
        file: String::new(),
        line: None,
    });
    let mut line = written.unwrap_or_else(|error| serde_json::to_string(&error).unwrap_or_default());
    line.push('\n');
    line
}
