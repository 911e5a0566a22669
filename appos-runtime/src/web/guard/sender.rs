//! Who sent a request, and to whom. What forwarding headers say counts only if a proxy that the settings
//! name has sent them: anybody can write them.

use std::net::{IpAddr, SocketAddr};

use actix_web::HttpRequest;
use actix_web::http::header::{HOST, HeaderMap};
use actix_web::http::uri::Authority;
use ipnet::IpNet;

/// The proxies that are believed.
pub(super) struct Proxies(Vec<IpNet>);

impl Proxies {
    pub(super) const fn new(networks: Vec<IpNet>) -> Self {
        Self(networks)
    }

    fn trust(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

/// The other end of a request.
#[derive(Clone, Copy, Debug)]
pub(in crate::web) struct Sender<'a> {
    /// The address of the client.
    pub(in crate::web) address: Option<IpAddr>,
    /// True if the client came by https.
    pub(super) secure: bool,
    /// The host that the client named.
    pub(super) host: Option<&'a str>,
    /// The host of the request line, which must be one of ours, too.
    target: Option<&'a str>,
}

impl<'a> Sender<'a> {
    pub(super) fn of(request: &'a HttpRequest, proxies: &Proxies) -> Self {
        // An IPv4 address on an IPv6 socket is that address.
        let peer = request.peer_addr().map(|peer| peer.ip().to_canonical());
        let headers = request.headers();
        let target = request.uri().authority().map(Authority::as_str);
        let host = headers.get(HOST).and_then(|host| host.to_str().ok()).or(target);
        let Some(peer) = peer.filter(|peer| proxies.trust(*peer)) else {
            return Self { address: peer, secure: false, host, target };
        };
        Self {
            address: Some(client(headers, peer, proxies)),
            secure: last(headers, "x-forwarded-proto").is_some_and(|scheme| scheme.eq_ignore_ascii_case("https")),
            host: last(headers, "x-forwarded-host").or(host),
            target,
        }
    }

    /// Every host that the request names; "" if it names none.
    pub(super) fn hosts(&self) -> impl Iterator<Item = &'a str> {
        std::iter::once(self.host.unwrap_or_default()).chain(self.target)
    }
}

/// The items of a header that may stand several times, last one first.
fn backwards<'a>(headers: &'a HeaderMap, name: &str) -> impl Iterator<Item = &'a str> {
    let values: Vec<&str> = headers.get_all(name).map(|value| value.to_str().unwrap_or_default()).collect();
    values.into_iter().rev().flat_map(|value| value.rsplit(',')).map(str::trim)
}

/// What the nearest proxy has written.
fn last<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    backwards(headers, name).next().filter(|value| !value.is_empty())
}

/// The address before the chain of trusted proxies: each of them has added the one that it saw, and what
/// stands further left was written by whoever came first.
fn client(headers: &HeaderMap, peer: IpAddr, proxies: &Proxies) -> IpAddr {
    let mut known = peer;
    for item in backwards(headers, "x-forwarded-for") {
        let Some(address) = address(item) else { return known };
        known = address;
        if !proxies.trust(address) {
            return known;
        }
    }
    known
}

/// An address; some proxies write a port behind it.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    let parsed = bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()));
    parsed.map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::{Proxies, Sender};

    /// What a request from a peer of ours is seen as: its address, whether by https, and the host.
    fn sender(peer: &str, headers: &[(&'static str, &str)]) -> (String, bool, Option<String>) {
        let mut request = TestRequest::get().peer_addr(format!("{peer}:4711").parse().unwrap());
        for header in headers {
            request = request.append_header(*header);
        }
        let proxies = ["10.0.0.0/8", "fd00::/8"].map(|network| network.parse().unwrap()).to_vec();
        let request = request.to_http_request();
        let sender = Sender::of(&request, &Proxies::new(proxies));
        (sender.address.unwrap().to_string(), sender.secure, sender.host.map(str::to_owned))
    }

    fn address(peer: &str, forwarded: &[&str]) -> String {
        let headers: Vec<_> = forwarded.iter().map(|value| ("x-forwarded-for", *value)).collect();
        sender(peer, &headers).0
    }

    #[test]
    fn the_client_is_the_one_before_the_proxies_that_are_trusted() {
        for (peer, forwarded, client) in [
            ("192.0.2.1", &["198.51.100.7"][..], "192.0.2.1"),
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &["198.51.100.7"], "198.51.100.7"),
            ("10.0.0.1", &["1.1.1.1, 198.51.100.7"], "198.51.100.7"),
            ("10.0.0.1", &["1.1.1.1", "198.51.100.7, 10.0.0.2"], "198.51.100.7"),
            ("10.0.0.1", &["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
            ("10.0.0.1", &["198.51.100.7, nonsense, 10.0.0.2"], "10.0.0.2"),
            ("10.0.0.1", &[""], "10.0.0.1"),
            ("10.0.0.1", &["198.51.100.7:80"], "198.51.100.7"),
            ("10.0.0.1", &["[2001:db8::1]:80"], "2001:db8::1"),
            ("10.0.0.1", &["[2001:db8::1]"], "2001:db8::1"),
            ("10.0.0.1", &["::ffff:198.51.100.7"], "198.51.100.7"),
            ("[::ffff:10.0.0.1]", &["198.51.100.7"], "198.51.100.7"),
            ("[fd00::1]", &["198.51.100.7"], "198.51.100.7"),
        ] {
            assert_eq!(address(peer, forwarded), client, "{peer} {forwarded:?}");
        }
    }

    #[test]
    fn scheme_and_host_are_believed_of_a_trusted_proxy_alone() {
        let headers =
            [("host", "inner"), ("x-forwarded-host", "evil, acme.example"), ("x-forwarded-proto", "http,https")];
        let (_, secure, host) = sender("10.0.0.1", &headers);
        assert_eq!((secure, host.as_deref()), (true, Some("acme.example")));
        let (_, secure, host) = sender("192.0.2.1", &headers);
        assert_eq!((secure, host.as_deref()), (false, Some("inner")));
    }
}
