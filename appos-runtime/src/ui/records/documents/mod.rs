//! What the screens of documents have beside those of other records: a file to choose, and its versions.

mod card;
mod choose;
mod refused;
mod submit;

pub(super) use card::DocumentFile;
pub(super) use choose::FileField;
pub(super) use refused::{OF_FILE, is_of_file, missing, refused};
pub(crate) use submit::{SentFile, replace};
pub(super) use submit::{no_file, receive, restore};
