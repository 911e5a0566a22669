//! Rules of the platform by which an administrator looks at caught mail.

use std::future::Future;

use super::Catcher;
use super::shown::{CaughtMail, ShownMail};
use super::table;
use crate::codegen_support::{ArgumentReader, dispatch, to_json};
use crate::error::{AppOsError, Result};
use crate::journal::LoggedArguments;
use crate::platform::rules::platform_rule;
use crate::registry::{
    ObjectDescriptor, ObjectDetail, ObjectKind, Parameter, PermissionLists, Registration, RuleDescriptor, Slot,
};
use crate::state::Ctx;

platform_rule!(
    LIST_CAUGHT_MAIL,
    LIST_CAUGHT_MAIL_RULE,
    "list_caught_mail",
    "Lists mail that was caught instead of sent, the newest first.",
    "Vec<CaughtMail>",
    [],
    list_caught_mail()
);
platform_rule!(SHOW_CAUGHT_MAIL, SHOW_CAUGHT_MAIL_RULE, "show_caught_mail", "Shows a mail that was caught instead of sent.", "ShownMail",
    [id: String], show_caught_mail(id));
platform_rule!(
    CLEAR_CAUGHT_MAIL,
    CLEAR_CAUGHT_MAIL_RULE,
    "clear_caught_mail",
    "Deletes all mail that was caught, and answers how much there was.",
    "u64",
    [],
    clear_caught_mail()
);

/// What catches mail.
///
/// # Errors
/// Nothing does here.
fn catcher(ctx: &Ctx) -> Result<&Catcher> {
    let catcher = ctx.scope().engine.resource::<Catcher>();
    catcher.ok_or_else(|| AppOsError::dispatch("mail is sent here and not caught (`mail.catch`)"))
}

/// All mail that is kept, the newest first.
pub(crate) fn list_caught_mail() -> impl Future<Output = Result<Vec<CaughtMail>>> + Send {
    dispatch(&LIST_CAUGHT_MAIL, LoggedArguments::none(), move |ctx, _| async move {
        let catcher = catcher(&ctx)?;
        let found = table::all(&catcher.store).await?;
        found.into_iter().map(|found| CaughtMail::read(found, &catcher.keys)).collect()
    })
}

/// One mail that is kept.
pub(crate) fn show_caught_mail(id: String) -> impl Future<Output = Result<ShownMail>> + Send {
    let logged = LoggedArguments::begin().argument("id", &id).finish();
    dispatch(&SHOW_CAUGHT_MAIL, logged, move |ctx, _| async move {
        let catcher = catcher(&ctx)?;
        let found = table::one(&catcher.store, &id).await?;
        let found = found.ok_or_else(|| AppOsError::dispatch("there is no such mail"))?;
        ShownMail::read(found, &catcher.keys)
    })
}

/// Deletes all mail that is kept.
pub(crate) fn clear_caught_mail() -> impl Future<Output = Result<u64>> + Send {
    dispatch(&CLEAR_CAUGHT_MAIL, LoggedArguments::none(), move |ctx, _| async move {
        table::clear(&catcher(&ctx)?.store).await
    })
}
