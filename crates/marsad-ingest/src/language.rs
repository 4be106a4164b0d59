//! Whether a text is Arabic, and if not, what it is.
//!
//! The question is asked of every document, so it must cost little: letters are counted first, and
//! only a text that its letters put in doubt is shown to the statistical detector.

use marsad_model::Document;
use whatlang::{Detector, Lang};

/// The language of a text that is not Arabic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Foreign {
    /// BCP 47 code.
    pub code: &'static str,
    /// English name.
    pub name: &'static str,
}

/// So many characters decide.
const SAMPLE: usize = 20_000;
/// So many do where most of them are Arabic letters, and none is a letter that Arabic does not have.
const FIRST: usize = 300;
/// So many are shown to the detector.
const DETECTOR_SAMPLE: usize = 4_000;
/// Fewer letters than this decide nothing.
const TOO_FEW: usize = 12;
/// So many Arabic letters make a document worth coding, whatever else stands around them.
const ENOUGH: usize = 40;

/// Languages written in Arabic letters, each with letters that Arabic does not have.
///
/// Persian letters alone prove nothing: Iraqi and Gulf names have گ and چ, and keyboards put ی and ک
/// into Arabic. They only call for the detector.
const SORANI: &str = "ۆێەڕڵ";
const PASHTO: &str = "ړښډټځڅږګڼېۍ";
const URDU: &str = "ےںٹڈڑہ";
const PERSIAN: &str = "پچژگ";

/// How many letters of each kind a text has.
#[derive(Default)]
struct Letters {
    arabic: usize,
    /// Those of them that other languages added to the alphabet.
    extended: usize,
    sorani: usize,
    pashto: usize,
    urdu: usize,
    persian: usize,
    other: usize,
}

impl Letters {
    fn of(text: impl Iterator<Item = char>) -> Self {
        let mut out = Self::default();
        for c in text.filter(|c| is_letter(*c)) {
            if !is_arabic_script(c) {
                out.other += 1;
                continue;
            }
            out.arabic += 1;
            if ('\u{0671}'..='\u{06FF}').contains(&c) {
                out.extended += 1;
                out.sorani += usize::from(SORANI.contains(c));
                out.pashto += usize::from(PASHTO.contains(c));
                out.urdu += usize::from(URDU.contains(c));
                out.persian += usize::from(PERSIAN.contains(c));
            }
        }
        out
    }
}

/// The language of the text, where it is surely none of Arabic.
///
/// A text of both, such as an Arabic post within an English page, counts as Arabic; so does one that begins in Arabic and goes on in
/// another language of its letters.
pub fn foreign(text: &str) -> Option<Foreign> {
    let first = Letters::of(text.chars().take(FIRST));
    if first.arabic > FIRST / 2 && first.extended == 0 {
        return None;
    }
    let Letters { arabic, other, sorani, pashto, urdu, persian, .. } = Letters::of(text.chars().take(SAMPLE));
    if arabic + other < TOO_FEW {
        return None;
    }
    if arabic < ENOUGH && arabic * 4 < other {
        return Some(detect(text, |_| true).unwrap_or(Foreign { code: "und", name: "an unknown language" }));
    }
    // Shares in parts of a hundred of the Arabic letters, as ordinary prose of each language has them.
    if sorani * 100 > arabic * 5 {
        return Some(Foreign { code: "ckb", name: "Kurdish (Sorani)" });
    }
    if pashto * 100 > arabic * 3 {
        return Some(Foreign { code: "ps", name: "Pashto" });
    }
    if urdu * 100 > arabic * 4 {
        return Some(Foreign { code: "ur", name: "Urdu" });
    }
    if persian * 100 > arabic {
        return detect(text, is_arabic_script).filter(|found| found.code != "ar");
    }
    None
}

/// Notes the language of a text that is in none of `languages`. A language that the document names itself is believed.
pub(crate) fn note(document: &mut Document, languages: &[String]) -> Option<String> {
    let known = |code: &str| languages.iter().any(|language| language == code);
    if let Some(given) = &document.language {
        let code = given.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        if !known(&code) && !matches!(code.as_str(), "ara" | "arb" | "und" | "") {
            return Some(format!("its “language” is “{given}”, which cannot be coded; it gives no events"));
        }
    }
    let found = foreign(&document.text).filter(|found| !known(found.code))?;
    document.language = Some(found.code.into());
    Some(format!("this looks like {} ({}), not Arabic; it gives no events", found.name, found.code))
}

