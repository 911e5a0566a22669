//! What is asked of a graph, what the answer is, and how it is shown.

mod advice;
mod changes;
mod dot;
mod question;
mod schema;
mod text;
mod tree;

pub(crate) use changes::{in_file, is_file, since};
pub(crate) use dot::dot;
pub(crate) use question::Question;
pub(crate) use schema::Answer;
pub(crate) use text::text;
pub(crate) use tree::tree;
