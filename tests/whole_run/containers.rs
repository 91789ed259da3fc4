//! E-mails with attachments and archives of résumés: every file inside has its own line in the ledger, is found by search, and goes
//! when its container goes.

use super::{Bench, sample};
use std::fs;
use vitae::index::{FileState, Report};

impl Bench {
    fn copy(&self, name: &str) {
        self.write(name, &sample(&format!("formats/{name}")));
    }

    /// Runs, and checks every line of the ledger: path and format, or path and reason.
    fn check(&self, expected: &[&str]) -> Report {
        let report = self.run();
        let lines = self.ledger();
        let shown: Vec<String> = lines
            .iter()
            .map(|line| match &line.state {
                FileState::Indexed { format, .. } => format!("{} {}", line.path, format.name()),
                FileState::Skipped(reason) => format!("{} ({})", line.path, reason.name()),
            })
            .collect();
        assert_eq!(shown, expected);
        report
    }
}

#[test]
fn attachments_are_files_of_their_own() {
    let bench = Bench::new();
    bench.copy("solheim.eml");
    let both = ["solheim.eml eml", "solheim.eml!/Søknad Solheim.odt odt"];
    let report = bench.check(&both);
    assert_eq!((report.seen, report.new, report.documents), (2, 2, 2));
    let report = bench.check(&both);
    assert_eq!((report.seen, report.unchanged), (2, 2));
    // Under another name: nothing is extracted again, nothing stays behind.
    fs::rename(bench.options.folder.join("solheim.eml"), bench.options.folder.join("moved.eml")).unwrap();
    let report = bench.check(&["moved.eml eml", "moved.eml!/Søknad Solheim.odt odt"]);
    assert_eq!((report.moved, report.removed, report.documents), (2, 0, 2));
    // Without its attachment.
    fs::write(bench.options.folder.join("moved.eml"), "From: a@example.com\nTo: b@example.com\nSubject: CV\n\nHello\n")
        .unwrap();
    let report = bench.check(&["moved.eml eml"]);
    assert_eq!((report.changed, report.removed, report.documents), (1, 1, 1));
}

#[test]
fn archives_are_opened_when_asked() {
    let mut bench = Bench::new();
    bench.copy("résumés.zip");
    bench.copy("solheim.eml");
    let closed = ["résumés.zip (unsupported)", "solheim.eml eml", "solheim.eml!/Søknad Solheim.odt odt"];
    bench.check(&closed);
    bench.options.archives = true;
    let open = [
        "résumés.zip (opened)",
        "résumés.zip!/2026/solheim.docx docx",
        "résumés.zip!/mail/solheim.eml eml",
        "résumés.zip!/mail/solheim.eml!/Søknad Solheim.odt odt",
        "résumés.zip!/photo.png (unsupported)",
        "solheim.eml (duplicate)",
        "solheim.eml!/Søknad Solheim.odt (duplicate)",
    ];
    let report = bench.check(&open);
    assert_eq!((report.seen, report.documents), (7, 3));
    let report = bench.check(&open);
    assert_eq!((report.seen, report.unchanged, report.duplicates, report.skipped_total()), (7, 3, 2, 2));
    bench.options.archives = false;
    let report = bench.check(&closed);
    // Three files inside the archive; two of them have a twin outside it.
    assert_eq!((report.removed, report.documents), (3, 2));
    fs::remove_file(bench.options.folder.join("solheim.eml")).unwrap();
    assert_eq!(bench.check(&["résumés.zip (unsupported)"]).documents, 0);
}
