//! The columns of one segment, opened once per search, in the words of the query: jobs, degrees, years, the main job.
//! In: a segment. Out: values by document; a missing column is one in which nobody has a value. Knows no query.

use super::numbers::Numbers;
use super::plan::Segment;
use crate::index::columns::{NO_MONTH, OPEN_MONTH, SkillRow, SkillUse, Span};
use crate::model::{FieldId, Month};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use tantivy::DocId;
use tantivy::columnar::StrColumn;
use tantivy::index::SegmentReader;

/// A column of hundredths.
pub struct Hundredths(Numbers);

impl Hundredths {
    /// Opens a column of hundredths.
    pub fn open(reader: &SegmentReader, name: &str) -> tantivy::Result<Hundredths> {
        Ok(Hundredths(Numbers::open(reader, name)?))
    }

    /// All values of a document in the order written.
    pub fn all(&self, doc: DocId) -> impl Iterator<Item = f64> + '_ {
        self.0.all(doc).map(|hundredths| hundredths as f64 / 100.0)
    }
}

/// A number as such a column holds it.
pub fn hundredths(value: f64) -> i64 {
    (value * 100.0).round() as i64
}

/// Opens a column of names.
pub fn names(reader: &SegmentReader, name: &str) -> tantivy::Result<Option<StrColumn>> {
    reader.fast_fields().str(name)
}

/// The column of names that a field offers for facets.
pub fn facet_column(field: FieldId) -> Option<&'static str> {
    Some(match field {
        FieldId::Skill => "skill_name",
        FieldId::School => "school_name",
        FieldId::Employer => "employer_name",
        FieldId::Title => "title_name",
        FieldId::Location => "location_name",
        FieldId::Cert => "cert_name",
        FieldId::Lang => "lang_name",
        FieldId::Format => "format",
        _ => return None,
    })
}

/// When jobs or education entries were: four aligned columns, earliest months and how much later it may have been.
#[derive(Clone)]
pub struct Periods {
    starts: Numbers,
    start_slack: Numbers,
    ends: Numbers,
    end_slack: Numbers,
}

impl Periods {
    /// Opens those of jobs (`job_…`).
    pub fn of_jobs(segment: &Segment<'_>) -> tantivy::Result<Periods> {
        Periods::open(segment, ["job_start_lo", "job_start_slack", "job_end_lo", "job_end_slack"])
    }

    /// Opens those of education entries (`edu_…`).
    pub fn of_education(segment: &Segment<'_>) -> tantivy::Result<Periods> {
        Periods::open(segment, ["edu_start_lo", "edu_start_slack", "edu_end_lo", "edu_end_slack"])
    }

    fn open(segment: &Segment<'_>, names: [&'static str; 4]) -> tantivy::Result<Periods> {
        let [starts, start_slack, ends, end_slack] = names.map(|name| segment.numbers(name, 0));
        Ok(Periods { starts: starts?, start_slack: start_slack?, ends: ends?, end_slack: end_slack? })
    }

    /// The periods of a document, in the order of its entries.
    pub fn all(&self, doc: DocId) -> impl Iterator<Item = Span> + '_ {
        let starts = self.starts.all(doc).zip(self.start_slack.all(doc));
        let ends = self.ends.all(doc).zip(self.end_slack.all(doc));
        starts.zip(ends).map(|((start_lo, start), (end_lo, end))| Span {
            start_lo,
            start_hi: start_lo + start,
            end_lo,
            end_hi: end_lo + end,
        })
    }
}

/// What ranking asks of single matches.
pub struct RankColumns {
    jobs: Periods,
    as_of: Month,
    /// By document: 0 not asked yet, 1 no job, else the number of the main job + 2 if that fits.
    known: Vec<AtomicU8>,
}

impl RankColumns {
    /// Opens them on a segment.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn open(segment: &Segment<'_>) -> tantivy::Result<Arc<RankColumns>> {
        let known = (0..segment.reader.max_doc()).map(|_| AtomicU8::new(0)).collect();
        Ok(Arc::new(RankColumns { jobs: Periods::of_jobs(segment)?, as_of: segment.as_of, known }))
    }

    /// Number of the main job: the present one that began last, else the one that ended last; the first of equals, as in
    /// [`crate::model::Profile::main_job`]. The first job when none is dated.
    pub fn main_job(&self, doc: DocId) -> Option<u32> {
        let known = self.known.get(doc as usize);
        match known.map_or(0, |known| known.load(Ordering::Relaxed)) {
            0 => {}
            1 => return None,
            number => return Some(u32::from(number) - 2),
        }
        let main_job = self.look_up(doc);
        let code = main_job.map_or(Some(1), |number| u8::try_from(number + 2).ok());
        if let (Some(known), Some(code)) = (known, code) {
            known.store(code, Ordering::Relaxed);
        }
        main_job
    }

    fn look_up(&self, doc: DocId) -> Option<u32> {
        let keys = self.jobs.all(doc).enumerate().map(|(number, span)| {
            let current = span.period().is_current(self.as_of);
            (current, span.end_hi, span.start_lo, std::cmp::Reverse(number as u32))
        });
        keys.max().map(|(_, _, _, number)| number.0)
    }
}

