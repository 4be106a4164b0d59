//! Batches of the example reports and of broken rows.

use arrow_array::builder::StringDictionaryBuilder;
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Int16Type, Int64Type};
use arrow_array::{
    Array, ArrayRef, Date32Array, Int64Array, LargeStringArray, NullArray, RecordBatch, StringArray, StringViewArray,
    TimestampMicrosecondArray,
};
use arrow_select::concat::concat_batches;
use marsad_arrow::{Error, Options, Pool, coded, coded_batch, coded_schema, incident_schema, link};
use marsad_coder::Coder;
use marsad_ingest::{Entry, Input, Reader};
use marsad_link::Model;
use marsad_model::{Coded, Document};
use std::io::Cursor;
use std::sync::{Arc, LazyLock};

static CODER: LazyLock<Coder> = LazyLock::new(Coder::embedded);

const STRIKE: &str = "قُتل ثلاثة مدنيين أمس السبت بقصف مدفعي على بلدة كفرنبل في ريف إدلب.";

fn documents() -> Vec<Document> {
    let lines = include_str!("../../../examples/articles.jsonl");
    let input = Input::Stream { name: "articles".into(), bytes: Box::new(Cursor::new(lines)) };
    Reader::new([input], marsad_ingest::Options::default()).map(|entry| entry.content.unwrap()).collect()
}

/// What `marsad code` makes of them.
fn expected(documents: &[Document]) -> Vec<Coded> {
    let mut session = CODER.session();
    documents.iter().map(|document| session.code(document)).collect()
}

fn texts(documents: &[Document], of: impl Fn(&Document) -> Option<String>) -> ArrayRef {
    Arc::new(documents.iter().map(of).collect::<StringArray>())
}

fn batch_of(documents: &[Document]) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable([
        ("id", texts(documents, |d| Some(d.id.clone())), true),
        ("text", texts(documents, |d| Some(d.text.clone())), true),
        ("url", texts(documents, |d| d.url.clone()), true),
        ("outlet", texts(documents, |d| d.outlet.clone()), true),
        ("title", texts(documents, |d| d.title.clone()), true),
        ("published", texts(documents, |d| d.published.map(|day| day.to_string())), true),
        ("language", texts(documents, |d| d.language.clone()), true),
    ])
    .unwrap()
}

fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true))).unwrap()
}

fn code(batch: &RecordBatch, options: &Options) -> Result<RecordBatch, Error> {
    Pool::new(&CODER).code_batch(batch, options)
}

fn strings<const N: usize>(values: [Option<&str>; N]) -> ArrayRef {
    Arc::new(values.into_iter().collect::<StringArray>())
}

fn diagnostics(batch: &RecordBatch, row: usize) -> Vec<String> {
    let list = batch.column_by_name("diagnostics").unwrap().as_list::<i32>().value(row);
    list.as_string::<i32>().iter().flatten().map(str::to_owned).collect()
}

fn events(batch: &RecordBatch, row: usize) -> usize {
    batch.column_by_name("events").unwrap().as_list::<i32>().value(row).len()
}

#[test]
fn rows_are_the_records_of_the_command_line_and_nothing_is_lost() {
    let documents = documents();
    let expected = expected(&documents);
    let plain = code(&batch_of(&documents), &Options::default()).unwrap();
    assert_eq!(plain.schema().as_ref(), &coded_schema(false));
    assert_eq!(coded(&plain).unwrap(), expected);
    let with_record = code(&batch_of(&documents), &Options { record: true, ..Options::default() }).unwrap();
    assert_eq!(with_record.schema().as_ref(), &coded_schema(true));
    let records = with_record.column_by_name("record").unwrap().as_string::<i32>();
    for (record, expected) in records.iter().zip(&expected) {
        assert_eq!(record.unwrap(), serde_json::to_string(expected).unwrap());
    }
    assert_eq!(coded(&with_record).unwrap(), expected);
    assert_eq!(coded_batch(&expected, false).unwrap(), plain);
    let days = plain.column_by_name("published").unwrap().as_primitive::<Date32Type>();
    assert_eq!(days.value_as_date(0).unwrap().to_string(), documents[0].published.unwrap().to_string());
}

