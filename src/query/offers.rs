//! Other ways to say a job title, offered and never added: `software engineer` is also a software developer. In: a query tree.
//! Out: sentences. Titles that are the same word for word are not here (`analysis::synonyms` finds those).

use super::ast::{Node, Term, TextMatch};
use crate::analysis::fold;
use crate::model::FieldId;

/// Titles for about the same job, folded. Source: compiled by hand from the examples in recruiters' manuals, MIT OR Apache-2.0.
const TITLES: &[&[&str]] = &[
    &["software engineer", "software developer", "sw engineer", "programmer"],
    &["hr advisor", "hr consultant", "human resources advisor", "human resources consultant"],
    &["hr manager", "human resources manager", "people manager"],
    &["qa engineer", "test engineer", "software tester", "quality assurance engineer"],
    &["system administrator", "systems administrator", "sysadmin", "systems engineer"],
    &["front end developer", "frontend developer", "front end engineer", "ui developer"],
    &["data scientist", "machine learning engineer"],
    &["sales representative", "sales executive", "account executive"],
    &["customer service representative", "customer support representative", "customer care representative"],
    &["administrative assistant", "office assistant", "secretary"],
    &["recruiter", "talent acquisition specialist", "sourcer"],
    &["registered nurse", "staff nurse", "rn"],
    &["physician", "medical doctor"],
    &["chief executive officer", "ceo", "managing director"],
    &["chief financial officer", "cfo", "finance director"],
    &["chief technology officer", "cto", "technical director"],
    &["security analyst", "security engineer", "soc analyst"],
    &["business analyst", "systems analyst"],
    &["delivery driver", "courier"],
    &["warehouse operative", "warehouse worker", "warehouse associate"],
];

/// One sentence for each title in the query that has other names.
pub(super) fn offers(root: &Node) -> Vec<String> {
    let mut titles = Vec::new();
    said(root, &mut titles);
    let mut out: Vec<String> = Vec::new();
    for row in TITLES {
        let Some(typed) = row.iter().find(|name| titles.iter().any(|title| title == *name)) else { continue };
        let others = row.iter().filter(|name| !titles.iter().any(|title| title == *name));
        let others: Vec<String> = others.map(|name| format!("\"{name}\"")).collect();
        if !others.is_empty() {
            out.push(format!("`{typed}` is also called {}; add those you mean with OR", others.join(", ")));
        }
    }
    out
}

/// The phrases and runs of words of a tree that could be titles, folded. What is left out (NOT) is not asked for.
fn said(node: &Node, titles: &mut Vec<String>) {
    match node {
        Node::And(of) => {
            for (at, _) in of.iter().enumerate() {
                let words = of[at..].iter().map_while(word);
                let mut run = String::new();
                for word in words {
                    run = if run.is_empty() { word } else { format!("{run} {word}") };
                    titles.push(run.clone());
                }
            }
            of.iter().for_each(|node| said(node, titles));
        }
        Node::Or(of) | Node::AtLeast { of, .. } => of.iter().for_each(|node| said(node, titles)),
        Node::Group(_, inner) => said(inner, titles),
        Node::Term(Term { text: TextMatch::Phrase(text), .. }) => titles.push(fold(text)),
        Node::Term(_) => titles.extend(word(node)),
        Node::All | Node::Not(_) | Node::Prefer { .. } | Node::Filter(_) => {}
    }
}

/// A plain word in the text or in titles.
fn word(node: &Node) -> Option<String> {
    match node {
        Node::Term(Term { field: None | Some(FieldId::Title), text: TextMatch::Word(word), .. }) => Some(fold(word)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    fn check(text: &str, expected: Option<&str>) {
        let query = crate::query::parse(text, &Lexicon::builtin(), jiff::civil::date(2026, 1, 1)).unwrap();
        let found = query.notices.iter().map(|notice| notice.message.as_str()).find(|one| one.contains("also called"));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn titles_with_other_names() {
        let courier = "`delivery driver` is also called \"courier\"; add those you mean with OR";
        check("delivery driver", Some(courier));
        check("title:\"Delivery Driver\" years>=2", Some(courier));
        check("job(title:(delivery driver))", Some(courier));
    }

    #[test]
    fn nothing_to_offer() {
        check("\"delivery driver\" OR courier", None);
        check("driver NOT \"delivery driver\"", None);
        check("delivery of drivers", None);
    }
}
