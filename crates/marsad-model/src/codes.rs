//! The closed vocabularies of the codebook, other than actions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Declares a closed vocabulary: an enum whose names in data are snake case (or as given).
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant),+ }
        impl $name {
            /// Every value, in codebook order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The name in records and data files.
            pub const fn name(self) -> &'static str { match self { $(Self::$variant => $text),+ } }
            /// The value of that name.
            pub fn from_name(name: &str) -> Option<Self> { match name { $($text => Some(Self::$variant),)+ _ => None } }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.name()) }
        }
    };
}
pub(crate) use vocabulary;

vocabulary! {
    /// How an event stands to the document (codebook, section 1).
    Scope {
        /// A particular happening, told as this document's news.
        Incident = "incident",
        /// A particular earlier happening, retold for context.
        Background = "background",
        /// A total, a series or a habit; never counted as an incident.
        Aggregate = "aggregate",
    }
}
vocabulary! {
    /// Whether the event is told as having happened.
    Realis {
        /// Told as having happened.
        Actual = "actual",
        /// Denied, foiled or said not to have happened.
        Negated = "negated",
        /// Announced, threatened or planned.
        Future = "future",
        /// Only supposed.
        Hypothetical = "hypothetical",
    }
}
vocabulary! {
    /// The part a participant takes.
    Role {
        /// Who did it.
        Perpetrator = "perpetrator",
        /// Who or what it was aimed at.
        Target = "target",
        /// Who was harmed, where not the target.
        Victim = "victim",
        /// Who took part beside the perpetrator.
        Ally = "ally",
        /// Who came to help or secure the place.
        Responder = "responder",
    }
}
vocabulary! {
    /// How surely the document says that a participant took its part.
    Certainty {
        /// In the document's own voice, or by a source without hedge.
        Stated = "stated",
        /// Likely, probably, believed.
        Suspected = "suspected",
        /// Said so itself.
        Claimed = "claimed",
        /// Said so by an opponent or an interested party.
        Accused = "accused",
        /// Denied.
        Denied = "denied",
    }
}
vocabulary! {
    /// What became of people.
    Outcome {
        /// Dead.
        Killed = "killed",
        /// Wounded.
        Injured = "injured",
        /// Seized by a non-authority.
        Abducted = "abducted",
        /// Arrested.
        Detained = "detained",
        /// Not found.
        Missing = "missing",
        /// Driven out or fled.
        Displaced = "displaced",
        /// Taken prisoner or surrendered.
        Captured = "captured",
    }
}
vocabulary! {
    /// The people a toll counts.
    Group {
        /// People not described further.
        All = "all",
        /// Civilians.
        Civilians = "civilians",
        /// Fighters, soldiers, police.
        Combatants = "combatants",
        /// Children.
        Children = "children",
        /// Women.
        Women = "women",
        /// Men.
        Men = "men",
        /// Medical staff.
        Medics = "medics",
        /// Journalists.
        Journalists = "journalists",
    }
}
vocabulary! {
    /// Weapons and the platforms that carry them.
    WeaponClass {
        /// Rifles, pistols, gunfire.
        SmallArms = "small_arms",
        /// Machine guns.
        MachineGun = "machine_gun",
        /// Sniper fire.
        Sniper = "sniper",
        /// Rocket-propelled grenade.
        Rpg = "rpg",
        /// Mortar.
        Mortar = "mortar",
        /// Guns and howitzers.
        Artillery = "artillery",
        /// Unguided rockets.
        Rocket = "rocket",
        /// Guided, cruise or ballistic missiles.
        Missile = "missile",
        /// Anti-tank guided missile.
        Atgm = "atgm",
        /// Tank.
        Tank = "tank",
        /// Bomb dropped from an aircraft.
        AircraftBomb = "aircraft_bomb",
        /// Cluster munition.
        ClusterMunition = "cluster_munition",
        /// Barrel bomb.
        BarrelBomb = "barrel_bomb",
        /// Phosphorus, napalm, thermite.
        Incendiary = "incendiary",
        /// Unmanned aircraft.
        Drone = "drone",
        /// Helicopter.
        Helicopter = "helicopter",
        /// Fixed-wing military aircraft.
        Warplane = "warplane",
        /// Improvised explosive device.
        Ied = "ied",
        /// Landmine.
        Landmine = "landmine",
        /// Unexploded ordnance.
        Uxo = "uxo",
        /// Vehicle bomb.
        VehicleBomb = "vehicle_bomb",
        /// Explosive belt.
        ExplosiveBelt = "explosive_belt",
        /// Hand grenade.
        Grenade = "grenade",
        /// Knife, sword.
        Blade = "blade",
        /// Toxic agent.
        Chemical = "chemical",
        /// Anything else.
        Other = "other",
    }
}
vocabulary! {
    /// Targets that are things.
    ObjectClass {
        /// Military vehicle.
        VehicleMilitary = "vehicle_military",
        /// Civilian vehicle.
        VehicleCivilian = "vehicle_civilian",
        /// Bus.
        Bus = "bus",
        /// Convoy.
        Convoy = "convoy",
        /// Checkpoint.
        Checkpoint = "checkpoint",
        /// Base or position.
        Base = "base",
        /// Headquarters.
        Headquarters = "headquarters",
        /// Homes and quarters.
        House = "house",
        /// Market.
        Market = "market",
        /// School, university.
        School = "school",
        /// Hospital, clinic.
        Hospital = "hospital",
        /// Mosque.
        Mosque = "mosque",
        /// Church.
        Church = "church",
        /// Camp of displaced people.
        Camp = "camp",
        /// Oil and gas facility.
        OilFacility = "oil_facility",
        /// Power and water works.
        PowerWater = "power_water",
        /// Bridge.
        Bridge = "bridge",
        /// Road.
        Road = "road",
        /// Airport.
        Airport = "airport",
        /// Farm, crops, animals.
        Farm = "farm",
        /// Government building.
        GovernmentBuilding = "government_building",
        /// Media.
        Media = "media",
        /// Aid store or convoy.
        Aid = "aid",
        /// Anything else.
        Other = "other",
    }
}
vocabulary! {
    /// What kind of voice says it.
    SourceKind {
        /// A news outlet.
        Outlet = "outlet",
        /// A local or activist network.
        LocalNetwork = "local_network",
        /// A monitor that records violence.
        Monitor = "monitor",
        /// A civil authority.
        Official = "official",
        /// A state's armed forces.
        Military = "military",
        /// A non-state armed group.
        ArmedGroup = "armed_group",
        /// Someone who saw it.
        Witness = "witness",
        /// Hospitals, rescuers.
        Medical = "medical",
        /// Posts and activists.
        SocialMedia = "social_media",
        /// Unnamed.
        Anonymous = "anonymous",
    }
}
vocabulary! {
    /// How finely the time is told.
    WhenPrecision {
        /// One day.
        Day = "day",
        /// A week.
        Week = "week",
        /// A month.
        Month = "month",
        /// A season.
        Season = "season",
        /// A year.
        Year = "year",
        /// From one day to another.
        Range = "range",
        /// Not told; the publication day stands in.
        Unknown = "unknown",
    }
}
vocabulary! {
    /// How finely the place is told.
    Precision {
        /// A town, village, quarter or site.
        Exact = "exact",
        /// A named place with an offset.
        Near = "near",
        /// Desert, countryside, road, front line.
        Area = "area",
        /// A second-order division.
        Admin2 = "admin2",
        /// A first-order division.
        Admin1 = "admin1",
        /// A country.
        Country = "country",
    }
}
vocabulary! {
    /// How the event lies to the named place.
    Relation {
        /// In it.
        In = "in",
        /// Near it.
        Near = "near",
        /// North of it.
        NorthOf = "north_of",
        /// South of it.
        SouthOf = "south_of",
        /// East of it.
        EastOf = "east_of",
        /// West of it.
        WestOf = "west_of",
        /// North-east of it.
        NortheastOf = "northeast_of",
        /// North-west of it.
        NorthwestOf = "northwest_of",
        /// South-east of it.
        SoutheastOf = "southeast_of",
        /// South-west of it.
        SouthwestOf = "southwest_of",
        /// Between it and another.
        Between = "between",
        /// On the way from it.
        RouteFrom = "route_from",
        /// On the way to it.
        RouteTo = "route_to",
    }
}
vocabulary! {
    /// How one event of a document stands to another.
    RelationKind {
        /// Done in answer to it.
        ResponseTo = "response_to",
        /// A part of it.
        PartOf = "part_of",
        /// At the same place.
        SamePlaceAs = "same_place_as",
        /// Brought about by it.
        CausedBy = "caused_by",
    }
}
