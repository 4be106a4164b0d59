//! Sentences: ranges of tokens.

use crate::token::{Kind, Text};
use std::ops::Range;

/// No sentence has more tokens; a longer one is cut, which keeps every later step linear.
pub const MAX_SENTENCE: usize = 240;

/// The sentences of a text as ranges of its tokens, marks at the end included, line ends left out.
///
/// A line's end, `.`, `!` and `?` end a sentence; not a point inside a number or after a single letter.
pub fn sentences(text: &Text) -> Vec<Range<usize>> {
    let tokens = text.tokens();
    let mut out = Vec::new();
    let mut start = 0;
    let mut i = 0;
    while i < tokens.len() {
        let ends = match tokens[i].kind {
            Kind::Line => true,
            Kind::Mark('!' | '?') => true,
            Kind::Mark('.') => {
                let initial = i > start
                    && tokens[i - 1].kind == Kind::Word
                    && tokens[i - 1].end - tokens[i - 1].start == 1
                    && !tokens[i].spaced
                    && tokens.get(i + 1).is_some_and(|n| matches!(n.kind, Kind::Word | Kind::Mark('(' | ',')));
                let dots = tokens.get(i + 1).is_some_and(|n| n.kind == Kind::Mark('.'));
                !initial && !dots
            }
            _ => i - start + 1 >= MAX_SENTENCE,
        };
        if ends {
            // A closing quote or bracket right after the point still belongs to the sentence.
            let mut end = i + 1;
            if tokens[i].kind == Kind::Line {
                end = i;
            } else {
                while end < tokens.len()
                    && end - start < MAX_SENTENCE
                    && !tokens[end].spaced
                    && matches!(tokens[end].kind, Kind::Mark('"' | ')'))
                {
                    end += 1;
                }
            }
            if start < end {
                out.push(start..end);
            }
            i = end.max(i + 1);
            start = i;
        } else {
            i += 1;
        }
    }
    if start < tokens.len() {
        out.push(start..tokens.len());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokenize;

    #[test]
    fn points_lines_and_initials() {
        let text = tokenize("عنوان\nقال د. سالم إن 3.5 كم.ثم عاد. انتهى");
        let parts: Vec<usize> = sentences(&text).iter().map(|s| s.len()).collect();
        assert_eq!(parts.len(), 4);
        // Initials before an age in brackets.
        assert_eq!(sentences(&tokenize("أصيب الشاب س. م. (25 عاماً) في البلدة.")).len(), 1);
    }

    #[test]
    fn every_token_is_in_one_sentence() {
        let text = tokenize(&"كلمة ".repeat(5000));
        let all: usize = sentences(&text).iter().map(|s| s.len()).sum();
        assert_eq!(all, 5000);
        assert!(sentences(&text).iter().all(|s| s.len() <= MAX_SENTENCE));
    }
}
