//! Words and what they stand for: skills and their aliases, compounds written apart, acronyms, wildcards. In: words as typed
//! in their scope. Out: terms, with a notice for everything that was added or can be read in two ways.

use super::ast::{Group, Node, Term, TextMatch};
use super::meaning::{Meaning, Scope, one_or};
use super::syntax::{Tree, TreeKind};
use crate::analysis;
use crate::error::Result;
use crate::lexicon::SkillEntry;
use crate::model::{FieldId, FieldKind};

/// Most words of a skill name that is recognised without quotes.
const LONGEST_RUN: usize = 4;

/// Words in nearly every résumé that are also abbreviations in capitals.
const COMMON_WORDS: &[&str] =
    &["it", "us", "in", "me", "as", "who", "is", "can", "am", "be", "do", "on", "up", "was", "hi", "ok"];

/// Abbreviations of several things; never expanded, the choice is offered.
const SEVERAL_MEANINGS: &[(&str, &str)] = &[
    ("PM", "\"project manager\" or \"product manager\""),
    ("BA", "\"business analyst\" or degree:\"B.A.\""),
    ("PA", "\"personal assistant\" or \"physician assistant\""),
    ("PT", "\"physical therapist\" or \"part time\""),
    ("CA", "\"chartered accountant\" or location:california"),
    ("MS", "degree:\"M.S.\" or Microsoft"),
    ("MA", "degree:\"M.A.\" or location:massachusetts"),
    ("DO", "degree:\"D.O.\""),
    ("SE", "\"software engineer\" or \"systems engineer\""),
    ("AE", "\"account executive\""),
    ("PE", "\"professional engineer\" or \"private equity\""),
];

/// The names that say something new to a person who typed `typed`: not another case, hyphen or misspelling of a name already listed
/// (`K8S`, `Kubernates`), and not a longer name around it, which the word finds anyway (`Kubernetes clusters`).
fn other_names<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let plain = |name: &str| analysis::fold(name).chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
    let mut known = vec![plain(typed)];
    let mut others = Vec::new();
    for name in names {
        let key = plain(name);
        let is_known = |other: &String| {
            let slips = if key.len() > 5 { 2 } else { 0 };
            *other == key || strsim::damerau_levenshtein(other, &key) <= slips
        };
        let mut words = name.split(|letter: char| !letter.is_alphanumeric());
        if known.iter().any(is_known) || words.any(|word| known.contains(&plain(word))) {
            continue;
        }
        known.push(key);
        others.push(name);
    }
    others
}

