//! Feeds over HTTP, from a server on this machine: what is asked for, what comes out, and what bad servers cost.

#[allow(dead_code)]
mod server;

use marsad_ingest::{Entry, Reader};
use marsad_watch::{FeedList, Options, Poll, Remembered, Watcher};
use server::{Server, page, reply, rss};
use std::collections::HashMap;
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const TEXT: &str = "قتل خمسة مدنيين بقصف مدفعي على أطراف البلدة في الريف الشرقي، وفق ما ذكرت مصادر محلية للمراسل مساء أمس.";

fn local() -> Options {
    Options { once: true, allow_private: true, ..Options::default() }
}

/// Polls feeds once, without pauses; polls in the order of their addresses.
fn poll(feeds: &[(String, &str)], before: HashMap<String, Remembered>, options: &Options) -> Vec<Poll> {
    let tables: String = feeds.iter().map(|(url, more)| format!("[[feed]]\nurl = \"{url}\"\n{more}\n")).collect();
    let list = FeedList::parse(&format!("pause = \"0s\"\n{tables}"), None).unwrap();
    assert!(list.problems.is_empty(), "{:?}", list.problems);
    let mut polls: Vec<Poll> = Watcher::start(&list, before, options).unwrap().collect();
    polls.sort_by(|a, b| a.feed.url.cmp(&b.feed.url));
    polls
}

/// One feed, once.
fn one(url: String, more: &str, options: &Options) -> Poll {
    poll(&[(url, more)], HashMap::new(), options).pop().unwrap()
}

/// What a restart would find.
fn remember(poll: &Poll) -> HashMap<String, Remembered> {
    let remembered = Remembered { memory: poll.memory.clone(), due: None, failures: poll.failures };
    HashMap::from([(poll.feed.url.to_string(), remembered)])
}

fn entries(poll: Poll) -> Vec<Entry> {
    Reader::new(poll.inputs, marsad_ingest::Options::default()).collect()
}

#[test]
fn pages_are_fetched_once_and_unchanged_feeds_not_at_all() {
    let server = Arc::new(std::sync::OnceLock::<String>::new());
    let base = Arc::clone(&server);
    let web = Server::start("127.0.0.1", move |request, out| {
        let base = base.get().unwrap();
        match request.path.as_str() {
            "/robots.txt" => reply(out, "200 OK", "", "User-agent: *\nDisallow: /3"),
            "/rss"
                if request.header("if-none-match") == Some("\"v1\"")
                    && request.header("if-modified-since") == Some("mon, 14 aug 2023 00:00:00 gmt") =>
            {
                reply(out, "304 Not Modified", "", "");
            }
            "/rss" => {
                let items: Vec<_> = (1..=4).map(|n| (format!("{base}/{n}"), "أول الخبر")).collect();
                reply(out, "200 OK", "ETag: \"v1\"\r\nLast-Modified: Mon, 14 Aug 2023 00:00:00 GMT\r\n", rss(&items));
            }
            "/1" => {
                let html = page(TEXT);
                let (bytes, ..) = encoding_rs::WINDOWS_1256.encode(&html);
                reply(out, "200 OK", "Content-Type: text/html; charset=windows-1256\r\n", bytes);
            }
            "/2" => reply(out, "302 Found", "Location: /2b\r\n", ""),
            "/2b" => reply(out, "200 OK", "Content-Type: text/html; charset=utf-8\r\n", page(TEXT)),
            _ => reply(out, "404 Not Found", "", ""),
        }
    });
    server.set(web.url("")).unwrap();
    let first = one(web.url("/rss"), "outlet = \"وكالة الضفاف\"", &local());
    assert_eq!((first.failures, first.told.as_str()), (0, "4 new of 4 items"), "{:?}", first.problems);
    assert_eq!(web.paths(), ["/rss", "/1", "/2", "/2b", "/4"], "the third is not allowed");
    assert!(web.asked()[0].header("user-agent").unwrap().starts_with("marsad/"));
    let before = remember(&first);
    assert!(first.due > first.checked && first.problems.is_empty());
    let found = entries(first);
    let documents: Vec<_> = found.iter().map(|entry| entry.content.as_ref().unwrap()).collect();
    assert!(documents[0].text.contains(TEXT) && documents[0].title.as_deref() == Some("عنوان الصفحة"), "{:?}", documents[0]);
    assert_eq!(documents[1].url, Some(web.url("/2b")));
    // What may not be fetched, or is gone, is told with the feed's own words.
    assert!(documents[2].text.contains("أول الخبر") && documents[3].text.contains("عنوان الخبر"), "{:?}", documents[2]);
    for document in documents {
        assert_eq!((document.outlet.as_deref(), document.published.unwrap().to_string().as_str()), (Some("وكالة الضفاف"), "2023-08-14"));
    }
    let again = poll(&[(web.url("/rss"), "")], before, &local()).pop().unwrap();
    assert_eq!((again.failures, again.told.as_str(), again.inputs.len()), (0, "nothing new", 0));
    assert_eq!(web.paths().len(), 6);
    let after = remember(&again);
    assert_eq!(poll(&[(web.url("/rss"), "")], after, &local())[0].told, "nothing new", "what is remembered stays remembered");
}

