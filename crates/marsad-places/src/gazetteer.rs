//! The block of bytes and how it is read.
//!
//! Little-endian layout: header (magic, counts, offsets), places (fixed records), postings (place numbers of each
//! name), names (hash table), first words (hash table), strings.

use crate::key::Key;
use std::borrow::Cow;
use std::fmt;

pub(crate) const MAGIC: &[u8; 8] = b"MARSADG3";
pub(crate) const HEADER: usize = 64;
pub(crate) const PLACE: usize = 48;
pub(crate) const SLOT: usize = 16;
/// Set in a posting whose name is an everyday word.
pub(crate) const BARE: u32 = 1 << 31;

/// Declares the kinds with their names in data.
macro_rules! kinds {
    ($($variant:ident = $text:literal),+ $(,)?) => {
        /// What a place is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum PlaceKind { $(#[doc = $text] $variant),+ }
        impl PlaceKind {
            /// Every kind.
            pub const ALL: &'static [PlaceKind] = &[$(PlaceKind::$variant),+];
            /// Its name in data.
            pub const fn name(self) -> &'static str { match self { $(PlaceKind::$variant => $text),+ } }
            /// The kind of that name.
            pub fn from_name(name: &str) -> Option<Self> { match name { $($text => Some(PlaceKind::$variant),)+ _ => None } }
        }
    };
}
kinds! {
    Country = "country", Admin1 = "admin1", Admin2 = "admin2", City = "city", Town = "town", Village = "village", Quarter = "quarter",
    Desert = "desert", Area = "area", Mountain = "mountain", River = "river", Sea = "sea", Crossing = "crossing", Bridge = "bridge", Dam = "dam",
    OilField = "oil_field", Airport = "airport", Base = "base", Camp = "camp", Prison = "prison", Road = "road", Region = "region",
    Island = "island", Mosque = "mosque", Site = "site",
}

impl PlaceKind {
    /// Whether a name of this kind is an area rather than a spot.
    pub const fn is_area(self) -> bool {
        use PlaceKind::*;
        matches!(self, Desert | Area | Mountain | River | Sea | Road | Region | Island)
    }

    /// Whether what is called by a word for `told` is often of this kind instead.
    pub const fn passes_for(self, told: Self) -> bool {
        use PlaceKind::*;
        matches!(
            (told, self),
            (City | Town | Village, City | Town | Village)
                | (Quarter, Town | Village | Site)
                | (Camp, Quarter)
                | (Base, Airport)
                | (Airport, Base)
                | (Desert, Area | Region)
                | (Admin1, City)
                | (Admin2, City | Town)
        )
    }
}

/// A gazetteer that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatError(pub(crate) &'static str);

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a gazetteer of this version: {}", self.0)
    }
}
impl std::error::Error for FormatError {}

/// A gazetteer.
#[derive(Clone, Debug)]
pub struct Gazetteer {
    data: Cow<'static, [u8]>,
    places: usize,
    postings: usize,
    names: usize,
    name_mask: usize,
    firsts: usize,
    first_mask: usize,
    strings: usize,
    count: u32,
    /// See [`sieve`].
    sieve: Vec<u64>,
}

/// One place of a gazetteer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place<'g> {
    /// Its number within the gazetteer.
    pub number: u32,
    /// Its id.
    pub id: &'g str,
    /// Its usual name in the language of the pack.
    pub name: &'g str,
    /// Its English name.
    pub english: &'g str,
    /// What it is.
    pub kind: PlaceKind,
    /// ISO 3166-1 alpha-2 code.
    pub country: &'g str,
    /// First-order division in English; empty where unknown.
    pub admin1: &'g str,
    /// Second-order division in English; empty where unknown.
    pub admin2: &'g str,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Radius in kilometres within which all of it lies.
    pub radius_km: f64,
    /// Inhabitants, 0 where unknown.
    pub population: u32,
    /// Whether an editor wrote the row, rather than a mass source.
    pub curated: bool,
    /// Whether the name by which it was found is an everyday word (in parentheses in the places file), which is the
    /// place only beside a word of kind, a preposition or in context. Always false where no name was looked up.
    pub bare_word: bool,
}

/// Bits of the sieve for each slot of the table of names.
const SPARSE: usize = 16;

/// The word and the bit that stand for a key in a sieve of so many words, a power of two or none.
fn place_in_sieve(key: u64, words: usize) -> (usize, u64) {
    let mixed = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((mixed >> 32) as usize & words.wrapping_sub(1), 1 << (mixed >> 58))
}

/// A bit for every name of a table, small enough to stay in the processor's caches: most of what is looked up is no name.
fn sieve(names: &[u8], slots: usize) -> Vec<u64> {
    let mut bits = vec![0; (slots * SPARSE).div_ceil(64)];
    let (slots, _) = names.as_chunks::<SLOT>();
    for slot in slots {
        let [key, value] = [&slot[..8], &slot[8..]].map(|half| u64::from_le_bytes(half.try_into().unwrap_or_default()));
        // The second half of a slot that is not empty holds a count.
        if value >> 32 != 0 {
            let (word, bit) = place_in_sieve(key, bits.len());
            bits[word] |= bit;
        }
    }
    bits
}

