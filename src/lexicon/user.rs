//! The user's own tables: skills, schools, employers that the program does not know. In: the text of `skills.tsv`, `schools.tsv`,
//! `employers.tsv`. Out: [`UserTables`], or every line that is wrong with its number. Reads no file (the program does).
//!
//! ```text
//! # a remark
//! Frobnicator <tab> Frob|Frob 9000 <tab> engineering      skills: name, other names, category
//! Fictional University <tab> FU|Fiction U                 schools: name, other names
//! Initech                                                 employers: name, other names
//! ```
//!
//! A skill that the program knows gets further names; a name that belongs to another skill is an error.

use super::Lexicon;
use super::words::{Words, key};
use std::collections::HashMap;
use std::fmt;

/// Which table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserTable {
    /// Name, other names, category.
    Skills,
    /// Name, other names.
    Schools,
    /// Name, other names.
    Employers,
}

impl UserTable {
    /// All of them by the name of their file.
    pub const FILES: [(&str, UserTable); 3] = [
        ("skills.tsv", UserTable::Skills),
        ("schools.tsv", UserTable::Schools),
        ("employers.tsv", UserTable::Employers),
    ];

    fn columns(self) -> usize {
        if self == UserTable::Skills { 3 } else { 2 }
    }
}

/// A line that cannot be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableError {
    /// Line number, 1-based.
    pub line: usize,
    /// What is wrong with it.
    pub message: String,
}

impl fmt::Display for TableError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "line {}: {}", self.line, self.message)
    }
}

/// The user's rows, in the form of the tables that come with the program. They live as long as the program: a lexicon is made once and
/// hands out names without copying them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserTables {
    pub(super) skills: Vec<&'static str>,
    pub(super) schools: Vec<&'static str>,
    pub(super) employers: Vec<&'static str>,
}

/// Longest name in letters: beyond it a line was pasted in the wrong place.
const LONGEST_NAME: usize = 100;

/// Category of a skill without one.
const CATEGORY: &str = "own";

impl UserTables {
    /// Adds the rows of a file. All errors are found at once; then nothing is added.
    ///
    /// # Errors
    /// Every wrong line: too many columns, no name, a name twice, a name that belongs to another skill.
    pub fn add(&mut self, table: UserTable, text: &str) -> Result<(), Vec<TableError>> {
        let builtin = Lexicon::builtin();
        let mut reader = Reader { table, builtin: &builtin, seen: HashMap::new(), errors: Vec::new() };
        let rows: Vec<String> = text.lines().enumerate().filter_map(|(at, line)| reader.row(at + 1, line)).collect();
        if !reader.errors.is_empty() {
            return Err(reader.errors);
        }
        let rows = rows.into_iter().map(|row| &*row.leak());
        match table {
            UserTable::Skills => self.skills.extend(rows),
            UserTable::Schools => self.schools.extend(rows),
            UserTable::Employers => self.employers.extend(rows),
        }
        Ok(())
    }

    /// There is no row.
    pub fn is_empty(&self) -> bool {
        self.skills.is_empty() && self.schools.is_empty() && self.employers.is_empty()
    }

    /// Number of skills, schools and employers.
    pub fn counts(&self) -> (usize, usize, usize) {
        (self.skills.len(), self.schools.len(), self.employers.len())
    }

    /// All rows as one text, for the fingerprint.
    pub(super) fn whole(&self) -> String {
        let tables = [("skills", &self.skills), ("schools", &self.schools), ("employers", &self.employers)];
        tables.iter().map(|(name, rows)| format!("{name}\n{}\n", rows.join("\n"))).collect()
    }
}

struct Reader<'a> {
    table: UserTable,
    builtin: &'a Lexicon,
    /// Folded name → line.
    seen: HashMap<String, usize>,
    errors: Vec<TableError>,
}

