//! The inverted index of a segment, gathered and sorted our way, written with tantivy's serializers. In: [`Queued`] documents. Out: tantivy's
//! own files, byte for byte what it would have written of the same documents.
//!
//! tantivy keeps a growing list for each term and touches the term's entry and the end of its list for each token; both are in no cache, and
//! that was a fifth of the time of an index run. Here a document's terms are looked up together ([`Vocabulary`]), their numbers
//! are noted in the order of the text, and the lists are made at the end, when all tokens of a field are dealt out to their terms at once.
//!
//! A plugin without files of its own: tantivy writes the built-in ones first, which hold next to nothing, since it is not shown the texts;
//! these take their place. Merging stays tantivy's.

use super::queue::Queued;
use super::tokens::Marked;
use super::values::Shown;
use super::vocabulary::{Listed, Vocabulary};
use std::any::Any;
use std::io;
use std::sync::Arc;
use tantivy::fieldnorm::{FieldNormReaders, FieldNormsSerializer, FieldNormsWriter};
use tantivy::index::{Segment, SegmentComponent};
use tantivy::indexer::DocIdMapping;
use tantivy::postings::{FieldSerializer, InvertedIndexSerializer};
use tantivy::schema::document::ErasedDocument;
use tantivy::schema::{Field, FieldEntry, FieldType, Schema};
use tantivy::tokenizer::MAX_TOKEN_LEN;
use tantivy::{
    Directory, DocId, PluginMergeContext, PluginWriter, PluginWriterContext, SegmentPlugin, TantivyError, i64_to_u64,
};

/// Tokens dealt out at a time, eight bytes each: what a run needs beside the memory it was given.
const DEALT: usize = if cfg!(test) { 300 } else { 4 << 20 };

/// Of a term whose tokens are not dealt out in this round.
const LATER: u32 = u32::MAX;

/// The step to a position that does not follow soon upon the one before.
const FAR: u8 = u8::MAX;

/// Tokens of a [`Piece`], unless a document has more.
const PIECE: usize = if cfg!(test) { 64 } else { 16 << 10 };

/// What makes inverted indexes.
pub fn plugin() -> Arc<dyn SegmentPlugin> {
    Arc::new(Plugin)
}

struct Plugin;

impl SegmentPlugin for Plugin {
    fn extensions(&self) -> &[&str] {
        &[]
    }

    fn create_writer(&self, context: &PluginWriterContext<'_>) -> tantivy::Result<Box<dyn PluginWriter>> {
        Ok(Box::new(Inverted::new(&context.segment.schema())))
    }

    fn merge(&self, _: PluginMergeContext<'_>) -> tantivy::Result<()> {
        Ok(())
    }
}

/// The tokens of the documents of a segment.
struct Inverted {
    /// By number of the field.
    fields: Vec<Option<Tokens>>,
    terms: Vocabulary,
    lengths: FieldNormsWriter,
    documents: DocId,
    buffers: Buffers,
}

#[derive(Default)]
struct Buffers {
    listed: Listed,
    positions: Vec<u32>,
    numbers: Vec<u32>,
    /// Fields of the document, and where their tokens end.
    ends: Vec<(usize, usize)>,
    folded: String,
}

/// All tokens of a field.
struct Tokens {
    field: Field,
    /// How a text becomes tokens; none: it is one term.
    marked: Option<Marked>,
    /// Whether it is kept how often and where a term stands.
    has_positions: bool,
    /// Tokens of each document.
    counts: Vec<u32>,
    pieces: Vec<Piece>,
    /// Positions, one for each [`FAR`] of the steps.
    far: Vec<u32>,
    /// How many tokens, and for how many there is room.
    all: usize,
    room: usize,
}

/// Tokens of some documents: none are moved when there are more.
struct Piece {
    /// Numbers of the terms.
    terms: Vec<u32>,
    /// How far each position lies behind the one before in its document.
    steps: Vec<u8>,
}

impl Inverted {
    fn new(schema: &Schema) -> Inverted {
        Inverted {
            fields: schema.fields().map(|(field, entry)| Tokens::new(field, entry)).collect(),
            terms: Vocabulary::default(),
            lengths: FieldNormsWriter::for_schema(schema),
            documents: 0,
            buffers: Buffers::default(),
        }
    }

