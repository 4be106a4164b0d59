//! Actions of the codebook and their places in ACLED and PLOVER.

use crate::codes::vocabulary;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

vocabulary! {
    /// What was done (codebook, section 2).
    Action {
        /// Armed people attack, ambush, raid or shoot at a target.
        ArmedAttack = "armed_attack",
        /// Two sides fight each other.
        Clash = "clash",
        /// A selected person is killed, or the attempt.
        Assassination = "assassination",
        /// People held captive are put to death.
        Execution = "execution",
        /// Strike from aircraft, or aircraft type unsaid.
        Airstrike = "airstrike",
        /// Strike by an unmanned aircraft.
        DroneStrike = "drone_strike",
        /// Artillery, mortar, rocket or tank fire.
        Shelling = "shelling",
        /// Guided, cruise or ballistic missile.
        MissileStrike = "missile_strike",
        /// Planted bomb, mine, unexploded ordnance.
        ExplosiveDevice = "explosive_device",
        /// Vehicle bomb without a suicide bomber.
        CarBomb = "car_bomb",
        /// The attacker dies by his own bomb.
        SuicideAttack = "suicide_attack",
        /// Hand grenade.
        Grenade = "grenade",
        /// A blast whose cause is not said.
        Explosion = "explosion",
        /// Toxic agents.
        ChemicalAttack = "chemical_attack",
        /// Seized and held by a non-authority, disappeared.
        Abduction = "abduction",
        /// Arrested or held by those who rule there.
        Detention = "detention",
        /// Ill-treatment in custody, death under torture.
        Torture = "torture",
        /// Rape and other sexual violence.
        SexualViolence = "sexual_violence",
        /// People killed, manner not said; a body found.
        Killing = "killing",
        /// Search, sweep or security operation.
        Raid = "raid",
        /// A place is captured.
        TerritoryGain = "territory_gain",
        /// A force leaves a place.
        Withdrawal = "withdrawal",
        /// Reinforcements, patrols, a new base.
        Deployment = "deployment",
        /// Flights or air cover without a strike.
        AirActivity = "air_activity",
        /// A weapon shot down, defused or seized.
        Interception = "interception",
        /// Truce, deal, exchange, reconciliation.
        Agreement = "agreement",
        /// Demonstration, sit-in, strike.
        Protest = "protest",
        /// Violent demonstration, mob violence.
        Riot = "riot",
        /// Looting, arson, demolition, theft of property.
        Destruction = "destruction",
        /// People driven out or fleeing.
        Displacement = "displacement",
        /// Blockade, closed roads, denial of aid.
        Siege = "siege",
    }
}

/// Actions that reports mix up with each other, so that two reports of one happening may differ within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// Fighting on the ground and killing.
    Armed,
    /// Strikes from the air.
    Air,
    /// Artillery, rockets, missiles.
    IndirectFire,
    /// Blasts.
    Blast,
    /// Seizing of people, and searches.
    Seizure,
    /// Crowds.
    Crowd,
    /// Change of who holds a place.
    Control,
    /// Movement of forces.
    Movement,
    /// An action that stands alone.
    Own(Action),
}

/// ACLED's classes (ACLED codebook, 2024 edition).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Acled {
    /// Event type.
    pub event_type: &'static str,
    /// Sub-event type.
    pub sub_event_type: &'static str,
}

/// PLOVER's classes (PLOVER codebook, version 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Plover {
    /// Event type.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Mode, empty where PLOVER has none.
    pub mode: &'static str,
}

impl Action {
    /// The family of actions that it may be told as.
    pub const fn family(self) -> Family {
        use Action::*;
        match self {
            ArmedAttack | Clash | Assassination | Execution | Killing => Family::Armed,
            Airstrike | DroneStrike => Family::Air,
            Shelling | MissileStrike => Family::IndirectFire,
            ExplosiveDevice | CarBomb | SuicideAttack | Grenade | Explosion => Family::Blast,
            Abduction | Detention | Raid => Family::Seizure,
            Protest | Riot => Family::Crowd,
            TerritoryGain | Withdrawal => Family::Control,
            Deployment | AirActivity => Family::Movement,
            other => Family::Own(other),
        }
    }

