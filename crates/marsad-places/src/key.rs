//! The key under which a name is kept: its folded letters without spaces, so that compounds written
//! together or apart are one name.

/// A running 64-bit FNV-1a hash of the letters read so far, which can be extended word by word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(pub u64);

impl Default for Key {
    fn default() -> Self {
        Key(0xcbf2_9ce4_8422_2325)
    }
}

impl Key {
    /// The key of the letters so far followed by those of `word` (folded, without spaces).
    pub fn then(self, word: &str) -> Self {
        let mut h = self.0;
        for b in word.bytes() {
            h = (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        Key(h)
    }
}

/// The key of a name as written.
pub fn key_of(name: &str) -> Key {
    marsad_text::fold_str(name).split(' ').fold(Key::default(), Key::then)
}
