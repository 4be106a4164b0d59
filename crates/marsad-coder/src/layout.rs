//! What of a page is the report, and what stands around it.

use crate::scan::Scan;
use marsad_language::Class;
use marsad_text::{Kind, Text};
use std::ops::Range;

/// A line of no more words may only point to another report.
const TEASER: usize = 20;
/// A line of so many words is a paragraph.
const PARAGRAPH: usize = 12;

/// A line of the page.
struct Line {
    /// Its sentences.
    sentences: Range<usize>,
    words: usize,
    /// The mark that it ends with, before a closing quote or bracket.
    ends: Option<char>,
    /// Whether a mark or number opens it, as in a list, or a link or tag of another script closes it, as in a post.
    item: bool,
}

/// What a sentence is on its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// A headline or caption over the report, which tells nothing that the report does not.
    Heading,
    Body,
    /// The page's own matter, or the headline of another report.
    Other,
}

/// What each sentence is on the page, and the line of a list that it stands in.
pub(crate) fn read(scan: &Scan, text: &Text) -> (Vec<Part>, Vec<Option<usize>>) {
    let lines = lines(scan, text);
    (parts(scan, text, &lines), items(scan, &lines))
}

/// The page's other matter begins at the first short line that opens like it, past the head. Where paragraphs end with a
/// full stop, a short line among them without one is the headline of another report.
fn parts(scan: &Scan, text: &Text, lines: &[Line]) -> Vec<Part> {
    let end = tail(scan, text, lines);
    let mut out: Vec<Part> = (0..scan.sentences.len()).map(|n| if n < end { Part::Body } else { Part::Other }).collect();
    let Some(body) = lines.iter().position(|l| l.words >= PARAGRAPH && closed(l)) else { return out };
    for line in lines[..body].iter().filter(|l| l.ends.is_none() && l.words <= TEASER) {
        out[line.sentences.clone()].fill(Part::Heading);
    }
    let paragraphs = || lines[body..].iter().filter(|l| l.words >= PARAGRAPH && l.sentences.start < end);
    let (all, stopped) = (paragraphs().count(), paragraphs().filter(|l| closed(l)).count());
    if stopped < 2 || stopped * 5 < all * 3 {
        return out;
    }
    for w in lines[body..].windows(2) {
        let [before, line] = w else { continue };
        let opened = matches!(before.ends, Some(':' | ',' | ';' | '-')) || before.item;
        if line.ends.is_none() && !line.item && !opened && (3..=TEASER).contains(&line.words) {
            out[line.sentences.clone()].fill(Part::Other);
        }
    }
    out
}

/// A list has so many lines.
const LIST: usize = 3;

/// The line of each sentence, where its document is a list: a bulletin tells another happening in every line.
fn items(scan: &Scan, lines: &[Line]) -> Vec<Option<usize>> {
    let marked = |l: &&Line| {
        let first = scan.sentences.get(l.sentences.start).and_then(|s| scan.items.get(s.start));
        first.is_some_and(|i| matches!(i.kind, Kind::Mark('-') | Kind::Number) || matches!(i.kind, Kind::Mark(m) if !m.is_ascii()))
    };
    let mut out = vec![None; scan.sentences.len()];
    if lines.iter().filter(marked).count() >= LIST {
        for (n, line) in lines.iter().enumerate().filter(|(_, l)| marked(l)) {
            out[line.sentences.clone()].fill(Some(n));
        }
    }
    out
}

/// Whether a line ends as sentences do.
fn closed(line: &Line) -> bool {
    matches!(line.ends, Some('.' | '!' | '?'))
}

/// The sentence from which the page's other matter follows. What stands before most of the paragraphs is no end, but a box
/// among them.
fn tail(scan: &Scan, text: &Text, lines: &[Line]) -> usize {
    let told = |l: &&Line| l.words >= 2 * PARAGRAPH && closed(l);
    let all: usize = lines.iter().filter(told).map(|l| l.words).sum();
    let before = |n: usize| -> usize { lines.iter().filter(told).take_while(|l| l.sentences.start < n).map(|l| l.words).sum() };
    let tokens = text.tokens();
    for (n, sentence) in scan.sentences.iter().enumerate().skip(2) {
        let items = &scan.items[sentence.clone()];
        // «9 ساعات مضت»: how old the headline is that follows.
        let counted = usize::from(items.first().is_some_and(|i| i.kind == Kind::Number));
        let Some(first) = items.get(counted).filter(|i| scan.is(i, Class::Tail)) else { continue };
        let words = items.iter().filter(|i| i.kind == Kind::Word).count();
        let opening = items[0].start as usize;
        let line = opening == 0 || tokens[opening - 1].kind == Kind::Line;
        let phrase = first.end - first.start > 1;
        if line && (words <= if phrase { 5 } else { 1 }) && before(n) * 2 >= all {
            return n;
        }
    }
    scan.sentences.len()
}

/// The lines of the page that hold sentences.
fn lines(scan: &Scan, text: &Text) -> Vec<Line> {
    let tokens = text.tokens();
    let mut out: Vec<Line> = Vec::new();
    for (n, sentence) in scan.sentences.iter().enumerate() {
        let items = &scan.items[sentence.clone()];
        let (Some(first), Some(last)) = (items.first(), items.last()) else { continue };
        let opens = first.start == 0 || tokens[..first.start as usize].last().is_some_and(|t| t.kind == Kind::Line);
        let words = items.iter().map(|i| if i.kind == Kind::Word { (i.end - i.start) as usize } else { 0 }).sum();
        let mark = |k: &Kind| if let Kind::Mark(m) = k { Some(*m) } else { None };
        let rest = &tokens[first.start as usize..];
        let ends = rest.iter().take_while(|t| t.kind != Kind::Line).take((last.end - first.start) as usize + 3);
        let ends = ends.filter(|t| !matches!(t.kind, Kind::Mark('"' | ')'))).last().and_then(|t| mark(&t.kind));
        let post = last.kind == Kind::Foreign;
        match out.last_mut().filter(|_| !opens) {
            Some(line) => {
                line.item |= post;
                line.sentences.end = n + 1;
                line.words += words;
                line.ends = ends;
            }
            None => {
                let item = matches!(first.kind, Kind::Mark(_) | Kind::Number) || first.hashed || post;
                out.push(Line { sentences: n..n + 1, words, ends, item });
            }
        }
    }
    out
}
