//! Pieces → a tree, by the rules of each tool. In: pieces. Out: a [`Clause`] and the differences. One reader for all tools: where they
//! disagree, the dialect is asked.

use super::Dialect;
use super::clause::Clause;
use super::dialects::Target;
use super::parts::{self, Link, Part, Want};
use super::pieces::Piece;
use super::words;
use crate::error::{Error, Result};
use crate::model::{FieldId, FieldKind};
use crate::query::names;

/// Deepest nesting of parentheses.
const DEEPEST: usize = 64;

/// Differences, each said once.
#[derive(Debug, Default)]
pub struct Notes(Vec<String>);

impl Notes {
    /// Says it, if it has not been said.
    pub fn say(&mut self, note: impl Into<String>) {
        let note = note.into();
        if !self.0.contains(&note) {
            self.0.push(note);
        }
    }
}

/// Reads the pieces of a whole string.
///
/// # Errors
/// Input: open or surplus parentheses, what has no counterpart.
pub fn read(pieces: Vec<Piece>, dialect: Dialect) -> Result<(Clause, Vec<String>)> {
    let mut reader = Reader { pieces, at: 0, dialect, notes: Notes::default(), depth: 0 };
    let clause = reader.list()?;
    if reader.at < reader.pieces.len() {
        return Err(Error::input("a closing parenthesis without an opening one").hint("remove it, or open it before"));
    }
    reader.last_words(&clause);
    Ok((clause, reader.notes.0))
}

struct Reader {
    pieces: Vec<Piece>,
    at: usize,
    dialect: Dialect,
    notes: Notes,
    depth: usize,
}

impl Reader {
    fn peek(&self) -> Option<&Piece> {
        self.pieces.get(self.at)
    }

