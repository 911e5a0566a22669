//! The session cookie.

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite, time::Duration};

/// Name of the cookie. Behind https it carries the `__Host-` prefix, with which a browser
/// takes it from no other host and no plain connection.
pub(super) const fn name(secure: bool) -> &'static str {
    if secure { "__Host-appos_session" } else { "appos_session" }
}

fn cookie(value: String, secure: bool, seconds: i64) -> Cookie<'static> {
    Cookie::build(name(secure), value)
        .path("/")
        .http_only(true)
        .secure(secure)
        .same_site(SameSite::Lax)
        .max_age(Duration::seconds(seconds))
        .finish()
}

/// The cookie of a session that begins.
pub(super) fn begin(secret: String, secure: bool, seconds: i64) -> Cookie<'static> {
    cookie(secret, secure, seconds)
}

/// The cookie that makes a browser forget its session.
pub(super) fn end(secure: bool) -> Cookie<'static> {
    cookie(String::new(), secure, 0)
}

/// The secret in a request's cookie.
pub(super) fn secret(request: &HttpRequest, secure: bool) -> Option<String> {
    request.cookie(name(secure)).map(|cookie| cookie.value().to_owned()).filter(|value| !value.is_empty())
}
