//! One document's way through the coder.

use crate::actor::Stage;
use crate::draft::{Draft, Likeness, PlaceAt, link_sentence};
use crate::emit;
use crate::judge::{self, Tone};
use crate::mention::{Mention, Reader};
use crate::parse::{Parse, Parser};
use crate::place::{PlaceMention, PlaceReader};
use crate::resolve::{Prior, Spot, candidates, choose, locate, rank};
use crate::scan::{Scan, Scanner};
use crate::source::{Voices, voices};
use crate::time::{TimeMention, TimeReader};
use crate::{Coder, Reason};
use jiff::civil::Date;
use marsad_language::{Class, Reading};
use marsad_model::{Coded, Document, Precision, Role, Scope, WhenPrecision};
use marsad_places::PlaceKind;
use marsad_text::{Kind, Text, sentences, tokenize};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// The score from which two drafts are taken for one happening.
const SAME: f32 = 1.9;
/// No document gives more events than this; later ones are dropped with a diagnostic.
const MAX_EVENTS: usize = 400;
/// A draft is compared with so many before it.
const MEMORY: usize = 24;

/// All that is known of a document once it is read.
pub(crate) struct Reading1<'a> {
    pub text: &'a Text,
    pub scan: &'a Scan,
    pub stage: &'a Stage<'a>,
    pub times: Vec<Vec<TimeMention>>,
    pub places: Vec<Vec<PlaceMention>>,
    pub spots: Vec<Vec<Spot>>,
    pub parses: Vec<Parse>,
    pub mentions: Vec<Mention>,
    pub voices: Vec<Voices>,
    pub tones: Vec<Tone>,
    pub today: Date,
    pub dated: bool,
}

/// Codes a document; with `explain`, the reasons too.
pub(crate) fn code(coder: &Coder, scanner: &mut Scanner, document: &Document, explain: bool) -> (Coded, Vec<Reason>) {
    let arabic = document.language.as_deref().is_none_or(is_read);
    let text = if arabic { tokenize(&document.text) } else { Text::default() };
    let split = sentences(&text);
    let scan = scanner.scan(&coder.lexicon, &coder.gazetteers, &text, &split);
    let published = document.published.or_else(|| first_full_date(&scan));
    let dated = published.is_some();
    let mut today = published.unwrap_or(Date::constant(2000, 1, 1));
    if let Some(dateline) = dateline(&scan, today) {
        today = dateline;
    }
    let votes = country_votes(coder, &scan);
    let stage = Stage::survey(&coder.lexicon, &scan, today, votes);
    let mut state = Reading1 {
        text: &text,
        scan: &scan,
        stage: &stage,
        times: Vec::new(),
        places: Vec::new(),
        spots: Vec::new(),
        parses: Vec::new(),
        mentions: Vec::new(),
        voices: Vec::new(),
        tones: Vec::new(),
        today,
        dated,
    };
    let mut taken = vec![false; scan.items.len()];
    for sentence in &scan.sentences {
        let times = TimeReader::new(&scan, sentence.clone(), today).read(sentence.start);
        for t in &times {
            taken[t.items.clone()].fill(true);
        }
        state.times.push(times);
        let places = PlaceReader { scan: &scan, sentence: sentence.clone(), taken: &taken }.read();
        state.places.push(places);
    }
    resolve_places(coder, &mut state);
    let tail = tail(&scan, &text);
    let mut groups: Vec<(usize, Vec<Vec<usize>>)> = Vec::new();
    for (n, sentence) in scan.sentences.iter().enumerate() {
        let parse = Parser { scan: &scan, lexicon: &coder.lexicon, sentence: sentence.clone(), time: &taken }.parse();
        let mentions = if n < tail && parse.pivots.iter().any(|p| p.frame.is_some()) {
            Reader { stage: &stage, scan: &scan, sentence: n, range: sentence.clone(), parse: &parse, places: &state.places[n] }.read()
        } else {
            Vec::new()
        };
        if std::env::var_os("MARSAD_TRACE").is_some() {
            for i in sentence.clone() { let it=&scan.items[i]; eprintln!("{i} {:?} {:?} before={} {:?}", it.kind, (it.start,it.end), it.before, scan.senses(it).iter().map(|s| s.0.class).collect::<Vec<_>>()); }
            eprintln!("{:?}", parse.nodes);
            for m in &mentions { eprintln!("{m:?}"); }
        }
        state.voices.push(voices(&stage, &scan, &parse, sentence.clone(), &taken));
        state.tones.push(judge::tone(&stage, &scan, sentence.clone()));
        if !mentions.is_empty() {
            groups.push((state.mentions.len(), link_sentence(&scan, &parse, &mentions)));
            state.mentions.extend(mentions);
        }
        state.parses.push(parse);
    }
    for n in 0..state.tones.len() {
        let around = n.saturating_sub(3)..(n + 2).min(state.tones.len());
        state.tones[n].near_force = state.tones[around].iter().any(|t| t.force);
    }
    carry_voices(&mut state);
    let drafts = drafts(&state, &groups);
    let drafts = merge(&state, drafts);
    emit::record(coder, document, &state, drafts, MAX_EVENTS, explain)
}

