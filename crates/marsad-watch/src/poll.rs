//! One poll of one feed.

use crate::backoff;
use crate::entries::{self, Item};
use crate::fetch::{self, Trouble};
use crate::hosts::Hosts;
use crate::list::{Content, Feed};
use crate::memory::{Memory, Seen};
use crate::page::{self, refused_with};
use jiff::Timestamp;
use marsad_ingest::{Format, Input, Known, WebPage};
use reqwest::header::{self, HeaderMap};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// A page that cannot be had is tried at so many polls.
const TRIES: u32 = 3;
/// When a poll has gathered so many bytes, the next one goes on.
const GATHERED: usize = 64 << 20;
/// A poll that has fetched pages for so long leaves the rest to the next one.
const LASTS: Duration = Duration::from_secs(600);
/// So much of what went wrong with items is told one by one.
const TOLD: usize = 5;

/// What a poll came to. Its documents are stored before its memory is.
pub struct Poll {
    /// The feed.
    pub feed: Feed,
    /// What is new in it, to be read.
    pub inputs: Vec<Input>,
    /// What to remember of it.
    pub memory: Memory,
    /// When it was polled.
    pub checked: Timestamp,
    /// Not to be polled again before.
    pub due: Timestamp,
    /// Polls that failed in a row, this one included.
    pub failures: u32,
    /// What it came to, in words.
    pub told: String,
    /// What needs a look: why the poll failed, pages that could not be had.
    pub problems: Vec<String>,
}

/// How much a poll may fetch.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sizes {
    /// Bytes of a feed.
    pub feed: usize,
    /// Bytes of a page.
    pub page: usize,
}

/// What to do after a poll: the words for it, or how long the server wants to be left alone and what went wrong.
type Outcome = Result<String, (Option<Duration>, String)>;

/// Polls a feed of which something may be remembered.
pub(crate) async fn poll(hosts: &Hosts, feed: &Feed, memory: Memory, failures: u32, sizes: Sizes) -> Poll {
    let checked = Timestamp::now();
    let mut poll =
        Poll { feed: feed.clone(), inputs: Vec::new(), memory, checked, due: checked, failures, told: String::new(), problems: Vec::new() };
    let asked = match poll.run(hosts, sizes).await {
        Ok(told) => {
            poll.failures = 0;
            poll.told = told;
            None
        }
        Err((asked, reason)) => {
            poll.failures = failures.saturating_add(1);
            poll.problems.insert(0, reason.clone());
            poll.told = reason;
            asked
        }
    };
    poll.due = backoff::after(Timestamp::now(), backoff::wait(feed.every, poll.failures, asked));
    poll
}

