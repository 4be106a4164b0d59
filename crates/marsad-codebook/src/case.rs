//! What a page of the codebook says must come out of a sentence.

use jiff::civil::Date;
use marsad_model::{Action, Certainty, Group, ObjectClass, Outcome, Realis, Role, Scope, WeaponClass};
use std::fmt;

/// A sentence of the codebook and what must come out of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// The page, as named to the reader (`codebook/airstrike.md`).
    pub file: String,
    /// The line of the block's fence, from 1.
    pub line: usize,
    /// Day of publication.
    pub published: Date,
    /// The sentence.
    pub text: String,
    /// What must come out.
    pub expect: Expectation,
}

/// What must come out of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum Expectation {
    /// No event at all.
    Nothing,
    /// No event of scope `incident`.
    NoIncident,
    /// These events, and no other of scope `incident`.
    Events(Vec<Expected>),
}

/// One event that must come out. A slot that is `None` or empty is not checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Expected {
    /// The line of its action, from 1.
    pub line: usize,
    /// What was done.
    pub action: Action,
    /// How it stands to the document.
    pub scope: Scope,
    /// Whether it is told as having happened.
    pub realis: Realis,
    /// First and last day.
    pub when: Option<(Date, Date)>,
    /// Names of the places.
    pub places: Option<Vec<String>>,
    /// Participants; a role that occurs is checked whole.
    pub parties: Vec<Party>,
    /// Weapons.
    pub weapons: Vec<WeaponClass>,
    /// Objects.
    pub objects: Vec<ObjectClass>,
    /// Casualties; an outcome that occurs is checked whole.
    pub tolls: Vec<Toll>,
    /// Words of the sources, nearest first.
    pub attribution: Option<Vec<String>>,
    /// The action of the event that this one answers.
    pub response_to: Option<Action>,
}

impl Expected {
    /// An event of an action with no slot to check.
    pub fn new(line: usize, action: Action) -> Self {
        Expected {
            line,
            action,
            scope: Scope::Incident,
            realis: Realis::Actual,
            when: None,
            places: None,
            parties: Vec::new(),
            weapons: Vec::new(),
            objects: Vec::new(),
            tolls: Vec::new(),
            attribution: None,
            response_to: None,
        }
    }
}

/// A participant that must come out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// The part it takes.
    pub role: Role,
    /// Actor id.
    pub actor: String,
    /// How surely, where it matters.
    pub certainty: Option<Certainty>,
}

impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.actor)?;
        self.certainty.map_or(Ok(()), |c| write!(f, " {c}"))
    }
}

/// A row of casualties that must come out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toll {
    /// What became of them.
    pub outcome: Outcome,
    /// Who they are.
    pub group: Group,
    /// How many.
    pub amount: Amount,
}

impl fmt::Display for Toll {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.group, self.amount)
    }
}

/// A number in the notation of the codebook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// `5`: low, best and high.
    Exactly(u32),
    /// `5..`: low and best, no high.
    AtLeast(u32),
    /// `6+`: low, no best.
    From(u32),
    /// `5..7`: low and high, no best.
    Between(u32, u32),
}

impl Amount {
    /// Reads the notation.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(low) = text.strip_suffix('+') {
            return low.parse().ok().map(Amount::From);
        }
        match text.split_once("..") {
            None => text.parse().ok().map(Amount::Exactly),
            Some((low, "")) => low.parse().ok().map(Amount::AtLeast),
            Some((low, high)) => {
                let (low, high) = (low.parse().ok()?, high.parse().ok()?);
                (low < high).then_some(Amount::Between(low, high))
            }
        }
    }

    /// Whether a record's three numbers say the same.
    pub fn fits(self, low: Option<u32>, best: Option<u32>, high: Option<u32>) -> bool {
        match self {
            Amount::Exactly(n) => [low, best, high] == [Some(n); 3],
            Amount::AtLeast(n) => [low, best, high] == [Some(n), Some(n), None],
            Amount::From(n) => low == Some(n) && best.is_none(),
            Amount::Between(from, to) => [low, best, high] == [Some(from), None, Some(to)],
        }
    }

    /// A record's three numbers in words as near to the notation as they allow.
    pub fn show(low: Option<u32>, best: Option<u32>, high: Option<u32>) -> String {
        let number = |n: Option<u32>| n.map_or_else(|| "-".to_owned(), |n| n.to_string());
        match (low, best, high) {
            (Some(l), Some(b), Some(h)) if l == b && b == h => l.to_string(),
            (Some(l), Some(b), None) if l == b => format!("{l}.."),
            (Some(l), None, None) => format!("{l}+"),
            (Some(l), None, Some(h)) => format!("{l}..{h}"),
            _ => format!("{}/{}/{}", number(low), number(best), number(high)),
        }
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Amount::Exactly(n) => write!(f, "{n}"),
            Amount::AtLeast(n) => write!(f, "{n}.."),
            Amount::From(n) => write!(f, "{n}+"),
            Amount::Between(low, high) => write!(f, "{low}..{high}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Amount;

    #[test]
    fn notation_of_amounts() {
        for text in ["5", "5..", "6+", "5..7"] {
            assert_eq!(Amount::parse(text).map(|a| a.to_string()).as_deref(), Some(text));
        }
        for text in ["", "many", "7..5", "+", "..", "5.", "-1"] {
            assert_eq!(Amount::parse(text), None, "{text}");
        }
    }

    #[test]
    fn amounts_fit_the_three_numbers() {
        assert!(Amount::Exactly(5).fits(Some(5), Some(5), Some(5)));
        assert!(!Amount::Exactly(5).fits(Some(5), Some(5), None));
        assert!(Amount::AtLeast(5).fits(Some(5), Some(5), None));
        assert!(Amount::From(20).fits(Some(20), None, None));
        assert!(Amount::Between(5, 7).fits(Some(5), None, Some(7)));
        assert_eq!(Amount::show(Some(20), None, None), "20+");
        assert_eq!(Amount::show(None, Some(3), None), "-/3/-");
    }
}
