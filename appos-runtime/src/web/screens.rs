//! Screens: pages for people, below the names of apps.

use std::convert::Infallible;
use std::future::ready;
use std::sync::Arc;

use actix_web::http::header::{ACCEPT, CONTENT_SECURITY_POLICY, HeaderValue, RETRY_AFTER};
use actix_web::http::{Method, StatusCode};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use futures_util::{StreamExt, stream};

use super::answer::PAGE_POLICY;
use super::pages::{self, redirect};
use super::router::{Call, wrong_method};
use super::server::Server;
use super::{auth, files, problem, records, requests};
use crate::error::{AppOsError, Result};
use crate::platform::session::SessionEntry;
use crate::registry::ObjectDescriptor;
use crate::security::Permission;
use crate::state::Scope;
use crate::ui::live::Asked;
use crate::ui::objects::page_of;
use crate::ui::page::{Form, Location, Outcome, Posted, Visitor};
use crate::ui::shell::{self, document};

/// True if a path is that of a screen. Strangers have a start of their own.
pub(super) fn is_screen(server: &Server, scope: &Scope, segments: &[&str]) -> bool {
    // Strangers have a start of their own.
    (scope.user.id != 0 || segments != [""]) && shell::is_screen(&server.engine, segments)
}

/// A refusal as a person in a browser sees it, if it is a screen that was asked for.
pub(super) fn refusal(
    server: &Server,
    request: &HttpRequest,
    scope: &Arc<Scope>,
    error: &AppOsError,
) -> Option<HttpResponse> {
    let segments: Vec<&str> = request.path().split('/').skip(1).collect();
    let accepted = request.headers().get(ACCEPT).and_then(|accepted| accepted.to_str().ok()).unwrap_or_default();
    if scope.user.id == 0 || !accepted.contains("text/html") || !is_screen(server, scope, &segments) {
        return None;
    }
    let html = shell::refused(server.name, scope, error);
    let mut response = HttpResponse::build(problem::status_of(error)).content_type(HTML).body(html);
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY));
    if let Some(seconds) = problem::wait_of(error) {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    Some(response)
}

/// A screen, or what a form of it sends.
pub(super) async fn route(call: Call<'_>) -> Result<HttpResponse> {
    let location = Location { path: call.request.path().to_owned(), query: call.request.query_string().to_owned() };
    // Strangers sign in first; what they wanted is kept.
    if call.scope.user.id == 0 && !is_open(&call, &location).await? {
        let wanted = crate::ui::page::address("/login", std::iter::once(("next", location.address().as_str())));
        return redirect(&wanted, None);
    }
    match call.method() {
        Method::GET if let Some(object) = refused_lines(&call, &location) => records::refused(&call, object).await,
        Method::GET => match shell::canonical(call.server.engine.registry(), &location) {
            Some(canonical) => redirect(&canonical.address(), None),
            None => show(&call, location, None).await,
        },
        Method::POST => post(call, location).await,
        _ => Err(wrong_method("GET, HEAD, POST")),
    }
}

