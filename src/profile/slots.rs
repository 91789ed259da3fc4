//! A head line → its slots: fields with their cues and points, in a coarse and a fine split. In: a line and its dates. Out:
//! [`ViewSlots`]. `Employer: …` labels are read here; which slot is what is for `template`.

use super::cues::Cues;
use super::fields::{self, Field, Separator};
use super::firm_sentences;
use super::head_labels;
use super::heads::{LineClass, LineView};
use super::line_pieces::Pieces;
use super::peeling;
use super::roles::{self, Points};
use super::run_together;
use super::scan;
use super::segments::ViewSlots;
use super::signs::Signs;
use super::template::Slot;
use super::title_parts;
use crate::lexicon::Lexicon;
use crate::model::Line;
use std::ops::Range;
use std::sync::LazyLock;

/// A bold field: title, employer, place.
const BOLD: Points = Points { title: 0.3, employer: 0.6, place: -0.5 };

/// Words between a title and its employer: `Cook at Blue Fish Inn`.
const AT_WORDS: &[&str] = &[
    " at ",
    " chez ",
    " bei ",
    " beim ",
    " hos ",
    " presso ",
    " bij ",
    " på ",
    " au sein de ",
    " au sein du ",
    " à l’",
    " à l'",
    " à la ",
    " à ",
    " au ",
    " with ",
    " for ",
];

/// Slots of a view; empty for a line that cannot be in a head.
pub(super) fn of_view(view: &LineView, line: &Line, lexicon: &Lexicon) -> ViewSlots {
    if view.class != LineClass::Head && view.anchor.is_none() || view.margin {
        return ViewSlots::default();
    }
    let mut text = line.text.as_str();
    if let Some(date) = view.anchor.map(|opened| &view.dates[opened]) {
        // "2019 – 2021: cook at the Blue Fish Inn, where …": only the beginning of the line is head.
        if view.class != LineClass::Head {
            text = floor(text, date.end + 120);
        }
        if view.class != LineClass::Head || date.start == 0 && date.is_range {
            text = first_sentence(text, date.end);
        }
    }
    let mut cuts = peeling::cuts(text, view);
    cuts.extend(blanks(text));
    cuts.extend(list_number(text));
    cuts.extend(addresses(text));
    cuts.extend(heading_cell(text, lexicon));
    cuts.sort_by_key(|cut| cut.start);
    let pieces = Pieces::of(text, lexicon);
    let mut coarse = Vec::new();
    let mut fields = fields::split(text, view.index, &cuts);
    head_labels::join(text, &mut fields);
    for field in fields {
        for part in at_word(&pieces, field).into_iter().flat_map(|part| title_parts::behind_discipline(&pieces, part)) {
            for part in peeling::peel(&pieces, part) {
                let cues = pieces.in_short(&part.span);
                match run_together::town(&pieces, &part, &cues) {
                    Some(parts) => coarse.extend(parts),
                    None => coarse.push(part),
                }
            }
        }
    }
    // Bold sets a field apart from the others, not a line of several from the lines around it.
    let bold = if line.style.bold && coarse.len() > 1 { &[] } else { line.bold.as_slice() };
    let mut coarse: Vec<Slot> = coarse.into_iter().filter_map(|field| slot(&pieces, bold, field)).collect();
    if let Some(first) = coarse.first_mut().filter(|first| view.dates.is_empty() && is_dashed(text, first, lexicon)) {
        first.points.add(BEFORE_DASH, 1.0);
    }
    favour_marked(view, &mut coarse);
    let mut fine = Vec::new();
    for slot_found in &coarse {
        match at_bold_edge(line, slot_found).or_else(|| finer(&pieces, slot_found)) {
            Some(parts) => {
                let from = fine.len();
                fine.extend(parts.into_iter().filter_map(|field| slot(&pieces, bold, field)));
                favour_before_firm(&mut fine[from..]);
                if let Some(first) = fine.get_mut(from).filter(|_| is_led(text, slot_found.field.span.start)) {
                    first.points.add(AFTER_LEAD_IN, 1.0);
                }
            }
            None => fine.push(slot_found.clone()),
        }
    }
    ViewSlots { coarse, fine }
}

