//! A pattern of words in the dictionary of one segment: looked up once, then listed as a set, or opened as a cursor as often as needed.
//! In: a [`Pattern`] and a field. Out: [`Located`]. Knows no score and no boolean algebra.

use super::bits::Bits;
use super::entries::Entries;
use super::spans::{Spans, any};
use super::tokens::Marked;
use crate::engine::near::Nearness;
use crate::engine::pattern::Pattern;
use std::fmt;
use std::sync::Arc;
use tantivy::index::{InvertedIndexReader, SegmentReader};
use tantivy::postings::{BlockSegmentPostings, SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, TERMINATED};

/// From so many terms on (`java*`) their postings are merged once, instead of asking every one of them at every document.
const MERGE_FROM: usize = 16;

/// A pattern that at least one document of a segment may hold.
pub struct Located {
    inverted: Arc<InvertedIndexReader>,
    /// How positions of the field tell the entries apart.
    marked: Option<Marked>,
    form: Form,
}

enum Form {
    Term(TermInfo),
    Any(Vec<Form>),
    Phrase(Vec<(u32, TermInfo)>),
    Near(Vec<Form>, Nearness),
}

impl fmt::Debug for Located {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Located").field("cost", &self.cost()).finish_non_exhaustive()
    }
}

impl Located {
    /// Looks a pattern up in `field` of one segment; `None` when no document of the segment can hold it.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn find(pattern: &Pattern, reader: &SegmentReader, field: Field) -> tantivy::Result<Option<Located>> {
        let inverted = reader.inverted_index(field)?;
        let form = find(pattern, &inverted)?;
        let marked = Marked::of(reader.schema(), field);
        Ok(form.map(|form| Located { inverted, marked, form }))
    }

    /// What tells the entries of the field apart.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn entries(&self) -> tantivy::Result<Entries> {
        Entries::open(self.marked, &self.inverted)
    }

    /// An upper bound of the number of documents.
    pub fn cost(&self) -> u64 {
        cost(&self.form)
    }

    /// One posting list tells every document: no positions are needed, and there are few lists.
    pub fn can_be_asked(&self) -> bool {
        match &self.form {
            Form::Any(of) => of.len() <= MERGE_FROM,
            _ => true,
        }
    }

    /// Adds all documents with the pattern.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn fill(&self, out: &mut Bits) -> tantivy::Result<()> {
        let mut block = None;
        self.fill_form(&self.form, out, &mut block)
    }

    /// Documents with a bound of their occurrences can be gone through by [`Located::each`], without positions and without merging many lists.
    /// `is_found`: the documents with a phrase are known.
    pub fn is_listed(&self, is_found: bool) -> bool {
        let is_term = |form: &Form| matches!(form, Form::Term(_));
        match &self.form {
            Form::Any(of) => of.len() <= MERGE_FROM && of.iter().all(is_term),
            Form::Phrase(_) => is_found,
            form => is_term(form),
        }
    }

    /// Gives every document with the number of occurrences, term by term; for a phrase those of its rarest word.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn each(&self, mut give: impl FnMut(DocId, u32)) -> tantivy::Result<()> {
        let terms: Vec<&TermInfo> = match &self.form {
            Form::Any(of) => of.iter().filter_map(term_of).collect(),
            Form::Phrase(words) => {
                words.iter().map(|(_, info)| info).min_by_key(|info| info.doc_freq).into_iter().collect()
            }
            form => term_of(form).into_iter().collect(),
        };
        let mut block = None;
        for info in terms {
            let block = self.block(info, IndexRecordOption::WithFreqs, &mut block)?;
            while !block.docs().is_empty() {
                block.docs().iter().enumerate().for_each(|(at, doc)| give(*doc, block.freq(at)));
                block.advance();
            }
        }
        Ok(())
    }

    fn fill_form(&self, form: &Form, out: &mut Bits, block: &mut Option<BlockSegmentPostings>) -> tantivy::Result<()> {
        match form {
            Form::Term(info) => {
                let block = self.block(info, IndexRecordOption::Basic, block)?;
                while !block.docs().is_empty() {
                    block.docs().iter().for_each(|doc| out.insert(*doc));
                    block.advance();
                }
            }
            Form::Any(of) => {
                for form in of {
                    self.fill_form(form, out, block)?;
                }
            }
            Form::Phrase(_) | Form::Near(..) => {
                let mut spans = self.open_form(form, true)?;
                while spans.doc() != TERMINATED {
                    out.insert(spans.doc());
                    spans.seek(spans.doc() + 1);
                }
            }
        }
        Ok(())
    }

    /// A cursor over all documents with the pattern; `positions`: it will be asked for places.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn open(&self, positions: bool) -> tantivy::Result<Spans> {
        self.open_form(&self.form, positions)
    }

    /// A cursor that will be asked for no places and for no other documents than these.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn open_among(&self, documents: &Bits) -> tantivy::Result<Spans> {
        match &self.form {
            Form::Any(of) if of.len() > MERGE_FROM => self.merged(of, documents),
            form => self.open_form(form, false),
        }
    }

    fn open_form(&self, form: &Form, positions: bool) -> tantivy::Result<Spans> {
        Ok(match form {
            Form::Term(info) => Spans::Term(self.postings(info, positions)?),
            Form::Any(of) => {
                let of: tantivy::Result<Vec<Spans>> = of.iter().map(|form| self.open_form(form, positions)).collect();
                any(of?)
            }
            Form::Phrase(words) => {
                let opened = words.iter().map(|(offset, info)| Ok((*offset, self.postings(info, true)?)));
                let has_gaps = words.last().is_some_and(|(offset, _)| *offset as usize >= words.len());
                let entries = if has_gaps { self.entries()? } else { Entries::None };
                Spans::phrase(opened.collect::<tantivy::Result<_>>()?, entries)
            }
            Form::Near(forms, nearness) => {
                let operands: tantivy::Result<Vec<Spans>> =
                    forms.iter().map(|form| self.open_form(form, true)).collect();
                Spans::near(operands?, *nearness, self.entries()?)
            }
        })
    }

    /// Terms put together: how often all of them stand in each of the documents.
    fn merged(&self, of: &[Form], documents: &Bits) -> tantivy::Result<Spans> {
        let mut all: Vec<(DocId, u32)> = Vec::new();
        let mut block = None;
        for form in of {
            let Form::Term(info) = form else {
                let mut spans = self.open_form(form, false)?;
                for doc in documents.iter() {
                    if spans.has(doc) {
                        all.push((doc, spans.frequency()));
                    }
                }
                continue;
            };
            let block = self.block(info, IndexRecordOption::WithFreqs, &mut block)?;
            while !block.docs().is_empty() {
                let wanted = block.docs().iter().enumerate().filter(|(_, doc)| documents.contains(**doc));
                all.extend(wanted.map(|(at, doc)| (*doc, block.freq(at))));
                block.advance();
            }
        }
        // Runs in rising order, one for each term, which this sort finds and merges.
        all.sort_by_key(|(doc, _)| *doc);
        let mut merged: Vec<(DocId, u32)> = Vec::with_capacity(all.len());
        for (doc, often) in all {
            match merged.last_mut() {
                Some(last) if last.0 == doc => last.1 += often,
                _ => merged.push((doc, often)),
            }
        }
        Ok(Spans::Merged { documents: merged, at: 0 })
    }

    /// The posting list of a term, with the buffers of the one before.
    fn block<'b>(
        &self,
        info: &TermInfo,
        option: IndexRecordOption,
        buffers: &'b mut Option<BlockSegmentPostings>,
    ) -> tantivy::Result<&'b mut BlockSegmentPostings> {
        let block = match buffers.take() {
            Some(mut block) => {
                self.inverted.reset_block_postings_from_terminfo(info, &mut block)?;
                block
            }
            None => self.inverted.read_block_postings_from_terminfo(info, option)?,
        };
        Ok(buffers.insert(block))
    }

    fn postings(&self, info: &TermInfo, positions: bool) -> tantivy::Result<Box<SegmentPostings>> {
        let option = if positions { IndexRecordOption::WithFreqsAndPositions } else { IndexRecordOption::WithFreqs };
        Ok(Box::new(self.inverted.read_postings_from_terminfo(info, option)?))
    }
}