/// The record whose import has refused lines that are asked for.
fn refused_lines(call: &Call<'_>, location: &Location) -> Option<&'static ObjectDescriptor> {
    match location.segments().as_slice() {
        [app, plural, "import", "refused"] => call.server.routes.record(app, plural),
        _ => None,
    }
}

/// True for a page that everybody may view.
async fn is_open(call: &Call<'_>, location: &Location) -> Result<bool> {
    let Some((page, _)) = page_of(call.server.engine.registry(), location).filter(|_| call.method() == Method::GET)
    else {
        return Ok(false);
    };
    Ok(call.scope.fresh_rights().await?.allows(page, Permission::View))
}

const HTML: &str = "text/html; charset=utf-8";

/// A form that is sent without script.
async fn post(mut call: Call<'_>, action: Location) -> Result<HttpResponse> {
    if let [app, plural, "import"] = action.segments().as_slice()
        && let Some(object) = call.server.routes.record(app, plural)
    {
        return match records::import_form(&mut call, object).await? {
            (Outcome::Done { to, .. }, ..) => redirect(&to, None),
            (Outcome::Refused(wrong), page, form) => {
                let posted = Posted { action: page.path.clone(), form, wrong };
                show(&call, page, Some(posted)).await
            }
        };
    }
    if let Some((outcome, form)) = Box::pin(files::form(&mut call, &action)).await? {
        return answer(&call, action, (outcome, form)).await;
    }
    let fields = pages::fields(&mut call)?;
    let form = Form(fields.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect());
    let outcome = shell::post(call.server.engine.registry(), &action, &form).await?;
    answer(&call, action, (outcome, form)).await
}

/// The page that follows a form, or the one on which it stands with what is wrong.
async fn answer(call: &Call<'_>, action: Location, (outcome, form): (Outcome, Form)) -> Result<HttpResponse> {
    let page = form.get(Form::PAGE).and_then(Location::read).unwrap_or_else(|| action.clone());
    let wrong = match outcome {
        Outcome::Done { to, note } => {
            let to = note.map_or_else(|| to.clone(), |note| note.in_address(&to));
            return redirect(&to, None);
        }
        Outcome::Refused(wrong) => wrong,
    };
    let posted = Posted { action: action.path, form, wrong };
    show(call, page, Some(posted)).await
}

/// Who looks.
pub(super) async fn visitor(call: &Call<'_>) -> Result<Visitor> {
    let scope = call.scope;
    let session_number = requests::own_session(call.server, call.request, scope.user.id).await?;
    Ok(Visitor {
        engine: scope.engine.clone(),
        user: scope.user.clone(),
        session: scope.session.clone(),
        session_number: session_number.map(Into::into),
        request: scope.request.clone(),
        preferences: scope.preferences.clone(),
        csrf_token: auth::csrf_token(call).unwrap_or_default().into(),
        imports: call.server.desk.clone(),
        platform: call.server.name,
    })
}

/// The session for which a page is kept; who asks for the head of an answer has no use for it.
async fn session_of(call: &Call<'_>) -> Result<Option<Arc<SessionEntry>>> {
    if *call.request.method() == Method::HEAD {
        return Ok(None);
    }
    requests::session(call.server, call.request, call.scope.user.id).await
}

async fn show(call: &Call<'_>, location: Location, posted: Option<Posted>) -> Result<HttpResponse> {
    let refused = posted.as_ref().is_some_and(|posted| !posted.wrong.asks_of_itself());
    let visitor = visitor(call).await?;
    let asked = Asked {
        visitor: visitor.clone(),
        scope: call.scope.clone(),
        location,
        posted,
        session: session_of(call).await?,
    };
    if *call.request.method() == Method::GET && asked.posted.is_none() {
        let rights = call.scope.fresh_rights().await?;
        if let Some(title) = shell::foreseen(call.server.engine.registry(), &rights, &asked.location) {
            return Ok(in_parts(call, &shell::full_title(visitor.platform, &title), asked));
        }
    }
    let painted = call.server.live.paint(asked).await?;
    let title = shell::full_title(visitor.platform, &painted.title);
    let html = document(&visitor.preferences, &title, &painted.body, painted.page.as_deref());
    let code = match painted.code {
        StatusCode::OK if refused => StatusCode::UNPROCESSABLE_ENTITY,
        code => code,
    };
    let mut response = HttpResponse::build(code).content_type(HTML).body(html);
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY));
    Ok(response)
}

/// A page that is known to be shown: its head is sent before its data is read, so that the browser asks for what the
/// head names meanwhile. What goes wrong from then on stands in the page.
fn in_parts(call: &Call<'_>, title: &str, asked: Asked) -> HttpResponse {
    let head = Bytes::from(shell::head(&asked.visitor.preferences, title));
    let (live, scope) = (Arc::clone(&call.server.live), Arc::clone(call.scope));
    let rest = async move {
        let rest = match live.paint(asked).await {
            Ok(painted) => shell::rest(&painted.body, painted.page.as_deref()),
            Err(error) => {
                tracing::error!(%error, "a page could not be drawn");
                shell::rest(&shell::refused_body(&scope, &error), None)
            }
        };
        Ok::<_, Infallible>(Bytes::from(rest))
    };
    let parts = stream::once(ready(Ok(head))).chain(stream::once(rest));
    let mut response = HttpResponse::Ok().content_type(HTML).streaming(Box::pin(parts));
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY));
    response
}
