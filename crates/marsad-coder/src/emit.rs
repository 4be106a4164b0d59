//! From drafts to the record, and to the reasons behind it.

use crate::Reason;
use crate::count::Count;
use crate::dating;
use crate::document::{Read, Run};
use crate::draft::Draft;
use crate::features;
use crate::judge;
use crate::mention::{Party, Toll};
use crate::places_of::own_precision;
use crate::source::Voice;
use crate::voices;
use marsad_language::{Class, Inflection, Reading};
use marsad_model::{
    AcledClass, Action, Attribution, Casualties, Certainty, Coded, Diagnostic, Document, DocumentHead, Event, EventRelation, Group, Level,
    Object, ObjectClass, Outcome, Participant, PloverClass, Precision, RECORD, Realis, RelationKind, Role, Scope, Span, Trigger, Weapon,
    WeaponClass, When, WhenPrecision, Where,
};
use marsad_places::PlaceKind;
use sha2::{Digest, Sha256};
use std::ops::Range;

/// Cuts spans out of the document's text.
struct Slicer<'a> {
    text: &'a str,
    state: &'a Read<'a>,
}

impl Slicer<'_> {
    fn cut(&self, items: Range<usize>) -> (String, Span) {
        let all = &self.state.scan.items;
        let last = items.end.max(items.start + 1) - 1;
        let (Some(first), Some(last)) = (all.get(items.start), all.get(last)) else { return (String::new(), [0, 0]) };
        let tokens = self.state.text.tokens();
        let (a, b) = (&tokens[first.start as usize], &tokens[last.end as usize - 1]);
        let text = &self.text[a.byte_start as usize..b.byte_end as usize];
        (text.to_owned(), [a.start, b.end])
    }
}

/// The record of a document.
pub(crate) fn record(document: &Document, state: Read, drafts: Vec<Draft>, most: usize, run: &Run) -> (Coded, Vec<Reason>) {
    let mut diagnostics = Vec::new();
    let mut reasons = Vec::new();
    let mut drafts = drafts;
    if !run.fitting {
        drafts.retain(|d| d.realis != Realis::Hypothetical);
    }
    let mut state = state;
    state.lead_day = dating::lead_day(&state, &drafts);
    dating::mark_outdated(&state, &mut drafts);
    let state = &state;
    let slicer = Slicer { text: &document.text, state };
    let weights: Vec<f64> = drafts.iter_mut().map(|d| weigh(state, d, run.fitting)).collect();
    let mut scored: Vec<(f64, &Draft)> = weights.into_iter().zip(&drafts).filter(|(c, _)| *c >= run.least).collect();
    scored.sort_by_key(|(_, d)| state.mentions[d.mentions[0]].items.start);
    if scored.len() > most {
        diagnostics.push(Diagnostic {
            level: Level::Warning,
            message: format!("more than {most} events; the {} after them were dropped", scored.len() - most),
        });
        scored.truncate(most);
    }
    let mut events: Vec<Event> = Vec::with_capacity(scored.len());
    let chains = voices::chains(state, &scored.iter().map(|(_, d)| *d).collect::<Vec<_>>());
    for (n, ((confidence, draft), chain)) in scored.iter().zip(&chains).enumerate() {
        let mut builder = Builder { chain, state, slicer: &slicer, draft, n, reasons: &mut reasons, explain: run.explain };
        events.push(builder.event(document, *confidence));
    }
    relate(state, &scored, &mut events);
    let head = DocumentHead {
        id: document.id.clone(),
        url: document.url.clone(),
        outlet: document.outlet.clone(),
        title: document.title.clone(),
        published: document.published.map(|d| d.to_string()),
        language: document
            .language
            .clone()
            .or_else(|| state.scan.items.iter().any(|i| i.kind == marsad_text::Kind::Word).then(|| "ar".to_owned())),
        sha256: sha256(&document.text),
        chars: document.text.chars().count(),
    };
    (Coded { record: RECORD.into(), document: head, events, rare: Vec::new(), diagnostics }, reasons)
}

/// The hash of a text, in hexadecimal digits.
fn sha256(text: &str) -> String {
    let digit = |half: u8| char::from_digit(half.into(), 16).unwrap_or_default();
    Sha256::digest(text.as_bytes()).iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The frame that opens a draft.
fn first_frame<'a>(state: &'a Read, draft: &Draft) -> &'a str {
    &state.stage.lexicon.pack().frames[state.mentions[draft.mentions[0]].frame as usize].id
}

