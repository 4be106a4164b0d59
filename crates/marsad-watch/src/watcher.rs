//! All feeds, each at its time.

use crate::address::Guard;
use crate::fetch::Fetcher;
use crate::hosts::Hosts;
use crate::list::{Feed, FeedList};
use crate::memory::Memory;
use crate::poll::{self, Poll, Sizes};
use jiff::Timestamp;
use std::collections::HashMap;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::task::JoinSet;

/// So many feeds are polled at the same time.
const TOGETHER: usize = 8;
/// No sleep is longer, so that a clock that was set is noticed.
const SLEEP: Duration = Duration::from_secs(600);

/// How feeds are watched.
#[derive(Clone, Debug)]
pub struct Options {
    /// Every feed is polled once, and then it is over. Feeds that failed are left alone until they are due.
    pub once: bool,
    /// Whether addresses that are not of the public internet may be connected to.
    pub allow_private: bool,
    /// Single addresses that may be connected to, whatever they are.
    pub allow: Vec<IpAddr>,
    /// A request that takes longer is broken off.
    pub time_limit: Duration,
    /// Larger feeds are cut off and fail (bytes, unpacked).
    pub feed_limit: usize,
    /// Larger pages are cut off and left out (bytes, unpacked).
    pub page_limit: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            once: false,
            allow_private: false,
            allow: Vec::new(),
            time_limit: Duration::from_secs(30),
            feed_limit: 16 << 20,
            page_limit: 8 << 20,
        }
    }
}

/// What is remembered of a feed from before.
#[derive(Clone, Debug, Default)]
pub struct Remembered {
    /// What the last poll said to remember.
    pub memory: Memory,
    /// Not to be polled before.
    pub due: Option<Timestamp>,
    /// Polls that failed in a row.
    pub failures: u32,
}

/// Watches feeds on a thread of its own; gives polls as they are done, and ends when it is stopped or all is done once.
pub struct Watcher {
    polls: Option<mpsc::Receiver<Poll>>,
    stopper: Stopper,
    thread: Option<JoinHandle<()>>,
}

/// Stops a [`Watcher`] from anywhere.
#[derive(Clone, Debug)]
pub struct Stopper(Arc<watch::Sender<bool>>);

impl Stopper {
    /// Nothing more is fetched; polls that are done are still given.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }
}

impl Watcher {
    /// Begins to watch. `remembered` is by address of the feed.
    ///
    /// # Errors
    ///
    /// Where no requests can be sent at all.
    pub fn start(list: &FeedList, mut remembered: HashMap<String, Remembered>, options: &Options) -> io::Result<Self> {
        let contact = list.contact.as_ref().map(|contact| format!(" (+{contact})")).unwrap_or_default();
        let agent = format!("marsad/{}{contact}", env!("CARGO_PKG_VERSION"));
        let guard = Guard { private: options.allow_private, also: options.allow.clone().into() };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let fetcher = {
            let _inside = runtime.enter();
            Fetcher::new(guard, &agent, options.time_limit).map_err(io::Error::other)?
        };
        let shared = Arc::new(Shared {
            hosts: Hosts::new(fetcher, list.pause),
            places: Semaphore::new(TOGETHER),
            sizes: Sizes { feed: options.feed_limit, page: options.page_limit },
            once: options.once,
        });
        let (sender, polls) = mpsc::channel(1);
        let (stop, stopped) = watch::channel(false);
        let feeds: Vec<(Feed, Remembered)> =
            list.feeds.iter().map(|feed| (feed.clone(), remembered.remove(feed.url.as_str()).unwrap_or_default())).collect();
        let thread = std::thread::Builder::new().name("marsad-watch".into()).spawn(move || {
            runtime.block_on(all(feeds, &shared, &sender, stopped));
            // A name that is still looked up is not waited for.
            runtime.shutdown_background();
        })?;
        Ok(Self { polls: Some(polls), stopper: Stopper(Arc::new(stop)), thread: Some(thread) })
    }

    /// What stops it.
    pub fn stopper(&self) -> Stopper {
        self.stopper.clone()
    }
}

impl Iterator for Watcher {
    type Item = Poll;

    fn next(&mut self) -> Option<Poll> {
        self.polls.as_mut()?.blocking_recv()
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        self.stopper.stop();
        self.polls = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

struct Shared {
    hosts: Hosts,
    places: Semaphore,
    sizes: Sizes,
    once: bool,
}

async fn all(feeds: Vec<(Feed, Remembered)>, shared: &Arc<Shared>, sender: &mpsc::Sender<Poll>, mut stopped: watch::Receiver<bool>) {
    let mut tasks = JoinSet::new();
    for (feed, remembered) in feeds {
        tasks.spawn(one(feed, remembered, Arc::clone(shared), sender.clone()));
    }
    tokio::select! {
        _ = stopped.wait_for(|stopped| *stopped) => tasks.abort_all(),
        () = async { while tasks.join_next().await.is_some() {} } => {}
    }
}

/// One feed, again and again.
async fn one(feed: Feed, remembered: Remembered, shared: Arc<Shared>, sender: mpsc::Sender<Poll>) {
    let Remembered { mut memory, mut due, mut failures } = remembered;
    // Polled now: whoever asks for one round wants one. Only a feed that failed is left alone.
    if shared.once && failures == 0 {
        due = None;
    }
    loop {
        while let Some(left) =
            due.and_then(|due| Duration::try_from(due.duration_since(Timestamp::now())).ok()).filter(|left| !left.is_zero())
        {
            if shared.once {
                return;
            }
            tokio::time::sleep(left.min(SLEEP)).await;
        }
        let Ok(place) = shared.places.acquire().await else { return };
        let poll = poll::poll(&shared.hosts, &feed, memory, failures, shared.sizes).await;
        drop(place);
        (memory, due, failures) = (poll.memory.clone(), Some(poll.due), poll.failures);
        if sender.send(poll).await.is_err() || shared.once {
            return;
        }
    }
}
