//! Skill lists and sentences → skills.

use super::*;
use crate::model::Format;

fn read(kind: SectionKind, lines: &[&str]) -> Vec<Skill> {
    let line = |text: &&str| Line { text: text.to_string(), ..Line::default() };
    let text = TextDoc {
        format: Format::Text,
        lines: lines.iter().map(line).collect(),
        pages: 1,
        modified: None,
        warnings: vec![],
    };
    let section = Section { kind, second: None, heading: None, lines: 0..lines.len(), score: 0.0, reasons: vec![] };
    find(&text, &[section], &Lexicon::builtin(), &|_| MentionPlace::Other)
}

fn check(kind: SectionKind, line: &str, expected: &[&str]) {
    let mut names: Vec<String> = read(kind, &[line]).into_iter().map(|skill| skill.name).collect();
    let mut expected: Vec<String> = expected.iter().map(|name| name.to_string()).collect();
    names.sort();
    expected.sort();
    assert_eq!(names, expected, "{line}");
}

fn check_list(line: &str, expected: &[&str]) {
    check(SectionKind::Skills, line, expected);
}

fn check_prose(line: &str, expected: &[&str]) {
    check(SectionKind::Experience, line, expected);
}

#[test]
fn lists_as_people_write_them() {
    check_list("Languages: C, HTML, CSS", &["C", "HTML", "CSS"]);
    check_list("AWS(EC2, S3)", &["AWS", "Amazon EC2", "Amazon S3"]);
    check_list("JS/ES6 • React/Redux", &["JavaScript", "React", "Redux"]);
    check_list("Django REST Framework (DRF) | CI/CD", &["Django REST Framework", "CI/CD"]);
    check_list("Python – 5 years; Zorkmid Framework", &["Python", "Zorkmid Framework"]);
    check_list("C++, C#, .NET, Node.js", &["C++", "C#", ".NET", "Node.js"]);
}

#[test]
fn lead_ins_groups_and_levels_are_cut_off() {
    check_list("Version control such as Git, Mercurial, and Subversion", &["Git", "Mercurial", "Subversion"]);
    check_list("Proficiency in Python, good understanding of Docker", &["Python", "Docker"]);
    check_list("Programming Python, Bash", &["Python", "Bash"]);
    check_list("Java programming, Python 3.8", &["Java", "Python"]);
    check_list("Git, Docker etc", &["Git", "Docker"]);
}

#[test]
fn names_of_groups_places_and_titles_are_no_skills() {
    check_list("Net mending &amp; Salting", &["Net mending", "Salting"]);
    check_list("Bergen, Norway - Porto, Portugal", &[]);
    check_list("Git, Docker, Senior Software Engineer", &["Git", "Docker"]);
    check_list("Primary category", &[]);
    check_list("Interests: rowing, baking, chess", &[]);
    check_list("Areas of interest: Python, Salting", &["Python", "Salting"]);
}

#[test]
fn a_label_that_is_a_skill_counts() {
    check_list("SQL: PostgreSQL, MySQL", &["SQL", "PostgreSQL", "MySQL"]);
    check_list("ML frameworks: PyTorch, Keras", &["PyTorch", "Keras"]);
}

#[test]
fn columns_whose_gap_was_lost() {
    check_list("Kotlin Firebase", &["Kotlin", "Firebase"]);
    check_list("Zorkmid Firebase", &["Zorkmid Firebase"]);
    check_list("Git VS Code", &["Git", "VS Code"]);
    check_list("Redis, Docker Experience in Hadoop, Kafka", &["Redis", "Docker", "Hadoop", "Apache Kafka"]);
}

#[test]
fn an_item_that_ends_with_a_link_word_goes_on_below() {
    let lines = ["Git", "Línea de grommets de", "Zorkmid", "Docker"];
    let names: Vec<String> = read(SectionKind::Skills, &lines).into_iter().map(|skill| skill.name).collect();
    assert!(names.contains(&"Línea de grommets de Zorkmid".to_string()), "{names:?}");
}

#[test]
fn levels_alone_are_no_skills() {
    check_list("Docker\tSenior", &["Docker"]);
    check_list("Linux\tProcient", &["Linux"]);
}

#[test]
fn brackets_explain_or_list() {
    check_list("Kafka (message carrier), Docker", &["Apache Kafka", "Docker"]);
    check_list("Tools (Zorkmid, Grommet, Docker)", &["Zorkmid", "Grommet", "Docker"]);
}

#[test]
fn what_a_sidebar_leaves_among_the_skills() {
    check_list("Austin, Texas", &[]);
    check_list("August 2015 - May 2020", &[]);
}

#[test]
fn rows_of_skills_outside_skill_sections() {
    check(SectionKind::Other, "Databases: MySQL, Redis, Zorkmid DB", &["MySQL", "Redis", "Zorkmid DB"]);
    check(SectionKind::Languages, "Languages: English, Norwegian", &[]);
}

