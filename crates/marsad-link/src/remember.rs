//! What a store keeps of every event, so that the next document is linked without reading all others.

use crate::block::filed;
use crate::facts::{Facts, Kind};
use crate::stages::{Standing, all, is_node};
use crate::{Known, Model, Scene, distinct};
use marsad_copies::Sketch;
use marsad_model::{Coded, Incident};
use rayon::prelude::*;

/// How an event came to its incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It is one of those that incidents are made of.
    Chained,
    /// It joined, or retells, an incident of others.
    Joined,
    /// It tells too little to be firm, and joined nothing.
    Free,
}

impl Stage {
    /// As a number from 1.
    pub fn number(self) -> i64 {
        self as i64 + 1
    }

    /// The stage of a number.
    pub fn from_number(number: i64) -> Option<Self> {
        [Self::Chained, Self::Joined, Self::Free].into_iter().find(|stage| stage.number() == number)
    }
}

/// What is kept of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its id.
    pub event: String,
    /// The id of its document.
    pub document: String,
    /// How it came to its incident.
    pub stage: Stage,
    /// The first event of those that hang together with it; only of what is chained.
    pub chain: Option<String>,
    /// What names its incident: an event of it. `None` for what retells nothing that is known.
    pub home: Option<String>,
    /// Log-odds of the firm event that it is likest, in thousandths; only of what is not firm.
    pub best: Option<i64>,
    /// What is compared, in hexadecimal digits.
    pub facts: String,
}

/// By what rows are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The event's id.
    Event,
    /// The document's id.
    Document,
    /// The chain.
    Chain,
    /// The incident.
    Home,
}

/// A document as it is linked.
#[derive(Clone, Debug)]
pub struct Report {
    /// Its record.
    pub coded: Coded,
    /// What its near copies are found by.
    pub sketch: Option<Sketch>,
}

/// What is asked of a store. Answers may come in any order; what is asked twice is answered once.
#[allow(async_fn_in_trait, reason = "used with one store at a time, whose futures are known")]
pub trait Memory {
    /// Why it does not answer.
    type Error;
    /// The rows of events that are filed under one of these keys.
    async fn filed(&mut self, keys: &[i64]) -> Result<Vec<Row>, Self::Error>;
    /// The rows that have one of these values.
    async fn rows(&mut self, column: Column, values: &[String]) -> Result<Vec<Row>, Self::Error>;
    /// Documents by their ids.
    async fn reports(&mut self, documents: &[String]) -> Result<Vec<Report>, Self::Error>;
}

/// What a store has to change; in this order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// Events that are told no more, each with the keys under which it was filed.
    pub gone: Vec<(String, Vec<i64>)>,
    /// Rows to be kept, in the place of those of the same event.
    pub rows: Vec<Row>,
    /// New events, each with the keys under which it is filed.
    pub filed: Vec<(String, Vec<i64>)>,
    /// Homes whose incident is gone.
    pub homes: Vec<String>,
    /// New incidents, each with its home.
    pub incidents: Vec<(String, Incident)>,
}

/// Links everything anew: what a store has to keep of it, when it kept nothing before.
pub fn remembered(documents: &[Coded], model: &Model, known: &Known) -> Changes {
    let (documents, _) = distinct(documents);
    let scene = Scene::of(&documents, &known.decisions);
    let (standings, groups) = all(&scene.facts, model, &scene.ties);
    let mut incidents = Vec::with_capacity(groups.len());
    scene.each_incident(&standings, &groups, model, known, |n, incident| {
        let home = groups.get(n).and_then(|group| standings.get(*group.first()? as usize)?.home);
        incidents.push((home.map(|home| scene.id(home).to_owned()).unwrap_or_default(), incident));
    });
    let row = |n: u32| {
        let (f, standing) = (scene.facts.get(n as usize)?, *standings.get(n as usize)?);
        let (event, d) = scene.event(n)?;
        let document = documents.get(d as usize)?.document.id.clone();
        let joined = standing.home.is_some_and(|home| is_node(home, &scene.facts[home as usize], &scene.ties));
        let of = |n: u32| scene.id(n).to_owned();
        Some((row(&event.id, &document, f, standing, joined, of), filed(f)))
    };
    let rows: Vec<(Row, Vec<i64>)> = (0..scene.facts.len() as u32).into_par_iter().filter_map(row).collect();
    let filed = rows.iter().map(|(row, keys)| (row.event.clone(), keys.clone())).collect();
    Changes { rows: rows.into_iter().map(|(row, _)| row).collect(), filed, incidents, ..Changes::default() }
}

/// The row of an event; `joined` tells whether its home is that of a chain, `id` the ids of numbers.
pub(crate) fn row(event: &str, document: &str, f: &Facts, standing: Standing, joined: bool, id: impl Fn(u32) -> String) -> Row {
    let stage = match standing.chain {
        Some(_) => Stage::Chained,
        None if joined || f.kind == Kind::Background => Stage::Joined,
        None => Stage::Free,
    };
    Row {
        event: event.to_owned(),
        document: document.to_owned(),
        stage,
        chain: standing.chain.map(&id),
        home: standing.home.map(&id),
        best: standing.best,
        facts: f.to_hex(),
    }
}
