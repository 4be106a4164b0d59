//! `marsad language`: the linguist's commands.

use clap::{Args, Subcommand};
use marsad_codebook::{Level, check_pack};
use std::io::{self, Write};
use std::path::PathBuf;

/// Work on a language pack.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check a pack: read it, run every example in it, and say with file, line and column what is wrong.
    #[command(after_long_help = "\
Example:
  marsad language check languages/ar

Told are entries that are malformed, ambiguous, shadowed by another rule, never used by an example, and
examples that fail, one on each line: file:line:column: error, warning or note: what is the matter.
Exit code 0: no errors (there may be warnings and notes). 1: errors.")]
    Check {
        /// Leave warnings and notes out.
        #[arg(long)]
        errors: bool,
        /// Folder of the pack.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}

/// Runs the command; a pack with errors is a failure.
pub(crate) fn run(arguments: &Arguments) -> io::Result<usize> {
    let Command::Check { errors, folder } = &arguments.command;
    let report = check_pack(folder).map_err(|e| io::Error::new(e.kind(), format!("{}: {e}", folder.display())))?;
    let mut out = io::stdout().lock();
    for finding in report.findings.iter().filter(|f| !errors || f.level == Level::Error) {
        writeln!(out, "{}", crate::paint::harmless(&format!("{}/{finding}", folder.display())))?;
    }
    writeln!(out, "{}", report.summary)?;
    match report.count(Level::Error) {
        0 => Ok(0),
        n => Err(io::Error::other(format!("{}: {n} {}", folder.display(), if n == 1 { "error" } else { "errors" }))),
    }
}
