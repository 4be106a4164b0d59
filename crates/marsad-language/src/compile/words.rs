//! Word forms and phrases: what an entry writes, in all its inflections, into the table of forms and the trie of phrases.

use super::Builder;
use crate::class::Class;
use crate::morphology::{Inflection, Morphology};
use crate::pack::Sense;
use crate::source;
use marsad_text::fold_str;
use toml::Spanned;

impl Builder {
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

    pub(super) fn add_phrase(&mut self, phrase: &Spanned<String>, sense: Sense, inflection: u16) {
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

    pub(super) fn add_noun(&mut self, noun: &Spanned<String>, sense: Sense, extra: u16) {
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
    pub(super) fn add_event_noun(&mut self, noun: &Spanned<String>, sense: Sense) {
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

    pub(super) fn add_adjective(&mut self, word: &Spanned<String>, sense: Sense) {
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

    pub(super) fn add_verb(&mut self, verb: &Spanned<String>, sense: Sense, extra: u16) {
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
    pub(super) fn add_split(&mut self, split: &Spanned<String>, sense: Sense) {
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

    pub(super) fn add_words(&mut self, words: &source::Entry, sense: Sense) {
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
pub(super) fn is_noun(split: &str) -> bool {
    split.split_once('…').is_some_and(|(first, _)| !first.trim().contains(' '))
}
