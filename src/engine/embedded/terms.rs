//! Words of a query → [`Leaf`]: in which fields, as which terms, with which weights. In: a [`Term`] and where it stands (scope). Out:
//! a leaf, and in the [`Ledger`] what was added to the words and what to highlight.

use super::bits::Bits;
use super::collect::is_large;
use super::compile::WHOLE;
use super::expand::{self, Terms, broken};
use super::leaf::{Branch, Counts, Leaf, SlotKind};
use super::ledger::Ledger;
use super::located::Located;
use super::rank;
use super::recent::{self, Compiled, Place, Recent};
use super::schema::Fields;
use super::words::{Words, exact_terms, name_phrase};
use crate::analysis::synonyms::synonyms;
use crate::analysis::{fold, is_acronym};
use crate::engine::near::Nearness;
use crate::engine::pattern::Pattern;
use crate::engine::{ExpansionKind, Mark};
use crate::error::Result;
use crate::model::{FIELDS, FieldId};
use crate::query::ast::{Group, Node, Term, TextMatch};
use rayon::prelude::*;
use std::sync::Arc;
use tantivy::Searcher;
use tantivy::index::SegmentReader;
use tantivy::schema::Field;

/// Where a term stands in the query.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scope {
    /// Inside `job(…)`, `education(…)` …
    pub group: Option<Group>,
    /// Product of the weights of `prefer` around it; 0 under NOT.
    pub scale: f32,
}

/// Makes leaves for one index.
pub struct TermCompiler<'s> {
    /// The index.
    pub searcher: &'s Searcher,
    /// Its fields.
    pub fields: Fields,
    /// Documents, deleted ones included (as the term statistics count).
    pub total: u64,
    /// What was found out.
    pub ledger: Ledger,
    /// Words that were compiled before.
    pub recent: Arc<Recent>,
}

/// One way to say the words in one field.
struct Choice {
    pattern: Pattern,
    weight: f32,
    related: bool,
    /// How many have it, if that is known already.
    counted: Option<Counted>,
}

impl Choice {
    fn new(pattern: Pattern, weight: f32, related: bool) -> Choice {
        Choice { pattern, weight, related, counted: None }
    }
}

/// Documents with a pattern, deleted ones too.
#[derive(Clone)]
struct Counted {
    /// How many; documents with several terms count several times.
    number: u64,
    /// The share of all documents that have none of the terms, as if no term stood more often beside another than elsewhere.
    without: f64,
    /// By segment: which, if they had to be found to count them.
    documents: Option<Arc<Vec<Bits>>>,
}

