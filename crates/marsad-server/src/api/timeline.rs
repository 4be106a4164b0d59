//! Incidents over time.

use crate::answer::{Answer, Problem, json, tag, written};
use crate::api::incidents::matching;
use crate::filter::FilterQuery;
use crate::observatory::App;
use crate::snapshot::{Entry, Snapshot, day_text};
use axum::extract::{Query, RawQuery, State};
use axum::http::HeaderMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Bars of a timeline, where nothing else is asked for: the finest unit that needs no more.
const BARS: i32 = 200;
/// Periods of a series at most.
const PERIODS: usize = 5000;

/// A filter and a unit.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct TimelineQuery {
    #[serde(flatten)]
    pub filter: FilterQuery,
    /// `day`, `week` (from Monday), `month` or `year`; what fits where it is not given.
    pub unit: Option<String>,
}

/// One period.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Period {
    /// Its first day.
    start: String,
    incidents: u32,
    killed: u64,
}

/// Periods without a gap.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Timeline {
    /// `day`, `week`, `month` or `year`.
    unit: &'static str,
    periods: Vec<Period>,
    /// Incidents without a day.
    undated: u32,
}

/// A length of time.
#[derive(Clone, Copy, PartialEq)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
}

impl Unit {
    fn read(name: Option<&str>) -> Answer<Option<Self>> {
        Ok(match name.filter(|name| !name.is_empty()) {
            None => None,
            Some("day") => Some(Self::Day),
            Some("week") => Some(Self::Week),
            Some("month") => Some(Self::Month),
            Some("year") => Some(Self::Year),
            Some(other) => return Err(Problem::bad(format!("unit={other:?}: give day, week, month or year"))),
        })
    }

    fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    fn fitting(days: i32) -> Self {
        [(1, Self::Day), (7, Self::Week), (31, Self::Month)]
            .into_iter()
            .find(|(long, _)| days / long < BARS)
            .map_or(Self::Year, |(_, unit)| unit)
    }

    /// The first day of the period of a day.
    fn first(self, day: i32) -> i32 {
        let date = || day_text(day).parse::<jiff::civil::Date>().unwrap_or_default();
        match self {
            Self::Day => day,
            // 1970-01-01 was a Thursday.
            Self::Week => day - (day + 3).rem_euclid(7),
            Self::Month => day - i32::from(date().day()) + 1,
            Self::Year => day - i32::from(date().day_of_year()) + 1,
        }
    }

    /// The first day of the next period.
    fn next(self, first: i32) -> i32 {
        match self {
            Self::Day => first + 1,
            Self::Week => first + 7,
            Self::Month => self.first(first + 31),
            Self::Year => self.first(first + 366),
        }
    }

    /// The periods from one day to another.
    fn periods(self, from: i32, to: i32) -> Vec<i32> {
        let mut out = Vec::new();
        let mut first = self.first(from);
        while first <= to && out.len() < PERIODS {
            out.push(first);
            first = self.next(first);
        }
        out
    }
}

/// First and last day of what is counted.
fn reach<'a>(entries: impl Iterator<Item = &'a Entry>) -> Option<(i32, i32)> {
    entries.filter_map(|entry| entry.days).fold(None, |reach, (start, _)| {
        let (first, last) = reach.unwrap_or((start, start));
        Some((first.min(start), last.max(start)))
    })
}

