//! The command line of the recruiter's workbench: suggestions. In: nothing. Out: argument structs for `args`.

use super::ListArgs;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:
  vitae suggest skill kube            Kubernetes and how many have it
  vitae suggest school 'univ of'      several words begin a value too
  vitae suggest title lead -n 30
  vitae suggest text kubern           words of the whole text
  vitae suggest related kubernetes    skills that go with it: shown, never added to a query
  vitae suggest related 'title:nurse' --by employer

Values come from the index and are counted exactly. When nothing begins so, values spelt nearly so are offered.
Exit status: 0 something to suggest, 1 nothing, 2 error.")]
pub struct SuggestArgs {
    /// A field (skill, title, employer, school, location, degree, lang, cert, name, text …), or `related`
    #[arg(value_name = "FIELD|related")]
    pub field: String,

    /// The beginning of a value; for `related` a skill or any query. Empty: the most frequent values
    #[arg(value_name = "PREFIX|QUERY", num_args = 0..)]
    pub typed: Vec<String>,

    /// Values to show
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    pub limit: usize,

    /// For `related`: what to count
    #[arg(
        long,
        value_name = "FIELD",
        default_value = "skill",
        long_help = "For `related`: what to count: skill, title, employer, school, location, degree, lang."
    )]
    pub by: String,

    /// As JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:
  vitae match job.md                         musts, wishes, the query, the best candidates
  vitae match job.pdf -n 25 --brief          one line a candidate
  vitae match job.docx --drop degree --drop 3
  pbpaste | vitae match - --query            only the query, to be edited and run

Musts are what stands under \"Requirements\" and the like, or with \"must have\", \"required\", \"at least 5 years of\"; the place of work, \
unless it is remote. \"Preferred\", \"a plus\", \"desirable\" and what stands under \"Nice to have\" change the order only. Candidates who miss \
a must come after those who miss none; for each must the table says who meets it and how many would be left without it.
Exit status: 0 somebody meets all musts as far as it is known, 1 nobody does, 2 error.")]
pub struct MatchArgs {
    /// The job description: Markdown, text, PDF, DOCX, HTML; `-` reads standard input
    #[arg(value_name = "JOB")]
    pub job: std::path::PathBuf,

    #[command(flatten)]
    pub list: ListArgs,

    /// Leave out a must or wish: its number, its kind (degree, location …) or a word of it (repeatable)
    #[arg(short, long, value_name = "WHICH")]
    pub drop: Vec<String>,

    /// Make a must a wish instead of leaving it out (as --drop)
    #[arg(long, value_name = "WHICH")]
    pub prefer: Vec<String>,

    /// Only the query
    #[arg(long, conflicts_with_all = ["json", "brief"])]
    pub query: bool,

    /// One line a candidate
    #[arg(short, long, conflicts_with = "json")]
    pub brief: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:
  vitae similar 3f2a9c0d11e4
  vitae similar pdf/emil-bakker.pdf -n 5 --json

Compared are skills (rare ones weigh more), titles, years of work, and lightly employers and schools; names, contacts and places are not.
Exit status: 0 somebody is like them, 1 nobody, or no such candidate, 2 error.")]
pub struct SimilarArgs {
    /// Id as printed by search, or the path of an indexed file
    #[arg(value_name = "ID|PATH")]
    pub candidate: String,

    #[command(flatten)]
    pub list: ListArgs,

    /// The parts of every score
    #[arg(short, long)]
    pub explain: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:
  vitae saved add nurses 'title:nurse \"intensive care\"' --location leeds
  vitae search @nurses                             run it
  vitae search '@nurses -agency'                   run it with more
  vitae saved run nurses --new-since-last          only who is new, then remember them
  vitae saved run --new-since-last --paths         all saved searches

For cron, which mails what is printed: who is new (exit status 0), or nothing (1):
  0 7 * * * vitae index ~/resumes -q >/dev/null && vitae saved run --new-since-last -q

Saved searches lie in the folder of the index, in `saved.json`; whoever deletes the index deletes them with it.")]
#[command(arg_required_else_help = true)]
pub struct SavedArgs {
    #[command(subcommand)]
    pub action: SavedAction,
}

#[derive(Debug, clap::Subcommand)]
pub enum SavedAction {
    /// Keep a search under a name; whom it finds today is no news tomorrow
    Add {
        /// Letters, digits, - and _
        name: String,
        /// The query, as for `vitae search`
        #[arg(value_name = "QUERY", num_args = 0..)]
        query: Vec<String>,
        #[command(flatten)]
        filters: Box<super::FilterArgs>,
        /// Replace a search of the same name
        #[arg(long)]
        replace: bool,
        /// Whom it finds today is news at the first `saved run --new-since-last`
        #[arg(long)]
        all_new: bool,
    },
    /// The names, with their queries
    List {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// One saved search
    Show {
        /// Its name
        name: String,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Forget a saved search
    Remove {
        /// Its name
        name: String,
    },
    /// Run one saved search, or all
    Run {
        /// Its name; none = all
        name: Option<String>,
        /// Only candidates that were not there at the last such run (or when the search was saved); then remember them
        #[arg(long)]
        new_since_last: bool,
        /// Do not remember
        #[arg(long)]
        dry_run: bool,
        /// Only the file paths, one a line, with the folder that was indexed
        #[arg(short, long, conflicts_with = "json")]
        paths: bool,
        /// As JSON
        #[arg(long)]
        json: bool,
        /// Month that "present" stands for, YYYY-MM (default: this month)
        #[arg(long, value_name = "MONTH")]
        as_of: Option<String>,
    },
}

#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:
  vitae translate --from linkedin '(\"project manager\" OR PM) AND agile NOT intern'
  vitae translate --from dtsearch 'tax return w/5 prepared'
  vitae translate --from lucene '+java -php title:(lead OR head)^2'
  vitae search \"$(vitae translate --from textkernel '+java %kafka (aws azure)')\"

The query goes to stdout, one line for each difference in meaning to stderr.")]
pub struct TranslateArgs {
    /// Whose string it is: linkedin, bullhorn, textkernel, dtsearch, lucene
    #[arg(short, long, value_name = "TOOL")]
    pub from: String,

    /// The string, in single quotes; behind `--` when it begins with a minus
    #[arg(value_name = "STRING", num_args = 1.., required = true)]
    pub query: Vec<String>,

    /// As JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:
  vitae parse cv.pdf                          JSON Resume, what it has no room for under `x-vitae`
  vitae parse ~/resumes --format jsonl        one JSON Resume a line, its path in x-vitae.file
  vitae parse ~/resumes --format csv > all.csv

No index is read or written. Exit status: 0 something was read, 1 nothing could be, 2 error.")]
pub struct ParseArgs {
    /// A résumé, or a folder of them
    #[arg(value_name = "FILE|FOLDER")]
    pub path: std::path::PathBuf,

    /// Form of the output
    #[arg(short, long, value_enum, default_value_t = ParseFormat::JsonResume)]
    pub format: ParseFormat,

    /// Month that "present" stands for, YYYY-MM (default: this month)
    #[arg(long, value_name = "MONTH")]
    pub as_of: Option<String>,

    #[command(flatten)]
    pub reading: super::reading::ReadingArgs,
}

/// A form of profiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ParseFormat {
    /// JSON Resume; a folder gives one list
    JsonResume,
    /// One JSON Resume a line
    Jsonl,
    /// One line a résumé, for spreadsheets
    Csv,
}
