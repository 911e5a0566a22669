//! What a document and the folders that it lies in say of its file.

use crate::config::FilesConfig;
use crate::error::{AppOsError, Result};
use crate::registry::{FilingDescriptor, ObjectDescriptor, ObjectDetail, ScanRule};

/// What may be uploaded.
#[derive(Clone, Debug)]
pub(crate) struct Limits {
    accept: Vec<&'static [&'static str]>,
    max_size: u64,
}

/// What a document and the folders around it say, the nearest first.
pub(super) fn filings(object: &'static ObjectDescriptor) -> impl Iterator<Item = &'static FilingDescriptor> {
    object.lineage().filter_map(|object| match object.detail {
        ObjectDetail::Record(record) => record.filing,
        _ => None,
    })
}

impl Limits {
    /// Those of a document; what says nothing of its size has that of the settings.
    pub(crate) fn of(object: &'static ObjectDescriptor, settings: &FilesConfig) -> Self {
        let accept = filings(object).map(|filing| filing.accept).filter(|accept| !accept.is_empty()).collect();
        let max_size = filings(object).filter_map(|filing| filing.max_size).min().unwrap_or(settings.max_size);
        Self { accept, max_size }
    }

    /// The types that are taken, such as `application/pdf` and `image/*`; `None`: all.
    pub(crate) fn accept(&self) -> Option<Vec<&'static str>> {
        let (first, others) = self.accept.split_first()?;
        let narrower = |taken: Vec<&'static str>, accept: &&'static [&'static str]| {
            let both = |one: &'static str| {
                accept.iter().filter_map(move |other| match (fits(other, one), fits(one, other)) {
                    (true, _) => Some(one),
                    (_, true) => Some(*other),
                    _ => None,
                })
            };
            taken.into_iter().flat_map(both).collect()
        };
        Some(others.iter().fold(first.to_vec(), narrower))
    }

    /// The largest file that is taken, in bytes.
    pub(crate) fn max_size(&self) -> u64 {
        self.max_size
    }

    /// Refuses a type that is not among those that are taken.
    ///
    /// # Errors
    /// So it is (code `file_refused`).
    pub(super) fn check_type(&self, content_type: &str) -> Result<()> {
        match self.accept.iter().find(|accept| !accept.iter().any(|accepted| fits(accepted, content_type))) {
            None => Ok(()),
            Some(accept) => Err(refused(format!("is {content_type}; what is taken here is {}", accept.join(", ")))),
        }
    }

    /// Refuses a file that is larger than it may be.
    ///
    /// # Errors
    /// So it is (code `body_too_large`).
    pub(super) fn check_size(&self, size: u64) -> Result<()> {
        if size <= self.max_size {
            return Ok(());
        }
        let message = format!("the file is larger than the {} bytes that are taken here", self.max_size);
        Err(AppOsError::validation(message).code_is("body_too_large"))
    }
}

/// True if a type is one of those that are taken: `image/*` are all that begin so.
fn fits(accepted: &str, content_type: &str) -> bool {
    match accepted.strip_suffix('*') {
        Some(family) => content_type.starts_with(family),
        None => accepted == content_type,
    }
}

/// The error about a file that is not taken.
pub(crate) fn refused(message: impl Into<String>) -> AppOsError {
    let message = message.into();
    AppOsError::validation(format!("the file {message}")).code_is("file_refused").field("file", "file_refused", message)
}

/// The rules that are asked about each file.
pub(super) fn scans(object: &'static ObjectDescriptor) -> impl Iterator<Item = ScanRule> {
    filings(object).filter_map(|filing| filing.scan)
}

#[cfg(test)]
mod tests {
    use super::Limits;

    #[test]
    fn what_a_document_and_its_folder_both_take_is_taken() {
        let of = |accept: &[&'static [&'static str]]| Limits { accept: accept.to_vec(), max_size: 1 }.accept();
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[&["application/pdf", "image/*"]]), Some(vec!["application/pdf", "image/*"]));
        assert_eq!(of(&[&["image/*", "text/csv"], &["image/png", "text/*"]]), Some(vec!["image/png", "text/csv"]));
        assert_eq!(of(&[&["image/*"], &["text/*"]]), Some(vec![]));
    }
}
