//! Embeds the web application, where it was built, and the first Arabic name of every actor of the language pack.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../..");
    println!("cargo::rerun-if-changed=build.rs");
    let dist = root.join("web/dist");
    println!("cargo::rerun-if-changed={}", dist.display());
    let mut files = Vec::new();
    walk(&dist, &mut files)?;
    files.sort();
    let mut table = String::from("&[\n");
    for file in files {
        let name = file.strip_prefix(&dist).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        let _ = writeln!(table, "    ({name:?}, include_bytes!({:?})),", fs::canonicalize(&file)?);
    }
    table.push(']');
    fs::write(out.join("web.rs"), table)?;

    let actors = root.join("languages/ar/actors");
    println!("cargo::rerun-if-changed={}", actors.display());
    let mut files = Vec::new();
    walk(&actors, &mut files)?;
    files.sort();
    let mut names = Vec::new();
    for file in files {
        let read: toml::Table = toml::from_str(&fs::read_to_string(&file)?).map_err(io::Error::other)?;
        for actor in read.get("actor").and_then(toml::Value::as_array).into_iter().flatten() {
            let text = |value: Option<&toml::Value>| value.and_then(toml::Value::as_str).map(str::to_owned);
            let first = actor.get("names").and_then(|names| names.get(0));
            if let (Some(id), Some(name)) = (text(actor.get("id")), text(first)) {
                names.push((id, name));
            }
        }
    }
    // Stable: of several entries of one actor the first one stays.
    names.sort_by(|a, b| a.0.cmp(&b.0));
    names.dedup_by(|later, first| later.0 == first.0);
    fs::write(out.join("actors.rs"), format!("&{names:?}"))
}

/// All files under a folder, other than hidden ones; none where there is no folder.
fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    for entry in entries {
        let path = entry?.path();
        if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')) {
            continue;
        }
        if path.is_dir() { walk(&path, files)? } else { files.push(path) }
    }
    Ok(())
}
