//! Candidates that nearly satisfy a query, when few do: of whom a value is not known, who have most of the words, who have the words of a
//! field somewhere else. In: a query. Out: wider queries that exclude what the first one finds. The result of the query itself is not
//! changed by them.

use crate::model::FieldId;
use crate::query::ast::{Filter, Node, Query, Term, Test};

/// The wider queries, nearest first. `is_empty`: nobody satisfies the query itself.
pub fn queries(query: &Query, is_empty: bool) -> Vec<Query> {
    [unknown(query), wider(query), anywhere(query, is_empty)].into_iter().flatten().collect()
}

/// The query for candidates who have its words and of whom a value it asks for is not known. None for a query without words: whom nothing
/// is known of is near nobody.
fn unknown(query: &Query) -> Option<Query> {
    let Node::And(clauses) = &query.root else { return None };
    let says_something = |node: &Node| matches!(node, Node::Term(_) | Node::Or(_) | Node::Group(..));
    let can_be_unknown = |filter: &Filter| {
        !filter.or_unknown && !matches!(filter.test, Test::Present(_) | Test::PresentNamed(_) | Test::State(_))
    };
    let is_open = |node: &Node| matches!(node, Node::Filter(filter) if can_be_unknown(filter));
    if !clauses.iter().any(says_something) || !clauses.iter().any(is_open) {
        return None;
    }
    let opened = clauses.iter().map(|clause| match clause {
        Node::Filter(filter) if can_be_unknown(filter) => Node::Filter(Filter { or_unknown: true, ..filter.clone() }),
        other => other.clone(),
    });
    Some(Query::of(Node::And(opened.chain([but(query)]).collect())))
}

/// Those whom the query does not find.
fn but(query: &Query) -> Node {
    Node::Not(Box::new(query.root.clone()))
}

/// Fewest free words: of two words, half is one, and that is another question.
const FEWEST: usize = 3;

/// Of so many free words one must be there, and two in all. Dev ranking sets, needs of many words over PDFs: nDCG@10 .594 with a half, .618
/// with a third, .623 with a quarter.
const OF_WORDS: usize = 4;

/// The query for candidates that have at least a quarter of the free words (and two) and satisfy everything else, and do not satisfy all.
/// None for queries with fewer than [`FEWEST`] free words beside each other.
fn wider(query: &Query) -> Option<Query> {
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
    let count = free.len().div_ceil(OF_WORDS).max(2) as u32;
    wider.push(Node::AtLeast { count, of: free });
    wider.push(but(query));
    Some(Query::of(Node::And(wider)))
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

/// The query with the words of its fields anywhere in the text; conditions on values stay. None when it has no such words. Where somebody
/// has a skill, the others who have its word (`go`) mean another word: skills are read from everywhere in a text.
fn anywhere(query: &Query, is_empty: bool) -> Option<Query> {
    let clauses = match &query.root {
        Node::And(clauses) => clauses.clone(),
        other => vec![other.clone()],
    };
    let mut changed = false;
    let freed = clauses.into_iter().map(|clause| match clause {
        Node::Term(term)
            if term
                .field
                .is_some_and(|field| SAID_ANYWHERE.contains(&field) && (is_empty || field != FieldId::Skill)) =>
        {
            changed = true;
            let is_skill = term.field == Some(FieldId::Skill);
            Node::Term(Term { field: None, skills: if is_skill { term.skills } else { Vec::new() }, ..term })
        }
        other => other,
    });
    let mut freed: Vec<Node> = freed.collect();
    if !is_empty {
        freed.push(but(query));
    }
    let root = if freed.len() == 1 { freed.remove(0) } else { Node::And(freed) };
    changed.then(|| Query::of(root))
}

/// The words of a clause without a field: the word itself, or each of the words that the parser joined into the name of a skill
/// (`machine learning`), which that skill stands for too. None for everything else.
fn words(clause: &Node) -> Option<Vec<Node>> {
    match clause {
        Node::Term(term) if term.field.is_none() => Some(vec![clause.clone()]),
        Node::Or(choices) => {
            let (words, names) = Node::one_thing(choices)?;
            // Each word is one thing with the names, so that a name is worth its words here too.
            let or_name = |word: &Node| Node::Or([&[Node::And(vec![word.clone()])], names].concat());
            Some(words.iter().map(or_name).collect())
        }
        _ => None,
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
            assert_eq!(anywhere(&query, true).map(|query| query.interpreted_as).as_deref(), expected, "{text}");
        };
        check("has:email title:welder", Some("has:email AND welder"));
        check("title:welder", Some("welder"));
        check("name:ana years>=5", None);
        check("title:welder NOT title:lead", Some("welder AND NOT title:lead"));
        let few = |text: &str| {
            let query = crate::query::parse(text, &Lexicon::builtin(), jiff::civil::date(2026, 1, 1)).unwrap();
            anywhere(&query, false).map(|query| query.interpreted_as)
        };
        assert_eq!(few("cert:cpa").as_deref(), Some("cpa AND NOT cert:cpa"));
        assert_eq!(few("skill:go"), None, "who goes does not know Go");
    }

    #[test]
    fn values_that_are_not_known() {
        let check = |text: &str, expected: Option<&str>| {
            let query = crate::query::parse(text, &Lexicon::builtin(), jiff::civil::date(2026, 1, 1)).unwrap();
            assert_eq!(unknown(&query).map(|query| query.interpreted_as).as_deref(), expected, "{text}");
        };
        check("title:nurse years>=10", Some("title:nurse AND years>=10? AND NOT (title:nurse AND years>=10)"));
        check("years>=10 degree:master", None);
        check("title:nurse has:email", None);
    }

    #[test]
    fn a_quarter_of_the_free_words_and_two() {
        check(
            "ledger payable closing",
            Some("atleast:2(ledger, payable, closing) AND NOT (ledger AND payable AND closing)"),
        );
        check("ledger payable", None);
        check(
            "accountant front end",
            Some(
                "atleast:2(accountant, ((front) OR frontend OR skill:\"Front-End Development\"), ((end) OR frontend OR skill:\"Front-End Development\")) AND NOT (accountant AND ((front AND end) OR frontend OR skill:\"Front-End Development\"))",
            ),
        );
        check("ledger OR payable OR closing", None);
        check("ledger payable title:lead", None);
    }
}
