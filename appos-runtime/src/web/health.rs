//! `/health`: the server answers, and says what it has to do without.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use actix_web::dev::Server as ActixServer;
use actix_web::{App, HttpResponse, HttpServer, web};

use crate::engine::Engine;
use crate::nodes::Redis;

/// Always 200: a server that is restarted for it has lost what it holds. The text is `ok`, or
/// `degraded: ` and the reasons. They name no path and no address, since anybody may ask.
pub(super) fn health(engine: &Engine) -> HttpResponse {
    let mut reasons = Vec::new();
    if !engine.journal().security_is_writable() {
        reasons.push("the security log cannot be written");
    }
    reasons.extend(engine.resource::<Redis>().and_then(Redis::trouble));
    let text = if reasons.is_empty() { "ok".to_owned() } else { format!("degraded: {}", reasons.join("; ")) };
    HttpResponse::Ok().content_type("text/plain").body(text)
}

/// Listens for a program that serves nothing else.
///
/// # Errors
/// The address cannot be listened on.
pub(crate) fn bind_health(
    engine: &Arc<Engine>,
    (host, port): (&str, u16),
) -> std::io::Result<(ActixServer, SocketAddr)> {
    let listener = TcpListener::bind((host, port))?;
    let address = listener.local_addr()?;
    let engine = Arc::clone(engine);
    let http = HttpServer::new(move || {
        let engine = Arc::clone(&engine);
        App::new().route(
            "/health",
            web::get().to(move || {
                let answer = health(&engine);
                async { answer }
            }),
        )
    });
    Ok((http.workers(1).disable_signals().shutdown_timeout(1).listen(listener)?.run(), address))
}
