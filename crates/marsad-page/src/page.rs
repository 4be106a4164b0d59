//! Explained reports as one self-contained page: no scripts, nothing fetched, right to left.
//!
//! Every coded word links to its card and every value to its words, so that a colleague without
//! Marsad can check the coding in a browser, on paper, or without a network.

use crate::facts::{self, Fact};
use crate::map::map_svg;
use crate::marks::{self, Segment, Words};
use crate::slot::{self, Slot};
use marsad_coder::Reason;
use marsad_model::{Coded, Span, Unreadable};
use std::collections::HashSet;
use std::fmt::{self, Display, Write};

const STYLE: &str = include_str!("page.css");

/// What ends a page.
pub const BOTTOM: &str = "</main></body></html>\n";

/// What begins a page.
pub fn top() -> String {
    let mut legend = String::new();
    for slot in Slot::MARKED {
        let _ = write!(legend, "<li class=\"m {}\">{} <bdi>{}</bdi></li>", slot.class(), slot.arabic(), slot.class());
    }
    format!(
        "<!DOCTYPE html>\n<html lang=\"ar\" dir=\"rtl\"><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"generator\" content=\"marsad {}\"><title>مرصد</title>\n<style>{STYLE}</style></head>\n\
         <body><header><h1>مرصد <bdi>marsad explain</bdi></h1><ul class=\"legend\">{legend}</ul></header><main>\n",
        env!("CARGO_PKG_VERSION")
    )
}

/// One document: its text with links to the cards, and the cards. `number` keeps ids of documents apart.
pub fn section(coded: &Coded, text: &str, reasons: &[Reason], number: usize) -> String {
    let mut out = String::new();
    let document = &coded.document;
    let title = document.title.as_ref().unwrap_or(&document.id);
    let _ = write!(out, "<section id=\"d{number}\"><h2><bdi>{}</bdi></h2><p class=\"about\">", Escaped(title));
    for value in [Some(&document.id), document.published.as_ref(), document.outlet.as_ref()].into_iter().flatten() {
        let _ = write!(out, "<bdi>{}</bdi> ", Escaped(value));
    }
    if let Some(url) = &document.url {
        let link = url.starts_with("https://") || url.starts_with("http://");
        let _ = if link {
            write!(out, "<a href=\"{0}\" rel=\"noreferrer\"><bdi>{0}</bdi></a>", Escaped(url))
        } else {
            write!(out, "<bdi>{}</bdi>", Escaped(url))
        };
    }
    out += "</p>\n";
    for diagnostic in &coded.diagnostics {
        let _ = writeln!(out, "<p class=\"warning\" dir=\"auto\">{}</p>", Escaped(&diagnostic.message));
    }
    out += "<div class=\"both\"><div><article dir=\"rtl\">";
    let mut anchors = HashSet::new();
    for segment in marks::segments(text, marks::of(coded)) {
        piece(&mut out, &segment, coded, number, &mut anchors);
    }
    out += "</article>\n";
    // The one place for a map: drawn elsewhere, put in as it is.
    if let Some(svg) = map_svg(coded) {
        let _ = writeln!(out, "<figure class=\"map\" dir=\"ltr\">{svg}</figure>");
    }
    out += "</div>\n<div class=\"cards\">";
    let words = Words::new(text);
    for index in 0..coded.events.len() {
        card(&mut out, coded, index, reasons, &words, number, &anchors);
    }
    if coded.events.is_empty() {
        out += "<p class=\"none\">لا أحداث <bdi>no events</bdi></p>";
    }
    out += "</div></div></section>\n";
    out
}

/// What stands in the place of a document that could not be read.
pub fn unreadable(error: &Unreadable) -> String {
    let line = error.line.map(|line| format!(":{line}")).unwrap_or_default();
    let (file, error) = (Escaped(&error.file), Escaped(&error.error));
    format!("<section><h2><bdi>{file}{line}</bdi></h2><p class=\"warning\" dir=\"auto\">{error}</p></section>\n")
}

/// A piece of the text. The closest mark gives colour and link; all marks are named in the tooltip.
fn piece(out: &mut String, segment: &Segment<'_>, coded: &Coded, number: usize, anchors: &mut HashSet<u32>) {
    let Some(mark) = segment.marks.first() else {
        let _ = write!(out, "{}", Escaped(segment.text));
        return;
    };
    anchors.insert(segment.start);
    let (class, start, event) = (mark.slot.class(), segment.start, mark.event + 1);
    let _ = write!(out, "<a class=\"m {class}\" id=\"d{number}p{start}\" href=\"#d{number}e{event}\" title=\"");
    for (i, mark) in segment.marks.iter().enumerate() {
        let gap = if i > 0 { "، " } else { "" };
        let _ = write!(out, "{gap}[{}] {} {}", mark.event + 1, mark.slot.arabic(), coded.events[mark.event].action);
    }
    let _ = write!(out, "\">{}</a>", Escaped(segment.text));
    let end = start + u32::try_from(segment.text.chars().count()).unwrap_or(u32::MAX);
    for mark in segment.marks.iter().filter(|mark| mark.slot == Slot::Action && mark.span[1] == end) {
        let _ = write!(out, "<sup><a href=\"#d{number}e{0}\">{0}</a></sup>", mark.event + 1);
    }
}

