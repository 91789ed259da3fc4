//! Operands side by side → one clause: boolean algebra, and Lucene's required and optional clauses. In: operands with what stands before
//! them. Out: a [`Clause`].

use super::clause::Clause;
use super::reader::Notes;

/// What stands before an operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// Nothing.
    Blank,
    /// AND.
    And,
    /// OR.
    Or,
}

/// How much an operand is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    /// As it stands.
    Plain,
    /// `+`
    Required,
    /// `-`, NOT
    Not,
    /// `%`
    Favoured,
    /// `^`
    Strongly,
}

/// An operand with what stands before it.
pub struct Part {
    /// Before it.
    pub link: Link,
    /// How much.
    pub want: Want,
    /// What.
    pub clause: Clause,
}

/// Classic Lucene has no AND and OR but required, optional and excluded clauses.
pub fn lucene(parts: Vec<Part>, mixed: bool, notes: &mut Notes) -> Clause {
    let mut wants: Vec<Want> = parts.iter().map(|part| part.want).collect();
    let beside_and = parts.iter().enumerate().filter(|(at, part)| *at > 0 && part.link == Link::And);
    for side in beside_and.flat_map(|(at, _)| [at - 1, at]) {
        if wants[side] == Want::Plain {
            wants[side] = Want::Required;
        }
    }
    let pick = |want: Want| -> Vec<Clause> {
        let chosen = parts.iter().zip(&wants).filter(|(_, known)| **known == want);
        chosen.map(|(part, _)| part.clause.clone()).collect()
    };
    let (required, optional, excluded) = (pick(Want::Required), pick(Want::Plain), pick(Want::Not));
    if mixed && !required.is_empty() && !optional.is_empty() {
        notes.say("AND and OR are mixed without parentheses: Lucene requires what stands beside AND and only prefers the rest; put parentheses if you meant otherwise");
    } else if !required.is_empty() && !optional.is_empty() {
        notes.say("words without + beside words with + are nice to have in Lucene: `prefer:` here");
    }
    if required.is_empty()
        && optional.len() > 1
        && parts.iter().skip(1).any(|part| part.link == Link::Blank && part.want == Want::Plain)
    {
        notes.say("a blank between words is OR in classic Lucene (some tools set AND); here it would be AND, so OR is written out");
    }
    let mut all = required;
    if all.is_empty() {
        all.push(Clause::any(optional));
    } else {
        all.extend(optional.into_iter().map(|clause| clause.preferred(1.0)));
    }
    all.extend(excluded.into_iter().map(Clause::negated));
    Clause::all(all)
}

/// AND before OR; wishes apart.
pub fn boolean(parts: Vec<Part>) -> Clause {
    let mut choices: Vec<Vec<Clause>> = vec![Vec::new()];
    for part in parts {
        if part.link == Link::Or {
            choices.push(Vec::new());
        }
        let clause = match part.want {
            Want::Plain | Want::Required => part.clause,
            Want::Not => part.clause.negated(),
            Want::Favoured => part.clause.preferred(1.0),
            Want::Strongly => part.clause.preferred(3.0),
        };
        if let Some(last) = choices.last_mut() {
            last.push(clause);
        }
    }
    Clause::any(choices.into_iter().map(Clause::all).collect())
}

/// The words at the end that stand side by side, taken off.
pub fn take_phrase(parts: &mut Vec<Part>) -> Option<(Link, Want, Vec<Clause>)> {
    let mut words = Vec::new();
    loop {
        let Part { link, want, clause } = parts.pop()?;
        let is_word = matches!(clause, Clause::Word(_));
        words.insert(0, clause);
        let goes_on = is_word
            && link == Link::Blank
            && want == Want::Plain
            && matches!(parts.last(), Some(Part { clause: Clause::Word(_), .. }));
        if !goes_on {
            return Some((link, want, words));
        }
    }
}
