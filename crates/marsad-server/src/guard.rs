//! Who asks, and whether they may: roles, sessions, tokens, and the defences against requests that other sites make a browser send.

use crate::answer::{Answer, Problem};
use crate::observatory::{App, Observatory};
use crate::{Access, Options};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What somebody may do; each role may do what the ones before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "AccountRole")]
pub enum Role {
    /// Needs no account.
    Anyone,
    /// Reads.
    Viewer,
    /// Corrects, comments, and says that an incident was reviewed.
    Reviewer,
    /// Merges and splits, makes final, and takes back what others did.
    Editor,
    /// Has accounts in charge.
    Administrator,
}

impl Role {
    /// Roles that an account can have.
    pub const ALL: [Self; 4] = [Self::Viewer, Self::Reviewer, Self::Editor, Self::Administrator];

    /// The name in the store and in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Anyone => "anyone",
            Self::Viewer => "viewer",
            Self::Reviewer => "reviewer",
            Self::Editor => "editor",
            Self::Administrator => "administrator",
        }
    }

    /// The role of a name that an account can have.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// How somebody is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// Not at all.
    Nobody,
    /// As the one person of this machine.
    Local,
    /// By a session.
    Session,
    /// By a token.
    Token,
}

/// Who asks.
#[derive(Clone, Debug)]
pub(crate) struct Who {
    pub name: String,
    pub role: Role,
    pub known: Known,
    /// What requests that change something must bring.
    pub csrf: String,
}

/// The name of the header that brings it.
pub(crate) const CSRF: &str = "x-marsad-csrf";
/// How long what was read of a session is believed.
const BELIEVED: Duration = Duration::from_secs(10);
/// Sessions that are remembered.
const REMEMBERED: usize = 10_000;

/// Whose it is, if anybody's, and when that was read.
type Believed = (Option<(String, Role)>, Instant);

/// Sessions and tokens that were looked up lately, by hash.
pub(crate) struct Sessions {
    lately: Mutex<HashMap<String, Believed>>,
    /// What stands in for a session where there are no accounts.
    secret: String,
}

/// So many random bytes, in hexadecimal.
pub(crate) fn secret() -> String {
    let mut bytes = [0_u8; 32];
    // Without randomness there are no secrets, and the server must not go on.
    getrandom::fill(&mut bytes).unwrap_or_else(|error| {
        tracing::error!(%error, "this machine gives no random numbers");
        std::process::exit(1)
    });
    hex(&bytes)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The hash under which a secret is stored.
pub(crate) fn hash(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// What a session's requests must bring; whoever does not have the session cannot make it.
fn csrf_of(session: &str) -> String {
    hash(&format!("csrf:{session}"))
}

impl Sessions {
    pub fn new() -> Self {
        Self { lately: Mutex::default(), secret: secret() }
    }

    /// Forgets what was looked up, since an account or a session has changed.
    pub fn forget(&self) {
        self.lately.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    async fn look_up(&self, app: &Observatory, secret: &str, token: bool) -> Answer<Option<(String, Role)>> {
        let hash = hash(secret);
        if let Some((known, then)) = self.lately.lock().unwrap_or_else(PoisonError::into_inner).get(&hash)
            && then.elapsed() < BELIEVED
        {
            return Ok(known.clone());
        }
        let asked = hash.clone();
        let user = app.pool.run(async move |store| if token { store.token(&asked).await } else { store.session(&asked).await }).await?;
        let known = user.and_then(|user| Role::from_name(&user.role).map(|role| (user.name, role)));
        let mut lately = self.lately.lock().unwrap_or_else(PoisonError::into_inner);
        if lately.len() >= REMEMBERED {
            lately.clear();
        }
        lately.insert(hash, (known.clone(), Instant::now()));
        Ok(known)
    }
}

/// The name of the session's cookie. With the prefix, browsers take it only over TLS and from this host.
pub(crate) fn cookie_name(options: &Options) -> &'static str {
    if options.secure { "__Host-marsad" } else { "marsad" }
}

/// A secret that a request brings in a cookie.
pub(crate) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(own, _)| *own == name).map(|(_, value)| value.to_owned()).filter(|value| value.len() == 64)
}

/// The session that a request brings.
pub(crate) fn session_of(headers: &HeaderMap, options: &Options) -> Option<String> {
    cookie(headers, cookie_name(options))
}

