//! A store as linking asks it.

use marsad_copies::Sketch;
use marsad_link::{Column, Memory, Report, Row, Stage};
use marsad_store::{By, Error, Linking, Result, Standing};

/// A store that is being linked.
pub(crate) struct Stored<'a, 'b> {
    pub linking: &'a mut Linking<'b>,
}

impl Memory for Stored<'_, '_> {
    type Error = Error;

    async fn filed(&mut self, keys: &[i64]) -> Result<Vec<Row>> {
        self.linking.filed(keys).await?.into_iter().map(row).collect()
    }

    async fn rows(&mut self, column: Column, values: &[String]) -> Result<Vec<Row>> {
        let by = match column {
            Column::Event => By::Event,
            Column::Document => By::Document,
            Column::Chain => By::Chain,
            Column::Home => By::Home,
        };
        self.linking.standings(by, values).await?.into_iter().map(row).collect()
    }

    async fn reports(&mut self, documents: &[String]) -> Result<Vec<Report>> {
        Ok(self.linking.reports(documents).await?.into_iter().map(report).collect())
    }
}

/// A document with its sketch as it is stored.
pub(crate) fn report((coded, sketch): (marsad_model::Coded, Option<String>)) -> Report {
    Report { coded, sketch: sketch.as_deref().and_then(Sketch::from_hex) }
}

fn row(of: Standing) -> Result<Row> {
    let stage = Stage::from_number(of.stage).ok_or_else(|| Error::Damaged(format!("{} was linked in no stage that there is", of.event)))?;
    let Standing { event, document, chain, home, best, facts, .. } = of;
    Ok(Row { event, document, stage, chain, home, best, facts })
}

/// A row as it is stored.
pub(crate) fn standing(row: &Row) -> Standing {
    let Row { event, document, stage, chain, home, best, facts } = row.clone();
    Standing { event, document, stage: stage.number(), chain, home, best, facts }
}
