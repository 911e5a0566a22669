//! From a mail to its server: at once, or through the outbox.

use std::pin::Pin;
use std::time::{Duration, Instant};

use serde_json::Value as Json;
use uuid::Uuid;

use super::caught::{Catcher, NO_SENDER};
use super::compose::Composed;
use super::email::Email;
use crate::codegen_support::dispatch;
use crate::error::{AppOsError, Result};
use crate::journal::LoggedArguments;
use crate::outside::handles::{other_kind, speak};
use crate::outside::systems::{Client, Systems};
use crate::platform::enqueue_for;
use crate::platform::rules::resource;
use crate::registry::ObjectDescriptor;
use crate::state::Ctx;

/// Has the outbox send a mail by this system.
///
/// # Errors
/// Something is wrong with the mail, the caller may not use the system, or the row cannot be written.
pub(in crate::outside) async fn enqueue(system: &'static ObjectDescriptor, mail: &Email) -> Result<Uuid> {
    let composed = composed(system, mail)?;
    enqueue_for(system, serde_json::to_string(&composed)?).await
}

/// Sends a mail now.
///
/// # Errors
/// Something is wrong with the mail, or it cannot be sent.
pub(in crate::outside) async fn send(system: &'static ObjectDescriptor, mail: &Email) -> Result<()> {
    let composed = composed(system, mail)?;
    dispatch(system, LoggedArguments::none(), |_, _| hand_over(system, composed)).await
}

/// What the outbox does with a mail that was left in it.
pub(crate) fn carry(
    system: &'static ObjectDescriptor,
    arguments: Json,
) -> Pin<Box<dyn Future<Output = Result<()>> + Send>> {
    Box::pin(async move {
        let composed: Composed = serde_json::from_value(arguments)?;
        dispatch(system, LoggedArguments::none(), |_, _| hand_over(system, composed)).await
    })
}

async fn hand_over(system: &'static ObjectDescriptor, composed: Composed) -> Result<()> {
    if let Some(catcher) = Ctx::current().as_ref().and_then(catcher) {
        return catcher.keep(system, &composed).await;
    }
    let (envelope, message) = (composed.envelope()?, composed.message()?);
    speak(system, async |client| match client {
        Client::Smtp(client) => client.send(&envelope, &message).await,
        _ => Err(other_kind()),
    })
    .await
}

/// What keeps the mail of this platform in the place of servers.
fn catcher(ctx: &Ctx) -> Option<&Catcher> {
    ctx.scope().engine.resource()
}

fn composed(system: &'static ObjectDescriptor, mail: &Email) -> Result<Composed> {
    let ctx = Ctx::current().ok_or_else(|| {
        AppOsError::dispatch(format!("{} was used outside any execution", system.reference)).code_is("no_context")
    })?;
    let from = resource::<Systems>(&ctx)?.get(system)?.settings.from.as_deref();
    let from = from.or_else(|| catcher(&ctx).map(|_| NO_SENDER));
    mail.compose(from, Duration::from_micros(ctx.scope().unix_us(Instant::now())))
}
