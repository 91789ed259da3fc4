//! Which segments are merged: tantivy's levels of like size, within limits that bound the memory of a merge. In: the segments. Out: candidates.
//!
//! A merge holds the stored documents of one of its segments and the dictionaries of all of them, some 500 bytes a résumé in all; without limits
//! the last one of a million takes 2 GB. A search over ten segments costs hardly more than one over seven.
//!
//! All merging waits until the end of a run, unless segments become too many: then nothing is merged twice.

use std::fs;
use std::path::{Path, PathBuf};
use tantivy::index::{SegmentComponent, SegmentMeta};
use tantivy::indexer::{LogMergePolicy, MergeCandidate, MergePolicy};

/// Most segments of one merge.
const MOST_AT_ONCE: usize = 10;

/// Bytes of stored documents up to which a segment is merged: those of some 32,000 résumés of 3 KB. Segments are written with 12,000 of them,
/// so that one of 100,000 is merged once.
const MOST_STORED: u64 = 32 << 20;

/// Fewest segments of one merge.
pub const LEVEL: usize = 8;

/// Segments from which on a run does not wait with merging: those of more than two million résumés.
const MANY: usize = 200;

/// [`LogMergePolicy`] within limits.
#[derive(Debug)]
pub struct Bounded {
    folder: PathBuf,
    /// Fewer segments are left alone.
    fewest: usize,
    levels: LogMergePolicy,
}

impl Bounded {
    /// While a run adds documents to the segments in a folder.
    pub fn adding(folder: &Path) -> Box<Bounded> {
        let mut levels = LogMergePolicy::default();
        levels.set_min_num_segments(LEVEL);
        Box::new(Bounded { folder: folder.to_path_buf(), fewest: MANY, levels })
    }

    /// When all is added.
    pub fn at_the_end(folder: &Path) -> Box<Bounded> {
        Box::new(Bounded { fewest: LEVEL, ..*Bounded::adding(folder) })
    }

    fn is_within(&self, segment: &SegmentMeta) -> bool {
        let store = self.folder.join(segment.relative_path(SegmentComponent::Store));
        fs::metadata(store).is_ok_and(|file| file.len() <= MOST_STORED)
    }
}

impl MergePolicy for Bounded {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        if segments.len() < self.fewest {
            return Vec::new();
        }
        let within: Vec<SegmentMeta> = segments.iter().filter(|segment| self.is_within(segment)).cloned().collect();
        let candidates = self.levels.compute_merge_candidates(&within);
        candidates.iter().flat_map(|MergeCandidate(ids)| parts(ids)).map(|ids| MergeCandidate(ids.to_vec())).collect()
    }
}

/// Parts of at most [`MOST_AT_ONCE`], of like size.
fn parts<T>(all: &[T]) -> impl Iterator<Item = &[T]> {
    let count = all.len().div_ceil(MOST_AT_ONCE).max(1);
    all.chunks(all.len().div_ceil(count).max(1))
}

#[cfg(test)]
mod tests {
    use super::super::queue::{Queue, Queued};
    use super::super::values::Values;
    use super::super::{schema, stores, tokens};
    use super::*;
    use tantivy::{Index, IndexWriter};

    #[test]
    fn segments_are_merged_at_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let (schema, fields) = schema::schema();
        let index = stores::build(Index::builder().schema(schema));
        let index = index.create_in_dir(folder.path()).unwrap();
        tokens::register(&index);
        let mut queue = Queue::default();
        let mut writer: IndexWriter<Queued> = index.writer_with_num_threads(1, 16 << 20).unwrap();
        writer.set_merge_policy(Bounded::adding(folder.path()));
        for _ in 0..=LEVEL {
            let mut document = Values::default();
            document.add_i64(fields.number, 1);
            writer.add_document(queue.enter(document, 1)).unwrap();
            writer.commit().unwrap();
        }
        assert_eq!(index.searchable_segment_ids().unwrap().len(), LEVEL + 1);
        writer.set_merge_policy(Bounded::at_the_end(folder.path()));
        writer.commit().unwrap();
        writer.wait_merging_threads().unwrap();
        assert_eq!(index.searchable_segment_ids().unwrap().len(), 1);
    }

    #[test]
    fn no_merge_is_too_wide() {
        let lengths = |count: usize| parts(&vec![(); count]).map(<[()]>::len).collect::<Vec<_>>();
        assert_eq!(lengths(8), [8]);
        assert_eq!(lengths(11), [6, 5]);
        assert_eq!(lengths(35), [9, 9, 9, 8]);
        assert!(lengths(0).is_empty());
    }
}
