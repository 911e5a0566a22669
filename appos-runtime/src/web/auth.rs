//! `/auth/…`: set-up, sign-in, sign-out, and who one is.

use std::error::Error;
use std::time::Instant;

use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse};
use secrecy::SecretString;
use serde_json::{Map, Value as Json, json};

use super::router::{Call, unknown_path, wrong_method};
use super::{answer, cookies, guard, passwords, requests};
use crate::error::{AppOsError, Result};
use crate::journal::{Event, SecurityEvent};
use crate::platform;
use crate::platform::sign_in::{Attempts, Credential};
use crate::state::Scope;

/// Notes something in the security log.
pub(super) fn note(call: &Call<'_>, action: &'static str, user_id: i64, detail: &str) {
    note_request(call.scope, call.request, (action, detail), user_id);
}

/// Notes something about a request in the security log.
pub(super) fn note_request(scope: &Scope, request: &HttpRequest, (action, detail): (&'static str, &str), user_id: i64) {
    scope.engine.journal().record(Event::Security(Box::new(SecurityEvent {
        at_us: scope.unix_us(Instant::now()),
        execution_id: Some(scope.root_id()),
        object: None,
        action,
        permission: None,
        user_id,
        detail: detail.to_owned(),
        address: requests::address(request),
        change: None,
    })));
}

/// Notes in the security log that the credentials of a request do not count, and why: more than its
/// sender is told.
pub(super) fn note_refusal(scope: &Scope, request: &HttpRequest, error: &AppOsError) {
    let why = error.source().map(ToString::to_string);
    let action = if error.code() == "bad_api_key" { "key_refused" } else { "refused" };
    note_request(scope, request, (action, why.as_deref().unwrap_or(error.message())), scope.user.id);
}

/// True for what is asked before signing in, which a session that has ended must not prevent.
pub(super) fn is_open(path: &str) -> bool {
    matches!(path, "/auth/login" | "/auth/setup" | "/auth/reset" | "/auth/invitation" | "/health" | "/ready")
}

/// Longest text of a form, in bytes.
pub(super) const LONGEST_TEXT: usize = 1024;
/// What a text of a form must be.
pub(super) const TEXT_BOUNDS: &str = "must have at most 1024 bytes and no NUL character";

/// Reads the texts of a body, all missing or wrong ones at once.
pub(super) fn texts<const N: usize>(
    mut body: Map<String, Json>,
    names: [(&'static str, bool); N],
) -> Result<[String; N]> {
    let mut error: Option<AppOsError> = None;
    let mut wrong = |field: &str, code: &'static str, message: &str| {
        let before =
            error.take().unwrap_or_else(|| AppOsError::validation("some fields are wrong").code_is("invalid_fields"));
        error = Some(before.field(field, code, message));
    };
    let values = names.map(|(name, required)| match body.remove(name) {
        Some(Json::String(text)) if text.len() <= LONGEST_TEXT && !text.contains('\0') => text,
        Some(Json::String(_)) => {
            wrong(name, "too_long", TEXT_BOUNDS);
            String::new()
        }
        Some(_) => {
            wrong(name, "wrong_type", "must be a text");
            String::new()
        }
        None if required => {
            wrong(name, "required", "is required");
            String::new()
        }
        None => String::new(),
    });
    for name in body.keys() {
        wrong(name, "unknown_field", "is not a field of this form");
    }
    match error {
        Some(error) => Err(error),
        None => Ok(values),
    }
}

pub(super) async fn route(call: Call<'_>, action: &str) -> Result<HttpResponse> {
    let started = Instant::now();
    let scope = call.scope;
    let (operation, answered) = match (action, call.method()) {
        ("login", Method::POST) => ("sign_in", login(call).await),
        ("logout", Method::POST) => ("sign_out", logout(&call).await),
        ("setup", Method::POST) => ("setup", setup(call).await),
        ("password", Method::POST) => ("change_password", passwords::change(call).await),
        ("invitation", Method::POST) => ("accept_invitation", passwords::accept(call).await),
        ("reset", Method::POST) => ("reset_password", passwords::reset(call).await),
        ("me", Method::GET) => ("me", me(&call).await),
        ("login" | "logout" | "setup" | "password" | "invitation" | "reset", _) => return Err(wrong_method("POST")),
        ("me", _) => return Err(wrong_method("GET")),
        _ => return Err(unknown_path()),
    };
    answer::note(scope, started, operation, answered.as_ref().map(|_| ()));
    // Recorded just now: the router must not record it again.
    answered.map_err(|error| error.in_execution(scope.root_id()))
}

async fn login(mut call: Call<'_>) -> Result<HttpResponse> {
    let incoming = call.take_incoming();
    let [email, password] = texts(incoming.object()?, [("email", true), ("password", true)])?;
    let user_id = sign_in(&call, &email, SecretString::from(password)).await?;
    begin(&call, StatusCode::OK, user_id).await
}

/// Refuses what a page of another site sends, also where there is no session yet: nobody is signed in
/// to an account that is not theirs.
pub(super) fn from_here(call: &Call<'_>) -> Result<()> {
    if requests::is_foreign(call.request) {
        return Err(AppOsError::security("the request comes from another site").code_is("foreign_origin"));
    }
    Ok(())
}

/// What the platform has put into the engine.
pub(super) fn resource<'a, T: Send + Sync + 'static>(call: &Call<'a>) -> Result<&'a T> {
    let resource = call.server.engine.resource::<T>();
    resource.ok_or_else(|| AppOsError::dispatch("this program runs without a database").code_is("no_database"))
}

/// The address of the client as it is stored.
pub(super) fn address_text(call: &Call<'_>) -> Option<String> {
    requests::address(call.request).map(|address| address.to_string())
}

/// Does what checks a password: with a place among those that are checked, and counted as an attempt
/// at the account and from the address until it has succeeded.
pub(super) async fn counted<T>(
    call: &Call<'_>,
    email: &str,
    check: impl Future<Output = Result<Option<T>>>,
) -> Result<Option<T>> {
    let attempts: &Attempts = resource(call)?;
    let address = address_text(call);
    // Before it counts: who finds no place has tried nothing.
    let _place = platform::Place::take()?;
    if let Err(error) = attempts.begin(email, address.as_deref()).await {
        if error.code() == "too_many_attempts" {
            note(call, "sign_in_throttled", call.scope.user.id, "too many failed sign-ins");
        }
        return Err(error);
    }
    let checked = check.await?;
    if checked.is_some() {
        attempts.forgive(email, address.as_deref()).await?;
    }
    Ok(checked)
}

/// Checks the password of an account and answers the user's id.
pub(super) async fn sign_in(call: &Call<'_>, email: &str, password: SecretString) -> Result<i64> {
    let server = call.server;
    from_here(call)?;
    let credential = Credential::Password { email: email.to_owned(), password };
    let how = credential.as_str();
    let account = counted(call, email, credential.account(&server.store)).await?;
    match account {
        Some(account) => {
            // Its first line in the log must not lack the name.
            server.engine.journal().name_user(account.user.id, &account.user.name);
            note(call, "sign_in", account.user.id, how);
            Ok(account.user.id)
        }
        None => {
            note(call, "sign_in_failed", 0, "wrong e-mail address or password");
            Err(AppOsError::security("the e-mail address or the password is wrong").code_is("bad_credentials"))
        }
    }
}

/// Begins a session: a new id whatever session there was before.
pub(super) async fn begin(call: &Call<'_>, status: StatusCode, user_id: i64) -> Result<HttpResponse> {
    let cookie = begin_session(call, user_id).await?;
    let token = guard::csrf_token(cookie.value());
    let mut response = answer::json(status, &json!({ "user": user_id, "csrf_token": token }))?;
    response
        .add_cookie(&cookie)
        .map_err(|error| AppOsError::execution("the cookie cannot be written").caused_by(error.to_string()))?;
    Ok(response)
}

/// Begins a session and answers its cookie.
pub(super) async fn begin_session(call: &Call<'_>, user_id: i64) -> Result<actix_web::cookie::Cookie<'static>> {
    let server = call.server;
    if let Some(old) = cookies::secret(call.request, server.secure) {
        server.sessions.end(&old).await?;
    }
    let secret = server.sessions.begin(user_id, address_text(call).as_deref()).await?;
    Ok(cookies::begin(secret, server.secure, server.sessions.cookie_seconds()))
}

async fn logout(call: &Call<'_>) -> Result<HttpResponse> {
    let cookie = end_session(call).await?;
    let mut response = HttpResponse::NoContent().finish();
    response
        .add_cookie(&cookie)
        .map_err(|error| AppOsError::execution("the cookie cannot be written").caused_by(error.to_string()))?;
    Ok(response)
}

/// Ends the session of the request and answers the cookie that makes a browser forget it.
pub(super) async fn end_session(call: &Call<'_>) -> Result<actix_web::cookie::Cookie<'static>> {
    if let Some(secret) = cookies::secret(call.request, call.server.secure) {
        call.server.sessions.end(&secret).await?;
        note(call, "sign_out", call.scope.user.id, "");
    }
    Ok(cookies::end(call.server.secure))
}

async fn setup(mut call: Call<'_>) -> Result<HttpResponse> {
    let incoming = call.take_incoming();
    let names = [("token", true), ("email", true), ("name", false), ("password", true)];
    let [token, email, name, password] = texts(incoming.object()?, names)?;
    let user_id = set_up(&call, &token, (&email, &name), SecretString::from(password)).await?;
    begin(&call, StatusCode::CREATED, user_id).await
}

/// Makes the first administrator.
pub(super) async fn set_up(
    call: &Call<'_>,
    token: &str,
    (email, name): (&str, &str),
    password: SecretString,
) -> Result<i64> {
    let server = call.server;
    server.engine.can_tell_of_changes()?;
    let made = server.setup.run(&server.store, token, email, name, password).await;
    match made {
        Ok(user_id) => {
            server.engine.security().changed();
            server.engine.journal().name_user(user_id, if name.trim().is_empty() { email } else { name.trim() });
            note(call, "setup", user_id, "first administrator");
            Ok(user_id)
        }
        Err(error) => {
            note(call, "setup_failed", 0, error.code());
            Err(error)
        }
    }
}

/// The token with which a program that has the session's cookie may change something; none with an API key.
pub(super) fn csrf_token(call: &Call<'_>) -> Option<String> {
    let secret = cookies::secret(call.request, call.server.secure);
    secret
        .filter(|_| call.scope.user.user_type != crate::security::UserType::ServiceAccount)
        .map(|secret| guard::csrf_token(&secret))
}

async fn me(call: &Call<'_>) -> Result<HttpResponse> {
    let scope = call.scope;
    if scope.user.id == 0 {
        return Err(AppOsError::security("sign in first").code_is("not_signed_in"));
    }
    let rights = scope.fresh_rights().await?;
    let mut groups: Vec<&String> = rights.groups().iter().collect();
    groups.sort();
    answer::json(
        StatusCode::OK,
        &json!({
            "id": scope.user.id,
            "email": &*scope.user.email,
            "name": &*scope.user.name,
            "user_type": scope.user.user_type,
            "groups": groups,
            "language": &*scope.language,
            "csrf_token": csrf_token(call),
        }),
    )
}
