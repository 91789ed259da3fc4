//! Documents come back from blocks, parts and merged files; damaged files are errors, not panics.

use super::*;
use std::path::Path;
use tantivy::Directory;
use tantivy::directory::RamDirectory;

const SMALL: Layout = Layout { dictionary: 400, block: 60 };

/// Documents of very different lengths, some empty.
fn documents(count: usize) -> Vec<Vec<u8>> {
    let word = |at: usize| ["led ", "a team of ", "engineers ", "in Springfield\n", "\u{0}"][at % 5].as_bytes();
    let length = |document: usize| [0, 1, 7, 30, 3][document % 5] * (document % 11);
    (0..count).map(|document| (0..length(document)).flat_map(|at| word(document * 3 + at)).copied().collect()).collect()
}

fn written(layout: Layout, fill: impl FnOnce(&mut Writer)) -> Vec<u8> {
    let folder = RamDirectory::create();
    let mut writer = Writer::new(folder.open_write(Path::new("blocks")).unwrap(), layout);
    fill(&mut writer);
    writer.close().unwrap();
    folder.open_read(Path::new("blocks")).unwrap().read_bytes().unwrap().to_vec()
}

fn file(documents: &[Vec<u8>]) -> Vec<u8> {
    written(SMALL, |writer| documents.iter().for_each(|document| writer.add(document).unwrap()))
}

fn open(bytes: &[u8]) -> io::Result<Blocks> {
    Blocks::open(&FileSlice::from(bytes.to_vec()), SMALL)
}

fn check(bytes: &[u8], expected: &[Vec<u8>]) {
    let blocks = open(bytes).unwrap();
    assert_eq!(blocks.documents() as usize, expected.len());
    let numbers = 0..expected.len();
    // In order, and each after one that lies elsewhere.
    for number in numbers.clone().chain(numbers.rev().step_by(7)) {
        assert_eq!(blocks.get(number as DocId).unwrap(), expected[number], "document {number}");
    }
    assert!(blocks.get(expected.len() as DocId).is_err());
}

#[test]
fn documents_come_back() {
    for count in [0, 1, 4, 5, 60, 500] {
        let documents = documents(count);
        check(&file(&documents), &documents);
    }
}

#[test]
fn a_dictionary_is_stored_as_it_is_where_it_is_small() {
    let (few, many) = (documents(60), documents(12_000));
    check(&file(&many), &many);
    let is_raw = |documents: &[Vec<u8>]| open(&file(documents)).unwrap().parts[0].extent.raw;
    assert_eq!([is_raw(&few), is_raw(&many)], [false, true]);
}

#[test]
fn a_document_may_be_larger_than_dictionary_and_block() {
    let documents = vec![vec![b'x'; 5_000], b"small".to_vec(), (0..5_000).map(|at| at as u8).collect()];
    check(&file(&documents), &documents);
}

#[test]
fn files_are_put_one_behind_the_other() {
    let (first, second) = (documents(90), documents(300));
    let merged = written(SMALL, |writer| {
        writer.add(b"before").unwrap();
        writer.append(&open(&file(&first)).unwrap()).unwrap();
        writer.append(&open(&file(&[])).unwrap()).unwrap();
        writer.append(&open(&file(&second)).unwrap()).unwrap();
        writer.add(b"after").unwrap();
    });
    check(&merged, &[vec![b"before".to_vec()], first, second, vec![b"after".to_vec()]].concat());
}

#[test]
fn a_dictionary_is_shared() {
    let lines: Vec<Vec<u8>> = (0..600).map(|at| format!("Managed the release of product number {at}").into()).collect();
    let alone = written(Layout { dictionary: 1, block: 1 }, |writer| writer.add(&lines[0]).unwrap()).len();
    assert!(file(&lines).len() < lines.len() * alone / 2);
}

#[test]
fn damage_is_an_error() {
    let documents = documents(40);
    let bytes = file(&documents);
    for cut in 0..bytes.len() {
        assert!(open(&bytes[..cut]).is_err(), "{cut} of {} bytes", bytes.len());
    }
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x55;
        let Ok(blocks) = open(&damaged) else { continue };
        (0..blocks.documents().min(100)).for_each(|doc| drop(blocks.get(doc)));
    }
}