/// The features of a draft.
fn features(state: &Read, draft: &Draft) -> Vec<(&'static str, f64)> {
    let best = own_precision(state, draft);
    features::features(draft, &state.mentions, &state.tones, &state.voices, state.scan, state.today, state.lead_day, best)
}

/// The confidence of a draft by the fitted model, which also decides its scope, unless it is to be `fitting`.
fn weigh(state: &Read, draft: &mut Draft, fitting: bool) -> f64 {
    let features = features(state, draft);
    let values = features::values(&features);
    let confidence = features::confidence(&values, first_frame(state, draft));
    if !fitting {
        draft.scope = features::learned_scope(&values);
        if draft.scope == Scope::Incident && judge::reacted_to(draft, &state.mentions, &state.tones) {
            draft.scope = Scope::Background;
        }
    }
    (confidence * 1000.0).round() / 1000.0
}

/// A response follows the act that it answers.
fn relate(state: &Read, drafts: &[(f64, &Draft)], events: &mut [Event]) {
    for n in 1..events.len() {
        let first = &state.mentions[drafts[n].1.mentions[0]];
        let sentence = state.scan.sentences[first.sentence].clone();
        let led = (sentence.start..first.items.start).any(|i| state.scan.is(&state.scan.items[i], Class::Response));
        if !led || drafts[n].1.scope != Scope::Incident {
            continue;
        }
        let answered = (0..n).rev().find(|k| {
            drafts[*k].1.scope == Scope::Incident && drafts[*k].1.action.is_violent() && drafts[*k].1.action != drafts[n].1.action
        });
        if let Some(k) = answered {
            let event = events[k].id.clone();
            events[n].relations.push(EventRelation { kind: RelationKind::ResponseTo, event });
        }
    }
}

struct Builder<'a, 'r> {
    state: &'a Read<'a>,
    slicer: &'a Slicer<'a>,
    draft: &'a Draft,
    chain: &'a [Voice],
    n: usize,
    reasons: &'r mut Vec<Reason>,
    explain: bool,
}

impl Builder<'_, '_> {
    fn because(&mut self, slot: &'static str, value: impl FnOnce() -> String, rule: impl FnOnce() -> String, span: Option<Span>) {
        if self.explain {
            self.reasons.push(Reason { event: self.n, slot, value: value(), rule: rule(), span });
        }
    }

    fn rule_name(&self, rule: Option<u32>) -> String {
        rule.and_then(|r| self.state.stage.lexicon.pack().rules.get(r as usize)).cloned().unwrap_or_else(|| "engine:role".into())
    }

    fn event(&mut self, document: &Document, confidence: f64) -> Event {
        let d = self.draft;
        let state = self.state;
        let pack = state.stage.lexicon.pack();
        let lead = d.trigger(&state.mentions).items.clone();
        let (text, span) = self.slicer.cut(lead);
        let mut rules: Vec<String> = Vec::new();
        for m in &d.mentions {
            let id = [&pack.language, "/", &pack.frames[state.mentions[*m].frame as usize].id].concat();
            if !rules.contains(&id) {
                rules.push(id);
            }
        }
        if self.explain {
            for m in &d.mentions {
                let mention = &state.mentions[*m];
                let span = self.slicer.cut(mention.items.clone()).1;
                let frame = &pack.frames[mention.frame as usize];
                self.because("action", || d.action.to_string(), || frame.id.clone(), Some(span));
            }
        }
        let when = self.when();
        let places = self.places();
        let attribution = self.attribution();
        let participants = self.participants();
        let weapons = self.weapons();
        let objects = self.objects();
        let casualties = self.casualties();
        let civilian = participants.iter().any(|p| matches!(p.role, Role::Target | Role::Victim) && p.actor == "civilians");
        let by_state = participants
            .iter()
            .any(|p| p.role == Role::Perpetrator && state.stage.lexicon.pack().nations.iter().any(|n| n.actor == p.actor));
        let (acled, plover) = (d.action.acled(civilian, by_state), d.action.plover());
        if self.explain {
            for (name, value) in features(state, d) {
                let weight = crate::weights::WEIGHTS.iter().find(|w| w.0 == name).map_or(0.0, |w| w.1);
                if value != 0.0 {
                    self.because("confidence", || format!("{name} {:+.2}", weight * value), || format!("feature:{name}={value:.4}"), None);
                }
            }
            let frame = first_frame(state, d);
            self.because(
                "confidence",
                || format!("{frame} {:+.2}", features::of_frame(frame)),
                || format!("feature:frame:{frame}=1"),
                None,
            );
        }
        self.because("scope", || d.scope.to_string(), || "engine:scope".into(), None);
        Event {
            id: format!("{}#{}", document.id, self.n + 1),
            action: d.action,
            scope: d.scope,
            realis: d.realis,
            acled: AcledClass { event_type: acled.event_type.into(), sub_event_type: acled.sub_event_type.into() },
            plover: PloverClass { kind: plover.kind.into(), mode: Some(plover.mode).filter(|m| !m.is_empty()).map(str::to_owned) },
            trigger: Trigger { text, span },
            when,
            places,
            participants,
            weapons,
            objects,
            casualties,
            strikes: d.strikes,
            attribution,
            relations: Vec::new(),
            confidence,
            rules,
        }
    }

