//! What a run did: [`Progress`] while it runs, [`Report`] at its end. Plain data; printing is `Display`, nothing is written here.

use crate::model::SkipReason;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// How far a run is. Files that need no reading are not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress<'a> {
    /// Files done.
    pub done: u64,
    /// Files to do.
    pub total: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Bytes to read.
    pub total_bytes: u64,
    /// The file that was done last.
    pub current: &'a str,
}

/// The ledger's totals. Always: `seen = new + changed + unchanged + moved + duplicates + skipped + left`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Report {
    /// Files in the folder.
    pub seen: u64,
    /// Read and added for the first time.
    pub new: u64,
    /// Read again because they, or the way of reading, changed.
    pub changed: u64,
    /// Not touched.
    pub unchanged: u64,
    /// Known content under another path; not extracted again.
    pub moved: u64,
    /// Same content as another file of the folder, which stands for both.
    pub duplicates: u64,
    /// Left out, by name of the reason; unsupported files also by what they are.
    pub skipped: BTreeMap<String, Skips>,
    /// Not looked at because the run was interrupted.
    pub left: u64,
    /// Indexed files of the last run that are gone.
    pub removed: u64,
    /// Documents in the index now.
    pub documents: u64,
    /// Bytes read.
    pub bytes: u64,
    /// What the user should know: why files were read again, that the folder is another one.
    pub notices: Vec<String>,
    /// The run was stopped; what was finished is in the index.
    pub interrupted: bool,
    /// It was to make the index anew, and has left it as it was.
    pub as_before: bool,
    /// Wall time.
    pub timings: Timings,
    /// What waited between the stages.
    pub queues: Queues,
}

/// Files left out for one reason.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Skips {
    /// How many.
    pub count: u64,
    /// What it means, of the first file.
    pub meaning: String,
    /// The first file.
    pub first: String,
}

/// Seconds by stage, and on how many threads.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Timings {
    /// Listing the folder and comparing with the last run.
    pub listing: f64,
    /// Reading, understanding, adding.
    pub reading: f64,
    /// Writing and committing.
    pub committing: f64,
    /// Of reading, all threads together: opening, hashing and telling apart files, and what lies in containers.
    pub opening: f64,
    /// Of reading, all threads together: the lines of each format; worker processes are waited for.
    pub extracting: f64,
    /// Of reading, all threads together: sections, profiles, documents.
    pub understanding: f64,
    /// Threads that read; 0 when there was nothing to read.
    pub threads: usize,
    /// Of reading: the sink had nothing to do. Much of it means that reading is the slower side.
    pub sink_waited: f64,
    /// Of reading: readers had no room for what they had done, all threads together. Much of it means that the sink is.
    pub readers_waited: f64,
    /// All.
    pub total: f64,
}

/// How full the two queues of a run were: between reading and adding, in groups of files, and between adding and writing, in bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Queues {
    /// Files that were read and wait to be added.
    pub read: Depth,
    /// Bytes of documents that were added and wait to be written.
    pub write: Depth,
}

/// How much waited in a queue, looked at again and again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Depth {
    /// Room in the queue.
    pub room: u64,
    /// The most that was seen.
    pub most: u64,
    /// How often it was looked at.
    pub samples: u64,
    /// Sum of what was seen.
    pub sum: u64,
}

impl Depth {
    /// Enters what was seen now.
    pub fn add(&mut self, seen: u64) {
        *self = Depth { most: self.most.max(seen), samples: self.samples + 1, sum: self.sum + seen, ..*self };
    }

    /// What waited on average.
    pub fn mean(&self) -> f64 {
        self.sum as f64 / self.samples.max(1) as f64
    }
}

/// For `vitae index --stats`: a line per stage and per queue, and which side of the run was the slower one; of stages that had nothing to do none.
pub fn stats(report: &Report) -> String {
    let Report { timings, queues, .. } = report;
    let seconds =
        |name: &str, value: f64, of: &str| format!("{name:<24}{value:>8.2} s  {of}").trim_end().to_string() + "\n";
    let listing = seconds("listing", timings.listing, "the folder, compared with the last run");
    let rest = seconds("committing", timings.committing, "the rest of writing, persons in several files")
        + &seconds("total", timings.total, "");
    if timings.threads == 0 {
        return format!("{listing}nothing was to be read\n{rest}");
    }
    let depth = |name: &str, depth: &Depth, unit: f64, what: &str| {
        let [mean, most, room] = [depth.mean(), depth.most as f64, depth.room as f64].map(|value| value / unit);
        format!("{name:<24}{mean:>8.2} {what} on average, {most:.1} at most, room for {room:.0}\n")
    };
    let rate = (report.new + report.changed) as f64 / timings.reading.max(1e-9);
    let threads = if timings.threads == 1 { "1 thread".to_string() } else { format!("{} threads", timings.threads) };
    // Readers wait on every thread, adding has one.
    let readers_waited = timings.readers_waited / timings.threads as f64;
    let slower = if timings.sink_waited >= readers_waited { "reading" } else { "adding" };
    [
        listing,
        seconds(
            "reading and adding",
            timings.reading,
            &format!("{rate:.0} résumés a second; {slower} is the slower side"),
        ),
        seconds(
            "  opening files",
            timings.opening,
            &format!("{threads} together; hashes, kinds, what lies in containers"),
        ),
        seconds(
            "  extracting text",
            timings.extracting,
            &format!("{threads} together; worker processes are waited for"),
        ),
        seconds(
            "  understanding",
            timings.understanding,
            &format!("{threads} together; sections, profiles, documents"),
        ),
        seconds("  readers waited", timings.readers_waited, &format!("{threads} together, for room in the queue")),
        seconds("  adding waited", timings.sink_waited, "for something to add"),
        rest,
        depth("queue before adding", &queues.read, 1.0, "groups of files"),
        depth("queue before writing", &queues.write, f64::from(1 << 20), "MiB"),
    ]
    .concat()
}

