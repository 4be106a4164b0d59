//! The gazetteer file of a user: the block that lookups use, and behind it the rows it was made of, for later imports.

use crate::{Gazetteer, Row, build, parse_tsv, write_tsv};
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The first bytes of a file of this version.
const MAGIC: &[u8; 8] = b"MARSADU1";
/// First bytes, length of the block, length of the rows.
const HEAD: usize = 24;

/// A user gazetteer that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserError {
    /// The file.
    pub file: PathBuf,
    /// Why, and what to do.
    pub reason: String,
}

impl fmt::Display for UserError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file.display(), self.reason)
    }
}
impl std::error::Error for UserError {}

/// What a user imported.
#[derive(Clone, Debug)]
pub struct UserGazetteer {
    /// Ready for lookups.
    pub gazetteer: Gazetteer,
    /// The rows that it was made of.
    pub rows: Vec<Row>,
}

impl UserGazetteer {
    /// Reads a file, where there is one.
    ///
    /// # Errors
    /// When it cannot be read or another version wrote it.
    pub fn load(path: &Path) -> Result<Option<Self>, UserError> {
        let Some((gazetteer, rows)) = parts(path)? else { return Ok(None) };
        let text = std::str::from_utf8(&rows).map_err(|_| damaged(path))?;
        let (rows, bad) = parse_tsv(text, false);
        match bad.first() {
            Some(bad) => Err(UserError { file: path.to_owned(), reason: format!("damaged: {bad}; {ANEW}") }),
            None => Ok(Some(UserGazetteer { gazetteer, rows })),
        }
    }

    /// Builds the file, beside its place, and moves it there when it is whole.
    ///
    /// # Errors
    /// When it cannot be written; an old file is then as it was.
    pub fn write(path: &Path, rows: &[Row], compounds: &[String]) -> Result<(), UserError> {
        let block = build(rows, compounds);
        let rows = write_tsv(rows);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let temporary = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
        let written = (|| -> io::Result<()> {
            if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
                fs::create_dir_all(folder)?;
            }
            let mut file = File::create(&temporary)?;
            file.write_all(MAGIC)?;
            file.write_all(&(block.len() as u64).to_le_bytes())?;
            file.write_all(&(rows.len() as u64).to_le_bytes())?;
            file.write_all(&block)?;
            file.write_all(rows.as_bytes())?;
            file.sync_all()?;
            fs::rename(&temporary, path)
        })();
        written.map_err(|e| {
            let _ = fs::remove_file(&temporary);
            UserError { file: path.to_owned(), reason: format!("cannot be written ({e})") }
        })
    }
}

/// The user gazetteer at `path` for lookups alone, where there is one.
///
/// # Errors
/// When it cannot be read or another version wrote it.
pub fn load_user(path: &Path) -> Result<Option<Gazetteer>, UserError> {
    Ok(parts(path)?.map(|(gazetteer, _)| gazetteer))
}

/// Where the user gazetteer lies: the path given, else that in `MARSAD_PLACES`, else `marsad/places.gaz` in the
/// folder for data of the user. `None` where the user has no such folder.
pub fn user_path(given: Option<&Path>) -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let data = || set("XDG_DATA_HOME").filter(|p| p.is_absolute()).or_else(|| set("HOME").map(|h| h.join(".local/share")));
    given.map(Path::to_owned).or_else(|| set("MARSAD_PLACES")).or_else(|| data().map(|d| d.join("marsad").join("places.gaz")))
}

const ANEW: &str = "import the places anew with --replace, or take the file away";

fn damaged(path: &Path) -> UserError {
    UserError { file: path.to_owned(), reason: format!("cut short or damaged; {ANEW}") }
}

fn parts(path: &Path) -> Result<Option<(Gazetteer, Vec<u8>)>, UserError> {
    let error = |reason: String| UserError { file: path.to_owned(), reason };
    let mut data = match fs::read(path) {
        Ok(data) => data,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(error(format!("cannot be read ({e})"))),
    };
    if data.len() < HEAD || &data[..8] != MAGIC {
        let other = data.starts_with(b"MARSAD");
        let what = if other { "a gazetteer of another version of marsad" } else { "not a gazetteer of marsad" };
        return Err(error(format!("{what}; {ANEW}")));
    }
    let length = |at: usize| u64::from_le_bytes(data[at..at + 8].try_into().unwrap_or_default());
    let end = length(8).checked_add(HEAD as u64);
    if end.and_then(|e| e.checked_add(length(16))) != Some(data.len() as u64) {
        return Err(damaged(path));
    }
    let end = HEAD + length(8) as usize;
    let rows = data.split_off(end);
    data.drain(..HEAD);
    let gazetteer = Gazetteer::new(data).map_err(|e| error(format!("{e}; {ANEW}")))?;
    Ok(Some((gazetteer, rows)))
}
