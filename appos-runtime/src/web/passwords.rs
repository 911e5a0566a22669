//! `/auth/password`, `/auth/invitation`, `/auth/reset`: people choose their passwords.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::cookie::Cookie;
use actix_web::http::StatusCode;
use secrecy::{ExposeSecret, SecretString};

use super::auth::{begin, begin_session, counted, from_here, note, resource, texts};
use super::router::Call;
use crate::error::{AppOsError, Result};
use crate::platform;
use crate::platform::sign_in::{Attempts, Purpose, change_own, set_by_link};
use crate::security::UserType;

pub(super) async fn change(mut call: Call<'_>) -> Result<HttpResponse> {
    // Told before anything of the body.
    owner(&call)?;
    let incoming = call.take_incoming();
    let [current, new] = texts(incoming.object()?, [("current", true), ("new", true)])?;
    let cookie = change_password(&call, SecretString::from(current), SecretString::from(new)).await?;
    let mut response = HttpResponse::NoContent().finish();
    response
        .add_cookie(&cookie)
        .map_err(|error| AppOsError::execution("the cookie cannot be written").caused_by(error.to_string()))?;
    Ok(response)
}

/// The person whose password it is.
fn owner(call: &Call<'_>) -> Result<()> {
    let user = &call.scope.user;
    if user.id == 0 || user.user_type == UserType::ServiceAccount {
        return Err(AppOsError::security("sign in first").code_is("not_signed_in"));
    }
    Ok(())
}

/// Changes the password of whoever is signed in. All sessions of the account end; the cookie is that of
/// a new one.
pub(super) async fn change_password(
    call: &Call<'_>,
    current: SecretString,
    new: SecretString,
) -> Result<Cookie<'static>> {
    owner(call)?;
    call.server.engine.can_tell_of_changes()?;
    platform::strong_enough(&new).map_err(|error| named(&error, "new"))?;
    if current.expose_secret() == new.expose_secret() {
        return Err(AppOsError::validation("the password cannot be used").code_is("invalid_fields").field(
            "new",
            "same",
            "must be another than the current one",
        ));
    }
    let user = &call.scope.user;
    let changing = change_own(&call.server.engine, user.id, current, new);
    let changed = counted(call, &user.email, async { Ok(changing.await?.then_some(())) }).await;
    match changed {
        Ok(Some(())) => {
            note(call, "password_changed", user.id, "by its owner");
            begin_session(call, user.id).await
        }
        Ok(None) => {
            note(call, "password_change_failed", user.id, "wrong current password");
            Err(AppOsError::security("the current password is another").code_is("wrong_password").field(
                "current",
                "wrong",
                "is not the current password",
            ))
        }
        Err(error) => Err(error),
    }
}

/// The same error, about a field of another name.
fn named(error: &AppOsError, field: &str) -> AppOsError {
    let fields = error.fields().iter().cloned().map(|mut wrong| {
        field.clone_into(&mut wrong.field);
        wrong
    });
    AppOsError::validation(error.message().to_owned()).code_is("invalid_fields").with_fields(fields.collect())
}

pub(super) async fn accept(mut call: Call<'_>) -> Result<HttpResponse> {
    let incoming = call.take_incoming();
    let [token, name, password] = texts(incoming.object()?, [("token", true), ("name", false), ("password", true)])?;
    let user_id = by_link(&call, (&token, Purpose::Invitation), &name, SecretString::from(password)).await?;
    begin(&call, StatusCode::OK, user_id).await
}

pub(super) async fn reset(mut call: Call<'_>) -> Result<HttpResponse> {
    let incoming = call.take_incoming();
    let [token, password] = texts(incoming.object()?, [("token", true), ("password", true)])?;
    by_link(&call, (&token, Purpose::Reset), "", SecretString::from(password)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Sets the password of a link's account and answers the user's id.
pub(super) async fn by_link(
    call: &Call<'_>,
    (token, purpose): (&str, Purpose),
    name: &str,
    password: SecretString,
) -> Result<i64> {
    from_here(call)?;
    let engine = Arc::clone(&call.server.engine);
    engine.can_tell_of_changes()?;
    let set = set_by_link(&engine, call.scope.request.clone(), (token, purpose), name, password).await;
    match set {
        Ok(account) => {
            let user = &account.user;
            engine.journal().name_user(user.id, &user.name);
            // Whoever was guessing keeps the owner waiting no longer.
            resource::<Attempts>(call)?.forgive_account(&user.email).await?;
            note(call, action(purpose).0, user.id, "by link");
            Ok(user.id)
        }
        Err(error) => {
            note(call, action(purpose).1, 0, error.code());
            Err(error)
        }
    }
}

/// What the security log calls it, done and refused.
fn action(purpose: Purpose) -> (&'static str, &'static str) {
    match purpose {
        Purpose::Invitation => ("invitation_accepted", "invitation_failed"),
        Purpose::Reset => ("password_reset", "password_reset_failed"),
    }
}