impl Gazetteer {
    /// Takes a block of bytes into use.
    ///
    /// # Errors
    /// When the block was not made by this version's [`crate::build`] or is cut short.
    pub fn new(data: impl Into<Cow<'static, [u8]>>) -> Result<Self, FormatError> {
        let data = data.into();
        if data.len() < HEADER || &data[..8] != MAGIC {
            return Err(FormatError("wrong first bytes"));
        }
        let word = |n: usize| u32::from_le_bytes(data[8 + 4 * n..12 + 4 * n].try_into().unwrap_or_default()) as usize;
        let [count, places, postings, names, name_slots, firsts, first_slots, strings, total] = std::array::from_fn(word);
        let ordered =
            HEADER <= places && places <= postings && postings <= names && names <= firsts && firsts <= strings && strings <= total;
        if total != data.len() || !ordered || !name_slots.is_power_of_two() || !first_slots.is_power_of_two() {
            return Err(FormatError("cut short or damaged"));
        }
        if places + count * PLACE > postings || names + name_slots * SLOT > firsts || firsts + first_slots * SLOT > strings {
            return Err(FormatError("tables do not fit"));
        }
        let sieve = sieve(&data[names..names + name_slots * SLOT], name_slots);
        Ok(Gazetteer {
            sieve,
            data,
            places,
            postings,
            names,
            name_mask: name_slots - 1,
            firsts,
            first_mask: first_slots - 1,
            strings,
            count: count as u32,
        })
    }

    /// A gazetteer without places.
    pub fn empty() -> Self {
        let rows = crate::build(&[], &[]);
        Gazetteer::new(rows).unwrap_or_else(|_| unreachable!("an empty gazetteer is well formed"))
    }

    /// The block of bytes, which [`Gazetteer::new`] takes back.
    pub fn bytes(&self) -> &[u8] {
        &self.data
    }

    /// Number of places.
    pub fn len(&self) -> u32 {
        self.count
    }

    /// Whether it has no place.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    fn u32_at(&self, at: usize) -> u32 {
        self.data.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes)
    }
    fn u64_at(&self, at: usize) -> u64 {
        self.data.get(at..at + 8).and_then(|b| b.try_into().ok()).map_or(0, u64::from_le_bytes)
    }
    fn f32_at(&self, at: usize) -> f64 {
        // Through the shortest decimal text, so that 35.63 stays 35.63.
        let value = f32::from_bits(self.u32_at(at));
        (f64::from(value) * 1e5).round() / 1e5
    }
    fn string(&self, offset: u32) -> &str {
        let at = self.strings + offset as usize;
        let len = self.u32_at(at) as usize;
        self.data.get(at + 4..at + 4 + len).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or("")
    }

    /// The slot of `key` in the hash table at `table`: (value, count).
    fn slot(&self, table: usize, mask: usize, key: Key) -> Option<(u32, u32)> {
        let mut n = (key.get() as usize) & mask;
        for _ in 0..=mask {
            let at = table + n * SLOT;
            let found = self.u64_at(at);
            let count = self.u32_at(at + 12);
            if count == 0 {
                return None;
            }
            if found == key.get() {
                return Some((self.u32_at(at + 8), count));
            }
            n = (n + 1) & mask;
        }
        None
    }

    /// The most words that a name starting with this word has, where there is one.
    pub fn longest_from(&self, first: Key) -> Option<u32> {
        self.slot(self.firsts, self.first_mask, first).map(|(_, n)| n)
    }

    /// Whether some place bears the name.
    pub fn contains(&self, name: Key) -> bool {
        let (word, bit) = place_in_sieve(name.get(), self.sieve.len());
        self.sieve.get(word).is_some_and(|bits| bits & bit != 0) && self.slot(self.names, self.name_mask, name).is_some()
    }

    /// The places that bear a name.
    pub fn find(&self, name: Key) -> impl Iterator<Item = Place<'_>> {
        let (first, count) = self.slot(self.names, self.name_mask, name).unwrap_or((0, 0));
        (0..count).map(move |n| {
            let posting = self.u32_at(self.postings + 4 * (first + n) as usize);
            Place { bare_word: posting & BARE != 0, ..self.place(posting & !BARE) }
        })
    }

    /// The countries of the places that bear a name; that of places that follow one another is given once.
    pub fn countries(&self, name: Key) -> impl Iterator<Item = &str> {
        let (first, count) = self.slot(self.names, self.name_mask, name).unwrap_or((0, 0));
        let mut last = None;
        let offsets = (0..count).map(move |n| {
            let number = self.u32_at(self.postings + 4 * (first + n) as usize) & !BARE;
            self.u32_at(self.places + number as usize * PLACE + 28)
        });
        // Equal strings are kept once, so that they need not be read to be compared.
        offsets.filter(move |offset| last.replace(*offset) != Some(*offset)).map(|offset| self.string(offset))
    }

    /// A place by its number, which must be less than [`Gazetteer::len`].
    pub fn place(&self, number: u32) -> Place<'_> {
        let at = self.places + number as usize * PLACE;
        let byte = |n: usize| self.data.get(at + n).copied().unwrap_or(0);
        Place {
            number,
            lat: self.f32_at(at),
            lon: self.f32_at(at + 4),
            radius_km: self.f32_at(at + 8),
            population: self.u32_at(at + 12),
            id: self.string(self.u32_at(at + 16)),
            name: self.string(self.u32_at(at + 20)),
            english: self.string(self.u32_at(at + 24)),
            country: self.string(self.u32_at(at + 28)),
            admin1: self.string(self.u32_at(at + 32)),
            admin2: self.string(self.u32_at(at + 36)),
            kind: PlaceKind::ALL.get(byte(40) as usize).copied().unwrap_or(PlaceKind::Site),
            curated: byte(41) != 0,
            bare_word: false,
        }
    }

    /// All places.
    pub fn places(&self) -> impl Iterator<Item = Place<'_>> {
        (0..self.count).map(|n| self.place(n))
    }
}
