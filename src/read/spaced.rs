//! Letter-spaced words (`E D U C A T I O N`) and split capitals (`E DUCATION`) → words again. Works on one line's
//! characters before blanks are collapsed: single blanks stand between letters, wider ones between words.

use super::rich::Styled;

/// Fewest letters in a row that count as letter-spaced. `A B C` and `R & D` stay.
const MIN_LETTERS: usize = 4;

/// Joins letter-spaced stretches in place. Linear in the number of characters.
pub(super) fn join_letters(chars: &mut Vec<Styled>) {
    if !may_be_spaced(chars) {
        return;
    }
    let mut out: Vec<Styled> = Vec::with_capacity(chars.len());
    let mut at = 0;
    while at < chars.len() {
        let starts_word = out.last().is_none_or(|styled| styled.ch.is_whitespace());
        let (end, letters) = if starts_word { stretch(chars, at) } else { (at, 0) };
        if letters >= MIN_LETTERS {
            copy_joined(&chars[at..end], &mut out);
            at = end;
        } else {
            let next = end.max(at + 1);
            out.extend_from_slice(&chars[at..next]);
            at = next;
        }
    }
    *chars = out;
}

/// Cheap test before the real work: enough single letters between blanks.
fn may_be_spaced(chars: &[Styled]) -> bool {
    let singles = chars
        .windows(3)
        .filter(|three| three[0].ch.is_whitespace() && three[1].ch.is_alphabetic() && three[2].ch.is_whitespace());
    singles.take(MIN_LETTERS - 2).count() == MIN_LETTERS - 2
}

/// The stretch of single characters separated by blanks that begins at `at`: its end and how many letters it has.
/// Tabs end it; so does a word of two or more characters.
fn stretch(chars: &[Styled], at: usize) -> (usize, usize) {
    let (mut end, mut letters, mut index) = (at, 0, at);
    while index < chars.len() {
        let single =
            !chars[index].ch.is_whitespace() && chars.get(index + 1).is_none_or(|next| next.ch.is_whitespace());
        // "a b c d" in lower case is prose or algebra; headings are set in capitals or begin with one.
        let fits = chars[index].ch.is_alphabetic() || (letters > 0 && "&/-,.".contains(chars[index].ch));
        if !single || !fits || (letters == 0 && !chars[index].ch.is_uppercase()) {
            break;
        }
        letters += usize::from(chars[index].ch.is_alphabetic());
        end = index + 1;
        index = end;
        while index < chars.len() && chars[index].ch == ' ' {
            index += 1;
        }
    }
    (end, letters)
}

/// Copies a stretch without its single blanks; wider gaps become one blank.
fn copy_joined(stretch: &[Styled], out: &mut Vec<Styled>) {
    let mut blanks = 0;
    for styled in stretch {
        if styled.ch == ' ' {
            blanks += 1;
            if blanks == 2 {
                out.push(*styled);
            }
        } else {
            blanks = 0;
            out.push(*styled);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::rich::Mark;

    fn check(text: &str, expected: &str) {
        let mut chars: Vec<Styled> = text.chars().map(|ch| Styled { ch, mark: Mark::default() }).collect();
        join_letters(&mut chars);
        assert_eq!(chars.iter().map(|styled| styled.ch).collect::<String>(), expected, "{text:?}");
    }

    #[test]
    fn letter_spaced_headings_are_words() {
        check("E D U C A T I O N", "EDUCATION");
        check("W O R K   L I F E", "WORK LIFE");
        check("A W A R D S  &  P R I Z E S", "AWARDS & PRIZES");
        check("É T U D E S\t2 0 2 0", "ÉTUDES\t2 0 2 0");
    }

    #[test]
    fn lists_of_single_letters_stay() {
        check("A B C", "A B C");
        check("C, C++, R, D", "C, C++, R, D");
        check("Plan A or B", "Plan A or B");
        check("R & D", "R & D");
    }
}
