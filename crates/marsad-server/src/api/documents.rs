//! Documents with their texts.

use crate::answer::{Answer, Problem, json_tagged, tag};
use crate::observatory::App;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use marsad_export::Source;
use marsad_model::{Coded, Event};
use marsad_store::Report;
use schemars::JsonSchema;
use serde::Serialize;

/// A document as it is shown.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Shown {
    /// Its id in the store; empty where it may not be shown.
    id: String,
    outlet: Option<String>,
    title: Option<String>,
    url: Option<String>,
    /// Publication day.
    published: Option<String>,
    language: Option<String>,
    /// Counted from 1; a text that changed is a new version.
    version: i64,
    /// When it was stored.
    added: String,
    /// Its text; none where it may not be shown. Spans count its code points.
    text: Option<String>,
    /// Everything that was coded in it.
    events: Vec<Event>,
}

/// A report as it is shown.
pub(crate) fn shown(report: Report) -> Shown {
    let Report { head, text, record } = report;
    let (outlet, title, url, published, language) = (head.outlet, head.title, head.url, head.published, head.language);
    Shown {
        id: head.id,
        outlet,
        title,
        url,
        published,
        language,
        version: head.version,
        added: head.added,
        text: Some(text),
        events: record.events,
    }
}

impl Shown {
    /// What may be published of a document.
    pub fn published(source: &Source) -> Self {
        let Source { outlet, title, url, published, .. } = source.clone();
        Self { outlet, title, url, published, ..Self::default() }
    }
}

/// A document and its record.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Document {
    document: Shown,
    /// What `marsad code` printed of it.
    record: Coded,
}

/// `GET /api/documents/{id}`
pub(crate) async fn one(State(app): State<App>, Path(id): Path<String>, headers: HeaderMap) -> Answer<Response> {
    if app.is_public() {
        return Err(Problem::new(StatusCode::FORBIDDEN, "the words of reports are not published"));
    }
    let asked = [id.clone()];
    let mut reports = app.pool.run(async move |store| store.reports(&asked).await).await?;
    let report = reports.pop().ok_or_else(|| Problem::missing("document"))?;
    let tag = tag(&[&id, &report.head.version.to_string(), &report.head.latest.to_string(), &app.snapshot().version]);
    json_tagged(&headers, &tag, || {
        let record = report.record.clone();
        Ok(Document { document: shown(report), record })
    })
}
