//! Which segments are merged: tantivy's levels of like size, within limits that bound the memory of a merge. In: the segments. Out: candidates.
//!
//! A merge holds the stored documents of one of its segments and the dictionaries of all of them, some 500 bytes a résumé in all; without limits
//! the last one of a million takes 2 GB. A search over ten segments costs hardly more than one over seven.

use std::fs;
use std::path::{Path, PathBuf};
use tantivy::index::{SegmentComponent, SegmentMeta};
use tantivy::indexer::{LogMergePolicy, MergeCandidate, MergePolicy};

/// Most segments of one merge; from eight on tantivy merges a level.
const MOST_AT_ONCE: usize = 10;

/// Bytes of stored documents up to which a segment is merged: those of some 32,000 résumés of 3 KB. Segments are written with 12,000 of them,
/// so that one of 100,000 is merged once.
const MOST_STORED: u64 = 32 << 20;

/// [`LogMergePolicy`] within limits.
#[derive(Debug)]
pub struct Bounded {
    folder: PathBuf,
    levels: LogMergePolicy,
}

impl Bounded {
    /// For the segments in a folder.
    pub fn new(folder: &Path) -> Bounded {
        Bounded { folder: folder.to_path_buf(), levels: LogMergePolicy::default() }
    }

    fn is_within(&self, segment: &SegmentMeta) -> bool {
        let store = self.folder.join(segment.relative_path(SegmentComponent::Store));
        fs::metadata(store).is_ok_and(|file| file.len() <= MOST_STORED)
    }
}

impl MergePolicy for Bounded {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
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
    use super::*;

    #[test]
    fn no_merge_is_too_wide() {
        let lengths = |count: usize| parts(&vec![(); count]).map(<[()]>::len).collect::<Vec<_>>();
        assert_eq!(lengths(8), [8]);
        assert_eq!(lengths(11), [6, 5]);
        assert_eq!(lengths(35), [9, 9, 9, 8]);
        assert!(lengths(0).is_empty());
    }
}
