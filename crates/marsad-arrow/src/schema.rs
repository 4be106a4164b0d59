//! The columns of coded documents and of incidents. They follow the JSON of `marsad/1` and `marsad-incident/1`.
//!
//! Only types that every engine knows: strings, signed numbers, days, lists and structs. A value of a closed vocabulary is a
//! string; a span is a struct of `start` and `end`, in code points of the text.

use arrow_schema::{DataType, Field, Fields, Schema, SchemaRef};
use std::sync::{Arc, LazyLock};

fn field(name: &str, kind: DataType) -> Field {
    Field::new(name, kind, false)
}

/// The same, where it may be unsaid.
fn maybe(name: &str, kind: DataType) -> Field {
    Field::new(name, kind, true)
}

fn text(name: &str) -> Field {
    field(name, DataType::Utf8)
}

fn number(name: &str) -> Field {
    maybe(name, DataType::Int64)
}

fn real(name: &str) -> Field {
    field(name, DataType::Float64)
}

fn list(name: &str, of: DataType) -> Field {
    field(name, DataType::List(Field::new_list_field(of, false).into()))
}

fn group(fields: impl Into<Fields>) -> DataType {
    DataType::Struct(fields.into())
}

fn span_type() -> DataType {
    group(vec![field("start", DataType::Int32), field("end", DataType::Int32)])
}

fn span() -> Field {
    field("span", span_type())
}

fn when() -> DataType {
    group(vec![
        maybe("start", DataType::Date32),
        maybe("end", DataType::Date32),
        text("precision"),
        maybe("text", DataType::Utf8),
        maybe("span", span_type()),
    ])
}

fn place() -> DataType {
    group(vec![
        text("text"),
        maybe("name", DataType::Utf8),
        maybe("country", DataType::Utf8),
        maybe("admin1", DataType::Utf8),
        maybe("lat", DataType::Float64),
        maybe("lon", DataType::Float64),
        maybe("radius_km", DataType::Float64),
        text("relation"),
        text("precision"),
        maybe("place_id", DataType::Utf8),
        span(),
    ])
}

fn participant() -> Vec<Field> {
    vec![
        text("role"),
        text("actor"),
        maybe("unit", DataType::Utf8),
        text("text"),
        text("certainty"),
        maybe("according_to", DataType::Utf8),
        span(),
    ]
}

fn thing() -> DataType {
    group(vec![text("class"), text("text"), span()])
}

fn toll() -> Vec<Field> {
    vec![text("outcome"), text("group"), number("low"), number("best"), number("high")]
}

fn casualties() -> DataType {
    let mut fields = toll();
    fields.insert(2, maybe("of", DataType::Utf8));
    fields.extend([field("vague", DataType::Boolean), text("text"), span()]);
    group(fields)
}

fn event() -> DataType {
    group(vec![
        text("id"),
        text("action"),
        text("scope"),
        text("realis"),
        field("acled", group(vec![text("event_type"), text("sub_event_type")])),
        field("plover", group(vec![text("type"), maybe("mode", DataType::Utf8)])),
        field("trigger", group(vec![text("text"), span()])),
        field("when", when()),
        list("where", place()),
        list("participants", group(participant())),
        list("weapons", thing()),
        list("objects", thing()),
        list("casualties", casualties()),
        number("strikes"),
        list("attribution", group(vec![text("text"), text("kind"), span()])),
        list("relations", group(vec![text("kind"), text("event")])),
        real("confidence"),
        list("rules", DataType::Utf8),
    ])
}

/// The schema of coded documents; with `record`, also the line that `marsad code` prints, as a string.
///
/// | column | |
/// |---|---|
/// | `id`, `url`, `outlet`, `title`, `published`, `language` | as given; `id` is null where it was missing |
/// | `sha256`, `chars` | hash of the text's UTF-8 bytes in hexadecimal, length in code points; null in a row that could not be coded |
/// | `events` | a list of structs with the fields of an event in `marsad/1` |
/// | `diagnostics` | a list of strings, each `note: …`, `warning: …`, or `error: …` where the row could not be coded |
pub fn coded_schema(record: bool) -> Schema {
    let mut fields: Vec<Field> = ["id", "url", "outlet", "title"].map(|name| maybe(name, DataType::Utf8)).into();
    fields.extend([
        maybe("published", DataType::Date32),
        maybe("language", DataType::Utf8),
        maybe("sha256", DataType::Utf8),
        number("chars"),
        list("events", event()),
        list("rare", group(vec![number("word"), number("at"), number("rarity")])),
        list("diagnostics", DataType::Utf8),
    ]);
    if record {
        fields.push(maybe("record", DataType::Utf8));
    }
    Schema::new(fields)
}

/// The schema [`coded_schema`], made once.
pub(crate) fn shared_schema(record: bool) -> SchemaRef {
    static SCHEMAS: LazyLock<[SchemaRef; 2]> = LazyLock::new(|| [false, true].map(|record| Arc::new(coded_schema(record))));
    Arc::clone(&SCHEMAS[usize::from(record)])
}

/// The schema of incidents: the fields of `marsad-incident/1`, without `record`.
pub fn incident_schema() -> Schema {
    let ids = |name| list(name, DataType::Utf8);
    let supported = [participant(), vec![ids("supported_by")]].concat();
    let report = group(vec![text("event"), number("low"), number("best"), number("high")]);
    let told = group(vec![text("value"), ids("events")]);
    let numbers = ["score", "date", "place", "actors", "action", "objects", "tolls", "names", "words", "telling"].map(real);
    let because = [vec![field("pair", group(vec![text("a"), text("b")]))], numbers.into()].concat();
    Schema::new(vec![
        text("id"),
        ids("events"),
        ids("documents"),
        field("voices", DataType::Int64),
        text("action"),
        maybe("when", when()),
        maybe("where", place()),
        list("participants", group(supported)),
        list("casualties", group([toll(), vec![list("reports", report)]].concat())),
        list("disagreements", group(vec![text("field"), list("values", told)])),
        real("confidence"),
        list("because", group(because)),
        ids("retold_by"),
    ])
}
