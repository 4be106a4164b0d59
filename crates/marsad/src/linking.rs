//! Linking what the store holds.

use crate::store::Open;
use marsad_copies::Sketch;
use marsad_link::{Known, Linked, Model, link_knowing};
use marsad_model::Coded;
use marsad_store::{Head, Verdict};
use std::collections::HashMap;
use std::io;

/// Texts that were published further apart than this are no copies of each other (days).
const APART: i32 = 7;

/// Links the latest version of every document, heeds what people decided, and stores the incidents.
pub(crate) fn link_store(open: &mut Open) -> io::Result<Linked> {
    let heads: Vec<Head> = open.run(async |store| store.heads().await)?.into_iter().filter(|head| head.latest).collect();
    let mut known = Known { copies: copies(&heads), ..Known::default() };
    for decision in open.run(async |store| store.decisions().await)?.into_iter().filter(|decision| !decision.undone) {
        match decision.verdict {
            Verdict::Merge(sides) => known.decisions.merge(&sides),
            Verdict::Split(sides) => known.decisions.split(&sides),
            Verdict::Undo(_) => {}
        }
    }
    let mut documents: Vec<Coded> = Vec::with_capacity(heads.len());
    open.run(async |store| store.latest_records(|coded| documents.push(coded)).await)?;
    let linked = link_knowing(&documents, &Model::fitted(), &known);
    open.run(async |store| store.replace_incidents(&linked.incidents).await)?;
    Ok(linked)
}

/// The group of every document that has near copies, named by the first of their ids.
fn copies<C: FromIterator<(String, String)>>(heads: &[Head]) -> C {
    let mut heads: Vec<(&Head, Sketch, Option<i32>)> = heads
        .iter()
        .filter_map(|head| {
            let sketch = Sketch::from_hex(head.sketch.as_deref()?)?;
            let day = head.published.as_deref().and_then(|day| day.parse::<jiff::civil::Date>().ok());
            Some((head, sketch, day.map(|day| day.duration_since(jiff::civil::date(1970, 1, 1)).as_hours() as i32 / 24)))
        })
        .collect();
    heads.sort_by(|a, b| a.0.id.cmp(&b.0.id));
    let mut bands: HashMap<i64, Vec<usize>> = HashMap::new();
    let mut pairs = Vec::new();
    for (n, (_, sketch, day)) in heads.iter().enumerate() {
        let mut met: Vec<usize> = sketch.bands().flat_map(|band| bands.get(&band).into_iter().flatten().copied()).collect();
        met.sort_unstable();
        met.dedup();
        let near = |other: Option<i32>| day.zip(other).is_none_or(|(a, b)| (a - b).abs() <= APART);
        pairs.extend(met.into_iter().filter(|&m| near(heads[m].2) && sketch.is_copy_of(&heads[m].1)).map(|m| (m, n)));
        for band in sketch.bands() {
            bands.entry(band).or_default().push(n);
        }
    }
    let groups = marsad_copies::groups(heads.len(), pairs);
    let mut sizes = vec![0; heads.len()];
    groups.iter().for_each(|&group| sizes[group] += 1);
    let named = |(n, &group): (usize, &usize)| (sizes[group] > 1).then(|| (heads[n].0.id.clone(), heads[group].0.id.clone()));
    groups.iter().enumerate().filter_map(named).collect()
}
