//! The command line of Marsad: reads Arabic news reports of armed conflict and codes every event.
//!
//! Thin: reading is in `marsad-ingest`, coding in `marsad-coder`. What is here is how a run goes
//! (one file per command, and the pipeline they share) and how results are shown to people.

mod arrival;
mod backup;
mod batch;
mod card;
mod check;
mod cli;
mod code;
mod decide;
mod engine;
mod explain;
mod export;
mod filters;
mod ingest;
mod init;
mod input;
mod language;
mod link;
mod linking;
mod output;
mod paint;
mod pipeline;
mod places;
mod query;
mod report;
mod schema;
mod serve;
#[cfg(test)]
#[path = "../../marsad-page/src/specimen.rs"]
mod specimen;
mod stats;
mod store;
mod stored;
mod user;
mod watch;
mod writer;

use clap::Parser;
use mimalloc::MiMalloc;
use std::io::ErrorKind;
use std::process::ExitCode;

/// Threads that grow their memory bit by bit, as those of the store do, cost less with it than with the C library's.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Exit code when nothing could be done at all.
const FAILED: u8 = 1;
/// Exit code when something was coded, and some inputs need a look.
const LOOK: u8 = 2;

fn main() -> ExitCode {
    marsad_panics::install();
    let cli = cli::Cli::parse();
    engine::set_places(cli.places);
    let done = match cli.command {
        cli::Command::Code(arguments) => code::run(&arguments),
        cli::Command::Explain(arguments) => explain::run(&arguments),
        cli::Command::Batch(arguments) => batch::run(&arguments),
        cli::Command::Link(arguments) => link::run(&arguments),
        cli::Command::Init(arguments) => init::run(&arguments),
        cli::Command::Ingest(arguments) => ingest::run(&arguments),
        cli::Command::Watch(arguments) => watch::run(&arguments),
        cli::Command::Decide(arguments) => decide::run(&arguments),
        cli::Command::Export(arguments) => export::run(&arguments),
        cli::Command::Query(arguments) => query::run(&arguments),
        cli::Command::Stats(arguments) => stats::run(&arguments),
        cli::Command::Backup(arguments) => backup::backup(&arguments),
        cli::Command::Restore(arguments) => backup::restore(&arguments),
        cli::Command::Serve(arguments) => serve::run(&arguments),
        cli::Command::User(arguments) => user::run(&arguments),
        cli::Command::Check(arguments) => check::run(&arguments),
        cli::Command::Schema(arguments) => schema::run(&arguments),
        cli::Command::Places(arguments) => places::run(&arguments),
        cli::Command::Language(arguments) => language::run(&arguments),
    };
    match done.map(|problems| problems + engine::problems()) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(problems) => {
            report::line(&format!("marsad: {problems} {} above; see there", if problems == 1 { "problem" } else { "problems" }));
            ExitCode::from(LOOK)
        }
        // Whoever read the output has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            report::line(&format!("marsad: {error}"));
            ExitCode::from(FAILED)
        }
    }
}
