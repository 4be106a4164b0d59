//! Coded events to columns, one column after the other, which costs a fraction of going through every value of every row.

use crate::Error;
use arrow_array::{ArrayRef, BooleanArray, Date32Array, Float64Array, Int32Array, Int64Array, ListArray, StringArray, StructArray};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{DataType, FieldRef, Fields};
use jiff::civil::Date;
use marsad_model::{Attribution, Casualties, Event, EventRelation, Participant, RareWord, Span, When, Where};
use std::sync::Arc;

/// A column, or why its values do not fit into one.
pub(crate) type Column = Result<ArrayRef, Error>;

const EPOCH: Date = Date::constant(1970, 1, 1);

/// What holds for all bytes of the strings of a column, and for all entries of the lists of one.
fn fits(sum: usize) -> Result<(), Error> {
    if i32::try_from(sum).is_ok() { Ok(()) } else { Err(Error::Batch("a column holds more than 2 GiB; give fewer rows at a time".into())) }
}

/// A column of strings.
pub(crate) fn strings<'a>(values: impl Iterator<Item = &'a str> + Clone) -> Column {
    fits(values.clone().map(str::len).sum())?;
    Ok(Arc::new(StringArray::from_iter_values(values)))
}

/// A column of strings, some of which are unsaid.
pub(crate) fn maybe_strings<'a>(values: impl Iterator<Item = Option<&'a str>> + Clone) -> Column {
    fits(values.clone().flatten().map(str::len).sum())?;
    Ok(Arc::new(StringArray::from_iter(values)))
}

/// A column of numbers, some of which are unsaid.
pub(crate) fn numbers(values: impl Iterator<Item = Option<i64>>) -> Column {
    Ok(Arc::new(Int64Array::from_iter(values)))
}

fn reals(values: impl Iterator<Item = Option<f64>>) -> Column {
    Ok(Arc::new(Float64Array::from_iter(values)))
}

/// A column of days that are told as in ISO 8601.
pub(crate) fn days<'a>(values: impl Iterator<Item = Option<&'a str>>) -> Column {
    let day = |value: &str| {
        let date: Date = value.parse().map_err(|_| Error::Batch(format!("“{value}” is no day")))?;
        i32::try_from(date.duration_since(EPOCH).as_secs() / 86_400).map_err(|_| Error::Batch(format!("“{value}” is out of range")))
    };
    let days: Vec<Option<i32>> = values.map(|value| value.map(day).transpose()).collect::<Result<_, Error>>()?;
    Ok(Arc::new(Date32Array::from(days)))
}

/// The type of a field of a struct.
fn of<'f>(fields: &'f Fields, name: &str) -> &'f DataType {
    fields.find(name).map_or(&DataType::Null, |(_, field)| field.data_type())
}

/// The fields of a struct.
fn fields(kind: &DataType) -> Fields {
    match kind {
        DataType::Struct(fields) => fields.clone(),
        _ => Fields::empty(),
    }
}

fn broken(error: &arrow_schema::ArrowError) -> Error {
    Error::Batch(error.to_string())
}

/// Columns as one of structs.
fn group(kind: &DataType, columns: Vec<ArrayRef>, nulls: Option<NullBuffer>) -> Column {
    Ok(Arc::new(StructArray::try_new(fields(kind), columns, nulls).map_err(|error| broken(&error))?))
}

