//! Logging in and out.

use crate::Access;
use crate::answer::{Answer, Problem};
use crate::guard::{self, Role, Who, cookie, cookie_name, secret, session_of};
use crate::observatory::App;
use crate::openid::BACK;
use crate::passwords;
use crate::peer::Peer;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How long a session lasts, in hours.
const HOURS: i64 = 12;

/// Who one is.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Session {
    /// `single` (one person, this machine), `people` (accounts) or `public` (reading what may be published).
    mode: &'static str,
    /// Empty for nobody.
    name: String,
    role: Role,
    /// What the header x-marsad-csrf must bring; empty where nothing may be changed.
    csrf: String,
    /// Tiles for the map, where the server was told of some.
    tiles: Option<String>,
    /// Whether one may log in at a provider of OpenID Connect: `GET /api/openid` leads there.
    openid: bool,
    /// Whether `POST /api/fetch` fetches pages.
    fetch: bool,
    version: &'static str,
}

/// A name and a password.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct Login {
    name: String,
    password: String,
}

fn session(app: &App, who: Who) -> Session {
    let mode = match app.options.access {
        Access::Public(_) => "public",
        Access::Single(_) => "single",
        Access::People => "people",
    };
    let (tiles, version) = (app.options.tiles.clone(), env!("CARGO_PKG_VERSION"));
    let fetch = app.pages.is_some() && who.role >= Role::Reviewer;
    Session { mode, name: who.name, role: who.role, csrf: who.csrf, tiles, openid: app.openid.is_some(), fetch, version }
}

/// `GET /api/session`
pub(crate) async fn get(State(app): State<App>, Extension(who): Extension<Who>) -> Response {
    ([(header::CACHE_CONTROL, "no-store")], Json(session(&app, who))).into_response()
}

/// `POST /api/session`
pub(crate) async fn log_in(
    State(app): State<App>,
    Extension(Peer(peer)): Extension<Peer>,
    headers: HeaderMap,
    Json(login): Json<Login>,
) -> Answer<Response> {
    if !matches!(app.options.access, Access::People) {
        return Err(Problem::new(StatusCode::CONFLICT, "this observatory has no accounts"));
    }
    // Both the name and the place that it is tried from are slowed down; neither can be locked for good.
    let keys = [format!("name {}", login.name), format!("peer {peer}")];
    for key in &keys {
        app.logins.take(key).map_err(|wait| Problem::later(wait, "too many attempts; wait a little"))?;
    }
    let name = login.name.clone();
    let user = app.pool.run(async move |store| store.user(&name).await).await?;
    let known = user.as_ref().map(|user| user.password.clone());
    let password = login.password;
    // As long for a name that is not known as for a wrong password.
    let right = tokio::task::spawn_blocking(move || passwords::verify(&password, known.as_deref())).await.unwrap_or(false);
    let Some(user) = user.filter(|_| right) else {
        tracing::warn!(name = %login.name, %peer, "a login failed");
        return Err(Problem::new(StatusCode::UNAUTHORIZED, "the name or the password is wrong"));
    };
    keys.iter().for_each(|key| app.logins.forgive(key));
    let (cookie, who) = begin(&app, &headers, user.name.clone()).await?;
    tracing::info!(name = %user.name, %peer, "logged in");
    Ok(([(header::SET_COOKIE, cookie), (header::CACHE_CONTROL, "no-store".into())], Json(session(&app, who))).into_response())
}

/// Begins a session of a person; gives the cookie that is set for it, and who that is.
async fn begin(app: &App, headers: &HeaderMap, name: String) -> Answer<(String, Who)> {
    // What the browser brought before is of no use afterwards, whoever put it there.
    let old = session_of(headers, &app.options).map(|old| guard::hash(&old));
    let new = secret();
    let hash = guard::hash(&new);
    let begin = async move |store: &mut marsad_store::Store| {
        if let Some(old) = old {
            store.end_session(&old).await?;
        }
        store.begin_session(&hash, &name, HOURS).await
    };
    app.pool.run(begin).await?;
    app.sessions.forget();
    let mut with = HeaderMap::new();
    let cookie = format!("{}={new}", cookie_name(&app.options));
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        with.insert(header::COOKIE, value);
    }
    Ok((set(app, &new, HOURS * 3600), guard::who(app, &with).await?))
}

