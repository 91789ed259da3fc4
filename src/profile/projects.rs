//! Sections of projects → [`Project`]s. In: the lines of a section. Out: name, the technologies of its heading, period, address,
//! lines. `Name | C, pthreads`, `Name (Go, Networking)`, `Name: what it is` and bare bullets are read. Does NOT find skills.

use super::courses::list;
use super::entry_values::found;
use super::fields::{self, Separator};
use super::heads::{self, LineClass, LineView};
use super::marks::Marked;
use crate::model::{Evidence, Line, Month, Project, Section, TextDoc};
use std::ops::Range;

/// Words of link labels and other furniture that are no technology.
const NOT_TECHNOLOGY: &[&str] = &[
    "github",
    "link",
    "demo",
    "live",
    "source",
    "code",
    "website",
    "source code",
    "live demo",
    "repo",
    "here",
    "video",
    "report",
    "paper",
    "play store",
    "app store",
    "gitlab",
    "live link",
    "github link",
];

/// Labels of lines that list technologies below a name.
const TECHNOLOGY_LABELS: &[&str] = &[
    "technologies",
    "technologies used",
    "tech stack",
    "tools",
    "tools used",
    "stack",
    "technology",
    "built with",
    "environment",
    "tech",
    "skills",
    "languages",
];

/// Projects of one section, in document order.
pub(super) fn of_section(marked: &Marked, section: &Section, as_of: Month) -> Vec<Project> {
    let text = marked.text;
    let views = heads::view(marked, section.lines.clone(), as_of);
    let starts = starts(text, &views);
    let ends = starts.iter().skip(1).map(|at| views[*at].index).chain([section.lines.end]);
    let mut projects: Vec<Project> = Vec::new();
    for (at, end) in starts.iter().zip(ends) {
        let view = &views[*at];
        let Some(mut project) = head(&text.lines[view.index], view) else { continue };
        project.lines = view.index..end;
        for below in views[at + 1..].iter().take_while(|below| below.index < end) {
            add(&mut project, &text.lines[below.index], below);
        }
        projects.push(project);
    }
    projects
}

/// Views that begin a project: heads, or top bullets where there are no heads.
fn starts(text: &TextDoc, views: &[LineView]) -> Vec<usize> {
    let line = |at: usize| &text.lines[views[at].index];
    let heads: Vec<usize> = (0..views.len())
        .filter(|at| views[*at].class == LineClass::Head && !is_detail(line(*at), &views[*at]))
        .collect();
    if heads.is_empty() {
        let top = views
            .iter()
            .filter(|view| view.class == LineClass::Bullet)
            .map(|view| text.lines[view.index].style.indent)
            .min();
        let bullets = (0..views.len()).filter(|at| line(*at).style.bullet && Some(line(*at).style.indent) == top);
        return bullets.filter(|at| is_named(line(*at))).collect();
    }
    let first = line(heads[0]);
    let mixed = (1..views.len()).any(|at| !line(at).blank_before);
    let mut starts: Vec<usize> = Vec::new();
    for at in heads {
        let here = line(at);
        let follows_head = starts.last().is_some_and(|last| *last + 1 == at)
            || at > 0 && views[at - 1].class == LineClass::Head && !starts.is_empty();
        let like_first = here.style.heading == first.style.heading
            && here.style.bold == first.style.bold
            && starts_bold(here) == starts_bold(first);
        let distinct_first = first.style.heading > 0 || first.style.bold || starts_bold(first);
        let begins =
            !follows_head || mixed && here.blank_before || like_first && (distinct_first || views[at].anchor.is_some());
        let plain_below_bold = distinct_first && !like_first;
        if begins && !plain_below_bold || starts.is_empty() {
            starts.push(at);
        }
    }
    starts
}

fn starts_bold(line: &Line) -> bool {
    line.style.bold || line.bold.first().is_some_and(|range| range.0 == 0)
}

/// A bullet that opens with a name: `**Name** – …`, `Name: …`, `Name | Go`, or is short.
fn is_named(line: &Line) -> bool {
    let short = line.text.split_whitespace().count() <= 10;
    let separated = line.text.find([':', '|', '–', '—']).is_some_and(|at| at < 60);
    short || separated || starts_bold(line)
}