    fn add(&mut self, doc: DocId, document: &Queued) {
        let buffers = &mut self.buffers;
        buffers.listed.clear();
        buffers.positions.clear();
        buffers.ends.clear();
        for (field, value) in document.values() {
            let place = field.field_id() as usize;
            if let Some(tokens) = &self.fields[place] {
                tokens.list(value, &self.terms, buffers);
                buffers.ends.push((place, buffers.listed.count()));
            }
        }
        self.terms.numbers(&buffers.listed, &mut buffers.numbers);
        let mut from = 0;
        for &(place, end) in &buffers.ends {
            if let Some(tokens) = &mut self.fields[place] {
                tokens.add(doc, &buffers.numbers[from..end], &buffers.positions[from..end]);
                self.lengths.record(doc, tokens.field, (end - from) as u32);
            }
            from = end;
        }
        self.documents = doc + 1;
    }

    fn write(mut self, segment: &Segment) -> tantivy::Result<()> {
        use SegmentComponent::{FieldNorms, Positions, Postings, Terms};
        let directory = segment.index().directory();
        for component in [FieldNorms, Terms, Postings, Positions] {
            directory.delete(&segment.relative_path(component)).map_err(io::Error::other)?;
        }
        self.lengths.fill_up_to_max_doc(self.documents);
        self.lengths.serialize(FieldNormsSerializer::from_write(segment.open_write(FieldNorms)?)?, None)?;
        let lengths = FieldNormReaders::open(segment.open_read(FieldNorms)?)?;
        let mut files = InvertedIndexSerializer::open(segment)?;
        let sorted = self.terms.sorted();
        for tokens in self.fields.into_iter().flatten().filter(|tokens| tokens.all > 0) {
            let lengths = lengths.get_field(tokens.field)?;
            let mut file = files.new_field(tokens.field, tokens.all as u64, lengths)?;
            tokens.write(&self.terms, &sorted, &mut file)?;
            file.close()?;
        }
        Ok(files.close()?)
    }
}

impl PluginWriter for Inverted {
    fn add_document(&mut self, doc: DocId, document: &dyn ErasedDocument, _: &Schema) -> tantivy::Result<()> {
        let queued = document.as_any().downcast_ref::<Queued>();
        self.add(doc, queued.ok_or_else(|| TantivyError::InternalError("a document that is not the sink's".into()))?);
        Ok(())
    }

    fn serialize(self: Box<Self>, segment: &Segment, order: Option<&DocIdMapping>) -> tantivy::Result<()> {
        match order {
            None => self.write(segment),
            Some(_) => Err(TantivyError::InternalError("documents are kept in the order they come in".into())),
        }
    }

