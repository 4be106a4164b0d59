//! The Parquet files of one input, written beside their places and then moved there together.

use super::manifest::{Hashed, Output};
use arrow_array::RecordBatch;
use marsad_arrow::{coded_schema, results_batch};
use marsad_model::{Coded, Unreadable};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A row group ends at so many bytes in memory …
const GROUP_BYTES: usize = 32 << 20;
/// … or so many rows.
const GROUP_ROWS: usize = 1 << 16;
/// All row groups that are being filled have at most about so many bytes.
const ALL_BYTES: usize = 96 << 20;
/// Files that are open at a time.
const OPEN: usize = 24;

/// What the names of files begin with until they are moved to their places.
const STEM: &str = "part";

/// A document as it was coded, or what stands in its place.
pub(crate) type Row = Result<Coded, Unreadable>;

/// Writes the rows of one input.
pub(crate) struct Parts {
    /// Where they are written.
    temporary: PathBuf,
    by_month: bool,
    /// A file ends at so many bytes.
    limit: usize,
    open: Vec<Part>,
    closed: Vec<Output>,
    begun: usize,
    clock: u64,
}

struct Part {
    /// Number of the file in its set.
    number: usize,
    month: Option<String>,
    path: String,
    writer: ArrowWriter<Hashed<BufWriter<File>>>,
    rows: u64,
    /// When it was last written to.
    used: u64,
}

impl Parts {
    /// Begins a set of files in a folder, which is emptied.
    pub fn begin(temporary: &Path, by_month: bool, limit: usize) -> io::Result<Self> {
        if temporary.exists() {
            fs::remove_dir_all(temporary)?;
        }
        fs::create_dir_all(temporary)?;
        Ok(Self { temporary: temporary.to_owned(), by_month, limit, open: Vec::new(), closed: Vec::new(), begun: 0, clock: 0 })
    }

    /// Writes rows. The files depend on how rows are cut into calls.
    pub fn write(&mut self, rows: &[Row]) -> io::Result<()> {
        let mut months: BTreeMap<Option<String>, Vec<&Row>> = BTreeMap::new();
        for row in rows {
            months.entry(self.by_month.then(|| month(row))).or_default().push(row);
        }
        for (month, rows) in months {
            let batch = results_batch(rows.into_iter().map(Result::as_ref)).map_err(io::Error::other)?;
            self.write_batch(month, &batch)?;
        }
        Ok(())
    }

    fn write_batch(&mut self, month: Option<String>, batch: &RecordBatch) -> io::Result<()> {
        self.clock += 1;
        let at = match self.open.iter().position(|part| part.month == month) {
            Some(at) => at,
            None => self.begin_part(month)?,
        };
        let part = &mut self.open[at];
        part.used = self.clock;
        part.rows += batch.num_rows() as u64;
        part.writer.write(batch)?;
        if part.writer.in_progress_size() >= GROUP_BYTES || part.writer.in_progress_rows() >= GROUP_ROWS {
            part.writer.flush()?;
        }
        if part.writer.bytes_written() >= self.limit {
            self.close(at)?;
        }
        while self.open.iter().map(|part| part.writer.in_progress_size()).sum::<usize>() > ALL_BYTES {
            let largest = self.open.iter_mut().max_by_key(|part| (part.writer.in_progress_size(), part.number));
            largest.map_or(Ok(()), |part| part.writer.flush())?;
        }
        Ok(())
    }

    fn begin_part(&mut self, month: Option<String>) -> io::Result<usize> {
        if self.open.len() >= OPEN
            && let Some(oldest) = (0..self.open.len()).min_by_key(|&at| self.open[at].used)
        {
            self.close(oldest)?;
        }
        let number = self.begun;
        self.begun += 1;
        let folder = month.as_ref().map(|month| format!("published_month={month}/")).unwrap_or_default();
        fs::create_dir_all(self.temporary.join(&folder))?;
        let path = format!("{folder}{STEM}-{number:05}.parquet");
        let sink = Hashed::new(BufWriter::new(File::create(self.temporary.join(&path))?));
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
            .set_created_by(format!("marsad {}", env!("CARGO_PKG_VERSION")))
            .build();
        let writer = ArrowWriter::try_new(sink, Arc::new(coded_schema(false)), Some(properties))?;
        self.open.push(Part { number, month, path, writer, rows: 0, used: 0 });
        Ok(self.open.len() - 1)
    }

    fn close(&mut self, at: usize) -> io::Result<()> {
        let mut part = self.open.remove(at);
        part.writer.finish()?;
        let sink = part.writer.inner_mut();
        io::Write::flush(sink)?;
        let ((sha256, bytes), file) = (sink.told(), sink.inner().get_ref());
        file.sync_data()?;
        self.closed.push(Output { path: part.path, rows: part.rows, bytes, sha256 });
        Ok(())
    }

    /// Closes all files.
    pub fn close_all(&mut self) -> io::Result<()> {
        while !self.open.is_empty() {
            self.close(0)?;
        }
        Ok(())
    }

    /// Moves all files into a folder, under names that begin with `stem`; files of these names from before are gone.
    pub fn publish(mut self, folder: &Path, stem: &str) -> io::Result<Vec<Output>> {
        self.close_all()?;
        sweep(folder, stem)?;
        let mut outputs = std::mem::take(&mut self.closed);
        outputs.sort_by_key(|output| number(&output.path));
        for output in &mut outputs {
            let from = self.temporary.join(&output.path);
            let (month, name) = output.path.rsplit_once('/').map_or(("", output.path.as_str()), |(month, name)| (month, name));
            let place = folder.join(month);
            fs::create_dir_all(&place)?;
            let name = name.replacen(STEM, stem, 1);
            fs::rename(from, place.join(&name))?;
            File::open(&place)?.sync_all()?;
            output.path = if month.is_empty() { name } else { format!("{month}/{name}") };
        }
        Ok(outputs)
    }
}

impl Drop for Parts {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.temporary);
    }
}

/// Removes the files of a set from a folder and its months.
pub(crate) fn sweep(folder: &Path, stem: &str) -> io::Result<()> {
    let mut folders = vec![folder.to_owned()];
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with("published_month=") {
            folders.push(entry.path());
        }
    }
    for folder in folders {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let number = name.strip_prefix(stem).and_then(|rest| rest.strip_prefix('-')?.strip_suffix(".parquet"));
            if number.is_some_and(|number| number.len() >= 5 && number.bytes().all(|digit| digit.is_ascii_digit())) {
                fs::remove_file(path)?;
            }
        }
    }
    Ok(())
}

/// The number of a part from its name.
fn number(path: &str) -> Option<usize> {
    path.strip_suffix(".parquet")?.rsplit_once('-')?.1.parse().ok()
}

/// The month of publication, as folders are named; those of none as Hive names them.
fn month(row: &Row) -> String {
    let published = row.as_ref().ok().and_then(|coded| coded.document.published.as_deref());
    published.and_then(|day| day.get(..7)).unwrap_or("__HIVE_DEFAULT_PARTITION__").to_owned()
}
