//! `marsad watch` from end to end, with a web server on this machine.

#[path = "../../marsad-watch/tests/server/mod.rs"]
#[allow(dead_code)]
mod server;

use assert_cmd::cargo::cargo_bin;
use server::{Server, page, reply, rss};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

const REPORT: &str = "قتل خمسة مدنيين بقصف مدفعي لقوات النظام على مدينة الباب في ريف حلب الشرقي، أمس الأحد";

fn marsad(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(cargo_bin("marsad")).current_dir(folder).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

/// A server with a feed of two articles.
fn outlet() -> Server {
    let address = Arc::new(OnceLock::<String>::new());
    let base = Arc::clone(&address);
    let web = Server::start("127.0.0.1", move |request, out| match request.path.trim_end_matches("?again").trim_start_matches("/a") {
        "/rss" if request.header("if-none-match").is_some() => reply(out, "304 Not Modified", "", ""),
        "/rss" => {
            let items: Vec<_> = (1..=2).map(|n| (format!("{}/{n}", base.get().unwrap()), "")).collect();
            reply(out, "200 OK", "ETag: \"v1\"\r\n", rss(&items));
        }
        "/1" | "/2" => reply(out, "200 OK", "Content-Type: text/html; charset=utf-8\r\n", page(&format!("{REPORT} {}", request.path))),
        _ => reply(out, "404 Not Found", "", ""),
    });
    address.set(web.url("")).unwrap();
    web
}

fn feeds(at: &Path, urls: &[String]) {
    let tables: String = urls.iter().map(|url| format!("[[feed]]\nurl = \"{url}\"\noutlet = \"وكالة الضفاف\"\n")).collect();
    std::fs::write(at.join("obs/feeds.toml"), format!("pause = \"0s\"\n{tables}")).unwrap();
}

#[test]
fn feeds_become_documents_once() {
    let (home, web) = (tempfile::tempdir().unwrap(), outlet());
    let at = home.path();
    assert_eq!(marsad(at, &["init", "obs"]).0, 0);
    let (code, _, told) = marsad(at, &["watch", "--once", "--store", "obs"]);
    assert!(code == 1 && told.contains("feeds.toml: it names no feed"), "the example names none: {told}");
    feeds(at, &[web.url("/rss"), web.url("/gone")]);
    let (code, _, told) = marsad(at, &["watch", "--once", "--store", "obs"]);
    assert!(code == 2 && told.contains("not on the public internet; give --allow-private") && web.count() == 0, "{told}");

    // What failed is left alone until it is due, also by the next run.
    let (code, _, told) = marsad(at, &["watch", "--once", "--allow-private", "--store", "obs"]);
    assert!(code == 0 && web.count() == 0, "{told}");

    feeds(at, &[web.url("/a/rss"), web.url("/rss?again"), web.url("/none"), "nonsense".into()]);
    let once = ["watch", "--once", "--allow-private", "--store", "obs"];
    let (code, _, told) = marsad(at, &once);
    assert!(code == 2 && told.contains("obs/feeds.toml:12: “nonsense” is no address"), "{told}");
    assert!(told.contains("/none: there is nothing at this address (status 404)"), "{told}");
    assert!(told.contains("/a/rss: 2 new of 2 items; ") && told.contains("/rss?again: 2 new of 2 items; "), "{told}");
    let asked = web.paths().len();
    // The next run remembers: what did not change is not fetched again.
    let (_, _, told) = marsad(at, &once);
    assert!(told.contains("/rss?again: nothing new; 0 stored"), "{told}");
    assert_eq!(web.paths().len(), asked + 2, "two feeds, no page, and not the feed that failed");
    assert_eq!(marsad(at, &[&once[..], &["--now"]].concat()).0, 2);
    assert_eq!(web.paths().len(), asked + 5, "and that one too");
    let (code, out, told) = marsad(at, &["watch", "--status", "--store", "obs"]);
    assert_eq!(code, 2, "{told}");
    for part in [
        "/a/rss (وكالة الضفاف)\n    well: nothing new; polled 20",
        "2 documents, the last 20",
        "/none (وكالة الضفاف)\n    failed 2 times in a row: there is nothing",
        "/gone\n    not watched any more",
    ] {
        assert!(out.contains(part), "{part}: {out}");
    }
    let (code, _, told) = marsad(at, &["check", "--store", "obs"]);
    assert!(code == 0 && told.contains("2 documents, all whole"), "{told}");
}

#[test]
fn a_watch_ends_in_good_order() {
    let (home, web) = (tempfile::tempdir().unwrap(), outlet());
    let at = home.path();
    assert_eq!(marsad(at, &["init", "obs"]).0, 0);
    feeds(at, &[web.url("/rss")]);
    let child = Command::new(cargo_bin("marsad"))
        .current_dir(at)
        .args(["watch", "--allow-private", "--store", "obs"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let began = Instant::now();
    while web.paths().len() < 3 && began.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(50));
    }
    std::thread::sleep(Duration::from_millis(1500));
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(0) && told.contains("stopping when what was fetched is stored"), "{told}");
    let (code, _, told) = marsad(at, &["check", "--store", "obs"]);
    assert!(code == 0 && told.contains("2 documents, all whole"), "{told}");
}
