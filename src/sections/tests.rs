//! One row per rule of the section splitter. Invented text only.

use super::*;
use crate::model::{Format, Style};

/// `# ` markup heading, `**…**` bold, `- ` bullet, an empty line is a blank before the next.
fn doc(source: &str) -> TextDoc {
    let mut lines = Vec::new();
    let mut blank_before = false;
    for raw in source.lines() {
        let raw = raw.trim();
        if raw.is_empty() {
            blank_before = true;
            continue;
        }
        let heading = raw.bytes().take_while(|byte| *byte == b'#').count() as u8;
        let bold = raw.starts_with("**") && raw.ends_with("**");
        let bullet = raw.starts_with("- ");
        let text = raw.trim_matches(['#', '*', ' ']).trim_start_matches("- ").to_string();
        let style = Style { heading, bold, bullet, ..Style::default() };
        lines.push(Line { text, style, blank_before, page: 1, ..Line::default() });
        blank_before = false;
    }
    TextDoc { format: Format::Text, lines, pages: 1, modified: None, warnings: Vec::new() }
}

fn check(source: &str, expected: &[(SectionKind, usize)]) -> Vec<Section> {
    let sections = split(&doc(source), &Lexicon::builtin());
    let found: Vec<_> = sections.iter().map(|section| (section.kind, section.lines.len())).collect();
    assert_eq!(found, expected, "{source}\n{sections:#?}");
    sections
}

use SectionKind::*;

#[test]
fn capitals_between_blanks() {
    check(
        "Ada Doe\nada@example.com\n\nEDUCATION\n\nBlue Bay College\n\nEXPERIENCE\n\nCook",
        &[(Contact, 2), (Education, 1), (Experience, 1)],
    );
}

#[test]
fn markup_headings_with_entries_below_them() {
    let source = "# Ada Doe\n## Experience\n### Blue Bay Inn\nCook\n### Harbour Bakery\nBaker\n## Education\n### Fjord College\nBA";
    check(source, &[(Contact, 1), (Experience, 4), (Education, 2)]);
}

#[test]
fn two_topics_in_one_heading() {
    let sections =
        check("Ada Doe\n\nTECHNICAL SKILLS AND CERTIFICATIONS\n\nKnives, Nets", &[(Contact, 1), (Skills, 1)]);
    assert_eq!(sections[1].second, Some(Certificates));
}

#[test]
fn other_languages() {
    check(
        "Ada Doe\n\nBERUFSERFAHRUNG\nKoch\n\nAUSBILDUNG\nHafenschule",
        &[(Contact, 1), (Experience, 1), (Education, 1)],
    );
}

#[test]
fn labels_inside_a_skills_section_are_no_headings() {
    check("Ada Doe\n\nSKILLS\nLanguages: Norwegian Sign, Semaphore\nTools: Nets, Knives", &[(Contact, 1), (Skills, 2)]);
}

#[test]
fn a_heading_on_the_line_of_its_text() {
    let sections = check("Ada Doe\nada@example.com\n\nSkills: filleting, baking", &[(Contact, 2), (Skills, 1)]);
    assert_eq!(sections[1].heading, None);
}

#[test]
fn words_of_headings_inside_text_are_none() {
    check("Ada Doe\n\nSUMMARY\nI have a broad\nexperience\nin kitchens.\n- Projects", &[(Contact, 1), (Summary, 4)]);
}

#[test]
fn an_unknown_heading_that_looks_like_the_others_ends_a_section() {
    let source = "# Ada Doe\n## Experience\nCook\n## Education\nBA\n## Sea Legs\nTen years afloat";
    check(source, &[(Contact, 1), (Experience, 1), (Education, 1), (Other, 1)]);
}

#[test]
fn a_resume_without_headings_is_split_by_its_content() {
    let source = "Ada Doe\nada@example.com\n\nHead Cook, Blue Bay Inn, 2019 - 2021\nRan the kitchen\n\nBachelor of Arts, Fjord University, 2012";
    check(source, &[(Contact, 2), (Experience, 2), (Education, 1)]);
}

#[test]
fn plain_headings_in_the_free_field_of_a_form() {
    let source =
        "Ada Doe\n\nEXPERIENCE\nCook\n\nEDUCATION\nBA\n\nADDITIONAL INFORMATION\n\nTechnical Skills\nKnives, Nets";
    check(source, &[(Contact, 1), (Experience, 1), (Education, 1), (Other, 0), (Skills, 1)]);
}

