//! What objects are called by people.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::config::AppConfig;
use crate::model::record_of;
use crate::registry::{ObjectDescriptor, Registry};
use crate::ui::text::{current_language, names};

/// `invoice_line` as people write it: `Invoice line`.
pub(crate) fn in_words(name: &str) -> String {
    let mut words = name.replace('_', " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

/// One row of a record: `Invoice line`.
pub(crate) fn singular(object: &ObjectDescriptor) -> String {
    names::record(object).map_or_else(|| in_words(object.name), str::to_owned)
}

/// A name in the middle of a sentence. German writes nouns as at its beginning.
pub(crate) fn within(name: &str) -> String {
    if current_language().starts_with("de") { name.to_owned() } else { name.to_lowercase() }
}

/// The rows of a record: `Invoice lines`.
pub(crate) fn plural(object: &'static ObjectDescriptor) -> String {
    names::records(object).map_or_else(|| in_words(record_of(object).plural.as_str()), str::to_owned)
}

/// An app, as its `app.yaml` names it for people.
pub(crate) fn app(name: &str) -> String {
    /// Read once: the texts are compiled in.
    static NAMES: OnceLock<HashMap<&'static str, String>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let apps = Registry::global().apps().iter();
        let named =
            apps.filter_map(|app| Some((app.name, AppConfig::parse(app.yaml, app.yaml_path).ok()?.display_name)));
        // Without a name for people it is the crate's.
        named.filter(|(name, shown)| name != shown).collect()
    });
    names.get(name).cloned().unwrap_or_else(|| in_words(name))
}

/// Where a record's rows are listed.
pub(crate) fn address(object: &'static ObjectDescriptor) -> String {
    format!("/{}/{}", object.app, record_of(object).plural.as_str())
}
