//! Answers that are kept as long as what they were made of stays the same, so that many readers of one view cost one.

use crate::answer::Answer;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::OnceCell;

/// A value that is made once, whoever asks for it first.
type Cell<T> = Arc<OnceCell<Arc<T>>>;

/// Values by keys; those that were asked for longest ago are forgotten first.
pub(crate) struct Kept<T> {
    most: usize,
    entries: Mutex<VecDeque<(String, Cell<T>)>>,
}

impl<T> Kept<T> {
    /// So many at most.
    pub fn new(most: usize) -> Self {
        Self { most, entries: Mutex::default() }
    }

    /// The value of a key, which names all that it is made of. Who asks while it is made waits for it.
    pub async fn get<F: Future<Output = Answer<T>>>(&self, key: String, make: impl FnOnce() -> F) -> Answer<Arc<T>> {
        let cell = {
            let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
            let known = entries.iter().position(|(own, _)| *own == key).and_then(|n| entries.remove(n));
            let entry = known.unwrap_or_else(|| (key, Arc::default()));
            let cell = entry.1.clone();
            entries.push_back(entry);
            if entries.len() > self.most {
                entries.pop_front();
            }
            cell
        };
        cell.get_or_try_init(|| async { make().await.map(Arc::new) }).await.cloned()
    }

    /// The value of a key that takes a processor, not a database, to make.
    pub async fn count(&self, key: String, make: impl FnOnce() -> Answer<T>) -> Answer<Arc<T>> {
        self.get(key, || async { tokio::task::block_in_place(make) }).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_for_lately_is_kept() {
        let runtime = tokio::runtime::Builder::new_multi_thread().build().unwrap();
        runtime.block_on(async {
            let (kept, mut made) = (Kept::new(2), 0);
            for key in ["a", "b", "a", "c", "a", "b"] {
                let value = kept.count(key.to_owned(), || {
                    made += 1;
                    Ok(key.to_uppercase())
                });
                assert_eq!(*value.await.unwrap(), key.to_uppercase());
            }
            assert_eq!(made, 4, "a, b, c, and b again");
            assert!(kept.count("d".into(), || Err(crate::Problem::missing("letter"))).await.is_err());
            assert_eq!(*kept.count("d".into(), || Ok("D".into())).await.unwrap(), "D", "what failed is tried again");
        });
    }
}
