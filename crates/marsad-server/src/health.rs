//! For those who keep the server running.

use crate::answer::Problem;
use crate::guard::Role;
use crate::observatory::App;
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/healthz", get(healthz)).route("/metrics", get(metrics))
}

/// Whether the store answers.
async fn healthz(State(app): State<App>) -> Response {
    let asked = app.pool.run(async |store| store.pulse().await);
    match tokio::time::timeout(std::time::Duration::from_secs(5), asked).await {
        Ok(Ok(_)) => "ok\n".into_response(),
        Ok(Err(error)) => Problem::from(error).into_response(),
        Err(_) => Problem::new(StatusCode::SERVICE_UNAVAILABLE, "the database does not answer").into_response(),
    }
}

/// Figures for Prometheus: for this machine, or with an account or token.
async fn metrics(State(app): State<App>, peer: axum::Extension<crate::peer::Peer>, request: axum::extract::Request) -> Response {
    let known = crate::guard::who(&app, request.headers()).await.is_ok_and(|who| who.role >= Role::Viewer && !app.is_public());
    if !known && !peer.0.0.is_loopback() {
        return Problem::new(StatusCode::UNAUTHORIZED, "figures are for this machine, or for those who bring a token").into_response();
    }
    let snapshot = app.snapshot();
    let text = app.measures.text(&[
        ("marsad_incidents", "Incidents in memory.", snapshot.entries.len() as f64),
        ("marsad_documents", "Documents in their latest versions.", snapshot.documents.into()),
    ]);
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}
