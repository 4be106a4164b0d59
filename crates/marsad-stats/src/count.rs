//! Counting.

use jiff::ToSpan;
use jiff::civil::Date;
use marsad_model::{Figure, Incident, Outcome, Role};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Periods without incidents are listed, too, as long as there are no more of them than this.
const PERIODS: usize = 4000;

/// Spans of time that are counted apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// Days.
    Day,
    /// ISO 8601 weeks, from Monday.
    Week,
    /// Months.
    Month,
}

impl Period {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// The first day of the period that a day lies in.
    pub fn start(self, day: Date) -> Date {
        match self {
            Self::Day => day,
            Self::Week => day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days()),
            Self::Month => day.first_of_month(),
        }
    }

    /// The first day of the next period.
    pub fn next(self, start: Date) -> Option<Date> {
        match self {
            Self::Day => start.tomorrow(),
            Self::Week => start.checked_add(1.week()),
            Self::Month => start.checked_add(1.month()),
        }
        .ok()
    }

    /// The period that begins on a day: `2023-08-14`, `2023-W33` or `2023-08`.
    pub fn label(self, start: Date) -> String {
        match self {
            Self::Day => start.to_string(),
            Self::Week => format!("{:04}-W{:02}", start.iso_week_date().year(), start.iso_week_date().week()),
            Self::Month => format!("{:04}-{:02}", start.year(), start.month()),
        }
    }
}

/// What incidents are told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// ISO 3166-1 alpha-2 code of the country.
    Country,
    /// First-order division, with the country.
    Admin1,
    /// What was done.
    Action,
    /// Who did it; an incident counts once for each.
    Actor,
    /// Whom it was aimed at or who suffered it; an incident counts once for each.
    Target,
}

impl Axis {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Admin1 => "admin1",
            Self::Action => "action",
            Self::Actor => "actor",
            Self::Target => "target",
        }
    }

    /// The values of an incident; `unknown` where nothing is told.
    fn values(self, incident: &Incident) -> BTreeSet<String> {
        let place = incident.place.as_ref();
        let actors = |roles: &[Role]| {
            let told = incident.participants.iter().map(|told| &told.participant).filter(|told| roles.contains(&told.role));
            told.map(|told| told.actor.clone()).collect::<BTreeSet<String>>()
        };
        let one = |value: Option<String>| value.into_iter().collect::<BTreeSet<String>>();
        let country = place.and_then(|place| place.country.clone());
        let values = match self {
            Self::Country => one(country),
            Self::Admin1 => one(place.and_then(|place| place.admin1.clone()).map(|name| match country {
                Some(country) => format!("{name}, {country}"),
                None => name,
            })),
            Self::Action => one(Some(incident.action.name().to_owned())),
            Self::Actor => actors(&[Role::Perpetrator]),
            Self::Target => actors(&[Role::Target, Role::Victim]),
        };
        if values.is_empty() { one(Some("unknown".to_owned())) } else { values }
    }
}

/// How many incidents, and what they cost.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Count {
    /// The period's name; `None` for incidents without a day, and where periods are not told apart.
    pub period: Option<String>,
    /// Its first day.
    pub start: Option<Date>,
    /// The value of the axis; `None` where there is none.
    pub group: Option<String>,
    /// Incidents.
    pub incidents: u64,
    /// Killed: the sums of the least, the best and the most that is told of every incident.
    pub killed: [u64; 3],
    /// Injured, likewise.
    pub injured: [u64; 3],
    /// Documents read that were published in the same period; `None` for incidents without a day.
    pub documents: Option<u64>,
    /// Incidents for 1,000 of these documents, to three decimal places; `None` where there are none.
    pub per_1000: Option<f64>,
}

impl Count {
    fn add(&mut self, killed: Figure, injured: Figure) {
        self.incidents += 1;
        for (sums, figure) in [(&mut self.killed, killed), (&mut self.injured, injured)] {
            for (sum, more) in sums.iter_mut().zip([figure.low, figure.best, figure.high]) {
                *sum += u64::from(more);
            }
        }
    }

