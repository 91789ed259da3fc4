//! One row per rule of the OpenDocument reader, on flat files written here.

use super::*;
use crate::model::Line;

fn check(styles: &str, body: &str, expected: &[&str]) -> Vec<Line> {
    let source = format!(
        "<?xml version='1.0'?><office:document><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>\
         {body}</office:text></office:body></office:document>"
    );
    let lines = read(source.as_bytes()).unwrap().lines;
    assert_eq!(lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), expected);
    lines
}

#[test]
fn paragraphs_blanks_tabs_and_breaks() {
    check("", "<text:p>R&amp;D<text:s text:c='2'/>é<text:tab/>2020<text:line-break/>x</text:p>", &["R&D é\t2020", "x"]);
}

#[test]
fn headings_lists_and_links() {
    let lines = check(
        "",
        "<text:h text:outline-level='2'>Work</text:h><text:list><text:list-item><text:p>one</text:p><text:list><text:list-item>\
         <text:p>two</text:p></text:list-item></text:list></text:list-item></text:list>\
         <text:p><text:a xlink:href='https://example.com'>Site</text:a></text:p>",
        &["Work", "one", "two", "Site"],
    );
    assert_eq!(lines[0].style.heading, 2);
    assert_eq!((lines[1].style.bullet, lines[2].style.indent, lines[3].style.bullet), (true, 1, false));
    assert_eq!(lines[3].links[0].url, "https://example.com");
}

#[test]
fn looks_come_from_styles_and_their_parents() {
    let style = |name: &str, parent: &str, family: &str, properties: &str| {
        format!(
            "<style:style style:name='{name}' style:parent-style-name='{parent}' style:family='{family}'>\
             <style:text-properties {properties}/></style:style>"
        )
    };
    let styles = style("Big", "", "paragraph", "fo:font-size='14pt' fo:font-weight='bold'")
        + &style("P1", "Big", "paragraph", "")
        + &style("Gone", "", "text", "text:display='none'")
        + &style("White", "", "text", "fo:color='#FFFFFF'");
    let lines = check(
        &styles,
        "<text:p text:style-name='P1'>Work</text:p>\
         <text:p>Ada<text:span text:style-name='Gone'>rust</text:span><text:span text:style-name='White'>go</text:span></text:p>",
        &["Work", "Ada", "rustgo"],
    );
    assert_eq!((lines[0].style.bold, lines[0].style.size_pt), (true, 14.0));
    assert_eq!((lines[1].hidden, lines[2].hidden), (false, true));
}

#[test]
fn tables_frames_and_what_is_no_text() {
    check(
        "",
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><table:table><table:table-row><table:table-cell>\
         <text:p>Acme</text:p></table:table-cell><table:table-cell><text:p>2020</text:p></table:table-cell></table:table-row>\
         </table:table><text:p>body<draw:frame><draw:text-box><text:p>side</text:p></draw:text-box></draw:frame></text:p>\
         <office:annotation><text:p>remark</text:p></office:annotation>",
        &["Acme\t2020", "body", "side"],
    );
}

#[test]
fn damage_keeps_what_stands_before_it() {
    let source = "<?xml version='1.0'?><office:document><office:body><office:text><text:p>first</text:p><text:p>sec";
    let lines = read(source.as_bytes()).unwrap().lines;
    assert_eq!(lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), ["first", "sec"]);
}

#[test]
fn deep_nesting_ends() {
    check(
        "",
        &("<table:table><table:table-row><table:table-cell>".repeat(20_000) + "<text:p>deep</text:p>"),
        &["deep"],
    );
}
