//! Screens: what people see of a platform, drawn on the server.

pub(crate) mod text;
