//! All incidents as readers filter, count and draw them: small rows in memory, made from the store when the server starts and
//! again when something was written. What a reader opens is read from the store.

use crate::filter::folded;
use crate::names::{Actors, Known, Places};
use jiff::civil::Date;
use marsad_coder::Coder;
use marsad_copies::Sketch;
use marsad_export::{Policy, Row, Source};
use marsad_model::{Action, Certainty, Figure, Incident, Outcome, Precision, ReviewState, Role};
use marsad_store::{Amendment, Assignment, Decision, Head, Overlay, Pulse, Review, Store};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// Reports of one incident that are compared with each other; of a larger one the first are.
const COMPARED: usize = 64;

/// Texts by numbers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    numbers: HashMap<Arc<str>, u32>,
    texts: Vec<Arc<str>>,
}

impl Names {
    pub fn add(&mut self, text: &str) -> u32 {
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        let (number, text) = (self.texts.len() as u32, Arc::<str>::from(text));
        self.texts.push(text.clone());
        self.numbers.insert(text, number);
        number
    }

    pub fn find(&self, text: &str) -> Option<u32> {
        self.numbers.get(text).copied()
    }

    pub fn text(&self, number: u32) -> &str {
        self.texts.get(number as usize).map_or("", |text| text)
    }
}

/// The place of an incident.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EntryPlace {
    pub name: u32,
    /// Arabic name; that of the report where the gazetteer has none.
    pub arabic: u32,
    /// The words of the report; empty where they may not be shown.
    pub told: u32,
    pub admin1: Option<u32>,
    pub country: Option<u32>,
    pub point: Option<(f64, f64)>,
    pub radius_km: Option<f64>,
    pub precision: Precision,
    /// Folded, for searching.
    pub words: Box<str>,
}

/// One incident, as far as lists, maps and filters need it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub id: Box<str>,
    pub events: Box<[Box<str>]>,
    pub action: Action,
    /// First and last day, counted from 1970-01-01.
    pub days: Option<(i32, i32)>,
    pub day_precise: bool,
    pub place: Option<EntryPlace>,
    /// Perpetrators, with how surely each is named.
    pub doers: Vec<(u32, Certainty)>,
    pub targets: Vec<u32>,
    /// All who take part.
    pub actors: Vec<u32>,
    /// A bit for every certainty of a perpetrator.
    pub certainties: u8,
    pub killed: Figure,
    pub injured: Figure,
    pub civilians_killed: u32,
    pub voices: u32,
    pub documents: u32,
    pub outlets: Vec<u32>,
    pub confidence: f64,
    /// Fields in which the reports differ.
    pub disputed: Vec<u32>,
    pub state: ReviewState,
    /// Who looks after it.
    pub assignee: Option<u32>,
    /// What is searched: folded headlines, evidence, names.
    pub words: Box<str>,
}

/// One outlet, over all documents and incidents.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outlet {
    pub documents: u32,
    pub first: Option<String>,
    pub last: Option<String>,
    /// Reports that tell an incident.
    pub telling: u32,
    /// Those of them that are near copies of an earlier report.
    pub copies: u32,
    pub incidents: u32,
    /// Incidents on which it and another outlet give a number of killed.
    pub compared: u32,
    /// Where its number is below, equal to and above the median of the others.
    pub lower: u32,
    pub equal: u32,
    pub higher: u32,
    /// Sum of its numbers, and of the medians of the others.
    pub own: f64,
    pub others: f64,
}

/// Everything that is held in memory.
#[derive(Debug, Default)]
pub(crate) struct Snapshot {
    /// Changes whenever anything in it does.
    pub version: String,
    /// Changes whenever anything in it does but how far people are with an incident, rejecting apart, and whose it is.
    pub shape: String,
    pub pulse: Pulse,
    /// Latest first, then by id.
    pub entries: Vec<Arc<Entry>>,
    pub by_id: Arc<HashMap<Box<str>, usize>>,
    by_event: Arc<HashMap<Box<str>, usize>>,
    pub names: Arc<Names>,
    pub outlets: Arc<BTreeMap<String, Outlet>>,
    /// Documents by the day of their publication.
    pub documents_by_day: Arc<BTreeMap<i32, u32>>,
    pub documents: u32,
    pub sources: Arc<HashMap<String, Source>>,
    pub overlay: Overlay,
    /// What people did, oldest first.
    pub people: Arc<People>,
    /// Who looks after the incident of an event.
    pub assigned: HashMap<String, String>,
}

