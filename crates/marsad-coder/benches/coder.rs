//! Codes the repository's example reports: the time of one round over all of them, and the bytes
//! of text per second that this makes. `cargo bench -p marsad-coder`.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use marsad_coder::Coder;
use marsad_model::Document;
use std::hint::black_box;
use std::path::Path;

/// The example reports.
fn reports() -> Vec<Document> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/articles.jsonl");
    let lines = std::fs::read_to_string(path).expect("the examples stand in the repository");
    lines.lines().map(|line| serde_json::from_str(line).expect("a line is a document")).collect()
}

fn code(criterion: &mut Criterion) {
    let reports = reports();
    let bytes: usize = reports.iter().map(|report| report.text.len()).sum();
    let coder = Coder::embedded();
    let mut group = criterion.benchmark_group("coder");
    group.throughput(Throughput::Bytes(bytes as u64));
    let mut session = coder.session();
    group.bench_function("examples", |bencher| {
        bencher.iter(|| {
            for report in &reports {
                black_box(session.code(report));
            }
        })
    });
    group.bench_function("examples, a new session each", |bencher| {
        bencher.iter(|| {
            for report in &reports {
                black_box(coder.session().code(report));
            }
        })
    });
    group.finish();
    criterion.bench_function("loading the coder", |bencher| bencher.iter(|| black_box(Coder::embedded())));
}

criterion_group!(benches, code);
criterion_main!(benches);
