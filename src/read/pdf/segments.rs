//! Runs → [`Segment`]s: text on one baseline without a wide gap. First in the order of the content stream, which keeps
//! columns apart even where they nearly touch, then by position for what was drawn later (links, bold words).
//! Does not know columns or rows.

use super::super::bullets;
use super::super::characters;
use super::runs::{Points, Run};

/// Gap that is a blank, in font sizes. Kerning stays below it; blanks of lines that TeX set tight go down to .13. The value
/// is that of poppler (`minWordBreakSpace`).
const BLANK: f32 = 0.1;

/// Gap that ends a segment when the next run follows in the stream, in font sizes: justified text stretches to one.
const BREAK: f32 = 1.3;

/// Gap that ends a segment when the next run was drawn at another time; gutters of six points exist (Deedy).
const LOOSE_BREAK: f32 = 0.35;

/// Text that ends this close before a list sign, in font sizes, makes it a separator (`HTML • CSS •`).
const SEPARATOR_GAP: f32 = 3.0;

/// Farthest a list sign stands from its text, in font sizes.
const SIGN_GAP: f32 = 5.0;

/// Segments on one page beyond which their edges are not compared with each other.
pub(super) const MOST_COMPARED: usize = 2000;

/// Runs side by side, left to right.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Segment {
    pub runs: Vec<Run>,
    pub x0: Points,
    pub x1: Points,
    /// Baseline of its largest part.
    pub y: Points,
    /// Size of its first large part.
    pub size: Points,
    /// Place of its first run in the content stream.
    pub order: u32,
}

impl Segment {
    fn new(run: Run) -> Segment {
        Segment { x0: run.x0, x1: run.x1, y: run.y, size: run.size, order: run.order, runs: vec![run] }
    }

    /// Its baseline is that of the other, but for `share` of the smaller size.
    pub fn is_level_with(&self, other: &Segment, share: f32) -> bool {
        (self.y - other.y).abs() <= share * self.size.min(other.size)
    }

    /// Some of its runs as a segment of their own.
    pub fn part(&self, runs: &[Run]) -> Segment {
        Segment {
            x0: runs.first().map_or(self.x0, |run| run.x0),
            x1: runs.last().map_or(self.x1, |run| run.x1),
            order: runs.iter().map(|run| run.order).min().unwrap_or(self.order),
            runs: runs.to_vec(),
            ..*self
        }
    }

    /// Top of the letters.
    pub fn top(&self) -> Points {
        self.y - 0.8 * self.size
    }

    /// Bottom of the letters.
    pub fn bottom(&self) -> Points {
        self.y + 0.2 * self.size
    }

    /// Characters that are not blank.
    pub fn weight(&self) -> usize {
        self.runs.iter().map(|run| run.text.chars().filter(|ch| !ch.is_whitespace()).count()).sum()
    }

    /// The bare text, for looking at its shape.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (index, run) in self.runs.iter().enumerate() {
            if index > 0 && blank_between(&self.runs[index - 1], run) {
                text.push(' ');
            }
            text.push_str(&run.text);
        }
        text
    }

    fn push(&mut self, run: Run) {
        if run.size > self.size * 1.2 {
            (self.y, self.size) = (run.y, run.size);
        }
        self.x0 = self.x0.min(run.x0);
        self.x1 = self.x1.max(run.x1);
        self.order = self.order.min(run.order);
        self.runs.push(run);
    }

    /// Takes over the runs of a segment to its right.
    fn absorb(&mut self, right: Segment) {
        right.runs.into_iter().for_each(|run| self.push(run));
    }
}

/// True when a blank belongs between two neighbours on a line.
pub(super) fn blank_between(left: &Run, right: &Run) -> bool {
    left.blank_after || right.blank_before || right.x0 - left.x1 > BLANK * left.size.min(right.size)
}

