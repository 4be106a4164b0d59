//! One document's way through the coder.

use crate::actor::Stage;
use crate::back::{claims, go_on, is_act, own_deeds, take_on};
use crate::carry::{self, Chance};
use crate::cluster;
use crate::dating;
use crate::draft::{Draft, Few, link_sentence};
use crate::emit;
use crate::judge::{self, Tone};
use crate::layout::{self, Part};
use crate::link::Linker;
use crate::mention::Mention;
use crate::parse::{Parse, Parser};
use crate::place::{PlaceMention, PlaceReader};
use crate::places_of::{assign_places, drop_wider_places, find_places, keep_best_of_chains, name_places, share_places};
use crate::reader::Reader;
use crate::resolve::{Spot, rank};
use crate::scan::{Classes, Scan, Scanner};
use crate::source::{Listener, Voices};
use crate::time::TimeMention;
use crate::whereabouts::{country_votes, resolve_places};
use crate::{Coder, Pair, Reason};
use jiff::civil::Date;
use marsad_language::{Class, Frame, FrameKind, Guard, Needs, Prep, Reading};
use marsad_model::{Action, Coded, Document, Group, ObjectClass, Role};
use marsad_text::{Text, sentences};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// So many sentences at the head of a report tell what it is about.
const HEAD: usize = 3;
/// No document gives more events than this; later ones are dropped with a diagnostic.
const MAX_EVENTS: usize = 400;
/// By how much less sure the link of a heading to what stands under it may be.
const HEADING: f64 = 4.0;
/// A heading is compared with so many drafts.
const MEMORY: usize = 24;
/// A list names so many places more than are known.
const LISTED: usize = 2;

/// Words that may tell an event: only sentences with some of them are read for events.
const TELLING: Classes = Classes::from(&[Class::Frame, Class::Weapon, Class::WeaponAdj]);

/// All that is known of a document once it is read.
pub(crate) struct Read<'a> {
    pub text: &'a Text,
    pub scan: &'a Scan,
    pub stage: &'a Stage<'a>,
    pub times: Vec<Vec<TimeMention>>,
    pub places: Vec<Vec<PlaceMention>>,
    pub spots: Vec<Vec<Spot<'a>>>,
    pub mentions: Vec<Mention>,
    pub voices: Vec<Voices>,
    pub tones: Vec<Tone>,
    pub parts: Vec<Part>,
    /// The line of a list that each sentence stands in.
    pub lines: Vec<Option<usize>>,
    pub today: Date,
    pub dated: bool,
    /// The day of the first news of the document.
    pub lead_day: Option<Date>,
}

/// What a run is for.
pub(crate) struct Run<'r> {
    /// Events below this confidence are dropped.
    pub least: f64,
    /// Whether reasons are wanted.
    pub explain: bool,
    /// Whether the models are being fitted: every draft is kept, with the scope that the rules give it.
    pub fitting: bool,
    /// Where the features of all pairs of drafts go, which then stay apart.
    pub pairs: Option<&'r mut Vec<Pair>>,
    /// Where the chances go of news without a time of its own to get the day told last.
    pub chances: Option<&'r mut Vec<Chance>>,
}

/// Codes a document; with `explain`, the reasons too.
pub(crate) fn code(coder: &Coder, scanner: &mut Scanner, document: &Document, run: Run) -> (Coded, Vec<Reason>) {
    let arabic = document.language.as_deref().is_none_or(is_read);
    let (mut text, mut scan) = scanner.spare();
    text.read(if arabic { &document.text } else { "" });
    scanner.scan(&coder.lexicon, &coder.gazetteers, &text, &sentences(&text), &mut scan);
    let out = code_scan(coder, &text, &scan, document, run);
    scanner.give_back(text, scan, arabic);
    out
}