#[test]
fn languages_of_machines_are_skills() {
    check("Ada Doe\n\nEDUCATION\nBA\n\nLANGUAGES\nPython, Java, C++", &[(Contact, 1), (Education, 1), (Skills, 1)]);
    check("Ada Doe\n\nEDUCATION\nBA\n\nLANGUAGES\nNorwegian, Thai", &[(Contact, 1), (Education, 1), (Languages, 1)]);
}

#[test]
fn a_list_below_skills_goes_on_with_them_whatever_its_heading() {
    let work = "# Work\nCook, 2019\n\n";
    let skills = |heading: &str, list: &str| format!("Ada Doe\n\n{work}# Skills\nRust\n\n# {heading}\n{list}");
    check(
        &skills("Web", "Django\nMySQL, PostgreSQL\nHTML/CSS"),
        &[(Contact, 1), (Experience, 1), (Skills, 1), (Skills, 3)],
    );
    check(&skills("Harbour", "Oars, ropes\nPython"), &[(Contact, 1), (Experience, 1), (Skills, 1), (Other, 2)]);
    let courses = "Ada Doe\n\n# Skills\nRust\n\n# Work\nCook, 2019\n\n# Term Three\nDjango, MySQL\nHTML";
    check(courses, &[(Contact, 1), (Skills, 1), (Experience, 1), (Other, 2)]);
}

#[test]
fn the_first_group_of_skills_is_no_work() {
    let source =
        "Ada Doe\n\n# Skills\n\n## Teaching\nLesson Planning\nPhonics\n\n# Education\nBSc, Blue Bay College, 2015";
    check(source, &[(Contact, 1), (Skills, 0), (Skills, 2), (Education, 1)]);
}

#[test]
fn a_title_is_no_misspelt_heading_and_a_repeated_label_no_section() {
    let job = "## Blue Fish Inn\n2019 - 2021\n\n# Lecturer\nTaught knots.\n\n# Wins\nNew boats";
    let source = format!("Ada Doe\n\n# Work\n{job}\n{job}\n\n# Education\nBSc, 2015\n\n# Languages\nFrench");
    check(&source, &[(Contact, 1), (Experience, 12), (Education, 1), (Languages, 1)]);
}

#[test]
fn duties_of_a_job_open_no_section() {
    let job = "Cook\nBlue Fish Inn, 2019 - 2021\n\nKey Responsibilities\nPeeled shrimps all night";
    let source = |job: &str| format!("Ada Doe\n\nWORK\n{job}\n\nEDUCATION\nBSc, 2015\n\nSKILLS\nNets");
    check(&source(job), &[(Contact, 1), (Experience, 4), (Education, 1), (Skills, 1)]);
    let bold = job.replace("Key Responsibilities", "**ROLES & RESPONSIBILITIES**");
    check(&source(&bold), &[(Contact, 1), (Experience, 4), (Education, 1), (Skills, 1)]);
    let own = job.replace("Key Responsibilities", "**POSITIONS OF RESPONSIBILITY**");
    check(&source(&own), &[(Contact, 1), (Experience, 2), (Volunteering, 1), (Education, 1), (Skills, 1)]);
}

#[test]
fn jobs_without_a_heading_may_part_title_and_employer_by_a_dash() {
    let jobs =
        "Brand Manager - Blue Fish Inn. 2019 - 2021\nSold fish.\nSales Manager - Blue Bay. 2015 - 2018\nSold bread.";
    let source = format!("Ada Doe\nLeeds / ada@example.com\n{jobs}\n\n# Education\nBSc, Blue Bay College, 2015");
    check(&source, &[(Contact, 2), (Experience, 4), (Education, 1)]);
}

#[test]
fn a_degree_in_education_is_no_heading() {
    let source =
        "Ada Doe\n\nWORK\nCook, 2019\n\nEDUCATION\nBlue Bay College\n**MBA in Education**\nBlue Bay School\nBSc, 2015";
    check(source, &[(Contact, 1), (Experience, 1), (Education, 4)]);
}

#[test]
fn a_degree_inside_a_sentence_makes_no_internship_education() {
    let source =
        "# Ada Doe\n## RESEARCH INTERNSHIPS\nBlue Bay University\nJan 2020\nWriting my bachelor thesis on fish";
    check(source, &[(Contact, 1), (Experience, 3)]);
}