#[test]
fn what_a_poll_leaves_the_next_one_takes() {
    let server = Arc::new(std::sync::OnceLock::<String>::new());
    let base = Arc::clone(&server);
    let web = Server::start("127.0.0.1", move |request, out| match request.path.as_str() {
        "/rss" => {
            let items: Vec<_> = (1..=3).map(|n| (format!("{}/{n}", base.get().unwrap()), "")).collect();
            reply(out, "200 OK", "ETag: \"v\"\r\n", rss(&items));
        }
        "/2" if request.number < 8 => reply(out, "500 Oops", "", ""),
        "/1" | "/2" | "/3" => reply(out, "200 OK", "Content-Type: text/html\r\n", page(TEXT)),
        _ => reply(out, "404 Not Found", "", ""),
    });
    server.set(web.url("")).unwrap();
    let (mut before, mut told) = (HashMap::new(), Vec::new());
    for _ in 0..4 {
        let poll = poll(&[(web.url("/rss"), "items = 2")], before, &local()).pop().unwrap();
        told.push(format!("{} {}", poll.inputs.len(), poll.told));
        before = remember(&poll);
    }
    assert_eq!(
        told,
        ["1 1 new of 3 items, 2 for the next poll", "1 1 new of 3 items, 1 for the next poll", "1 1 new of 3 items", "0 0 new of 3 items"]
    );
    let asked = web.asked();
    assert!(asked[..8].iter().all(|request| request.header("if-none-match").is_none()));
    assert_eq!(asked.last().unwrap().header("if-none-match"), Some("\"v\""));
}

#[test]
fn feeds_of_every_kind_hold_their_own_texts() {
    let web = Server::start("127.0.0.1", |request, out| {
        let html = format!("<p>{TEXT}</p><script>x</script><p>{TEXT}</p>");
        let escaped = html.replace('<', "&lt;");
        let body = match request.path.as_str() {
            "/atom" => format!(
                "<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title><id>f</id><updated>2023-08-14T00:00:00Z</updated><entry><id>urn:1</id>\
                 <title>خبر</title><updated>2023-08-14T00:00:00Z</updated><content type='html'>{escaped}</content></entry></feed>"
            ),
            "/json" => format!(
                "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"x\",\"items\":[{{\"id\":\"1\",\"title\":\"خبر\",\"content_html\":\"{html}\"}}]}}"
            ),
            "/rss" => rss(&[("https://x.example/1".into(), escaped.as_str())]),
            _ => return reply(out, "404 Not Found", "", ""),
        };
        reply(out, "200 OK", "", body);
    });
    let feeds = ["/atom", "/json", "/rss"].map(|path| (web.url(path), "text = \"feed\""));
    for poll in poll(&feeds, HashMap::new(), &local()) {
        let url = poll.feed.url.clone();
        assert_eq!((poll.told.as_str(), poll.failures), ("1 new of 1 items", 0), "{url}");
        let document = entries(poll).pop().unwrap().content.unwrap();
        assert!(document.text.starts_with("خبر\n") || document.text.starts_with("عنوان الخبر\n"), "{url}: {}", document.text);
        assert!(document.text.ends_with(TEXT) && !document.text.contains('x'), "{url}: {}", document.text);
    }
    assert_eq!(web.asked().len(), 3, "no page was fetched");
}

