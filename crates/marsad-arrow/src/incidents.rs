//! Batches of coded documents to incidents.

use crate::rows::plain;
use crate::{Error, coded, incident_schema};
use arrow_array::RecordBatch;
use arrow_schema::FieldRef;
use marsad_link::Model;
use marsad_model::{Action, Because, Disagreement, Incident, Supported, Toll, When, Where};
use serde::Serialize;

/// An incident as it is written: in a table no list is absent.
#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    events: &'a [String],
    documents: &'a [String],
    voices: u32,
    action: Action,
    when: Option<&'a When>,
    #[serde(rename = "where")]
    place: Option<&'a Where>,
    participants: &'a [Supported],
    casualties: &'a [Toll],
    disagreements: &'a [Disagreement],
    confidence: f64,
    because: &'a [Because],
    retold_by: &'a [String],
}

impl<'a> Row<'a> {
    fn of(incident: &'a Incident) -> Self {
        Self {
            id: &incident.id,
            events: &incident.events,
            documents: &incident.documents,
            voices: incident.voices,
            action: incident.action,
            when: incident.when.as_ref(),
            place: incident.place.as_ref(),
            participants: &incident.participants,
            casualties: &incident.casualties,
            disagreements: &incident.disagreements,
            confidence: incident.confidence,
            because: &incident.because,
            retold_by: &incident.retold_by,
        }
    }
}

/// Incidents as a batch of the schema [`incident_schema`].
///
/// # Errors
///
/// What does not fit into one batch.
pub fn incident_batch(incidents: &[Incident]) -> Result<RecordBatch, Error> {
    let fields: Vec<FieldRef> = incident_schema().fields().iter().cloned().collect();
    let rows: Vec<Row<'_>> = incidents.iter().map(Row::of).collect();
    serde_arrow::to_record_batch(&fields, &rows).map_err(|error| Error::Batch(plain(&error)))
}

/// Links coded documents (see [`coded`]): the incidents that `marsad link` finds, and the ids of documents that were left out,
/// because another of the same id has other text.
///
/// # Errors
///
/// A column that is missing or holds something else.
pub fn link(batches: &[RecordBatch]) -> Result<(RecordBatch, Vec<String>), Error> {
    let mut documents = Vec::new();
    for batch in batches {
        documents.extend(coded(batch)?);
    }
    let linked = marsad_link::link(&documents, &Model::fitted());
    Ok((incident_batch(&linked.incidents)?, linked.clashing))
}
