//! Two columns that stand side by side in plain text, as programs that keep the layout of a page write them → the one after the other. In: a
//! text. Out: its rows in reading order with their numbers. A margin of dates or labels beside text is no column of its own.
//!
//! ```text
//! Bergen               WORK EXPERIENCE
//! ada@example.com      Head Cook
//!                      Blue Fish Inn, 2019 – 2021
//! SKILLS
//! Baking               EDUCATION
//! ```

use super::year::has_year;

/// Blanks that part columns at least.
const GAP: usize = 3;
/// Rows of the right column that begin at the same place at least; measured with invented résumés of both kinds.
const MIN_ROWS: usize = 8;
/// Widest right column begins so far to the right, in characters.
const MAX_START: usize = 80;
/// Words of a heading at most.
const MAX_HEADING_WORDS: usize = 4;

/// A row of the text: its number from 0, and what stands there.
pub(super) type Row<'t> = (usize, &'t str);

/// The rows of `text` column by column; none where it has no two columns side by side.
pub(super) fn in_order<'t>(text: &'t str, lines: impl Iterator<Item = &'t str>) -> Option<Vec<Row<'t>>> {
    // Most texts have no such gaps.
    let gaps = memchr::memmem::find_iter(text.as_bytes(), b"      ").take(MIN_ROWS).count();
    if gaps < MIN_ROWS || memchr::memchr2(b'\t', b'\x0c', text.trim_end().as_bytes()).is_some() {
        return None;
    }
    let lines: Vec<&str> = lines.take(2000).collect();
    let start = right_start(&lines)?;
    let cut = |line: &'t str| {
        let at = line.char_indices().nth(start).map_or(line.len(), |(at, _)| at);
        line.split_at(at)
    };
    let parts: Vec<(&str, &str)> = lines.iter().map(|line| cut(line)).collect();
    let begins = parts.iter().position(|(_, right)| !right.is_empty())?;
    let (above, beside) = (0..begins, begins..lines.len());
    // A row that goes over the gap: no columns.
    let crosses = |(left, right): &(&str, &str)| !right.is_empty() && !left.ends_with("  ");
    if parts[beside.clone()].iter().any(crosses) {
        return None;
    }
    let column = |side: fn(&(&'t str, &'t str)) -> &'t str| -> Vec<Row<'t>> {
        beside.clone().map(|at| (at, side(&parts[at]).trim())).collect()
    };
    let (left, right) = (column(|parts| parts.0), column(|parts| parts.1));
    let headings = |rows: &[Row]| rows.iter().filter(|(_, row)| is_heading(row)).count();
    let (filled, dated) = left
        .iter()
        .filter(|(_, row)| !row.is_empty())
        .fold((0, 0), |(filled, dated), (_, row)| (filled + 1, dated + usize::from(has_year(row))));
    let is_column = filled >= MIN_ROWS / 2 && dated * 4 < filled && headings(&left) >= 1 && headings(&right) >= 2;
    is_column.then(|| {
        let above = above.map(|at| (at, lines[at]));
        above.chain(left).chain([(begins, "")]).chain(right).collect()
    })
}

/// Where most right parts begin, in characters.
fn right_start(lines: &[&str]) -> Option<usize> {
    let mut starts = [0; MAX_START];
    let gap = memchr::memmem::Finder::new(b"   ");
    for line in lines.iter().filter(|line| gap.find(line.as_bytes()).is_some()) {
        let (mut blanks, mut seen) = (0, 0);
        for letter in line.chars().take(MAX_START) {
            if letter != ' ' && blanks >= GAP && seen > GAP {
                starts[seen] += 1;
            }
            blanks = if letter == ' ' { blanks + 1 } else { 0 };
            seen += 1;
        }
    }
    let best = starts.into_iter().enumerate().filter(|(_, count)| *count >= MIN_ROWS);
    best.max_by_key(|(start, count)| (*count, std::cmp::Reverse(*start))).map(|(start, _)| start)
}

/// `WORK EXPERIENCE`: a few words in capitals and nothing else.
fn is_heading(row: &str) -> bool {
    row.len() >= 5
        && row.split(' ').count() <= MAX_HEADING_WORDS
        && row.chars().all(|letter| letter.is_uppercase() || matches!(letter, ' ' | '&' | '/' | ':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&[&str]>) {
        let found = in_order(text, text.lines());
        let found: Option<Vec<&str>> =
            found.map(|rows| rows.into_iter().map(|(_, row)| row).filter(|row| !row.is_empty()).collect());
        assert_eq!(found.as_deref(), expected);
    }

    #[test]
    fn a_column_beside_another() {
        let text = "Ada Gull\n\n\
            Bergen                  WORK EXPERIENCE\n\
            ada@example.com         Head Cook\n\
            \x20                       Blue Fish Inn\n\
            SKILLS                  2019 – 2021\n\
            Baking                  Line Cook\n\
            Frying                  Gull House\n\
            \x20                       2015 – 2018\n\
            \x20                       EDUCATION\n\
            \x20                       Seagull College\n";
        let left = ["Ada Gull", "Bergen", "ada@example.com", "SKILLS", "Baking", "Frying"];
        let right = [
            "WORK EXPERIENCE",
            "Head Cook",
            "Blue Fish Inn",
            "2019 – 2021",
            "Line Cook",
            "Gull House",
            "2015 – 2018",
            "EDUCATION",
            "Seagull College",
        ];
        check(text, Some(&[&left[..], &right[..]].concat()));
    }

    #[test]
    fn dates_beside_entries_are_no_column() {
        let entry = "2019 – 2021             HEAD COOK\n                        BLUE FISH INN\n";
        check(&format!("WORK EXPERIENCE\n{}", entry.repeat(6)), None);
        let form = "Position                HEAD COOK\nEmployer                BLUE FISH INN\n";
        check(&form.repeat(6), None);
    }
}
