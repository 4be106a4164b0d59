//! The race: one thread, the same texts, three readers, in turn.

use crate::corpus;
use charabia::TokenizerBuilder;
use daachorse::{
    CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, DoubleArrayAhoCorasick, DoubleArrayAhoCorasickBuilder, MatchKind,
};
use marsad_coder::Coder;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// The readers take turns this many times, so that a machine that slows down slows all three.
const ROUNDS: usize = 20;

/// The pack's words as one automaton, over bytes or over characters.
enum Pass {
    Bytes(DoubleArrayAhoCorasick<u32>),
    Chars(CharwiseDoubleArrayAhoCorasick<u32>),
}

impl Pass {
    /// Number of leftmost-longest matches in a text.
    fn count(&self, text: &str) -> usize {
        match self {
            Pass::Bytes(automaton) => automaton.leftmost_find_iter(text).count(),
            Pass::Chars(automaton) => automaton.leftmost_find_iter(text).count(),
        }
    }

    /// The faster of the two automata on the given texts.
    fn faster(words: &[String], sample: &[&str]) -> Result<Self, String> {
        let bytes =
            DoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest).build(words).map_err(|error| error.to_string())?;
        let chars = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .build(words)
            .map_err(|error| error.to_string())?;
        let (bytes, chars) = (Pass::Bytes(bytes), Pass::Chars(chars));
        let time = |pass: &Pass| (0..3).map(|_| timed(|| sample.iter().map(|text| pass.count(text)).sum()).0).min().unwrap_or_default();
        Ok(if time(&bytes) <= time(&chars) { bytes } else { chars })
    }

    /// What it walks over.
    fn unit(&self) -> &'static str {
        match self {
            Pass::Bytes(_) => "bytewise",
            Pass::Chars(_) => "charwise",
        }
    }
}

/// Time taken, and the count that the work gave (so that no work can be optimised away).
fn timed(work: impl FnOnce() -> usize) -> (Duration, usize) {
    let start = Instant::now();
    let count = black_box(work());
    (start.elapsed(), count)
}

/// Runs the race over so many megabytes (of 10⁶ bytes) of text and prints its figures.
pub fn run(megabytes: f64) -> Result<(), String> {
    let (folder, documents) = corpus::texts()?;
    let words = corpus::pack_words()?;
    let sample: Vec<&str> = documents.iter().take(500).map(|document| document.text.as_str()).collect();
    let pass = Pass::faster(&words, &sample)?;
    let tokenizer_builder = &mut TokenizerBuilder::default();
    let tokenizer = tokenizer_builder.build();
    let start = Instant::now();
    let coder = Coder::embedded();
    let mut session = coder.session();
    println!("texts     {} documents of {}", documents.len(), folder.display());
    println!("patterns  {} words of the language pack, {}", words.len(), pass.unit());
    println!("loading   {:.1} ms for the coder", start.elapsed().as_secs_f64() * 1e3);

    let goal = (megabytes * 1e6) as usize;
    let mut stream = documents.iter().cycle();
    let (mut bytes, mut read) = (0, 0);
    let mut times = [Duration::ZERO; 3];
    let mut counts = [0; 3];
    for round in 1..=ROUNDS {
        let mut batch = Vec::new();
        while bytes < goal * round / ROUNDS {
            let Some(document) = stream.next() else { break };
            bytes += document.text.len();
            batch.push(document);
        }
        read += batch.len();
        // A different reader begins each round, so that none always meets cold caches.
        for turn in 0..3 {
            let reader = (round + turn) % 3;
            let (time, count) = timed(|| match reader {
                0 => batch.iter().map(|document| black_box(session.code(document)).events.len()).sum(),
                1 => batch.iter().map(|document| tokenizer.tokenize(&document.text).map(black_box).count()).sum(),
                _ => batch.iter().map(|document| pass.count(&document.text)).sum(),
            });
            times[reader] += time;
            counts[reader] += count;
        }
    }

    let speeds = times.map(|time| bytes as f64 / 1e6 / time.as_secs_f64());
    println!("read      {:.1} MB, {read} documents, one thread, {ROUNDS} rounds", bytes as f64 / 1e6);
    let names = ["marsad codes", "charabia tokenises", "daachorse passes"];
    let found = ["events", "tokens", "matches"];
    for reader in 0..3 {
        println!("{:<20}{:>9.2} MB/s {:>12} {}", names[reader], speeds[reader], counts[reader], found[reader]);
    }
    println!("mb_s={:.2} ratio_charabia={:.3} ratio_pass={:.3}", speeds[0], speeds[0] / speeds[1], speeds[0] / speeds[2]);
    Ok(())
}