/// A line below a name that is only dates, an address or `Technologies: …`.
fn is_detail(line: &Line, view: &LineView) -> bool {
    let lower = line.text.to_lowercase();
    let label = lower.split_once(':').is_some_and(|(label, _)| TECHNOLOGY_LABELS.contains(&label.trim()));
    let address =
        !line.text.contains(' ') && (lower.contains("://") || lower.contains(".com/") || lower.starts_with("www."));
    let only_dates = fields::split(&line.text, 0, &view.cuts()).is_empty();
    label
        || address
        || only_dates
        || lower.starts_with("role:")
        || lower.starts_with("team size")
        || lower.starts_with("duration")
}

/// The project a head line names.
fn head(line: &Line, view: &LineView) -> Option<Project> {
    let text = line.text.as_str();
    let mut pieces = fields::split(text, view.index, &view.cuts()).into_iter();
    let first = pieces.next()?;
    let mut technologies = Vec::new();
    let mut name = first.span.clone();
    if let Some((outer, inner)) = bracket(text, name.clone()) {
        technologies.extend(items(text, inner));
        name = outer;
    } else if let Some(colon) =
        text[name.clone()].find(": ").filter(|colon| *colon < 60 && !line.style.bold && line.style.heading == 0)
    {
        name = fields::trim(text, name.start..name.start + colon);
    }
    for piece in pieces.filter(|piece| matches!(piece.before, Separator::Bar | Separator::Wide | Separator::Dash)) {
        let words = text[piece.span.clone()].split_whitespace().count();
        let listed = text[piece.span.clone()].contains(',') || words <= 3;
        if listed
            && (piece.before != Separator::Dash || text[piece.span.clone()].contains(','))
            && !is_link(line, &piece.span)
        {
            technologies.extend(items(text, piece.span));
        }
    }
    if name.is_empty() || name.len() > 160 || !text[name.clone()].contains(char::is_alphabetic) {
        return None;
    }
    let score = if view.class == LineClass::Head { 5.0 } else { 4.0 };
    let reason = if view.class == LineClass::Head { "head of a project +5" } else { "bullet of a project section +4" };
    let evidence = Evidence::at(view.index, name.clone(), score, reason);
    let period = view.anchor.map(|at| view.dates[at].period.clone());
    Some(Project { name: found(text, name, evidence), technologies, period, url: url(line), lines: 0..0 })
}

/// `Name (Go, Networking)` → the name and the inside of the closing bracket.
fn bracket(text: &str, span: Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let piece = &text[span.clone()];
    let open = piece.ends_with(')').then(|| piece.rfind('(')).flatten().filter(|open| *open > 0)?;
    let inner = fields::trim(text, span.start + open + 1..span.end - 1);
    let outer = fields::trim(text, span.start..span.start + open);
    (!inner.is_empty() && !outer.is_empty()).then_some((outer, inner))
}

fn items(text: &str, span: Range<usize>) -> impl Iterator<Item = String> + '_ {
    let items = list(text, span).into_iter().map(|span| text[span].trim_end_matches('.').to_string());
    items.filter(|item| {
        !NOT_TECHNOLOGY.contains(&item.to_lowercase().as_str())
            && item.split_whitespace().count() <= 5
            && !item.contains("://")
    })
}

fn is_link(line: &Line, span: &Range<usize>) -> bool {
    line.links.iter().any(|link| link.start as usize <= span.start && span.end <= link.end as usize)
}

/// The address behind the heading; dead links (`#`) and mail are none.
fn url(line: &Line) -> Option<String> {
    let links = line.links.iter().map(|link| link.url.as_str());
    let mut live = links.filter(|url| url.len() > 3 && !url.starts_with("mailto:") && !url.starts_with('#'));
    live.next().map(str::to_string).or_else(|| {
        memchr::memchr(b'/', line.text.as_bytes())?;
        let word = line.text.split_whitespace().find(|word| word.contains("://") || word.contains("github.com/"))?;
        Some(word.trim_matches(|letter: char| "()[],.;|".contains(letter)).to_string())
    })
}

/// Dates, addresses and technologies from the lines below the head.
fn add(project: &mut Project, line: &Line, view: &LineView) {
    if project.period.is_none() && view.class == LineClass::Head {
        project.period = view.anchor.map(|at| view.dates[at].period.clone());
    }
    if project.url.is_none() {
        project.url = url(line);
    }
    let label = line
        .text
        .split_once(':')
        .filter(|(label, _)| TECHNOLOGY_LABELS.contains(&label.trim().to_lowercase().as_str()));
    if let Some((label, _)) = label {
        project.technologies.extend(items(&line.text, label.len() + 1..line.text.len()));
    }
}
