//! What is linked in pieces is what is linked at once.

mod common;

use common::{document, told};
use marsad_link::spread::{Card, Kind, Told, cards, fuse, group_chain, group_unit, meet, settle};
use marsad_link::{Model, link};
use marsad_model::{Coded, Incident};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// The members of an incident: places of events by document, and background events.
type Members<'a> = (BTreeMap<&'a str, Vec<u32>>, Vec<String>);

/// Links as an engine does that brings together what belongs together, and knows nothing else.
fn spread(documents: &[Coded], model: &Model) -> Vec<Incident> {
    let mut records: BTreeMap<&str, (&str, String)> = BTreeMap::new();
    for coded in documents {
        let record = (coded.document.sha256.as_str(), serde_json::to_string(coded).unwrap());
        let kept = records.entry(&coded.document.id).or_insert_with(|| record.clone());
        *kept = kept.clone().min(record);
    }
    let records: BTreeMap<&str, Coded> = records.into_iter().map(|(id, (_, json))| (id, serde_json::from_str(&json).unwrap())).collect();
    let cards: Vec<(&str, Card)> = records.iter().flat_map(|(&id, coded)| cards(coded).into_iter().map(move |card| (id, card))).collect();
    let of = |n: usize| Told { event: &cards[n].1.event, document: cards[n].0, facts: &cards[n].1.facts };

    let mut blocks: BTreeMap<i64, Vec<(usize, bool, bool)>> = BTreeMap::new();
    for (n, (_, card)) in cards.iter().enumerate() {
        card.blocks.iter().for_each(|stall| blocks.entry(stall.block).or_default().push((n, stall.seeks, stall.found)));
    }
    let mut chain: Vec<usize> = (0..cards.len()).collect();
    let mut likenesses: BTreeMap<usize, Vec<(usize, i64)>> = BTreeMap::new();
    for block in blocks.values_mut() {
        block.reverse();
        let given: Vec<_> = block.iter().map(|&(n, seeks, found)| (of(n), seeks, found)).collect();
        let meeting = meet(&given, model).unwrap();
        for (a, b) in meeting.bonds {
            let (old, new) = (chain[block[b as usize].0], chain[block[a as usize].0]);
            chain.iter_mut().filter(|c| **c == old).for_each(|c| *c = new);
        }
        for (loose, firm, odds) in meeting.likenesses {
            likenesses.entry(block[loose as usize].0).or_default().push((block[firm as usize].0, odds));
        }
    }
    let firm = (0..cards.len()).filter(|&n| cards[n].1.kind == Kind::Firm);
    let mut chains: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    firm.rev().for_each(|n| chains.entry(chain[n]).or_default().push(n));
    let mut home: Vec<Option<usize>> = vec![None; cards.len()];
    for members in chains.values() {
        let homes = group_chain(&members.iter().map(|&n| of(n)).collect::<Vec<_>>(), model).unwrap();
        members.iter().zip(homes).for_each(|(&n, first)| home[n] = Some(members[first as usize]));
    }
    for (&n, links) in &likenesses {
        home[n] = settle(&links.iter().map(|&(firm, odds)| (odds, home[firm].unwrap())).collect::<Vec<_>>());
    }
    let mut units: BTreeMap<(Option<i64>, usize), Vec<usize>> = BTreeMap::new();
    for n in (0..cards.len()).filter(|&n| cards[n].1.kind == Kind::Vague && home[n].is_none()) {
        let unit = cards[n].1.unit;
        units.entry((unit, if unit.is_some() { 0 } else { n })).or_default().insert(0, n);
    }
    for members in units.values() {
        let homes = group_unit(&members.iter().map(|&n| of(n)).collect::<Vec<_>>(), model).unwrap();
        members.iter().zip(homes).for_each(|(&n, first)| home[n] = Some(members[first as usize]));
    }

    let mut groups: BTreeMap<usize, Members> = BTreeMap::new();
    for (n, (document, card)) in cards.iter().enumerate() {
        let Some(home) = home[n] else { continue };
        let (told, retold_by) = groups.entry(home).or_default();
        match card.kind {
            Kind::Background => retold_by.push(card.event.clone()),
            _ => told.entry(document).or_default().push(card.place),
        }
    }
    let incident = |(told, retold_by): Members| {
        let told: Vec<_> = told.into_iter().rev().map(|(id, places)| (records[id].clone(), places)).collect();
        fuse(&told, retold_by, model)
    };
    let mut incidents: Vec<Incident> = groups.into_values().filter_map(incident).collect();
    let day = |incident: &Incident| incident.when.as_ref().and_then(|when| when.start.clone()).unwrap_or_default();
    incidents.sort_by_key(|incident| (day(incident), incident.id.clone()));
    incidents
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn in_pieces_as_at_once(
        given in prop::collection::vec((0u8..60, prop::collection::vec(any::<[u8; 5]>(), 0..4), any::<u8>()), 1..60),
        threshold in prop::sample::select(vec![None, Some(-3.0)]),
    ) {
        let make = |(n, events, text): &(u8, Vec<[u8; 5]>, u8)| {
            let mut coded = document(&format!("d{n:02}"), "2031-05-05", &events.iter().map(|&of| told(of)).collect::<Vec<_>>());
            coded.document.sha256 = format!("{}", text % 3);
            coded
        };
        let documents: Vec<Coded> = given.iter().map(make).collect();
        let mut model = Model::fitted();
        model.threshold = threshold.unwrap_or(model.threshold);
        prop_assert_eq!(spread(&documents, &model), link(&documents, &model).incidents);
    }
}

#[test]
fn facts_of_another_version_are_told() {
    let coded = document("d", "2031-05-05", &[told([0; 5])]);
    let card = cards(&coded).remove(0);
    let bad = Told { event: &card.event, document: "d", facts: &card.facts[..2] };
    assert_eq!(
        meet(&[(bad, true, true)], &Model::fitted()).unwrap_err().to_string(),
        "the facts of event “d#1” cannot be read; every machine must run the same version of Marsad"
    );
}
