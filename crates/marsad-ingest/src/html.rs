//! A web page to the report that it carries.
//!
//! The article is found by the readability method and its metadata by JSON-LD, Open Graph and
//! `<time>`; where they name no day, the reader looks for one in the page's address, and then in the
//! short lines that stand around the headline. A page too large or too deep for a tree, or one where no
//! article is found, gives all of its text.

use crate::tags;
use dom_smoothie::{Config, Readability};

/// What a page says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Page {
    /// Headline first, then the article, one paragraph on each line.
    pub text: String,
    pub title: Option<String>,
    pub outlet: Option<String>,
    pub author: Option<String>,
    /// As the page writes it.
    pub published: Option<String>,
    /// Short lines around the headline that may tell the day in words, the likeliest first.
    pub dateline: Vec<String>,
    pub url: Option<String>,
    /// Told when all of the text was taken instead of the article.
    pub note: Option<&'static str>,
}

/// Deeper pages are read without a tree. Ordinary ones stay below 60.
const DEPTH: usize = 200;
/// Pages with more elements are read without a tree.
const ELEMENTS: usize = 100_000;
/// Pages with a tag of more attributes are read without a tree, whose cost grows with their square.
const ATTRIBUTES: usize = 5_000;
/// Larger pages are read without a tree.
const BYTES: usize = 16 << 20;
/// Tree walks may recurse; at [`DEPTH`] they use a small part of this.
const STACK: usize = 64 << 20;
/// A byline of more characters is none.
const BYLINE: usize = 80;
/// A dateline of more characters is none.
const DATELINE: usize = 90;
/// So many lines behind the headline may tell the day …
const BEHIND: usize = 10;
/// … and so many before it.
const BEFORE: usize = 3;
/// An article shorter than this (in characters) is no article, if the page has more.
const SHORT: usize = 80;

/// Reads a page; any string gives one.
pub(crate) fn page(html: String) -> Page {
    let size = tags::measure(&html);
    if size.depth > DEPTH || size.elements > ELEMENTS || size.attributes > ATTRIBUTES || html.len() > BYTES {
        return whole(&html, Page::default(), Some("this page is too large or too deeply nested to find the article in it"));
    }
    // The thread has a stack of its own size, and a panic inside of the tree's code ends only it.
    let worker = std::thread::Builder::new().name("marsad-html".into()).stack_size(STACK).spawn(move || {
        let mut page = article(&html);
        if page.published.as_deref().is_none_or(|day| crate::parse_day(day).is_err()) {
            page.dateline = dateline(&html, &tags::text(&html), page.title.as_deref());
        }
        (page, html)
    });
    match worker.map(std::thread::JoinHandle::join) {
        Ok(Ok((page, html))) if page.text.is_empty() => whole(&html, page, None),
        Ok(Ok((page, _))) => page,
        // The thread's copy is gone; a page that breaks the tree is rare enough to be told as such.
        Ok(Err(_)) | Err(_) => Page { note: Some("the structure of this page cannot be read"), ..Page::default() },
    }
}

/// The article, or the metadata alone, with an empty text, where there is none.
fn article(html: &str) -> Page {
    let config = Config { char_threshold: 200, ..Config::default() };
    let Ok(mut reader) = Readability::new(html, None, Some(config)) else { return Page::default() };
    let linked = reader.parse_json_ld();
    let metadata = reader.get_article_metadata(linked);
    let attribute = |selector: &str, name: &str| {
        let value = reader.doc.select_single(selector).attr(name)?;
        let value = value.trim();
        (!value.is_empty()).then(|| value.to_owned())
    };
    let published = metadata
        .published_time
        .or_else(|| attribute("meta[itemprop=datePublished]", "content"))
        .or_else(|| attribute("meta[property='og:published_time']", "content"))
        .or_else(|| attribute("meta[name=pubdate]", "content"))
        .or_else(|| attribute("meta[name=publishdate]", "content"))
        .or_else(|| attribute("meta[name=date]", "content"))
        .or_else(|| attribute("article time[datetime]", "datetime"))
        .or_else(|| attribute("time[datetime]", "datetime"));
    let author = metadata.byline.as_deref().map(line).or_else(|| attribute("meta[name=author]", "content").as_deref().map(line));
    let author = author.or_else(|| attribute("meta[property='article:author']", "content")).filter(|author| is_byline(author));
    let outlet = metadata.site_name.map(|name| line(&name)).filter(|name| !name.is_empty());
    let url = metadata.url.or_else(|| attribute("link[rel=canonical]", "href")).or_else(|| attribute("meta[property='og:url']", "content"));
    let heading = reader.doc.select("h1");
    let title = attribute("meta[property='og:title']", "content")
        .or_else(|| (heading.length() == 1).then(|| heading.text().to_string()))
        .filter(|title| !title.trim().is_empty())
        .unwrap_or(metadata.title);
    let title = without_outlet(&line(&title), outlet.as_deref());
    let title = (!title.is_empty()).then_some(title);
    let mut page = Page { title, outlet, author, published, url, ..Page::default() };
    let Ok(article) = reader.parse() else { return page };
    // What stands where a byline would may be the day.
    let byline = article.byline.as_deref().map(line).filter(|name| is_byline(name) && !name.chars().any(char::is_numeric));
    page.author = page.author.or(byline);
    let body = tags::text(&article.content);
    if body.chars().count() >= SHORT {
        page.text = under_headline(page.title.as_deref(), body);
    }
    page
}

