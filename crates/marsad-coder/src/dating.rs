//! Which day the report is of, and which times its events get.

use crate::days::{Days, back};
use crate::document::{Read, span_of};
use crate::draft::Draft;
use crate::parse::NEW;
use crate::scan::Scan;
use crate::time::{TimeMention, TimeReader, prep};
use jiff::ToSpan;
use jiff::civil::Date;
use marsad_language::{Class, Prep, Reading, Report};
use marsad_model::{Action, Realis, Scope, WhenPrecision};
use marsad_text::Kind;
use std::ops::Range;

/// The day of a report that tells none; no time that hangs on it is written down.
pub(crate) const GUESS: Date = Date::constant(2000, 1, 1);
/// A day that differs from it in weekday, month and decade.
const OTHER_GUESS: Date = Date::constant(2013, 7, 9);
/// So many sentences at the head may tell the day of the report.
const HEAD: usize = 12;
/// A dateline stands among the first lines.
const DATELINE: usize = 8;
/// A report is published within so many days of "today" and a date, where the year is left out.
const LATE: i64 = 31;
/// A date farther from the day of publication, in days, is of another report on the page.
const YEAR: i64 = 366;
/// A time farther from an event than so many items is not its time.
const FAR: usize = 40;
/// So many items farther is what follows a time that a comma closes.
const SHUT: usize = 10;
/// "Two days after" dates what follows within so many items.
const LAG: usize = 4;
/// How far before a time the word of saying may stand that it dates.
const SAYING: usize = 24;
/// A relative clause that holds a time is no longer, in items.
const CLAUSE: usize = 5;
/// A time so many items after the word for a statement is the statement's.
const BY_WORD: usize = 2;
/// The part of the day stands so near its event.
const HOUR: usize = 4;
/// A word of saying among so many items opens a sentence.
const OPENING: usize = 3;
/// The last sentence whose day may date the headline.
const LEAD: usize = 4;

/// The code of class `conj` for words that say how or when it came about: «عندما».
const WHEN: u32 = 4;
/// Codes of words that lead from one happening to another.
const ANSWER: u32 = 0;
const AFTER: u32 = 1;
const LATER: u32 = 2;
const WITH: u32 = 3;

/// The day of the report: of a dateline, of «اليوم الخميس 5 أيار» in its head, or of its publication.
pub(crate) fn filed(scan: &Scan, published: Option<Date>) -> Option<Date> {
    let published = published.or_else(|| first_full_date(scan))?;
    let published = dateline(scan, published).unwrap_or(published);
    Some(told_today(scan, published).unwrap_or(published))
}

/// The times of all sentences; marks the items that they take.
pub(crate) fn times(scan: &Scan, filed: Option<Date>, taken: &mut [bool]) -> Vec<Vec<TimeMention>> {
    let (mut told, mut other) = (None, None);
    let read = |sentence: &Range<usize>, today: Date, told: &mut Option<Date>| {
        let mut reader = TimeReader::new(scan, sentence.clone(), today, *told);
        let times = reader.read(sentence.start);
        *told = reader.told;
        times
    };
    let mut out = Vec::with_capacity(scan.sentences.len());
    for sentence in &scan.sentences {
        let mut times = read(sentence, filed.unwrap_or(GUESS), &mut told);
        for t in &times {
            taken[t.items.clone()].fill(true);
        }
        if filed.is_none() {
            // «أمس» is no date where nobody knows the day of the report.
            let others = read(sentence, OTHER_GUESS, &mut other);
            times.retain(|t| others.iter().any(|o| o.items == t.items && o.days == t.days));
        }
        out.push(times);
    }
    out
}

/// The first full date of a text without a date of publication.
pub(crate) fn first_full_date(scan: &Scan) -> Option<Date> {
    let full = |s: &Range<usize>| TimeReader::new(scan, s.clone(), GUESS, None).read(s.start).into_iter().find(|t| t.full);
    scan.sentences.iter().take(HEAD).find_map(full).map(|t| t.days.start)
}

/// A line near the head that is nothing but a date.
fn dateline(scan: &Scan, published: Date) -> Option<Date> {
    for sentence in scan.sentences.iter().take(DATELINE) {
        if sentence.len() > 14 {
            continue;
        }
        let times = TimeReader::new(scan, sentence.clone(), published, None).read(sentence.start);
        let Some(full) = times.iter().find(|t| t.full) else { continue };
        let rest = sentence.clone().filter(|i| !full.items.contains(i)).filter(|i| scan.items[*i].kind == Kind::Word).count();
        let far = published.until(full.days.start).map_or(i64::MAX, |s| i64::from(s.get_days()).abs());
        if rest <= 2 && far <= YEAR {
            return Some(full.days.start);
        }
    }
    None
}

