//! HTML to text in one linear pass, without a tree.
//!
//! It serves twice: to write out the article that the tree found, and alone where a page is too
//! large or too deeply nested for a tree.

use std::borrow::Cow;

/// How large a page's tree would be.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Size {
    /// Deepest nesting that its tags may lead to.
    pub depth: usize,
    /// Number of start tags.
    pub elements: usize,
    /// Most attributes that one tag may have.
    pub attributes: usize,
}

/// Elements that hold nothing.
const VOID: &[&str] = &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
/// Elements that a parser closes by itself; left open, they do not nest.
const SELF_CLOSING: &[&str] = &["p", "li", "td", "th", "tr", "dt", "dd", "option", "html", "head", "body"];
/// Elements whose content is no text of the page.
const SILENT: &[&str] = &["script", "style", "noscript", "template", "svg", "iframe", "textarea", "select", "title"];
/// Elements whose text runs on in the line.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "em", "font", "i", "img", "ins", "kbd", "label", "mark", "q", "s",
    "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// Measures without building anything.
pub(crate) fn measure(html: &str) -> Size {
    let (mut size, mut depth) = (Size::default(), 0_usize);
    for piece in Pieces::new(html) {
        let Piece::Tag { name, closing, source } = piece else { continue };
        size.attributes = size.attributes.max(source.bytes().filter(u8::is_ascii_whitespace).count());
        // The end of a paragraph that was never begun makes one.
        if VOID.contains(&&*name) || SELF_CLOSING.contains(&&*name) {
            size.elements += 1;
        } else if closing {
            depth = depth.saturating_sub(1);
        } else {
            size.elements += 1;
            depth += 1;
            size.depth = size.depth.max(depth);
        }
    }
    size
}

/// The page's text: blocks on lines of their own, entities resolved, scripts and styles left out.
pub(crate) fn text(html: &str) -> String {
    let mut out = String::with_capacity(html.len() / 4);
    let mut silent: Option<String> = None;
    for piece in Pieces::new(html) {
        match piece {
            Piece::Text(text) if silent.is_none() => push_text(&mut out, &resolve(text)),
            Piece::Text(_) => {}
            Piece::Tag { name, closing, .. } => {
                match &silent {
                    Some(open) if closing && *open == name => silent = None,
                    None if !closing && SILENT.contains(&&*name) => silent = Some(name.to_string()),
                    _ => {}
                }
                if silent.is_none() && !INLINE.contains(&&*name) {
                    end_line(&mut out);
                }
            }
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The text of the first element of that name.
pub(crate) fn first(html: &str, element: &str) -> Option<String> {
    let mut inside = false;
    let mut out = String::new();
    for piece in Pieces::new(html) {
        match piece {
            Piece::Tag { name, closing, .. } if name == element => {
                if closing && inside {
                    break;
                }
                inside = !closing;
            }
            Piece::Text(text) if inside => push_text(&mut out, &resolve(text)),
            _ => {}
        }
    }
    let out = out.trim();
    (!out.is_empty()).then(|| out.to_owned())
}

/// Adds text with its runs of white space drawn together.
fn push_text(out: &mut String, text: &str) {
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with([' ', '\n']) {
                out.push(' ');
            }
        } else {
            out.push(c);
        }
    }
}

fn end_line(out: &mut String) {
    out.truncate(out.trim_end_matches(' ').len());
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

enum Piece<'a> {
    Text(&'a str),
    Tag { name: Cow<'a, str>, closing: bool, source: &'a str },
}

/// Text and tags in turn; comments and declarations are left out.
struct Pieces<'a> {
    rest: &'a str,
    /// Inside of `<script>` and `<style>` nothing but their own end is a tag.
    raw: Option<&'static str>,
    /// No comment after here is ever closed; kept so that none is looked for twice.
    unclosed: bool,
}

impl<'a> Pieces<'a> {
    fn new(html: &'a str) -> Self {
        Self { rest: html, raw: None, unclosed: false }
    }

    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.rest = rest;
        taken
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if let Some(name) = self.raw.take() {
                let end = end_of_raw(self.rest, name);
                self.take(end);
                continue;
            }
            let Some(open) = self.rest.find('<') else {
                let all = self.rest.len();
                return Some(Piece::Text(self.take(all)));
            };
            if open > 0 {
                return Some(Piece::Text(self.take(open)));
            }
            if self.rest.starts_with("<!--") {
                // An unclosed comment ends at the next tag end, as browsers that repair it do.
                let closed = if self.unclosed { None } else { self.rest.find("-->") };
                self.unclosed = closed.is_none();
                let end = closed.map(|i| i + 3).or_else(|| self.rest.find('>').map(|i| i + 1));
                self.take(end.unwrap_or(self.rest.len()));
                continue;
            }
            let closing = self.rest.starts_with("</");
            let after = &self.rest[1 + usize::from(closing)..];
            if after.starts_with(['!', '?']) {
                let end = self.rest.find('>').map_or(self.rest.len(), |i| i + 1);
                self.take(end);
                continue;
            }
            if !after.starts_with(|c: char| c.is_ascii_alphabetic()) {
                return Some(Piece::Text(self.take(1)));
            }
            let length = after.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(after.len());
            let name = &after[..length];
            let name = if name.bytes().any(|b| b.is_ascii_uppercase()) { name.to_ascii_lowercase().into() } else { name.into() };
            let end = end_of_tag(self.rest);
            let source = self.take(end);
            if !closing {
                self.raw = ["script", "style"].into_iter().find(|raw| *raw == name);
            }
            return Some(Piece::Tag { name, closing, source });
        }
    }
}

