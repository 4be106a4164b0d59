//! `marsad backup` and `marsad restore`: one file that holds all of an observatory.

use crate::output::Output;
use crate::report;
use crate::store::{self, StoreArguments};
use clap::Args;
use marsad_store::Contents;
use std::io;
use std::path::PathBuf;

/// Save all of an observatory in one file.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  marsad backup marsad-2023-08-14.backup --store observatory
  marsad backup - | ssh archive.example 'cat > marsad.backup'
  marsad backup --without-accounts to-hand-over.backup
      for somebody who is to have the reports, but not the accounts

The file holds the observatory as it is at one moment, also while others write, and is the same whatever database it
comes from: `marsad restore` puts it into a file of SQLite or a database of PostgreSQL. It holds the texts of reports, and
the accounts with the hashes of their passwords and tokens, unless you leave these out: keep it as you keep them. Who did
what stays in the history either way; who is logged in is never saved. It appears only when it is whole.")]
pub(crate) struct BackupArguments {
    /// The file.
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Leave out accounts with the hashes of their passwords and tokens.
    #[arg(long)]
    without_accounts: bool,

    #[command(flatten)]
    store: StoreArguments,
}

/// Make an observatory from a file that `marsad backup` wrote.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  marsad restore marsad-2023-08-14.backup observatory
  marsad restore marsad-2023-08-14.backup observatory --database postgres://marsad@localhost/marsad

The file is checked, with all its hashes, before anything is made. Nothing is ever overwritten: the folder must be new or
empty, and so must the database.")]
pub(crate) struct RestoreArguments {
    /// The backup.
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The folder that becomes an observatory.
    #[arg(value_name = "DIR")]
    folder: PathBuf,

    /// An empty database of PostgreSQL (postgres://USER:PASSWORD@HOST/NAME) instead of a file in the folder.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
}

/// Runs `marsad backup`; gives the number of problems told.
pub(crate) fn backup(arguments: &BackupArguments) -> io::Result<usize> {
    let mut open = arguments.store.open()?;
    let mut output = Output::open(Some(&arguments.file))?;
    let contents = if arguments.without_accounts { Contents::WithoutAccounts } else { Contents::WithAccounts };
    let saved = open.run(async |store| store.backup(&mut output, contents).await)?;
    output.finish_on_disk()?;
    open.close()?;
    report::line(&format!("{}: {} saved", arguments.file.display(), rows(&saved)));
    let accounts = saved.tables.get("users").copied().unwrap_or(0);
    if accounts > 0 {
        report::line(&format!("it holds the hashes of passwords of {accounts} accounts; --without-accounts leaves them out"));
    }
    Ok(0)
}

/// Runs `marsad restore`; gives the number of problems told.
pub(crate) fn restore(arguments: &RestoreArguments) -> io::Result<usize> {
    let runtime = store::runtime()?;
    let done = runtime.block_on(marsad_store::restore(&arguments.file, &arguments.folder, arguments.database.as_deref()));
    let saved = done.map_err(io::Error::other)?;
    report::line(&format!("{}: {} restored", arguments.folder.display(), rows(&saved)));
    Ok(0)
}

fn rows(saved: &marsad_store::Saved) -> String {
    let told = ["documents", "incidents", "decisions", "reviews"];
    told.iter().map(|table| format!("{} {table}", saved.tables.get(*table).copied().unwrap_or(0))).collect::<Vec<_>>().join(", ")
}
