//! Many rows in one statement.

use crate::Result;
use sqlx::any::AnyArguments;
use sqlx::{Any, Arguments, AssertSqlSafe, Transaction};
use std::fmt::Write;

/// So many rows go into one statement; statements of this size are prepared once.
const ROWS: usize = 64;

/// A value of a row.
pub(crate) enum Value<'a> {
    Text(&'a str),
    Maybe(Option<&'a str>),
    Whole(i64),
    MaybeWhole(Option<i64>),
    MaybeReal(Option<f64>),
    MaybeBytes(Option<Vec<u8>>),
}

/// Inserts rows into a table; `columns` names theirs, separated by commas.
pub(crate) async fn insert(transaction: &mut Transaction<'_, Any>, table: &str, columns: &str, rows: &[Vec<Value<'_>>]) -> Result<()> {
    let width = columns.split(',').count();
    // SQLite looks a numbered place up among all others, as often as there are places.
    let numbered = transaction.backend_name() != "SQLite";
    for chunk in rows.chunks(ROWS) {
        let mut statement = format!("INSERT INTO {table} ({columns}) VALUES ");
        let mut arguments = AnyArguments::default();
        for (n, row) in chunk.iter().enumerate() {
            statement.push_str(if n == 0 { "(" } else { ", (" });
            for (m, value) in row.iter().enumerate() {
                statement.push_str(if m == 0 { "" } else { ", " });
                let _ = if numbered { write!(statement, "${}", n * width + m + 1) } else { statement.write_char('?') };
                let added = match value {
                    Value::Text(text) => arguments.add((*text).to_owned()),
                    Value::Maybe(text) => arguments.add(text.map(str::to_owned)),
                    Value::Whole(number) => arguments.add(*number),
                    Value::MaybeWhole(number) => arguments.add(*number),
                    Value::MaybeReal(number) => arguments.add(*number),
                    Value::MaybeBytes(bytes) => arguments.add(bytes.clone()),
                };
                added.map_err(sqlx::Error::Encode)?;
            }
            statement.push(')');
        }
        let query = sqlx::query_with(AssertSqlSafe(statement), arguments).persistent(chunk.len() == ROWS);
        query.execute(&mut **transaction).await?;
    }
    Ok(())
}

/// The statement with `IN ($1, $2, …)` for so many values in the place of `IN ()`.
pub(crate) fn one_of(statement: &str, values: usize) -> AssertSqlSafe<String> {
    let places: Vec<String> = (1..=values).map(|n| format!("${n}")).collect();
    AssertSqlSafe(statement.replacen("IN ()", &format!("IN ({})", places.join(", ")), 1))
}
