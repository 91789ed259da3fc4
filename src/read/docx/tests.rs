//! One row per rule of the DOCX reader, on packages written here.

use super::*;
use crate::model::Line;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn document(body: &str) -> String {
    format!(r#"<w:document xmlns:w="w" xmlns:r="r"><w:body>{body}</w:body></w:document>"#)
}

fn check(body: &str, expected: &[&str]) -> Vec<Line> {
    check_package(&[("word/document.xml", &document(body))], expected)
}

fn check_package(parts: &[(&str, &str)], expected: &[&str]) -> Vec<Line> {
    let lines = read(&package(parts)).unwrap().lines;
    assert_eq!(lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), expected);
    lines
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn paragraphs_tabs_breaks_and_entities() {
    check(
        "<w:p><w:r><w:t>R&amp;D &#233;</w:t><w:tab/><w:t>2020</w:t><w:br/><w:t>x</w:t></w:r></w:p>",
        &["R&D é\t2020", "x"],
    );
}

#[test]
fn run_properties_make_bold_ranges() {
    let lines = check(
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Acme</w:t></w:r><w:r><w:rPr><w:b w:val=\"0\"/></w:rPr><w:t> Ltd</w:t></w:r></w:p>",
        &["Acme Ltd"],
    );
    assert_eq!(lines[0].bold, [(0, 4)]);
}

#[test]
fn deleted_text_and_fallbacks_are_not_read() {
    let shape = p("boxed");
    check(
        &format!(
            "<w:p><w:r><w:t>a</w:t></w:r><w:del><w:r><w:t>gone</w:t></w:r></w:del><w:r><mc:AlternateContent><mc:Choice>\
             <w:txbxContent>{shape}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>{shape}</w:txbxContent>\
             </mc:Fallback></mc:AlternateContent></w:r></w:p>"
        ),
        &["a", "boxed"],
    );
}

#[test]
fn lists_and_heading_styles() {
    let styles = r#"<w:styles><w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style>
        <w:style w:type="paragraph" w:styleId="Sub"><w:basedOn w:val="H1"/></w:style></w:styles>"#;
    let body = document(&format!(
        r#"<w:p><w:pPr><w:pStyle w:val="Sub"/></w:pPr><w:r><w:t>Work</w:t></w:r></w:p>
        <w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>item</w:t></w:r></w:p>{}"#,
        p("text")
    ));
    let lines = check_package(&[("word/document.xml", &body), ("word/styles.xml", styles)], &["Work", "item", "text"]);
    assert_eq!((lines[0].style.heading, lines[0].style.bold, lines[0].style.size_pt), (1, true, 14.0));
    assert_eq!((lines[1].style.bullet, lines[1].style.indent), (true, 1));
    assert!(!lines[2].style.bold && !lines[2].style.bullet);
}

#[test]
fn tables_rows_labels_and_layouts() {
    let cell = |inner: &str| format!("<w:tc>{inner}</w:tc>");
    let row = |cells: &[String]| format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cells.concat());
    check(&row(&[cell(&p("Acme")), cell(&p("2020"))]), &["Acme\t2020"]);
    check(&row(&[cell(&p("2020")), cell(&(p("Acme") + &p("Built it")))]), &["2020\tAcme", "Built it"]);
    let two = |a: &str, b: &str| cell(&(p(a) + &p(b)));
    check(&row(&[two("Acme", "Engineer"), two("2020", "Lisbon")]), &["Acme\t2020", "Engineer\tLisbon"]);
    let side = cell(&(p("Skills") + &p("Rust") + &p("Go") + &p("C")));
    check(&row(&[side, two("Work", "Acme")]), &["Skills", "Rust", "Go", "C", "Work", "Acme"]);
}

#[test]
fn the_column_with_the_title_comes_first() {
    let cell = |inner: &str| format!("<w:tc>{inner}</w:tc>");
    let row = |cells: &[String]| format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cells.concat());
    let big = |text: &str| format!("<w:p><w:r><w:rPr><w:sz w:val=\"60\"/></w:rPr><w:t>{text}</w:t></w:r></w:p>");
    let small = |text: &str| format!("<w:p><w:r><w:rPr><w:sz w:val=\"20\"/></w:rPr><w:t>{text}</w:t></w:r></w:p>");
    let side = cell(&(small("Skills") + &small("Go")));
    let main = cell(&(big("Ada Roe") + &small("Work") + &small("Acme") + &small("Beta")));
    check(&row(&[side, main]), &["Ada Roe", "Work", "Acme", "Beta", "Skills", "Go"]);
}

