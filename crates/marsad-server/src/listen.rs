//! Connections, and what is done with every request before and after it is answered.

use crate::Access;
use crate::answer::Problem;
use crate::guard::is_loopback_host;
use crate::observatory::App;
use crate::peer::Peer;
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower::ServiceExt;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::{RequestBodyDeadlineLayer, TimeoutLayer};

/// Connections at a time; further ones wait.
const CONNECTIONS: usize = 2048;
/// For how long the head of a request is waited for; for its body three times as long.
const SLOW: Duration = Duration::from_secs(10);
/// How long an answer may take; merging links a large store anew.
const LONG: Duration = Duration::from_secs(300);
/// How long requests that have begun are waited for at the end.
const GRACE: Duration = Duration::from_secs(10);
/// Bytes of a body at most.
const BODY: usize = 1 << 20;
/// Bytes of the head of a request at most.
const HEAD: usize = 32 << 10;

/// What a browser may load and do. Nothing but the server's own files: no inline script or style, no other host.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; \
                      connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; \
                      frame-ancestors 'none'";

/// Puts around the router what holds for every request.
pub(crate) fn layers(app: &App, router: Router<App>) -> Router<App> {
    router
        .layer(DefaultBodyLimit::max(BODY))
        .layer(RequestBodyDeadlineLayer::new(SLOW * 3))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONG))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(app.clone(), around))
}

/// Counts, slows down, logs, and adds the headers that every answer has.
async fn around(State(app): State<App>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let peer = request.extensions().get::<Peer>().copied();
    let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let is_api = path.starts_with("/api");
    let mut response = match before(&app, &request, peer) {
        Err(problem) => problem.into_response(),
        Ok(()) => next.run(request).await,
    };
    let headers = response.headers_mut();
    let mut set = |name: &'static str, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    match &app.options.tiles {
        None => set("content-security-policy", POLICY),
        Some(tiles) => {
            let host = tiles.split('/').take(3).collect::<Vec<_>>().join("/");
            let policy = POLICY.replace("connect-src 'self'", &format!("connect-src 'self' {host}"));
            set("content-security-policy", &policy.replace("img-src 'self'", &format!("img-src 'self' {host}")));
        }
    }
    set("x-content-type-options", "nosniff");
    set("x-frame-options", "DENY");
    set("referrer-policy", "no-referrer");
    set("cross-origin-opener-policy", "same-origin");
    set("cross-origin-resource-policy", "same-origin");
    set("permissions-policy", "camera=(), geolocation=(), microphone=()");
    if app.options.secure {
        set("strict-transport-security", "max-age=31536000");
    }
    if is_api && !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    let (status, took) = (response.status().as_u16(), began.elapsed());
    app.measures.count(&route, status, took);
    let peer = peer.map_or_else(String::new, |peer| peer.0.to_string());
    tracing::info!(%method, path, status, ms = took.as_millis() as u64, peer, "answered");
    response
}

fn before(app: &App, request: &Request, peer: Option<Peer>) -> Result<(), Problem> {
    // Where there is no password, a name that another site made to lead here must open nothing.
    if matches!(app.options.access, Access::Single(_)) && !is_loopback_host(request.headers()) {
        return Err(Problem::new(StatusCode::MISDIRECTED_REQUEST, "this observatory answers to 127.0.0.1 and localhost alone"));
    }
    let key = peer.map(Peer::key).unwrap_or_default();
    app.requests.take(&key).map_err(|wait| Problem::later(wait, "too many requests; wait a little"))
}

/// Answers connections until `stop` is done.
pub(crate) async fn run(listener: TcpListener, router: Router, behind_proxy: bool, stop: impl Future<Output = ()>) {
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    tokio::pin!(stop);
    loop {
        let Ok(place) = room.clone().acquire_owned().await else { break };
        let (stream, address) = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of file descriptors, or a connection that was gone at once.
                    tracing::warn!(%error, "a connection could not be taken");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
        };
        let _ = stream.set_nodelay(true);
        let router = router.clone();
        let service = tower::service_fn(move |mut request: hyper::Request<hyper::body::Incoming>| {
            let forwarded = request.headers().get_all("x-forwarded-for").iter().next_back().and_then(|value| value.to_str().ok());
            let peer = Peer::of(address.ip(), forwarded.filter(|_| behind_proxy));
            request.extensions_mut().insert(peer);
            router.clone().oneshot(request.map(Body::new))
        });
        let mut server = http1::Builder::new();
        server.timer(TokioTimer::new()).header_read_timeout(SLOW).max_buf_size(HEAD).max_headers(100);
        let connection = server.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
        let watched = graceful.watch(connection);
        tokio::spawn(async move {
            let _ = watched.await;
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(GRACE, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests were not answered in time");
    }
}
