//! `#[connected_system]`: a system outside, where it stands and how the platform shows it who it is.

mod check;
mod emit;
mod expand;
mod model;
mod settings;
mod syntax;

pub(crate) use expand::expand;
