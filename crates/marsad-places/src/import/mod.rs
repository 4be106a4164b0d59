//! Places that a user imports: from a GeoNames dump or from OCHA's tables of divisions (COD-AB).
//!
//! Files are read line by line, and kept is only what has a name in Arabic letters. Any fault ends the import with
//! its file and line, and the gazetteer in force stays as it was: the new one takes its place only when it is whole.

mod cod_ab;
mod csv;
mod geonames;
mod lines;
mod merge;

use crate::user::{UserError, UserGazetteer};
use crate::{Gazetteer, Row};
use std::fmt;
use std::path::{Path, PathBuf};

pub use merge::NEAR_KM;

/// A fault that ends an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportError {
    /// The file at fault.
    pub file: PathBuf,
    /// The line at fault, from 1, where the fault is in one.
    pub line: Option<u64>,
    /// What is wrong, and what to do about it.
    pub reason: String,
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.reason)
    }
}
impl std::error::Error for ImportError {}

impl ImportError {
    fn new(file: &Path, line: Option<u64>, reason: impl Into<String>) -> Self {
        ImportError { file: file.to_owned(), line, reason: reason.into() }
    }
}

impl From<UserError> for ImportError {
    fn from(error: UserError) -> Self {
        ImportError { file: error.file, line: None, reason: error.reason }
    }
}

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Places read.
    pub read: u64,
    /// Of those, places without a name in Arabic letters, which are of no use.
    pub nameless: u64,
    /// Places far outside the country that they are said to be in, which are left out.
    pub astray: u64,
    /// Places that are new.
    pub added: u64,
    /// Places that were known and got further spellings.
    pub completed: u64,
    /// Places that were known with all their spellings.
    pub known: u64,
}

/// How an import is done.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'o> {
    /// Gazetteers already in use, whose places are not to be doubled.
    pub known: &'o [&'o Gazetteer],
    /// First words of compounds, see [`crate::build`].
    pub compounds: &'o [String],
    /// Whether the user gazetteer is begun anew rather than added to.
    pub replace: bool,
}

/// The kinds of file that an import takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Inputs {
    /// GeoNames dumps of countries.
    dumps: Vec<PathBuf>,
    /// GeoNames tables of alternate names.
    names: Vec<PathBuf>,
    /// GeoNames tables of the names of first- and second-order divisions.
    divisions: Vec<PathBuf>,
    /// COD-AB tables.
    tables: Vec<PathBuf>,
}

impl Inputs {
    /// Sorts files by their names; of a folder, every file that an import takes.
    fn of(paths: &[PathBuf]) -> Result<Self, ImportError> {
        let mut inputs = Inputs::default();
        for path in paths {
            let unreadable = |e: std::io::Error| ImportError::new(path, None, format!("cannot be read ({e})"));
            if std::fs::metadata(path).map_err(unreadable)?.is_dir() {
                let entries = std::fs::read_dir(path).map_err(unreadable)?;
                let mut files = entries.map(|e| e.map(|e| e.path())).collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
                files.sort();
                let taken = files.into_iter().filter(|f| inputs.take(f)).count();
                if taken == 0 {
                    return Err(ImportError::new(path, None, "the folder has no GeoNames dump (SY.txt) and no table (*.csv)"));
                }
            } else if !inputs.take(path) {
                let reason =
                    "not a file that can be imported; give a GeoNames dump (SY.txt), alternateNamesV2.txt or a COD-AB table (*.csv)";
                return Err(ImportError::new(path, None, reason));
            }
        }
        if inputs.dumps.is_empty() && inputs.tables.is_empty() {
            let path = paths.first().map_or(Path::new("."), PathBuf::as_path);
            return Err(ImportError::new(path, None, "no places to import; give the dump of a country too (SY.txt)"));
        }
        Ok(inputs)
    }

    fn take(&mut self, path: &Path) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, ""));
        let list = match extension {
            "csv" | "tsv" => &mut self.tables,
            "txt" if stem.starts_with("alternatenames") => &mut self.names,
            "txt" if stem.starts_with("admin1codes") || stem.starts_with("admin2codes") => &mut self.divisions,
            "txt" if stem.len() == 2 || stem.starts_with("allcountries") || stem.starts_with("cities") || stem.starts_with("geonames") => {
                &mut self.dumps
            }
            // The names in a dump for one country may be called anything.
            "txt" if geonames::looks_like_dump(path) => &mut self.dumps,
            _ => return false,
        };
        list.push(path.to_owned());
        true
    }
}

/// Imports files and folders into the user gazetteer at `target`.
///
/// # Errors
/// With the first fault found; the file at `target` is then as it was.
pub fn import(paths: &[PathBuf], target: &Path, options: &Options<'_>) -> Result<Summary, ImportError> {
    let inputs = Inputs::of(paths)?;
    let old = if options.replace { None } else { UserGazetteer::load(target)? };
    let mut summary = Summary::default();
    let mut rows: Vec<Row> = Vec::new();
    if !inputs.dumps.is_empty() {
        geonames::read(&inputs.dumps, &inputs.names, &inputs.divisions, &mut rows, &mut summary)?;
    }
    for table in &inputs.tables {
        cod_ab::read(table, &mut rows, &mut summary)?;
    }
    if summary.astray > rows.len() as u64 {
        let (file, named) = (inputs.tables.first().or(inputs.dumps.first()), summary.astray + rows.len() as u64);
        let reason = format!("{} of {named} places lie far outside their country; are latitude and longitude swapped?", summary.astray);
        return Err(ImportError::new(file.map_or(Path::new("."), PathBuf::as_path), None, reason));
    }
    let merged = merge::merge(old.map_or_else(Vec::new, |o| o.rows), rows, options.known, &mut summary);
    UserGazetteer::write(target, &merged, options.compounds)?;
    Ok(summary)
}

/// Imports a GeoNames dump (`SY.txt`, with `alternateNamesV2.txt` and `admin1CodesASCII.txt` where they are at hand).
///
/// # Errors
/// As [`import`].
pub fn import_geonames(paths: &[PathBuf], target: &Path, options: &Options<'_>) -> Result<Summary, ImportError> {
    import(paths, target, options)
}

/// Imports a COD-AB table.
///
/// # Errors
/// As [`import`].
pub fn import_cod_ab(table: &Path, target: &Path, options: &Options<'_>) -> Result<Summary, ImportError> {
    import(&[table.to_owned()], target, options)
}
