//! Any bytes make a text; coding it must neither panic nor hang, every span must be the very
//! slice of the text, and a fresh session must give the same record.
//!
//! The first byte says how the others are read. Even: as a text, as they are. Odd: each byte picks
//! a piece of [`PIECES`], so that the fuzzer soon writes sentences that reach the rules.

#![no_main]

use jiff::civil::Date;
use libfuzzer_sys::fuzz_target;
use marsad_coder::Coder;
use marsad_model::Document;
use serde_json::Value;
use std::sync::LazyLock;

static CODER: LazyLock<Coder> = LazyLock::new(Coder::embedded);

/// What news is made of: words of every class, and all that breaks readers.
const PIECES: &[&str] = &[
    "قتل ",
    "مقتل ",
    "قُتل ",
    "أصيب ",
    "إصابة ",
    "استشهد ",
    "هاجم ",
    "هجوم ",
    "قصف ",
    "غارة ",
    "شن ",
    "نفذ ",
    "تعرض ل",
    "أسفر عن ",
    "أدى إلى ",
    "انفجار ",
    "تفجير ",
    "اشتباكات ",
    "بين ",
    "اغتيال ",
    "خطف ",
    "اعتقل ",
    "اعتقال ",
    "أفرج عن ",
    "سيطر على ",
    "انسحب من ",
    "تظاهر ",
    "مظاهرة ",
    "نزح ",
    "حاصر ",
    "أحبط ",
    "نفى ",
    "تبنى ",
    "اتهم ",
    "قال إن ",
    "بحسب ",
    "وفق ",
    "نقلا عن ",
    "أفادت ",
    "رجح ",
    "يعتقد أن ",
    "لم ",
    "لن ",
    "سوف ",
    "إذا ",
    "مسلحون ",
    "مجهولون ",
    "قوات النظام ",
    "تنظيم داعش ",
    "قسد ",
    "الجيش ",
    "التركي ",
    "الروسي ",
    "إسرائيلية ",
    "طائرة مسيرة ",
    "مدنيين ",
    "جنود ",
    "أطفال ",
    "امرأة ",
    "بينهم ",
    "من بينهم ",
    "عدد من ",
    "عشرات ",
    "أكثر من ",
    "ما لا يقل عن ",
    "نحو ",
    "خمسة ",
    "ثلاثة عشر ",
    "مئة ",
    "آلاف ",
    "قتيلان ",
    "12 ",
    "٣ ",
    "99999999999999999999 ",
    "حلب ",
    "ريف إدلب الجنوبي ",
    "شمال شرقي ",
    "على بعد 5 كم ",
    "طريق ",
    "بلدة ",
    "في ",
    "قرب ",
    "من ",
    "إلى ",
    "على ",
    "أمس ",
    "السبت ",
    "الماضي ",
    "15 كانون الثاني ",
    "31 شباط ",
    "قبل أسبوع ",
    "منذ ",
    "2022/1/15 ",
    "رمضان ",
    "عبوة ناسفة ",
    "سيارة مفخخة ",
    "هاون ",
    "رشاشات ",
    "حافلة ",
    "مدرسة ",
    "و",
    "ف",
    "ب",
    "ل",
    "ال",
    "ها ",
    "هم ",
    "وبالوبال",
    "،",
    ".",
    "؛",
    ":",
    "؟",
    "«",
    "»",
    "“",
    "”",
    "\"",
    "'",
    "(",
    ")",
    "[",
    "]",
    "-",
    "–",
    "…",
    "\n",
    "\r\n",
    "\t",
    "•",
    "#قصف_حلب ",
    "@user ",
    "https://example.org/a?b=c ",
    "ـ",
    "\u{64f}",
    "\u{651}",
    "\u{200f}",
    "\u{202b}",
    "\u{2069}",
    "\u{feff}",
    "\u{0}",
    "ﻻ",
    "ﷲ",
    "ﷺ",
    "شهـ ـداء ",
    "د.ا.عـ ـش ",
    "😀",
    "👩‍👩‍👧",
    "é",
    "A.F.P ",
    "ی",
    "ک",
    "\u{e000}",
    "\u{10ffff}",
];

fuzz_target!(|bytes: &[u8]| {
    let Some((&[kind, day], rest)) = bytes.split_first_chunk::<2>() else {
        return;
    };
    let text = match kind % 2 {
        0 => String::from_utf8_lossy(rest).into_owned(),
        _ => rest.iter().map(|byte| PIECES[*byte as usize % PIECES.len()]).collect(),
    };
    let published = (day > 0).then(|| Date::new(2010 + i16::from(day % 17), 1 + (day % 12) as i8, 1 + (day % 28) as i8).ok()).flatten();
    let document = Document { id: "f".to_owned(), text, published, ..Document::default() };
    let coded = CODER.session().code(&document);
    let letters: Vec<char> = document.text.chars().collect();
    let record = serde_json::to_value(&coded).expect("a record is JSON");
    check(&record["events"], &letters);
    for event in &coded.events {
        assert!((0.0..=1.0).contains(&event.confidence), "confidence {}", event.confidence);
    }
    assert_eq!(CODER.session().code(&document), coded, "the same text gave two records");
});

/// Every span of the record is a slice of the text and equal to the words beside it.
fn check(value: &Value, letters: &[char]) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| check(value, letters)),
        Value::Object(fields) => {
            if let (Some(Value::Array(span)), Some(Value::String(words))) = (fields.get("span"), fields.get("text")) {
                let [start, end] = [0, 1].map(|side| span[side].as_u64().expect("a span is two numbers") as usize);
                let slice: String = letters.get(start..end).expect("a span lies within the text").iter().collect();
                assert_eq!(&slice, words, "the span {start}..{end}");
            }
            fields.values().for_each(|value| check(value, letters));
        }
        _ => {}
    }
}
