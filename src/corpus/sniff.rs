//! Bytes and a file name → [`Format`], or what else it is. The content decides; the name is asked only where plain text leaves a
//! choice (Markdown, program source). Reads no more than a file's ends, except to see whether JSON is a JSON Resume.

use crate::model::{Format, SkipReason};
use memchr::memmem;
use serde::de::IgnoredAny;
use std::borrow::Cow;
use std::collections::HashMap;

/// How much of the start is looked at for the kind of text.
const HEAD: usize = 8 << 10;

/// `%PDF-` may stand after junk (mail headers, a byte-order mark): readers accept it within this many bytes.
const PDF_JUNK: usize = 1024;

/// First bytes of files that are no résumé text, and what to say. `save as` is advice that works.
const BINARY_KINDS: &[(&[u8], &str)] = &[
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"BM", "a BMP picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"RIFF", "a picture, sound or video"),
    (b"\0\0\0\x0cjP", "a JPEG 2000 picture"),
    (b"\0\0\x01\0", "an icon"),
    (b"8BPS", "a Photoshop picture"),
    (b"OggS", "a sound or video"),
    (b"ID3", "a sound"),
    (b"fLaC", "a sound"),
    (b"\x1aE\xdf\xa3", "a video"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"(\xb5/\xfd", "a Zstandard archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a Windows program"),
    (b"\xcf\xfa\xed\xfe", "a macOS program"),
    (b"SQLite format 3\0", "a database"),
    (b"%!PS", "PostScript; save as PDF"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"OTTO", "a font"),
    (b"\0\x01\0\0\0", "a font"),
];

/// Beginnings of part names that tell what a ZIP file is; the first found wins. Anything else is an archive.
const ZIP_KINDS: &[(&str, Result<Format, &str>)] = &[
    ("word/document", Ok(Format::Docx)),
    ("xl/workbook", Err("an Excel table")),
    ("ppt/presentation", Err("a PowerPoint presentation; save as PDF")),
    ("Index/Document.iwa", Err("a Pages document; save as DOCX or PDF")),
    ("META-INF/container.xml", Err("an e-book")),
    ("META-INF/MANIFEST.MF", Err("a Java program")),
];

/// The first part of an OpenDocument file is called `mimetype` and holds one of these, unpacked; the first found wins.
const MIME_TYPES: &[(&str, Result<Format, &str>)] = &[
    ("application/vnd.oasis.opendocument.text", Ok(Format::Odt)),
    ("application/vnd.oasis.opendocument", Err("an OpenDocument file; save as PDF")),
    ("application/epub+zip", Err("an e-book")),
];

/// Names of a ZIP file that are looked at. An office file of hundreds of pictures has fewer; its main part is among the first.
const MOST_PARTS: usize = 10_000;

/// Where the name of a ZIP file's first part begins.
const FIRST_NAME: usize = 30;

/// Stream names (UTF-16) in an OLE file that tell what it is.
const OLE_KINDS: &[(&str, Result<Format, SkipReason>)] =
    &[("EncryptedPackage", Err(SkipReason::Encrypted)), ("WordDocument", Ok(Format::Doc))];

/// The same for files that are no résumés.
const OTHER_OLE_KINDS: &[(&str, &str)] = &[
    ("Workbook", "an Excel table"),
    ("PowerPoint Document", "a PowerPoint presentation; save as PDF"),
    ("__substg1.0", "an Outlook message; save it as EML"),
];

/// Marks in the first kilobytes of XML that tell what it is: Word's XML, OpenDocument in one file, Europass.
const XML_KINDS: &[(&str, Format)] = &[
    ("<w:worddocument", Format::Docx),
    ("<pkg:package", Format::Docx),
    ("<office:document", Format::Odt),
    ("<skillspassport", Format::Europass),
    ("<candidate", Format::Europass),
];

/// Header lines that every e-mail has some of, and a text does not begin with.
const MAIL_HEADERS: &[&str] = &[
    "received",
    "return-path",
    "delivered-to",
    "message-id",
    "mime-version",
    "from",
    "to",
    "subject",
    "date",
    "reply-to",
    "content-type",
    "x-mailer",
    "dkim-signature",
    "x-sender",
    "thread-topic",
    "content-language",
];

