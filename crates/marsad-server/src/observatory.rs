//! What all requests share.

use crate::answer::Problem;
use crate::api::Found;
use crate::guard::Sessions;
use crate::kept::Kept;
use crate::measure::Measures;
use crate::names::{Actors, Places};
use crate::openid::Provider;
use crate::pool::Pool;
use crate::search::Searches;
use crate::snapshot::{Making, Snapshot};
use crate::throttle::Throttle;
use crate::{Access, Error, Options};
use axum::http::StatusCode;
use jiff::Zoned;
use marsad_coder::Coder;
use marsad_store::{Folder, Store};
use marsad_watch::Pages;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio::sync::{Mutex, Semaphore};

/// How often the store is asked whether somebody else wrote to it.
const PULSE: Duration = Duration::from_secs(2);
/// Lists whose order is kept; each has a number for every incident.
const LISTS: usize = 48;
/// Other answers that are kept.
const DRAWN: usize = 256;
/// Texts that are coded at a time.
const CODING: usize = 2;

/// The state of the server.
pub(crate) type App = Arc<Observatory>;

/// What all requests share.
pub(crate) struct Observatory {
    pub pool: Pool,
    pub coder: Coder,
    pub actors: Actors,
    pub places: Places,
    pub options: Options,
    pub sessions: Sessions,
    pub logins: Throttle,
    pub requests: Throttle,
    pub measures: Measures,
    pub coding: Semaphore,
    pub searches: Searches,
    /// Where people log in beside here.
    pub openid: Option<Provider>,
    /// What fetches pages that reviewers name.
    pub pages: Option<Pages>,
    /// Orders of lists.
    pub lists: Kept<Found>,
    /// Answers that are the same for everybody who may read.
    pub drawn: Kept<Vec<u8>>,
    /// The OpenAPI document.
    pub document: String,
    snapshot: RwLock<Arc<Snapshot>>,
    refreshing: Mutex<()>,
    linking: Mutex<()>,
}

impl Observatory {
    /// Opens the store and reads it.
    pub async fn open(folder: Folder, coder: Coder, options: Options, document: String) -> Result<App, Error> {
        let people = matches!(options.access, Access::People);
        let openid = options.openid.clone().filter(|_| people).map(Provider::new).transpose().map_err(Error::Outside)?;
        let pages = options.fetch.as_ref().map(Pages::new).transpose().map_err(Error::Outside)?;
        let out = Arc::new(Self {
            openid,
            pages,
            pool: Pool::new(folder),
            searches: Searches::of(&coder),
            lists: Kept::new(LISTS),
            drawn: Kept::new(DRAWN),
            actors: Actors::of(&coder),
            places: Places::of(&coder),
            coder,
            sessions: Sessions::new(),
            logins: Throttle::logins(),
            requests: Throttle::requests(options.rate),
            measures: Measures::default(),
            coding: Semaphore::new(CODING),
            options,
            document,
            snapshot: RwLock::default(),
            refreshing: Mutex::new(()),
            linking: Mutex::new(()),
        });
        out.refresh().await?;
        Ok(out)
    }

    /// The incidents as they are now.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether only what may be published is shown.
    pub fn is_public(&self) -> bool {
        matches!(self.options.access, Access::Public(_))
    }

    /// Reads the store again, where it has changed.
    pub async fn refresh(self: &App) -> marsad_store::Result<()> {
        let _one = self.refreshing.lock().await;
        let app = self.clone();
        self.pool.run(async move |store| app.read_again(store).await).await
    }

    async fn read_again(&self, store: &mut Store) -> marsad_store::Result<()> {
        let today = Zoned::now().date();
        let old = self.snapshot();
        let pulse = store.pulse().await?;
        if !old.version.is_empty() && pulse == old.pulse && (!self.is_public() || old.version.ends_with(&today.to_string())) {
            return Ok(());
        }
        let policy = match &self.options.access {
            Access::Public(policy) => Some(policy.as_ref()),
            _ => None,
        };
        let making = Making { coder: &self.coder, actors: &self.actors, places: &self.places, policy, today };
        let updated = if old.version.is_empty() { None } else { old.updated(store, &making).await? };
        let new = match updated {
            Some(new) => new,
            None => Snapshot::read(store, &making).await?,
        };
        tracing::info!(incidents = new.entries.len(), documents = new.documents, "the store was read");
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(new);
        Ok(())
    }

    /// Links the store anew, after a decision, and reads it.
    pub async fn relink(self: &App) -> Result<(), Problem> {
        let _one = self.linking.lock().await;
        let relink = self.options.relink.clone();
        let failed = |detail: String| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, detail);
        let done = tokio::task::spawn_blocking(move || relink()).await;
        done.unwrap_or_else(|error| Err(error.to_string())).map_err(|error| {
            tracing::error!(%error, "linking failed");
            failed("the decision is stored, but linking failed; the log of the server tells more".into())
        })?;
        Ok(self.refresh().await?)
    }

    /// Looks for changes until the server stops.
    pub async fn watch(self: App) {
        loop {
            self.index().await;
            tokio::time::sleep(PULSE).await;
            if let Err(error) = self.refresh().await {
                tracing::warn!(%error, "the store could not be read again");
            }
        }
    }
}
