//! Asks → one query that a person can read, edit and run: musts joined by AND, the rest as preferences with their weights. In: asks. Out:
//! text of the query language.

use super::{Ask, AskKind, Grade};

/// The query of some asks. Empty text, which finds everyone, when nothing is asked for.
pub fn query<'a>(asks: impl Iterator<Item = &'a Ask>) -> String {
    let mut musts = Vec::new();
    let mut wishes: Vec<(f32, String)> = Vec::new();
    for ask in asks {
        match ask.grade {
            Grade::Must => musts.push(operand(&ask.clause)),
            Grade::Nice(weight) => wishes.push((weight, ask.clause.clone())),
        }
    }
    wishes.sort_by(|one, other| other.0.total_cmp(&one.0));
    let wishes = wishes.into_iter().map(|(weight, clause)| match weight {
        1.0 => format!("prefer:({clause})"),
        weight => format!("prefer:({clause})^{weight}"),
    });
    musts.into_iter().chain(wishes).collect::<Vec<_>>().join(" AND ")
}

/// The clause beside AND.
pub fn operand(clause: &str) -> String {
    if clause.contains(" OR ") { format!("({clause})") } else { clause.to_string() }
}

impl AskKind {
    /// The word for `--drop` and for people.
    pub fn name(self) -> &'static str {
        match self {
            AskKind::Years => "years",
            AskKind::Degree => "degree",
            AskKind::Subject => "subject",
            AskKind::Skill => "skill",
            AskKind::Certificate => "certificate",
            AskKind::Language => "language",
            AskKind::Location => "location",
            AskKind::Title => "title",
        }
    }
}
