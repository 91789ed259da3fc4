//! Files that are damaged, hostile, mislabelled or huge: each has a reason in the ledger, none is lost, none stops the run.

use super::{Bench, sample};
use std::fs;
use std::io::Write;
use std::time::{Duration, Instant};

/// A ZIP package with one part.
fn package(part: &str, content: &mut dyn FnMut(&mut dyn Write)) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file(part, zip::write::SimpleFileOptions::default()).unwrap();
    content(&mut zip);
    zip.finish().unwrap().into_inner()
}

#[test]
fn damaged_and_mislabelled_files_have_reasons() {
    let bench = Bench::new();
    bench.write("good.txt", &sample("cases/resumes/D01.txt"));
    bench.write("empty.pdf", b"");
    bench.write("blank.txt", b"  \n\t\n");
    let (pdf, docx) = (sample("cases/resumes/D35.pdf"), sample("cases/resumes/D35.docx"));
    bench.write("cut.pdf", &pdf[..60]);
    bench.write("cut.docx", &docx[..docx.len() / 2]);
    bench.write("scan.pdf", &sample("cases/resumes/D34.pdf"));
    let trailer = String::from_utf8_lossy(&pdf).replace("/Root 1 0 R", "/Root 1 0 R/Encrypt 9 0 R/ID[<00><00>]");
    let locked = format!(
        "{trailer}\n9 0 obj\n<</Filter/Standard/V 2/R 3/Length 128/P -4/O<{0}>/U<{0}>>>\nendobj\n",
        "41".repeat(32)
    );
    bench.write("locked.pdf", locked.as_bytes());
    // An encrypted Word file is an OLE package with a stream of this name.
    let mut ole = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    ole.resize(512, 0);
    ole.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    ole.resize(4096, 0);
    bench.write("locked.docx", &ole);
    bench.write("photo.txt", &[0, 159, 146, 150, 0, 1, 2, 3, 255, 0, 7, 8].repeat(50));
    bench.write("wrong.pdf", &docx);
    bench.write("wrong.docx", b"Kim Vale\nBeekeeper\n");
    bench.write("picture.rtf", b"{\\rtf1{\\pict 89504e47}}");
    bench.write("all.zip", &package("a.txt", &mut |part| part.write_all(b"Kim Vale").unwrap()));
    let report = bench.run();
    assert_eq!(report.seen, 13);
    for (name, reasons) in [
        ("good.txt", &["indexed"][..]),
        ("empty.pdf", &["empty"]),
        ("blank.txt", &["empty", "no-text"]),
        ("cut.pdf", &["corrupt"]),
        ("cut.docx", &["corrupt", "indexed"]),
        ("scan.pdf", &["no-text-layer"]),
        ("locked.pdf", &["encrypted"]),
        ("locked.docx", &["encrypted"]),
        ("photo.txt", &["binary"]),
        ("wrong.pdf", &["indexed"]),
        ("wrong.docx", &["indexed", "corrupt"]),
        ("picture.rtf", &["empty"]),
        ("all.zip", &["unsupported"]),
    ] {
        let state = bench.state(name);
        assert!(reasons.contains(&state.as_str()), "{name}: {state}");
    }
    assert_eq!(bench.count("spring"), 1, "a DOCX called .pdf is read as what it is");
    if bench.state("cut.docx") == "indexed" {
        assert_eq!(bench.count("status:partial"), 1, "who reads half a résumé has to know it");
    }
}

#[test]
fn a_huge_text_is_read_to_its_end() {
    let bench = Bench::new();
    let mut text = String::with_capacity(52 << 20);
    text.push_str("Kim Vale\nBeekeeper\n");
    while text.len() < 50 << 20 {
        text.push_str("Kept the bees of many gardens well and wrote about it.\n");
    }
    text.push_str("xylophonist");
    bench.write("long.txt", text.as_bytes());
    bench.write("good.txt", &sample("cases/resumes/D01.txt"));
    let started = Instant::now();
    bench.run();
    // An unoptimised build on a busy machine; a quadratic reader takes hours.
    assert!(started.elapsed() < Duration::from_secs(240), "{:?}", started.elapsed());
    match bench.state("long.txt").as_str() {
        "indexed" => assert_eq!(bench.count("xylophonist"), 1),
        reason => assert!(["too-large", "unsupported"].contains(&reason), "{reason}"),
    }
    assert_eq!(bench.count("c++"), 1);
}