/// The day that the report calls today, by the weekday or date that stands beside "today" or "yesterday". Reports are
/// published days later, or filed before midnight, and copies bear dates of their own.
fn told_today(scan: &Scan, published: Date) -> Option<Date> {
    for sentence in scan.sentences.iter().take(HEAD) {
        let reader = TimeReader::new(scan, sentence.clone(), published, None);
        for i in 0..sentence.len() {
            let Some((at, n)) = reader.relative(i).filter(|r| (-2..=0).contains(&r.1)) else { continue };
            let today = |day: Date| day.checked_sub(n.days()).ok();
            let Some((end, weekday)) = reader.weekday_beside(at) else {
                let date = reader.date_beside(at, None).map(|f| f.days.start).and_then(today);
                if let Some(date) = date.filter(|d| published.until(*d).is_ok_and(|s| i64::from(s.get_days()).abs() <= LATE)) {
                    return Some(date);
                }
                continue;
            };
            if let Some(date) = reader.date_beside(end, Some(weekday)) {
                if date.full || date.days.start.weekday() == weekday {
                    return today(date.days.start);
                }
                continue;
            }
            let expected = published.checked_add(n.days()).ok()?;
            let next = expected.tomorrow().ok().filter(|d| d.weekday() == weekday);
            return today(next.unwrap_or_else(|| back(expected, i64::from(weekday.until(expected.weekday())))));
        }
    }
    None
}

/// Gives the sentence's times to its drafts.
pub(crate) fn assign(state: &Read, n: usize, row: &mut [Draft]) {
    for time in &state.times[n] {
        if reports_only(state, n, time) || in_clause(state, n, time) {
            continue;
        }
        if time.lag {
            let led = |d: &&mut Draft| {
                let start = state.mentions[d.mentions[0]].items.start;
                start >= time.items.end && start - time.items.end <= LAG
            };
            if let Some(draft) = row.iter_mut().find(led) {
                draft.when = Some((time.days, time.items.clone()));
            }
            continue;
        }
        if let Some(since) = time.onset {
            onset(state, since, time, row);
            continue;
        }
        // «… قرب المدينة، فجر السبت، وأصيب …»: a time between commas is of what stands before it.
        let comma = |i: usize| state.scan.items.get(i).is_some_and(|i| i.is_mark(','));
        let start = time.items.start;
        // «…، فجر السبت، عندما …», «…، فجر السبت، لهجوم …»: the clause goes on.
        let on = state.scan.items.get(time.items.end + 1).is_none_or(|i| {
            i.has(Reading::BY | Reading::TO) || state.scan.is(i, Class::Prep) || state.scan.value(i, Class::Conj) == Some(WHEN)
        });
        let shut = comma(time.items.end) && comma(start.wrapping_sub(1)) && !state.scan.items[start].has(Reading::AND) && !on;
        let mut best: Option<(usize, usize)> = None;
        for (d, draft) in row.iter().enumerate() {
            let span = span_of(state, draft);
            let gap = if time.items.start >= span.start {
                time.items.start.saturating_sub(span.end)
            } else {
                (span.start - time.items.end.min(span.start)) * 2 / 3 + if shut { SHUT } else { 0 }
            };
            if best.is_none_or(|b| gap < b.0) {
                best = Some((gap, d));
            }
        }
        let Some((_, d)) = best.filter(|b| b.0 <= FAR) else { continue };
        let draft = &mut row[d];
        if time.until {
            let running = |d: &Days| d.precision == WhenPrecision::Range && d.end >= state.today;
            if let Some((days, _)) = draft.when.as_mut().filter(|w| (w.0.is_day() || running(&w.0)) && w.0.start < time.days.end) {
                *days = Days::range(days.start, time.days.end);
            }
            continue;
        }
        if draft.when.as_ref().is_none_or(|w| !w.0.is_day() && time.days.is_day()) {
            let days = time.since.filter(|_| once(draft)).unwrap_or(time.days);
            draft.when = Some((days, time.items.clone()));
        }
    }
    // A time before all of them covers those without one of their own.
    if let Some(first) = state.times[n].first().filter(|t| !t.lag && !t.until && !reports_only(state, n, t))
        && row.len() > 1
        && row.first().is_some_and(|d| first.items.start < span_of(state, d).start)
    {
        for draft in row.iter_mut().filter(|d| d.when.is_none()) {
            let m = &state.mentions[draft.mentions[0]];
            // «خلال الأيام الماضية … التعزيزات»: a stretch of time covers what goes on in it.
            if !m.definite || m.verb || !first.days.is_day() {
                draft.when = Some((first.days, first.items.clone()));
            }
        }
    }
}

