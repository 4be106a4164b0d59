//! Words that a pack gives twice, or in vain.

use crate::pack::{Finding, Level};
use crate::source::{Source, Table};
use marsad_language::{Class, Pack};
use marsad_text::{Kind, fold_str, tokenize};
use std::collections::BTreeMap;
use toml::Spanned;

/// The scanner looks for no longer phrases.
const MAX_WORDS: usize = 9;

/// One writing of a word or phrase.
struct Entry<'s> {
    source: &'s Source,
    at: usize,
    written: &'s str,
    /// The list it stands in.
    list: &'static str,
    class: &'s str,
    value: &'s str,
    /// The country of an actor, which decides between namesakes.
    country: &'s str,
    from: &'s str,
    until: &'s str,
}

impl Entry<'_> {
    fn place(&self) -> String {
        format!("{}:{}", self.source.name, self.source.position(self.at).0)
    }
    fn finding(&self, level: Level, message: String) -> Finding {
        let (line, column) = self.source.position(self.at);
        Finding { file: self.source.name.clone(), line, column, level, message }
    }
    fn name(&self) -> String {
        if self.value.is_empty() { self.class.to_owned() } else { format!("{} «{}»", self.class, self.value) }
    }
    /// Whether both hold on some day. ISO days compare as text.
    fn meets(&self, other: &Self) -> bool {
        let last = |e: &Self| if e.until.is_empty() { "9999" } else { e.until }.to_owned();
        self.from <= last(other).as_str() && other.from <= last(self).as_str()
    }
}

/// Findings about the words of a pack whose article is `article`.
pub(crate) fn check(sources: &[Source], article: &str) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut by_key: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    for source in sources {
        each(source, &mut |entry| {
            for key in keys(&entry, article) {
                if let Some(why) = unreachable(&key) {
                    out.push(entry.finding(Level::Warning, format!("shadowed: «{}» can never match: {why}", entry.written)));
                }
                let copy = Entry { ..entry };
                by_key.entry(key).or_default().push(copy);
            }
        });
    }
    for entries in by_key.values() {
        for (n, later) in entries.iter().enumerate() {
            if let Some(finding) = entries[..n].iter().find_map(|earlier| clash(earlier, later)) {
                out.push(finding);
            }
        }
        out.extend(entries.iter().filter_map(|e| overruled(e, entries)));
    }
    out.sort();
    out.dedup();
    out
}

/// What is wrong between two writings of the same word.
fn clash(earlier: &Entry, later: &Entry) -> Option<Finding> {
    if earlier.class != later.class || !earlier.meets(later) || std::ptr::eq(earlier.written, later.written) {
        return None;
    }
    let word = later.written;
    // An empty value is that of a class without values.
    if earlier.value != later.value && !earlier.value.is_empty() && !later.value.is_empty() {
        // Weak names are meant to be shared: the document decides whom they mean, as its country does between namesakes.
        let apart = later.class == "actor" && earlier.country != later.country;
        if later.class == "weak-actor" || apart {
            return None;
        }
        // Parts of one actor are told apart only by `explain`.
        let code = |e: &Entry| e.value.split('.').next().unwrap_or_default().to_owned();
        let (what, level) = match later.class {
            "actor" if code(earlier) == code(later) => ("two parts of one actor", Level::Note),
            "actor" => ("two actors of the same day", Level::Warning),
            _ => ("two values of one class", Level::Warning),
        };
        let message = format!("ambiguous: «{word}» is {what}: {} here, «{}» in {}", later.name(), earlier.value, earlier.place());
        return Some(later.finding(level, message));
    }
    let same_list = earlier.list == later.list || [earlier.list, later.list].iter().all(|l| ["phrases", "words", "names"].contains(l));
    (same_list && earlier.country == later.country)
        .then(|| later.finding(Level::Note, format!("entered twice: «{word}» as {}; see {}", later.name(), earlier.place())))
}

