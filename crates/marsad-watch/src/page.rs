//! Single pages, with the same manners and the same care as feeds.

use crate::address::{Guard, HINT};
use crate::fetch::{Answer, Fetcher, Trouble};
use crate::hosts::Hosts;
use crate::watcher::Options;
use marsad_ingest::{Format, Known, WebPage};
use reqwest::header::{self, HeaderMap};
use std::time::Duration;
use url::Url;

/// Between two requests to one host.
const PAUSE: Duration = Duration::from_secs(1);

/// Fetches single pages that somebody names.
pub struct Pages {
    hosts: Hosts,
    limit: usize,
}

impl Pages {
    /// Sends nothing yet. Of the options those about addresses, time and pages hold. Within a runtime of tokio.
    ///
    /// # Errors
    ///
    /// Where no requests can be sent at all.
    pub fn new(options: &Options) -> Result<Self, String> {
        let guard = Guard { private: options.allow_private, also: options.allow.clone().into() };
        let fetcher = Fetcher::new(guard, concat!("marsad/", env!("CARGO_PKG_VERSION")), options.time_limit)?;
        Ok(Self { hosts: Hosts::new(fetcher, PAUSE), limit: options.page_limit })
    }

    /// The page at an address.
    ///
    /// # Errors
    ///
    /// Why it cannot be had, for people.
    pub async fn get(&self, url: &str) -> Result<WebPage, String> {
        let url = Url::parse(url.trim()).map_err(|_| format!("{url:?} is no address of a page; it begins with https://"))?;
        let (format, answer) = fetched(&self.hosts, &url, self.limit).await.map_err(|trouble| trouble.to_string().replace(HINT, ""))?;
        let id = answer.url.to_string();
        let known = Known { outlet: None, title: None, author: None, published: None };
        Ok(WebPage { name: id.clone(), url: Some(id.clone()), id, format, charset: answer.charset, bytes: answer.body, known })
    }
}

/// Asks for a page, and tells how it is to be understood.
pub(crate) async fn fetched(hosts: &Hosts, url: &Url, limit: usize) -> Result<(Format, Answer), Trouble> {
    let mut headers = HeaderMap::new();
    headers.insert(header::ACCEPT, header::HeaderValue::from_static("text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.1"));
    let (answer, _) = hosts.get(url, &headers, limit).await?;
    match answer.status {
        200 => {}
        408 | 425 | 429 | 500.. => return Err(Trouble::Failed(refused_with(answer.status))),
        status => return Err(Trouble::Forbidden(refused_with(status))),
    }
    let format = match answer.kind.as_str() {
        "text/html" | "application/xhtml+xml" | "" => Format::Html,
        "text/plain" => Format::Text,
        kind => return Err(Trouble::Forbidden(format!("it is no page, but {kind}"))),
    };
    Ok((format, answer))
}

pub(crate) fn refused_with(status: u16) -> String {
    match status {
        401 | 403 => format!("the server does not let us read it (status {status})"),
        404 | 410 => format!("there is nothing at this address (status {status})"),
        429 => "the server says that we ask too often (status 429)".into(),
        500.. => format!("the server failed (status {status})"),
        _ => format!("the server answered with status {status}"),
    }
}
