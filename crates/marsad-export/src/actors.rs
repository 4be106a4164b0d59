//! Actors of a language pack as the formats name them.

use crate::row::{Actor, Body};
use jiff::civil::Date;
use marsad_language::{ActorKind, Pack};

/// The actor of a codebook id on a day, since names change; `None` for one that the pack does not know.
pub fn actor_of(pack: &Pack, id: &str, day: Option<Date>) -> Option<Actor> {
    if id == "civilians" {
        return Some(Actor { name: "Civilians".into(), body: Body::Civilians, country: None });
    }
    let named = || pack.actors.iter().filter(|actor| actor.id == id);
    let then = |actor: &&marsad_language::Actor| {
        let after = actor.from.zip(day).is_none_or(|(from, day)| from <= day);
        after && actor.until.zip(day).is_none_or(|(until, day)| day <= until)
    };
    let actor = named().find(then).or_else(|| named().next())?;
    Some(Actor { name: actor.english.clone(), body: body(actor.kind), country: actor.country.clone() })
}

fn body(kind: ActorKind) -> Body {
    use ActorKind::*;
    match kind {
        State | Leader | Army | Police | Security => Body::State,
        ArmedGroup => Body::Rebels,
        Militia | Settlers => Body::Militia,
        Tribe => Body::Communal,
        Coalition | Alliance => Body::Other,
        _ => Body::Civilians,
    }
}
