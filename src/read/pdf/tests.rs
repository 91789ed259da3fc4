//! One row per rule of the PDF reader, on files written here: text at places, in base-14 fonts.

use super::*;
use crate::model::Line;

/// Text on the page: x, y (from the bottom), size, text; `B` before the text makes it bold.
pub(super) type Put = (f32, f32, f32, &'static str);

fn pdf(pages: &[&[Put]]) -> Vec<u8> {
    let contents: Vec<String> = pages
        .iter()
        .map(|page| {
            page.iter()
                .map(|(x, y, size, text)| {
                    let (font, text) = text.strip_prefix("B:").map_or(("R", *text), |text| ("B", text));
                    format!("BT /{font} {size} Tf {x} {y} Td ({text}) Tj ET\n")
                })
                .collect()
        })
        .collect();
    pdf_of(&contents, "")
}

/// A PDF of raw page contents; `extra` goes into each page's dictionary.
pub(super) fn pdf_of(contents: &[String], extra: &str) -> Vec<u8> {
    let count = contents.len();
    let kids: String = (0..count).map(|page| format!("{} 0 R ", 5 + 2 * page)).collect();
    let font = |name: &str| format!("<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>");
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Count {count} /Kids [{kids}] >>"),
        font("Helvetica"),
        font("Helvetica-Bold"),
    ];
    for (page, content) in contents.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {} 0 R {extra} \
             /Resources << /Font << /R 3 0 R /B 4 0 R >> >> >>",
            6 + 2 * page
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", index + 1).bytes());
    }
    let start = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    offsets.iter().for_each(|offset| bytes.extend(format!("{offset:010} 00000 n \n").bytes()));
    let trailer = format!("trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF", objects.len() + 1);
    bytes.extend(trailer.bytes());
    bytes
}

pub(super) fn check(pages: &[&[Put]], expected: &[&str]) -> Vec<Line> {
    let lines = read(&pdf(pages)).unwrap().lines;
    assert_eq!(lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), expected);
    lines
}

#[test]
fn a_date_at_the_right_margin_stays_with_its_employer() {
    let lines = check(
        &[&[
            (50.0, 700.0, 10.0, "B:Acme Ltd"),
            (480.0, 700.0, 10.0, "2019 - 2021"),
            (50.0, 686.0, 10.0, "Built a search engine for letters and everything that goes with it, all day long"),
            (50.0, 650.0, 10.0, "B:Beta Ltd"),
            (500.0, 650.0, 10.0, "2017 - 2019"),
        ]],
        &[
            "Acme Ltd\t2019 - 2021",
            "Built a search engine for letters and everything that goes with it, all day long",
            "Beta Ltd\t2017 - 2019",
        ],
    );
    assert_eq!(lines[0].bold, [(0, 8)]);
    assert!(!lines[1].blank_before && lines[2].blank_before);
}

#[test]
fn columns_come_one_after_the_other() {
    // Written row by row with a common line grid would be a table; these baselines differ.
    let left = [(50.0, 700.0), (50.0, 687.0), (50.0, 674.0), (50.0, 661.0)];
    let right = [(300.0, 695.0), (300.0, 680.0), (300.0, 665.0), (300.0, 650.0)];
    let mut page: Vec<Put> = Vec::new();
    page.extend(left.iter().zip(["Skills", "Rust", "Go", "C"]).map(|((x, y), text)| (*x, *y, 10.0, text)));
    page.extend(
        right
            .iter()
            .zip(["Work", "Acme builds tools", "Beta sells them", "Gamma"])
            .map(|((x, y), text)| (*x, *y, 10.0, text)),
    );
    let lines =
        check(&[&page], &["Skills", "Rust", "Go", "C", "Work", "Acme builds tools", "Beta sells them", "Gamma"]);
    assert_eq!((lines[0].style.column, lines[4].style.column), (1, 0));
}

#[test]
fn the_next_heading_is_no_part_of_two_columns_above_it() {
    let mut page: Vec<Put> = vec![(50.0, 740.0, 10.0, "Skills")];
    for (row, (left, right)) in
        [("Soups", "Menus"), ("Fish", "Bread"), ("Sauces", "Ice"), ("Cakes", "Wine")].iter().enumerate()
    {
        let y = 720.0 - 13.0 * row as f32;
        page.extend([(60.0, y, 10.0, *left), (300.0, y - 4.0, 10.0, *right)]);
    }
    page.push((50.0, 655.0, 10.0, "Experience"));
    let job = "Head Cook of the Blue Fish Inn at the harbour, with all that goes with it, for many years";
    page.push((50.0, 642.0, 10.0, job));
    check(
        &[&page],
        &["Skills", "Soups", "Fish", "Sauces", "Cakes", "Menus", "Bread", "Ice", "Wine", "Experience", job],
    );
}

