//! Which handler a path belongs to: exact paths only, looked up in tables made at the start.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use actix_web::http::Method;
use actix_web::http::header::{HeaderName, HeaderValue, SET_COOKIE};
use actix_web::{HttpRequest, HttpResponse, web};

use super::body::{self, Incoming, receive};
use super::guard::{self, TooMany};
use super::problem::problem;
use super::requests::{self, Opened, SignIn};
use super::server::Server;
use super::{
    answer, api, assets, auth, caught_mail, docs, files, health, live, metrics, own_routes, own_sessions, pages,
    screens, web_apis,
};
use crate::engine::disguised;
use crate::error::{AppOsError, ErrorKind, Result};
use crate::platform::session::SessionEntry;
use crate::registry::{ObjectDescriptor, ObjectDetail, ObjectKind, ProcessDescriptor, Registry};
use crate::security::Permission;
use crate::state::Scope;

/// The objects behind `/api/{app}/v1/…`.
pub(super) struct Routes {
    records: HashMap<&'static str, HashMap<&'static str, &'static ObjectDescriptor>>,
    rules: HashMap<&'static str, HashMap<&'static str, &'static ObjectDescriptor>>,
    processes: HashMap<&'static str, HashMap<&'static str, &'static ObjectDescriptor>>,
    pub(super) web_apis: web_apis::Table,
}

impl Routes {
    pub(super) fn of(registry: &'static Registry) -> Self {
        let web_apis = web_apis::Table::of(registry);
        let mut routes = Self { records: HashMap::new(), rules: HashMap::new(), processes: HashMap::new(), web_apis };
        for (object, record) in registry.records() {
            routes.records.entry(object.app).or_default().insert(record.plural.as_str(), object);
        }
        for object in registry.objects().iter().filter(|object| object.kind == ObjectKind::Rule) {
            routes.rules.entry(object.app).or_default().insert(object.name, object);
        }
        for object in registry.objects() {
            // Nobody starts an earlier body.
            if let ObjectDetail::Process(ProcessDescriptor { earlier_of: None, .. }) = object.detail {
                routes.processes.entry(object.app).or_default().insert(object.name, object);
            }
        }
        routes
    }

    pub(super) fn record(&self, app: &str, plural: &str) -> Option<&'static ObjectDescriptor> {
        self.records.get(app)?.get(plural).copied()
    }

    pub(super) fn rule(&self, app: &str, name: &str) -> Option<&'static ObjectDescriptor> {
        self.rules.get(app)?.get(name).copied()
    }

    pub(super) fn process(&self, app: &str, name: &str) -> Option<&'static ObjectDescriptor> {
        self.processes.get(app)?.get(name).copied()
    }
}

/// A request on its way to its handler.
pub(super) struct Call<'a> {
    pub(super) server: &'a Server,
    pub(super) request: &'a HttpRequest,
    pub(super) scope: &'a Arc<Scope>,
    pub(super) incoming: Incoming,
    /// A file, which is not read before it is known what for.
    payload: Option<web::Payload>,
    /// The web API that it means, if it means one.
    web_api: Option<&'a web_apis::Found<'a>>,
}

impl Call<'_> {
    /// The file that is sent, if the path takes one.
    pub(super) fn take_payload(&mut self) -> Option<web::Payload> {
        self.payload.take()
    }

    /// The method; that of `HEAD` is that of the same request with `GET`, whose body is then
    /// not sent.
    pub(super) fn method(&self) -> Method {
        match *self.request.method() {
            Method::HEAD => Method::GET,
            ref method => method.clone(),
        }
    }

    /// The input, for a handler that also needs the rest of the call.
    pub(super) fn take_incoming(&mut self) -> Incoming {
        std::mem::take(&mut self.incoming)
    }
}

/// No such path.
pub(super) fn unknown_path() -> AppOsError {
    AppOsError::dispatch("there is nothing at this path").code_is("not_found")
}

/// The path exists, but not for this method.
pub(super) fn wrong_method(allowed: &str) -> AppOsError {
    AppOsError::dispatch(format!("this path takes {allowed}")).code_is("method_not_allowed").field(
        "method",
        "method_not_allowed",
        allowed,
    )
}

