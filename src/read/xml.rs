//! XML text → events, until the end or the first damage. A thin loop over quick-xml so that damaged parts give what
//! stands before the damage.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Calls `sink` for every event until it returns false or the text ends; true when the whole text was well formed.
pub(super) fn events(text: &str, mut sink: impl FnMut(&Event<'_>) -> bool) -> bool {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return true,
            Ok(event) => {
                if !sink(&event) {
                    return true;
                }
            }
            Err(_) => return false,
        }
    }
}

/// An attribute's value by its local name (`w:val` and `val` alike).
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let attributes = attributes.with_checks(false);
    attributes.flatten().find(|attribute| attribute.key.local_name().as_ref() == name).map(|attribute| {
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        value.map(|value| value.into_owned()).unwrap_or_default()
    })
}

/// The character that a reference stands for: `&#233;`, `&eacute;`.
pub(super) fn referred(reference: &BytesRef<'_>) -> Option<char> {
    match reference.resolve_char_ref() {
        Ok(Some(ch)) => Some(ch),
        _ => super::entities::named(&reference.xml_content(XmlVersion::Implicit1_0)),
    }
}

/// A switch such as `<w:b/>`, `<w:b w:val="0"/>`.
pub(super) fn is_on(tag: &BytesStart<'_>) -> bool {
    !matches!(attribute(tag, "val").as_deref(), Some("0" | "false" | "off" | "none"))
}
