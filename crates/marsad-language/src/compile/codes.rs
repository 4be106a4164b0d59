//! Codes: the numbers that stand for the values of classes.

use crate::class::{Class, Guard, Prep, Report};
use marsad_model::{Group, ObjectClass, SourceKind, WeaponClass};

/// The code of a class's value; of those that stand for people only casualty groups have one.
pub(super) fn encode(class: Class, value: &str) -> Option<u32> {
    fn at<T: PartialEq + Copy>(all: &[T], one: Option<T>) -> Option<u32> {
        one.and_then(|o| all.iter().position(|x| *x == o)).map(|p| p as u32)
    }
    match class {
        Class::Person | Class::Unit => at(Group::ALL, Group::from_name(value)),
        Class::Weapon => at(WeaponClass::ALL, WeaponClass::from_name(value)),
        Class::WeaponAdj => match value {
            "air" => Some(100),
            "ground" => Some(101),
            "sea" => Some(102),
            "heavy" => Some(103),
            _ => at(WeaponClass::ALL, WeaponClass::from_name(value)),
        },
        Class::Object => at(ObjectClass::ALL, ObjectClass::from_name(value)),
        Class::Source => at(SourceKind::ALL, SourceKind::from_name(value)),
        Class::Report => Report::from_name(value).map(Report::code),
        Class::Prep => Prep::from_name(value).map(Prep::code),
        Class::Guard | Class::GuardWeak => Guard::from_name(value).map(Guard::code),
        Class::Number | Class::Vague | Class::NumberPair | Class::Multiplier => value.parse().ok(),
        Class::Ordinal => Some(value.parse().unwrap_or(0)),
        Class::Time => time_code(value),
        Class::Verb => Some(0),
        _ if names(class).is_empty() => Some(0),
        _ => Some(names(class).iter().position(|n| *n == value)? as u32),
    }
}

/// Months are 1 to 12, Hijri months 101 to 112, weekdays 201 (Monday) to 207, days from today 300 + n, seasons 401 (winter) to 404.
fn time_code(value: &str) -> Option<u32> {
    const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    if let Some(day) = WEEKDAYS.iter().position(|d| *d == value) {
        return Some(201 + day as u32);
    }
    if let Some(month) = value.strip_prefix('h') {
        return month.parse().ok().filter(|m| (1..=12).contains(m)).map(|m: u32| 100 + m);
    }
    if let Some(season) = names(Class::Season).iter().position(|s| *s == value) {
        return Some(401 + season as u32);
    }
    if value == "0" || value.starts_with(['+', '-']) {
        return value.parse::<i32>().ok().map(|d| (300 + d) as u32);
    }
    value.parse().ok().filter(|m| (1..=12).contains(m))
}

/// The values of the classes that have few.
pub(super) const fn names(class: Class) -> &'static [&'static str] {
    match class {
        Class::Direction => &["n", "s", "e", "w", "ne", "nw", "se", "sw", "centre"],
        Class::Daypart => &["dawn", "morning", "noon", "afternoon", "evening", "night", "midnight", "day"],
        Class::TimeUnit => {
            &["day", "week", "month", "year", "hour", "minute", "season", "decade", "night", "second", "quarter", "half", "century"]
        }
        Class::TimePrep => &["during", "since", "before", "after", "until", "at", "between", "from", "when", "on"],
        Class::Body => &[
            "organisation",
            "movement",
            "group",
            "party",
            "front",
            "faction",
            "militia",
            "brigade",
            "division",
            "coalition",
            "force",
            "service",
            "aircraft",
        ],
        Class::Total => &["total", "rise"],
        Class::Among => &["among", "of_them"],
        Class::Background => &["recall", "earlier", "before"],
        Class::Habit => &["habit", "escalation"],
        Class::Season => &["winter", "spring", "summer", "autumn"],
        Class::Approx => &["about", "at_least", "more_than", "up_to", "less_than", "nearly", "range", "exactly"],
        Class::PlaceKind => &[
            "city",
            "town",
            "village",
            "quarter",
            "camp",
            "district",
            "governorate",
            "countryside",
            "desert",
            "mountain",
            "road",
            "crossing",
            "airport",
            "base",
            "river",
            "bridge",
            "area",
            "border",
            "front",
            "checkpoint",
            "dam",
            "field",
            "region",
            "sea",
            "island",
            "country",
            "site",
            "prison",
            "port",
            "land",
        ],
        Class::Negation => &["negated", "not-a-negation"],
        Class::Particle => &["anna", "qad", "alla", "emphasis", "vocative", "question", "passive-tamma", "filler"],
        Class::Response => &["answer", "after", "later", "with", "besides"],
        Class::SameDay => &["same", "next", "previous", "since"],
        Class::TimeSpan => &["day-hours", "two-days-hours", "weeks", "months", "years", "recent"],
        Class::Governor => &["irrealis", "court", "memory", "talk", "holding", "series"],
        Class::Conj => &["and", "or", "but", "while", "where", "because", "if", "new", "after"],
        Class::Light => &["perp", "target", "happen", "toll", "reach", "find", "mutual"],
        Class::Near => &["near", "distance", "between", "belongs", "seat"],
        Class::Marker => &[
            "against", "by", "party", "toll", "count", "sides", "belongs", "behind", "ascribed", "regular", "losses", "suicide", "several",
            "mourned", "held", "alike", "both", "carries", "origin", "theirs", "false",
        ],
        _ => &[],
    }
}
