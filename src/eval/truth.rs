//! The truth file: judged queries as TOML. In: its text. Out: [`Truth`]. The form is shown in [`super`].

use crate::error::{Error, Result};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Judged queries.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Truth {
    /// The day the judgements count from, `YYYY-MM-DD`; the caller's day if none.
    pub as_of: Option<String>,
    /// In the order of the file.
    #[serde(rename = "query", default)]
    pub queries: Vec<Judged>,
}

/// One query and who answers it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Judged {
    /// Unique name.
    pub id: String,
    /// The query as typed.
    pub text: String,
    /// Queries of one kind are summed up together.
    #[serde(default = "plain")]
    pub kind: String,
    /// What was asked for, in words: why these candidates and not others.
    pub why: Option<String>,
    /// Path → grade; what is not named is not relevant.
    #[serde(default)]
    pub relevant: BTreeMap<String, u32>,
}

fn plain() -> String {
    "plain".to_string()
}

/// Highest grade: gains are powers of two.
const MAX_GRADE: u32 = 5;

impl Truth {
    /// Reads a truth file.
    ///
    /// # Errors
    /// Input: not of this form; an id twice; a grade above 5.
    pub fn parse(text: &str) -> Result<Truth> {
        let truth: Truth =
            toml::from_str(text).map_err(|error| Error::input(format!("not a truth file: {}", error.message())))?;
        let mut ids = BTreeSet::new();
        for query in &truth.queries {
            if !ids.insert(&query.id) {
                return Err(Error::input(format!("two judged queries are called `{}`", query.id)));
            }
            if let Some((path, grade)) = query.relevant.iter().find(|(_, grade)| **grade > MAX_GRADE) {
                return Err(Error::input(format!("grade {grade} of `{path}` in query `{}`", query.id))
                    .hint("grades: 3 ideal, 2 good, 1 acceptable"));
            }
        }
        Ok(truth)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_queries_and_names_what_is_wrong() {
        let one = "[[query]]\nid = \"a\"\ntext = \"java\"\nrelevant = { \"x/1.md\" = 2 }\n";
        let truth = Truth::parse(one).unwrap();
        assert_eq!((truth.queries[0].kind.as_str(), truth.queries[0].relevant["x/1.md"]), ("plain", 2));
        let twice = Truth::parse(&format!("{one}{one}")).unwrap_err();
        assert_eq!(twice.message, "two judged queries are called `a`");
        assert!(Truth::parse("[[query]]\nid = 1\n").is_err());
        assert!(Truth::parse(&one.replace("= 2", "= 9")).is_err());
    }
}