#[test]
fn a_column_of_skills_in_a_sidebar_needs_no_heading() {
    let names = |lines: &[&str]| -> Vec<String> {
        let mut names: Vec<String> = read(SectionKind::Contact, lines).into_iter().map(|skill| skill.name).collect();
        names.sort();
        names
    };
    let column = ["Ada Doe", "Bergen", "Jenkins", "Zorkmid", "Mocha", "Docker", "Git", "Kafka", "Grommets"];
    assert_eq!(names(&column), ["Apache Kafka", "Docker", "Git", "Jenkins", "Mocha", "Zorkmid"]);
    assert_eq!(names(&["Ada Doe", "Mocha", "Bergen", "Harbour lane 4", "Docker", "Some more"]), ["Docker"]);
}

#[test]
fn stated_years_are_kept() {
    let skills = read(SectionKind::Skills, &["Python – 5 years"]);
    assert_eq!(skills[0].stated_months, Some(60));
    let skills = read(SectionKind::Skills, &["Python (2.5 years)"]);
    assert_eq!(skills[0].stated_months, Some(30));
}

#[test]
fn sentences_are_no_skills() {
    check_list("I have the ability to work with people from many places", &[]);
    check_prose("Built services in Java and PostgreSQL for the bank", &["Java", "PostgreSQL"]);
}

#[test]
fn sentences_about_work_done_are_no_skills() {
    check_list("Configuring printers, scanners and Docker for the whole harbour", &["Docker"]);
    check_list("Installation of servers, boats and nets", &[]);
    let lines = ["Able to cut fish at night in a diverse", "environment", "Docker"];
    let names: Vec<String> = read(SectionKind::Skills, &lines).into_iter().map(|skill| skill.name).collect();
    assert_eq!(names, ["Docker"]);
}

#[test]
fn the_name_of_a_group_alone_on_its_line_is_no_skill() {
    check_list("Deep Learning Libraries", &[]);
    check_list("Zorkmid Tools, Docker", &["Zorkmid Tools", "Docker"]);
}

#[test]
fn a_label_in_bold_is_no_skill() {
    let line = Line { text: "Databases Zorkmid, Redis".into(), bold: vec![(0, 9)], ..Line::default() };
    let items = items::of_section(&[(0, &line)], &Lexicon::builtin());
    let names = items.iter().map(|item| if let Item::Skill(listed) = item { &listed.written } else { "" });
    assert_eq!(names.collect::<Vec<_>>(), ["Zorkmid", "Redis"]);
}

#[test]
fn a_column_of_labels_in_bold_holds_no_skills() {
    let rows = [("Deploying Zorkmid", 9), ("Grommets Docker", 8), ("Serving Redis", 7)];
    let lines: Vec<Line> = rows
        .iter()
        .map(|(text, end)| Line { text: text.to_string(), bold: vec![(0, *end)], ..Line::default() })
        .collect();
    let numbered: Vec<(usize, &Line)> = lines.iter().enumerate().collect();
    let items = items::of_section(&numbered, &Lexicon::builtin());
    let names = items.iter().map(|item| if let Item::Skill(listed) = item { &listed.written } else { "" });
    assert_eq!(names.collect::<Vec<_>>(), ["Zorkmid", "Docker", "Redis"]);
}

#[test]
fn a_list_behind_a_project_is_a_list_again() {
    let lines = ["Docker", "Client: Blue Bay Inn", "Role: Cook", "Salted fish, peeled, cut", "Java, Redis, Zorkmid"];
    let names: Vec<String> = read(SectionKind::Skills, &lines).into_iter().map(|skill| skill.name).collect();
    assert_eq!(names, ["Docker", "Java", "Redis", "Zorkmid"]);
}

#[test]
fn skills_in_narrow_columns_and_without_signs() {
    let names = |lines: &[&str]| -> Vec<String> {
        read(SectionKind::Skills, lines).into_iter().map(|skill| skill.name).collect()
    };
    assert_eq!(names(&["Classroom", "Management", "Zorkmid"]), ["Classroom Management", "Zorkmid"]);
    assert_eq!(names(&["Java", "Python"]), ["Java", "Python"]);
    assert_eq!(names(&["Photoshop Figma Canva"]), ["Adobe Photoshop", "Figma", "Canva"]);
    assert_eq!(names(&["Photoshop Zorkmid Canva"]), ["Photoshop Zorkmid Canva"]);
}

#[test]
fn words_with_another_sense() {
    check_prose("Asked them to go ahead and excel", &[]);
    check_prose("Wrote microservices in Go and Kubernetes", &["Go", "Kubernetes", "Microservices"]);
    check_prose("Led R&D and the C-level meetings", &["R&D"]);
    check_prose("Graduated in Spring 2019", &[]);
}

#[test]
fn what_is_near_a_skill_is_not_it() {
    check_prose("Kept all charts under version control in Subversion", &["Version Control", "Subversion"]);
    check_prose("Process improvement and root cause analysis", &["Process Improvement", "Root Cause Analysis"]);
    check_prose("AWS: EC2, EBS volumes", &["AWS", "Amazon EC2"]);
    check_prose("Moved EBS to R12", &["Oracle E-Business Suite"]);
}

#[test]
fn addresses_give_no_skills() {
    check_prose("see github.com/ada/python or mail java@example.com", &[]);
}
