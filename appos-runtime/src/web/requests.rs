//! From a request to its scope: who is asking, from where, in which language.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::Arc;

use actix_web::http::header::{ACCEPT_LANGUAGE, AUTHORIZATION};
use actix_web::{HttpMessage, HttpRequest};

use super::auth::note_request;
use super::guard::{self, Proof, TooMany, is_of_balancers};
use super::server::Server;
use super::web_apis::{self, Api};
use super::{body, cookies};
use crate::error::{AppOsError, Result};
use crate::journal::{Event, SecurityEvent, TraceContext};
use crate::platform::api_key::Presented;
use crate::platform::session::SessionEntry;
use crate::platform::{Account, public_account};
use crate::registry::{WebApiAuth, canonical_tag};
use crate::security::UserType;
use crate::state::{Preferences, RequestInfo, Scope, ScopeBuilder, Session, new_execution_id};

/// How a request signed in.
pub(super) enum SignIn {
    /// Not at all.
    None,
    /// By a session cookie.
    Session(Arc<SessionEntry>),
    /// By an API key; its number, if the security log is to have a note of its use.
    ApiKey(Option<i64>),
}

/// The trace in which a request stands, if it says so and is right about it.
fn trace(request: &HttpRequest) -> Option<Arc<TraceContext>> {
    let mut parents = request.headers().get_all("traceparent");
    let parent = parents.next().filter(|_| parents.next().is_none())?.to_str().ok()?;
    let states: Option<Vec<&str>> = request.headers().get_all("tracestate").map(|state| state.to_str().ok()).collect();
    let states = states.map(|states| states.join(","));
    TraceContext::read(parent, states.as_deref()).map(Arc::new)
}

/// A request with its scope.
pub(super) struct Opened {
    pub(super) scope: Arc<Scope>,
    pub(super) sign_in: SignIn,
    /// Why the credentials that were sent do not count. The scope is the public one then.
    pub(super) refused: Option<AppOsError>,
    /// The secret of the session whose token the form that is sent must hold, as nothing else shows that a
    /// page of ours has sent it.
    pub(super) unproved: Option<String>,
}

/// What was seen of the sender when the request was admitted.
struct Seen {
    address: Option<IpAddr>,
    proof: Proof,
}

/// The address of the client, as far as it can be believed.
pub(super) fn address(request: &HttpRequest) -> Option<IpAddr> {
    request.extensions().get::<Seen>().and_then(|seen| seen.address)
}

pub(super) fn bearer(request: &HttpRequest) -> Option<String> {
    let header = request.headers().get(AUTHORIZATION)?;
    let text = header.to_str().unwrap_or_default();
    let (scheme, key) = text.split_once(' ').unwrap_or((text, ""));
    Some(if scheme.eq_ignore_ascii_case("bearer") { key.trim().to_owned() } else { String::new() })
}

fn bad_key(why: String) -> AppOsError {
    AppOsError::security("the API key is wrong, has expired or was revoked").code_is("bad_api_key").caused_by(why)
}

async fn account(server: &Server, request: &HttpRequest, auth: Option<WebApiAuth>) -> Result<(Account, SignIn)> {
    let epoch = server.engine.security().epoch();
    if auth == Some(WebApiAuth::Public) {
        return Ok((public_account(), SignIn::None));
    }
    if let Some(key) = bearer(request) {
        if auth == Some(WebApiAuth::Session) {
            return Err(AppOsError::security("this path takes a session, and no API key").code_is("wrong_sign_in"));
        }
        return match Box::pin(server.api_keys.find(&key, epoch)).await? {
            Presented::Good { account, noted } => Ok((account, SignIn::ApiKey(noted))),
            Presented::Refused(why) => Err(bad_key(why)),
        };
    }
    let secret = cookies::secret(request, server.secure).filter(|_| auth != Some(WebApiAuth::ServiceAccount));
    let Some(secret) = secret else { return Ok((public_account(), SignIn::None)) };
    let found = server.sessions.find(&secret, epoch).await?;
    let entry =
        found.ok_or_else(|| AppOsError::security("the session has ended; sign in again").code_is("session_expired"))?;
    // An account that has become a program's since it signed in has no session any more.
    if entry.account.user.user_type == UserType::ServiceAccount {
        return Err(AppOsError::security("a service account signs in by API key").code_is("session_expired"));
    }
    Ok((entry.account.clone(), SignIn::Session(entry)))
}

