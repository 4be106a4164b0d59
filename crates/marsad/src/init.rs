//! `marsad init`: a folder becomes an observatory.

use crate::{report, store};
use clap::Args;
use marsad_store::Store;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Make a folder an observatory: a store for documents, events and links, and a list of feeds to fill in.
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
    feeds(&folder.path().join(marsad_watch::FILE))?;
    report::line(&format!("{}: an observatory; `marsad ingest SOURCE… --store {0}` fills it", folder.path().display()));
    Ok(0)
}

/// Writes the list of feeds with its examples, unless there is one.
fn feeds(path: &Path) -> io::Result<()> {
    let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: cannot be written ({error})", path.display()));
    match File::options().write(true).create_new(true).open(path) {
        Ok(mut file) => file.write_all(marsad_watch::EXAMPLE.as_bytes()).map_err(named),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(named(error)),
    }
}