impl Reader<'_> {
    /// A line as a row of the built-in table; none for remarks and for wrong lines.
    fn row(&mut self, line: usize, text: &str) -> Option<String> {
        let text = text.trim_start_matches('\u{feff}').trim_end();
        if text.trim().is_empty() || text.starts_with('#') {
            return None;
        }
        let before = self.errors.len();
        let cells: Vec<&str> = text.split('\t').map(str::trim).collect();
        if cells.len() > self.table.columns() {
            self.wrong(line, format!("{} columns, there are {} at most", cells.len(), self.table.columns()));
        }
        if cells.len() == 1 && text.contains("   ") {
            self.wrong(line, "columns are separated by a tab, not by blanks");
        }
        let (name, others) = (cells[0], cells.get(1).copied().unwrap_or(""));
        self.name(line, name);
        let others: Vec<&str> = others.split('|').map(str::trim).filter(|other| !other.is_empty()).collect();
        others.iter().for_each(|other| self.other_name(line, name, other));
        if self.errors.len() > before {
            return None;
        }
        let others = others.join("|");
        Some(match self.table {
            UserTable::Skills => {
                let known = self.builtin.skills().canonical(name).filter(|known| key(known.name) == key(name));
                let category = cells.get(2).copied().filter(|category| !category.is_empty());
                let category = category.or(known.map(|known| known.category)).unwrap_or(CATEGORY);
                let name = known.map_or(name, |known| known.name);
                format!("{name}\t{category}\t{others}\t\t\t")
            }
            UserTable::Schools | UserTable::Employers => format!("{name}\t{others}"),
        })
    }

    fn wrong(&mut self, line: usize, message: impl Into<String>) {
        self.errors.push(TableError { line, message: message.into() });
    }

    fn name(&mut self, line: usize, name: &str) {
        if Words::of(name).is_empty() {
            return self.wrong(line, "no name in the first column");
        }
        if name.chars().count() > LONGEST_NAME {
            return self.wrong(line, format!("a name of more than {LONGEST_NAME} letters"));
        }
        if let Some(first) = self.seen.insert(key(name), line) {
            self.wrong(line, format!("`{name}` stands in line {first} already"));
        }
    }

    fn other_name(&mut self, line: usize, name: &str, other: &str) {
        if Words::of(other).is_empty() || other.chars().count() > LONGEST_NAME {
            return self.wrong(line, format!("`{other}` is no name"));
        }
        if self.table != UserTable::Skills {
            return;
        }
        let owner = self.builtin.skills().canonical(other).filter(|owner| key(owner.name) != key(name));
        if let Some(owner) = owner {
            let owner = owner.name;
            self.wrong(line, format!("`{other}` is a name of the skill {owner} already; write it as a further name of {owner}, or leave it out"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(table: UserTable, text: &str, expected: &[&str]) {
        let errors: Vec<String> =
            UserTables::default().add(table, text).err().unwrap_or_default().iter().map(ToString::to_string).collect();
        assert_eq!(errors.len(), expected.len(), "{text:?}: {errors:?}");
        for (error, expected) in errors.iter().zip(expected) {
            assert!(error.contains(expected), "{error} does not say {expected}");
        }
    }

    fn lexicon(table: UserTable, text: &str) -> Lexicon {
        let mut tables = UserTables::default();
        tables.add(table, text).unwrap();
        Lexicon::with(tables)
    }

    #[test]
    fn wrong_lines_are_named_by_number() {
        check(UserTable::Skills, "# remark\n\nFrobnicator\tFrob\tengineering\n", &[]);
        check(UserTable::Skills, "Frobnicator\nFrobnicator\n", &["line 2: `Frobnicator` stands in line 1"]);
        check(UserTable::Skills, "\tFrob\n", &["line 1: no name"]);
        check(UserTable::Skills, "A1\tb2\tc\td\n", &["4 columns"]);
        check(UserTable::Skills, "Frobnicator    Frob\n", &["separated by a tab"]);
        check(UserTable::Skills, "Frobnicator\tk8s\n", &["`k8s` is a name of the skill Kubernetes"]);
        check(UserTable::Schools, "Fictional University\tFU\nx\ty\tz\n", &["line 2: 3 columns"]);
    }

    #[test]
    fn own_skills_are_found_by_all_their_names() {
        let lexicon = lexicon(UserTable::Skills, "Frobnicator\tFrob 9000|frobbing\tengineering\n");
        for name in ["Frobnicator", "frob 9000", "Frobbing"] {
            assert_eq!(lexicon.skills().canonical(name).map(|skill| skill.name), Some("Frobnicator"), "{name}");
        }
        assert_eq!(lexicon.skills().canonical("k8s").map(|skill| skill.name), Some("Kubernetes"));
    }

    #[test]
    fn a_known_skill_gets_further_names() {
        let lexicon = lexicon(UserTable::Skills, "kubernetes\tkubes\n");
        assert_eq!(lexicon.skills().canonical("kubes").map(|skill| skill.name), Some("Kubernetes"));
        assert!(lexicon.skills().aliases_of("Kubernetes").contains(&"kubes"));
    }

    #[test]
    fn own_schools_and_employers_are_known() {
        let schools = lexicon(UserTable::Schools, "Fictional Academy of Bath\tFAB\n");
        assert_eq!(schools.schools().canonical("FAB"), Some("Fictional Academy of Bath"));
        assert!(schools.schools().forms_of("Fictional Academy of Bath").contains(&"FAB"));
        let employers = lexicon(UserTable::Employers, "Zyxt Qwert\n");
        assert!(employers.orgs().employer_score("Zyxt Qwert") > 0.0);
    }

    #[test]
    fn own_tables_change_the_fingerprint() {
        let own = lexicon(UserTable::Skills, "Frobnicator\n");
        assert_ne!(own.fingerprint(), Lexicon::builtin().fingerprint());
        assert_eq!(Lexicon::with(UserTables::default()).fingerprint(), Lexicon::builtin().fingerprint());
    }
}
