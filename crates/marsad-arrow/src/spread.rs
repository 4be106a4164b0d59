//! The steps of linking in pieces (see [`marsad_link::spread`]), as batches: what an engine passes from one to the next.
//!
//! Each takes a batch with all rows of some groups, in any order, and treats every group for itself; an engine may so bring many
//! small groups together in one call. Rows come out in the order of their groups.

use crate::columns::{Kind, Strings, find};
use crate::{Error, coded, incident_batch};
use arrow_array::builder::{BinaryBuilder, BooleanBuilder, Int32Builder, Int64Builder, ListBuilder, StringBuilder, StructBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, Int64Type};
use arrow_array::{Array, ArrayRef, ArrowPrimitiveType, BinaryArray, BooleanArray, PrimitiveArray, RecordBatch};
use arrow_schema::{DataType, Field, Fields, Schema};
use marsad_link::spread::{self, Kind as Part, Told};
use marsad_link::{Line, Model, read_line};
use marsad_model::Coded;
use std::collections::BTreeMap;
use std::sync::Arc;

fn typed<'b, T: 'static>(batch: &'b RecordBatch, name: &str, wish: &str) -> Result<&'b T, Error> {
    let column = batch.column_by_name(name).ok_or_else(|| Error::column(name, "there is none"))?;
    let wrong = || Error::column(name, format!("it is of type {}; it must hold {wish}", column.data_type()));
    column.as_any().downcast_ref().ok_or_else(wrong)
}

fn strings(batch: &RecordBatch, name: &str) -> Result<Strings, Error> {
    find(batch, name, Kind::Text)?.ok_or_else(|| Error::column(name, "there is none"))
}

fn numbers<'b, T: ArrowPrimitiveType>(batch: &'b RecordBatch, name: &str) -> Result<&'b PrimitiveArray<T>, Error> {
    typed(batch, name, "whole numbers")
}

fn built(columns: Vec<(&str, ArrayRef)>) -> Result<RecordBatch, Error> {
    let fields: Vec<Field> = columns.iter().map(|(name, array)| Field::new(*name, array.data_type().clone(), true)).collect();
    let arrays = columns.into_iter().map(|(_, array)| array).collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).map_err(|error| Error::Batch(error.to_string()))
}

/// Rows by the value of a column, in the order of these; rows of none are left out.
fn groups<K: Ord>(rows: usize, key: impl Fn(usize) -> Option<K>) -> BTreeMap<K, Vec<usize>> {
    let mut groups: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for row in 0..rows {
        if let Some(key) = key(row) {
            groups.entry(key).or_default().push(row);
        }
    }
    groups
}

/// Coded documents (see [`coded`]) as `id`, `sha256` and `record`, the line of `marsad code`. Of the records of one id that with the
/// least `sha256`, then the least `record`, counts.
///
/// # Errors
///
/// A column that is missing or holds something else.
pub fn records(batch: &RecordBatch) -> Result<RecordBatch, Error> {
    let (mut id, mut sha256, mut record) = (StringBuilder::new(), StringBuilder::new(), StringBuilder::new());
    for coded in coded(batch)? {
        id.append_value(&coded.document.id);
        sha256.append_value(&coded.document.sha256);
        record.append_value(serde_json::to_string(&coded).map_err(|error| Error::column("record", error.to_string()))?);
    }
    built(vec![("id", Arc::new(id.finish())), ("sha256", Arc::new(sha256.finish())), ("record", Arc::new(record.finish()))])
}

/// The name of a part that events take.
fn part(kind: Part) -> &'static str {
    match kind {
        Part::Firm => "firm",
        Part::Vague => "vague",
        Part::Background => "background",
    }
}

