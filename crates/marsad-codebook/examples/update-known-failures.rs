//! Rewrites `codebook/known-failures.txt` from a run of all pages with the language pack as it lies in `languages/ar`, and prints
//! every complaint.

use marsad_codebook::{KnownFailures, check_case, code_case, read_pages};
use marsad_coder::Coder;
use std::path::Path;

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../codebook");
    let (cases, bad) = read_pages(&folder)?;
    for fault in &bad {
        eprintln!("{fault}");
    }
    let (coder, problems) = Coder::from_directory(&folder.join("../languages/ar"))?;
    for problem in problems {
        eprintln!("{problem}");
    }
    let mut session = coder.session();
    let mut known = KnownFailures::default();
    for case in &cases {
        let complaints = check_case(case, &code_case(&mut session, case));
        if let Some(first) = complaints.first() {
            known.insert(&case.file, case.line, first);
        }
        for complaint in &complaints {
            println!("{}:{}: {complaint}", case.file, case.line);
        }
    }
    std::fs::write(folder.join("known-failures.txt"), known.to_text())?;
    println!("cases={} pass={} known_failures={}", cases.len(), cases.len() - known.len(), known.len());
    Ok(())
}
