//! What is stored already, so that it is not coded again.

use crate::store::Open;
use crate::store::runtime;
use marsad_store::{Folder, Store};
use std::collections::HashSet;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

/// So many documents are asked for one by one, before all ids are read.
const FEW: usize = 128;

/// The documents of an observatory.
pub(crate) struct Stored {
    folder: Folder,
    /// A connection of its own, made when it is first asked: the other one writes.
    open: Mutex<Option<Open>>,
    asked: AtomicUsize,
    all: OnceLock<HashSet<String>>,
}

impl Stored {
    pub fn new(folder: Folder) -> Self {
        Self { folder, open: Mutex::new(None), asked: AtomicUsize::new(0), all: OnceLock::new() }
    }

    /// Whether a document is stored. One whose store does not answer is not: storing it again changes nothing.
    pub fn has(&self, id: &str) -> bool {
        if self.asked.fetch_add(1, Ordering::Relaxed) < FEW {
            return self.ask(async |store| store.has(id).await).unwrap_or(false);
        }
        self.all.get_or_init(|| self.ask(async |store| store.ids().await).unwrap_or_default()).contains(id)
    }

    /// Lets go of the database, so that SQLite leaves no files beside its own.
    pub fn close(self) -> io::Result<()> {
        self.open.into_inner().unwrap_or_else(PoisonError::into_inner).map_or(Ok(()), Open::close)
    }

    fn ask<T>(&self, what: impl AsyncFnOnce(&mut Store) -> marsad_store::Result<T>) -> Option<T> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.is_none() {
            let runtime = runtime().ok()?;
            let store = runtime.block_on(Store::open(&self.folder)).ok()?;
            *open = Some(Open { store, runtime });
        }
        open.as_mut()?.run(what).ok()
    }
}
