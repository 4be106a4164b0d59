//! The slots of an event as people see them: names in both languages, colours.

use anstyle::AnsiColor;
use marsad_model::{Action, Certainty, Outcome, Realis, Role, Scope};

/// A kind of slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// What was done.
    Action,
    /// When.
    When,
    /// Where.
    Where,
    /// Who did it.
    Perpetrator,
    /// Whom it was aimed at, or harmed.
    Target,
    /// Who took part otherwise.
    Beside,
    /// With what.
    Weapon,
    /// What was hit.
    Object,
    /// How many were harmed.
    Harm,
    /// Who says so.
    Source,
    /// How it stands to another event.
    Relation,
}

impl Slot {
    /// Those that stand in the text, in the order of the legend.
    pub const MARKED: &[Self] = &[
        Self::Action,
        Self::Perpetrator,
        Self::Target,
        Self::Beside,
        Self::Weapon,
        Self::Object,
        Self::Harm,
        Self::When,
        Self::Where,
        Self::Source,
    ];

    /// The slot that a participant's role gives.
    pub fn of_role(role: Role) -> Self {
        match role {
            Role::Perpetrator => Self::Perpetrator,
            Role::Target | Role::Victim => Self::Target,
            Role::Ally | Role::Responder => Self::Beside,
        }
    }

    /// Whether a reason of that slot name may speak of this slot.
    pub fn answers_to(self, name: &str) -> bool {
        match self {
            Self::Action => matches!(name, "action" | "trigger" | "scope" | "realis"),
            Self::When => name == "when",
            Self::Where => matches!(name, "where" | "places" | "place"),
            Self::Perpetrator => matches!(name, "participants" | "participant" | "perpetrator"),
            Self::Target => matches!(name, "participants" | "participant" | "target" | "victim"),
            Self::Beside => matches!(name, "participants" | "participant" | "ally" | "responder"),
            Self::Weapon => matches!(name, "weapons" | "weapon"),
            Self::Object => matches!(name, "objects" | "object"),
            Self::Harm => matches!(name, "casualties" | "casualty"),
            Self::Source => matches!(name, "attribution" | "source"),
            Self::Relation => matches!(name, "relations" | "relation"),
        }
    }

    /// Short name, also the CSS class.
    pub fn class(self) -> &'static str {
        match self {
            Self::Action => "action",
            Self::When => "when",
            Self::Where => "where",
            Self::Perpetrator => "perpetrator",
            Self::Target => "target",
            Self::Beside => "beside",
            Self::Weapon => "weapon",
            Self::Object => "object",
            Self::Harm => "harm",
            Self::Source => "source",
            Self::Relation => "relation",
        }
    }

    /// Arabic name.
    pub fn arabic(self) -> &'static str {
        match self {
            Self::Action => "الفعل",
            Self::When => "متى",
            Self::Where => "أين",
            Self::Perpetrator => "الفاعل",
            Self::Target => "المستهدَف",
            Self::Beside => "مشارك",
            Self::Weapon => "السلاح",
            Self::Object => "الهدف المادي",
            Self::Harm => "الضحايا",
            Self::Source => "المصدر",
            Self::Relation => "الصلة",
        }
    }

    /// Colour in the terminal.
    pub fn color(self) -> AnsiColor {
        match self {
            Self::Action => AnsiColor::Red,
            Self::When => AnsiColor::Blue,
            Self::Where => AnsiColor::Green,
            Self::Perpetrator => AnsiColor::Magenta,
            Self::Target => AnsiColor::Cyan,
            Self::Beside => AnsiColor::BrightMagenta,
            Self::Weapon => AnsiColor::Yellow,
            Self::Object => AnsiColor::BrightCyan,
            Self::Harm => AnsiColor::BrightRed,
            Self::Source => AnsiColor::BrightBlue,
            Self::Relation => AnsiColor::BrightBlack,
        }
    }
}

/// Arabic name of an action.
pub fn action(action: Action) -> &'static str {
    match action {
        Action::ArmedAttack => "هجوم مسلح",
        Action::Clash => "اشتباك",
        Action::Assassination => "اغتيال",
        Action::Execution => "إعدام",
        Action::Airstrike => "غارة جوية",
        Action::DroneStrike => "ضربة بطائرة مسيّرة",
        Action::Shelling => "قصف",
        Action::MissileStrike => "ضربة صاروخية",
        Action::ExplosiveDevice => "عبوة ناسفة أو لغم",
        Action::CarBomb => "سيارة مفخخة",
        Action::SuicideAttack => "هجوم انتحاري",
        Action::Grenade => "قنبلة يدوية",
        Action::Explosion => "انفجار",
        Action::ChemicalAttack => "هجوم كيميائي",
        Action::Abduction => "خطف",
        Action::Detention => "اعتقال",
        Action::Torture => "تعذيب",
        Action::SexualViolence => "عنف جنسي",
        Action::Killing => "قتل",
        Action::Raid => "مداهمة",
        Action::TerritoryGain => "سيطرة",
        Action::Withdrawal => "انسحاب",
        Action::Deployment => "انتشار وتعزيزات",
        Action::AirActivity => "نشاط جوي",
        Action::Interception => "إسقاط أو ضبط سلاح",
        Action::Agreement => "اتفاق",
        Action::Protest => "احتجاج",
        Action::Riot => "شغب",
        Action::Destruction => "تخريب ونهب",
        Action::Displacement => "تهجير ونزوح",
        Action::Siege => "حصار",
    }
}

/// Arabic name of a scope.
pub fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Incident => "حادثة",
        Scope::Background => "خلفية",
        Scope::Aggregate => "حصيلة",
    }
}

/// Arabic name of a realis, where it is worth a word.
pub fn realis(realis: Realis) -> Option<&'static str> {
    match realis {
        Realis::Actual => None,
        Realis::Negated => Some("منفي"),
        Realis::Future => Some("مستقبل"),
        Realis::Hypothetical => Some("مفترض"),
    }
}

/// Arabic name of a role.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Perpetrator => "الفاعل",
        Role::Target => "المستهدَف",
        Role::Victim => "المتضرر",
        Role::Ally => "الحليف",
        Role::Responder => "المتدخل",
    }
}

/// Arabic name of an outcome.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Killed => "قتلى",
        Outcome::Injured => "جرحى",
        Outcome::Abducted => "مخطوفون",
        Outcome::Detained => "معتقلون",
        Outcome::Missing => "مفقودون",
        Outcome::Displaced => "مهجّرون",
        Outcome::Captured => "أسرى",
    }
}

/// Arabic name of a certainty, where it is worth a word.
pub fn certainty(certainty: Certainty) -> Option<&'static str> {
    match certainty {
        Certainty::Stated => None,
        Certainty::Suspected => Some("مرجّح"),
        Certainty::Claimed => Some("أعلن مسؤوليته"),
        Certainty::Accused => Some("متهم"),
        Certainty::Denied => Some("ينفي"),
    }
}
