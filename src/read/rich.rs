//! Styled characters of one line in the making ([`Rich`]) → a clean [`Line`]. Every format ends here, so blanks, tabs,
//! bullets, letter-spaced words, links and bold ranges mean the same everywhere. Does not know any file format.

use super::bullets;
use super::characters::{self, Kind};
use super::mojibake;
use super::spaced;
use crate::model::{Line, Link};

/// How a stretch of text looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Mark {
    pub bold: bool,
    pub italic: bool,
    /// White, tiny, `vanish`, `display:none`.
    pub hidden: bool,
    /// 1 + index into the line's link targets; 0 for no link.
    pub link: u32,
}

/// One character and its look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Styled {
    pub ch: char,
    pub mark: Mark,
}

/// A line being collected. Blanks are kept as they come until [`Rich::finish`], because letter-spaced headings are
/// told apart by them (`W O R K   L I F E`).
#[derive(Debug, Default)]
pub(super) struct Rich {
    chars: Vec<Styled>,
    urls: Vec<String>,
}

impl Rich {
    /// True when nothing, or only blanks, was pushed.
    pub fn is_blank(&self) -> bool {
        self.chars.iter().all(|styled| styled.ch.is_whitespace())
    }

    /// Adds text; characters are cleaned on the way in.
    pub fn push(&mut self, text: &str, mark: Mark) {
        // Here, while the control characters of what was encoded twice are still there.
        let repaired = mojibake::repair(text);
        let text = repaired.as_deref().unwrap_or(text);
        self.chars.reserve(text.len());
        for ch in text.chars() {
            if matches!(ch, ' '..='~') {
                self.chars.push(Styled { ch, mark });
                continue;
            }
            match characters::kind(ch) {
                Kind::Keep if ch >= '\u{300}' => self.join(ch, mark),
                Kind::Keep => self.chars.push(Styled { ch, mark }),
                Kind::Blank => self.chars.push(Styled { ch: ' ', mark }),
                Kind::Tab => self.chars.push(Styled { ch: '\t', mark }),
                Kind::Drop => {}
                Kind::Bullet => self.chars.push(Styled { ch: '•', mark }),
                Kind::Icon => self.chars.push(Styled { ch: ' ', mark }),
                Kind::Compatible => characters::compatible(ch, |letter| self.chars.push(Styled { ch: letter, mark })),
            }
        }
    }

    /// A wide gap: table cell, right margin.
    pub fn tab(&mut self) {
        self.chars.push(Styled { ch: '\t', mark: Mark::default() });
    }

    /// Registers a link target and gives the number to put into [`Mark::link`].
    pub fn link(&mut self, url: &str) -> u32 {
        self.urls.push(url.trim().to_owned());
        self.urls.len() as u32
    }

    /// Makes everything collected so far bold: a `**` that closes what nothing opened.
    pub fn make_bold(&mut self) {
        self.chars.iter_mut().for_each(|styled| styled.mark.bold = true);
    }

    /// Empties the collector into at most two lines, both copies of `model`: the visible text, then the hidden text.
    pub fn finish(&mut self, model: &Line, out: &mut Vec<Line>) {
        let mut chars = std::mem::take(&mut self.chars);
        repair(&mut chars);
        let urls = std::mem::take(&mut self.urls);
        let (hidden, visible): (Vec<Styled>, Vec<Styled>) = if chars.iter().any(|styled| styled.mark.hidden) {
            chars.into_iter().partition(|styled| styled.mark.hidden)
        } else {
            (Vec::new(), chars)
        };
        for (part, is_hidden) in [(visible, false), (hidden, true)] {
            if let Some(line) = line_of(part, &urls, model) {
                out.push(Line { hidden: line.hidden || is_hidden, ..line });
            }
        }
    }

    /// A combining mark goes into the letter before it, anything else is just added.
    fn join(&mut self, ch: char, mark: Mark) {
        if let Some(last) = self.chars.last_mut()
            && let Some(joined) = characters::composed(last.ch, ch)
        {
            last.ch = joined;
            return;
        }
        self.chars.push(Styled { ch, mark });
    }
}

/// Text that was encoded twice, also where its characters came one by one.
fn repair(chars: &mut Vec<Styled>) {
    if !chars.iter().any(|styled| matches!(styled.ch, '\u{c2}'..='\u{f4}')) {
        return;
    }
    let text: String = chars.iter().map(|styled| styled.ch).collect();
    let edits = mojibake::edits(&text);
    if edits.is_empty() {
        return;
    }
    let mut kept = Vec::with_capacity(chars.len());
    let (mut at, mut edits) = (0, edits.into_iter().peekable());
    for styled in chars.iter() {
        match edits.peek() {
            Some((place, ch)) if place.start == at => kept.push(Styled { ch: *ch, ..*styled }),
            Some((place, _)) if place.start < at => {}
            _ => kept.push(*styled),
        }
        at += styled.ch.len_utf8();
        edits.next_if(|(place, _)| place.end <= at);
    }
    *chars = kept;
}

