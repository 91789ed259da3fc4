//! Files made to kill a reader: small ones that unpack to gigabytes, endless recursion, nesting without end, sizes that lie. All made
//! here, none larger than a few megabytes.

use super::mutate::Random;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// One hostile file.
pub struct Bomb {
    pub name: &'static str,
    pub bytes: Vec<u8>,
    pub kind: &'static str,
}

/// Markup that opens `depth` times and never closes.
fn nested(open: &str, depth: usize) -> Vec<u8> {
    open.repeat(depth).into_bytes()
}

/// All of them. `unit` is their size: 1 MiB for the full test, less for a short one.
pub fn all(unit: usize) -> Vec<Bomb> {
    let mut bombs = Vec::new();
    let mut add = |name, bytes, kind| bombs.push(Bomb { name, bytes, kind });
    packages(&mut add, unit);
    pdf_bombs(&mut add, unit);
    pdf_recursion(&mut add, unit);
    texts(&mut add, unit);
    bombs
}

type Add<'a> = &'a mut dyn FnMut(&'static str, Vec<u8>, &'static str);

fn packages(add: Add<'_>, unit: usize) {
    let spaces = vec![b' '; unit];
    let many = |part: &mut dyn Write| (0..1024).for_each(|_| part.write_all(&spaces).unwrap());
    add("bomb.docx", package(&[("word/document.xml", &many)]), "ZIP bomb");
    add("bomb.odt", odt(&many), "ZIP bomb");
    let words = |part: &mut dyn Write| {
        part.write_all(b"<w:document><w:body>").unwrap();
        let words = "<w:p><w:r><w:t>bees and honey</w:t></w:r></w:p>".repeat(1000);
        (0..unit / 256).for_each(|_| part.write_all(words.as_bytes()).unwrap());
    };
    add("words.docx", package(&[("word/document.xml", &words)]), "ZIP bomb");
    add("bomb.zip", package(&[("a.txt", &many), ("b.txt", &many), ("c.docx", &many)]), "ZIP bomb");
    let mut inner = package(&[("cv.txt", &|part: &mut dyn Write| part.write_all(b"Kim Vale").unwrap())]);
    for _ in 0..40 {
        let last = inner.clone();
        inner = package(&[("inner.zip", &|part: &mut dyn Write| part.write_all(&last).unwrap())]);
    }
    add("in-each-other.zip", inner, "ZIP bomb");
    let mut laughs = String::from("<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY l0 \"ha\">");
    for level in 1..30 {
        laughs += &format!("<!ENTITY l{level} \"{}\">", format!("&l{};", level - 1).repeat(10));
    }
    laughs += "]><w:document><w:body><w:p><w:r><w:t>&l29;</w:t></w:r></w:p></w:body></w:document>";
    let entities = |part: &mut dyn Write| part.write_all(laughs.as_bytes()).unwrap();
    add("laughs.docx", package(&[("word/document.xml", &entities)]), "XML entity bomb");
    add("laughs.odt", odt(&entities), "XML entity bomb");
    add("laughs.xml", laughs.clone().into_bytes(), "XML entity bomb");
    for (name, element) in [("tables.docx", "<w:tbl><w:tr><w:tc>"), ("controls.docx", "<w:sdt><w:sdtContent>")] {
        let deep = |part: &mut dyn Write| {
            part.write_all(b"<w:document><w:body>").unwrap();
            part.write_all(&nested(element, unit / 5)).unwrap();
        };
        add(name, package(&[("word/document.xml", &deep)]), "nested too deeply");
    }
    add("braces.rtf", [b"{\\rtf1 ".to_vec(), nested("{", 2 * unit)].concat(), "nested too deeply");
    add("parts.eml", mail(5000), "nested too deeply");
    let attached =
        "Content-Type: text/plain\nContent-Disposition: attachment; filename=a\n\nKim\n--b\n".repeat(unit / 512);
    let many = format!("{MAIL}Content-Type: multipart/mixed; boundary=b\n\n--b\n{attached}");
    add("attachments.eml", many.into_bytes(), "many files in one");
    let in_quotes = format!("{MAIL}Content-Type: text/plain; charset=\"{}", "=?utf-8?Q?".repeat(unit / 4));
    add("words.eml", in_quotes.into_bytes(), "endless text");
    add("liar.zip", liar(unit), "ZIP with wrong numbers");
    add("liar.docx", liar(unit), "ZIP with wrong numbers");
}

const MAIL: &str = "From: kim@example.com\nSubject: CV\nMIME-Version: 1.0\n";

/// An archive whose directory claims as many files as there are bytes before it: room for them would be gigabytes.
fn liar(unit: usize) -> Vec<u8> {
    let mut zip = [b"PK\x03\x04".to_vec(), vec![b' '; 16 * unit]].concat();
    let (start, count) = (zip.len() as u64, 15 * unit as u64);
    // The 64-bit end of the directory, where it stands, and the end itself, whose 16-bit count says "look there".
    zip.extend(b"PK\x06\x06\x2c\0\0\0\0\0\0\0\x2d\0\x2d\0\0\0\0\0\0\0\0\0");
    [count, count, 0, start].iter().for_each(|number| zip.extend(number.to_le_bytes()));
    zip.extend(b"PK\x06\x07\0\0\0\0");
    zip.extend(start.to_le_bytes());
    zip.extend(b"\x01\0\0\0PK\x05\x06\0\0\0\0\xff\xff\xff\xff");
    zip.extend([0xff; 8]);
    zip.extend([0, 0]);
    zip
}

