//! Both Europass schemas and the PDF that carries one, on the samples in `tests/data/formats`.

use super::*;
use crate::model::text::Label;

const OLD: &[u8] = include_bytes!("../../../tests/data/formats/solheim-europass-2013.xml");
const NEW: &[u8] = include_bytes!("../../../tests/data/formats/solheim-europass-2020.xml");
const PDF: &[u8] = include_bytes!("../../../tests/data/formats/solheim-europass.pdf");

fn check(found: &TextDoc, label: Label, expected: &[&str]) {
    let lines = found.lines.iter().filter(|line| line.label == Some(label));
    assert_eq!(lines.map(|line| line.text.as_str()).collect::<Vec<_>>(), expected, "{label:?}");
}

#[test]
fn both_schemas_say_the_same() {
    for bytes in [OLD, NEW] {
        let found = read(bytes).unwrap();
        check(&found, Label::Name, &["Marit Solheim-Okafor"]);
        check(&found, Label::Email, &["marit@example.com"]);
        check(&found, Label::Title, &["Grid Planning Engineer", "Electrical Engineer"]);
        check(&found, Label::Dates, &["2019-03 – Present", "2014-08 – 2019-02", "2009 – 2014"]);
        check(&found, Label::Degree, &["M.Sc. Electric Power Engineering"]);
        check(&found, Label::Level, &["Native", "C1"]);
        assert!(found.lines.iter().any(|line| line.text == "Planned 132 kV lines for 40,000 homes"));
    }
}

#[test]
fn a_pdf_is_read_by_its_attachment() {
    let found = crate::read::read(PDF, Format::Pdf).unwrap();
    assert_eq!(found.format, Format::Pdf);
    check(&found, Label::Name, &["Marit Solheim-Okafor"]);
    check(&found, Label::Title, &["Grid Planning Engineer", "Electrical Engineer"]);
}

#[test]
fn other_xml_is_not_read() {
    assert_eq!(read(b"<note><to>Ada</to></note>").unwrap_err().name(), "unsupported");
    assert_eq!(read(b"<?xml version='1.0'?>").unwrap_err().name(), "corrupt");
}

#[test]
fn bombs_and_depth_end() {
    let deep = "<SkillsPassport>".to_owned() + &"<a>".repeat(100_000);
    assert!(read(deep.as_bytes()).unwrap().lines.is_empty());
    let entities = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><SkillsPassport><LearnerInfo><Identification><PersonName>\
        <FirstName>&b;Ada</FirstName></PersonName></Identification></LearnerInfo></SkillsPassport>";
    check(&read(entities.as_bytes()).unwrap(), Label::Name, &["Ada"]);
}
