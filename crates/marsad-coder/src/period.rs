//! Times longer than a day, and times counted from now: weeks, months, seasons, years, "three days ago".

use crate::days::{Days, back, hijri, hijri_year};
use crate::time::{Found, TimeReader, TimeWord, prep};
use crate::words::TimeUnit;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use marsad_language::{Class, Inflection, Prep, Reading};
use marsad_model::WhenPrecision;

/// Codes of units of time.
mod unit {
    pub const DAY: u32 = 0;
    pub const WEEK: u32 = 1;
    pub const MONTH: u32 = 2;
    pub const YEAR: u32 = 3;
    pub const HOUR: u32 = 4;
    pub const MINUTE: u32 = 5;
    pub const DECADE: u32 = 7;
    pub const NIGHT: u32 = 8;
    pub const SECOND: u32 = 9;
    pub const QUARTER: u32 = 10;
    pub const HALF: u32 = 11;
}

/// What follows a month's name.
pub(crate) struct MonthName {
    /// One past the last item.
    pub end: usize,
    pub year: Option<i16>,
    /// The month that the name in another tradition beside it tells, mostly the same.
    pub twin: i8,
}

impl TimeReader<'_> {
    /// A number of units: one past them, the unit, how many.
    pub fn counted(&self, i: usize) -> Option<(usize, u32, i64)> {
        let (n, at) = match crate::count::number_at(self.scan, self.items, i) {
            Some(number) => (number.count.best.or(number.count.low).or(number.count.high)?, number.end),
            None => (0, i),
        };
        let code = self.value(at, Class::TimeUnit)?;
        let form = self.scan.sense(self.item(at)?, Class::TimeUnit)?.1;
        let n = match n {
            0 if form.has(Inflection::DUAL) => 2,
            0 if form.has(Inflection::PLURAL) => 3,
            0 => 1,
            n => i64::from(n),
        };
        Some((at + 1, code, n))
    }

    /// The time so many units before or after a day.
    pub fn shifted(&self, from: Date, code: u32, n: i64) -> Option<Days> {
        let days = match code {
            unit::DAY | unit::NIGHT => n,
            unit::WEEK => n * 7,
            unit::MONTH => {
                let then = from.first_of_month().checked_add(n.months()).ok()?;
                return Days::month(then.year(), then.month());
            }
            unit::YEAR => return Days::year(from.year().checked_add(i16::try_from(n).ok()?)?),
            unit::HOUR => n / 24,
            unit::MINUTE | unit::SECOND => 0,
            _ => return None,
        };
        let then = from.checked_add(days.days()).ok()?;
        Some(match code {
            unit::WEEK => Days { start: back(then, 3), end: then.checked_add(3.days()).ok()?, precision: WhenPrecision::Week },
            _ => Days::one(then),
        })
    }

    /// "N units ago", "since N units" (which counts up to today), "a week ago".
    pub fn ago(&self, i: usize) -> Option<Found> {
        let leader = self.leader(i).filter(|c| matches!(*c, prep::SINCE | prep::BEFORE))?;
        let (end, code, n) = self.counted(i + 1).filter(|c| !self.has(c.0 - 1, Reading::ARTICLE))?;
        // «قبل يومين من …» counts from something else.
        if leader == prep::BEFORE && self.prep(end, Prep::From) && !self.is(end + 1, Class::Demonstrative) {
            return None;
        }
        let days = match code {
            unit::DAY | unit::NIGHT => n,
            unit::WEEK => n * 7,
            unit::MONTH => n * 30,
            unit::YEAR => n * 365,
            unit::DECADE => n * 3650,
            unit::HOUR if n >= 24 => n / 24,
            unit::HOUR | unit::MINUTE | unit::SECOND => 0,
            _ => return None,
        };
        if days > 36_500 {
            return None;
        }
        let start = back(self.today, days);
        if days == 0 {
            return Some(Found::new(end, Days::one(start)));
        }
        if leader == prep::SINCE {
            let since = matches!(code, unit::MONTH | unit::YEAR).then(|| self.since(code, n)).flatten();
            return Some(Found::new(end, since.unwrap_or(Days::range(start, self.today))));
        }
        let days = match code {
            unit::MONTH => Days::month(start.year(), start.month())?,
            unit::DECADE => Days::year(start.year())?,
            unit::WEEK => Days::one(start),
            _ => self.shifted(self.today, code, -n)?,
        };
        Some(Found::new(end, days))
    }

    /// "N days after …": what follows was so long before today; what is still to come will be so long after.
    pub fn later(&self, i: usize) -> Option<Found> {
        self.leader(i).filter(|c| *c == prep::AFTER)?;
        let (end, code, n) = self.counted(i + 1)?;
        // "Less than 24 hours after" was the day before.
        let n = if code == unit::HOUR { n + 4 } else { n };
        let days = self.shifted(self.today, code, -n)?;
        Some(Found { ahead: self.shifted(self.today, code, n), lag: true, ..Found::new(end, days) })
    }

    /// "The start / end of …".
    pub fn part(&self, i: usize) -> Option<Found> {
        let classes = [(Class::StartOf, 0), (Class::MiddleOf, 1), (Class::EndOf, 2)];
        let (_, part) = classes.into_iter().find(|(class, _)| self.is(i, *class))?;
        if self.value(i + 1, Class::TimeUnit) == Some(unit::WEEK) {
            return self.end_of_week(i + 1, part);
        }
        let whole = self
            .month_or_more(i + 1)
            .or_else(|| self.bare_month(i + 1))
            .or_else(|| self.month_or_more(i))
            .or_else(|| self.running_unit(i + 1))?;
        let days = whole.days.part(part)?;
        // «قبل نهاية العام»: from now until then.
        let before = part == 2 && days.end > self.today && i > 0 && self.leader(i - 1) == Some(prep::BEFORE);
        Some(Found::new(whole.end, if before { Days::range(self.today, days.end) } else { days }))
    }

    /// «مطلع العام»: the month or year that runs, where no word points at another.
    fn running_unit(&self, i: usize) -> Option<Found> {
        let TimeUnit { code, article, plural } = self.unit_at(i)?;
        let days = self.current(code).filter(|d| article && !plural && d.precision != WhenPrecision::Week)?;
        Some(Found::new(i + 1, days))
    }

    /// The turn of the week, where free days lie: Friday and Saturday, or Saturday and Sunday at its start.
    fn end_of_week(&self, i: usize, part: u8) -> Option<Found> {
        let first = match part {
            0 => Weekday::Saturday,
            2 => Weekday::Friday,
            _ => return None,
        };
        let past = self.is(i + 1, Class::PastAdj);
        let end = i + 1 + usize::from(past || self.is(i + 1, Class::ThisAdj));
        let start = back(self.today, i64::from(first.until(self.today.weekday())));
        let start = if past && part == 0 { back(start, 7) } else { start };
        Some(Found::new(end, Days::range(start, start.tomorrow().ok()?)))
    }

    /// After a month's name: its twin in another tradition, then a year.
    pub fn after_month(&self, i: usize, month: i8) -> MonthName {
        let mut at = i + 1;
        let mut twin = month;
        for skip in 0..2usize {
            let here = at + skip;
            let joined = skip == 0 || self.mark(at, &['/', '-', '(', '\\', ',']);
            let Some(TimeWord::Month(other)) = self.word(here).filter(|_| joined) else { continue };
            if other == month || skip == 1 && !self.mark(at, &[',']) {
                twin = other;
                at = here + 1;
                at += usize::from(self.mark(at, &[')']));
                break;
            }
        }
        // "March of the past year 2020"
        let unit = self.value(at, Class::TimeUnit) == Some(unit::YEAR) || self.prep(at, Prep::From);
        let of_year = at + usize::from(self.prep(at, Prep::From));
        if unit && self.value(of_year, Class::TimeUnit) == Some(unit::YEAR) {
            let pointed = self.is(of_year + 1, Class::PastAdj) || self.is(of_year + 1, Class::ThisAdj);
            let year_at = of_year + 1 + usize::from(pointed);
            if let Some(year) = self.year(year_at) {
                return MonthName { end: year_at + 1, year: Some(year), twin };
            }
            if pointed {
                let year = self.today.year() - i16::from(self.is(of_year + 1, Class::PastAdj));
                return MonthName { end: year_at, year: Some(year), twin };
            }
        }
        let year_at = at + usize::from(unit || self.mark(at, &[',', '/', '-']));
        match self.year(year_at) {
            Some(year) => MonthName { end: year_at + 1, year: Some(year), twin },
            None => MonthName { end: at, year: None, twin },
        }
    }

    /// A month's name alone, the last one of that name.
    fn bare_month(&self, i: usize) -> Option<Found> {
        let TimeWord::Month(m) = self.word(i)? else { return None };
        let name = self.after_month(i, m);
        let year = name.year.unwrap_or(self.today.year() - i16::from(m > self.today.month()));
        Some(Found::new(name.end, Days::month(year, m)?))
    }

    /// A month, season, year, or a span of the past.
    pub fn month_or_more(&self, i: usize) -> Option<Found> {
        self.span(i)
            .or_else(|| self.counted_past(i))
            .or_else(|| self.unit(i))
            .or_else(|| self.named_month(i))
            .or_else(|| self.season(i))
            .or_else(|| self.bare_year(i))
    }

    /// «لليوم الرابع على التوالي»: what goes on for the fourth day began three days ago.
    pub fn running(&self, i: usize) -> Option<Found> {
        if !self.has(i, Reading::TO) || !self.has(i, Reading::ARTICLE) {
            return None;
        }
        let code = self.value(i, Class::TimeUnit)?;
        let n = self.value(i + 1, Class::Ordinal).filter(|n| (2..=60).contains(n))?;
        Some(Found::new(i + 2, self.since(code, i64::from(n) - 1)?))
    }

    /// "Recently", "in the last weeks".
    fn span(&self, i: usize) -> Option<Found> {
        let today = self.today;
        let start = match self.value(i, Class::TimeSpan)? {
            0 => back(today, 1),
            1 => back(today, 2),
            2 => back(today, 21),
            3 => today.checked_sub(3.months()).unwrap_or(today),
            4 => back(today, 1095),
            _ => {
                let unknown = Days { start: today, end: today, precision: WhenPrecision::Unknown };
                return Some(Found::new(i + 1, unknown));
            }
        };
        Some(Found::new(i + 1, Days::range(start, today)))
    }

    /// From so many units ago until today.
    fn since(&self, code: u32, n: i64) -> Option<Days> {
        let start = match code {
            unit::DAY | unit::NIGHT => back(self.today, n),
            unit::WEEK => back(self.today, n * 7),
            unit::MONTH => self.today.checked_sub(n.months()).ok()?,
            unit::YEAR => self.today.checked_sub(n.years()).ok()?,
            unit::HOUR => back(self.today, n / 24 + 1),
            _ => return None,
        };
        Some(Days::range(start, self.today))
    }

    /// "The past three days", "this month": the pointing word before or after the unit.
    fn counted_past(&self, i: usize) -> Option<Found> {
        if let Some(n) = self.number(i).or_else(|| self.value(i, Class::Number)).filter(|n| (1..100).contains(n))
            && let Some(code) = self.value(i + 1, Class::TimeUnit)
            && self.is(i + 2, Class::PastAdj)
        {
            return Some(Found::new(i + 3, self.since(code, n.into())?));
        }
        if self.is(i, Class::ThisAdj)
            && self.has(i + 1, Reading::ARTICLE)
            && let Some(days) = self.value(i + 1, Class::TimeUnit).and_then(|u| self.current(u))
        {
            return Some(Found::new(i + 2, days));
        }
        None
    }

    /// "The last week", "the past months", "the year 2014", "the first quarter of 2023".
    fn unit(&self, i: usize) -> Option<Found> {
        let TimeUnit { code, article, plural } = self.unit_at(i)?;
        if let Some(found) = self.fraction(i, code) {
            return Some(found);
        }
        let mut adjective = i + 1;
        while adjective < i + 3
            && (self.is(adjective, Class::Vague) || self.number(adjective).is_some() || self.is(adjective, Class::Number))
        {
            adjective += 1;
        }
        if article || plural {
            if self.is(adjective, Class::PastAdj) {
                // «العامين الأخيرين», «الأشهر الأربعة الماضية»
                let form = self.item(i).and_then(|x| self.scan.sense(x, Class::TimeUnit)).map_or(Inflection::default(), |s| s.1);
                let dual = form.has(Inflection::DUAL) && !form.any(Inflection::PLURAL);
                let told = (i + 1..adjective).find_map(|k| self.number(k).or_else(|| self.value(k, Class::Number)));
                let n = if dual { Some(2) } else { told.filter(|n| plural && (2..100).contains(n)) };
                if let Some(days) = n.and_then(|n| self.since(code, n.into())) {
                    return Some(Found::new(adjective + 1, days));
                }
                let mut days = self.past(code, plural)?;
                if code == unit::DAY && plural && (i + 1..adjective).any(|k| self.is(k, Class::Vague)) {
                    // "the past few days"
                    days.start = back(self.today, 3);
                }
                return Some(Found::new(adjective + 1, days));
            }
            if self.is(adjective, Class::ThisAdj) {
                return Some(Found::new(adjective + 1, self.current(code)?));
            }
        }
        if code == unit::YEAR
            && let Some(year) = self.year(i + 1)
        {
            let second = self.year(i + 2).filter(|_| plural && self.has(i + 2, Reading::AND));
            return Some(match second {
                Some(second) => Found::new(i + 3, Days::year(year)?.until(&Days::year(second)?)),
                None => Found::new(i + 2, Days::year(year)?),
            });
        }
        None
    }

    /// The unit of time at an item, or at the end of a phrase of another sense: «خلال الأيام».
    fn unit_at(&self, i: usize) -> Option<TimeUnit> {
        let item = self.item(i)?;
        let Some((sense, form)) = self.scan.sense(item, Class::TimeUnit) else { return self.scan.ends(item).tail_unit };
        let plural = form.any(Inflection::PLURAL | Inflection::DUAL);
        Some(TimeUnit { code: sense.value, article: item.has(Reading::ARTICLE), plural })
    }

    /// "The first quarter of 2023", "the second half of last year".
    fn fraction(&self, i: usize, code: u32) -> Option<Found> {
        let months = match code {
            unit::QUARTER => 3,
            unit::HALF => 6,
            _ => return None,
        };
        let last = 12 / months;
        let n = i8::try_from(self.value(i + 1, Class::Ordinal)?).ok().map(|n| if n == 0 { last } else { n }).filter(|n| *n <= last)?;
        let of = i + 2 + usize::from(self.prep(i + 2, Prep::From));
        let whole = self.year(of).and_then(Days::year).map(|days| Found::new(of + 1, days));
        let whole = whole.or_else(|| self.unit(of).filter(|f| f.days.precision == WhenPrecision::Year))?;
        Some(Found::new(whole.end, Days::months(whole.days.start.year(), n - 1, months)?))
    }

    /// A month of a year, or one that a preposition leads.
    fn named_month(&self, i: usize) -> Option<Found> {
        let unit = self.value(i, Class::TimeUnit) == Some(unit::MONTH);
        let at = i + usize::from(unit && matches!(self.word(i + 1), Some(TimeWord::Month(_) | TimeWord::Hijri(_))));
        match self.word(at)? {
            TimeWord::Month(m) => {
                if self.is(at, Class::Frame) && at == i {
                    return None;
                }
                let mut name = self.after_month(at, m);
                let past = self.is(name.end, Class::PastAdj);
                if past || self.is(name.end, Class::ThisAdj) {
                    name.end += 1;
                } else if name.year.is_none() && at == i && !self.leads_time(i) && name.end == at + 1 {
                    return None;
                }
                let passed = m > self.today.month() || past && m == self.today.month();
                let year = name.year.unwrap_or(self.today.year() - i16::from(passed));
                Some(Found::new(name.end, Days::month(year, m)?))
            }
            TimeWord::Hijri(m) => {
                let year = self.number(at + 1).filter(|y| (1300..1600).contains(y)).map(i64::from);
                let past = self.is(at + 1, Class::PastAdj);
                let phrase = self.item(at).is_some_and(|x| x.end - x.start > 1);
                if year.is_none() && !past && at == i && !(phrase && self.leads_time(i)) {
                    return None;
                }
                let this = hijri_year(self.today) + 1;
                let month = |y: i64| Some((hijri(y, m.into(), 1)?, hijri(y + i64::from(m == 12), i64::from(m % 12) + 1, 1)?));
                let (start, next) = match year {
                    Some(year) => month(year)?,
                    None => (0..4).filter_map(|k| month(this - k)).find(|r| if past { r.1 <= self.today } else { r.0 <= self.today })?,
                };
                let days = Days { start, end: back(next, 1), precision: WhenPrecision::Month };
                Some(Found::new(at + 1 + usize::from(year.is_some() || past), days))
            }
            _ => None,
        }
    }

    fn season(&self, i: usize) -> Option<Found> {
        let TimeWord::Season(s) = self.word(i)? else { return None };
        let at = i + 1 + usize::from(self.value(i + 1, Class::TimeUnit) == Some(unit::YEAR));
        let year = self.year(at).or_else(|| self.is(at, Class::PastAdj).then(|| self.today.year() - 1).filter(|_| at > i + 1));
        if year.is_none() && !self.is(at, Class::PastAdj) {
            return None;
        }
        let base = year.unwrap_or(self.today.year());
        let first = [12, 3, 6, 9][s as usize & 3];
        let mut start = Date::new(if first == 12 { base - 1 } else { base }, first, 1).ok()?;
        if start.checked_add(3.months()).ok()? > self.today && year.is_none() {
            start = start.checked_sub(1.year()).ok()?;
        }
        let end = start.checked_add(3.months()).ok()?.yesterday().ok()?;
        Some(Found::new(at + 1, Days { start, end, precision: WhenPrecision::Season }))
    }

    /// «في 2014»: a year that a preposition of time leads and nothing that it could count follows.
    fn bare_year(&self, i: usize) -> Option<Found> {
        let year = self.year(i).filter(|_| self.leads_time(i))?;
        let counted = [Class::Person, Class::Object, Class::Weapon, Class::TimeUnit, Class::Generic, Class::Actor];
        let joined = self.mark(i + 1, &['/', '-', '.']) && self.number(i + 2).is_some();
        if counted.iter().any(|c| self.is(i + 1, *c)) || joined || self.mark(i + 1, &['%']) {
            return None;
        }
        Some(Found::new(i + 1, Days::year(year)?))
    }

    /// Whether the word before leads to a time.
    fn leads_time(&self, i: usize) -> bool {
        self.has(i, Reading::BY)
            || i > 0
                && (self.is(i - 1, Class::TimePrep)
                    || self.item(i - 1).is_some_and(|x| self.scan.ends(x).tail_unit.is_some_and(|u| u.code == unit::MONTH))
                    || self.prep(i - 1, Prep::In)
                    || self.prep(i - 1, Prep::During)
                    || self.prep(i - 1, Prep::From))
    }

    /// The week, month or year that runs.
    fn current(&self, code: u32) -> Option<Days> {
        match code {
            unit::WEEK => Some(Days { start: back(self.today, 6), end: self.today, precision: WhenPrecision::Week }),
            unit::MONTH => Days::month(self.today.year(), self.today.month()),
            unit::YEAR => Days::year(self.today.year()),
            _ => None,
        }
    }

    fn past(&self, code: u32, plural: bool) -> Option<Days> {
        let today = self.today;
        let since = |start| Some(Days::range(start, today));
        match (code, plural) {
            (unit::DAY, true) => since(back(today, 7)),
            (unit::DAY | unit::NIGHT, false) => Some(Days::one(back(today, 1))),
            (unit::WEEK, true) => since(back(today, 21)),
            (unit::WEEK, false) => Days::week_of(back(today, 7)),
            (unit::MONTH, true) => since(today.checked_sub(3.months()).ok()?),
            (unit::MONTH, false) => {
                let last = back(today.first_of_month(), 1);
                Days::month(last.year(), last.month())
            }
            (unit::YEAR, true) => since(today.checked_sub(3.years()).ok()?),
            (unit::YEAR, false) => Days::year(today.year() - 1),
            (unit::HOUR | unit::MINUTE | unit::SECOND, _) => since(back(today, 1)),
            _ => None,
        }
    }
}
