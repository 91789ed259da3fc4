//! XML text → a small tree of elements, with limits. Names are local names: namespaces differ between Europass versions.

use super::super::limits::MAX_DEPTH;
use super::super::xml;
use quick_xml::XmlVersion;
use quick_xml::events::Event;

/// Elements kept of one file; a long CV has some 2,000.
const MAX_ELEMENTS: usize = 200_000;

/// An element.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Node {
    pub name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Node>,
}

impl Node {
    /// The root element; what stands before a damage counts. `None` without any element.
    pub fn parse(source: &str) -> Option<Node> {
        let mut open: Vec<Node> = vec![Node::default()];
        let (mut too_deep, mut count) = (0_usize, 0);
        xml::events(source, |event| {
            match event {
                Event::Start(tag) | Event::Empty(tag) => {
                    count += 1;
                    let has_end = matches!(event, Event::Start(_));
                    if open.len() > MAX_DEPTH {
                        too_deep += usize::from(has_end);
                        return true;
                    }
                    let attributes = tag.attributes().flatten().map(|attribute| {
                        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map(|value| value.into_owned());
                        (attribute.key.local_name().as_ref().to_owned(), value.unwrap_or_default())
                    });
                    let node = Node {
                        name: tag.local_name().as_ref().to_owned(),
                        attributes: attributes.collect(),
                        ..Node::default()
                    };
                    if has_end {
                        open.push(node);
                    } else if let Some(parent) = open.last_mut() {
                        parent.children.push(node);
                    }
                }
                Event::End(_) if too_deep > 0 => too_deep -= 1,
                Event::End(_) => close(&mut open),
                Event::Text(text) => add(&mut open, &text.xml_content(XmlVersion::Implicit1_0)),
                Event::CData(text) => add(&mut open, &text.xml_content(XmlVersion::Implicit1_0)),
                Event::GeneralRef(entity) => {
                    xml::referred(entity).into_iter().for_each(|ch| add(&mut open, ch.encode_utf8(&mut [0; 4])));
                }
                _ => {}
            }
            count < MAX_ELEMENTS
        });
        while open.len() > 1 {
            close(&mut open);
        }
        open.pop()?.children.into_iter().next()
    }

    /// The elements at a path of names: `"WorkExperienceList/WorkExperience"`.
    pub fn all<'a>(&'a self, path: &str) -> Vec<&'a Node> {
        let mut found = vec![self];
        for name in path.split('/') {
            found = found.into_iter().flat_map(|node| &node.children).filter(|node| node.name == name).collect();
        }
        found
    }

    /// The trimmed text of the first element at any of the paths that has some.
    pub fn value(&self, paths: &[&str]) -> Option<String> {
        let mut values = paths.iter().flat_map(|path| self.all(path)).map(|node| node.text.trim());
        values.find(|text| !text.is_empty()).map(str::to_owned)
    }

    /// An attribute's value.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The element's own text.
    pub fn text(&self) -> &str {
        self.text.trim()
    }
}

fn close(open: &mut Vec<Node>) {
    if open.len() < 2 {
        return;
    }
    if let (Some(done), Some(parent)) = (open.pop(), open.last_mut()) {
        parent.children.push(done);
    }
}

fn add(open: &mut [Node], text: &str) {
    if let Some(node) = open.last_mut() {
        node.text.push_str(text);
    }
}