/// Joins runs into segments. The result is in stream order of the first run.
pub(super) fn join(runs: Vec<Run>) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    let mut current: Option<Segment> = None;
    for run in with_logos(clamped(runs)).into_iter().flat_map(split_at_wide_blanks) {
        if run.text.trim().is_empty() {
            note_blank(current.as_mut(), &run);
            continue;
        }
        let run = trimmed(run);
        match &mut current {
            Some(segment) if follows(segment, &run, BREAK) => join_accent_or_push(segment, run),
            _ => segments.extend(current.replace(Segment::new(run))),
        }
    }
    segments.extend(current);
    segments.iter_mut().for_each(join_letters);
    let segments = join_by_position(segments);
    join_signs(segments)
}

/// Widest gap between letters that are set apart, in font sizes; two words without a blank in the file stand further apart.
const LETTER_GAP: f32 = 0.3;

/// Letters with such a gap that show a line to be set apart.
const MIN_LETTER_GAPS: usize = 3;

/// How much wider than between two single letters the gap may be where one of them is kerned.
const KERNED: f32 = 1.5;

/// `M AY 2 0 1 5`, set with space between the letters: where the file has blanks of its own, gaps without one that are as wide as those
/// between single letters divide no words.
fn join_letters(segment: &mut Segment) {
    if segment.runs.len() <= MIN_LETTER_GAPS {
        return;
    }
    let gap = |left: &Run, right: &Run| {
        let is_free = !left.blank_after && !right.blank_before;
        let gap = (right.x0 - left.x1) / left.size.min(right.size);
        (is_free && gap > BLANK && gap < LETTER_GAP).then_some(gap)
    };
    let is_single = |run: &Run| run.text.chars().nth(1).is_none();
    let (mut count, mut touching, mut narrowest) = (0, 0, LETTER_GAP);
    for pair in segment.runs.windows(2).filter(|pair| is_single(&pair[0]) && is_single(&pair[1])) {
        match gap(&pair[0], &pair[1]) {
            Some(gap) => (count, narrowest) = (count + 1, gap.min(narrowest)),
            None => touching += usize::from(!pair[0].blank_after && !pair[1].blank_before),
        }
    }
    let has_blank = |run: &Run| run.blank_after || run.blank_before || run.text.contains(' ');
    // Where most letters drawn one by one touch each other, a gap is a blank.
    if count < MIN_LETTER_GAPS || touching * 3 > count || !segment.runs.iter().any(has_blank) {
        return;
    }
    let mut joined: Vec<Run> = Vec::with_capacity(segment.runs.len());
    for run in segment.runs.drain(..) {
        let is_letter = |last: &Run| gap(last, &run).is_some_and(|gap| gap < KERNED * narrowest);
        match joined.last_mut() {
            Some(last) if (last.bold, last.italic) == (run.bold, run.italic) && is_letter(last) => {
                last.text.push_str(&run.text);
                (last.x1, last.blank_after) = (run.x1, run.blank_after);
            }
            _ => joined.push(run),
        }
    }
    segment.runs = joined;
}

/// True when `run` continues `segment` to the right on the same line, or is a superscript of it.
fn follows(segment: &Segment, run: &Run, widest: f32) -> bool {
    let size = segment.size.max(run.size);
    let gap = run.x0 - segment.x1;
    let rise = (run.y - segment.y).abs();
    let level = rise <= 0.2 * segment.size.min(run.size).max(size * 0.4);
    // "1ˢᵗ", "CO₂": smaller, off the line, glued to it.
    let script = rise <= 0.55 * size && segment.size.min(run.size) < 0.85 * size && gap.abs() < 0.2 * size;
    (level && gap > -0.6 * size && gap < widest * size) || script
}

/// A spacing accent drawn over a letter (`´` then `e`, as TeX does) becomes part of it.
fn join_accent_or_push(segment: &mut Segment, mut run: Run) {
    let overlaps = run.x0 < segment.x1 - 0.1 * run.size;
    let accent = segment.runs.last().and_then(|last| last.text.chars().next_back()).and_then(characters::combining);
    if let (Some(mark), true) = (accent, overlaps)
        && let Some(letter) = run.text.chars().next().filter(|ch| ch.is_alphabetic())
    {
        if let Some(last) = segment.runs.last_mut() {
            last.text.pop();
        }
        let base = if letter == 'ı' { 'i' } else { letter };
        run.text = format!("{base}{mark}{}", &run.text[letter.len_utf8()..]);
    }
    segment.push(run);
}