/// Codes a document that is scanned.
fn code_scan<'a>(coder: &'a Coder, text: &'a Text, scan: &'a Scan, document: &Document, run: Run) -> (Coded, Vec<Reason>) {
    let (parts, lines) = layout::read(scan, text);
    let filed = dating::filed(scan, document.published);
    let (today, dated) = (filed.unwrap_or(dating::GUESS), filed.is_some());
    let telling = (0..parts.len()).any(|n| parts[n] != Part::Other && scan.classes[n].any(TELLING));
    let votes = if telling { country_votes(coder, scan) } else { FxHashMap::default() };
    let stage = Stage::survey(&coder.lexicon, scan, today, votes);
    let mut state = Read {
        text,
        scan,
        stage: &stage,
        times: Vec::new(),
        places: Vec::new(),
        spots: Vec::new(),
        mentions: Vec::new(),
        voices: Vec::new(),
        tones: Vec::new(),
        parts,
        lines,
        today,
        dated,
        lead_day: None,
    };
    let groups = if telling { read(coder, &mut state, filed) } else { Vec::new() };
    let drafts = drafts(&state, &groups);
    let mut run = run;
    let drafts = merge(&state, drafts, &mut run);
    emit::record(document, state, drafts, MAX_EVENTS, &run)
}

/// Groups of mentions that are one happening, by the first of the mentions of their sentence.
type Groups = Vec<(usize, Vec<Few>)>;

/// Reads all that the sentences tell into `state`; returns which mentions of each sentence are one happening. Each step reads all
/// sentences before the next one begins, so that its code stays in the processor's caches.
fn read<'a>(coder: &'a Coder, state: &mut Read<'a>, filed: Option<Date>) -> Groups {
    let (scan, stage) = (state.scan, state.stage);
    let mut taken = vec![false; scan.items.len()];
    state.times = dating::times(scan, filed, &mut taken);
    state.places = scan.sentences.iter().map(|s| PlaceReader { scan, sentence: s.clone(), taken: &taken }.read()).collect();
    state.tones = scan.sentences.iter().map(|s| judge::tone(stage, scan, s.clone())).collect();
    for n in 0..state.tones.len() {
        let around = n.saturating_sub(3)..(n + 2).min(state.tones.len());
        state.tones[n].near_force = state.tones[around].iter().any(|t| t.force);
    }
    let parse = |(n, sentence): (usize, &Range<usize>)| {
        let parser = Parser { lexicon: stage.lexicon, scan, sentence: sentence.clone(), time: &taken };
        let speaks = scan.classes[n].has(Class::Report) || state.tones[n].origin;
        if speaks || scan.classes[n].any(TELLING) { parser.parse() } else { Parse::default() }
    };
    let parses: Vec<Parse> = scan.sentences.iter().enumerate().map(parse).collect();
    let told = |n: usize| state.parts[n] != Part::Other && parses[n].pivots.iter().any(|p| p.frame.is_some());
    if !(0..parses.len()).any(told) {
        return Vec::new();
    }
    let mut listener = Listener::new(stage, scan, state.text, &taken);
    state.voices = parses.iter().enumerate().map(|(n, parse)| listener.hear(parse, n)).collect();
    let mut groups = Vec::new();
    for (n, parse) in parses.iter().enumerate() {
        let mentions = mentions(state, parse, n);
        if !mentions.is_empty() {
            groups.push((state.mentions.len(), link_sentence(scan, parse, &mentions)));
            state.mentions.extend(mentions);
        }
    }
    if !state.mentions.is_empty() {
        resolve_places(coder, state);
    }
    groups
}

