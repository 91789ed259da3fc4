//! Rows for `sniff`: the rule, bytes and a name, and what they must be taken for.

use super::*;

fn check(bytes: &[u8], name: &str, expected: &str) {
    check_of("", bytes, name, expected);
}

fn check_of(rule: &str, bytes: &[u8], name: &str, expected: &str) {
    let found = match sniff(bytes, name) {
        Ok(format) => format.name().to_string(),
        Err(SkipReason::Unsupported(what)) => format!("unsupported: {what}"),
        Err(reason) => reason.name().to_string(),
    };
    assert_eq!(found, expected, "{rule} {name}");
}

/// Bytes, name of the file, format or reason.
type Row = (&'static [u8], &'static str, &'static str);

/// The rows of each rule.
#[rustfmt::skip]
const RULES: &[(&str, &[Row])] = &[
    ("content beats the name", &[
        (b"%PDF-1.7\n", "cv.txt", "pdf"),
        (b"junk before\r\n%PDF-1.4\n", "cv.doc", "pdf"),
        (b"Jane Roe\nEngineer at Acme\n", "cv.pdf", "text"),
        (b"<!DOCTYPE html><html><body>Jane", "cv.doc", "html"),
        (b"PK\x03\x04........word/document.xml", "cv.txt", "docx"),
    ]),
    ("names decide between kinds of text", &[
        (b"Jane Roe\n", "cv.md", "markdown"),
        (b"Jane Roe\n", "cv", "text"),
        (b"<p>Jane Roe</p>", "cv.html", "html"),
        (b"fn main() {}", "main.rs", "unsupported: program source"),
        (b"a,b\n1,2\n", "people.csv", "unsupported: a table"),
    ]),
    ("markdown is known by its signs", &[
        (b"# Jane Roe\n\n## Experience\nAcme\n", "cv.txt", "markdown"),
        (b"**Jane Roe**\n**Experience**\n", "cv", "markdown"),
        (b"C# and F# are languages\n#1 in sales\n", "cv.txt", "text"),
    ]),
    ("json is read only as a resume", &[
        (br#"{"basics": {"name": "Jane Roe"}}"#, "cv.json", "jsonresume"),
        (br#"{"work": [], "education": []}"#, "cv.txt", "jsonresume"),
        (br#"{"basics": {"name": "Jane R"#, "cv.json", "jsonresume"),
        (br#"{"name": "left-pad", "work": 1}"#, "package.json", "unsupported: JSON, but no JSON Resume"),
        (b"[1, 2]", "x.json", "unsupported: JSON, but no JSON Resume"),
    ]),
    ("text in any encoding", &[
        (b"\xff\xfeJ\0a\0n\0e\0", "cv.txt", "text"),
        (b"J\0a\0n\0e\0 \0R\0o\0e\0", "cv.txt", "text"),
        ("Žofie Malá, učitelka".as_bytes(), "cv.txt", "text"),
        (b"Jos\xe9 M\xfcller, M\xe1laga", "cv.txt", "text"),
        (b"\xbe\xae\xc0\xf8\xa4\xb5\xa4\xf3", "cv.txt", "text"),
    ]),
    ("what is no resume says what it is", &[
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "photo.png", "unsupported: a PNG picture"),
        (b"PK\x03\x04.....", "cv.docx", "corrupt"),
        (b"MZ\x90\0\x03\0\0\0", "setup.exe", "unsupported: a Windows program"),
        (b"MZ is not a magic number in a text", "cv.txt", "text"),
    ]),
    ("messages are known by their header", &[
        (b"From: a@example.com\nTo: b@example.com\nSubject: CV\n\nHello", "mail.txt", "eml"),
        (b"Received: from x\n\tby y\nMIME-Version: 1.0\nDate: x\n\nHello", "mail", "eml"),
        (b"Name: Jane Roe\nDate: 2026\nSubject: Maths\n", "cv.txt", "text"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b", "cv.doc", "html"),
    ]),
    ("documents under the name of another", &[
        (b"{\\rtf1\\ansi Jane Roe}", "cv.doc", "rtf"),
        (b"\n{\\rtf1\\ansi Jane Roe}", "cv.txt", "rtf"),
        (b"<?xml version='1.0'?>\n<w:wordDocument xmlns:w='x'>", "cv.doc", "docx"),
        (b"<?xml version='1.0'?>\n<office:document>", "cv.odt", "odt"),
        (b"<?xml version='1.0'?>\n<SkillsPassport>", "cv.xml", "europass"),
        (b"<?xml version='1.0'?>\n<Candidate xmlns='http://www.europass.eu/1.0'>", "cv.xml", "europass"),
        (b"<?xml version='1.0'?>\n<note/>", "cv.xml", "unsupported: XML"),
    ]),
];

#[test]
fn every_rule() {
    for (rule, rows) in RULES {
        rows.iter().for_each(|(bytes, name, expected)| check_of(rule, bytes, name, expected));
    }
}

#[test]
fn office_containers_are_told_apart() {
    let ole = |stream: &str| {
        let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    check(&ole("EncryptedPackage"), "cv.docx", "encrypted");
    check(&ole("WordDocument"), "cv.docx", "doc");
    check(&ole("other"), "cv.doc", "unsupported: an old Office file; save as DOCX or PDF");
}

#[test]
fn bytes_that_are_no_text() {
    let random: Vec<u8> = (0..4096_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 11) as u8).collect();
    check(&random, "cv.txt", "binary");
    check(b"Jane\0Roe\0and more text here", "cv.txt", "binary");
    check(b"", "cv.txt", "empty");
}

/// A ZIP archive of empty files; a name may carry its content after `=`.
fn zip(parts: &[&str]) -> Vec<u8> {
    use std::io::{Cursor, Write};
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for part in parts {
        let (name, content) = part.split_once('=').unwrap_or((part, ""));
        writer.start_file(name, stored).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn zip_packages_are_told_from_archives() {
    check(&zip(&["[Content_Types].xml", "word/document.xml"]), "cv.zip", "docx");
    check(&zip(&["mimetype=application/vnd.oasis.opendocument.text", "content.xml"]), "cv.bin", "odt");
    check(
        &zip(&["mimetype=application/vnd.oasis.opendocument.spreadsheet"]),
        "cv.odt",
        "unsupported: an OpenDocument file; save as PDF",
    );
    check(&zip(&["xl/workbook.xml"]), "cv.docx", "unsupported: an Excel table");
    // A stored DOCX inside shows its part names to a mere search for bytes.
    check(&zip(&["ada.docx=PK word/document.xml", "readme.txt"]), "all.docx", "zip");
}

#[test]
fn only_the_directory_of_a_zip_file_counts() {
    let package = zip(&["[Content_Types].xml", "word/document.xml"]);
    // A remark after the end; the 64-bit end before the end; bytes before the first part.
    let (directory, end) = package.split_at(package.len() - 22);
    let remark = [directory, &end[..20], b"\x02\0hi".as_slice()].concat();
    let with_copy = [directory, b"PK\x06\x06".as_slice(), &[0; 52], b"PK\x06\x07", &[0; 16], end].concat();
    let shifted = [b"PK\x03\x04".as_slice(), &package].concat();
    for bytes in [remark, with_copy, shifted] {
        check(&bytes, "cv.zip", "docx");
    }
    check(&[b"PK\x03\x04".as_slice(), &[b' '; 99], end].concat(), "cv.zip", "corrupt");
    check(b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "cv.zip", "zip");
}
