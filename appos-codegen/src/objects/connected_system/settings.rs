//! The settings of a system as texts: the form in which the platform's settings override them.

use core::net::IpAddr;

use super::model::Kind;
use super::syntax::SystemKeys;
use crate::attributes::Text;
use crate::diagnostics::Sink;
use crate::diagnostics::catalogue::connected_system as catalogue;

/// A setting that was written.
pub(super) struct Setting {
    pub(super) name: &'static str,
    /// As the runtime reads it.
    pub(super) text: String,
}

/// Settings of each kind, beside those that all have.
pub(super) const fn own(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Http => &["base_url", "max_response", "rate_limit", "health"],
        Kind::Database => &["url"],
        Kind::Smtp => &["host", "port", "tls", "from"],
        Kind::Imap | Kind::Ftp | Kind::Ftps => &["host", "port", "tls", "max_response"],
    }
}

/// Settings that every kind has.
pub(super) const SHARED: [&str; 8] =
    ["pool_size", "idle_timeout", "connect_timeout", "timeout", "breaker", "breaker_wait", "allow_networks", "ca_file"];

/// All that was written.
pub(super) fn read(keys: &SystemKeys, sink: &Sink) -> Vec<Setting> {
    let mut all = Vec::new();
    let texts = [
        ("base_url", &keys.base_url),
        ("url", &keys.url),
        ("host", &keys.host),
        ("tls", &keys.tls),
        ("from", &keys.from),
        ("health", &keys.health),
        ("ca_file", &keys.ca_file),
    ];
    for (name, text) in texts {
        let Some(text) = text else { continue };
        check_text(name, text, sink);
        all.push(Setting { name, text: text.value() });
    }
    for (name, count, least, most) in [
        ("port", &keys.port, 1, 65_535),
        ("pool_size", &keys.pool_size, 1, 1000),
        ("breaker", &keys.breaker, 1, 10_000),
    ] {
        let Some(count) = count else { continue };
        if !(least..=most).contains(&count.value()) {
            sink.push(catalogue::out_of_range(count.written(), name, least, most));
        }
        all.push(Setting { name, text: count.value().to_string() });
    }
    for (name, duration) in [
        ("idle_timeout", keys.idle_timeout),
        ("connect_timeout", keys.connect_timeout),
        ("timeout", keys.timeout),
        ("breaker_wait", keys.breaker_wait),
    ] {
        let text = duration.map(|duration| format!("{}ms", duration.milliseconds()));
        all.extend(text.map(|text| Setting { name, text }));
    }
    let size = keys.max_response.map(|size| format!("{} B", size.bytes()));
    all.extend(size.map(|text| Setting { name: "max_response", text }));
    let rate = keys.rate_limit.map(crate::attributes::Rate::text);
    all.extend(rate.map(|text| Setting { name: "rate_limit", text }));
    if let Some(networks) = &keys.allow_networks {
        for network in networks.literals().filter(|network| !is_network(&network.value())) {
            sink.push(catalogue::no_network(network));
        }
        let text = networks.values().collect::<Vec<_>>().join(", ");
        all.push(Setting { name: "allow_networks", text });
    }
    all
}

fn check_text(name: &str, written: &Text, sink: &Sink) {
    let text = written.value();
    match name {
        "base_url" | "url" => check_url(name, written, &text, sink),
        "tls" if !["off", "starttls", "implicit"].contains(&text.as_str()) => {
            sink.push(catalogue::unknown_tls(written.literal()));
        }
        "host"
            if text.is_empty() || text.contains(|c: char| c.is_whitespace() || "/@:".contains(c) || c.is_control()) =>
        {
            sink.push(catalogue::no_host(written.literal()));
        }
        "health" if !text.starts_with('/') => sink.push(catalogue::no_path(written.literal())),
        "from" if !text.contains('@') || text.contains(['\r', '\n']) => {
            sink.push(catalogue::no_sender(written.literal()));
        }
        _ => {}
    }
}

/// Whether the rest is an address is for the start to say, which has a reader of addresses.
fn check_url(name: &str, written: &Text, text: &str, sink: &Sink) {
    let schemes: &[&str] = match name {
        "base_url" => &["https://", "http://"],
        _ => &["postgres://", "postgresql://", "mysql://", "mariadb://", "sqlite://"],
    };
    let Some(rest) = schemes.iter().find_map(|scheme| text.strip_prefix(scheme)) else {
        sink.push(catalogue::unknown_scheme(written.literal(), name, schemes));
        return;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let login = authority.rsplit_once('@').map(|(login, _)| login);
    // A database knows its user by the address; a password is written nowhere.
    if login.is_some_and(|login| name == "base_url" || login.contains(':')) {
        sink.push(catalogue::password_in_url(written.literal(), name));
    }
    if text.contains(['?', '#']) && name == "base_url" {
        sink.push(catalogue::query_in_url(written.literal()));
    }
}

fn is_network(text: &str) -> bool {
    let Some((address, length)) = text.split_once('/') else { return false };
    match (address.parse::<IpAddr>(), length.parse::<u8>()) {
        (Ok(IpAddr::V4(_)), Ok(length)) => length <= 32,
        (Ok(IpAddr::V6(_)), Ok(length)) => length <= 128,
        _ => false,
    }
}
