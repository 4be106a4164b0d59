//! Answers of web servers as archives keep them.

use std::io::Read;

/// The useful part of an answer.
pub(crate) struct Answer {
    /// Media type without its parameters, in lower case; empty where it is not told.
    pub kind: String,
    pub charset: Option<String>,
    pub body: Vec<u8>,
}

/// Takes an answer apart. `None` for one that carries no page (any status but 200).
///
/// # Errors
///
/// Why its body cannot be read.
pub(crate) fn answer(bytes: Vec<u8>, limit: usize) -> Result<Option<Answer>, String> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").map(|at| at + 4);
    let Some(start) = end.or_else(|| bytes.windows(2).position(|window| window == b"\n\n").map(|at| at + 2)) else {
        return Err("the server's answer has no body".into());
    };
    let head = String::from_utf8_lossy(&bytes[..start]).into_owned();
    let mut lines = head.lines();
    let status = lines.next().unwrap_or_default();
    if status.split_ascii_whitespace().nth(1) != Some("200") {
        return Ok(None);
    }
    let (mut kind, mut packed, mut chunked) = (String::new(), String::new(), false);
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        let value = value.trim().to_ascii_lowercase();
        match name.to_ascii_lowercase().as_str() {
            "content-type" => kind = value,
            "content-encoding" => packed = value,
            "transfer-encoding" => chunked = value.contains("chunked"),
            _ => {}
        }
    }
    let mut body = bytes;
    body.drain(..start);
    if chunked {
        body = unchunked(&body).unwrap_or(body);
    }
    body = match packed.as_str() {
        "" | "identity" => body,
        // Some archives keep the header and unpack the body.
        "gzip" | "x-gzip" if !body.starts_with(&crate::gzip::MAGIC) => body,
        "gzip" | "x-gzip" => unpack(flate2::read::MultiGzDecoder::new(body.as_slice()), limit)?,
        "deflate" => unpack(flate2::read::ZlibDecoder::new(body.as_slice()), limit)?,
        other => return Err(format!("the page is packed as {other:?}, which cannot be read; archive it unpacked")),
    };
    let charset = charset(&kind);
    let kind = kind.split(';').next().unwrap_or_default().trim().to_owned();
    Ok(Some(Answer { kind, charset, body }))
}

/// The encoding in a media type's parameters.
pub(crate) fn charset(kind: &str) -> Option<String> {
    let (_, value) = kind.split_once("charset=")?;
    let value = value.trim_start_matches(['"', '\'']).split([';', '"', '\'', ' ']).next()?;
    (!value.is_empty()).then(|| value.to_owned())
}

fn unpack(packed: impl Read, limit: usize) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    packed.take(limit as u64 + 1).read_to_end(&mut body).map_err(|error| format!("the page's compressed data are corrupt ({error})"))?;
    if body.len() > limit { Err("the page is too large when unpacked; raise --max-size".into()) } else { Ok(body) }
}

/// Joins the chunks of a body; `None` where it has none (archives differ in that).
fn unchunked(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let end = rest.iter().take(64).position(|&b| b == b'\n')?;
        let size = std::str::from_utf8(&rest[..end]).ok()?.trim();
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(out);
        }
        // A body that was cut short keeps what it has.
        out.extend_from_slice(&rest[..size.min(rest.len())]);
        match rest.get(size..) {
            Some(more) if more.len() > 2 => rest = more.strip_prefix(b"\r\n").or_else(|| more.strip_prefix(b"\n"))?,
            _ => return Some(out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn body(head: &str, body: &[u8]) -> Result<Option<String>, String> {
        let bytes = [format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n").as_bytes(), body].concat();
        answer(bytes, 1000).map(|answer| answer.map(|answer| String::from_utf8_lossy(&answer.body).into_owned()))
    }

    #[test]
    fn bodies_come_out_as_they_were_written() {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(b"text").unwrap();
        let packed = packed.finish().unwrap();
        assert_eq!(body("A: b", b"text"), Ok(Some("text".into())));
        assert_eq!(body("Content-Encoding: gzip", &packed), Ok(Some("text".into())));
        assert_eq!(body("Content-Encoding: gzip", b"text"), Ok(Some("text".into())));
        assert_eq!(body("Transfer-Encoding: chunked", b"2;x=y\r\nte\r\n2\r\nxt\r\n0\r\n\r\n"), Ok(Some("text".into())));
        assert_eq!(body("Transfer-Encoding: chunked", b"not in chunks"), Ok(Some("not in chunks".into())));
        assert!(body("Content-Encoding: br", b"x").unwrap_err().contains("br"));
        assert!(body("Content-Encoding: gzip", &packed[..packed.len() - 5]).is_err());
        assert!(answer(b"HTTP/1.1 404 Not Found\r\n\r\ngone".to_vec(), 9).unwrap().is_none());
    }

    #[test]
    fn a_bomb_is_refused() {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(&[b'a'; 100_000]).unwrap();
        assert!(body("Content-Encoding: gzip", &packed.finish().unwrap()).unwrap_err().contains("too large"));
    }
}
