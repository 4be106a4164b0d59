//! Which inputs are done: `manifest.jsonl` in the folder of a batch, one line for each, and the hashes that prove it.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// The name of a manifest in its folder.
pub(crate) const NAME: &str = "manifest.jsonl";
/// What a line calls itself.
const RECORD: &str = "marsad-batch/1";

/// An input that is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Done {
    /// Always `marsad-batch/1`.
    pub record: String,
    /// The version of the program.
    pub marsad: String,
    /// A hash of all else that the output depends on beside the input.
    pub settings: String,
    /// The input's name as it was given.
    pub input: String,
    /// Its size.
    pub bytes: u64,
    /// Its hash.
    pub sha256: String,
    /// Rows written, those that could not be read among them.
    pub rows: u64,
    /// Events in them.
    pub events: u64,
    /// Problems that were told of it.
    pub problems: u64,
    /// The files that hold the rows, in the order in which they were begun.
    pub outputs: Vec<Output>,
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Output {
    /// Its name, from the folder of the batch on.
    pub path: String,
    /// Its rows.
    pub rows: u64,
    /// Its size.
    pub bytes: u64,
    /// Its hash.
    pub sha256: String,
}

impl Done {
    /// A line without outputs yet.
    pub fn of(input: &str, settings: &str) -> Self {
        Self {
            record: RECORD.into(),
            marsad: env!("CARGO_PKG_VERSION").into(),
            settings: settings.into(),
            input: input.into(),
            bytes: 0,
            sha256: String::new(),
            rows: 0,
            events: 0,
            problems: 0,
            outputs: Vec::new(),
        }
    }

    /// Whether all its outputs are in the folder as they were written.
    pub fn is_whole(&self, folder: &Path) -> bool {
        self.outputs.iter().all(|output| {
            let path = folder.join(&output.path);
            fs::metadata(&path).is_ok_and(|found| found.len() == output.bytes)
                && hash(&path).is_ok_and(|(sha256, _)| sha256 == output.sha256)
        })
    }
}

/// The lines of a folder.
pub(crate) struct Manifest {
    path: PathBuf,
    lines: Vec<Done>,
}

impl Manifest {
    /// Reads the manifest of a folder. A last line that was cut off by a kill is left out.
    ///
    /// # Errors
    ///
    /// A line that is no line of a manifest, with its number; a file that cannot be read.
    pub fn open(folder: &Path) -> io::Result<Self> {
        let path = folder.join(NAME);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(io::Error::new(error.kind(), format!("{}: it cannot be read ({error})", path.display()))),
        };
        let whole = text.rfind('\n').map_or("", |end| &text[..=end]);
        let mut lines = Vec::new();
        for (n, line) in whole.lines().enumerate() {
            let done: Done = serde_json::from_str(line).map_err(|error| {
                let place = format!("{}:{}", path.display(), n + 1);
                io::Error::other(format!("{place}: this is no line of a manifest ({error}); give another folder, or --anew to begin again"))
            })?;
            lines.push(done);
        }
        let manifest = Self { path, lines };
        if whole.len() < text.len() {
            manifest.write()?;
        }
        Ok(manifest)
    }

    /// All lines.
    pub fn lines(&self) -> &[Done] {
        &self.lines
    }

    /// The line of an input of this name (without its folders) and hash.
    pub fn of(&self, name: &str, sha256: &str) -> Option<&Done> {
        self.lines.iter().find(|done| done.sha256 == sha256 && base(&done.input) == base(name))
    }

    /// Adds a line, which is on the disk when this returns.
    pub fn add(&mut self, done: Done) -> io::Result<()> {
        let mut file = OpenOptions::new().create(true).append(true).open(&self.path)?;
        file.write_all(&line(&done))?;
        file.sync_data()?;
        self.lines.push(done);
        Ok(())
    }

    /// Takes lines out, and gives them.
    pub fn remove(&mut self, which: impl Fn(&Done) -> bool) -> io::Result<Vec<Done>> {
        let (gone, kept) = std::mem::take(&mut self.lines).into_iter().partition(which);
        self.lines = kept;
        let gone: Vec<Done> = gone;
        if !gone.is_empty() {
            self.write()?;
        }
        Ok(gone)
    }

    fn write(&self) -> io::Result<()> {
        let temporary = self.path.with_extension("tmp");
        let mut file = File::create(&temporary)?;
        self.lines.iter().try_for_each(|done| file.write_all(&line(done)))?;
        file.sync_data()?;
        fs::rename(&temporary, &self.path)
    }
}

fn line(done: &Done) -> Vec<u8> {
    let mut line = serde_json::to_vec(done).unwrap_or_default();
    line.push(b'\n');
    line
}

/// A name without its folders.
pub(crate) fn base(name: &str) -> &str {
    Path::new(name).file_name().and_then(|name| name.to_str()).unwrap_or(name)
}

/// The hash of a file, and its size.
pub(crate) fn hash(path: &Path) -> io::Result<(String, u64)> {
    let mut sum = Hashed::new(io::sink());
    io::copy(&mut File::open(path)?, &mut sum)?;
    Ok(sum.told())
}

/// Hashes what goes through it, in either direction.
pub(crate) struct Hashed<T> {
    through: T,
    sum: Sha256,
    bytes: u64,
}

impl<T> Hashed<T> {
    pub fn new(through: T) -> Self {
        Self { through, sum: Sha256::new(), bytes: 0 }
    }

    /// What was hashed so far, and its size.
    pub fn told(&self) -> (String, u64) {
        (hex(&self.sum.clone().finalize()), self.bytes)
    }

    /// What is behind it.
    pub fn inner(&self) -> &T {
        &self.through
    }

    fn take(&mut self, bytes: &[u8]) {
        self.sum.update(bytes);
        self.bytes += bytes.len() as u64;
    }
}

impl<T: Write> Write for Hashed<T> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.through.write(bytes)?;
        self.take(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.through.flush()
    }
}

impl<T: Read> Read for Hashed<T> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.through.read(out)?;
        self.take(&out[..count]);
        Ok(count)
    }
}

/// Hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