/// All text of the page.
fn whole(html: &str, mut page: Page, note: Option<&'static str>) -> Page {
    page.title = page.title.or_else(|| tags::first(html, "title"));
    let text = tags::text(html);
    if page.published.is_none() && page.dateline.is_empty() {
        page.dateline = dateline(html, &text, page.title.as_deref());
    }
    page.text = under_headline(page.title.as_deref(), text);
    page.note = note;
    page
}

fn under_headline(title: Option<&str>, body: String) -> String {
    match title {
        Some(title) if !body.lines().take(3).any(|line| line == title) => {
            if body.is_empty() {
                title.to_owned()
            } else {
                format!("{title}\n{body}")
            }
        }
        _ => body,
    }
}

/// Whether something that stands as the author's name may be one; many pages give the address of an account there.
fn is_byline(author: &str) -> bool {
    !author.is_empty() && author.chars().count() <= BYLINE && !author.contains("://")
}

/// The short lines around the headline.
fn dateline(html: &str, text: &str, title: Option<&str>) -> Vec<String> {
    let Some(heading) = tags::first(html, "h1").as_deref().map(line).or_else(|| title.map(str::to_owned)) else { return Vec::new() };
    let lines: Vec<&str> = text.lines().collect();
    let Some(at) = lines.iter().position(|line| *line == heading) else { return Vec::new() };
    let behind = lines[at + 1..].iter().take(BEHIND);
    let before = lines[at.saturating_sub(BEFORE)..at].iter().rev();
    let short = |line: &&&str| line.chars().count() <= DATELINE;
    behind.chain(before).filter(short).map(|line| (*line).to_owned()).collect()
}

/// White space drawn together.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A headline without « - outlet» at its end.
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    let Some(outlet) = outlet else { return title.to_owned() };
    let Some(head) = title.strip_suffix(outlet) else { return title.to_owned() };
    match head.trim_end().strip_suffix(['-', '|', '–', '—', '«', '»', '·']) {
        Some(head) if !head.trim().is_empty() => head.trim_end().to_owned(),
        _ => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str =
        "أفاد شهود عيان بأن قصفا مدفعيا استهدف أطراف البلدة مساء أمس، ما أدى إلى سقوط جرحى بين السكان، وفق ما ذكرت مصادر محلية للمراسل.";

    fn sample(head: &str) -> String {
        format!(
            "<html><head><title>قصف على البلدة - وكالة الغد</title>{head}</head><body><nav><ul><li><a href='/'>الرئيسية</a></li>\
             <li><a href='/s'>رياضة</a></li></ul></nav><article><h1>قصف على البلدة</h1>{}</article>\
             <footer>جميع الحقوق محفوظة</footer></body></html>",
            format!("<p>{BODY}</p>").repeat(4)
        )
    }

    #[test]
    fn an_article_with_open_graph() {
        let page = page(sample(
            "<meta property='og:site_name' content='وكالة الغد'><meta property='og:title' content='قصف على البلدة - وكالة الغد'>\
             <meta property='article:published_time' content='2023-05-04T10:00:00+03:00'>",
        ));
        assert_eq!(page.title.as_deref(), Some("قصف على البلدة"));
        assert_eq!(page.outlet.as_deref(), Some("وكالة الغد"));
        assert_eq!(page.published.as_deref(), Some("2023-05-04T10:00:00+03:00"));
        assert!(page.text.starts_with("قصف على البلدة\nأفاد شهود"), "{}", page.text);
        assert!(!page.text.contains("رياضة") && !page.text.contains("الحقوق"), "{}", page.text);
    }

    #[test]
    fn json_ld_and_time_elements() {
        let linked = "<script type='application/ld+json'>{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\
                      \"headline\":\"قصف على البلدة\",\"datePublished\":\"2023-05-04\",\"publisher\":{\"name\":\"وكالة الغد\"}}</script>";
        assert_eq!(page(sample(linked)).published.as_deref(), Some("2023-05-04"));
        let timed = sample("").replace("<article>", "<article><time datetime='2023-05-05'>أمس</time>");
        assert_eq!(page(timed).published.as_deref(), Some("2023-05-05"));
    }

    #[test]
    fn a_page_without_an_article_gives_its_text() {
        assert_eq!(page("<p>قصف".into()).text, "قصف");
        assert_eq!(page(String::new()), Page::default());
    }

    #[test]
    fn a_page_of_huge_depth_is_read_without_a_tree() {
        for open in ["<div>", "<b a=1>", "<table><tr><td>", "<ul><li>"] {
            let page = page(format!("<title>عنوان</title>{}قصف", open.repeat(100_000)));
            assert_eq!(page.text, "عنوان\nقصف");
            assert!(page.note.is_some());
        }
    }
}