/// What people did, whatever became of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct People {
    pub reviews: Vec<Review>,
    pub decisions: Vec<Decision>,
    pub assignments: Vec<Assignment>,
    pub amendments: Vec<Amendment>,
}

/// The day counted from 1970-01-01.
pub(crate) fn day_number(text: &str) -> Option<i32> {
    text.parse::<Date>().ok().map(number_of)
}

fn number_of(day: Date) -> i32 {
    day.duration_since(jiff::civil::date(1970, 1, 1)).as_hours() as i32 / 24
}

/// The day of a number, ISO 8601.
pub(crate) fn day_text(number: i32) -> String {
    let epoch = jiff::civil::date(1970, 1, 1);
    epoch.checked_add(jiff::Span::new().days(number)).map(|day| day.to_string()).unwrap_or_default()
}

fn version(pulse: Pulse, today: Date) -> String {
    format!("{}.{}.{}.{}.{}.{today}", pulse.linkings, pulse.linked, pulse.documents, pulse.decisions, pulse.reviews)
}

/// What a snapshot is made with.
pub(crate) struct Making<'a> {
    pub coder: &'a Coder,
    pub actors: &'a Actors,
    pub places: &'a Places,
    /// What may be shown; everything where there is none.
    pub policy: Option<&'a Policy>,
    pub today: Date,
}

impl Snapshot {
    /// Reads the store.
    pub async fn read(store: &mut Store, making: &Making<'_>) -> marsad_store::Result<Self> {
        let pulse = store.pulse().await?;
        let mut out = Self { pulse, ..Self::default() };
        let (mut heads, mut sources): (HashMap<String, Head>, HashMap<String, Source>) = Default::default();
        let (mut outlets, mut days): (BTreeMap<String, Outlet>, BTreeMap<i32, u32>) = Default::default();
        for head in store.heads().await?.into_iter().filter(|head| head.latest) {
            out.documents += 1;
            if let Some(day) = head.published.as_deref().and_then(day_number) {
                *days.entry(day).or_default() += 1;
            }
            let outlet = outlets.entry(head.outlet.clone().unwrap_or_default()).or_default();
            outlet.documents += 1;
            if let Some(day) = &head.published {
                outlet.first = outlet.first.take().into_iter().chain([day.clone()]).min();
                outlet.last = outlet.last.take().into_iter().chain([day.clone()]).max();
            }
            let (outlet, title, url, published) = (head.outlet.clone(), head.title.clone(), head.url.clone(), head.published.clone());
            sources.insert(head.id.clone(), Source { outlet, title, url, published, added: Some(head.added.clone()) });
            heads.insert(head.id.clone(), head);
        }
        let overlay = out.read_people(store, making).await?;
        let known = Known { coder: making.coder, sources: &sources, places: making.places };
        let mut entries = Vec::new();
        store
            .each_incident(|mut incident| {
                let state = overlay.lay_over(&mut incident);
                let row = Row::new(&incident, &known);
                let row = match making.policy {
                    None => Some(row),
                    Some(policy) => policy.apply(row, making.today),
                };
                if let Some(row) = row {
                    compare(&mut outlets, &incident, &heads);
                    entries.push(Arc::new(out.entry(&row, state, making)));
                }
            })
            .await?;
        (out.sources, out.overlay) = (Arc::new(sources), overlay);
        (out.outlets, out.documents_by_day) = (Arc::new(outlets), Arc::new(days));
        entries.sort_by(|a, b| b.start().cmp(&a.start()).then_with(|| a.id.cmp(&b.id)));
        out.by_id = Arc::new(entries.iter().enumerate().map(|(n, entry)| (entry.id.clone(), n)).collect());
        let events = entries.iter().enumerate().flat_map(|(n, entry)| entry.events.iter().map(move |event| (event.clone(), n)));
        out.by_event = Arc::new(events.collect());
        out.entries = entries;
        out.version = version(pulse, making.today);
        out.shape.clone_from(&out.version);
        Ok(out)
    }

