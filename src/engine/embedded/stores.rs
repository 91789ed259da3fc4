//! What is stored of documents: texts and profiles, each in a file of its own per segment beside tantivy's, written and merged by a plugin. In:
//! [`Queued`] documents. Out: the same bytes. tantivy's own store is empty.
//!
//! Bytes that are no text and text compress each other badly, so they lie in two files ([`super::blocks`]). Before a text stands what lists name
//! of the file ([`Named`]): to open the columns that know it, in every segment, takes a command that answers one query longer.

use super::blocks::{Blocks, Layout, Writer, entry};
use super::queue::Queued;
use crate::index::document::IndexDocument;
use crate::index::varint::{put, take};
use crate::model::Format;
use std::any::Any;
use std::io;
use std::sync::{Arc, OnceLock};
use tantivy::index::{Segment, SegmentComponent, SegmentReader};
use tantivy::indexer::DocIdMapping;
use tantivy::schema::Schema;
use tantivy::schema::document::ErasedDocument;
use tantivy::{
    DocAddress, DocId, Index, IndexBuilder, PluginMergeContext, PluginWriter, PluginWriterContext, Searcher,
    SegmentPlugin,
};

/// Segments with fewer documents, or with deleted ones, are merged document by document, so that dictionaries stay few.
const FEW: DocId = 4_000;

/// A file of a segment.
struct Kind {
    /// End of the file's name.
    ending: &'static str,
    layout: Layout,
    /// What of a document goes there.
    of: fn(&Queued) -> &[u8],
}

/// [`Named`] and [`crate::index::text`]. Twice the dictionary takes 4 % less room, half of it 4 % more.
static TEXT: Kind =
    Kind { ending: "text", layout: Layout { dictionary: 128 << 10, block: 32_000 }, of: |document| document.text() };

/// [`crate::index::packed`]. Twice the dictionary takes 2 % less, half of it 5 % more.
static PROFILE: Kind = Kind {
    ending: "profile",
    layout: Layout { dictionary: 64 << 10, block: 17_000 },
    of: |document| document.profile(),
};

impl Kind {
    fn component(&self) -> SegmentComponent {
        SegmentComponent::Custom(self.ending.to_string())
    }

    fn write(&self, segment: &Segment) -> tantivy::Result<Writer> {
        Ok(Writer::new(segment.open_write(self.component())?, self.layout))
    }

    fn open(&self, segment: &SegmentReader) -> tantivy::Result<Blocks> {
        let blocks = Blocks::open(&segment.open_read(self.component())?, self.layout)?;
        if blocks.documents() != segment.max_doc() {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "stored documents are missing").into());
        }
        Ok(blocks)
    }
}

/// Makes an index that is there know of these files.
pub fn register(index: &mut Index) {
    plugins().into_iter().for_each(|plugin| index.register_plugin(plugin));
}

/// The same for one that is to be made.
pub fn build(index: IndexBuilder) -> IndexBuilder {
    plugins().into_iter().fold(index, IndexBuilder::register_plugin)
}

/// These files, and what makes posting lists.
fn plugins() -> [Arc<dyn SegmentPlugin>; 3] {
    [super::inverted::plugin(), Arc::new(Plugin(&TEXT)), Arc::new(Plugin(&PROFILE))]
}

