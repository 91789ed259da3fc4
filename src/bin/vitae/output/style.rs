//! The few looks of the output. In: text. Out: the text with ANSI codes; `anstream` drops them where they are not wanted
//! (pipe, NO_COLOR, dumb terminal).

use anstyle::{AnsiColor, Style};

/// Headings and names.
pub fn bold(text: &str) -> String {
    styled(Style::new().bold(), text)
}

/// What is there to be looked up, not read.
pub fn dim(text: &str) -> String {
    styled(Style::new().dimmed(), text)
}

/// Matched words.
pub fn mark(text: &str) -> String {
    styled(AnsiColor::Yellow.on_default().bold(), text)
}

/// Section names and other labels.
pub fn label(text: &str) -> String {
    styled(AnsiColor::Cyan.on_default(), text)
}

/// The word `error`.
pub fn alarm(text: &str) -> String {
    styled(AnsiColor::Red.on_default().bold(), text)
}

fn styled(style: Style, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{style}{text}{style:#}") }
}
