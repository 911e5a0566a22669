//! Screens: what people see and use in a browser.

pub mod components;
pub mod style;
