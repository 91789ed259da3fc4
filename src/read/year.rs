//! Does a year stand in a line? In: text. Out: yes or no. Reads no dates: readers of pages only ask whether a column or row is one of dates.

/// A four-digit number from 1950 to 2049.
pub(super) fn has_year(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    (0..bytes.len()).any(|at| {
        let alone = (at == 0 || !digit(at - 1)) && !digit(at + 4);
        let number = || text.get(at..at + 4).and_then(|year| year.parse::<u32>().ok());
        alone && digit(at) && digit(at + 3) && number().is_some_and(|year| (1950..2050).contains(&year))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_four_digits_alone() {
        for text in ["2019", "Jan 1998 –", "05/2018", "é2019é"] {
            assert!(has_year(text), "{text}");
        }
        for text in ["", "1949", "2050", "20190", "12019", "555-201", "20 19"] {
            assert!(!has_year(text), "{text}");
        }
    }
}
