//! The bytes of a feed to its items: RSS, Atom, JSON Feed.
//!
//! Entities that a feed defines are not expanded, and nothing that a DTD names is read.

use crate::memory;
use chrono::{DateTime, Utc};
use encoding_rs::Encoding;
use feed_rs::model::{Entry, Link, Text};
use feed_rs::parser;
use jiff::civil::Date;
use std::collections::HashSet;
use url::Url;

/// So many items of a feed are looked at.
const MOST: usize = 2000;
/// Names and headlines of more characters are cut off.
const LONG: usize = 500;

/// An item of a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    /// Hash of its id.
    pub key: String,
    /// Hash of what the feed says of it.
    pub mark: String,
    pub id: String,
    /// The page that it stands for.
    pub link: Option<Url>,
    pub title: Option<String>,
    pub author: Option<String>,
    pub published: Option<Date>,
    /// Its text as HTML.
    pub content: Option<String>,
}

/// Reads a feed that was fetched from a URL; items without a link and a text are left out.
///
/// # Errors
///
/// Why it is no feed.
pub(crate) fn read(bytes: &[u8], charset: Option<&str>, url: &Url) -> Result<Vec<Item>, String> {
    let text = decoded(bytes, charset);
    let parser = parser::Builder::new()
        .base_uri(Some(url))
        .timestamp_parser(day_as_written)
        .id_generator(|_, _, _| String::new())
        .sanitize_content(false)
        .build();
    let feed = parser.parse(text.as_bytes()).map_err(|error| explain(&text, &error))?;
    let mut seen = HashSet::new();
    let items = feed.entries.into_iter().take(MOST).map(item);
    Ok(items.filter(|item| (item.link.is_some() || item.content.is_some()) && seen.insert(item.key.clone())).collect())
}

/// Text in UTF-8 without the declaration that would name another encoding.
fn decoded(bytes: &[u8], charset: Option<&str>) -> String {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
    let declared = start.find("encoding=").map(|at| &start[at + "encoding=".len()..]).filter(|_| start.contains("<?xml"));
    let declared = declared.and_then(|rest| rest.trim_start_matches(['"', '\'']).split(['"', '\'', '?']).next());
    let named = |label: &str| Encoding::for_label(label.as_bytes());
    // What the server says goes before what the file says; what both say of UTF-8 is often wrong, but seen at once.
    let told = charset.and_then(named).or_else(|| declared.and_then(named)).unwrap_or(encoding_rs::UTF_8);
    let other = declared.and_then(named).filter(|other| *other != encoding_rs::UTF_8);
    let encoding = if told == encoding_rs::UTF_8 && std::str::from_utf8(bytes).is_err() { other.unwrap_or(told) } else { told };
    let (text, _, _) = encoding.decode(bytes);
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let bare = text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map_or(text, |(_, rest)| rest);
    // XML knows no control characters, but feeds have them.
    bare.chars().filter(|c| !c.is_control() || matches!(c, '\t' | '\r' | '\n')).collect()
}

fn item(entry: Entry) -> Item {
    let link = page(&entry.links).or_else(|| Url::parse(&entry.id).ok()).filter(|url| matches!(url.scheme(), "http" | "https"));
    let words = |text: &Option<Text>| text.as_ref().map(|text| text.content.trim().to_owned()).filter(|text| !text.is_empty());
    let title = words(&entry.title).map(|title| title.chars().take(LONG).collect::<String>());
    let body = entry.content.as_ref().and_then(|content| content.body.clone()).filter(|body| !body.trim().is_empty());
    let content = match (body, words(&entry.summary)) {
        // Some feeds tell more in the summary than in what they call content.
        (Some(body), Some(summary)) => Some(if summary.len() > body.len() { summary } else { body }),
        (body, summary) => body.or(summary),
    };
    let author = entry.authors.first().and_then(|person| Some(person.name.as_ref()?.trim().to_owned()));
    let author = author.filter(|name| !name.is_empty() && name.chars().count() <= 80 && !name.contains("://"));
    let day = entry.published.or(entry.updated).map(|time| time.date_naive());
    let published = day.and_then(|day| day.to_string().parse::<Date>().ok()).filter(|day| (1990..2100).contains(&day.year()));
    let updated = entry.updated.map(|time| time.to_rfc3339()).unwrap_or_default();
    let mark = memory::hash([title.as_deref().unwrap_or_default(), &updated, content.as_deref().unwrap_or_default()]);
    let id = match &link {
        _ if !entry.id.trim().is_empty() => entry.id,
        Some(link) => link.to_string(),
        None => memory::hash([title.as_deref().unwrap_or_default(), content.as_deref().unwrap_or_default()]),
    };
    Item { key: memory::hash([id.as_str()]), mark, id, link, title, author, published, content }
}

