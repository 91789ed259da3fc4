//! HTML element names → what they mean for text. One table; everything not in it is inline and means nothing.

/// What an element does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Meaning {
    /// Its text is not shown.
    Skip,
    /// Begins and ends a line.
    Block,
    /// A block with space around it.
    Paragraph,
    Heading(u8),
    List,
    Item,
    Table,
    Row,
    Cell,
    /// Ends a line and holds nothing.
    Break,
    Rule,
    Bold,
    Italic,
    Link,
    /// Line ends count.
    Preformatted,
    /// Holds nothing and means nothing.
    Void,
    Inline,
}

/// The meaning of an element.
pub(super) fn meaning(name: &str) -> Meaning {
    use Meaning::*;
    match name {
        "script" | "style" | "template" | "title" | "noscript" | "svg" | "iframe" | "object" | "select"
        | "textarea" | "button" | "canvas" | "audio" | "video" | "math" | "datalist" => Skip,
        "h1" => Heading(1),
        "h2" => Heading(2),
        "h3" => Heading(3),
        "h4" => Heading(4),
        "h5" => Heading(5),
        "h6" => Heading(6),
        "p" | "section" | "article" | "header" | "footer" | "blockquote" | "main" | "aside" | "nav" | "fieldset"
        | "figure" => Paragraph,
        "div" | "dt" | "dd" | "dl" | "address" | "form" | "figcaption" | "legend" | "details" | "summary" | "body"
        | "html" | "caption" | "center" | "hgroup" | "option" => Block,
        "ul" | "ol" | "menu" => List,
        "li" => Item,
        "table" => Table,
        "tr" => Row,
        "td" | "th" => Cell,
        "br" => Break,
        "hr" => Rule,
        "b" | "strong" => Bold,
        "i" | "em" | "cite" => Italic,
        "a" => Link,
        "pre" => Preformatted,
        "img" | "input" | "meta" | "link" | "wbr" | "col" | "source" | "area" | "base" | "embed" | "track"
        | "param" => Void,
        _ => Inline,
    }
}

/// An open element of this meaning ends when another of the same kind begins, though its end tag is missing.
pub(super) fn closes_itself(name: &str) -> bool {
    matches!(name, "li" | "p" | "td" | "th" | "tr" | "dt" | "dd" | "option")
}

/// Elements an implied end does not reach beyond: a nested list does not end the outer item.
pub(super) fn is_boundary(name: &str) -> bool {
    matches!(
        name,
        "ul" | "ol" | "table" | "div" | "section" | "article" | "dl" | "body" | "td" | "th" | "main" | "aside"
    )
}
