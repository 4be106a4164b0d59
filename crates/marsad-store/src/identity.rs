//! What makes two documents one.
//!
//! A document with a URL is known by its canonical form and its text; one without by the id that its source gave it and its
//! text. Texts of one address (the URL, or else the file and the id in it) are versions of one document.

use marsad_model::Document;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use url::Url;

/// Parameters that say how a reader came to a page, not which page it is.
const TRACKING: &[&str] = &["fbclid", "gclid", "dclid", "msclkid", "igshid", "mc_cid", "mc_eid", "yclid", "_ga", "ref_src"];

/// How the store knows a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Its id in the store: the same for the same document, on any machine.
    pub id: String,
    /// Where it is found; versions of a document share it.
    pub address: String,
    /// SHA-256 of its text.
    pub sha256: String,
}

impl Identity {
    /// The identity of a document that was read from `file`, a path or the URL of a feed.
    pub fn of(document: &Document, file: &str) -> Self {
        let sha256 = digest(&document.text);
        let url = document.url.as_deref().and_then(canonical);
        let known_as = url.clone().unwrap_or_else(|| format!("id:{}", document.id));
        let address = url.unwrap_or_else(|| {
            if file.contains("://") {
                return format!("{file}#{}", document.id);
            }
            let path = std::path::absolute(file).map_or_else(|_| file.to_owned(), |path| path.to_string_lossy().into_owned());
            format!("file:{path}#{}", document.id)
        });
        let mut id = digest(&format!("{known_as}\n{sha256}"));
        id.truncate(20);
        Self { id, address, sha256 }
    }
}

/// SHA-256 in hexadecimal.
pub(crate) fn digest(text: &str) -> String {
    let mut out = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// One spelling for every URL of a page: without fragment, tracking parameters, user, `www.`, and the difference of http
/// and https; parameters sorted. `None` for what is no web address.
pub fn canonical(url: &str) -> Option<String> {
    let mut url = Url::parse(url.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    // A port that is the default of the one is none of the other either.
    if matches!((url.scheme(), url.port()), ("http", Some(443)) | ("https", Some(80))) {
        return None;
    }
    let _ = (url.set_username(""), url.set_password(None), url.set_scheme("https"));
    url.set_fragment(None);
    let host = url.host_str()?;
    if let Some(bare) = host.strip_prefix("www.").filter(|bare| bare.contains('.')).map(str::to_owned) {
        url.set_host(Some(&bare)).ok()?;
    }
    let tracking = |name: &str| name.starts_with("utm_") || TRACKING.contains(&name);
    let mut query: Vec<(String, String)> = url.query_pairs().into_owned().filter(|(name, _)| !tracking(name)).collect();
    query.sort();
    url.set_query(None);
    if !query.is_empty() {
        url.query_pairs_mut().extend_pairs(query);
    }
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path(&path);
    Some(url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_page_are_one() {
        for spelling in [
            "https://news.example/a/1?id=2&b=3",
            "http://www.news.example:80/a/1/?b=3&utm_source=x&id=2#top",
            " HTTPS://NEWS.example/a/1?id=2&fbclid=z&b=3",
        ] {
            assert_eq!(canonical(spelling).as_deref(), Some("https://news.example/a/1?b=3&id=2"), "{spelling}");
        }
        assert_eq!(canonical("https://news.example"), canonical("http://news.example/"));
        assert_eq!(canonical("https://مثال.example/خبر"), canonical("https://xn--mgbh0fb.example/%D8%AE%D8%A8%D8%B1/"));
        for other in ["https://news.example/a/2", "https://news.example:8080/a/1", "https://m.news.example/a/1"] {
            assert_ne!(canonical(other), canonical("https://news.example/a/1"), "{other}");
        }
        for nothing in ["", "a/1", "ftp://news.example/a", "javascript:1", "https://"] {
            assert_eq!(canonical(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn without_a_url_the_given_id_and_the_text_tell() {
        let document = |id: &str, text: &str| Document { id: id.into(), text: text.into(), ..Document::default() };
        let one = Identity::of(&document("a", "خبر"), "x/a.txt");
        let moved = Identity::of(&document("a", "خبر"), "y/a.txt");
        let changed = Identity::of(&document("a", "خبر مصحح"), "x/a.txt");
        assert!(one.id == moved.id && one.address != moved.address);
        assert!(one.id != changed.id && one.address == changed.address);
        assert_eq!(one.id.len(), 20);
    }
}