/// Records, each of another document, as a row for each of their events: `event`, `document`, `place`, `kind` (`firm`, `vague` or `background`),
/// `facts`, `blocks` (a list of structs of `block`, `seeks` and `found`), `unit`.
///
/// # Errors
///
/// A column that is missing or holds something else.
pub fn cards(batch: &RecordBatch) -> Result<RecordBatch, Error> {
    let (mut event, mut document, mut kind) = (StringBuilder::new(), StringBuilder::new(), StringBuilder::new());
    let (mut place, mut facts, mut unit) = (Int32Builder::new(), BinaryBuilder::new(), Int64Builder::new());
    let stall = |name: &str, kind| Field::new(name, kind, true);
    let stall = Fields::from(vec![stall("block", DataType::Int64), stall("seeks", DataType::Boolean), stall("found", DataType::Boolean)]);
    let mut blocks = ListBuilder::new(StructBuilder::from_fields(stall, 0));
    for coded in coded(batch)? {
        for card in spread::cards(&coded) {
            event.append_value(&card.event);
            document.append_value(&coded.document.id);
            place.append_value(i32::try_from(card.place).unwrap_or(i32::MAX));
            kind.append_value(part(card.kind));
            facts.append_value(&card.facts);
            unit.append_option(card.unit);
            let stalls = blocks.values();
            for stall in &card.blocks {
                if let Some(block) = stalls.field_builder::<Int64Builder>(0) {
                    block.append_value(stall.block);
                }
                for (n, flag) in [(1, stall.seeks), (2, stall.found)] {
                    if let Some(column) = stalls.field_builder::<BooleanBuilder>(n) {
                        column.append_value(flag);
                    }
                }
                stalls.append(true);
            }
            blocks.append(true);
        }
    }
    built(vec![
        ("event", Arc::new(event.finish())),
        ("document", Arc::new(document.finish())),
        ("place", Arc::new(place.finish())),
        ("kind", Arc::new(kind.finish())),
        ("facts", Arc::new(facts.finish())),
        ("blocks", Arc::new(blocks.finish())),
        ("unit", Arc::new(unit.finish())),
    ])
}

/// The columns of events that are brought together.
struct Events<'b> {
    event: Strings,
    document: Strings,
    facts: &'b BinaryArray,
}

impl<'b> Events<'b> {
    fn of(batch: &'b RecordBatch) -> Result<Self, Error> {
        Ok(Self { event: strings(batch, "event")?, document: strings(batch, "document")?, facts: typed(batch, "facts", "bytes")? })
    }

    fn id(&self, row: usize) -> &str {
        self.event.get(row).unwrap_or_default()
    }

    fn told(&self, row: usize) -> Told<'_> {
        let facts = if self.facts.is_valid(row) { self.facts.value(row) } else { &[] };
        Told { event: self.id(row), document: self.document.get(row).unwrap_or_default(), facts }
    }
}

fn unread(error: &spread::Unread) -> Error {
    Error::column("facts", error.to_string())
}

