//! Ids met so far, to find duplicates.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The ids of one run, each kept as 128 bits and the place where it stood first.
///
/// Two different ids share 128 bits once in about 10^19 runs of a billion documents.
#[derive(Default)]
pub(crate) struct SeenIds {
    first: HashMap<u128, (u32, u64)>,
}

impl SeenIds {
    /// Remembers an id. If it was there before: the number of the input and the line where it first stood.
    pub fn insert(&mut self, id: &str, input: u32, line: u64) -> Option<(u32, u64)> {
        match self.first.entry(key(id)) {
            Entry::Occupied(entry) => Some(*entry.get()),
            Entry::Vacant(entry) => {
                entry.insert((input, line));
                None
            }
        }
    }

    /// Whether the id was there before.
    pub fn contains(&self, id: &str) -> bool {
        self.first.contains_key(&key(id))
    }
}

fn key(id: &str) -> u128 {
    let half = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        salt.hash(&mut hasher);
        id.hash(&mut hasher);
        u128::from(hasher.finish())
    };
    half(1) << 64 | half(2)
}
