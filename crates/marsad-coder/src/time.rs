//! Expressions of time, resolved to days.

use crate::days::{Days, back, hijri, hijri_year};
use crate::scan::{Classes, Item, Scan};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use marsad_language::{Class, Prep, Reading};
use marsad_text::Kind;
use std::ops::Range;

/// A day and month without a year may lie so many days ahead of the report.
const AHEAD: i64 = 3;

/// "Since" stands no more items before the day on which it began.
const ONSET: usize = 10;
/// The code of class `sameday` for "since then".
const SINCE_THEN: u32 = 3;

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
    /// In "since the battle began on 3 May": where "since" stands, while `days` are those of what began.
    pub onset: Option<usize>,
    /// After "until": the end of what began before.
    pub until: bool,
    /// "Two days after …": the time of what follows.
    pub lag: bool,
    /// What the words mean of something still to come.
    pub ahead: Option<Days>,
}

/// What a time word of the lexicon stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum TimeWord {
    Month(i8),
    Hijri(u8),
    Weekday(Weekday),
    Relative(i64),
    Season(u8),
}

/// Codes of words that lead to a time.
pub(crate) mod prep {
    pub const SINCE: u32 = 1;
    pub const BEFORE: u32 = 2;
    pub const AFTER: u32 = 3;
    pub const UNTIL: u32 = 4;
    pub const BETWEEN: u32 = 6;
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

/// What a time may begin with, beside a number in digits.
const OPENERS: Classes = Classes::from(&[
    Class::Daypart,
    Class::EndOf,
    Class::MiddleOf,
    Class::Number,
    Class::Ordinal,
    Class::SameDay,
    Class::StartOf,
    Class::ThisAdj,
    Class::Time,
    Class::TimePrep,
    Class::TimeSpan,
    Class::TimeUnit,
]);

/// Whether a time may begin with an item.
fn opens(scan: &Scan, item: &Item) -> bool {
    item.kind == Kind::Number || item.classes.any(OPENERS) || scan.ends(item).tail_unit.is_some()
}

/// A time as read at some item.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    /// One past its last item.
    pub end: usize,
    pub days: Days,
    /// Whether a day, month and year stand there.
    pub full: bool,
    pub ahead: Option<Days>,
    /// Whether it counts from what follows: "two days after".
    pub lag: bool,
}

impl Found {
    pub fn new(end: usize, days: Days) -> Found {
        Found { end, days, full: false, ahead: None, lag: false }
    }
}

/// Reads the times of one sentence.
pub(crate) struct TimeReader<'a> {
    pub scan: &'a Scan,
    pub items: &'a [Item],
    /// The day of the report.
    pub today: Date,
    /// The day told last before the sentence.
    pub told: Option<Date>,
    /// The time told last in the sentence.
    last: Option<Days>,
}

impl<'a> TimeReader<'a> {
    pub fn new(scan: &'a Scan, sentence: Range<usize>, today: Date, told: Option<Date>) -> Self {
        TimeReader { scan, items: &scan.items[sentence], today, told, last: None }
    }

