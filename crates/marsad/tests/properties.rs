//! What must hold for any input whatever.

use assert_cmd::Command;
use proptest::prelude::*;
use serde_json::{Value, json};

fn code(input: &str, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::cargo_bin("marsad").unwrap().args(["code", "-"]).args(arguments).write_stdin(input).output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

/// Words of news with all that surrounds them, so that random texts are not all noise.
fn words() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "قصف",
        "قتل",
        "5 مدنيين",
        "خمسة أشخاص",
        "وأصيب آخرون",
        "في",
        "بريف",
        "حلب",
        "أمس",
        "السبت",
        "الجيش",
        "مسلحون مجهولون",
        "غارة جوية",
        "على",
        "بلدة",
        "«",
        "»",
        "\"",
        ".",
        "،",
        "\n",
        "وقال المتحدث",
        "لم",
        "لا صحة",
        "عشرات",
        "قُتِلَ",
        "د.ا.عـ ـش",
        "#عاجل_الآن",
        "😀",
        "\u{202e}",
        "\u{200f}",
        "ـــ",
        "ﻻ",
        "١٢/٣/٢٠٢٢",
        "15 آذار/مارس",
        "(",
        ")",
        ":",
        "-",
    ]);
    let piece = prop_oneof![8 => known.prop_map(String::from), 1 => "\\PC{0,12}", 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(piece, 1..60).prop_map(|pieces| pieces.join(" "))
}

/// Every span lies in the text, and the text at it is the text that is told.
fn check_spans(value: &Value, text: &[char]) -> Result<(), TestCaseError> {
    if let Value::Object(fields) = value
        && let (Some(Value::String(told)), Some(Value::Array(span))) = (fields.get("text"), fields.get("span"))
    {
        let (start, end) = (span[0].as_u64().unwrap() as usize, span[1].as_u64().unwrap() as usize);
        prop_assert!(start < end && end <= text.len(), "span {start}..{end} of {}", text.len());
        prop_assert_eq!(told, &text[start..end].iter().collect::<String>());
    }
    match value {
        Value::Object(fields) => fields.values().try_for_each(|value| check_spans(value, text)),
        Value::Array(values) => values.iter().try_for_each(|value| check_spans(value, text)),
        _ => Ok(()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_documents_are_coded_the_same_on_any_number_of_threads(texts in prop::collection::vec(words(), 1..24)) {
        let input: String =
            texts.iter().enumerate().map(|(i, text)| format!("{}\n", json!({"id": format!("d{i}"), "text": text, "published": "2022-03-20"}))).collect();
        let one = code(&input, &["--from", "jsonl", "--threads", "1"]);
        let many = code(&input, &["--from", "jsonl", "--threads", "5"]);
        prop_assert_eq!(&one, &many);
        let rows: Vec<Value> = one.1.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        prop_assert_eq!(rows.len(), texts.len());
        for (row, text) in rows.iter().zip(&texts) {
            if text.trim().is_empty() {
                prop_assert!(row["error"].is_string());
                continue;
            }
            prop_assert!(row["events"].is_array(), "{}", row);
            let chars: Vec<char> = text.chars().collect();
            prop_assert_eq!(row["document"]["chars"].as_u64(), Some(chars.len() as u64));
            check_spans(&row["events"], &chars)?;
        }
    }

    #[test]
    fn any_bytes_give_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..400), format in prop::sample::select(vec!["txt", "html", "jsonl"])) {
        let mut command = Command::cargo_bin("marsad").unwrap();
        let output = command.args(["explain", "-", "--from", format]).write_stdin(bytes).output().unwrap();
        prop_assert!(matches!(output.status.code(), Some(0 | 2)));
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        prop_assert!(!told.contains("panicked") && !told.contains("please report"), "{}", told);
    }
}

#[test]
fn no_day_is_made_up_where_the_day_of_the_report_is_unknown() {
    let report =
        |id: &str, when: &str| format!("{}\n", json!({"id": id, "text": format!("قتل خمسة مدنيين بقصف مدفعي على مدينة الباب {when}.")}));
    let input = [report("a", "أمس الأحد"), report("b", "في 13 آب/أغسطس 2023"), report("c", "يوم الأحد الماضي")].concat();
    let (status, out, told) = code(&input, &["--from", "jsonl"]);
    assert_eq!(status, Some(0), "{told}");
    let starts: Vec<Value> =
        out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["events"][0]["when"]["start"].clone()).collect();
    assert_eq!(starts, [Value::Null, json!("2023-08-13"), Value::Null]);
}
