//! Roles that stand below the head of an entry: the title as the first list item (`• Shift Supervisor.`), and further roles at the same
//! employer without dates of their own. In: a job, its lines. Out: its title, or jobs of their own with its employer and period.
//! Does not find employers or dates.

use super::entry_values::found;
use super::fields;
use crate::lexicon::Lexicon;
use crate::model::{Evidence, Job, Line, TextDoc};

/// Words a role below the head can have at most.
const MAX_WORDS: usize = 9;

/// The same for the first list item, which may as well tell what was done.
const MAX_ITEM_WORDS: usize = 4;

/// Gives a dated job without a title the one that its first list item is.
pub(super) fn title_in_item(job: &mut Job, text: &TextDoc, lexicon: &Lexicon) {
    if !job.titles.is_empty() || job.employers.is_empty() || job.period.is_none() {
        return;
    }
    let at = job.body.start;
    let Some(line) = text.lines.get(at).filter(|line| job.body.contains(&at) && line.style.bullet) else { return };
    let title = fields::trim(&line.text, 0..line.text.trim_end_matches('.').len());
    if is_role(&line.text[title.clone()], MAX_ITEM_WORDS, lexicon) {
        let evidence = Evidence::at(at, title.clone(), 4.5, "title as the first item +4.5");
        job.titles.push(found(&line.text, title, evidence));
        job.body.start += 1;
    }
}

/// The further roles of a job: lines that look as the line of its title does and are titles too, each above text of its own.
pub(super) fn further(job: &mut Job, text: &TextDoc, lexicon: &Lexicon) -> Vec<Job> {
    let Some(title) = job.titles.first().filter(|_| !job.employers.is_empty() && job.period.is_some()) else {
        return Vec::new();
    };
    let Some(model) = text.lines.get(title.evidence.line as usize).filter(|line| look(line) != (false, false)) else {
        return Vec::new();
    };
    let alike = |line: &Line| {
        let plain = !line.style.bullet && !line.hidden && !line.text.contains(['\t', '|', ':']);
        plain && look(line) == look(model) && (line.style.size_pt - model.style.size_pt).abs() < 0.3
    };
    let above_text = |at: usize| {
        let below = text.lines.get(at + 1).filter(|_| job.body.contains(&(at + 1)));
        below.is_some_and(|below| below.style.bullet || !alike(below))
    };
    // Below the head comes the text of its own role.
    let starts: Vec<usize> = job
        .body
        .clone()
        .skip(1)
        .filter(|at| alike(&text.lines[*at]) && above_text(*at))
        .filter(|at| is_role(text.lines[*at].text.trim(), MAX_WORDS, lexicon))
        .collect();
    let Some(first) = starts.first().copied() else { return Vec::new() };
    let end = std::mem::replace(&mut job.body.end, first);
    job.lines.end = first;
    let ends = starts.iter().skip(1).copied().chain([end]);
    let roles = starts.iter().zip(ends).map(|(&at, end)| {
        let line = &text.lines[at].text;
        let span = fields::trim(line, 0..line.len());
        let evidence = Evidence::at(at, span.clone(), 4.5, "looks like the title above +4.5");
        Job { titles: vec![found(line, span, evidence)], lines: at..end, body: at + 1..end, ..job.clone() }
    });
    roles.collect()
}

fn look(line: &Line) -> (bool, bool) {
    (line.style.bold, line.style.italic)
}

/// All of the line is a title.
fn is_role(text: &str, most: usize, lexicon: &Lexicon) -> bool {
    let words = text.split_whitespace().count();
    (1..=most).contains(&words)
        && text.starts_with(char::is_uppercase)
        && !text.ends_with('.')
        && lexicon.titles().score(text).headword
        && !super::task_words::is_task(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DatePoint, End, Found, Month, Period, Style};

    fn job(titles: &[(u32, &str)]) -> Job {
        let value = |line: u32, text: &str| Found {
            value: text.to_string(),
            evidence: Evidence::at(line as usize, 0..text.len(), 5.0, ""),
        };
        Job {
            employers: vec![value(0, "Blue Fish Inn")],
            titles: titles.iter().map(|(line, title)| value(*line, title)).collect(),
            period: Some(Found {
                value: Period {
                    start: Some(DatePoint::month(Month::new(2019, 1))),
                    end: End::Unknown,
                    flags: Vec::new(),
                },
                evidence: Evidence::at(0, 0..4, 5.0, ""),
            }),
            lines: 0..8,
            body: titles.len() + 1..8,
            ..Job::default()
        }
    }

    fn document(rows: &[(&str, Style)]) -> TextDoc {
        let lines = rows.iter().map(|(text, style)| Line { text: text.to_string(), style: *style, ..Line::default() });
        let format = crate::model::Format::Docx;
        TextDoc { format, lines: lines.collect(), pages: 1, modified: None, warnings: vec![] }
    }

    #[test]
    fn the_first_item_is_the_title() {
        let (item, plain) = (Style { bullet: true, ..Style::default() }, Style::default());
        let text = document(&[("Blue Fish Inn. 2019", plain), ("Shift Supervisor.", item), ("Ran the bar", item)]);
        let mut found = job(&[]);
        title_in_item(&mut found, &text, &Lexicon::builtin());
        assert_eq!(found.titles[0].value, "Shift Supervisor");
    }

    #[test]
    fn roles_without_dates_have_those_of_the_first() {
        let role = Style { italic: true, ..Style::default() };
        let (item, plain) = (Style { bullet: true, ..Style::default() }, Style::default());
        let rows = [
            ("Blue Fish Inn. 2019", plain),
            ("Head Cook", role),
            ("Fried fish", item),
            ("Night Manager", role),
            ("Counted the till", item),
        ];
        let mut first = job(&[(1, "Head Cook")]);
        (first.lines, first.body) = (0..5, 2..5);
        let roles = further(&mut first, &document(&rows), &Lexicon::builtin());
        let found: Vec<_> = roles.iter().map(|job| (job.titles[0].value.as_str(), job.lines.clone())).collect();
        assert_eq!((found, first.lines.clone()), (vec![("Night Manager", 3..5)], 0..3));
        assert_eq!(roles[0].employers, first.employers);
    }
}