    fn over(&mut self, documents: Option<u64>) {
        self.documents = documents;
        let rate = |documents: u64| (self.incidents as f64 * 1e6 / documents as f64).round() / 1e3;
        self.per_1000 = documents.filter(|documents| *documents > 0).map(rate);
    }
}

/// Counts, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Stats {
    /// What periods.
    pub period: Option<Period>,
    /// What groups.
    pub axis: Option<Axis>,
    /// By period, then from the most incidents to the least, then by group; without a day last.
    pub rows: Vec<Count>,
    /// Everything once.
    pub total: Count,
}

/// Documents read on a day of publication; `None` for those without one.
pub type Read = (Option<Date>, u64);

/// Counts incidents. An incident belongs to the period of its first day. `within` are the days that were asked for, from which
/// documents are counted, too.
pub fn count<'i>(
    incidents: impl Iterator<Item = &'i Incident>,
    read: &[Read],
    period: Option<Period>,
    axis: Option<Axis>,
    within: (Option<Date>, Option<Date>),
) -> Stats {
    let asked = |day: Date| within.0.is_none_or(|from| day >= from) && within.1.is_none_or(|to| day <= to);
    let bounded = within.0.is_some() || within.1.is_some();
    let mut documents: BTreeMap<Date, u64> = BTreeMap::new();
    let mut all = 0;
    for (day, number) in read {
        match day {
            Some(day) if asked(*day) => {
                all += number;
                if let Some(period) = period {
                    *documents.entry(period.start(*day)).or_default() += number;
                }
            }
            None if !bounded => all += number,
            _ => {}
        }
    }
    let mut total = Count::default();
    let mut cells: BTreeMap<(Option<Date>, Option<String>), Count> = BTreeMap::new();
    for incident in incidents {
        let (killed, injured) = (incident.figure(Outcome::Killed), incident.figure(Outcome::Injured));
        total.add(killed, injured);
        let day = incident.when.as_ref().and_then(|when| when.start.as_deref()).and_then(|day| day.parse::<Date>().ok());
        let start = period.and_then(|period| day.map(|day| period.start(day)));
        let groups: Vec<Option<String>> = match axis {
            Some(axis) => axis.values(incident).into_iter().map(Some).collect(),
            None => vec![None],
        };
        for group in groups {
            cells.entry((start, group)).or_default().add(killed, injured);
        }
    }
    if let (Some(period), None) = (period, axis) {
        for start in between(period, &cells, &documents) {
            cells.entry((Some(start), None)).or_default();
        }
    }
    total.over(Some(all));
    let mut rows: Vec<Count> = cells
        .into_iter()
        .map(|((start, group), count)| (start, group, count))
        .map(|(start, group, mut count)| {
            count.over(match period {
                Some(_) => start.map(|start| documents.get(&start).copied().unwrap_or(0)),
                None => Some(all),
            });
            Count { period: start.zip(period).map(|(start, period)| period.label(start)), start, group, ..count }
        })
        .collect();
    rows.sort_by(|a, b| {
        let by_period = (a.start.is_none(), a.start).cmp(&(b.start.is_none(), b.start));
        by_period.then(b.incidents.cmp(&a.incidents)).then_with(|| a.group.cmp(&b.group))
    });
    Stats { period, axis, rows, total }
}

/// All periods from the first with incidents or documents to the last.
fn between(period: Period, cells: &BTreeMap<(Option<Date>, Option<String>), Count>, documents: &BTreeMap<Date, u64>) -> Vec<Date> {
    let days = || cells.keys().filter_map(|key| key.0).chain(documents.keys().copied());
    let (Some(first), Some(last)) = (days().min(), days().max()) else { return Vec::new() };
    let all: Vec<Date> =
        std::iter::successors(Some(first), |start| period.next(*start)).take_while(|start| *start <= last).take(PERIODS + 1).collect();
    if all.len() > PERIODS { documents.keys().copied().collect() } else { all }
}
