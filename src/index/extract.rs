//! Bytes → text, sections, profile: the stages between a file and its document, in two steps that cannot crash the run.
//! [`Extract`] is the seam; [`Reader`] does it in this process, [`IsolatedReader`] with worker processes.

use super::manifest::Make;
use crate::isolate::{self, Ocr, Workers};
use crate::lexicon::Lexicon;
use crate::model::{Flag, Format, Month, Profile, Section, SkipReason, TextDoc};
use crate::read::{self, Member};
use crate::{profile, sections};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Raised when the same bytes would give another profile; files read by another version are read again.
pub const EXTRACTION_VERSION: u32 = 6;

/// What was read of one file.
#[derive(Debug, Clone, PartialEq)]
pub struct Extracted {
    /// Its lines.
    pub text: TextDoc,
    /// Its sections.
    pub sections: Vec<Section>,
    /// What we understood.
    pub profile: Profile,
}

/// The text of one file, and what its reading adds to the profile's flags.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadText {
    /// Its lines.
    pub text: TextDoc,
    /// It was read from pictures.
    pub flag: Option<Flag>,
}

/// Turns bytes into a profile. Used by several threads at once.
pub trait Extract: Sync {
    /// Version and lexicon: when they change, files are read again.
    fn make(&self) -> Make;

    /// Reads the text of one file.
    ///
    /// # Errors
    /// The reason why the file is left out.
    fn read(&self, bytes: &[u8], format: Format) -> Result<ReadText, SkipReason>;

    /// Understands what was read.
    ///
    /// # Errors
    /// The reason why the file is left out.
    fn understand(&self, read: ReadText) -> Result<Extracted, SkipReason>;

    /// Reads and understands one file.
    ///
    /// # Errors
    /// The reason why the file is left out.
    fn extract(&self, bytes: &[u8], format: Format) -> Result<Extracted, SkipReason> {
        self.understand(self.read(bytes, format)?)
    }

    /// Gives the files inside a container to `sink`, in its order. Other formats hold none.
    ///
    /// # Errors
    /// The reason why the container cannot be opened.
    fn members(&self, bytes: &[u8], format: Format, sink: &mut dyn FnMut(Member)) -> Result<(), SkipReason> {
        read::members(bytes, format, sink)
    }

    /// A file left out for this reason by an earlier run deserves another try, though it has not changed: the limits were raised, or scans are
    /// read.
    fn may_be_read_now(&self, _: &SkipReason) -> bool {
        false
    }
}

/// The stages as they are: `read`, `sections`, `profile`.
#[derive(Debug)]
pub struct Reader<'a> {
    /// What the program knows of the world.
    pub lexicon: &'a Lexicon,
    /// The month that "present" stands for while reading. Documents hold open ends, so that another month needs no other index.
    pub as_of: Month,
}

impl Extract for Reader<'_> {
    fn make(&self) -> Make {
        Make { extraction: EXTRACTION_VERSION, lexicon: self.lexicon.fingerprint() }
    }

    fn read(&self, bytes: &[u8], format: Format) -> Result<ReadText, SkipReason> {
        Ok(ReadText { text: read::read(bytes, format)?, flag: None })
    }

    fn understand(&self, read: ReadText) -> Result<Extracted, SkipReason> {
        let ReadText { text, flag } = read;
        // Half a text would be searched as if it were whole, and nobody would know: a reason in the ledger is honest.
        if let Some(cut) = text.warnings.iter().find(|warning| warning.message.starts_with("text cut at")) {
            return Err(SkipReason::Unsupported(format!("longer than any résumé ({}); split it", cut.message)));
        }
        let sections = sections::split(&text, self.lexicon);
        let mut profile = profile::extract(&text, &sections, self.lexicon, self.as_of);
        let lost = text.warnings.iter().find(|warning| warning.is_loss);
        profile.flags.extend(lost.map(|warning| Flag {
            name: "partial".into(),
            detail: warning.message.clone(),
            line: 0,
        }));
        profile.flags.extend(flag);
        Ok(Extracted { text, sections, profile })
    }
}

/// A [`Reader`] that leaves the formats with large parsers to worker processes: a crash, a hang or a memory bomb costs one file.
#[derive(Debug)]
pub struct IsolatedReader<'a> {
    /// What understands the text.
    pub reader: Reader<'a>,
    /// What reads it.
    pub workers: &'a Workers,
    /// What reads scans, when it is wanted.
    pub ocr: Option<&'a Ocr>,
}

impl Extract for IsolatedReader<'_> {
    fn make(&self) -> Make {
        self.reader.make()
    }

    fn read(&self, bytes: &[u8], format: Format) -> Result<ReadText, SkipReason> {
        if !isolate::is_wanted(format) {
            return self.reader.read(bytes, format);
        }
        match (self.workers.read(bytes, format), self.ocr) {
            (Err(SkipReason::NoTextLayer | SkipReason::Unmappable), Some(ocr)) => {
                let text = ocr.read(self.workers, bytes, format)?;
                let detail = text.warnings.first().map(|warning| warning.message.clone()).unwrap_or_default();
                Ok(ReadText { text, flag: Some(Flag { name: "ocr".into(), detail, line: 0 }) })
            }
            (text, _) => Ok(ReadText { text: text?, flag: None }),
        }
    }

    fn understand(&self, read: ReadText) -> Result<Extracted, SkipReason> {
        self.reader.understand(read)
    }

    fn members(&self, bytes: &[u8], format: Format, sink: &mut dyn FnMut(Member)) -> Result<(), SkipReason> {
        self.workers.members(bytes, format, sink)
    }

    fn may_be_read_now(&self, reason: &SkipReason) -> bool {
        let limits = self.workers.limits();
        match reason {
            SkipReason::TimedOut(seconds) => *seconds < limits.time.as_secs(),
            SkipReason::NoTextLayer | SkipReason::Unmappable => self.ocr.is_some(),
            SkipReason::OutOfMemory(mebibytes) => *mebibytes < limits.memory >> 20,
            _ => false,
        }
    }
}

/// Like [`Extract::extract`]; a panic of a reader costs this one file.
pub fn guarded(extract: &dyn Extract, bytes: &[u8], format: Format) -> Result<Extracted, SkipReason> {
    caught(|| extract.extract(bytes, format))
}

/// What a step over one file gives; its panic is a reason.
pub(super) fn caught<T>(step: impl FnOnce() -> Result<T, SkipReason>) -> Result<T, SkipReason> {
    // Nothing of the extractor outlives a panic but its tables, which are only read.
    catch_unwind(AssertUnwindSafe(step)).unwrap_or_else(|panic| Err(SkipReason::of_panic(&*panic)))
}
