//! What the server does not let anybody do. Each test fails where its defence is taken away.

mod served;

use marsad_server::{Access, Role};
use serde_json::{Value, json};
use served::{HOSTILE, PASSWORD, Served, escaped};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

const JSON: (&str, &str) = ("content-type", "application/json");

/// Every operation with its least role.
fn operations() -> Vec<(String, String, String)> {
    let document = marsad_server::openapi();
    let paths = document["paths"].as_object().unwrap();
    let one = |(path, methods): (&String, &Value)| {
        let methods = methods.as_object().unwrap().iter();
        methods.map(|(method, told)| (method.to_uppercase(), path.clone(), told["x-role"].as_str().unwrap().to_owned())).collect::<Vec<_>>()
    };
    paths.iter().flat_map(one).collect()
}

#[test]
fn every_operation_is_closed_to_lesser_roles() {
    let served = Served::people();
    let administrator = served.log_in("administrator");
    let id = served.incidents(&administrator, "limit=1")[0]["id"].as_str().unwrap().to_owned();
    let rank = |name: &str| Role::ALL.iter().position(|role| role.name() == name);
    let all = operations();
    assert!(all.len() > 25);
    // What changes something is not for those who only read.
    for (method, path, role) in &all {
        let reading = method == "GET" || path == "/api/session" || path == "/api/code";
        assert!(reading || rank(role) >= rank("reviewer"), "{method} {path} is open to {role}");
        assert!(!path.starts_with("/api/users") || role == "administrator");
    }
    let people: Vec<_> = Role::ALL.iter().map(|role| (role.name(), served.log_in(role.name()))).collect();
    let mut refused = 0;
    for (method, path, role) in &all {
        let path = path.replace("{id}", &id).replace("{number}", "1").replace("{name}", "viewer").replace("{format}", "hxl");
        if role == "anyone" {
            continue;
        }
        let anonymous = served.send(method, &path, &[JSON], "{}");
        assert_eq!(anonymous.status, 401, "{method} {path} by nobody: {anonymous:?}");
        for (name, person) in people.iter().filter(|(name, _)| rank(name) < rank(role)) {
            let reply = person.send(method, &path, &json!({}));
            assert_eq!(reply.status, 403, "{method} {path} by {name}: {reply:?}");
            assert!(reply.json()["detail"].as_str().unwrap().contains("role"), "{reply:?}");
            refused += 1;
        }
    }
    assert!(refused > 20, "{refused}");
}

