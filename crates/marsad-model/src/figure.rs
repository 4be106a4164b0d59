//! Tolls as one number.

use crate::{Group, Incident, Outcome};

/// How many met an outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    /// The least that is told.
    pub low: u32,
    /// What most tell.
    pub best: u32,
    /// The most that is told.
    pub high: u32,
}

/// A row of tolls: outcome, group, low, best, high.
pub type TollRow = (Outcome, Group, Option<u32>, Option<u32>, Option<u32>);

impl Figure {
    /// The whole toll: what is told of all, or else of civilians and fighters together, or else the largest part that is told.
    pub fn of(rows: impl Iterator<Item = TollRow>, outcome: Outcome) -> Self {
        let rows: Vec<TollRow> = rows.filter(|row| row.0 == outcome).collect();
        let of = |group| Self::of_group(rows.iter().copied(), outcome, group);
        let sum = |a: Self, b: Self| Self {
            low: a.low.saturating_add(b.low),
            best: a.best.saturating_add(b.best),
            high: a.high.saturating_add(b.high),
        };
        let parts = match (of(Group::Civilians), of(Group::Combatants)) {
            (Some(a), Some(b)) => Some(sum(a, b)),
            (a, b) => a.or(b),
        };
        let rest = || rows.iter().filter_map(|row| of(row.1)).max_by_key(|figure| figure.best);
        of(Group::All).or(parts).or_else(rest).unwrap_or_default()
    }

    /// The toll of one group.
    pub fn of_group(mut rows: impl Iterator<Item = TollRow>, outcome: Outcome, group: Group) -> Option<Self> {
        let (_, _, low, best, high) = rows.find(|row| row.0 == outcome && row.1 == group)?;
        let low = low.or(best).or(high)?;
        let high = high.or(best).unwrap_or(low).max(low);
        Some(Self { low, best: best.unwrap_or(low), high })
    }
}

impl Incident {
    /// The whole toll of an outcome, see [`Figure::of`].
    pub fn figure(&self, outcome: Outcome) -> Figure {
        Figure::of(self.toll_rows(), outcome)
    }

    /// The toll of one group; `None` where nothing is told of it.
    pub fn figure_of(&self, outcome: Outcome, group: Group) -> Option<Figure> {
        Figure::of_group(self.toll_rows(), outcome, group)
    }

    fn toll_rows(&self) -> impl Iterator<Item = TollRow> {
        self.casualties.iter().map(|toll| (toll.outcome, toll.group, toll.low, toll.best, toll.high))
    }
}
