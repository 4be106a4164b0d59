//! Linking what is new: only what a new document, one that is gone, or a new decision can change is looked at again, and what
//! comes out is what linking everything anew would give.
//!
//! The stages (`stages.rs`) are gone through in their order. Of each the inputs that changed are known, and what is loaded is
//! everything that a result with a changed input depends on.

use crate::block::{Index, filed, looks};
use crate::compare::{hang_together, odds, threshold};
use crate::facts::{Facts, Kind};
use crate::fuse::{self, Teller};
use crate::remember::{Changes, Column, Memory, Report, Row, Stage};
use crate::stages::{SURELY, UNDECIDED, attach, barred, chain_groups, chains, is_node, unit_groups, unit_of};
use crate::{Decisions, Model, Ties};
use marsad_model::Event;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// An event at hand.
#[derive(Clone)]
struct Told {
    document: String,
    facts: Facts,
    stage: Stage,
    chain: Option<String>,
    home: Option<String>,
    best: Option<i64>,
}

/// Links what is new.
///
/// `documents` are the ids of all that came, went or changed since rows were kept; `reports` are those of them that count now.
/// `decided` are the events that decisions made or undone since then name; `decisions` are all that stand.
///
/// # Errors
///
/// Those of the memory.
pub async fn follow<M: Memory>(
    memory: &mut M,
    documents: &[String],
    reports: &[Report],
    decided: &[String],
    decisions: &Decisions,
    model: &Model,
) -> Result<Changes, M::Error> {
    let named = decisions.named();
    let mut work = Work { memory, decisions, decided, named, model, before: BTreeMap::new(), now: BTreeMap::new(), dirty: BTreeSet::new() };
    work.begin(documents, reports).await?;
    let moved = work.chains().await?;
    let loose = work.loose(&moved).await?;
    work.join(&loose).await?;
    work.units().await?;
    work.finish(reports).await
}

struct Work<'a, M> {
    memory: &'a mut M,
    decisions: &'a Decisions,
    /// Events that decisions made or undone since the last time name.
    decided: &'a [String],
    /// The events that those which stand name.
    named: BTreeSet<&'a str>,
    model: &'a Model,
    /// Events as they were, of all that is looked at again.
    before: BTreeMap<String, Told>,
    /// Events as they are; those of `before` that are not here are gone.
    now: BTreeMap<String, Told>,
    /// Homes whose incident has to be made anew.
    dirty: BTreeSet<String>,
}

/// Some events, numbered in the order of their ids.
struct View<'a> {
    ids: Vec<&'a str>,
    facts: Vec<Facts>,
    ties: Ties,
}

impl<'a> View<'a> {
    fn of(told: &BTreeMap<&'a str, &Told>, decisions: &Decisions) -> Self {
        let ids: Vec<&str> = told.keys().copied().collect();
        let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
        let mut facts = Vec::with_capacity(told.len());
        for told in told.values() {
            let next = numbers.len() as u32;
            let document = *numbers.entry(told.document.as_str()).or_insert(next);
            facts.push(Facts { document, ..told.facts.clone() });
        }
        let counted = |id: &str| ids.binary_search(&id).ok().filter(|&n| facts[n].kind != Kind::Background).map(|n| n as u32);
        let ties = decisions.ties(counted);
        Self { ids, facts, ties }
    }

    fn number(&self, id: &str) -> Option<u32> {
        self.ids.binary_search(&id).ok().map(|n| n as u32)
    }

    fn id(&self, n: u32) -> String {
        self.ids.get(n as usize).map(|id| (*id).to_owned()).unwrap_or_default()
    }
}

/// Reads rows; one whose facts cannot be read is left out.
fn told(rows: Vec<Row>) -> impl Iterator<Item = (String, Told)> {
    rows.into_iter().filter_map(|row| {
        let facts = Facts::from_hex(&row.facts)?;
        let Row { event, document, stage, chain, home, best, .. } = row;
        Some((event, Told { document, facts, stage, chain, home, best }))
    })
}

fn owned<'a>(ids: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    ids.into_iter().map(str::to_owned).collect()
}

