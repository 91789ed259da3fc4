//! What an editor, a PDF or a chat program does to a query is undone: no-break spaces, full-width signs, curly and angle
//! quotes, invisible characters. In: the text as typed. Out: plain text with the way back to each typed byte. Dashes stay:
//! whether one is a minus depends on its place (`lexer`).

/// The plain text and, for each of its bytes and its end, the byte of the typed text.
pub(super) struct Clean {
    pub text: String,
    map: Vec<usize>,
}

/// Makes the text plain.
pub(super) fn clean(typed: &str) -> Clean {
    let mut text = String::with_capacity(typed.len());
    let mut map = Vec::with_capacity(typed.len() + 1);
    for (at, letter) in typed.char_indices() {
        if let Some(plain) = plain(letter) {
            text.push(plain);
            map.resize(text.len(), at);
        }
    }
    map.push(typed.len());
    Clean { text, map }
}

impl Clean {
    /// The range of the typed text for a range of the plain text.
    pub fn typed(&self, start: usize, end: usize) -> (usize, usize) {
        let last = self.map.len() - 1;
        (self.map[start.min(last)], self.map[end.min(last)])
    }
}

fn plain(letter: char) -> Option<char> {
    Some(match letter {
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '〝' | '〞' => '"',
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | 'ʼ' => '\'',
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
        '\r' | '\u{2028}' | '\u{2029}' => '\n',
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => {
            return None;
        }
        '、' => ',',
        // Full-width signs and letters.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(letter as u32 - 0xff01 + 0x21)?,
        other if other.is_control() && other != '\n' && other != '\t' => ' ',
        other => other,
    })
}
