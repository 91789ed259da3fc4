//! The tantivy schema: which index field and which column holds what. In: nothing. Out: [`Schema`], [`Fields`], the settings an
//! index is made with. Writes and searches nothing (`sink` writes, the other files of this folder search).
//!
//! ```text
//! words    our tokenizer, frequencies, positions: body name skill_words cert lang project
//! values   the same by entry: title employer school degree subject location school_location
//! terms    one ready-made term per line, by entry, without lengths: skill
//! exact    ready-made terms, no frequencies: one per value format number; one per line breaks email phone has
//! columns  numbers and names per document, several values in the order written (so columns of one entry stay aligned)
//! stored   text (index::text) and profile (index::packed), in files of their own ([`super::stores`]); nothing in tantivy's
//! ```
//!
//! Positions carry entries: with J jobs and E education entries, the k-th slot of a field is what stands before its k-th break (`body`) or
//! between the k-th and the next multiple of a stride (values), or at position k (terms); see [`super::tokens`].
//!
//! | field | slots |
//! |---|---|
//! | `body` | 0..J the text of each job, J..J+E of each education entry, J+E.. everything else |
//! | `title` `employer` | 0..J |
//! | `skill` | 0..J those of each job, J all of the résumé: how often a name stands is 1 + the number of jobs that show it |
//! | `location` | 0..J the jobs' places, J the candidate's home |
//! | `school` `degree` `subject` `school_location` | 0..E |
//!
//! J and E are the columns `job_count` and `education_count`.

use tantivy::IndexSettings;
use tantivy::schema::{
    Field, IndexRecordOption, NumericOptions, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};
use tantivy::store::Compressor;

/// Raised with every change of the schema or of the meaning of a field; an index of another version is made anew.
pub const SCHEMA_VERSION: u32 = 9;

/// Name of our tokenizer (`analysis::tokenize`) in the tokenizer registry.
pub const WORDS: &str = "vitae_words";

/// Name of our tokenizer for short values by entry.
pub const VALUES: &str = "vitae_values";

/// Name of the tokenizer that takes each line as one ready-made term.
pub const TERMS: &str = "vitae_terms";

/// Name of the tokenizer that takes each line as one ready-made term of the whole document.
pub const LINES: &str = "vitae_lines";

