//! The linguist's compiler: everything that is wrong with a language pack.

use crate::{examples, source, words};
use marsad_coder::Coder;
use marsad_language::Lexicon;
use marsad_places::Gazetteer;
use std::fmt;
use std::path::Path;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The pack must not be used so.
    Error,
    /// Probably not what was meant.
    Warning,
    /// Worth knowing.
    Note,
}

impl Level {
    /// Its name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        }
    }
}

/// Something about a pack, placed in its file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, relative to the pack.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in code points.
    pub column: u32,
    /// How grave it is.
    pub level: Level,
    /// What is the matter.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}: {}", self.file, self.line, self.column, self.level.name(), self.message)
    }
}

/// Everything found about a pack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The findings, by file, line and column.
    pub findings: Vec<Finding>,
    /// One line that sums up.
    pub summary: String,
}

impl Report {
    /// Number of findings of a level.
    pub fn count(&self, level: Level) -> usize {
        self.findings.iter().filter(|f| f.level == level).count()
    }
    /// Whether the pack may be used.
    pub fn is_ok(&self) -> bool {
        self.count(Level::Error) == 0
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.findings {
            writeln!(f, "{finding}")?;
        }
        f.write_str(&self.summary)
    }
}

/// Checks the pack in a folder, with the gazetteer in its folder `places`: what is malformed, ambiguous, shadowed,
/// never used by an example, or fails its examples.
///
/// # Errors
/// When the folder cannot be read; what is wrong inside its files is in the [`Report`].
pub fn check_pack(folder: &Path) -> std::io::Result<Report> {
    let compiled = marsad_language::compile(folder)?;
    let sources = source::read(folder)?;
    let mut findings: Vec<Finding> = compiled
        .problems
        .into_iter()
        .map(|p| Finding {
            file: p.file,
            line: p.line,
            column: p.column,
            level: if p.fatal { Level::Error } else { Level::Warning },
            message: p.message,
        })
        .collect();
    findings.extend(words::check(&sources, &compiled.pack.article));
    findings.extend(words::shared_forms(&sources, &compiled.pack));
    let gazetteer = gazetteer(&folder.join("places"), &mut findings)?;
    let (forms, frames, actors) = (compiled.pack.forms.len(), compiled.pack.frames.len(), compiled.pack.actors.len());
    let places = gazetteer.len();
    let lexicon = Lexicon::new(compiled.pack.clone());
    let coder = Coder::new(compiled.pack, gazetteer);
    let known = match std::fs::read_to_string(folder.join(examples::KNOWN)) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => String::new(),
        read => read?,
    };
    let tally = examples::check(&sources, &known, &mut coder.session(), &mut findings);
    findings.extend(examples::coverage(&sources, &lexicon));
    findings.sort();
    findings.dedup();
    let mut report = Report { findings, summary: String::new() };
    report.summary = format!(
        "{}: {forms} forms, {frames} frames, {actors} actors, {places} places; {} examples, {} failing; {} errors, {} warnings, {} notes",
        folder.display(),
        tally.run,
        tally.failing,
        report.count(Level::Error),
        report.count(Level::Warning),
        report.count(Level::Note)
    );
    Ok(report)
}

/// The gazetteer of a pack, empty where it has none.
fn gazetteer(folder: &Path, findings: &mut Vec<Finding>) -> std::io::Result<Gazetteer> {
    if !folder.is_dir() {
        return Ok(Gazetteer::empty());
    }
    let (block, problems) = marsad_places::build_folder(folder)?;
    for problem in problems {
        // `file: line 5: reason`
        let parts = problem.split_once(": line ").and_then(|(file, rest)| Some((file, rest.split_once(": ")?)));
        let (file, line, message) = match parts {
            Some((file, (line, reason))) => (format!("places/{file}"), line.parse().unwrap_or(1), reason.to_owned()),
            None => ("places".to_owned(), 1, problem),
        };
        findings.push(Finding { file, line, column: 1, level: Level::Error, message });
    }
    Ok(Gazetteer::new(block).unwrap_or_else(|_| Gazetteer::empty()))
}
