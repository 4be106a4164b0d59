//! What of an event is compared, made ready once.

use jiff::civil::Date;
use marsad_model::{Action, Coded, Event, Family, ObjectClass, Outcome, Precision, Realis, Role, Scope, WeaponClass, WhenPrecision};
use marsad_text::{Kind, tokenize};

/// The actor that stands for "not known who".
const UNKNOWN: &str = "unidentified";

/// A place with coordinates.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot {
    /// Degrees north and east.
    pub at: (f64, f64),
    /// The event lies within so many kilometres.
    pub radius: f64,
    /// A town or site, not an area.
    pub precise: bool,
}

/// How finely the day is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// In the text.
    Day,
    /// The publication day stands in.
    Not,
    /// A week or longer.
    Coarse,
}

/// One event, ready to be compared.
pub(crate) struct Facts<'a> {
    pub event: &'a Event,
    pub document: usize,
    /// Copies of one text are one voice.
    pub voice: usize,
    pub published: Option<i32>,
    /// First and last day, counted from 1970.
    pub days: Option<(i32, i32)>,
    pub told: Told,
    pub spots: Vec<Spot>,
    /// Precise places of the document's other events.
    pub around: Vec<(f64, f64)>,
    pub countries: Vec<&'a str>,
    /// Folded words for each town or site that is told.
    pub names: Vec<Vec<String>>,
    /// The first event that the document tells as its news.
    pub leads: bool,
    pub doers: Vec<&'a str>,
    pub targets: Vec<&'a str>,
    pub weapons: Vec<WeaponClass>,
    pub objects: Vec<ObjectClass>,
    pub killed: Option<(u32, u32)>,
    pub injured: Option<(u32, u32)>,
    pub theatre: u8,
    /// Told as background: it may be attached, never counted.
    pub background: bool,
}

/// Days since 1970 of an ISO 8601 date.
pub(crate) fn day(text: Option<&str>) -> Option<i32> {
    let date: Date = text?.get(..10)?.parse().ok()?;
    Date::constant(1970, 1, 1).until(date).ok().map(|span| span.get_days())
}

/// Actions that two reports of one happening may be told as; what differs here is never compared.
pub(crate) fn theatre(action: Action) -> u8 {
    match action.family() {
        Family::Armed | Family::Air | Family::IndirectFire | Family::Blast => 0,
        Family::Own(Action::ChemicalAttack | Action::Destruction | Action::Torture) => 0,
        Family::Seizure => 1,
        Family::Crowd => 2,
        Family::Control => 3,
        Family::Movement => 4,
        Family::Own(Action::Interception) => 5,
        Family::Own(Action::Agreement) => 6,
        Family::Own(_) => 7,
    }
}

fn sorted<T: Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut values: Vec<T> = values.collect();
    values.sort();
    values.dedup();
    values
}

/// The range of people who met an outcome, over the groups that may be the whole.
fn toll(event: &Event, outcome: Outcome) -> Option<(u32, u32)> {
    let rows = event.casualties.iter().filter(|row| row.outcome == outcome && !row.vague);
    rows.filter_map(|row| {
        let low = row.best.or(row.low)?;
        Some((low, row.best.or(row.high).unwrap_or(if row.low == row.high { low } else { u32::MAX }).max(low)))
    })
    .max()
}

impl<'a> Facts<'a> {
    /// Reads an event of a document.
    pub fn new(coded: &'a Coded, event: &'a Event, document: usize, voice: usize, background: bool) -> Self {
        let start = day(event.when.start.as_deref());
        let end = day(event.when.end.as_deref()).or(start);
        let days = start.zip(end).map(|(a, b)| (a.min(b), a.max(b)));
        let told = match event.when.precision {
            WhenPrecision::Unknown => Told::Not,
            _ if days.is_none_or(|(a, b)| b - a > 3) => Told::Coarse,
            _ => Told::Day,
        };
        let spot = |place: &marsad_model::Where| {
            let at = (place.lat.filter(|v| v.abs() <= 90.0)?, place.lon.filter(|v| v.abs() <= 180.0)?);
            let radius = place.radius_km.filter(|v| v.is_finite()).unwrap_or(10.0).clamp(0.0, 2000.0);
            Some(Spot { at, radius, precise: precise(place.precision) && radius <= 20.0 })
        };
        let others = coded.events.iter().filter(|other| other.id != event.id).flat_map(|other| &other.places);
        let mut around: Vec<(f64, f64)> = others.filter_map(spot).filter(|s| s.precise).map(|s| s.at).collect();
        around.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        around.dedup();
        around.truncate(16);
        let actors = |roles: &'a [Role]| {
            let told = event.participants.iter().filter(move |p| roles.contains(&p.role) && p.actor != UNKNOWN);
            sorted(told.map(|p| p.actor.as_str()))
        };
        Self {
            event,
            document,
            voice,
            published: day(coded.document.published.as_deref()),
            days,
            told,
            spots: event.places.iter().filter_map(spot).collect(),
            around,
            countries: sorted(event.places.iter().filter_map(|place| place.country.as_deref())),
            names: sorted(
                event.places.iter().filter(|place| precise(place.precision)).map(|place| words(&place.text)).filter(|w| !w.is_empty()),
            ),
            leads: coded.events.iter().find(|e| e.scope == Scope::Incident && e.realis == Realis::Actual).is_some_and(|e| e.id == event.id),
            doers: actors(&[Role::Perpetrator]),
            targets: actors(&[Role::Target, Role::Victim]),
            weapons: sorted(event.weapons.iter().map(|w| w.class).filter(|&c| c != WeaponClass::Other)),
            objects: sorted(event.objects.iter().map(|o| o.class).filter(|&c| c != ObjectClass::Other)),
            killed: toll(event, Outcome::Killed),
            injured: toll(event, Outcome::Injured),
            theatre: theatre(event.action),
            background,
        }
    }

    /// Whether a town or site is told.
    pub fn is_precise(&self) -> bool {
        self.spots.iter().any(|spot| spot.precise)
    }
}

fn precise(precision: Precision) -> bool {
    matches!(precision, Precision::Exact | Precision::Near)
}

/// The folded words of a name, without marks.
fn words(text: &str) -> Vec<String> {
    let text = tokenize(text);
    text.tokens()
        .iter()
        .filter(|t| matches!(t.kind, Kind::Word | Kind::Foreign | Kind::Number))
        .map(|t| text.folded(t).to_owned())
        .collect()
}

/// Whether two names are one, but for a word for its kind before one of them ("the town of" A, A).
pub(crate) fn same_name(a: &[String], b: &[String]) -> bool {
    a.ends_with(b) || b.ends_with(a)
}