/// Blocks of events (`block`, `seeks`, `found`, `event`, `document`, `facts`) as pairs: `a`, `b`, and `odds`, which is null where two firm
/// events hang together; elsewhere `a` is a loose event and `b` the firm one that it is like.
///
/// # Errors
///
/// A column that is missing or holds something else.
pub fn meet(batch: &RecordBatch) -> Result<RecordBatch, Error> {
    let (events, block) = (Events::of(batch)?, numbers::<Int64Type>(batch, "block")?);
    let (seeks, found): (&BooleanArray, &BooleanArray) = (typed(batch, "seeks", "booleans")?, typed(batch, "found", "booleans")?);
    let model = Model::fitted();
    let (mut a, mut b, mut odds) = (StringBuilder::new(), StringBuilder::new(), Int64Builder::new());
    for rows in groups(batch.num_rows(), |row| block.is_valid(row).then(|| block.value(row))).values() {
        let told: Vec<(Told<'_>, bool, bool)> = rows.iter().map(|&row| (events.told(row), seeks.value(row), found.value(row))).collect();
        let meeting = spread::meet(&told, &model).map_err(|error| unread(&error))?;
        let bonds = meeting.bonds.iter().map(|&(x, y)| (x, y, None));
        for (x, y, thousandths) in bonds.chain(meeting.likenesses.iter().map(|&(x, y, odds)| (x, y, Some(odds)))) {
            a.append_value(told[x as usize].0.event);
            b.append_value(told[y as usize].0.event);
            odds.append_option(thousandths);
        }
    }
    built(vec![("a", Arc::new(a.finish())), ("b", Arc::new(b.finish())), ("odds", Arc::new(odds.finish()))])
}

/// Whole chains of firm events (`chain`, `event`, `document`, `facts`) as `event` and `home`, the first event of its group.
///
/// # Errors
///
/// A column that is missing or holds something else.
pub fn group_chains(batch: &RecordBatch) -> Result<RecordBatch, Error> {
    let chain = strings(batch, "chain")?;
    homes(batch, groups(batch.num_rows(), |row| chain.get(row)).values(), spread::group_chain)
}

/// Whole units of vague events that joined nothing (`unit`, `event`, `document`, `facts`) as `event` and `home`.
///
/// # Errors
///
/// A column that is missing or holds something else.
pub fn group_units(batch: &RecordBatch) -> Result<RecordBatch, Error> {
    let unit = numbers::<Int64Type>(batch, "unit")?;
    homes(batch, groups(batch.num_rows(), |row| unit.is_valid(row).then(|| unit.value(row))).values(), spread::group_unit)
}

type Group = fn(&[Told<'_>], &Model) -> Result<Vec<u32>, spread::Unread>;

fn homes<'g>(batch: &RecordBatch, groups: impl Iterator<Item = &'g Vec<usize>>, group: Group) -> Result<RecordBatch, Error> {
    let (events, model) = (Events::of(batch)?, Model::fitted());
    let (mut event, mut home) = (StringBuilder::new(), StringBuilder::new());
    for rows in groups {
        let told: Vec<Told<'_>> = rows.iter().map(|&row| events.told(row)).collect();
        for (n, first) in group(&told, &model).map_err(|error| unread(&error))?.into_iter().enumerate() {
            event.append_value(told[n].event);
            home.append_value(told[first as usize].event);
        }
    }
    built(vec![("event", Arc::new(event.finish())), ("home", Arc::new(home.finish()))])
}

/// All that loose events are like (`event`, `odds`, and `home`, the group of the firm event) as `event` and `home`, for those that
/// join a group.
///
/// # Errors
///
/// A column that is missing or holds something else.
pub fn settle(batch: &RecordBatch) -> Result<RecordBatch, Error> {
    let (event, home, odds) = (strings(batch, "event")?, strings(batch, "home")?, numbers::<Int64Type>(batch, "odds")?);
    let (mut events, mut homes) = (StringBuilder::new(), StringBuilder::new());
    for (id, rows) in groups(batch.num_rows(), |row| event.get(row)) {
        let links: Vec<(i64, &str)> = rows.iter().map(|&row| (odds.value(row), home.get(row).unwrap_or_default())).collect();
        if let Some(home) = spread::settle(&links) {
            events.append_value(id);
            homes.append_value(home);
        }
    }
    built(vec![("event", Arc::new(events.finish())), ("home", Arc::new(homes.finish()))])
}

/// Whole groups as incidents, of the schema [`crate::incident_schema`]. A row has `home`, which names the group, and either `record`
/// of a document and `places` of its events in the group, or in `retold` the ids of background events.
///
/// # Errors
///
/// A column that is missing or holds something else.
pub fn fuse(batch: &RecordBatch) -> Result<RecordBatch, Error> {
    let (home, record) = (strings(batch, "home")?, strings(batch, "record")?);
    let (places, retold) = (list(batch, "places")?, list(batch, "retold")?);
    let model = Model::fitted();
    let mut incidents = Vec::new();
    for rows in groups(batch.num_rows(), |row| home.get(row)).values() {
        let (mut told, mut retold_by): (Vec<(Coded, Vec<u32>)>, Vec<String>) = (Vec::new(), Vec::new());
        for &row in rows {
            if let Some(line) = record.get(row) {
                let Line::Coded(coded) = read_line(line.as_bytes()) else {
                    return Err(Error::column("record", "it holds what is no record"));
                };
                let values = places(row);
                let values = values.as_ref().and_then(|values| values.as_primitive_opt::<Int32Type>());
                let values = values.ok_or_else(|| Error::column("places", "it must hold lists of whole numbers"))?;
                told.push((*coded, values.values().iter().filter_map(|&place| u32::try_from(place).ok()).collect()));
            }
            if let Some(ids) = retold(row) {
                let ids = ids.as_string_opt::<i32>().ok_or_else(|| Error::column("retold", "it must hold lists of strings"))?;
                retold_by.extend(ids.iter().flatten().map(str::to_owned));
            }
        }
        incidents.extend(spread::fuse(&told, retold_by, &model));
    }
    incident_batch(&incidents)
}

/// The lists of a column, by row.
fn list<'b>(batch: &'b RecordBatch, name: &str) -> Result<impl Fn(usize) -> Option<ArrayRef> + 'b, Error> {
    let column = typed::<arrow_array::ListArray>(batch, name, "lists")?;
    Ok(move |row| column.is_valid(row).then(|| column.value(row)))
}
