//! Who is meant by what leads back to the sentences before, or is told only after them.

use crate::actor::code_of;
use crate::mention::{Mention, Party};
use crate::parse::Pivot;
use crate::scan::Scan;
use crate::source::Voices;
use marsad_language::{FrameKind, Reading, Report};
use marsad_model::{Action, Role, SourceKind, WeaponClass};

/// What leads back means something told so many sentences before, or less.
const BACK: usize = 1;
/// A verb that goes on with the sentence before stands within so many items of its own.
const OPENING: usize = 4;
/// Who takes on an attack may be told so many sentences after it.
const CLAIMED: usize = 3;
/// So many mentions before are looked at.
const MEMORY: usize = 24;

/// Whether a mention tells an attack.
pub(crate) fn is_act(m: &Mention) -> bool {
    matches!(m.kind, FrameKind::Attack | FrameKind::Generic) && m.action.is_violent()
}

/// Whether somebody takes something on himself.
pub(crate) fn claims(pivot: &Pivot) -> bool {
    pivot.report == Some(Report::Claim.code()) && pivot.verb.is_some()
        || pivot.report == Some(Report::Accuse.code()) && pivot.verb.is_none()
}

/// Whether a source may tell of its own deeds.
fn speaks(kind: SourceKind) -> bool {
    matches!(kind, SourceKind::Military | SourceKind::Official | SourceKind::ArmedGroup | SourceKind::Anonymous)
}

/// Gives the last attack told in the sentences before, of which nobody says who did it, to who takes it on.
pub(crate) fn take_on(told: &mut [Mention], sentence: usize, who: Vec<Party>) {
    if who.is_empty() {
        return;
    }
    let near = told.iter().rev().take_while(|m| sentence - m.sentence <= CLAIMED).count();
    let opens = near == told.len();
    let near = told.split_at_mut(told.len() - near).1;
    let free = |m: &Mention| !m.parties.iter().any(|p| p.role == Role::Perpetrator && p.code != "unidentified");
    let fits = |m: &Mention| is_act(m) && !m.negated && free(m);
    // What a report opens with is what is claimed, where it is told near.
    let lead = near.iter().position(|m| is_act(m) && !m.heading).filter(|n| opens && near.get(*n).is_some_and(fits));
    let act = lead.or_else(|| near.iter().rposition(fits)).and_then(|n| near.get_mut(n));
    if let Some(act) = act {
        let who: Vec<Party> = who.into_iter().filter(|w| !act.parties.iter().any(|p| p.body() == w.body())).collect();
        act.parties.extend(who);
    }
}

/// «قال متحدث باسم الجيش إن طائرة قصفت موقعاً لـ…», «أعلنت القيادة أن مدمرة أسقطت …»: what nobody is said to have done was done by the
/// body that tells of it, where its enemy was struck, something was brought down or people were seized.
pub(crate) fn own_deeds(voices: &Voices, mentions: &mut [Mention]) {
    for m in mentions.iter_mut() {
        let struck = m.action.is_violent()
            && m.action.family() != Action::Explosion.family()
            && m.kind != FrameKind::Toll
            && (m.verb || m.carried)
            && m.parties.iter().any(|p| p.role == Role::Target && p.armed && p.code != "unidentified");
        let other = m.action == Action::Interception || m.action == Action::Detention && !m.tolls.is_empty();
        if m.has_perpetrator() || m.negated || m.modal.is_some() || m.relative || !struck && !other {
            continue;
        }
        let Some(u) = voices.over(m.item).last() else { continue };
        if !matches!(u.report, Report::Neutral | Report::Confirm | Report::According) {
            continue;
        }
        let Some((voice, actor)) = u.chain.first().filter(|v| v.party && speaks(v.kind)).and_then(|v| Some((v, v.actor.as_deref()?)))
        else {
            continue;
        };
        if m.parties.iter().any(|p| p.body() == actor || p.code == code_of(actor)) {
            continue;
        }
        let unit = actor.contains('.').then(|| actor.to_owned());
        let (role, code, items) = (Role::Perpetrator, code_of(actor).to_owned(), voice.items.clone());
        m.parties.push(Party { role, code, unit, items, armed: true, rule: None, charged: false });
    }
}

