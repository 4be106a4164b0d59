//! Logging in and out.

use crate::Access;
use crate::answer::{Answer, Problem};
use crate::guard::{self, Role, Who, cookie_name, secret, session_of};
use crate::observatory::App;
use crate::passwords;
use crate::peer::Peer;
use axum::extract::State;
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
    Session { mode, name: who.name, role: who.role, csrf: who.csrf, tiles, version }
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
    // What the browser brought before is of no use afterwards, whoever put it there.
    let old = session_of(&headers, &app.options).map(|old| guard::hash(&old));
    let new = secret();
    let (hash, name) = (guard::hash(&new), user.name.clone());
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
    let who = guard::who(&app, &with).await?;
    tracing::info!(name = %user.name, %peer, "logged in");
    Ok(([(header::SET_COOKIE, set(&app, &new, HOURS * 3600)), (header::CACHE_CONTROL, "no-store".into())], Json(session(&app, who)))
        .into_response())
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
