//! Looking one name up in the gazetteer that is built in, its size, and opening it.

use criterion::{Criterion, criterion_group, criterion_main};
use marsad_places::{Gazetteer, KindWord, PlaceKind, Query, Source, build_folder, key_of, search};
use std::hint::black_box;
use std::path::Path;

fn lookup(c: &mut Criterion) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../languages/ar/places");
    let (block, _) = build_folder(&folder).expect("the folder of places can be read");
    let block: &'static [u8] = block.leak();
    println!("the gazetteer: {} bytes", block.len());
    c.bench_function("open", |b| b.iter(|| Gazetteer::new(black_box(block)).map(|g| g.len())));
    let gazetteer = Gazetteer::new(block).expect("the block is of this version");
    for (case, name) in [("known", "خان شيخون"), ("namesakes", "الزهراء"), ("unknown", "ليست في القائمة")] {
        c.bench_function(&format!("lookup/{case}"), |b| {
            b.iter(|| gazetteer.find(key_of(black_box(name))).map(|p| p.lat).sum::<f64>());
        });
    }
    let key = key_of("خان شيخون");
    c.bench_function("lookup/key at hand", |b| b.iter(|| gazetteer.find(black_box(key)).count()));
    let sources = [Source { gazetteer: &gazetteer, user: false }];
    let kinds = [("مدينة", PlaceKind::City), ("بلدة", PlaceKind::Town), ("قرية", PlaceKind::Village), ("حي", PlaceKind::Quarter)]
        .map(|(word, kind)| KindWord { word: word.to_owned(), kinds: vec![kind] });
    let query = Query { name: "خان شيخون", country: Some("SY"), near: None, kind_words: &kinds, article: "ال" };
    c.bench_function("search/known", |b| b.iter(|| search(&sources, black_box(&query)).len()));
}

criterion_group!(benches, lookup);
criterion_main!(benches);