/// `Gull Diner · Full-time`, `Blue Fish Inn` above `5 years 2 months`: as profile sites print an employer.
fn favour_marked(view: &LineView, slots: &mut [Slot]) {
    let next = slots.get(1).filter(|next| slots.len() == 2 && next.field.before == Separator::Bar);
    let by_contract = next.is_some_and(|next| next.cues.contract_form);
    let by_duration = view.above_duration && slots.len() == 1;
    let first = slots.first_mut().filter(|first| !first.cues.title_edge && !first.cues.stint && !first.cues.place);
    if let Some(first) = first.filter(|_| by_contract || by_duration) {
        first.points.add(MARKED_FIRM, 1.0);
    }
}

/// Bytes of a section's heading in the first cell: `CAREER HISTORY⇥Head Cook, Blue Fish Inn`; not those of a title there.
fn heading_cell(text: &str, lexicon: &Lexicon) -> Option<Range<usize>> {
    let end = text.bytes().take(40).position(|byte| byte == b'\t')?;
    let strong = |cell: &str| lexicon.headings().lookup(cell).is_some_and(|found| found.strong);
    let cell = &text[..end];
    (strong(cell) && !lexicon.titles().score(cell).headword).then_some(0..end)
}

/// Bytes of the number of a list: `2. Blue Fish Inn`, `3) Head Cook`.
fn list_number(text: &str) -> Option<Range<usize>> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let behind = text[digits..].strip_prefix(['.', ')'])?.trim_start_matches(['\t', ' ']);
    let sign_and_gap = text.len() - behind.len();
    ((1..=2).contains(&digits) && sign_and_gap > digits + 1 && behind.starts_with(char::is_alphabetic))
        .then_some(0..digits + 1)
}

/// `Elektriker, Fjordlys AS`: in front of the comma before a firm stands a title, known or not.
fn favour_before_firm(parts: &mut [Slot]) {
    let [first, firm] = parts else { return };
    let of_firm = |cues: &Cues| cues.legal_form || cues.company_word || cues.school || cues.known_organisation;
    if firm.field.before == Separator::Comma && firm.cues.legal_form && !of_firm(&first.cues) {
        first.points.title += BEFORE_FIRM;
    }
}

/// What only an employer has beside or below it; enough to leave the order of the section.
const MARKED_FIRM: Points = Points { title: -2.0, employer: 5.0, place: -3.0 };

/// Points for a title in front of a firm.
const BEFORE_FIRM: f32 = 1.0;

/// Words of a form that nobody filled in, and dashes whose bytes were read in the wrong encoding.
const BLANKS: &[&str] = &["Company Name", "Employer Name", "City , State", "City, State", "ï¼", "â€“", "â€”"];

/// Bytes of `Company Name – City , State`: they say nothing and belong to no field.
pub(super) fn blanks(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    // All of them begin with C, E or the first byte of ï and â.
    for at in memchr::memchr3_iter(b'C', b'E', 0xc3, text.as_bytes()) {
        let Some(blank) = BLANKS.iter().find(|blank| text[at..].starts_with(**blank)) else { continue };
        if found.last().is_none_or(|last| last.end <= at) {
            found.push(at..at + blank.len());
        }
    }
    found
}

/// `Company Name – City, State`: the place of the employer is there, and nothing else names one.
pub(super) fn is_anonymous(text: &str) -> bool {
    // Most lines have no such letter at all.
    let name = memchr::memchr(b'N', text.as_bytes()).and_then(|_| scan::find(text, " Name")).map(|at| &text[..at]);
    name.is_some_and(|before| before.ends_with("Company") || before.ends_with("Employer")) && !text.contains(':')
}

