//! Random query trees against a reference evaluator that looks at the texts themselves: the sets must be identical.

use super::fixture::{Fixture, Person, and, index_in, not, options, or, phrase, term, word};
use crate::query::ast::{Group, NearKind, Node, TextMatch};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// Words without common forms.
const WORDS: [&str; 7] = ["kafka", "pulsar", "oslo", "quarto", "zebu", "lima", "basalt"];

/// One résumé as the reference sees it: all words, and those of each job.
struct Plain {
    all: Vec<&'static str>,
    jobs: Vec<Vec<&'static str>>,
}

/// Twelve hundred résumés with up to three jobs, the same in every run.
fn plain() -> Vec<Plain> {
    let mut state = 12_345_u32;
    let mut next = |below: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) % below
    };
    let mut words = |most: u32| -> Vec<&'static str> {
        let count = 1 + next(most);
        (0..count).map(|_| WORDS[next(WORDS.len() as u32) as usize]).collect()
    };
    let people = (0..1200).map(|at| {
        let head = words(3);
        let jobs: Vec<Vec<&str>> = (0..at % 4).map(|_| words(4)).collect();
        // Jobs come first in the index and the rest after them; nothing of this test reaches over a line.
        let all = head.iter().chain(jobs.iter().flatten()).copied().collect();
        Plain { all, jobs: [jobs, vec![head]].concat() }
    });
    people.collect()
}

fn indexed() -> &'static (Vec<Plain>, Fixture) {
    static INDEX: OnceLock<(Vec<Plain>, Fixture)> = OnceLock::new();
    INDEX.get_or_init(|| {
        let plain = plain();
        let people: Vec<Person> = plain
            .iter()
            .enumerate()
            .map(|(at, one)| {
                let (head, jobs) = one.jobs.split_last().unwrap();
                let person = Person::new(&format!("{at:04}.txt"), &head.join(" "));
                jobs.iter()
                    .fold(person, |person, words| person.job("Worker", "Firm", (2020, 1), None, &words.join(" ")))
            })
            .collect();
        let fixture = index_in(&people, 300);
        (plain, fixture)
    })
}

/// Does the tree hold for these words? `parts` are the lines, for phrases and nearness.
fn holds(node: &Node, all: &[&str], parts: &[Vec<&'static str>]) -> bool {
    match node {
        Node::All | Node::Prefer { .. } => true,
        Node::And(of) => of.iter().all(|node| holds(node, all, parts)),
        Node::Or(of) => of.iter().any(|node| holds(node, all, parts)),
        Node::Not(inner) => !holds(inner, all, parts),
        Node::AtLeast { count, of } => of.iter().filter(|node| holds(node, all, parts)).count() >= *count as usize,
        Node::Term(term) => match &term.text {
            TextMatch::Word(word) => all.contains(&word.as_str()),
            TextMatch::Phrase(text) => {
                let words: Vec<&str> = text.split(' ').collect();
                parts.iter().any(|part| part.windows(words.len()).any(|window| window == words))
            }
            TextMatch::Near { parts: words, distance, kind } => {
                parts.iter().any(|part| near(part, &words[0], &words[1], *distance as usize, *kind))
            }
            _ => false,
        },
        Node::Filter(_) | Node::Group(..) => false,
    }
}

fn near(part: &[&str], one: &str, other: &str, distance: usize, kind: NearKind) -> bool {
    let places = |word: &str| (0..part.len()).filter(|at| part[*at] == word).collect::<Vec<_>>();
    let pairs = places(one).into_iter().flat_map(|a| places(other).into_iter().map(move |b| (a, b)));
    pairs.filter(|(a, b)| a != b).any(|(a, b)| match kind {
        NearKind::Near => a.abs_diff(b) <= distance,
        NearKind::Slop => a.abs_diff(b) <= distance + 1,
        NearKind::Before => a < b && b - a <= distance,
    })
}

fn leaf() -> impl Strategy<Value = Node> {
    let any = || prop::sample::select(&WORDS[..]);
    let kind = prop::sample::select(&[NearKind::Near, NearKind::Slop, NearKind::Before][..]);
    prop_oneof![
        4 => any().prop_map(word),
        1 => (any(), any()).prop_map(|(a, b)| phrase(&format!("{a} {b}"))),
        1 => (any(), any(), 1..3u32, kind).prop_map(|(a, b, distance, kind)| {
            term(TextMatch::Near { parts: vec![a.into(), b.into()], distance, kind })
        }),
    ]
}

fn tree() -> impl Strategy<Value = Node> {
    leaf().prop_recursive(4, 24, 4, |inner| {
        let several = || prop::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            several().prop_map(and),
            several().prop_map(or),
            inner.clone().prop_map(not),
            (several(), 1..4u32).prop_map(|(of, count)| Node::AtLeast { count: count.min(of.len() as u32), of }),
            (several(), inner.clone()).prop_map(|(mut of, node)| {
                of.push(Node::Prefer { node: Box::new(node), weight: 1.0 });
                and(of)
            }),
        ]
    })
}

/// The numbers of those for whom `test` holds.
fn expected(test: impl Fn(&Plain) -> bool) -> BTreeSet<usize> {
    let numbered = indexed().0.iter().enumerate().filter(|(_, one)| test(one));
    numbered.map(|(number, _)| number).collect()
}

/// The numbers of those who are found: the fixture makes ids of them.
fn found(node: &Node) -> BTreeSet<usize> {
    let ids = indexed().1.engine.ids(node, &options()).unwrap();
    let count = ids.len();
    let numbers: BTreeSet<usize> = ids.iter().map(|id| usize::from_str_radix(id, 16).unwrap()).collect();
    assert_eq!(numbers.len(), count, "nobody is found twice");
    numbers
}

/// The same trees in every run; `PROPTEST_CASES=100000` looks at as many others.
fn config() -> ProptestConfig {
    let explores = std::env::var_os("PROPTEST_CASES").is_some();
    let usual = if explores { ProptestConfig::default() } else { ProptestConfig::with_cases(300) };
    let rng_seed = if explores { RngSeed::Random } else { RngSeed::Fixed(2026) };
    ProptestConfig { failure_persistence: None, rng_seed, ..usual }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn sets_are_those_of_the_reference(node in tree()) {
        let reference = expected(|one| holds(&node, &one.all, &one.jobs));
        prop_assert_eq!(found(&node), reference);
    }

    #[test]
    fn groups_hold_within_one_job(node in tree()) {
        let reference = expected(|one| {
            let jobs = &one.jobs[..one.jobs.len() - 1];
            jobs.iter().any(|job| holds(&node, job, std::slice::from_ref(job)))
        });
        prop_assert_eq!(found(&Node::Group(Group::Job, Box::new(node))), reference);
    }

    #[test]
    fn de_morgan(one in tree(), other in tree()) {
        let apart = or(vec![not(one.clone()), not(other.clone())]);
        let together = and(vec![not(one.clone()), not(other.clone())]);
        prop_assert_eq!(found(&not(and(vec![one.clone(), other.clone()]))), found(&apart));
        prop_assert_eq!(found(&not(or(vec![one.clone(), other.clone()]))), found(&together));
        prop_assert_eq!(found(&and(vec![one.clone(), other.clone()])), found(&and(vec![other, one.clone()])));
        prop_assert_eq!(found(&not(not(one.clone()))), found(&one));
    }
}
