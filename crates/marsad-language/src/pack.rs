//! A compiled pack: plain data that can be stored and read back.

use crate::class::{Class, classes};
use crate::morphology::Inflection;
use jiff::civil::Date;
use marsad_model::{Action, Outcome, WeaponClass};
use serde::{Deserialize, Serialize};

/// One meaning of a form or phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sense {
    /// Its class.
    pub class: Class,
    /// What the class says it is: a code of the class's vocabulary, a number, or an index into the pack.
    pub value: u32,
    /// Index into [`Pack::rules`].
    pub rule: u32,
}

/// A language pack.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Pack {
    /// BCP 47 code.
    pub language: String,
    /// Word forms, folded, without article; the position is the form's id.
    pub forms: Vec<String>,
    /// Senses of each form.
    pub senses: Vec<Vec<(Sense, Inflection)>>,
    /// Edges of the phrase trie: (node, form, next node); node 0 is the root.
    pub edges: Vec<(u32, u32, u32)>,
    /// Senses of the phrases that end at a node.
    pub ends: Vec<Vec<(Sense, Inflection)>>,
    /// Nodes of phrases whose last word may stand apart from the verb before it, ascending.
    pub split: Vec<u32>,
    /// Names of rules, for explanations.
    pub rules: Vec<String>,
    /// Frames.
    pub frames: Vec<Frame>,
    /// Named role sets.
    pub role_sets: Vec<RoleSet>,
    /// Actors.
    pub actors: Vec<Actor>,
    /// Actor ids by which persons, nations and generics are told, interned.
    pub ids: Vec<String>,
    /// States.
    pub nations: Vec<Nation>,
    /// Actors by country.
    pub generics: Vec<Generic>,
    /// Actors by whom they are joined to.
    pub besides: Vec<Beside>,
    /// Clitics.
    pub article: String,
    /// Every combination of proclitics: written form and flags, see [`crate::Reading`].
    pub proclitics: Vec<(String, u8)>,
    /// Enclitic pronouns, longest first.
    pub enclitics: Vec<String>,
    /// Shortest remainder in bytes once clitics are taken away.
    pub shortest: usize,
    /// The examples of the frames.
    pub proofs: Vec<Proof>,
}

classes! {
    /// How a frame makes events.
    FrameKind {
        /// A violent act of a certain kind.
        Attack = "attack",
        /// A violent act whose kind the means decide.
        Generic = "generic",
        /// Harm that came of an act; alone it is an event of its own.
        Toll = "toll",
        /// Any other act.
        Deed = "deed",
    }
}

classes! {
    /// What a phrase by a trigger means.
    Slot {
        /// Nothing.
        None = "none",
        /// Who did it.
        Perpetrator = "perpetrator",
        /// Who or what it was aimed at.
        Target = "target",
        /// Who was harmed.
        Victim = "victim",
        /// The people counted by the frame's outcome.
        Counted = "counted",
        /// The means; a place where it names one.
        Means = "means",
        /// Where.
        Place = "place",
        /// One of several parties: the first acts, the next suffers.
        Party = "party",
        /// Who stands beside the perpetrator.
        Ally = "ally",
        /// Where it set out.
        Origin = "origin",
        /// Where it went.
        Goal = "goal",
        /// An act that this one caused or was caused by.
        Act = "act",
    }
}

classes! {
    /// What must stand by a trigger whose words alone are not enough.
    Needs {
        /// Something armed, a weapon, or people harmed.
        Force = "force",
        /// A weapon or platform.
        Weapon = "weapon",
        /// A place that changes hands.
        Place = "place",
        /// A place, and an armed party that loses it.
        Ousted = "ousted",
        /// People who are counted or named as harmed or seized, or something armed.
        Counted = "counted",
        /// Those who flee: armed people and a place, or people without arms in a report of violence, who are then displaced.
        Flight = "flight",
        /// People harmed by something armed, here or in the sentences around.
        Harm = "harm",
        /// A light verb that carries it.
        Carried = "carried",
        /// An armed perpetrator, and a place.
        Troops = "troops",
        /// A light verb of coming together, or a number.
        Gathering = "gathering",
        /// A crowd.
        People = "people",
        /// What was fired at the head of a line without a verb, and what it hit: the frame of such lines has no words of its own.
        Line = "line",
    }
}

