//! A few connections to the store, lent to one request at a time.
//!
//! Work runs on a thread for blocking work: the futures of the database's drivers cannot move between threads, and a request
//! that was given up in the middle still ends its work, so that it leaves nothing half done.

use marsad_store::{Error, Folder, Result, Store};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;

/// Connections at a time.
const CONNECTIONS: usize = 8;

/// The connections; they are made when they are needed.
pub(crate) struct Pool {
    folder: Folder,
    idle: Arc<Mutex<Vec<Store>>>,
    room: Arc<Semaphore>,
}

impl Pool {
    pub fn new(folder: Folder) -> Self {
        Self { folder, idle: Arc::default(), room: Arc::new(Semaphore::new(CONNECTIONS)) }
    }

    /// Waits for a connection and does work on it. One whose work failed is closed.
    pub async fn run<T: Send + 'static>(&self, work: impl AsyncFnOnce(&mut Store) -> Result<T> + Send + 'static) -> Result<T> {
        let stopping = || Error::Lost("the server is stopping".into());
        let room = self.room.clone().acquire_owned().await.map_err(|_| stopping())?;
        let (idle, folder, handle) = (self.idle.clone(), self.folder.clone(), tokio::runtime::Handle::current());
        let done = tokio::task::spawn_blocking(move || {
            let _room = room;
            let kept = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            handle.block_on(async move {
                let mut store = match kept {
                    Some(store) => store,
                    None => Store::open(&folder).await?,
                };
                let done = work(&mut store).await?;
                idle.lock().unwrap_or_else(PoisonError::into_inner).push(store);
                Ok(done)
            })
        });
        done.await.unwrap_or_else(|_| Err(stopping()))
    }

    /// Closes all of them.
    pub async fn close(&self) {
        self.room.close();
        let idle = std::mem::take(&mut *self.idle.lock().unwrap_or_else(PoisonError::into_inner));
        let handle = tokio::runtime::Handle::current();
        let closed = tokio::task::spawn_blocking(move || {
            for store in idle {
                let _ = handle.block_on(store.close());
            }
        });
        let _ = closed.await;
    }
}
