//! What is wanted, by what was coded.

use crate::Area;
use jiff::civil::Date;
use marsad_model::{Action, Certainty, Event, Figure, Incident, Outcome, Participant, ReviewState, Scope, When, Where};
use marsad_text::fold_str;

/// What is wanted. Fields that are empty want everything; of several values one has to fit, of several fields all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Ends on this day or later; a document is published on it or later.
    pub from: Option<Date>,
    /// Begins on this day or earlier; a document is published on it or earlier.
    pub to: Option<Date>,
    /// Names of places, in English or as reports write them; a part of the name is enough.
    pub places: Vec<String>,
    /// ISO 3166-1 alpha-2 codes.
    pub countries: Vec<String>,
    /// First-order divisions, in English; a part of the name is enough.
    pub admin1: Vec<String>,
    /// Areas.
    pub areas: Vec<Area>,
    /// What was done.
    pub actions: Vec<Action>,
    /// Codebook ids of who takes part, in whatever role; `syr-gov` also means its parts.
    pub actors: Vec<String>,
    /// How surely one of these actors (or any, where none is given) is said to take part.
    pub certainties: Vec<Certainty>,
    /// Who published it; a part of the name is enough.
    pub outlets: Vec<String>,
    /// How an event stands to its document. Incidents are of scope `incident`.
    pub scopes: Vec<Scope>,
    /// At least so many killed, by the best figure.
    pub killed: u32,
    /// At least so many injured, by the best figure.
    pub injured: u32,
    /// At least this confidence, 0 to 1.
    pub confidence: f64,
    /// Told by at least so many voices; an event has one.
    pub voices: u32,
    /// What people made of it.
    pub states: Vec<ReviewState>,
}

impl Filter {
    /// Folds names, so that spellings meet; to be called once, before anything is asked.
    #[must_use]
    pub fn folded(mut self) -> Self {
        for names in [&mut self.places, &mut self.admin1, &mut self.outlets] {
            names.iter_mut().for_each(|name| *name = folded(name));
            names.retain(|name| !name.is_empty());
        }
        self
    }

