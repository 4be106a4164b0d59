//! What can be asked for.

use crate::answer::{Answer, json, tag, tagged, written};
use crate::names::Name;
use crate::observatory::App;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use marsad_model::Action;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Values that incidents have, for filters.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Vocabulary {
    /// All actions of the codebook.
    actions: Vec<&'static str>,
    /// Actors that take part in an incident, most often first.
    actors: Vec<ActorRow>,
    /// Countries that incidents lie in.
    countries: BTreeSet<String>,
    /// First-order divisions that incidents lie in, by country.
    admin1: BTreeMap<String, BTreeSet<String>>,
    outlets: BTreeSet<String>,
    /// Arabic names of the divisions, by their English names.
    divisions: BTreeMap<String, String>,
}

/// An actor.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ActorRow {
    id: String,
    name: Name,
    incidents: u32,
}

/// `GET /api/vocabulary`
pub(crate) async fn all(State(app): State<App>, headers: HeaderMap) -> Answer {
    let snapshot = app.snapshot();
    let tag = tag(&[&snapshot.shape, "vocabulary"]);
    let bytes = app.drawn.count(tag.clone(), || {
        let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
        let (mut countries, mut admin1): (BTreeSet<String>, BTreeMap<String, BTreeSet<String>>) = Default::default();
        let mut outlets = BTreeSet::new();
        for entry in &snapshot.entries {
            entry.actors.iter().for_each(|actor| *counts.entry(*actor).or_default() += 1);
            outlets.extend(entry.outlets.iter().copied());
            if let Some((place, country)) = entry.place.as_ref().and_then(|place| Some((place, place.country?))) {
                let country = snapshot.names.text(country);
                if !countries.contains(country) {
                    countries.insert(country.to_owned());
                }
                if let Some(division) = place.admin1.map(|division| snapshot.names.text(division)) {
                    let of = admin1.entry(country.to_owned()).or_default();
                    if !of.contains(division) {
                        of.insert(division.to_owned());
                    }
                }
            }
        }
        let row = |(actor, incidents): (u32, u32)| {
            let id = snapshot.names.text(actor).to_owned();
            ActorRow { name: app.actors.name(&id), id, incidents }
        };
        let mut actors: Vec<ActorRow> = counts.into_iter().map(row).collect();
        actors.sort_by(|a, b| b.incidents.cmp(&a.incidents).then_with(|| a.id.cmp(&b.id)));
        let arabic = |name: &String| app.places.division(name).map(|arabic| (name.clone(), arabic.to_owned()));
        let divisions = admin1.values().flatten().filter_map(arabic).collect();
        json(&Vocabulary {
            actions: Action::ALL.iter().map(|action| action.name()).collect(),
            actors,
            countries,
            admin1,
            outlets: outlets.into_iter().map(|outlet| snapshot.names.text(outlet).to_owned()).collect(),
            divisions,
        })
    });
    written(&headers, &tag, &bytes.await?)
}

/// `GET /api/openapi.json`
pub(crate) async fn openapi(State(app): State<App>, headers: HeaderMap) -> Answer {
    let tag = tag(&[&app.document]);
    tagged(&headers, &tag, "application/json", || Ok(Body::from(app.document.clone())))
}
