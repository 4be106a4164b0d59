//! The observatory over HTTP: an API that OpenAPI describes, accounts, reviewing, and the web application.
//!
//! Reading goes by way of a snapshot in memory (`snapshot.rs`): small rows of all incidents, filtered and counted within
//! milliseconds, and made anew when the store has changed. Texts and records come from the store when somebody opens them.
//! Every operation is listed once, with its role, in `api/mod.rs`; the router and the OpenAPI document are made of that list.
//!
//! Architecture invariant: no operation is reachable without a role, and none that changes something without proof that the
//! application itself asked.
//!
//! Architecture invariant: what people decide is laid over what the machine coded, and never overwrites it.
//!
//! Architecture invariant: in public mode only what [`marsad_export::Policy`] lets through is read into memory.

mod answer;
mod api;
mod assets;
mod filter;
mod guard;
mod health;
mod kept;
mod listen;
mod measure;
mod names;
mod observatory;
mod openid;
mod operations;
mod passwords;
mod peer;
mod pool;
mod search;
mod snapshot;
mod throttle;

pub use answer::Problem;
pub use filter::FilterQuery;
pub use guard::Role;
pub use openid::OpenId;
pub use passwords::hash as hash_password;

use axum::Router;
use marsad_coder::Coder;
use marsad_export::Policy;
use marsad_store::Folder;
use std::net::SocketAddr;
use std::sync::Arc;

/// Links the store's incidents anew after a decision; gives a sentence where it fails.
pub type Relink = Arc<dyn Fn() -> Result<(), String> + Send + Sync>;

/// Who may do what.
#[derive(Clone, Debug)]
pub enum Access {
    /// Everybody reads what this policy lets through, and nobody changes anything.
    Public(Box<Policy>),
    /// One person, of this name, on this machine alone, may do everything.
    Single(String),
    /// Accounts of the store.
    People,
}

/// How to serve.
#[derive(Clone)]
pub struct Options {
    /// Where to listen; port 0 for any that is free.
    pub listen: SocketAddr,
    /// Who may do what.
    pub access: Access,
    /// Whether the browser reaches the server over TLS, so that cookies are sent over nothing else.
    pub secure: bool,
    /// Whether a proxy before the server tells in `x-forwarded-for` who asks.
    pub behind_proxy: bool,
    /// Requests a minute from one address; 0 for any number.
    pub rate: u32,
    /// Tiles for the map, as a URL that readers' browsers may ask: a pattern of raster tiles, or a file of PMTiles; none asks nobody.
    pub tiles: Option<String>,
    /// Where people with accounts may log in instead of giving a password here.
    pub openid: Option<OpenId>,
    /// How pages that reviewers name are fetched from the web, to be coded; not at all without.
    pub fetch: Option<marsad_watch::Options>,
    /// What links incidents anew.
    pub relink: Relink,
}

/// Why the server did not start or stopped.
#[derive(Debug)]
pub enum Error {
    /// The store failed.
    Store(marsad_store::Error),
    /// The address could not be listened on.
    Listen(SocketAddr, std::io::Error),
    /// No requests can be sent to others.
    Outside(String),
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Outside(reason) => f.write_str(reason),
            Self::Listen(address, error) => write!(f, "{address}: {error}; name another address with --listen"),
        }
    }
}

impl std::error::Error for Error {}

impl From<marsad_store::Error> for Error {
    fn from(error: marsad_store::Error) -> Self {
        Self::Store(error)
    }
}

/// Whether a name can be that of an account.
///
/// # Errors
///
/// What is wrong with it, for people.
pub fn check_user_name(name: &str) -> Result<(), String> {
    api::check_name(name)
}

/// The OpenAPI document.
pub fn openapi() -> serde_json::Value {
    operations::document(&api::operations())
}

/// Serves until `stop` is done; then requests that have begun are answered, for some seconds. `ready` is called with the address
/// when it is listened on.
///
/// # Errors
///
/// Where the store cannot be read or the address not be listened on.
pub async fn serve(
    folder: Folder,
    coder: Coder,
    options: Options,
    ready: impl FnOnce(SocketAddr),
    stop: impl Future<Output = ()>,
) -> Result<(), Error> {
    let listen = options.listen;
    let app = observatory::Observatory::open(folder, coder, options, openapi().to_string()).await?;
    let listener = tokio::net::TcpListener::bind(listen).await.map_err(|error| Error::Listen(listen, error))?;
    ready(listener.local_addr().map_err(|error| Error::Listen(listen, error))?);
    let watching = tokio::spawn(app.clone().watch());
    listen::run(listener, router(&app), app.options.behind_proxy, stop).await;
    watching.abort();
    app.pool.close().await;
    Ok(())
}

fn router(app: &observatory::App) -> Router {
    let routes = operations::router(app, api::operations());
    listen::layers(app, routes.merge(health::routes()).fallback(assets::serve)).with_state(app.clone())
}
