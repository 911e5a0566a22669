//! Mail that is kept and shown in the place of being sent: while an app is developed, nobody is to get any by mistake.

mod rules;
mod shown;
mod table;

use std::sync::Arc;

#[cfg(feature = "web")]
pub(crate) use rules::{clear_caught_mail, list_caught_mail, show_caught_mail};
#[cfg(feature = "web")]
pub(crate) use shown::{CaughtMail, ShownMail};
pub(crate) use table::prepare;
use uuid::Uuid;

use super::compose::Composed;
use crate::error::Result;
use crate::record::{Store, is_open};
use crate::registry::ObjectDescriptor;
use crate::vault::SecretKeys;

/// The sender of a mail for which nobody has said one: what is missing is needed where mail is sent.
pub(super) const NO_SENDER: &str = "no-sender@localhost";

/// What keeps mail. An engine that has one sends none.
#[derive(Clone)]
pub(crate) struct Catcher {
    store: Arc<Store>,
    keys: Arc<SecretKeys>,
}

impl Catcher {
    pub(crate) fn new(store: Arc<Store>, keys: Arc<SecretKeys>) -> Self {
        Self { store, keys }
    }

    /// Keeps a mail, whatever becomes of the transaction that is open: it would have been sent as well.
    ///
    /// # Errors
    /// The database cannot be written.
    pub(super) async fn keep(&self, system: &'static ObjectDescriptor, composed: &Composed) -> Result<()> {
        let mail = self.sealed(Uuid::now_v7().to_string(), system, composed)?;
        if !is_open() {
            return table::add(&self.store, mail).await;
        }
        // A file has one writer: this one waits until the transaction has ended, which waits for its own call.
        let store = Arc::clone(&self.store);
        tokio::spawn(async move {
            if let Err(error) = table::add(&store, mail).await {
                tracing::warn!(%error, "a mail was lost instead of caught");
            }
        });
        Ok(())
    }

    fn sealed(&self, mail: String, system: &ObjectDescriptor, composed: &Composed) -> Result<table::Kept> {
        let summary = shown::Summary::of(composed)?;
        Ok(table::Kept {
            summary: self.keys.seal(table::SUMMARIES.of(&mail), &serde_json::to_string(&summary)?)?,
            message: self.keys.seal(table::MESSAGES.of(&mail), &serde_json::to_string(composed)?)?,
            system: system.reference.to_owned(),
            mail,
        })
    }
}
