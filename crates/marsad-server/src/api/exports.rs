//! Incidents in the formats of the field.

use crate::Access;
use crate::answer::{Answer, Problem};
use crate::api::incidents::matching;
use crate::filter::{Filter, FilterQuery};
use crate::names::Known;
use crate::observatory::{App, Observatory};
use crate::snapshot::Snapshot;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Zoned;
use marsad_export::{Format, Row};
use marsad_model::Incident;
use marsad_store::Store;
use std::sync::Arc;

impl Observatory {
    /// The row of an incident as it may be shown; `None` where it may not be.
    pub fn row(&self, snapshot: &Snapshot, incident: &Incident) -> Option<Row> {
        let row = Row::new(incident, &Known { coder: &self.coder, sources: &snapshot.sources, places: &self.places });
        match &self.options.access {
            Access::Public(policy) => policy.apply(row, Zoned::now().date()),
            _ => Some(row),
        }
    }
}

/// All incidents that meet a filter, in a format.
pub(crate) async fn rows_of(app: &App, snapshot: &Arc<Snapshot>, filter: &Filter, format: Format) -> Answer<Vec<u8>> {
    let mut wanted: Vec<String> = matching(snapshot, filter).map(|entry| entry.id.to_string()).collect();
    wanted.sort_unstable();
    let (server, snapshot) = (app.clone(), snapshot.clone());
    let read = async move |store: &mut Store| {
        let mut rows = Vec::with_capacity(wanted.len());
        let mut take = |mut incident: Incident| {
            snapshot.overlay.lay_over(&mut incident);
            rows.extend(server.row(&snapshot, &incident));
        };
        // For a few, looking each up is quicker than reading all.
        if wanted.len() * 20 < snapshot.entries.len() {
            for id in &wanted {
                if let Some(incident) = store.incident(id).await? {
                    take(incident);
                }
            }
        } else {
            let each = |incident: Incident| {
                if wanted.binary_search(&incident.id).is_ok() {
                    take(incident);
                }
            };
            store.each_incident(each).await?;
        }
        Ok(rows)
    };
    let mut rows: Vec<Row> = app.pool.run(read).await?;
    rows.sort_by(|a, b| a.days.cmp(&b.days).then_with(|| a.incident.id.cmp(&b.incident.id)));
    let mut out = Vec::new();
    let failed = |error: std::io::Error| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string());
    marsad_export::export(&rows, format, &mut out).map_err(failed)?;
    Ok(out)
}

/// `GET /api/export/{format}`
pub(crate) async fn export(State(app): State<App>, Path(name): Path<String>, Query(query): Query<FilterQuery>) -> Answer<Response> {
    let (format, kind, ending) = match name.as_str() {
        "acled" => (Format::Acled, "text/csv; charset=utf-8", "csv"),
        "ucdp" => (Format::Ucdp, "text/csv; charset=utf-8", "csv"),
        "hxl" => (Format::Hxl, "text/csv; charset=utf-8", "csv"),
        "plover" => (Format::Plover, "application/x-ndjson", "jsonl"),
        "jsonl" => (Format::JsonLines, "application/x-ndjson", "jsonl"),
        "geojson" => (Format::GeoJson, "application/geo+json", "geojson"),
        _ => return Err(Problem::new(StatusCode::NOT_FOUND, "the formats are acled, ucdp, plover, geojson, hxl and jsonl")),
    };
    let snapshot = app.snapshot();
    let filter = app.filter(&query, &snapshot).await?;
    let bytes = rows_of(&app, &snapshot, &filter, format).await?;
    let file = format!("attachment; filename=\"marsad-{name}.{ending}\"");
    Ok(([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, file)], bytes).into_response())
}
