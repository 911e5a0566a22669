//! From a request to its scope: who is asking, from where, in which language.

use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::http::Method;
use actix_web::http::header::{ACCEPT_LANGUAGE, AUTHORIZATION, HOST, ORIGIN};

use super::auth::note_request;
use super::cookies;
use super::server::Server;
use crate::error::{AppOsError, Result};
use crate::platform::session::SessionEntry;
use crate::platform::{Account, public_account};
use crate::security::UserType;
use crate::state::{RequestInfo, Scope, ScopeBuilder, Session};

/// How a request signed in.
pub(super) enum SignIn {
    /// Not at all.
    None,
    /// By a session cookie.
    Session(Arc<SessionEntry>),
    /// By an API key.
    ApiKey,
}

/// A request with its scope.
pub(super) struct Opened {
    pub(super) scope: Arc<Scope>,
    pub(super) sign_in: SignIn,
    /// Why the credentials that were sent do not count. The scope is the public one then.
    pub(super) refused: Option<AppOsError>,
}

pub(super) fn address(request: &HttpRequest) -> Option<String> {
    // The peer itself: what a client writes into forwarding headers is the client's word.
    request.peer_addr().map(|address| address.ip().to_string())
}

/// Tells the security log of the use of an API key.
///
/// # Errors
/// The database cannot tell which key it is.
pub(super) async fn note_key(server: &Server, request: &HttpRequest, scope: &Scope) -> Result<()> {
    let Some(key) = bearer(request) else { return Ok(()) };
    if let Some(which) = server.key_uses.untold(&key, address(request).as_deref()).await? {
        note_request(scope, request, ("api_key_used", &which), scope.user.id);
    }
    Ok(())
}

fn bearer(request: &HttpRequest) -> Option<String> {
    let header = request.headers().get(AUTHORIZATION)?;
    let text = header.to_str().unwrap_or_default();
    let (scheme, key) = text.split_once(' ').unwrap_or((text, ""));
    Some(if scheme.eq_ignore_ascii_case("bearer") { key.trim().to_owned() } else { String::new() })
}

async fn account(server: &Server, request: &HttpRequest) -> Result<(Account, SignIn)> {
    let epoch = server.engine.security().epoch();
    if let Some(key) = bearer(request) {
        let found = Box::pin(server.api_keys.find(&key, epoch)).await?;
        let account = found.ok_or_else(|| {
            AppOsError::security("the API key is wrong, has expired or was revoked").code_is("bad_api_key")
        })?;
        return Ok((account, SignIn::ApiKey));
    }
    let Some(secret) = cookies::secret(request, server.secure) else { return Ok((public_account(), SignIn::None)) };
    let found = server.sessions.find(&secret, epoch).await?;
    let entry =
        found.ok_or_else(|| AppOsError::security("the session has ended; sign in again").code_is("session_expired"))?;
    // An account that has become a program's since it signed in has no session any more.
    if entry.account.user.user_type == UserType::ServiceAccount {
        return Err(AppOsError::security("a service account signs in by API key").code_is("session_expired"));
    }
    Ok((entry.account.clone(), SignIn::Session(entry)))
}

/// The language asked for, if the account has none of its own.
fn language(request: &HttpRequest, account: &Account) -> Option<String> {
    let plain = |tag: &str| {
        let tag = tag.split(';').next().unwrap_or_default().trim();
        let good =
            (2..=35).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        good.then(|| tag.to_owned())
    };
    let asked = || request.headers().get(ACCEPT_LANGUAGE)?.to_str().ok()?.split(',').find_map(plain);
    account.language.clone().or_else(asked)
}

/// Opens the scope of a request. It is opened whatever the request holds, so that every
/// answer has an execution id.
///
/// # Errors
/// The database cannot tell who is asking.
pub(super) async fn open(server: &Server, request: &HttpRequest) -> Result<Opened> {
    let (mut account, mut sign_in, mut refused) = match account(server, request).await {
        Ok((account, sign_in)) => (account, sign_in, None),
        Err(error) if error.kind() == crate::error::ErrorKind::Security => {
            (public_account(), SignIn::None, Some(error))
        }
        Err(error) => return Err(error),
    };
    let mut rights = server.engine.load_rights(&account.user).await?;
    if !rights.is_active() {
        refused = Some(AppOsError::security("the account is switched off").code_is("session_expired"));
        (account, sign_in) = (public_account(), SignIn::None);
        rights = server.engine.load_rights(&account.user).await?;
    }
    if refused.is_none() && matches!(sign_in, SignIn::Session(_)) && is_foreign(server, request) {
        refused = Some(AppOsError::security("the request comes from another site").code_is("foreign_origin"));
    }
    let language = language(request, &account);
    let mut scope = ScopeBuilder::new(Arc::clone(&server.engine), account.user, rights).request(RequestInfo {
        method: request.method().as_str().to_owned(),
        path: request.path().to_owned(),
        address: address(request),
    });
    if let SignIn::Session(entry) = &sign_in {
        scope = scope.session(Session::with_values(entry.data()));
    }
    if let Some(language) = language {
        scope = scope.language(language);
    }
    Ok(Opened { scope: scope.build(), sign_in, refused })
}

/// True if a page of another site sends a request that changes something.
pub(super) fn is_foreign(server: &Server, request: &HttpRequest) -> bool {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return false;
    }
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    // No Origin: no browser's page; the cookie's SameSite has kept other sites out.
    let Some(origin) = request.headers().get(ORIGIN) else { return false };
    let origin = origin.to_str().unwrap_or("null");
    if let Some(public_url) = &server.public_url {
        return origin != public_url;
    }
    let own = header(HOST).map(|host| format!("http://{host}"));
    own.as_deref() != Some(origin)
}