#[test]
fn floating_boxes_are_read_as_they_stand_on_the_page() {
    let floating = |x: i32, y: i32, text: &str| {
        format!(
            "<w:r><w:drawing><wp:anchor><wp:positionH relativeFrom=\"column\"><wp:posOffset>{}</wp:posOffset></wp:positionH>\
             <wp:positionV relativeFrom=\"paragraph\"><wp:posOffset>{}</wp:posOffset></wp:positionV><wp:extent cx=\"2540000\" cy=\"1270000\"/>\
             <wps:wsp><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></wps:wsp></wp:anchor></w:drawing></w:r>",
            x * 12_700,
            y * 12_700,
            p(text)
        )
    };
    let right = floating(250, 120, "right");
    let (left, top) = (floating(0, 120, "left"), floating(0, 0, "Ada Roe"));
    check(&format!("<w:p>{right}{left}</w:p><w:p>{top}</w:p>"), &["Ada Roe", "left", "right"]);
    let page = "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>";
    let second = floating(0, 0, "second page");
    let pages = format!("<w:p>{right}{left}</w:p>{page}<w:p>{second}</w:p>");
    check(&pages, &["left", "right", "second page"]);
}

#[test]
fn a_column_beside_all_rows_is_a_column() {
    let cell = |inner: &str| format!("<w:tc>{inner}</w:tc>");
    let sized = |text: &str, size: u8| {
        format!("<w:p><w:r><w:rPr><w:sz w:val=\"{size}\"/></w:rPr><w:t>{text}</w:t></w:r></w:p>")
    };
    let side = ["side 1", "side 2", "side 3", "side 4", "side 5", "side 6"];
    let main = ["Ada Roe", "Engineer", "Acme", "Lisbon"];
    let check_table = |side_is_left: bool, name_size: u8, expected: [&[&str]; 2]| {
        let lines = side.map(|line| sized(line, 20)).concat();
        let spanning = cell(&format!("<w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr>{lines}"));
        let spanned = cell("<w:tcPr><w:vMerge/></w:tcPr><w:p/>");
        let rest = main[1..].iter().map(|line| sized(line, 20)).collect::<String>();
        let rows = [(spanning, cell(&sized(main[0], name_size))), (spanned, cell(&rest))];
        let rows = rows.map(|(side, main)| if side_is_left { side + &main } else { main + &side });
        let rows = rows.map(|cells| format!("<w:tr>{cells}</w:tr>")).concat();
        check(&format!("<w:tbl>{rows}</w:tbl>"), &expected.concat());
    };
    check_table(false, 20, [&main, &side]);
    check_table(true, 20, [&side, &main]);
    // The column with the name comes first.
    check_table(true, 60, [&main, &side]);
}

