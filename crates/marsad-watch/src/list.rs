//! `feeds.toml`: which feeds are watched, and how.

use jiff::SignedDuration;
use serde::Deserialize;
use std::collections::HashSet;
use std::ops::Range;
use std::path::Path;
use std::time::Duration;
use toml::Spanned;
use url::Url;

/// The name of the file in an observatory's folder.
pub const FILE: &str = "feeds.toml";
/// What a new observatory's file says: how to fill it, with examples.
pub const EXAMPLE: &str = include_str!("feeds.toml");

/// No feed is polled more often than this.
const SHORTEST: Duration = Duration::from_secs(60);
/// Nor more seldom.
const LONGEST: Duration = Duration::from_secs(31 * 24 * 3600);
/// No pause between requests is longer.
const LONGEST_PAUSE: Duration = Duration::from_secs(3600);

/// Where the text of an item is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Content {
    /// On the page that it links to.
    #[default]
    Page,
    /// In the feed itself.
    Feed,
}

/// A feed to watch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// Its address.
    pub url: Url,
    /// Who publishes it; otherwise what its pages say.
    pub outlet: Option<String>,
    /// Where the text of its items is.
    pub text: Content,
    /// How often it is polled.
    pub every: Duration,
    /// So many new items are taken at a poll.
    pub items: usize,
}

/// The feeds to watch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedList {
    /// In the order of the file, without those that are paused.
    pub feeds: Vec<Feed>,
    /// How many are paused.
    pub paused: usize,
    /// The pause after every request to a host.
    pub pause: Duration,
    /// Where people can be reached who watch; told to servers.
    pub contact: Option<String>,
    /// What is wrong with feeds that were left out, with line and reason.
    pub problems: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    every: Option<Spanned<String>>,
    pause: Option<Spanned<String>>,
    items: Option<Spanned<i64>>,
    contact: Option<Spanned<String>>,
    #[serde(default)]
    feed: Vec<GivenFeed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenFeed {
    url: Spanned<String>,
    outlet: Option<String>,
    #[serde(default)]
    text: Content,
    every: Option<Spanned<String>>,
    items: Option<Spanned<i64>>,
    #[serde(default)]
    paused: bool,
}

impl FeedList {
    /// Reads a file. A feed that makes no sense is left out and told. `every` goes before the interval that the file gives for all.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read or is no TOML of this form: file, line and reason.
    pub fn read(path: &Path, every: Option<Duration>) -> Result<Self, String> {
        let told = |reason: String| format!("{}{reason}", path.display());
        let text = std::fs::read_to_string(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => told(": there is no such file; `marsad init` writes one with examples".into()),
            _ => told(format!(": it cannot be read ({error})")),
        })?;
        let mut list = Self::parse(&text, every).map_err(told)?;
        list.problems = list.problems.into_iter().map(told).collect();
        Ok(list)
    }

    /// Reads the text of a file; what is wrong begins with `:LINE: `.
    ///
    /// # Errors
    ///
    /// As [`FeedList::read`].
    pub fn parse(text: &str, every: Option<Duration>) -> Result<Self, String> {
        let told = |span: Range<usize>, reason: &str| format!(":{}: {reason}", line(text, span.start));
        let given: Given = toml::from_str(text).map_err(|error| told(error.span().unwrap_or_default(), error.message()))?;
        let time = |given: &Option<Spanned<String>>, usual: Duration, range: Range<Duration>| match given {
            None => Ok(usual),
            Some(raw) => duration(raw.get_ref(), range).map_err(|reason| told(raw.span(), &reason)),
        };
        let count = |given: &Option<Spanned<i64>>, usual: usize| match given {
            None => Ok(usual),
            Some(raw) => match usize::try_from(*raw.get_ref()) {
                Ok(count @ 1..=1000) => Ok(count),
                _ => Err(told(raw.span(), "items: give a number from 1 to 1000")),
            },
        };
        let given_every = time(&given.every, Duration::from_secs(900), SHORTEST..LONGEST)?;
        let every = every.unwrap_or(given_every);
        let items = count(&given.items, 50)?;
        let mut list = Self { pause: time(&given.pause, Duration::from_secs(2), Duration::ZERO..LONGEST_PAUSE)?, ..Self::default() };
        if let Some(contact) = given.contact {
            if !contact.get_ref().bytes().all(|byte| (b' '..0x7f).contains(&byte)) {
                return Err(told(contact.span(), "contact: give an address of the web or of mail, in ASCII"));
            }
            list.contact = Some(contact.into_inner());
        }
        let mut seen = HashSet::new();
        for feed in given.feed {
            let span = feed.url.span();
            let read = || -> Result<Feed, String> {
                let url = address(feed.url.get_ref()).map_err(|reason| told(span.clone(), &reason))?;
                Ok(Feed {
                    url,
                    outlet: feed.outlet.clone(),
                    text: feed.text,
                    every: time(&feed.every, every, SHORTEST..LONGEST)?,
                    items: count(&feed.items, items)?,
                })
            };
            match read() {
                Err(reason) => list.problems.push(reason),
                Ok(feed) if !seen.insert(feed.url.clone()) => {
                    list.problems.push(told(span, &format!("{} stands here a second time; this one was left out", feed.url)));
                }
                Ok(_) if feed.paused => list.paused += 1,
                Ok(feed) => list.feeds.push(feed),
            }
        }
        Ok(list)
    }
}