/// Handles of all fields, in the order of the schema.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    /// Column: every path of the document, sorted; the first is the one shown.
    pub path: Field,
    /// Exact, column: `pdf`, `markdown` … ([`crate::model::Format::name`]).
    pub format: Field,
    /// Words: the whole visible text, job slots first (see the head of this file).
    pub body: Field,
    /// Exact: one term as often as a break stands in [`Fields::body`]; never searched. How many words all texts have together follows from
    /// the number of its tokens.
    pub breaks: Field,
    /// Words: the candidate's name.
    pub name: Field,
    /// Words by job: titles.
    pub title: Field,
    /// Words by job: employers.
    pub employer: Field,
    /// Words by education entry: school as written and as the gazetteer spells it.
    pub school: Field,
    /// Words by education entry: degree as written and its canonical name.
    pub degree: Field,
    /// Words by education entry: subject.
    pub subject: Field,
    /// Words by job, then the home: places.
    pub location: Field,
    /// Words by education entry: place of the school.
    pub school_location: Field,
    /// Terms by job, then all: folded canonical skill names.
    pub skill: Field,
    /// Words: skills as written and by canonical name.
    pub skill_words: Field,
    /// Words: certificates.
    pub cert: Field,
    /// Words: spoken languages.
    pub lang: Field,
    /// Words: names of projects, titles of publications.
    pub project: Field,
    /// Exact: address in lower case, and `@domain`.
    pub email: Field,
    /// Exact: all digits, the last ten, the last seven.
    pub phone: Field,
    /// Exact: names of what is there (`email`, `gpa`, …; [`crate::index::document::PRESENCE`]).
    pub has: Field,

    /// Exact, column: the id as a number. Ties in ranking are broken by it.
    pub number: Field,
    /// Column (text, at most one): the folded name, to sort by.
    pub name_sort: Field,
    /// Column (text, several): skills by canonical name, in the profile's order; aligned with [`Fields::skill_use`].
    pub skill_name: Field,
    /// Column (several): when the skill was used: 0 unknown, else 1 + the place in [`Fields::skill_used`].
    pub skill_use: Field,
    /// Column (several, each once): months of a skill's dated jobs before the first that has not ended, overlaps counted once (0 = none dated),
    /// and last month used, or since when ([`crate::index::columns::SkillRow::packed`]).
    pub skill_used: Field,
    /// Column (text, several): distinct schools, by their known name where known.
    pub school_name: Field,
    /// Column (text, several): distinct employers.
    pub employer_name: Field,
    /// Column (text, several): distinct titles.
    pub title_name: Field,
    /// Column (text, several): distinct cities (or places as written) of the home and the jobs.
    pub location_name: Field,
    /// Column (text, several): distinct certificates, by their known name where known.
    pub cert_name: Field,
    /// Column (text, several): distinct spoken languages.
    pub lang_name: Field,

    /// Column: number of jobs, J.
    pub job_count: Field,
    /// Column: number of education entries, E.
    pub education_count: Field,
    /// Columns aligned by job: earliest month of the start and how much later it may be, the same of the end; `NO_MONTH`, `OPEN_MONTH`.
    pub job_start_lo: Field,
    /// See [`Fields::job_start_lo`].
    pub job_start_slack: Field,
    /// See [`Fields::job_start_lo`].
    pub job_end_lo: Field,
    /// See [`Fields::job_start_lo`].
    pub job_end_slack: Field,
    /// Column aligned by job: bits of [`crate::index::columns::JobFlags`].
    pub job_flags: Field,
    /// Column (absent if no job is dated): months worked before [`Fields::months_open_from`], overlaps counted once.
    pub months: Field,
    /// Column (absent if no job is unended): first month of the unended jobs.
    pub months_open_from: Field,

    /// Columns aligned by education entry: earliest month of the start and how much later it may be, the same of the end; `NO_MONTH`,
    /// `OPEN_MONTH`.
    pub edu_start_lo: Field,
    /// See [`Fields::edu_start_lo`].
    pub edu_start_slack: Field,
    /// See [`Fields::edu_start_lo`].
    pub edu_end_lo: Field,
    /// See [`Fields::edu_start_lo`].
    pub edu_end_slack: Field,
    /// Column aligned by education entry: bit i = a degree of `DegreeLevel::ALL[i]`.
    pub edu_levels: Field,
    /// Column aligned by education entry: 0 completed, 1 in progress, 2 abandoned.
    pub edu_status: Field,
    /// Column aligned by education entry: hundredths of a grade on a scale of 4, −100 unknown.
    pub edu_gpa: Field,
    /// Column (absent = unknown): rank of the highest completed degree ([`crate::model::DegreeLevel::rank`]).
    pub degree_rank: Field,
    /// Column (several, absent = unknown): indexes into `DegreeLevel::ALL` of the completed degrees, each once, rising.
    pub degree_level: Field,
    /// Column (several): indexes into `DegreeLevel::ALL` of the degrees in progress, each once, rising.
    pub degree_level_open: Field,
    /// Column (several, absent = unknown): latest month of award of each completed, dated degree entry.
    pub graduated_hi: Field,
    /// Column aligned with [`Fields::graduated_hi`]: how many months earlier it may have been.
    pub graduated_slack: Field,
    /// Column (several, absent = unknown): hundredths of grades on a scale of 4.
    pub gpa: Field,
    /// Column (absent = unknown): day of the last change, `YYYYMMDD`.
    pub updated: Field,

    /// Column (absent without enough text): two numbers that near-identical texts share ([`crate::index::sign`]).
    pub sign: Field,
}

