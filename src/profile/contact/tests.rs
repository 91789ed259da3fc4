//! Contact blocks of invented people → names, addresses, numbers, places.

use super::*;
use crate::model::{Format, Link};

fn add(text: &TextDoc, profile: &mut Profile) {
    let (marked, lexicon) = (Marked::of(text), Lexicon::builtin());
    let lines = Lines::of(&marked, &[]);
    add_addresses(&lines, profile);
    add_name(&lines, &lexicon, profile);
    add_location(&lines, &lexicon, profile);
}

fn read(lines: &[&str]) -> Profile {
    let line = |text: &&str| Line { text: text.to_string(), ..Line::default() };
    let text = TextDoc {
        format: Format::Text,
        lines: lines.iter().map(line).collect(),
        pages: 1,
        modified: None,
        warnings: vec![],
    };
    let mut profile = Profile::default();
    add(&text, &mut profile);
    profile
}

fn check_name(lines: &[&str], expected: Option<&str>) {
    let found = read(lines).name;
    assert_eq!(found.as_ref().map(|name| name.value.as_str()), expected, "{lines:?} {found:?}");
}

fn check_phones(line: &str, expected: &[&str]) {
    let found = read(&["Ada Lovelace", line]).phones;
    let found: Vec<&str> = found.iter().map(|phone| phone.value.digits.as_str()).collect();
    assert_eq!(found, expected, "{line}");
}

#[test]
fn names_of_all_forms() {
    check_name(&["ADA LOVELACE", "ada@example.com"], Some("Ada Lovelace"));
    check_name(&["Curriculum Vitae", "Siobhán O’Connor", "Registered Nurse"], Some("Siobhán O’Connor"));
    check_name(&["Ada Lovelace, PhD | ada.lovelace@example.com | 555-010-0199"], Some("Ada Lovelace"));
    check_name(&["Profil: Ada Lovelace", "Verfügbar ab 01.02.2027"], Some("Ada Lovelace"));
    check_name(&["Nombre y apellidos: Ada Lovelace", "Disponible"], Some("Ada Lovelace"));
    check_name(&["氏名：海野 花子（うんの はなこ）", "メール：unno@example.com"], Some("海野 花子"));
    check_name(&["Name: María de la Cruz", "Mobile: +34 555 010 019"], Some("María de la Cruz"));
    check_name(&["Software Engineer", "Ada Lovelace", "alovelace@example.com"], Some("Ada Lovelace"));
    check_name(&["张伟", "zhangwei@example.com"], Some("张伟"));
    check_name(&["Resume of Ada Lovelace"], Some("Ada Lovelace"));
    check_name(&["Ada lovelace", "lovelace@example.com"], Some("Ada lovelace"));
    check_name(&["A.Lovelace"], Some("A.Lovelace"));
    check_name(&["Augusta (Ada) Lovelace", "ada@example.com"], Some("Augusta (Ada) Lovelace"));
    check_name(&["AUGUSTA “ADA” LOVELACE", "ada@example.com"], Some("Augusta “Ada” Lovelace"));
    check_name(&["Ada Lovelace Analytical Engine Engineer", "ada.lovelace@example.com"], Some("Ada Lovelace"));
    check_name(&["个人信息", "姓 名：李雷\t年 龄：28", "li@example.com"], Some("李雷"));
}

#[test]
fn a_name_read_after_the_rest_stands_beside_the_address() {
    let mut lines = vec!["EDUCATION", "Pre Final Year"];
    lines.extend(["Worked on looms and engines for the mill."; 40]);
    lines.extend(["Ada Lovelace", "ada.lovelace@example.com"]);
    check_name(&lines, Some("Ada Lovelace"));
}

#[test]
fn no_name_is_better_than_a_wrong_one() {
    check_name(&["WORK EXPERIENCE", "Acme Corporation", "Software Engineer"], None);
    check_name(&["Principal Embedded Systems Engineer", "WORK EXPERIENCE"], None);
    let derived = read(&["EDUCATION", "ada.lovelace@example.com"]).name.unwrap();
    assert_eq!((derived.value.as_str(), derived.is_sure()), ("Ada Lovelace", false));
}

