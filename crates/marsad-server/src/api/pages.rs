//! Pages of the web that reviewers name, fetched to be coded. Nothing of them is stored.

use crate::answer::{Answer, Problem};
use crate::observatory::App;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use marsad_ingest::{DayReader, Input, Options, Reader};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Characters of an address at most.
const LONGEST: usize = 2000;

/// An address.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Address {
    /// Of a page of the public web, with `https://`.
    url: String,
}

/// What a page tells, ready to be coded.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Fetched {
    /// Where it was found in the end.
    url: Option<String>,
    /// The article, as text.
    text: String,
    title: Option<String>,
    outlet: Option<String>,
    /// Publication day.
    published: Option<String>,
}

/// `POST /api/fetch`
pub(crate) async fn fetch(State(app): State<App>, Json(address): Json<Address>) -> Answer<Json<Fetched>> {
    let off = || Problem::new(StatusCode::FORBIDDEN, "this server fetches no pages; `marsad serve --fetch` allows it. Paste the text");
    let pages = app.pages.as_ref().ok_or_else(off)?;
    if address.url.len() > LONGEST {
        return Err(Problem::bad(format!("an address has at most {LONGEST} characters")));
    }
    let stopped = |_| Problem::new(StatusCode::SERVICE_UNAVAILABLE, "the server is stopping");
    let _one = app.coding.acquire().await.map_err(stopped)?;
    let page = pages.get(&address.url).await.map_err(|reason| Problem::new(StatusCode::BAD_GATEWAY, reason))?;
    let reader = app.clone();
    let read = tokio::task::spawn_blocking(move || {
        let options = Options { days: Some(DayReader::new(move |line| reader.coder.written_day(line))), ..Options::default() };
        Reader::new([Input::Page(Box::new(page))], options).next().map(|entry| entry.content)
    });
    let failed = |reason: String| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, reason);
    match read.await.map_err(|_| failed("this page could not be read".into()))? {
        Some(Ok(document)) => Ok(Json(Fetched {
            url: document.url,
            text: document.text,
            title: document.title,
            outlet: document.outlet,
            published: document.published.map(|day| day.to_string()),
        })),
        Some(Err(unreadable)) => Err(failed(unreadable.error)),
        None => Err(failed("there is no article on this page".into())),
    }
}
