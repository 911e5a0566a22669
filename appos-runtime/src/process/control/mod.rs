//! What people and programs ask of instances that are there: to see them, to tell them something, to end them, to
//! have them go on. Each is a dispatch of the instance's process.

mod change;
mod found;
mod rules;
mod see;

pub(super) use found::with;