    /// Whether an incident is wanted; `outlet` tells that of a document's id.
    pub fn wants_incident<'o>(&self, incident: &Incident, outlet: impl Fn(&str) -> Option<&'o str>, state: ReviewState) -> bool {
        let outlet = || incident.documents.iter().any(|document| self.wants_outlet(outlet(document)));
        self.wants_when(incident.when.as_ref())
            && self.wants_where(incident.place.as_slice())
            && any_of(&self.actions, &incident.action)
            && self.wants_who(incident.participants.iter().map(|told| &told.participant))
            && any_of(&self.scopes, &Scope::Incident)
            && (self.killed == 0 || incident.figure(Outcome::Killed).best >= self.killed)
            && (self.injured == 0 || incident.figure(Outcome::Injured).best >= self.injured)
            && incident.confidence >= self.confidence
            && incident.voices >= self.voices
            && any_of(&self.states, &state)
            && (self.outlets.is_empty() || outlet())
    }

    /// Whether an event of a document is wanted.
    pub fn wants_event(&self, event: &Event, outlet: Option<&str>, state: ReviewState) -> bool {
        self.wants_when(Some(&event.when)) && self.wants_told(event) && self.wants_outlet(outlet) && any_of(&self.states, &state)
    }

    /// Whether a document is wanted: published in time, by the outlet, and telling an event that is wanted where something of
    /// events is asked.
    pub fn wants_document(&self, published: Option<&str>, outlet: Option<&str>, events: &[Event]) -> bool {
        let day = published.and_then(|day| day.parse::<Date>().ok());
        self.from.is_none_or(|from| day.is_some_and(|day| day >= from))
            && self.to.is_none_or(|to| day.is_some_and(|day| day <= to))
            && self.wants_outlet(outlet)
            && (!self.asks_of_events() || events.iter().any(|event| self.wants_told(event)))
    }

    /// Whether anything is asked that only events can answer.
    pub fn asks_of_events(&self) -> bool {
        let lists = [self.places.len(), self.countries.len(), self.admin1.len(), self.areas.len(), self.actions.len(), self.actors.len()];
        let more = [self.certainties.len(), self.scopes.len(), self.killed as usize, self.injured as usize];
        lists.iter().chain(&more).any(|asked| *asked > 0) || self.confidence > 0.0
    }

    fn wants_told(&self, event: &Event) -> bool {
        let toll = |outcome| {
            let rows = event.casualties.iter().map(|row| (row.outcome, row.group, row.low, row.best, row.high));
            Figure::of(rows, outcome).best
        };
        self.wants_where(&event.places)
            && any_of(&self.actions, &event.action)
            && self.wants_who(event.participants.iter())
            && any_of(&self.scopes, &event.scope)
            && (self.killed == 0 || toll(Outcome::Killed) >= self.killed)
            && (self.injured == 0 || toll(Outcome::Injured) >= self.injured)
            && event.confidence >= self.confidence
            && self.voices <= 1
    }

    fn wants_when(&self, when: Option<&When>) -> bool {
        let day = |text: Option<&String>| text.and_then(|day| day.parse::<Date>().ok());
        let start = day(when.and_then(|when| when.start.as_ref()));
        let end = day(when.and_then(|when| when.end.as_ref())).or(start);
        self.from.is_none_or(|from| end.is_some_and(|end| end >= from)) && self.to.is_none_or(|to| start.is_some_and(|start| start <= to))
    }

    fn wants_where(&self, places: &[Where]) -> bool {
        let named = |wanted: &[String], told: &[Option<&str>]| {
            wanted.is_empty() || told.iter().flatten().any(|told| wanted.iter().any(|name| holds_words(&folded(told), name)))
        };
        let country = |place: &Where| {
            let code = place.country.as_deref();
            self.countries.is_empty() || code.is_some_and(|code| self.countries.iter().any(|wanted| wanted.eq_ignore_ascii_case(code)))
        };
        let fits = |place: &Where| {
            country(place)
                && named(&self.places, &[Some(&place.text), place.name.as_deref(), place.admin1.as_deref()])
                && named(&self.admin1, &[place.admin1.as_deref()])
                && (self.areas.is_empty() || self.areas.iter().any(|area| area.holds(place)))
        };
        let asked = [self.places.len(), self.countries.len(), self.admin1.len(), self.areas.len()].iter().any(|asked| *asked > 0);
        !asked || places.iter().any(fits)
    }

    fn wants_who<'p>(&self, mut participants: impl Iterator<Item = &'p Participant>) -> bool {
        let is = |id: &str, told: &Participant| {
            let part = |told: &str| told == id || told.strip_prefix(id).is_some_and(|rest| rest.starts_with('.'));
            part(&told.actor) || told.unit.as_deref().is_some_and(part)
        };
        let who = |told: &Participant| self.actors.is_empty() || self.actors.iter().any(|id| is(id, told));
        let nobody_asked = self.actors.is_empty() && self.certainties.is_empty();
        nobody_asked || participants.any(|told| who(told) && any_of(&self.certainties, &told.certainty))
    }

    fn wants_outlet(&self, outlet: Option<&str>) -> bool {
        self.outlets.is_empty() || outlet.is_some_and(|told| self.outlets.iter().any(|name| folded(told).contains(name)))
    }
}

/// Whether a value is among the wanted ones, or none is asked for.
fn any_of<T: PartialEq>(wanted: &[T], value: &T) -> bool {
    wanted.is_empty() || wanted.contains(value)
}

/// Whether whole words of a name, in a row, are those looked for.
fn holds_words(name: &str, wanted: &str) -> bool {
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    name.match_indices(wanted).any(|(at, _)| edge(name[..at].chars().next_back()) && edge(name[at + wanted.len()..].chars().next()))
}

