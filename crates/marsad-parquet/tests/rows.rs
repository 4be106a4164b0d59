//! Parquet files, written by the crate's own writer, read whole, with holes, and corrupt.

use marsad_parquet::{Column, Kind, Row, Rows};
use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

const WANTED: [Column; 4] = [
    Column { name: "id", kind: Kind::Id, required: true },
    Column { name: "text", kind: Kind::Text, required: true },
    Column { name: "title", kind: Kind::Text, required: false },
    Column { name: "published", kind: Kind::Day, required: false },
];

/// Two row groups of three rows each: whole numbers as ids, a null among the titles, days as dates.
fn write(path: &Path, compression: Compression) {
    let schema =
        "message m { required int64 ID; required binary text (UTF8); optional binary title (UTF8); optional int32 published (DATE); }";
    let properties = Arc::new(WriterProperties::builder().set_compression(compression).build());
    let file = std::fs::File::create(path).unwrap();
    let mut writer = SerializedFileWriter::new(file, Arc::new(parse_message_type(schema).unwrap()), properties).unwrap();
    for group in 0..2_i64 {
        let mut rows = writer.next_row_group().unwrap();
        let mut column = rows.next_column().unwrap().unwrap();
        column.typed::<Int64Type>().write_batch(&[group * 3 + 1, group * 3 + 2, group * 3 + 3], None, None).unwrap();
        column.close().unwrap();
        let texts: Vec<ByteArray> = (1..=3).map(|n| format!("قصف رقم {}", group * 3 + n).into_bytes().into()).collect();
        let mut column = rows.next_column().unwrap().unwrap();
        column.typed::<ByteArrayType>().write_batch(&texts, None, None).unwrap();
        column.close().unwrap();
        let titles: Vec<ByteArray> = vec![b"one".to_vec().into(), b"three".to_vec().into()];
        let mut column = rows.next_column().unwrap().unwrap();
        column.typed::<ByteArrayType>().write_batch(&titles, Some(&[1, 0, 1]), None).unwrap();
        column.close().unwrap();
        let mut column = rows.next_column().unwrap().unwrap();
        column.typed::<Int32Type>().write_batch(&[19_000, 19_001], Some(&[0, 1, 1]), None).unwrap();
        column.close().unwrap();
        rows.close().unwrap();
    }
    writer.close().unwrap();
}

fn read(path: &Path) -> Result<Vec<Row>, String> {
    Ok(Rows::open(path, &WANTED, Arc::default())?.0.collect())
}

#[test]
fn rows_come_out_in_order_with_their_holes() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("a.parquet");
    let codecs = [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::ZSTD(Default::default()),
        Compression::GZIP(Default::default()),
        Compression::BROTLI(Default::default()),
        Compression::LZ4_RAW,
    ];
    for codec in codecs {
        write(&path, codec);
        let bytes = Arc::new(AtomicU64::new(0));
        let (rows, notes) = Rows::open(&path, &WANTED, Arc::clone(&bytes)).unwrap();
        let rows: Vec<Row> = rows.collect();
        assert!(notes.is_empty() && rows.len() == 6 && bytes.load(Ordering::Relaxed) > 0, "{codec:?}");
        let last = ["6", "قصف رقم 6", "three", "2022-01-09"].map(|value| Some(value.to_owned())).to_vec();
        assert_eq!(rows[5], Row { number: 6, values: Ok(last) }, "{codec:?}");
        let first = [Some("1".to_owned()), Some("قصف رقم 1".to_owned()), Some("one".to_owned()), None].to_vec();
        assert_eq!(rows[0], Row { number: 1, values: Ok(first) }, "{codec:?}");
    }
}

#[test]
fn columns_that_are_missing_or_wrong_are_named() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("a.parquet");
    write(&path, Compression::SNAPPY);
    let missing = [Column { name: "body", kind: Kind::Text, required: true }];
    let told = Rows::open(&path, &missing, Arc::default()).err().unwrap();
    assert_eq!(told, "there is no column “body”; its columns are ID, text, title, published");
    let wrong = [Column { name: "published", kind: Kind::Text, required: true }];
    let told = Rows::open(&path, &wrong, Arc::default()).err().unwrap();
    assert!(told.starts_with("the column “published” is of type INT32") && told.ends_with("it must hold strings"), "{told}");
    let odd = [WANTED[1], Column { name: "id", kind: Kind::Text, required: false }];
    let (rows, notes) = Rows::open(&path, &odd, Arc::default()).unwrap();
    assert!(notes.len() == 1 && notes[0].contains("“id”") && notes[0].ends_with("it was left out"), "{notes:?}");
    assert_eq!(rows.last().unwrap().values, Ok(vec![Some("قصف رقم 6".into()), None]));
}

#[test]
fn bytes_that_are_no_text_cost_their_row() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("a.parquet");
    let schema = Arc::new(parse_message_type("message m { required binary id; required binary text; }").unwrap());
    let mut writer = SerializedFileWriter::new(std::fs::File::create(&path).unwrap(), schema, Arc::default()).unwrap();
    let mut rows = writer.next_row_group().unwrap();
    for values in [["a", "b", "c"].map(ByteArray::from), [b"one".to_vec(), vec![0xff, 0xfe], b"two".to_vec()].map(ByteArray::from)] {
        let mut column = rows.next_column().unwrap().unwrap();
        column.typed::<ByteArrayType>().write_batch(&values, None, None).unwrap();
        column.close().unwrap();
    }
    rows.close().unwrap();
    writer.close().unwrap();
    let rows = read(&path).unwrap();
    assert!(rows[0].values.is_ok() && rows[2].values.is_ok());
    assert_eq!(rows[1].values, Err("column “text”: its bytes are not UTF-8 (from byte 0); write it as UTF-8".into()));
}

/// Whatever byte is wrong and wherever the file ends, something is told or the rows are right in number; nothing breaks down.
#[test]
fn corrupt_files_are_told() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("a.parquet");
    write(&path, Compression::SNAPPY);
    let whole = std::fs::read(&path).unwrap();
    for end in [0, 3, 11, 12, whole.len() / 2, whole.len() - 9, whole.len() - 1] {
        std::fs::write(&path, &whole[..end]).unwrap();
        let told = read(&path).unwrap_err();
        assert!(told.contains("footer cannot be read") || told.contains("no Parquet file"), "{end}: {told}");
    }
    let mut refused = 0;
    for at in 4..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x5a;
        std::fs::write(&path, &bytes).unwrap();
        match read(&path) {
            Err(_) => refused += 1,
            Ok(rows) => {
                assert!(rows.len() <= 100_000, "{at}");
                refused += usize::from(rows.iter().any(|row| row.values.is_err()));
            }
        }
    }
    assert!(refused > whole.len() / 4, "{refused} of {}", whole.len());
}
