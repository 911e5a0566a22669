//! From what a screen knows to what an interface takes: the one place where the types meet.

use std::rc::Rc;

use dioxus::core::{ComponentFunction, DynamicNode, Properties, Template, TemplateNode, VComponent};
use dioxus::prelude::*;

use super::form::{FormFields, FormParts};
use super::input::{Draft, FieldInput};
use crate::model::{Column, Record};
use crate::value::{FieldValue, Id, Value};

/// How an interface is drawn that stands for a piece.
#[derive(Debug)]
pub enum PieceEntry {
    /// It is given nothing.
    Plain(fn() -> Element),
    /// The number of a row.
    Row(fn(i64) -> Element),
    /// The value of a field; `None`: it is none of the field's type.
    Value(fn(&Value) -> Option<Element>),
    /// What a control shows.
    Input(fn(Draft) -> Element),
    /// The fields of a form.
    Form(fn(Rc<dyn FormParts>) -> Element),
}

/// A component with its properties.
///
/// # Errors
/// None; it is the type of everything that is drawn.
pub fn mount<P: Properties + 'static, M: 'static>(component: impl ComponentFunction<P, M>, properties: P) -> Element {
    let component = DynamicNode::Component(VComponent::new(component, properties, "Piece"));
    Ok(VNode::new(None, PLACE, Box::new([component]), Box::new([])))
}

/// The same among others that have keys: of siblings, all have one or none has.
pub(super) fn keyed(key: &str, element: Element) -> Element {
    let inside = DynamicNode::Fragment(vec![element?]);
    Ok(VNode::new(Some(key.to_owned()), PLACE, Box::new([inside]), Box::new([])))
}

/// Nothing but a place for something.
const PLACE: Template = Template { roots: &[TemplateNode::Dynamic { id: 0 }], node_paths: &[&[0]], attr_paths: &[] };

/// A piece that is given a row.
///
/// # Errors
/// What `show` answers.
pub fn piece_of_row<R: Record>(id: i64, show: fn(Id<R>) -> Element) -> Element {
    show(Id::from(id))
}

/// A piece that is given a value of a field.
pub fn piece_of_value<R: Record, T: FieldValue>(
    _field: fn(&'static R::Columns) -> Column<T>,
    value: &Value,
    show: fn(T) -> Element,
) -> Option<Element> {
    // What is stored may be older than the type: then it is shown as it is.
    T::from_value(value.clone()).ok().map(show)
}

/// A piece with which a field is filled in.
///
/// # Errors
/// What `show` answers.
pub fn piece_of_input<R: Record, T: FieldValue>(
    _field: fn(&'static R::Columns) -> Column<T>,
    draft: Draft,
    show: fn(FieldInput<T>) -> Element,
) -> Element {
    show(FieldInput::of(draft))
}

/// A piece that is given the fields of a form.
///
/// # Errors
/// What `show` answers.
pub fn piece_of_form<R: Record>(parts: Rc<dyn FormParts>, show: fn(FormFields<R>) -> Element) -> Element {
    show(FormFields::of(parts))
}
