//! robots.txt: which paths of a host may be fetched (RFC 9309).

use std::time::Duration;

/// More of a file is not read (bytes); the standard asks for 500 KiB at least.
pub(crate) const LIMIT: usize = 512 << 10;
/// A host that asks for longer pauses than this gets this one.
const LONGEST_PAUSE: Duration = Duration::from_secs(120);

/// The rules of a host for one crawler.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Rules {
    /// Patterns of paths, and whether they are allowed.
    rules: Vec<(bool, Vec<u8>)>,
    /// The pause that it asks for between two requests. No part of the standard, but many say it.
    pub pause: Option<Duration>,
}

impl Rules {
    /// Nothing may be fetched.
    pub fn nothing() -> Self {
        Self { rules: vec![(false, b"/".to_vec())], pause: None }
    }

    /// Reads a file for a crawler, which is named by its product token in lower case. Any bytes are rules, perhaps none.
    pub fn read(file: &[u8], crawler: &str) -> Self {
        let file = String::from_utf8_lossy(&file[..file.len().min(LIMIT)]);
        let (mut own, mut all) = (Self::default(), Self::default());
        // Groups of one name are one; a file that names the crawler is not asked for what holds for all.
        let (mut named, mut for_own, mut for_all, mut heads) = (false, false, false, false);
        for line in file.trim_start_matches('\u{feff}').split(['\n', '\r']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if !heads {
                    (for_own, for_all, heads) = (false, false, true);
                }
                let token = value.split(|c: char| !(c.is_ascii_alphabetic() || matches!(c, '-' | '_'))).next().unwrap_or_default();
                let mine = token.eq_ignore_ascii_case(crawler);
                for_own |= mine;
                named |= mine;
                for_all |= value.starts_with('*');
                continue;
            }
            let each = |rules: &mut Self| match key.as_str() {
                "allow" | "disallow" if !value.is_empty() => rules.rules.push((key == "allow", normal(value))),
                "crawl-delay" => {
                    let seconds = value.parse::<f64>().ok().filter(|seconds| seconds.is_finite() && *seconds >= 0.0);
                    rules.pause = seconds.map(|seconds| Duration::from_secs_f64(seconds.min(LONGEST_PAUSE.as_secs_f64())));
                }
                _ => {}
            };
            if matches!(key.as_str(), "allow" | "disallow" | "crawl-delay") {
                heads = false;
                if for_own {
                    each(&mut own);
                }
                if for_all {
                    each(&mut all);
                }
            }
        }
        if named { own } else { all }
    }

    /// Whether a path, with its query, may be fetched: the longest pattern that fits decides, and of two as long the one that allows.
    pub fn allow(&self, path: &str) -> bool {
        let path = normal(path);
        let fitting = self.rules.iter().filter(|(_, pattern)| fits(pattern, &path));
        fitting.max_by_key(|(allowed, pattern)| (pattern.len(), *allowed)).is_none_or(|(allowed, _)| *allowed)
    }
}

/// One spelling of a path: letters that need no escape bare, all others escaped, in capitals.
fn normal(path: &str) -> Vec<u8> {
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digit = |n: usize| bytes.get(at + n).and_then(|b| char::from(*b).to_digit(16));
        let byte = match (bytes[at], digit(1), digit(2)) {
            (b'%', Some(high), Some(low)) => {
                at += 3;
                let byte = (high * 16 + low) as u8;
                if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
                    out.push(byte);
                    continue;
                }
                byte
            }
            (byte, ..) => {
                at += 1;
                if byte.is_ascii_graphic() {
                    out.push(byte);
                    continue;
                }
                byte
            }
        };
        out.extend_from_slice(format!("%{byte:02X}").as_bytes());
    }
    out
}

/// Whether a pattern fits the beginning of a path; `*` is anything, `$` at the end is the end. Greedy with one step back,
/// so that it takes no more than the product of both lengths.
fn fits(pattern: &[u8], path: &[u8]) -> bool {
    let (pattern, whole) = pattern.strip_suffix(b"$").map_or((pattern, false), |pattern| (pattern, true));
    let (mut p, mut s) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    loop {
        if p == pattern.len() && (!whole || s == path.len()) {
            return true;
        }
        if pattern.get(p) == Some(&b'*') {
            star = Some((p, s));
            p += 1;
        } else if s < path.len() && pattern.get(p) == Some(&path[s]) {
            p += 1;
            s += 1;
        } else if let Some((at, from)) = star.filter(|(_, from)| *from < path.len()) {
            star = Some((at, from + 1));
            p = at + 1;
            s = from + 1;
        } else {
            return false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(file: &str) -> Rules {
        Rules::read(file.as_bytes(), "marsad")
    }

    #[test]
    fn the_longest_pattern_decides() {
        let rules = rules(
            "User-Agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /a/b/c$\nDisallow: /*.pdf$\nDisallow: /s?q=\nAllow: /e\nDisallow: /e",
        );
        for (path, allowed) in [
            ("/", true),
            ("/a", false),
            ("/abc", false),
            ("/a/b", true),
            ("/a/b/c", false),
            ("/a/b/c/d", true),
            ("/x/y.pdf", false),
            ("/x/y.pdf?z", true),
            ("/s?q=1", false),
            ("/s", true),
            ("/e", true),
        ] {
            assert_eq!(rules.allow(path), allowed, "{path}");
        }
    }

    #[test]
    fn groups_are_those_of_the_crawler() {
        let file = "\u{feff}User-agent: other\nDisallow: /\n\nUser-agent: x\nUser-Agent: MARSAD/1.0 # ours\ncrawl-delay: 3\ndisallow: /ours\n\
                    user-agent: *\nDisallow: /all\nUser-agent: Marsad\nDisallow: /more";
        let found = rules(file);
        assert_eq!(["/ours", "/more", "/all", "/x"].map(|path| found.allow(path)), [false, false, true, true]);
        assert_eq!(found.pause, Some(Duration::from_secs(3)));
        assert!(!rules("user-agent: *\ndisallow: /\n").allow("/x") && !Rules::nothing().allow("/") && Rules::default().allow("/"));
        assert!(rules("User-agent: marsadbot\nDisallow: /").allow("/x"), "another crawler");
        assert!(rules("User-agent: marsad\nDisallow:\n\nUser-agent: *\nDisallow: /").allow("/x"), "an empty rule allows");
    }

    #[test]
    fn spellings_of_one_path_are_one() {
        let rules = rules("User-agent: *\nDisallow: /خبر\nDisallow: /%7Euser\nDisallow: /b%2fc");
        for path in ["/%D8%AE%D8%A8%D8%B1/1", "/%d8%ae%d8%a8%d8%b1", "/~user", "/b%2Fc"] {
            assert!(!rules.allow(path), "{path}");
        }
        assert!(rules.allow("/b/c"));
    }

    #[test]
    fn odd_files_are_read_quickly() {
        for file in [&b"\xff\xfe\0"[..], b"", b":", b"Disallow: /", b"user-agent", b"<html>not found</html>"] {
            assert!(Rules::read(file, "marsad").allow("/"), "{file:?}");
        }
        let stars = format!("user-agent: *\ndisallow: /{}b", "*a".repeat(2000));
        let began = std::time::Instant::now();
        assert!(rules(&stars).allow(&format!("/{}", "a".repeat(8000))));
        assert!(began.elapsed() < Duration::from_secs(5));
        assert_eq!(rules("user-agent: *\ncrawl-delay: 1e99").pause, Some(LONGEST_PAUSE));
    }
}
