//! What a platform has to do with the world around it.

pub(crate) mod files;
