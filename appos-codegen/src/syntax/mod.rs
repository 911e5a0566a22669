//! Readers of Rust items that several objects share.

mod docs;
mod function;
mod idents;
mod parameters;
mod returns;
mod split;
mod type_text;
mod types;

pub(crate) use docs::{doc_attributes, first_paragraph};
pub(crate) use function::{Function, parse_function, read_function};
pub(crate) use idents::{contains_ident, plain_name};
pub(crate) use parameters::{Parameter, resolve_parameters, resolve_parameters_with};
pub(crate) use returns::{Returns, resolve_returns};
pub(crate) use split::{derived, is_named, keep_derives, split_attributes};
pub(crate) use type_text::type_text;
pub(crate) use types::{argument_of, is_option, last_segment};
