//! What is remembered of a feed from one poll to the next.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;

/// What was seen of a feed. It holds only items that the feed lists, so that it does not grow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// The version of the feed that the server named; sent back to ask for what changed since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) etag: Option<String>,
    /// The time of the feed that the server named; as well.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) modified: Option<String>,
    /// Its items, by hashes of their ids.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) items: BTreeMap<String, Seen>,
}

/// What was seen of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Seen {
    /// Hash of what the feed says of it; another one is a changed item.
    pub mark: String,
    /// How often its page could not be had; 0 where it is done with.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub tries: u32,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
fn is_zero(tries: &u32) -> bool {
    *tries == 0
}

/// A short hash of some words.
pub(crate) fn hash<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let mut hasher = Sha256::new();
    for word in words {
        hasher.update((word.len() as u64).to_le_bytes());
        hasher.update(word.as_bytes());
    }
    let mut out = String::with_capacity(16);
    for byte in hasher.finalize().iter().take(8) {
        let _ = write!(out, "{byte:02x}");
    }
    out
}
