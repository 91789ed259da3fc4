//! Text → comparable words. In: any text. Out: [`Words`]: folded words (lower case, no accents, no apostrophes) with their
//! byte ranges and what stands between them. All tables of the lexicon are keyed by such words. This is not the tokenizer of
//! the index (`analysis`): here `B.Tech` is one word `btech`, `R&D` is three (`r and d`).

use super::letters::{Class, Lower, class, mix, plain_letters, word_hash};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Full stops behind words of so many letters end a sentence; others may be those of an abbreviation (`M. Tech`).
const ABBREVIATION: usize = 4;

/// What stands between a word and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// First word, or blanks only.
    Space,
    /// A hyphen, slash, underscore, ampersand or full stop: may be inside a name (`CI/CD`, `scikit-learn`).
    Joint,
    /// A comma, bracket, bar, dash, tab …: never inside a name.
    Hard,
}

/// One folded word and where it stands in the text.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// First byte in the source text.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// What stands before it.
    pub gap: Gap,
    /// Hash of its folded form (see [`word_hash`]), by which all tables find it.
    pub hash: u32,
    key: (u32, u32),
}

/// The words of a text. The folded text is one string with single blanks, so any run of words is a slice of it.
#[derive(Debug, Default)]
pub struct Words {
    folded: String,
    words: Vec<Word>,
}

impl Words {
    /// Reads the words of `text`.
    pub fn of(text: &str) -> Words {
        let (folded, list) = (String::with_capacity(text.len() + ROOM), Vec::with_capacity(text.len() / 6 + 1));
        let mut words = Words { folded, words: list };
        words.read(text);
        words
    }

    /// No words yet, with room for those of lines that are read one after the other.
    pub fn for_lines() -> Words {
        Words { folded: String::with_capacity(256), words: Vec::with_capacity(40) }
    }

    /// Reads the words of `text` into this value, keeping its buffers.
    pub fn read(&mut self, text: &str) {
        if let Some(lower) = Lower::of(text) {
            return self.take(&lower);
        }
        self.words.clear();
        self.words.reserve(text.len() / 6 + 1);
        self.folded = fold(text, std::mem::take(&mut self.folded), Some(&mut self.words));
    }

    /// The same for plain words with one blank between them: what is folded stands where it is read.
    pub(super) fn take(&mut self, lower: &Lower) {
        self.words.clear();
        self.folded.clear();
        self.folded.push_str(lower.as_str());
        for (start, end, hash) in lower.words() {
            self.words.push(Word { start, end, gap: Gap::Space, hash, key: (start as u32, end as u32) });
        }
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// There is no word.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The word at `index`.
    pub fn get(&self, index: usize) -> Option<&Word> {
        self.words.get(index)
    }

    /// All words.
    pub fn iter(&self) -> impl Iterator<Item = (&Word, &str)> {
        self.words.iter().map(|word| (word, &self.folded[word.key.0 as usize..word.key.1 as usize]))
    }

    /// The folded form of word `index`; empty beyond the end.
    pub fn term(&self, index: usize) -> &str {
        self.words.get(index).map_or("", |word| &self.folded[word.key.0 as usize..word.key.1 as usize])
    }

    /// The number at `index` as `text` has it: `8`, `8+`, `3.5`; `3,5` at its second half. A folded word has lost its full stop.
    pub fn number(&self, text: &str, index: usize) -> Option<f32> {
        let word = self.get(index).filter(|word| text.as_bytes()[word.start].is_ascii_digit())?;
        let whole = text[..word.start].strip_suffix(',').unwrap_or_default();
        let digits = whole.len() - whole.trim_end_matches(|letter: char| letter.is_ascii_digit()).len();
        let start = if digits > 0 { word.start - 1 - digits } else { word.start };
        text[start..word.end].trim_end_matches('+').replace(',', ".").parse().ok()
    }

    /// The folded words `from..to` joined by blanks; empty beyond the end.
    pub fn run(&self, from: usize, to: usize) -> &str {
        match (self.words.get(from), self.words.get(to.wrapping_sub(1))) {
            (Some(first), Some(last)) if from < to => &self.folded[first.key.0 as usize..last.key.1 as usize],
            _ => "",
        }
    }

    /// The whole folded text.
    pub fn folded(&self) -> &str {
        &self.folded
    }
}

/// The folded text; its words are added to `words`. `buffer` is used again.
fn fold(text: &str, buffer: String, words: Option<&mut Vec<Word>>) -> String {
    let mut folded = buffer.into_bytes();
    folded.clear();
    folded.resize(text.len() + ROOM, 0);
    let mut scan = Scan { text, folded, used: 0, words, open: None, gap: Gap::Space };
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        match class(*byte) {
            Class::Plain => at = if scan.open.is_none() { scan.plain_words(at) } else { scan.push_run(at) },
            Class::Blank => {
                scan.close(at);
                at += 1;
            }
            Class::Hard => {
                scan.close_hard(at);
                at += 1;
            }
            _ => {
                let letter = text[at..].chars().next().expect("`at` is a character boundary before the end");
                scan.step(at, letter);
                at += letter.len_utf8();
            }
        }
    }
    scan.close(text.len());
    // Behind the folded letters are zeros: whole blocks are looked through several times as fast as the bytes of half a one.
    scan.folded.truncate(scan.used.next_multiple_of(ROOM));
    let mut folded = String::from_utf8(scan.folded).expect("only whole characters are pushed");
    folded.truncate(scan.used);
    folded
}

