//! How often somebody may ask, and how often a password may be tried.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Keys that are remembered; beyond that the oldest are forgotten.
const REMEMBERED: usize = 50_000;

/// A bucket for every key: each use takes one, and they come back at a steady rate.
pub(crate) struct Throttle {
    buckets: Mutex<HashMap<String, (f64, Instant)>>,
    most: f64,
    per_second: f64,
}

impl Throttle {
    /// Five wrong passwords, then one every minute.
    pub fn logins() -> Self {
        Self { buckets: Mutex::default(), most: 5.0, per_second: 1.0 / 60.0 }
    }

    /// So many requests a minute; any number for 0.
    pub fn requests(per_minute: u32) -> Self {
        let most = f64::from(per_minute);
        Self { buckets: Mutex::default(), most, per_second: most / 60.0 }
    }

    /// Takes one; where there is none, the seconds after which there will be.
    pub fn take(&self, key: &str) -> Result<(), u64> {
        self.take_at(key, Instant::now())
    }

    fn take_at(&self, key: &str, now: Instant) -> Result<(), u64> {
        if self.most == 0.0 {
            return Ok(());
        }
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= REMEMBERED && !buckets.contains_key(key) {
            // Buckets that are full again say nothing; where none is, the one that was used longest ago goes.
            let whole = Duration::from_secs_f64(self.most / self.per_second);
            buckets.retain(|_, (_, then)| now.duration_since(*then) < whole);
            if buckets.len() >= REMEMBERED
                && let Some(oldest) = buckets.iter().min_by_key(|(_, (_, then))| *then).map(|(key, _)| key.clone())
            {
                buckets.remove(&oldest);
            }
        }
        let (left, then) = buckets.entry(key.to_owned()).or_insert((self.most, now));
        *left = (*left + now.duration_since(*then).as_secs_f64() * self.per_second).min(self.most);
        *then = now;
        if *left < 1.0 {
            return Err(((1.0 - *left) / self.per_second).ceil() as u64);
        }
        *left -= 1.0;
        Ok(())
    }

    /// Forgets what was taken, as after a right password.
    pub fn forgive(&self, key: &str) {
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_comes_back() {
        let throttle = Throttle::logins();
        let now = Instant::now();
        for _ in 0..5 {
            assert_eq!(throttle.take_at("layla", now), Ok(()));
        }
        assert_eq!(throttle.take_at("layla", now), Err(60));
        assert_eq!(throttle.take_at("omar", now), Ok(()));
        assert_eq!(throttle.take_at("layla", now + Duration::from_secs(61)), Ok(()));
        assert!(throttle.take_at("layla", now + Duration::from_secs(62)).is_err());
        throttle.forgive("layla");
        assert_eq!(throttle.take_at("layla", now + Duration::from_secs(63)), Ok(()));
        assert_eq!(Throttle::requests(0).take("x"), Ok(()));
    }
}