/// "Since the battle began on 3 May": the battle has that day, and what stands beside goes on since then.
fn onset(state: &Read, since: usize, time: &TimeMention, row: &mut [Draft]) {
    let within = |d: &Draft| {
        let at = |m: &usize| state.mentions[*m].items.start;
        (
            d.mentions.iter().any(|m| (since..time.items.end).contains(&at(m))),
            d.mentions.iter().any(|m| !(since..time.items.end).contains(&at(m))),
        )
    };
    let today = state.today.max(time.days.start);
    for draft in row.iter_mut().filter(|d| d.when.is_none() && within(d) == (true, false)) {
        draft.when = Some((time.days, time.items.clone()));
    }
    let gap = |d: &Draft| {
        let span = span_of(state, d);
        if span.start >= time.items.end { span.start - time.items.end } else { since.saturating_sub(span.end) }
    };
    let beside = row.iter_mut().filter(|d| d.when.is_none() && within(d).1).map(|d| (gap(d), d)).min_by_key(|d| d.0);
    if let Some((_, draft)) = beside.filter(|b| b.0 <= FAR) {
        let days = if once(draft) { time.days } else { Days::range(time.days.start, today) };
        draft.when = Some((days, time.items.clone()));
    }
}

/// What came into force or hands "since March" did so in March.
fn once(draft: &Draft) -> bool {
    matches!(draft.action, Action::TerritoryGain | Action::Withdrawal | Action::Agreement)
}

/// Whether a time belongs to a relative clause that tells no event: «السجناء الذين أخرجوا أمس».
fn in_clause(state: &Read, n: usize, time: &TimeMention) -> bool {
    let (scan, start) = (state.scan, time.items.start);
    let from = start.saturating_sub(CLAUSE).max(state.scan.sentences[n].start);
    let plain = |i: &usize| scan.items[*i].kind == Kind::Word;
    let Some(relative) = (from..start).rev().take_while(plain).find(|i| scan.is(&scan.items[*i], Class::Relative)) else { return false };
    !(relative + 1..start).any(|i| scan.is(&scan.items[i], Class::Frame) || scan.is(&scan.items[i], Class::Light))
        && relative + 1 < start
        && !scan.items.get(relative.wrapping_sub(1)).is_some_and(|i| scan.is(i, Class::Frame))
}

/// Reads the time of what is still to come forwards: "on Sunday" is the next one.
pub(crate) fn look_ahead(state: &Read, n: usize, draft: &mut Draft) {
    let Some((days, items)) = draft.when.as_mut().filter(|_| draft.realis == Realis::Future) else { return };
    let told = state.times[n].iter().find(|t| t.items == *items).and_then(|t| t.ahead);
    *days = told.unwrap_or(*days);
}

/// Whether a time only dates the report: "said on Monday that", "on Monday, the paper said".
pub(crate) fn reports_only(state: &Read, n: usize, time: &TimeMention) -> bool {
    let scan = state.scan;
    let sentence = &scan.sentences[n];
    let says = |i: usize| {
        let item = &scan.items[i];
        scan.is(item, Class::Report) && scan.senses(item).iter().any(|s| s.1.is_verb())
    };
    let opens = |i: usize| scan.value(&scan.items[i], Class::Particle) == Some(0) || scan.items[i].is_mark(':');
    let led = |i: usize| {
        let prep = scan.value(&scan.items[i], Class::Prep);
        scan.items[i].has(Reading::BY) || prep == Some(Prep::Toward.code()) || prep == Some(Prep::About.code())
    };
    let comma = |i: usize| scan.items[i].is_mark(',');
    let (start, end) = (time.items.start, time.items.end);
    // «في بيان أمس», «اتصالاً هاتفياً أمس»: the day of what was said or written.
    let word = |i: usize| scan.is(&scan.items[i], Class::Report) && !scan.senses(&scan.items[i]).iter().any(|s| s.1.is_verb());
    let near = start.saturating_sub(BY_WORD).max(sentence.start)..start;
    if near.clone().rev().take_while(|i| scan.items[*i].kind == Kind::Word && !scan.is(&scan.items[*i], Class::Frame)).any(word) {
        return true;
    }
    let mut said = false;
    for i in start.saturating_sub(SAYING).max(sentence.start)..start {
        said = (said || says(i)) && !scan.is(&scan.items[i], Class::Frame) && !opens(i);
    }
    let next = end + usize::from(end < sentence.end && comma(end));
    if said {
        // What is said follows the time.
        let after = end..sentence.end.min(end + 4);
        return after.clone().any(opens) || after.take(2).any(led);
    }
    // The sentence opens with the time, and somebody says something then.
    let clause = (sentence.end.min(next + SAYING)).max(next);
    let opening = start <= sentence.start + 2 && next < sentence.end && says(next);
    opening && (next + 1..clause).take_while(|i| !scan.is(&scan.items[*i], Class::Frame)).any(opens)
}

