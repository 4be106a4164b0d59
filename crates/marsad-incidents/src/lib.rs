//! Keeps the incidents of a store in step with its documents and with what people decide.
//!
//! [`anew`] links everything; [`follow`] looks only at what came since and at its neighbours, and the incidents are the same,
//! byte for byte, in whatever order documents came. What `follow` needs to know of the others is kept in the store.
//!
//! Architecture invariant: what is kept beside the incidents can be thrown away; [`anew`] makes it again from documents and
//! decisions.

mod memory;

use marsad_copies::Sketch;
use marsad_link::{Changes, Decisions, Known, Model, remembered};
use marsad_store::{Decision, Linking, Result, Store, Verdict};
use memory::{Stored, standing};
use std::time::Instant;

/// So many new documents are always linked one by one …
const FEW: usize = 64;
/// … more only where they are less than this share of all, as one in so many.
const SHARE: i64 = 20;

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Documents that were new, or gone.
    pub documents: usize,
    /// Incidents that were written.
    pub incidents: usize,
    /// Whether everything was linked, not only what is new.
    pub anew: bool,
}

/// Links what came since the last time, and heeds new decisions; everything where that is quicker, or where other weights
/// linked the store. A server that goes away is waited for, as long as the store has patience.
///
/// # Errors
///
/// Where the database fails; then the incidents are those that were there.
pub async fn follow(store: &mut Store) -> Result<Outcome> {
    Ok(patiently(store, Way::Follow).await?.unwrap_or_default())
}

/// Links what came since the last time, where that costs little: nothing is done, and `None` is given, where more than
/// `most` documents are new or the store was never linked by these weights. A server that goes away is waited for.
///
/// # Errors
///
/// Where the database fails; then the incidents are those that were there.
pub async fn follow_few(store: &mut Store, most: usize) -> Result<Option<Outcome>> {
    patiently(store, Way::Few(most)).await
}

/// Links everything, whatever was linked before. Writers are let through while it thinks; what they bring is linked by the
/// next [`follow`]. A server that goes away is waited for.
///
/// # Errors
///
/// Where the database fails; then the incidents are those that were there.
pub async fn anew(store: &mut Store) -> Result<Outcome> {
    Ok(patiently(store, Way::Anew).await?.unwrap_or_default())
}

/// How a store is linked.
#[derive(Clone, Copy)]
enum Way {
    /// What is new, or everything where that is quicker.
    Follow,
    /// What is new, where it is not more documents than that.
    Few(usize),
    /// Everything.
    Anew,
}

/// Links, and begins again where the server was lost meanwhile: what is linked is changed in one transaction, so that a try
/// that broke off left nothing, and one that was stored unheard leaves nothing to do.
async fn patiently(store: &mut Store, way: Way) -> Result<Option<Outcome>> {
    let mut lost = None;
    for tries in 0.. {
        match once(store, way).await {
            Err(error) => store.recover(error, *lost.get_or_insert_with(Instant::now), tries).await?,
            done => return done,
        }
    }
    Ok(None)
}

async fn once(store: &mut Store, way: Way) -> Result<Option<Outcome>> {
    let followed = match way {
        Way::Few(most) => return step(store, most).await,
        Way::Follow => step(store, usize::MAX).await?,
        Way::Anew => None,
    };
    match followed {
        None => everything(store).await.map(Some),
        done => Ok(done),
    }
}

/// What is linked as one step, where that is possible and quick.
async fn step(store: &mut Store, most: usize) -> Result<Option<Outcome>> {
    let model = Model::fitted();
    let mut linking = store.linking().await?;
    let linked = linking.linked().await?;
    if linked.method.as_deref() != Some(model.stamp().as_str()) {
        return Ok(None);
    }
    let documents = linking.unlinked().await?;
    let all = linking.decisions().await?;
    if documents.len() > most || (documents.len() > FEW && documents.len() as i64 * SHARE > linking.documents().await?) {
        return Ok(None);
    }
    let count = all.len() as i64;
    if documents.is_empty() && count == linked.decisions {
        return Ok(Some(Outcome::default()));
    }
    let decided: Vec<String> = all.iter().filter(|d| d.number > linked.decisions).flat_map(|d| sides(d, &all)).flatten().cloned().collect();
    let decisions = standing_decisions(&all);
    let reports = linking.reports(&documents).await?.into_iter().map(memory::report).collect::<Vec<_>>();
    let mut memory = Stored { linking: &mut linking };
    let changes = marsad_link::follow(&mut memory, &documents, &reports, &decided, &decisions, &model).await?;
    let incidents = changes.incidents.len();
    write(&mut linking, &changes).await?;
    linking.finish(&documents, count, None).await?;
    Ok(Some(Outcome { documents: documents.len(), incidents, anew: false }))
}

/// The sides of a decision, or of the one that it takes back.
fn sides<'a>(decision: &'a Decision, all: &'a [Decision]) -> &'a [Vec<String>] {
    match &decision.verdict {
        Verdict::Merge(sides) | Verdict::Split(sides) => sides,
        Verdict::Undo(number) => {
            let undone = all.iter().find(|other| other.number == *number && !matches!(other.verdict, Verdict::Undo(_)));
            undone.map_or(&[], |undone| sides(undone, all))
        }
    }
}

/// The decisions that were not taken back.
fn standing_decisions(all: &[Decision]) -> Decisions {
    let mut decisions = Decisions::default();
    for decision in all.iter().filter(|decision| !decision.undone) {
        match &decision.verdict {
            Verdict::Merge(sides) => decisions.merge(sides),
            Verdict::Split(sides) => decisions.split(sides),
            Verdict::Undo(_) => {}
        }
    }
    decisions
}

async fn write(linking: &mut Linking<'_>, changes: &Changes) -> Result<()> {
    linking.forget(&changes.gone).await?;
    linking.keep(&changes.rows.iter().map(standing).collect::<Vec<_>>()).await?;
    linking.file(&changes.filed).await?;
    linking.replace(&changes.homes, &changes.incidents).await
}

/// Links everything.
async fn everything(store: &mut Store) -> Result<Outcome> {
    let model = Model::fitted();
    loop {
        let (before, documents, all) = {
            let mut linking = store.linking().await?;
            (linking.linked().await?, linking.unlinked().await?, linking.decisions().await?)
        };
        let sketches = store.sketches().await?.into_iter().filter_map(|(id, hex)| Some((id, Sketch::from_hex(&hex)?))).collect();
        let known = Known { sketches, decisions: standing_decisions(&all) };
        let mut records = Vec::new();
        store.latest_records(|coded| records.push(coded)).await?;
        let changes = remembered(&records, &model, &known);
        let mut linking = store.linking().await?;
        // Somebody else linked meanwhile, and knew of other documents: that must not be undone.
        if linking.linked().await? != before {
            continue;
        }
        linking.clear().await?;
        write(&mut linking, &changes).await?;
        linking.finish(&documents, all.len() as i64, Some(&model.stamp())).await?;
        return Ok(Outcome { documents: records.len(), incidents: changes.incidents.len(), anew: true });
    }
}