#[test]
fn reviewers_do_not_do_what_editors_do() {
    let served = Served::people();
    let (reviewer, editor) = (served.log_in("reviewer"), served.log_in("editor"));
    let id = served.incidents(&editor, "limit=1")[0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/incidents/{id}/state");
    assert_eq!(reviewer.post(&path, &json!({"state": "final"})).status, 403);
    let done = editor.post(&path, &json!({"state": "final"}));
    let number = done.json()["number"].as_i64().unwrap();
    assert_eq!(reviewer.post(&path, &json!({"state": "machine"})).status, 403, "what is final stays so");
    assert_eq!(reviewer.post(&format!("/api/incidents/{id}/fields"), &json!({"field": "action", "value": "protest"})).status, 403);
    assert_eq!(reviewer.post(&format!("/api/reviews/{number}/undo"), &json!({})).status, 403, "not their own");
    assert_eq!(editor.post(&format!("/api/reviews/{number}/undo"), &json!({})).status, 200);
    let administrator = served.log_in("administrator");
    let own = administrator.post("/api/users/administrator/role", &json!({"role": null}));
    assert_eq!(own.status, 409, "nobody locks themselves out");
    // A role that was taken away is away at once, and a closed account is closed.
    assert_eq!(administrator.post("/api/users/editor/role", &json!({"role": "viewer"})).status, 204);
    assert_eq!(editor.post(&path, &json!({"state": "final"})).status, 401);
    let demoted = served.log_in("editor");
    assert_eq!(demoted.post(&path, &json!({"state": "final"})).status, 403);
    assert_eq!(administrator.post("/api/users/editor/role", &json!({"role": null})).status, 204);
    assert_eq!(demoted.get("/api/incidents").status, 401);
    assert_eq!(administrator.post("/api/users", &json!({"name": "a b", "password": PASSWORD, "role": "viewer"})).status, 400);
    assert_eq!(administrator.post("/api/users", &json!({"name": "ab", "password": "short", "role": "viewer"})).status, 400);
    assert_eq!(administrator.post("/api/users", &json!({"name": "ab", "password": PASSWORD, "role": "anyone"})).status, 400);
}

#[test]
fn other_sites_cannot_make_a_browser_change_anything() {
    for served in [Served::people(), Served::single()] {
        let people =
            served.send("POST", "/api/session", &[JSON], &json!({"name": "editor", "password": PASSWORD}).to_string()).status == 200;
        let person = if people { served.log_in("editor") } else { served.alone() };
        let id = served.incidents(&person, "limit=1")[0]["id"].as_str().unwrap().to_owned();
        let (path, body) = (format!("/api/incidents/{id}/state"), json!({"state": "in_review"}).to_string());
        let cookie = ("cookie", person.cookie.as_str());
        let csrf = ("x-marsad-csrf", person.csrf.as_str());
        let origin = format!("http://{}", served.address);
        for (why, headers) in [
            ("no proof", vec![cookie, JSON]),
            ("a wrong proof", vec![cookie, JSON, ("x-marsad-csrf", "0000")]),
            ("another origin", vec![cookie, JSON, csrf, ("origin", "https://evil.example")]),
            ("no origin that is one", vec![cookie, JSON, csrf, ("origin", "null")]),
            ("the browser says so", vec![cookie, JSON, csrf, ("sec-fetch-site", "cross-site")]),
            ("the browser says so", vec![cookie, JSON, csrf, ("sec-fetch-site", "same-site")]),
        ] {
            assert_eq!(served.send("POST", &path, &headers, &body).status, 403, "{why}");
        }
        // A form of another site can send this without asking first.
        let form = served.send("POST", &path, &[cookie, csrf, ("content-type", "text/plain")], &body);
        assert_eq!(form.status, 415, "{form:?}");
        let own = served.send("POST", &path, &[cookie, JSON, csrf, ("origin", &origin), ("sec-fetch-site", "same-origin")], &body);
        assert_eq!(own.status, 200, "{own:?}");
        let reply = served.get("/api/session");
        assert!(reply.header("access-control-allow-origin").is_none(), "no other site reads what is answered");
    }
}

#[test]
fn a_name_that_was_made_to_lead_here_opens_nothing() {
    let served = Served::single();
    for host in ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80"] {
        let reply = served.send("GET", "/api/incidents", &[("host", host)], "");
        assert_eq!(reply.status, 421, "{host}: {reply:?}");
    }
    for host in ["localhost", "127.0.0.1:1234", "[::1]:80"] {
        assert_eq!(served.send("GET", "/api/incidents", &[("host", host)], "").status, 200, "{host}");
    }
}

#[test]
fn a_session_that_was_there_before_the_login_is_of_no_use_after_it() {
    let served = Served::people();
    let planted = "a".repeat(64);
    let cookie = format!("marsad={planted}");
    let body = json!({"name": "editor", "password": PASSWORD}).to_string();
    let reply = served.send("POST", "/api/session", &[JSON, ("cookie", &cookie)], &body);
    let set = reply.header("set-cookie").unwrap().to_owned();
    assert!(!set.contains(&planted), "{set}");
    for flag in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(set.contains(flag), "{set}");
    }
    assert_eq!(served.send("GET", "/api/incidents", &[("cookie", &cookie)], "").status, 401);
    // Logging in again ends the session of before, and logging out ends it on the server too.
    let first = set.split(';').next().unwrap().to_owned();
    assert_eq!(served.send("GET", "/api/incidents", &[("cookie", &first)], "").status, 200);
    let csrf = reply.json()["csrf"].as_str().unwrap().to_owned();
    let reply = served.send("POST", "/api/session", &[JSON, ("cookie", &first), ("x-marsad-csrf", &csrf)], &body);
    let second = reply.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    assert_eq!(served.send("GET", "/api/incidents", &[("cookie", &first)], "").status, 401);
    let csrf = reply.json()["csrf"].as_str().unwrap().to_owned();
    let out = served.send("DELETE", "/api/session", &[("cookie", &second), ("x-marsad-csrf", &csrf)], "");
    assert!(out.status == 204 && out.header("set-cookie").unwrap().contains("Max-Age=0"), "{out:?}");
    assert_eq!(served.send("GET", "/api/incidents", &[("cookie", &second)], "").status, 401);
}

