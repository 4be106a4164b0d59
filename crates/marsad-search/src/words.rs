//! Words and phrases that are looked for.

use crate::parts::indexed;
use marsad_text::{Kind, Text, Token, tokenize};

/// More terms than this make no search.
const TERMS: usize = 64;
/// More words than this make no phrase.
const PHRASE: usize = 32;

/// Why words cannot be looked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WordsError {
    /// There is nothing but marks.
    #[error("there is no word in {0:?} to look for")]
    Nothing(String),
    /// Everything would be left out, nothing looked for.
    #[error("{0:?} only says what to leave out; add a word to look for")]
    OnlyUnwanted(String),
    /// More than anybody means.
    #[error("this is too long to look for; give at most {TERMS} words, and phrases of at most {PHRASE}")]
    TooLong,
}

/// A word or phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    /// How its first word may be written: as given, and with what is written together with it.
    pub first: Vec<String>,
    /// Its other words.
    pub rest: Vec<String>,
    /// Whether words that begin with its last word are meant, too.
    pub open: bool,
}

/// What is looked for in texts.
///
/// Words stand together in a text in any order; a phrase is in quotes; `word*` is a beginning; `-word` must not be there.
/// What is written without a space between (`a-b`) is a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub(crate) wanted: Vec<Term>,
    pub(crate) unwanted: Vec<Term>,
}

impl Words {
    /// Reads what somebody typed. A word is also found with one of `proclitics` written before it.
    ///
    /// # Errors
    ///
    /// Where nothing is left that could be looked for.
    pub fn read(typed: &str, proclitics: &[String]) -> Result<Self, WordsError> {
        let text = tokenize(typed);
        let mut words = Self { wanted: Vec::new(), unwanted: Vec::new() };
        let mut open: Option<(Vec<String>, bool)> = None;
        let mut quoted = false;
        let mut minus = false;
        let tokens = text.tokens();
        for (n, token) in tokens.iter().enumerate() {
            let star = |token: &Token| token.kind == Kind::Mark('-') && typed[token.byte_start as usize..].starts_with('*');
            match token.kind {
                Kind::Mark('"') => {
                    words.take(open.take(), false, proclitics)?;
                    quoted = !quoted;
                    if quoted {
                        open = Some((Vec::new(), std::mem::take(&mut minus)));
                    }
                }
                Kind::Mark('-') if !quoted && token.spaced && !star(token) => {
                    words.take(open.take(), false, proclitics)?;
                    minus = tokens.get(n + 1).is_some_and(|next| !next.spaced);
                }
                Kind::Mark('-') if star(token) && !token.spaced => {
                    let closed = open.take();
                    if quoted {
                        open = Some((Vec::new(), false));
                    }
                    words.take(closed, true, proclitics)?;
                }
                _ => {
                    let Some(word) = indexed(token.kind, text.folded(token)) else { continue };
                    if !quoted && token.spaced {
                        words.take(open.take(), false, proclitics)?;
                    }
                    open.get_or_insert_with(|| (Vec::new(), std::mem::take(&mut minus))).0.push(word.into_owned());
                }
            }
        }
        words.take(open, false, proclitics)?;
        match (words.wanted.is_empty(), words.unwanted.is_empty()) {
            (true, true) => Err(WordsError::Nothing(typed.to_owned())),
            (true, false) => Err(WordsError::OnlyUnwanted(typed.to_owned())),
            _ => Ok(words),
        }
    }

    /// A term is complete.
    fn take(&mut self, term: Option<(Vec<String>, bool)>, open: bool, proclitics: &[String]) -> Result<(), WordsError> {
        let Some((words, unwanted)) = term else { return Ok(()) };
        let mut words = words.into_iter();
        let Some(first) = words.next() else { return Ok(()) };
        let rest: Vec<String> = words.collect();
        if rest.len() >= PHRASE || self.wanted.len() + self.unwanted.len() >= TERMS {
            return Err(WordsError::TooLong);
        }
        let mut written = vec![first.clone()];
        if first.chars().all(|letter| !letter.is_ascii()) {
            written.extend(proclitics.iter().filter(|before| !before.is_empty()).map(|before| format!("{before}{first}")));
        }
        written.dedup();
        let term = Term { first: written, rest, open };
        if unwanted { &mut self.unwanted } else { &mut self.wanted }.push(term);
        Ok(())
    }

    /// The words wanted, as FTS5 of SQLite is asked for them.
    pub fn fts5(&self) -> String {
        joined(&self.wanted, Term::fts5, " AND ")
    }

    /// The words that must not be there, any of them, as FTS5 is asked for them.
    pub fn fts5_unwanted(&self) -> Option<String> {
        (!self.unwanted.is_empty()).then(|| joined(&self.unwanted, Term::fts5, " OR "))
    }

    /// The words wanted, as a `tsquery` of PostgreSQL.
    pub fn tsquery(&self) -> String {
        joined(&self.wanted, Term::tsquery, " & ")
    }

    /// The words that must not be there, any of them, as a `tsquery`.
    pub fn tsquery_unwanted(&self) -> Option<String> {
        (!self.unwanted.is_empty()).then(|| joined(&self.unwanted, Term::tsquery, " | "))
    }

