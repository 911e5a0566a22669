//! A form as interfaces of an app see it: they ask for its fields one by one.

use std::rc::Rc;

use dioxus::prelude::*;

use super::field::field_at;
use super::names;
use super::rows::rows_at;
use super::view::Shared;
use crate::model::record_of;
use crate::registry::{FieldDescriptor, PieceKind};
use crate::ui::page::{Posted, Wrong};
use crate::ui::pieces::{FormParts, Slot, arrange, sections, whole};

/// A form that is shown, as it was sent if it was.
#[derive(Clone)]
pub(super) struct Parts {
    pub(super) filled: Shared,
    pub(super) posted: Option<Rc<Posted>>,
    pub(super) prefix: String,
}

impl Parts {
    fn wrong(&self) -> Option<&Wrong> {
        self.posted.as_ref().map(|posted| &posted.wrong).filter(|wrong| !wrong.asks_of_itself())
    }

    fn added(&self) -> Option<&str> {
        self.posted.as_ref().and_then(|posted| posted.form.get(names::ADD))
    }

    fn input(&self, at: usize) -> Element {
        let filled = &self.filled.0;
        field_at(
            filled,
            (&filled.plan, &filled.sheet.own),
            (self.wrong(), &self.prefix),
            at,
            at == 0 && self.posted.is_none(),
        )
    }

    fn block(&self, at: usize) -> Element {
        rows_at(&self.filled.0, at, (self.wrong(), &self.prefix), self.added())
    }

    /// The fields and the rows, in the order of the record and with the author's sections among them.
    pub(super) fn all(&self) -> (Element, Element) {
        let plan = &self.filled.0.plan;
        if let Some(form) = whole(plan.object, PieceKind::Form) {
            return (form.form(Rc::new(self.clone())), VNode::empty());
        }
        let inputs: Vec<&str> = plan.inputs.iter().map(|input| input.field.name).collect();
        let rows: Vec<&str> = plan.rows.iter().map(|rows| rows.field.name).collect();
        let of_rows = |section: &crate::ui::pieces::Piece| {
            let named = section.descriptor.after.iter().chain(section.descriptor.replaces);
            named.into_iter().any(|name| rows.contains(name))
        };
        let (below, above): (Vec<_>, Vec<_>) =
            sections(plan.object, PieceKind::FormSection).iter().copied().partition(of_rows);
        let draw = |slot: &Slot, own: &dyn Fn(usize) -> Element| match slot {
            Slot::Own(at) => own(*at),
            Slot::Section(section) => section.form(Rc::new(self.clone())),
        };
        let fields = arrange(&above, &inputs, inputs.len());
        let fields = fields.iter().map(|slot| draw(slot, &|at| self.input(at)));
        let blocks = arrange(&below, &rows, rows.len());
        let blocks = blocks.iter().map(|slot| draw(slot, &|at| self.block(at)));
        (rsx! { {fields} }, rsx! { {blocks} })
    }
}

impl FormParts for Parts {
    fn field(&self, place: usize) -> Element {
        let at = self.filled.0.plan.inputs.iter().position(|input| input.place == place);
        at.map_or_else(VNode::empty, |at| self.input(at))
    }

    fn rows(&self, place: usize) -> Element {
        let plan = &self.filled.0.plan;
        let name = record_of(plan.object).fields.get(place).map(|field: &FieldDescriptor| field.name);
        let at = plan.rows.iter().position(|rows| Some(rows.field.name) == name);
        at.map_or_else(VNode::empty, |at| self.block(at))
    }

    fn has(&self, place: usize) -> bool {
        self.filled.0.plan.inputs.iter().any(|input| input.place == place)
    }
}