/// When the skills of documents were used. Several skills of a résumé were used at the same time, by the same jobs: the times are a short list.
#[derive(Clone)]
pub struct SkillUses {
    /// By skill: 0 when nothing is known, 1 + the place in `times`.
    places: Numbers,
    times: Numbers,
}

impl SkillUses {
    /// Opens them by `column`.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn open(column: impl Fn(&'static str) -> tantivy::Result<Numbers>) -> tantivy::Result<SkillUses> {
        Ok(SkillUses { places: column("skill_use")?, times: column("skill_used")? })
    }

    /// Those of all skills of a document.
    pub fn all(&self, doc: DocId) -> impl Iterator<Item = SkillUse> + '_ {
        self.places.all(doc).map(move |place| self.at(doc, place))
    }

    /// That of one skill, by its place among those of the document.
    pub fn nth(&self, doc: DocId, skill: usize) -> Option<SkillUse> {
        self.places.nth(doc, skill).map(|place| self.at(doc, place))
    }

    fn at(&self, doc: DocId, place: i64) -> SkillUse {
        let time = usize::try_from(place - 1).ok().and_then(|place| self.times.nth(doc, place));
        SkillRow::of_packed(time.unwrap_or(0))
    }
}

/// Skills of documents with the month of their last use.
pub struct SkillColumns {
    names: StrColumn,
    used: SkillUses,
}

impl SkillColumns {
    /// Opens them; none when nobody in the segment has a skill.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn open(reader: &SegmentReader) -> tantivy::Result<Option<SkillColumns>> {
        let Some(names) = names(reader, "skill_name")? else { return Ok(None) };
        Ok(Some(SkillColumns { names, used: SkillUses::open(|name| Numbers::open(reader, name))? }))
    }

    /// The number of a skill by its canonical name.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn number(&self, skill: &str) -> tantivy::Result<Option<u64>> {
        Ok(self.names.dictionary().term_ord(skill.as_bytes())?)
    }

    /// Months since one of the skills with these numbers was used; 0 while in use; none if unknown.
    pub fn age(&self, doc: DocId, wanted: &[u64], as_of: Month) -> Option<i64> {
        let ords = self.names.ords();
        let rows = ords.index.value_row_ids(doc);
        // Read at once; few documents have more skills.
        let (mut room, mut many) = ([0; 64], Vec::new());
        let numbers = match room.get_mut(..rows.len()) {
            Some(few) => few,
            None => {
                many.resize(rows.len(), 0);
                &mut many[..]
            }
        };
        if !numbers.is_empty() {
            ords.values.get_range(u64::from(rows.start), numbers);
        }
        let is_wanted = |(_, ord): &(usize, &u64)| wanted.contains(ord);
        let places = numbers.iter().enumerate().filter(is_wanted).map(|(place, _)| place);
        let used = places.filter_map(|place| self.used.nth(doc, place)).map(|used| used.last);
        used.filter(|month| *month != NO_MONTH).map(|month| (i64::from(as_of.0) - month).max(0)).min()
    }
}

/// Years of employment.
pub struct Years {
    months: Numbers,
    open_from: Numbers,
    as_of: Month,
}

impl Years {
    /// Opens them on a segment of which so many documents will be asked for.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn open(segment: &Segment<'_>, documents: u64) -> tantivy::Result<Years> {
        let column = |name| segment.numbers(name, documents);
        Ok(Years { months: column("months")?, open_from: column("months_open_from")?, as_of: segment.as_of })
    }

    /// Years worked when "present" is the as-of month; none if no job is dated.
    pub fn of(&self, doc: DocId) -> Option<f64> {
        let open_from = self.open_from.first(doc).unwrap_or(NO_MONTH);
        Some(years(self.months.first(doc)?, open_from, self.as_of))
    }

    /// The same of documents that rise.
    pub fn of_all<'d>(&self, docs: &'d [DocId]) -> impl Iterator<Item = (DocId, Option<f64>)> + use<'d> {
        let (months, open_from) = (self.months.firsts(docs, UNKNOWN), self.open_from.firsts(docs, NO_MONTH));
        let as_of = self.as_of;
        let years = move |(months, open_from)| (months != UNKNOWN).then(|| years(months, open_from, as_of));
        docs.iter().copied().zip(months.into_iter().zip(open_from).map(years))
    }
}

/// No number of months.
const UNKNOWN: i64 = i64::MIN;

fn years(months: i64, open_from: i64, as_of: Month) -> f64 {
    (months + open_months(open_from, as_of)) as f64 / 12.0
}

/// Months from `open_from` to `as_of`, both counted; none when nothing is open.
pub fn open_months(open_from: i64, as_of: Month) -> i64 {
    if open_from == NO_MONTH { 0 } else { (i64::from(as_of.0) - open_from + 1).max(0) }
}

/// First and last day (`YYYYMMDD`) of an interval of months; [`OPEN_MONTH`] stands for `as_of`.
pub fn days(lo: i64, hi: i64, as_of: Month) -> (i64, i64) {
    let month = |month: i64| if month == OPEN_MONTH { i64::from(as_of.0) } else { month };
    let date = |month: i64, day: i64| month.div_euclid(12) * 10_000 + (month.rem_euclid(12) + 1) * 100 + day;
    // Comparisons only: the 31st of every month stands for its last day.
    (date(month(lo), 1), date(month(hi), 31))
}
