//! Which actor words mean, given the day and the country of the report.

use crate::scan::{Item, Scan};
use jiff::civil::Date;
use marsad_language::{ActorKind, Class, Inflection, Lexicon, Reading, Sense, Slot};
use marsad_text::Kind;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A body that another is joined to stands within so many items before it.
const NEAR: usize = 3;

/// Words that mean an actor.
#[derive(Clone, Debug)]
pub(crate) struct ActorHit<'a> {
    /// The codebook id.
    pub code: &'a str,
    /// The id with its part, where the lexicon has one.
    pub unit: Option<&'a str>,
    /// The items.
    pub items: Range<usize>,
    pub kind: ActorKind,
    /// Whether only an adjective says so.
    pub adjective: bool,
    /// Whether it is a state by its name.
    pub nation: bool,
    /// Index of the rule.
    pub rule: u32,
}

impl ActorHit<'_> {
    /// Whether it bears arms, or is a state that may.
    pub fn may_fight(&self) -> bool {
        self.kind.is_armed() || self.nation || matches!(self.kind, ActorKind::State) || self.adjective
    }
}

/// What the actors of a document depend on.
pub(crate) struct Stage<'a> {
    pub lexicon: &'a Lexicon,
    pub scan: &'a Scan,
    pub today: Date,
    /// The country that the report is about.
    pub country: Option<&'a str>,
    /// The id of the army of that country.
    pub army: Option<&'a str>,
    /// Codes that the document names outright.
    pub named: Vec<&'a str>,
    /// Items like "the organisation", and the item that names the actor that they mean.
    back: FxHashMap<usize, usize>,
}

fn valid(from: Option<Date>, until: Option<Date>, today: Date) -> bool {
    from.is_none_or(|f| f <= today) && until.is_none_or(|u| today <= u)
}

/// Whether an item with the article means several people, or a body that bears no arms: «المستوطنون».
pub(crate) fn names_people(lexicon: &Lexicon, scan: &Scan, item: &Item) -> bool {
    let body = scan.sense(item, Class::Actor).and_then(|s| lexicon.pack().actors.get(s.0.value as usize));
    let unarmed = body.is_some_and(|a| !a.kind.is_armed() && a.kind != ActorKind::State);
    item.has(Reading::ARTICLE) && (unarmed || scan.sense(item, Class::Person).is_some_and(|s| s.1.has(Inflection::PLURAL)))
}

pub(crate) fn code_of(id: &str) -> &str {
    id.split('.').next().unwrap_or(id)
}

/// Whether a phrase of several words names an army, a service or a state by the country of the report: «القوات الحكومية».
fn names_a_power(lexicon: &Lexicon, scan: &Scan, item: &Item) -> bool {
    let of_state = |kind| matches!(kind, ActorKind::Army | ActorKind::Police | ActorKind::Security | ActorKind::State);
    let generic = scan.sense(item, Class::Generic).and_then(|s| lexicon.pack().generics.get(s.0.value as usize));
    item.end - item.start > 1 && generic.is_some_and(|g| of_state(g.kind))
}

/// Which body "the organisation", "the militia" means: the item that last named one by that word.
fn antecedents(lexicon: &Lexicon, scan: &Scan, today: Date) -> FxHashMap<usize, usize> {
    let mut out = FxHashMap::default();
    let mut last: FxHashMap<u32, usize> = FxHashMap::default();
    for &i in &scan.known {
        let i = i as usize;
        let item = &scan.items[i];
        let valid = |a: u32| lexicon.pack().actors.get(a as usize).is_some_and(|a| valid(a.from, a.until, today));
        let actor = scan.is(item, Class::Actor) && scan.senses(item).iter().any(|s| s.0.class == Class::Actor && valid(s.0.value));
        let is = |item: &Item, class| scan.is(item, class);
        if actor || names_a_power(lexicon, scan, item) {
            let before = i.checked_sub(1).and_then(|b| scan.items.get(b)).filter(|b| is(b, Class::Body) && b.end - b.start == 1);
            let head = scan.body(item).filter(|_| item.end - item.start > 1);
            if let Some((kind, _)) = head.or_else(|| before.and_then(|b| scan.body(b))) {
                last.insert(kind, i);
            }
        } else if is(item, Class::Body) || is(item, Class::Generic) || is(item, Class::WeakActor) {
            // «الميليشيات الموالية»: a name that goes on after the word means its own.
            let from = if is(item, Class::WeakActor) && !is(item, Class::Generic) { item.end - 1 } else { item.start };
            let told = scan.body_from(item, from).filter(|b| b.1);
            let described = scan.items.get(i + 1).is_some_and(|n| is(n, Class::NationAdj) && n.has(Reading::ARTICLE));
            if let Some(named) = told.filter(|_| !described).and_then(|b| last.get(&b.0)) {
                out.insert(i, *named);
            }
        }
    }
    out
}

