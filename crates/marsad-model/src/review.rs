//! What people made of what the machine found.

use crate::codes::vocabulary;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

vocabulary! {
    /// How far people have looked at an incident or event.
    ReviewState {
        /// Nobody has.
        Machine = "machine",
        /// Somebody is looking at it.
        InReview = "in_review",
        /// Somebody has looked at it.
        Reviewed = "reviewed",
        /// It is settled.
        Final = "final",
        /// It is none.
        Rejected = "rejected",
    }
}
