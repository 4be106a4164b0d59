//! Expressions of time, resolved to days.

use crate::scan::{Item, Scan};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use marsad_language::{Class, Prep, Reading};
use marsad_model::WhenPrecision;
use marsad_text::Kind;
use std::ops::Range;

/// A stretch of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Days {
    pub start: Date,
    pub end: Date,
    pub precision: WhenPrecision,
}

/// A time told in a sentence.
#[derive(Clone, Debug)]
pub(crate) struct TimeMention {
    /// Items of the document.
    pub items: Range<usize>,
    pub days: Days,
    /// Whether a day, month and year stand there.
    pub full: bool,
    /// After "since": the time from which `days` run until today.
    pub since: Option<Days>,
}

fn one(date: Date) -> Days {
    Days { start: date, end: date, precision: WhenPrecision::Day }
}

fn month(year: i16, month: i8) -> Option<Days> {
    let start = Date::new(year, month, 1).ok()?;
    Some(Days { start, end: start.last_of_month(), precision: WhenPrecision::Month })
}

/// Two days of which one follows the other: "Friday and Saturday".
fn neighbours(a: &Days, b: &Days) -> bool {
    let days = a.precision == WhenPrecision::Day && b.precision == WhenPrecision::Day;
    days && (a.end.tomorrow().ok() == Some(b.start) || b.end.tomorrow().ok() == Some(a.start))
}

fn back(date: Date, days: i64) -> Date {
    date.checked_sub(days.days()).unwrap_or(date)
}

/// What a time word of the lexicon stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
enum TimeWord {
    Month(i8),
    Hijri(u8),
    Weekday(Weekday),
    Relative(i64),
    Season(u8),
}

fn time_word(scan: &Scan, item: &Item) -> Option<TimeWord> {
    let code = scan.value(item, Class::Time)?;
    Some(match code {
        1..=12 => TimeWord::Month(code as i8),
        101..=112 => TimeWord::Hijri((code - 100) as u8),
        201..=207 => TimeWord::Weekday(Weekday::from_monday_one_offset((code - 200) as i8).ok()?),
        290..=310 => TimeWord::Relative(i64::from(code) - 300),
        401..=404 => TimeWord::Season((code - 401) as u8),
        _ => return None,
    })
}

/// Reads the times of one sentence. `today` is the day of publication.
pub(crate) struct TimeReader<'a> {
    scan: &'a Scan,
    items: &'a [Item],
    today: Date,
}

impl<'a> TimeReader<'a> {
    pub fn new(scan: &'a Scan, sentence: Range<usize>, today: Date) -> Self {
        TimeReader { scan, items: &scan.items[sentence], today }
    }

