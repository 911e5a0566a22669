//! The OpenAPI document: what the routes of this server take and answer, told from the same
//! descriptors that drive them, and only what one principal may use.

mod auth;
mod bulk;
mod document;
mod files;
mod import;
mod operation;
mod parameters;
mod processes;
mod records;
mod related;
mod responses;
mod rows;
mod rules;
mod schemas;
mod sessions;
#[cfg(test)]
mod tests;
mod validations;
mod web_apis;

pub(super) use document::{View, document};
