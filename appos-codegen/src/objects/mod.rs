//! One folder per object: what is written (`syntax`), what it means (`model`), what may not be
//! (`check`), what it becomes (`emit`). No object knows another.

pub(crate) mod app;
pub(crate) mod choices;
pub(crate) mod connected_system;
pub(crate) mod constant;
pub(crate) mod expression_rule;
pub(crate) mod integration;
pub(crate) mod interface;
pub(crate) mod page;
pub(crate) mod platform;
pub(crate) mod process;
pub(crate) mod record;
pub(crate) mod site;
pub(crate) mod step;
pub(crate) mod test;
pub(crate) mod translation_set;