/// The sentence from which the page's other matter follows: the first short line that begins like it, past the head.
fn tail(scan: &Scan, text: &Text) -> usize {
    let tokens = text.tokens();
    for (n, sentence) in scan.sentences.iter().enumerate().skip(2) {
        let items = &scan.items[sentence.clone()];
        let words = items.iter().filter(|i| i.kind == Kind::Word).count();
        let Some(first) = items.first() else { continue };
        let line = first.start == 0 || tokens[first.start as usize - 1].kind == Kind::Line;
        let phrase = first.end - first.start > 1;
        if line && scan.is(first, Class::Tail) && (words <= if phrase { 5 } else { 1 }) {
            return n;
        }
    }
    scan.sentences.len()
}

/// Whether a pack reads the language of that code.
fn is_read(language: &str) -> bool {
    let base = language.split(['-', '_']).next().unwrap_or(language).to_ascii_lowercase();
    matches!(base.as_str(), "ar" | "ara" | "arb" | "und" | "")
}

/// The first full date of a text without a date of publication.
fn first_full_date(scan: &Scan) -> Option<Date> {
    let guess = Date::constant(2000, 1, 1);
    scan.sentences.iter().take(12).find_map(|s| TimeReader::new(scan, s.clone(), guess).read(s.start).into_iter().find(|t| t.full).map(|t| t.days.start))
}

/// A line near the head that is nothing but a date.
fn dateline(scan: &Scan, published: Date) -> Option<Date> {
    for sentence in scan.sentences.iter().take(8) {
        if sentence.len() > 14 {
            continue;
        }
        let times = TimeReader::new(scan, sentence.clone(), published).read(sentence.start);
        let full = times.iter().find(|t| t.full)?;
        let rest = sentence.clone().filter(|i| !full.items.contains(i)).filter(|i| scan.items[*i].kind == Kind::Word).count();
        if rest <= 2 {
            return Some(full.days.start);
        }
    }
    None
}

/// Votes for the country of the report, by the names of its places.
fn country_votes(coder: &Coder, scan: &Scan) -> FxHashMap<String, i32> {
    let mut votes: FxHashMap<String, i32> = FxHashMap::default();
    for item in scan.items.iter().filter(|i| i.place.is_some()) {
        if !scan.senses(item).iter().all(|s| matches!(s.0.class, Class::Nation)) {
            continue;
        }
        let Some(key) = item.place else { continue };
        let mut only: Option<&str> = None;
        let mut same = true;
        for p in coder.gazetteers.iter().flat_map(|g| g.find(key)) {
            same &= only.is_none_or(|o| o == p.country);
            only = Some(p.country);
        }
        if same
            && let Some(country) = only
            && !country.is_empty()
        {
            *votes.entry(country.to_owned()).or_default() += 3;
        }
    }
    votes
}