/// A mail whose every part is a mail of parts.
fn mail(depth: usize) -> Vec<u8> {
    let mut mail = MAIL.to_string();
    for level in 0..depth {
        mail += &format!("Content-Type: multipart/mixed; boundary=\"b{level}\"\n\n--b{level}\n");
    }
    mail.into_bytes()
}

/// Name of a part and what writes it.
type Part<'a> = (&'a str, &'a dyn Fn(&mut dyn Write));

fn package(parts: &[Part<'_>]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        content(&mut zip);
    }
    zip.finish().unwrap().into_inner()
}

fn odt(content: &dyn Fn(&mut dyn Write)) -> Vec<u8> {
    let kind = |part: &mut dyn Write| part.write_all(b"application/vnd.oasis.opendocument.text").unwrap();
    package(&[("mimetype", &kind), ("content.xml", content)])
}

/// A PDF of these objects, numbered from 1, without a table of them: the reader has to look for them itself.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut pdf = b"%PDF-1.5\n".to_vec();
    for (index, object) in objects.iter().enumerate() {
        pdf.extend(format!("{} 0 obj\n", index + 1).bytes());
        pdf.extend(object);
        pdf.extend(b"\nendobj\n");
    }
    pdf.extend(b"trailer<</Root 1 0 R>>\n%%EOF\n");
    pdf
}

const CATALOG: &[u8] = b"<</Type/Catalog/Pages 2 0 R>>";
const PAGES: &[u8] = b"<</Type/Pages/Kids[3 0 R]/Count 1>>";
const PAGE: &[u8] = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>\
    /XObject<</X 6 0 R>>>>>>";
const FONT: &[u8] = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";

/// One page with this content stream, a font `F` and a form `X`.
fn page(content: Vec<u8>, form: Vec<u8>) -> Vec<u8> {
    pdf(&[CATALOG.into(), PAGES.into(), PAGE.into(), content, FONT.into(), form])
}

fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    [format!("<<{entries}/Length {}>>stream\n", data.len()).as_bytes(), data, b"\nendstream"].concat()
}

fn deflated(times: usize, chunk: &[u8]) -> Vec<u8> {
    let mut out = ZlibEncoder::new(Vec::new(), Compression::best());
    (0..times).for_each(|_| out.write_all(chunk).unwrap());
    stream("/Filter/FlateDecode", &out.finish().unwrap())
}

fn pdf_bombs(add: Add<'_>, unit: usize) {
    add("spaces.pdf", page(deflated(2048, &vec![b' '; unit]), Vec::new()), "PDF stream bomb");
    let glyphs = b"BT /F 9 Tf 1 0 0 1 9 9 Tm (bees and honey) Tj ET\n".repeat(unit / 50);
    add("glyphs.pdf", page(deflated(300, &glyphs), Vec::new()), "PDF stream bomb");
    add("paths.pdf", page(deflated(200, &b"1 2 m 3 4 l S\n".repeat(unit / 14)), Vec::new()), "PDF stream bomb");
    add("states.pdf", page(deflated(100, &b"q ".repeat(unit / 2)), Vec::new()), "nested too deeply");
    let twice = stream("/Filter[/RunLengthDecode/RunLengthDecode/RunLengthDecode]", &[0x81, 0x81].repeat(unit));
    add("runs.pdf", page(twice, Vec::new()), "PDF stream bomb");
    add("image.pdf", page(stream("", b"/X Do"), image()), "PDF stream bomb");
    let cmap = format!(
        "begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange {}",
        "1 beginbfrange <0000> <FFFFFFFF> <0041> endbfrange ".repeat(500)
    );
    let font = b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts[5 0 R]>>";
    let content = stream("", b"BT /F 9 Tf <00410042> Tj ET");
    let objects = [CATALOG.into(), PAGES.into(), PAGE.into(), content, font.to_vec(), stream("", cmap.as_bytes())];
    add("ranges.pdf", pdf(&objects), "PDF stream bomb");
    let endless =
        [&pdf(&[CATALOG.into(), PAGES.into(), PAGE.into()])[..], b"4 0 obj\n<</Length 999999999999>>stream\n"];
    let words = b"BT /F 9 Tf (bees) Tj ET\n".repeat(unit / 10);
    add("endless.pdf", [&endless.concat()[..], &words].concat(), "endless stream");
    add("no-end.pdf", [b"%PDF-1.4\n1 0 obj\n<</A (".to_vec(), vec![b'('; 4 * unit]].concat(), "endless stream");
    let mut noise = b"%PDF-1.7\n".to_vec();
    let mut random = Random(7);
    noise.extend((0..unit).map(|_| random.next() as u8));
    add("noise.pdf", noise, "noise");
}

