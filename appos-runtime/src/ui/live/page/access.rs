//! For whom a page is drawn, and whether he may still see it.

use std::sync::Arc;

use tokio::time::Instant;

use super::{BELIEVED, End, Page};
use crate::error::ErrorKind;
use crate::ui::live::message::Close;
use crate::ui::page::Remembered;

impl Page {
    /// What a component has changed of the session's values.
    pub(super) async fn keep_session(&mut self) {
        let Some(values) = self.visitor.session.take_changes() else { return };
        let (live, session) = (Arc::clone(&self.live), Arc::clone(&self.session));
        if let Err(error) = self.meanwhile(live.sessions.keep(&session, &values)).await {
            tracing::error!(%error, "the values of a session could not be kept");
        }
    }

    pub(super) async fn new_scope(&mut self) -> Result<(), End> {
        let visitor = self.visitor.clone();
        match self.meanwhile(visitor.scope()).await {
            Ok(scope) => self.scope = scope,
            Err(error) if error.kind() == ErrorKind::Security => return Err(End::Tell(Close::Ended)),
            // Nobody can tell what the visitor may do: nothing, then, until somebody can.
            Err(error) => tracing::debug!(%error, "a page goes on with its last scope"),
        }
        self.scope_since = Instant::now();
        Ok(())
    }

    /// Looks whether the session still holds; `used`: a person does something.
    pub(super) async fn look(&mut self, used: bool) -> Result<(), End> {
        let epoch = self.live.engine.security().epoch();
        if used && epoch == self.epoch && self.looked.elapsed() < BELIEVED {
            return Ok(());
        }
        let (live, session) = (Arc::clone(&self.live), Arc::clone(&self.session));
        let now = live.sessions.successor(session.id_hash());
        let id = now.as_deref().unwrap_or_else(|| session.id_hash());
        match self.meanwhile(live.sessions.holding(id, epoch)).await {
            Ok(Some(entry)) => {
                let (before, after) = (&self.session.account, &entry.account);
                if before.user.user_type != after.user.user_type || before.chosen != after.chosen {
                    return Err(End::Gone);
                }
                if used {
                    self.meanwhile(live.sessions.note_use(&entry)).await;
                }
                self.session = entry;
                self.looked = Instant::now();
                Ok(())
            }
            Ok(None) => Err(End::Tell(Close::Ended)),
            // What it does meanwhile asks the database, too.
            Err(error) => {
                tracing::debug!(%error, "nobody can tell whether a session holds");
                self.looked = Instant::now();
                Ok(())
            }
        }
    }

    /// Access has changed: whoever may no longer see the page sees it no longer.
    pub(super) async fn recheck(&mut self) -> Result<(), End> {
        self.look(false).await?;
        let epoch = self.live.engine.security().epoch();
        if epoch != self.epoch {
            self.epoch = epoch;
            self.new_scope().await?;
            // One that sleeps is drawn with what may be seen now, as it is drawn from nothing.
            match &mut self.drawn {
                Some(drawn) => drawn.refresh(),
                None => {
                    // Nobody has begun to fill them in: they ask for what may be written now.
                    self.remembered = Remembered::default();
                    self.wake().await?;
                }
            }
        }
        Ok(())
    }
}
