//! `marsad explain`: events with the rule and the words behind every value.

use crate::code::{complete, tell};
use crate::input::InputArguments;
use crate::output::Output;
use crate::paint::{ColorChoice, Paint};
use crate::report::Report;
use crate::{card, engine, pipeline};
use clap::Args;
use marsad_ingest::Entry;
use marsad_model::Document;
use marsad_page::page;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;

/// Show the events of reports with the rule and the words behind every value.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  marsad explain report.txt --published 2023-08-14
      the report with its coded words in colour, then a card for every event
  marsad explain report.txt --published 2023-08-14 --html explained.html
      one page without scripts or references to elsewhere, that can be mailed
  marsad explain articles.jsonl --color always | less -R

Under every value stand the rules that made it (←), and the words they used. The rules are those of the
language pack; `grep -r 'the id' languages/` finds one.")]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: InputArguments,

    /// Write one self-contained page instead.
    #[arg(long, value_name = "FILE", conflicts_with = "output")]
    html: Option<PathBuf>,

    /// Write to a file, which appears only when it is whole.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Colours in the terminal.
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    color: ColorChoice,
}

/// Runs the command; gives the number of problems told.
pub(crate) fn run(arguments: &Arguments) -> io::Result<usize> {
    let coder = Arc::new(engine::load(arguments.input.languages.as_deref())?);
    let (reader, size) = arguments.input.reader(&coder);
    let to = arguments.html.as_deref().or(arguments.output.as_deref());
    let as_page = arguments.html.is_some();
    let mut output = Output::open(to)?;
    let paint = Paint::new(arguments.color, to.is_some());
    let mut report = Report::new(reader.bytes_read(), size, to.is_some() || !io::stdout().is_terminal());
    let worker = || {
        let mut session = coder.session();
        move |number: usize, entry: &Entry, document: &Document| {
            let (mut coded, reasons) = session.explain(document);
            let told = complete(&mut coded, entry);
            let text = if as_page {
                page::section(&coded, &document.text, &reasons, number)
            } else {
                card::explained(&coded, &document.text, &reasons, &paint)
            };
            (text, told)
        }
    };
    if as_page {
        output.write_all(page::top().as_bytes())?;
    }
    pipeline::run(reader, arguments.input.threads, worker, |entry, result| {
        let text = match result {
            Ok((text, told)) => {
                tell(&mut report, entry, &told);
                text
            }
            Err(error) => {
                report.problem(&entry.place(), &error.error);
                if as_page { page::unreadable(&error) } else { card::unreadable(&error, &paint) }
            }
        };
        report.advance();
        output.write_all(text.as_bytes())
    })?;
    if as_page {
        output.write_all(page::BOTTOM.as_bytes())?;
    }
    output.finish()?;
    Ok(report.finish())
}
