//! One row per rule of the RTF reader.

use super::*;
use crate::model::Line;

fn check(body: &str, expected: &[&str]) -> Vec<Line> {
    let source = format!("{{\\rtf1\\ansi\\ansicpg1252 {body}}}");
    let lines = read(source.as_bytes()).unwrap().lines;
    assert_eq!(lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), expected, "{body}");
    lines
}

#[test]
fn paragraphs_tabs_breaks_and_signs() {
    check("Acme\\tab 2020\\line x\\par y\\~z a\\_b \\{c\\}", &["Acme\t2020", "x", "y z a-b {c}"]);
    check("2019 \\endash  2021\\par\\bullet  one", &["2019 – 2021", "one"]);
}

#[test]
fn bytes_are_read_in_their_fonts_code_page() {
    check("Jos\\'e9 \\u8364?5 \\u-10179?\\u-8704?!", &["José €5 😀!"]);
    let fonts = "{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset204 B;}{\\f2\\fcharset128 C;}}";
    check(&format!("{fonts}{{\\f1 \\'c8\\'e2\\'e0\\'ed}} {{\\f2 \\'8d\\'82}}"), &["Иван 高"]);
}

#[test]
fn looks_are_kept_by_group() {
    let lines = check("{\\b\\fs28 Acme} Ltd\\par{\\b Work}\\par", &["Acme Ltd", "Work"]);
    assert_eq!((lines[0].bold.as_slice(), lines[0].style.size_pt, lines[1].style.bold), (&[(0, 4)][..], 14.0, true));
}

#[test]
fn headings_and_lists() {
    let styles = "{\\stylesheet{\\s0 Normal;}{\\s1 heading 1;}{\\s2\\outlinelevel1 Sub;}}";
    let body = "\\pard\\s1 Work\\par\\pard\\s2 Jobs\\par\\pard{\\listtext\\'b7\\tab}\\ls1\\ilvl1 one\\par\\pard two";
    let lines = check(&format!("{styles}{body}"), &["Work", "Jobs", "one", "two"]);
    assert_eq!((lines[0].style.heading, lines[1].style.heading), (1, 2));
    assert_eq!((lines[2].style.bullet, lines[2].style.indent, lines[3].style.bullet), (true, 1, false));
}

#[test]
fn tables_go_row_by_row() {
    check(
        "\\trowd\\cellx1\\cellx2\\pard\\intbl Acme\\cell 2020\\cell\\row\\trowd\\pard\\intbl Beta\\cell 2021\\cell\\row\\pard end",
        &["Acme\t2020", "Beta\t2021", "end"],
    );
}

#[test]
fn links_have_their_target() {
    let lines =
        check("see {\\field{\\*\\fldinst HYPERLINK \"https://example.com\"}{\\fldrslt my page}}!", &["see my page!"]);
    assert_eq!((lines[0].links[0].url.as_str(), lines[0].links[0].start), ("https://example.com", 4));
}

#[test]
fn what_is_not_the_text_is_left_out() {
    check("{\\info{\\title T}}{\\*\\unknown x}{\\pict\\pngblip 89504e47}a{\\deleted b}{\\*\\bkmkstart c}", &["a"]);
    check(
        "{\\header Ada\\par}{\\footer 555 0100\\par}body{\\shp{\\*\\shpinst{\\shptxt box\\par}}}",
        &["Ada", "body", "box", "555 0100"],
    );
}

#[test]
fn hidden_and_white_text_is_flagged() {
    let lines = check("{\\colortbl;\\red255\\green255\\blue255;}Ada{\\v rust}{\\cf1 go}", &["Ada", "rustgo"]);
    assert_eq!((lines[0].hidden, lines[1].hidden), (false, true));
}

#[test]
fn the_day_of_the_last_change() {
    let source = "{\\rtf1{\\info{\\creatim\\yr2020\\mo1\\dy2}{\\revtim\\yr2021\\mo3\\dy4}}a}";
    assert_eq!(read(source.as_bytes()).unwrap().modified.as_deref(), Some("2021-03-04"));
}

#[test]
fn damage_and_depth_end() {
    check("first\\par sec{\\b ond", &["first", "second"]);
    check(&("{".repeat(100_000) + "deep"), &["deep"]);
    assert!(read(b"{\\rtf1\\bin99999999 x").unwrap().lines.is_empty());
}