pub(crate) fn is_news(draft: &Draft) -> bool {
    draft.scope == Scope::Incident && draft.realis == Realis::Actual
}

/// A headline without a time tells news of the first day that the lines under it name.
pub(crate) fn headline(state: &Read, drafts: &mut [Draft]) {
    let lead = drafts
        .iter()
        .filter(|d| is_news(d))
        .filter(|d| d.sentences.first().is_some_and(|s| *s <= LEAD))
        .filter_map(|d| d.when.clone())
        .filter(|w| w.0.is_day())
        .min_by_key(|w| w.1.start);
    let Some(lead) = lead else { return };
    if lead.0.end > state.today || lead.0.end.until(state.today).map_or(true, |s| s.get_days() > 3) {
        return;
    }
    let under = state.scan.sentences.partition_point(|r| r.end <= lead.1.start);
    for draft in drafts.iter_mut().filter(|d| is_news(d) && d.when.is_none()) {
        if draft.sentences.first().is_some_and(|s| *s <= 1 && *s < under && !(*s + 1..=under).any(|t| turns(state, t))) {
            draft.when = Some(lead.clone());
        }
    }
}

/// Whether a sentence opens with words that turn to another story: «من جهة أخرى».
fn turns(state: &Read, sentence: usize) -> bool {
    let Some(range) = state.scan.sentences.get(sentence) else { return false };
    let opening = range.start..range.end.min(range.start + OPENING);
    opening.clone().any(|i| state.scan.value(&state.scan.items[i], Class::Conj) == Some(NEW))
}

/// The part of a day that is told near a draft, and not of which day: «وأغارت ليلاً على …».
pub(crate) fn hour(state: &Read, draft: &Draft) -> Option<Range<usize>> {
    let n = draft.sentences[0];
    let range = state.scan.sentences.get(n)?.clone();
    let span = span_of(state, draft);
    let near = span.start.saturating_sub(HOUR).max(range.start)..range.end.min(span.end + HOUR);
    let dated = |i: usize| state.times[n].iter().any(|t| t.items.contains(&i));
    let at = near.into_iter().find(|i| state.scan.is(&state.scan.items[*i], Class::Daypart) && !dated(*i))?;
    (state.dated && !state.times[n].iter().any(|t| t.items.start == at + 1)).then_some(at..at + 1)
}

/// The code of class `response` with which a sentence opens.
pub(crate) fn response(state: &Read, sentence: usize) -> Option<u32> {
    let range = state.scan.sentences[sentence].clone();
    (range.start..range.end.min(range.start + 2)).find_map(|i| state.scan.value(&state.scan.items[i], Class::Response))
}

/// Whether a sentence goes on with the story: it opens with "after the attack", "later", "meanwhile".
pub(crate) fn linked(state: &Read, sentence: usize) -> bool {
    let range = state.scan.sentences[sentence].clone();
    let items = &state.scan.items;
    (range.start..range.end.min(range.start + 2)).any(|i| {
        let response = state.scan.value(&items[i], Class::Response);
        let after = state.scan.value(&items[i], Class::TimePrep) == Some(prep::AFTER) || matches!(response, Some(ANSWER | AFTER));
        let known = items.get(i + 1).is_some_and(|x| state.scan.is(x, Class::Frame) && (x.has(Reading::ARTICLE) || x.pronoun));
        after && known || matches!(response, Some(LATER | WITH))
    })
}

/// Whether somebody tells what a sentence says.
pub(crate) fn voiced(state: &Read, sentence: usize) -> bool {
    let start = state.scan.sentences[sentence].start;
    state.voices[sentence].utterances.iter().any(|u| u.at < start + OPENING || u.report == Report::According)
}

/// The day of the report's news: that of the first particular happening.
pub(crate) fn lead_day(state: &Read, drafts: &[Draft]) -> Option<Date> {
    let incidents = drafts.iter().filter(|d| d.scope == Scope::Incident);
    let first = incidents.min_by_key(|d| state.mentions[d.mentions[0]].items.start)?;
    Some(first.when.as_ref().map(|w| w.0).or(first.amid).map_or(state.today, |d| d.end))
}

/// Marks what happened before a day of which something was told already.
pub(crate) fn mark_outdated(state: &Read, drafts: &mut [Draft]) {
    drafts.sort_by_key(|d| state.mentions[d.mentions[0]].items.start);
    let mut latest = None;
    for draft in drafts {
        let Some((days, _)) = &draft.when else { continue };
        draft.outdated = latest.is_some_and(|l| days.end < l);
        if days.precision == WhenPrecision::Day && days.end <= state.today {
            latest = latest.max(Some(days.end));
        }
    }
}