/// The cookie of a browser that is at the provider.
const AWAY: &str = "marsad-openid";

/// `GET /api/openid`
pub(crate) async fn go_to_provider(State(app): State<App>) -> Answer<Response> {
    let provider = app.openid.as_ref().ok_or_else(|| Problem::missing("provider"))?;
    let begun = provider.begin().await.map_err(|reason| {
        tracing::error!(reason, "the provider of OpenID Connect cannot be used");
        Problem::new(StatusCode::BAD_GATEWAY, "the provider cannot be reached; the log of the server tells more")
    });
    let (url, cookie) = begun?;
    let secure = if app.options.secure { "; Secure" } else { "" };
    // Lax, since the provider sends the browser back from another site.
    let set = format!("{AWAY}={cookie}; Path={BACK}; HttpOnly; SameSite=Lax; Max-Age=600{secure}");
    Ok((StatusCode::SEE_OTHER, [(header::SET_COOKIE, set), (header::LOCATION, url)]).into_response())
}

/// What the provider sends back with a browser.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct Back {
    /// What the server gets tokens for.
    code: Option<String>,
    /// What it gave the browser when it left.
    state: Option<String>,
    /// Why nobody is named.
    error: Option<String>,
}

/// `GET /api/openid/back`
pub(crate) async fn come_back(
    State(app): State<App>,
    Extension(Peer(peer)): Extension<Peer>,
    Query(back): Query<Back>,
    headers: HeaderMap,
) -> Answer<Response> {
    let provider = app.openid.as_ref().ok_or_else(|| Problem::missing("provider"))?;
    let away = format!("{AWAY}=; Path={BACK}; HttpOnly; SameSite=Lax; Max-Age=0");
    let to = |where_to: &str| (StatusCode::SEE_OTHER, [(header::SET_COOKIE, away.clone()), (header::LOCATION, where_to.to_owned())]);
    let refused = |reason: &str, code: &str| {
        tracing::warn!(reason, %peer, "a login at the provider failed");
        Ok(to(&format!("/?login={code}")).into_response())
    };
    let (Some(cookie), Some(state), Some(code)) = (cookie(&headers, AWAY), back.state, back.code) else {
        return refused(back.error.as_deref().unwrap_or("something is missing"), "refused");
    };
    let named = match provider.end(&cookie, &state, &code).await {
        Ok(named) => named,
        Err(reason) => return refused(&reason, "refused"),
    };
    let (issuer, role) = (provider.told.issuer.clone(), provider.told.role);
    let find = async move |store: &mut marsad_store::Store| {
        if let Some(user) = store.identity(&issuer, &named.subject).await? {
            return Ok(Some(user.name).filter(|_| !user.closed));
        }
        let name = named.name.filter(|name| super::check_name(name).is_ok());
        let (Some(name), Some(role)) = (name, role) else { return Ok(None) };
        let made = store.identify(&issuer, &named.subject, &name, Some(role.name())).await?;
        Ok(Some(name).filter(|_| made))
    };
    let Some(name) = app.pool.run(find).await? else { return refused("whom it names has no account here", "unknown") };
    let (cookie, who) = begin(&app, &headers, name).await?;
    tracing::info!(name = %who.name, %peer, "logged in at the provider");
    let mut response = to("/").into_response();
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(response)
}

/// `DELETE /api/session`
pub(crate) async fn log_out(State(app): State<App>, headers: HeaderMap) -> Answer<Response> {
    if let Some(session) = session_of(&headers, &app.options) {
        app.pool.run(async move |store| store.end_session(&guard::hash(&session)).await).await?;
        app.sessions.forget();
    }
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, set(&app, "", 0))]).into_response())
}

fn set(app: &App, value: &str, seconds: i64) -> String {
    let secure = if app.options.secure { "; Secure" } else { "" };
    format!("{}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}{secure}", cookie_name(&app.options))
}
