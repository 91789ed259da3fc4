//! Rows of the date grammar: text → the periods in it, with the as-of month at January 2026.

use super::*;

fn check(text: &str, expected: &[&str]) {
    let found: Vec<String> = find(text, Month::new(2026, 1))
        .into_iter()
        .map(|found| {
            let flags: String = found.period.flags.iter().map(|flag| format!(" {flag:?}")).collect();
            format!("{}{flags}", found.period)
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn dates_glued_to_words_without_blanks() {
    check("本科 (预计2024年4月毕业)", &["– 2024-04"]);
}

#[test]
fn open_ends_in_many_languages() {
    for text in [
        "Jan 2020 – Present",
        "Jan 2020 - Current",
        "Jan 2020 to date",
        "January 2020 till date",
        "Jan 2020 - till now",
        "01/2020 – ongoing",
        "janvier 2020 – aujourd'hui",
        "Januar 2020 – heute",
        "2020年1月 – 至今",
        "2020年1月至今",
        "1 月 2020 - Present",
        "2020. 01 – 迄今",
        "enero de 2020 - actualidad",
        "Enero 2020 - A la fecha",
        "janeiro de 2020 – até o momento",
        "gennaio 2020 - oggi",
        "jan. 2020 – heden",
        "styczeń 2020 – obecnie",
        "leden 2020 – dosud",
        "ianuarie 2020 – prezent",
        "január 2020 – jelenleg",
        "січень 2020 – теперішній час",
        "tammikuu 2020 – nykyinen",
        "Januari 2020 – sekarang",
        "01/2020 – σήμερα",
        "01/2020 – hiện tại",
        "jan. 2020 – d.d.",
        "od 01/2020",
        "ab 01/2020",
        "since Jan 2020",
        "seit Januar 2020",
        "from January 2020 to present",
        "2020-01 – Present",
        "2020-Jan - Present",
        "JAN 2020 – PRESENT",
        "Jan2020-Present",
    ] {
        check(text, &["2020-01 – present"]);
    }
}

#[test]
fn dangling_dash_is_an_implied_open_end() {
    let found = find("Feb 2025 -", Month::new(2026, 1));
    assert_eq!(found[0].period.end, End::Open { implied: true });
    check("Acme\tFeb 2025 –", &["2025-02 – present"]);
    check("2019 - Acme Corporation", &["– 2019"]);
    check("Cook\t03/19–", &["2019-03 – present TwoDigitYear"]);
    check("copies 03/19 -", &[]);
}

#[test]
fn ranges_of_months() {
    for text in [
        "Jan 2023-July 2023",
        "Jan. 2023 — Jul. 2023",
        "01/2023 - 07/2023",
        "2023.01–2023.07",
        "2023-01-15 – 2023-07-01",
        "January 5, 2023 to July 31, 2023",
        "Jan - Jul 2023",
        "Jan. 2023 - Exp. Jul. 2023",
        "15.01.2023 bis 31.07.2023",
        "du janvier 2023 au juillet 2023",
        "From: January 2023 To: July 2023",
        "From: 01/2023 To: 07/2023",
    ] {
        check(text, &["2023-01 – 2023-07"]);
    }
    check("Jan '22 - Mar '24", &["2022-01 – 2024-03 TwoDigitYear"]);
    check("01/22-03/24", &["2022-01 – 2024-03 TwoDigitYear"]);
    check("Jan 22 – Mar 24", &["2022-01 – 2024-03 TwoDigitYear"]);
    check("2022.01–2024.03", &["2022-01 – 2024-03"]);
    check("Nov – Feb 2021", &["2020-11 – 2021-02"]);
}

#[test]
fn ranges_of_years() {
    for text in [
        "2015 - 2019",
        "2015–2019",
        "2015 – 19",
        "2015-19",
        "(2015 to 2019)",
        "from 2015 to 2019",
        "2015/2019",
        "2015 bis 2019",
        "2015 a 2019",
    ] {
        check(text, &["2015 – 2019"]);
    }
    check("2015/16", &["2015 – 2016"]);
    check("2018 - May 2020", &["2018 – 2020-05"]);
    check("Spring 2018 – Winter 2020", &["2018-01/2018-05 – 2020-12"]);
    check("Winter 2019/20", &["– 2019-12/2020-03"]);
    check("2010-12 – 2014-03", &["2010-12 – 2014-03"]);
}

#[test]
fn single_dates() {
    check("B.Tech 2015", &["– 2015"]);
    check("Spring 2021", &["– 2021-01/2021-05"]);
    check("Summer '19", &["– 2019-05/2019-08 TwoDigitYear"]);
    check("Q3 2019", &["– 2019-07/2019-09"]);
    check("Issued August 15, 2023", &["– 2023-08"]);
    check("1. Januar 2020", &["– 2020-01"]);
    check("until 2020", &["– 2020"]);
    check("Mid 2019", &["– 2019-05/2019-08"]);
    check("2014-06-29", &["– 2014-06"]);
    check("2014-06", &["– 2014-06"]);
}

#[test]
fn dates_ahead_are_expected() {
    check("Expected May 2027", &["– 2027-05 Expected"]);
    check("August 2024 – May 2026", &["2024-08 – 2026-05 Expected"]);
    check("Expected Graduation: 2027", &["– 2027 Expected"]);
}

#[test]
fn odd_dates_are_flagged() {
    check("03/04/2019", &["– 2019-03/2019-04 Ambiguous"]);
    check("15/04/2019", &["– 2019-04"]);
    check("Jan 2020 – Mar 2019", &["2019-03 – 2020-01 Reversed"]);
}

#[test]
fn several_dates_of_one_line() {
    check("Acme 2015 - 2017, Blue Ltd 2017 - Present", &["2015 – 2017", "2017 – present"]);
    check("2016, 2017, 2019", &["– 2016", "– 2017", "– 2019"]);
}

#[test]
fn numbers_that_are_no_dates() {
    for text in [
        "Windows Server 2012",
        "ISO 9001:2015",
        "saved $2000",
        "over 2000 users",
        "555-010-2014",
        "C++14",
        "10180 Kops/sec",
        "grew 2019% in a year",
        "may improve 20 parts",
        "Room 2020b",
        "12,2015 items",
    ] {
        check(text, &[]);
    }
}

#[test]
fn years_with_full_stops() {
    check("2018. – 2021.", &["2018 – 2021"]);
    check("2018. – danas", &["2018 – present"]);
}
