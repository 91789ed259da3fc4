//! Candidates that nearly satisfy a query of several words: those with most of the words, when few have all of them. In: a query.
//! Out: a wider query that excludes what the first one finds. The result of the query itself is not changed by it.

use crate::model::FieldId;
use crate::query::ast::{Node, Query, Term};

/// Fewest free words: of two words, half is one, and that is another question.
const FEWEST: usize = 3;

/// The query for candidates that have at least a third of the free words (and two) and satisfy everything else, and do not satisfy all.
/// None for queries with fewer than [`FEWEST`] free words beside each other.
pub fn wider(query: &Query) -> Option<Query> {
    let Node::And(clauses) = &query.root else { return None };
    let (mut free, mut wider) = (Vec::new(), Vec::new());
    for clause in clauses {
        match words(clause) {
            Some(words) => free.extend(words),
            None => wider.push(clause.clone()),
        }
    }
    if free.len() < FEWEST {
        return None;
    }
    let count = free.len().div_ceil(3).max(2) as u32;
    wider.push(Node::AtLeast { count, of: free });
    wider.push(Node::Not(Box::new(query.root.clone())));
    let root = Node::And(wider);
    Some(Query { interpreted_as: root.to_string(), root, notices: Vec::new() })
}

/// Fields whose words say the same where no field was read: `title:welder` in a résumé that is one paragraph.
const SAID_ANYWHERE: &[FieldId] = &[
    FieldId::Title,
    FieldId::Employer,
    FieldId::School,
    FieldId::Degree,
    FieldId::Subject,
    FieldId::Skill,
    FieldId::Cert,
    FieldId::Lang,
    FieldId::Project,
];

/// The query with the words of its fields anywhere in the text; conditions on values stay. None when it has no such words.
pub fn anywhere(query: &Query) -> Option<Query> {
    let clauses = match &query.root {
        Node::And(clauses) => clauses.clone(),
        other => vec![other.clone()],
    };
    let mut changed = false;
    let freed = clauses.into_iter().map(|clause| match clause {
        Node::Term(term) if term.field.is_some_and(|field| SAID_ANYWHERE.contains(&field)) => {
            changed = true;
            let is_skill = term.field == Some(FieldId::Skill);
            Node::Term(Term { field: None, skills: if is_skill { term.skills } else { Vec::new() }, ..term })
        }
        other => other,
    });
    let mut freed: Vec<Node> = freed.collect();
    let root = if freed.len() == 1 { freed.remove(0) } else { Node::And(freed) };
    changed.then(|| Query::of(root))
}

/// The words of a clause without a field: the word itself, or each of the words that the parser joined into the name of a skill
/// (`machine learning`), which that skill stands for too. None for everything else.
fn words(clause: &Node) -> Option<Vec<Node>> {
    match clause {
        Node::Term(term) if term.field.is_none() => Some(vec![clause.clone()]),
        Node::Or(choices) => {
            let [Node::And(words), names @ ..] = choices.as_slice() else { return None };
            let is_plain = |node: &Node| matches!(node, Node::Term(Term { field: None, .. }));
            let is_name = |node: &Node| matches!(node, Node::Term(Term { field: None | Some(FieldId::Skill), .. }));
            if !words.iter().all(is_plain) || !names.iter().all(is_name) {
                return None;
            }
            // The name gives its points once.
            let or_name = |(at, word): (usize, &Node)| {
                let names = names.iter().map(|name| if at == 0 { name.clone() } else { without_points(name) });
                Node::Or(std::iter::once(word.clone()).chain(names).collect())
            };
            Some(words.iter().enumerate().map(or_name).collect())
        }
        _ => None,
    }
}

fn without_points(name: &Node) -> Node {
    match name {
        Node::Term(term) => Node::Term(Term { boost: 0.0, ..term.clone() }),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    fn check(text: &str, expected: Option<&str>) {
        let query = crate::query::parse(text, &Lexicon::builtin(), jiff::civil::date(2026, 1, 1)).unwrap();
        assert_eq!(wider(&query).map(|query| query.interpreted_as).as_deref(), expected, "{text}");
    }

    #[test]
    fn words_of_fields_anywhere() {
        let check = |text: &str, expected: Option<&str>| {
            let query = crate::query::parse(text, &Lexicon::builtin(), jiff::civil::date(2026, 1, 1)).unwrap();
            assert_eq!(anywhere(&query).map(|query| query.interpreted_as).as_deref(), expected, "{text}");
        };
        check("has:email title:welder", Some("has:email AND welder"));
        check("title:welder", Some("welder"));
        check("name:ana years>=5", None);
        check("title:welder NOT title:lead", Some("welder AND NOT title:lead"));
    }

    #[test]
    fn a_third_of_the_free_words_and_two() {
        check(
            "ledger payable closing",
            Some("atleast:2(ledger, payable, closing) AND NOT (ledger AND payable AND closing)"),
        );
        check("ledger payable", None);
        check(
            "accountant front end",
            Some(
                "atleast:2(accountant, (front OR frontend OR skill:\"Front-End Development\"), (end OR frontend^0 OR skill:\"Front-End Development\"^0)) AND NOT (accountant AND ((front AND end) OR frontend OR skill:\"Front-End Development\"))",
            ),
        );
        check("ledger OR payable OR closing", None);
        check("ledger payable title:lead", None);
    }
}
