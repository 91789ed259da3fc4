//! The limits every reader keeps, in one place. Crossing one never loses the file: what was read so far stays and a
//! warning says what was left out. The numbers are far above what a résumé needs and far below what hurts a machine.

/// Bytes of text kept of one file. The longest real résumé of the development set has 61 kB.
pub(super) const MAX_TEXT_BYTES: usize = 8 << 20;

/// Lines kept of one file.
pub(super) const MAX_LINES: usize = 200_000;

/// Pages read of one PDF; a CV with every publication has about 60.
pub(super) const MAX_PAGES: usize = 200;

/// Bytes of page content (text operators) run for one PDF page, forms counted as often as they are drawn.
/// A span costs about 100 times its operator, so this is what bounds the memory of a "text bomb".
pub(super) const MAX_PAGE_CONTENT_BYTES: usize = 4 << 20;

/// Bytes of page content run for one PDF, all pages together.
pub(super) const MAX_PDF_CONTENT_BYTES: usize = 64 << 20;

/// Positioned text runs kept of one PDF page; more are cut. Real pages have at most a few thousand.
pub(super) const MAX_PAGE_RUNS: usize = 100_000;

/// Bytes unpacked from one part of a DOCX, ODT or DOC (zip bombs).
pub(super) const MAX_PART_BYTES: u64 = 32 << 20;

/// Files taken out of one archive, bytes of one of them, of all of them.
pub(super) const MAX_MEMBERS: usize = 20_000;
pub(super) const MAX_MEMBER_BYTES: u64 = 64 << 20;
pub(super) const MAX_ARCHIVE_BYTES: u64 = 2 << 30;

/// How many times its packed size a file of an archive may have. Office files and PDFs are packed already; text shrinks
/// to a fifth, at best to a thirtieth.
pub(super) const MAX_RATIO: u64 = 200;

/// Open elements in DOCX, ODT, XML and HTML; deeper ones are read as if they stood at this depth.
pub(super) const MAX_DEPTH: usize = 256;
