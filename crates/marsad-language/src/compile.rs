//! From a pack's folder to a [`Pack`], with every complaint placed in its file.

mod codes;
mod words;

use crate::class::{Class, Prep};
use crate::lexicon::Reading;
use crate::morphology::{Inflection, Morphology};
use crate::pack::{Actor, ActorKind, Beside, Frame, FrameKind, Generic, Nation, Needs, Pack, Proof, RoleSet, Sense, Slot};
use crate::source;
use codes::names;
use jiff::civil::Date;
use marsad_model::{Action, Outcome, WeaponClass};
use marsad_text::fold_str;
use rustc_hash::FxHashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use toml::Spanned;
use words::is_noun;

/// A complaint about a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, relative to the pack.
    pub file: String,
    /// Line from 1.
    pub line: u32,
    /// Column from 1, in code points.
    pub column: u32,
    /// Whether the pack cannot be used as it stands.
    pub fatal: bool,
    /// What is the matter.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = if self.fatal { "error" } else { "warning" };
        write!(f, "{}:{}:{}: {level}: {}", self.file, self.line, self.column, self.message)
    }
}

/// A pack and what is wrong with it.
pub struct Compiled {
    /// The pack; entries with fatal problems are left out.
    pub pack: Pack,
    /// The problems, in the order of files.
    pub problems: Vec<Problem>,
}

/// Reads the folder of a pack: every `*.toml` below it, in the order of their paths.
///
/// # Errors
/// When the folder cannot be read. Problems inside its files are returned in [`Compiled`].
pub fn compile(folder: &Path) -> std::io::Result<Compiled> {
    let files = read_files(folder)?;
    let language = folder.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Builder::new(language).run(&files))
}

/// The name (relative to the folder, with `/`) and the text of every `*.toml` below a folder, in the order of their paths.
///
/// # Errors
/// When the folder or a file cannot be read.
pub fn read_files(folder: &Path) -> std::io::Result<Vec<(String, String)>> {
    let mut paths = Vec::new();
    collect(folder, &mut paths)?;
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path)?;
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        files.push((name, text));
    }
    Ok(files)
}

fn collect(folder: &Path, out: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, out)?;
        } else if path.extension().is_some_and(|e| e == "toml") {
            out.push(path);
        }
    }
    Ok(())
}

#[derive(Default)]
struct Builder {
    pack: Pack,
    problems: Vec<Problem>,
    morphology: Morphology,
    forms: FxHashMap<String, u32>,
    edges: FxHashMap<(u32, u32), u32>,
    rules: FxHashMap<String, u32>,
    file: String,
    text: String,
}

impl Builder {
    fn new(language: String) -> Self {
        let mut out = Builder::default();
        out.pack.language = language;
        out.pack.ends.push(Vec::new());
        out
    }

    fn run(mut self, files: &[(String, String)]) -> Compiled {
        let mut parsed = Vec::new();
        for (name, text) in files {
            self.open(name, text);
            match toml::from_str::<source::File>(text) {
                Ok(file) => parsed.push((name, text, file)),
                Err(error) => {
                    let at = error.span().map_or(0, |s| s.start);
                    self.complain(at, true, error.message().to_owned());
                }
            }
        }
        // Paradigms and roles first, since everything else uses them.
        for (name, text, file) in &mut parsed {
            self.open(name, text);
            for paradigm in std::mem::take(&mut file.paradigm) {
                if let Err(message) = self.morphology.add(paradigm) {
                    self.complain(0, true, message);
                }
            }
            if let Some(clitics) = file.clitics.take() {
                self.clitics(clitics);
            }
            for roles in std::mem::take(&mut file.roles) {
                self.roles(roles);
            }
        }
        for (name, text, file) in parsed {
            self.open(name, text);
            for entry in file.entry {
                self.entry(entry);
            }
            for actor in file.actor {
                self.actor(actor);
            }
            for nation in file.nation {
                self.nation(nation);
            }
            for generic in file.generic {
                self.generic(generic);
            }
            for beside in file.beside {
                let (from, until) = (self.date(&beside.from), self.date(&beside.until));
                let actor = beside.actor.get_ref().clone();
                self.pack.besides.push(Beside { after: beside.after, named: beside.named, actor, from, until });
            }
            for frame in file.frame {
                self.frame(frame);
            }
        }
        let mut forms = vec![String::new(); self.forms.len()];
        for (form, id) in self.forms {
            forms[id as usize] = form;
        }
        self.pack.forms = forms;
        let mut edges: Vec<_> = self.edges.into_iter().map(|((node, form), next)| (node, form, next)).collect();
        edges.sort_unstable();
        self.pack.edges = edges;
        Compiled { pack: self.pack, problems: self.problems }
    }

