//! A mention: a trigger with what stands around it.

use crate::actor::ActorHit;
use crate::count::Count;
use marsad_language::{Class, FrameKind, Inflection, Prep};
use marsad_model::{Action, Group, ObjectClass, Outcome, Role, WeaponClass};
use std::ops::Range;

/// The code of class `governor` for words that make a row of an event, or a state that goes on.
pub(crate) const SERIES: u32 = 5;

/// A party of an event.
#[derive(Clone, Debug)]
pub(crate) struct Party {
    pub role: Role,
    pub code: String,
    pub unit: Option<String>,
    pub items: Range<usize>,
    pub armed: bool,
    pub rule: Option<u32>,
    /// Whether belonging to it is only charged.
    pub charged: bool,
}

impl Party {
    /// An actor in a role.
    pub fn known(role: Role, a: &ActorHit) -> Self {
        Self {
            role,
            code: a.code.to_owned(),
            unit: a.unit.map(str::to_owned),
            items: a.items.clone(),
            armed: a.may_fight(),
            rule: Some(a.rule),
            charged: false,
        }
    }
    /// The body that it is: its code, or of all that the codebook calls "other" its name.
    pub fn body(&self) -> &str {
        body(&self.code, self.unit.as_deref())
    }
    /// People without arms, told by the words of `items`.
    pub fn unarmed(role: Role, code: &str, items: Range<usize>) -> Self {
        Self { role, code: code.to_owned(), unit: None, items, armed: false, rule: None, charged: false }
    }
}

/// A code, or of all that the codebook calls "other" the name that the lexicon has.
pub(crate) fn body<'a>(code: &'a str, unit: Option<&'a str>) -> &'a str {
    if code == "other" { unit.unwrap_or(code) } else { code }
}

/// A toll.
#[derive(Clone, Debug)]
pub(crate) struct Toll {
    pub outcome: Outcome,
    pub group: Group,
    pub of: Option<String>,
    pub count: Count,
    pub items: Range<usize>,
    /// Whether it counts a part of another toll.
    pub part: bool,
}

/// A trigger and what stands around it.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    pub sentence: usize,
    pub pivot: usize,
    /// The trigger's item.
    pub item: usize,
    /// The trigger with its number and adjectives.
    pub items: Range<usize>,
    pub frame: u32,
    pub kind: FrameKind,
    pub action: Action,
    pub outcome: Option<Outcome>,
    pub verb: bool,
    pub definite: bool,
    pub pronoun: bool,
    pub people: bool,
    pub negated: bool,
    pub modal: Option<(Class, usize)>,
    pub because: bool,
    pub prep: Option<Prep>,
    pub and: bool,
    pub relative: bool,
    pub count: Option<Count>,
    pub parties: Vec<Party>,
    pub weapons: Vec<(WeaponClass, Range<usize>)>,
    pub objects: Vec<(ObjectClass, Range<usize>)>,
    /// Indices into the sentence's places.
    pub places: Vec<usize>,
    pub tolls: Vec<Toll>,
    /// Whether an adjective says that it came from the air.
    pub air: bool,
    /// Whether rounds are named, but not what fired them.
    pub shells: bool,
    /// Whether what its frame needs stands by it.
    pub met: bool,
    /// The mention that it goes on with.
    pub absorbed_by: Option<usize>,
    /// Whether a light verb carries it.
    pub carried: bool,
    /// Whether the verb that carries it says that its subject did it.
    pub acts: bool,
    /// Whether somebody came upon those who are counted.
    pub found: bool,
    /// The form of that verb.
    pub carrier: Option<Inflection>,
    /// The word before it that says it is only spoken of (codes of class `governor`).
    pub governor: Option<u32>,
    /// Items where its part of the sentence ends.
    pub reach: usize,
    /// Whether it stands in a heading.
    pub heading: bool,
    /// Whether words say where one side of it ends.
    pub sided: bool,
    /// Whether no crowd stands by it: demonstrators that another word rules («لتفريق المتظاهرين»), or a state that protests in words.
    pub ruled: bool,
    /// Whether those who gather are ten or more.
    pub crowd: bool,
    /// Whether a kind of place, or a thing, is told as where it was, though no name of a place is known.
    pub site: bool,
    /// Whether fighters whose side is not told did it: «القوات», «الجنود».
    pub manned: bool,
    /// Whether it is a verb of striking whose subject is told nowhere in its sentence: «كما استهدفت قرية …».
    pub elided: bool,
    /// Whether both sides that were told before did it: «تبادل الطرفان القصف».
    pub both: bool,
    /// Whether an adjective says that it was like the one told before: «قصف مماثل».
    pub alike: bool,
    /// Whether those who demonstrate are named as known: «المتظاهرون», without a number.
    pub known: bool,
}

impl Mention {
    pub fn has_perpetrator(&self) -> bool {
        self.parties.iter().any(|p| p.role == Role::Perpetrator)
    }
}
