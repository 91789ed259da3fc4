//! The steps of one file's way, as `vitae inspect` prints them. In: lines, sections. Out: text. The profile has its own printer.

use super::style::{dim, label};
use std::fmt::Write;
use vitae::model::{Line, Section, TextDoc};

/// Every line with its number and looks.
pub fn lines(text: &TextDoc) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{} · {} lines · {} pages", text.format.name(), text.lines.len(), text.pages);
    for warning in &text.warnings {
        let _ = writeln!(out, "warning: {}", warning.message);
    }
    for (index, line) in text.lines.iter().enumerate() {
        if line.blank_before || line.rule_before {
            let _ = writeln!(out, "{}", if line.rule_before { dim("      ────") } else { String::new() });
        }
        let looks = looks(line);
        let looks = if looks.is_empty() { String::new() } else { format!("  {}", dim(&format!("[{looks}]"))) };
        let _ = writeln!(out, "{:>5} {}{looks}", index, line.text.replace('\t', " ⇥ "));
    }
    out
}

/// `p2 h1 bold bullet 11.5pt`, nothing for a plain line.
fn looks(line: &Line) -> String {
    let style = &line.style;
    let mut looks: Vec<String> = Vec::new();
    let mut flag = |on: bool, name: &str| looks.extend(on.then(|| name.to_string()));
    flag(line.page > 1, &format!("p{}", line.page));
    flag(style.column > 0, &format!("column {}", style.column));
    flag(style.heading > 0, &format!("h{}", style.heading));
    flag(style.bold, "bold");
    flag(!style.bold && !line.bold.is_empty(), "part bold");
    flag(style.italic, "italic");
    flag(style.bullet, "bullet");
    flag(style.indent > 0, &format!("indent {}", style.indent));
    flag(style.table_row, "table row");
    flag(style.size_pt > 0.0, &format!("{:.1}pt", style.size_pt));
    flag(line.hidden, "hidden");
    flag(line.furniture, "furniture");
    looks.extend(line.confidence.map(|sure| format!("ocr {sure} %")));
    looks.extend(line.label.map(|label| format!("{label:?}").to_lowercase()));
    looks.extend(line.links.iter().map(|link| format!("→ {}", link.url)));
    looks.join(" ")
}

/// Every section with the reasons for its heading, and its lines.
pub fn sections(text: &TextDoc, sections: &[Section]) -> String {
    let mut out = String::new();
    for section in sections {
        let second = section.second.map(|kind| format!(" + {}", kind.name())).unwrap_or_default();
        let heading = section.heading.and_then(|at| text.lines.get(at)).map_or("(no heading)", |line| &line.text);
        let name = label(&format!("{}{second}", section.kind.name()));
        let _ = writeln!(out, "\n{name}  {heading}  {}", dim(&format!("score {:.1}", section.score)));
        for (reason, points) in &section.reasons {
            let _ = writeln!(out, "      {}", dim(&format!("{points:+.1} {reason}")));
        }
        for index in section.lines.clone() {
            let line = text.lines.get(index).map_or("", |line| &line.text);
            let _ = writeln!(out, "{index:>5} {}", line.replace('\t', " ⇥ "));
        }
    }
    out.trim_start().to_string()
}
