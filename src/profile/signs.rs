//! A short list of words and signs, looked for all at once. In: the list, a line. Out: whether one of them may stand in the line, so that
//! most lines need no closer look. Knows no borders of words and does NOT say which one it was.

/// A list of words and signs of three bytes or more.
pub(super) struct Signs {
    list: Vec<&'static str>,
    /// Their first three bytes, as bits of a hash: most bytes of a line are passed over by them.
    starts: [u64; STARTS / 64],
}

/// Starts that are told apart: a power of two.
const STARTS: usize = 1 << 12;

impl Signs {
    /// The signs of `list`; capitals do not matter.
    pub fn of(list: impl IntoIterator<Item = &'static str>) -> Signs {
        let mut signs = Signs { list: list.into_iter().collect(), starts: [0; STARTS / 64] };
        for sign in &signs.list {
            let start = sign.bytes().take(3).fold(0, start);
            signs.starts[start / 64] |= 1 << (start % 64);
        }
        signs
    }

    /// One of the list stands in `text`, perhaps inside a word.
    pub fn may_stand_in(&self, text: &str) -> bool {
        let mut hash = 0;
        text.bytes().enumerate().any(|(at, byte)| {
            hash = start(hash, byte);
            self.starts[hash / 64] >> (hash % 64) & 1 != 0 && at >= 2 && self.begins(&text.as_bytes()[at - 2..])
        })
    }

    fn begins(&self, text: &[u8]) -> bool {
        let is_first =
            |sign: &str| text.get(..sign.len()).is_some_and(|start| start.eq_ignore_ascii_case(sign.as_bytes()));
        self.list.iter().any(|sign| is_first(sign))
    }
}

/// Place of three bytes among the starts, from that of those before the last and the last. The bytes before them fall out; capitals have the place of
/// small letters.
fn start(before: usize, byte: u8) -> usize {
    (before << 4 ^ usize::from(byte & 31)) % STARTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_of_the_list_in_any_case() {
        let signs = Signs::of(["gpa", " at ", "première"]);
        assert!(signs.may_stand_in("CGPA 3.4"));
        assert!(signs.may_stand_in("Cook at Blue Fish Inn"));
        assert!(signs.may_stand_in("en première"));
        assert!(signs.may_stand_in("GPA") && signs.may_stand_in("a PREMIèRE"));
        assert!(!signs.may_stand_in("Attic, G.P.A"));
        assert!(!signs.may_stand_in("gp") && !signs.may_stand_in(""));
    }
}