#[test]
fn a_feed_of_100_mb_is_cut_off() {
    let sent = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&sent);
    let web = Server::start("127.0.0.1", move |request, out| match request.path.as_str() {
        "/long" => reply(out, "200 OK", "", vec![b' '; 100 << 20]),
        "/endless" => {
            let _ = out.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<rss version='2.0'><channel>");
            let part = "<item><title>x</title></item>".repeat(40_000);
            while count.load(Ordering::Relaxed) < 100 << 20 && out.write_all(part.as_bytes()).is_ok() {
                count.fetch_add(part.len(), Ordering::Relaxed);
            }
        }
        "/bomb" => {
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            packed.write_all(&vec![b' '; 100 << 20]).unwrap();
            reply(out, "200 OK", "Content-Encoding: gzip\r\n", packed.finish().unwrap());
        }
        _ => reply(out, "404 Not Found", "", ""),
    });
    let feeds = ["/bomb", "/endless", "/long"].map(|path| (web.url(path), ""));
    for poll in poll(&feeds, HashMap::new(), &local()) {
        assert_eq!((poll.told.as_str(), poll.failures), ("it is larger than 16 MiB and was cut off", 1), "{}", poll.feed.url);
    }
    assert!(sent.load(Ordering::Relaxed) < 40 << 20, "{}", sent.load(Ordering::Relaxed));
}

#[test]
fn bad_servers_cost_their_own_feeds() {
    let web = Server::start("127.0.0.1", |request, out| match request.path.as_str() {
        "/a-good" => reply(out, "200 OK", "", rss(&[("https://x.example/1".into(), TEXT)])),
        "/b-broken" => reply(out, "200 OK", "", "<rss version='2.0'><channel></item>"),
        "/c-page" => reply(out, "200 OK", "Content-Type: text/html\r\n", "<!DOCTYPE html><html><body>x"),
        "/d-loop" => reply(out, "302 Found", "Location: /d-loop?again\r\n", ""),
        "/d-loop?again" => reply(out, "302 Found", "Location: /d-loop\r\n", ""),
        "/e-gone" => reply(out, "410 Gone", "", ""),
        "/f-slow" => {
            let _ = out.write_all(b"HTTP/1.1 200 OK\r\n\r\n<rss");
            std::thread::sleep(Duration::from_secs(20));
        }
        "/g-garbage" => drop(out.write_all(b"\x00\xff\x00 nonsense\r\n\r\n")),
        "/h-file" => reply(out, "302 Found", "Location: file:///etc/passwd\r\n", ""),
        "/i-nowhere" => reply(out, "301 Moved Permanently", "", ""),
        "/j-moved" => reply(out, "301 Moved Permanently", "Location: /a-good\r\n", ""),
        _ => reply(out, "404 Not Found", "", ""),
    });
    let paths = ["a-good", "b-broken", "c-page", "d-loop", "e-gone", "f-slow", "g-garbage", "h-file", "i-nowhere", "j-moved"];
    let feeds = paths.map(|path| (web.url(&format!("/{path}")), "text = \"feed\"\nevery = \"1h\""));
    let began = Instant::now();
    let polls = poll(&feeds, HashMap::new(), &Options { time_limit: Duration::from_millis(1500), ..local() });
    assert!(began.elapsed() < Duration::from_secs(15));
    let told = [
        "1 new of 1 items",
        "no feed that can be read",
        "this is a web page, no feed",
        "redirects more than 5 times",
        "status 410",
        "took longer than 1.5 s",
        "",
        "only http and https",
        "redirects to nowhere",
        "1 new of 1 items",
    ];
    for (poll, told) in polls.iter().zip(told) {
        assert!(poll.told.contains(told), "{}: {}", poll.feed.url, poll.told);
        let failed = !told.contains("new of");
        assert_eq!((poll.failures == 1, poll.inputs.is_empty()), (failed, failed), "{}", poll.feed.url);
        // Twice the interval after the first failure, more or less.
        let wait = Duration::try_from(poll.due.duration_since(poll.checked)).unwrap();
        let hours = if failed { 1.6..2.5 } else { 0.8..1.3 };
        assert!(hours.contains(&(wait.as_secs_f64() / 3600.0)), "{}: {wait:?}", poll.feed.url);
    }
    assert_eq!(polls.len(), paths.len());
    assert!(polls[9].problems[0].contains("has moved to"), "{:?}", polls[9].problems);
    // What has failed often is left alone for longer.
    let before = HashMap::from([(web.url("/b-broken"), Remembered { failures: 3, ..Remembered::default() })]);
    let poll = poll(&[(web.url("/b-broken"), "every = \"1h\"")], before, &local()).pop().unwrap();
    assert!(poll.failures == 4 && poll.due.duration_since(poll.checked).as_hours() >= 12, "{}", poll.due);
}