fn folded(name: &str) -> String {
    fold_str(name).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use serde_json::json;

    fn incident() -> Incident {
        serde_json::from_value(json!({"record": "marsad-incident/1", "id": "00aa", "events": ["a#1"], "documents": ["a", "b"], "voices": 2,
            "action": "shelling", "when": {"start": "2031-05-04", "end": "2031-05-06", "precision": "week", "text": null, "span": null},
            "where": {"text": "بلدة نخلة الوادي", "name": "Nakhlat al-Wadi", "country": "SY", "admin1": "Rif Dimashq", "lat": 35.1, "lon": 37.2,
                      "radius_km": 2.0, "relation": "in", "precision": "exact", "place_id": null, "span": [0, 1]},
            "participants": [{"role": "perpetrator", "actor": "syr-gov", "unit": "syr-gov.x", "text": "", "certainty": "suspected", "span": [0, 1], "supported_by": []}],
            "casualties": [{"outcome": "killed", "group": "civilians", "low": 1, "best": 2, "high": 3, "reports": []},
                           {"outcome": "killed", "group": "combatants", "low": 1, "best": 2, "high": 3, "reports": []}],
            "disagreements": [], "confidence": 0.8, "because": []}))
        .unwrap()
    }

    fn wants(change: impl Fn(&mut Filter)) -> bool {
        let mut filter = Filter::default();
        change(&mut filter);
        let outlets = |document: &str| (document == "b").then_some("وكالة الضفاف");
        filter.folded().wants_incident(&incident(), outlets, ReviewState::Reviewed)
    }

    #[test]
    fn what_fits_is_wanted() {
        assert!(wants(|_| ()));
        assert!(wants(|f| (f.from, f.to) = (Some(date(2031, 5, 6)), Some(date(2031, 5, 9)))));
        assert!(!wants(|f| f.from = Some(date(2031, 5, 7))) && !wants(|f| f.to = Some(date(2031, 5, 3))));
        for name in ["نخله", "الوادى", "NAKHLAT", "rif dimashq"] {
            assert!(wants(|f| f.places = vec![name.into()]), "{name}");
        }
        assert!(!wants(|f| f.places = vec!["خلة".into()]) && !wants(|f| f.places = vec!["adi".into()]));
        assert!(wants(|f| f.admin1 = vec!["dimashq".into()]) && !wants(|f| f.admin1 = vec!["nakhlat".into()]));
        assert!(wants(|f| f.countries = vec!["sy".into(), "iq".into()]) && !wants(|f| f.countries = vec!["IQ".into()]));
        assert!(wants(|f| f.areas = vec!["35,37,25".parse().unwrap()]) && !wants(|f| f.areas = vec!["35,37,15".parse().unwrap()]));
        assert!(wants(|f| f.actors = vec!["syr-gov".into()]) && !wants(|f| f.actors = vec!["syr".into()]));
        assert!(wants(|f| f.actors = vec!["syr-gov.x".into()]) && !wants(|f| f.actors = vec!["syr-gov.y".into()]));
        assert!(wants(|f| f.certainties = vec![Certainty::Suspected]) && !wants(|f| f.certainties = vec![Certainty::Stated]));
        assert!(wants(|f| f.outlets = vec!["الضِفاف".into()]) && !wants(|f| f.outlets = vec!["النخلة".into()]));
        assert!(wants(|f| f.scopes = vec![Scope::Incident]) && !wants(|f| f.scopes = vec![Scope::Aggregate]));
        assert!(wants(|f| f.killed = 4) && !wants(|f| f.killed = 5) && !wants(|f| f.injured = 1));
        assert!(wants(|f| (f.confidence, f.voices) = (0.8, 2)) && !wants(|f| f.confidence = 0.81) && !wants(|f| f.voices = 3));
        assert!(wants(|f| f.states = vec![ReviewState::Reviewed]) && !wants(|f| f.states = vec![ReviewState::Machine]));
        assert!(wants(|f| f.actions = vec![Action::Shelling]) && !wants(|f| f.actions = vec![Action::Clash]));
    }

    #[test]
    fn provinces_lie_in_no_area() {
        let mut place = incident().place.unwrap();
        let area: Area = "35,37,500".parse().unwrap();
        assert!(area.holds(&place));
        place.precision = marsad_model::Precision::Admin1;
        assert!(!area.holds(&place));
    }

    #[test]
    fn documents_are_asked_for_their_events() {
        let wants = |change: &dyn Fn(&mut Filter)| {
            let mut filter = Filter::default();
            change(&mut filter);
            filter.folded().wants_document(Some("2031-05-04"), None, &[])
        };
        assert!(wants(&|_| ()) && wants(&|f| f.from = Some(date(2031, 5, 4))) && !wants(&|f| f.from = Some(date(2031, 5, 5))));
        assert!(!wants(&|f| f.killed = 1) && !wants(&|f| f.outlets = vec!["x".into()]));
    }
}
