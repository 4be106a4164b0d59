//! `marsad schema`: the JSON Schemas of what `marsad code` and `marsad link` print.

use clap::{Args, ValueEnum};
use marsad_model::{Coded, INCIDENT_RECORD, Incident, RECORD, Unreadable};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::json;
use std::io::{self, Write};

/// Print the JSON Schema of a record.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Whose output it describes.
    #[arg(value_enum, default_value_t = Of::Code, value_name = "COMMAND")]
    of: Of,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Of {
    /// Coded documents.
    Code,
    /// Incidents.
    Link,
}

/// One line of `marsad code`: a coded document, or what stands in the place of one that could not be read.
#[derive(JsonSchema, Serialize)]
#[serde(untagged)]
#[allow(dead_code, clippy::large_enum_variant)]
enum Line {
    Coded(Coded),
    Unreadable(Unreadable),
}

/// Prints the schema.
pub(crate) fn run(arguments: &Arguments) -> io::Result<usize> {
    let mut out = io::stdout().lock();
    out.write_all(text(arguments.of).as_bytes())?;
    out.flush()?;
    Ok(0)
}

/// The schema as it is committed under `schema/`.
fn text(of: Of) -> String {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut schema = match of {
        Of::Code => generator.into_root_schema_for::<Line>().to_value(),
        Of::Link => generator.into_root_schema_for::<Incident>().to_value(),
    };
    match of {
        Of::Code => {
            schema["title"] = json!(format!("The record {RECORD}"));
            for definition in ["Coded", "Unreadable"] {
                schema["$defs"][definition]["properties"]["record"]["const"] = json!(RECORD);
            }
        }
        Of::Link => {
            schema["title"] = json!(format!("The record {INCIDENT_RECORD}"));
            schema["properties"]["record"]["const"] = json!(INCIDENT_RECORD);
        }
    }
    format!("{schema:#}\n")
}

#[cfg(test)]
mod tests {
    use super::Of;

    #[test]
    fn the_committed_schemas_are_the_generated_ones() {
        for (of, name, command) in [(Of::Code, "marsad-1", "code"), (Of::Link, "marsad-incident-1", "link")] {
            let path = format!("{}/../../schema/{name}.json", env!("CARGO_MANIFEST_DIR"));
            let committed = std::fs::read_to_string(path).unwrap_or_default();
            let told = format!("the record changed; run `marsad schema {command} > schema/{name}.json` and read the difference");
            assert!(committed == super::text(of), "{told}");
        }
    }
}