/// The folded words of `text`, joined by blanks: the key under which tables find it.
pub fn key(text: &str) -> String {
    match Lower::of(text) {
        Some(lower) => lower.as_str().to_owned(),
        None => fold(text, String::with_capacity(text.len() + ROOM), None),
    }
}

/// What `look_up` says to the [`key`] of `text`.
pub fn with_key<T>(text: &str, look_up: impl FnOnce(&str) -> T) -> T {
    match Lower::of(text) {
        Some(lower) => look_up(lower.as_str()),
        None => look_up(&fold(text, String::with_capacity(text.len() + ROOM), None)),
    }
}

/// Bytes of `Scan::folded` that are kept free behind those in use: eight are read at once.
const ROOM: usize = 16;

struct Scan<'t, 'w> {
    text: &'t str,
    folded: Vec<u8>,
    /// So many bytes of `folded` are in use.
    used: usize,
    /// None where only the folded text is wanted.
    words: Option<&'w mut Vec<Word>>,
    /// Start of the word being read, and of its folded form.
    open: Option<(usize, usize)>,
    gap: Gap,
}

impl Scan<'_, '_> {
    fn step(&mut self, at: usize, letter: char) {
        match letter {
            '+' | '#' if self.open.is_some() => self.push(at, letter),
            // "+2", "+1 555"
            '+' if self.next_is(at, |next| next.is_ascii_digit()) => self.push(at, letter),
            '\'' | '’' | '‘' | 'ʼ' | '`' | '´' => {}
            '.' if self.is_inner_dot(at) => {
                if self.open.is_none() {
                    // ".NET"
                    self.push(at, '.');
                }
            }
            '&' => {
                self.close(at);
                self.gap = self.gap.max(Gap::Joint);
                self.push_all(at, "and");
                self.close(at + 1);
                self.gap = Gap::Joint;
            }
            ' ' | '\u{a0}' => self.close(at),
            '-' | '/' | '_' | '.' | '\u{2010}' | '\u{2011}' => {
                let gap = if self.parts_words(at, letter) { Gap::Hard } else { Gap::Joint };
                self.close(at);
                self.gap = self.gap.max(gap);
            }
            // Dashes, bullets and quotation marks; the others of this block stand above.
            _ if letter.is_ascii() || matches!(letter, '\u{2012}'..='\u{2027}') => self.close_hard(at),
            _ if letter.is_alphanumeric() || is_combining_mark(letter) => self.push_folded(at, letter),
            _ if letter.is_whitespace() => self.close(at),
            '\u{200b}'..='\u{200d}' | '\u{ad}' | '\u{feff}' => {}
            _ => self.close_hard(at),
        }
    }

    fn next_is(&self, at: usize, test: impl Fn(char) -> bool) -> bool {
        self.text[at + 1..].chars().next().is_some_and(test)
    }

