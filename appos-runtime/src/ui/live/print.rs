//! What is remembered of a page whose nodes are not kept: its shape, and a hash of each thing that may change in it.
//! A page that is drawn again is compared with that: what differs is told as the changes that it is.

use std::hash::{BuildHasher, Hash, Hasher, RandomState};

use dioxus_core::{Attribute, AttributeValue, DynamicNode, ElementId, VNode, VirtualDom, WriteMutations};

use super::markup::{Part, parts_of, value_text};

/// A page as it was sent.
pub(super) struct Print {
    /// Hash of which nodes there are, in which order, and what they listen to.
    shape: u64,
    /// The numbers of the nodes, in the order in which they stand.
    ids: Box<[u32]>,
    /// A hash of each text and attribute, in the order in which they stand.
    values: Box<[u64]>,
    hashes: RandomState,
}

/// Numbers of nodes that are others now: the one before, and the present one.
pub(super) type Renamed = Vec<(u32, u32)>;

impl Print {
    /// Remembers a page.
    pub(super) fn of(dom: &VirtualDom) -> Self {
        Self::with(dom, RandomState::new())
    }

    fn with(dom: &VirtualDom, hashes: RandomState) -> Self {
        let mut taken = Taken { shape: hashes.build_hasher(), ids: Vec::new(), values: Vec::new(), hashes: &hashes };
        walk(dom, &mut taken);
        let Taken { shape, ids, values, .. } = taken;
        Self { shape: shape.finish(), ids: ids.into(), values: values.into(), hashes }
    }

    /// Tells what differs in the same page, drawn again; `None`: it is of another shape.
    pub(super) fn changes(&self, dom: &VirtualDom, to: &mut impl WriteMutations) -> Option<Renamed> {
        let now = Self::with(dom, self.hashes.clone());
        let same = now.shape == self.shape && now.ids.len() == self.ids.len() && now.values.len() == self.values.len();
        if !same {
            return None;
        }
        if now.values != self.values {
            walk(dom, &mut Told { before: self.values.iter(), now: now.values.iter(), to });
        }
        let pairs = self.ids.iter().copied().zip(now.ids.iter().copied());
        let mut renamed: Renamed = pairs.filter(|(before, now)| before != now).collect();
        renamed.sort_unstable();
        renamed.dedup();
        Some(renamed)
    }
}

/// Who sees the nodes of a page, one after the other.
trait Look {
    /// A node that has a number.
    fn node(&mut self, id: Option<ElementId>);
    /// What does not change without another shape.
    fn fixed(&mut self, fixed: impl Hash);
    /// A text.
    fn text(&mut self, text: &str, id: Option<ElementId>);
    /// An attribute that is no listener.
    fn attribute(&mut self, attribute: &Attribute, id: Option<ElementId>);
}

struct Taken<'a, H> {
    shape: H,
    ids: Vec<u32>,
    values: Vec<u64>,
    hashes: &'a RandomState,
}

impl<H: Hasher> Look for Taken<'_, H> {
    fn node(&mut self, id: Option<ElementId>) {
        self.ids.push(id.and_then(|id| u32::try_from(id.0).ok()).unwrap_or_default());
    }

    fn fixed(&mut self, fixed: impl Hash) {
        fixed.hash(&mut self.shape);
    }

    fn text(&mut self, text: &str, id: Option<ElementId>) {
        self.node(id);
        self.values.push(self.hashes.hash_one(text));
    }

    fn attribute(&mut self, attribute: &Attribute, _: Option<ElementId>) {
        self.fixed((attribute.name, attribute.namespace));
        self.values.push(self.hashes.hash_one(value_text(attribute.name, &attribute.value)));
    }
}

struct Told<'a, W> {
    before: std::slice::Iter<'a, u64>,
    now: std::slice::Iter<'a, u64>,
    to: &'a mut W,
}

impl<W> Told<'_, W> {
    fn differs(&mut self) -> bool {
        self.before.next() != self.now.next()
    }
}

impl<W: WriteMutations> Look for Told<'_, W> {
    fn node(&mut self, _: Option<ElementId>) {}

    fn fixed(&mut self, _: impl Hash) {}

    fn text(&mut self, text: &str, id: Option<ElementId>) {
        if self.differs()
            && let Some(id) = id
        {
            self.to.set_node_text(text, id);
        }
    }

    fn attribute(&mut self, attribute: &Attribute, id: Option<ElementId>) {
        if self.differs()
            && let Some(id) = id
        {
            self.to.set_attribute(attribute.name, attribute.namespace, &attribute.value, id);
        }
    }
}

fn walk(dom: &VirtualDom, look: &mut impl Look) {
    if let Some(root) = dom.base_scope().try_root_node() {
        node(dom, root, look);
    }
}

