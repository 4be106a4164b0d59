//! A pack made ready to run: lookups of forms and phrases.

use crate::morphology::Inflection;
use crate::pack::{Needs, Pack, Sense};
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

/// One way to read a written word: clitics around a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The form's id.
    pub form: u32,
    /// Proclitics, a set of the flags of [`Reading`].
    pub before: u8,
    /// Whether an enclitic pronoun follows.
    pub after: bool,
}

impl Reading {
    /// The article.
    pub const ARTICLE: u8 = 1;
    /// A conjunction, slot 1 of the pack's proclitics.
    pub const AND: u8 = 2;
    /// First letter of slot 2: "by, with, in".
    pub const BY: u8 = 4;
    /// Second letter of slot 2: "for, to, of".
    pub const TO: u8 = 8;
    /// Third letter of slot 2: "like".
    pub const LIKE: u8 = 16;
    /// Fourth letter of slot 2: the future.
    pub const WILL: u8 = 32;
    /// A question, slot 0.
    pub const ASK: u8 = 64;
}

/// The readings of a written word, fewest clitics first.
pub type Readings = SmallVec<[Reading; 3]>;

/// A sense found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    /// The sense.
    pub sense: Sense,
    /// The form's inflection.
    pub inflection: Inflection,
    /// Proclitics of the first token.
    pub before: u8,
    /// Whether the word bears an enclitic pronoun.
    pub after: bool,
}

/// A pack made ready to run.
pub struct Lexicon {
    pack: Pack,
    forms: FxHashMap<Box<str>, u32>,
    edges: FxHashMap<u64, u32>,
    /// The forms that lead on from each node, as bits of [`form_bit`].
    leaving: Vec<u64>,
    split: FxHashSet<u32>,
    /// Nodes with an edge to one of `split`.
    apart: FxHashSet<u32>,
    /// Forms on edges that do not begin at the root.
    inner: FxHashSet<u32>,
    /// The frame of lines without a verb.
    line: Option<u32>,
}

const fn key(node: u32, form: u32) -> u64 {
    (node as u64) << 32 | form as u64
}

/// One of 64 bits for a form, by which it is sieved (see [`Lexicon::leaving`]).
pub const fn form_bit(form: u32) -> u64 {
    1 << (form.wrapping_mul(0x9e37_79b9) >> 26)
}

impl Lexicon {
    /// Prepares a pack.
    pub fn new(mut pack: Pack) -> Self {
        let mut forms = FxHashMap::with_capacity_and_hasher(pack.forms.len(), Default::default());
        for (id, form) in std::mem::take(&mut pack.forms).into_iter().enumerate() {
            forms.insert(form.into_boxed_str(), id as u32);
        }
        let mut edges = FxHashMap::with_capacity_and_hasher(pack.edges.len(), Default::default());
        let split: FxHashSet<u32> = std::mem::take(&mut pack.split).into_iter().collect();
        let (mut apart, mut inner) = (FxHashSet::default(), FxHashSet::default());
        let mut leaving = vec![0; pack.ends.len()];
        for (node, form, next) in std::mem::take(&mut pack.edges) {
            edges.insert(key(node, form), next);
            if let Some(forms) = leaving.get_mut(node as usize) {
                *forms |= form_bit(form);
            }
            if split.contains(&next) {
                apart.insert(node);
            }
            if node != 0 {
                inner.insert(form);
            }
        }
        let line = pack.frames.iter().position(|f| f.needs == Some(Needs::Line)).map(|f| f as u32);
        Lexicon { pack, forms, edges, leaving, split, apart, inner, line }
    }

    /// The pack's tables, other than forms and edges.
    pub fn pack(&self) -> &Pack {
        &self.pack
    }

    /// All forms with their ids, in no order.
    pub fn forms(&self) -> impl Iterator<Item = (&str, u32)> {
        self.forms.iter().map(|(form, id)| (&**form, *id))
    }

    /// The frame of lines without a verb: «قذائف على …».
    pub fn line_frame(&self) -> Option<u32> {
        self.line
    }

    /// Number of forms.
    pub fn form_count(&self) -> usize {
        self.forms.len()
    }

    /// All readings of a folded word. A word of more than 40 letters has none.
    pub fn readings(&self, word: &str) -> Readings {
        let mut out = Readings::new();
        if word.len() > 80 {
            return out;
        }
        for (written, flags) in &self.pack.proclitics {
            let Some(rest) = word.strip_prefix(written.as_str()) else { continue };
            if *flags != 0 && rest.len() < self.pack.shortest {
                continue;
            }
            if let Some(&form) = self.forms.get(rest) {
                out.push(Reading { form, before: *flags, after: false });
            }
            if flags & Reading::ARTICLE == 0 {
                for enclitic in &self.pack.enclitics {
                    if let Some(base) = rest.strip_suffix(enclitic.as_str())
                        && base.len() >= self.pack.shortest
                        && let Some(&form) = self.forms.get(base)
                        && !self.senses(form).is_empty()
                    {
                        out.push(Reading { form, before: *flags, after: true });
                        break;
                    }
                }
            }
        }
        out
    }

    /// Senses of a form.
    pub fn senses(&self, form: u32) -> &[(Sense, Inflection)] {
        &self.pack.senses[form as usize]
    }

    /// Senses of the phrases that end at a node of the trie.
    pub fn phrase_senses(&self, node: u32) -> &[(Sense, Inflection)] {
        &self.pack.ends[node as usize]
    }

    /// The node that `form` leads to.
    pub fn step(&self, node: u32, form: u32) -> Option<u32> {
        self.edges.get(&key(node, form)).copied()
    }

    /// The bits of all forms that lead on from a node.
    pub fn leaving(&self, node: u32) -> u64 {
        self.leaving.get(node as usize).copied().unwrap_or(0)
    }

    /// Whether the last word of the phrase that ends at a node may stand apart.
    pub fn may_split(&self, node: u32) -> bool {
        self.split.contains(&node)
    }

    /// Whether a word that may stand apart can follow the node.
    pub fn leads_apart(&self, node: u32) -> bool {
        self.apart.contains(&node)
    }

    /// Whether `form` goes on with some phrase.
    pub fn continues_phrase(&self, form: u32) -> bool {
        self.inner.contains(&form)
    }
}
