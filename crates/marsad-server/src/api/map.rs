//! What a map shows: clusters where there are many incidents, and each place by itself where there are few. The work is done
//! here so that a hundred thousand incidents cost a browser no more than a few hundred features.

use crate::answer::{Answer, Problem, json, tag, written};
use crate::api::incidents::matching;
use crate::filter::FilterQuery;
use crate::observatory::App;
use crate::snapshot::Entry;
use axum::extract::{Query, RawQuery, State};
use axum::http::HeaderMap;
use marsad_model::Precision;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::f64::consts::PI;
use std::sync::Arc;

/// Cells along a side of a tile of 256 pixels: a cluster has about 64 pixels.
const CELLS: f64 = 4.0;
/// From this zoom on places are shown by themselves.
const FINE: f64 = 11.0;
/// Incidents of a cell up to which its places are shown by themselves, if they are as few.
const FEW: usize = 3;

/// A filter and what the map shows.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct MapQuery {
    #[serde(flatten)]
    pub filter: FilterQuery,
    /// The zoom of the map, 0 (the world) to 22.
    #[schemars(with = "Option<f64>")]
    pub zoom: Option<String>,
}

/// One thing on the map.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Feature {
    /// `cluster`, `point` (told exactly) or `area` (somewhere within the radius).
    kind: &'static str,
    lat: f64,
    lon: f64,
    /// For areas.
    radius_km: Option<f64>,
    /// Incidents in it.
    count: usize,
    /// Killed, by the best figures.
    killed: u64,
    /// The incidents, latest first, where they are few.
    ids: Vec<String>,
    /// The action of the latest of them.
    action: &'static str,
    /// West, south, east, north of its incidents.
    bounds: [f64; 4],
}

/// Everything on the map.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Features {
    features: Vec<Feature>,
    /// Incidents that meet the filter and have a place.
    placed: usize,
    /// Those that have none.
    unplaced: usize,
    /// West, south, east, north of all that meet the filter; none where none has a place.
    bounds: Option<[f64; 4]>,
}

/// Position in the world's square, 0 to 1 from west to east and from north to south (Web Mercator).
fn square(lat: f64, lon: f64) -> (f64, f64) {
    let lat = lat.clamp(-85.0, 85.0).to_radians();
    ((lon + 180.0) / 360.0, (1.0 - (lat.tan() + 1.0 / lat.cos()).ln() / PI) / 2.0)
}

/// `GET /api/map`
pub(crate) async fn features(State(app): State<App>, Query(query): Query<MapQuery>, RawQuery(raw): RawQuery, headers: HeaderMap) -> Answer {
    let snapshot = app.snapshot();
    let filter = app.filter(&query.filter, &snapshot).await?;
    let zoom: f64 = match query.zoom.as_deref().filter(|text| !text.is_empty()) {
        None => 4.0,
        Some(text) => text.parse().ok().filter(|zoom| (0.0..=24.0).contains(zoom)).ok_or_else(|| Problem::bad("zoom: give 0 to 24"))?,
    };
    let tag = tag(&[&app.mark(&snapshot, &filter), raw.as_deref().unwrap_or_default(), "map"]);
    let bytes = app.drawn.count(tag.clone(), || {
        let cells = 2_f64.powf(zoom.floor()) * CELLS;
        let (mut placed, mut unplaced, mut bounds) = (0, 0, None);
        let mut found: BTreeMap<(i64, i64), Vec<Placed<'_>>> = BTreeMap::new();
        for entry in matching(&snapshot, &filter) {
            let Some((lat, lon)) = entry.place.as_ref().and_then(|place| place.point) else {
                unplaced += 1;
                continue;
            };
            placed += 1;
            extend(&mut bounds, lat, lon);
            let (x, y) = square(lat, lon);
            found.entry(((x * cells) as i64, (y * cells) as i64)).or_default().push((entry, lat, lon));
        }
        let mut features = Vec::with_capacity(found.len());
        for cell in found.into_values() {
            if zoom >= FINE || cell.len() <= FEW || cell.iter().all(|(_, lat, lon)| (*lat, *lon) == (cell[0].1, cell[0].2)) {
                single(&cell, &mut features);
            } else {
                features.push(feature("cluster", &cell));
            }
        }
        json(&Features { features, placed, unplaced, bounds })
    });
    written(&headers, &tag, &bytes.await?)
}

/// An incident with its latitude and longitude, in degrees.
type Placed<'a> = (&'a Arc<Entry>, f64, f64);

/// The places of a cell by themselves: one feature for each place and kind.
fn single(cell: &[Placed<'_>], features: &mut Vec<Feature>) {
    let mut places: BTreeMap<(u64, u64, bool), Vec<Placed<'_>>> = BTreeMap::new();
    for &(entry, lat, lon) in cell {
        let exact = entry.place.as_ref().is_some_and(|place| place.precision == Precision::Exact);
        places.entry((lat.to_bits(), lon.to_bits(), exact)).or_default().push((entry, lat, lon));
    }
    features.extend(places.into_iter().map(|((_, _, exact), of)| feature(if exact { "point" } else { "area" }, &of)));
}

fn feature(kind: &'static str, of: &[Placed<'_>]) -> Feature {
    let mut bounds = None;
    of.iter().for_each(|(_, lat, lon)| extend(&mut bounds, *lat, *lon));
    let n = of.len() as f64;
    let (lat, lon) = of.iter().fold((0.0, 0.0), |sum, (_, lat, lon)| (sum.0 + lat / n, sum.1 + lon / n));
    let radius = of.iter().filter_map(|(entry, ..)| entry.place.as_ref()?.radius_km).fold(0.0, f64::max);
    Feature {
        kind,
        lat: rounded(lat),
        lon: rounded(lon),
        radius_km: (kind == "area").then_some(radius),
        count: of.len(),
        killed: of.iter().map(|(entry, ..)| u64::from(entry.killed.best)).sum(),
        ids: of.iter().take(if kind == "cluster" { 0 } else { 20 }).map(|(entry, ..)| entry.id.to_string()).collect(),
        action: of.first().map_or("", |(entry, ..)| entry.action.name()),
        bounds: bounds.unwrap_or_default(),
    }
}

fn rounded(degrees: f64) -> f64 {
    (degrees * 1e5).round() / 1e5
}

fn extend(bounds: &mut Option<[f64; 4]>, lat: f64, lon: f64) {
    let [west, south, east, north] = bounds.unwrap_or([lon, lat, lon, lat]);
    *bounds = Some([west.min(lon), south.min(lat), east.max(lon), north.max(lat)]);
}
