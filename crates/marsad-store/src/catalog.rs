//! What tables a database has, told by itself, so that whatever a later step of the schema adds is saved, too.

use crate::Result;
use crate::connection::Store;
use sqlx::Row;
use std::collections::BTreeSet;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Whole,
    Real,
    Bytes,
}

impl Kind {
    fn of(declared: &str) -> Self {
        let declared = declared.to_ascii_lowercase();
        let has = |names: &[&str]| names.iter().any(|name| declared.contains(name));
        if declared.contains("int") {
            Self::Whole
        } else if has(&["real", "double", "float"]) {
            Self::Real
        } else if has(&["blob", "bytea"]) {
            Self::Bytes
        } else {
            Self::Text
        }
    }
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    pub name: String,
    pub kind: Kind,
    /// Whether it belongs to the primary key.
    pub key: bool,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    pub name: String,
    pub columns: Vec<Column>,
}

/// Tables that can be made anew from the others, or belong to the database.
fn is_saved(name: &str) -> bool {
    !["sqlite_", "_sqlx_", "search_"].iter().any(|prefix| name.starts_with(prefix))
}

impl Store {
    /// The tables that hold what cannot be made anew, each after those that it refers to.
    pub(crate) async fn tables(&mut self) -> Result<Vec<Table>> {
        let (names, references) = match self.is_sqlite() {
            true => (
                "SELECT name FROM sqlite_master WHERE type = 'table'",
                "SELECT m.name, f.\"table\" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'",
            ),
            false => (
                "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = current_schema()",
                "SELECT CAST(a.relname AS TEXT), CAST(b.relname AS TEXT) FROM pg_constraint c JOIN pg_class a ON a.oid = c.conrelid \
                 JOIN pg_class b ON b.oid = c.confrelid WHERE c.contype = 'f' AND a.relnamespace = CAST(current_schema() AS regnamespace)",
            ),
        };
        let mut left: BTreeSet<String> = BTreeSet::new();
        for row in self.rows(names).await? {
            left.extend(Some(row.try_get::<String, _>(0)?).filter(|name| is_saved(name)));
        }
        let mut needs: Vec<(String, String)> = Vec::new();
        for row in self.rows(references).await? {
            needs.push((row.try_get(0)?, row.try_get(1)?));
        }
        let mut out = Vec::with_capacity(left.len());
        while !left.is_empty() {
            let waits = |name: &String| needs.iter().any(|(from, to)| from == name && to != name && left.contains(to));
            // Tables that refer to each other in a circle come as they are.
            let next = left.iter().find(|name| !waits(name)).or_else(|| left.first()).cloned().unwrap_or_default();
            left.remove(&next);
            let columns = self.columns(&next).await?;
            out.push(Table { name: next, columns });
        }
        Ok(out)
    }

    async fn columns(&mut self, table: &str) -> Result<Vec<Column>> {
        let statement = match self.is_sqlite() {
            true => "SELECT name, type, CASE WHEN pk > 0 THEN 1 ELSE 0 END FROM pragma_table_info($1) ORDER BY cid",
            false => {
                "SELECT CAST(a.attname AS TEXT), format_type(a.atttypid, a.atttypmod), CAST(CASE WHEN EXISTS (SELECT 1 FROM pg_index i \
                 WHERE i.indrelid = t.oid AND i.indisprimary AND a.attnum = ANY (i.indkey)) THEN 1 ELSE 0 END AS BIGINT) \
                 FROM pg_attribute a JOIN pg_class t ON t.oid = a.attrelid WHERE t.relname = CAST($1 AS TEXT) \
                 AND t.relnamespace = CAST(current_schema() AS regnamespace) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum"
            }
        };
        let rows = sqlx::query(statement).bind(table.to_owned()).fetch_all(&mut self.connection).await?;
        let read = |row: &sqlx::any::AnyRow| {
            Ok(Column { name: row.try_get(0)?, kind: Kind::of(&row.try_get::<String, _>(1)?), key: row.try_get::<i64, _>(2)? == 1 })
        };
        rows.iter().map(read).collect()
    }
}
