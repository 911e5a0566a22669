//! The OpenAPI document and the page that shows it. The page is the same for everyone and
//! holds nothing; what it shows, it asks for as whoever is signed in.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, HeaderValue, LOCATION};
use utoipa_swagger_ui::{Config, serve};

use super::router::{Call, unknown_path};
use super::{answer, cookies, openapi};
use crate::error::{AppOsError, Result};
use crate::platform::public_account;

/// The document as the caller may see it.
pub(super) async fn openapi(call: &Call<'_>) -> Result<HttpResponse> {
    let (server, scope) = (call.server, call.scope);
    if scope.user.id == 0 {
        return Err(AppOsError::security("sign in first").code_is("not_signed_in"));
    }
    let rights = scope.fresh_rights().await?;
    let public = scope.engine.load_rights(&public_account().user).await?;
    let document = openapi::document(&openapi::View {
        objects: scope.engine.registry().objects(),
        rights: &rights,
        public: &public,
        name: server.name,
        version: server.version,
        public_url: server.public_url.as_deref(),
        cookie: cookies::name(server.secure),
    });
    answer::json(StatusCode::OK, &document)
}

fn redirect(to: &'static str) -> HttpResponse {
    let mut response = HttpResponse::SeeOther().finish();
    response.headers_mut().insert(LOCATION, HeaderValue::from_static(to));
    response
}

/// `/api/docs/` and its files. The page would show nothing but an error to whoever is not
/// signed in, so it leads to the sign-in instead; its files are public.
pub(super) fn page(call: &Call<'_>, rest: &[&str]) -> Result<HttpResponse> {
    match rest {
        // Without the last slash, the page would look for its files one folder up.
        [] => Ok(redirect("/api/docs/")),
        ["" | "index.html"] if call.scope.user.id == 0 => Ok(redirect("/login?next=/api/docs/")),
        [name] => file(name),
        _ => Err(unknown_path()),
    }
}

fn file(name: &str) -> Result<HttpResponse> {
    // The page must not show the document to a checker elsewhere.
    let config = Config::new(["/api/openapi.json"]).use_base_layout().validator_url("none");
    let found = serve(name, Arc::new(config))
        .map_err(|error| AppOsError::execution("the page cannot be made").caused_by(error.to_string()))?;
    let file = found.ok_or_else(unknown_path)?;
    let mut response = HttpResponse::Ok().content_type(file.content_type).body(file.bytes.into_owned());
    let headers = response.headers_mut();
    // It has no script and no style in its text, only in its files.
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(answer::PAGE_POLICY));
    if !matches!(name, "" | "index.html") {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    }
    if file.gzpipped {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    Ok(response)
}