#[test]
fn cookies_over_tls_are_sent_over_nothing_else() {
    let served = Served::start(Access::People, 0, |mut options| {
        options.secure = true;
        options
    });
    let body = json!({"name": "editor", "password": PASSWORD}).to_string();
    let reply = served.send("POST", "/api/session", &[JSON], &body);
    let set = reply.header("set-cookie").unwrap();
    assert!(set.starts_with("__Host-marsad=") && set.contains("; Secure"), "{set}");
    assert!(reply.header("strict-transport-security").is_some());
    let plain = set.split(';').next().unwrap().replace("__Host-", "");
    assert_eq!(served.send("GET", "/api/incidents", &[("cookie", &plain)], "").status, 401);
}

#[test]
fn passwords_cannot_be_tried_one_after_the_other() {
    let served = Served::people();
    let attempt = |name: &str, password: &str| {
        let body = json!({"name": name, "password": password}).to_string();
        served.send("POST", "/api/session", &[JSON], &body)
    };
    let wrong = attempt("editor", "wrong password");
    let unknown = attempt("stranger", "wrong password");
    assert_eq!((wrong.status, &wrong.body), (unknown.status, &unknown.body), "a name is not told apart from a password");
    let mut last = 0;
    for _ in 0..6 {
        last = attempt("editor", "wrong password").status;
    }
    assert_eq!(last, 429);
    let right = attempt("editor", PASSWORD);
    assert_eq!(right.status, 429, "not even the right one, for a while");
    assert!(right.header("retry-after").unwrap().parse::<u64>().unwrap() <= 60);
}