#[test]
fn servers_may_ask_for_patience() {
    let server = Arc::new(std::sync::OnceLock::<String>::new());
    let base = Arc::clone(&server);
    let web = Server::start("127.0.0.1", move |request, out| match request.path.as_str() {
        "/rss" => {
            let items: Vec<_> = (1..=3).map(|n| (format!("{}/{n}", base.get().unwrap()), "")).collect();
            reply(out, "200 OK", "ETag: \"v\"\r\n", rss(&items));
        }
        "/1" => reply(out, "200 OK", "Content-Type: text/html\r\n", page(TEXT)),
        "/2" | "/busy" => reply(out, "429 Too Many Requests", "Retry-After: 90000\r\n", ""),
        "/3" => panic!("the host was asked again"),
        _ => reply(out, "404 Not Found", "", ""),
    });
    server.set(web.url("")).unwrap();
    let pages = one(web.url("/rss"), "", &local());
    assert_eq!((pages.told.as_str(), pages.failures, pages.inputs.len()), ("1 new of 3 items, 2 for the next poll", 0, 1));
    let busy = one(web.url("/busy"), "", &local());
    assert!(busy.failures == 1 && busy.told.contains("left alone for 90000 s"), "{}", busy.told);
    assert!(busy.due.duration_since(busy.checked).as_secs() >= 90_000);
    // A round before that time leaves it out.
    let before = HashMap::from([(web.url("/busy"), Remembered { memory: busy.memory, due: Some(busy.due), failures: 1 })]);
    assert_eq!((poll(&[(web.url("/busy"), "")], before, &local()).len(), web.paths().len()), (0, 4));
}