fn card(out: &mut String, coded: &Coded, index: usize, reasons: &[Reason], words: &Words<'_>, number: usize, anchors: &HashSet<u32>) {
    let event = &coded.events[index];
    let (facts, rest) = facts::of(coded, index, reasons);
    let _ = write!(
        out,
        "<div class=\"card {}\" id=\"d{number}e{}\"><h3><span class=\"number\">{}</span> {} <bdi>{}</bdi></h3><p class=\"about\">{}",
        event.scope,
        index + 1,
        index + 1,
        slot::action(event.action),
        event.action,
        slot::scope(event.scope),
    );
    if let Some(realis) = slot::realis(event.realis) {
        let _ = write!(out, " · {realis}");
    }
    let _ = write!(
        out,
        " · <bdi>{}{}</bdi> · الثقة <bdi>{:.2}</bdi></p><dl>",
        event.scope,
        if slot::realis(event.realis).is_some() { format!(" · {}", event.realis) } else { String::new() },
        event.confidence
    );
    for fact in &facts {
        row(out, fact, words, number, anchors);
    }
    out.push_str("</dl>");
    if !rest.is_empty() {
        out.push_str("<ul class=\"because\">");
        rest.iter().for_each(|reason| because(out, reason, words, Some(reason.slot)));
        out.push_str("</ul>");
    }
    let mode = event.plover.mode.as_deref().unwrap_or_default();
    let _ = writeln!(
        out,
        "<p class=\"codes\" dir=\"ltr\">ACLED {} / {} · PLOVER {} {} · {}</p></div>",
        Escaped(&event.acled.event_type),
        Escaped(&event.acled.sub_event_type),
        Escaped(&event.plover.kind),
        Escaped(mode),
        Escaped(&event.id)
    );
}

fn row(out: &mut String, fact: &Fact<'_>, words: &Words<'_>, number: usize, anchors: &HashSet<u32>) {
    let (class, arabic, label, value) = (fact.slot.class(), fact.arabic, fact.label, Escaped(&fact.value));
    let _ = write!(out, "<dt class=\"{class}\">{arabic} <bdi>{label}</bdi></dt><dd><bdi dir=\"ltr\">{value}</bdi>");
    if let Some((text, span)) = fact.words {
        // Words that lie under a longer mark of their own start where that piece starts.
        let _ = if anchors.contains(&span[0]) {
            write!(out, " <a class=\"m {class}\" href=\"#d{number}p{}\">«{}»</a>", span[0], Escaped(text))
        } else {
            write!(out, " <span class=\"m {class}\">«{}»</span>", Escaped(text))
        };
    }
    if !fact.reasons.is_empty() {
        out.push_str("<ul class=\"because\">");
        fact.reasons.iter().for_each(|reason| because(out, reason, words, None));
        out.push_str("</ul>");
    }
    out.push_str("</dd>");
}

fn because(out: &mut String, reason: &Reason, words: &Words<'_>, slot: Option<&str>) {
    let slot = slot.map(|slot| format!("{slot}: ")).unwrap_or_default();
    let _ = write!(out, "<li><bdi dir=\"ltr\">{slot}<code>{}</code></bdi>", Escaped(&reason.rule));
    let span: Option<Span> = reason.span;
    if let Some(used) = span.map(|span| words.at(span)).filter(|used| !used.is_empty()) {
        let _ = write!(out, " <q>{}</q>", Escaped(used));
    }
    if !reason.value.is_empty() {
        let _ = write!(out, " <bdi>{}</bdi>", Escaped(&reason.value));
    }
    out.push_str("</li>");
}

/// Text that is safe between tags and in quoted attributes. Characters that HTML forbids become U+FFFD.
struct Escaped<'a>(&'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                '\n' | '\t' | '\r' => f.write_char(c)?,
                // Overrides of direction would turn the page's own words around.
                '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {}
                c if c.is_control() => f.write_char('\u{fffd}')?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specimen;

    fn page() -> String {
        let (coded, reasons) = specimen::coded();
        format!("{}{}{BOTTOM}", top(), section(&coded, specimen::TEXT, &reasons, 0))
    }

    #[test]
    fn words_and_cards_link_to_each_other() {
        let page = page();
        assert!(page.contains("id=\"d0p0\" href=\"#d0e1\""), "{page}");
        assert!(page.contains("<div class=\"card incident\" id=\"d0e1\">"));
        for link in page.split("href=\"#").skip(1) {
            let id = link.split('"').next().unwrap();
            assert_eq!(page.matches(&format!("id=\"{id}\"")).count(), 1, "{id}");
        }
        assert!(page.contains("<code>ar/yesterday</code></bdi> <q>أمس</q> <bdi>2022-01-15</bdi>"));
    }

    #[test]
    fn text_is_escaped_and_nothing_is_fetched() {
        let page = page();
        assert!(page.contains("&lt;داعش&gt;") && page.contains("وكالة &lt;b&gt;"));
        assert!(!page.contains("<داعش>") && !page.contains("<b>"));
        for outside in ["src=", "<script", "<link", "url(", "@import"] {
            assert!(!page.contains(outside), "{outside}");
        }
    }

    #[test]
    fn tags_are_balanced() {
        let page = page();
        for tag in ["section", "div", "dl", "dd", "dt", "ul", "li", "a", "bdi", "article", "main", "p", "sup", "span"] {
            let open = page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
            assert_eq!(open, page.matches(&format!("</{tag}>")).count(), "{tag}");
        }
    }
}
