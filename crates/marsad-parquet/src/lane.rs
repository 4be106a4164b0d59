//! One column of a row group, value by value.

use crate::columns::{Chosen, Form};
use crate::plain;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use parquet::column::reader::ColumnReader;
use parquet::data_type::ByteArray;
use std::collections::VecDeque;

/// So many values are decoded together.
const BATCH: usize = 64;

/// The values of one column.
pub(crate) struct Lane {
    chosen: Chosen,
    reader: ColumnReader,
    ready: VecDeque<Option<Result<String, String>>>,
}

impl Lane {
    /// # Errors
    ///
    /// Where the data are not of the type that the schema says.
    pub fn new(chosen: Chosen, reader: ColumnReader) -> Result<Self, String> {
        let fits = matches!(
            (&reader, chosen.form),
            (ColumnReader::ByteArrayColumnReader(_), Form::Text)
                | (ColumnReader::Int32ColumnReader(_), Form::Whole | Form::Days)
                | (ColumnReader::Int64ColumnReader(_), Form::Whole | Form::Ticks(_))
        );
        if fits { Ok(Self { chosen, reader, ready: VecDeque::new() }) } else { Err("its type is not that of the schema".into()) }
    }

    pub fn name(&self) -> &'static str {
        self.chosen.name
    }

    /// The next value, or why just this one is no text. The outer error: nothing more can be read.
    pub fn next(&mut self) -> Result<Result<Option<String>, String>, String> {
        if self.ready.is_empty() {
            self.fill()?;
        }
        let value = self.ready.pop_front().ok_or("it ends before its last row")?;
        Ok(value.transpose())
    }

    fn fill(&mut self) -> Result<(), String> {
        let mut levels = Vec::new();
        let form = self.chosen.form;
        let defined = self.chosen.nullable.then_some(&mut levels);
        let (count, values): (usize, Vec<Result<String, String>>) = match &mut self.reader {
            ColumnReader::ByteArrayColumnReader(reader) => {
                let mut values = Vec::new();
                let (count, ..) = reader.read_records(BATCH, defined, None, &mut values).map_err(|error| plain(&error))?;
                (count, values.iter().map(text).collect())
            }
            ColumnReader::Int32ColumnReader(reader) => {
                let mut values = Vec::new();
                let (count, ..) = reader.read_records(BATCH, defined, None, &mut values).map_err(|error| plain(&error))?;
                (count, values.into_iter().map(|value| number(form, value.into())).collect())
            }
            ColumnReader::Int64ColumnReader(reader) => {
                let mut values = Vec::new();
                let (count, ..) = reader.read_records(BATCH, defined, None, &mut values).map_err(|error| plain(&error))?;
                (count, values.into_iter().map(|value| number(form, value)).collect())
            }
            _ => (0, Vec::new()),
        };
        let mut values = values.into_iter();
        for n in 0..count {
            let there = !self.chosen.nullable || levels.get(n).is_some_and(|level| *level > 0);
            let value = if there { Some(values.next().ok_or("it has fewer values than it says")?) } else { None };
            self.ready.push_back(value);
        }
        Ok(())
    }
}

fn text(value: &ByteArray) -> Result<String, String> {
    let text = std::str::from_utf8(value.data());
    text.map(str::to_owned).map_err(|error| format!("its bytes are not UTF-8 (from byte {}); write it as UTF-8", error.valid_up_to()))
}

fn number(form: Form, value: i64) -> Result<String, String> {
    let impossible = || format!("{value} is no date");
    match form {
        Form::Days => {
            let day = i32::try_from(value).ok().and_then(|days| Date::constant(1970, 1, 1).checked_add(days.days()).ok());
            day.map(|day| day.to_string()).ok_or_else(impossible)
        }
        Form::Ticks(ticks) => Timestamp::from_second(value.div_euclid(ticks)).map(|time| time.to_string()).map_err(|_| impossible()),
        Form::Text | Form::Whole => Ok(value.to_string()),
    }
}
