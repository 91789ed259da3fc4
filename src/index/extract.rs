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
pub const EXTRACTION_VERSION: u32 = 10;

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

/// What was understood of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Understood {
    /// Its sections.
    pub sections: Vec<Section>,
    /// The profile.
    pub profile: Profile,
}

/// Turns bytes into a profile. Used by several threads at once.
pub trait Extract: Sync {
    /// Version and lexicon: when they change, files are read again.
    fn make(&self) -> Make;

    /// Gets ready what every file needs, on all threads of the current pool.
    fn prepare(&self) {}

    /// Reads the text of one file.
    ///
    /// # Errors
    /// The reason why the file is left out.
    fn read(&self, bytes: &[u8], format: Format) -> Result<ReadText, SkipReason>;

    /// Understands what was read.
    ///
    /// # Errors
    /// The reason why the file is left out.
    fn understand(&self, read: &ReadText) -> Result<Understood, SkipReason>;

    /// The same for several texts, in their order; faster than one by one.
    fn understand_all(&self, texts: &[ReadText]) -> Vec<Result<Understood, SkipReason>> {
        texts.iter().map(|read| self.understand(read)).collect()
    }

    /// Reads and understands one file.
    ///
    /// # Errors
    /// The reason why the file is left out.
    fn extract(&self, bytes: &[u8], format: Format) -> Result<Extracted, SkipReason> {
        let read = self.read(bytes, format)?;
        let Understood { sections, profile } = self.understand(&read)?;
        Ok(Extracted { text: read.text, sections, profile })
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

    fn prepare(&self) {
        self.lexicon.prepare();
    }

    fn read(&self, bytes: &[u8], format: Format) -> Result<ReadText, SkipReason> {
        Ok(ReadText { text: read::read(bytes, format)?, flag: None })
    }

    fn understand(&self, read: &ReadText) -> Result<Understood, SkipReason> {
        let sections = self.split(read)?;
        let profile = profile::extract(&read.text, &sections, self.lexicon, self.as_of);
        Ok(read.flagged(sections, profile))
    }

    fn understand_all(&self, texts: &[ReadText]) -> Vec<Result<Understood, SkipReason>> {
        let split: Vec<_> = texts.iter().map(|read| self.split(read)).collect();
        let whole = texts.iter().zip(&split).filter_map(|(read, split)| Some((&read.text, split.as_deref().ok()?)));
        let mut profiles = profile::extract_all(whole, self.lexicon, self.as_of).into_iter();
        let mut understood = |(read, split): (&ReadText, Result<_, _>)| {
            let sections = split?;
            Ok(read.flagged(sections, profiles.next().expect("there is one for each text that was split")))
        };
        texts.iter().zip(split).map(&mut understood).collect()
    }
}

impl Reader<'_> {
    /// The sections of a text that is whole.
    fn split(&self, read: &ReadText) -> Result<Vec<Section>, SkipReason> {
        // Half a text would be searched as if it were whole, and nobody would know: a reason in the ledger is honest.
        if let Some(cut) = read.text.warnings.iter().find(|warning| warning.message.starts_with("text cut at")) {
            return Err(SkipReason::Unsupported(format!("longer than any résumé ({}); split it", cut.message)));
        }
        Ok(sections::split(&read.text, self.lexicon))
    }
}