impl<'a> Stage<'a> {
    /// Sets the country and the named actors from the whole document. `extra` are votes by country.
    pub fn survey(lexicon: &'a Lexicon, scan: &'a Scan, today: Date, mut votes: FxHashMap<&'a str, i32>) -> Self {
        let pack = lexicon.pack();
        let mut named: Vec<&'a str> = Vec::new();
        for item in scan.known.iter().map(|i| &scan.items[*i as usize]) {
            if ![Class::Actor, Class::Nation, Class::NationAdj].iter().any(|c| scan.is(item, *c)) {
                continue;
            }
            for (sense, _) in scan.senses(item) {
                match sense.class {
                    Class::Actor => {
                        let actor = &pack.actors[sense.value as usize];
                        if valid(actor.from, actor.until, today) {
                            if !named.contains(&actor.code()) {
                                named.push(actor.code());
                            }
                            if let Some(country) = &actor.country {
                                *votes.entry(country.as_str()).or_default() += 2;
                            }
                            break;
                        }
                    }
                    Class::Nation => {
                        *votes.entry(pack.nations[sense.value as usize].country.as_str()).or_default() += 2;
                        break;
                    }
                    Class::NationAdj => {
                        *votes.entry(pack.nations[sense.value as usize].country.as_str()).or_default() += 1;
                        break;
                    }
                    _ => {}
                }
            }
        }
        let most = votes.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0)));
        let country = most.map(|(country, _)| country);
        let is_army = |g: &&marsad_language::Generic| g.kind == ActorKind::Army && valid(g.from, g.until, today);
        let mut armies = pack.generics.iter().filter(is_army).flat_map(|g| &g.by_country);
        let army = country.and_then(|country| armies.find(|(c, _)| c == country)).map(|(_, id)| id.as_str());
        Stage { lexicon, scan, today, country, army, named, back: antecedents(lexicon, scan, today) }
    }

    /// The actors that the items name, in their order.
    pub fn actors_in(&self, items: Range<usize>) -> Vec<ActorHit<'a>> {
        let pack = self.lexicon.pack();
        let mut out: Vec<ActorHit<'a>> = Vec::new();
        let mut i = items.start;
        while i < items.end {
            let item = &self.scan.items[i];
            // «ميلشيات قسد», «ميليشيات (قسد)»: the word for a body before its name is a part of it.
            if let Some(name) = self.heads_name(i).filter(|n| *n < items.end || *n > i + 1) {
                if name >= items.end {
                    out.extend(self.actors_in(name..name + 1));
                }
                i += 1;
                continue;
            }
            let senses = self.scan.senses(item);
            let mut hit: Option<ActorHit<'a>> = None;
            // Several actors may bear a name: one valid today, of the report's country first.
            let mut best = -1;
            // The item that it leads back to leads nowhere itself.
            if let Some(named) = self.back.get(&i).filter(|n| !self.back.contains_key(*n)) {
                let rule = senses.iter().find(|s| s.0.class == Class::Body).or(senses.first()).map_or(0, |s| s.0.rule);
                hit = self.actors_in(*named..*named + 1).pop().map(|a| ActorHit { items: i..i + 1, rule, ..a });
            }
            for (sense, _) in senses.iter().filter(|_| !self.back.contains_key(&i)) {
                if !matches!(sense.class, Class::Actor | Class::WeakActor) {
                    continue;
                }
                let actor = &pack.actors[sense.value as usize];
                if !valid(actor.from, actor.until, self.today) {
                    continue;
                }
                let home = actor.country.is_some() && actor.country.as_deref() == self.country;
                let known = self.named.contains(&actor.code());
                // «حركة السكان» is no «الحركة».
                let common = senses.iter().any(|s| s.0.class == Class::Body) && !item.has(Reading::ARTICLE) && item.end - item.start == 1;
                if sense.class == Class::WeakActor && (!home && !known || common) {
                    continue;
                }
                let score = i32::from(sense.class == Class::Actor) * 4 + i32::from(home) * 2 + i32::from(known);
                if score > best {
                    best = score;
                    let unit = actor.id.contains('.').then_some(actor.id.as_str());
                    hit = Some(ActorHit {
                        code: actor.code(),
                        unit,
                        items: i..i + 1,
                        kind: actor.kind,
                        adjective: false,
                        nation: false,
                        rule: sense.rule,
                    });
                }
            }
            if hit.is_none()
                && let Some((sense, _)) = senses.iter().chain(self.scan.tails(item)).find(|s| self.is_generic(s.0))
            {
                let generic = &pack.generics[sense.value as usize];
                let nation = (i + 1 < items.end).then(|| self.nation_adjective(i + 1)).flatten();
                let country = nation.map(|n| n.0).or(self.country);
                let by_country = generic.by_country.iter().find(|(c, _)| Some(c.as_str()) == country).map(|(_, a)| a.as_str());
                let code = match (by_country, nation) {
                    (Some(code), _) => Some(code),
                    (None, Some((_, actor, _))) if generic.default.as_deref() != Some("unidentified") => Some(actor),
                    _ => generic.default.as_deref(),
                };
                if let Some(code) = code.filter(|c| *c != "unidentified" || !self.describes(i)) {
                    let end = if nation.is_some() { i + 2 } else { i + 1 };
                    hit = Some(ActorHit {
                        code: code_of(code),
                        unit: code.contains('.').then_some(code),
                        items: i..end,
                        kind: generic.kind,
                        adjective: false,
                        nation: false,
                        rule: sense.rule,
                    });
                }
            }
            if hit.is_none()
                && let Some((sense, _)) = senses.iter().find(|s| {
                    s.0.class == Class::Nation
                        && valid(pack.nations[s.0.value as usize].from, pack.nations[s.0.value as usize].until, self.today)
                })
            {
                let nation = &pack.nations[sense.value as usize];
                hit = Some(ActorHit {
                    code: code_of(&nation.actor),
                    unit: None,
                    items: i..i + 1,
                    kind: ActorKind::State,
                    adjective: false,
                    nation: true,
                    rule: sense.rule,
                });
            }
            if hit.is_none()
                && let Some((_, actor, rule)) = self.nation_adjective(i)
            {
                hit = Some(ActorHit {
                    code: code_of(actor),
                    unit: None,
                    items: i..i + 1,
                    kind: ActorKind::State,
                    adjective: true,
                    nation: false,
                    rule,
                });
            }
            i = hit.as_ref().map_or(i + 1, |h| h.items.end);
            out.extend(hit);
        }
        // «تنظيم … الإرهابي», «مسلحون من تنظيم …»: a name says more than the word for people without one.
        let unknown = |a: &ActorHit| a.code == "unidentified";
        if !out.iter().all(unknown) {
            out.retain(|a| !unknown(a));
        }
        out
    }

    /// Where the name of a body follows the word for it, item `i`, at once or in brackets.
    fn heads_name(&self, i: usize) -> Option<usize> {
        let item = &self.scan.items[i];
        let body = self.scan.is(item, Class::Body) || self.scan.is(item, Class::Generic);
        let alone = item.end - item.start == 1 && !item.has(Reading::ARTICLE) && !item.pronoun && !self.scan.is(item, Class::Actor);
        // «هاجم مسلحون تنظيم …»: people are no part of a name.
        if !body || !alone || self.scan.is(item, Class::Person) {
            return None;
        }
        let name = i + 1 + usize::from(self.scan.items.get(i + 1).is_some_and(|n| n.is_mark('(')));
        let n = self.scan.items.get(name)?;
        let bare = n.before == 0 || n.end - n.start > 1 && n.before == Reading::ARTICLE;
        let armed = |s: &(Sense, Inflection)| {
            let actor = self.lexicon.pack().actors.get(s.0.value as usize).filter(|_| s.0.class == Class::Actor);
            actor.is_some_and(|a| a.kind.is_armed() && valid(a.from, a.until, self.today))
        };
        (bare && self.scan.senses(n).iter().any(armed)).then_some(name)
    }

    /// «القوات التركية والفصائل الموالية لها»: the id of those whom the words of `items` for the body `code` mean, where a conjunction joins
    /// them to another body named right before.
    pub fn beside(&self, items: &Range<usize>, code: &str) -> Option<&'a str> {
        let item = self.scan.items.get(items.start).filter(|i| i.has(Reading::AND))?;
        // What the codebook calls "other" has a name of its own, unless the country of the report gave it.
        if code == "other" && !self.scan.is(item, Class::Generic) {
            return None;
        }
        let pack = self.lexicon.pack();
        let near = items.start.saturating_sub(NEAR)..items.start;
        let named = |s: &Sense| match s.class {
            Class::Actor => pack.actors.get(s.value as usize).map(|a| a.code()),
            Class::NationAdj | Class::Nation => pack.nations.get(s.value as usize).map(|n| n.actor.as_str()),
            _ => None,
        };
        let before = |b: &&marsad_language::Beside| {
            let here = |item: &Item| self.scan.senses(item).iter().any(|s| named(&s.0) == Some(b.after.as_str()));
            near.clone().filter_map(|i| self.scan.items.get(i)).any(here)
        };
        let mut fits = pack.besides.iter().filter(|b| b.named.iter().any(|n| n == code) && valid(b.from, b.until, self.today));
        fits.find(before).map(|b| b.actor.as_str())
    }

    /// Whether a sense is of a body by the country of the report, as it is named today.
    fn is_generic(&self, sense: Sense) -> bool {
        let generic = self.lexicon.pack().generics.get(sense.value as usize).filter(|_| sense.class == Class::Generic);
        generic.is_some_and(|g| valid(g.from, g.until, self.today))
    }

    /// Whether a word for one armed person only describes what stands before it: «تنظيم … الإرهابي».
    fn describes(&self, i: usize) -> bool {
        let item = &self.scan.items[i];
        let Some(before) = i.checked_sub(1).and_then(|b| self.scan.items.get(b)) else { return false };
        let sense = self.scan.sense(item, Class::Generic);
        let single = sense.is_some_and(|s| s.1.has(Inflection::SINGULAR) && !s.1.has(Inflection::PHRASE));
        let led = self
            .scan
            .senses(before)
            .iter()
            .any(|s| s.1.is_verb() || matches!(s.0.class, Class::Prep | Class::Frame | Class::Conj | Class::Particle));
        // «المستوطنين المسلحين»
        if item.before == Reading::ARTICLE && self.scan.is(item, Class::Person) && item.end - item.start == 1 && self.names_people(before) {
            return true;
        }
        // «كمين مسلح»: an adjective of an act, whose genitive would tell who did it.
        let act = |s: &marsad_language::Sense| {
            let pack = self.lexicon.pack();
            let frame = pack.frames.get(s.value as usize).filter(|f| s.class == Class::Frame && f.outcome.is_none());
            frame.and_then(|f| pack.role_sets.get(f.roles as usize)).is_some_and(|r| matches!(r.of, Slot::Perpetrator | Slot::Party))
        };
        if single
            && item.before == 0
            && self.scan.senses(before).iter().any(|s| s.1.has(Inflection::NOUN | Inflection::SINGULAR) && act(&s.0))
        {
            return true;
        }
        // «هجمات مسلحة», «طائرة انتحارية»: an adjective of a thing or an act.
        let feminine = (sense.is_some_and(|s| s.1.has(Inflection::FEMININE | Inflection::SINGULAR)) || single && item.pronoun)
            && item.before == 0
            && self.scan.senses(before).iter().any(|s| matches!(s.0.class, Class::Frame | Class::Weapon | Class::Object | Class::Person))
            && !self.scan.senses(before).iter().any(|s| s.1.is_verb());
        feminine || single && item.before == Reading::ARTICLE && before.kind == Kind::Word && !led
    }

    /// Whether an item with the article means several people, or a body that bears no arms.
    pub fn names_people(&self, item: &Item) -> bool {
        names_people(self.lexicon, self.scan, item)
    }

    /// The country, actor and rule of an adjective of nationality.
    pub fn nation_adjective(&self, i: usize) -> Option<(&'a str, &'a str, u32)> {
        let pack = self.lexicon.pack();
        let item = self.scan.items.get(i)?;
        let senses = self.scan.senses(item);
        senses.iter().find_map(|(sense, inflection)| {
            if sense.class != Class::NationAdj || !inflection.has(Inflection::ADJECTIVE) {
                return None;
            }
            let nation = &pack.nations[sense.value as usize];
            valid(nation.from, nation.until, self.today).then_some((nation.country.as_str(), nation.actor.as_str(), sense.rule))
        })
    }
}