#[test]
fn headings_in_the_margin_stand_above_their_text() {
    let rows = |top: f32, texts: [&'static str; 5]| -> Vec<Put> {
        texts.iter().enumerate().map(|(row, text)| (150.0, top - 13.0 * row as f32, 10.0, *text)).collect()
    };
    let mut page: Vec<Put> = vec![(50.0, 740.0, 14.0, "Ada Doe")];
    page.extend([(50.0, 700.0, 10.0, "Research"), (50.0, 687.0, 10.0, "Experience"), (50.0, 600.0, 10.0, "Education")]);
    let work = [
        "Harbour College",
        "Assistant, 2019 - 2021",
        "Built a model of gulls that fly over the harbour in any weather, and of cod",
        "Ran it",
        "Wrote a paper",
    ];
    page.extend(rows(700.0, work));
    page.extend(rows(600.0, ["Blue Bay College", "BSc Fishery", "2015 - 2019", "With honours", "Thesis on cod"]));
    check(
        &[&page],
        &[
            "Ada Doe",
            "Research Experience",
            "Harbour College",
            "Assistant, 2019 - 2021",
            "Built a model of gulls that fly over the harbour in any weather, and of cod",
            "Ran it",
            "Wrote a paper",
            "Education",
            "Blue Bay College",
            "BSc Fishery",
            "2015 - 2019",
            "With honours",
            "Thesis on cod",
        ],
    );
}

#[test]
fn labels_of_single_rows_stay_in_their_rows() {
    check(
        &[&[
            (50.0, 700.0, 10.0, "Languages"),
            (150.0, 700.0, 10.0, "Java, Go"),
            (50.0, 687.0, 10.0, "Tools"),
            (150.0, 687.0, 10.0, "Git, Make"),
            (50.0, 674.0, 10.0, "Systems"),
            (150.0, 674.0, 10.0, "Linux, Windows"),
            (50.0, 661.0, 10.0, "Databases"),
            (150.0, 661.0, 10.0, "Redis, SQLite"),
        ]],
        &["Languages\tJava, Go", "Tools\tGit, Make", "Systems\tLinux, Windows", "Databases\tRedis, SQLite"],
    );
}

#[test]
fn labels_that_all_but_touch_their_text_are_cells() {
    let lines =
        [(700.0, "Computer", "Zig, Ada,"), (674.0, "Carpenter", "Nets, Knives,"), (648.0, "Carpentry", "Knots")];
    let mut page: Vec<Put> = Vec::new();
    for (y, label, text) in lines {
        page.extend([(50.0, y, 10.0, label), (106.0, y, 10.0, text), (106.0, y - 13.0, 10.0, "and the rest")]);
    }
    let expected = ["Computer\tZig, Ada,", "and the rest", "Carpenter\tNets, Knives,", "and the rest"];
    let found = read(&pdf(&[&page])).unwrap().lines;
    assert_eq!(found.iter().map(|line| line.text.as_str()).take(4).collect::<Vec<_>>(), expected);
}

#[test]
fn the_letters_of_a_logo_are_one_word() {
    let letters = [(50.0, 0.0, 10.0, "Git, L"), (71.5, 2.0, 7.0, "A"), (75.0, 0.0, 10.0, "T"), (79.5, -2.0, 10.0, "E")];
    let mut page: Vec<Put> = letters.iter().map(|(x, rise, size, text)| (*x, 700.0 + rise, *size, *text)).collect();
    page.push((84.5, 700.0, 10.0, "X, Zig"));
    check(&[&page], &["Git, LaTeX, Zig"]);
}

#[test]
fn table_rows_have_tabs() {
    let lines = check(
        &[&[
            (50.0, 700.0, 10.0, "Java"),
            (200.0, 700.0, 10.0, "Go"),
            (350.0, 700.0, 10.0, "C"),
            (50.0, 686.0, 10.0, "Rust"),
            (200.0, 686.0, 10.0, "Zig"),
            (350.0, 686.0, 10.0, "Ada"),
        ]],
        &["Java\tGo\tC", "Rust\tZig\tAda"],
    );
    assert!(lines[0].style.table_row);
}

#[test]
fn bullets_are_signs_not_columns() {
    let lines = check(
        &[&[
            (50.0, 700.0, 10.0, "\\225"),
            (70.0, 700.0, 10.0, "Built it"),
            (50.0, 686.0, 10.0, "\\225"),
            (70.0, 686.0, 10.0, "Ran it"),
            (70.0, 672.0, 10.0, "every day"),
        ]],
        &["Built it", "Ran it", "every day"],
    );
    assert_eq!(lines.iter().map(|line| line.style.bullet).collect::<Vec<_>>(), [true, true, false]);
}

#[test]
fn gaps_between_pieces_are_blanks_or_not() {
    let content = "BT /R 10 Tf 50 700 Td [(Re) 20 (sume) -333 (of) -333 (Ada)] TJ ET".to_owned();
    assert_eq!(read(&pdf_of(&[content], "")).unwrap().lines[0].text, "Resume of Ada");
    let spaced =
        "BT /R 10 Tf 50 700 Td [(W) -300 (O) -300 (R) -300 (K) -900 (L) -300 (I) -300 (F) -300 (E)] TJ ET".to_owned();
    assert_eq!(read(&pdf_of(&[spaced], "")).unwrap().lines[0].text, "WORK LIFE");
}

