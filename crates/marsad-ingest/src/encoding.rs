//! Bytes to text: which encoding, and whether it is text at all.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

/// Text, and what was odd about its bytes.
#[derive(Debug, PartialEq)]
pub(crate) struct Decoded {
    pub text: String,
    /// Told when the bytes were not plain UTF-8.
    pub note: Option<String>,
}

/// Formats that are often given by mistake, by their first bytes, and what to do instead.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF file; save its text (for example with pdftotext) and give that"),
    (b"PK\x03\x04", "a Word or Excel file, or a ZIP file under another name; save it as plain text, or give it the ending .zip"),
    (b"\x1f\x8b", "a gzip file in a gzip file; unpack it first (gunzip -c FILE | marsad code -)"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file; unpack it first (zstdcat FILE | marsad code -)"),
    (b"BZh", "a bzip2 file; unpack it first (bzcat FILE | marsad code -)"),
    (b"\xfd7zXZ\0", "an xz file; unpack it first (xzcat FILE | marsad code -)"),
    (b"\x89PNG", "a picture (PNG); give the report's text"),
    (b"\xff\xd8\xff", "a picture (JPEG); give the report's text"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file; save it as plain text and give that"),
    (b"PAR1", "a Parquet file under another name, or packed; unpack it, and give it the ending .parquet"),
    (b"SQLite format 3\0", "an SQLite database; export its reports as JSON Lines first"),
];

/// How many of the first bytes [`binary`] needs to see.
pub(crate) const SAMPLE: usize = 64 * 1024;

/// If the bytes are no text: what they are instead.
pub(crate) fn binary(start: &[u8]) -> Option<String> {
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| start.starts_with(magic)) {
        return Some(format!("this is {what}"));
    }
    if utf16(start).is_some() {
        return None;
    }
    let sample = &start[..start.len().min(SAMPLE)];
    if sample.contains(&0) {
        return Some("this is a binary file (it has NUL bytes); give plain text, or, if it is UTF-16, save it as UTF-8".into());
    }
    let control = sample.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)).count();
    (control * 50 > sample.len()).then(|| "this is a binary file (it is full of control bytes); give plain text".into())
}

/// The kind of UTF-16 that the byte order mark announces.
pub(crate) fn utf16(start: &[u8]) -> Option<&'static Encoding> {
    match start {
        [0xFF, 0xFE, ..] => Some(encoding_rs::UTF_16LE),
        [0xFE, 0xFF, ..] => Some(encoding_rs::UTF_16BE),
        _ => None,
    }
}

/// What is told of UTF-16.
pub(crate) const UTF_16_NOTE: &str = "this is UTF-16, not UTF-8; it was converted while reading, save it as UTF-8 to be sure";

/// Decodes a whole document. `label` is the encoding that the document itself names, if it does.
///
/// # Errors
///
/// The reason why it is no text, and what to do.
pub(crate) fn decode(bytes: Vec<u8>, label: Option<&str>) -> Result<Decoded, String> {
    if let Some(what) = binary(&bytes) {
        return Err(what);
    }
    if let Some(encoding) = utf16(&bytes) {
        let (text, _) = encoding.decode_with_bom_removal(&bytes);
        return Ok(Decoded { text: text.into_owned(), note: Some(UTF_16_NOTE.into()) });
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(mut text) => {
            if text.starts_with('\u{feff}') {
                text.drain(..'\u{feff}'.len_utf8());
            }
            return Ok(Decoded { text, note: None });
        }
        Err(error) => error.into_bytes(),
    };
    let labelled = label.and_then(|label| Encoding::for_label(label.as_bytes())).filter(|&e| e != encoding_rs::UTF_8);
    if labelled.is_none() {
        let (good, bad) = bytes.utf8_chunks().fold((0, 0), |(good, bad), chunk| {
            (good + chunk.valid().chars().filter(|c| !c.is_ascii()).count(), bad + usize::from(!chunk.invalid().is_empty()))
        });
        if good > 8 * bad {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let note = format!("{bad} places are not valid UTF-8; they were read as U+FFFD (�), look at them if names are missing");
            return Ok(Decoded { text, note: Some(note) });
        }
    }
    let encoding = labelled.unwrap_or_else(|| {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(&bytes, true);
        // The country of an Arabic outlet breaks ties in favour of the Arabic code pages.
        detector.guess(Some(b"sy"), Utf8Detection::Deny)
    });
    let (text, _) = encoding.decode_without_bom_handling(&bytes);
    let why = if labelled.is_some() { "as it says itself" } else { "a guess" };
    let note = format!("this is not UTF-8; it was read as {} ({why}), save it as UTF-8 to be sure", encoding.name());
    Ok(Decoded { text: text.into_owned(), note: Some(note) })
}

/// The encoding that an HTML page names in its first kilobyte.
pub(crate) fn html_label(bytes: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let after = &start[start.find("charset=")? + "charset=".len()..];
    let label: String =
        after.trim_start_matches(['"', '\'']).chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    (!label.is_empty()).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "قتل خمسة أشخاص وأصيب آخرون بجروح في قصف مدفعي على بلدة في ريف إدلب الجنوبي اليوم";

    #[test]
    fn utf_8_with_and_without_mark() {
        assert_eq!(decode(REPORT.as_bytes().to_vec(), None), Ok(Decoded { text: REPORT.into(), note: None }));
        let marked = format!("\u{feff}{REPORT}").into_bytes();
        assert_eq!(decode(marked, None).unwrap().text, REPORT);
    }

    #[test]
    fn utf_16_of_both_orders() {
        for swap in [false, true] {
            let bytes: Vec<u8> = format!("\u{feff}{REPORT}")
                .encode_utf16()
                .flat_map(|unit| if swap { unit.to_be_bytes() } else { unit.to_le_bytes() })
                .collect();
            let decoded = decode(bytes, None).unwrap();
            assert_eq!(decoded.text, REPORT);
            assert!(decoded.note.unwrap().contains("UTF-16"));
        }
    }

    #[test]
    fn windows_1256_is_guessed_and_told() {
        let (bytes, _, failed) = encoding_rs::WINDOWS_1256.encode(REPORT);
        assert!(!failed);
        let decoded = decode(bytes.into_owned(), None).unwrap();
        assert_eq!(decoded.text, REPORT);
        assert!(decoded.note.unwrap().contains("windows-1256"));
    }

    #[test]
    fn a_few_broken_bytes_do_not_change_the_encoding() {
        let mut bytes = REPORT.as_bytes().to_vec();
        bytes[20] = 0xFF;
        let decoded = decode(bytes, None).unwrap();
        assert!(decoded.text.ends_with("الجنوبي اليوم") && decoded.text.contains('\u{fffd}'));
    }

    #[test]
    fn binaries_are_named() {
        assert!(decode(b"%PDF-1.4 ...".to_vec(), None).unwrap_err().contains("PDF"));
        assert!(decode(vec![1, 2, 3, 0, 7, 9], None).unwrap_err().contains("binary"));
        assert!(decode(vec![1, 2, 3, 4, 5, 6], None).unwrap_err().contains("binary"));
    }
}
