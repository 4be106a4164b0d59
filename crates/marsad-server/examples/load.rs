//! Readers and writers at once: `load http://127.0.0.1:PORT SECONDS [READERS] [WRITERS]`, for `bench/serve.sh`.
//!
//! A reader asks for what a page asks for (a list, the map, the timeline, an incident, a filter), reads for a moment, and goes on;
//! a writer sets a state and takes it back. The last line has the figures; `errors` are answers other than 200 and lost connections.

use serde_json::Value;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What a reader takes to look at an answer.
const LOOK: Duration = Duration::from_millis(1000);

/// A connection that is kept.
struct Connection {
    address: String,
    stream: Option<TcpStream>,
}

impl Connection {
    async fn ask(&mut self, method: &str, path: &str, csrf: &str, body: &str) -> std::io::Result<(u16, Vec<u8>)> {
        if self.stream.is_none() {
            self.stream = Some(TcpStream::connect(&self.address).await?);
        }
        let done = self.exchange(method, path, csrf, body).await;
        if done.is_err() {
            self.stream = None;
        }
        done
    }

    async fn exchange(&mut self, method: &str, path: &str, csrf: &str, body: &str) -> std::io::Result<(u16, Vec<u8>)> {
        let lost = |what: &str| std::io::Error::other(what.to_owned());
        let stream = self.stream.as_mut().ok_or_else(|| lost("no connection"))?;
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nx-marsad-csrf: {csrf}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        stream.write_all(request.as_bytes()).await?;
        let mut bytes = Vec::with_capacity(16 << 10);
        loop {
            let end = bytes.windows(4).position(|window| window == b"\r\n\r\n");
            if let Some(end) = end {
                let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
                let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(|| lost("no status"))?;
                let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
                let length = length.ok_or_else(|| lost("no length"))?;
                let mut body = bytes.split_off(end + 4);
                while body.len() < length {
                    if stream.read_buf(&mut body).await? == 0 {
                        return Err(lost("cut off"));
                    }
                }
                return Ok((status, body));
            }
            if stream.read_buf(&mut bytes).await? == 0 {
                return Err(lost("closed"));
            }
        }
    }
}

#[derive(Default)]
struct Counts {
    took: Vec<f64>,
    errors: usize,
    writes: usize,
}

async fn read(address: String, ids: Vec<String>, until: Instant, seed: usize) -> Counts {
    let mut counts = Counts::default();
    let mut connection = Connection { address, stream: None };
    // Readers do not begin all at once.
    tokio::time::sleep(LOOK.mul_f64((seed % 97) as f64 / 97.0)).await;
    let mut n = seed * 7919;
    while Instant::now() < until {
        n += 1;
        let id = &ids[n * 31 % ids.len()];
        let path = match n % 8 {
            0 => "/api/incidents?limit=40".to_owned(),
            1 => "/api/map?zoom=4".to_owned(),
            2 => "/api/timeline".to_owned(),
            3 => format!("/api/incidents?limit=40&killed_min={}&sort=deadliest", n % 5),
            4 => format!("/api/incidents?limit=40&text={}", ["aleppo", "shelling", "basra", "airstrike"][n % 4]),
            5 => format!("/api/map?zoom=8&bbox={},34,{},37", 36 + n % 4, 38 + n % 4),
            _ => format!("/api/incidents/{id}"),
        };
        let began = Instant::now();
        match connection.ask("GET", &path, "", "").await {
            Ok((200, _)) => {}
            Ok((status, _)) => {
                eprintln!("{path}: {status}");
                counts.errors += 1;
            }
            Err(error) => {
                eprintln!("{path}: {error}");
                counts.errors += 1;
            }
        }
        counts.took.push(began.elapsed().as_secs_f64() * 1000.0);
        tokio::time::sleep(LOOK).await;
    }
    counts
}

async fn write(address: String, ids: Vec<String>, until: Instant, seed: usize) -> Counts {
    let mut counts = Counts::default();
    let mut connection = Connection { address, stream: None };
    let csrf = match connection.ask("GET", "/api/session", "", "").await {
        Ok((_, body)) => serde_json::from_slice::<Value>(&body).ok().and_then(|json| Some(json["csrf"].as_str()?.to_owned())),
        Err(_) => None,
    };
    let csrf = csrf.unwrap_or_default();
    let mut n = seed;
    while Instant::now() < until {
        n += 5;
        let id = &ids[n % ids.len()];
        let state = ["in_review", "reviewed", "machine"][n % 3];
        let body = format!("{{\"state\":\"{state}\",\"reason\":\"load\"}}");
        match connection.ask("POST", &format!("/api/incidents/{id}/state"), &csrf, &body).await {
            Ok((200, _)) => counts.writes += 1,
            other => {
                eprintln!("{other:?}");
                counts.errors += 1;
            }
        }
        tokio::time::sleep(LOOK).await;
    }
    counts
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let number = |n: usize, otherwise: usize| given.get(n).and_then(|text| text.parse().ok()).unwrap_or(otherwise);
    let url = given.first().ok_or("load http://127.0.0.1:PORT SECONDS [READERS] [WRITERS]")?;
    let address = url.trim_start_matches("http://").trim_end_matches('/').to_owned();
    let (seconds, readers, writers) = (number(1, 60), number(2, 200), number(3, 5));
    let mut first = Connection { address: address.clone(), stream: None };
    let (_, body) = first.ask("GET", "/api/incidents?limit=1000", "", "").await?;
    let page: Value = serde_json::from_slice(&body)?;
    let ids: Vec<String> =
        page["incidents"].as_array().into_iter().flatten().filter_map(|one| Some(one["id"].as_str()?.to_owned())).collect();
    if ids.is_empty() {
        return Err("the store has no incidents".into());
    }
    // What one reader meets on a server that does nothing else: the first view.
    let mut alone = Vec::new();
    for _ in 0..20 {
        for path in ["/api/session", "/api/vocabulary", "/api/incidents?limit=40", "/api/map?zoom=3", "/api/timeline"] {
            let began = Instant::now();
            first.ask("GET", path, "", "").await?;
            alone.push(began.elapsed().as_secs_f64() * 1000.0);
        }
    }
    let until = Instant::now() + Duration::from_secs(seconds as u64);
    let tasks: Vec<_> = (0..readers).map(|n| tokio::spawn(read(address.clone(), ids.clone(), until, n))).collect();
    let writing: Vec<_> = (0..writers).map(|n| tokio::spawn(write(address.clone(), ids.clone(), until, n))).collect();
    let mut all = Counts::default();
    for task in tasks.into_iter().chain(writing) {
        let counts = task.await?;
        all.took.extend(counts.took);
        all.errors += counts.errors;
        all.writes += counts.writes;
    }
    let at = |took: &mut Vec<f64>, share: f64| {
        took.sort_by(f64::total_cmp);
        took.get(((took.len() as f64 * share) as usize).min(took.len().saturating_sub(1))).copied().unwrap_or_default()
    };
    println!(
        "incidents={} readers={readers} writers={writers} seconds={seconds} requests={} writes={} first_view_p95_ms={:.1} p50_ms={:.1} errors={} p99_ms={:.1}",
        page["total"],
        all.took.len(),
        all.writes,
        at(&mut alone, 0.95),
        at(&mut all.took, 0.5),
        all.errors,
        at(&mut all.took, 0.99)
    );
    Ok(())
}
