//! The steps of linking in pieces, one after the other, over the example reports; and what is no batch of theirs.

use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{Array, ArrayRef, Int64Array, ListArray, RecordBatch, StringArray};
use arrow_select::take::take_record_batch;
use marsad_arrow::{coded_batch, incident_batch, link, spread};
use marsad_coder::Coder;
use marsad_ingest::{Input, Options, Reader};
use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true))).unwrap()
}

fn texts(batch: &RecordBatch, name: &str) -> Vec<Option<String>> {
    batch.column_by_name(name).unwrap().as_string::<i32>().iter().map(|text| text.map(str::to_owned)).collect()
}

fn taken(batch: &RecordBatch, rows: &[usize]) -> RecordBatch {
    take_record_batch(batch, &Int64Array::from_iter_values(rows.iter().map(|&row| row as i64))).unwrap()
}

/// A batch with one column more.
fn with(batch: &RecordBatch, name: &str, values: Vec<Option<String>>) -> RecordBatch {
    let schema = batch.schema();
    let columns = schema.fields().iter().map(|field| field.name().clone()).zip(batch.columns().to_vec());
    let added = [(name.to_owned(), Arc::new(StringArray::from(values)) as ArrayRef)];
    RecordBatch::try_from_iter_with_nullable(columns.chain(added).map(|(name, array)| (name, array, true))).unwrap()
}

fn pairs(batch: &RecordBatch) -> BTreeMap<String, String> {
    texts(batch, "event").into_iter().flatten().zip(texts(batch, "home").into_iter().flatten()).collect()
}

#[test]
fn step_by_step_the_incidents_are_those_of_linking_at_once() {
    let lines = include_str!("../../../examples/articles.jsonl");
    let input = Input::Stream { name: "articles".into(), bytes: Box::new(Cursor::new(lines)) };
    let coder = Coder::embedded();
    let coded: Vec<_> = Reader::new([input], Options::default()).map(|entry| coder.session().code(&entry.content.unwrap())).collect();
    let expected = link(&[coded_batch(&coded, false).unwrap()]).unwrap().0;

    let records = spread::records(&coded_batch(&coded, false).unwrap()).unwrap();
    let cards = spread::cards(&records).unwrap();
    let (events, documents, kinds) = (texts(&cards, "event"), texts(&cards, "document"), texts(&cards, "kind"));
    let blocks: &ListArray = cards.column_by_name("blocks").unwrap().as_list();
    let rows: Vec<usize> = (0..cards.num_rows()).flat_map(|row| vec![row; blocks.value(row).len()]).collect();
    let stalls = blocks.values().as_struct();
    let part = |name| stalls.column_by_name(name).unwrap().clone();
    let of = taken(&cards, &rows);
    let of = |name| of.column_by_name(name).unwrap().clone();
    let met = [("block", part("block")), ("seeks", part("seeks")), ("found", part("found"))];
    let met = batch(met.into_iter().chain([("event", of("event")), ("document", of("document")), ("facts", of("facts"))]).collect());
    let meetings = spread::meet(&met).unwrap();

    let (a, b, odds) = (texts(&meetings, "a"), texts(&meetings, "b"), meetings.column_by_name("odds").unwrap());
    let mut chain: BTreeMap<String, String> = events.iter().flatten().map(|event| (event.clone(), event.clone())).collect();
    for pair in (0..meetings.num_rows()).filter(|&row| odds.is_null(row)) {
        let (old, new) = (chain[b[pair].as_ref().unwrap()].clone(), chain[a[pair].as_ref().unwrap()].clone());
        chain.values_mut().filter(|root| **root == old).for_each(|root| *root = new.clone());
    }
    let of_kind = |kind: &str| (0..cards.num_rows()).filter(|&row| kinds[row].as_deref() == Some(kind)).collect::<Vec<_>>();
    let firm = taken(&cards, &of_kind("firm"));
    let chains = texts(&firm, "event").into_iter().map(|event| Some(chain[&event?].clone())).collect();
    let mut homes = pairs(&spread::group_chains(&with(&firm, "chain", chains)).unwrap());
    let like: Vec<usize> = (0..meetings.num_rows()).filter(|&row| odds.is_valid(row)).collect();
    let links = taken(&meetings, &like);
    let firm_homes: Vec<Option<String>> = texts(&links, "b").into_iter().map(|event| Some(homes[&event?].clone())).collect();
    let links = batch(vec![
        ("event", links.column_by_name("a").unwrap().clone()),
        ("odds", links.column_by_name("odds").unwrap().clone()),
        ("home", Arc::new(firm_homes.into_iter().collect::<StringArray>())),
    ]);
    homes.extend(pairs(&spread::settle(&links).unwrap()));
    let free = |row: &usize| !homes.contains_key(events[*row].as_ref().unwrap());
    let free = taken(&cards, &of_kind("vague").into_iter().filter(free).collect::<Vec<_>>());
    homes.extend(pairs(&spread::group_units(&free).unwrap()));

    let mut groups: BTreeMap<(String, String), Vec<Option<i32>>> = BTreeMap::new();
    for row in (0..cards.num_rows()).filter(|&row| kinds[row].as_deref() != Some("background")) {
        let place = cards.column_by_name("place").unwrap().as_primitive::<Int32Type>().value(row);
        let home = homes.get(events[row].as_ref().unwrap()).or(events[row].as_ref()).unwrap().clone();
        groups.entry((home, documents[row].clone().unwrap())).or_default().push(Some(place));
    }
    let record: BTreeMap<String, String> =
        texts(&records, "id").into_iter().flatten().zip(texts(&records, "record").into_iter().flatten()).collect();
    let retold = arrow_array::new_null_array(&arrow_schema::DataType::new_list(arrow_schema::DataType::Utf8, true), groups.len());
    let told = batch(vec![
        ("home", Arc::new(groups.keys().map(|(home, _)| Some(home.clone())).collect::<StringArray>())),
        ("record", Arc::new(groups.keys().map(|(_, document)| record.get(document).cloned()).collect::<StringArray>())),
        ("places", Arc::new(ListArray::from_iter_primitive::<Int32Type, _, _>(groups.values().cloned().map(Some)))),
        ("retold", retold),
    ]);
    let found = spread::fuse(&told).unwrap();
    let sorted = |batch: &RecordBatch| {
        let ids = texts(batch, "id");
        let mut rows: Vec<usize> = (0..batch.num_rows()).collect();
        rows.sort_by_key(|&row| ids[row].clone());
        taken(batch, &rows)
    };
    assert!(expected.num_rows() > 20);
    assert_eq!(sorted(&found), sorted(&expected));
}

