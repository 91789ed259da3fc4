//! Patterns of words on the postings of one segment: a term, one of several terms, a phrase, operands near each other.
//! In: opened postings ([`super::located`]). Out: a cursor over documents that knows how often and at which positions the pattern stands.
//! Knows no dictionary, no score and no boolean algebra.

use super::entries::Entries;
use crate::engine::near::{Nearness, Span, near};
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet, TERMINATED};

/// A cursor over the documents of one segment that hold a pattern in one field, in rising order of [`DocId`].
pub enum Spans {
    /// One term; boxed because tantivy's postings carry their decoding buffers inside.
    Term(Box<SegmentPostings>),
    /// Any of several cursors.
    Any {
        /// The choices.
        of: Vec<Spans>,
        /// Least document of all.
        doc: DocId,
    },
    /// Many terms, merged beforehand: document and number of occurrences.
    Merged {
        /// In rising order.
        documents: Vec<(DocId, u32)>,
        /// Present place.
        at: usize,
    },
    /// Exact phrase: `(offset, cursor)`.
    Phrase {
        /// Words with their offsets.
        words: Vec<(u32, Box<SegmentPostings>)>,
        /// Where the phrase stands in the present document.
        found: Vec<Span>,
        /// Buffers for decoding positions.
        buffer: [Vec<u32>; 2],
        /// Where entries end, for a phrase with words left open, which could run over.
        entries: Entries,
    },
    /// Operands near each other.
    Near {
        /// Operands in the order of the query.
        operands: Vec<Spans>,
        /// Operator.
        nearness: Nearness,
        /// Stretches in the present document.
        found: Vec<Span>,
        /// Where entries end.
        entries: Entries,
    },
}

/// Any of several cursors.
pub fn any(mut of: Vec<Spans>) -> Spans {
    if of.len() == 1 {
        return of.swap_remove(0);
    }
    let doc = of.iter().map(Spans::doc).min().unwrap_or(TERMINATED);
    Spans::Any { of, doc }
}

impl Spans {
    /// An exact phrase of words with their offsets; the rarest word leads. `entries` where it could run over their ends.
    pub fn phrase(mut words: Vec<(u32, Box<SegmentPostings>)>, entries: Entries) -> Spans {
        words.sort_by_key(|(_, list)| list.size_hint());
        let mut phrase = Spans::Phrase { words, found: Vec::new(), buffer: Default::default(), entries };
        phrase.settle(0);
        phrase
    }

    /// Operands near each other.
    pub fn near(operands: Vec<Spans>, nearness: Nearness, entries: Entries) -> Spans {
        let mut spans = Spans::Near { operands, nearness, found: Vec::new(), entries };
        spans.settle(0);
        spans
    }

    /// The present document, [`TERMINATED`] at the end.
    pub fn doc(&self) -> DocId {
        match self {
            Spans::Term(postings) => postings.doc(),
            Spans::Any { doc, .. } => *doc,
            Spans::Merged { documents, at } => documents.get(*at).map_or(TERMINATED, |(doc, _)| *doc),
            Spans::Phrase { words, .. } => words[0].1.doc(),
            Spans::Near { operands, .. } => operands[0].doc(),
        }
    }

    /// Moves to the first document at or after `target`.
    pub fn seek(&mut self, target: DocId) -> DocId {
        if self.doc() >= target {
            return self.doc();
        }
        match self {
            Spans::Term(postings) => postings.seek(target),
            Spans::Any { of, doc } => {
                let mut least = TERMINATED;
                for spans in of {
                    least = least.min(if spans.doc() < target { spans.seek(target) } else { spans.doc() });
                }
                *doc = least;
                least
            }
            Spans::Merged { documents, at } => {
                // The next one is the usual case.
                *at += 1;
                if documents.get(*at).is_some_and(|(doc, _)| *doc < target) {
                    *at += documents[*at..].partition_point(|(doc, _)| *doc < target);
                }
                self.doc()
            }
            Spans::Phrase { .. } | Spans::Near { .. } => self.settle(target),
        }
    }

