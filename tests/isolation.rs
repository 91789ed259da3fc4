//! Worker processes: what comes through them is what comes without them; one that hangs, crashes or asks for too much costs its file a
//! reason and nothing else; none is left behind. Misbehaving workers are played by the shell.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]
#![cfg(unix)]

use pdfboss_render::{ImageFormat, Pixmap};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use vitae::index::{Extract, IsolatedReader, Reader};
use vitae::isolate::{Launch, Limits, Workers};
use vitae::lexicon::Lexicon;
use vitae::model::{Format, Month, SkipReason};
use vitae::read::Member;

fn vitae() -> PathBuf {
    assert_cmd::cargo::cargo_bin!("vitae").to_path_buf()
}

fn sample(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cases/resumes").join(name)).unwrap()
}

fn workers(time_s: u64, memory_mib: u64) -> Workers {
    let arguments =
        ["read-worker".into(), format!("--read-time={time_s}"), format!("--read-memory={memory_mib}")].map(Into::into);
    let limits = Limits { memory: memory_mib << 20, time: Duration::from_secs(time_s) };
    Workers::new(Launch { program: vitae(), arguments: arguments.to_vec() }, limits)
}

/// Workers that do what the shell is told.
fn played(script: &str) -> Workers {
    played_for(script, Duration::from_secs(1))
}

fn played_for(script: &str, time: Duration) -> Workers {
    let launch = Launch { program: "/bin/sh".into(), arguments: vec!["-c".into(), script.into()] };
    Workers::new(launch, Limits { memory: 1 << 30, time })
}

#[test]
fn a_time_beyond_all_clocks_is_no_crash() {
    let read = played_for("exit 3", Duration::MAX).read(b"%PDF-1.4", Format::Pdf);
    assert!(matches!(&read, Err(SkipReason::ReaderCrashed(what)) if !what.contains("overflow")), "{read:?}");
}

#[test]
fn a_worker_reads_what_the_program_itself_would_read() {
    let workers = workers(60, 1024);
    for (name, format) in [("D35.pdf", Format::Pdf), ("D35.docx", Format::Docx), ("D34.pdf", Format::Pdf)] {
        let bytes = sample(name);
        assert_eq!(workers.read(&bytes, format), vitae::read::read(&bytes, format), "{name}");
    }
    assert!(matches!(workers.read(b"%PDF-1.4 nothing", Format::Pdf), Err(SkipReason::Corrupt(_))));
}

#[test]
fn many_threads_share_the_workers() {
    let workers = workers(60, 1024);
    let bytes = sample("D35.pdf");
    let expected = vitae::read::read(&bytes, Format::Pdf);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..10).for_each(|_| assert_eq!(workers.read(&bytes, Format::Pdf), expected)));
        }
    });
}

