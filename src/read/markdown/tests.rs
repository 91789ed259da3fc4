//! One row per rule of the Markdown reader.

use super::*;

fn check(source: &str, expected: &[&str]) -> Vec<Line> {
    let lines = read(source, Vec::new()).lines;
    let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(texts, expected, "{source:?}");
    lines
}

fn bold(line: &Line) -> Vec<&str> {
    line.bold.iter().map(|range| &line.text[range.0 as usize..range.1 as usize]).collect()
}

#[test]
fn headings() {
    let lines = check(
        "# Ada Doe\n##WORK\n### Senior C#\n#1 in sales\n## Skills ##",
        &["Ada Doe", "WORK", "Senior C#", "#1 in sales", "Skills"],
    );
    assert_eq!(lines.iter().map(|line| line.style.heading).collect::<Vec<_>>(), [1, 2, 3, 0, 2]);
}

#[test]
fn balanced_marks_become_ranges() {
    let lines = check("Led the **core team** and *more* __now__", &["Led the core team and more now"]);
    assert_eq!(bold(&lines[0]), ["core team", "now"]);
}

#[test]
fn unbalanced_bold_covers_what_stands_before_it() {
    let lines = check("- Example University** | MS (GPA: 3.9/4) 2020", &["Example University | MS (GPA: 3.9/4) 2020"]);
    assert_eq!(bold(&lines[0]), ["Example University"]);
    assert!(lines[0].style.bullet);
}

#[test]
fn leftover_marks_go() {
    check("*Courses:* Maths*", &["Courses: Maths"]);
    check("**Languages: Go", &["Languages: Go"]);
    check("** Title", &["Title"]);
    check("_Open end", &["Open end"]);
}

#[test]
fn signs_that_are_text_stay() {
    check("snake_case and __init__.py", &["snake_case and init.py"]);
    check("the C* and A* algorithms", &["the C* and A* algorithms"]);
    check("a * b, 3*4 and 2 ** 3", &["a * b, 3*4 and 2 ** 3"]);
    check("Vec<String> & C#", &["Vec<String> & C#"]);
    check("Java | Go | C", &["Java | Go | C"]);
}

#[test]
fn escapes_entities_and_code() {
    check(r"R\&D \- 100\% \_x\_", &["R&D - 100% _x_"]);
    check("R&amp;D &#8211; `code` ~~old~~", &["R&D – code old"]);
}

#[test]
fn links_keep_label_and_target() {
    let lines =
        check("[Site](https://example.com) | [Github](#) | <ada@example.com>", &["Site | Github | ada@example.com"]);
    let links: Vec<_> = lines[0].links.iter().map(|link| (link.start, link.end, link.url.as_str())).collect();
    assert_eq!(links, [(0, 4, "https://example.com"), (7, 13, "#"), (16, 31, "mailto:ada@example.com")]);
}

#[test]
fn reference_links_and_images() {
    let lines = check("see [home] and ![logo](x.png)done\n\n[home]: https://example.com", &["see home and done"]);
    assert_eq!(lines[0].links[0].url, "https://example.com");
}

#[test]
fn rules_stand_before_the_next_line() {
    let lines = check("## WORK\n\n---\n\nAcme", &["WORK", "Acme"]);
    assert!(lines[1].rule_before && lines[1].blank_before);
    assert_eq!(check("Work\n----\nAcme", &["Work", "Acme"])[0].style.heading, 2);
}

#[test]
fn lists_nest() {
    let lines = check("- one\n  - two\n3. three\n- [x] done\n• four", &["one", "two", "three", "done", "four"]);
    assert!(lines.iter().all(|line| line.style.bullet));
    assert_eq!(lines[1].style.indent, 1);
}

#[test]
fn tables_become_tabs() {
    let lines = check("| Skill | Years |\n|---|---|\n| Rust | 5 |", &["Skill\tYears", "Rust\t5"]);
    assert!(lines.iter().all(|line| line.style.table_row));
}

#[test]
fn wide_gaps_become_tabs() {
    check("Filleting     **Salting**    Smoking   ", &["Filleting\tSalting\tSmoking"]);
    check("### Blue Fish Inn      2019 - 2021", &["Blue Fish Inn\t2019 - 2021"]);
    check("Done.  Next.", &["Done. Next."]);
}

#[test]
fn cells_of_several_lines_are_a_layout() {
    check(
        "| 2019 –<br>2021 | **Cook**<br>Blue Fish Inn<br>Salted fish |",
        &["2019 – 2021\tCook", "Blue Fish Inn", "Salted fish"],
    );
}

#[test]
fn html_inside() {
    let lines = check("Ada<br/>Doe <b>bold</b> <!-- note -->x\n<!-- a\nb -->end", &["Ada", "Doe bold x", "end"]);
    assert_eq!(bold(&lines[1]), ["bold"]);
}

#[test]
fn hard_breaks_and_quotes() {
    check("> quoted\\\nnext  ", &["quoted", "next"]);
}

#[test]
fn markdown_is_told_from_text() {
    assert!(looks_like("# Ada\n\n## Work"));
    assert!(looks_like("[Github](#)"));
    assert!(looks_like("**Go** and x\n**C**"));
    assert!(!looks_like("WORK\n----\n* one\n# comment"));
}

#[test]
fn hostile_lines_are_linear() {
    for unit in ["[", "**a", "<", "<!--", "_a_", "![", "&", "\\", "|"] {
        read(&unit.repeat(50_000), Vec::new());
    }
}
