//! Inflection by paradigms that the pack writes down.

use crate::source;
use marsad_text::fold_str;
use serde::{Deserialize, Serialize};

/// What a word form tells beyond its lemma: a set of flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Inflection(pub u16);

impl Inflection {
    /// Grammatical singular.
    pub const SINGULAR: u16 = 1;
    /// Dual.
    pub const DUAL: u16 = 2;
    /// Plural.
    pub const PLURAL: u16 = 4;
    /// Feminine.
    pub const FEMININE: u16 = 8;
    /// A past verb form.
    pub const PAST: u16 = 16;
    /// A present verb form.
    pub const PRESENT: u16 = 32;
    /// Only before an enclitic pronoun.
    pub const BOUND: u16 = 64;
    /// Accusative or genitive, or before a genitive.
    pub const OBLIQUE: u16 = 128;
    /// The verb's subject suffers.
    pub const PASSIVE: u16 = 256;
    /// A noun (or participle) for the people whom it befell.
    pub const PEOPLE: u16 = 512;
    /// An event noun.
    pub const NOUN: u16 = 1024;
    /// A phrase as it stands.
    pub const PHRASE: u16 = 2048;
    /// An adjective.
    pub const ADJECTIVE: u16 = 4096;
    /// Takes no genitive: by its ending it is not in the construct state.
    pub const ABSOLUTE: u16 = 8192;

    /// Whether all the flags are set.
    pub const fn has(self, flags: u16) -> bool {
        self.0 & flags == flags
    }
    /// Whether one of the flags is set.
    pub const fn any(self, flags: u16) -> bool {
        self.0 & flags != 0
    }
    /// Whether it is a form of a verb.
    pub const fn is_verb(self) -> bool {
        self.any(Self::PAST | Self::PRESENT)
    }

    fn parse(features: &str) -> Option<u16> {
        let mut out = 0;
        for word in features.split_whitespace() {
            out |= match word {
                "singular" => Self::SINGULAR,
                "dual" => Self::DUAL,
                "plural" => Self::PLURAL,
                "feminine" => Self::FEMININE,
                "past" => Self::PAST,
                "present" => Self::PRESENT,
                "bound" => Self::BOUND,
                "oblique" => Self::OBLIQUE,
                "absolute" => Self::ABSOLUTE,
                _ => return None,
            };
        }
        Some(out)
    }
}

struct Paradigm {
    of: String,
    ends: Vec<String>,
    cut: usize,
    forms: Vec<(String, String, u16)>,
}

/// The paradigms of a pack.
#[derive(Default)]
pub struct Morphology {
    paradigms: Vec<Paradigm>,
}

impl Morphology {
    pub(crate) fn add(&mut self, source: source::Paradigm) -> Result<(), String> {
        let mut forms = Vec::new();
        for form in source.forms {
            let features = Inflection::parse(&form.features).ok_or_else(|| format!("unknown feature in «{}»", form.features))?;
            forms.push((form.before, form.after, features));
        }
        self.paradigms.push(Paradigm { of: source.of, ends: source.ends, cut: source.cut, forms });
        Ok(())
    }

    /// Calls `each` with every form (folded) of `word` by the first paradigm of that name whose ending fits.
    fn expand(&self, of: &str, word: &str, each: &mut impl FnMut(String, u16)) -> bool {
        let Some(paradigm) =
            self.paradigms.iter().find(|p| p.of == of && (p.ends.is_empty() || p.ends.iter().any(|e| word.ends_with(e.as_str()))))
        else {
            return false;
        };
        let letters: Vec<char> = word.chars().collect();
        let base: String = letters[..letters.len().saturating_sub(paradigm.cut)].iter().collect();
        for (before, after, features) in &paradigm.forms {
            // A form may drop the first letter of the citation form: «-» in `before` marks it.
            let form = match before.strip_prefix('-') {
                Some(prefix) => format!("{prefix}{}{after}", base.chars().skip(1).collect::<String>()),
                None => format!("{before}{base}{after}"),
            };
            each(fold_str(&form), *features);
        }
        true
    }

    /// All forms of a noun in the notation of `languages/FORMAT.md`.
    pub fn noun(&self, notation: &str, each: &mut impl FnMut(String, u16)) -> Result<(), String> {
        let notation = notation.trim();
        if notation.contains(char::is_whitespace) {
            return Err("a noun is one word; put phrases under `phrases`".into());
        }
        let (head, broken) = match notation.split_once('/') {
            Some((head, rest)) => (head, rest.split('/').collect::<Vec<_>>()),
            None => (notation, Vec::new()),
        };
        let mut parts = head.split('+');
        let singular = parts.next().unwrap_or_default();
        if singular.chars().count() < 2 {
            return Err("a word has at least two letters".into());
        }
        let missing = |name: &str| format!("no paradigm `{name}` fits «{notation}»");
        if !self.expand("noun", singular, each) {
            return Err(missing("noun"));
        }
        for part in parts {
            let paradigm = format!("noun+{part}");
            if !self.expand(&paradigm, singular, each) {
                return Err(missing(&paradigm));
            }
        }
        for plural in broken {
            let plural = plural.split('+').next().unwrap_or(plural);
            let paradigm = if inserts(singular, plural) { "inner plural" } else { "plural" };
            if !self.expand(paradigm, plural, each) {
                return Err(missing(paradigm));
            }
        }
        Ok(())
    }

    /// All forms of an event noun without a plural.
    pub fn masdar(&self, word: &str, each: &mut impl FnMut(String, u16)) -> Result<(), String> {
        if self.expand("masdar", word, each) { Ok(()) } else { Err(format!("no paradigm `masdar` fits «{word}»")) }
    }

    /// All forms of an adjective, given in the masculine singular.
    pub fn adjective(&self, word: &str, each: &mut impl FnMut(String, u16)) -> Result<(), String> {
        let word = word.split(['/', '+']).next().unwrap_or(word).trim();
        if self.expand("adjective", word, each) { Ok(()) } else { Err(format!("no paradigm `adjective` fits «{word}»")) }
    }

    /// All forms of a verb, given as `past present`.
    pub fn verb(&self, notation: &str, each: &mut impl FnMut(String, u16)) -> Result<(), String> {
        let mut parts = notation.split_whitespace();
        let (Some(past), Some(present), None) = (parts.next(), parts.next(), parts.next()) else {
            return Err("a verb is written `past present`".into());
        };
        if !self.expand("past", past, &mut |f, x| each(f, x | Inflection::PAST)) {
            return Err(format!("no paradigm `past` fits «{past}»"));
        }
        if !self.expand("present", present, &mut |f, x| each(f, x | Inflection::PRESENT)) {
            return Err(format!("no paradigm `present` fits «{present}»"));
        }
        Ok(())
    }
}
/// Whether a plural puts one letter before the last one of its singular, so that its ending is no ending of a sound plural.
fn inserts(singular: &str, plural: &str) -> bool {
    let (one, many): (Vec<char>, Vec<char>) = (singular.chars().collect(), plural.chars().collect());
    one.len() > 2 && many.len() == one.len() + 1 && one[..one.len() - 1] == many[..one.len() - 1] && one.last() == many.last()
}
