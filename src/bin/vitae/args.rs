//! The command line: every command and flag with its help. In: nothing. Out: [`Args`]. Does nothing itself.

pub mod minus;
pub mod reading;
pub mod workbench;

use clap::builder::{OsStringValueParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand, ValueEnum};
use reading::{LimitArgs, ReadingArgs};
use std::path::PathBuf;
use vitae::model::{FIELDS, FieldId};
use workbench::{MatchArgs, ParseArgs, SavedArgs, SimilarArgs, SuggestArgs, TranslateArgs};

/// Full-text candidate search over a folder of résumés: local, fast, explainable.
#[derive(Debug, Parser)]
#[command(name = "vitae", version, about, disable_help_subcommand = true, arg_required_else_help = true, after_long_help = EXAMPLES)]
#[command(after_help = "Try `vitae index corpus` and then `vitae search 'title:lead AND (kubernetes OR docker)'`.\n\
    Exit status: 0 found, 1 nothing found, 2 error. `--help` has examples.")]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,

    /// Folder of the index
    #[arg(short = 'i', long, global = true, value_name = "DIR", default_value = INDEX, env = VARIABLE, value_parser = OsStringValueParser::new().map(PathBuf::from))]
    pub index: PathBuf,

    /// Colour: auto, always, never (NO_COLOR is obeyed)
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_possible_values = true)]
    pub color: ColorChoice,

    /// Only results and errors, no progress and remarks
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

/// Where the index lies when nobody says.
const INDEX: &str = "index";

/// Says where it lies instead.
const VARIABLE: &str = "VITAE_INDEX";

impl Args {
    /// The arguments of this process.
    ///
    /// # Errors
    /// Those of clap, help and version among them.
    pub fn read() -> Result<Args, clap::Error> {
        let mut args = Args::try_parse_from(minus::arguments())?;
        if args.index.as_os_str().is_empty() {
            // An empty variable is one that is not set.
            if std::env::var_os(VARIABLE).is_none_or(|value| !value.is_empty()) {
                let message = "nothing stands behind --index; name the folder of the index\n";
                return Err(Args::command().error(ErrorKind::InvalidValue, message));
            }
            args.index = PathBuf::from(INDEX);
        }
        Ok(args)
    }
}

const EXAMPLES: &str = "\
Examples:
  vitae index ~/resumes                         read a folder (again: only what changed)
  vitae search 'rust AND (kafka OR rabbitmq) NOT php'
  vitae search 'skill:k8s title:lead' --degree bachelor.. --graduated 2015..2024 --facet skill:10
  vitae search 'job(employer:oracle title:staff during:2022..2024)'
  vitae search 'nurse \"intensive care\"' --location chicago --sort years --json
  vitae show 3f2a9c0d11e4 --evidence            the profile, with the line behind every value
  vitae inspect cv.pdf --stage sections         why a heading was taken for a heading
  vitae explain 'java -junior'                  how a query is read

The query language: docs/query-language.md. Exit status: 0 found, 1 nothing found, 2 error.";

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read a folder of résumés into the index (a second run reads only what changed)
    Index(IndexArgs),
    /// Find candidates
    Search(SearchArgs),
    /// Find candidates for a job description
    Match(MatchArgs),
    /// Find candidates like one
    Similar(SimilarArgs),
    /// Complete a value of a field, or name what goes with a skill
    Suggest(SuggestArgs),
    /// Keep searches, run them by name, see who is new
    Saved(SavedArgs),
    /// Turn a search string of another tool into a query
    Translate(TranslateArgs),
    /// Turn résumés into JSON Resume, JSON Lines or CSV, without an index
    Parse(ParseArgs),
    /// Show one candidate's profile
    Show(ShowArgs),
    /// Erase one candidate from the index, without a trace
    Forget(ForgetArgs),
    /// Show how one file is read: lines, sections, profile, document
    Inspect(InspectArgs),
    /// Show how a query is read, without results
    Explain(ExplainArgs),
    /// List every file of the folder with its state and reason
    Ledger(LedgerArgs),
    /// Numbers about the index
    Stats(StatsArgs),
    /// Measure the ranking on judged queries: nDCG@10, MRR, P@10
    Eval(EvalArgs),
    /// Print a completion script
    Completions {
        /// bash, zsh, fish, elvish, powershell
        shell: clap_complete::Shell,
    },
    /// Print the manual page (roff)
    Man,
    /// Read files for another vitae: a worker process
    #[command(hide = true)]
    ReadWorker {
        #[command(flatten)]
        limits: LimitArgs,

        /// Show what this system lets a worker give up
        #[arg(long)]
        check: bool,
    },
}

/// What every list of candidates takes.
#[derive(Debug, clap::Args)]
pub struct ListArgs {
    /// Candidates to show (default: 10; with --paths all)
    #[arg(short = 'n', long, value_name = "N")]
    pub limit: Option<usize>,

    /// As one JSON object
    #[arg(long)]
    pub json: bool,

