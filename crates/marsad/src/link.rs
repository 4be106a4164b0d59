//! `marsad link`: one line of JSON per incident.

use crate::linking::link_store;
use crate::output::Output;
use crate::report;
use crate::store::StoreArguments;
use clap::Args;
use marsad_link::{Known, Line, Model, link_each, read_line};
use marsad_model::{Coded, Incident};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::PathBuf;

/// A line longer than this is not read (bytes).
const LONGEST: u64 = 256 << 20;

/// Link coded reports: one JSON object per incident, with all that the reports say of it.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  marsad code reports/*.html -o coded.jsonl && marsad link coded.jsonl
  marsad code - < articles.jsonl | marsad link - -o incidents.jsonl
  marsad link --store observatory
      what came into an observatory since the last time, and what that changes
  marsad link --store observatory --anew
      everything in it; the incidents are the same
  marsad link monday.jsonl tuesday.jsonl | jq -r '[.when.start, .where.name, .action, .voices] | @tsv'

An incident has the ids of its events and documents, and for every field what most reports say. Tolls are
low, best and high, with each report's figure. \"voices\" counts copies of one text once (in an observatory
also near copies, and what people decided is heeded), \"disagreements\"
lists what reports tell differently, \"because\" shows which events were compared and how alike they are.
Only events of scope \"incident\" that are told as having happened make incidents; background events that
retell one are in \"retold_by\" and count nowhere.

The order of files and lines changes nothing. A line that is no record of `marsad code` is told with file,
line and reason, the rest is linked, and the exit code is 2.")]
pub(crate) struct Arguments {
    /// What `marsad code` printed; `-` is standard input. An observatory (--store) is linked instead.
    #[arg(value_name = "CODED.jsonl", required_unless_present = "store", conflicts_with = "store")]
    files: Vec<PathBuf>,

    #[command(flatten)]
    store: StoreArguments,

    /// Link everything in the observatory anew, not only what changed.
    #[arg(long, conflicts_with = "files")]
    anew: bool,

    /// Write to a file, which appears only when it is whole.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Runs the command; gives the number of problems told.
pub(crate) fn run(arguments: &Arguments) -> io::Result<usize> {
    if arguments.files.is_empty() { of_store(arguments) } else { of_files(arguments) }
}

/// Links an observatory; its incidents are printed only where a file is named for them.
fn of_store(arguments: &Arguments) -> io::Result<usize> {
    let mut open = arguments.store.open()?;
    let done = link_store(&mut open, arguments.anew)?;
    let count = open.run(async |store| store.count_incidents().await)?;
    let what = if done.anew { "linked anew" } else { "new or gone" };
    report::line(&format!("{} documents {what}, {} incidents written; there are {count} incidents", done.documents, done.incidents));
    if arguments.output.is_some() {
        let mut output = Output::open(arguments.output.as_deref())?;
        for incident in open.run(async |store| store.incidents().await)? {
            write(&mut output, &incident)?;
        }
        output.finish()?;
    }
    open.close()?;
    Ok(0)
}

fn write(output: &mut Output, incident: &Incident) -> io::Result<()> {
    serde_json::to_writer(&mut *output, incident)?;
    output.write_all(b"\n")
}

fn of_files(arguments: &Arguments) -> io::Result<usize> {
    let mut output = Output::open(arguments.output.as_deref())?;
    let mut documents = Vec::new();
    let mut problems = 0;
    for file in &arguments.files {
        let name = if file.as_os_str() == "-" { "standard input".into() } else { file.display().to_string() };
        let mut tell = |line: Option<u64>, reason: &str| {
            problems += 1;
            report::line(&line.map_or_else(|| format!("{name}: {reason}"), |line| format!("{name}:{line}: {reason}")));
        };
        if file.as_os_str() == "-" {
            read(io::stdin().lock(), &mut documents, &mut tell);
        } else {
            match File::open(file) {
                Ok(opened) => read(BufReader::with_capacity(1 << 16, opened), &mut documents, &mut tell),
                Err(error) => tell(None, &format!("cannot be read ({error})")),
            }
        }
    }
    let mut written = Ok(());
    let clashing = link_each(&documents, &Model::fitted(), &Known::default(), |incident| {
        if written.is_ok() {
            written = write(&mut output, &incident);
        }
    });
    written?;
    for id in &clashing {
        problems += 1;
        report::line(&format!("document {id:?}: given with two different texts; only one of them is linked"));
    }
    output.finish()?;
    Ok(problems)
}

/// Reads the records of one input; what is wrong is told, and the rest goes on.
fn read(mut input: impl BufRead, documents: &mut Vec<Coded>, tell: &mut dyn FnMut(Option<u64>, &str)) {
    let mut bytes = Vec::new();
    for number in 1.. {
        bytes.clear();
        match input.by_ref().take(LONGEST).read_until(b'\n', &mut bytes) {
            Ok(0) => return,
            Ok(_) => {}
            Err(error) => return tell(Some(number), &format!("cannot be read further ({error})")),
        }
        if bytes.len() as u64 == LONGEST && bytes.last() != Some(&b'\n') {
            return tell(Some(number), "this line is longer than 256 MiB; the rest of the file is left out");
        }
        let line = if number == 1 { bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes) } else { &bytes };
        match read_line(line) {
            Line::Coded(coded) => documents.push(*coded),
            Line::Empty => {}
            Line::Bad(reason) => tell(Some(number), &reason),
        }
    }
}
