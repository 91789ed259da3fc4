//! One row per rule of the HTML reader.

use super::*;
use crate::model::Line;

fn check(source: &str, expected: &[&str]) -> Vec<Line> {
    let lines = read(source.as_bytes()).unwrap().lines;
    assert_eq!(lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), expected, "{source:?}");
    lines
}

#[test]
fn blocks_make_lines() {
    check(
        "<h1>Ada Doe</h1><p>One<br>two <b>x</b></p><div>R&amp;D &eacute;</div>",
        &["Ada Doe", "One", "two x", "R&D é"],
    );
}

#[test]
fn headings_lists_and_gaps() {
    let lines = check("<h2>Work</h2><ul><li>one<ul><li>two</ul><li>three</ul>", &["Work", "one", "two", "three"]);
    assert_eq!((lines[0].style.heading, lines[0].style.bold), (2, true));
    assert!(lines[1..].iter().all(|line| line.style.bullet));
    assert_eq!(lines.iter().map(|line| line.style.indent).collect::<Vec<_>>(), [0, 0, 1, 0]);
    assert!(lines[1].blank_before && !lines[3].blank_before);
}

#[test]
fn tables_become_tabs_and_layout_tables_do_not() {
    check("<table><tr><td>Acme<td>2020<tr><td>Beta</td><td>2021</td></table>", &["Acme\t2020", "Beta\t2021"]);
    check(
        "<table><tr><td><p>Skills</p><p>Rust</p><p>Go</p><p>C</p><td><p>Work</p><p>Acme</p></table>",
        &["Skills", "Rust", "Go", "C", "Work", "Acme"],
    );
}

#[test]
fn links_bold_and_italic() {
    let lines =
        check("<p><a href='https://example.com'>my <i>site</i></a>, <strong>now</strong></p>", &["my site, now"]);
    assert_eq!((lines[0].links[0].end, lines[0].links[0].url.as_str()), (7, "https://example.com"));
    assert_eq!(lines[0].bold, [(9, 12)]);
}

#[test]
fn what_is_not_shown_is_not_read_or_flagged() {
    let lines = check(
        "<head><title>t</title><style>p{}</style></head><script>var a = '<p>';</script><p>seen</p><p hidden>a</p>\
         <div style='Display: none'><p>b</p></div><template>c</template>",
        &["seen", "a", "b"],
    );
    assert_eq!(lines.iter().map(|line| line.hidden).collect::<Vec<_>>(), [false, true, true]);
}

#[test]
fn neighbouring_spans_are_words() {
    check("<div><span class=a>Acme</span><span class=b>2020</span></div>", &["Acme 2020"]);
}

#[test]
fn rules_and_preformatted_text() {
    let lines = check("<p>a</p><hr><pre>b\nc  d</pre>", &["a", "b", "c d"]);
    assert!(lines[1].rule_before);
}

#[test]
fn meta_charset_is_used() {
    let lines = read(b"<meta charset=\"windows-1251\"><p>\xcf\xf0\xe8\xe2\xe5\xf2</p>").unwrap().lines;
    assert_eq!(lines[0].text, "Привет");
}

#[test]
fn wrong_nesting_and_depth() {
    check("<b><p>a</b>b</p></i></div>c", &["ab", "c"]);
    check(&("<div>".repeat(100_000) + "x"), &["x"]);
    check(&("<table><tr><td>".repeat(5_000) + "x"), &["x"]);
}