#[test]
fn a_token_reads_and_does_nothing_else() {
    let served = Served::people();
    let editor = served.log_in("editor");
    let made = editor.post("/api/tokens", &json!({"label": "nightly table"}));
    let (token, number) = (made.json()["token"].as_str().unwrap().to_owned(), made.json()["number"].as_i64().unwrap());
    let bearer = format!("Bearer {token}");
    let with = [("authorization", bearer.as_str()), JSON];
    let list = served.send("GET", "/api/incidents", &with, "");
    assert_eq!(list.status, 200);
    let id = list.json()["incidents"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(served.send("POST", &format!("/api/incidents/{id}/state"), &with, "{\"state\":\"final\"}").status, 403);
    assert_eq!(served.send("POST", "/api/tokens", &with, "{\"label\":\"more\"}").status, 403);
    assert!(!editor.get("/api/tokens").body.contains(&token), "it is not shown again");
    let database = std::fs::read(served.folder.path().join("observatory/marsad.db")).unwrap();
    let wal = std::fs::read(served.folder.path().join("observatory/marsad.db-wal")).unwrap_or_default();
    let kept = |needle: &str| database.windows(needle.len()).chain(wal.windows(needle.len())).any(|window| window == needle.as_bytes());
    assert!(kept("nightly table") && !kept(&token), "only its hash is kept");
    assert!(!kept(editor.cookie.split('=').nth(1).unwrap()) && !kept(PASSWORD));
    let reviewer = served.log_in("reviewer");
    assert_eq!(reviewer.send("DELETE", &format!("/api/tokens/{number}"), &json!({})).status, 404, "not theirs");
    assert_eq!(editor.send("DELETE", &format!("/api/tokens/{number}"), &json!({})).status, 204);
    assert_eq!(served.send("GET", "/api/incidents", &with, "").status, 401);
    assert_eq!(served.send("GET", "/api/incidents", &[("authorization", "Bearer x")], "").status, 401);
}

#[test]
fn hostile_words_of_reports_stay_words() {
    let served = Served::single();
    let me = served.alone();
    let outlet = escaped(HOSTILE);
    let incidents = served.incidents(&me, &format!("outlet={outlet}"));
    assert!(!incidents.is_empty(), "the hostile report is there");
    let policy = "default-src 'none'; script-src 'self'; style-src 'self';";
    for incident in incidents {
        let id = incident["id"].as_str().unwrap();
        for path in [
            format!("/api/incidents/{id}"),
            format!("/api/incidents?outlet={outlet}&text={outlet}"),
            format!("/api/export/hxl?outlet={outlet}"),
        ] {
            let reply = served.get(&path);
            let kind = reply.header("content-type").unwrap();
            assert!(reply.status == 200 && !kind.contains("html") && !kind.contains("svg") && !kind.contains("xml"), "{path}: {kind}");
            assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
            assert!(reply.header("content-security-policy").unwrap().starts_with(policy));
        }
        // Its words come whole: nothing is lost by cleaning, since nothing is ever markup.
        let detail = served.get(&format!("/api/incidents/{id}")).json();
        let told = detail["reports"].as_array().unwrap().iter().find(|report| report["document"]["outlet"] == HOSTILE).unwrap();
        assert!(told["document"]["text"].as_str().unwrap().starts_with(HOSTILE));
    }
    // What stands in an address or a parameter is not reflected as anything a browser runs.
    for path in [
        format!("/{outlet}"),
        format!("/api/{outlet}"),
        format!("/api/incidents?from={outlet}"),
        format!("/api/export/{outlet}"),
        format!("/incidents/{outlet}"),
    ] {
        let reply = served.get(&path);
        let is_html = reply.header("content-type").is_some_and(|kind| kind.contains("html"));
        assert!(!(is_html && reply.body.contains(HOSTILE)), "{path}: {reply:?}");
        let policy = reply.header("content-security-policy").unwrap();
        assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
    }
}

#[test]
fn no_filter_is_a_way_into_the_database() {
    let served = Served::single();
    let me = served.alone();
    let total = served.get("/api/incidents").json()["total"].as_u64().unwrap();
    let document = marsad_server::openapi();
    let names: Vec<String> = document["paths"]["/api/incidents"]["get"]["parameters"]
        .as_array()
        .unwrap()
        .iter()
        .map(|parameter| parameter["name"].as_str().unwrap().to_owned())
        .collect();
    assert!(names.len() > 20);
    let attacks = [
        "' OR '1'='1",
        "1; DROP TABLE incidents; --",
        "\" OR 1=1 --",
        "') UNION SELECT password FROM users --",
        "%' OR '%'='",
        "x\u{0}y",
        "\\",
    ];
    for path in ["/api/incidents", "/api/map", "/api/timeline", "/api/trends", "/api/stats", "/api/queue", "/api/export/hxl"] {
        for name in &names {
            for attack in attacks {
                let reply = served.get(&format!("{path}?{name}={}", escaped(attack)));
                assert!(matches!(reply.status, 200 | 400), "{path} {name}={attack}: {reply:?}");
                if reply.status == 200 && path == "/api/incidents" && !matches!(name.as_str(), "limit" | "sort" | "cursor") {
                    let found = reply.json()["total"].as_u64().unwrap();
                    assert_eq!(found, 0, "{name}={attack} finds {found} of {total}");
                }
            }
        }
    }
    for attack in attacks {
        let attack = escaped(attack);
        for path in [format!("/api/incidents/{attack}"), format!("/api/documents/{attack}")] {
            assert_eq!(served.get(&path).status, 404, "{path}");
        }
        assert_eq!(me.post(&format!("/api/incidents/{attack}/state"), &json!({"state": "final"})).status, 404);
    }
    assert_eq!(served.get("/api/incidents").json()["total"].as_u64().unwrap(), total);
}

#[test]
fn no_path_leads_to_the_disk() {
    let served = Served::single();
    for path in [
        "/../../../../etc/passwd",
        "/..%2f..%2f..%2fetc%2fpasswd",
        "/assets/../../Cargo.toml",
        "/assets/..%2f..%2fCargo.toml",
        "/%2e%2e/%2e%2e/etc/passwd",
        "//etc/passwd",
        "/assets/%00",
        "/marsad.db",
        "/.gitignore",
        "/api/export/..%2f..%2fmarsad.toml",
        "/api/documents/..%2f..%2fmarsad.toml",
    ] {
        let reply = served.raw(format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").as_bytes());
        assert!(!reply.body.contains("root:") && !reply.body.contains("[workspace]") && !reply.body.contains("SQLite"), "{path}");
        let is_page = reply.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
        assert!(is_page || matches!(reply.status, 400 | 404), "{path}: {reply:?}");
    }
}

#[test]
fn what_is_too_large_is_refused_before_it_is_read() {
    let served = Served::single();
    let me = served.alone();
    let long = "غارة ".repeat(60_000);
    assert_eq!(me.post("/api/code", &json!({"text": long})).status, 413);
    let csrf = me.csrf.clone();
    let head = format!(
        "POST /api/code HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: application/json\r\nx-marsad-csrf: {csrf}\r\ncontent-length: 900000000\r\n\r\n"
    );
    let began = Instant::now();
    let mut bytes = head.into_bytes();
    bytes.extend(std::iter::repeat_n(b'x', 2 << 20));
    let reply = served.raw(&bytes);
    assert!(matches!(reply.status, 413 | 0), "{reply:?}");
    assert!(began.elapsed() < Duration::from_secs(10));
    let reply = served.raw(format!("GET /{} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n", "a".repeat(100_000)).as_bytes());
    assert!(matches!(reply.status, 0 | 400 | 414 | 431), "{reply:?}");
    let many: String = (0..500).map(|n| format!("x-{n}: y\r\n")).collect();
    let reply = served.raw(format!("GET /healthz HTTP/1.1\r\nhost: localhost\r\n{many}\r\n").as_bytes());
    assert!(matches!(reply.status, 0 | 400 | 431), "{reply:?}");
    assert_eq!(served.get("/healthz").status, 200);
}

#[test]
fn whoever_sends_slowly_is_cut_off_and_keeps_nobody_waiting() {
    let served = Served::single();
    let slow: Vec<TcpStream> = (0..200)
        .map(|_| {
            let mut stream = TcpStream::connect(served.address).unwrap();
            stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nx-slow: ").unwrap();
            stream
        })
        .collect();
    let began = Instant::now();
    assert_eq!(served.get("/healthz").status, 200);
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    let mut body = TcpStream::connect(served.address).unwrap();
    let csrf = served.alone().csrf;
    body.write_all(format!("POST /api/code HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\nx-marsad-csrf: {csrf}\r\ncontent-length: 100\r\n\r\n{{").as_bytes()).unwrap();
    for mut stream in slow {
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        // The server closes, perhaps with a word why; it does not wait for ever.
        let mut answer = Vec::new();
        assert!(stream.read_to_end(&mut answer).is_ok(), "still open after {:?}", began.elapsed());
    }
    assert!(began.elapsed() < Duration::from_secs(25), "{:?}", began.elapsed());
    body.set_read_timeout(Some(Duration::from_secs(45))).unwrap();
    let mut answer = Vec::new();
    let _ = body.read_to_end(&mut answer);
    assert!(began.elapsed() < Duration::from_secs(45) && !answer.is_empty(), "a body that never ends: {:?}", began.elapsed());
}

#[test]
fn whoever_asks_too_often_waits() {
    let served = Served::start(Access::Single("layla".into()), 30, |options| options);
    let statuses: Vec<u16> = (0..60).map(|_| served.get("/healthz").status).collect();
    assert_eq!(statuses[..25], [200; 25]);
    let last = served.get("/api/stats");
    assert_eq!((last.status, last.header("retry-after").is_some()), (429, true));
    // Behind a proxy, each reader is counted alone; without one, nobody is believed who they say they are.
    assert_eq!(served.send("GET", "/healthz", &[("x-forwarded-for", "203.0.113.7")], "").status, 429);
    let behind = Served::start(Access::Single("layla".into()), 30, |mut options| {
        options.behind_proxy = true;
        options
    });
    for n in 0..60 {
        let from = format!("198.51.100.1, 203.0.113.{}", n % 3);
        assert_eq!(behind.send("GET", "/healthz", &[("x-forwarded-for", &from)], "").status, 200);
    }
}

/// A web server of this machine that answers every request with an article.
fn neighbour() -> std::net::SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut request = [0; 4096];
            let read = stream.read(&mut request).unwrap_or(0);
            let text = "قُتل ثلاثة مدنيين في غارة جوية على بلدة كفرنبل أمس، وفق الدفاع المدني في المنطقة. ";
            let (status, body) = match String::from_utf8_lossy(&request[..read]).split(' ').nth(1) {
                Some("/robots.txt") => ("404 Not Found", String::new()),
                Some("/away") => ("302 Found\r\nlocation: http://169.254.169.254/secret", String::new()),
                _ => (
                    "200 OK",
                    format!(
                        "<html><head><title>عنوان</title></head><body><article><h1>عنوان</h1><p>{}</p><script>x()</script></article></body></html>",
                        text.repeat(4)
                    ),
                ),
            };
            let head = format!(
                "HTTP/1.1 {status}\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
        }
    });
    address
}

