//! Every message in one place: what is wrong in lower case without a final period, and one help
//! line with the correct form.

pub(crate) mod app;
pub(crate) mod attribute;
pub(crate) mod choices;
pub(crate) mod connected_system;
pub(crate) mod filing;
pub(crate) mod function;
pub(crate) mod integration;
pub(crate) mod object;
pub(crate) mod piece;
pub(crate) mod process;
pub(crate) mod record;
pub(crate) mod screen;
pub(crate) mod test;
pub(crate) mod translation_set;
pub(crate) mod web_api;
