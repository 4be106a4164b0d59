//! What the API answers: JSON with an entity tag, or a problem in the form of RFC 9457.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// Why a request was not answered.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Problem {
    /// The HTTP status.
    pub status: u16,
    /// What is the matter, in a few words.
    pub title: String,
    /// What is the matter and what to do, in one sentence.
    pub detail: String,
    /// Seconds after which it may be tried again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
}

/// What handlers give.
pub(crate) type Answer<T = Response> = Result<T, Problem>;

impl Problem {
    pub(crate) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        let title = status.canonical_reason().unwrap_or("Problem").to_owned();
        Self { status: status.as_u16(), title, detail: detail.into(), retry_after: None }
    }

    pub(crate) fn bad(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    pub(crate) fn missing(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, format!("there is no {what} of this id"))
    }

    pub(crate) fn later(seconds: u64, detail: impl Into<String>) -> Self {
        Self { retry_after: Some(seconds), ..Self::new(StatusCode::TOO_MANY_REQUESTS, detail) }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<marsad_store::Error> for Problem {
    fn from(error: marsad_store::Error) -> Self {
        use marsad_store::Error;
        if !matches!(error, Error::NoDecision(_) | Error::NoSubject(_)) {
            tracing::error!(%error, "the store failed");
        }
        let status = match &error {
            Error::Lost(_) | Error::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Error::NoDecision(_) | Error::NoSubject(_) => StatusCode::CONFLICT,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        // What the database says may tell paths and queries: it goes to the log alone.
        let detail = match &error {
            Error::NoDecision(_) | Error::NoSubject(_) | Error::Busy | Error::ReadOnly | Error::Full => error.to_string(),
            Error::Lost(_) => "the database cannot be reached; try again".into(),
            _ => "the store failed; the log of the server tells more".into(),
        };
        Self::new(status, detail)
    }
}

/// The short hash that entity tags are made of.
pub(crate) fn tag(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let digest = hash.finalize();
    let hex: String = digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    format!("W/\"{hex}\"")
}

/// Whether the reader has what this tag names.
pub(crate) fn has(headers: &HeaderMap, tag: &str) -> bool {
    let given = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    given.split(',').any(|one| one.trim() == tag || one.trim() == "*")
}

/// A body of some type with its tag, or 304 where the reader has it.
pub(crate) fn tagged(headers: &HeaderMap, tag: &str, content_type: &str, body: impl FnOnce() -> Answer<Body>) -> Answer {
    let mut response = if has(headers, tag) { StatusCode::NOT_MODIFIED.into_response() } else { Response::new(body()?) };
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(tag) {
        headers.insert(header::ETAG, value);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("Accept, Authorization, Cookie"));
    if let Ok(value) = HeaderValue::from_str(content_type) {
        headers.insert(header::CONTENT_TYPE, value);
    }
    Ok(response)
}

/// A value as JSON.
pub(crate) fn json<T: Serialize>(value: &T) -> Answer<Vec<u8>> {
    serde_json::to_vec(value).map_err(|error| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))
}

/// JSON that was written before, with its tag, or 304.
pub(crate) fn written(headers: &HeaderMap, tag: &str, bytes: &[u8]) -> Answer {
    tagged(headers, tag, "application/json", || Ok(Body::from(bytes.to_vec())))
}

/// JSON with its tag, or 304.
pub(crate) fn json_tagged<T: Serialize>(headers: &HeaderMap, tag: &str, value: impl FnOnce() -> Answer<T>) -> Answer {
    tagged(headers, tag, "application/json", || Ok(Body::from(json(&value()?)?)))
}
