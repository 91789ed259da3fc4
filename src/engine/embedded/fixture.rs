//! Small indexes for tests, written through the real sink. In: texts, or texts with hand-made profiles. Out: an engine on a folder
//! that lives as long as the fixture. People here are invented.

use super::Embedded;
use super::sink::{EmbeddedSink, segments_folder};
use crate::engine::{Engine, Found, SearchOptions};
use crate::index::document::{FileFacts, document};
use crate::index::sink::Sink;
use crate::model::{
    DatePoint, Degree, DegreeLevel, DegreeStatus, Education, End, Evidence, Format, Found as Value, Job, Mention,
    MentionPlace, Month, Period, Profile, Section, SectionKind, Skill, TextDoc,
};
use crate::query::ast::{Node, Query, Term, TextMatch};
use tempfile::TempDir;

/// "Present" in all tests.
pub const AS_OF: (i32, u32) = (2026, 1);

/// An engine and the folder it reads.
pub struct Fixture {
    pub engine: Embedded,
    folder: TempDir,
}

/// One invented résumé.
#[derive(Default)]
pub struct Person {
    path: String,
    lines: Vec<String>,
    profile: Profile,
}

pub fn found<T>(value: T, line: usize) -> Value<T> {
    Value { value, evidence: Evidence { line: line as u32, score: 9.0, ..Evidence::default() } }
}

impl Person {
    /// A résumé at this path, with a first line.
    pub fn new(path: &str, first: &str) -> Person {
        let profile = Profile { as_of: Some(Month::new(AS_OF.0, AS_OF.1)), ..Profile::default() };
        Person { path: path.into(), lines: vec![first.into()], profile }
    }

    /// A job from `start` to `end` (none: present), with a line of text.
    pub fn job(
        mut self,
        title: &str,
        employer: &str,
        start: (i32, u32),
        end: Option<(i32, u32)>,
        text: &str,
    ) -> Person {
        let line = self.lines.len();
        self.lines.push(format!("{title}, {employer}"));
        self.lines.push(text.to_string());
        let point = |(year, month)| DatePoint::month(Month::new(year, month));
        let end = end.map_or(End::Open { implied: false }, |end| End::At(point(end)));
        self.profile.jobs.push(Job {
            titles: vec![found(title.to_string(), line)],
            employers: vec![found(employer.to_string(), line)],
            period: Some(found(Period { start: Some(point(start)), end, flags: Vec::new() }, line)),
            lines: line..line + 2,
            body: line + 1..line + 2,
            ..Job::default()
        });
        self
    }

    /// A degree; the year may be unknown.
    pub fn degree(mut self, written: &str, level: DegreeLevel, school: &str, year: Option<i32>) -> Person {
        let line = self.lines.len();
        self.lines.push(format!("{written}, {school}"));
        let period = |year| Period { start: None, end: End::At(DatePoint::year(year)), flags: Vec::new() };
        self.profile.education.push(Education {
            school: Some(found(school.to_string(), line)),
            degrees: vec![Degree {
                raw: found(written.to_string(), line),
                canonical: None,
                level: Some(level),
                subject: None,
            }],
            period: year.map(|year| found(period(year), line)),
            lines: line..line + 1,
            ..Education::default()
        });
        self
    }

    /// The last degree is still running.
    pub fn in_progress(mut self) -> Person {
        if let Some(entry) = self.profile.education.last_mut() {
            entry.status = DegreeStatus::InProgress;
        }
        self
    }

    /// A skill shown in a job, or listed.
    pub fn skill(mut self, name: &str, job: Option<usize>) -> Person {
        let place = job.map_or(MentionPlace::Listed, MentionPlace::Job);
        let line = job.map_or(0, |job| self.profile.jobs[job].body.start);
        let mention =
            Mention { written: name.into(), evidence: Evidence { line: line as u32, ..Evidence::default() }, place };
        self.profile.skills.push(Skill {
            name: name.into(),
            known: true,
            category: None,
            mentions: vec![mention],
            months: None,
            last_used: None,
            stated_months: None,
        });
        self
    }

