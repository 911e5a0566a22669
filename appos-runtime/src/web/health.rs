//! `/health`: the server answers, and says what it has to do without. `/ready`: whether it is to be sent requests.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use actix_web::dev::Server as ActixServer;
use actix_web::http::{Method, StatusCode};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use serde::Serialize;

use crate::engine::Engine;
use crate::monitoring::{Monitor, State, Status};
use crate::nodes::Redis;

/// Always 200: a server that is restarted for it has lost what it holds. The text is `ok`, or
/// `degraded: ` and the reasons. They name no path and no address, since anybody may ask.
fn health(engine: &Engine) -> HttpResponse {
    let mut reasons = Vec::new();
    if !engine.journal().security_is_writable() {
        reasons.push("the security log cannot be written");
    }
    reasons.extend(engine.resource::<Redis>().and_then(Redis::trouble));
    let text = if reasons.is_empty() { "ok".to_owned() } else { format!("degraded: {}", reasons.join("; ")) };
    HttpResponse::Ok().content_type("text/plain").body(text)
}

/// What anybody is told: names and states.
#[derive(Serialize)]
struct Told {
    status: Status,
    checks: Vec<NamedState>,
}

#[derive(Serialize)]
struct NamedState {
    name: &'static str,
    state: State,
}

/// 200 if requests are welcome, else 503. What was found is good for a moment: however many ask, the database is asked
/// once.
async fn ready(engine: &Engine) -> HttpResponse {
    let Some(monitor) = engine.resource::<Monitor>() else { return HttpResponse::ServiceUnavailable().finish() };
    let health = monitor.health(engine).await;
    let checks = health.checks.iter().map(|check| NamedState { name: check.name, state: check.state }).collect();
    let code = if health.status.is_ready() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    HttpResponse::build(code).json(Told { status: health.status, checks })
}

/// What load balancers ask: it is answered before anybody is asked who sends it, which the database may have to tell.
pub(super) async fn probe(engine: &Engine, request: &HttpRequest) -> Option<HttpResponse> {
    match (request.path(), request.method()) {
        ("/health", &Method::GET | &Method::HEAD) => Some(health(engine)),
        ("/ready", &Method::GET | &Method::HEAD) => Some(ready(engine).await),
        _ => None,
    }
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
    let engine = web::Data::from(Arc::clone(engine));
    let http = HttpServer::new(move || {
        let health = async |engine: web::Data<Engine>| health(&engine);
        let ready = async |engine: web::Data<Engine>| ready(&engine).await;
        App::new()
            .app_data(engine.clone())
            .route("/health", web::get().to(health))
            .route("/ready", web::get().to(ready))
    });
    Ok((http.workers(1).disable_signals().shutdown_timeout(1).listen(listener)?.run(), address))
}