/// Builds the schema with its handles. Always the same for one [`SCHEMA_VERSION`]; compare with `index.schema()` to know whether an
/// index on disk is readable.
pub fn schema() -> (Schema, Fields) {
    let mut build = Schema::builder();
    let fields = Fields {
        path: names(&mut build, "path"),
        format: build.add_text_field("format", exact("raw").set_fast("raw")),
        body: words(&mut build, "body"),
        breaks: build.add_text_field("breaks", exact(LINES)),
        name: words(&mut build, "name"),
        title: values(&mut build, "title"),
        employer: values(&mut build, "employer"),
        school: values(&mut build, "school"),
        degree: values(&mut build, "degree"),
        subject: values(&mut build, "subject"),
        location: values(&mut build, "location"),
        school_location: values(&mut build, "school_location"),
        skill: terms(&mut build, "skill"),
        skill_words: words(&mut build, "skill_words"),
        cert: words(&mut build, "cert"),
        lang: words(&mut build, "lang"),
        project: words(&mut build, "project"),
        email: build.add_text_field("email", exact(LINES)),
        phone: build.add_text_field("phone", exact(LINES)),
        has: build.add_text_field("has", exact(LINES)),
        number: build.add_i64_field("number", NumericOptions::default().set_fast().set_indexed()),
        name_sort: names(&mut build, "name_sort"),
        skill_name: names(&mut build, "skill_name"),
        skill_use: whole(&mut build, "skill_use"),
        skill_used: whole(&mut build, "skill_used"),
        school_name: names(&mut build, "school_name"),
        employer_name: names(&mut build, "employer_name"),
        title_name: names(&mut build, "title_name"),
        location_name: names(&mut build, "location_name"),
        cert_name: names(&mut build, "cert_name"),
        lang_name: names(&mut build, "lang_name"),
        job_count: whole(&mut build, "job_count"),
        education_count: whole(&mut build, "education_count"),
        job_start_lo: whole(&mut build, "job_start_lo"),
        job_start_slack: whole(&mut build, "job_start_slack"),
        job_end_lo: whole(&mut build, "job_end_lo"),
        job_end_slack: whole(&mut build, "job_end_slack"),
        job_flags: whole(&mut build, "job_flags"),
        months: whole(&mut build, "months"),
        months_open_from: whole(&mut build, "months_open_from"),
        edu_start_lo: whole(&mut build, "edu_start_lo"),
        edu_start_slack: whole(&mut build, "edu_start_slack"),
        edu_end_lo: whole(&mut build, "edu_end_lo"),
        edu_end_slack: whole(&mut build, "edu_end_slack"),
        edu_levels: whole(&mut build, "edu_levels"),
        edu_status: whole(&mut build, "edu_status"),
        edu_gpa: whole(&mut build, "edu_gpa"),
        degree_rank: whole(&mut build, "degree_rank"),
        degree_level: whole(&mut build, "degree_level"),
        degree_level_open: whole(&mut build, "degree_level_open"),
        graduated_hi: whole(&mut build, "graduated_hi"),
        graduated_slack: whole(&mut build, "graduated_slack"),
        gpa: whole(&mut build, "gpa"),
        updated: whole(&mut build, "updated"),
        sign: whole(&mut build, "sign"),
    };
    (build.build(), fields)
}

/// Settings of a fresh index. Nothing is in tantivy's document store, so nothing compresses it.
pub fn settings() -> IndexSettings {
    let docstore_compression = Compressor::None;
    IndexSettings { docstore_compression, docstore_compress_dedicated_thread: false, ..IndexSettings::default() }
}

/// Our words with frequencies, positions and field lengths.
fn words(build: &mut SchemaBuilder, name: &str) -> Field {
    build.add_text_field(name, positioned(WORDS))
}

/// The same by entry.
fn values(build: &mut SchemaBuilder, name: &str) -> Field {
    build.add_text_field(name, positioned(VALUES))
}

/// Ready-made terms by entry, without field lengths.
fn terms(build: &mut SchemaBuilder, name: &str) -> Field {
    let option = IndexRecordOption::WithFreqsAndPositions;
    let indexing = TextFieldIndexing::default().set_tokenizer(TERMS).set_index_option(option).set_fieldnorms(false);
    build.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
}

fn positioned(tokenizer: &str) -> TextOptions {
    let option = IndexRecordOption::WithFreqsAndPositions;
    let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option);
    TextOptions::default().set_indexing_options(indexing)
}

/// Ready-made terms, presence only.
fn exact(tokenizer: &str) -> TextOptions {
    let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(IndexRecordOption::Basic);
    TextOptions::default().set_indexing_options(indexing.set_fieldnorms(false))
}

/// A column of names for facets and sorting; not searched.
fn names(build: &mut SchemaBuilder, name: &str) -> Field {
    build.add_text_field(name, TextOptions::default().set_fast("raw"))
}

/// A column of whole numbers (signed, 64 bits; stored in as few bits as the values of a segment need).
fn whole(build: &mut SchemaBuilder, name: &str) -> Field {
    build.add_i64_field(name, NumericOptions::default().set_fast())
}