    /// Whether the pattern stands in `target`, which then is the present document. Looks at no other document, as [`Spans::seek`] does to
    /// find the next phrase; a cursor that is asked by this is not moved by the other. Documents are asked for in rising order.
    pub fn has(&mut self, target: DocId) -> bool {
        match self {
            Spans::Term(postings) => reach(postings, target) == target,
            Spans::Any { of, doc } => {
                *doc = target;
                let mut found = false;
                // Every one of them: all take part in the frequency.
                of.iter_mut().for_each(|spans| found |= spans.has(target));
                found
            }
            Spans::Merged { .. } => self.seek(target) == target,
            Spans::Phrase { words, found, .. } => {
                found.clear();
                words.iter_mut().all(|(_, list)| reach(list, target) == target) && self.verify()
            }
            Spans::Near { operands, found, .. } => {
                found.clear();
                operands.iter_mut().all(|spans| spans.has(target)) && self.verify()
            }
        }
    }

    /// Back at the first document, if that takes no more than a step; otherwise the cursor is to be opened again.
    pub fn restarted(self) -> Option<Spans> {
        match self {
            Spans::Merged { documents, .. } => Some(Spans::Merged { documents, at: 0 }),
            _ => None,
        }
    }

    /// How often the pattern stands in the present document.
    pub fn frequency(&mut self) -> u32 {
        match self {
            Spans::Term(postings) => postings.term_freq(),
            Spans::Any { of, doc } => of.iter_mut().filter(|spans| spans.doc() == *doc).map(Spans::frequency).sum(),
            Spans::Merged { documents, at } => documents.get(*at).map_or(0, |(_, often)| *often),
            Spans::Phrase { found, .. } | Spans::Near { found, .. } => found.len() as u32,
        }
    }

    /// The first positions of all places where the pattern stands in the present document, rising; `out` is used again.
    pub fn starts(&mut self, out: &mut Vec<u32>) {
        self.sides(out, 0, |place| place.start);
    }

    /// The positions behind these places, in the same way.
    pub fn ends(&mut self, out: &mut Vec<u32>) {
        self.sides(out, 1, |place| place.end);
    }

    /// One side of each place, rising; that of a term is so far behind its position.
    fn sides(&mut self, out: &mut Vec<u32>, offset: u32, side: fn(&Span) -> u32) {
        out.clear();
        if self.append_sides(out, offset, side) > 1 {
            out.sort_unstable();
            out.dedup();
        }
    }

    /// Appends them; answers how many rising lists they are.
    fn append_sides(&mut self, out: &mut Vec<u32>, offset: u32, side: fn(&Span) -> u32) -> usize {
        match self {
            Spans::Term(postings) => {
                postings.append_positions_with_offset(offset, out);
                1
            }
            Spans::Any { of, doc } => {
                let here = of.iter_mut().filter(|spans| spans.doc() == *doc);
                here.map(|spans| spans.append_sides(out, offset, side)).sum()
            }
            Spans::Merged { .. } => 0,
            Spans::Phrase { found, .. } | Spans::Near { found, .. } => {
                out.extend(found.iter().map(side));
                2
            }
        }
    }

    /// Appends where the pattern stands in the present document (sorted for a single term or phrase; needs positions).
    pub fn places(&mut self, out: &mut Vec<Span>) {
        match self {
            Spans::Term(postings) => {
                let mut positions = Vec::new();
                postings.positions(&mut positions);
                out.extend(positions.into_iter().map(|start| Span { start, end: start + 1 }));
            }
            Spans::Any { of, doc } => {
                for spans in of.iter_mut().filter(|spans| spans.doc() == *doc) {
                    spans.places(out);
                }
                out.sort_unstable();
                out.dedup();
            }
            Spans::Merged { .. } => {}
            Spans::Phrase { found, .. } | Spans::Near { found, .. } => out.extend_from_slice(found),
        }
    }