#[test]
fn hidden_text_is_flagged() {
    let content = "BT /R 10 Tf 50 700 Td (Ada) Tj ET BT 1 g /R 10 Tf 50 600 Td (rust go java) Tj ET".to_owned();
    let lines = read(&pdf_of(&[content], "")).unwrap().lines;
    assert_eq!(lines.iter().map(|line| line.hidden).collect::<Vec<_>>(), [false, true]);
    // On a dark ground it is a headline.
    let content = "0 g 0 550 600 100 re f BT 0 g /R 10 Tf 50 700 Td (Ada) Tj ET BT 1 g /R 10 Tf 50 600 Td (Work) Tj ET"
        .to_owned();
    assert!(read(&pdf_of(&[content], "")).unwrap().lines.iter().all(|line| !line.hidden));
}

#[test]
fn off_page_text_is_dropped() {
    check(&[&[(50.0, 700.0, 10.0, "Ada"), (900.0, 700.0, 10.0, "twice"), (50.0, -300.0, 10.0, "below")]], &["Ada"]);
}

#[test]
fn links_cover_their_words() {
    let annotation = "/Annots [<< /Type /Annot /Subtype /Link /Rect [48 695 95 712] \
                      /A << /S /URI /URI (https://example.com) >> >>]";
    let content = "BT /R 10 Tf 50 700 Td (my site and the rest) Tj ET".to_owned();
    let lines = read(&pdf_of(&[content], annotation)).unwrap().lines;
    assert_eq!(lines[0].links.len(), 1);
    let link = &lines[0].links[0];
    assert!(lines[0].text[link.start as usize..link.end as usize].starts_with("my site"));
}

#[test]
fn page_numbers_are_furniture() {
    let pages: [&[Put]; 2] = [
        &[(50.0, 700.0, 10.0, "Ada Doe"), (300.0, 20.0, 8.0, "Page 1 of 2")],
        &[(50.0, 700.0, 10.0, "More"), (300.0, 20.0, 8.0, "Page 2 of 2")],
    ];
    let lines = check(&pages, &["Ada Doe", "Page 1 of 2", "More", "Page 2 of 2"]);
    assert_eq!(lines.iter().map(|line| line.furniture).collect::<Vec<_>>(), [false, true, false, true]);
    assert!(lines[2].blank_before && lines[2].page == 2);
}

#[test]
fn rules_stand_before_the_next_line() {
    let content = "BT /R 12 Tf 50 700 Td (WORK) Tj ET 50 696 m 550 696 l S BT /R 10 Tf 50 680 Td (Acme) Tj ET \
                   BT /R 10 Tf 500 680 Td (2020) Tj ET"
        .to_owned();
    let lines = read(&pdf_of(&[content], "")).unwrap().lines;
    assert!(!lines[0].rule_before && lines[1].rule_before, "{lines:?}");
}

#[test]
fn what_holds_no_text_says_why() {
    assert_eq!(read(&pdf(&[&[]])), Err(SkipReason::NoTextLayer));
    assert!(matches!(read(b"%PDF-1.4 nothing"), Err(SkipReason::Corrupt(_) | SkipReason::NoTextLayer)));
    let shifted = "BT /R 10 Tf 50 700 Td (".to_owned() + &"dvgt qkjh zxcv bnmw ".repeat(20) + ") Tj ET";
    assert_eq!(read(&pdf_of(&[shifted], "")), Err(SkipReason::Unmappable));
}

#[test]
fn a_text_bomb_is_cut() {
    let bomb = "BT /R 1 Tf 50 700 Td ".to_owned() + &"(a) ' ".repeat(1_000_000) + "ET";
    let found = read(&pdf_of(&["BT /R 10 Tf 50 700 Td (Ada Doe builds things) Tj ET".to_owned(), bomb], "")).unwrap();
    assert_eq!(found.lines[0].text, "Ada Doe builds things");
    assert!(found.warnings.iter().any(|warning| warning.message.contains("page 2")), "{:?}", found.warnings);
}

#[test]
fn letters_set_apart_are_one_word() {
    let apart: &[Put] = &[
        (50.0, 700.0, 10.0, "MAY "),
        (76.0, 700.0, 10.0, "2"),
        (83.1, 700.0, 10.0, "0"),
        (90.2, 700.0, 10.0, "1"),
        (97.3, 700.0, 10.0, "5"),
    ];
    // Letters drawn one by one that touch each other: the gap is a blank.
    let touching: &[Put] = &[
        (50.0, 700.0, 10.0, "MAY "),
        (76.0, 700.0, 10.0, "5"),
        (83.1, 700.0, 10.0, "2"),
        (88.7, 700.0, 10.0, "0"),
        (94.2, 700.0, 10.0, "1"),
        (99.8, 700.0, 10.0, "5"),
    ];
    check(&[apart], &["MAY 2015"]);
    check(&[touching], &["MAY 5 2015"]);
}
