//! What authors write between the parentheses of an attribute: keys and their values, shared by
//! all objects. Every value knows how to say what it takes; the key says the correct form.

mod error;
mod place;

mod auto_number;
mod cases;
mod count;
mod duration;
mod environments;
mod expression;
mod facade;
mod field_names;
mod flag;
mod groups;
mod hooks;
mod name_list;
mod nested;
mod number;
mod object_path;
mod piece;
mod refused;
mod schedule;
mod size;
mod text;
mod text_list;
mod trigger;
mod word;

pub(crate) use auto_number::AutoNumber;
pub(crate) use cases::{Answer, CASE_FORM, Case, converted, take_cases};
pub(crate) use count::Count;
pub(crate) use duration::Duration;
pub(crate) use environments::Environments;
pub(crate) use expression::Expression;
pub(crate) use facade::FacadePath;
pub(crate) use field_names::FieldNames;
pub(crate) use flag::Flag;
pub(crate) use groups::{Group, GroupList};
pub(crate) use hooks::{Hook, HookList};
pub(crate) use name_list::NameList;
pub(crate) use nested::Nested;
pub(crate) use number::Number;
pub(crate) use object_path::ObjectPath;
pub(crate) use piece::{FieldOf, Words};
pub(crate) use place::{Key, Place, is_attempted, read, read_attributes};
pub(crate) use refused::take_refused;
pub(crate) use schedule::{Schedule, time_zone_name};
pub(crate) use size::Size;
pub(crate) use text::Text;
pub(crate) use text_list::TextList;
pub(crate) use trigger::{RowTrigger, TriggerList};
pub(crate) use word::Word;