/// Looks every place up, the clear ones first.
fn resolve_places(coder: &Coder, state: &mut Reading1) {
    let mut prior = Prior { country: state.stage.country.clone(), ..Prior::default() };
    let mut clear: Vec<(f64, f64)> = Vec::new();
    for sentence in &state.places {
        for m in sentence {
            let found = candidates(&coder.gazetteers, m);
            let at_home = found.iter().filter(|p| prior.country.as_deref() == Some(p.country)).count();
            if let [p] = found.as_slice()
                && !p.admin1.is_empty()
            {
                *prior.admin1.entry(p.admin1.to_owned()).or_default() += 1;
                if at_home == 1 && p.kind != PlaceKind::Country {
                    clear.push((p.lat, p.lon));
                }
            }
            for p in &found {
                if p.kind == PlaceKind::Admin1 && prior.country.as_deref() == Some(p.country) {
                    *prior.admin1.entry(p.admin1.to_owned()).or_default() += 1;
                    let name = p.english.to_owned();
                    *prior.admin1.entry(name).or_default() += 1;
                }
            }
        }
    }
    clear.truncate(64);
    prior.points = clear;
    let mut last: Option<(usize, usize)> = None;
    let mut spots: Vec<Vec<Spot>> = Vec::with_capacity(state.places.len());
    for (s, sentence) in state.places.iter().enumerate() {
        let mut divisions: Vec<String> = Vec::new();
        for m in sentence {
            for p in candidates(&coder.gazetteers, m) {
                if p.kind == PlaceKind::Admin1 && !divisions.iter().any(|d| d == p.english) {
                    divisions.push(p.english.to_owned());
                    if !p.admin1.is_empty() && p.admin1 != p.english {
                        divisions.push(p.admin1.to_owned());
                    }
                }
            }
        }
        let mut row: Vec<Spot> = Vec::with_capacity(sentence.len());
        for (n, m) in sentence.iter().enumerate() {
            let found = candidates(&coder.gazetteers, m);
            let place = choose(&found, m, &prior, &divisions).filter(|p| {
                !m.bare || p.curated || prior.country.is_none() || prior.country.as_deref() == Some(p.country) || p.population >= 100_000 || matches!(p.kind, PlaceKind::Country | PlaceKind::Admin1)
            });
            let mut spot = locate(m, place);
            if m.back
                && let Some((ls, ln)) = last
            {
                let from: Option<&Spot> = if ls == s { row.get(ln) } else { spots.get(ls).and_then(|r: &Vec<Spot>| r.get(ln)) };
                if let Some(from) = from {
                    let relation = spot.relation;
                    let precision = spot.precision;
                    spot = from.clone();
                    spot.relation = relation;
                    if precision == Precision::Area {
                        spot.precision = precision;
                    }
                }
            }
            if !m.back {
                last = Some((s, n));
            }
            row.push(spot);
        }
        spots.push(row);
    }
    state.spots = spots;
}

/// A word of saying without a subject goes on with the source before it.
fn carry_voices(state: &mut Reading1) {
    let mut last: Vec<crate::source::Voice> = Vec::new();
    let mut age = 0;
    for v in &mut state.voices {
        if v.voices.is_empty() && v.goes_on && age <= 2 {
            v.voices = last.iter().take(1).cloned().collect();
            age = 0;
        } else if !v.voices.is_empty() {
            last = v.voices.clone();
            age = 0;
        } else {
            age += 1;
        }
    }
}

/// The drafts of all sentences, with their time, places, scope and realis.
fn drafts(state: &Reading1, groups: &[(usize, Vec<Vec<usize>>)]) -> Vec<Draft> {
    let mut out = Vec::new();
    for (offset, sentence_groups) in groups {
        let n = state.mentions[*offset].sentence;
        let total: usize = sentence_groups.iter().map(Vec::len).sum();
        let mentions = &state.mentions[*offset..offset + total];
        let mut row: Vec<Draft> = sentence_groups.iter().map(|g| Draft::open(mentions, g, *offset)).collect();
        assign_times(state, n, &mut row);
        assign_places(state, n, &mut row);
        for draft in &mut row {
            draft.places.retain(|p| !state.places[p.0][p.1].bare || state.spots[p.0][p.1].id.is_some());
            keep_best_of_chains(state, draft);
            draft.refine();
        }
        for mut draft in row {
            if !admitted(state, &draft) {
                continue;
            }
            let exact = draft.places.iter().any(|p| matches!(state.spots[p.0][p.1].precision, Precision::Exact | Precision::Near));
            draft.scope = judge::scope(&draft, &state.mentions, state.scan, &state.tones, state.today, exact);
            draft.realis = judge::realis(&draft, &state.mentions, &state.voices);
            out.push(draft);
        }
    }
    out
}

/// Whether a draft stands: what its frames need is there, and no guard speaks against it.
fn admitted(state: &Reading1, draft: &Draft) -> bool {
    let pack = state.stage.lexicon.pack();
    let tone = &state.tones[draft.sentences[0]];
    let met = draft.mentions.iter().any(|m| {
        let m = &state.mentions[*m];
        judge::needs_met(&pack.frames[m.frame as usize], m, tone, !draft.places.is_empty())
    });
    if !met {
        return false;
    }
    let armed = draft.parties.iter().any(|p| p.armed) || !draft.weapons.is_empty();
    if tone.guard.is_some() && !armed && !draft.mentions.iter().any(|m| state.mentions[*m].kind == marsad_language::FrameKind::Attack) {
        return false;
    }
    // A toll that nothing else tells needs people.
    if draft.toll_only && draft.tolls.is_empty() && draft.objects.is_empty() {
        return false;
    }
    true
}

