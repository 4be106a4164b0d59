//! Linking what the store holds.

use crate::report;
use crate::store::Open;
use marsad_incidents::{Outcome, anew, follow, follow_few};
use std::io;

/// So many new documents are linked where they are stored.
const FEW: usize = 512;

/// Links what is new in an observatory, or everything.
pub(crate) fn link_store(open: &mut Open, everything: bool) -> io::Result<Outcome> {
    open.run(async |store| if everything { anew(store).await } else { follow(store).await })
}

/// Links what was just stored, if that costs little; says what to do otherwise.
pub(crate) fn link_few(open: &mut Open) -> io::Result<()> {
    if open.run(async |store| follow_few(store, FEW).await)?.is_some() {
        return Ok(());
    }
    let waiting = open.run(async |store| store.freshness().await)?.documents;
    let never = open.run(async |store| store.linking().await?.linked().await)?.number == 0;
    if never && waiting <= FEW as i64 {
        link_store(open, true)?;
    } else if waiting > 0 {
        report::line(&format!("{waiting} documents are not linked yet; `marsad link --store DIR` does that"));
    }
    Ok(())
}
