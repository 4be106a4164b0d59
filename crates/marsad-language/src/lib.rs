//! Language packs.
//!
//! A pack is a folder `languages/<code>/` of TOML files that a linguist writes. [`compile`] reads it into a
//! [`Pack`]: word forms with their senses, phrases as a trie over word forms, frames, actors. [`Lexicon`] is
//! the pack made ready to run.
//!
//! Architecture invariant: no word of a human language stands in this crate outside tests. What the Rust
//! knows are *classes* ([`Class`]) and *roles* ([`Slot`]).

mod class;
mod compile;
mod lexicon;
mod morphology;
mod pack;
mod source;

pub use class::{Class, Guard, Prep, Report};
pub use compile::{Compiled, Problem, compile, read_files};
pub use lexicon::{Lexicon, Match, Reading, Readings, form_bit};
pub use morphology::{Inflection, Morphology};
pub use pack::{Actor, ActorKind, Beside, Frame, FrameKind, Generic, Nation, Needs, Pack, Proof, RoleSet, Sense, Slot};
