//! `marsad watch`: feeds are polled, and what is new in them is coded and stored.
//!
//! Fetching goes on a thread of its own. The documents of a poll are stored before what the feed is remembered by: whoever is
//! killed between the two fetches them again, and finds that they are there.

use crate::linking::link_few;
use crate::report::{self, Report};
use crate::store::{Open, StoreArguments};
use crate::{arrival, code, engine, input, pipeline};
use clap::Args;
use marsad_coder::Coder;
use marsad_ingest::{Entry, Reader};
use marsad_model::Document;
use marsad_store::{Added, FeedState};
use marsad_watch::{FILE, Feed, FeedList, Memory, Options, Poll, Remembered, Stopper, Watcher};
use std::collections::{HashMap, HashSet};
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Watch feeds of the web (RSS, Atom, JSON Feed): what is new in them is fetched, coded and stored.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  marsad watch --store observatory
      polls the feeds of observatory/feeds.toml until Ctrl-C
  marsad watch --once
      one round, for cron or a timer
  marsad watch --status
      how every feed is doing

feeds.toml names the feeds; `marsad init` writes one with examples and explanations. Only what changed is
asked for, robots.txt is obeyed, hosts get pauses, and a feed that fails is told and left alone for longer
and longer. What was fetched is remembered: a watch that was stopped goes on where it was.")]
pub(crate) struct Arguments {
    #[command(flatten)]
    store: StoreArguments,

    /// Poll every feed once, and stop. Feeds that failed are left out until it is time for them again.
    #[arg(long, conflicts_with = "status")]
    once: bool,

    /// Poll feeds that failed now, without waiting until it is time for them again.
    #[arg(long, conflicts_with = "status")]
    now: bool,

    /// Show how every feed is doing, and stop.
    #[arg(long)]
    status: bool,

    /// How often feeds are polled that do not say so themselves (90s, 15m, 2h) [default: that of feeds.toml].
    #[arg(long, value_name = "TIME", value_parser = marsad_watch::interval)]
    every: Option<Duration>,

    /// Allow addresses that are not of the public internet: this machine, the local network.
    ///
    /// Without it neither a feed nor a server that redirects can lead requests there.
    #[arg(long)]
    allow_private: bool,

    /// Break off requests that take longer than so many seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=600))]
    timeout: u16,

    /// Use the language packs of this folder instead of those built in.
    #[arg(long, value_name = "DIR")]
    languages: Option<PathBuf>,
}

/// Runs the command; gives the number of problems told.
pub(crate) fn run(arguments: &Arguments) -> io::Result<usize> {
    let path = arguments.store.folder()?.path().join(FILE);
    let mut open = arguments.store.open()?;
    let list = FeedList::read(&path, arguments.every).map_err(io::Error::other)?;
    for problem in &list.problems {
        report::line(problem);
    }
    let states = open.run(async |store| store.feeds().await)?;
    if arguments.status {
        status(&list, &states)?;
        open.close()?;
        return Ok(list.problems.len());
    }
    if list.feeds.is_empty() {
        let reason = "it names no feed; put the address of one into an example there, and take the # away";
        return Err(io::Error::other(format!("{}: {reason}", path.display())));
    }
    let mut desk = Desk {
        known: open.run(async |store| store.ids().await)?,
        coder: Arc::new(engine::load(arguments.languages.as_deref())?),
        languages: input::languages(arguments.languages.as_deref()),
        threads: std::thread::available_parallelism().map_or(1, usize::from),
        states: states.iter().map(|state| (state.url.clone(), state.clone())).collect(),
        report: Report::new(Arc::default(), None, false),
        open,
    };
    let options = Options {
        once: arguments.once,
        allow_private: arguments.allow_private,
        time_limit: Duration::from_secs(arguments.timeout.into()),
        ..Options::default()
    };
    let now = |before: Remembered| if arguments.now { Remembered { due: None, ..before } } else { before };
    let before = states.iter().map(remembered).map(|(url, before)| (url, now(before)));
    let mut watcher = Watcher::start(&list, before.collect(), &options)?;
    stop_on_signal(watcher.stopper())?;
    report::line(&format!("watching {} feeds; Ctrl-C stops", list.feeds.len()));
    for poll in &mut watcher {
        desk.take(poll)?;
    }
    desk.open.close()?;
    let problems = desk.report.finish() + list.problems.len();
    Ok(if arguments.once { problems } else { 0 })
}

fn remembered(state: &FeedState) -> (String, Remembered) {
    let memory: Memory = serde_json::from_str(&state.memory).unwrap_or_default();
    let due = state.due.as_deref().and_then(|due| due.parse().ok());
    (state.url.clone(), Remembered { memory, due, failures: u32::try_from(state.failures).unwrap_or(0) })
}

/// Where polls are worked on.
struct Desk {
    open: Open,
    known: HashSet<String>,
    coder: Arc<Coder>,
    languages: Vec<String>,
    threads: usize,
    states: HashMap<String, FeedState>,
    report: Report,
}

