//! One incident, with what the formats ask for.

use crate::countries::{Country, country};
use jiff::Timestamp;
use jiff::civil::Date;
use marsad_model::{Acled, Figure, Group, Incident, Outcome, Plover, Precision, Relation, Role, WhenPrecision, Where};

/// What an actor is, as far as the formats ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// A state, its army or police.
    State,
    /// An armed group.
    Rebels,
    /// A militia.
    Militia,
    /// A tribe or another group of identity.
    Communal,
    /// People who fight nobody.
    Civilians,
    /// Others, among them alliances of states.
    Other,
}

/// An actor as the formats name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Its English name.
    pub name: String,
    /// What it is.
    pub body: Body,
    /// ISO 3166-1 alpha-2 code of its home.
    pub country: Option<String>,
}

/// A document as the formats cite it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Who published it.
    pub outlet: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// Publication day, ISO 8601.
    pub published: Option<String>,
    /// When the observatory got it (UTC, RFC 3339).
    pub added: Option<String>,
}

/// What must be known beside the incidents.
pub trait Knowledge {
    /// The actor of a codebook id on a day, since names change; `None` for one that is not known.
    fn actor(&self, id: &str, day: Option<Date>) -> Option<Actor>;
    /// A document of a store's id.
    fn source(&self, document: &str) -> Option<Source>;
    /// The second-order division, in English, of a place of the gazetteer.
    fn admin2(&self, place: &str) -> Option<String>;
}

/// One incident, ready for every format.
#[derive(Clone, Debug)]
pub struct Row {
    /// The incident.
    pub incident: Incident,
    /// Who did it, then who else took part on that side.
    pub doers: Vec<Actor>,
    /// Whom it was aimed at or who suffered it.
    pub targets: Vec<Actor>,
    /// ACLED's class.
    pub acled: Acled,
    /// PLOVER's class.
    pub plover: Plover,
    /// The dead.
    pub killed: Figure,
    /// The dead who are told to be civilians.
    pub civilians_killed: u32,
    /// The dead who are told to have fought.
    pub combatants_killed: u32,
    /// The wounded.
    pub injured: Figure,
    /// The documents that tell it.
    pub sources: Vec<Source>,
    /// Its country.
    pub country: Option<Country>,
    /// Its second-order division, in English; empty where it is not known, or the place is told less finely.
    pub admin2: String,
    /// First and last day.
    pub days: Option<(Date, Date)>,
}

impl Row {
    /// The row of an incident.
    pub fn new(incident: &Incident, knowledge: &dyn Knowledge) -> Self {
        let when = incident.when.as_ref();
        let day = |text: Option<&String>| text.and_then(|day| day.parse::<Date>().ok());
        let start = day(when.and_then(|when| when.start.as_ref()));
        let actors = |roles: &[Role]| {
            let mut out: Vec<Actor> = Vec::new();
            for told in incident.participants.iter().filter(|told| roles.contains(&told.participant.role)) {
                let id = told.participant.actor.as_str();
                let unknown = || Actor { name: named(id), body: Body::Other, country: None };
                let actor = knowledge.actor(id, start).unwrap_or_else(unknown);
                if !out.contains(&actor) {
                    out.push(actor);
                }
            }
            out
        };
        let (doers, targets) = (actors(&[Role::Perpetrator, Role::Ally]), actors(&[Role::Target, Role::Victim, Role::Responder]));
        let civilian = targets.iter().any(|actor| actor.body == Body::Civilians);
        let state = doers.first().is_some_and(|actor| actor.body == Body::State);
        let code = incident.place.as_ref().and_then(|place| place.country.as_deref());
        Self {
            acled: incident.action.acled(civilian, state),
            plover: incident.action.plover(),
            killed: incident.figure(Outcome::Killed),
            civilians_killed: incident.figure_of(Outcome::Killed, Group::Civilians).map_or(0, |figure| figure.best),
            combatants_killed: incident.figure_of(Outcome::Killed, Group::Combatants).map_or(0, |figure| figure.best),
            injured: incident.figure(Outcome::Injured),
            sources: incident.documents.iter().filter_map(|id| knowledge.source(id)).collect(),
            country: code.and_then(country),
            admin2: incident.place.as_ref().and_then(|place| division(place, knowledge)).unwrap_or_default(),
            days: start.map(|start| (start, day(when.and_then(|when| when.end.as_ref())).unwrap_or(start).max(start))),
            doers,
            targets,
            incident: incident.clone(),
        }
    }

    /// ACLED's precision of time: 1 a day, 2 a week, 3 a month or longer.
    pub fn time_precision(&self) -> u8 {
        match (self.incident.when.as_ref().map(|when| when.precision), self.days) {
            (Some(WhenPrecision::Day), _) => 1,
            (Some(WhenPrecision::Unknown), _) => 2,
            (_, Some((a, b))) if (b - a).get_days() <= 7 && a.month() == b.month() => 2,
            _ => 3,
        }
    }

