//! Packs the outlines of `languages/ar/places/outlines/` into one compact block, which `src/outline.rs` unpacks.

use serde::Deserialize;
use std::path::{Path, PathBuf};

/// A country or a division as the files have it.
#[derive(Deserialize)]
struct Feature {
    iso: String,
    name: String,
    rings: Vec<Vec<(f64, f64)>>,
}

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../languages/ar/places/outlines");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rerun-if-changed=build.rs");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "json"));
    paths.sort();
    let mut packed = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("an outline can be read");
        match serde_json::from_str::<Vec<Feature>>(&text) {
            Ok(features) => features.iter().for_each(|f| pack(&mut packed, f)),
            Err(error) => println!("cargo::warning={}: {error}", path.display()),
        }
    }
    std::fs::write(out.join("outlines.bin"), packed).expect("OUT_DIR can be written");
}

/// Code, name, number of rings; each ring as its number of points and their steps in thousandths of a degree.
fn pack(out: &mut Vec<u8>, feature: &Feature) {
    for text in [&feature.iso, &feature.name] {
        number(out, text.len() as u64);
        out.extend(text.as_bytes());
    }
    number(out, feature.rings.len() as u64);
    for ring in &feature.rings {
        number(out, ring.len() as u64);
        let (mut lon, mut lat) = (0, 0);
        for point in ring {
            let (x, y) = ((point.0 * 1000.0).round() as i64, (point.1 * 1000.0).round() as i64);
            for step in [x - lon, y - lat] {
                number(out, ((step << 1) ^ (step >> 63)) as u64);
            }
            (lon, lat) = (x, y);
        }
    }
}

/// Seven bits a byte, the last without the high bit.
fn number(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
