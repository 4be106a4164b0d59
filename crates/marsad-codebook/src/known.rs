//! The list of cases that are known to fail.

use std::collections::BTreeMap;
use std::fmt::Write;

/// Known failures: the case (`codebook/airstrike.md:34`) and the reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownFailures {
    list: BTreeMap<(String, usize), String>,
}

/// How a run of the codebook stands to the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Cases that fail and are not listed.
    pub new: Vec<String>,
    /// Listed cases that pass, or that no longer exist: they must leave the list.
    pub stale: Vec<String>,
    /// Listed cases that fail.
    pub failing: usize,
}

impl KnownFailures {
    /// Reads the list: `file:line: reason` on each line; `#` opens a comment.
    ///
    /// # Errors
    /// The first line that is not written so.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut list = BTreeMap::new();
        for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#')) {
            let mut parts = line.splitn(3, ':');
            match (parts.next(), parts.next().and_then(|l| l.trim().parse().ok()), parts.next()) {
                (Some(file), Some(number), reason) => list.insert((file.to_owned(), number), reason.unwrap_or_default().trim().to_owned()),
                _ => return Err(format!("line {}: «{line}» is not `file:line: reason`", n + 1)),
            };
        }
        Ok(KnownFailures { list })
    }

    /// Adds a case.
    pub fn insert(&mut self, file: &str, line: usize, reason: &str) {
        self.list.insert((file.to_owned(), line), reason.replace('\n', " "));
    }

    /// Number of cases on the list.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether no case is on the list.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Compares the list with a run: each case's file, line and complaints.
    pub fn compare(&self, run: &[(&str, usize, Vec<String>)]) -> Known {
        let mut out = Known::default();
        let mut seen = std::collections::BTreeSet::new();
        for (file, line, complaints) in run {
            let key = ((*file).to_owned(), *line);
            match (self.list.contains_key(&key), complaints.is_empty()) {
                (true, true) => out.stale.push(format!("{file}:{line}: passes now")),
                (true, false) => out.failing += 1,
                (false, true) => {}
                (false, false) => out.new.extend(complaints.iter().map(|c| format!("{file}:{line}: {c}"))),
            }
            seen.insert(key);
        }
        out.stale.extend(self.list.keys().filter(|k| !seen.contains(*k)).map(|(file, line)| format!("{file}:{line}: no case begins here")));
        out
    }

    /// The list as it is written to a file.
    pub fn to_text(&self) -> String {
        let mut out = String::from(
            "# Cases of the codebook that do not come out right yet: file:line of the block, and the first complaint.\n\
             # Written by `cargo run -p marsad-codebook --example update-known-failures`. The list may only shrink.\n",
        );
        for ((file, line), reason) in &self.list {
            let _ = writeln!(out, "{file}:{line}: {reason}");
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::KnownFailures;

    #[test]
    fn written_as_read() {
        let mut known = KnownFailures::default();
        known.insert("codebook/a.md", 12, "expected killed: civilians 3, got none");
        known.insert("codebook/a.md", 3, "x\ny");
        assert_eq!(KnownFailures::parse(&known.to_text()), Ok(known));
        assert!(KnownFailures::parse("codebook/a.md").is_err());
    }

    #[test]
    fn list_only_shrinks() {
        let known = KnownFailures::parse("a.md:1: x\na.md:5: y\na.md:9: z\n").unwrap();
        let run = [("a.md", 1, vec!["x".to_owned()]), ("a.md", 5, vec![]), ("a.md", 7, vec!["n".to_owned()])];
        let result = known.compare(&run);
        assert_eq!(result.failing, 1);
        assert_eq!(result.new, ["a.md:7: n"]);
        assert_eq!(result.stale, ["a.md:5: passes now", "a.md:9: no case begins here"]);
    }
}
