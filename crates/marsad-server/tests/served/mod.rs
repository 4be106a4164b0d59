//! A real server over a real store of the example reports, and a client that sends exactly what it is told.

#![allow(dead_code, reason = "every test uses a part of it")]

use marsad_coder::Coder;
use marsad_copies::Sketch;
use marsad_link::{Known, Model, link_knowing};
use marsad_model::{Coded, Document};
use marsad_server::{Access, Options, Relink, Role};
use marsad_store::{Arrival, Folder, Identity, Store, Verdict};
use serde_json::Value;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::oneshot;

pub const PASSWORD: &str = "eight grey cranes";

/// A document that means harm: whatever of it is shown must be shown as words.
pub const HOSTILE: &str = "<script>alert(1)</script>";

pub struct Served {
    pub address: SocketAddr,
    pub folder: TempDir,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Reply {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().filter_map(|line| line.split_once(':')).find(|(given, _)| given.eq_ignore_ascii_case(name)).map(|(_, v)| v.trim())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}\n{}", self.head, self.body))
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

async fn link(store: &mut Store) {
    let mut known = Known::default();
    for decision in store.decisions().await.unwrap().into_iter().filter(|decision| !decision.undone) {
        match decision.verdict {
            Verdict::Merge(sides) => known.decisions.merge(&sides),
            Verdict::Split(sides) => known.decisions.split(&sides),
            Verdict::Undo(_) => {}
        }
    }
    let mut documents: Vec<Coded> = Vec::new();
    store.latest_records(|coded| documents.push(coded)).await.unwrap();
    let linked = link_knowing(&documents, &Model::fitted(), &known);
    store.replace_incidents(&linked.incidents).await.unwrap();
}

/// The example reports, and one whose headline, outlet, address and text mean harm.
fn arrivals(coder: &Coder) -> Vec<Arrival> {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/articles.jsonl");
    let text = std::fs::read_to_string(examples).unwrap();
    let mut documents: Vec<Document> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let first = documents[0].text.clone();
    documents.push(Document {
        id: "hostile".into(),
        text: format!("{HOSTILE} \u{1f4a5} {first}\n<img src=x onerror=alert(2)>"),
        url: Some("javascript:alert(3)".into()),
        outlet: Some(HOSTILE.into()),
        title: Some(format!("\"><svg onload=alert(4)>{HOSTILE}")),
        published: Some("2023-08-20".parse().unwrap()),
        language: None,
        author: None,
    });
    let mut session = coder.session();
    let arrival = |document: Document| {
        let identity = Identity::of(&document, "examples/articles.jsonl");
        let record = session.code(&Document { id: identity.id.clone(), ..document.clone() });
        let sketch = Sketch::of(&document.text).map(|sketch| sketch.to_hex());
        Arrival { identity, document, source: "examples/articles.jsonl".into(), record, sketch }
    };
    documents.into_iter().map(arrival).collect()
}

impl Served {
    /// With accounts, one of every role, named like it.
    pub fn people() -> Self {
        Self::start(Access::People, 0, |options| options)
    }

    pub fn single() -> Self {
        Self::start(Access::Single("layla".into()), 0, |options| options)
    }

    pub fn public() -> Self {
        Self::start(Access::Public(Box::new(marsad_export::Policy::standard())), 0, |options| options)
    }

    pub fn start(access: Access, rate: u32, change: impl FnOnce(Options) -> Options) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("observatory");
        let coder = Coder::embedded();
        runtime().block_on(async {
            let (_, mut store) = Store::init(&path, None).await.unwrap();
            store.add(&arrivals(&coder)).await.unwrap();
            link(&mut store).await;
            if matches!(access, Access::People) {
                let hash = marsad_server::hash_password(PASSWORD).unwrap();
                for role in Role::ALL {
                    store.put_user(role.name(), &hash, role.name()).await.unwrap();
                }
            }
            store.close().await.unwrap();
        });
        let home = path.clone();
        let relink: Relink = Arc::new(move || {
            let folder = Folder::at(&home).unwrap();
            runtime().block_on(async {
                let mut store = Store::open(&folder).await.unwrap();
                link(&mut store).await;
                store.close().await.unwrap();
            });
            Ok(())
        });
        let listen = "127.0.0.1:0".parse().unwrap();
        let options =
            change(Options { listen, access, secure: false, behind_proxy: false, rate, tiles: None, openid: None, fetch: None, relink });
        let (told, address) = std::sync::mpsc::channel();
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn(move || {
            let folder = Folder::at(&path).unwrap();
            let ready = move |address| told.send(address).unwrap();
            let stopped = async { drop(stopped.await) };
            runtime().block_on(marsad_server::serve(folder, coder, options, ready, stopped)).unwrap();
        });
        let address = address.recv_timeout(Duration::from_secs(60)).unwrap();
        Self { address, folder, stop: Some(stop), thread: Some(thread) }
    }

    /// Sends these bytes and reads until the server closes.
    pub fn raw(&self, bytes: &[u8]) -> Reply {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        // A server that has seen enough closes before everything is sent.
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Reply { status, head: head.to_owned(), body: body.to_owned() }
    }

    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        let mut request = format!("{method} {path} HTTP/1.1\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            request.push_str(&format!("host: {}\r\n", self.address));
        }
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str("\r\n");
        request.push_str(body);
        self.raw(request.as_bytes())
    }

    pub fn get(&self, path: &str) -> Reply {
        self.send("GET", path, &[], "")
    }

    /// Logs in as the account of a role.
    pub fn log_in(&self, name: &str) -> Person<'_> {
        let body = serde_json::json!({"name": name, "password": PASSWORD}).to_string();
        let reply = self.send("POST", "/api/session", &[("content-type", "application/json")], &body);
        assert_eq!(reply.status, 200, "{reply:?}");
        let cookie = reply.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
        Person { served: self, cookie, csrf: reply.json()["csrf"].as_str().unwrap().to_owned() }
    }

    /// The one person of single-user mode.
    pub fn alone(&self) -> Person<'_> {
        let csrf = self.get("/api/session").json()["csrf"].as_str().unwrap().to_owned();
        Person { served: self, cookie: String::new(), csrf }
    }

    pub fn incidents(&self, person: &Person<'_>, query: &str) -> Vec<Value> {
        let reply = person.get(&format!("/api/incidents?{query}"));
        assert_eq!(reply.status, 200, "{query}: {reply:?}");
        reply.json()["incidents"].as_array().unwrap().clone()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Somebody who is logged in.
pub struct Person<'s> {
    pub served: &'s Served,
    pub cookie: String,
    pub csrf: String,
}

impl Person<'_> {
    pub fn get(&self, path: &str) -> Reply {
        self.served.send("GET", path, &[("cookie", &self.cookie)], "")
    }

    pub fn post(&self, path: &str, body: &Value) -> Reply {
        self.send("POST", path, body)
    }

    pub fn send(&self, method: &str, path: &str, body: &Value) -> Reply {
        let headers = [("cookie", self.cookie.as_str()), ("x-marsad-csrf", &self.csrf), ("content-type", "application/json")];
        self.served.send(method, path, &headers, &body.to_string())
    }
}

/// Text in a query.
pub fn escaped(text: &str) -> String {
    text.bytes().map(|byte| if byte.is_ascii_alphanumeric() { (byte as char).to_string() } else { format!("%{byte:02X}") }).collect()
}
