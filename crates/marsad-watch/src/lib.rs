//! Feeds of the web, polled politely.
//!
//! A [`Watcher`] polls the feeds of a [`FeedList`] and hands over what is new in them as inputs of `marsad-ingest`, a
//! [`Poll`] at a time, together with what to remember of the feed. Whoever takes a poll stores its documents first and
//! the [`Memory`] after them, so that nothing is lost when it is killed in between.
//!
//! Polite: only what changed is asked for (ETag, Last-Modified), robots.txt (RFC 9309) is obeyed, one request at a time goes
//! to a host with a pause after it, and whoever answers with errors, or asks for patience (Retry-After), is left alone
//! for longer and longer. Careful: answers are cut off at a size and a time, redirects are counted, and no request goes to
//! an address that is not of the public internet, unless that is allowed. Addresses are checked where the connection is made,
//! at every redirect, so that neither names nor their changing answers lead around the check.
//!
//! Architecture invariant: this crate fetches; it never codes or stores.
//!
//! Architecture invariant: whatever a server does costs its own feed at most.

mod address;
mod backoff;
mod entries;
mod fetch;
mod hosts;
mod list;
mod memory;
mod page;
mod poll;
mod robots;
mod watcher;

pub use address::is_global;
pub use list::{Content, EXAMPLE, FILE, Feed, FeedList, interval};
pub use memory::Memory;
pub use page::Pages;
pub use poll::Poll;
pub use watcher::{Options, Remembered, Stopper, Watcher};