fn node(dom: &VirtualDom, of: &VNode, look: &mut impl Look) {
    look.fixed((of.template.roots.as_ptr().addr(), of.template.roots.len()));
    for part in parts_of(of.template).iter() {
        match part {
            Part::RootMark(root) | Part::RootText(root) => look.node(of.mounted_root(*root, dom)),
            Part::Attributes(tag) => {
                let of_slot = tag.of_node.first().and_then(|slot| of.mounted_dynamic_attribute(*slot, dom));
                let id = tag.root.and_then(|root| of.mounted_root(root, dom)).or(of_slot);
                look.node(id);
                for slot in &tag.of_node {
                    attributes(of.dynamic_attrs.get(*slot).map_or(&[][..], |slot| slot), id, look);
                }
            }
            Part::Node { index, .. } => dynamic(dom, of, *index, look),
            Part::Text(_) | Part::EndOfSelect => {}
        }
    }
}

fn attributes(all: &[Attribute], id: Option<ElementId>, look: &mut impl Look) {
    look.fixed(all.len());
    for attribute in all {
        match &attribute.value {
            AttributeValue::Listener(_) => look.fixed(attribute.name),
            _ => look.attribute(attribute, id),
        }
    }
}

fn dynamic(dom: &VirtualDom, of: &VNode, index: usize, look: &mut impl Look) {
    let id = of.mounted_dynamic_node(index, dom);
    match of.dynamic_nodes.get(index) {
        Some(DynamicNode::Component(component)) => {
            let root = component.mounted_scope(index, of, dom).and_then(|scope| scope.try_root_node());
            if let Some(root) = root {
                node(dom, root, look);
            }
        }
        Some(DynamicNode::Text(text)) => {
            look.fixed('t');
            look.text(&text.value, id);
        }
        Some(DynamicNode::Fragment(nodes)) => {
            look.fixed(('f', nodes.len()));
            for child in nodes {
                node(dom, child, look);
            }
        }
        Some(DynamicNode::Placeholder(_)) => {
            look.fixed('p');
            look.node(id);
        }
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use dioxus::prelude::*;
    use dioxus_core::{Mutation, Mutations};

    use super::Print;
    use crate::ui::live::markup::html;

    #[component]
    fn Page(count: i32, title: &'static str) -> Element {
        rsx! {
            h1 { class: "{title}", onclick: |_| (), "{title}" }
            if count > 2 {
                p { "many" }
            }
            input { value: "{count}", disabled: count > 1 }
            "{count} rows"
        }
    }

    fn drawn(count: i32, title: &'static str) -> VirtualDom {
        let mut dom = VirtualDom::new_with_props(Page, PageProps { count, title });
        dom.rebuild_in_place();
        dom
    }

    fn changes(before: &VirtualDom, now: &VirtualDom) -> Option<(Vec<Mutation>, super::Renamed)> {
        let mut told = Mutations::default();
        let renamed = Print::of(before).changes(now, &mut told)?;
        Some((told.edits, renamed))
    }

    #[test]
    fn a_page_that_looks_as_before_has_no_news() {
        assert_eq!(changes(&drawn(1, "a"), &drawn(1, "a")), Some((vec![], vec![])));
    }

    #[test]
    fn what_differs_is_told_and_nothing_else() {
        let (told, renamed) = changes(&drawn(1, "a"), &drawn(2, "a")).expect("the same shape");
        assert_eq!(renamed, []);
        let told: Vec<String> = told.iter().map(|edit| format!("{edit:?}")).collect();
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told[0].contains("\"value\"") && told[0].contains("\"2\""), "{told:?}");
        assert!(told[1].contains("\"disabled\"") && told[1].contains("true"), "{told:?}");
        assert!(told[2].contains("2 rows"), "{told:?}");
    }

    #[test]
    fn a_page_with_other_nodes_is_another_page() {
        assert_eq!(changes(&drawn(2, "a"), &drawn(3, "a")), None);
    }

    thread_local! {
        static LATE: Cell<bool> = const { Cell::new(false) };
    }

    #[component]
    fn WithLate() -> Element {
        rsx! {
            if LATE.get() {
                b { "late" }
            }
            i { "early" }
        }
    }

    #[test]
    fn nodes_that_have_other_numbers_are_named() {
        let mut before = VirtualDom::new(WithLate);
        before.rebuild_in_place();
        LATE.set(true);
        before.mark_dirty(ScopeId::APP);
        before.render_immediate(&mut dioxus_core::NoOpMutations);
        let mut again = VirtualDom::new(WithLate);
        again.rebuild_in_place();
        let (told, renamed) = changes(&before, &again).expect("the same shape");
        assert_eq!(told, vec![]);
        let (html, numbers) = (html(&before), html(&again));
        assert_ne!(html, numbers);
        let renumbered = renamed.iter().fold(html, |html, (from, to)| {
            html.replace(&format!("data-ao=\"{from}\""), &format!("data-ao=\"new {to}\""))
        });
        assert_eq!(renumbered.replace("new ", ""), numbers);
    }
}
