//! What of an event is compared, made ready once, and small: words and names are kept as hashes, coordinates as whole numbers.

use jiff::civil::Date;
use marsad_copies::told_with;
use marsad_model::{Action, Coded, Event, Family, ObjectClass, Outcome, Precision, Realis, Role, Scope, WeaponClass, WhenPrecision};
use marsad_text::{Kind as Token, tokenize};
use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// The actor that stands for "not known who".
const UNKNOWN: &str = "unidentified";
/// A time longer than this says too little to be linked (days).
const LONGEST: i32 = 31;
/// What begins so many characters into a report, or later, is told in passing.
const LATE: u32 = 400;
/// So many rare words are compared of an event.
const WORDS: usize = 64;
/// Millionths of a degree.
const MICRO: f64 = 1e6;

/// A point, in millionths of a degree north and east.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Point(pub i32, pub i32);

impl Point {
    fn new(lat: f64, lon: f64) -> Self {
        Self((lat * MICRO).round() as i32, (lon * MICRO).round() as i32)
    }

    /// Degrees north and east.
    pub fn degrees(self) -> (f64, f64) {
        (f64::from(self.0) / MICRO, f64::from(self.1) / MICRO)
    }
}

/// A place with coordinates.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Spot {
    pub at: Point,
    /// The event lies within so many metres.
    pub metres: u32,
    /// A town or site, not an area.
    pub precise: bool,
}

/// How finely the day is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Told {
    /// In the text.
    Day,
    /// The publication day stands in.
    Not,
    /// A week or longer.
    Coarse,
}

/// How an event takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// Tells a town or site and a day: incidents are made of these.
    Firm,
    /// Tells less: joins an incident of firm events, or what else is told of its day.
    Vague,
    /// Told as background: attached, never counted.
    Background,
}

/// One event, ready to be compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Facts {
    /// Number of the document among those at hand.
    #[serde(skip)]
    pub document: u32,
    pub kind: Kind,
    pub published: Option<i32>,
    /// First and last day, counted from 1970.
    pub days: Option<(i32, i32)>,
    pub told: Told,
    pub spots: Box<[Spot]>,
    /// Precise places of the document's other events.
    pub around: Box<[Point]>,
    pub countries: Box<[u32]>,
    /// Folded words for each town or site that is told.
    pub names: Box<[Box<[u32]>]>,
    /// The first event that the document tells as its news.
    pub leads: bool,
    /// Told far into the report.
    pub late: bool,
    /// Over before what the report tells as its news began.
    pub old: bool,
    /// How many incidents the report tells, at least 1.
    pub beside: u16,
    /// Signs of the words about it that few reports have; the last bit is set in those that some have.
    pub words: Box<[u32]>,
    pub doers: Box<[u32]>,
    pub targets: Box<[u32]>,
    pub weapons: Box<[u32]>,
    pub objects: Box<[u32]>,
    pub killed: Option<(u32, u32)>,
    pub injured: Option<(u32, u32)>,
    pub action: u32,
    pub family: u32,
    pub theatre: u8,
}

/// Days since 1970 of an ISO 8601 date.
pub(crate) fn day(text: Option<&str>) -> Option<i32> {
    let date: Date = text?.get(..10)?.parse().ok()?;
    Date::constant(1970, 1, 1).until(date).ok().map(|span| span.get_days())
}