    fn open(&mut self, name: &str, text: &str) {
        self.file = name.to_owned();
        self.text = text.to_owned();
    }

    fn position(&self, at: usize) -> (u32, u32) {
        let before = &self.text[..self.text.floor_char_boundary(at)];
        let line = before.matches('\n').count() as u32 + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() as u32 + 1;
        (line, column)
    }

    fn complain(&mut self, at: usize, fatal: bool, message: String) {
        let (line, column) = self.position(at);
        self.problems.push(Problem { file: self.file.clone(), line, column, fatal, message });
    }

    fn rule(&mut self, name: &str) -> u32 {
        if let Some(&id) = self.rules.get(name) {
            return id;
        }
        let id = self.pack.rules.len() as u32;
        self.pack.rules.push(name.to_owned());
        self.rules.insert(name.to_owned(), id);
        id
    }

    fn clitics(&mut self, clitics: source::Clitics) {
        self.pack.article = fold_str(&clitics.article);
        let slot = |n: usize| clitics.before.get(n).cloned().unwrap_or_default();
        let (ask, and, letters) = (slot(0), slot(1), slot(2));
        let flags = [Reading::BY, Reading::TO, Reading::LIKE, Reading::WILL];
        let mut heads = vec![(String::new(), 0u8)];
        heads.extend(and.iter().map(|a| (fold_str(a), Reading::AND)));
        heads.extend(ask.iter().map(|a| (fold_str(a), Reading::ASK)));
        let mut out: Vec<(String, u8)> = Vec::new();
        for (head, flag) in &heads {
            out.push((head.clone(), *flag));
            out.push((format!("{head}{}", self.pack.article), flag | Reading::ARTICLE));
            for (letter, letter_flag) in letters.iter().zip(flags) {
                let letter = fold_str(letter);
                out.push((format!("{head}{letter}"), flag | letter_flag));
                if letter_flag != Reading::WILL && letter_flag != Reading::TO {
                    out.push((format!("{head}{letter}{}", self.pack.article), flag | letter_flag | Reading::ARTICLE));
                }
                for [written, clitic] in &clitics.elided {
                    if fold_str(clitic) == letter {
                        out.push((format!("{head}{}", fold_str(written)), flag | letter_flag | Reading::ARTICLE));
                    }
                }
            }
        }
        out.sort_by_key(|(written, flags)| (written.chars().count(), *flags));
        self.pack.proclitics = out;
        let mut after: Vec<String> = clitics.after.iter().map(|s| fold_str(s.get_ref())).collect();
        after.sort_by_key(|a| std::cmp::Reverse(a.len()));
        self.pack.enclitics = after;
        self.pack.shortest = clitics.shortest * 2;
    }

    fn slot(&mut self, slot: &Option<Spanned<String>>) -> Slot {
        let Some(slot) = slot else { return Slot::None };
        Slot::from_name(slot.get_ref()).unwrap_or_else(|| {
            self.complain(slot.span().start, true, format!("unknown role «{}»", slot.get_ref()));
            Slot::None
        })
    }

    fn roles(&mut self, roles: source::Roles) {
        let mut prep = vec![Slot::None; Prep::ALL.len()];
        for (name, slot) in &roles.prep {
            match Prep::from_name(name) {
                Some(p) => prep[p.code() as usize] = self.slot(&Some(slot.clone())),
                None => self.complain(slot.span().start, true, format!("unknown sense of a preposition «{name}»")),
            }
        }
        let of = self.slot(&roles.of);
        let set = RoleSet {
            name: roles.name.clone(),
            subject: self.slot(&roles.subject),
            object: self.slot(&roles.object),
            of,
            of_then: if roles.of_then.is_some() { self.slot(&roles.of_then) } else { of },
            adjective: self.slot(&roles.adjective),
            prep,
        };
        self.pack.role_sets.push(set);
    }

