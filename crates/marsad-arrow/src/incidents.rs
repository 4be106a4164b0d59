//! Batches of coded documents to incidents.

use crate::rows::plain;
use crate::{Error, coded, incident_schema};
use arrow_array::RecordBatch;
use arrow_schema::FieldRef;
use marsad_link::Model;
use marsad_model::Incident;

/// Incidents as a batch of the schema [`incident_schema`].
///
/// # Errors
///
/// What does not fit into one batch.
pub fn incident_batch(incidents: &[Incident]) -> Result<RecordBatch, Error> {
    let fields: Vec<FieldRef> = incident_schema().fields().iter().cloned().collect();
    serde_arrow::to_record_batch(&fields, &incidents).map_err(|error| Error::Batch(plain(&error)))
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