/// A run whose text holds three or more blanks in a row (`Acme Ltd        2019`) is cut there; the places are
/// estimated from the share of characters.
fn split_at_wide_blanks(run: Run) -> Vec<Run> {
    if !run.text.contains("   ") && !run.text.contains('\t') {
        return vec![run];
    }
    let total = run.text.chars().count().max(1) as f32;
    let step = (run.x1 - run.x0) / total;
    let mut pieces = Vec::new();
    let (mut at, mut rest) = (0usize, run.text.as_str());
    while !rest.is_empty() {
        let end = rest.find("   ").into_iter().chain(rest.find('\t')).min().unwrap_or(rest.len());
        let (piece, tail) = rest.split_at(end);
        let length = piece.chars().count();
        let x0 = run.x0 + at as f32 * step;
        pieces.push(Run { text: piece.to_owned(), x0, x1: x0 + length as f32 * step, ..run.clone() });
        let blanks = tail.len() - tail.trim_start_matches([' ', '\t']).len();
        at += length + blanks;
        rest = &tail[blanks..];
    }
    pieces
}

/// Some producers give letters twice their width (Type 3 fonts of browsers): a run ends where the next one on its line
/// begins. An accent may lie over its letter.
fn clamped(mut runs: Vec<Run>) -> Vec<Run> {
    for index in 1..runs.len() {
        let (before, after) = runs.split_at_mut(index);
        let (Some(run), Some(next)) = (before.last_mut(), after.first()) else { continue };
        // Browsers split one font into several of Type 3, whose sizes come out differently.
        let same_size = (run.size - next.size).abs() < 0.35 * run.size.max(next.size);
        let same_line = (run.y - next.y).abs() < 0.1 * run.size && same_size;
        let overlaps = next.x0 > run.x0 + 0.1 * run.size && next.x0 < run.x1 - 0.25 * run.size;
        let accent = run.text.chars().next_back().is_some_and(|ch| characters::combining(ch).is_some());
        if same_line && overlaps && !accent {
            run.x1 = next.x0;
        }
    }
    runs
}

/// The raised and lowered letters of TeX's logos, each drawn apart, become one word again: `L` `A` `T` `E` `X,` → `LaTeX,`.
fn with_logos(mut runs: Vec<Run>) -> Vec<Run> {
    const LETTERS: [&str; 4] = ["A", "T", "E", "X"];
    let near = |one: &Run, other: &Run| {
        (one.y - other.y).abs() < 0.5 * one.size && (-1.0..0.5).contains(&((other.x0 - one.x1) / one.size))
    };
    let is_logo = |at: usize| {
        let (run, behind) = (&runs[at], &runs[at + 1..at + 5]);
        let begins = run.text.ends_with('L') && !run.text[..run.text.len() - 1].ends_with(char::is_alphanumeric);
        let fits = |(next, letter): (&Run, &str)| {
            if letter == "X" { next.text.starts_with('X') } else { next.text == letter }
        };
        begins
            && behind.iter().zip(LETTERS).all(fits)
            && runs[at..at + 5].windows(2).all(|pair| near(&pair[0], &pair[1]))
    };
    let logos: Vec<usize> = (0..runs.len().saturating_sub(4)).filter(|at| is_logo(*at)).collect();
    for at in logos.into_iter().rev() {
        let behind: Vec<Run> = runs.drain(at + 1..at + 5).collect();
        let (Some(run), Some(last)) = (runs.get_mut(at), behind.last()) else { continue };
        run.text = format!("{}LaTeX{}", &run.text[..run.text.len() - 1], &last.text[1..]);
        (run.x1, run.blank_after) = (last.x1, last.blank_after);
    }
    runs
}

/// A run of blanks takes no room, but divides words however narrow it is.
fn note_blank(segment: Option<&mut Segment>, blank: &Run) {
    if let Some(last) = segment.and_then(|segment| segment.runs.last_mut()) {
        let touches = (blank.y - last.y).abs() < 0.5 * last.size && (blank.x0 - last.x1).abs() < 0.6 * last.size;
        last.blank_after |= touches;
    }
}

