//! Which pages of other origins may call a web API. None, unless it says so; and none ever sends a session with it.

use actix_web::http::Method;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, HeaderValue, ORIGIN, VARY,
};
use actix_web::{HttpRequest, HttpResponse};

use super::table::{Api, Found};

/// Headers that pages may send.
const SENT: &str = "authorization, content-type, idempotency-key";
/// Headers of answers that pages may read.
const READ: &str = "x-execution-id, location, retry-after, ratelimit, ratelimit-policy, idempotency-replayed, \
                    content-disposition";
/// Seconds for which a browser remembers what it was told.
const REMEMBERED: &str = "600";

/// The method that a browser asks about.
pub(super) fn method_asked(request: &HttpRequest) -> Option<&str> {
    request.headers().get(ACCESS_CONTROL_REQUEST_METHOD)?.to_str().ok()
}

/// The origin of the page that sends a request, if that may: as the answer names it.
fn allowed(api: &Api, request: &HttpRequest) -> Option<HeaderValue> {
    let mut origins = request.headers().get_all(ORIGIN);
    let (origin, None) = (origins.next()?, origins.next()) else { return None };
    let all = api.descriptor.cors;
    if all.contains(&"*") {
        return Some(HeaderValue::from_static("*"));
    }
    all.iter().any(|known| known.as_bytes() == origin.as_bytes()).then(|| origin.clone())
}

/// True if a page of its origin may send a request.
pub(in crate::web) fn is_allowed(api: &Api, request: &HttpRequest) -> bool {
    allowed(api, request).is_some()
}

/// The answer to a browser that asks whether a page may send a request. Who would send it is not asked.
pub(in crate::web) fn preflight(found: Option<&Found<'_>>, request: &HttpRequest) -> Option<HttpResponse> {
    let Found { api, others: None } = found? else { return None };
    if *request.method() != Method::OPTIONS || api.descriptor.cors.is_empty() {
        return None;
    }
    let mut response = HttpResponse::NoContent().finish();
    if is_allowed(api, request) {
        let headers = response.headers_mut();
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(api.descriptor.method));
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(SENT));
        headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static(REMEMBERED));
    }
    tell(api, request, &mut response);
    Some(response)
}

/// Tells a browser whether the page that sent a request may read its answer.
pub(super) fn tell(api: &Api, request: &HttpRequest, response: &mut HttpResponse) {
    if api.descriptor.cors.is_empty() {
        return;
    }
    let headers = response.headers_mut();
    headers.append(VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = allowed(api, request) {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(READ));
    }
}
