//! `marsad serve`: the observatory in a browser.

use crate::linking::link_store;
use crate::store::StoreArguments;
use crate::user::role;
use crate::{engine, report};
use clap::{Args, ValueEnum};
use marsad_export::Policy;
use marsad_server::{Access, OpenId, Options, Relink, Role};
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
  MARSAD_OPENID_SECRET=… marsad serve --listen 0.0.0.0:8080 --url https://marsad.example.org \\
      --openid https://id.example.org --openid-client marsad --openid-role viewer
      for people who log in at a provider of OpenID Connect, beside those with a password here
  curl -H 'Accept: text/csv' 'http://127.0.0.1:8080/api/incidents?country=SY&killed_min=5'
      the same for programs; /api/openapi.json describes everything

Where the store has no account and the address is one of this machine, whoever sits at it may do everything. As soon
as there is an account, everybody logs in. What others write to the store meanwhile is seen within seconds.
The server asks no other host for anything, and neither do its pages, unless you name tiles for the map, a provider to log
in at, or have a page fetched that you name.")]
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

    /// Tiles for the map: a pattern such as `https://tiles.example.org/{z}/{x}/{y}.png`, or a file of PMTiles such as
    /// `https://tiles.example.org/region.pmtiles`. Readers' browsers will ask that host.
    #[arg(long, value_name = "URL", value_parser = tiles)]
    tiles: Option<String>,

    /// Let reviewers have pages of the public web fetched, to be coded. Without accounts, on this machine, they always may.
    #[arg(long)]
    fetch: bool,

    /// A provider of OpenID Connect where people may log in, by its address (the issuer).
    #[arg(long, value_name = "URL", requires_all = ["openid_client", "url"])]
    openid: Option<String>,

    /// What the provider calls this observatory. What the two share stands in the environment, in MARSAD_OPENID_SECRET.
    #[arg(long, value_name = "ID", requires = "openid")]
    openid_client: Option<String>,

    /// The role of whoever comes from the provider for the first time [default: only those come in whom `marsad user link` named].
    #[arg(long, value_name = "ROLE", requires = "openid", value_parser = role)]
    openid_role: Option<Role>,

    /// Where people reach this observatory, such as `https://marsad.example.org`; the provider sends them back there.
    #[arg(long, value_name = "URL")]
    url: Option<String>,

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
    let alone = matches!(access, Access::Single(_));
    let coder = engine::load(None)?;
    let options = Options {
        listen: arguments.listen,
        secure: matches!(access, Access::People)
            && arguments.url.as_ref().map_or(!loopback && !arguments.plain_http, |url| url.starts_with("https://")),
        access,
        behind_proxy: arguments.behind_proxy,
        rate: arguments.rate.unwrap_or(if loopback { 0 } else { 1200 }),
        tiles: arguments.tiles.clone(),
        openid: openid(arguments),
        fetch: (arguments.fetch || alone).then(marsad_watch::Options::default),
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

fn tiles(url: &str) -> Result<String, String> {
    let from = url.starts_with("https://") || url.starts_with("http://");
    let pattern = ["{z}", "{x}", "{y}"].iter().all(|part| url.contains(part));
    // It stands in the policy that browsers are given, so that nothing may stand in it that ends a part of that.
    let plain = url.chars().all(|c| c.is_ascii_graphic() && !matches!(c, ';' | ',' | '"' | '\''));
    let right = from && plain && (pattern || url.ends_with(".pmtiles"));
    if right { Ok(url.to_owned()) } else { Err("give https://…/{z}/{x}/{y}.png, or https://….pmtiles".into()) }
}

/// The provider, as the arguments and the environment tell it.
fn openid(arguments: &Arguments) -> Option<OpenId> {
    let secret = std::env::var("MARSAD_OPENID_SECRET").ok().filter(|secret| !secret.is_empty());
    let (issuer, client, url) = (arguments.openid.clone()?, arguments.openid_client.clone()?, arguments.url.clone()?);
    Some(OpenId { issuer, client, secret, url, role: arguments.openid_role })
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
    if arguments.openid.is_some() {
        return Ok(Access::People);
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
