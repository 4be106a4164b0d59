//! The classes of words that the engine knows.

use serde::{Deserialize, Serialize};

/// Declares an enum with snake-case (or given) names in data and dense codes.
macro_rules! classes {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant),+ }
        impl $name {
            /// Every value; the position is the code that senses carry.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The name in data files.
            pub const fn name(self) -> &'static str { match self { $(Self::$variant => $text),+ } }
            /// The value of that name.
            pub fn from_name(name: &str) -> Option<Self> { match name { $($text => Some(Self::$variant),)+ _ => None } }
            /// The code that senses carry.
            pub const fn code(self) -> u32 { self as u32 }
        }
    };
}
pub(crate) use classes;

classes! {
    /// What a word or phrase is, as far as coding cares.
    Class {
        /// Tells an event or a toll; value: a frame.
        Frame = "frame",
        /// A verb that carries an event noun and gives it a subject or an object.
        Light = "light",
        /// Any other verb: it ends a noun phrase and opens a clause.
        Verb = "verb",
        /// Says something; value: [`Report`].
        Report = "report",
        /// People; value: casualty group, or a codebook actor.
        Person = "person",
        /// A noun that stands before an actor and means people or things of it.
        Unit = "unit",
        /// A weapon or platform.
        Weapon = "weapon",
        /// An adjective that tells the means.
        WeaponAdj = "weapon-adj",
        /// A thing aimed at.
        Object = "object",
        /// A kind of place.
        PlaceKind = "placekind",
        /// A direction.
        Direction = "direction",
        /// A word for nearness.
        Near = "near",
        /// Who may be a source.
        Source = "source",
        /// Makes what is said less sure.
        Hedge = "hedge",
        /// Denies what follows.
        Negation = "negation",
        /// Puts what follows into the future.
        Future = "future",
        /// An attempt.
        Attempt = "attempt",
        /// Something foiled.
        Foiled = "foiled",
        /// A condition.
        Conditional = "conditional",
        /// A habit or series.
        Habit = "habit",
        /// Opens what is told for context.
        Background = "background",
        /// Leads from one happening to another: in answer, after it, at the same time.
        Response = "response",
        /// Leads from an attack to its toll.
        Cause = "cause",
        /// Leads from a toll to its attack.
        Because = "because",
        /// A month, a weekday, or a day counted from today.
        Time = "time",
        /// A part of the day.
        Daypart = "daypart",
        /// A unit of time.
        TimeUnit = "timeunit",
        /// "last".
        PastAdj = "past-adj",
        /// "next".
        NextAdj = "next-adj",
        /// "this".
        ThisAdj = "this-adj",
        /// "beginning of".
        StartOf = "start-of",
        /// "end of".
        EndOf = "end-of",
        /// "middle of".
        MiddleOf = "middle-of",
        /// A preposition of time.
        TimePrep = "timeprep",
        /// A span of time told by one phrase.
        TimeSpan = "timespan",
        /// A season.
        Season = "season",
        /// A number word.
        Number = "number",
        /// Two of what follows.
        NumberPair = "number-pair",
        /// All, most, part of what follows.
        Quantifier = "quantifier",
        /// A running total.
        Total = "total",
        /// Makes a number a bound.
        Approx = "approx",
        /// Counts without a number.
        Vague = "vague",
        /// An ordinal.
        Ordinal = "ordinal",
        /// A preposition; value: [`Prep`].
        Prep = "prep",
        /// A conjunction.
        Conj = "conj",
        /// Opens a relative clause.
        Relative = "relative",
        /// A pronoun.
        Pronoun = "pronoun",
        /// A demonstrative.
        Demonstrative = "demonstrative",
        /// A particle.
        Particle = "particle",
        /// "among them".
        Among = "among",
        /// "other".
        OtherPerson = "other-person",
        /// Says that a happening is another one: "a further", "similar".
        Another = "another",
        /// Shows that violent words are not violence; value: [`Guard`].
        Guard = "guard",
        /// An actor.
        Actor = "actor",
        /// An actor where the document speaks of it anyhow.
        WeakActor = "weak-actor",
        /// A state by its name.
        Nation = "nation",
        /// A state by its adjective.
        NationAdj = "nation-adj",
        /// An actor by the country of the report.
        Generic = "generic",
        /// Stands before an event noun and says that it is only spoken of.
        Governor = "governor",
        /// Opens what follows the report on its page.
        Tail = "tail",
        /// A bulletin of all that happened on a day.
        Roundup = "roundup",
        /// A kind of body; with the article it means the one named so before.
        Body = "body",
        /// A word for a rocket or a missile: which of them, those who fired it decide.
        Projectile = "projectile",
        /// Words that are never what they look like.
        Stop = "stop",
        /// Common words that are nobody's and no place's name.
        Common = "common",
        /// One side of several.
        Side = "side",
        /// Shows, with others, that violent words are not violence; value: [`Guard`].
        GuardWeak = "guard-weak",
        /// Multiplies the number before it.
        Multiplier = "multiplier",
        /// A part of one.
        Fraction = "fraction",
        /// The day spoken of.
        SameDay = "sameday",
        /// "the same".
        SameAdj = "same-adj",
        /// An era of years.
        Era = "era",
        /// A feast.
        Feast = "feast",
        /// "was": with a verb in the past after it, what that verb tells was earlier.
        Was = "was",
        /// Says that a party is aimed at, or acts, besides the frames: "against".
        Marker = "marker",
    }
}