fn span_of(state: &Reading1, draft: &Draft) -> Range<usize> {
    let first = state.mentions[draft.mentions[0]].items.start;
    let last = draft.mentions.iter().map(|m| state.mentions[*m].reach).max().unwrap_or(first);
    first..last
}

/// Gives the sentence's times to its drafts.
fn assign_times(state: &Reading1, n: usize, row: &mut [Draft]) {
    let parse = &state.parses.get(n);
    let _ = parse;
    for time in &state.times[n] {
        if reports_only(state, n, time) {
            continue;
        }
        let mut best: Option<(usize, usize)> = None;
        for (d, draft) in row.iter().enumerate() {
            let span = span_of(state, draft);
            let gap = if time.items.start >= span.start { time.items.start.saturating_sub(span.end) } else { (span.start - time.items.end.min(span.start)) * 2 / 3 };
            if best.is_none_or(|b| gap < b.0) {
                best = Some((gap, d));
            }
        }
        let Some((gap, d)) = best else { continue };
        if gap > 40 {
            continue;
        }
        let draft = &mut row[d];
        let better = draft.when.as_ref().is_none_or(|w| w.0.precision != WhenPrecision::Day && time.days.precision == WhenPrecision::Day);
        if better {
            draft.when = Some((time.days, time.items.clone()));
        }
    }
    // A time before all of them covers those without one of their own.
    if let Some(first) = state.times[n].first().filter(|t| !reports_only(state, n, t))
        && row.len() > 1
    {
        let lead = row.first().is_some_and(|d| first.items.start < span_of(state, d).start);
        if lead {
            for draft in row.iter_mut().filter(|d| d.when.is_none()) {
                let m = &state.mentions[draft.mentions[0]];
                if !m.definite || m.verb {
                    draft.when = Some((first.days, first.items.clone()));
                }
            }
        }
    }
}

/// Whether a time only dates the report: "said on Monday".
fn reports_only(state: &Reading1, n: usize, time: &TimeMention) -> bool {
    let start = state.scan.sentences[n].start;
    let from = time.items.start.saturating_sub(7).max(start);
    let mut report = None;
    for i in from..time.items.start {
        let item = &state.scan.items[i];
        if state.scan.is(item, Class::Report) && state.scan.senses(item).iter().any(|s| s.1.is_verb()) {
            report = Some(i);
        }
        if state.scan.is(item, Class::Frame) || (report.is_some() && state.scan.is(item, Class::Particle)) {
            report = None;
        }
    }
    let Some(_) = report else { return false };
    // What is said follows the time.
    let after = &state.scan.items[time.items.end..state.scan.sentences[n].end];
    after.iter().take(4).any(|i| state.scan.is(i, Class::Particle) || i.is_mark(',') || i.is_mark(':') || i.has(Reading::BY))
}

/// Gives places that no role took to the draft that they stand by.
fn assign_places(state: &Reading1, n: usize, row: &mut [Draft]) {
    let used: Vec<bool> = (0..state.places[n].len()).map(|p| row.iter().any(|d| d.places.contains(&(n, p)))).collect();
    for (p, place) in state.places[n].iter().enumerate() {
        if used[p] || (place.bare && state.spots[n][p].id.is_none()) {
            continue;
        }
        // The rest of a chain or list goes where its head went.
        let head = (0..p).rev().find(|q| state.places[n][*q].chain == place.chain || (place.listed && q + 1 == p));
        if let Some(q) = head
            && let Some(draft) = row.iter_mut().find(|d| d.places.contains(&(n, q)))
        {
            draft.places.push((n, p));
            continue;
        }
        if place.bare && place.prep.is_none() && place.direction.is_none() {
            continue;
        }
        let mut best: Option<(usize, usize)> = None;
        for (d, draft) in row.iter().enumerate() {
            let span = span_of(state, draft);
            let gap = if place.items.start >= span.end { place.items.start - span.end } else { span.start.saturating_sub(place.items.end) + 2 };
            if best.is_none_or(|b| gap < b.0) {
                best = Some((gap, d));
            }
        }
        let crossed = |d: &Draft| {
            let span = span_of(state, d);
            let (a, b) = if place.items.start >= span.end { (span.end, place.items.start) } else { (place.items.end, span.start) };
            (a..b.max(a)).any(|i| {
                let item = &state.scan.items[i];
                state.scan.is(item, Class::Report) || item.is_mark(';') || state.scan.is(item, Class::Conj) || (state.scan.is(item, Class::Verb) && state.scan.senses(item).iter().any(|s| s.1.is_verb()))
            })
        };
        if let Some((gap, d)) = best
            && gap <= 8
            && row[d].places.is_empty()
            && !crossed(&row[d])
        {
            row[d].places.push((n, p));
        }
    }
}