/// Blanks at the ends take no room: they must not reach into the next column.
fn trimmed(mut run: Run) -> Run {
    let text = run.text.trim();
    if text.len() < run.text.len() {
        run.blank_before |= run.text.starts_with(char::is_whitespace);
        run.blank_after |= run.text.ends_with(char::is_whitespace);
        let step = ((run.x1 - run.x0) / run.text.chars().count() as f32).min(0.3 * run.size).max(0.0);
        let lead = run.text.len() - run.text.trim_start().len();
        let tail = run.text.len() - run.text.trim_end().len();
        run.x0 += lead as f32 * step;
        run.x1 -= tail as f32 * step;
        run.text = text.to_owned();
    }
    run
}

/// Joins segments that touch on one line though they were drawn at different times.
fn join_by_position(mut segments: Vec<Segment>) -> Vec<Segment> {
    segments.sort_by(|a, b| (a.y / 3.0).round().total_cmp(&(b.y / 3.0).round()).then(a.x0.total_cmp(&b.x0)));
    let mut joined: Vec<Segment> = Vec::with_capacity(segments.len());
    for segment in segments {
        if let Some(last) = joined.last_mut()
            && segment.runs.first().is_some_and(|run| follows(last, run, LOOSE_BREAK))
            && segment.x0 - last.x1 < LOOSE_BREAK * last.size.min(segment.size)
            && segment.x0 >= last.x1 - 0.3 * last.size
        {
            last.absorb(segment);
            continue;
        }
        joined.push(segment);
    }
    joined.sort_by_key(|segment| segment.order);
    joined
}

/// A list sign standing alone joins the nearest text to its right on the same line, so that it makes no column.
fn join_signs(segments: Vec<Segment>) -> Vec<Segment> {
    let mut rows: Vec<usize> = (0..segments.len()).collect();
    rows.sort_by(|a, b| segments[*a].y.total_cmp(&segments[*b].y));
    let mut partner: Vec<Option<usize>> = vec![None; segments.len()];
    for (place, &index) in rows.iter().enumerate() {
        let sign = &segments[index];
        if sign.runs.len() > 1 || !bullets::is_sign(sign.text().trim()) {
            continue;
        }
        let reach = 0.5 * sign.size.max(6.0);
        let near = |other: &&usize| (segments[**other].y - sign.y).abs() < reach;
        let around = rows[place.saturating_sub(8)..rows.len().min(place + 9)].iter().filter(near);
        let separates = around.copied().any(|other| {
            let gap = sign.x0 - segments[other].x1;
            other != index && gap > -sign.size && gap < SEPARATOR_GAP * sign.size
        });
        if separates {
            continue;
        }
        let above = rows[..place].iter().rev().take_while(|other| sign.y - segments[**other].y < reach);
        let below = rows[place + 1..].iter().take_while(|other| segments[**other].y - sign.y < reach);
        partner[index] = above
            .chain(below)
            .copied()
            .filter(|other| {
                let gap = segments[*other].x0 - sign.x1;
                gap > -0.2 * sign.size && gap < SIGN_GAP * segments[*other].size
            })
            .min_by(|a, b| segments[*a].x0.total_cmp(&segments[*b].x0));
    }
    let mut out: Vec<Option<Segment>> = segments.into_iter().map(Some).collect();
    for index in 0..out.len() {
        let Some(target) = partner[index].filter(|target| partner[*target].is_none()) else { continue };
        let Some(mut run) = out[index].take().and_then(|sign| sign.runs.into_iter().next()) else { continue };
        if let Some(text) = out[target].as_mut() {
            // The sign's own baseline and size do not count, and a blank always follows it.
            run.text.push(' ');
            (run.y, run.size) = (text.y, text.size);
            text.x0 = text.x0.min(run.x0);
            text.order = text.order.min(run.order);
            text.runs.insert(0, run);
        }
    }
    out.into_iter().flatten().collect()
}