fn address(raw: &str) -> Result<Url, String> {
    let mut url = Url::parse(raw.trim()).map_err(|error| format!("“{raw}” is no address of the web ({error})"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("“{raw}”: only http and https are fetched"));
    }
    url.set_fragment(None);
    Ok(url)
}

/// An interval between polls as people write it: `90s`, `15m`, `2h 30m`.
///
/// # Errors
///
/// Where it is none, or too short or too long.
pub fn interval(raw: &str) -> Result<Duration, String> {
    duration(raw, SHORTEST..LONGEST)
}

/// A span of time as people write it.
fn duration(raw: &str, range: Range<Duration>) -> Result<Duration, String> {
    let read = raw.parse::<SignedDuration>().ok().and_then(|time| Duration::try_from(time).ok());
    let time = read.ok_or_else(|| format!("“{raw}” is no span of time; write it as 90s, 15m, 2h or 24h"))?;
    if time >= range.start && time <= range.end {
        return Ok(time);
    }
    let shown = |time: Duration| format!("{:#}", SignedDuration::try_from(time).unwrap_or_default());
    Err(format!("“{raw}” is not from {} to {}", shown(range.start), shown(range.end)))
}

fn line(text: &str, at: usize) -> usize {
    text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_is_a_list_without_feeds_and_with_all_its_lines_a_list_of_them() {
        let list = FeedList::parse(EXAMPLE, None).unwrap();
        assert!(list.feeds.is_empty() && list.problems.is_empty() && list.pause == Duration::from_secs(2));
        let uncommented: String = EXAMPLE
            .lines()
            .map(|line| line.strip_prefix("# ").filter(|bare| bare.starts_with("[[") || bare.contains(" = ")).unwrap_or(line))
            .map(|line| format!("{line}\n"))
            .collect();
        let list = FeedList::parse(&uncommented, None).unwrap();
        assert_eq!((list.feeds.len(), list.paused, list.problems), (5, 1, Vec::new()));
        assert!(list.feeds.iter().all(|feed| feed.url.host_str().is_some_and(|host| host.ends_with(".example") || host == "localhost")));
        assert_eq!((list.feeds[4].every, list.feeds[4].text), (Duration::from_secs(300), Content::Feed));
    }

    #[test]
    fn what_is_wrong_has_its_line() {
        let list = FeedList::parse(
            "every = \"1h\"\n[[feed]]\nurl = \"nonsense\"\n[[feed]]\nurl = \"file:///etc/passwd\"\n[[feed]]\nurl = \"https://x.example/a\"\n\
             [[feed]]\nurl = \"https://x.example/a#b\"\n[[feed]]\nurl = \"https://x.example/c\"\nevery = \"1s\"\n",
            None,
        )
        .unwrap();
        let starts = [
            ":3: “nonsense” is no address",
            ":5: “file:///etc/passwd”: only http",
            ":9: https://x.example/a stands here a second",
            ":12: “1s” is not from 1m",
        ];
        assert_eq!((list.feeds.len(), list.feeds[0].every), (1, Duration::from_secs(3600)));
        for (problem, start) in list.problems.iter().zip(starts) {
            assert!(problem.starts_with(start), "{problem}");
        }
        assert_eq!(list.problems.len(), starts.len(), "{:?}", list.problems);
        for (text, start) in [
            ("every = 5", ":1: "),
            ("x = 1", ":1: unknown field"),
            ("\n[[feed]]\nurl = \"https://x.example\"\ntext = \"both\"", ":4: unknown variant"),
            ("\n\npause = \"soon\"", ":3: “soon” is no span of time"),
            ("items = 0", ":1: items"),
            ("[[feed]]\noutlet = \"x\"", ":1: missing field `url`"),
        ] {
            let told = FeedList::parse(text, None).unwrap_err();
            assert!(told.starts_with(start), "{text}: {told}");
        }
    }
}