#[test]
fn entries_of_files_are_coded_as_batches_are() {
    let lines = include_str!("../../../examples/articles.jsonl").to_owned() + "{\"id\": \"x\"}\n";
    let input = Input::Stream { name: "articles".into(), bytes: Box::new(Cursor::new(lines)) };
    let entries: Vec<Entry> = Reader::new([input], marsad_ingest::Options::default()).collect();
    let out = Pool::new(&CODER).code_entries(&entries, &Options::default()).unwrap();
    let last = out.num_rows() - 1;
    assert_eq!(out.slice(0, last), code(&batch_of(&documents()), &Options::default()).unwrap());
    assert!(diagnostics(&out, last)[0].starts_with("error: articles:29: the “text” is missing"), "{:?}", diagnostics(&out, last));
}

#[test]
fn neither_threads_nor_cuts_change_a_row() {
    let documents: Vec<Document> = (0..4)
        .flat_map(|n| documents().into_iter().map(move |document| Document { id: format!("{n}/{}", document.id), ..document }))
        .collect();
    let batch = batch_of(&documents);
    let on = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let whole = on(1).install(|| code(&batch, &Options::default()).unwrap());
    assert_eq!(on(4).install(|| code(&batch, &Options::default()).unwrap()), whole);
    let part = |start, length| code(&batch.slice(start, length), &Options::default()).unwrap();
    let parts = [part(0, 1), part(1, 40), part(41, documents.len() - 41)];
    assert_eq!(concat_batches(&whole.schema(), &parts).unwrap(), whole);
}

#[test]
fn every_type_of_string_and_day_is_read() {
    let documents = &documents()[..6];
    let plain = code(&batch_of(documents), &Options::default()).unwrap();
    let text = |d: &Document| d.text.clone();
    let large: LargeStringArray = documents.iter().map(|d| Some(text(d))).collect();
    let view: StringViewArray = documents.iter().map(|d| Some(text(d))).collect();
    let mut dictionary = StringDictionaryBuilder::<Int16Type>::new();
    documents.iter().for_each(|d| dictionary.append_value(text(d)));
    let epoch = |d: &Document| d.published.unwrap().duration_since(jiff::civil::date(1970, 1, 1)).as_hours() / 24;
    let days: Date32Array = documents.iter().map(|d| Some(epoch(d) as i32)).collect();
    let times: TimestampMicrosecondArray = documents.iter().map(|d| Some(epoch(d) * 86_400_000_000 + 7)).collect();
    let original = batch_of(documents);
    let replaced = |name: &str, array: ArrayRef| {
        let schema = original.schema();
        let columns = schema.fields().iter().zip(original.columns()).map(|(field, column)| {
            let array = if field.name() == name { Arc::clone(&array) } else { Arc::clone(column) };
            (field.name().to_uppercase(), array, true)
        });
        RecordBatch::try_from_iter_with_nullable(columns).unwrap()
    };
    for (name, array) in [
        ("text", Arc::new(large) as ArrayRef),
        ("text", Arc::new(view)),
        ("text", Arc::new(dictionary.finish())),
        ("published", Arc::new(days)),
        ("published", Arc::new(times.with_timezone("Asia/Damascus"))),
    ] {
        assert_eq!(code(&replaced(name, array), &Options::default()).unwrap(), plain, "{name}");
    }
    let numbers = batch(vec![("id", Arc::new(Int64Array::from(vec![7]))), ("text", strings([Some(STRIKE)]))]);
    assert_eq!(code(&numbers, &Options::default()).unwrap().column(0).as_string::<i32>().value(0), "7");
}

