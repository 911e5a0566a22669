//! Gives one request to the program, and its answer to the client; bodies pass as they come.

use std::net::SocketAddr;

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http_body_util::{BodyExt, BodyStream, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::header::{
    ACCEPT_ENCODING, CONNECTION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, EXPECT, HOST,
    HeaderName, HeaderValue, TE, TRAILER, TRANSFER_ENCODING, UPGRADE,
};
use hyper::upgrade::OnUpgrade;
use hyper::{HeaderMap, Method, Request, Response, StatusCode, Version};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use super::Body;
use super::answer::is_navigation;
use super::policy::widened;
use crate::dev::page::script;

/// What became of a request.
pub(super) enum Forwarded {
    Answered(Response<Body>),
    /// The program did not get it: here it is again.
    NotSent(Box<Request<Incoming>>),
    /// The program got it, or a part of it, and gave no answer; the head, to answer by.
    Broken(Request<()>),
}

/// Headers that belong to one connection.
const OF_CONNECTION: [HeaderName; 7] = [
    CONNECTION,
    TE,
    TRAILER,
    TRANSFER_ENCODING,
    UPGRADE,
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
];
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
/// What the program believes of this proxy, and nobody else may say.
const FORWARDED: [HeaderName; 2] =
    [HeaderName::from_static("x-forwarded-host"), HeaderName::from_static("x-forwarded-proto")];

/// Gives a request to the program at this address.
pub(super) async fn forward(
    mut request: Request<Incoming>,
    address: SocketAddr,
    client: SocketAddr,
    generation: &str,
) -> Forwarded {
    let Ok(stream) = TcpStream::connect(address).await else { return Forwarded::NotSent(Box::new(request)) };
    let _ = stream.set_nodelay(true);
    let Ok((mut sender, connection)) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await else {
        return Forwarded::NotSent(Box::new(request));
    };
    // A connection for each: none is left waiting in a program that is to end.
    tokio::spawn(connection.with_upgrades());
    let head = head_of(&request);
    let is_page = request.method() == Method::GET && is_navigation(request.headers());
    let origin = is_page.then(|| origin(request.headers()));
    let upgrade = is_upgrade(request.headers()).then(|| hyper::upgrade::on(&mut request));
    let request = outgoing(request, client, upgrade.is_some(), is_page);
    match sender.send_request(request).await {
        Ok(mut response) => {
            if let (StatusCode::SWITCHING_PROTOCOLS, Some(upgrade)) = (response.status(), upgrade) {
                tokio::spawn(both_ways(upgrade, hyper::upgrade::on(&mut response)));
            }
            Forwarded::Answered(incoming(response, origin.as_deref(), generation))
        }
        Err(_) => Forwarded::Broken(head),
    }
}

/// What an answer of our own depends on.
pub(super) fn head_of(request: &Request<Incoming>) -> Request<()> {
    let mut head = Request::new(());
    *head.headers_mut() = request.headers().clone();
    head
}

/// Scheme and host, as the browser knows them.
fn origin(headers: &HeaderMap) -> String {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    format!("http://{host}")
}

fn is_upgrade(headers: &HeaderMap) -> bool {
    headers.contains_key(UPGRADE) && words(headers, &CONNECTION).any(|word| word.eq_ignore_ascii_case("upgrade"))
}

fn words<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> {
    let values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).map(str::trim)
}

/// Takes out what belongs to one connection; of an upgrade, all but what asks for it.
fn without_connection(headers: &mut HeaderMap, keeps_upgrade: bool) {
    let named: Vec<HeaderName> = words(headers, &CONNECTION).filter_map(|word| word.parse().ok()).collect();
    let upgrade = headers.get(UPGRADE).cloned().filter(|_| keeps_upgrade);
    for name in OF_CONNECTION.iter().chain(&named) {
        headers.remove(name);
    }
    if let Some(upgrade) = upgrade {
        headers.insert(CONNECTION, HeaderValue::from_static("upgrade"));
        headers.insert(UPGRADE, upgrade);
    }
}

/// The request as the program gets it: host and origin are those of the browser.
fn outgoing(request: Request<Incoming>, client: SocketAddr, upgrades: bool, is_page: bool) -> Request<Incoming> {
    let (mut parts, body) = request.into_parts();
    without_connection(&mut parts.headers, upgrades);
    // The body is passed on at once; nobody is asked first.
    parts.headers.remove(EXPECT);
    if is_page {
        // A text can be added to a page as it is, and not to a compressed one.
        parts.headers.remove(ACCEPT_ENCODING);
    }
    for name in &FORWARDED {
        parts.headers.remove(name);
    }
    if let Ok(client) = HeaderValue::from_str(&client.ip().to_string()) {
        parts.headers.insert(FORWARDED_FOR, client);
    }
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    if let Ok(uri) = path.parse() {
        parts.uri = uri;
    }
    parts.version = Version::HTTP_11;
    Request::from_parts(parts, body)
}

/// The answer as the client gets it; a page with the script that reloads it.
fn incoming(response: Response<Incoming>, origin: Option<&str>, generation: &str) -> Response<Body> {
    let (mut parts, body) = response.into_parts();
    let upgrades = parts.status == StatusCode::SWITCHING_PROTOCOLS;
    without_connection(&mut parts.headers, upgrades);
    let kind = parts.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let is_html = kind.trim_start().to_ascii_lowercase().starts_with("text/html");
    let is_whole = !upgrades
        && !matches!(parts.status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED | StatusCode::PARTIAL_CONTENT)
        && !parts.headers.contains_key(CONTENT_ENCODING);
    let Some(origin) = origin.filter(|_| is_html && is_whole) else {
        return Response::from_parts(parts, body.boxed_unsync());
    };
    let nonce = widen(&mut parts.headers, origin);
    let tail = Bytes::from(script(generation, nonce.as_deref()));
    let length = parts.headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if let Some(length) = length {
        parts.headers.insert(CONTENT_LENGTH, HeaderValue::from(length.saturating_add(tail.len())));
    }
    // Behind the end of the document, where browsers take it all the same: nothing of the page has
    // to be waited for. A page that breaks off ends without it.
    let more = BodyStream::new(body).chain(stream::once(async move { Ok(Frame::data(tail)) }));
    Response::from_parts(parts, StreamBody::new(more).boxed_unsync())
}

/// Widens all policies of a page.
fn widen(headers: &mut HeaderMap, origin: &str) -> Option<String> {
    let policies = headers.get_all(CONTENT_SECURITY_POLICY).iter();
    let policies: Vec<String> = policies.filter_map(|policy| Some(policy.to_str().ok()?.to_owned())).collect();
    headers.remove(CONTENT_SECURITY_POLICY);
    let mut nonce = None;
    for policy in policies {
        let (policy, of_policy) = widened(&policy, origin);
        nonce = nonce.or(of_policy);
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            headers.append(CONTENT_SECURITY_POLICY, policy);
        }
    }
    nonce
}

/// Passes bytes both ways, until one side ends.
async fn both_ways(client: OnUpgrade, program: OnUpgrade) {
    let (Ok(client), Ok(program)) = tokio::join!(client, program) else { return };
    // The side that is left is told by the end of the connection.
    let _ = tokio::io::copy_bidirectional(&mut TokioIo::new(client), &mut TokioIo::new(program)).await;
}