/// FNV-1a, the same on every machine.
pub(crate) fn sign(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Actions that two reports of one happening may be told as; what differs here is never compared.
fn theatre(action: Action) -> u8 {
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

fn family(action: Action) -> u32 {
    match action.family() {
        Family::Armed => 1,
        Family::Air => 2,
        Family::IndirectFire => 3,
        Family::Blast => 4,
        Family::Seizure => 5,
        Family::Crowd => 6,
        Family::Control => 7,
        Family::Movement => 8,
        Family::Own(action) => sign(action.name()),
    }
}

fn sorted<T: Ord>(values: impl Iterator<Item = T>) -> Box<[T]> {
    let mut values: Vec<T> = values.collect();
    values.sort();
    values.dedup();
    values.into()
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

/// Signs of the rare words that are told with an event: near the words that tell it, or its tolls. The last bit is the rarity.
fn told_words(coded: &Coded, event: &Event) -> Box<[u32]> {
    let places = || std::iter::once(event.trigger.span[0]).chain(event.casualties.iter().map(|row| row.span[0]));
    let near = coded.rare.iter().filter(|word| places().any(|place| told_with(word.1, place)));
    sorted(near.map(|word| word.0 & !1 | u32::from(word.2 != 0)).take(WORDS))
}

/// First and last day, and how they are told.
pub(crate) fn days(event: &Event) -> (Option<(i32, i32)>, Told) {
    let start = day(event.when.start.as_deref());
    let end = day(event.when.end.as_deref()).or(start);
    let days = start.zip(end).map(|(a, b)| (a.min(b), a.max(b)));
    let told = match event.when.precision {
        WhenPrecision::Unknown => Told::Not,
        _ if days.is_none_or(|(a, b)| b - a > 3) => Told::Coarse,
        _ => Told::Day,
    };
    (days, told)
}

impl Facts {
    /// Whether an event makes or retells an incident.
    pub fn are_of(event: &Event) -> bool {
        let happened = event.realis == Realis::Actual;
        // What is retold is dated in the text.
        happened && (event.scope == Scope::Incident || (event.scope == Scope::Background && days(event).1 == Told::Day))
    }

    /// Reads an event of a document; `None` for one that neither makes nor retells an incident.
    pub fn new(coded: &Coded, event: &Event, document: u32) -> Option<Self> {
        Self::are_of(event).then(|| Self::read(coded, event, document))
    }

    /// Reads an event that makes or retells an incident.
    pub fn read(coded: &Coded, event: &Event, document: u32) -> Self {
        let (days, told) = days(event);
        let spot = |place: &marsad_model::Where| {
            let at = (place.lat.filter(|v| v.abs() <= 90.0)?, place.lon.filter(|v| v.abs() <= 180.0)?);
            let radius = place.radius_km.filter(|v| v.is_finite()).unwrap_or(10.0).clamp(0.0, 2000.0);
            let precise = precise(place.precision) && radius <= 20.0;
            Some(Spot { at: Point::new(at.0, at.1), metres: (radius * 1000.0).round() as u32, precise })
        };
        let spots: Box<[Spot]> = event.places.iter().filter_map(spot).collect();
        let kind = match event.scope {
            Scope::Incident if told != Told::Coarse && spots.iter().any(|spot| spot.precise) => Kind::Firm,
            Scope::Incident => Kind::Vague,
            _ => Kind::Background,
        };
        let told_as_news = || coded.events.iter().filter(|e| e.scope == Scope::Incident && e.realis == Realis::Actual);
        let lead = told_as_news().next();
        let news = lead.filter(|lead| lead.id != event.id).and_then(|lead| self::days(lead).0);
        let others = coded.events.iter().filter(|other| other.id != event.id).flat_map(|other| &other.places);
        let around = sorted(others.filter_map(spot).filter(|s| s.precise).map(|s| s.at));
        let actors = |roles: &[Role]| {
            let told = event.participants.iter().filter(|p| roles.contains(&p.role) && p.actor != UNKNOWN);
            sorted(told.map(|p| sign(&p.actor)))
        };
        Self {
            document,
            kind,
            published: day(coded.document.published.as_deref()),
            days: days.filter(|(a, b)| b - a <= LONGEST),
            told,
            spots,
            around: around.get(..16).map_or_else(|| around.clone(), Into::into),
            countries: sorted(event.places.iter().filter_map(|place| place.country.as_deref()).map(sign)),
            names: sorted(
                event.places.iter().filter(|place| precise(place.precision)).map(|place| words(&place.text)).filter(|w| !w.is_empty()),
            ),
            leads: lead.is_some_and(|lead| lead.id == event.id),
            late: event.trigger.span[0] >= LATE,
            old: days.zip(news).is_some_and(|(own, news)| own.1 < news.0),
            beside: told_as_news().count().clamp(1, usize::from(u16::MAX)) as u16,
            words: told_words(coded, event),
            doers: actors(&[Role::Perpetrator]),
            targets: actors(&[Role::Target, Role::Victim]),
            weapons: sorted(event.weapons.iter().map(|w| w.class).filter(|&c| c != WeaponClass::Other).map(|c| sign(c.name()))),
            objects: sorted(event.objects.iter().map(|o| o.class).filter(|&c| c != ObjectClass::Other).map(|c| sign(c.name()))),
            killed: toll(event, Outcome::Killed),
            injured: toll(event, Outcome::Injured),
            action: sign(event.action.name()),
            family: family(event.action),
            theatre: theatre(event.action),
        }
    }

    /// Whether a town or site is told.
    pub fn is_precise(&self) -> bool {
        self.spots.iter().any(|spot| spot.precise)
    }

    /// As bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_stdvec(self).unwrap_or_default()
    }

    /// Reads what [`Facts::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }

    /// As hexadecimal digits.
    pub fn to_hex(&self) -> String {
        let bytes = self.to_bytes();
        let mut out = String::with_capacity(bytes.len() * 2);
        for byte in bytes {
            let _ = write!(out, "{byte:02x}");
        }
        out
    }

    /// Reads what [`Facts::to_hex`] wrote.
    pub fn from_hex(hex: &str) -> Option<Self> {
        let digit = |c: u8| (c as char).to_digit(16);
        let byte = |pair: &[u8]| Some((digit(*pair.first()?)? * 16 + digit(*pair.get(1)?)?) as u8);
        let bytes: Vec<u8> = hex.as_bytes().chunks(2).map(byte).collect::<Option<_>>()?;
        Self::from_bytes(&bytes)
    }
}

fn precise(precision: Precision) -> bool {
    matches!(precision, Precision::Exact | Precision::Near)
}

/// The folded words of a name, without marks.
fn words(text: &str) -> Box<[u32]> {
    let text = tokenize(text);
    let words = text.tokens().iter().filter(|t| matches!(t.kind, Token::Word | Token::Foreign | Token::Number));
    words.map(|t| sign(text.folded(t))).collect()
}

/// Whether two names are one, but for a word for its kind before one of them ("the town of" A, A).
pub(crate) fn same_name(a: &[u32], b: &[u32]) -> bool {
    a.ends_with(b) || b.ends_with(a)
}