/// `GET /api/timeline`
pub(crate) async fn timeline(
    State(app): State<App>,
    Query(query): Query<TimelineQuery>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Answer {
    let snapshot = app.snapshot();
    let filter = app.filter(&query.filter, &snapshot).await?;
    let unit = Unit::read(query.unit.as_deref())?;
    let tag = tag(&[&app.mark(&snapshot, &filter), raw.as_deref().unwrap_or_default(), "timeline"]);
    let bytes = app.drawn.count(tag.clone(), || {
        let found = || matching(&snapshot, &filter).map(|entry| &**entry);
        let reach = reach(found());
        let unit = unit.unwrap_or_else(|| Unit::fitting(reach.map_or(0, |(from, to)| to - from)));
        let mut counts: BTreeMap<i32, (u32, u64)> =
            reach.map(|(from, to)| unit.periods(from, to)).into_iter().flatten().map(|p| (p, (0, 0))).collect();
        let mut undated = 0;
        for entry in found() {
            match entry.days {
                None => undated += 1,
                Some((start, _)) => {
                    // The period of a day is the last one that begins on it or before.
                    if let Some((_, count)) = counts.range_mut(..=start).next_back() {
                        *count = (count.0 + 1, count.1 + u64::from(entry.killed.best));
                    }
                }
            }
        }
        let periods = counts.into_iter().map(|(first, (incidents, killed))| Period { start: day_text(first), incidents, killed });
        json(&Timeline { unit: unit.name(), periods: periods.collect(), undated })
    });
    written(&headers, &tag, &bytes.await?)
}

/// A filter, and what is counted.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct TrendQuery {
    #[serde(flatten)]
    pub filter: FilterQuery,
    /// `action`, `perpetrator`, `target`, `admin1`, `country` or `outlet`.
    pub by: Option<String>,
    /// `day`, `week`, `month` or `year`; what fits where it is not given.
    pub unit: Option<String>,
    /// So many series, those with most incidents; 12 where it is not given, 60 at most.
    #[schemars(with = "Option<u32>")]
    pub series: Option<String>,
}

/// One series.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Series {
    /// The action, the actor's id, the English name of the province, the country's code, or the outlet.
    key: String,
    /// Incidents of each period.
    incidents: Vec<u32>,
    /// Killed in each period, by the best figures.
    killed: Vec<u64>,
    /// Incidents of all periods.
    total: u32,
}

/// Series over the same periods.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Trends {
    unit: &'static str,
    by: String,
    /// First days.
    periods: Vec<String>,
    /// Documents published in each period, so that more sources do not look like more violence.
    documents: Vec<u32>,
    series: Vec<Series>,
    /// Series that were left out.
    more: usize,
}

/// `GET /api/trends`
pub(crate) async fn trends(State(app): State<App>, Query(query): Query<TrendQuery>, RawQuery(raw): RawQuery, headers: HeaderMap) -> Answer {
    let snapshot = app.snapshot();
    let filter = app.filter(&query.filter, &snapshot).await?;
    let unit = Unit::read(query.unit.as_deref())?;
    let by = query.by.clone().filter(|by| !by.is_empty()).unwrap_or_else(|| "action".into());
    let most = match query.series.as_deref().filter(|text| !text.is_empty()) {
        None => 12,
        Some(text) => text.parse().ok().filter(|n| (1..=60).contains(n)).ok_or_else(|| Problem::bad("series: give 1 to 60"))?,
    };
    if !matches!(by.as_str(), "action" | "perpetrator" | "target" | "admin1" | "country" | "outlet") {
        return Err(Problem::bad(format!("by={by:?}: give action, perpetrator, target, admin1, country or outlet")));
    }
    let tag = tag(&[&app.mark(&snapshot, &filter), raw.as_deref().unwrap_or_default(), "trends"]);
    let bytes = app.drawn.count(tag.clone(), || {
        let found = || matching(&snapshot, &filter).map(|entry| &**entry);
        let Some((from, to)) = reach(found()) else {
            return json(&Trends { unit: "week", by, periods: Vec::new(), documents: Vec::new(), series: Vec::new(), more: 0 });
        };
        let unit = unit.unwrap_or_else(|| Unit::fitting((to - from) * 2));
        let periods = unit.periods(from, to);
        let at = |day: i32| periods.partition_point(|first| *first <= day).checked_sub(1);
        let mut series: BTreeMap<String, Series> = BTreeMap::new();
        for entry in found() {
            let Some(n) = entry.days.and_then(|(start, _)| at(start)) else { continue };
            for key in keys(entry, &by, &snapshot) {
                let empty = || Series { key: key.clone(), incidents: vec![0; periods.len()], killed: vec![0; periods.len()], total: 0 };
                let one = series.entry(key.clone()).or_insert_with(empty);
                one.incidents[n] += 1;
                one.killed[n] += u64::from(entry.killed.best);
                one.total += 1;
            }
        }
        let mut series: Vec<Series> = series.into_values().collect();
        series.sort_by(|a, b| b.total.cmp(&a.total).then_with(|| a.key.cmp(&b.key)));
        let more = series.len().saturating_sub(most);
        series.truncate(most);
        let mut documents = vec![0; periods.len()];
        for (day, count) in snapshot.documents_by_day.range(from..) {
            if let Some(n) = at(*day).filter(|_| *day < unit.next(periods.last().copied().unwrap_or(to))) {
                documents[n] += count;
            }
        }
        json(&Trends { unit: unit.name(), by, periods: periods.into_iter().map(day_text).collect(), documents, series, more })
    });
    written(&headers, &tag, &bytes.await?)
}