#[test]
fn robots_txt_is_obeyed() {
    let answers = |robots: &'static str, body: &'static str| {
        Server::start("127.0.0.1", move |request, out| match request.path.as_str() {
            "/robots.txt" => reply(out, robots, "", body),
            _ => reply(out, "200 OK", "", rss(&[("https://x.example/1".into(), TEXT)])),
        })
    };
    for (status, body, told, asked) in [
        ("200 OK", "User-agent: marsad\nDisallow: /", "robots.txt of the host asks not to", 0),
        ("200 OK", "User-agent: other\nDisallow: /", "1 new of 1", 1),
        ("404 Not Found", "", "1 new of 1", 1),
        ("503 Service Unavailable", "", "nothing is fetched for now", 0),
    ] {
        let web = answers(status, body);
        let poll = one(web.url("/rss"), "text = \"feed\"", &local());
        assert!(poll.told.contains(told) && web.asked().len() == asked, "{status} {body}: {}", poll.told);
    }
    // The file may stand on another host.
    let other = Server::start("127.0.0.2", |_, out| reply(out, "200 OK", "", "User-agent: *\nDisallow: /rss"));
    let place = format!("Location: {}\r\n", other.url("/robots.txt"));
    let web = Server::start("127.0.0.1", move |_, out| reply(out, "301 Moved Permanently", &place, ""));
    assert!(one(web.url("/rss"), "", &local()).told.contains("asks not to"));
}

/// Neither a feed, nor a redirect, nor a page leads to this machine, by number or by name.
#[test]
fn private_addresses_are_refused() {
    let inside = Server::start("127.0.0.1", |_, out| reply(out, "200 OK", "", rss(&[("https://x.example/1".into(), "secret")])));
    let port = inside.address.port();
    let outside = Server::start("127.0.0.2", move |request, out| match request.path.as_str() {
        "/number" => reply(out, "302 Found", &format!("Location: http://127.0.0.1:{port}/\r\n"), ""),
        "/name" => reply(out, "302 Found", &format!("Location: http://localhost:{port}/\r\n"), ""),
        "/mapped" => reply(out, "302 Found", &format!("Location: http://[::ffff:127.0.0.1]:{port}/\r\n"), ""),
        "/pages" => reply(out, "200 OK", "", rss(&[(format!("http://localhost:{port}/page"), "")])),
        _ => reply(out, "404 Not Found", "", ""),
    });
    let options = Options { allow_private: false, allow: vec!["127.0.0.2".parse().unwrap()], ..local() };
    let feeds = ["/mapped", "/name", "/number"].map(|path| (outside.url(path), ""));
    for poll in poll(&feeds, HashMap::new(), &options) {
        assert!(poll.failures == 1 && poll.told.contains("not on the public internet"), "{}: {}", poll.feed.url, poll.told);
    }
    let pages = one(outside.url("/pages"), "", &options);
    assert!(pages.inputs.is_empty() && pages.problems[0].contains("not on the public internet"), "{:?}", pages.problems);
    for url in [inside.url("/"), format!("http://localhost:{port}/")] {
        assert!(one(url, "", &options).told.contains("not on the public internet"));
    }
    assert_eq!(inside.count(), 0, "no connection was made");
    assert_eq!(one(inside.url("/"), "text = \"feed\"", &local()).told, "1 new of 1 items", "with the flag it is");
}

#[test]
fn a_watch_stops_when_it_is_asked_to() {
    let web = Server::start("127.0.0.1", |request, out| match request.path.as_str() {
        "/slow" => std::thread::sleep(Duration::from_secs(20)),
        _ => reply(out, "200 OK", "", rss(&[("https://x.example/1".into(), TEXT)])),
    });
    let list =
        format!("pause = \"0s\"\n[[feed]]\nurl = \"{}\"\ntext = \"feed\"\n[[feed]]\nurl = \"{}\"\n", web.url("/a"), web.url("/slow"));
    let list = FeedList::parse(&list, None).unwrap();
    let mut watcher = Watcher::start(&list, HashMap::new(), &Options { once: false, ..local() }).unwrap();
    let began = Instant::now();
    assert_eq!(watcher.next().unwrap().told, "1 new of 1 items");
    let stopper = watcher.stopper();
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(300));
        stopper.stop();
    });
    assert!(watcher.next().is_none());
    assert!(began.elapsed() < Duration::from_secs(10));
}