    fn id(&mut self, id: &str) -> u32 {
        if let Some(n) = self.pack.ids.iter().position(|x| x == id) {
            return n as u32;
        }
        self.pack.ids.push(id.to_owned());
        self.pack.ids.len() as u32 - 1
    }

    /// The code of a class's value; for persons, casualty groups come first, then actor ids from 100.
    fn encode(&mut self, class: Class, value: &str) -> Option<u32> {
        match codes::encode(class, value) {
            None if matches!(class, Class::Person | Class::Unit) => Some(100 + self.id(value)),
            code => code,
        }
    }

    fn entry(&mut self, entry: source::Entry) {
        let name = entry.class.get_ref().as_str();
        let Some(class) = Class::from_name(name) else {
            self.complain(entry.class.span().start, true, format!("unknown class «{name}»"));
            return;
        };
        let value = entry.value.as_ref().map_or("", |v| v.get_ref().as_str()).to_owned();
        let code = if value.is_empty() && names(class).is_empty() { Some(0) } else { self.encode(class, &value) };
        let Some(code) = code else {
            let at = entry.value.as_ref().map_or(entry.class.span().start, |v| v.span().start);
            self.complain(at, true, format!("unknown value «{value}» of class «{name}»"));
            return;
        };
        let stem = self.file.trim_end_matches(".toml").to_owned();
        let rule = self.rule(&if value.is_empty() { stem } else { format!("{stem}:{value}") });
        self.add_words(&entry, Sense { class, value: code, rule });
    }

    fn date(&mut self, date: &Option<Spanned<String>>) -> Option<Date> {
        let date = date.as_ref()?;
        match date.get_ref().parse() {
            Ok(d) => Some(d),
            Err(_) => {
                self.complain(date.span().start, true, format!("«{}» is not a date (YYYY-MM-DD)", date.get_ref()));
                None
            }
        }
    }

    fn kind(&mut self, kind: &Spanned<String>) -> ActorKind {
        ActorKind::from_name(kind.get_ref()).unwrap_or_else(|| {
            self.complain(kind.span().start, true, format!("unknown kind «{}»", kind.get_ref()));
            ActorKind::Political
        })
    }

    fn actor(&mut self, actor: source::Actor) {
        let kind = self.kind(&actor.kind);
        let (from, until) = (self.date(&actor.from), self.date(&actor.until));
        let index = self.pack.actors.len() as u32;
        let rule = self.rule(&format!("actor:{}", actor.id.get_ref()));
        self.pack.actors.push(Actor { id: actor.id.get_ref().clone(), english: actor.english, kind, country: actor.country, from, until });
        let sense = Sense { class: Class::Actor, value: index, rule };
        for name in &actor.names {
            self.add_phrase(name, sense, 0);
        }
        for noun in &actor.nouns {
            self.add_noun(noun, sense, 0);
        }
        for name in &actor.weak {
            self.add_phrase(name, Sense { class: Class::WeakActor, ..sense }, 0);
        }
    }

    fn nation(&mut self, nation: source::Nation) {
        let (from, until) = (self.date(&nation.from), self.date(&nation.until));
        let value = self.pack.nations.len() as u32;
        let rule = self.rule(&format!("nation:{}", nation.country));
        self.pack.nations.push(Nation { country: nation.country, actor: nation.actor.get_ref().clone(), from, until });
        for name in &nation.names {
            self.add_phrase(name, Sense { class: Class::Nation, value, rule }, 0);
        }
        for word in &nation.adjectives {
            self.add_adjective(word, Sense { class: Class::NationAdj, value, rule });
        }
    }

    fn generic(&mut self, generic: source::Generic) {
        let kind = self.kind(&generic.kind);
        let (from, until) = (self.date(&generic.from), self.date(&generic.until));
        let value = self.pack.generics.len() as u32;
        let rule = self.rule("actor:by-country");
        let by_country = generic.by_country.into_iter().collect();
        self.pack.generics.push(Generic { kind, by_country, default: generic.default, from, until });
        let sense = Sense { class: Class::Generic, value, rule };
        for name in &generic.names {
            self.add_phrase(name, sense, 0);
        }
        for noun in &generic.nouns {
            self.add_noun(noun, sense, 0);
        }
    }

