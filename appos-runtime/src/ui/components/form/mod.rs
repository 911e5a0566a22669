//! Forms and what is filled in there. Every field works without script; a value that is refused stays in
//! its field, with what is wrong below it.

mod checks;
mod choices;
mod field;
mod file;
#[expect(clippy::module_inception, reason = "the component is the thing the folder is about")]
mod form;
mod list;
mod relation;
mod text;

pub use checks::{CheckboxField, CheckboxFieldProps, SwitchField, SwitchFieldProps};
pub use choices::{Choice, MultiSelect, MultiSelectProps, RadioGroup, RadioGroupProps, SelectField, SelectFieldProps};
pub use field::{Field, FieldProps, field_id};
pub use file::{FileDrop, FileDropProps};
pub use form::{Form, FormErrors, FormErrorsProps, FormProblem, FormProps};
pub use list::{ListField, ListFieldProps};
pub use relation::{RelationPicker, RelationPickerProps};
pub use text::{InputKind, TextArea, TextAreaProps, TextField, TextFieldProps};