#[test]
fn addresses() {
    let found =
        |line: &str| read(&["Ada Lovelace", line]).emails.into_iter().map(|email| email.value).collect::<Vec<_>>();
    assert!(found("Supervisor: Ida Lund, ida@example.com").is_empty());
    assert_eq!(found("Email: Jane.Doe+cv@Example.co.uk."), ["jane.doe+cv@example.co.uk"]);
    assert_eq!(found("jane@example.comPhone 555"), ["jane@example.com"]);
    assert_eq!(found("jane [at] example [dot] com"), ["jane@example.com"]);
    assert!(found("follow @jane on example.com").is_empty());
}

#[test]
fn addresses_over_two_lines() {
    let check = |first: &str, second: &str, expected: &str| {
        let found = read(&["Ada Lovelace", first, second]).emails;
        let found: Vec<&str> = found.iter().map(|email| email.value.as_str()).collect();
        assert_eq!(found, [expected], "{first} / {second}");
    };
    check("jane@example.co", "m", "jane@example.com");
    check("Mail: jane@", "example.com", "jane@example.com");
    check("jane@example.co", "London", "jane@example.co");
}

#[test]
fn a_link_left_over_from_a_template_is_no_address() {
    let text = "jane@example.com".to_string();
    let link = Link { start: 0, end: text.len() as u32, url: "mailto:x@example.org".to_string() };
    let line = Line { text, links: vec![link], ..Line::default() };
    let text = TextDoc { format: Format::Docx, lines: vec![line], pages: 1, modified: None, warnings: vec![] };
    let mut profile = Profile::default();
    add(&text, &mut profile);
    let found: Vec<&str> = profile.emails.iter().map(|email| email.value.as_str()).collect();
    assert_eq!(found, ["jane@example.com"]);
}

#[test]
fn phone_numbers() {
    check_phones("12 Harbour Street, Lisbon, 90450-170", &[]);
    check_phones("+1 (555) 010-0199", &["15550100199"]);
    check_phones("Tel: 555.010.0199 / 555.010.0198", &["5550100199", "5550100198"]);
    check_phones("+49 (0) 151 5550199", &["491515550199"]);
    check_phones("M: 09876 543210", &["09876543210"]);
    check_phones("Ask for Ada (555-010-0177", &["5550100177"]);
}

#[test]
fn numbers_that_are_no_phones() {
    check_phones("Supervisor: Ida Lund (555-010-0177), okay to contact", &[]);
    check_phones("Emergency contact: Ida Lund, 555-010-0177", &[]);
    check_phones("Passport No. : M0555012, valid until 2031", &[]);
    check_phones("Gull flight over harbours, J. Gulls 41 (2003) 210-219", &[]);
    check_phones("Harbour v. Gull, 2011 655 312", &[]);
    // Takes hours when every blank counts all digits again.
    check_phones(&"555-0100 ( ".repeat(100_000), &[]);
    for line in [
        "2014 - 2016",
        "15.08.2019 - 31.07.2022",
        "Saved $1,000,000 in 2019",
        "ID: 5550100199",
        "ISBN 978-3-16-148410-0",
        "github.com/ada/5550100199",
    ] {
        check_phones(line, &[]);
    }
}

#[test]
fn links_of_the_person() {
    let links = read(&["Ada Lovelace", "linkedin.com/in/ada-lovelace | github.com/ada | ada.example.com"]).links;
    let links: Vec<(&str, Option<&str>)> =
        links.iter().map(|link| (link.value.network.as_str(), link.value.username.as_deref())).collect();
    assert_eq!(links, [("linkedin", Some("ada-lovelace")), ("github", Some("ada")), ("web", None)]);
}

#[test]
fn places() {
    let place = |line: &str| {
        read(&["Ada Lovelace", line]).location.map(|found| (found.value.city, found.value.region, found.value.country))
    };
    let of = |city: &str, region: &str, country: &str| {
        Some((Some(city.to_string()), Some(region.to_string()), Some(country.to_string())))
    };
    assert_eq!(place("Raleigh, NC | 555-010-0199"), of("Raleigh", "North Carolina", "US"));
    assert_eq!(place("ada@example.com • Bangalore, India"), of("Bengaluru", "Karnataka", "IN"));
    assert_eq!(place("12 Long Street, Springfield, IL 62704"), of("Springfield", "Illinois", "US"));
    assert_eq!(place("Nurse with ten years in Paris hospitals"), None);
}

#[test]
fn headline_under_the_name() {
    let found = read(&["Ada Lovelace", "Senior Data Engineer | Cloud", "ada@example.com"]).headline;
    assert_eq!(found.map(|found| found.value).as_deref(), Some("Senior Data Engineer | Cloud"));
}
