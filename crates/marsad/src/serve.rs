//! `marsad serve`: the observatory in a browser.

use crate::linking::link_store;
use crate::store::StoreArguments;
use crate::{engine, report};
use clap::{Args, ValueEnum};
use marsad_export::Policy;
use marsad_server::{Access, Options, Relink};
use marsad_store::{Folder, Store};
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

/// Serve an observatory to browsers and programs: map, timeline, list, every incident with its evidence, reviewing, trends.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  marsad serve --store observatory
      for yourself, on http://127.0.0.1:8080, without a login
  marsad user add layla --role administrator --store observatory
  marsad serve --store observatory --listen 0.0.0.0:8080
      for people with accounts; put a proxy before it that speaks TLS (deploy/ has an example)
  marsad serve --store observatory --public --listen 0.0.0.0:8080
      for everybody, reading alone: after the delay, with coarse places, without words of reports
  curl -H 'Accept: text/csv' 'http://127.0.0.1:8080/api/incidents?country=SY&killed_min=5'
      the same for programs; /api/openapi.json describes everything

Where the store has no account and the address is one of this machine, whoever sits at it may do everything. As soon
as there is an account, everybody logs in. What others write to the store meanwhile is seen within seconds.
The server asks no other host for anything, and neither do its pages, unless you name tiles for the map.")]
pub(crate) struct Arguments {
    #[command(flatten)]
    store: StoreArguments,

    /// Address and port.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,

    /// Everybody reads what the policy for publication lets through; nobody changes anything.
    #[arg(long)]
    public: bool,

    /// A policy for publication of your own (implies --public).
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,

    /// Send cookies over plain HTTP too, where accounts are used without TLS in a network that you trust.
    #[arg(long)]
    plain_http: bool,

    /// Believe the last address in `x-forwarded-for`, which a proxy before the server adds.
    #[arg(long)]
    behind_proxy: bool,

    /// Requests a minute from one address; 0 for any number [default: 0 on this machine, else 1200].
    #[arg(long, value_name = "N")]
    rate: Option<u32>,

    /// Raster tiles for the map, such as `https://tiles.example.org/{z}/{x}/{y}.png`. Readers' browsers will ask that host.
    #[arg(long, value_name = "URL")]
    tiles: Option<String>,

    /// How the log is written to standard error.
    #[arg(long, value_enum, default_value_t = Log::Text, value_name = "FORM")]
    log: Log,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
enum Log {
    /// Lines for people.
    Text,
    /// One JSON object a line.
    Json,
    /// Warnings alone, for people.
    Quiet,
}

/// Runs the command; gives the number of problems told.
pub(crate) fn run(arguments: &Arguments) -> io::Result<usize> {
    let folder = arguments.store.folder()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let loopback = arguments.listen.ip().is_loopback();
    let access = access(arguments, &folder, loopback, &runtime)?;
    let coder = engine::load(None)?;
    let options = Options {
        listen: arguments.listen,
        secure: !loopback && !arguments.plain_http && matches!(access, Access::People),
        access,
        behind_proxy: arguments.behind_proxy,
        rate: arguments.rate.unwrap_or(if loopback { 0 } else { 1200 }),
        tiles: arguments.tiles.clone(),
        relink: relinking(arguments.store.store.clone()),
    };
    let level = if arguments.log == Log::Quiet { tracing::Level::WARN } else { tracing::Level::INFO };
    let log = tracing_subscriber::fmt().with_max_level(level).with_writer(io::stderr).with_target(false);
    if arguments.log == Log::Json {
        log.json().init()
    } else {
        log.compact().with_ansi(false).init()
    }
    // Whoever started the server on port 0 reads the port here.
    let ready = |address: SocketAddr| {
        let _ = writeln!(io::stdout(), "http://{address}/");
    };
    runtime.block_on(marsad_server::serve(folder, coder, options, ready, stop())).map_err(io::Error::other)?;
    report::line("stopped");
    Ok(0)
}

/// Who may do what: what was asked for, or what the store's accounts and the address call for.
fn access(arguments: &Arguments, folder: &Folder, loopback: bool, runtime: &tokio::runtime::Runtime) -> io::Result<Access> {
    if let Some(path) = &arguments.policy {
        let policy = Policy::read(&std::fs::read_to_string(path)?);
        return policy
            .map(|policy| Access::Public(Box::new(policy)))
            .map_err(|error| io::Error::other(format!("{}: {error}", path.display())));
    }
    if arguments.public {
        return Ok(Access::Public(Box::new(Policy::standard())));
    }
    let users = runtime.block_on(async {
        let mut store = Store::open(folder).await?;
        let users = store.users().await?;
        store.close().await?;
        Ok::<_, marsad_store::Error>(users)
    });
    match (users.map_err(io::Error::other)?.is_empty(), loopback) {
        (false, _) => Ok(Access::People),
        (true, true) => {
            let name = std::env::var("USER").ok().filter(|name| !name.trim().is_empty());
            Ok(Access::Single(name.unwrap_or_else(|| "local".into())))
        }
        (true, false) => Err(io::Error::other(
            "this address can be reached from other machines, and the store has no account: add one with `marsad user add NAME --role \
             administrator`, or serve with --public, or listen on 127.0.0.1",
        )),
    }
}

/// Links the store anew, on a connection of its own.
fn relinking(store: Option<PathBuf>) -> Relink {
    Arc::new(move || {
        let linked = StoreArguments { store: store.clone() }.open().and_then(|mut open| {
            link_store(&mut open, false)?;
            open.close()
        });
        linked.map_err(|error| error.to_string())
    })
}

/// Done when the server is told to end.
async fn stop() {
    #[cfg(unix)]
    {
        let term = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        if let Ok(mut term) = term {
            tokio::select! {
                _ = term.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