/// Bytes of web addresses beside other words: `Blue Fish Inn https://bluefish.example`.
fn addresses(text: &str) -> Vec<Range<usize>> {
    if scan::find(text, "://").is_none() && scan::find(text, "www.").is_none() {
        return Vec::new();
    }
    let base = text.as_ptr() as usize;
    let begins = |word: &&str| {
        let bare = word.trim_start_matches(['(', '[', '<', '|']);
        ["http://", "https://", "www."].iter().any(|start| bare.starts_with(start))
    };
    let words = text.split_whitespace().filter(begins);
    let found: Vec<Range<usize>> = words
        .map(|word| (word.as_ptr() as usize - base, word.len()))
        .map(|(start, length)| start..start + length)
        .collect();
    let covered: usize = found.iter().map(Range::len).sum();
    // A line of nothing but its address names the employer by it.
    if covered + 2 >= text.trim().len() { Vec::new() } else { found }
}

/// `2019 – 2021: Cook, Blue Fish Inn, Bergen. Fried fish.` up to its first full stop behind byte `from` that closes no short form; all of
/// it where what follows is no sentence.
fn first_sentence(text: &str, from: usize) -> &str {
    let mut stops = text.get(from..).unwrap_or("").match_indices(". ").map(|(at, _)| from + at);
    let closes = |at: &usize| {
        let word = text[from..*at].rsplit([' ', ',']).next().unwrap_or("");
        let letters = word.chars().count();
        let region = letters == 2 && word.chars().all(char::is_uppercase);
        let whole = letters > 4 || region || letters == 4 && !["Ltda", "Corp", "Bros", "Univ", "Dept"].contains(&word);
        whole && !word.contains('.') && text[at + 2..].starts_with(char::is_uppercase)
    };
    stops.find(closes).map_or(text, |at| &text[..at])
}