    /// For phrases and nearness: moves all parts to the first document at or after `target` where the pattern really stands.
    fn settle(&mut self, target: DocId) -> DocId {
        let mut target = target;
        loop {
            let doc = match self {
                Spans::Phrase { words, .. } => align(words, |word| &mut word.1, target),
                Spans::Near { operands, .. } => align_spans(operands, target),
                Spans::Term(_) | Spans::Any { .. } | Spans::Merged { .. } => return self.seek(target),
            };
            if doc == TERMINATED || self.verify() {
                return doc;
            }
            target = doc + 1;
        }
    }

    /// All parts are in one document: fills `found`, true when it is not empty.
    fn verify(&mut self) -> bool {
        match self {
            Spans::Phrase { words, found, buffer, entries } => {
                phrase_places(words, found, buffer);
                if !matches!(entries, Entries::None) && !found.is_empty() {
                    let walls = entries.of(words[0].1.doc());
                    found.retain(|span| walls.slot(span.start) == walls.slot(span.end - 1));
                }
                !found.is_empty()
            }
            Spans::Near { operands, nearness, found, entries } => {
                let mut lists = Vec::with_capacity(operands.len());
                for operand in operands.iter_mut() {
                    let mut list = Vec::new();
                    operand.places(&mut list);
                    lists.push(list);
                }
                *found = near(&lists, *nearness, entries.of(operands[0].doc()));
                !found.is_empty()
            }
            Spans::Term(_) | Spans::Any { .. } | Spans::Merged { .. } => true,
        }
    }
}

fn reach(list: &mut SegmentPostings, target: DocId) -> DocId {
    if list.doc() < target { list.seek(target) } else { list.doc() }
}

/// Moves all postings to the first common document at or after `target`.
fn align<T>(parts: &mut [T], postings: impl Fn(&mut T) -> &mut Box<SegmentPostings>, target: DocId) -> DocId {
    let mut target = target;
    'again: loop {
        for part in parts.iter_mut() {
            let list = postings(part);
            let doc = reach(list, target);
            if doc == TERMINATED {
                exhaust(parts, &postings);
                return TERMINATED;
            }
            if doc > target {
                target = doc;
                continue 'again;
            }
        }
        return target;
    }
}

/// One part has no more documents: the first must say so too, it is the one that is asked for the present document.
fn exhaust<T>(parts: &mut [T], postings: &impl Fn(&mut T) -> &mut Box<SegmentPostings>) {
    if let Some(first) = parts.first_mut() {
        let list = postings(first);
        if list.doc() != TERMINATED {
            list.seek(TERMINATED);
        }
    }
}

fn align_spans(parts: &mut [Spans], target: DocId) -> DocId {
    let mut target = target;
    'again: loop {
        for at in 0..parts.len() {
            let doc = parts[at].seek(target);
            if doc == TERMINATED {
                parts[0].seek(TERMINATED);
                return TERMINATED;
            }
            if doc > target {
                target = doc;
                continue 'again;
            }
        }
        return target;
    }
}

/// Places of an exact phrase whose words are all in the present document. Between two entries a position is left free or taken by a
/// break ([`super::tokens`]), so that no phrase of neighbours runs over an entry's end.
fn phrase_places(words: &mut [(u32, Box<SegmentPostings>)], found: &mut Vec<Span>, buffer: &mut [Vec<u32>; 2]) {
    found.clear();
    let [starts, next] = buffer;
    let length = words.iter().map(|(offset, _)| offset + 1).max().unwrap_or(1);
    let Some(((before, first), rest)) = words.split_first_mut() else { return };
    first.positions(starts);
    starts.retain(|place| place >= before);
    starts.iter_mut().for_each(|place| *place -= *before);
    for (offset, list) in rest {
        list.positions(next);
        let mut at = 0;
        starts.retain(|start| {
            let wanted = start + *offset;
            while at < next.len() && next[at] < wanted {
                at += 1;
            }
            at < next.len() && next[at] == wanted
        });
        if starts.is_empty() {
            return;
        }
    }
    found.extend(starts.iter().map(|start| Span { start: *start, end: start + length }));
}