impl Poll {
    async fn run(&mut self, hosts: &Hosts, sizes: Sizes) -> Outcome {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::ACCEPT,
            header::HeaderValue::from_static(
                "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5",
            ),
        );
        for (name, kept) in [(header::IF_NONE_MATCH, &self.memory.etag), (header::IF_MODIFIED_SINCE, &self.memory.modified)] {
            if let Some(value) = kept.as_deref().and_then(fetch::value) {
                headers.insert(name, value);
            }
        }
        let (answer, moved) = hosts.get(&self.feed.url, &headers, sizes.feed).await.map_err(failed)?;
        if let Some(moved) = moved {
            self.problems.push(format!("the feed has moved to {moved}; change its address in {}", crate::FILE));
        }
        match answer.status {
            200 => {}
            304 => return Ok("nothing new".into()),
            status => return Err((answer.retry_after, refused_with(status))),
        }
        let items = entries::read(&answer.body, answer.charset.as_deref(), &answer.url).map_err(|reason| (None, reason))?;
        let listed = items.len();
        let (fetched, waiting) = self.take(hosts, items, sizes.page).await;
        // Where something waits, the list is needed again, changed or not.
        (self.memory.etag, self.memory.modified) = if waiting > 0 { (None, None) } else { (answer.etag, answer.modified) };
        let rest = if waiting > 0 { format!(", {waiting} for the next poll") } else { String::new() };
        Ok(format!("{fetched} new of {listed} items{rest}"))
    }

    /// Takes what is new; gives how many items that was, and how many wait for the next poll.
    async fn take(&mut self, hosts: &Hosts, items: Vec<Item>, limit: usize) -> (usize, usize) {
        let before = std::mem::take(&mut self.memory.items);
        let mut seen: BTreeMap<String, Seen> = BTreeMap::new();
        let (mut fetched, mut waiting, mut gathered, mut tried, mut missed) = (0, 0, 0, 0, 0);
        let mut open = true;
        let began = Instant::now();
        for item in items {
            let known = before.get(&item.key).filter(|seen| seen.mark == item.mark);
            if let Some(known) = known.filter(|known| known.tries == 0) {
                seen.insert(item.key, known.clone());
                continue;
            }
            let tries = known.map_or(0, |known| known.tries);
            let mut wait = |seen: &mut BTreeMap<String, Seen>, tries: u32| {
                waiting += 1;
                if tries > 0 {
                    seen.insert(item.key.clone(), Seen { mark: item.mark.clone(), tries });
                }
            };
            if !open || began.elapsed() > LASTS || tried >= self.feed.items || gathered >= GATHERED {
                wait(&mut seen, tries);
                continue;
            }
            tried += 1;
            match page(&self.feed, hosts, &item, limit).await {
                Ok(page) => {
                    gathered += page.bytes.len();
                    fetched += 1;
                    self.inputs.push(Input::Page(Box::new(page)));
                }
                Err(Trouble::Busy(_)) => {
                    open = false;
                    wait(&mut seen, tries);
                    continue;
                }
                Err(Trouble::Failed(_)) if tries + 1 < TRIES => {
                    wait(&mut seen, tries + 1);
                    continue;
                }
                Err(trouble) => match own(&self.feed, &item) {
                    // Better the feed's own words than none.
                    Some(page) => {
                        fetched += 1;
                        self.inputs.push(Input::Page(Box::new(page)));
                    }
                    None => {
                        missed += 1;
                        if missed <= TOLD {
                            let name = item.link.as_ref().map_or(item.id.as_str(), |link| link.as_str());
                            self.problems.push(format!("{name}: {trouble}"));
                        }
                    }
                },
            }
            seen.insert(item.key, Seen { mark: item.mark, tries: 0 });
        }
        if missed > TOLD {
            self.problems.push(format!("and {} other items that could not be had", missed - TOLD));
        }
        self.memory.items = seen;
        (fetched, waiting)
    }
}

/// The page of an item, or its text in the feed, as the feed is set.
async fn page(feed: &Feed, hosts: &Hosts, item: &Item, limit: usize) -> Result<WebPage, Trouble> {
    if feed.text == Content::Feed {
        return own(feed, item).ok_or_else(|| Trouble::Forbidden("the feed holds no text of it; set text = \"page\"".into()));
    }
    let link = item.link.as_ref().ok_or_else(|| Trouble::Forbidden("the item links to no page".into()))?;
    let (format, answer) = page::fetched(hosts, link, limit).await?;
    let url = Some(answer.url.to_string());
    Ok(WebPage { format, charset: answer.charset, bytes: answer.body, url, ..empty(feed, item) })
}

/// The text that the feed itself holds of an item.
fn own(feed: &Feed, item: &Item) -> Option<WebPage> {
    let content = item.content.as_deref()?;
    let title = item.title.as_deref().map(escaped).unwrap_or_default();
    let html = format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>{title}</title></head><body><article><h1>{title}</h1><div>{content}</div></article></body></html>"
    );
    Some(WebPage { bytes: html.into_bytes(), charset: Some("utf-8".into()), ..empty(feed, item) })
}

fn empty(feed: &Feed, item: &Item) -> WebPage {
    let url = item.link.as_ref().map(ToString::to_string);
    let known = Known { outlet: feed.outlet.clone(), title: item.title.clone(), author: item.author.clone(), published: item.published };
    let id = url.clone().unwrap_or_else(|| item.id.clone());
    let name = format!("{} ({id})", feed.url);
    WebPage { name, id, url, format: Format::Html, charset: None, bytes: Vec::new(), known }
}

fn failed(trouble: Trouble) -> (Option<Duration>, String) {
    let asked = match trouble {
        Trouble::Busy(wait) => Some(wait),
        _ => None,
    };
    (asked, trouble.to_string())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
