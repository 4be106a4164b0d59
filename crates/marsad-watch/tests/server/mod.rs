//! A small web server on the loopback interface, for tests of what fetches.

use std::io::{BufRead, BufReader, Write};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Request {
    /// Path and query.
    pub path: String,
    /// Header lines, in lower case.
    pub headers: Vec<String>,
    /// How many came before it.
    pub number: usize,
}

impl Request {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

/// A running server; it ends with the test's process.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    log: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// Starts one on an address of this machine; `answer` writes whole answers.
    pub fn start(ip: &str, answer: impl Fn(&Request, &mut TcpStream) + Send + Sync + 'static) -> Self {
        let ip: IpAddr = ip.parse().unwrap();
        let listener = TcpListener::bind((ip, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let log = Arc::new(Mutex::new(Vec::new()));
        let (answer, seen) = (Arc::new(answer), Arc::clone(&log));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answer, seen) = (Arc::clone(&answer), Arc::clone(&seen));
                std::thread::spawn(move || serve(stream, &seen, &*answer));
            }
        });
        Self { address, log }
    }

    /// The URL of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What was asked for, in order, without robots.txt.
    pub fn asked(&self) -> Vec<Request> {
        self.log.lock().unwrap().iter().filter(|request| request.path != "/robots.txt").cloned().collect()
    }

    /// The paths of these.
    pub fn paths(&self) -> Vec<String> {
        self.asked().into_iter().map(|request| request.path).collect()
    }

    /// All requests, robots.txt among them.
    pub fn count(&self) -> usize {
        self.log.lock().unwrap().len()
    }
}

fn serve(mut stream: TcpStream, seen: &Mutex<Vec<Request>>, answer: &(dyn Fn(&Request, &mut TcpStream) + Send + Sync)) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    let path = lines.next().and_then(|line| line.split(' ').nth(1).map(str::to_owned)).unwrap_or_default();
    let headers = lines.take_while(|line| !line.is_empty()).map(|line| line.to_lowercase()).collect();
    let request = {
        let mut seen = seen.lock().unwrap();
        let request = Request { path, headers, number: seen.len() };
        seen.push(request.clone());
        request
    };
    answer(&request, &mut stream);
}

/// Writes an answer with its length.
pub fn reply(stream: &mut TcpStream, status: &str, headers: &str, body: impl AsRef<[u8]>) {
    let body = body.as_ref();
    let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n", body.len());
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
}

/// An RSS feed of items, each with a link and a description.
pub fn rss(items: &[(String, &str)]) -> String {
    let item = |(link, text): &(String, &str)| {
        format!(
            "<item><title>عنوان الخبر</title><link>{link}</link><pubDate>Mon, 14 Aug 2023 23:30:00 +0300</pubDate><description>{text}</description></item>"
        )
    };
    format!(
        "<?xml version='1.0'?><rss version='2.0'><channel><title>x</title>{}</channel></rss>",
        items.iter().map(item).collect::<String>()
    )
}

/// A page with an article.
pub fn page(text: &str) -> String {
    let body = format!("<p>{text} {text}</p>").repeat(3);
    format!("<html><head><title>عنوان الصفحة</title></head><body><article><h1>عنوان الصفحة</h1>{body}</article></body></html>")
}
