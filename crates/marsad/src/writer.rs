//! The thread that stores what was coded, a batch at a time.

use crate::linking::link_few;
use crate::store::Open;
use marsad_store::{Added, Arrival};
use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

/// So many documents are stored together: the pages of indexes, nearly all of which change with every batch, are written less often.
const BATCH: usize = 1024;
/// Or so many bytes of text.
const BYTES: usize = 16 << 20;

/// The thread that stores.
pub(crate) struct Writer {
    batch: Vec<Arrival>,
    bytes: usize,
    sender: Option<SyncSender<Vec<Arrival>>>,
    thread: Option<JoinHandle<io::Result<Added>>>,
}

impl Writer {
    /// Begins to store.
    pub fn start(open: Open) -> io::Result<Self> {
        let (sender, batches) = sync_channel(1);
        let thread = std::thread::Builder::new().name("marsad-writer".into()).spawn(move || write(open, batches))?;
        Ok(Self { batch: Vec::new(), bytes: 0, sender: Some(sender), thread: Some(thread) })
    }

    /// Takes one document more; a full batch is stored.
    pub fn take(&mut self, arrival: Arrival) -> io::Result<()> {
        self.bytes += arrival.document.text.len();
        self.batch.push(arrival);
        if self.batch.len() < BATCH && self.bytes < BYTES { Ok(()) } else { self.send() }
    }

    fn send(&mut self) -> io::Result<()> {
        self.bytes = 0;
        let batch = std::mem::take(&mut self.batch);
        let sent = self.sender.as_ref().is_some_and(|sender| sender.send(batch).is_ok());
        if sent { Ok(()) } else { Err(io::Error::other("the store takes nothing more")) }
    }

    /// Stores what is left, and gives what all came to.
    pub fn finish(&mut self) -> io::Result<Added> {
        let sent = self.send();
        self.sender = None;
        let stored = self.thread.take().map_or_else(
            || Ok(Added::default()),
            |thread| thread.join().unwrap_or_else(|_| Err(io::Error::other("storing broke off; please report this with the input"))),
        )?;
        sent.map(|()| stored)
    }
}

fn write(mut open: Open, batches: Receiver<Vec<Arrival>>) -> io::Result<Added> {
    let mut added = Added::default();
    for batch in batches {
        added += open.run(async |store| store.add(&batch).await)?;
    }
    link_few(&mut open)?;
    open.close()?;
    Ok(added)
}