/// A column of lists, whose entries `column` makes one of.
pub(crate) fn lists<'a, T: 'a>(
    kind: &DataType,
    rows: impl Iterator<Item = &'a [T]> + Clone,
    column: impl FnOnce(&DataType, &[&'a T]) -> Column,
) -> Column {
    let field: FieldRef = match kind {
        DataType::List(field) => Arc::clone(field),
        _ => Arc::new(arrow_schema::Field::new_list_field(DataType::Null, false)),
    };
    fits(rows.clone().map(<[T]>::len).sum())?;
    let offsets = OffsetBuffer::from_lengths(rows.clone().map(<[T]>::len));
    let entries: Vec<&T> = rows.flatten().collect();
    let values = column(field.data_type(), &entries)?;
    Ok(Arc::new(ListArray::try_new(field, offsets, values, None).map_err(|error| broken(&error))?))
}

/// A column of lists of strings.
pub(crate) fn string_lists<'a>(kind: &DataType, rows: impl Iterator<Item = &'a [String]> + Clone) -> Column {
    lists(kind, rows, |_, entries| strings(entries.iter().map(|entry| entry.as_str())))
}

/// A column of spans, some of which are unsaid.
fn spans(kind: &DataType, values: impl Iterator<Item = Option<Span>> + Clone) -> Column {
    let ends = |n: usize| -> ArrayRef {
        let point = |span: Option<Span>| span.map_or(0, |span| i32::try_from(span[n]).unwrap_or(i32::MAX));
        Arc::new(Int32Array::from_iter_values(values.clone().map(point)))
    };
    let said: Vec<bool> = values.clone().map(|span| span.is_some()).collect();
    let nulls = said.contains(&false).then(|| NullBuffer::from(said));
    group(kind, vec![ends(0), ends(1)], nulls)
}

/// What was used or hit: its class, its words, and where they stand.
fn things<'a, T>(
    kind: &DataType,
    all: &[&'a T],
    class: impl Fn(&'a T) -> &'static str + Copy,
    words: impl Fn(&'a T) -> (&'a str, Span) + Copy,
) -> Column {
    let each = || all.iter().copied();
    let columns = vec![
        strings(each().map(class))?,
        strings(each().map(move |one| words(one).0))?,
        spans(of(&fields(kind), "span"), each().map(move |one| Some(words(one).1)))?,
    ];
    group(kind, columns, None)
}

fn when(kind: &DataType, all: &[&When]) -> Column {
    let each = || all.iter().copied();
    let columns = vec![
        days(each().map(|w| w.start.as_deref()))?,
        days(each().map(|w| w.end.as_deref()))?,
        strings(each().map(|w| w.precision.name()))?,
        maybe_strings(each().map(|w| w.text.as_deref()))?,
        spans(of(&fields(kind), "span"), each().map(|w| w.span))?,
    ];
    group(kind, columns, None)
}

fn places(kind: &DataType, all: &[&Where]) -> Column {
    let each = || all.iter().copied();
    let columns = vec![
        strings(each().map(|w| w.text.as_str()))?,
        maybe_strings(each().map(|w| w.name.as_deref()))?,
        maybe_strings(each().map(|w| w.country.as_deref()))?,
        maybe_strings(each().map(|w| w.admin1.as_deref()))?,
        reals(each().map(|w| w.lat))?,
        reals(each().map(|w| w.lon))?,
        reals(each().map(|w| w.radius_km))?,
        strings(each().map(|w| w.relation.name()))?,
        strings(each().map(|w| w.precision.name()))?,
        maybe_strings(each().map(|w| w.place_id.as_deref()))?,
        spans(of(&fields(kind), "span"), each().map(|w| Some(w.span)))?,
    ];
    group(kind, columns, None)
}

fn participants(kind: &DataType, all: &[&Participant]) -> Column {
    let each = || all.iter().copied();
    let columns = vec![
        strings(each().map(|p| p.role.name()))?,
        strings(each().map(|p| p.actor.as_str()))?,
        maybe_strings(each().map(|p| p.unit.as_deref()))?,
        strings(each().map(|p| p.text.as_str()))?,
        strings(each().map(|p| p.certainty.name()))?,
        maybe_strings(each().map(|p| p.according_to.as_deref()))?,
        spans(of(&fields(kind), "span"), each().map(|p| Some(p.span)))?,
    ];
    group(kind, columns, None)
}

fn casualties(kind: &DataType, all: &[&Casualties]) -> Column {
    let each = || all.iter().copied();
    let columns = vec![
        strings(each().map(|c| c.outcome.name()))?,
        strings(each().map(|c| c.group.name()))?,
        maybe_strings(each().map(|c| c.of.as_deref()))?,
        numbers(each().map(|c| c.low.map(i64::from)))?,
        numbers(each().map(|c| c.best.map(i64::from)))?,
        numbers(each().map(|c| c.high.map(i64::from)))?,
        Arc::new(each().map(|c| Some(c.vague)).collect::<BooleanArray>()),
        strings(each().map(|c| c.text.as_str()))?,
        spans(of(&fields(kind), "span"), each().map(|c| Some(c.span)))?,
    ];
    group(kind, columns, None)
}

fn relations(kind: &DataType, all: &[&EventRelation]) -> Column {
    let each = || all.iter().copied();
    group(kind, vec![strings(each().map(|r| r.kind.name()))?, strings(each().map(|r| r.event.as_str()))?], None)
}

fn attribution(kind: &DataType, all: &[&Attribution]) -> Column {
    let each = || all.iter().copied();
    let columns = vec![
        strings(each().map(|a| a.text.as_str()))?,
        strings(each().map(|a| a.kind.name()))?,
        spans(of(&fields(kind), "span"), each().map(|a| Some(a.span)))?,
    ];
    group(kind, columns, None)
}

/// The structs of events, as [`crate::coded_schema`] has them in lists.
pub(crate) fn events(kind: &DataType, all: &[&Event]) -> Column {
    let each = || all.iter().copied();
    let own = fields(kind);
    let of = |name: &str| of(&own, name);
    let columns = vec![
        strings(each().map(|e| e.id.as_str()))?,
        strings(each().map(|e| e.action.name()))?,
        strings(each().map(|e| e.scope.name()))?,
        strings(each().map(|e| e.realis.name()))?,
        group(
            of("acled"),
            vec![strings(each().map(|e| e.acled.event_type.as_str()))?, strings(each().map(|e| e.acled.sub_event_type.as_str()))?],
            None,
        )?,
        group(
            of("plover"),
            vec![strings(each().map(|e| e.plover.kind.as_str()))?, maybe_strings(each().map(|e| e.plover.mode.as_deref()))?],
            None,
        )?,
        group(
            of("trigger"),
            vec![
                strings(each().map(|e| e.trigger.text.as_str()))?,
                spans(self::of(&fields(of("trigger")), "span"), each().map(|e| Some(e.trigger.span)))?,
            ],
            None,
        )?,
        when(of("when"), &each().map(|e| &e.when).collect::<Vec<_>>())?,
        lists(of("where"), each().map(|e| e.places.as_slice()), places)?,
        lists(of("participants"), each().map(|e| e.participants.as_slice()), participants)?,
        lists(of("weapons"), each().map(|e| e.weapons.as_slice()), |kind, all| {
            things(kind, all, |w| w.class.name(), |w| (&w.text, w.span))
        })?,
        lists(of("objects"), each().map(|e| e.objects.as_slice()), |kind, all| {
            things(kind, all, |o| o.class.name(), |o| (&o.text, o.span))
        })?,
        lists(of("casualties"), each().map(|e| e.casualties.as_slice()), casualties)?,
        numbers(each().map(|e| e.strikes.map(i64::from)))?,
        lists(of("attribution"), each().map(|e| e.attribution.as_slice()), attribution)?,
        lists(of("relations"), each().map(|e| e.relations.as_slice()), relations)?,
        Arc::new(Float64Array::from_iter_values(each().map(|e| e.confidence))),
        string_lists(of("rules"), each().map(|e| e.rules.as_slice()))?,
    ];
    group(kind, columns, None)
}

/// The structs of words that few reports have.
pub(crate) fn rare(kind: &DataType, all: &[&RareWord]) -> Column {
    let column = |number: fn(&RareWord) -> i64| numbers(all.iter().map(|word| Some(number(word))));
    group(kind, vec![column(|w| w.0.into())?, column(|w| w.1.into())?, column(|w| w.2.into())?], None)
}
