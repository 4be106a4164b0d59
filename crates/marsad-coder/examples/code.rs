//! Codes a JSONL file with the language pack as it lies in `languages/ar`: the quick loop of rule writing.
//!
//! `cargo run -p marsad-coder --profile quick --example code -- code FILE` prints what `marsad code FILE` would.

use marsad_coder::Coder;
use marsad_model::Document;

fn main() -> std::io::Result<()> {
    let file = std::env::args().nth(2).unwrap_or_default();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../languages/ar");
    let (coder, problems) = Coder::from_directory(&folder)?;
    for problem in problems {
        eprintln!("{problem}");
    }
    let mut session = coder.session();
    for line in std::fs::read_to_string(file)?.lines() {
        match serde_json::from_str::<Document>(line) {
            Ok(document) => println!("{}", serde_json::to_string(&session.code(&document))?),
            Err(error) => eprintln!("{error}"),
        }
    }
    Ok(())
}
