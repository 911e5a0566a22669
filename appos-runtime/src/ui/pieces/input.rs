//! What an interface knows with which a field is filled in.

use std::fmt;

use dioxus::prelude::*;

use crate::value::{FieldType, FieldValue, Value};

/// What a control shows, and how it is told from others; without the type of its field.
#[derive(Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own about the control")]
pub struct Draft {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) text: String,
    pub(crate) value: Option<Value>,
    pub(crate) required: bool,
    pub(crate) nullable: bool,
    pub(crate) invalid: bool,
    pub(crate) autofocus: bool,
    pub(crate) described_by: Option<String>,
    pub(crate) onchange: EventHandler<String>,
    pub(crate) spelling: Spelling,
}

/// What a control with values of type `T` shows. The form around it writes label, help and error, and knows what the
/// field held before; the interface draws the control, which has to have the name [`name`](Self::name).
#[derive(Clone, PartialEq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a question of its own about the field")]
pub struct FieldInput<T> {
    /// The `id` of the control, to which the label leads.
    pub id: String,
    /// The `name` of the control. What is sent by this name is written.
    pub name: String,
    /// What the field is called.
    pub label: String,
    /// What stands in the control: the field's value, or what was typed and refused.
    pub text: String,
    /// The value that this text means; `None`: it means none.
    pub value: Option<T>,
    /// An empty control is refused.
    pub required: bool,
    /// The field can be empty.
    pub nullable: bool,
    /// What was typed was refused: for `aria_invalid`.
    pub invalid: bool,
    /// It is the first field of the form.
    pub autofocus: bool,
    /// The ids of help and error: for `aria_describedby`.
    pub described_by: Option<String>,
    /// To be called with the text when the control is left: what is wrong is told at once.
    pub onchange: EventHandler<String>,
    spelling: Spelling,
}

/// How values of a field are written in a control.
#[derive(Clone, Copy)]
pub(crate) struct Spelling {
    pub(crate) field_type: FieldType,
    pub(crate) text_of: fn(&FieldType, &Value) -> String,
}

impl PartialEq for Spelling {
    // A field does not change its type.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<T: FieldValue> FieldInput<T> {
    pub(super) fn of(draft: Draft) -> Self {
        let Draft { id, name, label, text, required, nullable, invalid, autofocus, described_by, onchange, .. } = draft;
        let value = draft.value.and_then(|value| T::from_value(value).ok());
        let spelling = draft.spelling;
        Self { id, name, label, text, value, required, nullable, invalid, autofocus, described_by, onchange, spelling }
    }

    /// The text that is to be sent for a value: what stands in `value` of an option or a radio.
    pub fn text_of(&self, value: impl Into<T>) -> String {
        (self.spelling.text_of)(&self.spelling.field_type, &value.into().into_value())
    }

    /// True if the value is the present one.
    pub fn is(&self, value: impl Into<T>) -> bool {
        self.text_of(value) == self.text
    }
}

impl<T> fmt::Debug for FieldInput<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What somebody has typed is not for logs.
        f.debug_struct("FieldInput").field("name", &self.name).finish_non_exhaustive()
    }
}
