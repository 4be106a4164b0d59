//! `marsad batch`: archives in, partitioned Parquet out, resumable file by file.

mod inputs;
mod manifest;
mod parts;

use crate::code::complete;
use crate::input::InputArguments;
use crate::report::{self, Report};
use crate::{engine, pipeline};
use clap::Args;
use inputs::Source;
use manifest::{Done, Manifest};
use marsad_coder::Coder;
use marsad_ingest::{Entry, Options, Reader};
use marsad_model::{Document, Level};
use parts::{Parts, Row, sweep};
use sha2::{Digest, Sha256};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::sync_channel;

/// Rows that are written together: so many …
const ROWS: usize = 1024;
/// … or so many bytes of text.
const BYTES: usize = 8 << 20;
/// So many problems of an input are told one by one.
const TOLD: usize = 20;
/// The folder in which files stand until they are whole.
const UNFINISHED: &str = "_unfinished";

/// Code archives: Parquet files out of each input.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  marsad batch archive/*.parquet -o coded
  marsad batch crawl-*.warc.gz -o coded --by-month
      partitioned by month of publication, as Spark, DuckDB and pandas read it
  marsad batch archive/ -o coded
      again after a kill: only what was not finished is done

Each input gives Parquet files of its own, with a row for each document: id, url, outlet, title, published,
language, sha256, chars, events (a list of structs) and diagnostics. They appear when all of them are whole.
manifest.jsonl in the folder tells of each input that is done its hash and those of its files; what has
changed since is done anew. Memory does not grow with inputs. Ids that are given twice are not looked for.

A document that cannot be read has a row with the reason in \"diagnostics\", is told with file and line, and
the exit code is 2; the others are coded all the same. What is only odd, such as another language, stands in
\"diagnostics\" alone. An input of which nothing can be read leaves no file, and is tried again next time.")]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: InputArguments,

    /// The folder to write to; made if it is not there.
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,

    /// A folder of files for each month of publication.
    #[arg(long)]
    by_month: bool,

    /// A file ends at about so many MiB, and another one begins.
    #[arg(long, value_name = "MIB", default_value_t = 256, value_parser = clap::value_parser!(u32).range(1..=65536))]
    part_size: u32,

    /// Forget what was done before, and begin again.
    #[arg(long)]
    anew: bool,
}

/// Runs the command; gives the number of problems told.
pub(crate) fn run(arguments: &Arguments) -> io::Result<usize> {
    let coder = Arc::new(engine::load(arguments.input.languages.as_deref())?);
    fs::create_dir_all(&arguments.output).map_err(|error| named(&arguments.output, "it cannot be made", &error))?;
    let _lock = lock(&arguments.output)?;
    let settings = settings(arguments)?;
    let manifest = manifest(arguments, &settings)?;
    let sources = inputs::list(arguments.input.files())?;
    let total = sources.iter().map(Source::size).sum();
    let report = Report::new(Arc::default(), total, true);
    let mut batch = Batch { arguments, coder, settings, manifest, report, passed: 0, documents: 0, odd: 0, events: 0, kept: 0, made: 0 };
    for source in sources {
        batch.source(source)?;
    }
    let Batch { report, documents, odd, events, kept, made, .. } = batch;
    let problems = report.finish();
    let before = if kept > 0 { format!("; {kept} were done before") } else { String::new() };
    let odd = if odd > 0 { format!(" ({odd} with a note in “diagnostics”)") } else { String::new() };
    report::line(&format!("{made} inputs coded, {documents} documents{odd}, {events} events{before}"));
    Ok(problems)
}

/// Keeps others from writing to the folder, as long as it is held.
fn lock(folder: &Path) -> io::Result<File> {
    let path = folder.join("_lock");
    let file = File::create(&path).map_err(|error| named(&path, "it cannot be written", &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            Err(io::Error::other(format!("{}: another run writes to it; wait for it, or give another folder", folder.display())))
        }
        Err(TryLockError::Error(error)) => Err(named(&path, "it cannot be locked", &error)),
    }
}

