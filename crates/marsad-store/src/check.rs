//! Whether a store is whole: hashes, versions, rows without their document, words that do not stand where evidence says; what
//! was made of the documents is looked at in `soundness.rs`.

use crate::Result;
use crate::connection::Store;
use crate::documents::read;
use crate::identity::digest;
use marsad_model::{Coded, Span};
use sqlx::Row;
use std::collections::{BTreeMap, HashSet};

/// Documents that are looked at together.
const PAGE: i64 = 500;

impl Store {
    /// What is wrong with the store, one sentence each; nothing in a store that is whole.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read at all.
    pub async fn check(&mut self) -> Result<Vec<String>> {
        let mut told = Vec::new();
        if self.is_sqlite() {
            for row in self.rows("PRAGMA integrity_check").await? {
                let line: String = row.try_get(0)?;
                if line != "ok" {
                    told.push(format!("SQLite says: {line}"));
                }
            }
        }
        let mut versions: BTreeMap<String, Vec<(i64, bool)>> = BTreeMap::new();
        for head in self.heads().await? {
            versions.entry(head.address).or_default().push((head.version, head.latest));
        }
        for (address, versions) in versions {
            let counted = versions.iter().enumerate().all(|(n, (version, _))| *version == n as i64 + 1);
            let latest: Vec<bool> = versions.iter().map(|(_, latest)| *latest).collect();
            if !counted || latest.iter().rposition(|latest| !latest).map_or(0, |n| n + 1) + 1 != latest.len() {
                told.push(format!("{address}: its versions are not numbered from 1 with the last one as latest"));
            }
        }
        for (table, statement) in [
            ("texts", "SELECT document FROM texts WHERE document NOT IN (SELECT id FROM documents)"),
            ("records", "SELECT document FROM records WHERE document NOT IN (SELECT id FROM documents)"),
        ] {
            for row in self.rows(statement).await? {
                told.push(format!("{table}: a row of {}, which is no document", row.try_get::<String, _>(0)?));
            }
        }
        let mut events = HashSet::new();
        self.check_documents(&mut told, &mut events).await?;
        self.check_amendments(&mut events, &mut told).await;
        self.check_links(&events, &mut told).await?;
        self.check_index(&mut told).await?;
        Ok(told)
    }

    async fn check_documents(&mut self, told: &mut Vec<String>, events: &mut HashSet<String>) -> Result<()> {
        let mut after = String::new();
        loop {
            let statement = "SELECT d.id, d.sha256, t.text, r.record FROM documents d LEFT JOIN texts t ON t.document = d.id \
                             LEFT JOIN records r ON r.document = d.id WHERE d.id > $1 ORDER BY d.id LIMIT $2";
            let rows = sqlx::query(statement).bind(after.clone()).bind(PAGE).fetch_all(&mut self.connection).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = last.try_get(0)?;
            for row in &rows {
                let (id, sha256): (String, String) = (row.try_get(0)?, row.try_get(1)?);
                let kept: (Option<String>, Option<String>) = (row.try_get(2)?, row.try_get(3)?);
                let (Some(text), Some(record)) = kept else {
                    told.push(format!("{id}: its text or its record is missing"));
                    continue;
                };
                if digest(&text) != sha256 {
                    told.push(format!("{id}: its text is not the one that its hash was made of"));
                }
                match read(&id, &record) {
                    Ok(coded) => {
                        told.extend(misplaced(&id, &text, &coded));
                        events.extend(coded.events.into_iter().map(|event| event.id));
                    }
                    Err(error) => told.push(error.to_string()),
                }
            }
        }
    }
}

/// Evidence whose words are not those of the text.
fn misplaced(id: &str, text: &str, coded: &Coded) -> Option<String> {
    if coded.document.id != id || coded.events.iter().any(|event| event.id.rsplit_once('#').map(|(of, _)| of) != Some(id)) {
        return Some(format!("{id}: its record is that of another document"));
    }
    let letters: Vec<char> = text.chars().collect();
    let wrong = |words: &str, span: Span| {
        letters.get(span[0] as usize..span[1] as usize).is_none_or(|found| !found.iter().copied().eq(words.chars()))
    };
    let event = coded.events.iter().find(|event| {
        let evidence = std::iter::once((event.trigger.text.as_str(), event.trigger.span))
            .chain(event.when.text.as_deref().zip(event.when.span))
            .chain(event.places.iter().map(|place| (place.text.as_str(), place.span)))
            .chain(event.participants.iter().map(|one| (one.text.as_str(), one.span)))
            .chain(event.weapons.iter().map(|weapon| (weapon.text.as_str(), weapon.span)))
            .chain(event.objects.iter().map(|object| (object.text.as_str(), object.span)))
            .chain(event.casualties.iter().map(|toll| (toll.text.as_str(), toll.span)))
            .chain(event.attribution.iter().map(|source| (source.text.as_str(), source.span)));
        let mut evidence = evidence;
        evidence.any(|(words, span)| wrong(words, span))
    })?;
    Some(format!("{}: its evidence does not stand where it says", event.id))
}
