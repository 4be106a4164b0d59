//! Coded reports as people see them.
//!
//! [`facts`] lists what an event says, slot by slot, with words and reasons; [`marks`] finds the coded words in the text;
//! [`slot`] has names and colours. [`page`] makes a page of it that needs neither scripts nor a network.
//!
//! Architecture invariant: shows what was coded, and codes nothing.

pub mod facts;
mod map;
pub mod marks;
pub mod page;
pub mod slot;
#[cfg(test)]
mod specimen;