/// Where the tag at the start ends; a `>` in quotes does not end it.
fn end_of_tag(html: &str) -> usize {
    let mut quote = None;
    let mut value = false;
    for (i, b) in html.bytes().enumerate() {
        match (quote, b) {
            (Some(q), _) if b == q => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') if value => quote = Some(b),
            (None, b'>') => return i + 1,
            _ => {}
        }
        value = b == b'=' || (value && b.is_ascii_whitespace());
    }
    // An unclosed quote would swallow the rest of the page: end at the first bracket instead.
    html.find('>').map_or(html.len(), |i| i + 1)
}

fn end_of_raw(html: &str, name: &str) -> usize {
    let mut from = 0;
    while let Some(i) = html[from..].find("</") {
        let at = from + i;
        if html.as_bytes()[at + 2..].get(..name.len()).is_some_and(|s| s.eq_ignore_ascii_case(name.as_bytes())) {
            return at;
        }
        from = at + 2;
    }
    html.len()
}

/// Named references that news pages use; numeric ones are computed.
const NAMED: &[(&str, &str)] = &[
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", "\u{a0}"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("zwnj", "\u{200c}"),
    ("zwj", "\u{200d}"),
    ("lrm", "\u{200e}"),
    ("rlm", "\u{200f}"),
    ("shy", "\u{ad}"),
    ("bull", "•"),
    ("middot", "·"),
    ("ensp", " "),
    ("emsp", " "),
    ("thinsp", " "),
];

fn resolve(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|b| b == b';');
        match end.and_then(|end| Some((reference(&rest[1..end])?, end))) {
            Some((meaning, end)) => {
                out.push_str(&meaning);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out.into()
}

fn reference(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|&c| c != '\0').map(String::from);
    }
    NAMED.iter().find(|(known, _)| *known == name).map(|(_, meaning)| (*meaning).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_become_lines() {
        let html = "<!DOCTYPE html><head><title>t</title><style>p{}</style></head><h1>عنوان\n  طويل</h1>\
                    <p>قال <b>شهود</b>&nbsp;إن &laquo;قصفا&raquo; &#x648;&#1602;&#1593;<br>هنا<script>if (a</b) {}</script><p>ثم";
        assert_eq!(text(html), "عنوان طويل\nقال شهود إن «قصفا» وقع\nهنا\nثم");
        assert_eq!(first(html, "title").as_deref(), Some("t"));
    }

    #[test]
    fn broken_markup_loses_no_text() {
        assert_eq!(text("a < b & c &bogus; <3"), "a < b & c &bogus; <3");
        assert_eq!(text("<p title=\"a>b\">x</p>"), "x");
        assert_eq!(text("<p title=\"open>x</p>y"), "x\ny");
        assert_eq!(text("<!-- gone -->x<!-- open >y"), "xy");
        for odd in ["<", "</", "<!--", "<p", "&", "&#;", "<script>", "<a href='"] {
            let _ = (text(odd), measure(odd), first(odd, "p"));
        }
    }

    #[test]
    fn depth_counts_what_nests() {
        assert_eq!(measure(&"<div>".repeat(5000)).depth, 5000);
        assert_eq!(measure(&"<p>x".repeat(5000)).depth, 0);
        assert_eq!(measure("<div><b></b></div><div></div>"), Size { depth: 2, elements: 3, attributes: 0 });
    }
}
