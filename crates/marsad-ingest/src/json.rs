//! One line of JSON Lines to a document.

use crate::day::parse_day;
use marsad_model::Document;
use serde::Deserialize;
use serde_json::Value;

/// The fields of a document, before anybody looked at them.
#[derive(Deserialize)]
pub(crate) struct Given {
    pub id: Option<Value>,
    pub text: Option<Value>,
    pub url: Option<Value>,
    pub outlet: Option<Value>,
    pub author: Option<Value>,
    pub title: Option<Value>,
    pub published: Option<Value>,
    pub language: Option<Value>,
}

/// Reads one line. Gives the document and what was odd about it.
///
/// # Errors
///
/// The reason why there is no document, and what to do.
pub(crate) fn document(line: &str) -> Result<(Document, Vec<String>), String> {
    from_fields(serde_json::from_str(line).map_err(|error| explain(line, &error))?)
}

/// Makes a document of its fields, in the same way.
pub(crate) fn from_fields(given: Given) -> Result<(Document, Vec<String>), String> {
    let mut notes = Vec::new();
    let id = match given.id {
        Some(Value::String(id)) if !id.trim().is_empty() => id,
        Some(Value::Number(id)) if !id.is_f64() => id.to_string(),
        None | Some(Value::Null) => return Err("the “id” is missing; give every document one of its own".into()),
        Some(Value::String(_)) => return Err("the “id” is empty; give every document one of its own".into()),
        Some(other) => return Err(format!("the “id” is {}; it must be a string", kind(&other))),
    };
    let text = match given.text {
        Some(Value::String(text)) if !text.trim().is_empty() => text,
        Some(Value::String(_)) => return Err("the “text” is empty; leave the document out or give its text".into()),
        None | Some(Value::Null) => return Err("the “text” is missing; give the whole report there".into()),
        Some(other) => return Err(format!("the “text” is {}; it must be a string", kind(&other))),
    };
    let mut string = |name: &str, value: Option<Value>| match value {
        None | Some(Value::Null) => None,
        Some(Value::String(value)) => Some(value).filter(|v| !v.trim().is_empty()),
        Some(other) => {
            notes.push(format!("“{name}” is {} and was left out; it must be a string", kind(&other)));
            None
        }
    };
    let url = string("url", given.url);
    let outlet = string("outlet", given.outlet);
    let author = string("author", given.author);
    let title = string("title", given.title);
    let language = string("language", given.language);
    let published = string("published", given.published).and_then(|raw| match parse_day(&raw) {
        Ok(day) => Some(day),
        Err(reason) => {
            notes.push(format!("“published” was left out: {reason}"));
            None
        }
    });
    Ok((Document { id, text, url, outlet, author, title, published, language }, notes))
}

fn explain(line: &str, error: &serde_json::Error) -> String {
    if error.classify() == serde_json::error::Category::Data && !line.trim_start().starts_with('{') {
        return "this is JSON, but no object; write one object {\"id\": …, \"text\": …} on each line".into();
    }
    let what = error.to_string();
    // The position inside of the line is worth telling, its number within the line (always 1) is not.
    let what = what.split(" at line ").next().unwrap_or(&what);
    format!("broken JSON at column {}: {what}; write one complete JSON object on each line", error.column())
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_line() {
        let (document, notes) =
            document(r#"{"id":"a1","text":"قصف","outlet":"و","published":"2022-01-16T10:00:00Z","language":"ar","more":[1]}"#).unwrap();
        assert_eq!((document.id.as_str(), document.outlet.as_deref()), ("a1", Some("و")));
        assert_eq!(document.published.unwrap().to_string(), "2022-01-16");
        assert!(notes.is_empty());
    }

    #[test]
    fn what_is_missing_is_named() {
        for (line, reason) in [
            (r#"{"text":"قصف"}"#, "“id” is missing"),
            (r#"{"id":"","text":"قصف"}"#, "“id” is empty"),
            (r#"{"id":["a"],"text":"قصف"}"#, "“id” is an array"),
            (r#"{"id":"a"}"#, "“text” is missing"),
            (r#"{"id":"a","text":" "}"#, "“text” is empty"),
            (r#"{"id":"a","text":5}"#, "“text” is a number"),
            (r#"[1,2]"#, "no object"),
            (r#"{"id":"a","#, "broken JSON at column"),
            (r#"{"id":"a","text":"\ud83d"}"#, "broken JSON at column"),
        ] {
            let error = document(line).unwrap_err();
            assert!(error.contains(reason), "{line}: {error}");
        }
    }

    #[test]
    fn an_impossible_date_is_left_out_and_told() {
        let (document, notes) = document(r#"{"id":7,"text":"قصف","published":"2022-02-30","title":3}"#).unwrap();
        assert_eq!((document.id.as_str(), document.published), ("7", None));
        assert!(notes[0].contains("“title”") && notes[1].contains("not a day of the calendar"), "{notes:?}");
    }
}
