//! `marsad schema`: the JSON Schema of what `marsad code` prints.

use marsad_model::{Coded, RECORD, Unreadable};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::json;
use std::io::{self, Write};

/// One line of `marsad code`: a coded document, or what stands in the place of one that could not be read.
#[derive(JsonSchema, Serialize)]
#[serde(untagged)]
#[allow(dead_code, clippy::large_enum_variant)]
enum Line {
    Coded(Coded),
    Unreadable(Unreadable),
}

/// Prints the schema.
pub(crate) fn run() -> io::Result<usize> {
    let mut out = io::stdout().lock();
    out.write_all(text().as_bytes())?;
    out.flush()?;
    Ok(0)
}

/// The schema as it is committed in `schema/marsad-1.json`.
fn text() -> String {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut schema = generator.into_root_schema_for::<Line>().to_value();
    schema["title"] = json!(format!("The record {RECORD}"));
    for definition in ["Coded", "Unreadable"] {
        schema["$defs"][definition]["properties"]["record"]["const"] = json!(RECORD);
    }
    format!("{schema:#}\n")
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_committed_schema_is_the_generated_one() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../schema/marsad-1.json");
        let committed = std::fs::read_to_string(path).unwrap_or_default();
        assert!(committed == super::text(), "the record changed; run `marsad schema > schema/marsad-1.json` and read the difference");
    }
}
