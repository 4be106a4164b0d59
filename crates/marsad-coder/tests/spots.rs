//! How exactly, how far around and in what relation the places of events are put on the map.

use marsad_coder::Coder;
use marsad_model::{Document, Precision, Relation, Where};

/// The places of all events of a report from Syria or as its words say.
fn places(text: &str) -> Vec<Where> {
    let document: Document =
        serde_json::from_value(serde_json::json!({ "id": "d", "language": "ar", "published": "2021-10-10", "text": text }))
            .expect("a document");
    Coder::embedded().session().code(&document).events.into_iter().flat_map(|e| e.places).collect()
}

/// The only place of a report.
fn only(text: &str) -> Where {
    let mut all = places(text);
    assert_eq!(all.len(), 1, "«{text}» gives {all:?}");
    all.remove(0)
}

#[test]
fn a_district_is_wider_than_its_town() {
    let p = only("قتل جندي بقذيفة سقطت على مديرية لودر.");
    assert_eq!(p.precision, Precision::Admin2);
    assert!(p.radius_km >= Some(15.0), "{p:?}");
}

#[test]
fn a_governorate_is_no_pin_on_its_capital() {
    let p = only("قتل مدنيان بقصف مدفعي طال محافظة إدلب.");
    assert_eq!(p.precision, Precision::Admin1);
    assert!(p.radius_km >= Some(30.0), "{p:?}");
}

#[test]
fn what_surrounds_a_town_is_an_area() {
    for text in [
        "قصفت المدفعية الريف الغربي لمدينة كوباني.",
        "قصفت المدفعية محاور مدينة سراقب.",
        "قصفت الزوارق سواحل مدينة اللاذقية.",
        "قتل رجل بقصف على ريف مدينة منبج.",
    ] {
        assert_eq!(only(text).precision, Precision::Area, "{text}");
    }
}

#[test]
fn a_town_itself_is_exact() {
    let p = only("قصفت المدفعية مدينة سراقب.");
    assert_eq!((p.precision, p.relation), (Precision::Exact, Relation::In));
}

#[test]
fn a_governorate_that_heads_a_line_holds_its_countryside() {
    let found = places("حلب::قصفت المدفعية بلدة دابق.\nديرالزور::قتل عنصر برصاص مجهولين في مدينة العشارة بالريف الشرقي.");
    let town = found.iter().find(|p| p.text.contains("العشارة")).expect("the town");
    assert!(town.place_id.is_some(), "{town:?}");
}

#[test]
fn the_land_is_the_country_of_the_report() {
    let p = only("قتل سبعة جنود باكستانيين بهجوم لمسلحين في شمالي البلاد، وتشهد مدن في باكستان توتراً.");
    assert_eq!((p.country.as_deref(), p.precision), (Some("PK"), Precision::Area), "{p:?}");
}

#[test]
fn words_of_kind_come_from_the_pack() {
    use marsad_places::PlaceKind::{Camp, Quarter, Village};
    let words = Coder::embedded().kind_words();
    for (word, kind) in [("قريه", Village), ("حي", Quarter), ("مخيم", Camp)] {
        let found = words.iter().find(|w| w.word == word);
        assert!(found.is_some_and(|w| w.kinds == [kind]), "{word}: {found:?}");
    }
}