/// Of a chain from the small to the large only the smallest place is the event's.
fn keep_best_of_chains(state: &Reading1, draft: &mut Draft) {
    let places = std::mem::take(&mut draft.places);
    let mut kept: Vec<PlaceAt> = Vec::new();
    for at in &places {
        let m = &state.places[at.0][at.1];
        let spot = &state.spots[at.0][at.1];
        let mine = rank(spot);
        let better = places.iter().any(|o| {
            let other = &state.places[o.0][o.1];
            o != at && o.0 == at.0 && other.chain == m.chain && (rank(&state.spots[o.0][o.1]) < mine || (rank(&state.spots[o.0][o.1]) == mine && o.1 < at.1))
        });
        // A larger place that holds a smaller one of the same draft says nothing more.
        let wider = mine >= 1
            && places.iter().any(|o| o != at && rank(&state.spots[o.0][o.1]) == 0 && (mine >= 2 || o.1 < at.1));
        if !better && !wider {
            kept.push(*at);
        }
    }
    kept.sort_unstable();
    draft.places = if kept.is_empty() { places } else { kept };
}

/// Brings drafts of one happening together over the document.
fn merge(state: &Reading1, drafts: Vec<Draft>) -> Vec<Draft> {
    let names: Vec<Vec<Vec<String>>> = state
        .places
        .iter()
        .enumerate()
        .map(|(s, row)| row.iter().enumerate().map(|(n, m)| place_words(state, m, &state.spots[s][n])).collect())
        .collect();
    let exact = |p: PlaceAt| matches!(state.spots[p.0][p.1].precision, Precision::Exact | Precision::Near);
    let like = Likeness { places: &state.places, names: &names, exact: &exact };
    let mut out: Vec<Draft> = Vec::new();
    for draft in drafts {
        let from = out.len().saturating_sub(MEMORY);
        let mut candidates: Vec<usize> = (from..out.len()).collect();
        if from > 0 {
            candidates.push(0);
        }
        let best = candidates
            .into_iter()
            .filter_map(|k| like.score(&out[k], &draft).map(|s| (s, k)))
            .max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        match best {
            Some((score, k)) if score >= SAME => {
                out[k].absorb(draft);
                out[k].refine();
            }
            _ => out.push(draft),
        }
    }
    for draft in &mut out {
        drop_wider_places(state, draft);
        if draft.scope == Scope::Incident && draft.parties.iter().all(|p| p.role != Role::Perpetrator) {
            // nothing to add: an unknown perpetrator is only coded where the text tells of one
        }
    }
    out
}

/// After merging: an area or division around an exact place of the same draft goes.
fn drop_wider_places(state: &Reading1, draft: &mut Draft) {
    let has_exact = draft.places.iter().any(|p| rank(&state.spots[p.0][p.1]) == 0);
    if has_exact {
        draft.places.retain(|p| rank(&state.spots[p.0][p.1]) == 0);
    } else if draft.places.iter().any(|p| rank(&state.spots[p.0][p.1]) == 1) {
        draft.places.retain(|p| rank(&state.spots[p.0][p.1]) <= 1);
    }
}

/// The words by which two mentions of one place are known.
fn place_words(state: &Reading1, m: &PlaceMention, spot: &Spot) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(id) = &spot.id {
        out.push(id.clone());
    }
    if m.back {
        return out;
    }
    let tokens = state.text.tokens();
    let items = &state.scan.items[m.name.clone()];
    if let (Some(first), Some(last)) = (items.first(), items.last()) {
        let mut name = String::new();
        for t in &tokens[first.start as usize..last.end as usize] {
            if t.kind == Kind::Word {
                name.push_str(state.text.folded(t));
            }
        }
        out.push(name);
    }
    out
}