#[test]
fn pages_are_fetched_for_those_who_may_and_from_the_public_web_alone() {
    let page = format!("http://{}/report", neighbour());
    let fetching = |access, fetch: marsad_watch::Options| {
        Served::start(access, 0, |mut options| {
            options.fetch = Some(fetch);
            options
        })
    };
    let served = fetching(Access::People, marsad_watch::Options::default());
    assert_eq!(served.log_in("viewer").post("/api/fetch", &json!({"url": page})).status, 403);
    let reviewer = served.log_in("reviewer");
    for url in [
        page.as_str(),
        "http://localhost/",
        "http://[::1]:80/",
        "http://2130706433/",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "gopher://x",
        "x",
    ] {
        let reply = reviewer.post("/api/fetch", &json!({"url": url}));
        assert_eq!(reply.status, 502, "{url}: {reply:?}");
        assert!(!reply.body.contains("--allow"), "{reply:?}");
    }
    assert_eq!(reviewer.post("/api/fetch", &json!({"url": "x".repeat(3000)})).status, 400);
    let off = Served::people();
    assert_eq!(off.log_in("administrator").post("/api/fetch", &json!({"url": page})).status, 403, "off unless it was allowed");
    let allowed = marsad_watch::Options { allow: vec!["127.0.0.1".parse().unwrap()], ..marsad_watch::Options::default() };
    let served = fetching(Access::Single("layla".into()), allowed);
    let me = served.alone();
    let got = me.post("/api/fetch", &json!({"url": page}));
    assert_eq!(got.status, 200, "{got:?}");
    let text = got.json()["text"].as_str().unwrap().to_owned();
    assert!(text.contains("كفرنبل") && !text.contains('<') && !text.contains("x()"), "{text}");
    let away = me.post("/api/fetch", &json!({"url": page.replace("/report", "/away")}));
    assert!(away.status == 502 && away.body.contains("not on the public internet"), "a redirect leads nowhere else: {away:?}");
}

#[test]
fn nobody_comes_in_by_way_of_a_provider_that_was_not_asked() {
    let served = Served::people();
    assert_eq!((served.get("/api/openid").status, served.get("/api/openid/back?code=x&state=y").status), (404, 404));
    let openid = marsad_server::OpenId {
        issuer: "http://127.0.0.1:9/".into(),
        client: "marsad".into(),
        secret: None,
        url: "http://127.0.0.1".into(),
        role: Some(Role::Administrator),
    };
    let served = Served::start(Access::People, 0, |mut options| {
        options.openid = Some(openid);
        options
    });
    assert_eq!(served.get("/api/openid").status, 502, "a provider that cannot be reached");
    let cookie = format!("marsad-openid={}", "a".repeat(64));
    for headers in [vec![], vec![("cookie", cookie.as_str())]] {
        let back = served.send("GET", "/api/openid/back?code=x&state=y", &headers, "");
        assert_eq!((back.status, back.header("location")), (303, Some("/?login=refused")), "{back:?}");
        assert!(!back.head.to_lowercase().contains("marsad="), "no session begins: {back:?}");
    }
    assert_eq!(served.get("/api/incidents").status, 401);
}
