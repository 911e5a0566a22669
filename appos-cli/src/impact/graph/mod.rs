//! Which object uses which: the data, how it is made of reports, and the ways through it.

mod build;
mod model;
mod walk;

pub(crate) use build::{Sources, build, node_name};
pub(crate) use model::{Edge, FORMAT, Graph, Kind, Node, Place, Seen};
pub(crate) use walk::{Direction, Found, find};