/// The mentions of a sentence. What it says of who did what was told before goes to the mentions of the sentences before.
fn mentions(state: &mut Read, parse: &Parse, n: usize) -> Vec<Mention> {
    let (scan, stage) = (state.scan, state.stage);
    let told = state.parts[n] != Part::Other;
    let mut mentions = if told && parse.pivots.iter().any(|p| p.frame.is_some()) {
        Reader::new(stage, n, parse, &state.places[n]).read()
    } else {
        Vec::new()
    };
    go_on(&state.mentions, scan, n, scan.sentences[n].start, &mut mentions);
    for m in &mut mentions {
        m.heading = state.parts[n] == Part::Heading;
        m.met = judge::needs_met(&stage.lexicon.pack().frames[m.frame as usize], m, &state.tones[n], !state.places[n].is_empty());
    }
    // Who takes on what was told before: read only where nothing else is told.
    if told && !mentions.iter().any(is_act) && parse.pivots.iter().any(claims) {
        let who = Reader::new(stage, n, parse, &state.places[n]).claims();
        state.voices[n].claims.extend(who.as_ref().and_then(|w| w.items.start.checked_sub(1)));
        take_on(&mut state.mentions, n, who.into_iter().collect());
    }
    if told && state.tones[n].origin {
        let who = Reader::new(stage, n, parse, &state.places[n]).originated(&mut mentions);
        if !mentions.iter().any(is_act) {
            take_on(&mut state.mentions, n, who);
        }
    }
    own_deeds(&state.voices[n], &mut mentions);
    mentions
}

/// Whether a pack reads the language of that code.
fn is_read(language: &str) -> bool {
    let base = language.split(['-', '_']).next().unwrap_or(language).to_ascii_lowercase();
    matches!(base.as_str(), "ar" | "ara" | "arb" | "und" | "")
}

/// The drafts of all sentences, with their time, places, scope and realis.
fn drafts<'r>(state: &'r Read, groups: &'r [(usize, Vec<Few>)]) -> impl Iterator<Item = Draft> + use<'r> {
    let pack = state.stage.lexicon.pack();
    groups.iter().flat_map(move |(offset, sentence_groups)| {
        let n = state.mentions[*offset].sentence;
        let total: usize = sentence_groups.iter().map(|group| group.len()).sum();
        let mentions = &state.mentions[*offset..offset + total];
        let mut row: Vec<Draft> = sentence_groups.iter().map(|g| Draft::open(mentions, g, *offset)).collect();
        dating::assign(state, n, &mut row);
        // "The town" that nobody named before stands in no other place's way.
        let vague = |p: &(usize, usize)| state.places[p.0][p.1].back && state.spots[p.0][p.1].point.is_none();
        row.iter_mut().for_each(|d| d.places.retain(|p| !vague(p)));
        assign_places(state, n, &mut row);
        for draft in &mut row {
            draft.places.retain(|p| !state.places[p.0][p.1].bare || state.spots[p.0][p.1].id.is_some());
            keep_best_of_chains(state, draft);
            name_places(state, draft);
            draft.refine(state.scan, &pack.nations, &state.mentions);
        }
        find_places(state, n, &mut row);
        let drafted = row.len();
        row.retain(|draft| admitted(state, draft));
        // Where those are told that came to nothing, others may have happened: «أثناء توجهها من …».
        if row.len() < drafted {
            assign_places(state, n, &mut row);
            row.iter_mut().for_each(|draft| keep_best_of_chains(state, draft));
        }
        for draft in &mut row {
            let exact = draft.places.iter().any(|p| state.spots[p.0][p.1].is_narrow());
            draft.scope = judge::scope(draft, &state.mentions, state.scan, &state.tones, state.today, exact);
            draft.realis = judge::realis(draft, &state.mentions, &state.voices, state.scan);
            dating::look_ahead(state, n, draft);
        }
        row
    })
}

