//! Stretches of days, and the calendars in which they are told.

use jiff::ToSpan;
use jiff::civil::Date;
use marsad_model::WhenPrecision;

/// A stretch of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Days {
    pub start: Date,
    pub end: Date,
    pub precision: WhenPrecision,
}

impl Days {
    pub fn one(date: Date) -> Days {
        Days { start: date, end: date, precision: WhenPrecision::Day }
    }

    pub fn range(start: Date, end: Date) -> Days {
        Days { start, end, precision: WhenPrecision::Range }
    }

    pub fn month(year: i16, month: i8) -> Option<Days> {
        let start = Date::new(year, month, 1).ok()?;
        Some(Days { start, end: start.last_of_month(), precision: WhenPrecision::Month })
    }

    pub fn year(year: i16) -> Option<Days> {
        Some(Days { start: Date::new(year, 1, 1).ok()?, end: Date::new(year, 12, 31).ok()?, precision: WhenPrecision::Year })
    }

    /// So many months of a year, of which `n` is the part that is meant, counted from 0: quarters and halves.
    pub fn months(year: i16, n: i8, length: i8) -> Option<Days> {
        let start = Date::new(year, 1 + n * length, 1).ok()?;
        Some(Days::range(start, Date::new(year, (n + 1) * length, 1).ok()?.last_of_month()))
    }

    /// From Sunday to Saturday, as weeks run where Arabic is spoken.
    pub fn week_of(date: Date) -> Option<Days> {
        let start = back(date, i64::from(date.weekday().to_sunday_zero_offset()));
        Some(Days { start, end: start.checked_add(6.days()).ok()?, precision: WhenPrecision::Week })
    }

    pub fn is_day(&self) -> bool {
        self.precision == WhenPrecision::Day
    }

    /// A day, or a night between two.
    pub fn is_short(&self) -> bool {
        self.is_day() || self.precision == WhenPrecision::Range && self.start.tomorrow().ok() == Some(self.end)
    }

    /// From the first day of one to the last day of the other.
    pub fn until(&self, last: &Days) -> Days {
        Days::range(self.start.min(last.start), self.end.max(last.end))
    }

    /// Two days of which one follows the other: "Friday and Saturday".
    pub fn beside(&self, other: &Days) -> bool {
        let next = |a: &Days, b: &Days| a.end.tomorrow().ok() == Some(b.start);
        self.is_day() && other.is_day() && (next(self, other) || next(other, self))
    }

    /// The first, middle or last ten days of a month, or quarter of a longer time.
    pub fn part(&self, part: u8) -> Option<Days> {
        let length = i64::from(self.start.until(self.end).ok()?.get_days()) + 1;
        let share = if length <= 31 { 10.min(length) } else { length / 4 };
        let (start, end) = match part {
            0 => (self.start, self.start.checked_add((share - 1).days()).ok()?),
            // The second ten days of a month, whatever it has.
            1 if length <= 31 => (self.start.checked_add(share.days()).ok()?, self.start.checked_add((2 * share - 1).days()).ok()?),
            1 => (self.start.checked_add(share.days()).ok()?, self.end.checked_sub(share.days()).ok()?),
            _ => (self.end.checked_sub((share - 1).days()).ok()?, self.end),
        };
        (start <= end).then(|| Days::range(start, end))
    }
}

/// So many days before.
pub(crate) fn back(date: Date, days: i64) -> Date {
    date.checked_sub(days.days()).unwrap_or(date)
}

/// A day of the tabular Islamic calendar (civil epoch, 30-year cycle); real months may begin a day earlier or later.
pub(crate) fn hijri(year: i64, month: i64, day: i64) -> Option<Date> {
    let days = (11 * year + 3).div_euclid(30) + 354 * year + 30 * month - (month - 1).div_euclid(2) + day - 385;
    // 1 Muharram 1 = 19 July 622 (Gregorian, proleptic); `days` counts from there.
    Date::new(622, 7, 19).ok()?.checked_add(days.days()).ok().filter(|_| (1..=30).contains(&day))
}

/// The Islamic year of a day, or the one beside it.
pub(crate) fn hijri_year(date: Date) -> i64 {
    let since = Date::new(622, 7, 19).ok().and_then(|epoch| epoch.until(date).ok()).map_or(0, |s| i64::from(s.get_days()));
    since * 30 / 10_631 + 1
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
        assert_eq!(hijri_year(Date::constant(2015, 8, 11)), 1436);
        assert_eq!(hijri_year(Date::constant(2023, 12, 1)), 1445);
    }

    #[test]
    fn parts_of_a_month() {
        let may = Days::month(2022, 5).unwrap();
        assert_eq!(may.part(2).unwrap().start, Date::constant(2022, 5, 22));
        assert_eq!(may.part(0).unwrap().end, Date::constant(2022, 5, 10));
    }

    #[test]
    fn parts_of_a_year() {
        assert_eq!(Days::months(2023, 1, 3).unwrap().end, Date::constant(2023, 6, 30));
        assert_eq!(Days::months(2023, 1, 6).unwrap().start, Date::constant(2023, 7, 1));
    }
}
