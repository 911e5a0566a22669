//! `/health`: the server answers, and says what it has to do without.

use actix_web::HttpResponse;

use super::server::Server;
use crate::nodes::Redis;

/// Always 200: a server that is restarted for it has lost what it holds. The text is `ok`, or
/// `degraded: ` and the reasons. They name no path and no address, since anybody may ask.
pub(super) fn health(server: &Server) -> HttpResponse {
    let mut reasons = Vec::new();
    if !server.engine.journal().security_is_writable() {
        reasons.push("the security log cannot be written");
    }
    reasons.extend(server.engine.resource::<Redis>().and_then(Redis::trouble));
    let text = if reasons.is_empty() { "ok".to_owned() } else { format!("degraded: {}", reasons.join("; ")) };
    HttpResponse::Ok().content_type("text/plain").body(text)
}