    /// Where the words stand in a text: the number of the term and the bytes, in order, without overlaps.
    pub(crate) fn find(&self, text: &Text) -> Vec<(usize, usize, usize)> {
        let tokens: Vec<_> = text.tokens().iter().filter_map(|t| indexed(t.kind, text.folded(t)).map(|word| (word, t))).collect();
        let mut found: Vec<(usize, usize, usize)> = Vec::new();
        for n in 0..tokens.len() {
            for (which, term) in self.wanted.iter().enumerate() {
                let Some(span) = tokens.get(n..n + 1 + term.rest.len()) else { continue };
                let last = term.rest.len();
                let fits = |m: usize, word: &str| span[m].0 == word || (term.open && m == last && span[m].0.starts_with(word));
                if term.first.iter().any(|word| fits(0, word)) && term.rest.iter().enumerate().all(|(m, word)| fits(m + 1, word)) {
                    let (start, end) = (span[0].1.byte_start as usize, span[last].1.byte_end as usize);
                    if found.last().is_none_or(|before| before.2 <= start) {
                        found.push((which, start, end));
                    }
                }
            }
        }
        found
    }
}

fn joined(terms: &[Term], written: fn(&Term) -> String, by: &str) -> String {
    terms.iter().map(written).collect::<Vec<_>>().join(by)
}

impl Term {
    fn fts5(&self) -> String {
        let star = if self.open { " *" } else { "" };
        let rest: String = self.rest.iter().map(|word| format!(" {word}")).collect();
        let phrases: Vec<String> =
            self.first.iter().map(|first| format!("\"{}\"{star}", format!("{first}{rest}").replace('"', "\"\""))).collect();
        format!("({})", phrases.join(" OR "))
    }

    fn tsquery(&self) -> String {
        let star = |last: bool| if self.open && last { ":*" } else { "" };
        let rest: String =
            (self.rest.iter().enumerate()).map(|(n, word)| format!(" <-> {}{}", lexeme(word), star(n + 1 == self.rest.len()))).collect();
        let first: Vec<String> = self.first.iter().map(|word| format!("{}{}", lexeme(word), star(self.rest.is_empty()))).collect();
        format!("(({}){rest})", first.join(" | "))
    }
}

/// A word as PostgreSQL writes it in `tsvector` and `tsquery`.
pub(crate) fn lexeme(word: &str) -> String {
    format!("'{}'", word.replace('\\', "\\\\").replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &str) -> Words {
        Words::read(typed, &[]).unwrap()
    }

    #[test]
    fn spellings_meet() {
        assert_eq!(read("إِدْلِب"), read("ادلب"));
        assert_eq!(read("«قصف مدفعي»"), read("\"قصف  مدفعي\""));
        assert_eq!(read("خان-شيخون"), read("\"خان شيخون\""));
    }

    #[test]
    fn what_was_typed_becomes_terms() {
        assert_eq!(read("قصف \"ريف حلب\" -هدنة مدف*").fts5(), "(\"قصف\") AND (\"ريف حلب\") AND (\"مدف\" *)");
        assert_eq!(read("قصف -هدنة").fts5_unwanted().unwrap(), "(\"هدنه\")");
        assert_eq!(read("قصف -\"هدنة إنسانية\"").tsquery_unwanted().unwrap(), "(('هدنه') <-> 'انسانيه')");
        assert_eq!(read("\"ريف حل*\"").tsquery(), "(('ريف') <-> 'حل':*)");
        let with = Words::read("قصف", &["و".into(), "بال".into()]).unwrap();
        assert_eq!(
            (with.fts5().as_str(), with.tsquery().as_str()),
            ("(\"قصف\" OR \"وقصف\" OR \"بالقصف\")", "(('قصف' | 'وقصف' | 'بالقصف'))")
        );
        assert!(matches!(Words::read("-هدنة", &[]), Err(WordsError::OnlyUnwanted(_))));
        assert!(matches!(Words::read(" \"* - ' ; ", &[]), Err(WordsError::Nothing(_))));
        assert!(matches!(Words::read(&"a ".repeat(70), &[]), Err(WordsError::TooLong)));
        assert!(matches!(Words::read(&format!("\"{}\"", "a ".repeat(70)), &[]), Err(WordsError::TooLong)));
    }

    proptest::proptest! {
        /// Whatever is typed, quotes are closed, and nothing stands outside of them but our own marks.
        #[test]
        fn nothing_typed_is_read_as_syntax(typed in "\\PC*") {
            if let Ok(words) = Words::read(&typed, &["و".into()]) {
                for (written, quote) in [(words.fts5(), '"'), (words.tsquery(), '\'')] {
                    let pieces: Vec<&str> = written.split(quote).collect();
                    assert_eq!(pieces.len() % 2, 1, "{written}");
                    for outside in pieces.iter().step_by(2) {
                        assert!(outside.replace("AND", "").replace("OR", "").chars().all(|c| " ()&|*:<->".contains(c)), "{written}");
                    }
                    for inside in pieces.iter().skip(1).step_by(2) {
                        assert!(inside.chars().all(|c| c == ' ' || c == '.' || c.is_alphanumeric() || c.is_alphabetic() || !c.is_ascii()), "{written}");
                    }
                }
            }
        }
    }
}