    fn mem_usage(&self) -> usize {
        let fields: usize = self.fields.iter().flatten().map(Tokens::memory).sum();
        fields + self.terms.memory() + self.lengths.mem_usage()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

impl Tokens {
    /// None for a field that is not indexed.
    fn new(field: Field, entry: &FieldEntry) -> Option<Tokens> {
        let options = entry.field_type().index_record_option().filter(|_| entry.is_indexed())?;
        let marked = match entry.field_type() {
            FieldType::Str(text) => Marked::named(text.get_indexing_options()?.tokenizer()),
            _ => None,
        };
        let has_positions = options.has_positions();
        let (counts, pieces, far) = Default::default();
        Some(Tokens { field, marked, has_positions, counts, pieces, far, all: 0, room: 0 })
    }

    /// Appends the tokens of a value.
    fn list(&self, value: Shown<'_>, terms: &Vocabulary, into: &mut Buffers) {
        let Buffers { listed, positions, folded, .. } = into;
        let mut give = |term: &[u8], position: u32| {
            if term.len() <= MAX_TOKEN_LEN {
                listed.push(term, terms);
                positions.push(position);
            }
        };
        match (value, self.marked) {
            (Shown::Text(text), None) => give(text.as_bytes(), 0),
            (Shown::Text(text), Some(marked)) => {
                marked.tokens(text, folded, &mut |term, position, _| give(term.as_bytes(), position));
            }
            (Shown::Whole(number), _) => give(&i64_to_u64(number).to_be_bytes(), 0),
            (Shown::Column(numbers), _) => {
                numbers.iter().for_each(|number| give(&i64_to_u64(*number).to_be_bytes(), 0));
            }
        }
    }

    /// Adds the tokens of a document, which has one value at most.
    fn add(&mut self, doc: DocId, terms: &[u32], positions: &[u32]) {
        self.counts.resize(doc as usize, 0);
        self.counts.push(terms.len() as u32);
        self.all += terms.len();
        let has_room = |piece: &&mut Piece| piece.terms.capacity() - piece.terms.len() >= terms.len();
        let piece = match self.pieces.last_mut().filter(has_room) {
            Some(piece) => piece,
            None => {
                let room = terms.len().max(PIECE);
                self.room += room;
                let steps = Vec::with_capacity(if self.has_positions { room } else { 0 });
                self.pieces.push_mut(Piece { terms: Vec::with_capacity(room), steps })
            }
        };
        piece.terms.extend_from_slice(terms);
        if self.has_positions {
            let mut last = 0;
            piece.steps.extend(positions.iter().map(|&position| {
                // A position before the last one is far, too.
                let step = u8::try_from(position.wrapping_sub(last)).unwrap_or(FAR);
                last = position;
                if step == FAR {
                    self.far.push(position);
                }
                step
            }));
        }
    }

    fn memory(&self) -> usize {
        let steps = if self.has_positions { self.room } else { 0 };
        (self.room + self.counts.capacity() + self.far.capacity()) * size_of::<u32>() + steps
    }

    fn write(&self, terms: &Vocabulary, sorted: &[u32], file: &mut FieldSerializer<'_>) -> tantivy::Result<()> {
        let mut counts = vec![0_u32; terms.count()];
        self.pieces.iter().flat_map(|piece| &piece.terms).for_each(|&term| counts[term as usize] += 1);
        let mut present = sorted.iter().copied().filter(|&term| counts[term as usize] > 0).peekable();
        // Where the next token of a term goes.
        let mut next = vec![LATER; terms.count()];
        let mut dealt: Vec<(DocId, u32)> = Vec::new();
        let mut round: Vec<(u32, usize)> = Vec::new();
        let mut deltas = Vec::new();
        while present.peek().is_some() {
            let mut all = 0;
            while let Some(term) = present.next_if(|&term| all == 0 || all + counts[term as usize] as usize <= DEALT) {
                next[term as usize] = all as u32;
                all += counts[term as usize] as usize;
                round.push((term, all));
            }
            dealt.resize(all, (0, 0));
            self.deal(&mut next, &mut dealt);
            let mut from = 0;
            for (term, end) in round.drain(..) {
                self.write_term(terms.term(term), &dealt[from..end], &mut deltas, file)?;
                next[term as usize] = LATER;
                from = end;
            }
        }
        Ok(())
    }

    /// Writes document and position of each token to where `next` says its term's go.
    fn deal(&self, next: &mut [u32], dealt: &mut [(DocId, u32)]) {
        let mut documents = (0..).zip(&self.counts);
        let mut far = self.far.iter();
        let mut put = |term: u32, doc: DocId, position: u32| {
            let next = &mut next[term as usize];
            if *next != LATER {
                dealt[*next as usize] = (doc, position);
                *next += 1;
            }
        };
        for piece in &self.pieces {
            let mut from = 0;
            while from < piece.terms.len() {
                let Some((doc, &count)) = documents.next() else { return };
                let end = from + count as usize;
                let terms = &piece.terms[from..end];
                if self.has_positions {
                    let mut position = 0;
                    for (&term, &step) in terms.iter().zip(&piece.steps[from..end]) {
                        position =
                            if step == FAR { far.next().copied().unwrap_or(0) } else { position + u32::from(step) };
                        put(term, doc, position);
                    }
                } else {
                    terms.iter().for_each(|&term| put(term, doc, 0));
                }
                from = end;
            }
        }
    }

    fn write_term(
        &self,
        term: &[u8],
        places: &[(DocId, u32)],
        deltas: &mut Vec<u32>,
        file: &mut FieldSerializer<'_>,
    ) -> tantivy::Result<()> {
        let documents = || places.chunk_by(|(left, _), (right, _)| left == right);
        if !self.has_positions {
            file.new_term(term, 0, false)?;
            documents().for_each(|places| file.write_doc(places[0].0, 0, &[]));
            return Ok(file.close_term()?);
        }
        file.new_term(term, documents().count() as u32, true)?;
        for places in documents() {
            deltas.clear();
            let mut last = 0;
            deltas.extend(places.iter().map(|&(_, position)| {
                let delta = position.wrapping_sub(last);
                last = position;
                delta
            }));
            file.write_doc(places[0].0, deltas.len() as u32, deltas);
        }
        Ok(file.close_term()?)
    }
}

#[cfg(test)]
mod tests {
    use super::super::queue::Queue;
    use super::super::values::Values;
    use super::super::{schema, tokens};
    use super::*;
    use crate::analysis::ENTRY_BREAK;
    use tantivy::indexer::NoMergePolicy;
    use tantivy::{Document, Index, IndexWriter, TantivyDocument};

    /// Texts of four hundred documents by field; some fields are missing in some.
    fn texts(fields: &schema::Fields) -> Vec<Vec<(Field, String)>> {
        let mut state = 7_u32;
        let mut next = |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) % below
        };
        let mut text = |words: u32, between: &[&str]| {
            let words = (0..next(words)).map(|_| {
                let word = ["front", "end", "C++", "node.js", "Zürich", "IT"].get(next(9) as usize);
                let word = word.map_or_else(|| format!("w{}", next(40) * next(40)), ToString::to_string);
                word + between[next(between.len() as u32) as usize]
            });
            words.collect::<String>().replace('|', &ENTRY_BREAK.to_string())
        };
        let document = |at: u32| {
            vec![
                (fields.format, ["pdf", "docx"][at as usize % 2].to_string()),
                (fields.body, text(300, &[" ", " ", ", ", "|", " - "])),
                (fields.name, text(if at.is_multiple_of(5) { 3 } else { 1 }, &[" "])),
                // Positions far behind the one before.
                (fields.title, text(9, &[" ", "|", "||||||"])),
                (fields.skill, text(20, &["\n", "\n", "|"])),
                (fields.email, format!("a{at}@example.com\n@example.com\n@example.com")),
                (fields.has, "phone\nemail".repeat(at as usize % 2)),
            ]
        };
        (0..400).map(document).collect()
    }