impl Report {
    /// Counts a file that was left out.
    pub fn skip(&mut self, path: &str, reason: &SkipReason) {
        let first = || Skips { count: 0, meaning: reason.to_string(), first: path.to_string() };
        let kind = match reason {
            SkipReason::Unsupported(what) => format!("{}: {what}", reason.name()),
            _ => reason.name().to_string(),
        };
        self.skipped.entry(kind).or_insert_with(first).count += 1;
    }

    /// Files left out in all.
    pub fn skipped_total(&self) -> u64 {
        self.skipped.values().map(|skips| skips.count).sum()
    }

    /// The totals add up.
    pub fn balances(&self) -> bool {
        let accounted = self.new + self.changed + self.unchanged + self.moved + self.duplicates + self.skipped_total();
        self.seen == accounted + self.left
    }
}

/// The end of `vitae index`: a line of totals, one line per reason, notices.
impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            (self.new, "new"),
            (self.changed, "changed"),
            (self.unchanged, "unchanged"),
            (self.moved, "moved"),
            (self.duplicates, "duplicate"),
            (self.skipped_total(), "skipped"),
            (self.left, "not reached"),
        ];
        let shown: Vec<String> =
            parts.iter().filter(|(count, _)| *count > 0).map(|(count, name)| format!("{count} {name}")).collect();
        match shown.is_empty() {
            true if self.removed > 0 => writeln!(out, "{}", files(self.seen))?,
            true => writeln!(out, "{} = nothing to do", files(self.seen))?,
            false => writeln!(out, "{} = {}", files(self.seen), shown.join(" + "))?,
        }
        for (name, skips) in &self.skipped {
            let of = if skips.count == 1 {
                skips.first.clone()
            } else {
                format!("{} and {} more", skips.first, skips.count - 1)
            };
            let name = name.split(':').next().unwrap_or(name);
            writeln!(out, "  skipped {:>6}  {name}: {} ({of})", skips.count, skips.meaning)?;
        }
        if self.removed > 0 {
            writeln!(out, "  removed {:>6}  no longer in the folder", self.removed)?;
        }
        for notice in &self.notices {
            writeln!(out, "  note: {notice}")?;
        }
        if self.as_before {
            writeln!(out, "  interrupted; the index is as it was before this run")?;
        } else if self.interrupted {
            writeln!(out, "  interrupted; what was finished is in the index, the next run does the rest")?;
        }
        write!(out, "{} in the index, {:.1} s", candidates(self.documents), self.timings.total)
    }
}

fn files(count: u64) -> String {
    if count == 1 { "1 file".to_string() } else { format!("{count} files") }
}

/// So many documents.
pub(super) fn candidates(count: u64) -> String {
    if count == 1 { "1 résumé".to_string() } else { format!("{count} résumés") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stats_name_every_stage_and_queue_and_one_slower_side() {
        let mut read = Depth { room: 8, ..Depth::default() };
        [0, 3].into_iter().for_each(|seen| read.add(seen));
        let write = Depth { room: 6 << 20, most: 3 << 19, samples: 1, sum: 3 << 19 };
        let waited = Timings { sink_waited: 1.0, readers_waited: 1.5, threads: 2, ..Timings::default() };
        let timings = Timings { reading: 2.0, extracting: 1.25, total: 2.25, ..waited };
        let report = Report { new: 10, timings, queues: Queues { read, write }, ..Report::default() };
        let told = stats(&report);
        assert!(told.contains("2.00 s  5 résumés a second; reading is the slower side\n"), "{told}");
        assert!(told.contains("extracting text           1.25 s  2 threads together"), "{told}");
        assert!(told.contains("1.50 groups of files on average, 3.0 at most, room for 8"), "{told}");
        assert!(told.contains("1.50 MiB on average, 1.5 at most, room for 6"), "{told}");
        let timings = Timings { readers_waited: 2.5, ..timings };
        let told = stats(&Report { timings, ..report });
        assert!(told.contains("adding is the slower side") && told.matches("slower").count() == 1, "{told}");
    }

    #[test]
    fn stats_of_a_run_with_nothing_to_read_compare_nothing() {
        let told = stats(&Report { unchanged: 3, ..Report::default() });
        assert!(!told.contains("slower") && !told.contains("room for"), "{told}");
        assert!(told.contains("nothing was to be read"), "{told}");
    }

    #[test]
    fn a_report_reads_as_a_ledger() {
        let mut report = Report { seen: 5, new: 2, unchanged: 1, removed: 1, documents: 3, ..Report::default() };
        report.skip("a.pdf", &SkipReason::Encrypted);
        report.skip("b.pdf", &SkipReason::Encrypted);
        assert!(report.balances());
        let expected = "5 files = 2 new + 1 unchanged + 2 skipped\n  skipped      2  encrypted: encrypted; save a copy without a \
                        password (a.pdf and 1 more)\n  removed      1  no longer in the folder\n3 résumés in the index, 0.0 s";
        assert_eq!(report.to_string(), expected);
    }
}
