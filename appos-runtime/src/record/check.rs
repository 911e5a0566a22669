//! What a write would say of its values, without the write: for forms that tell while they are filled in.

use std::future::Future;

use super::entry::run;
use super::input::Input;
use super::nested;
use super::service::Call;
use crate::error::Result;
use crate::journal::LoggedArguments;
use crate::registry::ObjectDescriptor;
use crate::security::Permission;
use crate::state::Ctx;

/// Checks values as their write would, and writes nothing; needs the permission of the write, which is
/// `create` or `update`. What only the database knows (values that are taken, rows that are gone) is not
/// asked.
pub(crate) fn check(
    object: &'static ObjectDescriptor,
    permission: Permission,
    mut input: Input,
) -> impl Future<Output = Result<()>> + Send {
    run(Ctx::current(), object, (permission, "check"), LoggedArguments::none(), move |ctx| {
        Box::pin(async move {
            let call = Call::open(ctx, object).await?;
            let exists = permission == Permission::Update;
            let related = nested::take(object, &call.readable, &mut input, exists);
            let values = if exists {
                input.for_update(object, &call.readable)
            } else {
                input.for_create(object, &call.readable)
            };
            let values = match values {
                Ok(values) => call.store()?.guard().before(object, &values),
                Err(error) => Err(error),
            };
            match related {
                Some(related) => related.check(values).await,
                None => values,
            }
        })
    })
}

/// Asks whether the caller may write rows of the record; a refusal is recorded as that of a write.
pub(crate) fn authorize(
    object: &'static ObjectDescriptor,
    permission: Permission,
) -> impl Future<Output = Result<()>> + Send {
    run(Ctx::current(), object, (permission, "form"), LoggedArguments::none(), |_| Box::pin(std::future::ready(Ok(()))))
}