/// Who is meant by what leads back to the sentences before: «كما تعرضت … لقصف مماثل», «كما استهدفت قرية …», «تبادل الطرفان القصف»,
/// «وأعدم المهاجمون …», «وأطلق الجنود النار».
pub(crate) fn go_on(told: &[Mention], scan: &Scan, sentence: usize, start: usize, mentions: &mut [Mention]) {
    for n in 0..mentions.len() {
        let (before, rest) = mentions.split_at_mut(n);
        let m = &mut rest[0];
        let near = || before.iter().rev().chain(told.iter().rev().take(MEMORY)).take_while(|b| sentence - b.sentence <= BACK && !b.heading);
        let named = |p: &&Party| p.role == Role::Perpetrator && p.armed && p.code != "unidentified";
        if m.both && sided(m) && !m.parties.iter().any(|p| p.armed) {
            let sides = |b: &&Mention| b.parties.iter().filter(|p| p.armed && p.role != Role::Ally && p.code != "unidentified").count() > 1;
            if let Some(fight) = near().find(sides) {
                let clash = m.action == Action::Clash;
                let role = |p: &Party| if clash && p.role != Role::Perpetrator { Role::Target } else { Role::Perpetrator };
                m.parties
                    .extend(fight.parties.iter().filter(|p| p.armed && p.role != Role::Ally).map(|p| Party { role: role(p), ..p.clone() }));
            }
            continue;
        }
        let unknown = |p: &Party| {
            let item = scan.items.get(p.items.start);
            p.role == Role::Perpetrator && p.code == "unidentified" && item.is_some_and(|i| i.has(Reading::ARTICLE))
        };
        if m.parties.iter().any(unknown) && m.parties.iter().all(|p| p.role != Role::Perpetrator || unknown(p)) {
            let act = |b: &&Mention| is_act(b) && b.parties.iter().any(|p| named(&p));
            if let Some(b) = near().find(act) {
                let items = m.parties.iter().find(|p| unknown(p)).map(|p| p.items.clone());
                m.parties.retain(|p| p.role != Role::Perpetrator);
                let who =
                    b.parties.iter().filter(named).map(|p| Party { items: items.clone().unwrap_or_else(|| p.items.clone()), ..p.clone() });
                m.parties.extend(who);
            }
            continue;
        }
        // «وتصدت الدفاعات الجوية للصواريخ وأسقطت معظمها»: what the attack before it fired.
        if m.action == Action::Interception && !m.negated && !m.parties.iter().any(|p| p.role == Role::Target) {
            let fires = |b: &&Mention| is_act(b) && from_afar(b.action) && b.parties.iter().any(|p| named(&p));
            if let Some(b) = near().find(fires) {
                let own = |p: &&Party| !m.parties.iter().any(|q| q.body() == p.body());
                let who: Vec<Party> =
                    b.parties.iter().filter(named).filter(own).map(|p| Party { role: Role::Target, ..p.clone() }).collect();
                m.parties.extend(who);
            }
        }
        if m.has_perpetrator() || m.negated {
            continue;
        }
        let opens = m.elided && before.is_empty() && m.items.start <= start + OPENING;
        let like = |b: &&Mention| is_act(b) && b.has_perpetrator() && (m.alike || b.verb || b.carried);
        let who: Vec<Party> = if is_act(m) && (m.alike || opens) {
            let last = near().find(like);
            last.map_or(Vec::new(), |b| b.parties.iter().filter(|p| p.role == Role::Perpetrator && (m.alike || p.armed)).cloned().collect())
        } else if is_act(m) && (m.verb || m.carried) && flown(m, scan) {
            let flew = |b: &&Mention| is_act(b) && b.has_perpetrator() && b.weapons.iter().any(|w| platform(w.0));
            let last = near().find(flew);
            last.map_or(Vec::new(), |b| b.parties.iter().filter(named).cloned().collect())
        } else if m.manned && m.verb {
            let last = near().find(|b| b.has_perpetrator());
            last.map_or(Vec::new(), |b| b.parties.iter().filter(named).cloned().collect())
        } else {
            continue;
        };
        let who: Vec<Party> = who.into_iter().filter(|p| !m.parties.iter().any(|q| q.code == p.code)).collect();
        m.parties.extend(who);
    }
}

/// Whether a weapon is what flies or fires rather than what is fired.
fn platform(weapon: WeaponClass) -> bool {
    matches!(weapon, WeaponClass::Warplane | WeaponClass::Helicopter | WeaponClass::Drone | WeaponClass::Artillery | WeaponClass::Tank)
}

/// Whether aircraft or guns strike that the reader knows: «وأغارت الطائرات على …».
fn flown(m: &Mention, scan: &Scan) -> bool {
    let known = |i: usize| scan.items.get(i).is_some_and(|item| item.before == Reading::ARTICLE);
    m.weapons.iter().any(|w| platform(w.0) && known(w.1.start))
}

/// Whether an attack is one with what flies or is fired.
fn from_afar(action: Action) -> bool {
    matches!(action, Action::Airstrike | Action::DroneStrike | Action::MissileStrike | Action::Shelling)
}

/// Whether two sides do it together or to each other.
fn sided(m: &Mention) -> bool {
    matches!(m.action, Action::Clash | Action::Agreement | Action::Withdrawal) || m.action.is_violent() && m.carried
}
