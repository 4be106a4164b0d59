//! Linking in pieces that know nothing of each other, for engines that spread work over many machines.
//!
//! The stages are those of [`crate::link`], and so is the code; what differs is who brings together what belongs together:
//!
//! 1. Of the records of one document id one is kept: the first by the text's hash, then by the record as JSON. [`cards`] makes of
//!    it a card for each event. Ids of events are those that the coder gives (`<document id>#<number>`), so that no other document has them.
//! 2. Cards are brought together by block ([`Card::blocks`]); [`meet`] tells of each block which firm events hang together, and
//!    which of them loose events are like. A pair that meets at all meets in some block, and may meet in several.
//! 3. Firm events that hang together, over all blocks, are one chain (the engine finds connected components);
//!    [`group_chain`] splits a chain into groups.
//! 4. [`settle`] tells which group a loose event joins, from all that it is like.
//! 5. Vague events that joined nothing are brought together by [`Card::unit`]; [`group_unit`] groups them.
//! 6. [`fuse`] makes an incident of a group.
//!
//! No stage needs anything that is known of all events together: the model is fixed, and ids are hashes of what is in an
//! incident. `tests/spreading.rs` compares the incidents with those of [`crate::link`].

use crate::block::{Index, blocks_filed, blocks_looked, looks};
use crate::compare::{hang_together, odds, threshold};
use crate::decisions::Ties;
use crate::facts::Facts;
use crate::fuse::{self, Teller};
use crate::{Model, stages};
use marsad_model::{Coded, Event, Incident};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

pub use crate::facts::Kind;

/// What is known of an event while it is linked: small, and enough for all but the last step.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// The event's id.
    pub event: String,
    /// Its place among the events of its document, from 0.
    pub place: u32,
    /// How it takes part.
    pub kind: Kind,
    /// What is compared, as [`Told::facts`] takes it.
    pub facts: Vec<u8>,
    /// Where it meets others.
    pub blocks: Vec<Stall>,
    /// Where it meets others that joined nothing; only of vague events that tell a day or have one of publication.
    pub unit: Option<i64>,
}

/// An event's part in a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stall {
    /// The block.
    pub block: i64,
    /// It looks for firm events.
    pub seeks: bool,
    /// It is a firm event that may be found.
    pub found: bool,
}

/// An event among those that are brought together.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// Its id.
    pub event: &'a str,
    /// The id of its document.
    pub document: &'a str,
    /// From its card.
    pub facts: &'a [u8],
}

/// What the events of a block have to do with each other. Numbers are places in the block as it was given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meeting {
    /// Firm events that hang together: so few pairs that all hang together by them, the event with the lower id first.
    pub bonds: Vec<(u32, u32)>,
    /// A loose event, a firm one that it may be as like as any, and the log-odds in thousandths.
    pub likenesses: Vec<(u32, u32, i64)>,
}

/// Facts that were made by another version, or are damaged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread(String);

impl std::fmt::Display for Unread {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "the facts of event “{}” cannot be read; every machine must run the same version of Marsad", self.0)
    }
}

impl std::error::Error for Unread {}

/// A card for each event of a document that takes part. An id that the document gives twice counts once.
pub fn cards(coded: &Coded) -> Vec<Card> {
    let mut cards: Vec<Card> = Vec::new();
    for (place, event) in (0_u32..).zip(&coded.events) {
        if let Some(facts) = Facts::new(coded, event, 0).filter(|_| cards.iter().all(|card| card.event != event.id)) {
            cards.push(Card {
                event: event.id.clone(),
                place,
                kind: facts.kind,
                blocks: stalls(&facts),
                unit: stages::unit_of(&facts).filter(|_| facts.kind == Kind::Vague),
                facts: facts.to_bytes(),
            });
        }
    }
    cards
}

fn stalls(facts: &Facts) -> Vec<Stall> {
    let mut stalls: BTreeMap<i64, Stall> = BTreeMap::new();
    let at = |block| Stall { block, seeks: false, found: false };
    for block in blocks_looked(facts) {
        stalls.entry(block).or_insert(at(block)).seeks = true;
    }
    if facts.kind == Kind::Firm {
        for block in blocks_filed(facts) {
            stalls.entry(block).or_insert(at(block)).found = true;
        }
    }
    stalls.into_values().collect()
}

/// Events in the order of their ids, and where each stood.
struct Sorted {
    facts: Vec<Facts>,
    places: Vec<u32>,
}

impl Sorted {
    fn of<'a>(told: impl ExactSizeIterator<Item = Told<'a>>) -> Result<Self, Unread> {
        let mut told: Vec<(u32, Told)> = (0_u32..).zip(told).collect();
        told.sort_unstable_by_key(|(place, told)| (told.event, *place));
        told.dedup_by_key(|(_, told)| told.event);
        let mut documents: FxHashMap<&str, u32> = FxHashMap::default();
        let mut sorted = Self { facts: Vec::with_capacity(told.len()), places: Vec::with_capacity(told.len()) };
        for (place, told) in told {
            let next = documents.len() as u32;
            let document = *documents.entry(told.document).or_insert(next);
            let facts = Facts::from_bytes(told.facts).ok_or_else(|| Unread(told.event.to_owned()))?;
            sorted.facts.push(Facts { document, ..facts });
            sorted.places.push(place);
        }
        Ok(sorted)
    }

    /// The place of each one's first companion, in the order in which they were given.
    fn homes(&self, groups: &[Vec<u32>]) -> Vec<u32> {
        let count = self.places.iter().max().map_or(0, |&last| last as usize + 1);
        let mut homes: Vec<u32> = (0..count as u32).collect();
        for group in groups {
            let Some(&first) = group.first() else { continue };
            for &n in group {
                homes[self.places[n as usize] as usize] = self.places[first as usize];
            }
        }
        homes
    }
}

