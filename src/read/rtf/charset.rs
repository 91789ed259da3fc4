//! Code pages of RTF: what `\ansicpg` and `\fcharset` name. A table; decodes nothing.

use encoding_rs::Encoding;

/// `\fcharset` number → name of the encoding.
const CHARSETS: &[(i32, &str)] = &[
    (0, "windows-1252"),
    (77, "macintosh"),
    (128, "shift_jis"),
    (129, "euc-kr"),
    (130, "euc-kr"),
    (134, "gbk"),
    (136, "big5"),
    (161, "windows-1253"),
    (162, "windows-1254"),
    (163, "windows-1258"),
    (177, "windows-1255"),
    (178, "windows-1256"),
    (186, "windows-1257"),
    (204, "windows-1251"),
    (222, "windows-874"),
    (238, "windows-1250"),
];

/// Code page number → name, where it is not `windows-<number>`.
const PAGES: &[(i32, &str)] = &[
    (866, "ibm866"),
    (932, "shift_jis"),
    (936, "gbk"),
    (949, "euc-kr"),
    (950, "big5"),
    (10000, "macintosh"),
    (65001, "utf-8"),
    (874, "windows-874"),
];

/// The encoding of a font with this charset; none for the default (1) and symbol (2) charsets.
pub(super) fn of_font(charset: i32) -> Option<&'static Encoding> {
    let name = CHARSETS.iter().find(|(number, _)| *number == charset)?.1;
    Encoding::for_label(name.as_bytes())
}

/// The encoding of a code page.
pub(super) fn of_page(page: i32) -> Option<&'static Encoding> {
    match PAGES.iter().find(|(number, _)| *number == page) {
        Some((_, name)) => Encoding::for_label(name.as_bytes()),
        None => Encoding::for_label(format!("windows-{page}").as_bytes()),
    }
}
