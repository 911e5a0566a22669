//! Answers of the proxy's own: the script, the events, and what stands in for the program's.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::Frame;
use hyper::header::{
    ACCEPT, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, HeaderValue, RETRY_AFTER,
    X_CONTENT_TYPE_OPTIONS,
};
use hyper::{HeaderMap, Method, Request, Response, StatusCode};

use super::{Body, Proxy};
use crate::dev::page::{POLICY, Reason, SCRIPT, page, problem, status};
use crate::dev::state::{Phase, State, Status};

/// How often a silent connection is proved to be alive.
const ALIVE: Duration = Duration::from_secs(15);

fn whole(text: impl Into<Bytes>) -> Body {
    Full::new(text.into()).map_err(|never| match never {}).boxed_unsync()
}

fn respond(status: StatusCode, kind: &'static str, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

fn host(headers: &HeaderMap) -> &str {
    headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default()
}

fn foreign() -> Response<Body> {
    let text = "cargo appos dev answers under localhost, addresses of this machine, and the host of \
                `server.public_url`\n";
    respond(StatusCode::FORBIDDEN, "text/plain; charset=utf-8", whole(text))
}

/// The answer to a request that is not for the program.
pub(super) fn own<B>(request: &Request<B>, proxy: &Proxy) -> Option<Response<Body>> {
    let (is_get, path) = (request.method() == Method::GET, request.uri().path());
    if !is_get || !matches!(path, "/__appos/dev.js" | "/__appos/dev/events") {
        return None;
    }
    if !proxy.is_host(host(request.headers())) {
        return Some(foreign());
    }
    Some(match path {
        "/__appos/dev.js" => respond(StatusCode::OK, "text/javascript; charset=utf-8", whole(SCRIPT)),
        _ => respond(StatusCode::OK, "text/event-stream", events(&proxy.state)),
    })
}

/// The status now, and whenever it is another one.
fn events(state: &Arc<State>) -> Body {
    let frames = stream::unfold((state.watch(), true), |(mut watched, is_first)| async move {
        if !is_first {
            match tokio::time::timeout(ALIVE, watched.changed()).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return None,
                Err(_) => return Some((Ok(Frame::data(Bytes::from_static(b": alive\n\n"))), (watched, false))),
            }
        }
        let status = watched.borrow_and_update().clone();
        Some((Ok(Frame::data(event(&status))), (watched, false)))
    });
    StreamBody::new(frames).boxed_unsync()
}

fn event(status: &Status) -> Bytes {
    let phase = match status.phase {
        Phase::Starting => "starting",
        Phase::Running(_) => "running",
        Phase::Failed(_) => "failed",
    };
    let data = serde_json::json!({ "generation": status.generation, "phase": phase });
    format!("event: state\ndata: {data}\n\n").into()
}

/// True if a person's browser asks for a page, and not a script of one for data.
pub(super) fn is_navigation(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match text("sec-fetch-dest") {
        Some(destination) => matches!(destination, "document" | "iframe" | "frame"),
        None => text(ACCEPT.as_str()).is_some_and(|accepted| accepted.contains("text/html")),
    }
}

/// What stands in for the program's answer.
pub(super) fn instead(request: &Request<()>, reason: &Reason<'_>, generation: &str, proxy: &Proxy) -> Response<Body> {
    if !proxy.is_host(host(request.headers())) {
        return foreign();
    }
    let code = StatusCode::from_u16(status(reason)).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
    let mut response = if is_navigation(request.headers()) {
        respond(code, "text/html; charset=utf-8", whole(page(reason, generation)))
    } else {
        respond(code, "application/problem+json", whole(problem(reason).to_string()))
    };
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
    response
}
