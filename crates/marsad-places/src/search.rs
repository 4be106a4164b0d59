//! Looking a name up as people type it: other spellings, words of kind left out or put before, the places around it
//! named too, in Arabic or Latin letters, with letters wrong.

mod chain;
mod latin;
mod spelling;

use crate::{Gazetteer, Place, PlaceKind, distance_km};
use chain::{Context, Reading};
use marsad_text::{Folded, fold_char, fold_str};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

/// What a place loses for lying far from where it is looked for.
const FAR: f64 = 0.30;
/// Kilometres at which two thirds of that are lost.
const FAR_KM: f64 = 60.0;
/// What a place in the country that editors know best is ahead of its namesakes.
const HOME: f64 = 0.05;
/// Fits below this are of look-alikes, for which that counts threefold.
const LOOK_ALIKE: f64 = 0.7;
/// What a place loses for being of another kind than the word typed with its name tells, and for one that passes for it.
const OTHER_KIND: f64 = 0.09;
const NEAR_KIND: f64 = 0.03;
/// Candidates returned, at most.
const MOST: usize = 40;

/// A gazetteer to look in.
#[derive(Clone, Copy, Debug)]
pub struct Source<'g> {
    /// The places.
    pub gazetteer: &'g Gazetteer,
    /// Whether a user imported them.
    pub user: bool,
}

/// A word that may stand before a name and tells what kind of place bears it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindWord {
    /// The word.
    pub word: String,
    /// The kinds that it tells; namesakes of other kinds come after those. Empty where it tells none of those known here.
    pub kinds: Vec<PlaceKind>,
}

/// What is looked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Query<'q> {
    /// The name as typed: in the language of the pack, in English, or an id.
    pub name: &'q str,
    /// Only places of this country (ISO 3166-1 alpha-2).
    pub country: Option<&'q str>,
    /// Places near this (latitude, longitude) first.
    pub near: Option<(f64, f64)>,
    /// Words that may stand before a name or be left out: those of a town, a quarter, a camp and so on.
    pub kind_words: &'q [KindWord],
    /// The article of the language, which a spelling may have or lack.
    pub article: &'q str,
}

/// A candidate.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hit<'g> {
    /// Its usual name.
    pub name: &'g str,
    /// Its English name.
    pub english: &'g str,
    /// Its id.
    pub id: &'g str,
    /// What it is.
    pub kind: &'static str,
    /// ISO 3166-1 alpha-2 code.
    pub country: &'g str,
    /// First-order division in English.
    pub admin1: &'g str,
    /// Second-order division in English.
    pub admin2: &'g str,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Radius in kilometres.
    pub radius_km: f64,
    /// From 0 to 1: how well spelling, nearness and weight of the place fit.
    pub score: f64,
    /// Kilometres from the point asked for.
    pub distance_km: Option<f64>,
    /// `curated`, `generated` or `user`.
    pub source: &'static str,
}

/// The places found, by source and number, with how well each fits.
pub(crate) type Found<'g> = FxHashMap<(usize, u32), (f64, Place<'g>)>;

/// Keeps the best fit of a place.
fn admit<'g>(found: &mut Found<'g>, source: usize, place: Place<'g>, fit: f64) {
    let best = found.entry((source, place.number)).or_insert((fit, place));
    if fit > best.0 {
        *best = (fit, place);
    }
}

/// What a place of this kind loses where these were told.
fn other_kind(told: &[PlaceKind], kind: PlaceKind) -> f64 {
    if told.is_empty() || told.contains(&kind) {
        0.0
    } else if told.iter().any(|&told| kind.passes_for(told)) {
        NEAR_KIND
    } else {
        OTHER_KIND
    }
}