/// What the phrases around a trigger mean.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RoleSet {
    /// Its name.
    pub name: String,
    /// The subject of the verb.
    pub subject: Slot,
    /// The object of the verb.
    pub object: Slot,
    /// The genitive of the event noun.
    pub of: Slot,
    /// The genitive where another bare noun phrase follows; that one takes `object`.
    pub of_then: Slot,
    /// The adjective of nationality.
    pub adjective: Slot,
    /// By preposition, indexed by [`crate::Prep`] code.
    pub prep: Vec<Slot>,
}

/// A trigger's meaning.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Frame {
    /// Its id, as `explain` prints it.
    pub id: String,
    /// How it makes events.
    pub kind: FrameKind,
    /// The action of the event.
    pub action: Action,
    /// The outcome that it counts.
    pub outcome: Option<Outcome>,
    /// Index into [`Pack::role_sets`].
    pub roles: u16,
    /// What must stand by it, where the words alone are not enough.
    pub needs: Option<Needs>,
    /// The weapon that the words imply.
    pub weapon: Option<WeaponClass>,
}

classes! {
    /// What kind of body an actor is.
    ActorKind {
        /// A state or its government.
        State = "state",
        /// A leader.
        Leader = "leader",
        /// An army.
        Army = "army",
        /// Police.
        Police = "police",
        /// A security service.
        Security = "security",
        /// A militia.
        Militia = "militia",
        /// An armed group.
        ArmedGroup = "armed_group",
        /// An alliance that fights together.
        Coalition = "coalition",
        /// A political alliance.
        Alliance = "alliance",
        /// A court.
        Court = "court",
        /// Settlers.
        Settlers = "settlers",
        /// Rescuers.
        CivilDefence = "civil_defence",
        /// An aid organisation.
        Ngo = "ngo",
        /// The United Nations.
        Un = "un",
        /// Media.
        Media = "media",
        /// Medical staff.
        Medical = "medical",
        /// A political body.
        Political = "political",
        /// Tribes.
        Tribe = "tribe",
        /// Business.
        Business = "business",
        /// People without a body.
        People = "people",
    }
}

impl ActorKind {
    /// Whether such a body bears arms.
    pub const fn is_armed(self) -> bool {
        use ActorKind::*;
        matches!(self, Army | Police | Security | Militia | ArmedGroup | Coalition | Tribe | Settlers)
    }

    /// Whether such a body tells of violence and suffers it, but does none.
    pub const fn is_bystander(self) -> bool {
        use ActorKind::*;
        matches!(self, CivilDefence | Ngo | Un | Media | Medical)
    }
}

/// An actor of the lexicon.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Actor {
    /// The codebook id, perhaps with a part after a dot.
    pub id: String,
    /// Its English name.
    pub english: String,
    /// What kind of body it is.
    pub kind: ActorKind,
    /// ISO 3166-1 code of its home.
    pub country: Option<String>,
    /// First day on which the names mean it.
    pub from: Option<Date>,
    /// Last day on which the names mean it.
    pub until: Option<Date>,
}

impl Actor {
    /// The codebook id without its part.
    pub fn code(&self) -> &str {
        self.id.split('.').next().unwrap_or(&self.id)
    }
}

/// A state.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Nation {
    /// ISO 3166-1 code.
    pub country: String,
    /// Codebook id of its state.
    pub actor: String,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
}

/// An actor that the country of the report decides.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Generic {
    /// What kind of body it is.
    pub kind: ActorKind,
    /// (ISO 3166-1 code, codebook id).
    pub by_country: Vec<(String, String)>,
    /// Elsewhere.
    pub default: Option<String>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
}

/// Whom the words for some bodies mean where a conjunction joins them to another: «القوات التركية والفصائل».
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Beside {
    /// The codebook id of the body named before.
    pub after: String,
    /// The codebook ids that the words would have alone.
    pub named: Vec<String>,
    /// The codebook id that they have beside it.
    pub actor: String,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
}

/// An example of a frame.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Proof {
    /// The file, relative to the pack.
    pub file: String,
    /// Its line.
    pub line: u32,
    /// The frame.
    pub frame: String,
    /// The sentence.
    pub text: String,
    /// What must come out: (slot, words or value); empty where nothing may come out.
    pub expect: Vec<(String, String)>,
    /// Whether the sentence must give an event.
    pub positive: bool,
}