/// Inflected forms that two frames share, told once for each pair at the second frame.
pub(crate) fn shared_forms(sources: &[Source], pack: &Pack) -> Vec<Finding> {
    let mut pairs: BTreeMap<(u32, u32), Vec<&str>> = BTreeMap::new();
    for (form, senses) in pack.forms.iter().zip(&pack.senses) {
        let mut frames: Vec<u32> = senses.iter().filter(|s| s.0.class == Class::Frame).map(|s| s.0.value).collect();
        frames.sort_unstable();
        frames.dedup();
        for (n, later) in frames.iter().enumerate() {
            for earlier in &frames[..n] {
                pairs.entry((*earlier, *later)).or_default().push(form);
            }
        }
    }
    let name = |frame: u32| pack.frames.get(frame as usize).map_or("", |f| f.id.as_str());
    let place = |id: &str| {
        sources.iter().find_map(|s| {
            let id = s.tables.frame.iter().filter_map(|f| f.id.as_ref()).find(|i| i.get_ref() == id)?;
            Some((s.name.clone(), s.position(id.span().start)))
        })
    };
    let mut out = Vec::new();
    for ((earlier, later), mut forms) in pairs {
        let Some((file, (line, column))) = place(name(later)) else { continue };
        forms.sort_unstable();
        let more = if forms.len() > 6 { ", …" } else { "" };
        let message = format!(
            "ambiguous: {} and {} share {} forms: {}{more}",
            name(earlier),
            name(later),
            forms.len(),
            forms[..forms.len().min(6)].join(", ")
        );
        out.push(Finding { file, line, column, level: Level::Warning, message });
    }
    out
}

/// Whether a class of higher priority takes the word away.
fn overruled(entry: &Entry, entries: &[Entry]) -> Option<Finding> {
    let above: &[&str] = match entry.class {
        "weak-actor" => &["actor"],
        "guard-weak" => &["guard"],
        "generic" => &["actor"],
        _ => &[],
    };
    let by = entries.iter().find(|e| {
        above.contains(&e.class) && e.from <= entry.from && (e.until.is_empty() || !entry.until.is_empty() && e.until >= entry.until)
    })?;
    (by.class != "guard" || by.value == entry.value).then(|| {
        entry.finding(
            Level::Warning,
            format!("shadowed: «{}» as {} is overruled by {} in {}", entry.written, entry.name(), by.name(), by.place()),
        )
    })
}

/// Why the scanner cannot find a phrase.
fn unreachable(key: &str) -> Option<String> {
    let text = tokenize(key);
    let tokens = text.tokens();
    if tokens.len() > MAX_WORDS {
        return Some(format!("it has more than {MAX_WORDS} words"));
    }
    // «الفرقة 60»: a number may stand in a name, but opens none.
    let fits = |n: usize, kind: Kind| kind == Kind::Word || n > 0 && kind == Kind::Number;
    let odd = tokens.iter().enumerate().find(|(n, t)| !fits(*n, t.kind));
    odd.map(|(_, t)| format!("«{}» is no word of letters", text.folded(t)))
}

/// The folded citation forms of an entry.
fn keys(entry: &Entry, article: &str) -> Vec<String> {
    let bare = |word: &str, shortest: usize| {
        let rest = word.strip_prefix(article).filter(|r| !article.is_empty() && r.chars().count() >= shortest);
        fold_str(rest.unwrap_or(word))
    };
    let text = entry.written.trim();
    let one = !text.contains(char::is_whitespace);
    let mut out = match entry.list {
        "nouns" | "people" if one => text.split('/').map(|p| bare(p.split('+').next().unwrap_or(p), 3)).collect(),
        "adjectives" if one => vec![bare(text.split(['/', '+']).next().unwrap_or(text), 3)],
        "verbs" | "passive" => text.split_whitespace().map(fold_str).collect(),
        _ => vec![text.split_whitespace().map(|w| bare(w, 2)).collect::<Vec<_>>().join(" ")],
    };
    out.retain(|k| !k.is_empty());
    out.dedup();
    out
}