    /// The next word in lower case, if it is an operator of the tool: its capitals are checked.
    fn operator(&mut self) -> Option<&'static str> {
        let Some(Piece::Word(word)) = self.peek() else { return None };
        let known = ["and", "or", "not", "&&", "||", "&", "|"];
        let found = *known.iter().find(|known| word.eq_ignore_ascii_case(known))?;
        let in_capitals = word.chars().all(|letter| !letter.is_lowercase());
        if in_capitals || self.dialect.reads_lower_case() {
            return Some(match found {
                "&&" | "&" => "and",
                "||" | "|" => "or",
                found => found,
            });
        }
        None
    }

    /// Operands up to the end or a closing parenthesis.
    fn list(&mut self) -> Result<Clause> {
        let mut parts: Vec<Part> = Vec::new();
        loop {
            let mut link = Link::Blank;
            let mut want = Want::Plain;
            while let Some(operator) = self.operator() {
                self.at += 1;
                match operator {
                    "and" => link = Link::And,
                    "or" => link = Link::Or,
                    // dtSearch: `apple not w/5 pear`.
                    _ if self.dialect == Dialect::DtSearch && self.distance().is_some() => return Err(not_near()),
                    _ => want = Want::Not,
                }
            }
            if self.lower_case_operator() {
                continue;
            }
            match self.peek() {
                None | Some(Piece::Close(_)) => break,
                Some(Piece::Sign(sign)) => {
                    let sign = *sign;
                    self.at += 1;
                    want = self.wanted(sign, want);
                }
                _ => {}
            }
            if let Some((kind, distance)) = self.distance() {
                self.near(&mut parts, kind, distance)?;
                continue;
            }
            let clause = self.operand()?;
            parts.push(Part { link, want, clause });
        }
        Ok(self.joined(parts))
    }

    /// A lower-case `or` where only capitals are operators: dropped, and said.
    fn lower_case_operator(&mut self) -> bool {
        let Some(Piece::Word(word)) = self.peek() else { return false };
        if self.dialect.reads_lower_case() || !matches!(word.as_str(), "and" | "or" | "not") {
            return false;
        }
        let (word, label) = (word.clone(), self.dialect.label());
        self.at += 1;
        self.notes.say(format!(
            "lower-case `{word}` is no operator in {label} but a word that is left out; write {} if you meant it",
            word.to_uppercase()
        ));
        true
    }

    fn wanted(&mut self, sign: char, want: Want) -> Want {
        if !self.dialect.has_signs() {
            self.notes.say(format!(
                "`{sign}` is no operator that LinkedIn documents; read as {}",
                if sign == '-' { "NOT" } else { "AND" }
            ));
        }
        match sign {
            '-' => Want::Not,
            '+' if want != Want::Not => Want::Required,
            '%' => Want::Favoured,
            '^' => Want::Strongly,
            _ => want,
        }
    }

    /// `w/5`, `pre/5` in dtSearch.
    fn distance(&self) -> Option<(&'static str, u32)> {
        let Some(Piece::Word(word)) = self.peek() else { return None };
        let (name, number) = word.split_once('/')?;
        if number.is_empty() || !number.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        let kind = match name.to_ascii_lowercase().as_str() {
            "w" | "near" => "NEAR",
            "pre" => "PRE",
            _ => return None,
        };
        (self.dialect == Dialect::DtSearch).then(|| (kind, names::number(number)))
    }

    /// What stood before and what comes next, near each other.
    fn near(&mut self, parts: &mut Vec<Part>, kind: &str, distance: u32) -> Result<()> {
        self.at += 1;
        let before = parts::take_phrase(parts);
        let Some((link, want, before)) = before else {
            return Err(Error::input(format!("nothing stands before {kind}/{distance}")));
        };
        let mut words = vec![self.operand()?];
        while matches!(self.peek(), Some(Piece::Word(_))) && self.operator().is_none() && self.distance().is_none() {
            words.push(self.operand()?);
        }
        let sides = [before, words].map(|words| {
            let side = self.phrase(words);
            self.with_forms(side)
        });
        let [before, after] = sides.map(Box::new);
        let clause = Clause::Near(before, format!("{kind}/{}", distance.max(1)), after);
        parts.push(Part { link, want, clause });
        Ok(())
    }

    /// A word beside NEAR: our language has no exact words there.
    fn with_forms(&mut self, side: Clause) -> Clause {
        match side {
            Clause::Word(word) if word.starts_with('=') => {
                let word = word.trim_start_matches('=').to_string();
                self.notes.say(format!("`{word}` beside w/n or pre/n also finds its other forms here"));
                Clause::Word(word)
            }
            side => side,
        }
    }

    fn operand(&mut self) -> Result<Clause> {
        let Some(piece) = self.peek().cloned() else { return Ok(Clause::Nothing) };
        self.at += 1;
        match piece {
            Piece::Word(word) if self.contains_follows() => {
                self.at += 1;
                self.field(&word)
            }
            // "a - b": a sign alone is no operand.
            Piece::Word(word) if word != "*" && !word.chars().any(char::is_alphanumeric) => Ok(Clause::Nothing),
            Piece::Word(word) => {
                let text = words::word(&word, self.dialect, &mut self.notes)?;
                Ok(if text.is_empty() { Clause::Nothing } else { Clause::Word(text) })
            }
            Piece::Quoted(words, suffix) => Ok(self.quoted(&words, &suffix)),
            Piece::Bracket(text) => Ok(self.bracket(&text)),
            Piece::Field(name) => self.field(&name),
            Piece::Sign(_) | Piece::Close(_) => Ok(Clause::Nothing),
            Piece::Open => self.parenthesis(),
        }
    }

    /// dtSearch: `name contains smith`.
    fn contains_follows(&self) -> bool {
        let next = matches!(self.peek(), Some(Piece::Word(word)) if word.eq_ignore_ascii_case("contains"));
        next && self.dialect == Dialect::DtSearch
    }

    fn parenthesis(&mut self) -> Result<Clause> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Error::input(format!("more than {DEEPEST} parentheses inside each other")));
        }
        let inner = self.list()?;
        self.depth -= 1;
        let Some(Piece::Close(suffix)) = self.peek().cloned() else {
            return Err(Error::input("an open parenthesis").hint("close it with )"));
        };
        self.at += 1;
        let boost: Option<f32> = suffix.strip_prefix('^').and_then(|number| number.parse().ok());
        Ok(match boost {
            Some(boost) if inner != Clause::Nothing => Clause::Text(format!("({inner})^{boost}")),
            _ => inner,
        })
    }

    fn quoted(&mut self, words: &str, suffix: &str) -> Clause {
        let text = format!("\"{}\"", words.replace(['\\', '"'], ""));
        let suffix = match (self.dialect, suffix.chars().next()) {
            (_, None) => String::new(),
            (Dialect::Lucene | Dialect::Bullhorn, Some('~')) => {
                self.notes.say(format!("{text}{suffix}: Lucene counts moves of words, a swap is two; here it is words between, in any order"));
                suffix.to_string()
            }
            (Dialect::Lucene | Dialect::Bullhorn, Some('^')) => suffix.to_string(),
            _ => {
                self.notes.say(format!("`{suffix}` behind a phrase was left out"));
                String::new()
            }
        };
        Clause::Text(format!("{text}{suffix}"))
    }

    /// `[senior engineer]` in Textkernel is nearness, `[2020 TO 2024]` elsewhere a range without a field.
    fn bracket(&mut self, text: &str) -> Clause {
        let label = self.dialect.label();
        if self.dialect == Dialect::Textkernel {
            self.notes.say(format!("{text}: {label} allows one or two words between, here two"));
            return Clause::Text(text.to_string());
        }
        self.notes.say(format!("{text}: brackets mean nothing here in {label}; the words inside are all asked for"));
        let words = text.trim_matches(['[', ']', '{', '}']).split_whitespace();
        Clause::all(words.map(|word| Clause::Word(crate::query::print::escaped(word))).collect())
    }

    fn field(&mut self, name: &str) -> Result<Clause> {
        let label = self.dialect.label();
        let target = self.dialect.field(name);
        let value = self.value(target)?;
        Ok(match target {
            _ if value == Clause::Nothing => Clause::Nothing,
            None if name == "*" || name == "_exists_" => value,
            None => {
                self.notes.say(format!("`{name}:` is no field here; its words are searched in the whole text"));
                Clause::Field("text", Box::new(value))
            }
            Some(Target::Nothing) => {
                self.notes
                    .say(format!("`{name}:` is kept by {label}, not written in résumés; the condition was left out"));
                Clause::Nothing
            }
            Some(Target::Field(field)) => {
                let ours = field.row().name;
                if !name.eq_ignore_ascii_case(ours) {
                    self.notes.say(format!("`{name}:` is `{ours}:` here"));
                }
                if value == Clause::Word("*".to_string()) {
                    Clause::Text(format!("has:{ours}"))
                } else {
                    Clause::Field(ours, Box::new(value))
                }
            }
        })
    }

    /// What stands behind a field.
    fn value(&mut self, target: Option<Target>) -> Result<Clause> {
        let kind = match target {
            Some(Target::Field(field)) => Some(field.row().kind),
            _ => None,
        };
        match (self.peek().cloned(), kind) {
            (Some(Piece::Bracket(text)), Some(FieldKind::Date | FieldKind::Number)) => {
                self.at += 1;
                Ok(Clause::Text(range(&text)))
            }
            (Some(Piece::Word(word)), Some(FieldKind::Date | FieldKind::Number)) => {
                self.at += 1;
                Ok(Clause::Word(dashed(&word)))
            }
            (Some(Piece::Word(word)), _) if word != "*" && target == Some(Target::Field(FieldId::Email)) => {
                self.at += 1;
                Ok(Clause::Text(format!("\"{word}\"")))
            }
            _ => self.operand(),
        }
    }

    /// Operands → one clause, by the tool's rules.
    fn joined(&mut self, parts: Vec<Part>) -> Clause {
        let mixed = parts.iter().skip(1).any(|part| part.link == Link::Or)
            && parts.iter().skip(1).any(|part| part.link != Link::Or);
        match self.dialect {
            Dialect::Lucene => parts::lucene(parts, mixed, &mut self.notes),
            Dialect::DtSearch => {
                if mixed {
                    self.notes.say(
                        "AND and OR are mixed without parentheses: dtSearch calls this ambiguous; here AND binds first",
                    );
                }
                let parts = self.phrases(parts);
                parts::boolean(parts)
            }
            Dialect::Textkernel
                if self.depth > 0 && parts.iter().all(|part| part.link == Link::Blank && part.want == Want::Plain) =>
            {
                Clause::any(parts.into_iter().map(|part| part.clause).collect())
            }
            _ => {
                if mixed {
                    let label = self.dialect.label();
                    self.notes.say(format!("AND and OR are mixed without parentheses: AND binds first, as in {label}"));
                }
                parts::boolean(parts)
            }
        }
    }

    /// dtSearch: words side by side are a phrase.
    fn phrases(&mut self, parts: Vec<Part>) -> Vec<Part> {
        let mut out: Vec<Part> = Vec::new();
        let mut run: Vec<Part> = Vec::new();
        for part in parts {
            let goes_on =
                part.link == Link::Blank && part.want == Want::Plain && matches!(part.clause, Clause::Word(_));
            if !(goes_on && run.last().is_some_and(|last| matches!(last.clause, Clause::Word(_)))) {
                self.close(&mut run, &mut out);
            }
            run.push(part);
        }
        self.close(&mut run, &mut out);
        out
    }

    fn close(&mut self, run: &mut Vec<Part>, out: &mut Vec<Part>) {
        let mut parts = std::mem::take(run);
        if parts.is_empty() {
            return;
        }
        let (link, want) = (parts[0].link, parts[0].want);
        let clause = self.phrase(parts.drain(..).map(|part| part.clause).collect());
        out.push(Part { link, want, clause });
    }

    /// Several words as they stand in a text; one is left as it is.
    fn phrase(&mut self, mut words: Vec<Clause>) -> Clause {
        if words.len() == 1 {
            return words.remove(0);
        }
        let texts: Vec<String> =
            words.iter().map(|word| word.to_string().trim_start_matches('=').replace('\\', "")).collect();
        let text = texts.join(" ");
        if text.contains(['*', '?', '~', '^']) {
            self.notes.say(format!("`{text}`: signs inside a phrase have no counterpart; the words are asked for next to each other in any form"));
            let words: Vec<String> = words.iter().map(ToString::to_string).collect();
            return Clause::all(words.into_iter().map(Clause::Word).collect());
        }
        self.notes.say(format!("words side by side are a phrase in dtSearch: \"{text}\""));
        Clause::Text(format!("\"{text}\""))
    }

    /// What holds for the whole string.
    fn last_words(&mut self, clause: &Clause) {
        let label = self.dialect.label();
        if self.dialect != Dialect::DtSearch && has_plain_word(clause) {
            self.notes.say(format!("plain words also find their other forms here (manage: managed, managing), which {label} may not; `=word` finds only the word"));
        }
    }
}