/// The answer to a method that an object's path does not take: told only to whoever may view
/// the object. To others it is as if asked with a method that the path takes.
pub(super) async fn wrong_method_of(call: &Call<'_>, object: &'static ObjectDescriptor, allowed: &str) -> AppOsError {
    match call.scope.fresh_rights().await {
        Err(error) => error,
        Ok(rights) if rights.allows(object, Permission::View) || rights.allows(object, Permission::Use) => {
            wrong_method(allowed)
        }
        Ok(_) if call.scope.user.id == 0 => AppOsError::security("sign in first").code_is("not_signed_in"),
        Ok(_) => unknown_path(),
    }
}

/// True if the body of a request is a file, or a socket.
fn is_file(request: &HttpRequest) -> bool {
    let path = request.path();
    // Few paths end so, and this is asked of all.
    if !["/import", "/upload", "/content", "/new"].iter().any(|end| path.ends_with(end)) {
        return path == "/live";
    }
    let mut segments = path.split('/').skip(1);
    let path = [(); 6].map(|()| segments.next());
    match path {
        path if files::is_upload(&path) => true,
        [Some("api"), Some(_), Some("v1"), Some(_), Some("import"), None] => true,
        // The form of a screen holds a file, or says what to do with one.
        [Some(_), Some(_), Some("import" | "new"), None, ..] | [Some(_), Some(_), Some(_), Some("upload"), None, _] => {
            body::is_multipart(request)
        }
        _ => false,
    }
}

/// Serves any request.
pub(super) async fn handle(request: HttpRequest, payload: web::Payload, server: web::Data<Server>) -> HttpResponse {
    let started = Instant::now();
    let found = server.routes.web_apis.find(&request);
    let opened = match requests::admitted(&server, &request) {
        Ok(()) => {
            if let Some(answer) = web_apis::preflight(found.as_ref(), &request) {
                return answer::complete(answer, new_id(&server), server.secure);
            }
            if let Some(answer) = Box::pin(health::probe(&server.engine, &request)).await {
                return answer::complete(answer, new_id(&server), server.secure);
            }
            requests::open(&server, &request, found.as_ref().map(|found| found.api)).await
        }
        Err(error) => Err(error),
    };
    let opened = match opened {
        Ok(opened) => opened,
        Err(error) => {
            let id = error.execution_id().unwrap_or_else(|| new_id(&server));
            return answer::complete(problem(&error, id), id, server.secure);
        }
    };
    let Opened { scope, sign_in, refused, unproved } = opened;
    let forget = refused.as_ref().is_some_and(|error| error.code() == "session_expired");
    let counted = server.guard.limits.of_user(scope.user.id);
    let result = match (counted, refused) {
        (Err(TooMany { is_news }), _) => Err(too_many(&scope, &request, is_news)),
        // Pages lead to the sign-in instead of showing a problem document, and a dead cookie
        // keeps nobody from signing in anew.
        (Ok(()), Some(error)) if !(forget && (pages::is_page(&request) || auth::is_open(request.path()))) => Err(error),
        _ => {
            let (body, payload) = if found.is_some() || is_file(&request) {
                (Ok(web::Bytes::new()), Some(payload))
            } else {
                (receive(payload, server.max_body, server.request_timeout).await, None)
            };
            if unproved.is_some_and(|secret| !holds_token(body.as_ref(), &secret)) {
                Err(requests::no_token())
            } else {
                let incoming = Incoming::of(&request, body);
                let web_api = found.as_ref();
                let call = Call { server: &server, request: &request, scope: &scope, incoming, payload, web_api };
                // The future of all routes is large, and would be copied each time it is handed on.
                Arc::clone(&scope).run(Box::pin(route(call))).await
            }
        }
    };
    let mut response = match result {
        Ok(response) => response,
        Err(error) => {
            let error = disguised(&scope, error).await;
            // An error without an execution arose before any dispatch: it is recorded here.
            if error.execution_id().is_none() {
                // A cookie that has run out is no attempt at anything.
                if error.kind() == ErrorKind::Security && error.code() != "session_expired" {
                    auth::note_refusal(&scope, &request, &error);
                }
                answer::note(&scope, started, "request", Err(&error));
            }
            match screens::refusal(&server, &request, &scope, &error) {
                Some(page) => page,
                None => problem(&error, error.execution_id().unwrap_or(scope.root_id())),
            }
        }
    };
    if forget && !response.headers().contains_key(SET_COOKIE) {
        // A cookie that cannot be written would only be sent again.
        response.add_cookie(&super::cookies::end(server.secure)).ok();
    }
    if let SignIn::Session(entry) = &sign_in {
        keep_session(&server, &scope, entry, &mut response).await;
    }
    tell_token(&server, &mut response);
    if let Some(found) = &found {
        web_apis::tell(found, &request, &mut response);
    }
    answer::complete(response, scope.root_id(), server.secure)
}

