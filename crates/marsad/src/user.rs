//! `marsad user`: accounts of an observatory.

use crate::report;
use crate::store::StoreArguments;
use clap::{Args, Subcommand};
use marsad_server::Role;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::PathBuf;

/// Add, list and close accounts for `marsad serve`.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  marsad user add layla --role administrator
      asks for a password; or give it on standard input: printf '%s' \"$PASSWORD\" | marsad user add layla
  marsad user list
  marsad user close omar

Roles: a viewer reads; a reviewer also corrects and comments; an editor also merges, splits, makes final and takes back
what others did; an administrator also has the accounts in charge. Adding a name that is there sets its password and role.")]
pub(crate) struct Arguments {
    /// The observatory's folder [default: the one around the current folder].
    #[arg(long, global = true, value_name = "DIR")]
    store: Option<PathBuf>,

    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Add an account, or set its password and role.
    Add {
        /// The name, which decisions will bear.
        name: String,
        /// viewer, reviewer, editor or administrator.
        #[arg(long, default_value = "viewer", value_name = "ROLE", value_parser = role)]
        role: Role,
    },
    /// Show all accounts.
    List,
    /// Close an account and end its sessions and tokens.
    Close {
        /// The name.
        name: String,
    },
}

fn role(name: &str) -> Result<Role, String> {
    Role::from_name(name).ok_or_else(|| "give viewer, reviewer, editor or administrator".into())
}

/// Runs the command; gives the number of problems told.
pub(crate) fn run(arguments: &Arguments) -> io::Result<usize> {
    let mut open = StoreArguments { store: arguments.store.clone() }.open()?;
    match &arguments.action {
        Action::Add { name, role } => {
            marsad_server::check_user_name(name).map_err(io::Error::other)?;
            let hash = marsad_server::hash_password(&password()?).map_err(io::Error::other)?;
            open.run(async |store| store.put_user(name, &hash, role.name()).await)?;
            report::line(&format!("{name} is {} now", role.name()));
        }
        Action::List => {
            let users = open.run(async |store| store.users().await)?;
            let mut out = io::stdout().lock();
            for user in users {
                writeln!(out, "{}\t{}\t{}{}", user.name, user.role, user.made, if user.closed { "\tclosed" } else { "" })?;
            }
        }
        Action::Close { name } => {
            if !open.run(async |store| store.set_role(name, None).await)? {
                return Err(io::Error::other(format!("there is no account {name:?}; `marsad user list` shows them")));
            }
            report::line(&format!("{name} may not log in any more"));
        }
    }
    open.close()?;
    Ok(0)
}

/// The password: a line of standard input.
fn password() -> io::Result<String> {
    if io::stdin().is_terminal() {
        report::line("password (it will be seen as you type; at least 10 characters):");
    }
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    let password = line.trim_end_matches(['\n', '\r']);
    if password.is_empty() { Err(io::Error::other("no password came on standard input")) } else { Ok(password.to_owned()) }
}
