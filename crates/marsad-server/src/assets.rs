//! The web application, as it was built into the program.

use crate::answer::Problem;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use std::collections::HashMap;
use std::sync::OnceLock;

/// Paths and contents; nothing where the program was built without it. Those that end in `.gz` are the packed forms.
static FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/web.rs"));

const WITHOUT: &str = "This program was built without the web application. Run `make web`, then build it again.\n\
                       The API is here all the same: /api/openapi.json describes it.\n";

fn file(path: &str) -> Option<&'static [u8]> {
    static TABLE: OnceLock<HashMap<&str, &[u8]>> = OnceLock::new();
    TABLE.get_or_init(|| FILES.iter().copied().collect()).get(path).copied()
}

/// Whether the application is there.
pub(crate) fn is_built() -> bool {
    file("index.html").is_some()
}

/// Everything that is no operation: files of the application, and its page for all of its own addresses.
pub(crate) async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    if path.starts_with("api/") || path == "api" {
        return Problem::new(StatusCode::NOT_FOUND, "there is no such operation; /api/openapi.json lists them").into_response();
    }
    if !matches!(method, Method::GET | Method::HEAD) {
        return Problem::new(StatusCode::METHOD_NOT_ALLOWED, "this can only be read").into_response();
    }
    if !is_built() {
        return (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], WITHOUT).into_response();
    }
    // Only what was built in has a name here: no path leads to a disk.
    let is_page = file(path).is_none() || path == "index.html";
    if is_page && (path.starts_with("assets/") || path.rsplit('/').next().is_some_and(|last| last.contains('.'))) && path != "index.html" {
        return Problem::new(StatusCode::NOT_FOUND, "there is no such file").into_response();
    }
    let name = if is_page { "index.html" } else { path };
    let packed = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).is_some_and(|list| list.contains("gzip"));
    let packed = packed.then(|| file(&format!("{name}.gz"))).flatten();
    let Some(bytes) = packed.or_else(|| file(name)) else { return StatusCode::NOT_FOUND.into_response() };
    // Files under assets/ have the hash of their content in their name.
    let keep = if name.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let tag = crate::answer::tag(&[name, env!("CARGO_PKG_VERSION"), &bytes.len().to_string(), &checksum(bytes).to_string()]);
    if crate::answer::has(&headers, &tag) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response();
    }
    let known = [
        (header::CONTENT_TYPE, kind(name).to_owned()),
        (header::CACHE_CONTROL, keep.to_owned()),
        (header::VARY, "Accept-Encoding".to_owned()),
        (header::ETAG, tag),
    ];
    let mut response = (known, bytes).into_response();
    if packed.is_some() {
        response.headers_mut().insert(header::CONTENT_ENCODING, header::HeaderValue::from_static("gzip"));
    }
    response
}

/// FNV-1a.
fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, &byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}