/// `char::is_alphabetic`, which looks long for Arabic letters.
fn is_letter(c: char) -> bool {
    matches!(c, '\u{0620}'..='\u{064A}') || c.is_alphabetic()
}

/// Letters of the Arabic blocks, presentation forms included.
fn is_arabic_script(c: char) -> bool {
    matches!(c, '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{08A0}'..='\u{08FF}'
        | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}')
}

/// What the detector says of the letters that count.
fn detect(text: &str, counts: impl Fn(char) -> bool) -> Option<Foreign> {
    let sample: String = text.chars().take(DETECTOR_SAMPLE).map(|c| if c.is_alphabetic() && !counts(c) { ' ' } else { c }).collect();
    let found = Detector::new().detect(&sample)?;
    let code = match found.lang() {
        Lang::Ara => "ar",
        Lang::Pes => "fa",
        Lang::Urd => "ur",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Nld => "nl",
        Lang::Tur => "tr",
        Lang::Aze => "az",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Hye => "hy",
        Lang::Kat => "ka",
        Lang::Amh => "am",
        Lang::Hin => "hi",
        Lang::Ell => "el",
        Lang::Cmn => "zh",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        // ISO 639-3 codes are valid BCP 47 where there is no shorter one.
        other => other.code(),
    };
    Some(Foreign { code, name: found.lang().eng_name() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_languages_are_named() {
        for (text, code) in [
            ("در حمله مردان مسلح به یک پاسگاه پلیس در جنوب شرق کشور پنج نفر کشته و چند تن دیگر زخمی شدند، خبرگزاری‌ها گزارش دادند", "fa"),
            ("חמישה בני אדם נהרגו הלילה בתקיפה אווירית בצפון הרצועה, כך דיווחו מקורות מקומיים", "he"),
            ("Five people were killed last night in an air strike on a village in the north, residents said.", "en"),
            ("ملک کے شمالی علاقے میں نامعلوم مسلح افراد کے حملے میں پانچ پولیس اہلکار ہلاک ہو گئے ہیں", "ur"),
            ("لە هێرشێکی چەکدارانەدا پێنج کەس کوژران و چەندین کەسی دیکە بریندار بوون لە باکووری شارەکە", "ckb"),
            ("Kuzeyde bir köye düzenlenen hava saldırısında beş kişi hayatını kaybetti, çok sayıda yaralı var.", "tr"),
            ("Пять человек погибли ночью при обстреле посёлка на севере страны, сообщили местные жители.", "ru"),
        ] {
            assert_eq!(foreign(text).map(|f| f.code), Some(code), "{text}");
        }
    }

    #[test]
    fn arabic_in_all_its_dress_is_arabic() {
        for text in [
            "قتل خمسة أشخاص في قصف على بلدة في الشمال",
            "Copy link to Tweet. Embed Tweet. Follow us on all platforms. مقتل خمسة مدنيين في غارة جوية على قرية في ريف المحافظة",
            "اعتقلت القوات الأمنية في منطقة الگرمة شخصين من عشيرة آل چلوب بعد اشتباك مسلح",
            "١٢٣ 😀",
            "",
            "ok",
        ] {
            assert_eq!(foreign(text), None, "{text}");
        }
    }

    #[test]
    fn the_first_letters_decide_only_where_all_are_arabic() {
        let arabic = "قتل خمسة أشخاص في قصف على بلدة في الشمال. ".repeat(10);
        let persian = "در حمله مردان مسلح به یک پاسگاه پلیس در جنوب شرق کشور پنج نفر کشته و چند تن دیگر زخمی شدند. ".repeat(10);
        let english = "Residents said that five people were killed last night. ".repeat(10);
        for text in [arabic.clone(), arabic.clone() + &english, english.clone() + &arabic, arabic.clone() + &persian] {
            assert_eq!(foreign(&text), None, "{text}");
        }
        assert_eq!(foreign(&persian).map(|f| f.code), Some("fa"));
        assert_eq!(foreign(&english).map(|f| f.code), Some("en"));
    }
}