/// Endings of text files that hold no résumé.
const TEXT_KINDS: &[(&str, &[&str])] = &[
    (
        "program source",
        &[
            "rs", "py", "js", "mjs", "ts", "tsx", "jsx", "c", "h", "cpp", "hpp", "cc", "cs", "java", "go", "rb", "php",
            "sh", "bat", "ps1", "pl", "r", "swift", "kt", "scala", "lua", "sql", "css", "scss", "vue", "ipynb", "cls",
            "sty",
        ],
    ),
    ("settings or data", &["toml", "yaml", "yml", "ini", "cfg", "conf", "lock", "env", "properties", "plist", "log"]),
    ("a table", &["csv", "tsv"]),
    ("XML", &["xml", "svg", "xsd", "xsl", "rss"]),
    ("LaTeX source; index its PDF", &["tex", "bib"]),
    ("a mailbox; save its messages as EML", &["mbox"]),
    ("a calendar or contact card", &["ics", "vcf"]),
];

/// Tells the format.
///
/// # Errors
/// The reason why the file is left out: unsupported (with what it is), encrypted, binary, empty.
pub fn sniff(bytes: &[u8], name: &str) -> Result<Format, SkipReason> {
    if bytes.is_empty() {
        return Err(SkipReason::Empty);
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    if contains(&head[..head.len().min(PDF_JUNK)], b"%PDF-") {
        return Ok(Format::Pdf);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return zip_kind(bytes);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return ole_kind(bytes);
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Err(SkipReason::Unsupported("a video or picture".into()));
    }
    if bytes.get(257..262) == Some(b"ustar") {
        return Err(SkipReason::Unsupported("a tar archive".into()));
    }
    if head.trim_ascii_start().starts_with(b"{\\rtf") {
        return Ok(Format::Rtf);
    }
    let known = BINARY_KINDS.iter().find(|(magic, _)| bytes.starts_with(magic));
    match known {
        // "BM", "MZ", "RIFF" … may also begin a text.
        Some((magic, what)) if !magic.is_ascii() || !is_text(head) || *magic == b"%!PS" => {
            Err(SkipReason::Unsupported((*what).into()))
        }
        _ if !is_text(head) => Err(SkipReason::Binary),
        _ => text_kind(bytes, head, name),
    }
}

fn zip_kind(bytes: &[u8]) -> Result<Format, SkipReason> {
    let unsupported = |what: &str| SkipReason::Unsupported(what.to_string());
    let first = bytes.get(FIRST_NAME..).unwrap_or(&[]);
    if let Some(kind) = first.strip_prefix(b"mimetype") {
        // An extra field may stand between the name and the content.
        let kind = String::from_utf8_lossy(&kind[..kind.len().min(200)]);
        if let Some((_, kind)) = MIME_TYPES.iter().find(|(mark, _)| kind.contains(mark)) {
            return kind.map_err(unsupported);
        }
    }
    let Some(names) = part_names(bytes) else {
        // Cut off, without the directory at its end: names stand before each part, too.
        let start = &bytes[..bytes.len().min(256 << 10)];
        let found = ZIP_KINDS.iter().find(|(mark, _)| contains(start, mark.as_bytes()));
        let cut = || SkipReason::Corrupt("a ZIP file that is cut off".into());
        return found.map_or_else(|| Err(cut()), |(_, kind)| kind.map_err(unsupported));
    };
    let kind = ZIP_KINDS.iter().find(|(mark, _)| names.iter().any(|name| name.starts_with(mark.as_bytes())));
    kind.map_or(Ok(Format::Zip), |(_, kind)| kind.map_err(unsupported))
}

/// The names in a ZIP file's directory, without reading more of it: what its other numbers claim costs a worker memory, not us.
///
/// ```text
///  … directory: { PK\1\2 · 24 bytes · lengths of name, extra, remark: u16 · 12 bytes · name · extra · remark } …
///  … end:         PK\5\6 ·  8 bytes · directory's size: u32 · its place: u32 · remark
/// ```
fn part_names(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let number = |at: usize, size: usize| -> Option<usize> {
        let digits = bytes.get(at..at.checked_add(size)?)?;
        Some(digits.iter().rev().fold(0, |number, &digit| number << 8 | usize::from(digit)))
    };
    let end = memmem::rfind(bytes, b"PK\x05\x06")?;
    // Between the directory and its end may stand the 64-bit copy of the end.
    let places = [end.checked_sub(number(end + 12, 4)?), number(end + 16, 4)];
    let is_place =
        |at: &usize| *at == end || bytes[..end].get(*at..).is_some_and(|rest| rest.starts_with(b"PK\x01\x02"));
    let mut at = places.into_iter().flatten().find(is_place)?;
    let mut names = Vec::new();
    while at < end && names.len() < MOST_PARTS {
        if !bytes[at..end].starts_with(b"PK\x01\x02") {
            break;
        }
        let (name, extra, remark) = (number(at + 28, 2)?, number(at + 30, 2)?, number(at + 32, 2)?);
        names.push(bytes.get(at + 46..at + 46 + name)?);
        at += 46 + name + extra + remark;
    }
    Some(names)
}

fn ole_kind(bytes: &[u8]) -> Result<Format, SkipReason> {
    let utf16 = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let (start, end) = (&bytes[..bytes.len().min(1 << 20)], &bytes[bytes.len().saturating_sub(1 << 20)..]);
    let holds = |name: &str| contains(start, &utf16(name)) || contains(end, &utf16(name));
    if let Some((_, kind)) = OLE_KINDS.iter().find(|(name, _)| holds(name)) {
        return kind.clone();
    }
    let other = OTHER_OLE_KINDS.iter().find(|(name, _)| holds(name));
    let what = other.map_or("an old Office file; save as DOCX or PDF", |(_, what)| what);
    Err(SkipReason::Unsupported(what.into()))
}

fn text_kind(bytes: &[u8], head: &[u8], name: &str) -> Result<Format, SkipReason> {
    let text = readable(head);
    let start = text.trim_start_matches(['\u{feff}', '\u{fffd}']).trim_start();
    if start.starts_with('<') {
        let lower = start.to_ascii_lowercase();
        if let Some((_, format)) = XML_KINDS.iter().find(|(mark, _)| lower.contains(mark)) {
            return Ok(*format);
        }
        if ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| lower.contains(tag)) {
            return Ok(Format::Html);
        }
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    if start.starts_with('{') && (ending == "json" || start[1..].trim_start().starts_with(['"', '}'])) {
        let is_resume = is_json_resume(bytes);
        return if is_resume {
            Ok(Format::JsonResume)
        } else {
            Err(SkipReason::Unsupported("JSON, but no JSON Resume".into()))
        };
    }
    if let Some(format) = mail_kind(start) {
        return Ok(format);
    }
    if start.starts_with("<?xml") {
        return Err(SkipReason::Unsupported("XML".into()));
    }
    match ending.as_str() {
        "html" | "htm" | "xhtml" if start.contains('<') => return Ok(Format::Html),
        "md" | "markdown" | "mdown" => return Ok(Format::Markdown),
        "json" => return Err(SkipReason::Unsupported("JSON, but no JSON Resume".into())),
        _ => {}
    }
    if let Some((what, _)) = TEXT_KINDS.iter().find(|(_, endings)| endings.contains(&ending.as_str())) {
        return Err(SkipReason::Unsupported((*what).into()));
    }
    Ok(if looks_like_markdown(&text) { Format::Markdown } else { Format::Text })
}

/// An e-mail begins with header lines, at least three of them known; a web archive is one without sender.
fn mail_kind(start: &str) -> Option<Format> {
    let mut names = Vec::new();
    for line in start.lines().take(200) {
        if line.starts_with([' ', '\t']) && !names.is_empty() {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { break };
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            break;
        }
        names.push(name.to_ascii_lowercase());
    }
    let known = MAIL_HEADERS.iter().filter(|known| names.iter().any(|name| name == *known)).count();
    let has = |name: &str| names.iter().any(|found| found == name);
    let is_message = known >= 3 && (has("mime-version") || has("message-id") || has("received") || has("subject"));
    let is_page = has("mime-version") && has("content-type") && !has("to") && !has("received") && !has("message-id");
    match (is_page && start.to_ascii_lowercase().contains("multipart/related"), is_message) {
        (true, _) => Some(Format::Html),
        (false, true) => Some(Format::Eml),
        (false, false) => None,
    }
}

/// The bytes as far as ASCII tells: enough for tags, keys and `#`. UTF-16 loses its zero bytes.
fn readable(head: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(head) {
        Ok(text) if memchr::memchr(0, head).is_none() => Cow::Borrowed(text),
        _ => {
            let plain = |byte: u8| if byte < 0x80 { byte as char } else { '\u{fffd}' };
            Cow::Owned(head.iter().filter(|&&byte| byte != 0).map(|&byte| plain(byte)).collect())
        }
    }
}

/// Headings `# …` or bold `**…**`, at least two in all: one may be a remark, two are a way of writing.
fn looks_like_markdown(text: &str) -> bool {
    let is_sign = |byte: u8, next: u8| (byte == b'#') & (next == b' ') | (byte == b'*') & (next == b'*');
    let pairs = text.as_bytes().iter().zip(text.as_bytes().get(1..).unwrap_or_default());
    // One pass without a branch settles most files.
    if !pairs.fold(false, |found, (byte, next)| found | is_sign(*byte, *next)) {
        return false;
    }
    let sign = |line: &str| {
        let hashes = line.bytes().take_while(|&byte| byte == b'#').count();
        let heading = (1..=6).contains(&hashes) && line[hashes..].starts_with(' ');
        usize::from(heading) + memmem::find_iter(line.as_bytes(), b"**").count() / 2
    };
    text.lines().map(|line| sign(line.trim_start())).sum::<usize>() >= 2
}

/// An object with `basics`, or with two other sections of <https://jsonresume.org/schema>.
fn is_json_resume(bytes: &[u8]) -> bool {
    const KEYS: [&str; 11] = [
        "work",
        "education",
        "skills",
        "projects",
        "volunteer",
        "awards",
        "publications",
        "languages",
        "certificates",
        "references",
        "interests",
    ];
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(object) = serde_json::from_slice::<HashMap<String, IgnoredAny>>(bytes) {
        return object.contains_key("basics") || KEYS.iter().filter(|key| object.contains_key(**key)).count() >= 2;
    }
    // Cut off or in another encoding: the reader says what is wrong with it.
    let text = readable(&bytes[..bytes.len().min(64 << 10)]);
    text.contains("\"basics\"")
}

/// No more control characters than a text can have. Zero bytes are text only as halves of UTF-16 blanks and line ends.
fn is_text(head: &[u8]) -> bool {
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") || head.starts_with(b"\xef\xbb\xbf") {
        return true;
    }
    // One pass without a branch settles nearly every file.
    let suspect = |byte: u8| (byte < 0x20) & !matches!(byte, b'\t' | b'\n' | b'\r') | (byte == 0x7f);
    if !head.iter().fold(false, |found, &byte| found | suspect(byte)) {
        return true;
    }
    if memchr::memchr(0, head).is_some() {
        return looks_like_utf16(head);
    }
    // Random bytes have 11 % control characters; form feeds and escape codes of old printers are far fewer.
    controls(head) * 50 <= head.len()
}

/// Blanks and line ends stand where UTF-16 has them, in one byte order only, and zeros only beside a character.
fn looks_like_utf16(head: &[u8]) -> bool {
    let pairs = head.chunks_exact(2);
    let blank = |byte: u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t');
    let little = pairs.clone().filter(|pair| pair[1] == 0 && blank(pair[0])).count();
    let big = pairs.clone().filter(|pair| pair[0] == 0 && blank(pair[1])).count();
    let empty = pairs.clone().filter(|pair| **pair == [0, 0]).count();
    let count = pairs.len();
    // A blank or line end at least every sixty characters, as in Chinese.
    count >= 4 && empty == 0 && little.max(big) * 100 >= count && little.max(big) >= 8 * little.min(big)
}

fn controls(head: &[u8]) -> usize {
    let is_control =
        |byte: u8| byte != 0 && (byte < 0x20 || byte == 0x7f) && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b);
    head.iter().filter(|&&byte| is_control(byte)).count()
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    memmem::find(bytes, wanted).is_some()
}

#[cfg(test)]
#[path = "sniff_tests.rs"]
mod tests;
