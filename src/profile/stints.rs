//! A job held several times, with all its periods on one line. In: the dates of a line. Out: the one that dates the entry. Joins no periods.

use super::dates::FoundPeriod;
use crate::model::End;

/// `2001 – 2009, 2012 – May 2013`: of the stints that end with `at` the longest; the job was not held between them.
pub(super) fn longest(text: &str, dates: &[FoundPeriod], at: usize) -> usize {
    let follows = |next: usize| {
        let between = text[dates[next - 1].end..dates[next].start].trim();
        dates[next - 1].is_range && matches!(between, "." | "," | ";" | "&" | "and" | "/" | "|")
    };
    let first = (1..=at).rev().take_while(|next| follows(*next)).last().map_or(at, |next| next - 1);
    let months = |at: &usize| match (dates[*at].period.start, dates[*at].period.end) {
        (Some(start), End::At(end)) => end.latest.0 - start.earliest.0,
        (_, End::Open { .. }) => i32::MAX,
        _ => 0,
    };
    (first..=at).max_by_key(months).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Month;
    use crate::profile::dates;

    #[test]
    fn the_longest_of_stints_side_by_side() {
        let check = |text: &str, expected: usize| {
            let found = dates::find(text, Month::new(2026, 11));
            assert_eq!(longest(text, &found, found.len() - 1), expected, "{text}");
        };
        check("Deckhand   2001 - 2009, 2012 - May 2013", 0);
        check("Deckhand   2010 - 2011. 2016 - present", 1);
        check("2001 - 2009 Cook 2012 - 2013", 1);
        check("Deckhand   2012 - 2013", 0);
    }
}
