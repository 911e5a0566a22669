//! What has changed, as the script applies it: a list of instructions for a stack of nodes, in JSON.
//!
//! | instruction | |
//! |---|---|
//! | `[0,template,node]` | remember a template |
//! | `[1,template,id]` | push a copy of a template |
//! | `[2,path,id]` | name the node at a path below the topmost |
//! | `[3,id]` | push a placeholder |
//! | `[4,text,id]` | push a text |
//! | `[5,id,n]` | replace a node by the topmost n |
//! | `[6,path,n]` | replace the node at a path below the one under the topmost n by them |
//! | `[7,id,n]`, `[8,id,n]` | insert the topmost n after, before a node |
//! | `[9,id,name,value,namespace?]` | set an attribute; `null` removes it |
//! | `[10,id,text]` | set a text |
//! | `[11,id,event]`, `[12,id,event]` | listen to an event, no longer |
//! | `[13,id]` | remove a node |
//! | `[14,id]` | push a node |
//! | `[15,id,n]` | append the topmost n to a node |

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::rc::Rc;

use dioxus_core::{AttributeValue, ElementId, Template, TemplateAttribute, TemplateNode, WriteMutations};

use super::markup::value_text;

/// Roots of templates that the script of one page knows.
pub(super) type Known = HashSet<u32>;

/// Collects instructions.
pub(super) struct Edits<'a> {
    known: &'a mut Known,
    /// The items of a JSON array.
    out: String,
}

/// A root of a template, made once for each thread.
#[derive(Clone)]
struct Root {
    number: u32,
    json: Rc<str>,
}

thread_local! {
    static ROOTS: RefCell<HashMap<(usize, usize), Root>> = RefCell::default();
}

impl<'a> Edits<'a> {
    pub(super) fn new(known: &'a mut Known) -> Self {
        Self { known, out: String::new() }
    }

    /// The instructions, as the items of a JSON array; "": nothing has changed.
    pub(super) fn finish(self) -> String {
        self.out
    }

    fn begin(&mut self, code: u8) {
        self.out.push_str(if self.out.is_empty() { "[" } else { ",[" });
        self.number(usize::from(code));
    }

    fn number(&mut self, number: usize) {
        // Into a text, which takes everything.
        write!(self.out, "{number}").ok();
    }

    fn numbers(&mut self, code: u8, numbers: &[usize]) {
        self.begin(code);
        for number in numbers {
            self.out.push(',');
            self.number(*number);
        }
        self.out.push(']');
    }

    fn path(&mut self, code: u8, path: &[u8], number: usize) {
        self.begin(code);
        self.out.push_str(",[");
        for (place, step) in path.iter().enumerate() {
            if place > 0 {
                self.out.push(',');
            }
            self.number(usize::from(*step));
        }
        self.out.push_str("],");
        self.number(number);
        self.out.push(']');
    }
}

/// Adds a text as JSON.
pub(super) fn quoted(out: &mut String, text: &str) {
    // A text can always be written.
    out.push_str(&serde_json::to_string(text).unwrap_or_else(|_| "\"\"".to_owned()));
}

fn root(template: Template, index: usize) -> Root {
    let Some(node) = template.roots.get(index) else { return Root { number: 0, json: "0".into() } };
    let name = (template.roots.as_ptr().addr(), index);
    ROOTS.with_borrow_mut(|roots| {
        let number = u32::try_from(roots.len()).unwrap_or(u32::MAX);
        let made = roots.entry(name).or_insert_with(|| {
            let mut json = String::new();
            template_json(&mut json, node);
            Root { number, json: json.into() }
        });
        made.clone()
    })
}

