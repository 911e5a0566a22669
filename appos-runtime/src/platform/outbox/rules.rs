//! Rules for administrators: what could not be delivered, and what becomes of it.

use std::future::Future;

use uuid::Uuid;

use super::table::{self, ParkedDelivery};
use crate::codegen_support::{ArgumentReader, dispatch, to_json};
use crate::error::Result;
use crate::journal::LoggedArguments;
use crate::platform::rules::{note, platform_rule, resource};
use crate::record::Store;
use crate::registry::{
    ObjectDescriptor, ObjectDetail, ObjectKind, Parameter, PermissionLists, Registration, RuleDescriptor, Slot,
};

platform_rule!(
    OUTBOX_PARKED,
    OUTBOX_PARKED_RULE,
    "outbox_parked",
    "Lists up to 1000 deliveries of the outbox that were put aside, oldest first.",
    "Vec<ParkedDelivery>",
    [],
    outbox_parked()
);
platform_rule!(OUTBOX_RETRY, OUTBOX_RETRY_RULE, "outbox_retry", "Gives a delivery that was put aside all its attempts again.", "()",
    [id: Uuid], outbox_retry(id));
platform_rule!(OUTBOX_DISCARD, OUTBOX_DISCARD_RULE, "outbox_discard", "Gives up a delivery that was put aside.", "()",
    [id: Uuid], outbox_discard(id));

fn outbox_parked() -> impl Future<Output = Result<Vec<ParkedDelivery>>> + Send {
    dispatch(
        &OUTBOX_PARKED,
        LoggedArguments::none(),
        |ctx, _| async move { table::parked(resource::<Store>(&ctx)?).await },
    )
}

fn outbox_retry(id: Uuid) -> impl Future<Output = Result<()>> + Send {
    let logged = LoggedArguments::begin().argument("id", &id).finish();
    dispatch(&OUTBOX_RETRY, logged, move |ctx, _| async move {
        table::revive(resource::<Store>(&ctx)?, id).await?;
        note(&ctx, "outbox_retried", format!("delivery {id}"));
        Ok(())
    })
}

fn outbox_discard(id: Uuid) -> impl Future<Output = Result<()>> + Send {
    let logged = LoggedArguments::begin().argument("id", &id).finish();
    dispatch(&OUTBOX_DISCARD, logged, move |ctx, _| async move {
        table::discard(resource::<Store>(&ctx)?, id).await?;
        note(&ctx, "outbox_discarded", format!("delivery {id}"));
        Ok(())
    })
}