    /// The items of the mention that tells the event best.
    fn when(&mut self) -> When {
        let state = self.state;
        match &self.draft.when {
            Some((days, items)) => {
                let (text, span) = self.slicer.cut(items.clone());
                let future = self.draft.realis == Realis::Future;
                let end = if future || !state.dated { days.end } else { days.end.min(state.today) };
                let start = days.start.min(end);
                self.because("when", || format!("{start}..{end}"), || "engine:time".into(), Some(span));
                let first = start.to_string();
                let last = if start == end { first.clone() } else { end.to_string() };
                When { start: Some(first), end: Some(last), precision: days.precision, text: Some(text), span: Some(span) }
            }
            None => {
                let day = state.dated.then(|| state.today.to_string());
                When { start: day.clone(), end: day, precision: WhenPrecision::Unknown, text: None, span: None }
            }
        }
    }

    fn places(&mut self) -> Vec<Where> {
        let mut out: Vec<Where> = Vec::new();
        for (s, n) in self.draft.places.clone() {
            let mention = &self.state.places[s][n];
            let spot = &self.state.spots[s][n];
            let (text, span) = self.slicer.cut(mention.items.clone());
            // «المدينة وأطرافها الشرقية»: a side of a place named already is another place.
            let side = spot.precision > Precision::Near || mention.direction.is_some();
            let same = |w: &Where| {
                w.place_id.is_some()
                    && w.place_id.as_deref() == spot.id
                    && (w.precision == spot.precision || !side && w.precision <= Precision::Near)
            };
            if out.iter().any(|w| same(w) || w.text == text) || mention.back && spot.id.is_none() {
                continue;
            }
            let rule = match spot.id {
                Some(id) => format!("gazetteer:{id}"),
                None => "engine:place-word".into(),
            };
            self.because("where", || format!("{text} {:?}", spot.precision), || rule, Some(span));
            out.push(Where {
                text,
                name: spot.name.map(str::to_owned),
                country: spot.country.map(str::to_owned),
                admin1: spot.admin1.map(str::to_owned),
                lat: spot.point.map(|p| p.0),
                lon: spot.point.map(|p| p.1),
                radius_km: spot.radius_km,
                relation: spot.relation,
                precision: spot.precision,
                place_id: spot.id.map(str::to_owned),
                span,
            });
        }
        out
    }

    /// The chain of voices, nearest first.
    fn attribution(&mut self) -> Vec<Attribution> {
        let mut out: Vec<Attribution> = Vec::new();
        for voice in self.chain {
            let (text, span) = self.slicer.cut(voice.items.clone());
            if !out.iter().any(|a| a.text.contains(&text) || text.contains(&a.text)) {
                self.because("attribution", || text.clone(), || "engine:source".into(), Some(span));
                out.push(Attribution { text, kind: voice.kind, span });
            }
        }
        out
    }