    /// The snapshot with what people said since it was made, where nothing else has changed; `None` where it must be read anew.
    pub async fn updated(&self, store: &mut Store, making: &Making<'_>) -> marsad_store::Result<Option<Self>> {
        let pulse = store.pulse().await?;
        if (Pulse { reviews: 0, ..pulse }) != (Pulse { reviews: 0, ..self.pulse }) || self.version != version(self.pulse, making.today) {
            return Ok(None);
        }
        let mut out = Self {
            pulse,
            version: version(pulse, making.today),
            shape: self.shape.clone(),
            by_event: self.by_event.clone(),
            entries: self.entries.clone(),
            by_id: self.by_id.clone(),
            names: self.names.clone(),
            outlets: self.outlets.clone(),
            documents_by_day: self.documents_by_day.clone(),
            documents: self.documents,
            sources: self.sources.clone(),
            ..Self::default()
        };
        let overlay = out.read_people(store, making).await?;
        let mut changed: HashSet<String> = overlay.differing(&self.overlay);
        let names = |assigned: &HashMap<String, String>, event: &str| assigned.get(event).cloned();
        let events = self.assigned.keys().chain(out.assigned.keys());
        changed.extend(events.filter(|event| names(&self.assigned, event) != names(&out.assigned, event)).cloned());
        if changed.is_empty() {
            out.overlay = overlay;
            return Ok(Some(out));
        }
        let sources = self.sources.clone();
        let known = Known { coder: making.coder, sources: &sources, places: making.places };
        let concerned: BTreeSet<usize> = changed.iter().filter_map(|event| self.by_event.get(event.as_str()).copied()).collect();
        for n in concerned {
            let entry = out.entries[n].clone();
            let Some(mut incident) = store.incident(&entry.id).await? else { return Ok(None) };
            let state = overlay.lay_over(&mut incident);
            let row = Row::new(&incident, &known);
            let row = making.policy.map_or_else(|| Some(row.clone()), |policy| policy.apply(row.clone(), making.today));
            // Corrected days may change the order, or what may be published.
            let Some(row) = row else { return Ok(None) };
            let new = out.entry(&row, state, making);
            if new.start() != entry.start() {
                return Ok(None);
            }
            let rejected = |entry: &Entry| entry.state == ReviewState::Rejected;
            let alike = Entry { state: entry.state, assignee: entry.assignee, ..new.clone() } == *entry;
            if !alike || rejected(&new) != rejected(&entry) {
                out.shape.clone_from(&out.version);
            }
            out.entries[n] = Arc::new(new);
        }
        out.overlay = overlay;
        Ok(Some(out))
    }

    async fn read_people(&mut self, store: &mut Store, making: &Making<'_>) -> marsad_store::Result<Overlay> {
        let people = People {
            reviews: store.reviews().await?,
            decisions: store.decisions().await?,
            assignments: store.assignments().await?,
            amendments: store.amendments().await?,
        };
        for assignment in &people.assignments {
            match assignment.assignee.clone() {
                Some(name) => self.assigned.insert(assignment.event.clone(), name),
                None => self.assigned.remove(&assignment.event),
            };
        }
        let overlay = Overlay::of(&people.reviews);
        // Who did what is not published.
        if making.policy.is_none() {
            self.people = Arc::new(people);
        }
        Ok(overlay)
    }

    /// The row of an incident, which perhaps was made fit for publication.
    pub fn entry(&mut self, row: &Row, state: ReviewState, making: &Making<'_>) -> Entry {
        let incident = &row.incident;
        let public = making.policy.is_some();
        let names = Arc::make_mut(&mut self.names);
        let mut words = String::new();
        let mut say = |text: &str| {
            words.push_str(&folded(text));
            words.push('\n');
        };
        let place = incident.place.as_ref().map(|place| {
            let name = place.name.as_deref().unwrap_or(&place.text);
            let division = place.admin1.as_deref();
            let known = place.place_id.as_deref().and_then(|id| making.places.name(id));
            let known = known.or_else(|| making.places.division(name).filter(|_| division == Some(name)));
            let arabic = known.unwrap_or(if place.text.is_empty() { name } else { &place.text });
            let divisions = [division.unwrap_or_default(), division.and_then(|name| making.places.division(name)).unwrap_or_default()];
            let all = [name, arabic, &place.text, divisions[0], divisions[1]].join("\n");
            say(&all);
            EntryPlace {
                name: names.add(name),
                arabic: names.add(arabic),
                told: names.add(&place.text),
                admin1: place.admin1.as_deref().map(|admin1| names.add(admin1)),
                country: place.country.as_deref().map(|country| names.add(country)),
                point: place.lat.zip(place.lon),
                radius_km: place.radius_km,
                precision: place.precision,
                words: folded(&all).into(),
            }
        });
        let (mut doers, mut targets, mut actors, mut certainties) = (Vec::new(), Vec::new(), Vec::new(), 0);
        for told in &incident.participants {
            let part = &told.participant;
            let number = names.add(&part.actor);
            match part.role {
                Role::Perpetrator => {
                    certainties |= 1 << part.certainty as u8;
                    doers.push((number, part.certainty));
                }
                Role::Target | Role::Victim => targets.push(number),
                Role::Ally | Role::Responder => {}
            }
            if !actors.contains(&number) {
                actors.push(number);
                let name = making.actors.name(&part.actor);
                say(&format!("{}\n{}\n{}", part.actor, name.en, name.ar));
            }
            say(&part.text);
        }
        let mut outlets = Vec::new();
        for source in &row.sources {
            if let Some(outlet) = source.outlet.as_deref() {
                let number = names.add(outlet);
                if !outlets.contains(&number) {
                    outlets.push(number);
                    say(outlet);
                }
            }
            if let Some(title) = source.title.as_deref().filter(|_| !public) {
                say(title);
            }
        }
        say(incident.action.name());
        let disputed = incident.disagreements.iter().map(|one| names.add(&one.field)).collect();
        Entry {
            id: incident.id.as_str().into(),
            events: incident.events.iter().map(|event| event.as_str().into()).collect(),
            action: incident.action,
            days: row.days.map(|(start, end)| (number_of(start), number_of(end))),
            day_precise: incident.when.as_ref().is_some_and(|when| when.precision == marsad_model::WhenPrecision::Day),
            place,
            doers,
            targets,
            actors,
            certainties,
            killed: row.killed,
            injured: row.injured,
            civilians_killed: row.civilians_killed,
            voices: incident.voices,
            documents: incident.documents.len() as u32,
            outlets,
            confidence: incident.confidence,
            disputed,
            state,
            assignee: incident.events.iter().find_map(|event| self.assigned.get(event)).map(|name| names.add(name)),
            words: words.into(),
        }
    }