    fn frame(&mut self, frame: source::Frame) {
        let Some(entry) = self.frame_itself(&frame) else { return };
        let value = self.pack.frames.len() as u32;
        let rule = self.rule(&entry.id);
        self.pack.frames.push(entry);
        self.frame_words(&frame, Sense { class: Class::Frame, value, rule });
        self.proofs(&frame);
    }

    /// What a frame means; nothing where a name in it means nothing.
    fn frame_itself(&mut self, frame: &source::Frame) -> Option<Frame> {
        let Some(kind) = FrameKind::from_name(frame.kind.get_ref()) else {
            self.complain(frame.kind.span().start, true, format!("unknown kind of frame «{}»", frame.kind.get_ref()));
            return None;
        };
        let outcome = self.named(&frame.outcome, Outcome::from_name, "outcome")?;
        let action = self.named(&frame.action, Action::from_name, "action")?.unwrap_or(Action::Killing);
        let Some(roles) = self.pack.role_sets.iter().position(|r| r.name == *frame.roles.get_ref()) else {
            self.complain(frame.roles.span().start, true, format!("unknown set of roles «{}»", frame.roles.get_ref()));
            return None;
        };
        let weapon = frame.weapon.as_ref().and_then(|w| WeaponClass::from_name(w.get_ref()));
        let needs = self.named(&frame.needs, Needs::from_name, "need")?;
        Some(Frame { id: frame.id.get_ref().clone(), kind, action, outcome, roles: roles as u16, needs, weapon })
    }

    /// The value that a name means, where one is given; of a name that means nothing is complained.
    fn named<T>(&mut self, name: &Option<Spanned<String>>, find: fn(&str) -> Option<T>, what: &str) -> Option<Option<T>> {
        let Some(name) = name else { return Some(None) };
        let found = find(name.get_ref());
        if found.is_none() {
            self.complain(name.span().start, true, format!("unknown {what} «{}»", name.get_ref()));
        }
        found.map(Some)
    }

    fn frame_words(&mut self, frame: &source::Frame, sense: Sense) {
        for verb in &frame.verbs {
            self.add_verb(verb, sense, 0);
        }
        for verb in &frame.passive {
            self.add_verb(verb, sense, Inflection::PASSIVE);
        }
        for noun in &frame.nouns {
            self.add_event_noun(noun, sense);
        }
        for noun in &frame.people {
            self.add_noun(noun, sense, Inflection::PEOPLE);
        }
        for phrase in &frame.phrases {
            self.add_phrase(phrase, sense, Inflection::NOUN);
        }
        for phrase in &frame.verb_phrases {
            self.add_phrase(phrase, sense, Inflection::PAST | Inflection::SINGULAR);
        }
        let (nouns, verbs): (Vec<_>, Vec<_>) = frame.split.iter().partition(|s| is_noun(s.get_ref()));
        for split in verbs.into_iter().chain(nouns) {
            self.add_split(split, sense);
        }
    }

    /// The examples of a frame.
    fn proofs(&mut self, frame: &source::Frame) {
        let id = frame.id.get_ref().clone();
        if frame.yes.is_empty() || frame.no.is_empty() {
            self.complain(
                frame.id.span().start,
                false,
                format!("frame «{id}» has no {} example", if frame.yes.is_empty() { "positive" } else { "negative" }),
            );
        }
        let line = self.position(frame.id.span().start).0;
        let proof = |text: String, expect, positive| Proof { file: self.file.clone(), line, frame: id.clone(), text, expect, positive };
        let mut proofs = Vec::new();
        for table in &frame.yes {
            let text = table.get("text").and_then(|t| t.as_str()).unwrap_or_default().to_owned();
            let expect = table
                .iter()
                .filter(|(k, _)| *k != "text")
                .map(|(k, v)| (k.clone(), v.as_str().map_or_else(|| v.to_string(), str::to_owned)))
                .collect();
            proofs.push(proof(text, expect, true));
        }
        for text in &frame.no {
            proofs.push(proof(text.get_ref().clone(), Vec::new(), false));
        }
        self.pack.proofs.extend(proofs);
    }
}