/// A picture of 60,000 × 60,000 dots in a few bytes.
fn image() -> Vec<u8> {
    let entries = "/Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceRGB/BitsPerComponent 8";
    stream(entries, b"x")
}

fn pdf_recursion(add: Add<'_>, unit: usize) {
    let kind = "recursive objects";
    let own_kid = b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>";
    add("kids.pdf", pdf(&[CATALOG.into(), own_kid.to_vec()]), kind);
    let form = |draws: &str| {
        stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>", draws.as_bytes())
    };
    add("form.pdf", page(stream("", b"/X Do"), form("/X Do /X Do")), kind);
    add("length.pdf", page(b"<</Length 4 0 R>>stream\n(x) Tj\nendstream".to_vec(), Vec::new()), kind);
    add("reference.pdf", pdf(&[b"2 0 R".to_vec(), b"1 0 R".to_vec()]), kind);
    add("forms.pdf", exponential(), kind);
    let loops = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\nxref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Prev 48\
        /Size 9>>\nstartxref\n48\n%%EOF";
    add("tables.pdf", loops.to_vec(), kind);
    add("object-stream.pdf", object_stream(), kind);
    let deep = "nested too deeply";
    add("arrays.pdf", pdf(&[nested("[", 2 * unit)]), deep);
    add("dictionaries.pdf", pdf(&[nested("<</A", unit)]), deep);
    let array = [b"BT ".to_vec(), nested("[", 2 * unit)].concat();
    add("operands.pdf", page(stream("", &array), Vec::new()), deep);
    let mut tree = vec![CATALOG.to_vec()];
    tree.extend((3..30_000).map(|kid| format!("<</Type/Pages/Kids[{kid} 0 R]/Count 1>>").into_bytes()));
    add("tree.pdf", pdf(&tree), deep);
    let mut parents = vec![CATALOG.to_vec(), PAGES.to_vec()];
    parents.extend((4..30_000).map(|next| format!("<</Type/Page/Parent {next} 0 R>>").into_bytes()));
    add("parents.pdf", pdf(&parents), deep);
}

/// Each of 30 forms draws the next ten times: 10^30 drawings.
fn exponential() -> Vec<u8> {
    let mut objects: Vec<Vec<u8>> = vec![CATALOG.into(), PAGES.into(), PAGE.into(), stream("", b"/X Do"), FONT.into()];
    for next in 7..37 {
        let entries = format!("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {next} 0 R>>>>");
        objects.push(stream(&entries, "/X Do ".repeat(10).as_bytes()));
    }
    objects.push(stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", b"BT /F 9 Tf (bee) Tj ET"));
    pdf(&objects)
}

/// An object stream that holds itself.
fn object_stream() -> Vec<u8> {
    let held = stream("/Type/ObjStm/N 2/First 10/Extends 3 0 R", b"1 0 3 30  <</Type/Catalog/Pages 3 0 R>> 3 0 R");
    let table = stream("/Type/XRef/Size 5/W[1 2 1]/Root 1 0 R/Index[0 5]", &[2, 0, 3, 0].repeat(5));
    pdf(&[b"null".to_vec(), b"null".to_vec(), held, table])
}

fn texts(add: Add<'_>, unit: usize) {
    let deep = "nested too deeply";
    add("divs.html", [b"<html><body>".to_vec(), nested("<div><table><tr><td>", unit / 5)].concat(), deep);
    add("quotes.md", nested("> ", unit), deep);
    add("brackets.md", [b"# A\n# B\n".to_vec(), nested("[", 2 * unit)].concat(), deep);
    add("stars.md", [b"# A\n# B\n".to_vec(), nested("*_", unit)].concat(), deep);
    add("lists.md", (0..2000).map(|level| "  ".repeat(level) + "- a\n").collect::<String>().into_bytes(), deep);
    add("arrays.json", [b"{\"basics\":".to_vec(), nested("[", 2 * unit)].concat(), deep);
    let endless = "endless text";
    add("tag.html", [b"<html><a href=\"".to_vec(), vec![b'x'; 8 * unit]].concat(), endless);
    add("entities.html", [b"<html>".to_vec(), nested("&amp;&#x41;&bogus", unit / 4)].concat(), endless);
    add("one-line.txt", nested("bees and honey ", unit / 4), endless);
    add("lines.txt", nested("a\n", 2 * unit), endless);
    add("dates.txt", nested("Jan 2020 - Feb 2021 ", unit / 16), endless);
    add("mails.txt", nested("a@b.c@d.e@", unit / 8), endless);
    add("commas.txt", [b"Skills: ".to_vec(), nested("Rust, ", unit / 8)].concat(), endless);
    add("digits.txt", nested("555-0100 (", unit / 8), endless);
    add("capitals.txt", nested("EXPERIENCE\nA B\n", unit / 16), endless);
    add("marks.txt", nested("e\u{301}\u{302}\u{303}", unit / 8), endless);
    add("half.txt", [b"\xff\xfe".to_vec(), vec![0xd8; unit]].concat(), endless);
}
