//! `marsad init`: a folder becomes an observatory.

use crate::{report, store};
use clap::Args;
use marsad_store::Store;
use std::io;
use std::path::PathBuf;

/// Make a folder an observatory: a store for documents, events and links.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  marsad init observatory
      one file, observatory/marsad.db (SQLite)
  marsad init observatory --database postgres://marsad@localhost/marsad
      a database of PostgreSQL, for many at a time")]
pub(crate) struct Arguments {
    /// The folder; it is made where it does not exist.
    #[arg(value_name = "DIR")]
    folder: PathBuf,

    /// A database of PostgreSQL (postgres://USER:PASSWORD@HOST/NAME) instead of a file in the folder.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
}

/// Runs the command; gives the number of problems told.
pub(crate) fn run(arguments: &Arguments) -> io::Result<usize> {
    let runtime = store::runtime()?;
    let made = runtime.block_on(async {
        let (folder, store) = Store::init(&arguments.folder, arguments.database.as_deref()).await?;
        store.close().await?;
        Ok::<_, marsad_store::Error>(folder)
    });
    let folder = made.map_err(io::Error::other)?;
    report::line(&format!("{}: an observatory; `marsad ingest SOURCE… --store {0}` fills it", folder.path().display()));
    Ok(0)
}