/// Calls `with` for every word and phrase of a file.
fn each<'s>(source: &'s Source, with: &mut impl FnMut(Entry<'s>)) {
    fn text(t: &Option<String>) -> &str {
        t.as_deref().unwrap_or_default()
    }
    let tables = &source.tables;
    let groups: [(&[Table], &str); 5] =
        [(&tables.entry, ""), (&tables.actor, "actor"), (&tables.nation, "nation"), (&tables.generic, "generic"), (&tables.frame, "frame")];
    for (group, class) in groups {
        for table in group {
            let (class, value) = match class {
                "" => (text(&table.class), text(&table.value)),
                "nation" => (class, text(&table.country)),
                "generic" => (class, ""),
                _ => (class, table.id.as_ref().map_or("", |i| i.get_ref().as_str())),
            };
            let lists: [(&'static str, &'s [Spanned<String>]); 9] = [
                ("nouns", &table.nouns),
                ("people", &table.people),
                ("adjectives", &table.adjectives),
                ("verbs", &table.verbs),
                ("passive", &table.passive),
                ("phrases", &table.phrases),
                ("words", &table.words),
                ("names", &table.names),
                ("weak", &table.weak),
            ];
            for (list, words) in lists {
                let class = match (class, list) {
                    ("actor", "weak") => "weak-actor",
                    ("nation", "adjectives") => "nation-adj",
                    (class, _) => class,
                };
                for word in words {
                    with(Entry {
                        source,
                        at: word.span().start,
                        written: word.get_ref(),
                        list,
                        class,
                        value,
                        country: text(&table.country),
                        from: text(&table.from),
                        until: text(&table.until),
                    });
                }
            }
        }
    }
}
#[cfg(test)]
mod tests {
    use super::*;

    fn findings(toml: &str) -> Vec<String> {
        check(&[Source::new("a.toml".into(), toml.into()).unwrap()], "ال").iter().map(ToString::to_string).collect()
    }

    #[test]
    fn two_values_of_one_class() {
        let toml = "[[entry]]\nclass = \"weapon\"\nvalue = \"mortar\"\nnouns = [\"هاون\"]\n[[entry]]\nclass = \"weapon\"\nvalue = \"rocket\"\nphrases = [\"الهاون\"]\n";
        assert_eq!(
            findings(toml),
            ["a.toml:8:12: warning: ambiguous: «الهاون» is two values of one class: weapon «rocket» here, «mortar» in a.toml:4"]
        );
        assert!(findings(&toml.replacen("weapon", "object", 1)).is_empty(), "two classes may share a word");
    }

    #[test]
    fn actors_by_day() {
        let toml = |until: &str, from: &str| {
            format!("[[actor]]\nid = \"a\"\nnames = [\"قوات البلد\"]\n{until}\n[[actor]]\nid = \"b\"\nnames = [\"قوات البلد\"]\n{from}\n")
        };
        assert_eq!(findings(&toml("", "")).len(), 1);
        assert_eq!(findings(&toml("until = \"2024-12-07\"", "from = \"2024-12-07\"")).len(), 1);
        assert!(findings(&toml("until = \"2024-12-07\"", "from = \"2024-12-08\"")).is_empty());
    }

    #[test]
    fn words_in_vain() {
        let twice = findings("[[entry]]\nclass = \"weapon\"\nvalue = \"mortar\"\nphrases = [\"قذيفة هاون\", \"قذيفه الهاون\"]\n");
        assert_eq!(twice, ["a.toml:4:26: note: entered twice: «قذيفه الهاون» as weapon «mortar»; see a.toml:4"]);
        let weak = findings("[[actor]]\nid = \"a\"\nnames = [\"قوات البلد\"]\nweak = [\"قوات البلد\"]\n");
        assert!(weak[0].contains("is overruled by actor «a»"), "{weak:?}");
        let long = findings("[[entry]]\nclass = \"conj\"\nphrases = [\"أ ب ت ث ج ح خ د ذ ر\"]\n");
        assert!(long[0].contains("can never match"), "{long:?}");
        let named = findings("[[actor]]\nid = \"a\"\nnames = [\"الفرقة 60\", \"TTP\"]\n");
        assert!(named.len() == 1 && named[0].contains("«ttp» is no word"), "{named:?}");
    }
}
