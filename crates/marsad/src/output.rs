//! Where results go: standard output, or a file that appears only when it is whole.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Buffered output. Without [`Output::finish`] a file is not touched.
pub(crate) struct Output {
    writer: BufWriter<Box<dyn Write>>,
    file: Option<Pending>,
}

/// A file that is written beside its place and then moved there.
struct Pending {
    temporary: PathBuf,
    target: PathBuf,
}

impl Output {
    /// Output to a file, or to standard output where there is none or it is `-`.
    pub fn open(path: Option<&Path>) -> io::Result<Self> {
        let Some(path) = path.filter(|path| path.as_os_str() != "-") else {
            return Ok(Self::to(Box::new(io::stdout()), None));
        };
        let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: cannot be written ({error})", path.display()));
        let old = fs::metadata(path).ok();
        if old.as_ref().is_some_and(|old| !old.is_file() && !old.is_dir()) {
            // A device or a pipe cannot be replaced.
            let file = fs::OpenOptions::new().write(true).open(path).map_err(named)?;
            return Ok(Self::to(Box::new(file), None));
        }
        if old.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err(io::Error::other(format!("{}: this is a folder; give the name of a file", path.display())));
        }
        // Through links, so that a link stays one.
        let target = if old.is_some() { fs::canonicalize(path).map_err(named)? } else { path.to_owned() };
        let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let temporary = target.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
        let file = File::create(&temporary).map_err(named)?;
        let pending = Pending { temporary, target };
        if let Some(old) = old {
            let _ = file.set_permissions(old.permissions());
        }
        Ok(Self::to(Box::new(file), Some(pending)))
    }

    /// As [`Output::finish`], and what was written is on the disk also when the power fails.
    pub fn finish_on_disk(mut self) -> io::Result<()> {
        self.writer.flush()?;
        if let Some(file) = &self.file {
            File::open(&file.temporary)?.sync_all()?;
        }
        self.finish()
    }

    fn to(sink: Box<dyn Write>, file: Option<Pending>) -> Self {
        Self { writer: BufWriter::with_capacity(1 << 16, sink), file }
    }

    /// Writes what is left and puts the file into its place.
    pub fn finish(mut self) -> io::Result<()> {
        self.writer.flush()?;
        if let Some(file) = &self.file {
            fs::rename(&file.temporary, &file.target)?;
            self.file = None;
        }
        Ok(())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if let Some(file) = &self.file {
            let _ = fs::remove_file(&file.temporary);
        }
    }
}
