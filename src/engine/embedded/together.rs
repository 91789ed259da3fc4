//! What the points of a word cannot exceed, for many documents at once. In: the posting lists of its alternatives. Out: [`Together`]. Going
//! through the lists once takes a few instructions a posting; asking every list for every document takes some fifty.
//!
//! Of the documents that match one search: weighted occurrences by length, without positions. Of all that have a word which is asked for again:
//! nearly its exact points, with the titles of main jobs and the last use of its skills, which later searches only look up.

use super::bits::Bits;
use super::bounds::{Steps, Sums};
use super::branch::{LastUsed, OpenBranch, is_again};
use super::most::Most;
use super::plan::Segment;
use super::rank;
use crate::model::FieldId;
use tantivy::{DocId, TERMINATED};

/// More occurrences in a document than these give no more points ([`rank::MOST_OCCURRENCES`]), not even where the first is not counted.
const MOST_FREQUENT: usize = rank::MOST_OCCURRENCES as usize + 1;

/// Bounds of many documents, without boost and rarity.
pub enum Together<'a> {
    /// Of all that match this search, before they saturate.
    Matching(Sums),
    /// Of all that have the words.
    All(&'a Steps),
}

impl Together<'_> {
    /// What occurrences are worth at most.
    pub fn words(&self, doc: DocId) -> f32 {
        match self {
            Together::Matching(sums) => rank::saturate(sums.get(doc)),
            Together::All(steps) => steps.words(doc),
        }
    }

    /// Adds what words and recent use give at most to some documents.
    pub fn most(&self, docs: &[DocId], [words, recency]: [Worth; 2], out: &mut Most) {
        let sums = out.words.iter_mut().zip(&mut out.recency).zip(docs);
        match self {
            Together::Matching(found) => {
                let recency = recency.of(rank::RECENCY);
                for ((most, used), doc) in sums {
                    let share = rank::saturate(found.get(*doc));
                    *most += words.of(share);
                    *used += if share > 0.0 { recency } else { 0.0 };
                }
            }
            Together::All(steps) if steps.has_recency() => {
                for ((most, used), doc) in sums {
                    *most += words.of(steps.words(*doc));
                    *used += recency.of(steps.recency(*doc));
                }
            }
            Together::All(steps) => sums.for_each(|((most, _), doc)| *most += words.of(steps.words(*doc))),
        }
    }

    /// What recent use is worth at most.
    pub fn recency(&self, doc: DocId) -> f32 {
        match self {
            Together::Matching(_) => rank::RECENCY,
            Together::All(steps) => steps.recency(doc),
        }
    }
}

/// What shares of a word's points are worth.
#[derive(Clone, Copy)]
pub struct Worth {
    /// All of them.
    pub whole: f32,
    /// What rounding may add to points that are not zero.
    pub rounding: f32,
}

impl Worth {
    /// Nothing, whatever the share.
    pub const NOTHING: Worth = Worth { whole: 0.0, rounding: 0.0 };

    /// At most so many points.
    #[inline]
    pub fn of(self, share: f32) -> f32 {
        if share > 0.0 { self.whole * share + self.rounding } else { 0.0 }
    }
}

/// Weighted occurrences of every document of `matched`, by length. Several terms of an alternative count as if they never stood together, every
/// title as if it were that of the main job: a bound may be too high.
///
/// # Errors
/// The index cannot be read.
pub(super) fn sums(open: &[OpenBranch<'_>], matched: &Bits) -> tantivy::Result<Sums> {
    let mut sums = Sums::of(matched);
    open.chunk_by(is_again).try_for_each(|same| add(same, &mut sums))?;
    Ok(sums)
}

/// What the words are worth at most in every document of `all`, those that have any of the alternatives; nearly what they are worth.
///
/// # Errors
/// The index cannot be read.
pub(super) fn steps(
    open: &mut [OpenBranch<'_>],
    skills: &[String],
    segment: &Segment<'_>,
    all: &Bits,
) -> tantivy::Result<Steps> {
    let mut sums = Sums::of(all);
    for same in open.chunk_by_mut(is_again) {
        match same {
            [title] if title.branch.field == FieldId::Title => add_titles(title, segment, &mut sums)?,
            same => add(same, &mut sums)?,
        }
    }
    let last_used = if skills.is_empty() { None } else { LastUsed::open(segment, skills)? };
    sums.steps(all, last_used.map(|last_used| move |doc| Ok(last_used.age(doc, segment))))
}

/// Adds alternatives that stand in the same documents.
fn add(same: &[OpenBranch<'_>], sums: &mut Sums) -> tantivy::Result<()> {
    let Some(open) = same.first() else { return Ok(()) };
    let often = |frequency| same.iter().map(|one| one.weighted(frequency)).sum::<f32>() + open.main_title();
    let by_frequency: [f32; MOST_FREQUENT + 1] = std::array::from_fn(|frequency| often(frequency as u32));
    open.located.each(|doc, frequency| {
        if open.listed.is_none_or(|listed| listed.contains(doc)) {
            let often = by_frequency[MOST_FREQUENT.min(frequency as usize)];
            sums.add(doc, open.lengths.map_or(often, |lengths| often * lengths.factor(doc)));
        }
    })
}

/// Adds an alternative in titles: that of the main job is told from others by its position.
fn add_titles(title: &mut OpenBranch<'_>, segment: &Segment<'_>, sums: &mut Sums) -> tantivy::Result<()> {
    let mut spans = title.located.open(false)?;
    let mut places = Vec::new();
    while spans.doc() != TERMINATED {
        title.frequency = spans.frequency();
        sums.add(spans.doc(), title.occurrences(spans.doc(), segment, &mut places)?);
        spans.seek(spans.doc() + 1);
    }
    (title.titles, title.entries) = (None, None);
    Ok(())
}