    /// Without names, contacts, links, file names and personal details
    #[arg(
        long,
        long_help = "Without names, contacts, links, file names and personal details, also inside the lines that are shown; \
        `vitae show ID` shows a chosen candidate with them. Values of facets that only one candidate has are left out."
    )]
    pub blind: bool,

    /// Month that "present" stands for, YYYY-MM (default: this month)
    #[arg(long, value_name = "MONTH")]
    pub as_of: Option<String>,
}

impl ListArgs {
    /// Candidates to show.
    pub fn limit(&self) -> usize {
        self.limit.unwrap_or(10)
    }
}

#[derive(Debug, clap::Args)]
pub struct IndexArgs {
    /// Folder with the résumés. An index is of one folder: another one takes its place
    #[arg(default_value = "corpus", value_name = "FOLDER")]
    pub folder: PathBuf,

    /// Threads that read and extract
    #[arg(
        short,
        long,
        value_name = "N",
        value_parser = clap::value_parser!(u16).range(1..=256),
        long_help = "Threads that read and extract, 1 to 256. Default: one per core."
    )]
    pub threads: Option<u16>,

    /// Month that "present" stands for, YYYY-MM
    #[arg(
        long,
        value_name = "MONTH",
        long_help = "Month that \"present\" stands for, YYYY-MM. Default: this month. \
        Searches take their own --as-of; this one is used for what a résumé itself decides, such as a degree that is \
        still to come."
    )]
    pub as_of: Option<String>,

    /// Read every file again into a new index
    #[arg(
        long,
        long_help = "Read every file again into a new index, whatever the state of the old one is. Searches find the old one until the \
        new one is complete; stopped before, the run leaves it as it was."
    )]
    pub rebuild: bool,

    #[command(flatten)]
    pub reading: ReadingArgs,

    /// Also the files inside ZIP archives
    #[arg(
        long,
        long_help = "Also the files inside ZIP archives, each under the path ARCHIVE.zip!/NAME. Without it an archive is left out \
        and the ledger says so. Attachments of e-mails (EML) are always read."
    )]
    pub archives: bool,

    /// Memory for building the index, in MiB
    #[arg(
        long,
        value_name = "MIB",
        default_value_t = 160,
        value_parser = clap::value_parser!(u64).range(32..=4096),
        long_help = "Memory for building the index, in MiB, from 32 to 4096; the rest of the program takes some 100 MiB and the files in hand. \
        Less memory makes more segments, which are merged at the end of the run, in a very large one before."
    )]
    pub memory: u64,

    /// Name every skipped file
    #[arg(short, long)]
    pub verbose: bool,

    /// Tell where the time went and how full the queues were
    #[arg(long)]
    pub stats: bool,

    /// Print the report as JSON
    #[arg(long)]
    pub json: bool,
}

/// Examples, and the fields of the query language as their table has them.
fn search_help() -> String {
    let rows = FIELDS.iter().filter(|row| row.id != FieldId::SkillInJob);
    let fields = rows.map(|row| format!("  {:<10} {:<28} {}\n", row.name, row.example, row.help));
    format!(
        "{SEARCH_EXAMPLES}\n\nFields:\n{}\nOther names of the fields, and every form of query: docs/query-language.md.",
        fields.collect::<String>()
    )
}

const SEARCH_EXAMPLES: &str = "\
Examples:
  vitae search rust kafka                            both words
  vitae search '\"project manager\" OR PM' --facet employer:5
  vitae search 'skill:(aws OR azure) years>=5' --sort years
  vitae search 'degree>=bachelor graduated:2020..2024' --count
  mkdir -p shortlist && vitae search 'kubernetes' --paths | xargs -d '\\n' cp -t shortlist/
  vitae search 'kuberntes~ prefer:terraform' --explain";

#[derive(Debug, clap::Args)]
#[command(after_long_help = search_help())]
pub struct SearchArgs {
    /// What to find; several words need no quotes; `@NAME` runs a saved search
    #[arg(value_name = "QUERY", num_args = 0..)]
    pub query: Vec<String>,

    /// Order: score, years, graduated, updated, name, gpa
    #[arg(
        short,
        long,
        value_name = "KEY[:asc|:desc]",
        default_value = "score",
        long_help = "Order: score, years, \
        graduated, updated, name or gpa, with :asc or :desc. Unknown values come last. Ties: by id."
    )]
    pub sort: String,

    /// Candidates to pass over first
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub offset: usize,

    /// Count values over the whole result: skill, employer, … (repeatable)
    #[arg(
        short,
        long,
        value_name = "FIELD[:N]",
        value_delimiter = ',',
        long_help = "Count the values of a field over \
        the whole result: skill, school, employer, title, degree, location, years, graduated, cert, lang, format. N values \
        (default 10). A filter on the same field does not change its counts. degree counts every level of a person, \
        degree.highest the highest alone. Within jobs: current.employer, past.title, \
        job.location. years:20 counts whole years. Repeatable, or separated by commas."
    )]
    pub facet: Vec<String>,

    /// Show how the query was read and the parts of every score
    #[arg(short, long)]
    pub explain: bool,

    /// Only the number of candidates
    #[arg(short, long, conflicts_with_all = ["paths", "json"])]
    pub count: bool,

    /// Only the file paths, one a line: all files of each candidate that match
    #[arg(
        short,
        long,
        conflicts_with_all = ["json", "blind"],
        long_help = "Only the file paths, one a line, as the shell can use them: with the folder that was indexed. All files of each \
        candidate that match, copies of the same bytes among them; all candidates, unless -n says how many. A file inside an e-mail or \
        archive is ARCHIVE.zip!/NAME."
    )]
    pub paths: bool,

    #[command(flatten)]
    pub list: ListArgs,

    #[command(flatten)]
    pub filters: FilterArgs,
}

