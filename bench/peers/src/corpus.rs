//! What is read: the texts, and the words of the language pack.

use marsad_model::Document;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The repository's root, found from where this crate stands.
pub fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.canonicalize().unwrap_or(root)
}

/// A line of a JSONL file that carries a text.
#[derive(Deserialize)]
struct Line {
    id: Option<String>,
    text: Option<String>,
    published: Option<String>,
    outlet: Option<String>,
}

/// The development texts beside the repository or, where they are absent, its own examples.
pub fn texts() -> Result<(PathBuf, Vec<Document>), String> {
    let shared = root().join("../shared/eval");
    let examples = root().join("examples");
    for folder in [shared, examples] {
        let mut files = Vec::new();
        collect(&folder, "jsonl", &mut files);
        let mut documents = Vec::new();
        for file in files {
            let content = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
            documents.extend(content.lines().filter_map(document));
        }
        if !documents.is_empty() {
            return Ok((folder, documents));
        }
    }
    Err("no texts: neither ../shared/eval nor examples/articles.jsonl holds any".to_owned())
}

/// The document of one line; nothing where the line has no text.
fn document(line: &str) -> Option<Document> {
    let line: Line = serde_json::from_str(line).ok()?;
    Some(Document {
        id: line.id.unwrap_or_default(),
        text: line.text.filter(|text| !text.is_empty())?,
        published: line.published.and_then(|day| day.get(..10)?.parse().ok()),
        outlet: line.outlet,
        ..Document::default()
    })
}

/// The files below `folder` that end in `.ending`, sorted, so that every run reads them alike.
fn collect(folder: &Path, ending: &str, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, ending, files);
        } else if path.extension().is_some_and(|found| found == ending) {
            files.push(path);
        }
    }
}

/// Every word and phrase that the Arabic language pack writes down: its dictionary entries
/// without their plural notation, and its place names. Example sentences are left out.
pub fn pack_words() -> Result<Vec<String>, String> {
    let pack = root().join("languages/ar");
    let (mut files, mut words) = (Vec::new(), BTreeSet::new());
    collect(&pack, "toml", &mut files);
    for file in &files {
        let content = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
        let table: toml::Table = content.parse().map_err(|error| format!("{}: {error}", file.display()))?;
        table.iter().for_each(|(key, value)| strings(key, value, &mut words));
    }
    files.clear();
    collect(&pack, "tsv", &mut files);
    for file in &files {
        let content = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
        let mut lines = content.lines();
        let column = lines.next().and_then(|head| head.split('\t').position(|name| name == "names"));
        let Some(column) = column else { continue };
        for names in lines.filter_map(|line| line.split('\t').nth(column)) {
            names.split('|').for_each(|name| add(name, &mut words));
        }
    }
    Ok(words.into_iter().collect())
}

/// Adds the Arabic strings of one TOML value.
fn strings(key: &str, value: &toml::Value, words: &mut BTreeSet<String>) {
    const SENTENCES: [&str; 6] = ["yes", "no", "text", "note", "examples", "description"];
    if SENTENCES.contains(&key) {
        return;
    }
    match value {
        toml::Value::String(text) => {
            let alone = key.contains("verb");
            for part in text.split(['/', '+']) {
                match alone {
                    true => part.split_whitespace().for_each(|word| add(word, words)),
                    false => add(part, words),
                }
            }
        }
        toml::Value::Array(values) => values.iter().for_each(|value| strings(key, value, words)),
        toml::Value::Table(table) => table.iter().for_each(|(key, value)| {
            add(key, words);
            strings(key, value, words);
        }),
        _ => {}
    }
}

/// Adds one word or phrase if it is Arabic and longer than a letter.
fn add(word: &str, words: &mut BTreeSet<String>) {
    let word = word.trim();
    let arabic = word.chars().filter(|letter| ('\u{0621}'..='\u{064A}').contains(letter)).count();
    if arabic > 1 {
        words.insert(word.to_owned());
    }
}