    fn item(&self, i: usize) -> Option<&'a Item> {
        self.items.get(i)
    }
    fn value(&self, i: usize, class: Class) -> Option<u32> {
        self.scan.value(self.item(i)?, class)
    }
    fn is(&self, i: usize, class: Class) -> bool {
        self.item(i).is_some_and(|x| self.scan.is(x, class))
    }
    fn number(&self, i: usize) -> Option<u32> {
        let item = self.item(i)?;
        if item.kind == Kind::Number { Some(item.value) } else { None }
    }
    fn year(&self, i: usize) -> Option<i16> {
        self.number(i).filter(|y| (1900..=2100).contains(y)).map(|y| y as i16)
    }
    fn word(&self, i: usize) -> Option<TimeWord> {
        time_word(self.scan, self.item(i)?)
    }
    fn mark(&self, i: usize, marks: &[char]) -> bool {
        matches!(self.item(i).map(|x| x.kind), Some(Kind::Mark(m)) if marks.contains(&m))
    }

    /// All times of the sentence; `offset` is the sentence's first item in the document.
    pub fn read(&self, offset: usize) -> Vec<TimeMention> {
        let mut out: Vec<TimeMention> = Vec::new();
        let mut i = 0;
        while i < self.items.len() {
            match self.at(i) {
                Some((end, days, full)) if end > i => {
                    // A range "from … to …".
                    if let Some(last) = out.last_mut()
                        && i > 0
                        && last.items.end - offset + 1 >= i
                        && self.is_toward(last.items.end - offset)
                        && last.days.start <= days.end
                        && days.precision != WhenPrecision::Unknown
                    {
                        last.days = Days { start: last.days.start, end: days.end, precision: WhenPrecision::Range };
                        last.items.end = end + offset;
                    } else if let Some(last) = out.last_mut()
                        && last.items.end - offset == i
                        && self.item(i).is_some_and(|x| x.has(Reading::AND))
                        && neighbours(&last.days, &days)
                    {
                        last.days = Days {
                            start: last.days.start.min(days.start),
                            end: last.days.end.max(days.end),
                            precision: WhenPrecision::Range,
                        };
                        last.items.end = end + offset;
                    } else {
                        let since = (self.value(i, Class::TimePrep) == Some(1) && days.end != self.today).then_some(days);
                        let days = match since {
                            Some(d) => Days { start: d.start, end: self.today.max(d.start), precision: WhenPrecision::Range },
                            None => days,
                        };
                        out.push(TimeMention { items: i + offset..end + offset, days, full, since });
                    }
                    i = end;
                }
                _ => i += 1,
            }
        }
        out
    }

    fn is_toward(&self, i: usize) -> bool {
        matches!(self.value(i, Class::Prep), Some(p) if p == Prep::Toward.code() || p == Prep::Until.code()) || self.mark(i, &['-'])
    }

    /// A time at item `i`: (end, days, full date).
    fn at(&self, i: usize) -> Option<(usize, Days, bool)> {
        // "since …": up to today.
        if let Some(code) = self.value(i, Class::TimePrep)
            && (code == 1 || code == 2)
            && let Some((end, days, _)) = self.plain(i + 1)
            && code == 1
        {
            return Some((end, days, false));
        }
        if let Some(found) = self.ago(i) {
            return Some((found.0, found.1, false));
        }
        self.plain(i)
    }

    /// "N units ago", "since N units" (which counts up to today), "a week ago".
    fn ago(&self, i: usize) -> Option<(usize, Days)> {
        let code = self.value(i, Class::TimePrep)?;
        if code != 1 && code != 2 {
            return None;
        }
        let (n, at) = match crate::count::number_at(self.scan, self.items, i + 1) {
            Some(number) => (number.count.best.or(number.count.low)?, number.end),
            None => (0, i + 1),
        };
        let unit = self.value(at, Class::TimeUnit)?;
        let form = self.scan.sense(self.item(at)?, Class::TimeUnit)?.1;
        let n = i64::from(match n {
            0 if form.has(marsad_language::Inflection::DUAL) => 2,
            0 if form.has(marsad_language::Inflection::PLURAL) => 3,
            0 => 1,
            n => n,
        });
        let days = match unit {
            0 => n,
            1 => n * 7,
            2 => n * 30,
            3 => n * 365,
            4 | 5 | 9 => 0,
            7 => n * 3650,
            8 => n,
            _ => return None,
        };
        if days > 36_500 {
            return None;
        }
        let start = back(self.today, days);
        if code == 1 {
            return Some((at + 1, Days { start, end: self.today, precision: WhenPrecision::Range }));
        }
        let days = match unit {
            1 => Days { start: back(start, 3), end: start.checked_add(3.days()).unwrap_or(start), precision: WhenPrecision::Week },
            2 => month(start.year(), start.month())?,
            3 | 7 => Days {
                start: Date::new(start.year(), 1, 1).ok()?,
                end: Date::new(start.year(), 12, 31).ok()?,
                precision: WhenPrecision::Year,
            },
            _ => one(start),
        };
        Some((at + 1, days))
    }

    /// A time without a preposition: (end, days, whether year, month and day are told).
    fn plain(&self, i: usize) -> Option<(usize, Days, bool)> {
        if let Some(found) = self.numeric(i) {
            return Some((found.0, found.1, true));
        }
        let mut at = i;
        let mut dayparts = 0;
        while self.is(at, Class::Daypart) && dayparts < 3 {
            at += 1;
            dayparts += 1;
        }
        // "the start / end of …"
        for (class, part) in [(Class::StartOf, 0), (Class::MiddleOf, 1), (Class::EndOf, 2)] {
            if self.is(at, class) {
                let (end, whole, _) = self.month_or_more(at + 1).or_else(|| self.bare_month(at + 1)).or_else(|| self.month_or_more(at))?;
                return Some((end, part_of(whole, part)?, false));
            }
        }
        if let Some(found) = self.day(at) {
            return Some(found);
        }
        if let Some((end, days, full)) = self.month_or_more(at) {
            return Some((end, days, full));
        }
        None
    }

    /// `2021-09-02`, `2/9/2021`, `26.8.2021`.
    fn numeric(&self, i: usize) -> Option<(usize, Days)> {
        let (a, b, c) = (self.number(i)?, self.number(i + 2)?, self.number(i + 4)?);
        if !self.mark(i + 1, &['-', '/', '.']) || !self.mark(i + 3, &['-', '/', '.']) {
            return None;
        }
        let date = if a > 31 {
            Date::new(a as i16, b as i8, c as i8)
        } else {
            Date::new(c as i16, b as i8, a as i8).or_else(|_| Date::new(c as i16, a as i8, b as i8))
        };
        let date = date.ok().filter(|d| (1900..2101).contains(&d.year()))?;
        Some((i + 5, one(date)))
    }

    /// A day: relative, weekday, or day of a month, with what stands beside it.
    fn day(&self, i: usize) -> Option<(usize, Days, bool)> {
        let item = self.item(i)?;
        let mut at = i;
        let mut date = None;
        if let Some(TimeWord::Relative(n)) = self.word(at)
            && (!self.is(at, Class::TimeUnit) || item.has(Reading::ARTICLE))
            && !self.is(at + 1, Class::PastAdj)
        {
            date = Some(self.today.checked_add(n.days()).unwrap_or(self.today));
            at += 1;
        } else if self.value(at, Class::TimeUnit) == Some(0) && !item.pronoun && matches!(self.word(at + 1), Some(TimeWord::Weekday(_))) {
            at += 1;
        }
        while self.is(at, Class::Daypart) && date.is_some() {
            at += 1;
        }
        let comma = usize::from(date.is_some() && self.mark(at, &[',']) && matches!(self.word(at + 1), Some(TimeWord::Weekday(_))));
        if let Some(TimeWord::Weekday(day)) = self.word(at + comma)
            && (self.item(at + comma)?.has(Reading::ARTICLE) || at > i || self.is_phrase(at + comma))
        {
            at += comma;
            let explicit = self.item(at)?;
            if explicit.has(Reading::ARTICLE) || date.is_some() || self.is_phrase(at) {
                let next = self.is(at + 1, Class::NextAdj);
                let before = self.is(at + 1, Class::PastAdj);
                date = Some(match date.and_then(|d| d.tomorrow().ok()) {
                    // "today, Sunday" in a text filed a few hours before Sunday.
                    Some(tomorrow) if tomorrow.weekday() == day => tomorrow,
                    told => self.weekday(day, next, before && told.is_none()),
                });
                at += 1;
                if next || before {
                    at += 1;
                }
                // "the night of Friday to Saturday"
                if self.mark(at, &['-', '/'])
                    && let Some(TimeWord::Weekday(second)) = self.word(at + 1)
                {
                    let end = self.weekday(second, false, false);
                    let start = back(end, 1);
                    // "after midnight of Saturday to Sunday" is Sunday.
                    if i > 0 && self.value(i - 1, Class::Daypart) == Some(6) {
                        return Some((at + 2, one(end), false));
                    }
                    return Some((at + 2, Days { start, end, precision: WhenPrecision::Range }, false));
                }
                if let Some(TimeWord::Weekday(second)) = self.word(at)
                    && i > 0
                    && self.is(i - 1, Class::Daypart)
                {
                    let end = self.weekday(second, false, false);
                    return Some((at + 1, Days { start: back(end, 1), end, precision: WhenPrecision::Range }, false));
                }
            }
        }
        while self.is(at, Class::Daypart) && date.is_some() {
            at += 1;
        }
        // "… 2 September 2021", also in brackets
        let open = usize::from(date.is_some() && (self.mark(at, &['(', ',', '-'])));
        if let Some((end, exact, full)) = self.numeric(at + open).map(|(e, d)| (e, d, true)).or_else(|| self.day_of_month(at + open)) {
            let close = usize::from(self.mark(end, &[')']) && open == 1);
            return Some((end + close, exact, full));
        }
        date.map(|d| (at, one(d), false))
    }

    fn weekday(&self, day: Weekday, next: bool, strictly_before: bool) -> Date {
        let gap = i64::from(day.until(self.today.weekday()));
        if next {
            let ahead = i64::from(self.today.weekday().until(day));
            return self.today.checked_add((if ahead == 0 { 7 } else { ahead }).days()).unwrap_or(self.today);
        }
        back(self.today, if gap == 0 && strictly_before { 7 } else { gap })
    }

    /// "2 September [2021]", "14 of the current month".
    fn day_of_month(&self, i: usize) -> Option<(usize, Days, bool)> {
        let n = match self.number(i) {
            Some(n) => n,
            None => self.value(i, Class::Ordinal).filter(|_| self.is_of(i + 1)).or_else(|| self.value(i, Class::Number))?,
        };
        if !(1..=31).contains(&n) {
            return None;
        }
        let mut at = i + 1;
        if self.is_of(at) {
            at += 1;
        }
        if self.value(at, Class::TimeUnit) == Some(2) {
            // "14 of the current / last month" or "2 of the month of May"
            if self.is(at + 1, Class::ThisAdj) {
                return Some((at + 2, one(Date::new(self.today.year(), self.today.month(), n as i8).ok()?), false));
            }
            if self.is(at + 1, Class::PastAdj) {
                let last = back(self.today.first_of_month(), 1);
                return Some((at + 2, one(Date::new(last.year(), last.month(), n as i8).ok()?), false));
            }
            at += 1;
        }
        match self.word(at)? {
            TimeWord::Month(m) => {
                let (mut end, year) = self.after_month(at, m);
                let date = match year {
                    Some(y) => Date::new(y, m, n as i8).ok()?,
                    None => {
                        let this = Date::new(self.today.year(), m, n as i8).ok()?;
                        if this > self.today.checked_add(45.days()).unwrap_or(self.today) {
                            Date::new(self.today.year() - 1, m, n as i8).ok()?
                        } else {
                            this
                        }
                    }
                };
                if self.is(end, Class::PastAdj) || self.is(end, Class::ThisAdj) {
                    end += 1;
                }
                Some((end, one(date), year.is_some()))
            }
            TimeWord::Hijri(m) => {
                let year = self.number(at + 1).filter(|y| (1300..1600).contains(y))?;
                let mut end = at + 2;
                if self.is(end, Class::Era) {
                    end += 1;
                }
                Some((end, one(hijri(year as i64, i64::from(m), i64::from(n))?), true))
            }
            _ => None,
        }
    }

    fn is_phrase(&self, i: usize) -> bool {
        self.item(i).is_some_and(|x| x.end - x.start > 1)
    }

    fn is_of(&self, i: usize) -> bool {
        matches!(self.value(i, Class::Prep), Some(p) if p == Prep::From.code())
    }

    /// After a month's name: its twin in another tradition, then a year.
    fn after_month(&self, i: usize, month: i8) -> (usize, Option<i16>) {
        let mut at = i + 1;
        for skip in 0..2usize {
            let here = at + skip;
            if (skip == 0 || self.mark(at, &['/', '-', '(']))
                && (self.word(here) == Some(TimeWord::Month(month)) || (skip == 1 && matches!(self.word(here), Some(TimeWord::Month(_)))))
            {
                at = here + 1;
                if self.mark(at, &[')']) {
                    at += 1;
                }
                break;
            }
        }
        let mut year_at = at;
        if self.value(year_at, Class::TimeUnit) == Some(3)
            || self.mark(year_at, &[',', '/', '-'])
            || self.value(year_at, Class::Prep) == Some(Prep::From.code())
        {
            year_at += 1;
            if self.value(year_at, Class::TimeUnit) == Some(3) {
                year_at += 1;
            }
        }
        match self.year(year_at) {
            Some(year) => (year_at + 1, Some(year)),
            None if self.is(at, Class::PastAdj) || self.is(at, Class::ThisAdj) => (at, None),
            None if self.value(at, Class::TimeUnit) == Some(3) && self.is(at + 1, Class::PastAdj) => (at + 2, Some(self.today.year() - 1)),
            None => (at, None),
        }
    }

    /// A month's name alone, the last one of that name.
    fn bare_month(&self, i: usize) -> Option<(usize, Days, bool)> {
        let TimeWord::Month(m) = self.word(i)? else { return None };
        let (end, year) = self.after_month(i, m);
        let year = year.unwrap_or(self.today.year() - i16::from(m > self.today.month()));
        Some((end, month(year, m)?, false))
    }

    /// A month, season, year, or a span of the past.
    fn month_or_more(&self, i: usize) -> Option<(usize, Days, bool)> {
        let item = self.item(i)?;
        let mut at = i;
        if let Some(span) = self.value(at, Class::TimeSpan) {
            let days = match span {
                0 => 1,
                1 => 2,
                2 => 21,
                3 => 92,
                4 => 1095,
                _ => return Some((at + 1, Days { start: self.today, end: self.today, precision: WhenPrecision::Unknown }, false)),
            };
            let start = if span == 3 { self.today.checked_sub(3.months()).unwrap_or(self.today) } else { back(self.today, days) };
            return Some((at + 1, Days { start, end: self.today, precision: WhenPrecision::Range }, false));
        }
        // "the past three days"
        if let Some(n) = self.number(at).or_else(|| self.value(at, Class::Number))
            && (1..100).contains(&n)
            && let Some(unit) = self.value(at + 1, Class::TimeUnit)
            && self.is(at + 2, Class::PastAdj)
        {
            let n = i64::from(n);
            let start = match unit {
                0 | 8 => back(self.today, n),
                1 => back(self.today, n * 7),
                2 => self.today.checked_sub(n.months()).ok()?,
                3 => self.today.checked_sub(n.years()).ok()?,
                4 => back(self.today, n / 24 + 1),
                _ => return None,
            };
            return Some((at + 3, Days { start, end: self.today, precision: WhenPrecision::Range }, false));
        }
        // "this month": the pointing word before the unit.
        if self.is(at, Class::ThisAdj)
            && self.item(at + 1).is_some_and(|x| x.has(Reading::ARTICLE))
            && let Some(days) = self.value(at + 1, Class::TimeUnit).and_then(|u| self.current(u))
        {
            return Some((at + 2, days, false));
        }
        let unit = self.value(at, Class::TimeUnit);
        if let Some(unit) = unit {
            let form = self.scan.sense(item, Class::TimeUnit)?.1;
            let plural = form.any(marsad_language::Inflection::PLURAL | marsad_language::Inflection::DUAL);
            // "the last week", "the past months", "the last two days"
            let mut adjective = at + 1;
            while adjective < at + 3
                && (self.is(adjective, Class::Vague) || self.number(adjective).is_some() || self.is(adjective, Class::Number))
            {
                adjective += 1;
            }
            if item.has(Reading::ARTICLE) || plural {
                if self.is(adjective, Class::PastAdj) {
                    let mut days = self.past(unit, plural)?;
                    if unit == 0 && plural && (at + 1..adjective).any(|k| self.is(k, Class::Vague)) {
                        // "the past few days"
                        days.start = back(self.today, 3);
                    }
                    return Some((adjective + 1, days, false));
                }
                if self.is(adjective, Class::ThisAdj) {
                    return Some((adjective + 1, self.current(unit)?, false));
                }
            }
            if unit == 3
                && let Some(year) = self.year(at + 1)
            {
                return Some((
                    at + 2,
                    Days { start: Date::new(year, 1, 1).ok()?, end: Date::new(year, 12, 31).ok()?, precision: WhenPrecision::Year },
                    false,
                ));
            }
            if unit == 2 && matches!(self.word(at + 1), Some(TimeWord::Month(_) | TimeWord::Hijri(_))) {
                at += 1;
            }
        }
        match self.word(at)? {
            TimeWord::Month(m) => {
                if self.is(at, Class::Frame) && at == i {
                    return None;
                }
                let (mut end, year) = self.after_month(at, m);
                let past = self.is(end, Class::PastAdj);
                if past || self.is(end, Class::ThisAdj) {
                    end += 1;
                } else if year.is_none() && at == i && !self.leads_time(i) && end == at + 1 {
                    return None;
                }
                let year = year.unwrap_or(if m > self.today.month() || (past && m == self.today.month()) {
                    self.today.year() - 1
                } else {
                    self.today.year()
                });
                Some((end, month(year, m)?, false))
            }
            TimeWord::Season(s) => {
                let year = self.year(at + 1);
                if year.is_none() && !self.is(at + 1, Class::PastAdj) {
                    return None;
                }
                let base = year.unwrap_or(self.today.year());
                let first = [12, 3, 6, 9][s as usize & 3];
                let mut start = Date::new(if first == 12 { base - 1 } else { base }, first, 1).ok()?;
                if start.checked_add(3.months()).ok()? > self.today && year.is_none() {
                    start = start.checked_sub(1.year()).ok()?;
                }
                let end = start.checked_add(3.months()).ok()?.checked_sub(1.day()).ok()?;
                Some((at + 2, Days { start, end, precision: WhenPrecision::Season }, false))
            }
            _ => None,
        }
    }

    /// Whether the word before leads to a time.
    fn leads_time(&self, i: usize) -> bool {
        let item = &self.items[i];
        if item.has(Reading::BY) {
            return true;
        }
        i > 0
            && (self.is(i - 1, Class::TimePrep)
                || matches!(self.value(i - 1, Class::Prep), Some(p) if p == Prep::In.code() || p == Prep::During.code() || p == Prep::From.code()))
    }

    /// The week, month or year that runs.
    fn current(&self, unit: u32) -> Option<Days> {
        let year = self.today.year();
        match unit {
            1 => Some(Days { start: back(self.today, 6), end: self.today, precision: WhenPrecision::Week }),
            2 => month(year, self.today.month()),
            3 => Some(Days { start: Date::new(year, 1, 1).ok()?, end: Date::new(year, 12, 31).ok()?, precision: WhenPrecision::Year }),
            _ => None,
        }
    }

    fn past(&self, unit: u32, plural: bool) -> Option<Days> {
        let today = self.today;
        let range = |start| Some(Days { start, end: today, precision: WhenPrecision::Range });
        match (unit, plural) {
            (0, true) => range(back(today, 7)),
            (0, false) => Some(one(back(today, 1))),
            (1, true) => range(back(today, 21)),
            (1, false) => {
                let monday = back(today, i64::from(today.weekday().to_monday_zero_offset()) + 7);
                Some(Days { start: monday, end: monday.checked_add(6.days()).ok()?, precision: WhenPrecision::Week })
            }
            (2, true) => range(today.checked_sub(3.months()).ok()?),
            (2, false) => {
                let last = back(today.first_of_month(), 1);
                month(last.year(), last.month())
            }
            (3, true) => range(today.checked_sub(3.years()).ok()?),
            (3, false) => {
                let year = today.year() - 1;
                Some(Days { start: Date::new(year, 1, 1).ok()?, end: Date::new(year, 12, 31).ok()?, precision: WhenPrecision::Year })
            }
            (4 | 5 | 9, _) => Some(Days { start: back(today, 1), end: today, precision: WhenPrecision::Range }),
            (8, false) => Some(one(back(today, 1))),
            _ => None,
        }
    }
}

