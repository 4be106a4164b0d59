//! When a feed or host is asked again.

use jiff::{SignedDuration, Timestamp};
use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

/// No feed is left alone for longer than this because it fails, unless its own interval is longer.
const LONGEST: Duration = Duration::from_secs(24 * 3600);
/// No server makes anybody wait longer than this.
const PATIENCE: Duration = Duration::from_secs(7 * 24 * 3600);
/// Times are spread by so much to both sides, so that feeds do not come together.
const JITTER: f64 = 0.2;

/// How long to wait after so many failures in a row; none is the usual interval.
pub(crate) fn wait(every: Duration, failures: u32, asked: Option<Duration>) -> Duration {
    let longer = every.saturating_mul(1 << failures.min(12)).min(LONGEST.max(every));
    let spread = longer.mul_f64(1.0 - JITTER + 2.0 * JITTER * random());
    spread.max(asked.unwrap_or_default().min(PATIENCE))
}

/// How long a server asks to be left alone: seconds, or a date.
pub(crate) fn retry_after(value: &str, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(Duration::from_secs(seconds).min(PATIENCE));
    }
    let then = jiff::fmt::rfc2822::parse(value).ok()?.timestamp();
    Some(Duration::try_from(then.duration_since(now)).unwrap_or_default().min(PATIENCE))
}

/// The time that is so far away.
pub(crate) fn after(now: Timestamp, wait: Duration) -> Timestamp {
    SignedDuration::try_from(wait).ok().and_then(|wait| now.checked_add(wait).ok()).unwrap_or(now)
}

/// From 0 to 1. The keys of hash tables are random; nothing here needs more than that.
fn random() -> f64 {
    let bits = RandomState::new().hash_one(0_u8);
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_are_spread() {
        let every = Duration::from_secs(600);
        let waits: Vec<Duration> = (0..40).map(|_| wait(every, 0, None)).collect();
        assert!(waits.iter().all(|wait| (480..=720).contains(&wait.as_secs())) && waits.iter().any(|wait| *wait != waits[0]), "{waits:?}");
        assert!((3840..=5760).contains(&wait(every, 3, None).as_secs()));
        assert!(wait(every, u32::MAX, None) <= LONGEST.mul_f64(1.0 + JITTER));
        assert!(wait(every, 1, Some(Duration::from_secs(9000))) >= Duration::from_secs(9000));
    }

    #[test]
    fn servers_may_ask_for_patience() {
        let now: Timestamp = "2031-05-04T10:00:00Z".parse().unwrap();
        assert_eq!(retry_after(" 120 ", now), Some(Duration::from_secs(120)));
        assert_eq!(retry_after("Sun, 04 May 2031 10:05:00 GMT", now), Some(Duration::from_secs(300)));
        assert_eq!(retry_after("Sun, 04 May 2031 09:05:00 GMT", now), Some(Duration::ZERO));
        assert_eq!(retry_after("99999999999", now), Some(PATIENCE));
        assert_eq!(retry_after("soon", now), None);
    }
}