impl Meaning<'_, '_, '_> {
    /// One word with its marks: wildcards, `=`, `~`.
    pub(super) fn word(
        &mut self,
        tree: &Tree,
        text: &str,
        (wild, exact, fuzzy): (bool, bool, Option<u32>),
        scope: Scope,
    ) -> Result<Node> {
        match scope.field.map(|field| field.row().kind) {
            Some(FieldKind::Degree) if !exact && !wild && fuzzy.is_none() => return self.degree(tree, text, scope),
            Some(FieldKind::Degree) if text.ends_with('?') && !exact => return self.degree(tree, text, scope),
            Some(FieldKind::Words | FieldKind::Degree) | None => {}
            Some(_) => return self.condition(tree, text, None, scope),
        }
        if wild && text == "*" {
            return Ok(self.anything(scope));
        }
        if wild && text.chars().all(|letter| !letter.is_alphanumeric()) {
            return Err(self
                .error(tree, format!("`{text}` would match every word"))
                .hint("put at least one letter beside the wildcard"));
        }
        if !wild {
            self.must_have_words(tree, text)?;
        }
        if let Some(distance) = fuzzy {
            if !(1..=2).contains(&distance) {
                let error = self.error(tree, "a spelling distance is 1 or 2");
                return Err(error.hint("write `word~` for one wrong letter, `word~2` for two"));
            }
            return self.term(tree, TextMatch::Fuzzy { word: text.to_string(), distance: distance as u8 }, scope);
        }
        let is_exact = exact || scope.compare == Some(super::lexer::Compare::Exact);
        match text.strip_suffix('*').filter(|prefix| !prefix.contains(['*', '?'])) {
            Some(prefix) if wild => self.term(tree, TextMatch::Prefix(prefix.to_string()), scope),
            _ if wild => self.term(tree, TextMatch::Wildcard(text.to_string()), scope),
            _ if is_exact => self.term(tree, TextMatch::Exact(text.to_string()), scope),
            _ => {
                self.explain(tree, text, scope);
                self.plain(tree, text, scope)
            }
        }
    }

    /// `*`: everyone; behind a field: everyone who has a value there.
    fn anything(&self, scope: Scope) -> Node {
        use super::ast::{Filter, Test};
        match scope.field {
            None => Node::All,
            Some(field) => Node::Filter(Filter { field: FieldId::Has, test: Test::Present(field), or_unknown: false }),
        }
    }

    /// A phrase, or one exact word. Behind `skill:` quotes only hold a name together.
    pub(super) fn quoted(&mut self, tree: &Tree, text: &str, scope: Scope) -> Result<Node> {
        if let Some(field) = scope.field
            && !matches!(field.row().kind, FieldKind::Words | FieldKind::Degree)
        {
            return self.condition(tree, text, None, scope);
        }
        self.must_have_words(tree, text)?;
        let is_phrase = text.contains(' ');
        if self.word_field(tree, scope)? == Some(FieldId::Skill) {
            return match is_phrase {
                false => self.plain(tree, text, scope),
                true => Ok(Node::Term(self.skill_phrase(text))),
            };
        }
        if !is_phrase && scope.field == Some(FieldId::Degree) && !self.degree_name(text).is_empty() {
            return self.plain(tree, text, scope);
        }
        if !is_phrase {
            return self.term(tree, TextMatch::Exact(text.to_string()), scope);
        }
        let mut node = self.term(tree, TextMatch::Phrase(text.to_string()), scope)?;
        if let Node::Term(term) = &mut node {
            term.skills = self.known_as(term.field, text);
        }
        Ok(node)
    }

    /// `B.Tech` is `Bachelor of Technology`; nothing for the name of a level.
    fn degree_name(&self, text: &str) -> Vec<String> {
        let name = self.lexicon.degrees().canonical_of(text).filter(|_| super::conditions::level_named(text).is_none());
        name.map(str::to_string).into_iter().collect()
    }

    /// The same school, employer, place, degree or certificate in other words: `Georgia Tech`, `Microsoft Corp`, `Bangalore`, `B.Tech`, `RN`.
    fn known_as(&self, field: Option<FieldId>, text: &str) -> Vec<String> {
        let known = match field {
            Some(FieldId::School) => self.lexicon.schools().canonical(text).map(str::to_string),
            Some(FieldId::Employer) => Some(self.lexicon.orgs().without_legal_form(text).to_string()),
            Some(FieldId::Degree) => self.degree_name(text).pop(),
            Some(FieldId::Cert) => self.lexicon.certificates().canonical(text).map(|entry| entry.name.to_string()),
            Some(FieldId::Location) => {
                let mut letters = text.chars();
                let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
                self.lexicon.places().city_alone(&capital).and_then(|place| place.city)
            }
            _ => None,
        };
        let is_new = |name: &String| !name.is_empty() && analysis::fold(name) != analysis::fold(text);
        known.filter(is_new).into_iter().collect()
    }

    /// A word with the skill it names.
    pub(super) fn plain(&mut self, tree: &Tree, text: &str, scope: Scope) -> Result<Node> {
        let field = self.word_field(tree, scope)?;
        let skills = match field {
            None | Some(FieldId::Skill) => self.skill(text).map(|entry| entry.name.to_string()).into_iter().collect(),
            Some(_) => self.known_as(field, text),
        };
        Ok(Node::Term(Term { field, text: TextMatch::Word(text.to_string()), skills, boost: 1.0 }))
    }

    fn skill(&self, text: &str) -> Option<SkillEntry> {
        self.lexicon.skill_named(text)
    }

    fn skill_phrase(&self, text: &str) -> Term {
        let skills = self.skill(text).map(|entry| entry.name.to_string()).into_iter().collect();
        let text =
            if text.contains(' ') { TextMatch::Phrase(text.to_string()) } else { TextMatch::Word(text.to_string()) };
        Term { field: Some(FieldId::Skill), text, skills, boost: 1.0 }
    }

    /// The longest run of plain words at the beginning of `items` that is one skill (`machine learning`) or one word
    /// written apart (`front end`): the words, or the skill, or the joined word; with the number of items taken.
    pub(super) fn run(&mut self, items: &[(Tree, bool)], scope: Scope) -> Result<Option<(Node, usize)>> {
        if scope.field.is_some_and(|field| field.row().kind != FieldKind::Words) {
            return Ok(None);
        }
        let words = self.plain_run(items);
        for length in (2..=words.len().min(LONGEST_RUN)).rev() {
            let text = words[..length].join(" ");
            let skill = if matches!(scope.field, None | Some(FieldId::Skill)) { self.skill(&text) } else { None };
            // `oracle java` must not become every Java developer: the run holds the skill's own name already.
            let skill = skill
                .filter(|entry| !words[..length].iter().any(|word| analysis::fold(word) == analysis::fold(entry.name)));
            let compound = if length == 2 { analysis::open_compound(words[0], words[1]) } else { None };
            if skill.is_none() && compound.is_none() {
                continue;
            }
            let whole =
                Tree { kind: TreeKind::Quoted(text.clone()), start: items[0].0.start, end: items[length - 1].0.end };
            if let (Some(_), Some(FieldId::Skill)) = (skill, self.word_field(&whole, scope)?) {
                return Ok(Some((Node::Term(self.skill_phrase(&text)), length)));
            }
            let each: Result<Vec<Node>> =
                items[..length].iter().map(|(item, _)| self.plain_item(item, scope)).collect();
            let mut choices = vec![Node::And(each?)];
            let mut also = Vec::new();
            if let Some(compound) = compound {
                choices.push(self.plain(&whole, compound, scope)?);
                also.push(format!("`{compound}`"));
            }
            if let Some(entry) = skill {
                choices.push(Node::Term(self.skill_phrase(entry.name)));
                also.push(format!("the skill {}", entry.name));
            }
            self.notice(&whole, format!("`{text}` also finds {}; quote it for the exact words", also.join(" and ")));
            return Ok(Some((one_or(choices, Node::Or), length)));
        }
        Ok(None)
    }

    fn plain_item(&mut self, item: &Tree, scope: Scope) -> Result<Node> {
        match &item.kind {
            TreeKind::Word { text, .. } => self.plain(item, text, scope),
            _ => self.node(item, scope),
        }
    }

    /// The plain words at the beginning, with only blanks between them on one line.
    fn plain_run<'i>(&self, items: &'i [(Tree, bool)]) -> Vec<&'i str> {
        let mut words = Vec::new();
        for (at, (item, is_blank)) in items.iter().take(LONGEST_RUN).enumerate() {
            let TreeKind::Word { text, wild: false, exact: false, fuzzy: None } = &item.kind else { break };
            if !has_words(text) {
                break;
            }
            let is_near =
                at == 0 || (*is_blank && !self.report.plain()[items[at - 1].0.end..item.start].contains('\n'));
            if !is_near {
                break;
            }
            words.push(text.as_str());
        }
        words
    }

    /// Says what a bare word stands for besides itself.
    fn explain(&mut self, tree: &Tree, text: &str, scope: Scope) {
        // Within `skill(…)` words are skills, as behind `skill:`.
        let field = scope.field.or((scope.group == Some(Group::Skill)).then_some(FieldId::Skill));
        let scope = Scope { field, ..scope };
        if scope.field.is_some_and(|field| field != FieldId::Skill) {
            return;
        }
        if let Some((_, meanings)) = SEVERAL_MEANINGS.iter().find(|row| row.0 == text) {
            return self.notice(tree, format!("`{text}` is not expanded; it can mean {meanings}"));
        }
        let capitals = text.to_uppercase();
        if scope.field.is_none() && text == capitals && analysis::is_acronym(text) {
            let message = format!(
                "read `{text}` as the abbreviation in capitals; `{}` finds the common word",
                text.to_lowercase()
            );
            return self.notice(tree, message);
        }
        if scope.field.is_none() && COMMON_WORDS.contains(&text.to_lowercase().as_str()) && self.skill(text).is_none() {
            return self.notice(tree, format!("`{text}` is a common word; write `{capitals}` for the abbreviation"));
        }
        let Some(entry) = self.skill(text) else { return };
        if scope.field.is_none() && self.lexicon.is_ambiguous_skill(text) {
            return self.report.ambiguous(text);
        }
        let others = other_names(text, std::iter::once(entry.name).chain(entry.aliases()));
        if !others.is_empty() {
            self.report.aliased(text, others);
        }
    }

    /// Refuses text in which the tokenizer finds no word.
    fn must_have_words(&self, tree: &Tree, text: &str) -> Result<()> {
        if has_words(text) {
            return Ok(());
        }
        Err(self
            .error(tree, format!("`{text}` holds no word to search for"))
            .hint("leave it out, or put letters or digits beside it"))
    }
}

/// Whether the tokenizer finds a word in the text.
fn has_words(text: &str) -> bool {
    let mut any = false;
    analysis::tokenize(text, &mut |_| any = true);
    any
}