/// The link to the page of an item, among links to pictures, comments and other forms.
fn page(links: &[Link]) -> Option<Url> {
    let is_page = |link: &&Link| link.rel.as_deref().is_none_or(|rel| rel == "alternate");
    let links = links.iter().filter(is_page).chain(links.iter());
    links.filter_map(|link| Url::parse(link.href.trim()).ok()).find(|url| matches!(url.scheme(), "http" | "https"))
}

/// Reads a time as the newsroom wrote it: its own day counts, whatever day it was elsewhere.
fn day_as_written(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    let zoned = jiff::fmt::rfc2822::parse(text).ok().map(|time| time.datetime());
    let civil = zoned.or_else(|| {
        // `2031-05-04T00:10:00+03:00`, `2031-05-04 00:10`, `2031-05-04`.
        let start = text.get(..19).or_else(|| text.get(..10))?;
        start.replacen(' ', "T", 1).parse::<jiff::civil::DateTime>().ok().or_else(|| text.get(..10)?.parse::<Date>().ok().map(Into::into))
    });
    let civil = civil.or_else(|| loose(text))?;
    let seconds = civil.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second();
    DateTime::from_timestamp(seconds, 0)
}

/// `Sun, 4 May 2031 00:10:00 +03`, `4 May 2031`, and other forms that are near the standard: day, English month, year.
fn loose(text: &str) -> Option<jiff::civil::DateTime> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '-')).filter(|word| !word.is_empty()).collect();
    words.windows(3).find_map(|words| {
        let day: i8 = words[0].parse().ok()?;
        let start = words[1].get(..3)?.to_ascii_lowercase();
        let month = MONTHS.iter().position(|month| *month == start)? + 1;
        let year: i16 = words[2].parse().ok().filter(|year| *year > 1900)?;
        Date::new(year, i8::try_from(month).ok()?, day).ok().map(Into::into)
    })
}

