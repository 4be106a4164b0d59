//! The columns of documents in a batch, whatever Arrow type they have.

use crate::Error;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowTemporalType, Date32Type, Date64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType,
};
use arrow_array::{
    Array, ArrayRef, ArrowPrimitiveType, LargeStringArray, PrimitiveArray, RecordBatch, StringArray, StringViewArray,
    downcast_integer_array, new_null_array,
};
use arrow_schema::{DataType, TimeUnit};
use marsad_ingest::Fields;
use std::fmt::Display;

/// What a column must hold.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Id,
    Day,
}

impl Kind {
    fn wish(self) -> &'static str {
        match self {
            Self::Text => "strings",
            Self::Id => "strings or whole numbers",
            Self::Day => "strings, dates or timestamps",
        }
    }
}

/// A column of strings.
pub(crate) enum Strings {
    Small(StringArray),
    Large(LargeStringArray),
    View(StringViewArray),
}

impl Strings {
    /// The string of a row; `None` for null.
    pub fn get(&self, row: usize) -> Option<&str> {
        match self {
            Self::Small(array) => array.is_valid(row).then(|| array.value(row)),
            Self::Large(array) => array.is_valid(row).then(|| array.value(row)),
            Self::View(array) => array.is_valid(row).then(|| array.value(row)),
        }
    }

    /// A column that is read as what is wanted; `None` where its type does not fit.
    fn read(array: &ArrayRef, kind: Kind) -> Option<Self> {
        use TimeUnit::{Microsecond, Millisecond, Nanosecond, Second};
        Some(match array.data_type() {
            DataType::Utf8 => Self::Small(array.as_string().clone()),
            DataType::LargeUtf8 => Self::Large(array.as_string().clone()),
            DataType::Utf8View => Self::View(array.as_string_view().clone()),
            DataType::Null => Self::Small(new_null_array(&DataType::Utf8, array.len()).as_string().clone()),
            DataType::Dictionary(_, _) => {
                let dictionary = array.as_any_dictionary();
                let spread = arrow_select::take::take(dictionary.values(), dictionary.keys(), None).ok()?;
                return Self::read(&spread, kind);
            }
            number if kind == Kind::Id && number.is_integer() => downcast_integer_array!(
                array => spelled(array),
                _ => return None
            ),
            DataType::Date32 if kind == Kind::Day => days::<Date32Type>(array),
            DataType::Date64 if kind == Kind::Day => days::<Date64Type>(array),
            DataType::Timestamp(unit, _) if kind == Kind::Day => match unit {
                Second => days::<TimestampSecondType>(array),
                Millisecond => days::<TimestampMillisecondType>(array),
                Microsecond => days::<TimestampMicrosecondType>(array),
                Nanosecond => days::<TimestampNanosecondType>(array),
            },
            _ => return None,
        })
    }
}

fn spelled<T: ArrowPrimitiveType>(array: &PrimitiveArray<T>) -> Strings
where
    T::Native: Display,
{
    Strings::Small(array.iter().map(|value| value.map(|value| value.to_string())).collect())
}

/// Days in ISO 8601; what lies outside of all calendars stays a number, and is told as no date.
fn days<T: ArrowTemporalType>(array: &ArrayRef) -> Strings
where
    i64: From<T::Native>,
{
    let array = array.as_primitive::<T>();
    let day = |row| array.value_as_date(row).map_or_else(|| i64::from(array.value(row)).to_string(), |day| day.to_string());
    Strings::Small((0..array.len()).map(|row| array.is_valid(row).then(|| day(row))).collect())
}

/// The columns of documents.
pub(crate) struct Columns {
    rows: usize,
    id: Strings,
    text: Strings,
    url: Option<Strings>,
    outlet: Option<Strings>,
    title: Option<Strings>,
    published: Option<Strings>,
    language: Option<Strings>,
}

impl Columns {
    /// Finds them in a batch.
    pub fn of(batch: &RecordBatch) -> Result<Self, Error> {
        let optional = |name, kind| find(batch, name, kind);
        let required = |name, kind| {
            let names = || batch.schema_ref().fields().iter().map(|field| field.name().as_str()).take(20).collect::<Vec<_>>().join(", ");
            find(batch, name, kind)?.ok_or_else(|| Error::column(name, format!("there is none; the columns are {}", names())))
        };
        Ok(Self {
            rows: batch.num_rows(),
            id: required("id", Kind::Id)?,
            text: required("text", Kind::Text)?,
            url: optional("url", Kind::Text)?,
            outlet: optional("outlet", Kind::Text)?,
            title: optional("title", Kind::Text)?,
            published: optional("published", Kind::Day)?,
            language: optional("language", Kind::Text)?,
        })
    }

    pub fn rows(&self) -> usize {
        self.rows
    }

    /// What a row says of its document.
    pub fn fields(&self, row: usize) -> Fields<'_> {
        fn get(column: Option<&Strings>, row: usize) -> Option<&str> {
            column.and_then(|column| column.get(row))
        }
        Fields {
            id: self.id.get(row),
            text: self.text.get(row),
            url: get(self.url.as_ref(), row),
            outlet: get(self.outlet.as_ref(), row),
            author: None,
            title: get(self.title.as_ref(), row),
            published: get(self.published.as_ref(), row),
            language: get(self.language.as_ref(), row),
        }
    }
}

pub(crate) fn find(batch: &RecordBatch, name: &str, kind: Kind) -> Result<Option<Strings>, Error> {
    let fields = batch.schema_ref().fields();
    let exact = fields.iter().position(|field| field.name() == name);
    let Some(index) = exact.or_else(|| fields.iter().position(|field| field.name().eq_ignore_ascii_case(name))) else { return Ok(None) };
    let array = batch.column(index);
    let read = Strings::read(array, kind);
    let wrong = || Error::column(name, format!("it is of type {}; it must hold {}", array.data_type(), kind.wish()));
    read.map(Some).ok_or_else(wrong)
}
