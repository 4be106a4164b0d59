//! Incidents as Parquet, with a column of points as GeoParquet 1.1 has it.
//!
//! A row is an incident, see [`marsad_export::Row`]; `geometry` is its point as WKB, in degrees of WGS 84 (OGC:CRS84, longitude
//! first), and nothing where the incident has none. Actors and outlets are lists. Dates are days.

mod columns;

use columns::Column;
use marsad_export::Row;
use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;
use serde_json::json;
use std::sync::Arc;

/// Rows that are written together.
const GROUP: usize = 65_536;

/// The file that holds these rows.
///
/// # Errors
///
/// What the library of Parquet says.
pub fn parquet(rows: &[Row]) -> Result<Vec<u8>, ParquetError> {
    let schema = Arc::new(parse_message_type(&columns::schema())?);
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(format!("marsad {}", env!("CARGO_PKG_VERSION")))
        .set_key_value_metadata(Some(vec![KeyValue::new("geo".to_owned(), geo(rows))]))
        .build();
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties))?;
    for rows in rows.chunks(GROUP) {
        let mut group = writer.next_row_group()?;
        for column in columns::of(rows) {
            if let Some(mut place) = group.next_column()? {
                write(&mut place, column)?;
                place.close()?;
            }
        }
        group.close()?;
    }
    writer.into_inner()
}

/// What readers know the column of points by.
fn geo(rows: &[Row]) -> String {
    let points: Vec<(f64, f64)> = rows.iter().filter_map(Row::point).collect();
    let edge = |value: fn(&(f64, f64)) -> f64, pick: fn(f64, f64) -> f64| points.iter().map(value).reduce(pick);
    let (south, north) = (edge(|p| p.0, f64::min), edge(|p| p.0, f64::max));
    let (west, east) = (edge(|p| p.1, f64::min), edge(|p| p.1, f64::max));
    let mut column = json!({"encoding": "WKB", "geometry_types": ["Point"]});
    if let (Some(west), Some(south), Some(east), Some(north)) = (west, south, east, north) {
        column["bbox"] = json!([west, south, east, north]);
    }
    json!({"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}).to_string()
}

fn write(place: &mut SerializedColumnWriter<'_>, column: Column) -> Result<(), ParquetError> {
    let levels = |there: Vec<bool>| there.into_iter().map(i16::from).collect::<Vec<i16>>();
    match column {
        Column::Text(values) => {
            let there = levels(values.iter().map(Option::is_some).collect());
            let values: Vec<ByteArray> = values.into_iter().flatten().map(|text| ByteArray::from(text.into_bytes())).collect();
            place.typed::<ByteArrayType>().write_batch(&values, Some(&there), None)?;
        }
        Column::Bytes(values) => {
            let there = levels(values.iter().map(Option::is_some).collect());
            let values: Vec<ByteArray> = values.into_iter().flatten().map(ByteArray::from).collect();
            place.typed::<ByteArrayType>().write_batch(&values, Some(&there), None)?;
        }
        Column::Whole(values) => {
            let there = levels(values.iter().map(Option::is_some).collect());
            let values: Vec<i32> = values.into_iter().flatten().collect();
            place.typed::<Int32Type>().write_batch(&values, Some(&there), None)?;
        }
        Column::Real(values) => {
            let there = levels(values.iter().map(Option::is_some).collect());
            let values: Vec<f64> = values.into_iter().flatten().collect();
            place.typed::<DoubleType>().write_batch(&values, Some(&there), None)?;
        }
        Column::List(lists) => {
            let (mut there, mut follows, mut values) = (Vec::new(), Vec::new(), Vec::new());
            for list in lists {
                if list.is_empty() {
                    there.push(0);
                    follows.push(0);
                }
                for (n, text) in list.into_iter().enumerate() {
                    there.push(1);
                    follows.push(i16::from(n > 0));
                    values.push(ByteArray::from(text.into_bytes()));
                }
            }
            place.typed::<ByteArrayType>().write_batch(&values, Some(&there), Some(&follows))?;
        }
    }
    Ok(())
}
