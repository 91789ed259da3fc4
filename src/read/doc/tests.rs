//! The Word 97–2003 reader on a file that LibreOffice made of the same résumé as the other formats' samples.

use super::*;
use std::io::Write;

const SAMPLE: &[u8] = include_bytes!("../../../tests/data/formats/solheim.doc");

fn texts(found: &TextDoc) -> Vec<&str> {
    found.lines.iter().map(|line| line.text.as_str()).collect()
}

#[test]
fn header_text_tables_and_footer_in_reading_order() {
    let found = read(SAMPLE).unwrap();
    let expected = [
        "Marit Solheim-Okafor\tmarit@example.com",
        "Experience",
        "Fjordlys Kraft AS\tMar 2019 – Present",
        "Grid Planning Engineer\tBergen, Norway",
        "Planned 132 kV lines for 40,000 homes",
        "Cut outage time by 18 % with better fault location",
        "Havnens Elektro\tAug 2014 – Feb 2019",
        "Electrical Engineer\tÅlesund, Norway",
        "Designed switchgear for eleven harbours",
        "Wrote the firm’s first safety manual",
        "Education",
        "NTNU, Trondheim\t2014",
        "M.Sc. Electric Power Engineering\tTrondheim, Norway",
        "Skills",
        "Load flow, PSS/E, AutoCAD, Python",
        "My notes",
        "kubernetes kubernetes kubernetes",
        "References on request",
    ];
    assert_eq!(texts(&found), expected);
}

#[test]
fn looks_links_and_hidden_text() {
    let lines = read(SAMPLE).unwrap().lines;
    assert_eq!((lines[1].style.heading, lines[1].style.size_pt), (1, 14.0));
    assert_eq!(lines[2].bold, [(0, 17)]);
    assert!(lines[4].style.bullet && !lines[3].style.bullet);
    assert_eq!(lines[15].links[0].url, "https://solheim.example.org/");
    assert_eq!(lines.iter().filter(|line| line.hidden).count(), 1);
}

/// An OLE file with one `WordDocument` stream.
fn container(stream: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("/WordDocument").unwrap().write_all(stream).unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}

#[test]
fn word_95_gives_its_plain_text() {
    let mut stream = vec![0; 128];
    stream[2..4].copy_from_slice(&0x65_u16.to_le_bytes());
    stream[0x18..0x1c].copy_from_slice(&128_u32.to_le_bytes());
    stream.extend(b"Ada Roe\rEngineer \x96 Acme");
    let end = stream.len() as u32;
    stream[0x1c..0x20].copy_from_slice(&end.to_le_bytes());
    assert_eq!(texts(&read(&container(&stream)).unwrap()), ["Ada Roe", "Engineer – Acme"]);
}

#[test]
fn what_cannot_be_read_says_why() {
    let mut locked = vec![0; 1000];
    locked[2..4].copy_from_slice(&0xc1_u16.to_le_bytes());
    locked[10..12].copy_from_slice(&0x0100_u16.to_le_bytes());
    assert_eq!(read(&container(&locked)).unwrap_err(), SkipReason::Encrypted);
    assert_eq!(read(&container(b"")).unwrap_err().name(), "corrupt");
    assert_eq!(read(&SAMPLE[..600]).unwrap_err().name(), "corrupt");
}

#[test]
fn damaged_bytes_never_panic() {
    for at in (512..SAMPLE.len()).step_by(97) {
        let mut bytes = SAMPLE.to_vec();
        bytes[at] ^= 0xff;
        bytes[SAMPLE.len() - at] = 0xff;
        let _ = read(&bytes);
    }
}