#[test]
fn labels_in_bold_of_the_size_of_the_text_are_no_headings_where_those_are_larger() {
    let job = "Blue Fish Inn, 2019 - 2021\n**Kitchen**\n- Peeled shrimps and told nobody\n**Stores**\n- Nets\n**Outreach**\n- Sang";
    let source =
        format!("Ada Doe\n\n**Experience**\n{job}\n**Bar**\n- Poured\n\n**Education**\nBSc, 2015\n\n**Skills**\nNets");
    let mut text = doc(&source);
    for line in &mut text.lines {
        let large = ["Experience", "Education", "Skills"].contains(&line.text.as_str());
        line.style.size_pt = if large { 16.0 } else { 9.0 };
    }
    let kinds: Vec<_> = split(&text, &Lexicon::builtin()).iter().map(|section| section.kind).collect();
    assert_eq!(kinds, [Contact, Experience, Education, Skills]);
}

#[test]
fn a_degree_below_the_last_job_is_education_where_no_other_is() {
    let jobs = "# Work Experience\nCook, Blue Fish Inn\n2019 - 2021\n- Peeled shrimps";
    let source = |tail: &str| format!("Ada Doe\n\n{jobs}\n{tail}\n\n# Skills\nNets");
    let [contact, skills] = [(Contact, 1), (Skills, 1)];
    let split = [contact, (Experience, 3), (Education, 3), skills];
    check(&source("Bachelor of Fishery\nBlue Bay College\n2015"), &split);
    check(&source("Blue Bay College\n- Bachelor of Fishery\nFish course"), &split);
    check(&source("- Taught at Blue Bay College\nPhD Candidate, 2019"), &[contact, (Experience, 5), skills]);
    check(&source("Bachelor of Fishery\nBoat Manager"), &[contact, (Experience, 5), skills]);
}

#[test]
fn every_line_is_in_exactly_one_section() {
    let text = doc("Ada\n\nEDUCATION\n\nEXPERIENCE\nCook\n\nSkills: a, b\nmore\n\n**Projects**\nBoat");
    let sections = split(&text, &Lexicon::builtin());
    let mut seen = vec![0; text.lines.len()];
    for section in &sections {
        section.lines.clone().for_each(|at| seen[at] += 1);
        section.heading.into_iter().for_each(|at| seen[at] += 1);
    }
    assert!(seen.iter().all(|count| *count == 1), "{seen:?}");
}

#[test]
fn the_last_word_of_a_wrapped_sentence() {
    check(
        "Ada Doe\n\nSummary\nCook\n\nExperience\nHead Cook, Blue Fish Inn, 2016 - 2020\nWrote the menus for weddings, fairs and\nconferences\n\
         Line Cook, Gull Diner, 2014 - 2016\n\nEducation\nBlue Bay College\n\nInterests\nSailing",
        &[(Contact, 1), (Summary, 1), (Experience, 4), (Education, 1), (Interests, 1)],
    );
}

#[test]
fn headings_in_a_column_beside_their_text() {
    check(
        "Ada Doe\n\nSkills\tNets, Knots, Boats, Hooks\n\tShrimps\nCerts\tDeep Sea Welding, valid to 2027\n\tRope Access 2015\n\
         Employment\nHead Cook, Blue Fish Inn, 2016 - 2020\nEducation\tBlue Bay College, BSc Fishery, 2014\n\
         Other\tFull driving licence; boat licence",
        &[(Contact, 1), (Skills, 2), (Certificates, 2), (Experience, 1), (Education, 1), (Other, 1)],
    );
}

#[test]
fn headings_that_say_it_in_other_words() {
    check(
        "Ada Doe\n\nEMPLOYMENT IN BRIEF\nHead Cook, Blue Fish Inn, 2016 - 2020\n\nLICENCES & REGISTRATIONS\nBoat licence\n\n\
         OUTSIDE OF WORK\nSailing",
        &[(Contact, 1), (Experience, 1), (Certificates, 1), (Interests, 1)],
    );
}

#[test]
fn a_name_in_the_largest_letters_ends_the_margin_in_front_of_it() {
    let mut text = doc(
        "Contact\nada@example.com\nTop Skills\nNets\nKnots\nAda Maria Doe\nHead Cook\nBergen, Norway\nSummary\nCooks.",
    );
    for line in &mut text.lines {
        let size = if line.text.starts_with("Ada") { 26.0 } else { 11.0 };
        let heads = ["Contact", "Top Skills", "Summary"].contains(&line.text.as_str());
        line.style.size_pt = if heads { 14.0 } else { size };
    }
    let sections = split(&text, &Lexicon::builtin());
    let found: Vec<_> = sections.iter().map(|section| (section.kind, section.lines.clone())).collect();
    assert_eq!(found, [(Contact, 1..2), (Skills, 3..5), (Contact, 5..8), (Summary, 9..10)]);
}
