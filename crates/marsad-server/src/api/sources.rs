//! Outlets.

use crate::answer::{Answer, json_tagged, tag};
use crate::observatory::App;
use axum::extract::State;
use axum::http::HeaderMap;
use schemars::JsonSchema;
use serde::Serialize;

/// An outlet, over all documents and incidents.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct OutletRow {
    /// Its name; empty for documents that name none.
    outlet: String,
    documents: u32,
    /// Day of its first and last document.
    first: Option<String>,
    last: Option<String>,
    /// Documents that tell an incident.
    telling: u32,
    /// Those of them that are near copies of an earlier report of another outlet.
    copies: u32,
    /// Incidents it tells.
    incidents: u32,
    /// Incidents for which it and another outlet give a number of killed.
    compared: u32,
    /// Of these, how often its number is below, equal to and above the median of the others.
    lower: u32,
    equal: u32,
    higher: u32,
    /// Its numbers over the medians of the others, in sum; none where nothing can be compared.
    ratio: Option<f64>,
}

/// All outlets.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Sources {
    outlets: Vec<OutletRow>,
}

/// `GET /api/sources`
pub(crate) async fn list(State(app): State<App>, headers: HeaderMap) -> Answer {
    let snapshot = app.snapshot();
    let tag = tag(&[&snapshot.version, "sources"]);
    json_tagged(&headers, &tag, || {
        let row = |(name, outlet): (&String, &crate::snapshot::Outlet)| OutletRow {
            outlet: name.clone(),
            documents: outlet.documents,
            first: outlet.first.clone(),
            last: outlet.last.clone(),
            telling: outlet.telling,
            copies: outlet.copies,
            incidents: outlet.incidents,
            compared: outlet.compared,
            lower: outlet.lower,
            equal: outlet.equal,
            higher: outlet.higher,
            ratio: (outlet.others > 0.0).then(|| outlet.own / outlet.others),
        };
        let mut outlets: Vec<OutletRow> = snapshot.outlets.iter().map(row).collect();
        outlets.sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.outlet.cmp(&b.outlet)));
        Ok(Sources { outlets })
    })
}
