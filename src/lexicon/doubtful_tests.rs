//! Short forms and words that are degrees only sometimes: a row per form, with what it is and what it is not.

use super::Lexicon;

fn check(text: &str, in_education: bool, is_degree: bool) {
    let lexicon = Lexicon::builtin();
    let found = lexicon.degrees().find(text, in_education);
    assert_eq!(!found.is_empty(), is_degree, "{text:?}, in education: {in_education}: {found:?}");
}

/// Neither in running text nor in a section of education.
fn never(text: &str) {
    check(text, false, false);
    check(text, true, false);
}

#[test]
fn two_letters() {
    for text in ["MS in Data Science", "BA in History", "B.E. in Mechanical Engineering", "A.S. in Nursing"] {
        check(text, false, true);
    }
    for text in ["M.S. General Surgery", "MA (Hons) History", "M.E. Structural Engineering", "A.A. in Liberal Arts"] {
        check(text, true, true);
    }
    for text in ["A.B. in Economics", "MD, Nordmark School of Medicine", "J.D., Nordmark Law School"] {
        check(text, true, true);
    }
    for text in ["MS Excel", "Jackson, MS 39201", "Boston, MA", "Portland, ME 04101", "Baltimore, MD", "Fresno, CA"] {
        never(text);
    }
    for text in [
        "COULD ALSO BE USEFUL",
        "It will be done",
        "gave me a ship",
        "worked as a cook",
        "AS/400",
        "do the dishes",
        "A/B testing",
    ] {
        never(text);
    }
    for text in ["BA for the claims team", "AA meetings", "JD writing", "CS team of nine", "PG rooms", "SM team"] {
        check(text, false, false);
    }
}

#[test]
fn three_letters() {
    check("MBA", false, true);
    check("LL.M. in Tax Law", true, true);
    check("HSC, Dune Valley Board, 2012, 81 %", true, true);
    check("fine-tuned an LLM for the harbour", false, false);
    check("lowered the CPA by a third", false, false);
    never("MIT, Cambridge");
    never("BIT Harbour");
}

#[test]
fn words() {
    for text in ["Associate of Arts in Music", "High School Diploma", "Licence informatique", "Baccalauréat", "PhD"] {
        check(text, true, true);
    }
    for text in ["Licenciado en Historia", "Bachillerato", "Master of Fishery", "Diploma in Nursing"] {
        check(text, true, true);
    }
    for text in ["Certified Scrum Master", "Master Electrician", "master data", "Webmaster", "Marital status: Bachelor"]
    {
        never(text);
    }
    for text in ["Sales Associate", "AWS Certified Solutions Architect – Associate", "Graduate Engineer Trainee"] {
        never(text);
    }
    for text in ["SSL certificate", "Intermediate Spanish", "driving licence", "Promotion to head cook", "Amazon S3"] {
        check(text, false, false);
    }
}

#[test]
fn an_honorary_doctorate_has_no_level() {
    let lexicon = Lexicon::builtin();
    let found = lexicon.degrees().find("Honorary Doctorate of Letters", true);
    assert!(found.iter().all(|mention| mention.level.is_none()), "{found:?}");
}
