//! Links invented reports at the density of a long war: `synthetic EVENTS` prints `events=… seconds=… incidents=…`.
//!
//! Some 270 events a day, in 3,000 towns of a country of 600 by 600 kilometres, a few of which have most of the war. An
//! incident is told by one to eight reports (2.2 on average); a fifth of these name only the province, one in ten nothing,
//! tolls differ, and every fifth report also tells another incident of its day.

use marsad_link::{Known, Model, link_each};
use marsad_model::{
    AcledClass, Action, Casualties, Certainty, Coded, DocumentHead, Event, Group, Outcome, Participant, PloverClass, Precision, RareWord,
    Realis, Relation, Role, Scope, Trigger, When, WhenPrecision, Where,
};

/// Events of one day.
const A_DAY: u64 = 270;
const TOWNS: u64 = 3000;
const ACTIONS: [Action; 6] =
    [Action::Shelling, Action::Airstrike, Action::ArmedAttack, Action::ExplosiveDevice, Action::Detention, Action::Clash];
const ACTORS: [&str; 5] = ["syr-gov", "rus", "hts", "sdf", "unidentified"];

/// A generator of numbers that is the same on every machine (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let x = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }
}

/// What happened.
#[derive(Clone, Copy)]
struct Happening {
    day: u64,
    town: u64,
    action: Action,
    actor: &'static str,
    dead: u32,
}

fn happening(numbers: &mut Numbers, day: u64) -> Happening {
    // The square of a chance: the first towns have most of it.
    let chance = numbers.below(1 << 20) as f64 / f64::from(1 << 20);
    Happening {
        day,
        town: (chance * chance * TOWNS as f64) as u64,
        action: ACTIONS[numbers.below(ACTIONS.len() as u64) as usize],
        actor: ACTORS[numbers.below(ACTORS.len() as u64) as usize],
        dead: numbers.below(6) as u32,
    }
}

fn date(day: u64) -> String {
    let first = jiff::civil::Date::constant(2011, 3, 15);
    first.checked_add(jiff::Span::new().days(day as i64)).map(|date| date.to_string()).unwrap_or_default()
}

fn place(town: u64, vague: u64) -> Option<Where> {
    let mut numbers = Numbers(town);
    let (lat, lon) = (33.0 + numbers.below(54_000) as f64 / 10_000.0, 36.0 + numbers.below(66_000) as f64 / 10_000.0);
    let province = format!("Province {}", (lat - 33.0) as u64 * 7 + (lon - 36.0) as u64);
    let (name, precision, radius) = match vague {
        0 => return None,
        1 | 2 => (province.clone(), Precision::Admin1, 60.0),
        _ => (format!("بلدة {}", name(town)), Precision::Exact, 2.0),
    };
    Some(Where {
        text: name.clone(),
        name: Some(name),
        country: Some("SY".into()),
        admin1: Some(province),
        lat: Some(lat),
        lon: Some(lon),
        radius_km: Some(radius),
        relation: Relation::In,
        precision,
        place_id: Some(format!("t{town}")),
        span: [10, 20],
    })
}

/// A name of two invented words.
fn name(town: u64) -> String {
    let mut numbers = Numbers(town ^ 0xabc);
    let mut word = || (0..5).map(|_| char::from_u32(0x628 + numbers.below(18) as u32).unwrap_or('ب')).collect::<String>();
    format!("{} {}", word(), word())
}

fn event(numbers: &mut Numbers, id: String, of: Happening) -> Event {
    let day = date(of.day);
    let dead = (of.dead + u32::from(numbers.below(4) == 0)).max(u32::from(numbers.below(9) == 0));
    let toll = Casualties {
        outcome: Outcome::Killed,
        group: Group::All,
        of: None,
        low: Some(dead),
        best: Some(dead),
        high: Some(dead),
        vague: false,
        text: String::new(),
        span: [0, 0],
    };
    let participant = |role, actor: &str| Participant {
        role,
        actor: actor.into(),
        unit: None,
        text: String::new(),
        certainty: Certainty::Stated,
        according_to: None,
        span: [0, 0],
    };
    let acled = of.action.acled(true, false);
    Event {
        id,
        action: of.action,
        scope: Scope::Incident,
        realis: Realis::Actual,
        acled: AcledClass { event_type: acled.event_type.into(), sub_event_type: acled.sub_event_type.into() },
        plover: PloverClass { kind: of.action.plover().kind.into(), mode: None },
        trigger: Trigger { text: String::new(), span: [0, 0] },
        when: When { start: Some(day.clone()), end: Some(day), precision: WhenPrecision::Day, text: None, span: None },
        places: place(of.town, numbers.below(10)).into_iter().collect(),
        participants: vec![participant(Role::Perpetrator, of.actor), participant(Role::Target, "civilians")],
        weapons: Vec::new(),
        objects: Vec::new(),
        casualties: if dead > 0 { vec![toll] } else { Vec::new() },
        strikes: None,
        attribution: Vec::new(),
        relations: Vec::new(),
        confidence: 0.9,
        rules: Vec::new(),
    }
}

/// Documents with so many events.
fn documents(events: u64) -> Vec<Coded> {
    let mut numbers = Numbers(events);
    let mut out = Vec::new();
    let mut made = 0;
    while made < events {
        let day = made / A_DAY;
        let told = happening(&mut numbers, day);
        let mut reports = 1;
        while reports < 8 && numbers.below(20) < 11 {
            reports += 1;
        }
        for _ in 0..reports {
            let id = format!("d{:08}", out.len());
            let mut own = vec![event(&mut numbers, format!("{id}#1"), told)];
            if numbers.below(5) == 0 {
                let other = happening(&mut numbers, day);
                own.push(event(&mut numbers, format!("{id}#2"), other));
            }
            made += own.len() as u64;
            let document = DocumentHead {
                id: id.clone(),
                url: None,
                outlet: Some(format!("outlet {}", numbers.below(40))),
                title: Some(id.clone()),
                published: Some(date(day + 1)),
                language: Some("ar".into()),
                sha256: id,
                chars: 1000,
            };
            own.shrink_to_fit();
            // Names that the reports of one happening share, and words of the report's own.
            let shared = (0..3).map(|n| RareWord((told.town * 31 + told.day * 7 + n) as u32, n as u32, (n % 2) as u8));
            let rare = shared.chain((0..9).map(|n| RareWord(numbers.below(1 << 32) as u32, 10 + n, (n % 2) as u8))).collect();
            out.push(Coded { record: marsad_model::RECORD.into(), document, events: own, rare, diagnostics: Vec::new() });
        }
    }
    out.shrink_to_fit();
    out
}

fn main() {
    let events = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(10_000);
    let documents = documents(events);
    let began = std::time::Instant::now();
    let mut incidents = 0;
    link_each(&documents, &Model::fitted(), &Known::default(), |_| incidents += 1);
    println!("events={events} seconds={:.2} incidents={incidents}", began.elapsed().as_secs_f64());
}
