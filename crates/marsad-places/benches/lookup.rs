//! Looking one name up in the gazetteer that is built in.

use criterion::{Criterion, criterion_group, criterion_main};
use marsad_places::{Gazetteer, Query, Source, build_folder, key_of, search};
use std::hint::black_box;
use std::path::Path;

fn lookup(c: &mut Criterion) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../languages/ar/places");
    let (block, _) = build_folder(&folder).expect("the folder of places can be read");
    let gazetteer = Gazetteer::new(block).expect("the block is of this version");
    for (case, name) in [("known", "خان شيخون"), ("namesakes", "الزهراء"), ("unknown", "ليست في القائمة")] {
        c.bench_function(&format!("lookup/{case}"), |b| {
            b.iter(|| gazetteer.find(key_of(black_box(name))).map(|p| p.lat).sum::<f64>());
        });
    }
    let key = key_of("خان شيخون");
    c.bench_function("lookup/key at hand", |b| b.iter(|| gazetteer.find(black_box(key)).count()));
    let sources = [Source { gazetteer: &gazetteer, user: false }];
    let kinds = ["مدينة", "بلدة", "قرية", "حي", "مخيم"].map(str::to_owned);
    let query = Query { name: "خان شيخون", country: Some("SY"), near: None, kind_words: &kinds, article: "ال" };
    c.bench_function("search/known", |b| b.iter(|| search(&sources, black_box(&query)).len()));
}

criterion_group!(benches, lookup);
criterion_main!(benches);
