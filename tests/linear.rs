//! A text a hundred times as long takes about a hundred times as long: sections and profile of 300,000 characters against 3,000, for the
//! shapes that tempt a program to look at everything once per line.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its data has to fail")]

use std::time::{Duration, Instant};
use vitae::lexicon::Lexicon;
use vitae::model::{Format, Month};

const SHORT: usize = 3_000;
const LONG: usize = 300_000;
/// Linear is 100, quadratic 10,000; between them is room for a busy machine.
const LIMIT: u32 = 500;

const JOB: &str = "\nEXPERIENCE\nHead Cook | Blue Bay Inn, Bergen | May 2016 - June 2019\n- Led 12 cooks, cut waste by 20 % with Python and Excel\n\
                   - Wrote the menus of the harbour kitchens, month by month\n\nEDUCATION\nBSc Fishery, Nordmark University, 2012 - 2015\n";

/// Name of the shape, and the piece it repeats.
const SHAPES: &[(&str, &str)] = &[
    ("a résumé again and again", JOB),
    ("one line of words", "led the kitchen of the Blue Bay Inn and went on to build boats "),
    ("one line of dates", "May 2016 - June 2019 "),
    ("one line of a list", "Python, zorkmid tools, Excel; "),
    ("nothing but headings", "\nEXPERIENCE\nSkills\nEDUCATION\n"),
    ("rows of labels", "\nSkills: Python, Excel\nRole: cook\nClient: Blue Bay Inn\n"),
    ("a table", "\nBlue Bay Inn\tHead Cook\tMay 2016\tJune 2019\tBergen, Norway\n"),
    ("brackets that never close", "(see [the {list of (cooks "),
];

fn text(piece: &str, characters: usize) -> Vec<u8> {
    let head = "Ada Doe\nada@example.com\n\nSKILLS\n";
    let body: String = piece.chars().cycle().take(characters - head.len()).collect();
    format!("{head}{body}").into_bytes()
}

/// The shortest of several runs: what the machine does beside it counts least.
fn time(piece: &str, characters: usize, runs: usize, lexicon: &Lexicon) -> Duration {
    let text = vitae::read::read(&text(piece, characters), Format::Text).unwrap();
    let run = || {
        let begun = Instant::now();
        let sections = vitae::sections::split(&text, lexicon);
        let profile = vitae::profile::extract(&text, &sections, lexicon, Month::new(2026, 1));
        assert!(profile.as_of.is_some());
        begun.elapsed()
    };
    (0..runs).map(|_| run()).min().unwrap()
}

#[test]
fn time_grows_with_length() {
    let lexicon = Lexicon::builtin();
    let mut slow = Vec::new();
    for (name, piece) in SHAPES {
        let short = time(piece, SHORT, 7, &lexicon).max(Duration::from_micros(200));
        // A second look, should the first have met a busy moment.
        let long = time(piece, LONG, 1, &lexicon);
        let long = if long > short * LIMIT { long.min(time(piece, LONG, 1, &lexicon)) } else { long };
        println!("{name}: {short:?} → {long:?}, {:.0} times", long.as_secs_f64() / short.as_secs_f64());
        if long > short * LIMIT {
            slow.push(*name);
        }
    }
    assert!(slow.is_empty(), "more than {LIMIT} times as long for 100 times the text: {slow:?}");
}