    fn files<D: Document>(index: &Index, documents: impl Iterator<Item = D>) -> Vec<Vec<u8>> {
        tokens::register(index);
        let mut writer: IndexWriter<D> = index.writer_with_num_threads(1, 20 << 20).unwrap();
        writer.set_merge_policy(Box::new(NoMergePolicy));
        documents.for_each(|document| assert!(writer.add_document(document).is_ok()));
        writer.commit().unwrap();
        let segments = index.searchable_segments().unwrap();
        assert_eq!(segments.len(), 1);
        let components = [
            SegmentComponent::FieldNorms,
            SegmentComponent::Terms,
            SegmentComponent::Postings,
            SegmentComponent::Positions,
        ];
        components.map(|file| segments[0].open_read(file).unwrap().read_bytes().unwrap().to_vec()).to_vec()
    }

    #[test]
    fn the_files_are_those_tantivy_writes() {
        let (schema, fields) = schema::schema();
        let texts = texts(&fields);
        let theirs = texts.iter().zip(0..).map(|(texts, number)| {
            let mut document = TantivyDocument::new();
            let present = texts.iter().filter(|(_, text)| !text.is_empty());
            present.for_each(|(field, text)| document.add_text(*field, text));
            document.add_i64(fields.number, number - 200);
            document
        });
        let theirs = files(&Index::create_in_ram(schema.clone()), theirs);
        let mut queue = Queue::default();
        let ours = texts.iter().zip(0..).map(|(texts, number)| {
            let mut values = Values::with_capacity(8, 1000);
            for (field, text) in texts.iter().filter(|(_, text)| !text.is_empty()) {
                if *field == fields.format { values.add_text(*field, text) } else { values.add_words(*field, text) }
            }
            values.add_i64(fields.number, number - 200);
            queue.enter(values, 1)
        });
        let index = Index::builder().schema(schema).register_plugin(plugin()).create_in_ram().unwrap();
        let ours = files(&index, ours);
        let lengths = |files: &[Vec<u8>]| files.iter().map(Vec::len).collect::<Vec<_>>();
        assert_eq!(lengths(&ours), lengths(&theirs));
        assert!(ours == theirs);
        assert!(ours.iter().all(|file| file.len() > 1000));
    }
}
