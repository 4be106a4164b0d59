//! The observatory's memory.
//!
//! A [`Folder`] is where an observatory lives; a [`Store`] is its database, a file of SQLite or a database of PostgreSQL with
//! one schema and one set of statements. Documents come in batches of [`Arrival`]s. A batch is one transaction, and storing
//! it twice is storing it once: whoever is killed in the middle begins again, and nothing is lost or doubled.
//!
//! Architecture invariant: a store remembers; it never decides, codes or links.
//!
//! Architecture invariant: nothing that was read is overwritten. A text that changed is a new version.

mod amendments;
mod backup;
mod catalog;
mod check;
mod connection;
mod decisions;
mod documents;
mod error;
mod feeds;
mod folder;
mod identities;
mod identity;
mod incidents;
mod insert;
mod linkage;
mod overlay;
mod people;
mod reading;
mod remarks;
mod restore;
mod reviews;
mod search;
mod soundness;

pub use amendments::{Amended, Amendment, Edit};
pub use backup::{Contents, Saved};
pub use connection::Store;
pub use decisions::{Decision, Verdict};
pub use documents::{Added, Arrival, Head};
pub use error::{Error, Result};
pub use feeds::FeedState;
pub use folder::Folder;
pub use identity::{Identity, canonical};
pub use incidents::Freshness;
pub use linkage::{By, Linked, Linking, Standing};
pub use overlay::{Overlay, place_is_right, put, value_of};
pub use people::{Token, User};
pub use reading::{Pulse, Report};
pub use remarks::{Assignment, Comment};
pub use restore::restore;
pub use reviews::{Change, Review, STATE, States, Subject};
pub use search::Mark;
