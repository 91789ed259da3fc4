//! What holds for every format: no panic on any bytes, clean lines, ranges that fit.

use super::*;
use proptest::prelude::*;

const FORMATS: [Format; 6] =
    [Format::Markdown, Format::Text, Format::Html, Format::JsonResume, Format::Pdf, Format::Docx];

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
        for format in FORMATS {
            if let Ok(text) = read(&bytes, format) {
                check_lines(&text);
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
    for format in FORMATS {
        assert_eq!(read(b"", format), Err(SkipReason::Empty), "{format:?}");
    }
    assert_eq!(read(b" \n", Format::Markdown), Err(SkipReason::Empty));
}
