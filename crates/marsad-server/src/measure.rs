//! What the server counts of itself, in the text format of Prometheus.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Upper bounds of the histogram, in seconds.
const BOUNDS: [f64; 9] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 1.0, 5.0];

#[derive(Default)]
struct Row {
    statuses: BTreeMap<u16, u64>,
    bins: [u64; BOUNDS.len()],
    count: u64,
    seconds: f64,
}

/// Requests by route.
#[derive(Default)]
pub(crate) struct Measures(Mutex<BTreeMap<String, Row>>);

impl Measures {
    /// Counts one request. The route is the pattern, never the path, so that there are few.
    pub fn count(&self, route: &str, status: u16, took: Duration) {
        let mut rows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let row = rows.entry(route.to_owned()).or_default();
        *row.statuses.entry(status).or_default() += 1;
        let seconds = took.as_secs_f64();
        for (bin, bound) in row.bins.iter_mut().zip(BOUNDS) {
            *bin += u64::from(seconds <= bound);
        }
        row.count += 1;
        row.seconds += seconds;
    }

    /// All that was counted, and these figures of now.
    pub fn text(&self, gauges: &[(&str, &str, f64)]) -> String {
        let mut out = String::new();
        for (name, help, value) in gauges {
            let _ = write!(out, "# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}\n");
        }
        let rows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        out.push_str("# HELP marsad_requests_total Requests answered.\n# TYPE marsad_requests_total counter\n");
        for (route, row) in rows.iter() {
            for (status, count) in &row.statuses {
                let _ = writeln!(out, "marsad_requests_total{{route=\"{route}\",status=\"{status}\"}} {count}");
            }
        }
        out.push_str("# HELP marsad_request_seconds Time to answer.\n# TYPE marsad_request_seconds histogram\n");
        for (route, row) in rows.iter() {
            for (bound, count) in BOUNDS.iter().zip(row.bins) {
                let _ = writeln!(out, "marsad_request_seconds_bucket{{route=\"{route}\",le=\"{bound}\"}} {count}");
            }
            let _ = writeln!(out, "marsad_request_seconds_bucket{{route=\"{route}\",le=\"+Inf\"}} {}", row.count);
            let _ = writeln!(out, "marsad_request_seconds_sum{{route=\"{route}\"}} {}", row.seconds);
            let _ = writeln!(out, "marsad_request_seconds_count{{route=\"{route}\"}} {}", row.count);
        }
        out
    }
}
