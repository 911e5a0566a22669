//! The HTML of a `VirtualDom`, with the numbers by which it names its nodes, so that the script finds them
//! and draws nothing again: `data-ao` at elements, `<!--t12-->` before a text, `<!--p12-->` for a place where
//! something may come to stand. `data-on` names the events that a component listens to.
//!
//! The numbers are those of the `VirtualDom` itself. `dioxus-ssr` counts by itself while it writes, and the
//! reader would have to count in the same way.

mod escape;
mod parts;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt::Write;

use dioxus_core::{Attribute, AttributeValue, DynamicNode, VNode, VirtualDom};

pub(super) use self::escape::is_boolean;
use self::parts::{Attributes, Element, Inside};
pub(super) use self::parts::{Part, of as parts_of};
use crate::ui::markup::Html;

/// The HTML of everything that a `VirtualDom` has rendered.
pub(crate) fn html(dom: &VirtualDom) -> String {
    write(Writer { dom, out: String::with_capacity(16 * 1024), selects: Vec::new(), still: false })
}

/// The same without numbers and events: it stands still in the HTML of another.
pub(crate) fn still_html(dom: &VirtualDom) -> String {
    write(Writer { dom, out: String::new(), selects: Vec::new(), still: true })
}

fn write(mut writer: Writer<'_>) -> String {
    if let Some(root) = writer.dom.base_scope().try_root_node() {
        writer.node(root, Inside::Elements);
    }
    writer.out
}

struct Writer<'a> {
    dom: &'a VirtualDom,
    out: String,
    /// Values of the elements `select` around the place.
    selects: Vec<Option<Cow<'a, str>>>,
    /// Nothing of it can be found again.
    still: bool,
}

/// The value of an attribute as text; `None`: it is not there.
pub(super) fn value_text<'a>(name: &str, value: &'a AttributeValue) -> Option<Cow<'a, str>> {
    let text: Cow<'a, str> = match value {
        AttributeValue::Text(text) => text.into(),
        AttributeValue::Bool(value) => if *value { "true" } else { "false" }.into(),
        AttributeValue::Int(value) => value.to_string().into(),
        AttributeValue::Float(value) => value.to_string().into(),
        other => Html::of(other)?.into(),
    };
    if is_boolean(name) && matches!(&*text, "" | "false" | "0") { None } else { Some(text) }
}

impl<'a> Writer<'a> {
    fn number(&mut self, before: &str, id: usize, after: &str) {
        if self.still {
            return;
        }
        self.out.push_str(before);
        // Into a text, which takes everything.
        write!(self.out, "{id}").ok();
        self.out.push_str(after);
    }

    fn node(&mut self, node: &'a VNode, around: Inside) {
        for part in parts::of(node.template).iter() {
            match part {
                Part::Text(text) => self.out.push_str(text),
                Part::RootMark(root) => {
                    if let Some(id) = node.mounted_root(*root, self.dom) {
                        self.number(" data-ao=\"", id.0, "\"");
                    }
                }
                Part::RootText(root) => {
                    if let Some(id) = node.mounted_root(*root, self.dom)
                        && around == Inside::Elements
                    {
                        self.number("<!--t", id.0, "-->");
                    }
                }
                Part::Attributes(attributes) => self.attributes(node, attributes),
                Part::Node { index, inside } => {
                    self.dynamic(node, *index, if around == Inside::Elements { *inside } else { around });
                }
                Part::EndOfSelect => drop(self.selects.pop()),
            }
        }
    }