    pub fn item(&self, i: usize) -> Option<&'a Item> {
        self.items.get(i)
    }
    pub fn value(&self, i: usize, class: Class) -> Option<u32> {
        self.scan.value(self.item(i)?, class)
    }
    pub fn is(&self, i: usize, class: Class) -> bool {
        self.item(i).is_some_and(|x| self.scan.is(x, class))
    }
    pub fn has(&self, i: usize, flag: u8) -> bool {
        self.item(i).is_some_and(|x| x.has(flag))
    }
    pub fn number(&self, i: usize) -> Option<u32> {
        let item = self.item(i)?;
        if item.kind == Kind::Number { Some(item.value) } else { None }
    }
    pub fn year(&self, i: usize) -> Option<i16> {
        self.number(i).filter(|y| (1900..=2100).contains(y)).map(|y| y as i16)
    }
    pub fn word(&self, i: usize) -> Option<TimeWord> {
        time_word(self.scan, self.item(i)?)
    }
    fn weekday_at(&self, i: usize) -> Option<Weekday> {
        match self.word(i)? {
            TimeWord::Weekday(day) => Some(day),
            _ => None,
        }
    }
    pub fn mark(&self, i: usize, marks: &[char]) -> bool {
        matches!(self.item(i).map(|x| x.kind), Some(Kind::Mark(m)) if marks.contains(&m))
    }
    pub fn prep(&self, i: usize, prep: Prep) -> bool {
        self.value(i, Class::Prep) == Some(prep.code())
    }
    /// The code of a word that leads to a time.
    pub fn leader(&self, i: usize) -> Option<u32> {
        self.value(i, Class::TimePrep)
    }

    /// All times of the sentence; `offset` is the sentence's first item in the document.
    pub fn read(&mut self, offset: usize) -> Vec<TimeMention> {
        let mut out: Vec<TimeMention> = Vec::new();
        let mut i = 0;
        while i < self.items.len() {
            let Some(found) = opens(self.scan, &self.items[i]).then(|| self.at(i)).flatten().filter(|f| f.end > i) else {
                i += 1;
                continue;
            };
            let between = out.last().is_some_and(|last| {
                let start = last.items.start - offset;
                last.items.end - offset == i && self.has(i, Reading::AND) && self.opens_range(start)
            });
            match out.last_mut() {
                // "From … to …", "between … and …", "Friday and Saturday".
                Some(last)
                    if !last.lag
                        && (self.continues(last.items.end - offset, i) && last.days.start <= found.days.end
                            || between
                            || last.items.end - offset == i && self.has(i, Reading::AND) && last.days.beside(&found.days)) =>
                {
                    last.days = last.since.unwrap_or(last.days).until(&found.days);
                    last.items.end = found.end + offset;
                    last.since = None;
                    last.ahead = None;
                }
                _ => {
                    let told_before = out.last().map_or(0, |last| last.items.end);
                    out.push(self.mention(i, found, offset, told_before));
                }
            }
            if let Some(last) = out.last().filter(|m| m.days.is_day() && !m.until && !m.lag) {
                self.told = Some(last.days.start);
            }
            self.last = Some(found.days);
            i = found.end;
        }
        out
    }

    fn mention(&self, i: usize, found: Found, offset: usize, told_before: usize) -> TimeMention {
        let Found { end, days, full, ahead, lag } = found;
        let since = (self.leader(i) == Some(prep::SINCE) && days.end != self.today).then_some(days);
        let days = since.map_or(days, |d| Days::range(d.start, self.today.max(d.start)));
        let until = |k: usize| self.leader(k) == Some(prep::UNTIL) || self.prep(k, Prep::Until);
        let until = until(i) || i > 0 && until(i - 1);
        let onset = self.onset(i).filter(|k| since.is_none() && !until && days.end < self.today && k + offset >= told_before);
        TimeMention { items: i + offset..end + offset, days, full, since, onset: onset.map(|k| k + offset), until, lag, ahead }
    }

    /// Where "since" stands before a time, with the words for what began then between the two.
    fn onset(&self, i: usize) -> Option<usize> {
        let clause =
            (i.saturating_sub(ONSET)..i).rev().take_while(|k| !self.mark(*k, &[',', '.', ';', ':', '(']) && !self.is(*k, Class::SameDay));
        clause.into_iter().find(|k| self.leader(*k) == Some(prep::SINCE)).filter(|k| k + 1 < i)
    }

    /// Whether the word before a time, or the one before that, opens a range of two: "between Friday and Sunday".
    fn opens_range(&self, start: usize) -> bool {
        let opens = |k: usize| self.leader(k) == Some(prep::BETWEEN) || self.prep(k, Prep::Between);
        opens(start) || start > 0 && opens(start - 1)
    }

    /// Whether what stands at `end` leads on to the time at `i`: "to", "until", a dash.
    fn continues(&self, end: usize, i: usize) -> bool {
        end < i && end + 2 >= i && (end..i).all(|k| self.prep(k, Prep::Toward) || self.prep(k, Prep::Until) || self.mark(k, &['-']))
    }

    /// A time at item `i`.
    fn at(&self, i: usize) -> Option<Found> {
        let leader = self.leader(i);
        if leader == Some(prep::SINCE)
            && let Some(found) = self.plain(i + 1)
        {
            return Some(Found { full: false, ahead: None, ..found });
        }
        self.same_day(i).or_else(|| self.running(i)).or_else(|| self.ago(i)).or_else(|| self.later(i)).or_else(|| self.plain(i))
    }

    /// A time without a preposition.
    fn plain(&self, i: usize) -> Option<Found> {
        if let Some((end, days)) = self.numeric(i) {
            return Some(Found { full: true, ..Found::new(end, days) });
        }
        let mut at = i;
        while self.is(at, Class::Daypart) && at < i + 3 {
            at += 1;
        }
        self.part(at).or_else(|| self.day(at, at > i)).or_else(|| self.month_or_more(at))
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
        Some((i + 5, Days::one(date)))
    }

    /// `2/9` beside a weekday.
    fn numeric_day(&self, i: usize, weekday: Weekday) -> Option<Found> {
        let (n, m) = (self.number(i)?, self.number(i + 2)?);
        let short = self.mark(i + 1, &['-', '/', '.']) && !(self.mark(i + 3, &['-', '/', '.']) && self.number(i + 4).is_some());
        if !short || !(1..=12).contains(&m) || !(1..=31).contains(&n) {
            return None;
        }
        let (date, _) = self.nearest(&[m as i8], n as i8, Some(weekday))?;
        Some(Found::new(i + 3, Days::one(date)))
    }

    /// "Today", "yesterday", "the day before yesterday", with parts of the day: one past them, and the day.
    pub fn relative(&self, i: usize) -> Option<(usize, i64)> {
        let TimeWord::Relative(n) = self.word(i)? else { return None };
        // «يوم» alone is a unit, «اليوم» today; «اليوم الماضي» is another day.
        if self.is(i, Class::TimeUnit) && !self.has(i, Reading::ARTICLE) || self.is(i + 1, Class::PastAdj) {
            return None;
        }
        let mut at = i + 1;
        while self.is(at, Class::Daypart) {
            at += 1;
        }
        Some((at, n))
    }

    /// The weekday at an item, or behind a comma or bracket there, and one past it.
    pub fn weekday_beside(&self, i: usize) -> Option<(usize, Weekday)> {
        if let Some(day) = self.weekday_at(i) {
            return Some((i + 1, day));
        }
        if self.value(i, Class::TimeUnit) == Some(0)
            && let Some(day) = self.weekday_at(i + 1)
        {
            return Some((i + 2, day));
        }
        let day = self.weekday_at(i + 1).filter(|_| self.mark(i, &[',', '(', '-']))?;
        Some((i + 2 + usize::from(self.mark(i, &['(']) && self.mark(i + 2, &[')'])), day))
    }

    /// A day: relative, weekday, or day of a month, with what stands beside it.
    fn day(&self, i: usize, by_part: bool) -> Option<Found> {
        let relative = self.relative(i);
        let mut at = relative.map_or(i, |r| r.0);
        let mut date = relative.map(|(_, n)| self.today.checked_add(n.days()).unwrap_or(self.today));
        let mut ahead = None;
        let mut weekday = None;
        let beside = match relative {
            Some(_) => self.weekday_beside(at),
            None => self.bare_weekday(i, by_part),
        };
        if let Some((mut end, day)) = beside {
            let next = self.is(end, Class::NextAdj);
            let past = !next && self.is(end, Class::PastAdj);
            weekday = Some(day);
            if !next && !past && date.is_none() {
                ahead = Some(Days::one(self.weekday(day, true, false)));
            }
            date = Some(match date.and_then(|d| d.tomorrow().ok()) {
                // "today, Sunday" in a text filed a few hours before Sunday.
                Some(tomorrow) if tomorrow.weekday() == day => tomorrow,
                // "The day after tomorrow, Thursday".
                Some(_) if relative.is_some_and(|r| r.1 > 0) && date.is_some_and(|d| d.weekday() == day) => date.unwrap_or(self.today),
                told => self.weekday(day, next, past && told.is_none()),
            });
            end += usize::from(next || past);
            if let Some(night) = self.night(i, end) {
                return Some(night);
            }
            at = end;
        }
        while self.is(at, Class::Daypart) && date.is_some() {
            at += 1;
        }
        let exact = if date.is_some() { self.date_beside(at, weekday) } else { self.date(at, None) };
        exact.or_else(|| date.map(|d| Found { ahead, ..Found::new(at, Days::one(d)) }))
    }

    /// The date after a weekday or "today", also behind a comma or in brackets.
    pub fn date_beside(&self, i: usize, weekday: Option<Weekday>) -> Option<Found> {
        let mut at = i;
        while self.is(at, Class::Daypart) {
            at += 1;
        }
        let open = usize::from(self.mark(at, &['(', ',', '-']));
        let found = self.date(at + open, weekday)?;
        let close = usize::from(self.mark(found.end, &[')']) && open == 1);
        Some(Found { end: found.end + close, ..found })
    }

    fn date(&self, i: usize, weekday: Option<Weekday>) -> Option<Found> {
        let numeric = self.numeric(i).map(|(end, days)| Found { full: true, ..Found::new(end, days) });
        numeric.or_else(|| self.days_of_month(i)).or_else(|| self.day_of_month(i, weekday)).or_else(|| self.numeric_day(i, weekday?))
    }

    /// A weekday that no word like "today" leads: its name bears the article.
    fn bare_weekday(&self, i: usize, by_part: bool) -> Option<(usize, Weekday)> {
        let unit = self.value(i, Class::TimeUnit) == Some(0) && !self.item(i)?.pronoun;
        let at = i + usize::from(unit && self.weekday_at(i + 1).is_some());
        let day = self.weekday_at(at)?;
        // «سوق الخميس», «قرية الأحد»: the name of what stands before it.
        let named = i > 0 && at == i && !by_part && !self.has(i - 1, Reading::ARTICLE) && !self.item(i - 1)?.pronoun;
        if named && (self.is(i - 1, Class::PlaceKind) || self.is(i - 1, Class::Object)) {
            return None;
        }
        (at > i || by_part || self.has(at, Reading::ARTICLE)).then_some((at + 1, day))
    }

    /// "The night of Friday to Saturday", with `end` one past the first of them.
    fn night(&self, i: usize, end: usize) -> Option<Found> {
        let joined = self.mark(end, &['-', '/', '\\']) || self.prep(end, Prep::Toward) || self.prep(end, Prep::On);
        let part = i > 0 && self.is(i - 1, Class::Daypart) || self.is(i, Class::Daypart);
        let at = if joined { end + 1 } else { end };
        let second = self.weekday_at(at).filter(|_| (joined || part) && !self.has(at, Reading::AND))?;
        let end = self.weekday(second, false, false);
        // "After midnight of Saturday to Sunday" is Sunday.
        let after = i > 0 && self.value(i - 1, Class::Daypart) == Some(6);
        Some(Found::new(at + 1, if after { Days::one(end) } else { Days::range(back(end, 1), end) }))
    }

    fn weekday(&self, day: Weekday, next: bool, strictly_before: bool) -> Date {
        let gap = i64::from(day.until(self.today.weekday()));
        if next {
            let ahead = i64::from(self.today.weekday().until(day));
            return self.today.checked_add((if ahead == 0 { 7 } else { ahead }).days()).unwrap_or(self.today);
        }
        back(self.today, if gap == 0 && strictly_before { 7 } else { gap })
    }

    /// "3 and 4 May", "from 3 to 7 May", "3-7 May": days that share a month.
    fn days_of_month(&self, i: usize) -> Option<Found> {
        let first = self.number(i).filter(|n| (1..=31).contains(n))?;
        let joined = self.prep(i + 1, Prep::Toward) || self.prep(i + 1, Prep::Until) || self.mark(i + 1, &['-']);
        let at = i + 1 + usize::from(joined);
        let second = self.number(at).filter(|_| joined || self.has(at, Reading::AND))?;
        let last = self.day_of_month(at, None).filter(|_| first < second)?;
        let start = Date::new(last.days.start.year(), last.days.start.month(), first as i8).ok()?;
        Some(Found { days: Days::range(start, last.days.end), ..last })
    }

    /// "2 September [2021]", "14 of the current month", "26 Shawwal 1436".
    fn day_of_month(&self, i: usize, weekday: Option<Weekday>) -> Option<Found> {
        let n = match self.number(i) {
            Some(n) => n,
            None => self.value(i, Class::Ordinal).filter(|_| self.prep(i + 1, Prep::From)).or_else(|| self.value(i, Class::Number))?,
        };
        let n = i8::try_from(n).ok().filter(|n| (1..=31).contains(n))?;
        let mut at = i + 1;
        if self.prep(at, Prep::From) {
            at += 1;
        }
        // «في 12 الجاري»
        if self.is(at, Class::ThisAdj) && self.has(at, Reading::ARTICLE) && self.number(i).is_some() {
            let day = Date::new(self.today.year(), self.today.month(), n).ok().filter(|d| self.by_now(*d))?;
            return Some(Found::new(at + 1, Days::one(day)));
        }
        if self.value(at, Class::TimeUnit) == Some(2) {
            // "14 of the current / last month" or "2 of the month of May"
            if self.is(at + 1, Class::ThisAdj) {
                let day = Date::new(self.today.year(), self.today.month(), n).ok()?;
                return Some(Found::new(at + 2, Days::one(day)));
            }
            if self.is(at + 1, Class::PastAdj) {
                let last = back(self.today.first_of_month(), 1);
                return Some(Found::new(at + 2, Days::one(Date::new(last.year(), last.month(), n).ok()?)));
            }
            at += 1;
        }
        match self.word(at)? {
            TimeWord::Month(month) => {
                let name = self.after_month(at, month);
                let months: &[i8] = if name.twin == month { &[month] } else { &[month, name.twin] };
                let (date, ahead) = match name.year {
                    Some(year) => {
                        let told: Vec<Date> = months.iter().filter_map(|m| Date::new(year, *m, n).ok()).collect();
                        let right = told.iter().find(|d| weekday.is_some_and(|w| d.weekday() == w));
                        (*right.or(told.first())?, None)
                    }
                    None => self.nearest(months, n, weekday)?,
                };
                let pointed = self.is(name.end, Class::PastAdj) || self.is(name.end, Class::ThisAdj);
                let end = name.end + usize::from(pointed);
                let ahead = ahead.filter(|_| !pointed).map(Days::one);
                Some(Found { end, days: Days::one(date), full: name.year.is_some(), ahead, lag: false })
            }
            TimeWord::Hijri(month) => {
                let (month, day) = (i64::from(month), i64::from(n));
                let Some(year) = self.number(at + 1).filter(|y| (1300..1600).contains(y)) else {
                    let this = hijri_year(self.today);
                    let date = [this + 1, this, this - 1].into_iter().filter_map(|y| hijri(y, month, day)).find(|d| self.by_now(*d))?;
                    let pointed = self.is(at + 1, Class::PastAdj) || self.is(at + 1, Class::ThisAdj);
                    return Some(Found::new(at + 1 + usize::from(pointed), Days::one(date)));
                };
                let end = at + 2 + usize::from(self.is(at + 2, Class::Era));
                Some(Found { full: true, ..Found::new(end, Days::one(hijri(i64::from(year), month, day)?)) })
            }
            _ => None,
        }
    }

    /// Whether a report of today may tell of that day as past.
    fn by_now(&self, date: Date) -> bool {
        back(date, AHEAD) <= self.today
    }

    /// A day and month without a year: the last one, or the one that falls on the weekday told. Of two months that the text
    /// gives for one, the likelier. Then the next one, for what is still to come.
    fn nearest(&self, months: &[i8], day: i8, weekday: Option<Weekday>) -> Option<(Date, Option<Date>)> {
        let this = self.today.year();
        let past = |y: i16| months.iter().filter_map(move |m| Date::new(y, *m, day).ok());
        let mut last: Vec<Date> = past(this).chain(past(this - 1)).filter(|d| self.by_now(*d)).collect();
        last.sort_unstable();
        let date = last.last().copied();
        let next = date.and_then(|d| Date::new(d.year() + 1, d.month(), d.day()).ok()).filter(|d| *d > self.today);
        let Some(weekday) = weekday else { return Some((date?, next)) };
        let right = [this, this - 1, this + 1, this - 2, this - 3].into_iter().flat_map(past).find(|d| d.weekday() == weekday);
        Some((right.or(date)?, next))
    }

    /// "The same day", "the next day": counted from the day told last.
    fn same_day(&self, i: usize) -> Option<Found> {
        if let Some(code) = self.value(i, Class::SameDay) {
            let told = self.told?;
            if code == SINCE_THEN {
                let since = self.last.filter(|l| !l.is_day() && l.end < self.today).map_or(told, |l| l.start);
                return (since < self.today).then(|| Found::new(i + 1, Days::range(since, self.today)));
            }
            let date = match code {
                0 => told,
                1 => told.tomorrow().ok()?,
                _ => back(told, 1),
            };
            return Some(Found::new(i + 1, Days::one(date)));
        }
        // "Two days before that", "a year after that".
        let leader = self.leader(i).filter(|c| matches!(*c, prep::BEFORE | prep::AFTER))?;
        let demonstrative = usize::from(self.is(i + 1, Class::Demonstrative));
        let phrase = self.item(i).is_some_and(|x| x.end - x.start > 1);
        let at = i + 1 + demonstrative;
        if demonstrative == 0 && !phrase && !self.item(i)?.pronoun || !self.has(at, Reading::BY) {
            return None;
        }
        let (end, unit, n) = self.counted(at)?;
        // «في 2013 … قبل ذلك بعام»: counted from that year.
        let told = self.last.filter(|l| !l.is_day()).map(|l| l.start).or(self.told)?;
        let days = self.shifted(told, unit, if leader == prep::BEFORE { -n } else { n })?;
        Some(Found::new(end, days))
    }
}