fn not_near() -> Error {
    Error::input("`not w/n` has no counterpart here")
        .hint("use NOT, or NOT (a NEAR/5 b), which leaves out candidates where they stand together anywhere")
}

/// `[20200101 TO 20241231]` with dashes in its days.
fn range(text: &str) -> String {
    let words = text.split(' ').map(|word| {
        let bare = word.trim_matches(['[', ']', '{', '}']);
        word.replace(bare, &dashed(bare))
    });
    words.collect::<Vec<String>>().join(" ")
}

/// `20200131` → `2020-01-31`.
fn dashed(word: &str) -> String {
    match (word.len(), word.bytes().all(|byte| byte.is_ascii_digit())) {
        (8, true) => format!("{}-{}-{}", &word[..4], &word[4..6], &word[6..]),
        _ => word.to_string(),
    }
}

fn has_plain_word(clause: &Clause) -> bool {
    match clause {
        Clause::Word(text) => !text.starts_with('=') && !text.contains(['*', '?', '~']),
        Clause::And(parts) | Clause::Or(parts) => parts.iter().any(has_plain_word),
        Clause::Not(part) | Clause::Prefer(part, _) => has_plain_word(part),
        Clause::Field(..) | Clause::Near(..) | Clause::Text(_) | Clause::Nothing => false,
    }
}