/// An element is `[tag,namespace,[name,value,namespace,…],[child,…]]`, a text is itself, and 0 stands for what
/// is put in its place.
fn template_json(out: &mut String, node: &TemplateNode) {
    match node {
        TemplateNode::Text { text } => quoted(out, text),
        TemplateNode::Dynamic { .. } => out.push('0'),
        TemplateNode::Element { tag, namespace, attrs, children } => {
            out.push('[');
            quoted(out, tag);
            out.push(',');
            optional(out, *namespace);
            out.push_str(",[");
            let mut first = true;
            for attribute in *attrs {
                let TemplateAttribute::Static { name, value, namespace } = attribute else { continue };
                if !std::mem::take(&mut first) {
                    out.push(',');
                }
                quoted(out, name);
                out.push(',');
                quoted(out, value);
                out.push(',');
                optional(out, *namespace);
            }
            out.push_str("],[");
            for (place, child) in children.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                template_json(out, child);
            }
            out.push_str("]]");
        }
    }
}

fn optional(out: &mut String, text: Option<&str>) {
    match text {
        Some(text) => quoted(out, text),
        None => out.push('0'),
    }
}

impl WriteMutations for Edits<'_> {
    fn append_children(&mut self, id: ElementId, m: usize) {
        self.numbers(15, &[id.0, m]);
    }

    fn assign_node_id(&mut self, path: &'static [u8], id: ElementId) {
        self.path(2, path, id.0);
    }

    fn create_placeholder(&mut self, id: ElementId) {
        self.numbers(3, &[id.0]);
    }

    fn create_text_node(&mut self, value: &str, id: ElementId) {
        self.begin(4);
        self.out.push(',');
        quoted(&mut self.out, value);
        self.out.push(',');
        self.number(id.0);
        self.out.push(']');
    }

    fn load_template(&mut self, template: Template, index: usize, id: ElementId) {
        let Root { number, json } = root(template, index);
        let name = usize::try_from(number).unwrap_or(usize::MAX);
        if self.known.insert(number) {
            self.begin(0);
            self.out.push(',');
            self.number(name);
            self.out.push(',');
            self.out.push_str(&json);
            self.out.push(']');
        }
        self.numbers(1, &[name, id.0]);
    }

    fn replace_node_with(&mut self, id: ElementId, m: usize) {
        self.numbers(5, &[id.0, m]);
    }

    fn replace_placeholder_with_nodes(&mut self, path: &'static [u8], m: usize) {
        self.path(6, path, m);
    }

    fn insert_nodes_after(&mut self, id: ElementId, m: usize) {
        self.numbers(7, &[id.0, m]);
    }

    fn insert_nodes_before(&mut self, id: ElementId, m: usize) {
        self.numbers(8, &[id.0, m]);
    }

    fn set_attribute(
        &mut self,
        name: &'static str,
        namespace: Option<&'static str>,
        value: &AttributeValue,
        id: ElementId,
    ) {
        self.begin(9);
        self.out.push(',');
        self.number(id.0);
        self.out.push(',');
        quoted(&mut self.out, name);
        self.out.push(',');
        match value_text(name, value) {
            Some(text) => quoted(&mut self.out, &text),
            None => self.out.push_str("null"),
        }
        if let Some(namespace) = namespace {
            self.out.push(',');
            quoted(&mut self.out, namespace);
        }
        self.out.push(']');
    }

    fn set_node_text(&mut self, value: &str, id: ElementId) {
        self.begin(10);
        self.out.push(',');
        self.number(id.0);
        self.out.push(',');
        quoted(&mut self.out, value);
        self.out.push(']');
    }

    fn create_event_listener(&mut self, name: &'static str, id: ElementId) {
        self.listener(11, name, id);
    }

    fn remove_event_listener(&mut self, name: &'static str, id: ElementId) {
        self.listener(12, name, id);
    }

    fn remove_node(&mut self, id: ElementId) {
        self.numbers(13, &[id.0]);
    }

    fn push_root(&mut self, id: ElementId) {
        self.numbers(14, &[id.0]);
    }
}

impl Edits<'_> {
    fn listener(&mut self, code: u8, name: &'static str, id: ElementId) {
        self.begin(code);
        self.out.push(',');
        self.number(id.0);
        self.out.push(',');
        quoted(&mut self.out, name);
        self.out.push(']');
    }
}
