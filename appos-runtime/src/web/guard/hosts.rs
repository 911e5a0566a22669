//! The names under which this server answers. A page elsewhere whose name was led to this address must
//! not be taken for ours, and no answer may repeat a name that a stranger made up.

use std::net::IpAddr;

use crate::config::ServerConfig;

pub(super) enum Hosts {
    /// A server on the network that was told no name.
    Any,
    Only {
        /// In lower case.
        names: Vec<String>,
        /// The names of this machine itself, and any address: a page whose name was led here has a name.
        local: bool,
    },
}

impl Hosts {
    pub(super) fn of(config: &ServerConfig) -> Self {
        let public = config.public_url.as_deref().and_then(|url| url.split_once("://"));
        let public = public.and_then(|(_, rest)| name(rest.split('/').next().unwrap_or_default()));
        let mut names = config.allowed_hosts.clone();
        names.extend(public.map(str::to_ascii_lowercase));
        let local = config.public_url.is_none() && is_local(&config.host);
        if names.is_empty() && !local { Self::Any } else { Self::Only { names, local } }
    }

    /// True if the server answers under a host, with a port or without. The port is not looked at: behind a
    /// proxy it is not the server's own.
    pub(super) fn serves(&self, host: &str) -> bool {
        let Some(name) = name(host) else { return false };
        match self {
            Self::Any => true,
            Self::Only { names, local } => {
                let bare = name.strip_suffix('.').unwrap_or(name);
                names.iter().any(|known| known.eq_ignore_ascii_case(bare))
                    || (*local && (is_own_name(bare) || bare.parse::<IpAddr>().is_ok()))
            }
        }
    }
}

/// True for a name or address that leads to the machine itself.
fn is_local(name: &str) -> bool {
    is_own_name(name) || name.parse::<IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback())
}

/// True for a name that leads to the machine itself wherever it is looked up: RFC 6761, 6.3.
fn is_own_name(name: &str) -> bool {
    name.rsplit('.').next().is_some_and(|last| last.eq_ignore_ascii_case("localhost"))
}

/// The name or address of a host; `None` if it cannot be one.
pub(super) fn name(host: &str) -> Option<&str> {
    let (name, port) = match host.strip_prefix('[') {
        Some(rest) => {
            let (address, port) = rest.split_once(']')?;
            address.parse::<std::net::Ipv6Addr>().ok()?;
            (address, port)
        }
        None => host.find(':').map_or((host, ""), |colon| host.split_at(colon)),
    };
    let port_fits = port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    let known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':');
    (port_fits && !name.is_empty() && name.len() <= 255 && name.bytes().all(known)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::Hosts;
    use crate::config::ServerConfig;

    fn served(config: &ServerConfig, hosts: &[&str]) -> Vec<bool> {
        let served = Hosts::of(config);
        hosts.iter().map(|host| served.serves(host)).collect()
    }

    #[test]
    fn a_server_answers_under_the_names_it_was_told() {
        let mut config = ServerConfig::default();
        let hosts = [
            "localhost",
            "app.localhost:8080",
            "LocalHost.",
            "127.0.0.1:80",
            "127.8.8.8",
            "[::1]:8080",
            "10.0.0.1",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "2130706433",
            "",
            "localhost:evil",
            "evil@localhost",
            "[::1",
        ];
        let own = |host: &&str| hosts.iter().position(|other| other == host).is_some_and(|place| place < 7);
        assert_eq!(served(&config, &hosts), hosts.iter().map(own).collect::<Vec<_>>());

        "0.0.0.0".clone_into(&mut config.host);
        assert_eq!(
            served(&config, &["evil.example", "10.0.0.1:80", "a b", "a/b", ""]),
            [true, true, false, false, false]
        );

        config.public_url = Some("https://Acme.example:8443/crm".to_owned());
        config.allowed_hosts = vec!["10.0.0.1".to_owned(), "fd00::1".to_owned()];
        let hosts = [
            "acme.example",
            "ACME.example:1",
            "acme.example.",
            "10.0.0.1",
            "[fd00::1]:80",
            "localhost",
            "acme.example.evil",
        ];
        assert_eq!(served(&config, &hosts), [true, true, true, true, true, false, false]);
    }
}
