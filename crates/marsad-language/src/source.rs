//! The TOML files of a pack, as they are written.

use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// Any file of the pack; a file may hold tables of several kinds.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    #[serde(default)]
    pub entry: Vec<Entry>,
    #[serde(default)]
    pub actor: Vec<Actor>,
    #[serde(default)]
    pub nation: Vec<Nation>,
    #[serde(default)]
    pub generic: Vec<Generic>,
    #[serde(default)]
    pub beside: Vec<Beside>,
    #[serde(default)]
    pub frame: Vec<Frame>,
    #[serde(default)]
    pub roles: Vec<Roles>,
    #[serde(default)]
    pub paradigm: Vec<Paradigm>,
    #[serde(default)]
    pub clitics: Option<Clitics>,
}

/// Words of one class, in the notations of `languages/FORMAT.md`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    pub class: Spanned<String>,
    #[serde(default)]
    pub value: Option<Spanned<String>>,
    #[serde(default)]
    pub nouns: Vec<Spanned<String>>,
    #[serde(default)]
    pub adjectives: Vec<Spanned<String>>,
    #[serde(default)]
    pub verbs: Vec<Spanned<String>>,
    #[serde(default)]
    pub phrases: Vec<Spanned<String>>,
    /// Words as they stand, never inflected.
    #[serde(default)]
    pub words: Vec<Spanned<String>>,
    /// Verbs with a word that belongs to them and may stand apart: "past present … word".
    #[serde(default)]
    pub split: Vec<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Actor {
    pub id: Spanned<String>,
    pub english: String,
    pub kind: Spanned<String>,
    pub country: Option<String>,
    #[serde(default)]
    pub names: Vec<Spanned<String>>,
    #[serde(default)]
    pub weak: Vec<Spanned<String>>,
    #[serde(default)]
    pub nouns: Vec<Spanned<String>>,
    pub from: Option<Spanned<String>>,
    pub until: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nation {
    pub country: String,
    pub actor: Spanned<String>,
    #[serde(default)]
    pub names: Vec<Spanned<String>>,
    #[serde(default)]
    pub adjectives: Vec<Spanned<String>>,
    pub from: Option<Spanned<String>>,
    pub until: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Generic {
    #[serde(default)]
    pub names: Vec<Spanned<String>>,
    #[serde(default)]
    pub nouns: Vec<Spanned<String>>,
    pub kind: Spanned<String>,
    #[serde(default)]
    pub by_country: BTreeMap<String, String>,
    pub default: Option<String>,
    pub from: Option<Spanned<String>>,
    pub until: Option<Spanned<String>>,
}

/// Whom the words for some bodies mean where a conjunction joins them to another: «القوات التركية والفصائل».
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Beside {
    pub after: String,
    pub named: Vec<String>,
    pub actor: Spanned<String>,
    pub from: Option<Spanned<String>>,
    pub until: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Frame {
    pub id: Spanned<String>,
    pub action: Option<Spanned<String>>,
    pub outcome: Option<Spanned<String>>,
    pub kind: Spanned<String>,
    pub roles: Spanned<String>,
    /// Verbs whose subject acts.
    #[serde(default)]
    pub verbs: Vec<Spanned<String>>,
    /// Verbs whose subject suffers.
    #[serde(default)]
    pub passive: Vec<Spanned<String>>,
    /// Event nouns.
    #[serde(default)]
    pub nouns: Vec<Spanned<String>>,
    /// Nouns and participles for people whom it befell, counted themselves.
    #[serde(default)]
    pub people: Vec<Spanned<String>>,
    #[serde(default)]
    pub phrases: Vec<Spanned<String>>,
    /// Phrases that a verb opens, as they stand.
    #[serde(default)]
    pub verb_phrases: Vec<Spanned<String>>,
    /// Verbs with a word that belongs to them and may stand apart: "past present … word".
    #[serde(default)]
    pub split: Vec<Spanned<String>>,
    /// Whether the words alone are not enough: something armed must stand by them.
    #[serde(default)]
    pub needs: Option<Spanned<String>>,
    /// Default weapon class where the words imply it.
    #[serde(default)]
    pub weapon: Option<Spanned<String>>,
    #[serde(default)]
    pub yes: Vec<toml::Table>,
    #[serde(default)]
    pub no: Vec<Spanned<String>>,
}

/// A named set of roles: what the phrases around a trigger mean.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Roles {
    pub name: String,
    pub subject: Option<Spanned<String>>,
    pub object: Option<Spanned<String>>,
    /// The genitive after an event noun.
    pub of: Option<Spanned<String>>,
    /// A genitive that a second noun phrase follows: the first acts, the second suffers.
    pub of_then: Option<Spanned<String>>,
    /// An adjective of nationality.
    pub adjective: Option<Spanned<String>>,
    #[serde(default)]
    pub prep: BTreeMap<String, Spanned<String>>,
}

/// One row of inflection: forms made from a citation form by its ending.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Paradigm {
    pub of: String,
    #[serde(default)]
    pub ends: Vec<String>,
    #[serde(default)]
    pub cut: usize,
    pub forms: Vec<Form>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Form {
    #[serde(default)]
    pub before: String,
    #[serde(default)]
    pub after: String,
    #[serde(default)]
    pub features: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Clitics {
    /// The article.
    pub article: String,
    /// Proclitics in the order in which they may stand: each slot a list of letters.
    pub before: Vec<Vec<String>>,
    /// Written forms that hide an article: `[written, clitic]`.
    pub elided: Vec<[String; 2]>,
    /// Enclitic pronouns.
    pub after: Vec<Spanned<String>>,
    /// Shortest remainder, in letters, once a clitic is taken away.
    pub shortest: usize,
}
