//! From a pack's folder to a [`Pack`], with every complaint placed in its file.

use crate::class::{Class, Guard, Prep, Report};
use crate::lexicon::Reading;
use crate::morphology::{Inflection, Morphology};
use crate::pack::{Actor, ActorKind, Beside, Frame, FrameKind, Generic, Nation, Needs, Pack, Proof, RoleSet, Sense, Slot};
use crate::source;
use jiff::civil::Date;
use marsad_model::{Action, Group, ObjectClass, Outcome, SourceKind, WeaponClass};
use marsad_text::fold_str;
use rustc_hash::FxHashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use toml::Spanned;

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

    fn form(&mut self, folded: &str) -> u32 {
        if let Some(&id) = self.forms.get(folded) {
            return id;
        }
        let id = self.forms.len() as u32;
        self.forms.insert(folded.to_owned(), id);
        self.pack.senses.push(Vec::new());
        id
    }

    /// Folds a word and takes its article away. The article is recognised before folding, so that a
    /// hamza that looks like it afterwards is kept.
    fn stem(&self, word: &str) -> String {
        let rest = word.strip_prefix(self.pack.article.as_str()).filter(|r| r.chars().count() >= 3);
        fold_str(rest.unwrap_or(word))
    }

    fn add_form(&mut self, folded: &str, sense: Sense, inflection: u16) {
        if folded.is_empty() || folded.contains(' ') {
            return;
        }
        let id = self.form(folded);
        let senses = &mut self.pack.senses[id as usize];
        let item = (sense, Inflection(inflection));
        if !senses.contains(&item) {
            senses.push(item);
        }
    }

    fn add_phrase(&mut self, phrase: &Spanned<String>, sense: Sense, inflection: u16) {
        let text = phrase.get_ref().clone();
        let mut words: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            let stem = self.stem(word);
            words.extend(stem.split(' ').filter(|w| !w.is_empty()).map(str::to_owned));
        }
        if words.is_empty() {
            self.complain(phrase.span().start, true, "empty phrase".into());
            return;
        }
        if let [word] = words.as_slice() {
            let word = word.clone();
            self.add_form(&word, sense, inflection);
            return;
        }
        self.add_sequence(&words, sense, inflection);
        if declines(sense.class) && !Inflection(inflection).is_verb() && !text.split_whitespace().any(|w| w.starts_with(&self.pack.article))
        {
            let accusative: Option<Vec<String>> = text.split_whitespace().map(|w| self.accusative(w)).collect();
            if let Some(words) = accusative.filter(|w| w.len() <= 3) {
                self.add_sequence(&words, sense, inflection);
            }
        }
    }

    /// The words of a phrase, one after the other.
    fn add_sequence(&mut self, words: &[String], sense: Sense, inflection: u16) {
        let mut node = 0;
        for word in words {
            let form = self.form(word);
            node = self.edge(node, form);
        }
        let item = (sense, Inflection(inflection | Inflection::PHRASE));
        let ends = &mut self.pack.ends[node as usize];
        if !ends.contains(&item) {
            ends.push(item);
        }
    }

    /// The indefinite accusative of a noun or adjective, where it is written otherwise: «صاروخاً باليستياً».
    fn accusative(&self, word: &str) -> Option<String> {
        let mut out = None;
        let object = Inflection::SINGULAR | Inflection::OBLIQUE | Inflection::ABSOLUTE;
        let long = word.chars().count() >= 3;
        self.morphology.masdar(word, &mut |form, x| out = out.take().or(Inflection(x).has(object).then_some(form))).ok()?;
        out.filter(|_| long)
    }

    fn add_noun(&mut self, noun: &Spanned<String>, sense: Sense, extra: u16) {
        if noun.get_ref().trim().contains(' ') {
            self.add_phrase(noun, sense, extra);
            return;
        }
        let bare = noun.get_ref().strip_prefix(self.pack.article.as_str()).filter(|r| r.chars().count() >= 3);
        let text = bare.unwrap_or(noun.get_ref()).to_owned();
        let morphology = std::mem::take(&mut self.morphology);
        let result = morphology.noun(&text, &mut |form, inflection| self.add_form(&form, sense, inflection | extra));
        self.morphology = morphology;
        if let Err(message) = result {
            self.complain(noun.span().start, true, message);
        }
    }

    /// An event noun; without a plural in its notation it is a masdar and has no dual either.
    fn add_event_noun(&mut self, noun: &Spanned<String>, sense: Sense) {
        if noun.get_ref().contains(['/', '+']) {
            return self.add_noun(noun, sense, Inflection::NOUN);
        }
        let text = self.strip_article(noun.get_ref());
        let morphology = std::mem::take(&mut self.morphology);
        let result = morphology.masdar(&text, &mut |form, x| self.add_form(&form, sense, x | Inflection::NOUN));
        self.morphology = morphology;
        if let Err(message) = result {
            self.complain(noun.span().start, true, message);
        }
    }

    fn add_adjective(&mut self, word: &Spanned<String>, sense: Sense) {
        if word.get_ref().trim().contains(' ') {
            self.add_phrase(word, sense, Inflection::ADJECTIVE);
            return;
        }
        let stem = self.strip_article(word.get_ref());
        let morphology = std::mem::take(&mut self.morphology);
        let result = morphology.adjective(&stem, &mut |form, x| self.add_form(&form, sense, x | Inflection::ADJECTIVE));
        self.morphology = morphology;
        if let Err(message) = result {
            self.complain(word.span().start, true, message);
        }
    }

    fn strip_article(&self, word: &str) -> String {
        word.strip_prefix(self.pack.article.as_str()).filter(|r| r.chars().count() >= 3).unwrap_or(word).to_owned()
    }

    fn add_verb(&mut self, verb: &Spanned<String>, sense: Sense, extra: u16) {
        let morphology = std::mem::take(&mut self.morphology);
        // The dual of a verb that is no trigger looks like an accusative far more often than it is one.
        let dual = sense.class == Class::Frame;
        let result = morphology.verb(verb.get_ref(), &mut |form, x| {
            if dual || !Inflection(x).has(Inflection::DUAL) {
                self.add_form(&form, sense, x | extra);
            }
        });
        self.morphology = morphology;
        if let Err(message) = result {
            self.complain(verb.span().start, true, message);
        }
    }

    /// A verb with a word that belongs to it: every form of the verb opens a phrase. A single word before the dots is a noun.
    fn add_split(&mut self, split: &Spanned<String>, sense: Sense) {
        let Some((verb, word)) = split.get_ref().split_once('…').map(|(v, w)| (v.trim(), w.trim())).filter(|(_, w)| !w.is_empty()) else {
            return self.complain(split.span().start, true, "a split verb is written `past present … word`".into());
        };
        let last = self.stem(word);
        if is_noun(split.get_ref()) {
            let noun = self.stem(verb);
            return self.add_apart(&noun, &last, sense, Inflection::NOUN | Inflection::SINGULAR);
        }
        let morphology = std::mem::take(&mut self.morphology);
        let mut lasts = vec![last];
        lasts.extend(self.objects_of_split(&morphology, word));
        let result = morphology.verb(verb, &mut |form, x| lasts.iter().for_each(|last| self.add_apart(&form, last, sense, x)));
        self.morphology = morphology;
        if let Err(message) = result {
            self.complain(split.span().start, true, message);
        }
    }

    /// The indefinite accusative and the dual of the word that belongs to a verb: «ضبط … مستودعاً», «مستودعين». One of several words,
    /// with the article or a pronoun stands as it is written.
    fn objects_of_split(&self, morphology: &Morphology, word: &str) -> Vec<String> {
        let folded = self.stem(word);
        let definite = word.starts_with(self.pack.article.as_str()) || self.pack.enclitics.iter().any(|e| folded.ends_with(e.as_str()));
        let mut out = Vec::new();
        if !definite && !word.contains(' ') && word.chars().count() >= 3 {
            let object = Inflection::OBLIQUE | Inflection::ABSOLUTE;
            let _ = morphology.noun(word, &mut |form, x| out.extend(Inflection(x).has(object).then_some(form)));
        }
        out
    }

    /// Two forms that may stand apart.
    fn add_apart(&mut self, first: &str, last: &str, sense: Sense, inflection: u16) {
        let first = self.form(first);
        let node = self.edge(0, first);
        let second = self.form(last);
        let node = self.edge(node, second);
        let ends = &mut self.pack.ends[node as usize];
        let inflection = Inflection(inflection | Inflection::PHRASE);
        // A noun may have the letters of its verb: «فرض … حصاراً».
        let same =
            |e: &(Sense, Inflection)| e.0.class == sense.class && e.0.value == sense.value && (inflection.is_verb() || !e.1.is_verb());
        match ends.iter_mut().find(|e| same(e)) {
            // Written as a phrase, too: «إلقاء القبض».
            Some(noun) if !inflection.is_verb() => noun.1 = inflection,
            Some(_) => {}
            None => ends.push((sense, inflection)),
        }
        self.pack.split.push(node);
    }

    /// The node of the phrase trie that a form leads to.
    fn edge(&mut self, node: u32, form: u32) -> u32 {
        if let Some(&next) = self.edges.get(&(node, form)) {
            return next;
        }
        let next = self.pack.ends.len() as u32;
        self.pack.ends.push(Vec::new());
        self.edges.insert((node, form), next);
        next
    }

    fn add_words(&mut self, words: &source::Entry, sense: Sense) {
        for noun in &words.nouns {
            self.add_noun(noun, sense, Inflection::NOUN);
        }
        for adjective in &words.adjectives {
            self.add_adjective(adjective, sense);
        }
        for verb in &words.verbs {
            self.add_verb(verb, sense, 0);
        }
        for phrase in words.phrases.iter().chain(&words.words) {
            self.add_phrase(phrase, sense, 0);
        }
        for split in &words.split {
            self.add_split(split, sense);
        }
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
        fn at<T: PartialEq + Copy>(all: &[T], one: Option<T>) -> Option<u32> {
            one.and_then(|o| all.iter().position(|x| *x == o)).map(|p| p as u32)
        }
        match class {
            Class::Person | Class::Unit => match at(Group::ALL, Group::from_name(value)) {
                Some(group) => Some(group),
                None => Some(100 + self.id(value)),
            },
            Class::Weapon => at(WeaponClass::ALL, WeaponClass::from_name(value)),
            Class::WeaponAdj => match value {
                "air" => Some(100),
                "ground" => Some(101),
                "sea" => Some(102),
                "heavy" => Some(103),
                _ => at(WeaponClass::ALL, WeaponClass::from_name(value)),
            },
            Class::Object => at(ObjectClass::ALL, ObjectClass::from_name(value)),
            Class::Source => at(SourceKind::ALL, SourceKind::from_name(value)),
            Class::Report => Report::from_name(value).map(Report::code),
            Class::Prep => Prep::from_name(value).map(Prep::code),
            Class::Guard | Class::GuardWeak => Guard::from_name(value).map(Guard::code),
            Class::Number | Class::Vague | Class::NumberPair | Class::Multiplier => value.parse().ok(),
            Class::Ordinal => Some(value.parse().unwrap_or(0)),
            Class::Time => time_code(value),
            Class::Verb => Some(0),
            _ if names(class).is_empty() => Some(0),
            _ => Some(names(class).iter().position(|n| *n == value)? as u32),
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
        let id = frame.id.get_ref().clone();
        let Some(kind) = FrameKind::from_name(frame.kind.get_ref()) else {
            self.complain(frame.kind.span().start, true, format!("unknown kind of frame «{}»", frame.kind.get_ref()));
            return;
        };
        let outcome = match &frame.outcome {
            None => None,
            Some(o) => match Outcome::from_name(o.get_ref()) {
                Some(outcome) => Some(outcome),
                None => {
                    self.complain(o.span().start, true, format!("unknown outcome «{}»", o.get_ref()));
                    return;
                }
            },
        };
        let action = match &frame.action {
            None => Action::Killing,
            Some(a) => match Action::from_name(a.get_ref()) {
                Some(action) => action,
                None => {
                    self.complain(a.span().start, true, format!("unknown action «{}»", a.get_ref()));
                    return;
                }
            },
        };
        let Some(roles) = self.pack.role_sets.iter().position(|r| r.name == *frame.roles.get_ref()) else {
            self.complain(frame.roles.span().start, true, format!("unknown set of roles «{}»", frame.roles.get_ref()));
            return;
        };
        let weapon = frame.weapon.as_ref().and_then(|w| WeaponClass::from_name(w.get_ref()));
        let value = self.pack.frames.len() as u32;
        let rule = self.rule(&id);
        let needs = match &frame.needs {
            None => None,
            Some(n) => match Needs::from_name(n.get_ref()) {
                Some(needs) => Some(needs),
                None => {
                    self.complain(n.span().start, true, format!("unknown need «{}»", n.get_ref()));
                    return;
                }
            },
        };
        self.pack.frames.push(Frame { id: id.clone(), kind, action, outcome, roles: roles as u16, needs, weapon });
        let sense = Sense { class: Class::Frame, value, rule };
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

/// Months are 1 to 12, Hijri months 101 to 112, weekdays 201 (Monday) to 207, days from today 300 + n, seasons 401 (winter) to 404.
fn time_code(value: &str) -> Option<u32> {
    const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    if let Some(day) = WEEKDAYS.iter().position(|d| *d == value) {
        return Some(201 + day as u32);
    }
    if let Some(month) = value.strip_prefix('h') {
        return month.parse().ok().filter(|m| (1..=12).contains(m)).map(|m: u32| 100 + m);
    }
    if let Some(season) = names(Class::Season).iter().position(|s| *s == value) {
        return Some(401 + season as u32);
    }
    if value == "0" || value.starts_with(['+', '-']) {
        return value.parse::<i32>().ok().map(|d| (300 + d) as u32);
    }
    value.parse().ok().filter(|m| (1..=12).contains(m))
}

/// The values of the classes that have few.
pub(crate) const fn names(class: Class) -> &'static [&'static str] {
    match class {
        Class::Direction => &["n", "s", "e", "w", "ne", "nw", "se", "sw", "centre"],
        Class::Daypart => &["dawn", "morning", "noon", "afternoon", "evening", "night", "midnight", "day"],
        Class::TimeUnit => {
            &["day", "week", "month", "year", "hour", "minute", "season", "decade", "night", "second", "quarter", "half", "century"]
        }
        Class::TimePrep => &["during", "since", "before", "after", "until", "at", "between", "from", "when", "on"],
        Class::Body => &[
            "organisation",
            "movement",
            "group",
            "party",
            "front",
            "faction",
            "militia",
            "brigade",
            "division",
            "coalition",
            "force",
            "service",
            "aircraft",
        ],
        Class::Total => &["total", "rise"],
        Class::Among => &["among", "of_them"],
        Class::Background => &["recall", "earlier", "before"],
        Class::Habit => &["habit", "escalation"],
        Class::Season => &["winter", "spring", "summer", "autumn"],
        Class::Approx => &["about", "at_least", "more_than", "up_to", "less_than", "nearly", "range", "exactly"],
        Class::PlaceKind => &[
            "city",
            "town",
            "village",
            "quarter",
            "camp",
            "district",
            "governorate",
            "countryside",
            "desert",
            "mountain",
            "road",
            "crossing",
            "airport",
            "base",
            "river",
            "bridge",
            "area",
            "border",
            "front",
            "checkpoint",
            "dam",
            "field",
            "region",
            "sea",
            "island",
            "country",
            "site",
            "prison",
            "port",
            "land",
        ],
        Class::Negation => &["negated", "not-a-negation"],
        Class::Particle => &["anna", "qad", "alla", "emphasis", "vocative", "question", "passive-tamma", "filler"],
        Class::Response => &["answer", "after", "later", "with", "besides"],
        Class::SameDay => &["same", "next", "previous", "since"],
        Class::TimeSpan => &["day-hours", "two-days-hours", "weeks", "months", "years", "recent"],
        Class::Governor => &["irrealis", "court", "memory", "talk", "holding", "series"],
        Class::Conj => &["and", "or", "but", "while", "where", "because", "if", "new", "after"],
        Class::Light => &["perp", "target", "happen", "toll", "reach", "find", "mutual"],
        Class::Near => &["near", "distance", "between", "belongs", "seat"],
        Class::Marker => &[
            "against", "by", "party", "toll", "count", "sides", "belongs", "behind", "ascribed", "regular", "losses", "suicide", "several",
            "mourned", "held", "alike", "both", "carries", "origin", "theirs", "false",
        ],
        _ => &[],
    }
}

/// Whether phrases of a class are nouns with their adjectives, which stand in the accusative, too.
fn declines(class: Class) -> bool {
    matches!(
        class,
        Class::Weapon
            | Class::Projectile
            | Class::Object
            | Class::Frame
            | Class::Unit
            | Class::Person
            | Class::Stop
            | Class::Guard
            | Class::GuardWeak
    )
}

/// Whether a noun stands before the dots of a `split`, rather than the past and present of a verb.
fn is_noun(split: &str) -> bool {
    split.split_once('…').is_some_and(|(first, _)| !first.trim().contains(' '))
}
