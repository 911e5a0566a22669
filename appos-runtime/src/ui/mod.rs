//! Screens.

pub(crate) mod live;
