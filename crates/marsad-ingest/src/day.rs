//! The day a document was published.

use jiff::civil::Date;

/// Years outside of this range are taken for mistakes: a report of armed conflict on the web is
/// neither older nor from further ahead.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;

/// Reads an ISO date or an RFC 3339 time and gives the day *as it is written*: a time zone does
/// not move it, since the newsroom's own day is what «أمس» counts from.
///
/// # Errors
///
/// The reason, and what to write instead, as the second half of a sentence.
pub fn parse_day(raw: &str) -> Result<Date, String> {
    let raw = raw.trim();
    let wrong = || format!("“{}” is no date; write it as YYYY-MM-DD", shorten(raw));
    let (head, rest) = raw.split_at_checked(10).ok_or_else(wrong)?;
    if !rest.is_empty() && !rest.starts_with(['T', 't', ' ']) {
        return Err(wrong());
    }
    let shaped = head.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
    if !shaped {
        return Err(wrong());
    }
    let day: Date = head.parse().map_err(|_| format!("“{head}” is not a day of the calendar; correct it (YYYY-MM-DD)"))?;
    if YEARS.contains(&day.year()) { Ok(day) } else { Err(format!("the year of “{head}” is impossible; correct it (YYYY-MM-DD)")) }
}

/// The day in a page's address, as newsrooms write it there: `/2022/01/16/` or `2022-01-16`.
pub(crate) fn day_in_url(url: &str) -> Option<Date> {
    // Neither the host nor what a reader searched for says when a page was published.
    let path = url.split_once("://").map_or(url, |(_, rest)| rest).split(['?', '#']).next()?;
    let (_, path) = path.split_once('/')?;
    let numbers: Vec<&str> = path.split(|c: char| !c.is_ascii_digit()).collect();
    numbers.windows(3).find_map(|parts| {
        let &[year, month, day] = parts else { return None };
        let shaped = year.len() == 4 && (1..=2).contains(&month.len()) && (1..=2).contains(&day.len());
        shaped.then(|| parse_day(&format!("{year}-{month:0>2}-{day:0>2}")).ok()).flatten()
    })
}

fn shorten(raw: &str) -> String {
    let mut short: String = raw.chars().take(40).collect();
    if short.len() < raw.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_are_read_as_written() {
        for raw in ["2022-01-16", " 2022-01-16 ", "2022-01-16T23:30:00Z", "2022-01-16T00:10:00+03:00", "2022-01-16 10:00"] {
            assert_eq!(parse_day(raw).map(|d| d.to_string()), Ok("2022-01-16".into()), "{raw}");
        }
    }

    #[test]
    fn addresses_tell_days() {
        for url in ["https://x.example/2022/01/16/title", "https://x.example/news/2022-1-16", "https://x.example/a/5/2022/01/16"] {
            assert_eq!(day_in_url(url).map(|d| d.to_string()).as_deref(), Some("2022-01-16"), "{url}");
        }
        for url in [
            "https://x.example/2022/01",
            "https://2022-01-16.example/a",
            "https://x.example/a?day=2022-01-16",
            "https://x.example/2022/13/40",
            "x",
            "",
        ] {
            assert_eq!(day_in_url(url), None, "{url}");
        }
    }

    #[test]
    fn impossible_days_say_why() {
        for raw in ["2022-02-30", "2022-13-01", "0001-01-01", "9999-01-01", "16/01/2022", "", "أمس", "2022-01-16x", "2022年01月"] {
            assert!(parse_day(raw).is_err(), "{raw}");
        }
        assert!(parse_day("2022-02-30").unwrap_err().contains("not a day of the calendar"));
    }
}