/// A page that is one JPEG of stripes, as a scanner writes it.
fn scan() -> Vec<u8> {
    let mut picture = Pixmap::new(1200, 1600);
    picture
        .data
        .iter_mut()
        .enumerate()
        .for_each(|(at, dot)| *dot = (at / 40 % 2 * 255) as u8 | (at % 4 / 3 * 255) as u8);
    let jpeg = picture.encode(ImageFormat::Jpeg { quality: 80 }).unwrap();
    let mut pdf =
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>endobj\n\
        4 0 obj<</Length 29>>stream\nq 600 0 0 800 0 0 cm /X Do Q \nendstream endobj\n"
            .to_vec();
    let entries = "/Type/XObject/Subtype/Image/Width 1200/Height 1600/ColorSpace/DeviceRGB/BitsPerComponent 8";
    pdf.extend(format!("5 0 obj<<{entries}/Filter/DCTDecode/Length {}>>stream\n", jpeg.len()).bytes());
    pdf.extend(jpeg);
    pdf.extend(b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n");
    pdf
}

#[test]
fn a_worker_draws_pages_without_threads_of_its_own() {
    let bytes = scan();
    assert_eq!(workers(60, 1024).read(&bytes, Format::Pdf), Err(SkipReason::NoTextLayer));
    let drawn = workers(60, 1024).pictures(&bytes, Format::Pdf).unwrap();
    assert_eq!(Ok(&drawn), vitae::read::pictures(&bytes, Format::Pdf).as_ref());
    assert!(drawn[0].bytes.starts_with(b"P5\n2500 3334\n"), "{:?}", &drawn[0].bytes[..20]);
}

#[test]
fn members_come_one_by_one_and_may_be_read_by_other_workers() {
    let workers = workers(60, 1024);
    let bytes = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formats/résumés.zip")).unwrap();
    let (mut isolated, mut own) = (Vec::new(), Vec::new());
    let mut sink = |member: Member| {
        let text = member.content.as_deref().map(|bytes| workers.read(bytes, Format::Docx).is_ok());
        isolated.push((member.clone(), text == Ok(true)));
    };
    assert_eq!(workers.members(&bytes, Format::Zip, &mut sink), Ok(()));
    vitae::read::members(&bytes, Format::Zip, &mut |member| own.push(member)).unwrap();
    assert!(isolated.iter().any(|(_, is_docx)| *is_docx));
    assert_eq!(isolated.into_iter().map(|(member, _)| member).collect::<Vec<_>>(), own);
    assert!(matches!(workers.members(b"PK\x03\x04 cut", Format::Zip, &mut drop), Err(SkipReason::Corrupt(_))));
}

#[test]
fn the_cause_of_death_is_the_reason() {
    let check = |script: &str, expected: &str| {
        let reason = played(script).read(b"%PDF-1.4", Format::Pdf).unwrap_err();
        assert!(reason.to_string().starts_with(expected), "{script}: {reason}");
    };
    check("sleep 30", "took longer than 1 s");
    check("cat > /dev/null & sleep 30", "took longer than 1 s");
    check("kill -SEGV $$", "the reader crashed on it: signal 11");
    check("exit 3", "the reader crashed on it: exit status: 3");
    check("kill -XCPU $$", "took longer than 1 s");
    check("kill -KILL $$", "needs more than 1024 MiB");
    check("echo 'memory allocation of 9 bytes failed' >&2; kill -ABRT $$", "needs more than 1024 MiB");
    check("echo 'thread reader has overflowed its stack' >&2; kill -ABRT $$", "the reader crashed on it: nested too");
    check("printf '\\1\\0\\0\\0\\377'; sleep 30", "the reader crashed on it: its answer makes no sense");
    check("printf '\\377\\377\\377\\377'; sleep 30", "the reader crashed on it: its answer makes no sense");
}

#[test]
fn a_worker_that_does_not_start_is_no_fault_of_the_file() {
    let launch = Launch { program: "/no/such/program".into(), arguments: Vec::new() };
    let reason = Workers::new(launch, Limits::default()).read(b"%PDF-1.4", Format::Pdf).unwrap_err();
    assert!(matches!(reason, SkipReason::Unreadable(_)), "{reason}");
    assert!(reason.to_string().contains("--in-process"), "{reason}");
}

#[test]
fn a_dead_worker_is_replaced() {
    // The odd time tells this worker from those of the tests beside it.
    let workers = workers(61, 1024);
    let bytes = sample("D35.pdf");
    assert!(workers.read(&bytes, Format::Pdf).is_ok());
    let own = |pid: &u32| name(*pid).is_some_and(|name| name.contains("--read-time=61"));
    let killed = children(std::process::id()).into_iter().filter(own).map(|pid| signal(pid, "KILL")).count();
    assert_eq!(killed, 1);
    assert!(workers.read(&bytes, Format::Pdf).is_ok(), "the file is not blamed for a worker that died before it");
}

#[test]
fn a_page_of_too_many_glyphs_stays_within_the_memory() {
    let reason = workers(60, 256).read(&bomb(64 << 20), Format::Pdf);
    assert!(!matches!(reason, Err(SkipReason::ReaderCrashed(_))), "{reason:?}");
}

/// A PDF whose page is `size` bytes of text operators, deflated.
fn bomb(size: usize) -> Vec<u8> {
    let content = b"BT /F1 9 Tf (abcdefgh) Tj ET\n".repeat(size / 29);
    let mut pdf =
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1<</Type/Font/Subtype\
        /Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
            .to_vec();
    pdf.extend(format!("4 0 obj<</Length {}>>stream\n", content.len()).bytes());
    pdf.extend(content);
    pdf.extend(b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n");
    pdf
}

#[test]
fn a_worker_is_confined() {
    let output = Command::new(vitae()).args(["read-worker", "--check"]).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if cfg!(target_os = "linux") {
        let open: Vec<&str> = text.lines().filter(|line| !line.ends_with(": refused")).collect();
        assert!(open.is_empty() && text.lines().count() == 5, "{text}");
    } else {
        eprintln!("not tested: what a worker gives up on this system\n{text}");
    }
}

#[test]
fn plain_text_needs_no_worker() {
    let launch = Launch { program: "/no/such/program".into(), arguments: Vec::new() };
    let (lexicon, workers) = (Lexicon::builtin(), Workers::new(launch, Limits::default()));
    let reader = IsolatedReader {
        reader: Reader { lexicon: &lexicon, as_of: Month::new(2026, 1) },
        workers: &workers,
        ocr: None,
    };
    assert!(reader.extract(b"# Kim Vale\n\n## Work\n", Format::Markdown).is_ok());
    assert!(reader.extract(&sample("D35.pdf"), Format::Pdf).is_err());
}

fn start_run(root: &Path) -> Child {
    let folder = root.join("cvs");
    fs::create_dir_all(&folder).unwrap();
    let pdf = sample("D35.pdf");
    for at in 0..400 {
        let mut copy = pdf.clone();
        copy.extend(format!("\n% {at}\n").bytes());
        fs::write(folder.join(format!("{at}.pdf")), copy).unwrap();
    }
    let mut command = Command::new(vitae());
    command.arg("-q").arg("-i").arg(root.join("index")).arg("index").arg(&folder);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn no_worker_outlives_the_program() {
    for name in ["INT", "TERM", "KILL"] {
        let root = tempfile::tempdir().unwrap();
        let mut run = start_run(root.path());
        let started = Instant::now();
        let mut workers = Vec::new();
        while workers.is_empty() && started.elapsed() < Duration::from_secs(60) && run.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(10));
            workers = children(run.id());
        }
        assert!(!workers.is_empty(), "the run has workers");
        signal(run.id(), name);
        run.wait().unwrap();
        let gone = |workers: &[u32]| workers.iter().all(|pid| self::name(*pid).is_none());
        let started = Instant::now();
        while !gone(&workers) && started.elapsed() < Duration::from_secs(10) {
            std::thread::sleep(Duration::from_millis(20));
        }
        assert!(gone(&workers), "after {name}");
    }
}

fn signal(pid: u32, name: &str) {
    assert!(Command::new("kill").arg(format!("-{name}")).arg(pid.to_string()).status().unwrap().success());
}

/// Living processes started by `parent`.
fn children(parent: u32) -> Vec<u32> {
    let pids = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = pids.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let is_child = |pid: &u32| {
        let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        status.lines().any(|line| line == format!("PPid:\t{parent}"))
    };
    pids.filter(is_child).filter(|pid| name(*pid).is_some()).collect()
}

/// The command line of a living process; none of one that has ended, also if nobody has waited for it yet.
fn name(pid: u32) -> Option<String> {
    let line = fs::read(format!("/proc/{pid}/cmdline")).ok().filter(|line| !line.is_empty())?;
    Some(String::from_utf8_lossy(&line).replace('\0', " "))
}
