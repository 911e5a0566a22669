//! One attempt to make a call of the outbox, and what becomes of the call.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value as Json;

use super::carrier::Carrier;
use super::table::{self, Next, Taken};
use super::trigger;
use crate::config::OutboxConfig;
use crate::engine::{self, Engine};
use crate::error::{AppOsError, ErrorKind, Result};
use crate::platform::acting::{acting_as, acting_for, note_elevation};
use crate::platform::secrets::OUTBOX;
use crate::record::Store;
use crate::registry::{ObjectDescriptor, ObjectDetail, ProcessDescriptor};
use crate::state::{Delivery, Origin, Scope};
use crate::vault::SecretKeys;

/// Most characters of an error that are kept.
const LONGEST_ERROR: usize = 2000;

/// What deliveries work with.
pub(super) struct Deliveries {
    pub(super) engine: Arc<Engine>,
    pub(super) store: Arc<Store>,
    pub(super) settings: OutboxConfig,
}

impl Deliveries {
    /// Makes the call, and removes it, or says when it is made again.
    pub(super) async fn deliver(&self, taken: Taken) {
        let noted = match self.attempt(&taken).await {
            Ok(()) => table::done(&self.store, &taken).await,
            Err(error) => {
                let next = self.next(&taken, &error);
                if matches!(next, Next::Parked) {
                    let (object, delivery) = (&taken.object, taken.delivery);
                    tracing::warn!(object, %delivery, code = error.code(), "a delivery was put aside");
                }
                table::failed(&self.store, &taken, &next, &shown(&error)).await
            }
        };
        if let Err(error) = noted {
            // It is made again when its lease has run out.
            tracing::warn!(%error, delivery = %taken.delivery, "the end of a delivery could not be noted");
        }
    }

    async fn attempt(&self, taken: &Taken) -> Result<()> {
        let keys =
            self.engine.resource::<SecretKeys>().ok_or_else(|| AppOsError::execution("there is no secret key"))?;
        let arguments = keys.open(OUTBOX.of(&taken.delivery.to_string()), &taken.arguments)?;
        let arguments = serde_json::from_str(&arguments)?;
        if let Some(object) = self.engine.registry.find(&taken.object)
            && let ObjectDetail::Process(process) = object.detail
        {
            return self.start(taken, (object, process), arguments).await;
        }
        if let Some(object) = self.engine.registry.find(&taken.object)
            && matches!(object.detail, ObjectDetail::ConnectedSystem(_))
            && let Some(carrier) = self.engine.resource::<Carrier>()
        {
            return self.scope(taken).await?.run((carrier.0)(object, arguments)).await;
        }
        let scope = self.scope(taken).await?;
        scope.run(engine::dispatch(taken.object.clone(), arguments)).await.map(drop)
    }

    /// Starts a process, once for this delivery however often it is attempted.
    async fn start(
        &self,
        taken: &Taken,
        (object, process): (&'static ObjectDescriptor, &ProcessDescriptor),
        arguments: Json,
    ) -> Result<()> {
        let (arguments, run_as) = trigger::read(process, arguments);
        let key = format!("row:{}", taken.delivery);
        let Some(run_as) = run_as else {
            let scope = self.scope(taken).await?;
            return scope.run((process.start)(arguments, Some(key))).await.map(drop);
        };
        let delivery = Delivery { id: taken.delivery, attempt: taken.attempt };
        let origin = Origin { root_id: taken.root_id, parent_id: taken.parent_id };
        let scope = acting_as(&self.engine, &self.store, run_as).await?.delivery(delivery, origin);
        let scope = scope.trace(taken.trace.clone()).build();
        let user_id = scope.user.id;
        scope.run((process.start)(arguments, Some(key.clone()))).await?;
        note_elevation(&self.engine, object, (user_id, run_as, &key));
        Ok(())
    }

    /// The scope of whoever caused the call, as it is now.
    async fn scope(&self, taken: &Taken) -> Result<Arc<Scope>> {
        Ok(acting_for(&self.engine, &self.store, taken.user_id)
            .await?
            .language(taken.language.as_str())
            .trace(taken.trace.clone())
            .delivery(
                Delivery { id: taken.delivery, attempt: taken.attempt },
                Origin { root_id: taken.root_id, parent_id: taken.parent_id },
            )
            .build())
    }

    fn next(&self, taken: &Taken, error: &AppOsError) -> Next {
        if self.engine.stopping.is_cancelled() {
            return Next::NotCounted;
        }
        // Who lacks the right does not come by it through patience, nor does a mail that was refused for good arrive.
        let is_hopeless = error.kind() == ErrorKind::Security || error.is_permanent();
        if is_hopeless || taken.attempt >= self.settings.max_attempts {
            return Next::Parked;
        }
        Next::Due(table::now(&self.store).saturating_add(millis(self.wait(taken.attempt))))
    }

    /// Twice as long after each attempt; somewhat less by chance, so that what failed together
    /// does not come again together.
    fn wait(&self, attempt: u32) -> Duration {
        let doubled = self.settings.backoff.saturating_mul(2_u32.saturating_pow(attempt.saturating_sub(1)));
        doubled.min(self.settings.max_backoff).mul_f64(0.5 + fastrand::f64() / 2.0)
    }

    /// How long a call is this program's: an attempt has ended by then, or never will.
    pub(super) fn lease(&self) -> i64 {
        millis(self.engine.settings.timeout.saturating_add(self.settings.grace))
    }
}

pub(super) fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

/// An error as it is kept. Not the fields: what is wrong with an argument may quote it.
fn shown(error: &AppOsError) -> String {
    let mut text = format!("{} ({})", error.message(), error.code());
    if let Some(object) = error.object_ref() {
        text.push_str(" in ");
        text.push_str(object);
    }
    if let Some(execution) = error.execution_id() {
        text.push_str(", execution ");
        text.push_str(&execution.to_string());
    }
    // PostgreSQL stores no such character.
    text.chars().filter(|character| *character != '\0').take(LONGEST_ERROR).collect()
}
