//! Facets as a small table. In: counts. Out: text, one facet below the other, bars in proportion. Does not count.

use super::style::{bold, dim, mark};
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;
use vitae::model::Facet;

/// Longest value shown in full, in columns.
const WIDEST: usize = 36;
/// Length of the longest bar.
const BAR: u64 = 20;

/// All facets. Empty for none.
pub fn facets(facets: &[Facet]) -> String {
    let mut out = String::new();
    for facet in facets {
        let shown = facet.values.len() as u64;
        let more = facet.distinct.saturating_sub(shown);
        let more = if more == 0 { String::new() } else { dim(&format!("  ({more} more)")) };
        let _ = writeln!(out, "\n{}{more}", bold(&facet.field));
        let names: Vec<String> = facet.values.iter().map(|value| cut(&value.value)).collect();
        let width = names.iter().map(|name| name.width()).max().unwrap_or(0).max("unknown".len());
        let most = facet.values.iter().map(|value| value.count).chain([facet.unknown]).max().unwrap_or(1).max(1);
        for (value, name) in facet.values.iter().zip(&names) {
            let name = if value.selected { mark(&pad(name, width)) } else { pad(name, width) };
            let _ = writeln!(out, "  {name} {:>6}  {}", value.count, dim(&bar(value.count, most)));
        }
        if facet.unknown > 0 {
            let name = dim(&pad("unknown", width));
            let _ = writeln!(out, "  {name} {:>6}  {}", facet.unknown, dim(&bar(facet.unknown, most)));
        }
    }
    out
}

fn bar(count: u64, most: u64) -> String {
    "▪".repeat((count * BAR).div_ceil(most) as usize)
}

/// Fills up with blanks to `width` columns.
fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// At most [`WIDEST`] columns, the rest as `…`.
fn cut(text: &str) -> String {
    if text.width() <= WIDEST {
        return text.to_string();
    }
    let mut out = String::new();
    for letter in text.chars() {
        if out.width() + 2 > WIDEST {
            break;
        }
        out.push(letter);
    }
    out.push('…');
    out
}
