//! Whose voice it is: who is meant by the words of a source.

use super::{Listener, Voice};
use crate::mention::body;
use crate::scan::Item;
use marsad_language::{ActorKind, Class, Inflection, Reading};
use marsad_model::SourceKind;
use marsad_text::Kind;
use std::ops::Range;

impl<'a> Listener<'a> {
    /// The voice of a phrase; a short definite one goes back to the voice that it repeats.
    pub(super) fn resolve(&self, items: Range<usize>, clause: bool) -> Option<Voice> {
        let first = self.item(items.start)?;
        let definite = first.has(Reading::ARTICLE) || self.starts_definite(items.start);
        if definite && items.len() <= 2 && first.end - first.start <= 2 {
            if let Some(voice) = self.repeated(first) {
                return Some(voice);
            }
            let anonymous = self.anonymous(first);
            let paper = self.is_paper(items.start);
            if (anonymous || paper)
                && let Some(voice) = self.last.first().filter(|v| paper || !v.party)
            {
                return Some(voice.clone());
            }
        }
        if items.len() == 1 && self.is_paper(items.start) && (definite || !self.anonymous(first)) {
            return self.last.first().cloned();
        }
        if let Some(voice) = self.voice(items.clone()) {
            return Some(voice);
        }
        let named = clause && self.may_name(&items);
        named.then_some(Voice { items, kind: SourceKind::Witness, actor: None, party: false })
    }

    fn anonymous(&self, item: &Item) -> bool {
        self.scan.sense(item, Class::Source).is_some_and(|s| SourceKind::ALL.get(s.0.value as usize) == Some(&SourceKind::Anonymous))
    }

    pub(super) fn starts_definite(&self, i: usize) -> bool {
        let article = self.stage.lexicon.pack().article.as_str();
        self.folded(i).starts_with(article)
    }

    pub(super) fn folded(&self, i: usize) -> &'a str {
        self.item(i).and_then(|item| self.text.tokens().get(item.start as usize)).map_or("", |t| self.text.folded(t))
    }

    /// Whether a phrase without known words may be a person who speaks.
    fn may_name(&self, items: &Range<usize>) -> bool {
        let none = [
            Class::Frame,
            Class::Weapon,
            Class::Object,
            Class::Number,
            Class::Prep,
            Class::Verb,
            Class::Particle,
            Class::Total,
            Class::Governor,
            Class::Report,
            Class::PlaceKind,
        ];
        self.item(items.start).is_some_and(|item| item.kind == Kind::Word && !item.pronoun)
            && !none.iter().any(|c| self.is(items.start, *c))
    }

    /// The last voice whose first word is that of the item, but for the article.
    fn repeated(&self, item: &Item) -> Option<Voice> {
        let tokens = self.text.tokens();
        let word = self.text.folded(tokens.get(item.start as usize)?);
        let article = self.stage.lexicon.pack().article.as_str();
        let bare = word.find(article).filter(|at| *at <= 4).map_or(word, |at| &word[at + article.len()..]);
        if bare.len() < 4 {
            return None;
        }
        self.known.iter().rev().find(|v| self.folded(v.items.start).ends_with(bare)).cloned()
    }

    /// The voice that a phrase names by words that are known.
    pub(super) fn voice(&self, items: Range<usize>) -> Option<Voice> {
        let source = items.clone().find_map(|i| self.scan.sense(self.item(i)?, Class::Source).filter(|s| !s.1.has(Inflection::BOUND)));
        let actors = self.stage.actors_in(items.clone());
        let actor = actors.iter().find(|a| source.is_some() || !a.adjective);
        let kind = match (source, actor) {
            (Some((sense, _)), _) => SourceKind::ALL.get(sense.value as usize).copied().unwrap_or(SourceKind::Anonymous),
            (None, Some(a)) => kind_of(a.kind),
            (None, None) => return None,
        };
        // Observers speak for nobody, whatever nation stands in their name.
        let actor =
            actor.filter(|_| matches!(kind, SourceKind::Official | SourceKind::Military | SourceKind::ArmedGroup | SourceKind::Anonymous));
        let party = actor.is_some_and(|a| a.may_fight());
        Some(Voice { items, kind, actor: actor.map(|a| body(a.code, a.unit).to_owned()), party })
    }
}

fn kind_of(kind: ActorKind) -> SourceKind {
    match kind {
        ActorKind::Army | ActorKind::Coalition => SourceKind::Military,
        ActorKind::Police | ActorKind::Security => SourceKind::Official,
        _ if kind.is_armed() => SourceKind::ArmedGroup,
        _ => SourceKind::Official,
    }
}
