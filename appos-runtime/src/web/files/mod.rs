//! The routes of files of documents, below those of their records.

mod body;
mod download;
mod form;
mod route;
mod upload;
mod versions;

pub(super) use form::form;
pub(super) use route::{is_upload, route};
