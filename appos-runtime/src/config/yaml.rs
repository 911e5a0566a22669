//! From YAML text to a tree whose every node knows its line and column.
//!
//! Built from the parser's events rather than a ready-made tree, because only so a duplicate
//! key is one mistake among others. Anchors, aliases and tags are refused: a configuration
//! says what it means where it stands.

use saphyr_parser::{Event, Marker, Parser, ScalarStyle};

use super::mistake::{Mistakes, Place, Wrong, shown};

/// No configuration nests deeper; more would be an attack on the stack.
const DEEPEST: usize = 32;

/// A value and its place.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) place: Place,
    pub(super) content: Content,
}

#[derive(Debug)]
pub(super) enum Content {
    /// Text as written; `plain` if without quotes, so that it may mean a number.
    Scalar {
        text: String,
        plain: bool,
    },
    Sequence(Vec<Node>),
    Mapping(Vec<Entry>),
}

/// A key and its value.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) place: Place,
    pub(super) value: Node,
}

impl Node {
    /// True for a value that was left out or is `null`.
    pub(super) fn is_null(&self) -> bool {
        matches!(&self.content, Content::Scalar { text, plain: true } if matches!(text.as_str(), "" | "~" | "null"))
    }

    /// What it is, in words.
    pub(super) fn kind(&self) -> &'static str {
        match &self.content {
            Content::Scalar { .. } if self.is_null() => "nothing",
            Content::Scalar { text, plain: true } if text.parse::<f64>().is_ok() => "a number",
            Content::Scalar { text, plain: true } if matches!(text.as_str(), "true" | "false") => "true or false",
            Content::Scalar { .. } => "a text",
            Content::Sequence(_) => "a list",
            Content::Mapping(_) => "a mapping",
        }
    }

    /// The entries if it is a mapping; a section without keys is one too.
    pub(super) fn entries(&self) -> Option<&[Entry]> {
        match &self.content {
            Content::Mapping(entries) => Some(entries),
            Content::Scalar { .. } if self.is_null() => Some(&[]),
            _ => None,
        }
    }
}

/// A collection that is not ended yet.
struct Open {
    place: Place,
    kind: Collection,
}

enum Collection {
    Sequence(Vec<Node>),
    Mapping { entries: Vec<Entry>, key: Option<(Option<String>, Place)> },
}

/// Reads one document; `None` if it is empty or cannot be understood at all.
pub(super) fn parse(text: &str, mistakes: &mut Mistakes) -> Option<Node> {
    let mut parser = Parser::new_from_str(text.trim_start_matches('\u{feff}'));
    let mut tree = Tree { open: Vec::new(), root: None };
    let mut documents = 0;
    while let Some(event) = parser.next_event() {
        let (event, place) = match event {
            Ok((event, span)) => (event, place_of(span.start)),
            Err(error) => {
                let message = format!("this is not valid YAML: {}", shown(error.info()));
                mistakes.add(place_of(*error.marker()), Wrong::new(message, "check indentation, colons and quotes"));
                return None;
            }
        };
        match event {
            Event::DocumentStart(_) => {
                documents += 1;
                if documents > 1 {
                    mistakes.add(place, Wrong::new("a second document begins", "remove the line `---`"));
                    return tree.root;
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                refuse_extras(anchor, tag.is_some(), place, mistakes);
                let content = Content::Scalar { text: text.into_owned(), plain: style == ScalarStyle::Plain };
                tree.add(Node { place, content }, mistakes);
            }
            Event::Alias(_) => {
                mistakes.add(place, Wrong::new("aliases are not supported", "write the value out"));
                tree.add(Node { place, content: Content::Sequence(Vec::new()) }, mistakes);
            }
            Event::SequenceStart(anchor, tag) => {
                refuse_extras(anchor, tag.is_some(), place, mistakes);
                tree.open.push(Open { place, kind: Collection::Sequence(Vec::new()) });
            }
            Event::MappingStart(anchor, tag) => {
                refuse_extras(anchor, tag.is_some(), place, mistakes);
                tree.open.push(Open { place, kind: Collection::Mapping { entries: Vec::new(), key: None } });
            }
            Event::SequenceEnd | Event::MappingEnd => tree.end(mistakes),
            _ => {}
        }
        if tree.open.len() > DEEPEST {
            mistakes.add(place, Wrong::new("this is nested too deep", "write values on fewer levels"));
            return None;
        }
    }
    tree.root
}

struct Tree {
    open: Vec<Open>,
    root: Option<Node>,
}

impl Tree {
    fn add(&mut self, node: Node, mistakes: &mut Mistakes) {
        let Some(parent) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        match &mut parent.kind {
            Collection::Sequence(items) => items.push(node),
            Collection::Mapping { entries, key } => match key.take() {
                None => *key = Some((key_of(&node, mistakes), node.place)),
                // The key is no text, which was reported.
                Some((None, _)) => {}
                Some((Some(key), place)) => match entries.iter().find(|entry| entry.key == key) {
                    Some(first) => {
                        let message = format!("the key `{}` is written twice", shown(&key));
                        let help = format!("keep one; the first is in line {}", first.place.line);
                        mistakes.add(place, Wrong::new(message, help));
                    }
                    // A value that was left out has no place of its own.
                    None if node.is_null() => entries.push(Entry { key, place, value: Node { place, ..node } }),
                    None => entries.push(Entry { key, place, value: node }),
                },
            },
        }
    }

    fn end(&mut self, mistakes: &mut Mistakes) {
        let Some(open) = self.open.pop() else { return };
        let content = match open.kind {
            Collection::Sequence(items) => Content::Sequence(items),
            Collection::Mapping { entries, .. } => Content::Mapping(entries),
        };
        self.add(Node { place: open.place, content }, mistakes);
    }
}

fn key_of(node: &Node, mistakes: &mut Mistakes) -> Option<String> {
    if let Content::Scalar { text, .. } = &node.content {
        return Some(text.clone());
    }
    mistakes.add(node.place, Wrong::new(format!("a key must be a text, not {}", node.kind()), "write `key: value`"));
    None
}

fn refuse_extras(anchor: usize, tagged: bool, place: Place, mistakes: &mut Mistakes) {
    if anchor != 0 {
        mistakes.add(place, Wrong::new("anchors are not supported", "write the value out where it is needed"));
    }
    if tagged {
        mistakes.add(place, Wrong::new("tags are not supported", "write the value without `!`"));
    }
}

/// The parser counts lines from 1 and columns from 0.
fn place_of(marker: Marker) -> Place {
    Place { line: marker.line(), column: marker.col() + 1 }
}