/// The series that an incident counts in.
fn keys(entry: &Entry, by: &str, snapshot: &Snapshot) -> Vec<String> {
    let name = |number: u32| snapshot.names.text(number).to_owned();
    let place = entry.place.as_ref();
    match by {
        "action" => vec![entry.action.name().into()],
        "perpetrator" => entry.doers.iter().map(|(actor, _)| name(*actor)).collect(),
        "target" => entry.targets.iter().map(|actor| name(*actor)).collect(),
        "admin1" => place.and_then(|place| place.admin1).map(name).into_iter().collect(),
        "country" => place.and_then(|place| place.country).map(name).into_iter().collect(),
        _ => entry.outlets.iter().map(|outlet| name(*outlet)).collect(),
    }
}

/// How much there is.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Stats {
    /// Documents, in their latest versions.
    documents: u32,
    /// Incidents that meet the filter.
    incidents: u32,
    /// Those that more than one independent report tells.
    corroborated: u32,
    /// Those whose reports differ.
    disputed: u32,
    /// Killed, by low, best and high figures.
    killed: [u64; 3],
    injured: u64,
    first: Option<String>,
    last: Option<String>,
    /// Incidents by state of review.
    states: BTreeMap<&'static str, u32>,
    actions: BTreeMap<&'static str, u32>,
}

/// `GET /api/stats`
pub(crate) async fn stats(State(app): State<App>, Query(query): Query<FilterQuery>, RawQuery(raw): RawQuery, headers: HeaderMap) -> Answer {
    let snapshot = app.snapshot();
    let filter = app.filter(&query, &snapshot).await?;
    let tag = tag(&[&app.version(&snapshot, &filter), raw.as_deref().unwrap_or_default(), "stats"]);
    let bytes = app.drawn.count(tag.clone(), || {
        let found = || matching(&snapshot, &filter).map(|entry| &**entry);
        let reach = reach(found());
        let mut out = Stats {
            documents: snapshot.documents,
            incidents: 0,
            corroborated: 0,
            disputed: 0,
            killed: [0; 3],
            injured: 0,
            first: reach.map(|(first, _)| day_text(first)),
            last: reach.map(|(_, last)| day_text(last)),
            states: BTreeMap::new(),
            actions: BTreeMap::new(),
        };
        for entry in found() {
            out.incidents += 1;
            out.corroborated += u32::from(entry.voices > 1);
            out.disputed += u32::from(!entry.disputed.is_empty());
            let killed = [entry.killed.low, entry.killed.best, entry.killed.high];
            out.killed.iter_mut().zip(killed).for_each(|(sum, one)| *sum += u64::from(one));
            out.injured += u64::from(entry.injured.best);
            *out.states.entry(entry.state.name()).or_default() += 1;
            *out.actions.entry(entry.action.name()).or_default() += 1;
        }
        json(&out)
    });
    written(&headers, &tag, &bytes.await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::day_number;

    #[test]
    fn periods_begin_where_calendars_say() {
        let day = |text: &str| day_number(text).unwrap();
        assert_eq!(day_text(Unit::Week.first(day("2023-08-13"))), "2023-08-07");
        assert_eq!(day_text(Unit::Week.first(day("2023-08-14"))), "2023-08-14");
        assert_eq!(day_text(Unit::Month.first(day("2024-02-29"))), "2024-02-01");
        assert_eq!(day_text(Unit::Month.next(day("2024-01-01"))), "2024-02-01");
        assert_eq!(day_text(Unit::Year.next(day("2024-01-01"))), "2025-01-01");
        assert_eq!(Unit::Day.periods(day("2023-12-30"), day("2024-01-02")).len(), 4);
        assert!(Unit::fitting(100) == Unit::Day && Unit::fitting(1000) == Unit::Week && Unit::fitting(100_000) == Unit::Year);
    }
}