impl<M: Memory> Work<'_, M> {
    /// What came, went and was decided.
    async fn begin(&mut self, documents: &[String], reports: &[Report]) -> Result<(), M::Error> {
        self.before.extend(told(self.memory.rows(Column::Document, documents).await?));
        for coded in reports.iter().map(|report| &report.coded) {
            for event in &coded.events {
                if let Some(facts) = Facts::new(coded, event, 0) {
                    let document = coded.document.id.clone();
                    self.now.insert(event.id.clone(), Told { document, facts, stage: Stage::Free, chain: None, home: None, best: None });
                }
            }
        }
        let named = self.before.keys().chain(self.now.keys()).chain(self.decided).map(String::as_str);
        let mut touched: BTreeSet<&str> = self.decisions.around(named);
        touched.extend(self.decided.iter().map(String::as_str));
        let touched = owned(touched.into_iter().filter(|id| !self.before.contains_key(*id) && !self.now.contains_key(*id)));
        for (id, told) in told(self.memory.rows(Column::Event, &touched).await?) {
            self.before.insert(id.clone(), told.clone());
            self.now.insert(id, told);
        }
        Ok(())
    }

    /// Chains and their groups; gives the facts, old and new, of the events of groups that changed.
    async fn chains(&mut self) -> Result<Vec<Facts>, M::Error> {
        let fresh: BTreeMap<&str, &Told> = self.now.iter().map(|(id, told)| (id.as_str(), told)).collect();
        let view = View::of(&fresh, self.decisions);
        let node = |n: u32| view.facts.get(n as usize).is_some_and(|f| is_node(n, f, &view.ties));
        let nodes: Vec<String> = (0..view.ids.len() as u32).filter(|&n| node(n)).map(|n| view.id(n)).collect();
        let mut keys: Vec<i64> = nodes.iter().filter_map(|id| self.now.get(id)).flat_map(|told| looks(&told.facts, false)).collect();
        keys.sort_unstable();
        keys.dedup();
        let near: Vec<(String, Told)> = told(self.memory.filed(&keys).await?)
            .filter(|(id, told)| told.facts.kind == Kind::Firm && !self.before.contains_key(id))
            .collect();
        let mut labels: BTreeSet<String> = self.before.values().filter_map(|told| told.chain.clone()).collect();
        let firm = || nodes.iter().filter_map(|id| self.now.get(id)).filter(|told| told.facts.kind == Kind::Firm);
        for (_, other) in &near {
            let alike = |told: &Told| told.document != other.document && hang_together(&told.facts, &other.facts, self.model);
            if other.chain.as_ref().is_some_and(|chain| !labels.contains(chain)) && firm().any(alike) {
                labels.extend(other.chain.clone());
            }
        }
        let labels: Vec<String> = labels.into_iter().collect();
        for (id, told) in told(self.memory.rows(Column::Chain, &labels).await?) {
            if !self.before.contains_key(&id) {
                self.before.insert(id.clone(), told.clone());
                self.now.insert(id, told);
            }
        }
        // Everything of the chains is at hand now.
        let all: BTreeSet<&String> =
            nodes.iter().chain(self.now.iter().filter(|(_, t)| t.stage == Stage::Chained).map(|(id, _)| id)).collect();
        let at_hand: BTreeMap<&str, &Told> = self.now.iter().map(|(id, told)| (id.as_str(), told)).collect();
        let view = View::of(&at_hand, self.decisions);
        let numbers: Vec<u32> =
            all.iter().filter_map(|id| view.number(id)).filter(|&n| is_node(n, &view.facts[n as usize], &view.ties)).collect();
        let chains = chains(&view.facts, &numbers, self.model, &view.ties);
        let groups = chain_groups(&view.facts, &chains, self.model, &view.ties);
        let stand = |n: u32, home: u32| (view.id(n), chains.get(&n).map(|&chain| view.id(chain)), view.id(home));
        let standing: Vec<(String, Option<String>, String)> =
            groups.iter().flat_map(|group| group.iter().map(move |&n| (n, group[0]))).map(|(n, home)| stand(n, home)).collect();
        // What is no node any more is free until it joins something.
        for told in self.now.values_mut().filter(|told| told.stage == Stage::Chained) {
            (told.stage, told.chain, told.home) = (Stage::Free, None, None);
        }
        for (id, chain, home) in standing {
            if let Some(told) = self.now.get_mut(&id) {
                (told.stage, told.chain, told.home, told.best) = (Stage::Chained, chain, Some(home), None);
            }
        }
        let changed = self.changed(|told| told.stage == Stage::Chained);
        let mut moved: Vec<Facts> = Vec::new();
        for of in [&self.before, &self.now] {
            let nodes = of.values().filter(|told| told.stage == Stage::Chained);
            moved.extend(nodes.filter(|told| told.home.as_ref().is_some_and(|home| changed.contains(home))).map(|told| told.facts.clone()));
        }
        self.dirty.extend(changed);
        Ok(moved)
    }

    /// Homes whose events, of those wanted, are others than before, or tell other things.
    fn changed(&self, wanted: impl Fn(&Told) -> bool) -> BTreeSet<String> {
        let groups = |of: &BTreeMap<String, Told>| {
            let mut groups: BTreeMap<String, Vec<(String, Facts)>> = BTreeMap::new();
            for (id, told) in of.iter().filter(|(_, told)| wanted(told)) {
                if let Some(home) = &told.home {
                    groups.entry(home.clone()).or_default().push((id.clone(), told.facts.clone()));
                }
            }
            groups
        };
        let (before, now) = (groups(&self.before), groups(&self.now));
        before.keys().chain(now.keys()).filter(|home| before.get(*home) != now.get(*home)).cloned().collect()
    }

    /// The ids of all that joins or retells something, where that may have changed.
    async fn loose(&mut self, moved: &[Facts]) -> Result<Vec<String>, M::Error> {
        let mut keys: Vec<i64> = moved.iter().flat_map(|facts| looks(facts, true)).collect();
        keys.sort_unstable();
        keys.dedup();
        let least = threshold(self.model) + SURELY;
        let mut found: BTreeMap<String, Told> = BTreeMap::new();
        for (id, told) in told(self.memory.filed(&keys).await?) {
            if self.before.contains_key(&id) || told.stage == Stage::Chained {
                continue;
            }
            let enough = least.max(told.best.map_or(i64::MIN, |best| best - UNDECIDED + 1));
            let alike = |f: &Facts| odds(f, &told.facts, self.model).is_some_and(|odds| odds >= enough);
            if !self.named.contains(id.as_str()) && !moved.iter().any(alike) {
                continue;
            }
            found.insert(id, told);
        }
        let homes: Vec<String> = self.dirty.iter().cloned().collect();
        let joined = told(self.memory.rows(Column::Home, &homes).await?).filter(|(_, told)| told.stage != Stage::Chained);
        found.extend(joined.filter(|(id, _)| !self.before.contains_key(id)));
        let companions = owned(self.decisions.around(found.keys().map(String::as_str)));
        let companions = told(self.memory.rows(Column::Event, &companions).await?).filter(|(_, told)| told.stage != Stage::Chained);
        let companions: Vec<_> = companions.filter(|(id, _)| !self.before.contains_key(id)).collect();
        for (id, told) in found.into_iter().chain(companions) {
            self.before.insert(id.clone(), told.clone());
            self.now.insert(id, told);
        }
        Ok(self.now.iter().filter(|(_, told)| told.stage != Stage::Chained).map(|(id, _)| id.clone()).collect())
    }

    /// What each of the loose events joins or retells.
    async fn join(&mut self, loose: &[String]) -> Result<(), M::Error> {
        let mut keys: Vec<i64> = loose.iter().filter_map(|id| self.now.get(id)).flat_map(|told| looks(&told.facts, false)).collect();
        keys.sort_unstable();
        keys.dedup();
        let mut others: BTreeMap<String, Told> = told(self.memory.filed(&keys).await?).collect();
        // Chained events that people set apart from one of these.
        let named = owned(self.decisions.around(loose.iter().map(String::as_str)));
        others.extend(told(self.memory.rows(Column::Event, &named).await?));
        others.retain(|id, told| told.stage == Stage::Chained && !self.before.contains_key(id) && !self.now.contains_key(id));
        let all: BTreeMap<&str, &Told> = self.now.iter().chain(&others).map(|(id, told)| (id.as_str(), told)).collect();
        let view = View::of(&all, self.decisions);
        let firm: Vec<u32> = (0..view.ids.len() as u32).filter(|&n| view.facts[n as usize].kind == Kind::Firm).collect();
        let index = Index::of(&view.facts, &firm);
        // Homes by number: a home may be an event that is not at hand.
        let mut homes: Vec<&str> = all.values().filter(|t| t.stage == Stage::Chained).filter_map(|t| t.home.as_deref()).collect();
        homes.sort_unstable();
        homes.dedup();
        let home_of: Vec<Option<u32>> = all
            .values()
            .map(|told| {
                let home = told.home.as_deref().filter(|_| told.stage == Stage::Chained)?;
                homes.binary_search(&home).ok().map(|n| n as u32)
            })
            .collect();
        let home = |n: u32| home_of.get(n as usize).copied().flatten();
        let mut placed: Vec<(u32, Option<u32>, Option<i64>)> = Vec::new();
        for n in loose.iter().filter_map(|id| view.number(id)) {
            let barred = barred(n, &view.ties, |m| home(m).or_else(|| placed.iter().find(|(p, ..)| *p == m)?.1));
            let mut met = Vec::new();
            let met = index.met(&looks(&view.facts[n as usize], false), &mut met);
            let standing = attach(&view.facts, n, met, home, |home| barred.contains(&home), self.model);
            placed.push((n, standing.home, standing.best));
        }
        let placed: Vec<(String, Option<String>, Option<i64>)> = placed
            .into_iter()
            .map(|(n, home, best)| (view.id(n), home.and_then(|home| homes.get(home as usize)).map(|home| (*home).to_owned()), best))
            .collect();
        for (id, home, best) in placed {
            if let Some(told) = self.now.get_mut(&id) {
                let joined = home.is_some() || told.facts.kind == Kind::Background;
                told.stage = if joined { Stage::Joined } else { Stage::Free };
                (told.chain, told.home, told.best) = (None, home, best);
            }
        }
        self.dirty.extend(self.changed(|told| told.stage == Stage::Joined));
        Ok(())
    }

    /// Groups of what joined nothing.
    async fn units(&mut self) -> Result<(), M::Error> {
        let vague = |told: &&Told| told.facts.kind == Kind::Vague && told.stage == Stage::Free;
        let mut units: Vec<i64> = Vec::new();
        for (id, told) in self.before.iter().chain(&self.now) {
            let (before, now) = (self.before.get(id).filter(vague), self.now.get(id).filter(vague));
            let same =
                before.zip(now).is_some_and(|(a, b)| a.facts == b.facts) && !self.named.contains(id.as_str()) && !self.decided.contains(id);
            if before.is_some() != now.is_some() || (now.is_some() && !same) {
                units.extend(unit_of(&told.facts));
            }
        }
        units.sort_unstable();
        units.dedup();
        for (id, told) in told(self.memory.filed(&units).await?) {
            if told.stage == Stage::Free && !self.before.contains_key(&id) {
                self.before.insert(id.clone(), told.clone());
                self.now.insert(id, told);
            }
        }
        let all: BTreeMap<&str, &Told> = self.now.iter().map(|(id, told)| (id.as_str(), told)).filter(|(_, t)| vague(t)).collect();
        let view = View::of(&all, self.decisions);
        let mut free: Vec<(Option<i64>, u32)> = (0..).zip(&view.facts).map(|(n, f)| (unit_of(f), n)).collect();
        free.sort_unstable();
        let mut homes: Vec<(String, String)> = Vec::new();
        for unit in free.chunk_by(|a, b| a.0 == b.0 && a.0.is_some()) {
            if unit.iter().all(|(key, _)| key.is_some_and(|key| units.binary_search(&key).is_err())) {
                continue;
            }
            let numbers: Vec<u32> = unit.iter().map(|&(_, n)| n).collect();
            for group in unit_groups(&view.facts, &numbers, self.model, &view.ties) {
                homes.extend(group.iter().map(|&n| (view.id(n), view.id(group[0]))));
            }
        }
        for (id, home) in homes {
            if let Some(told) = self.now.get_mut(&id) {
                told.home = Some(home);
            }
        }
        self.restore();
        self.dirty.extend(self.changed(|told| told.stage == Stage::Free));
        Ok(())
    }

    /// What is free as before, in a unit that did not change, is where it was.
    fn restore(&mut self) {
        for (id, told) in self.now.iter_mut().filter(|(_, told)| told.stage == Stage::Free && told.home.is_none()) {
            told.home = self.before.get(id).and_then(|before| before.home.clone());
        }
    }

    /// The new incidents, and all that has to be written down.
    async fn finish(self, reports: &[Report]) -> Result<Changes, M::Error> {
        let Self { memory, model, before, now, mut dirty, .. } = self;
        let events = reports.iter().flat_map(|report| &report.coded.events);
        dirty.extend(events.filter_map(|event| now.get(&event.id)?.home.clone()));
        let dirty: Vec<String> = dirty.into_iter().collect();
        // The events of every incident that has to be made anew, and its retellings.
        let mut members: BTreeMap<&str, BTreeMap<String, (String, bool)>> =
            dirty.iter().map(|home| (home.as_str(), BTreeMap::new())).collect();
        let kept = told(memory.rows(Column::Home, &dirty).await?).filter(|(id, _)| !before.contains_key(id) && !now.contains_key(id));
        for (id, told) in kept.collect::<Vec<_>>().into_iter().chain(now.iter().map(|(id, told)| (id.clone(), told.clone()))) {
            if let Some(group) = told.home.as_deref().and_then(|home| members.get_mut(home)) {
                group.insert(id, (told.document, told.facts.kind == Kind::Background));
            }
        }
        let at_hand: BTreeSet<&str> = reports.iter().map(|report| report.coded.document.id.as_str()).collect();
        let tellers: BTreeSet<&str> = members
            .values()
            .flat_map(BTreeMap::values)
            .filter(|(_, background)| !background)
            .map(|(document, _)| document.as_str())
            .collect();
        let stored = memory.reports(&owned(tellers.into_iter().filter(|id| !at_hand.contains(id)))).await?;
        let documents: BTreeMap<&str, &Report> =
            stored.iter().chain(reports).map(|report| (report.coded.document.id.as_str(), report)).collect();
        let mut changes = Changes::default();
        for (home, events) in &members {
            let incident_events = || events.iter().filter(|(_, (_, background))| !background);
            let ids: BTreeSet<&str> = incident_events().map(|(_, (document, _))| document.as_str()).collect();
            let tellers: Vec<(&str, Teller)> = ids
                .into_iter()
                .filter_map(|id| documents.get(id).map(|report| (id, Teller { coded: &report.coded, sketch: report.sketch.as_ref() })))
                .collect();
            let telling = |(id, (document, _)): (&String, &(String, bool))| {
                let n = tellers.binary_search_by(|(other, _)| (*other).cmp(document.as_str())).ok()?;
                let event: &Event = tellers.get(n)?.1.coded.events.iter().find(|event| event.id == *id)?;
                Some((event, n))
            };
            let told: Vec<_> = incident_events().filter_map(telling).collect();
            if !told.is_empty() {
                let retold_by = events.iter().filter(|(_, (_, background))| *background).map(|(id, _)| id.clone()).collect();
                let tellers: Vec<Teller> = tellers.iter().map(|(_, teller)| *teller).collect();
                changes.incidents.push(((*home).to_owned(), fuse::incident(&told, &tellers, retold_by, model)));
            }
        }
        for (id, old) in &before {
            if now.get(id).is_none_or(|told| told.facts != old.facts) {
                changes.gone.push((id.clone(), filed(&old.facts)));
            }
        }
        for (id, told) in &now {
            let old = before.get(id);
            if old.is_none_or(|old| old.facts != told.facts) {
                changes.filed.push((id.clone(), filed(&told.facts)));
            }
            let row = |told: &Told| Row {
                event: id.clone(),
                document: told.document.clone(),
                stage: told.stage,
                chain: told.chain.clone(),
                home: told.home.clone(),
                best: told.best,
                facts: told.facts.to_hex(),
            };
            if old.map(row) != Some(row(told)) {
                changes.rows.push(row(told));
            }
        }
        changes.homes = dirty;
        Ok(changes)
    }
}
