//! Words in the texts of reports: the store's index is asked once for every text and state of the store.

use crate::answer::{Answer, Problem};
use crate::filter::{Filter, FilterQuery};
use crate::kept::Kept;
use crate::observatory::{App, Observatory};
use crate::snapshot::Snapshot;
use marsad_coder::Coder;
use marsad_search::Words;
use marsad_store::{Error, Pulse, Store};
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Texts whose incidents are remembered.
const REMEMBERED: usize = 32;

/// What was looked for lately, and how far the index is.
pub(crate) struct Searches {
    /// What may be written together with a word.
    proclitics: Vec<String>,
    lately: Kept<HashSet<Box<str>>>,
    /// Grows whenever documents were put into the index.
    indexed: AtomicU64,
    /// Whether the index cannot be written to.
    closed: AtomicBool,
}

impl Searches {
    pub fn of(coder: &Coder) -> Self {
        let proclitics = coder.lexicon().pack().proclitics.iter().map(|(written, _)| written.clone()).collect();
        Self { proclitics, lately: Kept::new(REMEMBERED), indexed: AtomicU64::new(0), closed: AtomicBool::new(false) }
    }
}

impl Observatory {
    /// What a query asks for; its words are also looked for in the texts of reports, where these may be shown.
    pub async fn filter(&self, query: &FilterQuery, snapshot: &Arc<Snapshot>) -> Answer<Filter> {
        let mut filter = query.read(snapshot)?;
        if let Some(text) = query.text.as_deref().filter(|text| !self.is_public() && !text.trim().is_empty()) {
            // Before they are looked for: what is put into the index meanwhile may be missed, and is found by the next who asks.
            filter.indexed = self.searches.indexed.load(Ordering::Relaxed);
            filter.telling = self.telling(text, filter.indexed, snapshot).await?;
        }
        Ok(filter)
    }

    /// The incidents whose reports have these words, where they are words.
    async fn telling(&self, text: &str, indexed: u64, snapshot: &Arc<Snapshot>) -> Answer<Option<Arc<HashSet<Box<str>>>>> {
        let Ok(words) = Words::read(text, &self.searches.proclitics) else { return Ok(None) };
        let pulse = Pulse { reviews: 0, ..snapshot.pulse };
        let key = format!("{indexed} {pulse:?} {text}");
        let own = snapshot.clone();
        let look = async move |store: &mut Store| {
            let documents = store.documents_with(&words).await?;
            let tells = |event: &str| event.rsplit_once('#').is_some_and(|(document, _)| documents.contains(document));
            let entries = own.entries.iter().filter(|entry| entry.events.iter().any(|event| tells(event)));
            Ok(entries.map(|entry| entry.id.clone()).collect())
        };
        let found = self.searches.lately.get(key, || async { self.pool.run(look).await.map_err(Problem::from) });
        found.await.map(Some)
    }

    /// What answers are made of, as far as filters and counts go: the same as long as only states and hands changed, and the
    /// filter does not ask for these.
    pub fn mark(&self, snapshot: &Snapshot, filter: &Filter) -> String {
        let of = if filter.asks_for_states() { &snapshot.version } else { &snapshot.shape };
        format!("{of}/{}", filter.indexed)
    }

    /// What answers are made of, all of it.
    pub fn version(&self, snapshot: &Snapshot, filter: &Filter) -> String {
        format!("{}/{}", snapshot.version, filter.indexed)
    }

    /// Puts what came since into the index of texts.
    pub async fn index(self: &App) {
        if self.is_public() || self.searches.closed.load(Ordering::Relaxed) {
            return;
        }
        let app = self.clone();
        let work = async move |store: &mut Store| {
            if store.unindexed().await? == 0 {
                return Ok(());
            }
            let put = |_| {
                app.searches.indexed.fetch_add(1, Ordering::Relaxed);
            };
            store.index(put).await
        };
        match self.pool.run(work).await {
            Ok(()) => {}
            Err(Error::ReadOnly) => {
                self.searches.closed.store(true, Ordering::Relaxed);
                tracing::warn!("this store may not be written to, so that new documents are not searched");
            }
            Err(error) => tracing::warn!(%error, "documents could not be put into the index"),
        }
    }
}