/// The id of what is answered before anybody is asked who sends it.
fn new_id(server: &Server) -> uuid::Uuid {
    crate::state::new_execution_id(u64::try_from(server.engine.clock.unix_us()).unwrap_or_default())
}

/// What a request has changed of its session: values of an app, and its id, if the user's rights are not
/// those with which it was made.
async fn keep_session(server: &Server, scope: &Scope, entry: &SessionEntry, response: &mut HttpResponse) {
    let values = scope.session.take_changes();
    if let Some(values) = &values
        && let Err(error) = server.sessions.keep(entry, values).await
    {
        tracing::error!(%error, "the values of a session could not be kept");
    }
    // One that the request has begun or ended has its id.
    if response.headers().contains_key(SET_COOKIE) || entry.is_compared(server.engine.security().epoch()) {
        return;
    }
    let renewed = async {
        let rights = scope.fresh_rights().await?;
        server.sessions.renewed(entry, &rights, values).await
    };
    match Box::pin(renewed).await {
        Ok(Some((secret, seconds))) => {
            // Without the cookie the old id holds for a while, and the next request tries again.
            response.add_cookie(&super::cookies::begin(secret, server.secure, seconds)).ok();
        }
        Ok(None) => {}
        Err(error) => tracing::warn!(%error, "the id of a session could not be renewed"),
    }
}

/// Beside the cookie of a session that begins, or has another id now, stands its token: the one of before
/// is worth nothing with it.
fn tell_token(server: &Server, response: &mut HttpResponse) {
    let name = super::cookies::name(server.secure);
    let secret = response.cookies().find(|cookie| cookie.name() == name && !cookie.value().is_empty());
    let token = secret.and_then(|cookie| HeaderValue::from_str(&guard::csrf_token(cookie.value())).ok());
    if let Some(token) = token {
        response.headers_mut().insert(HeaderName::from_static(guard::TOKEN_HEADER), token);
    }
}

/// The account has sent too many requests.
fn too_many(scope: &Scope, request: &HttpRequest, is_news: bool) -> AppOsError {
    let error = TooMany::error();
    if is_news {
        auth::note_request(scope, request, ("refused", error.message()), scope.user.id);
    }
    error
}

/// True if a form holds the token of the session with this secret.
fn holds_token(form: Result<&web::Bytes, &AppOsError>, secret: &str) -> bool {
    let token = form.ok().and_then(|form| body::form_field(form, guard::TOKEN_FIELD));
    token.is_some_and(|token| guard::is_token(&token, secret))
}

async fn route(call: Call<'_>) -> Result<HttpResponse> {
    // Below `/api` everything is a dispatch; a form with a file has the time that a file takes.
    let has_file = call.payload.is_some() && body::is_multipart(call.request);
    if has_file || call.request.path().starts_with("/api/") {
        return routed(call).await;
    }
    let server = call.server;
    requests::in_time(server, routed(call)).await
}

async fn routed(call: Call<'_>) -> Result<HttpResponse> {
    if let Some(found) = call.web_api {
        return Box::pin(web_apis::serve(call, found)).await;
    }
    let path = call.request.path().to_owned();
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    let method = call.method();
    if screens::is_screen(call.server, call.scope, &segments) {
        return Box::pin(screens::route(call)).await;
    }
    if !matches!(segments.as_slice(), ["api", _, "v1", ..]) {
        own_routes::known(&segments, &method)?;
    }
    // What is asked less often is boxed: requests for records carry no room for it.
    match (segments.as_slice(), &method) {
        (["api", "openapi.json"], &Method::GET) => Box::pin(docs::openapi(&call)).await,
        (["api", "docs", rest @ ..], &Method::GET) => docs::page(&call, rest),
        (["api", app, "v1", rest @ ..], _) => api::route(call, app, rest).await,
        (["auth", "sessions", path @ ..], _) => Box::pin(own_sessions::route(call, path)).await,
        (["auth", action], _) => Box::pin(auth::route(call, action)).await,
        (["caught-mail", id, what @ ..], _) => Box::pin(caught_mail::route(&call, id, what)).await,
        (["live"], _) => Box::pin(live::route(call)).await,
        (["assets", ..] | ["favicon.ico"], _) => assets::route(&call),
        (["metrics"], _) => Box::pin(metrics::route(&call)).await,
        _ => Box::pin(pages::route(call, &segments)).await,
    }
}
