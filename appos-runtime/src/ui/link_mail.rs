//! The mails that the platform itself writes: links that lead to a password. They are written by the outbox, so that
//! whoever asks for one learns from nothing whether there is an account.

use std::future::Future;

use dioxus::prelude::*;

use crate::codegen_support::{ArgumentReader, dispatch, to_json};
use crate::error::{AppOsError, Result};
use crate::journal::LoggedArguments;
use crate::outside::Email;
use crate::outside::mail::OwnMail;
use crate::platform::account_by_id;
use crate::platform::records::User;
use crate::platform::rules::{Secret, note, platform_rule, resource};
use crate::platform::sign_in::Links;
use crate::record::{Store, transaction};
use crate::registry::{
    ObjectDescriptor, ObjectDetail, ObjectKind, Parameter, PermissionLists, Registration, RuleDescriptor, Slot,
};
use crate::state::Ctx;
use crate::ui::text::own::link_mail as words;
use crate::value::Id;

platform_rule!(MAIL_RESET_LINK, MAIL_RESET_LINK_RULE, "mail_reset_link", "Mails a link to another password to whoever has this address, if anybody has.", "()",
    [email: String], mail_reset_link(email));
platform_rule!(MAIL_INVITATION, MAIL_INVITATION_RULE, "mail_invitation", "Mails an invitation to its user.", "()",
    [user: Id<User>, link: Secret], mail_invitation(user, link));

/// The system by which the platform sends.
fn own_mail(ctx: &Ctx) -> Result<&OwnMail> {
    let own = ctx.scope().engine.resource::<OwnMail>();
    own.ok_or_else(|| AppOsError::dispatch("the platform sends no mail: `mail.system` names no system"))
}

fn mail_reset_link(email: String) -> impl Future<Output = Result<()>> + Send {
    let logged = LoggedArguments::begin().redacted("email").finish();
    dispatch(&MAIL_RESET_LINK, logged, move |ctx, _| async move {
        let own = own_mail(&ctx)?;
        // The link is there if and only if its mail is.
        let mailed = transaction(async {
            let Some((account, link)) = resource::<Links>(&ctx)?.reset_for(&email).await? else { return Ok(None) };
            let text = words::reset_text(&account.user.name);
            let mail = written(&account.user.email, words::reset_subject(), (&text, &link, words::reset_hint()));
            own.send(&mail).await?;
            Ok(Some(account.user.id))
        });
        if let Some(user) = mailed.await? {
            note(&ctx, "reset_link_mailed", format!("user {user}"));
        }
        Ok(())
    })
}

fn mail_invitation(user: Id<User>, link: Secret) -> impl Future<Output = Result<()>> + Send {
    let logged = LoggedArguments::begin().argument("user", &user).redacted("link").finish();
    dispatch(&MAIL_INVITATION, logged, move |ctx, _| async move {
        let own = own_mail(&ctx)?;
        // Who is gone by now has no use for it.
        let Some(account) = account_by_id(resource::<Store>(&ctx)?, user.get()).await? else { return Ok(()) };
        let text = words::invitation_text(&account.user.name);
        let content = (text.as_str(), link.expose(), words::invitation_hint());
        own.send(&written(&account.user.email, words::invitation_subject(), content)).await?;
        note(&ctx, "invitation_mailed", format!("user {user}"));
        Ok(())
    })
}

/// A mail with a link, as a text and as HTML.
fn written(to: &str, subject: &str, (text, link, hint): (&str, &str, &str)) -> Email {
    Email::to(to).subject(subject).text(format!("{text}\n\n{link}\n\n{hint}\n")).html(rsx! {
        p { "{text}" }
        p {
            a { href: "{link}", "{link}" }
        }
        p { "{hint}" }
    })
}