/// A hash of what the output depends on beside the inputs and the version.
fn settings(arguments: &Arguments) -> io::Result<String> {
    let mut sum = Sha256::new();
    sum.update(format!("{:?} {} {}", arguments.input.settings(), arguments.by_month, arguments.part_size));
    let mut files = arguments.input.languages.as_deref().map_or_else(|| Ok(Vec::new()), inputs::all_files)?;
    files.extend(engine::user_places().filter(|path| path.is_file()));
    for file in files {
        sum.update(manifest::hash(&file).map_err(|error| named(&file, "it cannot be read", &error))?.0);
    }
    Ok(manifest::hex(&sum.finalize()[..8]))
}

/// What was done before, if it was done with this version and these settings.
fn manifest(arguments: &Arguments, settings: &str) -> io::Result<Manifest> {
    let folder = &arguments.output;
    if arguments.anew {
        let before = Manifest::open(folder);
        for done in before.iter().flat_map(|before| before.lines()) {
            sweep(folder, &stem(&done.input, &done.sha256))?;
        }
        let path = folder.join(manifest::NAME);
        if path.exists() {
            fs::remove_file(path)?;
        }
    }
    let manifest = Manifest::open(folder)?;
    let other = manifest.lines().iter().find(|done| done.settings != settings || done.marsad != env!("CARGO_PKG_VERSION"));
    other.map_or(Ok(()), |done| {
        let how = if done.settings == settings { format!("version {}", done.marsad) } else { "other settings".into() };
        let what = "give another folder, or --anew to begin again";
        Err(io::Error::other(format!("{}: its files were made with {how}; {what}", folder.display())))
    })?;
    Ok(manifest)
}

/// What the names of an input's files begin with.
fn stem(input: &str, sha256: &str) -> String {
    let fit = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '_' };
    let name: String = manifest::base(input).chars().map(fit).take(60).collect();
    format!("{}-{}", name.trim_start_matches(['.', '_']), sha256.get(..12).unwrap_or(sha256))
}

fn named(path: &Path, what: &str, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {what} ({error})", path.display()))
}

/// A run over all inputs.
struct Batch<'a> {
    arguments: &'a Arguments,
    coder: Arc<Coder>,
    settings: String,
    manifest: Manifest,
    report: Report,
    /// Bytes of the inputs that are behind.
    passed: u64,
    documents: u64,
    /// Documents of which there is something to tell.
    odd: u64,
    events: u64,
    /// Inputs that were done before.
    kept: usize,
    /// Inputs that were done now.
    made: usize,
}

