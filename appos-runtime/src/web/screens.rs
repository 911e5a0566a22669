//! Screens: pages for people, below the names of apps.

use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_SECURITY_POLICY, HeaderValue};
use actix_web::http::{Method, StatusCode};

use super::answer::PAGE_POLICY;
use super::pages::{self, redirect};
use super::router::{Call, wrong_method};
use super::{auth, requests};
use crate::error::Result;
use crate::ui::live::paint;
use crate::ui::page::{Form, Location, Outcome, Posted, Visitor};
use crate::ui::shell::{self, document};

/// True if a path is that of an app's screens.
pub(super) fn is_screen(call: &Call<'_>, segments: &[&str]) -> bool {
    let apps = call.server.engine.registry().apps();
    segments.first().is_some_and(|first| *first == "platform" || apps.iter().any(|app| app.name == *first))
}

/// A screen, or what a form of it sends.
pub(super) async fn route(call: Call<'_>) -> Result<HttpResponse> {
    let location = Location { path: call.request.path().to_owned(), query: call.request.query_string().to_owned() };
    // Strangers sign in first; what they wanted is kept.
    if call.scope.user.id == 0 {
        let wanted = crate::ui::page::address("/login", std::iter::once(("next", location.address().as_str())));
        return redirect(&wanted, None);
    }
    match call.method() {
        Method::GET => show(&call, location, None).await,
        Method::POST => post(call, location).await,
        _ => Err(wrong_method("GET, HEAD, POST")),
    }
}

/// The field of a form that says which page it stands on, if that has another address.
const PAGE_FIELD: &str = "page";

/// A form that is sent without script.
async fn post(mut call: Call<'_>, action: Location) -> Result<HttpResponse> {
    let fields = pages::fields(&mut call)?;
    let form = Form(fields.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect());
    let page = form.get(PAGE_FIELD).and_then(Location::read).unwrap_or_else(|| action.clone());
    let registry = call.server.engine.registry();
    let wrong = match shell::post(registry, &action, &form).await? {
        Outcome::Done { to, note } => {
            let to = note.map_or_else(|| to.clone(), |note| note.in_address(&to));
            return redirect(&to, None);
        }
        Outcome::Refused(wrong) => wrong,
    };
    let posted = Posted { action: action.path, form, wrong };
    show(&call, page, Some(posted)).await
}

/// Who looks.
async fn visitor(call: &Call<'_>) -> Result<Visitor> {
    let scope = call.scope;
    let session_number = requests::own_session(call.server, call.request, scope.user.id).await?;
    Ok(Visitor {
        engine: scope.engine.clone(),
        user: scope.user.clone(),
        session: scope.session.clone(),
        session_number: session_number.map(Into::into),
        request: scope.request.clone(),
        language: scope.language.clone(),
        csrf_token: auth::csrf_token(call).unwrap_or_default().into(),
        platform: call.server.name,
    })
}

async fn show(call: &Call<'_>, location: Location, posted: Option<Posted>) -> Result<HttpResponse> {
    let refused = posted.is_some();
    let visitor = visitor(call).await?;
    let painted = paint(visitor.clone(), call.scope.clone(), location, posted).await?;
    let html = document(&visitor, &painted);
    let code = if refused { StatusCode::UNPROCESSABLE_ENTITY } else { painted.code };
    let mut response = HttpResponse::build(code).content_type("text/html; charset=utf-8").body(html);
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY));
    Ok(response)
}
