//! One profile as one line of CSV (RFC 4180), for spreadsheets. In: a profile. Out: a line. Only what is sure; several values of a cell
//! are separated by `; `. A cell that a spreadsheet would run as a formula begins with `'`.

use vitae::model::{End, Found, Profile};

/// The columns.
pub const HEAD: [&str; 17] = [
    "file",
    "name",
    "email",
    "phone",
    "location",
    "country",
    "title",
    "employer",
    "years",
    "degree",
    "level",
    "school",
    "graduated",
    "skills",
    "certificates",
    "languages",
    "links",
];

/// The cells of one résumé.
pub fn row(path: &str, profile: &Profile) -> [String; 17] {
    let job = profile.main_job();
    let highest = profile.highest_degree();
    let graduated = highest.and_then(|(entry, _)| entry.period.as_ref()).and_then(|period| match period.value.end {
        End::At(end) => Some(end.latest.year().to_string()),
        _ => None,
    });
    let place = profile.location.as_ref().filter(|place| place.is_sure()).map(|place| &place.value);
    [
        path.to_string(),
        sure(profile.name.as_ref()),
        list(profile.emails.iter().map(|email| email.value.as_str())),
        list(profile.phones.iter().map(|phone| phone.value.raw.as_str())),
        place.map(|place| place.raw.clone()).unwrap_or_default(),
        place.and_then(|place| place.country.clone()).unwrap_or_default(),
        job.map(|job| list(values(&job.titles))).unwrap_or_default(),
        job.map(|job| list(values(&job.employers))).unwrap_or_default(),
        profile.experience.months.map(|months| format!("{:.1}", f64::from(months) / 12.0)).unwrap_or_default(),
        highest.map(|(_, degree)| degree.raw.value.clone()).unwrap_or_default(),
        highest.and_then(|(_, degree)| degree.level).map(|level| level.name().to_string()).unwrap_or_default(),
        highest.map(|(entry, _)| sure(entry.school.as_ref())).unwrap_or_default(),
        graduated.unwrap_or_default(),
        list(profile.skills.iter().map(|skill| skill.name.as_str())),
        list(profile.certificates.iter().filter(|one| !one.ongoing).map(|one| one.name.value.as_str())),
        list(profile.languages.iter().map(|one| one.language.value.as_str())),
        list(profile.links.iter().map(|link| link.value.url.as_str())),
    ]
}

/// A line with its end.
pub fn line(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    format!("{}\r\n", cells.join(","))
}

fn quoted(cell: &str) -> String {
    // `+1 (555) 0100` is a phone number, `=HYPERLINK(…)` and `-cmd|…` in a résumé are attacks on whoever opens the table.
    let is_number = cell.starts_with(['+', '-']) && !cell.chars().any(char::is_alphabetic);
    let runs = cell.starts_with(['=', '@', '\t']) || (cell.starts_with(['+', '-']) && !is_number);
    let cell = format!("{}{cell}", if runs { "'" } else { "" });
    if cell.contains([',', '"', '\n', '\r', ';']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

fn sure(found: Option<&Found<String>>) -> String {
    found.filter(|found| found.is_sure()).map(|found| found.value.clone()).unwrap_or_default()
}

fn values(found: &[Found<String>]) -> impl Iterator<Item = &str> {
    found.iter().filter(|found| found.is_sure()).map(|found| found.value.as_str())
}

fn list<'a>(values: impl Iterator<Item = &'a str>) -> String {
    values.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        let check = |cell: &str, expected: &str| assert_eq!(quoted(cell), expected);
        check("Leeds", "Leeds");
        check("Leeds, UK", "\"Leeds, UK\"");
        check("5\" disk", "\"5\"\" disk\"");
        check("=HYPERLINK(1)", "'=HYPERLINK(1)");
        check("+1 (555) 0100", "+1 (555) 0100");
        check("-cmd|x", "'-cmd|x");
    }
}