impl Desk {
    /// Codes and stores what a poll brought, and then remembers the feed.
    fn take(&mut self, poll: Poll) -> io::Result<()> {
        let Poll { feed, inputs, memory, checked, due, failures, told, problems } = poll;
        let url = feed.url.as_str();
        for problem in &problems {
            self.report.problem(url, problem);
        }
        let added = if inputs.is_empty() { Added::default() } else { self.store(inputs)? };
        let stored = added.new + added.versions;
        let state = self.states.entry(url.to_owned()).or_insert_with(|| FeedState { url: url.to_owned(), ..FeedState::default() });
        state.checked = Some(seconds(checked));
        state.due = Some(seconds(due));
        state.failures = failures.into();
        state.told.clone_from(&told);
        state.documents += i64::try_from(stored).unwrap_or(0);
        if stored > 0 {
            state.arrived = Some(seconds(jiff::Timestamp::now()));
        }
        state.memory = serde_json::to_string(&memory).map_err(io::Error::other)?;
        let state = state.clone();
        self.open.run(async |store| store.remember_feed(&state).await)?;
        if failures == 0 {
            report::line(&format!("{url}: {told}; {stored} stored"));
        } else {
            report::line(&format!("{url}: not polled again before {}", seconds(due)));
        }
        Ok(())
    }

    fn store(&mut self, inputs: Vec<marsad_ingest::Input>) -> io::Result<Added> {
        let options = marsad_ingest::Options {
            languages: self.languages.clone(),
            days: Some(input::days(&self.coder)),
            ..marsad_ingest::Options::default()
        };
        let (coder, known, report) = (&self.coder, &self.known, &mut self.report);
        let worker = || {
            let mut session = coder.session();
            move |_: usize, entry: &Entry, document: &Document| arrival::arrival(&mut session, &|id| known.contains(id), entry, document)
        };
        let mut arrivals = Vec::new();
        pipeline::run(Reader::new(inputs, options), self.threads, worker, |entry, result| {
            match result {
                Ok((arrival, told)) => {
                    code::tell(report, entry, &told);
                    arrivals.extend(arrival.map(|arrival| *arrival));
                }
                Err(error) => report.problem(&entry.place(), &error.error),
            }
            Ok(())
        })?;
        let added = self.open.run(async |store| store.add(&arrivals).await)?;
        link_few(&mut self.open)?;
        self.known.extend(arrivals.into_iter().map(|arrival| arrival.identity.id));
        Ok(added)
    }
}

/// Whoever asks twice does not want to wait for what is under way. The store is whole at any moment.
fn stop_on_signal(stopper: Stopper) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    std::thread::Builder::new().name("marsad-signal".into()).spawn(move || {
        runtime.block_on(async {
            signal().await;
            report::line("stopping when what was fetched is stored; Ctrl-C again stops at once");
            stopper.stop();
            signal().await;
            std::process::exit(130);
        });
    })?;
    Ok(())
}

#[cfg(unix)]
async fn signal() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
        }
        Err(_) => drop(tokio::signal::ctrl_c().await),
    }
}

#[cfg(not(unix))]
async fn signal() {
    drop(tokio::signal::ctrl_c().await);
}

/// Prints how feeds are doing.
fn status(list: &FeedList, states: &[FeedState]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let mut known: HashMap<&str, &FeedState> = states.iter().map(|state| (state.url.as_str(), state)).collect();
    for feed in &list.feeds {
        writeln!(out, "{}", crate::paint::harmless(&line(feed, known.remove(feed.url.as_str()))))?;
    }
    let mut gone: Vec<_> = known.into_values().collect();
    gone.sort_by(|a, b| a.url.cmp(&b.url));
    for state in gone {
        writeln!(out, "{}\n    not watched any more; {}", crate::paint::harmless(&state.url), documents(state))?;
    }
    Ok(())
}

fn line(feed: &Feed, state: Option<&FeedState>) -> String {
    let outlet = feed.outlet.as_ref().map(|outlet| format!(" ({outlet})")).unwrap_or_default();
    let Some(state) = state else { return format!("{}{outlet}\n    never polled", feed.url) };
    let how = match state.failures {
        0 => "well".to_owned(),
        1 => "failed once".to_owned(),
        failures => format!("failed {failures} times in a row"),
    };
    let time = |time: &Option<String>| time.clone().unwrap_or_else(|| "never".into());
    let (checked, due) = (time(&state.checked), time(&state.due));
    format!("{}{outlet}\n    {how}: {}; polled {checked}, again {due}; {}", feed.url, state.told, documents(state))
}

fn documents(state: &FeedState) -> String {
    let last = state.arrived.as_ref().map(|time| format!(", the last {time}")).unwrap_or_default();
    format!("{} documents{last}", state.documents)
}

/// A time as it is stored.
fn seconds(time: jiff::Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
