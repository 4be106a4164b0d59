//! The ids of words by their letters, looked up many at a time.
//!
//! A large table lies outside of the processor's near memory, and waiting for it is most of what looking up costs. Here the letters of a
//! word stand beside its id, so that there is one place to wait for, and [`Index::glance`] takes no turn that a processor could foretell
//! wrongly, so that it waits for several places at a time where the words of a text are looked up in a row.

use marsad_text::Letters;
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// The id of what is no word, or none that was met before.
pub(crate) const UNKNOWN: u32 = u32::MAX;
/// Slots of a new table.
const FIRST: usize = 1 << 12;

#[derive(Clone, Copy)]
struct Slot {
    letters: Letters,
    id: u32,
}

const EMPTY: Slot = Slot { letters: [0; 3], id: UNKNOWN };

/// A hash table of words, of which at least half stays empty.
pub(crate) struct Index {
    slots: Vec<Slot>,
    known: usize,
}

impl Default for Index {
    fn default() -> Self {
        Self { slots: vec![EMPTY; FIRST], known: 0 }
    }
}

impl Index {
    fn home(&self, letters: Letters) -> usize {
        let mut hasher = FxHasher::default();
        letters.iter().for_each(|part| hasher.write_u64(*part));
        hasher.finish() as usize & (self.slots.len() - 1)
    }

    /// The id of a word where it stands in its first slot; [`UNKNOWN`] for others, and for no letters.
    pub fn glance(&self, letters: Letters) -> u32 {
        let slot = &self.slots[self.home(letters)];
        let apart = slot.letters.iter().zip(letters).fold(0, |apart, (a, b)| apart | (a ^ b));
        if apart == 0 { slot.id } else { UNKNOWN }
    }

    /// The slot that holds a word, or in which it would be written.
    fn slot(&self, letters: Letters) -> usize {
        let mut at = self.home(letters);
        while self.slots[at].id != UNKNOWN && self.slots[at].letters != letters {
            at = (at + 1) & (self.slots.len() - 1);
        }
        at
    }

    /// The id of a word, wherever it stands.
    pub fn get(&self, letters: Letters) -> Option<u32> {
        Some(self.slots[self.slot(letters)].id).filter(|id| *id != UNKNOWN)
    }

    /// Writes a word that it does not know yet.
    pub fn insert(&mut self, letters: Letters, id: u32) {
        self.known += 1;
        if self.known > self.slots.len() / 2 {
            let larger = vec![EMPTY; self.slots.len() * 2];
            for slot in std::mem::replace(&mut self.slots, larger).into_iter().filter(|slot| slot.id != UNKNOWN) {
                let at = self.slot(slot.letters);
                self.slots[at] = slot;
            }
        }
        let at = self.slot(letters);
        self.slots[at] = Slot { letters, id };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_again_while_the_table_grows() {
        let mut index = Index::default();
        let letters = |n: u32| [u64::from(n) | 1 << 40, u64::from(n % 7), 0];
        for n in 0..20_000 {
            assert_eq!(index.get(letters(n)), None);
            index.insert(letters(n), n);
        }
        assert!((0..20_000).all(|n| index.get(letters(n)) == Some(n)));
        assert!((0..20_000).all(|n| matches!(index.glance(letters(n)), id if id == n || id == UNKNOWN)));
        assert!((0..20_000).filter(|n| index.glance(letters(*n)) == *n).count() > 10_000, "most stand in their first slot");
        assert_eq!((index.glance([0; 3]), index.get([0; 3])), (UNKNOWN, None), "no letters are no word");
    }
}