/// Whether a draft stands: what its frames need is there, and no guard speaks against it.
fn admitted(state: &Read, draft: &Draft) -> bool {
    let pack = state.stage.lexicon.pack();
    let tone = &state.tones[draft.sentences[0]];
    let met = draft.mentions.iter().any(|m| {
        let m = &state.mentions[*m];
        judge::needs_met(&pack.frames[m.frame as usize], m, tone, !draft.places.is_empty())
    });
    if !met {
        return false;
    }
    let implied = |m: &usize| pack.frames[state.mentions[*m].frame as usize].weapon.is_some();
    let named = draft.weapons.len() > draft.mentions.iter().filter(|m| implied(m)).count();
    // «لمواجهة …»: to counter somebody is no clash with him.
    let first = &state.mentions[draft.mentions[0]];
    if draft.action == Action::Clash && draft.mentions.len() == 1 && first.prep == Some(Prep::To) && !first.carried {
        return false;
    }
    // Police who seize a thief.
    if tone.guard == Some(Guard::Crime)
        && draft.action == Action::Detention
        && !draft.parties.iter().any(|p| p.role == Role::Target && p.armed)
    {
        return false;
    }
    // The name of a country in a matter for courts says where somebody comes from.
    let nation = |p: &crate::mention::Party| pack.nations.iter().any(|n| n.actor == p.code);
    // «المهاجم», «القناص» of a match.
    let player = |p: &crate::mention::Party| {
        let item = state.scan.items.get(p.items.start).filter(|_| p.items.len() == 1 && p.code == "unidentified");
        item.is_some_and(|i| i.has(Reading::ARTICLE)) && tone.guard == Some(Guard::Sport)
    };
    let manned =
        draft.parties.iter().any(|p| p.armed && !player(p) && !(matches!(tone.guard, Some(Guard::Crime | Guard::Disaster)) && nation(p)));
    let armed = manned || named && !matches!(tone.guard, Some(Guard::Crime | Guard::Sport));
    let plain = |m: &usize| pack.frames[state.mentions[*m].frame as usize].needs.is_none() && !implied(m);
    let attacks = draft.mentions.iter().any(|m| state.mentions[*m].kind == FrameKind::Attack && plain(m));
    if tone.guard.is_some() && !armed && (!attacks || tone.guard == Some(Guard::Sport)) {
        return false;
    }
    // A toll that nothing else tells needs people, at least those that a pronoun means: «قتلهم مسلحون».
    let meant = draft.mentions.iter().map(|m| &state.mentions[*m]).any(|m| m.verb && m.pronoun && m.has_perpetrator());
    if draft.toll_only && draft.tolls.is_empty() && draft.objects.is_empty() && !meant {
        return false;
    }
    true
}

pub(crate) fn span_of(state: &Read, draft: &Draft) -> Range<usize> {
    let first = state.mentions[draft.mentions[0]].items.start;
    let last = draft.mentions.iter().map(|m| state.mentions[*m].reach).max().unwrap_or(first);
    first..last
}

/// Brings drafts of one happening together over the document.
fn merge(state: &Read, drafts: impl Iterator<Item = Draft>, run: &mut Run) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = drafts.collect();
    if drafts.is_empty() {
        return drafts;
    }
    dating::mark_outdated(state, &mut drafts);
    if let Some(pairs) = run.pairs.take() {
        return all_pairs(state, &Linker::new(state, &drafts), drafts, pairs);
    }
    let mut out = if drafts.len() > 1 { join(state, drafts) } else { drafts };
    for draft in &mut out {
        drop_wider_places(state, draft);
    }
    share_places(state, &mut out);
    dating::headline(state, &mut out);
    carry::carry(state, &mut out, run.chances.take());
    drop_unarmed(state, &mut out);
    out
}

/// Joins the drafts that tell one happening.
fn join(state: &Read, drafts: Vec<Draft>) -> Vec<Draft> {
    let linker = Linker::new(state, &drafts);
    let nations = &state.stage.lexicon.pack().nations;
    let mut out: Vec<Draft> = Vec::new();
    let mut headings: Vec<Draft> = Vec::new();
    let mut body: Vec<Draft> = Vec::new();
    for draft in drafts {
        if state.parts[draft.sentences[0]] == Part::Heading { headings.push(draft) } else { body.push(draft) }
    }
    let groups = cluster::groups(&linker, &body);
    let mut body: Vec<Option<Draft>> = body.into_iter().map(Some).collect();
    for group in groups {
        let mut members = group.members.into_iter().filter_map(|n| body[n].take());
        let Some(mut first) = members.next() else { continue };
        for mut draft in members {
            if linker.elsewhere(&first, &draft) || lists(state, &first, &draft) {
                draft.places.clear();
            }
            first.absorb(draft);
            first.refine(state.scan, nations, &state.mentions);
        }
        out.push(Draft { echo: group.echo, echoed: group.echoed, ..first });
    }
    let mut leads: Vec<_> = if headings.is_empty() { Vec::new() } else { out.iter().map(|d| linker.lead(d)).collect() };
    for heading in headings {
        let lead = linker.lead(&heading);
        let best = (0..out.len().min(MEMORY))
            .filter_map(|k| linker.score((&heading, &lead), (&out[k], &leads[k]), false).map(|s| (s, k)))
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        match best {
            Some((score, k)) if score >= -HEADING => {
                out[k].take_heading(heading);
                out[k].refine(state.scan, nations, &state.mentions);
                leads[k] = linker.lead(&out[k]);
            }
            Some((score, _)) => out.push(Draft { echoed: 1.0 / (1.0 + (-score).exp()), ..heading }),
            None => out.push(heading),
        }
        leads.extend(out.get(leads.len()).map(|d| linker.lead(d)));
    }
    out
}