    /// The row of an id.
    pub fn find(&self, id: &str) -> Option<&Arc<Entry>> {
        self.by_id.get(id).and_then(|&n| self.entries.get(n))
    }
}

/// What an incident tells of its outlets: who copies, and who tells which number of killed.
fn compare(outlets: &mut BTreeMap<String, Outlet>, incident: &Incident, heads: &HashMap<String, Head>) {
    let mut told: Vec<&Head> = incident.documents.iter().filter_map(|id| heads.get(id)).take(COMPARED).collect();
    told.sort_by(|a, b| a.published.cmp(&b.published).then_with(|| a.id.cmp(&b.id)));
    let sketches: Vec<Option<Sketch>> = told.iter().map(|head| head.sketch.as_deref().and_then(Sketch::from_hex)).collect();
    let outlet = |head: &Head| head.outlet.clone().unwrap_or_default();
    let mut figures: BTreeMap<String, u32> = BTreeMap::new();
    let rows = incident.casualties.iter().filter(|toll| toll.outcome == Outcome::Killed);
    for report in rows.max_by_key(|toll| (toll.reports.len(), toll.best)).into_iter().flat_map(|toll| &toll.reports) {
        let document = report.event.rsplit_once('#').map_or("", |(document, _)| document);
        if let (Some(head), Some(best)) = (heads.get(document), report.best.or(report.low)) {
            let highest = figures.entry(outlet(head)).or_default();
            *highest = best.max(*highest);
        }
    }
    let mut seen: Vec<String> = Vec::new();
    for (n, head) in told.iter().enumerate() {
        let copy = sketches[n].as_ref().is_some_and(|own| {
            sketches[..n].iter().zip(&told).any(|(other, first)| {
                first.outlet != head.outlet && (first.sha256 == head.sha256 || other.as_ref().is_some_and(|other| own.is_copy_of(other)))
            })
        });
        let name = outlet(head);
        let row = outlets.entry(name.clone()).or_default();
        row.telling += 1;
        row.copies += u32::from(copy);
        if !seen.contains(&name) {
            row.incidents += 1;
            seen.push(name);
        }
    }
    for (name, &own) in figures.iter().filter(|_| figures.len() > 1) {
        let mut others: Vec<u32> = figures.iter().filter(|(other, _)| *other != name).map(|(_, &figure)| figure).collect();
        others.sort_unstable();
        let median = f64::midpoint(others[(others.len() - 1) / 2].into(), others[others.len() / 2].into());
        let row = outlets.entry(name.clone()).or_default();
        row.compared += 1;
        row.own += f64::from(own);
        row.others += median;
        match f64::from(own).total_cmp(&median) {
            std::cmp::Ordering::Less => row.lower += 1,
            std::cmp::Ordering::Equal => row.equal += 1,
            std::cmp::Ordering::Greater => row.higher += 1,
        }
    }
}

impl Entry {
    /// First day; the least number where there is none.
    pub fn start(&self) -> i32 {
        self.days.map_or(i32::MIN, |(start, _)| start)
    }
}
