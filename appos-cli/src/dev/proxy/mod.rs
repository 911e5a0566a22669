//! The proxy on the public port: gives requests to the program, holds them while there is none, and
//! answers itself when there will be none.

mod answer;
mod forward;
mod policy;

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::combinators::UnsyncBoxBody;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, timeout_at};

use super::page::Reason;
use super::state::{Phase, State};
use forward::{Forwarded, forward};

/// A body of any kind.
type Body = UnsyncBoxBody<Bytes, hyper::Error>;

/// How long a request waits for the program.
const HOLDS: Duration = Duration::from_secs(30);
/// How long a client may take to send the head of a request.
const HEAD: Duration = Duration::from_secs(30);
/// Wait after a connection could not be accepted: files are probably short.
const SHORT: Duration = Duration::from_millis(100);
/// Longest wait for a program to have ended that breaks off.
const ENDS: Duration = Duration::from_millis(500);

/// Whom the proxy answers for.
pub(super) struct Proxy {
    state: Arc<State>,
    /// The host under which browsers reach it, beside this machine's own names.
    host: Option<String>,
    /// Anybody on the network may ask.
    is_open: bool,
}

impl Proxy {
    pub(super) fn new(state: Arc<State>, address: SocketAddr, public_url: Option<&str>) -> Self {
        let host = public_url.and_then(|url| url.split_once("://")).map(|(_, host)| host.to_owned());
        Self { state, host, is_open: !address.ip().is_loopback() }
    }

    /// Serves until it is dropped.
    pub(super) async fn serve(self, listener: TcpListener) {
        let proxy = Arc::new(self);
        loop {
            match listener.accept().await {
                Ok((stream, client)) => drop(tokio::spawn(connection(Arc::clone(&proxy), stream, client))),
                Err(_) => tokio::time::sleep(SHORT).await,
            }
        }
    }

    async fn answer(&self, mut request: Request<Incoming>, client: SocketAddr) -> Response<Body> {
        if let Some(own) = answer::own(&request, self) {
            return own;
        }
        let mut status = self.state.watch();
        let until = Instant::now() + HOLDS;
        loop {
            let given = self.state.given();
            let now = status.borrow_and_update().clone();
            let instead = |head: &Request<()>, reason| answer::instead(head, reason, &now.generation, self);
            match &now.phase {
                Phase::Running(address) => match forward(request, *address, client, &now.generation).await {
                    Forwarded::Answered(response) => return response,
                    // It has just ended, and nothing of the request is lost: the next one gets it.
                    Forwarded::NotSent(back) => request = *back,
                    Forwarded::Broken(head) => {
                        drop(given);
                        // It has most likely ended: whoever asks after this answer waits for the next one.
                        let _ = timeout_at(Instant::now() + ENDS, status.changed()).await;
                        return instead(&head, &Reason::Broken);
                    }
                },
                Phase::Failed(trouble) => return instead(&forward::head_of(&request), &Reason::Trouble(trouble)),
                Phase::Starting => {}
            }
            drop(given);
            if !matches!(timeout_at(until, status.changed()).await, Ok(Ok(()))) {
                return instead(&forward::head_of(&request), &Reason::Slow);
            }
        }
    }

    /// True if a browser that names this host means this proxy. A page elsewhere whose host leads
    /// here by its name server must not read sources.
    fn is_host(&self, host: &str) -> bool {
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.parse::<u16>().is_ok() => name,
            _ => host,
        };
        let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        name.eq_ignore_ascii_case("localhost")
            || name.to_ascii_lowercase().ends_with(".localhost")
            || address.is_ok_and(|address| self.is_open || address.is_loopback())
            || self.host.as_ref().is_some_and(|known| known.eq_ignore_ascii_case(host))
    }
}

async fn connection(proxy: Arc<Proxy>, stream: TcpStream, client: SocketAddr) {
    let _ = stream.set_nodelay(true);
    let answer = service_fn(move |request| {
        let proxy = Arc::clone(&proxy);
        async move { Ok::<_, Infallible>(proxy.answer(request, client).await) }
    });
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD);
    // A connection that breaks concerns nobody but its client.
    let _ = http.serve_connection(TokioIo::new(stream), answer).with_upgrades().await;
}
