//! The protocol over HTTP, on this machine alone: each request names its user by an API key of the platform, which the
//! platform's own program judges.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue, WWW_AUTHENTICATE};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use serde_json::json;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Mutex;
use tokio::task::spawn_blocking;

use super::caller::{Caller, Project};
use super::refusal::Refused;
use super::server::Assistant;
use crate::terminal::Failure;

/// The one path.
const PATH: &str = "/mcp";
/// With what every API key begins, and how long one is at most.
const KEY: (&str, usize) = ("appos_", 100);
/// How long a client may take to send the head of a request.
const HEAD: Duration = Duration::from_secs(30);
/// Wait after a connection could not be accepted: files are probably short.
const SHORT: Duration = Duration::from_millis(100);
/// Most bytes of a request.
const MOST: usize = 1 << 20;

type Body = BoxBody<Bytes, Infallible>;
type Protocol = StreamableHttpService<Assistant, NeverSessionManager>;

struct Server {
    project: Arc<Project>,
    protocol: Protocol,
    /// Keys are judged one after the other: who tries many waits.
    judging: Mutex<()>,
}

/// Serves until a signal ends it.
///
/// # Errors
/// The address is none of this machine's own, or is taken.
pub(super) async fn serve(project: Arc<Project>, address: SocketAddr, allows_writes: bool) -> Result<(), Failure> {
    if !address.ip().is_loopback() {
        let message =
            format!("{} is reached by other machines, and keys would cross the network in clear", address.ip());
        return Err(Failure::usage(message, "write `--http 127.0.0.1:7717`; from elsewhere come through `ssh -L`"));
    }
    let taken = |error: std::io::Error| {
        Failure::work(format!("cannot listen on {address}: {error}"), "write another port, or 0 for a free one")
    };
    let listener = TcpListener::bind(address).await.map_err(taken)?;
    let address = listener.local_addr().map_err(taken)?;
    let assistant = Assistant::of(Arc::clone(&project), None, allows_writes);
    // Without sessions: each request shows its own key, and no session can be taken over. Pages of browsers have no business
    // here, whatever their name was made to point to.
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .enforce_origin_validation()
        .with_max_request_body_bytes(MOST);
    let protocol = Protocol::new(move || Ok(assistant.clone()), Arc::default(), config);
    let server = Arc::new(Server { project, protocol, judging: Mutex::new(()) });
    // The output is nobody's protocol here.
    println!("Listening on http://{address}{PATH}");
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => drop(tokio::spawn(connection(Arc::clone(&server), stream))),
                Err(_) => tokio::time::sleep(SHORT).await,
            },
            _ = tokio::signal::ctrl_c() => return Ok(()),
        }
    }
}

async fn connection(server: Arc<Server>, stream: TcpStream) {
    let service = service_fn(move |request| {
        let server = Arc::clone(&server);
        async move { Ok::<_, Infallible>(server.answer(request).await) }
    });
    let mut http = hyper::server::conn::http1::Builder::new();
    // A client that goes away harms nobody else.
    let _ =
        http.timer(TokioTimer::new()).header_read_timeout(HEAD).serve_connection(TokioIo::new(stream), service).await;
}

impl Server {
    async fn answer(&self, mut request: Request<Incoming>) -> Response<Body> {
        if request.uri().path() != PATH {
            let refused = Refused::new("not_found", "there is nothing here", format!("the server is at {PATH}"));
            return problem(StatusCode::NOT_FOUND, &refused);
        }
        let Some(caller) = key(&request).map(Caller::Key) else {
            let help = "send `Authorization: Bearer` with an API key of a service account";
            let message = "the request has no API key, or one that can be none";
            return problem(StatusCode::UNAUTHORIZED, &Refused::new("unauthenticated", message, help));
        };
        match self.judge(&caller).await {
            Ok(()) => {
                request.extensions_mut().insert(caller);
                self.protocol.handle(request).await
            }
            Err(refused) if refused.code == "bad_api_key" => problem(StatusCode::UNAUTHORIZED, &refused),
            Err(refused) => problem(StatusCode::SERVICE_UNAVAILABLE, &refused),
        }
    }

    /// Whether a key counts now.
    async fn judge(&self, caller: &Caller) -> Result<(), Refused> {
        let _turn = self.judging.lock().await;
        let (project, caller) = (Arc::clone(&self.project), caller.clone());
        let judged = spawn_blocking(move || project.sight(&caller).map(drop)).await;
        judged.unwrap_or_else(|_| Err(Refused::new("failed", "the key could not be judged", "")))
    }
}

/// The key of a request, if it can be one.
fn key(request: &Request<Incoming>) -> Option<String> {
    let text = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, key) = text.split_once(' ')?;
    let key = key.trim();
    (scheme.eq_ignore_ascii_case("bearer") && key.starts_with(KEY.0) && key.len() <= KEY.1).then(|| key.to_owned())
}

fn problem(status: StatusCode, refused: &Refused) -> Response<Body> {
    let text = json!({ "error": refused }).to_string();
    let mut response = Response::new(Full::new(Bytes::from(text)).boxed());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}