struct Plugin(&'static Kind);

impl SegmentPlugin for Plugin {
    fn extensions(&self) -> &[&str] {
        std::slice::from_ref(&self.0.ending)
    }

    fn create_writer(&self, context: &PluginWriterContext<'_>) -> tantivy::Result<Box<dyn PluginWriter>> {
        Ok(Box::new(KindWriter { kind: self.0, writer: self.0.write(context.segment)? }))
    }

    fn merge(&self, context: PluginMergeContext<'_>) -> tantivy::Result<()> {
        let mut merged = self.0.write(context.target_segment)?;
        for segment in context.readers {
            let from = self.0.open(segment)?;
            if segment.has_deletes() || segment.max_doc() < FEW {
                for doc in segment.doc_ids_alive() {
                    merged.add(&from.get(doc)?)?;
                }
            } else {
                merged.append(&from)?;
            }
        }
        Ok(merged.close()?)
    }
}

/// Writes one file of a segment.
struct KindWriter {
    kind: &'static Kind,
    writer: Writer,
}

impl PluginWriter for KindWriter {
    fn add_document(&mut self, _: DocId, document: &dyn ErasedDocument, _: &Schema) -> tantivy::Result<()> {
        let queued = document.as_any().downcast_ref::<Queued>();
        Ok(self.writer.add(queued.map_or(&[], self.kind.of))?)
    }

    fn serialize(self: Box<Self>, _: &Segment, _: Option<&DocIdMapping>) -> tantivy::Result<()> {
        Ok(self.writer.close()?)
    }

    fn mem_usage(&self) -> usize {
        self.writer.memory()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

/// What is stored of the documents of a commit, opened segment by segment when it is asked for.
pub struct Stores {
    segments: Vec<(SegmentReader, OnceLock<tantivy::Result<SegmentStore>>)>,
}

struct SegmentStore {
    texts: Blocks,
    profiles: Blocks,
}

/// A file: what lists name of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The document's id.
    pub id: String,
    /// Every path, sorted.
    pub paths: Vec<String>,
    /// What the bytes are.
    pub format: Option<Format>,
}

impl Stores {
    /// Of the segments of a searcher.
    pub fn of(searcher: &Searcher) -> Stores {
        let segments = searcher.segment_readers().iter();
        Stores { segments: segments.map(|segment| (segment.clone(), OnceLock::new())).collect() }
    }

    /// Opens all of them.
    ///
    /// # Errors
    /// A file is missing or damaged.
    pub fn check(&self) -> tantivy::Result<()> {
        (0..self.segments.len()).try_for_each(|ord| self.segment(ord as u32).map(drop))
    }

    /// What a document is called, and its text ([`crate::index::text`]).
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn text(&self, address: DocAddress) -> tantivy::Result<(Named, String)> {
        let bytes = self.segment(address.segment_ord)?.texts.get(address.doc_id)?;
        Ok(with_name(&bytes).ok_or_else(|| io::Error::from(io::ErrorKind::InvalidData))?)
    }

    /// The bytes of a document's profile ([`crate::index::packed`]).
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn profile(&self, address: DocAddress) -> tantivy::Result<Vec<u8>> {
        self.segment(address.segment_ord)?.profiles.get(address.doc_id)
    }

    fn segment(&self, ord: u32) -> tantivy::Result<&SegmentStore> {
        let (reader, opened) = &self.segments[ord as usize];
        opened.get_or_init(|| SegmentStore::open(reader)).as_ref().map_err(Clone::clone)
    }
}

impl SegmentStore {
    fn open(reader: &SegmentReader) -> tantivy::Result<SegmentStore> {
        Ok(SegmentStore { texts: TEXT.open(reader)?, profiles: PROFILE.open(reader)? })
    }
}

/// The bytes that [`Stores::text`] reads.
pub fn named_text(document: &IndexDocument) -> Vec<u8> {
    let (paths, format) = (&document.file.paths, document.file.format.name());
    let mut out = Vec::with_capacity(document.text.len() + 128);
    put(&mut out, paths.len() as u64);
    for text in [document.id.as_str(), format].into_iter().chain(paths.iter().map(String::as_str)) {
        put(&mut out, text.len() as u64);
        out.extend_from_slice(text.as_bytes());
    }
    out.extend_from_slice(document.text.as_bytes());
    out
}

fn with_name(mut bytes: &[u8]) -> Option<(Named, String)> {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).ok();
    let count = take(&mut bytes)?;
    let id = text(entry(&mut bytes)?)?;
    let format = format_named(&text(entry(&mut bytes)?)?);
    let paths = (0..count).map(|_| text(entry(&mut bytes)?)).collect::<Option<Vec<String>>>()?;
    Some((Named { id, paths, format }, text(bytes)?))
}

fn format_named(name: &str) -> Option<Format> {
    Format::ALL.into_iter().find(|format| format.name() == name)
}
