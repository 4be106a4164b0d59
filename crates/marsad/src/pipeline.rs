//! Documents in, results out in the same order, worked on in parallel with bounded memory.
//!
//! One thread reads ahead by a batch, the pool works on a batch, the caller's sink takes its results.
//! At most three batches are in memory: one being read, one waiting, one worked on.

use marsad_ingest::{Entry, Reader};
use marsad_model::{Document, RECORD, Unreadable};
use rayon::prelude::*;
use std::io;
use std::sync::{Mutex, PoisonError};

/// A batch ends at so many documents …
const DOCUMENTS: usize = 256;
/// … or at so many bytes of text.
const BYTES: usize = 8 << 20;
/// Workers get more than the usual 2 MiB of stack.
const STACK: usize = 16 << 20;

/// Runs every document through a worker and every result through `sink`, in input order.
///
/// `worker` makes a worker with its own caches; there are at most `threads` at a time. It is given the
/// number of the entry (from 0), the entry, and its document. A document whose work panics becomes an
/// [`Unreadable`]; its worker is thrown away.
///
/// # Errors
///
/// The first error of `sink`; nothing is read or worked on after it.
pub(crate) fn run<T, W>(
    reader: Reader,
    threads: usize,
    worker: impl Fn() -> W + Sync,
    mut sink: impl FnMut(&Entry, Result<T, Unreadable>) -> io::Result<()>,
) -> io::Result<()>
where
    T: Send,
    W: FnMut(usize, &Entry, &Document) -> T + Send,
{
    let (reading, batches) = reader.ahead(DOCUMENTS, BYTES)?;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .stack_size(STACK)
        .thread_name(|number| format!("marsad-coder-{number}"))
        .build()
        .map_err(io::Error::other)?;
    let idle = Mutex::new(Vec::new());
    let work = |number: usize, entry: &Entry| -> Result<T, Unreadable> {
        let document = entry.content.as_ref().map_err(Clone::clone)?;
        let waiting = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let (result, worker) = marsad_panics::guard(|| {
            let mut worker = waiting.unwrap_or_else(&worker);
            (worker(number, entry, document), worker)
        })
        .map_err(|panic| broken(entry, document, &panic))?;
        idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        Ok(result)
    };
    let mut before = 0;
    for batch in batches {
        let count = batch.len();
        let results: Vec<_> = pool
            .install(|| batch.into_par_iter().enumerate().with_max_len(1).map(|(i, entry)| (work(before + i, &entry), entry)).collect());
        before += count;
        for (result, entry) in results {
            sink(&entry, result)?;
        }
    }
    reading.join().map_err(|_| io::Error::other("reading broke off; please report this with the input"))
}

fn broken(entry: &Entry, document: &Document, panic: &str) -> Unreadable {
    Unreadable {
        record: RECORD.into(),
        error: format!("the coder failed on “{}” ({panic}); please report it with this document", document.id),
        file: entry.file.to_string(),
        line: entry.line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use marsad_ingest::{Input, Options};
    use std::io::Cursor;

    fn reader(documents: usize) -> Reader {
        let lines: String = (0..documents).map(|i| format!("{{\"id\":\"d{i}\",\"text\":\"قصف رقم {i}\"}}\n")).collect();
        Reader::new([Input::Stream { name: "in".into(), bytes: Box::new(Cursor::new(lines)) }], Options::default())
    }

    fn results(documents: usize, threads: usize) -> Vec<String> {
        let mut out = Vec::new();
        let worker = || {
            move |number: usize, _: &Entry, document: &Document| {
                assert!(number % 7 != 3, "unlucky {number}");
                format!("{number} {}", document.id)
            }
        };
        run(reader(documents), threads, worker, |_, result| {
            out.push(result.unwrap_or_else(|error| error.error));
            Ok(())
        })
        .unwrap();
        out
    }

    #[test]
    fn order_and_panics_do_not_depend_on_threads() {
        marsad_panics::install();
        let one = results(1000, 1);
        assert_eq!(one.len(), 1000);
        assert_eq!((one[0].as_str(), one[999].as_str()), ("0 d0", "999 d999"));
        assert!(one[3].starts_with("the coder failed on “d3” (unlucky 3 at "), "{}", one[3]);
        assert_eq!(one, results(1000, 4));
    }

    #[test]
    fn the_sink_can_stop_the_run() {
        let stop = run(reader(1000), 2, || |_, _: &Entry, _: &Document| (), |_, _| Err(io::ErrorKind::BrokenPipe.into()));
        assert_eq!(stop.unwrap_err().kind(), io::ErrorKind::BrokenPipe);
    }
}