impl TermCompiler<'_> {
    /// Compiles a term. `joined` are words that it makes with its neighbour (`front` beside `end`: `frontend`).
    pub fn leaf(&mut self, term: &Term, scope: Scope, joined: &[&str]) -> Result<Leaf> {
        let joined_words = joined.iter().map(|word| word.to_string()).collect();
        let place = Place { term: term.clone(), scope, joined: joined_words };
        if let Some(known) = self.recent.get(&place) {
            self.ledger.join(&known.added);
            return Ok(known.leaf.clone());
        }
        let before = std::mem::take(&mut self.ledger);
        let made = self.new_leaf(term, scope, joined);
        let added = std::mem::replace(&mut self.ledger, before);
        let leaf = made?;
        self.ledger.join(&added);
        self.recent.put(Arc::new(Compiled { place, leaf: leaf.clone(), added }));
        Ok(leaf)
    }

    fn new_leaf(&mut self, term: &Term, scope: Scope, joined: &[&str]) -> Result<Leaf> {
        let mut branches = Vec::new();
        let (mut common, mut postings) = (0, 0);
        for id in fields_of(term, scope) {
            let Some((index_field, slots)) = self.place(id, scope) else { continue };
            let mut without = 1.0;
            for mut choice in self.choices(term, id, index_field, joined)? {
                let counted = match choice.counted.take() {
                    Some(counted) => counted,
                    None => self.count(&choice.pattern, index_field)?,
                };
                without *= counted.without;
                postings += counted.number;
                let branch = self.branch(id, index_field, slots, choice)?;
                branches.push(Branch { listed: counted.documents, ..branch });
            }
            common = common.max((self.total as f64 * (1.0 - without)).round() as u64);
        }
        common = common.max(self.skill_branches(term, scope, &mut branches)?);
        if common == 0 && scope.scale > 0.0 {
            self.ledger.nobody.push(term.clone());
        }
        let rarity = rank::rarity(common, self.total);
        let leaf = Leaf {
            name: Node::Term(term.clone()).to_string(),
            branches: Arc::new(branches),
            rarity,
            boost: term.boost * scope.scale,
            skills: if stands_for_skills(term) { term.skills.clone() } else { Vec::new() },
            postings: postings + common,
            known: recent::unknown(self.searcher),
        };
        if scope.scale > 0.0 {
            self.mark(term, &leaf);
        }
        Ok(leaf)
    }

    fn branch(&self, field: FieldId, index_field: Field, slots: SlotKind, choice: Choice) -> Result<Branch> {
        let boost = field.row().boost;
        let weight = choice.weight * if boost > 0.0 { boost } else { 1.0 };
        let average = self.average(index_field)?;
        let Choice { pattern, related, .. } = choice;
        Ok(Branch { field, index_field, pattern, weight, average, slots, related, counts: Counts::All, listed: None })
    }

    /// The index field with the words of a field.
    pub fn words_of(&self, id: Option<FieldId>) -> Field {
        self.place(id.unwrap_or(FieldId::Text), WHOLE).map_or(self.fields.body, |(field, _)| field)
    }

    /// The index field of a field in a scope.
    fn place(&self, id: FieldId, scope: Scope) -> Option<(Field, SlotKind)> {
        let fields = &self.fields;
        Some(match id {
            FieldId::Text => (fields.body, SlotKind::Text),
            FieldId::Name => (fields.name, SlotKind::None),
            FieldId::Title => (fields.title, SlotKind::Job),
            FieldId::Employer => (fields.employer, SlotKind::Job),
            FieldId::School => (fields.school, SlotKind::Education),
            FieldId::Degree => (fields.degree, SlotKind::Education),
            FieldId::Subject => (fields.subject, SlotKind::Education),
            FieldId::Location if scope.group == Some(Group::Education) => (fields.school_location, SlotKind::Education),
            FieldId::Location => (fields.location, SlotKind::Job),
            FieldId::Skill => (fields.skill_words, SlotKind::None),
            FieldId::Cert => (fields.cert, SlotKind::None),
            FieldId::Lang => (fields.lang, SlotKind::None),
            FieldId::Project => (fields.project, SlotKind::None),
            FieldId::Email => (fields.email, SlotKind::None),
            FieldId::Phone => (fields.phone, SlotKind::None),
            FieldId::Format => (fields.format, SlotKind::None),
            _ => return None,
        })
    }

    /// What to look for in one field, best first.
    fn choices(&mut self, term: &Term, id: FieldId, field: Field, joined: &[&str]) -> Result<Vec<Choice>> {
        let typed = typed(&term.text);
        if let Some(exact) = exact_terms(id, &typed) {
            return self.exact_choices(term, field, exact);
        }
        if id == FieldId::Skill && !term.skills.is_empty() {
            let part = |pattern| Choice::new(pattern, rank::RELATED, true);
            return Ok(Words::of(&typed).exactly().map(part).into_iter().collect());
        }
        let mut choices = self.text_choices(term, id, field, joined)?;
        if takes_known_names(id) {
            choices.extend(self.known_names(&typed, &term.skills, field)?);
        }
        Ok(choices)
    }

    /// The names in other words behind `school:`, `employer:`, `location:`, `degree:`, `cert:`.
    fn known_names(&mut self, typed: &str, names: &[String], field: Field) -> Result<Vec<Choice>> {
        let mut choices = Vec::new();
        let mut found = Terms::new();
        for name in names {
            let Some(pattern) = Words::of(name).exactly() else { continue };
            let counted = self.count(&pattern, field)?;
            if counted.number > 0 {
                found.insert(name.clone(), counted.number);
                choices.push(Choice { counted: Some(counted), ..Choice::new(pattern, rank::RELATED, true) });
            }
        }
        self.ledger.add(typed, ExpansionKind::Alias, field, &found);
        Ok(choices)
    }

    /// What the words themselves stand for.
    fn text_choices(&mut self, term: &Term, id: FieldId, field: Field, joined: &[&str]) -> Result<Vec<Choice>> {
        let literal = |pattern| Choice::new(pattern, rank::LITERAL, false);
        let guessed = |terms: &Terms| {
            let pattern = Pattern::AnyOf(terms.keys().cloned().collect());
            (!terms.is_empty()).then_some(Choice::new(pattern, rank::GUESSED, true))
        };
        let words =
            |text: &str| if term.field.is_some_and(holds_names) { Words::of_name(text) } else { Words::of(text) };
        Ok(match &term.text {
            TextMatch::Word(word) => self.word_choices(word, words(word), field, joined)?,
            TextMatch::Phrase(text) if id == FieldId::Name => name_phrase(text).map(literal).into_iter().collect(),
            TextMatch::Exact(text) | TextMatch::Phrase(text) => {
                words(text).exactly().map(literal).into_iter().collect()
            }
            TextMatch::Near { parts, distance, kind } => {
                let nearness = Nearness { kind: *kind, distance: *distance };
                let operands: Result<Vec<Option<Pattern>>> =
                    parts.iter().map(|part| self.operand(part, field)).collect();
                let operands: Option<Vec<Pattern>> = operands?.into_iter().collect();
                operands.map(|operands| literal(Pattern::Near(operands, nearness))).into_iter().collect()
            }
            TextMatch::Prefix(_) | TextMatch::Wildcard(_) | TextMatch::Fuzzy { .. } => {
                guessed(&self.guess(&term.text, field)?).into_iter().collect()
            }
        })
    }

    /// The terms of a prefix, wildcard or misspelling.
    fn guess(&mut self, text: &TextMatch, field: Field) -> Result<Terms> {
        let (terms, kind, shown) = match text {
            TextMatch::Prefix(prefix) => {
                (expand::prefixed(self.searcher, field, &fold(prefix))?, ExpansionKind::Prefix, format!("{prefix}*"))
            }
            TextMatch::Wildcard(pattern) => {
                (expand::wildcards(self.searcher, field, &fold(pattern))?, ExpansionKind::Wildcard, pattern.clone())
            }
            TextMatch::Fuzzy { word, distance } => {
                let terms = expand::misspelt(self.searcher, field, &fold(word), *distance)?;
                let shown = if *distance == 1 { format!("{word}~") } else { format!("{word}~{distance}") };
                (terms, ExpansionKind::Fuzzy, shown)
            }
            _ => return Ok(Terms::new()),
        };
        self.ledger.add(&shown, kind, field, &terms);
        Ok(terms)
    }

    /// A word as typed, its other forms and spellings.
    fn word_choices(&mut self, word: &str, words: Words, field: Field, joined: &[&str]) -> Result<Vec<Choice>> {
        let Some(pattern) = words.exactly() else { return Ok(Vec::new()) };
        let mut out = vec![Choice::new(pattern, rank::LITERAL, false)];
        let Some(folded) = words.single() else { return Ok(out) };
        let capitals = word.to_ascii_uppercase();
        if folded == word && is_acronym(&capitals) {
            // `it`: who writes IT is meant first.
            out.push(Choice::new(Pattern::Term(capitals), rank::LITERAL, false));
        }
        let (forms, mut spellings) = expand::inflections(self.searcher, field, folded, word)?;
        for whole in joined {
            let count = expand::frequency(self.searcher, field, whole)?;
            if count > 0 {
                spellings.insert(whole.to_string(), count);
            }
        }
        let same_job = self.same_job(folded, field)?;
        self.ledger.add(word, ExpansionKind::Inflection, field, &forms);
        self.ledger.add(word, ExpansionKind::Spelling, field, &spellings);
        self.ledger.add(word, ExpansionKind::Synonym, field, &same_job);
        for (terms, weight) in [(spellings, rank::LITERAL), (forms, rank::RELATED), (same_job, rank::RELATED)] {
            if !terms.is_empty() {
                let pattern = Pattern::AnyOf(terms.into_keys().collect());
                out.push(Choice::new(pattern, weight, true));
            }
        }
        Ok(out)
    }

    /// Other words for the same occupation, where occupations stand.
    fn same_job(&self, folded: &str, field: Field) -> Result<Terms> {
        let mut found = Terms::new();
        if field == self.fields.body || field == self.fields.title {
            for other in synonyms(folded) {
                let count = expand::frequency(self.searcher, field, &other)?;
                if count > 0 {
                    found.insert(other, count);
                }
            }
        }
        Ok(found)
    }

    /// An operand of NEAR: a phrase in quotes as it stands, a word with its forms.
    fn operand(&mut self, part: &str, field: Field) -> Result<Option<Pattern>> {
        let bare = part.trim_matches('"');
        if bare.len() != part.len() || Words::of(bare).single().is_none() {
            return Ok(Words::of(bare).exactly());
        }
        let mut patterns: Vec<Pattern> =
            self.word_choices(bare, Words::of(bare), field, &[])?.into_iter().map(|choice| choice.pattern).collect();
        Ok(if patterns.len() > 1 { Some(Pattern::Either(patterns)) } else { patterns.pop() })
    }

    /// Fields whose values are compared as a whole: addresses, numbers, formats.
    fn exact_choices(&mut self, term: &Term, field: Field, exact: Vec<String>) -> Result<Vec<Choice>> {
        let guessed = self.guess(&term.text, field)?;
        let terms = if guessed.is_empty() { exact } else { guessed.into_keys().collect() };
        Ok(vec![Choice::new(Pattern::AnyOf(terms), rank::LITERAL, false)])
    }

    /// The skill that the words are a name of: by its canonical name, in lists and in jobs. Answers how many have it.
    fn skill_branches(&mut self, term: &Term, scope: Scope, branches: &mut Vec<Branch>) -> Result<u64> {
        if term.skills.is_empty() || !stands_for_skills(term) {
            return Ok(0);
        }
        let names: Vec<String> = term.skills.iter().map(|name| fold(name)).collect();
        let as_typed = typed(&term.text);
        let typed = fold(&as_typed);
        let mut common = 0;
        let mut others = Terms::new();
        for (name, shown) in names.iter().zip(&term.skills) {
            let count = expand::frequency(self.searcher, self.fields.skill, name)?;
            common += count;
            if *name != typed && count > 0 {
                others.insert(shown.clone(), count);
            }
        }
        self.ledger.add(&as_typed, ExpansionKind::Alias, self.fields.skill, &others);
        let by_name = names.iter().all(|name| *name == typed);
        let weight = if by_name || term.field.is_some() { rank::LITERAL } else { rank::RELATED };
        let is_short = term.field.is_none() && !is_part_of_names(&typed);
        let weight = if is_short { weight * rank::SKILL_OF_SHORT_NAME } else { weight };
        let in_jobs = (FieldId::SkillInJob, SlotKind::Job, Counts::Further);
        let listed = (FieldId::Skill, SlotKind::None, Counts::First);
        let places = if scope.group.is_some() { &[in_jobs][..] } else { &[listed, in_jobs][..] };
        // One for each name: of several together, nobody knows which occurrence is the first of its name.
        for (name, (field, slots, counts)) in
            names.iter().flat_map(|name| places.iter().map(move |place| (name, *place)))
        {
            branches.push(Branch {
                field,
                index_field: self.fields.skill,
                pattern: Pattern::Term(name.clone()),
                weight: weight * field.row().boost,
                average: 0.0,
                slots,
                related: !by_name,
                counts,
                listed: None,
            });
        }
        Ok(common)
    }

    /// The skills that a term inside `skill(…)` asks for, folded: the one it names, and those it is a part of the name of, as for
    /// `skill:sap` (SAP, SAP R/3).
    pub fn skill_names(&mut self, term: &Term) -> Result<Vec<String>> {
        let as_typed = typed(&term.text);
        let typed = fold(&as_typed);
        let mut names: Vec<String> = term.skills.iter().map(|name| fold(name)).collect();
        if names.is_empty() {
            names.push(typed.clone());
        }
        let by_part = matches!(term.text, TextMatch::Word(_) | TextMatch::Phrase(_)) && is_part_of_names(&typed);
        if by_part {
            let mut longer = expand::holding(self.searcher, self.fields.skill, &typed)?;
            longer.retain(|name, _| !names.contains(name));
            self.ledger.add(&as_typed, ExpansionKind::Alias, self.fields.skill, &longer);
            names.extend(longer.into_keys());
        }
        Ok(names)
    }

    /// Documents with the pattern in a field.
    fn count(&self, pattern: &Pattern, field: Field) -> Result<Counted> {
        let terms = match pattern {
            Pattern::Term(term) => std::slice::from_ref(term),
            Pattern::AnyOf(terms) => terms,
            other => return self.find(other, field),
        };
        let mut counted = Counted { number: 0, without: 1.0, documents: None };
        for term in terms {
            let number = expand::frequency(self.searcher, field, term)?;
            counted.number += number;
            counted.without *= self.share_without(number);
        }
        Ok(counted)
    }

    /// Documents with a phrase or operands near each other: by looking at them all.
    fn find(&self, pattern: &Pattern, field: Field) -> Result<Counted> {
        let list = |reader: &SegmentReader| {
            let mut found = Bits::none(reader.max_doc());
            if let Some(located) = Located::find(pattern, reader, field)? {
                located.fill(&mut found)?;
            }
            Ok(found)
        };
        let readers = self.searcher.segment_readers();
        let documents: tantivy::Result<Vec<Bits>> = match is_large(self.searcher) {
            true => readers.par_iter().map(list).collect(),
            false => readers.iter().map(list).collect(),
        };
        let documents = documents.map_err(broken)?;
        let number = documents.iter().map(Bits::count).sum();
        Ok(Counted { number, without: self.share_without(number), documents: Some(Arc::new(documents)) })
    }

    fn share_without(&self, number: u64) -> f64 {
        1.0 - number.min(self.total) as f64 / self.total.max(1) as f64
    }

    /// Average length of a field in words; 0 for fields without lengths.
    fn average(&self, field: Field) -> Result<f32> {
        if !self.searcher.schema().get_field_entry(field).has_fieldnorms() {
            return Ok(0.0);
        }
        let tokens = |field: Field| -> Result<u64> {
            let segments = self.searcher.segment_readers().iter();
            segments.map(|segment| Ok(segment.inverted_index(field).map_err(broken)?.total_num_tokens())).sum()
        };
        // Breaks between entries are no words.
        let breaks = if field == self.fields.body { tokens(self.fields.breaks)? } else { 0 };
        Ok(tokens(field)?.saturating_sub(breaks) as f32 / self.total.max(1) as f32)
    }

    /// Notes what to highlight for a leaf.
    fn mark(&mut self, term: &Term, leaf: &Leaf) {
        let shown = term.field.unwrap_or(FieldId::Text);
        // A skill is marked where the profile has it; a canonical name is no pattern of words.
        let words = if shown == FieldId::Skill { Some(self.fields.skill_words) } else { None };
        let patterns: Vec<Pattern> = leaf
            .branches
            .iter()
            .filter(|branch| branch.field == shown && words.is_none_or(|words| branch.index_field == words))
            .map(|branch| branch.pattern.clone())
            .collect();
        let pattern = (!patterns.is_empty()).then_some(Pattern::Either(patterns));
        let field = term.field.filter(|field| *field != FieldId::Text);
        self.ledger.marks.push(Mark { pattern, skills: leaf.skills.clone(), field, weight: leaf.rarity * leaf.boost });
    }
}

