//! Where an observatory lives: a folder with its settings.

use crate::{Error, Result};
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The file that makes a folder an observatory.
const SETTINGS: &str = "marsad.toml";
/// The database of a folder that names no other.
const DATABASE: &str = "marsad.db";
/// How the settings file begins.
const HEADER: &str = "\
# This folder is an observatory of Marsad: what was read, what was coded in it, and what people decided about it.
# `database` is a file of this folder (SQLite) or a server (postgres://USER:PASSWORD@HOST/NAME).
";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    database: String,
}

/// A folder with an observatory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    path: PathBuf,
    database: String,
}

impl Folder {
    /// Makes a folder an observatory, with a file of its own or with a database of PostgreSQL.
    ///
    /// # Errors
    ///
    /// Where it is one already, or cannot be written.
    pub fn init(path: &Path, database: Option<&str>) -> Result<Self> {
        let settings = path.join(SETTINGS);
        let told = |error: std::io::Error| Error::Settings(settings.clone(), error.to_string());
        let folder = Self { path: path.to_owned(), database: database.unwrap_or(DATABASE).to_owned() };
        folder.url()?;
        std::fs::create_dir_all(path).map_err(|error| Error::Settings(path.to_owned(), error.to_string()))?;
        let body = toml::to_string(&Settings { database: folder.database.clone() }).unwrap_or_default();
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        // It may hold a password.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&settings).map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => Error::Exists(path.to_owned()),
            _ => told(error),
        })?;
        file.write_all(format!("{HEADER}{body}").as_bytes()).and_then(|()| file.sync_all()).map_err(told)?;
        Ok(folder)
    }

    /// The observatory in a folder.
    ///
    /// # Errors
    ///
    /// Where there is none, or its settings make no sense.
    pub fn at(path: &Path) -> Result<Self> {
        let settings = path.join(SETTINGS);
        let text = std::fs::read_to_string(&settings).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => Error::NotFound(path.to_owned()),
            _ => Error::Settings(settings.clone(), error.to_string()),
        })?;
        let read: Settings = toml::from_str(&text).map_err(|error| Error::Settings(settings, error.message().to_owned()))?;
        let folder = Self { path: path.to_owned(), database: read.database };
        folder.url()?;
        Ok(folder)
    }

    /// The observatory in a folder or in the nearest one above it.
    ///
    /// # Errors
    ///
    /// As [`Folder::at`].
    pub fn around(path: &Path) -> Result<Self> {
        let home = path.ancestors().find(|folder| folder.join(SETTINGS).is_file());
        Self::at(home.ok_or_else(|| Error::NotFound(path.to_owned()))?)
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Takes back an [`Folder::init`] whose database could not be made.
    pub fn abandon(self) {
        let _ = std::fs::remove_file(self.path.join(SETTINGS));
    }

    /// A file that is gone is told, since an empty one made in its place would hide that.
    pub(crate) fn has_database(&self) -> Result<()> {
        let file = self.path.join(&self.database);
        let there = self.database.contains("://") || file.is_file();
        if there { Ok(()) } else { Err(Error::Settings(file, "the database is gone; put it back, or make a new observatory".into())) }
    }

    /// The URL of its database.
    pub(crate) fn url(&self) -> Result<String> {
        if self.database.starts_with("postgres://") || self.database.starts_with("postgresql://") {
            return Ok(self.database.clone());
        }
        let wrong = |reason: &str| Error::Settings(self.path.join(SETTINGS), format!("database = {:?}: {reason}", self.database));
        if self.database.contains("://") {
            return Err(wrong("give a file of this folder or postgres://…"));
        }
        let file = std::path::absolute(self.path.join(&self.database)).map_err(|error| wrong(&error.to_string()))?;
        let url = url::Url::from_file_path(&file).map_err(|()| wrong("this is no path"))?;
        Ok(format!("sqlite://{}", url.path()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_and_postgres_are_databases() {
        let folder = |database: &str| Folder { path: "/tmp/مرصد one".into(), database: database.into() }.url();
        assert_eq!(folder("postgres://a@b/c").unwrap(), "postgres://a@b/c");
        assert_eq!(folder("marsad.db").unwrap(), "sqlite:///tmp/%D9%85%D8%B1%D8%B5%D8%AF%20one/marsad.db");
        assert!(folder("mysql://a/b").unwrap_err().to_string().contains("postgres://"));
    }
}
