//! The meaning of a query: one tree, built by `query::parse`, compiled by every engine. Plain data; printing and parsing live
//! beside it. Invariant: every [`Node`] printed in canonical form parses back to an equal node.

use crate::error::QuerySpan;
use crate::model::{DegreeLevel, FieldId};
use serde::Serialize;

/// A parsed query with everything that has to be said about how it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// What must hold. [`Node::All`] for an empty query.
    pub root: Node,
    /// What was normalised or could be read otherwise.
    pub notices: Vec<Notice>,
    /// The canonical form; parses back to `root`.
    pub interpreted_as: String,
    /// The same as a person would write it: options have no weight of 0 in it.
    pub shown: String,
}

impl Query {
    /// The query of a tree that was not typed.
    pub fn of(root: Node) -> Query {
        let interpreted_as = root.to_string();
        Query { shown: interpreted_as.clone(), interpreted_as, root, notices: Vec::new() }
    }

    /// Finds everyone.
    pub fn everyone() -> Query {
        Query::of(Node::All)
    }
}

/// One remark on how a query was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// A sentence: ``read lower-case `or` as OR; quote it to search for the word``.
    pub message: String,
    /// Where in the query.
    #[serde(skip)]
    pub span: Option<QuerySpan>,
}

/// A node of the query tree.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// Every candidate.
    All,
    /// All of them. Never empty.
    And(Vec<Node>),
    /// At least one of them. Never empty.
    Or(Vec<Node>),
    /// Everything but.
    Not(Box<Node>),
    /// At least `count` of `of`.
    AtLeast {
        /// How many; 1 ≤ count ≤ of.len().
        count: u32,
        /// The choices.
        of: Vec<Node>,
    },
    /// Nice to have: adds to the score, never changes the set.
    Prefer {
        /// What is preferred.
        node: Box<Node>,
        /// Multiplies its score; 1.0 unless typed.
        weight: f32,
    },
    /// Words.
    Term(Term),
    /// A condition on a value; filters without scoring.
    Filter(Filter),
    /// Conditions that must hold within one entry.
    Group(Group, Box<Node>),
}

impl Node {
    /// The condition as a person would write it, for remarks on who satisfies it: weights of 0, which options give, are left out.
    pub fn shown(&self) -> String {
        let mut node = self.clone();
        node.forget_zero_weights();
        node.to_string()
    }

    fn forget_zero_weights(&mut self) {
        match self {
            Node::Term(term) if term.boost == 0.0 => term.boost = 1.0,
            Node::And(of) | Node::Or(of) | Node::AtLeast { of, .. } => {
                of.iter_mut().for_each(Node::forget_zero_weights)
            }
            Node::Not(node) | Node::Prefer { node, .. } | Node::Group(_, node) => node.forget_zero_weights(),
            Node::Term(_) | Node::All | Node::Filter(_) => {}
        }
    }

    /// The words and the names of alternatives that say one thing, as the parser makes them of words in a row that are a name
    /// (`machine learning`): the words themselves, or one of the names. None for other alternatives.
    pub fn one_thing(choices: &[Node]) -> Option<(&[Node], &[Node])> {
        let [Node::And(words), names @ ..] = choices else { return None };
        let is_plain = |node: &Node| matches!(node, Node::Term(Term { field: None, .. }));
        let is_name = |node: &Node| matches!(node, Node::Term(Term { field: None | Some(FieldId::Skill), .. }));
        (words.iter().all(is_plain) && names.iter().all(is_name)).then_some((words, names))
    }
}

/// Entry-wise scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Group {
    /// One job.
    Job,
    /// One present job.
    Current,
    /// One ended job.
    Past,
    /// One education entry.
    Education,
    /// One skill; the node is an And of the skill term and `years`/`used` filters.
    Skill,
}

/// Words to find.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// Where; none = everywhere, weighted by `FIELDS` boosts.
    pub field: Option<FieldId>,
    /// What.
    pub text: TextMatch,
    /// Canonical skill names this term stands for (`k8s` → `Kubernetes`), when aliases apply. For `skill:` they are the
    /// match; for unfielded words they are matched besides the literal word. Several when ambiguous. Behind `school:`, `employer:`
    /// and `location:` the names in other words (`georgia tech` → `Georgia Institute of Technology`), matched besides the literal.
    pub skills: Vec<String>,
    /// Multiplies the score; 1.0 unless typed (`kafka^3`).
    pub boost: f32,
}

/// How words are compared with the text.
#[derive(Debug, Clone, PartialEq)]
pub enum TextMatch {
    /// One word with its inflections (`manage` finds managed, managing). As typed; the engine folds it.
    Word(String),
    /// Exactly this word: no inflections, no aliases (`=java`, `"java"`).
    Exact(String),
    /// These words next to each other in this order, exactly. As typed.
    Phrase(String),
    /// Two or more operands near each other.
    Near {
        /// Words or phrases, as typed.
        parts: Vec<String>,
        /// Greatest distance: words between, plus 1 (`W/1` = adjacent). For [`NearKind::Slop`]: words between in all.
        distance: u32,
        /// Which operator.
        kind: NearKind,
    },
    /// Words that begin so (`manag*`).
    Prefix(String),
    /// `*` any letters, `?` one letter, not only at the end (`wom?n`, `*script`).
    Wildcard(String),
    /// Spelling distance (`kuberntes~`).
    Fuzzy {
        /// As typed.
        word: String,
        /// 1 or 2.
        distance: u8,
    },
}

/// The proximity operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NearKind {
    /// `"a b"~n`: any order, at most n other words between.
    Slop,
    /// `NEAR/n`, `W/n`: any order, distance at most n.
    Near,
    /// `PRE/n`: this order, distance at most n.
    Before,
}

/// A condition on a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    /// The field: Degree, Graduated, Years, Gpa, Updated, Has, Status, Path, During, Used.
    pub field: FieldId,
    /// The condition.
    pub test: Test,
    /// `?`: candidates whose value is unknown are included.
    pub or_unknown: bool,
}

/// A condition.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// A completed degree of this level.
    Level(DegreeLevel),
    /// A completed degree of at least (or with `above: false` at most) this rank; `strict` leaves the level itself out.
    LevelRange {
        /// The level compared with.
        level: DegreeLevel,
        /// `>=` and `>`; else `<=` and `<`.
        above: bool,
        /// `>` and `<`.
        strict: bool,
    },
    /// A degree of this level (none: of any) that is not completed (`degree:bachelor[in_progress]`).
    InProgress(Option<DegreeLevel>),
    /// Days as `YYYYMMDD` integers from the first to the last, both included; `i64::MIN` / `i64::MAX` = open.
    Days {
        /// First day.
        from: i64,
        /// Last day.
        to: i64,
    },
    /// Numbers; infinite = open. `from_open`, `to_open` leave the end itself out.
    Number {
        /// Least value.
        from: f64,
        /// Greatest value.
        to: f64,
        /// `>` or `{`.
        from_open: bool,
        /// `<` or `}`.
        to_open: bool,
    },
    /// The value is there.
    Present(FieldId),
    /// A presence name that is no field of its own: `link`, `job`, `publication`, `award`, `photo`.
    PresentNamed(String),
    /// What became of the file: `indexed`, `ocr` (a scan that was read), `partial` (damaged or cut), `skipped`, or a reason's name.
    State(&'static str),
    /// Path pattern with `*` and `?`; without either, a substring.
    Pattern(String),
}
