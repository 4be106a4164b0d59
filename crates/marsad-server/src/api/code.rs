//! Coding a text that somebody pastes. Nothing of it is stored.

use crate::answer::{Answer, Problem};
use crate::names::Name;
use crate::observatory::App;
use axum::extract::State;
use axum::http::StatusCode;
use axum::{Extension, Json};
use jiff::civil::Date;
use marsad_model::{Coded, Document};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Bytes of a text at most.
const LONGEST: usize = 256 << 10;

/// A text.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Text {
    /// The article, headline first; 256 kB at most.
    text: String,
    /// Its headline, if it does not stand in the text.
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    outlet: Option<String>,
    /// Publication day, which relative days are counted from.
    #[serde(default)]
    published: Option<String>,
}

/// Why a value is what it is.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ReasonRow {
    /// Which event, counted from 0.
    event: usize,
    slot: String,
    value: String,
    /// The rule of the language pack, or the step of the engine.
    rule: String,
    /// The words used.
    span: Option<[u32; 2]>,
}

/// What was coded, and why.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Explained {
    record: Coded,
    reasons: Vec<ReasonRow>,
    /// Names of the actors in it.
    actors: BTreeMap<String, Name>,
}

/// `POST /api/code`
pub(crate) async fn code(State(app): State<App>, _: Extension<crate::guard::Who>, Json(text): Json<Text>) -> Answer<Json<Explained>> {
    if text.text.len() > LONGEST {
        return Err(Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "this text is longer than 256 kB; `marsad code` takes texts of any length",
        ));
    }
    let day =
        |text: String| text.parse::<Date>().map_err(|_| Problem::bad(format!("published={text:?} is no day; write it as 2023-08-14")));
    let published = text.published.filter(|day| !day.trim().is_empty()).map(day).transpose()?;
    let document =
        Document { id: "text".into(), text: text.text, title: text.title, outlet: text.outlet, published, ..Document::default() };
    let stopped = |_| Problem::new(StatusCode::SERVICE_UNAVAILABLE, "the server is stopping");
    let _one = app.coding.acquire().await.map_err(stopped)?;
    let worker = app.clone();
    let coded = tokio::task::spawn_blocking(move || worker.coder.session().explain(&document)).await;
    let (record, reasons) = coded.map_err(|_| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "coding failed; please report this text"))?;
    let ids = record.events.iter().flat_map(|event| &event.participants).map(|part| part.actor.clone());
    let actors = ids.map(|id| (id.clone(), app.actors.name(&id))).collect();
    let reasons = reasons.into_iter().map(|reason| ReasonRow {
        event: reason.event,
        slot: reason.slot.into(),
        value: reason.value,
        rule: reason.rule,
        span: reason.span,
    });
    Ok(Json(Explained { reasons: reasons.collect(), record, actors }))
}