#[test]
fn headers_come_first_and_links_resolve() {
    let relations = r#"<Relationships><Relationship Id="h" Type="x/header" Target="header1.xml"/>
        <Relationship Id="l" Type="x/hyperlink" Target="https://example.com"/></Relationships>"#;
    let body = document(r#"<w:p><w:hyperlink r:id="l"><w:r><w:t>Site</w:t></w:r></w:hyperlink></w:p>"#);
    let lines = check_package(
        &[
            ("word/document.xml", &body),
            ("word/_rels/document.xml.rels", relations),
            ("word/header1.xml", &format!("<w:hdr>{}</w:hdr>", p("ada@example.com"))),
        ],
        &["ada@example.com", "Site"],
    );
    assert_eq!(lines[1].links[0].url, "https://example.com");
}

#[test]
fn hidden_text_is_flagged() {
    let lines = check(
        "<w:p><w:r><w:t>Ada</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>rust go</w:t></w:r></w:p>",
        &["Ada", "rust go"],
    );
    assert!(!lines[0].hidden && lines[1].hidden);
}

#[test]
fn borders_are_rules() {
    let lines = check(
        r#"<w:p><w:pPr><w:pBdr><w:bottom w:val="single"/></w:pBdr></w:pPr><w:r><w:t>WORK</w:t></w:r></w:p><w:p><w:r><w:t>Acme</w:t></w:r></w:p>"#,
        &["WORK", "Acme"],
    );
    assert!(!lines[0].rule_before && lines[1].rule_before);
}

#[test]
fn modified_comes_from_the_core_properties() {
    let core = "<c><dcterms:modified xsi:type=\"x\">2021-03-04T05:06:07Z</dcterms:modified></c>";
    let bytes = package(&[("word/document.xml", &document(&p("a"))), ("docProps/core.xml", core)]);
    assert_eq!(read(&bytes).unwrap().modified.as_deref(), Some("2021-03-04"));
}

#[test]
fn what_is_no_docx_says_why() {
    assert!(matches!(read(b"PK\x03\x04 nothing"), Err(SkipReason::Corrupt(_))));
    assert!(matches!(read(&package(&[("a.txt", "x")])), Err(SkipReason::Unsupported(_))));
    let mut ole = OLE_SIGNATURE.to_vec();
    assert!(matches!(read(&ole), Err(SkipReason::Unsupported(_))));
    ole.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(read(&ole), Err(SkipReason::Encrypted));
}

#[test]
fn damage_keeps_what_stands_before_it() {
    let body = document(&(p("first") + "<w:p><w:r><w:t>second"));
    let cut = body.replace("</w:body></w:document>", "");
    check_package(&[("word/document.xml", &cut)], &["first", "second"]);
}

#[test]
fn deep_nesting_ends() {
    let depth = 20_000;
    let body = "<w:tbl><w:tr><w:tc>".repeat(depth) + &p("deep") + &"</w:tc></w:tr></w:tbl>".repeat(depth);
    check(&body, &["deep"]);
    let boxes = "<w:p><w:r>".repeat(depth) + "<w:t>x</w:t>";
    check(&boxes, &["x"]);
}

#[test]
fn prompts_of_content_controls_are_no_text() {
    check(
        "<w:sdt><w:sdtPr><w:alias w:val=\"Name\"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Enter name</w:t></w:r></w:p>\
         </w:sdtContent></w:sdt><w:sdt><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>Ada</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        &["Ada"],
    );
}

#[test]
fn fields_are_links() {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let body = format!(
        "<w:p>{}<w:r><w:instrText> HYPERLINK \"mailto:ada@example.com\" </w:instrText></w:r>{}<w:r><w:t>mail</w:t></w:r>{}<w:r><w:t> me</w:t></w:r></w:p>",
        mark("begin"),
        mark("separate"),
        mark("end")
    );
    let lines = check(&body, &["mail me"]);
    assert_eq!((lines[0].links[0].url.as_str(), lines[0].links[0].end), ("mailto:ada@example.com", 4));
}

#[test]
fn white_text_on_a_ground_is_not_hidden() {
    let white = |properties: &str| {
        format!(
            "<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr><w:color w:val=\"FFFFFF\"/></w:rPr><w:t>Ada</w:t></w:r></w:p>"
        )
    };
    assert!(check(&white(""), &["Ada"])[0].hidden);
    assert!(!check(&white("<w:shd w:fill=\"1F3864\"/>"), &["Ada"])[0].hidden);
    assert!(!check(&(white("") + "<w:p><w:r><w:drawing/></w:r></w:p>"), &["Ada"])[0].hidden);
}

#[test]
fn text_boxes_in_cells_stand_in_their_cell() {
    let text_box =
        format!("<w:p><w:r><w:t>a</w:t></w:r><w:r><w:txbxContent>{}</w:txbxContent></w:r></w:p>", p("boxed"));
    check(&format!("<w:tbl><w:tr><w:tc>{text_box}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", p("b")), &["a\tb", "boxed"]);
}

#[test]
fn a_web_page_that_word_would_take_in_is_text() {
    let relations = r#"<Relationships><Relationship Id="c" Type="x/aFChunk" Target="/word/page.mht"/></Relationships>"#;
    let page = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<h1>Ada</h1><p>Roe</p>\n--b--\n";
    let document = document("<w:altChunk r:id=\"c\"/>");
    let parts =
        [("word/document.xml", &*document), ("word/_rels/document.xml.rels", relations), ("word/page.mht", page)];
    check_package(&parts, &["Ada", "Roe"]);
}

#[test]
fn word_xml_in_one_file() {
    let flat = format!("<?xml version=\"1.0\"?><w:wordDocument>{}</w:wordDocument>", p("Ada"));
    assert_eq!(read(flat.as_bytes()).unwrap().lines[0].text, "Ada");
}

#[test]
fn a_file_that_is_cut_off_gives_what_stands_before_the_cut() {
    let long: String = (0..5000).map(|number| p(&format!("line {number} {}", number * 7919 % 1000))).collect();
    let whole = package(&[("word/document.xml", &document(&long))]);
    let found = read(&whole[..whole.len() / 2]).unwrap();
    assert_eq!(found.lines[0].text, "line 0 0");
    assert!(found.lines.len() > 1000 && !found.warnings.is_empty());
}

#[test]
fn a_directory_that_points_beside_the_parts_is_done_without() {
    let whole = package(&[("word/document.xml", &document(&p("Ada Roe")))]);
    let directory = whole.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    let shifted = [&whole[..directory], b"junk".as_slice(), &whole[directory..]].concat();
    let found = read(&shifted).unwrap();
    assert_eq!((found.lines[0].text.as_str(), found.warnings[0].is_loss), ("Ada Roe", true));
}