    fn write(&self, number: usize, sink: &mut EmbeddedSink) {
        let lines = self.lines.iter().enumerate().map(|(at, text)| crate::model::Line {
            text: text.clone(),
            number: at as u32 + 1,
            page: 1,
            ..Default::default()
        });
        let text = TextDoc { format: Format::Text, lines: lines.collect(), pages: 1, modified: None, warnings: vec![] };
        let section = Section {
            kind: SectionKind::Other,
            second: None,
            heading: None,
            lines: 0..self.lines.len(),
            score: 0.0,
            reasons: Vec::new(),
        };
        let hash = format!("{number:012x}{}", "0".repeat(52));
        let facts = FileFacts { paths: vec![self.path.clone()], hash, format: Format::Text, modified: 20260101 };
        sink.add(&document(&facts, &text, &[section], &self.profile)).unwrap();
    }
}

/// An index of these people.
pub fn index(people: &[Person]) -> Fixture {
    index_in(people, 20)
}

/// An index of these people with a commit after every `several` of them, which makes several segments.
pub fn index_in(people: &[Person], several: usize) -> Fixture {
    let folder = tempfile::tempdir().unwrap();
    let (mut sink, _) = EmbeddedSink::open(folder.path()).unwrap();
    for (number, person) in people.iter().enumerate() {
        person.write(number, &mut sink);
        if number % several == several - 1 {
            sink.commit("").unwrap();
        }
    }
    sink.commit("").unwrap();
    let engine = Embedded::open(folder.path()).unwrap();
    Fixture { engine, folder }
}

/// An index of texts of one line.
pub fn texts(lines: &[&str]) -> Fixture {
    let people: Vec<Person> =
        lines.iter().enumerate().map(|(at, text)| Person::new(&format!("{at:02}.txt"), text)).collect();
    index(&people)
}

pub fn options() -> SearchOptions {
    SearchOptions { limit: 1000, ..SearchOptions::new(Month::new(AS_OF.0, AS_OF.1)) }
}

impl Fixture {
    /// Searches for a tree.
    pub fn search(&self, root: &Node, options: &SearchOptions) -> Found {
        let query = Query::of(root.clone());
        self.engine.search(&query, options).unwrap()
    }

    /// How many tokens a field has, of all documents.
    pub fn tokens(&self, field: &str) -> u64 {
        let index = tantivy::Index::open_in_dir(segments_folder(self.folder.path())).unwrap();
        let field = index.schema().get_field(field).unwrap();
        let searcher = index.reader().unwrap().searcher();
        let segments = searcher.segment_readers().iter();
        segments.map(|segment| segment.inverted_index(field).unwrap().total_num_tokens()).sum()
    }

    /// Paths of the hits in order.
    pub fn paths(&self, root: &Node) -> Vec<String> {
        let found = self.search(root, &options());
        assert_eq!(found.total as usize, found.hits.len());
        found.hits.iter().map(|hit| hit.document.paths[0].clone()).collect()
    }

    /// Paths of the hits, sorted.
    pub fn set(&self, root: &Node) -> Vec<String> {
        let mut paths = self.paths(root);
        paths.sort();
        paths
    }
}

pub fn term(text: TextMatch) -> Node {
    Node::Term(Term { field: None, text, skills: Vec::new(), boost: 1.0 })
}

pub fn word(text: &str) -> Node {
    term(TextMatch::Word(text.into()))
}

pub fn exact(text: &str) -> Node {
    term(TextMatch::Exact(text.into()))
}

pub fn phrase(text: &str) -> Node {
    term(TextMatch::Phrase(text.into()))
}

pub fn and(of: Vec<Node>) -> Node {
    Node::And(of)
}

pub fn or(of: Vec<Node>) -> Node {
    Node::Or(of)
}

pub fn not(node: Node) -> Node {
    Node::Not(Box::new(node))
}
