//! Who uses an object, and what it uses, exactly.
//!
//! The compiler resolves the names; the source around a name tells the shape of the use; the
//! registry tells what the objects are; log files tell what was seen to happen.

mod answer;
mod compiler;
mod graph;
mod seen;
mod source;
mod store;
mod wrapper;

pub(crate) use answer::{Answer, Question, dot, in_file, is_file, since, text, tree};
pub(crate) use graph::{Graph, Kind, Sources, node_name};
pub(crate) use seen::{join, read};
pub(crate) use source::{Holder, Outline, Position, is_namespace};
pub(crate) use store::{Fallback, build_with_tests, load};
pub(crate) use wrapper::as_wrapper;
