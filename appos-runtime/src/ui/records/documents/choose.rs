//! The field of a form in which a file is chosen, and what is said there of what is taken.

use dioxus::prelude::*;

use crate::error::Result;
use crate::outside::files::{self, Limits};
use crate::registry::ObjectDescriptor;
use crate::state::Ctx;
use crate::ui::components::FileDrop;
use crate::ui::text::Format;
use crate::ui::text::own::documents;

/// What may be chosen for a document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FileField {
    /// As browsers want it.
    accept: Option<String>,
    /// In words.
    note: String,
}

impl FileField {
    /// What a document takes.
    pub(crate) fn of(ctx: &Ctx, object: &'static ObjectDescriptor) -> Result<Self> {
        let limits = files::limits(&ctx.scope().engine, object)?;
        let size = Format::current().size(limits.max_size());
        let note = match kinds(&limits) {
            Some(kinds) => documents::kinds_at_most(&kinds, &size),
            None => documents::at_most(&size),
        };
        Ok(Self { accept: limits.accept().map(|accept| accept.join(",")), note })
    }

    /// The field with this name in its form.
    pub(crate) fn draw(&self, name: &'static str, error: Option<String>) -> Element {
        rsx! {
            FileDrop {
                name,
                label: documents::file(),
                accept: self.accept.clone(),
                note: self.note.clone(),
                required: true,
                error,
            }
        }
    }
}

/// The kinds of files that are taken, in words; `None`: all.
pub(super) fn kinds(limits: &Limits) -> Option<String> {
    let kinds: Vec<String> = limits.accept()?.into_iter().map(kind).collect();
    let kinds: Vec<&str> = kinds.iter().map(String::as_str).collect();
    Some(Format::current().one_of(&kinds))
}

/// A type in words, if there are any: `application/pdf` is a PDF.
pub(super) fn kind(content_type: &str) -> String {
    let families = [
        ("image/*", documents::pictures()),
        ("text/*", documents::texts()),
        ("video/*", documents::videos()),
        ("audio/*", documents::sounds()),
    ];
    if let Some((_, words)) = families.iter().find(|(family, _)| *family == content_type) {
        return (*words).to_owned();
    }
    let short = content_type.rsplit('/').next().unwrap_or_default();
    if short.len() <= 4 && short.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return short.to_ascii_uppercase();
    }
    content_type.to_owned()
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn types_that_people_know_have_their_names() {
        for (content_type, told) in [
            ("application/pdf", "PDF"),
            ("image/png", "PNG"),
            ("image/*", "pictures"),
            ("image/svg+xml", "image/svg+xml"),
            ("application/octet-stream", "application/octet-stream"),
        ] {
            assert_eq!(kind(content_type), told);
        }
    }
}
