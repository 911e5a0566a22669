//! The bell that has a page ask for all of its data again.

use dioxus::prelude::*;

/// Rings when what the visitor may see has changed. Whoever listens while it asks for data asks again.
#[derive(Clone, Copy)]
pub(crate) struct Refresh(Signal<u64>);

impl Refresh {
    /// A bell that lasts as long as the page.
    pub(crate) fn new() -> Self {
        Self(Signal::new_in_scope(0, ScopeId::ROOT))
    }

    /// Has all ask again.
    pub(crate) fn ring(mut self) {
        *self.0.write() += 1;
    }

    /// Hears it from now on.
    pub(crate) fn listen(self) {
        self.0.read();
    }
}