#[test]
fn a_bad_row_is_told_and_costs_no_other() {
    let huge = "قصف ".repeat(400);
    let given = batch(vec![
        ("id", strings([Some("a"), None, Some("c"), Some("d"), Some("e"), Some("f")])),
        (
            "text",
            strings([
                None,
                Some(STRIKE),
                Some(&huge),
                Some(STRIKE),
                Some(" \n"),
                Some("Five people were killed last night, residents said."),
            ]),
        ),
        ("published", strings([Some("2024-03-03"), None, None, Some("yesterday"), None, None])),
    ]);
    let out = code(&given, &Options { limit: 2000, record: true, ..Options::default() }).unwrap();
    assert_eq!((0..6).map(|row| events(&out, row)).collect::<Vec<_>>(), [0, 0, 0, 1, 0, 0]);
    let told: Vec<Vec<String>> = (0..6).map(|row| diagnostics(&out, row)).collect();
    assert!(told[0][0].starts_with("error: the “text” is missing"), "{told:?}");
    assert!(told[1][0].starts_with("error: the “id” is missing"), "{told:?}");
    assert!(told[2][0].starts_with("error: the text has 2800 bytes, more than 2000 bytes"), "{told:?}");
    assert!(told[3][0].starts_with("warning: “published” was left out: “yesterday” is no date"), "{told:?}");
    assert!(told[4][0].starts_with("error: the “text” is empty"), "{told:?}");
    assert!(told[5][0].starts_with("warning: this looks like English"), "{told:?}");
    let chars = out.column_by_name("chars").unwrap().as_primitive::<Int64Type>();
    assert_eq!((0..6).map(|row| chars.is_null(row)).collect::<Vec<_>>(), [true, true, true, false, true, false]);
    assert_eq!(coded(&out).unwrap().len(), 2);
    let nothing = batch(vec![("id", strings([Some("a")])), ("text", Arc::new(NullArray::new(1)))]);
    assert!(diagnostics(&code(&nothing, &Options::default()).unwrap(), 0)[0].contains("“text” is missing"));
}

#[test]
fn what_documents_do_not_say_is_taken_from_the_options() {
    let given = batch(vec![("id", strings([Some("a")])), ("text", strings([Some(STRIKE)]))]);
    let options =
        Options { published: Some(jiff::civil::date(2024, 3, 3)), outlet: Some("وكالة الضفاف".into()), ..Options::default() };
    let coded = coded(&code(&given, &options).unwrap()).unwrap();
    assert_eq!(coded[0].document.outlet.as_deref(), Some("وكالة الضفاف"));
    assert_eq!(coded[0].events[0].when.start.as_deref(), Some("2024-03-02"));
}

#[test]
fn columns_that_do_not_fit_are_named_before_any_work() {
    let told = |columns| code(&batch(columns), &Options::default()).unwrap_err().to_string();
    let one = || strings([Some("a")]);
    let number = || Arc::new(Int64Array::from(vec![1])) as ArrayRef;
    assert_eq!(told(vec![("id", one()), ("body", one())]), "column “text”: there is none; the columns are id, body");
    assert_eq!(told(vec![("text", one())]), "column “id”: there is none; the columns are text");
    assert_eq!(told(vec![("id", one()), ("text", number())]), "column “text”: it is of type Int64; it must hold strings");
    assert_eq!(
        told(vec![("id", one()), ("text", one()), ("published", number())]),
        "column “published”: it is of type Int64; it must hold strings, dates or timestamps"
    );
}

#[test]
fn no_rows_give_no_rows() {
    let out = code(&batch_of(&[]), &Options::default()).unwrap();
    assert_eq!((out.num_rows(), out.schema().as_ref()), (0, &coded_schema(false)));
    assert_eq!(coded(&out).unwrap(), []);
    let (incidents, clashing) = link(&[out]).unwrap();
    assert_eq!((incidents.num_rows(), incidents.schema().as_ref(), clashing.len()), (0, &incident_schema(), 0));
}

#[test]
fn batches_are_linked_as_records_are() {
    let documents = documents();
    let expected = marsad_link::link(&expected(&documents), &Model::fitted());
    let out = code(&batch_of(&documents), &Options::default()).unwrap();
    let (incidents, _) = link(&[out.slice(0, 10), out.slice(10, out.num_rows() - 10)]).unwrap();
    assert_eq!(incidents, marsad_arrow::incident_batch(&expected.incidents).unwrap());
    assert!(incidents.num_rows() > 10);
    let other = batch(vec![("id", strings([Some("a")]))]);
    assert_eq!(
        link(&[other]).unwrap_err().to_string(),
        "column “url”: there is none; link what `code_batch` gave, with all of its columns"
    );
    let lines = batch(vec![("record", strings([Some("{}")]))]);
    assert!(link(&[lines]).unwrap_err().to_string().starts_with("column “record”: row 1: not a line of `marsad code`"));
}

#[test]
fn a_panic_stays_within_its_work() {
    let pool = Pool::new(&CODER);
    let told = pool.with_session(|_| -> () { panic!("unlucky") }).unwrap_err();
    assert!(told.starts_with("unlucky at "), "{told}");
    assert_eq!(pool.with_session(|session| session.code(&documents()[0]).events.is_empty()), Ok(false));
}
