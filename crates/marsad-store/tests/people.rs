//! Accounts, sessions, tokens, remarks and reviews, on SQLite and on PostgreSQL.

#[allow(dead_code)]
mod postgres;

use marsad_model::{Action, Incident, ReviewState};
use marsad_store::{Change, Error, STATE, Store, Subject};
use std::path::Path;

fn incident(id: &str, events: &[&str]) -> Incident {
    Incident {
        record: "marsad-incident/1".into(),
        id: id.into(),
        events: events.iter().map(|event| (*event).to_owned()).collect(),
        documents: vec!["d".into()],
        voices: 1,
        action: Action::Shelling,
        when: None,
        place: None,
        participants: Vec::new(),
        casualties: Vec::new(),
        disagreements: Vec::new(),
        confidence: 0.5,
        because: Vec::new(),
        retold_by: Vec::new(),
    }
}

async fn people(store: &mut Store) {
    store.put_user("layla", "$hash", "editor").await.unwrap();
    store.put_user("omar", "$hash", "viewer").await.unwrap();
    store.begin_session("s1", "layla", 12).await.unwrap();
    store.begin_session("s2", "layla", -1).await.unwrap();
    assert_eq!(store.session("s1").await.unwrap().unwrap().role, "editor");
    assert_eq!((store.session("s2").await.unwrap(), store.session("'; --").await.unwrap()), (None, None), "it has ended");
    let token = store.add_token("t1", "layla", "nightly").await.unwrap();
    assert_eq!(store.token("t1").await.unwrap().unwrap().name, "layla");
    assert!(!store.revoke_token(token, Some("omar")).await.unwrap() && store.revoke_token(token, Some("layla")).await.unwrap());
    assert!(store.token("t1").await.unwrap().is_none() && store.tokens(Some("layla")).await.unwrap()[0].revoked);
    assert!(store.add_token("t1", "layla", "twice").await.is_err(), "a secret is one token");
    // Whatever changes an account ends its sessions.
    assert!(store.set_role("layla", Some("viewer")).await.unwrap());
    assert!(store.session("s1").await.unwrap().is_none());
    store.begin_session("s3", "layla", 12).await.unwrap();
    store.add_token("t2", "layla", "weekly").await.unwrap();
    assert!(store.set_role("layla", None).await.unwrap() && !store.set_role("nobody", None).await.unwrap());
    assert!(
        store.session("s3").await.unwrap().is_none()
            && store.token("t2").await.unwrap().is_none()
            && store.user("layla").await.unwrap().is_none()
    );
    let users: Vec<_> = store.users().await.unwrap().into_iter().map(|user| (user.name, user.role, user.closed)).collect();
    assert_eq!(users, [("layla".into(), "viewer".into(), true), ("omar".into(), "viewer".to_owned(), false)]);
    store.put_user("layla", "$new", "reviewer").await.unwrap();
    assert_eq!(store.user("layla").await.unwrap().unwrap().password, "$new", "opened again");
}

async fn identities(store: &mut Store) {
    let issuer = "https://id.example";
    assert!(store.identity(issuer, "17").await.unwrap().is_none());
    store.put_user("layla", "$hash", "editor").await.unwrap();
    assert!(!store.identify(issuer, "17", "layla", Some("viewer")).await.unwrap(), "nobody gets another one's account by its name");
    assert!(!store.identify(issuer, "17", "stranger", None).await.unwrap());
    assert!(store.identify(issuer, "17", "layla", None).await.unwrap(), "somebody in charge says so");
    assert_eq!(store.identity(issuer, "17").await.unwrap().unwrap().role, "editor");
    assert!(store.identity("https://other.example", "17").await.unwrap().is_none());
    assert!(store.identify(issuer, "18", "salma", Some("viewer")).await.unwrap());
    let new = store.identity(issuer, "18").await.unwrap().unwrap();
    assert_eq!((new.name.as_str(), new.password.as_str(), new.role.as_str()), ("salma", "", "viewer"));
}

async fn remarks(store: &mut Store) {
    store.replace_incidents(&[incident("1a", &["d#1", "d#2"]), incident("2b", &["d#3"])]).await.unwrap();
    let before = store.pulse().await.unwrap();
    assert_eq!(store.comment("d#1", "layla", "'; DROP TABLE comments; -- 💥").await.unwrap(), 1);
    assert_eq!(store.comment("d#3", "omar", "هذا مكرر").await.unwrap(), 2);
    let told = store.comments(&["d#1".into(), "d#2".into()]).await.unwrap();
    assert_eq!((told.len(), told[0].text.as_str()), (1, "'; DROP TABLE comments; -- 💥"));
    assert!(store.comments(&[]).await.unwrap().is_empty());
    store.assign("d#1", Some("omar"), "layla").await.unwrap();
    store.assign("d#1", None, "omar").await.unwrap();
    let hands: Vec<_> = store.assignments().await.unwrap().into_iter().map(|row| row.assignee).collect();
    assert_eq!(hands, [Some("omar".to_owned()), None]);
    let change = |id: &str, state: ReviewState| Change {
        subject: Subject::Incident(id.into()),
        field: STATE.into(),
        old: None,
        new: Some(state.name().into()),
    };
    let number = store.review(&change("1a", ReviewState::Final), "layla", Some("seen")).await.unwrap();
    assert_ne!(store.pulse().await.unwrap(), before, "whoever reads sees that something changed");
    for (documents, decisions) in [(&["d".to_owned()][..], 0), (&[][..], 1)] {
        let before = store.pulse().await.unwrap();
        store.linking().await.unwrap().finish(documents, decisions, None).await.unwrap();
        assert_ne!(store.pulse().await.unwrap(), before, "linking what is new is a change, too");
    }
    assert!(matches!(store.review(&change("9z", ReviewState::Final), "layla", None).await, Err(Error::NoSubject(_))));
    assert_eq!(store.review_states().await.unwrap().of_incident(&incident("1a", &["d#1", "d#2"])), ReviewState::Final);
    store.undo_review(number, "omar", None).await.unwrap();
    assert!(matches!(store.undo_review(number, "omar", None).await, Err(Error::NoSubject(_))));
    assert_eq!(store.review_states().await.unwrap().of_incident(&incident("1a", &["d#1", "d#2"])), ReviewState::Machine);
    assert_eq!(store.incident("2b").await.unwrap(), Some(incident("2b", &["d#3"])));
    assert_eq!(store.incident("' OR '1'='1").await.unwrap(), None);
    let mut ids = Vec::new();
    store.each_incident(|incident| ids.push(incident.id)).await.unwrap();
    assert_eq!(ids, ["1a", "2b"]);
}

fn run(at: &Path, database: impl Fn(&str) -> Option<String>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let (_, mut store) = Store::init(&at.join("people"), database("people").as_deref()).await.unwrap();
        people(&mut store).await;
        let (_, mut store) = Store::init(&at.join("remarks"), database("remarks").as_deref()).await.unwrap();
        remarks(&mut store).await;
        identities(&mut store).await;
    });
}

#[test]
fn on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), |_| None);
}

#[test]
fn on_postgresql() {
    let Some(server) = postgres::Server::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), |name| Some(server.database(name)));
}