    fn dynamic(&mut self, node: &'a VNode, index: usize, inside: Inside) {
        let id = || node.mounted_dynamic_node(index, self.dom).filter(|_| inside == Inside::Elements);
        match node.dynamic_nodes.get(index) {
            Some(DynamicNode::Component(component)) => {
                let root = component.mounted_scope(index, node, self.dom).and_then(|scope| scope.try_root_node());
                if let Some(root) = root {
                    self.node(root, inside);
                }
            }
            Some(DynamicNode::Text(text)) => {
                if let Some(id) = id() {
                    self.number("<!--t", id.0, "-->");
                }
                if inside != Inside::Raw {
                    escape::text(&mut self.out, &text.value);
                }
            }
            Some(DynamicNode::Fragment(nodes)) => {
                for child in nodes {
                    self.node(child, inside);
                }
            }
            Some(DynamicNode::Placeholder(_)) => {
                if let Some(id) = id() {
                    self.number("<!--p", id.0, "-->");
                }
            }
            None => {}
        }
    }

    fn attributes(&mut self, node: &'a VNode, tag: &Attributes) {
        let mut own = Own { value: tag.value.map(Cow::Borrowed), ..Own::default() };
        for slot in &tag.of_node {
            for attribute in node.dynamic_attrs.get(*slot).map_or(&[][..], |slot| slot) {
                self.attribute(attribute, tag.element, &mut own);
            }
        }
        self.out.push_str(&tag.written);
        let of_slot = tag.of_node.first().and_then(|slot| node.mounted_dynamic_attribute(*slot, self.dom));
        if let Some(id) = tag.root.and_then(|root| node.mounted_root(root, self.dom)).or(of_slot) {
            self.number(" data-ao=\"", id.0, "\"");
        }
        if !own.events.is_empty() {
            self.out.push_str(" data-on=\"");
            self.out.push_str(&own.events);
            self.out.push('"');
        }
        if !own.style.is_empty() {
            self.out.push_str(" data-style=\"");
            escape::attribute(&mut self.out, &own.style);
            self.out.push('"');
        }
        match tag.element {
            Element::Select => self.selects.push(own.value.take()),
            Element::Option => {
                let chosen = self.selects.last().and_then(Option::as_ref);
                if chosen.is_some() && chosen == own.value.as_ref() {
                    self.out.push_str(" selected");
                }
            }
            Element::TextArea | Element::Other => {}
        }
        self.out.push('>');
        if tag.element == Element::TextArea
            && let Some(value) = &own.value
        {
            // The parser takes the first line break away.
            self.out.push('\n');
            escape::text(&mut self.out, value);
        }
        if let Some(inner) = own.inner.filter(|_| !tag.is_void) {
            self.out.push_str(&inner);
        }
    }

    fn attribute(&mut self, attribute: &'a Attribute, element: Element, own: &mut Own<'a>) {
        let Attribute { name, value, namespace, .. } = attribute;
        if matches!(value, AttributeValue::Listener(_)) {
            // Nobody tells that an element is there: it was sent with the page.
            if let Some(event) = name.strip_prefix("on").filter(|event| *event != "mounted" && !self.still) {
                if !own.events.is_empty() {
                    own.events.push(' ');
                }
                own.events.push_str(event);
            }
            return;
        }
        let Some(text) = value_text(name, value) else { return };
        match (*name, *namespace) {
            ("dangerous_inner_html", _) => own.inner = Some(text),
            (_, Some("style")) => {
                own.style.push_str(name);
                own.style.push(':');
                own.style.push_str(&text);
                own.style.push(';');
            }
            ("style", _) => own.style.push_str(&text),
            ("value", _) if matches!(element, Element::Select | Element::TextArea) => own.value = Some(text),
            _ => {
                self.out.push(' ');
                self.out.push_str(name);
                if !is_boolean(name) {
                    self.out.push_str("=\"");
                    escape::attribute(&mut self.out, &text);
                    self.out.push('"');
                }
                if *name == "value" {
                    own.value = Some(text);
                }
            }
        }
    }
}

/// What the attributes of one element say beside themselves.
#[derive(Default)]
struct Own<'a> {
    value: Option<Cow<'a, str>>,
    inner: Option<Cow<'a, str>>,
    style: String,
    events: String,
}
