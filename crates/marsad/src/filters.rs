//! The flags that say which documents, events and incidents are wanted; the same for every command that reads an observatory.

use crate::store::Open;
use clap::Args;
use jiff::civil::Date;
use marsad_model::{Action, Certainty, Incident, ReviewState};
use marsad_search::{Area, Filter};
use marsad_store::{Head, Overlay, Review};
use std::collections::HashMap;
use std::io;

/// Filters: of several values of one, any has to fit; of several filters, all.
#[derive(Debug, Args)]
#[command(next_help_heading = "Filters")]
pub(crate) struct FilterArguments {
    /// What lasts until this day or longer.
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,

    /// What begins on this day or earlier.
    #[arg(long, value_name = "DATE")]
    to: Option<Date>,

    /// In places of this name, in English or Arabic; whole words of it are enough.
    #[arg(long, value_name = "NAME")]
    place: Vec<String>,

    /// In these countries (ISO 3166-1 alpha-2).
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    country: Vec<String>,

    /// In these provinces (English names of first-order divisions).
    #[arg(long, value_name = "NAME")]
    admin1: Vec<String>,

    /// Between these meridians and parallels, in degrees. What is told only of a province or country lies in no area.
    #[arg(long, value_name = "W,S,E,N", value_parser = Area::rectangle, allow_hyphen_values = true)]
    bbox: Vec<Area>,

    /// Within so many kilometres of a point, for example 36.2,37.16,25.
    #[arg(long, value_name = "LAT,LON,KM", allow_hyphen_values = true)]
    near: Vec<Area>,

    /// Of these actions (names of the codebook).
    #[arg(long, value_name = "ACTION", value_delimiter = ',', value_parser = action)]
    action: Vec<Action>,

    /// In which one of these actors takes part (ids of the codebook; a group means its parts, too).
    #[arg(long, value_name = "ACTOR", value_delimiter = ',')]
    actor: Vec<String>,

    /// In which an actor (one of --actor, where given) takes part so surely: stated, suspected, claimed, accused, denied.
    #[arg(long, value_name = "CERTAINTY", value_delimiter = ',', value_parser = certainty)]
    certainty: Vec<Certainty>,

    /// Told by these outlets; a part of the name is enough.
    #[arg(long, value_name = "NAME")]
    outlet: Vec<String>,

    /// With at least so many killed.
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    killed: u32,

    /// With at least so many injured.
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    injured: u32,

    /// Of at least this confidence (0 to 1).
    #[arg(long, value_name = "NUMBER", default_value_t = 0.0, hide_default_value = true)]
    confidence: f64,

    /// Told by at least so many voices.
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    voices: u32,

    /// In these states of review: machine, in_review, reviewed, final, rejected. `stats` and `export` leave out what was
    /// rejected unless it is asked for here.
    #[arg(long, value_name = "STATE", value_delimiter = ',', value_parser = state)]
    state: Vec<ReviewState>,
}

fn action(name: &str) -> Result<Action, String> {
    Action::from_name(name).ok_or_else(|| format!("{name:?} is no action of the codebook"))
}

fn certainty(name: &str) -> Result<Certainty, String> {
    Certainty::from_name(name).ok_or_else(|| "give stated, suspected, claimed, accused or denied".to_owned())
}

fn state(name: &str) -> Result<ReviewState, String> {
    ReviewState::from_name(name).ok_or_else(|| "give machine, in_review, reviewed, final or rejected".to_owned())
}

impl FilterArguments {
    /// What is wanted.
    pub fn filter(&self) -> io::Result<Filter> {
        if let Some((from, to)) = self.from.zip(self.to).filter(|(from, to)| from > to) {
            return Err(io::Error::other(format!("--from {from} is after --to {to}; nothing lies between")));
        }
        let filter = Filter {
            from: self.from,
            to: self.to,
            places: self.place.clone(),
            countries: self.country.clone(),
            admin1: self.admin1.clone(),
            areas: self.bbox.iter().chain(&self.near).copied().collect(),
            actions: self.action.clone(),
            actors: self.actor.clone(),
            certainties: self.certainty.clone(),
            outlets: self.outlet.clone(),
            scopes: Vec::new(),
            killed: self.killed,
            injured: self.injured,
            confidence: self.confidence,
            voices: self.voices,
            states: self.state.clone(),
        };
        Ok(filter.folded())
    }

    /// What is wanted of incidents that are counted or exported: not what people rejected, unless that is asked for.
    pub fn filter_for_use(&self) -> io::Result<Filter> {
        let mut filter = self.filter()?;
        if filter.states.is_empty() {
            filter.states = ReviewState::ALL.iter().copied().filter(|state| *state != ReviewState::Rejected).collect();
        }
        Ok(filter)
    }

    /// First and last day that are asked for.
    pub fn days(&self) -> (Option<Date>, Option<Date>) {
        (self.from, self.to)
    }
}

/// The outlet of every document, and what people say of incidents.
pub(crate) struct Beside {
    pub outlets: HashMap<String, Option<String>>,
    pub overlay: Overlay,
}

impl Beside {
    /// Of these heads and reviews.
    pub fn new(heads: &[Head], reviews: Vec<Review>) -> Self {
        Self { outlets: heads.iter().map(|head| (head.id.clone(), head.outlet.clone())).collect(), overlay: Overlay::of(&reviews) }
    }

    /// Of a store, as far as a filter asks for it.
    pub fn load(open: &mut Open, filter: &Filter) -> io::Result<Self> {
        let heads = if filter.outlets.is_empty() { Vec::new() } else { open.run(async |store| store.heads().await)? };
        Ok(Self::new(&heads, open.run(async |store| store.reviews().await)?))
    }

    /// An incident with what people put right in it, and how far they are with it; `None` where it is not wanted.
    pub fn wanted(&self, filter: &Filter, mut incident: Incident) -> Option<(Incident, ReviewState)> {
        let state = self.overlay.lay_over(&mut incident);
        let outlet = |document: &str| self.outlets.get(document).and_then(Option::as_deref);
        filter.wants_incident(&incident, outlet, state).then_some((incident, state))
    }
}
