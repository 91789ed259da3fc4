//! A page's content stream → is anything dark painted on it? White text on a page without paint is invisible; on a page
//! with a dark sidebar or header it is the headline. When in doubt the text counts as visible.

/// Operators that put colour on the page, whatever their shape.
const FILLS: &[&[u8]] = &[b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"];

/// Colours at least this light are paper.
const PAPER: f32 = 0.95;

/// True when the content fills something with a colour other than white, draws a picture, form or shading.
pub(super) fn is_painted(content: &[u8]) -> bool {
    let mut numbers: Vec<f32> = Vec::new();
    let mut dark = true;
    let mut stack: Vec<bool> = Vec::new();
    for token in content.split(u8::is_ascii_whitespace).filter(|token| !token.is_empty()) {
        if let Some(number) = std::str::from_utf8(token).ok().and_then(|token| token.parse::<f32>().ok()) {
            numbers.push(number);
            if numbers.len() > 8 {
                numbers.remove(0);
            }
            continue;
        }
        match token {
            b"q" if stack.len() < 1000 => stack.push(dark),
            b"Q" => dark = stack.pop().unwrap_or(dark),
            b"g" | b"rg" | b"sc" | b"scn" => dark = numbers.iter().any(|number| *number < PAPER) || numbers.is_empty(),
            b"k" => dark = numbers.iter().rev().take(4).any(|number| *number > 1.0 - PAPER),
            b"Do" | b"sh" | b"EI" => return true,
            _ if dark && FILLS.contains(&token) => return true,
            _ => {}
        }
        numbers.clear();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::is_painted;

    #[test]
    fn only_dark_fills_count() {
        assert!(is_painted(b"0.1 0.2 0.3 rg 0 0 200 800 re f"));
        assert!(is_painted(b"q /Im1 Do Q"));
        assert!(!is_painted(b"1 1 1 rg 0 0 600 800 re f BT (x) Tj ET"));
        assert!(!is_painted(b"q 0 g Q 1 g 0 0 9 9 re f"));
    }
}