classes! {
    /// The sense of a preposition.
    Prep {
        /// In, at.
        In = "in",
        /// On, against.
        On = "on",
        /// With, by means of, in.
        By = "by",
        /// For, of, to.
        To = "to",
        /// By the hand of.
        Agent = "agent",
        /// Against.
        Against = "against",
        /// From, of.
        From = "from",
        /// Towards.
        Toward = "toward",
        /// Between.
        Between = "between",
        /// With.
        With = "with",
        /// Helped by, beside.
        Aided = "aided",
        /// As, like.
        As = "as",
        /// About, of.
        About = "about",
        /// After, in the wake of.
        After = "after",
        /// Before.
        Before = "before",
        /// During.
        During = "during",
        /// Until.
        Until = "until",
        /// Near.
        Near = "near",
        /// Inside.
        Inside = "inside",
        /// Over, under, behind, in front of.
        Position = "position",
        /// Without.
        Without = "without",
        /// Any other.
        Other = "other",
    }
}

classes! {
    /// How a report verb says it.
    Report {
        /// Says.
        Neutral = "neutral",
        /// Takes on itself.
        Claim = "claim",
        /// Denies.
        Deny = "deny",
        /// Accuses.
        Accuse = "accuse",
        /// Doubts.
        Doubt = "doubt",
        /// Thinks likely.
        Suspect = "suspect",
        /// Confirms.
        Confirm = "confirm",
        /// Threatens.
        Threaten = "threaten",
        /// Condemns.
        Condemn = "condemn",
        /// Asks for.
        Demand = "demand",
        /// Warns.
        Warn = "warn",
        /// Praises.
        Praise = "praise",
        /// Quotes: "according to".
        According = "according",
    }
}

classes! {
    /// What a sentence with a guard word is about instead.
    Guard {
        /// Sport.
        Sport = "sport",
        /// Politics and words.
        Politics = "politics",
        /// Economy.
        Economy = "economy",
        /// Health.
        Health = "health",
        /// History.
        History = "history",
        /// Fiction and art.
        Fiction = "fiction",
        /// Accidents.
        Accident = "accident",
        /// Natural disasters.
        Disaster = "disaster",
        /// Crime and courts.
        Crime = "crime",
        /// Religion.
        Religion = "religion",
        /// Drills.
        Training = "training",
        /// Figures of speech.
        Metaphor = "metaphor",
        /// Other.
        Other = "other",
    }
}