/// The longest beginning of `text` of at most `bytes` bytes.
fn floor(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// A slot of a field; none if nothing but punctuation is left.
fn slot(pieces: &Pieces, bold: &[(u32, u32)], mut field: Field) -> Option<Slot> {
    let text = pieces.text;
    let mut label = Points::default();
    field.span = peeling::closed(text, field.span);
    let piece = &text[field.span.clone()];
    if head_labels::says_nothing(piece) {
        return None;
    }
    if let Some((sign, length)) = head_labels::sign(piece)
        && let Some(points) = head_labels::points(&piece[..sign])
    {
        field.span = fields::trim(text, field.span.start + sign + length..field.span.end);
        label = points;
    } else if let Some(lead) = lead_in(piece) {
        field.span = fields::trim(text, field.span.start + lead..field.span.end);
        label = AFTER_LEAD_IN;
    }
    if field.span.is_empty() {
        return None;
    }
    // "Role: Currently working on the booking site, from the queries to the screens."
    if label.title > 0.0 && scan::worded_pieces(&text[field.span.clone()], LABELLED_WORDS + 1) > LABELLED_WORDS {
        return None;
    }
    match field.before {
        Separator::Town => label.add(SMALL_TOWN, 1.0),
        Separator::Blank => label.add(BEHIND_BLANK, 1.0),
        _ => {}
    }
    let mut cues = pieces.cues(&field.span);
    // "implemented.", "regulatory" alone on a plain line: the end of the text above.
    if cues.small_start && !cues.title_edge {
        let alone = cues.words == 1 && bold.is_empty() && field.span == fields::trim(text, 0..text.len());
        cues.sentence |= alone || text[field.span.end..].starts_with('.');
    }
    let mut points = roles::points(&cues);
    points.add(label, 1.0);
    // "(BBIT, Norway)": a short name in a bracket with its place.
    let may_be_firm = cues.proper_name && !cues.place && !cues.town && !cues.title_edge && !cues.title_inside;
    let is_skill = || pieces.lexicon.skills().canonical(&text[field.span.clone()]).is_some();
    if field.before == Separator::Paren && may_be_firm && !is_skill() {
        points.add(IN_BRACKET, 1.0);
    }
    // A bold name among plain text is what the entry is about, not its place.
    if bold.iter().any(|range| range.0 as usize <= field.span.start && field.span.end <= range.1 as usize + 1) {
        points.add(BOLD, 1.0);
    }
    let place = pieces.known_place(&field.span);
    Some(Slot { field, cues, points, place, key: (0, 0) })
}

/// Words a title behind its label has at most; more of them tell what was done.
const LABELLED_WORDS: usize = 8;

/// A name in a bracket behind a title.
const IN_BRACKET: Points = Points { title: -1.0, employer: 2.0, place: 0.0 };

/// The name behind a title, with nothing between them.
const BEHIND_BLANK: Points = Points { title: -2.0, employer: -1.0, place: -1.0 };

/// The town behind the name of an employer.
const SMALL_TOWN: Points = Points { title: -3.0, employer: -2.0, place: 4.0 };

/// Words in front of a title in a sentence: `Currently working as Cook`.
const LEAD_INS: &[&str] = &[
    "currently working as",
    "presently working as",
    "working as",
    "worked as",
    "employed as",
    "served as",
    "joined as",
    "tätig als",
    "trabajando como",
    "en tant que",
];
/// `Kelp Foods -`, `Kelp Foods -  Oslo, Norway -`: as profile sites print employer and place above the date.
const BEFORE_DASH: Points = Points { title: -2.0, employer: 4.0, place: -2.0 };

/// A dash without anything behind it, and the first field no place and no heading (`Roles and responsibilities -`).
fn is_dashed(text: &str, first: &Slot, lexicon: &Lexicon) -> bool {
    let is_heading = || lexicon.headings().lookup(&text[first.field.span.clone()]).is_some();
    text.trim_end().ends_with(" -") && !first.cues.place && !first.cues.label && !is_heading()
}

/// What follows is the title.
const AFTER_LEAD_IN: Points = Points { title: 2.0, employer: -2.0, place: -2.0 };

/// `Worked as a` stands in front of `start`.
fn is_led(text: &str, start: usize) -> bool {
    if start == 0 {
        return false;
    }
    let lower = text[..start].trim_end().to_lowercase();
    let bare = [" a", " an", " the"].iter().find_map(|article| lower.strip_suffix(article)).unwrap_or(&lower);
    bare.ends_with(" as") || bare.ends_with(" als") || bare.ends_with(" como") || bare.ends_with("en tant que")
}

/// Bytes of the words in front of a title, with their article.
fn lead_in(piece: &str) -> Option<usize> {
    let lead = LEAD_INS.iter().find(|lead| {
        let starts = piece.get(..lead.len()).is_some_and(|start| start.eq_ignore_ascii_case(lead));
        starts && piece[lead.len()..].starts_with(' ')
    })?;
    let rest = &piece[lead.len()..];
    let article = [" a ", " an ", " the "].iter().find(|article| rest.starts_with(**article));
    Some(lead.len() + article.map_or(1, |article| article.len()))
}

/// Words in front of an employer (`Recepcionista en Hotel Las Dunas`) or of a subject (`Ingeniero en Sistemas`).
const SUBJECT_OR_AT: [&str; 3] = [" en ", " em ", " na "];

/// Behind a blank stands a small letter, `@` or a letter beyond ASCII: without one there is no word between a title and its employer.
fn has_small_word(piece: &str) -> bool {
    let opens = |byte: u8| (byte.wrapping_sub(b'a') < 26) | (byte == b'@') | (byte >= 0x80);
    scan::any_pair(piece, |blank, next| (blank == b' ') & opens(next))
}

/// Whatever may stand between a title and its employer.
static FINER_SIGNS: LazyLock<Signs> =
    LazyLock::new(|| Signs::of(AT_WORDS.iter().chain([&" in "]).chain(&SUBJECT_OR_AT).copied()));

/// Words that hardly ever stand inside a title: `Cook at Blue Fish Inn` is two fields however the rest of the head is read.
const SURE_AT_WORDS: &[&str] = &[" at ", " @ ", " chez ", " bei ", " presso "];
static AT_SIGNS: LazyLock<Signs> = LazyLock::new(|| Signs::of(SURE_AT_WORDS.iter().copied()));

/// Splits a title from its employer at one of [`SURE_AT_WORDS`].
fn at_word(pieces: &Pieces, field: Field) -> Vec<Field> {
    let (text, span) = (pieces.text, field.span.clone());
    let piece = &text[span.clone()];
    if let Some((name, title)) = firm_sentences::worked_as(text, &span) {
        return vec![
            Field { span: name, ..field.clone() },
            Field { line: field.line, span: title, before: Separator::At },
        ];
    }
    if piece.len() >= 160 || !has_small_word(piece) {
        return vec![field];
    }
    if let Some(parts) = firm_sentences::firm_as_title(pieces, &field) {
        return parts;
    }
    if !AT_SIGNS.may_stand_in(piece) {
        return vec![field];
    }
    let found = SURE_AT_WORDS.iter().find_map(|word| Some((piece.find(word)?, word.len())));
    let Some((at, length)) = found else { return vec![field] };
    let (left, right) =
        (fields::trim(text, span.start..span.start + at), fields::trim(text, span.start + at + length..span.end));
    if left.is_empty() || right.is_empty() {
        return vec![field];
    }
    let (title, name) = (pieces.in_short(&left), pieces.in_short(&right));
    let bare = text[right.clone()].trim_start_matches(['"', '“', '„', '«', '‘']);
    let named = bare.starts_with(|letter: char| letter.is_uppercase() || letter.is_numeric());
    if (title.title_edge || title.title_inside) && named && !name.title_edge && !name.sentence {
        vec![Field { span: left, ..field.clone() }, Field { line: field.line, span: right, before: Separator::At }]
    } else {
        vec![field]
    }
}

/// "**Head of Product** Blue Bay Foods": where bold ends between two words, a field ends.
fn at_bold_edge(line: &Line, whole: &Slot) -> Option<Vec<Field>> {
    let span = &whole.field.span;
    let edges = line.bold.iter().flat_map(|range| [range.0 as usize, range.1 as usize]);
    let mut inside =
        edges.filter(|edge| span.start + 2 < *edge && *edge + 2 < span.end && line.text.is_char_boundary(*edge));
    let edge = inside.next().filter(|_| inside.next().is_none())?;
    let (left, right) = line.text.split_at(edge);
    let between_words = left.ends_with([' ', ',', '\t']) || right.starts_with([' ', ',', '\t']);
    let (left, right) = (fields::trim(&line.text, span.start..edge), fields::trim(&line.text, edge..span.end));
    let two =
        between_words && !left.is_empty() && !right.is_empty() && !line.text[right.clone()].starts_with(['&', '(']);
    two.then(|| {
        vec![
            Field { span: left, ..whole.field.clone() },
            Field { line: whole.field.line, span: right, before: Separator::Wide },
        ]
    })
}

/// Splits a field that may hold both a title and an employer. Result: two fields, or none.
fn finer(line: &Pieces, whole: &Slot) -> Option<Vec<Field>> {
    if whole.cues.place || whole.cues.remote || whole.cues.words < 2 || whole.field.before == Separator::Town {
        return None;
    }
    let (text, span) = (line.text, whole.field.span.clone());
    let piece = &text[span.clone()];
    let pieces = |left: Range<usize>, right: Range<usize>, before: Separator| {
        let (left, right) = (fields::trim(text, left), fields::trim(text, right));
        (!left.is_empty() && !right.is_empty()).then(|| {
            vec![Field { span: left, ..whole.field.clone() }, Field { line: whole.field.line, span: right, before }]
        })
    };
    // "Worked as Cook in Blue Fish Inn"
    let led = is_led(text, span.start);
    let joined = has_small_word(piece) && FINER_SIGNS.may_stand_in(piece);
    for word in AT_WORDS.iter().chain(led.then_some(&" in ")).chain(&SUBJECT_OR_AT).filter(|_| joined) {
        if let Some(at) = scan::find(piece, word) {
            let (left, right) = (span.start..span.start + at, span.start + at + word.len()..span.end);
            let (left_cues, right_cues) = (line.in_short(&left), line.in_short(&right));
            let titled = is_title(&left_cues)
                || left_cues.title_inside
                || left_cues.seniority
                || left_cues.stint
                || matches!(*word, " chez " | " bei " | " presso ");
            let organised = right_cues.legal_form || right_cues.company_word || right_cues.school;
            // "Fellow, Institute for Coastal Research": the word is part of the name.
            let inside_name = matches!(*word, " for " | " with ") && text[left.clone()].contains(',');
            if titled
                && !inside_name
                && (organised || !SUBJECT_OR_AT.contains(word))
                && text[right.clone()].starts_with(|letter: char| letter.is_uppercase() || letter.is_numeric())
                && !is_title(&right_cues)
            {
                return pieces(left, right, Separator::At);
            }
        }
    }
    if let Some(parts) = title_parts::at_slashes(line, &whole.field) {
        return Some(parts);
    }
    if let Some(parts) = title_parts::in_bracket(line, &whole.field) {
        return Some(parts);
    }
    let mut splits: Vec<(usize, usize, Separator)> = piece
        .bytes()
        .enumerate()
        .filter(|(_, byte)| *byte == b',')
        .map(|(at, _)| (at, 1, Separator::Comma))
        .take(3)
        .collect();
    splits.extend(piece.ends_with(')').then(|| piece.rfind('(')).flatten().map(|at| (at, 1, Separator::Paren)));
    splits.extend(scan::find(piece, ": ").map(|at| (at, 2, Separator::Bar)));
    let mut plain = None;
    for (at, length, separator) in splits {
        // "Blue Bay Foods, Inc., Bergen"
        if separator == Separator::Comma && opens_with_legal_form(&piece[at + 1..]) {
            continue;
        }
        let close = usize::from(separator == Separator::Paren);
        let behind = span.start + at + length;
        let blanks = text[behind..span.end].len() - text[behind..span.end].trim_start_matches(' ').len();
        let (left, right) = (span.start..span.start + at, behind + blanks..(span.end - close).max(behind + blanks));
        let (left_cues, right_cues) = (line.in_short(&left), line.in_short(&right));
        if is_title(&left_cues) != is_title(&right_cues) && other_is_name(&left_cues, &right_cues) {
            return pieces(left, right, separator);
        }
        if plain.is_none()
            && (left_cues.proper_name || right_cues.legal_form && left_cues.words <= 4)
            && (right_cues.proper_name || right_cues.legal_form)
            && !is_title(&left_cues)
            && separator == Separator::Comma
        {
            plain = pieces(left, right, separator);
        }
    }
    plain.or_else(|| run_together::employer(line, &whole.field, &whole.cues))
}

/// A legal form is the first thing behind a comma.
fn opens_with_legal_form(behind: &str) -> bool {
    const FORMS: &[&str] =
        &["inc", "llc", "ltd", "limited", "corp", "co", "lp", "llp", "plc", "pvt", "gmbh", "s.a", "sa", "s.l", "s.r.l"];
    let first = behind.trim_start().split([' ', ',']).next().unwrap_or("").trim_end_matches('.').to_lowercase();
    FORMS.contains(&first.as_str())
}

/// The words are those of a title.
pub(super) fn is_title(cues: &Cues) -> bool {
    (cues.title_edge || cues.stint) && !cues.legal_form
}

/// Of two parts, of which one is a title, the other one is a name.
pub(super) fn other_is_name(left: &Cues, right: &Cues) -> bool {
    let other = if is_title(left) { right } else { left };
    let is_brand = roles::is_brand(other) && other.small_start;
    (other.proper_name || other.legal_form || is_brand) && !other.contract_form
}