impl Batch<'_> {
    fn source(&mut self, source: Source) -> io::Result<()> {
        let size = source.size().unwrap_or(0);
        let hash = match source.hash() {
            Ok(hash) => hash,
            Err(error) => {
                self.report.problem(&source.name(), &error.to_string());
                return Ok(());
            }
        };
        if let Some((sha256, _)) = &hash
            && self.is_done(&source.name(), sha256)?
        {
            self.kept += 1;
        } else {
            self.code(source, hash)?;
        }
        self.passed += size;
        self.report.follow(Arc::default(), self.passed);
        Ok(())
    }

    /// Whether an input was done before, or is one that was. What was done with its name and is no more so is taken back.
    fn is_done(&mut self, name: &str, sha256: &str) -> io::Result<bool> {
        let folder = &self.arguments.output;
        if let Some(done) = self.manifest.of(name, sha256)
            && done.is_whole(folder)
        {
            if done.problems > 0 {
                let problems = usize::try_from(done.problems).unwrap_or(usize::MAX);
                self.report.problems += problems;
                self.report.note(name, &format!("{problems} problems were told when it was coded; see “diagnostics” in its files"));
            }
            return Ok(true);
        }
        for done in self.manifest.remove(|done| done.input == name)? {
            sweep(folder, &stem(&done.input, &done.sha256))?;
        }
        Ok(false)
    }

    /// Codes one input.
    fn code(&mut self, source: Source, hash: Option<(String, u64)>) -> io::Result<()> {
        let (arguments, folder) = (self.arguments, &self.arguments.output);
        let mut done = Done::of(&source.name(), &self.settings);
        let mut parts = Parts::begin(&folder.join(UNFINISHED), arguments.by_month, (arguments.part_size as usize) << 20)?;
        let (input, stream) = source.open()?;
        let options = Options { repeats: true, ..arguments.input.options(&self.coder) };
        let reader = Reader::new([input], options);
        self.report.follow(reader.bytes_read(), self.passed);
        let before = self.report.problems;
        let (coder, report) = (&self.coder, &mut self.report);
        let bad = |report: &mut Report, entry: &Entry, message: &str| match report.problems - before {
            0..TOLD => report.problem(&entry.place(), message),
            _ => report.problems += 1,
        };
        let (mut read, mut odd) = (0_u64, 0_u64);
        let parts = std::thread::scope(|scope| -> io::Result<Parts> {
            let (sender, batches) = sync_channel::<Vec<Row>>(1);
            let writing = std::thread::Builder::new().name("marsad-writer".into()).spawn_scoped(scope, move || {
                batches.iter().try_for_each(|rows| parts.write(&rows))?;
                parts.close_all()?;
                Ok::<Parts, io::Error>(parts)
            })?;
            let worker = || {
                let mut session = coder.session();
                move |_: usize, entry: &Entry, document: &Document| {
                    let mut coded = session.code(document);
                    complete(&mut coded, entry);
                    coded
                }
            };
            let (mut rows, mut weight) = (Vec::new(), 0);
            let coded = pipeline::run(reader, arguments.input.threads, worker, |entry, result| {
                weight += entry.weight();
                let row = match result {
                    Ok(coded) => {
                        coded.diagnostics.iter().filter(|one| one.level == Level::Error).for_each(|one| bad(report, entry, &one.message));
                        read += 1;
                        odd += u64::from(!coded.diagnostics.is_empty());
                        done.events += coded.events.len() as u64;
                        Ok(coded)
                    }
                    Err(error) => {
                        bad(report, entry, &error.error);
                        Err(error)
                    }
                };
                done.rows += 1;
                rows.push(row);
                report.advance();
                if rows.len() >= ROWS || weight >= BYTES {
                    weight = 0;
                    // A writer that is gone tells why when it is joined.
                    sender.send(std::mem::take(&mut rows)).map_err(|_| io::ErrorKind::Interrupted.into())
                } else {
                    Ok(())
                }
            });
            if coded.is_ok() && !rows.is_empty() {
                let _ = sender.send(rows);
            }
            drop(sender);
            let written = writing.join().unwrap_or_else(|_| Err(io::Error::other("writing broke off; please report this with the input")));
            let parts = written.map_err(|error| named(folder, "it cannot be written to", &error))?;
            coded.map(|()| parts)
        })?;
        if self.report.problems - before > TOLD {
            let more = self.report.problems - before - TOLD;
            self.report.note(&done.input, &format!("{more} problems more; all of them stand in “diagnostics”"));
        }
        if read == 0 && done.rows > 0 {
            return Ok(());
        }
        (done.sha256, done.bytes) = hash.unwrap_or_else(|| stream.told());
        done.problems = (self.report.problems - before) as u64;
        done.outputs = parts.publish(folder, &stem(&done.input, &done.sha256))?;
        self.documents += read;
        self.odd += odd;
        self.events += done.events;
        self.made += 1;
        let stale = (done.input.clone(), done.sha256.clone());
        self.manifest.remove(|old| old.sha256 == stale.1 && manifest::base(&old.input) == manifest::base(&stale.0))?;
        self.manifest.add(done)
    }
}