    /// "Analyst - Data", "worked hard. Java": not the dot of `M. Tech`, not the hyphen of `CI-CD`.
    fn parts_words(&self, at: usize, letter: char) -> bool {
        let blank_next = self.next_is(at + letter.len_utf8() - 1, char::is_whitespace);
        match letter {
            '.' => blank_next && self.open.is_none_or(|(start, _)| at - start > ABBREVIATION),
            _ => blank_next && self.open.is_none(),
        }
    }

    /// A dot that belongs to the word: `Node.js`, `B.Tech`, `Ph.D.`, `.NET`; not the missing blank in `Python.Worked`.
    fn is_inner_dot(&self, at: usize) -> bool {
        let mut rest = self.text[at + 1..].chars();
        let (next, after) = (rest.next(), rest.next());
        let Some(next) = next.filter(|next| next.is_alphanumeric()) else { return false };
        let Some((start, _)) = self.open else { return next.is_alphabetic() };
        let capitalised = next.is_uppercase() && after.is_some_and(char::is_lowercase);
        !capitalised || at - start <= 4
    }

    fn push(&mut self, at: usize, folded: char) {
        if self.open.is_none() {
            self.start(at);
        }
        self.append(folded.encode_utf8(&mut [0; 4]));
    }

    /// Adds to the open word.
    fn append(&mut self, folded: &str) {
        let needed = folded.len() + ROOM;
        if self.folded.len() < self.used + needed {
            self.grow(needed);
        }
        self.folded[self.used..self.used + folded.len()].copy_from_slice(folded.as_bytes());
        self.used += folded.len();
    }

    fn grow(&mut self, more: usize) {
        self.folded.resize((self.used + more + ROOM) * 2, 0);
    }

    /// Takes the plain words from `at` on with the blanks and hard signs between them; gives the byte where a closer look is needed. Most
    /// of a text is taken here, so nothing but local values changes from word to word.
    fn plain_words(&mut self, mut at: usize) -> usize {
        let bytes = self.text.as_bytes();
        // From here on no more letters are written than read, and a blank in front of the first word.
        if self.folded.len() < self.used + (bytes.len() - at) + ROOM {
            self.grow(bytes.len() - at);
        }
        let (mut used, mut gap) = (self.used, self.gap);
        loop {
            let start = at;
            self.folded[used] = b' ';
            let key = used + usize::from(used > 0);
            let mut hash = 0;
            used = key;
            loop {
                let (letters, count) = plain_letters(&bytes[at..]);
                if let Some(room) = self.folded[used..].first_chunk_mut() {
                    *room = letters.to_le_bytes();
                }
                hash = if count > 0 { mix(hash, letters) } else { hash };
                (used, at) = (used + count, at + count);
                if count < 8 {
                    break;
                }
            }
            let sign = bytes.get(at).map_or(Class::Blank, |byte| class(*byte));
            let ends = match sign {
                Class::Dot => bytes.get(at + 1).is_none_or(|next| *next == b' '),
                sign => sign != Class::Other,
            };
            if !ends {
                (self.used, self.gap, self.open) = (used, gap, Some((start, key)));
                return at;
            }
            if let Some(words) = &mut self.words {
                words.push(Word { start, end: at, gap, hash: hash as u32, key: (key as u32, used as u32) });
            }
            // Most words have one blank and another word behind them.
            if sign == Class::Blank && bytes.get(at + 1).is_some_and(|next| class(*next) == Class::Plain) {
                (at, gap) = (at + 1, Gap::Space);
                continue;
            }
            gap = match sign {
                Class::Joint => Gap::Joint,
                Class::Dot if at - start <= ABBREVIATION => Gap::Joint,
                Class::Dot => Gap::Hard,
                _ => Gap::Space,
            };
            at += usize::from(gap != Gap::Space);
            while let Some(sign) = bytes.get(at).map(|byte| class(*byte)) {
                match sign {
                    Class::Blank => {}
                    Class::Hard => gap = Gap::Hard,
                    _ => break,
                }
                at += 1;
            }
            if bytes.get(at).is_none_or(|byte| class(*byte) != Class::Plain) {
                (self.used, self.gap) = (used, gap);
                return at;
            }
        }
    }