    fn participants(&mut self) -> Vec<Participant> {
        let mut out: Vec<Participant> = Vec::new();
        // «قتل عنصران وأصيب آخرون»: the others are of the same kind.
        let group = |t: &Toll| t.group;
        let fighters = self.draft.tolls.iter().map(group).any(|g| g == Group::Combatants)
            && self.draft.tolls.iter().map(group).all(|g| matches!(g, Group::Combatants | Group::All));
        let perpetrators: Vec<String> = self.draft.codes(Role::Perpetrator).map(str::to_owned).collect();
        for p in &self.draft.parties {
            // Who did it is not whom it was done to, unless the text says so twice.
            if matches!(p.role, Role::Victim | Role::Ally) && perpetrators.contains(&p.code) {
                continue;
            }
            // Losses of the side that a clash names first.
            let own = |t: &Party| t.role == Role::Target && t.armed && !perpetrators.contains(&t.code);
            if self.draft.action == Action::Clash
                && p.role == Role::Target
                && perpetrators.contains(&p.code)
                && self.draft.parties.iter().any(own)
            {
                continue;
            }
            let text = self.slicer.cut(p.items.clone()).0;
            let joined = self.state.scan.items.get(p.items.start).is_some_and(|i| i.has(Reading::AND));
            let known = out.iter().any(|o| o.role == p.role && o.actor == p.code && (!p.armed || !joined || o.text == text));
            if known || p.role == Role::Victim && p.code == "civilians" && fighters {
                continue;
            }
            // «شخص مجهول», «أهداف مجهولة»: it is not known that they were fighters.
            let fighter = |i: usize| {
                let sense = self.state.scan.items.get(i).and_then(|i| self.state.scan.sense(i, Class::Person));
                let thing = |f: Inflection| f.has(Inflection::FEMININE | Inflection::SINGULAR);
                sense.is_some_and(|s| s.0.value == Group::Combatants as u32 && !thing(s.1))
            };
            if p.role == Role::Target && p.code == "unidentified" && !p.items.clone().any(fighter) {
                continue;
            }
            let (text, span) = self.slicer.cut(p.items.clone());
            let certainty = voices::certainty(self.state, p);
            let rule = self.rule_name(p.rule);
            self.because("participants", || format!("{} {} {certainty}", p.role, p.code), || rule, Some(span));
            out.push(Participant { role: p.role, actor: p.code.clone(), unit: p.unit.clone(), text, certainty, according_to: None, span });
        }
        // «خرجت تظاهرة»: who demonstrates, where nobody is named, are people without arms.
        let gathers = matches!(self.draft.action, Action::Protest | Action::Riot);
        if gathers && !out.iter().any(|p| p.role == Role::Perpetrator) {
            let items = self.draft.trigger(&self.state.mentions).items.clone();
            self.unarmed(Role::Perpetrator, items, &mut out);
        }
        // «جرحى بقصف على بلدة …»: those whom shells harmed, of whom nothing more is said.
        let afar = self.draft.action == Action::Shelling;
        if afar && !out.iter().any(|p| matches!(p.role, Role::Target | Role::Victim)) {
            let harm = |t: &&Toll| t.group == Group::All && matches!(t.outcome, Outcome::Killed | Outcome::Injured);
            if let Some(items) = self.draft.tolls.iter().find(harm).map(|t| t.items.clone()) {
                self.unarmed(Role::Victim, items, &mut out);
            }
        }
        // A hedge or charge names its source.
        if let Some(voice) = self.chain.first() {
            let name = self.slicer.cut(voice.items.clone()).0;
            for p in out.iter_mut().filter(|p| matches!(p.certainty, Certainty::Suspected | Certainty::Accused)) {
                p.according_to = Some(name.clone());
            }
        }
        out
    }

    /// Adds people without arms, told by the words of `items`.
    fn unarmed(&mut self, role: Role, items: Range<usize>, out: &mut Vec<Participant>) {
        let (text, span) = self.slicer.cut(items);
        let certainty = Certainty::Stated;
        self.because("participants", || format!("{role} civilians {certainty}"), || "unnamed".into(), Some(span));
        out.push(Participant { role, actor: "civilians".into(), unit: None, text, certainty, according_to: None, span });
    }

    fn weapons(&mut self) -> Vec<Weapon> {
        let mut out: Vec<Weapon> = Vec::new();
        // Of an attack, what is no class of the codebook («نيران», «أسلحة») names no weapon.
        let attack = self.draft.action.is_violent() && self.draft.action != Action::Riot;
        let said = |class: WeaponClass| class != WeaponClass::Other || !attack;
        for (class, items) in self.draft.weapons.iter().filter(|w| said(w.0)) {
            // What comes down in a shelling is a rocket.
            let class = if *class == WeaponClass::Missile && self.draft.action == Action::Shelling { WeaponClass::Rocket } else { *class };
            if out.iter().any(|w| w.class == class) {
                continue;
            }
            let (text, span) = self.slicer.cut(items.clone());
            self.because("weapons", || class.to_string(), || "lexicon/weapons".into(), Some(span));
            out.push(Weapon { class, text, span });
        }
        out
    }

