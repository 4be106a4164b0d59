//! What was typed as a chain: the name meant, and the places around it that tell where it lies.

use super::{Found, Names};
use crate::{Place, PlaceKind, distance_km};

/// What a name found within what was typed loses against one that is all of it.
const WITHIN: f64 = 0.10;
/// The same for each word left out before it.
const LEFT_OUT: f64 = 0.04;
/// What a name of two words loses that were typed in the other order.
const OTHER_ORDER: f64 = 0.15;
/// What is lost where only the surroundings are known.
const AROUND: f64 = 0.45;
/// What a place loses for lying nowhere near the places named with it.
const STRANGE: f64 = 0.18;
/// Kilometres beyond the extent of a place named with it at which two thirds of that are lost.
const STRANGE_KM: f64 = 30.0;
/// Words of what was typed that are read, at most.
const WORDS: usize = 14;
/// Letters of a part of a name that may be looked for with letters wrong, at least.
const PART: usize = 6;
/// Words of one name, at most.
const LONGEST: usize = 5;

/// The places named with the one that is looked for; each name may be of several.
#[derive(Debug, Default)]
pub(super) struct Context<'g> {
    names: Vec<Vec<Place<'g>>>,
}

impl<'g> Context<'g> {
    /// What a place loses for not lying by the places named with it.
    pub(super) fn strange(&self, place: &Place<'_>) -> f64 {
        let Some(each) = (!self.names.is_empty()).then_some(STRANGE / self.names.len() as f64) else { return 0.0 };
        self.names.iter().map(|places| each * places.iter().map(|p| apart(p, place)).fold(1.0, f64::min)).sum()
    }

    /// Whether a place lies by one of the places named.
    fn holds(&self, place: &Place<'_>) -> bool {
        self.names.iter().flatten().any(|p| apart(p, place) < 0.7)
    }

    fn add(&mut self, found: &Found<'g>) {
        // The best fits of a name only: its look-alikes say nothing of where.
        let best = found.values().map(|f| f.0).fold(0.0, f64::max);
        let mut places: Vec<(usize, Place<'g>)> =
            found.iter().filter(|(_, f)| f.0 > best - 0.15).map(|(&(source, _), f)| (source, f.1)).collect();
        places.sort_by_key(|(source, place)| (*source, place.number));
        self.names.push(places.into_iter().map(|(_, place)| place).collect());
    }
}

/// From 0 for a place that another holds or touches to 1 for one far from it.
fn apart(around: &Place<'_>, place: &Place<'_>) -> f64 {
    let within = match around.kind {
        PlaceKind::Country => around.country == place.country,
        PlaceKind::Admin1 => around.country == place.country && around.admin1_name() == place.admin1,
        _ => false,
    };
    if within {
        return 0.0;
    }
    let beyond = distance_km((around.lat, around.lon), (place.lat, place.lon)) - around.radius_km;
    1.0 - (-beyond.max(0.0) / STRANGE_KM).exp()
}

impl Place<'_> {
    /// The name that rows of places within this division have in their column for it.
    fn admin1_name(&self) -> &str {
        if self.admin1.is_empty() { self.english } else { self.admin1 }
    }
}

/// What was understood.
pub(super) struct Reading<'g> {
    pub(super) found: Found<'g>,
    pub(super) context: Context<'g>,
}

/// A known name within what was typed.
struct Span<'g> {
    first: usize,
    words: usize,
    found: Found<'g>,
    /// A word of kind stands before it.
    introduced: bool,
}

impl Span<'_> {
    /// Whether all that bear the name are wide areas.
    fn wide(&self) -> bool {
        use PlaceKind::{Admin1, Admin2, Country};
        self.found.values().all(|(_, p)| p.kind.is_area() || matches!(p.kind, Country | Admin1 | Admin2))
    }

    /// Whether it may be an everyday word only.
    fn weak(&self) -> bool {
        self.words == 1 && !self.introduced && self.found.values().all(|(_, p)| p.bare_word)
    }
}