    /// Takes more plain letters and digits of the open word from `at` on; gives the byte after them. A word that a blank ends is closed.
    fn push_run(&mut self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        if self.folded.len() < self.used + (bytes.len() - at) + ROOM {
            self.grow(bytes.len() - at);
        }
        let mut end = at;
        loop {
            let (letters, count) = plain_letters(&bytes[end..]);
            if let Some(room) = self.folded[self.used..].first_chunk_mut() {
                *room = letters.to_le_bytes();
            }
            (self.used, end) = (self.used + count, end + count);
            if count < 8 {
                break;
            }
        }
        if bytes.get(end).is_none_or(|byte| *byte == b' ') {
            self.close(end);
        }
        end
    }

    fn push_all(&mut self, at: usize, folded: &str) {
        if self.open.is_none() {
            self.start(at);
        }
        self.append(folded);
    }

    fn start(&mut self, at: usize) {
        let key = self.separate();
        self.open = Some((at, key));
    }

    /// Puts a blank behind the word before, if there is one; gives the place of the next.
    fn separate(&mut self) -> usize {
        if self.used > 0 {
            self.folded[self.used] = b' ';
            self.used += 1;
        }
        self.used
    }

    fn push_folded(&mut self, at: usize, letter: char) {
        let plain = match letter {
            'ß' => "ss",
            'ł' | 'Ł' => "l",
            'ø' | 'Ø' => "o",
            'æ' | 'Æ' => "ae",
            'œ' | 'Œ' => "oe",
            'đ' | 'Đ' => "d",
            'ı' | 'İ' => "i",
            _ => "",
        };
        if !plain.is_empty() {
            return self.push_all(at, plain);
        }
        for part in std::iter::once(letter).nfkd().filter(|part| !is_combining_mark(*part)) {
            for lower in part.to_lowercase() {
                if lower.is_alphanumeric() {
                    self.push(at, lower);
                }
            }
        }
    }

    fn close_hard(&mut self, at: usize) {
        self.close(at);
        self.gap = Gap::Hard;
    }

    fn close(&mut self, at: usize) {
        if let Some((start, key)) = self.open.take() {
            self.finish(start, key, at);
        }
    }

    fn finish(&mut self, start: usize, key: usize, end: usize) {
        let hash = if self.words.is_some() { word_hash(&self.folded, key, self.used) } else { 0 };
        self.add(start, key, end, hash);
    }

    fn add(&mut self, start: usize, key: usize, end: usize, hash: u32) {
        if let Some(words) = &mut self.words {
            words.push(Word { start, end, gap: self.gap, hash, key: (key as u32, self.used as u32) });
        }
        self.gap = Gap::Space;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(key(text), expected, "{text}");
    }

    #[test]
    fn names_of_techniques_and_degrees_keep_their_shape() {
        check("C++, C# and .NET", "c++ c# and .net");
        check("Node.js / NodeJS", "nodejs nodejs");
        check("B.Tech. (Hons.) Ph.D", "btech hons phd");
        check("R&D", "r and d");
        check("New York", "new york");
        check(" New  York ", "new york");
        check("I used Python.Worked hard", "i used python worked hard");
    }

    #[test]
    fn accents_case_and_apostrophes_fold() {
        check("Expérience  Professionnelle", "experience professionnelle");
        check("Bachelor’s in Łódź Straße", "bachelors in lodz strasse");
        check("工作经历", "工作经历");
    }

    #[test]
    fn byte_ranges_point_into_the_source() {
        let text = "Zoë • R&D, C++";
        let words = Words::of(text);
        let seen: Vec<&str> = words.iter().map(|(word, _)| &text[word.start..word.end]).collect();
        assert_eq!(seen, ["Zoë", "R", "&", "D", "C++"]);
        assert_eq!(words.get(1).unwrap().gap, Gap::Hard);
        assert_eq!(words.run(1, 4), "r and d");
    }

    #[test]
    fn words_know_their_hash() {
        let words = Words::of("A wide-spread Internationalisation & ﷺ R&D C++ straße.js Ⅷ");
        for (word, term) in words.iter() {
            assert_eq!(word.hash, word_hash(term.as_bytes(), 0, term.len()), "{term}");
        }
    }
}
