//! Operators with nothing on one side. In: tokens. Out: tokens in which every operator has both sides. A dangling word (`Portland,
//! OR`) is a word, a dangling sign is left out, each with a notice; two operators side by side are an error.

use super::lexer::{Kind, Token};
use super::report::Report;
use crate::error::Result;

/// Makes dangling operators words.
pub(super) fn settle(tokens: Vec<Token>, report: &mut Report<'_>) -> Result<Vec<Token>> {
    let mut settled: Vec<Token> = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        let token = token.clone();
        let next = tokens.get(at + 1);
        let ends = |token: Option<&Token>| token.is_none_or(|token| matches!(token.kind, Kind::Close | Kind::Comma));
        let at_end = ends(next);
        let at_start = settled.last().is_none_or(|last| matches!(last.kind, Kind::Open | Kind::Comma));
        let joins = is_binary(&token.kind);
        let joins_next = next.is_some_and(|next| matches!(next.kind, Kind::And | Kind::Or));
        if token.kind == Kind::Comma && joins_next && !at_start && !ends(tokens.get(at + 2)) {
            // `java, or kotlin`: the comma gives way.
            continue;
        }
        if (joins && (at_start || at_end)) || (token.kind == Kind::Not && at_end) {
            take_as_word(token, report, &mut settled);
            continue;
        }
        if let Some(next) = next
            && (joins || token.kind == Kind::Not)
            && is_binary(&next.kind)
        {
            if token.kind == next.kind && joins {
                report.notice(token.start, next.end, "read the doubled operator as one");
                continue;
            }
            let (left, right) = (&report.plain()[token.start..token.end], &report.plain()[next.start..next.end]);
            let message = format!("`{left}` and `{right}` stand side by side");
            return Err(report
                .error(token.start, next.end, message)
                .hint("keep one of them, or put a word between them"));
        }
        settled.push(token);
    }
    Ok(settled)
}

fn is_binary(kind: &Kind) -> bool {
    matches!(kind, Kind::And | Kind::Or | Kind::Near(..))
}

fn take_as_word(token: Token, report: &mut Report<'_>, settled: &mut Vec<Token>) {
    let text = report.plain()[token.start..token.end].to_string();
    if !text.starts_with(|first: char| first.is_alphabetic()) {
        report.notice(token.start, token.end, format!("left out `{text}`: nothing to join on one side"));
        return;
    }
    report.notices.retain(|notice| !notice.message.starts_with(&format!("read `{text}` as")));
    report.notice(token.start, token.end, format!("took `{text}` as a word: nothing to join on one side"));
    settled.push(Token { kind: Kind::Word { text, wild: false }, ..token });
}