/// Reads what was typed. `fold` makes its words comparable.
pub(super) fn read<'g>(names: &dyn Names<'g>, typed: &str, fold: impl Fn(&str) -> String) -> Reading<'g> {
    let parts = typed.split(['،', ',', '(', ')', '/', '|', ';', '؛', '–', '—', '\n']).flat_map(|p| p.split(" - "));
    let folded: Vec<String> = parts.map(&fold).filter(|p| !p.is_empty()).collect();
    let parts: Vec<Vec<&str>> =
        folded.iter().map(|p| p.split(' ').filter(|w| w.chars().any(char::is_alphanumeric)).collect::<Vec<_>>()).collect();
    let mut context = Context::default();
    let mut parts = parts.iter().filter(|words| !words.is_empty());
    let Some(first) = parts.next() else { return Reading { found: Found::default(), context } };
    let mut found = names.exact(first);
    names.longer(first, &mut found);
    if found.is_empty() && first.len() > 1 {
        found = names.close(first);
    }
    if found.is_empty()
        && let [one, other] = first.as_slice()
    {
        found = names.exact(&[*other, *one]);
        found.values_mut().for_each(|f| f.0 -= OTHER_ORDER);
    }
    let rest: Vec<&str> = parts.flatten().copied().collect();
    if !found.is_empty() {
        for span in spans(names, &rest).iter().filter(|s| !s.weak()) {
            context.add(&span.found);
        }
        return Reading { found, context };
    }
    if !rest.is_empty() {
        // The name stands apart from where it lies: looked for with letters wrong, in those surroundings only.
        for span in spans(names, &rest).iter().filter(|s| !s.weak()) {
            context.add(&span.found);
        }
        let name = &first[names.leading_kinds(first).min(first.len() - 1)..];
        if !context.names.is_empty() {
            found = names.alike(name, &|place| context.holds(place));
        }
        if !found.is_empty() {
            return Reading { found, context };
        }
        context = Context::default();
    }
    let words: Vec<&str> = first.iter().chain(&rest).copied().take(WORDS).collect();
    let mut spans = spans(names, &words);
    if spans.first().is_none_or(|s| s.first > 0)
        && let Some(span) = begun(names, &words, spans.first().map_or(words.len(), |s| s.first))
    {
        spans.insert(0, span);
    }
    // Where names are all that was typed, the first is meant, everyday word or not.
    let names_only = spans.len() > 1 && spans.iter().map(|s| s.words).sum::<usize>() == words.len();
    let head = spans
        .iter()
        .position(|s| !s.wide() && (!s.weak() || names_only && s.first == 0))
        .or_else(|| spans.iter().position(|s| !s.wide() && (s.first == 0 || spans.len() == 1)));
    // Before the first known name, what is typed may be a name that is misspelt, unless it is the place meant.
    let unknown = spans.first().map_or(first.len(), |s| s.first.min(first.len()));
    if let Some(head) = head {
        let head = spans.remove(head);
        let mut found = head.found;
        if spans.iter().any(|s| !s.weak()) {
            // Of quarters of one name in several cities, those whose usual names go on with the city.
            names.longer(&words[head.first..head.first + head.words], &mut found);
        }
        let introduced = if head.introduced { LEFT_OUT } else { 0.0 };
        found.values_mut().for_each(|f| f.0 -= WITHIN + LEFT_OUT * head.first as f64 - introduced);
        for span in spans.iter().filter(|s| !s.weak()) {
            context.add(&span.found);
        }
        return Reading { found, context };
    }
    for span in &spans {
        context.add(&span.found);
    }
    let name = &words[..unknown];
    let name = &name[names.leading_kinds(name).min(name.len().saturating_sub(1))..];
    let near = |place: &Place<'g>| context.names.is_empty() || context.holds(place);
    let mut found = if name.is_empty() { Found::default() } else { names.alike(name, &near) };
    if found.is_empty() && context.names.is_empty() {
        // All but the last word, or but the first; less of it is another name.
        for part in [&name[..name.len().saturating_sub(1)], name.get(1..).unwrap_or_default()] {
            if found.is_empty() && part.iter().map(|w| w.chars().count()).sum::<usize>() >= PART {
                found = names.alike(part, &near);
                found.values_mut().for_each(|f| f.0 -= 0.20);
            }
        }
    }
    if found.is_empty()
        && let Some(around) = spans.first()
    {
        found = around.found.clone();
        found.values_mut().for_each(|f| f.0 -= if around.first == 0 { WITHIN } else { AROUND });
        context.names.remove(0);
    }
    Reading { found, context }
}

/// What begins the words, of which there are `free` before the first known name, where a word of kind stands before a name
/// that only longer names begin with.
fn begun<'g>(names: &dyn Names<'g>, words: &[&str], free: usize) -> Option<Span<'g>> {
    let kinds = names.leading_kinds(words);
    if kinds == 0 {
        return None;
    }
    (kinds + 1..=free.min(kinds + 2)).rev().find_map(|n| {
        let mut found = Found::default();
        names.longer(&words[..n], &mut found);
        (!found.is_empty()).then_some(Span { first: 0, words: n, found, introduced: true })
    })
}

/// The longest known names within words, from left to right.
fn spans<'g>(names: &dyn Names<'g>, words: &[&str]) -> Vec<Span<'g>> {
    let mut spans = Vec::new();
    let mut first = 0;
    while first < words.len().min(WORDS) {
        let longest = LONGEST.min(words.len() - first);
        let hit = (1..=longest).rev().find_map(|n| {
            let name = &words[first..first + n];
            // A word of kind alone is no name.
            if n == 1 && names.leading_kinds(&[name[0], name[0]]) > 0 {
                return None;
            }
            let mut found = names.exact(name);
            if found.is_empty()
                && let Some(freed) = names.freed(name[0])
            {
                let freed: Vec<&str> = std::iter::once(freed).chain(name[1..].iter().copied()).collect();
                found = names.exact(&freed);
            }
            (!found.is_empty()).then(|| Span { first, words: n, found, introduced: names.leading_kinds(name) > 0 })
        });
        match hit {
            Some(span) => {
                first += span.words;
                spans.push(span);
            }
            None => first += 1,
        }
    }
    spans
}
