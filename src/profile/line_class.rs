//! A line of a section → its class: head of an entry, list item, running text. In: the line, the one before, how the section's lines are
//! set. Out: a [`LineClass`]. Looks at form only: knows no titles, employers or dates.

use crate::model::Line;

/// What a line is in an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineClass {
    /// Could be part of a head: short, no sentence.
    Head,
    /// A list item or its continuation.
    Bullet,
    /// Running text.
    Prose,
}

/// Words beside the date that a head line can have at most.
pub(super) const HEAD_WORDS: usize = 16;
/// Characters a head line can have at most; longer lines are text.
const HEAD_BYTES: usize = 240;

/// List items whose signs were drawn, not written, are set in by so many points.
const INDENT_PT: f32 = 8.0;

/// Words of such an item.
const MIN_ITEM_WORDS: usize = 4;

/// How the lines of a section are set.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    /// Bytes of the longest line, up to a limit.
    widest: usize,
    /// A long line goes on in small letters below: text is wrapped.
    wraps: bool,
    /// Left edge of its lines, in points.
    left_pt: f32,
}

impl Shape {
    pub fn of(lines: &[Line]) -> Shape {
        let widest = lines.iter().map(|line| line.text.len()).max().unwrap_or(0).min(120);
        let goes_on = |pair: &[Line]| {
            let small = pair[1].text.starts_with(|letter: char| letter.is_lowercase());
            small && !pair[1].style.bullet && !pair[1].blank_before && pair[0].text.len() * 4 >= widest * 3
        };
        let left_pt = lines.iter().map(|line| line.style.left_pt).fold(f32::INFINITY, f32::min);
        Shape { widest, wraps: lines.windows(2).any(goes_on), left_pt }
    }
}

/// What a line is; `words` are those beside its dates.
pub(super) fn classify(
    line: &Line,
    words: usize,
    dated: bool,
    previous: Option<(&Line, LineClass)>,
    shape: Shape,
) -> LineClass {
    let short = words <= HEAD_WORDS && line.text.len() <= HEAD_BYTES;
    if line.style.heading > 0 && short {
        return LineClass::Head;
    }
    if line.style.bullet || line.text.starts_with('・') {
        // A list item is a head when it carries the dates: "• Blue Fish Inn | Cook | Bergen May 2019 – June 2021".
        return if short && dated { LineClass::Head } else { LineClass::Bullet };
    }
    if short && (dated || line.style.bold && !is_sentence(&line.text, words)) {
        return LineClass::Head;
    }
    if let Some((before, class)) = previous.filter(|(_, class)| *class != LineClass::Head)
        && continues(line, before, shape)
    {
        return class;
    }
    let indented = line.style.left_pt >= shape.left_pt + INDENT_PT;
    let is_text = is_sentence(&line.text, words) && !(line.blank_before && is_small_head(&line.text, words))
        || indented && words >= MIN_ITEM_WORDS && !line.text.contains(['\t', ':']) && is_plain(&line.text);
    if short && !is_text { LineClass::Head } else { LineClass::Prose }
}

/// "pallet and crate loader" behind a blank line: a head in small letters.
fn is_small_head(text: &str, words: usize) -> bool {
    words <= 5
        && !text.ends_with(['.', ',', ';', ':', '!'])
        && text.starts_with(|first: char| first.is_ascii_lowercase())
}

/// Lines of running text are at least so long before they are wrapped, in bytes.
const WRAPPED: usize = 64;

/// The line goes on with the sentence of the line before it.
fn continues(line: &Line, before: &Line, shape: Shape) -> bool {
    if line.blank_before || line.rule_before || line.page != before.page && line.text.starts_with(char::is_uppercase) {
        return false;
    }
    let hangs_out = before.style.left_pt > 0.0 && line.style.left_pt + 2.0 < before.style.left_pt;
    let starts_bold = line.bold.first().is_some_and(|range| range.0 == 0) && before.bold.is_empty();
    if hangs_out || starts_bold || line.style.size_pt > before.style.size_pt + 0.4 && before.style.size_pt > 0.0 {
        return false;
    }
    let small = line.text.starts_with(|letter: char| letter.is_lowercase());
    // Without places on a page only a long line can have been wrapped: "• Runs a kitchen of six" / "Head Cook" is two lines.
    let may_wrap = shape.widest >= WRAPPED && shape.wraps || line.style.left_pt > 0.0;
    let full = may_wrap && before.text.len() * 4 >= shape.widest * 3;
    let open = !before.text.ends_with(['.', '!', '?', ':']);
    small || full && open || full && line.style.left_pt > 0.0 && (line.style.left_pt - before.style.left_pt).abs() < 2.0
}

/// Running text: long, or closed by a full stop, or begun in small letters.
fn is_sentence(text: &str, words: usize) -> bool {
    let short_form =
        ["Inc.", "Ltd.", "Ltda.", "Lda.", "Hons.", "Co.", "Corp.", "Engg.", "Univ.", "Bros.", "Cía.", "Cia."]
            .iter()
            .any(|form| text.ends_with(form))
            || text.ends_with('.') && ends_in_short_form(text);
    let stop = text.ends_with('.') && words >= 5 && !short_form;
    let small = words >= 3
        && text.starts_with(|letter: char| letter.is_lowercase())
        && !is_small_name(text)
        && !(words <= SMALL_LABELLED && is_small_label(text));
    // "Develops the claims module."
    let plain = |word: &str| word.len() >= 5 && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'.');
    let stop = stop || words >= 3 && !short_form && text.ends_with('.') && text.split(' ').skip(1).any(plain);
    stop || small || words > HEAD_WORDS
}

/// `Grupo Delfín del Mar S.A. de C.V.`, `Blue Fish Inn, Reynosa, Tamps.`: the full stop closes a legal form or the short name of a region
/// behind names.
fn ends_in_short_form(text: &str) -> bool {
    let last = text.rsplit([' ', ',']).next().unwrap_or("");
    let dotted = last.trim_end_matches('.').contains('.');
    let region = text.rsplit_once(", ").is_some_and(|(_, region)| region == last && region.len() <= 6);
    let is_plain = |word: &str| word.len() >= 4 && word.chars().all(char::is_lowercase);
    (dotted || region) && !text.split([' ', ',']).any(is_plain)
}

/// `kelpworks, Bergen, Norway`: only the first word is small, and it joins nothing.
fn is_small_name(text: &str) -> bool {
    const JOINERS: &[&str] =
        &["and", "or", "of", "in", "to", "for", "the", "with", "using", "via", "at", "by", "on", "from", "including"];
    let mut words = text.split([' ', '\t']).filter(|word| word.starts_with(char::is_alphabetic));
    let joins = words.next().is_some_and(|first| JOINERS.contains(&first));
    !joins && words.all(|word| word.starts_with(char::is_uppercase))
}

/// Words of a line whose label begins with a small letter; more of them tell something.
const SMALL_LABELLED: usize = 6;

/// `position: Head cook`
fn is_small_label(text: &str) -> bool {
    let behind = text.split_once(": ").filter(|(label, _)| !label.contains(' ')).map(|(_, behind)| behind);
    behind.is_some_and(|behind| behind.starts_with(char::is_uppercase))
}

/// Most words begin with small letters: `Owns the plan of two gardens`.
fn is_plain(text: &str) -> bool {
    let (mut words, mut small) = (0, 0);
    for word in text.split(' ').filter(|word| word.starts_with(char::is_alphabetic)) {
        words += 1;
        small += usize::from(word.starts_with(char::is_lowercase));
    }
    small * 2 > words
}