/// The session by which a request of this user signed in.
///
/// # Errors
/// Nobody can tell now.
pub(super) async fn session(server: &Server, request: &HttpRequest, user_id: i64) -> Result<Option<Arc<SessionEntry>>> {
    let Some(secret) = cookies::secret(request, server.secure).filter(|_| bearer(request).is_none()) else {
        return Ok(None);
    };
    let found = server.sessions.find(&secret, server.engine.security().epoch()).await?;
    Ok(found.filter(|entry| entry.account.user.id == user_id))
}

/// The number of that session.
///
/// # Errors
/// Nobody can tell now.
pub(super) async fn own_session(server: &Server, request: &HttpRequest, user_id: i64) -> Result<Option<String>> {
    Ok(session(server, request, user_id).await?.map(|entry| entry.number().to_owned()))
}

/// How whoever sends a request wants to see things: as he has chosen, else in the language that his browser
/// asks for, else as the platform has it.
fn preferences(server: &Server, request: &HttpRequest, account: &Account) -> Preferences {
    let mut preferences = account.chosen.over(&server.engine.settings.preferences);
    if account.chosen.language.is_none()
        && let Some(language) = language_of(request, server.engine.registry().languages())
    {
        preferences.language = language.into();
    }
    preferences
}

/// The language that a request asks for most, among those that the platform has: `fr-CA`, if it has `fr`.
pub(super) fn language_of(request: &HttpRequest, known: &BTreeSet<String>) -> Option<String> {
    let asked = request.headers().get(ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut wanted: Vec<(f32, &str)> = asked.split(',').take(MOST_LANGUAGES).filter_map(weighed).collect();
    // Of the same weight, the one that comes first.
    wanted.sort_by(|one, other| other.0.total_cmp(&one.0));
    wanted.into_iter().find_map(|(_, tag)| {
        let tag = canonical_tag(tag)?;
        let language = tag.split('-').next().unwrap_or_default();
        (known.contains(&tag) || known.contains(language)).then_some(tag)
    })
}

/// Most languages of a header that are looked at.
const MOST_LANGUAGES: usize = 32;

/// A part of `Accept-Language`: `fr;q=0.8`. What is not wanted at all is left out.
fn weighed(part: &str) -> Option<(f32, &str)> {
    let mut parts = part.split(';').map(str::trim);
    let tag = parts.next()?;
    let weight = parts.find_map(|it| it.strip_prefix("q=")).map_or(Some(1.0), |weight| weight.parse().ok())?;
    (weight > 0.0 && weight <= 1.0).then_some((weight, tag))
}

/// What is asked of the database outside of any execution, which would have a time limit of its own.
///
/// # Errors
/// The database does not answer within the time that a call may take.
pub(super) async fn in_time<T>(server: &Server, asked: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::time::timeout(server.engine.settings.timeout, asked).await.unwrap_or_else(|_| {
        Err(AppOsError::dispatch("the database is not available right now").code_is("database_unavailable"))
    })
}

/// Refuses a request before it is asked who sends it, which costs more.
///
/// # Errors
/// Its address sends too many, it means another server, or its head is too large.
pub(super) fn admitted(server: &Server, request: &HttpRequest) -> Result<()> {
    let sender = server.guard.sender(request);
    let is_free = is_of_balancers(request.path());
    let counted = if is_free { Ok(()) } else { server.guard.limits.of_address(sender.address) };
    let admitted = match counted {
        Ok(()) => server.guard.admit(request, &sender).map_err(|error| (error, true)),
        Err(TooMany { is_news }) => Err((TooMany::error(), is_news)),
    };
    let seen = Seen { address: sender.address, proof: server.guard.proof(request, &sender) };
    request.extensions_mut().insert(seen);
    admitted.map_err(|(error, is_news)| {
        let at_us = u64::try_from(server.engine.clock.unix_us()).unwrap_or_default();
        let id = new_execution_id(at_us);
        if is_news {
            server.engine.journal().record(Event::Security(Box::new(SecurityEvent {
                at_us,
                execution_id: Some(id),
                object: None,
                action: "refused",
                permission: None,
                user_id: 0,
                detail: error.message().to_owned(),
                address: address(request),
                change: None,
            })));
        }
        error.in_execution(id)
    })
}

/// Opens the scope of a request. It is opened whatever the request holds, so that every
/// answer has an execution id.
///
/// # Errors
/// The database cannot tell who is asking, or not in time.
///
/// `api`: the web API that it means, which says as whom it is called.
pub(super) async fn open(server: &Server, request: &HttpRequest, api: Option<&Api>) -> Result<Opened> {
    in_time(server, opened(server, request, api)).await
}

async fn opened(server: &Server, request: &HttpRequest, api: Option<&Api>) -> Result<Opened> {
    let auth = api.map(|api| api.descriptor.auth);
    let (mut account, mut sign_in, mut refused) = match account(server, request, auth).await {
        Ok((account, sign_in)) => (account, sign_in, None),
        Err(error) if error.kind() == crate::error::ErrorKind::Security => {
            (public_account(), SignIn::None, Some(error))
        }
        Err(error) => return Err(error),
    };
    let mut rights = server.engine.load_rights(&account.user).await?;
    if !rights.is_active() {
        refused = Some(match sign_in {
            SignIn::ApiKey(_) => bad_key(format!("user {} is switched off", account.user.id)),
            _ => AppOsError::security("the account is switched off").code_is("session_expired"),
        });
        (account, sign_in) = (public_account(), SignIn::None);
        rights = server.engine.load_rights(&account.user).await?;
    }
    let mut unproved = None;
    // A key is no cookie: no browser adds it to what a page sends.
    if bearer(request).is_none() {
        match proof(request) {
            Proof::Given => {}
            // It names its pages, which send nothing that a browser adds.
            Proof::Foreign
                if auth != Some(WebApiAuth::Session) && api.is_some_and(|api| web_apis::is_allowed(api, request)) => {}
            // Also where nobody is signed in: who signs in, or is set up, would be somebody of the page's choice.
            Proof::Foreign => refused = Some(foreign()),
            Proof::Missing => {
                if let (None, SignIn::Session(_), Some(secret)) =
                    (&refused, &sign_in, cookies::secret(request, server.secure))
                    && !guard::has_token(request, &secret)
                {
                    (refused, unproved) = if body::is_form(request) && api.is_none() {
                        (None, Some(secret))
                    } else {
                        (Some(no_token()), None)
                    };
                }
            }
        }
    }
    let preferences = preferences(server, request, &account);
    let scope = ScopeBuilder::new(Arc::clone(&server.engine), account.user, rights).preferences(preferences);
    let mut scope = scope.trace(trace(request)).request(RequestInfo {
        method: request.method().as_str().to_owned(),
        path: request.path().to_owned(),
        address: address(request),
    });
    if let SignIn::Session(entry) = &sign_in {
        scope = scope.session(Session::with_values(entry.data()));
    }
    let scope = scope.build();
    if let SignIn::ApiKey(Some(key)) = sign_in {
        note_request(&scope, request, ("key_used", &format!("key {key}")), scope.user.id);
    }
    Ok(Opened { scope, sign_in, refused, unproved })
}

fn proof(request: &HttpRequest) -> Proof {
    request.extensions().get::<Seen>().map_or(Proof::Foreign, |seen| seen.proof)
}

pub(super) fn foreign() -> AppOsError {
    AppOsError::security("the request comes from another site").code_is("foreign_origin")
}

/// A session's cookie without anything that shows whose page sends it.
pub(super) fn no_token() -> AppOsError {
    AppOsError::security(
        "with a session, a change needs the `Origin` of this server or the session's token in `X-CSRF-Token`; \
         `GET /auth/me` tells the token",
    )
    .code_is("csrf_token_missing")
}

/// True if a page of another site sends a request that changes something.
pub(super) fn is_foreign(request: &HttpRequest) -> bool {
    proof(request) == Proof::Foreign
}