impl ReadText {
    /// The profile with the flags of its reading.
    fn flagged(&self, sections: Vec<Section>, mut profile: Profile) -> Understood {
        let lost = self.text.warnings.iter().find(|warning| warning.is_loss);
        profile.flags.extend(lost.map(|warning| Flag {
            name: "partial".into(),
            detail: warning.message.clone(),
            line: 0,
        }));
        profile.flags.extend(self.flag.clone());
        Understood { sections, profile }
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

    fn prepare(&self) {
        self.reader.prepare();
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

    fn understand(&self, read: &ReadText) -> Result<Understood, SkipReason> {
        self.reader.understand(read)
    }

    fn understand_all(&self, texts: &[ReadText]) -> Vec<Result<Understood, SkipReason>> {
        self.reader.understand_all(texts)
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

/// Like [`Extract::read`] for each of several files; a panic costs the file it is about.
pub(super) fn read_guarded(extract: &dyn Extract, files: &[(&[u8], Format)]) -> Vec<Result<ReadText, SkipReason>> {
    files.iter().map(|(bytes, format)| caught(|| extract.read(bytes, *format))).collect()
}

/// Like [`Extract::understand_all`] for what could be read of several files, in their order; a panic costs the file it is about.
pub(super) fn understand_guarded(
    extract: &dyn Extract,
    files: Vec<Result<ReadText, SkipReason>>,
) -> Vec<Result<Extracted, SkipReason>> {
    let mut refused = Vec::new();
    let mut texts = Vec::with_capacity(files.len());
    for (at, read) in files.into_iter().enumerate() {
        match read {
            Ok(text) => texts.push(text),
            Err(reason) => refused.push((at, reason)),
        }
    }
    // Only where one of them makes trouble is each looked at alone.
    let one_by_one = |_| texts.iter().map(|read| caught(|| extract.understand(read))).collect();
    let understood = catch_unwind(AssertUnwindSafe(|| extract.understand_all(&texts))).unwrap_or_else(one_by_one);
    let extracted = |(read, understood): (ReadText, Result<_, _>)| {
        let Understood { sections, profile } = understood?;
        Ok(Extracted { text: read.text, sections, profile })
    };
    let mut found: Vec<_> = texts.into_iter().zip(understood).map(extracted).collect();
    refused.into_iter().for_each(|(at, reason)| found.insert(at, Err(reason)));
    found
}

/// What a step over one file gives; its panic is a reason.
fn caught<T>(step: impl FnOnce() -> Result<T, SkipReason>) -> Result<T, SkipReason> {
    // Nothing of the extractor outlives a panic but its tables, which are only read.
    catch_unwind(AssertUnwindSafe(step)).unwrap_or_else(|panic| Err(SkipReason::of_panic(&*panic)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Line;

    /// `DAMAGED` cannot be read, `TRAP` is a bug of the extraction.
    struct Fake;

    impl Extract for Fake {
        fn make(&self) -> Make {
            Make { extraction: 1, lexicon: String::new() }
        }

        fn read(&self, bytes: &[u8], format: Format) -> Result<ReadText, SkipReason> {
            let line = Line { text: String::from_utf8_lossy(bytes).into_owned(), ..Line::default() };
            let text = TextDoc { format, lines: vec![line], pages: 1, modified: None, warnings: Vec::new() };
            if bytes == b"DAMAGED" { Err(SkipReason::Empty) } else { Ok(ReadText { text, flag: None }) }
        }

        fn understand(&self, read: &ReadText) -> Result<Understood, SkipReason> {
            assert!(read.text.lines[0].text != "TRAP", "the extraction has a bug");
            Ok(Understood { sections: Vec::new(), profile: Profile::default() })
        }
    }

    fn all_guarded(extract: &dyn Extract, files: &[(&[u8], Format)]) -> Vec<Result<Extracted, SkipReason>> {
        understand_guarded(extract, read_guarded(extract, files))
    }

    #[test]
    fn trouble_with_one_file_is_no_trouble_for_the_others_of_its_group() {
        let files = ["DAMAGED", "Ann", "TRAP", "DAMAGED", "Bob"].map(|text| (text.as_bytes(), Format::Text));
        let name = |found: Result<Extracted, SkipReason>| match found {
            Ok(found) => found.text.lines[0].text.clone(),
            Err(reason) => reason.name().to_string(),
        };
        let found: Vec<String> = all_guarded(&Fake, &files).into_iter().map(name).collect();
        assert_eq!(found, ["empty", "Ann", "reader-crashed", "empty", "Bob"]);
    }

    #[test]
    fn texts_understood_together_are_understood_as_each_alone() {
        let lexicon = Lexicon::builtin();
        let reader = Reader { lexicon: &lexicon, as_of: Month::new(2026, 1) };
        let first = "# Kim Vale\n\nkim@example.com\n\n## Work\n\n**Head Cook**, Blue Fish Inn, Bergen\n2019 – 2021\n";
        let second = "# Ana Gil\n\n## Education\n\nBSc Physics, Blue Bay University, 2015\n\n## Skills\n\nPython, Go\n";
        let files = [first, second].map(|text| (text.as_bytes(), Format::Markdown));
        let alone = files.map(|(bytes, format)| reader.extract(bytes, format));
        assert_eq!(all_guarded(&reader, &files), alone);
        assert!(alone.iter().flatten().all(|found| found.profile.name.is_some()));
    }
}
