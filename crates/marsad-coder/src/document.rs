//! One document's way through the coder.

use crate::actor::Stage;
use crate::back::{claims, go_on, is_act, own_deeds, take_on};
use crate::carry::Chance;
use crate::dating;
use crate::draft::{Draft, Few, link_sentence};
use crate::emit;
use crate::judge::{self, Tone};
use crate::layout::{self, Part};
use crate::mention::Mention;
use crate::merge::merge;
use crate::parse::{Parse, Parser};
use crate::place::{PlaceMention, PlaceReader};
use crate::places_of::{assign_places, find_places, keep_best_of_chains, name_places};
use crate::rare;
use crate::reader::Reader;
use crate::resolve::Spot;
use crate::scan::{Classes, Scan, Scanner};
use crate::source::{Listener, Voices};
use crate::time::TimeMention;
use crate::whereabouts::{country_votes, resolve_places};
use crate::{Coder, Pair, Reason};
use jiff::civil::Date;
use marsad_language::{Class, FrameKind, Guard, Prep, Reading};
use marsad_model::{Action, Coded, Document, Role};
use marsad_text::{Text, sentences};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// No document gives more events than this; later ones are dropped with a diagnostic.
const MAX_EVENTS: usize = 400;

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

impl<'a> Read<'a> {
    fn new(text: &'a Text, scan: &'a Scan, front: &'a Front<'a>, (parts, lines): (Vec<Part>, Vec<Option<usize>>)) -> Self {
        Read {
            text,
            scan,
            stage: &front.stage,
            times: Vec::new(),
            places: Vec::new(),
            spots: Vec::new(),
            mentions: Vec::new(),
            voices: Vec::new(),
            tones: Vec::new(),
            parts,
            lines,
            today: front.stage.today,
            dated: front.filed.is_some(),
            lead_day: None,
        }
    }
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

/// Codes documents; with `explain`, the reasons too. Each step is taken in all of them before the next one begins, so that its code stays
/// in the processor's caches.
pub(crate) fn code(coder: &Coder, scanner: &mut Scanner, documents: &[&Document], run: &mut Run) -> Vec<(Coded, Vec<Reason>)> {
    let arabic = |document: &Document| document.language.as_deref().is_none_or(is_read);
    let learns = run.fitting || run.chances.is_some();
    let scanned: Vec<(Text, Scan)> = documents
        .iter()
        .map(|document| {
            let (mut text, mut scan) = scanner.spare();
            text.read(if arabic(document) { &document.text } else { "" });
            scanner.scan(&coder.lexicon, &coder.gazetteers, &text, &sentences(&text), &mut scan);
            (text, scan)
        })
        .collect();
    let mut out = code_scanned(coder, documents, &scanned, run);
    for ((document, (text, scan)), (coded, _)) in documents.iter().zip(scanned).zip(&mut out) {
        if !learns {
            rare::mark(coded, document, arabic(document).then_some((&text, &scan)));
        }
        scanner.give_back(text, scan, arabic(document));
    }
    out
}

/// Codes documents that are scanned.
fn code_scanned(coder: &Coder, documents: &[&Document], scanned: &[(Text, Scan)], run: &mut Run) -> Vec<(Coded, Vec<Reason>)> {
    let layouts: Vec<_> = scanned.iter().map(|(text, scan)| layout::read(scan, text)).collect();
    let fronts: Vec<Front> = documents
        .iter()
        .zip(scanned)
        .zip(&layouts)
        .map(|((document, (_, scan)), (parts, _))| Front::of(coder, scan, parts, document.published))
        .collect();
    let mut states: Vec<Read> =
        scanned.iter().zip(&fronts).zip(layouts).map(|(((text, scan), front), layout)| Read::new(text, scan, front, layout)).collect();
    let parsed: Vec<Parsed> = states
        .iter_mut()
        .zip(&fronts)
        .map(|(state, front)| if front.telling { parse(state, front.filed) } else { Parsed::default() })
        .collect();
    let groups: Vec<Groups> = states.iter_mut().zip(&parsed).map(|(state, parsed)| read(coder, state, parsed)).collect();
    let drafts: Vec<Vec<Draft>> = states.iter().zip(&groups).map(|(state, groups)| drafts(state, groups).collect()).collect();
    let drafts: Vec<Vec<Draft>> = states.iter().zip(drafts).map(|(state, drafts)| merge(state, drafts, run)).collect();
    let rows = documents.iter().zip(states).zip(drafts);
    rows.map(|((document, state), drafts)| emit::record(document, state, drafts, MAX_EVENTS, run)).collect()
}

/// What is known of a document before its sentences are read.
struct Front<'a> {
    stage: Stage<'a>,
    /// The day of the report, where it is known.
    filed: Option<Date>,
    /// Whether some sentence may tell an event.
    telling: bool,
}

impl<'a> Front<'a> {
    fn of(coder: &'a Coder, scan: &'a Scan, parts: &[Part], published: Option<Date>) -> Self {
        let filed = dating::filed(scan, published);
        let telling = (0..parts.len()).any(|n| parts[n] != Part::Other && scan.classes[n].any(TELLING));
        let votes = if telling { country_votes(coder, scan) } else { FxHashMap::default() };
        Front { stage: Stage::survey(&coder.lexicon, scan, filed.unwrap_or(dating::GUESS), votes), filed, telling }
    }
}

/// Groups of mentions that are one happening, by the first of the mentions of their sentence.
type Groups = Vec<(usize, Vec<Few>)>;

/// What the sentences of a document consist of.
#[derive(Default)]
struct Parsed {
    parses: Vec<Parse>,
    /// The items that belong to times.
    taken: Vec<bool>,
}

/// Reads the times, places and tones of all sentences into `state`, and what those consist of that may tell something.
fn parse(state: &mut Read, filed: Option<Date>) -> Parsed {
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
    Parsed { parses: scan.sentences.iter().enumerate().map(parse).collect(), taken }
}

/// Reads all that the sentences tell into `state`; returns which mentions of each sentence are one happening.
fn read<'a>(coder: &'a Coder, state: &mut Read<'a>, Parsed { parses, taken }: &Parsed) -> Groups {
    let told = |n: usize| state.parts[n] != Part::Other && parses[n].pivots.iter().any(|p| p.frame.is_some());
    if !(0..parses.len()).any(told) {
        return Vec::new();
    }
    let (scan, stage) = (state.scan, state.stage);
    let mut listener = Listener::new(stage, scan, state.text, taken);
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
