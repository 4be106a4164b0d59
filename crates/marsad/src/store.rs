//! The observatory that a command works on.

use crate::report;
use clap::Args;
use marsad_store::{Folder, Store};
use std::io;
use std::path::PathBuf;
use tokio::runtime::Runtime;

#[derive(Debug, Args)]
pub(crate) struct StoreArguments {
    /// The observatory's folder [default: the one around the current folder].
    #[arg(long, value_name = "DIR")]
    pub store: Option<PathBuf>,
}

/// An open store, and what its work runs on.
pub(crate) struct Open {
    pub store: Store,
    pub runtime: Runtime,
}

impl StoreArguments {
    /// The observatory's folder.
    pub fn folder(&self) -> io::Result<Folder> {
        let folder = match &self.store {
            Some(path) => Folder::at(path),
            None => Folder::around(&std::env::current_dir()?),
        };
        folder.map_err(io::Error::other)
    }

    /// Opens the observatory.
    pub fn open(&self) -> io::Result<Open> {
        let folder = self.folder()?;
        let runtime = runtime()?;
        let store = runtime.block_on(Store::open(&folder)).map_err(io::Error::other)?;
        Ok(Open { store, runtime })
    }
}

impl Open {
    /// Does work on the store.
    pub fn run<T>(&mut self, work: impl AsyncFnOnce(&mut Store) -> marsad_store::Result<T>) -> io::Result<T> {
        self.runtime.block_on(work(&mut self.store)).map_err(io::Error::other)
    }

    /// Tells what came after the incidents were made, and what is not done with it.
    pub fn tell_stale(&mut self, what: &str) -> io::Result<()> {
        let fresh = self.run(async |store| store.freshness().await)?;
        if !fresh.is_fresh() {
            let (documents, decisions) = (fresh.documents, fresh.decisions);
            report::line(&format!("{documents} documents and {decisions} decisions came after the last `marsad link`; they {what}"));
        }
        Ok(())
    }

    /// Closes it in good order.
    pub fn close(self) -> io::Result<()> {
        self.runtime.block_on(self.store.close()).map_err(io::Error::other)
    }
}

pub(crate) fn runtime() -> io::Result<Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()
}
