//! Prints the OpenAPI document, for `schema/openapi.json`.

fn main() {
    println!("{}", serde_json::to_string_pretty(&marsad_server::openapi()).unwrap_or_default());
}
