//! What holds for every format: no panic on any bytes, clean lines, ranges that fit.

use super::*;
use proptest::prelude::*;

/// How files of the formats begin: behind it the readers go further than behind noise.
const BEGINNINGS: [&[u8]; 8] = [
    b"%PDF-1.4\n1 0 obj\n<<",
    b"PK\x03\x04",
    b"{\\rtf1 {",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"<?xml version=\"1.0\"?><",
    b"From: kim@example.com\nContent-Type: ",
    b"<html><",
    b"{\"basics\": {",
];

/// The promises of [`crate::model::Line`].
fn check_lines(text: &TextDoc) {
    for line in &text.lines {
        assert!(!line.text.is_empty() && line.text.trim() == line.text, "{:?}", line.text);
        assert!(!line.text.contains(['\n', '\r', '\0']), "{:?}", line.text);
        let ranges = line.bold.iter().copied().chain(line.links.iter().map(|link| (link.start, link.end)));
        for (start, end) in ranges {
            assert!(line.text.get(start as usize..end as usize).is_some_and(|part| !part.is_empty()), "{line:?}");
        }
    }
}

proptest! {
    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        for format in Format::ALL {
            if let Ok(text) = read(&bytes, format) {
                check_lines(&text);
            }
        }
    }

    #[test]
    fn random_bytes_behind_a_right_beginning_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for beginning in BEGINNINGS {
            let bytes = [beginning, &bytes].concat();
            for format in Format::ALL {
                if let Ok(text) = read(&bytes, format) {
                    check_lines(&text);
                }
                let _ = members(&bytes, format, &mut drop);
                let _ = pictures(&bytes, format);
            }
        }
    }

    #[test]
    fn random_markup_never_panics(source in "[ a-zé*_#<>/!`&;|\\[\\]()\\\\\\-\n\t•]{0,200}") {
        for format in [Format::Markdown, Format::Text, Format::Html] {
            if let Ok(text) = read(source.as_bytes(), format) {
                check_lines(&text);
            }
        }
    }
}

#[test]
fn text_with_markdown_marks_is_markdown() {
    let found = read(b"# Ada Doe\n\n## Work\n", Format::Text).unwrap();
    assert_eq!((found.format, found.lines[1].style.heading), (Format::Markdown, 2));
    assert_eq!(read(b"Ada Doe\nWork\n", Format::Text).unwrap().format, Format::Text);
}

#[test]
fn nothing_is_empty() {
    for format in Format::ALL {
        assert_eq!(read(b"", format), Err(SkipReason::Empty), "{format:?}");
    }
    assert_eq!(read(b" \n", Format::Markdown), Err(SkipReason::Empty));
}