    fn objects(&mut self) -> Vec<Object> {
        let mut out: Vec<Object> = Vec::new();
        let mut told = self.draft.objects.clone();
        // A camp or an airport that was fired at is what was hit, not only where.
        use Action::{Airstrike, DroneStrike, MissileStrike, Shelling};
        let fire = matches!(self.draft.action, Shelling | Airstrike | DroneStrike | MissileStrike);
        for (s, n) in self.draft.places.iter().filter(|_| fire && !self.draft.lent) {
            let (mention, spot) = (&self.state.places[*s][*n], &self.state.spots[*s][*n]);
            let hit = spot.sort.and_then(thing).filter(|_| told.is_empty() && !mention.near && mention.direction.is_none());
            told.extend(hit.map(|class| (class, mention.items.clone())));
        }
        for (class, items) in &told {
            // «معسكر أبو شوك» may be where displaced people live.
            let class = if *class == ObjectClass::Base && self.shelters(items.start) { &ObjectClass::Camp } else { class };
            if out.iter().any(|o| o.class == *class) {
                continue;
            }
            let (text, span) = self.slicer.cut(items.clone());
            self.because("objects", || class.to_string(), || "lexicon/objects".into(), Some(span));
            out.push(Object { class: *class, text, span });
        }
        out
    }

    /// Whether a word belongs to the name of a camp.
    fn shelters(&self, item: usize) -> bool {
        self.draft.places.iter().any(|(s, n)| {
            let (Some(mention), Some(spot)) =
                (self.state.places.get(*s).and_then(|p| p.get(*n)), self.state.spots.get(*s).and_then(|p| p.get(*n)))
            else {
                return false;
            };
            spot.sort == Some(PlaceKind::Camp) && mention.items.contains(&item)
        })
    }

    fn casualties(&mut self) -> Vec<Casualties> {
        let mut kept: Vec<Toll> = Vec::new();
        let clash = self.draft.action == Action::Clash;
        for toll in &self.draft.tolls {
            let whole = !toll.part;
            let same = kept.iter_mut().find(|t| t.outcome == toll.outcome && if whole { !t.part } else { t.part && t.group == toll.group });
            match same {
                None => kept.push(toll.clone()),
                Some(old) => {
                    let sums = clash && whole && old.of.is_some() && toll.of.is_some() && old.of != toll.of;
                    if sums {
                        old.count = Count {
                            low: Some(old.count.low.unwrap_or(0) + toll.count.low.unwrap_or(0)),
                            best: old.count.best.zip(toll.count.best).map(|(a, b)| a + b),
                            high: old.count.high.zip(toll.count.high).map(|(a, b)| a + b),
                            vague: old.count.vague || toll.count.vague,
                        };
                        old.of = None;
                        continue;
                    }
                    let sharper = toll.count.rank() > old.count.rank();
                    if sharper {
                        let group = if toll.group == Group::All { old.group } else { toll.group };
                        let of = toll.of.clone().or_else(|| old.of.clone());
                        *old = Toll { group, of, ..toll.clone() };
                    } else if whole
                        && old.group == Group::All
                        && toll.group != Group::All
                        && toll.count.rank() == old.count.rank()
                        && toll.count.best == old.count.best
                    {
                        old.group = toll.group;
                        old.of = toll.of.clone();
                    }
                }
            }
        }
        let mut out = Vec::new();
        for toll in kept {
            if toll.outcome == Outcome::Displaced && self.draft.action != Action::Displacement {
                continue;
            }
            let (text, span) = self.slicer.cut(toll.items.clone());
            let c = toll.count;
            self.because(
                "casualties",
                || {
                    format!(
                        "{} {} {}..{}",
                        toll.outcome,
                        toll.group,
                        c.low.map_or("?".into(), |n| n.to_string()),
                        c.high.map_or("?".into(), |n| n.to_string())
                    )
                },
                || "engine:count".into(),
                Some(span),
            );
            out.push(Casualties {
                outcome: toll.outcome,
                group: toll.group,
                of: toll.of,
                low: c.low,
                best: c.best,
                high: c.high,
                vague: c.vague,
                text,
                span,
            });
        }
        out
    }
}

/// What a place of its kind is as a thing that may be hit.
fn thing(kind: PlaceKind) -> Option<ObjectClass> {
    match kind {
        PlaceKind::Camp => Some(ObjectClass::Camp),
        PlaceKind::Airport => Some(ObjectClass::Airport),
        PlaceKind::Base => Some(ObjectClass::Base),
        PlaceKind::OilField => Some(ObjectClass::OilFacility),
        PlaceKind::Mosque => Some(ObjectClass::Mosque),
        PlaceKind::Bridge => Some(ObjectClass::Bridge),
        PlaceKind::Dam => Some(ObjectClass::PowerWater),
        _ => None,
    }
}
