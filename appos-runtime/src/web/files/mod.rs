//! The routes of files of documents, below those of their records.

mod download;
mod route;
mod upload;
mod versions;

pub(super) use route::{is_upload, route};