fn explain(text: &str, error: &parser::ParseFeedError) -> String {
    let start = text.trim_start().get(..200.min(text.trim_start().len())).unwrap_or_default().to_ascii_lowercase();
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        return "this is a web page, no feed; look for the feed's own address".into();
    }
    let reason: String = error.to_string().chars().take(200).collect();
    format!("this is no feed that can be read ({reason})")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(feed: &str) -> Vec<Item> {
        read(feed.as_bytes(), None, &Url::parse("https://x.example/feed").unwrap()).unwrap()
    }

    fn rss(items: &str) -> String {
        format!("<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>x</title>{items}</channel></rss>")
    }

    #[test]
    fn rss_atom_and_json() {
        let feed = rss("<item><title>قصف على البلدة</title><link>https://x.example/1</link><guid>g1</guid>\
                        <pubDate>Sun, 04 May 2031 00:10:00 +0300</pubDate><description>&lt;p&gt;نص&lt;/p&gt;</description></item>");
        let found = items(&feed);
        let item = &found[0];
        assert_eq!((item.id.as_str(), item.link.as_ref().map(Url::as_str)), ("g1", Some("https://x.example/1")));
        assert_eq!((item.title.as_deref(), item.content.as_deref()), (Some("قصف على البلدة"), Some("<p>نص</p>")));
        assert_eq!(item.published.unwrap().to_string(), "2031-05-04", "the newsroom's own day");
        let atom = items(
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title><id>f</id><updated>2031-05-04T00:00:00Z</updated><entry><id>urn:1</id>\
             <title>t</title><author><name>ليلى</name></author><link rel='enclosure' href='https://x.example/p.jpg'/><link href='/2'/>\
             <published>2031-05-04T23:30:00-02:00</published><content type='html'>&lt;b&gt;n&lt;/b&gt;</content></entry></feed>",
        );
        let item = &atom[0];
        assert_eq!((item.link.as_ref().map(Url::as_str), item.author.as_deref()), (Some("https://x.example/2"), Some("ليلى")));
        assert_eq!((item.content.as_deref(), item.published.unwrap().to_string().as_str()), (Some("<b>n</b>"), "2031-05-04"));
        let json = items(
            r#"{"version":"https://jsonfeed.org/version/1.1","title":"x","items":[{"id":"1","url":"https://x.example/3","title":"t",
               "content_html":"<p>x</p>","date_published":"2031-05-04T10:00:00+03:00"}]}"#,
        );
        assert_eq!((json[0].link.as_ref().map(Url::as_str), json[0].content.as_deref()), (Some("https://x.example/3"), Some("<p>x</p>")));
    }

    #[test]
    fn a_changed_item_has_another_mark_and_the_same_key() {
        let one = |text: &str| items(&rss(&format!("<item><guid>a</guid><description>{text}</description></item>")))[0].clone();
        let (first, again, changed) = (one("نص"), one("نص"), one("نص مصحح"));
        assert!(first == again && first.key == changed.key && first.mark != changed.mark);
        assert_eq!(items(&rss(&"<item><guid>a</guid><description>x</description></item>".repeat(3))).len(), 1);
        let bare = rss("<item><title>t</title><description>x</description></item>");
        assert_eq!(items(&bare), items(&bare), "an item without an id has one all the same");
    }

    #[test]
    fn encodings_of_servers_and_files() {
        let feed = rss("<item><guid>a</guid><title>قصف مدفعي</title><description>نص</description></item>");
        let (bytes, ..) = encoding_rs::WINDOWS_1256.encode(&feed);
        let url = Url::parse("https://x.example/").unwrap();
        let title = |bytes: &[u8], charset: Option<&str>| read(bytes, charset, &url).unwrap()[0].title.clone().unwrap();
        assert_eq!(title(&bytes, Some("windows-1256")), "قصف مدفعي");
        let declared = feed.replace("utf-8", "windows-1256");
        let (declared, ..) = encoding_rs::WINDOWS_1256.encode(&declared);
        assert_eq!(title(&declared, None), "قصف مدفعي");
        assert_eq!(title(&declared, Some("utf-8")), "قصف مدفعي", "the server is wrong");
        assert_eq!(title(feed.replace("utf-8", "windows-1256").as_bytes(), Some("utf-8")), "قصف مدفعي", "the file is wrong");
        assert_eq!(title(format!("\u{feff}\n{}", feed.replace("قصف", "قص\u{b}ف")).as_bytes(), None), "قصف مدفعي");
    }

    /// Neither entities in entities nor files of the machine come into an item.
    #[test]
    fn entities_are_not_expanded() {
        let mut bomb = String::from("<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a0 'ha'>");
        for n in 1..30 {
            bomb.push_str(&format!("<!ENTITY a{n} '{}'>", format!("&a{};", n - 1).repeat(10)));
        }
        bomb.push_str("<!ENTITY file SYSTEM 'file:///etc/passwd'><!ENTITY % dtd SYSTEM 'http://127.0.0.1:9/x.dtd'> %dtd;]>");
        bomb.push_str(
            &rss("<item><guid>a</guid><title>&a29; &file;</title><description>نص &lt;b&gt; &amp;</description></item>")
                ["<?xml version='1.0' encoding='utf-8'?>".len()..],
        );
        let began = std::time::Instant::now();
        match read(bomb.as_bytes(), None, &Url::parse("https://x.example/").unwrap()) {
            Ok(found) => {
                let title = found[0].title.clone().unwrap_or_default();
                assert!(title.len() < 100 && !title.contains("haha") && !title.contains("root:"), "{title}");
            }
            Err(reason) => assert!(reason.contains("no feed"), "{reason}"),
        }
        assert!(began.elapsed().as_secs() < 5);
        let outside =
            "<!DOCTYPE rss SYSTEM 'file:///etc/passwd'>".to_owned() + &rss("<item><guid>a</guid><description>x</description></item>");
        let outside = outside.replace("<?xml version='1.0' encoding='utf-8'?>", "");
        assert_eq!(items(&outside)[0].content.as_deref(), Some("x"));
    }

    #[test]
    fn what_is_no_feed_is_told() {
        let url = Url::parse("https://x.example/").unwrap();
        let told = |feed: &str| read(feed.as_bytes(), None, &url).unwrap_err();
        assert!(told("<!DOCTYPE html><html><body>x").contains("web page"));
        for odd in ["", "x", "{", "{}", "<", "<rss", "\0\u{1}", "<a><b></a>", "[1]"] {
            assert!(told(odd).contains("no feed that can be read"), "{odd}");
        }
        // Depth costs neither time nor stack.
        let deep = rss(&format!("<item><guid>a</guid><description>x</description>{}", "<b>".repeat(300_000)));
        let _ = read(deep.as_bytes(), None, &url);
    }
}
