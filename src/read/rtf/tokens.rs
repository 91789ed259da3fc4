//! RTF bytes → tokens: groups, control words with their number, control signs, text bytes. Does not know what a word means.

/// One token.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\par`, `\fs24`: letters and number.
    Word(&'a str, Option<i32>),
    /// `\~`, `\*`: one sign.
    Sign(u8),
    /// `\'e9`: one byte of text in the font's code page.
    Hex(u8),
    /// Text bytes as they stand.
    Text(&'a [u8]),
}

/// Splits RTF into tokens. Broken escapes are read as text or left out; never fails.
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    /// Tokens of these bytes.
    pub fn new(bytes: &'a [u8]) -> Tokens<'a> {
        Tokens { bytes, at: 0 }
    }

    fn control(&mut self) -> Option<Token<'a>> {
        let first = *self.bytes.get(self.at)?;
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            if first != b'\'' {
                return Some(Token::Sign(first));
            }
            let digits = self.bytes.get(self.at..self.at + 2).and_then(|two| std::str::from_utf8(two).ok());
            let Some(byte) = digits.and_then(|two| u8::from_str_radix(two, 16).ok()) else {
                return Some(Token::Text(b""));
            };
            self.at += 2;
            return Some(Token::Hex(byte));
        }
        let start = self.at;
        self.at += run(&self.bytes[start..], u8::is_ascii_alphabetic);
        let word = std::str::from_utf8(&self.bytes[start..self.at]).unwrap_or("");
        let number_start = self.at;
        let minus = usize::from(self.bytes.get(self.at) == Some(&b'-'));
        let digits = run(&self.bytes[self.at + minus..], u8::is_ascii_digit);
        let mut number = None;
        if digits > 0 {
            self.at += minus + digits;
            number = std::str::from_utf8(&self.bytes[number_start..self.at]).ok().and_then(|text| text.parse().ok());
        }
        // One blank belongs to the word.
        self.at += usize::from(self.bytes.get(self.at) == Some(&b' '));
        if word == "bin" {
            self.at = self.bytes.len().min(self.at.saturating_add(number.unwrap_or(0).max(0) as usize));
        }
        Some(Token::Word(word, number))
    }
}

fn run(bytes: &[u8], belongs: fn(&u8) -> bool) -> usize {
    bytes.iter().take_while(|byte| belongs(byte)).count()
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let first = *self.bytes.get(self.at)?;
        let start = self.at;
        self.at += 1;
        match first {
            b'{' => Some(Token::Open),
            b'}' => Some(Token::Close),
            b'\\' => self.control(),
            // Line ends of the source are no text.
            b'\r' | b'\n' | 0 => Some(Token::Text(b"")),
            _ => {
                self.at += run(&self.bytes[self.at..], |byte| !matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0));
                Some(Token::Text(&self.bytes[start..self.at]))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_signs_and_text() {
        let tokens: Vec<Token<'_>> = Tokens::new(b"{\\fs-24 a\\'e9\\~\\'zz\\bin3 xyz}").collect();
        let expected = [
            Token::Open,
            Token::Word("fs", Some(-24)),
            Token::Text(b"a"),
            Token::Hex(0xe9),
            Token::Sign(b'~'),
            Token::Text(b""),
            Token::Text(b"zz"),
            Token::Word("bin", Some(3)),
            Token::Close,
        ];
        assert_eq!(tokens, expected);
    }
}
