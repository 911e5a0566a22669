//! Formatters of CLDR by language, made once and kept.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use icu_locale_core::Locale;

/// Most languages whose formatters are kept; who asks for more pays for each.
const KEPT: usize = 256;

/// One kind of formatter, by language.
pub(super) struct Formatters<F>(RwLock<HashMap<String, Option<Arc<F>>>>);

impl<F> Default for Formatters<F> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}

impl<F> Formatters<F> {
    /// The formatter of a language; `None`: its tag is none.
    pub(super) fn of(&self, language: &str, make: impl FnOnce(&Locale) -> Option<F>) -> Option<Arc<F>> {
        if let Some(known) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(language) {
            return known.clone();
        }
        let formatter = Locale::try_from_str(language).ok().and_then(|locale| make(&locale)).map(Arc::new);
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < KEPT {
            kept.insert(language.to_owned(), formatter.clone());
        }
        formatter
    }
}
