//! Tables of education with a head: `Degree⇥Institute⇥Board⇥Year⇥Marks`. In: the cells of a line and the items found in them. Out: the
//! school is what stands in its column, the degree too. Does NOT put cells of several lines together.

use super::degree_forms;
use super::education_items::LineItems;
use super::fields;
use super::schools::{self, SchoolSpan};
use crate::lexicon::{DegreeMention, Lexicon};
use crate::model::DegreeLevel;
use std::ops::Range;

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    School,
    /// A board, or the university that a college belongs to.
    Board,
    Degree,
    /// A year, marks, a stream.
    Other,
}

/// Words of the heads of columns, lower case, by what the column holds.
const HEADS: &[(Column, &str)] = &[
    (
        Column::School,
        "institute institution institutions school college institute/school school/college college/school",
    ),
    (Column::School, "institute/college college/institute institution/school school/institute college/university"),
    (
        Column::Board,
        "board bord university university/board board/university board/univ university/institute affiliation",
    ),
    (Column::Degree, "degree course qualification qualifications examination exam class standard program programme"),
    (Column::Degree, "degree/course course/degree degree/examination examination/degree class/degree certification"),
    (Column::Degree, "degree/certificate class/course education"),
    (
        Column::Other,
        "year passing duration session period percentage marks cgpa gpa grade aggregate result score division",
    ),
    (Column::Other, "cgpa/percentage percentage/cgpa marks/cgpa percentage/grade specialization specialisation stream"),
    (Column::Other, "branch discipline subject subjects major % date completion yop location place sgpa cgpa/% %/cgpa"),
];

/// Words that say nothing beside those.
const IDLE: &[&str] = &["of", "the", "name", "in", "and", "total", "passed", "obtained", "academic", "s", "no", "sr"];

/// The columns of a line that is the head of a table: at least three cells, all of them heads of columns, and a school or degree
/// among them.
pub(super) fn columns(text: &str) -> Option<Vec<Column>> {
    let cells = || text.split('\t').filter(|cell| !cell.trim().is_empty());
    if text.len() > 120 || text.bytes().any(|byte| byte.is_ascii_digit()) || cells().count() < 3 {
        return None;
    }
    let mut columns: Vec<Column> = cells().map(column).collect::<Option<_>>()?;
    let has = |column: Column| columns.contains(&column);
    if !has(Column::School) && !has(Column::Degree) {
        return None;
    }
    // "Course⇥University⇥Year": no other column names the school.
    if !has(Column::School) {
        columns.iter_mut().filter(|column| **column == Column::Board).for_each(|column| *column = Column::School);
    }
    Some(columns)
}

/// `Year of Passing`, `Name of the Institute`, `Board / University`
fn column(cell: &str) -> Option<Column> {
    let lower = cell.to_lowercase().replace(" / ", "/").replace("/ ", "/").replace(" /", "/");
    let mut words = lower
        .split(|letter: char| letter.is_whitespace() || "().:&".contains(letter))
        .filter(|word| !word.is_empty() && !IDLE.contains(word))
        .peekable();
    words.peek()?;
    let kinds: Vec<Column> = words.map(kind).collect::<Option<_>>()?;
    // "School Board", "University Name"
    [Column::Degree, Column::Board, Column::School]
        .into_iter()
        .find(|kind| kinds.contains(kind))
        .or(Some(Column::Other))
}

fn kind(word: &str) -> Option<Column> {
    HEADS.iter().find(|(_, words)| words.split(' ').any(|known| known == word)).map(|(column, _)| *column)
}

/// Sets school and degree of a row by its columns. Lines with another number of cells stay as they are.
pub(super) fn read_row(columns: &[Column], text: &str, lexicon: &Lexicon, items: &mut LineItems) {
    let mut start = 0;
    let mut cells: Vec<Range<usize>> = Vec::with_capacity(columns.len());
    for cell in text.split('\t') {
        cells.push(fields::trim(text, start..start + cell.len()));
        start += cell.len() + 1;
    }
    if cells.len() != columns.len() {
        return;
    }
    let of =
        |kind: Column| columns.iter().zip(&cells).filter(move |(column, cell)| **column == kind && !cell.is_empty());
    let inside = |kind: Column, at: usize| of(kind).any(|(_, cell)| cell.contains(&at));
    // A degree in the column of schools: the cells of this row are not those of the head.
    let degree_in = |kind: Column| items.degrees.iter().any(|(span, _)| inside(kind, span.start));
    if degree_in(Column::School) && !degree_in(Column::Degree) {
        return;
    }
    items.schools.retain(|school| inside(Column::School, school.span.start));
    if let Some((_, cell)) = of(Column::School).next().filter(|_| items.schools.is_empty())
        && text[cell.clone()].starts_with(char::is_alphabetic)
    {
        let found = schools::of_field(text, cell.clone(), lexicon).map(|(school, _)| school.span);
        let span = found.unwrap_or_else(|| cell.clone());
        items.schools.push(SchoolSpan { span, score: 7.0, reason: "column of schools +7" });
    }
    // "Blue Bay Higher Secondary" in the column of schools
    items.degrees.retain(|(span, _)| !inside(Column::School, span.start) && !inside(Column::Board, span.start));
    if let Some((_, cell)) = of(Column::Degree).next().filter(|_| items.degrees.is_empty())
        && let Some(whole) = degree_forms::class_level(text, cell)
    {
        let level = Some(DegreeLevel::Secondary);
        let mention = DegreeMention { span: whole.clone(), canonical: "School Certificate", level, subject: None };
        items.degrees.push((whole, mention));
    }
    items.rest.retain(|rest| !inside(Column::Board, rest.start) && !inside(Column::Other, rest.start));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_tables() {
        use Column::{Board, Degree, Other, School};
        let check = |text: &str, expected: Option<&[Column]>| assert_eq!(columns(text).as_deref(), expected, "{text}");
        check(
            "Degree\tInstitute\tBoard / University\tYear of Passing\tMarks (%)",
            Some(&[Degree, School, Board, Other, Other]),
        );
        check("Year\tCourse\tName of the School/College", Some(&[Other, Degree, School]));
        check("Course\tUniversity\tYear", Some(&[Degree, School, Other]));
        check(
            "Year of Passing\tQualification\tBord\tSchool name\tTotal marks %",
            Some(&[Other, Degree, Board, School, Other]),
        );
        check("Year\tMarks\tGrade", None);
        check("BSc\tBlue Bay College\tHonours", None);
        check("Course\tUniversity", None);
    }
}
