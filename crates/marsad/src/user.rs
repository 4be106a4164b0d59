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
      asks for a password, unseen; or give it on standard input: printf '%s' \"$PASSWORD\" | marsad user add layla
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
    /// Say who an account is at a provider of OpenID Connect (see `marsad serve --openid`).
    Link {
        /// The name.
        name: String,
        /// The provider, as `--openid` names it.
        #[arg(long, value_name = "URL")]
        issuer: String,
        /// The provider's own, lasting name of the person (the claim `sub`).
        #[arg(long, value_name = "ID")]
        subject: String,
    },
    /// Show all accounts.
    List,
    /// Close an account and end its sessions and tokens.
    Close {
        /// The name.
        name: String,
    },
}

/// The role that a name means.
pub(crate) fn role(name: &str) -> Result<Role, String> {
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
        Action::Link { name, issuer, subject } => {
            if !open.run(async |store| store.identify(issuer, subject, name, None).await)? {
                return Err(unknown(name));
            }
            report::line(&format!("whom {issuer} calls {subject} is {name} now"));
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
                return Err(unknown(name));
            }
            report::line(&format!("{name} may not log in any more"));
        }
    }
    open.close()?;
    Ok(0)
}

fn unknown(name: &str) -> io::Error {
    io::Error::other(format!("there is no account {name:?}; `marsad user list` shows them"))
}

/// The password: typed twice, unseen, or a line of standard input.
fn password() -> io::Result<String> {
    if io::stdin().is_terminal() {
        let asked = |what: &str| rpassword::prompt_password(what);
        let password = asked("password (at least 10 characters; it is not shown): ")?;
        return match password == asked("once more: ")? {
            true => Ok(password),
            false => Err(io::Error::other("these are two different passwords; nothing was changed")),
        };
    }
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    let password = line.trim_end_matches(['\n', '\r']);
    if password.is_empty() { Err(io::Error::other("no password came on standard input")) } else { Ok(password.to_owned()) }
}
