//! Screens that every record has without a line written for them.

mod address;
mod cell;
mod detail;
mod documents;
mod form;
mod import;
mod list;
mod post;
mod relation;
mod screen;
mod timeline;
mod value;
mod whole;
mod words;

pub(crate) use documents::{SentFile, replace as replace_document};
pub(crate) use form::create_document;
pub(crate) use list::canonical;
pub use list::{RecordTable, RecordTableProps};
pub(crate) use post::post;
pub(in crate::ui) use relation::{Offer, Picker, Picking, offer};
pub(crate) use screen::{RecordScreen, RecordScreenKind, row_id};

/// What users are called, by number, as far as the visitor may see it.
///
/// # Errors
/// The names cannot be read.
pub(crate) async fn names_of_users(
    rights: &crate::security::Rights,
    users: impl Iterator<Item = i64>,
) -> crate::error::Result<std::collections::HashMap<i64, String>> {
    let wanted: std::collections::BTreeSet<i64> = users.filter(|user| *user > 0).collect();
    let names = relation::names(rights, wanted.iter().map(|user| (words::users(), *user))).await?;
    let told = |user: i64| Some((user, names.of(words::users(), user)?.to_owned()));
    Ok(wanted.into_iter().filter_map(told).collect())
}