/// Whether the names that a term stands for are skills.
fn stands_for_skills(term: &Term) -> bool {
    matches!(term.field, None | Some(FieldId::Skill))
}

/// Fields in which a name is also looked for in other words.
fn takes_known_names(id: FieldId) -> bool {
    matches!(id, FieldId::School | FieldId::Employer | FieldId::Location | FieldId::Degree | FieldId::Cert)
}

/// Whether a query of this field asks for a proper name: there capitals tell no abbreviation from a common word.
fn holds_names(id: FieldId) -> bool {
    matches!(id, FieldId::Name | FieldId::Title | FieldId::Employer | FieldId::School | FieldId::Location)
}

/// The fields that a term searches.
fn fields_of(term: &Term, scope: Scope) -> Vec<FieldId> {
    let named = |id: FieldId| id != FieldId::Skill || term.skills.is_empty();
    match (term.field, scope.group) {
        (Some(FieldId::Skill), None) if is_part_of_names(&typed(&term.text)) => vec![FieldId::Skill],
        (Some(id), _) => [id].into_iter().filter(|id| named(*id)).collect(),
        (None, group) => FIELDS
            .iter()
            .filter(|row| match group {
                None => true,
                Some(Group::Education) => row.in_education,
                Some(_) => row.in_job && row.id != FieldId::Skill,
            })
            .filter(|row| row.boost > 0.0 && row.id != FieldId::SkillInJob && named(row.id))
            .map(|row| row.id)
            .collect(),
    }
}

/// `skill:sql` also finds SQL Server and PL/SQL, `skill:aws` AWS Lambda; `skill:c` must not find Vitamin C, nor `skill:go` go live.
fn is_part_of_names(typed: &str) -> bool {
    typed.chars().filter(|letter| letter.is_alphanumeric()).count() > 2
}

/// The words as typed, for showing and comparing.
pub fn typed(text: &TextMatch) -> String {
    match text {
        TextMatch::Word(text)
        | TextMatch::Exact(text)
        | TextMatch::Phrase(text)
        | TextMatch::Prefix(text)
        | TextMatch::Wildcard(text)
        | TextMatch::Fuzzy { word: text, .. } => text.clone(),
        TextMatch::Near { parts, .. } => parts.join(" "),
    }
}
