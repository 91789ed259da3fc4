//! What comes first in `01/03/2019`. In: a line. Out: the [`DayOrder`]s that its dates of three numbers have beyond doubt. Reads no
//! date.

/// What comes first in dates of three numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::profile) enum DayOrder {
    /// `31/01/2019`
    DayFirst,
    /// `01/31/2019`
    MonthFirst,
}

/// The orders that the dates of three numbers in a line have beyond doubt.
pub(in crate::profile) fn orders(text: &str) -> Vec<DayOrder> {
    let parts: Vec<&str> = text.split(|letter: char| !letter.is_ascii_digit()).collect();
    let separators = || text.bytes().filter(|byte| matches!(byte, b'/' | b'.' | b'-')).count() >= 2;
    if parts.len() < 3 || !separators() {
        return Vec::new();
    }
    let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.len() <= 2);
    let order = |window: &[&str]| match (number(window[0])?, number(window[1])?, window[2].len()) {
        (13..=31, 1..=12, 4) => Some(DayOrder::DayFirst),
        (1..=12, 13..=31, 4) => Some(DayOrder::MonthFirst),
        _ => None,
    };
    parts.windows(3).filter_map(order).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_over_twelve_is_the_day() {
        assert_eq!(orders("01/03/2019 – 31/08/2021"), [DayOrder::DayFirst]);
        assert_eq!(orders("from 08/31/2021"), [DayOrder::MonthFirst]);
        assert_eq!(orders("31.8.2021"), [DayOrder::DayFirst]);
    }

    #[test]
    fn other_numbers_say_nothing() {
        for text in ["01/03/2019", "03/2019", "2019-03-31", "+49 30 12 2019", "room 31, 8th floor, 2021"] {
            assert_eq!(orders(text), [], "{text}");
        }
    }
}