/// Options that become the same query nodes as typed conditions: they filter without changing scores. A repeated option gives
/// alternatives.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Filters (repeat one for alternatives)")]
pub struct FilterArgs {
    /// Completed degree: master, '>=bachelor', 'B.Tech'
    #[arg(short, long, value_name = "LEVEL")]
    pub degree: Vec<String>,

    /// When a degree was awarded: 2020..2024, '>=2022-05', ..2019
    #[arg(short, long, value_name = "RANGE")]
    pub graduated: Vec<String>,

    /// Years of experience: 5 (or more), 5..8
    #[arg(short, long, value_name = "RANGE")]
    pub years: Vec<String>,

    /// Grade on a scale of 4: 3.5 (or more), 3..3.5
    #[arg(long, value_name = "RANGE")]
    pub gpa: Vec<String>,

    /// Place of the person or a job
    #[arg(short, long, value_name = "PLACE")]
    pub location: Vec<String>,

    /// Skill, by any of its names
    #[arg(long, value_name = "NAME")]
    pub skill: Vec<String>,

    /// School
    #[arg(long, value_name = "NAME")]
    pub school: Vec<String>,

    /// Employer
    #[arg(long, value_name = "NAME")]
    pub employer: Vec<String>,

    /// Job title
    #[arg(long, value_name = "NAME")]
    pub title: Vec<String>,
}

#[derive(Debug, clap::Args)]
pub struct ShowArgs {
    /// Id as printed by search, or the path of an indexed file
    #[arg(value_name = "ID|PATH")]
    pub candidate: String,

    /// JSON Resume, with our extras under `x-vitae`
    #[arg(long)]
    pub json: bool,

    /// The line, the score and the reason behind every value
    #[arg(short, long, conflicts_with = "json")]
    pub evidence: bool,

    /// Without name, contacts, links, file names and personal details
    #[arg(long)]
    pub blind: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:
  vitae forget 3f2a9c0d11e4
  vitae forget cvs/jane-doe.pdf

Removes every résumé of the candidate from the index, and rewrites what the index stores, so that no word of it is left on disk: text, \
profile, names of files, saved searches. The files themselves are yours to delete; the answer lists those that are still there, and the next \
`vitae index` would read them again. Exit status: 0 erased, 1 no such candidate, 2 error.")]
pub struct ForgetArgs {
    /// Id as printed by search, or the path of an indexed file
    #[arg(value_name = "ID|PATH")]
    pub candidate: String,
}

#[derive(Debug, clap::Args)]
pub struct InspectArgs {
    /// The file
    pub file: PathBuf,

    /// Which step to print
    #[arg(short, long, value_enum, default_value_t = Stage::Profile)]
    pub stage: Stage,

    /// Month that "present" stands for, YYYY-MM (default: this month)
    #[arg(long, value_name = "MONTH")]
    pub as_of: Option<String>,

    /// As JSON
    #[arg(long)]
    pub json: bool,
}

/// A step of the data's way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Stage {
    /// What the reader sees: lines with their looks
    Lines,
    /// Which lines belong together, and why
    Sections,
    /// What was understood, with reasons
    Profile,
    /// What goes into the index
    Document,
    /// The words as they are indexed
    Tokens,
}

#[derive(Debug, clap::Args)]
pub struct ExplainArgs {
    /// The query
    #[arg(value_name = "QUERY", num_args = 1.., required = true)]
    pub query: Vec<String>,

    #[command(flatten)]
    pub filters: FilterArgs,

    /// Month that "present" stands for, YYYY-MM (default: this month)
    #[arg(long, value_name = "MONTH")]
    pub as_of: Option<String>,
}

#[derive(Debug, clap::Args)]
pub struct LedgerArgs {
    /// Only files with this state or reason: indexed, skipped, empty, encrypted, …
    #[arg(short, long, value_name = "NAME")]
    pub reason: Option<String>,

    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub struct StatsArgs {
    /// Compare every byte of the index with its checksums first
    #[arg(
        long,
        long_help = "Compare every byte of the index with its checksums first: an error names the files that a disk or somebody has changed \
        since they were written. Takes as long as reading the index does."
    )]
    pub check: bool,

    /// As JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub struct EvalArgs {
    /// Judged queries
    #[arg(default_value = "corpus/truth.toml", value_name = "TRUTH")]
    pub truth: PathBuf,

    /// A line for every query
    #[arg(short, long)]
    pub verbose: bool,

    /// Month that "present" stands for, YYYY-MM (default: what the truth file says)
    #[arg(long, value_name = "MONTH")]
    pub as_of: Option<String>,

    /// As JSON
    #[arg(long)]
    pub json: bool,
}