/// What the events of one block have to do with each other; with each, whether it seeks and whether it may be found.
///
/// # Errors
///
/// Facts that cannot be read.
pub fn meet(block: &[(Told, bool, bool)], model: &Model) -> Result<Meeting, Unread> {
    let sorted = Sorted::of(block.iter().map(|(told, ..)| *told))?;
    let facts = &sorted.facts;
    let stall = |n: u32| block.get(sorted.places[n as usize] as usize).map_or((false, false), |(_, seeks, found)| (*seeks, *found));
    let numbers = || 0..facts.len() as u32;
    let found: Vec<u32> = numbers().filter(|&n| stall(n).1).collect();
    let index = Index::of(facts, &found);
    let least = threshold(model) + stages::SURELY;
    let mut meeting = Meeting::default();
    let mut met = Vec::new();
    let mut roots: Vec<u32> = numbers().collect();
    for n in numbers().filter(|&n| stall(n).0) {
        let f = &facts[n as usize];
        let others =
            index.met(&looks(f, false), &mut met).iter().map(|&m| (m, &facts[m as usize])).filter(|(_, g)| g.document != f.document);
        if f.kind == Kind::Firm {
            for (m, g) in others.filter(|&(m, _)| m > n) {
                if hang_together(f, g, model) {
                    let (a, b) = (root(&mut roots, n), root(&mut roots, m));
                    roots[a.max(b) as usize] = a.min(b);
                }
            }
        } else {
            let like = others.filter_map(|(m, g)| Some((odds(f, g, model).filter(|&odds| odds >= least)?, m))).collect::<Vec<_>>();
            let place = |n: u32| sorted.places[n as usize];
            meeting.likenesses.extend(stages::likest(&like).map(|(odds, m)| (place(n), place(m), odds)));
        }
    }
    for n in numbers() {
        let first = root(&mut roots, n);
        if first != n {
            meeting.bonds.push((sorted.places[first as usize], sorted.places[n as usize]));
        }
    }
    Ok(meeting)
}

fn root(roots: &mut [u32], mut n: u32) -> u32 {
    while roots[n as usize] != n {
        roots[n as usize] = roots[roots[n as usize] as usize];
        n = roots[n as usize];
    }
    n
}

/// For each firm event of a chain the place of the first event of its group.
///
/// # Errors
///
/// Facts that cannot be read.
pub fn group_chain(chain: &[Told], model: &Model) -> Result<Vec<u32>, Unread> {
    let sorted = Sorted::of(chain.iter().copied())?;
    let numbers: Vec<u32> = (0..sorted.facts.len() as u32).collect();
    Ok(sorted.homes(&stages::groups(&sorted.facts, &numbers, model, &Ties::default())))
}

/// For each vague event of a unit that joined nothing the place of the first event of its group.
///
/// # Errors
///
/// Facts that cannot be read.
pub fn group_unit(unit: &[Told], model: &Model) -> Result<Vec<u32>, Unread> {
    let sorted = Sorted::of(unit.iter().copied())?;
    let numbers: Vec<u32> = (0..sorted.facts.len() as u32).collect();
    Ok(sorted.homes(&stages::unit_groups(&sorted.facts, &numbers, model, &Ties::default())))
}

/// The group that a loose event joins, if it is clear which: of the log-odds and groups of all firm events that it is like.
pub fn settle<H: Copy + PartialEq>(links: &[(i64, H)]) -> Option<H> {
    stages::settle(links).0
}

/// The incident of a group: of the documents that tell it, each with the places of its events that do, and the ids of
/// background events that retell it. `None` where there is no event. [`crate::link`] sorts incidents by first day, then by id.
pub fn fuse(told: &[(Coded, Vec<u32>)], mut retold_by: Vec<String>, model: &Model) -> Option<Incident> {
    let mut documents: Vec<&(Coded, Vec<u32>)> = told.iter().collect();
    documents.sort_by(|(a, _), (b, _)| a.document.id.cmp(&b.document.id));
    let mut events: Vec<(&Event, usize)> = Vec::new();
    for (n, (coded, places)) in documents.iter().enumerate() {
        events.extend(places.iter().filter_map(|&place| Some((coded.events.get(place as usize)?, n))));
    }
    events.sort_by(|(a, _), (b, _)| a.id.cmp(&b.id));
    events.first()?;
    retold_by.sort_unstable();
    let tellers: Vec<Teller> = documents.iter().map(|(coded, _)| Teller { coded, sketch: None }).collect();
    Some(fuse::incident(&events, &tellers, retold_by, model))
}
