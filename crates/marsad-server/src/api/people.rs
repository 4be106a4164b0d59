//! Accounts and tokens.

use crate::answer::{Answer, Problem};
use crate::guard::{Known, Role, Who, hash, secret};
use crate::observatory::App;
use crate::passwords;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An account.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct UserRow {
    name: String,
    role: Role,
    made: String,
    /// Whether it may not be used any more.
    closed: bool,
}

/// All accounts.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Users {
    users: Vec<UserRow>,
}

/// A new account, or a new password.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct NewUser {
    name: String,
    password: String,
    role: Role,
}

/// A role; none closes the account.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct NewRole {
    role: Option<Role>,
}

/// What a token is for.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct NewToken {
    label: String,
}

/// A token; its secret is not shown again.
#[derive(Serialize, JsonSchema)]
pub(crate) struct MadeToken {
    number: i64,
    /// What programs send as `Authorization: Bearer …`.
    token: String,
}

/// A token without its secret.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct TokenRow {
    number: i64,
    label: String,
    made: String,
    revoked: bool,
}

/// One's tokens.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Tokens {
    tokens: Vec<TokenRow>,
}

/// Whether a name can be that of an account: letters, digits, `.`, `_`, `-`, at most 64.
///
/// # Errors
///
/// What is wrong with it, for people.
pub(crate) fn check_name(name: &str) -> Result<(), String> {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-');
    let right = !name.is_empty() && name.chars().count() <= 64 && name.chars().all(fits);
    if right { Ok(()) } else { Err("a name has letters, digits, dots, - and _, and at most 64 of them".into()) }
}

/// `GET /api/users`
pub(crate) async fn users(State(app): State<App>) -> Answer<Json<Users>> {
    let users = app.pool.run(async |store| store.users().await).await?;
    let row = |user: marsad_store::User| {
        let role = Role::from_name(&user.role).unwrap_or(Role::Viewer);
        UserRow { name: user.name, role, made: user.made, closed: user.closed }
    };
    Ok(Json(Users { users: users.into_iter().map(row).collect() }))
}

/// `POST /api/users`
pub(crate) async fn put_user(State(app): State<App>, Json(new): Json<NewUser>) -> Answer<StatusCode> {
    check_name(&new.name).map_err(Problem::bad)?;
    if new.role == Role::Anyone {
        return Err(Problem::bad("give viewer, reviewer, editor or administrator"));
    }
    let hashed = tokio::task::spawn_blocking(move || passwords::hash(&new.password)).await;
    let hashed = hashed.unwrap_or_else(|_| Err("the password could not be hashed".into())).map_err(Problem::bad)?;
    app.pool.run(async move |store| store.put_user(&new.name, &hashed, new.role.name()).await).await?;
    app.sessions.forget();
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /api/users/{name}/role`
pub(crate) async fn set_role(
    State(app): State<App>,
    Path(name): Path<String>,
    Extension(who): Extension<Who>,
    Json(new): Json<NewRole>,
) -> Answer<StatusCode> {
    if who.known == Known::Session && name == who.name {
        return Err(Problem::new(StatusCode::CONFLICT, "another administrator must do this to your own account"));
    }
    if new.role == Some(Role::Anyone) {
        return Err(Problem::bad("give viewer, reviewer, editor or administrator"));
    }
    let found = app.pool.run(async move |store| store.set_role(&name, new.role.map(Role::name)).await).await?;
    app.sessions.forget();
    if found { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::missing("account")) }
}

/// `GET /api/tokens`
pub(crate) async fn tokens(State(app): State<App>, Extension(who): Extension<Who>) -> Answer<Json<Tokens>> {
    let tokens = app.pool.run(async move |store| store.tokens(Some(&who.name)).await).await?;
    let row = |token: marsad_store::Token| TokenRow { number: token.number, label: token.label, made: token.made, revoked: token.revoked };
    Ok(Json(Tokens { tokens: tokens.into_iter().map(row).collect() }))
}

/// `POST /api/tokens`
pub(crate) async fn new_token(
    State(app): State<App>,
    Extension(who): Extension<Who>,
    Json(new): Json<NewToken>,
) -> Answer<Json<MadeToken>> {
    if who.known != Known::Session {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "tokens belong to accounts, and this observatory has none; `marsad user add` makes one",
        ));
    }
    let label = new.label.trim().to_owned();
    if label.is_empty() || label.chars().count() > 100 {
        return Err(Problem::bad("say what the token is for, in at most 100 characters"));
    }
    let token = secret();
    let hashed = hash(&token);
    let number = app.pool.run(async move |store| store.add_token(&hashed, &who.name, &label).await).await?;
    Ok(Json(MadeToken { number, token }))
}

/// `DELETE /api/tokens/{number}`
pub(crate) async fn revoke_token(State(app): State<App>, Path(number): Path<i64>, Extension(who): Extension<Who>) -> Answer<StatusCode> {
    let owner = (who.role < Role::Administrator).then_some(who.name);
    let found = app.pool.run(async move |store| store.revoke_token(number, owner.as_deref()).await).await?;
    app.sessions.forget();
    if found { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::missing("token")) }
}
