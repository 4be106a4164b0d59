//! Names of actors in both languages, and what exports must know beside the incidents.

use jiff::civil::Date;
use marsad_coder::Coder;
use marsad_export::{Actor, Knowledge, Source};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::HashMap;

/// The first Arabic name of every actor, from the language pack.
static ARABIC: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/actors.rs"));

/// A name in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Name {
    /// In English.
    pub en: String,
    /// In Arabic; the English one where there is none.
    pub ar: String,
}

/// Actors by the ids of the codebook.
#[derive(Debug, Default)]
pub(crate) struct Actors(HashMap<String, Name>);

impl Actors {
    pub fn of(coder: &Coder) -> Self {
        let mut names: HashMap<String, Name> = HashMap::new();
        for actor in &coder.lexicon().pack().actors {
            let arabic = ARABIC.binary_search_by(|(id, _)| (*id).cmp(actor.id.as_str())).map(|n| ARABIC[n].1);
            let name = Name { en: actor.english.clone(), ar: arabic.unwrap_or(&actor.english).to_owned() };
            names.entry(actor.id.clone()).or_insert(name);
        }
        Self(names)
    }

    /// The name of an actor; its id where it has none.
    pub fn name(&self, id: &str) -> Name {
        self.0.get(id).cloned().unwrap_or_else(|| Name { en: id.to_owned(), ar: id.to_owned() })
    }
}

/// Actors of the language pack, documents of the store and places of the gazetteer, for exports.
pub(crate) struct Known<'a> {
    pub coder: &'a Coder,
    pub sources: &'a HashMap<String, Source>,
    pub places: &'a Places,
}

impl Knowledge for Known<'_> {
    fn actor(&self, id: &str, day: Option<Date>) -> Option<Actor> {
        marsad_export::actor_of(self.coder.lexicon().pack(), id, day)
    }

    fn source(&self, document: &str) -> Option<Source> {
        self.sources.get(document).cloned()
    }

    fn admin2(&self, place: &str) -> Option<String> {
        self.places.admin2(place).map(str::to_owned)
    }
}

/// Arabic names of places.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// Names and second-order divisions.
    by_id: HashMap<String, (String, String)>,
    divisions: HashMap<String, String>,
}

impl Places {
    pub fn of(coder: &Coder) -> Self {
        let mut out = Self::default();
        for place in coder.gazetteers().iter().flat_map(marsad_places::Gazetteer::places) {
            if place.kind == marsad_places::PlaceKind::Admin1 {
                out.divisions.entry(place.english.to_owned()).or_insert_with(|| place.name.to_owned());
            }
            out.by_id.entry(place.id.to_owned()).or_insert_with(|| (place.name.to_owned(), place.admin2.to_owned()));
        }
        out
    }

    /// The name of a place of the gazetteer.
    pub fn name(&self, id: &str) -> Option<&str> {
        self.by_id.get(id).map(|(name, _)| name.as_str())
    }

    /// The second-order division of a place of the gazetteer, in English; empty where it is not known.
    pub fn admin2(&self, id: &str) -> Option<&str> {
        self.by_id.get(id).map(|(_, admin2)| admin2.as_str())
    }

    /// The name of a first-order division, by its English name.
    pub fn division(&self, english: &str) -> Option<&str> {
        self.divisions.get(english).map(String::as_str)
    }
}