/// The first, middle or last ten days of a month, or quarter of a longer time.
fn part_of(whole: Days, part: u8) -> Option<Days> {
    let length = i64::from(whole.start.until(whole.end).ok()?.get_days()) + 1;
    let third = if length <= 31 { 10 } else { length / 4 };
    let (start, end) = match part {
        0 => (whole.start, whole.start.checked_add((third - 1).days()).ok()?),
        1 => (whole.start.checked_add(third.days()).ok()?, whole.end.checked_sub(third.days()).ok()?),
        _ => (whole.end.checked_sub((third - 1).days()).ok()?, whole.end),
    };
    Some(Days { start, end, precision: WhenPrecision::Range })
}

/// A day of the tabular Islamic calendar (civil epoch, 30-year cycle); real months may begin a day earlier or later.
fn hijri(year: i64, month: i64, day: i64) -> Option<Date> {
    let days = (11 * year + 3).div_euclid(30) + 354 * year + 30 * month - (month - 1).div_euclid(2) + day - 385;
    // 1 Muharram 1 = 19 July 622 (Gregorian, proleptic); `days` counts from there.
    Date::new(622, 7, 19).ok()?.checked_add((days - 1 + 1).days()).ok().filter(|_| (1..=30).contains(&day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hijri_days() {
        // Published tables: 1 Muharram 1436 = 25 October 2014; 11 August 2015 = 26 Shawwal 1436.
        assert_eq!(hijri(1436, 1, 1).unwrap(), Date::constant(2014, 10, 25));
        let d = hijri(1436, 10, 26).unwrap();
        assert!((Date::constant(2015, 8, 10)..=Date::constant(2015, 8, 12)).contains(&d), "{d}");
    }

    #[test]
    fn parts_of_a_month() {
        let may = month(2022, 5).unwrap();
        assert_eq!(part_of(may, 2).unwrap().start, Date::constant(2022, 5, 22));
        assert_eq!(part_of(may, 0).unwrap().end, Date::constant(2022, 5, 10));
    }
}
