//! The manners that are owed to every host: one request at a time, pauses, robots.txt, patience.

use crate::fetch::{Answer, Fetcher, Trouble};
use crate::robots::{self, Rules};
use reqwest::header::HeaderMap;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;
use url::Url;

/// So many redirects are followed.
const REDIRECTS: usize = 5;
/// robots.txt is asked for again after this.
const ROBOTS_KEPT: Duration = Duration::from_secs(24 * 3600);
/// Or after this, where it could not be had.
const ROBOTS_MISSED: Duration = Duration::from_secs(600);
/// Who we are in robots.txt.
const CRAWLER: &str = "marsad";

/// All requests go through here.
pub(crate) struct Hosts {
    fetcher: Fetcher,
    pause: Duration,
    hosts: Mutex<HashMap<String, Arc<tokio::sync::Mutex<Host>>>>,
}

#[derive(Default)]
struct Host {
    /// Not asked again before.
    next: Option<Instant>,
    /// Asked to be left alone until then.
    busy: Option<Instant>,
    /// The rules by scheme and port, until when they are good, and why there are none.
    robots: HashMap<String, (Instant, Rules, Option<String>)>,
}

impl Hosts {
    pub fn new(fetcher: Fetcher, pause: Duration) -> Self {
        Self { fetcher, pause, hosts: Mutex::default() }
    }

    /// Asks for a URL and follows redirects. Gives the answer, and where the URL has moved for good.
    pub async fn get(&self, url: &Url, headers: &HeaderMap, limit: usize) -> Result<(Answer, Option<Url>), Trouble> {
        let (mut at, mut moved, mut for_good) = (url.clone(), None, true);
        for _ in 0..=REDIRECTS {
            let answer = self.hop(&at, headers, limit).await?;
            let Some(next) = redirect(&answer)? else { return Ok((answer, moved)) };
            for_good &= matches!(answer.status, 301 | 308);
            at = next;
            if for_good {
                moved = Some(at.clone());
            }
        }
        Err(Trouble::Failed(format!("it redirects more than {REDIRECTS} times")))
    }

    /// One request, when the host is ready for it and its robots.txt allows it.
    async fn hop(&self, url: &Url, headers: &HeaderMap, limit: usize) -> Result<Answer, Trouble> {
        let name = url.host_str().unwrap_or_default().to_ascii_lowercase();
        let host = Arc::clone(self.hosts.lock().unwrap_or_else(PoisonError::into_inner).entry(name).or_default());
        let mut host = host.lock().await;
        let rules = self.rules(&mut host, url).await?;
        let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
        if !rules.allow(path) {
            return Err(Trouble::Forbidden("robots.txt of the host asks not to fetch it".into()));
        }
        self.ask(&mut host, url, headers.clone(), limit, rules.pause).await
    }

    async fn ask(&self, host: &mut Host, url: &Url, headers: HeaderMap, limit: usize, pause: Option<Duration>) -> Result<Answer, Trouble> {
        if let Some(left) = host.busy.and_then(|until| until.checked_duration_since(Instant::now())) {
            return Err(Trouble::Busy(left));
        }
        if let Some(next) = host.next {
            tokio::time::sleep_until(next).await;
        }
        let answer = self.fetcher.get(url, headers, limit).await;
        host.next = Some(Instant::now() + self.pause.max(pause.unwrap_or_default()));
        if let Ok(Answer { status: 429 | 503, retry_after: Some(wait), .. }) = &answer {
            host.busy = Instant::now().checked_add(*wait);
            return Err(Trouble::Busy(*wait));
        }
        answer
    }

    /// The rules of a host. Without a file everything is allowed; where it cannot be had for now, nothing is.
    async fn rules(&self, host: &mut Host, url: &Url) -> Result<Rules, Trouble> {
        let origin = url.origin().ascii_serialization();
        if let Some((_, rules, missed)) = host.robots.get(&origin).filter(|(until, ..)| *until > Instant::now()) {
            return missed.as_ref().map_or_else(|| Ok(rules.clone()), |reason| Err(Trouble::Failed(reason.clone())));
        }
        let mut at = url.join("/robots.txt").map_err(|error| Trouble::Forbidden(error.to_string()))?;
        let mut found = Ok(Rules::default());
        for _ in 0..=REDIRECTS {
            // More than is read of it is no reason to do without it. Another host that keeps it is asked only for that.
            let limit = robots::LIMIT * 16;
            let answer = match at.host() == url.host() {
                true => self.ask(host, &at, HeaderMap::new(), limit, None).await,
                false => self.fetcher.get(&at, HeaderMap::new(), limit).await,
            };
            let answer = match answer {
                Ok(answer) => answer,
                Err(trouble @ (Trouble::Forbidden(_) | Trouble::Busy(_))) => return Err(trouble),
                Err(Trouble::Failed(reason)) => {
                    found = Err(reason);
                    break;
                }
            };
            if let Ok(Some(next)) = redirect(&answer) {
                at = next;
                continue;
            }
            found = match answer.status {
                200 => Ok(Rules::read(&answer.body, CRAWLER)),
                429 | 500.. => {
                    Err(format!("robots.txt of the host cannot be had (status {}), so nothing is fetched for now", answer.status))
                }
                _ => Ok(Rules::default()),
            };
            break;
        }
        let kept = Instant::now() + if found.is_ok() { ROBOTS_KEPT } else { ROBOTS_MISSED };
        let missed = found.as_ref().err().cloned();
        let rules = found.unwrap_or_else(|_| Rules::nothing());
        host.robots.insert(origin, (kept, rules.clone(), missed.clone()));
        missed.map_or(Ok(rules), |reason| Err(Trouble::Failed(reason)))
    }
}

/// Where an answer sends the request on to.
fn redirect(answer: &Answer) -> Result<Option<Url>, Trouble> {
    if !matches!(answer.status, 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let location = answer.location.as_deref().ok_or_else(|| Trouble::Failed("it redirects to nowhere".into()))?;
    let next = answer.url.join(location).map_err(|error| Trouble::Failed(format!("it redirects to “{location}” ({error})")))?;
    Ok(Some(next))
}
