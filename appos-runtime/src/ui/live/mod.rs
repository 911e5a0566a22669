//! Pages that are drawn on the server.

mod paint;

pub(crate) use paint::{Painted, paint};