/// Cleans one line's characters; `None` when nothing is left.
fn line_of(mut chars: Vec<Styled>, urls: &[String], model: &Line) -> Option<Line> {
    spaced::join_letters(&mut chars);
    collapse_blanks(&mut chars);
    let found = bullets::strip(&mut chars);
    trim(&mut chars);
    if chars.is_empty() {
        return None;
    }
    let mut line = Line { text: String::with_capacity(chars.len()), ..model.clone() };
    line.style.bullet |= found;
    let (mut all_bold, mut all_italic) = (true, true);
    for (index, Styled { ch, mark }) in chars.iter().enumerate() {
        let start = line.text.len() as u32;
        line.text.push(*ch);
        let end = line.text.len() as u32;
        let blank = ch.is_whitespace();
        if !blank {
            all_bold &= mark.bold;
            all_italic &= mark.italic;
        }
        if mark.bold {
            extend_range(&mut line.bold, start, end, blank);
        }
        if mark.link > 0 && *ch != '\t' {
            let joins = index > 0 && chars[index - 1].mark.link == mark.link && !line.links.is_empty();
            match line.links.last_mut() {
                Some(link) if joins => link.end = end,
                _ => {
                    let url = urls.get(mark.link as usize - 1).cloned().unwrap_or_default();
                    line.links.push(Link { start, end, url });
                }
            }
        }
    }
    tidy_ranges(&mut line);
    line.style.bold |= all_bold;
    line.style.italic |= all_italic;
    Some(line)
}

/// Grows the last bold range over touching text, or begins one at the next letter.
fn extend_range(ranges: &mut Vec<(u32, u32)>, start: u32, end: u32, blank: bool) {
    match ranges.last_mut() {
        Some(last) if last.1 == start => last.1 = end,
        _ if !blank => ranges.push((start, end)),
        _ => {}
    }
}

/// Ranges end at a letter, not at a blank; ranges and links without a letter go.
fn tidy_ranges(line: &mut Line) {
    let text = &line.text;
    let fit = |start: u32, end: u32| {
        let part = &text[start as usize..end as usize];
        let lead = part.len() - part.trim_start().len();
        (start + lead as u32, start + (part.trim_end().len().max(lead)) as u32)
    };
    for range in &mut line.bold {
        *range = fit(range.0, range.1);
    }
    line.bold.retain(|range| range.0 < range.1);
    for link in &mut line.links {
        (link.start, link.end) = fit(link.start, link.end);
    }
    line.links.retain(|link| link.start < link.end);
}

/// Runs of blanks become one blank; a run that holds a tab becomes one tab.
fn collapse_blanks(chars: &mut Vec<Styled>) {
    chars.dedup_by(|next, kept| {
        if !next.ch.is_whitespace() || !kept.ch.is_whitespace() {
            return false;
        }
        if next.ch == '\t' {
            kept.ch = '\t';
        }
        true
    });
}

/// Drops blanks at both ends.
fn trim(chars: &mut Vec<Styled>) {
    while chars.last().is_some_and(|styled| styled.ch.is_whitespace()) {
        chars.pop();
    }
    let lead = chars.iter().take_while(|styled| styled.ch.is_whitespace()).count();
    chars.drain(..lead);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finished(pieces: &[(&str, Mark)]) -> Vec<Line> {
        let mut rich = Rich::default();
        for (text, mark) in pieces {
            rich.push(text, *mark);
        }
        let mut out = Vec::new();
        rich.finish(&Line::default(), &mut out);
        out
    }

    const PLAIN: Mark = Mark { bold: false, italic: false, hidden: false, link: 0 };
    const BOLD: Mark = Mark { bold: true, ..PLAIN };
    const HIDDEN: Mark = Mark { hidden: true, ..PLAIN };

    #[test]
    fn blanks_collapse_and_a_tab_wins() {
        let lines = finished(&[("  Acme \t  2020\u{a0}\u{ad} ", PLAIN)]);
        assert_eq!(lines[0].text, "Acme\t2020");
    }

    #[test]
    fn bold_ranges_count_bytes_of_the_clean_text() {
        let lines = finished(&[("é  ", PLAIN), ("ﬁn ", BOLD), ("x", PLAIN)]);
        assert_eq!((lines[0].text.as_str(), lines[0].bold.as_slice()), ("é fin x", &[(3, 6)][..]));
        assert!(!lines[0].style.bold);
    }

    #[test]
    fn a_wholly_bold_line_says_so() {
        assert!(finished(&[("Work", BOLD), (" ", PLAIN), ("Life", BOLD)])[0].style.bold);
    }

    #[test]
    fn hidden_text_is_a_line_of_its_own() {
        let lines = finished(&[("Ada", PLAIN), (" rust rust", HIDDEN)]);
        assert_eq!((lines[0].text.as_str(), lines[0].hidden), ("Ada", false));
        assert_eq!((lines[1].text.as_str(), lines[1].hidden), ("rust rust", true));
    }

    #[test]
    fn links_keep_their_label() {
        let mut rich = Rich::default();
        let link = rich.link("https://example.com");
        rich.push("see ", PLAIN);
        rich.push("my page ", Mark { link, ..PLAIN });
        let mut out = Vec::new();
        rich.finish(&Line::default(), &mut out);
        assert_eq!(out[0].links, [Link { start: 4, end: 11, url: "https://example.com".into() }]);
    }

    #[test]
    fn what_was_encoded_twice_is_repaired_across_pieces() {
        let lines = finished(&[("Café Ã", BOLD), ("©t", PLAIN), ("Ã© 2015 â", PLAIN), (" x", PLAIN)]);
        assert_eq!((lines[0].text.as_str(), lines[0].bold.as_slice()), ("Café été 2015 – x", &[(0, 8)][..]));
    }

    #[test]
    fn combining_marks_join_across_pieces() {
        assert_eq!(finished(&[("Jose", PLAIN), ("\u{301}", PLAIN)])[0].text, "José");
    }
}