    /// ACLED's precision of place: 1 a town, 2 near a town or a small area, 3 a province or more.
    pub fn geo_precision(&self) -> Option<u8> {
        Some(match self.incident.place.as_ref()?.precision {
            Precision::Exact => 1,
            Precision::Near | Precision::Area | Precision::Admin2 => 2,
            Precision::Admin1 | Precision::Country => 3,
        })
    }

    /// The place's name in English, or the words of the reports where it has none.
    pub fn location(&self) -> &str {
        self.incident.place.as_ref().map_or("", |place| place.name.as_deref().unwrap_or(&place.text))
    }

    /// The first-order division, in English, or nothing.
    pub fn admin1(&self) -> &str {
        self.incident.place.as_ref().and_then(|place| place.admin1.as_deref()).unwrap_or_default()
    }

    /// How the incident lies to the place that is named, in English; empty where it has none.
    pub fn whereabouts(&self) -> String {
        let Some(place) = &self.incident.place else { return String::new() };
        let at = match place.relation {
            Relation::In => String::new(),
            other => format!("{} ", other.name().replace('_', " ")),
        };
        let within = place.radius_km.map(|km| format!(", within {km:.0} km")).unwrap_or_default();
        format!("{at}{}{within}", self.location())
    }

    /// When the last of its documents came, in seconds since 1970.
    pub fn stored(&self) -> Option<i64> {
        let times = self.sources.iter().filter_map(|source| source.added.as_deref()?.parse::<Timestamp>().ok());
        times.max().map(Timestamp::as_second)
    }

    /// Latitude and longitude in degrees.
    pub fn point(&self) -> Option<(f64, f64)> {
        self.incident.place.as_ref().and_then(|place| place.lat.zip(place.lon))
    }

    /// First day, ISO 8601, or nothing.
    pub fn start(&self) -> String {
        self.days.map(|(start, _)| start.to_string()).unwrap_or_default()
    }

    /// Outlets, each once, in the order of documents.
    pub fn outlets(&self) -> Vec<&str> {
        let mut out: Vec<&str> = Vec::new();
        for outlet in self.sources.iter().filter_map(|source| source.outlet.as_deref()) {
            if !out.contains(&outlet) {
                out.push(outlet);
            }
        }
        out
    }

    /// The incident in English sentences, made of its codes.
    pub fn notes(&self) -> String {
        let mut out = String::new();
        match self.days {
            Some((start, end)) if start == end => out.push_str(&format!("On {}, ", start.strftime("%-d %B %Y"))),
            Some((start, end)) => out.push_str(&format!("Between {} and {}, ", start.strftime("%-d %B %Y"), end.strftime("%-d %B %Y"))),
            None => out.push_str("On an unknown day, "),
        }
        out.push_str(&self.incident.action.name().replace('_', " "));
        let names = |actors: &[Actor]| actors.iter().map(|actor| actor.name.as_str()).collect::<Vec<_>>().join(", ");
        if !self.doers.is_empty() {
            out.push_str(&format!(" by {}", names(&self.doers)));
        }
        if !self.targets.is_empty() {
            out.push_str(&format!(" against {}", names(&self.targets)));
        }
        let name = self.incident.place.as_ref().and_then(|place| place.name.as_deref()).unwrap_or_default();
        let places = [name, self.admin1(), self.country.map_or("", |country| country.name)];
        let mut places: Vec<&str> = places.into_iter().filter(|place| !place.is_empty()).collect();
        places.dedup();
        if !places.is_empty() {
            out.push_str(&format!(" in {}", places.join(", ")));
        }
        out.push('.');
        for (what, figure) in [("killed", self.killed), ("injured", self.injured)] {
            if figure.high > 0 {
                let range =
                    if figure.low == figure.high { String::new() } else { format!(" (reports tell {} to {})", figure.low, figure.high) };
                out.push_str(&format!(" {} {what}{range}.", figure.best));
            }
        }
        let voices = self.incident.voices;
        out.push_str(&format!(" Told by {voices} independent report{}.", if voices == 1 { "" } else { "s" }));
        out
    }
}

/// The second-order division of a place that is told at least as finely.
fn division(place: &Where, knowledge: &dyn Knowledge) -> Option<String> {
    match place.precision {
        Precision::Admin1 | Precision::Country => None,
        Precision::Admin2 => place.name.clone(),
        _ => knowledge.admin2(place.place_id.as_deref()?).filter(|name| !name.is_empty()),
    }
}

/// A codebook id as a name, for want of a better one.
fn named(id: &str) -> String {
    if id == "unidentified" { "Unidentified armed group".into() } else { id.replace(['-', '.'], " ") }
}
