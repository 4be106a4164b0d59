//! A small coded document for the tests of what people see.

use marsad_coder::Reason;
use marsad_model::{
    AcledClass, Action, Attribution, Casualties, Certainty, Coded, DocumentHead, Event, EventRelation, Group, Outcome, Participant,
    PloverClass, Precision, RECORD, Realis, Relation, RelationKind, Role, Scope, SourceKind, Span, Trigger, When, WhenPrecision, Where,
};

/// The text; its names are made up.
pub const TEXT: &str = "هاجم مسلحون مجهولون حاجزاً قرب تل النسيم أمس، وقُتل جنود. ورجّحت شبكة الوادي أن خلايا <داعش> نفذت الهجوم.";

fn find(words: &str) -> (String, Span) {
    let byte = TEXT.find(words).unwrap_or_else(|| panic!("{words} is not in the specimen"));
    let start = u32::try_from(TEXT[..byte].chars().count()).unwrap();
    (words.to_owned(), [start, start + u32::try_from(words.chars().count()).unwrap()])
}

fn participant(role: Role, actor: &str, certainty: Certainty, words: &str) -> Participant {
    let (text, span) = find(words);
    let according_to = (certainty == Certainty::Suspected).then(|| "شبكة الوادي".into());
    Participant { role, actor: actor.into(), unit: None, text, certainty, according_to, span }
}

/// The specimen and the reasons of its values.
pub fn coded() -> (Coded, Vec<Reason>) {
    let ((trigger, at), (day, day_at), (place, place_at)) = (find("هاجم"), find("أمس"), find("تل النسيم"));
    let ((toll, toll_at), (source, source_at)) = (find("جنود"), find("شبكة الوادي"));
    let event = Event {
        id: "s#1".into(),
        action: Action::ArmedAttack,
        scope: Scope::Incident,
        realis: Realis::Actual,
        acled: AcledClass { event_type: "Battles".into(), sub_event_type: "Armed clash".into() },
        plover: PloverClass { kind: "ASSAULT".into(), mode: Some("firearms".into()) },
        trigger: Trigger { text: trigger, span: at },
        when: When {
            start: Some("2022-01-15".into()),
            end: Some("2022-01-15".into()),
            precision: WhenPrecision::Day,
            text: Some(day),
            span: Some(day_at),
        },
        places: vec![Where {
            text: place,
            name: Some("Tall an Nasim".into()),
            country: Some("SY".into()),
            admin1: None,
            lat: Some(35.0),
            lon: Some(38.0),
            radius_km: Some(5.0),
            relation: Relation::Near,
            precision: Precision::Near,
            place_id: None,
            span: place_at,
        }],
        participants: vec![
            participant(Role::Perpetrator, "unidentified", Certainty::Stated, "مسلحون مجهولون"),
            participant(Role::Perpetrator, "is", Certainty::Suspected, "خلايا <داعش>"),
        ],
        weapons: vec![],
        objects: vec![],
        casualties: vec![Casualties {
            outcome: Outcome::Killed,
            group: Group::Combatants,
            of: Some("syr-gov".into()),
            low: Some(2),
            best: None,
            high: None,
            vague: false,
            text: toll,
            span: toll_at,
        }],
        strikes: None,
        attribution: vec![Attribution { text: source, kind: SourceKind::LocalNetwork, span: source_at }],
        relations: vec![EventRelation { kind: RelationKind::PartOf, event: "s#9".into() }],
        confidence: 0.93,
        rules: vec!["ar/attack.verb".into()],
    };
    let head = DocumentHead {
        id: "s".into(),
        url: None,
        outlet: Some("وكالة <b>".into()),
        title: None,
        published: Some("2022-01-16".into()),
        language: Some("ar".into()),
        sha256: String::new(),
        chars: TEXT.chars().count(),
    };
    let reason = |slot, value: &str, rule: &str, words: &str| Reason {
        event: 0,
        slot,
        value: value.into(),
        rule: rule.into(),
        span: Some(find(words).1),
    };
    let reasons = vec![
        reason("action", "armed_attack", "ar/attack.verb", "هاجم"),
        reason("participants", "unidentified", "ar/unknown", "مسلحون مجهولون"),
        reason("participants", "suspected", "ar/hedge", "خلايا <داعش>"),
        reason("when", "2022-01-15", "ar/yesterday", "أمس"),
        Reason { event: 0, slot: "confidence", value: "0.93".into(), rule: "calibration".into(), span: None },
    ];
    (Coded { record: RECORD.into(), document: head, events: vec![event], rare: vec![], diagnostics: vec![] }, reasons)
}