fn find(pattern: &Pattern, inverted: &InvertedIndexReader) -> tantivy::Result<Option<Form>> {
    let term = |text: &String| -> tantivy::Result<Option<TermInfo>> { Ok(inverted.terms().get(text.as_bytes())?) };
    Ok(match pattern {
        Pattern::Term(text) => term(text)?.map(Form::Term),
        Pattern::AnyOf(terms) => {
            let mut of = Vec::new();
            for text in terms {
                of.extend(term(text)?.map(Form::Term));
            }
            one_of(of)
        }
        Pattern::Either(patterns) => {
            let mut of = Vec::new();
            for pattern in patterns {
                of.extend(find(pattern, inverted)?);
            }
            one_of(of)
        }
        Pattern::Phrase(words) => {
            let mut found = Vec::with_capacity(words.len());
            for (offset, text) in words {
                let Some(info) = term(text)? else { return Ok(None) };
                found.push((*offset, info));
            }
            Some(Form::Phrase(found))
        }
        Pattern::Near(patterns, nearness) => {
            let mut operands = Vec::with_capacity(patterns.len());
            for pattern in patterns {
                let Some(form) = find(pattern, inverted)? else { return Ok(None) };
                operands.push(form);
            }
            Some(Form::Near(operands, *nearness))
        }
    })
}

fn term_of(form: &Form) -> Option<&TermInfo> {
    if let Form::Term(info) = form { Some(info) } else { None }
}

fn one_of(mut of: Vec<Form>) -> Option<Form> {
    if of.len() > 1 { Some(Form::Any(of)) } else { of.pop() }
}

fn cost(form: &Form) -> u64 {
    match form {
        Form::Term(info) => u64::from(info.doc_freq),
        Form::Any(of) => of.iter().map(cost).sum(),
        Form::Phrase(words) => words.iter().map(|(_, info)| u64::from(info.doc_freq)).min().unwrap_or(0),
        Form::Near(operands, _) => operands.iter().map(cost).min().unwrap_or(0),
    }
}