    /// ACLED's class. `civilian_target` tells whether civilians were aimed at, `state_actor` whether a state acts.
    pub const fn acled(self, civilian_target: bool, state_actor: bool) -> Acled {
        use Action::*;
        const fn class(event_type: &'static str, sub_event_type: &'static str) -> Acled {
            Acled { event_type, sub_event_type }
        }
        const REMOTE: &str = "Explosions/Remote violence";
        const AGAINST: &str = "Violence against civilians";
        const STRATEGIC: &str = "Strategic developments";
        match self {
            ArmedAttack | Assassination if civilian_target => class(AGAINST, "Attack"),
            ArmedAttack | Assassination | Clash => class("Battles", "Armed clash"),
            Execution | Torture | Killing => class(AGAINST, "Attack"),
            Airstrike | DroneStrike => class(REMOTE, "Air/drone strike"),
            Shelling | MissileStrike => class(REMOTE, "Shelling/artillery/missile attack"),
            ExplosiveDevice | CarBomb | Explosion => class(REMOTE, "Remote explosive/landmine/IED"),
            SuicideAttack => class(REMOTE, "Suicide bomb"),
            Grenade => class(REMOTE, "Grenade"),
            ChemicalAttack => class(REMOTE, "Chemical weapon"),
            Abduction => class(AGAINST, "Abduction/forced disappearance"),
            SexualViolence => class(AGAINST, "Sexual violence"),
            Detention => class(STRATEGIC, "Arrests"),
            TerritoryGain if state_actor => class("Battles", "Government regains territory"),
            TerritoryGain => class("Battles", "Non-state actor overtakes territory"),
            Withdrawal => class(STRATEGIC, "Non-violent transfer of territory"),
            Interception => class(STRATEGIC, "Disrupted weapons use"),
            Agreement => class(STRATEGIC, "Agreement"),
            Destruction => class(STRATEGIC, "Looting/property destruction"),
            Raid | Deployment | AirActivity | Displacement | Siege => class(STRATEGIC, "Other"),
            Protest => class("Protests", "Peaceful protest"),
            Riot => class("Riots", "Violent demonstration"),
        }
    }

    /// PLOVER's class.
    pub const fn plover(self) -> Plover {
        use Action::*;
        let (kind, mode) = match self {
            ArmedAttack | Clash => ("ASSAULT", "firearms"),
            Assassination => ("ASSAULT", "assassinate"),
            Execution => ("ASSAULT", "execute"),
            Airstrike => ("ASSAULT", "aerial"),
            DroneStrike => ("ASSAULT", "drone"),
            Shelling | MissileStrike => ("ASSAULT", "heavy-weapons"),
            ExplosiveDevice | CarBomb | Grenade | Explosion => ("ASSAULT", "explosives"),
            SuicideAttack => ("ASSAULT", "suicide-attack"),
            ChemicalAttack => ("ASSAULT", "unconventional"),
            Abduction => ("ASSAULT", "abduct"),
            Torture => ("ASSAULT", "torture"),
            SexualViolence => ("ASSAULT", "sexual"),
            Killing | TerritoryGain => ("ASSAULT", ""),
            Destruction => ("ASSAULT", "destroy"),
            Detention => ("COERCE", "arrest"),
            Raid => ("COERCE", ""),
            Interception => ("COERCE", "seize"),
            Displacement => ("COERCE", "deport"),
            Siege => ("COERCE", "restrict"),
            Withdrawal => ("RETREAT", "withdraw"),
            Deployment => ("MOBILIZE", "troops"),
            AirActivity => ("MOBILIZE", ""),
            Agreement => ("AGREE", ""),
            Protest => ("PROTEST", "demo"),
            Riot => ("PROTEST", "riot"),
        };
        Plover { kind, mode }
    }

    /// Rank for "most specific action wins" (codebook, section 2): smaller is more specific.
    pub const fn specificity(self) -> u8 {
        use Action::*;
        match self {
            ChemicalAttack => 0,
            SuicideAttack => 1,
            CarBomb => 2,
            DroneStrike => 3,
            Airstrike => 4,
            MissileStrike => 5,
            Shelling => 6,
            Grenade => 7,
            ExplosiveDevice => 8,
            Assassination | Execution | Torture | SexualViolence => 9,
            Clash => 10,
            Explosion => 11,
            ArmedAttack => 12,
            Killing => 20,
            Raid => 16,
            _ => 15,
        }
    }

    /// Whether the action harms people or things.
    pub const fn is_violent(self) -> bool {
        use Action::*;
        !matches!(self, Withdrawal | Deployment | AirActivity | Interception | Agreement | Protest | Displacement | Siege)
    }
}