/// Who asks.
pub(crate) async fn who(app: &Observatory, headers: &HeaderMap) -> Answer<Who> {
    let nobody = |role| Who { name: String::new(), role, known: Known::Nobody, csrf: String::new() };
    match &app.options.access {
        Access::Public(_) => return Ok(nobody(Role::Viewer)),
        Access::Single(name) => {
            let csrf = csrf_of(&app.sessions.secret);
            return Ok(Who { name: name.clone(), role: Role::Administrator, known: Known::Local, csrf });
        }
        Access::People => {}
    }
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(|value| value.strip_prefix("Bearer "));
    if let Some(token) = bearer {
        let found = app.sessions.look_up(app, token.trim(), true).await?;
        let wrong = || Problem::new(StatusCode::UNAUTHORIZED, "this token is not known, or was taken back");
        let (name, _) = found.ok_or_else(wrong)?;
        // Whatever its owner may do, a token reads.
        return Ok(Who { name, role: Role::Viewer, known: Known::Token, csrf: String::new() });
    }
    let Some(session) = session_of(headers, &app.options) else { return Ok(nobody(Role::Anyone)) };
    let found = app.sessions.look_up(app, &session, false).await?;
    Ok(found.map_or_else(|| nobody(Role::Anyone), |(name, role)| Who { name, role, known: Known::Session, csrf: csrf_of(&session) }))
}

/// Lets a request through to its operation where the one who asks has the role, and where it was not another site that asked.
pub(crate) async fn guard(State((app, least)): State<(App, Role)>, mut request: Request, next: Next) -> Response {
    let who = match who(&app, request.headers()).await {
        Ok(who) => who,
        Err(problem) => return problem.into_response(),
    };
    if who.role < least {
        let problem = if app.is_public() {
            Problem::new(StatusCode::FORBIDDEN, "this observatory can only be read")
        } else if who.known == Known::Nobody {
            Problem::new(StatusCode::UNAUTHORIZED, "log in first")
        } else {
            Problem::new(StatusCode::FORBIDDEN, format!("this needs the role {}; yours is {}", least.name(), who.role.name()))
        };
        return problem.into_response();
    }
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if !safe && let Err(problem) = same_site(request.headers(), request.uri(), &who) {
        return problem.into_response();
    }
    request.extensions_mut().insert(who);
    next.run(request).await
}

/// Whether a request that changes something comes from the application itself.
fn same_site(headers: &HeaderMap, uri: &Uri, who: &Who) -> Answer<()> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let foreign = || Problem::new(StatusCode::FORBIDDEN, "this request comes from another site");
    if text("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return Err(foreign());
    }
    let host = text("host").or(uri.authority().map(axum::http::uri::Authority::as_str));
    if let Some(origin) = text("origin") {
        let of = origin.split_once("://").map(|(_, host)| host);
        if of.is_none() || of != host {
            return Err(foreign());
        }
    }
    let needed = matches!(who.known, Known::Session | Known::Local);
    if needed && text(CSRF) != Some(who.csrf.as_str()) {
        return Err(Problem::new(StatusCode::FORBIDDEN, format!("the header {CSRF} is missing or old; GET /api/session gives it")));
    }
    Ok(())
}

/// Whether the host that was asked for is this machine: names that only lead here could have been made by another site.
pub(crate) fn is_loopback_host(headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let port = |text: &str| text.is_empty() || text.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    if let Some(rest) = host.strip_prefix("[::1]").or_else(|| host.strip_prefix("localhost")) {
        return port(rest);
    }
    let (name, rest) = host.find(':').map_or((host, ""), |colon| host.split_at(colon));
    name.parse::<std::net::Ipv4Addr>().is_ok_and(|ip| ip.is_loopback()) && port(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_loopback() {
        for (host, local) in [
            ("127.0.0.1:8080", true),
            ("localhost", true),
            ("[::1]:8080", true),
            ("127.0.0.1.evil.example", false),
            ("evil.example:8080", false),
            ("[::1].evil.example", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, host.parse().unwrap());
            assert_eq!(is_loopback_host(&headers), local, "{host}");
        }
    }

    #[test]
    fn roles_are_in_order() {
        assert!(Role::Anyone < Role::Viewer && Role::Viewer < Role::Reviewer && Role::Editor < Role::Administrator);
        assert_eq!(Role::from_name("anyone"), None);
        assert!(Role::ALL.into_iter().all(|role| Role::from_name(role.name()) == Some(role)));
    }
}