/// How names of one script are looked up.
trait Names<'g> {
    /// The places that bear the name, in any of its spellings.
    fn exact(&self, words: &[&str]) -> Found<'g>;
    /// The places whose usual names go on after it.
    fn longer(&self, words: &[&str], found: &mut Found<'g>);
    /// The places whose names of some length differ from it by what is misheard or misspelt.
    fn close(&self, words: &[&str]) -> Found<'g>;
    /// The places whose names are a letter or two from it. Only those for which `near` holds.
    fn alike(&self, words: &[&str], near: &dyn Fn(&Place<'g>) -> bool) -> Found<'g>;
    /// How many words of kind stand before the name, at most two; one word at least is left.
    fn leading_kinds(&self, words: &[&str]) -> usize;
    /// The word without a letter that was put before its article, such as a conjunction.
    fn freed<'w>(&self, word: &'w str) -> Option<&'w str>;
}

/// What a place's kind and size add to its score, so that of namesakes the weightier comes first.
fn weight(place: &Place<'_>) -> f64 {
    use PlaceKind::*;
    let kind = match place.kind {
        City | Country => 0.03,
        Town => 0.025,
        Village | Quarter => 0.02,
        Camp => 0.015,
        // Of a town and the division that is named after it, the town is meant unless more is said.
        Admin1 => 0.0,
        Admin2 => -0.02,
        _ => 0.01,
    };
    kind + (f64::from(place.population) + 1.0).log10().min(7.0) * 0.004 + if place.curated { 0.01 } else { 0.0 }
        - if place.bare_word { 0.005 } else { 0.0 }
}

/// What a place of a country is ahead for the editors' knowledge of it: the more of it they wrote down, the more often
/// the reports read here name it.
fn home(sources: &[Source<'_>], found: &Found<'_>) -> FxHashMap<String, f64> {
    let countries: FxHashSet<&str> = found.values().map(|(_, p)| p.country).collect();
    if countries.len() < 2 {
        return FxHashMap::default();
    }
    let mut known: FxHashMap<&str, f64> = FxHashMap::default();
    for place in sources.iter().flat_map(|s| s.gazetteer.places()).filter(|p| p.curated) {
        *known.entry(place.country).or_default() += 1.0;
    }
    let most = known.values().copied().fold(1.0, f64::max);
    known.into_iter().map(|(country, n)| (country.to_owned(), HOME * (n / most).sqrt())).collect()
}

/// The candidates for a name, best first.
///
/// Looked for are, in this order: the name as written (folding has made spellings of one letter equal, and a name is
/// kept without spaces, so that compounds together or apart are one), without words of kind before it, which put places
/// of their kind before others, with one before it, each with articles put or taken away; two words in the other order;
/// then the longest known names within what was typed, of which the first that is no wide area is meant and the others
/// tell where it lies; where nothing is found, names that differ by a letter or two. Latin letters are compared by
/// spelling, then by sound, then by consonants and where vowels stand between them.
pub fn search<'g>(sources: &[Source<'g>], query: &Query<'_>) -> Vec<Hit<'g>> {
    let country = query.country.map(str::to_ascii_uppercase);
    let reading = if query.name.chars().any(|c| matches!(fold_char(c), Folded::Letter(_) | Folded::Compound)) {
        let names = spelling::Spellings::new(sources, query);
        chain::read(&names, query.name, fold_str)
    } else {
        let mut found = Found::default();
        for (n, source) in sources.iter().enumerate() {
            for place in source.gazetteer.places().filter(|p| p.id == query.name.trim()) {
                admit(&mut found, n, place, 1.0);
            }
        }
        if found.is_empty() {
            let names = latin::Latin::new(sources, country.as_deref());
            chain::read(&names, query.name, latin::fold)
        } else {
            Reading { found, context: Context::default() }
        }
    };
    ranked(sources, reading, query, country.as_deref())
}

fn ranked<'g>(sources: &[Source<'g>], reading: Reading<'g>, query: &Query<'_>, country: Option<&str>) -> Vec<Hit<'g>> {
    let Reading { mut found, context } = reading;
    found.retain(|_, (_, place)| country.is_none_or(|c| c == place.country));
    let home = home(sources, &found);
    let mut hits: Vec<(u32, Hit<'g>)> = found
        .into_iter()
        .map(|((source, number), (fit, place))| {
            let distance = query.near.map(|near| distance_km(near, (place.lat, place.lon)));
            let far = distance.map_or(0.0, |d| FAR * (1.0 - (-d / FAR_KM).exp()));
            let source = if sources[source].user {
                "user"
            } else if place.curated {
                "curated"
            } else {
                "generated"
            };
            let ahead = home.get(place.country).copied().unwrap_or(0.0) * if fit < LOOK_ALIKE { 3.0 } else { 1.0 };
            let score = (fit + weight(&place) + ahead - far - context.strange(&place)).clamp(0.0, 1.0);
            let hit = Hit {
                name: place.name,
                english: place.english,
                id: place.id,
                kind: place.kind.name(),
                country: place.country,
                admin1: place.admin1,
                admin2: place.admin2,
                lat: place.lat,
                lon: place.lon,
                radius_km: place.radius_km,
                score: (score * 1000.0).round() / 1000.0,
                distance_km: distance.map(|d| (d * 10.0).round() / 10.0),
                source,
            };
            (number, hit)
        })
        .collect();
    hits.sort_by(|(a_number, a), (b_number, b)| {
        b.score.total_cmp(&a.score).then_with(|| a.source.cmp(b.source)).then(a_number.cmp(b_number))
    });
    // One id may stand in an imported file too, with further spellings.
    let mut seen = FxHashSet::default();
    hits.into_iter().map(|(_, hit)| hit).filter(|h| seen.insert(h.id)).take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{build, parse_tsv};

    const ROWS: &str = "\
id\tnames\tenglish\tkind\tcountry\tadmin1\tadmin2\tlat\tlon\tradius_km\tpopulation\tsource\tlicence
a\tمدينة الباب|(الباب)\tAl-Bab\tcity\tSY\tAleppo\t\t36.37\t37.51\t3\t130745\ts\tl
b\tكفرنبل\tKafr Nabl\ttown\tSY\tIdlib\t\t35.61\t36.56\t2\t\ts\tl
c\tحي القاهرة\tQahirah\tquarter\tIQ\tNineveh\t\t36.37\t43.17\t1\t\ts\tl
d\tالقاهرة\tCairo\tcity\tEG\tCairo\t\t30.06\t31.25\t15\t9000000\ts\tl
e\tعين العرب|كوباني\tKobani\tcity\tSY\tAleppo\t\t36.89\t38.35\t3\t44000\ts\tl
f\tالزهراء\tZahraa (Aleppo)\tvillage\tSY\tAleppo\t\t36.3\t36.99\t1\t\ts\tl
g\tالزهراء\tZahraa (Homs)\tvillage\tSY\tHoms\t\t34.74\t36.74\t1\t\ts\tl
h\tحمص\tHoms\tadmin1\tSY\t\t\t34.7\t37.3\t90\t\ts\tl
i\tريف حلب الغربي\tWestern Aleppo countryside\tregion\tSY\tAleppo\t\t36.18\t36.92\t17\t\ts\tl
j\tالنصر بحماة\tNasr (Hama)\tquarter\tSY\tHama\t\t35.13\t36.75\t1\t\ts\tl
k\tمعرة النعمان\tMaarat al-Numan\tcity\tSY\tIdlib\t\t35.65\t36.68\t3\t\ts\tl
l\tحي الصناعة\tSinaa (Deir ez-Zor)\tquarter\tSY\tDeir ez-Zor\t\t35.33\t40.16\t1\t\ts\tl
m\tحي الصناعة بالقامشلي\tSinaa (Qamishli)\tquarter\tSY\tAl-Hasakah\t\t37.05\t41.21\t1\t\ts\tl
n\tالقامشلي\tQamishli\tcity\tSY\tAl-Hasakah\t\t37.05\t41.23\t4\t\ts\tl
o\tبرزة\tBarzeh\tquarter\tSY\tDamascus\t\t33.55\t36.31\t1\t\ts\tl
p\tبرزة\tBarzeh (Idlib)\tvillage\tSY\tIdlib\t\t35.73\t36.24\t1\t\ts\tl
q\tتل أبيض\tTell Abyad (Gire Spi)\tcity\tSY\tRaqqa\t\t36.7\t38.95\t3\t\ts\tl
r\tمطار منغ\tMinnigh Airport\tairport\tSY\tAleppo\t\t36.52\t37.04\t2\t\ts\tl
t\tحي الميدان بالقامشلي\tMidan (Qamishli)\tquarter\tSY\tAl-Hasakah\t\t37.05\t41.22\t1\t\ts\tl
s\tقرية منغ\tMinnigh\tvillage\tSY\tAleppo\t\t36.53\t37.02\t1\t\ts\tl
";

    fn ids(name: &str, country: Option<&str>, near: Option<(f64, f64)>) -> Vec<String> {
        let gazetteer = Gazetteer::new(build(&parse_tsv(ROWS, true).0, &[])).unwrap();
        let kinds = [
            ("مدينة", PlaceKind::City),
            ("حي", PlaceKind::Quarter),
            ("بلدة", PlaceKind::Town),
            ("قرية", PlaceKind::Village),
            ("ميدان", PlaceKind::Quarter),
        ]
        .map(|(word, kind)| KindWord { word: word.into(), kinds: vec![kind] });
        let query = Query { name, country, near, kind_words: &kinds, article: "ال" };
        search(&[Source { gazetteer: &gazetteer, user: false }], &query).iter().map(|h| h.id.to_owned()).collect()
    }

    #[test]
    fn spellings() {
        for (name, id) in [
            ("الباب", "a"),
            ("باب", "a"),
            ("بلدة الباب", "a"),
            ("مدينه الباب", "a"),
            ("كفر نبل", "b"),
            ("كفر نبّل", "b"),
            ("كفرنبيل", "b"),
            ("العين عرب", "e"),
            ("مدينة كوبانى", "e"),
            ("كوباني (عين العرب)", "e"),
            ("كوباني شمال حلب", "e"),
            ("أطراف بلدة كفرنبل", "b"),
            ("وسط كوباني", "e"),
            ("kobani", "e"),
            ("Kafr Nabl", "b"),
            ("c", "c"),
        ] {
            assert_eq!(ids(name, None, None), [id], "{name}");
        }
        assert!(ids("بانياس", None, None).is_empty() && ids("", None, None).is_empty() && ids("حي", None, None).is_empty());
    }

    #[test]
    fn a_chain_tells_where() {
        for (name, id) in [
            ("الزهراء، حمص", "g"),
            ("قرية الزهراء في محافظة حمص", "g"),
            ("الزهراء ريف حلب الغربي", "f"),
            ("Zahraa, Homs", "g"),
            ("Zahraa village near Kafranbel", "f"),
        ] {
            let found = ids(name, None, None);
            assert_eq!(found.first().map(String::as_str), Some(id), "{name}: {found:?}");
        }
        // Only the surroundings are known.
        assert_eq!(ids("مزرعة مجهولة في ريف حلب الغربي", None, None), ["i"]);
        assert_eq!(ids("النصر", None, None), ["j"]);
    }

    #[test]
    fn a_few_letters_wrong() {
        for (name, id) in [("معره النغمان", "k"), ("معرت نعمان", "k"), ("كفر نوبل", "b"), ("كفر نبيل", "b")]
        {
            assert_eq!(ids(name, None, None), [id], "{name}");
        }
        // The country asked for bounds what is looked through.
        assert!(ids("معره النغمان", Some("IQ"), None).is_empty());
        assert!(ids("قصر العدل", None, None).is_empty());
        // Of a sentence no word is taken for a name that is spelt like it.
        assert!(ids("ليس النعمون في هذه القائمة أبدا", None, None).is_empty());
    }

    #[test]
    fn latin_letters() {
        for (name, id) in [
            ("Ma'arrat an-Nu'man", "k"),
            ("maarrat al numan", "k"),
            ("Maaret Numan", "k"),
            ("Kafranbel", "b"),
            ("Kafr Nubl town", "b"),
            ("Al Bab", "a"),
            ("city of El Bab, Aleppo", "a"),
            ("Kobanî", "e"),
            ("Kubane", "e"),
            ("Road between Kobani and Qamishli", "e"),
            ("Menigh, Aleppo", "s"),
            ("Qahirah neighbourhood", "c"),
            ("Nasr", "j"),
        ] {
            assert_eq!(ids(name, None, None).first().map(String::as_str), Some(id), "{name}");
        }
        assert!(ids("Timbuktu", None, None).is_empty() && ids("al", None, None).is_empty() && ids("?", None, None).is_empty());
    }

    #[test]
    fn where_editors_know_most_comes_first() {
        let rows = "x1\tأريحا\tJericho\ttown\tPS\t\t\t31.87\t35.44\t2\t20000\ts\tl\nx2\tأريحا\tAriha\ttown\tSY\tIdlib\t\t35.81\t36.61\t2\t\ts\tl\n";
        let gazetteer = Gazetteer::new(build(&parse_tsv(&(ROWS.to_owned() + rows), true).0, &[])).unwrap();
        let query = Query { name: "اريحا", country: None, near: None, kind_words: &[], article: "ال" };
        let hits = search(&[Source { gazetteer: &gazetteer, user: false }], &query);
        assert_eq!(hits.iter().map(|h| h.id).collect::<Vec<_>>(), ["x2", "x1"]);
        assert!(hits[0].score > hits[1].score && hits[0].score < 1.0);
    }

    #[test]
    fn a_word_of_kind_puts_its_kind_first() {
        for (name, id) in [
            ("حي برزة", "o"),
            ("قرية برزة", "p"),
            ("Barzeh village", "p"),
            ("Barzeh neighbourhood", "o"),
            ("مطار منغ", "r"),
            ("منغ", "s"),
            ("Minnigh airport", "r"),
            ("Menagh air base", "r"),
            ("Minnigh", "s"),
        ] {
            let found = ids(name, None, None);
            assert_eq!(found.first().map(String::as_str), Some(id), "{name}: {found:?}");
        }
        // A word of kind that belongs to the name tells nothing.
        assert_eq!(ids("مدينة الباب", None, None), ["a"]);
    }

    #[test]
    fn a_name_set_apart_may_be_misspelt() {
        assert_eq!(ids("معرتنعمان، كفرنبل", None, None), ["k"]);
        // Not in those surroundings: only these are known.
        assert_eq!(ids("معرتنعمان، القامشلي", None, None), ["n"]);
    }

    #[test]
    fn other_names_and_orders() {
        assert_eq!(ids("Gire Spi", None, None), ["q"]);
        assert_eq!(ids("النعمان معرة", None, None), ["k"]);
        // The city tells which of its namesakes, though only the other bears the bare name.
        assert_eq!(ids("حي الصناعة في القامشلي", None, None).first().map(String::as_str), Some("m"));
        assert_eq!(ids("حي الصناعة", None, None), ["l", "m"]);
        // Known only with its city behind it.
        assert_eq!(ids("حي النصر حماة", None, None), ["j"]);
        // A name that is a word of kind too.
        assert_eq!(ids("حي الميدان القامشلي", None, None), ["t"]);
        // A name that is an everyday word, with nothing but where it lies.
        assert_eq!(ids("الباب كوباني", None, None), ["a"]);
    }

    #[test]
    fn namesakes() {
        assert_eq!(ids("القاهرة", None, None), ["d", "c"]);
        assert_eq!(ids("القاهرة", Some("iq"), None), ["c"]);
        assert_eq!(ids("حي القاهرة", None, None), ["c", "d"]);
        assert_eq!(ids("الزهراء", None, Some((34.7, 36.7))), ["g", "f"]);
        assert_eq!(ids("الزهراء", None, Some((36.2, 37.1))), ["f", "g"]);
    }
}
