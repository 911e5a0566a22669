//! A template as the parts of its HTML: what never changes is one text, and between such texts stands
//! what a node brings. Made once for each template and thread.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use dioxus_core::{Template, TemplateAttribute, TemplateNode};

use super::escape;

/// A piece of a template's HTML.
pub(in crate::ui::live) enum Part {
    /// Written as it stands.
    Text(String),
    /// The mark of a root element without attributes of its own that change.
    RootMark(usize),
    /// The mark of a root text.
    RootText(usize),
    /// The rest of a start tag whose attributes change, and what its attributes say of the content.
    Attributes(Attributes),
    /// A node of the template's dynamic nodes.
    Node { index: usize, inside: Inside },
    /// The end of an element `select`.
    EndOfSelect,
}

/// A start tag.
pub(in crate::ui::live) struct Attributes {
    /// Positions in the node's attributes.
    pub(in crate::ui::live) of_node: Vec<usize>,
    /// What is static of it, written after the others: of two with one name, the first counts.
    pub(super) written: String,
    /// The root that the element is.
    pub(in crate::ui::live) root: Option<usize>,
    pub(super) element: Element,
    /// The static value of an option.
    pub(super) value: Option<&'static str>,
    pub(super) is_void: bool,
}

/// Elements whose value is not an attribute in HTML.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::ui::live) enum Element {
    Select,
    Option,
    TextArea,
    Other,
}

/// What the HTML parser makes of text in a place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::ui::live) enum Inside {
    /// Text, elements and comments.
    Elements,
    /// Text alone: a mark would be shown.
    TextOnly,
    /// Text that is not even escaped: nothing from outside may stand there.
    Raw,
}

/// Parts by address and length of a template's roots.
type Known = HashMap<(usize, usize), Rc<[Part]>>;

thread_local! {
    /// Templates are statics of the program: their address is their name.
    static KNOWN: RefCell<Known> = RefCell::default();
}

/// The parts of a template.
pub(in crate::ui::live) fn of(template: Template) -> Rc<[Part]> {
    let name = (template.roots.as_ptr().addr(), template.roots.len());
    if let Some(known) = KNOWN.with_borrow(|known| known.get(&name).map(Rc::clone)) {
        return known;
    }
    let mut parts = Parts::default();
    for (index, root) in template.roots.iter().enumerate() {
        let after_node = index > 0 && matches!(template.roots.get(index - 1), Some(TemplateNode::Dynamic { .. }));
        parts.node(root, Some(index), Inside::Elements, after_node);
    }
    let parts: Rc<[Part]> = parts.0.into();
    KNOWN.with_borrow_mut(|known| known.insert(name, Rc::clone(&parts)));
    parts
}

#[derive(Default)]
struct Parts(Vec<Part>);

impl Parts {
    fn text(&mut self) -> &mut String {
        if !matches!(self.0.last(), Some(Part::Text(_))) {
            self.0.push(Part::Text(String::new()));
        }
        match self.0.last_mut() {
            Some(Part::Text(text)) => text,
            // One was just added.
            _ => unreachable!("the last part is a text"),
        }
    }

    fn node(&mut self, node: &TemplateNode, root: Option<usize>, inside: Inside, after_node: bool) {
        match node {
            TemplateNode::Dynamic { id } => self.0.push(Part::Node { index: *id, inside }),
            TemplateNode::Text { text } => {
                match root {
                    Some(root) => self.0.push(Part::RootText(root)),
                    // Else the parser would make one text of it and of what changes before it.
                    None if after_node && inside == Inside::Elements => self.text().push_str("<!---->"),
                    None => {}
                }
                match inside {
                    Inside::Raw => self.text().push_str(text),
                    _ => escape::text(self.text(), text),
                }
            }
            TemplateNode::Element { tag, attrs, children, .. } => self.element(tag, attrs, children, root),
        }
    }

    fn element(
        &mut self,
        tag: &'static str,
        attributes: &'static [TemplateAttribute],
        children: &'static [TemplateNode],
        root: Option<usize>,
    ) {
        self.text().push('<');
        self.text().push_str(tag);
        let mut written = String::new();
        let (mut of_node, mut inner, mut value) = (Vec::new(), None, None);
        for attribute in attributes {
            match attribute {
                TemplateAttribute::Dynamic { id } => of_node.push(*id),
                TemplateAttribute::Static { name: "dangerous_inner_html", value, .. } => inner = Some(*value),
                TemplateAttribute::Static { name, value: text, namespace } => {
                    if *name == "value" {
                        value = Some(*text);
                    }
                    static_attribute(&mut written, name, text, *namespace);
                }
            }
        }
        let element = match tag {
            "select" => Element::Select,
            "option" => Element::Option,
            "textarea" => Element::TextArea,
            _ => Element::Other,
        };
        let is_void = children.is_empty() && escape::is_void(tag);
        if of_node.is_empty() && matches!(element, Element::Other) {
            self.text().push_str(&written);
            if let Some(root) = root {
                self.0.push(Part::RootMark(root));
            }
            self.text().push('>');
        } else {
            self.0.push(Part::Attributes(Attributes { of_node, written, root, element, value, is_void }));
        }
        if is_void {
            return;
        }
        if let Some(inner) = inner {
            self.text().push_str(inner);
        }
        let inside = match tag {
            "script" | "style" => Inside::Raw,
            "textarea" | "title" => Inside::TextOnly,
            _ => Inside::Elements,
        };
        let mut after_node = false;
        for child in children {
            self.node(child, None, inside, after_node);
            after_node = matches!(child, TemplateNode::Dynamic { .. });
        }
        if element == Element::Select {
            self.0.push(Part::EndOfSelect);
        }
        let text = self.text();
        text.push_str("</");
        text.push_str(tag);
        text.push('>');
    }
}

fn static_attribute(out: &mut String, name: &str, value: &str, namespace: Option<&str>) {
    if namespace == Some("style") {
        // The policy of pages refuses styles in the text of a page: the script sets them.
        out.push_str(" data-style-");
        out.push_str(name);
        out.push_str("=\"");
    } else if escape::is_boolean(name) {
        if !value.is_empty() && value != "false" {
            out.push(' ');
            out.push_str(name);
        }
        return;
    } else {
        out.push(' ');
        out.push_str(if name == "style" { "data-style" } else { name });
        out.push_str("=\"");
    }
    escape::attribute(out, value);
    out.push('"');
}
