//! Compiles the language packs and gazetteers of `languages/` into the binary.

use std::path::{Path, PathBuf};

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../languages");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    println!("cargo::rerun-if-changed={}", root.display());
    let folder = root.join("ar");
    let compiled = marsad_language::compile(&folder).expect("the folder languages/ar can be read");
    for problem in compiled.problems.iter().filter(|p| p.fatal) {
        println!("cargo::warning=languages/ar/{problem}");
    }
    let pack = postcard::to_stdvec(&compiled.pack).expect("a pack is plain data");
    std::fs::write(out.join("ar.pack"), pack).expect("OUT_DIR can be written");
    let (gazetteer, problems) = marsad_places::build_folder(&folder.join("places")).expect("the folder of places can be read");
    for problem in problems {
        println!("cargo::warning=languages/ar/places/{problem}");
    }
    std::fs::write(out.join("ar.places"), gazetteer).expect("OUT_DIR can be written");
}
