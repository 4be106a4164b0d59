//! Which columns of a file are read, and whether their types fit.

use parquet::basic::{ConvertedType, LogicalType, TimeUnit, Type};
use parquet::schema::types::{ColumnDescriptor, SchemaDescriptor};

/// What a column must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Strings.
    Text,
    /// Strings or whole numbers.
    Id,
    /// Strings, dates or timestamps; dates and timestamps are given in ISO 8601, timestamps in UTC.
    Day,
}

/// A column that is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name; upper and lower case make no difference.
    pub name: &'static str,
    /// What it must hold.
    pub kind: Kind,
    /// Whether nothing can be read without it.
    pub required: bool,
}

/// How the values of a column become text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Text,
    Whole,
    /// Days since 1970.
    Days,
    /// Ticks since 1970, so many in a second.
    Ticks(i64),
}

/// A column that was found.
#[derive(Clone, Debug)]
pub(crate) struct Chosen {
    pub name: &'static str,
    pub index: usize,
    pub form: Form,
    /// Whether it may hold nulls.
    pub nullable: bool,
}

/// Finds the wanted columns; those that can be done without may be missing, and are told where their type is wrong.
pub(crate) fn choose(schema: &SchemaDescriptor, wanted: &[Column]) -> Result<(Vec<Option<Chosen>>, Vec<String>), String> {
    let (mut chosen, mut notes) = (Vec::new(), Vec::new());
    for column in wanted {
        let fields = schema.root_schema().get_fields();
        let field = fields.iter().position(|field| field.name().eq_ignore_ascii_case(column.name));
        let Some(field) = field else {
            if column.required {
                let there: Vec<&str> = fields.iter().map(|field| field.name()).take(20).collect();
                return Err(format!("there is no column “{}”; its columns are {}", column.name, there.join(", ")));
            }
            chosen.push(None);
            continue;
        };
        // The leaf columns of nested fields are counted too.
        let index = (0..schema.num_columns()).find(|n| schema.get_column_root_idx(*n) == field);
        let found = index.map(|index| (index, schema.column(index)));
        let form = found.as_ref().ok_or("a group without columns".to_owned()).and_then(|(_, found)| form(found, column.kind));
        match (form, found) {
            (Ok(form), Some((index, found))) => {
                chosen.push(Some(Chosen { name: column.name, index, form, nullable: found.max_def_level() > 0 }));
            }
            (form, _) => {
                let what = form.err().unwrap_or_default();
                let told = format!("the column “{}” is {what}; it must hold {}", column.name, wish(column.kind));
                if column.required {
                    return Err(told);
                }
                notes.push(format!("{told}; it was left out"));
                chosen.push(None);
            }
        }
    }
    Ok((chosen, notes))
}

fn wish(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "strings",
        Kind::Id => "strings or whole numbers",
        Kind::Day => "strings, dates or timestamps",
    }
}

/// How a column is read as what is wanted; otherwise what it is.
fn form(column: &ColumnDescriptor, kind: Kind) -> Result<Form, String> {
    if column.max_rep_level() > 0 || column.path().parts().len() > 1 {
        return Err("a list or a group".into());
    }
    let (physical, converted, logical) = (column.physical_type(), column.converted_type(), column.logical_type_ref());
    let what = || match (logical, converted) {
        (Some(logical), _) => format!("of type {physical} ({logical:?})"),
        (None, ConvertedType::NONE) => format!("of type {physical}"),
        (None, converted) => format!("of type {physical} ({converted})"),
    };
    let strings = matches!(converted, ConvertedType::UTF8 | ConvertedType::ENUM | ConvertedType::NONE);
    match physical {
        // Old writers do not say that their bytes are strings; whether they are is seen row by row.
        Type::BYTE_ARRAY if strings => return Ok(Form::Text),
        Type::INT32 if kind == Kind::Day && converted == ConvertedType::DATE => return Ok(Form::Days),
        Type::INT64 if kind == Kind::Day => {
            let unit = match logical {
                Some(LogicalType::Timestamp(time)) => Some(time.unit),
                _ => match converted {
                    ConvertedType::TIMESTAMP_MILLIS => Some(TimeUnit::MILLIS),
                    ConvertedType::TIMESTAMP_MICROS => Some(TimeUnit::MICROS),
                    _ => None,
                },
            };
            let ticks = |unit| match unit {
                TimeUnit::MILLIS => 1_000,
                TimeUnit::MICROS => 1_000_000,
                TimeUnit::NANOS => 1_000_000_000,
            };
            return unit.map(|unit| Form::Ticks(ticks(unit))).ok_or_else(what);
        }
        Type::INT32 | Type::INT64 if kind == Kind::Id && whole(converted) => return Ok(Form::Whole),
        _ => {}
    }
    Err(what())
}

fn whole(converted: ConvertedType) -> bool {
    use ConvertedType::{INT_8, INT_16, INT_32, INT_64, NONE, UINT_8, UINT_16, UINT_32};
    matches!(converted, NONE | INT_8 | INT_16 | INT_32 | INT_64 | UINT_8 | UINT_16 | UINT_32)
}
