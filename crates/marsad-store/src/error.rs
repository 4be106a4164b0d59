//! What can go wrong with a store, in sentences for people.

use std::path::PathBuf;

/// Why a store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No folder above has an observatory.
    #[error("there is no observatory in {path} or above it; make one with `marsad init DIR`, or name one with --store DIR", path = .0.display())]
    NotFound(PathBuf),
    /// The folder has one already.
    #[error("{path}: there is an observatory already", path = .0.display())]
    Exists(PathBuf),
    /// Its settings cannot be read.
    #[error("{path}: {1}", path = .0.display())]
    Settings(PathBuf, String),
    /// A later version of Marsad made it.
    #[error("this store was made by a newer version of marsad (its schema has step {0}); use that version")]
    Newer(i64),
    /// The server is gone, or was never there.
    #[error("the database cannot be reached: {0}")]
    Lost(String),
    /// Another process holds it.
    #[error("another process is writing to this store; nothing was changed, try again when it is done")]
    Busy,
    /// No space left.
    #[error("the disk is full; the last batch was not stored, make room and run this again")]
    Full,
    /// It may only be read.
    #[error("this store may not be written to; check the permissions of its folder and file")]
    ReadOnly,
    /// It holds what cannot be.
    #[error("the store is damaged: {0}; `marsad check` tells more")]
    Damaged(String),
    /// Only decisions that stand can be taken back.
    #[error("there is no decision {0} that could be taken back; `marsad decide list` shows them")]
    NoDecision(i64),
    /// A review is about something that is there.
    #[error("{0}")]
    NoSubject(String),
    /// The disk refuses.
    #[error(
        "the disk cannot be read or written ({0}); nothing was half stored, look at the disk (space, quota, limits on files) and run this again"
    )]
    Disk(String),
    /// A backup that cannot be restored.
    #[error("{path}: {1}", path = .0.display())]
    Backup(PathBuf, String),
    /// Anything else that the database says.
    #[error("the database says: {0}")]
    Database(String),
}

/// What a store's functions give.
pub type Result<T> = std::result::Result<T, Error>;

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let sqlx::Error::Database(told) = &error else {
            return match error {
                sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed | sqlx::Error::Tls(_) => Self::Lost(error.to_string()),
                sqlx::Error::Decode(_) | sqlx::Error::ColumnDecode { .. } => Self::Damaged(error.to_string()),
                _ => Self::Database(error.to_string()),
            };
        };
        let code = told.code().unwrap_or_default();
        // Result codes of SQLite are numbers, with detail in the higher bits; those of PostgreSQL have five characters.
        match code.parse::<u32>().ok().filter(|_| code.len() < 5) {
            Some(number) => match number & 0xff {
                5 | 6 => Self::Busy,
                8 | 14 => Self::ReadOnly,
                10 => Self::Disk(told.message().to_owned()),
                13 => Self::Full,
                11 | 26 => Self::Damaged(told.message().to_owned()),
                _ => Self::Database(told.message().to_owned()),
            },
            None => match code.as_ref() {
                // Connection errors; shut down, crashed, or starting up.
                c if c.starts_with("08") || c.starts_with("57P0") => Self::Lost(told.message().to_owned()),
                "53100" => Self::Full,
                "25006" => Self::ReadOnly,
                _ => Self::Database(told.message().to_owned()),
            },
        }
    }
}

impl From<sqlx::migrate::MigrateError> for Error {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        use sqlx::migrate::MigrateError;
        match error {
            MigrateError::VersionMissing(version) => Self::Newer(version),
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
            other => Self::Database(other.to_string()),
        }
    }
}
