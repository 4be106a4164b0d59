//! `marsad check`: whether the store is whole.

use crate::report;
use crate::store::StoreArguments;
use clap::Args;
use std::io;

/// Check that the store is whole: hashes of texts, versions, rows without their document, evidence where it says.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    store: StoreArguments,
}

/// Runs the command; gives the number of problems told.
pub(crate) fn run(arguments: &Arguments) -> io::Result<usize> {
    let mut open = arguments.store.open()?;
    let told = open.run(async |store| store.check().await)?;
    for problem in &told {
        report::line(problem);
    }
    let documents = open.run(async |store| store.ids().await)?.len();
    if told.is_empty() {
        report::line(&format!("{documents} documents, all whole"));
    }
    open.close()?;
    Ok(told.len())
}
