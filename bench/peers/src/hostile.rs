//! Texts built to hurt, at growing sizes.

use jiff::civil::date;
use marsad_coder::Coder;
use marsad_model::Document;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// The sizes that are always measured, in bytes; a larger one may be asked for.
const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];

/// A text of about so many bytes.
type Generator = fn(usize) -> String;

/// What each case would blow up in a careless reader.
const CASES: [(&str, Generator); 20] = [
    ("one sentence", |size| repeat(size, "هاجم مسلحون حاجزا للجيش قرب حلب بالرشاشات وقتلوا خمسة جنود ثم ")),
    ("many events", |size| repeat(size, "قتل ثلاثة مدنيين بقصف مدفعي على بلدة في ريف إدلب.\n")),
    ("one toll, many attacks", |size| format!("{}.", repeat(size, "قصف وغارة وهجوم وتفجير واشتباك أسفر عن مقتل "))),
    ("nested quotes", |size| nested(size, "«قال ", "»")),
    ("open quotes", |size| repeat(size, "قال «")),
    ("digits", |size| repeat(size, "7")),
    ("Arabic-Indic digits", |size| repeat(size, "٧٣")),
    ("clitics", |size| repeat(size, "وبالوبال")),
    ("bidi marks", |size| repeat(size, "\u{200f}\u{202b}\u{2069}\u{200e}")),
    ("diacritics", |size| repeat(size, "ق\u{64f}\u{651}\u{640}")),
    ("one trigger", |size| repeat(size, "قتل ")),
    ("place names", |size| repeat(size, "حلب دمشق ريف إدلب ")),
    ("actor names", |size| repeat(size, "قوات النظام وتنظيم داعش ")),
    ("number words", |size| repeat(size, "خمسة وعشرون مئة وثلاثة آلاف ")),
    ("months and days", |size| repeat(size, "الاثنين أمس 5 كانون الثاني ")),
    ("newlines", |size| repeat(size, "\n")),
    ("commas", |size| repeat(size, "،")),
    ("unmatched brackets", |size| repeat(size, "([{«")),
    ("hashtag", |size| format!("#{}", repeat(size, "قصف_حلب_"))),
    ("said that he said", |size| repeat(size, "قال إن المتحدث نفى أن يكون ")),
];

/// The piece again and again, never longer than `size` bytes by more than one piece.
fn repeat(size: usize, piece: &str) -> String {
    piece.repeat((size / piece.len()).max(1))
}

/// Openings, then as many closings.
fn nested(size: usize, open: &str, close: &str) -> String {
    let depth = (size / (open.len() + close.len())).max(1);
    [open.repeat(depth), close.repeat(depth)].concat()
}

/// Measures every case at every size up to `megabytes` (of 10⁶ bytes) and prints the growth.
pub fn run(megabytes: f64) {
    let largest = (megabytes * 1e6) as usize;
    let mut sizes: Vec<usize> = SIZES.into_iter().filter(|size| *size < largest).collect();
    sizes.push(largest);
    let coder = Coder::embedded();

    print!("{:<26}", "ns per byte at");
    sizes.iter().for_each(|size| print!("{:>12}", format!("{} kB", size / 1000)));
    println!("{:>10}", "growth");
    let mut worst: f64 = 0.0;
    let mut worst_case = "";
    for (name, generate) in CASES {
        let mut session = coder.session();
        print!("{name:<26}");
        let costs: Vec<f64> = sizes
            .iter()
            .map(|size| {
                let document =
                    Document { id: name.to_owned(), text: generate(*size), published: Some(date(2024, 3, 1)), ..Document::default() };
                let cost = fastest(|| drop(black_box(session.code(&document)))).as_nanos() as f64;
                let cost = cost / document.text.len() as f64;
                print!("{cost:>12.1}");
                cost
            })
            .collect();
        let growth = costs[costs.len() - 1] / costs[0];
        println!("{growth:>10.2}");
        if growth > worst {
            (worst, worst_case) = (growth, name);
        }
    }
    println!("time per byte grows most in: {worst_case}");
    println!("worst_growth={worst:.2}");
}

/// The fastest of several runs: three at least, then as many as fit into a quarter of a second.
fn fastest(mut work: impl FnMut()) -> Duration {
    let begun = Instant::now();
    let mut best = Duration::MAX;
    let mut runs = 0;
    while runs < 3 || (runs < 200 && begun.elapsed() < Duration::from_millis(250)) {
        let start = Instant::now();
        work();
        best = best.min(start.elapsed());
        runs += 1;
        // A case that takes this long has shown what it had to show.
        if start.elapsed() > Duration::from_secs(20) {
            break;
        }
    }
    best
}
