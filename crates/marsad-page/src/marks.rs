//! The coded words in the text: where marks begin, end and overlap.

use crate::slot::Slot;
use marsad_model::{Coded, Event, Span};

/// Coded words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Index of the event.
    pub event: usize,
    /// What the words are to it.
    pub slot: Slot,
    /// Where they stand.
    pub span: Span,
}

/// A piece of the text within which the marks do not change.
#[derive(Debug, PartialEq, Eq)]
pub struct Segment<'t> {
    /// The piece.
    pub text: &'t str,
    /// Position of its first code point.
    pub start: u32,
    /// The marks over it, the closest (shortest) first.
    pub marks: Vec<Mark>,
}

/// Looks words up by their span.
pub struct Words<'t> {
    text: &'t str,
    /// Byte of every [`STEP`]th code point.
    steps: Vec<usize>,
}

/// So many code points are walked at most to find a position.
const STEP: usize = 64;

impl<'t> Words<'t> {
    /// The words of a text.
    pub fn new(text: &'t str) -> Self {
        Self { text, steps: text.char_indices().step_by(STEP).map(|(byte, _)| byte).collect() }
    }

    /// The words of a span; empty beyond the text.
    pub fn at(&self, span: Span) -> &'t str {
        let (start, end) = (self.byte(span[0]), self.byte(span[1]));
        self.text.get(start..end).unwrap_or_default()
    }

    fn byte(&self, position: u32) -> usize {
        let position = position as usize;
        let Some(&step) = self.steps.get(position / STEP) else { return self.text.len() };
        self.text[step..].char_indices().nth(position % STEP).map_or(self.text.len(), |(byte, _)| step + byte)
    }
}

/// So many marks over one piece are kept; no page can show more.
const DEEPEST: usize = 16;

/// All marks of a document.
pub fn of(coded: &Coded) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (event, coded) in coded.events.iter().enumerate() {
        of_event(coded, |slot, span| {
            if span[0] < span[1] {
                marks.push(Mark { event, slot, span });
            }
        });
    }
    marks
}

fn of_event(event: &Event, mut mark: impl FnMut(Slot, Span)) {
    mark(Slot::Action, event.trigger.span);
    event.participants.iter().for_each(|p| mark(Slot::of_role(p.role), p.span));
    event.weapons.iter().for_each(|w| mark(Slot::Weapon, w.span));
    event.objects.iter().for_each(|o| mark(Slot::Object, o.span));
    event.casualties.iter().for_each(|c| mark(Slot::Harm, c.span));
    event.when.span.into_iter().for_each(|span| mark(Slot::When, span));
    event.places.iter().for_each(|place| mark(Slot::Where, place.span));
    event.attribution.iter().for_each(|a| mark(Slot::Source, a.span));
}

/// Cuts the text at every beginning and end of a mark. Joined, the pieces are the text.
pub fn segments<'t>(text: &'t str, mut marks: Vec<Mark>) -> Vec<Segment<'t>> {
    marks.sort_by_key(|mark| (mark.span[0], mark.span[1], mark.event, mark.slot));
    let mut cuts: Vec<u32> = marks.iter().flat_map(|mark| mark.span).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut segments = Vec::new();
    let mut open: Vec<Mark> = Vec::new();
    let (mut waiting, mut cuts) = (marks.into_iter().peekable(), cuts.into_iter().filter(|&cut| cut > 0).peekable());
    let (mut from_byte, mut from) = (0, 0_u32);
    let mut cut_here = |to_byte: usize, to: u32, from_byte: &mut usize, from: &mut u32| {
        open.retain(|mark| mark.span[1] > *from);
        while let Some(mark) = waiting.next_if(|mark| mark.span[0] <= *from) {
            if mark.span[1] > *from && open.len() < DEEPEST {
                open.push(mark);
            }
        }
        if to_byte > *from_byte {
            let mut marks = open.clone();
            marks.sort_by_key(|mark| (mark.span[1] - mark.span[0], mark.event, mark.slot));
            segments.push(Segment { text: &text[*from_byte..to_byte], start: *from, marks });
        }
        (*from_byte, *from) = (to_byte, to);
    };
    let mut count = 0_u32;
    for (position, (byte, _)) in (0_u32..).zip(text.char_indices()) {
        if cuts.next_if_eq(&position).is_some() {
            cut_here(byte, position, &mut from_byte, &mut from);
        }
        count = position + 1;
    }
    cut_here(text.len(), count, &mut from_byte, &mut from);
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(event: usize, start: u32, end: u32) -> Mark {
        Mark { event, slot: Slot::Action, span: [start, end] }
    }

    fn show(text: &str, marks: Vec<Mark>) -> Vec<String> {
        let segments = segments(text, marks);
        assert_eq!(segments.iter().map(|s| s.text).collect::<String>(), text);
        segments.iter().map(|s| format!("{}:{}{:?}", s.start, s.text, s.marks.iter().map(|m| m.event).collect::<Vec<_>>())).collect()
    }

    #[test]
    fn overlaps_are_cut_and_the_closest_comes_first() {
        assert_eq!(
            show("قصف على بلدة", vec![mark(1, 0, 12), mark(2, 4, 7), mark(3, 6, 9)]),
            ["0:قصف [1]", "4:عل[2, 1]", "6:ى[2, 3, 1]", "7: ب[3, 1]", "9:لدة[1]"]
        );
    }

    #[test]
    fn words_are_found_by_their_span() {
        let text = "قصف على بلدة ".repeat(50);
        let words = Words::new(&text);
        assert_eq!(words.at([0, 3]), "قصف");
        assert_eq!(words.at([13 * 40 + 4, 13 * 40 + 7]), "على");
        assert_eq!((words.at([640, 900]).chars().count(), words.at([900, 901]), words.at([5, 2])), (10, "", ""));
    }

    #[test]
    fn spans_beyond_the_text_do_no_harm() {
        assert_eq!(show("قصف", vec![mark(1, 1, 99), mark(2, 50, 60)]), ["0:ق[]", "1:صف[1]"]);
        assert_eq!(show("", vec![mark(1, 0, 5)]), [""; 0]);
    }
}