#[test]
fn one_long_line_is_read_to_its_end() {
    let bench = Bench::new();
    bench.write("line.txt", format!("Kim Vale {} xylophonist", "beehive ".repeat(40_000)).as_bytes());
    bench.run();
    assert_eq!(bench.count("xylophonist"), 1);
}

#[test]
fn a_cv_of_300_000_characters_is_searched_to_its_last_word() {
    let bench = Bench::new();
    let mut text = String::from("Kim Vale\n\nExperience\n\nBeekeeper, Meadow Farm, 1999 - Present\n");
    while text.len() < 300_000 {
        text.push_str("- Kept the bees of many gardens and wrote about it in the yearbook of the society.\n");
    }
    text.push_str("\nPublications\n\nOn the dance of bees, with notes by a xylophonist\n");
    bench.write("long.txt", text.as_bytes());
    let paragraphs: String = text.lines().map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")).collect();
    let body = format!("<w:document><w:body>{}</w:body></w:document>", paragraphs.replace("xylophonist", "lutenist"));
    bench.write("long.docx", &package("word/document.xml", &mut |part| part.write_all(body.as_bytes()).unwrap()));
    bench.run();
    assert_eq!((bench.count("xylophonist"), bench.count("lutenist")), (1, 1));
}

#[test]
fn files_above_the_limit_are_refused() {
    let mut bench = Bench::new();
    bench.options.max_bytes = 1000;
    bench.write("long.txt", "word ".repeat(300).as_bytes());
    bench.run();
    assert_eq!(bench.state("long.txt"), "too-large");
}

#[test]
fn a_zip_bomb_costs_one_file() {
    let bench = Bench::new();
    let zeros = vec![b' '; 1 << 20];
    let bomb = package("word/document.xml", &mut |part| (0..1024).for_each(|_| part.write_all(&zeros).unwrap()));
    assert!(bomb.len() < 4 << 20);
    bench.write("bomb.docx", &bomb);
    bench.write("good.txt", &sample("cases/resumes/D01.txt"));
    let started = Instant::now();
    bench.run();
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
    assert_ne!(bench.state("bomb.docx"), "indexed");
    assert_eq!(bench.count("c++"), 1);
}

#[cfg(unix)]
#[test]
fn odd_entries_of_a_folder() {
    use std::os::unix::ffi::OsStrExt;
    let bench = Bench::new();
    let folder = &bench.options.folder;
    bench.write("good.txt", &sample("cases/resumes/D01.txt"));
    fs::write(folder.join(std::ffi::OsStr::from_bytes(b"r\xe9sum\xe9.txt")), sample("cases/resumes/D03.txt")).unwrap();
    fs::create_dir(folder.join("loop")).unwrap();
    std::os::unix::fs::symlink(folder, folder.join("loop/again")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(folder.join("pipe.txt")).status().unwrap();
    assert!(made.success());
    let report = bench.run();
    assert_eq!(report.documents, 2, "{report}");
    assert_eq!(bench.count("rtos"), 1, "a name that is not UTF-8 is no reason");
    assert_eq!(bench.count("c++"), 1);
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_a_reason() {
    use std::os::unix::fs::PermissionsExt;
    let bench = Bench::new();
    bench.write("good.txt", &sample("cases/resumes/D01.txt"));
    bench.write("secret.txt", &sample("cases/resumes/D03.txt"));
    let secret = bench.options.folder.join("secret.txt");
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o000)).unwrap();
    let report = bench.run();
    if fs::read(&secret).is_ok() {
        eprintln!("not tested: this user may read every file");
        assert_eq!(report.documents, 2);
    } else {
        assert_eq!((report.documents, bench.state("secret.txt").as_str()), (1, "unreadable"));
    }
}
