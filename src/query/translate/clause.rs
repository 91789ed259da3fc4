//! What pieces mean, between reading and printing. In: made by `reader`. Out: text of our language through `Display`.

use std::fmt::{self, Display, Formatter};

/// A part of a query.
#[derive(Debug, Clone, PartialEq)]
pub enum Clause {
    /// Nothing: left out wherever it stands.
    Nothing,
    /// Text of our language that needs no parentheses.
    Text(String),
    /// A word without a field; kept apart because neighbours may become a phrase.
    Word(String),
    /// All of them.
    And(Vec<Clause>),
    /// One of them.
    Or(Vec<Clause>),
    /// Not this.
    Not(Box<Clause>),
    /// Nice to have, with its weight.
    Prefer(Box<Clause>, f32),
    /// Behind a field.
    Field(&'static str, Box<Clause>),
    /// Two near each other: `NEAR/5`.
    Near(Box<Clause>, String, Box<Clause>),
}

impl Clause {
    /// All of the parts that are something.
    pub fn all(parts: Vec<Clause>) -> Clause {
        joined(parts, Clause::And)
    }

    /// One of the parts that are something.
    pub fn any(parts: Vec<Clause>) -> Clause {
        joined(parts, Clause::Or)
    }

    /// Everything but the clause; nothing for nothing.
    pub fn negated(self) -> Clause {
        if self == Clause::Nothing { Clause::Nothing } else { Clause::Not(Box::new(self)) }
    }

    /// Nice to have; nothing for nothing.
    pub fn preferred(self, weight: f32) -> Clause {
        if self == Clause::Nothing { Clause::Nothing } else { Clause::Prefer(Box::new(self), weight) }
    }
}

fn joined(parts: Vec<Clause>, join: impl FnOnce(Vec<Clause>) -> Clause) -> Clause {
    let mut parts: Vec<Clause> = parts.into_iter().filter(|part| *part != Clause::Nothing).collect();
    match parts.len() {
        0 => Clause::Nothing,
        1 => parts.remove(0),
        _ => join(parts),
    }
}

impl Display for Clause {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Clause::Nothing => Ok(()),
            Clause::Text(text) | Clause::Word(text) => out.write_str(text),
            Clause::And(parts) => list(parts, " AND ", out),
            Clause::Or(parts) => list(parts, " OR ", out),
            Clause::Not(part) => write!(out, "NOT {}", Operand(part)),
            Clause::Prefer(part, 1.0) => write!(out, "prefer:({part})"),
            Clause::Prefer(part, weight) => write!(out, "prefer:({part})^{weight}"),
            Clause::Field(name, part) => match &**part {
                // `years:[3 TO 5]` and `years>=3` stand behind the name as they are.
                Clause::Text(text) if text.starts_with(['[', '{', '>', '<', '"', '=']) => {
                    write!(out, "{name}{}{text}", if text.starts_with(['>', '<']) { "" } else { ":" })
                }
                Clause::Text(_) | Clause::Word(_) => write!(out, "{name}:{part}"),
                part => write!(out, "{name}:({part})"),
            },
            Clause::Near(one, operator, other) => write!(out, "{} {operator} {}", Operand(one), Operand(other)),
        }
    }
}

fn list(parts: &[Clause], separator: &str, out: &mut Formatter<'_>) -> fmt::Result {
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            out.write_str(separator)?;
        }
        Operand(part).fmt(out)?;
    }
    Ok(())
}

/// A part beside an operator.
struct Operand<'a>(&'a Clause);

impl Display for Operand<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            Clause::And(_) | Clause::Or(_) | Clause::Near(..) => write!(out, "({})", self.0),
            other => other.fmt(out),
        }
    }
}
