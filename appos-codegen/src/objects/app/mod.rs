//! `app!()`: the modules, namespaces and registration of an app.

mod check;
mod emit;
mod expand;
mod processes;

pub(crate) use expand::expand;
