//! The names under which browsers reach the server, and how.

use std::net::IpAddr;

use super::Check;
use crate::config::ServerConfig;

const NAME: &str = "address";

/// What is missing before a server is open to a network; nothing, of one that is not.
pub(super) fn examine(server: &ServerConfig) -> Option<Check> {
    let is_local = |host: &str| {
        host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    };
    let Some(url) = &server.public_url else {
        let any = !is_local(&server.host) && server.allowed_hosts.is_empty();
        return any.then(|| {
            let found = format!("{} is open to the network, and answers under any name", server.host);
            Check::warning(NAME, found, "write `server.public_url: https://example.com`, or `server.allowed_hosts`")
        });
    };
    let host = url.strip_prefix("http://")?.split(['/', ':']).next().unwrap_or_default();
    (!is_local(host)).then(|| {
        let found = format!("{url} is not https: whoever is between reads passwords and sessions");
        Check::warning(NAME, found, "let a proxy end TLS, and write `server.public_url: https://example.com`")
    })
}