#[test]
fn what_is_no_batch_of_theirs_is_told_with_its_column() {
    let none = incident_batch(&[]).unwrap();
    for (step, told) in [
        (spread::records as fn(&RecordBatch) -> _, "column “url”: there is none; link what `code_batch` gave, with all of its columns"),
        (spread::meet, "column “event”: there is none"),
        (spread::group_chains, "column “chain”: there is none"),
        (spread::group_units, "column “unit”: there is none"),
        (spread::settle, "column “event”: there is none"),
        (spread::fuse, "column “home”: there is none"),
    ] {
        assert_eq!(step(&none).unwrap_err().to_string(), told);
    }
    let words = || Arc::new(StringArray::from(vec!["x"])) as ArrayRef;
    let facts = batch(vec![("unit", words()), ("event", words()), ("document", words()), ("facts", words())]);
    assert_eq!(spread::group_units(&facts).unwrap_err().to_string(), "column “unit”: it is of type Utf8; it must hold whole numbers");
    let facts = batch(vec![("chain", words()), ("event", words()), ("document", words()), ("facts", words())]);
    assert_eq!(spread::group_chains(&facts).unwrap_err().to_string(), "column “facts”: it is of type Utf8; it must hold bytes");
    let bytes = Arc::new(arrow_array::BinaryArray::from(vec![&b"x"[..]])) as ArrayRef;
    let facts = batch(vec![("chain", words()), ("event", words()), ("document", words()), ("facts", bytes)]);
    let told = "column “facts”: the facts of event “x” cannot be read; every machine must run the same version of Marsad";
    assert_eq!(spread::group_chains(&facts).unwrap_err().to_string(), told);
}
