//! One request after the other, with limits.

use crate::address::Guard;
use crate::backoff;
use jiff::Timestamp;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{self, HeaderMap, HeaderValue};
use reqwest::{Client, redirect};
use std::error::Error as _;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// What a request may cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// From the connection to the last byte of the answer.
    pub time: Duration,
    /// Bytes of the answer, unpacked.
    pub bytes: usize,
}

/// An answer of a server.
#[derive(Debug)]
pub(crate) struct Answer {
    pub status: u16,
    pub url: Url,
    /// Where it sends the request on to.
    pub location: Option<String>,
    pub etag: Option<String>,
    pub modified: Option<String>,
    /// Media type in lower case, without parameters.
    pub kind: String,
    pub charset: Option<String>,
    /// How long it asks to be left alone.
    pub retry_after: Option<Duration>,
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// It may not be fetched, now or later.
    Forbidden(String),
    /// It cannot be fetched now.
    Failed(String),
    /// The server wants to be left alone for so long.
    Busy(Duration),
}

impl fmt::Display for Trouble {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Forbidden(reason) | Self::Failed(reason) => out.write_str(reason),
            Self::Busy(wait) => write!(out, "the host asks to be left alone for {} s", wait.as_secs()),
        }
    }
}

/// Sends requests; follows no redirect by itself.
pub(crate) struct Fetcher {
    client: Client,
    guard: Guard,
    time: Duration,
}

impl Fetcher {
    pub fn new(guard: Guard, agent: &str, time: Duration) -> Result<Self, String> {
        // Whoever installed another one before is welcome to it.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .user_agent(agent)
            .redirect(redirect::Policy::none())
            // A proxy would look names up by itself, past the check.
            .no_proxy()
            .dns_resolver(Arc::new(Lookup(guard.clone())))
            .connect_timeout(time.min(Duration::from_secs(15)))
            .pool_max_idle_per_host(1)
            .pool_idle_timeout(Duration::from_secs(30))
            .build()
            .map_err(|error| format!("requests cannot be sent: {}", deepest(&error)))?;
        Ok(Self { client, guard, time })
    }

    /// Asks for a URL. An answer is cut off at so many bytes, and is an error then.
    pub async fn get(&self, url: &Url, headers: HeaderMap, limit: usize) -> Result<Answer, Trouble> {
        self.guard.check(url).map_err(Trouble::Forbidden)?;
        let limits = Limits { time: self.time, bytes: limit };
        tokio::time::timeout(limits.time, self.exchange(url, headers, limits)).await.unwrap_or_else(|_| {
            Err(Trouble::Failed(format!("the answer took longer than {} s and was broken off", limits.time.as_secs_f64())))
        })
    }

    async fn exchange(&self, url: &Url, headers: HeaderMap, limits: Limits) -> Result<Answer, Trouble> {
        let failed = |error: reqwest::Error| match refused(&error) {
            Some(reason) => Trouble::Forbidden(reason),
            None => Trouble::Failed(deepest(&error)),
        };
        let mut response = self.client.get(url.clone()).headers(headers).send().await.map_err(failed)?;
        let text = |name: header::HeaderName| {
            let value = response.headers().get(name)?;
            Some(String::from_utf8_lossy(value.as_bytes()).trim().to_owned()).filter(|value| !value.is_empty())
        };
        let kind = text(header::CONTENT_TYPE).unwrap_or_default().to_ascii_lowercase();
        let mut answer = Answer {
            status: response.status().as_u16(),
            url: url.clone(),
            location: text(header::LOCATION),
            etag: text(header::ETAG),
            modified: text(header::LAST_MODIFIED),
            charset: charset(&kind),
            kind: kind.split(';').next().unwrap_or_default().trim().to_owned(),
            retry_after: text(header::RETRY_AFTER).and_then(|value| backoff::retry_after(&value, Timestamp::now())),
            body: Vec::new(),
        };
        // What is no page is not read to its end.
        if answer.status != 200 {
            return Ok(answer);
        }
        let too_large = || Trouble::Forbidden(format!("it is larger than {} and was cut off", size(limits.bytes)));
        if response.content_length().is_some_and(|length| length > limits.bytes as u64) {
            return Err(too_large());
        }
        while let Some(part) = response.chunk().await.map_err(failed)? {
            if answer.body.len() + part.len() > limits.bytes {
                return Err(too_large());
            }
            answer.body.extend_from_slice(&part);
        }
        Ok(answer)
    }
}

/// Looks names up and keeps the addresses that may be connected to; it is these that the connection is made to.
struct Lookup(Guard);

/// A name that leads to no address that is allowed.
#[derive(Debug)]
struct Refused(String);

impl fmt::Display for Refused {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

impl Resolve for Lookup {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.0.clone();
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let kept = guard.keep(name.as_str(), found).map_err(Refused)?;
            let addresses: Addrs = Box::new(kept.into_iter());
            Ok(addresses)
        })
    }
}

/// The encoding in a media type's parameters.
fn charset(kind: &str) -> Option<String> {
    let (_, value) = kind.split_once("charset=")?;
    let value = value.trim_start_matches(['"', '\'']).split([';', '"', '\'', ' ']).next()?;
    (!value.is_empty()).then(|| value.to_owned())
}

/// Whether an address was refused, somewhere below.
fn refused(error: &reqwest::Error) -> Option<String> {
    let mut next = error.source();
    while let Some(error) = next {
        if let Some(Refused(reason)) = error.downcast_ref() {
            return Some(reason.clone());
        }
        next = error.source();
    }
    None
}

/// The innermost reason, which says most.
fn deepest(error: &reqwest::Error) -> String {
    let mut found = error.to_string();
    let mut next = error.source();
    while let Some(error) = next {
        found = error.to_string();
        next = error.source();
    }
    found
}

/// A value of a header, where it can be one.
pub(crate) fn value(text: &str) -> Option<HeaderValue> {
    HeaderValue::from_bytes(text.as_bytes()).ok()
}

fn size(bytes: usize) -> String {
    if bytes < 1 << 20 { format!("{} KiB", bytes >> 10) } else { format!("{} MiB", bytes >> 20) }
}
