//! Routes of web APIs: which one a request means, who may come by it, how it is received, and what is told with its
//! answer.

mod answer;
mod cors;
mod limits;
mod receive;
mod serve;
mod signature;
mod table;

pub(super) use cors::{is_allowed, preflight};
pub(super) use serve::{serve, tell};
pub(super) use signature::Seen;
pub(crate) use table::problems;
pub(super) use table::{Api, Found, Table};
