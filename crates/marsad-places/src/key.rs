//! The key under which a name is kept: its folded letters without spaces, so that compounds written
//! together or apart are one name.

use std::num::NonZeroU64;

/// A running 64-bit FNV-1a hash of the letters read so far, which can be extended word by word; 1 in the place of 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(NonZeroU64);

impl Default for Key {
    fn default() -> Self {
        Key::new(0xcbf2_9ce4_8422_2325)
    }
}

impl Key {
    /// The key of that hash.
    pub fn new(hash: u64) -> Self {
        Key(NonZeroU64::new(hash).unwrap_or(NonZeroU64::MIN))
    }

    /// Its hash.
    pub fn get(self) -> u64 {
        self.0.get()
    }

    /// The key of the letters so far followed by those of `word` (folded, without spaces).
    pub fn then(self, word: &str) -> Self {
        let mut h = self.get();
        for b in word.bytes() {
            h = (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        Key::new(h)
    }
}

/// The key of a name as written.
pub fn key_of(name: &str) -> Key {
    marsad_text::fold_str(name).split(' ').fold(Key::default(), Key::then)
}