/// Whether a draft that tells the same names the places of another among many more: a list of all that was hit.
fn lists(state: &Read, told: &Draft, draft: &Draft) -> bool {
    let spots = |d: &Draft| d.places.iter().filter(|p| rank(&state.spots[p.0][p.1]) == 0).count();
    let known = spots(told);
    known > 0 && spots(draft) >= known + LISTED
}

/// Lets all drafts stay apart, and writes down the features of their pairs.
fn all_pairs(state: &Read, linker: &Linker, drafts: Vec<Draft>, pairs: &mut Vec<Pair>) -> Vec<Draft> {
    let at = |d: &Draft| state.text.tokens()[state.scan.items[d.trigger(&state.mentions).items.start].start as usize].start;
    let leads: Vec<_> = drafts.iter().map(|d| linker.lead(d)).collect();
    for (n, b) in drafts.iter().enumerate() {
        let mut closest = true;
        pairs.extend(cluster::before(n).filter_map(|k| {
            let body = state.parts[drafts[k].sentences[0]] != Part::Heading;
            let features = linker.features((&drafts[k], &leads[k]), (b, &leads[n]), closest && body);
            closest &= !body || features.is_none();
            Some((at(&drafts[k]), at(b), features?.map(|f| f64::from(u8::from(f))).to_vec()))
        }));
    }
    drafts
}

/// In a document in which nobody is armed and no weapon or attack is told, words for harm and seizure that ordinary life
/// shares tell no event.
fn drop_unarmed(state: &Read, drafts: &mut Vec<Draft>) {
    let pack = state.stage.lexicon.pack();
    let frame = |m: &usize| &pack.frames[state.mentions[*m].frame as usize];
    let plain = |f: &Frame| f.needs.is_none() && f.kind != FrameKind::Deed || f.needs == Some(Needs::Counted);
    let own_weight = |d: &Draft| d.mentions.iter().any(|m| plain(frame(m)) || state.mentions[*m].found);
    let fighters = |d: &Draft| d.tolls.iter().any(|t| t.group == Group::Combatants);
    let of_war = |d: &Draft| d.objects.iter().any(|o| matches!(o.0, ObjectClass::VehicleMilitary | ObjectClass::Convoy));
    let manned = |d: &Draft| d.parties.iter().any(|p| p.armed) || fighters(d) || of_war(d);
    let armed = |d: &Draft| manned(d) || !d.weapons.is_empty() || d.shells || own_weight(d);
    // What a storm, a crash or an illness did is told in the same words.
    let other = state.tones.iter().take(HEAD).any(|t| matches!(t.guard, Some(Guard::Disaster | Guard::Accident | Guard::Health)));
    let fought = |d: &Draft| {
        d.parties.iter().any(|p| p.armed)
            || !d.weapons.is_empty()
            || d.shells
            || d.mentions.iter().any(|m| frame(m).kind == FrameKind::Attack && frame(m).action != Action::Explosion)
    };
    if other && !drafts.iter().any(fought) {
        drafts.retain(|d| !d.action.is_violent());
    }
    if drafts.iter().any(armed) {
        return;
    }
    drafts.retain(|d| own_weight(d) || !d.action.is_violent());
}
