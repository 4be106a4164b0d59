//! Every page of the codebook, run through the coder.

use marsad_codebook::{KnownFailures, check_case, code_case, read_pages};
use marsad_coder::Coder;
use std::path::Path;

#[test]
fn pages_come_out_as_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../codebook");
    let (cases, bad) = read_pages(&folder).expect("the pages can be read");
    for fault in &bad {
        eprintln!("{fault}");
    }
    assert!(bad.is_empty(), "{} faults in the notation of the pages", bad.len());
    assert!(cases.len() >= 400, "the codebook has at least 400 sentences, not {}", cases.len());
    let list = std::fs::read_to_string(folder.join("known-failures.txt")).unwrap_or_default();
    let known = KnownFailures::parse(&list).expect("known-failures.txt is well formed");
    let coder = Coder::embedded();
    let mut session = coder.session();
    let run: Vec<_> = cases.iter().map(|c| (c.file.as_str(), c.line, check_case(c, &code_case(&mut session, c)))).collect();
    let result = known.compare(&run);
    let pass = run.iter().filter(|r| r.2.is_empty()).count();
    println!("cases={} pass={pass} known_failures={} new_failures={}", cases.len(), known.len(), cases.len() - pass - result.failing);
    for line in result.new.iter().chain(&result.stale) {
        eprintln!("{line}");
    }
    assert!(result.new.is_empty(), "cases fail that are not in codebook/known-failures.txt");
    assert!(result.stale.is_empty(), "codebook/known-failures.txt names cases that pass or are gone: take them out");
}
